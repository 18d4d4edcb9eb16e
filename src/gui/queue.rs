//! The queue of articles: where each stands, what is left to do in it, and which of them are listed.

use std::f32::consts::{FRAC_PI_2, TAU};

use eframe::egui::{
    self, Align2, Button, Color32, Painter, Pos2, Rect, RichText, Role, ScrollArea, Sense, Shape, Stroke, Ui, UiBuilder, WidgetInfo, pos2,
    vec2,
};

use super::article::Article;
use super::command::Command;
use super::fonts::icon;
use super::parts;
use super::side::{Row, row};
use super::sorting;
use super::theme::{self, SMALL, Theme};
use super::view::View;

/// Below this width of the panel a row has one number.
const TIGHT: f32 = 170.0;
/// Room for a number.
const NUMBER: f32 = 23.0;

/// Where an article stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// Nobody looked for findings yet, and nobody is going to before it is looked at.
    Unchecked,
    /// A check waits or runs.
    Checking,
    /// Nothing is decided yet.
    New,
    /// Something is decided, something is open.
    InWork,
    /// Nothing is open.
    Clean,
    /// It was saved, and the file lacks nothing.
    Saved,
}

impl Status {
    /// That of an article.
    pub fn of(article: &Article) -> Self {
        let figures = &article.figures;
        if !article.session.is_checked() {
            if article.checking { Self::Checking } else { Self::Unchecked }
        } else if article.session.review().saved().is_some() && !figures.unsaved {
            Self::Saved
        } else if figures.open == 0 {
            Self::Clean
        } else if figures.accepted + figures.rejected > 0 || figures.unsaved {
            Self::InWork
        } else {
            Self::New
        }
    }

    /// As an editor says it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Unchecked => "not checked",
            Self::Checking => "checking",
            Self::New => "new",
            Self::InWork => "in work",
            Self::Clean => "clean",
            Self::Saved => "saved",
        }
    }
}

/// Which articles are listed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Listed {
    /// All of them.
    #[default]
    All,
    /// Those with open findings, or not checked.
    Open,
    /// Those whose file lacks something.
    Unsaved,
}

impl Listed {
    /// As they stand side by side.
    pub const ALL: [Self; 3] = [Self::All, Self::Open, Self::Unsaved];

    /// As an editor says it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Open => "Open",
            Self::Unsaved => "Unsaved",
        }
    }

    /// Whether an article is listed.
    pub fn lists(self, article: &Article) -> bool {
        match self {
            Self::All => true,
            Self::Open => article.figures.open > 0 || !article.session.is_checked(),
            Self::Unsaved => article.figures.unsaved,
        }
    }
}

/// The places of the articles that are listed, in the order they are seen; the one looked at always is.
pub fn listed(articles: &[Article], current: usize, which: Listed) -> Vec<usize> {
    let shown = articles.iter().enumerate().filter(|(i, a)| *i == current || which.lists(a));
    let mut places: Vec<(usize, u64, usize)> = shown.map(|(i, a)| (a.seat, a.rank, i)).collect();
    places.sort_unstable();
    places.into_iter().map(|(.., i)| i).collect()
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}")
}

/// What is left to do, in words.
fn left(article: &Article, hints: bool) -> String {
    let f = &article.figures;
    let mut parts = vec![counted(f.to_look_at, "to look at"), counted(f.safe, "safe")];
    if !hints && f.hints > 0 {
        parts.push(counted(f.hints, if f.hints == 1 { "hint of style hidden" } else { "hints of style hidden" }));
    }
    parts.join(", ")
}

