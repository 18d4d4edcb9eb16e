//! The right panel: one finding. What is wrong, why, what would mend it, and what can be done.

use eframe::egui::{self, Button, CornerRadius, Frame, Key, Margin, RichText, Role, ScrollArea, Stroke, TextEdit, Ui, WidgetInfo, vec2};

use super::article::Article;
use super::card_low;
use super::command::{Command, When};
use super::focus;
use super::fonts::icon;
use super::parts::{self, Look, Side};
use super::theme::{self, COPY, INTERFACE, RADIUS, SMALL, SPACE};
use super::view::{Mode, View};
use crate::finding::{Applicability, Finding};
use crate::text::Edits;

/// What the card needs to know besides the article.
pub struct Context<'a> {
    /// The view.
    pub view: &'a mut View,
    /// Whether the strip of keys is shown.
    pub keys: bool,
}

/// A panel lower than this lies under the text, in points.
const LOW: f32 = 260.0;

/// How the panel lies.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Beside the text.
    Column,
    /// Under it, where height is dear.
    Strip,
    /// Under a narrow text: the suggestion stands in the text, so the buttons come before it.
    Low,
    /// Under a low text: two rows.
    Rows,
    /// One row.
    Line,
}

/// Draws the panel.
pub fn ui(ui: &mut Ui, article: &Article, context: &mut Context, commands: &mut Vec<Command>) {
    let low = ui.available_height() < LOW;
    if ui.available_height() < card_low::LOW
        && let Some(finding) = article.finding()
    {
        card_low::ui(ui, article, finding, context, commands);
        return;
    }
    ScrollArea::vertical().id_salt("card").auto_shrink([false, true]).show(ui, |ui| {
        let Some(finding) = article.finding() else {
            empty_ui(ui, article, context.view);
            return;
        };
        if ui.available_width() > 520.0 {
            // A strip under the text: what is wrong at the left, what can be done at the right.
            ui.columns(2, |columns| {
                if let [left, right] = columns {
                    // Columns are justified, which would stretch the sentences.
                    left.with_layout(egui::Layout::top_down(egui::Align::LEFT), |ui| {
                        what_ui(ui, article, finding, commands);
                        why_ui(ui, article, finding);
                    });
                    right.with_layout(egui::Layout::top_down(egui::Align::LEFT), |ui| {
                        ui.add_space(SPACE[0]);
                        do_ui(ui, article, finding, Shape::Strip, context, commands);
                    });
                }
            });
        } else if low {
            what_ui(ui, article, finding, commands);
            do_ui(ui, article, finding, Shape::Low, context, commands);
            ui.add_space(SPACE[1]);
            why_ui(ui, article, finding);
        } else {
            what_ui(ui, article, finding, commands);
            why_ui(ui, article, finding);
            ui.add_space(SPACE[1]);
            do_ui(ui, article, finding, Shape::Column, context, commands);
            if context.keys {
                ui.add_space(SPACE[3]);
                keys_ui(ui, commands);
            }
        }
        focus::follow(ui);
    });
}

fn empty_ui(ui: &mut Ui, article: &Article, view: &View) {
    let rules = article.session.rules().rules.iter().filter(|r| r.card.enabled).count();
    let text = if article.session.text().trim().is_empty() {
        "This article is empty".to_owned()
    } else if !article.session.is_checked() {
        "Checking …".to_owned()
    } else if view.narrow.is_narrow() {
        "Nothing is left in this choice.".to_owned()
    } else if article.figures.accepted + article.figures.rejected > 0 {
        "Every finding is decided.".to_owned()
    } else {
        format!("Nothing found. 0 of {rules} rules hit.")
    };
    ui.label(RichText::new(text).font(theme::bold(INTERFACE + 1.0)));
    if article.session.is_checked() && article.figures.unsaved {
        ui.add_space(SPACE[0]);
        let now = if view.mode == Mode::Editing { When::Editing } else { When::Reviewing };
        parts::quiet(ui, format!("Save with {}, compare with {}", Command::Save.key_in(now), Command::Compare.key_in(now)));
    }
}

