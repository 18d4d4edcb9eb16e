//! Every decision of the article, the newest first: each can be taken back by itself, whatever came after it, and done
//! again. A row stays where it is while the list is open, so that a second click never meets another decision.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    self, Align, Button, Color32, Event as Input, EventFilter, Id, Key, Layout, Modal, Modifiers, Rect, RichText, Role, ScrollArea, Sense,
    Stroke, TextEdit, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::app::App;
use super::article::Article;
use super::bars::{clock, number};
use super::command::Command;
use super::fonts::icon;
use super::lines::{coming, struck};
use super::parts;
use super::theme::{self, INTERFACE, RADIUS, SMALL, SPACE};
use super::view::{self, Mode, Pane};
use crate::analysis::language::Packs;
use crate::finding::RuleId;
use crate::review::{Entry, Event, Refused, Review, Step, Time};
use crate::text::{Edits, Span};

/// The height of a row, in points.
const ROW: f32 = 32.0;
/// The width of its button.
const TURN: f32 = 120.0;
/// Words of the article on both sides of a decision, in bytes.
const REACH: usize = 26;

/// What can be done with a line.
#[derive(Clone, PartialEq, Debug)]
enum State {
    /// It can be taken back.
    Stands,
    /// It was taken back and can be done again.
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
    /// What was done, in words.
    what: String,
    /// The words that went and those that came, where it changed one place.
    pair: Option<(String, String)>,
    rule: Option<RuleId>,
    whose: String,
    /// What the finding said.
    message: String,
    /// Whether it can be turned at all.
    turns: bool,
}

/// The list, made anew only when something was decided since.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct History {
    revision: Option<u64>,
    lines: Vec<Line>,
    /// What was typed to find some.
    query: String,
    /// The row looked at, among those that are shown.
    chosen: usize,
    /// The list had the keyboard once.
    opened: bool,
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
            let Some((last, first)) = step.entries.last().zip(step.entries.first()) else { continue };
            if step.entries.len() > 1 && is_typed(step) {
                let (what, pair) = typed_words(step);
                let entries: Vec<usize> = step.entries.iter().map(|(n, _)| *n).collect();
                let mut line = line(last.0, &first.1, icon::PENCIL, what, "by hand".to_owned());
                line.entries = entries;
                line.pair = pair;
                line.turns = true;
                self.lines.push(line);
                continue;
            }
            for (number, entry) in &step.entries {
                match &entry.event {
                    Event::Ticked { check } => self.lines.push(tick(&mut ticked, *number, entry, check)),
                    event => self.lines.extend(describe(review, *number, entry, event)),
                }
            }
        }
    }

    /// The lines that the words typed are in, the newest first.
    fn found(&self) -> Vec<usize> {
        let wanted: Vec<String> = self.query.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let holds = |line: &Line| {
            let text = format!("{} {} {} {}", line.what, line.whose, line.message, line.by).to_lowercase();
            wanted.iter().all(|w| text.contains(w))
        };
        self.lines.iter().enumerate().rev().filter(|(_, line)| wanted.is_empty() || holds(line)).map(|(i, _)| i).collect()
    }
}

fn is_typed(step: &Step) -> bool {
    step.entries.iter().all(|(_, e)| matches!(e.event, Event::Typed { .. }))
}

