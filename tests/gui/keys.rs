//! The keys and the pointer as an editor expects them: nothing is decided unseen, nothing is lost, nothing jumps.

use copydesk::gui::command::Command;
use copydesk::gui::{Mode, Pane};
use eframe::egui::{Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, Rect, Role, TouchPhase, vec2};
use egui_kittest::kittest::{NodeT, Queryable};

use super::*;

/// A page whose blocks are of different kinds.
const PAGE: &str = "<html><body><h1>Envoys met</h1>\n<figure><img src=\"a.jpg\"><figcaption>The port of Lund</figcaption></figure>\n\
                    <p>They waited for for an answer.</p>\n<p>They left in the evening.</p>\n\
                    <ul><li>One boat</li></ul><table><tr><td>Two boats</td><td>Three</td></tr></table></body></html>\n";

const CTRL: Modifiers = Modifiers { ctrl: true, command: true, ..Modifiers::NONE };

fn edit_at(window: &mut Window, at: usize) {
    window.state_mut().as_mut().unwrap().apply(Command::EditAt(at));
    window.run_ok();
}

fn says(window: &Window, words: &str) -> bool {
    app(window).view().notices.iter().any(|n| n.text.contains(words))
}

fn caret(window: &Window) -> usize {
    app(window).view().editor.stands
}

fn selected(window: &Window) -> String {
    app(window).view().editor.selected.of(&text(window)).to_owned()
}

fn write(window: &mut Window, words: &str) {
    for letter in words.chars() {
        window.event(Event::Text(letter.to_string()));
        window.run_ok();
    }
}

fn wheel(window: &mut Window, by: f32) {
    window.hover_at(Pos2::new(560.0, 400.0));
    window.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, by),
        phase: TouchPhase::Move,
        modifiers: Modifiers::NONE,
        source: egui::MouseWheelSource::Unknown,
    });
    for _ in 0..20 {
        window.step();
    }
    window.run_ok();
}

/// Where a paragraph that is shown begins.
fn top(window: &Window, words: &str) -> f32 {
    window.get_by_label_contains(words).rect().top()
}

/// A story of several views.
fn several() -> String {
    let body: Vec<String> = (0..60)
        .map(|i| format!("Part {i}. They had an answer from the port in the evening and read it twice before they left.\n\n"))
        .collect();
    format!("They waited for for an answer.\n\n{}The the end.\n", body.concat())
}

#[test]
fn what_the_page_cannot_hold_is_refused_at_the_key() {
    let desk = Desk::new();
    let path = desk.file("page.html", PAGE);
    let mut window = desk.window(std::slice::from_ref(&path));
    let before = text(&window);
    for words in ["They waited", "Two boats", "One boat", "The port"] {
        let at = before.find(words).unwrap();
        edit_at(&mut window, at);
        press(&mut window, Key::Backspace);
        assert_eq!(text(&window), before, "{words}");
        assert_eq!(caret(&window), at, "{words}");
        assert!(says(&window, "These two paragraphs lie apart in the page; they can’t be joined"), "{words}");
        let field = window.get_by_role(Role::MultilineTextInput).value().unwrap();
        assert_eq!(field, before, "the field shows what is there");
        edit_at(&mut window, at - 1);
        press(&mut window, Key::Delete);
        assert_eq!((text(&window), caret(&window)), (before.clone(), at - 1), "{words}");
    }
    assert!(app(&window).view().notices.len() <= 1, "said once");
    // A selection over the edge that is typed over; what can be joined is.
    edit_at(&mut window, before.find("Lund").unwrap());
    for _ in 0..10 {
        press_with(&mut window, Modifiers::SHIFT, Key::ArrowRight);
    }
    write(&mut window, "X");
    assert_eq!(text(&window), before);
    edit_at(&mut window, before.find("They left").unwrap());
    press(&mut window, Key::Backspace);
    assert!(text(&window).contains("an answer.They left"));
    write(&mut window, " ");
    press_with(&mut window, Modifiers::COMMAND, Key::S);
    assert!(!article(&window).figures.unsaved, "{:?}", app(&window).view().notices);
    assert!(std::fs::read_to_string(&path).unwrap().contains("an answer. They left"));
}

#[test]
fn replacing_asks_the_page_too() {
    let desk = Desk::new();
    let path = desk.file("page.html", PAGE);
    let mut window = desk.window(&[path]);
    let before = text(&window);
    let at = before.find("Lund").unwrap();
    let edits = copydesk::text::Edit::replace(&before, copydesk::text::Span::new(at, at + 9), "X");
    window.state_mut().as_mut().unwrap().apply(Command::Typed(vec![edits]));
    window.run_ok();
    assert_eq!(text(&window), before);
    assert!(says(&window, "can’t be joined"));
}

