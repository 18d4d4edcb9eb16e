//! The comparison: its three styles, its changes by key and by name, the source text in it, and long articles.

use copydesk::gui::command::{Command, SPECS, When, heard};
use copydesk::gui::{Mode, Pane, Style};
use eframe::egui::accesskit::Live;
use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

use super::*;

/// A window that compares, with four accepted fixes.
fn comparing(desk: &Desk) -> Window {
    let path = desk.file("talks.txt", STORY);
    let mut window = desk.window(&[path]);
    for _ in 0..4 {
        press(&mut window, Key::A);
    }
    press(&mut window, Key::D);
    assert_eq!(app(&window).view().pane, Pane::Compare);
    // Back to the first change, whichever was nearest.
    while app(&window).view().compare.hunk != 0 {
        press(&mut window, Key::K);
    }
    window
}

fn hold(window: &mut Window, key: Key, pressed: bool) {
    window.event(Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: Modifiers::NONE });
    window.run_ok();
}

#[test]
fn changes_are_gone_through_and_reverted_by_keys() {
    let desk = Desk::new();
    let mut window = comparing(&desk);
    let first = window.get_by_label_contains("Change 1 of 4: took out “for”");
    assert_eq!(first.accesskit_node().live(), Live::Polite, "the change is announced");
    press(&mut window, Key::J);
    assert!(window.query_by_label_contains("Change 2 of 4: took out “the”").is_some());
    press(&mut window, Key::X);
    assert!(text(&window).contains("Tuesday, the the host"), "{}", text(&window));
    assert!(window.query_by_label_contains("Change 2 of 3: took out “without”").is_some(), "the next change is looked at");
    press(&mut window, Key::K);
    assert!(window.query_by_label_contains("Change 1 of 3: took out “for”").is_some());
    press(&mut window, Key::K);
    assert!(window.query_by_label_contains("Change 3 of 3: space taken out").is_some(), "before the first stands the last");
    press(&mut window, Key::U);
    assert!(text(&window).contains("Tuesday, the host"), "undo is heard here too");
    // By name.
    click(&mut window, "Next change");
    click(&mut window, "Previous change");
    click(&mut window, "Revert change");
    assert_eq!(article(&window).figures.hunks.len(), 3);
    click(&mut window, "Change 1: took out “for”");
    assert_eq!(app(&window).view().compare.hunk, 0);
    window.check_accessibility();
}

#[test]
fn keys_that_decide_on_findings_are_silent_while_comparing() {
    let (_desk, mut window) = opened("talks.txt", STORY);
    press(&mut window, Key::A);
    press(&mut window, Key::D);
    let before = text(&window);
    let open = open_findings(&window);
    for key in [Key::A, Key::Num2, Key::E, Key::R, Key::T] {
        press(&mut window, key);
    }
    assert_eq!((text(&window), open_findings(&window)), (before, open));
    assert_eq!(app(&window).view().pane, Pane::Compare);
    // Writing begins at the change that is looked at.
    press(&mut window, Key::Enter);
    assert_eq!((app(&window).view().pane, app(&window).view().mode), (Pane::Article, Mode::Editing));
    window.event(Event::Text("very ".to_owned()));
    window.run_ok();
    assert!(text(&window).contains("waited forvery  an answer"), "{}", text(&window));
}

#[test]
fn the_reading_view_shows_the_text_now_and_nothing_else() {
    let desk = Desk::new();
    let mut window = comparing(&desk);
    let line = "The envoys waited for an answer in Oslo on Tuesday, the host said.";
    assert_eq!(window.query_all_by_label(line).count(), 1, "side by side the text now stands once");
    press(&mut window, Key::V);
    assert_eq!(app(&window).view().style, Style::Redline);
    assert!(window.query_by_label("The envoys waited for for an answer in Oslo on Tuesday, the the host said.").is_some());
    press(&mut window, Key::V);
    assert_eq!(app(&window).view().style, Style::Reading);
    assert!(window.query_by_label(line).is_some());
    assert_eq!(window.query_all_by_label_contains("Revert").count(), 0, "nothing is marked");
    // Changes are not reverted unseen.
    press(&mut window, Key::X);
    assert!(text(&window).contains(line));
    press(&mut window, Key::V);
    assert_eq!(app(&window).view().style, Style::SideBySide);
    click(&mut window, "Reading");
    assert_eq!(app(&window).view().style, Style::Reading);
}

