//! What the window costs: `cargo bench --bench frame`. Drives the real window without a screen over articles of
//! 5 KB, 100 KB and 1 MB made of our own stories, and prints milliseconds of processor time a frame (layout and
//! tessellation, not the pixels): the median and the worst of many. New findings are timed by the clock, because
//! long articles are checked on a thread. `-- table` prints the same as a Markdown table.

#![allow(clippy::print_stdout, clippy::expect_used, reason = "a program that prints its figures")]

#[path = "../tests/marked/mod.rs"]
mod marked;

use std::path::{Path, PathBuf};
use std::time::Instant;

use copydesk::gui::{App, Checking, Mode, Places};
use eframe::egui::{self, Event, Key, Modifiers, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, vec2};

/// The damaged sides of our stories, over and over, so many bytes long.
fn text(bytes: usize) -> String {
    let all: String = marked::stories("damaged").into_iter().map(|s| s.damaged).collect();
    let mut text = all.repeat(1 + bytes / all.len());
    text.truncate(text.floor_char_boundary(bytes));
    text
}

/// Milliseconds of processor time that this thread has used; by the clock where the system does not tell.
#[cfg(unix)]
fn used() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

#[cfg(not(unix))]
fn used() -> f64 {
    now() * 1e3
}

/// Seconds by the clock.
fn now() -> f64 {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    START.get_or_init(Instant::now).elapsed().as_secs_f64()
}

/// Megabytes of memory that the program holds.
fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).unwrap_or("0");
    line.split_whitespace().next().and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// A window without a screen.
struct Desk {
    ctx: egui::Context,
    app: App,
    /// Processor time of the frames since it was asked for last.
    spent: f64,
    /// In how many seconds the next frame is wanted.
    wanted: f64,
}

impl Desk {
    fn open(folder: &Path, files: &[PathBuf]) -> Self {
        let ctx = egui::Context::default();
        let places = Places { sessions: folder.join("sessions"), settings: folder.join("settings.toml") };
        let start = used();
        let app = App::new(&ctx, places, files, Checking::Threaded);
        let mut desk = Self { ctx, app, spent: used() - start, wanted: 0.0 };
        desk.frame(Vec::new());
        desk
    }

    /// One frame; its cost.
    fn frame(&mut self, events: Vec<Event>) -> f64 {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0))),
            time: Some(now()),
            focused: true,
            events,
            ..RawInput::default()
        };
        let start = used();
        self.app.receive();
        let mut output = self.ctx.run_ui(input, |ui| self.app.frame(ui));
        std::hint::black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
        let cost = used() - start;
        // No screen takes the textures; said so, because a debug build asks.
        output.textures_delta.clear();
        self.spent += cost;
        self.wanted = output.viewport_output.values().map(|v| v.repaint_delay.as_secs_f64()).fold(f64::INFINITY, f64::min);
        cost
    }

    fn checked(&self) -> bool {
        self.app.article().is_some_and(|a| a.session.is_checked())
    }

    /// Draws until the findings are those of the text and nothing is asked for any more.
    fn settle(&mut self) {
        for _ in 0..20_000 {
            self.frame(Vec::new());
            if self.checked() && self.wanted > 0.1 {
                return;
            }
            if !self.checked() {
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
        }
    }

    /// Milliseconds by the clock, and of this thread's processor time, until the findings of the new text were drawn.
    fn until_found(&mut self, events: Vec<Event>) -> (f64, f64) {
        let start = now();
        self.spent = 0.0;
        self.frame(events);
        while !self.checked() {
            std::thread::sleep(std::time::Duration::from_micros(300));
            self.app.receive();
        }
        self.frame(Vec::new());
        ((now() - start) * 1000.0, self.spent)
    }
}

fn key(key: Key, modifiers: Modifiers) -> Vec<Event> {
    let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
    vec![event(true), event(false)]
}

fn press(name: Key) -> Vec<Event> {
    key(name, Modifiers::NONE)
}

fn letter(i: usize) -> Vec<Event> {
    let words = "another sentence that nobody wrote before ";
    vec![Event::Text(words.chars().nth(i % words.len()).unwrap_or(' ').to_string())]
}

fn wheel(down: f32) -> Vec<Event> {
    vec![
        Event::PointerMoved(egui::pos2(640.0, 400.0)),
        Event::MouseWheel {
            source: egui::MouseWheelSource::Unknown,
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, -down),
            phase: TouchPhase::Move,
            modifiers: Modifiers::NONE,
        },
    ]
}

/// Median and worst.
fn figures(mut costs: Vec<f64>) -> (f64, f64) {
    costs.sort_by(f64::total_cmp);
    (costs.get(costs.len() / 2).copied().unwrap_or(0.0), costs.last().copied().unwrap_or(0.0))
}

