//! Mentions: the persons, organisations, places and roles that an article speaks of.

use super::Analysis;

/// All mentions of an article.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Mentions {}

impl Mentions {
    /// Reads the mentions of an article whose tokens and sentences are known.
    pub fn read(_article: &Analysis) -> Self {
        Self::default()
    }
}
