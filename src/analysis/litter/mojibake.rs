//! Mojibake: UTF-8 that was read in another encoding (`â€™` for `’`, `JosÃ©` for `José`).
//!
//! A repair is taken only where the characters, written back in that encoding, are the bytes of valid
//! UTF-8, *and* where the result is likelier in a news text than what stands there. The tables are facts;
//! `É»` at the end of a word in capitals is a letter and a mark, and `ÃƒÂ©` was misread twice.

use super::{LitterKind, Piece};

/// An encoding in which bytes from 0x80 on are one character each.
struct Table {
    code: Code,
    /// The characters for the bytes 0x80 to 0xFF.
    high: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Code {
    Windows1252,
    Windows1250,
    Windows1251,
    MacRoman,
    Dos,
}

const TABLES: &[Table] = &[
    Table {
        code: Code::Windows1252,
        high: "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ\u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
    },
    Table {
        code: Code::Windows1250,
        high: "€\u{81}‚\u{83}„…†‡\u{88}‰Š‹ŚŤŽŹ\u{90}‘’“”•–—\u{98}™š›śťžź\u{a0}ˇ˘Ł¤Ą¦§¨©Ş«¬\u{ad}®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľżŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙",
    },
    Table {
        code: Code::Windows1251,
        high: "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{98}™љ›њќћџ\u{a0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{ad}®Ї°±Ііґµ¶·ё№є»јЅѕїАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя",
    },
    Table {
        code: Code::MacRoman,
        high: "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ",
    },
    Table {
        code: Code::Dos,
        high: "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}",
    },
];

impl Table {
    fn byte_of(&self, c: char) -> Option<u8> {
        let code = c as u32;
        if self.code == Code::Windows1252 && matches!(code, 0x80..=0xff) {
            // Control characters stand where Latin-1 was read instead.
            return u8::try_from(code).ok();
        }
        self.high.chars().position(|h| h == c).and_then(|i| u8::try_from(0x80 + i).ok())
    }
}

/// The character of Windows-1252 for a byte.
pub(super) fn windows_1252(byte: u8) -> char {
    let high = usize::from(byte).checked_sub(0x80);
    high.and_then(|i| TABLES.first()?.high.chars().nth(i)).unwrap_or(byte as char)
}

/// One character that stands as two to four.
struct Sequence {
    end: usize,
    lead: u8,
    second: u8,
    result: char,
    /// All characters after the first are marks that good copy has after a letter (`É»`, `Ä”`).
    ordinary: bool,
    /// One of them is a letter.
    letter: bool,
}

fn is_ordinary(c: char) -> bool {
    matches!(
        c,
        '’' | '‘'
            | '“'
            | '”'
            | '–'
            | '—'
            | '…'
            | '«'
            | '»'
            | '\u{a0}'
            | '®'
            | '™'
            | '°'
            | '²'
            | '³'
            | '¹'
            | '‚'
            | '„'
            | '·'
            | '•'
    )
}

fn sequence(text: &str, at: usize, table: &Table) -> Option<Sequence> {
    let mut chars = text.get(at..)?.char_indices();
    let lead = table.byte_of(chars.next()?.1)?;
    let len: usize = match lead {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let mut bytes = [lead, 0, 0, 0];
    let (mut ordinary, mut letter, mut end) = (true, false, at);
    for slot in bytes.get_mut(1..len)? {
        let (i, c) = chars.next()?;
        *slot = table.byte_of(c).filter(|b| (0x80..0xc0).contains(b))?;
        ordinary &= is_ordinary(c);
        letter |= c.is_alphabetic() && !matches!(c, 'ª' | 'º' | 'µ' | 'ƒ' | 'œ' | 'Œ' | 'š' | 'Š' | 'ž' | 'Ž' | 'Ÿ' | 'ˆ');
        end = at + i + c.len_utf8();
    }
    let result = std::str::from_utf8(bytes.get(..len)?).ok()?.chars().next()?;
    Some(Sequence { end, lead, second: bytes[1], result, ordinary, letter })
}

/// Whether one sequence among `run` in a row, between `before` and `after`, is misread rather than written.
fn is_misread(s: &Sequence, code: Code, run: usize, before: Option<char>, after: Option<char>) -> bool {
    let lower = |c: Option<char>| c.is_some_and(char::is_lowercase);
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let beside_latin = latin(before) || latin(after);
    match s.lead {
        0xc2 if code == Code::Windows1252 => match s.result {
            '\u{80}'..='\u{9f}' => lower(before),
            _ => !before.is_some_and(char::is_uppercase),
        },
        0xc2 => !s.letter && before.is_some_and(|c| c.is_ascii_alphanumeric() || (c == ' ' && latin(after))) && code != Code::Windows1250,
        0xc3..=0xc9 if code == Code::Windows1252 => {
            let inside = lower(before) || lower(after);
            // `voilÃ` and a fixed space: the grave a.
            if s.result == 'à' && s.second == 0xa0 { !before.is_some_and(char::is_uppercase) } else { !s.ordinary || inside }
        }
        0xc3..=0xc5 => beside_latin && (!s.letter || (latin(before) && latin(after))) && (!s.ordinary || lower(before)),
        0xcc => lower(before) && !s.ordinary,
        0xce..=0xdb if matches!(code, Code::Windows1252 | Code::Windows1251) => {
            let enough = if code == Code::Windows1251 { 3 } else { 2 };
            run >= enough && s.result.is_alphabetic() && (code == Code::Windows1252 || matches!(s.lead, 0xd0 | 0xd1))
        }
        0xe1 => matches!(s.second, 0xba | 0xbb) && (!s.ordinary || lower(after)) && code == Code::Windows1252,
        0xe2 => {
            let symbols = matches!(s.second, 0x80 | 0x82 | 0x84 | 0x86 | 0x88) || (0x93..=0x9f).contains(&s.second);
            symbols && !s.ordinary && (code == Code::Windows1252 || s.second == 0x80)
        }
        0xef if s.result == '\u{feff}' => true,
        0xef if s.result == '\u{fffd}' => false,
        0xe0 | 0xe3..=0xef => code == Code::Windows1252 && run >= 2 && !s.ordinary,
        0xf0 => code == Code::Windows1252 && s.second == 0x9f,
        _ => false,
    }
}

/// The misread run at `at`: where it ends and what it says.
fn run(text: &str, at: usize, table: &Table) -> Option<(usize, String)> {
    let mut sequences = Vec::new();
    let mut end = at;
    while let Some(s) = sequence(text, end, table) {
        end = s.end;
        sequences.push(s);
        if sequences.len() >= 200 {
            break;
        }
    }
    let count = sequences.len();
    let mut before = text.get(..at).and_then(|t| t.chars().next_back());
    let (mut out, mut taken) = (String::new(), at);
    for s in sequences {
        let after = text.get(s.end..).and_then(|t| t.chars().next());
        // Behind `â€`, misread twice over, stands the last third of a mark.
        if !out.ends_with("â€") && !is_misread(&s, table.code, count, before, after) {
            break;
        }
        let c = if matches!(s.result, '\u{80}'..='\u{9f}') { windows_1252(s.second) } else { s.result };
        match c {
            '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{ad}' => {}
            '\u{a0}' => out.push(' '),
            _ => out.push(c),
        }
        before = Some(c);
        taken = s.end;
    }
    (taken > at).then_some((taken, out))
}

/// A misread run at byte `at`, where a character beyond ASCII stands.
pub(super) fn piece(text: &str, at: usize, c: char) -> Option<Piece> {
    let leads = match c {
        '\u{80}'..='\u{9f}' => {
            // A control character alone: Windows-1252 read as Latin-1.
            let to = windows_1252(u8::try_from(c as u32).ok()?);
            return (!to.is_control()).then(|| whole(at, at + c.len_utf8(), to.to_string(), true));
        }
        '\u{c2}'..='\u{f4}' => &[0_usize, 1][..],
        'Ă' | 'Ĺ' => &[1],
        '\u{410}'..='\u{44f}' => &[2],
        '¬' | '√' | 'ƒ' | '≈' | '‚' => &[3],
        '┬' | '├' | '─' | '┼' | 'Γ' => &[4],
        _ => return None,
    };
    for table in leads.iter().filter_map(|&i| TABLES.get(i)) {
        if let Some((mut end, mut to)) = run(text, at, table) {
            if to == " " {
                // A fixed space beside another space stands for nothing.
                let spaces = text.get(end..).map_or(0, |r| r.bytes().take_while(|&b| b == b' ').count());
                let beside = text.get(..at).is_none_or(|t| t.is_empty() || t.ends_with(char::is_whitespace));
                end += spaces;
                to = if beside { String::new() } else { to };
            }
            return Some(whole(at, end, repair(&to), true));
        }
    }
    remnant(text, at, c)
}

fn whole(start: usize, end: usize, to: String, exact: bool) -> Piece {
    Piece { kind: LitterKind::Mojibake, start, end, to, exact }
}

/// A text with all misread runs repaired, for what was misread twice.
pub(super) fn repair(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..3 {
        let mut out = String::with_capacity(text.len());
        let mut position = 0;
        let mut changed = false;
        while let Some(c) = text.get(position..).and_then(|t| t.chars().next()) {
            let misread = TABLES.first().filter(|_| matches!(c, '\u{c2}'..='\u{f4}')).and_then(|t| run(&text, position, t));
            if let Some((end, to)) = misread {
                out.push_str(&to);
                position = end;
                changed = true;
            } else {
                out.push(c);
                position += c.len_utf8();
            }
        }
        text = out;
        if !changed {
            break;
        }
    }
    text
}

const NEGATED: &[&str] = &[
    "don", "won", "can", "isn", "aren", "wasn", "weren", "hasn", "haven", "hadn", "doesn", "didn", "couldn", "shouldn", "wouldn", "needn",
    "mustn", "ain",
];
const PRONOUNS: &[&str] = &["i", "it", "he", "she", "we", "you", "they", "that", "what", "who", "there", "here", "let", "where"];

/// What is left of a misread character when a part of it was lost too: no round trip proves it.
fn remnant(text: &str, at: usize, c: char) -> Option<Piece> {
    let before = text.get(..at)?;
    let previous = before.chars().next_back();
    let rest = text.get(at + c.len_utf8()..)?;
    let next = rest.chars().next();
    let lower = previous.is_some_and(char::is_lowercase);
    let end = at + c.len_utf8();
    match c {
        // `17Â km`: a fixed space whose second half became a plain one.
        'Â' if (lower || previous.is_some_and(|p| p.is_ascii_digit() || matches!(p, '.' | ',' | ' ' | '”')))
            && next.is_none_or(|n| n.is_whitespace() || matches!(n, '.' | ',' | ';' | ':' | '?' | '!' | ')' | '”' | '"')) =>
        {
            let swallow = previous == Some(' ') && next == Some(' ');
            Some(whole(at, end + usize::from(swallow), String::new(), false))
        }
        'Ã' if next == Some(' ') && (lower || previous.is_none_or(char::is_whitespace)) => Some(whole(at, end, "à".to_owned(), false)),
        // `MartÃnez`: the second half was a soft hyphen.
        'Ã' if lower && next.is_some_and(|n| n.is_ascii_lowercase()) => Some(whole(at, end, "í".to_owned(), false)),
        'â' if next == Some('€') => {
            let tail = rest.get('€'.len_utf8()..)?;
            let after = tail.chars().next();
            let end = end + '€'.len_utf8();
            if after == Some('"') {
                let spaced = previous.is_some_and(char::is_whitespace) && tail.get(1..)?.starts_with(' ');
                let joined = previous.is_some_and(char::is_alphanumeric) && tail.get(1..)?.starts_with(char::is_alphanumeric);
                return (spaced || joined).then(|| whole(at, end + 1, "—".to_owned(), false));
            }
            let closing = previous.is_some_and(|p| !p.is_whitespace()) && after.is_none_or(|a| !a.is_alphanumeric());
            closing.then(|| whole(at, end, "”".to_owned(), false))
        }
        // `donât`: both later bytes were control characters and were stripped.
        'â' => {
            let stem = before.rsplit(|p: char| !p.is_ascii_alphabetic()).next()?.to_ascii_lowercase();
            let ending: &str = rest.split(|n: char| !n.is_ascii_alphabetic()).next()?;
            let negated = ending == "t" && NEGATED.contains(&stem.as_str());
            let short = matches!(ending, "s" | "re" | "ve" | "ll" | "m" | "d") && PRONOUNS.contains(&stem.as_str());
            (negated || short).then(|| whole(at, end, "’".to_owned(), false))
        }
        _ => None,
    }
}
