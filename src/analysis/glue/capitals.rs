//! Cuts at inner capitals (`theHague`, `regimeHe`, `EmmanuelMacron`) and behind acronyms (`NASAits`), and leaves
//! brands and names whole (`SoftBank`, `McDonald`, `wikiHow`).

use super::judge::{Judge, is_acronym, is_apostrophe, is_capitalised, is_name_with_prefix, is_plain, split_clitic};
use super::lists::{
    is_brand_head, is_calendar, is_day, is_firm_starter, is_function, is_institution, is_reporting, is_starter, is_stopped_abbreviation,
    is_title,
};
use super::plain::{Split, plain_cuts};
use super::words::{Cut, Place, cuts_within};
use crate::rules::lexicon::Role;

/// `investorSoftBankworth`, `WeWorkis`: a name with an inner capital that is listed or stands elsewhere in the article.
pub fn known_camel_cuts(judge: &Judge, token: &str, place: &Place) -> Vec<Cut> {
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

/// A stretch between two inner capitals, with the words it is made of.
fn segments(token: &str) -> Vec<usize> {
    let chars: Vec<(usize, char)> = token.char_indices().collect();
    let mut starts = vec![0];
    for window in chars.windows(2) {
        let [(a_at, a), (at, b)] = window else { continue };
        if b.is_uppercase() && !a.is_uppercase() && !is_apostrophe(*a) {
            starts.push(*at);
        } else if *a == '‘' && b.is_uppercase() && *a_at > 2 {
            // `theme‘The`: an opening mark.
            starts.push(*a_at);
        }
    }
    starts
}

/// Cuts at inner capitals and behind acronyms, and inside the stretches between them.
pub fn camel_cuts(judge: &Judge, token: &str, place: &Place) -> Vec<Cut> {
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
    // `500.SPXlost 1.85`: a code of the exchange and the verb.
    let figure = place.next.starts_with(|c: char| c.is_ascii_digit());
    if !ending && place.previous == "." && figure && judge.strength(tail).is_some() && tail_length > 3 {
        return vec![Cut { at: run, confidence: 0.85 }];
    }
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
    if !acronym && length(right) > 3 && length(left) > 5 && judge.lexicon.role(left).is_some_and(|r| r != Role::Thing) {
        return Some(0.9);
    }
    // `euroEUR=`
    if acronym && place.next == "=" && length(right) == 3 && length(left) > 3 {
        return Some(0.85);
    }
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
    if place.next == "=" && is_acronym(right) && length(right) == 3 && length(left) > 3 && judge.strength(left).is_some() {
        return Some(0.85);
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
