//! A phrase rule as an editor writes it in a form: the words that are wrong, those that are right, a bad and a
//! good example. It is kept as an ordinary card of the detector `phrases`.

use toml::{Table, Value};

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
    /// As a file of rules has it.
    pub fn to_toml(&self) -> String {
        let message = self.message.clone().unwrap_or_else(|| said(&self.right));
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

    /// Reads what [`Phrase::to_toml`] writes; none where a card says more than the form can show.
    pub fn of_toml(text: &str) -> Option<Self> {
        let table: Table = text.parse().ok()?;
        let card = table.get("rule")?.as_array()?.first()?.as_table()?;
        let known = ["id", "category", "detector", "message", "why", "params", "clean", "example"];
        let params = card.get("params")?.as_table()?;
        let only = |table: &Table, known: &[&str]| table.keys().all(|k| known.contains(&k.as_str()));
        let word = |table: &Table, key: &str| table.get(key).and_then(Value::as_str).map(str::to_owned);
        let words = |table: &Table, key: &str| -> Option<Vec<String>> {
            match table.get(key)? {
                Value::String(one) => Some(vec![one.clone()]),
                Value::Array(list) => list.iter().map(|v| v.as_str().map(str::to_owned)).collect(),
                _ => None,
            }
        };
        let [Value::Table(example)] = card.get("example")?.as_array()?.as_slice() else { return None };
        let plain = only(card, &known) && only(params, &["pattern", "to", "case"]) && only(example, &["bad", "good"]);
        if !plain || word(card, "detector")? != "phrases" {
            return None;
        }
        let right: Vec<String> = words(params, "to")?.into_iter().filter(|r| !r.is_empty()).collect();
        let good = word(example, "good")?;
        let category = word(card, "category")?;
        let message = word(card, "message")?;
        Some(Self {
            id: word(card, "id")?,
            category: Category::ALL.into_iter().find(|c| c.id() == category)?,
            wrong: words(params, "pattern")?,
            capitals: if params.get("case").is_some() { Capitals::Any } else { Capitals::AsWritten },
            bad: word(example, "bad")?,
            clean: words(card, "clean").unwrap_or_default().into_iter().filter(|c| *c != good).collect(),
            good,
            why: word(card, "why")?,
            message: (message != said(&right)).then_some(message),
            right,
        })
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

    #[test]
    fn a_card_that_says_more_is_left_to_the_file() {
        let text = phrase().to_toml().replace("params.case", "params.not-after = \"x\"\nparams.case");
        assert_eq!(Phrase::of_toml(&text), None);
    }

    #[test]
    fn rules_get_names_of_their_own() {
        assert_eq!(id_for("Special  Operation’s", |_| false), "say-special-operations");
        assert_eq!(id_for("спецоперация", |id| id == "phrase"), "phrase-2");
    }
}
