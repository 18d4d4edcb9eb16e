//! The desk round the article: things to check, languages, history, batches, the own layer of rules, filters.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test may stop")]

use std::path::PathBuf;

use copydesk::gui::{App, Article, Checking, Places};
use eframe::egui::{self, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

const BUDGET: &str = "Council votes on the harbour\n\nThe council set 12 million euros aside for the harbour, Mayor Rustem Valitov said. \
                      Engineer Dilara Osman met Valitov and Pavel Kornev. He asked for more for more time.\n";

type Window = Harness<'static, Option<App>>;

/// A desk of its own: a folder with articles, sessions and settings.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(name)
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    fn window(&self, files: &[PathBuf]) -> Window {
        let places = Places { sessions: self.path("sessions"), settings: self.path("settings.toml") };
        if !places.settings.exists() {
            std::fs::write(&places.settings, "name = \"Anna\"\ntheme = \"light\"\n").unwrap();
        }
        let files = files.to_vec();
        let ready = std::rc::Rc::new(std::cell::RefCell::new(None));
        let made = ready.clone();
        let mut window = Harness::builder()
            .with_size(egui::vec2(1280.0, 900.0))
            .with_max_steps(30)
            .with_context_setup(move |ctx| {
                ready.replace(Some(App::new(ctx, places, &files, Checking::AtOnce)));
            })
            .build_ui_state(
                move |ui, app: &mut Option<App>| {
                    if app.is_none() {
                        *app = made.take();
                    }
                    if let Some(app) = app {
                        app.frame(ui);
                    }
                },
                None,
            );
        window.run_ok();
        window
    }
}

fn app(window: &Window) -> &App {
    window.state().as_ref().unwrap()
}

fn article(window: &Window) -> &Article {
    app(window).article().unwrap()
}

fn text(window: &Window) -> String {
    article(window).session.text().to_owned()
}

fn press(window: &mut Window, key: Key) {
    press_with(window, Modifiers::NONE, key);
}

fn press_with(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_ok();
}

fn click(window: &mut Window, name: &str) {
    window.get_by_label(name).click();
    window.run_ok();
}

#[test]
fn things_to_check_are_ticked_and_stay_ticked() {
    let desk = Desk::new();
    let path = desk.file("harbour.txt", BUDGET);
    let mut window = desk.window(std::slice::from_ref(&path));
    let all = article(&window).unticked();
    assert!(all >= 3, "{:?}", article(&window).checks.all);
    assert!(window.query_by_label(&format!("To check, {all} of {all} open")).is_some());
    // A click on a point shows its words; the findings stay as they are.
    let figure = article(&window).checks.all.iter().position(|c| c.words == "12 million").unwrap();
    let name = format!("12 million: {}", article(&window).checks.all[figure].note);
    click(&mut window, &name);
    assert_eq!(article(&window).spot().unwrap().of(&text(&window)), "12 million");
    click(&mut window, "Tick: 12 million");
    assert!(article(&window).is_ticked(figure));
    assert_eq!(article(&window).unticked(), all - 1);
    // By keys: the next one, tick it, and the one after it is looked at.
    press(&mut window, Key::J);
    assert_eq!(article(&window).spot(), None, "going to a finding leaves the point");
    press(&mut window, Key::C);
    let first = article(&window).checks.current.unwrap();
    press(&mut window, Key::T);
    assert!(article(&window).is_ticked(first));
    assert_ne!(article(&window).checks.current, Some(first));
    // A correction elsewhere keeps the ticks; undo takes a tick back.
    press(&mut window, Key::A);
    assert!(article(&window).is_ticked(first) && article(&window).is_ticked(figure), "{}", text(&window));
    press(&mut window, Key::U);
    press(&mut window, Key::U);
    assert!(!article(&window).is_ticked(first) && article(&window).is_ticked(figure));
    drop(window);
    let window = desk.window(&[path]);
    assert_eq!(article(&window).unticked(), all - 1, "ticks come back with the session");
    assert!(article(&window).is_ticked(figure));
}
