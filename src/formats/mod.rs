//! Bytes to [`Document`] and back. A format carries the changed words, and nothing else, back into the file.

pub mod docx;
mod elements;
pub mod html;
mod markup;
pub mod txt;

use thiserror::Error;

use crate::document::{Document, Format, PlaceError};
use crate::text::{Edit, Edits, diff};

/// The most bytes that are opened at all.
pub const MAX_BYTES: usize = 64 << 20;

/// The most bytes of text that are checked: no article is longer.
pub const MAX_CHECKED_BYTES: usize = 4 << 20;

/// The most bytes of one paragraph that are checked.
pub const MAX_BLOCK_BYTES: usize = 1 << 20;

/// A file that can't be read or written as an article. Messages have no file name: the caller knows it.
#[derive(Debug, Error)]
pub enum FormatError {
    /// Not text.
    #[error("this is a binary file, not text: byte {0:#04x} at position {1}")]
    Binary(u8, usize),
    /// Text in an encoding that is not read.
    #[error("this is not UTF-8 (line {line}, byte {byte}){looks_like}; save it as UTF-8 and open it again")]
    NotUtf8 {
        /// Line, from 1.
        line: usize,
        /// Byte position in the file.
        byte: usize,
        /// What it seems to be, as the end of a clause.
        looks_like: String,
    },
    /// A kind of file that is not text.
    #[error("this is {0}, which is not read yet: save it as .txt or .html")]
    OtherKind(&'static str),
    /// Longer than [`MAX_BYTES`].
    #[error("the file is too long: at most {MAX_BYTES} bytes are opened")]
    TooLong,
    /// An edit that the format can't write.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// Anything else, in a sentence.
    #[error("{0}")]
    Malformed(String),
}

/// Which format a file has, from its name and its first bytes: a page is a page under any name.
pub fn detect(name: &str, bytes: &[u8]) -> Format {
    match extension(name).as_str() {
        "html" | "htm" | "xhtml" | "xht" | "shtml" | "shtm" | "php" | "asp" | "aspx" | "jsp" | "mhtml" => Format::Html,
        "docx" => Format::Docx,
        "txt" | "text" | "md" | "xml" | "rss" | "atom" | "rdf" | "json" | "jsonl" if !is_page(&head(bytes)) => Format::Text,
        _ if is_page(&head(bytes)) || begins_with_block(&head(bytes)) => Format::Html,
        _ => Format::Text,
    }
}

/// What stands behind the last point of a name, in lower case; an address may have a query behind it.
fn extension(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or("");
    let name = name.split(['?', '#']).next().unwrap_or("");
    name.rsplit_once('.').map_or_else(String::new, |(_, e)| e.to_ascii_lowercase())
}

/// The beginning of a file, in lower case and without the white space before it.
fn head(bytes: &[u8]) -> String {
    let head: Vec<u8> = bytes.iter().take(2048).map(u8::to_ascii_lowercase).collect();
    String::from_utf8_lossy(&head).trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).to_owned()
}

/// Whether a file begins as a page of HTML, perhaps behind comments and an XML declaration.
fn is_page(head: &str) -> bool {
    let mut rest = head;
    loop {
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|i| i + 3)
        } else if rest.starts_with("<?") {
            rest.find("?>").map(|i| i + 2)
        } else {
            return rest.starts_with("<!doctype html") || rest.starts_with("<html");
        };
        let Some(next) = end.and_then(|i| rest.get(i..)) else { return false };
        rest = next.trim_start();
    }
}

/// Whether a file begins with an element that holds text: a piece of a page.
fn begins_with_block(head: &str) -> bool {
    let Some(name) = head.strip_prefix('<').and_then(|t| t.split([' ', '>', '\n', '\r', '\t']).next()) else { return false };
    matches!(
        name,
        "head" | "body" | "main" | "article" | "section" | "div" | "p" | "h1" | "h2" | "h3" | "ul" | "ol" | "table" | "blockquote"
    )
}

/// A format of text that would be damaged if it were read as plain text.
fn other_markup(name: &str, bytes: &[u8]) -> Option<&'static str> {
    let head = head(bytes);
    let behind = |open: char| head.strip_prefix(open).map(str::trim_start);
    let is_object = |rest: &str| rest.starts_with('"') && rest.contains("\":") || rest.starts_with('}');
    let is_list = behind('[').and_then(|rest| rest.strip_prefix('{')).is_some_and(|rest| is_object(rest.trim_start()));
    match extension(name).as_str() {
        "json" | "jsonl" => Some("a JSON file"),
        "xml" | "rss" | "atom" | "rdf" => Some("an XML file"),
        _ if head.starts_with("<?xml") || head.starts_with("<rss") || head.starts_with("<feed") => Some("an XML file"),
        _ if is_list || behind('{').is_some_and(is_object) => Some("a JSON file"),
        _ => None,
    }
}

/// Reads an article; `name` (a file name or path, may be empty) helps to tell the format.
///
/// # Errors
/// [`FormatError`] when the bytes are not text of a known kind.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, FormatError> {
    if bytes.len() > MAX_BYTES {
        return Err(FormatError::TooLong);
    }
    match detect(name, bytes) {
        Format::Text => match other_markup(name, bytes) {
            Some(kind) => Err(FormatError::OtherKind(kind)),
            None => txt::read(bytes),
        },
        Format::Html => html::read(bytes),
        Format::Docx => Err(FormatError::OtherKind("a Word file")),
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
        Format::Docx => docx::write(document, &splices),
    }
}

/// The longest file that is written and read again at each letter to see whether it holds it, in bytes.
const TRIED: usize = 64 << 10;

/// The longest one that is when lines are joined or split.
const TRIED_AT_BREAKS: usize = 1 << 20;

