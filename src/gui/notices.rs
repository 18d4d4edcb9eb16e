//! Sentences that do not block. What went wrong stands in a line of its own above the lower edge until it is
//! closed; several faults are one notice that says how many and unfolds. What was done is said in the lower line
//! and goes by itself. Neither lies over the text; above a dialog both do, at its upper edge.

use eframe::egui::{self, Button, Frame, Label, Margin, Panel, RichText, ScrollArea, Stroke, Ui, vec2};

use super::app::App;
use super::command::Command;
use super::focus;
use super::fonts::icon;
use super::parts;
use super::theme::{self, INTERFACE, RADIUS, SMALL};
use super::view::{Notice, View, Weight};

/// How long a passing note is shown, in seconds.
const PASSES: f64 = 6.0;
/// The list of faults is as high as this at most, in points.
const LIST: f32 = 150.0;

/// Lets the notes go whose time is over, and sees to it that the others will.
pub fn pass(ui: &Ui, view: &mut View) {
    let now = ui.input(|i| i.time);
    let mut wait = f64::INFINITY;
    for notice in view.notices.iter_mut().filter(|n| n.weight == Weight::Note) {
        // Where something can be done at once, there is time to do it.
        let passes = if notice.offer.is_some() { 2.0 * PASSES } else { PASSES };
        let until = *notice.until.get_or_insert(now + passes);
        wait = wait.min(until - now);
    }
    view.notices.retain(|n| n.until.is_none_or(|u| u > now));
    if wait.is_finite() {
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(wait.max(0.05)));
    }
}

/// The notes that are shown, the newest first, as one line.
pub fn notes(view: &View) -> Option<String> {
    let notes: Vec<&str> = view.notices.iter().rev().filter(|n| n.weight == Weight::Note).map(|n| n.text.as_str()).collect();
    (!notes.is_empty()).then(|| notes.join("  ·  "))
}

/// Draws what can be done at once about the notes that are shown.
pub fn offers(ui: &mut Ui, view: &View, commands: &mut Vec<Command>) {
    for (i, notice) in view.notices.iter().enumerate().rev() {
        let Some((label, command)) = &notice.offer else { continue };
        if ui.add(Button::new(RichText::new(*label).font(theme::regular(SMALL)))).clicked() {
            commands.push(command.clone());
            commands.push(Command::CloseNotice(i));
        }
    }
}

/// What went wrong, each with its place among the notices; the oldest first.
fn faults(view: &View) -> Vec<(usize, &Notice)> {
    view.notices.iter().enumerate().filter(|(_, n)| n.weight == Weight::Fault).collect()
}

/// What is heard of the folded notice: everything, the newest first.
fn said(faults: &[(usize, &Notice)]) -> String {
    if let [(_, one)] = faults {
        return one.text.clone();
    }
    let all: Vec<&str> = faults.iter().rev().map(|(_, n)| n.text.as_str()).collect();
    format!("{} faults: {}", faults.len(), all.join("; "))
}

/// Draws the notes in the lower line: in one row, or small in two where there is no room.
pub fn note_ui(ui: &mut Ui, text: &str) {
    let theme = theme::of(ui);
    ui.spacing_mut().item_spacing.x = 6.0;
    ui.label(RichText::new(icon::NOTE).color(theme.accent).size(15.0));
    let wide = ui.painter().layout_no_wrap(text.to_owned(), theme::regular(INTERFACE), theme.ink).size().x;
    let font = theme::regular(if wide <= ui.available_width() { INTERFACE } else { SMALL });
    let mut job = egui::text::LayoutJob::single_section(
        text.to_owned(),
        egui::TextFormat { font_id: font, color: theme.ink, line_height: Some(13.0), ..Default::default() },
    );
    job.wrap = egui::text::TextWrapping { max_width: ui.available_width(), max_rows: 2, ..Default::default() };
    let label = ui.add(Label::new(job)).on_hover_text(text);
    ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
}

/// Draws what went wrong above the lower line, when there is something and no dialog is open. Returns its height.
pub fn panel(ui: &mut Ui, view: &View, commands: &mut Vec<Command>) -> f32 {
    if faults(view).is_empty() || view.dialog.is_some() {
        return 0.0;
    }
    let theme = theme::of(ui);
    let frame = Frame::new().fill(theme.raised).inner_margin(Margin::symmetric(12, 3));
    Panel::bottom("faults").frame(frame).resizable(false).show(ui, |ui| faults_ui(ui, view, commands)).response.rect.height()
}

