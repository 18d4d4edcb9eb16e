//! Litter and the other rules: every piece is one finding, a finding that touches a piece repairs it along
//! with its own words, and a repair reads the same however it is reached.

#![allow(clippy::unwrap_used, reason = "a test that can't go on may stop")]

use copydesk::analysis::litter::litter;
use copydesk::check::{check, fix_all};
use copydesk::finding::{Applicability, Finding};
use copydesk::formats;
use copydesk::rules::Rules;
use copydesk::text::Edits;

fn findings(text: &str) -> Vec<Finding> {
    let document = formats::read("x.txt", text.as_bytes()).unwrap();
    check(&document, &Rules::built_in()).findings
}

fn cured(text: &str, finding: &Finding) -> String {
    finding.fixes[0].edits.apply(text).unwrap()
}

#[test]
fn a_piece_of_litter_is_one_finding_in_the_words_of_the_article() {
    let text = "The harbor master&rsquo;s office and JosÃ© Quintana&#8217;s clinic reopened.";
    let found = findings(text);
    let words: Vec<&str> = found.iter().map(|f| f.span.of(text)).collect();
    assert_eq!(words, ["&rsquo;", "JosÃ©", "&#8217;"]);
    assert!(found.iter().all(|f| f.fixes[0].applicability == Applicability::Safe));
}

#[test]
fn a_finding_that_covers_a_piece_repairs_it_and_hides_it() {
    let text = "The crews waited for&nbsp;for an answer.";
    let found = findings(text);
    assert_eq!(found.iter().map(|f| f.rule.as_str()).collect::<Vec<_>>(), ["doubled-words"]);
    assert_eq!(cured(text, &found[0]), "The crews waited for an answer.");
}

#[test]
fn a_finding_beside_a_piece_leaves_the_piece_to_its_own_finding() {
    let text = "The mayorâ€™s car left for for Gdynia.";
    let found = findings(text);
    assert_eq!(found.iter().map(|f| f.rule.as_str()).collect::<Vec<_>>(), ["wrong-encoding", "doubled-words"]);
    let edits = Edits::new(found.iter().flat_map(|f| f.fixes[0].edits.iter().cloned()).collect()).unwrap();
    assert_eq!(edits.apply(text).unwrap(), "The mayor’s car left for Gdynia.");
}

#[test]
fn a_space_that_was_an_entity_goes_with_the_space_before_the_mark() {
    let text = "The ship left for Gdynia&nbsp;, the agent said.";
    let found = findings(text);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(cured(text, &found[0]), "The ship left for Gdynia, the agent said.");
    let fix = &found[0].fixes[0];
    assert!(fix.applicability == Applicability::Review || fix.keeps_the_safe_laws());
}

#[test]
fn safe_fixes_settle_in_a_few_rounds_and_leave_nothing_safe() {
    let text = "&ldquo;We wait&amp;nbsp;here,&rdquo; said Jos\u{200b}Ã© Quintana.\nThe coun\u{ad}cil met .It rose , they said..\n";
    let rules = Rules::built_in();
    let document = formats::read("x.txt", text.as_bytes()).unwrap();
    let rounds = fix_all(&document, &rules, Finding::safe_fix, 4);
    assert!(rounds.len() < 4, "{rounds:?}");
    let mut now = document;
    for edits in &rounds {
        now = now.with_edits(edits).unwrap();
    }
    assert!(check(&now, &rules).findings.iter().all(|f| f.safe_fix().is_none()), "{}", now.text);
    assert!(litter(&now.text, &rules.lexicon).is_empty(), "{}", now.text);
}

#[test]
fn a_repaired_text_has_no_litter() {
    let rules = Rules::built_in();
    for text in [
        "Ã¢â‚¬Å“We wait,Ã¢â‚¬Â\u{9d} he said.",
        "&amp;amp;ldquo;Go&amp;amp;rdquo;",
        "a &lt;b&gt;bold&lt;/b&gt; claim<br><br>Next",
        "Ð¿Ñ€Ð¸Ð²ÐµÑ‚ is a greeting",
        "РїСЂРёРІРµС‚ is a greeting",
        "&acirc;&euro;&trade; and &#226;&#128;&#153;",
    ] {
        let pieces = litter(text, &rules.lexicon);
        let edits = Edits::new(pieces.into_iter().map(|l| l.repair).collect()).unwrap();
        let cured = edits.apply(text).unwrap();
        assert!(litter(&cured, &rules.lexicon).is_empty(), "{text:?} → {cured:?}");
    }
}
