//! An article and its file: what would be written, whether somebody else wrote meanwhile, and writing it.

use std::path::{Path, PathBuf};

use thiserror::Error;

use super::disk::{self, DiskError, Version, fingerprint};
use super::event::{Event, Stamp};
use super::session::Session;
use crate::formats::{self, FormatError};
use crate::text::diff;

/// What to do when the file was changed by somebody else since it was opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OnChange {
    /// Write nothing and say so.
    Ask,
    /// Write over it.
    Overwrite,
}

/// Whether the original is put beside a file that is written over the first time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Original {
    /// It is: `story.orig.html`.
    Beside,
    /// It stays in the session alone.
    InSession,
}

/// Why an article was not saved.
#[derive(Debug, Error)]
pub enum SaveError {
    /// It came from no file: a name is needed.
    #[error("this article has no file yet")]
    NoFile,
    /// Somebody else wrote to it.
    #[error("the file was changed by another program since it was opened: {0}")]
    ChangedOnDisk(String),
    /// The format can't hold a change.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// The disk said no.
    #[error(transparent)]
    Disk(#[from] DiskError),
}

/// What saving did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written {
    /// Where.
    pub path: PathBuf,
    /// Where the original lies, when it was put aside just now.
    pub original: Option<PathBuf>,
    /// Where the version of another program lies that was written over.
    pub other: Option<PathBuf>,
    /// The file was gone and was written anew.
    pub anew: bool,
}

impl Session {
    /// The file as it would be saved now.
    ///
    /// # Errors
    /// [`FormatError`] when the format can't hold a change.
    pub fn bytes(&self) -> Result<Vec<u8>, FormatError> {
        formats::write(&self.document, &diff::word_by_word(&self.document.text, &self.review.composed()))
    }

    /// Its file, and the fingerprint of what it held when it was read or written last.
    pub fn file(&self) -> Option<(PathBuf, String)> {
        self.path.clone().map(|path| (path, self.file_hash.clone()))
    }

    /// Whether the file on disk is another than the one opened or saved last.
    pub fn is_changed_on_disk(&self) -> bool {
        self.path.as_ref().and_then(|p| disk::read(p).ok()).is_some_and(|b| fingerprint(&b) != self.file_hash)
    }

    /// Writes the article to its file. The first time, the original may be kept beside it.
    ///
    /// # Errors
    /// [`SaveError`]; the file is untouched then.
    pub fn save(&mut self, on_change: OnChange, keep: Original, stamp: &Stamp) -> Result<Written, SaveError> {
        let path = self.path.clone().ok_or(SaveError::NoFile)?;
        let changed = self.is_changed_on_disk();
        if on_change == OnChange::Ask && changed {
            return Err(SaveError::ChangedOnDisk(path.display().to_string()));
        }
        let bytes = self.bytes()?;
        let anew = !path.exists();
        let first = self.review.saved().is_none_or(|s| Path::new(&s.path) != path);
        let original = if keep == Original::Beside && first && path.exists() && bytes != self.document.source.bytes {
            Some(disk::keep_beside(&path, Version::Original, &self.document.source.bytes)?)
        } else {
            None
        };
        // What another program wrote is written over, and not lost.
        let other = if changed { Some(disk::keep_other(&path)?) } else { None };
        self.write(path, &bytes, stamp)?;
        Ok(Written { path: self.path.clone().unwrap_or_default(), original, other, anew })
    }

    /// Writes the article to another file, which is its file from then on.
    ///
    /// # Errors
    /// [`SaveError`]; nothing is written then.
    pub fn save_as(&mut self, path: &Path, stamp: &Stamp) -> Result<Written, SaveError> {
        let bytes = self.bytes()?;
        let own = path.canonicalize().is_ok_and(|p| self.path.as_ref() == Some(&p));
        let other = if own && self.is_changed_on_disk() { Some(disk::keep_other(path)?) } else { None };
        self.write(path.to_owned(), &bytes, stamp)?;
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        self.take_path(path.clone());
        // The decisions go with the new file; the old one is an article of its own.
        if let Some(Err(error)) = self.journal.as_ref().map(|j| j.renamed(&self.name, &path)) {
            self.notices.push(format!("the decisions will not come back when the new file is opened: {error}"));
        }
        Ok(Written { path, original: None, other, anew: false })
    }

    /// The article has this file from now on, and its name.
    pub(super) fn take_path(&mut self, path: PathBuf) {
        if self.path.as_ref() != Some(&path) {
            self.name = path.file_name().map_or_else(|| self.name.clone(), |n| n.to_string_lossy().into_owned());
            self.path = Some(path);
        }
    }

    fn write(&mut self, path: PathBuf, bytes: &[u8], stamp: &Stamp) -> Result<(), SaveError> {
        disk::write_like(&path, bytes, self.path.as_deref())?;
        self.file_hash = fingerprint(bytes);
        let path = path.canonicalize().unwrap_or(path);
        let event = Event::Saved { path: path.display().to_string(), hash: self.file_hash.clone() };
        let known = self.checked == Some(self.review.revision());
        if self.record_entry(&stamp.entry(event)).is_ok() && known {
            self.checked = Some(self.review.revision());
        }
        Ok(())
    }

    /// Whether the text differs from what the file holds. What came from no file is unsaved as soon as
    /// something is changed.
    pub fn is_unsaved(&self) -> bool {
        match self.review.saved() {
            Some(saved) => saved.edits != self.review.composed(),
            None => !self.review.composed().is_empty(),
        }
    }
}