fn line(number: usize, entry: &Entry, sign: &'static str, what: String, whose: String) -> Line {
    Line {
        entries: vec![number],
        at: entry.at,
        by: entry.by.clone(),
        sign,
        what,
        pair: None,
        rule: None,
        whose,
        message: String::new(),
        turns: false,
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
    line(number, entry, icon::CHECKED, what, format!("to check: {}", kind.to_lowercase()))
}

fn state(review: &Review, line: &Line) -> State {
    let Some(entry) = line.entries.last().filter(|_| line.turns) else { return State::Fixed };
    if review.is_reverted(*entry) {
        return State::TakenBack;
    }
    match review.revert(*entry) {
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

/// The words that went and those that came, when one place changed.
fn pair(edits: &Edits) -> Option<(String, String)> {
    edits.iter().next().filter(|_| edits.len() == 1).map(|e| (e.from.clone(), e.to.clone()))
}

/// Letters typed one after the other, as the words they came to.
fn typed_words(step: &Step) -> (String, Option<(String, String)>) {
    let edits = || step.entries.iter().filter_map(|(_, e)| e.event.edits()).flatten();
    let added: String = edits().map(|e| e.to.as_str()).collect();
    let removed: Vec<&str> = edits().map(|e| e.from.as_str()).filter(|f| !f.is_empty()).collect();
    let count: usize = removed.iter().map(|f| f.chars().count()).sum();
    let (words, pair) = match (added.is_empty(), removed.as_slice()) {
        (true, _) => (format!("took out {count} characters"), None),
        (false, []) => (format!("put in “{added}”"), Some((String::new(), added))),
        (false, [one]) => (format!("“{one}” → “{added}”"), Some(((*one).to_owned(), added))),
        (false, _) => (format!("put in “{added}”, took out {count} characters"), None),
    };
    (words.replace('\n', "¶"), pair)
}

/// The line of an event; none for what needs no line of its own.
fn describe(review: &Review, n: usize, entry: &Entry, event: &Event) -> Option<Line> {
    let by_rule = |rule: &str| rule.replace('-', " ");
    Some(match event {
        Event::Accepted { rule, edits, message, .. } => Line {
            rule: Some(rule.clone()),
            pair: pair(edits),
            message: message.clone(),
            turns: true,
            ..line(n, entry, icon::CHECK, changes(Some(edits)), by_rule(rule))
        },
        Event::Rejected { rule, words, .. } => {
            let here = review.place_of(n).map(|s| s.of(review.text()).trim()).filter(|w| !w.is_empty());
            let what = match (words, here) {
                (Some(words), _) => format!("“{words}” left in this article"),
                (None, Some(words)) => format!("“{words}” left here"),
                (None, None) => "left here".to_owned(),
            };
            Line { rule: Some(rule.clone()), turns: true, ..line(n, entry, icon::CROSS, what, by_rule(rule)) }
        }
        Event::Typed { edits } => {
            Line { pair: pair(edits), turns: true, ..line(n, entry, icon::PENCIL, changes(Some(edits)), "by hand".to_owned()) }
        }
        Event::Reverted { edits, entry: None } => Line {
            pair: pair(edits),
            turns: true,
            ..line(n, entry, icon::REVERT, changes(Some(edits)), "taken back in the comparison".to_owned())
        },
        Event::SourceChosen { source } => {
            let language = match source {
                Packs::Guessed => "as guessed",
                Packs::All => "all",
                Packs::Only(language) => language.label(),
            };
            line(n, entry, icon::NOTE, format!("Source language: {language}"), "by hand".to_owned())
        }
        // A decision that was taken back says so in its own line.
        Event::Reverted { entry: Some(_), .. } | Event::Ticked { .. } | Event::Undone | Event::Redone | Event::Saved { .. } => return None,
    })
}

/// What undo takes back, or what is done again, in a short sentence; none for letters that were typed. `text` is the
/// one before that.
pub(super) fn told(step: &Step, text: &str, event: &Event) -> Option<String> {
    if is_typed(step) {
        return None;
    }
    let undone = *event == Event::Undone;
    let edits = if undone { step.back(text) } else { step.again(text) };
    let what = match step.entries.as_slice() {
        [(_, entry)] => match &entry.event {
            Event::Rejected { span, .. } => format!("“{}” left as it is", short(span.of(text))),
            Event::Ticked { check } => format!("the tick on “{}”", short(check.split_once(": ").map_or(check.as_str(), |(_, w)| w))),
            Event::SourceChosen { .. } => "the source language".to_owned(),
            _ => one_change(text, &edits, undone),
        },
        _ if edits.len() == 1 => one_change(text, &edits, undone),
        several => number(several.len(), "decision", "decisions"),
    };
    Some(format!("{}: {what}", if undone { "Undone" } else { "Done again" }))
}

fn one_change(text: &str, edits: &Edits, undone: bool) -> String {
    let Some(hull) = edits.hull() else { return "a rejection".to_owned() };
    let Some(words) = view::rewritten(text, edits, hull).filter(|w| w.span.len() < 200) else {
        return number(edits.len(), "change", "changes");
    };
    let (now, then) = (short(words.span.of(text)), short(&words.text));
    let (from, to) = if undone { (then, now) } else { (now, then) };
    format!("“{from}” → “{to}”")
}

/// The beginning of some words, in one line.
fn short(words: &str) -> String {
    const MOST: usize = 42;
    let line = words.trim().replace('\n', "¶");
    if line.chars().count() > MOST { line.chars().take(MOST - 1).chain("…".chars()).collect() } else { line }
}

impl App {
    /// Goes to a place of the article; it is marked until something else is done.
    pub(super) fn go_to(&mut self, place: Span) {
        self.view.dialog = None;
        self.view.suggestion = None;
        self.view.pane = Pane::Article;
        self.view.original = false;
        let editing = self.view.mode == Mode::Editing;
        if let Some(article) = self.article_mut() {
            article.move_on(place.start);
            article.place = Some((place, article.session.review().revision()));
        }
        if editing {
            self.view.editor.caret = Some(place);
        } else {
            self.view.paper.look_at = Some(place);
        }
    }

    /// Does again what was taken back out of order.
    pub(super) fn do_again(&mut self, entries: &[usize]) {
        let stamp = self.stamp();
        let outcome = self.article_mut().map(|a| a.session.again_all(entries, &stamp));
        self.settle(outcome, None);
    }
}

/// What is asked of the list by keys.
#[derive(Default)]
struct Asked {
    /// Rows to go down.
    down: isize,
    /// Take the row back, or do it again.
    turn: bool,
    /// Go to its place.
    go: bool,
}

fn row_id(line: &Line) -> Id {
    Id::unique(("copydesk decision", line.entries.first().copied()))
}

/// Keys of the list, before a row or the field hears them.
fn keys(ui: &Ui, on_row: bool, in_field: bool) -> Asked {
    ui.input_mut(|input| {
        let mut asked = Asked::default();
        let mut press = |key| input.consume_key(Modifiers::NONE, key);
        for (key, rows) in [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::PageDown, 10), (Key::PageUp, -10)] {
            asked.down += if press(key) { rows } else { 0 };
        }
        asked.turn = on_row && (press(Key::Space) || press(Key::Delete));
        asked.go = (on_row || in_field) && press(Key::Enter);
        if asked.turn {
            input.events.retain(|e| !matches!(e, Input::Text(t) if t == " "));
        }
        asked
    })
}

/// Draws the list.
pub fn dialog(ui: &Ui, history: &mut History, article: Option<&Article>, commands: &mut Vec<Command>) {
    let Some(article) = article else { return };
    let review = article.session.review();
    history.read(review);
    let found = history.found();
    let content = ui.ctx().content_rect();
    let width = (content.width() - 80.0).min(760.0);
    let modal = Modal::new(Id::unique("copydesk decisions")).frame(parts::floating(ui.ctx())).show(ui.ctx(), |ui| {
        ui.set_width(width);
        let field = Id::unique("copydesk decisions field");
        let focused = ui.memory(egui::Memory::focused);
        let chosen_id = found.get(history.chosen).and_then(|i| history.lines.get(*i)).map(row_id);
        let on_row = focused.is_some() && focused == chosen_id;
        let asked = keys(ui, on_row, focused == Some(field));
        ui.horizontal(|ui| {
            ui.label(RichText::new("Decisions").font(theme::bold(16.0)));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let edit = TextEdit::singleline(&mut history.query).id(field).desired_width(200.0).hint_text("Find");
                let response = ui.add(edit);
                if response.changed() {
                    history.chosen = 0;
                }
                let response = response.accessible_name("Find in decisions");
                if ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::F)) {
                    response.request_focus();
                }
            });
        });
        parts::quiet(ui, "The newest first. Each can be taken back by itself, whatever came after it, and done again.");
        ui.add_space(SPACE[1]);
        if found.is_empty() {
            ui.label(if history.lines.is_empty() { "Nothing is decided yet" } else { "No decision has these words" });
        }
        history.chosen = history.chosen.saturating_add_signed(asked.down).min(found.len().saturating_sub(1));
        let height = (content.height() - 230.0).max(120.0);
        rows(ui, history, &found, article, height, &asked, commands);
        ui.add_space(SPACE[2]);
        ui.horizontal_wrapped(|ui| {
            let button = |ui: &mut Ui, words: String| ui.add(Button::new(words).min_size(vec2(80.0, 30.0)));
            if button(ui, "Close".to_owned()).clicked() {
                commands.push(Command::Dismiss);
            }
            if button(ui, format!("{}  {}", icon::COMPARE, Command::Compare.label())).on_hover_text(Command::Compare.tip()).clicked() {
                commands.push(Command::Compare);
            }
            let line = found.get(history.chosen).and_then(|i| history.lines.get(*i));
            if let Some(rule) = line.and_then(|l| l.rule.as_ref()) {
                let all = of_rule(history, review, rule);
                let words = format!("Take back all {} of {}", all.len(), super::rules::name(rule));
                if all.len() > 1 && button(ui, words).clicked() {
                    commands.push(Command::RevertAll(all.into_iter().flatten().collect()));
                }
            }
            parts::quiet(ui, "Enter: go there  ·  Space: take back");
        });
    });
    if modal.should_close() {
        commands.push(Command::Dismiss);
    }
}

