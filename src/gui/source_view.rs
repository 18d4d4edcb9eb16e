//! The source text beside the article: a column, or a strip where there is no room for one. The paragraph
//! that stands for the place looked at is marked and kept in view.

use eframe::egui::{self, Align, CornerRadius, Frame, Layout, Margin, Panel, Rect, RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::app::App;
use super::article::Article;
use super::bidi::{self, Direction};
use super::command::Command;
use super::fonts::icon;
use super::heights::Rows;
use super::paper::hash;
use super::parts;
use super::source::Source;
use super::source_set::{Sets, Style};
use super::stack::{Items, Measure, Shape, Stack};
use super::theme::{self, SMALL, SPACE, Theme};
use super::view::{Mode, Pane, View};

/// Below this width of the middle the source is a strip above the article.
const STRIP: f32 = 640.0;
/// A lower strip is without its heading, in points.
const HEADED: f32 = 100.0;
/// Up to so many bytes all paragraphs are laid out at once.
pub const MEASURED: usize = 100 * 1024;
/// Size of the type, in points.
const SIZE: f32 = 16.0;
/// Space round the words of a paragraph.
const PAD: f32 = 10.0;
/// The line that says that a paragraph was left out.
const TAG: f32 = 18.0;

/// What the column remembers from frame to frame.
#[derive(Default)]
pub struct SourceView {
    pub(super) sets: Sets,
    stack: Stack,
    /// The pair that was brought into view last, of which source text, in a column of what size.
    followed: Option<(u64, Option<usize>, u32, u32)>,
    /// The place looked at and the first byte in view of the article when it was drawn last.
    seen: (usize, usize),
    /// The article was scrolled away from the place looked at: its upper edge is followed.
    scrolled: bool,
}

impl App {
    /// The byte of the text now that is looked at.
    pub(super) fn eye(&self, article: &Article) -> usize {
        eye(article, &self.view)
    }
}

fn eye(article: &Article, view: &View) -> usize {
    if view.mode == Mode::Editing {
        return view.editor.stands;
    }
    article.spot().or_else(|| article.finding().map(|f| f.span)).map_or(article.anchor, |s| s.start)
}

/// Whether a source text stands beside the article.
pub fn is_beside(article: &Article, view: &View) -> bool {
    article.source.is_some() && !view.source_folded && view.pane == Pane::Article
}

/// Whether it is a strip above the article, in a middle of so many points.
pub fn is_strip(wide: f32) -> bool {
    wide < STRIP
}

/// Draws the source text beside what stands in the middle, when there is one and it is unfolded; a strip is `high`
/// points high, or folded where that is nothing.
pub fn beside(ui: &mut Ui, article: &Article, view: &mut View, high: f32, commands: &mut Vec<Command>) {
    let Some(source) = article.source.as_ref().filter(|_| is_beside(article, view)) else { return };
    let theme = theme::of(ui);
    let wide = ui.available_width();
    let frame = Frame::new().fill(theme.desk).inner_margin(Margin::ZERO);
    let strip = is_strip(wide);
    if strip && high <= 0.0 {
        return;
    }
    let panel =
        if strip { Panel::top("source").exact_size(high) } else { Panel::left("source").exact_size((wide * 0.42).clamp(260.0, 440.0)) };
    panel.frame(frame).resizable(false).show(ui, |ui| column(ui, article, source, view, commands));
}

fn column(ui: &mut Ui, article: &Article, source: &Source, view: &mut View, commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    let place = eye(article, view);
    let looked_at = source.pair_at(article.original_place(place));
    let shown = view.paper.shown;
    let seen = &mut view.source.seen;
    if seen.0 != place {
        view.source.scrolled = false;
    } else if seen.1 != shown.start && view.mode == Mode::Reviewing {
        view.source.scrolled = !(shown.start <= place && place <= shown.end);
    }
    *seen = (place, shown.start);
    // A finding that was scrolled out of view is not what the editor reads.
    let followed = if view.source.scrolled { source.pair_at(article.original_place(shown.start)) } else { looked_at };
    let marked = looked_at.and_then(|i| source.pairs.get(i)).map_or(0..0, |p| p.source.clone());
    if ui.available_height() >= HEADED {
        header(ui, source, marked.is_empty(), commands);
    }
    let width = (ui.available_width() - ui.spacing().scroll.allocated_width() - 2.0 * (SPACE[3] + PAD)).max(60.0).floor();
    let stack = &mut view.source.stack;
    // A column that became a strip has to look for its place again.
    let place = Some((source.stamp, followed, width as u32, ui.available_height() as u32));
    if view.source.followed != place {
        view.source.followed = place;
        if let Some(pair) = followed.and_then(|i| source.pairs.get(i)).filter(|p| !p.source.is_empty()) {
            stack.seek(pair.source.start, PAD);
        }
    }
    let mut paragraphs = Paragraphs { source, marked, width, sets: &mut view.source.sets, theme, commands };
    let shape = Shape {
        id: egui::Id::unique(("source", article.id, source.stamp)),
        key: hash((source.stamp, source.pairs.len(), width.to_bits(), ui.pixels_per_point().to_bits())),
        measure: if source.text.len() <= MEASURED { Measure::All } else { Measure::Seen },
        margins: (SPACE[0], 80.0),
    };
    stack.show(ui, &shape, &mut paragraphs);
}

fn header(ui: &mut Ui, source: &Source, alone: bool, commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    ui.horizontal(|ui| {
        ui.set_height(34.0);
        ui.add_space(SPACE[3]);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            ui.add_space(SPACE[1]);
            let mut button = |ui: &mut Ui, sign: &str, command: Command| {
                if parts::icon_button(ui, sign, command.label(), &command.tip()).clicked() {
                    commands.push(command);
                }
            };
            button(ui, icon::CROSS, Command::CloseSource);
            button(ui, icon::COPY, Command::CopySource);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let name = RichText::new(source.name()).color(theme.quiet).font(theme::regular(SMALL));
                ui.add(egui::Label::new(name).truncate()).on_hover_text(source.path.display().to_string());
                if alone {
                    let note = RichText::new("no counterpart here").color(theme.warn).font(theme::regular(SMALL));
                    ui.add(egui::Label::new(note).truncate());
                }
            });
        });
    });
}

