//! What is wrong in the files of words and rules, as an editor reads it: which file, which line, what is left out, and
//! what goes on. A sentence goes when its fault was mended.

use eframe::egui::{self, RichText, ScrollArea, Ui};

use super::app::App;
use super::fonts::icon;
use super::parts;
use super::theme::{self, SMALL, SPACE};
use crate::rules::CardError;
use crate::rules::card::reason;

/// More faults than these are counted, and listed under Words and rules.
const MOST_NOTICES: usize = 2;

/// A fault as a sentence.
pub fn sentence(error: &CardError) -> String {
    match error {
        CardError::Rule { file, rule, message } => {
            format!("{}, rule {rule}: {message}. This rule is left out, all else is in use", place(file))
        }
        CardError::Syntax { file, message } if crate::rules::stylebook::page::is_list(file) => {
            format!("{file}, {message}. This line is left out, all else is in use")
        }
        CardError::Syntax { file, message } => {
            format!("{file}, {}. No rule of this file is in use, all else is", reason(message))
        }
        CardError::Io { file, message } => format!("{file} can’t be read ({message}). All else is in use"),
    }
}

/// `a/b.toml:3` as `a/b.toml, line 3`.
fn place(file: &str) -> String {
    let numbered = file.rsplit_once(':').filter(|(_, line)| !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit()));
    numbered.map_or_else(|| file.to_owned(), |(path, line)| format!("{path}, line {line}"))
}

impl App {
    /// Says what is wrong in the files now; what was said before and is mended goes.
    pub(super) fn say_rule_faults(&mut self, faults: Vec<String>) {
        if self.view.rule_faults == faults {
            return;
        }
        let said = |faults: &[String]| match faults.len() {
            n if n > MOST_NOTICES => {
                vec![format!("{n} faults in the files of words and rules; what can be read is in use. Words and rules (R) lists them")]
            }
            _ => faults.to_vec(),
        };
        let old = said(&self.view.rule_faults);
        self.view.notices.retain(|n| !old.contains(&n.text));
        for sentence in said(&faults) {
            self.view.fault(sentence);
        }
        self.view.rule_faults = faults;
    }
}

/// Draws the faults, where there are some.
pub fn list(ui: &mut Ui, faults: &[String]) {
    if faults.is_empty() {
        return;
    }
    let theme = theme::of(ui);
    let area = ScrollArea::vertical().id_salt("rule faults").max_height(84.0).auto_shrink([false, true]);
    area.show(ui, |ui| {
        for fault in faults {
            ui.horizontal_top(|ui| {
                ui.label(RichText::new(icon::WARNING).color(theme.danger).size(13.0));
                let text = RichText::new(fault).color(theme.ink).font(theme::regular(SMALL)).line_height(Some(17.0));
                ui.add(egui::Label::new(text).wrap());
            });
        }
        parts::quiet(ui, "Mend the file by hand; it is read again when this window comes to the front");
    });
    ui.add_space(SPACE[0]);
}

#[cfg(test)]
mod tests {
    use super::sentence;
    use crate::rules::card;

    #[test]
    fn a_fault_names_file_line_reason_and_what_goes_on() {
        for (text, says) in [
            (
                "[[override]\nid = \"x\"\n",
                "a.toml, line 1: unclosed array table, expected “]”. No rule of this file is in use, all else is",
            ),
            ("# x\n[[rule]]\nidd = 1\n", "a.toml, line 3: unknown field “idd”, expected one of “id”, “category”"),
        ] {
            let said = card::parse("a.toml", text).err().map(|e| sentence(&e)).unwrap_or_default();
            assert!(said.starts_with(says), "{said}");
            assert!(!said.contains(['\n', '`']), "{said}");
        }
    }
}
