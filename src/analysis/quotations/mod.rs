//! Quotations: which mark opens, which closes, what stands inside, and where a mark was lost.
//!
//! The marks are read as one sequence (`decode`), each with what its neighbours say of it (`marks`); what
//! was lost then is placed by learnt weights (`places`, `closings`, `openings`, `weights`). Marks are never simply toggled.

pub mod attribution;
pub mod closings;
mod decode;
mod lines;
pub mod marks;
pub mod openings;
pub mod places;
mod singles;
pub mod weights;
mod words;

pub use decode::Role;
pub use marks::Family;

use rustc_hash::FxHashMap;

use super::Analysis;
use crate::text::Span;
use decode::Loss;
use marks::Candidate;
use places::{Habit, Manner};
use weights::Weights;

/// A quotation, its marks included (bytes of the view). Where a mark was lost it ends at the likeliest place.
#[derive(Clone, PartialEq, Debug)]
pub struct Quotation {
    /// From the opening mark to the closing one.
    pub span: Span,
}

/// A place where a lost mark may have stood.
#[derive(Clone, PartialEq, Debug)]
pub struct Place {
    /// Byte position in the view.
    pub at: usize,
    /// How likely, from 0 to 1.
    pub probability: f32,
    /// The comma or stop that was lost with the mark and goes before it; mostly empty.
    pub with: &'static str,
    /// How many bytes behind `at` the mark replaces: a single mark that stands for it; mostly 0.
    pub over: usize,
}

/// A mark without its partner.
#[derive(Clone, PartialEq, Debug)]
pub struct LostMark {
    /// The mark that stands (bytes of the view); empty where none does.
    pub partner: Span,
    /// Whether the closing mark is lost; otherwise the opening one.
    pub closing: bool,
    /// Likeliest first, at most three.
    pub places: Vec<Place>,
}

/// A mark that stands, and what it does.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct QuoteMark {
    /// Index of its token.
    pub token: usize,
    /// Bytes of the view.
    pub span: Span,
    /// The character.
    pub glyph: char,
    /// What it does.
    pub role: Role,
    /// The index (among the marks) of the one at the other end.
    pub partner: Option<usize>,
}

/// All that is known of the quotations of an article.
#[derive(Clone, PartialEq, Debug)]
pub struct Quotations {
    /// In order of their start; a nested one follows the one it stands in.
    pub quotations: Vec<Quotation>,
    /// In order of the mark that stands.
    pub lost: Vec<LostMark>,
    /// All double marks, in order.
    pub marks: Vec<QuoteMark>,
    /// Whether the article writes curly or straight marks.
    pub house: Family,
    /// Where it sets commas and stops.
    pub habit: Habit,
    /// The quotations that stand in no other, disjoint and in order.
    outer: Vec<Span>,
    /// The likeliest places of lost closing marks, sorted, each with its index in `lost`.
    closings: Vec<(usize, usize)>,
}

impl Default for Quotations {
    fn default() -> Self {
        Self {
            quotations: Vec::new(),
            lost: Vec::new(),
            marks: Vec::new(),
            house: Family::Curly,
            habit: Habit::Mixed,
            outer: Vec::new(),
            closings: Vec::new(),
        }
    }
}

impl Quotations {
    /// Reads the marks of an article whose tokens and sentences are known.
    pub fn read(article: &Analysis) -> Self {
        Self::read_with(article, Weights::built_in())
    }

    /// Reads the marks and places the lost ones by the given weights.
    pub fn read_with(article: &Analysis, weights: &Weights) -> Self {
        let candidates = marks::candidates(article);
        let reading = decode::decode(article, &candidates);
        let house = marks::house(article.text(), &candidates);
        let mut read = Self { house, ..Self::default() };
        read.marks = pair(&candidates, &reading.roles);
        read.habit = habit(article, &read.marks);
        let mut spans: Vec<Span> = read.spans_of_pairs(article);
        let manner = if reading.losses.is_empty() { None } else { Some(read.manner(article)) };
        let singles = singles::pairs(article, &read.marks);
        for loss in &reading.losses {
            let Some(manner) = &manner else { break };
            if let Some((lost, span)) = read.place(article, *loss, manner, weights, &singles) {
                read.lost.push(lost);
                spans.push(span);
            }
        }
        spans.extend(singles);
        spans.sort_by_key(|s| (s.start, std::cmp::Reverse(s.end)));
        for span in &spans {
            match read.outer.last_mut() {
                Some(last) if last.end > span.start => last.end = last.end.max(span.end),
                _ => read.outer.push(*span),
            }
        }
        read.quotations = spans.into_iter().map(|span| Quotation { span }).collect();
        read.lost.sort_by_key(|l| l.partner);
        read.closings =
            read.lost.iter().enumerate().filter(|(_, l)| l.closing).filter_map(|(i, l)| Some((l.places.first()?.at, i))).collect();
        read.closings.sort_unstable();
        read
    }

