//! The source language: the guess in the status bar, and the dialog that chooses another.

use eframe::egui::{self, Button, Key, Modal, RichText, Role, ScrollArea, Ui, WidgetInfo, vec2};

use super::app::App;
use super::article::Article;
use super::command::Command;
use super::fonts::icon;
use super::parts;
use super::theme::{self, INTERFACE, SMALL, SPACE};
use crate::analysis::language::{Language, Packs};
use crate::review::{Event, Session};

/// What the status bar says, and the longer sentence.
fn said(session: &Session) -> (String, String) {
    let guess = session.guess();
    match (session.packs(), guess) {
        (Packs::Only(language), _) => {
            (format!("{} → English", language.short()), format!("{} was chosen; its wording rules run", language.label()))
        }
        (Packs::Guessed, _) if let Some(language) = session.told() => (
            format!("{} → English", language.short()),
            format!("The source text is written in {}; its wording rules run", language.label()),
        ),
        (Packs::All, _) => ("All languages → English".to_owned(), "The wording rules of all languages run".to_owned()),
        (Packs::Guessed, Some(guess)) if guess.is_sure() => (
            format!("{} → English", guess.language.short()),
            format!("Guessed from the article; the wording rules for {} run", guess.language.label()),
        ),
        (Packs::Guessed, Some(guess)) => {
            (format!("{}? → English", guess.language.short()), "The signs are few, so the wording rules of all languages run".to_owned())
        }
        (Packs::Guessed, None) => {
            ("Any language → English".to_owned(), "Nothing tells the source language, so the wording rules of all languages run".to_owned())
        }
    }
}

/// Draws the language in the status bar.
pub fn status(ui: &mut Ui, article: &Article, commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    let (short, long) = said(&article.session);
    let text = RichText::new(format!("{short} {}", icon::DOWN)).font(theme::regular(SMALL)).color(theme.ink);
    let response = ui.add(Button::new(text).frame_when_inactive(false)).on_hover_text(format!("{long}; click to choose another"));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Source language: {short}")));
    if response.clicked() {
        commands.push(Command::Language);
    }
}

/// Draws the choice.
pub fn dialog(ui: &Ui, article: Option<&Article>, commands: &mut Vec<Command>) {
    let Some(article) = article else { return };
    let session = &article.session;
    let name = "Translated from";
    let modal = Modal::new(egui::Id::unique("copydesk language")).frame(parts::floating(ui.ctx())).show(ui.ctx(), |ui| {
        let theme = theme::of(ui);
        ui.set_width(380.0);
        ui.label(RichText::new(name).font(theme::bold(16.0)));
        ui.add_space(SPACE[0]);
        ui.add(
            egui::Label::new(
                RichText::new("Wording rules are filed by source language; the choice says which of them run.").color(theme.quiet),
            )
            .wrap(),
        );
        ui.add_space(SPACE[1]);
        let guessed = match session.guess() {
            _ if let Some(language) = session.told() => format!("As the source text: {}", language.label()),
            Some(guess) if guess.is_sure() => format!("As guessed: {}", guess.language.label()),
            Some(guess) => format!("As guessed: perhaps {}, so all run", guess.language.label()),
            None => "As guessed: unknown, so all run".to_owned(),
        };
        let mut choices = vec![(Packs::Guessed, guessed, Key::Num1), (Packs::All, "All languages".to_owned(), Key::Num0)];
        let keys = [Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
        choices.extend(Language::ALL.into_iter().zip(keys).map(|(l, key)| (Packs::Only(l), l.label().to_owned(), key)));
        let height = (ui.ctx().content_rect().height() - 180.0).max(120.0);
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            for (packs, label, key) in choices {
                let pressed = ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, key));
                let chosen = session.packs() == packs;
                let number = RichText::new(key.symbol_or_name()).color(theme.quiet).font(theme::regular(SMALL));
                let text = RichText::new(&label).font(if chosen { theme::bold(INTERFACE) } else { theme::regular(INTERFACE) });
                let button = Button::selectable(chosen, text).min_size(vec2(ui.available_width(), 28.0)).right_text(number);
                let response = ui.add(button);
                // Arrows move from here, Enter takes.
                if chosen && ui.memory(egui::Memory::focused).is_none() {
                    response.request_focus();
                }
                response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, &label));
                if pressed || response.clicked() {
                    commands.push(Command::Dismiss);
                    commands.push(Command::ChooseLanguage(packs));
                }
            }
            let told = session.told().zip(article.source.as_ref());
            let agrees = session.guess().filter(|g| told.as_ref().is_none_or(|(language, _)| *language == g.language));
            let evidence = agrees.map(|g| g.evidence.as_slice()).unwrap_or_default();
            if told.is_some() || !evidence.is_empty() {
                ui.add_space(SPACE[2]);
                parts::heading(ui, "What the guess rests on");
                if let Some((language, source)) = told {
                    parts::quiet(ui, format!("{} is written in {}", source.name(), language.label()));
                }
                for sign in evidence.iter().take(5) {
                    let words = sign.span.of(session.text()).trim();
                    let line = if words.is_empty() { sign.note.clone() } else { format!("“{words}”: {}", sign.note) };
                    parts::quiet(ui, line);
                }
            }
        });
    });
    if modal.should_close() {
        commands.push(Command::Dismiss);
    }
}

impl App {
    /// Chooses the packs of the article; undo takes the choice back.
    pub(super) fn choose_language(&mut self, packs: Packs) {
        let stamp = self.stamp();
        let Some(article) = self.article_mut() else { return };
        if article.session.packs() == packs {
            return;
        }
        let outcome = article.session.record(Event::SourceChosen { source: packs }, &stamp);
        self.settle(Some(outcome), None);
    }
}
