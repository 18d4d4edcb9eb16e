//! Questions that are asked above the article. Each says what happened, what is safe and what can be done.

use eframe::egui::{self, Button, Key, Modal, RichText, Role, Ui, WidgetInfo, vec2};

use super::article::Article;
use super::command::Command;
use super::fonts::icon;
use super::parts;
use super::theme::{self, INTERFACE, SMALL, SPACE};
use super::view::{Dialog, Purpose};

/// Draws what lies above the article.
pub fn ui(ui: &Ui, dialog: &mut Dialog, article: Option<&Article>, unsaved: &[String], commands: &mut Vec<Command>) {
    match dialog {
        Dialog::Palette { .. }
        | Dialog::Keys
        | Dialog::Batch(_)
        | Dialog::Rule(_)
        | Dialog::Book(_)
        | Dialog::Entry(_)
        | Dialog::Settings
        | Dialog::Kept(_)
        | Dialog::Recent { .. }
        | Dialog::Statistics(_) => {}
        Dialog::Path(typing) => super::path_dialog::ui(ui, typing, commands),
        Dialog::Overwrite { purpose, path } => overwrite(ui, *purpose, path, commands),
        Dialog::Unsaved { quit } => ask_unsaved(ui, *quit, unsaved, commands),
        Dialog::ChangedOnDisk(theirs) => super::theirs::dialog(ui, theirs, article, commands),
        Dialog::RejectChoice { houses } => reject(ui, houses, commands),
        Dialog::Language => super::language::dialog(ui, article, commands),
        Dialog::Forget => forget(ui, article, commands),
        Dialog::History(history) => super::history::dialog(ui, history, article, commands),
    }
}

pub(super) fn modal(ui: &Ui, name: &str, width: f32, commands: &mut Vec<Command>, content: impl FnOnce(&mut Ui, &mut Vec<Command>)) {
    let width = width.min(ui.ctx().content_rect().width() - 80.0);
    let response = Modal::new(egui::Id::unique(("copydesk dialog", name))).frame(parts::floating(ui.ctx())).show(ui.ctx(), |ui| {
        ui.set_width(width);
        ui.label(RichText::new(name).font(theme::bold(16.0)));
        ui.add_space(SPACE[0]);
        content(ui, commands);
    });
    if response.should_close() {
        commands.push(Command::Dismiss);
    }
}

pub(super) fn sentence(ui: &mut Ui, text: impl Into<String>) {
    ui.add(egui::Label::new(RichText::new(text).line_height(Some(19.0))).wrap());
}

/// What Enter does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Enter {
    /// It presses the first button, which loses nothing.
    First,
    /// It presses none before one has the keyboard.
    Nothing,
}

/// A row of buttons; the first is done most.
pub(super) fn buttons(ui: &mut Ui, enter: Enter, choices: &[(&str, Vec<Command>)], commands: &mut Vec<Command>) {
    ui.add_space(SPACE[2]);
    ui.horizontal(|ui| {
        for (i, (label, then)) in choices.iter().enumerate() {
            let theme = theme::of(ui);
            let button = if i == 0 {
                Button::new(RichText::new(*label).color(theme.accent_ink).font(theme::bold(INTERFACE))).fill(theme.accent)
            } else {
                Button::new(*label)
            };
            let response = ui.add(button.min_size(vec2(80.0, 30.0)));
            if i == 0 && enter == Enter::First && ui.memory(egui::Memory::focused).is_none() {
                response.request_focus();
            }
            if response.clicked() {
                commands.push(Command::Dismiss);
                commands.extend(then.iter().cloned());
            }
        }
    });
}

