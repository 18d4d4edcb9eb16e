//! Opening, saving, pasting, exporting: what the window does with files and the clipboard.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use eframe::egui;

use super::app::{App, Message};
use super::apply::sentence;
use super::article::Article;
use super::command::Command;
use super::view::{Dialog, Mode, Purpose};
use crate::document::Format;
use crate::review::disk::{self, fingerprint};
use crate::review::journal::{About, Kept};
use crate::review::session::{OnChange, SaveError, Session};

/// The sample story.
const SAMPLE: &[u8] = include_bytes!("../../assets/sample-story.html");
const SAMPLE_NAME: &str = "sample-story.html";
/// What is opened of a folder.
const ENDINGS: [&str; 6] = ["txt", "html", "htm", "xhtml", "md", "docx"];
/// The most articles that a folder brings.
const MOST_OF_FOLDER: usize = 500;

impl App {
    /// What is shown at the start: the files named, or the article worked on last, or the sample story.
    pub(super) fn open_first(&mut self, files: &[PathBuf]) {
        let now = SystemTime::now();
        self.store.forget_older_than(self.settings.retention(), now);
        for file in files {
            self.open(file);
        }
        if files.is_empty() {
            match self.store.list().first() {
                Some(kept) => self.resume(&kept.clone()),
                None => self.open_sample(),
            }
        }
        self.current = 0;
        self.view.paper.follow = true;
    }

