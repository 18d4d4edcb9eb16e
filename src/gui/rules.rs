//! The rules: the help of one, and the list of all with their switches.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{self, Button, Modal, RichText, Role, ScrollArea, Ui, WidgetInfo, vec2};

use super::book_panel::{Panel, Shelf};
use super::books::{Ask, Books, Whose};
use super::command::Command;
use super::parts;
use super::theme::{self, SMALL, SPACE};
use crate::finding::{Applicability, Category, Tier};
use crate::rules::{Card, Rules};

/// A rule as an editor calls it.
pub fn name(id: &str) -> String {
    super::apply::sentence(&id.replace('-', " "))
}

fn paragraph(ui: &mut Ui, text: &str) {
    ui.add(egui::Label::new(RichText::new(text.trim()).line_height(Some(19.0))).wrap());
}

/// An example with its marked words.
fn marked(ui: &mut Ui, sentence: &str) {
    let theme = theme::of(ui);
    let base = TextFormat { font_id: theme::copy_font(15.0), color: theme.ink, line_height: Some(22.0), ..TextFormat::default() };
    let lit = TextFormat { background: theme.evidence, ..base.clone() };
    let mut job = LayoutJob::default();
    job.wrap.max_width = ui.available_width();
    for (i, part) in sentence.split("[[").enumerate() {
        let (inside, rest) = if i == 0 { ("", part) } else { part.split_once("]]").unwrap_or(("", part)) };
        for (words, format) in [(inside, &lit), (rest, &base)] {
            if !words.is_empty() {
                job.append(&words.replace('\n', " ¶ "), 0.0, format.clone());
            }
        }
    }
    parts::set_job(ui, job);
}

fn switch(ui: &mut Ui, card: &Card, label: &str, whose: Whose, commands: &mut Vec<Command>) {
    let mut on = card.enabled;
    let response = parts::outlined(ui, |ui| ui.checkbox(&mut on, label));
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, format!("Run: {}", card.id)));
    if response.changed() {
        commands.push(Command::ChangeBook(whose, Ask::Switch(card.id.clone(), on)));
    }
}

/// Draws the help of one rule.
pub fn help(ui: &Ui, rule: &str, rules: &Rules, books: &Books, commands: &mut Vec<Command>) {
    let Some(card) = rules.get(rule).map(|r| &r.card) else { return };
    let width = (ui.ctx().content_rect().width() - 80.0).min(600.0);
    let modal = Modal::new(egui::Id::unique("copydesk rule")).frame(parts::floating(ui.ctx())).show(ui.ctx(), |ui| {
        ui.set_width(width);
        let theme = theme::of(ui);
        ui.horizontal(|ui| {
            parts::swatch(ui, card.category);
            ui.label(RichText::new(name(&card.id)).font(theme::bold(16.0)));
        });
        parts::quiet(ui, format!("{}  ·  {}", card.category.label(), card.id));
        ui.add_space(SPACE[0]);
        let height = ui.ctx().content_rect().height() - 240.0;
        ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]).show(ui, |ui| {
            parts::heading(ui, "Why");
            paragraph(ui, &card.why);
            if !card.example.is_empty() {
                ui.add_space(SPACE[1]);
                parts::heading(ui, "Found and mended");
            }
            for example in card.example.iter().take(4) {
                marked(ui, &example.bad);
                match &example.good {
                    Some(good) => {
                        ui.horizontal_top(|ui| {
                            ui.label(RichText::new("→").color(theme.safe));
                            marked(ui, good);
                        });
                    }
                    None => drop(parts::quiet(ui, "an editor writes it anew")),
                }
                ui.add_space(SPACE[0]);
            }
            if !card.clean.is_empty() {
                ui.add_space(SPACE[0]);
                parts::heading(ui, "Looks like it and is right");
            }
            for sentence in card.clean.iter().take(3) {
                marked(ui, sentence);
            }
            ui.add_space(SPACE[1]);
            parts::heading(ui, "How far its fixes may be trusted");
            match (card.applicability, &card.fix_safety) {
                (Applicability::Safe, Some(why)) => paragraph(ui, &format!("They may be taken unseen. {}", why.trim())),
                (Applicability::Safe, None) => paragraph(ui, "They may be taken unseen"),
                (Applicability::Review, _) => paragraph(ui, "Look at each before you take it"),
            }
            ui.add_space(SPACE[1]);
            parts::heading(ui, "Where it comes from");
            for origin in &card.origin {
                parts::quiet(ui, origin);
            }
            let languages = if card.languages.is_empty() { "every language".to_owned() } else { card.languages.join(", ") };
            let tier = if card.tier == Tier::Hint { "a hint, shown in full review" } else { "shown in light and in full review" };
            parts::quiet(ui, format!("For copy from {languages}; {tier}; found by the detector {}", card.detector));
            for (key, value) in &card.params {
                let value: String = value.to_string().chars().take(160).collect();
                parts::quiet(ui, format!("{key} = {value}"));
            }
        });
        ui.add_space(SPACE[2]);
        ui.horizontal(|ui| {
            switch(ui, card, "This rule runs", Whose::Own, commands);
            if ui.button("Show its findings alone").clicked() {
                commands.push(Command::Dismiss);
                commands.push(Command::OnlyRule(Some(card.id.clone())));
            }
            if let Some((whose, slot)) = books.phrase(rule)
                && ui.button("Change…").clicked()
            {
                commands.push(Command::EditEntry(whose, slot));
            }
            if ui.button("All rules").clicked() {
                commands.push(Command::Rules);
            }
            if ui.button("Close").clicked() {
                commands.push(Command::Dismiss);
            }
        });
    });
    if modal.should_close() {
        commands.push(Command::Dismiss);
    }
}

