//! Opening, saving, pasting, exporting: what the window does with files and the clipboard.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant, SystemTime};

use super::app::{App, Checking, Message};
use super::apply::sentence;
use super::article::Article;
use super::command::Command;
use super::desks::Whose;
use super::opening::{self, Opened, Origin, Reading, Said, Shelf};
use super::recent::Opened as Remembered;
use super::settings::Setting;
use super::view::{Mode, Pane, Purpose};
use crate::document::Format;
use crate::review::disk;
use crate::review::session::{OnChange, Original, SaveError, Written};

/// The sample story.
const SAMPLE: &[u8] = include_bytes!("../../assets/sample-story.html");
pub(super) const SAMPLE_NAME: &str = "sample-story.html";
/// What is opened of a folder.
pub(super) const ENDINGS: [&str; 6] = ["txt", "html", "htm", "xhtml", "md", "docx"];
/// The most articles that a folder brings.
const MOST_OF_FOLDER: usize = 500;

impl Purpose {
    /// What is done with a path that was chosen.
    pub(super) fn with(self, path: PathBuf) -> Command {
        match self {
            Self::Open | Self::OpenFolder => Command::OpenPath(path),
            Self::SaveAs => Command::SaveTo(path),
            Self::Export => Command::ExportTo(path),
            Self::Source => Command::OpenSourceAt(path),
            Self::Statistics(scope) => Command::ExportStatistics(scope, path),
            Self::House => Command::Set(Setting::AddHouse(path)),
            Self::OwnRules => Command::Set(Setting::OwnRules(Some(path))),
        }
    }
}

impl App {
    /// What is shown at the start: the files named, or the article worked on last, or the sample story.
    pub(super) fn open_first(&mut self, files: &[PathBuf]) {
        let now = SystemTime::now();
        self.store.forget_older_than(self.settings.retention(), now);
        self.read_recent();
        if !files.is_empty() {
            self.take_desk_beside();
            self.keeping.counts_work = true;
            self.open_several(files);
            self.view.paper.follow = true;
            return;
        }
        let whose = if self.take_desk() { Whose::First } else { Whose::Beside };
        if whose == Whose::Beside {
            self.take_desk_beside();
        }
        let restored = self.restore_desk(whose);
        if whose == Whose::Beside && !restored {
            self.view.note("What was open last is open in another window; this one begins empty");
        } else if !restored {
            match self.store.list().iter().find(|k| !self.store.is_open(k)) {
                Some(kept) => {
                    let opened = self.shelf().resume(kept);
                    self.take_in(opened.map_err(Said::Fault));
                }
                None => self.open_sample(),
            }
            self.view.paper.follow = true;
        }
        self.look_for_work();
    }

    /// Opens files and the articles of folders.
    pub(super) fn open_several(&mut self, paths: &[PathBuf]) {
        let (mut all, mut files) = (Vec::new(), Vec::new());
        for path in paths {
            let path = path.canonicalize().unwrap_or_else(|_| path.clone());
            if path.is_dir() {
                let articles = self.of_folder(&path);
                if !articles.is_empty() {
                    self.remember(Remembered::Folder(path));
                }
                all.extend(articles);
            } else {
                files.push(path.clone());
                all.push(path);
            }
        }
        if !files.is_empty() {
            self.remember(Remembered::Files(files));
        }
        self.open_all(all);
    }

    /// Opens a file or all articles of a folder.
    pub(super) fn open(&mut self, path: &Path) {
        self.open_several(&[path.to_owned()]);
    }

