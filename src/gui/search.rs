//! Finding and replacing: the line above the article, and what it asks for.

use eframe::egui::{self, Button, Key, Modifiers, Rect, RichText, Role, Shape, Stroke, StrokeKind, TextEdit, Ui, WidgetInfo, vec2};

use super::app::App;
use super::article::Article;
use super::command::Command;
use super::editor::field;
use super::fonts::icon;
use super::parts;
use super::seek::{Found, Query, literally};
use super::theme::{self, SMALL, SPACE, Theme};
use super::view::{Mode, Pane};
use crate::review::Event;
use crate::text::{Edits, Span};

/// How many queries are remembered.
const REMEMBERED: usize = 30;
/// The height of a line with a field, with the space to the next one.
const ROW: f32 = 34.0;
/// The height of the line that says how a pattern is written.
const ADVICE: f32 = 24.0;
/// The lines take so much width when everything is written in words.
const WORDY: f32 = 720.0;
/// The same without the field when it is not.
const TERSE: f32 = 278.0;

/// The line for finding and replacing. Closed, it keeps what was looked for last.
#[derive(Default)]
pub struct Search {
    /// It is shown.
    pub open: bool,
    /// What is looked for.
    pub query: Query,
    /// What comes in its place.
    pub replace: String,
    /// The second line is open.
    pub replacing: bool,
    /// Places inside quotations stay when all are replaced.
    pub spares_quotations: bool,
    /// The field shall have the keyboard.
    pub focus: bool,
    /// The place looked at.
    pub current: Option<usize>,
    /// The place looked at when the line was closed, until something else is looked at.
    pub left: Option<Span>,
    /// Where it was looked for first, in bytes of the article.
    from: usize,
    /// Queries of before, the last one at the end.
    history: Vec<String>,
    /// Which of them stands in the field.
    turned: Option<usize>,
    found: Found,
    shown: Option<Query>,
}

impl Search {
    /// What was found.
    pub fn found(&self) -> &Found {
        &self.found
    }

    /// The place looked at.
    pub fn place(&self) -> Option<Span> {
        self.current.filter(|_| self.open).and_then(|i| self.found.places.get(i)).copied()
    }

    /// The height of its lines, in points; 0 when it is closed.
    pub fn height(&self) -> f32 {
        let row = |shown: bool, high: f32| if shown { high } else { 0.0 };
        row(self.open, ROW + SPACE[1]) + row(self.open && self.replacing, ROW) + row(self.open && self.advises(), ADVICE)
    }

    /// What is wrong with the pattern or with what comes in its place.
    fn fault(&self) -> Option<String> {
        self.found.fault.clone().or_else(|| self.found.fault_of(&self.replace).filter(|_| self.replacing))
    }

    /// A pattern is often faulty while it is typed: the line stays, so that the page does.
    fn advises(&self) -> bool {
        self.query.regex || self.fault().is_some()
    }

    /// What else is looked at leaves the place that was found.
    pub fn leave(&mut self, command: &Command) {
        let stays = matches!(
            command,
            Command::EndSearch | Command::Edit | Command::Next | Command::Previous | Command::Turn(_) | Command::CloseNotice(_)
        );
        if !stays {
            self.left = None;
        }
    }

    /// The places that all would be replaced.
    fn all(&self, article: &Article) -> Vec<Span> {
        let stays = |s: &&Span| !(self.spares_quotations && article.session.is_quoted(**s));
        self.found.places.iter().filter(stays).copied().collect()
    }

    /// What was looked for is remembered, once.
    fn remember(&mut self) {
        self.turned = None;
        if !self.query.find.is_empty() && self.history.last() != Some(&self.query.find) {
            self.history.retain(|q| *q != self.query.find);
            self.history.push(self.query.find.clone());
            if self.history.len() > REMEMBERED {
                self.history.remove(0);
            }
        }
    }

    /// Puts an earlier or a later query into the field; past the last one the field is empty again.
    fn turn(&mut self, back: bool) {
        let count = self.history.len();
        let last = self.turned.unwrap_or(count);
        // The one that is looked for is no earlier one.
        let known = self.turned.is_none() && self.history.last() == Some(&self.query.find);
        let to = if back { last.checked_sub(1 + usize::from(known && count > 1)) } else { Some(last + 1) };
        if let Some(to) = to.filter(|_| back || self.turned.is_some()) {
            self.query.find = self.history.get(to).cloned().unwrap_or_default();
            self.turned = (to < count).then_some(to);
        }
    }
}

