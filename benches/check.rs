//! What a check costs: `cargo bench --no-default-features`. Prints milliseconds a kilobyte for three lengths
//! of our own stories, the best of several runs (the machine may be busy; compare within one run).

#![allow(clippy::print_stdout, clippy::expect_used, reason = "a program that prints its figures")]

use std::path::Path;
use std::time::Instant;

use copydesk::check::check;
use copydesk::formats;
use copydesk::rules::Rules;

/// The damaged sides of our stories, one after another.
fn stories() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories/damaged");
    let mut paths: Vec<_> = std::fs::read_dir(folder).expect("the stories").filter_map(Result::ok).map(|e| e.path()).collect();
    paths.sort();
    let mut out = String::new();
    for path in paths {
        let text = std::fs::read_to_string(path).expect("a story");
        let mut rest = text.as_str();
        while let Some((before, marked)) = rest.split_once('⟦') {
            let (inside, after) = marked.split_once('⟧').expect("a closed mark");
            out.push_str(before);
            out.push_str(inside.split_once('|').and_then(|(_, c)| c.split('⇒').next()).unwrap_or(""));
            rest = after;
        }
        out.push_str(rest);
    }
    out
}

fn main() {
    let start = Instant::now();
    let rules = Rules::built_in();
    println!("rules and lists read in {:.1} ms", start.elapsed().as_secs_f64() * 1000.0);
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
