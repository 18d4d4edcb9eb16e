//! The desk round the article: things to check, languages, history, batches, the own layer of rules, filters.

use copydesk::analysis::language::{Language, Packs};
use copydesk::gui::command::Command;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::*;

const BUDGET: &str = "Council votes on the harbour\n\nThe council set 12 million euros aside for the harbour, Mayor Rustem Valitov said. \
                      Engineer Dilara Osman met Valitov and Pavel Kornev. He asked for more for more time.\n";

#[test]
fn things_to_check_are_ticked_and_stay_ticked() {
    let (desk, mut window) = opened("harbour.txt", BUDGET);
    let path = desk.path("harbour.txt");
    let all = article(&window).unticked();
    assert!(all >= 3, "{:?}", article(&window).checks.all);
    assert!(window.query_by_label(&format!("To check, {all} of {all} open")).is_some());
    // A click on a point shows its words; the findings stay as they are.
    let figure = article(&window).checks.all.iter().position(|c| c.words == "12 million").unwrap();
    let name = format!("12 million: {}", article(&window).checks.all[figure].note);
    click(&mut window, &name);
    assert_eq!(article(&window).spot().unwrap().of(&text(&window)), "12 million");
    click(&mut window, "Tick: 12 million");
    assert!(article(&window).is_ticked(figure));
    assert_eq!(article(&window).unticked(), all - 1);
    // By keys: the next one, tick it, and the one after it is looked at.
    press(&mut window, Key::J);
    assert_eq!(article(&window).spot(), None, "going to a finding leaves the point");
    press(&mut window, Key::C);
    let first = article(&window).checks.current.unwrap();
    press(&mut window, Key::T);
    assert!(article(&window).is_ticked(first));
    assert_ne!(article(&window).checks.current, Some(first));
    // Ticks stand among the decisions.
    press(&mut window, Key::H);
    assert!(window.query_by_label_contains("ticked “12 million”").is_some());
    press(&mut window, Key::Escape);
    // A correction elsewhere keeps the ticks; undo takes a tick back.
    press(&mut window, Key::A);
    assert!(article(&window).is_ticked(first) && article(&window).is_ticked(figure), "{}", text(&window));
    press(&mut window, Key::U);
    press(&mut window, Key::U);
    assert!(!article(&window).is_ticked(first) && article(&window).is_ticked(figure));
    drop(window);
    let window = desk.window(&[path]);
    assert_eq!(article(&window).unticked(), all - 1, "ticks come back with the session");
    assert!(article(&window).is_ticked(figure));
}

/// A sentence with a literal rendering from Russian, in copy that shows no language.
const DEPOT: &str =
    "Crews cleared the depot\n\nThe crews left the the depot on Tuesday. On their part, the owners of the depot said they would pay.\n";

#[test]
fn the_source_language_is_guessed_chosen_and_kept() {
    let (desk, mut window) = opened("depot.txt", DEPOT);
    let path = desk.path("depot.txt");
    assert_eq!(article(&window).session.packs(), Packs::Guessed);
    click(&mut window, "Source language: Any language → English");
    click(&mut window, "Arabic");
    assert_eq!(article(&window).session.packs(), Packs::Only(Language::Arabic));
    assert!(window.query_by_label("Source language: Arabic → English").is_some());
    let none_of = |window: &Window, language: &str| {
        let session = &article(window).session;
        session.findings().iter().all(|f| session.rules().get(&f.rule).is_none_or(|r| !r.card.languages.iter().any(|l| l == language)))
    };
    assert!(none_of(&window, "russian"));
    press(&mut window, Key::U);
    assert_eq!(article(&window).session.packs(), Packs::Guessed, "a choice is a step of undo");
    press(&mut window, Key::L);
    press(&mut window, Key::Num0);
    assert_eq!(article(&window).session.packs(), Packs::All);
    drop(window);
    let window = desk.window(&[path]);
    assert_eq!(article(&window).session.packs(), Packs::All, "the choice comes back with the session");
    assert!(window.query_by_label("Source language: All languages → English").is_some());
}

#[test]
fn any_decision_is_taken_back_in_any_order() {
    let (_desk, mut window) = opened("talks.txt", STORY);
    press(&mut window, Key::A);
    press(&mut window, Key::X);
    press(&mut window, Key::A);
    press(&mut window, Key::Enter);
    for _ in 0..2 {
        press_with(&mut window, Modifiers::SHIFT, Key::ArrowRight);
    }
    window.event(egui::Event::Text("Late".to_owned()));
    window.run_ok();
    window.event(egui::Event::Text("ly".to_owned()));
    window.run_ok();
    press(&mut window, Key::Escape);
    let before = text(&window);
    assert!(before.contains("Lately") && before.contains("waited for an answer"), "{before}");
    press(&mut window, Key::H);
    assert!(window.query_by_label("Take back: “the the” left here").is_some());
    assert!(window.query_by_label("Take back: “ ,” → “Lately”").is_some(), "a word that was typed is one line");
    window.get_all_by_label_contains("Take back:").last().unwrap().click();
    window.run_ok();
    assert!(text(&window).contains("waited for for an answer"), "{}", text(&window));
    assert!(text(&window).contains("Lately"), "the later ones stay");
    assert!(window.query_all_by_label_contains(", taken back").count() > 0);
    click(&mut window, "Take back: “ ,” → “Lately”");
    assert!(!text(&window).contains("Late"), "{}", text(&window));
    press(&mut window, Key::Escape);
    press(&mut window, Key::U);
    assert!(text(&window).contains("Lately"), "taking a word back is one step: {}", text(&window));
}

