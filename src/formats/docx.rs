//! Office Open XML: proof that the source map carries packages too. The text of the main part is read run
//! by run; an edit changes the runs it touches, and every other byte of the package is copied as it is.
//!
//! [`super::read`] does not offer this to users yet: text boxes, notes, content controls and tracked
//! changes still need their rules (nothing is shown of the first three, and deleted text is not read).

use std::io::{Cursor, Read, Write};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::FormatError;
use crate::document::{Block, BlockKind, Document, Escape, Format, Frame, FrameKind, Segment, Source, Splice, splice};
use crate::text::{Span, entities};

/// The most entries of a package.
const MOST_ENTRIES: usize = 4096;

/// The most bytes of one part.
const MOST_BYTES: u64 = 64 << 20;

fn malformed(what: impl Into<String>) -> FormatError {
    FormatError::Malformed(what.into())
}

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

fn archive(bytes: &[u8]) -> Result<Archive<'_>, FormatError> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| malformed(format!("this is no Word file: {e}")))?;
    if archive.len() > MOST_ENTRIES {
        return Err(malformed(format!("the Word file has {} parts; at most {MOST_ENTRIES} are opened", archive.len())));
    }
    // Two entries of one name would silently become one when the package is written.
    let listed = bytes.windows(4).rposition(|w| w == b"PK\x05\x06").and_then(|at| bytes.get(at + 10..at + 12));
    if let Some(&[low, high]) = listed
        && usize::from(u16::from_le_bytes([low, high])) != archive.len()
    {
        return Err(malformed("the Word file holds two parts of one name"));
    }
    Ok(archive)
}

fn part(archive: &mut Archive, name: &str) -> Result<String, FormatError> {
    let file = archive.by_name(name).map_err(|e| malformed(format!("the Word file lacks its part {name}: {e}")))?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|e| malformed(format!("the part {name} can't be unpacked: {e}")))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(malformed(format!("the part {name} has more than {MOST_BYTES} bytes")));
    }
    String::from_utf8(bytes).map_err(|_| malformed(format!("the part {name} is not UTF-8")))
}

fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let value = tag.attributes().flatten().find(|a| a.key.as_ref() == name)?.value;
    Some(value.into_owned())
}

/// The name of the main part, by the relationships of the package.
fn main_part(archive: &mut Archive) -> Result<String, FormatError> {
    let relationships = part(archive, "_rels/.rels")?;
    let mut reader = Reader::from_str(relationships.trim_start_matches('\u{feff}'));
    loop {
        match reader.read_event().map_err(|e| malformed(format!("_rels/.rels: {e}")))? {
            Event::Empty(tag) | Event::Start(tag) if attribute(&tag, "Type").is_some_and(|t| t.ends_with("/officeDocument")) => {
                let target = attribute(&tag, "Target").unwrap_or_default();
                return Ok(target.trim_start_matches('/').to_owned());
            }
            Event::DocType(_) => return Err(malformed("the Word file declares a document type")),
            Event::Eof => return Err(malformed("the package holds no Word document")),
            _ => {}
        }
    }
}

/// Reads a Word document: a block for every paragraph of the main part that has text.
///
/// # Errors
/// [`FormatError`] when the package or its main part is not well-formed, or too large.
pub fn read(bytes: &[u8]) -> Result<Document, FormatError> {
    let mut archive = archive(bytes)?;
    let name = main_part(&mut archive)?;
    let main = part(&mut archive, &name)?;
    // The XML reader drops a byte order mark and counts behind it.
    let (bom, source) = match main.strip_prefix('\u{feff}') {
        Some(rest) => (true, rest.to_owned()),
        None => (false, main),
    };
    let mut story =
        Story { source: &source, text: String::new(), segments: Vec::new(), blocks: Vec::new(), frames: Vec::new(), start: None };
    story.read()?;
    let Story { text, segments, blocks, frames, .. } = story;
    let source = Source {
        format: Format::Docx,
        bytes: bytes.to_vec(),
        parts: vec![source],
        bom,
        line_ending: "\n",
        segments,
        hidden: Vec::new(),
        frames,
    };
    Ok(Document { text, blocks, marks: Vec::new(), source })
}

struct Story<'s> {
    source: &'s str,
    text: String,
    segments: Vec<Segment>,
    blocks: Vec<Block>,
    /// The `w:t` elements.
    frames: Vec<Frame>,
    start: Option<usize>,
}

