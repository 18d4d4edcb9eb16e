//! The order of the queue, what tells like articles apart in it, and taking articles off it.

use copydesk::gui::command::Command;
use copydesk::gui::sorting::Sorted;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::*;

/// Articles with so many doubled words each, in this order.
const COUNTS: [(&str, usize); 4] = [("story-10.txt", 1), ("story-2.txt", 3), ("alpha.txt", 2), ("beta.txt", 0)];

fn story(name: &str, count: usize) -> String {
    format!("About {name}\n\nThe boats left.{}\n", " The crews waited for for the tide.".repeat(count))
}

fn open(desk: &Desk) -> Window {
    let paths: Vec<PathBuf> = COUNTS.iter().map(|(name, count)| desk.file(name, &story(name, *count))).collect();
    desk.window(&paths)
}

fn apply(window: &mut Window, command: Command) {
    window.state_mut().as_mut().unwrap().apply(command);
    window.run_ok();
}

/// The names in the order in which they are seen.
fn seen(window: &Window) -> Vec<String> {
    let row = |name: &str| window.query_by_label_contains(&format!("{name}, ")).map(|n| n.rect().top());
    let mut rows: Vec<(f32, String)> =
        app(window).articles().iter().filter_map(|a| Some((row(&a.session.name)?, a.session.name.clone()))).collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows.into_iter().map(|(_, name)| name).collect()
}

#[test]
fn the_queue_is_sorted_and_the_keys_follow_what_is_seen() {
    let desk = Desk::new();
    drop(desk.window(&[]));
    let mut window = open(&desk);
    assert_eq!(seen(&window), ["story-10.txt", "story-2.txt", "alpha.txt", "beta.txt"]);
    apply(&mut window, Command::Sort(Sorted::Name));
    assert_eq!(seen(&window), ["alpha.txt", "beta.txt", "story-2.txt", "story-10.txt"]);
    assert_eq!(article(&window).session.name, "story-10.txt");
    press(&mut window, Key::N);
    assert_eq!(article(&window).session.name, "alpha.txt", "past the last comes the first");
    press(&mut window, Key::N);
    assert_eq!(article(&window).session.name, "beta.txt");
    // By the menu, as a hand does it.
    click(&mut window, "Sort the queue: by name");
    click(&mut window, "By findings");
    assert_eq!(seen(&window), ["story-2.txt", "alpha.txt", "story-10.txt", "beta.txt"]);
    // Nothing moves below the hand that decides.
    apply(&mut window, Command::Article(1));
    while open_findings(&window) > 0 {
        press(&mut window, Key::A);
    }
    assert_eq!(seen(&window), ["story-2.txt", "alpha.txt", "story-10.txt", "beta.txt"]);
    press(&mut window, Key::N);
    assert_eq!(article(&window).session.name, "alpha.txt");
    apply(&mut window, Command::Sort(Sorted::Findings));
    assert_eq!(seen(&window)[0], "alpha.txt");
    // What comes is put where it belongs.
    let path = desk.file("new.txt", &story("new.txt", 5));
    apply(&mut window, Command::OpenPath(path));
    assert_eq!(seen(&window)[0], "new.txt");
    let id = app(&window).articles()[1].id;
    apply(&mut window, Command::ArticleOf(id));
    apply(&mut window, Command::Sort(Sorted::Status));
    assert_eq!(seen(&window)[3..], ["story-2.txt", "beta.txt"], "clean comes last");
    drop(window);
    // A killed window comes back in its order; the first desk keeps its own.
    let mut window = desk.window(&[]);
    apply(&mut window, Command::Sort(Sorted::Name));
    window.state_mut().as_mut().unwrap().end();
    drop(window);
    let window = desk.window(&[]);
    assert_eq!(app(&window).view().sorted, Sorted::Name);
    assert_eq!(seen(&window)[..2], ["alpha.txt", "beta.txt"]);
}

#[test]
fn like_titles_are_told_apart() {
    let desk = Desk::new();
    let title = "Turkish Foreign Minister meets envoys in Oslo and speaks to the press at length";
    let story = |n: usize| format!("{title} {n}\n\nThe crews waited for for the tide.\n");
    let paths = [desk.file("one.txt", &story(1)), desk.file("two.txt", &story(2))];
    let mut window = desk.window(&paths);
    let row = format!("{title} 2, two.txt, ");
    assert!(window.get_by_label_contains(&row).rect().height() > 40.0, "there is a second line");
    // Of two that differ, the title tells.
    let paths = [desk.file("one.txt", STORY), desk.file("two.txt", "Another story\n\nIt is is new.\n")];
    window = desk.window(&paths);
    assert!(window.get_by_label_contains("Another story, two.txt, ").rect().height() < 30.0);
    // What is pasted twice has two names.
    apply(&mut window, Command::PasteText(STORY.to_owned()));
    apply(&mut window, Command::PasteText(STORY.to_owned()));
    assert_eq!(article(&window).session.name, "pasted-2.txt");
}

#[test]
fn articles_are_taken_off_the_queue_and_opened_again() {
    let desk = Desk::new();
    let mut window = open(&desk);
    // From the row, by key and by hand; the article looked at stays.
    window.get_by_label_contains("alpha.txt, ").focus();
    press(&mut window, Key::Delete);
    assert_eq!(seen(&window), ["story-10.txt", "story-2.txt", "beta.txt"]);
    assert_eq!(article(&window).session.name, "story-10.txt");
    window.get_by_label_contains("beta.txt, ").click_secondary();
    window.run_ok();
    click(&mut window, "Close article");
    assert_eq!(seen(&window), ["story-10.txt", "story-2.txt"]);
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::T);
    assert_eq!(article(&window).session.name, "beta.txt");
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::T);
    assert_eq!(article(&window).session.name, "alpha.txt");
    // One with work asks.
    apply(&mut window, Command::Article(0));
    press(&mut window, Key::A);
    apply(&mut window, Command::Article(1));
    window.get_by_label_contains("story-10.txt, ").focus();
    press(&mut window, Key::Delete);
    assert_eq!(article(&window).session.name, "story-10.txt");
    click(&mut window, "Save and close");
    assert_eq!(seen(&window).len(), 3);
    // The saved ones go together.
    press(&mut window, Key::A);
    press(&mut window, Key::S);
    apply(&mut window, Command::CloseSaved);
    assert_eq!(seen(&window).len(), 2);
    assert!(app(&window).view().notices.iter().any(|n| n.text.starts_with("1 article closed; ")));
    // Closed by key, the next one that is seen comes.
    apply(&mut window, Command::Sort(Sorted::Name));
    let order = seen(&window);
    let id = app(&window).articles().iter().find(|a| a.session.name == order[0]).unwrap().id;
    apply(&mut window, Command::ArticleOf(id));
    press_with(&mut window, Modifiers::COMMAND, Key::W);
    assert_eq!(article(&window).session.name, order[1]);
}
