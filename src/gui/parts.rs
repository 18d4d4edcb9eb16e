//! Small parts that several panels draw: buttons with a key, quiet lines, badges, snippets of the copy.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    self, Align2, Button, Color32, CornerRadius, FontId, Frame, Margin, Rect, Response, RichText, Role, Sense, Stroke, Ui, WidgetInfo,
    pos2, vec2,
};

use super::command::{Command, When};
use super::lines::{coming, struck};
use super::marks;
use super::theme::{self, RADIUS, SMALL, Theme};
use crate::finding::Category;
use crate::text::{Edits, Span};

/// A line of second importance.
pub fn quiet(ui: &mut Ui, text: impl Into<String>) -> Response {
    let theme = theme::of(ui);
    ui.label(RichText::new(text).color(theme.quiet).font(theme::regular(SMALL)))
}

/// A heading of a part of a panel.
pub fn heading(ui: &mut Ui, text: &str) {
    let theme = theme::of(ui);
    ui.label(RichText::new(text).color(theme.quiet).font(theme::bold(SMALL)));
}

/// How a button looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// What is done most.
    Primary,
    /// Others.
    Plain,
}

/// A button of a command over the whole width, its key at the right.
pub fn command_button(ui: &mut Ui, command: &Command, icon: &str, look: Look, now: When, commands: &mut Vec<Command>) -> Response {
    let theme = theme::of(ui);
    let (fill, ink, key) = match look {
        Look::Primary => (theme.accent, theme.accent_ink, theme.accent_ink),
        Look::Plain => (theme.raised, theme.ink, theme.quiet),
    };
    let label = RichText::new(format!("{icon}  {}", command.label())).color(ink).font(if look == Look::Primary {
        theme::bold(theme::INTERFACE)
    } else {
        theme::regular(theme::INTERFACE)
    });
    let mut button = Button::new(label).fill(fill).min_size(vec2(ui.available_width(), 30.0));
    if look == Look::Primary {
        button = button.stroke(Stroke::NONE);
    }
    let key_text = command.key_in(now);
    let wide = |text: &str, size: f32| ui.painter().layout_no_wrap(text.to_owned(), theme::bold(size), ink).size().x;
    let whole = wide(icon, theme::INTERFACE) + wide(command.label(), theme::INTERFACE) + wide(&key_text, SMALL) + 44.0;
    // A chord that has no room is in the tip alone; the words stay at the left.
    let key_text = if whole <= ui.available_width() { key_text } else { String::new() };
    button = button.right_text(RichText::new(key_text).color(key).font(theme::regular(SMALL)));
    let response = ui.add(button).on_hover_text(command.tip());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), command.label()));
    if response.clicked() {
        commands.push(command.clone());
    }
    response
}

/// A small button without a frame.
pub fn icon_button(ui: &mut Ui, icon: &str, name: &str, tip: &str) -> Response {
    let theme = theme::of(ui);
    let response = ui
        .scope(|ui| {
            ui.spacing_mut().button_padding = vec2(5.0, 3.0);
            ui.spacing_mut().interact_size = vec2(26.0, 26.0);
            ui.add(Button::new(RichText::new(icon).size(15.0).color(theme.quiet)).frame_when_inactive(false))
        })
        .inner
        .on_hover_text(tip);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response
}

/// The sample of a category's underline.
pub fn swatch(ui: &mut Ui, category: Category) {
    let theme = theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(18.0, 14.0), Sense::hover());
    marks::draw(ui.painter(), pos2(rect.left() + 1.0, rect.center().y + 2.0), 16.0, theme.mark(category), 1.5);
}

/// A small word in a box.
pub fn badge(ui: &mut Ui, icon: &str, text: &str, colour: Color32, tip: &str) -> Response {
    let theme = theme::of(ui);
    let response = Frame::new()
        .fill(theme.raised)
        .stroke(Stroke::new(1.0, theme.hairline))
        .corner_radius(CornerRadius::same(RADIUS))
        .inner_margin(Margin::symmetric(7, 2))
        .show(ui, |ui| ui.label(RichText::new(format!("{icon} {text}")).color(colour).font(theme::regular(SMALL))))
        .inner
        .on_hover_text(tip);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{text}: {tip}")));
    response
}

