//! Rule cards: a rule is a card of data that names a detector and carries its own examples.

use serde::Deserialize;
use thiserror::Error;

use crate::finding::{Applicability, Category, RuleId, Tier};

/// A card as it stands in a file of `dictionaries/rules/`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Card {
    /// Names what is wrong, in kebab-case; never changes.
    pub id: RuleId,
    /// What it is about.
    pub category: Category,
    /// The detector that finds it.
    pub detector: String,
    /// One sentence without a full stop; `{found}` and values that the detector names are filled in.
    pub message: String,
    /// Why it goes wrong and why it matters, for the help page.
    pub why: String,
    /// The most that a fix of this rule may be trusted; a detector may go below, never above.
    #[serde(default = "review")]
    pub applicability: Applicability,
    /// Why its fixes are safe; required where the ceiling is `safe`.
    pub fix_safety: Option<String>,
    /// Shown unasked, or a hint.
    #[serde(default = "shown")]
    pub tier: Tier,
    /// Whether the rule runs.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Source languages the rule is for; empty: all.
    #[serde(default)]
    pub languages: Vec<String>,
    /// What the detector wants to know.
    #[serde(default)]
    pub params: toml::Table,
    /// Must be found, at the marked words, and cured.
    #[serde(default)]
    pub example: Vec<Example>,
    /// Looks like it and is right: must stay silent.
    #[serde(default)]
    pub clean: Vec<String>,
    /// Known false alarms, asserted: the day one is cured it moves to `clean`.
    #[serde(default)]
    pub false_alarms: Vec<String>,
    /// Where the card was read, and what a layer changed; filled in when layers are read.
    #[serde(skip)]
    pub origin: Vec<String>,
    /// What each layer says of it, the layers in order: the card itself (an empty key), and every value that another
    /// layer changed, before and after; filled in when layers are read.
    #[serde(skip)]
    pub said: Vec<Said>,
}

/// One value of a card as a layer has it.
#[derive(Clone, PartialEq, Debug)]
pub struct Said {
    /// Which layer: 0 for what is built in, then in the order in which they are laid over.
    pub layer: usize,
    /// The file, and the line where it is known.
    pub place: String,
    /// `enabled`, `params.to`; empty for the card as a whole.
    pub key: String,
    /// The value.
    pub value: toml::Value,
    /// It changes what a layer below says.
    pub is_change: bool,
}

impl Card {
    /// The value that holds where the layers up to one are heard; none where nobody changed it.
    pub fn value_up_to(&self, key: &str, layer: usize) -> Option<&Said> {
        self.said.iter().rfind(|s| s.key == key && s.layer <= layer)
    }

    /// Takes note of who says what, before a value is changed.
    pub(super) fn note(&mut self, key: &str, value: toml::Value, layer: usize, place: &str) {
        if !self.said.iter().any(|s| s.key == key) {
            let old = match key.strip_prefix("params.") {
                Some(param) => self.params.get(param).cloned(),
                None => match key {
                    "enabled" => Some(self.enabled.into()),
                    "tier" => toml::Value::try_from(self.tier).ok(),
                    "applicability" => toml::Value::try_from(self.applicability).ok(),
                    "message" => Some(self.message.clone().into()),
                    _ => None,
                },
            };
            let home = self.said.iter().rfind(|s| s.key.is_empty()).map(|s| (s.layer, s.place.clone()));
            if let (Some(value), Some((layer, place))) = (old, home) {
                self.said.push(Said { layer, place, key: key.to_owned(), value, is_change: false });
            }
        }
        self.said.push(Said { layer, place: place.to_owned(), key: key.to_owned(), value, is_change: true });
    }
}

/// A damaged sentence and its cure.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Example {
    /// With `[[ ]]` round the words that must be marked.
    pub bad: String,
    /// After the first fix; absent where a person must write.
    pub good: Option<String>,
    /// After the further fixes, in order.
    #[serde(default)]
    pub also: Vec<String>,
    /// Words that must be cited as evidence.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// `text` or `html`: how the example would come as a file.
    #[serde(default = "text")]
    pub format: String,
}

/// A change that a layer makes to a rule of a layer below it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Override {
    /// Which rule.
    pub id: RuleId,
    /// Whether it runs.
    pub enabled: Option<bool>,
    /// Its ceiling.
    pub applicability: Option<Applicability>,
    /// Shown unasked, or a hint.
    pub tier: Option<Tier>,
    /// Its message.
    pub message: Option<String>,
    /// Parameters, key by key.
    #[serde(default)]
    pub params: toml::Table,
}

/// A file of cards.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardFile {
    /// The cards.
    #[serde(default)]
    pub rule: Vec<Card>,
    /// Changes to rules of layers below.
    #[serde(default, rename = "override")]
    pub overrides: Vec<Override>,
}

fn review() -> Applicability {
    Applicability::Review
}
fn shown() -> Tier {
    Tier::Default
}
fn yes() -> bool {
    true
}
fn text() -> String {
    "text".to_owned()
}

/// A card or a layer that can't be used.
#[derive(Clone, Debug, Error)]
pub enum CardError {
    /// Not TOML, or not a card; the message names line, column and the valid keys.
    #[error("{file}: {message}")]
    Syntax {
        /// The file.
        file: String,
        /// What is wrong and where.
        message: String,
    },
    /// A card that contradicts itself or another.
    #[error("{file}: rule {rule}: {message}")]
    Rule {
        /// The file.
        file: String,
        /// The rule.
        rule: RuleId,
        /// What is wrong.
        message: String,
    },
    /// A file or folder that can't be read.
    #[error("can't read {file}: {message}")]
    Io {
        /// The file.
        file: String,
        /// The reason.
        message: String,
    },
}

/// Reads a file of cards.
///
/// # Errors
/// [`CardError::Syntax`] with line and column.
pub fn parse(file: &str, text: &str) -> Result<CardFile, CardError> {
    toml::from_str(text).map_err(|e| CardError::Syntax { file: file.to_owned(), message: e.to_string().trim_end().to_owned() })
}

/// The line and the reason of a text that is no card; the drawing of the place is left out.
pub fn reason(message: &str) -> String {
    let is_drawing =
        |line: &str| line.trim_start().starts_with('|') || line.split_once(" |").is_some_and(|(n, _)| n.trim().parse::<u32>().is_ok());
    let mut lines = message.lines().filter(|l| !l.trim().is_empty() && !is_drawing(l));
    let first = lines.next().unwrap_or("");
    let Some(at) = first.split_once("at line ").map(|(_, at)| at) else { return message.replace('\n', " ") };
    let line = at.split(',').next().unwrap_or(at);
    let reason = quoted(&lines.collect::<Vec<_>>().join(" "));
    format!("line {line}: {reason}")
}

/// Backticks as quotation marks.
fn quoted(words: &str) -> String {
    let mut out = String::new();
    for (i, part) in words.split('`').enumerate() {
        if i > 0 {
            out.push(if i % 2 == 1 { '“' } else { '”' });
        }
        out.push_str(part);
    }
    out
}
