//! Brackets: spaces inside them, and a bracket without its partner.

use super::punctuation::plain;
use super::{Detect, Report};
use crate::analysis::Analysis;
use crate::rules::Lexicon;
use crate::text::{Edit, Span};

/// Builds the `space-in-brackets` detector.
pub fn build_space_in_brackets(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    plain(params, space_in_brackets)
}
/// Builds the `unbalanced-brackets` detector.
pub fn build_unbalanced(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    plain(params, unbalanced_brackets)
}

fn space_in_brackets(article: &Analysis, report: &mut Report) {
    let text = article.text();
    for block in article.blocks() {
        let body = block.span.of(text);
        for (i, c) in body.char_indices().filter(|(_, c)| matches!(c, '(' | ')' | '[' | ']')) {
            let at = block.span.start + i;
            if matches!(c, '(' | '[') {
                let rest = body.get(i + 1..).unwrap_or("");
                let spaces = rest.len() - rest.trim_start_matches([' ', '\u{a0}']).len();
                let right = rest.trim_start().chars().next();
                let words = right.is_some_and(|r| r.is_alphanumeric() || matches!(r, '“' | '"' | '$' | '€' | '£'));
                if spaces > 0 && words && rest.get(..rest.floor_char_boundary(BRACKETED)).is_some_and(|r| r.contains([')', ']'])) {
                    let edit = Edit::replace(text, Span::new(at + 1, at + 1 + spaces), "");
                    report.finding(Span::new(at, at + 1 + spaces)).fix("no space inside the bracket", vec![edit]).done();
                }
            } else {
                let head = body.get(..i).unwrap_or("");
                let spaces = head.len() - head.trim_end_matches([' ', '\u{a0}']).len();
                let left = head.trim_end().chars().next_back();
                let words = left.is_some_and(|l| l.is_alphanumeric() || matches!(l, '”' | '"' | '.' | '!' | '?' | '%'));
                if spaces > 0
                    && words
                    && head.get(head.ceil_char_boundary(head.len().saturating_sub(BRACKETED))..).is_some_and(|h| h.contains(['(', '[']))
                {
                    let edit = Edit::replace(text, Span::new(at - spaces, at), "");
                    report.finding(Span::new(at - spaces, at + 1)).fix("no space inside the bracket", vec![edit]).done();
                }
            }
        }
    }
}

/// The most brackets that wait for a partner at one time.
const DEEPEST: usize = 32;
/// The most brackets without partners in one block; with more it is a drawing or a formula.
const MOST_LOST: usize = 12;
/// How far a bracket's partner or its sentence's end is looked for, in bytes.
const BRACKETED: usize = 2_000;

/// A bracket that waits for its partner, or has none.
#[derive(Clone, Copy)]
struct Bracket {
    mark: char,
    at: usize,
    block: usize,
}

/// A bracket without a partner in its block and the next one.
fn unbalanced_brackets(article: &Analysis, report: &mut Report) {
    let text = article.text();
    let mut open: Vec<Bracket> = Vec::new();
    let mut lost: Vec<Bracket> = Vec::new();
    for (index, block) in article.blocks().iter().enumerate() {
        let body = block.span.of(text);
        let mut run_end = 0;
        for (i, c) in body.char_indices().filter(|(_, c)| matches!(c, '(' | ')' | '[' | ']')) {
            if i < run_end {
                continue;
            }
            // Three and more of one bracket are laughter or a rule across the page.
            let run = body.get(i..).map_or(1, |t| t.len() - t.trim_start_matches(c).len());
            if run > 2 {
                run_end = i + run;
                continue;
            }
            if is_emoticon(body, i) {
                continue;
            }
            let bracket = Bracket { mark: c, at: block.span.start + i, block: index };
            let partner = match c {
                '(' | '[' => {
                    if open.len() >= DEEPEST {
                        lost.push(open.remove(0));
                    }
                    open.push(bracket);
                    continue;
                }
                ')' => '(',
                _ => '[',
            };
            match open.iter().rposition(|o| o.mark == partner && o.block + 2 > index) {
                Some(p) => lost.extend(open.drain(p..).skip(1)),
                None if is_list_letter(body, i) => {}
                None => lost.push(bracket),
            }
        }
    }
    lost.extend(open);
    lost.sort_by_key(|b| b.at);
    for group in lost.chunk_by(|a, b| a.block == b.block).filter(|g| g.len() <= MOST_LOST) {
        for &Bracket { mark, at, block } in group {
            let span = Span::new(at, at + 1);
            let mut draft = report.finding(span);
            if matches!(mark, '(' | '[')
                && let Some(place) = lost_closing_place(text, article.blocks().get(block).map(|b| b.span), at)
            {
                draft = draft.fix("close it before the next stop", vec![Edit::insert(place, if mark == '(' { ")" } else { "]" })]);
            }
            draft.fix("take it out", vec![Edit::replace(text, span, "")]).done();
        }
    }
}

/// Where a sentence's or a phrase's end may close a bracket that opens at `at`.
fn lost_closing_place(text: &str, block: Option<Span>, at: usize) -> Option<usize> {
    let body = text.get(at..block?.end)?;
    let stop = body.char_indices().find(|&(i, c)| {
        matches!(c, '.' | ';' | '!' | '?') && body.get(i + 1..).is_some_and(|t| t.is_empty() || t.starts_with(char::is_whitespace))
    });
    Some(at + stop.map_or(body.trim_end().len(), |(i, _)| i))
}

fn is_emoticon(body: &str, i: usize) -> bool {
    let head = body.get(..i).unwrap_or("");
    let mut back = head.chars().rev();
    match back.next() {
        Some(':' | ';' | '=') => true,
        Some('-') => matches!(back.next(), Some(':' | ';')),
        // `))` ends many a chat line.
        _ => false,
    }
}

/// `a)`, `2)` at the start of a line or after a space.
fn is_list_letter(body: &str, i: usize) -> bool {
    let head = body.get(..i).unwrap_or("");
    let word = head.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let short = word.chars().count() <= 3 && (word.chars().all(|c| c.is_ascii_digit()) || word.chars().count() == 1 || is_roman(word));
    !word.is_empty() && short
}

fn is_roman(word: &str) -> bool {
    word.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'I' | 'V' | 'X'))
}
