//! Learns the weights of `dictionaries/words/quote_places.tsv`: where a lost quotation mark stood.
//!
//! Every mark of clean stories is taken out once; the place where it stood must win among all places that
//! could hold it (a softmax over places, weights drawn with L2 towards a few set by hand).
//!
//! ```text
//! cargo run --release --no-default-features --example train_quote_places -- tests/stories/clean tests/stories/damaged > dictionaries/words/quote_places.tsv
//! cargo run --release --no-default-features --example train_quote_places -- --measure FOLDER
//! ```
//! The second form prints how often the built-in weights are right, with `--show` after it every miss too. Stories may carry the markup
//! `⟦category|wrong⇒right⟧` (the right side is read) and comment lines that begin with `#`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the command line")]

use std::collections::BTreeMap;

use copydesk::analysis::Analysis;
use copydesk::analysis::quotations::places::{self, Feature, Manner, Spot};
use copydesk::analysis::quotations::weights::Weights;
use copydesk::analysis::quotations::{Quotations, Role, closings, openings};
use copydesk::formats;
use copydesk::rules::Lexicon;
use copydesk::text::Span;

/// How strongly weights are drawn to those set by hand (half and twice as much did no better on unseen stories).
const PULL: f64 = 2.0;
const ROUNDS: usize = 400;
const FOLDS: usize = 8;

/// Weights to start from: what any editor knows.
const BY_HAND: &[(Feature, f64)] = &[
    (["c", "edge+behind", "comma-in", "said-x"], 2.5),
    (["c", "edge+behind", "comma-in", "x-said"], 2.5),
    (["c", "edge+behind", "comma-in", "x-who-said"], 2.0),
    (["c", "edge+behind", "comma-in", "according"], 2.0),
    (["c", "edge+behind", "ask-in", "said-x"], 2.0),
    (["c", "edge+behind", "ask-in", "x-said"], 2.0),
    (["c", "edge+behind", "none", "said-x"], 1.5),
    (["c", "edge+behind", "none", "x-said"], 0.5),
    (["c", "edge+behind", "none", "according"], 1.0),
    (["c", "edge+behind", "glued", "said-x"], 3.0),
    (["c", "edge+behind", "glued", "x-said"], 3.0),
    (["c", "edge+behind", "glued", "according"], 3.0),
    (["c", "edge+behind", "glued", "x-said-that"], 3.0),
    (["c", "edge+behind", "glued", "Pron"], 2.5),
    (["c", "edge+behind", "glued", "Function"], 2.0),
    (["c", "edge+behind", "glued", "Name"], 1.0),
    (["c", "edge+at", "glued", "text"], 1.0),
    (["c", "edge+at", "stop-in", "block"], 1.5),
    (["c", "edge+at", "bracket-out", "text"], 2.5),
    (["c", "edge+at", "bracket-inside", "text"], -2.0),
    (["c", "past-bracket", "", ""], -3.0),
    (["c", "quoted-elsewhere", "", ""], 2.0),
    (["o", "quoted-elsewhere", "", ""], 2.0),
    (["c", "edge+at", "hyphen", "text"], -2.0),
    (["c", "edge+habit", "comma-in", "outside"], -0.5),
    (["c", "edge+habit", "stop-in", "outside"], -0.5),
    (["c", "edge+habit", "comma-out", "inside"], -2.0),
    (["c", "edge+habit", "stop-out", "inside"], -2.0),
    (["c", "edge+habit", "comma-out", "mixed"], -1.0),
    (["c", "edge+habit", "stop-out", "mixed"], -1.0),
    (["o", "before+closer", "start", "said"], 1.5),
    (["o", "before+closer", "start", "block-end"], 1.0),
    (["o", "before+closer", "said:", "block-end"], 1.5),
    (["o", "before+closer", "said,", "block-end"], 1.5),
    (["o", "before+closer", "said,", "comma"], 1.0),
    (["o", "before+closer", "glued", "phrase"], 1.0),
    (["o", "before+closer", "speech-dash", "said"], 3.0),
    (["o", "before+closer", "speech-dash", "comma"], 3.0),
    (["o", "before+closer", "speech-dash", "stop"], 3.0),
    (["o", "before+closer", "speech-dash", "block-end"], 3.0),
];

/// How often a mark stands where, in per cent, measured on English news; our stories are weighed to it,
/// because they were written for other purposes and hold other shares.
const SHARES: &[(&str, f64)] = &[
    ("c before an attribution", 32.0),
    ("c at the end of a paragraph", 25.0),
    ("c after a sentence", 10.0),
    ("c in a sentence", 33.0),
    ("o at the start of a paragraph", 35.0),
    ("o after a colon", 3.0),
    ("o after a comma or a verb", 8.0),
    ("o after a sentence", 13.0),
    ("o in a sentence", 41.0),
];

