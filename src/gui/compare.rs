//! The comparison: the original and the text now side by side, as one redline, or the text now alone to be
//! read; beside them the source text. Changed words alone are coloured, each change has its author and a way
//! back. Only what is in view is laid out.

use std::ops::Range;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{self, Pos2, Rect, RichText, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::article::Article;
use super::command::Command;
use super::compare_head::{self, HINT};
use super::compare_rows::{Band, Handle, Page, Row};
use super::fonts::icon;
use super::heights::Rows;
use super::lines::{Setting, coming, inner, struck};
use super::marks;
use super::paper::hash;
use super::parts::{self, Tight};
use super::source::Source;
use super::source_set::Sets;
use super::source_view::{self, MEASURED};
use super::stack::{Items, Measure, Shape, Stack};
use super::theme::{self, SMALL, SPACE, Theme};
use super::view::{Style, View};
use crate::document::BlockKind;
use crate::review::Hunk;
use crate::review::statistics::Distance;
use crate::text::Span;

/// The height of a handle.
const HANDLE: f32 = 26.0;
/// Space between columns.
const MARGIN: f32 = 28.0;
/// Below this width three columns are two: the source and a redline.
const THREE: f32 = 960.0;
/// Below this width two columns are too narrow to be read: a redline stands for them and the source text is
/// folded, unless somebody asks for it.
const TIGHT: f32 = 760.0;
/// The gutter there: the handles without their names, which the head says.
const NAMELESS: f32 = 66.0;

/// What the comparison remembers from frame to frame.
#[derive(Default)]
pub struct Comparison {
    key: Option<u64>,
    page: Page,
    pub(super) stack: Stack,
    sets: Sets,
    /// The change that is looked at, by number.
    pub hunk: usize,
    /// It shall come into view.
    pub follow: bool,
    /// Where there is little width: two columns were asked for all the same.
    columns_asked: bool,
    /// The same of the source text.
    source_asked: bool,
}

impl Comparison {
    /// What was asked for where there is little width.
    pub(super) fn ask_columns(&mut self, wide: f32, style: Style) {
        self.columns_asked = wide < TIGHT && style == Style::SideBySide;
    }

    /// Who made a change, by its number.
    pub(super) fn handle(&self, number: usize) -> Option<&Handle> {
        self.page.handles.get(number)
    }

    /// How far the text is from the original.
    pub(super) fn distance(&self) -> Distance {
        self.page.distance
    }

    /// How many rows are in view of how many, for tests and measurements.
    pub fn rows_shown(&self) -> (usize, usize) {
        (self.stack.shown.len(), self.page.bands.len())
    }
}

/// What a column shows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Column {
    /// The source text.
    Source,
    /// The original, what goes struck through.
    Original,
    /// The text now, what came underlined.
    Now,
    /// Both in one.
    Redline,
    /// The text now without a mark.
    Clean,
    /// The original without a mark.
    CleanOriginal,
}

/// Columns side by side, and the gutter behind them.
pub(super) struct Plan {
    /// How the comparison is shown here.
    pub style: Style,
    pub columns: Vec<(Column, f32)>,
    /// The columns whose words say how high a row is. While the key for the original is held they are those
    /// that were there before, so that nothing moves.
    measured: Vec<Column>,
    pub width: f32,
    pub size: f32,
    gutter: f32,
    /// From the left edge of the view to the first column.
    pub left: f32,
}

