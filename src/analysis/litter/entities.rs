//! Entities, escapes and tags: mark-up that was written out as text (`&rsquo;`, `&amp;amp;`, `\\u2019`, `<br>`).

use super::{LitterKind, Piece};

/// Names that pages and translation engines also leave with a space inside, in capitals, or without the semicolon.
const LOOSE: &[&str] = &["nbsp", "amp", "quot", "apos", "lt", "gt", "rsquo", "lsquo", "rdquo", "ldquo", "mdash", "ndash", "hellip"];

/// The longest entity that is looked for, in bytes.
const LONGEST: usize = 24;

fn named(name: &str) -> Option<String> {
    crate::text::entities::named(name).and_then(in_copy)
}

/// The character of a number; the range that HTML leaves to Windows-1252 is read as that.
fn numbered(number: u32) -> Option<String> {
    let c = match number {
        0x80..=0x9f => super::mojibake::windows_1252(u8::try_from(number).ok()?),
        _ => char::from_u32(number)?,
    };
    in_copy(c)
}

/// How a character stands in copy: a plain space for all spaces, nothing for what can't be seen.
fn in_copy(c: char) -> Option<String> {
    Some(match c {
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\t' | '\n' | '\r' => " ".to_owned(),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => String::new(),
        _ if c.is_control() => return None,
        _ => c.to_string(),
    })
}

/// The length of one entity at the start of `text` (which begins with `&`), and what it stands for.
fn entity(text: &str) -> Option<(usize, String)> {
    let mut end = 1;
    let byte = |at: usize| text.as_bytes().get(at).copied();
    // Translation engines pull entities apart: `& quot;`, `& # 39;`.
    let loose_start = byte(end) == Some(b' ');
    end += usize::from(loose_start);
    if byte(end) == Some(b'#') {
        end += 1;
        end += usize::from(byte(end) == Some(b' '));
        let hex = matches!(byte(end), Some(b'x' | b'X'));
        end += usize::from(hex);
        let start = end;
        while end < LONGEST && byte(end).is_some_and(|b| if hex { b.is_ascii_hexdigit() } else { b.is_ascii_digit() }) {
            end += 1;
        }
        let number = u32::from_str_radix(text.get(start..end)?, if hex { 16 } else { 10 }).ok()?;
        let closed = close(text, end)?;
        return Some((closed, numbered(number)?));
    }
    let start = end;
    while end < LONGEST && byte(end).is_some_and(|b| b.is_ascii_alphanumeric()) {
        end += 1;
    }
    let name = text.get(start..end).filter(|n| !n.is_empty())?;
    if byte(end) == Some(b';') && !loose_start {
        let value =
            named(name).or_else(|| named(&name.to_ascii_lowercase()).filter(|_| LOOSE.contains(&name.to_ascii_lowercase().as_str())));
        return Some((end + 1, value?));
    }
    let lower = name.to_ascii_lowercase();
    if !LOOSE.contains(&lower.as_str()) {
        return None;
    }
    // `& amp` alone may be words; a pulled-apart entity needs its semicolon.
    let closed = close(text, end).filter(|&c| !loose_start || text.get(end..c).is_some_and(|t| t.ends_with(';')))?;
    Some((closed, named(&lower)?))
}

/// The end of an entity whose name or number ends at `end`: past the semicolon, if there is one.
fn close(text: &str, end: usize) -> Option<usize> {
    let rest = text.get(end..)?;
    if rest.starts_with(';') {
        return Some(end + 1);
    }
    if rest.starts_with(" ;") {
        return Some(end + 2);
    }
    let next = rest.chars().next();
    next.is_none_or(|c| !(c.is_alphanumeric() || c == '=')).then_some(end)
}

/// One entity at the start of `text`, escaped once or several times over (`&amp;rsquo;`).
fn unescape(text: &str) -> Option<(usize, String)> {
    let (mut len, mut value) = entity(text)?;
    for _ in 0..3 {
        if value != "&" {
            break;
        }
        let end = text.char_indices().skip_while(|(i, _)| *i < len).take(LONGEST).last().map_or(len, |(i, c)| i + c.len_utf8());
        let again = format!("&{}", text.get(len..end).unwrap_or(""));
        match entity(&again) {
            // `&amp; lt` is an ampersand between words: only what touches it was escaped twice.
            Some((inner, v)) if !again.starts_with("& ") => {
                len += inner - 1;
                value = v;
            }
            _ => break,
        }
    }
    Some((len, value))
}

