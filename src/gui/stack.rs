//! Items of different heights that stand below one another and scroll: only those in view are laid out.
//! Heights of items that nobody saw are estimated where there is much text; when they become known, what is
//! in view keeps its place.

use std::ops::Range;

use eframe::egui::{Align, Id, Rect, ScrollArea, Ui, pos2, vec2};

use super::heights::{Heights, Rows};

/// How far into the view a thing that is looked for is brought, as a part of its height.
const THIRD: f32 = 0.3;

/// What stands in a stack.
pub trait Items: Rows {
    /// Draws an item; `place` is as wide as the view.
    fn draw(&mut self, ui: &mut Ui, i: usize, place: Rect);
}

/// How the heights of items that nobody saw yet are known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Measure {
    /// All are laid out once: short texts, whose scroll bar is then exact.
    All,
    /// Those in view are; the others are estimated.
    Seen,
}

/// What a stack shows.
pub struct Shape {
    /// Tells its scroll area from others.
    pub id: Id,
    /// A number that differs where any item differs.
    pub key: u64,
    /// How heights become known.
    pub measure: Measure,
    /// Space above the first item and below the last, in points.
    pub margins: (f32, f32),
}

/// What a stack remembers from frame to frame.
#[derive(Default)]
pub struct Stack {
    key: Option<(Id, u64)>,
    heights: Heights,
    offset: f32,
    view: f32,
    /// The scroll area shall stand here.
    jump: Option<f32>,
    sought: Option<(usize, f32)>,
    /// Its end shall come into view.
    end: bool,
    nudge: f32,
    /// The items that were in view last.
    pub shown: Range<usize>,
}

impl Stack {
    /// Brings a place of an item (points from its top) into the upper third, unless it is well in view.
    pub fn seek(&mut self, item: usize, within: f32) {
        self.sought = Some((item, within));
    }

    /// Scrolls by a part of the view's height.
    pub fn turn(&mut self, views: f32) {
        self.nudge += views * self.view;
    }

    /// Scrolls to the beginning.
    pub fn show_start(&mut self) {
        self.jump = Some(0.0);
    }

    /// Scrolls to the end.
    pub fn show_end(&mut self) {
        self.end = true;
    }

    /// Scrolls by points.
    pub fn nudge(&mut self, points: f32) {
        self.nudge += points;
    }

    /// Where the eye is: an item and how much of it is above the view.
    fn anchor(&self) -> (usize, f32) {
        let i = self.heights.at(self.offset);
        (i, self.offset - self.heights.top(i))
    }

    /// Draws what is in view.
    pub fn show(&mut self, ui: &mut Ui, shape: &Shape, items: &mut impl Items) {
        let same_place = self.key.is_some_and(|(id, _)| id == shape.id);
        if self.key != Some((shape.id, shape.key)) {
            let (item, part) = self.anchor();
            let was = self.heights.top(item + 1) - self.heights.top(item);
            let before = self.heights.name(item);
            self.heights.take(items, shape.margins.0);
            if shape.measure == Measure::All {
                self.heights.fill(ui, items, 0, f32::INFINITY);
            }
            let after = self.heights.name(item);
            if same_place && self.offset > 0.0 && after.is_some() {
                // An item that became higher or lower keeps the part of it that was read.
                let height = self.heights.top(item + 1) - self.heights.top(item);
                let part = if before == after || was <= 0.0 { part } else { part / was * height };
                self.go(self.heights.top(item) + part);
            } else if !same_place {
                self.offset = 0.0;
            }
            self.key = Some((shape.id, shape.key));
        }
        let (item, part) = self.anchor();
        self.heights.fill(ui, items, item, self.view.max(600.0) + part);
        if let Some((sought, within)) = self.sought {
            self.heights.fill(ui, items, sought, self.view.max(600.0));
            // In a long text the way there is not laid out, so it is not shown either.
            let y = self.heights.top(sought) + within;
            let far = (y - self.offset).abs() > 3.0 * self.view.max(300.0);
            if far || shape.measure == Measure::Seen {
                if !self.well(y) {
                    self.go((y - self.view * THIRD).max(0.0));
                }
                self.sought = None;
            }
        }
        if std::mem::take(&mut self.end) {
            let from = self.heights.at(self.heights.total() - 2.0 * self.view);
            self.heights.fill(ui, items, from, f32::INFINITY);
            self.go((self.heights.total() + shape.margins.1.min(24.0) - self.view).max(0.0));
        }
        let total = self.heights.total() + shape.margins.1;
        let mut area = ScrollArea::vertical().id_salt(shape.id).auto_shrink(false);
        if let Some(offset) = self.jump.take() {
            area = area.vertical_scroll_offset(offset);
        }
        area.show_viewport(ui, |ui, viewport| {
            ui.set_width(ui.available_width());
            ui.set_height(total);
            (self.offset, self.view) = (viewport.top().max(0.0), viewport.height());
            let place = ui.max_rect();
            let first = self.heights.at(viewport.top());
            let mut last = first;
            let mut surprise = false;
            for i in first..self.heights.count() {
                if self.heights.top(i) > viewport.bottom() {
                    break;
                }
                last = i + 1;
                surprise |= self.heights.see(ui, items, [i]);
                let rect = Rect::from_min_max(
                    pos2(place.left(), ui.min_rect().top() + self.heights.top(i)),
                    pos2(place.right(), ui.min_rect().top() + self.heights.top(i + 1)),
                );
                items.draw(ui, i, rect);
            }
            self.shown = first..last;
            if surprise {
                ui.ctx().request_repaint();
            }
            if let Some((sought, within)) = self.sought.take() {
                let y = self.heights.top(sought) + within;
                if !self.well(y) {
                    let top = ui.min_rect().top() + y - self.view * THIRD;
                    ui.scroll_to_rect(Rect::from_min_size(pos2(place.left(), top), vec2(10.0, self.view)), Some(Align::TOP));
                }
            }
            if self.nudge != 0.0 {
                ui.scroll_with_delta(vec2(0.0, -std::mem::take(&mut self.nudge)));
            }
        });
    }

    fn well(&self, y: f32) -> bool {
        (self.offset + self.view * 0.06..=self.offset + self.view * 0.6).contains(&y)
    }

    fn go(&mut self, offset: f32) {
        if (offset - self.offset).abs() > 0.5 {
            self.offset = offset;
            self.jump = Some(offset);
        }
    }
}
