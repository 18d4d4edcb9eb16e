//! Where a token of letters and digits is to be cut (`with22`, `2024and`), and where it is not (`G20`, `60fps`).

use super::judge::{Judge, is_capitalised, is_plain, split_clitic};
use super::lists::{is_calendar, is_firm_starter, is_function, is_unit};
use super::words::{Cut, Place, possessive_cuts};

/// Words that stand before a figure as part of a name: `Euro2020`, `Vision2030`.
fn names_an_event(word: &str) -> bool {
    matches!(
        word,
        "Euro"
            | "Expo"
            | "Vision"
            | "Agenda"
            | "Horizon"
            | "Covid"
            | "COVID"
            | "Copa"
            | "Rio"
            | "Sochi"
            | "Tokyo"
            | "Beijing"
            | "Paris"
            | "Channel"
            | "Area"
            | "Catch"
            | "Forever"
            | "Windows"
            | "Web"
            | "Route"
            | "Studio"
            | "Brexit"
            | "Cop"
            | "Team"
            | "Kepler"
            | "Sector"
            | "Apollo"
            | "Eurovision"
            | "Project"
            | "Galaxy"
            | "Iphone"
            | "Formula"
            | "Type"
            | "Model"
            | "Mark"
    )
}

fn is_figure(c: char) -> bool {
    c.is_numeric() || matches!(c, '.' | ',' | ':')
}

/// The cuts of a token that mixes letters and digits.
pub fn cuts(judge: &Judge, token: &str, place: &Place) -> Vec<Cut> {
    let (base, _) = split_clitic(token);
    // What comes three times is a name: `my6sense`.
    if judge.lexicon.is_camel(base) || judge.lexicon.is_curated(base) || judge.count(base) > 2 {
        return Vec::new();
    }
    let genitive = possessive_cuts(judge, token, place);
    if !genitive.is_empty() {
        return genitive;
    }
    // `theG20`, `manyT20Is`: a word before a name of letters and figures.
    let head: usize = token.chars().take_while(|c| c.is_lowercase()).map(char::len_utf8).sum();
    let (word, rest) = (token.get(..head).unwrap_or(""), token.get(head..).unwrap_or(""));
    let frequent = is_function(word) && head > 1 || judge.lexicon.is_curated(word) && head > 3 && judge.zipf(word) > 4.0;
    if is_capitalised(rest) && frequent && rest.chars().take_while(|c| c.is_uppercase()).count() < 4 {
        let first_figure = rest.chars().take(5).any(char::is_numeric);
        if first_figure || judge.count(rest) > 0 {
            return vec![Cut { at: head, confidence: 0.93 }];
        }
    }
    // Runs of figures and of letters in turn.
    let mut runs: Vec<(usize, &str, bool)> = Vec::new();
    let mut start = 0;
    for (at, c) in token.char_indices().chain([(token.len(), ' ')]) {
        let figure = token.get(start..).and_then(|t| t.chars().next()).is_some_and(is_figure);
        if at > start && (at == token.len() || is_figure(c) != figure) {
            runs.push((start, token.get(start..at).unwrap_or(""), figure));
            start = at;
        }
    }
    let mut cuts = Vec::new();
    for (index, window) in runs.windows(2).enumerate() {
        let [(_, left, left_figure), (at, right, _)] = window else { continue };
        let confidence = if *left_figure {
            let before = index.checked_sub(1).and_then(|i| runs.get(i));
            figure_before_word(
                judge,
                left,
                right,
                place,
                runs.len() > index + 2,
                before.is_some_and(|b| !cuts.iter().any(|c: &Cut| c.at == b.0 + b.1.len())),
            )
        } else {
            // Letters on both sides of a figure are a name, unless the last are its unit: `for10am`.
            let unit = runs.get(index + 2).is_none_or(|r| is_unit(&r.1.to_lowercase()));
            word_before_figure(judge, left, right, token, place, index > 0).filter(|_| unit)
        };
        let edge = place.edges.contains(at) && left.len() > 1 && !is_unit(&right.to_lowercase());
        let confidence = if edge { Some(confidence.unwrap_or(0.9).max(0.95)) } else { confidence };
        if let Some(confidence) = confidence {
            cuts.push(Cut { at: *at, confidence });
        } else if !*left_figure && index == 0 && runs.len() == 2 {
            // `indoorsfor48`: the letters are glued too.
            let inner = super::words::cuts(judge, left, &Place { edges: &[], inner: true, ..*place });
            if inner.last().is_some_and(|c| is_function(left.get(c.at..).unwrap_or(""))) && !judge.acquits(left) {
                cuts.extend(inner);
                cuts.push(Cut { at: *at, confidence: 0.9 });
            }
        }
    }
    cuts
}

