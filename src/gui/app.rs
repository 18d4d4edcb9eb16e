//! The window: takes finished background work in, draws the panels, and hands what they ask for to `apply`.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use eframe::egui::{self, CentralPanel, Frame, Margin, Panel, Stroke, Ui};

use super::article::{Article, Depth};
use super::book_panel::Shelf;
use super::books::Books;
use super::command::Command;
use super::compare;
use super::desk::Keeping;
use super::fonts::icon;
use super::grip::{Edge, grip};
pub(super) use super::messages::Message;
use super::narrow::Narrow;
use super::opening::Said;
use super::paper::Sheet;
use super::recent::{self, Recent};
use super::schedule::{Progress, Schedule};
use super::settings::{Settings, ThemeChoice};
use super::shares::{Card, Shares, Wants};
use super::start::Start;
use super::theme;
use super::view::{Dialog, Mode, Pane, View};
use super::{
    bars, batch, book_panel, card, desk, dialogs, dropping, entry_form, focus, fonts, kept, notices, palette, parts, preferences, rules,
    search, side, source_view, statistics,
};
use crate::review::event::BatchId;
use crate::review::journal::Store;
use crate::review::{Stamp, Time};
use crate::rules::Rules;

/// Below this width the card stands under the text.
const NARROW: f32 = 1000.0;
/// The width of the card beside the text.
const CARD: f32 = 340.0;
/// Below this width the left panel gives way to a source text in the comparison.
const THREE_COLUMNS: f32 = 1500.0;

/// Where the program keeps what it keeps.
#[derive(Clone, Debug)]
pub struct Places {
    /// The folder of all sessions.
    pub sessions: PathBuf,
    /// The file of the settings.
    pub settings: PathBuf,
}

/// Where checks run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Checking {
    /// On threads; a frame waits a moment for the check of a short article.
    Threaded,
    /// At once, for tests.
    AtOnce,
    /// As with threads, but nothing is waited for, and each piece of work is done when a test asks for it: see
    /// [`App::work_one`].
    Stepped,
}

/// The window.
pub struct App {
    pub(super) articles: Vec<Article>,
    pub(super) current: usize,
    pub(super) view: View,
    pub(super) settings: Settings,
    /// The settings as they stand in the file.
    pub(super) kept_settings: Settings,
    pub(super) store: Store,
    pub(super) places: Places,
    pub(super) rules: Arc<Rules>,
    pub(super) books: Books,
    /// How often rules were asked for.
    pub(super) rules_asked: u64,
    pub(super) checking: Checking,
    pub(super) schedule: Schedule,
    pub(super) keeping: Keeping,
    /// What the queue was sorted for.
    pub(super) sorting: u64,
    pub(super) recent: Recent,
    /// Nothing that was done before is counted for the statistics.
    pub(super) counted_since: Option<Time>,
    pub(super) sender: Sender<Message>,
    receiver: Receiver<Message>,
    pub(super) ctx: egui::Context,
    pub(super) clock: fn() -> Time,
    pub(super) next_id: u64,
    /// The rank of the next article that is asked for.
    pub(super) next_rank: u64,
    /// The first of the articles asked for last, until it is here.
    pub(super) awaited: Option<u64>,
    /// What is to be said of those that arrived.
    pub(super) arrivals: Vec<Said>,
    pub(super) clipboard: Option<arboard::Clipboard>,
    pub(super) title: String,
    /// Words that were silenced everywhere, in the order of it.
    pub(super) silenced: Vec<super::silence::Silenced>,
    /// Batches over several articles: each article's number with that of its step.
    pub(super) batches: Vec<Vec<(u64, BatchId)>>,
}

impl App {
    /// A window with the articles named, or the last one, or the sample story.
    pub fn new(ctx: &egui::Context, places: Places, files: &[PathBuf], checking: Checking) -> Self {
        let start = Start::read(&places);
        Self::begin_with(start, ctx, places, files, checking)
    }

