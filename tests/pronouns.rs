//! What an editor decides about a person’s pronoun holds for the rest of the article.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop")]

use std::sync::Arc;

use copydesk::analysis::Analysis;
use copydesk::analysis::antecedents::Decisions;
use copydesk::analysis::language::Packs;
use copydesk::check::{check_decided, check_without};
use copydesk::finding::{Category, Finding};
use copydesk::formats;
use copydesk::review::session::Reach;
use copydesk::review::{Session, Stamp, Time};
use copydesk::rules::Rules;
use copydesk::rules::lexicon::Gender;
use copydesk::text::Span;

fn stamp() -> Stamp {
    Stamp { at: Time::UNIX_EPOCH, by: "anna".to_owned() }
}

fn of_pronouns(findings: &[Finding]) -> Vec<Finding> {
    findings.iter().filter(|f| f.category == Category::Pronouns).cloned().collect()
}

/// Two doubts about one person, in two paragraphs.
const STORY: &str = "Margaret Hollis repaired the weir in a week because he knew the river well.\n\
    The work was paid for by the parish.\n\
    Margaret Hollis sold the old mill in spring because he needed the money for timber.";

#[test]
fn a_declined_doubt_settles_the_person() {
    let mut session = Session::new("a.txt", None, STORY.as_bytes(), Arc::new(Rules::built_in())).expect("an article");
    session.check();
    let doubts = of_pronouns(session.findings());
    assert_eq!(doubts.len(), 2, "{doubts:?}");
    session.reject(doubts.first().expect("a doubt"), Reach::Here, &stamp()).expect("declined");
    session.check();
    assert_eq!(of_pronouns(session.findings()), []);
}

#[test]
fn undo_brings_the_doubts_back() {
    let mut session = Session::new("a.txt", None, STORY.as_bytes(), Arc::new(Rules::built_in())).expect("an article");
    session.check();
    let doubts = of_pronouns(session.findings());
    session.reject(doubts.first().expect("a doubt"), Reach::Here, &stamp()).expect("declined");
    session.record(copydesk::review::Event::Undone, &stamp()).expect("undone");
    session.check();
    assert_eq!(of_pronouns(session.findings()).len(), 2);
}

#[test]
fn an_accepted_fix_tells_who_is_meant() {
    let mut session = Session::new("a.txt", None, STORY.as_bytes(), Arc::new(Rules::built_in())).expect("an article");
    session.check();
    let doubts = of_pronouns(session.findings());
    session.accept(doubts.first().expect("a doubt"), 0, &stamp()).expect("accepted");
    session.check();
    let left = of_pronouns(session.findings());
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(session.text().contains("because she knew"));
}

#[test]
fn a_decision_gives_an_unknown_person_a_gender() {
    let text = "Deputy minister Kim Sang spoke first. She said the vote would be held on Friday.";
    let document = formats::read("a.txt", text.as_bytes()).expect("an article");
    let rules = Rules::built_in();
    let at = text.find("She").expect("the pronoun");
    let decisions = Decisions { accepted: vec![Span::new(at, at + 3)], declined: Vec::new() };
    let article = Analysis::decided(&document, &rules.lexicon, &decisions);
    let kim = article.mentions().mentions.iter().find(|m| m.named).expect("a person");
    assert_eq!(kim.gender, Some(Gender::Female));
    let none = Decisions::default();
    assert_eq!(
        check_decided(&document, &rules, Packs::Guessed, &none, |_| false).findings,
        check_without(&document, &rules, Packs::Guessed, |_| false).findings
    );
}
