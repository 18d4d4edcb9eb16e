//! Copy that looks like a fault and is none, where one sentence on a card can't show it.

use copydesk::check::check;
use copydesk::finding::{Finding, Tier};
use copydesk::formats;
use copydesk::rules::Rules;

fn findings(name: &str, copy: &str) -> Vec<Finding> {
    let Ok(document) = formats::read(name, copy.as_bytes()) else { panic!("{name} is not read") };
    check(&document, &Rules::built_in()).findings
}

#[test]
fn a_line_of_verse_begins_with_a_capital() {
    let verse = "<p>The river runs below the hill<br>And all the birds are in their nests<br>The moon is up, the mill is still<br>It is the hour the miller rests.</p>";
    assert_eq!(findings("verse.html", verse).iter().map(|f| f.rule.as_str()).collect::<Vec<_>>(), Vec::<&str>::new());
}

#[test]
fn a_pronoun_of_god_is_a_hint_at_most() {
    let found = findings("sermon.txt", "The villagers pray to Him each morning and thank God for His mercy.");
    assert!(found.iter().all(|f| f.tier == Tier::Hint), "{found:?}");
    let found = findings("story.txt", "The villagers wrote to Him each morning.");
    assert!(found.iter().any(|f| f.rule == "capital-on-function-word" && f.tier == Tier::Default), "{found:?}");
}

#[test]
fn coordinates_have_no_quotation_marks() {
    for copy in [
        "The ship lay at 0°00'05.3\"W for a week.",
        "The ship lay at 51°28'40.1\"N, 0°00'05.3\"W for a week.",
        "The ship lay at 51°28′40.1″N, 0°00′05.3″W for a week.",
        "The ship lay at 51° 28' 40.1\" N for a week.",
    ] {
        let found = findings("log.txt", copy);
        assert!(found.is_empty(), "{copy}: {found:?}");
    }
}
