//! The law of pace: no text costs a check much more than ordinary copy of the same length. Costs are
//! compared within one run, best of several, so that a busy machine fails nobody.

#![allow(clippy::unwrap_used, reason = "a test that can't go on may stop")]

use std::time::{Duration, Instant};

use copydesk::check::check;
use copydesk::formats;
use copydesk::rules::Rules;

/// The length of each text, in bytes.
const LENGTH: usize = 60_000;
/// How many times the cost of ordinary copy a text may cost. What is read again from each of its letters
/// costs hundreds of times as much.
const MOST: u32 = 15;

/// `piece` over and over.
fn run(piece: &str) -> String {
    let mut text = piece.repeat(LENGTH / piece.len() + 1);
    text.truncate(text.floor_char_boundary(LENGTH));
    text
}

/// Words made of syllables, all different; `shape` makes a sentence's piece of one.
fn words(shape: impl Fn(usize, &str) -> String) -> String {
    let syllables = ["ba", "ke", "lo", "mi", "nu", "ra", "sto", "vel", "dra", "pin"];
    let mut text = String::new();
    for i in 0.. {
        let word: String = [i / 1_000, i / 100, i / 10, i].iter().filter_map(|d| syllables.get(d % 10)).copied().collect();
        text.push_str(&shape(i, &word));
        if text.len() > LENGTH {
            break;
        }
    }
    text.truncate(text.floor_char_boundary(LENGTH));
    text
}

fn capitalised(word: &str) -> String {
    word.get(..1).unwrap_or("").to_uppercase() + word.get(1..).unwrap_or("")
}

/// Ordinary copy: the stories, without their markup.
fn ordinary() -> String {
    let mut paths: Vec<_> = std::fs::read_dir("tests/stories/clean").unwrap().filter_map(Result::ok).map(|e| e.path()).collect();
    paths.sort();
    let text: String = paths.iter().map(|p| std::fs::read_to_string(p).unwrap()).collect();
    run(&text)
}

fn odd_texts() -> Vec<(&'static str, String)> {
    let mut texts: Vec<(&str, String)> = [
        "-",
        "=",
        "_",
        "…",
        ".",
        ",",
        "(",
        ")",
        "[",
        "( ",
        "(a ",
        "(a [b ",
        "a) ",
        "“",
        "“a ",
        "a” ",
        "\"",
        "\"a ",
        "'",
        "’a ",
        "« ",
        "»",
        "« a » ",
        "a”",
        "<",
        "<b>",
        "&",
        "&amp;",
        "&#",
        "#",
        "@",
        "#a",
        "a@",
        "a.a@",
        "ab.",
        "a.",
        "a-",
        "a,",
        "http://",
        "www.",
        "a/",
        "1",
        "1,",
        "1.",
        "1 ",
        "1000 ",
        "$ ",
        "A",
        "A ",
        "The ",
        "the ",
        "the the ",
        "It ",
        "he said ",
        "he ",
        "He said. ",
        "said, ",
        "Mr. ",
        "I ",
        "ab ab, ",
        "\u{fffd}",
        "Ã©",
        "â€™",
        "Ð",
        "а",
        "слово ",
        "中",
        "。",
        "，",
        "\u{200b}",
        "\u{ad}",
        "e\u{301}",
        "\n",
        "a\n",
        "A.\n",
        " ",
        "\u{a0}",
        "– ",
        "—",
        "word",
        "Word",
        "wordWord",
        "in the",
        "inThe",
        "\\u2019",
        "%",
        "% ",
        "; ",
        "? ",
        "!",
        "a’s ",
        "“He ” ",
        "x2 ",
        "2x",
        "“He said ‘yes’ ",
        "Lund said ",
        "Anna Lund ",
        "Lund, ",
        "the Lund ",
        "of the ",
        "Minister ",
        "on Monday ",
        "this morning, Tuesday ",
    ]
    .iter()
    .map(|p| (*p, run(p)))
    .collect();
    texts.push(("names", words(|_, w| capitalised(w) + " ")));
    texts.push(("names with commas", words(|_, w| capitalised(w) + ", ")));
    texts.push(("full names", words(|i, w| format!("Anna {}{}", capitalised(w), if i % 9 == 0 { ". " } else { " " }))));
    texts.push(("names that speak", words(|_, w| format!("{} said he left. ", capitalised(w)))));
    texts.push(("unknown words", words(|_, w| format!("{w} "))));
    texts.push(("joined unknown words", words(|_, w| w.to_owned())));
    texts.push(("joined names", words(|_, w| capitalised(w))));
    texts.push(("quoted names", words(|_, w| format!("“{}” ", capitalised(w)))));
    texts.push(("lines", words(|_, w| format!("{w}\n"))));
    texts
}

/// The cost of one check.
fn cost(text: &str, rules: &Rules) -> Duration {
    let document = formats::read("x.txt", text.as_bytes()).unwrap();
    let start = Instant::now();
    std::hint::black_box(check(&document, rules));
    start.elapsed()
}

#[test]
fn no_text_costs_much_more_than_ordinary_copy() {
    let rules = Rules::built_in();
    let copy = ordinary();
    let mut usual = (0..3).map(|_| cost(&copy, &rules)).min().unwrap();
    let mut slow = Vec::new();
    for (name, text) in odd_texts() {
        let mut own = cost(&text, &rules);
        // Only who is over the limit is measured again, and the ordinary copy with it.
        for _ in 0..2 {
            if own > usual * MOST {
                usual = usual.max(cost(&copy, &rules));
                own = own.min(cost(&text, &rules));
            }
        }
        if std::env::var_os("COPYDESK_PACE").is_some() {
            println!("{:>7.1}  {name:?}", own.as_secs_f64() / usual.as_secs_f64());
        }
        if own > usual * MOST {
            slow.push(format!("{name:?}: {own:?}"));
        }
    }
    assert!(slow.is_empty(), "ordinary copy takes {usual:?}, but {}", slow.join("; "));
}
