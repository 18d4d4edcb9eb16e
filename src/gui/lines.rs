//! The article as lines for the eye: where they stand in the text, how they are set, and how a
//! suggestion is shown inside them.

use std::ops::Range;

use eframe::egui::text::{ByteIndex, LayoutJob, LayoutSection, TextFormat};
use eframe::egui::{Color32, FontId, Stroke};

use super::theme::{Theme, copy_bold, copy_font};
use crate::document::{BlockKind, Document};
use crate::text::{Edit, Edits, Span};

/// A longer line is shown in several, so that one endless line costs no more than others.
const LONGEST: usize = 6_000;

/// A line that is set in one piece.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line {
    /// Bytes of the text, without the line break.
    pub span: Span,
    /// What kind of block it belongs to.
    pub kind: BlockKind,
    /// Whether a block begins here.
    pub first: bool,
    /// Whether the line goes on in the next.
    pub cut: bool,
}

/// The lines of a document.
pub fn lines(document: &Document) -> Vec<Line> {
    let text = document.text.as_str();
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let span = Span::new(start, start + line.len());
        start += line.len() + 1;
        let block = document.block_at(span.start + (line.len() - line.trim_start().len()));
        let kind = block.map_or(BlockKind::Paragraph, |b| b.kind);
        let first = block.is_none_or(|b| b.span.start >= span.start);
        let mut rest = span;
        while rest.len() > LONGEST {
            let end = cut_place(text, rest);
            lines.push(Line { span: Span::new(rest.start, end), kind, first: first && rest.start == span.start, cut: true });
            rest.start = end;
        }
        lines.push(Line { span: rest, kind, first: first && rest.start == span.start, cut: false });
    }
    lines
}

/// A space near the longest length, or the nearest character boundary.
fn cut_place(text: &str, span: Span) -> usize {
    let mut end = span.start + LONGEST;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let piece = Span::new(span.start, end).of(text);
    piece.rfind(' ').map_or(end, |space| span.start + space + 1)
}

/// The type of the copy at a size.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Setting {
    /// Size of the running text.
    pub size: f32,
    /// How wide the column is.
    pub width: f32,
    /// The ink.
    pub ink: Color32,
    /// Second things.
    pub quiet: Color32,
}

impl Setting {
    /// The font of a kind of block.
    pub fn font(&self, kind: BlockKind) -> FontId {
        match kind {
            BlockKind::Headline => copy_bold((self.size * 1.28).round()),
            BlockKind::Caption | BlockKind::Credit => copy_font((self.size * 0.86).round()),
            _ => copy_font(self.size),
        }
    }

    /// The leading of a kind of block.
    pub fn leading(&self, kind: BlockKind) -> f32 {
        match kind {
            BlockKind::Headline => (self.size * 1.28 * 1.3).round(),
            BlockKind::Caption | BlockKind::Credit => (self.size * 0.86 * 1.5).round(),
            _ => (self.size * 1.6).round(),
        }
    }

    /// The space above a line.
    pub fn gap(&self, line: &Line, before: Option<&Line>) -> f32 {
        match before {
            None => 0.0,
            Some(b) if line.span.is_empty() || b.span.is_empty() || !line.first => 0.0,
            Some(_) if line.kind == BlockKind::Headline => (self.size * 1.3).round(),
            Some(b) if b.kind == BlockKind::Headline => (self.size * 0.55).round(),
            Some(_) => (self.size * 0.75).round(),
        }
    }

    /// The format of a kind of block.
    pub fn format(&self, kind: BlockKind) -> TextFormat {
        let color = if matches!(kind, BlockKind::Caption | BlockKind::Credit) { self.quiet } else { self.ink };
        TextFormat { font_id: self.font(kind), line_height: Some(self.leading(kind)), color, ..TextFormat::default() }
    }

    /// An empty job of this width.
    pub fn job(&self) -> LayoutJob {
        let mut job = LayoutJob { break_on_newline: false, keep_trailing_whitespace: true, ..LayoutJob::default() };
        job.wrap.max_width = self.width;
        job
    }
}

