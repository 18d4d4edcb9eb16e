//! Writing in the article: keys, mouse, clipboard.

use copydesk::gui::Mode;
use copydesk::gui::command::Command;
use eframe::egui::{Event, Key, Modifiers, OutputCommand, PointerButton, Pos2, Role};
use egui_kittest::kittest::Queryable;

use super::*;

/// A window whose text is being written in, the caret at its beginning.
fn writing(desk: &Desk, text: &str) -> Window {
    let path = desk.file("story.txt", text);
    let mut window = desk.window(&[path]);
    window.state_mut().as_mut().unwrap().apply(Command::EditAt(0));
    window.run_ok();
    assert_eq!(app(&window).view().mode, Mode::Editing);
    window
}

fn write(window: &mut Window, words: &str) {
    for letter in words.chars() {
        window.event(Event::Text(letter.to_string()));
        window.run_ok();
    }
}

fn selected(window: &Window) -> String {
    app(window).view().editor.selected.of(&text(window)).to_owned()
}

fn caret(window: &Window) -> usize {
    app(window).view().editor.stands
}

/// What the keys `Ctrl+C` or `Ctrl+X` put on the clipboard.
fn copied(window: &mut Window, event: Event) -> Option<String> {
    window.event(event);
    window.step();
    let copied = window.output().platform_output.commands.iter().find_map(|c| match c {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    window.run_ok();
    copied
}

#[test]
fn words_are_selected_by_keys_cut_and_pasted() {
    let desk = Desk::new();
    let mut window = writing(&desk, "One two three.\n\nFour five.\n");
    press_with(&mut window, Modifiers::CTRL | Modifiers::COMMAND, Key::ArrowRight);
    press_with(&mut window, Modifiers::CTRL | Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowRight);
    assert_eq!(selected(&window).trim(), "two");
    let cut = copied(&mut window, Event::Cut).unwrap();
    assert_eq!(cut.trim(), "two");
    assert_eq!(text(&window).split_whitespace().take(2).collect::<Vec<_>>(), ["One", "three."]);
    press(&mut window, Key::End);
    window.event(Event::Paste(format!(" {}\r\nnew line\rand\u{2028}more\0", cut.trim())));
    window.run_ok();
    assert!(text(&window).contains("three. two\nnew line\nand\nmore\n\nFour"), "{:?}", text(&window));
    assert_eq!(text(&window).get(..caret(&window)).unwrap().lines().last(), Some("more"));
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(text(&window).contains("three.\n\nFour"), "pasting is one step: {:?}", text(&window));
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(text(&window), "One two three.\n\nFour five.\n");
    press(&mut window, Key::Home);
    press_with(&mut window, Modifiers::SHIFT, Key::End);
    assert_eq!(selected(&window), "One two three.");
    assert_eq!(copied(&mut window, Event::Copy).unwrap(), "One two three.");
    press_with(&mut window, Modifiers::COMMAND, Key::A);
    assert_eq!(selected(&window), text(&window));
}

#[test]
fn a_word_is_selected_by_two_clicks_and_a_stretch_by_dragging() {
    let desk = Desk::new();
    let mut window = writing(&desk, "Envoys met in Oslo\n\nThey left in the evening.\n");
    let corner = window.get_by_role(Role::MultilineTextInput).rect().min;
    let button = |pos: Pos2, pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE };
    let at = corner + egui::vec2(30.0, 14.0);
    // Both clicks in one frame: the clock of the tests makes large steps.
    window.input_mut().events.extend([Event::PointerMoved(at), button(at, true), button(at, false), button(at, true), button(at, false)]);
    window.step();
    window.run_ok();
    assert_eq!(selected(&window), "Envoys");
    window.drag_at(corner + egui::vec2(1.0, 14.0));
    window.run_ok();
    window.hover_at(corner + egui::vec2(600.0, 14.0));
    window.run_ok();
    window.drop_at(corner + egui::vec2(600.0, 14.0));
    window.run_ok();
    assert_eq!(selected(&window), "Envoys met in Oslo");
    write(&mut window, "X");
    assert!(text(&window).starts_with("X\n\nThey"), "{}", text(&window));
}

#[test]
fn words_from_right_to_left_break_nothing() {
    let desk = Desk::new();
    let mut window = writing(&desk, "Envoys met.\n");
    press(&mut window, Key::End);
    let arabic = "قال الوزير «نعم» في 2022";
    window.event(Event::Paste(format!(" {arabic}\n{arabic}")));
    window.run_ok();
    assert_eq!(text(&window), format!("Envoys met. {arabic}\n{arabic}\n"));
    for _ in 0..40 {
        press(&mut window, Key::ArrowLeft);
    }
    write(&mut window, "X");
    assert!(text(&window).contains('X'));
    for key in [Key::Backspace, Key::Delete, Key::ArrowUp, Key::ArrowDown, Key::Home, Key::End] {
        press(&mut window, key);
    }
    press_with(&mut window, Modifiers::COMMAND, Key::A);
    press(&mut window, Key::Delete);
    assert_eq!(text(&window), "");
    while article(&window).session.review().last_step().is_some() {
        press_with(&mut window, Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(text(&window), "Envoys met.\n");
}

#[test]
fn the_tab_key_leads_out_of_the_text() {
    let desk = Desk::new();
    let mut window = writing(&desk, STORY);
    press(&mut window, Key::Tab);
    assert_eq!(text(&window), STORY, "and writes nothing");
    assert!(!window.get_by_role(Role::MultilineTextInput).is_focused());
}
