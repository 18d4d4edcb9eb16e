//! The screen of statistics, and the file they are collected in: `statistics.tsv` beside the sessions, so that
//! they outlive them.

use std::cmp::Ordering;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use eframe::egui::{self, Align, Align2, Button, Layout, Modal, Rect, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::app::{App, Message};
use super::article::Article;
use super::command::Command;
use super::parts;
use super::theme::{self, INTERFACE, SMALL, SPACE};
use super::view::{Dialog, Purpose};
use crate::finding::RuleId;
use crate::review::disk::{self, fingerprint};
use crate::review::statistics::{Book, Counts, Record, Total};
use crate::review::{Session, Time};
use crate::rules::stylebook::Entry;

/// Of what the counts are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// The article looked at.
    This,
    /// All articles.
    All,
}

/// A column of the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Column {
    /// The rule.
    Rule,
    /// Findings that were shown.
    Shown,
    /// Fixes that stand.
    Accepted,
    /// Of those, the first fix offered.
    First,
    /// Of those, another one.
    Other,
    /// Of those, edited ones.
    Edited,
    /// Rejections that stand.
    Left,
    /// Of those, at one place.
    Here,
    /// Of those, in an article.
    Article,
    /// Of those, always.
    Always,
    /// Decisions taken back.
    Undone,
    /// Accepted among decided.
    Rate,
}

impl Column {
    /// The columns of a wide window, and of a narrow one.
    const WIDE: [Self; 10] = [
        Self::Rule,
        Self::Shown,
        Self::First,
        Self::Other,
        Self::Edited,
        Self::Here,
        Self::Article,
        Self::Always,
        Self::Undone,
        Self::Rate,
    ];
    const NARROW: [Self; 6] = [Self::Rule, Self::Shown, Self::Accepted, Self::Left, Self::Undone, Self::Rate];

    const fn label(self) -> &'static str {
        match self {
            Self::Rule => "Rule",
            Self::Shown => "Shown",
            Self::Accepted => "Accepted",
            Self::First => "First fix",
            Self::Other => "Other fix",
            Self::Edited => "Edited",
            Self::Left => "Left",
            Self::Here => "Not here",
            Self::Article => "Article",
            Self::Always => "Always",
            Self::Undone => "Undone",
            Self::Rate => "Rate",
        }
    }

    const fn tip(self) -> &'static str {
        match self {
            Self::Rule => "The rule; a click says what it does and switches it",
            Self::Shown => "Findings that an editor had before him, open or decided",
            Self::Accepted => "Fixes that stand",
            Self::First => "The first fix offered was taken",
            Self::Other => "Another fix offered was taken",
            Self::Edited => "The fix was edited before it was taken",
            Self::Left => "Findings that were declined: here, in the article, always",
            Self::Here => "Declined at one place",
            Self::Article => "Declined in the whole article",
            Self::Always => "Words that are always left alone",
            Self::Undone => "Decisions that were taken back and not made again",
            Self::Rate => {
                "Fixes taken among all decisions. Sorted by how good a rule may be at best (95 %), so that one rejection weighs less than ten"
            }
        }
    }

    fn count(self, c: &Counts) -> usize {
        match self {
            Self::Rule | Self::Rate => 0,
            Self::Shown => c.shown,
            Self::Accepted => c.accepted(),
            Self::First => c.first,
            Self::Other => c.other,
            Self::Edited => c.edited,
            Self::Left => c.rejected(),
            Self::Here => c.here,
            Self::Article => c.article,
            Self::Always => c.always,
            Self::Undone => c.undone,
        }
    }

    /// What comes first when the table is sorted by it: the worst rate, the most of anything else.
    fn order(self, (a, x): &(RuleId, Counts), (b, y): &(RuleId, Counts)) -> Ordering {
        let order = match self {
            Self::Rule => Ordering::Equal,
            Self::Rate => match (x.best_rate(), y.best_rate()) {
                (Some(x), Some(y)) => x.total_cmp(&y),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => y.shown.cmp(&x.shown),
            },
            _ => self.count(y).cmp(&self.count(x)),
        };
        order.then_with(|| a.cmp(b))
    }
}