/// What a piece of a line is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// Words that stay.
    Kept,
    /// Words that go.
    Old,
    /// Words that come; they are not in the text.
    New,
}

/// A piece of a set line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    /// Bytes of the text; empty for words that come.
    pub text: Span,
    /// Bytes of the line as it is shown.
    pub shown: Range<usize>,
    /// What it is.
    pub part: Part,
}

/// A line that is ready to be laid out, and the way between its bytes and those of the text.
#[derive(Clone, Debug)]
pub struct SetLine {
    /// What is laid out.
    pub job: LayoutJob,
    /// In order.
    pub pieces: Vec<Piece>,
}

impl SetLine {
    /// Where a byte of the text is shown.
    pub fn shown(&self, byte: usize) -> Option<usize> {
        let piece = self.pieces.iter().filter(|p| p.part != Part::New).find(|p| p.text.start <= byte && byte <= p.text.end)?;
        Some((piece.shown.start + (byte - piece.text.start)).min(piece.shown.end))
    }

    /// Which byte of the text is shown at a byte of the line.
    pub fn text(&self, shown: usize) -> usize {
        let piece = self.pieces.iter().find(|p| p.shown.start <= shown && shown < p.shown.end).or(self.pieces.last());
        piece.map_or(0, |p| {
            if p.part == Part::New { p.text.start } else { (p.text.start + shown.saturating_sub(p.shown.start)).min(p.text.end) }
        })
    }

    /// Characters before a byte of the line.
    pub fn chars(&self, shown: usize) -> usize {
        self.job.text.get(..shown).map_or(0, |t| t.chars().count())
    }

    /// The byte of the line after so many characters.
    pub fn byte(&self, chars: usize) -> usize {
        self.job.text.char_indices().nth(chars).map_or(self.job.text.len(), |(i, _)| i)
    }
}

/// Edits widened for the eye: where letters are exchanged inside a word, the whole word is; a glued word
/// that is only split stays exact.
pub fn readable(text: &str, edits: &Edits) -> Edits {
    let mut wide: Vec<Edit> = Vec::new();
    for edit in edits {
        let letters = |s: &str| s.chars().any(char::is_alphanumeric);
        let edit = &edit.trimmed();
        let inner = inner(&edit.from, &edit.to);
        let parts = match inner.len() {
            0 | 1 if letters(&edit.from) && letters(&edit.to) => vec![whole_words(text, edit)],
            0 | 1 => vec![edit.clone()],
            _ => inner.iter().map(|e| Edit { at: edit.at + e.at, ..e.clone() }).collect(),
        };
        for part in parts {
            match wide.last() {
                Some(last) if last.span().end > part.at || (last.span().end == part.at && part.from.is_empty()) => return edits.clone(),
                _ => wide.push(part),
            }
        }
    }
    Edits::new(wide).unwrap_or_else(|| edits.clone())
}

/// What changes inside a long replacement, word by word; a short one is one change.
pub fn inner(from: &str, to: &str) -> Edits {
    let words = |s: &str| s.split_whitespace().count();
    let whole = || Edits::one(Edit { at: 0, from: from.to_owned(), to: to.to_owned() });
    if words(from).min(words(to)) < 3 {
        return whole();
    }
    let fine = crate::text::diff::edits(from, to);
    // Where nearly all words differ, the words side by side read better than a patchwork.
    let kept = from.len() - fine.iter().map(|e| e.from.len()).sum::<usize>().min(from.len());
    if kept * 3 < from.len() || fine.is_empty() { whole() } else { fine }
}

fn whole_words(text: &str, edit: &Edit) -> Edit {
    let word = |c: char| c.is_alphanumeric() || c == '’' || c == '\'';
    let before = text.get(..edit.at).unwrap_or("");
    let after = text.get(edit.span().end..).unwrap_or("");
    let head: &str = before.get(before.trim_end_matches(word).len()..).unwrap_or("");
    let tail: &str = after.get(..after.len() - after.trim_start_matches(word).len()).unwrap_or("");
    // A word that is only cut off from its neighbour does not drag the neighbour along.
    let first = |s: &str| s.chars().next().is_some_and(word);
    let last = |s: &str| s.chars().next_back().is_some_and(word);
    let head = if first(&edit.from) && first(&edit.to) { head } else { "" };
    let tail = if last(&edit.from) && last(&edit.to) { tail } else { "" };
    Edit { at: edit.at - head.len(), from: format!("{head}{}{tail}", edit.from), to: format!("{head}{}{tail}", edit.to) }
}

