//! Finding and replacing, in both modes.

use copydesk::gui::Mode;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::*;

const PORT: &str = "The port of Lund\n\nThe port said “the port is full” on Monday. The ports of Lund wait.\n\nA port, Lund, 12 ships.\n";

fn open(window: &mut Window, key: Key) {
    press_with(window, Modifiers::COMMAND, key);
}

fn write(window: &mut Window, field: &str, words: &str) {
    window.get_by_label(field).focus();
    window.run_ok();
    press_with(window, Modifiers::COMMAND, Key::A);
    window.event(egui::Event::Text(words.to_owned()));
    window.run_ok();
}

fn counts(window: &Window, words: &str) {
    assert!(window.query_by_label(words).is_some(), "{words}: {:?}", app(window).view().search.current);
}

/// The words of the place looked at and where they stand.
fn place(window: &Window) -> (String, usize) {
    let span = app(window).view().search.place().unwrap();
    (span.of(&text(window)).to_owned(), span.start)
}

#[test]
fn places_are_found_without_leaving_the_review() {
    let (_desk, mut window) = opened("port.txt", PORT);
    open(&mut window, Key::F);
    write(&mut window, "Find", "THE PORT");
    counts(&window, "1 of 4");
    assert_eq!(app(&window).view().mode, Mode::Reviewing);
    press(&mut window, Key::Enter);
    counts(&window, "2 of 4");
    press_with(&mut window, Modifiers::SHIFT, Key::Enter);
    press_with(&mut window, Modifiers::SHIFT, Key::Enter);
    counts(&window, "4 of 4");
    press(&mut window, Key::F3);
    counts(&window, "1 of 4");
    click(&mut window, "Whole words");
    counts(&window, "1 of 3");
    click(&mut window, "Exact case");
    write(&mut window, "Find", "the port");
    counts(&window, "1 of 1");
    write(&mut window, "Find", "the harbour");
    counts(&window, "nothing");
    press(&mut window, Key::Enter);
    press(&mut window, Key::Escape);
    assert!(window.query_by_label("Find").is_none());
    // The key goes on with what was looked for last.
    press(&mut window, Key::F3);
    counts(&window, "nothing");
    write(&mut window, "Find", "Lund");
    counts(&window, "1 of 3");
    let first = place(&window);
    press(&mut window, Key::Enter);
    assert!(place(&window).1 > first.1);
    // Who begins to write begins at what was found.
    window.get_by_label("Find").focus();
    press(&mut window, Key::Escape);
    assert_eq!(app(&window).view().mode, Mode::Reviewing);
}

#[test]
fn what_was_found_is_written_over() {
    let (_desk, mut window) = opened("port.txt", PORT);
    press(&mut window, Key::Enter);
    open(&mut window, Key::F);
    write(&mut window, "Find", "ships");
    press(&mut window, Key::Escape);
    assert_eq!(app(&window).view().mode, Mode::Editing);
    assert_eq!(app(&window).view().editor.selected.of(&text(&window)), "ships");
    window.event(egui::Event::Text("boats".to_owned()));
    window.run_ok();
    assert!(text(&window).ends_with("12 boats.\n"), "{}", text(&window));
    // From the caret on, by the keys in the text.
    open(&mut window, Key::F);
    write(&mut window, "Find", "Lund");
    press(&mut window, Key::Escape);
    press_with(&mut window, Modifiers::COMMAND, Key::Home);
    press(&mut window, Key::F3);
    counts(&window, "1 of 3");
    press(&mut window, Key::F3);
    counts(&window, "2 of 3");
    press_with(&mut window, Modifiers::SHIFT, Key::F3);
    counts(&window, "1 of 3");
}

