//! The rules: the help of one, and the list of all with their switches.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{self, Button, Key, Modal, RichText, Role, ScrollArea, Ui, WidgetInfo, vec2};

use super::book_panel::{Panel, Shelf};
use super::books::{Ask, Books, Whose};
use super::command::Command;
use super::focus;
use super::parts;
use super::theme::{self, SMALL, SPACE};
use super::whence::{self, Running};
use crate::analysis::language::Language;
use crate::finding::{Applicability, Category, Tier};
use crate::rules::examples;
use crate::rules::stylebook::phrase::listed;
use crate::rules::{Card, Rules};

/// A rule as an editor calls it.
pub fn name(id: &str) -> String {
    super::apply::sentence(&id.replace('-', " "))
}

/// How a list calls it: a phrase by the words that it finds, since its name is for files.
pub fn title(card: &Card) -> String {
    let words = card.example.first().filter(|_| card.detector == "phrases").and_then(|e| {
        let (text, marked) = examples::unmark(&e.bad);
        let words = marked.of(&text).trim().trim_matches(',').trim().to_owned();
        (!words.is_empty() && words.chars().count() <= 60).then_some(words)
    });
    words.map_or_else(|| name(&card.id), |words| format!("“{words}”"))
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

/// The switch of a rule in a layer: how it runs where the layers above are not heard.
fn switch(ui: &mut Ui, card: &Card, label: &str, whose: Whose, books: &Books, commands: &mut Vec<Command>) {
    let mut on = whence::running_for(card, books, whose) != Running::Off;
    let response = parts::outlined(ui, |ui| ui.checkbox(&mut on, label));
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, format!("Run: {}", card.id)));
    if response.changed() {
        commands.push(Command::ChangeBook(whose, Ask::Switch(card.id.clone(), on)));
    }
}

/// Draws the help of one rule.
pub fn help(ui: &Ui, rule: &str, rules: &Rules, books: &Books, commands: &mut Vec<Command>) {
    let Some(card) = rules.get(rule).map(|r| &r.card) else { return not_in_use(ui, rule, commands) };
    let width = (ui.ctx().content_rect().width() - 80.0).min(600.0);
    let modal = Modal::new(egui::Id::unique("copydesk rule")).frame(parts::floating(ui.ctx())).show(ui.ctx(), |ui| {
        ui.set_width(width);
        let theme = theme::of(ui);
        ui.horizontal(|ui| {
            parts::swatch(ui, card.category);
            ui.label(RichText::new(title(card)).font(theme::bold(16.0)));
        });
        parts::quiet(ui, format!("{}  ·  {}", card.category.label(), card.id));
        ui.add_space(SPACE[0]);
        let height = ui.ctx().content_rect().height() - 240.0;
        ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]).show(ui, |ui| {
            parts::heading(ui, "What it finds");
            scroll_by_keys(ui);
            paragraph(ui, &what(&card.message));
            ui.add_space(SPACE[1]);
            parts::heading(ui, "Why");
            paragraph(ui, &card.why);
            if !card.example.is_empty() {
                ui.add_space(SPACE[1]);
                parts::heading(ui, "Found and mended");
            }
            for example in &card.example {
                marked(ui, &example.bad);
                for (sign, result) in example.good.iter().map(|good| ("→", good)).chain(example.also.iter().map(|also| ("or", also))) {
                    ui.horizontal_top(|ui| {
                        ui.label(RichText::new(sign).color(theme.safe));
                        marked(ui, result);
                    });
                }
                if example.good.is_none() {
                    parts::quiet(ui, "an editor writes it anew");
                }
                ui.add_space(SPACE[0]);
            }
            if !card.clean.is_empty() {
                ui.add_space(SPACE[0]);
                parts::heading(ui, "Looks like it and is right");
            }
            for sentence in &card.clean {
                marked(ui, sentence);
            }
            if !card.false_alarms.is_empty() {
                ui.add_space(SPACE[0]);
                parts::heading(ui, "Known false alarms");
            }
            for sentence in &card.false_alarms {
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
            values(ui, card, books);
            focus::follow(ui);
        });
        ui.add_space(SPACE[2]);
        how_it_runs(ui, card, books, commands);
        ui.add_space(SPACE[1]);
        ui.horizontal_wrapped(|ui| {
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

/// What is said of a card that no rule came of.
fn not_in_use(ui: &Ui, rule: &str, commands: &mut Vec<Command>) {
    super::dialogs::modal(ui, &name(rule), 420.0, commands, |ui, commands| {
        paragraph(
            ui,
            "This card has a fault and is not in use; the notice at the lower edge names its file and line. All other rules run.",
        );
        ui.add_space(SPACE[2]);
        if ui.button("Close").clicked() {
            commands.push(Command::Dismiss);
        }
    });
}

/// A line of the list.
enum Row<'a> {
    Heading(Category),
    Rule(&'a Card),
}

/// What a message says, without the words that it is filled in with.
fn what(message: &str) -> String {
    let message = message.trim_end_matches("{where}").trim_end_matches(": {found}").trim_end();
    let mut out = String::new();
    for (i, part) in message.split('{').enumerate() {
        match part.split_once('}').filter(|_| i > 0) {
            Some((_, behind)) => out = out + "…" + behind,
            None => out.push_str(part),
        }
    }
    out
}

/// Scrolls by keys what no field has the keyboard in.
fn scroll_by_keys(ui: &Ui) {
    let page = ui.clip_rect().height() * 0.85;
    let moved = ui.input(|i| {
        let steps = [
            (Key::ArrowDown, 40.0),
            (Key::ArrowUp, -40.0),
            (Key::PageDown, page),
            (Key::PageUp, -page),
            (Key::Home, -1e6),
            (Key::End, 1e6),
        ];
        steps.into_iter().filter(|(key, _)| i.key_pressed(*key)).map(|(_, by)| by).sum::<f32>()
    });
    if moved != 0.0 {
        ui.scroll_with_delta(vec2(0.0, -moved));
    }
}

/// The switches of a rule, what every layer says of how it runs, and the way back to what stands below.
fn how_it_runs(ui: &mut Ui, card: &Card, books: &Books, commands: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        switch(ui, card, "This rule runs", Whose::Own, books, commands);
        let mut light = card.tier == Tier::Default;
        let response = parts::outlined(ui, |ui| ui.add_enabled(card.enabled, egui::Checkbox::new(&mut light, "In light review too")));
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, card.enabled, light, format!("In light review: {}", card.id)));
        if response.changed() {
            let tier = if light { Tier::Default } else { Tier::Hint };
            commands.push(Command::ChangeBook(Whose::Own, Ask::Tier(card.id.clone(), tier)));
        }
        if let Some(label) = whence::below(card, books, Whose::Own)
            && ui.button(label).on_hover_text("Your own switch goes; what stands below it holds again").clicked()
        {
            commands.push(whence::give_back(card, Whose::Own));
        }
    });
    if let Some(sentence) = whence::sentence(card, books) {
        parts::quiet(ui, sentence);
    }
}

