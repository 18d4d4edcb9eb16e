//! The text of the field: what happens to it is written down, and how it is set.

use std::sync::Arc;

use eframe::egui::epaint::text::{CharIndex, Galley};
use eframe::egui::{TextBuffer, Ui};

use super::lines::{Line, Setting};
use crate::document::BlockKind;
use crate::text::{Edit, Span};

/// The text of the field; what happens to it is written down.
pub struct Recorder<'a> {
    /// The text.
    pub text: &'a mut String,
    /// What happened, each in bytes of the text after the one before.
    pub edits: Vec<Edit>,
}

impl TextBuffer for Recorder<'_> {
    fn is_mutable(&self) -> bool {
        true
    }

    fn as_str(&self) -> &str {
        self.text
    }

    fn insert_text(&mut self, text: &str, char_index: CharIndex) -> usize {
        let at = byte(self.text, char_index.0);
        let text = clean(text);
        self.text.insert_str(at, &text);
        let count = text.chars().count();
        if !text.is_empty() {
            self.edits.push(Edit::insert(at, text));
        }
        count
    }

    fn delete_char_range(&mut self, range: std::ops::Range<CharIndex>) {
        let span = Span::new(byte(self.text, range.start.0), byte(self.text, range.end.0));
        if !span.is_empty() {
            self.edits.push(Edit::replace(self.text, span, ""));
            self.text.replace_range(span.start..span.end, "");
        }
    }

    fn replace_with(&mut self, text: &str) {
        let edit = Edit::replace(self.text, Span::new(0, self.text.len()), text).trimmed();
        text.clone_into(self.text);
        self.edits.push(edit);
    }

    fn clear(&mut self) {
        self.replace_with("");
    }

    fn take(&mut self) -> String {
        let text = self.text.clone();
        self.clear();
        text
    }

    fn type_id(&self) -> std::any::TypeId {
        std::any::TypeId::of::<Recorder<'static>>()
    }
}

