//! Every example of every card holds, every card is complete, every detector has a card.

use copydesk::detectors::DETECTORS;
use copydesk::rules::{Rules, examples, layers};

#[test]
fn the_built_in_cards_load_without_a_fault() {
    let (_, errors) = layers::load(&[]);
    assert!(errors.is_empty(), "{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
}

#[test]
fn every_example_of_every_card_holds() {
    let rules = Rules::built_in();
    let faults: Vec<String> =
        rules.rules.iter().flat_map(|r| examples::run(&rules, r).into_iter().map(|f| format!("{}: {f}", r.card.id))).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_detector_has_a_card() {
    let rules = Rules::built_in();
    for (name, _) in DETECTORS {
        assert!(rules.rules.iter().any(|r| r.card.detector == *name), "no card names the detector {name}");
    }
}