/// A screen reader hears where it is and what is wrong, without being asked.
pub(super) fn announce(ui: &Ui, label: egui::Id, article: &Article, finding: &Finding) {
    let place = format!("Finding {} of {}", article.current + 1, article.figures.visible.len());
    ui.ctx().accesskit_node_builder(label, |node| {
        node.set_live(egui::accesskit::Live::Polite);
        let result = super::view::suggestion(article.session.text(), finding, article.fix);
        let result = result.map_or_else(String::new, |s| format!("; suggested: {}", s.text.replace('\n', " ")));
        node.set_value(format!("{place}: {}{result}", finding.message));
    });
}

/// Which of the findings it is.
pub(super) fn place_ui(ui: &mut Ui, article: &Article, finding: &Finding) {
    let label = parts::quiet(ui, format!("Finding {} of {}", article.current + 1, article.figures.visible.len()));
    announce(ui, label.id, article, finding);
}

/// What is wrong and why.
fn what_ui(ui: &mut Ui, article: &Article, finding: &Finding, commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    ui.horizontal(|ui| {
        place_ui(ui, article, finding);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let step = |ui: &mut Ui, icon: &str, command: Command, commands: &mut Vec<Command>| {
                if parts::icon_button(ui, icon, command.label(), &command.tip()).clicked() {
                    commands.push(command);
                }
            };
            step(ui, icon::RIGHT, Command::Next, commands);
            step(ui, icon::LEFT, Command::Previous, commands);
        });
    });
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        parts::swatch(ui, finding.category);
        let mark = theme.mark(finding.category);
        ui.label(RichText::new(finding.category.label()).color(mark.colour).font(theme::bold(INTERFACE)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            match finding.fixes.get(article.fix).map(|f| f.applicability) {
                Some(Applicability::Safe) if finding.may_be_batched() => {
                    parts::badge(ui, icon::SAFE, "safe", theme.safe, "May be taken unseen: words, quotation marks and sentence ends stay")
                }
                Some(_) => parts::badge(ui, icon::EYE, "review", theme.quiet, "Look before you take it"),
                None => parts::badge(ui, icon::PENCIL, "by hand", theme.quiet, "No fix can be offered: a person must write"),
            };
        });
    });
    ui.add_space(SPACE[0]);
    ui.label(RichText::new(&finding.message).font(theme::bold(INTERFACE + 2.0)).line_height(Some(21.0)));
    quotation_ui(ui, finding);
    ui.add_space(SPACE[0]);
}

/// That the words are somebody's own.
pub(super) fn quotation_ui(ui: &mut Ui, finding: &Finding) {
    let theme = theme::of(ui);
    if finding.in_quotation {
        let text = if finding.changes_quoted_words() {
            "Inside a quotation: these are somebody’s own words. Never taken in a batch."
        } else {
            "Inside a quotation."
        };
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            ui.label(RichText::new(icon::QUOTES).color(theme.warn).size(14.0));
            ui.add(egui::Label::new(RichText::new(text).color(theme.warn)).wrap());
        });
    }
}

/// What would mend it, and what can be done.
fn do_ui(ui: &mut Ui, article: &Article, finding: &Finding, shape: Shape, context: &mut Context, commands: &mut Vec<Command>) {
    let now = match context.view.mode {
        Mode::Reviewing => When::Reviewing,
        Mode::Editing => When::Editing,
    };
    let buttons_first = shape == Shape::Low && context.view.suggestion.is_none();
    if !buttons_first {
        suggestion_ui(ui, article, finding, shape, context, commands);
    }
    ui.add_space(SPACE[1]);
    ui.spacing_mut().item_spacing.y = 6.0;
    let half = (ui.available_width() - 8.0) / 2.0;
    let accepts = !finding.fixes.is_empty() && context.view.suggestion.is_none();
    let edits = context.view.suggestion.is_none() && context.view.mode == Mode::Reviewing;
    let accept = |ui: &mut Ui, commands: &mut Vec<Command>| {
        parts::command_button(ui, &Command::Accept, icon::CHECK, Look::Primary, now, commands);
    };
    let edit = |ui: &mut Ui, commands: &mut Vec<Command>| {
        parts::command_button(ui, &Command::EditSuggestion, icon::PENCIL, Look::Plain, now, commands);
    };
    let beside = shape != Shape::Column && accepts && edits;
    if beside {
        ui.horizontal(|ui| {
            ui.allocate_ui(vec2(half, 30.0), |ui| accept(ui, commands));
            ui.allocate_ui(vec2(half, 30.0), |ui| edit(ui, commands));
        });
    } else if accepts {
        accept(ui, commands);
    }
    // Chords are long words: beside one another the two would push the panel's left edge out of the window.
    if now == When::Editing && shape == Shape::Column {
        parts::command_button(ui, &Command::Reject, icon::CROSS, Look::Plain, now, commands);
        reject_menu(ui, now, ui.available_width(), commands);
    } else {
        ui.horizontal(|ui| {
            ui.allocate_ui(vec2(half, 30.0), |ui| parts::command_button(ui, &Command::Reject, icon::CROSS, Look::Plain, now, commands));
            ui.allocate_ui(vec2(half, 30.0), |ui| reject_menu(ui, now, half, commands));
        });
    }
    if edits && !beside {
        edit(ui, commands);
    }
    if buttons_first {
        suggestion_ui(ui, article, finding, shape, context, commands);
    }
    more_ui(ui, article, finding, now, commands);
}

