//! Writing in a long article: the paragraph with the caret is a field inside the set page, the others are
//! drawn as they are reviewed. The caret goes from one paragraph to the next by the arrow keys.

use eframe::egui::text::CCursor;
use eframe::egui::{Key, Modifiers, Rect, TextBuffer, Ui, Vec2, vec2};

use super::article::Article;
use super::command::Command;
use super::editor::{Editor, field, page_key};
use super::eye::{Turn, VIEW};
use super::heights::Heights;
use super::lines::Line;
use super::page::Page;
use super::search::Search;
use crate::text::{Edit, Span};

/// Where the caret stood in the field when it was drawn last.
#[derive(Clone, Copy, Default)]
pub(super) struct Standing {
    stretch: Span,
    first_row: bool,
    last_row: bool,
    x: f32,
}

impl Editor {
    /// The line that is the field.
    pub(super) fn line(&self, lines: &[Line]) -> usize {
        let at = self.wanted().map_or(self.stands, |s| s.start);
        lines.partition_point(|l| l.span.end < at).min(lines.len().saturating_sub(1))
    }

    /// Takes the keys that lead out of the paragraph before the field sees them.
    pub(super) fn leave(&mut self, ui: &Ui, page: &Page, commands: &mut Vec<Command>) {
        let i = self.line(page.lines);
        let Some(line) = page.lines.get(i).map(|l| l.span) else { return };
        let stands = self.standing;
        let writes = ui.memory(|m| m.has_focus(field())) && !self.is_composing() && self.wanted().is_none();
        if !writes || stands.stretch != line {
            return;
        }
        let single = self.selected.is_empty();
        let (at_start, at_end) = (single && self.stands == line.start, single && self.stands == line.end);
        let (before, after) = (i.checked_sub(1), Some(i + 1).filter(|n| *n < page.lines.len()));
        let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let to_an_end = |key: Key| ui.input_mut(|input| !input.modifiers.shift && input.consume_key(Modifiers::COMMAND, key));
        if to_an_end(Key::Home) {
            self.caret = Some(Span::at(0));
        } else if to_an_end(Key::End) {
            self.caret = Some(Span::at(page.text.len()));
        }
        let letter = |span: Span| Command::Typed(vec![Edit::replace(page.text, span, "")]);
        if let Some(before) = before {
            if stands.first_row && pressed(Key::ArrowUp) {
                self.go = self.beside(ui, page, before, f32::INFINITY).map(Span::at);
            } else if at_start && pressed(Key::ArrowLeft) {
                let end = page.lines.get(before).map_or(0, |l| l.span.end);
                // Two pieces of one long line touch: the place is the same, so the caret goes one letter on.
                let back = page.text.get(..end).and_then(|t| t.chars().next_back()).map_or(0, char::len_utf8);
                self.go = Some(Span::at(if end == line.start { end - back } else { end }));
            } else if at_start && pressed(Key::Backspace) {
                let back = page.text.get(..line.start).and_then(|t| t.chars().next_back()).map_or(0, char::len_utf8);
                self.go = Some(Span::at(line.start - back));
                self.remember();
                commands.push(letter(Span::new(line.start - back, line.start)));
            }
        }
        if let Some(after) = after {
            let start = page.lines.get(after).map_or(0, |l| l.span.start);
            let next = page.text.get(line.end..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8);
            if stands.last_row && pressed(Key::ArrowDown) {
                self.go = self.beside(ui, page, after, 0.0).map(Span::at);
            } else if at_end && pressed(Key::ArrowRight) {
                self.go = Some(Span::at(if start == line.end { start + next } else { start }));
            } else if at_end && pressed(Key::Delete) {
                self.go = Some(Span::at(line.end));
                self.remember();
                commands.push(letter(Span::new(line.end, line.end + next)));
            }
        }
    }

    /// The byte a view before or behind the caret, and how far that is.
    pub(super) fn turned(&self, ui: &Ui, page: &Page, heights: &Heights, height: f32) -> Option<(usize, f32)> {
        if !ui.memory(|m| m.has_focus(field())) || self.is_composing() || self.wanted().is_some() {
            return None;
        }
        let (turn, _) = page_key(ui)?;
        let i = self.line(page.lines);
        let way = if turn == Turn::On { height * VIEW } else { -height * VIEW };
        let to = (heights.top(i) + way).clamp(0.0, heights.total());
        let line = heights.at(to).min(page.lines.len().saturating_sub(1));
        Some((self.beside(ui, page, line, to - heights.top(line) - page.gap(line))?, heights.top(line) - heights.top(i)))
    }

    /// The byte of another line that stands under or over the caret.
    fn beside(&self, ui: &Ui, page: &Page, i: usize, y: f32) -> Option<usize> {
        let line = page.lines.get(i)?;
        let shown = Page { edits: None, ..*page }.set(line);
        let galley = ui.fonts_mut(|f| f.layout_job(shown.job.clone()));
        let y = y.min(galley.rect.bottom() - 1.0).max(1.0);
        let cursor = galley.cursor_from_pos(Vec2::new(self.standing.x, y));
        Some((line.span.start + shown.byte(cursor.index.0)).min(line.span.end))
    }

    /// Draws the field in the place of a line.
    pub(super) fn paragraph(
        &mut self,
        ui: &mut Ui,
        article: &Article,
        search: &Search,
        (line, place): (&Line, Rect),
        page: &Page,
        commands: &mut Vec<Command>,
    ) {
        // A long line that is cut elsewhere than before holds the caret at another character.
        if self.stretch().is_some_and(|s| s.start != line.span.start) && self.wanted().is_none() {
            let selected = Some(self.selected);
            if ui.memory(|m| m.has_focus(field())) {
                self.go = selected;
            } else {
                self.show = selected;
            }
        }
        let kinds = [(line.kind, line.first)];
        let mut set = std::mem::take(&mut self.set);
        let mut layouter = |ui: &Ui, text: &dyn TextBuffer, _: f32| set.lay_out(ui, text.as_str(), &kinds, page.setting);
        let place = Rect::from_min_size(place.min, vec2(place.width() + 2.0, place.height()));
        let drawn = self.field(ui, article, search, line.span, place, page.setting, &mut layouter, commands);
        self.set = set;
        if let Some(range) = drawn.output.cursor_range {
            let galley = &drawn.output.galley;
            let row = galley.layout_from_cursor(range.primary).row;
            let x = galley.pos_from_cursor(CCursor { prefer_next_row: true, ..range.primary }).left();
            self.standing = Standing { stretch: line.span, first_row: row == 0, last_row: row + 1 == galley.rows.len(), x };
        }
        if !drawn.edits.is_empty() {
            // Behind a new line break the caret stands in the next line.
            if drawn.edits.iter().any(|e| e.to.contains('\n')) {
                self.go = Some(Span::at(self.stands));
            }
            commands.push(Command::Typed(drawn.edits));
        }
    }
}
