//! He for a woman, she for a man: reports what the analysis of antecedents doubts, with the witnesses
//! that an editor can see.

use super::instead;
use crate::analysis::antecedents::Ground;
use crate::analysis::mentions::{Case, GenderSource, Mention, PronounGender, pronoun_word};
use crate::analysis::{Analysis, Doubt};
use crate::detectors::Report;
use crate::text::Edit;

pub fn detect(article: &Analysis, ground: Ground, report: &mut Report) {
    for doubt in article.doubts().iter().filter(|d| d.ground == ground) {
        say(article, report, doubt);
    }
}

fn say(article: &Analysis, report: &mut Report, doubt: &Doubt) {
    let text = article.text();
    let mentions = article.mentions();
    let Some(pronoun) = mentions.pronouns.get(doubt.pronoun) else { return };
    let gender = PronounGender::from(doubt.instead);
    let right = instead(article, pronoun, gender);
    let person = doubt.person.and_then(|p| mentions.mentions.get(p));
    let name = person.map_or("the person meant", |m| m.span.of(text));
    let subject = pronoun_word(gender, Case::Subject);
    let mut draft = report.finding(pronoun.span).value("name", name).value("other", subject);
    if let Some(person) = person {
        draft = draft.because(person.span, note(person, subject));
        if person.proof != person.span && !person.proof.is_empty() {
            draft = draft.because(person.proof, format!("tells that {name} is “{subject}”"));
        }
    }
    for neighbour in doubt.neighbours.iter().flatten() {
        if let Some(p) = mentions.pronouns.get(*neighbour) {
            draft = draft.because(p.span, "the same person, as it seems");
        }
    }
    let edit = Edit::replace(text, pronoun.span, right.clone());
    draft = draft.fix(right, vec![edit.clone()]);
    if !doubt.chain.is_empty() {
        let others = doubt.chain.iter().filter_map(|&i| mentions.pronouns.get(i));
        let mut edits: Vec<Edit> = others.map(|p| Edit::replace(text, p.span, instead(article, p, gender))).collect();
        edits.push(edit);
        draft = draft.fix(format!("“{subject}” for {name} in all {} places", edits.len()), edits);
    }
    draft.done();
}

fn note(person: &Mention, subject: &str) -> String {
    let why = match person.source {
        Some(GenderSource::Editor) => "as decided before",
        Some(GenderSource::Title) => "by the title",
        Some(GenderSource::Role) => "by the role",
        Some(GenderSource::PublicFigure) => "a public figure",
        Some(GenderSource::GivenName) => "by the given name",
        None => "as it seems",
    };
    format!("“{subject}”, {why}")
}
