//! One paragraph of a long article, to be written anew: a field over the whole text of a book would cost more
//! than a frame has.

use eframe::egui::{self, Key, Modifiers, TextEdit, Ui, vec2};

use super::app::App;
use super::article::{Article, MOST_TYPED};
use super::command::Command;
use super::dialogs::modal;
use super::parts;
use super::theme::{self, COPY, INTERFACE, SPACE};
use super::view::{Dialog, Mode, Pane};
use crate::review::Event;
use crate::text::{Edits, Span, diff};

/// A paragraph that is written anew.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paragraph {
    /// Where it stands, in bytes of the text now.
    pub span: Span,
    /// Its words as they are written now.
    pub text: String,
    /// The field has the keyboard.
    focused: bool,
}

impl Paragraph {
    /// The line of a text in which a byte lies.
    fn at(text: &str, byte: usize) -> Self {
        let start = text.get(..byte).and_then(|t| t.rfind('\n')).map_or(0, |i| i + 1);
        let end = text.get(byte..).and_then(|t| t.find('\n')).map_or(text.len(), |i| byte + i);
        let span = Span::new(start, end.max(start));
        Self { span, text: span.of(text).to_owned(), focused: false }
    }
}

impl App {
    /// Opens the paragraph at a byte.
    pub(super) fn open_paragraph(&mut self, byte: usize) {
        let Some(article) = self.article() else { return };
        let paragraph = Paragraph::at(article.session.text(), byte);
        self.view.pane = Pane::Article;
        self.view.mode = Mode::Reviewing;
        self.view.suggestion = None;
        self.view.dialog = Some(Dialog::Paragraph(paragraph));
    }

    /// Puts a paragraph in place of one, as one step that changes the words that differ and no others.
    pub(super) fn rewrite(&mut self, span: Span, words: &str) {
        self.view.dialog = None;
        let stamp = self.stamp();
        let Some(article) = self.article_mut() else { return };
        let old = span.of(article.session.text());
        let edits = diff::edits(old, words).iter().map(|e| crate::text::Edit { at: e.at + span.start, ..e.clone() }).collect();
        let Some(edits) = Edits::new(edits).filter(|e| !e.is_empty()) else { return };
        article.anchor = span.start;
        let outcome = article.session.record(Event::Typed { edits }, &stamp);
        self.settle(Some(outcome), None);
    }
}

/// Draws the field.
pub fn ui(ui: &Ui, paragraph: &mut Paragraph, article: Option<&Article>, commands: &mut Vec<Command>) {
    modal(ui, "Edit paragraph", 680.0, commands, |ui, commands| {
        let theme = theme::of(ui);
        let length = article.map_or(0, |a| a.session.text().len()) / 1024;
        parts::quiet(ui, format!("This article has {length} KB: above {} KB one paragraph is written at a time", MOST_TYPED / 1024));
        ui.add_space(SPACE[0]);
        let wanted = !paragraph.focused;
        // Enter takes the words before the field can make a line of it; with Shift it makes one.
        let take = !wanted && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter));
        let field = TextEdit::multiline(&mut paragraph.text)
            .id(egui::Id::unique("copydesk paragraph"))
            .font(theme::copy_font(COPY - 1.0))
            .desired_rows(4)
            .return_key(egui::KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter))
            .desired_width(f32::INFINITY);
        let height = ui.ctx().content_rect().height() - 260.0;
        let response = egui::ScrollArea::vertical().max_height(height).show(ui, |ui| ui.add(field)).inner;
        let response = response.accessible_name("Words of the paragraph");
        if wanted {
            response.request_focus();
            paragraph.focused = true;
        }
        ui.add_space(SPACE[2]);
        ui.horizontal(|ui| {
            let label = egui::RichText::new("Take these words").color(theme.accent_ink).font(theme::bold(INTERFACE));
            let button = egui::Button::new(label).fill(theme.accent).min_size(vec2(120.0, 30.0));
            if ui.add(button).clicked() || take {
                commands.push(Command::Rewrite(paragraph.span, paragraph.text.clone()));
            }
            if ui.add(egui::Button::new("Leave it").min_size(vec2(80.0, 30.0))).clicked() {
                commands.push(Command::Dismiss);
            }
            parts::quiet(ui, "Enter takes them, Shift+Enter begins a line, Esc leaves it");
        });
    });
}
