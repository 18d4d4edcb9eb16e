//! Antecedents: whom a pronoun can mean, and which pronouns have nobody they could be right for.
//!
//! Two rounds: what is doubtful in the first is taken as mended in the second, so that the rest of a
//! chain follows and a right neighbour of a wrong pronoun is not blamed.

pub mod context;
mod decided;
mod grounds;
pub mod trees;

pub use context::{Context, Scene};
pub use decided::{Decisions, Settled};
pub use grounds::Ground;

use super::Analysis;
use crate::rules::lexicon::Gender;

/// A pronoun that has nobody it could be right for.
#[derive(Clone, PartialEq, Debug)]
pub struct Doubt {
    /// Index into [`super::Mentions::pronouns`].
    pub pronoun: usize,
    /// What it should be.
    pub instead: Gender,
    /// Why.
    pub ground: Ground,
    /// How probable it is that the pronoun is wrong, by the learnt weighting.
    pub probability: f32,
    /// Index into [`super::Mentions::mentions`] of the nearest person before that the other gender fits.
    pub person: Option<usize>,
    /// Indices of the nearest pronouns of the other gender, before and after.
    pub neighbours: [Option<usize>; 2],
    /// The other doubtful pronouns of the same person.
    pub chain: Vec<usize>,
}

/// All doubts of an article, in order of the text; none about what is settled.
pub fn read(article: &Analysis, settled: &Settled) -> Vec<Doubt> {
    let scene = Scene::new(article);
    let shown = scene.genders();
    let forest = trees::built_in();
    let mut taken = shown.clone();
    let mut found: Vec<Option<(Ground, f32)>> = vec![None; shown.len()];
    for _ in 0..2 {
        let tally = scene.tally(&taken);
        let mut fresh: Vec<(usize, Ground, f32)> = Vec::new();
        for index in (0..shown.len()).filter(|&i| found.get(i).is_some_and(Option::is_none)) {
            if scene.people().get(index).is_some_and(|p| settled.pronouns.binary_search(p).is_ok()) {
                continue;
            }
            let context = scene.context(index, &taken, &tally);
            let probability = forest.probability(&context);
            if let Some(ground) = grounds::ground(&context, probability, forest) {
                fresh.push((index, ground, probability));
            }
        }
        // Two neighbours that accuse each other: the likelier one is wrong.
        let shown_of = |i: usize| shown.get(i).copied();
        let accused = fresh.clone();
        fresh.retain(|&(index, _, probability)| {
            !accused
                .iter()
                .any(|&(other, _, p)| other != index && other.abs_diff(index) <= 2 && shown_of(other) != shown_of(index) && p > probability)
        });
        if fresh.is_empty() {
            break;
        }
        for (index, ground, probability) in fresh {
            if let Some(slot) = found.get_mut(index) {
                *slot = Some((ground, probability));
            }
            if let Some(gender) = taken.get_mut(index) {
                *gender = context::opposite(*gender);
            }
        }
    }
    doubts(&scene, &shown, &found)
}

fn doubts(scene: &Scene, shown: &[Gender], found: &[Option<(Ground, f32)>]) -> Vec<Doubt> {
    let mut out = Vec::new();
    for (index, (verdict, &gender)) in found.iter().zip(shown).enumerate() {
        let (Some((ground, probability)), Some(&pronoun)) = (verdict, scene.people().get(index)) else { continue };
        let same_name = |i: usize| scene.name(i) == scene.name(index) && shown.get(i) == Some(&gender);
        let chain = (0..found.len())
            .filter(|&i| i != index && found.get(i).is_some_and(Option::is_some) && same_name(i))
            .filter_map(|i| scene.people().get(i).copied())
            .collect();
        let right = |i: &usize| found.get(*i).is_some_and(Option::is_none) && shown.get(*i).is_some_and(|g| *g != gender);
        let before = (index.saturating_sub(4)..index).rev().find(right).and_then(|i| scene.people().get(i).copied());
        let after = (index + 1..(index + 5).min(found.len())).find(right).and_then(|i| scene.people().get(i).copied());
        let instead = context::opposite(gender);
        let person = scene.person_before(index, instead);
        out.push(Doubt { pronoun, instead, ground: *ground, probability: *probability, person, neighbours: [before, after], chain });
    }
    out
}
