//! Capitalised runs: which of them name a person, a body, a place, and what tells a person's gender.

use super::links::{apposition_after, entity};
use super::reader::{Reader, is_capitalised, lower, strip_possessive};
use super::{GenderSource, Mention, MentionKind};
use crate::analysis::TokenKind;
use crate::rules::lexicon::{Country, Gender, NoName, Role};
use crate::text::Span;

/// Words that a name is led to by, without being part of it.
const PARTICLES: &[&str] = &[
    "bin", "ibn", "bint", "al", "el", "ul", "ould", "de", "da", "do", "di", "del", "della", "dos", "das", "du", "van", "von", "der", "den",
    "la", "le", "ter", "ten", "zu", "y", "e", "abu", "af", "av",
];
const PLACE_LEADERS: &[&str] =
    &["in", "at", "near", "across", "around", "outside", "throughout", "into", "inside", "toward", "towards", "via"];

/// Whether a capital on this lower-case word tells nothing.
pub fn is_function_word(reader: &Reader, lower: &str) -> bool {
    reader.article.lexicon().no_name(lower) == Some(NoName::Function)
}

/// Whether a lower-case word names no person even in the middle of a sentence.
fn is_nobody(reader: &Reader, lower: &str) -> bool {
    reader.article.lexicon().no_name(lower) == Some(NoName::Nobody)
}

/// A name folded for comparison: lower case, accents off.
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => out.push('a'),
            'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => out.push('c'),
            'ď' | 'đ' | 'ð' => out.push('d'),
            'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'ə' => out.push('e'),
            'ğ' | 'ģ' | 'ġ' => out.push('g'),
            'í' | 'ì' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => out.push('i'),
            'ķ' => out.push('k'),
            'ł' | 'ľ' | 'ļ' => out.push('l'),
            'ñ' | 'ń' | 'ň' | 'ņ' => out.push('n'),
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ō' | 'ő' => out.push('o'),
            'ř' | 'ŕ' => out.push('r'),
            'ś' | 'š' | 'ş' | 'ș' => out.push('s'),
            'ť' | 'ţ' | 'ț' => out.push('t'),
            'ú' | 'ù' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' => out.push('u'),
            'ý' | 'ÿ' => out.push('y'),
            'ź' | 'ž' | 'ż' => out.push('z'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            c if c.is_alphabetic() => out.push(c),
            _ => {}
        }
    }
    out
}

/// One past the last token of the capitalised run that begins at `at`.
pub fn run_end(reader: &Reader, at: usize, limit: usize) -> usize {
    let mut end = at + 1;
    loop {
        let Some(previous) = reader.token(end - 1) else { return end };
        if strip_possessive(reader.article.word(previous)).1 {
            return end;
        }
        let Some(next) = reader.token(end).filter(|t| end < limit && !t.glued) else { return end };
        let word = reader.article.word(next);
        if next.is_word() && is_capitalised(word) && !is_function_word(reader, &lower(word)) && !is_date(word) {
            if next.space_before && !next.span.is_empty() || matches!(reader.word(end - 1), "-" | "‐" | "." | "–") {
                end += 1;
                continue;
            }
            return end;
        }
        // A hyphen inside a name; an initial's stop.
        let after = reader.token(end + 1).filter(|t| end + 1 < limit && t.is_word() && !t.glued);
        let after_capital = after.is_some_and(|t| is_capitalised(reader.article.word(t)));
        let joined = matches!(word, "-" | "‐" | "–") && !next.space_before && after.is_some_and(|t| !t.space_before);
        let previous_word = reader.word(end - 1);
        let initial = word == "."
            && !next.space_before
            && after_capital
            && ((previous_word.chars().count() == 1 && is_capitalised(previous_word))
                || crate::analysis::sentences::is_title_abbreviation(previous_word));
        if joined || initial {
            end += 2;
            continue;
        }
        if next.is_word() && PARTICLES.contains(&word) {
            let second = reader.token(end + 2).filter(|_| end + 2 < limit).map_or("", |t| reader.article.word(t));
            if after_capital {
                end += 2;
                continue;
            }
            if after.is_some_and(|t| PARTICLES.contains(&reader.article.word(t))) && is_capitalised(second) {
                end += 3;
                continue;
            }
        }
        return end;
    }
}

