//! Cuts a stretch without inner capitals where the words together are likelier than the whole (`andthe`, `Modicondoled`).

use super::judge::{Judge, is_apostrophe, is_capitalised, is_plain, split_clitic};
use super::lists::{forms_words, is_adjective, is_calendar, is_function, is_loose, is_prefix, is_reporting};
use super::words::{Cut, Place};
use crate::rules::lexicon::Role;

/// A way to cut a stretch without inner capitals.
#[derive(Clone, Debug)]
pub struct Split {
    /// In order.
    pub cuts: Vec<Cut>,
    score: f32,
    /// One of the words is a function word.
    pub function: bool,
}

/// The most that a cut deserves which is not to be made unseen.
const LIKELY: f32 = 0.91;

/// log10 of the probability of a token that may be a word no list knows: the longer, the rarer.
fn whole(judge: &Judge, token: &str) -> f32 {
    let length = token.chars().count() as f32;
    let floor = if is_capitalised(token) { -9.0 - 0.14 * length } else { -9.2 - 0.2 * length };
    let listed = judge.lexicon.zipf(&token.to_lowercase()).map_or(-20.0, |z| z - 9.0);
    // A token that comes again and again is a name or a term, not an accident.
    let again = if judge.count(token) > 2 { 1.0 } else { 0.0 };
    listed.max(floor) + again
}

/// Whether one letter put in makes a frequent word of the token.
fn is_slip(judge: &Judge, token: &str) -> bool {
    let lower = token.to_lowercase();
    if lower.len() > 8 || !lower.is_ascii() {
        return false;
    }
    (0..=lower.len()).any(|at| {
        ('a'..='z').any(|letter| {
            let mut word = lower.clone();
            word.insert(at, letter);
            judge.zipf(&word) >= 4.0 && judge.lexicon.is_curated(&word)
        })
    })
}

/// The best way to cut a stretch without inner capitals into two to `most` words.
pub fn plain_cuts(judge: &Judge, token: &str, place: &Place, most: usize) -> Option<Split> {
    // No list has words of another script.
    let foreign = !token.bytes().any(|b| b.is_ascii_alphabetic());
    if token.len() < 3 || foreign || token.chars().take(2).all(char::is_uppercase) {
        return None;
    }
    let limit = whole(judge, token);
    let mut best: Option<Split> = None;
    let positions: Vec<usize> = token.char_indices().skip(1).map(|(i, _)| i).collect();
    let better = |s: &Split, best: &Option<Split>| best.as_ref().is_none_or(|b| s.score > b.score);
    let mut slip: Option<bool> = None;
    for &at in &positions {
        let (left, right) = (token.get(..at).unwrap_or(""), token.get(at..).unwrap_or(""));
        if let Some((score, confidence)) = pair(judge, left, right, place, limit) {
            let (before, after) = (is_function(&left.to_lowercase()), is_function(right));
            let function = before || after;
            // `seaso` lost a letter, no space.
            let short = right.len() < 3 || left.len() < 3 || !function;
            if short && !(before && after) && *slip.get_or_insert_with(|| is_slip(judge, token)) {
                continue;
            }
            let split = Split { cuts: vec![Cut { at, confidence }], score, function };
            if better(&split, &best) {
                best = Some(split);
            }
        }
    }
    // A name that no list knows gives way to known words: `Macron` + `and` + `the`, not `Macronand` + `the`.
    let known = |s: &Split| s.cuts.first().is_some_and(|c| judge.strength(token.get(..c.at).unwrap_or("")).is_some());
    if best.as_ref().is_some_and(known) || most < 3 || positions.len() < 7 {
        return best;
    }
    // A name falls into three only behind a word that stands in the article or begins the sentence.
    let capital = is_capitalised(token) && !place.inner;
    for &at in &positions {
        let (left, right) = (token.get(..at).unwrap_or(""), token.get(at..).unwrap_or(""));
        let function = is_function(&left.to_lowercase());
        let frequent = |w: &str| w.chars().count() >= 3 && judge.zipf(w) >= 3.2;
        let Some(strength) = judge.strength(left).filter(|_| function || frequent(left) || judge.has_evidence(left)) else { continue };
        let Some(rest) = plain_cuts(judge, right, place, most - 1) else { continue };
        let long = right.len() > 14;
        if capital && !long && judge.count(left) == 0 && !(place.begins_a_sentence() && (function || left.len() > 5)) {
            continue;
        }
        if !(function || rest.function) || rest.cuts.iter().any(|c| c.confidence < 0.88) {
            continue;
        }
        // A name that no list knows falls into crumbs (`Gold we in`), never into the same word twice.
        let second = rest.cuts.first().and_then(|c| right.get(..c.at)).unwrap_or("");
        let last = rest.cuts.last().and_then(|c| right.get(c.at..)).unwrap_or("");
        let crumbs =
            second == "a" && !function || is_capitalised(token) && !place.inner && (second.len() < 3 && last.len() < 3 || left.len() < 3);
        let crumbs = crumbs || capital && second.len() < 5 && !is_function(second);
        if crumbs || second == left || last == left || second == last && rest.cuts.len() == 1 {
            continue;
        }
        let score = strength + rest.score;
        if score < limit - 0.6 {
            continue;
        }
        let mut cuts = vec![Cut { at, confidence: LIKELY }];
        cuts.extend(rest.cuts.iter().map(|c| Cut { at: c.at + at, confidence: c.confidence.min(LIKELY) }));
        let split = Split { cuts, score, function: true };
        if better(&split, &best) || best.as_ref().is_some_and(|b| !known(b)) {
            best = Some(split);
        }
    }
    best
}

