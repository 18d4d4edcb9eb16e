//! Another program writes the file of an article while it is reviewed: nothing of either is lost.

use copydesk::gui::Dialog;
use copydesk::gui::command::Command;
use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::*;

/// A story of which two places are decided, and that another program wrote then.
fn changed(desk: &Desk) -> (Window, PathBuf, String) {
    let path = desk.file("talks.txt", STORY);
    let mut window = desk.window(std::slice::from_ref(&path));
    press(&mut window, Key::A);
    press(&mut window, Key::X);
    let theirs = STORY.replace("Oslo on Tuesday", "Bergen on Monday") + "\nMore follows.\n";
    std::fs::write(&path, &theirs).unwrap();
    press_with(&mut window, Modifiers::COMMAND, Key::S);
    assert!(matches!(app(&window).view().dialog, Some(Dialog::ChangedOnDisk(_))));
    (window, path, theirs)
}

#[test]
fn what_another_program_wrote_is_shown_and_taken_in_with_the_decisions_kept() {
    let desk = Desk::new();
    let (mut window, path, theirs) = changed(&desk);
    assert!(window.query_by_label_contains("changes in the file").is_some());
    assert!(window.query_by_label_contains("Bergen").is_some(), "what was changed is shown");
    click(&mut window, "Take it in");
    assert_eq!(text(&window), theirs.replace("for for", "for"));
    assert_eq!(article(&window).figures.rejected, 1, "what was declined stays so");
    assert!(window.query_by_label_contains("2 decisions taken over").is_some());
    press(&mut window, Key::U);
    assert_eq!(text(&window), theirs, "one undo takes them back");
    press_with(&mut window, Modifiers::SHIFT, Key::U);
    press_with(&mut window, Modifiers::COMMAND, Key::S);
    assert_eq!(std::fs::read_to_string(path).unwrap(), theirs.replace("for for", "for"));
}

#[test]
fn what_is_written_over_is_put_beside() {
    let desk = Desk::new();
    let (mut window, path, theirs) = changed(&desk);
    click(&mut window, "Write mine over it");
    assert_eq!(std::fs::read_to_string(path).unwrap(), STORY.replace("for for", "for"));
    assert_eq!(std::fs::read_to_string(desk.path("talks.other.txt")).unwrap(), theirs);
    assert_eq!(std::fs::read_to_string(desk.path("talks.orig.txt")).unwrap(), STORY, "the original is what was reviewed");
    drop(window);
    // Neither is an article of the folder.
    let window = desk.window(&[desk.path("")]);
    let names: Vec<&str> = app(&window).articles().iter().map(|a| a.session.name.as_str()).collect();
    assert_eq!(names, ["talks.txt"]);
}

#[test]
fn the_window_looks_at_the_file_when_it_gets_the_keyboard_back() {
    let (desk, mut window) = opened("talks.txt", STORY);
    let path = desk.path("talks.txt");
    let back = |window: &mut Window| {
        window.event(Event::WindowFocused(true));
        window.run_ok();
    };
    back(&mut window);
    assert!(app(&window).view().notices.is_empty());
    std::fs::write(&path, "Something else.\n").unwrap();
    back(&mut window);
    assert!(window.query_by_label_contains("talks.txt was changed by another program").is_some());
    window.state_mut().as_mut().unwrap().apply(Command::CloseNotice(0));
    back(&mut window);
    assert!(app(&window).view().notices.is_empty(), "it is said once");
    std::fs::remove_file(&path).unwrap();
    back(&mut window);
    assert!(window.query_by_label_contains("The file of talks.txt is gone").is_some());
    press(&mut window, Key::A);
    press_with(&mut window, Modifiers::COMMAND, Key::S);
    assert!(window.query_by_label_contains("anew, because the file was gone").is_some());
}

#[test]
fn what_was_left_alone_stays_so_in_a_newer_version() {
    let (desk, mut window) = opened("talks.txt", STORY);
    let path = desk.path("talks.txt");
    press(&mut window, Key::A);
    press(&mut window, Key::X);
    press_with(&mut window, Modifiers::COMMAND, Key::S);
    let open = open_findings(&window);
    drop(window);
    let newer = std::fs::read_to_string(&path).unwrap() + "\nMore follows.\n";
    std::fs::write(&path, &newer).unwrap();
    let window = desk.window(&[path]);
    assert_eq!(text(&window), newer);
    assert_eq!((article(&window).figures.rejected, open_findings(&window)), (1, open));
    assert!(!article(&window).figures.unsaved, "nothing is changed");
}

#[test]
fn without_a_session_what_does_not_fit_is_put_beside() {
    let desk = Desk::new();
    std::fs::write(desk.path("settings.toml"), "name = \"Anna\"\ntheme = \"light\"\nkeep-sessions-days = 0\n").unwrap();
    let path = desk.file("talks.txt", STORY);
    let mut window = desk.window(std::slice::from_ref(&path));
    press(&mut window, Key::A);
    let mine = text(&window);
    std::fs::write(&path, "Nothing of this is left.\n").unwrap();
    press_with(&mut window, Modifiers::COMMAND, Key::S);
    click(&mut window, "Take it in");
    assert_eq!(text(&window), "Nothing of this is left.\n");
    assert_eq!(std::fs::read_to_string(desk.path("talks.mine.txt")).unwrap(), mine);
}
