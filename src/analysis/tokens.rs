//! Words, numbers, marks: the smallest things a detector speaks of.

use crate::text::Span;

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TokenKind {
    /// Letters, with apostrophes inside: `don’t`, `Lavrov`. Hyphens separate words.
    Word,
    /// Digits, with `.`, `,` or `:` between digits: `1,057`, `10:30`.
    Number,
    /// Letters and digits: `G20`, `4th`, `2024and`.
    Mixed,
    /// Letters with full stops: `U.S.`, `e.g.`, `p.m.`; the stops belong to it.
    Abbreviation,
    /// A web or mail address, a domain, a handle, a hashtag.
    Address,
    /// One mark or symbol; a run of full stops is one token.
    Mark,
}

/// A token. White space belongs to none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// Bytes of the analysed text.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// Index of its block.
    pub block: usize,
    /// White space stands before it (or it begins a block).
    pub space_before: bool,
    /// It was cut from the token before it by the glue analysis: the two stand joined in the text.
    pub glued: bool,
}

impl Token {
    /// Whether it is a word or an abbreviation.
    pub fn is_word(&self) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Abbreviation)
    }
}

const DOMAIN_ENDINGS: &[&str] = &[
    "com", "org", "net", "gov", "edu", "int", "info", "biz", "eu", "uk", "us", "ru", "ua", "by", "kz", "cn", "jp", "kr", "in", "ir", "tr",
    "il", "sa", "ae", "qa", "eg", "sy", "fr", "de", "it", "es", "pt", "pl", "cz", "nl", "be", "at", "ch", "se", "no", "fi", "dk", "is",
    "lv", "lt", "ee", "ge", "am", "az", "gr", "ro", "bg", "hu", "rs", "hr", "br", "mx", "ar", "au", "nz", "ca", "za", "tv", "io", "me",
    "co", "js", "py", "html", "htm", "php", "pdf", "txt", "exe", "app", "ai", "su", "рф", "news", "online", "media", "example",
];