/// A letter as it stands on a key.
pub fn key_cap(ui: &mut Ui, text: &str) {
    let theme = theme::of(ui);
    let galley = ui.painter().layout_no_wrap(text.to_owned(), theme::regular(SMALL), theme.ink);
    let (rect, _) = ui.allocate_exact_size(vec2(galley.size().x.max(9.0) + 10.0, 20.0), Sense::hover());
    ui.painter().rect(rect, 4.0, theme.raised, Stroke::new(1.0, theme.hairline), egui::StrokeKind::Inside);
    ui.painter().galley(Align2::CENTER_CENTER.anchor_size(rect.center(), galley.size()).min, galley, theme.ink);
}

/// The frame of what floats above the article.
pub fn floating(ctx: &egui::Context) -> Frame {
    Frame::window(&ctx.global_style()).inner_margin(Margin::same(20))
}

/// A place for check marks and radio buttons: those that are off have an outline that is seen.
pub fn outlined<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let theme = theme::of(ui);
    ui.scope(|ui| {
        ui.visuals_mut().widgets.inactive.bg_stroke = Stroke::new(1.0, theme.quiet);
        ui.visuals_mut().widgets.inactive.bg_fill = theme.paper;
        content(ui)
    })
    .inner
}

/// Whether Alt was pressed with a number key; no field hears the digit then.
pub fn alt_number(ui: &Ui, key: egui::Key) -> bool {
    ui.input_mut(|input| {
        let pressed = input.consume_key(egui::Modifiers::ALT, key);
        if pressed {
            input.events.retain(|e| !matches!(e, egui::Event::Text(text) if text == key.symbol_or_name()));
        }
        pressed
    })
}

/// A line from edge to edge.
pub fn rule(ui: &mut Ui) {
    let theme = theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(1.0, theme.hairline));
}

/// Which side of a change a snippet shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Old struck through, new beside it.
    Both,
    /// What comes of it, the new words marked.
    Result,
}

/// How far the words around a change reach, in bytes.
const REACH: usize = 44;
/// The most places of one change that are shown.
const MOST_PLACES: usize = 6;

/// Some words around a change, set as copy.
pub fn snippet(text: &str, edits: &Edits, reach: Span, side: Side, font: &FontId, theme: &Theme, width: f32) -> LayoutJob {
    let hull = edits.hull().unwrap_or(reach).cover(reach);
    let near = around;
    let around = near(text, hull, REACH);
    let base =
        TextFormat { font_id: font.clone(), color: theme.ink, line_height: Some((font.size * 1.5).round()), ..TextFormat::default() };
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    let put = |job: &mut LayoutJob, words: &str, format: &TextFormat| {
        if !words.is_empty() {
            job.append(&words.replace('\n', " ¶ "), 0.0, format.clone());
        }
    };
    if around.start > 0 && text.as_bytes().get(around.start - 1) != Some(&b'\n') {
        put(&mut job, "… ", &base);
    }
    // Where a change has several places, what stands between them is cut short, and the last are only counted.
    let keep = |job: &mut LayoutJob, span: Span| {
        if span.len() <= 3 * REACH {
            put(job, span.of(text), &base);
        } else {
            put(job, Span::new(span.start, near(text, Span::at(span.start), REACH).end).of(text), &base);
            put(job, " … ", &base);
            put(job, Span::new(near(text, Span::at(span.end), REACH).start, span.end).of(text), &base);
        }
    };
    let mut position = around.start;
    for (i, edit) in edits.iter().enumerate() {
        if i >= MOST_PLACES {
            put(&mut job, &format!(" … and {} more", edits.len() - i), &base);
            return job;
        }
        keep(&mut job, Span::new(position, edit.at));
        // Words that only go would leave no trace in the result.
        if side == Side::Both || edit.to.is_empty() {
            put(&mut job, &edit.from, &struck(&base, theme));
        }
        let both = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let space = side == Side::Both && both(edit.from.chars().last()) && both(edit.to.chars().next());
        if !edit.to.is_empty() {
            job.append(&edit.to.replace('\n', " ¶ "), if space { font.size * 0.22 } else { 0.0 }, coming(&base, theme));
        }
        position = edit.span().end;
    }
    keep(&mut job, Span::new(position, around.end));
    if around.end < text.len() && text.as_bytes().get(around.end) != Some(&b'\n') {
        put(&mut job, " …", &base);
    }
    job
}

