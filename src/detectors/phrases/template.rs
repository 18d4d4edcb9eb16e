//! What a phrase rule puts in place of what it found: words, `$1` for a class or gap of the pattern,
//! `~address` for a verb in the form that was found, `{map}` for the card's word.
//!
//! `$1:ordinal` turns a Roman numeral into `18th`; `~$1` and `~{map}` inflect. An empty template leaves the
//! words out. A `\` before `$`, `~`, `{`, `}` or `\` puts that sign in.

use std::collections::BTreeMap;

use super::pattern::Match;
use crate::analysis::Analysis;
use crate::rules::Lexicon;
use crate::rules::verbs::{Number, Verb, VerbForm};
use crate::text::Span;

#[derive(Clone, Debug)]
enum Piece {
    Text(String),
    Verb(Verb),
    Capture { slot: usize, shape: Shape },
    Mapped { inflected: bool },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Shape {
    AsFound,
    Ordinal,
    Inflected,
    Lower,
}

/// A template, read: words, each of pieces that stand joined.
#[derive(Clone, Debug)]
pub struct Template(Vec<Vec<Piece>>);

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// A sentence that names what is not understood.
    pub fn parse(text: &str, lexicon: &Lexicon) -> Result<Self, String> {
        let words = text.split(' ').filter(|p| !p.is_empty());
        let words = words.map(|word| {
            word_of(word, lexicon)
                .ok_or_else(|| format!("`to` {text:?}: {word:?} is not understood; “\\” before “$”, “~”, “{{” or “}}” puts the sign in"))
        });
        Ok(Self(words.collect::<Result<_, _>>()?))
    }

    /// Whether it leaves the words out.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The highest capture it asks for.
    pub fn captures(&self) -> usize {
        let slots = self.0.iter().flatten().map(|p| if let Piece::Capture { slot, .. } = p { slot + 1 } else { 0 });
        slots.max().unwrap_or(0)
    }

    /// Whether it asks for the card's map.
    pub fn is_mapped(&self) -> bool {
        self.0.iter().flatten().any(|p| matches!(p, Piece::Mapped { .. }))
    }

    /// The words for one match; `None` when a part of it can't be given.
    pub fn fill(&self, article: &Analysis, found: &Match, map: &BTreeMap<String, String>) -> Option<String> {
        let number = subject_number(article, found.start);
        let mut out = String::new();
        for word in &self.0 {
            let mut filled = String::new();
            for piece in word {
                match piece {
                    Piece::Text(text) => filled.push_str(text),
                    Piece::Verb(verb) => filled.push_str(&inflect(verb, article, found, number)),
                    Piece::Mapped { inflected } => {
                        let to = map.get(found.mapped.as_deref()?)?;
                        let verb = || inflect(&Verb::new(to, article.lexicon()), article, found, number);
                        filled.push_str(&if *inflected { verb() } else { to.clone() });
                    }
                    Piece::Capture { slot, shape } => {
                        let Some((from, to)) = found.captures.get(*slot).copied().flatten() else { continue };
                        let words = words_between(article, from, to);
                        filled.push_str(&match shape {
                            Shape::AsFound => words,
                            Shape::Ordinal => ordinal(&words)?,
                            Shape::Lower => words.to_lowercase(),
                            Shape::Inflected => inflect(&Verb::new(&words, article.lexicon()), article, found, number),
                        });
                    }
                }
            }
            if !out.is_empty() && !filled.is_empty() {
                out.push(' ');
            }
            out.push_str(&filled);
        }
        Some(out)
    }
}

/// Signs that mean something in a template.
const SIGNS: [char; 5] = ['$', '~', '{', '}', '\\'];

/// The template that puts just these words in place.
pub fn escaped(words: &str) -> String {
    let mut out = String::new();
    for c in words.chars() {
        if SIGNS.contains(&c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The words of a template that is nothing but words.
pub fn words(template: &str) -> Option<String> {
    let mut out = String::new();
    let mut letters = template.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '\\' => out.push(letters.next_if(|n| SIGNS.contains(n)).unwrap_or(c)),
            c if SIGNS.contains(&c) => return None,
            c => out.push(c),
        }
    }
    Some(out.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" "))
}

