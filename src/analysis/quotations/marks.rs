//! Quotation marks as they stand: glyph, neighbours, and what it would cost to read each as an opener,
//! as a closer, or as no quotation mark at all. Knows nothing of the marks around.

use super::attribution;
use crate::analysis::Analysis;
use crate::text::Span;

/// The alphabet of marks a glyph belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Family {
    /// `"`
    Straight,
    /// `“ ”`
    Curly,
    /// `„ « » ‹ › 「 」 『 』 《 》`, full width.
    Foreign,
}

/// What the glyph alone says of its direction.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Direction {
    /// Opens.
    Opens,
    /// Closes.
    Closes,
    /// Nothing.
    Either,
}

/// The family and direction of a double quotation mark; `None` for any other character.
pub const fn glyph(c: char) -> Option<(Family, Direction)> {
    Some(match c {
        '"' => (Family::Straight, Direction::Either),
        '“' => (Family::Curly, Direction::Opens),
        '”' => (Family::Curly, Direction::Closes),
        '„' | '«' | '‹' | '「' | '『' | '《' | '〝' | '‟' => (Family::Foreign, Direction::Opens),
        '»' | '›' | '」' | '』' | '》' | '〞' => (Family::Foreign, Direction::Closes),
        '＂' => (Family::Foreign, Direction::Either),
        _ => return None,
    })
}

/// A double quotation mark of the text.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Candidate {
    /// Index of its token.
    pub token: usize,
    /// Bytes of the view.
    pub span: Span,
    /// The character.
    pub glyph: char,
    /// Its family.
    pub family: Family,
    /// Cost of reading it as an opener.
    pub open: f32,
    /// Cost of reading it as a closer.
    pub close: f32,
    /// Cost of reading it as inches or seconds.
    pub measure: f32,
}

/// What stands beside a mark.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    Edge,
    Space,
    Letter,
    Stop,
    Bracket,
    CloseBracket,
    Dash,
}

fn side(c: Option<char>) -> Side {
    match c {
        None | Some('\n' | '\r') => Side::Edge,
        Some(c) if c.is_whitespace() => Side::Space,
        Some('.' | ',' | ';' | ':' | '!' | '?' | '…' | '،' | '。' | '，' | '、' | '؟' | '！' | '？') => Side::Stop,
        Some('(' | '[' | '{') => Side::Bracket,
        Some(')' | ']' | '}') => Side::CloseBracket,
        Some('-' | '–' | '—' | '/' | '‑' | '―') => Side::Dash,
        Some(_) => Side::Letter,
    }
}

/// Single marks that lean on a double one are looked through: `.’”`, `“‘It`.
fn is_single(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’' | '‚' | '‛')
}

const WRONG_GLYPH: f32 = 2.2;

/// All double quotation marks of an article.
pub fn candidates(article: &Analysis) -> Vec<Candidate> {
    let text = article.text();
    let mut out: Vec<Candidate> = Vec::new();
    let odd = blocks_of_odd_marks(article);
    let mut opens_again = None;
    for (index, token) in article.tokens().iter().enumerate() {
        let Some(c) = article.word(token).chars().next() else { continue };
        let Some((family, _)) = glyph(c) else { continue };
        let block = article.blocks().get(token.block).map_or(Span::new(0, text.len()), |b| b.span);
        let before = Span::new(block.start, token.span.start).of(text);
        // A mark typed twice is no second mark where the count of marks tells that one is too many.
        if before.ends_with(c) && odd.get(token.block).copied().unwrap_or(false) {
            continue;
        }
        let after = Span::new(token.span.end, block.end).of(text);
        let (open, close) = position_costs(before, after);
        let (open, close) = (open + words_cost(article, index, before, after), close);
        let (mut open, mut close) = match slip(article, index, before, after) {
            Slip::Closer => (open + 5.0, close - 9.0),
            Slip::Touching => (open + 4.0, close),
            Slip::Speaker(second) => {
                opens_again = Some(second);
                (open + 5.0, close - 9.0)
            }
            Slip::None => (open, close),
        };
        if opens_again == Some(index) {
            (open, close) = (0.2, close + 5.0);
        }
        out.push(Candidate { token: index, span: token.span, glyph: c, family, open, close, measure: measure_cost(c, before) });
    }
    add_glyph_costs(&mut out);
    out
}

