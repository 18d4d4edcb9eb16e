//! The article while it is reviewed: set line by line, with the suggestion in place. It can't be typed
//! into, so no key is ever a stray letter.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use eframe::egui::{self, Align, CursorIcon, Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};
use rustc_hash::{FxHashMap, FxHasher};

use super::article::Article;
use super::command::Command;
use super::lines::{Line, Part, SetLine, Setting, readable, set};
use super::marks;
use super::parts;
use super::theme::{self, COPY, SPACE, Theme};
use crate::text::{Edits, Span};

/// Above this many bytes lines that nobody saw yet are estimated, not measured.
const MEASURED: usize = 200 * 1024;
/// Space above the first line and below the last.
const MARGIN: f32 = 28.0;

/// Which line stands at the upper edge.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Top {
    /// Its first byte.
    pub byte: usize,
    /// Points of it that are above the edge.
    pub above: f32,
}

/// What the view remembers from frame to frame.
#[derive(Default)]
pub struct Paper {
    heights: FxHashMap<u64, f32>,
    tops: Vec<f32>,
    key: Option<u64>,
    /// The finding looked at shall come into view.
    pub follow: bool,
    /// Bring it into view even when it is near the edge of it.
    pub place: bool,
    /// Scroll here.
    pub top: Option<Top>,
    /// What stands at the upper edge.
    pub stands: Top,
    /// Width of the column, in characters.
    pub measure: u8,
    /// How many bytes were shown last, for tests and measurements.
    pub shown: Span,
}

/// What is shown.
pub struct Sheet<'a> {
    /// The article.
    pub article: &'a Article,
    /// The original instead of the text now.
    pub original: bool,
}

/// The width of the column that holds so many characters (`measure`) of a size of type.
pub fn column(available: f32, size: f32, measure: u8) -> f32 {
    // A character of the copy is 33/70 of its size wide on average.
    (size * f32::from(measure) * 33.0 / 70.0).min(available - 2.0 * SPACE[4]).max(120.0).floor()
}

/// A number for some values; equal ones have the same.
pub fn hash(parts: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    parts.hash(&mut hasher);
    hasher.finish()
}

impl Paper {
    /// Draws the article.
    pub fn ui(&mut self, ui: &mut Ui, sheet: &Sheet, commands: &mut Vec<Command>) {
        let theme = theme::of(ui);
        let width = column(ui.available_width(), COPY, self.measure);
        let setting = Setting { size: COPY, width, ink: theme.ink, quiet: theme.quiet };
        let article = sheet.article;
        let session = &article.session;
        let (text, lines) = if sheet.original {
            (session.review().original(), Arc::clone(&article.figures.original_lines))
        } else {
            (session.text(), Arc::clone(&article.figures.lines))
        };
        let fix = article.finding().and_then(|f| f.fixes.get(article.fix)).filter(|_| !sheet.original);
        let edits = fix.map(|f| readable(text, &f.edits));
        let edits = edits.as_ref().filter(|e| e.apply(text).is_ok());
        let height = ui.available_height();
        egui::ScrollArea::vertical().id_salt(("paper", article.id)).auto_shrink(false).show_viewport(ui, |ui, viewport| {
            self.measure(ui, (article.id, session.review().revision(), sheet.original), text, &lines, edits, &setting, theme);
            let total = self.tops.last().copied().unwrap_or(0.0) + MARGIN + height * 0.45;
            ui.set_height(total);
            ui.set_width(ui.available_width());
            let origin = pos2(ui.max_rect().center().x - width / 2.0, ui.min_rect().top() + MARGIN);
            let first = self.tops.partition_point(|t| *t + MARGIN < viewport.top()).saturating_sub(1);
            let mut last = first;
            for (i, line) in lines.iter().enumerate().skip(first) {
                let (Some(top), Some(bottom)) = (self.tops.get(i), self.tops.get(i + 1)) else { break };
                if *top + MARGIN > viewport.bottom() {
                    break;
                }
                last = i;
                let before = i.checked_sub(1).and_then(|b| lines.get(b));
                let place = Rect::from_min_max(origin + vec2(0.0, top + setting.gap(line, before)), origin + vec2(width, *bottom));
                let shown = set(text, line, edits, &setting, theme);
                line_ui(ui, sheet, line, &shown, place, &setting, theme, commands);
            }
            self.shown = Span::new(lines.get(first).map_or(0, |l| l.span.start), lines.get(last).map_or(0, |l| l.span.end));
            let edge = viewport.top() - MARGIN;
            let above = edge - self.tops.get(first).copied().unwrap_or(0.0);
            self.stands = if viewport.top() > 0.0 { Top { byte: self.shown.start, above } } else { Top::default() };
            if let Some(top) = self.top.take() {
                let line = lines.partition_point(|l| l.span.start <= top.byte).saturating_sub(1);
                // The area leaves this much space above what it scrolls to.
                let y = origin.y + self.tops.get(line).copied().unwrap_or(0.0) + top.above + ui.spacing().item_spacing.y;
                let rect = Rect::from_min_size(pos2(origin.x, y), vec2(10.0, height));
                ui.scroll_to_rect_animation(rect, Some(Align::TOP), egui::style::ScrollAnimation::none());
                ui.ctx().request_repaint();
            } else if self.follow && !sheet.original {
                self.follow = !self.bring_into_view(ui, article, &lines, text, edits, &setting, theme, origin, viewport);
            }
        });
    }

