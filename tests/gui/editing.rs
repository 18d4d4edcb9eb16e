//! Writing in the article: keys, mouse, clipboard, input methods, undo, and long texts paragraph by paragraph.

use copydesk::gui::Mode;
use copydesk::gui::command::Command;
use copydesk::review::Event as Done;
use eframe::egui::{Event, ImeEvent, Key, Modifiers, OutputCommand, PointerButton, Pos2, Role};
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

fn typed(window: &Window) -> usize {
    let review = article(window).session.review();
    review.done_entries().filter(|(_, e)| matches!(e.event, Done::Typed { .. })).count()
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
    assert!(text(&window).split_at(caret(&window)).0.ends_with("\nmore"));
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
fn letters_that_are_composed_are_written_down_once_they_are_chosen() {
    let desk = Desk::new();
    let before = "The host said for for the last time.\n";
    let mut window = writing(&desk, before);
    press(&mut window, Key::End);
    let preedit = |text: &str| Event::Ime(ImeEvent::Preedit { text: text.to_owned(), active_range_chars: None });
    let shown = |window: &Window| window.get_by_role(Role::MultilineTextInput).value().unwrap();
    for letters in ["k", "ka", "ka la", "كلا"] {
        window.event(preedit(letters));
        window.run_ok();
        assert_eq!(text(&window), before, "not in the article");
        assert!(shown(&window).contains(&format!("time.{letters}\n")), "but in the field");
        assert_eq!(typed(&window), 0, "and not in the journal");
    }
    window.event(Event::Ime(ImeEvent::Commit("كلا".to_owned())));
    window.run_ok();
    assert!(text(&window).contains("time.كلا\n"), "{}", text(&window));
    assert_eq!(typed(&window), 1);
    let journal = article(&window).session.folder().unwrap().join("journal.jsonl");
    let journal = std::fs::read_to_string(journal).unwrap();
    assert_eq!(journal.lines().count(), 1, "{journal}");
    assert!(!journal.contains("ka"), "{journal}");
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(text(&window), before);
    // Given up, nothing is left.
    window.event(preedit("ka"));
    window.run_ok();
    window.event(preedit(""));
    window.run_ok();
    assert_eq!((text(&window), shown(&window)), (before.to_owned(), before.to_owned()));
    assert_eq!(typed(&window), 0);
    // Composing replaces what is selected, as one step.
    press_with(&mut window, Modifiers::SHIFT, Key::Home);
    for event in [preedit("n"), preedit("ni"), Event::Ime(ImeEvent::Commit("é".to_owned()))] {
        window.event(event);
        window.run_ok();
    }
    assert_eq!(text(&window), "é\n");
    assert_eq!(typed(&window), 1);
    // A decision meanwhile, and a click, give up what was not chosen.
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    window.event(preedit("x"));
    window.run_ok();
    press_with(&mut window, Modifiers::COMMAND, Key::Enter);
    assert_eq!(text(&window), before.replace("for for", "for"));
    assert_eq!(shown(&window), text(&window));
    window.event(preedit("yy"));
    window.run_ok();
    let at = window.get_by_role(Role::MultilineTextInput).rect().min + egui::vec2(2.0, 12.0);
    window.drag_at(at);
    window.drop_at(at);
    window.run_ok();
    write(&mut window, "A ");
    assert_eq!(text(&window), before.replace("for for", "for").replace("The", "A The"));
}

#[test]
fn a_thousand_steps_are_undone_and_done_again_with_the_caret_at_each() {
    let desk = Desk::new();
    let before = "Start.\n\nThey ran for for hours.\n";
    let mut window = writing(&desk, before);
    for i in 0..500 {
        let at = if i % 2 == 0 { 0 } else { text(&window).len() - 1 };
        let app = window.state_mut().as_mut().unwrap();
        app.apply(Command::Typed(vec![copydesk::text::Edit::insert(at, format!("w{i}"))]));
        app.apply(Command::Typed(vec![copydesk::text::Edit::insert(at, " ".to_owned())]));
    }
    window.run_ok();
    let full = text(&window);
    let steps = article(&window).session.review().done().len();
    assert_eq!(steps, 1_000);
    for _ in 0..steps {
        window.state_mut().as_mut().unwrap().apply(Command::Undo);
    }
    window.run_ok();
    assert_eq!(text(&window), before);
    for _ in 0..steps {
        window.state_mut().as_mut().unwrap().apply(Command::Redo);
    }
    window.run_ok();
    assert_eq!(text(&window), full);
    // Letters of a word are one step; the caret stands where the word was, and behind it when it comes back.
    let place = full.find("Start.").unwrap() + 6;
    window.state_mut().as_mut().unwrap().apply(Command::EditAt(place));
    window.run_ok();
    write(&mut window, "again");
    assert_eq!(caret(&window), place + 5);
    press_with(&mut window, Modifiers::COMMAND | Modifiers::CTRL, Key::Home);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!((text(&window), caret(&window)), (full.clone(), place));
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(caret(&window), place + 5);
    assert!(text(&window).contains("Start.again"));
    // Typing, decisions and typing again come back one by one.
    press(&mut window, Key::F8);
    press_with(&mut window, Modifiers::COMMAND, Key::Enter);
    assert!(text(&window).contains("ran for hours"));
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(text(&window), full);
}

#[test]
fn the_finding_looked_at_stays_while_words_are_written() {
    let desk = Desk::new();
    let mut window = writing(&desk, STORY);
    window.state_mut().as_mut().unwrap().apply(Command::Select(1));
    window.run_ok();
    assert_eq!(current(&window), "the the");
    press_with(&mut window, Modifiers::COMMAND | Modifiers::CTRL, Key::Home);
    write(&mut window, "Late news: ");
    assert_eq!(current(&window), "the the", "before it");
    press_with(&mut window, Modifiers::COMMAND | Modifiers::CTRL, Key::End);
    write(&mut window, "More.");
    assert_eq!(current(&window), "the the", "and behind it");
    // While it is written in, it goes, and comes back.
    let at = text(&window).find("the the").unwrap() + 7;
    window.state_mut().as_mut().unwrap().apply(Command::EditAt(at));
    window.run_ok();
    write(&mut window, "n");
    assert_ne!(current(&window), "the the");
    press(&mut window, Key::Backspace);
    assert_eq!(current(&window), "the the");
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
fn the_tab_key_does_not_lead_out_of_the_text() {
    let desk = Desk::new();
    let mut window = writing(&desk, STORY);
    press(&mut window, Key::Tab);
    assert_eq!(text(&window), STORY, "and writes nothing");
    assert!(window.get_by_role(Role::MultilineTextInput).is_focused());
}

/// An article above the length that is written in as a whole.
fn long() -> String {
    let paragraph = "They had an answer from the port in the evening and read it twice. ".repeat(6).trim_end().to_owned();
    let body: Vec<String> = (0..900).map(|i| format!("Part {i}. {paragraph}\n\n")).collect();
    format!("They waited for for an answer.\n\n{}The the end.\n", body.concat())
}

#[test]
fn a_long_article_is_written_in_paragraph_by_paragraph() {
    let desk = Desk::new();
    let before = long();
    assert!(before.len() > 300 * 1024);
    let path = desk.file("long.txt", &before);
    let mut window = desk.window(&[path]);
    press(&mut window, Key::A);
    assert!(text(&window).starts_with("They waited for an answer."));
    press(&mut window, Key::Enter);
    assert_eq!(app(&window).view().mode, Mode::Editing);
    let shown = |window: &Window| window.get_by_role(Role::MultilineTextInput).value().unwrap();
    assert_eq!(shown(&window), "The the end.", "the paragraph of the finding is the field");
    for _ in 0..7 {
        press_with(&mut window, Modifiers::SHIFT, Key::ArrowRight);
    }
    write(&mut window, "This is the");
    assert!(text(&window).ends_with("This is the end.\n"), "{}", shown(&window));
    // A paragraph is split, left and joined again.
    press(&mut window, Key::End);
    press(&mut window, Key::Enter);
    write(&mut window, "Last");
    assert!(text(&window).ends_with("end.\nLast\n"));
    assert_eq!(shown(&window), "Last");
    press(&mut window, Key::ArrowUp);
    assert_eq!(shown(&window), "This is the end.");
    press(&mut window, Key::End);
    press(&mut window, Key::Delete);
    assert!(text(&window).ends_with("This is the end.Last\n"));
    assert_eq!(caret(&window), text(&window).len() - 5);
    press(&mut window, Key::Home);
    press(&mut window, Key::ArrowLeft);
    press(&mut window, Key::ArrowLeft);
    assert!(shown(&window).starts_with("Part 899."), "over the empty line into the paragraph before");
    press(&mut window, Key::ArrowRight);
    assert_eq!(shown(&window), "");
    press(&mut window, Key::Backspace);
    assert!(shown(&window).starts_with("Part 899.") && text(&window).ends_with("twice.\nThis is the end.Last\n"));
    // Undo leads back through all of it and shows where.
    while article(&window).session.review().last_step().is_some() {
        press_with(&mut window, Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(text(&window), before);
    assert_eq!(shown(&window), "They waited for for an answer.");
    press(&mut window, Key::F8);
    press_with(&mut window, Modifiers::COMMAND, Key::Enter);
    press(&mut window, Key::Escape);
    assert_eq!(app(&window).view().mode, Mode::Reviewing);
}

#[test]
fn a_paragraph_is_chosen_by_a_click_and_letters_are_composed_in_it() {
    let (_desk, mut window) = opened("long.txt", &long());
    let shown = |window: &Window| window.get_by_role(Role::MultilineTextInput).value().unwrap();
    window.get_by_label_contains("Part 1. ").click();
    window.run_ok();
    assert_eq!(app(&window).view().mode, Mode::Editing);
    assert!(shown(&window).starts_with("Part 1. "));
    window.get_by_label_contains("Part 0. ").click();
    window.run_ok();
    assert!(shown(&window).starts_with("Part 0. "));
    press(&mut window, Key::Home);
    press(&mut window, Key::ArrowUp);
    press_with(&mut window, Modifiers::COMMAND | Modifiers::CTRL, Key::End);
    assert_eq!(caret(&window), text(&window).len(), "the end of the article, not of the paragraph");
    press_with(&mut window, Modifiers::COMMAND | Modifiers::CTRL, Key::Home);
    assert_eq!(caret(&window), 0);
    press(&mut window, Key::PageDown);
    assert!(caret(&window) > 1_000, "a view further");
    press_with(&mut window, Modifiers::COMMAND | Modifiers::CTRL, Key::Home);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::ArrowDown);
    assert!(shown(&window).starts_with("Part 0. "));
    press(&mut window, Key::Home);
    window.event(Event::Ime(ImeEvent::Preedit { text: "n".to_owned(), active_range_chars: None }));
    window.run_ok();
    assert_eq!(typed(&window), 0);
    window.event(Event::Ime(ImeEvent::Commit("é".to_owned())));
    window.run_ok();
    assert!(text(&window).contains("\n\néPart 0. "));
    // What is found is shown there too.
    press_with(&mut window, Modifiers::COMMAND, Key::F);
    window.event(Event::Text("Part 700".to_owned()));
    window.run_ok();
    assert!(window.query_by_label("1 of 1").is_some());
    press(&mut window, Key::Escape);
    assert!(shown(&window).starts_with("Part 700."), "{}", shown(&window));
    assert_eq!(selected(&window), "Part 700");
}

/// A window driven frame by frame, with threads, as on a screen.
struct Frames {
    ctx: egui::Context,
    app: App,
    time: f64,
    /// In how many seconds the next frame is asked for.
    wanted: f64,
}

impl Frames {
    fn open(desk: &Desk, path: PathBuf) -> Self {
        let ctx = egui::Context::default();
        let places = Places { sessions: desk.path("sessions"), settings: desk.path("settings.toml") };
        std::fs::write(&places.settings, "knows-keys = true\n").unwrap();
        let app = App::new(&ctx, places, &[path], Checking::Threaded);
        let mut frames = Self { ctx, app, time: 0.0, wanted: 0.0 };
        frames.settle();
        frames
    }

    fn frame(&mut self, events: Vec<Event>) {
        self.time += 1.0 / 60.0;
        let screen_rect = Some(egui::Rect::from_min_size(Pos2::ZERO, egui::vec2(1280.0, 800.0)));
        let input = egui::RawInput { screen_rect, time: Some(self.time), focused: true, events, ..Default::default() };
        self.app.receive();
        let mut output = self.ctx.run_ui(input, |ui| self.app.frame(ui));
        output.textures_delta.clear();
        self.wanted = output.viewport_output.values().map(|v| v.repaint_delay.as_secs_f64()).fold(f64::INFINITY, f64::min);
    }

    fn article(&self) -> &Article {
        self.app.article().unwrap()
    }

    /// Draws until everything is checked and no frame is asked for soon.
    fn settle(&mut self) {
        for _ in 0..3_000 {
            self.frame(Vec::new());
            if self.app.article().is_some_and(|a| a.session.is_checked()) && self.wanted > 0.3 {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        panic!("the window does not come to rest: {}", self.wanted);
    }
}

fn key(key: Key) -> Vec<Event> {
    [true, false].map(|pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: Modifiers::NONE }).to_vec()
}

#[test]
fn a_window_in_which_nothing_happens_asks_for_no_frame() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", STORY);
    let mut frames = Frames::open(&desk, path);
    assert!(frames.wanted > 1e6, "reviewing: {}", frames.wanted);
    frames.frame(key(Key::J));
    frames.settle();
    assert!(frames.wanted > 2.0, "after a step, the desk is kept: {}", frames.wanted);
    frames.time += 5.0;
    frames.settle();
    assert!(frames.wanted > 1e6, "and then nothing is: {}", frames.wanted);
    frames.frame(key(Key::Enter));
    frames.settle();
    assert_eq!(frames.app.view().mode, Mode::Editing);
    assert!(frames.wanted < 2.0, "the caret blinks: {}", frames.wanted);
    frames.time += 30.0;
    frames.settle();
    assert!(frames.wanted > 1e6, "and stands still when nobody writes: {}", frames.wanted);
    frames.frame(vec![Event::Text("x".to_owned())]);
    frames.settle();
    assert!(frames.wanted < 2.0, "until somebody does: {}", frames.wanted);
    frames.frame(key(Key::D));
    frames.time += 30.0;
    frames.settle();
    assert!(frames.wanted > 1e6);
}

#[test]
fn results_that_come_late_fit_the_text_or_are_left_and_never_move_the_page() {
    let desk = Desk::new();
    let sentence = "They waited for for an answer from the port in the evening and read it twice. ";
    let paragraph = sentence.repeat(4).trim_end().to_owned() + "\n\n";
    let path = desk.file("long.txt", &paragraph.repeat(190));
    let mut frames = Frames::open(&desk, path);
    assert!(frames.article().session.text().len() > 55_000);
    let middle = frames.article().session.text().len() / 2;
    let place = frames.article().session.findings().iter().position(|f| f.span.start > middle).unwrap();
    frames.app.apply(Command::Select(place));
    frames.settle();
    frames.frame(key(Key::Enter));
    frames.settle();
    frames.frame(key(Key::End));
    frames.settle();
    let looked_at = frames.article().finding().map(|f| f.rule.clone());
    let before = frames_field(&frames.ctx);
    assert!(before.is_some_and(|top| top < -1_000), "in the middle: {before:?}");
    let mut stale = 0;
    for i in 0..60 {
        frames.frame(vec![Event::Text(["a", "b", " "][i % 3].to_owned())]);
        for _ in 0..3 {
            let session = &frames.article().session;
            stale += usize::from(!session.is_checked());
            for finding in session.findings() {
                assert!(finding.fixes.iter().all(|f| f.edits.fit(session.text())), "{finding:?}");
            }
            std::thread::sleep(std::time::Duration::from_millis(1));
            frames.frame(Vec::new());
        }
    }
    assert!(stale > 0, "checks run off the frame");
    frames.settle();
    assert_eq!(frames_field(&frames.ctx), before, "the page stays");
    assert_eq!(frames.article().finding().map(|f| f.rule.clone()), looked_at);
}

/// How far the page is scrolled: where the field of the article begins.
fn frames_field(ctx: &egui::Context) -> Option<i32> {
    ctx.read_response(egui::Id::unique("copydesk article field")).map(|r| r.rect.top().round() as i32)
}
