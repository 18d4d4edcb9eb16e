//! A change of a layer: what stood before and what stands after, so that each line of the log can be taken back.

use serde::{Deserialize, Serialize};

use super::page::Slot;
use crate::rules::layers::LayerText;
use crate::rules::lexicon::one_line;

/// One entry, before and after.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Rewrite {
    /// Where it stands.
    #[serde(flatten)]
    pub slot: Slot,
    /// What stood there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What stands there then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// What was done, in one word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verb {
    /// An entry came.
    Added,
    /// It was changed.
    Changed,
    /// It went.
    Removed,
    /// A rule leaves words alone.
    LeftAlone,
    /// It marks them again.
    MarkedAgain,
    /// A rule runs.
    On,
    /// It does not.
    Off,
    /// A rule is a hint, shown in full review alone.
    Hint,
    /// It is shown in light review too.
    Shown,
    /// How it runs is left to the layers below.
    AsBelow,
    /// A change was taken back.
    TookBack,
}

impl Verb {
    /// As the log has it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
            Self::LeftAlone => "left alone",
            Self::MarkedAgain => "marked again",
            Self::On => "on",
            Self::Off => "off",
            Self::Hint => "hint",
            Self::Shown => "shown",
            Self::AsBelow => "as below",
            Self::TookBack => "took back",
        }
    }
}

/// Whether a change still holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// What it wrote stands; it can be taken back.
    Stands,
    /// What stood before it stands again.
    TakenBack,
    /// Something else stands there now.
    ChangedAgain,
    /// The log does not say what it wrote.
    Unknown,
}

/// A change of a layer: one line of its log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// What was done.
    pub verb: String,
    /// With what, for people.
    pub what: String,
    /// The entries.
    pub rewrites: Vec<Rewrite>,
}

impl Change {
    /// The change that puts entries into a layer or, with `None`, takes them out; what stands already is no change.
    pub fn new(verb: Verb, what: &str, layer: &LayerText, wanted: Vec<(Slot, Option<String>)>) -> Self {
        let mut rewrites: Vec<Rewrite> = Vec::new();
        for (slot, after) in wanted {
            match rewrites.iter_mut().find(|r| r.slot == slot) {
                Some(earlier) => earlier.after = after,
                None => rewrites.push(Rewrite { before: slot.read(layer.file(&slot.file)), slot, after }),
            }
        }
        rewrites.retain(|r| r.before != r.after);
        Self { verb: verb.word().to_owned(), what: one_line(what), rewrites }
    }

    /// Makes it; returns the files that are to be written.
    ///
    /// # Errors
    /// A sentence when a file can't be changed without touching other entries; the layer is as it was then.
    pub fn apply(&self, layer: &mut LayerText) -> Result<Vec<String>, String> {
        let mut changed = layer.clone();
        let mut files: Vec<String> = Vec::new();
        for rewrite in &self.rewrites {
            let file = &rewrite.slot.file;
            let text = rewrite.slot.write(changed.file(file), rewrite.after.as_deref())?;
            changed.put(file, text);
            if !files.contains(file) {
                files.push(file.clone());
            }
        }
        *layer = changed;
        Ok(files)
    }

    /// Whether it holds in a layer.
    pub fn standing(&self, layer: &LayerText) -> Standing {
        self.standing_in(|slot| slot.read(layer.file(&slot.file)))
    }

    /// Whether it holds where `stands` tells what stands in a place.
    pub fn standing_in(&self, stands: impl Fn(&Slot) -> Option<String>) -> Standing {
        let now: Vec<Option<String>> = self.rewrites.iter().map(|r| stands(&r.slot)).collect();
        let is = |wanted: fn(&Rewrite) -> &Option<String>| self.rewrites.iter().zip(&now).all(|(r, now)| now == wanted(r));
        match () {
            () if self.rewrites.is_empty() => Standing::Unknown,
            () if is(|r| &r.after) => Standing::Stands,
            () if is(|r| &r.before) => Standing::TakenBack,
            () => Standing::ChangedAgain,
        }
    }

