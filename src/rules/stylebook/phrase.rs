//! A phrase rule as an editor writes it in a form: the words that are wrong, those that are right, a bad and a
//! good example. It is kept as an ordinary card of the detector `phrases`.

use toml::{Table, Value};

use super::in_place;
use crate::detectors::phrases::template;
use crate::finding::{Category, RuleId};
use crate::rules::card::{self, Card, CardFile};

/// Which capitals are told apart.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Capitals {
    /// As the phrase has them; a beginning may have its own.
    #[default]
    AsWritten,
    /// Any.
    Any,
}

/// A phrase rule.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Phrase {
    /// Names it; never changes.
    pub id: RuleId,
    /// What it is about.
    pub category: Category,
    /// The wrong words; each may be a pattern.
    pub wrong: Vec<String>,
    /// What shall stand there, best first; nothing leaves the words out.
    pub right: Vec<String>,
    /// Which capitals are told apart.
    pub capitals: Capitals,
    /// A sentence with `[[ ]]` round the wrong words.
    pub bad: String,
    /// The same sentence, right.
    pub good: String,
    /// Further sentences that are right.
    pub clean: Vec<String>,
    /// Why it matters.
    pub why: String,
    /// What a finding says; none: what is made of the right words.
    pub message: Option<String>,
    /// The card as it stands in its file, where it was written by hand: what a form does not show stays as it is.
    pub source: Option<String>,
}

/// A text as a file of rules has it.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

fn list(texts: &[String]) -> String {
    Value::from(texts.to_vec()).to_string()
}

/// What a finding says of the words that shall stand there.
fn said(right: &[String]) -> String {
    match right.first().map(|r| r.trim()) {
        None | Some("") => "Leave this out: {found}".to_owned(),
        Some(right) => match template::words(right).filter(|words| !words.contains('{')) {
            Some(words) => format!("Say “{words}”: {{found}}"),
            None => "Word it otherwise: {found}".to_owned(),
        },
    }
}

impl Phrase {
    /// What a finding says.
    pub fn says(&self) -> String {
        self.message.clone().unwrap_or_else(|| said(&self.right))
    }

    /// Whether the fields of a form say the same.
    pub fn says_as(&self, other: &Self) -> bool {
        let clean = |p: &Self| if p.source.is_some() { Vec::new() } else { p.clean.clone() };
        let fields = |p: &Self| Self { source: None, clean: Vec::new(), message: Some(p.says()), ..p.clone() };
        fields(self) == fields(other) && (self.source.is_some() || other.source.is_some() || clean(self) == clean(other))
    }

    /// As a file of rules has it.
    pub fn to_toml(&self) -> String {
        // Where it can't be changed it stays; `fault` says so.
        self.source.as_ref().map_or_else(|| self.plain(), |source| in_place::changed(source, self).unwrap_or_else(|_| source.clone()))
    }

    /// Why the card can't be written as the form has it.
    pub fn fault(&self) -> Option<String> {
        in_place::changed(self.source.as_ref()?, self).err()
    }

    /// What the card says besides the fields of a form, a line each.
    pub fn more(&self) -> Vec<String> {
        let table = self.source.as_ref().and_then(|source| source.parse::<Table>().ok());
        let card = table.as_ref().and_then(|t| t.get("rule")?.as_array()?.first()?.as_table());
        let mut lines = Vec::new();
        for (key, value) in card.into_iter().flatten() {
            match (key.as_str(), value) {
                ("params", Value::Table(params)) => {
                    let more = params.iter().filter(|(k, _)| !matches!(k.as_str(), "pattern" | "to" | "case"));
                    lines.extend(more.map(|(k, v)| format!("{k}: {}", listed(v))));
                }
                ("example", Value::Array(all)) if all.len() > 1 => lines.push(format!("further examples: {}", all.len() - 1)),
                ("clean", Value::Array(all)) if all.iter().any(|c| c.as_str() != Some(&self.good)) => {
                    lines.push(format!("sentences that are right: {}", all.len()));
                }
                ("id" | "category" | "detector" | "message" | "why" | "example" | "clean", _) => {}
                _ => lines.push(format!("{key}: {}", listed(value))),
            }
        }
        lines
    }

    fn plain(&self) -> String {
        let message = self.says();
        let right = if self.right.is_empty() { vec![String::new()] } else { self.right.clone() };
        let clean: Vec<String> = std::iter::once(&self.good).chain(&self.clean).cloned().collect();
        let mut lines = vec![
            "[[rule]]".to_owned(),
            format!("id = {}", quoted(&self.id)),
            format!("category = {}", quoted(self.category.id())),
            "detector = \"phrases\"".to_owned(),
            format!("message = {}", quoted(&message)),
            format!("why = {}", quoted(&self.why)),
            format!("params.pattern = {}", list(&self.wrong)),
            format!("params.to = {}", list(&right)),
        ];
        if self.capitals == Capitals::Any {
            lines.push("params.case = \"any\"".to_owned());
        }
        lines.push(format!("clean = {}", list(&clean)));
        lines.extend([String::new(), "[[rule.example]]".to_owned()]);
        lines.extend([format!("bad = {}", quoted(&self.bad)), format!("good = {}", quoted(&self.good))]);
        lines.join("\n")
    }