/// One mark taken out: the places that could hold it, and the right one.
struct Case {
    story: usize,
    closing: bool,
    weight: f64,
    pull: f64,
    text: String,
    spots: Vec<Spot>,
    right: Option<usize>,
}

/// A story as its editor would leave it.
fn mended(story: &str) -> String {
    let lines: Vec<&str> = story.lines().filter(|l| !l.starts_with('#')).collect();
    let story = lines.join("\n");
    let mut out = String::new();
    let mut rest = story.as_str();
    while let Some((before, after)) = rest.split_once('⟦') {
        out.push_str(before);
        let (inside, tail) = after.split_once('⟧').unwrap_or((after, ""));
        out.push_str(inside.split('⇒').nth(1).unwrap_or(""));
        rest = tail;
    }
    out.push_str(rest);
    out
}

fn with_analysis<T>(text: &str, lexicon: &Lexicon, read: impl FnOnce(&Analysis) -> T) -> Option<T> {
    let document = formats::read("story.txt", text.as_bytes()).ok()?;
    (document.text == text).then(|| read(&Analysis::new(&document, lexicon)))
}

/// A whole text and what is read in it.
struct Story<'a> {
    number: usize,
    text: &'a str,
    whole: Quotations,
    manner: Manner,
    lexicon: &'a Lexicon,
}

/// Takes every mark of a text out once.
fn cases(number: usize, text: &str, lexicon: &Lexicon, out: &mut Vec<Case>) {
    let read = |a: &Analysis| a.litter().is_empty().then(|| (a.quotations().clone(), a.quotations().manner(a)));
    let Some(Some((whole, manner))) = with_analysis(text, lexicon, read) else { return };
    let story = Story { number, text, whole, manner, lexicon };
    for (i, mark) in story.whole.marks.iter().enumerate() {
        if !matches!(mark.role, Role::Open | Role::Close) || mark.partner.is_none() {
            continue;
        }
        out.extend(case(&story, i, mark.span, 1.0));
        // A comma or stop is often lost together with the mark.
        let before = text.get(..mark.span.start).and_then(|t| t.chars().next_back());
        if mark.role == Role::Close && matches!(before, Some(',' | '.')) {
            out.extend(case(&story, i, Span::new(mark.span.start - 1, mark.span.end), 0.2));
            // And the space too, where the words then stand joined.
            if text.get(mark.span.end..).is_some_and(|t| t.starts_with(' ')) {
                out.extend(case(&story, i, Span::new(mark.span.start - 1, mark.span.end + 1), 0.1));
            }
        }
    }
}

/// The text without `gone`, which holds the mark `i`.
fn case(story: &Story, i: usize, gone: Span, weight: f64) -> Option<Case> {
    let Story { number, text, whole, manner, lexicon } = story;
    let mark = whole.marks.get(i)?;
    let closing = mark.role == Role::Close;
    let other = whole.marks.get(mark.partner?)?.span;
    // The quotation that loses its mark is no witness of itself.
    let mut manner = manner.clone();
    let own = Span::new(mark.span.end.min(other.end), mark.span.start.max(other.start));
    if let Some(count) = places::phrase_key(own.of(text)).and_then(|k| manner.phrases.get_mut(&k)) {
        *count -= 1;
    }
    let damaged = format!("{}{}", text.get(..gone.start)?, text.get(gone.end..)?);
    let shift = |at: usize| if at >= gone.end { at - gone.len() } else { at };
    let marks: Vec<usize> = whole.marks.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, m)| shift(m.span.start)).collect();
    let spots = with_analysis(&damaged, lexicon, |a| {
        let tokens = a.tokens();
        let index_of = |at: usize| tokens.partition_point(|t| t.span.start < at);
        let partner = index_of(shift(other.start));
        if closing {
            let limit = marks.iter().copied().find(|m| *m > shift(other.start)).map_or(tokens.len(), index_of);
            closings::closing(a, partner, limit.min(a.tokens_end_of_block(partner)), &manner)
        } else {
            let start = marks.iter().copied().rfind(|m| *m < shift(other.start)).map_or(0, |m| index_of(m) + 1);
            openings::opening(a, start.max(a.tokens_start_of_block(partner)), partner, &manner)
        }
    })?;
    let right = spots.iter().position(|s| s.at == gone.start);
    Some(Case { story: *number, closing, weight, pull: weight, text: damaged, spots, right })
}

