//! Encoding litter: entities, mojibake, invisible characters, look-alike letters. The repairs lead from
//! the article to the view that all other rules read, so that a repair is made only where it is all but
//! certain; doubtful characters are left to the detectors.

mod entities;
mod letters;
mod mojibake;

use crate::rules::Lexicon;
use crate::text::{Edit, Span};

/// What kind of litter a repair cures.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LitterKind {
    /// An HTML entity or an escape left in the text.
    Entity,
    /// A tag left in the text.
    Markup,
    /// Text read in the wrong encoding.
    Mojibake,
    /// A character that can't be seen: zero width, direction mark, soft hyphen.
    Invisible,
    /// A letter of another alphabet that looks like a Latin one.
    LookAlike,
    /// A full-width letter or digit, a ligature.
    WideForm,
}

/// One piece of litter and its repair, in bytes of the article.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Litter {
    /// What it is.
    pub kind: LitterKind,
    /// What an editor is shown: the piece, or the word that it stands in.
    pub span: Span,
    /// The words under [`Litter::span`] as they stand.
    pub shown_before: String,
    /// The same words after the repair.
    pub shown_after: String,
    /// What cures it.
    pub repair: Edit,
    /// The repair can be proved: it decodes an escape, takes out what can't be seen, or goes back to
    /// exactly what stands there when the wrong reading is repeated.
    pub exact: bool,
}

/// A piece while it is looked for.
struct Piece {
    kind: LitterKind,
    start: usize,
    end: usize,
    to: String,
    exact: bool,
}

/// All litter of a text, in order and disjoint.
pub fn litter(text: &str, lexicon: &Lexicon) -> Vec<Litter> {
    let mut pieces: Vec<Piece> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let suspicious =
            byte >= 0x80 || matches!(byte, b'&' | b'<' | b'\\' | 0x7f) || (byte < b' ' && !matches!(byte, b'\n' | b'\t' | b'\r'));
        if !suspicious {
            at += 1;
            continue;
        }
        let Some(c) = text.get(at..).and_then(|t| t.chars().next()) else { break };
        match piece_at(text, at, c, lexicon) {
            Some(piece) => {
                let piece = kept_apart(text, piece, lexicon);
                at = piece.end.max(at + 1);
                join(text, &mut pieces, piece);
            }
            None => at += c.len_utf8(),
        }
    }
    let finish = |p: Piece| {
        let span = shown(text, &p);
        let (head, tail) = (Span::new(span.start, p.start).of(text), Span::new(p.end, span.end).of(text));
        Litter {
            kind: p.kind,
            span,
            shown_before: span.of(text).to_owned(),
            shown_after: format!("{head}{}{tail}", p.to),
            repair: Edit::replace(text, Span::new(p.start, p.end), p.to),
            exact: p.exact,
        }
    };
    pieces.into_iter().map(finish).collect()
}

fn piece_at(text: &str, at: usize, c: char, lexicon: &Lexicon) -> Option<Piece> {
    match c {
        '&' => entities::piece(text, at),
        '<' => entities::markup(text, at),
        '\\' => entities::escape(text, at),
        _ if c.is_ascii() => letters::piece(text, at, c, lexicon),
        _ => mojibake::piece(text, at, c).or_else(|| letters::piece(text, at, c, lexicon)),
    }
}

/// A zero-width space between two words is all that is left of the space between them: a space takes its
/// place. One inside a word, where it lets a line break, goes.
fn kept_apart(text: &str, piece: Piece, lexicon: &Lexicon) -> Piece {
    let written = text.get(piece.start..piece.end).unwrap_or("");
    let escaped = || {
        let lower = written.to_ascii_lowercase();
        piece.kind == LitterKind::Entity && ["#8203;", "#x200b;", "zerowidthspace;"].iter().any(|e| lower.ends_with(e))
    };
    if !piece.to.is_empty() || !(written.contains('\u{200b}') || escaped()) {
        return piece;
    }
    let head = text.get(..piece.start).unwrap_or("");
    let left: usize = head.chars().rev().take(40).take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
    let tail = text.get(piece.end..).unwrap_or("");
    let right: usize = tail.chars().take(40).take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
    let (left, right) = (head.get(head.len() - left..).unwrap_or(""), tail.get(..right).unwrap_or(""));
    let known = |w: &str| lexicon.is_word(w) || lexicon.is_surname(w) || lexicon.is_city(w) || lexicon.given_name(w).is_some();
    let joined = format!("{left}{right}");
    if left.len() > 1 && right.len() > 1 && known(left) && known(right) && !known(&joined) {
        return Piece { to: " ".to_owned(), exact: false, ..piece };
    }
    piece
}

/// Adds a piece; pieces of one kind in one word become one, so that a word is repaired as a whole.
fn join(text: &str, pieces: &mut Vec<Piece>, piece: Piece) {
    let within_words = !matches!(piece.kind, LitterKind::Entity | LitterKind::Markup);
    if let Some(last) = pieces.last_mut()
        && last.kind == piece.kind
        && within_words
        && let Some(between) = text.get(last.end..piece.start)
        && between.len() < 40
        && between.chars().all(char::is_alphanumeric)
        && !last.to.ends_with(' ')
    {
        last.to.push_str(between);
        last.to.push_str(&piece.to);
        last.end = piece.end;
        last.exact &= piece.exact;
    } else {
        pieces.push(piece);
    }
}

/// The word of a piece that is a letter or can't be seen; the piece itself otherwise.
fn shown(text: &str, piece: &Piece) -> Span {
    let in_a_word = match piece.kind {
        LitterKind::Invisible | LitterKind::LookAlike | LitterKind::WideForm => true,
        LitterKind::Mojibake => piece.to.chars().any(char::is_alphabetic),
        LitterKind::Entity | LitterKind::Markup => false,
    };
    if !in_a_word {
        return Span::new(piece.start, piece.end);
    }
    Span::new(letters::word_around(text, piece.start).0, letters::word_around(text, piece.end).1)
}
