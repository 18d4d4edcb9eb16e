//! Keys that are commands, taken before any field sees them; and where the keyboard is.

use eframe::egui::{self, Event, Key, Modifiers, Ui};

use super::app::App;
use super::command::{self, Command, When};
use super::editor::field;
use super::view::{Mode, Pane, Weight};

/// Keys that write or move the caret.
const WRITES: [Key; 8] = [Key::Backspace, Key::Delete, Key::ArrowLeft, Key::ArrowRight, Key::ArrowUp, Key::ArrowDown, Key::Home, Key::End];

/// What Escape means while reviewing, when no field hears it.
enum Escape {
    /// A control gives the keyboard back, which egui has done.
    Back,
    /// This.
    Does(Command),
    /// Nothing.
    Nothing,
}

impl App {
    /// Takes the keys that are commands.
    pub(super) fn keys(&mut self, ui: &Ui, commands: &mut Vec<Command>) {
        let popup = egui::Popup::is_any_open(ui.ctx());
        if self.view.dialog.is_some() || popup {
            return;
        }
        let typing = ui.ctx().text_edit_focused();
        let focused = ui.memory(egui::Memory::focused);
        let in_article = focused == Some(field());
        let comparing = self.view.pane == Pane::Compare;
        let now = match self.view.mode {
            Mode::Editing if in_article || !typing => When::Editing,
            Mode::Reviewing if !typing && comparing => When::Comparing,
            Mode::Reviewing if !typing => When::Reviewing,
            _ => When::Always,
        };
        let on_button = focused.is_some() && !typing;
        let reviewing = matches!(now, When::Reviewing | When::Comparing);
        // While the text is written in, nothing but its field is written into unseen. At Escape egui has just
        // taken the keyboard away.
        let lost = now == When::Editing && !in_article && self.view.had != Some(field()) && !comparing && !self.view.original;
        let mut regains = false;
        let stops = self.progress().is_some() && self.view.suggestion.is_none();
        let original = self.view.original;
        let unseen = matches!(now, When::Reviewing | When::Editing) && !self.sees_finding();
        let source_chosen = self.article().and_then(|a| a.source.as_ref()).is_some_and(|s| s.selected.is_some());
        ui.ctx().input_mut(|input| {
            self.view.peek = reviewing && input.key_down(Key::O) && input.modifiers == Modifiers::NONE;
            let mut with_alt = false;
            input.events.retain(|event| match event {
                Event::Key { key, pressed: true, modifiers, repeat, .. } => {
                    // A focused button hears its own keys.
                    if on_button && matches!(key, Key::Enter | Key::Space | Key::Tab) && !modifiers.alt && !modifiers.command {
                        return true;
                    }
                    if *key == Key::Escape && comparing {
                        if self.view.had.is_none() {
                            commands.push(Command::Compare);
                        }
                        return false;
                    }
                    if *key == Key::Escape && now == When::Editing && original {
                        commands.push(Command::Original);
                        return false;
                    }
                    if lost && *key == Key::Escape && !self.view.search.open {
                        regains = true;
                        return false;
                    }
                    if lost && !on_button && WRITES.contains(key) {
                        regains = true;
                        return true;
                    }
                    if *key == Key::O && modifiers.is_none() && reviewing && original && !repeat {
                        commands.push(Command::Original);
                        return false;
                    }
                    let Some(command) = command::heard(*modifiers, *key, now) else { return true };
                    if command == Command::Stop && !stops {
                        // A field that has the keyboard hears this key itself.
                        if *key == Key::Escape && reviewing {
                            match self.escape() {
                                Escape::Back => return false,
                                Escape::Does(command) => commands.push(command),
                                Escape::Nothing => {}
                            }
                        }
                        return true;
                    }
                    // Other fields keep their own undo and search keys.
                    if now == When::Always
                        && matches!(command, Command::Undo | Command::Redo | Command::Find | Command::Accept | Command::Reject)
                    {
                        return true;
                    }
                    // What is decided on is seen.
                    commands.push(if unseen && command.settles() { Command::ShowFinding } else { command });
                    with_alt |= modifiers.alt;
                    false
                }
                // Some systems send the digit of Alt+2 as a letter too: a key that was heard writes nothing.
                Event::Text(_) if with_alt => false,
                Event::Text(text) if lost => {
                    regains |= !(on_button && text == " ");
                    true
                }
                Event::Paste(_) if lost => {
                    regains = true;
                    true
                }
                Event::Paste(text) if reviewing => {
                    commands.push(Command::PasteText(text.clone()));
                    false
                }
                Event::Text(_) if reviewing => false,
                Event::Copy if reviewing && source_chosen => {
                    commands.push(Command::CopySource);
                    false
                }
                _ => true,
            });
        });
        if regains {
            ui.memory_mut(|m| m.request_focus(field()));
        }
    }

    fn escape(&self) -> Escape {
        let fault = self.view.notices.iter().rposition(|n| n.weight == Weight::Fault);
        if self.view.suggestion.is_some() {
            Escape::Does(Command::Dismiss)
        } else if self.view.had.is_some() && !self.view.search.open {
            Escape::Back
        } else if self.view.original {
            Escape::Does(Command::Original)
        } else {
            fault.map_or(Escape::Nothing, |i| Escape::Does(Command::CloseNotice(i)))
        }
    }
}
