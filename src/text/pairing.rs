//! Which paragraphs of a translation stand for which of its source, when nothing but the two texts is known.
//!
//! The method is that of Gale and Church, "A Program for Aligning Sentences in Bilingual Corpora"
//! (Computational Linguistics 19, 1993): long paragraphs become long ones, so the likeliest pairing by
//! lengths in characters is found by dynamic programming over the steps 1:1, 2:1, 1:2, 1:0 and 0:1. Two
//! things are added. Figures and Latin names that stand in both texts are anchors. And a paragraph without
//! a partner costs much when it is the first of its row and little when others were lost before it,
//! because wire copy is cut by the tail. Long texts are searched in a band along their diagonal.
//!
//! ```
//! use copydesk::text::pairing::pair;
//!
//! let source = ["Les ministres se sont réunis à Oslo mardi.", "Ils ont signé un accord de 75 pages.", "Aucune date n’a été fixée."];
//! let target = ["The ministers met in Oslo on Tuesday.", "No date was set."];
//! let pairs = pair(&source, &target);
//! assert_eq!(pairs[1].source, 1..2);
//! assert!(pairs[1].target.is_empty(), "the second paragraph was dropped");
//! assert_eq!((pairs[2].source.clone(), pairs[2].target.clone()), (2..3, 1..2));
//! ```

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;

/// Paragraphs that stand for one another, by their numbers. One side may be empty: what was left out, or added.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pair {
    /// Paragraphs of the source.
    pub source: Range<usize>,
    /// Paragraphs of the translation.
    pub target: Range<usize>,
}

/// The variance of a paragraph's length for each character of it. Gale and Church measured 6.8 between
/// English, French and German; languages farther apart scatter more.
const VARIANCE: f32 = 10.0;
/// What the steps cost before lengths are looked at: −ln of how often they occur.
const ONE_TO_ONE: f32 = 0.12;
const TWO_TO_ONE: f32 = 2.6;
/// The first paragraph of a row of lost ones, and each that follows it.
const LOST: f32 = 5.5;
const LOST_TOO: f32 = 2.5;
/// What an anchor is worth that stands once on each side, and all anchors of a pair at most.
const ANCHOR: f32 = 3.0;
const ANCHORS: f32 = 9.0;
/// What a pair costs where figures of a paragraph have no like on the other side.
const FIGURES_GONE: f32 = 2.5;
/// A translation is seldom longer or shorter by more than this power of e, and what each further power costs.
const USUAL: f32 = 0.35;
const FAR: f32 = 8.0;
/// An anchor that stands in more paragraphs than this says nothing.
const COMMON: usize = 6;
/// Up to so many cells the whole square is searched, and several ratios of length are tried.
const SQUARE: usize = 60_000;
/// Half the width of the band otherwise, in paragraphs.
const BAND: usize = 80;

/// Pairs the paragraphs of a source with those of its translation: in order, each in exactly one pair.
pub fn pair(source: &[&str], target: &[&str]) -> Vec<Pair> {
    let lengths = |texts: &[&str]| -> Vec<f32> { texts.iter().map(|t| t.chars().map(weight).sum::<f32>().max(1.0)).collect() };
    let (source_lengths, target_lengths) = (lengths(source), lengths(target));
    let whole = |lengths: &[f32]| lengths.iter().sum::<f32>().max(1.0);
    let ratio = whole(&target_lengths) / whole(&source_lengths);
    let figures = [figures(source), figures(target)];
    let mut grid = Grid { source: source_lengths, target: target_lengths, anchors: anchors(source, target), figures, ratio };
    // Where half of one text is missing, its whole length misleads: the usual ratios are tried too, and the
    // ratio is measured anew on the pairs found.
    let small = source.len().saturating_mul(target.len()) <= SQUARE;
    let tried: &[f32] = if small { &[ratio, 0.85, 1.05, 1.3] } else { &[ratio] };
    let mut best: Option<(f32, Vec<Pair>)> = None;
    for ratio in tried {
        grid.ratio = *ratio;
        let mut found = grid.search();
        if let Some(measured) = grid.measured(&found.1) {
            grid.ratio = measured;
            found = grid.search();
        }
        found.0 += FAR * (grid.ratio.ln().abs() - USUAL).max(0.0);
        if best.as_ref().is_none_or(|(cost, _)| found.0 < cost - 0.01) {
            best = Some(found);
        }
    }
    best.map(|(_, pairs)| pairs).unwrap_or_default()
}

