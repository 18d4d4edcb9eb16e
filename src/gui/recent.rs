//! What was opened last: files and folders, the newest first, in `recent.toml` beside the settings.

use std::path::{Path, PathBuf};

use eframe::egui::{Button, Key, Modifiers, RichText, Role, Ui, WidgetInfo, vec2};
use serde::{Deserialize, Serialize};

use super::app::{App, Message};
use super::command::Command;
use super::focus;
use super::fonts::icon;
use super::parts;
use super::theme::{self, SMALL, SPACE};
use crate::review::disk;

/// So many of each kind are remembered.
const MOST: usize = 12;
const HEAD: &str = "# Written by Copydesk: what was opened last, the newest first. It may be removed.\n\n";

/// What was opened last.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Recent {
    /// Articles.
    pub files: Vec<PathBuf>,
    /// Folders of articles.
    pub folders: Vec<PathBuf>,
    /// Those of both that are not there.
    #[serde(skip)]
    pub gone: Vec<PathBuf>,
}

fn first(list: &mut Vec<PathBuf>, path: &Path) {
    list.retain(|p| p != path);
    list.insert(0, path.to_owned());
    list.truncate(MOST);
}

impl Recent {
    /// Reads the file; what can't be read is put aside, and the sentence says so.
    pub fn read(path: &Path) -> (Self, Option<String>) {
        let Ok(text) = std::fs::read_to_string(path) else { return (Self::default(), None) };
        toml::from_str(&text).map_or_else(
            |_| {
                let aside = disk::put_aside(path).map_or_else(|e| e.to_string(), |p| format!("the list is put aside as {}", p.display()));
                (Self::default(), Some(format!("What was opened last can’t be read; {aside}")))
            },
            |recent| (recent, None),
        )
    }

    fn write(&self, path: &Path) -> Result<(), String> {
        let text = toml::to_string(self).map_err(|e| e.to_string())?;
        disk::write(path, format!("{HEAD}{text}").as_bytes()).map_err(|e| e.to_string())
    }

    /// Puts what was opened before the others.
    fn add(&mut self, opened: &Opened) {
        match opened {
            Opened::Folder(folder) => first(&mut self.folders, folder),
            Opened::Files(files) => files.iter().take(MOST).rev().for_each(|f| first(&mut self.files, f)),
        }
    }

    /// Files, then folders.
    pub fn all(&self) -> impl Iterator<Item = &PathBuf> {
        self.files.iter().chain(&self.folders)
    }
}

/// What was opened just now.
#[derive(Clone, Debug)]
pub(super) enum Opened {
    /// A folder; its articles are not listed one by one.
    Folder(PathBuf),
    /// Articles.
    Files(Vec<PathBuf>),
}

impl App {
    fn recent_file(&self) -> PathBuf {
        self.places.settings.with_file_name("recent.toml")
    }

    /// Reads what was opened last.
    pub(super) fn read_recent(&mut self) {
        let (recent, fault) = Recent::read(&self.recent_file());
        self.recent = recent;
        if let Some(fault) = fault {
            self.view.fault(fault);
        }
        self.look_for_recent();
    }

    /// Looks which of the files are still there; off the frame, because a share may not answer.
    pub(super) fn look_for_recent(&mut self) {
        let all: Vec<PathBuf> = self.recent.all().cloned().collect();
        self.errand(move || Some(Message::Gone(all.into_iter().filter(|p| !p.exists()).collect())));
    }

    /// Remembers what was opened. Another window may have written meanwhile: its list is read first.
    pub(super) fn remember(&mut self, opened: Opened) {
        self.recent.add(&opened);
        let path = self.recent_file();
        self.errand(move || {
            let (mut recent, _) = Recent::read(&path);
            recent.add(&opened);
            let written = recent.write(&path);
            written.err().map(|e| Message::Fault(format!("What was opened last can’t be kept ({e}): {}", path.display())))
        });
    }

    /// Forgets what was opened last.
    pub(super) fn clear_recent(&mut self) {
        self.recent = Recent::default();
        let path = self.recent_file();
        self.errand(move || {
            let written = Recent::default().write(&path);
            written.err().map(|e| Message::Fault(format!("The list can’t be cleared ({e}): {}", path.display())))
        });
    }
}

/// The name of a path and the folder it lies in.
pub(super) fn parts_of(path: &Path) -> (String, String) {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    (name, path.parent().map_or_else(String::new, |p| p.display().to_string()))
}

/// A line with a path; it opens what it names.
fn line(ui: &mut Ui, path: &Path, there: bool, chosen: bool, commands: &mut Vec<Command>) -> bool {
    let theme = theme::of(ui);
    let (name, folder) = parts_of(path);
    let right =
        RichText::new(if there { shortened(&folder) } else { "not there".to_owned() }).font(theme::regular(SMALL)).color(theme.quiet);
    let button = Button::selectable(chosen, name.clone()).right_text(right).min_size(vec2(ui.available_width(), 26.0));
    let response = ui.add_enabled(there, button).on_hover_text(path.display().to_string());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, there, format!("Open {name} in {folder}")));
    if chosen {
        response.scroll_to_me(None);
    }
    if response.clicked() {
        commands.push(Command::Dismiss);
        commands.push(Command::OpenPath(path.to_owned()));
    }
    response.clicked()
}