/// `the Virginia Democrats Saturday`: a day ends a run. Months that are also given names do not.
fn is_date(word: &str) -> bool {
    matches!(
        word,
        "Monday"
            | "Tuesday"
            | "Wednesday"
            | "Thursday"
            | "Friday"
            | "Saturday"
            | "Sunday"
            | "January"
            | "February"
            | "March"
            | "July"
            | "September"
            | "October"
            | "November"
            | "December"
    )
}

/// The role of `the director of the museum, X`, for the name that begins at `at`: index of its mention.
fn role_before(reader: &Reader, at: usize) -> Option<usize> {
    let comma = at.checked_sub(1).filter(|&i| matches!(reader.word(i), "," | "،" | "，"))?;
    let index = reader.mentions.iter().rposition(|m| m.kind == MentionKind::Person)?;
    let m = reader.mentions.get(index)?;
    let fits = !m.named && !m.plural && !m.kin && !m.possessive && m.end < comma && comma - m.end <= 9;
    let of = matches!(reader.word(m.end), "of" | "for" | "at" | "in");
    let plain = (m.end..comma).all(|i| {
        let word = reader.word(i);
        let lexicon = reader.article.lexicon();
        let verb = lexicon.is_finite_verb(word) || (lexicon.is_speech_verb(word) && word.ends_with("ed"));
        !verb && !matches!(word, "," | "." | "and" | "who" | "which" | "that")
    });
    (fits && of && plain).then_some(index)
}

/// What a run turned out to be.
pub struct Verdict {
    pub kind: MentionKind,
    pub gender: Option<(Gender, GenderSource)>,
    /// Where the name proper begins (token).
    pub first: usize,
    pub end: usize,
    pub proof: Span,
    pub role: Option<String>,
    pub weak: bool,
    pub plural: bool,
    /// The role stood beside the name, so it is somebody.
    pub named: bool,
    /// The mention of a role that turned out to be this person’s.
    pub holder: Option<usize>,
}

/// The name of the given gender, where a list knows it nearly without exception.
fn given(reader: &Reader, word: &str) -> Option<Gender> {
    let folded = fold(word);
    if folded.chars().count() < 3 || is_nobody(reader, &folded) {
        return None;
    }
    let (percent, sources) = reader.article.lexicon().given_name(&folded)?;
    let doubtful = sources < 10 && reader.article.lexicon().is_curated(&lower(word));
    match percent {
        _ if sources < 3 || doubtful => None,
        0..=10 => Some(Gender::Male),
        90..=100 => Some(Gender::Female),
        _ => None,
    }
}

/// Reads the run `at..end`, adds its mention, returns the token after it.
pub fn name(reader: &mut Reader, at: usize, end: usize, sentence: usize, initial: bool, headline: bool) -> usize {
    let Some(verdict) = judge(reader, at, end, initial, headline) else { return end };
    let (Some(a), Some(b)) = (reader.token(verdict.first), reader.token(verdict.end - 1)) else { return end };
    let (stem, possessive) = strip_possessive(reader.article.word(b));
    let span = Span::new(a.span.start, b.span.start + stem.len());
    let entity = entity(reader, &verdict);
    if let Some(role) = verdict.holder.and_then(|h| reader.mentions.get_mut(h)) {
        role.entity = entity;
    }
    let known = reader.entities.get(entity).map(|e| (e.gender, e.source, e.proof));
    let (gender, source, proof) = known.unwrap_or((None, None, span));
    // The role before the name belongs to the name: one mention, not two.
    reader.mentions.push(Mention {
        span,
        first: verdict.first,
        end: verdict.end,
        sentence,
        kind: verdict.kind,
        gender: if verdict.kind == MentionKind::Person { gender } else { None },
        source,
        proof,
        named: verdict.named,
        kin: false,
        plural: verdict.plural,
        possessive,
        weak: verdict.weak,
        entity,
    });
    if verdict.kind == MentionKind::Person && verdict.named {
        apposition_after(reader, entity, verdict.end);
    }
    verdict.end
}

