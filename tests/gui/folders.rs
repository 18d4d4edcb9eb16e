//! Folders with what can't be read, links, and names that are very long.

use copydesk::gui::Checking;
use eframe::egui::Key;
use egui_kittest::kittest::Queryable;

use super::*;

fn said(window: &Window) -> Vec<String> {
    app(window).view().notices.iter().map(|n| n.text.clone()).collect()
}

#[test]
fn what_can_not_be_read_of_a_folder_is_named_and_links_open_once() {
    let desk = Desk::new();
    let folder = desk.path("wire");
    std::fs::create_dir_all(folder.join("folder.txt")).unwrap();
    for i in 0..12 {
        std::fs::write(folder.join(format!("story-{i:02}.txt")), STORY).unwrap();
    }
    for i in 0..5 {
        std::fs::write(folder.join(format!("bad-{i}.txt")), [0, 159, 146, 150, 0, 1, 2, 3]).unwrap();
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.join("story-03.txt"), folder.join("zz.txt")).unwrap();
        std::os::unix::fs::symlink(folder.join("nowhere.txt"), folder.join("broken.txt")).unwrap();
    }
    let window = desk.checking(std::slice::from_ref(&folder), 1280.0, 800.0, Checking::AtOnce);
    assert_eq!(app(&window).articles().len(), 12);
    assert_eq!(said(&window).len(), 4, "{:?}", said(&window));
    assert!(said(&window).iter().any(|s| s == "bad-3.txt and bad-4.txt could not be opened either; the others are in the queue"));
    drop(window);
    // Where no decision can be kept, that is said once, and the articles open.
    let desk = Desk::new();
    std::fs::write(desk.path("sessions"), "this is a file").unwrap();
    let paths: Vec<PathBuf> = (0..6).map(|i| desk.file(&format!("story-{i}.txt"), STORY)).collect();
    let window = desk.window(&paths);
    assert_eq!(app(&window).articles().len(), 6);
    assert_eq!(said(&window).iter().filter(|s| s.starts_with("Decisions can’t be kept on this machine")).count(), 1, "{:?}", said(&window));
    assert!(!said(&window).iter().any(|s| s.contains("could not be opened")), "{:?}", said(&window));
}

#[test]
fn a_very_long_name_is_saved_with_its_original_and_leaves_the_page_where_it_is() {
    let desk = Desk::new();
    let short = desk.file("talks.txt", STORY);
    let left = |window: &Window| window.get_by_label("Envoys agreed to meet").rect().left();
    let window = desk.window(&[short]);
    let before = left(&window);
    drop(window);
    let name = format!("{}.txt", "é".repeat(120));
    let path = desk.file(&name, STORY);
    let mut window = desk.window(std::slice::from_ref(&path));
    assert_eq!(left(&window), before);
    press(&mut window, Key::A);
    press(&mut window, Key::S);
    assert!(std::fs::read_to_string(&path).unwrap().contains("waited for an answer"));
    let originals =
        std::fs::read_dir(desk.path("")).unwrap().filter(|e| e.as_ref().unwrap().file_name().to_string_lossy().ends_with(".orig.txt"));
    assert_eq!(originals.count(), 1);
    assert!(said(&window).iter().all(|s| s.chars().count() < 260), "{:?}", said(&window));
}
