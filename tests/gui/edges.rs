//! The corners of the window: no article, a dialog over a field, names that are taken, work that is not saved.

use copydesk::gui::{Mode, Pane};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use proptest::prelude::*;

use super::{Desk, STORY, app, article, click, opened, press, press_with, text};

const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

#[test]
fn without_an_article_no_key_leads_astray() {
    let (_desk, mut window) = opened("talks.txt", STORY);
    press(&mut window, Key::D);
    press_with(&mut window, Modifiers::COMMAND, Key::W);
    assert!(app(&window).article().is_none());
    assert_eq!(app(&window).view().pane, Pane::Article, "there is nothing to compare");
    for key in [Key::D, Key::H, Key::X, Key::E, Key::L, Key::V, Key::A, Key::Enter, Key::C, Key::T, Key::S, Key::B] {
        press(&mut window, key);
        press_with(&mut window, Modifiers::SHIFT, key);
        press_with(&mut window, Modifiers::COMMAND, key);
        while app(&window).view().dialog.is_some() {
            let before = app(&window).view().dialog.clone();
            press(&mut window, Key::Escape);
            assert_ne!(app(&window).view().dialog, before, "{key:?} opens what Esc can’t close");
        }
        assert_eq!((app(&window).view().pane, app(&window).view().mode), (Pane::Article, Mode::Reviewing), "{key:?}");
    }
    press_with(&mut window, CTRL_SHIFT, Key::P);
    assert!(app(&window).view().dialog.is_some(), "keys are still heard");
}

#[test]
fn the_field_has_the_keyboard_again_after_a_dialog() {
    let (_desk, mut window) = opened("talks.txt", STORY);
    press(&mut window, Key::Enter);
    for _ in 0..7 {
        press_with(&mut window, Modifiers::SHIFT, Key::ArrowRight);
    }
    window.get_by_role(Role::MultilineTextInput).type_text("on");
    window.run_ok();
    press_with(&mut window, CTRL_SHIFT, Key::P);
    press(&mut window, Key::Escape);
    window.run_ok();
    assert_eq!(app(&window).view().mode, Mode::Editing);
    assert!(window.get_by_role(Role::MultilineTextInput).accesskit_node().is_focused());
    window.event(eframe::egui::Event::Text("ly".to_owned()));
    window.run_ok();
    assert!(text(&window).contains("waited only an answer"), "{}", text(&window));
}

#[test]
fn a_line_that_a_command_opens_has_the_keyboard() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", STORY);
    for first in [Key::Enter, Key::J] {
        let mut window = desk.window(std::slice::from_ref(&path));
        press(&mut window, first);
        press_with(&mut window, CTRL_SHIFT, Key::P);
        window.get_by_label("Find a command").type_text("Find…");
        window.run_ok();
        press(&mut window, Key::Enter);
        window.run_ok();
        assert!(window.get_by_label("Find").accesskit_node().is_focused());
    }
}

#[test]
fn a_word_is_deleted_while_editing() {
    let (_desk, mut window) = opened("talks.txt", STORY);
    press(&mut window, Key::Enter);
    for _ in 0..7 {
        press_with(&mut window, Modifiers::SHIFT, Key::ArrowRight);
    }
    window.get_by_role(Role::MultilineTextInput).type_text("long hours");
    window.run_ok();
    press_with(&mut window, Modifiers::COMMAND | Modifiers::CTRL, Key::Backspace);
    assert!(text(&window).contains("waited long  an answer") || text(&window).contains("waited long an answer"), "{}", text(&window));
    assert_eq!(article(&window).figures.rejected, 0);
}

#[test]
fn words_are_looked_for_in_the_article_from_the_comparison_too() {
    let (_desk, mut window) = opened("talks.txt", STORY);
    press(&mut window, Key::D);
    press_with(&mut window, Modifiers::COMMAND, Key::F);
    assert_eq!(app(&window).view().pane, Pane::Article);
    assert!(window.get_by_label("Find").accesskit_node().is_focused());
}

