//! The article's own file: read, fingerprinted, and written so that a crash leaves either the old or
//! the new file, never half of one.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// A file that can't be read or written. Messages end with the path.
#[derive(Debug, Error)]
pub enum DiskError {
    /// There is no such file.
    #[error("there is no file {0}")]
    Missing(String),
    /// A folder was named.
    #[error("this is a folder, not an article: {0}")]
    Folder(String),
    /// It must not be written.
    #[error("this file is read-only; save it under another name: {0}")]
    ReadOnly(String),
    /// Anything else.
    #[error("{message}: {path}")]
    Io {
        /// The reason.
        message: String,
        /// The file.
        path: String,
    },
}

impl DiskError {
    fn io(path: &Path, error: &std::io::Error) -> Self {
        Self::Io { message: error.to_string(), path: path.display().to_string() }
    }
}

/// A short name for some bytes: FNV-1a over them, with their number. Tells changed files apart; proves nothing.
pub fn fingerprint(bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}-{}", bytes.len())
}

/// The bytes of a file.
///
/// # Errors
/// [`DiskError`] in an editor's words.
pub fn read(path: &Path) -> Result<Vec<u8>, DiskError> {
    if path.is_dir() {
        return Err(DiskError::Folder(path.display().to_string()));
    }
    match fs::read(path) {
        Ok(bytes) => Ok(bytes),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Err(DiskError::Missing(path.display().to_string())),
        Err(e) => Err(DiskError::io(path, &e)),
    }
}

/// Writes beside the file and renames. Follows symbolic links and keeps the permissions.
///
/// # Errors
/// [`DiskError`]; the old file is untouched then.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let error = |e: std::io::Error| DiskError::io(path, &e);
    let folder = real.parent().filter(|p| !p.as_os_str().is_empty()).map_or_else(|| PathBuf::from("."), Path::to_owned);
    let old = fs::metadata(&real).ok();
    if old.as_ref().is_some_and(|m| m.permissions().readonly()) {
        return Err(DiskError::ReadOnly(path.display().to_string()));
    }
    let mut beside = tempfile::Builder::new().prefix(".copydesk-").tempfile_in(&folder).map_err(error)?;
    beside.write_all(bytes).map_err(error)?;
    if let Some(old) = old {
        fs::set_permissions(beside.path(), old.permissions()).map_err(error)?;
    } else {
        share_like_a_new_file(beside.path()).map_err(error)?;
    }
    beside.as_file().sync_all().map_err(error)?;
    beside.persist(&real).map_err(|e| error(e.error))?;
    Ok(())
}

/// Temporary files are private; an article that is saved for the first time is as open as its folder allows.
#[cfg(unix)]
fn share_like_a_new_file(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn share_like_a_new_file(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Puts the original beside the file, once: `story.html` → `story.orig.html`. Where another article's
/// original has that name, a number is added. Returns where it lies.
///
/// # Errors
/// [`DiskError`] when it can't be written.
pub fn keep_original(path: &Path, original: &[u8]) -> Result<PathBuf, DiskError> {
    let stem = path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    let extension = path.extension().map_or_else(String::new, |e| format!(".{}", e.to_string_lossy()));
    for number in 1..1000 {
        let mark = if number == 1 { "orig".to_owned() } else { format!("orig-{number}") };
        let place = path.with_file_name(format!("{stem}.{mark}{extension}"));
        match fs::read(&place) {
            Ok(bytes) if bytes == original => return Ok(place),
            Ok(_) => {}
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return write(&place, original).map(|()| place),
            Err(e) => return Err(DiskError::io(&place, &e)),
        }
    }
    Err(DiskError::Io { message: "too many originals lie beside this file".to_owned(), path: path.display().to_string() })
}
