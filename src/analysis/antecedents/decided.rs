//! What an editor decided about a pronoun holds for the person it means, in the rest of the article.

use super::context::{Scene, opposite};
use crate::analysis::Analysis;
use crate::analysis::mentions::{GenderSource, MentionKind, Mentions};
use crate::rules::lexicon::Gender;
use crate::text::Span;

/// Pronouns that an editor has ruled on: each is right as it stands in the article now.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Decisions {
    /// Where a fix was taken (bytes of the article).
    pub accepted: Vec<Span>,
    /// Where a doubt was declined.
    pub declined: Vec<Span>,
}

/// What the decisions come to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Settled {
    /// Indices into [`Mentions::pronouns`] that are beyond doubt, in order.
    pub pronouns: Vec<usize>,
    /// Persons whose gender is now known, with the pronoun that tells it.
    persons: Vec<(usize, Gender, Span)>,
}

impl Settled {
    /// Reads the decisions against the persons of an article.
    pub fn read(article: &Analysis, decisions: &Decisions) -> Self {
        let mut settled = Self::default();
        if decisions.accepted.is_empty() && decisions.declined.is_empty() {
            return settled;
        }
        let scene = Scene::new(article);
        let mentions = article.mentions();
        let shown = scene.genders();
        let mut settle = |index: usize, declined: bool| {
            let (Some(&pronoun), Some(&gender)) = (scene.people().get(index), shown.get(index)) else { return };
            settled.pronouns.push(pronoun);
            let Some(name) = scene.name(index) else { return };
            let known = mentions.mentions.iter().find(|m| m.entity == name);
            let blamed = scene.person_before(index, opposite(gender)).and_then(|i| mentions.mentions.get(i)).map(|m| m.entity);
            // A title in the text outranks the list of names; declining then says that somebody else is meant.
            let by_list = known.is_some_and(|m| m.source.is_some_and(|s| s > GenderSource::Role));
            let about = match known.and_then(|m| m.gender) {
                None => true,
                Some(g) if g == gender => true,
                Some(_) => declined && by_list && blamed == Some(name),
            };
            if !about {
                return;
            }
            let span = mentions.pronouns.get(pronoun).map_or(Span::default(), |p| p.span);
            settled.persons.retain(|p| p.0 != name);
            settled.persons.push((name, gender, span));
            let alike = (0..shown.len()).filter(|&i| scene.name(i) == Some(name) && shown.get(i) == Some(&gender));
            settled.pronouns.extend(alike.filter_map(|i| scene.people().get(i).copied()));
        };
        let alignment = article.alignment();
        for (index, &pronoun) in scene.people().iter().enumerate() {
            let Some(span) = mentions.pronouns.get(pronoun).map(|p| alignment.outward(p.span)) else { continue };
            let here = |place: &Span| place.overlaps(span) || (place.is_empty() && place.touches(span));
            if decisions.declined.iter().any(here) {
                settle(index, true);
            } else if decisions.accepted.iter().any(here) {
                settle(index, false);
            }
        }
        settled.pronouns.sort_unstable();
        settled.pronouns.dedup();
        settled
    }

    /// Gives the persons the gender that was decided.
    pub fn teach(&self, mentions: &mut Mentions) {
        for &(entity, gender, proof) in &self.persons {
            for m in mentions.mentions.iter_mut().filter(|m| m.entity == entity && !m.plural && m.may_be_person()) {
                m.kind = MentionKind::Person;
                if m.gender != Some(gender) {
                    (m.gender, m.source, m.proof) = (Some(gender), Some(GenderSource::Editor), proof);
                }
            }
        }
    }
}
