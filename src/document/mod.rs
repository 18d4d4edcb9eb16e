//! What an article is, whatever file it came from: the text that is read and checked, its blocks,
//! its marks, and the map by which changed words find their way back into the source.

mod place;

use thiserror::Error;

use crate::text::{Alignment, Edits, Span};

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
    /// Code, keys, a formula, text with its own layout: read, never corrected.
    Code,
    /// Words that the source says are in another language than English.
    Foreign,
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

/// White space of the source that is not shown, because it stands beside other white space or at the
/// edge of a line. When what hides it goes, it goes too.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hidden {
    /// The place in the text (bytes) where it would come to light.
    pub at: usize,
    /// Which part.
    pub part: usize,
    /// Bytes of the decoded part.
    pub source: Span,
}

/// How an element of the source behaves when a line break is written into it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FrameKind {
    /// It is ended before the break and begun again behind it, and its block is split.
    Inline,
    /// The same, for a block (`<p>`).
    Block,
    /// It can't be split: the break is an element of its own (a cell of a table).
    Container,
    /// Line breaks are kept as they are.
    Preformatted,
}

/// An element of the source that holds text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Frame {
    /// Which part.
    pub part: usize,
    /// What it is.
    pub kind: FrameKind,
    /// Its start tag, in bytes of the part.
    pub open: Span,
    /// Its name in the start tag.
    pub name: Span,
    /// One past its content.
    pub content_end: usize,
    /// One past its end tag.
    pub end: usize,
    /// It holds text and inline mark-up only.
    pub leaf: bool,
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
    /// Sorted by `at`.
    pub hidden: Vec<Hidden>,
    /// In the order of their start tags.
    pub frames: Vec<Frame>,
}

impl Source {
    /// A source of one part whose text is the part itself.
    pub fn plain(text: String) -> Self {
        let whole = Span::new(0, text.len());
        let segments = vec![Segment { text: whole, part: 0, source: whole, escape: Escape::Verbatim }];
        let (hidden, frames) = (Vec::new(), Vec::new());
        Self { format: Format::Text, bytes: Vec::new(), parts: vec![text], bom: false, line_ending: "\n", segments, hidden, frames }
    }
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
#[error("the change {what} can't be written into this file: {reason}")]
pub struct PlaceError {
    /// Byte position in the text.
    pub at: usize,
    /// The words concerned.
    pub what: String,
    /// Why not.
    pub reason: &'static str,
}

impl PlaceError {
    /// The error of a change of the original.
    pub fn new(edit: &crate::text::Edit, reason: &'static str) -> Self {
        let what = match (edit.from.as_str(), edit.to.as_str()) {
            ("\n", to) if !to.contains('\n') => "that joins two paragraphs".to_owned(),
            (from, "") => format!("that takes {} away", quoted(from)),
            ("", to) => format!("that puts {} in", quoted(to)),
            (from, to) => format!("of {} to {}", quoted(from), quoted(to)),
        };
        Self { at: edit.at, what, reason }
    }
}

/// Words as a message shows them: a line break is a sign, and a long stretch is cut in its middle.
fn quoted(words: &str) -> String {
    const MOST: usize = 60;
    let shown: Vec<char> = words.replace('\n', " ¶ ").chars().collect();
    let part = |letters: &[char]| letters.iter().collect::<String>();
    match (shown.get(..MOST / 2), shown.get(shown.len().saturating_sub(MOST / 2)..)) {
        (Some(head), Some(tail)) if shown.len() > MOST => format!("“{} … {}”", part(head).trim_end(), part(tail).trim_start()),
        _ => format!("“{}”", part(&shown)),
    }
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
    /// empty; it is not meant to be written. `None` when the edits do not fit.
    pub fn with_edits(&self, edits: &Edits) -> Option<Self> {
        Some(self.moved(edits.apply(&self.text).ok()?, edits))
    }

    /// The same, with the text that the edits lead to.
    #[must_use]
    pub fn moved(&self, text: String, edits: &Edits) -> Self {
        let alignment = Alignment::new(edits);
        let shift = |span: Span| Span::new(alignment.onward(span.start), alignment.onward(span.end));
        // What was put in at the end of a block belongs to it.
        let mut put_in = edits.iter().filter(|e| e.from.is_empty()).peekable();
        let mut blocks = Vec::with_capacity(self.blocks.len());
        for block in &self.blocks {
            let mut span = shift(block.span);
            while put_in.next_if(|e| e.at < block.span.end).is_some() {}
            span.end += put_in.peek().filter(|e| e.at == block.span.end).map_or(0, |e| e.to.len());
            blocks.push(Block { span, kind: block.kind });
        }
        if edits.iter().any(|e| e.from.contains('\n') || e.to.contains('\n')) {
            blocks = crate::formats::txt::blocks(&text)
                .into_iter()
                .map(|b| {
                    let near = blocks.partition_point(|o| o.span.end <= b.span.start);
                    let old = blocks.iter().skip(near).take_while(|o| o.span.start < b.span.end).find(|o| o.span.overlaps(b.span));
                    Block { kind: old.map_or(b.kind, |o| o.kind), ..b }
                })
                .collect();
        }
        blocks.retain(|b| !b.span.is_empty());
        let marks = self.marks.iter().map(|m| Mark { span: shift(m.span), kind: m.kind }).filter(|m| !m.span.is_empty()).collect();
        Self { text, blocks, marks, source: Source::plain(String::new()) }
    }
}
