//! How a pattern is read, and how words are written so that the pattern looks for just them.

use super::classes::Class;
use super::pattern::{Literal, Step};
use crate::analysis::TokenKind;
use crate::analysis::tokens::{abbreviation_len, tokenize};
use crate::rules::Lexicon;
use crate::rules::verbs::Verb;

/// Marks that stand for themselves in a pattern, and those that stand for all of their kind.
const MARKS: &str = ",.:;-/%?!…&+€£¥“”\"«»–—";

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// The pattern that looks for these words, as they stand in a text.
pub fn escaped(words: &str) -> String {
    let mut tokens = Vec::new();
    tokenize(words, 0, 0, &mut tokens);
    let mut out = String::new();
    for token in tokens {
        if token.space_before && !out.is_empty() {
            out.push(' ');
        }
        let word = token.span.of(words);
        let stands = |c: char| match token.kind {
            TokenKind::Abbreviation => true,
            TokenKind::Mark => word.chars().count() == 1 && MARKS.contains(c),
            _ => c.is_alphanumeric() || is_apostrophe(c),
        };
        for c in word.chars() {
            if !stands(c) {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

/// A pattern without the signs that take a meaning away: what it says to a person.
pub fn plain(pattern: &str) -> String {
    let mut letters = pattern.chars();
    let mut out = String::new();
    while let Some(c) = letters.next() {
        out.extend(if c == '\\' { letters.next() } else { Some(c) });
    }
    out
}

/// What reads one pattern.
pub(super) struct Parser<'p> {
    text: &'p str,
    rest: &'p str,
    steps: Vec<Step>,
    captures: usize,
    lexicon: &'p Lexicon,
}

impl<'p> Parser<'p> {
    pub(super) const fn new(text: &'p str, lexicon: &'p Lexicon) -> Self {
        Self { text, rest: text, steps: Vec::new(), captures: 0, lexicon }
    }

    /// The steps, and how many of them are kept for the fix.
    pub(super) fn read(mut self) -> Result<(Vec<Step>, usize), String> {
        self.sequence(false)?;
        Ok((self.steps, self.captures))
    }

    fn fault(&self, what: &str) -> String {
        let at = self.text.chars().count() - self.rest.chars().count() + 1;
        format!("pattern {:?}, character {at}: {what}", self.text)
    }

    fn slot(&mut self) -> usize {
        self.captures += 1;
        self.captures - 1
    }

    fn advance(&mut self, bytes: usize) -> &'p str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    fn sequence(&mut self, inside: bool) -> Result<(), String> {
        loop {
            self.rest = self.rest.trim_start();
            let Some(c) = self.rest.chars().next() else {
                return if inside { Err(self.fault("`)` is missing")) } else { Ok(()) };
            };
            match c {
                ')' if inside => {
                    self.advance(1);
                    return Ok(());
                }
                '(' => {
                    self.advance(1);
                    let place = self.steps.len();
                    self.steps.push(Step::Optional(0));
                    self.sequence(true)?;
                    let length = self.steps.len() - place - 1;
                    if length == 0 {
                        return Err(self.fault("an empty pair of brackets"));
                    }
                    if let Some(step) = self.steps.get_mut(place) {
                        *step = Step::Optional(length);
                    }
                }
                '{' => self.braces()?,
                '^' => {
                    self.advance(1);
                    self.steps.push(Step::SentenceStart);
                }
                '¶' => {
                    self.advance(c.len_utf8());
                    self.steps.push(Step::ParagraphStart);
                }
                '$' => {
                    self.advance(1);
                    self.steps.push(Step::SentenceEnd);
                }
                '“' | '”' | '"' | '«' | '»' => {
                    self.advance(c.len_utf8());
                    self.steps.push(Step::Mark('"'));
                }
                '–' | '—' => {
                    self.advance(c.len_utf8());
                    self.steps.push(Step::Mark('-'));
                }
                ',' | '.' | ':' | ';' | '-' | '/' | '%' | '?' | '!' | '…' | '&' | '+' | '€' | '£' | '¥' => {
                    self.advance(c.len_utf8());
                    self.steps.push(Step::Mark(c));
                }
                '~' => self.verbs()?,
                '\\' => self.signs()?,
                c if c.is_alphanumeric() && self.holds_signs() => self.signs()?,
                c if c.is_alphanumeric() => self.words()?,
                _ => return Err(self.fault(&format!("“{c}” means nothing in a pattern; “\\{c}” looks for the sign itself"))),
            }
        }
    }

    /// The length of the run of letters, digits, apostrophes and escaped signs at which the parser stands, in bytes.
    fn stretch(&self) -> usize {
        let mut escaped = false;
        let end = self.rest.find(|c: char| {
            let inside = escaped || c == '\\' || c.is_alphanumeric() || is_apostrophe(c);
            escaped = !escaped && c == '\\';
            !inside
        });
        end.unwrap_or(self.rest.len())
    }

    fn holds_signs(&self) -> bool {
        self.rest.get(..self.stretch()).is_some_and(|s| s.contains('\\'))
    }

    /// Words and signs that stand joined, cut as the text of an article is.
    fn signs(&mut self) -> Result<(), String> {
        let stretch = self.rest.get(..self.stretch()).unwrap_or("");
        let mut behind = stretch.chars();
        while let Some(c) = behind.next() {
            let sign = if c == '\\' { behind.next() } else { Some('.') };
            match sign {
                None => return Err(self.fault("there is no sign behind “\\”; “\\\\” looks for the sign “\\” itself")),
                Some(c) if c.is_alphanumeric() || c.is_whitespace() => {
                    return Err(self.fault(
                        "“\\” stands before a sign, not before a letter, a digit or a blank; “\\\\” looks for the sign “\\” itself",
                    ));
                }
                Some(_) => {}
            }
        }
        if self.rest.get(stretch.len()..).is_some_and(|r| r.starts_with('|')) {
            return Err(self.fault("words with “\\” can’t have others beside “|”; write two patterns, or “\\|” for the sign"));
        }
        let words = plain(stretch);
        let mut tokens = Vec::new();
        tokenize(&words, 0, 0, &mut tokens);
        for token in tokens {
            let word = token.span.of(&words);
            self.steps.push(match token.kind {
                TokenKind::Mark => Step::Sign(word.to_owned()),
                _ => Step::Words(vec![Literal::new(word)], None),
            });
        }
        self.advance(stretch.len());
        Ok(())
    }

    /// A run of letters, digits and apostrophes, perhaps with alternatives.
    fn run_of_words(&mut self) -> Vec<&'p str> {
        let len = self.rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '|' | '\'' | '’' | '~'))).unwrap_or(self.rest.len());
        self.advance(len).split('|').collect()
    }

    fn words(&mut self) -> Result<(), String> {
        let abbreviation = self.advance(abbreviation_len(self.rest));
        if !abbreviation.is_empty() {
            self.steps.push(Step::Words(vec![Literal::new(abbreviation)], None));
            return Ok(());
        }
        let words = self.run_of_words();
        if words.iter().any(|w| w.is_empty() || w.contains('~')) {
            return Err(self.fault("a word is missing beside `|`, or verbs and words are mixed"));
        }
        self.steps.push(Step::Words(words.into_iter().map(Literal::new).collect(), None));
        Ok(())
    }

    fn verbs(&mut self) -> Result<(), String> {
        let mut verbs = Vec::new();
        for word in self.run_of_words() {
            match word.strip_prefix('~') {
                Some(base) if !base.is_empty() => verbs.push(Verb::new(base, self.lexicon)),
                _ => return Err(self.fault("every alternative of a verb begins with `~`")),
            }
        }
        self.steps.push(Step::Verbs(verbs));
        Ok(())
    }

    fn braces(&mut self) -> Result<(), String> {
        let Some(length) = self.rest.find('}') else { return Err(self.fault("`}` is missing")) };
        let inside = self.rest.get(1..length).unwrap_or("");
        let slot = self.slot();
        let step = if inside == "map" {
            Step::Mapped(slot)
        } else if let Some(class) = Class::named(inside) {
            Step::Class(class, slot)
        } else if let Some(number) = inside.strip_prefix('=').and_then(|n| n.parse::<usize>().ok()).filter(|n| (1..=slot).contains(n)) {
            Step::Same(number - 1, slot)
        } else if let Some((few, many)) = gap(inside) {
            Step::Gap(few, many, slot)
        } else if inside.contains('|') && inside.split('|').all(|w| !w.is_empty() && w.chars().all(|c| c.is_alphanumeric() || c == '\'')) {
            Step::Words(inside.split('|').map(Literal::new).collect(), Some(slot))
        } else {
            return Err(self.fault(&format!("there is no class {inside:?}; there are {}", Class::names())));
        };
        self.advance(length + 1);
        self.steps.push(step);
        Ok(())
    }
}

/// `1-4 words`, `2 words`.
fn gap(inside: &str) -> Option<(usize, usize)> {
    let range = inside.strip_suffix(" words").or_else(|| inside.strip_suffix(" word"))?;
    let (few, many) = range.split_once('-').unwrap_or((range, range));
    let (few, many) = (few.parse().ok()?, many.parse().ok()?);
    (few <= many && many > 0 && many <= 12).then_some((few, many))
}
