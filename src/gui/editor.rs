//! The article while it is written in: a text field that records each change as an edit. It holds the whole
//! text, or one paragraph of a long one (see `paragraph`).

use std::sync::Arc;

use eframe::egui::epaint::text::Galley;
use eframe::egui::text::{CCursor, CCursorRange};
use eframe::egui::text_edit::TextEditOutput;
use eframe::egui::{self, Align, Event, Id, ImeEvent, Margin, Pos2, Rect, Shape, TextBuffer, TextEdit, Ui, pos2};

use super::article::Article;
use super::command::Command;
use super::field_text::{self, Recorder, byte, chars};
use super::lines::Setting;
use super::marks;
use super::paper::column;
use super::paragraph::Standing;
use super::search::{self, Search};
use super::theme::{self, COPY};
use crate::finding::Finding;
use crate::text::{Alignment, Edit, Edits, Span};

/// The caret blinks so long after it was moved, in seconds; then it stands still, and nothing is drawn any more.
const BLINKS: f64 = 10.0;

/// What the view remembers from frame to frame.
#[derive(Default)]
pub struct Editor {
    /// What the field holds.
    scratch: String,
    /// Of which article, which revision and which stretch that is.
    holds: Option<(u64, u64, Span)>,
    /// Where the caret shall stand, in bytes; it comes well into view.
    pub caret: Option<Span>,
    /// The same for a place that is looked at already: the page stays.
    pub go: Option<Span>,
    /// What shall be selected and come into view, without taking the keyboard.
    pub show: Option<Span>,
    /// Where it stands.
    pub stands: usize,
    /// What is selected.
    pub selected: Span,
    /// Width of the column, in characters.
    pub measure: u8,
    /// An input method composes letters: they stand in the field alone until they are chosen.
    composing: bool,
    /// When something was typed or moved last.
    active: f64,
    pub(super) set: field_text::Set,
    pub(super) standing: Standing,
}

/// The field's name in egui.
pub fn field() -> Id {
    Id::unique("copydesk article field")
}

/// A field as it was drawn.
pub(super) struct Drawn {
    /// Where its letters stand.
    pub(super) output: TextEditOutput,
    /// The caret was put somewhere.
    placed: Placed,
    /// What was written, in bytes of the article.
    pub(super) edits: Vec<Edit>,
}

/// How the caret came where it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Placed {
    /// By the keys of the field.
    Itself,
    /// Put where it is in view.
    Near,
    /// Put somewhere else.
    Far,
}

impl Editor {
    /// Where the caret or the selection shall be put.
    pub(super) fn wanted(&self) -> Option<Span> {
        self.caret.or(self.go).or(self.show)
    }

    /// Whether an input method composes letters.
    pub(super) fn is_composing(&self) -> bool {
        self.composing
    }

    /// The stretch of the text that the field holds.
    pub(super) fn stretch(&self) -> Option<Span> {
        self.holds.map(|(_, _, stretch)| stretch)
    }

    /// Draws the field with the whole text.
    pub fn ui(&mut self, ui: &mut Ui, article: &Article, search: &Search, commands: &mut Vec<Command>) {
        let theme = theme::of(ui);
        let width = column(ui.available_width(), COPY, self.measure);
        let setting = Setting { size: COPY, width, ink: theme.ink, quiet: theme.quiet };
        let lines = Arc::clone(&article.figures.lines);
        let height = ui.available_height();
        egui::ScrollArea::vertical().id_salt(("paper", article.id)).auto_shrink(false).show(ui, |ui| {
            ui.add_space(28.0);
            let left = ui.max_rect().center().x - width / 2.0;
            let place = Rect::from_min_size(pos2(left, ui.cursor().top()), egui::vec2(width + 2.0, height));
            let mut set = std::mem::take(&mut self.set);
            let whole = Span::new(0, article.session.text().len());
            let kinds = set.kinds(&lines);
            let mut layouter = |ui: &Ui, text: &dyn TextBuffer, _: f32| set.lay_out(ui, text.as_str(), &kinds, &setting);
            let drawn = self.field(ui, article, search, whole, place, &setting, &mut layouter, commands);
            self.set = set;
            ui.add_space(height * 0.45);
            if drawn.placed != Placed::Itself
                && let Some(range) = drawn.output.state.cursor.char_range()
            {
                let at = drawn.output.galley_pos.to_vec2();
                let caret = drawn.output.galley.pos_from_cursor(range.primary).translate(at);
                let clip = ui.clip_rect();
                let well = if drawn.placed == Placed::Far {
                    clip.top() + 40.0..=clip.top() + height * 0.75
                } else {
                    clip.y_range().min..=clip.bottom()
                };
                if !well.contains(&caret.top()) || !well.contains(&caret.bottom()) {
                    let target = Rect::from_min_size(pos2(caret.left(), caret.top() - height * 0.3), egui::vec2(4.0, height));
                    ui.scroll_to_rect(target, Some(Align::TOP));
                }
            }
            if !drawn.edits.is_empty() {
                commands.push(Command::Typed(drawn.edits));
            }
        });
    }