/// Sets a line, with the edits that fall into it shown.
pub fn set(text: &str, line: &Line, edits: Option<&Edits>, setting: &Setting, theme: &Theme) -> SetLine {
    let base = setting.format(line.kind);
    let mut out = SetLine { job: setting.job(), pieces: Vec::new() };
    let mut position = line.span.start;
    let reach = Span::new(line.span.start, line.span.end + usize::from(!line.cut));
    for edit in edits.into_iter().flatten() {
        let span = edit.span();
        if span.end < line.span.start || edit.at > line.span.end || (edit.at == line.span.end && line.cut) {
            continue;
        }
        let old = Span::new(span.start.clamp(position, line.span.end), span.end.clamp(position, line.span.end));
        out.push(text, Span::new(position, old.start), Part::Kept, &base, theme);
        out.push(text, old, Part::Old, &base, theme);
        // A line break that goes.
        if span.end >= reach.end && reach.end > line.span.end && edit.at <= line.span.end && !edit.from.is_empty() && !line.cut {
            out.push_new("¶", line.span.end, &struck(&base, theme), 0.0);
        }
        if !edit.to.is_empty() && edit.at >= line.span.start {
            let both = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let space = if both(edit.from.chars().last()) && both(edit.to.chars().next()) { setting.size * 0.22 } else { 0.0 };
            out.push_new(
                &edit.to.replace('\n', "¶ "),
                old.end,
                &TextFormat { background: Color32::TRANSPARENT, ..coming(&base, theme) },
                space,
            );
        }
        position = old.end;
    }
    out.push(text, Span::new(position, line.span.end), Part::Kept, &base, theme);
    if out.pieces.is_empty() {
        out.push(text, line.span, Part::Kept, &base, theme);
        out.pieces.push(Piece { text: line.span, shown: 0..0, part: Part::Kept });
    }
    if out.job.sections.is_empty() {
        out.job.append("", 0.0, base);
    }
    out
}

/// The format of words that go.
pub fn struck(base: &TextFormat, theme: &Theme) -> TextFormat {
    TextFormat { color: theme.old_ink, background: theme.old, strikethrough: Stroke::new(1.2, theme.old_ink), ..base.clone() }
}

/// The format of words that come.
pub fn coming(base: &TextFormat, theme: &Theme) -> TextFormat {
    TextFormat { color: theme.new_ink, background: theme.new, ..base.clone() }
}

impl SetLine {
    fn push(&mut self, text: &str, span: Span, part: Part, base: &TextFormat, theme: &Theme) {
        if span.is_empty() {
            return;
        }
        // Backgrounds are painted by the view, as high as the letters and not as the leading.
        let format = if part == Part::Old { TextFormat { background: Color32::TRANSPARENT, ..struck(base, theme) } } else { base.clone() };
        let start = self.job.text.len();
        for c in span.of(text).chars() {
            // A carriage return or another control character would break the line.
            self.job.text.push(c);
        }
        self.section(start, 0.0, format);
        self.pieces.push(Piece { text: span, shown: start..self.job.text.len(), part });
    }

    fn push_new(&mut self, words: &str, at: usize, format: &TextFormat, space: f32) {
        let start = self.job.text.len();
        self.job.text.push_str(words);
        self.section(start, space, format.clone());
        self.pieces.push(Piece { text: Span::at(at), shown: start..self.job.text.len(), part: Part::New });
    }

    fn section(&mut self, start: usize, leading_space: f32, format: TextFormat) {
        let byte_range = ByteIndex(start)..ByteIndex(self.job.text.len());
        self.job.sections.push(LayoutSection { leading_space, byte_range, format });
    }
}