    /// The card.
    ///
    /// # Errors
    /// A sentence when it is none.
    pub fn card(&self) -> Result<Card, String> {
        let file: CardFile = card::parse("phrase", &self.to_toml()).map_err(|e| e.to_string())?;
        file.rule.into_iter().next().ok_or_else(|| "there is no rule".to_owned())
    }

    /// Reads the card of a phrase rule; none where it is of another kind.
    pub fn of_toml(text: &str) -> Option<Self> {
        let table: Table = text.parse().ok()?;
        let card = table.get("rule")?.as_array()?.first()?.as_table()?;
        let params = card.get("params")?.as_table()?;
        let word = |table: &Table, key: &str| table.get(key).and_then(Value::as_str).map(str::to_owned);
        let words = |table: &Table, key: &str| -> Option<Vec<String>> {
            match table.get(key)? {
                Value::String(one) => Some(vec![one.clone()]),
                Value::Array(list) => list.iter().map(|v| v.as_str().map(str::to_owned)).collect(),
                _ => None,
            }
        };
        if word(card, "detector")? != "phrases" {
            return None;
        }
        let example = card.get("example").and_then(Value::as_array).and_then(|e| e.first()).and_then(Value::as_table);
        let of_example = |key: &str| example.and_then(|e| word(e, key)).unwrap_or_default();
        let right: Vec<String> = words(params, "to").unwrap_or_default().into_iter().filter(|r| !r.is_empty()).collect();
        let good = of_example("good");
        let category = word(card, "category")?;
        let message = word(card, "message")?;
        let mut phrase = Self {
            id: word(card, "id")?,
            category: Category::ALL.into_iter().find(|c| c.id() == category)?,
            wrong: words(params, "pattern")?,
            capitals: if params.get("case").is_some() { Capitals::Any } else { Capitals::AsWritten },
            bad: of_example("bad"),
            clean: words(card, "clean").unwrap_or_default().into_iter().filter(|c| *c != good).collect(),
            good,
            why: word(card, "why")?,
            message: (message != said(&right)).then_some(message),
            right,
            source: None,
        };
        let text = text.trim_end();
        phrase.source = (phrase.plain() != text).then(|| text.to_owned());
        Some(phrase)
    }
}

