//! Reading an article from its file or its session: what a thread does of opening, and what is said about it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::apply::sentence;
use super::desk::Place;
use super::view::View;
use crate::review::disk::{self, fingerprint};
use crate::review::journal::{About, JournalError, Kept, Store};
use crate::review::left::folded;
use crate::review::session::Session;
use crate::review::{Stamp, Time};
use crate::rules::Rules;

/// What is said about an article that was opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Said {
    /// It holds no words.
    Empty(String),
    /// It was changed elsewhere since its last session, which is left.
    Anew(String),
    /// Its file is gone; its session is here.
    Gone(String),
    /// Its file and its session are gone.
    Lost(String),
    /// Its file was changed elsewhere; its session goes on.
    Changed(String),
    /// So many steps of its session are done again.
    Restored(String, usize),
    /// It came another way meanwhile.
    Here,
    /// It can't be read: its name, and a whole sentence.
    Unread(String, String),
    /// Something else, as a whole sentence.
    Fault(String),
}

/// An article that was read.
pub(super) struct Opened {
    /// Its session.
    pub(super) session: Session,
    /// What is said about it.
    pub(super) said: Vec<Said>,
    /// Where it was looked at last.
    pub(super) place: Option<Place>,
}

/// Where articles are read from: what all readings of one go share.
pub(super) struct Shelf {
    /// The sessions.
    pub(super) store: Store,
    /// Whether decisions are written down.
    pub(super) keeps: bool,
    /// The rules.
    pub(super) rules: Arc<Rules>,
    /// When they are opened.
    pub(super) now: Time,
    /// Nothing that was done before is counted for the statistics.
    pub(super) since: Option<Time>,
    /// The sessions that there are, listed once.
    pub(super) known: OnceLock<Vec<Kept>>,
}

impl Shelf {
    /// Reads a file; a session that continues it is taken up.
    ///
    /// # Errors
    /// A sentence.
    pub(super) fn open(&self, path: &Path) -> Result<Opened, String> {
        let bytes = disk::read(path).map_err(|e| sentence(&e.to_string()))?;
        let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
        let known = self.known.get_or_init(|| self.store.list());
        let (continues, other) = Store::find_in(known, path, &fingerprint(&bytes));
        if let Some(kept) = continues {
            return self.resume(&kept);
        }
        // Work on the file as it was is never put out of sight by a file that changed.
        if let Some(kept) = other.as_ref().filter(|k| self.store.holds_work(k)) {
            return self.resume(kept);
        }
        let mut opened = self.begin(&name, Some(path.to_owned()), &bytes)?;
        if let Some(kept) = other {
            // Everything changed is in the file; what was declined and ticked is carried over.
            let old = folded(&kept).filter(|review| !review.done().is_empty());
            let by = old.as_ref().and_then(|r| r.last_step()?.entries.last().map(|(_, e)| e.by.clone()));
            if let Some((old, by)) = old.zip(by)
                && let Err(refused) = opened.session.carry_over(&old, &Stamp { at: self.now, by })
            {
                opened.said.push(Said::Fault(format!("{name}: {}", sentence(&refused.to_string()))));
            }
            opened.said.push(Said::Anew(kept.about.name));
        }
        Ok(opened)
    }

    /// Begins the review of an article.
    ///
    /// # Errors
    /// A sentence.
    pub(super) fn begin(&self, name: &str, path: Option<PathBuf>, bytes: &[u8]) -> Result<Opened, String> {
        let session = Session::new(name, path.clone(), bytes, Arc::clone(&self.rules));
        let mut session = session.map_err(|e| format!("{name} can’t be opened: {e}"))?;
        session.count_since(self.since);
        let mut said = Vec::new();
        if session.text().trim().is_empty() {
            said.push(Said::Empty(name.to_owned()));
        }
        if self.keeps {
            let about = About { name: name.to_owned(), path, hash: fingerprint(bytes), opened: self.now };
            match self.store.create(&about, bytes) {
                Ok(journal) => session.keep_in(journal),
                Err(error) => said.push(Said::Fault(format!("Decisions can’t be kept on this machine: {error}"))),
            }
        }
        Ok(Opened { session, said, place: None })
    }

    /// Opens an article of a desk that was left: its session where there is one, else its file.
    ///
    /// # Errors
    /// A sentence.
    fn bring_back(&self, place: Place) -> Result<Opened, String> {
        let known = self.known.get_or_init(|| self.store.list());
        let folder = |k: &&Kept| place.session.as_deref().is_some_and(|s| k.folder.file_name().is_some_and(|n| n == s));
        let mut opened = match (known.iter().find(folder), &place.file) {
            (Some(kept), _) => self.resume(kept)?,
            (None, Some(file)) if file.exists() => self.open(file)?,
            _ => return Err(String::new()),
        };
        opened.place = Some(place);
        Ok(opened)
    }

    /// Goes on with a session.
    ///
    /// # Errors
    /// A sentence.
    pub(super) fn resume(&self, kept: &Kept) -> Result<Opened, String> {
        let name = &kept.about.name;
        let (journal, article, recovered) = self.store.open(kept).map_err(|e| match e {
            // The path of the journal says nothing to an editor.
            JournalError::Taken(_) => format!("{name} is open in another window; close it there first"),
            other @ JournalError::Io { .. } => sentence(&other.to_string()),
        })?;
        let session = Session::new(name.clone(), kept.about.path.clone(), &article, Arc::clone(&self.rules));
        let mut session = session.map_err(|e| format!("{name} can’t be opened: {e}"))?;
        session.count_since(self.since);
        let mut said = Vec::new();
        said.extend(self.store.reopen(&kept.folder).err().map(|e| Said::Fault(sentence(&e.to_string()))));
        said.extend(session.resume(journal, recovered).map(|dropped| Said::Fault(sentence(&dropped))));
        let decisions = session.review().done().len();
        if session.path.as_ref().is_some_and(|p| !p.exists()) {
            said.push(Said::Gone(name.clone()));
        } else if session.is_changed_on_disk() {
            said.push(Said::Changed(name.clone()));
        } else if decisions > 0 {
            said.push(Said::Restored(name.clone(), decisions));
        }
        Ok(Opened { session, said, place: None })
    }
}