impl App {
    /// Opens the line; what is selected is looked for.
    pub(super) fn open_search(&mut self, replacing: bool) {
        let editing = self.view.mode == Mode::Editing;
        let comparing = self.view.pane == Pane::Compare;
        let selected = self.view.editor.selected;
        let Some(article) = self.articles.get(self.current) else { return };
        let search = &mut self.view.search;
        let words = selected.of(article.session.text());
        if editing && !words.is_empty() && !words.contains('\n') {
            search.query.find = literally(words, search.query.regex);
        }
        if !search.open {
            let changed = article.figures.hunks.get(self.view.compare.hunk).filter(|_| comparing).map(|h| h.now.start);
            let looked_at = || changed.unwrap_or_else(|| article.finding().map_or(article.anchor, |f| f.span.start));
            search.from = if editing { selected.start } else { looked_at() };
            search.shown = None;
            search.replacing = false;
        }
        search.replacing |= replacing;
        search.open = true;
        search.focus = true;
        self.view.pane = Pane::Article;
        self.view.original = false;
        if comparing {
            self.view.note_once(format!("Words are found in the article; {} leads back to the comparison", Command::Compare.key()));
        }
    }

    /// Looks for what is asked for, unless that was done; a new query shows its first place.
    /// Returns whether what is shown may have changed.
    pub(super) fn seek(&mut self) -> bool {
        let Some(article) = self.articles.get(self.current).filter(|_| self.view.search.open) else { return false };
        let session = &article.session;
        let search = &mut self.view.search;
        let what = (article.id, session.review().revision(), session.is_checked());
        let before = search.place();
        if !search.found.look(what, session.text(), &search.query, |s| session.is_quoted(s)) {
            return false;
        }
        if search.shown.as_ref() == Some(&search.query) {
            // The text changed: the place looked at stays, or the next one comes.
            search.current = before.and_then(|b| search.found.from(b.start));
        } else {
            search.shown = Some(search.query.clone());
            search.current = search.found.from(search.from);
            if let Some(place) = search.place() {
                self.show_place(place);
            }
        }
        true
    }

    /// Goes to the next place or the one before: from the caret where the text has the keyboard.
    pub(super) fn step_place(&mut self, forward: bool) {
        if !self.view.search.open {
            self.open_search(false);
            self.view.search.focus = self.view.search.query.find.is_empty();
        }
        self.seek();
        let writes = self.view.mode == Mode::Editing && self.ctx.memory(egui::Memory::focused) == Some(field());
        let search = &mut self.view.search;
        search.remember();
        let from = if writes { self.view.editor.selected } else { search.place().unwrap_or(Span::at(search.from)) };
        search.current = search.found.step(from, forward);
        if let Some(place) = search.place() {
            search.from = place.start;
            self.show_place(place);
        }
    }

    fn show_place(&mut self, place: Span) {
        self.view.pane = Pane::Article;
        if self.view.mode == Mode::Editing {
            self.view.editor.show = Some(place);
        } else {
            self.view.paper.look_at = Some(place);
        }
    }

    /// Closes the line; in the text, what was found stays selected.
    pub(super) fn end_search(&mut self) {
        self.view.search.remember();
        let place = self.view.search.place();
        self.view.search.open = false;
        if self.view.mode == Mode::Editing {
            self.view.editor.caret = place.or(Some(self.view.editor.selected));
        } else {
            self.view.search.left = place;
        }
    }

    /// Puts the new words in the place looked at and goes on to the next.
    pub(super) fn replace_place(&mut self) {
        if !self.view.search.open || !self.view.search.replacing {
            return self.open_search(true);
        }
        self.seek();
        let Some(place) = self.view.search.place() else { return self.step_place(true) };
        let Some(edits) = self.replacement(&[place]) else { return };
        let end = edits.iter().last().map_or(place.end, |e| e.at + e.to.len());
        self.replace(edits);
        let search = &mut self.view.search;
        search.remember();
        search.from = end;
        // Where the new words hold what is looked for, they are not looked at again.
        self.seek();
        let search = &mut self.view.search;
        search.current = search.found.from(end + usize::from(place.is_empty()));
        if let Some(place) = search.place() {
            self.show_place(place);
        }
    }

    /// Puts the new words everywhere, as one step of undo.
    pub(super) fn replace_all(&mut self) {
        if !self.view.search.open || !self.view.search.replacing {
            return self.open_search(true);
        }
        self.seek();
        let Some(article) = self.articles.get(self.current) else { return };
        if self.view.search.found.cut {
            self.view.fault("There are too many places to replace them all; look for something longer");
            return;
        }
        let places = self.view.search.all(article);
        let Some(edits) = self.replacement(&places) else { return };
        let count = edits.len();
        self.view.search.remember();
        self.replace(edits);
        self.view.note(match count {
            1 => "1 place replaced; undo takes it back".to_owned(),
            _ => format!("{count} places replaced; one undo takes them all back"),
        });
    }