/// How many letters of an alphabet a character stands for: a Chinese one is most of a word.
fn weight(c: char) -> f32 {
    match c {
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' => 3.0,
        '\u{3040}'..='\u{30ff}' | '\u{ac00}'..='\u{d7af}' => 2.0,
        _ => 1.0,
    }
}

/// How a cell was reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Step {
    Both(usize, usize),
    Source,
    Target,
}

const STEPS: [Step; 5] = [Step::Both(1, 1), Step::Both(2, 1), Step::Both(1, 2), Step::Source, Step::Target];

impl Step {
    const fn size(self) -> (usize, usize) {
        match self {
            Self::Both(i, j) => (i, j),
            Self::Source => (1, 0),
            Self::Target => (0, 1),
        }
    }

    /// Cells are kept apart by whether a paragraph was lost last, and on which side.
    const fn state(self) -> usize {
        match self {
            Self::Both(..) => 0,
            Self::Source => 1,
            Self::Target => 2,
        }
    }
}

/// The cheapest way to a cell in each state: its cost, the step that led here, the state before it.
#[derive(Clone, Copy)]
struct Cell {
    cost: [f32; 3],
    step: [u8; 3],
    before: [u8; 3],
}

const NOWHERE: Cell = Cell { cost: [f32::INFINITY; 3], step: [0; 3], before: [0; 3] };

struct Grid {
    source: Vec<f32>,
    target: Vec<f32>,
    anchors: FxHashMap<(usize, usize), Shared>,
    /// Which paragraphs of the source and of the translation have figures.
    figures: [Vec<bool>; 2],
    /// Characters of the translation for each of the source.
    ratio: f32,
}

impl Grid {
    /// The columns that are searched in each row.
    fn band(&self) -> Vec<Range<usize>> {
        let (rows, columns) = (self.source.len() + 1, self.target.len() + 1);
        if self.source.len().saturating_mul(self.target.len()) <= SQUARE {
            return vec![0..columns; rows];
        }
        let scale = self.target.iter().sum::<f32>() / self.source.iter().sum::<f32>().max(1.0);
        let (mut read, mut written, mut column) = (0.0, 0.0, 0);
        let mut band = Vec::with_capacity(rows);
        for row in 0..rows {
            while column + 1 < columns && written < read * scale {
                written += self.target.get(column).copied().unwrap_or(0.0);
                column += 1;
            }
            // The corners belong to it whatever the lengths say.
            let first = if row == 0 { 0 } else { column.saturating_sub(BAND) };
            let end = if row + 1 == rows { columns } else { (column + BAND + 1).min(columns) };
            band.push(first..end);
            read += self.source.get(row).copied().unwrap_or(0.0);
        }
        band
    }

    fn search(&self) -> (f32, Vec<Pair>) {
        let band = self.band();
        let mut cells: Vec<Vec<Cell>> = band.iter().map(|columns| vec![NOWHERE; columns.len()]).collect();
        if let Some(start) = cells.first_mut().and_then(|row| row.first_mut()) {
            start.cost = [0.0, f32::INFINITY, f32::INFINITY];
        }
        for (i, columns) in band.iter().enumerate() {
            for j in columns.clone() {
                if (i, j) == (0, 0) {
                    continue;
                }
                let mut cell = NOWHERE;
                for (number, step) in STEPS.into_iter().enumerate() {
                    let (up, left) = step.size();
                    let (Some(from_i), Some(from_j)) = (i.checked_sub(up), j.checked_sub(left)) else { continue };
                    let Some(from) = at(&band, &cells, from_i, from_j) else { continue };
                    let step_cost = self.cost(step, from_i, from_j);
                    for (state, cost) in from.cost.into_iter().enumerate() {
                        let again = step.state() != 0 && step.state() == state;
                        let cost = cost + if again { LOST_TOO } else { step_cost };
                        let to = step.state();
                        if cell.cost.get(to).is_some_and(|c| cost < *c) {
                            set(&mut cell.cost, to, cost);
                            set(&mut cell.step, to, number as u8);
                            set(&mut cell.before, to, state as u8);
                        }
                    }
                }
                if let Some(place) = cells.get_mut(i).and_then(|row| row.get_mut(j - columns.start)) {
                    *place = cell;
                }
            }
        }
        self.walk_back(&band, &cells)
    }

