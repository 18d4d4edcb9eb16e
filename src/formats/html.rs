//! HTML as it comes from a news page: the visible text, its blocks and links, and the way back.
//!
//! Text is joined across inline tags exactly as a browser joins it, so that a space lost beside a link is
//! lost here too; white space collapses as in a browser and is kept in `<pre>`. Scripts, styles, forms,
//! navigation and other furniture are not read. If there is exactly one `<article>`, or else one `<main>`,
//! that holds the story, only it is read. Nothing is recursive and no input is refused.

use super::elements::{Role, is_hidden, kind_of_class, mark_of, region, role};
use super::markup::{Markup, Piece};
use super::{FormatError, decode};
use crate::document::{
    Block, BlockKind, Document, Escape, Format, Frame, FrameKind, Hidden, Mark, MarkKind, PlaceError, Segment, Source, Splice, splice,
};
use crate::text::{Edits, Span, entities};

/// How far up the open elements an end tag is looked for when others were left open in between.
const REACH: usize = 256;

const fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
}

/// An element that is open.
struct Open {
    name: String,
    role: Role,
    skipped: bool,
    frame: Option<usize>,
    kind: Option<BlockKind>,
    /// Where its text began, for a mark.
    mark: Option<(MarkKind, usize)>,
}

/// What stands between the last character that is seen and the next one.
enum Between {
    Opened(Span, String),
    Closed(Span, String),
    /// A line break that shows nothing, because no text follows or precedes it.
    Break,
    Other,
}

/// What waits for the next character of the line.
enum Waiting {
    Break(Span),
    Space(Span),
}

struct Reader<'s> {
    source: &'s str,
    text: String,
    segments: Vec<Segment>,
    hidden: Vec<Hidden>,
    frames: Vec<Frame>,
    blocks: Vec<Block>,
    marks: Vec<Mark>,
    open: Vec<Open>,
    skipping: usize,
    in_article: bool,
    /// Where the text of the present block began.
    block: Option<usize>,
    between: Vec<Between>,
    waiting: Vec<Waiting>,
}

/// Reads an HTML page.
///
/// # Errors
/// [`FormatError`] when the bytes are not UTF-8 text.
pub fn read(bytes: &[u8]) -> Result<Document, FormatError> {
    let (bom, source) = decode(bytes)?;
    let (region, form_is_read) = region(&source);
    let mut reader = Reader {
        source: &source,
        text: String::with_capacity(source.len() / 3),
        segments: Vec::new(),
        hidden: Vec::new(),
        frames: Vec::new(),
        blocks: Vec::new(),
        marks: Vec::new(),
        open: Vec::new(),
        skipping: 0,
        in_article: region != Span::new(0, source.len()),
        block: None,
        between: Vec::new(),
        waiting: Vec::new(),
    };
    for piece in Markup::new(&source) {
        let at = match piece {
            Piece::Text(s) | Piece::Raw(s) | Piece::Comment(s) => s,
            Piece::Start { tag, .. } | Piece::End { tag, .. } => tag,
        };
        if at.start < region.start {
            continue;
        }
        if at.start >= region.end {
            break;
        }
        match piece {
            Piece::Text(span) if reader.skipping == 0 => reader.text(span),
            Piece::Text(_) | Piece::Raw(_) => {}
            Piece::Comment(_) => reader.between.push(Between::Other),
            Piece::Start { tag, name, closed } => reader.start(tag, name, closed, form_is_read),
            Piece::End { tag, name } => reader.end(tag, name),
        }
    }
    reader.close_down_to(0, Span::at(region.end), false);
    reader.end_block();
    let Reader { text, segments, mut hidden, frames, blocks, mut marks, .. } = reader;
    hidden.sort_by_key(|h| h.at);
    marks.retain(|m| !m.span.is_empty());
    marks.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    let line_ending = if source.matches("\r\n").count() * 2 > source.matches('\n').count() { "\r\n" } else { "\n" };
    let source = Source { format: Format::Html, bytes: bytes.to_vec(), parts: vec![source], bom, line_ending, segments, hidden, frames };
    Ok(Document { text, blocks, marks, source })
}

