//! How high the lines of a set article are, and where each begins. What was seen once is known; in a long
//! text the others are estimated until they come near the view.

use std::ops::Range;

use eframe::egui::Ui;
use rustc_hash::FxHashMap;

use super::lines::{Line, SetLine, Setting, set};
use super::paper::hash;
use super::theme::Theme;
use crate::text::Edits;

/// Above this many bytes lines that nobody saw yet are estimated, not measured.
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
}

impl Page<'_> {
    /// A line, ready to be laid out.
    pub fn set(&self, line: &Line) -> SetLine {
        set(self.text, line, self.edits, self.setting, self.theme)
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
}

/// The heights of the lines of one text.
#[derive(Default)]
pub struct Heights {
    /// By what a line is and how it is set.
    known: FxHashMap<u64, f32>,
    /// Of each line, with the space above it.
    own: Vec<f32>,
    /// Whether it is measured.
    seen: Vec<bool>,
    /// Where each begins; one more than there are lines.
    tops: Vec<f32>,
    /// What they are for.
    base: Option<u64>,
    edits: Option<u64>,
    /// Lines that show a suggestion.
    touched: Vec<usize>,
}

impl Heights {
    /// Where a line begins.
    pub fn top(&self, i: usize) -> f32 {
        self.tops.get(i).or(self.tops.last()).copied().unwrap_or(0.0)
    }

    /// How high all lines are together.
    pub fn total(&self) -> f32 {
        self.tops.last().copied().unwrap_or(0.0)
    }

    /// The line that stands at a height.
    pub fn line_at(&self, y: f32) -> usize {
        self.tops.partition_point(|t| *t < y).saturating_sub(1)
    }

    /// Takes a text up. What it has in common with the one before is not measured again.
    pub fn take(&mut self, ui: &Ui, page: &Page) {
        let setting = page.setting;
        let base = hash((page.what, setting.width.to_bits(), setting.size.to_bits(), ui.pixels_per_point().to_bits()));
        let edits = hash(page.edits);
        if self.base == Some(base) && self.edits == Some(edits) {
            return;
        }
        if self.base != Some(base) || self.own.len() != page.lines.len() {
            if self.known.len() > 40_000 {
                self.known.clear();
            }
            (self.own, self.seen) = (vec![0.0; page.lines.len()], vec![false; page.lines.len()]);
            let plain = Page { edits: None, ..*page };
            for i in 0..page.lines.len() {
                self.measure(ui, &plain, i, page.text.len() <= MEASURED);
            }
            self.touched.clear();
        }
        let plain = Page { edits: None, ..*page };
        for i in std::mem::take(&mut self.touched) {
            self.measure(ui, &plain, i, true);
        }
        self.touched = page.touched();
        for i in self.touched.clone() {
            self.measure(ui, page, i, true);
        }
        (self.base, self.edits) = (Some(base), Some(edits));
        self.pile(0);
    }

    /// Measures the lines of a range that are only estimated.
    pub fn see(&mut self, ui: &Ui, page: &Page, lines: Range<usize>) {
        let first = lines.start;
        let mut moved = false;
        for i in lines {
            if self.seen.get(i) == Some(&false) {
                self.measure(ui, page, i, true);
                moved = true;
            }
        }
        if moved {
            self.pile(first);
        }
    }

    /// Puts the lines from one on under each other.
    fn pile(&mut self, from: usize) {
        let mut top = if from == 0 { 0.0 } else { self.top(from) };
        self.tops.truncate(from);
        self.tops.push(top);
        for own in self.own.iter().skip(from) {
            top += own;
            self.tops.push(top);
        }
    }

    fn measure(&mut self, ui: &Ui, page: &Page, i: usize, really: bool) {
        let Some(line) = page.lines.get(i) else { return };
        let setting = page.setting;
        let near = |e: &&crate::text::Edit| e.span().touches(line.span);
        let within = || page.edits.into_iter().flatten().filter(near).map(|e| (e.at - line.span.start.min(e.at), &e.from, &e.to));
        let shape = (setting.width.to_bits(), setting.size.to_bits(), ui.pixels_per_point().to_bits());
        let name = hash((line.span.of(page.text), line.kind as u8, shape));
        let name = within().fold(name, |name, edit| hash((name, edit)));
        let (height, seen) = match self.known.get(&name) {
            Some(height) => (*height, true),
            None if line.span.is_empty() => (setting.leading(line.kind) * 0.5, true),
            None if really => {
                let height = ui.fonts_mut(|f| f.layout_job(page.set(line).job)).rect.height();
                self.known.insert(name, height);
                (height, true)
            }
            None => {
                let rows = (line.span.len() as f32 * setting.font(line.kind).size * 0.46 / setting.width).ceil().max(1.0);
                (rows * setting.leading(line.kind), false)
            }
        };
        if let (Some(own), Some(known)) = (self.own.get_mut(i), self.seen.get_mut(i)) {
            *own = page.gap(i) + height;
            *known = seen;
        }
    }
}
