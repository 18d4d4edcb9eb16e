//! The rules by exclusion: each looks for one kind of evidence, and only where nobody is near whom the
//! pronoun could be right for.

use super::context::Context;
use super::trees::Forest;

/// The kind of evidence against a pronoun, the surest first.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Ground {
    /// The only person near has a given name of the other gender.
    NameOnly,
    /// The person named last has a title or a role of the other gender.
    Title,
    /// The sentence before is about a person of the other gender, and this one goes on with its subject.
    Subject,
    /// Pronouns of the other gender stand just before.
    Lead,
    /// Pronouns of the other gender stand before and after.
    Sandwich,
    /// Several mentions and pronouns of one person of the other gender.
    Chain,
    /// All witnesses together, by the learnt weighting.
    Weighed,
}

/// Steps of distance (see `context`): 13 words.
const NEAR: u8 = 6;
/// 28 words.
const FAR: u8 = 8;

/// The surest ground against a pronoun, if there is one.
pub fn ground(c: &Context, probability: f32, forest: &Forest) -> Option<Ground> {
    let same_near = c.same_persons + c.same_persons_after + c.same_kin;
    let strangers = c.unknown_persons + c.unknown_runs + c.role_persons;
    let alone = same_near == 0 && c.same_before + c.same_after == 0;
    if c.spouse == 1 {
        return None;
    }
    // A rule speaks only where the learnt weighting agrees.
    let likely = probability >= forest.threshold && c.crosses_quotation == 0;
    let goes_on = c.opens == 1 && c.case == 1 && c.previous_subject == 2 && c.quoted == 0;
    let nobody_else = c.same_persons + c.unknown_persons_previous + c.unknown_runs_previous + c.role_persons_previous + c.same_kin == 0
        && (c.same_back == 12 || c.same_back > c.other_person_back);
    // In a paragraph of its own nobody else need be known.
    let own_paragraph = c.block_sentences >= 1 && c.block_rivals == 0;
    if goes_on && (nobody_else || own_paragraph) {
        return Some(Ground::Subject);
    }
    if alone && likely && strangers == 0 && c.other_persons >= 1 && c.last_person == 2 {
        if matches!(c.last_person_source, 1 | 2) && c.other_person_back <= FAR {
            return Some(Ground::Title);
        }
        if c.other_persons == 1 && c.last_person_source >= 3 {
            return Some(Ground::NameOnly);
        }
    }
    if alone && likely && c.newcomers() == 0 && !(c.last_person == 4 && c.role_persons_near > 0) {
        if c.last == 2 && c.next == 2 && c.other_back <= FAR && c.other_on <= FAR {
            return Some(Ground::Sandwich);
        }
        if c.other_run_before >= 2 && c.other_back <= NEAR {
            return Some(Ground::Lead);
        }
        if c.other_persons >= 1 && c.other_before >= 1 && strangers == 0 {
            return Some(Ground::Chain);
        }
    }
    // A speaker is not whom the quotation speaks of.
    if c.crosses_quotation == 1 {
        return None;
    }
    // Somebody it could be right for is what the sentence, or the one before, is about.
    if c.own_subject == 1 || (c.previous_subject == 1 && c.opens == 1) {
        return None;
    }
    // Somebody new of unknown gender is what the clause, or the sentence before, is about.
    let unknown = |subject: u8| matches!(subject, 3 | 5);
    let role_near = c.last_person == 4 && c.role_persons_near + c.role_persons_previous > 0;
    if c.newcomers() > 0 && (unknown(c.own_subject) || (c.opens == 1 && unknown(c.previous_subject)) || role_near) {
        return None;
    }
    (probability >= forest.threshold).then_some(Ground::Weighed)
}
