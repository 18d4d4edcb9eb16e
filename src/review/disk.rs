//! The article's own file: read, fingerprinted, and written so that a crash leaves either the old or
//! the new file, never half of one.

use std::fs;
use std::io::{ErrorKind, Read, Write};
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
    /// A device, a socket.
    #[error("this is no file that holds an article: {0}")]
    NoArticle(String),
    /// There is no folder to save in.
    #[error("there is no folder to save this file in: {0}")]
    NoFolder(String),
    /// Nothing can be written into its folder.
    #[error("this folder can't be written to; save the article in another: {0}")]
    Closed(String),
    /// The system does not allow it.
    #[error("you have no permission to open or save this: {0}")]
    Denied(String),
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
        let path = path.display().to_string();
        match error.kind() {
            ErrorKind::PermissionDenied => Self::Denied(path),
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::NoFolder(path),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Io { message: "there is no room left on the disk".to_owned(), path },
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnly(path),
            ErrorKind::InvalidFilename => Self::Io { message: "this name can't be that of a file".to_owned(), path },
            // The kind is words; the message of the system names temporary files and numbers.
            kind => Self::Io { message: kind.to_string(), path },
        }
    }
}

/// A short name for some bytes: FNV-1a over them, with their number. Tells changed files apart; proves nothing.
pub fn fingerprint(bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}-{}", bytes.len())
}

/// The longest name of a file on the usual disks, in bytes.
const LONGEST_NAME: usize = 255;

/// The bytes of a file, one more than an article may have at most.
///
/// # Errors
/// [`DiskError`] in an editor's words.
pub fn read(path: &Path) -> Result<Vec<u8>, DiskError> {
    let error = |e: std::io::Error| match e.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => DiskError::Missing(path.display().to_string()),
        _ => DiskError::io(path, &e),
    };
    let kind = fs::metadata(path).map_err(error)?.file_type();
    if kind.is_dir() {
        return Err(DiskError::Folder(path.display().to_string()));
    }
    if !kind.is_file() && !is_pipe(kind) {
        return Err(DiskError::NoArticle(path.display().to_string()));
    }
    read_some(fs::File::open(path).map_err(error)?).map_err(error)
}

/// What a reader gives, but hardly more than an article may have: the format says that it is too long.
///
/// # Errors
/// What the reader says.
pub fn read_some(reader: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(crate::formats::MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(unix)]
fn is_pipe(kind: fs::FileType) -> bool {
    use std::os::unix::fs::FileTypeExt;
    kind.is_fifo()
}

#[cfg(not(unix))]
fn is_pipe(_: fs::FileType) -> bool {
    false
}

/// The file that a path leads to, also where symbolic links lead to a file that is not there yet.
fn destination(path: &Path) -> PathBuf {
    let mut place = path.to_owned();
    for _ in 0..40 {
        if let Ok(real) = place.canonicalize() {
            return real;
        }
        let Ok(next) = fs::read_link(&place) else { break };
        place = place.parent().map_or_else(|| next.clone(), |folder| folder.join(&next));
    }
    place
}

/// Writes beside the file and renames. Follows symbolic links and keeps the permissions; a new file gets
/// those that the person has set for new files. A file with several names (hard links) keeps its old
/// bytes under the others.
///
/// # Errors
/// [`DiskError`]; the old file is untouched then.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    write_like(path, bytes, None)
}

/// The same; a new file is no more open to others than `model`, the file whose words it holds.
///
/// # Errors
/// [`DiskError`]; the old file is untouched then.
pub fn write_like(path: &Path, bytes: &[u8], model: Option<&Path>) -> Result<(), DiskError> {
    let real = destination(path);
    let error = |e: std::io::Error| DiskError::io(path, &e);
    let folder = real.parent().filter(|p| !p.as_os_str().is_empty()).map_or_else(|| PathBuf::from("."), Path::to_owned);
    let old = fs::metadata(&real).ok();
    if old.as_ref().is_some_and(|m| m.permissions().readonly()) {
        return Err(DiskError::ReadOnly(path.display().to_string()));
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".copydesk-");
    let permissions = if old.is_none() { for_new_file(model) } else { None };
    if let Some(permissions) = permissions {
        builder.permissions(permissions);
    }
    let closed = |e: std::io::Error| match e.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => DiskError::Closed(folder.display().to_string()),
        _ => error(e),
    };
    let mut beside = builder.tempfile_in(&folder).map_err(closed)?;
    beside.write_all(bytes).map_err(error)?;
    if let Some(old) = old {
        fs::set_permissions(beside.path(), old.permissions()).map_err(error)?;
    }
    beside.as_file().sync_all().map_err(error)?;
    beside.persist(&real).map_err(|e| error(e.error))?;
    Ok(())
}

