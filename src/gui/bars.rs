//! The menu bar above and the status bar below.

use eframe::egui::{self, Button, MenuBar, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use super::article::Article;
use super::command::{Command, Menu, SPECS};
use super::fonts::icon;
use super::notices;
use super::parts;
use super::recent::Recent;
use super::schedule::Progress;
use super::theme::{self, SMALL};
use super::view::{Mode, Pane, View};
use crate::review::Time;

/// Draws the menu bar.
pub fn menus(ui: &mut Ui, view: &View, recent: &Recent, enabled: impl Fn(&Command) -> bool, commands: &mut Vec<Command>) {
    MenuBar::new().ui(ui, |ui| {
        for menu in Menu::ALL {
            ui.menu_button(menu.label(), |ui| {
                ui.set_min_width(250.0);
                for spec in SPECS.iter().filter(|s| s.menu == menu) {
                    if spec.command == Command::Recent {
                        // The same list that the command shows, one step nearer.
                        let tip = spec.command.tip();
                        ui.menu_button("Open recent", |ui| super::recent::menu(ui, recent, commands)).response.on_hover_text(tip);
                        continue;
                    }
                    let key = RichText::new(spec.command.key()).color(theme::of(ui).quiet).font(theme::regular(SMALL));
                    let ticked = match spec.command {
                        Command::Compare => view.pane == Pane::Compare,
                        Command::Original => view.original,
                        Command::SourceBeside => enabled(&Command::CloseSource) && !view.source_folded,
                        Command::LeftPanel => !view.left_folded,
                        Command::ChecksFold => !view.checks_folded,
                        Command::RightPanel => !view.right_folded,
                        _ => false,
                    };
                    let label = if ticked { format!("{}  {}", icon::CHECK, spec.label) } else { spec.label.to_owned() };
                    let button = Button::new(label).right_text(key);
                    let response = ui.add_enabled(enabled(&spec.command), button).on_hover_text(spec.tip);
                    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled(&spec.command), spec.label));
                    if response.clicked() {
                        commands.push(spec.command.clone());
                        ui.close();
                    }
                }
            });
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let dark = ui.visuals().dark_mode;
            let sign = if dark { icon::SUN } else { icon::MOON };
            if parts::icon_button(ui, sign, "Light or dark", &Command::Theme.tip()).clicked() {
                commands.push(Command::Theme);
            }
            if parts::icon_button(ui, icon::FIND, "All commands", &Command::Palette.tip()).clicked() {
                commands.push(Command::Palette);
            }
            let comparing = view.pane == Pane::Compare;
            let label = RichText::new(format!("{} {}", icon::COMPARE, if comparing { "Back to review" } else { "Compare" }));
            let possible = enabled(&Command::Compare);
            let response = ui.add_enabled(possible, Button::new(label).frame_when_inactive(false)).on_hover_text(Command::Compare.tip());
            response.widget_info(|| {
                WidgetInfo::labeled(Role::Button, possible, if comparing { "Back to review" } else { "Compare with original" })
            });
            if response.clicked() {
                commands.push(Command::Compare);
            }
        });
    });
}

/// A time as a person says it.
pub fn clock(at: Time) -> String {
    let zoned = at.to_zoned_datetime(jiff::tz::TimeZone::system());
    zoned.strftime("%H:%M").to_string()
}

/// How fast a person reads: the mean of silent reading of English prose that is no fiction, in words a minute
/// (Brysbaert, “How many words do we read per minute? A review and meta-analysis of reading rate”, Journal of
/// Memory and Language 109, 2019).
pub const WORDS_A_MINUTE: usize = 238;

/// A number with its noun.
pub fn number(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// How far reading and checking are, with a way to stop them.
fn work(ui: &mut Ui, progress: Progress, commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    let label = progress.label();
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let words = ui.painter().layout_no_wrap(label.clone(), theme::regular(SMALL), theme.ink);
        // As wide as the longest it will be, so that nothing beside it moves.
        let widest = words.size().x.max(120.0);
        let (rect, response) = ui.allocate_exact_size(vec2(widest + 8.0 + 72.0, 16.0), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, &label));
        ui.painter().galley(egui::Align2::LEFT_CENTER.anchor_size(rect.left_center(), words.size()).min, words, theme.ink);
        let bar = egui::Rect::from_center_size(rect.right_center() - vec2(36.0, 0.0), vec2(72.0, 4.0));
        ui.painter().rect_filled(bar, 2.0, theme.hairline);
        let done = egui::Rect::from_min_size(bar.min, vec2(bar.width() * progress.part().clamp(0.0, 1.0), bar.height()));
        ui.painter().rect_filled(done, 2.0, theme.accent);
        let stop = Button::new(RichText::new("Cancel").font(theme::regular(SMALL)));
        let response = ui.add(stop).on_hover_text(Command::Stop.tip());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Cancel checking"));
        if response.clicked() {
            commands.push(Command::Stop);
        }
    });
}

