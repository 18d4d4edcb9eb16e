//! Learns `dictionaries/pronoun_trees.txt`: how the witnesses around a pronoun weigh.
//!
//! usage: `cargo run --release --no-default-features --example train_pronouns -- OPTIONS FILE…`, where OPTIONS
//! are `--only IDS`, `--out FILE`, `--without WITNESS,…`
//!
//! A FILE is a table of the GAP corpus (`gap-development.tsv` and its sisters, Apache-2.0,
//! google-research-datasets/gap-coreference), a file of JSON lines with `id` and `text`, or a plain text
//! whose pronouns are right. `--only` names a file with the row names of GAP to learn from; the trees in
//! the repository were learnt from the rows of `examples/gap_rows.txt` and our own stories (`tests/stories`).
//!
//! `--without` leaves witnesses out, to see what they are worth.
//!
//! Every text is taken to be right. Wrong pronouns are made by turning he into she and back: one at a
//! time, some at random, all of one gender. Gradient-boosted trees with histograms (15 leaves) are fitted
//! to tell the turned from the right ones. Five folds by text give the threshold: the lowest probability
//! at which at most `MOST_FALSE` of 1,000 right pronouns are reported. That is far more than an article shows:
//! every passage of GAP was chosen because it names two persons of one gender, and is cut from its article.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::exit,
    clippy::case_sensitive_file_extension_comparisons,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a program for the maintainers, not part of the product"
)]

use std::collections::HashSet;
use std::fmt::Write as _;

use copydesk::analysis::Analysis;
use copydesk::analysis::antecedents::{Context, Scene};
use copydesk::formats;
use copydesk::rules::Rules;
use copydesk::rules::lexicon::Gender;

const TREES: usize = 220;
const LEAVES: usize = 15;
const RATE: f32 = 0.06;
const LEAST: f32 = 25.0;
const MOST_FALSE: f64 = 10.0;
const BINS: usize = 16;
/// A right pronoun of an untouched text weighs so much more than an example with made errors.
const CLEAN_WEIGHT: f32 = 3.0;

/// Our own stories are news, the passages are not: a story's example weighs so much more.
const OWN_WEIGHT: f32 = 3.0;
/// Witnesses of the whole article, which a passage of GAP does not show: see `Context::rest_of_article`.
const LEFT_OUT: &[&str] = &[
    "article_same",
    "article_other",
    "article_same_persons",
    "article_other_persons",
    "sentences_before",
    "opens_block",
    "block_rivals",
    "block_sentences",
    "crosses_quotation",
];

/// What an example is for when folds are scored.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Clean,
    Single,
    Neighbour,
    Random,
    Chain,
}

struct Example {
    row: Vec<u8>,
    rest: f32,
    wrong: bool,
    weight: f32,
    fold: usize,
    used: Use,
}

/// A small deterministic source of chance.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.next().is_multiple_of(n)
    }
}

fn texts(path: &str, only: Option<&HashSet<String>>) -> Vec<String> {
    let content = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("can't read {path}: {e}"));
    let wanted = |id: &str| only.is_none_or(|o| o.contains(id));
    if path.ends_with(".tsv") {
        // GAP’s own row names are `development-1`; ours carry the corpus: `GAP-development-1`.
        let rows = content.lines().skip(1).filter_map(|line| {
            let mut columns = line.split('\t');
            Some((columns.next()?, columns.next()?))
        });
        rows.filter(|(id, _)| wanted(id) || wanted(&format!("GAP-{id}"))).map(|(_, text)| text.to_owned()).collect()
    } else if path.ends_with(".jsonl") {
        let rows = content.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
        rows.filter(|r| r["id"].as_str().is_some_and(&wanted)).filter_map(|r| Some(r["text"].as_str()?.to_owned())).collect()
    } else {
        // Our stories: comment lines on top, `⟦category|wrong⇒right⟧` marks where an artefact stands.
        let lines: Vec<&str> = content.lines().filter(|l| !l.starts_with("# ")).collect();
        vec![right_form(&lines.join("\n"))]
    }
}

