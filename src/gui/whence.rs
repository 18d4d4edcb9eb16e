//! Where the values of a rule come from: what each layer says of it, which one holds, and how a layer's own word is
//! taken back.

use super::books::{Ask, Books, Whose};
use super::command::Command;
use crate::finding::Tier;
use crate::rules::Card;
use crate::rules::card::Said;

/// How a rule runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Running {
    /// It does not.
    Off,
    /// As a hint, in full review alone.
    Hint,
    /// Shown in light review too.
    Shown,
}

impl Running {
    const fn of(enabled: bool, tier: Tier) -> Self {
        match (enabled, tier) {
            (false, _) => Self::Off,
            (true, Tier::Hint) => Self::Hint,
            (true, Tier::Default) => Self::Shown,
        }
    }

    /// In a word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Hint => "a hint",
            Self::Shown => "on",
        }
    }
}

/// The number under which the layer of somebody is laid over; what is built in is 0.
fn number(books: &Books, whose: Whose) -> usize {
    books.order().position(|w| w == whose).map_or(0, |i| i + 1)
}

/// Whose a layer is.
fn whose(books: &Books, number: usize) -> Option<Whose> {
    number.checked_sub(1).and_then(|i| books.order().nth(i))
}

/// How an editor calls the layer with a number.
pub fn layer_name(books: &Books, number: usize) -> String {
    match whose(books, number) {
        None => "built in".to_owned(),
        Some(Whose::Own) => "you".to_owned(),
        Some(house) => books.of(house).map_or_else(String::new, super::books::Book::label),
    }
}

/// How a rule runs where the layers up to one are heard; none where the rule comes from a later one.
pub fn running_up_to(card: &Card, layer: usize) -> Option<Running> {
    if card.said.iter().all(|s| s.layer > layer) && !card.said.is_empty() {
        return None;
    }
    let value = |key: &str| card.value_up_to(key, layer);
    let enabled = value("enabled").map_or(card.enabled, |s| s.value.as_bool().unwrap_or(true));
    let tier = value("tier").map_or(card.tier, |s| if s.value.as_str() == Some("hint") { Tier::Hint } else { Tier::Default });
    Some(Running::of(enabled, tier))
}

/// How it runs.
pub const fn running(card: &Card) -> Running {
    Running::of(card.enabled, card.tier)
}

/// How it runs for somebody: what the layers above say is left out.
pub fn running_for(card: &Card, books: &Books, whose: Whose) -> Running {
    running_up_to(card, number(books, whose)).unwrap_or(running(card))
}

/// Whether somebody's layer switches the rule, or makes it a hint.
pub fn is_switched_by(card: &Card, books: &Books, whose: Whose) -> bool {
    let layer = number(books, whose);
    card.said.iter().any(|s| s.layer == layer && s.is_change && matches!(s.key.as_str(), "enabled" | "tier"))
}

/// What each layer that speaks of it says of how the rule runs, the one that holds first.
pub fn voices(card: &Card) -> Vec<(usize, Running)> {
    let mut layers: Vec<usize> = card.said.iter().filter(|s| matches!(s.key.as_str(), "" | "enabled" | "tier")).map(|s| s.layer).collect();
    layers.sort_unstable();
    layers.dedup();
    layers.into_iter().rev().filter_map(|layer| Some((layer, running_up_to(card, layer)?))).collect()
}

/// `You: off  ·  House Desk: a hint  ·  built in: on`, where more than one speaks; the first holds.
pub fn sentence(card: &Card, books: &Books) -> Option<String> {
    let voices = voices(card);
    let says = |(layer, running): &(usize, Running)| format!("{}: {}", layer_name(books, *layer), running.word());
    (voices.len() > 1).then(|| super::apply::sentence(&voices.iter().map(says).collect::<Vec<_>>().join("  ·  ")))
}

/// What a layer's switch is given up for: the words of the button, where that layer has a switch.
pub fn below(card: &Card, books: &Books, whose: Whose) -> Option<String> {
    if !is_switched_by(card, books, whose) {
        return None;
    }
    let layer = number(books, whose);
    let under = card.said.iter().filter(|s| s.layer < layer && matches!(s.key.as_str(), "" | "enabled" | "tier")).map(|s| s.layer).max()?;
    Some(if under == 0 { "As built in".to_owned() } else { format!("As {} has it", layer_name(books, under)) })
}

/// The command that gives a layer's switch up.
pub fn give_back(card: &Card, whose: Whose) -> Command {
    Command::ChangeBook(whose, Ask::AsBelow(card.id.clone()))
}

/// The values that layers changed, each with what holds, whose it is, and what it hides.
pub fn changed(card: &Card, books: &Books) -> Vec<String> {
    let mut keys: Vec<&str> = card.said.iter().filter(|s| s.is_change).map(|s| s.key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    let line = |key: &str| {
        let says = |s: &Said| format!("{} ({}, {})", short(&s.value), layer_name(books, s.layer), file_name(&s.place));
        let all: Vec<String> = card.said.iter().rev().filter(|s| s.key == key).map(says).collect();
        format!("{key}: {}", all.join(", instead of "))
    };
    keys.into_iter().map(line).collect()
}

fn short(value: &toml::Value) -> String {
    let words = value.as_str().map_or_else(|| value.to_string(), |s| format!("“{s}”"));
    if words.chars().count() > 80 { words.chars().take(79).chain(['…']).collect() } else { words }
}

/// The last parts of a path, with the line.
pub fn file_name(place: &str) -> &str {
    let at = place.char_indices().rev().filter(|(_, c)| matches!(c, '/' | '\\')).nth(1).map_or(0, |(i, _)| i + 1);
    place.get(at..).unwrap_or(place)
}
