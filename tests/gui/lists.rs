//! Decisions, notices, and the small lists: what is taken back, what is said of it, and that arrows and Enter do.

use copydesk::gui::Dialog;
use eframe::egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT, Queryable};

use super::*;

fn notices(window: &Window) -> Vec<String> {
    app(window).view().notices.iter().map(|n| n.text.clone()).collect()
}

/// The story with three fixes taken.
fn decided(desk: &Desk) -> Window {
    let path = desk.file("talks.txt", STORY);
    let mut window = desk.window(&[path]);
    for _ in 0..3 {
        press(&mut window, Key::A);
    }
    window
}

/// Clicks the last thing whose name holds these words.
fn click_last(window: &mut Window, name: &str) {
    window.get_all_by_label_contains(name).last().unwrap().click();
    window.run_ok();
}

#[test]
fn a_row_stays_put_when_its_decision_is_taken_back() {
    let desk = Desk::new();
    let mut window = decided(&desk);
    press(&mut window, Key::H);
    let top = window.get_all_by_label_contains("Take back:").last().unwrap().rect();
    click_last(&mut window, "Take back:");
    assert!(text(&window).contains("for for an answer"));
    assert_eq!(window.get_all_by_label_contains("Take back:").count(), 2);
    let again = window.get_by_label_contains("Do it again:").rect();
    assert!((again.center().y - top.center().y).abs() < 0.5, "{again} {top}");
    // What was taken back is done again where it stood, and taken back once more.
    click_last(&mut window, "Do it again:");
    assert!(text(&window).contains("waited for an answer"), "{}", text(&window));
    assert_eq!(window.get_all_by_label_contains("Take back:").count(), 3);
    click_last(&mut window, "Take back:");
    assert!(text(&window).contains("for for an answer"));
    // As steps of undo, like every other.
    press(&mut window, Key::Escape);
    press(&mut window, Key::U);
    assert!(text(&window).contains("waited for an answer"));
    press(&mut window, Key::U);
    press(&mut window, Key::U);
    assert_eq!(article(&window).figures.accepted, 3);
}

#[test]
fn a_double_click_takes_back_one_decision() {
    let desk = Desk::new();
    let mut window = decided(&desk);
    press(&mut window, Key::H);
    let at = window.get_all_by_label_contains("Take back:").next().unwrap().rect().center();
    for _ in 0..2 {
        window.input_mut().events.push(egui::Event::PointerMoved(at));
        for pressed in [true, false] {
            let button = egui::PointerButton::Primary;
            window.input_mut().events.push(egui::Event::PointerButton { pos: at, button, pressed, modifiers: Modifiers::NONE });
        }
        window.step();
    }
    window.run_ok();
    assert_eq!(article(&window).figures.accepted, 2);
    assert_eq!(window.get_all_by_label_contains("Do it again:").count(), 1);
}

#[test]
fn decisions_are_walked_found_and_gone_to_by_keys() {
    let desk = Desk::new();
    let mut window = decided(&desk);
    press(&mut window, Key::X);
    press(&mut window, Key::H);
    let chosen = |window: &Window| {
        let rows = window.get_all_by_role(Role::Button).filter(egui_kittest::Node::is_focused);
        rows.map(|n| n.accesskit_node().label().unwrap_or_default()).collect::<Vec<_>>().join("|")
    };
    assert!(chosen(&window).contains("left here"), "the newest first: {}", chosen(&window));
    press(&mut window, Key::ArrowDown);
    assert!(chosen(&window).contains("They left without without a word"), "with words round them: {}", chosen(&window));
    assert!(chosen(&window).contains("doubled words"), "by which rule: {}", chosen(&window));
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Space);
    assert!(text(&window).contains("the the host"), "{}", text(&window));
    assert!(chosen(&window).contains("taken back"), "the row keeps the keyboard: {}", chosen(&window));
    press(&mut window, Key::Space);
    assert!(text(&window).contains("Tuesday, the host"));
    // Words find rows.
    press_with(&mut window, Modifiers::COMMAND, Key::F);
    window.get_by_label("Find in decisions").type_text("words answer");
    window.run_ok();
    assert_eq!(window.query_all_by_label_contains("Take back:").count(), 0);
    for _ in 0.."words answer".len() {
        press(&mut window, Key::Backspace);
    }
    window.get_by_label("Find in decisions").type_text("for");
    window.run_ok();
    let before = text(&window);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Enter);
    assert!(app(&window).view().dialog.is_none());
    assert_eq!(text(&window), before);
    let spot = article(&window).spot().expect("the place is marked");
    assert!(text(&window).get(..spot.start).is_some_and(|t| t.ends_with("for")), "{spot:?}");
    press(&mut window, Key::J);
    assert!(article(&window).spot().is_none());
}

#[test]
fn all_decisions_of_a_rule_are_taken_back_as_one_step() {
    let desk = Desk::new();
    let mut window = decided(&desk);
    press(&mut window, Key::A);
    press(&mut window, Key::H);
    press(&mut window, Key::ArrowDown);
    click(&mut window, "Take back all 3 of Doubled words");
    assert_eq!(text(&window), STORY.replace("word ,", "word,"));
    click(&mut window, "Close");
    press(&mut window, Key::U);
    assert_eq!(article(&window).figures.accepted, 4);
}

#[test]
fn a_rejection_is_taken_back_and_done_again() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", STORY);
    let mut window = desk.window(&[path]);
    let all = open_findings(&window);
    press(&mut window, Key::X);
    press(&mut window, Key::H);
    for open in [all, all - 1, all, all - 1] {
        press(&mut window, Key::Space);
        assert_eq!(open_findings(&window), open);
    }
}

