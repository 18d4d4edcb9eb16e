//! What is not corrected: code, words in another language, and whatever breaks the laws of a safe fix.

#![allow(clippy::unwrap_used, reason = "a test that can't go on may stop")]

use copydesk::check::{Checked, check};
use copydesk::finding::{Applicability, Finding};
use copydesk::formats;
use copydesk::rules::{Layer, Rules, layers};

fn checked(name: &str, text: &str) -> Checked {
    check(&formats::read(name, text.as_bytes()).unwrap(), &Rules::built_in())
}

fn rules_that_speak(name: &str, text: &str) -> Vec<String> {
    checked(name, text).findings.into_iter().map(|f| f.rule).collect()
}

#[test]
fn code_is_left_alone() {
    for page in [
        "<p>The service was stopped with a short command.</p><pre>  keep   this,please , and and this</pre><p>It came back.</p>",
        "<p>The call to <code>std::vec</code> and <kbd>Ctrl ;</kbd> failed on Monday.</p>",
        "<p>They wrote <var>x ,y</var> and <samp>one one</samp> on the board.</p>",
    ] {
        assert_eq!(rules_that_speak("a.html", page), Vec::<String>::new(), "{page}");
    }
    assert_eq!(rules_that_speak("a.txt", "The class std::vec was renamed by the team."), Vec::<String>::new());
    let wire = "<pre>   The crews waited for for an answer.\n   They left on   Monday.</pre>";
    assert_eq!(rules_that_speak("a.html", wire), ["doubled-words"], "an article that stands in one element is read");
}

#[test]
fn words_in_another_language_are_left_alone() {
    let french = "« Nous sommes prêts ! » a déclaré le ministre des transports lors de la visite du nouveau port .Les travaux commencent .";
    let all = checked("a.txt", french);
    assert!(all.findings.is_empty(), "{:#?}", all.findings);
    assert_eq!(all.notices.len(), 1, "an article that is not checked says so");
    let english = "The crews waited for for an answer in the port. The minister said that the work would begin in the spring.";
    let mixed = checked("a.txt", &format!("{english}\n{french}\n{english}"));
    assert_eq!(mixed.findings.iter().map(|f| f.rule.as_str()).collect::<Vec<_>>(), ["doubled-words", "doubled-words"]);
    assert_eq!((mixed.notices.len(), mixed.remarks.len()), (0, 1));
}

#[test]
fn the_language_that_a_page_names_is_heeded_where_the_words_agree() {
    let page = "<p>The minister wrote <i lang=de>„Das ist gut“ ,ja ja</i> and left.</p><p lang=fr>« Oui ! »</p>";
    assert_eq!(rules_that_speak("a.html", page), Vec::<String>::new());
    let kept = "<div lang=ru><p>The crews waited for for an answer in the port of the city on Monday.</p></div>";
    assert_eq!(rules_that_speak("a.html", kept), ["doubled-words"]);
    let whole = "<html lang=ar><p>The crews waited for for an answer.</p></html>";
    assert_eq!(rules_that_speak("a.html", whole), ["doubled-words"]);
}

#[test]
fn escaped_markup_among_tags_is_not_safe_to_unescape() {
    let found = checked("a.txt", "The page said <span class=x>Tom &amp; Jerry</span> and &lt;yesterday&gt; in the title.").findings;
    assert!(found.iter().filter(|f| f.rule == "html-entity").all(|f| f.safe_fix().is_none()), "{found:#?}");
}

#[test]
fn a_house_can_not_make_an_unlawful_fix_safe() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("rules")).unwrap();
    let house = |text: &str| {
        std::fs::write(folder.path().join("rules/house.toml"), text).unwrap();
        layers::load(&[Layer { name: "house".to_owned(), folder: folder.path().to_owned() }])
    };
    let (rules, errors) = house("[[override]]\nid = \"thousand-in-words\"\napplicability = \"safe\"\n");
    assert_eq!(errors.len(), 1, "{errors:?}");
    let document = formats::read("a.txt", b"The port handled 35 thousand tons of grain in May.").unwrap();
    let unsafe_ = |f: &Finding| f.fixes.iter().all(|x| x.applicability == Applicability::Review || x.keeps_the_safe_laws());
    assert!(check(&document, &rules).findings.iter().all(unsafe_));
    let card = "[[rule]]\nid = \"grain-in-tons\"\ncategory = \"wording\"\ndetector = \"phrases\"\nmessage = \"Say tonnes\"\nwhy = \"x\"\n\
        applicability = \"safe\"\nfix-safety = \"x\"\nparams.patterns = [{ find = \"tons\", fix = [\"tonnes\"] }]\n";
    let (rules, _) = house(card);
    assert!(check(&document, &rules).findings.iter().all(unsafe_));
}

#[test]
fn words_in_a_quotation_are_not_changed_in_a_batch() {
    let found = checked("a.txt", "“It was the XIX century,” the guide said. “We sold 35 thousand tickets,” he said.").findings;
    for finding in &found {
        assert_eq!(finding.may_be_batched(), finding.rule != "roman-century", "{finding:#?}");
    }
    assert!(found.iter().any(|f| f.rule == "roman-century"), "{found:#?}");
}
