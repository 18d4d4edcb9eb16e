//! The palette of all commands and the sheet of all keys: two loops over the command table.

use eframe::egui::{self, Button, Key, Modal, Modifiers, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo, vec2};

use super::command::{Command, Menu, SPECS, Shortcut, Spec, When};
use super::focus;
use super::parts;
use super::recent::{self, Recent};
use super::theme::{self, INTERFACE, SMALL, SPACE};

/// Commands whose words contain the letters typed, in order; the better match first.
pub fn matches(query: &str) -> Vec<&'static Spec> {
    let query: Vec<char> = query.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let mut found: Vec<(usize, usize, &Spec)> = SPECS
        .iter()
        .enumerate()
        .filter_map(|(i, spec)| {
            let label = spec.label.to_lowercase();
            let mut gaps = 0;
            let mut rest = label.char_indices();
            let mut last = None;
            for wanted in &query {
                let (at, _) = rest.find(|(_, c)| c == wanted)?;
                gaps += last.map_or(at, |l: usize| at - l - 1);
                last = Some(at);
            }
            Some((gaps, i, spec))
        })
        .collect();
    found.sort_by_key(|(gaps, i, _)| (*gaps, *i));
    found.into_iter().map(|(_, _, spec)| spec).collect()
}

/// A line of the palette.
struct Line {
    command: Command,
    label: String,
    /// A key, or where a file lies.
    right: String,
}

/// Commands, and below them files opened last whose name holds the letters.
fn found(query: &str, recent: &Recent) -> Vec<Line> {
    let line = |spec: &Spec| Line { command: spec.command.clone(), label: spec.label.to_owned(), right: spec.command.key() };
    let wanted = query.trim().to_lowercase();
    let there = recent.all().filter(|p| !recent.gone.contains(p));
    let file = |path: &std::path::PathBuf| {
        let (name, folder) = recent::parts_of(path);
        Line { command: Command::OpenPath(path.clone()), label: format!("Open {name}"), right: recent::shortened(&folder) }
    };
    let files = there.map(file).filter(|l| l.label.to_lowercase().contains(&wanted));
    matches(query).into_iter().map(line).chain(files).collect()
}

/// Draws the palette.
pub fn palette(
    ui: &Ui,
    query: &mut String,
    chosen: &mut usize,
    recent: &Recent,
    enabled: impl Fn(&Command) -> bool,
    commands: &mut Vec<Command>,
) {
    let found = found(query, recent);
    let press = |key| ui.ctx().input_mut(|i| i.consume_key(Modifiers::NONE, key));
    if press(Key::ArrowDown) {
        *chosen += 1;
    }
    if press(Key::ArrowUp) {
        *chosen = chosen.saturating_sub(1);
    }
    *chosen = (*chosen).min(found.len().saturating_sub(1));
    let take = press(Key::Enter);
    let modal = Modal::new(egui::Id::unique("copydesk palette")).frame(parts::floating(ui.ctx())).show(ui.ctx(), |ui| {
        ui.set_width(440.0);
        let field =
            TextEdit::singleline(query).hint_text("Find a command").desired_width(f32::INFINITY).font(theme::regular(INTERFACE + 2.0));
        let response = ui.add(field);
        let response = response.accessible_name("Find a command");
        response.request_focus();
        ui.add_space(SPACE[0]);
        ScrollArea::vertical().max_height(320.0).min_scrolled_height(320.0).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            for (i, line) in found.iter().enumerate() {
                let theme = theme::of(ui);
                let right = RichText::new(&line.right).color(theme.quiet).font(theme::regular(SMALL));
                let button = Button::selectable(i == *chosen, &line.label).min_size(vec2(ui.available_width(), 26.0)).right_text(right);
                let response = ui.add_enabled(enabled(&line.command), button);
                response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &line.label));
                if i == *chosen {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    commands.push(Command::Dismiss);
                    commands.push(line.command.clone());
                }
            }
            if found.is_empty() {
                parts::quiet(ui, "No command and no recent file has these letters");
            }
            focus::follow(ui);
        });
    });
    if take && let Some(line) = found.get(*chosen).filter(|l| enabled(&l.command)) {
        commands.push(Command::Dismiss);
        commands.push(line.command.clone());
    }
    if modal.should_close() {
        commands.push(Command::Dismiss);
    }
}

/// Draws the sheet of keys.
pub fn keys(ui: &Ui, commands: &mut Vec<Command>) {
    let modal = Modal::new(egui::Id::unique("copydesk keys")).frame(parts::floating(ui.ctx())).show(ui.ctx(), |ui| {
        let theme = theme::of(ui);
        let (count, width) = match ui.ctx().content_rect().width() {
            wide if wide > 1040.0 => (3, 980.0),
            wide if wide > 860.0 => (2, 780.0),
            _ => (1, 420.0),
        };
        ui.set_width(width);
        ui.label(RichText::new("Keys").font(theme::bold(16.0)));
        ui.label(
            RichText::new("Single letters are heard while reviewing. While editing they write; chords work in both.").color(theme.quiet),
        );
        ui.add_space(SPACE[1]);
        let height = ui.ctx().content_rect().height() - 190.0;
        ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, |ui| {
            ui.spacing_mut().interact_size.y = 20.0;
            ui.spacing_mut().item_spacing = vec2(28.0, 4.0);
            ui.columns(count, |columns| {
                for (i, menu) in Menu::ALL.into_iter().enumerate() {
                    // Review is the longest: it has a column of its own beside the others.
                    let column = match (count, menu) {
                        (3, Menu::File | Menu::Edit) | (1, _) => 0,
                        (3, Menu::Review) | (2, Menu::Review | Menu::Compare) => 1,
                        (3, _) => 2,
                        _ => 0,
                    };
                    let Some(ui) = columns.get_mut(column) else { continue };
                    if i > 0 && ui.min_rect().height() > 4.0 {
                        ui.add_space(SPACE[2]);
                    }
                    group(ui, menu);
                }
            });
            focus::follow(ui);
        });
        ui.add_space(SPACE[1]);
        if ui.button("Close").clicked() {
            commands.push(Command::Dismiss);
        }
    });
    if modal.should_close() {
        commands.push(Command::Dismiss);
    }
}

fn group(ui: &mut Ui, menu: Menu) {
    parts::heading(ui, menu.label());
    for spec in SPECS.iter().filter(|s| s.menu == menu && !s.keys.is_empty()) {
        ui.horizontal(|ui| {
            ui.label(RichText::new(spec.label).font(theme::regular(INTERFACE)));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 6.0;
                for key in spec.keys.iter().rev() {
                    parts::key_cap(ui, &key.label());
                }
            });
        });
    }
    if menu == Menu::Compare {
        let peek = Shortcut { modifiers: Modifiers::NONE, key: Key::O, when: When::Reviewing };
        ui.horizontal(|ui| {
            ui.label(RichText::new("Hold for the original").font(theme::regular(INTERFACE)));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| parts::key_cap(ui, &peek.label()));
        });
    }
}