fn judge(reader: &mut Reader, at: usize, end: usize, initial: bool, headline: bool) -> Option<Verdict> {
    let article = reader.article;
    let lexicon = article.lexicon();
    let text = article.text();
    let words: Vec<usize> =
        (at..end).filter(|&i| article.tokens().get(i).is_some_and(|t| t.is_word() || t.kind == TokenKind::Mixed)).collect();
    let stem = |i: usize| strip_possessive(article.word_at(i)).0;
    let &last = words.last()?;
    let full = Span::new(article.tokens().get(at)?.span.start, article.tokens().get(last)?.span.start + stem(last).len()).of(text);
    let plain = |kind| {
        Some(Verdict {
            kind,
            gender: None,
            first: at,
            end,
            proof: Span::default(),
            role: None,
            weak: false,
            plural: false,
            named: true,
            holder: None,
        })
    };
    if lexicon.organisation(full).is_some() {
        let far = of_phrase_end(reader, end);
        return plain(MentionKind::Body).map(|v| Verdict { end: far, ..v });
    }
    match lexicon.country(full) {
        Some(Country::Demonym) => {
            // `a Syrian` is somebody, `Syrian forces` are not.
            return None;
        }
        Some(_) => return plain(MentionKind::Place),
        None => {}
    }
    if lexicon.no_name(&full.to_lowercase()) == Some(NoName::Place) {
        return plain(MentionKind::Place);
    }
    if let Some(gender) = lexicon.person(full) {
        let proof = Span::new(article.tokens().get(at)?.span.start, article.tokens().get(last)?.span.end);
        return plain(MentionKind::Person).map(|v| Verdict { gender: Some((gender, GenderSource::PublicFigure)), proof, ..v });
    }
    // `University of X`, `the Association of Black Sea Drivers`: the whole is a body.
    let head = words.iter().rev().take(1).chain(words.first()).find_map(|&i| {
        let (role, kind) = lexicon.role_kind(&lower(stem(i)))?;
        (role == Role::Thing && kind != "thing").then_some((i, kind))
    });
    if let Some((index, kind)) = head
        && (index == last || !matches!(lexicon.role(&lower(stem(last))), Some(Role::Gendered(_) | Role::Neutral)))
        && (words.len() > 1 || !initial || article.word_at(end) == "of" || index == last)
    {
        let given_first = words.len() == 2 && index == last && given(reader, stem(at)).is_some() && lexicon.is_surname(stem(last));
        if !given_first {
            let what = match kind {
                "place" => MentionKind::Place,
                "document" => MentionKind::Document,
                _ => MentionKind::Body,
            };
            let far = if index == last { of_phrase_end(reader, end) } else { end };
            return plain(what).map(|v| Verdict { end: far, weak: kind == "weak-body", plural: kind == "bodies", ..v });
        }
    }
    // What leads to a name: titles, roles, demonyms.
    let mut first = 0;
    let mut gender: Option<(Gender, GenderSource)> = None;
    let mut proof = Span::default();
    let mut role = None;
    let mut person = false;
    for (k, &i) in words.iter().enumerate() {
        let low = lower(stem(i)).into_owned();
        let Some((what, kind)) = lexicon.role_kind(&low) else {
            let abbreviation = matches!(
                low.as_str(),
                "dr" | "prof" | "gen" | "col" | "maj" | "capt" | "lt" | "sgt" | "rep" | "sen" | "gov" | "rev" | "adm" | "hon" | "st"
            );
            if abbreviation && k + 1 < words.len() {
                person = low != "st";
                first = k + 1;
            }
            continue;
        };
        let is_name = k + 1 == words.len()
            && k > first
            && words.len() > 1
            && given(reader, stem(*words.get(first)?)).is_some()
            && lexicon.is_surname(stem(i));
        if is_name || what == Role::Thing {
            continue;
        }
        if k > 0 && k > first && k + 1 < words.len() && given(reader, stem(*words.get(first)?)).is_some() {
            continue; // `Stephen King Jr`
        }
        first = k + 1;
        person = true;
        if let Role::Gendered(g) = what {
            let source = if matches!(kind, "honorific" | "royal") { GenderSource::Title } else { GenderSource::Role };
            if gender.is_none_or(|(_, s)| source < s) {
                gender = Some((g, source));
                proof = article.tokens().get(i).map_or(proof, |t| t.span);
            }
        }
        if !matches!(kind, "honorific" | "kin") {
            role = Some(low);
        }
    }
    if first >= words.len() {
        // Only a role: `the Foreign Minister`.
        let i = last;
        let noun = lower(stem(i)).into_owned();
        let plural = lexicon.role_kind(&noun).is_some_and(|r| r.1 == "plural");
        let span = article.tokens().get(i)?.span;
        return Some(Verdict {
            kind: MentionKind::Person,
            gender,
            first: i,
            end,
            proof: span,
            role: Some(noun),
            weak: false,
            plural,
            named: false,
            holder: None,
        });
    }
    // A role in lower case right before: `spokeswoman Maria X`, `the headmistress, Zeynep X`.
    // `the director of the network, X`: the name is the director’s.
    let holder = role_before(reader, at);
    person |= holder.is_some();
    if first == 0
        && let Some(before) = reader.mentions.last().copied()
        && (!before.named || (before.is_body() && before.end - before.first == 1))
        && !before.plural
        && !before.possessive
    {
        let comma = matches!(article.word_at(before.end), "," | "،" | "，") && before.end + 1 == at;
        let mark = before.end + 1 == at && matches!(article.word_at(before.end), "“" | "\"" | "«" | "„");
        let adjacent = before.end == at;
        let beside = adjacent || comma || mark;
        if let Some(known) = holder.and_then(|h| reader.mentions.get(h)).copied() {
            person = true;
            role = reader.entities.get(known.entity).and_then(|e| e.role.clone());
            if let Some(g) = known.gender {
                gender = Some((g, GenderSource::Role));
                proof = known.span;
            }
        } else if before.is_body() && beside && given(reader, stem(at)).is_none() {
            return plain(MentionKind::Body);
        }
        if before.kind == MentionKind::Person && (adjacent || comma) {
            person = true;
            if let Some(g) = before.gender {
                gender = Some((g, GenderSource::Role));
                proof = before.span;
            }
            role = reader.entities.get(before.entity).and_then(|e| e.role.clone());
            reader.mentions.pop();
        }
    }
    let mut names: Vec<usize> = words.get(first..)?.to_vec();
    // Adjectives and other dictionary words that stand before a name: `Yesterday Putin`, `Russian Maria X`.
    while names.len() > 1 {
        let word = stem(*names.first()?);
        let low = lower(word);
        let demonym = lexicon.country(word) == Some(Country::Demonym);
        let initial_plain =
            initial && first == 0 && names.len() == words.len() && lexicon.is_curated(&low) && given(reader, word).is_none();
        if demonym || is_nobody(reader, &low) || initial_plain {
            names.remove(0);
        } else {
            break;
        }
    }
    let &start = names.first()?;
    let full_name = Span::new(article.tokens().get(start)?.span.start, article.tokens().get(last)?.span.start + stem(last).len());
    let name_text = full_name.of(text);
    let verdict = |kind, gender, proof| Verdict {
        kind,
        gender,
        first: start,
        end,
        proof,
        role: role.clone(),
        weak: false,
        plural: false,
        named: true,
        holder,
    };
    let many =
        lexicon.no_name(strip_possessive(article.word_at(end)).0) == Some(NoName::Group) && !strip_possessive(article.word_at(last)).1;
    if many {
        return None;
    }
    if name_text != full {
        if lexicon.organisation(name_text).is_some() {
            return Some(verdict(MentionKind::Body, None, full_name));
        }
        if lexicon.no_name(&name_text.to_lowercase()) == Some(NoName::Place) {
            return Some(verdict(MentionKind::Place, None, full_name));
        }
        if let Some(country) = lexicon.country(name_text) {
            return (country != Country::Demonym).then(|| verdict(MentionKind::Place, None, full_name));
        }
        if let Some(g) = lexicon.person(name_text) {
            return Some(verdict(MentionKind::Person, Some((g, GenderSource::PublicFigure)), full_name));
        }
    }
    let titled = gender.is_some_and(|g| g.1 == GenderSource::Title);
    // `Pope Francis`, `Queen Margrethe`: the title decides; otherwise the given name of a run of two or more.
    let surname_first = lexicon.no_name(&lower(stem(start))) == Some(NoName::Surname);
    let by_name =
        (names.len() > 1 && !surname_first).then(|| given(reader, stem(start)).or_else(|| initial_then_given(reader, &names))).flatten();
    if let Some(g) = gender.filter(|_| titled || by_name.is_none_or(|b| gender.is_some_and(|g| g.0 == b))) {
        return Some(verdict(MentionKind::Person, Some(g), proof));
    }
    if gender.is_some() {
        // Role and given name disagree: not known.
        return Some(verdict(MentionKind::Person, None, proof));
    }
    if names.len() == 1 {
        if !reader.by_word.contains_key(&fold(name_text))
            && let Some(g) = lexicon.public_surname(name_text)
            && !PLACE_LEADERS.contains(&article.word_at(at.saturating_sub(1)))
        {
            return Some(verdict(MentionKind::Person, g.map(|g| (g, GenderSource::PublicFigure)), full_name));
        }
        return single(reader, start, end, person, headline).map(|kind| verdict(kind, None, full_name));
    }
    if let Some(g) = by_name
        && !lexicon.is_city(name_text)
    {
        let thing = lexicon.role(&lower(stem(last))) == Some(Role::Thing) && !lexicon.is_surname(stem(last));
        if !thing {
            return Some(verdict(MentionKind::Person, Some((g, GenderSource::GivenName)), full_name));
        }
    }
    let folded_first = fold(stem(start));
    // A given name that no list has, before the surname of public figures of one gender.
    if lexicon.given_name(&folded_first).is_none()
        && !reader.by_word.contains_key(&fold(stem(last)))
        && let Some(Some(g)) = lexicon.public_surname(stem(last))
        && !lexicon.is_curated(&lower(stem(start)))
    {
        return Some(verdict(MentionKind::Person, Some((g, GenderSource::PublicFigure)), full_name));
    }
    if person {
        return Some(verdict(MentionKind::Person, None, full_name));
    }
    let before = at.checked_sub(1).map_or("", |i| article.word_at(i));
    if lexicon.is_city(name_text) || (PLACE_LEADERS.contains(&&*lower(before)) && lexicon.given_name(&folded_first).is_none()) {
        return Some(verdict(MentionKind::Place, None, full_name));
    }
    if matches!(&*lower(before), "the" | "a" | "an" | "his" | "her" | "its" | "their") {
        return Some(verdict(MentionKind::Thing, None, full_name));
    }
    if lexicon.is_surname(&title_case(stem(last))) || lexicon.given_name(&folded_first).is_some() {
        let person = !lexicon.is_curated(&lower(stem(last)))
            || lexicon.given_name(&folded_first).is_some() && !lexicon.is_curated(&lower(stem(start)));
        return Some(verdict(if person { MentionKind::Person } else { MentionKind::Unknown }, None, full_name));
    }
    let kind = if before_a_noun(reader, end) || ends_in_a_noun(reader, &names) { MentionKind::Thing } else { MentionKind::Unknown };
    (!headline).then(|| verdict(kind, None, full_name))
}