/// Which of the [`SHARES`] a case belongs to.
fn share_of(case: &Case) -> &'static str {
    let features = case.right.and_then(|r| case.spots.get(r)).map_or(&[][..], |s| &s.features);
    let value = |name: &str| features.iter().find(|f| f[1] == name).map_or(["", ""], |f| [f[2], f[3]]);
    if case.closing {
        let [edge, behind] = value("edge+behind");
        return match (edge, behind) {
            (_, "said-x" | "x-said" | "x-who-said" | "according") => "c before an attribution",
            (_, "end") => "c at the end of a paragraph",
            ("stop-in" | "ask-in", _) => "c after a sentence",
            _ => "c in a sentence",
        };
    }
    match value("before+closer")[0] {
        "start" => "o at the start of a paragraph",
        ":" | "said:" => "o after a colon",
        "said," | "," | "say" | "naming" => "o after a comma or a verb",
        "stop" | "tail" | "mark" => "o after a sentence",
        _ => "o in a sentence",
    }
}

/// Weighs the cases so that each kind has its share.
fn weigh(cases: &mut [Case]) {
    for closing in [true, false] {
        let total: f64 = cases.iter().filter(|c| c.closing == closing).map(|c| c.weight).sum();
        for (share, percent) in SHARES.iter().filter(|(name, _)| name.starts_with('c') == closing) {
            let own: f64 = cases.iter().filter(|c| share_of(c) == *share).map(|c| c.weight).sum();
            let factor = percent / 100.0 * total / own.max(1.0);
            for case in cases.iter_mut().filter(|c| share_of(c) == *share) {
                case.pull = case.weight * factor.clamp(0.3, if closing { 1.0 } else { 3.0 });
            }
        }
    }
}

/// Gradient descent with steps of their own for each weight.
fn learn(cases: &[&Case]) -> BTreeMap<Feature, f64> {
    let mut index: BTreeMap<Feature, usize> = BY_HAND.iter().enumerate().map(|(i, (feature, _))| (*feature, i)).collect();
    let coded: Vec<(f64, usize, Vec<Vec<usize>>)> = cases
        .iter()
        .filter_map(|c| {
            let rows = c
                .spots
                .iter()
                .map(|s| {
                    s.features
                        .iter()
                        .map(|f| {
                            let next = index.len();
                            *index.entry(*f).or_insert(next)
                        })
                        .collect()
                })
                .collect();
            Some((c.pull, c.right?, rows))
        })
        .collect();
    let mut start = vec![0.0; index.len()];
    for (feature, weight) in BY_HAND {
        if let Some(slot) = index.get(feature).and_then(|&i| start.get_mut(i)) {
            *slot = *weight;
        }
    }
    let mut weights = start.clone();
    let (mut mean, mut square) = (vec![0.0; weights.len()], vec![0.0; weights.len()]);
    for round in 1..=ROUNDS {
        let mut slope: Vec<f64> = weights.iter().zip(&start).map(|(w, s)| PULL * (w - s)).collect();
        for (weight, right, rows) in &coded {
            let scores: Vec<f64> = rows.iter().map(|r| r.iter().map(|&f| weights[f]).sum()).collect();
            let top = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let total: f64 = scores.iter().map(|s| (s - top).exp()).sum();
            for (i, (row, score)) in rows.iter().zip(&scores).enumerate() {
                let share = (score - top).exp() / total - f64::from(u8::from(i == *right));
                for &f in row {
                    slope[f] += weight * share;
                }
            }
        }
        for f in 0..weights.len() {
            mean[f] = 0.9 * mean[f] + 0.1 * slope[f];
            square[f] = 0.99 * square[f] + 0.01 * slope[f] * slope[f];
            let (m, s) = (mean[f] / (1.0 - 0.9_f64.powi(round as i32)), square[f] / (1.0 - 0.99_f64.powi(round as i32)));
            weights[f] -= 0.1 / (1.0 + round as f64 / 100.0) * m / (s.sqrt() + 1e-8);
        }
    }
    index.into_iter().map(|(feature, i)| (feature, weights[i])).collect()
}

/// How often the right place is first and among the first three, in percent.
fn measure(cases: &[&Case], weights: &Weights) -> String {
    let mut parts = Vec::new();
    for closing in [true, false] {
        let (mut n, mut first, mut three, mut absent) = (0.0, 0.0, 0.0, 0);
        for case in cases.iter().filter(|c| c.closing == closing && c.weight >= 1.0) {
            n += 1.0;
            let Some(right) = case.right.and_then(|r| case.spots.get(r)) else {
                absent += 1;
                continue;
            };
            let ranked = weights.rank(&case.spots);
            first += f64::from(u8::from(ranked.first().is_some_and(|p| p.at == right.at)));
            three += f64::from(u8::from(ranked.iter().any(|p| p.at == right.at)));
        }
        let name = if closing { "closing" } else { "opening" };
        parts.push(format!(
            "{name}: {n} marks, first {:.1} %, among three {:.1} %, never a candidate {absent}",
            100.0 * first / n,
            100.0 * three / n
        ));
    }
    parts.join("; ")
}

