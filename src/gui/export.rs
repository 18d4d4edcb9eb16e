//! What leaves the window: the article as HTML paragraphs, and the review of it as one page.

use std::fmt::Write;

use super::article::Article;
use super::parts::around;
use crate::document::{BlockKind, Document};
use crate::report::html::{Decision, ReviewReport, ReviewedChange, review};
use crate::review::{Event, Step, Time};
use crate::text::{Edits, Pieces, Span};

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The article as HTML paragraphs.
pub fn paragraphs(document: &Document) -> String {
    let mut out = String::new();
    for block in &document.blocks {
        let tag = if block.kind == BlockKind::Headline { "h2" } else { "p" };
        // Writing to a string can't fail.
        let _ = writeln!(out, "<{tag}>{}</{tag}>", escape(block.span.of(&document.text)));
    }
    out
}

fn time(at: Time) -> String {
    at.to_zoned_datetime(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// Decisions as the page lists them; a word that was typed is one.
fn changes(article: &Article) -> Vec<ReviewedChange> {
    let session = &article.session;
    let mut text = session.review().original().to_owned();
    let mut changes = Vec::new();
    for step in session.review().done() {
        if let Some((_, first)) = step.entries.first()
            && step.entries.iter().all(|(_, e)| matches!(e.event, Event::Typed { .. }))
        {
            let edits = composed(step, &text);
            if !edits.is_empty() {
                changes.push(change(&text, &edits, time(first.at), Decision::ByHand, "", ""));
            }
            text = edits.apply(&text).unwrap_or(text);
            continue;
        }
        for (number, entry) in &step.entries {
            let back = session.review().is_reverted(*number);
            let decided = |d| if back { Decision::TakenBack } else { d };
            match &entry.event {
                Event::Accepted { rule, message, edits, .. } => {
                    changes.push(change(&text, edits, time(entry.at), decided(Decision::Accepted), rule, message));
                }
                Event::Typed { edits } => changes.push(change(&text, edits, time(entry.at), decided(Decision::ByHand), "", "")),
                Event::Reverted { edits, .. } => {
                    changes.push(change(&text, edits, time(entry.at), Decision::TakenBack, "", "an earlier change was taken back"));
                }
                Event::Rejected { rule, span, .. } => {
                    let words = span.of(&text).to_owned();
                    changes.push(ReviewedChange {
                        time: time(entry.at),
                        rule: rule.clone(),
                        message: String::new(),
                        from: words.clone(),
                        to: words,
                        decision: decided(Decision::Rejected),
                        context: around(&text, *span, 70).of(&text).to_owned(),
                    });
                }
                _ => {}
            }
            if let Some(edits) = entry.event.edits() {
                text = edits.apply(&text).unwrap_or(text);
            }
        }
    }
    changes
}

fn composed(step: &Step, text: &str) -> Edits {
    let mut pieces = Pieces::new(text.len());
    for edits in step.entries.iter().filter_map(|(_, e)| e.event.edits()) {
        pieces.apply(edits);
    }
    pieces.to_edits(text)
}

fn change(text: &str, edits: &Edits, time: String, decision: Decision, rule: &str, message: &str) -> ReviewedChange {
    let hull = edits.hull().unwrap_or_default();
    let edits = super::lines::readable(text, edits);
    let reach = edits.hull().unwrap_or(hull);
    let mut to = String::new();
    let mut position = reach.start;
    for edit in &edits {
        to.push_str(Span::new(position, edit.at).of(text));
        to.push_str(&edit.to);
        position = edit.span().end;
    }
    ReviewedChange {
        time,
        rule: rule.to_owned(),
        message: message.to_owned(),
        from: reach.of(text).to_owned(),
        to,
        decision,
        context: around(text, hull, 70).of(text).to_owned(),
    }
}

/// The review as one page.
///
/// # Errors
/// A sentence; the decisions of a session always fit its original.
pub fn page(article: &Article, now: Time) -> Result<String, String> {
    let session = &article.session;
    let place = session.path.as_ref().map_or_else(|| session.name.clone(), |p| p.display().to_string());
    let report = ReviewReport {
        title: &article.title(),
        subtitle: &format!("{place}, exported {}", time(now)),
        original: session.review().original(),
        edits: &session.review().composed(),
        changes: &changes(article),
    };
    review(&report).map_err(|e| e.to_string())
}