/// `a Chevron tanker`, `Harrow friendships`: the run belongs to a common noun.
fn before_a_noun(reader: &Reader, end: usize) -> bool {
    let lexicon = reader.article.lexicon();
    reader.token(end).filter(|t| t.is_word() && t.space_before && !t.glued).is_some_and(|t| {
        let word = reader.article.word(t);
        let noun = lexicon.role(word) == Some(Role::Thing) || lexicon.role(word.trim_end_matches('s')) == Some(Role::Thing);
        noun && !lexicon.is_speech_verb(word) && !lexicon.is_finite_verb(word)
    })
}

/// `World Rowing Championships`, `Dark Harbour II`: the last word is one of the dictionary and no surname.
fn ends_in_a_noun(reader: &Reader, names: &[usize]) -> bool {
    let lexicon = reader.article.lexicon();
    let stem = |i: usize| strip_possessive(reader.article.word_at(i)).0;
    let numeral = |w: &str| w.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    let head = names.iter().rev().map(|&i| stem(i)).find(|w| !numeral(w));
    head.is_some_and(|w| {
        let low = lower(w);
        w.len() > 3
            && lexicon.is_curated(&low)
            && !lexicon.is_surname(&title_case(w))
            && lexicon.given_name(&fold(w)).is_none_or(|n| n.1 < 8)
    })
}

