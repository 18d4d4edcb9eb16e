//! The card where height is dear: what is wrong and what can be done in two rows, or in one.

use eframe::egui::{Align, Button, Label, Layout, RichText, Role, ScrollArea, Stroke, Ui, WidgetInfo, vec2};

use super::article::Article;
use super::card::{self, Context, Shape};
use super::command::{Command, When};
use super::focus;
use super::fonts::icon;
use super::parts;
use super::theme::{self, INTERFACE, SMALL};
use super::view::Mode;
use crate::finding::Finding;

/// A panel that is lower inside than this has its rows closer, in points.
pub const LOW: f32 = 195.0;
/// A panel that is lower inside than this is one row.
const ONE_ROW: f32 = 60.0;
/// What is left under the rows is shown when it is as high as this.
const REST: f32 = 36.0;

/// Draws the card of a finding.
pub fn ui(ui: &mut Ui, article: &Article, finding: &Finding, context: &mut Context, commands: &mut Vec<Command>) {
    let now = match context.view.mode {
        Mode::Reviewing => When::Reviewing,
        Mode::Editing => When::Editing,
    };
    let height = ui.available_height();
    if context.view.suggestion.is_some() {
        let shape = if height < ONE_ROW { Shape::Line } else { Shape::Rows };
        card::suggestion_ui(ui, article, finding, shape, context, commands);
        return;
    }
    let one_row = height < ONE_ROW;
    let top = ui.cursor().top();
    ui.horizontal(|ui| {
        ui.set_height(26.0);
        ui.spacing_mut().item_spacing.x = 6.0;
        parts::swatch(ui, finding.category);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for (sign, command) in [(icon::RIGHT, Command::Next), (icon::LEFT, Command::Previous)] {
                if parts::icon_button(ui, sign, command.label(), &command.tip()).clicked() {
                    commands.push(command);
                }
            }
            if one_row {
                button(ui, &Command::Reject, "Not here", 0.0, now, commands);
                if !finding.fixes.is_empty() {
                    button(ui, &Command::Accept, "Accept", 0.0, now, commands);
                }
            } else {
                card::place_ui(ui, article, finding);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let message = RichText::new(&finding.message).font(theme::bold(INTERFACE));
                let label = ui.add(Label::new(message).truncate()).on_hover_text(&finding.message);
                if one_row {
                    card::announce(ui, label.id, article, finding);
                }
            });
        });
    });
    if one_row {
        return;
    }
    ui.horizontal(|ui| {
        let wide = ui.available_width();
        // The four are as wide as their words, and share what is left.
        let count = if finding.fixes.is_empty() { 3.0 } else { 4.0 };
        let extra = ((wide - 350.0) / count).clamp(0.0, 60.0);
        ui.spacing_mut().item_spacing.x = 6.0;
        if !finding.fixes.is_empty() {
            button(ui, &Command::Accept, "Accept", 90.0 + extra, now, commands);
        }
        if context.view.mode == Mode::Reviewing {
            button(ui, &Command::EditSuggestion, "Edit", 58.0 + extra, now, commands);
        }
        button(ui, &Command::Reject, "Not here", 84.0 + extra, now, commands);
        ui.spacing_mut().button_padding.x = 8.0;
        card::reject_menu(ui, now, (84.0 + extra).min(ui.available_width()), commands);
    });
    let left = height - (ui.cursor().top() - top);
    if left >= REST {
        ScrollArea::vertical().id_salt("card").min_scrolled_height(0.0).auto_shrink([false, true]).show(ui, |ui| {
            card::quotation_ui(ui, finding);
            card::suggestion_ui(ui, article, finding, Shape::Rows, context, commands);
            card::more_ui(ui, article, finding, now, commands);
            card::why_ui(ui, article, finding);
            focus::follow(ui);
        });
    }
}

/// A button as wide as its words, or wider; a chord has no room beside them.
fn button(ui: &mut Ui, command: &Command, words: &str, width: f32, now: When, commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    let primary = *command == Command::Accept;
    let (fill, ink, quiet) =
        if primary { (theme.accent, theme.accent_ink, theme.accent_ink) } else { (theme.raised, theme.ink, theme.quiet) };
    let words = if primary { format!("{} {words}", icon::CHECK) } else { words.to_owned() };
    let label = RichText::new(words).color(ink).font(if primary { theme::bold(INTERFACE) } else { theme::regular(INTERFACE) });
    let mut button = Button::new(label).fill(fill).min_size(vec2(width, 28.0));
    if primary {
        button = button.stroke(Stroke::NONE);
    }
    let key = command.key_in(now);
    if key.chars().count() == 1 {
        button = button.right_text(RichText::new(key).color(quiet).font(theme::regular(SMALL)));
    }
    let response = ui.scope(|ui| {
        ui.spacing_mut().button_padding.x = 8.0;
        ui.add(button)
    });
    let response = response.inner.on_hover_text(command.tip());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, command.label()));
    if response.clicked() {
        commands.push(command.clone());
    }
}
