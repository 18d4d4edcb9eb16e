//! Glued words: where two words stand joined (`LavrovToday`, `andthe`), and how sure that is.
//! Cuts the tokens there, so that every rule reads the words apart.
//!
//! A token that the lists know costs one look-up and is never cut. Any other is cut where the halves
//! together are likelier than the whole: log10 P(left) + log10 P(right) against log10 P(token), or a floor
//! for tokens that no list knows. The article's own words count as known.

mod capitals;
mod digits;
mod judge;
mod lists;
mod marks;
mod plain;
mod words;

use rustc_hash::{FxHashMap, FxHashSet};

use super::tokens::{Token, TokenKind};
use crate::document::Mark;
use crate::rules::Lexicon;
use crate::text::Span;
use crate::threads;
use judge::{Judge, is_capitalised, is_plain, split_clitic};
use words::{Cut, Place, SURE_ENOUGH};

/// What was lost between two tokens besides the space.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Lost {
    /// The space alone, or a comma that nobody can prove.
    Space,
    /// Likely a full stop: `regimeHe`.
    Stop,
    /// The stop of an abbreviation: `Nov6`, `StPeter’s`.
    AbbreviationStop,
}

/// Between what a space was lost.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum GlueKind {
    /// Two words, or a word and a figure.
    Words,
    /// A mark that stands, and a word: `said.He`, `Japan)published`, `Group(Israel)`.
    Mark,
}

/// A place where a space was lost between two tokens that stand joined.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Glue {
    /// Index of the token on the left; the one on the right follows it and has [`Token::glued`] set.
    pub left: usize,
    /// Byte position between the two, in the view.
    pub at: usize,
    /// How sure it is: the share of such cuts that were right on labelled text.
    pub confidence: f32,
    /// Between what.
    pub kind: GlueKind,
    /// What went with the space.
    pub lost: Lost,
    /// The source had the edge of a link or of emphasis here.
    pub edge: bool,
}

/// How many tokens are read in one go: few enough to keep several threads busy to the end.
const STRETCH: usize = 500;

/// Cuts glued tokens in place and tells where, by so many threads.
pub fn cut(
    text: &str,
    tokens: &mut Vec<Token>,
    marks: &[Mark],
    vocabulary: &FxHashMap<String, u32>,
    lexicon: &Lexicon,
    threads: usize,
) -> Vec<Glue> {
    let mut edges: Vec<usize> = marks.iter().flat_map(|m| [m.span.start, m.span.end]).collect();
    edges.sort_unstable();
    edges.dedup();
    let judge = Judge::new(text, tokens, vocabulary, lexicon);
    // Each token is judged by itself; only then are they cut, from the first to the last.
    let judged = threads::each(threads, tokens.len().div_ceil(STRETCH), |i| cuts_of(&judge, i * STRETCH, &edges));
    let mut judged = judged.into_iter().flatten().peekable();
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len() + 16);
    let mut glue: Vec<Glue> = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        match judged.next_if(|(i, _)| *i == index) {
            Some((_, cuts)) => push_pieces(text, token, &cuts, &edges, &mut out, &mut glue),
            None => out.push(*token),
        }
    }
    mark_gaps(&judge, &mut out, &edges, &mut glue);
    glue.sort_by_key(|g| g.at);
    for g in &mut glue {
        g.lost = lost(&judge, &out, g);
    }
    *tokens = out;
    glue
}

