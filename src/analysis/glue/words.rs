//! Where a token of letters is to be cut: at the edge of a link, behind a genitive, at a capital inside it,
//! behind an acronym, or anywhere by the word lists.

use super::capitals::{camel_cuts, known_camel_cuts};
use super::judge::{Judge, is_acronym, is_apostrophe, is_capitalised, is_plain};
use super::lists::{is_function, is_reporting, is_starter};
use super::plain::plain_cuts;

/// A cut inside a token.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Cut {
    /// Bytes from the start of the token.
    pub at: usize,
    /// How sure it is.
    pub confidence: f32,
}

/// What stands round a token.
pub struct Place<'a> {
    /// The token before it in its block; empty at the start.
    pub previous: &'a str,
    /// The token behind it in its block; empty at the end.
    pub next: &'a str,
    /// Where links and emphasis begin or end inside the token (bytes from its start).
    pub edges: &'a [usize],
    /// A stretch of a token that is cut elsewhere too, so that glue is likely.
    pub inner: bool,
}

impl Place<'_> {
    /// The next token begins in lower case.
    pub fn next_is_lower(&self) -> bool {
        self.next.chars().next().is_some_and(char::is_lowercase)
    }

    /// A capital before the token that begins no sentence: it stands in a name or a title.
    pub fn follows_a_name(&self) -> bool {
        (self.previous.chars().any(char::is_uppercase) && !is_starter(self.previous)) || self.previous == "-"
    }

    /// Nothing or the end of a sentence stands before the token.
    pub fn begins_a_sentence(&self) -> bool {
        matches!(self.previous, "" | "." | "!" | "?" | "”" | "\"" | "“" | ":")
    }
}

/// A cut is made from here on.
pub const SURE_ENOUGH: f32 = 0.8;

/// The cuts of a token that the judge does not acquit; none when it is better left whole.
pub fn cuts(judge: &Judge, token: &str, place: &Place) -> Vec<Cut> {
    let mut cuts = edge_cuts(judge, token, place);
    if cuts.is_empty() {
        cuts = possessive_cuts(judge, token, place);
    }
    if cuts.is_empty() {
        cuts = known_camel_cuts(judge, token, place);
    }
    if cuts.is_empty() {
        cuts = camel_cuts(judge, token, place);
    }
    if cuts.is_empty() && (is_plain(token) || is_acronym(token)) {
        cuts = plain_cuts(judge, token, place, 4).map_or_else(Vec::new, |s| s.cuts);
    }
    cuts.retain(|c| c.confidence >= SURE_ENOUGH && c.at > 0 && c.at < token.len());
    cuts
}

/// The cuts of a part of a token, moved to where the part begins.
pub fn cuts_within(judge: &Judge, part: &str, place: &Place, at: usize) -> Vec<Cut> {
    if part.len() < 3 || judge.acquits(part) || judge.count(part) > 0 {
        return Vec::new();
    }
    let place = Place { edges: &[], inner: true, ..*place };
    cuts(judge, part, &place).into_iter().map(|c| Cut { at: c.at + at, confidence: c.confidence }).collect()
}

/// `Beijing’sbacktracking`: a known word in the genitive, and letters behind it.
pub fn possessive_cuts(judge: &Judge, token: &str, place: &Place) -> Vec<Cut> {
    for (at, mark) in token.char_indices().filter(|(_, c)| is_apostrophe(*c)) {
        let (base, tail) = (token.get(..at).unwrap_or(""), token.get(at + mark.len_utf8()..).unwrap_or(""));
        let Some(rest) = tail.strip_prefix('s').filter(|r| r.chars().count() > 1) else { continue };
        let at = token.len() - rest.len();
        let known = base.chars().count() > 2 && (judge.strength(base).is_some() || judge.count(base) > 0) && judge.strength(tail).is_none();
        let inner = cuts_within(judge, rest, place, at);
        if known && (judge.strength(rest).is_some() || !inner.is_empty()) {
            let mut cuts = vec![Cut { at, confidence: 0.97 }];
            cuts.extend(inner);
            return cuts;
        }
    }
    Vec::new()
}

/// Cuts where the source had the edge of a link and both sides look like words; then the pieces are read on their own.
fn edge_cuts(judge: &Judge, token: &str, place: &Place) -> Vec<Cut> {
    let mut cuts: Vec<Cut> = Vec::new();
    let mut start = 0;
    for (index, &edge) in place.edges.iter().enumerate() {
        let end = place.edges.get(index + 1).copied().unwrap_or(token.len());
        let (left, right) = (token.get(start..edge).unwrap_or(""), token.get(edge..end).unwrap_or(""));
        let next = if end == token.len() { place.next } else { "" };
        let inside = Place { inner: true, edges: &[], next, ..*place };
        if let Some(confidence) = edge_confidence(judge, left, right, &inside) {
            cuts.push(Cut { at: edge, confidence });
            start = edge;
        }
    }
    if cuts.is_empty() {
        return cuts;
    }
    let mut inner = Vec::new();
    let mut from = 0;
    for to in cuts.iter().map(|c| c.at).chain([token.len()]) {
        // A piece with an edge that did not part words is no word that the lists can judge.
        if !place.edges.iter().any(|&e| from < e && e < to) {
            inner.extend(cuts_within(judge, token.get(from..to).unwrap_or(""), place, from));
        }
        from = to;
    }
    cuts.extend(inner);
    cuts.sort_by_key(|c| c.at);
    cuts
}

fn edge_confidence(judge: &Judge, left: &str, right: &str, place: &Place) -> Option<f32> {
    let long = |s: &str| s.chars().count() >= 3;
    let reads = |s: &str| judge.strength(s).is_some() || !cuts_within(judge, s, place, 0).is_empty();
    if matches!(right, "s" | "es" | "ed" | "ing" | "er" | "ers" | "ly" | "d" | "n" | "ian" | "ist" | "ism" | "al") {
        return None;
    }
    if right == "an" {
        return (long(left) && place.next.starts_with(['a', 'e', 'i', 'o', 'u', 'h'])).then_some(0.9);
    }
    match (reads(left), reads(right)) {
        (true, true) => Some(0.97),
        (true, false) if long(right) && is_capitalised(right) => Some(0.95),
        // `<b>A</b>nswers` sets an initial: one letter is no word before half a one.
        (true, false) if left.chars().count() > 1 && is_function(&left.to_lowercase()) && long(right) => Some(0.9),
        (false, true) if (is_function(right) || is_reporting(right)) && long(left) => Some(0.95),
        (false, true) if long(left) && long(right) && is_capitalised(left) => Some(0.9),
        (false, false) if long(left) && long(right) && is_capitalised(right) && left.chars().all(char::is_lowercase) => Some(0.85),
        _ => None,
    }
}