/// A line of the list.
enum Row<'a> {
    Heading(Category),
    Rule(&'a Card),
}

/// Where a rule comes from, when it is not as it came with the program.
fn whence(card: &Card, books: &Books) -> Option<String> {
    if books.of(Whose::Own).and_then(|b| b.switch(&card.id)).is_some() {
        return Some("switched by you".to_owned());
    }
    let last = card.origin.last()?;
    let who = |layer: &str| if layer == "person" { "you".to_owned() } else { layer.to_owned() };
    let layer = last.split(" (").next().unwrap_or(last);
    match layer.strip_prefix("changed by ") {
        Some(layer) => Some(format!("changed by {}", who(layer))),
        None if layer == "built in" => None,
        None if layer == "person" => Some("yours".to_owned()),
        None => Some(layer.to_owned()),
    }
}

/// Draws the list of all rules.
pub fn tab(ui: &mut Ui, panel: &mut Panel, shelf: &Shelf, height: f32, commands: &mut Vec<Command>) {
    let rules = &shelf.rules.rules;
    let wanted: Vec<String> = panel.query.to_lowercase().split_whitespace().map(str::to_owned).collect();
    ui.horizontal(|ui| {
        let on = rules.iter().filter(|r| r.card.enabled).count();
        parts::quiet(ui, format!("{on} of {} run", rules.len()));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let label = RichText::new("Only what was added or changed").font(theme::regular(SMALL));
            parts::outlined(ui, |ui| ui.checkbox(&mut panel.only_changed, label));
        });
    });
    let matches = |card: &Card| {
        let words = format!("{} {} {}", card.id.replace('-', " "), card.category.label(), card.message).to_lowercase();
        wanted.iter().all(|w| words.contains(w)) && (!panel.only_changed || whence(card, shelf.books).is_some())
    };
    let mut rows: Vec<Row> = Vec::new();
    for category in Category::ALL {
        let of_category: Vec<Row> = rules.iter().map(|r| &r.card).filter(|c| c.category == category && matches(c)).map(Row::Rule).collect();
        if !of_category.is_empty() {
            rows.push(Row::Heading(category));
            rows.extend(of_category);
        }
    }
    if rows.is_empty() {
        parts::quiet(ui, if panel.only_changed { "No layer adds or changes such a rule" } else { "No rule has these letters" });
    }
    let area =
        ScrollArea::vertical().id_salt("rules").max_height(height - 34.0).min_scrolled_height(height - 34.0).auto_shrink([false, false]);
    area.show_rows(ui, ROW, rows.len(), |ui, range| {
        for row in rows.get(range).unwrap_or(&[]) {
            ui.allocate_ui_with_layout(vec2(ui.available_width(), ROW), egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.set_min_height(ROW);
                match row {
                    Row::Heading(category) => {
                        parts::swatch(ui, *category);
                        parts::heading(ui, category.label());
                    }
                    Row::Rule(card) => rule_row(ui, card, panel.whose, shelf, commands),
                }
            });
        }
    });
}

/// The height of a line of the list.
const ROW: f32 = 28.0;

fn rule_row(ui: &mut Ui, card: &Card, whose: Whose, shelf: &Shelf, commands: &mut Vec<Command>) {
    switch(ui, card, &name(&card.id), whose, commands);
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let response = ui.add(Button::new(RichText::new("About").font(theme::regular(SMALL))).frame_when_inactive(false));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("About: {}", card.id)));
        if response.clicked() {
            commands.push(Command::RuleHelpOf(card.id.clone()));
        }
        let theme = theme::of(ui);
        if card.applicability == Applicability::Safe {
            ui.label(RichText::new("safe").color(theme.safe).font(theme::regular(SMALL))).on_hover_text("Its fixes may be taken unseen");
        } else if card.tier == Tier::Hint {
            parts::quiet(ui, "hint").on_hover_text("Shown in full review");
        }
        if let Some(whence) = whence(card, shelf.books) {
            ui.label(RichText::new(whence).color(theme.accent).font(theme::regular(SMALL))).on_hover_text(card.origin.join(", "));
        }
        let hits = shelf.article.map_or(0, |a| a.session.findings().iter().filter(|f| f.rule == card.id).count());
        if hits > 0 {
            parts::quiet(ui, format!("{hits} here"));
        }
    });
}
