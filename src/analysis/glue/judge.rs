//! How likely a stretch of letters is a word or a name: the lists and the article's own vocabulary.

use std::hash::{BuildHasher as _, BuildHasherDefault};
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::lists::{is_calendar, is_function};
use crate::analysis::tokens::{Token, TokenKind};
use crate::rules::Lexicon;
use crate::rules::spellings::folded;

/// Apostrophes inside a word.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘' | '`')
}

/// A word that begins with a capital.
pub fn is_capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Two or more letters, all capitals.
pub fn is_acronym(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(|c| c.is_uppercase() || c == '&')
}

/// A capital and no further one.
pub fn is_plain(word: &str) -> bool {
    !word.chars().skip(1).any(char::is_uppercase)
}

/// A word and its clitic (`’s`, `n’t`, `’re`), which is empty where there is none.
pub fn split_clitic(word: &str) -> (&str, &str) {
    // Most words have none, and one look at their bytes says so.
    if word.is_ascii() && !word.as_bytes().contains(&b'\'') && !word.as_bytes().contains(&b'`') {
        return (word, "");
    }
    let Some((at, mark)) = word.char_indices().rev().find(|(_, c)| is_apostrophe(*c)) else { return (word, "") };
    let tail = word.get(at + mark.len_utf8()..).unwrap_or("");
    let base = word.get(..at).unwrap_or("");
    match tail {
        "s" | "S" | "re" | "ve" | "ll" | "d" | "m" | "" => (base, word.get(at..).unwrap_or("")),
        "t" if base.ends_with('n') => (base.get(..base.len() - 1).unwrap_or(""), word.get(at - 1..).unwrap_or("")),
        _ => (word, ""),
    }
}

/// What is known of words and names in one article.
pub struct Judge<'a> {
    /// The text of the view.
    pub text: &'a str,
    /// The tokens before any cut.
    pub tokens: &'a [Token],
    /// How often each word stands in the article.
    pub vocabulary: &'a FxHashMap<String, u32>,
    /// The lists.
    pub lexicon: &'a Lexicon,
    pairs: OnceLock<FxHashSet<u64>>,
}

impl<'a> Judge<'a> {
    /// A judge for one text.
    pub fn new(text: &'a str, tokens: &'a [Token], vocabulary: &'a FxHashMap<String, u32>, lexicon: &'a Lexicon) -> Self {
        Self { text, tokens, vocabulary, lexicon, pairs: OnceLock::new() }
    }

    /// How often a word stands alone in the article.
    pub fn count(&self, word: &str) -> u32 {
        self.vocabulary.get(word).copied().unwrap_or(0)
    }

    /// Whether two words stand side by side, apart, somewhere in the article.
    pub fn is_pair(&self, left: &str, right: &str) -> bool {
        let hasher = BuildHasherDefault::<FxHasher>::default();
        let pairs = self.pairs.get_or_init(|| {
            self.tokens
                .windows(2)
                .filter_map(|w| match w {
                    [a, b] if a.is_word() && (b.is_word() || b.kind == TokenKind::Number) && b.space_before => {
                        Some(hasher.hash_one((a.span.of(self.text), b.span.of(self.text))))
                    }
                    _ => None,
                })
                .collect()
        });
        pairs.contains(&hasher.hash_one((left, right)))
    }

    /// Frequency in Zipf units of the lower form; 0 where the word is in no list.
    pub fn zipf(&self, word: &str) -> f32 {
        if word.chars().all(char::is_lowercase) {
            self.lexicon.zipf(word).unwrap_or(0.0)
        } else {
            self.lexicon.zipf(&word.to_lowercase()).unwrap_or(0.0)
        }
    }

    /// Whether a capitalised word is the name of a person, place or body and no common word.
    pub fn is_name(&self, word: &str) -> bool {
        let (word, _) = split_clitic(word);
        if !is_capitalised(word) {
            return false;
        }
        if self.is_place(word) || is_calendar(word) || self.lexicon.is_person_part(word) || self.lexicon.organisation(word).is_some() {
            return true;
        }
        let lower = word.to_lowercase();
        if self.lexicon.is_curated(&lower) {
            return false;
        }
        self.lexicon.is_curated(word) || self.is_personal(word)
    }

    /// Whether a capitalised word is a listed given name or surname.
    pub fn is_personal(&self, word: &str) -> bool {
        let plain = word.is_ascii().then_some(word);
        let folded = plain.map_or_else(|| folded(word), str::to_lowercase);
        if self.lexicon.given_name(&folded).is_some_and(|(_, sources)| sources >= 3 || word.chars().count() > 3) {
            return true;
        }
        // Surnames are listed with their capital.
        let mut letters = folded.chars();
        let surname: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        self.lexicon.is_surname(plain.unwrap_or(&surname))
    }

    /// A country, its people, its capital, or a city.
    pub fn is_place(&self, word: &str) -> bool {
        self.lexicon.country(word).is_some() || self.lexicon.is_city(word)
    }

