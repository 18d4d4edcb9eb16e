//! Every window has a desk of its own: the first `desk.toml`, the others a file in `desks`. Those that windows
//! left behind when they ended unasked are taken up at the next start, and so is work that no file has.

use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::app::{App, Checking, Message};
use super::command::Command;
use super::desk::{Desk, Place};
use super::files::{SAMPLE_NAME, articles};
use super::narrow::Narrow;
use super::opening::{Origin, Reading, Said};
use crate::review::journal::Kept;

const FILE: &str = "desk.toml";
const FOLDER: &str = "desks";
/// More windows than anybody has at once.
const MOST: usize = 200;

/// Which desk a window takes in hand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Whose {
    /// The one that comes back at every start without files.
    First,
    /// One that goes when the window is closed.
    Beside,
}

/// A desk in hand: nobody else writes it while this is held.
#[derive(Debug)]
pub(super) struct Hold {
    pub(super) path: PathBuf,
    pub(super) whose: Whose,
    _lock: File,
}

/// A desk that a window left behind when it was ended unasked; nobody else takes it up while this is held.
#[derive(Debug)]
pub(super) struct Orphan {
    path: PathBuf,
    lock: File,
}

impl Orphan {
    /// It was taken up and is kept elsewhere.
    pub(super) fn remove(self) {
        // One that stays is taken up once more, where its articles are open already.
        let _ = std::fs::remove_file(&self.path);
        drop(self.lock);
    }
}

/// Locks the file beside a desk; none when another window has it or it can't be made.
fn lock(desk: &Path) -> Result<Option<File>, std::io::Error> {
    let path = desk.with_extension("lock");
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let file = File::options().create(true).append(true).open(&path)?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Ok(None),
        // Where the system knows no locks, two windows are the editor's own care.
        _ => Ok(Some(file)),
    }
}

impl App {
    fn desk_file(&self) -> PathBuf {
        self.places.settings.with_file_name(FILE)
    }

    fn desks_folder(&self) -> PathBuf {
        self.places.settings.with_file_name(FOLDER)
    }

    /// Takes the first desk in hand; false when another window has it.
    pub(super) fn take_desk(&mut self) -> bool {
        let path = self.desk_file();
        match lock(&path) {
            Ok(Some(lock)) => self.keeping.hold = Some(Hold { path, whose: Whose::First, _lock: lock }),
            Ok(None) => return false,
            Err(error) => self.view.fault(format!("What is open can’t be kept for the next start: {error}")),
        }
        true
    }

    /// Takes a desk in hand that no window has.
    pub(super) fn take_desk_beside(&mut self) {
        let folder = self.desks_folder();
        for path in (1..MOST).map(|n| folder.join(format!("{n}.toml"))) {
            // A desk that was left is not written over.
            match lock(&path) {
                Ok(Some(lock)) if !path.exists() => {
                    self.keeping.hold = Some(Hold { path, whose: Whose::Beside, _lock: lock });
                    return;
                }
                Ok(_) => {}
                Err(error) => return self.view.fault(format!("What is open can’t be kept for the next start: {error}")),
            }
        }
        self.view.fault("What is open can’t be kept for the next start: too many windows were left; decisions are kept");
    }