/// Prints a case whose right place is not the first: the place is shown as `|`, the rank of the right one before it.
fn show_case(case: &Case) {
    let ranked = Weights::built_in().rank(&case.spots);
    let right = case.right.and_then(|r| case.spots.get(r)).map_or(0, |s| s.at);
    let rank = ranked.iter().position(|p| p.at == right).map_or("-".to_owned(), |r| (r + 1).to_string());
    if rank == "1" {
        return;
    }
    let around = |at: usize| {
        let from = (0..=at.saturating_sub(45)).rev().find(|&i| case.text.is_char_boundary(i)).unwrap_or(0);
        let to = (at + 35..case.text.len()).find(|&i| case.text.is_char_boundary(i)).unwrap_or(case.text.len());
        let part = |a: usize, b: usize| case.text.get(a..b).unwrap_or("").replace('\n', "¶");
        format!("{}|{}", part(from, at), part(at, to))
    };
    println!("{rank} {}: {}", share_of(case), around(right));
    for place in ranked {
        println!("      {:.2} {}", place.probability, around(place.at));
    }
}

fn table(weights: &BTreeMap<Feature, f64>) -> Vec<(Feature, f32)> {
    weights.iter().filter(|(_, w)| w.abs() >= 0.05).map(|(f, w)| (*f, *w as f32)).collect()
}

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let only_measure = arguments.first().is_some_and(|a| a == "--measure");
    if only_measure {
        arguments.remove(0);
    }
    let show = arguments.first().is_some_and(|a| a == "--show");
    if show {
        arguments.remove(0);
    }
    let mut files: Vec<std::path::PathBuf> = arguments
        .iter()
        .filter_map(|folder| std::fs::read_dir(folder).map_err(|e| eprintln!("can't read {folder}: {e}")).ok())
        .flat_map(|entries| entries.filter_map(Result::ok).map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "txt" || e == "html"))
        .collect();
    files.sort();
    let lexicon = Lexicon::new();
    let mut all = Vec::new();
    for (number, file) in files.iter().enumerate() {
        match std::fs::read_to_string(file) {
            Ok(story) if file.extension().is_some_and(|e| e == "html") => match formats::read("story.html", mended(&story).as_bytes()) {
                Ok(page) => cases(number, &page.text, &lexicon, &mut all),
                Err(e) => eprintln!("can't read {}: {e}", file.display()),
            },
            Ok(story) => cases(number, &mended(&story), &lexicon, &mut all),
            Err(e) => eprintln!("can't read {}: {e}", file.display()),
        }
    }
    weigh(&mut all);
    let every: Vec<&Case> = all.iter().collect();
    if only_measure {
        for case in every.iter().filter(|c| show && c.weight >= 1.0) {
            show_case(case);
        }
        for (share, _) in SHARES {
            let (mut n, mut first, mut three) = (0.0, 0.0, 0.0);
            for case in every.iter().filter(|c| c.weight >= 1.0 && share_of(c) == *share) {
                let at = case.right.and_then(|r| case.spots.get(r)).map(|s| s.at);
                let ranked = Weights::built_in().rank(&case.spots);
                n += 1.0;
                first += f64::from(u8::from(ranked.first().map(|p| p.at) == at));
                three += f64::from(u8::from(ranked.iter().any(|p| Some(p.at) == at)));
            }
            println!("{share}: {n}, first {:.0} %, among three {:.0} %", 100.0 * first / n, 100.0 * three / n);
        }
        println!("{} stories; {}", files.len(), measure(&every, Weights::built_in()));
        return;
    }
    // Stories that were not learnt from tell how good the weights are.
    let mut folded = Vec::new();
    for fold in 0..FOLDS {
        let (seen, unseen): (Vec<&Case>, Vec<&Case>) = all.iter().partition(|c| c.story % FOLDS != fold);
        let weights = Weights::from_entries(table(&learn(&seen)));
        folded.push(measure(&unseen, &weights));
    }
    for line in &folded {
        eprintln!("unseen: {line}");
    }
    let learnt = table(&learn(&every));
    eprintln!("seen: {}", measure(&every, &Weights::from_entries(learnt.iter().copied())));
    println!(
        "# SOURCE: learnt by examples/train_quote_places.rs from stories written for this project; CC0-1.0. Made anew, not edited by hand."
    );
    println!(
        "# Where a lost quotation mark stood: the weight of each feature of a place. Columns: c (closing) or o (opening) <TAB> what is looked at <TAB> value <TAB> value <TAB> weight"
    );
    for (feature, weight) in learnt {
        println!("{}\t{weight:.2}", feature.join("\t"));
    }
}