/// A long name or path without its middle.
pub(super) fn brief(words: &str) -> String {
    const MOST: usize = 90;
    let count = words.chars().count();
    if count <= MOST {
        return words.to_owned();
    }
    let half = MOST / 2;
    words.chars().take(half).chain(std::iter::once('…')).chain(words.chars().skip(count - half)).collect()
}

/// A sentence whose longest words are brief.
pub(super) fn brief_all(sentence: &str) -> String {
    sentence.split(' ').map(brief).collect::<Vec<_>>().join(" ")
}

/// The end of a long path.
pub(super) fn shortened(path: &str) -> String {
    const MOST: usize = 32;
    let count = path.chars().count();
    if count <= MOST { path.to_owned() } else { format!("…{}", path.chars().skip(count - MOST + 1).collect::<String>()) }
}

/// Draws the lines of the menu.
pub fn menu(ui: &mut Ui, recent: &Recent, commands: &mut Vec<Command>) {
    ui.set_width(380.0);
    if recent.all().next().is_none() {
        parts::quiet(ui, "Nothing was opened yet");
        return;
    }
    for list in [&recent.files, &recent.folders] {
        for path in list {
            if line(ui, path, !recent.gone.contains(path), false, commands) {
                ui.close();
            }
        }
        ui.add_space(SPACE[0]);
    }
    if ui.button("Clear list").clicked() {
        commands.push(Command::ClearRecent);
        ui.close();
    }
}

/// Draws the list as a dialog: arrows choose, Enter opens.
pub fn dialog(ui: &Ui, recent: &Recent, chosen: &mut usize, commands: &mut Vec<Command>) {
    let there: Vec<&PathBuf> = recent.all().filter(|p| !recent.gone.contains(p)).collect();
    let press = |key| ui.ctx().input_mut(|i| i.consume_key(Modifiers::NONE, key));
    if press(Key::ArrowDown) {
        *chosen += 1;
    }
    if press(Key::ArrowUp) {
        *chosen = chosen.saturating_sub(1);
    }
    *chosen = (*chosen).min(there.len().saturating_sub(1));
    if press(Key::Enter)
        && let Some(path) = there.get(*chosen)
    {
        commands.push(Command::Dismiss);
        commands.push(Command::OpenPath((*path).clone()));
    }
    super::dialogs::modal(ui, "Open recent", 520.0, commands, |ui, commands| {
        if recent.all().next().is_none() {
            ui.label("Nothing was opened yet");
        }
        let height = (ui.ctx().content_rect().height() - 220.0).min(560.0);
        eframe::egui::ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            for (heading, list) in [("Articles", &recent.files), ("Folders", &recent.folders)] {
                if !list.is_empty() {
                    ui.add_space(SPACE[0]);
                    parts::heading(ui, heading);
                }
                for path in list {
                    let is_chosen = there.get(*chosen).is_some_and(|p| *p == path);
                    line(ui, path, !recent.gone.contains(path), is_chosen, commands);
                }
            }
            focus::follow(ui);
        });
        ui.add_space(SPACE[1]);
        ui.horizontal(|ui| {
            if ui.button("Close").clicked() {
                commands.push(Command::Dismiss);
            }
            if recent.all().next().is_some() && ui.button("Clear list").clicked() {
                commands.push(Command::ClearRecent);
            }
        });
    });
}

/// Draws what stands where no article is open.
pub fn empty(ui: &mut Ui, recent: &Recent, reading: bool, commands: &mut Vec<Command>) {
    ui.vertical_centered(|ui| {
        ui.add_space(ui.available_height() * 0.3);
        if reading {
            ui.label(RichText::new("Opening …").font(theme::copy_font(22.0)));
            return;
        }
        ui.label(RichText::new("No article is open").font(theme::copy_font(22.0)));
        ui.add_space(SPACE[2]);
        for (command, sign) in [
            (Command::Open, icon::OPEN),
            (Command::OpenFolder, icon::OPEN),
            (Command::Paste, icon::PASTE),
            (Command::Kept, icon::BOOK),
            (Command::Sample, icon::QUOTES),
        ] {
            let button = Button::new(format!("{sign}  {}", command.label())).min_size(vec2(160.0, 30.0));
            if ui.add(button).on_hover_text(command.tip()).clicked() {
                commands.push(command);
            }
        }
        few(ui, recent, commands);
    });
}

/// Draws the newest few where no article is open.
fn few(ui: &mut Ui, recent: &Recent, commands: &mut Vec<Command>) {
    let there = recent.all().filter(|p| !recent.gone.contains(p));
    let few: Vec<&PathBuf> = there.take(6).collect();
    if few.is_empty() {
        return;
    }
    ui.add_space(SPACE[4]);
    parts::quiet(ui, "Opened last");
    for path in few {
        let (name, folder) = parts_of(path);
        let is_folder = recent.folders.contains(path);
        let label = if is_folder { format!("{}  {name}", icon::OPEN) } else { name.clone() };
        let text = RichText::new(label).color(theme::of(ui).accent);
        let response = ui.add(Button::new(text).frame_when_inactive(false)).on_hover_text(path.display().to_string());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Open {name} in {folder}")));
        if response.clicked() {
            commands.push(Command::OpenPath(path.clone()));
        }
    }
}