/// The decisions of a rule that stand: the entries of each.
fn of_rule(history: &History, review: &Review, rule: &RuleId) -> Vec<Vec<usize>> {
    let of = |l: &&Line| l.rule.as_ref() == Some(rule) && state(review, l) == State::Stands;
    history.lines.iter().filter(of).map(|l| l.entries.clone()).collect()
}

fn turned(line: &Line, state: &State) -> Option<Command> {
    match state {
        State::Stands => Some(Command::RevertAll(line.entries.clone())),
        State::TakenBack => Some(Command::DoAgain(line.entries.clone())),
        State::ChangedAgain | State::Fixed => None,
    }
}

/// Draws the rows that are in view, and the one that has the keyboard wherever it is.
fn rows(ui: &mut Ui, history: &mut History, found: &[usize], article: &Article, height: f32, asked: &Asked, commands: &mut Vec<Command>) {
    let review = article.session.review();
    let first = !std::mem::replace(&mut history.opened, true);
    ScrollArea::vertical().id_salt("decisions").max_height(height).min_scrolled_height(height).auto_shrink([false, true]).show_viewport(
        ui,
        |ui, viewport| {
            ui.set_height(ROW * found.len() as f32);
            ui.set_width(ui.available_width());
            let origin = ui.max_rect().min;
            let width = ui.available_width();
            for (place, line) in found.iter().enumerate().filter_map(|(p, i)| Some((p, history.lines.get(*i)?))) {
                let top = ROW * place as f32;
                let chosen = place == history.chosen;
                if !chosen && (top + ROW < viewport.top() || top > viewport.bottom()) {
                    continue;
                }
                let rect = Rect::from_min_size(pos2(origin.x, origin.y + top), vec2(width, ROW));
                let row = Row { line, state: state(review, line), chosen, article };
                let response = row.ui(ui, rect, commands);
                if chosen && (asked.down != 0 || first) {
                    response.request_focus();
                    ui.scroll_to_rect(rect, None);
                }
                if response.has_focus() {
                    let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
                    ui.memory_mut(|m| m.set_focus_lock_filter(response.id, arrows));
                }
                let place_now = line.entries.last().and_then(|n| review.place_of(*n));
                if (response.clicked() || (chosen && asked.go))
                    && let Some(at) = place_now
                {
                    commands.push(Command::GoTo(at));
                }
                if chosen && asked.turn {
                    commands.extend(turned(line, &row.state));
                }
                response.context_menu(|ui| {
                    if ui.add_enabled(place_now.is_some(), Button::new("Go to its place")).clicked() {
                        commands.extend(place_now.map(Command::GoTo));
                        ui.close();
                    }
                    let label = if row.state == State::TakenBack { "Do it again" } else { "Take it back" };
                    let turn = turned(line, &row.state);
                    if ui.add_enabled(turn.is_some(), Button::new(label)).clicked() {
                        commands.extend(turn);
                        ui.close();
                    }
                    if let Some(rule) = &line.rule
                        && ui.button("Take back all of this rule").clicked()
                    {
                        let all = of_rule(history, review, rule);
                        commands.push(Command::RevertAll(all.into_iter().flatten().collect()));
                        ui.close();
                    }
                });
            }
        },
    );
}