    fn walk_back(&self, band: &[Range<usize>], cells: &[Vec<Cell>]) -> (f32, Vec<Pair>) {
        let (mut i, mut j) = (self.source.len(), self.target.len());
        let last = at(band, cells, i, j).map_or([f32::INFINITY; 3], |c| c.cost);
        let mut state = (0..3).min_by(|a, b| last.get(*a).unwrap_or(&0.0).total_cmp(last.get(*b).unwrap_or(&0.0))).unwrap_or(0);
        let cost = last.get(state).copied().unwrap_or(f32::INFINITY);
        let mut pairs = Vec::new();
        while (i, j) != (0, 0) {
            let reached = at(band, cells, i, j).and_then(|c| Some((*c.step.get(state)?, *c.before.get(state)?)));
            let known = reached.and_then(|(step, before)| Some((STEPS.get(usize::from(step))?.size(), before)));
            let ((up, left), before) = known.unwrap_or(((i, j), 0));
            let (from_i, from_j) = (i.saturating_sub(up), j.saturating_sub(left));
            pairs.push(Pair { source: from_i..i, target: from_j..j });
            (i, j, state) = (from_i, from_j, usize::from(before));
        }
        pairs.reverse();
        (cost, pairs)
    }

    /// What a step from a cell costs.
    fn cost(&self, step: Step, i: usize, j: usize) -> f32 {
        let length = |lengths: &[f32], from: usize, count: usize| lengths.iter().skip(from).take(count).sum::<f32>();
        match step {
            Step::Both(up, left) => {
                let (source, target) = (length(&self.source, i, up) * self.ratio, length(&self.target, j, left));
                let mean = f32::midpoint(source, target).max(1.0);
                let z = (source - target).abs() / (VARIANCE * mean).sqrt();
                let usual = if up + left == 2 { ONE_TO_ONE } else { TWO_TO_ONE };
                usual + surprise(z) + self.evidence(i..i + up, j..j + left)
            }
            Step::Source | Step::Target => LOST,
        }
    }

    /// What the words say for and against a pair: anchors that it shares, figures that it lost.
    fn evidence(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        let shared = |i: usize, j: usize| self.anchors.get(&(i, j)).copied().unwrap_or_default();
        let mut cost = 0.0;
        for i in source.clone() {
            let worth: f32 = target.clone().map(|j| shared(i, j).worth).sum();
            cost -= worth;
        }
        let [in_source, in_target] = &self.figures;
        let has = |of: &[bool], i: usize| of.get(i).copied().unwrap_or(false);
        let lost = source.clone().any(|i| has(in_source, i) && !target.clone().any(|j| shared(i, j).figures))
            || target.clone().any(|j| has(in_target, j) && !source.clone().any(|i| shared(i, j).figures));
        cost.max(-ANCHORS) + if lost { FIGURES_GONE } else { 0.0 }
    }

    /// Characters of the translation for each of the source, in the pairs found.
    fn measured(&self, pairs: &[Pair]) -> Option<f32> {
        let (mut source, mut target, mut count) = (0.0, 0.0, 0);
        for pair in pairs.iter().filter(|p| p.source.len() == 1 && p.target.len() == 1) {
            source += self.source.get(pair.source.start).copied().unwrap_or(0.0);
            target += self.target.get(pair.target.start).copied().unwrap_or(0.0);
            count += 1;
        }
        (count >= 3 && source > 0.0).then(|| target / source)
    }
}

fn at(band: &[Range<usize>], cells: &[Vec<Cell>], i: usize, j: usize) -> Option<Cell> {
    let column = j.checked_sub(band.get(i)?.start)?;
    cells.get(i)?.get(column).copied()
}

fn set<T>(slots: &mut [T; 3], i: usize, value: T) {
    if let Some(slot) = slots.get_mut(i) {
        *slot = value;
    }
}

/// How surprising a difference of `z` standard deviations is: −ln of both tails of the normal curve, by
/// Mills' ratio (exact at 0, within a tenth beyond 1).
fn surprise(z: f32) -> f32 {
    z * z / 2.0 + (z * 1.253).ln_1p()
}

/// What two paragraphs share.
#[derive(Clone, Copy, Default)]
struct Shared {
    worth: f32,
    figures: bool,
}

