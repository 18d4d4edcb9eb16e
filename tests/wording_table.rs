//! `docs/wording.md`: every wording rule by source language, with an example and its hits on human copy.
//!
//! `WRITE_DOCS=1 cargo test --test wording_table` writes it. The hits are counted anew when `HUMAN_COPY` and
//! `MACHINE_COPY` name folders of texts; otherwise they are taken from the table as it stands.

#![allow(clippy::unwrap_used, reason = "a test may stop where a file can't be read")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use copydesk::analysis::language::Language;
use copydesk::check::check;
use copydesk::finding::{Category, Tier};
use copydesk::formats;
use copydesk::rules::{Card, Rules};

const TABLE: &str = "docs/wording.md";

#[derive(Clone, Default, PartialEq, Eq)]
struct Hits {
    human: String,
    machine: String,
}

fn texts(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).map(|d| d.map(|e| e.unwrap().path()).collect()).unwrap_or_default();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            found.extend(texts(&path));
        } else if path.extension().is_some_and(|e| e == "txt") {
            found.push(path);
        }
    }
    found
}

/// Hits by rule in the texts of the folders (`:` between them), words, and shown findings of wording.
fn count(folders: &str, rules: &Rules) -> (BTreeMap<String, usize>, usize, usize) {
    let (mut hits, mut words, mut shown) = (BTreeMap::new(), 0, 0);
    for path in folders.split(':').flat_map(|f| texts(Path::new(f))) {
        let Ok(document) = formats::read("x.txt", &std::fs::read(&path).unwrap()) else { continue };
        words += document.text.split_whitespace().count();
        for finding in check(&document, rules).findings {
            if matches!(finding.category, Category::Wording | Category::WordOrder) {
                shown += usize::from(finding.tier == Tier::Default);
            }
            *hits.entry(finding.rule).or_default() += 1;
        }
    }
    (hits, words, shown)
}

/// The hits and the line about the control as the table has them.
fn old(table: &str) -> (BTreeMap<String, Hits>, String) {
    let mut hits = BTreeMap::new();
    for line in table.lines().filter(|l| l.starts_with("| `")) {
        let cells: Vec<&str> = line.split(" | ").map(|c| c.trim_matches(['|', ' ', '`'])).collect();
        if let [rule, _, human, machine, ..] = cells.as_slice() {
            hits.insert((*rule).to_owned(), Hits { human: (*human).to_owned(), machine: (*machine).to_owned() });
        }
    }
    let control = table.lines().find(|l| l.starts_with("Counted on ")).unwrap_or("Not counted yet.").to_owned();
    (hits, control)
}

fn is_wording(card: &Card) -> bool {
    matches!(card.detector.as_str(), "phrases" | "day-calques" | "verb-first" | "late-subject")
}

fn written(rules: &Rules, hits: &BTreeMap<String, Hits>, control: &str) -> String {
    let mut out = String::from(
        "# Wording rules by source language\n\nWritten by `tests/wording_table.rs`; change the cards in `dictionaries/rules/wording/`.\nA rule of several languages stands under the first.\n\n",
    );
    let cards: Vec<&Card> = rules.rules.iter().map(|r| &r.card).filter(|c| is_wording(c)).collect();
    let shown = cards.iter().filter(|c| c.tier == Tier::Default).count();
    writeln!(out, "{} rules, {shown} of them shown unasked.\n{control}", cards.len()).unwrap();
    let groups = std::iter::once((String::new(), "All languages")).chain(Language::ALL.map(|l| (l.id().to_owned(), l.label())));
    for (id, label) in groups {
        let of_group: Vec<&&Card> = cards.iter().filter(|c| c.languages.first().map_or("", String::as_str) == id).collect();
        write!(
            out,
            "\n## {label}: {} rules\n\n| rule | shown | human copy | machine copy | example |\n|---|---|---|---|---|\n",
            of_group.len()
        )
        .unwrap();
        for card in of_group {
            let hit = hits.get(&card.id).cloned().unwrap_or_default();
            let example = card.example.first();
            let bad = example.map_or("", |e| e.bad.as_str()).replace("[[", "**").replace("]]", "**").replace('|', "\\|");
            let good = example.and_then(|e| e.good.as_deref()).unwrap_or("").replace('|', "\\|");
            let tier = if card.tier == Tier::Hint {
                "hint"
            } else if card.params.contains_key("unsure") {
                "if sure"
            } else {
                "yes"
            };
            let number = |n: &str| if n.is_empty() { "0".to_owned() } else { n.to_owned() };
            writeln!(out, "| `{}` | {tier} | {} | {} | {bad} → {good} |", card.id, number(&hit.human), number(&hit.machine)).unwrap();
        }
    }
    out
}

#[test]
fn the_table_of_wording_rules_is_as_the_cards_say() {
    let rules = Rules::built_in();
    let table = std::fs::read_to_string(TABLE).unwrap_or_default();
    let (mut hits, mut control) = old(&table);
    // The cells of the old table are: rule, shown, human, machine.
    if let (Ok(human), Ok(machine)) = (std::env::var("HUMAN_COPY"), std::env::var("MACHINE_COPY")) {
        let (by_human, words, shown) = count(&human, &rules);
        let (by_machine, machine_words, _) = count(&machine, &rules);
        hits = rules
            .rules
            .iter()
            .map(|r| {
                let number = |m: &BTreeMap<String, usize>| m.get(&r.card.id).copied().unwrap_or(0).to_string();
                (r.card.id.clone(), Hits { human: number(&by_human), machine: number(&by_machine) })
            })
            .collect();
        control = format!(
            "Counted on {words} words of human translations and edited news ({shown} findings shown, {:.2} in 1,000 words) and on {machine_words} words of machine translations.",
            shown as f64 * 1000.0 / words.max(1) as f64
        );
    }
    let wanted = written(&rules, &hits, &control);
    if std::env::var("WRITE_DOCS").is_ok() {
        std::fs::write(TABLE, &wanted).unwrap();
    } else {
        assert!(table == wanted, "{TABLE} is out of date: WRITE_DOCS=1 cargo test --test wording_table");
    }
    assert!(rules.rules.iter().filter(|r| is_wording(&r.card)).count() >= 200);
}
