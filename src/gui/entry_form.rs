//! The form of a word, a name or a phrase rule, and beside it what it would find or silence in the open article.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{self, Button, ComboBox, Id, Key, Modal, Modifiers, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo, vec2};

use super::article::Article;
use super::books::{Books, Whose};
use super::command::Command;
use super::draft::{Draft, Outcome};
use super::focus;
use super::fonts::icon;
use super::parts::{self, Side};
use super::rules::name;
use super::theme::{self, INTERFACE, SMALL, SPACE};
use crate::finding::{Finding, Tier};
use crate::rules::lexicon::Gender;
use crate::rules::stylebook::trial::{Effect, Part};
use crate::rules::stylebook::{Capitals, Entry, Kind};
use crate::text::Edits;

/// How long a form rests before what stands in it is tried, in seconds.
pub const WAIT: f64 = 0.15;
/// The most places that are listed.
const MOST: usize = 40;
/// Below this width the places stand under the form.
const TWO_COLUMNS: f32 = 720.0;

/// How several names stand in one field.
const COMMAS: &str = "Commas between several; \"Acme, Inc.\" where one has a comma itself";

const KEYS: [Key; 7] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7];

fn field_id(name: &str) -> Id {
    Id::unique(("copydesk entry", name))
}

/// What a field is.
struct Field<'a> {
    name: &'a str,
    hint: &'a str,
    rows: usize,
    /// Copy, not a word of the interface.
    is_copy: bool,
    /// Enter makes a line.
    several: bool,
}

impl Field<'_> {
    /// Draws it; whether it was changed.
    fn ui(&self, ui: &mut Ui, text: &mut String, wants_focus: &mut bool) -> bool {
        parts::heading(ui, self.name);
        let font = if self.is_copy { theme::copy_font(15.0) } else { theme::regular(INTERFACE) };
        let edit = if self.rows > 1 { TextEdit::multiline(text) } else { TextEdit::singleline(text) };
        let mut edit = edit.id(field_id(self.name)).font(font).hint_text(self.hint).desired_width(f32::INFINITY).desired_rows(self.rows);
        if !self.several && self.rows > 1 {
            edit = edit.return_key(None);
        }
        let response = ui.add(edit).accessible_name(self.name);
        if std::mem::take(wants_focus) {
            response.request_focus();
        }
        response.changed()
    }
}

fn said(ui: &mut Ui, text: &str) {
    let theme = theme::of(ui);
    let text = RichText::new(text).color(theme.danger).font(theme::regular(SMALL));
    ui.add(egui::Label::new(text).wrap());
}

fn faults(ui: &mut Ui, draft: &Draft, part: Part) {
    for fault in draft.faults_of(part) {
        said(ui, fault);
    }
    ui.add_space(SPACE[0]);
}

/// Draws the form.
pub fn dialog(ui: &Ui, draft: &mut Draft, books: &Books, article: Option<&Article>, wait: f64, commands: &mut Vec<Command>) {
    for (kind, key) in Kind::ALL.into_iter().zip(KEYS) {
        if parts::alt_number(ui, key) && draft.old.is_none() {
            draft.turn_to(kind);
        }
    }
    let keep = heard_keep(ui);
    let screen = ui.ctx().content_rect();
    let width = (screen.width() - 80.0).min(940.0);
    let beside = width >= TWO_COLUMNS;
    let modal = Modal::new(Id::unique("copydesk entry")).frame(parts::floating(ui.ctx())).show(ui.ctx(), |ui| {
        ui.set_width(width);
        let height = (screen.height() - 190.0).clamp(220.0, 620.0);
        let title = match (&draft.old, draft.kind) {
            (Some(_), kind) => format!("Change {}", kind.label().to_lowercase()),
            (None, _) => "Add word or rule".to_owned(),
        };
        ui.horizontal(|ui| {
            ui.label(RichText::new(title).font(theme::bold(16.0)));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| keep_in(ui, draft, books));
        });
        if draft.old.is_none() {
            kinds(ui, draft);
        }
        parts::quiet(ui, draft.kind.help());
        ui.add_space(SPACE[1]);
        if beside {
            ui.horizontal_top(|ui| {
                let left = (width * 0.46).round();
                ui.allocate_ui_with_layout(vec2(left, height - 60.0), egui::Layout::top_down(egui::Align::LEFT), |ui| {
                    ui.set_width(left);
                    let area = ScrollArea::vertical().id_salt("entry form").max_height(height - 60.0).auto_shrink([false, true]);
                    area.show(ui, |ui| fields(ui, draft, books));
                });
                ui.add_space(SPACE[3]);
                let right = ui.available_width();
                ui.allocate_ui_with_layout(vec2(right, height - 60.0), egui::Layout::top_down(egui::Align::LEFT), |ui| {
                    ui.set_width(right);
                    results(ui, draft, article, height - 86.0);
                });
            });
        } else {
            let area = ScrollArea::vertical().id_salt("entry form").max_height(height - 40.0).auto_shrink([false, true]);
            area.show(ui, |ui| {
                fields(ui, draft, books);
                ui.add_space(SPACE[2]);
                results(ui, draft, article, f32::INFINITY);
                focus::follow(ui);
            });
        }
        ui.add_space(SPACE[1]);
        let refused = draft.refused.clone().or_else(|| draft.fault().filter(|_| draft.asked));
        let is_phrase_at_fault = matches!(draft.outcome(), Some(Outcome::Phrase(t)) if !t.faults.is_empty());
        if let Some(sentence) = &refused {
            said(ui, sentence);
        } else if draft.asked && is_phrase_at_fault {
            said(ui, "Not kept yet: the rule must pass its own examples first");
        }
        buttons(ui, draft, if beside { None } else { draft.tried.as_ref().and_then(|(_, o)| summary(o)) }, commands);
    });
    if keep {
        commands.push(Command::KeepEntry);
    }
    if modal.should_close() {
        commands.push(Command::LeaveEntry);
    }
    try_when_at_rest(ui, draft, wait, commands);
}