    /// As [`App::new`], with what was read already.
    pub(super) fn begin_with(start: Start, ctx: &egui::Context, places: Places, files: &[PathBuf], checking: Checking) -> Self {
        fonts::install(ctx);
        theme::install(ctx);
        let Start { settings, wrong, books, rules, faults } = start;
        let (sender, receiver) = channel();
        let mut app = Self {
            articles: Vec::new(),
            current: 0,
            view: View::default(),
            store: Store::new(&places.sessions),
            kept_settings: settings.clone(),
            settings,
            places,
            rules,
            books,
            rules_asked: 0,
            checking,
            schedule: Schedule::new(checking, sender.clone(), ctx),
            keeping: Keeping::default(),
            sorting: 0,
            recent: Recent::default(),
            counted_since: None,
            sender,
            receiver,
            ctx: ctx.clone(),
            clock: Time::now,
            next_id: 1,
            next_rank: 1,
            awaited: None,
            arrivals: Vec::new(),
            clipboard: None,
            title: String::new(),
            batches: Vec::new(),
            silenced: Vec::new(),
        };
        for fault in wrong {
            app.view.fault(fault);
        }
        app.say_rule_faults(faults);
        app.counted_since = statistics::since(&app.statistics_file());
        app.show_settings();
        app.open_first(files);
        app.count();
        app
    }

    /// Shows theme, size and measure as they are set.
    pub(super) fn show_settings(&mut self) {
        theme::set_motion(&self.ctx, self.settings.motion);
        self.view.paper.measure = self.settings.measure;
        self.view.editor.measure = self.settings.measure;
        let preference = match self.settings.theme {
            ThemeChoice::System => egui::ThemePreference::System,
            ThemeChoice::Light => egui::ThemePreference::Light,
            ThemeChoice::Dark => egui::ThemePreference::Dark,
        };
        self.ctx.set_theme(preference);
        self.ctx.set_zoom_factor(self.settings.zoom.clamp(0.6, 2.5));
    }

    /// Who decides and when.
    pub(super) fn stamp(&self) -> Stamp {
        Stamp { at: (self.clock)(), by: self.settings.author() }
    }

    /// The article looked at.
    pub fn article(&self) -> Option<&Article> {
        self.articles.get(self.current)
    }

    /// All articles, as the queue lists them.
    pub fn articles(&self) -> &[Article] {
        &self.articles
    }

    pub(super) fn article_mut(&mut self) -> Option<&mut Article> {
        self.articles.get_mut(self.current)
    }

    /// What is shown besides the articles.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// How far reading and checking are; none when there is nothing to do.
    pub fn progress(&self) -> Option<Progress> {
        self.schedule.progress()
    }

    /// Does the next piece of work that waits; for tests, where no thread does it. False when there is none.
    pub fn work_one(&mut self) -> bool {
        let worked = self.schedule.work_one();
        self.receive();
        worked
    }

    /// Does something off the frame.
    pub(super) fn errand(&self, errand: impl FnOnce() -> Option<Message> + Send + 'static) {
        if self.checking != Checking::AtOnce {
            self.schedule.errand(Box::new(errand));
        } else if let Some(message) = errand() {
            let _ = self.sender.send(message);
            self.ctx.request_repaint();
        }
    }

    /// Counts what changed.
    pub(super) fn count(&mut self) {
        let (all, hints) = (Narrow::default(), self.settings.hints);
        for (i, article) in self.articles.iter_mut().enumerate() {
            if i == self.current {
                article.count(&self.view.narrow, hints, Depth::All);
            } else {
                article.count(&all, hints, Depth::Row);
            }
        }
        self.sort_in_time();
    }

