//! What the comparison shows, before anything is drawn: rows of paragraphs that stand for one another in the
//! original and in the text now, bands of rows with their paragraphs of the source text, and who made each
//! change. All of it comes from the decisions; nothing is guessed by a diff. Worked out once an event.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::article::Article;
use super::fonts::icon;
use super::source::Source;
use crate::document::BlockKind;
use crate::review::statistics::{Distance, distance};
use crate::review::{Event, Hunk};
use crate::text::Span;

/// A longer row is cut, so that one endless line costs no more than others.
const LONGEST: usize = 6_000;

/// Paragraphs of both texts that stand for one another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Bytes of the original.
    pub original: Span,
    /// Bytes of the text now.
    pub now: Span,
    /// What kind of block it is.
    pub kind: BlockKind,
    /// The changes in it, by number.
    pub hunks: Range<usize>,
    /// Whether it goes on with the paragraph of the row before.
    pub joined: bool,
}

/// Rows and the paragraphs of the source text that stand for them. One side may be empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Band {
    /// Rows, by number.
    pub rows: Range<usize>,
    /// Paragraphs of the source text.
    pub source: Range<usize>,
}

/// Who made a change, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Handle {
    /// Its icon.
    pub sign: &'static str,
    /// The rule, or the hand.
    pub name: String,
    /// What was changed.
    pub what: String,
    /// Why.
    pub why: String,
}

/// Everything that is drawn of a comparison.
#[derive(Default, Debug)]
pub struct Page {
    /// In order.
    pub rows: Vec<Row>,
    /// In order; together they hold every row once.
    pub bands: Vec<Band>,
    /// One for each change.
    pub handles: Vec<Handle>,
    /// How far the text is from the original.
    pub distance: Distance,
}

impl Page {
    /// Of an article, with a source text beside it or without.
    pub fn new(article: &Article, source: Option<&Source>) -> Self {
        let review = article.session.review();
        let document = article.session.document();
        let kind = |at: usize| document.block_at(at).map_or(BlockKind::Paragraph, |b| b.kind);
        let rows = rows(review.original(), review.text(), &article.figures.hunks, kind);
        let bands = match source {
            None => (0..rows.len()).map(|i| Band { rows: i..i + 1, source: 0..0 }).collect(),
            Some(source) => bands(&rows, source),
        };
        Self { handles: handles(article), rows, bands, distance: distance(review.original(), &review.composed()) }
    }

    /// The band that holds a change.
    pub fn band_of(&self, hunk: usize) -> Option<usize> {
        let row = self.rows.partition_point(|r| r.hunks.end <= hunk);
        let band = self.bands.partition_point(|b| b.rows.end <= row);
        self.bands.get(band).filter(|b| b.rows.contains(&row)).map(|_| band)
    }
}

/// Where a row may end: at a line break, which belongs to no row, or behind a space of a long line.
fn cuts(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let end = start + line.len();
        while end - start > LONGEST {
            let mut place = start + LONGEST;
            while !text.is_char_boundary(place) {
                place -= 1;
            }
            start = Span::new(start, place).of(text).rfind(' ').map_or(place, |space| start + space + 1);
            found.push((start, 0));
        }
        if end < text.len() {
            found.push((end, 1));
        }
        start = end + 1;
    }
    found
}

/// Both texts, cut at the line breaks that they share. Rows without words and without a change are left out.
pub fn rows(original: &str, now: &str, hunks: &[Hunk], kind: impl Fn(usize) -> BlockKind) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let (mut start, mut now_start, mut first, mut next) = (0, 0, 0, 0);
    let mut shift = 0_isize;
    let mut joined = false;
    for (at, length) in cuts(original).into_iter().chain(std::iter::once((original.len(), 1))) {
        // Changes before this place move it.
        while let Some(hunk) = hunks.get(next).filter(|h| h.original.end <= at) {
            shift += hunk.to.len() as isize - hunk.from.len() as isize;
            next += 1;
        }
        let gone = hunks.get(next).is_some_and(|h| h.original.start <= at && at < h.original.end);
        let last = at == original.len();
        if gone && !last {
            continue;
        }
        let now_at = if last { now.len() } else { at.saturating_add_signed(shift) };
        let (span, now_span) = (Span::new(start, at), Span::new(now_start, now_at));
        let lead = span.of(original).len() - span.of(original).trim_start().len();
        if next > first || !span.of(original).trim().is_empty() || !now_span.of(now).trim().is_empty() {
            rows.push(Row { original: span, now: now_span, kind: kind(start + lead), hunks: first..next, joined });
        }
        (start, now_start, first) = (at + length, now_at + length, next);
        joined = length == 0;
    }
    rows
}

