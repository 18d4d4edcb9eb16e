//! How high the rows of a view are, and where each begins. A row that was laid out once is known by its name; the
//! others are estimated until they come near the view, so that a long text costs no more than a short one.

use eframe::egui::Ui;
use rustc_hash::FxHashMap;

/// How many heights are remembered at most.
const MOST: usize = 40_000;

/// What stands below one another.
pub trait Rows {
    /// How many there are.
    fn count(&self) -> usize;
    /// A number that differs where the height of the row may differ.
    fn name(&self, i: usize) -> u64;
    /// Its height in points as far as it is known without laying it out.
    fn estimate(&self, i: usize) -> f32;
    /// Its height in points.
    fn height(&mut self, ui: &Ui, i: usize) -> f32;
}

/// The heights of the rows of one view, in points.
#[derive(Default)]
pub struct Heights {
    /// Of rows that were laid out, these and others, by name.
    known: FxHashMap<u64, f32>,
    names: Vec<u64>,
    /// Of each row, known or estimated.
    own: Vec<f32>,
    /// Where each begins; one more than there are rows.
    tops: Vec<f32>,
}

impl Heights {
    /// Takes other rows up, with some space above the first. What was laid out before is known.
    pub fn take(&mut self, rows: &impl Rows, above: f32) {
        if self.known.len() > MOST {
            self.known.clear();
        }
        self.names.clear();
        self.names.extend((0..rows.count()).map(|i| rows.name(i)));
        self.own.clear();
        self.own.resize(self.names.len(), 0.0);
        self.tops.clear();
        self.tops.push(above);
        self.change(rows, 0..self.names.len());
    }

    /// Some of the rows are others now.
    pub fn change(&mut self, rows: &impl Rows, which: impl IntoIterator<Item = usize>) {
        let mut first = self.names.len();
        for i in which {
            if let (Some(name), Some(own)) = (self.names.get_mut(i), self.own.get_mut(i)) {
                *name = rows.name(i);
                *own = self.known.get(name).copied().unwrap_or_else(|| rows.estimate(i));
                first = first.min(i);
            }
        }
        self.pile(first);
    }

    /// Lays out rows that nobody saw yet; whether that moved others.
    pub fn see(&mut self, ui: &Ui, rows: &mut impl Rows, which: impl IntoIterator<Item = usize>) -> bool {
        let mut first = None;
        for i in which {
            let (Some(name), Some(own)) = (self.names.get(i), self.own.get_mut(i)) else { continue };
            let height = *self.known.entry(*name).or_insert_with(|| rows.height(ui, i));
            if (height - *own).abs() > f32::EPSILON {
                *own = height;
                first = Some(first.map_or(i, |f: usize| f.min(i)));
            }
        }
        first.is_some_and(|first| {
            self.pile(first);
            true
        })
    }

    /// Lays out the rows from one on that fill a height.
    pub fn fill(&mut self, ui: &Ui, rows: &mut impl Rows, from: usize, enough: f32) {
        let mut filled = 0.0;
        let end = (from..self.names.len()).find(|i| {
            let Some(name) = self.names.get(*i) else { return true };
            filled += *self.known.entry(*name).or_insert_with(|| rows.height(ui, *i));
            filled > enough
        });
        self.see(ui, rows, from..end.map_or(self.names.len(), |end| end + 1));
    }

    /// Puts the rows from one on under each other.
    fn pile(&mut self, from: usize) {
        self.tops.truncate(from + 1);
        let mut top = self.total();
        for own in self.own.iter().skip(from) {
            top += own;
            self.tops.push(top);
        }
    }

    /// The name of a row.
    pub fn name(&self, i: usize) -> Option<u64> {
        self.names.get(i).copied()
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.names.len()
    }

    /// Where a row begins.
    pub fn top(&self, i: usize) -> f32 {
        self.tops.get(i).copied().unwrap_or_else(|| self.total())
    }

    /// Where the last row ends.
    pub fn total(&self) -> f32 {
        self.tops.last().copied().unwrap_or(0.0)
    }

    /// The row that stands at a height.
    pub fn at(&self, y: f32) -> usize {
        self.tops.partition_point(|t| *t <= y).saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eframe::egui;
    use proptest::prelude::*;

    /// Rows whose names are their heights; those that were laid out are noted.
    struct Test {
        heights: Vec<u8>,
        laid_out: Vec<usize>,
    }

    impl Rows for Test {
        fn count(&self) -> usize {
            self.heights.len()
        }

        fn name(&self, i: usize) -> u64 {
            u64::from(self.heights[i])
        }

        fn estimate(&self, _: usize) -> f32 {
            10.0
        }

        fn height(&mut self, _: &Ui, i: usize) -> f32 {
            self.laid_out.push(i);
            f32::from(self.heights[i])
        }
    }

    fn with_ui(mut test: impl FnMut(&Ui)) {
        let mut output = egui::Context::default().run_ui(egui::RawInput::default(), |ui| test(ui));
        output.textures_delta.clear();
    }

    proptest! {
        #[test]
        fn rows_stand_under_each_other_and_are_laid_out_once(
            mut heights in proptest::collection::vec(1_u8..60, 1..40),
            seen in proptest::collection::vec((0_usize..40, 1_u8..60), 0..20),
        ) {
            let mut outcome = Ok(());
            with_ui(|ui| {
                let mut own = Heights::default();
                own.take(&Test { heights: heights.clone(), laid_out: Vec::new() }, 5.0);
                let mut known: std::collections::HashSet<u8> = std::collections::HashSet::new();
                let mut measured = vec![false; heights.len()];
                for (i, other) in &seen {
                    let i = i % heights.len();
                    let mut rows = Test { heights: heights.clone(), laid_out: Vec::new() };
                    own.see(ui, &mut rows, [i]);
                    let new = known.insert(heights[i]);
                    measured[i] = true;
                    if rows.laid_out.len() != usize::from(new) {
                        outcome = Err("laid out twice");
                    }
                    heights[i] = *other;
                    own.change(&Test { heights: heights.clone(), laid_out: Vec::new() }, [i]);
                    measured[i] = known.contains(other);
                }
                let mut top = 5.0;
                for (i, height) in heights.iter().enumerate() {
                    if (own.top(i) - top).abs() > 0.01 || own.at(top + 0.5) != i {
                        outcome = Err("a row stands elsewhere");
                    }
                    top += if measured[i] { f32::from(*height) } else { 10.0 };
                }
                own.fill(ui, &mut Test { heights: heights.clone(), laid_out: Vec::new() }, 0, f32::INFINITY);
                let all: f32 = heights.iter().map(|h| f32::from(*h)).sum();
                if (own.total() - 5.0 - all).abs() > 0.01 {
                    outcome = Err("not all are measured");
                }
            });
            prop_assert_eq!(outcome, Ok(()));
        }
    }
}
