//! Finding and replacing words in the article.

use eframe::egui::{self, Button, Key, Modifiers, RichText, TextEdit, Ui};

use super::article::Article;
use super::command::Command;
use super::fonts::icon;
use super::parts;
use super::theme::{self, SMALL, SPACE};
use super::view::Search;
use crate::text::{Edit, Span};

/// All places of the words that are looked for, in order.
pub fn places(text: &str, search: &Search) -> Vec<Span> {
    let wanted = search.find.as_str();
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(span) = next(text, from, wanted, search.exact_case) {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let inside = letter(text.get(..span.start).and_then(|t| t.chars().next_back()))
            || letter(text.get(span.end..).and_then(|t| t.chars().next()));
        if !search.whole_words || !inside {
            found.push(span);
        }
        from = span.end;
    }
    found
}

fn next(text: &str, from: usize, wanted: &str, exact: bool) -> Option<Span> {
    let rest = text.get(from..)?;
    if exact {
        return rest.find(wanted).map(|i| Span::new(from + i, from + i + wanted.len()));
    }
    let first = wanted.chars().next()?;
    rest.char_indices().filter(|(_, c)| c.to_lowercase().eq(first.to_lowercase())).find_map(|(i, _)| {
        let mut letters = rest.get(i..)?.char_indices();
        let mut end = i;
        for w in wanted.chars() {
            let (at, c) = letters.next()?;
            if !c.to_lowercase().eq(w.to_lowercase()) {
                return None;
            }
            end = i + at + c.len_utf8();
        }
        Some(Span::new(from + i, from + end))
    })
}

/// Draws the line above the article.
pub fn ui(ui: &mut Ui, search: &mut Search, article: &Article, commands: &mut Vec<Command>) {
    let text = article.session.text();
    let before = search.clone();
    let found = places(text, search);
    search.current = search.current.min(found.len().saturating_sub(1));
    let mut go = None;
    let field_id = egui::Id::unique("copydesk find");
    let focused = ui.memory(egui::Memory::focused) == Some(field_id);
    if focused {
        let (on, back) = ui.input_mut(|i| (i.consume_key(Modifiers::NONE, Key::Enter), i.consume_key(Modifiers::SHIFT, Key::Enter)));
        if !found.is_empty() && on {
            go = Some((search.current + 1) % found.len());
        }
        if !found.is_empty() && back {
            go = Some((search.current + found.len() - 1) % found.len());
        }
        if ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape)) {
            commands.push(Command::EndSearch);
        }
    }
    ui.horizontal(|ui| {
        ui.add_space(SPACE[3]);
        let response = ui.add(TextEdit::singleline(&mut search.find).id(field_id).hint_text("Find").desired_width(220.0));
        let response = response.accessible_name("Find");
        if search.focus {
            response.request_focus();
            search.focus = false;
        }
        let count = if search.find.is_empty() {
            String::new()
        } else if found.is_empty() {
            "nothing".to_owned()
        } else {
            format!("{} of {}", search.current + 1, found.len())
        };
        parts::quiet(ui, count);
        if parts::icon_button(ui, icon::LEFT, "Previous place", "Shift+Enter").clicked() && !found.is_empty() {
            go = Some((search.current + found.len() - 1) % found.len());
        }
        if parts::icon_button(ui, icon::RIGHT, "Next place", "Enter").clicked() && !found.is_empty() {
            go = Some((search.current + 1) % found.len());
        }
        let small = |text: &str| RichText::new(text).font(theme::regular(SMALL));
        ui.checkbox(&mut search.whole_words, small("Whole words"));
        ui.checkbox(&mut search.exact_case, small("Exact case"));
        if parts::icon_button(ui, icon::CROSS, "End finding", "Esc").clicked() {
            commands.push(Command::EndSearch);
        }
    });
    if search.replacing {
        ui.horizontal(|ui| {
            ui.add_space(SPACE[3]);
            let response = ui.add(TextEdit::singleline(&mut search.replace).hint_text("Replace by").desired_width(220.0));
            let _ = response.accessible_name("Replace by");
            let place = found.get(search.current).copied();
            if ui.add_enabled(place.is_some(), Button::new("Replace")).clicked()
                && let Some(span) = place
            {
                commands.push(Command::Typed(vec![Edit::replace(text, span, search.replace.as_str())]));
            }
            if ui.add_enabled(!found.is_empty(), Button::new(format!("Replace all {}", found.len()))).clicked() {
                // From the last to the first, so that no edit moves the place of another.
                commands.push(Command::ReplaceAll(found.iter().rev().map(|s| Edit::replace(text, *s, search.replace.as_str())).collect()));
            }
        });
    }
    ui.add_space(SPACE[0]);
    if before.find != search.find || before.whole_words != search.whole_words || before.exact_case != search.exact_case {
        search.current = 0;
        go = places(text, search).first().map(|_| 0);
    }
    if let Some(i) = go {
        search.current = i;
        if let Some(span) = places(text, search).get(i) {
            commands.push(Command::ShowPlace(*span));
        }
    }
}
