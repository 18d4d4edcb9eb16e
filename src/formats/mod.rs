//! Bytes to [`Document`] and back. A format carries the changed words, and nothing else, back into the file.

mod elements;
pub mod html;
mod markup;
pub mod txt;

use thiserror::Error;

use crate::document::{Document, Format, PlaceError};
use crate::text::Edits;

/// The most bytes that are opened at all.
pub const MAX_BYTES: usize = 64 << 20;

/// A file that can't be read or written as an article. Messages have no file name: the caller knows it.
#[derive(Debug, Error)]
pub enum FormatError {
    /// Not text.
    #[error("this is a binary file, not text: byte {0:#04x} at position {1}")]
    Binary(u8, usize),
    /// Text in an encoding that is not read.
    #[error("this is not valid UTF-8: line {line}, byte {byte}; save it as UTF-8 and open it again")]
    NotUtf8 {
        /// Line, from 1.
        line: usize,
        /// Byte position in the file.
        byte: usize,
    },
    /// Longer than [`MAX_BYTES`].
    #[error("the file has {0} bytes; at most {MAX_BYTES} are opened")]
    TooLong(usize),
    /// An edit that the format can't write.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// Anything else, in a sentence.
    #[error("{0}")]
    Malformed(String),
}

/// Which format a file has, from its name and its first bytes.
pub fn detect(name: &str, bytes: &[u8]) -> Format {
    let extension = name.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    match extension.as_str() {
        "html" | "htm" | "xhtml" => Format::Html,
        "docx" => Format::Docx,
        _ => {
            let head: Vec<u8> = bytes.iter().take(512).map(u8::to_ascii_lowercase).collect();
            let head = String::from_utf8_lossy(&head);
            let head = head.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
            if name.is_empty() && (head.starts_with("<!doctype html") || head.starts_with("<html")) { Format::Html } else { Format::Text }
        }
    }
}

/// Reads an article; `name` (a file name or path, may be empty) helps to tell the format.
///
/// # Errors
/// [`FormatError`] when the bytes are not text of a known kind.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, FormatError> {
    if bytes.len() > MAX_BYTES {
        return Err(FormatError::TooLong(bytes.len()));
    }
    match detect(name, bytes) {
        Format::Text => txt::read(bytes),
        Format::Html => html::read(bytes),
        Format::Docx => Err(FormatError::Malformed("Word files are not read yet: save the text as .txt or .html".to_owned())),
    }
}

/// The file with the edits in it; without edits, the same bytes.
///
/// # Errors
/// [`FormatError::Place`] when an edit can't be written into this format.
pub fn write(document: &Document, edits: &Edits) -> Result<Vec<u8>, FormatError> {
    if edits.is_empty() {
        return Ok(document.source.bytes.clone());
    }
    let splices = document.place(edits)?;
    match document.source.format {
        Format::Text => Ok(txt::write(document, &splices)),
        Format::Html => html::write(document, edits, &splices),
        Format::Docx => Err(FormatError::Malformed("Word files are not written yet".to_owned())),
    }
}

/// The decoded source part after the edits, for JSON readers and tests.
///
/// # Errors
/// [`FormatError::Place`] when an edit can't be written into this format.
pub fn decode(bytes: &[u8]) -> Result<(bool, String), FormatError> {
    let (bom, body) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (true, rest),
        None => (false, bytes),
    };
    if let Some(at) = body.iter().position(|&b| b < 0x09 || (0x0e..0x1a).contains(&b) || (0x1c..0x20).contains(&b)) {
        return Err(FormatError::Binary(body.get(at).copied().unwrap_or(0), at));
    }
    match std::str::from_utf8(body) {
        Ok(text) => Ok((bom, text.to_owned())),
        Err(error) => {
            let byte = error.valid_up_to();
            let line = 1 + body.iter().take(byte).filter(|&&b| b == b'\n').count();
            Err(FormatError::NotUtf8 { line, byte: byte + if bom { 3 } else { 0 } })
        }
    }
}
