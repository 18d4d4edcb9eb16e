//! Work that no file has: which sessions hold decisions that were never saved, and which were closed on purpose.

use std::fs;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::time::SystemTime;

use super::Review;
use super::event::{Entry, Event};
use super::journal::{ARTICLE, JOURNAL, JournalError, Kept, Store, io, is_taken, parse, private_open};
use crate::formats;

/// A session with this file in its folder was closed by the editor.
const CLOSED: &str = "closed";
/// The last entry of a journal is looked for in so many bytes first.
const TAIL: u64 = 64 * 1024;

impl Store {
    /// Remembers that the editor closed a session.
    ///
    /// # Errors
    /// [`JournalError::Io`].
    pub fn close(&self, folder: &Path) -> Result<(), JournalError> {
        let path = folder.join(CLOSED);
        // An older mark would keep the older time.
        let _ = fs::remove_file(&path);
        private_open(&path).map(drop).map_err(|e| io(&path, &e))
    }

    /// Takes that back.
    ///
    /// # Errors
    /// [`JournalError::Io`].
    pub fn reopen(&self, folder: &Path) -> Result<(), JournalError> {
        let path = folder.join(CLOSED);
        match fs::remove_file(&path) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(io(&path, &e)),
            _ => Ok(()),
        }
    }

    /// When the editor closed a session; none when it is open or a window that had it just ended.
    pub fn closed_at(&self, folder: &Path) -> Option<SystemTime> {
        fs::metadata(folder.join(CLOSED)).and_then(|m| m.modified()).ok()
    }

    /// The sessions that the editor closed and no window has, the one closed last first.
    pub fn closed(&self) -> Vec<Kept> {
        let mut closed: Vec<(SystemTime, Kept)> =
            self.list().into_iter().filter_map(|k| Some((self.closed_at(&k.folder)?, k))).filter(|(_, k)| !is_taken(&k.folder)).collect();
        closed.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        closed.into_iter().map(|(_, kept)| kept).collect()
    }

    /// Whether a window has a session open.
    pub fn is_open(&self, kept: &Kept) -> bool {
        is_taken(&kept.folder)
    }

    /// The sessions with work that no file has, that nobody closed and no window has; the oldest first.
    pub fn left(&self) -> Vec<Kept> {
        let mut left: Vec<Kept> = self.list().into_iter().filter(|k| self.is_left(k)).filter(|k| !is_taken(&k.folder)).collect();
        left.reverse();
        left
    }

    /// Whether a session holds work that no file has, and nobody closed it.
    pub fn is_left(&self, kept: &Kept) -> bool {
        self.closed_at(&kept.folder).is_none() && self.holds_work(kept)
    }

    /// Whether a session holds work that no file has: changes that were not saved, decisions on an article that
    /// never was, or an article that came from no file.
    pub fn holds_work(&self, kept: &Kept) -> bool {
        // Most sessions end with an article that was saved, or begin with nothing done.
        match last_entry(&kept.folder.join(JOURNAL)) {
            Last::None => return kept.about.path.is_none(),
            Last::Entry(entry) if matches!(entry.event, Event::Saved { .. }) => return false,
            Last::Entry(_) | Last::Unknown => {}
        }
        let Some(review) = folded(kept) else { return true };
        match review.saved() {
            Some(saved) => saved.edits != review.composed(),
            None => kept.about.path.is_none() || !review.done().is_empty(),
        }
    }
}

/// The last whole line of a journal.
enum Last {
    None,
    Entry(Box<Entry>),
    Unknown,
}

fn last_entry(path: &Path) -> Last {
    let Ok(tail) = tail(path) else { return Last::Unknown };
    // What was cut off by a crash is dropped when the session is opened.
    let whole = tail.iter().rposition(|b| *b == b'\n').map_or(0, |end| end + 1);
    let mut lines = tail.get(..whole).unwrap_or_default().split_inclusive(|b| *b == b'\n');
    match lines.next_back() {
        None if tail.is_empty() => Last::None,
        None => Last::Unknown,
        Some(line) => serde_json::from_slice(line).map_or(Last::Unknown, |entry| Last::Entry(Box::new(entry))),
    }
}

fn tail(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut file = fs::File::open(path)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The decisions of a session; none when it can't be read, which opening it says.
pub fn folded(kept: &Kept) -> Option<Review> {
    let bytes = fs::read(kept.folder.join(ARTICLE)).ok()?;
    let mut review = Review::new(formats::read(&kept.about.name, &bytes).ok()?.text);
    for entry in parse(&fs::read(kept.folder.join(JOURNAL)).ok()?).entries {
        review.push(entry).ok()?;
    }
    Some(review)
}
