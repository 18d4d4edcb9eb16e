//! A line of a list: columns with tabs between, names with bars between. Where words hold a sign that means something
//! there, a `\` stands before it, so that every word has a line and every line is read by a person.
//!
//! `\|` `\#` `\-` `\\` are the signs themselves, `\t` a tab, `\n` and `\r` ends of lines, `\s` a blank at an end, `\u{a0}` any other letter that
//! would not be seen. A `\` before anything else is itself.

use std::fmt::Write as _;

/// Words as a column has them.
pub fn written(words: &str) -> String {
    let seen = |c: char| !c.is_whitespace();
    let (first, last) = (words.find(seen).unwrap_or(words.len()), words.rfind(seen).unwrap_or(0));
    let mut out = String::with_capacity(words.len());
    for (at, c) in words.char_indices() {
        let at_end = at < first || at > last;
        match c {
            '\\' | '|' => out.extend(['\\', c]),
            '#' | '-' if at == 0 => out.extend(['\\', c]),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            ' ' if at_end => out.push_str("\\s"),
            c if (at_end && c.is_whitespace()) || c.is_control() || c == '\u{feff}' => drop(write!(out, "\\u{{{:x}}}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// The words of a column.
pub fn words(column: &str) -> String {
    let mut out = String::with_capacity(column.len());
    let mut rest = column;
    while let Some(at) = rest.find('\\') {
        let (before, behind) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let behind = behind.strip_prefix('\\').unwrap_or(behind);
        let (sign, after) = meant(behind).unwrap_or(('\\', behind));
        out.push(sign);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// What stands behind a `\`, and the rest.
fn meant(behind: &str) -> Option<(char, &str)> {
    let mut letters = behind.chars();
    let sign = match letters.next()? {
        c @ ('\\' | '|' | '#' | '-') => c,
        't' => '\t',
        'n' => '\n',
        'r' => '\r',
        's' => ' ',
        'u' => {
            let (number, after) = letters.as_str().strip_prefix('{')?.split_once('}')?;
            return Some((char::from_u32(u32::from_str_radix(number, 16).ok()?)?, after));
        }
        _ => return None,
    };
    Some((sign, letters.as_str()))
}

/// The words of a column of a line; nothing where the line is shorter.
pub fn column(line: &str, index: usize) -> String {
    words(line.split('\t').nth(index).unwrap_or("").trim())
}

/// Names as a column has them.
pub fn names_written(names: &[String]) -> String {
    names.iter().map(|name| written(name)).collect::<Vec<_>>().join("|")
}

/// The names of a column as it stands in a line.
pub fn names(column: &str) -> Vec<String> {
    let mut escaped = false;
    let parts = column.split(|c: char| {
        let ends = c == '|' && !escaped;
        escaped = !escaped && c == '\\';
        ends
    });
    parts.map(str::trim).filter(|part| !part.is_empty()).map(words).collect()
}

#[cfg(test)]
mod tests {
    use super::{column, names, names_written, words, written};
    use proptest::prelude::*;

    #[test]
    fn what_needs_no_sign_has_none() {
        for plain in ["Kyiv", "Acme, Inc.", "a=b", "“so” \"so\"", "C#", "well-known", "A: b; c", "Ж – é"] {
            assert_eq!(written(plain), plain);
        }
        assert_eq!(written("#me|to\\o "), "\\#me\\|to\\\\o\\s");
        // A sign that takes no meaning away is itself: what was written before stands.
        assert_eq!(words("C:\\path\\x \\"), "C:\\path\\x \\");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(text in any::<String>(), more in prop::collection::vec(any::<String>(), 0..4)) {
            let line = format!("{}\tx\t{}", written(&text), names_written(&more));
            prop_assert!(!line.contains(['\n', '\r']) && !line.starts_with(['#', '-']));
            prop_assert_eq!(column(&line, 0), text);
            let filled: Vec<String> = more.into_iter().filter(|name| !name.is_empty()).collect();
            prop_assert_eq!(names(line.split('\t').nth(2).unwrap_or("")), filled);
        }

        #[test]
        fn any_line_is_read(text in any::<String>()) {
            let _ = (words(&text), names(&text));
        }
    }
}
