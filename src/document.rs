//! What an article is, whatever file it came from: the text that is read and checked, its blocks,
//! its marks, and the map by which changed words find their way back into the source.

use thiserror::Error;

use crate::text::{Edit, Edits, Span};

/// What kind of block a stretch of text is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BlockKind {
    /// A title or a subheading.
    Headline,
    /// Running text.
    Paragraph,
    /// A block quotation.
    Quote,
    /// An item of a list.
    ListItem,
    /// The words under a picture.
    Caption,
    /// Who made the picture or wrote the text.
    Credit,
    /// A cell of a table.
    Cell,
}

/// A paragraph-like part of the text. Blocks are separated by line breaks that belong to none of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Block {
    /// Where it stands in the text (bytes). May hold line breaks where the source is hard-wrapped.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What kind of inline mark-up a stretch of text carried.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MarkKind {
    /// A hyperlink.
    Link,
    /// Strong or bold.
    Strong,
    /// Emphasis or italic.
    Emphasis,
}

/// A fact of the source that is not in the text, used as evidence: where a link ended, a space was often lost.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mark {
    /// Where (bytes of the text).
    pub span: Span,
    /// What.
    pub kind: MarkKind,
}

/// The kind of file an article came from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Format {
    /// Plain text.
    Text,
    /// HTML.
    Html,
    /// Office Open XML.
    Docx,
}

/// How the text of a segment is written in the source.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Escape {
    /// Byte for byte.
    Verbatim,
    /// Otherwise (an entity, a run of white space, a line break of two characters): replaced as a whole.
    Coded,
}

/// A stretch of text and where it stands in the source.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Segment {
    /// Bytes of the text.
    pub text: Span,
    /// Which part of a package; 0 where there is one.
    pub part: usize,
    /// Bytes of the decoded source part.
    pub source: Span,
    /// How it is written there.
    pub escape: Escape,
}

/// Where the article came from, and all that is needed to write it back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// The kind of file.
    pub format: Format,
    /// The file as it was read.
    pub bytes: Vec<u8>,
    /// The decoded parts that hold text (one, except for packages).
    pub parts: Vec<String>,
    /// Bytes before the first part that are no text (a byte order mark).
    pub bom: bool,
    /// How a line break is written.
    pub line_ending: &'static str,
    /// Sorted by text, disjoint; a stretch of text without a segment can't be changed.
    pub segments: Vec<Segment>,
}

/// A change of the source: replace `span` of `part` by `replacement`, which is already escaped.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Splice {
    /// Which part.
    pub part: usize,
    /// Bytes of the decoded part.
    pub span: Span,
    /// What shall stand there.
    pub replacement: String,
}

/// An edit that the format can't write.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("the change at byte {at} ({what}) can't be written into this kind of file")]
pub struct PlaceError {
    /// Byte position in the text.
    pub at: usize,
    /// The words concerned.
    pub what: String,
}

/// An article.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    /// What the editor reads and every detector checks; blocks are separated by `\n`.
    pub text: String,
    /// In order, disjoint.
    pub blocks: Vec<Block>,
    /// In order of their start.
    pub marks: Vec<Mark>,
    /// Where it came from.
    pub source: Source,
}

impl Document {
    /// The place in part and source for a position of the text where something is put in.
    /// Between two segments the one outside a mark is taken, beside an entity the plain one.
    fn insertion_place(&self, at: usize) -> Option<(usize, usize)> {
        let segments = &self.source.segments;
        let next = segments.partition_point(|s| s.text.end <= at);
        let after = segments.get(next);
        if let Some(s) = after
            && s.text.start < at
        {
            return (s.escape == Escape::Verbatim).then_some((s.part, s.source.start + (at - s.text.start)));
        }
        let before = next.checked_sub(1).and_then(|i| segments.get(i)).filter(|s| s.text.end == at);
        let after = after.filter(|s| s.text.start == at);
        let end_of = |s: &Segment| (s.part, s.source.end);
        let start_of = |s: &Segment| (s.part, s.source.start);
        match (before, after) {
            (Some(b), Some(a)) => {
                let inside = |s: &Segment| self.marks.iter().filter(|m| m.span.contains(s.text)).count();
                let (depth_before, depth_after) = (inside(b), inside(a));
                Some(if depth_after < depth_before { start_of(a) } else { end_of(b) })
            }
            (Some(b), None) => Some(end_of(b)),
            (None, Some(a)) => Some(start_of(a)),
            (None, None) => segments.last().map(end_of).or(Some((0, 0))).filter(|_| self.text.is_empty()),
        }
    }

