//! What became of findings: counted as they are decided, kept beyond the article, shown and forgotten.

use copydesk::gui::Dialog;
use copydesk::gui::command::Command;
use copydesk::gui::statistics::Scope;
use copydesk::review::statistics::Book;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

use super::*;

fn open(window: &mut Window) {
    press_with(window, Modifiers::SHIFT, Key::T);
    assert!(matches!(app(window).view().dialog, Some(Dialog::Statistics(_))));
}

fn book(desk: &Desk) -> Book {
    Book::parse(&std::fs::read_to_string(desk.path("statistics.tsv")).unwrap_or_default())
}

#[test]
fn decisions_are_counted_by_rule_and_outlive_the_article() {
    let (desk, mut window) = opened("talks.txt", STORY);
    open(&mut window);
    assert!(window.query_by_label("Doubled words: 3 shown, 0 accepted, 0 left, 0 undone, accept rate –").is_some());
    press(&mut window, Key::Escape);
    // One accepted, one rejected, one accepted and taken back.
    press(&mut window, Key::A);
    press(&mut window, Key::X);
    press(&mut window, Key::A);
    press(&mut window, Key::U);
    open(&mut window);
    assert!(window.query_by_label("Doubled words: 3 shown, 1 accepted, 1 left, 1 undone, accept rate 50 %").is_some());
    assert!(window.query_by_label_contains("1 word changed  ·  post-edit distance ").is_some());
    press(&mut window, Key::Escape);
    // An edited fix, and a rejection taken back out of order.
    press(&mut window, Key::E);
    window.event(egui::Event::Text("at all".to_owned()));
    window.run_ok();
    click(&mut window, "Take these words");
    press(&mut window, Key::H);
    click(&mut window, "Take back: “the the” left here");
    press(&mut window, Key::Escape);
    open(&mut window);
    assert!(window.query_by_label("Doubled words: 3 shown, 2 accepted, 0 left, 2 undone, accept rate 100 %").is_some());
    press(&mut window, Key::Escape);
    press(&mut window, Key::S);
    let kept = book(&desk);
    let counts = kept.articles.values().next().unwrap().rules["doubled-words"];
    assert_eq!((counts.shown, counts.first, counts.edited, counts.here, counts.undone), (3, 1, 1, 0, 2));
    let file = std::fs::read_to_string(desk.path("statistics.tsv")).unwrap();
    assert!(!file.contains("talks"), "no name of an article: {file}");
    // The session is forgotten; its counts are not.
    window.state_mut().as_mut().unwrap().apply(Command::ForgetNow);
    drop(window);
    let other = desk.file("rain.txt", "Rain fell on the hills\n\nRain fell fell , and the rivers rose.\n");
    let mut window = desk.window(&[other]);
    open(&mut window);
    assert!(window.query_by_label_contains("Doubled words: 1 shown, 0 accepted").is_some());
    click(&mut window, "All articles");
    assert!(window.query_by_label("Doubled words: 3 shown, 2 accepted, 0 left, 2 undone, accept rate 100 %").is_some());
    assert!(window.query_by_label_contains("1 article  ·  ").is_some());
    assert!(window.query_by_label_contains("nothing is sent anywhere").is_some());
}

#[test]
fn an_article_is_counted_once_however_often_it_is_saved_and_opened() {
    let (desk, mut window) = opened("talks.txt", STORY);
    let path = desk.path("talks.txt");
    for _ in 0..2 {
        press(&mut window, Key::A);
        press(&mut window, Key::S);
    }
    press_with(&mut window, Modifiers::COMMAND, Key::W);
    drop(window);
    let mut window = desk.window(std::slice::from_ref(&path));
    press(&mut window, Key::A);
    press_with(&mut window, Modifiers::COMMAND, Key::W);
    click(&mut window, "Close without saving");
    let book = book(&desk);
    assert_eq!(book.articles.len(), 1);
    assert_eq!(book.total().rules["doubled-words"].first, 3);
    assert!(book.stale > 0);
}

#[test]
fn the_table_is_sorted_leads_to_the_switch_and_is_exported() {
    let (desk, mut window) = opened("talks.txt", STORY);
    press(&mut window, Key::A);
    press(&mut window, Key::X);
    press(&mut window, Key::X);
    press(&mut window, Key::A);
    open(&mut window);
    let order = |window: &Window| -> Vec<String> {
        window.query_all_by_label_contains(" shown, ").filter_map(|n| n.accesskit_node().label()).collect()
    };
    assert!(order(&window)[0].starts_with("Doubled words"), "the noisiest rule first");
    click(&mut window, "Sort by rule");
    assert!(order(&window).is_sorted());
    let file = desk.path("table.csv");
    window.state_mut().as_mut().unwrap().apply(Command::ExportStatistics(Scope::This, file.clone()));
    window.run_ok();
    let csv = std::fs::read_to_string(file).unwrap();
    assert!(csv.contains("\r\ndoubled-words,3,1,0,0,2,0,0,0,0.333\r\n"), "{csv}");
    window.get_by_label_contains("Doubled words: ").click();
    window.run_ok();
    assert!(window.query_by_label("Run: doubled-words").is_some(), "the switch of the rule");
}

#[test]
fn statistics_are_forgotten_for_good() {
    let (desk, mut window) = opened("talks.txt", STORY);
    let path = desk.path("talks.txt");
    press(&mut window, Key::A);
    press(&mut window, Key::S);
    assert_eq!(book(&desk).articles.len(), 1);
    open(&mut window);
    click(&mut window, "Forget statistics…");
    click(&mut window, "Keep them");
    assert_eq!(book(&desk).articles.len(), 1);
    click(&mut window, "Forget statistics…");
    click(&mut window, "Forget them");
    assert!(book(&desk).articles.is_empty() && book(&desk).since.is_some());
    press(&mut window, Key::Escape);
    // The session comes back with its decisions; those before are not counted again.
    press_with(&mut window, Modifiers::COMMAND, Key::W);
    drop(window);
    let mut window = desk.window(std::slice::from_ref(&path));
    assert!(text(&window).contains("waited for an answer"));
    press(&mut window, Key::X);
    press(&mut window, Key::S);
    press_with(&mut window, Modifiers::COMMAND, Key::W);
    let total = book(&desk).total();
    assert_eq!((total.rules["doubled-words"].first, total.rules["doubled-words"].here), (0, 1));
}