impl Plan {
    fn new(wide: f32, view: &View, source: bool) -> Self {
        let peek = view.original || view.peek;
        let style = shown_style(view, wide);
        let changes = match style {
            Style::SideBySide if source && wide < THREE => vec![Column::Redline],
            Style::SideBySide => vec![Column::Original, Column::Now],
            Style::Redline => vec![Column::Redline],
            Style::Reading => vec![Column::Clean],
        };
        let measured = if style == Style::Reading && peek { vec![Column::CleanOriginal] } else { changes.clone() };
        let shown = changes.into_iter().map(|c| if peek && c != Column::Original { Column::CleanOriginal } else { c });
        let columns: Vec<Column> = source.then_some(Column::Source).into_iter().chain(shown).collect();
        let gutter = match style {
            Style::Reading => 0.0,
            _ if wide < TIGHT => NAMELESS,
            _ if wide > 1300.0 => 280.0,
            _ => 190.0,
        };
        let count = columns.len() as f32;
        let size: f32 = match style {
            Style::Reading => 18.0,
            _ if columns.len() > 1 && wide < TIGHT => 15.0,
            _ if columns.len() > 2 => 15.0,
            Style::SideBySide => 16.0,
            Style::Redline => 17.0,
        };
        let most = size * if columns.len() == 1 { 36.0 } else { 32.0 };
        let gaps = MARGIN * (count + 1.0);
        let width = ((wide - gutter - gaps) / count).clamp(140.0, most).floor();
        let whole = width * count + MARGIN * (count - 1.0) + if gutter > 0.0 { gutter + MARGIN } else { 0.0 };
        let left = ((wide - whole) / 2.0).max(MARGIN * 0.7).round();
        let columns = columns.iter().enumerate().map(|(i, c)| (*c, left + i as f32 * (width + MARGIN))).collect();
        Self { style, columns, measured, width, size, gutter, left }
    }

    /// Whether the handles have no room for their names.
    pub fn is_nameless(&self) -> bool {
        self.gutter <= NAMELESS
    }

    fn has_gutter(&self) -> bool {
        self.gutter > 0.0
    }

    /// Where the gutter begins.
    fn gutter_left(&self) -> f32 {
        self.columns.last().map_or(self.left, |(_, x)| x + self.width + MARGIN)
    }

    /// The columns of the article's words; in order.
    fn texts(&self) -> impl Iterator<Item = (Column, f32)> {
        self.columns.iter().copied().filter(|(c, _)| *c != Column::Source)
    }
}

/// The source text that the comparison shows in a width.
pub fn shown_source<'a>(article: &'a Article, view: &View, wide: f32) -> Option<&'a Source> {
    article.source.as_ref().filter(|_| !view.source_folded && (wide >= TIGHT || view.compare.source_asked))
}

/// How the comparison is shown in a width: as it is set, where there is room for that.
pub fn shown_style(view: &View, wide: f32) -> Style {
    let asked = view.style != Style::SideBySide || view.compare.columns_asked;
    if wide < TIGHT && !asked { Style::Redline } else { view.style }
}

/// Shows the source text beside the comparison, or folds it away.
pub fn turn_source(article: &Article, view: &mut View, wide: f32) {
    let shows = shown_source(article, view, wide).is_none();
    if wide < TIGHT {
        view.compare.source_asked = shows;
        view.source_folded &= !shows;
    } else {
        view.source_folded = !shows;
    }
}

/// Draws the comparison.
pub fn ui(ui: &mut Ui, article: &Article, view: &mut View, commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    let wide = ui.available_width();
    let source = shown_source(article, view, wide);
    let revision = article.session.review().revision();
    let key = hash((article.id, revision, source.map(|s| (s.stamp, s.pairs.len()))));
    let comparison = &mut view.compare;
    if comparison.key != Some(key) {
        comparison.page = Page::new(article, source);
        comparison.key = Some(key);
    }
    comparison.hunk = comparison.hunk.min(article.figures.hunks.len().saturating_sub(1));
    let plan = Plan::new(wide, view, source.is_some());
    compare_head::ui(ui, article, view, &plan, commands);
    compare_head::names(ui, &plan, source);
    let comparison = &mut view.compare;
    let reading = plan.style == Style::Reading;
    let Comparison { page, stack, sets, hunk, follow, .. } = comparison;
    let setting = Setting { size: plan.size, width: plan.width, ink: theme.ink, quiet: theme.quiet };
    let current = (!reading && !article.figures.hunks.is_empty()).then_some(*hunk);
    let mut bands = Bands { article, page, source, plan, setting, sets, theme, current, commands };
    if std::mem::take(follow)
        && let Some(hunk) = current
        && let Some(band) = bands.page.band_of(hunk)
    {
        let within = bands.within(ui, band, hunk);
        stack.seek(band, within);
    }
    let shape = Shape {
        id: egui::Id::unique(("compare", article.id)),
        key: hash((key, &bands.plan.measured, bands.plan.width.to_bits(), bands.plan.size.to_bits(), ui.pixels_per_point().to_bits())),
        measure: if article.session.text().len() <= MEASURED { Measure::All } else { Measure::Seen },
        margins: (if reading { 24.0 } else { 8.0 }, 140.0),
    };
    stack.show(ui, &shape, &mut bands);
}

