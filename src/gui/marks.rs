//! Underlines: drawn over the set text, a category by its colour and by its shape.

use eframe::egui::epaint::text::{CharIndex, Galley, PlacedRow};
use eframe::egui::{Painter, Pos2, Rect, Shape as Paint, Stroke, pos2, vec2};

use super::theme::{Mark, Shape};

/// Where characters stand in a galley, one rectangle a row.
pub fn rects(galley: &Galley, from: usize, to: usize) -> Vec<Rect> {
    rects_of(&galley.rows, 0, from, to)
}

/// The same for some rows of a galley that so many characters stand before.
pub fn rects_of(rows: &[PlacedRow], before: usize, from: usize, to: usize) -> Vec<Rect> {
    let mut found = Vec::new();
    let mut start = before;
    for row in rows {
        let length = row.char_count_excluding_newline().0;
        let (a, b) = (from.max(start), to.min(start + length));
        if a < b {
            let x = |i: usize| row.pos.x + row.x_offset(CharIndex(i - start));
            found.push(Rect::from_min_max(pos2(x(a), row.min_y()), pos2(x(b), row.max_y())));
        }
        start += row.char_count_including_newline().0;
        if start > to {
            break;
        }
    }
    found
}

/// Draws the underline of a category under a row of words set in type of `size` points.
pub fn underline(painter: &Painter, words: Rect, size: f32, mark: Mark, weight: f32) {
    let y = words.center().y + size * 0.56;
    draw(painter, pos2(words.left(), y), words.width().max(5.0), mark, weight);
}

/// Draws a mark from a point to the right.
pub fn draw(painter: &Painter, from: Pos2, width: f32, mark: Mark, weight: f32) {
    let stroke = Stroke::new(weight, mark.colour);
    let to = from + vec2(width, 0.0);
    let line = |painter: &Painter, dy: f32, stroke: Stroke| {
        painter.line_segment([from + vec2(0.0, dy), to + vec2(0.0, dy)], stroke);
    };
    let dashes = |painter: &Painter, pattern: &[f32]| {
        let (mut x, mut i) = (0.0, 0);
        while x < width {
            let length = pattern.get(i % pattern.len()).copied().unwrap_or(width).min(width - x);
            if i % 2 == 0 {
                painter.line_segment([from + vec2(x, 0.0), from + vec2(x + length.max(0.8), 0.0)], stroke);
            }
            x += length.max(0.1);
            i += 1;
        }
    };
    match mark.shape {
        Shape::Line => line(painter, 0.0, stroke),
        Shape::Thick => line(painter, 0.5, Stroke::new(weight * 2.0, mark.colour)),
        Shape::Double => {
            line(painter, -1.2, Stroke::new(weight * 0.8, mark.colour));
            line(painter, 1.6, Stroke::new(weight * 0.8, mark.colour));
        }
        Shape::Dash => dashes(painter, &[5.0, 3.0]),
        Shape::DashDot => dashes(painter, &[5.0, 2.0, 1.2, 2.0]),
        Shape::Dots => {
            let radius = weight * 0.85;
            let mut x = radius;
            while x <= width {
                painter.circle_filled(from + vec2(x, 0.0), radius, mark.colour);
                x += 4.0;
            }
        }
        Shape::Wave => wave(painter, from, width, 3.0, 1.3, stroke),
        Shape::Zigzag => wave(painter, from, width, 1.5, 1.6, stroke),
    }
}

/// A wave of quarter steps of `step` points.
fn wave(painter: &Painter, from: Pos2, width: f32, step: f32, height: f32, stroke: Stroke) {
    let fine = if step > 2.0 { 1.0 } else { step };
    let count = (width / fine).ceil() as usize;
    let points = (0..=count).map(|i| {
        let x = (i as f32 * fine).min(width);
        let dy = if step > 2.0 {
            (x / step * std::f32::consts::FRAC_PI_2).sin() * height
        } else if i % 2 == 0 {
            height
        } else {
            -height
        };
        from + vec2(x, dy)
    });
    painter.add(Paint::line(points.collect(), stroke));
}
