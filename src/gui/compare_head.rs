//! The head of the comparison: how much is changed, which style is shown, which change is looked at and what
//! its keys do; and the names of the columns. Going from change to change is here too.

use eframe::egui::{self, Align, Button, Layout, RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::app::App;
use super::article::Article;
use super::bidi::Direction;
use super::command::{Command, When};
use super::compare::{Column, Plan, STEP, shown_style};
use super::fonts::icon;
use super::parts;
use super::source::Source;
use super::theme::{self, INTERFACE, SMALL, SPACE};
use super::view::{Pane, Style, View};

/// What a button of a handle does.
pub const HINT: &str = "Give this place its original words back";
/// How far a key scrolls where nothing is marked, in points.
const LINES: f32 = 120.0;

/// Draws the head.
pub fn ui(ui: &mut Ui, article: &Article, view: &View, plan: &Plan, commands: &mut Vec<Command>) {
    let f = &article.figures;
    ui.add_space(SPACE[1]);
    ui.horizontal(|ui| {
        ui.add_space(SPACE[3]);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(SPACE[3]);
            ui.spacing_mut().item_spacing.x = 4.0;
            for (style, sign, name) in Style::ALL.into_iter().rev() {
                let on = plan.style == style;
                let tip = if on { String::new() } else { format!("{}  ·  {}", style.tip(), Command::CompareStyle.key()) };
                let response = ui.add(Button::selectable(on, format!("{sign} {name}")));
                response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, name));
                if response.clicked() && !on {
                    commands.push(Command::ShowStyle(style));
                }
                if !on {
                    response.on_hover_text(tip);
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                figures(ui, f.hunks.len(), (f.original_words, f.words), view.compare.distance().rate());
            });
        });
    });
    ui.horizontal(|ui| {
        ui.set_height(30.0);
        ui.add_space(SPACE[3]);
        ui.spacing_mut().item_spacing.x = STEP;
        if plan.style == Style::Reading {
            reading(ui);
        } else if !f.hunks.is_empty() {
            current(ui, article, view, plan, commands);
        }
        if view.original || view.peek {
            let theme = theme::of(ui);
            parts::badge(ui, icon::EYE, "The original", theme.warn, "As the article came");
        } else if ui.available_width() > 160.0 {
            cap(ui, "o", "hold for the original");
        }
    });
    ui.add_space(SPACE[0]);
    parts::rule(ui);
}

/// How much is changed; where there is little room, what matters least is left to the tip.
fn figures(ui: &mut Ui, changes: usize, (before, now): (usize, usize), rate: f64) {
    const TIP: &str = "Words put in, taken out or replaced, by the words now (post-edit distance)";
    if changes == 0 {
        ui.add(egui::Label::new(RichText::new("Nothing is changed yet").font(theme::bold(INTERFACE))).truncate());
        return;
    }
    let first = super::bars::number(changes, "change", "changes");
    let (words, part) = (format!("{before} → {now} words"), format!("{:.1} % of the words", rate * 100.0));
    let whole = format!("{first}  ·  {words}  ·  {part}");
    let choices = [whole.clone(), format!("{first}  ·  {part}"), first];
    let fits = |ui: &Ui, text: &String| {
        let galley = ui.painter().layout_no_wrap(text.clone(), theme::bold(INTERFACE), theme::of(ui).ink);
        galley.size().x <= ui.available_width()
    };
    let Some(text) = choices.iter().find(|t| fits(ui, t)).or(choices.last()) else { return };
    let response = ui.add(egui::Label::new(RichText::new(text).font(theme::bold(INTERFACE))).truncate());
    // It is heard as a whole.
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_value(whole.clone()));
    response.on_hover_text(if *text == whole { TIP.to_owned() } else { format!("{whole}\n{TIP}") });
}

/// A key and what it does.
fn cap(ui: &mut Ui, key: &str, what: &str) {
    ui.spacing_mut().item_spacing.x = 5.0;
    parts::key_cap(ui, key);
    parts::quiet(ui, what);
    ui.add_space(STEP);
}

fn reading(ui: &mut Ui) {
    cap(ui, &Command::CompareStyle.key(), "another style");
    let key = Command::NextHunk.key_in(When::Comparing);
    if !key.is_empty() {
        cap(ui, &key, "read on");
    }
}