#[test]
fn no_other_file_is_written_over_unasked() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", STORY);
    let other = desk.file("other.txt", "Not to be lost");
    let mut window = desk.window(&[path]);
    press(&mut window, Key::A);
    let command = copydesk::gui::command::Command::TakePath(copydesk::gui::Purpose::SaveAs, other.clone());
    window.state_mut().as_mut().unwrap().apply(command);
    window.run_ok();
    assert_eq!(std::fs::read_to_string(&other).unwrap(), "Not to be lost");
    press(&mut window, Key::Escape);
    assert!(app(&window).view().dialog.is_none());
    let command = copydesk::gui::command::Command::TakePath(copydesk::gui::Purpose::SaveAs, other.clone());
    window.state_mut().as_mut().unwrap().apply(command);
    window.run_ok();
    click(&mut window, "Replace it");
    assert!(std::fs::read_to_string(&other).unwrap().contains("waited for an answer"));
}

#[test]
fn saving_before_closing_saves_the_article_that_lacks_it() {
    let desk = Desk::new();
    let (first, second) = (desk.file("a.txt", STORY), desk.file("b.txt", STORY));
    let mut window = desk.window(&[first.clone(), second.clone()]);
    press(&mut window, Key::A);
    press(&mut window, Key::N);
    press_with(&mut window, Modifiers::COMMAND, Key::Q);
    click(&mut window, "Save and quit");
    assert!(std::fs::read_to_string(&first).unwrap().contains("waited for an answer"));
    assert_eq!(std::fs::read_to_string(&second).unwrap(), STORY);
    assert!(app(&window).view().closing);
}

#[test]
fn enter_saves_and_closes() {
    let (desk, mut window) = opened("talks.txt", STORY);
    let path = desk.path("talks.txt");
    press(&mut window, Key::A);
    press_with(&mut window, Modifiers::COMMAND, Key::W);
    press(&mut window, Key::Enter);
    assert!(std::fs::read_to_string(&path).unwrap().contains("waited for an answer"));
    assert!(app(&window).article().is_none());
}

#[test]
fn a_fault_is_closed_by_key() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", STORY);
    let mut window = desk.window(&[path, desk.path("missing.txt")]);
    assert_eq!(app(&window).view().notices.len(), 1);
    press(&mut window, Key::Escape);
    assert!(app(&window).view().notices.is_empty());
}

#[test]
fn an_article_that_another_window_has_is_named() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", STORY);
    let _first = desk.window(std::slice::from_ref(&path));
    let second = desk.window(&[path]);
    let said: Vec<&str> = app(&second).view().notices.iter().map(|n| n.text.as_str()).collect();
    assert_eq!(said, ["talks.txt is open in another window; close it there first"]);
}

#[test]
fn in_a_narrow_window_a_notice_leaves_the_card_free() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", STORY);
    let window = desk.sized(&[path, desk.path("missing.txt")], 900.0, 700.0);
    let notice = window.get_by_label("Close this notice").rect();
    let accept = window.get_by_label("Accept").rect();
    assert!(!notice.intersects(accept), "{notice} over {accept}");
}

#[test]
fn the_lower_line_does_not_overlap_itself_where_it_is_narrow() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", STORY);
    let mut window = desk.sized(&[path], 600.0, 500.0);
    press(&mut window, Key::A);
    let left = window.get_by_label_contains("not in the file").rect();
    for name in ["F1 keys", "100 %"] {
        if let Some(right) = window.query_by_label(name) {
            assert!(left.right() <= right.rect().left(), "{name}");
        }
    }
}