/// Whether keeping was asked for by a key. Enter writes a line where several can stand, and presses a button that
/// has the keyboard.
fn heard_keep(ui: &Ui) -> bool {
    if ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::Enter)) {
        return true;
    }
    let focused = ui.memory(egui::Memory::focused);
    let several = ["Not this", "Say this instead", "The card"].iter().any(|n| focused == Some(field_id(n)));
    let on_button = focused.is_some() && !ui.ctx().text_edit_focused();
    !several && !on_button && !egui::Popup::is_any_open(ui.ctx()) && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter))
}

/// Asks for a trial when nothing was written for a moment.
fn try_when_at_rest(ui: &Ui, draft: &mut Draft, wait: f64, commands: &mut Vec<Command>) {
    let stamp = draft.stamp();
    let now = ui.input(|i| i.time);
    if draft.seen.0 != stamp {
        draft.seen = (stamp, now);
        draft.refused = None;
    }
    let tried = draft.tried.as_ref().is_some_and(|(of, _)| *of == stamp);
    if tried || draft.trying {
        return;
    }
    let left = draft.seen.1 + wait - now;
    if left <= 0.0 {
        commands.push(Command::TryEntry);
    } else {
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(left));
    }
}

fn kinds(ui: &mut Ui, draft: &mut Draft) {
    ui.add_space(SPACE[0]);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        for (i, kind) in Kind::ALL.into_iter().enumerate() {
            let theme = theme::of(ui);
            let on = draft.kind == kind;
            let text = RichText::new(kind.label()).font(if on { theme::bold(INTERFACE) } else { theme::regular(INTERFACE) });
            let number = RichText::new((i + 1).to_string()).color(theme.quiet).font(theme::regular(SMALL));
            let response =
                ui.add(Button::selectable(on, text).right_text(number)).on_hover_text(format!("{}  ·  Alt+{}", kind.help(), i + 1));
            response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, format!("Kind: {}", kind.label())));
            if response.clicked() && !on {
                draft.turn_to(kind);
            }
        }
    });
}

/// In which layer it is kept; one that is changed stays where it is.
fn keep_in(ui: &mut Ui, draft: &mut Draft, books: &Books) {
    let label = |whose: Whose| books.of(whose).map_or_else(String::new, super::books::Book::label);
    if books.houses().is_empty() {
        return;
    }
    if draft.old.is_some() {
        parts::quiet(ui, label(draft.whose));
        return;
    }
    let chosen = label(draft.whose);
    let combo = ComboBox::from_id_salt("entry layer").selected_text(&chosen).width(150.0).show_ui(ui, |ui| {
        for book in books.all() {
            ui.selectable_value(&mut draft.whose, book.whose, book.label());
        }
    });
    combo.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("Keep in: {chosen}")));
    parts::quiet(ui, "Keep in");
}

