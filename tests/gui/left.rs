//! Windows that end without being closed, files that change or go meanwhile: no decision is ever out of sight.

use copydesk::gui::command::Command;
use eframe::egui::{Key, Modifiers};

use super::*;

const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// The names of what is open, in order.
fn names(window: &Window) -> Vec<String> {
    app(window).articles().iter().map(|a| a.session.name.clone()).collect()
}

/// What is said.
fn said(window: &Window) -> Vec<String> {
    app(window).view().notices.iter().map(|n| n.text.clone()).collect()
}

fn apply(window: &mut Window, command: Command) {
    window.state_mut().as_mut().unwrap().apply(command);
    window.run_ok();
}

/// Four articles, opened by name.
fn four(desk: &Desk) -> Vec<PathBuf> {
    ["a.txt", "b.txt", "c.txt", "d.txt"].map(|n| desk.file(n, STORY)).to_vec()
}

/// Accepts the first finding of so many articles, from the first.
fn decide(window: &mut Window, count: usize) {
    for i in 0..count {
        apply(window, Command::Article(i));
        press(window, Key::A);
    }
}

#[test]
fn the_queue_of_a_window_that_was_killed_is_back() {
    let desk = Desk::new();
    let mut window = desk.window(&four(&desk));
    apply(&mut window, Command::PasteText(STORY.to_owned()));
    decide(&mut window, 3);
    // Nothing is said good-bye to.
    drop(window);
    let mut window = desk.window(&[]);
    assert_eq!(names(&window), ["a.txt", "b.txt", "c.txt", "d.txt", "pasted.txt"]);
    assert!(
        said(&window).iter().any(|s| s == "A window ended before it was closed; a.txt, b.txt and 3 more are back"),
        "{:?}",
        said(&window)
    );
    for i in 0..5 {
        apply(&mut window, Command::Article(i));
        assert_eq!(text(&window).contains("waited for an answer"), i < 3, "{i}");
    }
    // They are kept here from now on, and come but once.
    drop(window);
    let window = desk.window(&[]);
    assert_eq!(names(&window), ["a.txt", "b.txt", "c.txt", "d.txt", "pasted.txt"]);
    assert!(!said(&window).iter().any(|s| s.contains("before it was closed")));
}

#[test]
fn work_that_no_desk_knows_comes_back() {
    let desk = Desk::new();
    let mut window = desk.window(&[]);
    press_with(&mut window, Modifiers::COMMAND, Key::W);
    drop(window);
    let mut window = desk.window(&four(&desk));
    decide(&mut window, 3);
    apply(&mut window, Command::Article(1));
    apply(&mut window, Command::Save);
    // It is closed as it should be, with two articles not saved.
    window.state_mut().as_mut().unwrap().end();
    drop(window);
    assert!(!desk.path("desks").join("1.toml").exists());
    let mut window = desk.window(&[]);
    let mut open = names(&window);
    open.sort();
    assert_eq!(open, ["a.txt", "c.txt"]);
    // One is closed on purpose: it stays closed, and is opened again by key.
    press_with(&mut window, Modifiers::COMMAND, Key::W);
    click(&mut window, "Close without saving");
    let closed = open.iter().find(|n| !names(&window).contains(n)).unwrap().clone();
    window.state_mut().as_mut().unwrap().end();
    drop(window);
    let mut window = desk.window(&[]);
    assert_eq!(names(&window).len(), 1);
    press_with(&mut window, CTRL_SHIFT, Key::T);
    assert_eq!(article(&window).session.name, closed);
    assert!(text(&window).contains("waited for an answer"));
    assert_eq!(names(&window).len(), 2);
    press_with(&mut window, CTRL_SHIFT, Key::T);
    assert!(said(&window).iter().any(|s| s == "No closed article is kept"), "{:?}", said(&window));
}

#[test]
fn a_window_for_named_files_says_what_is_not_saved_elsewhere() {
    let desk = Desk::new();
    let files = four(&desk);
    let mut window = desk.window(&files[..3]);
    decide(&mut window, 3);
    drop(window);
    let mut window = desk.window(&files[3..]);
    assert_eq!(names(&window), ["d.txt"]);
    assert!(
        said(&window).iter().any(|s| s == "3 other articles hold work that is not saved: File, Open unsaved work"),
        "{:?}",
        said(&window)
    );
    apply(&mut window, Command::OpenUnsaved);
    assert_eq!(names(&window).len(), 4);
    assert_eq!(article(&window).session.name, "d.txt", "the eye stays where it is");
    apply(&mut window, Command::OpenUnsaved);
    assert!(said(&window).iter().any(|s| s == "Every decision that is not saved is in the queue"), "{:?}", said(&window));
    // A named file with work brings that work, and nothing is said of it.
    drop(window);
    let window = desk.window(&files);
    assert!(text(&window).contains("waited for an answer"));
    assert!(!said(&window).iter().any(|s| s.contains("other article")), "{:?}", said(&window));
}

