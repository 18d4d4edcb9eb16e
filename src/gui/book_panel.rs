//! Words and rules: every rule with its switch, what a person or a house added, what is left alone, and the log of
//! all that, each line of which can be taken back.

use eframe::egui::{self, Button, ComboBox, Key, Modal, Modifiers, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo, vec2};

use super::article::Article;
use super::books::{Ask, Book, Books, Item, Whose};
use super::command::Command;
use super::parts;
use super::rule_faults;
use super::rules::{self, name};
use super::theme::{self, INTERFACE, SMALL, SPACE};
use crate::review::Time;
use crate::rules::Rules;
use crate::rules::stylebook::{Change, Entry, Kind, LogLine, Phrase, Standing, Verb};

/// A part of the panel.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tab {
    /// All rules.
    #[default]
    Rules,
    /// Words that are right.
    Words,
    /// Persons, bodies, places, spellings.
    Names,
    /// Phrase rules.
    Phrases,
    /// What rules leave alone.
    LeftAlone,
    /// What was changed.
    Log,
}

impl Tab {
    const ALL: [Self; 6] = [Self::Rules, Self::Words, Self::Names, Self::Phrases, Self::LeftAlone, Self::Log];
    const KEYS: [Key; 6] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6];

    const fn label(self) -> &'static str {
        match self {
            Self::Rules => "Rules",
            Self::Words => "Words",
            Self::Names => "Names",
            Self::Phrases => "Phrases",
            Self::LeftAlone => "Left alone",
            Self::Log => "Log",
        }
    }

    /// What stands here while nothing was added.
    const fn empty(self) -> &'static str {
        match self {
            Self::Rules => "No rule has these letters",
            Self::Words => "No word was added yet. A word that stands here is right: it is never cut, and never marked for its spelling.",
            Self::Names => {
                "No name was added yet. Persons, organisations and places that stand here are known, and written one way in every article."
            }
            Self::Phrases => "No phrase was added yet. A phrase rule says: not this, but that.",
            Self::LeftAlone => "Nothing is left alone yet. “Always leave these words” and “Leave alone” write here.",
            Self::Log => "Nothing was changed yet",
        }
    }

    /// Whether an entry stands here.
    const fn holds(self, entry: &Entry) -> bool {
        match entry {
            Entry::Word(_) | Entry::Struck { .. } => matches!(self, Self::Words),
            Entry::Spelling { .. } | Entry::Person { .. } | Entry::Body { .. } | Entry::Place(_) => matches!(self, Self::Names),
            Entry::Phrase(_) | Entry::Card { .. } => matches!(self, Self::Phrases),
            Entry::Unmarked { .. } => matches!(self, Self::LeftAlone),
            Entry::Switch { .. } => false,
        }
    }

    /// What a button adds here.
    const fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Words => &[Kind::Word],
            Self::Names => &[Kind::Person, Kind::Body, Kind::Place, Kind::Spelling],
            Self::Phrases => &[Kind::Phrase],
            Self::LeftAlone => &[Kind::Unmarked],
            Self::Rules | Self::Log => &[],
        }
    }
}

/// What the panel shows.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Panel {
    /// The part looked at.
    pub tab: Tab,
    /// What was typed to find something.
    pub query: String,
    /// Whose layer is looked at and written.
    pub whose: Whose,
    /// Only rules that a layer adds or changes.
    pub only_changed: bool,
    /// The field has the keyboard.
    pub focused: bool,
}

impl Panel {
    fn turn_to(&mut self, tab: Tab) {
        self.tab = tab;
        self.query.clear();
        self.focused = false;
    }
}

/// What there is to show.
pub struct Shelf<'a> {
    /// All rules.
    pub rules: &'a Rules,
    /// All layers.
    pub books: &'a Books,
    /// The article looked at.
    pub article: Option<&'a Article>,
    /// What is wrong in the files.
    pub faults: &'a [String],
}

