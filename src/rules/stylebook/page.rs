//! The files of a layer as a person wrote them: one entry is read, put in, changed or taken out, and every other
//! line stays as it is.

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::finding::RuleId;
use crate::rules::columns;

/// The list of words that rules leave alone.
pub const LEFT_ALONE: &str = "words/left_alone.tsv";

/// Where an entry stands: a file of the layer, and the word, the rule or the name that its line begins with.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Slot {
    /// `words/people.tsv`, `rules/phrases.toml`.
    pub file: String,
    /// The words of the first column of a list; `rule:id` or `override:id` of a file of rules.
    pub key: String,
}

impl Slot {
    /// A place in a file.
    pub fn new(file: impl Into<String>, key: impl Into<String>) -> Self {
        Self { file: file.into(), key: key.into() }
    }

    /// The place of a rule in a file of rules.
    pub fn rule(file: impl Into<String>, id: &str) -> Self {
        Self::new(file, format!("rule:{id}"))
    }

    /// The place of what a layer changes of a rule.
    pub fn change_of(file: impl Into<String>, id: &str) -> Self {
        Self::new(file, format!("override:{id}"))
    }

    fn is_list(&self) -> bool {
        is_list(&self.file)
    }

    /// What stands there in the text of its file.
    pub fn read(&self, text: &str) -> Option<String> {
        if self.is_list() {
            let mut lines = text.lines().filter(|l| key_of_line(&self.file, l).as_ref() == Some(&self.key));
            return lines.next_back().map(|l| l.trim_end().to_owned());
        }
        let lines: Vec<&str> = text.lines().collect();
        let block = blocks(&lines).into_iter().rfind(|b| b.key == self.key)?;
        Some(lines.get(block.first..block.end)?.join("\n"))
    }

    /// The text of the file with something else there, or nothing; all other lines stay.
    ///
    /// # Errors
    /// A sentence when the file can't be changed without touching more than this entry.
    pub fn write(&self, text: &str, to: Option<&str>) -> Result<String, String> {
        if to.is_none() && self.is_list() && self.read(text).is_none() {
            return Ok(text.to_owned());
        }
        let new = if self.is_list() { self.write_line(text, to) } else { self.write_block(text, to) };
        let new = if text.contains("\r\n") { new.replace("\r\n", "\n").replace('\n', "\r\n") } else { new };
        let wanted = to.map(|t| t.trim_end().to_owned());
        if !self.is_list() {
            self.others_stand(text, &new, to.is_some())?;
        }
        if self.read(&new) == wanted { Ok(new) } else { Err(format!("{} can't be changed here; write it by hand", self.file)) }
    }

    fn write_line(&self, text: &str, to: Option<&str>) -> String {
        let here = |line: &str| key_of_line(&self.file, line).as_ref() == Some(&self.key);
        let last = text.lines().filter(|l| here(l)).count();
        let (mut out, mut seen) = (Vec::new(), 0);
        for line in text.lines() {
            if !here(line) {
                out.push(line);
                continue;
            }
            seen += 1;
            // The last line is the one that was heard; doubles go with it.
            out.extend(to.filter(|_| seen == last));
        }
        let head = head(&self.file);
        if text.trim().is_empty() {
            out = vec![head];
        }
        out.extend(to.filter(|_| seen == 0));
        out.iter().flat_map(|line| [line, "\n"]).collect()
    }

    fn write_block(&self, text: &str, to: Option<&str>) -> String {
        let lines: Vec<&str> = text.lines().collect();
        let found = blocks(&lines).into_iter().rfind(|b| b.key == self.key);
        let mut out: Vec<&str> = Vec::new();
        if let Some(block) = found {
            out.extend(lines.get(..block.first).unwrap_or(&[]));
            let mut rest = lines.get(block.end..).unwrap_or(&[]);
            if let Some(to) = to {
                out.extend(to.trim_end().lines());
            } else if out.last().is_none_or(|l| l.trim().is_empty()) {
                let blank = rest.iter().take_while(|l| l.trim().is_empty()).count();
                rest = rest.get(blank..).unwrap_or(&[]);
            }
            out.extend(rest);
        } else {
            out = if text.trim().is_empty() { vec![head(&self.file)] } else { lines };
            if let Some(to) = to {
                if out.last().is_some_and(|l| !l.trim().is_empty()) {
                    out.push("");
                }
                out.extend(to.trim_end().lines());
            }
        }
        while out.last().is_some_and(|l| l.trim().is_empty()) {
            out.pop();
        }
        out.join("\n") + "\n"
    }