/// The cuts of the tokens from one on, each with the index of its token.
fn cuts_of(judge: &Judge, from: usize, edges: &[usize]) -> Vec<(usize, Vec<Cut>)> {
    let text = judge.text;
    let mut acquitted: FxHashSet<&str> = FxHashSet::default();
    let mut found = Vec::new();
    let word_at = |index: Option<usize>, block: usize| {
        index.and_then(|i| judge.tokens.get(i)).filter(|t| t.block == block).map_or("", |t| t.span.of(text))
    };
    for (index, token) in judge.tokens.iter().enumerate().skip(from).take(STRETCH) {
        let word = token.span.of(text);
        let may_be_cut = matches!(token.kind, TokenKind::Word | TokenKind::Mixed | TokenKind::Address);
        if !may_be_cut || word.len() < 3 || acquitted.contains(word) {
            continue;
        }
        // A link that ends inside a known word (`<a>book</a>shop`, `<b>under</b>stood`) joins nothing.
        if token.kind == TokenKind::Word && judge.acquits(word) {
            acquitted.insert(word);
            continue;
        }
        let inner = inner_edges(edges, token.span, word);
        let place = Place {
            previous: word_at(index.checked_sub(1), token.block),
            next: word_at(Some(index + 1), token.block),
            edges: &inner,
            inner: false,
        };
        let cuts = match token.kind {
            TokenKind::Word => words::cuts(judge, word, &place),
            TokenKind::Mixed => digits::cuts(judge, word, &place),
            _ => address_cuts(judge, word),
        };
        if !cuts.is_empty() {
            found.push((index, cuts));
        }
    }
    found
}

/// The edges strictly inside a token, in bytes from its start; one at an apostrophe cuts no words apart (`Sofia|’s`).
fn inner_edges(edges: &[usize], span: Span, word: &str) -> Vec<usize> {
    let first = edges.partition_point(|&e| e <= span.start);
    let inside = edges.iter().skip(first).take_while(|&&e| e < span.end).map(|e| e - span.start);
    let beside = |at: usize| {
        let before = word.get(..at).and_then(|w| w.chars().next_back());
        let after = word.get(at..).and_then(|w| w.chars().next());
        before.is_none_or(judge::is_apostrophe) || after.is_none_or(judge::is_apostrophe)
    };
    inside.filter(|&at| !beside(at)).collect()
}

fn push_pieces(text: &str, token: &Token, cuts: &[Cut], edges: &[usize], out: &mut Vec<Token>, glue: &mut Vec<Glue>) {
    let mut start = token.span.start;
    let ends = cuts.iter().map(|c| Some(*c)).chain([None]);
    for cut in ends {
        let end = cut.map_or(token.span.end, |c| token.span.start + c.at);
        let span = Span::new(start, end);
        let first = start == token.span.start;
        let kind = if cuts.is_empty() || token.kind == TokenKind::Address && !first { token.kind } else { kind_of(span.of(text)) };
        out.push(Token { span, kind, glued: token.glued || !first, space_before: token.space_before && first, ..*token });
        if let Some(cut) = cut {
            glue.push(Glue {
                left: out.len() - 1,
                at: end,
                confidence: cut.confidence,
                kind: GlueKind::Words,
                lost: Lost::Space,
                edge: edges.binary_search(&end).is_ok(),
            });
        }
        start = end;
    }
}

fn kind_of(word: &str) -> TokenKind {
    let digits = word.chars().any(char::is_numeric);
    let letters = word.chars().any(char::is_alphabetic);
    match (letters, digits) {
        (true, true) => TokenKind::Mixed,
        (false, true) => TokenKind::Number,
        _ => TokenKind::Word,
    }
}

/// `onWired.com`: a function word before a capital.
fn address_cuts(judge: &Judge, address: &str) -> Vec<Cut> {
    let head: usize = address.chars().take_while(|c| c.is_lowercase()).map(char::len_utf8).sum();
    let rest = address.get(head..).unwrap_or("");
    let word = address.get(..head).unwrap_or("");
    let sure = head > 1 && is_capitalised(rest) && lists::is_function(word) && judge.lexicon.is_curated(word);
    if sure { vec![Cut { at: head, confidence: 0.93 }] } else { Vec::new() }
}

