//! Cuts HTML into tags and text, with the place of each in the source. It follows the HTML standard's
//! tokenizer where it matters for text (raw text elements, bogus comments, quoted attributes) and never
//! fails: what is no mark-up is text.

use crate::text::Span;

/// A piece of the source.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Characters to be read, references undecoded.
    Text(Span),
    /// The inside of an element whose content is not mark-up (`script`, `style`, `title` …).
    Raw(Span),
    /// `<name …>`.
    Start {
        /// The whole tag.
        tag: Span,
        /// Its name.
        name: Span,
        /// Written `<name/>`.
        closed: bool,
    },
    /// `</name>`.
    End {
        /// The whole tag.
        tag: Span,
        /// Its name.
        name: Span,
    },
    /// Comment, document type, processing instruction.
    Comment(Span),
}

/// Elements whose content is not mark-up.
const RAW: &[&str] = &["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript"];

/// Walks over a source.
pub struct Markup<'s> {
    source: &'s str,
    at: usize,
    /// The raw element that was just opened.
    raw: Option<Span>,
}

impl<'s> Markup<'s> {
    /// The pieces of a source.
    pub const fn new(source: &'s str) -> Self {
        Self { source, at: 0, raw: None }
    }

    fn bytes(&self) -> &'s [u8] {
        self.source.as_bytes()
    }

    fn place_of(&self, from: usize, byte: u8) -> Option<usize> {
        self.bytes().get(from..)?.iter().position(|&b| b == byte).map(|i| from + i)
    }

    /// Where the end tag of a raw element begins.
    fn end_of_raw(&self, name: Span) -> usize {
        let name = name.of(self.source).as_bytes();
        let mut at = self.at;
        while let Some(i) = self.place_of(at, b'<') {
            let tail = self.bytes().get(i..).unwrap_or(&[]);
            let named = tail.get(2..2 + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name));
            let stops = tail.get(2 + name.len()).is_none_or(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0c | b'/' | b'>'));
            if tail.get(1) == Some(&b'/') && named && stops {
                return i;
            }
            at = i + 1;
        }
        self.source.len()
    }

    /// The tag or comment at `at`, where a `<` stands; `None` when it is text.
    fn markup(&self, at: usize) -> Option<(Piece, usize)> {
        let tail = self.bytes().get(at + 1..)?;
        match tail.first()? {
            b'!' => {
                let end = if tail.starts_with(b"!--") {
                    self.end_of_comment(at)
                } else {
                    self.place_of(at, b'>').map_or(self.source.len(), |i| i + 1)
                };
                Some((Piece::Comment(Span::new(at, end)), end))
            }
            b'?' => {
                let end = self.place_of(at, b'>').map_or(self.source.len(), |i| i + 1);
                Some((Piece::Comment(Span::new(at, end)), end))
            }
            b'/' => {
                let letter = *tail.get(1)?;
                if letter.is_ascii_alphabetic() {
                    let (name, end, _) = self.tag(at + 2)?;
                    return Some((Piece::End { tag: Span::new(at, end), name }, end));
                }
                let end = self.place_of(at, b'>').map_or(self.source.len(), |i| i + 1);
                Some((Piece::Comment(Span::new(at, end)), end))
            }
            b if b.is_ascii_alphabetic() => {
                let (name, end, closed) = self.tag(at + 1)?;
                Some((Piece::Start { tag: Span::new(at, end), name, closed }, end))
            }
            _ => None,
        }
    }

    fn end_of_comment(&self, at: usize) -> usize {
        let body = at + 4;
        let tail = self.source.get(body..).unwrap_or("");
        if tail.starts_with('>') {
            return body + 1;
        }
        if tail.starts_with("->") {
            return body + 2;
        }
        let mut dashes = tail.match_indices("--").map(|(i, _)| i);
        let close = dashes.find_map(|i| match tail.as_bytes().get(i + 2..) {
            Some([b'>', ..]) => Some(i + 3),
            // `--->`: the dashes that close overlap those that were matched.
            Some([b'!' | b'-', b'>', ..]) => Some(i + 4),
            _ => None,
        });
        close.map_or(self.source.len(), |i| body + i)
    }

    /// The name that begins at `at`, the end of its tag, and whether it ends in `/>`. A tag that the
    /// file cuts off runs to the end of the file.
    fn tag(&self, at: usize) -> Option<(Span, usize, bool)> {
        let bytes = self.bytes();
        let is_space = |b: u8| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0c);
        let len = bytes.get(at..)?.iter().take_while(|&&b| !is_space(b) && b != b'/' && b != b'>').count();
        let name = Span::new(at, at + len);
        let mut i = name.end;
        let mut value = false;
        while let Some(&b) = bytes.get(i) {
            match b {
                b'>' => {
                    return Some((name, i + 1, bytes.get(i.wrapping_sub(1)) == Some(&b'/') && i > name.end));
                }
                b'=' => {
                    value = true;
                    i += 1;
                }
                b'"' | b'\'' if value => {
                    i = self.place_of(i + 1, b).map_or(self.source.len(), |e| e + 1);
                    value = false;
                }
                b if value && !is_space(b) => {
                    i += bytes.get(i..)?.iter().take_while(|&&b| !is_space(b) && b != b'>').count();
                    value = false;
                }
                _ => i += 1,
            }
        }
        Some((name, self.source.len(), false))
    }
}

