//! How quotation marks are read: roles, quotations over paragraphs, nested and British marks, lost marks.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use copydesk::analysis::Analysis;
use copydesk::analysis::quotations::{Quotations, Role};
use copydesk::formats;
use copydesk::rules::Lexicon;
use copydesk::text::Span;

fn read(text: &str) -> Quotations {
    let document = formats::read("x.txt", text.as_bytes()).unwrap();
    Analysis::new(&document, &Lexicon::new()).quotations().clone()
}

fn quoted(text: &str) -> Vec<String> {
    read(text).quotations.iter().map(|q| q.span.of(text).to_owned()).collect()
}

fn span_of(text: &str, words: &str) -> Span {
    let at = text.find(words).unwrap();
    Span::new(at, at + words.len())
}

/// The text with each lost mark put at its likeliest place.
fn mended(text: &str) -> String {
    let read = read(text);
    let mut out = text.to_owned();
    for lost in read.lost.iter().rev() {
        let mark = if lost.closing { read.closing_mark() } else { read.opening_mark() };
        out.insert_str(lost.places[0].at, &format!("{}{mark}", lost.places[0].with));
    }
    out
}

#[test]
fn a_quotation_that_runs_on_opens_every_paragraph_and_closes_the_last() {
    let text = "“We waited,” Kaya said. “Nobody came.\n“The road was closed.\n“We walked.”\nThe inquiry goes on.";
    let read = read(text);
    assert!(read.lost.is_empty());
    assert_eq!(read.marks.iter().filter(|m| m.role == Role::Reopen).count(), 2);
    assert!(read.contains(span_of(text, "road was")));
    assert!(!read.contains(span_of(text, "Kaya")));
    assert!(!read.contains(span_of(text, "inquiry")));
}

#[test]
fn an_attribution_ends_a_quotation_though_the_next_paragraph_opens_with_a_mark() {
    let text = "“The tunnel is dry, the engineer said.\n“We can walk through it,” she added.";
    assert_eq!(mended(text), "“The tunnel is dry,” the engineer said.\n“We can walk through it,” she added.");
}

#[test]
fn one_displaced_mark_does_not_turn_the_others_round() {
    let text = "”It was cold,” he said. “It was dark.” Later he called it “a picnic” and laughed.";
    assert_eq!(quoted(text), ["”It was cold,”", "“It was dark.”", "“a picnic”"]);
}

#[test]
fn apostrophes_feet_inches_and_decades_are_no_quotation_marks() {
    for text in [
        "The workers’ union met in the ’90s and asked for rock ’n’ roll.",
        "He is 6'2\" tall and his brother is 5'11\" in shoes.",
        "A 12\" record from '78 cost 40 pounds, and the dogs' bowls were empty.",
    ] {
        let read = read(text);
        assert!(read.quotations.is_empty() && read.lost.is_empty(), "{text}: {read:?}");
    }
}

#[test]
fn single_marks_are_quotations_where_they_stand_first() {
    let text = "‘We don’t know,’ the harbour master said. ‘Ask the pilots’ union.’";
    assert_eq!(quoted(text), ["‘We don’t know,’", "‘Ask the pilots’ union.’"]);
    assert!(read(text).lost.is_empty());
}

#[test]
fn a_nested_quotation_stands_in_its_outer_one() {
    let text = "“My father said, ‘Take the boat,’ and I took it,” Olsen recalled.";
    let read = read(text);
    assert_eq!(read.quotations.len(), 2);
    assert!(read.contains(span_of(text, "took it")));
}

#[test]
fn the_lost_stop_or_comma_comes_with_the_mark() {
    assert_eq!(mended("“We are praying for barrels said Habib Gharbi, who owns 400 trees."), {
        "“We are praying for barrels,” said Habib Gharbi, who owns 400 trees."
    });
}

#[test]
fn a_mark_lost_at_a_glued_boundary_is_found_there() {
    let text = "He told the council that the town “has no other choice than to build a new bridgeHe added that the old one was rusty.";
    let read = read(text);
    let at = text.find("He added").unwrap();
    assert!(read.lost_closing_at(at).is_some(), "{read:?}");
}

#[test]
fn places_are_ranked_and_their_probabilities_add_up_to_one_at_most() {
    let text = "The village called the factory “the Cathedral of Smoke and it closed in 1996.";
    let read = read(text);
    let places = &read.lost[0].places;
    assert_eq!(places.len(), 3);
    assert!(places.windows(2).all(|w| w[0].probability >= w[1].probability));
    assert!(places.iter().map(|p| p.probability).sum::<f32>() <= 1.001);
}

#[test]
fn a_slipped_or_turned_closer_before_an_attribution_closes() {
    for text in [
        "“The dam holds, “said engineer Ana Soto. “We check it daily.”",
        "\"The dam holds.\nWe check it daily, \"said Soto.\n\"We sleep,\" he said.",
        "He wrote \"the plan is one, \"Soto said,\" which nobody liked.\"",
    ] {
        let read = read(text);
        let roles: Vec<Role> = read.marks.iter().map(|m| m.role).collect();
        assert_eq!(roles, [Role::Open, Role::Close, Role::Open, Role::Close], "{text}");
        assert!(read.lost.is_empty(), "{text}");
    }
}

#[test]
fn a_single_mark_that_answers_a_double_one_is_replaced() {
    let text = "The doctor wrote.\n'It is good to walk.\nAt night we sleep.\"\nThe clinic closed.";
    let lost = &read(text).lost[0];
    assert_eq!((lost.places[0].at, lost.places[0].over), (text.find('\'').unwrap(), 1));
}

#[test]
fn a_speech_in_lines_of_single_sentences_begins_lines_above() {
    let text = "The race ended on Sunday.\nI ran to the line.\nI knew it. Thank you all,\" the club quotes him.\nThe crowd left.";
    assert_eq!(read(text).lost[0].places[0].at, text.find("I ran").unwrap());
}

#[test]
fn a_pair_of_another_alphabet_does_not_end_the_quotation() {
    let text = "“It will do if the card says \"Black Tie\" or \"White Tie\" and nothing else, she said. The hall’s doors open at seven.";
    let lost = read(text).lost[0].clone();
    assert!(lost.places.iter().any(|p| p.at == text.find(", she").unwrap() + 1), "{lost:?}");
}

#[test]
fn marks_without_end_are_read_in_linear_time() {
    let text = "“word ".repeat(40_000);
    assert_eq!(read(&text).marks.len(), 40_000);
    let text = format!("“{}", "and then more words, he said ".repeat(20_000));
    assert_eq!(read(&text).lost.len(), 1);
}