    /// The articles of a folder, by name.
    pub(super) fn of_folder(&mut self, folder: &Path) -> Vec<PathBuf> {
        let Ok(entries) = std::fs::read_dir(folder) else {
            self.view.fault(format!("This folder can’t be read: {}", folder.display()));
            return Vec::new();
        };
        let is_article = |p: &PathBuf| {
            let ending = p.extension().map(|e| e.to_string_lossy().to_lowercase());
            ending.is_some_and(|e| ENDINGS.contains(&e.as_str())) && p.is_file()
        };
        let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|e| e.path()).filter(is_article).collect();
        // The source text of an article is opened beside it, and an original that was kept is no article of its own.
        paths.retain(|p| !super::source::belongs_to_another(p) && !disk::lies_beside(p));
        // A link to another article of the folder is that article.
        paths.iter_mut().filter(|p| p.is_symlink()).for_each(|p| *p = p.canonicalize().unwrap_or_else(|_| p.clone()));
        paths.sort();
        paths.dedup();
        if paths.is_empty() {
            self.view.fault(format!("There is no article in this folder: {}", folder.display()));
        }
        if paths.len() > MOST_OF_FOLDER {
            self.view.note(format!("The first {MOST_OF_FOLDER} of {} articles are opened", paths.len()));
            paths.truncate(MOST_OF_FOLDER);
        }
        paths
    }

    /// Opens files: one at once, several off the frame. The first of them is looked at.
    pub(super) fn open_all(&mut self, paths: Vec<PathBuf>) {
        let mut wanted: Vec<PathBuf> = Vec::new();
        let mut shown = false;
        for path in paths {
            if let Some(i) = self.articles.iter().position(|a| a.session.path.as_ref() == Some(&path)) {
                if wanted.is_empty() && !shown {
                    shown = true;
                    self.go_to_article(i);
                }
            } else if !wanted.contains(&path) && !self.schedule.is_read(&path) {
                wanted.push(path);
            }
        }
        let shelf = Arc::new(self.shelf());
        let first = self.next_rank;
        let readings: Vec<Reading> =
            (first..).zip(wanted).map(|(rank, path)| Reading { rank, from: Origin::File(path), shelf: Arc::clone(&shelf) }).collect();
        self.next_rank += readings.len() as u64;
        self.awaited = Some(first).filter(|_| !readings.is_empty() && !shown);
        if readings.len() > 1 && self.checking != Checking::AtOnce {
            self.schedule.read(readings);
            return;
        }
        for reading in readings {
            let rank = reading.rank;
            self.arrive(rank, reading.run());
        }
        self.say_arrivals();
    }

    /// Where articles are read from now.
    pub(super) fn shelf(&self) -> Shelf {
        Shelf {
            store: self.store.clone(),
            keeps: self.settings.keep_sessions_days > 0,
            rules: Arc::clone(&self.rules),
            now: (self.clock)(),
            since: self.counted_since,
            known: OnceLock::new(),
        }
    }

    /// Puts an article that was read into its place in the queue.
    pub(super) fn arrive(&mut self, rank: u64, opened: Result<Opened, Said>) {
        let Opened { mut session, said, place } = match opened {
            Ok(opened) => opened,
            Err(said) => return self.arrivals.push(said),
        };
        self.arrivals.extend(said);
        if !Arc::ptr_eq(session.rules(), &self.rules) {
            session.use_rules(Arc::clone(&self.rules));
        }
        let at = self.articles.partition_point(|a| a.rank <= rank);
        if at <= self.current && !self.articles.is_empty() {
            self.current += 1;
        }
        let number = super::statistics::number(&session, (self.clock)(), self.next_id);
        let mut article = Article::new(self.next_id, rank, session);
        article.number = number;
        if let Some(place) = place {
            article.look_at(&place);
        }
        self.articles.insert(at, article);
        self.next_id += 1;
        // The first of those that were asked for is looked at; until it is here, the first that is.
        if let Some(first) = self.awaited {
            let seen = self.articles.get(self.current).map_or(0, |a| a.rank);
            if self.articles.len() == 1 || seen < first || rank < seen {
                self.look_at_article(at);
            }
            self.awaited = Some(first).filter(|_| rank != first);
        }
        self.recheck(at);
    }

    fn look_at_article(&mut self, at: usize) {
        self.current = at;
        self.view.mode = Mode::Reviewing;
        self.view.suggestion = None;
        self.view.paper.follow = true;
        self.view.paper.place = true;
        self.scroll_back();
    }

    /// An article of a desk that was left is scrolled to where it was when it is looked at first.
    pub(super) fn scroll_back(&mut self) {
        let top = self.article_mut().and_then(Article::top_once);
        if top.is_some() {
            self.view.paper.top = top;
            self.view.paper.follow = false;
        }
    }

    /// Says what there is to say about the articles that arrived.
    pub(super) fn say_arrivals(&mut self) {
        self.awaited = None;
        let said = std::mem::take(&mut self.arrivals);
        opening::say(&mut self.view, said);
        if std::mem::take(&mut self.keeping.counts_work) {
            self.count_work();
        }
    }

    /// Opens what was read here.
    pub(super) fn take_in(&mut self, opened: Result<Opened, Said>) {
        let rank = self.next_rank;
        self.next_rank += 1;
        self.awaited = Some(rank);
        self.arrive(rank, opened);
        self.say_arrivals();
    }

    /// Begins the review of an article.
    pub(super) fn begin(&mut self, name: &str, path: Option<PathBuf>, bytes: &[u8]) {
        let opened = self.shelf().begin(name, path, bytes);
        self.take_in(opened.map_err(Said::Fault));
    }

    /// Stops reading and checking; what is not checked is when it is looked at.
    pub(super) fn cancel_work(&mut self) {
        let cancelled = self.schedule.cancel();
        for article in &mut self.articles {
            if cancelled.unchecked.contains(&article.id) {
                article.checking = false;
            }
        }
        self.say_arrivals();
        let mut parts = Vec::new();
        if cancelled.unread > 0 {
            parts.push(format!("{} not opened", articles(cancelled.unread)));
        }
        if !cancelled.unchecked.is_empty() {
            parts.push(format!("{} not checked; each is checked when you look at it", articles(cancelled.unchecked.len())));
        }
        if !parts.is_empty() {
            self.view.note(format!("Stopped: {}", parts.join(", ")));
        }
        self.recheck(self.current);
    }

    /// Opens the sample story anew; its older session is forgotten.
    pub(super) fn open_sample(&mut self) {
        if let Some(i) = self.articles.iter().position(|a| a.session.name == SAMPLE_NAME && a.session.path.is_none()) {
            self.remove(i);
        }
        for kept in self.store.list() {
            // One that another window has open stays; an old sample that can't be removed only costs a folder.
            if kept.about.name == SAMPLE_NAME && kept.about.path.is_none() && self.store.open(&kept).is_ok() {
                let _ = self.store.forget(&kept.folder);
            }
        }
        self.begin(SAMPLE_NAME, None, SAMPLE);
    }

    pub(super) fn ask_path(&mut self, purpose: Purpose, note: &str) {
        let text = match purpose {
            Purpose::Open | Purpose::OpenFolder | Purpose::House | Purpose::OwnRules => String::new(),
            Purpose::Source => self.suggested_source(),
            _ => self.suggested(purpose).display().to_string(),
        };
        self.ask_typed(purpose, text, note);
    }

    /// A name for the file to be written. What came from no file is called by its first words, and lies where the
    /// last file was opened.
    fn suggested(&self, purpose: Purpose) -> PathBuf {
        let of_home = || PathBuf::from("copydesk-statistics.csv");
        let Some(article) = self.article() else { return of_home() };
        let new = || {
            let folder = self.recent.files.first().and_then(|f| f.parent()).map(Path::to_owned).filter(|f| f.is_dir());
            let ending = Path::new(&article.session.name).extension().map_or_else(|| "txt".into(), |e| e.to_string_lossy());
            let first = article.session.text().lines().find(|l| !l.trim().is_empty()).unwrap_or("article");
            folder.or_else(std::env::home_dir).unwrap_or_default().join(format!("{}.{ending}", slug(first)))
        };
        let path = article.session.path.clone().unwrap_or_else(new);
        match purpose {
            Purpose::Statistics(_) => path.with_file_name(of_home()),
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
        let article = self.article().map(|a| a.id);
        let (sender, ctx) = (self.sender.clone(), self.ctx.clone());
        std::thread::spawn(move || {
            let start = Instant::now();
            let mut dialog = rfd::FileDialog::new();
            if let Some(folder) = suggested.parent().filter(|f| f.is_dir()) {
                dialog = dialog.set_directory(folder);
            }
            let paths = match purpose {
                Purpose::Open => dialog.add_filter("Articles", &ENDINGS).add_filter("All files", &["*"]).pick_files(),
                Purpose::Source => {
                    let dialog = dialog.add_filter("Source texts", super::source::ENDINGS).add_filter("All files", &["*"]);
                    dialog.pick_file().map(|p| vec![p])
                }
                Purpose::OpenFolder | Purpose::House | Purpose::OwnRules => dialog.pick_folder().map(|p| vec![p]),
                Purpose::SaveAs | Purpose::Export | Purpose::Statistics(_) => {
                    let name = suggested.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
                    dialog.set_file_name(name).save_file().map(|p| vec![p])
                }
            };
            // Nobody cancels a dialog in so short a time: there is none.
            let message = match paths {
                Some(paths) => Message::Picked { purpose, article, paths },
                None if start.elapsed() < Duration::from_millis(300) => Message::NoPicker { purpose },
                None => Message::Picked { purpose, article, paths: Vec::new() },
            };
            let _ = sender.send(message);
            ctx.request_repaint();
        });
    }

    /// Does what was asked a path for, with the article that it was asked for: another may be looked at by now.
    pub(super) fn picked(&mut self, purpose: Purpose, article: Option<u64>, paths: Vec<PathBuf>) {
        if matches!(purpose, Purpose::Open | Purpose::OpenFolder) {
            return self.open_several(&paths);
        }
        if purpose.is_of_article() && !paths.is_empty() && self.article().map(|a| a.id) != article {
            let place = article.and_then(|id| self.articles.iter().position(|a| a.id == id));
            let Some(i) = place else { return self.view.fault("Nothing was done: the article was closed meanwhile") };
            self.go_to_article(i);
        }
        for path in paths {
            self.apply(purpose.with(path));
        }
    }

    pub(super) fn save(&mut self, command: &Command) {
        let stamp = self.stamp();
        let on_change = if *command == Command::SaveOver { OnChange::Overwrite } else { OnChange::Ask };
        let keep = if self.settings.keep_original { Original::Beside } else { Original::InSession };
        let Some(article) = self.article_mut() else { return };
        match article.session.save(on_change, keep, &stamp) {
            Ok(written) => {
                self.view.note(said(&written));
                self.collect(self.current);
                if *command == Command::SaveNext {
                    self.apply(Command::NextArticle);
                }
            }
            Err(SaveError::NoFile) => self.pick(Purpose::SaveAs),
            Err(SaveError::ChangedOnDisk(_)) => self.ask_changed(),
            Err(error) => self.not_saved(&error),
        }
    }

    pub(super) fn save_to(&mut self, path: &Path) {
        let stamp = self.stamp();
        let Some(article) = self.article_mut() else { return };
        match article.session.save_as(path, &stamp) {
            Ok(written) => {
                self.view.note(said(&written));
                self.collect(self.current);
                self.remember(Remembered::Files(vec![written.path]));
            }
            Err(error) => self.not_saved(&error),
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
        let Some(article) = self.article() else { return };
        let Some(path) = article.session.path.clone() else { return };
        let (rank, old) = (article.rank, article.session.review().clone());
        // Without a session what does not fit would be lost.
        let mine = if article.session.folder().is_none() { article.session.bytes().ok() } else { None };
        let read = disk::read(&path).map_err(|e| sentence(&e.to_string()));
        let opened = read.and_then(|bytes| self.shelf().begin(&super::recent::parts_of(&path).0, Some(path.clone()), &bytes));
        let opened = match opened {
            Ok(opened) => opened,
            // An article whose file can't be read stays as it is here.
            Err(reason) => return self.view.fault(format!("{reason}. The article stays as it is here; save it to write the file anew")),
        };
        self.mark_closed(self.current);
        self.remove(self.current);
        self.awaited = Some(rank);
        self.arrive(rank, Ok(opened));
        self.carry(rank, &old, mine);
        self.say_arrivals();
    }

    pub(super) fn remove(&mut self, i: usize) {
        self.collect(i);
        if i < self.articles.len() {
            let article = self.articles.remove(i);
            self.schedule.leave_out(article.id);
            if i < self.current {
                self.current -= 1;
            }
        }
        self.current = self.current.min(self.articles.len().saturating_sub(1));
        self.view.mode = Mode::Reviewing;
        self.view.suggestion = None;
        if self.articles.is_empty() {
            self.view.pane = Pane::Article;
            self.view.original = false;
            self.view.search.open = false;
        }
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
            return self.begin(&self.pasted("html"), None, html.as_bytes());
        }
        match clipboard.get_text() {
            Ok(text) => self.paste_text(&text),
            Err(_) => self.view.note("There is no text on the clipboard"),
        }
    }

    /// A name for what is pasted that no open article has.
    fn pasted(&self, ending: &str) -> String {
        let names = (1..).map(|n| if n == 1 { format!("pasted.{ending}") } else { format!("pasted-{n}.{ending}") });
        let free = |name: &String| self.articles.iter().all(|a| a.session.name != *name);
        names.take(self.articles.len() + 1).find(free).unwrap_or_default()
    }

    pub(super) fn paste_text(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n");
        if text.trim().is_empty() {
            self.view.note("There is no text on the clipboard");
        } else {
            self.begin(&self.pasted("txt"), None, text.as_bytes());
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

/// So many articles, in words.
pub(super) fn articles(count: usize) -> String {
    format!("{count} article{}", if count == 1 { "" } else { "s" })
}

/// The first words of a headline as the name of a file.
fn slug(headline: &str) -> String {
    let lower = headline.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(6).collect();
    if words.is_empty() { "article".to_owned() } else { words.join("-").chars().take(60).collect() }
}

/// What was written, and what lies beside it.
fn said(written: &Written) -> String {
    let beside = |place: &Option<PathBuf>, what: &str| {
        let name = place.as_ref().and_then(|p| p.file_name()).map(|n| n.to_string_lossy().into_owned());
        name.map_or_else(String::new, |n| format!("; {what} is kept beside it as {}", super::recent::brief(&n)))
    };
    let original = beside(&written.original, "the original");
    let other = beside(&written.other, "what the other program wrote");
    let anew = if written.anew { " anew, because the file was gone" } else { "" };
    format!("Saved {}{anew}{original}{other}", super::recent::brief(&written.path.display().to_string()))
}
