//! He, she and it: the forms, and what they do in their sentence.

use crate::rules::lexicon::Gender;
use crate::text::Span;

/// Which of the three a pronoun is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PronounGender {
    /// He, him, his, himself.
    He,
    /// She, her, hers, herself.
    She,
    /// It, its, itself.
    It,
}

impl PronounGender {
    /// The gender of the person meant; none for "it".
    pub fn gender(self) -> Option<Gender> {
        match self {
            Self::He => Some(Gender::Male),
            Self::She => Some(Gender::Female),
            Self::It => None,
        }
    }
}

impl From<Gender> for PronounGender {
    fn from(gender: Gender) -> Self {
        match gender {
            Gender::Male => Self::He,
            Gender::Female => Self::She,
        }
    }
}

/// What a pronoun does in its sentence.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Case {
    /// He, she; it.
    Subject,
    /// Him; her where no noun follows.
    Object,
    /// His, her, its before a noun.
    Possessive,
    /// Hers; his where no noun follows.
    Standalone,
    /// Himself.
    Reflexive,
}

/// A third-person singular pronoun.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pronoun {
    /// Index of its token.
    pub token: usize,
    /// Bytes of the view, without a contraction's tail (`he’s`: `he`).
    pub span: Span,
    /// Index of its sentence.
    pub sentence: usize,
    /// He, she or it.
    pub gender: PronounGender,
    /// What it does; `her` and `his` are told apart by what follows.
    pub case: Case,
    /// One of `he or she`, `his/her`: nobody in particular.
    pub either: bool,
}

/// The gender and the case that a word shows by itself; `her` and `his` come as possessives.
pub fn form(lower: &str) -> Option<(PronounGender, Case)> {
    use PronounGender::{He, It, She};
    Some(match lower {
        "he" => (He, Case::Subject),
        "him" => (He, Case::Object),
        "his" => (He, Case::Possessive),
        "himself" => (He, Case::Reflexive),
        "she" => (She, Case::Subject),
        "her" => (She, Case::Possessive),
        "hers" => (She, Case::Standalone),
        "herself" => (She, Case::Reflexive),
        "it" => (It, Case::Subject),
        "its" => (It, Case::Possessive),
        "itself" => (It, Case::Reflexive),
        _ => return None,
    })
}

/// The form of another gender with the same job.
pub fn word(gender: PronounGender, case: Case) -> &'static str {
    match (gender, case) {
        (PronounGender::He, Case::Subject) => "he",
        (PronounGender::He, Case::Object) => "him",
        (PronounGender::He, Case::Possessive | Case::Standalone) => "his",
        (PronounGender::He, Case::Reflexive) => "himself",
        (PronounGender::She, Case::Subject) => "she",
        (PronounGender::She, Case::Object | Case::Possessive) => "her",
        (PronounGender::She, Case::Standalone) => "hers",
        (PronounGender::She, Case::Reflexive) => "herself",
        (PronounGender::It, Case::Subject | Case::Object) => "it",
        (PronounGender::It, Case::Possessive | Case::Standalone) => "its",
        (PronounGender::It, Case::Reflexive) => "itself",
    }
}

/// Words after which no noun phrase of the pronoun can follow: `gave her a`, `told her that`, `saw her in`.
const AFTER_OBJECT: &[&str] = &[
    "a",
    "an",
    "the",
    "this",
    "that",
    "these",
    "those",
    "some",
    "any",
    "no",
    "to",
    "for",
    "from",
    "with",
    "without",
    "in",
    "on",
    "at",
    "by",
    "of",
    "as",
    "into",
    "onto",
    "about",
    "after",
    "before",
    "because",
    "when",
    "while",
    "where",
    "who",
    "which",
    "whom",
    "whose",
    "how",
    "why",
    "what",
    "if",
    "whether",
    "and",
    "or",
    "but",
    "nor",
    "so",
    "than",
    "then",
    "up",
    "down",
    "out",
    "off",
    "over",
    "back",
    "away",
    "through",
    "under",
    "against",
    "during",
    "until",
    "since",
    "like",
    "alone",
    "too",
    "again",
    "there",
    "here",
    "now",
    "not",
    "also",
    "even",
    "once",
    "is",
    "was",
    "are",
    "were",
    "be",
    "been",
    "has",
    "have",
    "had",
    "will",
    "would",
    "can",
    "could",
    "may",
    "might",
    "should",
    "must",
    "did",
    "does",
    "do",
    "i",
    "he",
    "she",
    "it",
    "they",
    "we",
    "you",
    "him",
    "them",
    "us",
    "his",
    "my",
    "your",
    "their",
    "its",
    "our",
    "around",
    "across",
    "along",
    "behind",
    "beside",
    "between",
    "near",
    "toward",
    "towards",
    "upon",
    "within",
    "via",
    "per",
    "except",
    "despite",
    "though",
    "although",
    "unless",
    "yesterday",
    "today",
    "tomorrow",
    "everything",
    "something",
    "nothing",
    "more",
    "another",
    "all",
    "both",
    "right",
    "later",
    "earlier",
    "aside",
    "apart",
    "together",
    "instead",
    "altogether",
    "at",
    "forward",
    "first",
    "last",
    "next",
    "what",
    "ever",
    "never",
    "always",
    "just",
    "only",
    "directly",
    "personally",
    "immediately",
    "quickly",
];

/// Whether `her` or `his` owns what follows. `next` is the lower-case word after it, empty before a mark;
/// `her first book` and `saw her first` are told apart by the word after that.
pub fn owns(next: &str, after: &str) -> bool {
    if next.is_empty() {
        return false;
    }
    // `made her keep the boat`: no article stands right after a noun. `sent her regularly to`: nothing is owned.
    let bare = matches!(after, "a" | "an" | "the" | "she" | "he") && next != "own";
    let manner = (next.ends_with("ly") || (next.ends_with("ed") && next.len() > 5)) && (after.is_empty() || AFTER_OBJECT.contains(&after));
    if bare
        || (manner && !matches!(next, "family" | "assembly" | "monopoly" | "reply" | "ally" | "supply" | "belly" | "beloved" | "deceased"))
    {
        return false;
    }
    if matches!(
        next,
        "first" | "last" | "next" | "later" | "now" | "only" | "right" | "back" | "own" | "more" | "like" | "down" | "all" | "both"
    ) {
        return next == "own" || !(after.is_empty() || AFTER_OBJECT.contains(&after));
    }
    !(AFTER_OBJECT.contains(&next) || (next.ends_with("ing") && matches!(after, "a" | "an" | "the" | "his" | "her" | "it" | "that" | "to")))
}
