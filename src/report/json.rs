//! Findings as JSON: one object a line and file. Offsets are Unicode scalar values of the decoded source,
//! end exclusive (for HTML, of its source), so that a reader can apply the edits.

use serde_json::{Value, json};

use crate::checklist::Check;
use crate::document::{Document, Splice};
use crate::finding::{Finding, Tier};
use crate::text::Span;

/// Byte positions to Unicode scalar values, and to lines and columns, of one text.
pub struct Positions<'a> {
    text: &'a str,
    /// Every 256 bytes or so: byte position and the scalar count before it.
    steps: Vec<(usize, usize)>,
    lines: Vec<usize>,
}

impl<'a> Positions<'a> {
    /// Counts a text once.
    pub fn new(text: &'a str) -> Self {
        let mut steps = vec![(0, 0)];
        let mut lines = vec![0];
        for (count, (at, c)) in text.char_indices().enumerate() {
            if count % 256 == 0 {
                steps.push((at, count));
            }
            if c == '\n' {
                lines.push(at + 1);
            }
        }
        Self { text, steps, lines }
    }

    /// Unicode scalar values before a byte position.
    pub fn scalars(&self, byte: usize) -> usize {
        let i = self.steps.partition_point(|s| s.0 <= byte).saturating_sub(1);
        let (at, count) = self.steps.get(i).copied().unwrap_or((0, 0));
        count + self.text.get(at..byte).map_or(0, |s| s.chars().count())
    }

    /// Line and column, both from 1; the column counts Unicode scalar values.
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|&l| l <= byte);
        let start = line.checked_sub(1).and_then(|i| self.lines.get(i)).copied().unwrap_or(0);
        (line, 1 + self.text.get(start..byte).map_or(0, |s| s.chars().count()))
    }
}

/// Where a span of the text stands in its source part, in bytes.
pub fn source_span(document: &Document, span: Span) -> Option<Span> {
    document.source_span(span).map(|(_, source)| source)
}

/// A fix inside the marked words replaces them as a whole (`her` by `his`, not `er` by `is`), so that a
/// reader of the JSON sees words. Longer marks and marks with markup stay as they are.
fn whole_words(source: &str, marked: Span, splices: Vec<Splice>) -> Vec<Splice> {
    const LONGEST: usize = 24;
    let words = marked.of(source);
    match splices.as_slice() {
        [one] if marked.contains(one.span) && words.len() <= LONGEST && words.chars().all(char::is_alphabetic) => {
            let before = Span::new(marked.start, one.span.start).of(source);
            let after = Span::new(one.span.end, marked.end).of(source);
            vec![Splice { part: one.part, span: marked, replacement: format!("{before}{}{after}", one.replacement) }]
        }
        _ => splices,
    }
}

/// One file's findings as one JSON object.
pub fn file(name: &str, document: &Document, findings: &[Finding], hints: bool) -> Value {
    let source = document.source.parts.first().map_or("", String::as_str);
    let positions = Positions::new(source);
    let place = |span: Span| {
        let span = source_span(document, span).unwrap_or_default();
        (positions.scalars(span.start), positions.scalars(span.end), span)
    };
    let findings: Vec<Value> = findings
        .iter()
        .filter(|f| hints || f.tier == Tier::Default)
        .map(|f| {
            let (start, end, span) = place(f.span);
            let (line, column) = positions.line_column(span.start);
            let evidence: Vec<Value> = f
                .evidence
                .iter()
                .map(|e| {
                    let (start, end, _) = place(e.span);
                    json!({"start": start, "end": end, "note": e.note})
                })
                .collect();
            let fixes: Vec<Value> = f
                .fixes
                .iter()
                .filter_map(|fix| {
                    let splices = document.place(&fix.edits).ok()?;
                    let splices = whole_words(source, span, splices);
                    let edits: Vec<Value> = splices
                        .iter()
                        .map(|s| json!({"start": positions.scalars(s.span.start), "end": positions.scalars(s.span.end), "replacement": s.replacement}))
                        .collect();
                    Some(json!({"title": fix.title, "applicability": fix.applicability, "edits": edits}))
                })
                .collect();
            json!({
                "rule": f.rule, "category": f.category, "tier": f.tier, "message": f.message,
                "start": start, "end": end, "line": line, "column": column, "text": f.span.of(&document.text),
                "in_quotation": f.in_quotation, "evidence": evidence, "fixes": fixes,
            })
        })
        .collect();
    json!({"file": name, "findings": findings})
}

/// The things to check as a JSON array; offsets as in [`file()`].
pub fn checks(document: &Document, checks: &[Check]) -> Value {
    let positions = Positions::new(document.source.parts.first().map_or("", String::as_str));
    let list = checks.iter().map(|c| {
        let span = source_span(document, c.span).unwrap_or_default();
        let (line, column) = positions.line_column(span.start);
        json!({
            "kind": c.kind, "start": positions.scalars(span.start), "end": positions.scalars(span.end),
            "line": line, "column": column, "text": c.span.of(&document.text), "note": c.note,
        })
    });
    Value::Array(list.collect())
}
