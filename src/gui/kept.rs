//! Earlier work: every article whose decisions are kept, whether its file is there, was moved, or never was,
//! because the article was pasted. The list is read off the frame.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use eframe::egui::{self, Button, Key, Modifiers, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo, vec2};

use super::app::{App, Message};
use super::command::Command;
use super::desk::Place;
use super::focus;
use super::opening::{Origin, Reading};
use super::parts;
use super::recent::{parts_of, shortened};
use super::theme::{self, SMALL, SPACE};
use super::view::Dialog;
use crate::review::journal::{Kept, Store};
use crate::review::{Event, Time};

/// More than these are not listed.
const MOST: usize = 500;
/// A longer title is cut, in Unicode scalars.
const TITLE: usize = 80;

/// An article that was worked on before.
#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    /// The folder of its session.
    folder: PathBuf,
    /// The name of its file, or the first words of what was pasted.
    title: String,
    /// Where its file lies; none for what was pasted.
    place: Option<PathBuf>,
    /// When it was worked on last.
    touched: Time,
    /// How many decisions and words written there are.
    steps: usize,
    /// Something was done since it was saved.
    unsaved: bool,
}

impl Line {
    fn of(store: &Store, kept: Kept) -> Option<Self> {
        let (bytes, entries) = store.peek(&kept).ok()?;
        let saved = entries.iter().rposition(|e| matches!(e.event, Event::Saved { .. })).map_or(0, |i| i + 1);
        let unsaved = entries.iter().skip(saved).any(|e| e.event.edits().is_some() || !e.event.is_step());
        let first = || {
            let document = crate::formats::read(&kept.about.name, &bytes).ok()?;
            let line = document.text.lines().map(str::trim).find(|l| !l.is_empty())?;
            Some(line.chars().take(TITLE).collect())
        };
        let title = if kept.about.path.is_some() { None } else { first() };
        Some(Self {
            title: title.unwrap_or(kept.about.name),
            place: kept.about.path,
            touched: Time::try_from(kept.touched).unwrap_or(kept.about.opened),
            steps: entries.iter().filter(|e| e.event.is_step()).count(),
            unsaved,
            folder: kept.folder,
        })
    }

    /// What was done, in words.
    fn state(&self) -> String {
        let steps = match self.steps {
            0 => return "nothing done".to_owned(),
            1 => "1 step".to_owned(),
            n => format!("{n} steps"),
        };
        if self.unsaved { format!("{steps}, not saved") } else { steps }
    }

    fn is_meant(&self, query: &str) -> bool {
        let place = self.place.as_ref().map_or_else(|| "pasted".to_owned(), |p| p.display().to_string());
        [&self.title, &place].iter().any(|words| words.to_lowercase().contains(query))
    }
}

/// The list.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Screen {
    /// None until it was read.
    lines: Option<Vec<Line>>,
    /// What was typed.
    query: String,
    /// The chosen line, by its place among those shown.
    chosen: usize,
}

/// A time as a person says it: the hour today, the day before.
fn said(at: Time, now: Time) -> String {
    let zone = jiff::tz::TimeZone::system();
    let (at, now) = (at.to_zoned_datetime(zone.clone()), now.to_zoned_datetime(zone));
    let hour = at.strftime("%H:%M");
    if at.date() == now.date() {
        hour.to_string()
    } else if at.date().tomorrow().is_ok_and(|d| d == now.date()) {
        format!("yesterday {hour}")
    } else if at.year() == now.year() {
        at.strftime("%-d %b").to_string()
    } else {
        at.strftime("%-d %b %Y").to_string()
    }
}

impl App {
    /// Shows what is kept, and reads it.
    pub(super) fn show_kept(&mut self) {
        self.view.dialog = Some(Dialog::Kept(Screen::default()));
        let store = self.store.clone();
        self.errand(move || {
            let lines = store.list().into_iter().take(MOST).filter_map(|kept| Line::of(&store, kept)).collect();
            Some(Message::Kept(lines))
        });
    }

    pub(super) fn kept_arrive(&mut self, lines: Vec<Line>) {
        if let Some(Dialog::Kept(screen)) = &mut self.view.dialog {
            screen.lines = Some(lines);
        }
    }

