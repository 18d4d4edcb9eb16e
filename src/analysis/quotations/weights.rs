//! The learnt weights of places: a small readable table, made by `examples/train_quote_places.rs`.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::Place;
use super::places::{Feature, Spot};

/// A weight for each feature; a feature without one counts nothing.
#[derive(Clone, Debug, Default)]
pub struct Weights(FxHashMap<Feature, f32>);

impl Weights {
    /// The built-in table, read once.
    pub fn built_in() -> &'static Self {
        static BUILT_IN: OnceLock<Weights> = OnceLock::new();
        BUILT_IN.get_or_init(|| {
            let table = crate::rules::lexicon::BUILT_IN.iter().find(|(name, _)| *name == "quote_places.tsv");
            Self::parse(table.map_or("", |(_, text)| text))
        })
    }

    /// Reads a table: four columns that name the feature, then its weight; `#` begins a comment line.
    pub fn parse(table: &'static str) -> Self {
        let entries = table.lines().filter(|l| !l.starts_with('#')).filter_map(|line| {
            let mut columns = line.split('\t');
            let feature = [columns.next()?, columns.next()?, columns.next()?, columns.next()?];
            Some((feature, columns.next()?.trim().parse().ok()?))
        });
        Self(entries.collect())
    }

    /// A table from its entries.
    pub fn from_entries(entries: impl IntoIterator<Item = (Feature, f32)>) -> Self {
        Self(entries.into_iter().collect())
    }

    /// The sum of the weights of features.
    pub fn score(&self, features: &[Feature]) -> f32 {
        features.iter().filter_map(|f| self.0.get(f)).sum()
    }

    /// The three likeliest places, best first, with probabilities among all of them.
    pub fn rank(&self, options: &[Spot]) -> Vec<Place> {
        let scores: Vec<f32> = options.iter().map(|o| self.score(&o.features)).collect();
        let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let total: f32 = scores.iter().map(|s| (s - top).exp()).sum();
        let mut order: Vec<usize> = (0..options.len()).collect();
        order.sort_by(|&a, &b| {
            let score = |i: usize| scores.get(i).copied().unwrap_or(f32::NEG_INFINITY);
            score(b).total_cmp(&score(a)).then(a.cmp(&b))
        });
        let place = |i: usize| {
            let option = options.get(i)?;
            Some(Place { at: option.at, probability: (scores.get(i)? - top).exp() / total, with: option.with, over: 0 })
        };
        order.into_iter().take(3).filter_map(place).collect()
    }
}
