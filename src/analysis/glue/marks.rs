//! Where the space beside a mark was lost (`chaos,agitating`, `said.He`, `Japan)published`), and where none is
//! missing (`U.S.`, `node.js`, `10:30`, `Neva.Today`, `(re)build`).

use super::judge::{Judge, is_acronym, is_capitalised, is_plain, split_clitic};
use super::lists::{is_calendar, is_firm_starter, is_function, is_prefix, is_starter};
use crate::analysis::sentences::is_title_abbreviation;
use crate::analysis::tokens::{Token, TokenKind};

/// What follows the stop in the name of a site or an outlet: `Neva.Today`.
fn ends_a_site(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "today"
            | "news"
            | "net"
            | "ru"
            | "com"
            | "org"
            | "info"
            | "live"
            | "online"
            | "media"
            | "tv"
            | "press"
            | "pro"
            | "club"
            | "world"
            | "life"
            | "ua"
            | "fm"
            | "az"
            | "kz"
            | "io"
            | "ai"
            | "js"
            | "py"
            | "app"
            | "plus"
            | "daily"
            | "hub"
            | "lab"
            | "eu"
            | "uk"
            | "de"
            | "edu"
            | "gov"
            | "int"
            | "travel"
            | "sport"
            | "art"
            | "design"
            | "bio"
            | "xyz"
    )
}

fn ends_in_exclamation(word: &str) -> bool {
    matches!(word, "Yahoo" | "Jeopardy" | "Kahoot" | "Yum" | "Wham" | "Oklahoma" | "Joomla" | "Taboola" | "Moana" | "Chips")
}

/// Confidence that a space was lost between the tokens at `left` and `left + 1`, which touch; `None` where none is missing.
pub fn gap(judge: &Judge, tokens: &[Token], left: usize) -> Option<f32> {
    let (mark, right) = (tokens.get(left)?, tokens.get(left + 1)?);
    let of = |t: &Token| t.span.of(judge.text);
    let next = of(right);
    if right.kind == TokenKind::Mark {
        return match next {
            "(" => before_bracket(judge, tokens, left),
            "$" | "€" | "£" => before_currency(judge, tokens, left),
            "–" | "—" => before_dash(judge, tokens, left),
            "-" if mark.kind == TokenKind::Address => before_dash(judge, tokens, left),
            "<" => {
                let title = tokens.get(left + 2).is_some_and(|t| t.kind == TokenKind::Word && !t.space_before && is_starter(of(t)));
                (title && mark.kind == TokenKind::Word && judge.strength(of(mark)).is_some()).then_some(0.85)
            }
            _ => None,
        };
    }
    if mark.kind == TokenKind::Word && right.kind == TokenKind::Abbreviation {
        let word = of(mark);
        return (judge.strength(word).is_some() && word.chars().all(char::is_lowercase)).then_some(0.93);
    }
    if mark.kind == TokenKind::Word && right.kind == TokenKind::Address {
        return (of(mark).chars().count() > 1).then_some(0.93);
    }
    if mark.kind == TokenKind::Abbreviation {
        return after_abbreviation(judge, of(mark), right, next);
    }
    if mark.kind == TokenKind::Mark && mark.space_before && matches!(of(mark), "–" | "—") {
        return after_dash(judge, tokens, left);
    }
    if mark.kind == TokenKind::Mark && mark.space_before && of(mark) == "-" {
        // `in 2019 -here)`, and neither `-free` nor `-like`.
        let bare =
            right.kind == TokenKind::Word && matches!(next, "here" | "there" | "the" | "and" | "but" | "which" | "who" | "this" | "that");
        return bare.then_some(0.9);
    }
    if mark.kind != TokenKind::Mark || mark.space_before {
        return None;
    }
    let before = tokens.get(left.checked_sub(1)?).filter(|t| t.block == mark.block)?;
    let word = of(before);
    match of(mark) {
        "," if is_chemical(word, next) && tokens.get(left + 2).is_some_and(|t| !t.space_before && of(t) == "-") => None,
        "," | ";" | "，" | "،" => after_comma(word, before, next, right),
        ":" if before.kind == TokenKind::Mark && !before.space_before => {
            let closed = matches!(word, "'" | "\"" | "”" | "’" | ")");
            (closed && right.kind == TokenKind::Word && is_capitalised(next) && judge.strength(next).is_some()).then_some(0.9)
        }
        "=" => {
            let code = left > 1 && is_acronym(word) && before.glued && !before.space_before;
            (code && right.kind == TokenKind::Word && next.len() > 1 && next.chars().all(char::is_lowercase)).then_some(0.85)
        }
        ":" => {
            let known = |t: &Token, w: &str| t.kind == TokenKind::Number && w.len() == 4 || judge.strength(w).is_some() && w.len() > 1;
            (right.kind == TokenKind::Word && known(before, word) && known(right, next)).then_some(0.92)
        }
        "." => after_stop(judge, tokens, left, before, right),
        "!" | "?" => {
            let words = before.is_word() && matches!(right.kind, TokenKind::Word | TokenKind::Address);
            let known = right.kind == TokenKind::Address || judge.strength(next).is_some();
            (words && known && !ends_in_exclamation(word)).then_some(0.93)
        }
        ")" => after_bracket(judge, tokens, left, next, right),
        "%" => {
            let word = right.kind == TokenKind::Word && next.len() > 1 && judge.strength(next).is_some();
            (before.kind == TokenKind::Number && word).then_some(0.95)
        }
        _ => None,
    }
}

