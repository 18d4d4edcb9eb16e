//! Single quotation marks: told from apostrophes by their neighbours. An opener must find a closer in its
//! block, or it was an elision (`’90s`, `’em`); a possessive (`workers’ union`) closes nothing.

use super::QuoteMark;
use crate::analysis::{Analysis, Token, TokenKind};
use crate::text::Span;

/// Words that begin with an apostrophe: no quotation opens before them.
const ELISIONS: &[&str] =
    &["tis", "twas", "em", "n", "til", "till", "cause", "bout", "round", "cos", "cuz", "tween", "un", "er", "im", "s", "ll", "t", "d"];

/// No single quotation is followed further than this many tokens.
const REACH: usize = 150;

/// Whether a single mark may open a quotation.
pub fn opens(article: &Analysis, index: usize, token: &Token) -> bool {
    let glyph = article.word(token);
    if !matches!(glyph, "‘" | "'" | "’" | "‚" | "‹") {
        return false;
    }
    let Some(next) = article.tokens().get(index + 1).filter(|t| t.block == token.block && !t.space_before) else { return false };
    let word = article.word(next);
    if next.kind == TokenKind::Mark || ELISIONS.contains(&word.to_lowercase().as_str()) {
        return false;
    }
    // `’90s`, `'78`
    if word.starts_with(|c: char| c.is_ascii_digit()) && glyph != "‘" {
        return false;
    }
    let previous = index.checked_sub(1).and_then(|i| article.tokens().get(i)).filter(|t| t.block == token.block);
    token.space_before || previous.is_none_or(|t| matches!(article.word(t), "“" | "\"" | "(" | "[" | "—" | "–" | "«"))
}

/// Whether a single mark may close: `2` where a stop before it or behind it says so, `1` where it may be a possessive.
fn closes(article: &Analysis, index: usize, token: &Token) -> u8 {
    if token.space_before || !matches!(article.word(token), "’" | "'" | "‘") {
        return 0;
    }
    let previous = index.checked_sub(1).map_or("", |i| article.word_at(i));
    let next = article.tokens().get(index + 1).filter(|t| t.block == token.block);
    if next.is_some_and(|t| !t.space_before && t.kind != TokenKind::Mark) {
        return 0;
    }
    let stop = matches!(previous, "." | "," | "!" | "?" | "…");
    let open_behind = next.is_some_and(|t| t.space_before);
    if stop || !open_behind || !previous.ends_with(['s', 'S']) { 2 } else { 1 }
}

/// The pairs of single marks that stand round words, marks included.
pub fn pairs(article: &Analysis, marks: &[QuoteMark]) -> Vec<Span> {
    let tokens = article.tokens();
    let mut out = Vec::new();
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        if token.kind != TokenKind::Mark || !opens(article, index, token) {
            index += 1;
            continue;
        }
        // A single quotation inside a double one ends before that does.
        let next_mark = marks.partition_point(|m| m.token <= index);
        let wall = marks.get(next_mark).map_or(usize::MAX, |m| m.token + usize::from(m.partner.is_some_and(|p| p > next_mark)) * REACH);
        let mut possessive = None;
        let mut end = None;
        let mut i = index + 1;
        while let Some(t) = tokens.get(i).filter(|t| t.block == token.block && i < index + REACH && i < wall.saturating_add(1)) {
            match closes(article, i, t) {
                2 => {
                    end = Some(i);
                    break;
                }
                1 if possessive.is_none() => possessive = Some(i),
                _ => {}
            }
            if i > index + 1 && t.kind == TokenKind::Mark && article.word(t) == "‘" {
                break;
            }
            i += 1;
        }
        match end.or(possessive).and_then(|e| tokens.get(e).map(|t| (e, t))) {
            Some((e, close)) => {
                out.push(Span::new(token.span.start, close.span.end));
                index = e + 1;
            }
            None => index += 1,
        }
    }
    out
}