/// Which paragraphs have figures of their own, that few others have.
fn figures(texts: &[&str]) -> Vec<bool> {
    let mut has = vec![false; texts.len()];
    for (_, places) in places(texts).iter().filter(|(sign, places)| is_figure(sign) && places.len() <= COMMON) {
        for i in places {
            if let Some(has) = has.get_mut(*i) {
                *has = true;
            }
        }
    }
    has
}

/// Which paragraphs each sign stands in.
fn places(texts: &[&str]) -> BTreeMap<String, Vec<usize>> {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, text) in texts.iter().enumerate() {
        for sign in signs(text) {
            let found = places.entry(sign).or_default();
            if found.last() != Some(&i) {
                found.push(i);
            }
        }
    }
    places
}

fn is_figure(sign: &str) -> bool {
    sign.starts_with(|c: char| c.is_ascii_digit())
}

/// What stands in paragraphs of both texts, and what that is worth for each pair of paragraphs.
fn anchors(source: &[&str], target: &[&str]) -> FxHashMap<(usize, usize), Shared> {
    let (in_source, in_target) = (places(source), places(target));
    let mut found: FxHashMap<(usize, usize), Shared> = FxHashMap::default();
    for (sign, rows) in &in_source {
        let Some(columns) = in_target.get(sign).filter(|c| c.len().max(rows.len()) <= COMMON) else { continue };
        let weight = ANCHOR / rows.len().max(columns.len()) as f32;
        for i in rows {
            for j in columns {
                let pair = found.entry((*i, *j)).or_default();
                pair.worth += weight;
                pair.figures |= is_figure(sign);
            }
        }
    }
    found
}

/// The figures of two digits and more, and the Latin words with a capital, of a paragraph.
fn signs(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let get = |i: usize| chars.get(i).copied().unwrap_or(' ');
    let mut found = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        if let Some(first) = digit(get(i)) {
            let mut figure = String::from(first);
            i += 1;
            loop {
                if let Some(next) = digit(get(i)) {
                    figure.push(next);
                    i += 1;
                } else if separates(get(i)) && (1..4).all(|k| digit(get(i + k)).is_some()) && digit(get(i + 4)).is_none() {
                    i += 1;
                } else {
                    break;
                }
            }
            if figure.len() >= 2 {
                found.push(figure);
            }
        } else if get(i).is_ascii_uppercase() {
            let word: String = chars.iter().skip(i).take_while(|c| c.is_ascii_alphabetic()).collect();
            i += word.len();
            if word.len() >= 2 {
                found.push(word.to_ascii_lowercase());
            }
        } else if get(i).is_alphabetic() {
            // The rest of a word that begins small is no name.
            while get(i).is_alphabetic() {
                i += 1;
            }
        } else {
            i += 1;
        }
    }
    found
}

/// A digit of any script as one of ours.
fn digit(c: char) -> Option<char> {
    const ZEROS: [char; 6] = ['0', '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{ff10}'];
    let value = ZEROS.iter().find_map(|zero| (c as u32).checked_sub(*zero as u32).filter(|v| *v < 10))?;
    char::from_digit(value, 10)
}