/// The screen.
#[derive(Clone, PartialEq, Debug)]
pub struct Screen {
    /// Of what.
    scope: Scope,
    /// Sorted by.
    by: Column,
    this: Option<Total>,
    all: Total,
    /// By rule, sorted.
    rows: Vec<(RuleId, Counts)>,
    /// Whether to forget everything is being asked.
    forgetting: bool,
}

impl Screen {
    fn total(&self) -> &Total {
        match (self.scope, &self.this) {
            (Scope::This, Some(this)) => this,
            _ => &self.all,
        }
    }

    fn sort(&mut self) {
        let mut rows: Vec<(RuleId, Counts)> = self.total().rules.iter().map(|(r, c)| (r.clone(), *c)).collect();
        rows.sort_by(|a, b| self.by.order(a, b));
        self.rows = rows;
    }
}

/// The time before which nothing is counted: it stands in the first line that is no comment.
pub(super) fn since(path: &Path) -> Option<Time> {
    let lines = BufReader::new(std::fs::File::open(path).ok()?).lines();
    let first = lines.map_while(Result::ok).find(|l| !l.starts_with('#'))?;
    first.strip_prefix("since\t")?.parse().ok()
}

/// A number for an article that says nothing about it.
pub(super) fn number(session: &Session, now: Time, id: u64) -> String {
    let folder = session.folder().and_then(Path::file_name).map(|n| n.to_string_lossy().into_owned());
    fingerprint(folder.unwrap_or_else(|| format!("{now} {id}")).as_bytes())
}

impl App {
    pub(super) fn statistics_file(&self) -> PathBuf {
        self.places.sessions.with_file_name("statistics.tsv")
    }

    /// Adds the counts of an article to the file, when something was done since it was last.
    pub(super) fn collect(&mut self, i: usize) {
        let path = self.statistics_file();
        let Some(article) = self.articles.get_mut(i) else { return };
        let revision = article.session.review().revision();
        let record = Record::of(article.session.review(), &article.shown);
        if article.collected == Some(revision) || !(record.is_worth_keeping() || article.collected.is_some()) {
            return;
        }
        article.collected = Some(revision);
        let lines = record.lines(&article.number);
        self.errand(move || append(&path, &lines).err().map(Message::Fault));
    }

