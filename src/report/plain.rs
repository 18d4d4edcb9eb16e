//! Findings, changes and rules as text for a terminal.

use std::fmt::Write as _;

use super::json::{Positions, source_span};
use crate::checklist::{Check, CheckKind};
use crate::document::Document;
use crate::finding::{Applicability, Finding, Fix, Tier};
use crate::rules::Card;
use crate::text::Span;
use crate::text::diff::{Change, Row, compare};

/// How words are set off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Colour {
    /// By marks that every file keeps.
    None,
    /// By the colours of a terminal.
    Ansi,
}

impl Colour {
    fn wrap(self, code: &str, text: &str) -> String {
        match self {
            Self::None => text.to_owned(),
            Self::Ansi => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        }
    }
}

const BOLD: &str = "1";
const FOUND: &str = "4;33";
const DIM: &str = "2";
const RED: &str = "31";
const GREEN: &str = "32";

/// How many characters of the text are shown on each side of what was found.
const CONTEXT: usize = 36;

/// One file's findings: place, rule and message; the words; the first suggestion; the evidence.
pub fn findings(name: &str, document: &Document, findings: &[&Finding], colour: Colour) -> String {
    let positions = Positions::new(document.source.parts.first().map_or("", String::as_str));
    let place = |span: Span| positions.line_column(source_span(document, span).unwrap_or_default().start);
    let mut out = String::new();
    for finding in findings {
        let (line, column) = place(finding.span);
        let head = colour.wrap(BOLD, &format!("{name}:{line}:{column}:"));
        let hint = if finding.tier == Tier::Hint { " (hint)" } else { "" };
        let _ = writeln!(out, "{head} {} {}{hint}: {}", finding.category.id(), finding.rule, shown(&finding.message));
        let _ = writeln!(out, "    {}", excerpt(&document.text, finding.span, colour));
        if let Some(fix) = finding.fixes.first() {
            let safe = if fix.applicability == Applicability::Safe && finding.may_be_batched() { " (safe)" } else { "" };
            let quoted = if finding.changes_quoted_words() { " (somebody’s own words)" } else { "" };
            let words = suggestion(&document.text, finding.span, fix);
            let _ = writeln!(out, "    {} {words}{}", colour.wrap(GREEN, "→"), colour.wrap(DIM, &format!("{safe}{quoted}")));
        }
        for evidence in &finding.evidence {
            let words = shown(evidence.span.of(&document.text));
            let (at, _) = place(evidence.span);
            let _ = writeln!(out, "    {}", colour.wrap(DIM, &format!("“{}”, line {at}: {}", cut(&words, CONTEXT), evidence.note)));
        }
    }
    out
}

/// What no rule can decide, by kind, each with its place.
pub fn checklist(name: &str, document: &Document, checks: &[Check], colour: Colour) -> String {
    let positions = Positions::new(document.source.parts.first().map_or("", String::as_str));
    let mut out = String::new();
    for kind in CheckKind::ALL {
        let mut of_kind = checks.iter().filter(|c| c.kind == kind).peekable();
        if of_kind.peek().is_some() {
            let _ = writeln!(out, "{}", colour.wrap(BOLD, &format!("{name}: to check: {}", kind.label().to_lowercase())));
        }
        for check in of_kind {
            let (line, column) = positions.line_column(source_span(document, check.span).unwrap_or_default().start);
            let _ = writeln!(out, "    {line}:{column} “{}” {}", shown(&check.words), colour.wrap(DIM, &check.note));
        }
    }
    out
}

/// Text on one line, without what a terminal would obey.
fn shown(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c == '\n' {
                '⏎'
            } else if c.is_control() {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect()
}

fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or("")),
        None => text.to_owned(),
    }
}

