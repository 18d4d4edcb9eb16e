//! He, she and it against the person or body they mean.
//!
//! Every rule works by exclusion: the question is not whether the nearest person disagrees, but whether
//! there is anybody the pronoun could be right for. Where somebody may be meant, nothing is said.

mod bodies;
mod persons;

use super::{Detect, Report, only_params};
use crate::analysis::Analysis;
use crate::analysis::antecedents::Ground;
use crate::analysis::mentions::{Pronoun, PronounGender, pronoun_word};
use crate::rules::Lexicon;

/// The kinds of evidence, one card each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    /// The sentence before has a body or a document for its subject.
    BodySubject,
    /// A person is meant whose gender is another one.
    Person(Ground),
}

const KINDS: &[(&str, Kind)] = &[
    ("body-subject", Kind::BodySubject),
    ("name-only", Kind::Person(Ground::NameOnly)),
    ("title", Kind::Person(Ground::Title)),
    ("person-subject", Kind::Person(Ground::Subject)),
    ("lead", Kind::Person(Ground::Lead)),
    ("sandwich", Kind::Person(Ground::Sandwich)),
    ("chain", Kind::Person(Ground::Chain)),
    ("weighed", Kind::Person(Ground::Weighed)),
];

struct Pronouns {
    kind: Kind,
}

/// Builds the `pronouns` detector; `evidence` names the kind of evidence.
pub fn build(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &["evidence"])?;
    let names = || KINDS.iter().map(|k| k.0).collect::<Vec<_>>().join(", ");
    let wanted =
        params.get("evidence").and_then(toml::Value::as_str).ok_or_else(|| format!("parameter \"evidence\" must be one of {}", names()))?;
    let kind = KINDS
        .iter()
        .find(|k| k.0 == wanted)
        .map(|k| k.1)
        .ok_or_else(|| format!("there is no evidence {wanted:?}; there are {}", names()))?;
    Ok(Box::new(Pronouns { kind }))
}

impl Detect for Pronouns {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        match self.kind {
            Kind::BodySubject => bodies::detect(article, report),
            Kind::Person(ground) => persons::detect(article, ground, report),
        }
    }
}

/// The pronoun of another gender that would stand in this place, in the case of the letters there.
fn instead(article: &Analysis, pronoun: &Pronoun, gender: PronounGender) -> String {
    like(pronoun.span.of(article.text()), pronoun_word(gender, pronoun.case))
}

/// `words` with a capital where `model` has one.
fn like(model: &str, words: &str) -> String {
    let mut chars = words.chars();
    match chars.next() {
        Some(first) if model.chars().next().is_some_and(char::is_uppercase) => first.to_uppercase().chain(chars).collect(),
        Some(_) | None => words.to_owned(),
    }
}