/// The bands of a comparison as a column.
struct Bands<'a> {
    article: &'a Article,
    page: &'a Page,
    source: Option<&'a Source>,
    plan: Plan,
    setting: Setting,
    sets: &'a mut Sets,
    theme: &'static Theme,
    current: Option<usize>,
    commands: &'a mut Vec<Command>,
}

/// The words of a row in a column, laid out.
struct Cell {
    set: Tight,
    words: String,
    /// Characters of each change.
    marks: Vec<Range<usize>>,
}

impl Bands<'_> {
    fn hunks(&self, row: &Row) -> &[Hunk] {
        self.article.figures.hunks.get(row.hunks.clone()).unwrap_or(&[])
    }

    fn band(&self, i: usize) -> Band {
        self.page.bands.get(i).cloned().unwrap_or(Band { rows: 0..0, source: 0..0 })
    }

    fn cell(&self, ui: &Ui, row: &Row, column: Column) -> Cell {
        let review = self.article.session.review();
        let now = matches!(column, Column::Now | Column::Clean);
        let (text, span) = if now { (review.text(), row.now) } else { (review.original(), row.original) };
        let hunks = if matches!(column, Column::Clean | Column::CleanOriginal) { &[] } else { self.hunks(row) };
        let (job, marks) = job(text, span, hunks, column, &self.setting, row.kind, self.theme);
        let words = job.text.clone();
        Cell { set: parts::tight(ui, job), words, marks }
    }

    /// Where each change of a row stands beside the last column, from the top of the row.
    fn handle_tops(&self, cell: &Cell) -> Vec<f32> {
        let mut free = 0.0_f32;
        let mut tops = Vec::new();
        for mark in &cell.marks {
            let line = self.setting.leading(BlockKind::Paragraph);
            let at = place_of(cell, mark).map_or(0.0, |r| r.center().y - line * 0.5);
            let top = (at + (line - HANDLE) * 0.5).max(free);
            free = top + HANDLE;
            tops.push(top);
        }
        tops
    }

    /// How far below the top of its band a change stands.
    fn within(&self, ui: &Ui, band: usize, hunk: usize) -> f32 {
        let mut top = self.gap(band);
        for i in self.band(band).rows {
            let Some(row) = self.page.rows.get(i) else { break };
            if row.hunks.contains(&hunk) {
                let Some(column) = self.plan.measured.last() else { break };
                let cell = self.cell(ui, row, *column);
                let mark = cell.marks.get(hunk - row.hunks.start);
                return top + mark.and_then(|m| place_of(&cell, m)).map_or(0.0, |r| r.center().y);
            }
            top += self.row_height(ui, row) + self.row_gap(row);
        }
        top
    }

    fn row_height(&self, ui: &Ui, row: &Row) -> f32 {
        let cells: Vec<Cell> = self.plan.measured.iter().map(|column| self.cell(ui, row, *column)).collect();
        let text = cells.iter().filter(|c| !c.words.is_empty()).map(|c| c.set.galley.rect.height()).fold(0.0, f32::max);
        let tops = cells.last().filter(|_| self.plan.has_gutter()).map(|c| self.handle_tops(c)).unwrap_or_default();
        text.max(tops.last().map_or(0.0, |t| t + HANDLE))
    }

    fn row_gap(&self, row: &Row) -> f32 {
        if row.joined { 0.0 } else { (self.plan.size * 0.8).round() }
    }

    /// The space above a band.
    fn gap(&self, band: usize) -> f32 {
        let Some(row) = self.page.rows.get(self.band(band).rows.start) else { return 0.0 };
        if row.kind == BlockKind::Headline && row.original.start > 0 { (self.plan.size * 0.7).round() } else { 0.0 }
    }

    fn source_height(&mut self, ui: &Ui, band: &Band) -> f32 {
        let Some(source) = self.source else { return 0.0 };
        let (size, width) = (self.plan.size, self.plan.width);
        let height = |sets: &mut Sets, i: usize| sets.set(ui, source.words(i), &source_view::style(source, i, size, width)).height;
        band.source.clone().map(|i| height(self.sets, i) + (size * 0.8).round()).sum()
    }

    fn draw_source(&mut self, ui: &mut Ui, band: &Band, at: Pos2) {
        let Some(source) = self.source else { return };
        let mut y = at.y;
        for i in band.source.clone() {
            let style = source_view::style(source, i, self.plan.size, self.plan.width);
            let set = self.sets.set(ui, source.words(i), &style);
            let rect = Rect::from_min_size(pos2(at.x, y), vec2(self.plan.width, set.height));
            source_view::paragraph(ui, source, i, rect, self.commands);
            set.paint(ui, source.words(i), rect.min, self.theme.ink);
            y += set.height + (self.plan.size * 0.8).round();
        }
    }

    fn draw_row(&mut self, ui: &mut Ui, row: &Row, place: Rect) {
        let texts: Vec<(Column, f32)> = self.plan.texts().collect();
        for (column, x) in texts {
            let cell = self.cell(ui, row, column);
            let at = Rect::from_min_size(pos2(place.left() + x, place.top()), vec2(self.plan.width, cell.set.galley.rect.height()));
            let response = ui.interact(at, ui.scope_id().with(("row", row.original.start, row.now.start, column)), Sense::click());
            response.widget_info(|| WidgetInfo::labeled(Role::Paragraph, true, cell.words.clone()));
            cell.set.paint(ui, at.min);
            for (i, mark) in cell.marks.iter().enumerate() {
                let number = row.hunks.start + i;
                let rects = rects_of(&cell, mark);
                if self.current == Some(number) {
                    for r in &rects {
                        let r = r.translate(at.min.to_vec2()).expand2(vec2(2.0, -1.0));
                        ui.painter().rect_stroke(r, 3.0, Stroke::new(1.5, self.theme.accent), StrokeKind::Outside);
                    }
                }
                let under = |p: Pos2| rects.iter().any(|r| r.translate(at.min.to_vec2()).expand(3.0).contains(p));
                if response.hover_pos().is_some_and(under) {
                    ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
                }
                if response.clicked() && response.interact_pointer_pos().is_some_and(under) {
                    self.commands.push(Command::LookAtHunk(number));
                }
            }
        }
        let Some(column) = self.plan.measured.last().filter(|_| !row.hunks.is_empty() && self.plan.has_gutter()) else { return };
        let cell = self.cell(ui, row, *column);
        let bar = Rect::from_min_size(
            pos2(place.left() + self.plan.texts().next().map_or(0.0, |(_, x)| x) - 12.0, place.top()),
            vec2(2.0, cell.set.galley.rect.height()),
        );
        ui.painter().rect_filled(bar, 1.0, self.theme.accent);
        for (i, top) in self.handle_tops(&cell).into_iter().enumerate() {
            let at = pos2(place.left() + self.plan.gutter_left(), place.top() + top);
            self.draw_handle(ui, row.hunks.start + i, Rect::from_min_size(at, vec2(self.plan.gutter - 8.0, HANDLE)));
        }
    }

    /// Who changed what, and the way back.
    fn draw_handle(&mut self, ui: &mut Ui, number: usize, place: Rect) {
        let theme = self.theme;
        let Some(handle) = self.page.handles.get(number) else { return };
        let current = self.current == Some(number);
        if current {
            ui.painter().rect_filled(place.expand2(vec2(2.0, 0.0)), f32::from(theme::RADIUS), theme.selection);
        }
        let response = ui.interact(place, ui.scope_id().with(("handle", number)), Sense::click());
        let name = format!("Change {}: {}", number + 1, handle.what);
        response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, current, &name));
        if response.clicked() {
            self.commands.push(Command::LookAtHunk(number));
        }
        response.on_hover_text(format!("{}\n{}", handle.what, handle.why));
        ui.scope_builder(UiBuilder::new().max_rect(place).id_salt(("handle row", number)), |ui| {
            ui.horizontal(|ui| {
                ui.set_height(HANDLE);
                ui.spacing_mut().item_spacing.x = 5.0;
                let tip = if current { format!("{HINT}  ·  {}", Command::RevertCurrent.key()) } else { HINT.to_owned() };
                if parts::icon_button(ui, icon::REVERT, &format!("Revert: {}", handle.what), &tip).clicked() {
                    self.commands.push(Command::RevertHunk(number));
                }
                let ink = if current { theme.ink } else { theme.quiet };
                ui.label(RichText::new(handle.sign).color(ink).size(13.0));
                if self.plan.is_nameless() {
                    return;
                }
                ui.add(egui::Label::new(RichText::new(&handle.name).color(ink).font(theme::regular(SMALL))).truncate().selectable(false));
            });
        });
    }
}

