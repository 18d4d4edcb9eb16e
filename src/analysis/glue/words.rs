//! Where a token of letters is to be cut: at a capital inside it, behind an acronym, or anywhere by the word lists.

use super::judge::{Judge, is_acronym, is_apostrophe, is_capitalised, is_name_with_prefix, is_plain, split_clitic};
use super::lists::{
    forms_words, is_adjective, is_brand_head, is_calendar, is_day, is_firm_starter, is_function, is_institution, is_loose, is_prefix,
    is_reporting, is_starter, is_stopped_abbreviation, is_title,
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
    /// A stretch of a token that is cut elsewhere too, so that glue is likely.
    pub inner: bool,
}

impl Place<'_> {
    fn next_is_lower(&self) -> bool {
        self.next.chars().next().is_some_and(char::is_lowercase)
    }

    /// A capital before the token that begins no sentence: it stands in a name or a title.
    fn follows_a_name(&self) -> bool {
        (self.previous.chars().any(char::is_uppercase) && !is_starter(self.previous)) || self.previous == "-"
    }

    fn begins_a_sentence(&self) -> bool {
        matches!(self.previous, "" | "." | "!" | "?" | "”" | "\"" | "“" | ":")
    }
}

/// A cut is made from here on.
pub const SURE_ENOUGH: f32 = 0.8;

/// The cuts of a token that the judge does not acquit; none when it is better left whole.
pub fn cuts(judge: &Judge, token: &str, place: &Place) -> Vec<Cut> {
    let mut cuts = edge_cuts(judge, token, place);
    if cuts.is_empty() {
        cuts = possessive_cuts(judge, token, place);
    }
    if cuts.is_empty() {
        cuts = known_camel_cuts(judge, token, place);
    }
    if cuts.is_empty() {
        cuts = camel_cuts(judge, token, place);
    }
    if cuts.is_empty() && (is_plain(token) || is_acronym(token)) {
        cuts = plain_cuts(judge, token, place, 4).map_or_else(Vec::new, |s| s.cuts);
    }
    cuts.retain(|c| c.confidence >= SURE_ENOUGH && c.at > 0 && c.at < token.len());
    cuts
}

/// The cuts of a part of a token, moved to where the part begins.
fn cuts_within(judge: &Judge, part: &str, place: &Place, at: usize) -> Vec<Cut> {
    if part.len() < 3 || judge.acquits(part) || judge.count(part) > 0 {
        return Vec::new();
    }
    let place = Place { edges: &[], inner: true, ..*place };
    cuts(judge, part, &place).into_iter().map(|c| Cut { at: c.at + at, confidence: c.confidence }).collect()
}

/// `Beijing’sbacktracking`: a known word in the genitive, and letters behind it.
pub fn possessive_cuts(judge: &Judge, token: &str, place: &Place) -> Vec<Cut> {
    for (at, mark) in token.char_indices().filter(|(_, c)| is_apostrophe(*c)) {
        let (base, tail) = (token.get(..at).unwrap_or(""), token.get(at + mark.len_utf8()..).unwrap_or(""));
        let Some(rest) = tail.strip_prefix('s').filter(|r| r.chars().count() > 1) else { continue };
        let at = token.len() - rest.len();
        let known = base.chars().count() > 2 && (judge.strength(base).is_some() || judge.count(base) > 0) && judge.strength(tail).is_none();
        let inner = cuts_within(judge, rest, place, at);
        if known && (judge.strength(rest).is_some() || !inner.is_empty()) {
            let mut cuts = vec![Cut { at, confidence: 0.97 }];
            cuts.extend(inner);
            return cuts;
        }
    }
    Vec::new()
}

