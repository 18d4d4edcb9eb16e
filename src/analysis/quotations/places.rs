//! Where a lost mark may have stood: what a place is, what the article shows of how it quotes, and what
//! closing and opening places (`closings`, `openings`) have in common.

use rustc_hash::FxHashMap;

use super::attribution::{self, Attribution};
use super::words::class;
use crate::analysis::{Analysis, Token, TokenKind};

/// A feature of a place: its name in four parts, `c`losing or `o`pening first.
pub type Feature = [&'static str; 4];

/// A place that could hold the lost mark.
#[derive(Clone, Debug)]
pub struct Spot {
    /// Byte position in the view.
    pub at: usize,
    /// The stop or comma that was lost with the mark.
    pub with: &'static str,
    /// What speaks for and against it.
    pub features: Vec<Feature>,
}

/// Where the article sets commas and stops that meet a closing mark.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Habit {
    /// `word,”`
    Inside,
    /// `word”,`
    Outside,
    /// Unknown or both.
    Mixed,
}

impl Habit {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::Outside => "outside",
            Self::Mixed => "mixed",
        }
    }
}

/// What the article shows elsewhere of how it quotes.
#[derive(Clone, Debug)]
pub struct Manner {
    /// Where it sets commas and stops.
    pub habit: Habit,
    /// The short phrases that stand in whole quotations (see [`phrase_key`]), and how often.
    pub phrases: FxHashMap<String, u32>,
}

/// A quoted phrase as it is compared with others: in lower case, without the stop at its end; `None` when it is long.
pub fn phrase_key(phrase: &str) -> Option<String> {
    let phrase = phrase.trim_end_matches(['.', ',', '!', '?', '…', ';', ':']).trim();
    (!phrase.is_empty() && phrase.len() <= 80).then(|| phrase.to_lowercase())
}

impl Manner {
    pub(super) fn knows(&self, phrase: &str) -> bool {
        !self.phrases.is_empty() && phrase_key(phrase).is_some_and(|k| self.phrases.get(&k).is_some_and(|n| *n > 0))
    }
}

/// No quotation is followed further than this many tokens.
pub(super) const REACH: usize = 400;

pub(super) fn is_stop(word: &str) -> bool {
    word.starts_with('.') || matches!(word, "!" | "?" | "…")
}

pub(super) fn capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

pub(super) fn is_text(token: &Token) -> bool {
    token.kind != TokenKind::Mark
}

/// What stands behind a place.
pub(super) fn behind(article: &Analysis, next: usize, block: usize, last: bool) -> (&'static str, Option<Attribution>) {
    let Some(token) = article.tokens().get(next).filter(|t| t.block == block) else { return ("end", None) };
    let word = article.word(token);
    if last {
        return ("mark", None);
    }
    if let Some(found) = attribution::behind(article, next) {
        let name = match found {
            Attribution::VerbFirst => "said-x",
            Attribution::SpeakerFirst if matches!(class(word), "first") => "i-said",
            Attribution::SpeakerFirst => "x-said",
            Attribution::Apposition => "x-who-said",
            Attribution::According => "according",
            Attribution::Reports => "x-said-that",
        };
        return (name, Some(found));
    }
    let class = class(word);
    if capitalised(word) {
        return (
            match class {
                "pron" => "Pron",
                "name" => "Name",
                "first" => "First",
                _ => "Function",
            },
            None,
        );
    }
    (class, None)
}

pub(super) fn is_naming(word: &str) -> bool {
    matches!(
        word,
        "called"
            | "dubbed"
            | "nicknamed"
            | "named"
            | "titled"
            | "entitled"
            | "labelled"
            | "labeled"
            | "termed"
            | "so-called"
            | "word"
            | "words"
            | "term"
            | "phrase"
            | "slogan"
            | "hashtag"
            | "motto"
            | "expression"
            | "title"
            | "nickname"
            | "novel"
            | "film"
            | "book"
            | "song"
            | "show"
            | "series"
            | "album"
            | "calls"
            | "branded"
            | "billed"
            | "code-named"
            | "calling"
    )
}

pub(super) fn is_abbreviated(article: &Analysis, stop: usize) -> bool {
    let previous = stop.checked_sub(1).map_or("", |i| article.word_at(i));
    crate::analysis::sentences::is_title_abbreviation(previous)
}