    /// Heights of all lines; lines that did not change are not laid out again.
    #[expect(clippy::too_many_arguments, reason = "one step of drawing, cut out to be read")]
    fn measure(
        &mut self,
        ui: &Ui,
        what: (u64, u64, bool),
        text: &str,
        lines: &[Line],
        edits: Option<&Edits>,
        setting: &Setting,
        theme: &Theme,
    ) {
        let key = hash((what, edits, setting.width.to_bits(), setting.size.to_bits(), ui.pixels_per_point().to_bits()));
        if self.key == Some(key) {
            return;
        }
        if self.heights.len() > 40_000 {
            self.heights.clear();
        }
        self.tops.clear();
        let mut top = 0.0;
        self.tops.push(top);
        let mut estimated = false;
        for (i, line) in lines.iter().enumerate() {
            let within: Vec<_> = edits
                .into_iter()
                .flatten()
                .filter(|e| e.span().touches(line.span))
                .map(|e| (e.at - line.span.start.min(e.at), &e.from, &e.to))
                .collect();
            let name = hash((line.span.of(text), line.kind as u8, within, setting.width.to_bits(), ui.pixels_per_point().to_bits()));
            let height = match self.heights.get(&name) {
                Some(height) => *height,
                None if text.len() > MEASURED && !self.shown.touches(line.span) => {
                    estimated = true;
                    let rows = (line.span.len() as f32 * setting.size * 0.46 / setting.width).ceil().max(1.0);
                    rows * setting.leading(line.kind)
                }
                None => {
                    let shown = set(text, line, edits, setting, theme);
                    let height = ui.fonts_mut(|f| f.layout_job(shown.job)).rect.height();
                    let height = if line.span.is_empty() { setting.leading(line.kind) * 0.5 } else { height };
                    self.heights.insert(name, height);
                    height
                }
            };
            let before = i.checked_sub(1).and_then(|b| lines.get(b));
            top += setting.gap(line, before) + height;
            self.tops.push(top);
        }
        // Estimated heights are corrected as the lines come into view.
        self.key = (!estimated).then_some(key);
    }

    /// Scrolls the finding looked at into the upper third, unless it is well in view. Returns whether it is done.
    #[expect(clippy::too_many_arguments, reason = "one step of drawing, cut out to be read")]
    fn bring_into_view(
        &mut self,
        ui: &Ui,
        article: &Article,
        lines: &[Line],
        text: &str,
        edits: Option<&Edits>,
        setting: &Setting,
        theme: &Theme,
        origin: egui::Pos2,
        viewport: Rect,
    ) -> bool {
        let Some(at) = article.spot().or_else(|| article.finding().map(|f| f.span)).map(|s| s.start) else { return true };
        let i = lines.partition_point(|l| l.span.end < at || (l.cut && l.span.end == at));
        let (Some(line), Some(top)) = (lines.get(i), self.tops.get(i)) else { return true };
        let shown = set(text, line, edits, setting, theme);
        let galley = ui.fonts_mut(|f| f.layout_job(shown.job.clone()));
        let chars = shown.chars(shown.shown(at).unwrap_or(0));
        let inner = galley.pos_from_cursor(egui::text::CCursor::new(chars));
        let before = i.checked_sub(1).and_then(|b| lines.get(b));
        let y = top + setting.gap(line, before) + inner.center().y + MARGIN;
        let height = viewport.height();
        let well = viewport.top() + height * 0.10..=viewport.top() + height * if self.place { 0.5 } else { 0.66 };
        if !well.contains(&y) {
            let target = origin.y - MARGIN + y - height * 0.3;
            let rect = Rect::from_min_size(pos2(origin.x, target), vec2(10.0, height));
            ui.scroll_to_rect(rect, Some(Align::TOP));
        }
        self.place = false;
        true
    }
}