/// `investorSoftBankworth`, `WeWorkis`: a name with an inner capital that is listed or stands elsewhere in the article.
fn known_camel_cuts(judge: &Judge, token: &str, place: &Place) -> Vec<Cut> {
    if is_plain(token) || judge.count(token) > 1 {
        return Vec::new();
    }
    let mut starts: Vec<usize> = token.char_indices().filter(|(_, c)| c.is_uppercase()).map(|(i, _)| i).collect();
    starts.insert(0, 0);
    starts.dedup();
    let ends: Vec<usize> = token.char_indices().map(|(i, _)| i).chain([token.len()]).collect();
    for &start in &starts {
        for &end in ends.iter().rev().filter(|&&e| e > start + 3) {
            let name = token.get(start..end).unwrap_or("");
            if (start == 0 && end == token.len()) || is_plain(name) || is_acronym(name) {
                continue;
            }
            if !(judge.lexicon.is_camel(name) || judge.count(name) > 0) {
                continue;
            }
            let (before, after) = (token.get(..start).unwrap_or(""), token.get(end..).unwrap_or(""));
            let word = |w: &str| judge.strength(w).is_some() && (w.chars().count() > 2 || is_function(&w.to_lowercase()));
            let (left, right) = (cuts_within(judge, before, place, 0), cuts_within(judge, after, place, end));
            let good = |part: &str, inner: &[Cut]| part.is_empty() || word(part) || !inner.is_empty();
            if !good(before, &left) || !good(after, &right) || matches!(after, "s" | "’s") {
                continue;
            }
            let mut cuts = left;
            if start > 0 {
                cuts.push(Cut { at: start, confidence: 0.95 });
            }
            if end < token.len() {
                cuts.push(Cut { at: end, confidence: 0.95 });
            }
            cuts.extend(right);
            return cuts;
        }
    }
    Vec::new()
}

/// Cuts where the source had the edge of a link and both sides look like words; then the pieces are read on their own.
fn edge_cuts(judge: &Judge, token: &str, place: &Place) -> Vec<Cut> {
    let mut cuts: Vec<Cut> = Vec::new();
    let mut start = 0;
    for (index, &edge) in place.edges.iter().enumerate() {
        let end = place.edges.get(index + 1).copied().unwrap_or(token.len());
        let (left, right) = (token.get(start..edge).unwrap_or(""), token.get(edge..end).unwrap_or(""));
        let next = if end == token.len() { place.next } else { "" };
        let inside = Place { inner: true, edges: &[], next, ..*place };
        if let Some(confidence) = edge_confidence(judge, left, right, &inside) {
            cuts.push(Cut { at: edge, confidence });
            start = edge;
        }
    }
    if cuts.is_empty() {
        return cuts;
    }
    let mut inner = Vec::new();
    let mut from = 0;
    for to in cuts.iter().map(|c| c.at).chain([token.len()]) {
        inner.extend(cuts_within(judge, token.get(from..to).unwrap_or(""), place, from));
        from = to;
    }
    cuts.extend(inner);
    cuts.sort_by_key(|c| c.at);
    cuts
}

