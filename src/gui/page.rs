//! A page: the lines of a set article, with the suggestion shown in them, and where each stands.

use eframe::egui::Ui;

use super::heights::{Heights, Rows};
use super::lines::{Line, SetLine, Setting, set};
use super::paper::hash;
use super::theme::Theme;
use crate::text::Edits;

/// Above this many bytes lines that nobody saw yet are estimated, not laid out.
const MEASURED: usize = 40 * 1024;

/// A text that is set: its lines, with the suggestion shown in them.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// The article, its revision, and whether it is the original: equal values stand for equal texts.
    pub what: (u64, u64, bool),
    /// The text.
    pub text: &'a str,
    /// Its lines.
    pub lines: &'a [Line],
    /// What is shown in it.
    pub edits: Option<&'a Edits>,
    /// The type.
    pub setting: &'a Setting,
    /// The colours.
    pub theme: &'a Theme,
    /// Pixels a point.
    pub scale: f32,
}

impl Page<'_> {
    /// A line, ready to be laid out.
    pub fn set(&self, line: &Line) -> SetLine {
        set(self.text, line, self.edits, self.setting, self.theme)
    }

    /// The line that a byte is shown in.
    pub fn line_of(&self, at: usize) -> usize {
        self.lines.partition_point(|l| l.span.end < at || (l.cut && l.span.end == at))
    }

    /// The space above a line.
    pub fn gap(&self, i: usize) -> f32 {
        let before = i.checked_sub(1).and_then(|b| self.lines.get(b));
        self.lines.get(i).map_or(0.0, |line| self.setting.gap(line, before))
    }

    /// The lines that hold a byte of an edit.
    fn touched(&self) -> Vec<usize> {
        let mut touched = Vec::new();
        for edit in self.edits.into_iter().flatten() {
            let first = self.lines.partition_point(|l| l.span.end < edit.at);
            let those = self.lines.iter().enumerate().skip(first).take_while(|(_, l)| l.span.start <= edit.span().end);
            touched.extend(those.map(|(i, _)| i));
        }
        touched.dedup();
        touched
    }

    fn shape(&self) -> (u32, u32, u32) {
        (self.setting.width.to_bits(), self.setting.size.to_bits(), self.scale.to_bits())
    }
}

impl Rows for Page<'_> {
    fn count(&self) -> usize {
        self.lines.len()
    }

    fn name(&self, i: usize) -> u64 {
        let Some(line) = self.lines.get(i) else { return 0 };
        let name = hash((line.span.of(self.text), line.kind as u8, self.gap(i).to_bits(), self.shape()));
        let within = self.edits.into_iter().flatten().filter(|e| e.span().touches(line.span));
        within.fold(name, |name, e| hash((name, e.at - line.span.start.min(e.at), &e.from, &e.to)))
    }

    fn estimate(&self, i: usize) -> f32 {
        let Some(line) = self.lines.get(i) else { return 0.0 };
        let leading = self.setting.leading(line.kind);
        let rows = (line.span.len() as f32 * self.setting.font(line.kind).size * 0.46 / self.setting.width).ceil().max(1.0);
        self.gap(i) + if line.span.is_empty() { leading * 0.5 } else { rows * leading }
    }

    fn height(&mut self, ui: &Ui, i: usize) -> f32 {
        match self.lines.get(i) {
            Some(line) if !line.span.is_empty() => self.gap(i) + ui.fonts_mut(|f| f.layout_job(self.set(line).job)).rect.height(),
            _ => self.estimate(i),
        }
    }
}

/// Where the lines of a page stand.
#[derive(Default)]
pub struct Places {
    /// Their heights.
    pub heights: Heights,
    /// Which page they are of.
    base: Option<u64>,
    edits: Option<u64>,
    /// Lines that show a suggestion.
    touched: Vec<usize>,
}

impl Places {
    /// Takes a page up. What it has in common with the one before is not laid out again.
    pub fn take(&mut self, ui: &Ui, mut page: Page) {
        let base = Some(hash((page.what, page.shape())));
        let edits = Some(hash(page.edits));
        if self.base == base && self.edits == edits {
            return;
        }
        let before = std::mem::replace(&mut self.touched, page.touched());
        if self.base == base && self.heights.count() == page.lines.len() {
            self.heights.change(&page, before.into_iter().chain(self.touched.iter().copied()));
        } else {
            self.heights.take(&page, 0.0);
        }
        self.heights.see(ui, &mut page, self.touched.iter().copied());
        if page.text.len() <= MEASURED {
            self.heights.fill(ui, &mut page, 0, f32::INFINITY);
        }
        (self.base, self.edits) = (base, edits);
    }
}
