//! Questions that are asked above the article. Each says what happened, what is safe and what can be done.

use eframe::egui::{self, Button, Key, Modal, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo, vec2};

use super::article::Article;
use super::bars::clock;
use super::command::{Command, When};
use super::fonts::icon;
use super::parts::{self, Look, Side};
use super::theme::{self, INTERFACE, SMALL, SPACE};
use super::view::{Dialog, Purpose};
use crate::finding::Finding;
use crate::review::Event;

/// Draws what lies above the article.
pub fn ui(ui: &Ui, dialog: &mut Dialog, article: Option<&Article>, unsaved: &[String], commands: &mut Vec<Command>) {
    match dialog {
        Dialog::Palette { .. } | Dialog::Keys => {}
        Dialog::Path { purpose, text, note } => path(ui, *purpose, text, note, commands),
        Dialog::Unsaved { quit } => ask_unsaved(ui, *quit, unsaved, commands),
        Dialog::ChangedOnDisk => changed(ui, article, commands),
        Dialog::Batch { title, findings } => batch(ui, title, findings, article, commands),
        Dialog::RejectChoice => reject(ui, commands),
        Dialog::Forget => forget(ui, article, commands),
        Dialog::History => history(ui, article, commands),
    }
}

fn modal(ui: &Ui, name: &str, width: f32, commands: &mut Vec<Command>, content: impl FnOnce(&mut Ui, &mut Vec<Command>)) {
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

fn sentence(ui: &mut Ui, text: impl Into<String>) {
    ui.add(egui::Label::new(RichText::new(text).line_height(Some(19.0))).wrap());
}

/// A row of buttons; the first is done most.
fn buttons(ui: &mut Ui, choices: &[(&str, Vec<Command>)], commands: &mut Vec<Command>) {
    ui.add_space(SPACE[2]);
    ui.horizontal(|ui| {
        for (i, (label, then)) in choices.iter().enumerate() {
            let theme = theme::of(ui);
            let button = if i == 0 {
                Button::new(RichText::new(*label).color(theme.accent_ink).font(theme::bold(INTERFACE))).fill(theme.accent)
            } else {
                Button::new(*label)
            };
            if ui.add(button.min_size(vec2(80.0, 30.0))).clicked() {
                commands.push(Command::Dismiss);
                commands.extend(then.iter().cloned());
            }
        }
    });
}

fn path(ui: &Ui, purpose: Purpose, text: &mut String, note: &str, commands: &mut Vec<Command>) {
    let (name, verb) = match purpose {
        Purpose::Open => ("Open by path", "Open"),
        Purpose::SaveAs => ("Save as", "Save"),
        Purpose::Export => ("Export review", "Export"),
    };
    modal(ui, name, 520.0, commands, |ui, commands| {
        if !note.is_empty() {
            sentence(ui, note);
            ui.add_space(SPACE[0]);
        }
        let take = ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, Key::Enter));
        let response = ui.add(TextEdit::singleline(text).desired_width(f32::INFINITY).hint_text("/home/me/story.html"));
        let response = response.accessible_name("Path");
        if !ui.ctx().text_edit_focused() {
            response.request_focus();
        }
        let path = std::path::PathBuf::from(text.trim());
        let then = match purpose {
            Purpose::Open => Command::OpenPath(path),
            Purpose::SaveAs => Command::SaveTo(path),
            Purpose::Export => Command::ExportTo(path),
        };
        if take && !text.trim().is_empty() {
            commands.push(Command::Dismiss);
            commands.push(then.clone());
        }
        buttons(ui, &[(verb, vec![then]), ("Cancel", Vec::new())], commands);
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
            "Your decisions are kept in their sessions and come back when the article is opened again. The files do not have them yet.",
        );
        let leave = if quit { Command::QuitUnsaved } else { Command::CloseUnsaved };
        let mut choices = Vec::new();
        if unsaved.len() == 1 {
            choices.push(("Save first", vec![Command::Save]));
        }
        choices.push(("Close without saving", vec![leave]));
        choices.push(("Cancel", Vec::new()));
        buttons(ui, &choices, commands);
    });
}

fn changed(ui: &Ui, article: Option<&Article>, commands: &mut Vec<Command>) {
    let path = article.and_then(|a| a.session.path.as_ref()).map_or_else(String::new, |p| p.display().to_string());
    modal(ui, "The file was changed by another program", 500.0, commands, |ui, commands| {
        sentence(ui, path.clone());
        ui.add_space(SPACE[0]);
        sentence(ui, "Nothing was written. Your decisions are safe in this session.");
        buttons(
            ui,
            &[
                ("Write mine over it", vec![Command::SaveOver]),
                ("Read the file again", vec![Command::Reload]),
                ("Save as…", vec![Command::SaveAs]),
                ("Cancel", Vec::new()),
            ],
            commands,
        );
    });
}