/// Draws the status bar.
pub fn status(ui: &mut Ui, article: Option<&Article>, view: &View, zoom: f32, progress: Option<Progress>, commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    let progress = progress.filter(|p| p.to_read + p.to_check > 1);
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        ui.spacing_mut().interact_size.y = 20.0;
        ui.spacing_mut().button_padding = vec2(9.0, 2.0);
        let (name, fill, ink) = match view.mode {
            _ if view.pane == Pane::Compare => ("Comparing", theme.raised, theme.ink),
            Mode::Reviewing => ("Reviewing", theme.raised, theme.ink),
            Mode::Editing => ("Editing", theme.accent, theme.accent_ink),
        };
        let text = RichText::new(name).color(ink).font(theme::bold(SMALL));
        let mode = ui.add(Button::new(text).fill(fill).min_size(vec2(0.0, 20.0))).on_hover_text(match view.mode {
            Mode::Reviewing => "Single keys decide; press Enter to write in the text",
            Mode::Editing => "The keys write; press Esc to go back to reviewing",
        });
        mode.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Mode: {name}")));
        if mode.clicked() {
            commands.push(match view.mode {
                _ if view.pane == Pane::Compare => Command::Compare,
                Mode::Reviewing => Command::Edit,
                Mode::Editing => Command::Review,
            });
        }
        let small =
            |ui: &mut Ui, text: String, colour: egui::Color32| ui.label(RichText::new(text).color(colour).font(theme::regular(SMALL)));
        if let Some(note) = notices::notes(view) {
            // For as long as it is said, it stands where the figures are; at the right all stays where there is room.
            let room = ui.available_width();
            let wide = if room > 800.0 { room - 400.0 } else { room };
            ui.allocate_ui_with_layout(vec2(wide, 24.0), egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.set_min_width(wide);
                notices::offers(ui, view, commands);
                notices::note_ui(ui, &note);
            });
        } else {
            figures(ui, article, progress, commands);
        }
        let Some(article) = article else { return };
        let f = &article.figures;
        let room = ui.available_width();
        if room < 80.0 {
            return;
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 14.0;
            let keys =
                ui.add(Button::new(RichText::new("F1 keys").font(theme::regular(SMALL)).color(theme.quiet)).frame_when_inactive(false));
            if keys.clicked() {
                commands.push(Command::Keys);
            }
            // What matters least goes first where there is no room.
            if room < 150.0 {
                return;
            }
            small(ui, format!("{:.0} %", zoom * 100.0), theme.quiet);
            if room < 320.0 {
                return;
            }
            super::language::status(ui, article, commands);
            if room < 460.0 {
                return;
            }
            let minutes = f.words.div_ceil(WORDS_A_MINUTE).max(1);
            let time = if minutes < 120 { format!("{minutes} min") } else { format!("{} h", minutes.div_ceil(60)) };
            let words = small(ui, format!("{}, {time}", number(f.words, "word", "words")), theme.quiet);
            words.on_hover_text(format!("Reading time at {WORDS_A_MINUTE} words a minute"));
        });
    });
}

/// What is decided and what is saved.
fn figures(ui: &mut Ui, article: Option<&Article>, progress: Option<Progress>, commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    let small = |ui: &mut Ui, text: String, colour: egui::Color32| ui.label(RichText::new(text).color(colour).font(theme::regular(SMALL)));
    if let Some(progress) = progress {
        work(ui, progress, commands);
    }
    let Some(article) = article else { return };
    let f = &article.figures;
    small(ui, format!("{} open  ·  {} accepted  ·  {} rejected", f.open, f.accepted, f.rejected), theme.ink);
    if !article.session.is_checked() && progress.is_none() {
        small(ui, "checking …".to_owned(), theme.quiet);
    }
    if let Some(saved) = article.session.review().saved() {
        small(ui, format!("saved {}", clock(saved.at)), theme.quiet);
    }
    if f.unsaved {
        let text = format!("{} {} not in the file", icon::DOT, number(f.not_in_file.max(1), "change", "changes"));
        small(ui, text, theme.accent);
    }
}

/// The name of the article and what it is.
pub fn name(ui: &mut Ui, article: &Article, high: f32) {
    let theme = theme::of(ui);
    ui.horizontal(|ui| {
        ui.set_height(high);
        ui.add_space(theme::SPACE[3]);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_space(theme::SPACE[3]);
            let format = match article.session.document().source.format {
                crate::document::Format::Html => "HTML",
                crate::document::Format::Docx => "Word",
                crate::document::Format::Text => "Text",
            };
            parts::quiet(ui, format!("{format}  ·  {}", number(article.figures.words, "word", "words")));
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let name = RichText::new(&article.session.name).color(theme.quiet).font(theme::regular(SMALL));
                ui.add(egui::Label::new(name).truncate());
            });
        });
    });
}
