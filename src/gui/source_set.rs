//! A paragraph of the source language, set: right-to-left text by [`super::bidi`] in a font of its script,
//! everything else as egui sets it. It can be read, not written.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{self, Color32, FontFamily, FontId, Pos2, Ui, pos2};
use rustc_hash::FxHashMap;

use super::bidi::{self, Direction, Kind, Row};
use super::theme::{copy_bold, copy_font};
use crate::document::BlockKind;

/// How a paragraph shall be set.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Style {
    /// The size of Latin type, in points; other scripts are set as large as they need to look alike.
    pub size: f32,
    /// The width of the column in points.
    pub width: f32,
    /// What kind of block it is.
    pub kind: BlockKind,
    /// Where it begins.
    pub way: Direction,
}

/// Fonts and measures of a paragraph.
#[derive(Clone, PartialEq, Debug)]
struct Face {
    /// For words that run from left to right.
    words: FontId,
    /// For letters and signs that run from right to left.
    letters: FontId,
    leading: f32,
    /// From the top of a row to its baseline.
    baseline: f32,
}

impl Face {
    fn of(paragraph: &str, style: &Style) -> Self {
        let headline = style.kind == BlockKind::Headline;
        let small = matches!(style.kind, BlockKind::Caption | BlockKind::Credit);
        let size = (style.size
            * if headline {
                1.22
            } else if small {
                0.86
            } else {
                1.0
            })
        .round();
        let words = if headline { copy_bold(size) } else { copy_font(size) };
        let hebrew = paragraph.chars().filter(|c| ('\u{590}'..='\u{5ff}').contains(c)).count();
        let arabic = paragraph.chars().filter(|c| ('\u{600}'..='\u{8ff}').contains(c)).count();
        // Naskh letters are low beside Latin ones, and reach far below the line.
        let (family, scale, leading, baseline) =
            if hebrew > arabic { ("source-hebrew", 1.04, 1.65, 1.14) } else { ("source-arabic", 1.2, 1.95, 1.26) };
        let letters = FontId::new((size * scale).round(), FontFamily::Name(family.into()));
        Self { words, letters, leading: (size * leading).round(), baseline: (size * baseline).round() }
    }

    fn font(&self, kind: Kind) -> &FontId {
        if kind == Kind::Words { &self.words } else { &self.letters }
    }
}

/// A paragraph that is ready to be painted.
#[derive(Debug)]
pub struct Set {
    /// Its height in points.
    pub height: f32,
    form: Form,
}

#[derive(Debug)]
enum Form {
    Plain { font: FontId, leading: f32, width: f32 },
    Rows { face: Face, rows: Vec<Row> },
}

/// Paragraphs that were set, by their words and their style.
#[derive(Default)]
pub struct Sets {
    known: FxHashMap<u64, Arc<Set>>,
}

impl Sets {
    /// Sets a paragraph, or finds it as it was set before.
    pub fn set(&mut self, ui: &Ui, paragraph: &str, style: &Style) -> Arc<Set> {
        let key = super::paper::hash((
            paragraph,
            style.size.to_bits(),
            style.width.to_bits(),
            style.kind as u8,
            style.way,
            ui.pixels_per_point().to_bits(),
        ));
        if self.known.len() > 2_000 {
            self.known.clear();
        }
        Arc::clone(self.known.entry(key).or_insert_with(|| Arc::new(set(ui, paragraph, style))))
    }
}

fn set(ui: &Ui, paragraph: &str, style: &Style) -> Set {
    if style.way == Direction::LeftToRight && !bidi::has_right_to_left(paragraph) {
        let font = Face::of(paragraph, style).words;
        let leading = (font.size * 1.55).round();
        let galley = ui.fonts_mut(|f| f.layout_job(plain(paragraph, &font, leading, style.width, Color32::PLACEHOLDER)));
        return Set { height: galley.rect.height(), form: Form::Plain { font, leading, width: style.width } };
    }
    let face = Face::of(paragraph, style);
    let mut known: FxHashMap<(String, bool), f32> = FxHashMap::default();
    let rows = bidi::rows(paragraph, style.way, style.width, |words, kind| {
        *known.entry((words.to_owned(), kind == Kind::Words)).or_insert_with(|| {
            // A space of the copy's font is as wide as the eye expects it, whatever stands beside it.
            let font = if kind == Kind::Space { &face.words } else { face.font(kind) };
            ui.fonts_mut(|f| f.layout_no_wrap(words.to_owned(), font.clone(), Color32::PLACEHOLDER)).size().x
        })
    });
    Set { height: face.leading * rows.len().max(1) as f32, form: Form::Rows { face, rows } }
}

fn plain(paragraph: &str, font: &FontId, leading: f32, width: f32, ink: Color32) -> LayoutJob {
    let format = TextFormat { font_id: font.clone(), line_height: Some(leading), color: ink, ..TextFormat::default() };
    let mut job = LayoutJob::single_section(paragraph.to_owned(), format);
    job.wrap.max_width = width;
    job
}

impl Set {
    /// Paints the paragraph that was set; rows out of view are left out.
    pub fn paint(&self, ui: &Ui, paragraph: &str, at: Pos2, ink: Color32) {
        match &self.form {
            Form::Plain { font, leading, width } => {
                let galley = ui.fonts_mut(|f| f.layout_job(plain(paragraph, font, *leading, *width, Color32::PLACEHOLDER)));
                ui.painter().galley(at, galley, ink);
            }
            Form::Rows { face, rows } => {
                let view = ui.clip_rect();
                for (i, row) in rows.iter().enumerate() {
                    let top = at.y + i as f32 * face.leading;
                    if top + face.leading < view.top() || top > view.bottom() {
                        continue;
                    }
                    for token in row.tokens.iter().filter(|t| t.kind != Kind::Space) {
                        let words = token.shown(paragraph).into_owned();
                        let galley = ui.fonts_mut(|f| f.layout_no_wrap(words, face.font(token.kind).clone(), Color32::PLACEHOLDER));
                        let y = top + face.baseline - baseline(&galley);
                        ui.painter().galley(pos2(at.x + token.x, y), galley, ink);
                    }
                }
            }
        }
    }
}

/// From the top of a galley to the baseline of its first row.
fn baseline(galley: &egui::Galley) -> f32 {
    galley.rows.first().map_or(0.0, |row| row.pos.y + row.glyphs.first().map_or(0.0, |g| g.pos.y))
}
