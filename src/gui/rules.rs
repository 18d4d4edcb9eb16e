//! The rules: the help of one, and the list of all with their switches and what is always left alone.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{self, Button, Modal, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo};

use super::article::Article;
use super::command::Command;
use super::own::{Change, Own};
use super::parts;
use super::theme::{self, INTERFACE, SMALL, SPACE};
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

fn switch(ui: &mut Ui, card: &Card, label: &str, commands: &mut Vec<Command>) {
    let mut on = card.enabled;
    let response = ui.checkbox(&mut on, label);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, format!("Run: {}", card.id)));
    if response.changed() {
        commands.push(Command::ChangeOwn(if on { Change::On(card.id.clone()) } else { Change::Off(card.id.clone()) }));
    }
}

/// Draws the help of one rule.
pub fn help(ui: &Ui, rule: &str, rules: &Rules, commands: &mut Vec<Command>) {
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
            switch(ui, card, "This rule runs", commands);
            if ui.button("Show its findings alone").clicked() {
                commands.push(Command::Dismiss);
                commands.push(Command::OnlyRule(Some(card.id.clone())));
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

/// Draws the list of all rules.
pub fn list(ui: &Ui, query: &mut String, rules: &Rules, own: &Own, article: Option<&Article>, commands: &mut Vec<Command>) {
    let width = (ui.ctx().content_rect().width() - 80.0).min(680.0);
    let modal = Modal::new(egui::Id::unique("copydesk rules")).frame(parts::floating(ui.ctx())).show(ui.ctx(), |ui| {
        ui.set_width(width);
        ui.label(RichText::new("Rules").font(theme::bold(16.0)));
        let on = rules.rules.iter().filter(|r| r.card.enabled).count();
        parts::quiet(ui, format!("{on} of {} run. Switches are kept in your own layer and hold for every article.", rules.rules.len()));
        ui.add_space(SPACE[0]);
        let field = ui.add(TextEdit::singleline(query).hint_text("Find a rule").desired_width(f32::INFINITY));
        field.accessible_name("Find a rule");
        ui.add_space(SPACE[0]);
        let height = ui.ctx().content_rect().height() - 260.0;
        ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, false]).show(ui, |ui| {
            if query.is_empty() && !own.alone.is_empty() {
                parts::heading(ui, "Always left alone");
                for (rule, words) in &own.alone {
                    ui.horizontal(|ui| {
                        ui.label(RichText::new(format!("“{words}”")).font(theme::copy_font(INTERFACE + 1.5)));
                        parts::quiet(ui, name(rule));
                        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                            let response = ui.add(Button::new(RichText::new("Take back").font(theme::regular(SMALL))));
                            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Mark again: {words}")));
                            if response.clicked() {
                                commands.push(Command::ChangeOwn(Change::MarkAgain(rule.clone(), words.clone())));
                            }
                        });
                    });
                }
                ui.add_space(SPACE[2]);
            }
            let wanted = query.to_lowercase();
            for category in Category::ALL {
                let of_category = rules.rules.iter().map(|r| &r.card).filter(|c| c.category == category);
                let shown = of_category.filter(|c| wanted.is_empty() || c.id.replace('-', " ").contains(&wanted));
                let cards: Vec<&Card> = shown.collect();
                if cards.is_empty() {
                    continue;
                }
                parts::heading(ui, category.label());
                for card in cards {
                    rule_row(ui, card, own, article, commands);
                }
                ui.add_space(SPACE[1]);
            }
            if query.is_empty() && !own.log.is_empty() {
                parts::heading(ui, "Log");
                for line in own.log.iter().take(8) {
                    parts::quiet(ui, line.replace('\t', "  "));
                }
            }
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

fn rule_row(ui: &mut Ui, card: &Card, own: &Own, article: Option<&Article>, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        switch(ui, card, &name(&card.id), commands);
        if card.tier == Tier::Hint {
            parts::quiet(ui, "hint");
        }
        if own.switched.contains_key(&card.id) {
            parts::quiet(ui, "switched by you");
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let response = ui.add(Button::new(RichText::new("About").font(theme::regular(SMALL))).frame_when_inactive(false));
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("About: {}", card.id)));
            if response.clicked() {
                commands.push(Command::RuleHelpOf(card.id.clone()));
            }
            let hits = article.map_or(0, |a| a.session.findings().iter().filter(|f| f.rule == card.id).count());
            if hits > 0 {
                parts::quiet(ui, format!("{hits} here"));
            }
        });
    });
}
