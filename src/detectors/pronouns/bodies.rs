//! `The report believes … He pointed out`: a body or a document is not he or she.
//!
//! Decided by the grammatical subject of the sentence before, and only where no human being stands near:
//! from the start of the paragraph on, or, when the pronoun opens its paragraph, in the sentences before.

use super::{instead, like};
use crate::analysis::Analysis;
use crate::analysis::mentions::{Case, Mention, MentionKind, Pronoun, PronounGender, Subject};
use crate::detectors::Report;
use crate::text::{Edit, Span};

/// How many sentences before a pronoun that opens a paragraph must be free of persons.
const SENTENCES_BACK: usize = 3;

pub fn detect(article: &Analysis, report: &mut Report) {
    for pronoun in &article.mentions().pronouns {
        if pronoun.case != Case::Subject || pronoun.gender == PronounGender::It || pronoun.either {
            continue;
        }
        if let Some((subject, mention)) = body_before(article, pronoun) {
            say(article, report, pronoun, &subject, &mention);
        }
    }
}

/// The body that the sentence before is about, where nobody else can be meant.
fn body_before(article: &Analysis, pronoun: &Pronoun) -> Option<(Subject, Mention)> {
    let mentions = article.mentions();
    let sentences = article.sentences();
    let sentence = sentences.get(pronoun.sentence)?;
    if !opens_sentence(article, pronoun, sentence.first) || !speaks_or_acts(article, pronoun.token + 1) {
        return None;
    }
    // `She worked until her death`: a person goes on; `He said his members` may still be a union.
    let speaks = article.lexicon().is_speech_verb(article.word_at(pronoun.token + 1));
    if !speaks && mentions.pronouns_within(pronoun.token + 1, sentence.end).iter().any(|p| p.gender == pronoun.gender) {
        return None;
    }
    let before = pronoun.sentence.checked_sub(1)?;
    let previous = sentences.get(before)?;
    let subject = mentions.subjects.get(before).copied().flatten()?;
    let mention = mentions.mentions.get(subject.mention).copied()?;
    if !mention.is_body() || mention.plural {
        return None;
    }
    // The stretch that must be free of persons.
    let same_block = previous.block == sentence.block;
    let first = if same_block {
        (0..=before).rev().take_while(|&i| sentences.get(i).is_some_and(|s| s.block == sentence.block)).last()?
    } else {
        before.saturating_sub(SENTENCES_BACK - 1)
    };
    let from = sentences.get(first)?.first;
    let may_be_meant =
        |m: &Mention| m.may_be_person() && m.entity != mention.entity && m.gender.is_none_or(|g| PronounGender::from(g) == pronoun.gender);
    if mentions.within(from, sentence.first).iter().any(may_be_meant)
        || mentions.pronouns_within(from, sentence.first).iter().any(|p| p.gender == pronoun.gender)
    {
        return None;
    }
    Some((subject, mention))
}

/// The pronoun is the first word of its sentence, or follows a short opening phrase.
fn opens_sentence(article: &Analysis, pronoun: &Pronoun, first: usize) -> bool {
    !(first..pronoun.token).any(|i| article.tokens().get(i).is_some_and(crate::analysis::Token::is_word))
}

/// A verb follows: `He pointed out`, `She has placed`, `He also found`.
fn speaks_or_acts(article: &Analysis, at: usize) -> bool {
    let word = article.word_at(at);
    let verb = |w: &str| {
        let lexicon = article.lexicon();
        lexicon.is_speech_verb(w) || lexicon.is_finite_verb(w) || (w.len() > 4 && w.ends_with("ed"))
    };
    verb(word)
        || (matches!(word, "also" | "then" | "now" | "still" | "later" | "further" | "again" | "even" | "only" | "already" | "therefore")
            || word.ends_with("ly"))
            && verb(article.word_at(at + 1))
}

fn say(article: &Analysis, report: &mut Report, pronoun: &Pronoun, subject: &Subject, mention: &Mention) {
    let text = article.text();
    let it = instead(article, pronoun, PronounGender::It);
    let what = if mention.kind == MentionKind::Document { "a document" } else { "a body" };
    let name = if mention.named { name_of(article, subject, mention) } else { format!("the {}", mention.span.of(text)) };
    let again = like(pronoun.span.of(text), &name);
    report
        .finding(pronoun.span)
        .value("subject", &name)
        .because(subject.span, format!("subject of the sentence before: {what}, so “it”"))
        .fix(it.clone(), vec![Edit::replace(text, pronoun.span, it)])
        .fix(again.clone(), vec![Edit::replace(text, pronoun.span, again)])
        .done();
}

/// The name as it would stand at the head of the next sentence.
fn name_of(article: &Analysis, subject: &Subject, mention: &Mention) -> String {
    let text = article.text();
    let lead = Span::new(subject.span.start, mention.span.start.max(subject.span.start)).of(text).trim().to_lowercase();
    let name = mention.span.of(text);
    if lead == "the" || lead.starts_with("the ") { format!("the {name}") } else { name.to_owned() }
}