#[test]
fn undo_takes_back_always_in_its_turn() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", STORY);
    let mut window = desk.window(&[path]);
    press(&mut window, Key::A);
    let before = text(&window);
    assert_eq!(current(&window), "the the");
    press_with(&mut window, Modifiers::SHIFT, Key::X);
    press(&mut window, Key::Num3);
    assert_ne!(current(&window), "the the");
    let said = notices(&window).join("\n");
    assert!(said.contains("“Doubled words” never marks “the the” again, in any article"), "{said}");
    press(&mut window, Key::A);
    press(&mut window, Key::U);
    assert_eq!(text(&window), before, "the decision after it goes first");
    press(&mut window, Key::U);
    assert_eq!(text(&window), before, "then “always”, and no other decision");
    assert_eq!(current(&window), "the the");
    assert!(notices(&window).join("\n").contains("“Doubled words” marks “the the” again"), "{:?}", notices(&window));
    press(&mut window, Key::U);
    assert_eq!(text(&window), STORY);
    // And forward again, in the same order.
    press_with(&mut window, Modifiers::SHIFT, Key::U);
    press_with(&mut window, Modifiers::SHIFT, Key::U);
    assert_eq!(text(&window), before);
    assert_ne!(current(&window), "the the");
    // The notice has a button for it.
    press(&mut window, Key::U);
    press_with(&mut window, Modifiers::SHIFT, Key::X);
    press(&mut window, Key::Num3);
    click(&mut window, "Take it back");
    assert_eq!(current(&window), "the the");
}

#[test]
fn what_is_no_word_is_not_silenced_everywhere() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", "They left without a word , and the talks ended , at last.\n");
    let mut window = desk.window(&[path]);
    let all = open_findings(&window);
    press_with(&mut window, Modifiers::SHIFT, Key::X);
    press(&mut window, Key::Num3);
    assert_eq!(open_findings(&window), all);
    assert!(!desk.path("rules").exists());
    let said = notices(&window).join("\n");
    assert!(said.contains("no word in it") && said.contains("Nothing was changed"), "{said}");
    click(&mut window, "Leave it in this article");
    assert!(open_findings(&window) < all);
    press(&mut window, Key::U);
    assert_eq!(open_findings(&window), all);
}

#[test]
fn undo_says_what_it_took_back() {
    let desk = Desk::new();
    let mut window = decided(&desk);
    press(&mut window, Key::U);
    assert_eq!(notices(&window), ["Undone: “without without” → “without”"]);
    press(&mut window, Key::U);
    assert_eq!(notices(&window), ["Undone: “the the” → “the”"], "one takes the place of the other");
    press_with(&mut window, Modifiers::SHIFT, Key::U);
    assert_eq!(notices(&window), ["Done again: “the the” → “the”"]);
    press(&mut window, Key::X);
    press(&mut window, Key::U);
    assert_eq!(notices(&window), ["Undone: “without without” left as it is"]);
    for _ in 0..2 {
        press_with(&mut window, Modifiers::SHIFT, Key::H);
    }
    assert_eq!(notices(&window).iter().filter(|n| n.contains("review:")).count(), 1);
    press(&mut window, Key::Enter);
    window.get_by_role(Role::MultilineTextInput).type_text("no");
    window.run_ok();
    let before = notices(&window);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(notices(&window), before, "letters are seen to go");
}

#[test]
fn safe_fixes_are_those_of_the_whole_article_whatever_is_shown() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", STORY);
    let mut window = desk.window(&[path]);
    let safe = article(&window).figures.safe;
    assert!(safe > 0);
    click(&mut window, "Repetition, 3");
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::Enter);
    assert_eq!(window.get_all_by_label_contains("Take: ").count(), safe);
}

#[test]
fn an_empty_article_says_so() {
    let desk = Desk::new();
    let path = desk.file("empty.txt", "");
    let window = desk.window(&[path]);
    assert!(window.query_by_label("This article is empty").is_some());
    assert!(window.query_by_label_contains("rules hit").is_none());
}

#[test]
fn small_lists_are_walked_by_arrows() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", STORY);
    let mut window = desk.window(&[path]);
    press_with(&mut window, Modifiers::SHIFT, Key::X);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Enter);
    assert!(app(&window).view().dialog.is_none());
    assert_eq!(article(&window).session.review().rejected()[0].words.as_deref(), Some("for for"), "the second choice");
    press(&mut window, Key::L);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Enter);
    assert!(app(&window).view().dialog.is_none());
    assert_ne!(article(&window).session.packs(), copydesk::analysis::language::Packs::Guessed);
}

#[test]
fn check_marks_are_walked_by_arrows_and_taken_by_enter() {
    let desk = Desk::new();
    let path = desk.file("runs.txt", "They ran for for hours on Monday.\n\nHe ran for for days, and then for for weeks.\n");
    let mut window = desk.window(&[path]);
    press_with(&mut window, Modifiers::SHIFT, Key::A);
    assert!(matches!(app(&window).view().dialog, Some(Dialog::Batch { .. })));
    assert!(window.get_all_by_label_contains("Take: for for").next().unwrap().is_focused(), "the list has the keyboard");
    press(&mut window, Key::ArrowDown);
    assert!(window.get_all_by_label_contains("Take: for for").nth(1).unwrap().is_focused());
    press(&mut window, Key::Space);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::ArrowUp);
    press(&mut window, Key::ArrowUp);
    press(&mut window, Key::Enter);
    assert_eq!(text(&window), "They ran for hours on Monday.\n\nHe ran for for days, and then for weeks.\n");
}
