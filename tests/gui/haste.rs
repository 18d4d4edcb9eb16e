//! Keys that come faster than checks: decisions on findings that follow the text until the next check.

use copydesk::gui::Checking;
use copydesk::gui::command::Command;
use eframe::egui::{Event, Key, Modifiers};
use proptest::prelude::*;

use super::*;

/// The first sentence has one finding, which hides the space in it until it is declined.
const HIDES: &str = "Envoys agreed to meet\n\nConfirmed the Transport Minister Ann Berg , today, Sunday, the opening of a railway.\n\n\
                     The envoys waited for for an answer.\n\nThey left without without a word , and the talks ended.\n";

fn stepped(desk: &Desk, story: &str) -> Window {
    let path = desk.file("talks.txt", story);
    let mut window = desk.checking(&[path], 1280.0, 800.0, Checking::Stepped);
    check(&mut window);
    window
}

/// Lets the checks that wait be done, and draws.
fn check(window: &mut Window) {
    while window.state_mut().as_mut().unwrap().work_one() {}
    window.run_ok();
    assert!(article(window).session.is_checked());
}

fn keys(key: Key) -> [Event; 2] {
    [true, false].map(|pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: Modifiers::NONE })
}

#[test]
fn two_decisions_before_the_check_comes_back_fall_on_two_findings() {
    let desk = Desk::new();
    let mut window = stepped(&desk, STORY);
    assert_eq!(current(&window), "for for");
    press(&mut window, Key::A);
    assert!(!article(&window).session.is_checked(), "nothing was checked meanwhile");
    assert_eq!(current(&window), "the the");
    press(&mut window, Key::A);
    assert!(!article(&window).session.is_checked());
    assert_eq!(current(&window), "without without");
    let now = STORY.replace("for for", "for").replace("the the", "the");
    assert_eq!(text(&window), now);
    check(&mut window);
    assert_eq!(current(&window), "without without", "the check moves nothing");
    assert_eq!(text(&window), now);
    press(&mut window, Key::U);
    press(&mut window, Key::U);
    check(&mut window);
    assert_eq!((text(&window).as_str(), current(&window).as_str()), (STORY, "for for"));
}

#[test]
fn two_keys_of_one_frame_decide_two_findings() {
    let desk = Desk::new();
    for checking in [Checking::Stepped, Checking::Threaded, Checking::AtOnce] {
        let path = desk.file("talks.txt", STORY);
        let mut window = desk.checking(&[path], 1280.0, 800.0, checking);
        let begin = std::time::Instant::now();
        while !article(&window).session.is_checked() {
            assert!(begin.elapsed().as_secs() < 60);
            window.state_mut().as_mut().unwrap().work_one();
            window.step();
        }
        window.run_ok();
        window.input_mut().events.extend([keys(Key::A), keys(Key::A)].into_iter().flatten());
        window.run_ok();
        assert_eq!(text(&window), STORY.replace("for for", "for").replace("the the", "the"), "{checking:?}");
        let app = window.state_mut().as_mut().unwrap();
        app.apply(Command::ForgetNow);
    }
}

#[test]
fn what_a_decision_brings_to_light_comes_next_unless_another_was_shown_meanwhile() {
    let desk = Desk::new();
    let mut window = stepped(&desk, HIDES);
    assert!(current(&window).starts_with("Confirmed"), "{}", current(&window));
    // The check is there before anything is drawn.
    window.input_mut().events.extend(keys(Key::X));
    window.step();
    window.state_mut().as_mut().unwrap().work_one();
    window.run_ok();
    assert_eq!(current(&window), " ,");
    press(&mut window, Key::U);
    check(&mut window);
    assert!(current(&window).starts_with("Confirmed"));
    // The check is late.
    press(&mut window, Key::X);
    assert_eq!(current(&window), "for for");
    check(&mut window);
    assert_eq!(current(&window), "for for", "what was shown is not taken away");
    press(&mut window, Key::K);
    press(&mut window, Key::K);
    assert_eq!(current(&window), " ,");
}

#[test]
fn a_check_of_a_text_that_was_changed_meanwhile_is_not_taken() {
    let desk = Desk::new();
    let mut window = stepped(&desk, STORY);
    press(&mut window, Key::Enter);
    window.event(Event::Text("z".to_owned()));
    window.run_ok();
    let found = open_findings(&window);
    window.event(Event::Text("z".to_owned()));
    window.run_ok();
    assert_eq!(open_findings(&window), found, "findings elsewhere stay");
    check(&mut window);
    press(&mut window, Key::Escape);
    assert!(article(&window).session.findings().iter().all(|f| f.fixes.iter().all(|x| x.edits.fit(article(&window).session.text()))));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn decisions_fit_the_text_however_late_the_checks_come(steps in proptest::collection::vec(0_usize..9, 1..24)) {
        let desk = Desk::new();
        let mut window = stepped(&desk, &HIDES.repeat(2));
        for step in steps {
            let key = [Key::A, Key::X, Key::J, Key::K, Key::U, Key::Num2].get(step);
            match key {
                Some(key) => press(&mut window, *key),
                None => drop(window.state_mut().as_mut().unwrap().work_one()),
            }
            let (session, view) = (&article(&window).session, app(&window).view());
            prop_assert!(session.findings().iter().flat_map(|f| &f.fixes).all(|x| x.edits.fit(session.text())));
            prop_assert!(session.notices().is_empty());
            let refused = view.notices.iter().find(|n| n.weight == copydesk::gui::Weight::Fault);
            prop_assert!(refused.is_none(), "{:?}", refused.map(|n| &n.text));
        }
        check(&mut window);
        let article = article(&window);
        let fresh = article.session.job().run().0;
        prop_assert_eq!(article.session.findings(), &fresh.findings[..]);
    }
}

#[test]
fn a_check_that_comes_before_a_command_moves_no_decision() {
    let desk = Desk::new();
    let mut window = stepped(&desk, HIDES);
    press(&mut window, Key::X);
    press(&mut window, Key::J);
    assert_eq!(current(&window), "without without");
    let app = window.state_mut().as_mut().unwrap();
    // What await_findings does before a command: the check comes, nothing is counted.
    app.work_one();
    app.apply(Command::Accept);
    assert!(!text(&window).contains("without without") && text(&window).contains("for for"), "{}", text(&window));
}