/// Draws the queue.
pub fn ui(ui: &mut Ui, articles: &[Article], current: usize, view: &View, hints: bool, commands: &mut Vec<Command>) {
    let tight = ui.available_width() < TIGHT;
    let below = if sorting::look_alike(articles) { sorting::second_lines(articles) } else { Vec::new() };
    let height = ui.spacing().interact_size.y + if below.is_empty() { 2.0 } else { 18.0 };
    ui.horizontal(|ui| {
        parts::heading(ui, "Queue");
        if articles.len() > 1 {
            parts::quiet(ui, articles.len().to_string());
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            if parts::icon_button(ui, icon::OPEN, "Open articles", &Command::Open.tip()).clicked() {
                commands.push(Command::Open);
            }
            if parts::icon_button(ui, icon::PASTE, "Paste an article", &Command::Paste.tip()).clicked() {
                commands.push(Command::Paste);
            }
            if articles.len() > 1 {
                sorting::choice(ui, view.sorted, tight, commands);
            }
        });
    });
    if articles.len() > 1 {
        heads(ui, articles, view, tight, commands);
    }
    let rows = listed(articles, current, view.listed);
    let most = (ui.available_height() * if ui.available_height() < 560.0 { 0.28 } else { 0.4 }).max(height * 3.0);
    let total = rows.len() as f32 * height;
    ScrollArea::vertical().id_salt("queue").max_height(most).auto_shrink([false, true]).show_viewport(ui, |ui, viewport| {
        ui.set_height(total);
        let origin = ui.min_rect().min;
        let width = ui.available_width();
        let place = |n: usize| Rect::from_min_size(origin + vec2(0.0, n as f32 * height), vec2(width, height - 2.0));
        let first = (viewport.top() / height).max(0.0) as usize;
        let shown = (viewport.height() / height).ceil() as usize + 1;
        for (n, i) in rows.iter().copied().enumerate().skip(first).take(shown) {
            let Some(article) = articles.get(i) else { continue };
            let inner = UiBuilder::new().max_rect(place(n)).id_salt(("article", article.id));
            let below = below.get(i).map_or("", String::as_str);
            ui.scope_builder(inner, |ui| {
                ui.spacing_mut().interact_size.y = height - 2.0;
                article_row(ui, article, below, i == current, &Shown { hints, tight }, commands);
            });
        }
        follow(ui, rows.iter().position(|i| *i == current).map(place), articles.get(current).map(|a| a.id));
    });
}

/// Brings the row of the article looked at into view when another one is looked at.
fn follow(ui: &Ui, row: Option<Rect>, article: Option<u64>) {
    let id = egui::Id::unique("copydesk queue follows");
    let known: Option<u64> = ui.data(|d| d.get_temp(id));
    if let (Some(row), Some(article)) = (row, article)
        && known != Some(article)
    {
        ui.data_mut(|d| d.insert_temp(id, article));
        ui.scroll_to_rect(row, None);
    }
}

/// The choice of what is listed, and what the numbers below it mean.
fn heads(ui: &mut Ui, articles: &[Article], view: &View, tight: bool, commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
    let mut choices = ui.new_child(UiBuilder::new().max_rect(rect).layout(egui::Layout::left_to_right(egui::Align::Center)));
    choices.spacing_mut().item_spacing.x = 2.0;
    choices.spacing_mut().button_padding = vec2(5.0, 2.0);
    choices.spacing_mut().interact_size.y = 20.0;
    for which in Listed::ALL {
        let on = view.listed == which;
        let count = articles.iter().filter(|a| which.lists(a)).count();
        let font = if on { theme::bold(SMALL) } else { theme::regular(SMALL) };
        let text = RichText::new(which.label()).font(font).color(if on { theme.ink } else { theme.quiet });
        let response = choices.add(Button::selectable(on, text)).on_hover_text(format!("{}: {count}", which.label()));
        response
            .widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, format!("List {}, {count}", which.label().to_lowercase())));
        if response.clicked() {
            commands.push(Command::List(which));
        }
    }
    let signs = [(icon::SAFE, "Fixes that may be taken unseen"), (icon::EYE, "Findings that a person looks at")];
    for (n, (sign, tip)) in signs.into_iter().skip(usize::from(tight)).enumerate() {
        let place = Rect::from_center_size(pos2(column(rect, n), rect.center().y), vec2(NUMBER, 20.0));
        ui.painter().text(place.right_center(), Align2::RIGHT_CENTER, sign, theme::regular(13.0), theme.quiet);
        let response = ui.interact(place, ui.scope_id().with(("queue column", n)), Sense::hover()).on_hover_text(tip);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, tip));
    }
}

/// The middle of a column of numbers, the last first.
fn column(rect: Rect, n: usize) -> f32 {
    rect.right() - 8.0 - NUMBER * (n as f32 + 0.5)
}

/// How rows are shown.
struct Shown {
    hints: bool,
    tight: bool,
}

