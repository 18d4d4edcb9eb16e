//! What a person or a house adds: words, names, spellings, phrases, and what is left alone. Each is an entry of a
//! layer: a line of a list, or a card in a file of rules.

pub mod change;
mod in_place;
pub mod page;
pub mod phrase;
pub mod trial;

pub use change::{Change, LogLine, Standing, Verb};
pub use page::Slot;
pub use phrase::{Capitals, Phrase};

use super::columns::{self, names_written, written};
use super::layers::LayerText;
use super::lexicon::Gender;
use crate::finding::{RuleId, Tier};

/// Where phrase rules are written.
pub const PHRASES: &str = "rules/phrases.toml";
/// Where switches are written.
pub const SWITCHES: &str = "rules/switches.toml";

const CAMEL: &str = "words/camel_ok.tsv";
const CURATED: &str = "words/words_curated.tsv";
const PEOPLE: &str = "words/people.tsv";
const BODIES: &str = "words/orgs.tsv";
const PLACES: &str = "words/cities.tsv";
const SPELLINGS: &str = "words/translit.tsv";

/// One entry.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Entry {
    /// A word that is right as it stands.
    Word(String),
    /// Words that a rule, or every rule, leaves alone.
    Unmarked {
        /// The rule; none: every one.
        rule: Option<RuleId>,
        /// The words.
        words: String,
    },
    /// How something is written.
    Spelling {
        /// So.
        right: String,
        /// `person`, `place`, `org`, `term` …
        kind: String,
        /// Not so.
        wrong: Vec<String>,
        /// A remark in the list.
        note: String,
    },
    /// A person.
    Person {
        /// The full name.
        name: String,
        /// He or she, where it is known.
        gender: Option<Gender>,
        /// A remark in the list.
        note: String,
    },
    /// An organisation.
    Body {
        /// The name.
        name: String,
        /// Its kind in the list.
        kind: String,
        /// Other names.
        also: Vec<String>,
    },
    /// A place.
    Place(String),
    /// Something that is no entry of the lists below any more.
    Struck {
        /// Which list.
        file: String,
        /// What.
        words: String,
    },
    /// A phrase rule.
    Phrase(Phrase),
    /// A rule is switched, or changed otherwise.
    Switch {
        /// Which.
        rule: RuleId,
        /// Whether it runs; none: the layer does not say.
        on: Option<bool>,
    },
    /// A rule that was written by hand and is no phrase.
    Card {
        /// Which.
        id: RuleId,
        /// The card as its file has it.
        text: String,
    },
}

/// What an editor can add.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    /// A word that is right as it stands.
    Word,
    /// Words that rules leave alone.
    Unmarked,
    /// How something is written.
    Spelling,
    /// A person.
    Person,
    /// An organisation.
    Body,
    /// A place.
    Place,
    /// A phrase rule.
    Phrase,
    /// A rule as its file has it.
    Card,
}

impl Kind {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 7] = [Self::Word, Self::Phrase, Self::Spelling, Self::Person, Self::Body, Self::Place, Self::Unmarked];

    /// As people say it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Word => "Word",
            Self::Unmarked => "Leave alone",
            Self::Spelling => "Spelling",
            Self::Person => "Person",
            Self::Body => "Organisation",
            Self::Place => "Place",
            Self::Phrase => "Phrase",
            Self::Card => "Card",
        }
    }

    /// What it does, in a sentence.
    pub const fn help(self) -> &'static str {
        match self {
            Self::Word => "This word or brand is right as it stands: it is never cut, and never marked for its spelling",
            Self::Unmarked => "These words are never marked, wherever they stand",
            Self::Spelling => "Write it this way and no other, in every article",
            Self::Person => "A person’s name: never cut, and he or she refers to it",
            Self::Body => "A body, a firm, an agency: never cut, and never he or she",
            Self::Place => "A town, a region, a river: never cut, and nobody’s name",
            Self::Phrase => "Say this instead of that",
            Self::Card => "The rule as its file has it; dictionaries/README.md names what it may say",
        }
    }
}