    /// Goes on with a session: where it is open already, there.
    pub(super) fn open_kept(&mut self, folder: &Path) {
        if let Some(i) = self.articles.iter().position(|a| a.session.folder() == Some(folder)) {
            return self.go_to_article(i);
        }
        let session = folder.file_name().map(|n| n.to_string_lossy().into_owned());
        let place = Place { session, ..Place::default() };
        let rank = self.next_rank;
        self.next_rank += 1;
        self.awaited = Some(rank);
        let reading = Reading { rank, from: Origin::Desk(Box::new(place)), shelf: Arc::new(self.shelf()) };
        self.arrive(rank, reading.run());
        self.say_arrivals();
    }
}

/// Draws the list: letters narrow it, arrows choose, Enter opens.
pub fn dialog(ui: &Ui, screen: &mut Screen, commands: &mut Vec<Command>) {
    let press = |key| ui.ctx().input_mut(|i| i.consume_key(Modifiers::NONE, key));
    let field = egui::Id::unique("copydesk earlier work");
    let typing = ui.memory(|m| m.has_focus(field) || m.focused().is_none());
    let query = screen.query.trim().to_lowercase();
    let shown: Vec<Line> = screen.lines.iter().flatten().filter(|l| l.is_meant(&query)).cloned().collect();
    if press(Key::ArrowDown) {
        screen.chosen += 1;
    }
    if press(Key::ArrowUp) {
        screen.chosen = screen.chosen.saturating_sub(1);
    }
    screen.chosen = screen.chosen.min(shown.len().saturating_sub(1));
    if typing
        && press(Key::Enter)
        && let Some(line) = shown.get(screen.chosen)
    {
        commands.extend([Command::Dismiss, Command::OpenKept(line.folder.clone())]);
    }
    let now = Time::try_from(SystemTime::now()).unwrap_or_default();
    super::dialogs::modal(ui, "Earlier work", 640.0, commands, |ui, commands| {
        parts::quiet(ui, "Every article whose decisions are kept on this machine, the last first");
        ui.add_space(SPACE[1]);
        let response = ui.add(TextEdit::singleline(&mut screen.query).id(field).hint_text("Title or path").desired_width(f32::INFINITY));
        let response = response.accessible_name("Find earlier work");
        if ui.memory(egui::Memory::focused).is_none() {
            response.request_focus();
        }
        if response.changed() {
            screen.chosen = 0;
        }
        ui.add_space(SPACE[1]);
        let height = (ui.ctx().content_rect().height() - 300.0).clamp(120.0, 520.0);
        ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            for (i, line) in shown.iter().enumerate() {
                line_ui(ui, line, i == screen.chosen, now, commands);
            }
            if shown.is_empty() {
                let none = match &screen.lines {
                    None => "Looking …",
                    Some(all) if all.is_empty() => "Nothing is kept yet",
                    Some(_) => "Nothing kept has these letters",
                };
                parts::quiet(ui, none);
            }
            focus::follow(ui);
        });
        ui.add_space(SPACE[1]);
        if ui.button("Close").clicked() {
            commands.push(Command::Dismiss);
        }
    });
}

/// An article: its title and state above, where it lies and when it was worked on below.
fn line_ui(ui: &mut Ui, line: &Line, chosen: bool, now: Time, commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    let (place, tip) = match &line.place {
        Some(path) => (shortened(&parts_of(path).1), path.display().to_string()),
        None => ("pasted".to_owned(), "It came from the clipboard and has no file".to_owned()),
    };
    let when = said(line.touched, now);
    let right = format!("{}   {place}   {when}", line.state());
    let right = RichText::new(right).font(theme::regular(SMALL)).color(if line.unsaved { theme.ink } else { theme.quiet });
    let button = Button::selectable(chosen, &line.title).right_text(right).truncate().min_size(vec2(ui.available_width(), 28.0));
    let response = ui.add(button).on_hover_text(tip);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{}, {}, {place}, {when}", line.title, line.state())));
    if chosen {
        response.scroll_to_me(None);
    }
    if response.clicked() {
        commands.extend([Command::Dismiss, Command::OpenKept(line.folder.clone())]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_as_a_person_does() {
        let at = |text: &str| -> Time {
            let civil: jiff::civil::DateTime = text.parse().unwrap();
            jiff::tz::TimeZone::system().to_timestamp(civil).unwrap()
        };
        let now = at("2026-03-01T09:05:00");
        assert_eq!(said(at("2026-03-01T00:10:00"), now), "00:10");
        assert_eq!(said(at("2026-02-28T23:50:00"), now), "yesterday 23:50");
        assert_eq!(said(at("2026-01-07T12:00:00"), now), "7 Jan");
        assert_eq!(said(at("2025-12-31T12:00:00"), now), "31 Dec 2025");
    }
}
