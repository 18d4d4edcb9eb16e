//! Closing and quitting, so that nothing is lost by it; and paths that were typed, so that no file is.

use std::path::{Path, PathBuf};

use eframe::egui;

use super::app::App;
use super::command::Command;
use super::view::{Dialog, Purpose};

impl App {
    /// Closes the article; asks first when its file lacks something.
    pub(super) fn close(&mut self, unsaved_too: bool) {
        if !unsaved_too && self.article().is_some_and(|a| a.session.is_unsaved()) {
            self.view.dialog = Some(Dialog::Unsaved { quit: false });
        } else {
            let name = self.article().map(|a| a.session.name.clone());
            let next = self.next_listed();
            self.mark_closed(self.current);
            self.remove(self.current);
            let next = next.and_then(|id| self.articles.iter().position(|a| a.id == id));
            self.go_to_article(next.unwrap_or(self.current));
            if let Some(name) = name {
                self.say_closed(&name);
            }
        }
    }

    /// Says what was closed, in place of what was said so before.
    fn say_closed(&mut self, name: &str) {
        let end = format!("is closed; {} opens it again", Command::Reopen.key());
        self.view.notices.retain(|n| !n.text.ends_with(&end));
        self.view.note(format!("{name} {end}"));
    }

    /// Closes an article of the queue; the one looked at stays, unless something is to be asked.
    pub(super) fn close_of(&mut self, i: usize) {
        let looked_at = self.article().map(|a| a.id);
        if self.articles.get(i).is_some_and(|a| a.session.is_unsaved()) || i == self.current {
            self.go_to_article(i);
            return self.close(false);
        }
        let name = self.articles.get(i).map_or_else(String::new, |a| a.session.name.clone());
        self.mark_closed(i);
        self.remove(i);
        if let Some(i) = self.articles.iter().position(|a| Some(a.id) == looked_at) {
            self.current = i;
        }
        self.say_closed(&name);
    }

    /// Saves, and closes what was saved.
    pub(super) fn save_and_close(&mut self) {
        if self.save_now() {
            self.close(true);
        }
    }

    /// Saves every article whose file lacks something, and quits; one that can't be saved is shown, with the reason.
    pub(super) fn save_all_and_quit(&mut self) {
        let unsaved: Vec<u64> = self.articles.iter().filter(|a| a.session.is_unsaved()).map(|a| a.id).collect();
        for id in unsaved {
            self.apply(Command::ArticleOf(id));
            if !self.save_now() {
                return;
            }
        }
        self.quit(false);
    }

    /// Saves the article looked at; whether its file has everything now.
    fn save_now(&mut self) -> bool {
        self.save(&Command::Save);
        self.article().is_some_and(|a| !a.session.is_unsaved())
    }

    pub(super) fn forget(&mut self) {
        self.view.dialog = None;
        let folder = self.article().and_then(|a| a.session.folder().map(Path::to_owned));
        let name = self.article().map_or_else(String::new, |a| a.session.name.clone());
        self.remove(self.current);
        match folder.map(|f| self.store.forget(&f)) {
            Some(Err(error)) => self.view.fault(format!("{name} could not be forgotten: {error}")),
            _ => self.view.note(format!("{name} is forgotten")),
        }
        self.go_to_article(self.current);
    }

    pub(super) fn quit(&mut self, unsaved_too: bool) {
        if !unsaved_too && self.articles.iter().any(|a| a.session.is_unsaved()) {
            self.view.dialog = Some(Dialog::Unsaved { quit: true });
            return;
        }
        self.view.closing = true;
        self.ctx.send_viewport_cmd(egui::ViewportCommand::Close);
    }

    /// Does what a typed path is for; asks before it replaces a file that is not the article's own.
    pub(super) fn take_path(&mut self, purpose: Purpose, typed: &Path) {
        if typed.as_os_str().is_empty() {
            return self.ask_path(purpose, "");
        }
        let path = from_home(typed);
        if let Some((text, note)) = Self::wrong_path(purpose, &path) {
            return self.ask_typed(purpose, text, note);
        }
        let own = self.article().and_then(|a| a.session.path.clone());
        let is_own = purpose == Purpose::SaveAs && own.is_some() && own == path.canonicalize().ok();
        if purpose.writes() && !is_own && path.is_file() {
            self.view.dialog = Some(Dialog::Overwrite { purpose, path });
        } else {
            self.apply(purpose.with(path));
        }
    }
}

/// A path with the home folder in place of `~`, which a shell would put there.
pub(super) fn from_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), std::env::home_dir()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path.to_owned(),
    }
}