/// Text from outside as an article can hold it: one kind of line break, and no control characters.
fn clean(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    lines.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// How many characters stand before a byte.
pub fn chars(text: &str, byte: usize) -> usize {
    text.get(..byte).map_or(0, |t| t.chars().count())
}

/// The byte after so many characters.
pub fn byte(text: &str, chars: usize) -> usize {
    let (mut at, mut left) = (0, chars);
    // Stretches are counted much faster than characters are walked.
    while let Some(stretch) = text.get(at..text.floor_char_boundary(at + 1024)).filter(|s| !s.is_empty()) {
        let count = stretch.chars().count();
        if count > left {
            break;
        }
        (at, left) = (at + stretch.len(), left - count);
    }
    let rest = text.get(at..).unwrap_or("");
    rest.char_indices().nth(left).map_or(text.len(), |(i, _)| at + i)
}

/// The one edit that leads from a text to another; none when they are equal.
pub fn difference(old: &str, new: &str) -> Option<Edit> {
    let head = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    let head = old.floor_char_boundary(head).min(new.floor_char_boundary(head));
    let (from, to) = (old.get(head..)?, new.get(head..)?);
    let tail = from.bytes().rev().zip(to.bytes().rev()).take_while(|(a, b)| a == b).count();
    // Both ends are cut at the same letters, so that a boundary in one is a boundary in the other.
    let tail = from.len() - from.ceil_char_boundary(from.len() - tail);
    let (from, to) = (from.get(..from.len() - tail)?, to.get(..to.len() - tail)?);
    (from != to).then(|| Edit { at: head, from: from.to_owned(), to: to.to_owned() })
}

/// A text that was set line by line. egui keeps what did not change only while it is asked for in each frame,
/// so it is asked; what it gives is put together anew when a line is another.
#[derive(Default)]
pub struct Set {
    lines: Vec<Arc<Galley>>,
    whole: Option<(Arc<Galley>, Shape)>,
    kinds: Option<(Arc<Vec<Line>>, Kinds)>,
}

/// What [`Set::kinds`] gives.
type Kinds = Arc<Vec<(BlockKind, bool)>>;

/// What the setting of a text depends on besides its lines.
type Shape = (u32, u32);

impl Set {
    /// Lays the lines out one by one, with space between blocks.
    pub fn lay_out(&mut self, ui: &Ui, text: &str, kinds: &[(BlockKind, bool)], setting: &Setting) -> Arc<Galley> {
        let parts: Vec<&str> = text.split('\n').collect();
        // Inside a frame the text may have more lines or fewer than are known: those behind the change count from the end.
        let changed = parts.iter().zip(&self.lines).take_while(|(part, galley)| **part == galley.text()).count();
        let kind_of = |i: usize| {
            let known = if i <= changed { i } else { (i + kinds.len()).wrapping_sub(parts.len()) };
            kinds.get(known).copied().unwrap_or((BlockKind::Paragraph, true))
        };
        let mut set = Vec::with_capacity(parts.len());
        for (i, part) in parts.iter().enumerate() {
            let (kind, _) = kind_of(i);
            let mut job = setting.job();
            let mut format = setting.format(kind);
            if part.is_empty() {
                format.line_height = format.line_height.map(|h| (h * 0.5).round());
            }
            job.append(part, 0.0, format);
            set.push(ui.fonts_mut(|f| f.layout_job(job)));
        }
        let shape = (setting.width.to_bits(), ui.pixels_per_point().to_bits());
        if let Some((whole, known)) = &self.whole
            && *known == shape
            && set.len() == self.lines.len()
            && set.iter().zip(&self.lines).all(|(a, b)| Arc::ptr_eq(a, b))
        {
            return Arc::clone(whole);
        }
        let mut job = setting.job();
        job.append(text, 0.0, setting.format(BlockKind::Paragraph));
        let mut galley = Galley::concat(Arc::new(job), &set, ui.pixels_per_point());
        let mut rows = galley.rows.iter_mut();
        let (mut down, mut start) = (0.0, 0);
        let mut before: Option<Line> = None;
        for (i, part) in parts.iter().enumerate() {
            let (kind, first) = kind_of(i);
            let line = Line { span: Span::new(start, start + part.len()), kind, first, cut: false };
            start += part.len() + 1;
            down += setting.gap(&line, before.as_ref());
            before = Some(line);
            for row in rows.by_ref().take(set.get(i).map_or(0, |g| g.rows.len())) {
                row.pos.y += down;
            }
        }
        galley.rect.max.y += down;
        galley.mesh_bounds.max.y += down;
        let whole = Arc::new(galley);
        (self.lines, self.whole) = (set, Some((Arc::clone(&whole), shape)));
        whole
    }

    /// The kind of each line of a text, and whether a block begins there. Long lines are shown in several pieces
    /// while reviewing; here they are whole.
    pub fn kinds(&mut self, lines: &Arc<Vec<Line>>) -> Kinds {
        match &self.kinds {
            Some((known, kinds)) if Arc::ptr_eq(known, lines) => Arc::clone(kinds),
            _ => {
                let whole = lines.iter().scan(false, |inside, l| Some((!std::mem::replace(inside, l.cut), l)));
                let kinds: Kinds = Arc::new(whole.filter(|(begins, _)| *begins).map(|(_, l)| (l.kind, l.first)).collect());
                self.kinds = Some((Arc::clone(lines), Arc::clone(&kinds)));
                kinds
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_comes_from_outside_is_cleaned() {
        assert_eq!(clean("a\r\nb\rc\u{2028}d\0e\u{c}f\tg"), "a\nb\nc\nde".to_owned() + "f\tg");
    }

    proptest! {
        #[test]
        fn bytes_and_characters_lead_to_each_other(text in "[aé“中\n]{0,3000}", at in 0..3100_usize) {
            let place = byte(&text, at);
            prop_assert!(text.is_char_boundary(place));
            prop_assert_eq!(chars(&text, place), at.min(text.chars().count()));
        }

        #[test]
        fn a_difference_leads_from_one_text_to_the_other(old in "[aéè“”]{0,8}", new in "[aéè“”]{0,8}") {
            match difference(&old, &new) {
                None => prop_assert_eq!(old, new),
                Some(edit) => prop_assert_eq!(crate::text::Edits::one(edit).apply(&old).unwrap(), new),
            }
        }
    }
}