/// A run of entities at byte `at` of `text`, where a `&` stands.
pub(super) fn piece(text: &str, at: usize) -> Option<Piece> {
    let (len, mut to) = unescape(text.get(at..)?)?;
    let mut end = at + len;
    if to == "<"
        && let Some(tag) = escaped_tag(text, at, end)
    {
        return Some(tag);
    }
    while let Some((more, value)) = text.get(end..).filter(|r| r.starts_with('&')).and_then(unescape) {
        if value == "<" {
            break;
        }
        to.push_str(&value);
        end += more;
    }
    if !to.is_ascii() {
        to = super::mojibake::repair(&to);
    }
    let mut exact = true;
    if to.trim().is_empty() && !to.is_empty() {
        (end, to) = white_space(text, at, end);
        exact = true;
    }
    Some(Piece { kind: LitterKind::Entity, start: at, end, to, exact })
}

/// What stands for white space between `start` and `end`: one space, none beside another or at a line's edge.
fn white_space(text: &str, start: usize, end: usize) -> (usize, String) {
    let before = text.get(..start).and_then(|t| t.chars().next_back());
    let spaces = text.get(end..).map_or(0, |r| r.bytes().take_while(|&b| b == b' ').count());
    let after = text.get(end + spaces..).and_then(|r| r.chars().next());
    let edge = before.is_none_or(char::is_whitespace) || after.is_none_or(char::is_whitespace);
    (end + spaces, if edge { String::new() } else { " ".to_owned() })
}

const INLINE: &[&str] = &[
    "a", "b", "i", "u", "em", "strong", "span", "sup", "sub", "font", "small", "strike", "del", "ins", "code", "abbr", "cite", "mark",
    "time",
];
const BLOCK: &[&str] = &[
    "br",
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "hr",
    "tr",
    "td",
    "table",
    "blockquote",
    "section",
    "article",
    "figure",
    "figcaption",
    "img",
    "iframe",
];

/// Whether the words between `<` and `>` are a tag; the answer says whether it separates blocks.
fn tag(inside: &str) -> Option<bool> {
    let body = inside.strip_prefix('/').unwrap_or(inside).trim_end_matches('/').trim_end();
    let (name, attributes) = body.split_once(' ').unwrap_or((body, ""));
    if !(attributes.is_empty() || attributes.contains('=')) || inside.contains('<') || inside.contains('\n') {
        return None;
    }
    let name = name.to_ascii_lowercase();
    if BLOCK.contains(&name.as_str()) { Some(true) } else { INLINE.contains(&name.as_str()).then_some(false) }
}

/// A tag and those that follow it directly: one piece, one space at most.
fn tag_piece(text: &str, start: usize, end: usize, separates: bool) -> Piece {
    let (mut end, mut separates) = (end, separates);
    while let Some((len, more)) = text.get(end..).and_then(raw_tag) {
        end += len;
        separates |= more;
    }
    let (end, to) = if separates { white_space(text, start, end) } else { (end, String::new()) };
    Piece { kind: LitterKind::Markup, start, end, to, exact: false }
}

/// `&lt;br&gt;`: a tag that was escaped; `inner` is where its name begins.
fn escaped_tag(text: &str, start: usize, inner: usize) -> Option<Piece> {
    let rest = text.get(inner..)?;
    let len = rest.bytes().take(300).position(|b| b == b'&')?;
    let (close, value) = unescape(rest.get(len..)?)?;
    let separates = tag(rest.get(..len)?).filter(|_| value == ">")?;
    Some(tag_piece(text, start, inner + len + close, separates))
}

/// A tag at byte `at` of `text`, where a `<` stands.
pub(super) fn markup(text: &str, at: usize) -> Option<Piece> {
    let (len, separates) = raw_tag(text.get(at..)?)?;
    Some(tag_piece(text, at, at + len, separates))
}

/// The length of a tag at the start of `text`, and whether it separates blocks.
fn raw_tag(text: &str) -> Option<(usize, bool)> {
    let rest = text.strip_prefix('<')?;
    let len = rest.bytes().take(300).position(|b| b == b'>')?;
    Some((len + 2, tag(rest.get(..len)?)?))
}

/// An escape of a programming language at byte `at`, where a backslash stands: `\\u2019`, `\\"`.
pub(super) fn escape(text: &str, at: usize) -> Option<Piece> {
    let rest = text.get(at + 1..)?;
    let piece = |len: usize, to: String| Piece { kind: LitterKind::Entity, start: at, end: at + 1 + len, to, exact: true };
    let unit = |from: usize| u16::from_str_radix(rest.get(from..from + 4)?, 16).ok().filter(|_| rest.get(from - 1..from) == Some("u"));
    if rest.starts_with('"') || rest.starts_with('\'') {
        return Some(piece(1, rest.get(..1)?.to_owned()));
    }
    let first = unit(1)?;
    if let Some(c) = char::from_u32(u32::from(first)) {
        return Some(piece(5, numbered(u32::from(c))?));
    }
    let second = rest.get(5..6).filter(|b| *b == "\\").and_then(|_| unit(7))?;
    let pair = char::decode_utf16([first, second]).next()?.ok()?;
    Some(piece(11, pair.to_string()))
}
