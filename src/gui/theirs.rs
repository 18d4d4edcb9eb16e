//! What another program wrote into the file of an article meanwhile: noticed, shown, taken in with the decisions
//! kept, or written over and put beside.

use eframe::egui::{Event as Input, ScrollArea, Ui};

use super::app::{App, Message};
use super::article::Article;
use super::bars::number;
use super::command::Command;
use super::dialogs::{self, Enter};
use super::parts::{self, Side};
use super::theme::{self, SPACE};
use super::view::Dialog;
use crate::formats;
use crate::review::disk::{self, Version, fingerprint};
use crate::review::{Refused, Review};
use crate::text::{Edits, diff};

/// No more changes than these are shown.
const MOST: usize = 30;

/// What the other program changed.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Theirs {
    /// The text as the file held it before.
    base: String,
    /// What was changed in it; empty too where only the mark-up was.
    edits: Edits,
    /// Why nothing can be shown.
    fault: Option<String>,
}

impl Theirs {
    fn of(article: &Article) -> Self {
        let session = &article.session;
        let base = session.review().text_in_file();
        let read = session.path.as_ref().map(|path| disk::read(path).map_err(|e| e.to_string()));
        let read = read.map(|bytes| bytes.and_then(|b| formats::read(&session.name, &b).map_err(|e| e.to_string())));
        match read {
            Some(Ok(document)) => Self { edits: diff::edits(&base, &document.text), base, fault: None },
            Some(Err(fault)) => Self { base, fault: Some(super::apply::sentence(&fault)), ..Self::default() },
            None => Self::default(),
        }
    }
}

impl App {
    /// Asks what to do with a file that another program wrote.
    pub(super) fn ask_changed(&mut self) {
        let Some(theirs) = self.article().map(Theirs::of) else { return };
        self.view.dialog = Some(Dialog::ChangedOnDisk(Box::new(theirs)));
    }

    /// Takes the decisions on an older version over to an article in which nothing is decided yet. `mine` is the file
    /// as it would have been saved, where no session keeps what does not fit.
    pub(super) fn carry(&mut self, rank: u64, old: &Review, mine: Option<Vec<u8>>) {
        let stamp = self.stamp();
        let Some(i) = self.articles.iter().position(|a| a.rank == rank) else { return };
        let Some(article) = self.articles.get_mut(i).filter(|a| a.session.review().done().is_empty()) else { return };
        let name = article.session.name.clone();
        match article.session.carry_over(old, &stamp) {
            Ok(carried) if carried.is_empty() => self.view.note(format!("{name} is read again")),
            Ok(carried) => {
                let kept = number(carried.changes + carried.rejections, "decision", "decisions");
                let path = article.session.path.clone();
                let lost = format!("{} did", carried.lost);
                let lost = match (carried.lost, mine.zip(path)) {
                    (0, _) => String::new(),
                    (_, None) => format!("; {lost} not fit any more: Open earlier work has the older version"),
                    (_, Some((mine, path))) => match disk::keep_beside(&path, Version::Mine, &mine) {
                        Ok(place) => format!("; {lost} not fit any more: your version is kept as {}", place.display()),
                        Err(error) => {
                            self.view.fault(format!("{name}: what does not fit any more can’t be kept: {error}"));
                            format!("; {lost} not fit any more")
                        }
                    },
                };
                self.view.note(format!("{name} is read again: {kept} taken over, one undo takes them back{lost}"));
            }
            Err(refused) => self.view.fault(format!("{name}: {}", sentence(&refused))),
        }
        self.recheck(i);
    }

    /// Looks at the file of the article when the window gets the keyboard back, off the frame.
    pub(super) fn look_at_disk(&mut self, ui: &Ui) {
        if !ui.input(|i| i.events.iter().any(|e| matches!(e, Input::WindowFocused(true)))) {
            return;
        }
        let Some((article, known)) = self.article().and_then(|a| Some((a.id, a.session.file()?))) else { return };
        self.errand(move || {
            let (path, hash) = known;
            let found = match disk::read(&path) {
                Ok(bytes) => fingerprint(&bytes),
                Err(disk::DiskError::Missing(_)) => String::new(),
                Err(_) => return None,
            };
            (found != hash).then_some(Message::Touched { article, found })
        });
    }

    /// Says once that another program wrote a file, or took it away.
    pub(super) fn touched(&mut self, id: u64, found: String) {
        let Some(article) = self.articles.iter_mut().find(|a| a.id == id) else { return };
        // It may have been saved meanwhile.
        if article.session.file().is_none_or(|(_, hash)| hash == found) || article.told.as_ref() == Some(&found) {
            return;
        }
        let name = article.session.name.clone();
        let gone = found.is_empty();
        article.told = Some(found);
        self.view.fault(if gone {
            format!("The file of {name} is gone; your work is here, saving writes it anew")
        } else {
            format!("{name} was changed by another program; saving will ask")
        });
    }
}

fn sentence(refused: &Refused) -> String {
    super::apply::sentence(&refused.to_string())
}

/// Draws the question, with what the other program changed.
pub fn dialog(ui: &Ui, theirs: &Theirs, article: Option<&Article>, commands: &mut Vec<Command>) {
    let path = article.and_then(|a| a.session.path.as_ref()).map_or_else(String::new, |p| p.display().to_string());
    dialogs::modal(ui, "The file was changed by another program", 560.0, commands, |ui, commands| {
        dialogs::sentence(ui, path.clone());
        ui.add_space(SPACE[1]);
        let count = theirs.edits.len();
        if let Some(fault) = &theirs.fault {
            dialogs::sentence(ui, format!("What it holds now can’t be read. {fault}"));
        } else {
            let heading = match count {
                0 => "Not a word is changed, only what lies between the words".to_owned(),
                n => format!("{} in the file", number(n, "change", "changes")),
            };
            parts::heading(ui, &heading);
            let height = (ui.ctx().content_rect().height() - 320.0).clamp(60.0, 260.0);
            ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
                let theme = theme::of(ui);
                for edit in theirs.edits.iter().take(MOST) {
                    let edits = super::lines::readable(&theirs.base, &Edits::one(edit.clone()));
                    let font = theme::copy_font(15.0);
                    let job = parts::snippet(&theirs.base, &edits, edit.span(), Side::Both, &font, theme, ui.available_width() - 12.0);
                    parts::set_job(ui, job);
                }
                if count > MOST {
                    parts::quiet(ui, format!("and {} more", count - MOST));
                }
            });
        }
        ui.add_space(SPACE[1]);
        dialogs::sentence(
            ui,
            "Nothing was written. Taken in, your decisions are carried to where their words still stand. Written over, the other version is put beside the file.",
        );
        let mut choices = vec![
            ("Take it in", vec![Command::Reload]),
            ("Write mine over it", vec![Command::SaveOver]),
            ("Save as…", vec![Command::SaveAs]),
            ("Cancel", Vec::new()),
        ];
        if theirs.fault.is_some() {
            choices.remove(0);
        }
        dialogs::buttons(ui, Enter::Nothing, &choices, commands);
    });
}