    /// Takes in what other threads have finished.
    pub fn receive(&mut self) {
        let mut any = false;
        let looked_at = |app: &Self| app.article().map(|a| (a.id, a.finding().map(|f| (f.rule.clone(), f.span))));
        let before = looked_at(self);
        while let Ok(message) = self.receiver.try_recv() {
            any = true;
            match message {
                Message::Checked { article, job, checked, checks } => {
                    if let Some(i) = self.articles.iter().position(|a| a.id == article) {
                        if let Some(article) = self.articles.get_mut(i) {
                            article.checking = self.schedule.waits(article.id);
                            if article.session.take(&job, checked) {
                                article.checks.take(checks, job.revision);
                            }
                        }
                        self.recheck(i);
                    }
                }
                Message::Opened { rank, opened } => {
                    // Who writes is not taken to another article.
                    if self.view.mode == Mode::Editing || self.view.suggestion.is_some() {
                        self.awaited = None;
                    }
                    self.arrive(rank, opened.map(|o| *o));
                }
                Message::Left(left) => self.take_left(left),
                Message::LeftElsewhere(count) => self.say_left_elsewhere(count),
                Message::Folder(folder, entries) => self.take_folder(&folder, entries),
                Message::Gone(gone) => self.recent.gone = gone,
                Message::Rules { number, rules, faults } => self.rules_arrive(number, rules, faults),
                Message::Tried { stamp, outcome } => self.entry_tried(stamp, outcome),
                Message::Fault(sentence) => self.view.fault(sentence),
                Message::Paired { article, source, pairs } => self.take_pairs(article, source, pairs),
                Message::Picked { purpose, article, paths } => self.picked(purpose, article, paths),
                Message::Touched { article, found } => self.touched(article, found),
                Message::Kept(lines) => self.kept_arrive(lines),
                Message::NoPicker { purpose } => {
                    self.ask_path(purpose, "This machine shows no file dialog; xdg-desktop-portal or zenity would bring one.");
                }
            }
        }
        if !self.arrivals.is_empty() && self.schedule.progress().is_none_or(|p| !p.is_reading()) {
            self.say_arrivals();
        }
        // Places in a list that was taken in just now are not those of the list before: no command comes between.
        if any {
            self.count();
            // Where a check brings another finding before the editor, the page goes along.
            if self.view.mode == Mode::Reviewing && self.view.paper.sees && looked_at(self) != before {
                self.view.paper.follow = true;
            }
        }
    }

    /// What had the keyboard before a dialog gets it back after it.
    fn give_back(&mut self, ui: &Ui) {
        let view = &mut self.view;
        if view.dialog.is_some() {
            view.covered = 2;
        } else if view.covered > 1 {
            view.covered -= 1;
            ui.ctx().request_repaint();
        } else if std::mem::take(&mut view.covered) == 1 {
            let taken = ui.memory(egui::Memory::focused).is_some();
            let gone = view.mode != Mode::Editing && view.beneath == Some(super::editor::field());
            if let Some(id) = view.beneath.take().filter(|_| !gone && !taken) {
                ui.memory_mut(|m| m.request_focus(id));
            }
        } else {
            view.beneath = ui.memory(egui::Memory::focused);
        }
    }