/// Draws the panel.
pub fn dialog(ui: &Ui, panel: &mut Panel, shelf: &Shelf, commands: &mut Vec<Command>) {
    for (tab, key) in Tab::ALL.into_iter().zip(Tab::KEYS) {
        if parts::alt_number(ui, key) {
            panel.turn_to(tab);
        }
    }
    let screen = ui.ctx().content_rect();
    let width = (screen.width() - 80.0).min(760.0);
    let modal = Modal::new(egui::Id::unique("copydesk rules")).frame(parts::floating(ui.ctx())).show(ui.ctx(), |ui| {
        ui.set_width(width);
        ui.horizontal(|ui| {
            ui.label(RichText::new("Words and rules").font(theme::bold(16.0)));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| whose(ui, panel, shelf.books));
        });
        let Some(book) = shelf.books.of(panel.whose) else {
            // The house is not among the settings any more.
            panel.whose = Whose::Own;
            return;
        };
        if panel.query.is_empty() && ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::Z)) {
            commands.extend(newest(book).map(|change| Command::ChangeBook(book.whose, Ask::TakeBack(change))));
        }
        tabs(ui, panel, book, shelf.rules);
        ui.add_space(SPACE[0]);
        let top = ui.next_widget_position().y;
        rule_faults::list(ui, shelf.faults);
        let faults = ui.next_widget_position().y - top;
        let hint = if panel.tab == Tab::Rules { "Find a rule" } else { "Find in this list" };
        let field = ui.add(TextEdit::singleline(&mut panel.query).hint_text(hint).desired_width(f32::INFINITY));
        let field = field.accessible_name(hint);
        if !std::mem::replace(&mut panel.focused, true) {
            field.request_focus();
        }
        ui.add_space(SPACE[0]);
        let height = (screen.height() - 290.0 - faults).max(120.0);
        match panel.tab {
            Tab::Rules => rules::tab(ui, panel, shelf, height, commands),
            Tab::Log => log(ui, panel, book, height, commands),
            tab => entries(ui, panel, book, shelf.rules, tab, height, commands),
        }
        ui.add_space(SPACE[1]);
        ui.horizontal(|ui| {
            for kind in panel.tab.kinds() {
                if ui.button(format!("Add {}…", kind.label().to_lowercase())).on_hover_text(kind.help()).clicked() {
                    commands.push(Command::AddEntryOf(*kind));
                }
            }
            if ui.button("Close").clicked() {
                commands.push(Command::Dismiss);
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let place = book.text.folder.display().to_string();
                let text = RichText::new(place).color(theme::of(ui).quiet).font(theme::regular(SMALL));
                ui.add(egui::Label::new(text).truncate()).on_hover_text("Plain files that may be edited by hand");
            });
        });
    });
    if modal.should_close() {
        commands.push(Command::Dismiss);
    }
}

/// The newest change that was not taken back.
fn newest(book: &Book) -> Option<Change> {
    // What a later line took back is passed over, also where the same stands again by another change.
    let mut taken: Vec<Change> = Vec::new();
    for (LogLine { change, .. }, standing) in &book.log {
        let back = change.taken_back();
        if let Some(i) = taken.iter().position(|t| *t == back) {
            taken.remove(i);
        } else if change.verb == Verb::TookBack.word() {
            taken.push(change.clone());
        } else {
            return (*standing == Standing::Stands).then(|| change.clone());
        }
    }
    None
}

/// Whose layer is looked at, where there are several.
fn whose(ui: &mut Ui, panel: &mut Panel, books: &Books) {
    if books.houses().is_empty() {
        return;
    }
    let chosen = books.of(panel.whose).map_or_else(String::new, Book::label);
    let combo = ComboBox::from_id_salt("book").selected_text(&chosen).width(150.0).show_ui(ui, |ui| {
        for book in books.all() {
            ui.selectable_value(&mut panel.whose, book.whose, book.label());
        }
    });
    combo.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("Whose: {chosen}")));
}

fn tabs(ui: &mut Ui, panel: &mut Panel, book: &Book, rules: &Rules) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (i, tab) in Tab::ALL.into_iter().enumerate() {
            let count = match tab {
                Tab::Rules => rules.rules.len(),
                Tab::Log => book.log.len(),
                _ => book.entries.iter().filter(|item| tab.holds(&item.entry)).count(),
            };
            let on = panel.tab == tab;
            let text = RichText::new(tab.label()).font(if on { theme::bold(INTERFACE) } else { theme::regular(INTERFACE) });
            let mut button = Button::selectable(on, text);
            if count > 0 {
                let number = RichText::new(count.to_string()).color(theme::of(ui).quiet).font(theme::regular(SMALL));
                button = button.right_text(number);
            }
            let response = ui.add(button).on_hover_text(format!("Alt+{}", i + 1));
            response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, tab.label()));
            if response.clicked() {
                panel.turn_to(tab);
            }
        }
    });
}

fn scroll(ui: &mut Ui, name: &str, height: f32, content: impl FnOnce(&mut Ui)) {
    let area = ScrollArea::vertical().id_salt(name).max_height(height).min_scrolled_height(height).auto_shrink([false, false]);
    area.show(ui, content);
}

fn quiet_wrapped(ui: &mut Ui, text: &str) {
    let text = RichText::new(text).color(theme::of(ui).quiet).line_height(Some(19.0));
    ui.add(egui::Label::new(text).wrap());
}

/// A small button at the right end of a row.
fn small_button(ui: &mut Ui, label: &str, spoken: &str) -> bool {
    let response = ui.add(Button::new(RichText::new(label).font(theme::regular(SMALL))));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, spoken));
    response.clicked()
}

/// The height of a line of a list.
const ROW: f32 = 30.0;

fn entries(ui: &mut Ui, panel: &Panel, book: &Book, rules: &Rules, tab: Tab, height: f32, commands: &mut Vec<Command>) {
    let wanted = panel.query.to_lowercase();
    let here = || book.entries.iter().filter(|item| tab.holds(&item.entry));
    let shown: Vec<&Item> = here().filter(|item| item.sought.contains(&wanted)).collect();
    if shown.is_empty() {
        return scroll(ui, tab.label(), height, |ui| {
            ui.add_space(SPACE[2]);
            quiet_wrapped(ui, if here().next().is_none() { tab.empty() } else { "Nothing here has these letters" });
        });
    }
    let area = ScrollArea::vertical().id_salt(tab.label()).max_height(height).min_scrolled_height(height).auto_shrink([false, false]);
    area.show_rows(ui, ROW, shown.len(), |ui, range| {
        for item in shown.get(range).unwrap_or(&[]) {
            entry_row(ui, book.whose, item, rules, commands);
        }
    });
}