/// A row as it is drawn.
struct Row<'a> {
    line: &'a Line,
    state: State,
    chosen: bool,
    article: &'a Article,
}

impl Row<'_> {
    /// Where the decision stands now, when exactly its words do, with some words on both sides.
    fn around(&self) -> Option<(Span, Span)> {
        let (review, text) = (self.article.session.review(), self.article.session.text());
        let place = review.place_of(*self.line.entries.last()?)?;
        let words = self.line.pair.as_ref().map(|(from, to)| if self.state == State::TakenBack { from } else { to });
        (words.is_none_or(|w| w == place.of(text)) && place.len() < 400).then(|| (place, parts::around(text, place, REACH)))
    }

    /// The words of the row, set: what went struck through, what came beside it, and some words of the article.
    fn job(&self, ui: &Ui) -> LayoutJob {
        let theme = theme::of(ui);
        let gone = self.state == State::TakenBack;
        let base = TextFormat { font_id: theme::copy_font(INTERFACE + 1.5), color: theme.ink, ..TextFormat::default() };
        let quiet = TextFormat { color: theme.quiet, ..base.clone() };
        let plain = if gone { &quiet } else { &base };
        let mut job = LayoutJob::default();
        job.wrap.max_rows = 1;
        job.wrap.break_anywhere = true;
        let mut put = |words: &str, format: &TextFormat| {
            if !words.is_empty() {
                job.append(&words.replace('\n', "¶"), 0.0, format.clone());
            }
        };
        let text = self.article.session.text();
        match (self.around(), &self.line.pair) {
            (Some((place, around)), Some((from, to))) => {
                put(Span::new(around.start, place.start).of(text), &quiet);
                if gone {
                    put(from, &quiet);
                    put(to, &TextFormat { strikethrough: Stroke::new(1.0, theme.quiet), ..quiet.clone() });
                } else {
                    put(from, &struck(&base, theme));
                    put(to, &coming(&base, theme));
                }
                put(Span::new(place.end, around.end).of(text), &quiet);
            }
            (Some((place, around)), None) if self.line.rule.is_some() && self.line.sign == icon::CROSS => {
                put(Span::new(around.start, place.start).of(text), &quiet);
                let back = if gone { Color32::TRANSPARENT } else { theme.evidence };
                put(place.of(text), &TextFormat { background: back, ..plain.clone() });
                put(Span::new(place.end, around.end).of(text), &quiet);
                put(if self.line.what.ends_with("article") { "  left in this article" } else { "  left here" }, &quiet);
            }
            _ => put(&self.line.what, plain),
        }
        job
    }

    fn ui(&self, ui: &mut Ui, rect: Rect, commands: &mut Vec<Command>) -> egui::Response {
        let theme = theme::of(ui);
        let line = self.line;
        let gone = self.state == State::TakenBack;
        let response = ui.interact(rect, row_id(line), Sense::click());
        let mut words = self.job(ui);
        let said = words.text.clone();
        response.widget_info(|| {
            let state = if gone { ", taken back" } else { "" };
            let name = format!("{}, {}{state}: {said}", line.what, line.whose);
            WidgetInfo::selected(Role::Button, true, self.chosen, name)
        });
        let fill = if self.chosen { theme.selection } else { theme.hover };
        if self.chosen || response.hovered() {
            ui.painter().rect_filled(rect, f32::from(RADIUS), fill);
        }
        let middle = rect.center().y;
        let small = theme::regular(SMALL);
        ui.painter().text(pos2(rect.left() + 8.0, middle), egui::Align2::LEFT_CENTER, clock(line.at), small.clone(), theme.quiet);
        let sign = if line.sign == icon::CHECK && !gone { theme.safe } else { theme.quiet };
        ui.painter().text(pos2(rect.left() + 54.0, middle), egui::Align2::CENTER_CENTER, line.sign, egui::FontId::proportional(14.0), sign);
        let button = Rect::from_min_max(pos2(rect.right() - TURN, rect.top()), rect.max);
        // By which rule: where there is room for it.
        let room = if rect.width() > 560.0 { 160.0 } else { 0.0 };
        let rule = Rect::from_min_max(pos2(button.left() - room, rect.top()), pos2(button.left() - 8.0, rect.bottom()));
        if room > 0.0 {
            let mut job = LayoutJob::simple_singleline(line.whose.clone(), small, theme.quiet);
            job.wrap = egui::text::TextWrapping::truncate_at_width(rule.width());
            let galley = ui.fonts_mut(|f| f.layout_job(job));
            ui.painter().galley(pos2(rule.right() - galley.size().x, middle - galley.size().y / 2.0), galley, theme.quiet);
        }
        let left = rect.left() + 70.0;
        words.wrap.max_width = (rule.left() - left - 12.0).max(60.0);
        let set = parts::tight(ui, words);
        set.paint(ui, pos2(left, middle - set.galley.size().y / 2.0));
        let mut child = ui.new_child(
            UiBuilder::new()
                .id_salt(("turn", row_id(line)))
                .max_rect(button.shrink2(vec2(4.0, 3.0)))
                .layout(Layout::right_to_left(Align::Center)),
        );
        self.turn_ui(&mut child, commands);
        response.on_hover_ui(|ui| {
            ui.set_max_width(420.0);
            ui.label(&line.what);
            if !line.message.is_empty() {
                parts::quiet(ui, &line.message);
            }
            parts::quiet(ui, format!("{}, {}, {}", super::apply::sentence(&line.whose), line.by, clock(line.at)));
        })
    }

    fn turn_ui(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let theme = theme::of(ui);
        let (label, name) = match self.state {
            State::Stands => ("Take back", "Take back"),
            State::TakenBack => ("Do it again", "Do it again"),
            State::ChangedAgain => {
                ui.add(egui::Label::new(RichText::new("changed again since").color(theme.warn).font(theme::regular(SMALL))).truncate())
                    .on_hover_text("A later change touches these words: take that one back first, or write by hand");
                return;
            }
            State::Fixed => return,
        };
        ui.spacing_mut().button_padding = vec2(8.0, 3.0);
        let response = ui.add(Button::new(RichText::new(label).font(theme::regular(SMALL))));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{name}: {}", self.line.what)));
        // A second click in quick succession belongs to the first.
        if response.clicked() && !response.double_clicked() && !response.triple_clicked() {
            commands.extend(turned(self.line, &self.state));
        }
    }
}
