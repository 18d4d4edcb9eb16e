//! What a check costs: `cargo bench --no-default-features`. Prints milliseconds a kilobyte for three lengths
//! of our own stories, the best of several runs (the machine may be busy; compare within one run).
//! `cargo bench --no-default-features -- FILE` prints what each rule costs on a file.

#![allow(clippy::print_stdout, clippy::expect_used, reason = "a program that prints its figures")]

#[path = "../tests/marked/mod.rs"]
mod marked;

use std::time::Instant;

use copydesk::analysis::Analysis;
use copydesk::check::check;
use copydesk::detectors::Report;
use copydesk::formats;
use copydesk::rules::Rules;

/// The damaged sides of our stories, one after another.
fn stories() -> String {
    marked::stories("damaged").into_iter().map(|s| s.damaged).collect()
}

fn main() {
    let start = Instant::now();
    let rules = Rules::built_in();
    println!("rules and lists read in {:.1} ms", start.elapsed().as_secs_f64() * 1000.0);
    if let Some(file) = std::env::args().nth(1).filter(|a| !a.starts_with("--")) {
        return each_rule(&file, &rules);
    }
    let all = stories();
    for (name, bytes, runs) in [("5 KB", 5_000, 40), ("100 KB", 100_000, 8), ("1 MB", 1_000_000, 2)] {
        let mut text = all.repeat(1 + bytes / all.len());
        let mut cut = bytes;
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        text.truncate(cut);
        let document = formats::read("x.txt", text.as_bytes()).expect("plain text");
        let best = (0..runs)
            .map(|_| {
                let start = Instant::now();
                std::hint::black_box(check(&document, &rules));
                start.elapsed().as_secs_f64() * 1000.0
            })
            .fold(f64::INFINITY, f64::min);
        let findings = check(&document, &rules).findings.len();
        println!("{name:>7}: {best:>9.2} ms, {:.3} ms a KB, {findings} findings", best / (bytes as f64 / 1024.0));
    }
}

/// The cost of the analysis and of each rule on one file, dearest first.
fn each_rule(file: &str, rules: &Rules) {
    let document = formats::read(file, &std::fs::read(file).expect("a file")).expect("an article");
    let start = Instant::now();
    let article = Analysis::new(&document, &rules.lexicon);
    println!("{:>9.2} ms  analysis", start.elapsed().as_secs_f64() * 1000.0);
    let mut costs: Vec<(f64, &str)> = Vec::new();
    for rule in &rules.rules {
        let start = Instant::now();
        let mut report = Report::new(&rule.card, article.text());
        rule.detect.detect(&article, &mut report);
        costs.push((start.elapsed().as_secs_f64() * 1000.0, &rule.card.id));
    }
    costs.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (cost, id) in costs.iter().take(20) {
        println!("{cost:>9.2} ms  {id}");
    }
}
