//! Spellings that a layer rules out (`Zelensky`, not `Zelenskyy`), wherever they stand: names of several words,
//! short ones and common words too, which the comparison of an article's own spellings leaves alone.

use crate::analysis::{Analysis, Token, TokenKind};
use crate::rules::spellings::RuledOut;
use crate::text::Span;

/// The length of a word without its possessive ending.
pub fn stem_len(word: &str) -> usize {
    ["’s", "'s", "’", "'"].iter().find_map(|e| word.strip_suffix(e)).map_or(word.len(), str::len)
}

fn capitalised(words: &str) -> String {
    super::phrases::capitalise(words)
}

/// Whether a token stands joined to a hyphen on one of its sides: a part of a longer name.
fn is_part(article: &Analysis, first: usize, last: usize) -> bool {
    let tokens = article.tokens();
    let hyphen = |i: usize| tokens.get(i).is_some_and(|t| matches!(article.word(t), "-" | "‐" | "‑") && !t.space_before);
    let joined = |i: usize| tokens.get(i).is_some_and(|t| t.kind != TokenKind::Mark && !t.space_before);
    (first > 1 && joined(first) && hyphen(first - 1)) || (hyphen(last + 1) && joined(last + 2))
}

/// Where a spelling may begin: the byte, and the token of its first word or sign.
fn places(article: &Analysis, ruled_out: &RuledOut) -> Vec<(usize, usize)> {
    let tokens = article.tokens();
    if ruled_out.heads.is_empty() {
        let begins = |t: &Token| article.text().get(t.span.start..).is_some_and(|text| text.starts_with(&ruled_out.form));
        return tokens.iter().enumerate().filter(|(_, t)| begins(t)).map(|(i, t)| (t.span.start, i)).collect();
    }
    let heads = ruled_out.heads.iter().flat_map(|head| article.places().of(*head));
    let starts = heads.filter_map(|i| Some((tokens.get(i)?.span.start.checked_sub(ruled_out.before_head)?, i)));
    let first = |(start, head): (usize, usize)| {
        (start, (0..=head).rev().take_while(|i| tokens.get(*i).is_some_and(|t| t.span.start >= start)).last().unwrap_or(head))
    };
    starts.map(first).collect()
}

/// Every place with a spelling that a layer rules out, and what shall stand there; in order of the text.
pub fn find(article: &Analysis) -> Vec<(Span, String)> {
    let spellings = article.lexicon().spellings();
    let mut found: Vec<(Span, String)> = Vec::new();
    for (ruled_out, right) in spellings.ruled_out() {
        let wrong = ruled_out.form.as_str();
        let small = wrong.starts_with(char::is_lowercase);
        for (start, first) in places(article, ruled_out) {
            let Some(words) = article.text().get(start..) else { continue };
            let begins = small && article.sentence_of(first).is_some_and(|s| s.first == first);
            let (wrong, right) = if begins && words.starts_with(&capitalised(wrong)) {
                (capitalised(wrong), capitalised(right))
            } else {
                (wrong.to_owned(), right.to_owned())
            };
            // The right name may begin with the wrong one: `Kiev Region`, not `Kiev`.
            if right == wrong || !words.starts_with(&wrong) || (right.len() > wrong.len() && words.starts_with(&right)) {
                continue;
            }
            let end = start + wrong.len();
            let Some(last) = (first..article.tokens().len()).find(|&i| article.tokens().get(i).is_none_or(|t| t.span.end >= end)) else {
                continue;
            };
            let ends = article.tokens().get(last).is_some_and(|t| t.span.end == end || t.span.start + stem_len(article.word(t)) == end);
            // `Kyiv (Kiev in Russian)`: the article says that there are two.
            let before = article.text().get(..start).unwrap_or("");
            let explained = before.strip_suffix('(').is_some_and(|b| b.trim_end().ends_with(&right));
            if ends && !explained && !is_part(article, first, last) {
                found.push((Span::new(start, end), right));
            }
        }
    }
    // Of two that overlap the earlier and longer one is meant.
    found.sort_by_key(|(span, _)| (span.start, usize::MAX - span.end));
    let mut end = 0;
    found.retain(|(span, _)| {
        let apart = span.start >= end;
        end = if apart { span.end } else { end };
        apart
    });
    found
}