    /// Whether a capitalised word is more than a word at the start of a sentence: a name of a list, or seen in the article.
    pub fn has_evidence(&self, word: &str) -> bool {
        let (base, _) = split_clitic(word);
        self.is_name(base) || self.count(base) > 0
    }

    /// log10 of the probability of a word or a name; `None` where nothing is known of it.
    pub fn strength(&self, part: &str) -> Option<f32> {
        let (base, clitic) = split_clitic(part);
        if !clitic.is_empty() {
            return self.strength_of_contraction(base, clitic);
        }
        let mut letters = part.chars();
        let first = letters.next()?;
        if letters.next().is_none() {
            return match part {
                "a" | "A" => Some(-1.64),
                "I" => Some(-1.9),
                _ => None,
            };
        }
        let seen = if self.count(part) > 0 { Some(-5.5) } else { None };
        let more = |a: Option<f32>, b: Option<f32>| match (a, b) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (a, b) => a.or(b),
        };
        if first.is_lowercase() {
            if !part.chars().all(char::is_lowercase) {
                return if self.lexicon.is_camel(part) { Some(-6.0) } else { seen };
            }
            let curated = self.lexicon.is_curated(part);
            let listed = curated.then(|| self.lexicon.zipf(part).map_or(-9.5, |z| z - 9.0));
            let short = part.chars().count() <= 3 && !is_function(part) && listed.is_none_or(|p| p < -5.1);
            return if short { None } else { more(listed, seen) };
        }
        if is_acronym(part) {
            let known = self.lexicon.organisation(part).is_some()
                || self.lexicon.country(part).is_some()
                || self.lexicon.is_curated(part)
                || self.lexicon.is_camel(part);
            return more(known.then_some(-6.0), seen);
        }
        if !is_plain(part) {
            return if self.lexicon.is_camel(part) || is_name_with_prefix(part) { Some(-6.0) } else { seen };
        }
        let lower = part.to_lowercase();
        let zipf = || self.lexicon.zipf(&lower).map_or(-9.5, |z| z - 9.0);
        let word = (self.lexicon.is_curated(&lower) || self.lexicon.is_curated(part)).then(zipf);
        let word = word.filter(|p| part.chars().count() > 3 || *p > -5.2);
        let name = (part.chars().count() > 2 && (self.is_place(part) || self.lexicon.is_person_part(part) || self.is_personal(part)))
            .then_some(-6.5);
        more(more(word, name), seen)
    }

    fn strength_of_contraction(&self, base: &str, clitic: &str) -> Option<f32> {
        let lower = base.to_lowercase();
        let tail = clitic.trim_start_matches(|c: char| c == 'n' || is_apostrophe(c));
        match tail {
            "s" | "S" => self.strength(base).map(|p| p - 0.7),
            "" => (base.ends_with('s') && base.chars().count() > 4).then(|| self.strength(base)).flatten().map(|p| p - 1.0),
            "t" => matches!(
                lower.as_str(),
                "do" | "does"
                    | "did"
                    | "is"
                    | "was"
                    | "were"
                    | "are"
                    | "has"
                    | "have"
                    | "had"
                    | "wo"
                    | "would"
                    | "ca"
                    | "could"
                    | "should"
                    | "must"
                    | "need"
            )
            .then_some(-4.2),
            _ => matches!(lower.as_str(), "i" | "you" | "he" | "she" | "it" | "we" | "they" | "that" | "there" | "who" | "what")
                .then_some(-4.2),
        }
    }

    /// Whether a token is right as it stands, by one look-up for a curated word and a few for a name.
    pub fn acquits(&self, token: &str) -> bool {
        let lexicon = self.lexicon;
        if lexicon.is_curated(token) || lexicon.is_camel(token) {
            return true;
        }
        let first_upper = is_capitalised(token);
        if first_upper && lexicon.is_curated(&token.to_lowercase()) && (is_plain(token) || is_acronym(token)) {
            return true;
        }
        let (base, clitic) = split_clitic(token);
        if !clitic.is_empty() {
            return !base.is_empty() && (self.acquits(base) || self.strength_of_contraction(base, clitic).is_some());
        }
        // A plural that the list leaves out.
        if token.strip_suffix('s').is_some_and(|one| one.len() > 4 && is_plain(one) && lexicon.is_word(one)) {
            return true;
        }
        if !first_upper {
            return false;
        }
        is_acronym(token)
            || self.is_place(token)
            || lexicon.is_person_part(token)
            || lexicon.organisation(token).is_some()
            || (is_plain(token) && self.is_personal(token))
            || is_name_with_prefix(token)
    }
}

/// `McDonald`, `DeLay`, `al-`-like prefixes with one capitalised word.
pub fn is_name_with_prefix(token: &str) -> bool {
    let Some((at, _)) = token.char_indices().skip(1).find(|(_, c)| c.is_uppercase()) else { return false };
    let (head, tail) = (token.get(..at).unwrap_or(""), token.get(at..).unwrap_or(""));
    super::lists::is_name_prefix(head) && tail.chars().count() > 1 && is_plain(tail) && !super::lists::is_firm_starter(tail)
}