    /// The screen as it is now: what is in the file, and what the open articles have since.
    pub(super) fn statistics(&mut self, scope: Scope) {
        let path = self.statistics_file();
        let mut book = match std::fs::read_to_string(&path) {
            Ok(text) => Book::parse(&text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Book::default(),
            Err(error) => {
                self.view.fault(format!("The statistics can’t be read ({error}): {}", path.display()));
                Book::default()
            }
        };
        if book.unread > 0 {
            self.view.note(format!("{} lines of the statistics could not be read and are left out", book.unread));
        }
        for article in &self.articles {
            let record = Record::of(article.session.review(), &article.shown);
            if record.is_worth_keeping() || book.articles.contains_key(&article.number) {
                book.articles.insert(article.number.clone(), record);
            }
        }
        let mut all = book.total();
        for entry in self.books.all().flat_map(|b| &b.entries).map(|item| &item.entry) {
            if let Entry::Unmarked { rule: Some(rule), .. } = entry {
                all.rules.entry(rule.clone()).or_default().always += 1;
            }
        }
        let this = self.article().map(|a| {
            let mut total = Total { articles: 1, ..Total::default() };
            total.add(&Record::of(a.session.review(), &a.shown));
            total
        });
        let scope = if this.is_some() { scope } else { Scope::All };
        let by = match &self.view.dialog {
            Some(Dialog::Statistics(screen)) => screen.by,
            _ => Column::Rate,
        };
        let mut screen = Screen { scope, by, this, all, rows: Vec::new(), forgetting: false };
        screen.sort();
        self.view.dialog = Some(Dialog::Statistics(Box::new(screen)));
    }

    /// Sorts the table by a column.
    pub(super) fn sort_statistics(&mut self, by: Column) {
        if let Some(Dialog::Statistics(screen)) = &mut self.view.dialog {
            screen.by = by;
            screen.sort();
        }
    }

    /// Writes the table for other programs.
    pub(super) fn export_statistics(&mut self, scope: Scope, path: &Path) {
        self.statistics(scope);
        let Some(Dialog::Statistics(screen)) = &self.view.dialog else { return };
        match disk::write(path, screen.total().csv().as_bytes()) {
            Ok(()) => self.view.note(format!("Exported {}", path.display())),
            Err(error) => self.view.fault(format!("Nothing was exported: {error}")),
        }
    }

    /// Asks whether the statistics shall be forgotten, or forgets them: what was done until now is not counted any more.
    pub(super) fn forget_statistics(&mut self) {
        if let Some(Dialog::Statistics(screen)) = &mut self.view.dialog
            && !screen.forgetting
        {
            screen.forgetting = true;
            return;
        }
        let now = (self.clock)();
        let book = Book { since: Some(now), ..Book::default() };
        if let Err(error) = disk::write(&self.statistics_file(), book.text().as_bytes()) {
            return self.view.fault(format!("The statistics can’t be forgotten: {error}"));
        }
        self.counted_since = Some(now);
        for article in &mut self.articles {
            article.session.count_since(Some(now));
            article.shown.clear();
            article.collected = None;
        }
        self.view.note("The statistics are forgotten; your decisions are kept");
        self.statistics(Scope::All);
    }
}

fn unkept(error: &dyn std::fmt::Display) -> String {
    format!("The statistics can’t be kept: {error}")
}

/// A file of more bytes is written anew when lines that say nothing any more are most of it.
const LONG: u64 = 2 * 1024 * 1024;

fn append(path: &Path, lines: &str) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|e| unkept(&e))?;
    }
    if !path.exists() {
        return disk::write(path, (Book::default().text() + lines).as_bytes()).map_err(|e| unkept(&e));
    }
    let file = std::fs::OpenOptions::new().append(true).open(path);
    let length = file.and_then(|mut f| f.write_all(lines.as_bytes()).and_then(|()| f.metadata())).map(|m| m.len());
    let length = length.map_err(|e| unkept(&format!("{e}: {}", path.display())))?;
    if length > LONG
        && let Ok(text) = std::fs::read_to_string(path)
    {
        let book = Book::parse(&text);
        if book.is_half_stale() {
            return disk::write(path, book.text().as_bytes()).map_err(|e| unkept(&e));
        }
    }
    Ok(())
}

impl Article {
    /// Remembers how many findings of each rule were before the editor at once.
    pub(super) fn note_shown(&mut self) {
        let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
        for (_, finding) in self.visible() {
            *counts.entry(finding.rule.as_str()).or_default() += 1;
        }
        let tally = self.session.review().tally().rules();
        let decided = |rule: &str| tally.get(rule).map_or(0, Counts::decided);
        let counts: Vec<(RuleId, usize)> = counts.into_iter().map(|(rule, open)| (rule.to_owned(), open + decided(rule))).collect();
        for (rule, count) in counts {
            let most = self.shown.entry(rule).or_default();
            *most = count.max(*most);
        }
    }
}

/// Minutes and hours as a person says them.
fn spent(seconds: u64) -> String {
    match seconds / 60 {
        0 => "less than a minute of work".to_owned(),
        1 => "at least a minute of work".to_owned(),
        minutes @ 2..90 => format!("at least {minutes} minutes of work"),
        minutes => format!("at least {} hours of work", (minutes as f64 / 60.0).round()),
    }
}

/// A number with its thousands apart.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|g| std::str::from_utf8(g).ok()).collect();
    groups.join(",")
}

