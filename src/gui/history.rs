//! Every decision of the article, in order: each can be taken back by itself, whatever came after it.

use eframe::egui::{self, Button, Modal, RichText, Role, ScrollArea, Ui, WidgetInfo, vec2};

use super::article::Article;
use super::bars::clock;
use super::command::{Command, When};
use super::focus;
use super::fonts::icon;
use super::parts::{self, Look};
use super::theme::{self, INTERFACE, SMALL, SPACE};
use crate::analysis::language::Packs;
use crate::review::{Entry, Event, Refused, Review, Time};
use crate::text::Edits;

/// What can be done with a line.
#[derive(Clone, PartialEq, Debug)]
enum State {
    /// It can be taken back.
    Stands,
    /// It was taken back.
    TakenBack,
    /// What it wrote was changed since.
    ChangedAgain,
    /// It is no decision that could be taken back by itself.
    Fixed,
}

/// A line of the list.
#[derive(Clone, PartialEq, Debug)]
struct Line {
    /// Its entries; letters typed as one word are one line.
    entries: Vec<usize>,
    at: Time,
    by: String,
    sign: &'static str,
    what: String,
    whose: String,
    state: State,
}

/// The list, made anew only when something was decided since.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct History {
    revision: Option<u64>,
    lines: Vec<Line>,
}

impl History {
    fn read(&mut self, review: &Review) {
        if self.revision == Some(review.revision()) {
            return;
        }
        self.revision = Some(review.revision());
        self.lines.clear();
        let mut ticked: Vec<&str> = Vec::new();
        for step in review.done() {
            let typed = step.entries.iter().all(|(_, e)| matches!(e.event, Event::Typed { .. }));
            let Some((last, first)) = step.entries.last().zip(step.entries.first()) else { continue };
            if typed {
                let what = if step.entries.len() == 1 { changes(first.1.event.edits()) } else { typed_words(step) };
                let entries: Vec<usize> = step.entries.iter().map(|(n, _)| *n).collect();
                let state = state(review, last.0);
                let (at, by) = (first.1.at, first.1.by.clone());
                self.lines.push(Line { entries, at, by, sign: icon::PENCIL, what, whose: "by hand".to_owned(), state });
                continue;
            }
            for (number, entry) in &step.entries {
                if let Event::Ticked { check } = &entry.event {
                    self.lines.push(tick(&mut ticked, *number, entry, check));
                    continue;
                }
                let Some((sign, what, whose)) = describe(review, &entry.event) else { continue };
                let decides = matches!(entry.event, Event::Accepted { .. } | Event::Rejected { .. } | Event::Typed { .. });
                let state = if decides { state(review, *number) } else { State::Fixed };
                self.lines.push(Line { entries: vec![*number], at: entry.at, by: entry.by.clone(), sign, what, whose, state });
            }
        }
    }
}

/// A point that was ticked, or whose tick was taken away.
fn tick<'a>(ticked: &mut Vec<&'a str>, number: usize, entry: &Entry, check: &'a str) -> Line {
    let gone = ticked.iter().position(|t| *t == check).map(|i| ticked.remove(i)).is_some();
    if !gone {
        ticked.push(check);
    }
    let (kind, words) = check.split_once(": ").unwrap_or(("", check));
    let what = if gone { format!("no tick on “{words}”") } else { format!("ticked “{words}”") };
    let whose = format!("to check: {}", kind.to_lowercase());
    Line { entries: vec![number], at: entry.at, by: entry.by.clone(), sign: icon::CHECKED, what, whose, state: State::Fixed }
}

fn state(review: &Review, entry: usize) -> State {
    if review.is_reverted(entry) {
        return State::TakenBack;
    }
    match review.revert(entry) {
        Ok(_) => State::Stands,
        Err(Refused::Overwritten(_)) => State::ChangedAgain,
        Err(_) => State::Fixed,
    }
}

fn changes(edits: Option<&Edits>) -> String {
    let parts: Vec<String> = edits
        .into_iter()
        .flatten()
        .map(|e| match (e.from.as_str(), e.to.as_str()) {
            ("", to) => format!("put in “{to}”"),
            (from, "") => format!("took out “{from}”"),
            (from, to) => format!("“{from}” → “{to}”"),
        })
        .collect();
    parts.join(", ").replace('\n', "¶")
}

/// Letters typed one after the other, as the words they came to.
fn typed_words(step: &crate::review::Step) -> String {
    let edits = || step.entries.iter().filter_map(|(_, e)| e.event.edits()).flatten();
    let added: String = edits().map(|e| e.to.as_str()).collect();
    let removed: Vec<&str> = edits().map(|e| e.from.as_str()).filter(|f| !f.is_empty()).collect();
    let count: usize = removed.iter().map(|f| f.chars().count()).sum();
    let words = match (added.is_empty(), removed.as_slice()) {
        (true, _) => format!("took out {count} characters"),
        (false, []) => format!("put in “{added}”"),
        (false, [one]) => format!("“{one}” → “{added}”"),
        (false, _) => format!("put in “{added}”, took out {count} characters"),
    };
    words.replace('\n', "¶")
}

