//! The layers that an editor writes in: the person's own and those of houses. What is kept, changed or taken back
//! goes into plain files and into a log; the rules are read anew off the frame.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::app::{App, Checking, Message};
use super::book_panel::Panel;
use super::rule_faults;
use super::settings::Settings;
use super::view::Dialog;
use crate::finding::{RuleId, Tier};
use crate::review::disk;
use crate::rules::layers::{self, LayerText};
use crate::rules::stylebook::{self, Change, Entry, LogLine, Running, Slot, Standing, Verb};
use crate::rules::{CardError, Layer, Rules, lexicon};

const LOG: &str = "log.tsv";
/// The lines of the log that are shown.
const NEWEST: usize = 200;

/// Whose layer.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Whose {
    /// The person's, laid over all others.
    #[default]
    Own,
    /// That of a house, by its place in the settings.
    House(usize),
}

/// What is asked of a layer.
#[derive(Clone, PartialEq, Debug)]
pub enum Ask {
    /// A rule runs, or not.
    Switch(RuleId, bool),
    /// A rule is shown in light review too, or only in a full one.
    Tier(RuleId, Tier),
    /// How a rule runs is left to the layers below.
    AsBelow(RuleId),
    /// A rule never marks these words again.
    LeaveAlone(RuleId, String),
    /// These entries come, in place of an old one.
    Keep {
        /// The old one.
        old: Option<Slot>,
        /// The new ones.
        entries: Vec<Entry>,
    },
    /// An entry goes.
    Remove(Slot),
    /// A change of the log is taken back.
    TakeBack(Change),
}

/// An entry as the panel lists it.
#[derive(Clone, Debug)]
pub struct Item {
    /// Where it stands.
    pub slot: Slot,
    /// What it is.
    pub entry: Entry,
    /// Its words.
    pub says: String,
    /// Its words in small letters, to be found by.
    pub sought: String,
}

/// A layer with what stands in it.
#[derive(Clone, Debug)]
pub struct Book {
    /// Whose it is.
    pub whose: Whose,
    /// Its files.
    pub text: LayerText,
    /// Its entries, by their words.
    pub entries: Vec<Item>,
    /// Its log, the newest first, with what still stands.
    pub log: Vec<(LogLine, Standing)>,
}

impl Book {
    fn read(whose: Whose, layer: &Layer) -> (Self, Vec<CardError>) {
        let (text, errors) = layers::read(layer);
        let log = std::fs::read_to_string(layer.folder.join(LOG)).unwrap_or_default();
        let mut book = Self { whose, text, entries: Vec::new(), log: Vec::new() };
        book.log = log.lines().rev().filter_map(LogLine::read).take(NEWEST).map(|l| (l, Standing::Unknown)).collect();
        book.look_again();
        (book, errors)
    }

    fn layer(&self) -> Layer {
        Layer { name: self.text.name.clone(), folder: self.text.folder.clone() }
    }

    fn look_again(&mut self) {
        let contents = stylebook::contents(&self.text);
        let item = |(slot, text): &(Slot, String)| {
            let entry = Entry::read(slot, text)?;
            let says = entry.says();
            Some(Item { slot: slot.clone(), entry, sought: says.to_lowercase(), says })
        };
        self.entries = contents.iter().filter_map(item).collect();
        self.entries.sort_by(|a, b| a.sought.cmp(&b.sought));
        let places: FxHashMap<Slot, String> = contents.into_iter().collect();
        for (line, standing) in &mut self.log {
            *standing = line.change.standing_in(|slot| places.get(slot).cloned());
        }
    }

    /// How an editor calls it.
    pub fn label(&self) -> String {
        match self.whose {
            Whose::Own => "Your own".to_owned(),
            Whose::House(_) => format!("House {}", self.text.name.strip_prefix("house ").unwrap_or(&self.text.name)),
        }
    }

    /// The entry that stands in a place.
    pub fn entry(&self, slot: &Slot) -> Option<&Entry> {
        self.entries.iter().find(|item| item.slot == *slot).map(|item| &item.entry)
    }

