//! Laws that hold on whole articles: the sample story, our long articles, every damaged story and page.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that can't go on says so")]

mod marked;

use std::path::Path;

use copydesk::analysis::Analysis;
use copydesk::analysis::antecedents::Decisions;
use copydesk::analysis::language::Packs;
use copydesk::analysis::litter::litter;
use copydesk::check::{check, check_analysed, disjoint, fix_all};
use copydesk::checklist::checklist_of;
use copydesk::document::Document;
use copydesk::finding::{Applicability, Category, Finding, Tier};
use copydesk::formats;
use copydesk::rules::Rules;
use copydesk::text::Pieces;
use proptest::prelude::*;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn folder(name: &str) -> Vec<(String, String)> {
    marked::stories(name).into_iter().map(|s| (s.name, s.damaged)).collect()
}

/// The sample story and three longer articles.
fn long_articles() -> Vec<(String, String)> {
    let sample = std::fs::read_to_string(root().join("assets/sample-story.html")).unwrap();
    let mut all = folder("articles");
    all.insert(0, ("sample-story.html".to_owned(), sample));
    all
}

fn everything() -> Vec<(String, String)> {
    let mut all = long_articles();
    for name in ["damaged", "clean", "html", "mt"] {
        all.extend(folder(name));
    }
    all
}

fn read(name: &str, source: &str) -> Document {
    formats::read(name, source.as_bytes()).unwrap()
}

fn shown(document: &Document, rules: &Rules) -> Vec<Finding> {
    check(document, rules).findings.into_iter().filter(|f| f.tier == Tier::Default).collect()
}

/// A long text is read by several threads; nobody shall be able to tell how many.
#[test]
fn what_is_found_does_not_depend_on_the_number_of_threads() {
    let rules = Rules::built_in();
    let all: String = folder("damaged").into_iter().chain(folder("mt")).map(|(_, source)| source).collect();
    let document = read("long.txt", all.get(..all.floor_char_boundary(60_000)).unwrap());
    let by = |threads: usize| {
        let article = Analysis::shared(&document, &rules.lexicon, &Decisions::default(), threads);
        let checked = check_analysed(&article, &document, &rules, Packs::Guessed, |_| false);
        let glue = article.glue().to_vec();
        (checked.findings, checked.notices, checked.quotations, checklist_of(&article), glue)
    };
    let alone = by(1);
    assert!(alone.0.len() > 300 && alone.4.len() > 50);
    for threads in 2..6 {
        assert_eq!(by(threads), alone, "{threads} threads");
    }
}

