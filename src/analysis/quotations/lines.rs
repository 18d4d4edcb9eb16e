//! Lost marks that the block alone doesn't show: a single mark that answers a double one, and speeches that
//! began lines above where every line is a sentence.

use super::attribution;
use super::places::is_stop;
use super::singles;
use super::words::is_spoken;
use super::{Place, QuoteMark};
use crate::analysis::Analysis;
use crate::document::BlockKind;
use crate::text::Span;

/// No single mark is looked for further than this many tokens.
const REACH: usize = 250;
/// No speech is followed back over more lines.
const LINES: usize = 8;

/// Whether the lines of a text are single sentences, mostly.
pub fn are_sentences(article: &Analysis) -> bool {
    article.sentences().len() * 2 < article.blocks().len() * 3
}

/// The single mark without a partner that answers the double mark `i`: `'We rest. … We sleep."`.
pub fn single_partner(article: &Analysis, marks: &[QuoteMark], i: usize, closing: bool, pairs: &[Span]) -> Option<Place> {
    let mark = marks.get(i)?;
    let tokens = article.tokens();
    let answers = |index: usize| {
        let token = tokens.get(index)?;
        let glyph = article.word(token);
        let before = index.checked_sub(1).filter(|b| tokens.get(*b).is_some_and(|t| t.block == token.block));
        let fits = if closing {
            let last = tokens.get(index + 1).is_none_or(|t| t.block != token.block);
            matches!(glyph, "'" | "’") && last && before.is_some_and(|b| is_stop(article.word_at(b)))
        } else {
            let lead = before.is_none_or(|b| is_stop(article.word_at(b)) || article.word_at(b) == ":");
            matches!(glyph, "'" | "‘") && lead && singles::opens(article, index, token)
        };
        let paired = pairs.binary_search_by_key(&token.span.start, |p| p.start).is_ok()
            || pairs.binary_search_by_key(&token.span.end, |p| p.end).is_ok();
        (fits && !paired).then_some(Place { at: token.span.start, probability: 0.8, with: "", over: token.span.len() })
    };
    if closing {
        let end = marks.get(i + 1).map_or(tokens.len(), |m| m.token).min(mark.token + REACH);
        (mark.token + 1..end).find_map(answers)
    } else {
        let start = i.checked_sub(1).and_then(|j| marks.get(j)).map_or(0, |m| m.token + 1).max(mark.token.saturating_sub(REACH));
        (start..mark.token).rev().find_map(answers)
    }
}

/// Where the speech that the mark `i` closes began in a line above: every line from there on speaks in the first
/// person, and none has a mark or a verb of saying.
pub fn speech_start(article: &Analysis, marks: &[QuoteMark], i: usize) -> Option<Place> {
    let mark = marks.get(i)?;
    let own = article.tokens().get(mark.token)?.block;
    let wall = i.checked_sub(1).and_then(|j| marks.get(j)).and_then(|m| article.tokens().get(m.token)).map(|t| t.block);
    if wall == Some(own) || !speaks(article, own, mark.span.start) {
        return None;
    }
    let lines = (own.saturating_sub(LINES)..own).rev().take_while(|b| wall.is_none_or(|w| *b > w));
    let first = lines
        .take_while(|b| article.blocks().get(*b).is_some_and(|k| k.kind != BlockKind::Headline && speaks(article, *b, k.span.end)))
        .last()?;
    Some(Place { at: article.blocks().get(first)?.span.start, probability: 0.5, with: "", over: 0 })
}

/// Whether a block, up to `end`, holds a word of the first person and no verb of saying.
fn speaks(article: &Analysis, block: usize, end: usize) -> bool {
    let Some(span) = article.blocks().get(block).map(|b| b.span) else { return false };
    let tokens = article.tokens();
    let from = tokens.partition_point(|t| t.span.start < span.start);
    let mut spoken = false;
    for token in tokens.get(from..).unwrap_or(&[]).iter().take_while(|t| t.span.end <= end) {
        let word = article.word(token);
        if attribution::is_reporting(word) {
            return false;
        }
        spoken |= is_spoken(word);
    }
    spoken
}