/// `cis,trans-isomers`, `alpha,beta-unsaturated`: the places of one compound stand without a space.
fn is_chemical(word: &str, next: &str) -> bool {
    let is_place = |w: &str| {
        matches!(
            w,
            "cis"
                | "trans"
                | "syn"
                | "anti"
                | "endo"
                | "exo"
                | "ortho"
                | "meta"
                | "para"
                | "sec"
                | "tert"
                | "threo"
                | "erythro"
                | "alpha"
                | "beta"
                | "gamma"
                | "delta"
                | "omega"
                | "α"
                | "β"
                | "γ"
                | "δ"
                | "ω"
        )
    };
    is_place(word) || is_place(next)
}

fn after_comma(word: &str, before: &Token, next: &str, right: &Token) -> Option<f32> {
    let letters = |w: &str| w.chars().count();
    match right.kind {
        TokenKind::Word if letters(word) == 1 && letters(next) == 1 => None,
        TokenKind::Word if before.kind == TokenKind::Mark && !matches!(word, ")" | "]" | "%" | "”" | "\"" | "’") => None,
        TokenKind::Word | TokenKind::Abbreviation | TokenKind::Address => Some(0.97),
        TokenKind::Number | TokenKind::Mixed if before.kind == TokenKind::Word && letters(word) > 1 => Some(0.9),
        _ => None,
    }
}

fn after_abbreviation(judge: &Judge, abbreviation: &str, right: &Token, next: &str) -> Option<f32> {
    if right.kind != TokenKind::Word || next.chars().count() < 2 {
        return None;
    }
    let known = judge.strength(next).is_some();
    let lower = abbreviation.chars().all(|c| c.is_lowercase() || c == '.');
    let country = matches!(abbreviation, "U.S." | "U.N." | "U.K." | "E.U." | "U.S.A." | "D.C.");
    (known && (lower || country || is_starter(next))).then_some(0.93)
}

fn after_stop(judge: &Judge, tokens: &[Token], left: usize, before: &Token, right: &Token) -> Option<f32> {
    let (word, next) = (before.span.of(judge.text), right.span.of(judge.text));
    let stands_first = left < 2 || tokens.get(left - 2).is_none_or(|t| t.block != before.block);
    // `www.a.b`, `Node.js.The`: a chain of names with stops.
    let chained = tokens.get(left + 2).is_some_and(|t| !t.space_before && t.block == right.block && t.span.of(judge.text) == ".")
        && tokens.get(left + 3).is_some_and(|t| !t.space_before && t.block == right.block && t.kind == TokenKind::Word);
    if right.kind == TokenKind::Address {
        return (next.starts_with("pic.twitter") || next.starts_with("http") || next.starts_with('@') || next.starts_with('#'))
            .then_some(0.95);
    }
    if right.kind == TokenKind::Number || right.kind == TokenKind::Mixed {
        return (is_calendar(word) && word.chars().count() < 5 && !next.contains('.')).then_some(0.9);
    }
    if right.kind == TokenKind::Abbreviation && is_capitalised(next) {
        return (word.chars().all(char::is_lowercase) && judge.strength(word).is_some()).then_some(0.9);
    }
    if right.kind != TokenKind::Word || chained {
        return None;
    }
    let upper = is_capitalised(next);
    match before.kind {
        TokenKind::Mixed => (word.len() == 5 && word.ends_with('s') && upper && next.chars().count() > 3).then_some(0.9),
        TokenKind::Number => {
            let year = word.len() == 4 && next.chars().count() > 3;
            (upper && !stands_first && word.len() > 2 && (is_starter(next) || year) && !word.contains('.')).then_some(0.93)
        }
        TokenKind::Mark => {
            let closes = matches!(word, ")" | "]" | "%" | "”" | "\"" | "’");
            (closes && upper && !before.space_before && judge.strength(next).is_some()).then_some(0.93)
        }
        TokenKind::Word if upper => after_stop_before_capital(judge, word, next),
        TokenKind::Word if word == "vs" || word == "etc" => Some(0.93),
        TokenKind::Word => {
            let words = judge.strength(word).is_some() && judge.strength(next).is_some() && word.chars().count() > 1;
            if !words || ends_a_site(next) && is_capitalised(word) {
                None
            } else if is_function(next) && next.len() > 1 || next == "a" && judge.zipf(word) > 3.0 {
                Some(0.92)
            } else {
                (judge.zipf(word) > 3.4 && judge.zipf(next) > 3.4 && word.len() > 3 && next.len() > 3).then_some(0.85)
            }
        }
        _ => None,
    }
}