/// Columns with tabs between; empty ones at the end are left out.
fn line(columns: &[String]) -> String {
    columns.join("\t").trim_end_matches('\t').to_owned()
}

impl Entry {
    /// What an editor would add it as.
    pub const fn kind(&self) -> Option<Kind> {
        Some(match self {
            Self::Word(_) => Kind::Word,
            Self::Unmarked { .. } => Kind::Unmarked,
            Self::Spelling { .. } => Kind::Spelling,
            Self::Person { .. } => Kind::Person,
            Self::Body { .. } => Kind::Body,
            Self::Place(_) => Kind::Place,
            Self::Phrase(_) => Kind::Phrase,
            Self::Card { .. } => Kind::Card,
            Self::Struck { .. } | Self::Switch { .. } => return None,
        })
    }

    /// Where it is written.
    pub fn slot(&self) -> Slot {
        match self {
            Self::Word(word) => {
                let inner = word.chars().skip(1).any(char::is_uppercase) && word.chars().any(char::is_lowercase);
                Slot::new(if inner { CAMEL } else { CURATED }, word)
            }
            Self::Unmarked { rule, words } => Slot::new(page::LEFT_ALONE, format!("{} {words}", rule.as_deref().unwrap_or("*"))),
            Self::Spelling { right, .. } => Slot::new(SPELLINGS, right),
            Self::Person { name, .. } => Slot::new(PEOPLE, name),
            Self::Body { name, .. } => Slot::new(BODIES, name),
            Self::Place(name) => Slot::new(PLACES, name),
            Self::Struck { file, words } => Slot::new(file, words),
            Self::Phrase(phrase) => Slot::rule(PHRASES, &phrase.id),
            Self::Switch { rule, .. } => Slot::change_of(SWITCHES, rule),
            Self::Card { id, .. } => Slot::rule(PHRASES, id),
        }
    }

    /// What is written there.
    pub fn text(&self) -> String {
        match self {
            Self::Word(word) | Self::Place(word) => written(word),
            Self::Unmarked { rule, words } => format!("{} {}", rule.as_deref().unwrap_or("*"), written(words)),
            Self::Spelling { right, kind, wrong, note } => line(&[written(right), written(kind), names_written(wrong), written(note)]),
            Self::Person { name, gender, note } => {
                line(&[written(name), gender.map_or_else(String::new, |g| g.letter().to_owned()), written(note)])
            }
            Self::Body { name, kind, also } => line(&[written(name), written(kind), names_written(also)]),
            Self::Struck { words, .. } => format!("-{}", written(words)),
            Self::Phrase(phrase) => phrase.to_toml(),
            Self::Switch { rule, on } => {
                let on = on.map_or(String::new(), |on| format!("\nenabled = {on}"));
                format!("[[override]]\nid = \"{rule}\"{on}")
            }
            Self::Card { text, .. } => text.clone(),
        }
    }

    /// Its words in a line, for lists and logs.
    pub fn says(&self) -> String {
        let not = |wrong: &[String]| if wrong.is_empty() { String::new() } else { format!(", not {}", wrong.join(", ")) };
        match self {
            Self::Word(word) | Self::Place(word) => word.clone(),
            Self::Unmarked { words, .. } | Self::Struck { words, .. } => words.clone(),
            Self::Spelling { right, wrong, .. } => format!("{right}{}", not(wrong)),
            Self::Person { name, gender: Some(Gender::Male), .. } => format!("{name} (he)"),
            Self::Person { name, gender: Some(Gender::Female), .. } => format!("{name} (she)"),
            Self::Person { name, gender: None, .. } => name.clone(),
            Self::Body { name, also, .. } if also.is_empty() => name.clone(),
            Self::Body { name, also, .. } => format!("{name}, also {}", also.join(", ")),
            Self::Phrase(phrase) => {
                let right = phrase.right.first().map_or_else(|| "left out".to_owned(), |r| format!("“{r}”"));
                format!("“{}” → {right}", phrase.wrong.join("”, “"))
            }
            Self::Switch { rule: id, .. } | Self::Card { id, .. } => id.clone(),
        }
    }

