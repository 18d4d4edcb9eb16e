//! What is kept between two windows: the desk with its places, and what was opened last.

use copydesk::gui::command::Command;
use copydesk::gui::queue::Listed;
use copydesk::gui::{Dialog, Pane};
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::*;

/// A story that is longer than the window.
fn long(title: &str) -> String {
    use std::fmt::Write;
    let mut story = format!("{title}\n");
    for i in 0..40 {
        write!(story, "\nParagraph {i} says that the crews waited for for the tide, and that the the boats left the harbour late.\n")
            .unwrap();
    }
    story
}

/// The window ends as it does when it is closed.
fn end(mut window: Window) {
    window.state_mut().as_mut().unwrap().end();
}

#[test]
fn the_desk_comes_back_as_it_was_left() {
    let desk = Desk::new();
    let mut window = desk.window(&[]);
    assert_eq!(article(&window).session.name, "sample-story.html", "nothing is known at the first start");
    let names = ["harbour.txt", "rain.txt", "talks.txt"];
    for name in names {
        let path = desk.file(name, &long(name));
        window.state_mut().as_mut().unwrap().apply(Command::OpenPath(path));
        window.run_ok();
    }
    window.state_mut().as_mut().unwrap().apply(Command::PasteText(long("Pasted")));
    window.run_ok();
    press(&mut window, Key::A);
    // The second article, at a finding far below, scrolled, the queue narrowed, a panel folded.
    press(&mut window, Key::P);
    press(&mut window, Key::P);
    for _ in 0..30 {
        press(&mut window, Key::J);
    }
    window.run_ok();
    press(&mut window, Key::F10);
    click(&mut window, "List open, 5");
    let (place, top) = (article(&window).finding().unwrap().span, article(&window).top);
    assert_eq!(article(&window).session.name, "rain.txt");
    assert!(place.start > 1000 && top.byte > 500, "{place:?} {top:?}");
    end(window);
    let mut window = desk.window(&[]);
    let open: Vec<&str> = app(&window).articles().iter().map(|a| a.session.name.as_str()).collect();
    assert_eq!(open, ["sample-story.html", "harbour.txt", "rain.txt", "talks.txt", "pasted.txt"]);
    assert_eq!(article(&window).session.name, "rain.txt");
    assert_eq!(article(&window).finding().unwrap().span, place);
    assert_eq!((article(&window).top.byte, article(&window).top.above.round()), (top.byte, top.above.round()));
    assert_eq!(app(&window).view().listed, Listed::Open);
    assert!(app(&window).view().right_folded && !app(&window).view().left_folded);
    press_with(&mut window, Modifiers::COMMAND, Key::PageDown);
    press_with(&mut window, Modifiers::COMMAND, Key::PageDown);
    assert_eq!(article(&window).session.name, "pasted.txt");
    assert!(text(&window).contains("crews waited for the tide"), "decisions come back with it");
    // Compared and closed, it comes back compared.
    press(&mut window, Key::D);
    end(window);
    let window = desk.window(&[]);
    assert_eq!(app(&window).view().pane, Pane::Compare);
    assert_eq!(article(&window).session.name, "pasted.txt");
}

#[test]
fn articles_of_the_desk_come_back_off_the_frame_and_in_order() {
    let desk = Desk::new();
    let mut window = desk.window(&[]);
    for i in 0..30 {
        let path = desk.file(&format!("story-{i:02}.txt"), STORY);
        window.state_mut().as_mut().unwrap().apply(Command::OpenPath(path));
    }
    window.state_mut().as_mut().unwrap().apply(Command::Article(20));
    window.run_ok();
    let name = article(&window).session.name.clone();
    end(window);
    let mut window = desk.checking(&[], 1280.0, 800.0, Checking::Stepped);
    assert_eq!(app(&window).articles().len(), 1, "the one looked at is here at once");
    assert_eq!(article(&window).session.name, name);
    while window.state_mut().as_mut().unwrap().work_one() {
        window.step();
        assert_eq!(article(&window).session.name, name);
    }
    assert_eq!(app(&window).articles().len(), 31);
    assert_eq!(app(&window).articles()[20].session.name, name);
    assert!(app(&window).articles()[1..].windows(2).all(|w| w[0].session.name < w[1].session.name));
}