#[expect(clippy::too_many_arguments, reason = "one step of drawing, cut out to be read")]
fn line_ui(
    ui: &mut Ui,
    sheet: &Sheet,
    line: &Line,
    shown: &SetLine,
    place: Rect,
    setting: &Setting,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let article = sheet.article;
    let galley = ui.fonts_mut(|f| f.layout_job(shown.job.clone()));
    let response = ui.interact(place, ui.scope_id().with(("line", line.span.start)), Sense::click());
    // Spoken as it reads now; what would come of it is told by the card.
    let source = if sheet.original { article.session.review().original() } else { article.session.text() };
    response.widget_info(|| WidgetInfo::labeled(Role::Paragraph, true, line.span.of(source)));
    let size = setting.font(line.kind).size;
    let on_screen = |span: Span| -> Vec<Rect> {
        let span = Span::new(span.start.max(line.span.start), span.end.min(line.span.end));
        let span = if span.is_empty() { widened(span.start, line, shown) } else { span };
        let (Some(a), Some(b)) = (shown.shown(span.start), end_shown(shown, span.end)) else { return Vec::new() };
        let offset = place.min.to_vec2();
        marks::rects(&galley, shown.chars(a), shown.chars(b)).into_iter().map(|r| r.translate(offset)).collect()
    };
    let here = |span: Span| span.start <= line.span.end && span.end >= line.span.start && (span.is_empty() || span.overlaps(line.span));
    let current = article.finding().filter(|_| !sheet.original);
    if let Some(finding) = current {
        let mark = theme.mark(finding.category);
        for evidence in finding.evidence.iter().filter(|e| here(e.span)) {
            for r in on_screen(evidence.span) {
                ui.painter().rect_filled(tight(r, size), 2.0, theme.evidence);
                marks::underline(ui.painter(), r, size, theme::Mark { shape: theme::Shape::Line, ..mark }, 1.0);
            }
        }
        if here(finding.span) {
            let tint = mark.colour.gamma_multiply(0.13);
            let rows = on_screen(finding.span);
            for r in &rows {
                ui.painter().rect_filled(tight(*r, size).expand2(vec2(1.5, 0.0)), 3.0, tint);
            }
            if let (Some(a), Some(b)) = (rows.first(), rows.last()) {
                let bar = Rect::from_min_max(
                    pos2(place.left() - 18.0, tight(*a, size).top()),
                    pos2(place.left() - 15.0, tight(*b, size).bottom()),
                );
                ui.painter().rect_filled(bar, 1.5, mark.colour);
            }
        }
    }
    if let Some(spot) = article.spot().filter(|s| here(*s) && !sheet.original) {
        for r in on_screen(spot) {
            let rect = tight(r, size).expand2(vec2(2.0, 0.5));
            ui.painter().rect(rect, 3.0, theme.evidence, egui::Stroke::new(1.5, theme.accent), egui::StrokeKind::Outside);
        }
    }
    for piece in shown.pieces.iter().filter(|p| p.part != Part::Kept) {
        let fill = if piece.part == Part::Old { theme.old } else { theme.new };
        let offset = place.min.to_vec2();
        let rows = marks::rects(&galley, shown.chars(piece.shown.start), shown.chars(piece.shown.end));
        for r in parts::whole(rows, size) {
            parts::fill_words(ui, tight(r.translate(offset), size), fill);
        }
    }
    ui.painter().galley(place.min, Arc::clone(&galley), theme.ink);
    if !sheet.original {
        for (place_in_list, finding) in article.visible_near(line.span).filter(|(_, f)| here(f.span)) {
            let weight = if place_in_list == article.current { 2.0 } else { 1.3 };
            for r in on_screen(finding.span) {
                marks::underline(ui.painter(), r, size, theme.mark(finding.category), weight);
            }
        }
    }
    let byte_at = |p: egui::Pos2| {
        let cursor = galley.cursor_from_pos(p - place.min);
        shown.text(shown.byte(cursor.index.0))
    };
    let finding_at = |byte: usize| {
        article
            .visible_near(line.span)
            .find(|(_, f)| here(f.span) && f.span.start <= byte && byte <= f.span.end.max(f.span.start + 1))
            .map(|(i, _)| i)
    };
    if let Some(p) = response.hover_pos().filter(|_| !sheet.original) {
        let over = finding_at(byte_at(p)).is_some();
        ui.ctx().set_cursor_icon(if over { CursorIcon::PointingHand } else { CursorIcon::Text });
    }
    if response.clicked()
        && !sheet.original
        && let Some(p) = response.interact_pointer_pos()
    {
        let byte = byte_at(p);
        commands.push(finding_at(byte).map_or(Command::EditAt(byte), Command::Select));
    }
}

/// The words of a row without the leading above and below.
fn tight(row: Rect, size: f32) -> Rect {
    Rect::from_center_size(row.center(), Vec2::new(row.width(), size * 1.34))
}

/// An empty span shows at the characters beside it.
fn widened(at: usize, line: &Line, shown: &SetLine) -> Span {
    let text = &shown.job.text;
    let place = shown.shown(at).unwrap_or(0);
    let before = text.get(..place).and_then(|t| t.chars().next_back()).map_or(0, char::len_utf8);
    let after = text.get(place..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8);
    Span::new(at.saturating_sub(before).max(line.span.start), (at + after).min(line.span.end))
}

/// Where the end of a span is shown: before words that come right after it.
fn end_shown(shown: &SetLine, end: usize) -> Option<usize> {
    let pieces = || shown.pieces.iter().filter(|p| p.part != Part::New);
    pieces().find(|p| p.text.start < end && end <= p.text.end).map(|p| p.shown.start + (end - p.text.start))
}
