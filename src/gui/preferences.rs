//! The screen of the settings: every one with a plain name; what is changed holds at once.

use eframe::egui::{self, Button, DragValue, Modal, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo, vec2};

use super::app::Places;
use super::command::Command;
use super::focus;
use super::fonts::icon;
use super::parts;
use super::settings::{Motion, Setting, Settings, ThemeChoice};
use super::theme::{self, INTERFACE, SMALL, SPACE};
use super::view::Purpose;

/// Width of the names at the left.
const NAMES: f32 = 150.0;

/// Draws the screen.
pub fn dialog(ui: &Ui, settings: &Settings, places: &Places, commands: &mut Vec<Command>) {
    let room = ui.ctx().content_rect().size();
    let width = (room.x - 80.0).min(620.0);
    let modal = Modal::new(egui::Id::unique("copydesk settings")).frame(parts::floating(ui.ctx())).show(ui.ctx(), |ui| {
        ui.set_width(width);
        ui.label(RichText::new("Settings").font(theme::bold(16.0)));
        parts::quiet(ui, "What you change holds at once");
        ui.add_space(SPACE[1]);
        let height = room.y - 230.0;
        ScrollArea::vertical().max_height(height).min_scrolled_height(height.min(540.0)).auto_shrink([false, true]).show(ui, |ui| {
            look(ui, settings, commands);
            review(ui, settings, commands);
            rules(ui, settings, places, commands);
            focus::follow(ui);
        });
        ui.add_space(SPACE[2]);
        parts::rule(ui);
        ui.add_space(SPACE[0]);
        let file = places.settings.display().to_string();
        let text = RichText::new(&file).font(theme::regular(SMALL)).color(theme::of(ui).quiet);
        ui.add(egui::Label::new(text).truncate()).on_hover_text(format!("The file of these settings; it may be edited by hand\n{file}"));
        ui.add_space(SPACE[0]);
        ui.horizontal(|ui| {
            if ui.add(Button::new("Close").min_size(vec2(80.0, 30.0))).clicked() {
                commands.push(Command::Dismiss);
            }
            let folder = places.settings.parent().map(std::path::Path::to_owned);
            let button = Button::new("Open folder").min_size(vec2(80.0, 30.0));
            if ui.add(button).on_hover_text("Show the file of the settings among its neighbours").clicked() {
                commands.extend(folder.map(Command::ShowFolder));
            }
        });
    });
    if modal.should_close() {
        commands.push(Command::Dismiss);
    }
}

/// A setting: its name at the left, then what sets it, and below it what it means.
fn setting(ui: &mut Ui, name: &str, means: &str, control: impl FnOnce(&mut Ui)) {
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(vec2(NAMES, 28.0), egui::Layout::left_to_right(egui::Align::Center), |ui| {
            ui.set_min_size(vec2(NAMES, 28.0));
            ui.label(name);
        });
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.horizontal(|ui| {
                ui.set_min_height(28.0);
                control(ui);
            });
            if !means.is_empty() {
                let theme = theme::of(ui);
                ui.add(egui::Label::new(RichText::new(means).font(theme::regular(SMALL)).color(theme.quiet)).wrap());
            }
        });
    });
    ui.add_space(SPACE[1]);
}

fn heading(ui: &mut Ui, text: &str) {
    ui.add_space(SPACE[0]);
    parts::heading(ui, text);
    ui.add_space(SPACE[0]);
}

/// A few words of which one holds.
fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    now: T,
    choices: &[(T, &str)],
    set: impl Fn(T) -> Setting,
    commands: &mut Vec<Command>,
) {
    ui.spacing_mut().item_spacing.x = 4.0;
    for (value, label) in choices {
        let on = *value == now;
        let text = RichText::new(*label).font(if on { theme::bold(INTERFACE) } else { theme::regular(INTERFACE) });
        let response = ui.add(Button::selectable(on, text));
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, format!("{name}: {label}")));
        if response.clicked() && !on {
            commands.push(Command::Set(set(*value)));
        }
    }
}

/// A number with a button for less and one for more.
fn stepper<T: Copy>(ui: &mut Ui, now: String, steps: [(&str, T); 2], set: impl Fn(T) -> Setting, commands: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.x = 4.0;
    for (sign, (name, value)) in ["−", "+"].into_iter().zip(steps) {
        let response = ui.add(Button::new(sign).min_size(vec2(28.0, 28.0)));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        if response.clicked() {
            commands.push(Command::Set(set(value)));
        }
    }
    ui.add_space(SPACE[0]);
    ui.label(now);
}

fn check(ui: &mut Ui, label: &str, mut on: bool, set: impl Fn(bool) -> Setting, commands: &mut Vec<Command>) {
    if parts::outlined(ui, |ui| ui.checkbox(&mut on, label)).changed() {
        commands.push(Command::Set(set(on)));
    }
}

