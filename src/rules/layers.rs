//! Layers of rules and lists: built in < house < person. Precedence is the only logic.

use std::path::{Path, PathBuf};

use super::card::{self, Card, CardError, CardFile, Override, Said};
use super::{Lexicon, Rules};
use crate::analysis::language::Language;
use crate::detectors;
use crate::finding::Applicability;

/// The compiled-in card files. A test compares them with the folder.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("quotes.toml", include_str!("../../dictionaries/rules/quotes.toml")),
    ("repetition.toml", include_str!("../../dictionaries/rules/repetition.toml")),
    ("encoding.toml", include_str!("../../dictionaries/rules/encoding.toml")),
    ("punctuation.toml", include_str!("../../dictionaries/rules/punctuation.toml")),
    ("spacing.toml", include_str!("../../dictionaries/rules/spacing.toml")),
    ("wording/common.toml", include_str!("../../dictionaries/rules/wording/common.toml")),
    ("wording/arabic.toml", include_str!("../../dictionaries/rules/wording/arabic.toml")),
    ("wording/russian.toml", include_str!("../../dictionaries/rules/wording/russian.toml")),
    ("wording/chinese.toml", include_str!("../../dictionaries/rules/wording/chinese.toml")),
    ("wording/turkish.toml", include_str!("../../dictionaries/rules/wording/turkish.toml")),
    ("wording/persian.toml", include_str!("../../dictionaries/rules/wording/persian.toml")),
    ("wording/french.toml", include_str!("../../dictionaries/rules/wording/french.toml")),
    ("wording/spanish.toml", include_str!("../../dictionaries/rules/wording/spanish.toml")),
    ("wording/german.toml", include_str!("../../dictionaries/rules/wording/german.toml")),
    ("word-order.toml", include_str!("../../dictionaries/rules/word-order.toml")),
    ("pronouns.toml", include_str!("../../dictionaries/rules/pronouns.toml")),
    ("capitals.toml", include_str!("../../dictionaries/rules/capitals.toml")),
    ("numbers.toml", include_str!("../../dictionaries/rules/numbers.toml")),
    ("consistency.toml", include_str!("../../dictionaries/rules/consistency.toml")),
    ("leftovers.toml", include_str!("../../dictionaries/rules/leftovers.toml")),
    ("names.toml", include_str!("../../dictionaries/rules/names.toml")),
];

/// A folder with `rules/*.toml` and `words/*.tsv`.
#[derive(Clone, Debug)]
pub struct Layer {
    /// How it is called: `house Example`, `person`.
    pub name: String,
    /// The folder.
    pub folder: PathBuf,
}

/// What the files of a layer say.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LayerText {
    /// How the layer is called.
    pub name: String,
    /// The folder.
    pub folder: PathBuf,
    /// The files, named from the folder on with `/` between (`rules/house.toml`), in the order in which they are laid over.
    pub files: Vec<(String, String)>,
}

impl LayerText {
    /// What a file says; nothing where it is not there.
    pub fn file(&self, name: &str) -> &str {
        self.files.iter().find(|(n, _)| n == name).map_or("", |(_, text)| text)
    }

    /// Puts other words into a file.
    pub fn put(&mut self, name: &str, text: String) {
        if let Some((_, old)) = self.files.iter_mut().find(|(n, _)| n == name) {
            *old = text;
        } else {
            let place = self.files.iter().position(|(n, _)| n.as_str() > name).unwrap_or(self.files.len());
            self.files.insert(place, (name.to_owned(), text));
        }
    }

    fn path(&self, name: &str) -> String {
        name.split('/').fold(self.folder.clone(), |path, part| path.join(part)).display().to_string()
    }
}

/// Reads the files of a layer; what can't be read is reported.
pub fn read(layer: &Layer) -> (LayerText, Vec<CardError>) {
    let mut errors = Vec::new();
    let mut text = LayerText { name: layer.name.clone(), folder: layer.folder.clone(), files: Vec::new() };
    for (part, extension) in [("rules", "toml"), ("words", "tsv")] {
        for (path, words) in folder_files(&layer.folder.join(part), extension, &mut errors) {
            let below = path.strip_prefix(&layer.folder).unwrap_or(&path);
            let names: Vec<_> = below.components().map(|c| c.as_os_str().to_string_lossy()).collect();
            text.files.push((names.join("/"), words));
        }
    }
    if !layer.folder.is_dir() {
        errors.push(CardError::Io { file: layer.folder.display().to_string(), message: "no such folder".to_owned() });
    }
    (text, errors)
}

