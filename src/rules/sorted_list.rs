//! A sorted list of words, searched in place in the text that is compiled in.

use std::cell::RefCell;
use std::hash::{BuildHasher as _, BuildHasherDefault};

use rustc_hash::FxHasher;

/// A sorted list, searched in place: one entry a line, columns separated by tabs, `#` lines on top.
#[derive(Clone)]
pub struct SortedList {
    text: &'static str,
    /// The first bytes of a word and where its line begins, eight a kilobyte: a search is made in this small
    /// table, and then a few lines are read (measured: 1,100 instructions a look-up, 1,600 by halving the text).
    fences: Vec<(u64, u32)>,
}

/// No word of a list is longer, in bytes (a test of the lists holds it).
pub const LONGEST: usize = 64;

/// The longest word whose answer is remembered, in bytes.
const REMEMBERED: usize = 22;
/// How many answers are remembered; a power of two.
const PLACES: usize = 4096;

/// An answer that was given lately.
#[derive(Clone, Copy)]
struct Recent {
    list: usize,
    length: u8,
    word: [u8; REMEMBERED],
    columns: Option<&'static str>,
}

thread_local! {
    /// Copy asks for the same few hundred words again and again, by rule after rule. Each place holds the last
    /// answer that fell to it.
    static RECENT: RefCell<Vec<Recent>> =
        RefCell::new(vec![Recent { list: 0, length: 0, word: [0; REMEMBERED], columns: None }; PLACES]);
}

/// The first eight bytes of a word, so that numbers sort as words do.
fn first_bytes(word: &str) -> u64 {
    let mut bytes = [0; 8];
    for (to, from) in bytes.iter_mut().zip(word.bytes()) {
        *to = from;
    }
    u64::from_be_bytes(bytes)
}

impl SortedList {
    const FENCE: usize = 128;

    /// A list in a text whose lines are sorted by bytes.
    pub fn new(text: &'static str) -> Self {
        let bytes = text.as_bytes();
        let mut fences = Vec::with_capacity(text.len() / Self::FENCE);
        for place in (Self::FENCE..bytes.len()).step_by(Self::FENCE) {
            let Some(start) = bytes.get(place..).and_then(|b| b.iter().position(|&b| b == b'\n')).map(|i| place + i + 1) else { break };
            let end = bytes.get(start..).and_then(|b| b.iter().position(|&b| b == b'\n' || b == b'\t')).map_or(bytes.len(), |i| start + i);
            let word = text.get(start..end).unwrap_or("");
            // Comments sort before every entry.
            fences.push((if word.starts_with('#') { 0 } else { first_bytes(word) }, start as u32));
        }
        Self { text, fences }
    }

    /// The columns behind `key`, if the list has it.
    pub fn get(&self, key: &str) -> Option<&'static str> {
        if key.is_empty() || key.len() > LONGEST {
            return None;
        }
        let mut word = [0; REMEMBERED];
        let Some(letters) = word.get_mut(..key.len()) else { return self.search(key) };
        letters.copy_from_slice(key.as_bytes());
        let list = self.text.as_ptr().addr();
        let place = BuildHasherDefault::<FxHasher>::default().hash_one((list, word)) as usize >> 20 & (PLACES - 1);
        RECENT.with_borrow_mut(|recent| {
            let Some(known) = recent.get_mut(place) else { return self.search(key) };
            if known.list != list || usize::from(known.length) != key.len() || known.word != word {
                *known = Recent { list, length: key.len() as u8, word, columns: self.search(key) };
            }
            known.columns
        })
    }

    fn search(&self, key: &str) -> Option<&'static str> {
        let bytes = self.text.as_bytes();
        let first = first_bytes(key);
        let before = self.fences.partition_point(|f| f.0 < first);
        let low = before.checked_sub(1).and_then(|i| self.fences.get(i)).map_or(0, |f| f.1 as usize);
        let behind = before + self.fences.get(before..)?.iter().take_while(|f| f.0 == first).count();
        let high = self.fences.get(behind).map_or(bytes.len(), |f| f.1 as usize);
        // The first bytes tell most lines from the key.
        let mask = if key.len() < 8 { !(u64::MAX >> (8 * key.len())) } else { u64::MAX };
        let head = |at: usize| Some(u64::from_be_bytes(bytes.get(at..at + 8)?.try_into().ok()?) & mask);
        let mut start = low;
        while start < high {
            let line = bytes.get(start..)?;
            let length = line.iter().position(|&b| b == b'\n').unwrap_or(line.len());
            let line = line.get(..length)?;
            if head(start).is_none_or(|h| h == first)
                && line.starts_with(key.as_bytes())
                && matches!(line.get(key.len()), None | Some(b'\t'))
            {
                let columns = (start + key.len() + 1).min(start + length);
                return self.text.get(columns..start + length);
            }
            start += length + 1;
        }
        None
    }

    /// All lines that are entries.
    pub fn lines(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.text.lines().filter(|l| !l.is_empty() && !l.starts_with('#'))
    }
}