impl Story<'_> {
    fn read(&mut self) -> Result<(), FormatError> {
        let source = self.source;
        let mut reader = Reader::from_str(source);
        let mut skipped = 0_usize;
        loop {
            let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let event = reader.read_event().map_err(|e| malformed(format!("the main part of the Word file: {e}")))?;
            let tag = Span::new(at, usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX));
            match event {
                Event::Eof => break,
                Event::DocType(_) => return Err(malformed("the Word file declares a document type")),
                Event::Start(start) => {
                    let name = start.local_name();
                    let name = name.as_ref();
                    if skipped > 0 || matches!(name, "del" | "moveFrom" | "Fallback" | "txbxContent") {
                        skipped += 1;
                    } else if name == "t" {
                        let preserved = attribute(&start, "xml:space").is_some_and(|v| v == "preserve");
                        self.run_text(&mut reader, tag, preserved)?;
                    }
                }
                Event::End(_) if skipped > 0 => skipped -= 1,
                Event::End(end) if end.local_name().as_ref() == "p" => self.end_paragraph(),
                Event::Empty(empty) if skipped == 0 => match empty.local_name().as_ref() {
                    "tab" if self.start.is_some() => self.text.push('\t'),
                    "br" | "cr" if self.start.is_some() => self.text.push('\n'),
                    "noBreakHyphen" if self.start.is_some() => self.text.push('\u{2011}'),
                    _ => {}
                },
                _ => {}
            }
        }
        self.end_paragraph();
        Ok(())
    }

    /// The text of one `w:t`. Without `preserve`, white space at its ends is none of it.
    fn run_text(&mut self, reader: &mut Reader<&[u8]>, open: Span, preserved: bool) -> Result<(), FormatError> {
        let end = loop {
            let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            match reader.read_event().map_err(|e| malformed(format!("the main part of the Word file: {e}")))? {
                Event::End(_) => break at,
                Event::Eof => return Err(malformed("the main part of the Word file ends in the middle")),
                Event::Start(_) | Event::Empty(_) => return Err(malformed("a run of the Word file holds an element")),
                _ => {}
            }
        };
        let inner = Span::new(open.end, end);
        self.frames.push(Frame { part: 0, kind: FrameKind::Inline, open, name: Span::at(open.start), content_end: end, end, leaf: true });
        let raw = inner.of(self.source);
        let raw = if preserved { raw } else { raw.trim_matches([' ', '\t', '\r', '\n']) };
        let offset = inner.start + inner.of(self.source).find(raw).unwrap_or(0);
        if !raw.is_empty() && self.start.is_none() {
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            self.start = Some(self.text.len());
        }
        let mut at = 0;
        while let Some(rest) = raw.get(at..).filter(|r| !r.is_empty()) {
            let (shown, len, escape) = if let Some((c, len)) = entities::decode(rest) {
                (c.to_string(), len, Escape::Coded)
            } else {
                let len = rest.char_indices().skip(1).find(|(_, c)| *c == '&').map_or(rest.len(), |(i, _)| i);
                (rest.get(..len).unwrap_or("").to_owned(), len, Escape::Verbatim)
            };
            let text = Span::new(self.text.len(), self.text.len() + shown.len());
            self.text.push_str(&shown);
            self.segments.push(Segment { text, part: 0, source: Span::new(offset + at, offset + at + len), escape });
            at += len;
        }
        Ok(())
    }

    fn end_paragraph(&mut self) {
        if let Some(start) = self.start.take() {
            self.blocks.push(Block { span: Span::new(start, self.text.len()), kind: BlockKind::Paragraph });
        }
    }
}

/// The package after the splices of its main part. New text takes the look of the first run it replaces.
///
/// # Errors
/// [`FormatError::Malformed`] when the package can't be copied.
pub fn write(document: &Document, splices: &[Splice]) -> Result<Vec<u8>, FormatError> {
    let body = document.source.parts.first().map_or("", String::as_str);
    let mut splices = splices.to_vec();
    splices.extend(document.source.frames.iter().filter_map(|run| preserve(body, run, &splices)).collect::<Vec<_>>());
    splices.sort_by_key(|s| s.span);
    let main = splice(body, &splices);
    let mut archive = archive(&document.source.bytes)?;
    let name = main_part(&mut archive)?;
    let failed = |e: &dyn std::fmt::Display| malformed(format!("the Word file can't be written: {e}"));
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..archive.len() {
        let file = archive.by_index_raw(i).map_err(|e| failed(&e))?;
        if file.name().is_ok_and(|n| n == name) {
            let options = SimpleFileOptions::default().compression_method(file.compression());
            let options = file.last_modified().map_or(options, |time| options.last_modified_time(time));
            out.start_file(&name, options).map_err(|e| failed(&e))?;
            if document.source.bom {
                out.write_all("\u{feff}".as_bytes()).map_err(|e| failed(&e))?;
            }
            out.write_all(main.as_bytes()).map_err(|e| failed(&e))?;
        } else {
            out.raw_copy_file(file).map_err(|e| failed(&e))?;
        }
    }
    Ok(out.finish().map_err(|e| failed(&e))?.into_inner())
}

/// A run whose text comes to begin or end with a blank must say that it is kept.
fn preserve(body: &str, run: &Frame, splices: &[Splice]) -> Option<Splice> {
    let inner = Span::new(run.open.end, run.content_end);
    let inside: Vec<Splice> = splices
        .iter()
        .filter(|s| inner.contains(s.span))
        .map(|s| Splice { span: Span::new(s.span.start - inner.start, s.span.end - inner.start), ..s.clone() })
        .collect();
    let text = splice(inner.of(body), &inside);
    let blank = text.starts_with([' ', '\t']) || text.ends_with([' ', '\t']);
    let tag = run.open.of(body);
    (!inside.is_empty() && blank && !tag.contains("xml:space")).then(|| Splice {
        part: run.part,
        span: Span::at(run.open.end - 1),
        replacement: " xml:space=\"preserve\"".to_owned(),
    })
}