/// All alike, and the other suggestions.
pub(super) fn more_ui(ui: &mut Ui, article: &Article, finding: &Finding, now: When, commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    let alike = article.alike;
    if alike > 1 && finding.may_be_batched() {
        let command = Command::AcceptAlike;
        let text = RichText::new(format!("{}  Accept all {alike} alike…", icon::ROWS));
        let key = RichText::new(command.key_in(now)).color(theme.quiet).font(theme::regular(SMALL));
        let response = ui.add(Button::new(text).min_size(vec2(ui.available_width(), 30.0)).right_text(key)).on_hover_text(command.tip());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, command.label()));
        if response.clicked() {
            commands.push(command);
        }
    }
    if finding.fixes.len() > 1 {
        ui.add_space(SPACE[1]);
        parts::heading(ui, "Other suggestions");
        others_ui(ui, article, finding, now, commands);
    }
}

pub(super) fn why_ui(ui: &mut Ui, article: &Article, finding: &Finding) {
    let theme = theme::of(ui);
    let why = article.session.rules().get(&finding.rule).map_or("", |r| r.card.why.trim());
    if !why.is_empty() {
        ui.add(egui::Label::new(RichText::new(why).color(theme.quiet).line_height(Some(18.0))).wrap());
    }
    for evidence in &finding.evidence {
        let words = evidence.span.of(article.session.text()).trim();
        let words: String =
            if words.chars().count() > 48 { words.chars().take(46).chain("…".chars()).collect() } else { words.to_owned() };
        let mut job = egui::text::LayoutJob::default();
        job.wrap.max_width = ui.available_width();
        let plain =
            egui::TextFormat { font_id: theme::regular(INTERFACE), color: theme.ink, line_height: Some(19.0), ..Default::default() };
        let cited = egui::TextFormat { font_id: theme::copy_font(INTERFACE + 1.5), background: theme.evidence, ..plain.clone() };
        if !words.is_empty() && !evidence.note.contains(&words) {
            job.append(&words, 0.0, cited);
            job.append("  ", 0.0, plain.clone());
        }
        job.append(&evidence.note, 0.0, plain);
        parts::set_job(ui, job);
    }
}

