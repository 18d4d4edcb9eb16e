//! The window as an editor uses it, by accessible names and by keys. What all its tests share stands here.
#![cfg(feature = "gui")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::float_cmp,
    clippy::missing_panics_doc,
    clippy::new_without_default,
    reason = "a test may stop"
)]

mod around;
mod compare;
mod desk;
mod edges;
mod editing;
mod folders;
mod haste;
mod keys;
mod left;
mod lists;
mod order;
mod paths;
#[cfg(feature = "pictures")]
mod pictures;
mod queue;
mod review;
mod search;
mod settings;
mod source;
mod statistics;
mod stylebook;
mod theirs;
mod tight;
mod words;

use std::path::PathBuf;

use copydesk::gui::{App, Article, Checking, Places};
use eframe::egui::{self, Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

/// A short story with plain damage.
pub const STORY: &str = "Envoys agreed to meet\n\nThe envoys waited for for an answer in Oslo on Tuesday, the the host said.\n\n\
                     They left without without a word , and the talks ended.\n";

/// A window without a screen.
pub type Window = Harness<'static, Option<App>>;

/// A desk of its own: a folder with articles, sessions and settings.
pub struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    /// An empty one.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A path in its folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(name)
    }

    /// Writes a file into its folder.
    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// A window of the usual size with these files.
    pub fn window(&self, files: &[PathBuf]) -> Window {
        self.sized(files, 1280.0, 800.0)
    }

    /// A window of a size with these files.
    pub fn sized(&self, files: &[PathBuf], width: f32, height: f32) -> Window {
        self.checking(files, width, height, Checking::AtOnce)
    }

    /// The same, checked in this way.
    pub fn checking(&self, files: &[PathBuf], width: f32, height: f32, checking: Checking) -> Window {
        let places = Places { sessions: self.path("sessions"), settings: self.path("settings.toml") };
        if !places.settings.exists() {
            std::fs::write(&places.settings, "name = \"Anna\"\ntheme = \"light\"\n").unwrap();
        }
        let files = files.to_vec();
        let ready = std::rc::Rc::new(std::cell::RefCell::new(None));
        let made = ready.clone();
        let dark = std::fs::read_to_string(&places.settings).unwrap().contains("dark");
        let mut window = Harness::builder()
            .with_size(egui::vec2(width, height))
            .with_theme(if dark { egui::Theme::Dark } else { egui::Theme::Light })
            .with_max_steps(30)
            .with_context_setup(move |ctx| {
                ready.replace(Some(App::new(ctx, places, &files, checking)));
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

/// A desk with one article, and the window in which it is open; the desk goes with its folder, so it must be kept.
pub fn opened(name: &str, text: &str) -> (Desk, Window) {
    let desk = Desk::new();
    let path = desk.file(name, text);
    let window = desk.window(&[path]);
    (desk, window)
}

/// The window itself.
pub fn app(window: &Window) -> &App {
    window.state().as_ref().unwrap()
}

/// The article looked at.
pub fn article(window: &Window) -> &Article {
    app(window).article().unwrap()
}

/// Its text now.
pub fn text(window: &Window) -> String {
    article(window).session.text().to_owned()
}

/// Presses a key.
pub fn press(window: &mut Window, key: Key) {
    press_with(window, Modifiers::NONE, key);
}

/// Presses a key with others held.
pub fn press_with(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_ok();
}

/// Clicks what bears this name.
pub fn click(window: &mut Window, name: &str) {
    window.get_by_label(name).click();
    window.run_ok();
}

/// The words of the finding looked at.
pub fn current(window: &Window) -> String {
    let article = article(window);
    article.finding().map_or_else(String::new, |f| f.span.of(article.session.text()).to_owned())
}

/// How many findings are open.
pub fn open_findings(window: &Window) -> usize {
    article(window).figures.open
}

/// The field with this name; its heading has it too.
pub fn field<'w>(window: &'w Window, name: &'w str) -> egui_kittest::Node<'w> {
    let is_field = |n: &egui_kittest::Node| matches!(n.accesskit_node().role(), Role::TextInput | Role::MultilineTextInput);
    window.get_all_by_label(name).find(is_field).unwrap()
}

/// Writes words into a field, in place of what stood there.
pub fn write(window: &mut Window, name: &str, words: &str) {
    field(window, name).focus();
    window.run_ok();
    press_with(window, Modifiers::COMMAND, Key::A);
    press(window, Key::Delete);
    window.event(egui::Event::Text(words.to_owned()));
    window.run_ok();
}

/// What stands in a field.
pub fn value(window: &Window, name: &str) -> String {
    field(window, name).value().unwrap_or_default()
}

/// The words that a rule marks.
pub fn marked(window: &Window, rule: &str) -> Vec<String> {
    let session = &article(window).session;
    session.findings().iter().filter(|f| f.rule == rule).map(|f| f.span.of(session.text()).to_owned()).collect()
}