#[test]
fn a_pattern_finds_and_its_groups_stand_in_the_replacement() {
    let (_desk, mut window) = opened("port.txt", PORT);
    open(&mut window, Key::H);
    click(&mut window, "Regex");
    write(&mut window, "Find", r"(\w+) of (Lund)$");
    counts(&window, "1 of 1");
    write(&mut window, "Find", r"(\w+) of (Lund)");
    counts(&window, "1 of 2");
    write(&mut window, "Replace by", "$2’s $1");
    assert!(window.query_by_label("Replace all 2").is_some());
    press(&mut window, Key::Enter);
    assert!(text(&window).starts_with("The Lund’s port\n"), "{}", text(&window));
    counts(&window, "1 of 1");
    assert_eq!(place(&window).0, "ports of Lund", "and goes on");
    press_with(&mut window, Modifiers::ALT, Key::Enter);
    assert!(text(&window).contains("The Lund’s ports wait"), "{}", text(&window));
    // Each place is a step of undo.
    click(&mut window, "Edit");
    click(&mut window, "Undo");
    assert!(text(&window).contains("The ports of Lund wait") && text(&window).contains("Lund’s port\n"));
    click(&mut window, "Edit");
    click(&mut window, "Undo");
    assert_eq!(text(&window), PORT);
}

#[test]
fn a_faulty_pattern_is_said_and_nothing_is_replaced() {
    let (_desk, mut window) = opened("port.txt", PORT);
    open(&mut window, Key::H);
    click(&mut window, "Regex");
    for (pattern, fault) in [("(a", "A bracket ( is never closed"), ("*", "Nothing stands before"), (r"\w{900}{900}", "too large")] {
        write(&mut window, "Find", pattern);
        assert!(window.query_by_label_contains(fault).is_some(), "{pattern}");
        press_with(&mut window, Modifiers::COMMAND | Modifiers::ALT, Key::Enter);
        press(&mut window, Key::F3);
    }
    write(&mut window, "Find", "(port)");
    write(&mut window, "Replace by", "$4");
    assert!(window.query_by_label_contains("no group 4").is_some());
    press(&mut window, Key::Enter);
    press_with(&mut window, Modifiers::COMMAND | Modifiers::ALT, Key::Enter);
    assert_eq!(text(&window), PORT);
    // A place between two letters is a place.
    write(&mut window, "Find", "^(?=)?");
    write(&mut window, "Find", "^");
    write(&mut window, "Replace by", "> ");
    press(&mut window, Key::Enter);
    press(&mut window, Key::Enter);
    assert!(text(&window).starts_with("> The port of Lund\n> \nThe port"), "{}", text(&window));
}

#[test]
fn all_places_are_replaced_as_one_step_and_those_in_quotations_are_counted() {
    let (_desk, mut window) = opened("port.txt", PORT);
    open(&mut window, Key::H);
    write(&mut window, "Find", "the port");
    write(&mut window, "Replace by", "the harbour");
    assert!(window.query_by_label_contains("1 is inside a quotation").is_some());
    assert!(window.query_by_label("Replace all 4").is_some());
    click(&mut window, "Leave these");
    click(&mut window, "Replace all 3");
    assert!(text(&window).contains("“the port is full”"), "{}", text(&window));
    assert_eq!(text(&window).matches("the harbour").count(), 3);
    click(&mut window, "Leave these");
    press_with(&mut window, Modifiers::COMMAND | Modifiers::ALT, Key::Enter);
    assert_eq!(text(&window).matches("the harbour").count(), 4);
    window.get_by_label("Find").focus();
    press(&mut window, Key::Escape);
    press(&mut window, Key::U);
    assert_eq!(text(&window).matches("the harbour").count(), 3, "one undo takes them all back");
    press(&mut window, Key::U);
    assert_eq!(text(&window), PORT);
}

#[test]
fn earlier_queries_come_back_by_the_arrows() {
    let (_desk, mut window) = opened("port.txt", PORT);
    open(&mut window, Key::F);
    for words in ["port", "Lund", "ships"] {
        write(&mut window, "Find", words);
        press(&mut window, Key::Enter);
    }
    let shown = |window: &Window| window.get_by_label("Find").value().unwrap_or_default();
    press(&mut window, Key::ArrowUp);
    assert_eq!(shown(&window), "Lund");
    counts(&window, "1 of 3");
    press(&mut window, Key::ArrowUp);
    assert_eq!(shown(&window), "port");
    press(&mut window, Key::ArrowUp);
    assert_eq!(shown(&window), "port", "there is no earlier one");
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::ArrowDown);
    assert_eq!(shown(&window), "ships");
    press(&mut window, Key::ArrowDown);
    assert_eq!(shown(&window), "");
}
