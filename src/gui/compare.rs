//! The comparison: the original and the text now, changed words alone coloured, each change with its
//! author and a way back. Everything comes from the decisions themselves; nothing is guessed by a diff.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{self, Button, Rect, RichText, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::article::Article;
use super::command::Command;
use super::fonts::icon;
use super::lines::{Setting, coming, inner, struck};
use super::parts;
use super::theme::{self, INTERFACE, SMALL, SPACE, Theme};
use super::view::{Style, View};
use crate::document::BlockKind;
use crate::review::{Event, Hunk};
use crate::text::Span;

/// Paragraphs of both texts that stand for one another.
struct Row {
    original: Span,
    now: Span,
    kind: BlockKind,
    hunks: std::ops::Range<usize>,
}

/// Both texts, cut at the line breaks that they share.
fn rows(article: &Article) -> Vec<Row> {
    let review = article.session.review();
    let (original, now) = (review.original(), review.text());
    let hunks = &article.figures.hunks;
    let document = article.session.document();
    let mut rows = Vec::new();
    let (mut start, mut now_start, mut first, mut next) = (0, 0, 0, 0);
    let mut shift = 0_isize;
    let mut cut = |end: usize, now_end: usize, from: &mut usize, now_from: &mut usize, first: &mut usize, next: usize| {
        let span = Span::new(*from, end);
        let lead = span.of(original).len() - span.of(original).trim_start().len();
        let kind = document.block_at(span.start + lead).map_or(BlockKind::Paragraph, |b| b.kind);
        rows.push(Row { original: span, now: Span::new(*now_from, now_end), kind, hunks: *first..next });
        *from = end + 1;
        *now_from = now_end + 1;
        *first = next;
    };
    for (at, _) in original.match_indices('\n') {
        // Changes before this line break move its place.
        while let Some(hunk) = hunks.get(next).filter(|h| h.original.end <= at && h.original.start <= at) {
            shift += hunk.to.len() as isize - hunk.from.len() as isize;
            next += 1;
        }
        let gone = hunks.get(next).is_some_and(|h| h.original.start <= at && at < h.original.end);
        if !gone {
            cut(at, at.saturating_add_signed(shift), &mut start, &mut now_start, &mut first, next);
        }
    }
    cut(original.len(), now.len(), &mut start, &mut now_start, &mut first, hunks.len());
    rows
}

/// Draws the comparison.
pub fn ui(ui: &mut Ui, article: &Article, view: &View, commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    header(ui, article, view, commands);
    let rows = rows(article);
    let wide = ui.available_width();
    let gutter = if wide > 1300.0 {
        280.0
    } else if wide > 760.0 {
        190.0
    } else {
        120.0
    };
    let side = view.style == Style::SideBySide;
    let size = if side { 16.0 } else { 17.0 };
    let margin = 28.0;
    let column = if side {
        ((wide - gutter - 3.0 * margin) / 2.0).clamp(140.0, size * 32.0)
    } else {
        (wide - gutter - 2.0 * margin).clamp(180.0, size * 36.0)
    };
    let columns = if side { 2.0 * column + margin } else { column };
    let left = ((wide - columns - gutter - margin) / 2.0).max(margin * 0.7);
    let setting = Setting { size, width: column, ink: theme.ink, quiet: theme.quiet };
    if side {
        let (rect, _) = ui.allocate_exact_size(vec2(wide, 24.0), Sense::hover());
        for (i, name) in ["Original", "Now"].into_iter().enumerate() {
            let at = pos2(rect.left() + left + i as f32 * (column + margin), rect.center().y);
            ui.painter().text(at, egui::Align2::LEFT_CENTER, name, theme::bold(SMALL), theme.quiet);
        }
    }
    ScrollArea::vertical().id_salt(("compare", article.id)).auto_shrink(false).show(ui, |ui| {
        let mut y = ui.min_rect().top() + 8.0;
        let origin = ui.min_rect().left() + left;
        for row in &rows {
            if row.original.is_empty() && row.now.is_empty() {
                y += 8.0;
                continue;
            }
            let review = article.session.review();
            let hunks = article.figures.hunks.get(row.hunks.clone()).unwrap_or(&[]);
            let base = setting.format(row.kind);
            let jobs = if side {
                vec![
                    job(review.original(), row.original, hunks, Column::Original, &base, column, theme),
                    job(review.text(), row.now, hunks, Column::Now, &base, column, theme),
                ]
            } else {
                vec![job(review.original(), row.original, hunks, Column::Redline, &base, column, theme)]
            };
            let galleys: Vec<_> = jobs.into_iter().map(|j| parts::tight(ui, j)).collect();
            let text_height = galleys.iter().map(|g| g.galley.rect.height()).fold(0.0, f32::max);
            let height = text_height.max(hunks.len() as f32 * 26.0);
            let place = Rect::from_min_size(pos2(origin, y), vec2(columns + margin + gutter, height));
            if ui.is_rect_visible(place) {
                for (i, galley) in galleys.into_iter().enumerate() {
                    let at = Rect::from_min_size(pos2(origin + i as f32 * (column + margin), y), galley.galley.rect.size());
                    let response = ui.interact(at, ui.scope_id().with(("row", row.original.start, i)), Sense::hover());
                    let words = galley.galley.text().to_owned();
                    response.widget_info(|| WidgetInfo::labeled(Role::Paragraph, true, words.clone()));
                    galley.paint(ui, at.min);
                }
                if !hunks.is_empty() {
                    let bar = Rect::from_min_size(pos2(origin - 12.0, y), vec2(2.0, text_height));
                    ui.painter().rect_filled(bar, 1.0, theme.accent);
                    let gutter_place = Rect::from_min_size(pos2(origin + columns + margin, y), vec2(gutter, height));
                    ui.scope_builder(UiBuilder::new().max_rect(gutter_place).id_salt(row.original.start), |ui| {
                        handles(ui, article, hunks, row.hunks.start, commands);
                    });
                }
            }
            y += height + (size * 0.8).round();
        }
        let used = y + 120.0 - ui.min_rect().top();
        ui.allocate_rect(Rect::from_min_size(ui.min_rect().min, vec2(wide - 2.0, used)), Sense::hover());
    });
}

