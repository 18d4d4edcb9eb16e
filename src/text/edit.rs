//! Edits: replacements that carry the text they replace, so that they check themselves,
//! read well in a log and can be inverted.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Alignment, Span};

/// Replace `from`, which stands at byte `at`, by `to`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Edit {
    /// Byte position of `from` in the text the edit is made for.
    pub at: usize,
    /// The words that stand there.
    pub from: String,
    /// The words that shall stand there.
    pub to: String,
}

/// The text is not the one the edits were made for.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("the text at byte {at} is not {expected:?} any more")]
pub struct Stale {
    /// Byte position of the edit.
    pub at: usize,
    /// What the edit expected there.
    pub expected: String,
}

impl Edit {
    /// An edit that replaces `span` of `text` by `to`.
    pub fn replace(text: &str, span: Span, to: impl Into<String>) -> Self {
        Self { at: span.start, from: span.of(text).to_owned(), to: to.into() }
    }

    /// An edit that puts `to` in at byte `at`.
    pub fn insert(at: usize, to: impl Into<String>) -> Self {
        Self { at, from: String::new(), to: to.into() }
    }

    /// What it replaces, in bytes.
    pub fn span(&self) -> Span {
        Span::new(self.at, self.at + self.from.len())
    }

    /// The same change without the beginning and the end that both sides share.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        let head: usize = self.from.chars().zip(self.to.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
        let (from, to) = (self.from.get(head..).unwrap_or(""), self.to.get(head..).unwrap_or(""));
        let tail: usize = from.chars().rev().zip(to.chars().rev()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
        Self {
            at: self.at + head,
            from: from.get(..from.len() - tail).unwrap_or("").to_owned(),
            to: to.get(..to.len() - tail).unwrap_or("").to_owned(),
        }
    }
}

/// A set of edits in the coordinates of one text: sorted by position and disjoint.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Edits(Vec<Edit>);

impl Edits {
    /// Sorts the edits; `None` when two of them overlap or are put in at one place.
    pub fn new(mut edits: Vec<Edit>) -> Option<Self> {
        edits.retain(|e| e.from != e.to);
        edits.sort_by_key(|e| (e.at, e.from.len()));
        let clash = edits.windows(2).any(|pair| match pair {
            [a, b] => a.span().end > b.at || (a.from.is_empty() && b.from.is_empty() && a.at == b.at),
            _ => false,
        });
        (!clash).then_some(Self(edits))
    }

    /// A set of one edit.
    pub fn one(edit: Edit) -> Self {
        Self::new(vec![edit]).unwrap_or_default()
    }

    /// The edits, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Edit> {
        self.0.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// From the first changed byte to one past the last; `None` when nothing changes.
    pub fn hull(&self) -> Option<Span> {
        Some(Span::new(self.0.first()?.at, self.0.last()?.span().end))
    }

    /// The text after the edits.
    ///
    /// # Errors
    /// [`Stale`] when a `from` does not stand where the edit says.
    pub fn apply(&self, text: &str) -> Result<String, Stale> {
        let mut out = String::with_capacity(text.len() + 16);
        let mut position = 0;
        for edit in &self.0 {
            let stale = || Stale { at: edit.at, expected: edit.from.clone() };
            if text.get(edit.at..edit.span().end) != Some(edit.from.as_str()) {
                return Err(stale());
            }
            out.push_str(text.get(position..edit.at).ok_or_else(stale)?);
            out.push_str(&edit.to);
            position = edit.span().end;
        }
        out.push_str(text.get(position..).unwrap_or(""));
        Ok(out)
    }

    /// Moves the edits along with a change of their text; false when it touches one of them.
    pub fn follow(&mut self, change: &Alignment) -> bool {
        self.0.iter_mut().all(|e| change.carry(e.span()).map(|s| e.at = s.start).is_some())
    }