    /// The quotations that stand in no other, in order.
    pub fn outer(&self) -> &[Span] {
        &self.outer
    }

    /// Whether the whole span stands inside a quotation.
    pub fn contains(&self, span: Span) -> bool {
        let i = self.outer.partition_point(|q| q.start < span.start);
        i.checked_sub(1).and_then(|i| self.outer.get(i)).is_some_and(|q| span.end <= q.end)
    }

    /// The lost closing mark whose likeliest place is at the glued boundary `at`.
    pub fn lost_closing_at(&self, at: usize) -> Option<&LostMark> {
        let i = self.closings.partition_point(|(place, _)| *place < at);
        self.closings.get(i).filter(|(place, _)| *place == at).and_then(|(_, index)| self.lost.get(*index))
    }

    /// The glyph that opens a quotation in this article.
    pub const fn opening_mark(&self) -> char {
        marks::house_glyph(self.house, true)
    }

    /// The glyph that closes a quotation in this article.
    pub const fn closing_mark(&self) -> char {
        marks::house_glyph(self.house, false)
    }

    /// Pairs, and the parts of quotations that run on into the next paragraph.
    fn spans_of_pairs(&self, article: &Analysis) -> Vec<Span> {
        let mut spans = Vec::new();
        for (i, mark) in self.marks.iter().enumerate() {
            match mark.role {
                Role::Open | Role::Reopen | Role::OpenNested => match mark.partner.and_then(|p| self.marks.get(p)) {
                    Some(close) => spans.push(Span::new(mark.span.start, close.span.end)),
                    None if self.marks.get(i + 1).is_some_and(|m| m.role == Role::Reopen) => {
                        let block = article.block_of(mark.token);
                        spans.push(Span::new(mark.span.start, block.end));
                    }
                    None => {}
                },
                _ => {}
            }
        }
        spans
    }

    /// How the article quotes, as its whole quotations show it.
    pub fn manner(&self, article: &Analysis) -> Manner {
        let mut phrases: FxHashMap<String, u32> = FxHashMap::default();
        for (i, mark) in self.marks.iter().enumerate() {
            let close = mark.partner.filter(|p| *p > i).and_then(|p| self.marks.get(p));
            let key = close.and_then(|c| places::phrase_key(Span::new(mark.span.end, c.span.start).of(article.text())));
            if let Some(key) = key {
                *phrases.entry(key).or_default() += 1;
            }
        }
        Manner { habit: self.habit, phrases }
    }

    /// Places a lost mark. The span is the quotation with the mark put there.
    fn place(&self, article: &Analysis, loss: Loss, manner: &Manner, weights: &Weights, singles: &[Span]) -> Option<(LostMark, Span)> {
        match loss {
            Loss::Closing(i) => {
                let mark = self.marks.get(i)?;
                let end = self.end_of_stretch(article, i);
                let mut places = weights.rank(&closings::closing(article, mark.token, end, manner));
                if let Some(single) = lines::single_partner(article, &self.marks, i, true, singles) {
                    places.insert(0, single);
                    places.truncate(3);
                }
                let at = places.first()?.at;
                Some((LostMark { partner: mark.span, closing: true, places }, Span::new(mark.span.start, at)))
            }
            Loss::Opening(i) => {
                let mark = self.marks.get(i)?;
                let start = self.start_of_stretch(article, i);
                let mut places = weights.rank(&openings::opening(article, start, mark.token, manner));
                if lines::are_sentences(article)
                    && let Some(above) = lines::speech_start(article, &self.marks, i)
                {
                    let whole = places.first().is_some_and(|p| p.at == article.block_of(mark.token).start);
                    places.truncate(2);
                    places.insert(if whole { 0 } else { places.len() }, above);
                }
                if let Some(single) = lines::single_partner(article, &self.marks, i, false, singles) {
                    places.insert(0, single);
                    places.truncate(3);
                }
                let at = places.first()?.at;
                Some((LostMark { partner: mark.span, closing: false, places }, Span::new(at, mark.span.end)))
            }
            Loss::Continuing(block) => {
                // Only where paragraphs are paragraphs: in a file of single sentences quotations run over lines.
                let span = article.blocks().get(block)?.span;
                let mark = self.marks.iter().find(|m| m.span.start >= span.start)?;
                if lines::are_sentences(article) || mark.span.start >= span.end || mark.role != Role::Close {
                    return None;
                }
                let places = vec![Place { at: span.start, probability: 0.7, with: "", over: 0 }];
                Some((LostMark { partner: mark.span, closing: false, places }, Span::new(span.start, mark.span.end)))
            }
        }
    }

