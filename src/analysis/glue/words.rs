//! Where a token of letters is to be cut: at a capital inside it, behind an acronym, or anywhere by the word lists.

use super::judge::{Judge, is_acronym, is_apostrophe, is_capitalised, is_name_with_prefix, is_plain, split_clitic};
use super::lists::{
    forms_words, is_calendar, is_day, is_firm_starter, is_function, is_prefix, is_reporting, is_starter, is_stopped_abbreviation, is_title,
};

/// A cut inside a token.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Cut {
    /// Bytes from the start of the token.
    pub at: usize,
    /// How sure it is.
    pub confidence: f32,
}

/// What stands round a token.
pub struct Place<'a> {
    /// The token before it in its block; empty at the start.
    pub previous: &'a str,
    /// The token behind it in its block; empty at the end.
    pub next: &'a str,
    /// Where links and emphasis begin or end inside the token (bytes from its start).
    pub edges: &'a [usize],
}

impl Place<'_> {
    fn next_is_lower(&self) -> bool {
        self.next.chars().next().is_some_and(char::is_lowercase)
    }
}

/// A cut is made from here on.
pub const SURE_ENOUGH: f32 = 0.8;

/// The cuts of a token that the judge does not acquit; none when it is better left whole.
pub fn cuts(judge: &Judge, token: &str, place: &Place) -> Vec<Cut> {
    let mut cuts = camel_cuts(judge, token, place);
    if cuts.is_empty() && !place.edges.is_empty() {
        cuts = edge_cuts(judge, token, place);
    }
    if cuts.is_empty() && (is_plain(token) || is_acronym(token)) {
        cuts = plain_cuts(judge, token, place, 4).map_or_else(Vec::new, |s| s.cuts);
    }
    cuts.retain(|c| c.confidence >= SURE_ENOUGH && c.at > 0 && c.at < token.len());
    cuts
}

/// Cuts where the source had the edge of a link and both sides look like words.
fn edge_cuts(judge: &Judge, token: &str, place: &Place) -> Vec<Cut> {
    let mut cuts = Vec::new();
    for &edge in place.edges {
        let (left, right) = (token.get(..edge).unwrap_or(""), token.get(edge..).unwrap_or(""));
        let long = |s: &str| s.chars().count() >= 3;
        let (l, r) = (judge.strength(left), judge.strength(right));
        let bare_ending =
            matches!(right, "s" | "es" | "ed" | "ing" | "er" | "ers" | "ly" | "d" | "n" | "an" | "ian" | "ist" | "ism" | "al");
        let starts_apart = right.chars().next().is_none_or(is_apostrophe) || left.chars().next_back().is_none_or(is_apostrophe);
        if bare_ending || starts_apart {
            continue;
        }
        let confidence = match (l, r) {
            (Some(_), Some(_)) => 0.97,
            (Some(_), None) if long(right) && is_capitalised(right) => 0.95,
            (Some(_), None) if is_function(&left.to_lowercase()) && long(right) => 0.9,
            (None, Some(_)) if is_function(right) && long(left) => 0.95,
            (None, Some(_)) if long(left) && long(right) && is_capitalised(left) => 0.9,
            _ => continue,
        };
        cuts.push(Cut { at: edge, confidence });
    }
    cuts
}

/// A way to cut a stretch without inner capitals.
#[derive(Clone, Debug)]
struct Split {
    cuts: Vec<Cut>,
    score: f32,
    function: bool,
}

/// log10 of the probability of a token that may be a word no list knows: the longer, the rarer.
fn whole(judge: &Judge, token: &str) -> f32 {
    let length = token.chars().count() as f32;
    let floor = if is_capitalised(token) { -9.0 - 0.14 * length } else { -9.4 - 0.18 * length };
    let listed = judge.lexicon.zipf(&token.to_lowercase()).map_or(-20.0, |z| z - 9.0);
    // A token that comes again and again is a name or a term, not an accident.
    let again = if judge.count(token) > 2 { 1.0 } else { 0.0 };
    listed.max(floor) + again
}

