//! Items of different heights that stand below one another and scroll: only those in view are laid out.
//! Heights of items that nobody saw are estimated where there is much text; when they become known, what is
//! in view keeps its place.

use std::ops::Range;

use eframe::egui::{Align, Id, Rect, ScrollArea, Ui, pos2, vec2};
use rustc_hash::FxHashMap;

/// How far into the view a thing that is looked for is brought, as a part of its height.
const THIRD: f32 = 0.3;

/// What stands in a stack.
pub trait Items {
    /// How many there are.
    fn count(&self) -> usize;
    /// A number that differs where the height of the item may differ.
    fn name(&self, i: usize) -> u64;
    /// Its height in points as far as it is known without laying it out.
    fn estimate(&self, i: usize) -> f32;
    /// Its height in points.
    fn height(&mut self, ui: &Ui, i: usize) -> f32;
    /// Draws it; `place` is as wide as the view.
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
    heights: FxHashMap<u64, f32>,
    names: Vec<u64>,
    tops: Vec<f32>,
    offset: f32,
    view: f32,
    /// The scroll area shall stand here.
    jump: Option<f32>,
    sought: Option<(usize, f32)>,
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

    /// Scrolls by points.
    pub fn nudge(&mut self, points: f32) {
        self.nudge += points;
    }

    fn known(&self, i: usize) -> bool {
        self.names.get(i).is_some_and(|n| self.heights.contains_key(n))
    }

    fn top(&self, i: usize) -> f32 {
        self.tops.get(i).or(self.tops.last()).copied().unwrap_or(0.0)
    }

    fn at(&self, y: f32) -> usize {
        self.tops.partition_point(|t| *t <= y).saturating_sub(1)
    }

    fn sum(&mut self, items: &impl Items, from: f32) {
        self.tops.clear();
        let mut top = from;
        self.tops.push(top);
        for (i, name) in self.names.iter().enumerate() {
            top += self.heights.get(name).copied().unwrap_or_else(|| items.estimate(i));
            self.tops.push(top);
        }
    }

    /// Lays out the items from one on that fill a view. Returns whether any was new.
    fn measure(&mut self, ui: &Ui, items: &mut impl Items, from: usize, enough: f32) -> bool {
        let (mut filled, mut new) = (0.0, false);
        for i in from..self.names.len() {
            let Some(name) = self.names.get(i) else { break };
            let height = self.heights.get(name).copied().unwrap_or_else(|| {
                new = true;
                items.height(ui, i)
            });
            self.heights.insert(*name, height);
            filled += height;
            if filled > enough {
                break;
            }
        }
        new
    }

    /// Where the eye is: an item and how much of it is above the view.
    fn anchor(&self) -> (usize, f32) {
        let i = self.at(self.offset);
        (i, self.offset - self.top(i))
    }

    /// Draws what is in view.
    pub fn show(&mut self, ui: &mut Ui, shape: &Shape, items: &mut impl Items) {
        let same_place = self.key.is_some_and(|(id, _)| id == shape.id);
        if self.key != Some((shape.id, shape.key)) {
            let (item, part) = self.anchor();
            let was = self.top(item + 1) - self.top(item);
            if self.heights.len() > 40_000 {
                self.heights.clear();
            }
            let before = self.names.get(item).copied();
            self.names = (0..items.count()).map(|i| items.name(i)).collect();
            if shape.measure == Measure::All {
                self.measure(ui, items, 0, f32::INFINITY);
            }
            self.sum(items, shape.margins.0);
            if same_place && self.offset > 0.0 && self.names.get(item).is_some() {
                // An item that became higher or lower keeps the part of it that was read.
                let height = self.top(item + 1) - self.top(item);
                let part = if before == self.names.get(item).copied() || was <= 0.0 { part } else { part / was * height };
                self.go(self.top(item) + part);
            } else if !same_place {
                self.offset = 0.0;
            }
            self.key = Some((shape.id, shape.key));
        }
        let (item, part) = self.anchor();
        if self.measure(ui, items, item, self.view.max(600.0) + part) {
            self.sum(items, shape.margins.0);
        }
        if let Some((sought, within)) = self.sought {
            self.measure(ui, items, sought, self.view.max(600.0));
            self.sum(items, shape.margins.0);
            // In a long text the way there is not laid out, so it is not shown either.
            let y = self.top(sought) + within;
            let far = (y - self.offset).abs() > 3.0 * self.view.max(300.0);
            if far || shape.measure == Measure::Seen {
                if !self.well(y) {
                    self.go((y - self.view * THIRD).max(0.0));
                }
                self.sought = None;
            }
        }
        let total = self.top(self.names.len()) + shape.margins.1;
        let mut area = ScrollArea::vertical().id_salt(shape.id).auto_shrink(false);
        if let Some(offset) = self.jump.take() {
            area = area.vertical_scroll_offset(offset);
        }
        area.show_viewport(ui, |ui, viewport| {
            ui.set_width(ui.available_width());
            ui.set_height(total);
            (self.offset, self.view) = (viewport.top().max(0.0), viewport.height());
            let place = ui.max_rect();
            let first = self.at(viewport.top());
            let mut last = first;
            let mut surprise = false;
            for i in first..self.names.len() {
                if self.top(i) > viewport.bottom() {
                    break;
                }
                last = i + 1;
                if !self.known(i) {
                    surprise = true;
                    self.measure(ui, items, i, 0.0);
                }
                let rect = Rect::from_min_max(
                    pos2(place.left(), ui.min_rect().top() + self.top(i)),
                    pos2(place.right(), ui.min_rect().top() + self.top(i + 1)),
                );
                items.draw(ui, i, rect);
            }
            self.shown = first..last;
            if surprise {
                self.sum(items, shape.margins.0);
                ui.ctx().request_repaint();
            }
            if let Some((sought, within)) = self.sought.take() {
                let y = self.top(sought) + within;
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
