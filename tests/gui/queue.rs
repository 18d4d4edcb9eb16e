//! The queue: many articles at once, their states, and the work off the frame with its progress and its end.

use std::time::{Duration, Instant};

use copydesk::gui::command::Command;
use copydesk::gui::queue::{Listed, Status};
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::*;

/// A folder with so many articles; each has one doubled word and one space before a comma.
fn folder(desk: &Desk, count: usize) -> PathBuf {
    let folder = desk.path("wire");
    std::fs::create_dir_all(&folder).unwrap();
    for i in 0..count {
        let text = format!("Story {i:03} from the harbour\n\nThe crews waited for for the tide , and the boats left late.\n");
        std::fs::write(folder.join(format!("story-{i:03}.txt")), text).unwrap();
    }
    folder
}

fn stepped(desk: &Desk, files: &[PathBuf]) -> Window {
    desk.checking(files, 1280.0, 800.0, Checking::Stepped)
}

/// Does so many pieces of work and draws.
fn work(window: &mut Window, count: usize) {
    for _ in 0..count {
        assert!(window.state_mut().as_mut().unwrap().work_one(), "there is nothing to do");
    }
    window.run_ok();
}

fn status(window: &Window, i: usize) -> Status {
    Status::of(&app(window).articles()[i])
}

#[test]
fn a_folder_is_read_and_checked_piece_by_piece_and_can_be_cancelled() {
    let desk = Desk::new();
    let folder = folder(&desk, 120);
    let mut window = stepped(&desk, &[folder]);
    assert!(app(&window).article().is_none(), "nothing is read on the frame");
    assert!(window.query_by_label("Opening 0 of 120").is_some());
    work(&mut window, 1);
    assert_eq!(article(&window).session.name, "story-000.txt");
    work(&mut window, 1);
    assert!(article(&window).session.is_checked(), "the article that is looked at is checked before others are read");
    assert_eq!(app(&window).articles().len(), 1);
    // The editor works on the first while the others come.
    press(&mut window, Key::A);
    assert!(text(&window).contains("waited for the tide"));
    work(&mut window, 1);
    assert!(article(&window).session.is_checked());
    work(&mut window, 119);
    assert_eq!(app(&window).articles().len(), 120);
    assert_eq!(article(&window).session.name, "story-000.txt", "what is looked at stays");
    assert!(window.query_by_label("Checking 0 of 119").is_some());
    work(&mut window, 12);
    assert!(window.query_by_label("Checking 12 of 119").is_some());
    assert_eq!(status(&window, 12), Status::New);
    assert_eq!(status(&window, 13), Status::Checking);
    // What is looked at does not wait for its turn.
    window.state_mut().as_mut().unwrap().apply(Command::Article(99));
    work(&mut window, 1);
    assert_eq!(status(&window, 99), Status::New);
    assert_eq!(status(&window, 13), Status::Checking);
    assert!(window.query_by_label("Checking 12 of 118").is_some(), "it is not one of those that wait");
    assert!(window.query_by_label_contains("story-099.txt, 2 findings, new, ").is_some(), "the row looked at is in view");
    click(&mut window, "Cancel checking");
    assert_eq!(app(&window).progress(), None);
    assert_eq!(status(&window, 50), Status::Unchecked);
    assert!(window.query_by_label_contains("106 articles not checked").is_some());
    assert!(!window.state_mut().as_mut().unwrap().work_one());
    press(&mut window, Key::N);
    work(&mut window, 1);
    assert_eq!(status(&window, 100), Status::New, "it is checked when it is looked at");
    assert_eq!(status(&window, 101), Status::Unchecked);
    let hints = "Story 101 from the harbour, story-101.txt, 0 findings, not checked";
    assert!(window.query_by_label(hints).is_some());
}

#[test]
fn reading_is_cancelled_by_key() {
    let desk = Desk::new();
    let folder = folder(&desk, 30);
    let mut window = stepped(&desk, &[folder]);
    // The one looked at is checked among them.
    work(&mut window, 11);
    press(&mut window, Key::Escape);
    assert_eq!(app(&window).articles().len(), 10);
    assert!(window.query_by_label_contains("20 articles not opened").is_some());
    assert!(!app(&window).enabled(&Command::Stop));
}