/// What spaces, letters and stops beside a mark say, as (opener, closer).
fn position_costs(before: &str, after: &str) -> (f32, f32) {
    let left = before.chars().rev().find(|&c| !is_single(c));
    let right = after.chars().find(|&c| !is_single(c));
    let ellipsis = after.starts_with("..") || after.starts_with('…');
    let (l, r) = (side(left), side(right));
    let starts_word = matches!(r, Side::Letter | Side::Bracket) || ellipsis;
    let open = match (l, r) {
        (Side::Edge | Side::Space | Side::Bracket, _) if starts_word => 0.0,
        (Side::Edge | Side::Space | Side::Bracket, Side::Dash) => 0.4,
        (Side::Dash, _) if starts_word => 0.3,
        (Side::Stop, _) if starts_word && matches!(left, Some(',' | ':')) => 1.2,
        (Side::Letter | Side::Stop | Side::CloseBracket, _) if starts_word => 1.6,
        (Side::Edge, Side::Space) => 0.6,
        (Side::Space | Side::Bracket | Side::Dash, Side::Space) => 1.5,
        (Side::Stop, Side::Space) if matches!(left, Some(',' | ':')) => 6.5,
        _ => 8.5,
    };
    let ends_word = matches!(l, Side::Letter | Side::Stop | Side::CloseBracket);
    let close = match (l, r) {
        (_, Side::Edge | Side::Space | Side::Stop | Side::CloseBracket | Side::Dash) if ends_word => 0.0,
        (Side::Dash, Side::Edge | Side::Space | Side::Stop) => 0.3,
        (Side::Stop, _) if starts_word => 0.9,
        (Side::Letter | Side::CloseBracket, _) if starts_word => 1.6,
        (Side::Space, Side::Edge | Side::Stop | Side::CloseBracket) => 0.5,
        (Side::Space, Side::Space | Side::Dash) => 1.5,
        _ => 9.5,
    };
    (open, close)
}

/// A mark between two stops and letters (`said,"I`, `chaos,"he`): case and the word before decide.
fn words_cost(article: &Analysis, index: usize, before: &str, after: &str) -> f32 {
    let glued = before.chars().next_back().is_some_and(|c| !c.is_whitespace()) && after.chars().next().is_some_and(char::is_alphanumeric);
    if !glued {
        return 0.0;
    }
    let spoken = index.checked_sub(2).is_some_and(|i| attribution::is_reporting(article.word_at(i)));
    let upper = after.chars().next().is_some_and(char::is_uppercase);
    match (before.chars().next_back(), spoken, upper) {
        (Some(',' | ':'), true, true) => -0.9,
        (Some(','), false, false) => 0.8,
        _ => 0.0,
    }
}

/// How the space beside a mark slipped, where an attribution tells it.
enum Slip {
    None,
    /// `, "said X`: a closing mark with its space on the wrong side.
    Closer,
    /// `,“ said X`: a closing mark, whatever its glyph.
    Touching,
    /// `one, "Soto said," which`: two marks that seem to enclose the attribution; the second (a token) opens.
    Speaker(usize),
}

fn slip(article: &Analysis, index: usize, before: &str, after: &str) -> Slip {
    let is_said = || attribution::behind(article, index + 1).is_some_and(|a| a != attribution::Attribution::Reports);
    let lower = !after.trim_start().starts_with(char::is_uppercase);
    if before.ends_with(',') && after.starts_with(' ') {
        return if lower && is_said() { Slip::Touching } else { Slip::None };
    }
    let slipped = before.ends_with(' ')
        && before.trim_end().ends_with([',', '.', '!', '?', '…'])
        && after.chars().next().is_some_and(char::is_alphanumeric);
    if !slipped {
        return Slip::None;
    }
    match speaker_between(article, index) {
        Some(second) => Slip::Speaker(second),
        None if lower && is_said() => Slip::Closer,
        None => Slip::None,
    }
}