#[test]
fn an_insertion_is_not_made_twice_while_the_next_check_waits() {
    let desk = Desk::new();
    let story = format!("{}{}", "Envoys met [in Oslo on Tuesday,the host said.\n\n", STORY.repeat(1500));
    let path = desk.file("talks.txt", &story);
    let mut window = desk.checking(&[path], 1280.0, 800.0, copydesk::gui::Checking::Stepped);
    while window.state_mut().as_mut().unwrap().work_one() {}
    window.run_ok();
    let finding = article(&window).finding().unwrap().clone();
    assert!(finding.fixes[0].edits.iter().all(|e| e.from.is_empty()), "{finding:?}");
    press(&mut window, Key::A);
    let once = text(&window);
    assert_ne!(article(&window).finding().map(|f| f.rule.clone()), Some(finding.rule), "what was taken is not looked at any more");
    press_with(&mut window, Modifiers::NONE, Key::U);
    assert_eq!(text(&window), story);
    assert_ne!(once, story);
}

#[test]
fn a_finding_is_not_taken_twice_while_the_next_check_waits() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", &STORY.repeat(1500));
    let mut window = desk.checking(&[path], 1280.0, 800.0, copydesk::gui::Checking::Stepped);
    while window.state_mut().as_mut().unwrap().work_one() {}
    window.run_ok();
    let before = article(&window).finding().unwrap().span;
    press(&mut window, Key::A);
    assert_ne!(article(&window).finding().map(|f| f.span), Some(before), "what was taken is not looked at any more");
    press(&mut window, Key::A);
    press(&mut window, Key::A);
    while window.state_mut().as_mut().unwrap().work_one() {}
    window.run_ok();
    let now = text(&window);
    assert!(now.len() < STORY.len() * 1500 && now.contains("waited for an answer"), "{}", now.get(..300).unwrap());
}

#[test]
fn an_article_stays_when_its_file_is_gone() {
    let (desk, mut window) = opened("talks.txt", STORY);
    let path = desk.path("talks.txt");
    press(&mut window, Key::A);
    std::fs::remove_file(&path).unwrap();
    window.state_mut().as_mut().unwrap().apply(copydesk::gui::command::Command::Reload);
    window.run_ok();
    assert!(text(&window).contains("waited for an answer"), "the article and its decisions are still there");
    assert_eq!(app(&window).view().notices.len(), 1);
}

/// A key that an editor may hit, with what is held.
fn any_key() -> impl Strategy<Value = (Modifiers, Key)> {
    // Not the keys that end the program or ask the system for a file.
    let keys = Key::ALL.iter().copied().filter(|k| !matches!(k, Key::Q)).collect::<Vec<_>>();
    let held = vec![
        Modifiers::NONE,
        Modifiers::NONE,
        Modifiers::NONE,
        Modifiers::SHIFT,
        Modifiers::COMMAND | Modifiers::CTRL,
        CTRL_SHIFT | Modifiers::CTRL,
        Modifiers::ALT,
    ];
    (proptest::sample::select(held), proptest::sample::select(keys)).prop_filter("asks the system", |(held, key)| {
        let asks = matches!(key, Key::O | Key::E | Key::S | Key::V | Key::C | Key::X) && (held.command || held.alt);
        let source = *key == Key::B && *held == Modifiers::NONE;
        !asks && !source
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_keys_are_hit_esc_leads_back(keys in proptest::collection::vec(any_key(), 1..40)) {
        let desk = Desk::new();
        let files = [desk.file("a.txt", STORY), desk.file("b.txt", "One word .\n"), desk.file("c.txt", "")];
        let mut window = desk.window(&files);
        for (held, key) in keys {
            window.key_press_modifiers(held, key);
            if held == Modifiers::NONE && key.name().len() == 1 {
                window.event(eframe::egui::Event::Text(key.name().to_lowercase()));
            }
            window.run_ok();
        }
        for _ in 0..8 {
            press(&mut window, Key::Escape);
        }
        let view = app(&window).view();
        prop_assert!(view.dialog.is_none(), "{:?}", view.dialog);
        prop_assert_eq!(view.mode, Mode::Reviewing);
        prop_assert_eq!(view.pane, Pane::Article);
        prop_assert!(view.suggestion.is_none());
        press_with(&mut window, CTRL_SHIFT, Key::P);
        prop_assert!(app(&window).view().dialog.is_some(), "keys are heard");
    }
}