#[test]
fn threads_read_and_check_a_folder_while_the_window_draws() {
    let desk = Desk::new();
    let folder = folder(&desk, 40);
    let mut window = desk.checking(&[folder], 1280.0, 800.0, Checking::Threaded);
    let start = Instant::now();
    let done = |window: &Window| {
        let articles = app(window).articles();
        articles.len() == 40 && articles.iter().all(|a| a.session.is_checked())
    };
    while !done(&window) {
        assert!(start.elapsed() < Duration::from_mins(1), "{:?}", app(&window).progress());
        window.step();
        std::thread::sleep(Duration::from_millis(5));
    }
    let names: Vec<&str> = app(&window).articles().iter().map(|a| a.session.name.as_str()).collect();
    assert!(names.is_sorted(), "two threads do not shuffle the queue: {names:?}");
    assert_eq!(article(&window).session.name, "story-000.txt");
}

#[test]
fn a_file_that_is_no_article_is_one_notice_and_the_others_open() {
    let desk = Desk::new();
    let folder = folder(&desk, 3);
    std::fs::write(folder.join("story-001.txt"), [0, 159, 146, 150, 0, 1, 2, 3]).unwrap();
    let mut window = stepped(&desk, &[folder]);
    while window.state_mut().as_mut().unwrap().work_one() {}
    window.run_ok();
    assert_eq!(app(&window).articles().len(), 2);
    assert_eq!(window.query_all_by_label_contains("story-001.txt").count(), 1);
    assert_eq!(article(&window).session.name, "story-000.txt");
}

#[test]
fn each_article_shows_where_it_stands() {
    let desk = Desk::new();
    let folder = folder(&desk, 4);
    let mut window = desk.window(&[folder]);
    assert!(window.query_by_label_contains("story-000.txt, 2 findings, new, 1 to look at, 1 safe").is_some());
    press(&mut window, Key::A);
    assert!(window.query_by_label_contains("story-000.txt, 1 findings, in work, not saved").is_some());
    press(&mut window, Key::A);
    assert!(window.query_by_label_contains("story-000.txt, 0 findings, clean, not saved").is_some());
    press(&mut window, Key::S);
    assert!(window.query_by_label_contains("story-000.txt, 0 findings, saved").is_some());
    // A rejection leaves the file as it is: nothing is unsaved.
    press(&mut window, Key::N);
    press(&mut window, Key::X);
    assert!(window.query_by_label_contains("story-001.txt, 1 findings, in work, 0 to look at, 1 safe").is_some());
    press(&mut window, Key::N);
    press(&mut window, Key::A);
    // Listed alone: those with something open, those that are not saved; the keys stay among them.
    click(&mut window, "List open, 3");
    assert_eq!(app(&window).view().listed, Listed::Open);
    assert!(window.query_by_label_contains("story-000.txt").is_none());
    press(&mut window, Key::N);
    assert_eq!(article(&window).session.name, "story-003.txt");
    press(&mut window, Key::N);
    assert_eq!(article(&window).session.name, "story-001.txt");
    click(&mut window, "List unsaved, 1");
    press(&mut window, Key::N);
    assert_eq!(article(&window).session.name, "story-002.txt");
    click(&mut window, "List all, 4");
    assert!(window.query_by_label_contains("story-000.txt").is_some());
}

#[test]
fn many_articles_cost_the_list_no_more_than_a_few() {
    let desk = Desk::new();
    let folder = folder(&desk, 200);
    let mut window = stepped(&desk, &[folder]);
    while window.state_mut().as_mut().unwrap().work_one() {}
    window.run_ok();
    let rows = window.query_all_by_label_contains("story-").count();
    assert!((5..25).contains(&rows), "{rows} rows are drawn");
    press_with(&mut window, Modifiers::COMMAND, Key::PageUp);
    assert_eq!(article(&window).session.name, "story-199.txt");
    assert!(window.query_by_label_contains("story-199.txt, ").is_some(), "the row looked at is scrolled to");
}