impl Rows for Bands<'_> {
    fn count(&self) -> usize {
        self.page.bands.len()
    }

    fn name(&self, i: usize) -> u64 {
        let band = self.band(i);
        let review = self.article.session.review();
        let rows: Vec<_> = self.page.rows.get(band.rows.clone()).unwrap_or(&[]).iter().collect();
        let words: Vec<_> =
            rows.iter().map(|r| (r.original.of(review.original()), r.now.of(review.text()), r.kind as u8, r.joined)).collect();
        let changes: Vec<_> = rows
            .iter()
            .flat_map(|r| self.hunks(r).iter().map(|h| (h.original.start - r.original.start, h.original.len(), h.now.len())))
            .collect();
        hash((
            words,
            changes,
            band.source,
            self.source.map(|s| s.stamp),
            &self.plan.measured,
            self.plan.size.to_bits(),
            self.plan.width.to_bits(),
            self.gap(i).to_bits(),
        ))
    }

    fn estimate(&self, i: usize) -> f32 {
        let band = self.band(i);
        let lines = |bytes: usize| (bytes as f32 * self.plan.size * 0.46 / self.plan.width).ceil();
        let rows = self.page.rows.get(band.rows).unwrap_or(&[]);
        let text: f32 = rows.iter().map(|r| lines(r.original.len().max(r.now.len())) * self.plan.size * 1.6 + self.row_gap(r)).sum();
        let source: f32 = self.source.map_or(0.0, |s| band.source.map(|i| lines(s.words(i).chars().count()) * self.plan.size * 1.9).sum());
        text.max(source)
    }

    fn height(&mut self, ui: &Ui, i: usize) -> f32 {
        let band = self.band(i);
        let rows: Vec<Row> = self.page.rows.get(band.rows.clone()).unwrap_or(&[]).to_vec();
        let text: f32 = rows.iter().map(|row| self.row_height(ui, row) + self.row_gap(row)).sum();
        self.gap(i) + text.max(self.source_height(ui, &band))
    }
}