/// Reads the built-in cards and lists and lays the given layers over them, in order.
/// A layer's faults are reported; what can be read of it is used.
pub fn load(layers: &[Layer]) -> (Rules, Vec<CardError>) {
    let (texts, errors): (Vec<LayerText>, Vec<Vec<CardError>>) = layers.iter().map(read).unzip();
    let (rules, more) = build(&texts);
    (rules, errors.into_iter().flatten().chain(more).collect())
}

/// Lays what layers say over the built-in cards and lists, in order.
pub fn build(layers: &[LayerText]) -> (Rules, Vec<CardError>) {
    let mut lexicon = Lexicon::new();
    let mut cards: Vec<Card> = Vec::new();
    let mut errors = Vec::new();
    let built_in = From { layer: 0, name: "built in" };
    for (file, text) in BUILT_IN {
        if let Some(parsed) = parsed(file, text, &mut errors) {
            add(&mut cards, file, text, parsed.rule, &built_in, &mut errors);
        }
    }
    for (number, layer) in layers.iter().enumerate() {
        let from = From { layer: number + 1, name: &layer.name };
        let mut changes = Vec::new();
        for (name, text) in layer.files.iter().filter(|(n, _)| n.starts_with("rules/")) {
            let path = layer.path(name);
            if let Some(parsed) = parsed(&path, text, &mut errors) {
                add(&mut cards, &path, text, parsed.rule, &from, &mut errors);
                changes.push((path, text, parsed.overrides));
            }
        }
        // A rule may be changed in a file before the one that it stands in.
        for (path, text, overrides) in changes {
            change(&mut cards, &path, text, overrides, &from, &mut errors);
        }
        for (name, text) in layer.files.iter().filter(|(n, _)| n.starts_with("words/")) {
            let faults = lexicon.extend(name.rsplit('/').next().unwrap_or(name), text);
            errors.extend(faults.into_iter().map(|message| CardError::Syntax { file: layer.path(name), message }));
        }
    }
    let mut rules = Vec::new();
    for card in cards {
        match detectors::build(&card, &lexicon) {
            Ok(detect) => rules.push(super::Rule { card, detect }),
            Err(message) => errors.push(CardError::Rule { file: card.origin.join(", "), rule: card.id.clone(), message }),
        }
    }
    (Rules { rules, lexicon }, errors)
}

/// The files of a folder (and of its folders) with an extension, sorted by path.
fn folder_files(folder: &Path, extension: &str, errors: &mut Vec<CardError>) -> Vec<(PathBuf, String)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|e| e.path()).collect();
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(folder_files(&path, extension, errors));
        } else if path.extension().is_some_and(|e| e == extension) {
            match std::fs::read_to_string(&path) {
                Ok(text) => files.push((path, text)),
                Err(e) => errors.push(CardError::Io { file: path.display().to_string(), message: e.to_string() }),
            }
        }
    }
    files
}

/// Which layer a file belongs to.
struct From<'a> {
    layer: usize,
    name: &'a str,
}

fn parsed(file: &str, text: &str, errors: &mut Vec<CardError>) -> Option<CardFile> {
    card::parse(file, text).map_err(|error| errors.push(error)).ok()
}

fn place(file: &str, text: &str, id: &str) -> String {
    line_of(text, id).map_or_else(|| file.to_owned(), |line| format!("{file}:{line}"))
}

/// Adds the cards of a file.
fn add(cards: &mut Vec<Card>, file: &str, text: &str, new: Vec<Card>, from: &From, errors: &mut Vec<CardError>) {
    for mut new in new {
        let place = place(file, text, &new.id);
        new.origin = vec![if from.layer == 0 { format!("{} ({file})", from.name) } else { format!("{} ({place})", from.name) }];
        let whole = |value| Said { layer: from.layer, place: place.clone(), key: String::new(), value, is_change: false };
        new.said = vec![whole(toml::Value::from(new.id.as_str()))];
        if let Some(message) = fault(&new) {
            errors.push(CardError::Rule { file: place, rule: new.id, message });
        } else if let Some(old) = cards.iter_mut().find(|c| c.id == new.id) {
            if from.layer == 0 {
                errors.push(CardError::Rule { file: file.to_owned(), rule: new.id, message: "the id is taken".to_owned() });
            } else {
                replace(old, new, from.layer, &place);
            }
        } else {
            cards.push(new);
        }
    }
}