/// Where an article comes from.
pub(super) enum Origin {
    /// A file.
    File(PathBuf),
    /// A desk that was left.
    Desk(Box<Place>),
    /// A session with work that no file has.
    Session(Box<Kept>),
}

/// An article to be read.
pub(super) struct Reading {
    /// Its place in the queue among the others.
    pub(super) rank: u64,
    /// Where it comes from.
    pub(super) from: Origin,
    /// Where it is read from.
    pub(super) shelf: Arc<Shelf>,
}

impl Reading {
    /// What it is called when it can't be read.
    pub(super) fn name(&self) -> String {
        self.path().map_or_else(|| "An article that was pasted".to_owned(), |p| super::recent::parts_of(p).0)
    }

    /// Its file.
    pub(super) fn path(&self) -> Option<&Path> {
        match &self.from {
            Origin::File(path) => Some(path),
            Origin::Desk(place) => place.file.as_deref(),
            Origin::Session(kept) => kept.about.path.as_deref(),
        }
    }

    /// The folder of its session, by its name; none for a file.
    pub(super) fn session(&self) -> Option<&str> {
        match &self.from {
            Origin::File(_) => None,
            Origin::Desk(place) => place.session.as_deref(),
            Origin::Session(kept) => kept.folder.file_name().and_then(|n| n.to_str()),
        }
    }

    /// Reads it.
    ///
    /// # Errors
    /// What is said about it.
    pub(super) fn run(self) -> Result<Opened, Said> {
        let name = self.name();
        match self.from {
            Origin::File(path) => self.shelf.open(&path).map_err(|e| Said::Unread(name, e)),
            Origin::Desk(place) => {
                self.shelf.bring_back(*place).map_err(|e| if e.is_empty() { Said::Lost(name) } else { Said::Unread(name, e) })
            }
            Origin::Session(kept) if self.shelf.store.is_open(&kept) => Err(Said::Here),
            Origin::Session(kept) => self.shelf.resume(&kept).map_err(Said::Fault),
        }
    }
}

/// So many faults are said one by one.
const FEW: usize = 3;

/// Says what there is to say: of a few articles one by one, of many together.
pub(super) fn say(view: &mut View, said: Vec<Said>) {
    let (mut anew, mut lost) = (Vec::new(), Vec::new());
    let (mut gone, mut changed, mut faults, mut unread) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut restored, mut steps) = (Vec::new(), 0);
    for what in said {
        match what {
            Said::Here => {}
            Said::Empty(name) => view.note(format!("{name} is empty")),
            Said::Anew(name) => anew.push(name),
            Said::Gone(name) => gone.push(name),
            Said::Lost(name) => lost.push(name),
            Said::Changed(name) => changed.push(name),
            Said::Restored(name, count) => {
                restored.push(name);
                steps += count;
            }
            Said::Fault(sentence) => faults.push(sentence),
            Said::Unread(name, sentence) => unread.push((name, sentence)),
        }
    }
    let were = |names: &[String]| if names.len() == 1 { "was" } else { "were" };
    if !anew.is_empty() {
        view.note(format!(
            "{} {} changed elsewhere since you last had {} open; reviewed from the start, what you left alone stays so",
            list(&anew),
            were(&anew),
            if anew.len() == 1 { "it" } else { "them" }
        ));
    }
    if !restored.is_empty() {
        view.note(format!("{}: {steps} step{} restored", list(&restored), if steps == 1 { "" } else { "s" }));
    }
    if !gone.is_empty() {
        let file = if gone.len() == 1 { "The file of" } else { "The files of" };
        let are = if gone.len() == 1 { "is" } else { "are" };
        view.fault(format!("{file} {} {are} gone; your work is here, save it under a name", list(&gone)));
    }
    if !lost.is_empty() {
        let are = if lost.len() == 1 { "is" } else { "are" };
        view.fault(format!("{} {are} not there any more and {} left out", list(&lost), were(&lost)));
    }
    if !changed.is_empty() {
        view.fault(format!("{} {} changed by another program; saving will ask", list(&changed), were(&changed)));
    }
    // What is wrong with all of them alike is said once.
    let mut said = std::collections::BTreeSet::new();
    faults.retain(|fault: &String| said.insert(fault.clone()));
    faults.truncate(FEW);
    for fault in faults {
        view.fault(fault);
    }
    let rest = unread.split_off(unread.len().min(FEW));
    for (_, fault) in unread {
        view.fault(super::recent::brief_all(&fault));
    }
    if !rest.is_empty() {
        let names: Vec<String> = rest.into_iter().map(|(name, _)| name).collect();
        view.fault(format!("{} could not be opened either; the others are in the queue", list(&names)));
    }
}

/// Names in a sentence; of many the first.
pub(super) fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [a, b] => format!("{a} and {b}"),
        [a, b, c] => format!("{a}, {b} and {c}"),
        [a, b, rest @ ..] => format!("{a}, {b} and {} more", rest.len()),
    }
}
