//! The desk as it was left: which articles are open and where each was looked at, what is shown of them, and
//! where the window stands. Kept in `desk.toml` beside the settings, at the end and every few seconds of work; see `desks`.

use std::path::{Path, PathBuf};

use eframe::egui::{self, Rect, Ui, pos2, vec2};
use serde::{Deserialize, Serialize};

use super::app::{App, Checking, Message};
use super::article::Article;
use super::desks::{Hold, Orphan, Whose};
use super::narrow::Trust;
use super::paper::Top;
use super::queue::Listed;
use super::sorting::Sorted;
use super::view::{Pane, Style};
use crate::finding::{Category, RuleId};
use crate::review::disk;
use crate::text::Span;

/// Seconds of work after which the desk is kept.
const PAUSE: f64 = 3.0;
const FILE: &str = "desk.toml";
const HEAD: &str = "# Written by Copydesk: what is open, and where. It may be removed; the window opens without it.\n\n";

/// Where the window stands, in points of the system.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Window {
    /// Left and top edge; where the system tells no place, none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<[f32; 2]>,
    /// Width and height of what is inside.
    pub size: [f32; 2],
    /// It fills the screen; place and size are those before.
    #[serde(default)]
    pub maximised: bool,
}

/// Where an article was looked at.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Place {
    /// Its file; none for what was pasted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<PathBuf>,
    /// The folder of its session, by its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// Where the eye was, in bytes of the text.
    pub eye: usize,
    /// The rule of the finding looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleId>,
    /// Its first byte and the one after its last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<[usize; 2]>,
    /// The line at the upper edge: its first byte.
    pub top: usize,
    /// Points of it that are above the edge.
    pub above: f32,
}

/// Everything that is kept.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Desk {
    /// The article looked at, by its place in the list; the first is 1.
    pub article: usize,
    /// The article or the comparison.
    pub pane: Pane,
    /// How the comparison is shown.
    pub comparison: Style,
    /// Which articles are listed.
    pub listed: Listed,
    /// What the queue is sorted by.
    pub sorted: Sorted,
    /// One category alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<Category>,
    /// One rule alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleId>,
    /// One trust alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trust: Option<Trust>,
    /// The left panel is folded.
    pub left_folded: bool,
    /// The right panel is folded.
    pub right_folded: bool,
    /// The things to check are folded.
    pub checks_folded: bool,
    /// How wide the panels were made.
    pub widths: super::grip::Widths,
    /// Where the window stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// The articles in their order.
    pub open: Vec<Place>,
}

impl Desk {
    /// Reads the file; none when there is none. A file that can't be read is put aside, and the sentence says so.
    pub fn read(path: &Path) -> (Option<Self>, Option<String>) {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return (None, None),
            Err(error) => return (None, Some(format!("What was open last can’t be read ({error}): {}", path.display()))),
        };
        if let Ok(desk) = toml::from_str(&text) {
            return (Some(desk), None);
        }
        let aside = disk::put_aside(path).map_or_else(|e| e.to_string(), |p| format!("it is put aside as {}", p.display()));
        (None, Some(format!("What was open last can’t be read; {aside}")))
    }

    fn text(&self) -> Result<String, String> {
        toml::to_string(self).map(|text| format!("{HEAD}{text}")).map_err(|e| e.to_string())
    }
}

/// What the window knows of its desk.
#[derive(Default)]
pub(super) struct Keeping {
    /// The desk that this window keeps; none where none can be kept.
    pub(super) hold: Option<Hold>,
    /// The desks that were taken up here, until this one is written.
    pub(super) orphans: Vec<Orphan>,
    /// The editor asked for work that is not saved.
    pub(super) asked: bool,
    /// Other articles with work that no file has are counted once those that are named are here.
    pub(super) counts_work: bool,
    /// Tells one set of open articles from another.
    set: u64,
    /// What stands in the file.
    written: String,
    /// When it is to be written next, in egui's seconds.
    due: Option<f64>,
    /// Where the window stands.
    pub(super) window: Option<Window>,
}

impl App {
    /// The desk as it is now.
    pub fn desk(&self) -> Desk {
        let narrow = self.view.narrow.clone();
        Desk {
            article: if self.articles.is_empty() { 0 } else { self.current + 1 },
            pane: self.view.pane,
            comparison: self.view.style,
            listed: self.view.listed,
            sorted: self.view.sorted,
            category: narrow.category,
            rule: narrow.rule,
            trust: narrow.trust,
            widths: self.view.widths,
            left_folded: self.view.left_folded,
            right_folded: self.view.right_folded,
            checks_folded: self.view.checks_folded,
            window: self.keeping.window,
            open: self.articles.iter().filter_map(Article::place).collect(),
        }
    }

