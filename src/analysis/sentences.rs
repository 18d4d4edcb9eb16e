//! Sentences: runs of tokens that end at a stop which is no abbreviation's.

use super::glue::{Glue, Lost};
use super::tokens::{Token, TokenKind};
use crate::text::Span;

/// A sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sentence {
    /// Bytes, from the first token to the last.
    pub span: Span,
    /// Index of its first token.
    pub first: usize,
    /// Index one past its last token.
    pub end: usize,
    /// Index of its block.
    pub block: usize,
}

/// Abbreviations whose stop ends no sentence when a name or number follows.
const TITLES: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Col", "Maj", "Capt", "Lt", "Sgt", "Cpl", "Adm", "Rep", "Sen", "Gov", "Rev", "Hon", "St",
    "Ste", "Mt", "Ft", "No", "Nos", "vs", "v", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec", "Pres",
    "Amb", "Art", "Fig", "Vol", "pp", "approx", "Messrs", "Mme", "Mlle", "Hr", "Fr", "Sr", "Supt", "Insp", "Cmdr", "Brig",
];
/// Abbreviations that may also end a sentence: the next word decides.
const TAILS: &[&str] = &[
    "Inc", "Ltd", "Co", "Corp", "Jr", "Sr", "etc", "Bros", "Ave", "Blvd", "Rd", "dept", "est", "Plc", "plc", "LLC", "Calif", "Va", "Pa",
    "Mass", "Conn", "Ill", "Wash", "Fla", "Ga", "Ore", "Tenn", "Mich", "Minn", "Wis", "Ariz", "Colo", "al",
];

/// Whether a stop after `word` is an abbreviation's own and ends no sentence before a capital.
pub fn is_title_abbreviation(word: &str) -> bool {
    TITLES.contains(&word) || (word.chars().count() == 1 && word.chars().all(char::is_uppercase))
}

/// Whether a stop after `word` may belong to the word, so that it ends a sentence only before a capital.
pub fn is_tail_abbreviation(word: &str) -> bool {
    TAILS.contains(&word)
}

/// The capitalised words that begin a sentence more often than a name.
fn ends_sentence(text: &str, tokens: &[Token], i: usize) -> bool {
    let Some(token) = tokens.get(i) else { return false };
    let mark = token.span.of(text);
    let next = tokens.get(i + 1);
    let next_word = next.map_or("", |t| t.span.of(text));
    let next_upper = next_word
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || c.is_numeric() || matches!(c, '“' | '"' | '‘' | '«' | '„' | '(' | '['));
    match mark {
        "!" | "?" | "…" | "。" | "！" | "？" | "؟" => next_upper,
        _ if mark.starts_with('.') => {
            let previous = i.checked_sub(1).and_then(|p| tokens.get(p));
            let word = previous.filter(|p| p.is_word() && p.span.end == token.span.start).map_or("", |p| p.span.of(text));
            if is_title_abbreviation(word) && mark == "." {
                return false;
            }
            next_upper
                || (!is_tail_abbreviation(word)
                    && mark == "."
                    && next_word.chars().next().is_some_and(char::is_lowercase)
                    && next.is_some_and(|t| t.space_before)
                    && word.chars().count() > 3)
        }
        _ if token.kind == TokenKind::Abbreviation => {
            // `the U.S. The` ends; `the U.S. Senate` does not.
            matches!(
                next_word,
                "The"
                    | "A"
                    | "An"
                    | "He"
                    | "She"
                    | "It"
                    | "They"
                    | "We"
                    | "But"
                    | "In"
                    | "This"
                    | "That"
                    | "These"
                    | "Those"
                    | "However"
                    | "Meanwhile"
                    | "His"
                    | "Her"
                    | "Its"
                    | "Their"
            )
        }
        _ => false,
    }
}

fn closes(mark: &str) -> bool {
    matches!(mark, "”" | "’" | "\"" | "'" | ")" | "]" | "»" | "」" | "』")
}

/// The sentences of all tokens; a block's end always ends one, and so does a glued boundary where a stop was lost.
pub fn sentences(text: &str, tokens: &[Token], glue: &[Glue]) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut first = 0;
    let mut i = 0;
    let mut lost_stops = glue.iter().filter(|g| g.lost == Lost::Stop).map(|g| g.left).peekable();
    while let Some(token) = tokens.get(i) {
        let mut end = i + 1;
        let last_of_block = tokens.get(end).is_none_or(|t| t.block != token.block);
        let mut stop = last_of_block;
        while lost_stops.next_if(|&left| left < i).is_some() {}
        stop |= lost_stops.peek() == Some(&i);
        if !stop && ends_sentence_through_marks(text, tokens, i) {
            // Closing marks that touch the stop belong to the sentence.
            while tokens
                .get(end)
                .is_some_and(|t| t.block == token.block && t.kind == TokenKind::Mark && !t.space_before && closes(t.span.of(text)))
            {
                end += 1;
            }
            stop = true;
        }
        if stop {
            let (Some(a), Some(b)) = (tokens.get(first), tokens.get(end - 1)) else { break };
            out.push(Sentence { span: Span::new(a.span.start, b.span.end), first, end, block: a.block });
            first = end;
        }
        i = end;
    }
    out
}

/// Looks past closing marks for the word after the stop.
fn ends_sentence_through_marks(text: &str, tokens: &[Token], i: usize) -> bool {
    let Some(token) = tokens.get(i) else { return false };
    let mark = token.span.of(text);
    let is_stop =
        matches!(mark, "!" | "?" | "…" | "。" | "！" | "？" | "؟") || mark.starts_with('.') || token.kind == TokenKind::Abbreviation;
    if !is_stop {
        return false;
    }
    let mut next = i + 1;
    while tokens
        .get(next)
        .is_some_and(|t| t.block == token.block && t.kind == TokenKind::Mark && !t.space_before && closes(t.span.of(text)))
    {
        next += 1;
    }
    if next == i + 1 {
        return ends_sentence(text, tokens, i);
    }
    // After a closing mark only a capital begins a sentence: `“Go.” he said` goes on.
    tokens.get(next).is_none_or(|t| {
        t.block != token.block
            || t.span
                .of(text)
                .chars()
                .next()
                .is_some_and(|c| c.is_uppercase() || c.is_numeric() || matches!(c, '“' | '"' | '‘' | '«' | '('))
    })
}