/// A name that no list knows is told by what stands behind it: a verb of reporting, a long function word,
/// a role; a shorter word only where a name goes before it (`Kid Cudiand William`).
fn unknown_name(judge: &Judge, left: &str, right: &str, place: &Place) -> Option<(f32, f32)> {
    let length = left.chars().count();
    if length > 4 && split_clitic(right).1.starts_with('n') && judge.strength(right).is_some() {
        // `koraliwasn’t`
        return Some((-13.0, 0.88));
    }
    if place.previous == "-" && length > 1 && is_reporting(right) && right.chars().count() > 3 {
        // `Hye-rinwrote`
        return Some((-13.0, 0.85));
    }
    let vowels = left.chars().any(|c| "aeiouyAEIOUY".contains(c));
    if !is_capitalised(left) || length < 4 || !is_plain(left) || !vowels || left.chars().any(is_apostrophe) {
        return None;
    }
    let right_length = right.chars().count();
    let last = left.chars().next_back().unwrap_or(' ');
    let verb = right_length > 5 && right.ends_with("ed") && judge.zipf(right) >= 4.0 && judge.lexicon.is_curated(right);
    let role = right_length > 5 && judge.lexicon.role(right).is_some_and(|r| r != Role::Thing);
    if is_prefix(&left.to_lowercase()) {
        return None;
    }
    let long_function = is_function(right) && right_length >= 5 && !matches!(right, "under" | "other");
    let confidence = if is_reporting(right) && length >= 5 || right == "became" {
        0.88
    } else if role || long_function || (verb && (place.follows_a_name() || length >= 5)) {
        0.85
    } else if place.follows_a_name() && is_function(right) && right_length >= 4 && !matches!(right, "like" | "over" | "some" | "even") {
        0.84
    } else if place.follows_a_name() && length >= 4 && short_function_behind_name(left, last, right, place) {
        0.82
    } else {
        return None;
    };
    Some((-12.0 - judge.zipf(right) / 10.0, confidence))
}

/// `Kid Cudiand William`, `Keir Starmerthe leader`, and neither `Armand` nor `Goethe`.
fn short_function_behind_name(left: &str, last: char, right: &str, place: &Place) -> bool {
    match right {
        "and" => !matches!(last, 'l' | 'r' | 'm' | 'n' | 'g' | 'v') && is_capitalised(place.next),
        "the" => !"aeiouy".contains(last) && left.chars().count() >= 5 && place.next.chars().count() > 1,
        _ => false,
    }
}