/// Accepts the first fix of the first finding that has one, again and again, as an editor does.
#[test]
fn after_every_first_fix_the_check_is_silent_and_only_the_changes_are_saved() {
    let rules = Rules::built_in();
    let mut faults = Vec::new();
    for (name, source) in long_articles() {
        let original = read(&name, &source);
        let mut pieces = Pieces::new(original.text.len());
        let mut now = original.clone();
        let mut steps = 0;
        while let Some(edits) = shown(&now, &rules).iter().find_map(|f| f.fixes.first().map(|x| x.edits.clone())) {
            steps += 1;
            if steps > 200 {
                faults.push(format!("{name}: fixes go round in circles, last {edits:?}"));
                break;
            }
            now = now.with_edits(&edits).unwrap();
            pieces.apply(&edits);
        }
        for left in shown(&now, &rules) {
            faults.push(format!("{name}: {} still speaks at {:?}", left.rule, left.span.of(&now.text)));
        }
        let changes = pieces.to_edits(&original.text);
        assert!(changes.len() > 5, "{name} is damaged, but hardly anything was found");
        let saved = formats::write(&original, &changes).unwrap();
        let again = formats::read(&name, &saved).unwrap();
        assert_eq!(again.text, now.text, "{name}: the saved file reads as the edited text");
        // Taking the changes back gives the file as it was.
        let back = formats::write(&again, &changes.invert()).unwrap();
        let restored = formats::read(&name, &back).unwrap();
        assert_eq!(restored.text, original.text, "{name}: the saved file differs only where the changes say so");
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// A caption that was set apart keeps its credit: no other rule takes it out afterwards.
#[test]
fn a_caption_set_apart_stays() {
    let rules = Rules::built_in();
    let story = "Finance Minister Ewa Lis at the port of Gdynia (Jan Kot / Harbor Press)\nThe minister said the port would grow.\n";
    let document = read("x.txt", story);
    let findings = shown(&document, &rules);
    let first = findings.first().unwrap();
    assert_eq!(first.rule, "caption-line");
    let now = document.with_edits(&first.fixes.first().unwrap().edits).unwrap();
    assert!(now.text.starts_with("[Photo: Finance Minister Ewa Lis at the port of Gdynia (Jan Kot / Harbor Press)]"));
    assert!(shown(&now, &rules).is_empty(), "{:?}", shown(&now, &rules));
}

#[test]
fn every_span_and_edit_fits_its_text() {
    let rules = Rules::built_in();
    for (name, source) in everything() {
        let document = read(&name, &source);
        let checked = check(&document, &rules);
        assert!(checked.notices.is_empty(), "{name}: {:?}", checked.notices);
        assert!(checked.remarks.is_empty(), "{name}: {:?}", checked.remarks);
        for f in &checked.findings {
            let fits = |s: copydesk::text::Span| document.text.get(s.start..s.end).is_some();
            assert!(fits(f.span) && fits(f.scope), "{name}: {} at {:?}", f.rule, f.span);
            assert!(f.evidence.iter().all(|e| fits(e.span)), "{name}: evidence of {}", f.rule);
            assert!(!f.message.contains('{'), "{name}: {} leaves a value open: {}", f.rule, f.message);
            for fix in &f.fixes {
                assert!(fix.edits.apply(&document.text).is_ok(), "{name}: fix of {} at {:?}", f.rule, f.span.of(&document.text));
                assert!(document.place(&fix.edits).is_ok(), "{name}: fix of {} can't be written", f.rule);
            }
        }
        assert_eq!(check(&document, &rules).findings, checked.findings, "{name}: the same findings every time");
    }
}

#[test]
fn safe_fixes_keep_their_laws_and_settle_in_four_rounds() {
    let rules = Rules::built_in();
    for (name, source) in everything() {
        let document = read(&name, &source);
        for f in check(&document, &rules).findings {
            for fix in f.fixes.iter().filter(|x| x.applicability == Applicability::Safe) {
                // A repair of litter is proved elsewhere (tests/litter.rs); here it must be one, and an exact one.
                let repairs =
                    || litter(&document.text, &rules.lexicon).into_iter().filter(|l| l.exact).map(|l| l.repair).collect::<Vec<_>>();
                let encoding = f.category == Category::Encoding && fix.edits.iter().all(|e| repairs().contains(e));
                assert!(encoding || fix.keeps_the_safe_laws(), "{name}: {} is not safe: {:?}", f.rule, fix.edits);
            }
        }
        let rounds = fix_all(&document, &rules, Finding::safe_fix, 6);
        assert!(rounds.len() <= 4, "{name}: safe fixes need {} rounds", rounds.len());
    }
}

#[test]
fn after_its_own_fix_a_rule_is_silent_there() {
    let rules = Rules::built_in();
    let mut faults = Vec::new();
    for (name, source) in everything() {
        let document = read(&name, &source);
        for f in shown(&document, &rules) {
            let Some(fix) = f.fixes.first() else { continue };
            let Some(cured) = document.with_edits(&fix.edits) else { continue };
            let hull = fix.edits.hull().unwrap();
            let here = copydesk::text::Span::new(fix.edits.map_position(hull.start), fix.edits.map_position(hull.end));
            if shown(&cured, &rules).iter().any(|g| g.rule == f.rule && g.span.overlaps(here) && g.span.len() <= f.span.len() + 4) {
                faults.push(format!("{name}: {} speaks again after its own fix at {:?}", f.rule, f.span.of(&document.text)));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// No text makes a rule fail, and what is found fits it.
    #[test]
    fn any_text_can_be_checked(text in r#"([A-Z]?[a-z]{1,9}|[ .,“”"'’«»()\n]|[A-Z]{2,4}|[0-9]{1,5}|&amp;|â€™|\PC){0,120}"#) {
        thread_local!(static RULES: Rules = Rules::built_in());
        RULES.with(|rules| {
            let Ok(document) = formats::read("x.txt", text.as_bytes()) else { return Ok(()) };
            let checked = check(&document, rules);
            prop_assert!(!checked.notices.iter().any(|n| n.contains("failed")), "{:?}", checked.notices);
            for f in &checked.findings {
                for fix in &f.fixes {
                    prop_assert!(fix.edits.apply(&document.text).is_ok(), "{} {:?}", f.rule, fix.edits);
                }
            }
            let edits = disjoint(checked.findings.iter().filter_map(|f| f.fixes.first()));
            prop_assert!(edits.apply(&document.text).is_ok());
            Ok(())
        })?;
    }
}
