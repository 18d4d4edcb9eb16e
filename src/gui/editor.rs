//! The article while it is written in: a text field that records each change as an edit. It holds the whole
//! text, or one paragraph of a long one (see `paragraph`).

use std::sync::Arc;

use eframe::egui::epaint::text::Galley;
use eframe::egui::text::{CCursor, CCursorRange};
use eframe::egui::text_edit::TextEditOutput;
use eframe::egui::{self, Align, Event, Id, ImeEvent, Key, Margin, Modifiers, Pos2, Rect, Shape, TextBuffer, TextEdit, Ui, pos2};

use super::article::Article;
use super::command::Command;
use super::eye::{self, Stood, Turn, VIEW};
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

/// Space above the first line.
const MARGIN: f32 = 28.0;

/// What the field hears itself: the arrows, and Tab, which would lead away from the text unseen.
const KEEPS: egui::EventFilter = egui::EventFilter { horizontal_arrows: true, vertical_arrows: true, escape: false, tab: true };

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
    /// Where the pointer was, in points of the window, when it was clicked there: the words stay under it.
    pub under: Option<f32>,
    /// The finding looked at is in view.
    pub sees: bool,
    /// What was selected before letters were written last.
    was: Span,
    /// Where the page stood.
    stood: Stood,
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

    /// What was written is not in the article: the field takes the text up again, the caret where it was.
    pub(super) fn take_back(&mut self) {
        if self.holds.take().is_some() {
            self.scratch.clear();
            self.caret = None;
            self.go = Some(self.was);
        }
    }

    /// Where the caret comes back to when what is written now is refused.
    pub(super) fn remember(&mut self) {
        self.was = self.selected;
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
        let whole = Span::new(0, article.session.text().len());
        self.hold(ui, article, whole, article.session.text());
        let mut set = std::mem::take(&mut self.set);
        let kinds = set.kinds(&lines);
        let galley = set.lay_out(ui, &self.scratch, &kinds, &setting);
        let frame = (article.id, ui.ctx().cumulative_frame_nr());
        let around = (ui.cursor().top(), width);
        let below = |byte: usize| galley.pos_from_cursor(CCursor::new(chars(&self.scratch, byte))).center().y + MARGIN;
        let stays = self.stood.stay(frame, around, |byte| Some(below(byte)));
        let under = self.under.take().zip(self.go.filter(|_| self.caret.is_none()));
        let stays = under.map(|(y, go)| (around.0 + below(go.start) - y).max(0.0)).or(stays);
        let end = MARGIN + galley.rect.height() - height * 0.55;
        let mut area = egui::ScrollArea::vertical().id_salt(("paper", article.id)).auto_shrink(false);
        if let Some(offset) = self.turn_page(ui, &galley, height, end).or(stays) {
            area = area.vertical_scroll_offset(offset);
        }
        let mut anchor = None;
        let output = area.show(ui, |ui| {
            ui.add_space(MARGIN);
            let left = ui.max_rect().center().x - width / 2.0;
            let place = Rect::from_min_size(pos2(left, ui.cursor().top()), egui::vec2(width + 2.0, height));
            let mut layouter = |ui: &Ui, text: &dyn TextBuffer, _: f32| set.lay_out(ui, text.as_str(), &kinds, &setting);
            let drawn = self.field(ui, article, search, whole, place, &setting, &mut layouter, commands);
            ui.add_space(height * 0.45);
            anchor = Some(self.anchor(&drawn, ui.clip_rect()));
            if drawn.placed != Placed::Itself
                && let Some(range) = drawn.output.state.cursor.char_range()
            {
                let at = drawn.output.galley_pos.to_vec2();
                let caret = drawn.output.galley.pos_from_cursor(range.primary).translate(at);
                let clip = ui.clip_rect();
                // Where was clicked, nothing moves.
                let well = match drawn.placed {
                    Placed::Far => clip.top() + 40.0..=clip.top() + height * 0.75,
                    _ if under.is_some() => f32::MIN..=f32::MAX,
                    _ => clip.top()..=clip.bottom(),
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
        self.set = set;
        self.stood.note(frame, output.state.clamped_offset().y, around, anchor);
    }

    /// A byte in view and how far below the upper edge it stands: the caret, or the first row.
    fn anchor(&self, drawn: &Drawn, clip: Rect) -> (usize, f32) {
        let (galley, at) = (&drawn.output.galley, drawn.output.galley_pos);
        let row = |char: usize| galley.pos_from_cursor(CCursor::new(char)).translate(at.to_vec2());
        let caret = drawn.output.state.cursor.char_range().map(|r| r.primary.index.0);
        let first = || View::new(galley, at, clip).from;
        let char = caret.filter(|c| eye::holds(clip, row(*c))).unwrap_or_else(first);
        (byte(&self.scratch, char), row(char).center().y - clip.top())
    }

    /// Moves the caret by a view, which egui's field does not; returns where the page goes with it.
    fn turn_page(&mut self, ui: &Ui, galley: &Galley, height: f32, end: f32) -> Option<f32> {
        if !ui.memory(|m| m.has_focus(field())) || self.composing || self.wanted().is_some() {
            return None;
        }
        let (turn, selects) = page_key(ui)?;
        let mut state = TextEdit::load_state(ui.ctx(), field())?;
        let range = state.cursor.range(galley)?;
        let row = galley.pos_from_cursor(range.primary);
        let x = range.h_pos.unwrap_or(row.left());
        let way = if turn == Turn::On { height * VIEW } else { -height * VIEW };
        let to = galley.cursor_from_pos(egui::vec2(x, row.center().y + way));
        let secondary = if selects { range.secondary } else { to };
        state.cursor.set_char_range(Some(CCursorRange { primary: to, secondary, h_pos: Some(x) }));
        TextEdit::store_state(ui.ctx(), field(), state);
        let gone = galley.pos_from_cursor(to).center().y - row.center().y;
        Some((self.stood.offset + gone).clamp(0.0, end.max(0.0)))
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
        // Tab writes nothing, and leaves nothing.
        if ui.memory(|m| m.has_focus(field())) {
            ui.input_mut(|i| i.consume_key(Modifiers::SHIFT, Key::Tab) | i.consume_key(Modifiers::NONE, Key::Tab));
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
                    .event_filter(KEEPS)
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
            if !edits.is_empty() {
                self.remember();
            }
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
        &mut self,
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
        let clip = ui.clip_rect();
        let sees = article.finding().is_some_and(|f| rows(f.span).iter().any(|r| eye::holds(clip, *r)));
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
        self.sees = sees;
        under
    }
}

/// The key that turns a page, and whether it selects.
pub(super) fn page_key(ui: &Ui) -> Option<(Turn, bool)> {
    let pressed = |modifiers, key| ui.input_mut(|i| i.consume_key(modifiers, key));
    let found = |key| {
        if pressed(Modifiers::SHIFT, key) { Some(true) } else { pressed(Modifiers::NONE, key).then_some(false) }
    };
    let on = found(Key::PageDown).map(|selects| (Turn::On, selects));
    on.or_else(|| found(Key::PageUp).map(|selects| (Turn::Back, selects)))
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
