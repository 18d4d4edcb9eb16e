//! What a layer says is heard: its names, places and words, the spellings it rules out, its phrases.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::missing_panics_doc, reason = "a test may stop")]

use std::collections::BTreeMap;
use std::sync::OnceLock;

use copydesk::analysis::Analysis;
use copydesk::check::check;
use copydesk::detectors::phrases::pattern::{Ground, Pattern};
use copydesk::detectors::phrases::reading;
use copydesk::finding::Finding;
use copydesk::formats;
use copydesk::rules::Lexicon;
use copydesk::rules::Rules;
use copydesk::rules::layers::{self, LayerText};
use copydesk::rules::lexicon::Gender;
use copydesk::rules::stylebook::{self, Capitals, Entry, Phrase, Slot};
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

fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(Lexicon::new)
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

#[test]
fn a_sign_that_means_something_can_be_looked_for_itself() {
    let fault = |pattern: &str, to: &str| {
        let card = phrase_card(&[pattern], to);
        let mut layer = LayerText::default();
        layer.put("rules/a.toml", card);
        layers::build(&[layer]).1.first().map(ToString::to_string)
    };
    for (text, pattern, to, wanted) in [
        ("It cost ($5) more, he said.", "\\(\\$5\\)", "\\$6", "It cost $6 more, he said."),
        ("They write C++ and C# here.", "C\\+\\+", "C", "They write C and C# here."),
        ("They tagged it #metoo on Monday.", "\\#metoo", "#MeToo", "They tagged it #MeToo on Monday."),
        ("The site gazeta.ru wrote it.", "gazeta\\.ru", "Gazeta", "The site Gazeta wrote it."),
        ("It rose 3.5 times in May.", "3\\.5 times", "fourfold", "It rose fourfold in May."),
        ("Prices → wages, he wrote.", "\\→", "and", "Prices and wages, he wrote."),
        ("A path C:\\new is here.", "C: \\\\ new", "\\~new\\{\\}\\\\", "A path ~new{}\\ is here."),
        ("He chose AC|DC then.", "AC\\|DC", "AC/DC", "He chose AC/DC then."),
        ("The ~20 men left (at noon).", "\\~20 men", "20 men", "The 20 men left (at noon)."),
    ] {
        assert_eq!(fault(pattern, to), None, "{pattern}");
        assert_eq!(mended(text, "ours", &rules(&[("rules/a.toml", &phrase_card(&[pattern], to))])), wanted, "{pattern}");
    }
    // What means nothing says how the sign itself is looked for.
    for (pattern, says) in [
        ("a * b", "“*” means nothing in a pattern; “\\*” looks for the sign itself"),
        ("a\\b", "“\\” stands before a sign, not before a letter"),
        ("a \\", "there is no sign behind"),
        ("C\\+|Java", "two patterns"),
        ("$", "no word that must be there"),
    ] {
        assert!(fault(pattern, "x").is_some_and(|f| f.contains(says)), "{pattern}: {:?}", fault(pattern, "x"));
    }
    assert!(fault("word", "a{b").is_some_and(|f| f.contains("puts the sign in")));
}

fn phrase_card(patterns: &[&str], to: &str) -> String {
    format!(
        "[[rule]]\nid = \"ours\"\ncategory = \"wording\"\ndetector = \"phrases\"\nmessage = \"No: {{found}}\"\nwhy = \"x\"\n\
         params.pattern = {}\nparams.to = {}\n",
        toml::Value::from(patterns.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>()),
        toml::Value::from(to)
    )
}

