//! The article while it is reviewed: set line by line, with the suggestion in place. It can't be typed
//! into, so no key is ever a stray letter.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use eframe::egui::{self, Align, CursorIcon, Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};
use rustc_hash::FxHasher;

use super::article::Article;
use super::command::Command;
use super::editor::Editor;
use super::eye::{Stood, Turn};
use super::lines::{Line, Part, SetLine, Setting, readable};
use super::marks;
use super::page::{Page, Places};
use super::parts;
use super::search::{self, Search};
use super::theme::{self, COPY, SPACE};
use crate::text::Span;

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
    places: Places,
    /// How far the article was scrolled, which one it is, and how high the view was.
    scrolled: (u64, f32, f32),
    stood: Stood,
    /// The finding looked at is in view, or the page is on its way there.
    pub sees: bool,
    coming: bool,
    /// The page shall be turned.
    pub turn: Option<Turn>,
    /// The finding looked at shall come into view.
    pub follow: bool,
    /// These words shall come into view, whatever finding is looked at.
    pub look_at: Option<Span>,
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
    /// What is looked for.
    pub search: &'a Search,
    /// The text is written in: a click puts the caret.
    pub writing: bool,
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
    /// Draws the article; with an editor, the paragraph with the caret is a field.
    pub fn ui(&mut self, ui: &mut Ui, sheet: &Sheet, mut editor: Option<&mut Editor>, commands: &mut Vec<Command>) {
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
        let fix = article.finding().and_then(|f| f.fixes.get(article.fix)).filter(|_| !sheet.original && editor.is_none());
        let edits = fix.map(|f| readable(text, &f.edits));
        let edits = edits.as_ref().filter(|e| e.fit(text));
        let height = ui.available_height();
        let what = (article.id, session.review().revision(), sheet.original);
        let page = Page { what, text, lines: &lines, edits, setting: &setting, theme, scale: ui.pixels_per_point() };
        self.places.take(ui, page);
        let (mut go, mut moves) = (None, None);
        let writing = editor.as_mut().map(|editor| {
            self.look_at = editor.caret.or(editor.show).or(self.look_at);
            editor.leave(ui, &page, commands);
            if let Some((to, way)) = editor.turned(ui, &page, &self.places.heights, height) {
                editor.go = Some(Span::at(to));
                moves = Some(way);
            }
            go = editor.go;
            editor.line(&lines)
        });
        let mut area = egui::ScrollArea::vertical().id_salt(("paper", article.id)).auto_shrink(false);
        let frame = (article.id, ui.ctx().cumulative_frame_nr());
        let around = (ui.cursor().top(), width);
        let turned = self.turned(ui, &page, height);
        let moved = moves.map(|way: f32| (self.scrolled.1 + way).clamp(0.0, self.end(height)));
        let stays = self.stay(ui, &page, frame, around);
        if let Some(offset) = turned.or(moved).or_else(|| self.look_round(ui, &page)).or(stays) {
            area = area.vertical_scroll_offset(offset);
        }
        let wheeled = ui.input(|i| i.smooth_scroll_delta() != Vec2::ZERO);
        let output = area.show_viewport(ui, |ui, viewport| {
            let around = self.places.heights.at(viewport.top() - MARGIN)..self.places.heights.at(viewport.bottom() - MARGIN) + 2;
            self.places.heights.see(ui, &mut { page }, around);
            ui.set_height(self.places.heights.total() + MARGIN + height * 0.45);
            ui.set_width(ui.available_width());
            let origin = pos2(ui.max_rect().center().x - width / 2.0, ui.min_rect().top() + MARGIN);
            let first = self.places.heights.at(viewport.top() - MARGIN);
            let mut last = first;
            for (i, line) in lines.iter().enumerate().skip(first) {
                let (top, bottom) = (self.places.heights.top(i), self.places.heights.top(i + 1));
                if top + MARGIN > viewport.bottom() {
                    break;
                }
                last = i;
                let place = Rect::from_min_max(origin + vec2(0.0, top + page.gap(i)), origin + vec2(width, bottom));
                if writing != Some(i) {
                    line_ui(ui, sheet, line, &page.set(line), place, &page, commands);
                }
            }
            // The field is drawn wherever it is: out of view it keeps the keyboard.
            if let (Some(i), Some(editor)) = (writing, &mut editor)
                && let Some(line) = lines.get(i)
            {
                let place = Rect::from_min_max(
                    origin + vec2(0.0, self.places.heights.top(i) + page.gap(i)),
                    origin + vec2(width, self.places.heights.top(i + 1)),
                );
                let before = commands.len();
                editor.paragraph(ui, article, sheet.search, (line, place), &page, commands);
                let typed = commands.iter().skip(before).any(|c| matches!(c, Command::Typed(_)));
                if (typed || go.is_some()) && !(first..=last).contains(&i) {
                    self.look_at = Some(Span::at(editor.stands));
                    ui.ctx().request_repaint();
                }
            }
            self.shown = Span::new(lines.get(first).map_or(0, |l| l.span.start), lines.get(last).map_or(0, |l| l.span.end));
            let edge = viewport.top() - MARGIN;
            let above = edge - self.places.heights.top(first);
            self.stands = if viewport.top() > 0.0 { Top { byte: self.shown.start, above } } else { Top::default() };
            if let Some(top) = self.top.take() {
                let line = lines.partition_point(|l| l.span.start <= top.byte).saturating_sub(1);
                // The area leaves this much space above what it scrolls to.
                let y = origin.y + self.places.heights.top(line) + top.above + ui.spacing().item_spacing.y;
                let rect = Rect::from_min_size(pos2(origin.x, y), vec2(10.0, height));
                ui.scroll_to_rect_animation(rect, Some(Align::TOP), egui::style::ScrollAnimation::none());
                ui.ctx().request_repaint();
            } else if let Some(at) = self.look_at.take().filter(|_| !sheet.original) {
                self.bring_into_view(ui, at, &page, origin, viewport);
            } else if self.follow && !sheet.original {
                self.follow = false;
                if let Some(at) = article.spot().or_else(|| article.finding().map(|f| f.span)) {
                    self.bring_into_view(ui, at, &page, origin, viewport);
                }
            }
        });
        let offset = output.state.clamped_offset().y;
        self.scrolled = (article.id, offset, height);
        let view = offset..=offset + height;
        let finding = article.finding().map(|f| f.span.start).filter(|_| !sheet.original);
        let first = self.places.heights.at(offset - MARGIN);
        let known = |at: usize| lines.get(first).is_some_and(|l| l.span.start <= at) && at <= self.shown.end;
        let stands = finding.filter(|at| known(*at)).and_then(|at| Some((at, self.y_of(ui, at, &page)?)));
        let seen = stands.filter(|(_, y)| view.contains(y));
        self.coming &= seen.is_none() && !wheeled;
        self.sees = seen.is_some() || self.coming;
        let edge = || lines.get(first).and_then(|l| Some((l.span.start, self.y_of(ui, l.span.start, &page)?)));
        let anchor = seen.or_else(edge).map(|(at, y)| (at, y - offset));
        self.stood.note(frame, offset, around, anchor.filter(|_| writing.is_none()));
    }

    /// How far the page can be scrolled so that the last line is still at the lower edge.
    fn end(&self, height: f32) -> f32 {
        (self.places.heights.total() + MARGIN + 40.0 - height).max(0.0)
    }

    /// Where the page goes that is turned by a key.
    fn turned(&mut self, ui: &Ui, page: &Page, height: f32) -> Option<f32> {
        let turn = self.turn.take()?;
        let offset = if self.scrolled.0 == page.what.0 { self.scrolled.1 } else { 0.0 };
        if turn == Turn::End {
            let count = page.lines.len();
            self.places.heights.see(ui, &mut { *page }, count.saturating_sub(60)..count);
        }
        self.coming = false;
        Some(turn.offset(offset, height, self.end(height).max(if turn == Turn::End { 0.0 } else { offset })))
    }

    /// How far to scroll where the column became narrower or what stands above it higher.
    fn stay(&mut self, ui: &Ui, page: &Page, frame: (u64, u64), around: (f32, f32)) -> Option<f32> {
        let stood = self.stood;
        stood.stay(frame, around, |at| {
            let line = page.line_of(at);
            self.places.heights.see(ui, &mut { *page }, line.saturating_sub(12)..=line);
            self.y_of(ui, at, page)
        })
    }

    /// How far below the beginning of the page a byte stands, in points.
    fn y_of(&self, ui: &Ui, at: usize, page: &Page) -> Option<f32> {
        let i = page.line_of(at);
        let shown = page.set(page.lines.get(i)?);
        let galley = ui.fonts_mut(|f| f.layout_job(shown.job.clone()));
        let chars = shown.chars(shown.shown(at).unwrap_or(0));
        let inner = galley.pos_from_cursor(egui::text::CCursor::new(chars));
        Some(self.places.heights.top(i) + page.gap(i) + inner.center().y + MARGIN)
    }

    /// Measures the lines of the view and of one view before it, ahead of drawing; where that moves what is
    /// looked at, returns how far to scroll so that it stays where it is.
    fn look_round(&mut self, ui: &Ui, page: &Page) -> Option<f32> {
        let (article, offset, height) = self.scrolled;
        if article != page.what.0 || offset <= 0.0 {
            return None;
        }
        let edge = offset - MARGIN;
        let anchor = self.places.heights.at(edge);
        let before = self.places.heights.top(anchor);
        let from = self.places.heights.at(edge - height);
        self.places.heights.see(ui, &mut { *page }, from..anchor);
        let moved = self.places.heights.top(anchor) - before;
        (moved.abs() > 0.1).then_some(offset + moved)
    }

    /// Scrolls words into the upper third, unless they are well in view.
    fn bring_into_view(&mut self, ui: &Ui, words: Span, page: &Page, origin: egui::Pos2, viewport: Rect) {
        let i = page.line_of(words.start);
        // Where it will stand depends on what comes into view above it.
        self.places.heights.see(ui, &mut { *page }, i.saturating_sub(12)..=i);
        let Some(y) = self.y_of(ui, words.start, page) else { return };
        let height = viewport.height();
        let well = viewport.top() + height * 0.10..=viewport.top() + height * if self.place { 0.5 } else { 0.66 };
        if !well.contains(&y) {
            let target = origin.y - MARGIN + y - height * 0.3;
            let rect = Rect::from_min_size(pos2(origin.x, target), vec2(10.0, height));
            ui.scroll_to_rect(rect, Some(Align::TOP));
            self.coming = true;
        }
        self.place = false;
    }
}

fn line_ui(ui: &mut Ui, sheet: &Sheet, line: &Line, shown: &SetLine, place: Rect, page: &Page, commands: &mut Vec<Command>) {
    let (setting, theme) = (page.setting, page.theme);
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
    if !sheet.original && sheet.search.open {
        for (i, found) in sheet.search.found().near(line.span).filter(|(_, s)| here(*s)) {
            let rects = on_screen(found).into_iter().map(|r| tight(r, size));
            ui.painter().extend(search::marks(rects, sheet.search.current == Some(i), theme));
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
        let over = finding_at(byte_at(p)).is_some() && !sheet.writing;
        ui.ctx().set_cursor_icon(if over { CursorIcon::PointingHand } else { CursorIcon::Text });
    }
    if response.clicked()
        && !sheet.original
        && let Some(p) = response.interact_pointer_pos()
    {
        let byte = byte_at(p);
        let finding = finding_at(byte).filter(|_| !sheet.writing);
        commands.push(finding.map_or(Command::EditAt(byte), Command::Select));
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