fn summary(total: &Total, scope: Scope) -> String {
    let d = total.distance;
    let articles = match (scope, total.articles) {
        (Scope::This, _) => String::new(),
        (Scope::All, 1) => "1 article  ·  ".to_owned(),
        (Scope::All, n) => format!("{} articles  ·  ", grouped(n)),
    };
    let words = if d.edits == 1 { "1 word changed".to_owned() } else { format!("{} words changed", grouped(d.edits)) };
    format!(
        "{articles}{} words  ·  {words}  ·  post-edit distance {:.1} %  ·  {}",
        grouped(d.words),
        d.rate() * 100.0,
        spent(total.seconds)
    )
}

/// Draws the screen.
pub fn dialog(ui: &Ui, screen: &Screen, file: &Path, commands: &mut Vec<Command>) {
    let room = ui.ctx().content_rect().size();
    let width = (room.x - 80.0).min(880.0);
    let modal = Modal::new(egui::Id::unique("copydesk statistics")).frame(parts::floating(ui.ctx())).show(ui.ctx(), |ui| {
        ui.set_width(width);
        ui.horizontal(|ui| {
            ui.label(RichText::new("Statistics").font(theme::bold(16.0)));
            ui.add_space(SPACE[2]);
            ui.spacing_mut().item_spacing.x = 4.0;
            for (scope, label) in [(Scope::This, "This article"), (Scope::All, "All articles")] {
                let on = screen.scope == scope;
                let there = scope == Scope::All || screen.this.is_some();
                let response = ui.add_enabled(there, Button::selectable(on, label));
                response.widget_info(|| WidgetInfo::selected(Role::RadioButton, there, on, label));
                if response.clicked() && !on {
                    commands.push(Command::StatisticsOf(scope));
                }
            }
        });
        ui.add_space(SPACE[0]);
        ui.add(egui::Label::new(summary(screen.total(), screen.scope)).wrap());
        ui.add_space(SPACE[1]);
        if screen.rows.is_empty() {
            ui.add_space(SPACE[1]);
            ui.label("Nothing is decided yet");
        } else {
            table(ui, screen, width, (room.y - 290.0).max(120.0), commands);
        }
        ui.add_space(SPACE[1]);
        parts::rule(ui);
        ui.add_space(SPACE[0]);
        let theme = theme::of(ui);
        let kept =
            "Counted on this machine and kept in one file; nothing is sent anywhere. It holds counts, no word of an article and no name.";
        let text = RichText::new(kept).font(theme::regular(SMALL)).color(theme.quiet);
        ui.add(egui::Label::new(text).wrap()).on_hover_text(file.display().to_string());
        ui.add_space(SPACE[0]);
        if screen.forgetting {
            forgetting(ui, commands);
        } else {
            ui.horizontal(|ui| {
                if ui.add(Button::new("Close").min_size(vec2(80.0, 30.0))).clicked() {
                    commands.push(Command::Dismiss);
                }
                if ui.add(Button::new("Export as CSV…").min_size(vec2(80.0, 30.0))).clicked() {
                    commands.push(Command::Ask(Purpose::Statistics(screen.scope)));
                }
                if ui.add(Button::new("Forget statistics…").min_size(vec2(80.0, 30.0))).clicked() {
                    commands.push(Command::ForgetStatistics);
                }
            });
        }
    });
    if modal.should_close() {
        commands.push(Command::Dismiss);
    }
}

fn forgetting(ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.label("All counts until now are forgotten. Your decisions and your files are kept. This can’t be undone.");
    ui.horizontal(|ui| {
        if ui.add(Button::new("Keep them").min_size(vec2(80.0, 30.0))).clicked() {
            commands.push(Command::StatisticsOf(Scope::All));
        }
        if ui.add(Button::new("Forget them").min_size(vec2(80.0, 30.0))).clicked() {
            commands.push(Command::ForgetStatistics);
        }
    });
}

const ROW: f32 = 28.0;
const NUMBER: f32 = 62.0;