impl Items for Bands<'_> {
    fn draw(&mut self, ui: &mut Ui, i: usize, place: Rect) {
        let band = self.band(i);
        let mut y = place.top() + self.gap(i);
        if let Some((_, x)) = self.plan.columns.iter().find(|(c, _)| *c == Column::Source).copied() {
            self.draw_source(ui, &band, pos2(place.left() + x, y));
        }
        if band.rows.is_empty()
            && let Some((_, x)) = self.plan.texts().next()
        {
            let at = Rect::from_min_size(pos2(place.left() + x, y), vec2(self.plan.width, 26.0));
            ui.painter().text(at.left_center(), egui::Align2::LEFT_CENTER, "Not in the article", theme::regular(SMALL), self.theme.warn);
        }
        for number in band.rows {
            let Some(row) = self.page.rows.get(number).cloned() else { break };
            let height = self.row_height(ui, &row);
            let rect = Rect::from_min_max(pos2(place.left(), y), pos2(place.right(), y + height));
            if ui.is_rect_visible(rect) {
                self.draw_row(ui, &row, rect);
            }
            y += height + self.row_gap(&row);
        }
    }
}

/// Where a change stands in a cell, one rectangle a line; a place without words is a thin one.
fn rects_of(cell: &Cell, mark: &Range<usize>) -> Vec<Rect> {
    if mark.is_empty() {
        let cursor = cell.set.galley.pos_from_cursor(egui::text::CCursor::new(mark.start));
        return vec![Rect::from_center_size(cursor.center(), vec2(1.0, cursor.height() * 0.7))];
    }
    marks::rects(&cell.set.galley, mark.start, mark.end)
        .into_iter()
        .map(|r| Rect::from_center_size(r.center(), vec2(r.width(), r.height() * 0.86)))
        .collect()
}