/// A marked story with every artefact repaired.
fn right_form(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('⟦') {
        out.push_str(before);
        let (mark, tail) = after.split_once('⟧').unwrap_or((after, ""));
        out.push_str(mark.split('⇒').nth(1).unwrap_or(""));
        rest = tail;
    }
    out + rest
}

fn turned(gender: Gender) -> Gender {
    if gender == Gender::Male { Gender::Female } else { Gender::Male }
}

fn examples(text: &str, rules: &Rules, own: f32, fold: usize, chance: &mut Chance, out: &mut Vec<Example>) {
    let Ok(document) = formats::read("x.txt", text.as_bytes()) else { return };
    let article = Analysis::new(&document, &rules.lexicon);
    let scene = Scene::new(&article);
    let right = scene.genders();
    let count = right.len();
    let mut add = |genders: &[Gender], index: usize, weight: f32, used: Use| {
        let wrong = genders[index] != right[index];
        let context = scene.context(index, genders, &scene.tally(genders));
        let (row, rest) = (context.row().to_vec(), context.rest_of_article());
        out.push(Example { row, rest, wrong, weight: weight * own, fold, used });
    };
    for index in 0..count {
        add(&right, index, CLEAN_WEIGHT, Use::Clean);
    }
    for index in 0..count {
        let mut genders = right.clone();
        genders[index] = turned(right[index]);
        add(&genders, index, 1.0, Use::Single);
        for other in index.saturating_sub(3)..count.min(index + 4) {
            if other != index {
                add(&genders, other, 0.5, Use::Neighbour);
            }
        }
    }
    // Our stories are few: more draws of each.
    let draws = if own > 1.0 { 6 } else { 2 };
    for _ in 0..draws {
        let genders: Vec<Gender> = right.iter().map(|&g| if chance.one_in(9) { turned(g) } else { g }).collect();
        if genders != right {
            for index in 0..count {
                add(&genders, index, if own > 1.0 { 0.3 } else { 0.7 }, Use::Random);
            }
        }
    }
    for side in [Gender::Male, Gender::Female] {
        let hit = right.iter().filter(|&&g| g == side).count();
        if hit > 1 {
            let genders: Vec<Gender> = right.iter().map(|&g| if g == side { turned(g) } else { g }).collect();
            for index in 0..count {
                add(&genders, index, 0.25, Use::Chain);
            }
        }
    }
}

/// A tree as it grows: nodes in any order, children by index.
enum Node {
    Leaf(f32),
    Ask { witness: usize, most: u8, yes: usize, no: usize },
}

struct Split {
    gain: f64,
    witness: usize,
    most: u8,
}

struct Trainer<'e> {
    examples: Vec<&'e Example>,
    scores: Vec<f32>,
}