/// The best way to cut a stretch without inner capitals into two to `most` words.
fn plain_cuts(judge: &Judge, token: &str, place: &Place, most: usize) -> Option<Split> {
    if token.len() < 3 || token.chars().take(2).all(char::is_uppercase) {
        return None;
    }
    let limit = whole(judge, token);
    let mut best: Option<Split> = None;
    let positions: Vec<usize> = token.char_indices().skip(1).map(|(i, _)| i).collect();
    let better = |s: &Split, best: &Option<Split>| best.as_ref().is_none_or(|b| s.score > b.score);
    for &at in &positions {
        let (left, right) = (token.get(..at).unwrap_or(""), token.get(at..).unwrap_or(""));
        if let Some((score, confidence)) = pair(judge, left, right, place, limit) {
            let function = is_function(&left.to_lowercase()) || is_function(right);
            let split = Split { cuts: vec![Cut { at, confidence }], score, function };
            if better(&split, &best) {
                best = Some(split);
            }
        }
    }
    if best.is_some() || most < 3 || positions.len() < 7 {
        return best;
    }
    for &at in &positions {
        let (left, right) = (token.get(..at).unwrap_or(""), token.get(at..).unwrap_or(""));
        let function = is_function(&left.to_lowercase());
        let frequent = |w: &str| w.chars().count() >= 3 && judge.zipf(w) >= 3.2;
        let Some(strength) = judge.strength(left).filter(|_| function || frequent(left) || judge.has_evidence(left)) else { continue };
        let Some(rest) = plain_cuts(judge, right, place, most - 1) else { continue };
        if !(function || rest.function) || rest.cuts.iter().any(|c| c.confidence < 0.88) {
            continue;
        }
        let score = strength + rest.score;
        if score < limit - 0.6 {
            continue;
        }
        let mut cuts = vec![Cut { at, confidence: 0.93 }];
        cuts.extend(rest.cuts.iter().map(|c| Cut { at: c.at + at, confidence: c.confidence }));
        let split = Split { cuts, score, function: true };
        if better(&split, &best) {
            best = Some(split);
        }
    }
    best
}

