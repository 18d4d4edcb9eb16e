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

/// A sentence as the help of a rule has it.
fn faults_of_sentence(text: &str, rules: &Rules) -> Vec<String> {
    let mut faults = Vec::new();
    let mut say = |fault: &str| faults.push(format!("{fault}: {text}"));
    if text.chars().count() < 20 {
        say("too short");
    }
    if !text.starts_with(|c: char| c.is_uppercase() || c == '“' || c == '«') {
        say("no capital");
    }
    if !text.trim_end_matches('”').ends_with('.') {
        say("no full stop");
    }
    if text.contains(['"', '\'', '`']) {
        say("straight quotation marks");
    }
    // The marks of other languages are named in pairs of their own.
    if !text.contains('„') && text.matches('“').count() != text.matches('”').count() {
        say("quotation marks without a partner");
    }
    if text.matches('(').count() != text.matches(')').count() {
        say("brackets without a partner");
    }
    // What stands in quotation marks is an example of how not to write.
    let own: String = text.split('“').enumerate().map(|(i, p)| if i == 0 { p } else { p.split_once('”').map_or("", |(_, b)| b) }).collect();
    for word in own.split(|c: char| !(c.is_alphabetic() || c == '’')).filter(|w| w.chars().all(char::is_lowercase) && w.len() > 1) {
        let known = rules.lexicon.is_word(word) || rules.lexicon.is_word(word.trim_end_matches("’s")) || word.contains('’');
        if !known {
            say(&format!("no English word “{word}”"));
        }
    }
    let document =
        copydesk::formats::read("a.txt", text.as_bytes()).map_or_else(|_| Vec::new(), |d| copydesk::check::check(&d, rules).findings);
    for finding in document {
        use copydesk::finding::Category;
        if matches!(finding.category, Category::Spacing | Category::Repetition | Category::Encoding) {
            say(&finding.message);
        }
    }
    faults
}

#[test]
fn every_card_explains_itself() {
    let rules = Rules::built_in();
    let mut faults = Vec::new();
    for card in rules.rules.iter().map(|r| &r.card) {
        let mut say = |fault: String| faults.push(format!("{}: {fault}", card.id));
        if card.message.trim().len() < 10 || card.message.contains(['"', '\'']) {
            say(format!("the message is no sentence: {}", card.message));
        }
        if card.message.starts_with(char::is_lowercase) {
            say(format!("the message begins small: {}", card.message));
        }
        let texts = std::iter::once(&card.why).chain(&card.fix_safety);
        texts.flat_map(|text| faults_of_sentence(text, &rules)).for_each(&mut say);
        if card.example.is_empty() || card.clean.is_empty() {
            say("no example".to_owned());
        }
        if card.example.iter().any(|e| !e.bad.contains("[[") || e.good.as_ref().is_some_and(|g| g.trim().is_empty())) {
            say("an example marks nothing, or its cure is empty".to_owned());
        }
        // Where it comes from, to the line.
        let line = card.said.first().and_then(|s| s.place.rsplit_once(':')).and_then(|(_, line)| line.parse::<usize>().ok());
        if line.is_none() || card.origin.is_empty() {
            say("nobody knows where it comes from".to_owned());
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