/// The words with some text on each side, within their line.
fn excerpt(text: &str, span: Span, colour: Colour) -> String {
    let before = text.get(..span.start).unwrap_or("");
    let before = before.rsplit('\n').next().unwrap_or("");
    let after = text.get(span.end..).unwrap_or("");
    let after = after.split('\n').next().unwrap_or("");
    let start = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(i, _)| i);
    let lead = if start > 0 { "…" } else { "" };
    let words = match colour {
        Colour::None => format!("[{}]", shown(span.of(text))),
        Colour::Ansi => colour.wrap(FOUND, if span.is_empty() { "‸" } else { span.of(text) }),
    };
    format!("{lead}{}{words}{}", shown(before.get(start..).unwrap_or("")), shown(&cut(after, CONTEXT)))
}

/// What would stand there after a fix.
fn suggestion(text: &str, span: Span, fix: &Fix) -> String {
    let Some(hull) = fix.edits.hull().map(|h| h.cover(span)) else { return fix.title.clone() };
    let mut out = String::new();
    let mut position = hull.start;
    for edit in &fix.edits {
        out.push_str(Span::new(position, edit.at.max(position)).of(text));
        out.push_str(&edit.to);
        position = edit.span().end;
    }
    out.push_str(Span::new(position, hull.end.max(position)).of(text));
    if out.trim().is_empty() { fix.title.clone() } else { cut(&shown(&out), 4 * CONTEXT) }
}

/// How many findings there were and what to do.
pub fn summary(findings: usize, safe: usize, files: usize) -> String {
    let plural = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
    match (findings, safe) {
        (0, _) => format!("nothing found in {}", plural(files, "file")),
        (_, 0) => format!("{} in {}", plural(findings, "finding"), plural(files, "file")),
        _ => format!("{} in {}; `copydesk-cli fix` mends {safe} safely", plural(findings, "finding"), plural(files, "file")),
    }
}

/// A unified diff of two versions of a file, without context; empty when they are alike.
pub fn unified(name: &str, new_name: &str, old: &str, new: &str, colour: Colour) -> String {
    let rows = compare(old, new);
    let mut out = String::new();
    let (mut old_line, mut new_line) = (1, 1);
    let mut rest = rows.as_slice();
    while let Some(first) = rest.first() {
        let len = rest.iter().take_while(|r| r.is_same() == first.is_same()).count();
        let (group, tail) = rest.split_at_checked(len).unwrap_or((rest, &[]));
        let lines = |side: fn(&Row) -> Option<Span>, text: &str| -> Vec<String> {
            group.iter().filter_map(side).flat_map(|s| s.of(text).split('\n').map(str::to_owned).collect::<Vec<_>>()).collect()
        };
        let (mut from, mut to) = (lines(|r| r.old, old), lines(|r| r.new, new));
        let (old_count, new_count) = (from.len(), to.len());
        if !first.is_same() {
            // What follows the last line break of a file is no line.
            let ends = tail.is_empty();
            for (side, text) in [(&mut from, old), (&mut to, new)] {
                if ends && (text.is_empty() || text.ends_with('\n')) {
                    side.pop();
                }
            }
            if out.is_empty() {
                let _ = writeln!(out, "{}", colour.wrap(BOLD, &format!("--- {name}\n+++ {new_name}")));
            }
            // A side without lines is named by the line before it.
            let start = |line: usize, count: usize| if count == 0 { line - 1 } else { line };
            let place = format!("@@ -{},{} +{},{} @@", start(old_line, from.len()), from.len(), start(new_line, to.len()), to.len());
            let _ = writeln!(out, "{}", colour.wrap(DIM, &place));
            for (sign, code, side, text) in [('-', RED, &from, old), ('+', GREEN, &to, new)] {
                for (i, line) in side.iter().enumerate() {
                    let _ = writeln!(out, "{}", colour.wrap(code, &format!("{sign}{line}")));
                    if ends && i + 1 == side.len() && !text.ends_with('\n') {
                        let _ = writeln!(out, "\\ No newline at end of file");
                    }
                }
            }
        }
        old_line += old_count;
        new_line += new_count;
        rest = tail;
    }
    out
}