    /// The change that was asked for.
    pub fn change(&self, ask: &Ask) -> Change {
        let text = &self.text;
        match ask {
            Ask::Switch(rule, on) => {
                let verb = if *on { Verb::On } else { Verb::Off };
                Change::new(verb, rule, text, vec![stylebook::switched(rule, Running::Enabled(*on), text)])
            }
            Ask::Tier(rule, tier) => {
                let verb = if *tier == Tier::Hint { Verb::Hint } else { Verb::Shown };
                Change::new(verb, rule, text, vec![stylebook::switched(rule, Running::Tier(*tier), text)])
            }
            Ask::AsBelow(rule) => Change::new(Verb::AsBelow, rule, text, vec![stylebook::switched(rule, Running::AsBelow, text)]),
            Ask::LeaveAlone(rule, words) => {
                let entry = Entry::Unmarked { rule: Some(rule.clone()), words: lexicon::one_line(words) };
                Change::new(Verb::LeftAlone, &format!("{rule} {words}"), text, vec![(entry.slot(), Some(entry.text()))])
            }
            Ask::Keep { old, entries } => {
                let verb = if old.is_some() { Verb::Changed } else { Verb::Added };
                let said: Vec<String> = entries.iter().map(says).collect();
                let mut wanted: Vec<(Slot, Option<String>)> = old.iter().map(|slot| (slot.clone(), None)).collect();
                for entry in entries {
                    // A card that was changed stays in its file; what is ruled out already stays so.
                    let slot = match old {
                        Some(slot) if slot.key == entry.slot().key && !stylebook::page::is_list(&slot.file) => slot.clone(),
                        _ => entry.slot(),
                    };
                    let joined = self.entry(&slot).filter(|_| old.as_ref() != Some(&slot)).and_then(|known| joined(known, entry));
                    wanted.push((slot, Some(joined.as_ref().unwrap_or(entry).text())));
                }
                Change::new(verb, &said.join("; "), text, wanted)
            }
            Ask::Remove(slot) => match self.entry(slot) {
                Some(entry @ Entry::Unmarked { rule, .. }) => {
                    let what = format!("{} {}", rule.as_deref().unwrap_or("*"), entry.says());
                    Change::new(Verb::MarkedAgain, &what, text, vec![(slot.clone(), None)])
                }
                entry => {
                    let what = entry.map_or_else(|| slot.key.clone(), says);
                    Change::new(Verb::Removed, &what, text, vec![(slot.clone(), None)])
                }
            },
            Ask::TakeBack(change) => change.taken_back(),
        }
    }
}

/// An entry with its kind, for the log.
fn says(entry: &Entry) -> String {
    entry.kind().map_or_else(|| entry.says(), |kind| format!("{} {}", kind.label().to_lowercase(), entry.says()))
}

/// Spellings that are ruled out for one name are ruled out together.
fn joined(known: &Entry, new: &Entry) -> Option<Entry> {
    let (Entry::Spelling { right, kind, wrong, note }, Entry::Spelling { wrong: more, .. }) = (known, new) else { return None };
    let mut wrong = wrong.clone();
    wrong.extend(more.iter().filter(|w| !known_has(known, w)).cloned());
    Some(Entry::Spelling { right: right.clone(), kind: kind.clone(), wrong, note: note.clone() })
}

fn known_has(known: &Entry, word: &str) -> bool {
    matches!(known, Entry::Spelling { wrong, .. } if wrong.iter().any(|w| w == word))
}

/// All layers, in the order in which they are laid over each other: the person's own is the last.
#[derive(Clone, Debug, Default)]
pub struct Books(Vec<Book>, Vec<String>);

