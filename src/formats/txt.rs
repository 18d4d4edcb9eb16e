//! Plain text: UTF-8, with or without a byte order mark, any line ending. Every line that is not blank
//! is a block, except in hard-wrapped text, where a block runs to the next blank line.

use super::{FormatError, decode};
use crate::document::{Block, BlockKind, Document, Escape, Format, Segment, Source, Splice, splice};
use crate::text::Span;

/// Reads plain text.
///
/// # Errors
/// [`FormatError`] when the bytes are not UTF-8 text.
pub fn read(bytes: &[u8]) -> Result<Document, FormatError> {
    let (bom, source) = decode(bytes)?;
    let mut text = String::with_capacity(source.len());
    let mut segments = Vec::new();
    let mut crlf = 0_usize;
    let mut rest = Span::new(0, source.len());
    // `\r\n` and a lone `\r` become `\n`; everything between is verbatim.
    while !rest.is_empty() {
        let body = rest.of(&source);
        let stop = body.find('\r').unwrap_or(body.len());
        let verbatim = Span::new(rest.start, rest.start + stop);
        if !verbatim.is_empty() {
            let at = text.len();
            text.push_str(verbatim.of(&source));
            segments.push(Segment { text: Span::new(at, text.len()), part: 0, source: verbatim, escape: Escape::Verbatim });
        }
        rest.start = verbatim.end;
        if rest.is_empty() {
            break;
        }
        let width = if rest.of(&source).starts_with("\r\n") { 2 } else { 1 };
        crlf += width - 1;
        let at = text.len();
        text.push('\n');
        let coded = Span::new(rest.start, rest.start + width);
        segments.push(Segment { text: Span::new(at, at + 1), part: 0, source: coded, escape: Escape::Coded });
        rest.start = coded.end;
    }
    let lines = text.bytes().filter(|&b| b == b'\n').count();
    let line_ending = if crlf * 2 > lines {
        "\r\n"
    } else if lines == 0 || source.contains('\n') {
        "\n"
    } else {
        "\r"
    };
    let blocks = blocks(&text);
    let source = Source {
        format: Format::Text,
        bytes: bytes.to_vec(),
        parts: vec![source],
        bom,
        line_ending,
        segments,
        hidden: Vec::new(),
        frames: Vec::new(),
    };
    Ok(Document { text, blocks, marks: Vec::new(), source })
}

/// The file after the splices.
pub fn write(document: &Document, splices: &[Splice]) -> Vec<u8> {
    let body = document.source.parts.first().map_or("", String::as_str);
    let mut out = if document.source.bom { b"\xef\xbb\xbf".to_vec() } else { Vec::new() };
    out.extend_from_slice(splice(body, splices).as_bytes());
    out
}

/// The lines of a text that are not blank, without white space at their ends.
fn lines(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let lead = line.len() - line.trim_start().len();
        spans.push(Span::new(start + lead, start + lead.max(line.trim_end().len())));
        start += line.len() + 1;
    }
    spans
}

/// Hard-wrapped text has blank lines between paragraphs of several lines of about one width.
fn is_hard_wrapped(text: &str, lines: &[Span]) -> bool {
    let full: Vec<usize> = lines.iter().filter(|l| !l.is_empty()).map(|l| l.of(text).chars().count()).collect();
    let inner = lines.windows(2).filter(|w| matches!(w, [a, b] if !a.is_empty() && !b.is_empty())).count();
    let blank = lines.iter().any(|l| l.is_empty());
    let longest = full.iter().copied().max().unwrap_or(0);
    // A line that is followed by another of its paragraph is nearly full.
    let near = lines
        .windows(2)
        .filter(|w| matches!(w, [a, b] if !a.is_empty() && !b.is_empty() && a.of(text).chars().count() * 10 >= longest * 7))
        .count();
    blank && longest <= 100 && inner >= 3 && inner * 2 > full.len() && near * 10 >= inner * 8
}

/// The blocks of a plain text.
pub fn blocks(text: &str) -> Vec<Block> {
    let lines = lines(text);
    let mut spans: Vec<Span> = Vec::new();
    if is_hard_wrapped(text, &lines) {
        let mut open = false;
        for line in lines {
            match spans.last_mut() {
                _ if line.is_empty() => open = false,
                Some(last) if open => last.end = line.end,
                _ => {
                    spans.push(line);
                    open = true;
                }
            }
        }
    } else {
        spans = lines.into_iter().filter(|l| !l.is_empty()).collect();
    }
    let kind_of = |span: &Span| if looks_like_headline(span.of(text)) { BlockKind::Headline } else { BlockKind::Paragraph };
    spans.iter().map(|s| Block { span: *s, kind: kind_of(s) }).collect()
}

/// A short line that ends like no sentence: a title or a subheading.
fn looks_like_headline(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let last = line.trim_end_matches(['"', '”', '’', '\'', ')', ' ']).chars().last().unwrap_or('.');
    let first_upper = line.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
    (2..=16).contains(&words) && line.chars().count() <= 110 && first_upper && (last.is_alphanumeric() || last == '?')
}