fn title_case(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect())
}

/// `J. Robert X`: the given name after an initial.
fn initial_then_given(reader: &Reader, names: &[usize]) -> Option<Gender> {
    let stem = |i: usize| strip_possessive(reader.article.word_at(i)).0;
    let first = stem(*names.first()?);
    (first.trim_end_matches('.').chars().count() == 1 && names.len() > 2).then(|| given(reader, stem(*names.get(1)?))).flatten()
}

/// One capitalised word: a person known already, a place, a body, or nobody.
fn single(reader: &Reader, at: usize, end: usize, person: bool, headline: bool) -> Option<MentionKind> {
    let article = reader.article;
    let lexicon = article.lexicon();
    let word = strip_possessive(article.word_at(at)).0;
    let folded = fold(word);
    if let Some(entity) = reader.by_word.get(&folded).and_then(|b| b.first()).and_then(|&e| reader.entities.get(e)) {
        return Some(entity.kind);
    }
    if person {
        return Some(MentionKind::Person);
    }
    if is_nobody(reader, &folded) || folded.chars().count() < 2 {
        return None;
    }
    let before = at.checked_sub(1).map_or("", |i| article.word_at(i));
    let next = lower(article.word_at(end));
    let speaks = (lexicon.is_speech_verb(&next) && !next.ends_with("ing"))
        || (lexicon.is_speech_verb(before) && matches!(before, "said" | "says" | "told" | "added" | "asked"));
    if word.chars().count() > 1 && word.chars().all(|c| c.is_uppercase() || c == '.') {
        return Some(MentionKind::Body);
    }
    let inner_capital = word.chars().skip(1).any(char::is_uppercase)
        && !["Mc", "Mac", "De", "Di", "O", "Le", "La", "Fitz", "Van"].iter().any(|p| word.starts_with(p));
    if inner_capital || matches!(&*lower(before), "the" | "a" | "an" | "his" | "her" | "its" | "their" | "our" | "my") {
        return Some(MentionKind::Thing);
    }
    // `Rochester, New York`, `Cambridge, Massachusetts`: a place after a place.
    if before == "," && reader.mentions.last().is_some_and(|m| m.kind == MentionKind::Place && m.named && m.end + 1 == at) && !speaks {
        return Some(MentionKind::Place);
    }
    let listed = lexicon.given_name(&folded).is_some_and(|(_, sources)| sources >= 5);
    if PLACE_LEADERS.contains(&&*lower(before)) || (lexicon.is_city(word) && !speaks) {
        return Some(MentionKind::Place);
    }
    // `John`, `Peter`: in the dictionaries, but a name first of all.
    let common = matches!(lexicon.given_name(&folded), Some((0..=1 | 98.., 30..)));
    if speaks || (listed && !lexicon.is_curated(&lower(word))) || common {
        return Some(MentionKind::Person);
    }
    if headline {
        return None;
    }
    if (lexicon.is_curated(&lower(word)) && !lexicon.is_surname(&title_case(word))) || before_a_noun(reader, end) {
        return Some(MentionKind::Thing);
    }
    Some(MentionKind::Unknown)
}

/// The end of `of Black Sea Drivers`, `for Missing Persons`, `of the Interior` after a body noun.
fn of_phrase_end(reader: &Reader, end: usize) -> usize {
    let mut far = end;
    if strip_possessive(reader.word(end.saturating_sub(1))).1 {
        return end;
    }
    while matches!(reader.word(far), "of" | "for" | "on" | "and") && far - end < 10 {
        let mut next = far + 1;
        if reader.word(next) == "the" {
            next += 1;
        }
        if !is_capitalised(reader.word(next)) || (reader.word(far) == "and" && far == end) || (reader.word(far) == "on" && far != end) {
            break;
        }
        if reader.word(far) == "on" && is_nobody(reader, &lower(reader.word(next))) {
            break;
        }
        while reader.token(next).is_some_and(|t| {
            (t.is_word() && is_capitalised(reader.article.word(t)) && !t.glued)
                || (matches!(reader.article.word(t), "-") && !t.space_before)
        }) {
            next += 1;
        }
        far = next;
    }
    far
}