#[test]
fn the_original_is_one_key_away_in_every_style() {
    let desk = Desk::new();
    let mut window = comparing(&desk);
    let original = "The envoys waited for for an answer in Oslo on Tuesday, the the host said.";
    for style in [Style::SideBySide, Style::Redline, Style::Reading] {
        assert_eq!(app(&window).view().style, style);
        let rect = |window: &Window| window.get_all_by_label_contains("left without").last().unwrap().rect().top();
        let before = rect(&window);
        hold(&mut window, Key::O, true);
        assert!(window.query_by_label_contains("The original").is_some(), "{style:?}");
        assert!(window.query_all_by_label(original).count() >= if style == Style::SideBySide { 2 } else { 1 }, "{style:?}");
        assert!(window.query_by_label("The envoys waited for an answer in Oslo on Tuesday, the host said.").is_none());
        assert!((rect(&window) - before).abs() < 1.0, "{style:?}: nothing moves");
        hold(&mut window, Key::O, false);
        assert!(window.query_by_label_contains("The original").is_none());
        press(&mut window, Key::V);
    }
}

#[test]
fn the_source_is_a_column_of_its_own_with_aligned_paragraphs() {
    const SOURCE: [&str; 3] =
        ["اتفاق المبعوثين", "انتظر المبعوثون رداً في أوسلو يوم الثلاثاء، بحسب المضيف.", "وغادروا من دون كلمة، وانتهت المحادثات."];
    for (width, columns) in [(1920.0, 3), (1280.0, 3), (900.0, 2)] {
        let desk = Desk::new();
        let path = desk.file("talks.txt", STORY);
        desk.file("talks.ar.txt", &SOURCE.join("\n\n"));
        let mut window = desk.sized(&[path], width, 800.0);
        press(&mut window, Key::A);
        press(&mut window, Key::D);
        for (source, words) in SOURCE.iter().zip(["Envoys agreed", "The envoys waited", "They left"]) {
            let there = window.get_by_label(source).rect();
            let cells: Vec<egui::Rect> = window.query_all_by_label_contains(words).map(|n| n.rect()).collect();
            let cells: Vec<&egui::Rect> = cells.iter().filter(|r| r.left() > 200.0 && r.width() > 120.0).collect();
            assert_eq!(cells.len(), columns - 1, "{width}");
            assert!(cells.iter().all(|c| (c.top() - there.top()).abs() < 1.0 && c.left() > there.right()), "{width}: {there:?} {cells:?}");
        }
        press(&mut window, Key::B);
        assert!(window.query_by_label(SOURCE[0]).is_none(), "folded away");
    }
}

#[test]
fn a_megabyte_lays_out_what_is_in_view_alone() {
    let desk = Desk::new();
    let paragraph = "They had an answer from the port in the north of the country on Tuesday. ".repeat(12) + "\n\n";
    let story = format!("They waited for for an answer.\n\n{}They left without without a word.\n", paragraph.repeat(1_200));
    let path = desk.file("long.txt", &story);
    let mut window = desk.window(&[path]);
    press(&mut window, Key::A);
    press(&mut window, Key::A);
    press(&mut window, Key::D);
    press(&mut window, Key::J);
    let in_view = |window: &Window| app(window).view().compare.rows_shown();
    assert!(window.query_by_label_contains("They waited for for").is_some());
    let (shown, all) = in_view(&window);
    assert!(shown < 20 && all > 1_200, "{shown} of {all}");
    press(&mut window, Key::J);
    assert!(window.query_by_label("They left without without a word.").is_some(), "the last change is in view");
    assert!(in_view(&window).0 < 20);
    press(&mut window, Key::K);
    assert!(window.query_by_label_contains("They waited for for").is_some());
    press(&mut window, Key::PageDown);
    assert!(window.query_by_label_contains("They waited for for").is_none(), "a page is turned");
    press(&mut window, Key::PageUp);
    assert!(window.query_by_label_contains("They waited for for").is_some());
    for _ in 0..2 {
        press(&mut window, Key::V);
        assert!(in_view(&window).0 < 20);
    }
}

#[test]
fn every_key_of_the_comparison_has_one_meaning() {
    let mut seen: Vec<(String, &Command)> = Vec::new();
    for spec in SPECS {
        for key in spec.keys.iter().filter(|k| k.when == When::Comparing) {
            assert!(!seen.iter().any(|(k, _)| *k == key.label()), "{} is taken twice", key.label());
            assert_eq!(heard(key.modifiers, key.key, When::Comparing).as_ref(), Some(&spec.command));
            seen.push((key.label(), &spec.command));
        }
    }
    assert_eq!(heard(Modifiers::NONE, Key::U, When::Comparing), Some(Command::Undo));
    assert_eq!(heard(Modifiers::NONE, Key::A, When::Comparing), None);
    assert_eq!(heard(Modifiers::NONE, Key::J, When::Reviewing), Some(Command::Next));
}