    /// The desks that were left behind, each with the time it was written last.
    fn orphans(&mut self) -> Vec<(SystemTime, Desk)> {
        let Ok(entries) = std::fs::read_dir(self.desks_folder()) else { return Vec::new() };
        let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|e| e.path()).collect();
        paths.retain(|p| p.extension().is_some_and(|e| e == "toml") && self.keeping.hold.as_ref().is_none_or(|h| h.path != *p));
        paths.sort();
        let mut found = Vec::new();
        for path in paths {
            let Ok(Some(lock)) = lock(&path) else { continue };
            let written = written_at(&path);
            let (desk, fault) = Desk::read(&path);
            if let Some(fault) = fault {
                self.view.fault(fault);
            }
            if let Some(desk) = desk {
                found.push((written, desk));
                self.keeping.orphans.push(Orphan { path, lock });
            }
        }
        found
    }

    /// Opens what was open last, and what windows left behind that ended unasked; false when nothing is known of it.
    pub(super) fn restore_desk(&mut self, whose: Whose) -> bool {
        let mut desks = Vec::new();
        if whose == Whose::First {
            let (desk, fault) = Desk::read(&self.desk_file());
            if let Some(fault) = fault {
                self.view.fault(fault);
            }
            desks.extend(desk.map(|d| (written_at(&self.desk_file()), d)));
        }
        let own = desks.len();
        desks.extend(self.orphans());
        let Some(shown) = desks.first().map(|(_, d)| d.clone()) else { return false };
        self.show_desk(&shown);
        // The eye goes back to where it was last.
        let newest = (0..desks.len()).max_by_key(|i| desks.get(*i).map(|(at, _)| *at)).unwrap_or(0);
        let mut places: Vec<Place> = Vec::new();
        let (mut looked_at, mut back) = (0, Vec::new());
        for (i, (_, desk)) in desks.into_iter().enumerate() {
            let current = desk.article.saturating_sub(1).min(desk.open.len().saturating_sub(1));
            for (n, place) in desk.open.into_iter().enumerate() {
                let known = places.iter().position(|p| p.is_of(&place));
                let at = known.unwrap_or(places.len());
                if i == newest && n == current {
                    looked_at = at;
                }
                if known.is_none() {
                    if i >= own {
                        back.push(place.name());
                    }
                    places.push(place);
                }
            }
        }
        if !back.is_empty() {
            let is = if back.len() == 1 { "is" } else { "are" };
            self.view.note(format!("A window ended before it was closed; {} {is} back", super::opening::list(&back)));
        }
        self.bring_back(places, looked_at);
        true
    }

    /// Shows panels, filters and the comparison as they were.
    fn show_desk(&mut self, desk: &Desk) {
        self.view.pane = desk.pane;
        self.view.style = desk.comparison;
        self.view.listed = desk.listed;
        self.view.sorted = desk.sorted;
        self.view.narrow = Narrow { category: desk.category, rule: desk.rule.clone(), trust: desk.trust };
        self.view.widths = desk.widths;
        self.view.left_folded = desk.left_folded;
        self.view.right_folded = desk.right_folded;
        self.view.checks_folded = desk.checks_folded;
        self.keeping.window = desk.window;
    }

    fn bring_back(&mut self, places: Vec<Place>, looked_at: usize) {
        let shelf = Arc::new(self.shelf());
        let first = self.next_rank;
        let mut readings: Vec<Reading> = (first..)
            .zip(places)
            .map(|(rank, place)| Reading { rank, from: Origin::Desk(Box::new(place)), shelf: Arc::clone(&shelf) })
            .collect();
        self.next_rank += readings.len() as u64;
        if looked_at >= readings.len() {
            return;
        }
        // The one looked at is here at once; the others come while it is read.
        let first = readings.remove(looked_at);
        self.awaited = Some(first.rank);
        self.arrive(first.rank, first.run());
        if self.checking == Checking::AtOnce {
            for reading in readings {
                self.arrive(reading.rank, reading.run());
            }
        } else {
            self.schedule.read(readings);
        }
        if self.progress().is_none() {
            self.say_arrivals();
        }
    }

    /// The names of the sessions that are open here.
    fn open_sessions(&self) -> BTreeSet<PathBuf> {
        self.articles.iter().filter_map(|a| a.session.folder().map(Path::to_owned)).collect()
    }

    /// Looks for work that no file has, off the frame, and opens it.
    pub(super) fn look_for_work(&mut self) {
        let store = self.store.clone();
        self.errand(move || Some(Message::Left(store.left())));
    }

    /// Says how many other articles hold work that no file has.
    pub(super) fn count_work(&mut self) {
        let (store, open) = (self.store.clone(), self.open_sessions());
        self.errand(move || {
            let count = store.left().iter().filter(|k| !is_sample(k) && !open.contains(&k.folder)).count();
            (count > 0).then_some(Message::LeftElsewhere(count))
        });
    }

    /// Says that other articles hold work that no file has.
    pub(super) fn say_left_elsewhere(&mut self, count: usize) {
        let hold = if count == 1 { "One other article holds".to_owned() } else { format!("{count} other articles hold") };
        self.view.note(format!("{hold} work that is not saved: File, {}", Command::OpenUnsaved.label()));
    }

    /// Opens sessions with work that no file has, those apart that are open already.
    pub(super) fn take_left(&mut self, left: Vec<Kept>) {
        let open = self.open_sessions();
        let awaited = |k: &Kept| k.folder.file_name().is_some_and(|n| self.schedule.brings(&n.to_string_lossy()));
        let left: Vec<Kept> = left.into_iter().filter(|k| !is_sample(k) && !open.contains(&k.folder) && !awaited(k)).collect();
        if left.is_empty() {
            if std::mem::take(&mut self.keeping.asked) {
                self.view.note("Every decision that is not saved is in the queue");
            }
            return;
        }
        let (them, hold) = if left.len() == 1 { ("is", "holds") } else { ("are", "hold") };
        self.view.note(format!("{} {hold} work that is not saved and {them} back in the queue", articles(left.len())));
        self.keeping.asked = false;
        let shelf = Arc::new(self.shelf());
        let first = self.next_rank;
        let readings: Vec<Reading> = (first..)
            .zip(left)
            .map(|(rank, kept)| Reading { rank, from: Origin::Session(Box::new(kept)), shelf: Arc::clone(&shelf) })
            .collect();
        self.next_rank += readings.len() as u64;
        if self.articles.is_empty() && self.progress().is_none() {
            self.awaited = Some(first);
        }
        if self.checking == Checking::AtOnce {
            for reading in readings {
                self.arrive(reading.rank, reading.run());
            }
            self.say_arrivals();
        } else {
            self.schedule.read(readings);
        }
    }

    /// Opens every article with work that no file has, and says so when there is none.
    pub(super) fn open_unsaved(&mut self) {
        self.keeping.asked = true;
        self.look_for_work();
    }

    /// Opens the article that was closed last.
    pub(super) fn reopen(&mut self) {
        // An older version of what is open, which was read again, is under Open earlier work.
        let is_open = |k: &Kept| k.about.path.is_some() && self.articles.iter().any(|a| a.session.path == k.about.path);
        let Some(kept) = self.store.closed().into_iter().find(|k| !is_sample(k) && !is_open(k)) else {
            return self.view.note("No closed article is kept");
        };
        let opened = self.shelf().resume(&kept);
        self.take_in(opened.map_err(Said::Fault));
    }

    /// Remembers that the editor closed an article, so that it does not come back by itself.
    pub(super) fn mark_closed(&mut self, i: usize) {
        let Some(folder) = self.articles.get(i).and_then(|a| a.session.folder()).map(Path::to_owned) else { return };
        if let Err(error) = self.store.close(&folder) {
            self.view.fault(format!("The article comes back at the next start: {error}"));
        }
    }
}

fn written_at(path: &Path) -> SystemTime {
    std::fs::metadata(path).and_then(|m| m.modified()).unwrap_or(SystemTime::UNIX_EPOCH)
}

/// The sample story is opened from the menu.
fn is_sample(kept: &Kept) -> bool {
    kept.about.path.is_none() && kept.about.name == SAMPLE_NAME
}

impl Place {
    /// Whether both are of one article.
    fn is_of(&self, other: &Self) -> bool {
        match (&self.session, &other.session) {
            (Some(a), Some(b)) => a == b,
            _ => self.file.is_some() && self.file == other.file,
        }
    }

    /// What it is called.
    fn name(&self) -> String {
        self.file.as_deref().map_or_else(|| "a pasted article".to_owned(), |p| super::recent::parts_of(p).0)
    }
}