/// Rows beside the paragraphs of the source text, as they are paired.
fn bands(rows: &[Row], source: &Source) -> Vec<Band> {
    let originals = &source.originals;
    let paragraphs = |row: &Row| {
        let first = originals.partition_point(|s| s.start < row.original.start);
        let end = originals.partition_point(|s| s.start < row.original.end);
        first..end.max(first)
    };
    let mut bands: Vec<Band> = Vec::new();
    let mut pair = 0;
    let mut row = 0;
    while let Some(here) = rows.get(row) {
        let own = paragraphs(here);
        // What the translation left out stands where it would have been.
        while let Some(lost) = source.pairs.get(pair).filter(|p| p.target.is_empty() && p.target.start <= own.start && !own.is_empty()) {
            bands.push(Band { rows: row..row, source: lost.source.clone() });
            pair += 1;
        }
        // Past the last pair no paragraph of the source is left.
        let end = || source.pairs.last().map_or(0, |p| p.source.end);
        let at = source.pairs.get(pair).map_or_else(end, |p| p.source.start);
        let mut band = Band { rows: row..row + 1, source: at..at };
        row += 1;
        if own.is_empty() {
            match bands.last_mut().filter(|b| here.joined && !b.rows.is_empty()) {
                Some(before) => before.rows.end = row,
                None => bands.push(band),
            }
            continue;
        }
        let mut reached = own.end;
        loop {
            while let Some(p) = source.pairs.get(pair).filter(|p| p.target.start < reached) {
                band.source.end = p.source.end;
                reached = reached.max(p.target.end);
                pair += 1;
            }
            let Some(more) = rows.get(row).filter(|r| paragraphs(r).start < reached) else { break };
            reached = reached.max(paragraphs(more).end);
            row += 1;
        }
        band.rows.end = row;
        bands.push(band);
    }
    for lost in source.pairs.get(pair..).unwrap_or(&[]).iter().filter(|p| !p.source.is_empty()) {
        bands.push(Band { rows: rows.len()..rows.len(), source: lost.source.clone() });
    }
    bands
}

/// Who made each change.
fn handles(article: &Article) -> Vec<Handle> {
    let events: FxHashMap<usize, &Event> = article.session.review().done_entries().map(|(n, e)| (n, &e.event)).collect();
    article.figures.hunks.iter().map(|hunk| handle(hunk, hunk.entries.iter().rev().find_map(|n| events.get(n).copied()))).collect()
}

