//! The ring round what has the keyboard. It is drawn once, above everything, so that no control can be without.

use eframe::egui::{self, CornerRadius, Stroke, StrokeKind, Ui};

use super::editor;
use super::theme::{self, RADIUS};

/// How thick it is, in points.
const THICK: f32 = 2.0;
/// The gap between it and the control, so that it is seen on one of its own colour.
const GAP: f32 = 2.0;

/// Draws it.
pub fn ring(ui: &Ui) {
    let ctx = ui.ctx();
    let Some(id) = ctx.memory(egui::Memory::focused) else { return };
    // The article shows its caret, other fields have a frame of this colour.
    if id == editor::field() || ctx.text_edit_focused() {
        return;
    }
    // What is scrolled away has none.
    let Some(control) = ctx.read_response(id).filter(|r| r.interact_rect.is_positive()) else { return };
    let place = control.interact_rect.expand(GAP).intersect(ctx.content_rect().shrink(THICK));
    let stroke = Stroke::new(THICK, theme::of(ui).accent);
    ctx.layer_painter(control.layer_id).rect_stroke(place, CornerRadius::same(RADIUS + 2), stroke, StrokeKind::Outside);
}

/// At the end of what scrolls: a control in it that gets the keyboard comes into view.
pub fn follow(ui: &Ui) {
    let Some(id) = ui.memory(egui::Memory::focused) else { return };
    let Some(control) = ui.ctx().read_response(id) else { return };
    let inside = control.layer_id == ui.layer_id() && ui.min_rect().contains_rect(control.rect);
    if control.gained_focus() && inside && !ui.clip_rect().contains_rect(control.rect) {
        ui.scroll_to_rect(control.rect.expand(8.0), None);
    }
}