impl Trainer<'_> {
    fn best_split(&self, members: &[usize], gradient: &[f32], hessian: &[f32], width: usize) -> Option<Split> {
        let mut sums = vec![[0.0_f64; 2]; width * BINS];
        let (mut all_g, mut all_h) = (0.0_f64, 0.0_f64);
        for &m in members {
            let (g, h) = (f64::from(gradient[m]), f64::from(hessian[m]));
            all_g += g;
            all_h += h;
            for (w, &value) in self.examples[m].row.iter().enumerate() {
                let cell = &mut sums[w * BINS + usize::from(value).min(BINS - 1)];
                cell[0] += g;
                cell[1] += h;
            }
        }
        let score = |g: f64, h: f64| g * g / (h + 1.0);
        let mut best: Option<Split> = None;
        for w in 0..width {
            let (mut g, mut h) = (0.0, 0.0);
            for most in 0..BINS - 1 {
                let cell = sums[w * BINS + most];
                g += cell[0];
                h += cell[1];
                let rest = all_h - h;
                if h < f64::from(LEAST) * 0.05 || rest < f64::from(LEAST) * 0.05 {
                    continue;
                }
                let gain = score(g, h) + score(all_g - g, rest) - score(all_g, all_h);
                if gain > best.as_ref().map_or(1e-6, |b| b.gain) {
                    best = Some(Split { gain, witness: w, most: most as u8 });
                }
            }
        }
        best
    }

    /// Grows one tree, best split first, and moves the scores.
    fn grow(&mut self, width: usize) -> Vec<Node> {
        let mut gradient = vec![0.0; self.examples.len()];
        let mut hessian = vec![0.0; self.examples.len()];
        for (i, e) in self.examples.iter().enumerate() {
            let p = 1.0 / (1.0 + (-self.scores[i]).exp());
            gradient[i] = (f32::from(u8::from(e.wrong)) - p) * e.weight;
            hessian[i] = (p * (1.0 - p)).max(1e-6) * e.weight;
        }
        let mut nodes = vec![Node::Leaf(0.0)];
        let all: Vec<usize> = (0..self.examples.len()).collect();
        let split = self.best_split(&all, &gradient, &hessian, width);
        let mut leaves: Vec<(usize, Vec<usize>, Option<Split>)> = vec![(0, all, split)];
        while leaves.len() < LEAVES {
            let gain = |l: &(usize, Vec<usize>, Option<Split>)| l.2.as_ref().map_or(0.0, |s| s.gain);
            let Some(best) = (0..leaves.len()).max_by(|&a, &b| gain(&leaves[a]).total_cmp(&gain(&leaves[b]))) else { break };
            if leaves[best].2.is_none() {
                break;
            }
            let (node, members, split) = leaves.swap_remove(best);
            let split = split.unwrap();
            let (yes, no): (Vec<usize>, Vec<usize>) = members.into_iter().partition(|&m| self.examples[m].row[split.witness] <= split.most);
            let (a, b) = (nodes.len(), nodes.len() + 1);
            nodes[node] = Node::Ask { witness: split.witness, most: split.most, yes: a, no: b };
            nodes.push(Node::Leaf(0.0));
            nodes.push(Node::Leaf(0.0));
            for (at, part) in [(a, yes), (b, no)] {
                let split = self.best_split(&part, &gradient, &hessian, width);
                leaves.push((at, part, split));
            }
        }
        for (node, members, _) in leaves {
            let g: f32 = members.iter().map(|&m| gradient[m]).sum();
            let h: f32 = members.iter().map(|&m| hessian[m]).sum();
            let value = (RATE * g / (h + 1.0)).clamp(-0.6, 0.6);
            nodes[node] = Node::Leaf(value);
            for m in members {
                self.scores[m] += value;
            }
        }
        nodes
    }
}

fn train(examples: &[&Example]) -> (f32, Vec<Vec<Node>>) {
    let wrong: f32 = examples.iter().filter(|e| e.wrong).map(|e| e.weight).sum();
    let all: f32 = examples.iter().map(|e| e.weight).sum();
    let start = (wrong / (all - wrong)).ln();
    let mut trainer = Trainer { examples: examples.to_vec(), scores: vec![start; examples.len()] };
    let width = Context::NAMES.len();
    (start, (0..TREES).map(|_| trainer.grow(width)).collect())
}

fn probability(row: &[u8], rest: f32, start: f32, trees: &[Vec<Node>]) -> f32 {
    let mut sum = start + rest;
    for tree in trees {
        let mut at = 0;
        loop {
            match tree[at] {
                Node::Leaf(value) => {
                    sum += value;
                    break;
                }
                Node::Ask { witness, most, yes, no } => at = if row[witness] <= most { yes } else { no },
            }
        }
    }
    1.0 / (1.0 + (-sum).exp())
}

fn write_tree(tree: &[Node], at: usize, out: &mut String) {
    match tree[at] {
        Node::Leaf(value) => {
            let _ = write!(out, "{value:.3}");
        }
        Node::Ask { witness, most, yes, no } => {
            let _ = write!(out, "{}<={most} ", Context::NAMES[witness]);
            write_tree(tree, yes, out);
            out.push(' ');
            write_tree(tree, no, out);
        }
    }
}