#[test]
fn a_change_of_an_older_session_that_cannot_be_saved_is_shown() {
    let desk = Desk::new();
    let path = desk.file("page.html", PAGE);
    let mut window = desk.window(std::slice::from_ref(&path));
    edit_at(&mut window, 6);
    write(&mut window, "!");
    let folder = article(&window).session.folder().unwrap().to_owned();
    let now = text(&window);
    drop(window);
    let journal = folder.join("journal.jsonl");
    let mut lines = std::fs::read_to_string(&journal).unwrap();
    let last: serde_json::Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    let mut join = last.clone();
    let at = now.find("\nThey waited").unwrap();
    let Some(edits) = join.get_mut("edits") else { panic!("{join}") };
    *edits =
        serde_json::to_value(copydesk::text::Edits::one(copydesk::text::Edit::replace(&now, copydesk::text::Span::new(at, at + 1), "")))
            .unwrap();
    lines.extend([join.to_string().as_str(), "\n"]);
    std::fs::write(&journal, lines).unwrap();
    let mut window = desk.window(&[path]);
    assert!(text(&window).contains("LundThey"), "{}", text(&window));
    press(&mut window, Key::S);
    assert_eq!(app(&window).view().pane, Pane::Compare, "{:?}", app(&window).view().notices);
    assert!(says(&window, "Nothing was saved: the change that joins two paragraphs"), "{:?}", app(&window).view().notices);
    assert!(!says(&window, "\\n"));
    // Elsewhere the article can still be written in.
    press(&mut window, Key::X);
    assert!(text(&window).contains("Lund\nThey"));
    press(&mut window, Key::S);
    assert!(!article(&window).figures.unsaved);
}

#[test]
fn enter_selects_nothing() {
    let desk = Desk::new();
    let path = desk.file("story.txt", STORY);
    let mut window = desk.window(&[path]);
    press(&mut window, Key::J);
    press(&mut window, Key::Enter);
    assert_eq!(selected(&window), "");
    assert_eq!(caret(&window), STORY.find("the the").unwrap());
    write(&mut window, "a");
    assert!(text(&window).contains("athe the"), "{}", text(&window));
}

#[test]
fn pages_are_turned_while_reviewing() {
    let desk = Desk::new();
    let path = desk.file("long.txt", &several());
    let mut window = desk.window(&[path]);
    let first = top(&window, "Part 6. ");
    press(&mut window, Key::PageDown);
    assert!(top(&window, "Part 12. ") < first + 300.0);
    assert!(window.query_by_label_contains("Part 0. ").is_none());
    press(&mut window, Key::Space);
    press_with(&mut window, Modifiers::SHIFT, Key::Space);
    press(&mut window, Key::PageUp);
    assert!((top(&window, "Part 6. ") - first).abs() < 1.0);
    press(&mut window, Key::End);
    assert!(window.get_by_label_contains("the end.").rect().bottom() < 800.0);
    press(&mut window, Key::Home);
    assert!((top(&window, "Part 6. ") - first).abs() < 1.0);
    assert_eq!(article(&window).current, 0, "no finding was left");
}

#[test]
fn pages_are_turned_while_editing() {
    let desk = Desk::new();
    let path = desk.file("long.txt", &several());
    let mut window = desk.window(&[path]);
    edit_at(&mut window, 0);
    press(&mut window, Key::PageDown);
    let once = caret(&window);
    assert!(once > 500, "{once}");
    press(&mut window, Key::PageDown);
    assert!(caret(&window) > once + 500);
    press(&mut window, Key::PageUp);
    assert_eq!(caret(&window), once);
    press_with(&mut window, Modifiers::SHIFT, Key::PageUp);
    assert_eq!(caret(&window), 0);
    assert_eq!(selected(&window).len(), once);
    press_with(&mut window, CTRL, Key::End);
    assert_eq!(caret(&window), several().len());
    press_with(&mut window, CTRL, Key::Home);
    assert_eq!(caret(&window), 0);
}

#[test]
fn the_comparison_goes_to_its_ends() {
    let desk = Desk::new();
    let path = desk.file("long.txt", &several());
    let mut window = desk.window(&[path]);
    press(&mut window, Key::A);
    press(&mut window, Key::D);
    assert!(window.query_by_label_contains("the end.").is_none());
    press(&mut window, Key::End);
    assert!(window.query_all_by_label_contains("the end.").next().is_some());
    press(&mut window, Key::Home);
    assert!(window.query_all_by_label_contains("the end.").next().is_none());
    assert_eq!(app(&window).view().pane, Pane::Compare);
}