/// What stands between the thousands of a figure.
fn separates(c: char) -> bool {
    matches!(c, ',' | '.' | ' ' | '\'' | '’' | '\u{66c}' | '\u{60c}' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain(pairs: &[Pair]) -> Vec<(Range<usize>, Range<usize>)> {
        pairs.iter().map(|p| (p.source.clone(), p.target.clone())).collect()
    }

    #[test]
    fn an_arabic_story_finds_its_paragraphs_although_one_was_dropped_and_one_split() {
        let source = [
            "اجتماع أوسلو",
            "اجتمع وزراء خارجية سبع دول في أوسلو يوم الثلاثاء لبحث وقف إطلاق النار، وقالت الوزارة إن المحادثات استمرت ثماني ساعات.",
            "ونقلت وكالة TASS عن مصدر قوله إن 75 ألف شخص غادروا المدينة منذ عام 2019.",
            "وأضاف المصدر أن الجسر الرئيسي شرق المدينة مغلق أمام الشاحنات منذ ثلاثة أسابيع بسبب الأضرار التي لحقت به.",
            "وقالت الحكومة إنها سترسل وفداً إلى جنيف في 14 مارس. ومن المتوقع أن يصل المبعوث الأممي يوم الخميس لإجراء مشاورات مع الأطراف المعنية.",
            "ولم يصدر تعليق رسمي.",
        ];
        let target = [
            "Oslo meeting",
            "Foreign ministers of seven countries met in Oslo on Tuesday to discuss a ceasefire, and the ministry said that the talks went on for eight hours.",
            "A source told TASS that 75 thousand people had left the city since 2019.",
            "The government said it would send a delegation to Geneva on March 14.",
            "The UN envoy is expected on Thursday for consultations with the parties concerned.",
            "There was no official comment.",
        ];
        assert_eq!(plain(&pair(&source, &target)), [(0..1, 0..1), (1..2, 1..2), (2..3, 2..3), (3..4, 3..3), (4..5, 3..5), (5..6, 5..6)]);
    }

    #[test]
    fn a_story_that_was_cut_by_its_tail_is_not_stretched() {
        let lengths = [40, 320, 210, 180, 90, 260, 150, 310, 75, 220, 130, 190, 240, 60];
        let text: Vec<String> = lengths.iter().map(|n| "x".repeat(*n)).collect();
        let source: Vec<&str> = text.iter().map(String::as_str).collect();
        let pairs = pair(&source, &source[..7]);
        assert_eq!(pairs.iter().filter(|p| p.source == p.target && p.source.len() == 1).count(), 7, "{pairs:?}");
    }

    #[test]
    fn nothing_beside_something() {
        assert_eq!(pair(&[], &[]), []);
        assert_eq!(plain(&pair(&["a"], &[])), [(0..1, 0..0)]);
        assert_eq!(plain(&pair(&[], &["a", "b"])), [(0..0, 0..1), (0..0, 1..2)]);
    }

    #[test]
    fn figures_are_the_same_in_every_script() {
        assert_eq!(signs("٧٥٬٠٠٠ في ۱۴۰۲ و 1.250,5"), ["75000", "1402", "1250"]);
        assert_eq!(signs("75,000 people of ZDF, not iPhone; 7"), ["75000", "zdf"]);
    }

    #[test]
    fn a_megabyte_takes_no_time() {
        let text: Vec<String> = (0..6_000).map(|i| format!("{} {}", 1000 + i % 700, "word ".repeat(10 + i * 7 % 53))).collect();
        let source: Vec<&str> = text.iter().map(String::as_str).collect();
        let mut target = source.clone();
        target.remove(3_000);
        let start = std::time::Instant::now();
        let pairs = pair(&source, &target);
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
        assert_eq!(pairs.iter().find(|p| p.target.is_empty()).map(|p| p.source.clone()), Some(3_000..3_001));
    }

    fn borrowed(texts: &[String]) -> Vec<&str> {
        texts.iter().map(String::as_str).collect()
    }

    fn story() -> impl Strategy<Value = Vec<usize>> {
        prop::collection::vec(20_usize..600, 0..30)
    }

    fn texts(lengths: &[usize]) -> Vec<String> {
        lengths.iter().map(|n| "x".repeat(*n)).collect()
    }

    proptest! {
        #[test]
        fn every_paragraph_is_in_one_pair_and_order_is_kept(source in story(), target in story()) {
            let (source, target) = (texts(&source), texts(&target));
            let pairs = pair(&borrowed(&source), &borrowed(&target));
            let (mut i, mut j) = (0, 0);
            for p in &pairs {
                prop_assert_eq!((p.source.start, p.target.start), (i, j));
                prop_assert!(!p.source.is_empty() || !p.target.is_empty());
                prop_assert!(p.source.len() + p.target.len() <= 3);
                (i, j) = (p.source.end, p.target.end);
            }
            prop_assert_eq!((i, j), (source.len(), target.len()));
        }

        #[test]
        fn a_dropped_paragraph_is_found(lengths in prop::collection::vec(150_usize..600, 6..25), ratio in 0.75_f32..1.4, gone in 0_usize..25) {
            let gone = gone % lengths.len();
            let source: Vec<String> = lengths.iter().enumerate().map(|(i, n)| format!("{} {}", 1000 + i, "x".repeat(*n))).collect();
            let mut target: Vec<String> = lengths.iter().enumerate().map(|(i, n)| format!("{} {}", 1000 + i, "y".repeat((*n as f32 * ratio) as usize))).collect();
            target.remove(gone);
            let pairs = pair(&borrowed(&source), &borrowed(&target));
            let alone: Vec<Range<usize>> = pairs.iter().filter(|p| p.target.is_empty()).map(|p| p.source.clone()).collect();
            prop_assert_eq!(alone, vec![gone..gone + 1]);
        }
    }
}