fn mark_gaps(judge: &Judge, tokens: &mut [Token], edges: &[usize], glue: &mut Vec<Glue>) {
    for left in 0..tokens.len().saturating_sub(1) {
        let (Some(a), Some(b)) = (tokens.get(left), tokens.get(left + 1)) else { break };
        if b.space_before || b.glued || a.block != b.block || (a.kind == TokenKind::Word && b.kind == TokenKind::Word) {
            continue;
        }
        let (at, edge) = (b.span.start, edges.binary_search(&b.span.start).is_ok());
        let Some(confidence) = marks::gap(judge, tokens, left).filter(|c| *c >= SURE_ENOUGH) else { continue };
        glue.push(Glue { left, at, confidence, kind: GlueKind::Mark, lost: Lost::Space, edge });
        if let Some(right) = tokens.get_mut(left + 1) {
            right.glued = true;
        }
    }
}

/// Whether a stop was lost with the space: never behind a function word; before a word that begins
/// sentences; before a common word with a capital that a lower-case word follows.
fn lost(judge: &Judge, tokens: &[Token], glue: &Glue) -> Lost {
    let word = |i: usize| tokens.get(i).map_or("", |t| t.span.of(judge.text));
    let (left, next) = (word(glue.left), word(glue.left + 2));
    let (right, _) = split_clitic(word(glue.left + 1));
    if glue.kind == GlueKind::Mark {
        return Lost::Space;
    }
    let short_month = lists::is_calendar(left) && left.chars().count() < 5 && !matches!(left, "May" | "June" | "July");
    if lists::is_stopped_abbreviation(left) && (short_month || is_capitalised(right)) {
        let figure = right.chars().next().is_some_and(char::is_numeric);
        let title = is_capitalised(right) && !short_month;
        return if figure || title { Lost::AbbreviationStop } else { Lost::Space };
    }
    let before = left.to_lowercase();
    if !is_capitalised(right) || !is_plain(right) || right == "I" {
        return Lost::Space;
    }
    if lists::is_starter(right) && (!lists::never_ends_a_sentence(&before) || lists::is_adverb(&before)) {
        return Lost::Stop;
    }
    if lists::never_ends_a_sentence(&before) {
        return Lost::Space;
    }
    if is_new_person(judge, left, right, next) {
        return Lost::Stop;
    }
    let lower = right.to_lowercase();
    let next_lower = next.chars().next().is_some_and(char::is_lowercase);
    let common = judge.lexicon.is_curated(&lower) && !judge.is_name(right);
    // `Doctors for Camp Closure`, `Spider on the Bridge`: a title.
    let title = (glue.left + 2..glue.left + 5)
        .map(word)
        .find(|w| !lists::is_function(w))
        .is_some_and(|w| is_capitalised(w) && lists::is_function(next));
    // A capital that comes again is a name; a common word in lower case elsewhere began a sentence here.
    let named = judge.count(right) > 0 && judge.count(&lower) == 0;
    let after_lower = left.chars().all(char::is_lowercase) || left.chars().any(char::is_numeric);
    if common && next_lower && !named && !title && after_lower { Lost::Stop } else { Lost::Space }
}

/// A full name behind a word that neither names a role nor takes an object begins a sentence:
/// `of their landGulchehra Saidova, whose`, but `her colleagueNoam Cohen`.
fn is_new_person(judge: &Judge, left: &str, right: &str, next: &str) -> bool {
    let given = judge.lexicon.given_name(right).is_some_and(|(_, sources)| sources >= 3);
    if !given || !is_capitalised(next) || !is_plain(next) || judge.is_place(right) || judge.lexicon.is_curated(&right.to_lowercase()) {
        return false;
    }
    if !left.chars().all(char::is_lowercase) || left.chars().count() < 4 {
        return false;
    }
    let role = judge.lexicon.role(left).is_some() || lists::is_role_like(left);
    let verb = left.ends_with("ed") || left.ends_with("ing") || lists::is_loose(left) || lists::is_reporting(left);
    !role && !verb && !lists::is_function(left)
}