    /// Whether every other rule of the file says what it said, and this one stands once or not at all.
    fn others_stand(&self, old: &str, new: &str, stands: bool) -> Result<(), String> {
        let read = |text: &str| -> Result<(toml::Table, usize), String> {
            let mut here = 0;
            let mut table: toml::Table = text.parse().map_err(|e: toml::de::Error| e.to_string().trim_end().to_owned())?;
            for kind in ["rule", "override"] {
                if let Some(list) = table.get_mut(kind).and_then(toml::Value::as_array_mut) {
                    let all = list.len();
                    list.retain(|card| key(kind, card).as_ref() != Some(&self.key));
                    here += all - list.len();
                }
                if table.get(kind).and_then(toml::Value::as_array).is_some_and(Vec::is_empty) {
                    table.remove(kind);
                }
            }
            Ok((table, here))
        };
        let (before, _) = read(old).map_err(|e| format!("{} has a fault that must be mended by hand first: {e}", self.file))?;
        let (after, here) = read(new).map_err(|e| format!("{} can't be changed here; write it by hand: {e}", self.file))?;
        if before == after && here == usize::from(stands) {
            return Ok(());
        }
        Err(format!("{} can't be changed here without touching other rules; write it by hand", self.file))
    }
}

/// Whether a file of a layer is a list with an entry a line.
pub fn is_list(file: &str) -> bool {
    file.rsplit('.').next() == Some("tsv")
}

/// All that stands in a file, each with its place; of doubles the last, which is the one that is heard.
pub fn contents(file: &str, text: &str) -> Vec<(Slot, String)> {
    let all: Vec<(Slot, String)> = if is_list(file) {
        let lines = text.lines().filter_map(|line| Some((Slot::new(file, key_of_line(file, line)?), line.trim_end().to_owned())));
        lines.collect()
    } else {
        let lines: Vec<&str> = text.lines().collect();
        let words = |b: &Block| lines.get(b.first..b.end).unwrap_or(&[]).join("\n");
        blocks(&lines).into_iter().map(|b| (Slot::new(file, b.key.clone()), words(&b))).collect()
    };
    let mut seen = FxHashSet::default();
    let mut kept: Vec<(Slot, String)> = all.into_iter().rev().filter(|(slot, _)| seen.insert(slot.clone())).collect();
    kept.reverse();
    kept
}

/// What a new file says of itself.
fn head(file: &str) -> &'static str {
    match file.rsplit('/').next().unwrap_or(file) {
        "left_alone.tsv" => {
            "# Words that rules leave alone: a rule (*: every rule), a space, the words. Written by Copydesk; may be edited by hand."
        }
        "camel_ok.tsv" | "words_curated.tsv" => {
            "# Words that are right as they stand; a line that begins with - takes a word out. Written by Copydesk; may be edited by hand."
        }
        "people.tsv" => {
            "# Persons: full name, m or f or nothing, with a tab between; \\ before a sign makes it a letter. Written by Copydesk; may be edited by hand."
        }
        "orgs.tsv" => {
            "# Bodies: name, kind, other names with | between; tabs between columns; \\ before a sign makes it a letter. Written by Copydesk; may be edited by hand."
        }
        "cities.tsv" => "# Places, one a line. Written by Copydesk; may be edited by hand.",
        "translit.tsv" => {
            "# Spellings: as it is written, kind, as it is not with | between; tabs between columns; \\ before a sign makes it a letter. Written by Copydesk; may be edited by hand."
        }
        "switches.toml" => "# Rules that are switched. Written by Copydesk; may be edited by hand.",
        _ => "# Written by Copydesk; may be edited by hand.",
    }
}

/// What a line of a list is found by; a line that takes an entry out stands for that entry.
fn key_of_line(file: &str, line: &str) -> Option<String> {
    let line = line.trim_end();
    if line.is_empty() || line.starts_with('#') {
        return None;
    }
    let entry = line.strip_prefix('-').unwrap_or(line);
    if file == LEFT_ALONE { Some(columns::words(entry)) } else { Some(columns::column(entry, 0)).filter(|k| !k.is_empty()) }
}

/// The lines of one rule or change of a rule.
struct Block {
    key: String,
    first: usize,
    end: usize,
}

fn key(kind: &str, card: &toml::Value) -> Option<String> {
    card.get("id").and_then(toml::Value::as_str).map(|id: &str| format!("{kind}:{}", RuleId::from(id)))
}