#[test]
fn a_spelling_with_signs_is_found_where_it_stands() {
    let entry = |right: &str, wrong: &[&str]| Entry::Spelling {
        right: right.to_owned(),
        kind: "term".to_owned(),
        wrong: wrong.iter().map(|w| (*w).to_owned()).collect(),
        note: String::new(),
    };
    let mut layer = LayerText::default();
    for entry in [
        entry("Acme Inc.", &["Acme, Inc.", "Acme = Inc"]),
        entry("#MeToo", &["#metoo", "# MeToo"]),
        entry("Yahoo", &["Yahoo!", "-Yahoo-"]),
        entry("and", &["→"]),
        entry("AC/DC", &["AC|DC", "(AC:DC)"]),
        entry("“Azov”", &["\"Azov\""]),
    ] {
        assert_eq!(entry.fault(), None);
        let slot = entry.slot();
        layer.put(&slot.file, slot.write(layer.file(&slot.file), Some(&entry.text())).unwrap());
    }
    let (rules, errors) = layers::build(&[layer]);
    assert!(errors.is_empty(), "{errors:?}");
    for (text, wanted) in [
        ("The owner of Acme, Inc. left, and Acme = Inc fell.", "The owner of Acme Inc. left, and Acme Inc. fell."),
        ("They wrote #metoo, then # MeToo there.", "They wrote #MeToo, then #MeToo there."),
        ("They asked Yahoo! for help and -Yahoo- too.", "They asked Yahoo for help and Yahoo too."),
        ("Prices → wages, he wrote.", "Prices and wages, he wrote."),
        ("He chose AC|DC, then (AC:DC) won.", "He chose AC/DC, then AC/DC won."),
        ("The unit \"Azov\" left the town.", "The unit “Azov” left the town."),
    ] {
        assert_eq!(mended(text, "name-variants", &rules), wanted);
    }
}

/// A string without a line break that is not blank.
fn words() -> impl Strategy<Value = String> {
    let usual = "[-a-dÉ ,;=#\"'“:|\\\\\\t(~${}\\[\\]]{1,8}";
    prop_oneof![usual, any::<String>()].prop_map(|s| s.replace(['\n', '\r'], "")).prop_filter("blank", |s| !s.trim().is_empty())
}

fn distinct() -> impl Strategy<Value = Vec<String>> {
    prop::collection::hash_set(words(), 1..4).prop_map(|set| set.into_iter().collect())
}

fn entry() -> impl Strategy<Value = Entry> {
    let gender = prop_oneof![Just(None), Just(Some(Gender::Male)), Just(Some(Gender::Female))];
    let rule = prop_oneof![Just(None), Just(Some("doubled-words".to_owned()))];
    let some = prop_oneof![words(), Just(String::new())];
    prop_oneof![
        words().prop_map(Entry::Word),
        words().prop_map(Entry::Place),
        (rule, words()).prop_map(|(rule, words)| Entry::Unmarked { rule, words }),
        (words(), words(), distinct(), some.clone()).prop_map(|(right, kind, wrong, note)| Entry::Spelling { right, kind, wrong, note }),
        (words(), gender, some).prop_map(|(name, gender, note)| Entry::Person { name, gender, note }),
        (words(), words(), distinct()).prop_map(|(name, kind, also)| Entry::Body { name, kind, also }),
        words().prop_map(|words| Entry::Struck { file: "words/people.tsv".to_owned(), words }),
        (words(), distinct(), distinct(), words(), words(), distinct(), words()).prop_map(|(id, wrong, right, bad, good, clean, why)| {
            let category = copydesk::finding::Category::Wording;
            let (capitals, message) = if why.len() % 2 == 0 { (Capitals::Any, Some(id.clone())) } else { (Capitals::AsWritten, None) };
            let clean = clean.into_iter().filter(|c| *c != good).collect();
            let message = message.filter(|m| !m.contains('“'));
            Entry::Phrase(Phrase { id, category, wrong, right, capitals, bad, good, clean, why, message, source: None })
        }),
    ]
}

/// Lines of a list as people write them: entries, removals, remarks, blank ones.
fn list() -> impl Strategy<Value = String> {
    prop::collection::vec("(#|-)?[a-cé]{0,2}(\t[mf]?)?\n", 0..8).prop_map(|lines| lines.concat())
}

