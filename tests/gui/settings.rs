//! The screen of the settings and the file behind it.

use copydesk::gui::command::Command;
use copydesk::gui::{Dialog, Setting, Settings, ThemeChoice};
use eframe::egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable;

use super::*;

fn read(desk: &Desk) -> Settings {
    let (settings, faults) = Settings::read(&desk.path("settings.toml"));
    assert_eq!(faults, Vec::<String>::new());
    settings
}

#[test]
fn every_setting_is_changed_on_its_screen_and_stands_in_the_file() {
    let desk = Desk::new();
    desk.file("settings.toml", "# By hand.\nname = \"Anna\" # me\ntheme = \"light\"\n");
    let path = desk.file("talks.txt", STORY);
    let house = desk.path("house");
    std::fs::create_dir_all(house.join("rules")).unwrap();
    let mut window = desk.window(std::slice::from_ref(&path));
    press_with(&mut window, Modifiers::COMMAND, Key::Comma);
    assert_eq!(app(&window).view().dialog, Some(Dialog::Settings));
    click(&mut window, "Theme: Dark");
    click(&mut window, "Larger");
    click(&mut window, "Motion: Reduced");
    click(&mut window, "Review: Full: hints of style too");
    click(&mut window, "Keep the original beside the file");
    window.get_by_role_and_label(Role::TextInput, "Your name").focus();
    window.run_ok();
    window.event(egui::Event::Text("Bo ".to_owned()));
    window.run_ok();
    let settings = read(&desk);
    assert_eq!(settings.theme, ThemeChoice::Dark);
    assert_eq!((settings.zoom, settings.hints, settings.keep_original), (1.1, true, false));
    assert!(settings.name.contains("Bo ") && settings.name.contains("Anna"), "{}", settings.name);
    for set in [Setting::AddHouse(house.clone()), Setting::KeepSessionsDays(7), Setting::Measure(64)] {
        window.state_mut().as_mut().unwrap().apply(Command::Set(set));
    }
    window.run_ok();
    assert_eq!(read(&desk).houses, std::slice::from_ref(&house));
    assert_eq!((read(&desk).keep_sessions_days, read(&desk).measure), (7, 64));
    window.get_by_label(&format!("Remove: {}", house.display())).scroll_to_me();
    window.run_ok();
    click(&mut window, &format!("Remove: {}", house.display()));
    assert!(read(&desk).houses.is_empty());
    window.check_accessibility();
    let file = std::fs::read_to_string(desk.path("settings.toml")).unwrap();
    assert!(file.starts_with("# By hand.\nname = ") && file.contains(" # me\n"), "{file}");
    assert!(file.contains("# Days that decisions are kept"), "{file}");
    click(&mut window, "Close");
    // What was set holds: no original is put beside.
    press(&mut window, Key::A);
    press(&mut window, Key::S);
    assert!(!desk.path("talks.orig.txt").exists());
    assert!(!article(&window).figures.unsaved);
    drop(window);
    let window = desk.window(&[path]);
    assert!(window.query_by_label("110 %").is_some());
}

#[test]
fn a_file_that_is_no_settings_is_put_aside_before_another_is_written() {
    let desk = Desk::new();
    let broken = "theme = \"dark\"\nzoom = [1\n";
    desk.file("settings.toml", broken);
    let path = desk.file("talks.txt", STORY);
    let mut window = desk.window(&[path]);
    assert!(window.query_by_label_contains("The settings can’t be read (line ").is_some());
    assert_eq!(std::fs::read_to_string(desk.path("settings.toml")).unwrap(), broken, "reading changes nothing");
    press_with(&mut window, Modifiers::COMMAND, Key::Plus);
    assert_eq!(std::fs::read_to_string(desk.path("settings.broken.toml")).unwrap(), broken);
    assert!(window.query_by_label_contains("put aside as ").is_some());
    assert_eq!(read(&desk).zoom, 1.1);
}

#[test]
fn a_wrong_value_and_an_unknown_setting_stay_as_they_are() {
    let desk = Desk::new();
    desk.file("settings.toml", "theme = \"purple\"\nzoon = 2\nhints = true\n");
    let path = desk.file("talks.txt", STORY);
    let mut window = desk.window(&[path]);
    assert!(window.query_by_label_contains("The setting “theme” can’t be used").is_some());
    assert!(window.query_by_label_contains("There is no setting “zoon”").is_some());
    press_with(&mut window, Modifiers::COMMAND, Key::Plus);
    let file = std::fs::read_to_string(desk.path("settings.toml")).unwrap();
    assert!(file.starts_with("theme = \"purple\"\nzoon = 2\nhints = true\n"), "{file}");
    assert!(file.contains("\nzoom = 1.1"), "{file}");
}
