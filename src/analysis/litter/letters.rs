//! Characters that are not what they look like: unseen ones, letters of another alphabet inside a Latin
//! word, full-width letters and ligatures.

use super::{LitterKind, Piece};
use crate::rules::Lexicon;

/// Whether a character takes no room and says nothing in Latin text.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{80}'..='\u{9f}'))
}

/// Whether unseen characters are part of how a letter's script or an emoji is written.
fn needs_joiners(c: char) -> bool {
    matches!(c as u32,
        0x590..=0x8ff | 0x900..=0xdff | 0xe00..=0x109f | 0x1780..=0x18af | 0xfb1d..=0xfdff | 0xfe70..=0xfefe
        | 0x2190..=0x2bff | 0xfe0f | 0x1_f000..=0x1_faff | 0x10800..=0x10fff)
}

fn neighbour(mut chars: impl Iterator<Item = char>) -> Option<char> {
    chars.find(|&c| !is_unseen(c) && !c.is_whitespace())
}

/// A run of unseen characters at byte `at`.
fn unseen(text: &str, at: usize) -> Option<Piece> {
    let rest = text.get(at..)?;
    let len: usize = rest.chars().take_while(|&c| is_unseen(c)).map(char::len_utf8).sum();
    let before = text.get(..at).and_then(|t| neighbour(t.chars().rev().take(20)));
    let after = rest.get(len..).and_then(|t| neighbour(t.chars().take(20)));
    let needed = before.is_some_and(needs_joiners) || after.is_some_and(needs_joiners);
    (len > 0 && !needed).then(|| Piece { kind: LitterKind::Invisible, start: at, end: at + len, to: String::new(), exact: true })
}

/// The Latin letter that a Cyrillic or Greek one looks like.
fn latin_twin(c: char) -> Option<char> {
    Some(match c {
        'а' => 'a',
        'е' => 'e',
        'о' | 'ο' => 'o',
        'р' => 'p',
        'с' => 'c',
        'у' => 'y',
        'х' => 'x',
        'і' => 'i',
        'ј' => 'j',
        'ѕ' => 's',
        'ԁ' => 'd',
        'һ' => 'h',
        'ӏ' => 'l',
        'к' => 'k',
        'м' => 'm',
        'т' => 't',
        'п' => 'n',
        'в' => 'b',
        'ν' => 'v',
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'Е' | 'Ε' => 'E',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'Н' | 'Η' => 'H',
        'О' | 'Ο' => 'O',
        'Р' | 'Ρ' => 'P',
        'С' => 'C',
        'Т' | 'Τ' => 'T',
        'У' | 'Υ' => 'Y',
        'Х' | 'Χ' => 'X',
        'І' | 'Ι' => 'I',
        'Ј' => 'J',
        'Ѕ' => 'S',
        'Ζ' => 'Z',
        'Ν' => 'N',
        'ё' => 'ë',
        'ї' => 'ï',
        _ => return None,
    })
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c as u32, 0xc0..=0x24f if c.is_alphabetic())
}

fn is_cyrillic_or_greek(c: char) -> bool {
    matches!(c as u32, 0x370..=0x52f) && c.is_alphabetic()
}

/// The run of letters round byte `at`.
pub(super) fn word_around(text: &str, at: usize) -> (usize, usize) {
    let letter = |c: char| c.is_alphanumeric() || is_unseen(c);
    let back: usize = text.get(..at).map_or(0, |t| t.chars().rev().take(60).take_while(|&c| letter(c)).map(char::len_utf8).sum());
    let on: usize = text.get(at..).map_or(0, |t| t.chars().take(60).take_while(|&c| letter(c)).map(char::len_utf8).sum());
    (at - back, at + on)
}

/// The Latin letter that a Cyrillic one sounds like, where that is another than it looks like.
fn latin_sound(c: char) -> Option<&'static str> {
    Some(match c {
        'с' => "s",
        'С' => "S",
        'р' => "r",
        'Р' => "R",
        'н' => "n",
        'п' => "p",
        'Н' => "N",
        'в' => "v",
        'В' => "V",
        'у' => "u",
        'У' => "U",
        'х' => "kh",
        'Х' => "Kh",
        _ => return None,
    })
}

