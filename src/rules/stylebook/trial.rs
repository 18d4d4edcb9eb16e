//! Tries an entry out before it is kept: what it finds or silences in an article, and whether its examples hold.

use std::collections::BTreeMap;

use super::phrase::{Capitals, Phrase};
use crate::analysis::Analysis;
use crate::check::{check, check_rule};
use crate::detectors;
use crate::detectors::phrases::pattern::{Ground, Pattern};
use crate::document::Document;
use crate::finding::{Finding, Tier};
use crate::formats;
use crate::rules::card::{self, Card, CardError};
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
    /// What other rules find in the good example and not in the bad one: the phrase would bring it about.
    pub brings: Vec<String>,
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
    // What was written by hand may have no example, and a rule that only marks has no cure.
    let by_hand = phrase.source.is_some();
    let has_none = by_hand && bad.is_empty() && phrase.good.trim().is_empty();
    if phrase.wrong.is_empty() {
        say(Part::Wrong, "Which words are wrong?");
    }
    if has_none {
    } else if bad.is_empty() {
        say(Part::Bad, "A sentence with the wrong words is needed");
    } else if bad.matches("[[").count() != 1 || bad.matches("]]").count() != 1 || examples::unmark(bad).1.is_empty() {
        say(Part::Bad, "Put [[ ]] round the wrong words, once");
    }
    if phrase.good.trim().is_empty() {
        if !(by_hand && (has_none || phrase.right.is_empty())) {
            say(Part::Good, "The same sentence as it should be is needed");
        }
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
        let own = examples::unmark(bad).0;
        for fault in examples::run(rules, &rule) {
            if let Fault::GivesOther { bad, fix: 1, found, .. } = &fault
                && *bad == own
            {
                trial.gives = Some(found.clone());
            }
            if by_hand && matches!(fault, Fault::NoExample | Fault::NoClean) {
                continue;
            }
            let said = plain(&fault, phrase, &own, &|sentence| why_not(phrase, rules, sentence));
            if !trial.faults.contains(&said) {
                trial.faults.push(said);
            }
        }
    }
    trial.brings = brings(phrase, rules);
    trial
}

/// What other rules find in the good example alone.
fn brings(phrase: &Phrase, rules: &Rules) -> Vec<String> {
    let found = |sentence: &str| {
        let document = formats::read("x.txt", sentence.as_bytes());
        document.map_or_else(|_| Vec::new(), |document| check(&document, rules).findings)
    };
    let (bad, good) = (examples::unmark(phrase.bad.trim()).0, phrase.good.trim());
    if bad.is_empty() || good.is_empty() {
        return Vec::new();
    }
    let before = found(&bad);
    let new = found(good).into_iter().filter(|f| f.tier == Tier::Default && f.rule != phrase.id);
    let new = new.filter(|f| !before.iter().any(|b| b.rule == f.rule && b.message == f.message));
    new.map(|f| f.message).collect()
}

/// Reads the text of one card.
///
/// # Errors
/// A sentence when it is none, or has another name.
pub fn read_card(id: &str, text: &str) -> Result<Card, String> {
    let file = card::parse("", text).map_err(|e| match e {
        CardError::Syntax { message, .. } => sentence(&card::reason(&message)),
        other => other.to_string(),
    })?;
    let [card] = file.rule.as_slice() else { return Err("One [[rule]] is wanted here".to_owned()) };
    if !file.overrides.is_empty() {
        return Err("One [[rule]] is wanted here, and no [[override]]".to_owned());
    }
    if card.id != id {
        return Err(format!("The id of a rule stays what it is: {id}"));
    }
    layers::fault(card).map_or_else(|| Ok(card.clone()), |fault| Err(sentence(&fault)))
}