/// The fields of the kind.
fn fields(ui: &mut Ui, draft: &mut Draft, books: &Books) {
    let mut focus = std::mem::take(&mut draft.focus);
    let line = |name: &'static str, hint: &'static str| Field { name, hint, rows: 1, is_copy: true, several: false };
    let names_spelled_wrong = draft.old.is_none();
    match draft.kind {
        Kind::Word => {
            line("Word", "eBay").ui(ui, &mut draft.words, &mut focus);
        }
        Kind::Unmarked => {
            line("Words", "that that").ui(ui, &mut draft.words, &mut focus);
            ui.add_space(SPACE[0]);
            if let Some(rule) = draft.reach.rule.clone() {
                for (every, label) in
                    [(true, "No rule marks them".to_owned()), (false, format!("Only “{}” leaves them alone", name(&rule)))]
                {
                    parts::outlined(ui, |ui| ui.radio_value(&mut draft.reach.every, every, label));
                }
            } else {
                parts::quiet(ui, "No rule marks them");
            }
        }
        Kind::Spelling => {
            // What is missing gets the keyboard: usually the right spelling.
            line("Write", "Zelensky").ui(ui, &mut draft.words, &mut focus);
            ui.add_space(SPACE[0]);
            line("Not", "Zelenskiy, Zelenskyy").ui(ui, &mut draft.not, &mut focus);
            parts::quiet(ui, COMMAS);
        }
        Kind::Person => {
            line("Full name", "Volodymyr Zelensky").ui(ui, &mut draft.words, &mut focus);
            ui.add_space(SPACE[0]);
            ui.horizontal(|ui| {
                for (gender, label) in [(Some(Gender::Male), "he"), (Some(Gender::Female), "she"), (None, "not known")] {
                    parts::outlined(ui, |ui| ui.radio_value(&mut draft.gender, gender, label));
                }
            });
            ui.add_space(SPACE[0]);
            if names_spelled_wrong {
                line("Not spelled", "Zelenskiy, Zelenskyy").ui(ui, &mut draft.not, &mut focus);
                parts::quiet(ui, format!("{COMMAS}; a family name stands for itself"));
            }
        }
        Kind::Body | Kind::Place => {
            let (name, hint) = if draft.kind == Kind::Body { ("Name", "Karsk Pipeline Board") } else { ("Place", "Kyiv") };
            line(name, hint).ui(ui, &mut draft.words, &mut focus);
            ui.add_space(SPACE[0]);
            if draft.kind == Kind::Body {
                line("Also called", "KPB").ui(ui, &mut draft.also, &mut focus);
                ui.add_space(SPACE[0]);
            }
            if names_spelled_wrong {
                line("Not spelled", "").ui(ui, &mut draft.not, &mut focus);
                parts::quiet(ui, COMMAS);
            }
        }
        Kind::Phrase => phrase_fields(ui, draft, &mut focus),
        Kind::Card => {
            Field { name: "The card", hint: "[[rule]]", rows: 18, is_copy: false, several: true }.ui(ui, &mut draft.card, &mut focus);
            faults(ui, draft, Part::Wrong);
        }
    }
    others(ui, draft, books);
}

/// What other layers say of the same words.
fn others(ui: &mut Ui, draft: &Draft, books: &Books) {
    for entry in draft.entries().iter().filter(|e| e.fault().is_none() && !matches!(draft.kind, Kind::Phrase | Kind::Card)) {
        let slot = entry.slot();
        for book in books.all().filter(|b| b.whose != draft.whose || draft.old.is_none()) {
            if let Some(known) = book.entry(&slot) {
                parts::quiet(ui, format!("{} has this already: {}", book.label(), known.says()));
            }
            for other in book.entries.iter().filter(|item| contradict(entry, &item.entry)) {
                let holds = if book.whose == Whose::Own { "and that holds for you" } else { "this one comes later and holds" };
                parts::quiet(ui, format!("{} says otherwise: {}; {holds}", book.label(), other.says));
            }
        }
    }
}

/// Whether what one rules out is what the other writes.
fn contradict(one: &Entry, other: &Entry) -> bool {
    match (one, other) {
        (Entry::Spelling { right: a, wrong: not_a, .. }, Entry::Spelling { right: b, wrong: not_b, .. }) => {
            a != b && (not_a.contains(b) || not_b.contains(a))
        }
        _ => false,
    }
}