    fn panels(&mut self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let theme = theme::of(ui);
        let bar = Frame::new().fill(theme.desk).inner_margin(Margin::symmetric(8, 4));
        let line = |frame: Frame| frame.stroke(Stroke::NONE);
        Panel::top("menus").frame(line(bar)).show(ui, |ui| {
            bars::menus(ui, &self.view, &self.recent, |c| self.enabled(c), commands);
        });
        Panel::bottom("status").frame(line(bar.inner_margin(Margin::symmetric(10, 2)))).exact_size(30.0).show(ui, |ui| {
            notices::pass(ui, &mut self.view);
            bars::status(ui, self.articles.get(self.current), &self.view, self.settings.zoom, self.progress(), commands);
        });
        let notice = notices::panel(ui, &self.view, commands);
        let width = ui.available_width();
        let narrow = width < NARROW;
        let comparing = self.view.pane == Pane::Compare;
        // Three columns need the room of the left panel.
        let three = self.article().is_some_and(|a| compare::shown_source(a, &self.view, width).is_some());
        let room = !(comparing && (narrow || (three && width < THREE_COLUMNS)));
        let mut middle = width;
        if room && !self.view.left_folded {
            // Headlines want room where there is some.
            let usual = if narrow { 180.0 } else { (width * 0.18).clamp(240.0, 300.0) };
            let size = self.view.widths.left(usual, width);
            middle -= size;
            let frame = Frame::new().fill(theme.desk).inner_margin(Margin::same(10));
            let shown = Panel::left("side").frame(frame).exact_size(size).resizable(false).show(ui, |ui| {
                side::ui(ui, &self.articles, self.current, &self.view, self.settings.hints, commands);
            });
            commands.extend(grip(ui, Edge::Left, shown.response.rect).map(Command::PanelWidth));
        }
        let card = !self.view.right_folded && !comparing;
        let right = self.view.widths.right(CARD, width);
        let shares = Shares::of(&Wants {
            height: ui.ctx().content_rect().height(),
            find: if comparing || self.article().is_none() { 0.0 } else { self.view.search.height() },
            notice,
            card: match self.article() {
                Some(article) if narrow && card => {
                    let nothing = article.finding().is_none() && article.session.is_checked();
                    if nothing { Card::Sentence } else { Card::Whole }
                }
                _ => Card::Not,
            },
            source: source_view::is_strip(if narrow { middle } else { middle - right })
                && self.article().is_some_and(|a| source_view::is_beside(a, &self.view)),
        });
        let keys = !self.settings.knows_keys;
        if !self.view.right_folded
            && !comparing
            && let Some(article) = self.articles.get(self.current)
        {
            let low = narrow && shares.card < 224.0;
            let frame = Frame::new().fill(theme.desk).inner_margin(if low { Margin::symmetric(14, 8) } else { Margin::same(14) });
            let panel = if narrow { Panel::bottom("card").exact_size(shares.card) } else { Panel::right("card").exact_size(right) };
            let shown = panel.frame(frame).resizable(false).show(ui, |ui| {
                card::ui(ui, article, &mut card::Context { view: &mut self.view, keys }, commands);
            });
            if !narrow {
                commands.extend(grip(ui, Edge::Right, shown.response.rect).map(Command::PanelWidth));
            }
        }
        let paper = if self.view.mode == Mode::Editing && !comparing { theme.paper_editing } else { theme.paper };
        if let Some(article) = self.articles.get(self.current) {
            source_view::beside(ui, article, &mut self.view, shares.source, commands);
        }
        CentralPanel::default().frame(Frame::new().fill(paper)).show(ui, |ui| self.middle(ui, shares.name, commands));
    }

    fn middle(&mut self, ui: &mut Ui, name: f32, commands: &mut Vec<Command>) {
        let theme = theme::of(ui);
        let Some(article) = self.articles.get(self.current) else {
            recent::empty(ui, &self.recent, self.progress().is_some(), commands);
            return;
        };
        if self.view.pane == Pane::Compare {
            compare::ui(ui, article, &mut self.view, commands);
            return;
        }
        if name > 0.0 {
            bars::name(ui, article, name);
        }
        if self.view.search.open {
            search::ui(ui, &mut self.view.search, article, commands);
        }
        let original = self.view.original || self.view.peek;
        if original {
            ui.vertical_centered(|ui| {
                parts::badge(ui, icon::EYE, "The original", theme.warn, "As the article came");
            });
        }
        let View { paper, editor, search, mode, .. } = &mut self.view;
        let writing = *mode == Mode::Editing && !original;
        if writing && !article.is_written_by_paragraph() {
            editor.ui(ui, article, search, commands);
        } else {
            paper.ui(ui, &Sheet { article, original, search, writing }, writing.then_some(editor), commands);
        }
    }