/// The letters of a word, from the first at byte `at` to the last, that stand for their Latin twins: in a
/// word that has Latin letters, or alone between Latin words. `known` says whether a spelling is a word or a name.
fn look_alike(text: &str, at: usize, known: impl Fn(&str) -> bool) -> Option<Piece> {
    let (start, end) = word_around(text, at);
    let word = text.get(start..end)?;
    let latin = word.chars().filter(|&c| is_latin(c)).count();
    let foreign = word.chars().filter(|&c| is_cyrillic_or_greek(c)).count();
    let alike = word.chars().filter(|&c| latin_twin(c).is_some()).count();
    let twin = word.chars().next().and_then(latin_twin);
    let alone = foreign == 1 && word.chars().count() == 1 && matches!(twin, Some('a' | 'A' | 'I')) && between_latin_words(text, start, end);
    if foreign != alike || !(latin >= 1 || alone) {
        return None;
    }
    // A Cyrillic word with one Latin letter in it is a Cyrillic word.
    if word.chars().count() > 3 && latin * 2 < foreign {
        return None;
    }
    let last = word.char_indices().rfind(|(_, c)| is_cyrillic_or_greek(*c)).map(|(i, c)| start + i + c.len_utf8())?;
    let body = text.get(at..last)?;
    let looks: String = body.chars().map(|c| latin_twin(c).unwrap_or(c)).collect();
    let sounds: String =
        body.chars().map(|c| latin_sound(c).map_or_else(|| latin_twin(c).unwrap_or(c).to_string(), str::to_owned)).collect();
    let whole = |middle: &str| format!("{}{middle}{}", text.get(start..at).unwrap_or(""), text.get(last..end).unwrap_or(""));
    // `Alekсei` was typed by sound, `Defenсe` by shape.
    let by_sound = sounds != looks && !known(&whole(&looks)) && known(&whole(&sounds));
    Some(Piece { kind: LitterKind::LookAlike, start: at, end: last, to: if by_sound { sounds } else { looks }, exact: false })
}

fn between_latin_words(text: &str, start: usize, end: usize) -> bool {
    let side = |c: Option<char>| c.is_none_or(is_latin);
    let before = text.get(..start).and_then(|t| t.strip_suffix(' ')).and_then(|t| t.chars().next_back());
    let after = text.get(end..).and_then(|t| t.strip_prefix(' ')).and_then(|t| t.chars().next());
    (before.is_some() || start == 0) && side(before) && after.is_some_and(is_latin)
}

/// A character in a compatibility form: full-width letters and digits, ligatures of a page description.
fn plain_form(c: char) -> Option<&'static str> {
    const ASCII: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let ascii = |index: u32| usize::try_from(index).ok().and_then(|i| ASCII.get(i..=i));
    let code = c as u32;
    match code {
        0xff10..=0xff19 => ascii(code - 0xff10),
        0xff21..=0xff3a => ascii(code - 0xff21 + 10),
        0xff41..=0xff5a => ascii(code - 0xff41 + 36),
        0xff05 => Some("%"),
        0xff04 => Some("$"),
        0xff06 => Some("&"),
        0xff0b => Some("+"),
        0xff0f => Some("/"),
        0xff5e => Some("~"),
        0xffe1 => Some("£"),
        0xffe5 => Some("¥"),
        0xfb00 => Some("ff"),
        0xfb01 => Some("fi"),
        0xfb02 => Some("fl"),
        0xfb03 => Some("ffi"),
        0xfb04 => Some("ffl"),
        0xfb05 | 0xfb06 => Some("st"),
        0x3000 => Some(" "),
        _ => None,
    }
}

/// The piece at byte `at`, where the character `c` beyond ASCII (or a control character) stands.
pub(super) fn piece(text: &str, at: usize, c: char, lexicon: &Lexicon) -> Option<Piece> {
    if is_unseen(c) {
        return unseen(text, at);
    }
    if is_cyrillic_or_greek(c) {
        let named = |w: &str| lexicon.given_name(w).is_some() || lexicon.is_surname(w) || lexicon.is_city(w);
        // Another mention settles it, where looking for one is cheap.
        let mentioned = |w: &str| text.len() < 200_000 && text.contains(w);
        return look_alike(text, at, |w| lexicon.is_word(w) || named(w) || mentioned(w));
    }
    let to = plain_form(c)?;
    let end = at + c.len_utf8();
    let edge = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let beside = c == '\u{3000}' && (edge(text.get(..at)?.chars().next_back()) || edge(text.get(end..)?.chars().next()));
    Some(Piece { kind: LitterKind::WideForm, start: at, end, to: if beside { String::new() } else { to.to_owned() }, exact: false })
}
