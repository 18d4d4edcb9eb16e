//! Sessions on disk. A session is a folder: `article` (the original bytes), `journal.jsonl` (one entry a
//! line, appended at each event), `session.toml` and, where a source text was opened, `source.toml`. Private to the user, because copy can be under embargo.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::event::{Entry, Event, Time};

/// A session that can't be kept or read. Messages end with the path.
#[derive(Debug, Error)]
pub enum JournalError {
    /// The disk said no.
    #[error("{message}: {path}")]
    Io {
        /// The reason.
        message: String,
        /// Where.
        path: String,
    },
    /// Another window has it.
    #[error("this article is open in another window: {0}")]
    Taken(String),
}

pub(super) fn io(path: &Path, error: &impl ToString) -> JournalError {
    JournalError::Io { message: error.to_string(), path: path.display().to_string() }
}

/// What a session is about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct About {
    /// The name of the article.
    pub name: String,
    /// Its file; none for what was pasted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<PathBuf>,
    /// Fingerprint of the original bytes.
    pub hash: String,
    /// When it was opened first.
    pub opened: Time,
}

/// The text that an article was translated from, as its session remembers it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Translated {
    /// The file; none when it was closed on purpose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<PathBuf>,
}

/// A session as it lies on disk.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its folder.
    pub folder: PathBuf,
    /// What it is about.
    pub about: About,
    /// When it was worked on last.
    pub touched: SystemTime,
}

/// What a journal holds.
#[derive(Debug, Default)]
pub struct Recovered {
    /// The entries that are whole.
    pub entries: Vec<Entry>,
    /// Bytes of the file that hold them.
    pub good: u64,
    /// What was dropped, in a sentence.
    pub dropped: Option<String>,
}

/// Reads the lines of a journal. Stops at the first that is broken: later entries would not fit.
pub fn parse(bytes: &[u8]) -> Recovered {
    let mut read = Recovered::default();
    let mut rest = bytes;
    while !rest.is_empty() {
        let line = read.entries.len() + 1;
        let end = rest.iter().position(|&b| b == b'\n');
        let (body, after) = rest.split_at(end.map_or(rest.len(), |e| e + 1));
        match serde_json::from_slice::<Entry>(body) {
            Ok(entry) if end.is_some() => read.entries.push(entry),
            _ if after.is_empty() => {
                read.dropped = Some("the last line of the journal was cut off and is dropped; everything before it is here".to_owned());
                break;
            }
            _ => {
                read.dropped =
                    Some(format!("line {line} of the journal is broken; what follows it is dropped, everything before it is here"));
                break;
            }
        }
        read.good += body.len() as u64;
        rest = after;
    }
    read
}

/// An open journal. Entries are handed to the system as they are made, so that a killed window loses none.
#[derive(Debug)]
pub struct Journal {
    folder: PathBuf,
    file: File,
    /// Bytes after each entry, so that entries which do not fit can be cut off.
    ends: Vec<u64>,
}

impl Journal {
    /// Where it lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Says that the article lies in another file from now on.
    ///
    /// # Errors
    /// [`JournalError::Io`]; what was said before stands then.
    pub fn renamed(&self, name: &str, path: &Path) -> Result<(), JournalError> {
        let place = self.folder.join(ABOUT);
        let text = fs::read_to_string(&place).map_err(|e| io(&place, &e))?;
        let about: About = toml::from_str(&text).map_err(|e| io(&place, &e))?;
        let about = About { name: name.to_owned(), path: Some(path.to_owned()), ..about };
        replace(&self.folder, ABOUT, &toml::to_string(&about).map_err(|e| io(&place, &e))?)
    }

    /// Appends an entry.
    ///
    /// # Errors
    /// [`JournalError::Io`], for instance when the disk is full.
    pub fn append(&mut self, entry: &Entry) -> Result<(), JournalError> {
        let path = self.folder.join(JOURNAL);
        let mut line = serde_json::to_vec(entry).map_err(|e| io(&path, &e))?;
        line.push(b'\n');
        self.file.write_all(&line).map_err(|e| io(&path, &e))?;
        if matches!(entry.event, Event::Saved { .. }) {
            self.file.sync_data().map_err(|e| io(&path, &e))?;
        }
        self.ends.push(self.ends.last().copied().unwrap_or(0) + line.len() as u64);
        Ok(())
    }

