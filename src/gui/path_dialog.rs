//! The dialog in which a path is typed: Tab goes round its controls, Enter takes the path, and what lies in the
//! folder that is being written is offered below the field.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use eframe::egui::text::{CCursor, CCursorRange};
use eframe::egui::text_edit::TextEditState;
use eframe::egui::{self, Button, Key, Modifiers, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo, vec2};

use super::app::{App, Message};
use super::command::Command;
use super::dialogs::{Enter, buttons, modal, sentence};
use super::fonts::icon;
use super::leaving::from_home;
use super::parts;
use super::theme::{self, SMALL, SPACE};
use super::view::{Dialog, Purpose};

/// So many of a folder are read.
const MOST_READ: usize = 5_000;
/// So many are offered.
const MOST_OFFERED: usize = 60;

/// A path that is being typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Typing {
    /// What for.
    pub purpose: Purpose,
    /// What was typed.
    pub text: String,
    /// Why it is typed and not chosen, or what was wrong with it.
    pub note: String,
    /// The folder that was asked for last.
    asked: Option<PathBuf>,
    /// What lies in it, by name, once that is known.
    entries: Vec<Entry>,
    /// The line that is chosen below the field.
    chosen: Option<usize>,
}

/// What lies in a folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// It is a folder itself.
    pub folder: bool,
}

impl Typing {
    /// A path that begins with some text.
    pub fn new(purpose: Purpose, text: impl Into<String>, note: impl Into<String>) -> Self {
        Self { purpose, text: text.into(), note: note.into(), asked: None, entries: Vec::new(), chosen: None }
    }

    /// The folder that is written, with its separator, and the beginning of a name in it.
    fn parts(&self) -> (&str, &str) {
        let end = self.text.rfind(['/', MAIN_SEPARATOR]).map_or(0, |i| i + 1);
        (self.text.get(..end).unwrap_or(""), self.text.get(end..).unwrap_or(""))
    }

    /// What may follow: folders first.
    fn offered(&self) -> Vec<&Entry> {
        let begun = self.parts().1.to_lowercase();
        let fits = |e: &&Entry| {
            let name = e.name.to_lowercase();
            let ending = || Path::new(&name).extension().is_some_and(|x| super::files::ENDINGS.iter().any(|known| x == *known));
            (e.folder || (!self.purpose.is_folder() && ending()))
                && name.starts_with(&begun)
                && (begun.starts_with('.') || !name.starts_with('.'))
        };
        let mut offered: Vec<&Entry> = self.entries.iter().filter(fits).collect();
        offered.sort_by_key(|e| !e.folder);
        offered.truncate(MOST_OFFERED);
        offered
    }

    /// Takes what is offered at a line into the text; whether a file is complete with it.
    fn complete(&mut self, line: usize) -> bool {
        let Some(entry) = self.offered().get(line).map(|e| (*e).clone()) else { return false };
        let folder = self.parts().0.to_owned();
        self.text = format!("{folder}{}", entry.name);
        if entry.folder {
            self.text.push(MAIN_SEPARATOR);
        }
        self.chosen = None;
        !entry.folder
    }
}

impl Purpose {
    /// Whether a folder is asked for.
    pub const fn is_folder(self) -> bool {
        matches!(self, Self::OpenFolder | Self::House | Self::OwnRules)
    }

    const fn titles(self) -> (&'static str, &'static str) {
        match self {
            Self::Open => ("Open by path", "Open"),
            Self::SaveAs => ("Save as", "Save"),
            Self::Export => ("Export review", "Export"),
            Self::Source => ("Open source text", "Open"),
            Self::Statistics(_) => ("Export statistics", "Export"),
            Self::OpenFolder => ("Open folder", "Open"),
            Self::House => ("Folder of house rules", "Use it"),
            Self::OwnRules => ("Folder of your own rules", "Use it"),
        }
    }
}

fn field() -> egui::Id {
    egui::Id::unique("copydesk typed path")
}

/// Puts the caret behind the text.
fn to_end(ui: &Ui, text: &str) {
    let mut state = TextEditState::load(ui.ctx(), field()).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(text.chars().count()))));
    state.store(ui.ctx(), field());
    ui.memory_mut(|m| m.request_focus(field()));
}