/// The rules of a file: each from its head to its last line; blank lines and remarks behind belong to nobody.
fn blocks(lines: &[&str]) -> Vec<Block> {
    let is_head = |line: &str| {
        let words: String = line.split('#').next().unwrap_or("").chars().filter(|c| !c.is_whitespace()).collect();
        matches!(words.as_str(), "[[rule]]" | "[[override]]")
    };
    let heads: Vec<usize> = lines.iter().enumerate().filter(|(_, l)| is_head(l)).map(|(i, _)| i).collect();
    let mut found = Vec::new();
    for (n, &first) in heads.iter().enumerate() {
        let next = heads.get(n + 1).copied().unwrap_or(lines.len());
        let body = lines.get(first..next).unwrap_or(&[]);
        let tail = body.iter().rev().take_while(|l| l.trim().is_empty() || l.trim_start().starts_with('#')).count();
        let end = next - tail;
        let Ok(table) = lines.get(first..end).unwrap_or(&[]).join("\n").parse::<toml::Table>() else { continue };
        let named = |kind: &str| table.get(kind).and_then(toml::Value::as_array).and_then(|l| l.first()).and_then(|c| key(kind, c));
        if let Some(key) = named("rule").or_else(|| named("override")) {
            found.push(Block { key, first, end });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::Slot;

    const RULES: &str = "# Ours.\n\n[[rule]]\nid = \"one\"\nwhy = \"a\"\n\n[[rule.example]]\nbad = \"x\"\n\n# Of two.\n[[override]]\nid = \"two\"\nenabled = true\n";

    #[test]
    fn a_line_is_put_in_changed_and_taken_out_and_the_others_stay() {
        let slot = Slot::new("words/people.tsv", "Anna Berg");
        let text = "# ours\nOle Dahl\tm\n";
        let added = slot.write(text, Some("Anna Berg\tf")).unwrap_or_default();
        assert_eq!(added, "# ours\nOle Dahl\tm\nAnna Berg\tf\n");
        assert_eq!(slot.read(&added).as_deref(), Some("Anna Berg\tf"));
        let changed = slot.write(&(added + "Per Lie\tm\n"), Some("Anna Berg")).unwrap_or_default();
        assert_eq!(changed, "# ours\nOle Dahl\tm\nAnna Berg\nPer Lie\tm\n");
        assert_eq!(slot.write(&changed, None).as_deref(), Ok("# ours\nOle Dahl\tm\nPer Lie\tm\n"));
        assert_eq!(slot.write("a\r\nAnna Berg\r\n", None).as_deref(), Ok("a\r\n"));
        assert!(slot.write("", Some("Anna Berg")).is_ok_and(|t| t.starts_with("# Persons:") && t.ends_with("\nAnna Berg\n")));
        // What removed an entry gives way to the entry.
        assert_eq!(slot.write("-Anna Berg\n", Some("Anna Berg")).as_deref(), Ok("Anna Berg\n"));
    }

    #[test]
    fn a_rule_is_put_in_changed_and_taken_out_and_the_others_stay() {
        let one = Slot::rule("rules/a.toml", "one");
        assert_eq!(one.read(RULES).as_deref(), Some("[[rule]]\nid = \"one\"\nwhy = \"a\"\n\n[[rule.example]]\nbad = \"x\""));
        let changed = one.write(RULES, Some("[[rule]]\nid = \"one\"\nwhy = \"b\"\n")).unwrap_or_default();
        assert_eq!(changed, "# Ours.\n\n[[rule]]\nid = \"one\"\nwhy = \"b\"\n\n# Of two.\n[[override]]\nid = \"two\"\nenabled = true\n");
        assert_eq!(one.write(RULES, None).as_deref(), Ok("# Ours.\n\n# Of two.\n[[override]]\nid = \"two\"\nenabled = true\n"));
        let two = Slot::change_of("rules/a.toml", "two");
        assert_eq!(two.write(RULES, None).unwrap_or_default().matches("[[").count(), 2);
        let three = Slot::rule("rules/a.toml", "three").write(RULES, Some("[[rule]]\nid = \"three\"")).unwrap_or_default();
        assert!(three.starts_with(RULES) && three.ends_with("true\n\n[[rule]]\nid = \"three\"\n"), "{three}");
    }

    #[test]
    fn what_would_touch_another_rule_is_refused() {
        // A head inside a text of several lines looks like a rule and is none.
        let text = "[[rule]]\nid = \"one\"\nwhy = \"\"\"\n[[rule]]\nid = \"two\"\n\"\"\"\n";
        assert_eq!(Slot::rule("rules/a.toml", "two").write(text, None).as_deref(), Ok(text));
        assert!(Slot::rule("rules/a.toml", "one").write(text, None).is_err());
        assert!(Slot::rule("rules/a.toml", "one").write(text, Some("[[rule]]\nid = \"one\"")).is_err());
        assert!(
            Slot::rule("rules/a.toml", "one")
                .write("[[rule]\n", Some("[[rule]]\nid = \"one\""))
                .is_err_and(|e| e.contains("by hand first"))
        );
    }
}