    /// Cuts the journal to its first `entries`; the whole of it is put aside as `journal.broken`.
    ///
    /// # Errors
    /// [`JournalError::Io`].
    pub fn keep(&mut self, entries: usize) -> Result<(), JournalError> {
        let end = entries.checked_sub(1).and_then(|i| self.ends.get(i)).copied().unwrap_or(0);
        self.cut(end)?;
        self.ends.truncate(entries);
        Ok(())
    }

    fn cut(&mut self, end: u64) -> Result<(), JournalError> {
        let path = self.folder.join(JOURNAL);
        let names = (1..).map(|n| if n == 1 { "journal.broken".to_owned() } else { format!("journal.broken-{n}") });
        let broken = names.map(|n| self.folder.join(n)).find(|p| !p.exists()).unwrap_or_default();
        let copied = fs::copy(&path, &broken).and_then(|_| private_file(&broken));
        copied.and_then(|()| self.file.set_len(end)).map_err(|e| io(&path, &e))?;
        self.file.seek(SeekFrom::End(0)).map(|_| ()).map_err(|e| io(&path, &e))
    }
}

pub(super) const JOURNAL: &str = "journal.jsonl";
pub(super) const ARTICLE: &str = "article";
const ABOUT: &str = "session.toml";
const SOURCE: &str = "source.toml";

/// The folder that holds all sessions.
#[derive(Clone, Debug)]
pub struct Store {
    root: PathBuf,
}

impl Store {
    /// A store in a folder, which is made when the first session is.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Begins a session for an article.
    ///
    /// # Errors
    /// [`JournalError::Io`].
    pub fn create(&self, about: &About, article: &[u8]) -> Result<Journal, JournalError> {
        private_folder(&self.root).map_err(|e| io(&self.root, &e))?;
        let name: String = about.name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(40).collect();
        let stamp = about.opened.as_second();
        let folder = (0..10_000)
            .map(|n| self.root.join(if n == 0 { format!("{stamp}-{name}") } else { format!("{stamp}-{name}-{n}") }))
            .find(|f| !f.exists())
            .ok_or_else(|| io(&self.root, &"too many sessions"))?;
        private_folder(&folder).map_err(|e| io(&folder, &e))?;
        let write = |file: &str, bytes: &[u8]| {
            let path = folder.join(file);
            private_open(&path).and_then(|mut f| f.write_all(bytes)).map_err(|e| io(&path, &e))
        };
        write(ARTICLE, article)?;
        write(ABOUT, toml::to_string(about).map_err(|e| io(&folder, &e))?.as_bytes())?;
        let (journal, _) = open_journal(&folder)?;
        Ok(journal)
    }

    /// Opens a session: its original bytes and its entries.
    ///
    /// # Errors
    /// [`JournalError`] when it can't be read or another window has it.
    pub fn open(&self, kept: &Kept) -> Result<(Journal, Vec<u8>, Recovered), JournalError> {
        let path = kept.folder.join(ARTICLE);
        let article = fs::read(&path).map_err(|e| io(&path, &e))?;
        let (journal, read) = open_journal(&kept.folder)?;
        Ok((journal, article, read))
    }

    /// All sessions, the one worked on last first. Folders that are no session are left out.
    pub fn list(&self) -> Vec<Kept> {
        let Ok(folders) = fs::read_dir(&self.root) else { return Vec::new() };
        let mut sessions: Vec<Kept> = folders.filter_map(Result::ok).filter_map(|f| kept(f.path())).collect();
        sessions.sort_by(|a, b| b.touched.cmp(&a.touched).then_with(|| b.folder.cmp(&a.folder)));
        sessions
    }

    /// What a session holds: its original bytes and its entries, without taking it up.
    ///
    /// # Errors
    /// [`JournalError::Io`].
    pub fn peek(&self, kept: &Kept) -> Result<(Vec<u8>, Vec<Entry>), JournalError> {
        let read = |name: &str| fs::read(kept.folder.join(name)).map_err(|e| io(&kept.folder, &e));
        Ok((read(ARTICLE)?, parse(&read(JOURNAL)?).entries))
    }

    /// The session that continues a file: the same path, and the file is as it was opened or last saved.
    /// The second value is a session on the same path whose file was changed elsewhere since.
    pub fn find(&self, path: &Path, hash: &str) -> (Option<Kept>, Option<Kept>) {
        Self::find_in(&self.list(), path, hash)
    }

    /// As [`Store::find`], among sessions that were listed before.
    pub fn find_in(sessions: &[Kept], path: &Path, hash: &str) -> (Option<Kept>, Option<Kept>) {
        let of_path: Vec<&Kept> = sessions.iter().filter(|k| k.about.path.as_deref() == Some(path)).collect();
        let continues = of_path.iter().find(|k| k.about.hash == hash || last_saved(&k.folder).is_some_and(|h| h == hash));
        (continues.copied().cloned(), of_path.first().copied().cloned())
    }