impl Books {
    /// Reads the layers that the settings name; what can't be read is said.
    pub fn read(settings: &Settings, file: &Path) -> (Self, Vec<String>) {
        let own = settings.own_folder(file);
        let (mut books, mut faults) = (Vec::new(), Vec::new());
        for (i, folder) in settings.houses.iter().enumerate() {
            let name = folder.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
            let (book, errors) = Book::read(Whose::House(i), &Layer { name: format!("house {name}"), folder: folder.clone() });
            books.push(book);
            faults.extend(errors);
        }
        let (book, errors) = Book::read(Whose::Own, &Layer { name: "person".to_owned(), folder: own.clone() });
        books.push(book);
        // A folder that was named must be there; the usual one comes with the first rule of one's own.
        faults.extend(errors.into_iter().filter(|_| settings.own_rules.is_some() || own.is_dir()));
        let faults: Vec<String> = faults.iter().map(rule_faults::sentence).collect();
        (Self(books, faults.clone()), faults)
    }

    /// What they say.
    pub fn texts(&self) -> Vec<LayerText> {
        self.0.iter().map(|b| b.text.clone()).collect()
    }

    /// Whose they are, in the same order.
    pub fn order(&self) -> impl Iterator<Item = Whose> {
        self.0.iter().map(|b| b.whose)
    }

    /// All, the person's own first.
    pub fn all(&self) -> impl Iterator<Item = &Book> {
        self.0.iter().rev()
    }

    /// The book of somebody.
    pub fn of(&self, whose: Whose) -> Option<&Book> {
        self.0.iter().find(|b| b.whose == whose)
    }

    fn of_mut(&mut self, whose: Whose) -> Option<&mut Book> {
        self.0.iter_mut().find(|b| b.whose == whose)
    }

    /// Where a phrase rule that an editor wrote stands.
    pub fn phrase(&self, id: &str) -> Option<(Whose, Slot)> {
        let is_it = |entry: &Entry| matches!(entry, Entry::Phrase(p) if p.id == id);
        self.all().find_map(|b| b.entries.iter().find(|item| is_it(&item.entry)).map(|item| (b.whose, item.slot.clone())))
    }

    /// The houses, by their names.
    pub fn houses(&self) -> Vec<String> {
        self.0.iter().filter(|b| b.whose != Whose::Own).map(Book::label).collect()
    }
}

/// Lays the layers over the built-in rules; faults are sentences.
pub fn rules_of(texts: &[LayerText]) -> (Arc<Rules>, Vec<String>) {
    let (rules, errors) = layers::build(texts);
    (Arc::new(rules), errors.iter().map(rule_faults::sentence).collect())
}

fn fault(path: &Path, error: &dyn std::fmt::Display) -> String {
    format!("This could not be kept ({error}); the rules are as they were: {}", path.display())
}

/// Writes the files that a change touched, and its line of the log.
fn write(text: &LayerText, files: &[String], line: &LogLine) -> Result<(), String> {
    let place = |name: &str| name.split('/').fold(text.folder.clone(), |path: PathBuf, part| path.join(part));
    for file in files {
        let path = place(file);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(|e| fault(parent, &e))?;
        }
        disk::write(&path, text.file(file).as_bytes()).map_err(|e| fault(&path, &e))?;
    }
    let path = place(LOG);
    let log = std::fs::OpenOptions::new().create(true).append(true).open(&path);
    let line = line.write() + "\n";
    log.and_then(|mut f| f.write_all(line.as_bytes())).map_err(|e| format!("The log could not be written ({e}): {}", path.display()))
}

impl App {
    /// Changes a layer, writes it, and checks every article anew.
    ///
    /// # Errors
    /// A sentence that says why nothing, or not everything, was kept.
    pub(super) fn change_book(&mut self, whose: Whose, ask: &Ask) -> Result<(), String> {
        let (at, by) = ((self.clock)().to_string(), self.settings.author());
        let Some(book) = self.books.of_mut(whose) else { return Err("There are no such rules any more".to_owned()) };
        // Somebody else may have written in it.
        let (mut fresh, _) = Book::read(whose, &book.layer());
        let change = fresh.change(ask);
        if change.rewrites.is_empty() {
            *book = fresh;
            return Err("This stands already".to_owned());
        }
        if matches!(ask, Ask::TakeBack(old) if old.standing(&fresh.text) != Standing::Stands) {
            *book = fresh;
            return Err("This was changed again since; take the later change back first".to_owned());
        }
        let line = LogLine { at, by, change };
        let files = line.change.apply(&mut fresh.text).map_err(|sentence| format!("This was not kept: {sentence}"))?;
        let written = write(&fresh.text, &files, &line).map_err(|sentence| match whose {
            Whose::Own => sentence,
            Whose::House(_) => format!("{sentence}. Who may not write there can keep it among their own"),
        });
        // What stands on the disk is what holds, also where only half could be written.
        let (again, _) = Book::read(whose, &fresh.layer());
        *book = again;
        self.read_rules();
        written
    }