    /// Whether every `from` stands where its edit says.
    pub fn fit(&self, text: &str) -> bool {
        self.unfit(text).is_none()
    }

    fn unfit(&self, text: &str) -> Option<&Edit> {
        self.0.iter().find(|e| text.get(e.at..e.span().end) != Some(e.from.as_str()))
    }

    /// Changes the text in place, which a few edits do faster than making it anew; an edit that does not fit changes nothing.
    ///
    /// # Errors
    /// [`Stale`] as [`Edits::apply`].
    pub fn apply_to(&self, text: &mut String) -> Result<(), Stale> {
        if self.0.len() > 8 {
            *text = self.apply(text)?;
            return Ok(());
        }
        if let Some(edit) = self.unfit(text) {
            return Err(Stale { at: edit.at, expected: edit.from.clone() });
        }
        for edit in self.0.iter().rev() {
            text.replace_range(edit.at..edit.span().end, &edit.to);
        }
        Ok(())
    }

    /// The edits that lead back, in the coordinates of the changed text.
    #[must_use]
    pub fn invert(&self) -> Self {
        let mut shift = 0_isize;
        let back = self.0.iter().map(|e| {
            let at = e.at.saturating_add_signed(shift);
            shift += e.to.len() as isize - e.from.len() as isize;
            Edit { at, from: e.to.clone(), to: e.from.clone() }
        });
        Self(back.collect())
    }

    /// Where a span of the old text stands in the new one; `None` when the edits change it.
    /// What is put in at an edge of the span does not belong to it.
    pub fn map(&self, span: Span) -> Option<Span> {
        let touched = self.0.iter().any(|e| {
            let changed = e.span();
            if changed.is_empty() {
                span.start < changed.start && changed.start < span.end
            } else if span.is_empty() {
                changed.start < span.start && span.start < changed.end
            } else {
                changed.overlaps(span)
            }
        });
        if touched {
            return None;
        }
        let mut start = self.map_position(span.start);
        if !span.is_empty() {
            // What was put in just before the span pushes it on.
            start += self.0.iter().filter(|e| e.from.is_empty() && e.at == span.start).map(|e| e.to.len()).sum::<usize>();
        }
        Some(Span::new(start, start + span.len()))
    }

    /// Where a byte position of the old text stands in the new one: before text put in there;
    /// inside a replaced part, at the end of the replacement.
    pub fn map_position(&self, position: usize) -> usize {
        let mut shift = 0_isize;
        for e in &self.0 {
            let span = e.span();
            if position <= span.start {
                break;
            }
            if position < span.end {
                return (span.start.saturating_add_signed(shift)) + e.to.len();
            }
            shift += e.to.len() as isize - e.from.len() as isize;
        }
        position.saturating_add_signed(shift)
    }
}

impl<'a> IntoIterator for &'a Edits {
    type Item = &'a Edit;
    type IntoIter = std::slice::Iter<'a, Edit>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// A text as pieces of its original and of what was put in since: composes any number of
/// edit sets into one against the original.
#[derive(Clone, Debug)]
pub struct Pieces(Vec<Piece>);

#[derive(Clone, Debug)]
enum Piece {
    Original(Span),
    New(String),
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Self::Original(span) => span.len(),
            Self::New(text) => text.len(),
        }
    }

    fn part(&self, from: usize, to: usize) -> Option<Self> {
        (from < to).then(|| match self {
            Self::Original(span) => Self::Original(Span::new(span.start + from, span.start + to)),
            Self::New(text) => Self::New(text.get(from..to).unwrap_or("").to_owned()),
        })
    }
}

impl Pieces {
    /// The unchanged original, `len` bytes long.
    pub fn new(len: usize) -> Self {
        Self(vec![Piece::Original(Span::new(0, len))])
    }

    /// Applies edits that are in the coordinates of the present text.
    pub fn apply(&mut self, edits: &Edits) {
        if edits.len() > 8 {
            self.walk(edits);
        } else {
            for edit in edits.iter().rev() {
                self.splice(edit.span(), &edit.to);
            }
        }
    }

