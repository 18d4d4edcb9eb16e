//! The person's own layer of rules: what is left alone for always, which rules are switched, and a log of both.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::app::{App, load_rules};
use super::view::Dialog;
use crate::finding::RuleId;
use crate::review::disk;
use crate::rules::{card, lexicon};

/// A change of the layer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// A rule never marks these words again.
    LeaveAlone(RuleId, String),
    /// It may mark them again.
    MarkAgain(RuleId, String),
    /// A rule runs.
    On(RuleId),
    /// A rule does not run.
    Off(RuleId),
}

/// What the layer says, as it stands in its files.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Own {
    /// Rules that are switched, whatever the layers below say.
    pub switched: BTreeMap<RuleId, bool>,
    /// Rules and the words that they leave alone.
    pub alone: Vec<(RuleId, String)>,
    /// The newest lines of the log.
    pub log: Vec<String>,
}

const SWITCHES: &str = "rules/switches.toml";
const ALONE: &str = "words/left_alone.tsv";
const LOG: &str = "log.tsv";
const HEAD: &str = "# Written by Copydesk when a rule is switched or told to leave words alone; may be edited by hand.\n";

fn fault(path: &Path, error: &dyn std::fmt::Display) -> String {
    format!("your own rules could not be kept ({error}): {}", path.display())
}

impl Own {
    /// Reads the layer; what is not there says nothing.
    pub fn read(folder: &Path) -> Self {
        let text = |file: &str| std::fs::read_to_string(folder.join(file)).unwrap_or_default();
        // A file with a fault is reported where all rules are read.
        let overrides = card::parse(SWITCHES, &text(SWITCHES)).map(|f| f.overrides).unwrap_or_default();
        let switched = overrides.into_iter().filter_map(|o| Some((o.id, o.enabled?))).collect();
        let list = text(ALONE);
        let lines = list.lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
        let alone = lines.filter_map(|l| l.split_once(' ')).map(|(rule, words)| (rule.to_owned(), words.to_owned())).collect();
        let log = text(LOG);
        let newest: Vec<String> = log.lines().rev().take(20).map(str::to_owned).collect();
        Self { switched, alone, log: newest }
    }

    /// Takes a change in; the line of the log says what it was.
    fn take(&mut self, change: &Change) -> String {
        match change {
            Change::LeaveAlone(rule, words) => {
                let entry = (rule.clone(), lexicon::one_line(words));
                let line = format!("left alone\t{rule}\t{}", entry.1);
                if !self.alone.contains(&entry) {
                    self.alone.push(entry);
                }
                line
            }
            Change::MarkAgain(rule, words) => {
                self.alone.retain(|(r, w)| r != rule || w != words);
                format!("marked again\t{rule}\t{words}")
            }
            Change::On(rule) => {
                self.switched.insert(rule.clone(), true);
                format!("on\t{rule}\t")
            }
            Change::Off(rule) => {
                self.switched.insert(rule.clone(), false);
                format!("off\t{rule}\t")
            }
        }
    }

    fn write(&self, folder: &Path) -> Result<(), String> {
        let mut switches = HEAD.to_owned();
        for (rule, on) in &self.switched {
            switches.push_str("\n[[override]]\nid = \"");
            switches.push_str(rule);
            switches.push_str(if *on { "\"\nenabled = true\n" } else { "\"\nenabled = false\n" });
        }
        let mut alone = HEAD.to_owned();
        for (rule, words) in &self.alone {
            alone.extend([rule.as_str(), " ", words.as_str(), "\n"]);
        }
        for (file, text) in [(SWITCHES, switches), (ALONE, alone)] {
            let path = folder.join(file);
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent).map_err(|e| fault(parent, &e))?;
            }
            disk::write(&path, text.as_bytes()).map_err(|e| fault(&path, &e))?;
        }
        Ok(())
    }
}

impl App {
    /// The folder of the layer: the one that is set, or `own` beside the settings.
    pub(super) fn own_folder(&self) -> PathBuf {
        self.settings.own_folder(&self.places.settings)
    }

    /// Writes a change of the layer and checks every article anew with it.
    pub(super) fn change_own(&mut self, change: &Change) {
        let folder = self.own_folder();
        let mut own = Own::read(&folder);
        let line = format!("{}\t{}\t{}", (self.clock)(), self.settings.author(), own.take(change));
        if let Err(error) = own.write(&folder) {
            return self.view.fault(error);
        }
        let path = folder.join(LOG);
        let log = std::fs::OpenOptions::new().create(true).append(true).open(&path);
        if let Err(error) = log.and_then(|mut f| writeln!(f, "{line}")) {
            self.view.fault(fault(&path, &error));
        }
        own.log.insert(0, line);
        self.own = own;
        self.load_rules();
    }

    /// Reads the rules of all layers anew and checks every article with them.
    pub(super) fn load_rules(&mut self) {
        let (rules, faults) = load_rules(&self.settings, &self.own_folder());
        self.rules = Arc::new(rules);
        for fault in faults {
            self.view.fault(fault);
        }
        for i in 0..self.articles.len() {
            if let Some(article) = self.articles.get_mut(i) {
                article.session.use_rules(Arc::clone(&self.rules));
            }
            self.recheck(i);
        }
    }

    /// The rule of the finding never marks these words again, in any article.
    pub(super) fn reject_always(&mut self) {
        let Some(article) = self.article() else { return };
        let Some(finding) = article.finding().cloned() else { return };
        let words = finding.span.of(article.session.text()).to_owned();
        if words.trim().is_empty() {
            self.view.note("There are no words here that could be left alone everywhere; switch the rule off under Rules");
            return;
        }
        self.change_own(&Change::LeaveAlone(finding.rule.clone(), words.clone()));
        if let Some(article) = self.article_mut() {
            article.move_on(finding.span.start);
        }
        self.view.paper.follow = true;
        self.view.note(format!("“{}” is always left alone by this rule; Rules takes it back", lexicon::one_line(&words)));
    }

    /// Shows the help of a rule: the one named, or that of the finding.
    pub(super) fn rule_help(&mut self, rule: Option<RuleId>) {
        let rule = rule.or_else(|| self.article().and_then(|a| a.finding()).map(|f| f.rule.clone()));
        if let Some(rule) = rule {
            self.view.dialog = Some(Dialog::Rule(rule));
        }
    }
}
