//! The window: draws a session and sends commands. Reads while drawing; `apply` alone changes anything.

mod app;
mod apply;
mod article;
mod bars;
mod batch;
mod bidi;
mod book_panel;
mod books;
mod card;
mod card_low;
mod checks;
pub mod command;
mod compare;
mod compare_head;
mod compare_rows;
pub mod desk;
mod desks;
mod dialogs;
mod draft;
mod dropping;
mod editor;
mod entries;
mod entry_form;
mod export;
mod eye;
mod field_text;
mod files;
mod findings;
mod focus;
mod fonts;
mod grip;
mod heights;
mod history;
mod kept;
mod keys;
mod language;
mod leaving;
mod lines;
mod marks;
mod messages;
mod narrow;
mod notices;
mod opening;
mod page;
mod palette;
mod paper;
mod paragraph;
mod parts;
mod path_dialog;
mod preferences;
pub mod queue;
mod recent;
mod rule_faults;
mod rules;
mod schedule;
mod search;
mod seek;
mod settings;
mod shares;
mod side;
mod silence;
pub mod sorting;
mod source;
mod source_set;
mod source_view;
mod stack;
mod start;
pub mod statistics;
mod table;
mod theirs;
pub mod theme;
mod view;
mod whence;

use std::path::PathBuf;

use eframe::egui;

pub use app::{App, Checking, Places};
pub use article::Article;
pub use path_dialog::Typing;
pub use schedule::Progress;
pub use settings::{Motion, Setting, Settings, ThemeChoice};
pub use view::{Dialog, Mode, Pane, Purpose, Style, View, Weight};

/// Where this user's sessions and settings lie; `None` when the machine names no such folder.
/// `COPYDESK_HOME` puts both into one folder.
pub fn places() -> Option<Places> {
    if let Some(home) = std::env::var_os("COPYDESK_HOME").map(PathBuf::from) {
        return Some(Places { sessions: home.join("sessions"), settings: home.join("settings.toml") });
    }
    let folders = directories::ProjectDirs::from("org", "Copydesk", "copydesk")?;
    Some(Places { sessions: folders.data_local_dir().join("sessions"), settings: folders.config_dir().join("settings.toml") })
}

/// Whether this machine can show a window at all. Elsewhere than on Unix desktops the system knows itself.
fn has_display() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    !cfg!(all(unix, not(target_os = "macos"))) || set("DISPLAY") || set("WAYLAND_DISPLAY") || set("WAYLAND_SOCKET")
}

/// Shows the window until it is closed.
///
/// # Errors
/// A sentence when no window can be shown.
pub fn run(files: Vec<PathBuf>) -> Result<(), String> {
    const ELSE: &str = "use copydesk-cli on the command line instead";
    if !has_display() {
        return Err(format!("no display is set (DISPLAY and WAYLAND_DISPLAY are empty), so no window can be shown; {ELSE}"));
    }
    let places = places().ok_or_else(|| format!("this user has no home folder to keep sessions in; {ELSE}"))?;
    // The rules are read while the system makes the window.
    let start = std::thread::Builder::new().spawn({
        let places = places.clone();
        move || start::Start::read(&places)
    });
    let icon = eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon.png")).unwrap_or_default();
    // A desk with a fault is said by the window itself.
    let window = desk::window(&places.settings);
    let viewport = egui::ViewportBuilder::default()
        .with_title("Copydesk")
        .with_app_id("copydesk")
        .with_icon(icon)
        .with_min_inner_size([640.0, 420.0])
        .with_drag_and_drop(true);
    let centered = window.is_none_or(|w| w.place.is_none());
    let viewport = desk::viewport(viewport, window);
    let options = eframe::NativeOptions { viewport, renderer: eframe::Renderer::Glow, centered, ..Default::default() };
    let create: eframe::AppCreator = Box::new(move |cc| {
        let start = start.ok().and_then(|thread| thread.join().ok()).unwrap_or_else(|| start::Start::read(&places));
        Ok(Box::new(App::begin_with(start, &cc.egui_ctx, places, &files, Checking::Threaded)))
    });
    // Some drivers panic instead of returning an error; both end in the same sentence.
    let shown = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| eframe::run_native("copydesk", options, create)));
    match shown {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(format!("no window can be shown ({error}); {ELSE}")),
        Err(_) => Err(format!("the window ended unexpectedly; every decision is kept and comes back at the next start, or {ELSE}")),
    }
}