/// A span with some words on both sides, inside its paragraphs.
pub fn around(text: &str, span: Span, reach: usize) -> Span {
    let before = text.get(..span.start).unwrap_or("");
    let after = text.get(span.end..).unwrap_or("");
    let line_start = before.rfind('\n').map_or(0, |i| i + 1);
    let line_end = span.end + after.find('\n').unwrap_or(after.len());
    let mut start = span.start.saturating_sub(reach).max(line_start);
    let mut end = (span.end + reach).min(line_end);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    if start > line_start {
        start += Span::new(start, span.start).of(text).find(' ').map_or(0, |i| i + 1);
    }
    if end < line_end {
        end = Span::new(span.end, end).of(text).rfind(' ').map_or(end, |i| span.end + i);
    }
    Span::new(start.min(span.start), end.max(span.end))
}

/// Where words break over two rows, the space at the end of the first is not worth a mark.
pub fn whole(rects: Vec<Rect>, size: f32) -> Vec<Rect> {
    let several = rects.len() > 1;
    rects.into_iter().filter(|r| !several || r.width() > size * 0.35).collect()
}

/// A job laid out, with the backgrounds of its words as high as the letters and not as the leading.
pub struct Tight {
    /// The set words.
    pub galley: Arc<egui::Galley>,
    fills: Vec<(Rect, Color32)>,
}

/// Lays a job out; backgrounds are kept apart.
pub fn tight(ui: &Ui, mut job: LayoutJob) -> Tight {
    let mut found = Vec::new();
    let mut chars = 0;
    for section in &mut job.sections {
        let words = job.text.get(section.byte_range.start.0..section.byte_range.end.0).unwrap_or("");
        let count = words.chars().count();
        let fill = std::mem::replace(&mut section.format.background, Color32::TRANSPARENT);
        if fill != Color32::TRANSPARENT {
            found.push((chars, chars + count, fill, section.format.font_id.size));
        }
        chars += count;
    }
    let galley = ui.fonts_mut(|f| f.layout_job(job));
    let rects = |(a, b, fill, size): (usize, usize, Color32, f32)| {
        let letters = move |r: Rect| Rect::from_center_size(r.center(), vec2(r.width(), size * 1.34));
        whole(marks::rects(&galley, a, b), size).into_iter().map(move |r| (letters(r), fill)).collect::<Vec<_>>()
    };
    let fills = found.into_iter().flat_map(rects).collect();
    Tight { galley, fills }
}

impl Tight {
    /// Paints it at a point. Words that come are underlined, so that they are known without their colour.
    pub fn paint(&self, ui: &Ui, at: egui::Pos2) {
        let theme = theme::of(ui);
        for (rect, fill) in &self.fills {
            fill_words(ui, rect.translate(at.to_vec2()), *fill);
        }
        ui.painter().galley(at, Arc::clone(&self.galley), theme.ink);
    }
}

/// Paints behind words; those that come are underlined.
pub fn fill_words(ui: &Ui, rect: Rect, fill: Color32) {
    let theme = theme::of(ui);
    ui.painter().rect_filled(rect, 2.0, fill);
    if fill == theme.new {
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.75, Stroke::new(1.5, theme.new_ink));
    }
}

/// Lays a job out and paints it; the response has the words as its name.
pub fn set_job(ui: &mut Ui, job: LayoutJob) -> Response {
    let words = job.text.clone();
    let set = tight(ui, job);
    let (rect, response) = ui.allocate_exact_size(set.galley.size(), Sense::hover());
    set.paint(ui, rect.min);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words.clone()));
    response
}