#[test]
fn what_is_gone_is_said_and_nothing_stops_the_start() {
    let desk = Desk::new();
    let mut window = desk.window(&[]);
    for name in ["a.txt", "b.txt"] {
        let path = desk.file(name, STORY);
        window.state_mut().as_mut().unwrap().apply(Command::OpenPath(path));
    }
    window.run_ok();
    end(window);
    // One file is gone with its session, one was changed by somebody else.
    std::fs::remove_file(desk.path("a.txt")).unwrap();
    for entry in std::fs::read_dir(desk.path("sessions")).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name().to_string_lossy().contains("a-txt") {
            std::fs::remove_dir_all(entry.path()).unwrap();
        }
    }
    desk.file("b.txt", "Another story\n\nIt is is new.\n");
    let window = desk.window(&[]);
    assert!(window.query_by_label_contains("a.txt is not there any more and was left out").is_some());
    assert!(window.query_by_label_contains("b.txt was changed by another program; saving will ask").is_some());
    assert_eq!(article(&window).session.name, "b.txt");
    drop(window);
    // A broken file is put aside and said.
    desk.file("desk.toml", "article = [\n");
    let window = desk.window(&[]);
    assert!(window.query_by_label_contains("What was open last can’t be read; it is put aside as ").is_some());
    assert!(desk.path("desk.broken.toml").exists());
    assert!(app(&window).article().is_some(), "the article worked on last is opened");
}

#[test]
fn a_window_for_named_files_leaves_the_desk_alone_and_two_windows_do_not_share_it() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", STORY);
    let mut first = desk.window(&[]);
    first.state_mut().as_mut().unwrap().apply(Command::OpenPath(path));
    first.run_ok();
    let second = desk.window(&[]);
    assert!(second.query_by_label("What was open last is open in another window; this one begins empty").is_some());
    assert!(app(&second).article().is_none());
    end(second);
    end(first);
    let kept = std::fs::read_to_string(desk.path("desk.toml")).unwrap();
    assert!(kept.contains("talks.txt"), "{kept}");
    let other = desk.file("other.txt", STORY);
    end(desk.window(&[other]));
    assert_eq!(std::fs::read_to_string(desk.path("desk.toml")).unwrap(), kept);
}

#[test]
fn the_desk_is_kept_while_the_editor_works() {
    let desk = Desk::new();
    let mut window = desk.window(&[]);
    let path = desk.file("talks.txt", STORY);
    window.state_mut().as_mut().unwrap().apply(Command::OpenPath(path));
    press(&mut window, Key::J);
    for _ in 0..400 {
        window.step();
    }
    let kept = std::fs::read_to_string(desk.path("desk.toml")).unwrap();
    assert!(kept.contains("talks.txt"), "{kept}");
}

#[test]
fn what_was_opened_last_is_offered() {
    let desk = Desk::new();
    let folder = desk.path("wire");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("wire-a.txt"), STORY).unwrap();
    let mut window = desk.window(std::slice::from_ref(&folder));
    let paths: Vec<PathBuf> = (0..14).map(|i| desk.file(&format!("story-{i:02}.txt"), STORY)).collect();
    for path in &paths {
        window.state_mut().as_mut().unwrap().apply(Command::OpenPath(path.clone()));
    }
    std::fs::remove_file(desk.path("story-12.txt")).unwrap();
    drop(window);
    let mut window = desk.window(&[desk.path("story-00.txt")]);
    let of = |name: &str| format!("Open {name} in {}", desk.path("x").parent().unwrap().display());
    // By the dialog: the newest first; what is gone is passed over.
    press_with(&mut window, Modifiers::COMMAND | Modifiers::ALT, Key::R);
    assert!(matches!(app(&window).view().dialog, Some(Dialog::Recent { .. })));
    assert!(window.query_by_label(&of("story-00.txt")).is_some());
    assert!(window.query_by_label(&of("story-02.txt")).is_none(), "twelve are remembered");
    assert!(window.query_by_label(&of("story-03.txt")).is_some());
    assert!(window.query_by_label(&of("wire")).is_some(), "the folder, and not what was in it");
    assert!(window.query_by_label_contains("wire-a.txt").is_none());
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Enter);
    assert_eq!(article(&window).session.name, "story-11.txt", "story-13 is the second, story-12 is gone");
    // By the palette.
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    window.get_by_label("Find a command").type_text("story-07");
    window.run_ok();
    press(&mut window, Key::Enter);
    assert_eq!(article(&window).session.name, "story-07.txt");
    // By the menu.
    click(&mut window, "File");
    click(&mut window, "Open recent");
    click(&mut window, &of("story-05.txt"));
    assert_eq!(article(&window).session.name, "story-05.txt");
    // On the empty screen.
    while app(&window).article().is_some() {
        press_with(&mut window, Modifiers::COMMAND, Key::W);
    }
    click(&mut window, &of("story-07.txt"));
    assert_eq!(article(&window).session.name, "story-07.txt");
    press_with(&mut window, Modifiers::COMMAND | Modifiers::ALT, Key::R);
    click(&mut window, "Clear list");
    assert!(window.query_by_label("Nothing was opened yet").is_some());
    let list = std::fs::read_to_string(desk.path("recent.toml")).unwrap();
    assert!(!list.contains("story"), "{list}");
}