/// Whether a file holds the changes `after`, as it held those `before`: asked at each step, so that nothing is
/// written that can't be saved. Of a long file only what changed is asked for.
///
/// # Errors
/// [`PlaceError`] when it can't, and what was there before is not the reason.
pub fn holds(document: &Document, before: &Edits, after: &Edits) -> Result<(), PlaceError> {
    if document.source.format == Format::Text {
        return Ok(());
    }
    let known: Vec<&Edit> = before.iter().collect();
    let is_known = |e: &Edit| known.binary_search_by_key(&e.at, |k| k.at).is_ok_and(|i| known.get(i) == Some(&e));
    let coming = Edits::new(after.iter().filter(|e| !is_known(e)).cloned().collect()).unwrap_or_else(|| after.clone());
    let fine = |edits: &Edits| diff::word_by_word(&document.text, edits);
    document.place(&fine(&coming))?;
    let breaks = coming.iter().any(|e| e.from.contains('\n') || e.to.contains('\n'));
    let most = if breaks { TRIED_AT_BREAKS } else { TRIED };
    if document.source.bytes.len() > most {
        return Ok(());
    }
    match write(document, &fine(after)) {
        Err(FormatError::Place(error)) if write(document, &fine(before)).is_ok() => Err(error),
        _ => Ok(()),
    }
}

/// The characters of a file, and whether a byte order mark stood before them.
///
/// # Errors
/// [`FormatError`] when it is no text or not UTF-8; the message says what it looks like.
pub fn decode(bytes: &[u8]) -> Result<(bool, String), FormatError> {
    if let Some(kind) = other_kind(bytes) {
        return Err(FormatError::OtherKind(kind));
    }
    let (bom, body) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (true, rest),
        None => (false, bytes),
    };
    let lead = bytes.len() - body.len();
    if let Some(name) = utf16(bytes) {
        return Err(FormatError::NotUtf8 { line: 1, byte: 0, looks_like: format!(": it looks like {name}") });
    }
    if let Some(at) = body.iter().position(|&b| b < 0x09 || (0x0e..0x1a).contains(&b) || (0x1c..0x20).contains(&b)) {
        return Err(FormatError::Binary(body.get(at).copied().unwrap_or(0), lead + at));
    }
    match std::str::from_utf8(body) {
        Ok(text) => Ok((bom, text.to_owned())),
        Err(error) => {
            let byte = error.valid_up_to();
            let line = 1 + body.iter().take(byte).filter(|&&b| b == b'\n').count();
            Err(FormatError::NotUtf8 { line, byte: byte + lead, looks_like: single_byte(body) })
        }
    }
}

/// A kind of file known by its first bytes.
fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    let starts: [(&[u8], &str); 6] = [
        (b"PK\x03\x04", "a Word or other Office file, or an archive"),
        (b"PK\x05\x06", "an empty archive"),
        (b"\xd0\xcf\x11\xe0", "an old or encrypted Word file"),
        (b"%PDF", "a PDF"),
        (b"{\\rtf", "a rich text file"),
        (b"\x89PNG", "a picture"),
    ];
    starts.into_iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| kind)
}

/// UTF-16 by its byte order mark, or because every other byte of its beginning is zero.
fn utf16(bytes: &[u8]) -> Option<&'static str> {
    let zeros = |odd: usize| bytes.iter().take(64).skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let half = bytes.len().min(64) / 2;
    let many = |odd| half >= 2 && zeros(odd) * 10 >= half * 7 && zeros(1 - odd) == 0;
    match bytes {
        [0xff, 0xfe, ..] => Some("UTF-16 (little-endian)"),
        [0xfe, 0xff, ..] => Some("UTF-16 (big-endian)"),
        _ if many(1) => Some("UTF-16 (little-endian)"),
        _ if many(0) => Some("UTF-16 (big-endian)"),
        _ => None,
    }
}

/// Which encoding of one byte a character a file names, or seems to be in.
fn single_byte(body: &[u8]) -> String {
    let head = String::from_utf8_lossy(body.get(..body.len().min(2048)).unwrap_or(body)).to_ascii_lowercase();
    let declared = head.split_once("charset=").map(|(_, rest)| {
        let rest = rest.trim_start_matches(['"', '\'', ' ']);
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).take(40).collect::<String>()
    });
    if let Some(name) = declared.filter(|n| !n.is_empty() && n != "utf-8" && n != "utf8") {
        return format!(": the page says it is {name}");
    }
    let high = |range: std::ops::RangeInclusive<u8>| body.iter().filter(|b| range.contains(b)).count();
    let letters = body.iter().filter(|b| b.is_ascii_alphabetic()).count();
    let others = high(0x80..=0xff);
    // Copy in English has few letters beyond ASCII, and most of them are quotation marks and dashes.
    if others * 5 > letters {
        ": it looks like windows-1251, windows-1256 or another encoding for one script".to_owned()
    } else {
        ": it looks like windows-1252".to_owned()
    }
}

/// Why an article can be read here but is not checked; `None` when it is checked.
pub fn reading_only(document: &Document) -> Option<String> {
    let longest = document.blocks.iter().map(|b| b.span.len()).max().unwrap_or(0);
    let megabytes = |bytes: usize| format!("{}.{} MB", bytes >> 20, ((bytes % (1 << 20)) * 10) >> 20);
    if document.text.len() > MAX_CHECKED_BYTES {
        return Some(format!("it has {} of text; up to {} is checked", megabytes(document.text.len()), megabytes(MAX_CHECKED_BYTES)));
    }
    (longest > MAX_BLOCK_BYTES)
        .then(|| format!("one paragraph has {} of text; up to {} is checked", megabytes(longest), megabytes(MAX_BLOCK_BYTES)))
}