fn edge_confidence(judge: &Judge, left: &str, right: &str, place: &Place) -> Option<f32> {
    let long = |s: &str| s.chars().count() >= 3;
    let reads = |s: &str| judge.strength(s).is_some() || !cuts_within(judge, s, place, 0).is_empty();
    if matches!(right, "s" | "es" | "ed" | "ing" | "er" | "ers" | "ly" | "d" | "n" | "ian" | "ist" | "ism" | "al") {
        return None;
    }
    if right == "an" {
        return (long(left) && place.next.starts_with(['a', 'e', 'i', 'o', 'u', 'h'])).then_some(0.9);
    }
    match (reads(left), reads(right)) {
        (true, true) => Some(0.97),
        (true, false) if long(right) && is_capitalised(right) => Some(0.95),
        (true, false) if is_function(&left.to_lowercase()) && long(right) => Some(0.9),
        (false, true) if (is_function(right) || is_reporting(right)) && long(left) => Some(0.95),
        (false, true) if long(left) && long(right) && is_capitalised(left) => Some(0.9),
        (false, false) if long(left) && long(right) && is_capitalised(right) && left.chars().all(char::is_lowercase) => Some(0.85),
        _ => None,
    }
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
    let floor = if is_capitalised(token) { -9.0 - 0.14 * length } else { -9.2 - 0.2 * length };
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
    // A name that no list knows gives way to known words: `Macron` + `and` + `the`, not `Macronand` + `the`.
    let known = |s: &Split| s.cuts.first().is_some_and(|c| judge.strength(token.get(..c.at).unwrap_or("")).is_some());
    if best.as_ref().is_some_and(known) || most < 3 || positions.len() < 7 {
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
        // A name that no list knows falls into crumbs (`Gold we in`), never into the same word twice.
        let second = rest.cuts.first().and_then(|c| right.get(..c.at)).unwrap_or("");
        let last = rest.cuts.last().and_then(|c| right.get(c.at..)).unwrap_or("");
        let crumbs =
            second == "a" && !function || is_capitalised(token) && !place.inner && (second.len() < 3 && last.len() < 3 || left.len() < 3);
        if crumbs || second == left || last == left || second == last && rest.cuts.len() == 1 {
            continue;
        }
        let score = strength + rest.score;
        if score < limit - 0.6 {
            continue;
        }
        let mut cuts = vec![Cut { at, confidence: 0.93 }];
        cuts.extend(rest.cuts.iter().map(|c| Cut { at: c.at + at, confidence: c.confidence }));
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
    let role = right_length > 5 && judge.lexicon.role(right).is_some();
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
        let good = if capital { evidence && left_length > 3 || left_function } else { z(left) >= 3.9 && left_length >= 2 };
        let figure = place.next.starts_with(|c: char| c.is_ascii_digit() && c != '8');
        if !good || !(place.next_is_lower() || figure) || place.next.starts_with(['a', 'e', 'i', 'o']) {
            return None;
        }
        (0.8, 0.85)
    } else if capital && left_function && !place.inner && (place.follows_a_name() || right_function && !place.begins_a_sentence()) {
        // `Craig Menear`: no function word has a capital inside a name.
        return None;
    } else if left_function && right_function {
        (0.2, 0.98)
    } else if matches!(left, "al" | "el") || place.next == "-" && matches!(right, "al" | "el") && left_function {
        // `inal-Tanf`
        return (place.next == "-" && right_length == 2 && left_function).then_some((-5.0, 0.93));
    } else if left_function {
        if capital && (matches!(lower.as_str(), "me" | "us" | "him" | "he" | "we") && right_length < 5 || z(right) < 3.3) {
            return None;
        }
        if left == "an" && right_length < 4 {
            return (matches!(first, 'a' | 'e' | 'i' | 'o' | 'u') && z(right) >= 3.8 && score >= limit + 1.0).then_some((score, 0.9));
        }
        let rare = z(right) < 3.0 && right_length < 6;
        if right_length < 4 && z(right) < 4.5 || forms_words(right) && is_prefix(&lower) || rare && left_length < 3 {
            return None;
        }
        let margin = if is_prefix(&lower) { 1.4 } else { 0.3 };
        if left_length <= 2 { (0.6 + margin, 0.95) } else { (margin, 0.985) }
    } else if right_function {
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
            (if weak { 1.5 } else { 0.3 }, 0.985)
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
            let inside = Place { inner: true, edges: &[], ..*place };
            // An unknown name is not to fall apart (`in` + `Romanshorn`): one part must be a function word or stand elsewhere.
            let seen = |s: &Split| {
                s.cuts.first().is_some_and(|c| {
                    let (left, right) = (stretch.get(..c.at).unwrap_or(""), stretch.get(c.at..).unwrap_or(""));
                    judge.count(left) > 0 || judge.lexicon.role(right).is_some() || is_reporting(right)
                })
            };
            inner = plain_cuts(judge, stretch, &inside, 3).filter(|s| s.function || seen(s)).map_or_else(Vec::new, |s| s.cuts);
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
            && (!again || edge || is_function(left) && judge.count(token) < 6 || judge.is_pair(left, right))
        {
            cuts.push(Cut { at, confidence: if edge { 0.99 } else { confidence } });
        } else if edge && left.chars().count() > 1 && right.chars().count() > 1 {
            cuts.push(Cut { at, confidence: 0.95 });
        }
    }
    cuts.sort_by_key(|c| c.at);
    // A brand of three capitals is cut nowhere: `HawaiiNewsNow`.
    let capitals = words.iter().filter(|(a, b)| is_capitalised(token.get(*a..*b).unwrap_or(""))).count();
    if capitals > 2 && capitals == words.len() {
        let part = |i: usize| words.get(i).and_then(|(a, b)| token.get(*a..*b)).unwrap_or("");
        let pair = |at: usize| words.iter().position(|w| w.0 == at).is_some_and(|i| i > 0 && judge.is_pair(part(i - 1), part(i)));
        cuts.retain(|c| place.edges.contains(&c.at) || pair(c.at));
    }
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
            (false, false)
                if word && tail_length >= 4 && judge.zipf(tail) >= 4.3 && capitals.chars().count() > 2 && place.next_is_lower() =>
            {
                0.82
            }
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
    if length(right) == 1 && place.next == "&" {
        return (is_function(left) && length(left) > 1).then_some(0.9);
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
    let long_word = judge.strength(right).is_some() && length(right) > 5;
    let known =
        judge.is_name(right) || judge.count(right) > 0 || judge.count(split_clitic(right).0) > 0 || left.ends_with("ing") && long_word;
    let abbreviated = is_acronym(right) && judge.lexicon.is_curated(&right.to_lowercase());
    let common = judge.zipf(left) > 4.0 && length(left) > 3 && judge.lexicon.is_curated(&left.to_lowercase()) && !judge.is_place(left);
    if common && place.begins_a_sentence() && known && !abbreviated {
        // `UsingChromium`: the first word of a sentence has its capital from there.
        return Some(0.86);
    }
    capital_before_capital(judge, left, right, rest, place)
}

fn lower_before_capital(judge: &Judge, left: &str, right: &str, rest_known: bool, place: &Place) -> Option<f32> {
    let length = |s: &str| s.chars().count();
    let acronym = is_acronym(right);
    if is_function(left) && length(left) > 1 {
        let glued_often = matches!(
            left,
            "the" | "of" | "and" | "with" | "from" | "for" | "by" | "that" | "as" | "at" | "said" | "told" | "says" | "near"
        );
        return match (rest_known, acronym) {
            (true, _) => Some(0.985),
            (false, false) if length(right) >= 4 => Some(0.93),
            (false, _) if glued_often && length(right) >= 3 => Some(0.88),
            _ => None,
        };
    }
    if left == "a" {
        return (rest_known && (length(right) > 3 || judge.count(right) > 0) || length(right) > 5 && !acronym).then_some(0.88);
    }
    if is_firm_starter(right) && length(left) > 4 && place.next_is_lower() {
        return Some(0.93);
    }
    judge.strength(left)?;
    if is_brand_head(left) && !judge.is_name(right) {
        return None;
    }
    let z = judge.zipf(split_clitic(left).0);
    if acronym {
        return lower_before_acronym(judge, left, right, z);
    }
    if length(left) > 3 && judge.is_personal(right) && length(right) > 3 {
        return Some(0.93);
    }
    if length(left) < 3 || z < 2.6 && length(left) < 6 {
        return (rest_known && judge.count(right) > 0 && length(left) > 1 && z > 4.0).then_some(0.85);
    }
    // A coined name that comes again (`wikiHow`) is no accident.
    match rest_known {
        true => Some(0.97),
        false if length(right) >= 4 && length(left) >= 4 && z > 2.8 => Some(if place.next_is_lower() { 0.9 } else { 0.86 }),
        false if length(right) >= 4 && z > 4.6 => Some(0.85),
        false => None,
    }
}

/// `analyzeCOVID`, `journalBMJ`, and neither `leanFIRE` nor `openSUSE`.
fn lower_before_acronym(judge: &Judge, left: &str, right: &str, z: f32) -> Option<f32> {
    let length = |s: &str| s.chars().count();
    let lower = right.to_lowercase();
    let body = judge.lexicon.organisation(right).is_some() || judge.lexicon.country(right).is_some();
    let word = judge.lexicon.is_curated(&lower);
    if is_function(&lower) && length(right) > 2 && length(left) > 3 && z > 3.0 {
        return Some(0.88);
    }
    if is_reporting(left) && length(right) > 2 {
        return Some(0.92);
    }
    match (body, word) {
        (true, _) => (length(left) > 3 || z > 4.5).then_some(0.93),
        (false, true) => None,
        (false, false) if judge.strength(right).is_some() && length(left) > 3 && z > 3.0 => Some(0.9),
        (false, false) => (length(left) > 5 && z > 3.8 && length(right) > 2).then_some(0.84),
    }
}

fn capital_before_capital(judge: &Judge, left: &str, right: &str, rest: &str, place: &Place) -> Option<f32> {
    let length = |s: &str| s.chars().count();
    let (base, _) = split_clitic(right);
    // Three capitals in one token are a brand: `HawaiiNewsNow`.
    let persons = judge.is_personal(left) && (judge.lexicon.is_person_part(base) || judge.is_name(base));
    if rest != right && !persons && !judge.is_pair(left, right) && judge.count(left) == 0 {
        return None;
    }
    let right_named = judge.is_name(base);
    let right_seen = judge.count(right) > 0 || judge.count(base) > 0;
    let right_known = judge.strength(right).is_some();
    if judge.is_pair(left, right) || judge.is_pair(&left.to_lowercase(), &right.to_lowercase()) {
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
        let opens =
            matches!(left, "With" | "From" | "In" | "At" | "By" | "For" | "And" | "But" | "When" | "While" | "After" | "Before" | "Since");
        return if right_named || (right_seen && left != "My") {
            Some(0.95)
        } else if opens && !right_known && !is_acronym(right) && length(right) > 5 && rest == right {
            Some(0.85)
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
    let personal = right_named || judge.is_personal(base) && judge.zipf(base) < 3.5 || judge.is_personal(base) && right_seen;
    if is_title(right) && length(right) > 4 && right_known && judge.strength(left).is_some() && place.next_is_lower() {
        return Some(0.88);
    }
    if is_institution(right) && judge.strength(left).is_some() && length(left) > 3 {
        return Some(if place.follows_a_name() { 0.92 } else { 0.85 });
    }
    let given = judge.lexicon.given_name(left).is_some_and(|(_, sources)| sources >= 5);
    if given && !right_known && length(left) > 3 && length(base) > 5 && rest == right && is_plain(base) {
        return Some(0.82);
    }
    if given && judge.lexicon.is_surname(base) && length(left) > 3 && length(base) > 3 && rest == right && place.previous != "," {
        return Some(0.85);
    }
    let left_person = left_person && (judge.zipf(left) >= 3.3 || judge.count(left) > 0 || judge.lexicon.is_person_part(left));
    if (is_title(left) || left_person) && personal && length(base) > 2 {
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
    // `United NationsClimate Action`: two long common words inside a phrase of capitals.
    let long = |w: &str| length(w) > 4 && judge.zipf(w) > 3.4;
    (place.follows_a_name() && is_capitalised(place.next) && rest == right && right_known && long(left) && long(base)).then_some(0.82)
}