    fn splice(&mut self, span: Span, to: &str) {
        // The pieces in which the change begins and ends, and where these begin in the text.
        let reaches = |from: usize, start: usize, position: usize| {
            let mut start = start;
            for (i, piece) in self.0.iter().enumerate().skip(from) {
                if position <= start + piece.len() {
                    return Some((i, start));
                }
                start += piece.len();
            }
            None
        };
        let Some((first, first_start)) = reaches(0, 0, span.start) else {
            if !to.is_empty() {
                self.push(Piece::New(to.to_owned()));
            }
            return;
        };
        let (last, last_start) = reaches(first, first_start, span.end).unwrap_or((first, first_start));
        let head = self.0.get(first).and_then(|p| p.part(0, span.start - first_start));
        let tail = self.0.get(last).and_then(|p| p.part(span.end - last_start, p.len()));
        let new = (!to.is_empty()).then(|| Piece::New(to.to_owned()));
        // The piece before and the piece behind may go together with what is put in.
        let (from, end) = (first.saturating_sub(1), (last + 2).min(self.0.len()));
        let before = (from < first).then(|| self.0.get(from).cloned()).flatten();
        let behind = (last + 1 < end).then(|| self.0.get(last + 1).cloned()).flatten();
        let mut near = Self(Vec::new());
        before.into_iter().chain(head).chain(new).chain(tail).chain(behind).for_each(|p| near.push(p));
        self.0.splice(from..end, near.0);
    }

    /// Applies many edits in one walk.
    fn walk(&mut self, edits: &Edits) {
        let mut coming = std::mem::take(&mut self.0).into_iter();
        let mut piece = coming.next();
        let mut position = 0;
        for edit in edits {
            let span = edit.span();
            // What stands before the change stays, what it replaces goes.
            while let Some(whole) = piece.take() {
                let end = position + whole.len();
                if end <= span.start {
                    self.push(whole);
                    piece = coming.next();
                } else if position < span.start {
                    self.0.extend(whole.part(0, span.start - position));
                    piece = whole.part(span.start - position, whole.len());
                    position = span.start;
                    continue;
                } else if end <= span.end {
                    piece = coming.next();
                } else {
                    piece = whole.part(span.end.max(position) - position, whole.len());
                    position = span.end.max(position);
                    break;
                }
                position = end;
            }
            if !edit.to.is_empty() {
                self.push(Piece::New(edit.to.clone()));
            }
        }
        piece.into_iter().chain(coming).for_each(|rest| self.push(rest));
    }

    /// Letters typed one after the other become one piece, so that long sessions stay short.
    fn push(&mut self, piece: Piece) {
        match (self.0.last_mut(), piece) {
            (Some(Piece::New(before)), Piece::New(text)) => before.push_str(&text),
            (_, piece) => self.0.push(piece),
        }
    }

    /// The present text.
    pub fn text(&self, original: &str) -> String {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Original(span) => span.of(original),
                Piece::New(text) => text,
            })
            .collect()
    }

    /// The one set of edits that leads from `original` to the present text.
    pub fn to_edits(&self, original: &str) -> Edits {
        let mut edits = Vec::new();
        let (mut position, mut to) = (0, String::new());
        let mut close = |upto: usize, next: usize, to: &mut String| {
            let from = original.get(position..upto).unwrap_or("");
            if !(from.is_empty() && to.is_empty()) {
                edits.push(Edit { at: position, from: from.to_owned(), to: std::mem::take(to) }.trimmed());
            }
            position = next;
        };
        for piece in &self.0 {
            match piece {
                Piece::Original(span) => close(span.start, span.end, &mut to),
                Piece::New(text) => to.push_str(text),
            }
        }
        close(original.len(), original.len(), &mut to);
        Edits::new(edits).unwrap_or_default()
    }
}