    /// The edits for some places; a fault in the template is said beside its field.
    fn replacement(&self, places: &[Span]) -> Option<Edits> {
        let session = &self.article()?.session;
        let search = &self.view.search;
        let known = search.found.is_of(self.article()?.id, session.review().revision(), &search.query);
        search
            .found
            .replaced(session.text(), &search.replace, places)
            .map(|e| if known { e } else { Edits::default() })
            .ok()
            .filter(|e| !e.is_empty())
    }

    fn replace(&mut self, edits: Edits) {
        let stamp = self.stamp();
        let Some(article) = self.article_mut() else { return };
        article.follow(&edits);
        let outcome = article.session.record_step(Event::Typed { edits }, &stamp);
        self.settle(Some(outcome), None);
        self.view.paper.follow = false;
    }
}

/// Draws the line above the article.
pub fn ui(ui: &mut Ui, search: &mut Search, article: &Article, commands: &mut Vec<Command>) {
    let (find, replace) = (egui::Id::unique("copydesk find"), egui::Id::unique("copydesk replace"));
    let focused = ui.memory(egui::Memory::focused);
    let escape = |ui: &Ui| ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
    if focused == Some(find) {
        let (on, back) = ui.input_mut(|i| (i.consume_key(Modifiers::NONE, Key::Enter), i.consume_key(Modifiers::SHIFT, Key::Enter)));
        if on || back {
            commands.push(if on { Command::FindNext } else { Command::FindPrevious });
        }
        let (up, down) = ui.input_mut(|i| (i.consume_key(Modifiers::NONE, Key::ArrowUp), i.consume_key(Modifiers::NONE, Key::ArrowDown)));
        if up || down {
            search.turn(up);
        }
    }
    if focused == Some(replace) && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter)) {
        commands.push(Command::ReplacePlace);
    }
    // In the text, Escape ends editing first.
    if focused != Some(field()) && escape(ui) {
        commands.push(Command::EndSearch);
    }
    let terse = ui.available_width() < WORDY;
    let wide = if terse { (ui.available_width() - TERSE).clamp(60.0, 220.0) } else { 220.0 };
    ui.add_space(SPACE[0]);
    ui.horizontal(|ui| {
        row(ui, terse);
        let response = ui.add(line(&mut search.query.find, find, "Find", wide));
        let response = response.accessible_name("Find");
        if response.changed() {
            search.turned = None;
        }
        if std::mem::take(&mut search.focus) {
            response.request_focus();
            select_all(ui, find, &search.query.find);
        }
        count_ui(ui, search);
        let any = !search.found.places.is_empty();
        for (sign, command) in [(icon::LEFT, Command::FindPrevious), (icon::RIGHT, Command::FindNext)] {
            let response = ui.add_enabled_ui(any, |ui| parts::icon_button(ui, sign, command.label(), &command.tip())).inner;
            if response.clicked() {
                commands.push(command);
            }
        }
        let query = &mut search.query;
        let words = |long: &'static str, short: &'static str| if terse { (short, long) } else { (long, long) };
        toggle(ui, &mut query.whole_words, words("Whole words", "W"), "Not inside of longer words");
        toggle(ui, &mut query.exact_case, words("Exact case", "Aa"), "Upper and lower case differ");
        toggle(
            ui,
            &mut query.regex,
            words("Regex", ".*"),
            "A regular expression, line by line: \\d+ is a figure, a group ( ) stands in the replacement as $1",
        );
        if parts::icon_button(ui, icon::CROSS, "End finding", "Esc").clicked() {
            commands.push(Command::EndSearch);
        }
    });
    if search.replacing {
        replace_ui(ui, search, article, (replace, wide, terse), commands);
    }
    if search.advises() {
        advice_ui(ui, search.fault().as_deref());
    }
}

/// A line of the height that was reckoned with.
fn row(ui: &mut Ui, terse: bool) {
    ui.set_height(ROW - ui.spacing().item_spacing.y);
    ui.add_space(SPACE[3]);
    if terse {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.spacing_mut().button_padding.x = 7.0;
    }
}

/// A field that keeps the keyboard at Escape and the arrows, which mean something here.
fn line<'t>(text: &'t mut String, name: egui::Id, hint: &'static str, wide: f32) -> TextEdit<'t> {
    let keeps = egui::EventFilter { horizontal_arrows: true, vertical_arrows: true, escape: true, tab: false };
    TextEdit::singleline(text).id(name).hint_text(hint).desired_width(wide).event_filter(keeps)
}

/// How many places there are and which one is looked at; spoken when it changes.
fn count_ui(ui: &mut Ui, search: &Search) {
    let count = search.found.places.len();
    let more = if search.found.cut { "more than " } else { "" };
    let words = match search.current.filter(|i| *i < count) {
        _ if search.query.find.is_empty() || search.found.fault.is_some() && count == 0 => String::new(),
        _ if count == 0 => "nothing".to_owned(),
        Some(i) => format!("{} of {more}{count}", i + 1),
        None => format!("{more}{count}"),
    };
    // As wide as most counts, so that the buttons beside it stay.
    let response = ui.allocate_ui(vec2(62.0, 20.0), |ui| {
        ui.set_min_width(62.0);
        parts::quiet(ui, words.clone())
    });
    let response = response.inner;
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_live(egui::accesskit::Live::Polite);
        node.set_value(words);
    });
}

