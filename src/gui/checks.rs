//! Things to check: a list in the left panel, each with its place and a tick.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use eframe::egui::{self, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use rustc_hash::{FxHashSet, FxHasher};

use super::app::App;
use super::article::Article;
use super::command::Command;
use super::fonts::icon;
use super::parts;
use super::theme::{self, INTERFACE, RADIUS, SMALL, SPACE};
use super::view::{Mode, Pane, View};
use crate::checklist::Check;
use crate::review::Event;
use crate::text::Span;

/// What is to be checked in an article, and which of it is looked at.
#[derive(Clone, Debug, Default)]
pub struct Checklist {
    /// All points, by kind and then in order of the text; those of an older text until the next check.
    pub all: Arc<Vec<Check>>,
    /// Their names in the journal, in the same order.
    keys: Vec<String>,
    /// The revision they were made for.
    revision: Option<u64>,
    /// The one looked at.
    pub current: Option<usize>,
}

impl Checklist {
    /// Takes the points of a revision; the one looked at stays.
    pub fn take(&mut self, all: Vec<Check>, revision: u64) {
        let known = self.current.and_then(|i| self.keys.get(i)).cloned();
        self.keys = all.iter().map(Check::key).collect();
        self.all = Arc::new(all);
        self.revision = Some(revision);
        self.current = known.and_then(|k| self.keys.iter().position(|x| *x == k));
    }

    /// The name of a point in the journal.
    fn key(&self, i: usize) -> Option<&str> {
        self.keys.get(i).map(String::as_str)
    }
}

impl Article {
    /// Whether a point is ticked.
    pub fn is_ticked(&self, i: usize) -> bool {
        self.checks.key(i).is_some_and(|k| self.session.review().ticked().iter().any(|t| t == k))
    }

    /// How many points are not ticked.
    pub fn unticked(&self) -> usize {
        let ticked: FxHashSet<&str> = self.session.review().ticked().iter().map(String::as_str).collect();
        if ticked.is_empty() { self.checks.keys.len() } else { self.checks.keys.iter().filter(|k| !ticked.contains(k.as_str())).count() }
    }

    /// The words of the point looked at, while the list fits the text.
    pub fn spot(&self) -> Option<Span> {
        let fits = self.checks.revision == Some(self.session.review().revision());
        let gone_to = self.place.filter(|(_, revision)| *revision == self.session.review().revision()).map(|(span, _)| span);
        if gone_to.is_some() {
            return gone_to;
        }
        self.checks.current.filter(|_| fits).and_then(|i| self.checks.all.get(i)).map(|c| c.span)
    }
}

impl App {
    /// Looks at a point: its words come into view.
    pub(super) fn look_at_check(&mut self, i: usize) {
        let editing = self.view.mode == Mode::Editing;
        let Some(article) = self.article_mut() else { return };
        let Some(check) = article.checks.all.get(i) else { return };
        let span = check.span;
        article.checks.current = Some(i);
        article.anchor = span.start;
        self.view.pane = Pane::Article;
        self.view.left_folded = false;
        self.view.checks_folded = false;
        if editing {
            self.view.editor.show = Some(span);
        } else {
            self.view.paper.follow = true;
        }
    }

    /// What else is asked for leaves the point looked at.
    pub(super) fn leave_spot(&mut self, command: &Command) {
        let stays = matches!(
            command,
            Command::LookAt(_)
                | Command::NextCheck
                | Command::Tick
                | Command::TickAt(_)
                | Command::ChecksFold
                | Command::CloseNotice(_)
                | Command::CloseNotices
                | Command::Faults
                | Command::Theme
                | Command::PanelWidth(_)
                | Command::ZoomIn
                | Command::ZoomOut
                | Command::ZoomReset
                | Command::Save
                | Command::Palette
                | Command::Dismiss
        );
        if !stays && let Some(article) = self.article_mut() {
            article.checks.current = None;
            article.place = None;
        }
    }

    /// Goes to the next point that is not ticked; past the last one the first comes again.
    pub(super) fn next_check(&mut self) {
        let Some(article) = self.article() else { return };
        let count = article.checks.all.len();
        let from = article.checks.current.map_or(0, |i| i + 1);
        let next = (0..count).map(|i| (from + i) % count.max(1)).find(|i| !article.is_ticked(*i));
        match next {
            Some(i) => self.look_at_check(i),
            None => self.view.note("Everything to check is ticked"),
        }
    }

