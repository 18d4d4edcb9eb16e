//! Where the replaced pieces of an edit set stand before and after it: brings positions and spans across
//! in either direction, each by one search instead of a walk over all edits.

use super::{Edits, Span};

/// A replaced piece on both sides.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Piece {
    old: Span,
    new: Span,
}

/// The replaced pieces of one edit set, in order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Alignment(Vec<Piece>);

impl Alignment {
    /// The pieces of an edit set.
    pub fn new(edits: &Edits) -> Self {
        let mut shift = 0_isize;
        let piece = edits.iter().map(|e| {
            let start = e.at.saturating_add_signed(shift);
            shift += e.to.len() as isize - e.from.len() as isize;
            Piece { old: e.span(), new: Span::new(start, start + e.to.len()) }
        });
        Self(piece.collect())
    }

    /// Whether nothing was replaced.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Where a byte position of the old text stands in the new one, as [`Edits::map_position`] says.
    pub fn onward(&self, position: usize) -> usize {
        let behind = self.0.partition_point(|p| p.old.end <= position && p.old.start < position);
        match self.0.get(behind) {
            Some(p) if p.old.start < position => p.new.end,
            _ => self.shifted(behind, position),
        }
    }

    /// Where a span of the old text stands in the new one, as [`Edits::map`] says: `None` when the edits change it.
    pub fn carry(&self, span: Span) -> Option<Span> {
        let near = self.0.partition_point(|p| p.old.end < span.start);
        let mut before = 0;
        for piece in self.0.iter().skip(near).take_while(|p| p.old.start <= span.end) {
            let old = piece.old;
            let touched = if old.is_empty() {
                span.start < old.start && old.start < span.end
            } else if span.is_empty() {
                old.start < span.start && span.start < old.end
            } else {
                old.overlaps(span)
            };
            if touched {
                return None;
            }
            // What was put in just before the span pushes it on.
            before += if old.is_empty() && old.start == span.start && !span.is_empty() { piece.new.len() } else { 0 };
        }
        let start = self.onward(span.start) + before;
        Some(Span::new(start, start + span.len()))
    }

    /// A position behind the first `behind` pieces and before the others.
    fn shifted(&self, behind: usize, position: usize) -> usize {
        let piece = behind.checked_sub(1).and_then(|i| self.0.get(i));
        piece.map_or(position, |p| (position + p.new.end).saturating_sub(p.old.end))
    }

    /// The same, back: a position of the new text that no piece before index `behind` lies past.
    fn shifted_back(&self, behind: usize, position: usize) -> usize {
        let piece = behind.checked_sub(1).and_then(|i| self.0.get(i));
        piece.map_or(position, |p| (position + p.old.end).saturating_sub(p.new.end))
    }

    /// A span of the new text widened so that it cuts no piece.
    #[must_use]
    pub fn widened(&self, span: Span) -> Span {
        let first = self.0.partition_point(|p| p.new.end <= span.start);
        self.0.iter().skip(first).map(|p| p.new).take_while(|s| s.start < span.end).filter(|s| s.overlaps(span)).fold(span, Span::cover)
    }

    /// A span of the new text in bytes of the old one, wide enough to hold whole pieces. What was taken
    /// out at an edge of the span does not belong to it.
    pub fn outward(&self, span: Span) -> Span {
        let first = self.0.partition_point(|p| p.new.end <= span.start);
        let start = match self.0.get(first) {
            Some(p) if p.new.start < span.start => p.old.start,
            _ => self.shifted_back(first, span.start),
        };
        let last = self.0.partition_point(|p| p.new.end < span.end);
        let end = match self.0.get(last) {
            Some(p) if p.new.start < span.end => p.old.end,
            _ => self.shifted_back(last, span.end),
        };
        Span::new(start, end.max(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Edit;

    fn edits() -> Edits {
        let edit = |at: usize, from: &str, to: &str| Edit { at, from: from.to_owned(), to: to.to_owned() };
        // `ab&amp;cdXef&x;` → `ab&cdefyz`
        Edits::new(vec![edit(2, "&amp;", "&"), edit(9, "X", ""), edit(12, "&x;", "yz")]).unwrap()
    }

    #[test]
    fn positions_go_where_the_edits_say() {
        let edits = edits();
        let alignment = Alignment::new(&edits);
        for position in 0..16 {
            assert_eq!(alignment.onward(position), edits.map_position(position), "{position}");
        }
    }

    #[test]
    fn spans_go_where_the_edits_say() {
        let edit = |at: usize, from: &str, to: &str| Edit { at, from: from.to_owned(), to: to.to_owned() };
        let close =
            Edits::new(vec![edit(0, "", "x"), edit(2, "", "yy"), edit(2, "ab", ""), edit(5, "c", "ddd"), edit(6, "", "z")]).unwrap();
        for edits in [edits(), close, Edits::default()] {
            let alignment = Alignment::new(&edits);
            for start in 0..16 {
                for end in start..16 {
                    let span = Span::new(start, end);
                    assert_eq!(alignment.carry(span), edits.map(span), "{span:?} {edits:?}");
                }
            }
        }
    }

    #[test]
    fn spans_come_back_with_whole_pieces() {
        let (old, new) = ("ab&amp;cdXef&x;", "ab&cdefyz");
        let alignment = Alignment::new(&edits());
        let back = |start: usize, end: usize| alignment.outward(Span::new(start, end)).of(old);
        assert_eq!(edits().apply(old).unwrap(), new);
        assert_eq!(back(0, 3), "ab&amp;");
        assert_eq!(back(2, 3), "&amp;");
        assert_eq!(back(3, 7), "cdXef");
        assert_eq!(back(3, 5), "cd", "what was taken out at an edge stays out");
        assert_eq!(back(5, 7), "ef");
        assert_eq!(back(7, 9), "&x;");
        assert_eq!(back(8, 9), "&x;");
        assert_eq!(alignment.widened(Span::new(8, 9)), Span::new(7, 9));
        assert_eq!(alignment.widened(Span::new(3, 7)), Span::new(3, 7));
    }
}