fn table(ui: &mut Ui, screen: &Screen, width: f32, height: f32, commands: &mut Vec<Command>) {
    let columns: &[Column] = if width < 780.0 { &Column::NARROW } else { &Column::WIDE };
    let scroll = ui.spacing().scroll.allocated_width();
    let (head, _) = ui.allocate_exact_size(vec2(ui.available_width() - scroll, 24.0), Sense::hover());
    for (n, column) in columns.iter().enumerate() {
        let rect = cell(head, columns.len(), n);
        heading(ui, *column, screen.by == *column, rect, commands);
    }
    let rows = screen.rows.len();
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]).show_rows(
        ui,
        ROW,
        rows,
        |ui, range| {
            for (rule, counts) in screen.rows.iter().skip(range.start).take(range.len()) {
                row(ui, rule, counts, columns, commands);
            }
        },
    );
}

/// Where a column stands in a row: the rule at the left, numbers at the right.
fn cell(row: Rect, columns: usize, n: usize) -> Rect {
    let numbers = row.right() - 10.0 - NUMBER * (columns - 1) as f32;
    let (left, right) = if n == 0 { (row.left(), numbers) } else { (numbers + NUMBER * (n - 1) as f32, numbers + NUMBER * n as f32) };
    Rect::from_min_max(pos2(left, row.top()), pos2(right, row.bottom()))
}

fn heading(ui: &mut Ui, column: Column, on: bool, rect: Rect, commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    let font = if on { theme::bold(SMALL) } else { theme::regular(SMALL) };
    let text = RichText::new(column.label()).font(font).color(if on { theme.ink } else { theme.quiet });
    let layout = if column == Column::Rule { Layout::left_to_right(Align::Center) } else { Layout::right_to_left(Align::Center) };
    let mut place = ui.new_child(egui::UiBuilder::new().max_rect(rect).layout(layout).id_salt(("column", column as u8)));
    place.spacing_mut().button_padding = vec2(4.0, 2.0);
    let response = place.add(Button::new(text).frame_when_inactive(false)).on_hover_text(column.tip());
    let name = if column == Column::Rate { "accept rate".to_owned() } else { column.label().to_lowercase() };
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, format!("Sort by {name}")));
    if response.clicked() {
        commands.push(Command::SortStatistics(column));
    }
}

fn row(ui: &mut Ui, rule: &str, counts: &Counts, columns: &[Column], commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let response = response.on_hover_text("What the rule does, and its switch");
    let name = super::rules::name(rule);
    let rate = counts.accept_rate().map_or_else(|| "–".to_owned(), |r| format!("{:.0} %", r * 100.0));
    response.widget_info(|| {
        let (shown, accepted, left, undone) = (counts.shown, counts.accepted(), counts.rejected(), counts.undone);
        let text = format!("{name}: {shown} shown, {accepted} accepted, {left} left, {undone} undone, accept rate {rate}");
        WidgetInfo::labeled(Role::Button, true, text)
    });
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, f32::from(theme::RADIUS), theme.hover);
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, theme.hairline.gamma_multiply(0.5)));
    for (n, column) in columns.iter().enumerate() {
        let place = cell(rect, columns.len(), n);
        if *column == Column::Rule {
            let mut job = egui::text::LayoutJob::simple_singleline(name.clone(), theme::regular(INTERFACE), theme.ink);
            job.wrap = egui::text::TextWrapping::truncate_at_width(place.width() - 12.0);
            let galley = ui.fonts_mut(|f| f.layout_job(job));
            ui.painter().galley(pos2(place.left() + 4.0, place.center().y - galley.size().y / 2.0), galley, theme.ink);
            continue;
        }
        let count = column.count(counts);
        let text = if *column == Column::Rate { rate.clone() } else { count.to_string() };
        let colour = if count == 0 && *column != Column::Rate { theme.quiet.gamma_multiply(0.7) } else { theme.ink };
        let at = pos2(place.right() - 4.0, place.center().y);
        ui.painter().text(at, Align2::RIGHT_CENTER, text, theme::regular(INTERFACE), colour);
    }
    if response.clicked() {
        commands.push(Command::RuleHelpOf(rule.to_owned()));
    }
}