fn faults_ui(ui: &mut Ui, view: &View, commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    let faults = faults(view);
    let open = view.faults_open && faults.len() > 1;
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.horizontal(|ui| {
        ui.set_min_height(28.0);
        ui.label(RichText::new(icon::WARNING).color(theme.danger).size(16.0));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            ui.spacing_mut().button_padding = vec2(8.0, 2.0);
            ui.spacing_mut().interact_size.y = 24.0;
            if let Some((i, _)) = faults.last().filter(|_| !open)
                && parts::icon_button(ui, icon::CROSS, "Close this notice", "Close it  ·  Esc").clicked()
            {
                commands.push(Command::CloseNotice(*i));
            }
            if faults.len() > 1 {
                for command in [Command::CloseNotices, Command::Faults] {
                    let words = match command {
                        Command::Faults if open => "Fold",
                        Command::Faults => "Show all",
                        _ => "Close all",
                    };
                    let button = Button::new(RichText::new(words).font(theme::regular(SMALL)));
                    let response = ui.add(button).on_hover_text(command.tip());
                    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("{words} faults")));
                    if response.clicked() {
                        commands.push(command);
                    }
                }
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                if faults.len() > 1 {
                    ui.label(RichText::new(format!("{} faults", faults.len())).font(theme::bold(INTERFACE)));
                }
                if let Some((_, last)) = faults.last().filter(|_| !open) {
                    let words = RichText::new(&last.text).font(theme::regular(INTERFACE));
                    let label = ui.add(Label::new(words).wrap());
                    spoken(ui, &label, said(&faults));
                }
            });
        });
    });
    if !open {
        return;
    }
    let most = LIST.min(ui.ctx().content_rect().height() * 0.25);
    ScrollArea::vertical().id_salt("all faults").max_height(most).auto_shrink([false, true]).show(ui, |ui| {
        for (i, fault) in faults.iter().rev() {
            ui.horizontal(|ui| {
                ui.add_space(24.0);
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if parts::icon_button(ui, icon::CROSS, &format!("Close: {}", fault.text), "Close it").clicked() {
                        commands.push(Command::CloseNotice(*i));
                    }
                    ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                        ui.add(Label::new(RichText::new(&fault.text).font(theme::regular(INTERFACE))).wrap());
                    });
                });
            });
        }
        focus::follow(ui);
    });
}

/// A screen reader hears it without being asked.
fn spoken(ui: &Ui, label: &egui::Response, words: String) {
    ui.ctx().accesskit_node_builder(label.id, |node| {
        node.set_live(egui::accesskit::Live::Assertive);
        node.set_value(words);
    });
}

/// Draws everything that is to be said at the upper edge while a dialog is open: the buttons of dialogs stand low.
pub fn above(ui: &Ui, view: &View, commands: &mut Vec<Command>) {
    if view.notices.is_empty() || view.dialog.is_none() {
        return;
    }
    let theme = theme::of(ui);
    let width = (ui.ctx().content_rect().width() - 48.0).min(560.0);
    let area = egui::Area::new(egui::Id::unique("copydesk notices")).anchor(egui::Align2::CENTER_TOP, vec2(0.0, 4.0));
    area.order(egui::Order::Foreground).show(ui.ctx(), |ui| {
        Frame::new()
            .fill(theme.raised)
            .stroke(Stroke::new(1.0, theme.hairline))
            .corner_radius(RADIUS)
            .shadow(ui.visuals().popup_shadow)
            .inner_margin(Margin::symmetric(12, 4))
            .show(ui, |ui| {
                ui.set_width(width);
                if !faults(view).is_empty() {
                    faults_ui(ui, view, commands);
                }
                if let Some(text) = notes(view) {
                    ui.horizontal(|ui| {
                        offers(ui, view, commands);
                        note_ui(ui, &text);
                    });
                }
            });
    });
}

impl App {
    /// Shows or folds the list of what went wrong.
    pub(super) fn turn_faults(&mut self) {
        self.view.faults_open = !self.view.faults_open;
    }

    pub(super) fn close_notice(&mut self, i: usize) {
        if i < self.view.notices.len() {
            self.view.notices.remove(i);
        }
        self.view.faults_open &= faults(&self.view).len() > 1;
    }

    pub(super) fn close_notices(&mut self) {
        self.view.notices.retain(|n| n.weight == Weight::Note);
        self.view.faults_open = false;
    }

    /// Whether several things went wrong.
    pub(super) fn has_faults(&self, at_least: usize) -> bool {
        faults(&self.view).len() >= at_least
    }
}