/// The paragraphs that differ, word by word: `[-old-]{+new+}`. A `…` stands for those that do not.
pub fn redline(rows: &[Row], colour: Colour) -> String {
    let mut out = String::new();
    let mut left_out = false;
    for row in rows {
        if row.is_same() {
            left_out = true;
            continue;
        }
        if std::mem::take(&mut left_out) {
            let _ = writeln!(out, "{}", colour.wrap(DIM, "…"));
        }
        for change in &row.changes {
            match change {
                Change::Same(text) => out.push_str(text),
                Change::Removed(text) => out.push_str(&colour.wrap(RED, &format!("[-{}-]", shown(text)))),
                Change::Added(text) => out.push_str(&colour.wrap(GREEN, &format!("{{+{}+}}", shown(text)))),
            }
        }
        out.push('\n');
    }
    if left_out && !out.is_empty() {
        let _ = writeln!(out, "{}", colour.wrap(DIM, "…"));
    }
    out
}

/// What a rule does and why, from its card.
pub fn explain(card: &Card, colour: Colour) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{} ({})", colour.wrap(BOLD, &card.id), card.category.label());
    let _ = writeln!(out, "{}\n", card.message);
    let _ = writeln!(out, "{}\n", card.why);
    for example in &card.example {
        let _ = writeln!(out, "  {}  {}", colour.wrap(RED, "wrong"), example.bad);
        match &example.good {
            Some(good) => drop(writeln!(out, "  {}  {good}", colour.wrap(GREEN, "right"))),
            None => drop(writeln!(out, "         an editor writes it anew")),
        }
        for also in &example.also {
            let _ = writeln!(out, "     {}  {also}", colour.wrap(GREEN, "or"));
        }
    }
    for sentence in &card.clean {
        let _ = writeln!(out, "  {}  {sentence}", colour.wrap(DIM, "clean"));
    }
    for sentence in &card.false_alarms {
        let _ = writeln!(out, "  {}  {sentence}", colour.wrap(DIM, "known false alarm"));
    }
    let trust = match (card.applicability, &card.fix_safety) {
        (Applicability::Safe, Some(why)) => format!("may be taken unseen. {why}"),
        (Applicability::Safe, None) => "may be taken unseen".to_owned(),
        (Applicability::Review, _) => "are for you to look at, one by one".to_owned(),
    };
    let _ = writeln!(out, "\nIts fixes {trust}");
    let shown = match card.tier {
        _ if !card.enabled => "off",
        Tier::Default => "on, shown unasked",
        Tier::Hint => "on, a hint, shown with --hints",
    };
    let _ = writeln!(out, "It is {shown}");
    if !card.languages.is_empty() {
        let _ = writeln!(out, "It is for copy translated from {}", card.languages.join(", "));
    }
    let _ = writeln!(out, "It is found by the detector {}", card.detector);
    for (key, value) in &card.params {
        let _ = writeln!(out, "  {key} = {}", cut(&value.to_string(), 200));
    }
    let _ = writeln!(out, "It comes from: {}", card.origin.join("; "));
    out
}

/// One line a rule: identifier, category, how it is shown, how its fixes are trusted, where it comes from.
pub fn rules<'c>(cards: impl Iterator<Item = &'c Card> + Clone, colour: Colour) -> String {
    let width = cards.clone().map(|c| c.id.len()).max().unwrap_or(0);
    let mut out = String::new();
    for card in cards {
        let tier = match (card.enabled, card.tier) {
            (false, _) => "off",
            (true, Tier::Default) => "on",
            (true, Tier::Hint) => "hint",
        };
        let trust = if card.applicability == Applicability::Safe { "safe" } else { "review" };
        let id = colour.wrap(BOLD, &format!("{:width$}", card.id));
        let _ = writeln!(out, "{id}  {:11}  {tier:4}  {trust:6}  {}", card.category.id(), card.origin.join("; "));
    }
    out
}
