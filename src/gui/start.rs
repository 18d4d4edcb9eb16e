//! What the window needs before it is there, read while the system makes it: the settings, the layers and the rules.

use std::sync::Arc;

use super::app::Places;
use super::books::{Books, rules_of};
use super::settings::Settings;
use crate::rules::Rules;

/// What was read.
pub(super) struct Start {
    /// The settings.
    pub(super) settings: Settings,
    /// What is wrong in them, a sentence each.
    pub(super) wrong: Vec<String>,
    /// The layers.
    pub(super) books: Books,
    /// The rules, with the layers laid over them.
    pub(super) rules: Arc<Rules>,
    /// What is wrong in the layers and their rules, a sentence each.
    pub(super) faults: Vec<String>,
}

impl Start {
    /// Reads it all.
    pub(super) fn read(places: &Places) -> Self {
        let (settings, wrong) = Settings::read(&places.settings);
        let (books, mut faults) = Books::read(&settings, &places.settings);
        let (rules, of_rules) = rules_of(&books.texts());
        faults.extend(of_rules);
        Self { settings, wrong, books, rules, faults }
    }
}