    /// Why it can't be kept, as a sentence.
    pub fn fault(&self) -> Option<String> {
        let words: Vec<&String> = match self {
            Self::Phrase(phrase) => return phrase.fault(),
            Self::Card { id, text } => return trial::read_card(id, text).err(),
            Self::Switch { .. } => return None,
            Self::Spelling { right, wrong, .. } => std::iter::once(right).chain(wrong).collect(),
            Self::Body { name, also, .. } => std::iter::once(name).chain(also).collect(),
            Self::Word(words) | Self::Place(words) | Self::Unmarked { words, .. } | Self::Struck { words, .. } => vec![words],
            Self::Person { name, .. } => vec![name],
        };
        if words.iter().any(|w| w.trim().is_empty()) {
            return Some("There are no words yet".to_owned());
        }
        match self {
            Self::Word(word) if word.contains(char::is_whitespace) => {
                Some("One word only; what has several is a name, a phrase, or left alone".to_owned())
            }
            Self::Spelling { wrong, .. } if wrong.is_empty() => Some("Name at least one spelling that is wrong".to_owned()),
            Self::Spelling { right, wrong, .. } if wrong.contains(right) => Some(format!("“{right}” is right and wrong at once")),
            _ => None,
        }
    }

    /// Reads what stands in a place.
    pub fn read(slot: &Slot, text: &str) -> Option<Self> {
        if !page::is_list(&slot.file) {
            let (kind, id) = slot.key.split_once(':')?;
            if kind == "override" {
                let card: toml::Table = text.parse().ok()?;
                let on = card.get("override")?.as_array()?.first()?.get("enabled").and_then(toml::Value::as_bool);
                return Some(Self::Switch { rule: id.to_owned(), on });
            }
            return Some(Phrase::of_toml(text).map_or_else(|| Self::Card { id: id.to_owned(), text: text.to_owned() }, Self::Phrase));
        }
        if text.starts_with('-') {
            return Some(Self::Struck { file: slot.file.clone(), words: slot.key.clone() });
        }
        let column = |i: usize| columns::column(text, i);
        let names = |i: usize| columns::names(text.split('\t').nth(i).unwrap_or(""));
        let first = column(0);
        Some(match slot.file.as_str() {
            page::LEFT_ALONE => {
                let (rule, words) = text.split_once(' ')?;
                Self::Unmarked { rule: (rule != "*").then(|| rule.to_owned()), words: columns::words(words) }
            }
            CAMEL | CURATED => Self::Word(first),
            PEOPLE => Self::Person { name: first, gender: Gender::of_letter(&column(1)), note: column(2) },
            BODIES => Self::Body { name: first, kind: column(1), also: names(2) },
            PLACES => Self::Place(first),
            SPELLINGS => Self::Spelling { right: first, kind: column(1), wrong: names(2), note: column(3) },
            _ => return None,
        })
    }
}

/// All that stands in a layer, each with its place.
pub fn contents(layer: &LayerText) -> Vec<(Slot, String)> {
    layer.files.iter().flat_map(|(file, text)| page::contents(file, text)).collect()
}

/// All entries of a layer with their places.
pub fn entries(layer: &LayerText) -> Vec<(Slot, Entry)> {
    contents(layer).into_iter().filter_map(|(slot, text)| Some((Entry::read(&slot, &text)?, slot))).map(|(e, s)| (s, e)).collect()
}