fn header(ui: &mut Ui, article: &Article, view: &View, commands: &mut Vec<Command>) {
    let f = &article.figures;
    ui.add_space(SPACE[1]);
    ui.horizontal(|ui| {
        ui.add_space(SPACE[3]);
        let changed: usize = f.hunks.iter().map(|h| super::article::words(&h.from).max(super::article::words(&h.to)).max(1)).sum();
        let share = changed as f32 / f.original_words.max(1) as f32 * 100.0;
        let text = match f.hunks.len() {
            0 => "Nothing is changed yet".to_owned(),
            n => format!(
                "{n} change{}  ·  {} → {} words  ·  {share:.1} % of the words",
                if n == 1 { "" } else { "s" },
                f.original_words,
                f.words
            ),
        };
        ui.label(RichText::new(text).font(theme::bold(INTERFACE)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_space(SPACE[3]);
            for (style, sign, name) in [(Style::Redline, icon::ROWS, "Redline"), (Style::SideBySide, icon::COLUMNS, "Side by side")] {
                let on = view.style == style;
                if ui.add(Button::selectable(on, format!("{sign} {name}"))).clicked() && !on {
                    commands.push(Command::CompareStyle);
                }
            }
        });
    });
    ui.add_space(SPACE[1]);
    parts::rule(ui);
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Original,
    Now,
    Redline,
}

fn job(text: &str, span: Span, hunks: &[Hunk], column: Column, base: &TextFormat, width: f32, theme: &Theme) -> LayoutJob {
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    let mut position = span.start;
    let put = |job: &mut LayoutJob, words: &str, format: &TextFormat| {
        if !words.is_empty() {
            job.append(words, 0.0, format.clone());
        }
    };
    for hunk in hunks {
        let place = if column == Column::Now { hunk.now } else { hunk.original };
        put(&mut job, Span::new(position, place.start.max(position)).of(text), base);
        let mut inside = 0;
        for edit in &inner(&hunk.from, &hunk.to) {
            put(&mut job, hunk.from.get(inside..edit.at).unwrap_or(""), base);
            if column != Column::Now {
                put(&mut job, &edit.from.replace('\n', "¶\n"), &struck(base, theme));
            }
            if column != Column::Original && !edit.to.is_empty() {
                let words = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                let close = column == Column::Redline && words(edit.from.chars().last()) && words(edit.to.chars().next());
                job.append(&edit.to.replace('\n', "¶\n"), if close { 4.0 } else { 0.0 }, coming(base, theme));
            }
            inside = edit.span().end;
        }
        put(&mut job, hunk.from.get(inside..).unwrap_or(""), base);
        position = place.end;
    }
    put(&mut job, Span::new(position, span.end.max(position)).of(text), base);
    if job.sections.is_empty() {
        job.append("", 0.0, base.clone());
    }
    job
}

/// Who changed what, and the way back.
fn handles(ui: &mut Ui, article: &Article, hunks: &[Hunk], first: usize, commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    let review = article.session.review();
    ui.spacing_mut().item_spacing.y = 0.0;
    for (i, hunk) in hunks.iter().enumerate() {
        let author = hunk.entries.iter().rev().find_map(|n| review.entry(*n).map(|e| &e.event));
        let (sign, name, tip) = match author {
            Some(Event::Accepted { rule, message, .. }) => (icon::RULE, rule.replace('-', " "), message.clone()),
            _ => (icon::PENCIL, "by hand".to_owned(), "Changed by hand".to_owned()),
        };
        let what = match (hunk.from.trim(), hunk.to.trim()) {
            ("", "") if hunk.from.is_empty() => "space put in".to_owned(),
            ("", "") => "space taken out".to_owned(),
            ("", to) => format!("put in “{to}”"),
            (from, "") => format!("took out “{from}”"),
            (from, to) => format!("“{from}” → “{to}”"),
        };
        ui.horizontal(|ui| {
            ui.set_height(26.0);
            ui.spacing_mut().item_spacing.x = 5.0;
            let revert = parts::icon_button(ui, icon::REVERT, &format!("Revert: {what}"), "Give this place its original words back");
            if revert.clicked() {
                commands.push(Command::RevertHunk(first + i));
            }
            ui.label(RichText::new(sign).color(theme.quiet).size(13.0));
            let label = egui::Label::new(RichText::new(&name).color(theme.quiet).font(theme::regular(SMALL))).truncate();
            ui.add(label).on_hover_text(format!("{what}\n{tip}"));
        });
    }
}
