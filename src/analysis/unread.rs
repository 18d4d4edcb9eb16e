//! Stretches of an article that are no English copy: code, and words in another language. No rule speaks there.

use super::Analysis;
use crate::document::{Document, MarkKind};
use crate::finding::Finding;
use crate::text::Span;

/// Fewer words tell nothing of their language.
const FEWEST_WORDS: usize = 6;

/// What is not checked, in bytes of the article.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Unread {
    /// In order and disjoint.
    stretches: Vec<Span>,
    /// The code is the article itself, as old wires come: only its layout is left alone.
    layout: Vec<Span>,
    foreign_blocks: usize,
    blocks: usize,
    most: bool,
}

/// What the words of a block say of its language.
#[derive(Clone, Copy, Default)]
struct Words {
    /// Words without a capital.
    small: usize,
    function: usize,
    english: usize,
    /// Also with a capital.
    all: usize,
}

impl Words {
    /// Hardly a word that English builds its sentences with, and few that it has at all.
    const fn are_foreign(self) -> bool {
        self.small >= FEWEST_WORDS && self.function * 100 < self.small * 15 && self.english * 2 < self.small
    }

    const fn are_english(self) -> bool {
        self.small >= FEWEST_WORDS && self.function * 4 >= self.small && self.english * 4 >= self.small * 3
    }
}

impl Unread {
    /// Finds what is not to be checked.
    pub fn read(document: &Document, article: &Analysis) -> Self {
        let words = words_of_blocks(article);
        let mut unread = Self { blocks: document.blocks.len(), ..Self::default() };
        let mut foreign = vec![false; document.blocks.len()];
        for (i, block) in document.blocks.iter().enumerate() {
            if words.get(i).is_some_and(|w| w.are_foreign()) {
                unread.stretches.push(block.span);
                foreign.iter_mut().skip(i).take(1).for_each(|f| *f = true);
            }
        }
        let code: usize = document.marks.iter().filter(|m| m.kind == MarkKind::Code).map(|m| m.span.len()).sum();
        let code_is_all = code * 2 > document.text.len();
        let mut reach = 0;
        let is_wide = |span: Span| document.block_at(span.start).is_none_or(|b| span.end > b.span.end);
        for mark in &document.marks {
            match mark.kind {
                MarkKind::Code if code_is_all => unread.layout.push(mark.span),
                MarkKind::Code => unread.stretches.push(mark.span),
                // An element round many blocks that lies in another such element says nothing new.
                MarkKind::Foreign if mark.span.end <= reach && is_wide(mark.span) => {}
                MarkKind::Foreign => {
                    if is_wide(mark.span) {
                        reach = mark.span.end;
                    }
                    let first = document.blocks.partition_point(|b| b.span.end <= mark.span.start);
                    let touched = document.blocks.iter().enumerate().skip(first).take_while(|(_, b)| b.span.start < mark.span.end);
                    for (i, block) in touched {
                        let whole = mark.span.contains(block.span);
                        // A translated page may keep the `lang` of its original.
                        if whole && words.get(i).is_some_and(|w| w.are_english()) {
                            continue;
                        }
                        let common = Span::new(mark.span.start.max(block.span.start), mark.span.end.min(block.span.end));
                        unread.stretches.push(common);
                        if whole {
                            foreign.iter_mut().skip(i).take(1).for_each(|f| *f = true);
                        }
                    }
                }
                MarkKind::Link | MarkKind::Strong | MarkKind::Emphasis => {}
            }
        }
        unread.foreign_blocks = foreign.iter().filter(|f| **f).count();
        let count =
            |only_foreign: bool| words.iter().zip(&foreign).filter(|(_, f)| **f || !only_foreign).map(|(w, _)| w.all).sum::<usize>();
        unread.most = unread.foreign_blocks > 0 && count(true) * 2 > count(false);
        if unread.most {
            // What is too short to tell goes with the rest.
            let short = document.blocks.iter().zip(&words).filter(|(_, w)| w.small < FEWEST_WORDS && w.function == 0);
            unread.stretches.extend(short.map(|(b, _)| b.span));
        }
        unread.stretches = joined(unread.stretches);
        unread.layout = joined(unread.layout);
        unread
    }

    /// Whether a finding stands in what is not checked, or would change it.
    pub fn holds(&self, finding: &Finding) -> bool {
        if self.stretches.is_empty() && self.layout.is_empty() {
            return false;
        }
        let meets = |place: Span, stretches: &[Span]| {
            let first = stretches.partition_point(|s| if place.is_empty() { s.end < place.start } else { s.end <= place.start });
            stretches.get(first).is_some_and(|s| if place.is_empty() { s.start <= place.start } else { s.start < place.end })
        };
        let unread = |place: Span| meets(place, &self.stretches);
        let edits = || finding.fixes.iter().flat_map(|f| f.edits.iter());
        let spacing = |text: &str| text.chars().all(char::is_whitespace);
        unread(finding.span)
            || edits().any(|e| unread(e.span()))
            || edits().any(|e| {
                let (from, to) = (e.trimmed().from, e.trimmed().to);
                from.len() > to.len() && spacing(&from) && spacing(&to) && meets(e.span(), &self.layout)
            })
    }

    /// Whether most of the article is in another language.
    pub const fn is_most(&self) -> bool {
        self.most
    }

    /// A sentence about what is in another language, if something is.
    pub fn notice(&self) -> Option<String> {
        let all = if self.blocks == 1 { "paragraph is" } else { "paragraphs are" };
        match self.foreign_blocks {
            0 => None,
            n if self.most => Some(format!("the article seems not to be in English: {n} of {} {all} not checked", self.blocks)),
            1 => Some("1 paragraph seems not to be in English and is not checked".to_owned()),
            n => Some(format!("{n} paragraphs seem not to be in English and are not checked")),
        }
    }
}

/// Stretches in order; those that overlap become one.
fn joined(mut stretches: Vec<Span>) -> Vec<Span> {
    stretches.sort_by_key(|s| (s.start, s.end));
    let mut out: Vec<Span> = Vec::with_capacity(stretches.len());
    for span in stretches {
        match out.last_mut() {
            Some(last) if span.start < last.end => *last = last.cover(span),
            _ => out.push(span),
        }
    }
    out
}

fn words_of_blocks(article: &Analysis) -> Vec<Words> {
    let mut blocks = vec![Words::default(); article.blocks().len()];
    let lexicon = article.lexicon();
    for token in article.tokens().iter().filter(|t| t.is_word()) {
        let Some(words) = blocks.get_mut(token.block) else { continue };
        let word = article.word(token);
        words.all += 1;
        if word.chars().any(char::is_uppercase) {
            continue;
        }
        words.small += 1;
        if lexicon.function_word(word).is_some() {
            words.function += 1;
            words.english += 1;
        } else if lexicon.is_curated(word) {
            words.english += 1;
        }
    }
    blocks
}