/// Reads one word of a template: text, `$1`, `~verb`, `{map}`, joined as they stand.
fn word_of(word: &str, lexicon: &Lexicon) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let letters = |s: &str| s.find(|c: char| !c.is_alphanumeric()).unwrap_or(s.len());
        let inflected = c == '~';
        if inflected {
            rest = rest.get(1..)?;
        }
        if let Some(after) = rest.strip_prefix('\\').filter(|_| !inflected) {
            let sign = after.chars().next().filter(|c| SIGNS.contains(c));
            pieces.push(Piece::Text(sign.unwrap_or('\\').to_string()));
            rest = after.get(sign.map_or(0, char::len_utf8)..)?;
        } else if let Some(after) = rest.strip_prefix('$') {
            let (number, mut after) = after.split_at_checked(1)?;
            let mut shape = if inflected { Shape::Inflected } else { Shape::AsFound };
            for (name, named) in [(":ordinal", Shape::Ordinal), (":lower", Shape::Lower)] {
                if let Some(behind) = after.strip_prefix(name) {
                    (after, shape) = (behind, named);
                }
            }
            pieces.push(Piece::Capture { slot: slot(number)?, shape });
            rest = after;
        } else if let Some(after) = rest.strip_prefix("{map}") {
            pieces.push(Piece::Mapped { inflected });
            rest = after;
        } else if inflected {
            let (base, after) = rest.split_at_checked(letters(rest)).filter(|(base, _)| !base.is_empty())?;
            pieces.push(Piece::Verb(Verb::new(base, lexicon)));
            rest = after;
        } else if matches!(c, '{' | '}') {
            return None;
        } else {
            let end = rest.find(SIGNS).unwrap_or(rest.len());
            let (text, after) = rest.split_at_checked(end)?;
            pieces.push(Piece::Text(text.to_owned()));
            rest = after;
        }
    }
    Some(pieces)
}

fn slot(number: &str) -> Option<usize> {
    number.parse::<usize>().ok()?.checked_sub(1).filter(|s| *s < 9)
}

fn inflect(verb: &Verb, article: &Analysis, found: &Match, number: Number) -> String {
    let form = found.form.unwrap_or(VerbForm::Base);
    // Only after a plural subject is the base form a finite verb; `be` has a form of its own there.
    let number = match form {
        VerbForm::Base
            if crate::rules::verbs::before(article.word_at(found.start.wrapping_sub(1))) != crate::rules::verbs::Before::Other =>
        {
            Number::Singular
        }
        VerbForm::Base => Number::Plural,
        _ => number,
    };
    verb.form(form, number).to_owned()
}

/// Whether the word before a verb looks like a plural subject.
fn subject_number(article: &Analysis, start: usize) -> Number {
    let word = start.checked_sub(1).map_or("", |i| article.word_at(i));
    let plural = matches!(word, "they" | "They" | "we" | "We" | "people" | "which")
        || (word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is") && word.len() > 3)
            && word.chars().all(char::is_lowercase);
    if plural { Number::Plural } else { Number::Singular }
}

/// The text of a run of tokens; a space lost inside is put back.
pub fn words_between(article: &Analysis, from: usize, to: usize) -> String {
    let mut out = String::new();
    let mut end = None;
    for token in article.tokens().get(from..to).unwrap_or(&[]) {
        if let Some(end) = end {
            out.push_str(if token.glued { " " } else { Span::new(end, token.span.start).of(article.text()) });
        }
        out.push_str(article.word(token));
        end = Some(token.span.end);
    }
    out
}

/// `XVIII` → `18th`.
fn ordinal(roman: &str) -> Option<String> {
    let value = |c: char| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        _ => None,
    };
    let digits: Vec<i32> = roman.chars().map(value).collect::<Option<_>>()?;
    let sum: i32 = digits.iter().enumerate().map(|(i, d)| if digits.get(i + 1).is_some_and(|n| n > d) { -d } else { *d }).sum();
    if !(1..=21).contains(&sum) {
        return None;
    }
    let end = match sum {
        1 | 21 => "st",
        2 => "nd",
        3 => "rd",
        _ => "th",
    };
    Some(format!("{sum}{end}"))
}
