//! The laws of the text algebra: spans, edits, pieces and differences.

#![allow(clippy::unwrap_used, clippy::string_slice, reason = "a test may stop")]

use copydesk::text::diff::{self, Change, Row};
use copydesk::text::{Alignment, Edit, Edits, Pieces, Span};
use proptest::prelude::*;

fn marked(rows: &[Row]) -> Vec<String> {
    let show = |c: &Change| match c {
        Change::Same(t) => t.clone(),
        Change::Removed(t) => format!("[-{t}-]"),
        Change::Added(t) => format!("{{+{t}+}}"),
    };
    let side = |r: &Row| match (r.old, r.new) {
        (None, _) => "+ ",
        (_, None) => "- ",
        _ => "",
    };
    rows.iter().map(|r| format!("{}{}", side(r), r.changes.iter().map(show).collect::<String>())).collect()
}

fn compared(old: &str, new: &str) -> Vec<String> {
    marked(&diff::compare(old, new))
}

/// Both sides of the rows are the two texts.
fn check_rows(rows: &[Row], old: &str, new: &str) {
    let side = |wanted: fn(&Row) -> Option<Span>, skip: fn(&Change) -> bool, text: &str| {
        let lines: Vec<String> = rows
            .iter()
            .filter_map(|r| {
                let line: String = r.changes.iter().filter(|c| !skip(c)).map(Change::text).collect();
                wanted(r).map(|span| {
                    assert_eq!(span.of(text), line, "a span of {rows:?}");
                    line
                })
            })
            .collect();
        assert_eq!(lines.join("\n"), text, "{rows:?}");
    };
    side(|r| r.old, |c| matches!(c, Change::Added(_)), old);
    side(|r| r.new, |c| matches!(c, Change::Removed(_)), new);
}

#[test]
fn glue_is_cut_and_words_are_whole() {
    assert_eq!(compared("LavrovToday said", "Lavrov on Tuesday said"), ["Lavrov[-Today-]{+ on Tuesday+} said"]);
    assert_eq!(compared("the regimeHe pointed out", "the regime.” He pointed out"), ["the regime{+.” +}He pointed out"]);
    assert_eq!(compared("a planshe had", "a plan she had"), ["a plan{+ +}she had"]);
    assert_eq!(compared("He stated that.", "He said that."), ["He [-stated-]{+said+} that."]);
    assert_eq!(compared("the Normalization of", "the normalization of"), ["the [-Normalization-]{+normalization+} of"]);
    assert_eq!(compared("It’s a men's club", "It is a men's club"), ["[-It’s-]{+It is+} a men's club"]);
    assert_eq!(compared("a very old man", "a young woman"), ["a [-very old man-]{+young woman+}"]);
}

#[test]
fn paragraphs_stand_side_by_side() {
    assert_eq!(compared("One.\nTwo.\nThree.", "One.\nThree."), ["One.", "- [-Two.-]", "Three."]);
    assert_eq!(compared("One.\nThree.", "One.\nTwo.\nThree."), ["One.", "+ {+Two.+}", "Three."]);
    assert_eq!(compared("One.\nTwo.", "One. Two."), ["One.[-\n-]{+ +}Two."]);
    assert_eq!(compared("One.\nTwo.", "One."), ["One.", "- [-Two.-]"]);
    assert_eq!(compared("", ""), [""]);
    assert_eq!(compared("a\n", "a"), ["a", "- "]);
}

#[test]
fn known_edits_are_shown_as_they_were_made() {
    let old = "They waited for for it.\nGone.\nLast.";
    let edits = Edits::new(vec![Edit::replace(old, Span::new(12, 16), ""), Edit::replace(old, Span::new(24, 30), "")]).unwrap();
    let rows = diff::rows(old, &edits);
    assert_eq!(marked(&rows), ["They waited [-for -]for it.", "- [-Gone.-]", "Last."]);
    check_rows(&rows, old, &edits.apply(old).unwrap());
    assert_eq!(marked(&diff::rows("other", &edits)), ["other"], "edits of another text");
}