/// Score and confidence of cutting between two stretches, `right` in lower case; `None` when it is better left whole.
fn pair(judge: &Judge, left: &str, right: &str, place: &Place, limit: f32) -> Option<(f32, f32)> {
    let first = right.chars().next()?;
    let last = left.chars().next_back()?;
    if left == right
        || matches!(split_clitic(right), (base, clitic) if base.len() < 2 && !clitic.is_empty())
        || is_apostrophe(first)
        || (is_apostrophe(last) && !left.trim_end_matches(is_apostrophe).ends_with('s'))
    {
        return None;
    }
    let lower = left.to_lowercase();
    let (left_function, right_function) = (is_function(&lower), is_function(right));
    let left_length = left.chars().count();
    let right_length = right.chars().count();
    let capital = is_capitalised(left);
    let left_strength = judge.strength(left);
    if left_strength.is_none() {
        return unknown_name(judge, left, right, place);
    }
    let (l, r) = (left_strength?, judge.strength(right)?);
    let score = l + r;
    let evidence = capital && judge.has_evidence(left);
    let z = |w: &str| judge.zipf(split_clitic(w).0);
    let (margin, confidence) = if left == "a" || left == "A" {
        // `awater`, `apublic`, and neither `aloo` nor `ahonest`.
        let vowel = matches!(first, 'a' | 'e' | 'i' | 'o' | 'u');
        let frequent = if right_length > 4 { 3.0 } else { 3.8 };
        if vowel || right_length < 4 || z(right) < frequent || right_function || capital && !place.begins_a_sentence() {
            return None;
        }
        (1.6, 0.88)
    } else if right == "a" {
        let known = judge.is_place(left) || z(left) > 3.5;
        let good = if capital { evidence && known && left_length > 3 || left_function } else { z(left) >= 3.9 && left_length >= 2 };
        let figure = place.next.starts_with(|c: char| c.is_ascii_digit() && c != '8');
        if !good || !(place.next_is_lower() || figure) || place.next.starts_with(['a', 'e', 'i', 'o']) {
            return None;
        }
        (0.8, 0.85)
    } else if capital && left_function && !place.inner && (!place.begins_a_sentence() || is_reporting(place.next)) {
        // `Craig Menear`, `Andover said`: no function word has a capital inside a name or before its verb.
        return None;
    } else if left_function && right_function {
        (0.2, 0.98)
    } else if matches!(left, "al" | "el") || place.next == "-" && matches!(right, "al" | "el") && left_function {
        // `inal-Tanf`
        return (place.next == "-" && right_length == 2 && left_function).then_some((-5.0, 0.93));
    } else if left_function {
        if capital && (matches!(lower.as_str(), "me" | "us" | "him" | "he" | "we") && right_length < 5 || z(right) < 3.8) {
            return None;
        }
        if left == "an" && right_length < 4 {
            return (matches!(first, 'a' | 'e' | 'i' | 'o' | 'u') && z(right) >= 3.8 && score >= limit + 1.0).then_some((score, 0.9));
        }
        let rare = z(right) < 3.0 && right_length < 6;
        if right_length < 4 && z(right) < 4.5 || forms_words(right) && is_prefix(&lower) || rare && left_length < 3 {
            return None;
        }
        let prefix = is_prefix(&lower);
        // `underpower`, `overbuild`
        if prefix && left_length > 2 && right_length < 8 && !right.ends_with("ly") {
            return None;
        }
        let margin = if prefix { 1.4 } else { 0.3 };
        if left_length <= 2 || prefix { (0.6 + margin, if prefix { LIKELY } else { 0.95 }) } else { (margin, 0.985) }
    } else if right_function {
        // `a touchout`, `the Sambaall`
        let adverb = matches!(right, "out" | "off" | "up" | "down" | "over" | "near" | "about");
        if adverb && matches!(place.previous, "a" | "an" | "the" | "his" | "her" | "its" | "their" | "this" | "another" | "The" | "A") {
            return None;
        }
        let known = judge.count(split_clitic(left).0) > 0 || judge.is_place(left) || is_calendar(left);
        if capital && !known && right_length == 3 && left_length < 5 && z(left) < 4.5 && !place.inner && !place.begins_a_sentence() {
            return None;
        }
        if right_length == 2 {
            let seen = judge.count(split_clitic(left).0) > 0
                || judge.is_place(left) && left_length > 3 && z(left) > 3.6
                || place.inner && evidence;
            let common = if right == "of" { left_length > 2 } else { left_length > 4 && z(left) > 4.0 };
            // `Cohenat the`, and neither `Karasin` nor `Nakato`.
            let surname = matches!(right, "at" | "of") && evidence && judge.lexicon.is_surname(left);
            let phrase = place.follows_a_name() && place.next_is_lower() && left_length > 3 && (z(left) > 4.0 || surname);
            let latino = place.inner && left_length > 4 && z(left) > 3.0;
            if capital && !(seen || phrase || latino || common && (z(left) > 3.0 || right == "of")) {
                return None;
            }
            if left_length < 4 && z(left) < 4.3 && !evidence {
                return None;
            }
            (if capital { 1.2 } else { 0.9 }, if capital && !evidence { 0.82 } else { 0.94 })
        } else if forms_words(right) {
            if !evidence {
                return None;
            }
            (1.5, 0.85)
        } else {
            if left_length < 3 && judge.count(left) == 0 {
                return None;
            }
            let weak = left_length < 4 && z(left) < 4.3 && !evidence;
            (if weak { 1.5 } else { 0.3 }, if adverb { LIKELY } else { 0.985 })
        }
    } else {
        let short = left_length < 4 || right_length < 4;
        // A word that comes again, or has a genitive, is a compound: `tickertape`, `whistleblower’s`.
        if !evidence && (judge.count(&format!("{left}{right}")) > 1 || !split_clitic(right).1.is_empty()) {
            return None;
        }
        // Forms that no compound begins with.
        let plural = left.ends_with('s') && !left.ends_with("ss") && left_length > 4 && z(left) >= 3.8;
        let plural = plural
            && !matches!(lower.as_str(), "sports" | "sales" | "crafts" | "trades" | "towns" | "lands" | "hands" | "always" | "states");
        let no_compound = plural || is_loose(left) || left.ends_with("ed") && left_length > 5 || left == "old" && place.previous == "-";
        let long = left_length >= 8 && z(left) >= 3.8 && right_length >= 4;
        let formed = forms_words(right) && !(long || evidence && z(left) > 3.0 && judge.count(left) > 0);
        let prefixed = is_prefix(&lower) && (right_length < 8 || !is_adjective(&lower));
        if (formed || prefixed) && !no_compound {
            return None;
        }
        // A name and the verb of its sentence.
        let verb = right_length > 5 && (right.ends_with("ed") || right.ends_with("es") || right.ends_with("ts")) || is_reporting(right);
        let named = evidence && left_length > 3 && judge.is_name(left) || judge.count(left) > 0 && capital;
        if named && verb {
            return Some((score.max(limit), if left_length > 4 || judge.count(left) > 0 { 0.9 } else { 0.84 }));
        }
        if capital && left_length > 3 && right_length > 5 && judge.lexicon.role(right).is_some() {
            return Some((score.max(limit), 0.88));
        }
        let small_word = matches!(right, "old" | "new" | "two" | "six" | "ten" | "big" | "own" | "top" | "key" | "few") && left_length > 4;
        let frequent = right_length == 3 && z(right) >= 4.7 && left_length > 4 && z(left) >= 3.3 && score >= limit + 1.0;
        // `laterasked`, `healthfound`: no compound ends in a past form.
        let past = is_reporting(right) || is_loose(right) || right.ends_with("ed") && right_length > 4 || right == "left";
        // `flatcakes`, `tickertape`: two short nouns are one word.
        let shorts = !capital && left_length + right_length < 12 && left_length < 7 && right_length < 6;
        if shorts && !no_compound && !small_word && !frequent && !past && place.previous != "-" && split_clitic(left).1.is_empty() {
            return None;
        }
        // `Sambus`, `Sanhare`, `Tsumego`: a listed name alone proves nothing before a short word.
        let seen = judge.count(left) > 0 && left_length > 3;
        if capital
            && right_length < 6
            && !seen
            && !(past && left_length > 4)
            && !(place.begins_a_sentence() && judge.lexicon.is_curated(&lower))
            && !place.inner
            && !(judge.is_place(left) && left_length > 4 && right_length > 3)
        {
            return None;
        }
        if short && !small_word && !no_compound && !frequent && (z(left) < 4.0 || z(right) < 4.0) && !is_reporting(right) && !evidence {
            return None;
        }
        if capital && !evidence && (!place.next_is_lower() && !place.inner || z(left) < 3.2 || z(right) < 3.2 || right_length < 5) {
            return None;
        }
        let rare = |w: &str, length: usize| z(w) < if length >= 7 { 2.2 } else { 2.8 };
        if !capital && (rare(left, left_length) || rare(right, right_length)) {
            return None;
        }
        let possessive = !split_clitic(left).1.is_empty();
        let both_long = left_length >= 7 && right_length >= 7 && split_clitic(right).1.is_empty();
        match (possessive, capital) {
            (true, _) => (-2.0, 0.97),
            (false, _) if both_long => (-0.6, 0.92),
            (false, true) => (if evidence || place.begins_a_sentence() { 0.4 } else { 0.6 }, if short { 0.82 } else { 0.88 }),
            (false, false) => (if short { 1.4 } else { 0.6 }, if short { 0.83 } else { 0.9 }),
        }
    };
    // No cut of a name is made unseen but behind a name of the article, a place, a day.
    let first_word = place.begins_a_sentence() && left_function && z(right) >= 4.0 && right_length > 2;
    let known =
        !capital || first_word || judge.count(split_clitic(left).0) > 0 || judge.is_place(left) && left_length > 3 || is_calendar(left);
    let compound = !left_function && !right_function && split_clitic(left).1.is_empty() && !is_loose(left);
    let confidence = if known && !compound || place.inner { confidence } else { confidence.min(LIKELY) };
    (score >= limit + margin).then_some((score, confidence))
}