    /// Draws the field with a stretch of the text; what is written into it is returned, not done.
    #[expect(clippy::too_many_arguments, reason = "one step of drawing, shared by the whole text and a paragraph of it")]
    pub(super) fn field(
        &mut self,
        ui: &mut Ui,
        article: &Article,
        search: &Search,
        stretch: Span,
        place: Rect,
        setting: &Setting,
        layouter: &mut dyn FnMut(&Ui, &dyn TextBuffer, f32) -> Arc<Galley>,
        commands: &mut Vec<Command>,
    ) -> Drawn {
        let text = stretch.of(article.session.text());
        self.hold(ui, article, stretch, text);
        let (far, near, show) = (self.caret.take(), self.go.take(), self.show.take());
        let placed = match (far.or(show), near) {
            (Some(_), _) => Placed::Far,
            (None, Some(_)) => Placed::Near,
            (None, None) => Placed::Itself,
        };
        if let Some(span) = far.or(near).or(show) {
            let mut state = TextEdit::load_state(ui.ctx(), field()).unwrap_or_default();
            let cursor = |at: usize| CCursor::new(chars(&self.scratch, at.clamp(stretch.start, stretch.end) - stretch.start));
            state.cursor.set_char_range(Some(CCursorRange::two(cursor(span.start), cursor(span.end))));
            state.clear_undoer();
            TextEdit::store_state(ui.ctx(), field(), state);
            if far.or(near).is_some() {
                ui.memory_mut(|m| m.request_focus(field()));
            }
        }
        let composed = self.compose(ui, text);
        let now = ui.input(|i| i.time);
        let mut recorder = Recorder { text: &mut self.scratch, edits: Vec::new() };
        let under = ui.painter().add(Shape::Noop);
        let blinks = now - self.active < BLINKS;
        let output = ui
            .scope_builder(egui::UiBuilder::new().max_rect(place), |ui| {
                if !blinks {
                    ui.visuals_mut().text_cursor.blink = false;
                }
                TextEdit::multiline(&mut recorder)
                    .id(field())
                    .frame(egui::Frame::NONE)
                    .margin(Margin::ZERO)
                    .desired_width(place.width())
                    .desired_rows(1)
                    .layouter(layouter)
                    .show(ui)
            })
            .inner;
        let typed = recorder.edits;
        let _ = output.response.response.clone().accessible_name("Article text");
        let mut edits = Vec::new();
        if self.composing {
            // Nothing is written before it is chosen.
        } else if composed {
            edits.extend(field_text::difference(text, &self.scratch));
        } else {
            edits = typed;
        }
        let pending = if self.composing { field_text::difference(text, &self.scratch) } else { None };
        let under_words = self.paint(ui, article, search, stretch, &output, setting, pending);
        ui.painter().set(under, Shape::Vec(under_words));
        let range = output.cursor_range.or_else(|| output.state.cursor.char_range().filter(|_| placed != Placed::Itself));
        if let Some(range) = range.filter(|_| !self.composing) {
            let sorted = range.as_sorted_char_range();
            let at = |chars: usize| stretch.start + byte(&self.scratch, chars);
            let (stands, selected) = (at(range.primary.index.0), Span::new(at(sorted.start.0), at(sorted.end.0)));
            let moved = (stands, selected) != (self.stands, self.selected);
            if moved || !edits.is_empty() || placed != Placed::Itself {
                self.active = now;
            }
            (self.stands, self.selected) = (stands, selected);
            // Who goes to a finding looks at it; what comes up while words are written does not ask for it.
            let went = moved && edits.is_empty() && placed == Placed::Itself;
            let inside = |f: &Finding| f.span.start <= stands && stands <= f.span.end;
            let here = article.visible_near(Span::at(stands)).find(|(_, f)| inside(f)).filter(|_| went);
            if let Some((i, _)) = here.filter(|_| !article.finding().is_some_and(inside)) {
                commands.push(Command::Select(i));
            }
        }
        for edit in &mut edits {
            edit.at += stretch.start;
        }
        Drawn { output, placed, edits }
    }

    /// Takes the text up when it is another than the field holds. Letters that were being composed are lost then.
    fn hold(&mut self, ui: &Ui, article: &Article, stretch: Span, text: &str) {
        let holds = Some((article.id, article.session.review().revision(), stretch));
        if self.holds == holds {
            return;
        }
        if self.scratch != text {
            text.clone_into(&mut self.scratch);
            if std::mem::take(&mut self.composing) {
                collapse(ui);
            }
        }
        self.holds = holds;
    }