/// Tries a card out on its own examples and, where one is open, on an article.
pub fn card(id: &str, text: &str, rules: &Rules, document: Option<&Document>) -> PhraseTrial {
    let fault = |message: String| PhraseTrial { faults: vec![(Part::Wrong, message)], ..PhraseTrial::default() };
    let built = read_card(id, text).and_then(|card| match detectors::build(&card, &rules.lexicon) {
        Ok(detect) => Ok(Rule { card, detect }),
        Err(message) => Err(sentence(&message)),
    });
    let rule = match built {
        Ok(rule) => rule,
        Err(message) => return fault(message),
    };
    let wrong = examples::run(rules, &rule).into_iter().filter(|f| !matches!(f, Fault::NoExample | Fault::NoClean));
    PhraseTrial {
        hits: document.map_or_else(Vec::new, |document| check_rule(document, rules, &rule)),
        faults: wrong.map(|f| (Part::Wrong, sentence(&f.to_string()))).collect(),
        gives: None,
        brings: Vec::new(),
    }
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

/// Why a phrase is not found in a sentence.
fn why_not(phrase: &Phrase, rules: &Rules, sentence: &str) -> String {
    let Ok(document) = formats::read("x.txt", sentence.as_bytes()) else { return "This sentence can’t be read".to_owned() };
    let article = Analysis::new(&document, &rules.lexicon);
    let map = BTreeMap::new();
    let ground = Ground { article: &article, map: &map };
    let words = |from: usize, to: usize| {
        let span = |i: usize| article.tokens().get(i).map(|t| t.span);
        let ends = span(from).zip(to.checked_sub(1).and_then(span));
        ends.map_or_else(String::new, |(first, last)| first.cover(last).of(article.text()).to_owned())
    };
    let patterns: Vec<Pattern> = phrase.wrong.iter().filter_map(|p| Pattern::parse(p, &map, &rules.lexicon).ok()).collect();
    let in_any_case = || patterns.iter().map(|p| p.clone().in_any_case());
    let found = |p: &Pattern| p.find(ground).first().map(|m| words(m.start, m.end));
    let own_case = |p: Pattern| if phrase.capitals == Capitals::Any { p.in_any_case() } else { p };
    if let Some(words) = patterns.iter().cloned().map(own_case).find_map(|p| found(&p)) {
        return format!("“{words}” stands here, but the card says that other words must, or must not, stand before or behind it");
    }
    if let Some(words) = in_any_case().find_map(|p| found(&p)) {
        return format!("Only the capitals differ: “{words}”. Write them so in the phrase, or check “Capitals do not matter”");
    }
    match in_any_case().filter_map(|p| p.nearest(ground)).max_by_key(|(start, end)| end - start) {
        None => "The phrase is not found in this sentence: it has none of its first words".to_owned(),
        Some((start, end)) => {
            let next = article.word_at(end);
            let behind = if next.is_empty() { "there the sentence ends".to_owned() } else { format!("then comes “{next}”") };
            format!("The phrase is not found in this sentence: it fits up to “{}”, and {behind}", words(start, end))
        }
    }
}

/// A fault of the examples as an editor is told who has the first of them before the eyes.
fn plain(fault: &Fault, phrase: &Phrase, own: &str, why_not: &dyn Fn(&str) -> String) -> (Part, String) {
    let here = |sentence: &str, said: String| {
        let shown = sentence == own || sentence == phrase.good.trim();
        if shown { said } else { format!("In “{sentence}”, which the card has too: {said}") }
    };
    match fault {
        Fault::NotFound { bad } => (Part::Bad, here(bad, why_not(bad))),
        Fault::FoundOften { bad, found } => {
            let places = found.iter().map(|f| format!("“{f}”")).collect::<Vec<_>>().join(", ");
            (Part::Bad, here(bad, format!("The phrase is found {} times here ({places}); once is wanted", found.len())))
        }
        Fault::MarksOther { bad, found, wanted } if wanted.is_empty() => {
            (Part::Bad, here(bad, format!("It marks “{found}”, and no [[ ]] stand in the sentence")))
        }
        Fault::MarksOther { bad, found, wanted } => {
            (Part::Bad, here(bad, format!("It marks “{found}”, but the [[ ]] stand round “{wanted}”")))
        }
        Fault::GivesOther { bad, fix: 1, found, .. } => (Part::Good, here(bad, format!("The rule gives: {found}"))),
        Fault::GivesOther { bad, fix, found, .. } => (Part::Right, here(bad, format!("Fix {fix} gives: {found}"))),
        Fault::NoFix { bad, .. } | Fault::UnwantedFix { bad } => (Part::Right, here(bad, "These words give no change here".to_owned())),
        Fault::FlaggedAgain { good: sentence, found } | Fault::CleanFlagged { clean: sentence, found } => {
            (Part::Good, here(sentence, format!("The phrase is found here again, at “{found}”: no finding may stand in what is right")))
        }
        Fault::Unreadable { bad, .. } => (Part::Bad, here(bad, "This sentence can’t be read".to_owned())),
        Fault::NotWritten { message, .. } => (Part::Good, format!("This can’t be written: {message}")),
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
            source: None,
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
        assert_eq!((none.faults, none.brings), (Vec::new(), Vec::new()));
        let doubled = tried("grain deal", "the pact", "The [[grain deal]] fell.", "The the pact fell.");
        assert_eq!((doubled.faults, doubled.brings), (Vec::new(), vec!["A word stands twice: The the".to_owned()]));
        for (wrong, right, bad, good, part, says) in [
            ("", "pact", "The [[deal]] fell.", "The pact fell.", Part::Wrong, "Which words"),
            ("{foo} deal", "pact", "The [[deal]] fell.", "The pact fell.", Part::Wrong, "there is no class"),
            ("of the", "$1", "A [[of the]] b.", "A b.", Part::Right, "asks for $1"),
            ("grain deal", "pact", "The grain deal fell.", "The pact fell.", Part::Bad, "[[ ]]"),
            ("grain deal", "pact", "The [[rice deal]] fell.", "The pact fell.", Part::Bad, "not found"),
            ("grain deal", "pact", "The [[grain]] price fell.", "The pact fell.", Part::Bad, "up to “grain”, and then comes “price”"),
            ("grain deal", "pact", "He sold [[grain]]", "He sold pact", Part::Bad, "there the sentence ends"),
            ("grain deal", "pact", "The [[Grain Deal]] fell.", "The pact fell.", Part::Bad, "Only the capitals differ: “Grain Deal”"),
            ("grain deal", "pact", "The [[rice]] fell.", "The pact fell.", Part::Bad, "none of its first words"),
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