    /// The token where what the mark `i` opens must end: the next mark, or the first of the next block.
    pub fn end_of_stretch(&self, article: &Analysis, i: usize) -> usize {
        let Some(mark) = self.marks.get(i) else { return 0 };
        let block_end = article.tokens_end_of_block(mark.token);
        // A pair of another alphabet (`“the dress is "Black Tie"`) stands inside.
        let mut next = i + 1;
        while let Some(m) = self.marks.get(next).filter(|m| m.token < block_end) {
            let close = m.partner.filter(|p| *p > next).and_then(|p| Some((p, self.marks.get(p)?)));
            next = match close {
                Some((p, close)) if is_inner(mark, m) && is_inner(mark, close) && close.token < block_end => p + 1,
                _ if m.role == Role::Measure => next + 1,
                _ => return m.token,
            };
        }
        block_end
    }

    /// The first token that can be inside what the mark `i` closes.
    pub fn start_of_stretch(&self, article: &Analysis, i: usize) -> usize {
        let Some(mark) = self.marks.get(i) else { return 0 };
        let block_start = article.tokens_start_of_block(mark.token);
        let previous = self.marks.get(..i).unwrap_or(&[]).iter().rev().find(|m| m.role != Role::Measure);
        previous.map_or(block_start, |m| (m.token + 1).max(block_start))
    }
}

/// Whether a mark is straight where the one outside is not.
fn is_inner(outer: &QuoteMark, mark: &QuoteMark) -> bool {
    mark.glyph == '"' && outer.glyph != '"'
}

/// Gives every mark its role and partner.
fn pair(candidates: &[Candidate], roles: &[Role]) -> Vec<QuoteMark> {
    let mut marks: Vec<QuoteMark> = candidates
        .iter()
        .zip(roles)
        .map(|(c, role)| QuoteMark { token: c.token, span: c.span, glyph: c.glyph, role: *role, partner: None })
        .collect();
    let (mut open, mut nested) = (None, None);
    for i in 0..marks.len() {
        let mut join = |from: Option<usize>| {
            if let Some(from) = from {
                if let Some(m) = marks.get_mut(from) {
                    m.partner = Some(i);
                }
                if let Some(m) = marks.get_mut(i) {
                    m.partner = Some(from);
                }
            }
        };
        match roles.get(i) {
            Some(Role::Open | Role::Reopen) => open = Some(i),
            Some(Role::OpenNested) => nested = Some(i),
            Some(Role::Close) => join(open.take()),
            Some(Role::CloseNested) => join(nested.take()),
            _ => {}
        }
    }
    marks
}

/// Where the article sets commas and stops at its closing marks.
fn habit(article: &Analysis, marks: &[QuoteMark]) -> Habit {
    let (mut inside, mut outside) = (0_usize, 0_usize);
    for mark in marks.iter().filter(|m| m.role == Role::Close) {
        let before = mark.token.checked_sub(1).map_or("", |i| article.word_at(i));
        let behind = article.tokens().get(mark.token + 1).filter(|t| !t.space_before).map_or("", |t| article.word(t));
        inside += usize::from(matches!(before, "," | "."));
        outside += usize::from(matches!(behind, "," | "."));
    }
    match (inside, outside) {
        (_, 0) if inside > 0 => Habit::Inside,
        (i, o) if o > 0 && o * 3 >= i => Habit::Outside,
        (i, o) if i > 4 * o && i > 0 => Habit::Inside,
        _ => Habit::Mixed,
    }
}