    /// Ticks a point, or takes its tick away.
    pub(super) fn tick(&mut self, i: Option<usize>) {
        let stamp = self.stamp();
        let Some(article) = self.article_mut() else { return };
        let by_key = i.is_none();
        let Some(i) = i.or(article.checks.current) else { return };
        let Some(check) = article.checks.key(i).map(str::to_owned) else { return };
        let outcome = article.session.record(Event::Ticked { check }, &stamp);
        let ticked = article.is_ticked(i);
        let all = (*article.checks.all).clone();
        let revision = article.session.review().revision();
        // The text is the same: so is the list.
        article.checks.take(all, revision);
        if let Err(refused) = outcome {
            self.view.fault(super::apply::sentence(&refused.to_string()));
        }
        self.recheck(self.current);
        if by_key && ticked {
            self.next_check();
        }
    }
}

/// Draws the list.
pub fn ui(ui: &mut Ui, article: &Article, view: &View, commands: &mut Vec<Command>) {
    let count = article.checks.all.len();
    if count == 0 {
        return;
    }
    let theme = theme::of(ui);
    let open = article.unticked();
    ui.add_space(SPACE[3]);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::click());
    let response = response.on_hover_text(Command::ChecksFold.tip());
    let spoken = format!("To check, {open} of {count} open");
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, !view.checks_folded, &spoken));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect.expand2(vec2(4.0, 0.0)), f32::from(RADIUS), theme.hover);
    }
    let painter = ui.painter();
    let sign = if view.checks_folded { icon::RIGHT } else { icon::DOWN };
    let title = painter.text(rect.left_center(), egui::Align2::LEFT_CENTER, "To check", theme::bold(SMALL), theme.quiet);
    painter.text(
        pos2(title.right() + 5.0, rect.center().y),
        egui::Align2::LEFT_CENTER,
        sign,
        egui::FontId::proportional(SMALL),
        theme.quiet,
    );
    let number = if open == 0 { icon::CHECK.to_owned() } else { open.to_string() };
    let colour = if open == 0 { theme.safe } else { theme.quiet };
    painter.text(pos2(rect.right() - 8.0, rect.center().y), egui::Align2::RIGHT_CENTER, number, theme::regular(SMALL), colour);
    if response.clicked() {
        commands.push(Command::ChecksFold);
    }
    if view.checks_folded {
        return;
    }
    let mut heights = Heights::load(ui, article);
    let gap = ui.spacing().item_spacing.y;
    let clip = ui.clip_rect();
    let mut kind = None;
    // In a long text there are thousands: there, rows out of sight are room, not rows.
    let long = count > 200;
    let mut room = 0.0;
    for (i, check) in article.checks.all.iter().enumerate() {
        if kind != Some(check.kind) {
            ui.add_space(std::mem::take(&mut room));
            kind = Some(check.kind);
            ui.add_space(SPACE[0]);
            parts::quiet(ui, check.kind.label());
        }
        let height = heights.of(i, check, ui.available_width());
        let top = ui.cursor().top() + room;
        let just_chosen = article.checks.current == Some(i) && in_view(ui) != Some((article.id, i));
        if long && (top + height < clip.top() || top > clip.bottom()) && !just_chosen {
            room += height + gap;
            continue;
        }
        ui.add_space(std::mem::take(&mut room));
        heights.set(i, check_row(ui, article, i, check, commands));
    }
    ui.add_space(room);
    heights.store(ui);
}

/// How high the rows are: those that were in sight exactly, the others by the length of their words.
#[derive(Clone, Default)]
struct Heights {
    what: u64,
    seen: Arc<Vec<f32>>,
}

impl Heights {
    fn name() -> egui::Id {
        egui::Id::unique("copydesk heights of the list")
    }

    fn load(ui: &Ui, article: &Article) -> Self {
        let mut hasher = FxHasher::default();
        (article.id, article.checks.revision, article.checks.all.len(), ui.available_width().to_bits()).hash(&mut hasher);
        (ui.pixels_per_point().to_bits(), article.session.review().ticked().len()).hash(&mut hasher);
        let what = hasher.finish();
        let kept: Self = ui.data(|d| d.get_temp(Self::name())).unwrap_or_default();
        if kept.what == what { kept } else { Self { what, seen: Arc::new(vec![0.0; article.checks.all.len()]) } }
    }

    fn store(self, ui: &Ui) {
        ui.data_mut(|d| d.insert_temp(Self::name(), self));
    }