    fn above(&mut self, ui: &Ui, commands: &mut Vec<Command>) {
        let mut dialog = self.view.dialog.take();
        match &mut dialog {
            Some(Dialog::Palette { query, chosen }) => {
                palette::palette(ui, query, chosen, &self.recent, |c| self.enabled(c), commands);
            }
            Some(Dialog::Rule(rule)) => rules::help(ui, rule, &self.rules, &self.books, commands),
            Some(Dialog::Book(panel)) => {
                let shelf = Shelf {
                    rules: &self.rules,
                    books: &self.books,
                    article: self.articles.get(self.current),
                    faults: &self.view.rule_faults,
                };
                book_panel::dialog(ui, panel, &shelf, commands);
            }
            Some(Dialog::Entry(draft)) => {
                let wait = if self.checking == Checking::AtOnce { 0.0 } else { entry_form::WAIT };
                entry_form::dialog(ui, draft, &self.books, self.articles.get(self.current), wait, commands);
            }
            Some(Dialog::Batch(batch)) => batch::dialog(ui, batch, &self.articles, commands),
            Some(Dialog::Kept(screen)) => kept::dialog(ui, screen, commands),
            Some(Dialog::Recent { chosen }) => recent::dialog(ui, &self.recent, chosen, commands),
            Some(Dialog::Statistics(screen)) => statistics::dialog(ui, screen, &self.statistics_file(), commands),
            Some(Dialog::Settings) => preferences::dialog(ui, &self.settings, &self.places, commands),
            Some(Dialog::Keys) => palette::keys(ui, commands),
            Some(other) => {
                let unsaved: Vec<String> = match other {
                    Dialog::Unsaved { quit: true } => {
                        self.articles.iter().filter(|a| a.figures.unsaved).map(|a| a.session.name.clone()).collect()
                    }
                    _ => self.article().map(|a| a.session.name.clone()).into_iter().collect(),
                };
                dialogs::ui(ui, other, self.articles.get(self.current), &unsaved, commands);
            }
            None => {}
        }
        self.view.dialog = dialog;
        notices::above(ui, &self.view, commands);
        focus::ring(ui);
    }

    /// One frame.
    pub fn frame(&mut self, ui: &mut Ui) {
        let mut commands = Vec::new();
        self.await_findings();
        self.receive();
        if ui.input(|i| i.events.contains(&egui::Event::WindowFocused(true))) {
            // Somebody may have written in the files of words and rules meanwhile.
            self.look_at_books();
        }
        self.look_at_disk(ui);
        self.find_source();
        self.count();
        self.give_back(ui);
        self.seek();
        self.keys(ui, &mut commands);
        dropping::dropped(ui, &mut commands);
        self.panels(ui, &mut commands);
        let stands = self.view.paper.stands;
        if self.view.mode == Mode::Reviewing
            && self.view.pane == Pane::Article
            && self.view.paper.top.is_none()
            && let Some(article) = self.article_mut()
        {
            article.top = stands;
        }
        if let Some(article) = self.article_mut() {
            article.shown_finding();
        }
        self.above(ui, &mut commands);
        self.view.had = ui.memory(egui::Memory::focused);
        if ui.input(|i| i.viewport().close_requested()) && !self.view.closing && self.articles.iter().any(|a| a.figures.unsaved) {
            ui.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.view.dialog = Some(Dialog::Unsaved { quit: true });
            ui.ctx().request_repaint();
        }
        if !commands.is_empty() {
            for command in commands {
                self.await_findings();
                self.apply(command);
                self.count();
            }
            ui.ctx().request_repaint();
        }
        if self.seek() {
            ui.ctx().request_repaint();
        }
        self.keep_desk_in_time(ui);
        let title = self.window_title();
        if title != self.title {
            ui.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    fn window_title(&self) -> String {
        match self.article() {
            Some(a) if a.figures.unsaved => format!("• {} – Copydesk", a.session.name),
            Some(a) => format!("{} – Copydesk", a.session.name),
            None => "Copydesk".to_owned(),
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, _: &egui::Context, _: &mut eframe::Frame) {
        self.receive();
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        if self.title.is_empty() {
            desk::onto_a_screen(ui.ctx(), frame);
        }
        self.frame(ui);
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.end();
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}