/// The permissions that a new file is asked for: those of its model, else everybody's; the system takes
/// away what the person's mask forbids.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere the system decides")]
fn for_new_file(model: Option<&Path>) -> Option<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt;
    let mode = model.and_then(|m| fs::metadata(m).ok()).map_or(0o666, |m| (m.permissions().mode() & 0o666) | 0o200);
    Some(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn for_new_file(_: Option<&Path>) -> Option<fs::Permissions> {
    None
}

/// Renames a file that can't be used, so that nothing is lost when another takes its name:
/// `settings.toml` → `settings.broken.toml`. Returns where it lies.
///
/// # Errors
/// [`DiskError`] when it can't be renamed.
pub fn put_aside(path: &Path) -> Result<PathBuf, DiskError> {
    let stem = path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    let extension = path.extension().map_or_else(String::new, |e| format!(".{}", e.to_string_lossy()));
    let names = (1..).map(|n| if n == 1 { format!("{stem}.broken{extension}") } else { format!("{stem}.broken-{n}{extension}") });
    let place = names.map(|n| path.with_file_name(n)).find(|p| !p.exists()).unwrap_or_default();
    fs::rename(path, &place).map_err(|e| DiskError::io(path, &e))?;
    Ok(place)
}

/// What a version is called that is put beside a file: `story.html` → `story.orig.html`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Version {
    /// As the article came.
    Original,
    /// As another program wrote it meanwhile.
    Other,
    /// As the editor would have saved it.
    Mine,
}

impl Version {
    const fn mark(self) -> &'static str {
        match self {
            Self::Original => "orig",
            Self::Other => "other",
            Self::Mine => "mine",
        }
    }
}

/// Puts a version of a file beside it, once. Where another one has that name, a number is added. Returns where
/// it lies.
///
/// # Errors
/// [`DiskError`] when it can't be written.
pub fn keep_beside(path: &Path, version: Version, bytes: &[u8]) -> Result<PathBuf, DiskError> {
    let mut stem = path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    let extension = path.extension().map_or_else(String::new, |e| format!(".{}", e.to_string_lossy()));
    let mark = version.mark();
    // A name that has no room for the mark loses its last letters.
    while stem.len() + extension.len() + mark.len() + ".-999".len() > LONGEST_NAME && stem.pop().is_some() {}
    for number in 1..1000 {
        let mark = if number == 1 { mark.to_owned() } else { format!("{mark}-{number}") };
        let place = path.with_file_name(format!("{stem}.{mark}{extension}"));
        match fs::read(&place) {
            Ok(there) if there == bytes => return Ok(place),
            Ok(_) => {}
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return write_like(&place, bytes, Some(path)).map(|()| place),
            Err(e) => return Err(DiskError::io(&place, &e)),
        }
    }
    Err(DiskError::Io { message: "too many versions lie beside this file".to_owned(), path: path.display().to_string() })
}

/// Puts what another program wrote beside the file, whole, however long it is.
///
/// # Errors
/// [`DiskError`] when it can't be read or written.
pub fn keep_other(path: &Path) -> Result<PathBuf, DiskError> {
    let bytes = fs::read(path).map_err(|e| DiskError::io(path, &e))?;
    keep_beside(path, Version::Other, &bytes)
}

/// Whether a file is a version that was put beside another, which is there.
pub fn lies_beside(path: &Path) -> bool {
    let stem = path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    let Some((bare, mark)) = stem.rsplit_once('.') else { return false };
    let word = mark.split_once('-').map_or(mark, |(word, number)| if number.parse::<u32>().is_ok() { word } else { mark });
    let extension = path.extension().map_or_else(String::new, |e| format!(".{}", e.to_string_lossy()));
    [Version::Original, Version::Other, Version::Mine].iter().any(|v| v.mark() == word)
        && path.with_file_name(format!("{bare}{extension}")).is_file()
}