fn ask_unsaved(ui: &Ui, quit: bool, unsaved: &[String], commands: &mut Vec<Command>) {
    modal(ui, "Not everything is saved", 460.0, commands, |ui, commands| {
        for name in unsaved.iter().take(6) {
            sentence(ui, format!("{}  {name}", icon::DOT));
        }
        if unsaved.len() > 6 {
            sentence(ui, format!("and {} more", unsaved.len() - 6));
        }
        ui.add_space(SPACE[0]);
        sentence(
            ui,
            if unsaved.len() == 1 {
                "Your decisions are kept: they come back when the article is opened again, or by “Open earlier work…”. Its file does not have them yet."
            } else {
                "Your decisions are kept: they come back when the articles are opened again, or by “Open earlier work…”. Their files do not have them yet."
            },
        );
        let (save, leave) = match (quit, unsaved.len()) {
            (false, _) => (("Save and close", Command::SaveClose), ("Close without saving", Command::CloseUnsaved)),
            (true, 1) => (("Save and quit", Command::SaveQuit), ("Quit without saving", Command::QuitUnsaved)),
            (true, _) => (("Save all and quit", Command::SaveQuit), ("Quit without saving", Command::QuitUnsaved)),
        };
        buttons(ui, Enter::First, &[(save.0, vec![save.1]), (leave.0, vec![leave.1]), ("Cancel", Vec::new())], commands);
    });
}

fn overwrite(ui: &Ui, purpose: Purpose, path: &std::path::Path, commands: &mut Vec<Command>) {
    modal(ui, "There is a file of this name", 500.0, commands, |ui, commands| {
        sentence(ui, path.display().to_string());
        ui.add_space(SPACE[0]);
        sentence(ui, "Nothing was written. To replace the file can’t be undone.");
        buttons(
            ui,
            Enter::First,
            &[
                ("Choose another name…", vec![Command::TypePath(purpose)]),
                ("Replace it", vec![purpose.with(path.to_owned())]),
                ("Cancel", Vec::new()),
            ],
            commands,
        );
    });
}

fn reject(ui: &Ui, houses: &[String], commands: &mut Vec<Command>) {
    modal(ui, "Leave it as it is", 360.0, commands, |ui, commands| {
        let mut choices: Vec<(String, Command)> = [Command::Reject, Command::RejectInArticle, Command::RejectAlways]
            .into_iter()
            .map(|command| (command.label().to_owned(), command))
            .collect();
        choices
            .extend(houses.iter().enumerate().map(|(i, house)| (format!("Always, for everyone of {house}"), Command::RejectAlwaysIn(i))));
        let keys = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
        for (i, (label, command)) in choices.into_iter().enumerate() {
            let pressed = keys.get(i).is_some_and(|key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, *key)));
            let theme = theme::of(ui);
            let number = RichText::new((i + 1).to_string()).color(theme.quiet).font(theme::regular(SMALL));
            let button = Button::new(&label).min_size(vec2(ui.available_width(), 32.0)).right_text(number);
            let response = ui.add(button).on_hover_text(command.spec().map_or("", |s| s.tip));
            // Arrows move from here, Enter takes.
            if i == 0 && ui.memory(egui::Memory::focused).is_none() {
                response.request_focus();
            }
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
            if pressed || response.clicked() {
                commands.push(Command::Dismiss);
                commands.push(command);
            }
        }
        ui.add_space(SPACE[0]);
        let last = if houses.is_empty() { "the third" } else { "the others" };
        parts::quiet(
            ui,
            format!(
                "In the article and always hold for these words and this rule. Undo takes each of them back; Words and rules lists {last}."
            ),
        );
    });
}

fn forget(ui: &Ui, article: Option<&Article>, commands: &mut Vec<Command>) {
    let name = article.map_or("", |a| a.session.name.as_str()).to_owned();
    modal(ui, "Forget this article", 460.0, commands, |ui, commands| {
        sentence(ui, format!("The copy of {name} that this program keeps, and every decision on it, is removed from this machine."));
        sentence(ui, "Its file is not touched. This can’t be undone.");
        buttons(ui, Enter::First, &[("Cancel", Vec::new()), ("Forget it", vec![Command::ForgetNow])], commands);
    });
}