fn place_of(cell: &Cell, mark: &Range<usize>) -> Option<Rect> {
    rects_of(cell, mark).first().copied()
}

/// The words of a row in a column, and the characters of each change.
fn job(
    text: &str,
    span: Span,
    hunks: &[Hunk],
    column: Column,
    setting: &Setting,
    kind: BlockKind,
    theme: &Theme,
) -> (LayoutJob, Vec<Range<usize>>) {
    let base = setting.format(kind);
    let mut job = LayoutJob::default();
    job.wrap.max_width = setting.width;
    let mut position = span.start;
    let mut marks = Vec::new();
    let mut chars = 0;
    let mut put = |job: &mut LayoutJob, words: &str, space: f32, format: &TextFormat| {
        if !words.is_empty() {
            job.append(words, space, format.clone());
        }
        chars += words.chars().count();
        chars
    };
    for hunk in hunks {
        let place = if column == Column::Now { hunk.now } else { hunk.original };
        let start = put(&mut job, Span::new(position, place.start.max(position)).of(text), 0.0, &base);
        let mut inside = 0;
        for edit in &inner(&hunk.from, &hunk.to) {
            put(&mut job, hunk.from.get(inside..edit.at).unwrap_or(""), 0.0, &base);
            if column != Column::Now {
                put(&mut job, &edit.from.replace('\n', "¶\n"), 0.0, &struck(&base, theme));
            }
            if column != Column::Original && !edit.to.is_empty() {
                let words = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                let close = column == Column::Redline && words(edit.from.chars().last()) && words(edit.to.chars().next());
                put(&mut job, &edit.to.replace('\n', "¶\n"), if close { 4.0 } else { 0.0 }, &coming(&base, theme));
            }
            inside = edit.span().end;
        }
        let end = put(&mut job, hunk.from.get(inside..).unwrap_or(""), 0.0, &base);
        marks.push(start..end);
        position = place.end;
    }
    put(&mut job, Span::new(position, span.end.max(position)).of(text), 0.0, &base);
    if job.sections.is_empty() {
        job.append("", 0.0, base);
    }
    (job, marks)
}

/// The distance from one part of the head to the next.
pub(super) const STEP: f32 = SPACE[1];