    /// The change that takes it back.
    #[must_use]
    pub fn taken_back(&self) -> Self {
        let turned = |r: &Rewrite| Rewrite { slot: r.slot.clone(), before: r.after.clone(), after: r.before.clone() };
        let what = format!("{} {}", self.verb, self.what);
        Self { verb: Verb::TookBack.word().to_owned(), what, rewrites: self.rewrites.iter().rev().map(turned).collect() }
    }
}

/// A line of the log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogLine {
    /// When, as the clock of the shell writes it.
    pub at: String,
    /// Who.
    pub by: String,
    /// What.
    pub change: Change,
}

impl LogLine {
    /// As the log has it, without the end of the line: time, name, verb, what, and the entries as JSON.
    pub fn write(&self) -> String {
        let entries = serde_json::to_string(&self.change.rewrites).unwrap_or_default();
        [one_line(&self.at), one_line(&self.by), one_line(&self.change.verb), one_line(&self.change.what), entries].join("\t")
    }

    /// Reads a line; what was written by hand has no entries.
    pub fn read(line: &str) -> Option<Self> {
        let mut columns = line.splitn(5, '\t');
        let (at, by, verb) = (columns.next()?, columns.next()?, columns.next()?);
        let what = columns.next().unwrap_or("");
        let entries = columns.next().unwrap_or("");
        let rewrites: Option<Vec<Rewrite>> = serde_json::from_str(entries).ok();
        let what = if rewrites.is_some() || entries.is_empty() { what.to_owned() } else { format!("{what} {entries}") };
        let change = Change { verb: verb.to_owned(), what, rewrites: rewrites.unwrap_or_default() };
        Some(Self { at: at.to_owned(), by: by.to_owned(), change })
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, LogLine, Standing, Verb};
    use crate::rules::layers::LayerText;
    use crate::rules::stylebook::Slot;

    #[test]
    fn every_change_can_be_taken_back_and_said() {
        let mut layer = LayerText::default();
        layer.put("words/people.tsv", "# ours\nOle Dahl\tm\n".to_owned());
        let old = layer.clone();
        let wanted = vec![
            (Slot::new("words/people.tsv", "Ole Dahl"), Some("Ole Dahl".to_owned())),
            (Slot::rule("rules/phrases.toml", "x"), Some("[[rule]]\nid = \"x\"".to_owned())),
        ];
        let change = Change::new(Verb::Changed, "Ole\tDahl", &layer, wanted);
        assert_eq!(change.standing(&layer), Standing::TakenBack);
        assert_eq!(change.apply(&mut layer).map(|f| f.len()), Ok(2));
        assert_eq!(change.standing(&layer), Standing::Stands);
        let line = LogLine { at: "2026-11-24T10:00:00Z".to_owned(), by: "Anna".to_owned(), change: change.clone() };
        assert!(!line.write().contains('\n'));
        assert_eq!(LogLine::read(&line.write()), Some(line));
        let mut later = layer.clone();
        later.put("words/people.tsv", "Ole Dahl\tf\n".to_owned());
        assert_eq!(change.standing(&later), Standing::ChangedAgain);
        let back = change.taken_back();
        assert_eq!(back.apply(&mut layer).map(|f| f.len()), Ok(2));
        assert_eq!(layer.file("words/people.tsv"), old.file("words/people.tsv"));
        assert!(!layer.file("rules/phrases.toml").contains("[["));
        assert_eq!(back.what, "changed Ole Dahl");
    }

    #[test]
    fn a_line_without_entries_is_read() {
        let line = LogLine::read("t\tAnna\tleft alone\tdoubled-words\tfor for").map(|l| (l.change.what, l.change.rewrites.len()));
        assert_eq!(line, Some(("doubled-words for for".to_owned(), 0)));
    }
}
