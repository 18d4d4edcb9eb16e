//! Glued words: where two words stand joined (`LavrovToday`, `andthe`), and how sure that is.
//! Cuts the tokens there, so that every rule reads the words apart.

use rustc_hash::FxHashMap;

use super::tokens::Token;
use crate::document::Mark;
use crate::rules::Lexicon;

/// A place where a space was lost between two tokens that stand joined.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Glue {
    /// Index of the token on the left; the one on the right follows it and has [`Token::glued`] set.
    pub left: usize,
    /// Byte position between the two, in the view.
    pub at: usize,
    /// How sure it is: the share of such cuts that were right on labelled text.
    pub confidence: f32,
}

/// Cuts glued tokens in place and tells where.
pub fn cut(_text: &str, _tokens: &mut Vec<Token>, _marks: &[Mark], _vocabulary: &FxHashMap<String, u32>, _lexicon: &Lexicon) -> Vec<Glue> {
    Vec::new()
}