/// The change that is looked at.
fn current(ui: &mut Ui, article: &Article, view: &View, plan: &Plan, commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    let count = article.figures.hunks.len();
    let number = view.compare.hunk.min(count.saturating_sub(1));
    let place = format!("Change {} of {count}", number + 1);
    for (sign, command) in [(icon::LEFT, Command::PreviousHunk), (icon::RIGHT, Command::NextHunk)] {
        if parts::icon_button(ui, sign, command.label(), &command.tip()).clicked() {
            commands.push(command);
        }
    }
    let handle = view.compare.handle(number);
    // Handles without names: the one looked at is named here.
    let said = handle.filter(|_| plan.is_nameless()).map_or_else(|| place.clone(), |h| format!("{place}  ·  {}", h.name));
    let label = ui.label(RichText::new(said).color(theme.quiet).font(theme::regular(SMALL)));
    ui.ctx().accesskit_node_builder(label.id, |node| {
        node.set_live(egui::accesskit::Live::Polite);
        // The words of a label are its value.
        node.set_value(handle.map_or_else(|| place.clone(), |h| format!("{place}: {}, {}", h.what, h.name)));
    });
    let key = RichText::new(Command::RevertCurrent.key()).color(theme.quiet).font(theme::regular(SMALL));
    let button = Button::new(format!("{} {}", icon::REVERT, Command::RevertCurrent.label())).right_text(key);
    let response = ui.add(button.min_size(vec2(0.0, 24.0))).on_hover_text(Command::RevertCurrent.tip());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, Command::RevertCurrent.label()));
    if response.clicked() {
        commands.push(Command::RevertCurrent);
    }
    ui.add_space(STEP);
    if ui.available_width() > 380.0 {
        let keys = format!("{} {}", Command::NextHunk.key_in(When::Comparing), Command::PreviousHunk.key_in(When::Comparing));
        for (i, key) in keys.split(' ').enumerate() {
            if i == 0 {
                ui.spacing_mut().item_spacing.x = 3.0;
            }
            parts::key_cap(ui, key);
        }
        ui.spacing_mut().item_spacing.x = 5.0;
        parts::quiet(ui, "next, previous");
        ui.add_space(STEP);
    }
    if ui.available_width() > 300.0 {
        cap(ui, &Command::CompareStyle.key(), "style");
    }
}

/// The names of the columns.
pub fn names(ui: &mut Ui, plan: &Plan, source: Option<&Source>) {
    if plan.columns.len() < 2 {
        return;
    }
    let theme = theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
    for (column, x) in &plan.columns {
        let name = match column {
            Column::Source => source.map_or_else(String::new, Source::name),
            Column::Original | Column::CleanOriginal => "Original".to_owned(),
            Column::Redline => "Changes".to_owned(),
            Column::Now | Column::Clean => "Now".to_owned(),
        };
        let ink = if *column == Column::CleanOriginal && plan.style != Style::Reading { theme.warn } else { theme.quiet };
        let clip = egui::Rect::from_min_size(pos2(rect.left() + x, rect.top()), vec2(plan.width, rect.height()));
        let right = *column == Column::Source && source.is_some_and(|s| s.way == Direction::RightToLeft);
        let (at, anchor) =
            if right { (clip.right_center(), egui::Align2::RIGHT_CENTER) } else { (clip.left_center(), egui::Align2::LEFT_CENTER) };
        ui.painter().with_clip_rect(clip).text(at, anchor, name, theme::bold(SMALL), ink);
    }
}

impl App {
    /// Opens the comparison at the change nearest to what was looked at, or goes back.
    pub(super) fn compare(&mut self) {
        self.view.pane = if self.view.pane == Pane::Compare { Pane::Article } else { Pane::Compare };
        if self.view.pane == Pane::Compare
            && let Some(article) = self.article()
        {
            let eye = self.eye(article);
            let next = article.figures.hunks.partition_point(|h| h.now.end < eye);
            self.view.compare.hunk = next.min(article.figures.hunks.len().saturating_sub(1));
            self.view.compare.follow = true;
        }
    }

    /// The width that a comparison has at most.
    pub(super) fn wide(&self) -> f32 {
        self.ctx.content_rect().width()
    }

    pub(super) fn next_style(&mut self) {
        self.show_style(shown_style(&self.view, self.wide()).next());
    }

    pub(super) fn show_style(&mut self, style: Style) {
        self.view.compare.ask_columns(self.wide(), style);
        self.view.style = style;
        self.view.compare.follow = true;
    }

    /// Goes to another change; where none is marked, reads on.
    pub(super) fn step_hunk(&mut self, forward: bool) {
        if self.view.style == Style::Reading {
            self.view.compare.stack.nudge(if forward { LINES } else { -LINES });
            return;
        }
        let count = self.article().map_or(0, |a| a.figures.hunks.len());
        if count > 0 {
            let at = self.view.compare.hunk.min(count - 1);
            self.look_at_hunk((if forward { at + 1 } else { at + count - 1 }) % count);
        }
    }

    pub(super) fn look_at_hunk(&mut self, number: usize) {
        self.view.compare.hunk = number;
        self.view.compare.follow = true;
    }

    pub(super) fn revert_current(&mut self) {
        if self.view.style == Style::Reading {
            self.view.note(format!("No change is marked here; {} shows them", Command::CompareStyle.key()));
        } else {
            self.revert_hunk(self.view.compare.hunk);
        }
    }

    /// Gives a changed place its original words back; the next change is looked at.
    pub(super) fn revert_hunk(&mut self, number: usize) {
        let stamp = self.stamp();
        let outcome = self.article_mut().and_then(|a| {
            let hunk = a.figures.hunks.get(number).cloned()?;
            Some(a.session.revert_hunk(&hunk, &stamp))
        });
        if outcome.as_ref().is_some_and(Result::is_ok) {
            if number < self.view.compare.hunk {
                self.view.compare.hunk -= 1;
            }
            self.view.compare.follow = number == self.view.compare.hunk;
        }
        self.settle(outcome, None);
    }
}
