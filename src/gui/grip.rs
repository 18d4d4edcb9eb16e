//! The edges of the two panels: they are dragged to another width, which the desk keeps; a double click brings the
//! usual one back.

use eframe::egui::{CursorIcon, Id, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2};
use serde::{Deserialize, Serialize};

use super::theme;

/// The narrowest panel, in points.
const NARROWEST: f32 = 160.0;
/// The widest, as a part of the window.
const WIDEST: f32 = 0.4;
/// How far from the edge the pointer takes hold of it, in points.
const REACH: f32 = 3.0;

/// Which panel.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Edge {
    /// That of the queue.
    Left,
    /// That of the finding.
    Right,
}

/// The widths that were dragged, in points; none: the usual one.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Widths {
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    right: Option<f32>,
}

fn fit(width: f32, window: f32) -> f32 {
    let width = if width.is_finite() { width } else { NARROWEST };
    width.min(window * WIDEST).max(NARROWEST).round()
}

impl Widths {
    /// That of the left panel in a window of this width.
    pub fn left(&self, usual: f32, window: f32) -> f32 {
        self.left.map_or(usual, |width| fit(width, window))
    }

    /// That of the right panel.
    pub fn right(&self, usual: f32, window: f32) -> f32 {
        self.right.map_or(usual, |width| fit(width, window))
    }

    /// Takes a width.
    pub fn set(&mut self, (edge, width): (Edge, Option<f32>)) {
        match edge {
            Edge::Left => self.left = width,
            Edge::Right => self.right = width,
        }
    }
}

/// The edge of a panel: the width it is dragged to, or none for the usual one.
pub fn grip(ui: &Ui, edge: Edge, panel: Rect) -> Option<(Edge, Option<f32>)> {
    let (x, name) = match edge {
        Edge::Left => (panel.right(), "Width of the left panel"),
        Edge::Right => (panel.left(), "Width of the right panel"),
    };
    let place = Rect::from_min_max(pos2(x - REACH, panel.top()), pos2(x + REACH, panel.bottom()));
    let response = ui.interact(place, Id::unique(("copydesk grip", edge)), Sense::drag() | Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, name));
    if response.hovered() || response.dragged() {
        ui.set_cursor_icon(CursorIcon::ResizeHorizontal);
        let stroke = Stroke::new(2.0, theme::of(ui).accent);
        ui.painter().vline(x, panel.y_range(), stroke);
    }
    if response.double_clicked() {
        return Some((edge, None));
    }
    let at = response.interact_pointer_pos().filter(|_| response.dragged())?.x;
    let width = match edge {
        Edge::Left => at - panel.left(),
        Edge::Right => panel.right() - at,
    };
    Some((edge, Some(width.max(NARROWEST).round())))
}