#[test]
fn what_was_changed_again_says_so() {
    let (_desk, mut window) = opened("talks.txt", STORY);
    press(&mut window, Key::E);
    window.event(egui::Event::Text("long ".to_owned()));
    window.run_ok();
    click(&mut window, "Take these words");
    let at = text(&window).find("long").unwrap();
    window.state_mut().as_mut().unwrap().apply(Command::EditAt(at + 2));
    window.run_ok();
    window.event(egui::Event::Text("xx".to_owned()));
    window.run_ok();
    press(&mut window, Key::Escape);
    assert!(text(&window).contains("loxxng"), "{}", text(&window));
    press(&mut window, Key::H);
    assert!(window.query_by_label("changed again since").is_some());
}

#[test]
fn safe_fixes_of_the_whole_queue_are_looked_at_and_taken() {
    let desk = Desk::new();
    let first = desk.file("talks.txt", STORY);
    let second = desk.file("rain.txt", "Rain fell on the hills\n\nRain fell , and the rivers rose .\n");
    let mut window = desk.window(&[first, second]);
    window.state_mut().as_mut().unwrap().apply(Command::AcceptSafeEverywhere);
    window.run_ok();
    assert!(window.query_by_label("Safe fixes in 2 articles").is_some());
    click(&mut window, "Take none");
    assert!(window.query_by_label("Accept 0").is_some());
    click(&mut window, "Take all");
    click(&mut window, "Take all of: Envoys agreed to meet");
    click(&mut window, "Take all of: Envoys agreed to meet");
    press(&mut window, Key::Enter);
    assert!(text(&window).contains("a word, and"), "{}", text(&window));
    press(&mut window, Key::N);
    assert_eq!(text(&window), "Rain fell on the hills\n\nRain fell, and the rivers rose.\n");
    press(&mut window, Key::U);
    assert_eq!(text(&window), "Rain fell on the hills\n\nRain fell , and the rivers rose .\n");
    press(&mut window, Key::P);
    assert_eq!(text(&window), STORY, "one undo takes back what was taken together");
}

#[test]
fn what_is_always_left_alone_stays_so_until_it_is_taken_back() {
    let desk = Desk::new();
    let first = desk.file("talks.txt", STORY);
    let second = desk.file("wait.txt", "A long wait\n\nThe guests waited for for the train.\n");
    let mut window = desk.window(&[first, second.clone()]);
    let marks = |window: &Window| article(window).session.findings().iter().filter(|f| f.span.of(&text(window)) == "for for").count();
    assert_eq!(marks(&window), 1);
    press_with(&mut window, Modifiers::SHIFT, Key::X);
    press(&mut window, Key::Num3);
    assert_eq!(marks(&window), 0);
    press(&mut window, Key::N);
    assert_eq!(marks(&window), 0, "in every article");
    let list = std::fs::read_to_string(desk.path("own/words/left_alone.tsv")).unwrap();
    assert!(list.contains(" for for\n"), "{list}");
    drop(window);
    let mut window = desk.window(&[second]);
    assert_eq!(marks(&window), 0, "and the next time");
    press_with(&mut window, Modifiers::SHIFT, Key::R);
    click(&mut window, "Left alone");
    click(&mut window, "Mark again: for for");
    click(&mut window, "Close");
    assert_eq!(marks(&window), 1);
    let log = std::fs::read_to_string(desk.path("own/log.tsv")).unwrap();
    assert!(log.contains("\tAnna\tleft alone\t") && log.contains("\tmarked again\t"), "{log}");
}

#[test]
fn a_rule_is_explained_and_switched() {
    let (desk, mut window) = opened("talks.txt", STORY);
    let rule = article(&window).finding().unwrap().rule.clone();
    let of_rule = |window: &Window| article(window).session.findings().iter().filter(|f| f.rule == rule).count();
    assert!(of_rule(&window) > 0);
    press_with(&mut window, Modifiers::SHIFT, Key::Questionmark);
    for part in ["Why", "Found and mended", "How far its fixes may be trusted", "Where it comes from"] {
        assert!(window.query_by_label(part).is_some(), "{part}");
    }
    click(&mut window, &format!("Run: {rule}"));
    assert_eq!(of_rule(&window), 0);
    click(&mut window, "All rules");
    window.get_by_label("Find a rule").focus();
    window.run_ok();
    window.event(egui::Event::Text(rule.replace('-', " ")));
    window.run_ok();
    assert!(window.query_by_label("switched by you").is_some());
    click(&mut window, &format!("Run: {rule}"));
    click(&mut window, "Close");
    assert!(of_rule(&window) > 0);
    let switches = std::fs::read_to_string(desk.path("own/rules/switches.toml")).unwrap();
    assert!(switches.contains(&format!("id = \"{rule}\"\nenabled = true")), "{switches}");
}

#[test]
fn findings_are_narrowed_by_rule_and_by_trust() {
    let (_desk, mut window) = opened("talks.txt", STORY);
    let all = article(&window).figures.visible.len();
    let rule = article(&window).finding().unwrap().rule.clone();
    press(&mut window, Key::R);
    assert!(article(&window).visible().all(|(_, f)| f.rule == rule));
    assert!(article(&window).figures.visible.len() < all);
    click(&mut window, &format!("Rule alone: {rule}"));
    assert_eq!(article(&window).figures.visible.len(), all);
    let safe = article(&window).visible().filter(|(_, f)| f.safe_fix().is_some()).count();
    click(&mut window, &format!("Safe, {safe}"));
    assert_eq!(article(&window).figures.visible.len(), safe);
    press(&mut window, Key::Num0);
    assert_eq!(article(&window).figures.visible.len(), all);
    click(&mut window, "Full review");
    assert!(article(&window).figures.visible.len() >= all);
    click(&mut window, "Light review");
    assert_eq!(article(&window).figures.visible.len(), all);
}