/// The paragraphs of a source text as a column.
struct Paragraphs<'a> {
    source: &'a Source,
    marked: std::ops::Range<usize>,
    width: f32,
    sets: &'a mut Sets,
    theme: &'static Theme,
    commands: &'a mut Vec<Command>,
}

/// How a paragraph of a source text is set in a column.
pub fn style(source: &Source, i: usize, size: f32, width: f32) -> Style {
    let kind = source.paragraphs.get(i).map_or(crate::document::BlockKind::Paragraph, |p| p.kind);
    Style { size, width, kind, way: bidi::direction_in(source.words(i), source.way) }
}

impl Rows for Paragraphs<'_> {
    fn count(&self) -> usize {
        self.source.paragraphs.len()
    }

    fn name(&self, i: usize) -> u64 {
        hash((self.source.stamp, i, self.width.to_bits(), self.source.is_left_out(i)))
    }

    fn estimate(&self, i: usize) -> f32 {
        let rows = (self.source.words(i).chars().count() as f32 * SIZE * 0.46 / self.width).ceil().max(1.0);
        rows * SIZE * 1.9 + 2.0 * PAD
    }

    fn height(&mut self, ui: &Ui, i: usize) -> f32 {
        let set = self.sets.set(ui, self.source.words(i), &style(self.source, i, SIZE, self.width));
        set.height + 2.0 * PAD * 0.7 + if self.source.is_left_out(i) { TAG } else { 0.0 }
    }
}

impl Items for Paragraphs<'_> {
    fn draw(&mut self, ui: &mut Ui, i: usize, place: Rect) {
        let theme = self.theme;
        let words = self.source.words(i);
        let style = style(self.source, i, SIZE, self.width);
        let set = self.sets.set(ui, words, &style);
        let box_ = place.shrink2(vec2(SPACE[3], 1.0));
        if self.marked.contains(&i) {
            ui.painter().rect_filled(box_, CornerRadius::same(theme::RADIUS), theme.evidence);
            let x = if style.way == Direction::RightToLeft { box_.right() - 3.0 } else { box_.left() };
            ui.painter().rect_filled(Rect::from_min_size(pos2(x, box_.top() + 4.0), vec2(3.0, box_.height() - 8.0)), 1.5, theme.accent);
        }
        let response = paragraph(ui, self.source, i, box_, self.commands);
        let left_out = self.source.is_left_out(i);
        set.paint(ui, words, pos2(box_.left() + PAD, place.top() + PAD * 0.7), theme.ink);
        if left_out {
            let (x, align) = match style.way {
                Direction::RightToLeft => (box_.right() - PAD, egui::Align2::RIGHT_CENTER),
                Direction::LeftToRight => (box_.left() + PAD, egui::Align2::LEFT_CENTER),
            };
            let at = pos2(x, place.bottom() - PAD * 0.7 - TAG * 0.5);
            ui.painter().text(at, align, "Not in the article", theme::regular(SMALL), theme.warn);
        }
        if self.marked.contains(&i) {
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_description("Stands for the place looked at"));
        }
    }
}

/// A paragraph of the source text under the pointer and the keyboard: its name is its words in the order they
/// were written, a click chooses it, its menu copies it. The words are painted by the caller.
pub fn paragraph(ui: &mut Ui, source: &Source, i: usize, place: Rect, commands: &mut Vec<Command>) -> egui::Response {
    let theme = theme::of(ui);
    let selected = source.selected == Some(i);
    let corner = CornerRadius::same(theme::RADIUS);
    let stroke = egui::Stroke::new(1.5, theme.accent);
    if selected {
        ui.painter().rect(place, corner, theme.selection, stroke, egui::StrokeKind::Inside);
    }
    let response = ui.interact(place, ui.scope_id().with(("source paragraph", source.stamp, i)), Sense::click());
    if response.has_focus() {
        ui.painter().rect_stroke(place, corner, stroke, egui::StrokeKind::Inside);
    }
    response.widget_info(|| WidgetInfo::selected(Role::Paragraph, true, selected, source.words(i)));
    if source.is_left_out(i) {
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_description("Not in the article"));
    }
    if response.clicked() {
        commands.push(Command::SelectSource((!selected).then_some(i)));
    }
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    response.context_menu(|ui| {
        if ui.button("Copy paragraph").clicked() {
            commands.push(Command::SelectSource(Some(i)));
            commands.push(Command::CopySource);
            ui.close();
        }
    });
    response
}