/// Where the card and every value of it come from.
fn values(ui: &mut Ui, card: &Card, books: &Books) {
    parts::heading(ui, "Where it comes from");
    let whole: Vec<_> = card.said.iter().rev().filter(|s| s.key.is_empty()).collect();
    for (i, said) in whole.iter().enumerate() {
        let who = whence::layer_name(books, said.layer);
        let instead = if i > 0 { "instead of the card " } else { "" };
        parts::quiet(ui, format!("{instead}{who}, {}", whence::file_name(&said.place))).on_hover_text(&said.place);
    }
    for line in whence::changed(card, books) {
        small(ui, &line);
    }
    let languages: Vec<&str> = card.languages.iter().filter_map(|l| Language::from_id(l)).map(Language::label).collect();
    let languages = if languages.is_empty() { "every language".to_owned() } else { languages.join(", ") };
    small(ui, &format!("For copy from {languages}; found by the detector {}", card.detector));
    for (key, value) in &card.params {
        small(ui, &format!("{}: {}", key.replace('-', " "), listed(value)));
    }
}

fn small(ui: &mut Ui, text: &str) {
    let text = RichText::new(text).color(theme::of(ui).quiet).font(theme::regular(SMALL)).line_height(Some(17.0));
    ui.add(egui::Label::new(text).wrap());
}

/// Where a rule comes from, when it is not as it came with the program.
fn whence(card: &Card, books: &Books, whose: Whose) -> Option<String> {
    if whence::is_switched_by(card, books, Whose::Own) {
        // A person's own switch hides what a house says.
        let house = whence::voices(card).into_iter().filter(|(layer, _)| *layer > 0).nth(1);
        let own = whence::running(card).word();
        return Some(match house {
            _ if whose != Whose::Own => format!("{own} for you"),
            Some((layer, running)) => format!("{own} by you, {} in {}", running.word(), whence::layer_name(books, layer)),
            None => "switched by you".to_owned(),
        });
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
        let words = format!("{} {} {} {} {}", title(card), card.id.replace('-', " "), card.category.label(), card.message, card.why);
        let words = words.to_lowercase();
        wanted.iter().all(|w| words.contains(w)) && (!panel.only_changed || whence(card, shelf.books, panel.whose).is_some())
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
    switch(ui, card, &title(card), whose, shelf.books, commands);
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
        if let Some(label) = whence::below(card, shelf.books, whose) {
            let response = ui.add(Button::new(RichText::new(&label).font(theme::regular(SMALL))));
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{label}: {}", card.id)));
            if response.clicked() {
                commands.push(whence::give_back(card, whose));
            }
        }
        if let Some(words) = whence(card, shelf.books, whose) {
            let all = whence::sentence(card, shelf.books).unwrap_or_else(|| card.origin.join(", "));
            let words = RichText::new(words).color(theme.accent).font(theme::regular(SMALL));
            ui.add(egui::Label::new(words).truncate()).on_hover_text(all);
        }
        let hits = shelf.article.map_or(0, |a| a.session.findings().iter().filter(|f| f.rule == card.id).count());
        if hits > 0 {
            parts::quiet(ui, format!("{hits} here"));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::what;
    use crate::rules::Rules;

    #[test]
    fn what_a_rule_finds_has_no_gaps_of_the_program() {
        assert_eq!(what("Spelled “{target}” elsewhere: {found}"), "Spelled “…” elsewhere");
        for rule in &Rules::built_in().rules {
            assert!(!what(&rule.card.message).contains(['{', '}']), "{}", rule.card.message);
        }
    }
}