    /// Opens a file or all articles of a folder.
    pub(super) fn open(&mut self, path: &Path) {
        if path.is_dir() {
            self.open_folder(path);
            return;
        }
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if let Some(i) = self.articles.iter().position(|a| a.session.path.as_ref() == Some(&path)) {
            self.current = i;
            return;
        }
        let bytes = match disk::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => return self.view.fault(sentence(&error.to_string())),
        };
        let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
        let (continues, other) = self.store.find(&path, &fingerprint(&bytes));
        if let Some(kept) = continues {
            self.resume(&kept);
            return;
        }
        if let Some(other) = other {
            self.view.note(format!("{} was changed elsewhere since you last had it open; it is reviewed from the start", other.about.name));
        }
        self.begin(&name, Some(path), &bytes);
    }

    fn open_folder(&mut self, folder: &Path) {
        let Ok(entries) = std::fs::read_dir(folder) else {
            return self.view.fault(format!("This folder can’t be read: {}", folder.display()));
        };
        let is_article = |p: &PathBuf| {
            let ending = p.extension().map(|e| e.to_string_lossy().to_lowercase());
            p.is_file() && ending.is_some_and(|e| ENDINGS.contains(&e.as_str()))
        };
        let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|e| e.path()).filter(is_article).collect();
        paths.sort();
        if paths.is_empty() {
            return self.view.fault(format!("There is no article in this folder: {}", folder.display()));
        }
        if paths.len() > MOST_OF_FOLDER {
            self.view.note(format!("The first {MOST_OF_FOLDER} of {} articles are opened", paths.len()));
        }
        let first = self.articles.len();
        for path in paths.iter().take(MOST_OF_FOLDER) {
            self.open(path);
        }
        self.current = first.min(self.articles.len().saturating_sub(1));
    }

    /// Begins the review of an article.
    pub(super) fn begin(&mut self, name: &str, path: Option<PathBuf>, bytes: &[u8]) {
        let mut session = match Session::new(name, path.clone(), bytes, Arc::clone(&self.rules)) {
            Ok(session) => session,
            Err(error) => return self.view.fault(format!("{name} can’t be opened: {error}")),
        };
        if session.text().trim().is_empty() {
            self.view.note(format!("{name} is empty"));
        }
        if self.settings.keep_sessions_days > 0 {
            let about = About { name: name.to_owned(), path, hash: fingerprint(bytes), opened: (self.clock)() };
            match self.store.create(&about, bytes) {
                Ok(journal) => session.keep_in(journal),
                Err(error) => self.view.fault(format!("Decisions can’t be kept on this machine: {error}")),
            }
        }
        self.add(session);
    }

    /// Goes on with a session.
    fn resume(&mut self, kept: &Kept) {
        let opened = self.store.open(kept);
        let (journal, article, recovered) = match opened {
            Ok(parts) => parts,
            Err(error) => return self.view.fault(sentence(&error.to_string())),
        };
        let mut session = match Session::new(kept.about.name.clone(), kept.about.path.clone(), &article, Arc::clone(&self.rules)) {
            Ok(session) => session,
            Err(error) => return self.view.fault(format!("{} can’t be opened: {error}", kept.about.name)),
        };
        if let Some(dropped) = session.resume(journal, recovered) {
            self.view.fault(sentence(&dropped));
        }
        let decisions = session.review().done().len();
        let missing = session.path.as_ref().is_some_and(|p| !p.exists());
        if missing {
            self.view.fault(format!("The file of {} is gone; your work is here, save it under a name", kept.about.name));
        } else if session.is_changed_on_disk() {
            self.view.fault(format!("{} was changed by another program; saving will ask", kept.about.name));
        } else if decisions > 0 {
            self.view.note(format!("{}: {decisions} step{} restored", kept.about.name, if decisions == 1 { "" } else { "s" }));
        }
        self.add(session);
    }

    fn add(&mut self, session: Session) {
        let article = Article::new(self.next_id, session);
        self.next_id += 1;
        self.articles.push(article);
        self.current = self.articles.len() - 1;
        self.view.mode = Mode::Reviewing;
        self.view.paper.follow = true;
        self.view.paper.place = true;
        self.recheck(self.current);
    }

    /// Opens the sample story anew; its older session is forgotten.
    pub(super) fn open_sample(&mut self) {
        if let Some(i) = self.articles.iter().position(|a| a.session.name == SAMPLE_NAME && a.session.path.is_none()) {
            self.articles.remove(i);
        }
        for kept in self.store.list() {
            if kept.about.name == SAMPLE_NAME && kept.about.path.is_none() {
                // An old sample that can't be removed only costs a folder.
                let _ = self.store.forget(&kept.folder);
            }
        }
        self.begin(SAMPLE_NAME, None, SAMPLE);
    }

    pub(super) fn ask_path(&mut self, purpose: Purpose, note: &str) {
        let text = match purpose {
            Purpose::Open => String::new(),
            _ => self.suggested(purpose).display().to_string(),
        };
        self.view.dialog = Some(Dialog::Path { purpose, text, note: note.to_owned() });
    }

    /// A name for the file to be written.
    fn suggested(&self, purpose: Purpose) -> PathBuf {
        let Some(article) = self.article() else { return PathBuf::new() };
        let path = article.session.path.clone().unwrap_or_else(|| PathBuf::from(&article.session.name));
        match purpose {
            Purpose::Export => {
                let stem = path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
                path.with_file_name(format!("{stem}.review.html"))
            }
            _ => path,
        }
    }

    /// Asks for files on a thread, so that the window stays alive.
    pub(super) fn pick(&mut self, purpose: Purpose) {
        let suggested = self.suggested(purpose);
        let (sender, ctx) = (self.sender.clone(), self.ctx.clone());
        std::thread::spawn(move || {
            let start = Instant::now();
            let mut dialog = rfd::FileDialog::new();
            if let Some(folder) = suggested.parent().filter(|f| f.is_dir()) {
                dialog = dialog.set_directory(folder);
            }
            let paths = match purpose {
                Purpose::Open => dialog.add_filter("Articles", &ENDINGS).add_filter("All files", &["*"]).pick_files(),
                Purpose::SaveAs | Purpose::Export => {
                    let name = suggested.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
                    dialog.set_file_name(name).save_file().map(|p| vec![p])
                }
            };
            // Nobody cancels a dialog in so short a time: there is none.
            let message = match paths {
                Some(paths) => Message::Picked { purpose, paths },
                None if start.elapsed() < Duration::from_millis(300) => Message::NoPicker { purpose },
                None => Message::Picked { purpose, paths: Vec::new() },
            };
            let _ = sender.send(message);
            ctx.request_repaint();
        });
    }

    pub(super) fn picked(&mut self, purpose: Purpose, paths: Vec<PathBuf>) {
        let first = self.articles.len();
        let count = paths.len();
        for path in paths {
            self.apply(match purpose {
                Purpose::Open => Command::OpenPath(path),
                Purpose::SaveAs => Command::SaveTo(path),
                Purpose::Export => Command::ExportTo(path),
            });
        }
        if purpose == Purpose::Open && count > 1 && first < self.articles.len() {
            self.current = first;
        }
    }

    pub(super) fn save(&mut self, command: &Command) {
        let stamp = self.stamp();
        let on_change = if *command == Command::SaveOver { OnChange::Overwrite } else { OnChange::Ask };
        let Some(article) = self.article_mut() else { return };
        match article.session.save(on_change, &stamp) {
            Ok(written) => {
                let kept = written.original.as_ref().and_then(|o| o.file_name()).map(|n| n.to_string_lossy().into_owned());
                let also = kept.map_or_else(String::new, |n| format!("; the original is kept beside it as {n}"));
                self.view.note(format!("Saved {}{also}", written.path.display()));
                if *command == Command::SaveNext {
                    self.apply(Command::NextArticle);
                }
            }
            Err(SaveError::NoFile) => self.pick(Purpose::SaveAs),
            Err(SaveError::ChangedOnDisk(_)) => self.view.dialog = Some(Dialog::ChangedOnDisk),
            Err(error) => self.view.fault(format!("Nothing was saved: {error}")),
        }
    }

    pub(super) fn save_to(&mut self, path: &Path) {
        let stamp = self.stamp();
        let Some(article) = self.article_mut() else { return };
        match article.session.save_as(path, &stamp) {
            Ok(written) => self.view.note(format!("Saved {}", written.path.display())),
            Err(error) => self.view.fault(format!("Nothing was saved: {error}")),
        }
    }

    pub(super) fn export_to(&mut self, path: &Path) {
        let Some(article) = self.article() else { return };
        let page = super::export::page(article, (self.clock)());
        match page.and_then(|p| disk::write(path, p.as_bytes()).map_err(|e| e.to_string())) {
            Ok(()) => self.view.note(format!("Exported {}", path.display())),
            Err(error) => self.view.fault(format!("Nothing was exported: {error}")),
        }
    }

    pub(super) fn reload(&mut self) {
        let Some(path) = self.article().and_then(|a| a.session.path.clone()) else { return };
        self.remove(self.current);
        self.open(&path);
    }

    fn remove(&mut self, i: usize) {
        if i < self.articles.len() {
            self.articles.remove(i);
        }
        self.current = self.current.min(self.articles.len().saturating_sub(1));
        self.view.mode = Mode::Reviewing;
        self.view.suggestion = None;
    }

    pub(super) fn close(&mut self, unsaved_too: bool) {
        let unsaved = self.article().is_some_and(|a| a.figures.unsaved);
        if unsaved && !unsaved_too {
            self.view.dialog = Some(Dialog::Unsaved { quit: false });
        } else {
            self.remove(self.current);
        }
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
    }

    pub(super) fn quit(&mut self, unsaved_too: bool) {
        if !unsaved_too && self.articles.iter().any(|a| a.figures.unsaved) {
            self.view.dialog = Some(Dialog::Unsaved { quit: true });
            return;
        }
        self.view.closing = true;
        self.ctx.send_viewport_cmd(egui::ViewportCommand::Close);
    }

    /// The system's clipboard; it stays open, because on X11 its owner must stay alive.
    fn clipboard(&mut self) -> Result<&mut arboard::Clipboard, String> {
        if self.clipboard.is_none() {
            self.clipboard = Some(arboard::Clipboard::new().map_err(|e| e.to_string())?);
        }
        self.clipboard.as_mut().ok_or_else(String::new)
    }

    /// Opens what lies on the clipboard; the HTML of a web page is preferred, because it knows where links ended.
    pub(super) fn paste(&mut self) {
        let clipboard = match self.clipboard() {
            Ok(clipboard) => clipboard,
            Err(error) => return self.view.fault(format!("The clipboard can’t be read: {error}")),
        };
        if let Ok(html) = clipboard.get().html()
            && !html.trim().is_empty()
        {
            return self.begin("pasted.html", None, html.as_bytes());
        }
        match clipboard.get_text() {
            Ok(text) => self.paste_text(&text),
            Err(_) => self.view.note("There is no text on the clipboard"),
        }
    }

    pub(super) fn paste_text(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n");
        if text.trim().is_empty() {
            self.view.note("There is no text on the clipboard");
        } else {
            self.begin("pasted.txt", None, text.as_bytes());
        }
    }

    pub(super) fn copy_text(&mut self) {
        let Some(article) = self.article() else { return };
        let text = article.session.text().to_owned();
        self.ctx.copy_text(text);
        self.view.note("The article is on the clipboard as text");
    }

    pub(super) fn copy_html(&mut self) {
        let Some(article) = self.article() else { return };
        let text = article.session.text().to_owned();
        let html = if article.session.document().source.format == Format::Html {
            article.session.bytes().ok().and_then(|b| String::from_utf8(b).ok())
        } else {
            None
        };
        let html = html.unwrap_or_else(|| super::export::paragraphs(article.session.now()));
        match self.clipboard().and_then(|c| c.set().html(html, Some(text)).map_err(|e| e.to_string())) {
            Ok(()) => self.view.note("The article is on the clipboard as HTML"),
            Err(error) => self.view.fault(format!("Nothing was copied: {error}")),
        }
    }
}
