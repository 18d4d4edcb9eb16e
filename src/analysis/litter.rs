//! Encoding litter: entities, mojibake, invisible characters, look-alike letters. The repairs lead from
//! the article to the view that all other rules read.

use crate::text::Edit;

/// What kind of litter a repair cures.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LitterKind {
    /// An HTML entity left in the text.
    Entity,
    /// Text read in the wrong encoding.
    Mojibake,
    /// A character that can't be seen: zero width, direction mark, soft hyphen.
    Invisible,
    /// A letter of another alphabet that looks like a Latin one.
    LookAlike,
}

/// One piece of litter and its repair, in bytes of the article.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Litter {
    /// What it is.
    pub kind: LitterKind,
    /// What cures it.
    pub repair: Edit,
}

/// All litter of a text, in order and disjoint.
pub fn litter(_text: &str) -> Vec<Litter> {
    Vec::new()
}