fn is_year(figure: &str) -> bool {
    figure.len() == 4 && (figure.starts_with("19") || figure.starts_with("20")) && figure.bytes().all(|b| b.is_ascii_digit())
}

fn word_before_figure(judge: &Judge, left: &str, right: &str, token: &str, place: &Place, inner: bool) -> Option<f32> {
    let length = left.chars().count();
    let lower = left.to_lowercase();
    if length < 2 || !is_plain(left) {
        return None;
    }
    if is_calendar(left) || judge.is_pair(left, right) || is_function(split_clitic(&lower).0) && !split_clitic(&lower).1.is_empty() {
        return Some(0.97);
    }
    if is_function(&lower) && !matches!(left, "per" | "do" | "no" | "No" | "so" | "us" | "it" | "me" | "you") {
        // Between two figures `to` and `in` are part of a pattern: `9to5`, `3in1`.
        return (!inner || right.len() > 2).then_some(if is_capitalised(left) { 0.95 } else { 0.98 });
    }
    if inner || judge.count(token) > 1 || names_an_event(left) {
        return None;
    }
    let word = judge.strength(left).is_some() && length > 2;
    let z = judge.zipf(left);
    if !is_capitalised(left) {
        let technical = matches!(
            left,
            "mp" | "web"
                | "omicron"
                | "covid"
                | "catch"
                | "part"
                | "sub"
                | "beta"
                | "alpha"
                | "omega"
                | "vitamin"
                | "win"
                | "hex"
                | "base"
                | "utf"
        );
        return (word && z >= 3.0 && !technical).then_some(if length > 3 { 0.93 } else { 0.85 });
    }
    if word && length > 3 && right.len() < 3 && is_calendar(place.next) {
        // `Festival29 November`
        return Some(0.9);
    }
    let seen = judge.count(left) > 0;
    let year = is_year(right);
    match (word, seen, year) {
        (true, _, true) if length > 3 => Some(0.86),
        // `Corinthians9:25`
        (true, _, _) if right.contains(':') && length > 3 => Some(0.86),
        (true, true, _) if length > 3 && place.next.chars().next().is_some_and(char::is_lowercase) => Some(0.85),
        _ => None,
    }
}

fn figure_before_word(judge: &Judge, left: &str, right: &str, place: &Place, inner: bool, joined: bool) -> Option<f32> {
    // `F16s`, `B2B`, `mp3player`: the figure already belongs to letters before it.
    let plain_figure = !joined || left.len() > 2;
    if !plain_figure {
        return None;
    }
    let lower = right.to_lowercase();
    let length = right.chars().count();
    let year = is_year(left);
    if is_capitalised(right) {
        if !is_plain(right) || length < 2 || is_unit(&lower) {
            return None;
        }
        return if is_calendar(right) || (is_firm_starter(right) && (year || left.len() > 1)) {
            Some(0.94)
        } else if year && (judge.is_name(right) || judge.count(right) > 0) {
            Some(0.88)
        } else {
            None
        };
    }
    if !right.chars().all(char::is_lowercase) {
        return None;
    }
    if inner {
        return (matches!(right, "to" | "and" | "or" | "of") && left.len() > 2).then_some(0.93);
    }
    if is_unit(right) {
        // The article writes this unit apart elsewhere.
        if length > 1
            && judge.count(right) > 0
            && !matches!(right, "in" | "or" | "am" | "pm" | "th" | "st" | "nd" | "rd" | "way" | "some" | "plus" | "fold")
        {
            return Some(0.85);
        }
        // Inches follow no year.
        return (year && matches!(right, "in" | "or" | "am") && !place.next.is_empty()).then_some(0.85);
    }
    if is_function(right) {
        if length == 1 {
            return None;
        }
        let short = length == 2 && left.len() == 1;
        return Some(if short { 0.85 } else { 0.97 });
    }
    let word = judge.lexicon.is_curated(right) && length > 2 && judge.zipf(right) >= 3.0;
    word.then_some(if length > 3 { 0.96 } else { 0.9 })
}