fn after_stop_before_capital(judge: &Judge, word: &str, next: &str) -> Option<f32> {
    let (base, _) = split_clitic(word);
    let length = |w: &str| w.chars().count();
    let known = judge.strength(next).is_some();
    if is_title_abbreviation(word) {
        // Initials (`J.Smith`) are a style; titles are not.
        return (length(word) > 1 && length(next) > 1).then_some(0.9);
    }
    if length(word) == 1 {
        return None;
    }
    if base.chars().all(char::is_lowercase) {
        let left_known = judge.strength(word).is_some();
        if ends_a_site(next) && !left_known {
            return None;
        }
        return match (left_known, known || length(next) > 3) {
            (true, true) => Some(if length(next) == 1 && !matches!(next, "I" | "A") { 0.5 } else { 0.97 }),
            (false, true) if length(word) > 3 && is_starter(next) => Some(0.92),
            _ => None,
        };
    }
    if ends_a_site(next) || !is_plain(next) && !is_acronym(next) {
        return None;
    }
    let left_known = judge.strength(word).is_some();
    if is_acronym(word) && is_acronym(next) {
        return None;
    }
    match (is_starter(next) && next != "A", left_known && known) {
        (true, _) => Some(0.94),
        (false, true) if length(word) > 3 && length(next) > 3 => Some(0.88),
        _ => None,
    }
}

/// `Japan)published`, and neither `(re)build` nor `f(x)dx`.
fn after_bracket(judge: &Judge, tokens: &[Token], close: usize, next: &str, right: &Token) -> Option<f32> {
    if right.kind != TokenKind::Word || judge.strength(next).is_none() || next.chars().count() < 2 {
        return None;
    }
    let block = right.block;
    let open = (0..close)
        .rev()
        .take(60)
        .take_while(|&i| tokens.get(i).is_some_and(|t| t.block == block))
        .find(|&i| tokens.get(i).is_some_and(|t| t.span.of(judge.text) == "("))?;
    let inside = tokens.get(open + 1..close).unwrap_or(&[]);
    let one = inside.len() == 1;
    let first = inside.first().map_or("", |t| t.span.of(judge.text));
    let apart = tokens.get(open).is_some_and(|t| t.space_before);
    let part = first.chars().count() <= 4 || is_prefix(first) || judge.lexicon.is_curated(&format!("{first}{next}"));
    if one && part && first.chars().all(char::is_lowercase) {
        return None;
    }
    (apart || !one).then_some(0.94)
}

/// `Group(Israel)`, and neither `person(s)` nor `f(x)`.
fn before_bracket(judge: &Judge, tokens: &[Token], left: usize) -> Option<f32> {
    let word = tokens.get(left)?;
    let inside = tokens.get(left + 2).filter(|t| !t.space_before && t.block == word.block)?;
    let (text, first) = (word.span.of(judge.text), inside.span.of(judge.text));
    if word.kind != TokenKind::Word || text.chars().count() < 3 || judge.strength(text).is_none() || !is_plain(text) && !is_acronym(text) {
        return None;
    }
    let one = tokens.get(left + 3).is_some_and(|t| t.span.of(judge.text) == ")");
    let ending = one && first.chars().count() <= 4 && first.chars().all(char::is_lowercase);
    let word_inside = inside.kind == TokenKind::Word && (first.chars().count() > 2 || !one) && judge.strength(first).is_some();
    (!ending && (word_inside || is_acronym(first) && is_firm_bracket(text))).then_some(0.92)
}

/// Behind a full word an acronym in brackets is its short form.
fn is_firm_bracket(word: &str) -> bool {
    word.chars().count() > 3 && !is_firm_starter(word)
}

/// `as much as$300`
fn before_currency(judge: &Judge, tokens: &[Token], left: usize) -> Option<f32> {
    let word = tokens.get(left)?.span.of(judge.text);
    let figure = tokens.get(left + 2).is_some_and(|t| !t.space_before && t.kind == TokenKind::Number);
    let lower = word.chars().all(char::is_lowercase) && word.chars().count() > 1;
    (figure && lower && judge.strength(word).is_some()).then_some(0.95)
}

/// `MADRID —Rafael`: a dash with a space on one side only.
fn after_dash(judge: &Judge, tokens: &[Token], left: usize) -> Option<f32> {
    let (before, word) = (tokens.get(left.checked_sub(1)?)?, tokens.get(left + 1)?);
    let same = before.block == word.block && (before.kind != TokenKind::Mark || matches!(before.span.of(judge.text), "." | ","));
    (same && matches!(word.kind, TokenKind::Word | TokenKind::Address) && word.span.of(judge.text).chars().count() > 1).then_some(0.9)
}

/// `Indianapolis– Several`
fn before_dash(judge: &Judge, tokens: &[Token], left: usize) -> Option<f32> {
    let (word, after) = (tokens.get(left)?, tokens.get(left + 2)?);
    let apart = after.space_before && after.block == word.block && after.kind == TokenKind::Word;
    (apart && matches!(word.kind, TokenKind::Word | TokenKind::Address) && word.span.of(judge.text).chars().count() > 1).then_some(0.88)
}
