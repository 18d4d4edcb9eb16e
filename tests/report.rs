//! The pages and lists that leave the program.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

use copydesk::formats;
use copydesk::report::html::{Decision, ReviewReport, ReviewedChange, review};
use copydesk::text::diff;

#[test]
fn a_review_page_is_complete_in_itself_and_escapes_what_it_shows() {
    let original = "Ports & <b>harbours</b>\nTalks with the authorityand the union.\nGone.";
    let result = "Ports & <b>harbours</b>\nTalks with the authority and the union.";
    let edits = diff::edits(original, result);
    let change = |decision, from: &str, to: &str| ReviewedChange {
        time: "2026-11-24 14:05:31".into(),
        rule: "glued-words".into(),
        message: "Words stand joined: authorityand".into(),
        from: from.into(),
        to: to.into(),
        decision,
        context: "Talks with the <authority> and the union.".into(),
    };
    let changes = [change(Decision::Accepted, "authorityand", "authority and"), change(Decision::Rejected, "\"Talks\"", "\"Talks\"")];
    let report = ReviewReport { title: "Ports & <b>harbours</b>", subtitle: "ports.txt", original, edits: &edits, changes: &changes };
    let page = review(&report).unwrap();
    for wanted in [
        "<title>Review: Ports &amp; &lt;b&gt;harbours&lt;/b&gt;</title>",
        "<p>Talks with the authority<ins> </ins>and the union.</p>",
        "<p>Talks with the authorityand the union.</p><p>Talks with the authority<ins> </ins>and the union.</p>",
        "<p><del>Gone.</del></p><p></p>",
        "1 accepted, 1 rejected",
        "<td>Accepted</td><td><del>authorityand</del> <ins>authority and</ins>",
        "<td>&quot;Talks&quot;<div class=\"context\">Talks with the &lt;authority&gt; and",
    ] {
        assert!(page.contains(wanted), "{wanted} is not in\n{page}");
    }
    for outside in ["http:", "https:", "<script", "<link", "src=", "@import", "url("] {
        assert!(!page.contains(outside), "the page reaches out: {outside}");
    }
    // It is a page that our own reader reads.
    let read = formats::read("review.html", page.as_bytes()).unwrap();
    assert!(read.text.contains("Talks with the authority and the union."));
}

#[test]
fn a_review_of_another_text_is_refused() {
    let edits = diff::edits("one two", "one three");
    assert!(review(&ReviewReport { title: "", subtitle: "", original: "other", edits: &edits, changes: &[] }).is_err());
}