fn batch(ui: &Ui, title: &str, findings: &mut [(Finding, bool)], article: Option<&Article>, commands: &mut Vec<Command>) {
    let Some(article) = article else { return };
    let text = article.session.text();
    modal(ui, title, 620.0, commands, |ui, commands| {
        let chosen = findings.iter().filter(|(_, on)| *on).count();
        parts::quiet(ui, "One step of undo. Take the check mark off what shall stay; places inside quotations are left out.");
        let take = ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, Key::Enter));
        ui.add_space(SPACE[0]);
        let height = ui.ctx().content_rect().height() - 260.0;
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            for (finding, on) in findings.iter_mut() {
                let Some(fix) = finding.fixes.first() else { continue };
                ui.horizontal_top(|ui| {
                    let words = finding.span.of(text).to_owned();
                    let response = ui.checkbox(on, "");
                    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, *on, format!("Take: {words}")));
                    let theme = theme::of(ui);
                    let edits = super::lines::readable(text, &fix.edits);
                    let width = ui.available_width() - 8.0;
                    parts::set_job(ui, parts::snippet(text, &edits, finding.span, Side::Both, &theme::copy_font(15.0), theme, width));
                });
            }
        });
        let label = format!("Accept {chosen}");
        if take && chosen > 0 {
            commands.push(Command::AcceptChosen);
        }
        ui.add_space(SPACE[2]);
        ui.horizontal(|ui| {
            let theme = theme::of(ui);
            let button = Button::new(RichText::new(label).color(theme.accent_ink).font(theme::bold(INTERFACE))).fill(theme.accent);
            if ui.add_enabled(chosen > 0, button.min_size(vec2(90.0, 30.0))).clicked() {
                commands.push(Command::AcceptChosen);
            }
            if ui.add(Button::new("Cancel").min_size(vec2(80.0, 30.0))).clicked() {
                commands.push(Command::Dismiss);
            }
        });
    });
}

fn reject(ui: &Ui, commands: &mut Vec<Command>) {
    modal(ui, "Leave it as it is", 360.0, commands, |ui, commands| {
        let choices = [(Key::Num1, Command::Reject), (Key::Num2, Command::RejectInArticle)];
        for (i, (key, command)) in choices.into_iter().enumerate() {
            let pressed = ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, key));
            let theme = theme::of(ui);
            let number = RichText::new((i + 1).to_string()).color(theme.quiet).font(theme::regular(SMALL));
            let button = Button::new(command.label()).min_size(vec2(ui.available_width(), 32.0)).right_text(number);
            let response = ui.add(button).on_hover_text(command.spec().map_or("", |s| s.tip));
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, command.label()));
            if pressed || response.clicked() {
                commands.push(Command::Dismiss);
                commands.push(command);
            }
        }
        ui.add_space(SPACE[0]);
        parts::quiet(ui, "A rejection in the article holds for these words and this rule. It can be undone like every decision.");
    });
}

fn forget(ui: &Ui, article: Option<&Article>, commands: &mut Vec<Command>) {
    let name = article.map_or("", |a| a.session.name.as_str()).to_owned();
    modal(ui, "Forget this article", 460.0, commands, |ui, commands| {
        sentence(ui, format!("The copy of {name} that this program keeps, and every decision on it, is removed from this machine."));
        sentence(ui, "Its file is not touched. This can’t be undone.");
        buttons(ui, &[("Cancel", Vec::new()), ("Forget it", vec![Command::ForgetNow])], commands);
    });
}

fn history(ui: &Ui, article: Option<&Article>, commands: &mut Vec<Command>) {
    let Some(article) = article else { return };
    let review = article.session.review();
    modal(ui, "Decisions", 640.0, commands, |ui, commands| {
        parts::quiet(ui, "The newest first. Each can be taken back by itself, whatever came after it.");
        ui.add_space(SPACE[0]);
        let height = ui.ctx().content_rect().height() - 240.0;
        let entries: Vec<_> = review.done_entries().filter(|(_, e)| !matches!(e.event, Event::Ticked { .. })).collect();
        if entries.is_empty() {
            sentence(ui, "Nothing is decided yet.");
        }
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            for (number, entry) in entries.iter().rev() {
                let back = review.is_reverted(*number);
                let (sign, what) = describe(&entry.event);
                ui.horizontal(|ui| {
                    let theme = theme::of(ui);
                    let colour = if back { theme.quiet } else { theme.ink };
                    parts::quiet(ui, clock(entry.at));
                    ui.label(RichText::new(sign).color(theme.quiet).size(14.0));
                    let mut text = RichText::new(&what).color(colour);
                    if back {
                        text = text.strikethrough();
                    }
                    let room = ui.available_width() - 90.0;
                    ui.scope(|ui| {
                        ui.set_max_width(room);
                        ui.add(egui::Label::new(text).truncate());
                    });
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        let can = !back && !matches!(entry.event, Event::Reverted { .. });
                        let response = ui.add_enabled(can, Button::new(RichText::new("Take back").font(theme::regular(SMALL))));
                        response.widget_info(|| WidgetInfo::labeled(Role::Button, can, format!("Take back: {what}")));
                        if response.clicked() {
                            commands.push(Command::Revert(*number));
                        }
                    });
                });
            }
        });
        ui.add_space(SPACE[1]);
        parts::command_button(ui, &Command::Compare, icon::COMPARE, Look::Plain, When::Reviewing, commands);
    });
}

/// An event in a line.
fn describe(event: &Event) -> (&'static str, String) {
    let change = |edits: &crate::text::Edits| {
        let parts: Vec<String> = edits
            .iter()
            .map(|e| match (e.from.as_str(), e.to.as_str()) {
                ("", to) => format!("put in “{to}”"),
                (from, "") => format!("took out “{from}”"),
                (from, to) => format!("“{from}” → “{to}”"),
            })
            .collect();
        parts.join(", ").replace('\n', "¶")
    };
    match event {
        Event::Accepted { rule, edits, .. } => (icon::CHECK, format!("{}: {rule}", change(edits))),
        Event::Rejected { rule, words: None, .. } => (icon::CROSS, format!("left as it is here: {rule}")),
        Event::Rejected { rule, words: Some(words), .. } => (icon::CROSS, format!("“{words}” left as it is in this article: {rule}")),
        Event::Typed { edits } => (icon::PENCIL, format!("{}: by hand", change(edits))),
        Event::Reverted { edits, .. } => (icon::REVERT, format!("taken back: {}", change(edits))),
        _ => (icon::DOT, String::new()),
    }
}