    /// Follows an input method through the events of the frame; returns whether letters were chosen or given up.
    fn compose(&mut self, ui: &Ui, text: &str) -> bool {
        let was = self.composing;
        let focused = ui.memory(|m| m.owns_ime_events(field()));
        let clicked = ui.input(|i| i.pointer.any_pressed());
        if was && (!focused || clicked) {
            // Who clicks elsewhere gives the letters up.
            text.clone_into(&mut self.scratch);
            self.composing = false;
            collapse(ui);
            return false;
        }
        if !focused {
            return false;
        }
        let mut chosen = false;
        ui.input(|i| {
            for event in &i.events {
                match event {
                    Event::Ime(ImeEvent::Preedit { text, .. }) => {
                        chosen |= self.composing && text.is_empty();
                        self.composing = !text.is_empty() || (self.composing && matches!(text.as_str(), "\n" | "\r"));
                    }
                    Event::Ime(ImeEvent::Commit(_)) | Event::Text(_) | Event::Paste(_) | Event::Cut => {
                        chosen |= matches!(event, Event::Ime(_)) || self.composing;
                        self.composing = false;
                    }
                    _ => {}
                }
            }
        });
        chosen
    }

    /// Paints the underlines of findings over the words; returns the marks of the search, which lie under them.
    /// Only what is in view is looked at.
    #[expect(clippy::too_many_arguments, reason = "one step of drawing, cut out to be read")]
    fn paint(
        &self,
        ui: &Ui,
        article: &Article,
        search: &Search,
        stretch: Span,
        output: &TextEditOutput,
        setting: &Setting,
        pending: Option<Edit>,
    ) -> Vec<Shape> {
        let theme = theme::of(ui);
        let at = output.galley_pos;
        let view = View::new(&output.galley, at, ui.clip_rect());
        // Findings are those of the text; the field may be ahead of it by what is being composed.
        let ahead = Alignment::new(&pending.map(Edits::one).unwrap_or_default());
        let seen = Span::new(byte(&self.scratch, view.from), byte(&self.scratch, view.to));
        let near = Span::new(stretch.start + seen.start.saturating_sub(8), stretch.start + seen.end);
        let counted = |place: usize| chars(&self.scratch, place);
        let rows = |span: Span| -> Vec<Rect> {
            let inner = Span::new(span.start.max(stretch.start), span.end.min(stretch.end).max(stretch.start));
            let (a, b) = (ahead.onward(inner.start - stretch.start), ahead.onward(inner.end.max(inner.start) - stretch.start));
            let from = counted(a);
            view.rects(from, (from + self.scratch.get(a..b).map_or(0, |w| w.chars().count())).max(from + 1))
        };
        let mut under = Vec::new();
        if search.open {
            for (i, place) in search.found().near(near) {
                let tight = |r: Rect| Rect::from_center_size(r.center(), egui::vec2(r.width(), setting.size * 1.34));
                under.extend(search::marks(rows(place).into_iter().map(tight), search.current == Some(i), theme));
            }
        }
        for (i, finding) in article.visible_near(near) {
            for r in rows(finding.span) {
                let weight = if i == article.current { 2.0 } else { 1.3 };
                marks::underline(ui.painter(), r, setting.size, theme.mark(finding.category), weight);
            }
        }
        under
    }
}

/// The selection shrinks to the caret: what an input method had put there is gone.
fn collapse(ui: &Ui) {
    if let Some(mut state) = TextEdit::load_state(ui.ctx(), field())
        && let Some(range) = state.cursor.char_range()
    {
        let start = range.as_sorted_char_range().start;
        state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(start))));
        TextEdit::store_state(ui.ctx(), field(), state);
    }
}

/// The rows of a galley that are in view.
struct View<'g> {
    galley: &'g Galley,
    at: Pos2,
    first: usize,
    last: usize,
    /// Characters before the first row, and up to the end of the last.
    from: usize,
    to: usize,
}

impl<'g> View<'g> {
    fn new(galley: &'g Galley, at: Pos2, clip: Rect) -> Self {
        let first = galley.rows.partition_point(|r| r.max_y() + at.y < clip.top());
        let last = galley.rows.partition_point(|r| r.min_y() + at.y <= clip.bottom());
        let count = |rows: &[egui::epaint::text::PlacedRow]| rows.iter().map(|r| r.char_count_including_newline().0).sum::<usize>();
        let from = count(galley.rows.get(..first).unwrap_or(&[]));
        let to = from + count(galley.rows.get(first..last).unwrap_or(&[]));
        Self { galley, at, first, last, from, to }
    }

    /// Where characters stand, one rectangle a row in view.
    fn rects(&self, from: usize, to: usize) -> Vec<Rect> {
        let rows = self.galley.rows.get(self.first..self.last).unwrap_or(&[]);
        marks::rects_of(rows, self.from, from, to).into_iter().map(|r| r.translate(self.at.to_vec2())).collect()
    }
}