/// The spellings that a name rules out, as entries. Of a person the family name stands for itself (`Zelenskyy` is wrong
/// also where it stands alone); a wrong given name is wrong only before this family name.
pub fn spellings_of(name: &str, kind: Kind, wrong: &[String]) -> Vec<Entry> {
    let id = match kind {
        Kind::Person => "person",
        Kind::Place => "place",
        Kind::Body => "org",
        _ => "term",
    };
    let mut entries: Vec<Entry> = Vec::new();
    let mut put = |right: &str, not: &str| {
        if right == not {
            return;
        }
        match entries.iter_mut().find(|e| e.slot().key == right) {
            Some(Entry::Spelling { wrong, .. }) => wrong.extend((!wrong.iter().any(|w| w == not)).then(|| not.to_owned())),
            _ => entries.push(Entry::Spelling {
                right: right.to_owned(),
                kind: id.to_owned(),
                wrong: vec![not.to_owned()],
                note: String::new(),
            }),
        }
    };
    let split = |words: &str| words.rsplit_once(' ').map(|(given, family)| (given.to_owned(), family.to_owned()));
    for not in wrong {
        match (split(name).filter(|_| kind == Kind::Person), split(not)) {
            (Some((_, family)), None) => put(&family, not),
            (Some((given, family)), Some((other, not_family))) => {
                put(&family, &not_family);
                if given != other {
                    put(name, not);
                }
            }
            _ => put(name, not),
        }
    }
    entries
}

/// What a layer says of how a rule runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Running {
    /// Whether it does.
    Enabled(bool),
    /// Whether it is shown unasked.
    Tier(Tier),
    /// Nothing: what the layers below say holds.
    AsBelow,
}