#[test]
fn files_dropped_together_are_read_off_the_frame() {
    let desk = Desk::new();
    let folder = folder(&desk, 5);
    let paths: Vec<PathBuf> = (0..5).map(|i| folder.join(format!("story-{i:03}.txt"))).collect();
    let talks = desk.file("talks.txt", STORY);
    let mut window = stepped(&desk, &[talks]);
    window.state_mut().as_mut().unwrap().apply(Command::OpenPaths(paths));
    window.run_ok();
    assert_eq!(app(&window).articles().len(), 1);
    work(&mut window, 2);
    assert_eq!(article(&window).session.name, "story-000.txt", "the first of them is looked at");
    press(&mut window, Key::P);
    work(&mut window, 5);
    assert_eq!(article(&window).session.name, "talks.txt", "the editor stays where he went");
}

#[test]
fn a_notice_leaves_the_buttons_of_a_dialog_free() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", STORY);
    desk.file("settings.toml", "theme = \"purple\"\n");
    let mut window = desk.window(&[path]);
    press_with(&mut window, Modifiers::COMMAND, Key::Comma);
    let notice = window.get_by_label_contains("The setting “theme” can’t be used").rect();
    let buttons = ["Close", "Open folder"].map(|b| window.get_by_label(b).rect());
    assert!(buttons.iter().all(|b| !b.intersects(notice)), "{notice:?} {buttons:?}");
}

#[test]
fn a_change_of_the_rules_checks_the_others_off_the_frame() {
    let desk = Desk::new();
    let folder = folder(&desk, 4);
    let mut window = stepped(&desk, &[folder]);
    while window.state_mut().as_mut().unwrap().work_one() {}
    window.run_ok();
    let marks = |window: &Window, i: usize| {
        let session = &app(window).articles()[i].session;
        session.findings().iter().filter(|f| f.span.of(session.text()) == "for for").count()
    };
    assert_eq!((0..4).map(|i| marks(&window, i)).sum::<usize>(), 4);
    assert_eq!(current(&window), "for for");
    press_with(&mut window, Modifiers::SHIFT, Key::X);
    press(&mut window, Key::Num3);
    // The rules are read on a thread of their own.
    let start = Instant::now();
    while status(&window, 1) != Status::Checking {
        assert!(start.elapsed() < Duration::from_mins(1));
        std::thread::sleep(Duration::from_millis(5));
        window.step();
    }
    work(&mut window, 1);
    assert_eq!(marks(&window, 0), 0, "the article looked at is checked first");
    assert_eq!(marks(&window, 3), 1);
    work(&mut window, 3);
    assert_eq!((0..4).map(|i| marks(&window, i)).sum::<usize>(), 0);
    assert_eq!(status(&window, 3), Status::New);
}

#[test]
fn a_batch_over_several_articles_is_one_step_of_undo() {
    let desk = Desk::new();
    let folder = folder(&desk, 3);
    let mut window = desk.window(&[folder]);
    let texts = |window: &Window| -> Vec<String> { app(window).articles().iter().map(|a| a.session.text().to_owned()).collect() };
    let before = texts(&window);
    window.state_mut().as_mut().unwrap().apply(Command::AcceptSafeEverywhere);
    window.run_ok();
    press(&mut window, Key::Enter);
    let after = texts(&window);
    assert!(before.iter().zip(&after).all(|(a, b)| a != b), "every article is changed");
    press(&mut window, Key::N);
    press(&mut window, Key::U);
    assert_eq!(texts(&window), before, "one undo takes them all back, wherever it is asked for");
    press_with(&mut window, Modifiers::SHIFT, Key::U);
    assert_eq!(texts(&window), after);
    // Where something was done since, that is not undone with it.
    window.state_mut().as_mut().unwrap().apply(Command::Article(2));
    window.run_ok();
    press(&mut window, Key::A);
    let third = text(&window);
    assert_ne!(third, after[2]);
    press(&mut window, Key::P);
    press(&mut window, Key::U);
    assert_eq!(texts(&window), [before[0].clone(), before[1].clone(), third]);
    assert!(window.query_by_label_contains("another was worked on since").is_some());
}

#[test]
fn a_button_of_a_batch_that_has_the_keyboard_hears_enter() {
    let (_desk, mut window) = opened("talks.txt", STORY);
    press_with(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Enter);
    window.get_by_label("Cancel").focus();
    window.run_ok();
    press(&mut window, Key::Enter);
    assert!(app(&window).view().dialog.is_none());
    assert_eq!(text(&window), STORY, "nothing is taken");
}
