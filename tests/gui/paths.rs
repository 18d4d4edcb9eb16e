//! Typing a path: Tab goes round, Enter takes, Esc closes, folders complete, and what is wrong is said where it is typed.

use copydesk::gui::command::Command;
use copydesk::gui::{Dialog, Purpose};
use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};

use super::*;

fn typing(window: &Window) -> (String, String) {
    match &app(window).view().dialog {
        Some(Dialog::Path(typing)) => (typing.text.clone(), typing.note.clone()),
        other => panic!("{other:?}"),
    }
}

fn apply(window: &mut Window, command: Command) {
    window.state_mut().as_mut().unwrap().apply(command);
    window.run_ok();
}

fn focused(window: &Window) -> String {
    ["Path", "Open", "Cancel"]
        .into_iter()
        .find(|name| window.query_all_by_label(name).any(|n| n.accesskit_node().is_focused()))
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn tab_goes_round_the_dialog_and_enter_and_escape_end_it() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", STORY);
    let mut window = desk.window(&[]);
    apply(&mut window, Command::OpenTyped);
    assert_eq!(focused(&window), "Path");
    let mut seen = Vec::new();
    for _ in 0..4 {
        press(&mut window, Key::Tab);
        seen.push(focused(&window));
    }
    assert!(seen.contains(&"Open".to_owned()) && seen.contains(&"Cancel".to_owned()) && seen.contains(&"Path".to_owned()), "{seen:?}");
    while focused(&window) != "Cancel" {
        press(&mut window, Key::Tab);
    }
    press(&mut window, Key::Enter);
    assert!(app(&window).view().dialog.is_none(), "Enter on a button presses that button");
    apply(&mut window, Command::OpenTyped);
    press(&mut window, Key::Escape);
    assert!(app(&window).view().dialog.is_none());
    apply(&mut window, Command::OpenTyped);
    window.get_by_label("Path").type_text(&path.display().to_string());
    window.run_ok();
    press(&mut window, Key::Enter);
    assert_eq!(article(&window).session.name, "talks.txt");
}

#[test]
fn folders_and_files_are_completed() {
    let desk = Desk::new();
    std::fs::create_dir_all(desk.path("wire/today")).unwrap();
    for name in ["talks.txt", "tides.html", "picture.png"] {
        std::fs::write(desk.path("wire/today").join(name), STORY).unwrap();
    }
    let mut window = desk.window(&[]);
    apply(&mut window, Command::OpenTyped);
    window.get_by_label("Path").type_text(&desk.path("wi").display().to_string());
    window.run_ok();
    assert!(window.query_by_label("Folder wire").is_some());
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Enter);
    assert!(typing(&window).0.ends_with("/wire/"), "{:?}", typing(&window));
    click(&mut window, "Folder today");
    assert!(typing(&window).0.ends_with("/wire/today/"));
    assert!(window.query_by_label("File picture.png").is_none(), "that is no article");
    // What is typed on narrows the list; the caret stands at the end.
    window.event(eframe::egui::Event::Text("ti".to_owned()));
    window.run_ok();
    assert!(window.query_by_label("File talks.txt").is_none());
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Enter);
    assert_eq!(article(&window).session.name, "tides.html");
    // A file that would be written over is only put into the field.
    apply(&mut window, Command::TakePath(Purpose::SaveAs, desk.path("wire/today")));
    assert!(typing(&window).0.ends_with("/wire/today/"));
    click(&mut window, "File talks.txt");
    assert!(typing(&window).0.ends_with("/wire/today/talks.txt"));
    // Where a folder is asked for, folders alone are offered.
    apply(&mut window, Command::TakePath(Purpose::OpenFolder, desk.path("wire/nowhere")));
    assert_eq!(typing(&window).1, "There is no folder of this name.");
    window.get_by_role(Role::TextInput).focus();
    assert!(window.query_by_label("Folder today").is_none());
}

#[test]
fn what_is_wrong_with_a_path_is_said_where_it_is_typed() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", STORY);
    std::fs::create_dir_all(desk.path("wire")).unwrap();
    let mut window = desk.window(std::slice::from_ref(&path));
    let folder = || desk.path("wire");
    for (purpose, path, note) in [
        (Purpose::Source, folder(), "This is a folder; choose the source text in it."),
        (Purpose::Open, desk.path("nothing.txt"), "There is no file of this name."),
        (Purpose::SaveAs, folder(), "This is a folder; add the name of the file to be written."),
        (Purpose::Export, desk.path("nowhere/review.html"), "Nothing was written: there is no folder "),
        (Purpose::House, path, "This is a file; a folder is asked for."),
    ] {
        apply(&mut window, Command::TakePath(purpose, path.clone()));
        let (text, said) = typing(&window);
        assert!(said.starts_with(note), "{said}");
        assert!(text.starts_with(&path.display().to_string()), "what was typed stays: {text}");
        press(&mut window, Key::Escape);
    }
    // Chosen in another way, it is said as a fault.
    apply(&mut window, Command::OpenSourceAt(folder()));
    let said: Vec<&str> = app(&window).view().notices.iter().map(|n| n.text.as_str()).collect();
    assert!(said.iter().any(|s| s.starts_with("This is a folder, not a source text")), "{said:?}");
}