fn text() -> impl Strategy<Value = String> {
    "[ab é“.\n]{0,40}"
}

fn edits_of(text: &str, wanted: &[(usize, usize, String)]) -> Edits {
    let bound = |at: usize| (0..=at % (text.len() + 1)).rev().find(|i| text.is_char_boundary(*i)).unwrap();
    let mut end = 0;
    let mut list = Vec::new();
    for (a, len, to) in wanted {
        let start = bound(*a);
        let stop = bound((start + len % 6).min(text.len()));
        if start >= end && stop >= start && (list.is_empty() || start > end) {
            list.push(Edit::replace(text, Span::new(start, stop), to.clone()));
            end = stop;
        }
    }
    Edits::new(list).unwrap_or_default()
}

fn wanted() -> impl Strategy<Value = Vec<(usize, usize, String)>> {
    prop::collection::vec((0..60_usize, 0..6_usize, "[xy é\n]{0,3}"), 0..14).prop_map(|mut v| {
        v.sort();
        v
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn inverted_edits_lead_back(text in text(), wanted in wanted()) {
        let edits = edits_of(&text, &wanted);
        let new = edits.apply(&text).unwrap();
        prop_assert_eq!(edits.invert().apply(&new).unwrap(), text);
        prop_assert_eq!(edits.invert().invert(), edits);
    }

    #[test]
    fn a_span_that_is_mapped_keeps_its_words(text in text(), wanted in wanted(), a in 0..60_usize, b in 0..8_usize) {
        let edits = edits_of(&text, &wanted);
        let bound = |at: usize| (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap();
        let span = Span::new(bound(a), bound(a + b));
        let new = edits.apply(&text).unwrap();
        if let Some(moved) = edits.map(span) {
            prop_assert_eq!(moved.of(&new), span.of(&text));
        }
        prop_assert_eq!(Alignment::new(&edits).carry(span), edits.map(span), "one way or the other");
        prop_assert!(new.is_char_boundary(edits.map_position(span.start)));
    }

    #[test]
    fn pieces_compose_any_number_of_edits(text in text(), rounds in prop::collection::vec(wanted(), 0..6)) {
        let mut pieces = Pieces::new(text.len());
        let mut now = text.clone();
        for wanted in &rounds {
            let edits = edits_of(&now, wanted);
            pieces.apply(&edits);
            let before = now.clone();
            now = edits.apply(&now).unwrap();
            let mut in_place = before;
            edits.apply_to(&mut in_place).unwrap();
            prop_assert_eq!(&in_place, &now);
            prop_assert_eq!(pieces.text(&text), now.clone());
        }
        let all = pieces.to_edits(&text);
        prop_assert_eq!(all.apply(&text).unwrap(), now.clone());
        check_rows(&diff::rows(&text, &all), &text, &now);
    }

    #[test]
    fn a_trimmed_edit_does_the_same(text in text(), wanted in wanted()) {
        let edits = edits_of(&text, &wanted);
        let trimmed = Edits::new(edits.iter().map(Edit::trimmed).collect()).unwrap();
        prop_assert_eq!(trimmed.apply(&text).unwrap(), edits.apply(&text).unwrap());
    }

    #[test]
    fn a_difference_applied_gives_the_new_text(old in text(), new in text()) {
        prop_assert_eq!(diff::edits(&old, &new).apply(&old).unwrap(), new.clone());
        check_rows(&diff::compare(&old, &new), &old, &new);
    }

    #[test]
    fn a_difference_of_words_applied_gives_the_new_text(old in "([a-cA-C]{1,4}[ .“\n]){0,12}", new in "([a-cA-C]{1,4}[ .“\n]){0,12}") {
        prop_assert_eq!(diff::edits(&old, &new).apply(&old).unwrap(), new.clone());
        check_rows(&diff::compare(&old, &new), &old, &new);
    }
}