#[test]
fn windows_at_once_keep_desks_of_their_own() {
    let desk = Desk::new();
    let files = four(&desk);
    let mut first = desk.window(&[]);
    apply(&mut first, Command::OpenPath(files[0].clone()));
    let mut second = desk.window(&files[1..3]);
    decide(&mut second, 2);
    let kept = std::fs::read_to_string(desk.path("desk.toml")).unwrap();
    assert!(kept.contains("a.txt") && !kept.contains("b.txt"), "{kept}");
    drop(second);
    // The first is still at work: a third takes up what the second left.
    let third = desk.window(&[]);
    assert_eq!(names(&third), ["b.txt", "c.txt"]);
    drop(third);
    drop(first);
    let window = desk.window(&[]);
    assert_eq!(names(&window), ["sample-story.html", "a.txt", "b.txt", "c.txt"]);
    assert_eq!(std::fs::read_to_string(desk.path("b.txt")).unwrap(), STORY);
}

#[test]
fn work_on_a_file_that_changed_or_is_gone_stays_in_sight() {
    let desk = Desk::new();
    let files = four(&desk);
    let mut window = desk.window(&files[..2]);
    decide(&mut window, 2);
    drop(window);
    std::fs::remove_file(&files[0]).unwrap();
    desk.file("b.txt", "Another story\n\nIt is is new.\n");
    let mut window = desk.window(&[]);
    assert_eq!(names(&window), ["a.txt", "b.txt"]);
    for i in 0..2 {
        apply(&mut window, Command::Article(i));
        assert!(text(&window).contains("waited for an answer"), "{i}");
    }
    assert!(said(&window).iter().any(|s| s.starts_with("The file of a.txt is gone; your work is here")), "{:?}", said(&window));
    drop(window);
    // Opened by name, the changed file does not hide the work on the older one.
    let mut window = desk.window(&files[1..2]);
    assert!(text(&window).contains("waited for an answer"));
    assert!(said(&window).iter().any(|s| s.starts_with("b.txt was changed by another program")), "{:?}", said(&window));
    apply(&mut window, Command::Reload);
    assert!(text(&window).contains("It is is new"));
    // What the editor closed comes back, not the older version of what is open; that is under earlier work.
    press_with(&mut window, CTRL_SHIFT, Key::T);
    assert!(text(&window).contains("It is is new"));
    press_with(&mut window, CTRL_SHIFT, Key::E);
    window.get_by_label_contains("b.txt, 1 step, not saved").click();
    window.run_ok();
    assert!(text(&window).contains("waited for an answer"), "the work on the older file is not lost");
}

#[test]
fn an_article_saved_under_another_name_has_that_name_at_the_next_start() {
    let desk = Desk::new();
    let files = four(&desk);
    let mut window = desk.window(&files[..1]);
    decide(&mut window, 1);
    apply(&mut window, Command::SaveTo(desk.path("new.txt")));
    press(&mut window, Key::A);
    drop(window);
    let mut window = desk.window(&[]);
    assert_eq!(names(&window), ["new.txt"]);
    apply(&mut window, Command::Save);
    assert_eq!(std::fs::read_to_string(&files[0]).unwrap(), STORY, "the other file is left alone");
    assert!(!std::fs::read_to_string(desk.path("new.txt")).unwrap().contains("the the"));
    // The older name is another article.
    apply(&mut window, Command::OpenPath(files[0].clone()));
    assert_eq!(text(&window), STORY);
    assert_eq!(names(&window).len(), 2);
}

#[test]
fn what_waits_to_be_written_is_written_at_the_end() {
    let desk = Desk::new();
    let mut window = desk.checking(&[], 1280.0, 800.0, Checking::Stepped);
    while window.state_mut().as_mut().unwrap().work_one() {}
    let a = desk.file("a.txt", STORY);
    window.state_mut().as_mut().unwrap().apply(Command::OpenPath(a));
    window.run_ok();
    window.state_mut().as_mut().unwrap().end();
    drop(window);
    let kept = std::fs::read_to_string(desk.path("desk.toml")).unwrap_or_default();
    assert!(kept.contains("a.txt"), "{kept}");
}