impl Iterator for Markup<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        if let Some(name) = self.raw.take() {
            let inside = Span::new(self.at, self.end_of_raw(name));
            self.at = inside.end;
            if !inside.is_empty() {
                return Some(Piece::Raw(inside));
            }
        }
        if self.at >= self.source.len() {
            return None;
        }
        let start = self.at;
        let mut from = start;
        while let Some(i) = self.place_of(from, b'<') {
            if let Some((piece, end)) = self.markup(i) {
                if i > start {
                    self.at = i;
                    return Some(Piece::Text(Span::new(start, i)));
                }
                self.at = end;
                if let Piece::Start { name, closed: false, .. } = piece
                    && RAW.iter().any(|r| name.of(self.source).eq_ignore_ascii_case(r))
                {
                    self.raw = Some(name);
                }
                return Some(piece);
            }
            from = i + 1;
        }
        self.at = self.source.len();
        Some(Piece::Text(Span::new(start, self.at)))
    }
}

/// The value of an attribute of a start tag, undecoded; an attribute without one gives the empty text.
pub fn attribute<'t>(tag: &'t str, wanted: &str) -> Option<&'t str> {
    attributes(tag).find(|(name, _, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value, _)| value)
}

/// The attributes of a start tag: name, value, and where both stand in the tag with the space before them.
pub fn attributes(tag: &str) -> impl Iterator<Item = (&str, &str, Span)> {
    let bytes = tag.as_bytes();
    let is_space = |b: &u8| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0c);
    let end = tag.trim_end_matches('>').len();
    let mut at = bytes.iter().take_while(|b| !is_space(b) && **b != b'/').count();
    std::iter::from_fn(move || {
        let begin = at;
        at += bytes.get(at..end)?.iter().take_while(|b| is_space(b) || **b == b'/').count();
        let from = at;
        at += bytes.get(at..end)?.iter().take_while(|b| !is_space(b) && **b != b'=' && **b != b'/').count();
        let name = tag.get(from..at)?;
        let gap = bytes.get(at..end)?.iter().take_while(|b| is_space(b)).count();
        let mut value = "";
        if bytes.get(at + gap) == Some(&b'=') && at + gap < end {
            at += gap + 1;
            at += bytes.get(at..end)?.iter().take_while(|b| is_space(b)).count();
            if let Some(quote @ (b'"' | b'\'')) = bytes.get(at) {
                let len = bytes.get(at + 1..end)?.iter().take_while(|b| *b != quote).count();
                value = tag.get(at + 1..at + 1 + len)?;
                at = (at + len + 2).min(end);
            } else {
                let len = bytes.get(at..end)?.iter().take_while(|b| !is_space(b)).count();
                value = tag.get(at..at + len)?;
                at += len;
            }
        }
        (at > from).then_some((name, value, Span::new(begin, at)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_in_every_spelling() {
        let tag = "<a class='x y' HREF = \"/p?a>b\" hidden id=k data-x/>";
        let all: Vec<_> = attributes(tag).map(|(n, v, _)| (n, v)).collect();
        assert_eq!(all, [("class", "x y"), ("HREF", "/p?a>b"), ("hidden", ""), ("id", "k"), ("data-x", "")]);
        assert_eq!(attribute(tag, "href"), Some("/p?a>b"));
        assert_eq!(attributes("<p>").count(), 0);
        assert_eq!(attributes("<p =x>").count(), 1);
    }

    #[test]
    fn raw_text_comments_and_stray_brackets_are_told_apart() {
        let source = "a < b<!-- <p> --><script>if (a</b) '<p>'</SCRIPT >x</ y><br/>";
        let kinds: Vec<&str> = Markup::new(source)
            .map(|p| match p {
                Piece::Text(s) | Piece::Raw(s) | Piece::Comment(s) => s.of(source),
                Piece::Start { tag, .. } | Piece::End { tag, .. } => tag.of(source),
            })
            .collect();
        assert_eq!(kinds, ["a < b", "<!-- <p> -->", "<script>", "if (a</b) '<p>'", "</SCRIPT >", "x", "</ y>", "<br/>"]);
    }
}