fn look(ui: &mut Ui, settings: &Settings, commands: &mut Vec<Command>) {
    heading(ui, "You and the window");
    setting(ui, "Your name", "Stands in the journal and in exported reviews. It never leaves this machine by itself.", |ui| {
        let mut name = settings.name.clone();
        let field = TextEdit::singleline(&mut name).hint_text(settings.author()).desired_width(240.0);
        if ui.add(field).accessible_name("Your name").changed() {
            commands.push(Command::Set(Setting::Name(name)));
        }
    });
    setting(ui, "Theme", "", |ui| {
        let choices = [(ThemeChoice::System, "As the system"), (ThemeChoice::Light, "Light"), (ThemeChoice::Dark, "Dark")];
        choice(ui, "Theme", settings.theme, &choices, Setting::Theme, commands);
    });
    setting(ui, "Size", "", |ui| {
        let steps = [("Smaller", settings.zoom - 0.1), ("Larger", settings.zoom + 0.1)];
        stepper(ui, format!("{:.0} %", settings.zoom * 100.0), steps, Setting::Zoom, commands);
    });
    setting(ui, "Column", "65 to 75 characters in a line are read most easily", |ui| {
        let steps = [("Narrower", settings.measure.saturating_sub(1)), ("Wider", settings.measure.saturating_add(1))];
        stepper(ui, format!("{} characters", settings.measure), steps, Setting::Measure, commands);
    });
    setting(ui, "Motion", "Reduced: nothing glides or fades. It is set here; the system’s own setting is not read", |ui| {
        choice(ui, "Motion", settings.motion, &[(Motion::Full, "Full"), (Motion::Reduced, "Reduced")], Setting::Motion, commands);
    });
}

fn review(ui: &mut Ui, settings: &Settings, commands: &mut Vec<Command>) {
    heading(ui, "Review and files");
    setting(ui, "Review", "", |ui| {
        choice(
            ui,
            "Review",
            settings.hints,
            &[(false, "Light: errors only"), (true, "Full: hints of style too")],
            Setting::Hints,
            commands,
        );
    });
    let kept = match settings.keep_sessions_days {
        0 => "Decisions are not kept: a crash loses what is not saved, and those kept before go at the next start",
        _ => "Decisions come back for so long after an article was worked on last; your files are never touched by this",
    };
    setting(ui, "Keep decisions", kept, |ui| {
        let mut days = settings.keep_sessions_days;
        let field = ui.add(DragValue::new(&mut days).range(0..=3650).suffix(" days"));
        if field.accessible_name("Days that decisions are kept").changed() {
            commands.push(Command::Set(Setting::KeepSessionsDays(days)));
        }
    });
    setting(ui, "Originals", "story.orig.html beside story.html, when it is saved first", |ui| {
        check(ui, "Keep the original beside the file", settings.keep_original, Setting::KeepOriginal, commands);
    });
}

fn rules(ui: &mut Ui, settings: &Settings, places: &Places, commands: &mut Vec<Command>) {
    heading(ui, "Rules");
    let means =
        if settings.houses.len() > 1 { "A lower one overrules those above it" } else { "Laid over the rules that come with the program" };
    setting(ui, "House folders", means, |ui| {
        ui.vertical(|ui| {
            for (i, folder) in settings.houses.iter().enumerate() {
                house(ui, i, &folder.display().to_string(), commands);
            }
            if ui.button("Add a folder…").clicked() {
                commands.push(Command::Ask(Purpose::House));
            }
        });
    });
    setting(ui, "Your own rules", "They overrule all others", |ui| {
        let folder = settings.own_folder(&places.settings).display().to_string();
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if settings.own_rules.is_some() && ui.button("Use the usual one").clicked() {
                commands.push(Command::Set(Setting::OwnRules(None)));
            }
            if ui.button("Choose…").clicked() {
                commands.push(Command::Ask(Purpose::OwnRules));
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.add(egui::Label::new(&folder).truncate()).on_hover_text(&folder);
            });
        });
    });
}

fn house(ui: &mut Ui, i: usize, folder: &str, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if parts::icon_button(ui, icon::CROSS, &format!("Remove: {folder}"), "Do not use it any more").clicked() {
                commands.push(Command::Set(Setting::RemoveHouse(i)));
            }
            if i > 0 && parts::icon_button(ui, "↑", &format!("Move up: {folder}"), "Lay it under the one above").clicked() {
                commands.push(Command::Set(Setting::RaiseHouse(i)));
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.add(egui::Label::new(folder).truncate()).on_hover_text(folder);
            });
        });
    });
}