    /// Sees where the window stands, and keeps the desk some seconds after something happened.
    pub(super) fn keep_desk_in_time(&mut self, ui: &Ui) {
        if self.keeping.hold.is_none() {
            return;
        }
        // Which articles are open is written at once: a window may be ended before it rests.
        let set = self.articles.iter().fold(1, |set: u64, a| set.wrapping_mul(0x100_0000_01b3) ^ a.id);
        if set != self.keeping.set && !self.progress().is_some_and(|p| p.is_reading()) {
            self.keeping.set = set;
            self.keep_desk();
        }
        let zoom = ui.ctx().zoom_factor();
        self.keeping.window = ui.input(|i| stands(i.viewport(), zoom, self.keeping.window));
        let (now, happened) = ui.input(|i| (i.time, !i.events.is_empty()));
        match self.keeping.due {
            Some(due) if due <= now => {
                self.keeping.due = None;
                self.keep_desk();
            }
            Some(due) => ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(due - now)),
            None if happened => {
                self.keeping.due = Some(now + PAUSE);
                ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(PAUSE));
            }
            None => {}
        }
    }

    /// Writes the desk when it differs from what is written. While articles are still read it is not whole.
    fn keep_desk(&mut self) {
        if self.progress().is_some_and(|p| p.is_reading()) {
            return;
        }
        let Some(path) = self.keeping.hold.as_ref().map(|h| h.path.clone()) else { return };
        match self.desk().text() {
            Ok(text) if text == self.keeping.written => {}
            Ok(text) => {
                self.keeping.written.clone_from(&text);
                let orphans = std::mem::take(&mut self.keeping.orphans);
                self.errand(move || {
                    let written = disk::write(&path, text.as_bytes());
                    if written.is_ok() {
                        orphans.into_iter().for_each(Orphan::remove);
                    }
                    written.err().map(|e| Message::Fault(format!("What is open can’t be kept for the next start: {e}")))
                });
            }
            Err(error) => self.view.fault(format!("What is open can’t be kept for the next start: {error}")),
        }
    }

    /// The last thing the window does: keeps the desk and the statistics.
    pub fn end(&mut self) {
        let whole = !self.progress().is_some_and(|p| p.is_reading());
        self.schedule.end();
        self.checking = Checking::AtOnce;
        for i in 0..self.articles.len() {
            self.collect(i);
        }
        match &self.keeping.hold {
            // What was saved needs no desk, and what was not comes back by itself.
            Some(hold) if hold.whose == Whose::Beside && self.keeping.orphans.is_empty() => {
                // A desk that stays is taken up at the next start.
                let _ = std::fs::remove_file(&hold.path);
            }
            _ if whole => {
                // What was to be written may not have been.
                self.keeping.written.clear();
                self.keep_desk();
            }
            _ => {}
        }
    }
}

/// Where a window stands; a window that fills the screen keeps the place it had before.
fn stands(viewport: &egui::ViewportInfo, zoom: f32, before: Option<Window>) -> Option<Window> {
    let maximised = viewport.maximized.unwrap_or(false) || viewport.fullscreen.unwrap_or(false);
    if viewport.minimized.unwrap_or(false) {
        return before;
    }
    let Some(inner) = viewport.inner_rect else { return before };
    if let (true, Some(before)) = (maximised, before) {
        return Some(Window { maximised, ..before });
    }
    let round = |v: f32| (v * zoom).round();
    let place = viewport.outer_rect.map(|outer| [round(outer.left()), round(outer.top())]);
    Some(Window { place, size: [round(inner.width()), round(inner.height())], maximised })
}

impl Article {
    /// Where it is looked at; none for an article that nothing could bring back.
    fn place(&self) -> Option<Place> {
        let session = self.session.folder().and_then(Path::file_name).map(|n| n.to_string_lossy().into_owned());
        let file = self.session.path.clone();
        if session.is_none() && file.is_none() {
            return None;
        }
        let finding = self.finding().filter(|_| !self.figures.visible.is_empty());
        Some(Place {
            file,
            session,
            eye: finding.map_or(self.anchor, |f| f.span.start),
            rule: finding.map(|f| f.rule.clone()),
            words: finding.map(|f| [f.span.start, f.span.end]),
            top: self.top.byte,
            above: self.top.above.round(),
        })
    }

    /// Looks where it was looked at.
    pub(super) fn look_at(&mut self, place: &Place) {
        let end = self.session.text().len();
        let words = place.words.map(|[a, b]| Span::new(a.min(end), b.clamp(a.min(end), end)));
        self.come_back(place.eye.min(end), place.rule.clone().zip(words));
        self.top = Top { byte: place.top.min(end), above: if place.above.is_finite() { place.above } else { 0.0 } };
    }
}

/// Where the window stood, as the desk beside the settings says.
pub(super) fn window(settings: &Path) -> Option<Window> {
    let text = std::fs::read_to_string(settings.with_file_name(FILE)).ok()?;
    toml::from_str::<Desk>(&text).ok()?.window
}

/// The window as it was left, or as it comes the first time.
pub(super) fn viewport(builder: egui::ViewportBuilder, window: Option<Window>) -> egui::ViewportBuilder {
    let usual = vec2(1280.0, 800.0);
    let sane = |v: f32| v.is_finite() && v.abs() < 20_000.0;
    let Some(window) = window.filter(|w| w.size.iter().all(|v| sane(*v))) else { return builder.with_inner_size(usual) };
    let [width, height] = window.size;
    let builder = builder.with_inner_size(vec2(width.max(640.0), height.max(420.0))).with_maximized(window.maximised);
    match window.place.filter(|p| p.iter().all(|v| sane(*v))) {
        Some([x, y]) => builder.with_position(pos2(x, y)),
        None => builder,
    }
}

/// Moves a window onto a screen when it stands on none: one may have been unplugged.
pub(super) fn onto_a_screen(ctx: &egui::Context, frame: &eframe::Frame) {
    let Some(window) = frame.winit_window() else { return };
    let Ok(at) = window.outer_position() else { return };
    let size = window.outer_size();
    let screens: Vec<Rect> = window
        .available_monitors()
        .map(|m| {
            let (at, size) = (m.position(), m.size());
            Rect::from_min_size(pos2(at.x as f32, at.y as f32), vec2(size.width as f32, size.height as f32))
        })
        .collect();
    // The bar that a window is moved by must be within reach.
    let bar = Rect::from_min_size(pos2(at.x as f32, at.y as f32), vec2(size.width as f32, 40.0)).shrink2(vec2(40.0, 0.0));
    if !screens.is_empty() && !screens.iter().any(|s| s.intersects(bar)) {
        ctx.send_viewport_cmd(egui::ViewportCommand::OuterPosition(pos2(40.0, 40.0)));
    }
}