/// What hinders a phrase or a card from being heard.
fn hindered(entry: &Entry, rules: &Rules) -> Option<&'static str> {
    let id = match entry {
        Entry::Phrase(phrase) => &phrase.id,
        Entry::Card { id, .. } => id,
        _ => return None,
    };
    match rules.get(id) {
        None => Some("not in use"),
        Some(rule) if !rule.card.enabled => Some("off"),
        Some(_) => None,
    }
}

fn entry_row(ui: &mut Ui, whose: Whose, item: &Item, rules: &Rules, commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    let Item { slot, entry, says, .. } = item;
    ui.allocate_ui_with_layout(vec2(ui.available_width(), ROW), egui::Layout::right_to_left(egui::Align::Center), |ui| {
        ui.set_min_height(ROW);
        let back = if matches!(entry, Entry::Unmarked { .. }) { ("Take back", "Mark again: ") } else { ("Remove", "Remove: ") };
        if small_button(ui, back.0, &format!("{}{says}", back.1)) {
            commands.push(Command::ChangeBook(whose, Ask::Remove(slot.clone())));
        }
        match entry {
            Entry::Struck { .. } => drop(parts::quiet(ui, "taken out of the list")),
            _ if small_button(ui, "Change…", &format!("Change: {says}")) => {
                commands.push(Command::EditEntry(whose, slot.clone()));
            }
            _ => {}
        }
        if let Entry::Card { id, .. } | Entry::Phrase(Phrase { id, .. }) = entry
            && small_button(ui, "About", &format!("About: {id}"))
        {
            commands.push(Command::RuleHelpOf(id.clone()));
        }
        if let Entry::Card { .. } = entry {
            parts::quiet(ui, format!("written by hand in {}", slot.file));
        }
        let note = match entry {
            Entry::Unmarked { rule, .. } => rule.as_deref().map_or_else(|| "every rule".to_owned(), name),
            Entry::Person { .. } | Entry::Body { .. } | Entry::Place(_) | Entry::Spelling { .. } => {
                entry.kind().map_or("", Kind::label).to_lowercase()
            }
            _ => String::new(),
        };
        if !note.is_empty() {
            parts::quiet(ui, note);
        }
        if let Some(words) = hindered(entry, rules) {
            ui.label(RichText::new(words).color(theme.warn).font(theme::regular(SMALL)));
        }
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
            let words = RichText::new(says).color(theme.ink).font(theme::copy_font(INTERFACE + 1.5));
            ui.add(egui::Label::new(words).truncate()).on_hover_text(says);
        });
    });
}

/// The time of a line of the log as a person says it.
fn when(at: &str) -> String {
    let Ok(time) = at.parse::<Time>() else { return at.to_owned() };
    time.to_zoned_datetime(jiff::tz::TimeZone::system()).strftime("%-d %b %H:%M").to_string()
}

fn log(ui: &mut Ui, panel: &Panel, book: &Book, height: f32, commands: &mut Vec<Command>) {
    let wanted = panel.query.to_lowercase();
    let says = |line: &LogLine| format!("{} {}", line.change.verb, line.change.what);
    scroll(ui, "Log", height, |ui| {
        if book.log.is_empty() {
            ui.add_space(SPACE[2]);
            quiet_wrapped(ui, Tab::Log.empty());
        }
        for (line, standing) in book.log.iter().filter(|(l, _)| says(l).to_lowercase().contains(&wanted)) {
            let theme = theme::of(ui);
            ui.horizontal(|ui| {
                ui.set_min_height(30.0);
                ui.allocate_ui_with_layout(vec2(84.0, 24.0), egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    ui.set_width(84.0);
                    parts::quiet(ui, when(&line.at)).on_hover_text(&line.at);
                });
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    match standing {
                        Standing::Stands => {
                            if small_button(ui, "Take back", &format!("Take back: {}", says(line))) {
                                commands.push(Command::ChangeBook(book.whose, Ask::TakeBack(line.change.clone())));
                            }
                        }
                        Standing::TakenBack => drop(parts::quiet(ui, "taken back")),
                        Standing::ChangedAgain => {
                            let text = RichText::new("changed again since").color(theme.warn).font(theme::regular(SMALL));
                            ui.label(text).on_hover_text("A later change touches it: take that one back first");
                        }
                        Standing::Unknown => {}
                    }
                    parts::quiet(ui, &line.by);
                    ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                        let gone = *standing == Standing::TakenBack;
                        let mut text = RichText::new(says(line)).color(if gone { theme.quiet } else { theme.ink });
                        if gone {
                            text = text.strikethrough();
                        }
                        ui.add(egui::Label::new(text).truncate()).on_hover_text(says(line));
                    });
                });
            });
        }
    });
}
