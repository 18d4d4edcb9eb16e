//! Rules are data: cards, layers, word lists, and the runner of their examples.

pub mod card;
pub mod columns;
pub mod examples;
pub mod function_words;
pub mod layers;
pub mod lexicon;
mod sorted_list;
pub mod spellings;
pub mod stylebook;
pub mod verbs;

pub use card::{Card, CardError};
pub use function_words::FunctionWord;
pub use layers::Layer;
pub use lexicon::Lexicon;

use crate::detectors::Detect;

/// A card with its detector.
pub struct Rule {
    /// The card.
    pub card: Card,
    /// What finds it.
    pub detect: Box<dyn Detect>,
}

/// All rules of all layers, and the lists they read.
pub struct Rules {
    /// In the order of the card files.
    pub rules: Vec<Rule>,
    /// The lists.
    pub lexicon: Lexicon,
}

impl Rules {
    /// The built-in rules. Faults of built-in cards are found by the tests, not at run time.
    pub fn built_in() -> Self {
        layers::load(&[]).0
    }

    /// The rule with an id.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|r| r.card.id == id)
    }
}