/// The rows of one article: what, median, worst.
fn measure(name: &str, bytes: usize) -> Vec<(String, f64, f64)> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("story.txt");
    std::fs::write(&file, text(bytes)).expect("a file");
    let mut rows = Vec::new();
    let mut row = |what: &str, costs: Vec<f64>| {
        let (median, worst) = figures(costs);
        println!("{name:>7}  {what:<44} {median:>8.2} {worst:>8.2}");
        rows.push((what.to_owned(), median, worst));
    };
    let mut desk = Desk::open(folder.path(), &[file]);
    row("opening and first frame", vec![desk.spent]);
    desk.settle();
    let costs = (0..60).map(|_| desk.frame(Vec::new())).collect();
    row("idle frame", costs);
    assert!(desk.wanted > 1.0, "an idle window asks for frames");
    let costs = (0..120).map(|_| desk.frame(wheel(90.0))).collect();
    row("scrolling", costs);
    let costs = (0..60).map(|_| desk.frame(wheel(-9_000.0))).collect();
    row("scrolling far", costs);
    desk.settle();
    let costs = (0..60).map(|_| desk.frame(press(Key::J))).collect();
    row("next finding", costs);
    desk.settle();
    let (clock, own): (Vec<f64>, Vec<f64>) = (0..20).map(|_| desk.until_found(press(Key::A))).unzip();
    row("accept, own thread", own);
    row("accept, until new findings, clock", clock);
    desk.settle();
    row("comparing, first frame", vec![desk.frame(press(Key::D))]);
    desk.settle();
    let costs = (0..60).map(|_| desk.frame(Vec::new())).collect();
    row("comparing, idle frame", costs);
    // What is open is kept some seconds after the last key; that frame may be near.
    assert!(desk.wanted > 0.1, "an idle comparison asks for frames");
    let costs = (0..60).map(|_| desk.frame(wheel(90.0))).collect();
    row("comparing, scrolling", costs);
    let costs = (0..60).map(|_| desk.frame(wheel(-9_000.0))).collect();
    row("comparing, scrolling far", costs);
    let costs = (0..40).map(|_| desk.frame(press(Key::J))).collect();
    row("comparing, next change", costs);
    desk.frame(press(Key::D));
    desk.settle();
    desk.frame(press(Key::Enter));
    if desk.app.view().mode != Mode::Editing {
        return rows;
    }
    desk.settle();
    desk.frame(press(Key::End));
    let costs = (0..60).map(|_| desk.frame(Vec::new())).collect();
    row("idle frame while editing", costs);
    let costs = (0..80).map(|i| desk.frame(letter(i))).collect();
    row("keystroke frame", costs);
    desk.settle();
    let (clock, own): (Vec<f64>, Vec<f64>) = (0..30).map(|i| desk.until_found(letter(i))).unzip();
    row("keystroke, own thread", own);
    row("keystroke, until new findings, clock", clock);
    desk.settle();
    let costs = (0..60).map(|_| desk.frame(key(Key::Z, Modifiers::COMMAND))).collect();
    row("undo", costs);
    rows
}

/// Memory with a hundred articles of the usual length open and checked.
fn hundred() -> f64 {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = text(600_000);
    let files: Vec<PathBuf> = (0..100)
        .map(|i| {
            let from = whole.floor_char_boundary(i * 5_000);
            let story = whole.get(from..whole.floor_char_boundary(from + 5_000)).unwrap_or("");
            let path = folder.path().join(format!("story-{i:03}.txt"));
            std::fs::write(&path, story).expect("a file");
            path
        })
        .collect();
    let mut desk = Desk::open(folder.path(), &files);
    for _ in 0..100 {
        desk.settle();
        desk.frame(press(Key::N));
    }
    memory()
}

fn main() {
    let table = std::env::args().any(|a| a == "table");
    println!("{:>7}  {:<44} {:>8} {:>8}", "", "ms", "median", "worst");
    let alone = std::env::args().nth(1).is_some_and(|a| a.ends_with("KB") || a.ends_with("MB"));
    let hundred = if alone { 0.0 } else { hundred() };
    let lengths = [("5 KB", 5_000), ("100 KB", 100_000), ("1 MB", 1_000_000)];
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let lengths =
        lengths.into_iter().filter(|(name, _)| wanted.is_empty() || wanted == "table" || wanted.starts_with("--") || *name == wanted);
    let columns: Vec<_> = lengths.map(|(name, bytes)| measure(name, bytes)).collect();
    println!("{hundred:.0} MB with 100 articles open, without what the screen's driver takes");
    if table {
        println!("\n| ms, median (worst) | 5 KB | 100 KB | 1 MB |\n|---|---|---|---|");
        let first = columns.first().map_or(&[][..], Vec::as_slice);
        for (i, (what, ..)) in first.iter().enumerate() {
            // The longest article is written by paragraph, so it has no such row.
            let cells = columns.iter().map(|c| c.get(i).map_or_else(|| "–".to_owned(), |(_, m, w)| format!("{m:.1} ({w:.1})")));
            println!("| {what} | {} |", cells.collect::<Vec<_>>().join(" | "));
        }
    }
}