proptest! {
    /// Whatever is entered stands in its file, is read again as it was, and every other entry with it.
    #[test]
    fn every_entry_is_written_and_read_again(all in prop::collection::vec(entry(), 1..6)) {
        let mut layer = LayerText::default();
        let mut kept: Vec<Entry> = Vec::new();
        for entry in all {
            let slot = entry.slot();
            kept.retain(|k| k.slot() != slot);
            layer.put(&slot.file, slot.write(layer.file(&slot.file), Some(&entry.text())).unwrap());
            kept.push(entry);
        }
        let read: Vec<Entry> = stylebook::entries(&layer).into_iter().map(|(_, e)| e).collect();
        prop_assert_eq!(read.len(), kept.len());
        for entry in &kept {
            prop_assert!(read.contains(entry), "{:?} is not among {:?}", entry, read);
        }
        for entry in kept {
            let slot = entry.slot();
            layer.put(&slot.file, slot.write(layer.file(&slot.file), None).unwrap());
        }
        prop_assert_eq!(stylebook::entries(&layer), vec![]);
    }

    /// Whatever the fields of a form say of a card that was written by hand, all else in it stays.
    #[test]
    fn a_card_written_by_hand_keeps_what_a_form_does_not_show(
        wrong in distinct(), right in distinct(), any_case in any::<bool>(), bad in words(), good in words(), why in words()
    ) {
        let text = "[[rule]] # one\nid = \"x\" # two\ncategory = \"wording\"\ntier = \"hint\" # three\ndetector = \"phrases\"\n\
                    message = \"Ours: {found}\"\nwhy = \"y\" # four\nparams.pattern = [ # five\n  \"a\", # six\n  \"b\", # seven\n]\n\
                    params.to = \"c\" # eight\nparams.after = 'd' # nine\n\n# ten\n[[rule.example]]\nbad = \"[[a]]\" # eleven\n\
                    good = \"c\"\nevidence = [\"a\"] # twelve\n\n[[rule.example]]\nbad = \"[[b]]\" # thirteen\ngood = \"c\"";
        let old = Phrase::of_toml(text).unwrap();
        prop_assert_eq!(&old.to_toml(), text);
        let capitals = if any_case { Capitals::Any } else { Capitals::AsWritten };
        let new = Phrase { wrong, right, capitals, bad, good, why, ..old };
        prop_assert_eq!(new.fault(), None);
        let written = new.to_toml();
        prop_assert!(Phrase::of_toml(&written).unwrap().says_as(&new), "{}", written);
        for number in ["one", "two", "three", "four", "eight", "nine", "ten", "eleven", "twelve", "thirteen"] {
            let remark = format!("# {number}\n");
            prop_assert!(written.contains(&remark), "{} is lost: {}", remark, written);
        }
    }

    /// The words that an editor marks in an article become a phrase that finds them there.
    #[test]
    fn marked_words_become_a_phrase_that_finds_them(marked in "[a-cA-C]{2,3}( ?[-(){}$~^¶|\\\\#@*+=<>\\[\\]_%&.,;:!/]{1,3} ?[a-cA-C1-9]{1,4}){0,3}") {
        let text = format!("Today {marked} went home.");
        let document = formats::read("a.txt", text.as_bytes()).unwrap();
        let built_in = lexicon();
        let article = Analysis::new(&document, built_in);
        // Litter is mended and glue cut before a rule reads: then the words are not those that were marked.
        prop_assume!(article.text() == text && article.glue().is_empty());
        let pattern = Pattern::parse(&reading::escaped(&marked), &BTreeMap::new(), built_in).unwrap();
        let map = BTreeMap::new();
        let spans: Vec<&str> = pattern.find(Ground { article: &article, map: &map }).iter().map(|m| {
            let tokens = &article.tokens()[m.start..m.end];
            tokens[0].span.cover(tokens[tokens.len() - 1].span).of(&text)
        }).collect();
        // A stop inside may end the sentence, and no phrase goes beyond.
        let first = article.tokens().iter().position(|t| t.span.start == 6);
        let whole = first.and_then(|i| article.sentence_of(i)).is_some_and(|s| article.tokens()[s.end - 1].span.end >= 6 + marked.len());
        prop_assume!(whole);
        prop_assert!(spans.contains(&marked.as_str()), "{}: {:?}", reading::escaped(&marked), spans);
    }

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