    fn of(&self, i: usize, check: &Check, width: f32) -> f32 {
        let lines = (check.note.len() as f32 * SMALL * 0.5 / (width - LEFT).max(40.0)).ceil();
        self.seen.get(i).copied().filter(|h| *h > 0.0).unwrap_or(26.0 + lines * SMALL * 1.25)
    }

    fn set(&mut self, i: usize, height: f32) {
        if self.seen.get(i).is_some_and(|h| (h - height).abs() > 0.1)
            && let Some(slot) = Arc::make_mut(&mut self.seen).get_mut(i)
        {
            *slot = height;
        }
    }
}

/// Where the words of a row begin.
const LEFT: f32 = 24.0;

fn memory_of_view() -> egui::Id {
    egui::Id::unique("copydesk check in view")
}

/// The point that was brought into view last, and its article.
fn in_view(ui: &Ui) -> Option<(u64, usize)> {
    ui.data(|d| d.get_temp::<Option<(u64, usize)>>(memory_of_view())).flatten()
}

/// Draws a row; returns its height.
fn check_row(ui: &mut Ui, article: &Article, i: usize, check: &Check, commands: &mut Vec<Command>) -> f32 {
    let theme = theme::of(ui);
    let ticked = article.is_ticked(i);
    let chosen = article.checks.current == Some(i);
    let width = ui.available_width();
    let ink = if ticked { theme.quiet } else { theme.ink };
    let left = LEFT;
    let words = {
        let mut format = egui::TextFormat { font_id: theme::copy_font(INTERFACE + 1.0), color: ink, ..Default::default() };
        if ticked {
            format.strikethrough = egui::Stroke::new(1.0, theme.quiet);
        }
        let wrap = egui::text::TextWrapping::truncate_at_width(width - left - 6.0);
        let mut job = egui::text::LayoutJob { wrap, ..Default::default() };
        job.append(&check.words.replace('\n', " ¶ "), 0.0, format);
        ui.fonts_mut(|f| f.layout_job(job))
    };
    // What is done needs no second line.
    let note = (!ticked).then(|| {
        let font = theme::regular(SMALL);
        ui.painter().layout(check.note.clone(), font, theme.quiet, width - left - 6.0)
    });
    let height = words.size().y + note.as_ref().map_or(0.0, |n| n.size().y) + 7.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    // A point that was just chosen comes into view, once: then the list may be scrolled away from it.
    let here = Some((article.id, i));
    if chosen && in_view(ui) != here {
        ui.data_mut(|d| d.insert_temp(memory_of_view(), here));
        ui.scroll_to_rect(rect, None);
    }
    let box_rect = egui::Rect::from_min_size(rect.min + vec2(2.0, 3.0), vec2(18.0, 18.0));
    let tick = ui.interact(box_rect, response.id.with("tick"), Sense::click());
    // Rows out of sight have their names too: a screen reader goes through all of them.
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, format!("{}: {}", check.words, check.note)));
    tick.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, ticked, format!("Tick: {}", check.words)));
    if !ui.is_rect_visible(rect) {
        return height;
    }
    let response = response.on_hover_text(format!("{}\n{}", check.words, check.note));
    let tick = tick.on_hover_text(if ticked { "Take the tick away" } else { "Tick it off" });
    if chosen {
        ui.painter().rect_filled(rect, f32::from(RADIUS), theme.selection);
    } else if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, f32::from(RADIUS), theme.hover);
    }
    let square = egui::Rect::from_center_size(box_rect.center(), vec2(13.0, 13.0));
    let line = if tick.hovered() || tick.has_focus() { theme.accent } else { theme.quiet };
    ui.painter().rect(square, 3.0, theme.paper, egui::Stroke::new(1.0, line), egui::StrokeKind::Inside);
    if ticked {
        ui.painter().text(square.center(), egui::Align2::CENTER_CENTER, icon::CHECK, egui::FontId::proportional(11.0), theme.safe);
    }
    let at = rect.min + vec2(left, 3.0);
    let below = words.size().y;
    ui.painter().galley(at, words, ink);
    if let Some(note) = note {
        ui.painter().galley(at + vec2(0.0, below + 1.0), note, theme.quiet);
    }
    if tick.clicked() {
        commands.push(Command::TickAt(i));
    } else if response.clicked() {
        commands.push(Command::LookAt(i));
    }
    height
}