pub(super) fn suggestion_ui(
    ui: &mut Ui,
    article: &Article,
    finding: &Finding,
    shape: Shape,
    context: &mut Context,
    commands: &mut Vec<Command>,
) {
    let theme = theme::of(ui);
    let text = article.session.text();
    if let Some(suggestion) = &mut context.view.suggestion {
        let low = matches!(shape, Shape::Rows | Shape::Line);
        if !low {
            parts::heading(ui, "Your words");
        }
        let width = if shape == Shape::Line { (ui.available_width() - 240.0).max(80.0) } else { f32::INFINITY };
        let wanted = !suggestion.focused;
        let field = TextEdit::multiline(&mut suggestion.text)
            .id(egui::Id::unique("copydesk suggestion"))
            .font(theme::copy_font(COPY - 2.0))
            .desired_rows(if low { 1 } else { 2 })
            .return_key(None)
            .desired_width(width);
        // Enter takes the words before the field can make a line of it.
        let take = !wanted && ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, Key::Enter));
        let leave = !wanted && ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, Key::Escape));
        let mut accept = false;
        let mut buttons = |ui: &mut Ui, commands: &mut Vec<Command>| {
            accept = ui.button("Take these words").clicked();
            if ui.button("Leave it").clicked() || leave {
                commands.push(Command::Dismiss);
            }
        };
        let response = if shape == Shape::Line {
            let row = ui.horizontal(|ui| {
                let response = ui.add(field);
                buttons(ui, commands);
                response
            });
            row.inner
        } else {
            let response = ui.add(field);
            ui.horizontal(|ui| buttons(ui, commands));
            response
        };
        let response = response.accessible_name("Your words");
        if wanted {
            response.request_focus();
            suggestion.focused = true;
        }
        if accept || take {
            commands.push(Command::AcceptEdited(suggestion.span, suggestion.text.clone()));
        }
        return;
    }
    let Some(fix) = finding.fixes.get(article.fix) else { return };
    let edits = super::lines::readable(text, &fix.edits);
    let edits = if edits.fit(text) { edits } else { Edits::default() };
    Frame::new()
        .fill(theme.paper)
        .stroke(Stroke::new(1.0, theme.hairline))
        .corner_radius(CornerRadius::same(RADIUS))
        .inner_margin(Margin::symmetric(12, 10))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            let job = parts::snippet(text, &edits, finding.span, Side::Result, &theme::copy_font(COPY - 2.0), theme, ui.available_width());
            parts::set_job(ui, job);
        });
}

fn others_ui(ui: &mut Ui, article: &Article, finding: &Finding, now: When, commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    let text = article.session.text();
    for (i, fix) in finding.fixes.iter().enumerate() {
        if i == article.fix {
            continue;
        }
        // A line that goes leaves its neighbour's words to show: what happens says more.
        let takes_a_line_out = fix.edits.iter().any(|e| e.to.is_empty() && e.from.contains('\n'));
        let result = super::view::suggestion(text, finding, i).filter(|_| !takes_a_line_out);
        let words = result.map_or_else(|| fix.title.clone(), |s| s.text.replace('\n', " ¶ "));
        let number = if i == 0 { "first".to_owned() } else { Command::Take(i).key_in(now) };
        let label = RichText::new(words).font(theme::copy_font(15.0));
        let key = RichText::new(number).color(theme.quiet).font(theme::regular(SMALL));
        let button = Button::new(label).min_size(vec2(ui.available_width(), 30.0)).right_text(key).wrap();
        let response = ui.add(button).on_hover_text(format!("{}  ·  click to see it in the text, double-click to take it", fix.title));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Suggestion {}: {}", i + 1, fix.title)));
        if response.double_clicked() {
            commands.push(Command::Take(i));
        } else if response.clicked() {
            commands.push(Command::Preview(i));
        }
    }
}

pub(super) fn reject_menu(ui: &mut Ui, now: When, width: f32, commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    let key = RichText::new(Command::RejectChoice.key_in(now)).color(theme.quiet).font(theme::regular(SMALL));
    let button = Button::new(format!("Further {}", icon::DOWN)).min_size(vec2(width, 28.0)).right_text(key);
    let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        for command in [Command::RejectInArticle, Command::RejectAlways, Command::RejectChoice] {
            if ui.button(command.label()).on_hover_text(command.tip()).clicked() {
                commands.push(command);
                ui.close();
            }
        }
    });
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Reject further"));
}

fn keys_ui(ui: &mut Ui, commands: &mut Vec<Command>) {
    parts::rule(ui);
    ui.add_space(SPACE[1]);
    for (keys, what) in [("a", "accept"), ("x", "leave it as it is"), ("j", "next finding"), ("Enter", "edit the text, Esc to come back")] {
        ui.horizontal(|ui| {
            parts::key_cap(ui, keys);
            parts::quiet(ui, what).widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{keys}: {what}")));
        });
    }
    ui.horizontal(|ui| {
        if ui.small_button("All keys").clicked() {
            commands.push(Command::Keys);
        }
        if ui.small_button("Got it").clicked() {
            commands.push(Command::KnowsKeys);
        }
    });
}