    /// Remembers which source text belongs to a session.
    ///
    /// # Errors
    /// [`JournalError::Io`]; the older note stands then.
    pub fn remember_source(&self, folder: &Path, source: &Translated) -> Result<(), JournalError> {
        replace(folder, SOURCE, &toml::to_string(source).map_err(|e| io(folder, &e))?)
    }

    /// The source text that a session remembers; `None` when nothing was ever said about one.
    pub fn source(&self, folder: &Path) -> Option<Translated> {
        toml::from_str(&fs::read_to_string(folder.join(SOURCE)).ok()?).ok()
    }

    /// Removes a session and all that it knows.
    ///
    /// # Errors
    /// [`JournalError::Io`].
    pub fn forget(&self, folder: &Path) -> Result<(), JournalError> {
        if folder.parent() != Some(&self.root) {
            return Err(io(folder, &"this is no session"));
        }
        fs::remove_dir_all(folder).map_err(|e| io(folder, &e))
    }

    /// Removes sessions that nobody touched for so long; those with work that no file has stay until they are
    /// closed. Returns how many.
    pub fn forget_older_than(&self, age: Duration, now: SystemTime) -> usize {
        // Closing is work too.
        let touched = |k: &Kept| self.closed_at(&k.folder).map_or(k.touched, |at| at.max(k.touched));
        let old = |k: &Kept| now.duration_since(touched(k)).is_ok_and(|a| a > age);
        self.list().iter().filter(|k| old(k) && !self.is_left(k) && !is_taken(&k.folder)).filter(|k| self.forget(&k.folder).is_ok()).count()
    }
}

/// Writes a small file of a session anew: a crash leaves the old one or the new one.
fn replace(folder: &Path, name: &str, text: &str) -> Result<(), JournalError> {
    let (path, beside) = (folder.join(name), folder.join(name).with_extension("new"));
    let _ = fs::remove_file(&beside);
    let written = private_open(&beside).and_then(|mut f| f.write_all(text.as_bytes()));
    written.and_then(|()| fs::rename(&beside, &path)).map_err(|e| io(&path, &e))
}

fn kept(folder: PathBuf) -> Option<Kept> {
    let about = toml::from_str(&fs::read_to_string(folder.join(ABOUT)).ok()?).ok()?;
    let touched = fs::metadata(folder.join(JOURNAL)).and_then(|m| m.modified()).ok()?;
    Some(Kept { folder, about, touched })
}

fn last_saved(folder: &Path) -> Option<String> {
    let bytes = fs::read(folder.join(JOURNAL)).ok()?;
    parse(&bytes).entries.into_iter().rev().find_map(|e| match e.event {
        Event::Saved { hash, .. } => Some(hash),
        _ => None,
    })
}

/// Whether a window has a session open.
pub(super) fn is_taken(folder: &Path) -> bool {
    let file = File::open(folder.join(JOURNAL));
    file.is_ok_and(|f| f.try_lock().is_err_and(|e| matches!(e, fs::TryLockError::WouldBlock)))
}

fn open_journal(folder: &Path) -> Result<(Journal, Recovered), JournalError> {
    let path = folder.join(JOURNAL);
    let mut file = private_open(&path).map_err(|e| io(&path, &e))?;
    if file.try_lock().is_err_and(|e| matches!(e, fs::TryLockError::WouldBlock)) {
        return Err(JournalError::Taken(path.display().to_string()));
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|e| io(&path, &e))?;
    let read = parse(&bytes);
    let mut ends = Vec::new();
    let mut end = 0;
    for line in bytes.split_inclusive(|&b| b == b'\n').take(read.entries.len()) {
        end += line.len() as u64;
        ends.push(end);
    }
    let mut journal = Journal { folder: folder.to_owned(), file, ends };
    if read.dropped.is_some() {
        journal.cut(read.good)?;
    }
    Ok((journal, read))
}

#[cfg(unix)]
fn private_folder(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

#[cfg(not(unix))]
fn private_folder(path: &Path) -> std::io::Result<()> {
    fs::create_dir_all(path)
}

#[cfg(unix)]
pub(super) fn private_open(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
pub(super) fn private_open(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().read(true).append(true).create(true).open(path)
}

#[cfg(unix)]
fn private_file(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn private_file(_: &Path) -> std::io::Result<()> {
    Ok(())
}