/// The file after the splices.
///
/// # Errors
/// [`FormatError::Place`] when a browser would not show the edited text there. The file is read again to
/// be sure of that.
pub fn write(document: &Document, edits: &Edits, splices: &[Splice]) -> Result<Vec<u8>, FormatError> {
    let body = document.source.parts.first().map_or("", String::as_str);
    let mut out = if document.source.bom { b"\xef\xbb\xbf".to_vec() } else { Vec::new() };
    out.extend_from_slice(splice(body, splices).as_bytes());
    let wanted = edits.apply(&document.text).map(|t| shown(&t)).ok();
    if wanted.is_none() || wanted != read(&out).map(|d| shown(&d.text)).ok() {
        let reason = "the page would not show it; write it by hand";
        let unknown = || PlaceError { at: 0, what: String::new(), reason };
        return Err(edits.iter().next().map_or_else(unknown, |e| PlaceError::new(e, reason)).into());
    }
    Ok(out)
}

/// A text as HTML can show it: no white space at the ends of a line or beside other white space, no
/// empty line.
pub fn shown(text: &str) -> String {
    let lines = text.split('\n').map(|line| line.split([' ', '\t', '\r', '\u{c}']).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

impl Reader<'_> {
    fn is_preformatted(&self) -> bool {
        self.open.iter().rev().take(REACH).any(|o| o.role == Role::Block(FrameKind::Preformatted, None))
    }

    fn text(&mut self, span: Span) {
        let source = self.source;
        let bytes = source.as_bytes();
        let preformatted = self.is_preformatted();
        let mut at = span.start;
        while let Some(&b) = bytes.get(at).filter(|_| at < span.end) {
            if is_space(b) {
                let len = bytes.get(at..span.end).map_or(1, |r| r.iter().take_while(|&&b| is_space(b)).count());
                self.space(Span::new(at, at + len), preformatted);
                at += len;
            } else if b == b'&' {
                let rest = Span::new(at, span.end).of(source);
                let (c, len) = entities::decode(rest).unwrap_or(('&', 1));
                let piece = Span::new(at, at + len);
                if c.is_ascii() && is_space(c as u8) && !preformatted {
                    self.space(piece, false);
                } else {
                    self.visible(c.encode_utf8(&mut [0; 4]), piece, Escape::Coded);
                }
                at += len;
            } else {
                let len = bytes.get(at..span.end).map_or(1, |r| r.iter().take_while(|&&b| !is_space(b) && b != b'&').count());
                let piece = Span::new(at, at + len);
                self.visible(piece.of(source), piece, Escape::Verbatim);
                at += len;
            }
        }
    }

    /// White space: one space, or hidden at the edges of a line and beside another space.
    fn space(&mut self, run: Span, preformatted: bool) {
        if preformatted && self.block.is_some() {
            let mut at = run.start;
            for line in run.of(self.source).split_inclusive('\n') {
                let kept = line.trim_end_matches(['\n', '\r']);
                if !kept.is_empty() {
                    self.visible(kept, Span::new(at, at + kept.len()), Escape::Verbatim);
                }
                if kept.len() < line.len() {
                    let escape = if line.ends_with("\r\n") || !line.ends_with('\n') { Escape::Coded } else { Escape::Verbatim };
                    self.visible("\n", Span::new(at + kept.len(), at + line.len()), escape);
                }
                at += line.len();
            }
            return;
        }
        let line_is_empty = self.block.is_none() || !self.waiting.is_empty();
        if line_is_empty {
            self.waiting.push(Waiting::Space(run));
        } else if self.text.ends_with(' ') {
            self.hidden.push(Hidden { at: self.text.len(), part: 0, source: run });
        } else {
            let escape = if run.of(self.source) == " " { Escape::Verbatim } else { Escape::Coded };
            self.push(" ", run, escape);
        }
    }

    /// Something that is seen.
    fn visible(&mut self, shown: &str, source: Span, escape: Escape) {
        if self.block.is_none() || !self.waiting.is_empty() {
            self.begin_line();
        }
        self.between.clear();
        self.push(shown, source, escape);
    }

    fn push(&mut self, shown: &str, source: Span, escape: Escape) {
        let at = self.text.len();
        self.text.push_str(shown);
        let span = Span::new(at, self.text.len());
        match self.segments.last_mut() {
            Some(last)
                if escape == Escape::Verbatim
                    && last.escape == Escape::Verbatim
                    && last.source.end == source.start
                    && last.text.end == at =>
            {
                last.source.end = source.end;
                last.text.end = span.end;
            }
            _ => self.segments.push(Segment { text: span, part: 0, source, escape }),
        }
    }

    /// Before the first character of a block or of a line behind `<br>`.
    fn begin_line(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let before = self.text.len();
        if self.block.is_some() {
            // Two breaks end a paragraph.
            if waiting.iter().filter(|w| matches!(w, Waiting::Break(_))).count() >= 2 {
                self.finish_block();
            }
            for piece in waiting {
                match piece {
                    Waiting::Break(source) => {
                        let at = self.text.len();
                        self.text.push('\n');
                        self.segments.push(Segment { text: Span::new(at, at + 1), part: 0, source, escape: Escape::Coded });
                    }
                    Waiting::Space(source) => self.hidden.push(Hidden { at: self.text.len(), part: 0, source }),
                }
            }
        } else {
            if !self.text.is_empty() {
                let at = self.text.len();
                self.text.push('\n');
                if let Some(source) = self.joint() {
                    self.segments.push(Segment { text: Span::new(at, at + 1), part: 0, source, escape: Escape::Coded });
                }
            }
            let at = self.text.len();
            let spaces = waiting.into_iter().filter_map(|w| if let Waiting::Space(source) = w { Some(source) } else { None });
            self.hidden.extend(spaces.map(|source| Hidden { at, part: 0, source }));
        }
        let at = self.text.len();
        if self.block.is_none() {
            self.block = Some(at);
        }
        for mark in self.open.iter_mut().rev().take(REACH).filter_map(|o| o.mark.as_mut()) {
            if mark.1 == before {
                mark.1 = at;
            }
        }
    }

    /// The tags between two blocks that make them two, if nothing else stands between them: elements
    /// that end, then as many of the same names that begin.
    fn joint(&self) -> Option<Span> {
        let is_block = |b: &Between| matches!(b, Between::Opened(..) | Between::Closed(..));
        if self.between.iter().any(|b| matches!(b, Between::Break)) {
            return None;
        }
        let first = self.between.iter().position(is_block)?;
        let last = self.between.iter().rposition(is_block)?;
        let tags = self.between.get(first..=last)?;
        let opens = tags.iter().position(|b| matches!(b, Between::Opened(..)))?;
        let (ended, begun) = tags.split_at(opens);
        let mirrored = ended.len() == begun.len()
            && ended.iter().zip(begun.iter().rev()).all(|pair| matches!(pair, (Between::Closed(_, a), Between::Opened(_, b)) if a == b));
        let place = |b: &Between| match b {
            Between::Opened(s, _) | Between::Closed(s, _) => *s,
            Between::Other | Between::Break => Span::default(),
        };
        mirrored.then(|| Some(Span::new(place(tags.first()?).start, place(tags.last()?).end))).flatten()
    }

    /// Ends the block, if text was read in it: what waits for its next character never comes to light.
    fn end_block(&mut self) {
        self.waiting.clear();
        self.finish_block();
    }

    fn finish_block(&mut self) {
        let Some(start) = self.block.take() else { return };
        self.trim_line();
        let kind = self.open.iter().rev().take(REACH).find_map(|o| o.kind).unwrap_or(BlockKind::Paragraph);
        // A paragraph of no-break spaces, as editors of pages leave them, is a gap and no block.
        if self.text.get(start..).is_some_and(|t| !t.trim().is_empty()) {
            self.blocks.push(Block { span: Span::new(start, self.text.len()), kind });
        }
    }

    /// Takes white space at the end of a line back: it is not seen.
    fn trim_line(&mut self) {
        let start = self.block.unwrap_or(0);
        while self.text.len() > start && self.text.ends_with([' ', '\n', '\t', '\u{c}']) {
            let Some(segment) = self.segments.last_mut().filter(|s| s.text.end == self.text.len()) else { break };
            self.text.pop();
            let at = self.text.len();
            let source = if segment.escape == Escape::Verbatim {
                segment.source.end -= 1;
                segment.text.end = at;
                Span::new(segment.source.end, segment.source.end + 1)
            } else {
                segment.text.end = at;
                segment.source
            };
            if segment.text.is_empty() {
                self.segments.pop();
            }
            for hidden in self.hidden.iter_mut().rev().take_while(|h| h.at > at) {
                hidden.at = at;
            }
            self.hidden.push(Hidden { at, part: 0, source });
            for mark in self.marks.iter_mut().rev().take_while(|m| m.span.end > at) {
                mark.span = Span::new(mark.span.start.min(at), at);
            }
            for mark in self.open.iter_mut().rev().take(REACH).filter_map(|o| o.mark.as_mut()) {
                mark.1 = mark.1.min(at);
            }
        }
    }

    fn start(&mut self, tag: Span, name: Span, closed: bool, form_is_read: bool) {
        let lower = name.of(self.source).to_ascii_lowercase();
        let role = role(&lower);
        let written = tag.of(self.source);
        if self.skipping > 0 {
            let same = self.open.last().is_some_and(|o| o.name == lower);
            self.skipping += usize::from(same && !closed);
            return;
        }
        if lower == "p" || matches!(role, Role::Block(..) | Role::Rule) {
            self.close_implied(&lower, tag);
        }
        let skipped = match role {
            Role::Skipped => true,
            Role::Header => !self.in_article,
            Role::Form => !form_is_read,
            Role::Block(..) | Role::Inline(_) => is_hidden(written),
            _ => false,
        };
        if skipped {
            self.void_in_leaf();
            self.between.push(Between::Other);
            if matches!(lower.as_str(), "head" | "nav" | "aside" | "footer" | "header" | "form" | "dialog")
                || matches!(role, Role::Block(..))
            {
                self.end_block();
            }
            if !(closed && matches!(lower.as_str(), "svg" | "math")) {
                self.open.push(Open { name: lower, role, skipped: true, frame: None, kind: None, mark: None });
                self.skipping = 1;
            }
            return;
        }
        match role {
            Role::Break => {
                if self.block.is_some() {
                    if self.waiting.is_empty() {
                        self.trim_line();
                    }
                    self.waiting.push(Waiting::Break(tag));
                }
                self.between.push(Between::Break);
            }
            Role::Rule => {
                self.end_block();
                self.between.push(Between::Other);
            }
            Role::Void => {
                self.void_in_leaf();
                self.between.push(Between::Other);
            }
            Role::Nothing => self.between.push(Between::Other),
            Role::Inline(_) => {
                let mark = mark_of(&lower, written);
                let at = self.text.len();
                self.between.push(Between::Other);
                let kind = if written.contains('=') { kind_of_class(written) } else { None };
                self.push_open(lower, role, kind, mark.map(|m| (m, at)), FrameKind::Inline, tag, name);
            }
            Role::Block(frame, kind) => {
                self.end_block();
                self.void_in_leaf();
                self.between.push(Between::Opened(tag, lower.clone()));
                let kind = kind_of_class(written).or(kind);
                let mark = mark_of(&lower, written).map(|m| (m, self.text.len()));
                self.push_open(lower, role, kind, mark, frame, tag, name);
            }
            Role::Skipped | Role::Header | Role::Form => {
                self.end_block();
                self.void_in_leaf();
                self.between.push(Between::Opened(tag, lower.clone()));
                self.push_open(lower, Role::Block(FrameKind::Container, None), None, None, FrameKind::Container, tag, name);
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one open element")]
    fn push_open(
        &mut self,
        lower: String,
        role: Role,
        kind: Option<BlockKind>,
        mark: Option<(MarkKind, usize)>,
        frame: FrameKind,
        tag: Span,
        name: Span,
    ) {
        let end = self.source.len();
        self.frames.push(Frame { part: 0, kind: frame, open: tag, name, content_end: end, end, leaf: true });
        self.open.push(Open { name: lower, role, skipped: false, frame: Some(self.frames.len() - 1), kind, mark });
    }

    /// Something other than text stands in the innermost block: it must not go when the text goes.
    fn void_in_leaf(&mut self) {
        for open in self.open.iter().rev().take(REACH) {
            if let Some(frame) = open.frame.and_then(|i| self.frames.get_mut(i)) {
                frame.leaf = false;
            }
            if matches!(open.role, Role::Block(..)) {
                break;
            }
        }
    }

    /// Ends what a start tag ends unasked: a paragraph before any block, an item before the next one.
    fn close_implied(&mut self, lower: &str, tag: Span) {
        let (ended, stops): (&[&str], &[&str]) = match lower {
            "li" => (&["li"], &["ul", "ol", "menu", "dir"]),
            "dd" | "dt" => (&["dd", "dt"], &["dl"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr", "td", "th"], &["tbody", "thead", "tfoot", "table"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot", "tr"], &["table"]),
            _ => (&[], &[]),
        };
        let mut cut = None;
        for (i, open) in self.open.iter().enumerate().rev().take(REACH) {
            let name = open.name.as_str();
            if ended.contains(&name) || name == "p" {
                cut = Some(i);
            }
            // A paragraph reaches no further than its cell or its figure.
            if stops.contains(&name) || (ended.is_empty() && matches!(open.role, Role::Block(..)) && name != "p") {
                break;
            }
        }
        if let Some(cut) = cut {
            self.close_down_to(cut, Span::at(tag.start), false);
        }
    }

    fn end(&mut self, tag: Span, name: Span) {
        let name = name.of(self.source);
        if self.skipping > 0 {
            if self.open.last().is_some_and(|o| o.name.eq_ignore_ascii_case(name)) {
                self.skipping -= 1;
                if self.skipping == 0 {
                    self.open.pop();
                }
                return;
            }
            // The page ends, though what is skipped was never ended; or a block ends round hidden words.
            let inline = self.open.last().is_some_and(|o| matches!(o.role, Role::Inline(_)));
            let outer = matches!(name.to_ascii_lowercase().as_str(), "article" | "main" | "body" | "html");
            let ends = self.open.iter().rposition_within(REACH, |o| {
                (outer || (inline && matches!(o.role, Role::Block(..)))) && !o.skipped && o.name.eq_ignore_ascii_case(name)
            });
            if ends.is_none() {
                return;
            }
            self.skipping = 0;
            self.open.pop();
        }
        let found = self.open.iter().rposition_within(REACH, |o| o.name.eq_ignore_ascii_case(name));
        let Some(i) = found else {
            if name.eq_ignore_ascii_case("p") {
                self.end_block();
            }
            self.between.push(Between::Other);
            return;
        };
        let Some(open) = self.open.get(i) else { return };
        let inline = matches!(open.role, Role::Inline(_));
        let crosses = self.open.get(i + 1..).is_some_and(|above| above.iter().any(|o| !matches!(o.role, Role::Inline(_))));
        if inline && crosses {
            // `<b><p>…</b>`: the block stays open.
            let open = self.open.remove(i);
            self.close(&open, tag, true);
            self.between.push(Between::Other);
        } else {
            self.close_down_to(i, tag, true);
        }
    }

    /// Ends all open elements from the one at `index` on; the tag, if it is one, is the end tag of the lowest.
    fn close_down_to(&mut self, index: usize, tag: Span, tagged: bool) {
        while self.open.len() > index {
            let Some(open) = self.open.pop() else { break };
            let own = tagged && self.open.len() == index;
            if open.skipped {
                self.skipping = 0;
                continue;
            }
            if let Role::Block(..) = open.role {
                // The block's kind is looked up while the element is open.
                self.open.push(open);
                self.end_block();
                let Some(open) = self.open.pop() else { break };
                let place = if own { tag } else { Span::at(tag.start) };
                self.between.push(Between::Closed(place, open.name.clone()));
                self.close(&open, tag, own);
            } else {
                self.between.push(Between::Other);
                self.close(&open, tag, own);
            }
        }
    }

    fn close(&mut self, open: &Open, tag: Span, own: bool) {
        if let Some(frame) = open.frame.and_then(|i| self.frames.get_mut(i)) {
            frame.content_end = tag.start;
            frame.end = if own { tag.end } else { tag.start };
        }
        if let Some((kind, start)) = open.mark {
            let end = self.text.len();
            self.marks.push(Mark { span: Span::new(start.min(end), end), kind });
        }
    }
}

/// Looks for the last match, but not beyond some steps.
trait LastWithin<T> {
    fn rposition_within(self, steps: usize, wanted: impl Fn(&T) -> bool) -> Option<usize>;
}

impl<T> LastWithin<T> for std::slice::Iter<'_, T> {
    fn rposition_within(self, steps: usize, wanted: impl Fn(&T) -> bool) -> Option<usize> {
        self.enumerate().rev().take(steps).find(|(_, item)| wanted(item)).map(|(i, _)| i)
    }
}
