//! Where each word stands: so that hundreds of phrase rules ask only for the places of their own words
//! instead of reading the whole text.

use std::hash::Hasher as _;

use rustc_hash::FxHasher;

use super::tokens::Token;

/// The number under which a word is filed: case, and the kind of apostrophe, do not matter.
pub fn key(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    for c in word.chars() {
        if c.is_ascii() {
            hasher.write_u32(u32::from(c.to_ascii_lowercase()));
        } else if c == '’' {
            hasher.write_u32(u32::from('\''));
        } else {
            c.to_lowercase().for_each(|l| hasher.write_u32(u32::from(l)));
        }
    }
    hasher.finish()
}

/// The tokens of an article, sorted by their words.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Places(Vec<(u64, u32)>);

impl Places {
    /// Files all words and numbers.
    pub fn read(text: &str, tokens: &[Token]) -> Self {
        let words = tokens.iter().enumerate().filter(|(_, t)| t.kind != super::TokenKind::Mark);
        let mut places: Vec<(u64, u32)> = words.map(|(i, t)| (key(t.span.of(text)), i as u32)).collect();
        places.sort_unstable();
        Self(places)
    }

    /// The indices of the tokens filed under `key`, in order. Words that share a key by chance are among
    /// them: the caller looks again.
    pub fn of(&self, key: u64) -> impl Iterator<Item = usize> + '_ {
        let first = self.0.partition_point(|p| p.0 < key);
        self.0.iter().skip(first).take_while(move |p| p.0 == key).map(|p| p.1 as usize)
    }
}