fn article_row(ui: &mut Ui, article: &Article, below: &str, chosen: bool, shown: &Shown, commands: &mut Vec<Command>) {
    let Shown { hints, tight } = *shown;
    let status = Status::of(article);
    let f = &article.figures;
    let name = &f.title;
    let state = if f.unsaved { format!("{}, not saved", status.label()) } else { status.label().to_owned() };
    let checked = article.session.is_checked();
    let left = if checked { format!(", {}", left(article, hints)) } else { String::new() };
    let file = article.session.path.as_ref().map_or_else(|| article.session.name.clone(), |p| p.display().to_string());
    let title = if *name == article.session.name { String::new() } else { format!("{name}, ") };
    let numbers = if tight { 1 } else { 2 };
    let line = Row {
        name,
        below: below.to_owned(),
        number: String::new(),
        room: NUMBER * numbers as f32 + if f.unsaved { 14.0 } else { 0.0 },
        chosen,
        tip: format!("{name}\n{file}\n{state}{left}"),
        spoken: format!("{title}{}, {} findings, {state}{left}", article.session.name, f.open),
    };
    let response = row(ui, &line, |ui, rect| {
        let theme = theme::of(ui);
        draw_status(ui.painter(), pos2(rect.left() + 16.0, rect.center().y), status, theme);
        if f.unsaved {
            let x = column(rect, numbers - 1) - NUMBER / 2.0 - 6.0;
            ui.painter().circle_filled(pos2(x, rect.center().y), 3.0, theme.accent);
        }
        let shown = [(f.safe, theme.quiet), (f.to_look_at, theme.ink)];
        for (n, (count, colour)) in shown.into_iter().skip(usize::from(tight)).enumerate().filter(|(_, (count, _))| checked && *count > 0) {
            let at = pos2(column(rect, n) + NUMBER / 2.0, rect.center().y);
            // Four figures would run into the next column; the tip has the whole number.
            let count = if count > 999 { format!("{}k", count / 1000) } else { count.to_string() };
            ui.painter().text(at, Align2::RIGHT_CENTER, count, theme::regular(SMALL), colour);
        }
    });
    if response.clicked() {
        commands.push(Command::ArticleOf(article.id));
    }
    let delete = response.has_focus() && ui.input(|i| i.key_pressed(egui::Key::Delete));
    if response.middle_clicked() || delete {
        commands.push(Command::CloseOf(article.id));
    }
    response.context_menu(|ui| {
        for command in [Command::Close, Command::CloseSaved, Command::Reopen] {
            if ui.button(command.label()).on_hover_text(command.tip()).clicked() {
                commands.push(if command == Command::Close { Command::CloseOf(article.id) } else { command });
                ui.close();
            }
        }
    });
}

/// A sign that differs by its shape, not by its colour alone.
fn draw_status(painter: &Painter, at: Pos2, status: Status, theme: &Theme) {
    let letter = |sign: &str, colour: Color32| {
        painter.text(at, Align2::CENTER_CENTER, sign, egui::FontId::proportional(15.0), colour);
    };
    let radius = 5.0;
    let arc = |from: f32, to: f32| -> Vec<Pos2> {
        let steps = 12;
        (0..=steps).map(|i| at + radius * egui::Vec2::angled(from + (to - from) * i as f32 / steps as f32)).collect()
    };
    match status {
        Status::Unchecked => {
            for i in 0..6 {
                let from = TAU * i as f32 / 6.0;
                painter.add(Shape::line(arc(from, from + TAU / 11.0), Stroke::new(1.2, theme.quiet)));
            }
        }
        Status::Checking => {
            for x in [-4.0, 0.0, 4.0] {
                painter.circle_filled(at + vec2(x, 0.0), 1.4, theme.quiet);
            }
        }
        Status::New => {
            painter.circle_stroke(at, radius, Stroke::new(1.2, theme.quiet));
        }
        Status::InWork => {
            painter.circle_stroke(at, radius, Stroke::new(1.2, theme.accent));
            painter.add(Shape::convex_polygon(arc(FRAC_PI_2, 3.0 * FRAC_PI_2), theme.accent, Stroke::NONE));
        }
        Status::Clean => letter(icon::CHECK, theme.safe),
        Status::Saved => letter(icon::CHECKED, theme.safe),
    }
}
