//! Tries an entry out before it is kept: what it finds or silences in an article, and whether its examples hold.

use super::phrase::Phrase;
use crate::check::check_rule;
use crate::detectors;
use crate::document::Document;
use crate::finding::Finding;
use crate::rules::examples::{self, Fault};
use crate::rules::{Rule, Rules, layers};

/// The part of a phrase rule that a fault is about.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Part {
    /// The wrong words.
    Wrong,
    /// The right words.
    Right,
    /// The bad example.
    Bad,
    /// The good example.
    Good,
}

/// What came of trying a phrase rule out.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct PhraseTrial {
    /// What it finds in the article.
    pub hits: Vec<Finding>,
    /// Why it can't be kept: sentences in plain words.
    pub faults: Vec<(Part, String)>,
    /// What its first fix makes of the bad example, where that is not the good one.
    pub gives: Option<String>,
}

/// What an entry changes in an article.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Effect {
    /// Findings that fall silent.
    pub silent: Vec<Finding>,
    /// Findings that are new, or offer something else.
    pub new: Vec<Finding>,
}

/// Tries a phrase rule out on its own examples and, where one is open, on an article.
pub fn phrase(phrase: &Phrase, rules: &Rules, document: Option<&Document>) -> PhraseTrial {
    let mut trial = PhraseTrial::default();
    let mut say = |part: Part, words: &str| trial.faults.push((part, words.to_owned()));
    let bad = phrase.bad.trim();
    if phrase.wrong.is_empty() {
        say(Part::Wrong, "Which words are wrong?");
    }
    if bad.is_empty() {
        say(Part::Bad, "A sentence with the wrong words is needed");
    } else if bad.matches("[[").count() != 1 || bad.matches("]]").count() != 1 || examples::unmark(bad).1.is_empty() {
        say(Part::Bad, "Put [[ ]] round the wrong words, once");
    }
    if phrase.good.trim().is_empty() {
        say(Part::Good, "The same sentence as it should be is needed");
    } else if phrase.good.contains("[[") {
        say(Part::Good, "No [[ ]] here: this is how it should read");
    }
    if phrase.wrong.is_empty() {
        return trial;
    }
    let card = match phrase.card().and_then(|card| layers::fault(&card).map_or(Ok(card), Err)) {
        Ok(card) => card,
        Err(message) => {
            say(Part::Wrong, &message);
            return trial;
        }
    };
    let rule = match detectors::build(&card, &rules.lexicon) {
        Ok(detect) => Rule { card, detect },
        Err(message) => {
            say(if message.contains("`to`") { Part::Right } else { Part::Wrong }, &sentence(&message));
            return trial;
        }
    };
    trial.hits = document.map_or_else(Vec::new, |document| check_rule(document, rules, &rule));
    if trial.faults.is_empty() {
        for fault in examples::run(rules, &rule) {
            if let Fault::GivesOther { fix: 1, found, .. } = &fault {
                trial.gives = Some(found.clone());
            }
            let said = plain(&fault);
            if !trial.faults.contains(&said) {
                trial.faults.push(said);
            }
        }
    }
    trial
}

/// What differs between two checks of one article.
pub fn effect(before: &[Finding], after: &[Finding]) -> Effect {
    let same = |a: &Finding, b: &Finding| a.rule == b.rule && a.span == b.span;
    let fix = |f: &Finding| f.fixes.first().map(|x| x.edits.clone());
    Effect {
        silent: before.iter().filter(|f| !after.iter().any(|g| same(f, g))).cloned().collect(),
        new: after.iter().filter(|f| !before.iter().any(|g| same(f, g) && fix(f) == fix(g))).cloned().collect(),
    }
}

fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A fault of the examples as an editor who has them before the eyes is told.
fn plain(fault: &Fault) -> (Part, String) {
    match fault {
        Fault::NotFound { .. } => (Part::Bad, "The phrase is not found in this sentence".to_owned()),
        Fault::FoundOften { found, .. } => (Part::Bad, format!("The phrase is found {} times here; once is wanted", found.len())),
        Fault::MarksOther { found, wanted, .. } => (Part::Bad, format!("It marks “{found}”, but the [[ ]] stand round “{wanted}”")),
        Fault::GivesOther { found, .. } => (Part::Good, format!("The rule gives: {found}")),
        Fault::NoFix { .. } | Fault::UnwantedFix { .. } => (Part::Right, "These words give no change here".to_owned()),
        Fault::FlaggedAgain { found, .. } | Fault::CleanFlagged { found, .. } => {
            (Part::Good, format!("The phrase is found here again, at “{found}”"))
        }
        Fault::Unreadable { .. } | Fault::NotWritten { .. } => (Part::Bad, "This sentence can’t be read".to_owned()),
        Fault::NoExample | Fault::NoClean | Fault::NotCited { .. } | Fault::CuredFalseAlarm { .. } => {
            (Part::Bad, sentence(&fault.to_string()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, phrase};
    use crate::finding::Category;
    use crate::formats;
    use crate::rules::Rules;
    use crate::rules::stylebook::{Capitals, Phrase};

    fn rule(wrong: &str, right: &str, bad: &str, good: &str) -> Phrase {
        let list = |words: &str| words.split('/').filter(|w| !w.is_empty()).map(str::to_owned).collect();
        Phrase {
            id: "say-x".to_owned(),
            category: Category::Wording,
            wrong: list(wrong),
            right: list(right),
            capitals: Capitals::AsWritten,
            bad: bad.to_owned(),
            good: good.to_owned(),
            clean: Vec::new(),
            why: "Ours".to_owned(),
            message: None,
        }
    }

    #[test]
    fn a_rule_is_verified_and_its_hits_are_shown() {
        let rules = Rules::built_in();
        let Ok(story) = formats::read("a.txt", b"The grain deal ended. A grain deal was made, and the deal on grain held.\n") else {
            return;
        };
        let tried = |wrong: &str, right: &str, bad: &str, good: &str| phrase(&rule(wrong, right, bad, good), &rules, Some(&story));
        let good = tried("grain deal/deal on grain", "pact", "The [[grain deal]] fell.", "The pact fell.");
        assert_eq!((good.faults.as_slice(), good.hits.len()), (&[][..], 3));
        let none = tried("grain deal", "", "The [[grain deal]] fell.", "The fell.");
        assert_eq!(none.faults, []);
        for (wrong, right, bad, good, part, says) in [
            ("", "pact", "The [[deal]] fell.", "The pact fell.", Part::Wrong, "Which words"),
            ("{foo} deal", "pact", "The [[deal]] fell.", "The pact fell.", Part::Wrong, "there is no class"),
            ("of the", "$1", "A [[of the]] b.", "A b.", Part::Right, "asks for $1"),
            ("grain deal", "pact", "The grain deal fell.", "The pact fell.", Part::Bad, "[[ ]]"),
            ("grain deal", "pact", "The [[rice deal]] fell.", "The pact fell.", Part::Bad, "not found"),
            ("grain deal", "pact", "The [[grain]] deal fell.", "The pact deal fell.", Part::Bad, "It marks “grain deal”"),
            ("grain deal", "pact", "The [[grain deal]] and the grain deal.", "The pact.", Part::Bad, "2 times"),
            ("grain deal", "pact", "The [[grain deal]] fell.", "The treaty fell.", Part::Good, "The rule gives: The pact fell."),
            ("deal", "big deal", "The [[deal]] fell.", "The big deal fell.", Part::Good, "again"),
            ("grain deal", "pact", "", "", Part::Good, "needed"),
        ] {
            let faults = tried(wrong, right, bad, good).faults;
            assert!(faults.iter().any(|(p, s)| *p == part && s.contains(says)), "{wrong}: {faults:?}");
        }
        assert_eq!(tried("grain deal", "pact", "The [[grain deal]] fell.", "It fell.").gives.as_deref(), Some("The pact fell."));
    }
}