#[test]
fn what_was_pasted_and_closed_comes_back_from_earlier_work() {
    let (_desk, mut window) = opened("talks.txt", STORY);
    window.event(egui::Event::Paste("Harbour crews wait\n\nThey waited for for the tide.\n".to_owned()));
    window.run_ok();
    press(&mut window, Key::A);
    let done = text(&window);
    assert!(done.contains("waited for the tide"));
    press_with(&mut window, Modifiers::COMMAND, Key::W);
    click(&mut window, "Close without saving");
    assert_eq!(article(&window).session.name, "talks.txt");
    press_with(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::E);
    assert!(window.query_by_label_contains("Harbour crews wait, 1 step, not saved, pasted").is_some());
    window.get_by_label("Find earlier work").type_text("harbour");
    window.run_ok();
    press(&mut window, Key::Enter);
    assert_eq!(text(&window), done, "with its decisions");
    // An article that is open is gone to, not opened twice.
    press_with(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::E);
    window.get_by_label("Find earlier work").type_text("talks");
    window.run_ok();
    press(&mut window, Key::Enter);
    assert_eq!((app(&window).articles().len(), article(&window).session.name.as_str()), (2, "talks.txt"));
}

#[test]
fn an_article_saved_under_another_name_keeps_it_after_a_restart() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", STORY);
    let other = desk.path("clean.txt");
    let mut window = desk.window(std::slice::from_ref(&path));
    press(&mut window, Key::A);
    window.state_mut().as_mut().unwrap().apply(Command::SaveTo(other.clone()));
    press(&mut window, Key::A);
    let now = text(&window);
    drop(window);
    // The new file goes on with the session, the old one is an article of its own.
    let window = desk.window(std::slice::from_ref(&other));
    assert_eq!(text(&window), now);
    assert!(window.query_by_label_contains("changed by another program").is_none());
    drop(window);
    let window = desk.window(&[path]);
    assert_eq!((text(&window).as_str(), article(&window).session.name.as_str()), (STORY, "talks.txt"));
}

#[test]
fn a_file_that_is_open_is_gone_to_with_nothing_half_done() {
    let desk = Desk::new();
    let (first, second) = (desk.file("talks.txt", STORY), desk.file("tide.txt", "They waited for for the tide.\n"));
    let mut window = desk.window(&[first.clone(), second]);
    press(&mut window, Key::N);
    press(&mut window, Key::E);
    assert!(app(&window).view().suggestion.is_some());
    window.state_mut().as_mut().unwrap().apply(Command::OpenPath(first));
    window.run_ok();
    assert_eq!(article(&window).session.name, "talks.txt");
    assert!(app(&window).view().suggestion.is_none(), "the words of another article are not written here");
}

#[test]
fn panels_are_dragged_to_another_width_which_stays() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", STORY);
    let drag = |window: &mut Window, name: &str, by: f32| {
        let from = window.get_by_label(name).rect().center();
        let step = |window: &mut Window, event: egui::Event| {
            window.event(event);
            window.run_ok();
        };
        let button =
            |pos, pressed| egui::Event::PointerButton { pos, button: egui::PointerButton::Primary, pressed, modifiers: Modifiers::NONE };
        let to = from + egui::vec2(by, 0.0);
        step(window, egui::Event::PointerMoved(from));
        step(window, button(from, true));
        step(window, egui::Event::PointerMoved(from + egui::vec2(by / 2.0, 0.0)));
        step(window, egui::Event::PointerMoved(to));
        step(window, button(to, false));
        window.get_by_label(name).rect().center().x - from.x
    };
    let mut window = desk.window(&[]);
    window.state_mut().as_mut().unwrap().apply(Command::OpenPath(path));
    window.run_ok();
    assert_eq!(drag(&mut window, "Width of the left panel", 80.0), 80.0);
    assert_eq!(drag(&mut window, "Width of the right panel", 60.0), 60.0);
    let place = |window: &Window, name: &str| window.get_by_label(name).rect().center().x;
    let kept = (place(&window, "Width of the left panel"), place(&window, "Width of the right panel"));
    window.state_mut().as_mut().unwrap().end();
    drop(window);
    let mut window = desk.window(&[]);
    assert_eq!((place(&window, "Width of the left panel"), place(&window, "Width of the right panel")), kept);
    let moved = drag(&mut window, "Width of the left panel", 2000.0);
    assert!(moved < 300.0, "the text keeps its room");
}
