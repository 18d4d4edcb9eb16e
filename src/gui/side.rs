//! The left panel: the queue of articles above, the findings by category below.

use eframe::egui::{self, Align2, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::article::Article;
use super::checks;
use super::command::Command;
use super::fonts::icon;
use super::marks;
use super::narrow;
use super::parts;
use super::theme::{self, INTERFACE, RADIUS, SMALL, SPACE};
use super::view::View;
use crate::finding::Category;

/// A row with a mark, a name and a number.
struct Row<'a> {
    name: &'a str,
    number: String,
    chosen: bool,
    tip: String,
    spoken: String,
}

fn row(ui: &mut Ui, row: &Row, mark: impl FnOnce(&Ui, egui::Rect)) -> egui::Response {
    let theme = theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 27.0), Sense::click());
    let response = response.on_hover_text(&row.tip);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, row.chosen, &row.spoken));
    if row.chosen {
        ui.painter().rect_filled(rect, f32::from(RADIUS), theme.selection);
    } else if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, f32::from(RADIUS), theme.hover);
    }
    mark(ui, rect);
    let number = ui.painter().layout_no_wrap(row.number.clone(), theme::regular(SMALL), if row.chosen { theme.ink } else { theme.quiet });
    let space = rect.width() - 34.0 - number.size().x - 12.0;
    let mut job = egui::text::LayoutJob::simple_singleline(row.name.to_owned(), theme::regular(INTERFACE), theme.ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(space);
    let name = ui.fonts_mut(|f| f.layout_job(job));
    ui.painter().galley(pos2(rect.left() + 34.0, rect.center().y - name.size().y / 2.0), name, theme.ink);
    let at = Align2::RIGHT_CENTER.anchor_size(pos2(rect.right() - 8.0, rect.center().y), number.size());
    ui.painter().galley(at.min, number, theme.quiet);
    response
}

/// Draws the panel.
pub fn ui(ui: &mut Ui, articles: &[Article], current: usize, view: &View, hints: bool, commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.horizontal(|ui| {
        parts::heading(ui, "Queue");
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if parts::icon_button(ui, icon::OPEN, "Open articles", &Command::Open.tip()).clicked() {
                commands.push(Command::Open);
            }
            if parts::icon_button(ui, icon::PASTE, "Paste an article", &Command::Paste.tip()).clicked() {
                commands.push(Command::Paste);
            }
        });
    });
    let most = (ui.available_height() * 0.45).max(90.0);
    ScrollArea::vertical().id_salt("queue").max_height(most).auto_shrink([false, true]).show(ui, |ui| {
        for (i, article) in articles.iter().enumerate() {
            let (sign, colour, state) = sign(article, theme);
            let open = article.figures.open;
            let name = article.title();
            let line = Row {
                name: &name,
                number: if open == 0 { String::new() } else { open.to_string() },
                chosen: i == current,
                tip: format!(
                    "{}, {state}",
                    article.session.path.as_ref().map_or_else(|| article.session.name.clone(), |p| p.display().to_string())
                ),
                spoken: format!("{}, {open} findings, {state}", article.session.name),
            };
            let response = row(ui, &line, |ui, rect| {
                let font = egui::FontId::proportional(if sign == icon::DOT { 10.0 } else { 15.0 });
                ui.painter().text(pos2(rect.left() + 18.0, rect.center().y), Align2::CENTER_CENTER, sign, font, colour);
            });
            if response.clicked() {
                commands.push(Command::Article(i));
            }
        }
    });
    let Some(article) = articles.get(current) else { return };
    ui.add_space(SPACE[3]);
    ui.horizontal(|ui| {
        parts::heading(ui, "Findings");
        if view.narrow.is_narrow() {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui
                    .add(egui::Button::new(RichText::new("Show all").font(theme::regular(SMALL)).color(theme.accent)).frame(false))
                    .clicked()
                {
                    commands.push(Command::ShowAll);
                }
            });
        }
    });
    ui.add_space(2.0);
    narrow::ui(ui, article, &view.narrow, hints, commands);
    ui.add_space(2.0);
    ScrollArea::vertical().id_salt("categories").auto_shrink([false, true]).show(ui, |ui| {
        for (category, number) in &article.figures.counts {
            category_row(ui, *category, *number, view.narrow.category == Some(*category), commands);
        }
        if article.figures.counts.is_empty() {
            parts::quiet(ui, if article.session.is_checked() { "None left" } else { "Checking …" });
        }
        checks::ui(ui, article, view, commands);
    });
}

fn category_row(ui: &mut Ui, category: Category, number: usize, chosen: bool, commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    let line = Row {
        name: category.label(),
        number: number.to_string(),
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

fn sign(article: &Article, theme: &theme::Theme) -> (&'static str, egui::Color32, &'static str) {
    let figures = &article.figures;
    if figures.unsaved {
        (icon::DOT, theme.accent, "not saved")
    } else if article.session.review().saved().is_some() {
        (icon::CHECKED, theme.safe, "saved")
    } else if figures.open == 0 && article.session.is_checked() {
        (icon::CHECK, theme.safe, "clean")
    } else if figures.accepted + figures.rejected > 0 {
        (icon::DOT, theme.accent, "in work")
    } else {
        (icon::CIRCLE, theme.quiet, "new")
    }
}