/// Score and confidence of cutting between two stretches, `right` in lower case; `None` when it is better left whole.
fn pair(judge: &Judge, left: &str, right: &str, place: &Place, limit: f32) -> Option<(f32, f32)> {
    let first = right.chars().next()?;
    let last = left.chars().next_back()?;
    if is_apostrophe(first) || (is_apostrophe(last) && !left.trim_end_matches(is_apostrophe).ends_with('s')) {
        return None;
    }
    let lower = left.to_lowercase();
    let (left_function, right_function) = (is_function(&lower), is_function(right));
    let left_length = left.chars().count();
    let right_length = right.chars().count();
    let capital = is_capitalised(left);
    let left_strength = judge.strength(left);
    // A name that no list knows is told by the verb behind it.
    if left_strength.is_none() {
        let verb = is_reporting(right) || matches!(right, "according" | "has" | "was" | "will" | "became");
        let name = capital && left_length >= 5 && is_plain(left);
        let vowels = left.chars().any(|c| "aeiouyAEIOUY".contains(c));
        return (name && verb && vowels && right_length >= 4).then_some((-12.0 - judge.zipf(right) / 10.0, 0.86));
    }
    let (l, r) = (left_strength?, judge.strength(right)?);
    let score = l + r;
    let evidence = capital && judge.has_evidence(left);
    let z = |w: &str| judge.zipf(split_clitic(w).0);
    let (margin, confidence) = if left == "a" || left == "A" {
        // `awater`, `apublic`, and neither `aloo` nor `ahonest`.
        let vowel = matches!(first, 'a' | 'e' | 'i' | 'o' | 'u');
        if vowel || right_length < 4 || z(right) < 3.8 || right_function {
            return None;
        }
        (1.6, 0.88)
    } else if right == "a" {
        let good = if capital { evidence && left_length > 3 } else { z(left) >= 3.9 && left_length >= 2 };
        if !good || !place.next_is_lower() || place.next.starts_with(['a', 'e', 'i', 'o']) {
            return None;
        }
        (0.8, 0.85)
    } else if left_function && right_function {
        (0.2, 0.98)
    } else if left_function {
        let rare = z(right) < 3.0 && right_length < 6;
        if right_length < 4 && z(right) < 4.5 || forms_words(right) && is_prefix(&lower) || rare && left_length < 3 {
            return None;
        }
        let margin = if is_prefix(&lower) { 1.4 } else { 0.3 };
        if left_length <= 2 { (0.6 + margin, 0.95) } else { (margin, 0.985) }
    } else if right_function {
        if right_length == 2 {
            if capital && !(evidence && left_length > 3) && !(left_length > 4 && z(left) > 4.0) {
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
            if left_length < 3 && !evidence {
                return None;
            }
            let weak = left_length < 4 && z(left) < 4.3 && !evidence;
            (if weak { 1.5 } else { 0.3 }, 0.985)
        }
    } else {
        let short = left_length < 4 || right_length < 4;
        if forms_words(right) && !(evidence && z(left) > 3.0 && judge.count(left) > 0) || is_prefix(&lower) && !evidence {
            return None;
        }
        if short && (z(left) < 4.2 || z(right) < 4.2) && !is_reporting(right) && !evidence {
            return None;
        }
        if capital && !evidence && (z(left) < 3.2 || z(right) < 3.2 || right_length < 5) {
            return None;
        }
        if !capital && (z(left) < 2.8 || z(right) < 2.8) {
            return None;
        }
        let possessive = !split_clitic(left).1.is_empty();
        match (possessive, capital) {
            (true, _) => (-2.0, 0.97),
            (false, true) => (if evidence { 0.6 } else { 1.2 }, if short { 0.82 } else { 0.88 }),
            (false, false) => (if short { 1.4 } else { 0.6 }, if short { 0.83 } else { 0.9 }),
        }
    };
    (score >= limit + margin).then_some((score, confidence))
}

/// A stretch between two inner capitals, with the words it is made of.
fn segments(token: &str) -> Vec<usize> {
    let chars: Vec<(usize, char)> = token.char_indices().collect();
    let mut starts = vec![0];
    for window in chars.windows(2) {
        let [(_, a), (at, b)] = window else { continue };
        if b.is_uppercase() && !a.is_uppercase() && !is_apostrophe(*a) {
            starts.push(*at);
        }
    }
    starts
}

/// Cuts at inner capitals and behind acronyms, and inside the stretches between them.
fn camel_cuts(judge: &Judge, token: &str, place: &Place) -> Vec<Cut> {
    if is_plain(token) || is_acronym(token) && place.edges.is_empty() {
        return Vec::new();
    }
    // A compound of capitals that comes again is a brand, not an accident.
    let again = judge.count(token) > 1;
    let mut starts = segments(token);
    starts.push(token.len());
    let mut cuts = Vec::new();
    let mut words: Vec<(usize, usize)> = Vec::new();
    for window in starts.windows(2) {
        let &[start, end] = window else { continue };
        let stretch = token.get(start..end).unwrap_or("");
        let mut inner = acronym_cuts(judge, stretch, place);
        if inner.is_empty() && is_plain(stretch) && !judge.acquits(stretch) && starts.len() > 2 {
            inner = plain_cuts(judge, stretch, place, 3).map_or_else(Vec::new, |s| s.cuts);
        }
        let mut from = start;
        for cut in &inner {
            words.push((from, start + cut.at));
            from = start + cut.at;
        }
        words.push((from, end));
        cuts.extend(inner.iter().map(|c| Cut { at: c.at + start, confidence: c.confidence }));
    }
    for (index, window) in words.windows(2).enumerate() {
        let &[(a, at), (_, b)] = window else { continue };
        if cuts.iter().any(|c| c.at == at) {
            continue;
        }
        let (left, right) = (token.get(a..at).unwrap_or(""), token.get(at..b).unwrap_or(""));
        let rest = token.get(at..).unwrap_or("");
        let edge = place.edges.contains(&at);
        let last = index + 2 == words.len();
        if let Some(confidence) = capital_boundary(judge, left, right, rest, place, last)
            && (!again || edge || !is_capitalised(left) || judge.is_pair(left, right))
        {
            cuts.push(Cut { at, confidence: if edge { 0.99 } else { confidence } });
        } else if edge && left.chars().count() > 1 && right.chars().count() > 1 {
            cuts.push(Cut { at, confidence: 0.95 });
        }
    }
    cuts.sort_by_key(|c| c.at);
    cuts
}

/// `NASAits`, `HSBCtook`, `USSenate`: a run of capitals and what follows.
fn acronym_cuts(judge: &Judge, stretch: &str, place: &Place) -> Vec<Cut> {
    let run: usize = stretch.chars().take_while(|c| c.is_uppercase()).map(char::len_utf8).sum();
    let (capitals, tail) = (stretch.get(..run).unwrap_or(""), stretch.get(run..).unwrap_or(""));
    if capitals.chars().count() < 2 || tail.is_empty() || judge.acquits(stretch) {
        return Vec::new();
    }
    let known = judge.strength(capitals).is_some();
    let ending = matches!(tail, "s" | "es" | "ed" | "ing" | "er" | "ers" | "ist" | "ists" | "ism" | "ness" | "d" | "n" | "a" | "i" | "o");
    let tail_length = tail.chars().count();
    if !ending && tail.chars().all(char::is_lowercase) {
        let word = judge.strength(tail).is_some();
        let confidence = match (known, is_function(tail)) {
            (true, true) if tail_length > 1 => 0.97,
            (false, true) if tail_length > 2 => 0.92,
            (false, true) if tail_length == 2 && capitals.chars().count() > 2 && place.next_is_lower() => 0.85,
            (true, false) if word && tail_length >= 4 && judge.zipf(tail) >= 3.3 => 0.92,
            (false, false) if word && tail_length >= 5 && judge.zipf(tail) >= 3.8 && capitals.chars().count() > 2 => 0.84,
            _ if place.edges.contains(&run) && tail_length > 2 => 0.95,
            _ => 0.0,
        };
        // `USAid`: the last capital may belong to the word behind.
        if confidence > 0.0 {
            return vec![Cut { at: run, confidence }];
        }
    }
    let Some((last, _)) = capitals.char_indices().next_back() else { return Vec::new() };
    let (head, word) = (stretch.get(..last).unwrap_or(""), stretch.get(last..).unwrap_or(""));
    if head.chars().count() < 2 || !tail.chars().all(|c| c.is_lowercase() || is_apostrophe(c)) || judge.strength(head).is_none() {
        return Vec::new();
    }
    let sure = place.edges.contains(&last) || judge.is_pair(head, word) || (judge.is_name(word) && word.chars().count() > 3);
    let likely = is_firm_starter(word)
        || judge.count(stretch) < 2
            && word.chars().count() > 4
            && judge.zipf(word) > 3.8
            && judge.strength(word).is_some()
            && (judge.count(head) > 0 || judge.count(word) > 0);
    if sure {
        vec![Cut { at: last, confidence: 0.95 }]
    } else if likely {
        vec![Cut { at: last, confidence: 0.88 }]
    } else {
        Vec::new()
    }
}

/// How sure a cut before an inner capital is. `rest` is all that follows the boundary in the token.
fn capital_boundary(judge: &Judge, left: &str, right: &str, rest: &str, place: &Place, last: bool) -> Option<f32> {
    let (left_base, left_clitic) = split_clitic(left);
    let length = |s: &str| s.chars().count();
    let right_known = judge.strength(right).is_some();
    let rest_known = right_known || judge.count(rest) > 0 || judge.lexicon.is_camel(rest) || is_name_with_prefix(rest);
    if !left_clitic.is_empty() && left_clitic.ends_with(['s', 'S']) && left_clitic.len() > 1 {
        let known = judge.strength(left).is_some();
        return (known && (rest_known || length(right) > 2)).then_some(0.97);
    }
    if right == "I" {
        let word = judge.strength(left).is_some() && (length(left) > 2 || is_function(left)) && judge.zipf(left) > 3.0;
        return (word && last && place.next_is_lower() && left.chars().all(char::is_lowercase)).then_some(0.9);
    }
    if length(right) == 1 {
        // `JohnG.`: an initial behind a given name.
        return (last && place.next == "." && judge.is_personal(left_base) && length(left) > 2).then_some(0.88);
    }
    if left.chars().all(|c| c.is_lowercase() || is_apostrophe(c)) {
        return lower_before_capital(judge, left, right, rest_known, place);
    }
    if !is_plain(left) && !is_acronym(left) && judge.strength(left).is_none() {
        return None;
    }
    capital_before_capital(judge, left, right, rest, place)
}

fn lower_before_capital(judge: &Judge, left: &str, right: &str, rest_known: bool, place: &Place) -> Option<f32> {
    let length = |s: &str| s.chars().count();
    let acronym = is_acronym(right);
    if is_function(left) && length(left) > 1 {
        let glued_often = matches!(left, "the" | "of" | "and" | "with" | "from" | "for" | "by" | "that" | "as" | "at" | "said" | "near");
        return match (rest_known, acronym) {
            (true, _) => Some(0.985),
            (false, false) if length(right) >= 4 => Some(0.93),
            (false, _) if glued_often && length(right) >= 3 => Some(0.88),
            _ => None,
        };
    }
    if left == "a" {
        return (rest_known && !acronym && length(right) > 3).then_some(0.9);
    }
    judge.strength(left)?;
    let z = judge.zipf(split_clitic(left).0);
    if length(left) < 3 || z < 2.6 {
        return (rest_known && judge.count(right) > 0 && length(left) > 1 && z > 4.0).then_some(0.85);
    }
    match (rest_known, acronym) {
        (true, true) => (length(left) > 3 || z > 4.5).then_some(0.93),
        (true, false) => Some(0.97),
        // `leanFIRE`, `teamLab`: what no list knows may be a coined name.
        (false, false) if length(right) >= 4 && length(left) >= 4 && z > 3.3 => Some(if place.next_is_lower() { 0.9 } else { 0.86 }),
        (false, false) if length(right) >= 4 && z > 4.6 => Some(0.85),
        _ => None,
    }
}

fn capital_before_capital(judge: &Judge, left: &str, right: &str, rest: &str, place: &Place) -> Option<f32> {
    let length = |s: &str| s.chars().count();
    let (base, _) = split_clitic(right);
    let right_named = judge.is_name(base);
    let right_seen = judge.count(right) > 0 || judge.count(base) > 0;
    let right_known = judge.strength(right).is_some();
    if judge.is_pair(left, right) {
        return Some(0.97);
    }
    if is_firm_starter(right) && rest == right && length(left) > 2 && (place.next_is_lower() || is_capitalised(place.next)) {
        return Some(if judge.strength(left).is_some() { 0.96 } else { 0.9 });
    }
    if is_day(right) || is_calendar(left) && right_known {
        return Some(0.95);
    }
    if is_stopped_abbreviation(left) {
        return (right_named || judge.is_personal(base)).then_some(0.88);
    }
    if is_starter(left) && judge.strength(left).is_some() {
        return if right_named || (right_seen && left != "My") {
            Some(0.95)
        } else if left == "The" && right_known && rest == right && is_capitalised(place.next) {
            Some(0.84)
        } else {
            None
        };
    }
    let left_place = judge.is_place(left) && length(left) > 3;
    let left_person = judge.is_personal(left) && length(left) > 2;
    if is_starter(right) && rest == right && place.next_is_lower() && (left_place || judge.count(left) > 0) {
        return Some(0.9);
    }
    if left_place && (right_named || judge.is_personal(base)) && length(base) > 2 {
        return Some(0.95);
    }
    if (is_title(left) || left_person) && (right_named || judge.is_personal(base)) && length(base) > 2 {
        // `AlexaFluor`, `JohnDeere` are known to the camel list; two names side by side are a person.
        return Some(if is_title(left) || judge.is_name(left) || judge.count(left) > 0 { 0.94 } else { 0.85 });
    }
    if left_place && right_known && length(base) > 3 && (right_seen || place.next_is_lower()) {
        return Some(0.86);
    }
    if right_seen && judge.count(left) > 0 && length(left) > 2 && length(base) > 2 && judge.count(rest) < 2 {
        return Some(0.92);
    }
    if judge.lexicon.organisation(&format!("{left} {right}")).is_some() {
        return Some(0.97);
    }
    // `UnitedNations`Climate: capitals on both sides, and the right word ends a phrase of capitals.
    (is_capitalised(place.previous)
        && is_plain(place.previous)
        && right_known
        && judge.strength(left).is_some()
        && is_capitalised(place.next))
    .then_some(0.84)
}