/// A value as a person reads it: words with commas between.
pub fn listed(value: &Value) -> String {
    match value {
        Value::String(words) => words.clone(),
        Value::Array(all) => all.iter().map(listed).collect::<Vec<_>>().join(", "),
        Value::Table(all) => all.iter().map(|(key, value)| format!("{key} = {}", listed(value))).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// A name for a rule, made of its words; one that is taken gets a number.
pub fn id_for(words: &str, is_taken: impl Fn(&str) -> bool) -> RuleId {
    let folded = crate::rules::spellings::folded(words);
    let parts = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|p| !p.is_empty()).take(5);
    let mut name: String = parts.collect::<Vec<_>>().join("-");
    name.truncate(40);
    let name = if name.is_empty() { "phrase".to_owned() } else { format!("say-{name}") };
    let numbered = (2..).map(|n| format!("{name}-{n}"));
    std::iter::once(name.clone()).chain(numbered).find(|id| !is_taken(id)).unwrap_or(name)
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may stop")]
mod tests {
    use super::{Capitals, Phrase, id_for};
    use crate::finding::Category;

    fn phrase() -> Phrase {
        Phrase {
            id: "say-invasion".to_owned(),
            category: Category::Wording,
            wrong: vec!["special operation".to_owned(), "~carry out the operation".to_owned()],
            right: vec!["the “invasion”".to_owned(), "war".to_owned()],
            capitals: Capitals::Any,
            bad: "It began with the [[special operation]] in \"May\".".to_owned(),
            good: "It began with the “invasion” in \"May\".".to_owned(),
            clean: vec!["A \\ special\toperator.".to_owned()],
            why: "House style’s \"line\"".to_owned(),
            message: None,
            source: None,
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let changes: [fn(&mut Phrase); 4] =
            [|_| {}, |p| p.right.clear(), |p| p.message = Some("Ours".to_owned()), |p| p.capitals = Capitals::AsWritten];
        for change in changes {
            let mut phrase = phrase();
            change(&mut phrase);
            assert_eq!(Phrase::of_toml(&phrase.to_toml()).as_ref(), Some(&phrase), "{}", phrase.to_toml());
            assert!(phrase.card().is_ok());
        }
    }

    /// A card as a person writes it.
    const CARD: &str = r#"[[rule]] # ours
id = "deal"
category = "wording"
tier = "hint"   # not for everyone
detector = "phrases"
message = "Say pact: {found}"
why = 'The treaty says "pact".'
params.pattern = [
  "grain deal", # the first
  "deal on grain", # the second
]
params.to = "pact"
params.not-after = "bad"
clean = ["A bad grain deal.", "The pact fell."]

[[rule.example]]
bad = "The [[grain deal]] fell."
good = "The pact fell."
evidence = ["grain"] # why not

[[rule.example]]
bad = "The [[deal on grain]] fell."
good = "The pact fell."
"#;

    #[test]
    fn a_card_that_says_more_is_changed_in_place() {
        let text = CARD.trim_end();
        let old = Phrase::of_toml(text).unwrap_or_else(phrase);
        assert_eq!((old.to_toml().as_str(), old.fault()), (text, None), "what is not changed stays");
        assert_eq!(old.more(), ["sentences that are right: 2", "further examples: 1", "not-after: bad", "tier: hint"].map(str::to_owned),);
        let changed = |change: fn(&mut Phrase)| {
            let mut new = old.clone();
            change(&mut new);
            assert_eq!(new.fault(), None);
            assert!(Phrase::of_toml(&new.to_toml()).is_some_and(|p| p.says_as(&new)), "{}", new.to_toml());
            new.to_toml()
        };
        let swapped = |from: &str, to: &str| text.replacen(from, to, 1);
        assert_eq!(changed(|p| p.why = "Ours".to_owned()), swapped("'The treaty says \"pact\".'", "\"Ours\""));
        assert_eq!(
            changed(|p| p.wrong = vec!["grain deal".to_owned()]),
            swapped("  \"deal on grain\", # the second\n", "  # the second\n")
        );
        assert_eq!(changed(|p| p.wrong[1] = "rice".to_owned()), swapped("\"deal on grain\"", "\"rice\""));
        assert_eq!(changed(|p| p.wrong.insert(1, "rice".to_owned())), swapped("\"grain deal\"", "\"grain deal\", \"rice\""));
        assert_eq!(changed(|p| p.wrong.insert(0, "rice".to_owned())), swapped("\"grain deal\"", "\"rice\", \"grain deal\""));
        assert_eq!(changed(|p| p.right.push("treaty".to_owned())), swapped("params.to = \"pact\"", "params.to = [\"pact\", \"treaty\"]"));
        assert_eq!(changed(|p| p.right.clear()), swapped("params.to = \"pact\"", "params.to = \"\""));
        assert_eq!(changed(|p| p.capitals = Capitals::Any), swapped("second\n]", "second\n]\nparams.case = \"any\""));
        // The right sentence is right in both places.
        let good = changed(|p| p.good = "A pact fell.".to_owned());
        assert_eq!(good.matches("\"A pact fell.\"").count(), 2, "{good}");
        assert_eq!(good.matches("\"The pact fell.\"").count(), 1, "the other example stays: {good}");
        // A rule without a fix gets one, and a switch of capitals comes and goes.
        let bare = "[[rule]]\nid = \"x\"\ncategory = \"wording\"\ndetector = \"phrases\"\nmessage = \"No\"\nwhy = \"x\"\nparams = { pattern = \"a b\", unsure = \"hint\" }";
        let mut phrase = Phrase::of_toml(bare).unwrap_or_else(phrase);
        (phrase.right, phrase.capitals, phrase.bad, phrase.good) =
            (vec!["c".to_owned()], Capitals::Any, "[[a b]]".to_owned(), "c".to_owned());
        let with = phrase.to_toml();
        assert_eq!(phrase.fault(), None);
        assert!(with.contains("params = { to = \"c\", case = \"any\", pattern = \"a b\", unsure = \"hint\" }"), "{with}");
        assert!(with.ends_with("\n\n[[rule.example]]\nbad = \"[[a b]]\"\ngood = \"c\""), "{with}");
        let mut back = Phrase::of_toml(&with).unwrap_or(phrase);
        back.capitals = Capitals::AsWritten;
        assert!(back.to_toml().contains("params = { to = \"c\", pattern"), "{}", back.to_toml());
        // A rule of another kind is no phrase.
        assert_eq!(Phrase::of_toml(&CARD.replace("phrases", "doubled-words")), None);
    }

    #[test]
    fn rules_get_names_of_their_own() {
        assert_eq!(id_for("Special  Operation’s", |_| false), "say-special-operations");
        assert_eq!(id_for("спецоперация", |id| id == "phrase"), "phrase-2");
    }
}
