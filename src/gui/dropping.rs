//! Files that are dropped on the window.

use std::path::PathBuf;

use eframe::egui::{self, Stroke, Ui};

use super::command::Command;
use super::theme;

/// Opens what is dropped; shows that it may be while it hangs over the window.
pub(super) fn dropped(ui: &Ui, commands: &mut Vec<Command>) {
    let paths: Vec<PathBuf> = ui.input(|i| i.raw.dropped_files.iter().map(|f| f.path().to_owned()).collect());
    if !paths.is_empty() {
        commands.push(Command::OpenPaths(paths));
    }
    if ui.input(|i| !i.raw.hovered_files.is_empty()) {
        let theme = theme::of(ui);
        let rect = ui.ctx().content_rect().shrink(12.0);
        let painter = ui.ctx().layer_painter(egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("copydesk drop")));
        painter.rect(rect, 10.0, theme.selection.gamma_multiply(0.85), Stroke::new(2.0, theme.accent), egui::StrokeKind::Inside);
        painter.text(rect.center(), egui::Align2::CENTER_CENTER, "Drop to open", theme::bold(20.0), theme.ink);
    }
}