    /// Puts edits of the text through the source map. The splices are sorted and disjoint in each part.
    ///
    /// # Errors
    /// [`PlaceError`] when a part of the text that belongs to no segment would change.
    pub fn place(&self, edits: &Edits) -> Result<Vec<Splice>, PlaceError> {
        let mut splices = Vec::new();
        for edit in edits {
            self.place_one(&edit.trimmed(), &mut splices)?;
        }
        splices.sort_by_key(|s: &Splice| (s.part, s.span));
        Ok(splices)
    }

    fn place_one(&self, edit: &Edit, splices: &mut Vec<Splice>) -> Result<(), PlaceError> {
        let error = || PlaceError { at: edit.at, what: format!("{:?} → {:?}", edit.from, edit.to) };
        let escape = |text: &str| self.escape(text);
        if edit.from.is_empty() {
            let (part, at) = self.insertion_place(edit.at).ok_or_else(error)?;
            splices.push(Splice { part, span: Span::at(at), replacement: escape(&edit.to) });
            return Ok(());
        }
        let span = edit.span();
        let first = self.source.segments.partition_point(|s| s.text.end <= span.start);
        let mut covered = span.start;
        let mut to = Some(edit.to.as_str());
        for segment in self.source.segments.iter().skip(first).take_while(|s| s.text.start < span.end) {
            if segment.text.start > covered {
                return Err(error());
            }
            let cut = Span::new(span.start.max(segment.text.start), span.end.min(segment.text.end));
            covered = cut.end;
            let mut replacement = to.take().map(escape).unwrap_or_default();
            let source = match segment.escape {
                Escape::Verbatim => {
                    let shift = segment.source.start;
                    Span::new(shift + cut.start - segment.text.start, shift + cut.end - segment.text.start)
                }
                Escape::Coded => {
                    // Only a part of a coded piece goes: the rest is written anew.
                    let keep_before = Span::new(segment.text.start, cut.start).of(&self.text);
                    let keep_after = Span::new(cut.end, segment.text.end).of(&self.text);
                    replacement = escape(keep_before) + &replacement + &escape(keep_after);
                    segment.source
                }
            };
            splices.push(Splice { part: segment.part, span: source, replacement });
        }
        if covered < span.end { Err(error()) } else { Ok(()) }
    }

    fn escape(&self, text: &str) -> String {
        match self.source.format {
            Format::Text => text.replace('\n', self.source.line_ending),
            Format::Html | Format::Docx => text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
        }
    }

    /// The block that holds the byte at `position`.
    pub fn block_at(&self, position: usize) -> Option<&Block> {
        let i = self.blocks.partition_point(|b| b.span.end < position);
        self.blocks.get(i).filter(|b| b.span.start <= position)
    }
}

/// The part after the splices, which are sorted and disjoint.
pub fn splice(part: &str, splices: &[Splice]) -> String {
    let mut out = String::with_capacity(part.len());
    let mut position = 0;
    for s in splices {
        out.push_str(part.get(position..s.span.start).unwrap_or(""));
        out.push_str(&s.replacement);
        position = s.span.end.max(position);
    }
    out.push_str(part.get(position..).unwrap_or(""));
    out
}

impl Document {
    /// The document after edits, for checking again: text, blocks and marks moved along. Its source is
    /// that of a plain text; it is not meant to be written. `None` when the edits do not fit.
    pub fn with_edits(&self, edits: &Edits) -> Option<Self> {
        let text = edits.apply(&self.text).ok()?;
        let shift = |span: Span| Span::new(edits.map_position(span.start), edits.map_position(span.end));
        let joined_or_split = edits.iter().any(|e| e.from.contains('\n') || e.to.contains('\n'));
        let mut blocks = Vec::new();
        for block in &self.blocks {
            let inner = edits.iter().filter(|e| block.span.end == e.at && e.from.is_empty()).map(|e| e.to.len()).sum::<usize>();
            let mut span = shift(block.span);
            span.end += inner;
            blocks.push(Block { span, kind: block.kind });
        }
        if joined_or_split {
            blocks = crate::formats::txt::blocks(&text)
                .into_iter()
                .map(|b| Block { kind: blocks.iter().find(|o| o.span.overlaps(b.span)).map_or(b.kind, |o| o.kind), ..b })
                .collect();
        }
        blocks.retain(|b| !b.span.is_empty());
        let marks = self.marks.iter().map(|m| Mark { span: shift(m.span), kind: m.kind }).filter(|m| !m.span.is_empty()).collect();
        let segments =
            vec![Segment { text: Span::new(0, text.len()), part: 0, source: Span::new(0, text.len()), escape: Escape::Verbatim }];
        let source = Source { format: Format::Text, bytes: Vec::new(), parts: vec![text.clone()], bom: false, line_ending: "\n", segments };
        Some(Self { text, blocks, marks, source })
    }
}
