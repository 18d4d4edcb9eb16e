//! The article while it is written in: a text field that records each change as an edit.

use std::sync::Arc;

use eframe::egui::epaint::text::{CharIndex, Galley};
use eframe::egui::text::{CCursor, CCursorRange};
use eframe::egui::{self, Align, Id, Margin, Rect, TextBuffer, TextEdit, Ui, pos2};

use super::article::Article;
use super::command::Command;
use super::lines::{Line, Setting};
use super::marks;
use super::paper::column;
use super::theme::{self, COPY};
use crate::document::BlockKind;
use crate::text::{Edit, Span};

/// What the view remembers from frame to frame.
#[derive(Default)]
pub struct Editor {
    scratch: String,
    revision: Option<(u64, u64)>,
    /// Where the caret shall stand, in bytes.
    pub caret: Option<Span>,
    /// What shall be selected and come into view, without taking the keyboard.
    pub show: Option<Span>,
    /// Where it stands.
    pub stands: usize,
    /// What is selected.
    pub selected: Span,
    /// Width of the column, in characters.
    pub measure: u8,
}

/// The text of the field; what happens to it is written down.
struct Recorder<'a> {
    text: &'a mut String,
    edits: Vec<Edit>,
}

impl TextBuffer for Recorder<'_> {
    fn is_mutable(&self) -> bool {
        true
    }

    fn as_str(&self) -> &str {
        self.text
    }

    fn insert_text(&mut self, text: &str, char_index: CharIndex) -> usize {
        let at = self.byte_index_from_char_index(char_index).0;
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        self.text.insert_str(at, &text);
        let count = text.chars().count();
        self.edits.push(Edit::insert(at, text));
        count
    }

    fn delete_char_range(&mut self, range: std::ops::Range<CharIndex>) {
        let span = Span::new(self.byte_index_from_char_index(range.start).0, self.byte_index_from_char_index(range.end).0);
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

/// The field's name in egui.
pub fn field() -> Id {
    Id::unique("copydesk article field")
}

fn chars(text: &str, byte: usize) -> usize {
    text.get(..byte).map_or(0, |t| t.chars().count())
}

fn byte(text: &str, chars: usize) -> usize {
    text.char_indices().nth(chars).map_or(text.len(), |(i, _)| i)
}

impl Editor {
    /// Draws the field.
    pub fn ui(&mut self, ui: &mut Ui, article: &Article, commands: &mut Vec<Command>) {
        let theme = theme::of(ui);
        let width = column(ui.available_width(), COPY, self.measure);
        let setting = Setting { size: COPY, width, ink: theme.ink, quiet: theme.quiet };
        let revision = Some((article.id, article.session.review().revision()));
        if self.revision != revision {
            if self.scratch != article.session.text() {
                article.session.text().clone_into(&mut self.scratch);
            }
            self.revision = revision;
        }
        let lines = Arc::clone(&article.figures.lines);
        let caret = self.caret.take();
        let placed = caret.or(self.show.take());
        if let Some(span) = placed {
            let mut state = TextEdit::load_state(ui.ctx(), field()).unwrap_or_default();
            let range = CCursorRange::two(CCursor::new(chars(&self.scratch, span.start)), CCursor::new(chars(&self.scratch, span.end)));
            state.cursor.set_char_range(Some(range));
            state.clear_undoer();
            TextEdit::store_state(ui.ctx(), field(), state);
            if caret.is_some() {
                ui.memory_mut(|m| m.request_focus(field()));
            }
        }
        let height = ui.available_height();
        egui::ScrollArea::vertical().id_salt(("paper", article.id)).auto_shrink(false).show(ui, |ui| {
            ui.add_space(28.0);
            let left = ui.max_rect().center().x - width / 2.0;
            let mut recorder = Recorder { text: &mut self.scratch, edits: Vec::new() };
            let mut layouter = |ui: &Ui, text: &dyn TextBuffer, _: f32| lay_out(ui, text.as_str(), &lines, &setting);
            let place = Rect::from_min_size(pos2(left, ui.cursor().top()), egui::vec2(width + 2.0, height));
            let output = ui
                .scope_builder(egui::UiBuilder::new().max_rect(place), |ui| {
                    TextEdit::multiline(&mut recorder)
                        .id(field())
                        .frame(egui::Frame::NONE)
                        .margin(Margin::ZERO)
                        .desired_width(width + 2.0)
                        .lock_focus(true)
                        .layouter(&mut layouter)
                        .show(ui)
                })
                .inner;
            ui.add_space(height * 0.45);
            let edits = recorder.edits;
            let _ = output.response.response.clone().accessible_name("Article text");
            self.paint_marks(ui, article, &output.galley, output.galley_pos, &setting);
            if let Some(range) = output.cursor_range.or_else(|| output.state.cursor.char_range().filter(|_| placed.is_some())) {
                let sorted = range.as_sorted_char_range();
                self.stands = byte(&self.scratch, range.primary.index.0);
                self.selected = Span::new(byte(&self.scratch, sorted.start.0), byte(&self.scratch, sorted.end.0));
                let moved = placed.is_some();
                if moved {
                    let caret = output.galley.pos_from_cursor(range.primary).translate(output.galley_pos.to_vec2());
                    let clip = ui.clip_rect();
                    if caret.top() < clip.top() + 40.0 || caret.bottom() > clip.top() + height * 0.75 {
                        let target = Rect::from_min_size(pos2(caret.left(), caret.top() - height * 0.3), egui::vec2(4.0, height));
                        ui.scroll_to_rect(target, Some(Align::TOP));
                    }
                }
                let here = article.visible().find(|(_, f)| f.span.start <= self.stands && self.stands <= f.span.end);
                if let Some((i, _)) = here
                    && i != article.current
                    && edits.is_empty()
                {
                    commands.push(Command::Select(i));
                }
            }
            if !edits.is_empty() {
                commands.push(Command::Typed(edits));
            }
        });
    }

    fn paint_marks(&self, ui: &Ui, article: &Article, galley: &Galley, at: egui::Pos2, setting: &Setting) {
        let theme = theme::of(ui);
        let clip = ui.clip_rect();
        let painter = ui.painter();
        let (mut position, mut count) = (0, 0);
        for (i, finding) in article.visible() {
            let span = finding.span;
            let Some(step) = self.scratch.get(position..span.start) else { continue };
            count += step.chars().count();
            position = span.start;
            let length = span.of(&self.scratch).chars().count().max(1);
            for r in marks::rects(galley, count, count + length) {
                let r = r.translate(at.to_vec2());
                if r.intersects(clip) {
                    let weight = if i == article.current { 2.0 } else { 1.3 };
                    marks::underline(painter, r, setting.size, theme.mark(finding.category), weight);
                }
            }
        }
    }
}

/// Lays the lines out one by one, with space between blocks. egui keeps what did not change.
fn lay_out(ui: &Ui, text: &str, lines: &[Line], setting: &Setting) -> Arc<Galley> {
    let mut galleys = Vec::new();
    let mut gaps = Vec::new();
    let mut before: Option<Line> = None;
    let mut start = 0;
    // Long lines are shown in several pieces while reviewing; here they are whole.
    let kinds: Vec<Line> = lines.iter().filter(|l| l.span.start == 0 || !is_inside_line(lines, l)).copied().collect();
    for (i, part) in text.split('\n').enumerate() {
        let known = kinds.get(i);
        let line = Line {
            span: Span::new(start, start + part.len()),
            kind: known.map_or(BlockKind::Paragraph, |l| l.kind),
            first: known.is_none_or(|l| l.first),
            cut: false,
        };
        start += part.len() + 1;
        let mut job = setting.job();
        let mut format = setting.format(line.kind);
        if part.is_empty() {
            format.line_height = format.line_height.map(|h| (h * 0.5).round());
        }
        job.append(part, 0.0, format);
        gaps.push(setting.gap(&line, before.as_ref()));
        galleys.push(ui.fonts_mut(|f| f.layout_job(job)));
        before = Some(line);
    }
    let mut whole = setting.job();
    whole.append(text, 0.0, setting.format(BlockKind::Paragraph));
    let mut galley = Galley::concat(Arc::new(whole), &galleys, ui.pixels_per_point());
    let mut rows = galley.rows.iter_mut();
    let mut down = 0.0;
    for (part, gap) in galleys.iter().zip(gaps) {
        down += gap;
        for row in rows.by_ref().take(part.rows.len()) {
            row.pos.y += down;
        }
    }
    galley.rect.max.y += down;
    galley.mesh_bounds.max.y += down;
    Arc::new(galley)
}

/// Whether a line is the continuation of a long one.
fn is_inside_line(lines: &[Line], line: &Line) -> bool {
    let i = lines.partition_point(|l| l.span.start < line.span.start);
    i.checked_sub(1).and_then(|b| lines.get(b)).is_some_and(|b| b.cut)
}