#[test]
fn a_click_never_scrolls() {
    let desk = Desk::new();
    let many = several().replace("read it twice", "read it it twice");
    let path = desk.file("long.txt", &many);
    let mut window = desk.window(&[path]);
    // A finding in the lower part is looked at where it is.
    let line = window.get_all_by_label_contains("Part ").rfind(|n| n.rect().bottom() < 780.0).unwrap();
    let words = line.accesskit_node().label().unwrap();
    let name = words.split_inclusive('.').next().unwrap().to_owned();
    let before = line.rect();
    let at = find_finding(&mut window, before);
    click_at(&mut window, at);
    assert!(current(&window).contains("it it") && article(&window).current > 3, "{}", article(&window).current);
    assert!((top(&window, &name) - before.top()).abs() < 40.0, "{} {before}", top(&window, &name));
    // Where the text is clicked, it is written in, under the pointer.
    let line = window.get_by_label_contains(&name).rect();
    let at = Pos2::new(line.left() + 20.0, line.top() + 12.0);
    click_at(&mut window, at);
    assert_eq!(app(&window).view().mode, Mode::Editing);
    let field = window.get_by_role(Role::MultilineTextInput).rect();
    let stands = text(&window).find(&name).unwrap();
    assert!((stands..stands + 12).contains(&caret(&window)));
    click_at(&mut window, at);
    assert!((stands..stands + 12).contains(&caret(&window)), "it is still under the pointer");
    assert_eq!(window.get_by_role(Role::MultilineTextInput).rect(), field);
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

fn click_at(window: &mut Window, at: Pos2) {
    window.event(Event::PointerMoved(at));
    window.run_ok();
    window.event(button(at, true));
    window.event(button(at, false));
    window.run_ok();
}

/// A place of a line where the pointer is a hand.
fn find_finding(window: &mut Window, line: Rect) -> Pos2 {
    for x in 0..60 {
        for y in [14.0, 42.0] {
            let at = Pos2::new(line.left() + 10.0 * x as f32, line.top() + y);
            if at.y < line.bottom() {
                window.event(Event::PointerMoved(at));
                window.step();
                window.step();
                if window.output().platform_output.cursor_icon == egui::CursorIcon::PointingHand {
                    return at;
                }
            }
        }
    }
    panic!("no finding in {line}");
}

#[test]
fn what_is_not_in_view_is_not_decided_on() {
    let desk = Desk::new();
    let path = desk.file("long.txt", &several());
    let mut window = desk.window(&[path]);
    for key in [Key::A, Key::X, Key::E] {
        press(&mut window, Key::End);
        press(&mut window, key);
        assert_eq!(open_findings(&window), 2, "{key:?}");
        assert!(app(&window).view().suggestion.is_none());
        assert_eq!(app(&window).view().paper.shown.start, 0, "it is in view");
    }
    wheel(&mut window, -2000.0);
    assert!(app(&window).view().paper.shown.start > 0);
    press(&mut window, Key::A);
    assert_eq!(open_findings(&window), 2);
    press(&mut window, Key::A);
    assert_eq!(open_findings(&window), 1);
    // The next is far away, and seen once the page is there.
    press(&mut window, Key::A);
    assert_eq!(open_findings(&window), 0);
}

#[test]
fn the_original_is_left_before_anything_is_decided() {
    let desk = Desk::new();
    let path = desk.file("story.txt", STORY);
    let mut window = desk.window(&[path]);
    let show = |window: &mut Window| {
        window.state_mut().as_mut().unwrap().apply(Command::Original);
        window.run_ok();
        assert!(app(window).view().original);
    };
    show(&mut window);
    press(&mut window, Key::A);
    assert_eq!(text(&window), STORY);
    assert!(!app(&window).view().original);
    for key in [Key::Escape, Key::O] {
        show(&mut window);
        press(&mut window, key);
        assert!(!app(&window).view().original, "{key:?}");
    }
    press(&mut window, Key::A);
    assert_ne!(text(&window), STORY);
}

#[test]
fn the_field_keeps_the_keyboard_and_gets_it_back() {
    let desk = Desk::new();
    let path = desk.file("story.txt", STORY);
    let mut window = desk.window(&[path]);
    edit_at(&mut window, 0);
    for modifiers in [Modifiers::NONE, Modifiers::SHIFT] {
        press_with(&mut window, modifiers, Key::Tab);
        write(&mut window, "x");
    }
    assert_eq!(text(&window), format!("xx{STORY}"));
    // Lost to a button, letters come back to it, and Escape leads back first.
    window.get_by_label("Next finding").focus();
    window.run_ok();
    write(&mut window, "y");
    assert_eq!(text(&window), format!("xxy{STORY}"));
    window.get_by_label("Next finding").focus();
    window.run_ok();
    press(&mut window, Key::Escape);
    assert_eq!(app(&window).view().mode, Mode::Editing);
    write(&mut window, "z");
    assert_eq!(text(&window), format!("xxyz{STORY}"));
    press(&mut window, Key::Escape);
    assert_eq!(app(&window).view().mode, Mode::Reviewing);
}

#[test]
fn escape_gives_the_keyboard_back_to_the_review() {
    let desk = Desk::new();
    let path = desk.file("story.txt", STORY);
    let mut window = desk.window(&[path]);
    let first = current(&window);
    window.state_mut().as_mut().unwrap().apply(Command::OpenPath(desk.path("none.txt")));
    window.run_ok();
    let faults = app(&window).view().notices.len();
    assert!(faults > 0);
    window.get_by_label("Next finding").focus();
    window.run_ok();
    press(&mut window, Key::Enter);
    assert_ne!(current(&window), first, "a focused control is pressed");
    press(&mut window, Key::Escape);
    assert_eq!(app(&window).view().notices.len(), faults, "nothing else was closed");
    press(&mut window, Key::Enter);
    assert_eq!(app(&window).view().mode, Mode::Editing);
}

#[test]
fn going_on_begins_at_the_caret() {
    let desk = Desk::new();
    let path = desk.file("long.txt", &several());
    let mut window = desk.window(&[path]);
    let middle = several().find("Part 30").unwrap();
    edit_at(&mut window, middle);
    press_with(&mut window, Modifiers::SHIFT, Key::F8);
    assert_eq!(caret(&window), several().find("for for").unwrap());
    edit_at(&mut window, middle);
    press(&mut window, Key::F8);
    assert_eq!(caret(&window), several().find("The the").unwrap());
    press_with(&mut window, Modifiers::SHIFT, Key::F8);
    assert_eq!(caret(&window), several().find("for for").unwrap());
}

#[test]
fn who_begins_to_write_after_a_search_writes_where_it_was_found() {
    let desk = Desk::new();
    let path = desk.file("long.txt", &several());
    let mut window = desk.window(&[path]);
    press_with(&mut window, CTRL, Key::F);
    window.get_by_label("Find").type_text("Part 40");
    window.run_ok();
    press(&mut window, Key::Enter);
    press(&mut window, Key::Escape);
    let stood = top(&window, "Part 40.");
    assert_eq!(app(&window).view().mode, Mode::Reviewing);
    press(&mut window, Key::Enter);
    assert_eq!(caret(&window), several().find("Part 40").unwrap());
    assert!(stood > 100.0 && stood < 700.0);
    press(&mut window, Key::Escape);
    // In the comparison it says where it looks.
    press(&mut window, Key::D);
    press_with(&mut window, CTRL, Key::F);
    assert!(says(&window, "leads back to the comparison"));
}

#[test]
fn past_the_last_finding_it_is_said_once() {
    let desk = Desk::new();
    let path = desk.file("story.txt", STORY);
    let mut window = desk.window(&[path]);
    for _ in 0..open_findings(&window) - 1 {
        press(&mut window, Key::J);
        assert!(!says(&window, "first again"));
    }
    for _ in 0..2 {
        press(&mut window, Key::J);
        assert_eq!(article(&window).current, 0);
        press(&mut window, Key::K);
    }
    let said = |words: &str| app(&window).view().notices.iter().filter(|n| n.text.contains(words)).count();
    assert_eq!((said("first again"), said("last finding again")), (1, 1));
}

#[test]
fn no_key_is_lost_where_the_program_itself_scrolls() {
    let desk = Desk::new();
    let story = include_str!("../../assets/sample-story.html");
    let path = desk.file("story.html", story);
    for (width, height) in [(600.0, 466.0), (900.0, 700.0), (1280.0, 800.0)] {
        let mut window = desk.sized(std::slice::from_ref(&path), width, height);
        let mut done = 0;
        while open_findings(&window) > 0 && done < 40 {
            let before = article(&window).session.review().done().len();
            // The page is still on its way when the next key comes.
            window.key_press_modifiers(Modifiers::NONE, Key::A);
            window.step();
            window.step();
            done += 1;
            assert_eq!(article(&window).session.review().done().len(), before + 1, "key {done} at {width} by {height}");
        }
        window.state_mut().as_mut().unwrap().apply(copydesk::gui::command::Command::ForgetNow);
    }
}
