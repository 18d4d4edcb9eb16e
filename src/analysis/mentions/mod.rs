//! Mentions: the persons, bodies, documents and places that an article speaks of, the third-person
//! pronouns, and the subject of each sentence. Read once, so that every rule asks the same witnesses.
//!
//! It must say "not known" rather than guess: a capitalised word that nobody knows stays
//! [`MentionKind::Unknown`], and a rule must treat it as a person who may be meant.

mod links;
mod naming;
mod pronouns;
mod reader;
mod subjects;

pub use pronouns::{Case, Pronoun, PronounGender, word as pronoun_word};
pub use subjects::{Subject, SubjectPlace};

use super::Analysis;
use crate::rules::lexicon::Gender;
use crate::text::Span;

/// What a mention names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MentionKind {
    /// A human being, or several.
    Person,
    /// An organisation: it.
    Body,
    /// A report, a study, a chatbot: it speaks, and is "it".
    Document,
    /// Any other thing.
    Thing,
    /// A country, a city, a street.
    Place,
    /// A capitalised run that no list knows: it may be a person.
    Unknown,
}

/// What tells a person's gender, the strongest first.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum GenderSource {
    /// The editor’s own decision.
    Editor,
    /// `Mrs X`.
    Title,
    /// `spokeswoman X`; `X, the ministry's spokeswoman`.
    Role,
    /// The list of public figures.
    PublicFigure,
    /// A given name that nearly all bearers share with one gender.
    GivenName,
}

/// A place where somebody or something is named.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mention {
    /// Bytes of the view; titles and articles left out.
    pub span: Span,
    /// Index of its first token.
    pub first: usize,
    /// Index one past its last token.
    pub end: usize,
    /// Index of its sentence.
    pub sentence: usize,
    /// What it names.
    pub kind: MentionKind,
    /// He or she, where that is known.
    pub gender: Option<Gender>,
    /// What tells the gender; the place is `proof`.
    pub source: Option<GenderSource>,
    /// Where the gender can be seen (bytes of the view): the title, the role, the first full name.
    pub proof: Span,
    /// A capitalised name, not a common noun.
    pub named: bool,
    /// A kin noun (`her father`): a person who may be meant, never the topic.
    pub kin: bool,
    /// More than one.
    pub plural: bool,
    /// `the ministry's`: owns the next noun, is no subject.
    pub possessive: bool,
    /// A body noun that is also used of persons (`the supplier`).
    pub weak: bool,
    /// Mentions of the same person or body share it.
    pub entity: usize,
}

impl Mention {
    /// Whether it names one human being, or may do so.
    pub fn may_be_person(&self) -> bool {
        matches!(self.kind, MentionKind::Person | MentionKind::Unknown) && !self.plural
    }

    /// Whether it names a body or a document that speaks: "it".
    pub fn is_body(&self) -> bool {
        matches!(self.kind, MentionKind::Body | MentionKind::Document)
    }
}

/// All mentions of an article.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Mentions {
    /// In order of the text, disjoint.
    pub mentions: Vec<Mention>,
    /// He, she and it in all their forms, in order.
    pub pronouns: Vec<Pronoun>,
    /// What each sentence is about; one entry a sentence.
    pub subjects: Vec<Option<Subject>>,
}

impl Mentions {
    /// Reads the mentions of an article whose tokens and sentences are known.
    pub fn read(article: &Analysis) -> Self {
        let (mentions, pronouns) = reader::read(article);
        let subjects = subjects::read(article, &mentions);
        Self { mentions, pronouns, subjects }
    }

    /// Index of the first mention that begins at the token `index` or later.
    pub fn from_token(&self, index: usize) -> usize {
        self.mentions.partition_point(|m| m.first < index)
    }

    /// The mentions among the tokens `first..end`.
    pub fn within(&self, first: usize, end: usize) -> &[Mention] {
        self.mentions.get(self.from_token(first)..self.from_token(end)).unwrap_or(&[])
    }

    /// The pronouns among the tokens `first..end`.
    pub fn pronouns_within(&self, first: usize, end: usize) -> &[Pronoun] {
        let at = |index: usize| self.pronouns.partition_point(|p| p.token < index);
        self.pronouns.get(at(first)..at(end)).unwrap_or(&[])
    }
}