/// Puts a card of a layer in place of one with its id; what the layers below said of whether it runs is kept in mind.
fn replace(old: &mut Card, new: Card, layer: usize, place: &str) {
    let mut below = std::mem::take(&mut old.said);
    below.retain(|s| matches!(s.key.as_str(), "" | "enabled" | "tier"));
    let (enabled, tier) = (new.enabled, new.tier);
    let mut new = Card { enabled: old.enabled, tier: old.tier, said: below.into_iter().chain(new.said).collect(), ..new };
    // What stood before belongs to the card that stood before.
    let whole = new.said.pop();
    if enabled != new.enabled || new.said.iter().any(|s| s.key == "enabled") {
        new.note("enabled", enabled.into(), layer, place);
    }
    if let Ok(value) = toml::Value::try_from(tier)
        && (tier != new.tier || new.said.iter().any(|s| s.key == "tier"))
    {
        new.note("tier", value, layer, place);
    }
    // No line of its own says so that could be taken out again: the card does.
    new.said.iter_mut().filter(|s| s.layer == layer).for_each(|s| s.is_change = false);
    new.said.extend(whole);
    *old = Card { tier, enabled, ..new };
}

/// Makes what a file of a layer changes in the rules of layers below.
fn change(cards: &mut [Card], file: &str, text: &str, changes: Vec<Override>, from: &From, errors: &mut Vec<CardError>) {
    for change in changes {
        let place = place(file, text, &change.id);
        let Some(card) = cards.iter_mut().find(|c| c.id == change.id) else {
            let message = "there is no such rule to override".to_owned();
            errors.push(CardError::Rule { file: place, rule: change.id, message });
            continue;
        };
        if change.applicability == Some(Applicability::Safe) && card.fix_safety.is_none() {
            let message = "its fixes are not known to be safe: a rule becomes safe only with fix-safety on its own card".to_owned();
            errors.push(CardError::Rule { file: place, rule: change.id, message });
            continue;
        }
        let values = [
            ("enabled", change.enabled.map(toml::Value::from)),
            ("tier", change.tier.and_then(|t| toml::Value::try_from(t).ok())),
            ("applicability", change.applicability.and_then(|a| toml::Value::try_from(a).ok())),
            ("message", change.message.clone().map(toml::Value::from)),
        ];
        for (key, value) in values.into_iter().filter_map(|(key, value)| Some((key, value?))) {
            card.note(key, value, from.layer, &place);
        }
        for (key, value) in &change.params {
            card.note(&format!("params.{key}"), value.clone(), from.layer, &place);
        }
        card.enabled = change.enabled.unwrap_or(card.enabled);
        card.applicability = change.applicability.unwrap_or(card.applicability);
        card.tier = change.tier.unwrap_or(card.tier);
        card.message = change.message.unwrap_or_else(|| std::mem::take(&mut card.message));
        card.params.extend(change.params);
        card.origin.push(format!("changed by {} ({place})", from.name));
    }
}

/// The line (from 1) on which the text of a card file names a rule.
pub fn line_of(text: &str, id: &str) -> Option<usize> {
    let is_named = |line: &str| {
        let value = line.trim().strip_prefix("id")?.trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        value.get(1..)?.split(quote).next().map(|name| name == id)
    };
    text.lines().position(|line| is_named(line) == Some(true)).map(|i| i + 1)
}

/// What a card lacks, as a sentence.
pub fn fault(card: &Card) -> Option<String> {
    let kebab = !card.id.is_empty() && card.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !kebab {
        return Some("the id must be in kebab-case".to_owned());
    }
    if let Some(unknown) = card.languages.iter().find(|l| Language::from_id(l).is_none()) {
        let known: Vec<&str> = Language::ALL.iter().map(|l| l.id()).collect();
        return Some(format!("unknown language {unknown:?}; there are {}", known.join(", ")));
    }
    if card.message.is_empty() || card.message.ends_with('.') {
        return Some("the message must be one sentence without a full stop".to_owned());
    }
    if card.applicability == Applicability::Safe && card.fix_safety.is_none() {
        return Some("a safe rule must say why its fixes are safe (fix-safety)".to_owned());
    }
    None
}
