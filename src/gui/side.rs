//! The left panel: the queue of articles above, the findings by category below.

use eframe::egui::{self, Align2, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::article::Article;
use super::checks;
use super::command::Command;
use super::focus;
use super::marks;
use super::narrow;
use super::parts;
use super::queue;
use super::theme::{self, INTERFACE, RADIUS, SMALL, SPACE};
use super::view::View;
use crate::finding::Category;

/// Below this height the panel is set closer.
const LOW: f32 = 640.0;

/// A row with a mark, a name and a number.
pub(super) struct Row<'a> {
    /// What stands there.
    pub(super) name: &'a str,
    /// Below it, small; empty where one line is enough.
    pub(super) below: String,
    /// At the right.
    pub(super) number: String,
    /// Room at the right for what the mark draws there.
    pub(super) room: f32,
    /// It is the chosen one.
    pub(super) chosen: bool,
    /// Shown when the pointer rests on it.
    pub(super) tip: String,
    /// Its accessible name.
    pub(super) spoken: String,
}

/// Draws a row; `mark` draws its sign.
pub(super) fn row(ui: &mut Ui, row: &Row, mark: impl FnOnce(&Ui, egui::Rect)) -> egui::Response {
    let theme = theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ui.spacing().interact_size.y), Sense::click());
    let response = response.on_hover_text(&row.tip);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, row.chosen, &row.spoken));
    if row.chosen {
        ui.painter().rect_filled(rect, f32::from(RADIUS), theme.selection);
    } else if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, f32::from(RADIUS), theme.hover);
    }
    mark(ui, rect);
    let number = ui.painter().layout_no_wrap(row.number.clone(), theme::regular(SMALL), if row.chosen { theme.ink } else { theme.quiet });
    let space = rect.width() - 34.0 - number.size().x - row.room - 12.0;
    let mut job = egui::text::LayoutJob::simple_singleline(row.name.to_owned(), theme::regular(INTERFACE), theme.ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(space);
    let name = ui.fonts_mut(|f| f.layout_job(job));
    let up = if row.below.is_empty() { 0.0 } else { 8.0 };
    ui.painter().galley(pos2(rect.left() + 34.0, rect.center().y - up - name.size().y / 2.0), name, theme.ink);
    if !row.below.is_empty() {
        let below = super::sorting::shortened(ui, &row.below, space);
        let below = ui.painter().layout_no_wrap(below, theme::regular(SMALL), if row.chosen { theme.ink } else { theme.quiet });
        ui.painter().galley(pos2(rect.left() + 34.0, rect.center().y + up - below.size().y / 2.0), below, theme.quiet);
    }
    let at = Align2::RIGHT_CENTER.anchor_size(pos2(rect.right() - 8.0, rect.center().y), number.size());
    ui.painter().galley(at.min, number, theme.quiet);
    response
}

/// Draws the panel.
pub fn ui(ui: &mut Ui, articles: &[Article], current: usize, view: &View, hints: bool, commands: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.y = 2.0;
    // A low window has room for the rows, not for the air between them.
    let low = ui.available_height() < LOW;
    ui.spacing_mut().interact_size.y = if low { 24.0 } else { 27.0 };
    queue::ui(ui, articles, current, view, hints, commands);
    let Some(article) = articles.get(current) else { return };
    ui.add_space(if low { SPACE[1] } else { SPACE[3] });
    narrow::heading(ui, hints, commands);
    narrow::ui(ui, article, &view.narrow, commands);
    ui.add_space(2.0);
    ScrollArea::vertical().id_salt("categories").auto_shrink([false, true]).show(ui, |ui| {
        for (category, number) in &article.figures.counts {
            category_row(ui, *category, *number, view.narrow.category == Some(*category), commands);
        }
        if article.figures.counts.is_empty() {
            let state = queue::Status::of(article);
            parts::quiet(ui, if article.session.is_checked() { "None left".to_owned() } else { super::apply::sentence(state.label()) });
        }
        checks::ui(ui, article, view, commands);
        focus::follow(ui);
    });
}

fn category_row(ui: &mut Ui, category: Category, number: usize, chosen: bool, commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    let line = Row {
        name: category.label(),
        below: String::new(),
        number: number.to_string(),
        room: 0.0,
        chosen,
        tip: if chosen { "Show all categories".to_owned() } else { format!("Show {} alone", category.label().to_lowercase()) },
        spoken: format!("{}, {number}", category.label()),
    };
    let response = row(ui, &line, |ui, rect| {
        marks::draw(ui.painter(), pos2(rect.left() + 10.0, rect.center().y + 1.0), 16.0, theme.mark(category), 1.5);
    });
    if response.clicked() {
        commands.push(Command::Filter((!chosen).then_some(category)));
    }
}