/// The change of how a rule runs: what else the layer changes of the rule stays.
pub fn switched(rule: &str, running: Running, layer: &LayerText) -> (Slot, Option<String>) {
    let (gone, new): (&[&str], Option<String>) = match running {
        Running::Enabled(on) => (&["enabled"], Some(format!("enabled = {on}"))),
        Running::Tier(Tier::Hint) => (&["tier"], Some("tier = \"hint\"".to_owned())),
        Running::Tier(Tier::Default) => (&["tier"], Some("tier = \"default\"".to_owned())),
        Running::AsBelow => (&["enabled", "tier"], None),
    };
    let places = layer.files.iter().filter(|(n, _)| n.starts_with("rules/"));
    let here = places.map(|(file, text)| (Slot::change_of(file, rule), text)).rfind(|(s, t)| s.read(t).is_some());
    let old = here.as_ref().and_then(|(slot, text)| slot.read(text));
    let slot = here.map_or_else(|| Slot::change_of(SWITCHES, rule), |(slot, _)| slot);
    let Some(old) = old else { return (slot, new.map(|new| format!("[[override]]\nid = \"{rule}\"\n{new}"))) };
    let sets = |line: &str, key: &str| line.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
    // A remark behind the value stays with the new one.
    let remark =
        old.lines().find(|l| gone.iter().any(|key| sets(l, key))).and_then(|l| l.split_once('#')).map(|(_, words)| words.to_owned());
    let new = new.map(|new| remark.map_or_else(|| new.clone(), |words| format!("{new} #{words}")));
    let mut lines: Vec<String> = old.lines().filter(|l| !gone.iter().any(|key| sets(l, key))).map(str::to_owned).collect();
    let says_more = lines.iter().skip(1).any(|l| !l.trim().is_empty() && !l.trim_start().starts_with("id"));
    let stays = new.is_some();
    if let Some(new) = new {
        let place = lines.iter().position(|l| l.trim_start().starts_with("id")).map_or(1, |i| i + 1);
        lines.insert(place.min(lines.len()), new);
    }
    (slot, (stays || says_more).then(|| lines.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::{Entry, Kind, Running, Slot, Tier, entries, spellings_of, switched};
    use crate::rules::layers::LayerText;
    use crate::rules::lexicon::Gender;

    fn all() -> Vec<Entry> {
        let words = |w: &[&str]| w.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        vec![
            Entry::Word("eBay".to_owned()),
            Entry::Word("Normalization".to_owned()),
            Entry::Unmarked { rule: None, words: "that that".to_owned() },
            Entry::Unmarked { rule: Some("doubled-words".to_owned()), words: "bye bye".to_owned() },
            Entry::Spelling { right: "Kyiv".to_owned(), kind: "place".to_owned(), wrong: words(&["Kiev", "Kyjiv"]), note: String::new() },
            Entry::Person { name: "Ole Dahl".to_owned(), gender: Some(Gender::Male), note: "NO".to_owned() },
            Entry::Person { name: "Kim Dahl".to_owned(), gender: None, note: String::new() },
            Entry::Body { name: "Karsk Board".to_owned(), kind: "body".to_owned(), also: words(&["KB"]) },
            Entry::Place("Tarnbeck".to_owned()),
            Entry::Struck { file: "words/words_curated.tsv".to_owned(), words: "teh".to_owned() },
            Entry::Switch { rule: "doubled-words".to_owned(), on: Some(false) },
        ]
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut layer = LayerText::default();
        for entry in all() {
            let slot = entry.slot();
            let text = slot.write(layer.file(&slot.file), Some(&entry.text())).unwrap_or_default();
            layer.put(&slot.file, text);
            assert_eq!(entry.fault(), None, "{entry:?}");
        }
        let read: Vec<Entry> = entries(&layer).into_iter().map(|(_, e)| e).collect();
        assert_eq!(read.len(), all().len(), "{read:?}");
        assert!(all().iter().all(|e| read.contains(e)), "{read:?}");
        let (_, errors) = crate::rules::layers::build(&[layer]);
        assert!(errors.is_empty(), "{errors:?}");
    }

    #[test]
    fn what_can_not_be_kept_says_why() {
        for (entry, says) in [
            (Entry::Word("two words".to_owned()), "One word only"),
            (Entry::Word(String::new()), "no words"),
            (Entry::Spelling { right: "a".to_owned(), kind: String::new(), wrong: vec!["a".to_owned()], note: String::new() }, "at once"),
        ] {
            assert!(entry.fault().is_some_and(|f| f.contains(says)), "{entry:?}: {:?}", entry.fault());
        }
    }

    #[test]
    fn a_family_name_is_ruled_out_alone_and_a_given_name_is_not() {
        let wrong = ["Zelenskyy", "Volodymyr Zelenskiy", "Vladimir Zelensky"].map(str::to_owned);
        let says: Vec<String> = spellings_of("Volodymyr Zelensky", Kind::Person, &wrong).iter().map(Entry::says).collect();
        assert_eq!(says, ["Zelensky, not Zelenskyy, Zelenskiy", "Volodymyr Zelensky, not Vladimir Zelensky"]);
        let says: Vec<String> = spellings_of("Karsk Board", Kind::Body, &wrong).iter().map(Entry::says).collect();
        assert_eq!(says, ["Karsk Board, not Zelenskyy, Volodymyr Zelenskiy, Vladimir Zelensky"]);
    }

    #[test]
    fn a_switch_keeps_what_else_is_changed() {
        let mut layer = LayerText::default();
        assert_eq!(switched("a", Running::Enabled(true), &layer).1.as_deref(), Some("[[override]]\nid = \"a\"\nenabled = true"));
        layer.put("rules/house.toml", "[[override]]\nid = \"a\"\ntier = \"hint\"\nenabled = false\n".to_owned());
        let (slot, text) = switched("a", Running::Enabled(true), &layer);
        assert_eq!(
            (slot, text.as_deref()),
            (Slot::change_of("rules/house.toml", "a"), Some("[[override]]\nid = \"a\"\nenabled = true\ntier = \"hint\""))
        );
        let shown = "[[override]]\nid = \"a\"\ntier = \"default\"\nenabled = false";
        assert_eq!(switched("a", Running::Tier(Tier::Default), &layer).1.as_deref(), Some(shown));
        assert_eq!(switched("a", Running::AsBelow, &layer).1, None);
        layer.put("rules/house.toml", "[[override]]\nid = \"a\"\nenabled = false # by Anna\nmessage = \"x\"\n".to_owned());
        let on = "[[override]]\nid = \"a\"\nenabled = true # by Anna\nmessage = \"x\"";
        assert_eq!(switched("a", Running::Enabled(true), &layer).1.as_deref(), Some(on));
        assert_eq!(switched("a", Running::AsBelow, &layer).1.as_deref(), Some("[[override]]\nid = \"a\"\nmessage = \"x\""));
        layer.put("rules/house.toml", "[[override]]\nid = \"a\"\nenabled = false\n".to_owned());
        assert_eq!(switched("a", Running::AsBelow, &layer).1, None);
    }
}
