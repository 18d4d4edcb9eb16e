//! "Export review": one HTML page, complete in itself, that shows the original, the result and every
//! decision. It loads nothing and runs nothing, so that it can be mailed, printed and kept.

use std::fmt::Write as _;

use crate::text::diff::{Change, Row, rows};
use crate::text::{Edits, Stale};

/// What was decided about a place.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Decision {
    /// A suggestion was taken.
    Accepted,
    /// A suggestion was declined; the words stayed.
    Rejected,
    /// The editor wrote.
    ByHand,
    /// An earlier decision was taken back.
    TakenBack,
}

impl Decision {
    /// The name an editor reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Accepted => "Accepted",
            Self::Rejected => "Rejected",
            Self::ByHand => "By hand",
            Self::TakenBack => "Taken back",
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::ByHand => "by-hand",
            Self::TakenBack => "taken-back",
        }
    }
}

/// One decision.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReviewedChange {
    /// When, as it shall be read: `2026-11-24 14:05:31`.
    pub time: String,
    /// The rule that spoke; empty where the editor wrote unasked.
    pub rule: String,
    /// What the rule said.
    pub message: String,
    /// The words before.
    pub from: String,
    /// The words after; the same where nothing changed.
    pub to: String,
    /// What was decided.
    pub decision: Decision,
    /// The sentence it stands in.
    pub context: String,
}

/// All that the page shows.
#[derive(Clone, Debug)]
pub struct ReviewReport<'a> {
    /// The headline of the article, or its file name.
    pub title: &'a str,
    /// Where the article lies and when it was exported, as a line under the title.
    pub subtitle: &'a str,
    /// The text as it came.
    pub original: &'a str,
    /// What leads from the original to the result: all decisions composed.
    pub edits: &'a Edits,
    /// Every decision, in order.
    pub changes: &'a [ReviewedChange],
}

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1d1d1f;--paper:#fff;--soft:#6b6b70;--line:#d9d9de;--del:#9b1c1c;--del-bg:#fde8e8;--ins:#14532d;--ins-bg:#dcfce7}\
@media(prefers-color-scheme:dark){:root{--ink:#e8e8ea;--paper:#1b1c1f;--soft:#a0a0a8;--line:#3a3b40;--del:#fca5a5;--del-bg:#4a1d1d;--ins:#86efac;--ins-bg:#14391f}}\
body{margin:0 auto;max-width:76rem;padding:2rem 1.5rem 4rem;color:var(--ink);background:var(--paper);font:16px/1.55 Georgia,'Times New Roman',serif}\
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .3rem}h2{font:600 1.05rem system-ui,sans-serif;margin:2.2rem 0 .7rem}\
.soft,th,.when,.rule,nav{color:var(--soft);font-family:system-ui,sans-serif;font-size:.85rem}\
nav a{color:inherit;margin-right:1rem}p{margin:0 0 .75rem;max-width:44rem;white-space:pre-wrap}\
.sides{display:grid;grid-template-columns:1fr 1fr;gap:0 2rem}.sides p{max-width:none}\
del{color:var(--del);background:var(--del-bg);text-decoration:line-through}ins{color:var(--ins);background:var(--ins-bg);text-decoration:underline}\
table{border-collapse:collapse;width:100%}th{text-align:left;font-weight:600}th,td{padding:.45rem .7rem .45rem 0;border-bottom:1px solid var(--line);vertical-align:top}\
.when{white-space:nowrap}.context{color:var(--soft);font-size:.9rem;margin-top:.15rem}.rejected del,.rejected ins{background:none}\
@media(max-width:50rem){.sides{grid-template-columns:1fr}}@media print{body{max-width:none}a{text-decoration:none}}";

/// The page.
///
/// # Errors
/// [`Stale`] when the edits are not of this original.
pub fn review(report: &ReviewReport) -> Result<String, Stale> {
    report.edits.apply(report.original)?;
    let rows = rows(report.original, report.edits);
    let title = escaped(report.title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Review: {title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<p class=\"soft\">{}</p>\n",
        escaped(report.subtitle)
    );
    let _ = writeln!(out, "<p class=\"soft\">{}</p>", escaped(&tally(report.changes)));
    out.push_str(
        "<nav><a href=\"#result\">Result</a><a href=\"#both\">Original and result</a><a href=\"#decisions\">Decisions</a></nav>\n",
    );
    out.push_str("<h2 id=\"result\">Result, with all changes</h2>\n<main>\n");
    for row in &rows {
        let _ = writeln!(out, "<p>{}</p>", line(row, |_| true));
    }
    out.push_str("</main>\n<h2 id=\"both\">Original and result</h2>\n<div class=\"sides\">\n");
    for row in &rows {
        let old = row.old.map_or_else(String::new, |_| line(row, |c| !matches!(c, Change::Added(_))));
        let new = row.new.map_or_else(String::new, |_| line(row, |c| !matches!(c, Change::Removed(_))));
        let _ = writeln!(out, "<p>{old}</p><p>{new}</p>");
    }
    out.push_str("</div>\n<h2 id=\"decisions\">Decisions</h2>\n");
    if report.changes.is_empty() {
        out.push_str("<p class=\"soft\">Nothing was decided</p>\n");
    } else {
        out.push_str("<table>\n<thead><tr><th>Time</th><th>Decision</th><th>Change</th><th>Rule</th></tr></thead>\n<tbody>\n");
        for change in report.changes {
            decision_row(&mut out, change);
        }
        out.push_str("</tbody>\n</table>\n");
    }
    out.push_str("</body>\n</html>\n");
    Ok(out)
}

fn decision_row(out: &mut String, change: &ReviewedChange) {
    let words = match (change.from.as_str(), change.to.as_str()) {
        (from, to) if from == to => escaped(from),
        (from, "") => format!("<del>{}</del>", escaped(from)),
        ("", to) => format!("<ins>{}</ins>", escaped(to)),
        (from, to) => format!("<del>{}</del> <ins>{}</ins>", escaped(from), escaped(to)),
    };
    let context =
        if change.context.is_empty() { String::new() } else { format!("<div class=\"context\">{}</div>", escaped(&change.context)) };
    let _ = writeln!(
        out,
        "<tr class=\"{}\"><td class=\"when\">{}</td><td>{}</td><td>{words}{context}</td><td>{}<div class=\"rule\">{}</div></td></tr>",
        change.decision.class(),
        escaped(&change.time),
        change.decision.label(),
        escaped(&change.message),
        escaped(&change.rule),
    );
}

/// How many decisions of each kind there were.
fn tally(changes: &[ReviewedChange]) -> String {
    let kinds = [Decision::Accepted, Decision::Rejected, Decision::ByHand, Decision::TakenBack];
    let counts = kinds.into_iter().filter_map(|kind| {
        let count = changes.iter().filter(|c| c.decision == kind).count();
        (count > 0).then(|| format!("{count} {}", kind.label().to_lowercase()))
    });
    counts.collect::<Vec<_>>().join(", ")
}

fn line(row: &Row, wanted: impl Fn(&Change) -> bool) -> String {
    row.changes
        .iter()
        .filter(|c| wanted(c))
        .map(|change| match change {
            Change::Same(text) => escaped(text),
            Change::Removed(text) => format!("<del>{}</del>", escaped(text)),
            Change::Added(text) => format!("<ins>{}</ins>", escaped(text)),
        })
        .collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