/// What is wrong with the pattern or with what comes in its place; else, how a pattern is written.
fn advice_ui(ui: &mut Ui, fault: Option<&str>) {
    const HELP: &str =
        r"\d figure   \w letter   . any   + once or more   * or none   ( ) group, $1 in the replacement   ^ $ ends of a line";
    let theme = theme::of(ui);
    ui.horizontal(|ui| {
        ui.set_height(18.0);
        ui.add_space(SPACE[3] + 2.0);
        ui.spacing_mut().item_spacing.x = 5.0;
        let (words, ink) = fault.map_or((HELP, theme.quiet), |f| (f, theme.danger));
        if fault.is_some() {
            ui.label(RichText::new(icon::WARNING).color(ink).size(14.0));
        }
        ui.add(egui::Label::new(RichText::new(words).color(ink).font(theme::regular(SMALL))).truncate());
    });
}

fn replace_ui(
    ui: &mut Ui,
    search: &mut Search,
    article: &Article,
    (name, wide, terse): (egui::Id, f32, bool),
    commands: &mut Vec<Command>,
) {
    let theme = theme::of(ui);
    let fine = search.found.fault_of(&search.replace).is_none() && !search.found.places.is_empty();
    ui.horizontal(|ui| {
        row(ui, terse);
        let response = ui.add(line(&mut search.replace, name, "Replace by", wide));
        let _ = response.accessible_name("Replace by");
        if ui.add_enabled(fine, Button::new("Replace")).on_hover_text(Command::ReplacePlace.tip()).clicked() {
            commands.push(Command::ReplacePlace);
        }
        let quoted = search.found.quoted;
        let count = search.found.places.len() - if search.spares_quotations { quoted } else { 0 };
        let all = ui.add_enabled(
            fine && count > 0 && !search.found.cut,
            Button::new(format!("{} {count}", if terse { "All" } else { "Replace all" })),
        );
        all.widget_info(|| WidgetInfo::labeled(Role::Button, all.enabled(), format!("Replace all {count}")));
        if all.on_hover_text(Command::ReplaceAll.tip()).clicked() {
            commands.push(Command::ReplaceAll);
        }
        if quoted > 0 {
            let words = if quoted == 1 { "1 is inside a quotation".to_owned() } else { format!("{quoted} are inside quotations") };
            let shown = if terse { format!("{} {quoted}", icon::QUOTES) } else { format!("{} {words}", icon::QUOTES) };
            let label = ui.label(RichText::new(shown).color(theme.warn).font(theme::regular(SMALL))).on_hover_text(&words);
            label.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
            let leave = (if terse { "Leave" } else { "Leave these" }, "Leave these");
            toggle(ui, &mut search.spares_quotations, leave, "Words inside quotation marks are somebody’s own");
        }
        if !article.session.is_checked() && !terse {
            parts::quiet(ui, "quotations are still being read …");
        }
    });
}

/// The marks of a place that was found, to lie under its words; the one looked at has a frame.
pub fn marks(rows: impl Iterator<Item = Rect>, current: bool, theme: &Theme) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for row in rows {
        let rect = row.expand2(vec2(1.0, 0.5));
        shapes.push(Shape::rect_filled(rect, 2.0, theme.selection));
        if current {
            shapes.push(Shape::rect_stroke(rect.expand(0.5), 2.0, Stroke::new(1.5, theme.accent), StrokeKind::Outside));
        }
    }
    shapes
}

fn toggle(ui: &mut Ui, on: &mut bool, (shown, label): (&str, &str), tip: &str) {
    let theme = theme::of(ui);
    let ink = if *on { theme.ink } else { theme.quiet };
    let text = RichText::new(shown).font(if *on { theme::bold(SMALL) } else { theme::regular(SMALL) }).color(ink);
    let tip = if shown == label { tip.to_owned() } else { format!("{label}: {tip}") };
    let response = ui.add(Button::selectable(*on, text)).on_hover_text(tip);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, *on, label));
    if response.clicked() {
        *on = !*on;
    }
}

/// What is typed replaces the query that stood there.
fn select_all(ui: &Ui, name: egui::Id, text: &str) {
    let mut state = TextEdit::load_state(ui.ctx(), name).unwrap_or_default();
    let end = egui::text::CCursor::new(text.chars().count());
    state.cursor.set_char_range(Some(egui::text::CCursorRange::two(egui::text::CCursor::new(0), end)));
    TextEdit::store_state(ui.ctx(), name, state);
}
