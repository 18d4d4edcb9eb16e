//! Who is who: names that inherit from an earlier full name, roles that stand for a name, and what an
//! apposition tells of it.

use super::naming::{Verdict, fold};
use super::reader::{Entity, Reader, is_capitalised, lower, strip_possessive};
use super::{GenderSource, MentionKind};
use crate::rules::lexicon::{Gender, Role};
use crate::text::Span;

/// The entity of a run: one that its words name already, or a new one.
pub fn entity(reader: &mut Reader, verdict: &Verdict) -> usize {
    let article = reader.article;
    let words: Vec<&str> = (verdict.first..verdict.end)
        .filter(|&i| article.tokens().get(i).is_some_and(crate::analysis::Token::is_word))
        .map(|i| strip_possessive(article.word_at(i)).0)
        .collect();
    let first_word = words.first().map(|w| fold(w)).unwrap_or_default();
    let last_word = words.last().map(|w| fold(w)).unwrap_or_default();
    let known = if verdict.named {
        reader.by_word.get(&last_word).cloned().and_then(|bearers| {
            if words.len() == 1 {
                return Some(whose(reader, &bearers));
            }
            // `her father Mohammed X` is not the X the article is about.
            let kin = verdict.role.is_none() && verdict.gender.is_some_and(|g| g.1 == GenderSource::Role);
            let same =
                |e: &usize| reader.entities.get(*e).is_some_and(|e| e.first_word == first_word || (!kin && e.first_word == e.last_word));
            bearers.iter().copied().find(same)
        })
    } else {
        let definite = verdict.first > 0
            && (0..3).any(|back| verdict.first.checked_sub(back + 1).is_some_and(|i| matches!(reader.word(i), "the" | "The")));
        verdict.role.as_ref().filter(|_| definite).and_then(|r| reader.by_role.get(r).copied())
    };
    let index = known.unwrap_or(reader.entities.len());
    if known.is_none() {
        reader.entities.push(Entity {
            gender: verdict.gender.map(|g| g.0),
            source: verdict.gender.map(|g| g.1),
            proof: verdict.proof,
            kind: verdict.kind,
            last_word: last_word.clone(),
            first_word: first_word.clone(),
            role: verdict.role.clone(),
            count: 1,
        });
    } else if let Some(entity) = reader.entities.get_mut(index) {
        if verdict.kind == MentionKind::Person && entity.kind == MentionKind::Unknown {
            entity.kind = MentionKind::Person;
        }
        entity.count += 1;
        learn(entity, verdict.gender, verdict.proof);
        if words.len() > 1 && entity.first_word == entity.last_word {
            entity.first_word.clone_from(&first_word);
        }
    }
    if verdict.named {
        let person = matches!(verdict.kind, MentionKind::Person | MentionKind::Unknown);
        if person && words.len() > 1 && !first_word.is_empty() {
            reader.by_word.entry(first_word).or_insert_with(|| vec![index]);
        }
        if !last_word.is_empty() && (person || words.len() == 1) {
            let bearers = reader.by_word.entry(last_word).or_default();
            if (bearers.is_empty() || words.len() != 1) && bearers.len() < 6 && !bearers.contains(&index) {
                bearers.push(index);
            }
        }
        if let Some(role) = &verdict.role {
            reader.by_role.insert(role.clone(), index);
        }
    }

    index
}

/// The bearer of a surname that several persons share: the one the article is about, or nobody known.
fn whose(reader: &mut Reader, bearers: &[usize]) -> usize {
    let Some(&first) = bearers.first() else { return reader.entities.len() };
    let count = |e: usize| reader.entities.get(e).map_or(0, |e| e.count);
    let gender = |e: usize| reader.entities.get(e).and_then(|e| e.gender);
    if bearers.iter().all(|&e| gender(e) == gender(first)) {
        return bearers.iter().copied().max_by_key(|&e| count(e)).unwrap_or(first);
    }
    let most = bearers.iter().copied().max_by_key(|&e| count(e)).unwrap_or(first);
    let others: usize = bearers.iter().copied().filter(|&e| e != most).map(count).max().unwrap_or(0);
    if count(most) >= 2 * others + 2 {
        return most;
    }
    // Not known whose: an entity of its own, whose gender nothing can tell.
    reader.entities.push(Entity {
        gender: None,
        source: Some(GenderSource::Title),
        proof: Span::default(),
        kind: MentionKind::Person,
        last_word: String::new(),
        first_word: String::new(),
        role: None,
        count: 1,
    });
    reader.entities.len() - 1
}

/// Takes over a stronger witness of a person's gender; two of equal rank that disagree cancel each other.
fn learn(entity: &mut Entity, gender: Option<(Gender, GenderSource)>, proof: Span) {
    let Some((gender, source)) = gender else { return };
    match (entity.gender, entity.source) {
        (None, Some(old)) if old <= source => {}
        (Some(old), Some(old_source)) if old != gender && old_source == source => entity.gender = None,
        (Some(_), Some(old_source)) if old_source <= source => {}
        _ => {
            entity.gender = Some(gender);
            entity.source = Some(source);
            entity.proof = proof;
        }
    }
}

/// `X, the ministry’s spokeswoman`; `X is a businesswoman`; `X, who became the first woman`.
pub fn apposition_after(reader: &mut Reader, entity: usize, end: usize) {
    let article = reader.article;
    let lexicon = article.lexicon();
    let mut at = end;
    let start = lower(article.word_at(at)).into_owned();
    let verb = |w: &str| matches!(w, "is" | "was" | "became" | "remains");
    if matches!(start.as_str(), "," | "(" | "،" | "，" | "–" | "—") {
        at += 1;
        if article.word_at(at) == "who" && verb(article.word_at(at + 1)) {
            at += 2;
        } else if !matches!(&*lower(article.word_at(at)), "the" | "a" | "an" | "former" | "then")
            && lexicon.role(&lower(article.word_at(at))).is_none()
            && !strip_possessive(article.word_at(at + 1)).1
        {
            return;
        }
    } else if verb(&start) {
        at += 1;
        if !matches!(article.word_at(at), "the" | "a" | "an") {
            return;
        }
    } else {
        return;
    }
    for i in at..at + 6 {
        let Some(token) = article.tokens().get(i) else { return };
        if !token.is_word() && !matches!(article.word(token), "-" | "‐") {
            return;
        }
        let word = article.word(token);
        let (stem, possessive) = strip_possessive(word);
        let low = lower(stem);
        if matches!(
            &*low,
            "of" | "by" | "with" | "to" | "and" | "in" | "for" | "who" | "whose" | "at" | "his" | "her" | "from" | "on" | "as" | "that"
        ) {
            return;
        }
        if possessive {
            continue;
        }
        if let Some((Role::Gendered(g), kind)) = lexicon.role_kind(&low)
            && kind != "plural"
            && lexicon.role(&lower(article.word_at(i + 1))).is_none()
            && !is_capitalised(article.word_at(i + 1))
            && !matches!(article.word_at(i + 1), "-" | "‐")
        {
            let proof = token.span;
            if let Some(entity) = reader.entities.get_mut(entity) {
                learn(entity, Some((g, GenderSource::Role)), proof);
            }
            return;
        }
        if let Some((Role::Neutral, kind)) = lexicon.role_kind(&low)
            && kind != "weak"
        {
            reader.by_role.insert(low.into_owned(), entity);
        }
    }
}