    /// Changes a layer; why it was not changed is said.
    pub(super) fn ask(&mut self, whose: Whose, ask: &Ask) {
        let gone = match ask {
            Ask::Remove(slot) => self.books.of(whose).and_then(|b| b.entry(slot)).map(Entry::says),
            _ => None,
        };
        let gone = gone.map(|says| format!("Gone: {says}. Ctrl+Z or the log brings it back"));
        let said = if let Ask::TakeBack(change) = ask { Some(format!("Taken back: {} {}", change.verb, change.what)) } else { gone };
        match (self.change_book(whose, ask), said) {
            (Err(sentence), _) => self.view.fault(sentence),
            (Ok(()), Some(sentence)) => self.view.note(sentence),
            (Ok(()), None) => {}
        }
    }

    /// Reads the layers that the settings name, and the rules with them.
    pub(super) fn read_books(&mut self) {
        (self.books, _) = Books::read(&self.settings, &self.places.settings);
        self.read_rules();
    }

    /// Reads the layers again when somebody wrote in their files by hand.
    pub(super) fn look_at_books(&mut self) {
        let (books, _) = Books::read(&self.settings, &self.places.settings);
        if books.texts() == self.books.texts() {
            self.books = books;
        } else {
            self.read_books();
        }
    }

    /// Lays the layers over the built-in rules anew: on a thread, so that the window goes on.
    fn read_rules(&mut self) {
        let texts = self.books.texts();
        self.rules_asked += 1;
        let number = self.rules_asked;
        if self.checking == Checking::AtOnce {
            let (rules, faults) = rules_of(&texts);
            return self.rules_arrive(number, rules, faults);
        }
        let (sender, ctx) = (self.sender.clone(), self.ctx.clone());
        std::thread::spawn(move || {
            let (rules, faults) = rules_of(&texts);
            // The window may be gone; then nobody waits for it.
            let _ = sender.send(Message::Rules { number, rules, faults });
            ctx.request_repaint();
        });
    }

    /// Takes rules that were read, unless newer ones are being read.
    pub(super) fn rules_arrive(&mut self, number: u64, rules: Arc<Rules>, faults: Vec<String>) {
        if number != self.rules_asked {
            return;
        }
        self.say_rule_faults(self.books.1.iter().cloned().chain(faults).collect());
        self.use_new_rules(rules);
    }

    /// Checks with other rules from now on: the article looked at first, the others behind it.
    pub(super) fn use_new_rules(&mut self, rules: Arc<Rules>) {
        self.rules = rules;
        for article in &mut self.articles {
            article.session.use_rules(Arc::clone(&self.rules));
        }
        self.recheck(self.current);
        for i in 0..self.articles.len() {
            self.recheck(i);
        }
    }

    /// Shows words and rules; after the help of a rule as they were before it.
    pub(super) fn show_panel(&mut self) {
        self.look_at_books();
        let kept = self.view.panel.take().filter(|_| matches!(self.view.dialog, Some(Dialog::Rule(_))));
        self.view.dialog = Some(Dialog::Book(Panel { focused: false, ..kept.unwrap_or_default() }));
    }

    /// Shows the help of a rule: the one named, or that of the finding.
    pub(super) fn rule_help(&mut self, rule: Option<RuleId>) {
        self.view.panel = if let Some(Dialog::Book(panel)) = &self.view.dialog { Some(panel.clone()) } else { None };
        let rule = rule.or_else(|| self.article().and_then(|a| a.finding()).map(|f| f.rule.clone()));
        if let Some(rule) = rule {
            self.view.dialog = Some(Dialog::Rule(rule));
        }
    }
}