fn phrase_fields(ui: &mut Ui, draft: &mut Draft, focus: &mut bool) {
    let several = |name: &'static str, hint: &'static str| Field { name, hint, rows: 2, is_copy: true, several: true };
    let example = |name: &'static str, hint: &'static str| Field { name, hint, rows: 2, is_copy: true, several: false };
    // Where the wrong words are known, the right ones are what is missing.
    let mut second = *focus && !draft.wrong.is_empty();
    *focus &= !second;
    several("Not this", "special operation").ui(ui, &mut draft.wrong, focus);
    faults(ui, draft, Part::Wrong);
    let changed = several("Say this instead", "Nothing: the words are left out").ui(ui, &mut draft.right, &mut second);
    faults(ui, draft, Part::Right);
    parts::quiet(ui, "One a line, the best first. ~hold is the verb in any form, (the) may be absent, \\$ is the sign itself");
    let mut any = draft.capitals == Capitals::Any;
    if parts::outlined(ui, |ui| ui.checkbox(&mut any, "Capitals do not matter")).changed() {
        draft.capitals = if any { Capitals::Any } else { Capitals::AsWritten };
    }
    ui.add_space(SPACE[0]);
    let bad = example("Bad example", "It began with the [[special operation]].").ui(ui, &mut draft.bad, focus);
    draft.bad_follows &= !bad;
    faults(ui, draft, Part::Bad);
    if example("Good example", "It began with the invasion.").ui(ui, &mut draft.good, focus) {
        draft.good_follows = false;
    }
    faults(ui, draft, Part::Good);
    if let Some(Outcome::Phrase(trial)) = draft.outcome() {
        for message in &trial.brings {
            parts::quiet(ui, format!("Another rule would mark this then. {message}"));
        }
    }
    if let Some(Outcome::Phrase(trial)) = draft.outcome()
        && let Some(gives) = trial.gives.clone()
        && ui.button("Take what the rule gives").clicked()
    {
        draft.good = gives;
    }
    Field { name: "Why (optional)", hint: "What a reader would stumble over", rows: 1, is_copy: false, several: false }.ui(
        ui,
        &mut draft.why,
        focus,
    );
    if changed || bad {
        draft.follow();
    }
    by_hand(ui, draft);
}

/// What a card that was written by hand says besides the fields.
fn by_hand(ui: &mut Ui, draft: &mut Draft) {
    let Some((slot, Entry::Phrase(phrase))) = &draft.old else { return };
    if phrase.source.is_none() {
        return;
    }
    ui.add_space(SPACE[1]);
    parts::heading(ui, "Written by hand");
    let more = phrase.more();
    let says = if more.is_empty() { "Its remarks stay as they are in" } else { "What the fields do not show stays as it is in" };
    parts::quiet(ui, format!("{says} {}", slot.file));
    for line in &more {
        let text = RichText::new(line).color(theme::of(ui).quiet).font(theme::regular(SMALL));
        ui.add(egui::Label::new(text).wrap());
    }
    ui.add_space(SPACE[0]);
    if ui.button("Edit the whole card").on_hover_text("Everything that the card says, as its file has it").clicked() {
        draft.turn_to_card();
    }
}

/// What it would find or silence.
fn results(ui: &mut Ui, draft: &Draft, article: Option<&Article>, height: f32) {
    let Some(article) = article else {
        parts::quiet(ui, "Open an article to see what it hits there");
        return;
    };
    let fresh = draft.outcome().is_some();
    let Some((_, outcome)) = &draft.tried else {
        parts::quiet(ui, "Looking …");
        return;
    };
    let Some(heading) = summary(outcome) else {
        // What is missing is no fault before somebody wants to keep it.
        if let Outcome::Fault(sentence) = outcome
            && draft.fault().is_none()
        {
            said(ui, sentence);
        }
        return;
    };
    let theme = theme::of(ui);
    let label = ui.label(RichText::new(&heading).color(theme.quiet).font(theme::bold(SMALL)));
    ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
    ui.add_space(SPACE[0]);
    ui.scope(|ui| {
        if !fresh {
            ui.set_opacity(0.55);
        }
        let list = |ui: &mut Ui| match outcome {
            Outcome::Phrase(trial) => several(ui, &trial.hits, |ui, f| hit(ui, article, f)),
            Outcome::Effect(effect) => {
                several(ui, &effect.silent, |ui, f| silent(ui, article, f));
                if !effect.silent.is_empty() && !effect.new.is_empty() {
                    ui.add_space(SPACE[1]);
                    parts::heading(ui, &news(effect));
                }
                several(ui, &effect.new, |ui, f| hit(ui, article, f));
                let stays = draft.from.as_ref().is_some_and(|(rule, span)| {
                    !effect.silent.iter().any(|f| f.rule == *rule && f.span == *span)
                        && !matches!(draft.kind, Kind::Spelling | Kind::Phrase | Kind::Card)
                });
                if stays && fresh {
                    ui.add_space(SPACE[1]);
                    parts::quiet(ui, "The finding that you came from stays; Leave alone would silence it");
                }
            }
            Outcome::Fault(_) => {}
        };
        if height.is_finite() {
            ScrollArea::vertical().id_salt("entry places").max_height(height).auto_shrink([false, true]).show(ui, list);
        } else {
            list(ui);
        }
    });
}

