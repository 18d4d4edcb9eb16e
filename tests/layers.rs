//! What a layer says is heard: its names, places and words, the spellings it rules out, its phrases.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::missing_panics_doc, reason = "a test may stop")]

use copydesk::check::check;
use copydesk::finding::Finding;
use copydesk::formats;
use copydesk::rules::Rules;
use copydesk::rules::layers::{self, LayerText};
use copydesk::rules::lexicon::Gender;
use copydesk::rules::stylebook::Slot;
use proptest::prelude::*;

fn rules(files: &[(&str, &str)]) -> Rules {
    let mut layer = LayerText { name: "house".to_owned(), ..LayerText::default() };
    for (name, text) in files {
        layer.put(name, (*text).to_owned());
    }
    let (rules, errors) = layers::build(&[layer]);
    assert!(errors.is_empty(), "{errors:?}");
    rules
}

fn found(text: &str, rules: &Rules) -> Vec<Finding> {
    check(&formats::read("a.txt", text.as_bytes()).unwrap(), rules).findings
}

fn mended(text: &str, rule: &str, rules: &Rules) -> String {
    let document = formats::read("a.txt", text.as_bytes()).unwrap();
    let edits =
        copydesk::check::disjoint(check(&document, rules).findings.iter().filter(|f| f.rule == rule).filter_map(|f| f.fixes.first()));
    edits.apply(&document.text).unwrap()
}

#[test]
fn persons_bodies_and_places_of_a_layer_are_known() {
    let rules = rules(&[
        ("words/people.tsv", "# ours\nVrenna Oskelund\tf\nTibor Maskari\n-Vladimir Putin\n"),
        ("words/orgs.tsv", "Karsk Pipeline Board\tbody\tKPB\n"),
        ("words/cities.tsv", "Tarnbeck\n"),
    ]);
    let lexicon = &rules.lexicon;
    assert_eq!(lexicon.person("Vrenna Oskelund"), Some(Gender::Female));
    assert_eq!(lexicon.public_surname("Oskelund"), Some(Some(Gender::Female)));
    assert_eq!(lexicon.person("Tibor Maskari"), None);
    assert!(lexicon.is_person("Tibor Maskari") && lexicon.is_person_part("Maskari"));
    assert!(!lexicon.is_person("Vladimir Putin"));
    assert_eq!(lexicon.organisation("KPB"), Some("body"));
    assert!(lexicon.is_city("Tarnbeck") && lexicon.is_city("Paris"));
    // The gender of the layer decides a pronoun.
    let story = "Minister Vrenna Oskelund opened the bridge. He said it cost little.\n";
    assert!(found(story, &rules).iter().any(|f| f.category == copydesk::finding::Category::Pronouns), "{:?}", found(story, &rules));
}

#[test]
fn a_gender_that_is_no_letter_is_a_fault_and_the_rest_is_read() {
    let mut layer = LayerText::default();
    layer.put("words/people.tsv", "Vrenna Oskelund\tshe\nTibor Maskari\tm\n".to_owned());
    let (rules, errors) = layers::build(&[layer]);
    assert_eq!(errors.len(), 1);
    assert!(errors[0].to_string().contains("line 1: the second column is m, f, or empty"), "{}", errors[0]);
    assert_eq!(rules.lexicon.person("Tibor Maskari"), Some(Gender::Male));
}

#[test]
fn what_a_layer_rules_out_is_found_wherever_it_stands() {
    let rules = rules(&[(
        "words/translit.tsv",
        "Zelensky\tperson\tZelenskiy|Zelenskyy\nKarsk Pipeline Board\torg\tBoard of the Karsk Pipeline\nadviser\tterm\tadvisor\nUn\tplace\tOon\n",
    )]);
    let text = "Advisor to the board of ports, Oon left. Mr Zelenskyy’s advisor met the Board of the Karsk Pipeline, and Zelensky agreed with the advisors.\n";
    assert_eq!(
        mended(text, "name-variants", &rules),
        "Adviser to the board of ports, Un left. Mr Zelensky’s adviser met the Karsk Pipeline Board, and Zelensky agreed with the advisors.\n"
    );
    let messages: Vec<String> = found(text, &rules).into_iter().filter(|f| f.rule == "name-variants").map(|f| f.message).collect();
    assert!(messages.contains(&"The style book writes “Zelensky”: Zelenskyy".to_owned()), "{messages:?}");
    // Once each.
    assert_eq!(messages.len(), 5, "{messages:?}");
    assert!(found("The mill of Oon-Karlby stands near Un (Oon in the old tongue).\n", &rules).iter().all(|f| f.rule != "name-variants"));
}

#[test]
fn a_word_that_a_layer_lists_is_neither_cut_nor_marked() {
    let text = "Engineers left the talks, and the portal newsOslo wrote about the newsOslo’s price.\n";
    let marks = |rules: &Rules| found(text, rules).iter().map(|f| f.span.of(text).to_owned()).collect::<Vec<_>>();
    let built_in = marks(&Rules::built_in());
    assert!(!built_in.is_empty());
    let all = rules(&[("words/camel_ok.tsv", "newsOslo\n")]);
    assert_eq!(marks(&all), Vec::<String>::new(), "{built_in:?}");
    let alone = rules(&[("words/left_alone.tsv", &format!("* {}\n", built_in[0]))]);
    assert!(!marks(&alone).contains(&built_in[0]));
}

#[test]
fn a_phrase_in_any_case_and_with_marks_is_found() {
    let card = |more: &str| {
        format!(
            "[[rule]]\nid = \"ours\"\ncategory = \"wording\"\ndetector = \"phrases\"\nmessage = \"No: {{found}}\"\nwhy = \"x\"\n\
             params.pattern = [\"special operation\", \"R&D unit\", \"U.S. side\"]\nparams.to = [\"invasion\"]\n{more}"
        )
    };
    let text = "The Special Operation went on. The r&d unit left, and the U.S. side left.\n";
    let count = |rules: &Rules| found(text, rules).iter().filter(|f| f.rule == "ours").count();
    assert_eq!(count(&rules(&[("rules/a.toml", &card(""))])), 1);
    assert_eq!(count(&rules(&[("rules/a.toml", &card("params.case = \"any\"\n"))])), 3);
}

/// Lines of a list as people write them: entries, removals, remarks, blank ones.
fn list() -> impl Strategy<Value = String> {
    prop::collection::vec("(#|-)?[a-cé]{0,2}(\t[mf]?)?\n", 0..8).prop_map(|lines| lines.concat())
}

proptest! {
    #[test]
    fn an_entry_comes_and_goes_and_no_other_line_changes(text in list(), key in "[a-cé]{1,2}", gender in "[mf]?") {
        let slot = Slot::new("words/people.tsv", key.clone());
        let line = format!("{key}\t{gender}").trim_end().to_owned();
        let here = |l: &str| !l.starts_with('#') && l.strip_prefix('-').unwrap_or(l).split('\t').next() == Some(&key);
        let others = |text: &str| -> Vec<String> {
            text.lines().filter(|l| !here(l) && !l.starts_with("# Persons")).map(str::to_owned).collect()
        };
        let with = slot.write(&text, Some(&line)).unwrap();
        prop_assert_eq!(slot.read(&with), Some(line.clone()));
        prop_assert_eq!(&slot.write(&with, Some(&line)).unwrap(), &with);
        if !text.trim().is_empty() {
            prop_assert_eq!(others(&with), others(&text));
        }
        let without = slot.write(&with, None).unwrap();
        prop_assert_eq!(slot.read(&without), None);
        prop_assert_eq!(others(&without), others(&with));
    }
}