const ENDINGS_THAT_ARE_WORDS: &[&str] = &["in", "it", "at", "is", "no", "by", "me", "us", "be", "am", "news", "media", "online", "app"];

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘' | 'ʿ' | 'ʾ' | '`')
}

fn begins_address(rest: &str) -> bool {
    rest.starts_with("http://") || rest.starts_with("https://") || rest.starts_with("www.")
}

/// Marks that belong to the sentence and not to the address before them.
const ENDS_AN_ADDRESS: [char; 7] = ['.', ':', '!', '?', '…', '\'', '’'];
/// The longest address that is read as one (bytes); what stands behind is words again.
const LONGEST_ADDRESS: usize = 2_048;
/// The longest name of a host, a mailbox or a handle (bytes).
const LONGEST_HOST: usize = 320;

/// The start of `text` up to the first character that no address holds, at most `most` bytes.
fn address_run(text: &str, most: usize) -> &str {
    let stop = text
        .char_indices()
        .take_while(|(i, _)| *i < most)
        .find(|(_, c)| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '<' | '>' | '«' | '»' | '(' | ')' | '[' | ']' | ',' | ';'));
    let end = stop.map_or_else(|| text.floor_char_boundary(most), |(i, _)| i);
    text.get(..end).unwrap_or("")
}

/// The length in bytes of a web address, mail address, handle or hashtag at the start of `rest`; 0 if none.
///
/// Asked at every fresh token, so it looks no farther than a host's length before it knows an address:
/// a line of marks or of `ab.ab.ab` must not be read again from each of its letters.
fn address_len(rest: &str) -> usize {
    if !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '@' | '#')) {
        return 0;
    }
    let short = address_run(rest, LONGEST_HOST);
    // Nearly every word ends the search here.
    if !short.trim_end_matches(ENDS_AN_ADDRESS).bytes().any(|b| matches!(b, b'.' | b'@' | b'#' | b':')) {
        return 0;
    }
    let run = if short.len() + 4 < LONGEST_HOST { short } else { whole_address(rest, short) };
    // `risks.pic.twitter.com/x`: the address begins behind the word it is glued to.
    let inner = ["pic.twitter.com/", "https://", "http://", "www."].iter().filter_map(|a| run.find(a)).min();
    let run = inner.filter(|&i| i > 0).map_or(run, |i| run.get(..i).unwrap_or(run));
    let run = run.trim_end_matches(ENDS_AN_ADDRESS);
    let ascii_start = run.chars().next();
    if begins_address(run) || run.starts_with("pic.twitter.com/") {
        return run.len();
    }
    if matches!(ascii_start, Some('@' | '#')) {
        let len = run.char_indices().skip(1).find(|(_, c)| !(c.is_alphanumeric() || *c == '_')).map_or(run.len(), |(i, _)| i);
        return if len > 1 { len } else { 0 };
    }
    if !ascii_start.is_some_and(char::is_alphanumeric) {
        return 0;
    }
    if let Some((user, host)) = run.split_once('@') {
        let host_ok = host.contains('.') && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
        if host_ok && !user.is_empty() && user.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+')) {
            return run.len();
        }
    }
    // A domain: labels of letters, digits and hyphens, a known ending, no capital in the ending.
    let host = run.split(['/', ':', '?']).next().unwrap_or("");
    let Some((name, ending)) = host.rsplit_once('.') else { return 0 };
    let label_ok = |l: &str| !l.is_empty() && l.chars().all(|c| c.is_alphanumeric() || c == '-');
    let capitalised = |s: &str| s.chars().next().is_some_and(char::is_uppercase);
    let lower = ending.to_ascii_lowercase();
    // `Gazeta.Ru` is a site, `Friday.In` is glue.
    let known = if ending == lower {
        DOMAIN_ENDINGS.contains(&ending)
    } else {
        DOMAIN_ENDINGS.contains(&lower.as_str()) && capitalised(name) && !ENDINGS_THAT_ARE_WORDS.contains(&lower.as_str())
    };
    if !known || !name.split('.').all(label_ok) {
        return 0;
    }
    // `said.it` is glue more often than Italy: an ending that is an English word needs a path behind it.
    let bare_word = ENDINGS_THAT_ARE_WORDS.contains(&lower.as_str()) && run.len() == host.len() && !name.contains('.');
    if bare_word { 0 } else { run.len() }
}

/// The whole run behind a long start that may be an address.
fn whole_address<'a>(rest: &'a str, short: &'a str) -> &'a str {
    let host = short.split(['/', '?']).next().unwrap_or("");
    if begins_address(short) || (host.len() < short.len() && host.contains('.')) { address_run(rest, LONGEST_ADDRESS) } else { short }
}

/// The length in bytes of an abbreviation with inner stops (`U.S.`, `p.m.`, `e.g.`) at the start of `rest`; 0 if none.
pub fn abbreviation_len(rest: &str) -> usize {
    let mut end = 0;
    let mut letters = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((_, c)) = chars.next() {
        if !c.is_alphabetic() {
            break;
        }
        match chars.next() {
            Some((i, '.')) => {
                end = i + 1;
                letters += 1;
            }
            _ => {
                // `U.S` without the last stop, but not `a.Then` (glue).
                break;
            }
        }
    }
    if letters >= 2 { end } else { 0 }
}

/// Cuts one block into tokens. `offset` is where `block` begins in the text (bytes).
pub fn tokenize(block: &str, offset: usize, index: usize, out: &mut Vec<Token>) {
    let mut position = 0;
    let mut space_before = true;
    while let Some(c) = block.get(position..).and_then(|rest| rest.chars().next()) {
        if c.is_whitespace() {
            position += c.len_utf8();
            space_before = true;
            continue;
        }
        let rest = block.get(position..).unwrap_or("");
        let previous = block.get(..position).and_then(|b| b.chars().next_back());
        let fresh = previous.is_none_or(|p| !p.is_alphanumeric() || p.is_lowercase() && c.is_uppercase())
            || matches!(c, 'h' | 'w') && begins_address(rest);
        let (len, kind) = token_at(rest, c, fresh);
        let start = offset + position;
        out.push(Token { span: Span::new(start, start + len), kind, block: index, space_before, glued: false });
        position += len;
        space_before = false;
    }
}

fn token_at(rest: &str, c: char, fresh: bool) -> (usize, TokenKind) {
    if fresh {
        let len = address_len(rest);
        if len > 0 {
            return (len, TokenKind::Address);
        }
        if c.is_alphabetic() {
            let len = abbreviation_len(rest);
            if len > 0 {
                return (len, TokenKind::Abbreviation);
            }
        }
    }
    if c.is_alphanumeric() {
        let mut end = 0;
        let (mut digits, mut letters) = (false, false);
        let mut before: Option<char> = None;
        let mut chars = rest.char_indices().take(200).peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|x| x.1);
            let inner_apostrophe = is_apostrophe(c) && before.is_some_and(char::is_alphabetic) && next.is_some_and(char::is_alphabetic);
            // Also behind letters: `of22.5` is a word glued to one figure.
            let inner_separator =
                matches!(c, '.' | ',' | ':') && before.is_some_and(|b| b.is_ascii_digit()) && next.is_some_and(|n| n.is_ascii_digit());
            let combining = matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
            let tail = || rest.get(at..).unwrap_or("");
            let address = matches!(c, 'h' | 'w') && at > 0 && begins_address(tail());
            // `usuallyU.S.`
            let abbreviation = c.is_uppercase() && before.is_some_and(char::is_lowercase) && abbreviation_len(tail()) > 0;
            if address || abbreviation || !(c.is_alphanumeric() || inner_apostrophe || inner_separator || combining) {
                break;
            }
            digits |= c.is_numeric();
            letters |= c.is_alphabetic();
            end = at + c.len_utf8();
            before = Some(c);
        }
        let kind = match (letters, digits) {
            (_, false) => TokenKind::Word,
            (false, true) => TokenKind::Number,
            (true, true) => TokenKind::Mixed,
        };
        return (end.max(c.len_utf8()), kind);
    }
    if c == '.' {
        let run = rest.bytes().take_while(|&b| b == b'.').count();
        return (run, TokenKind::Mark);
    }
    (c.len_utf8(), TokenKind::Mark)
}