fn main() {
    let mut only = None;
    let position = |name: &str| Context::NAMES.iter().position(|n| *n == name);
    let mut without: Vec<usize> = LEFT_OUT.iter().filter_map(|n| position(n)).collect();
    let mut out = "dictionaries/pronoun_trees.txt".to_owned();
    let mut files = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--only" => {
                let list = std::fs::read_to_string(arguments.next().expect("--only FILE")).expect("the list of rows");
                only = Some(list.lines().filter(|l| !l.starts_with('#')).map(str::to_owned).collect::<HashSet<_>>());
            }
            "--without" => {
                let names = arguments.next().expect("--without NAMES");
                without.extend(names.split(',').filter_map(position));
            }
            "--out" => out = arguments.next().expect("--out FILE"),
            _ => files.push(argument),
        }
    }
    let rules = Rules::built_in();
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let mut all = Vec::new();
    let mut fold = 0;
    for file in &files {
        let own = if file.ends_with(".txt") { OWN_WEIGHT } else { 1.0 };
        for text in texts(file, only.as_ref()) {
            examples(&text, &rules, own, fold % 5, &mut chance, &mut all);
            fold += 1;
        }
    }
    for example in &mut all {
        for &witness in &without {
            example.row[witness] = 0;
        }
    }
    eprintln!("{fold} texts, {} examples, {} wrong", all.len(), all.iter().filter(|e| e.wrong).count());
    // Out-of-fold probabilities.
    let mut scored: Vec<(f32, &Example)> = Vec::new();
    for part in 0..5 {
        let learn: Vec<&Example> = all.iter().filter(|e| e.fold != part).collect();
        let (start, trees) = train(&learn);
        scored.extend(all.iter().filter(|e| e.fold == part).map(|e| (probability(&e.row, e.rest, start, &trees), e)));
    }
    let count = |t: f32, f: &dyn Fn(&Example) -> bool| scored.iter().filter(|(p, e)| *p >= t && f(e)).count();
    let clean = scored.iter().filter(|(_, e)| e.used == Use::Clean).count();
    let false_rate = |t: f32| 1000.0 * count(t, &|e| e.used == Use::Clean) as f64 / clean as f64;
    println!("threshold  false/1000  single  random: precision recall  chain");
    for t in [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99] {
        let share = |a: usize, b: usize| 100.0 * a as f64 / b.max(1) as f64;
        println!(
            "{t:9.2} {:11.2} {:7.1} {:17.1} {:6.1} {:6.1}",
            false_rate(t),
            share(count(t, &|e| e.used == Use::Single), count(-1.0, &|e| e.used == Use::Single)),
            share(count(t, &|e| e.used == Use::Random && e.wrong), count(t, &|e| e.used == Use::Random)),
            share(count(t, &|e| e.used == Use::Random && e.wrong), count(-1.0, &|e| e.used == Use::Random && e.wrong)),
            share(count(t, &|e| e.used == Use::Chain && e.wrong), count(-1.0, &|e| e.used == Use::Chain && e.wrong)),
        );
    }
    let threshold = (50..1000).map(|t| t as f32 / 1000.0).find(|&t| false_rate(t) <= MOST_FALSE).unwrap_or(0.999);
    println!("threshold {threshold}");
    let every: Vec<&Example> = all.iter().collect();
    let (start, trees) = train(&every);
    let mut text = String::from(
        "# How the witnesses around a pronoun weigh: made by examples/train_pronouns.rs, see there.\n\
         # Learnt from GAP (google-research-datasets/gap-coreference, Apache-2.0) and our own stories (CC0-1.0).\n\
         # A line is a tree in prefix order: `witness<=value`, its yes-branch, its no-branch; a number is a leaf.\n",
    );
    let _ = writeln!(text, "start = {start:.4}\nthreshold = {threshold}");
    for tree in &trees {
        write_tree(tree, 0, &mut text);
        text.push('\n');
    }
    std::fs::write(&out, text).expect("the file of trees");
}