/// An event in a line: sign, what was done, by which rule.
fn describe(review: &Review, event: &Event) -> Option<(&'static str, String, String)> {
    let plain = |rule: &str| rule.replace('-', " ");
    Some(match event {
        Event::Accepted { rule, edits, .. } => (icon::CHECK, changes(Some(edits)), plain(rule)),
        Event::Rejected { rule, words: None, span } => {
            let stands = review.rejected().iter().find(|r| r.rule == *rule && r.words.is_none() && r.span == *span);
            let words = stands.map(|r| r.span.of(review.text()).trim()).filter(|w| !w.is_empty());
            (icon::CROSS, words.map_or_else(|| "left here".to_owned(), |w| format!("“{w}” left here")), plain(rule))
        }
        Event::Rejected { rule, words: Some(words), .. } => (icon::CROSS, format!("“{words}” left in this article"), plain(rule)),
        Event::Typed { edits } => (icon::PENCIL, changes(Some(edits)), "by hand".to_owned()),
        Event::Reverted { edits, entry } => {
            let what = changes(Some(edits));
            let what = if what.is_empty() { "a rejection".to_owned() } else { what };
            (icon::REVERT, what, if entry.is_some() { "taken back".to_owned() } else { "taken back in the comparison".to_owned() })
        }
        Event::SourceChosen { source } => {
            let language = match source {
                Packs::Guessed => "as guessed",
                Packs::All => "all",
                Packs::Only(language) => language.label(),
            };
            (icon::NOTE, format!("Source language: {language}"), "by hand".to_owned())
        }
        Event::Ticked { .. } | Event::Undone | Event::Redone | Event::Saved { .. } => return None,
    })
}

/// Draws the list.
pub fn dialog(ui: &Ui, history: &mut History, article: Option<&Article>, commands: &mut Vec<Command>) {
    let Some(article) = article else { return };
    history.read(article.session.review());
    let width = (ui.ctx().content_rect().width() - 80.0).min(720.0);
    let modal = Modal::new(egui::Id::unique("copydesk decisions")).frame(parts::floating(ui.ctx())).show(ui.ctx(), |ui| {
        ui.set_width(width);
        ui.label(RichText::new("Decisions").font(theme::bold(16.0)));
        ui.add_space(SPACE[0]);
        parts::quiet(ui, "The newest first. Each can be taken back by itself, whatever came after it.");
        ui.add_space(SPACE[1]);
        if history.lines.is_empty() {
            ui.label("Nothing is decided yet");
        }
        let height = ui.ctx().content_rect().height() - 240.0;
        ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            for line in history.lines.iter().rev() {
                line_ui(ui, line, commands);
            }
            focus::follow(ui);
        });
        ui.add_space(SPACE[1]);
        parts::command_button(ui, &Command::Compare, icon::COMPARE, Look::Plain, When::Reviewing, commands);
    });
    if modal.should_close() {
        commands.push(Command::Dismiss);
    }
}

fn line_ui(ui: &mut Ui, line: &Line, commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    let gone = line.state == State::TakenBack;
    ui.horizontal(|ui| {
        ui.set_min_height(28.0);
        let time = RichText::new(clock(line.at)).color(theme.quiet).font(theme::regular(SMALL));
        ui.label(time).on_hover_text(&line.by);
        let sign = match line.sign {
            icon::CHECK if !gone => theme.safe,
            _ => theme.quiet,
        };
        ui.label(RichText::new(line.sign).color(sign).size(14.0));
        let mut text = RichText::new(&line.what).color(if gone { theme.quiet } else { theme.ink }).font(theme::copy_font(INTERFACE + 1.5));
        if gone {
            text = text.strikethrough();
        }
        let room = (ui.available_width() - 300.0).max(120.0);
        ui.allocate_ui_with_layout(vec2(room, 24.0), egui::Layout::left_to_right(egui::Align::Center), |ui| {
            ui.set_width(room);
            ui.add(egui::Label::new(text).truncate()).on_hover_text(&line.what);
        });
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            match line.state {
                State::Stands => {
                    let response = ui.add(Button::new(RichText::new("Take back").font(theme::regular(SMALL))));
                    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Take back: {}", line.what)));
                    if response.clicked() {
                        commands.push(Command::RevertAll(line.entries.clone()));
                    }
                }
                State::ChangedAgain => {
                    ui.label(RichText::new("changed again since").color(theme.warn).font(theme::regular(SMALL)))
                        .on_hover_text("A later change touches these words: take that one back first, or write by hand");
                }
                State::TakenBack => drop(parts::quiet(ui, "taken back")),
                State::Fixed => {}
            }
            ui.add(egui::Label::new(RichText::new(&line.whose).color(theme.quiet).font(theme::regular(SMALL))).truncate());
        });
    });
}