fn handle(hunk: &Hunk, author: Option<&Event>) -> Handle {
    let (sign, name, why) = match author {
        Some(Event::Accepted { rule, message, .. }) => (icon::RULE, rule.replace('-', " "), message.clone()),
        _ => (icon::PENCIL, "by hand".to_owned(), "Changed by hand".to_owned()),
    };
    let what = match (hunk.from.trim(), hunk.to.trim()) {
        ("", "") if hunk.from.contains('\n') || hunk.to.contains('\n') => {
            if hunk.to.len() > hunk.from.len() { "paragraph split" } else { "paragraphs joined" }.to_owned()
        }
        ("", "") if hunk.from.is_empty() => "space put in".to_owned(),
        ("", "") => "space taken out".to_owned(),
        ("", to) => format!("put in “{to}”"),
        (from, "") => format!("took out “{from}”"),
        (from, to) => format!("“{from}” → “{to}”"),
    };
    Handle { sign, name, what, why }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::review::Review;
    use crate::review::{Stamp, Time};
    use crate::text::{Edit, Edits};

    fn changed(original: &str, edits: Vec<Edit>) -> Review {
        let mut review = Review::new(original);
        let stamp = Stamp { at: Time::UNIX_EPOCH, by: "Anna".to_owned() };
        review.push(stamp.entry(Event::Typed { edits: Edits::new(edits).unwrap() })).unwrap();
        review
    }

    fn rows_of(review: &Review) -> Vec<Row> {
        rows(review.original(), review.text(), &review.hunks(), |_| BlockKind::Paragraph)
    }

    fn beside(original: &str, source: &str) -> Source {
        let document = crate::formats::read("source.txt", source.as_bytes()).unwrap();
        let mut source = Source::new("source.txt".into(), &document, original, 1);
        source.pairs = source.paired(original);
        source
    }

    #[test]
    fn rows_hold_both_texts_where_paragraphs_are_split_and_joined() {
        let original = "One two.\n\nThree.\n\nFour.\n";
        let review = changed(
            original,
            vec![Edit { at: 3, from: " ".to_owned(), to: "\n".to_owned() }, Edit { at: 16, from: "\n\n".to_owned(), to: " ".to_owned() }],
        );
        let rows = rows_of(&review);
        let words: Vec<(&str, &str)> = rows.iter().map(|r| (r.original.of(original), r.now.of(review.text()))).collect();
        assert_eq!(words, [("One two.", "One\ntwo."), ("Three.\n\nFour.", "Three. Four.")]);
    }

    #[test]
    fn a_band_holds_what_was_left_out_and_what_was_added() {
        let original = "The ministers met in Oslo on 12 May to talk about fish.\n\nAn added paragraph of some length, without any figures at all, which an editor put in by hand so that readers know what the talks were about.\n\nThey signed 40 papers that day.\n";
        let source = "Les ministres se sont réunis à Oslo le 12 mai pour parler de poissons.\n\nIls ont signé 40 documents ce jour-là.\n\nLe roi n’est pas venu, car il était malade depuis le 3 avril 2021.\n";
        let source = beside(original, source);
        let review = Review::new(original);
        let bands = bands(&rows_of(&review), &source);
        assert_eq!(
            bands,
            [
                Band { rows: 0..1, source: 0..1 },
                Band { rows: 1..2, source: 1..1 },
                Band { rows: 2..3, source: 1..2 },
                Band { rows: 3..3, source: 2..3 },
            ]
        );
    }

    #[test]
    fn an_endless_line_is_cut() {
        let original = "word ".repeat(5_000);
        let rows = rows_of(&changed(&original, vec![Edit { at: 12_001, from: String::new(), to: "x".to_owned() }]));
        assert!(rows.len() > 3);
        assert!(rows.iter().all(|r| r.original.len() <= LONGEST));
        assert!(rows.iter().skip(1).all(|r| r.joined));
    }

    proptest! {
        #[test]
        fn every_change_and_every_paragraph_of_the_source_stands_once(
            lines in prop::collection::vec("[a-z]{0,12}( [a-z]{1,9}){0,6}", 1..9),
            source in prop::collection::vec("[a-z]{1,12}( [a-z]{1,9}){0,6}", 0..9),
            places in prop::collection::btree_set(0_usize..300, 0..5),
            to in "[a-z\n]{0,3}",
            taken in 0_usize..4,
        ) {
            let original = lines.join("\n");
            let mut edits: Vec<Edit> = Vec::new();
            for at in places.into_iter().filter(|at| at + taken <= original.len()) {
                if edits.last().is_none_or(|e: &Edit| e.span().end < at) {
                    edits.push(Edit { at, from: Span::new(at, at + taken).of(&original).to_owned(), to: to.clone() });
                }
            }
            edits.retain(|e| e.from != e.to);
            prop_assume!(!edits.is_empty());
            let review = changed(&original, edits);
            let hunks = review.hunks();
            let rows = rows(&original, review.text(), &hunks, |_| BlockKind::Paragraph);
            let mut next = 0;
            let (mut at, mut now_at) = (0, 0);
            for row in &rows {
                prop_assert_eq!(row.hunks.start, next);
                next = row.hunks.end;
                prop_assert!(row.original.start >= at && row.now.start >= now_at);
                for hunk in &hunks[row.hunks.clone()] {
                    prop_assert!(row.original.contains(hunk.original) && row.now.contains(hunk.now), "{:?} {:?}", row, hunk);
                }
                // Between the changes a row is the same on both sides.
                let mut words = row.original.of(&original).to_owned();
                for hunk in hunks[row.hunks.clone()].iter().rev() {
                    words.replace_range(hunk.original.start - row.original.start..hunk.original.end - row.original.start, &hunk.to);
                }
                prop_assert_eq!(&words, row.now.of(review.text()));
                (at, now_at) = (row.original.end, row.now.end);
            }
            prop_assert_eq!(next, hunks.len());
            let beside = beside(&original, &source.join("\n"));
            let (mut row, mut paragraph) = (0, 0);
            for band in bands(&rows, &beside) {
                prop_assert_eq!(band.rows.start, row);
                prop_assert_eq!(band.source.start, paragraph);
                prop_assert!(!band.rows.is_empty() || !band.source.is_empty());
                (row, paragraph) = (band.rows.end, band.source.end);
            }
            prop_assert_eq!((row, paragraph), (rows.len(), beside.paragraphs.len()));
        }
    }
}