/// The mark behind `Name said,` where nothing else stands between it and the mark at the token `index`.
fn speaker_between(article: &Analysis, index: usize) -> Option<usize> {
    let is_name = |i: usize| article.word_at(i).starts_with(char::is_uppercase);
    let verb = (index + 1..index + 5).find(|&i| !is_name(i)).filter(|&i| i > index + 1)?;
    let mark = verb + 2;
    (attribution::is_reporting(article.word_at(verb))
        && article.word_at(verb + 1) == ","
        && article.word_at(mark).chars().next().is_some_and(|c| glyph(c).is_some())
        && article.tokens().get(mark + 1).is_some_and(|t| t.space_before))
    .then_some(mark)
}

/// For each block, whether its number of double marks is odd.
fn blocks_of_odd_marks(article: &Analysis) -> Vec<bool> {
    let mut odd = vec![false; article.blocks().len()];
    for token in article.tokens() {
        let is_mark = article.word(token).chars().next().is_some_and(|c| glyph(c).is_some());
        if let Some(slot) = odd.get_mut(token.block).filter(|_| is_mark) {
            *slot = !*slot;
        }
    }
    odd
}

/// Inches (`6'2"`, `a 12" record`) and seconds (`40' 12"`).
fn measure_cost(glyph: char, before: &str) -> f32 {
    if !matches!(glyph, '"' | '”') || !before.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '½' | '¼' | '¾')) {
        return 99.0;
    }
    let head = before.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '½' | '¼' | '¾' | '.' | ' '));
    let feet = head.ends_with(['\'', '’', '′']) && {
        let head = head.trim_end_matches(['\'', '’', '′']);
        head.ends_with(|c: char| c.is_ascii_digit())
    };
    if feet { 0.2 } else { 2.6 }
}

/// A glyph that points the other way costs little, and less where the article has no other.
fn add_glyph_costs(marks: &mut [Candidate]) {
    let count = |wanted: char| marks.iter().filter(|m| m.glyph == wanted).count();
    let (openers, closers, low) = (count('“'), count('”'), count('„'));
    let one_glyph = (openers == 0) != (closers == 0) && openers + closers >= 4;
    let reversed =
        count('»') > 0 && marks.iter().find(|m| matches!(m.glyph, '«' | '»')).is_some_and(|m| m.glyph == '»' && m.open < m.close);
    for mark in marks {
        let cost = match mark.glyph {
            '“' if low > 0 && closers == 0 => 0.5,
            '“' | '”' if one_glyph => 0.4,
            '«' | '»' | '‹' | '›' if reversed => 0.4,
            _ => WRONG_GLYPH,
        };
        match glyph(mark.glyph) {
            Some((_, Direction::Opens)) => mark.close += cost,
            Some((_, Direction::Closes)) => mark.open += cost,
            _ => {}
        }
    }
}

/// The marks that an article writes: curly or straight. The majority decides; with few marks the apostrophes do.
pub fn house(text: &str, marks: &[Candidate]) -> Family {
    let curly = marks.iter().filter(|m| m.family == Family::Curly).count();
    let straight = marks.iter().filter(|m| m.family == Family::Straight).count();
    let (more, less) = (curly.max(straight), curly.min(straight));
    if more > 0 && (less == 0 || (more >= 8 && more >= 4 * less)) {
        return if curly >= straight { Family::Curly } else { Family::Straight };
    }
    let (mut curled, mut plain) = (0_usize, 0_usize);
    let mut previous = ' ';
    for c in text.chars() {
        if previous.is_alphabetic() {
            curled += usize::from(c == '’');
            plain += usize::from(c == '\'');
        }
        previous = c;
    }
    match curled.cmp(&plain) {
        std::cmp::Ordering::Less => Family::Straight,
        std::cmp::Ordering::Equal if straight > curly => Family::Straight,
        _ => Family::Curly,
    }
}

/// The house's glyph for an opening or closing mark.
pub const fn house_glyph(house: Family, opens: bool) -> char {
    match (house, opens) {
        (Family::Straight, _) => '"',
        (_, true) => '“',
        (_, false) => '”',
    }
}