/// Draws the dialog.
pub fn ui(ui: &Ui, typing: &mut Typing, commands: &mut Vec<Command>) {
    let (name, verb) = typing.purpose.titles();
    let folder = from_home(Path::new(typing.parts().0));
    // Nothing is offered before a folder is begun.
    if typing.parts().0.is_empty() {
        typing.asked = None;
        typing.entries.clear();
    } else if typing.asked.as_ref() != Some(&folder) {
        typing.asked = Some(folder.clone());
        typing.entries.clear();
        typing.chosen = None;
        commands.push(Command::ReadFolder(folder));
    }
    modal(ui, name, 520.0, commands, |ui, commands| {
        if !typing.note.is_empty() {
            sentence(ui, typing.note.clone());
            ui.add_space(SPACE[0]);
        }
        let focused = ui.memory(egui::Memory::focused);
        let in_field = focused.is_none() || focused == Some(field());
        let pressed = |key| in_field && ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
        let count = typing.offered().len();
        if pressed(Key::ArrowDown) && count > 0 {
            typing.chosen = Some(typing.chosen.map_or(0, |c| (c + 1).min(count - 1)));
        }
        if pressed(Key::ArrowUp) {
            typing.chosen = typing.chosen.and_then(|c| c.checked_sub(1));
        }
        let mut take = pressed(Key::Enter);
        if let Some(line) = typing.chosen.filter(|_| take) {
            // A file that is read is meant; one that is written may get another name.
            take = typing.complete(line) && !typing.purpose.writes();
            to_end(ui, &typing.text);
        }
        let hint = if typing.purpose.is_folder() { "/home/me/wire" } else { "/home/me/story.html" };
        let response = ui.add(TextEdit::singleline(&mut typing.text).id(field()).desired_width(f32::INFINITY).hint_text(hint));
        let response = response.accessible_name("Path");
        if response.changed() {
            typing.chosen = None;
        }
        if focused.is_none() {
            to_end(ui, &typing.text);
        }
        lines(ui, typing, commands);
        let then = Command::TakePath(typing.purpose, PathBuf::from(typing.text.trim()));
        if take && !typing.text.trim().is_empty() {
            commands.push(Command::Dismiss);
            commands.push(then.clone());
        }
        buttons(ui, Enter::Nothing, &[(verb, vec![then]), ("Cancel", Vec::new())], commands);
    });
}

/// Draws what is offered.
fn lines(ui: &mut Ui, typing: &mut Typing, commands: &mut Vec<Command>) {
    let mut clicked = None;
    ui.add_space(SPACE[0]);
    if typing.offered().is_empty() {
        return;
    }
    let height = 6.5 * 26.0;
    ScrollArea::vertical().id_salt("offered").max_height(height).min_scrolled_height(height).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (i, entry) in typing.offered().into_iter().enumerate() {
            let sign = if entry.folder { icon::OPEN } else { "    " };
            let shown = format!("{sign}  {}", entry.name);
            let button = Button::selectable(typing.chosen == Some(i), shown).truncate().min_size(vec2(ui.available_width(), 26.0));
            // The arrows choose; Tab goes from the field to the buttons.
            let response = ui.add(button.sense(egui::Sense::CLICK));
            let spoken = format!("{} {}", if entry.folder { "Folder" } else { "File" }, entry.name);
            response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, typing.chosen == Some(i), &spoken));
            if typing.chosen == Some(i) {
                response.scroll_to_me(None);
            }
            if response.clicked() {
                clicked = Some(i);
            }
        }
    });
    if typing.chosen.is_none() && !typing.offered().is_empty() {
        let tip = RichText::new("↓ chooses, Enter takes").font(theme::regular(SMALL));
        parts::quiet(ui, tip.text());
    }
    if let Some(line) = clicked {
        let complete = typing.complete(line) && !typing.purpose.writes();
        to_end(ui, &typing.text);
        if complete {
            commands.push(Command::Dismiss);
            commands.push(Command::TakePath(typing.purpose, PathBuf::from(&typing.text)));
        }
    }
}

impl App {
    /// Asks for a path that begins with some text.
    pub(super) fn ask_typed(&mut self, purpose: Purpose, text: impl Into<String>, note: impl Into<String>) {
        self.view.dialog = Some(Dialog::Path(Typing::new(purpose, text, note)));
    }

    /// Reads what lies in a folder, off the frame: a share may not answer.
    pub(super) fn read_folder(&self, folder: PathBuf) {
        self.errand(move || {
            let mut entries: Vec<Entry> = std::fs::read_dir(&folder)
                .into_iter()
                .flatten()
                .take(MOST_READ)
                .filter_map(Result::ok)
                .map(|e| Entry { name: e.file_name().to_string_lossy().into_owned(), folder: e.path().is_dir() })
                .collect();
            entries.sort_by_key(|e| e.name.to_lowercase());
            Some(Message::Folder(folder, entries))
        });
    }

    /// Takes what lies in a folder, if that is still asked for.
    pub(super) fn take_folder(&mut self, folder: &Path, entries: Vec<Entry>) {
        if let Some(Dialog::Path(typing)) = &mut self.view.dialog
            && typing.asked.as_deref() == Some(folder)
        {
            typing.entries = entries;
        }
    }

    /// What is wrong with a typed path, with the text that is typed on from; none when it may be taken.
    pub(super) fn wrong_path(purpose: Purpose, path: &Path) -> Option<(String, String)> {
        let text = path.display().to_string();
        let inside = || format!("{}{MAIN_SEPARATOR}", text.trim_end_matches(MAIN_SEPARATOR));
        let parent = path.parent().filter(|p| !p.as_os_str().is_empty());
        if purpose.writes() {
            return if path.is_dir() {
                Some((inside(), "This is a folder; add the name of the file to be written.".to_owned()))
            } else {
                let missing = parent.filter(|p| !p.is_dir())?;
                Some((text.clone(), format!("Nothing was written: there is no folder {}.", missing.display())))
            };
        }
        if !path.exists() {
            let what = if purpose.is_folder() { "folder" } else { "file" };
            return Some((text, format!("There is no {what} of this name.")));
        }
        match purpose {
            Purpose::Source if path.is_dir() => Some((inside(), "This is a folder; choose the source text in it.".to_owned())),
            Purpose::OpenFolder | Purpose::House | Purpose::OwnRules if !path.is_dir() => {
                Some((text, "This is a file; a folder is asked for.".to_owned()))
            }
            _ => None,
        }
    }
}