/// What came of the trial, in a line.
fn summary(outcome: &Outcome) -> Option<String> {
    Some(match outcome {
        Outcome::Phrase(trial) => match trial.hits.len() {
            0 => "No place in this article".to_owned(),
            1 => "1 place in this article".to_owned(),
            n => format!("{n} places in this article"),
        },
        Outcome::Effect(effect) => match effect.silent.len() {
            0 if effect.new.is_empty() => "Changes nothing in this article".to_owned(),
            0 => news(effect),
            1 => "1 finding falls silent here".to_owned(),
            n => format!("{n} findings fall silent here"),
        },
        Outcome::Fault(_) => return None,
    })
}

fn news(effect: &Effect) -> String {
    if effect.new.len() == 1 { "1 new finding here".to_owned() } else { format!("{} new findings here", effect.new.len()) }
}

fn several(ui: &mut Ui, findings: &[Finding], mut draw: impl FnMut(&mut Ui, &Finding)) {
    for finding in findings.iter().take(MOST) {
        draw(ui, finding);
        ui.add_space(SPACE[0]);
    }
    if findings.len() > MOST {
        parts::quiet(ui, format!("and {} more", findings.len() - MOST));
    }
}

/// A place with what its first fix makes of it.
fn hit(ui: &mut Ui, article: &Article, finding: &Finding) {
    let theme = theme::of(ui);
    let text = article.session.text();
    let none = Edits::default();
    let edits = finding.fixes.first().map_or(&none, |f| &f.edits);
    let edits = super::lines::readable(text, edits);
    let edits = if edits.apply(text).is_ok() { edits } else { Edits::default() };
    let job = parts::snippet(text, &edits, finding.span, Side::Both, &theme::copy_font(15.0), theme, ui.available_width() - 12.0);
    parts::set_job(ui, job).on_hover_text(&finding.message);
    if finding.tier == Tier::Hint {
        parts::quiet(ui, if finding.in_quotation { "inside a quotation: a hint" } else { "a hint" });
    }
}

/// A place that would not be marked any more.
fn silent(ui: &mut Ui, article: &Article, finding: &Finding) {
    let theme = theme::of(ui);
    let text = article.session.text();
    let around = parts::around(text, finding.span, 44);
    let base = TextFormat { font_id: theme::copy_font(15.0), color: theme.ink, line_height: Some(22.0), ..TextFormat::default() };
    let lit = TextFormat { background: theme.evidence, ..base.clone() };
    let mut job = LayoutJob::default();
    job.wrap.max_width = ui.available_width() - 12.0;
    let mut put = |words: Option<&str>, format: &TextFormat| {
        if let Some(words) = words.filter(|w| !w.is_empty()) {
            job.append(&words.replace('\n', " ¶ "), 0.0, format.clone());
        }
    };
    put(text.get(around.start..finding.span.start), &base);
    put(text.get(finding.span.start..finding.span.end), &lit);
    put(text.get(finding.span.end..around.end), &base);
    parts::set_job(ui, job).on_hover_text(&finding.message);
    parts::quiet(ui, name(&finding.rule));
}

/// The buttons; `found` stands beside them where the places are out of sight.
fn buttons(ui: &mut Ui, draft: &Draft, found: Option<String>, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        let theme = theme::of(ui);
        let label = RichText::new(format!("{}  Keep", icon::CHECK)).color(theme.accent_ink).font(theme::bold(INTERFACE));
        let response = ui.add(Button::new(label).fill(theme.accent).min_size(vec2(90.0, 30.0))).on_hover_text("Keep it  ·  Ctrl+Enter");
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Keep"));
        if response.clicked() {
            commands.push(Command::KeepEntry);
        }
        if ui.add(Button::new("Cancel").min_size(vec2(80.0, 30.0))).clicked() {
            commands.push(Command::LeaveEntry);
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let keys = if matches!(draft.kind, Kind::Phrase | Kind::Card) { "Ctrl+Enter keeps" } else { "Enter keeps" };
            let keys = if draft.old.is_none() { format!("Alt+1 to Alt+7 choose the kind  ·  {keys}") } else { keys.to_owned() };
            parts::quiet(ui, found.unwrap_or(keys));
        });
    });
}
