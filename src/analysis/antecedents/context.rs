//! What stands around a pronoun, in small numbers: the witnesses that the rules and the learnt weighting ask.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::Analysis;
use crate::analysis::mentions::{Case, GenderSource, Mention, MentionKind, Mentions, Pronoun, PronounGender};
use crate::rules::lexicon::Gender;

/// Sentences looked at before the pronoun's own …
pub const BACK: usize = 4;
/// … and after it.
pub const AHEAD: usize = 3;
/// The most tokens to either side that a window spans, however long its sentences are.
const REACH: usize = 600;
/// The most pronouns to either side that are counted.
const PRONOUNS: usize = 40;

macro_rules! witnesses {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// The witnesses; every one is a small count or a code. "Same" means the gender the pronoun
        /// shows, "other" the opposite one.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
        pub struct Context { $($(#[$doc])* pub $name: u8),* }

        impl Context {
            /// The names, in the order of [`Context::row`]; the file of trees speaks of them.
            pub const NAMES: &[&str] = &[$(stringify!($name)),*];

            /// The values, in the order of [`Context::NAMES`].
            pub fn row(&self) -> [u8; Self::NAMES.len()] {
                [$(self.$name),*]
            }
        }
    };
}

witnesses! {
    /// Pronouns of the same gender in the window, before.
    same_before,
    /// Of the other gender.
    other_before,
    /// After.
    same_after,
    /// After, other.
    other_after,
    /// In the same sentence, before.
    same_near_before,
    /// In the same sentence, before, other.
    other_near_before,
    /// In the same sentence, after.
    same_near_after,
    /// In the same sentence, after, other.
    other_near_after,
    /// Words back to the last pronoun of the same gender, in steps.
    same_back,
    /// Words back to the last one of the other gender.
    other_back,
    /// Words on to the next of the same gender.
    same_on,
    /// Words on to the next of the other gender.
    other_on,
    /// The last pronoun before: 0 none, 1 same, 2 other.
    last,
    /// Its case.
    last_case,
    /// The next pronoun: 0 none, 1 same, 2 other.
    next,
    /// Its case.
    next_case,
    /// How many of the other gender in a row, just before.
    other_run_before,
    /// How many of the other gender in a row, just after.
    other_run_after,
    /// How many of the same gender in a row, just before.
    same_run_before,
    /// How many of the same gender in a row, just after.
    same_run_after,
    /// Persons of the same gender in the window, before.
    same_persons,
    /// Persons of the other gender.
    other_persons,
    /// Persons by name whose gender is not known.
    unknown_persons,
    /// Neutral role nouns.
    role_persons,
    /// Capitalised runs that nobody knows.
    unknown_runs,
    /// The same five in the pronoun’s sentence, before it.
    same_persons_near,
    /// See above.
    other_persons_near,
    /// See above.
    unknown_persons_near,
    /// See above.
    role_persons_near,
    /// See above.
    unknown_runs_near,
    /// The same five in the sentence before.
    same_persons_previous,
    /// See above.
    other_persons_previous,
    /// See above.
    unknown_persons_previous,
    /// See above.
    role_persons_previous,
    /// See above.
    unknown_runs_previous,
    /// The same five in the window, after.
    same_persons_after,
    /// See above.
    other_persons_after,
    /// See above.
    unknown_persons_after,
    /// See above.
    role_persons_after,
    /// See above.
    unknown_runs_after,
    /// The same five between the last he or she and this one.
    same_persons_between,
    /// See above.
    other_persons_between,
    /// See above.
    unknown_persons_between,
    /// See above.
    role_persons_between,
    /// See above.
    unknown_runs_between,
    /// Kin nouns of the same gender in the window.
    same_kin,
    /// Kin nouns of the other gender.
    other_kin,
    /// Several persons at once, in the window before.
    crowds,
    /// Words back to the last person of the same gender.
    same_person_back,
    /// Words back to the last person of the other gender.
    other_person_back,
    /// Words back to the last person of unknown gender.
    unknown_person_back,
    /// Words back to the last unknown run.
    unknown_run_back,
    /// The last person before: 0 none, 1 same, 2 other, 3 unknown, 4 a role, 5 an unknown run.
    last_person,
    /// What tells its gender: 0 nothing, 1 title, 2 role, 3 public figure, 4 given name.
    last_person_source,
    /// It is the subject of its sentence.
    last_person_subject,
    /// The strongest witness for any person of the other gender in the window (as above).
    other_source,
    /// The subject of the sentence before: as `last_person`, 6 a body, 7 a thing.
    previous_subject,
    /// The subject of this sentence, where it stands before the pronoun.
    own_subject,
    /// Pronouns elsewhere in the article whose nearest name is the same as this one’s: same gender.
    name_same,
    /// Other gender.
    name_other,
    /// Persons of the same gender in the whole article.
    article_same_persons,
    /// Of the other.
    article_other_persons,
    /// Pronouns of the same gender in the whole article.
    article_same,
    /// Of the other.
    article_other,
    /// What it does in its sentence.
    case,
    /// It opens its sentence.
    opens,
    /// Words from the start of the sentence, in steps.
    depth,
    /// Inside a quotation.
    quoted,
    /// A verb of speech follows.
    speaks,
    /// A verb of speech stands before.
    after_speech,
    /// `her husband`, `his wife`: 0 no kin noun, 1 a spouse that fits, 2 a spouse that does not, 3 other kin.
    spouse,
    /// Commas, conjunctions and verbs between the last pronoun and this one.
    breaks,
    /// It opens a block.
    opens_block,
    /// In its own block before it: persons and pronouns it could be right for.
    block_rivals,
    /// Sentences of its own block before it.
    block_sentences,
    /// The pronouns next to it all stand at another level of quotation: they say nothing of it.
    crosses_quotation,
    /// Sentences before it in the article, at most the window.
    sentences_before,
    /// She rather than he.
    she,
}

impl Context {
    /// The logarithm of the odds that the rest of the article, outside the window, adds: in an article of
    /// forty times "she" and no "he", a "he" is an unlikely one. It is Bayes' rule with one pronoun of each
    /// kind added, damped to two so that it never decides alone; the trees are learnt without it, because
    /// the passages they are learnt from have no rest.
    pub fn rest_of_article(&self) -> f32 {
        let outside = |all: u8, near: u8| f32::from(all.saturating_sub(near)) + 1.0;
        let other = outside(self.article_other, self.other_before + self.other_after);
        let same = outside(self.article_same, self.same_before + self.same_after);
        let shift = (other / same).ln().clamp(-2.0, 2.0);
        // Of somebody new, the rest of the article says nothing.
        if self.newcomers() > 0 { shift.min(0.0) } else { shift }
    }

    /// Persons named since the last he or she whose gender is not known.
    pub fn newcomers(&self) -> u8 {
        self.unknown_persons_between + self.unknown_runs_between + self.role_persons_between
    }
}

/// The last distance that is told from greater ones.
const LAST_STEP: usize = 64;

/// Steps of distance, so that a number fits a small count.
fn steps(distance: Option<usize>) -> u8 {
    const EDGES: [usize; 11] = [1, 2, 3, 4, 6, 9, 13, 19, 28, 42, LAST_STEP];
    distance.map_or(12, |d| EDGES.iter().position(|&e| d <= e).unwrap_or(11) as u8)
}

fn cap(count: usize) -> u8 {
    count.min(9) as u8
}

/// What a mention is to a pronoun of a gender: the codes of `last_person`.
pub fn relation(mention: &Mention, gender: Gender) -> u8 {
    match (mention.kind, mention.gender) {
        (MentionKind::Person, Some(g)) if g == gender => 1,
        (MentionKind::Person, Some(_)) => 2,
        (MentionKind::Person, None) if mention.named => 3,
        (MentionKind::Person, None) => 4,
        (MentionKind::Unknown, _) => 5,
        (MentionKind::Body | MentionKind::Document, _) => 6,
        _ => 7,
    }
}

fn source(mention: &Mention) -> u8 {
    match mention.source {
        None => 0,
        Some(GenderSource::Editor | GenderSource::Title) => 1,
        Some(GenderSource::Role) => 2,
        Some(GenderSource::PublicFigure) => 3,
        Some(GenderSource::GivenName) => 4,
    }
}

fn case(case: Case) -> u8 {
    match case {
        Case::Subject => 1,
        Case::Object => 2,
        Case::Possessive => 3,
        Case::Standalone => 4,
        Case::Reflexive => 5,
    }
}

/// An article with the genders its pronouns are taken to have.
pub struct Scene<'r, 'a> {
    article: &'r Analysis<'a>,
    mentions: &'r Mentions,
    /// Indices into `mentions.pronouns` of he and she, generic ones left out.
    people: Vec<usize>,
    /// For each of `people`, the entity of the nearest person named before it.
    names: Vec<Option<usize>>,
    /// Mentions that are or may be persons.
    persons: Vec<Mention>,
    /// Men and women by name in the whole article.
    named: [u8; 2],
}

/// How often he and she stand in the article, and for each named person.
pub struct Tally {
    all: [usize; 2],
    by_name: FxHashMap<usize, [usize; 2]>,
}

/// He for she, she for he.
pub fn opposite(gender: Gender) -> Gender {
    if gender == Gender::Male { Gender::Female } else { Gender::Male }
}

fn slot(gender: Gender) -> usize {
    usize::from(gender == Gender::Female)
}

impl<'r, 'a> Scene<'r, 'a> {
    /// Gathers what does not depend on the pronouns’ genders.
    pub fn new(article: &'r Analysis<'a>) -> Self {
        let mentions = article.mentions();
        let persons: Vec<Mention> =
            mentions.mentions.iter().filter(|m| matches!(m.kind, MentionKind::Person | MentionKind::Unknown)).copied().collect();
        let people: Vec<usize> = (0..mentions.pronouns.len())
            .filter(|&i| mentions.pronouns.get(i).is_some_and(|p| p.gender != PronounGender::It && !p.either))
            .collect();
        let mut names = Vec::with_capacity(people.len());
        let mut position = 0;
        let mut last = None;
        for &i in &people {
            let Some(pronoun) = mentions.pronouns.get(i) else { continue };
            while let Some(m) = persons.get(position).filter(|m| m.first < pronoun.token) {
                if m.named && !m.plural && m.kind == MentionKind::Person {
                    last = Some(m.entity);
                }
                position += 1;
            }
            names.push(last);
        }
        let mut named = [0_u8; 2];
        let mut counted = FxHashSet::default();
        for m in persons.iter().filter(|m| m.named && !m.plural) {
            if let Some(gender) = m.gender
                && counted.insert(m.entity)
                && let Some(count) = named.get_mut(slot(gender))
            {
                *count = (*count + 1).min(9);
            }
        }
        Self { article, mentions, people, names, persons, named }
    }

    /// Counts the pronouns as they are taken.
    pub fn tally(&self, genders: &[Gender]) -> Tally {
        let mut tally = Tally { all: [0; 2], by_name: FxHashMap::default() };
        for (gender, name) in genders.iter().zip(&self.names) {
            if let Some(count) = tally.all.get_mut(slot(*gender)) {
                *count += 1;
            }
            if let Some(name) = name
                && let Some(count) = tally.by_name.entry(*name).or_default().get_mut(slot(*gender))
            {
                *count += 1;
            }
        }
        tally
    }

    /// The pronouns that are weighed: indices into `mentions.pronouns`.
    pub fn people(&self) -> &[usize] {
        &self.people
    }

    /// The genders as they stand.
    pub fn genders(&self) -> Vec<Gender> {
        self.people.iter().map(|&i| self.mentions.pronouns.get(i).and_then(|p| p.gender.gender()).unwrap_or(Gender::Male)).collect()
    }

    /// The entity named last before the pronoun at `index`.
    pub fn name(&self, index: usize) -> Option<usize> {
        self.names.get(index).copied().flatten()
    }

    /// Index of the last mention of a person of this gender before the pronoun at `index`, in its window.
    pub fn person_before(&self, index: usize, gender: Gender) -> Option<usize> {
        let pronoun = self.mentions.pronouns.get(*self.people.get(index)?)?;
        let (from, _) = self.window(pronoun);
        let (first, end) = (self.mentions.from_token(from), self.mentions.from_token(pronoun.token));
        let fits = |i: &usize| self.mentions.mentions.get(*i).is_some_and(|m| !m.plural && !m.kin && m.gender == Some(gender));
        let named = |i: &usize| fits(i) && self.mentions.mentions.get(*i).is_some_and(|m| m.named);
        (first..end).rev().find(named).or_else(|| (first..end).rev().find(fits))
    }

    /// The window around a pronoun, in tokens: some sentences, of a bounded length.
    fn window(&self, pronoun: &Pronoun) -> (usize, usize) {
        let sentences = self.article.sentences();
        let first = sentences.get(pronoun.sentence.saturating_sub(BACK)).map_or(0, |s| s.first);
        let last = sentences.get((pronoun.sentence + AHEAD).min(sentences.len().saturating_sub(1))).map_or(0, |s| s.end);
        (first.max(pronoun.token.saturating_sub(REACH)), last.min(pronoun.token + REACH))
    }

    fn persons_from(&self, token: usize) -> usize {
        self.persons.partition_point(|m| m.first < token)
    }

    /// The witnesses for the pronoun at `index` of [`Scene::people`], with the genders given for all of them.
    pub fn context(&self, index: usize, genders: &[Gender], tally: &Tally) -> Context {
        let mut c = Context::default();
        let pronoun_at = |k: usize| self.people.get(k).and_then(|&i| self.mentions.pronouns.get(i));
        let (Some(pronoun), Some(&gender)) = (pronoun_at(index), genders.get(index)) else { return c };
        let Some(sentence) = self.article.sentences().get(pronoun.sentence) else { return c };
        let (from, to) = self.window(pronoun);
        self.pronouns_around(&mut c, index, genders, (from, to), gender);
        let between = index.checked_sub(1).and_then(pronoun_at).map_or(from, |p| p.token);
        self.persons_around(&mut c, pronoun.token, pronoun.sentence, (from, to), between, gender);
        let count = |pair: &[usize; 2], gender: Gender, own: usize| pair.get(slot(gender)).map_or(0, |n| n.saturating_sub(own));
        if let Some(pair) = self.names.get(index).copied().flatten().and_then(|n| tally.by_name.get(&n)) {
            c.name_same = cap(count(pair, gender, 1));
            c.name_other = cap(count(pair, opposite(gender), 0));
        }
        c.article_same = count(&tally.all, gender, 1).min(15) as u8;
        c.article_other = count(&tally.all, opposite(gender), 0).min(15) as u8;
        c.article_same_persons = self.named.get(slot(gender)).copied().unwrap_or(0);
        c.article_other_persons = self.named.get(slot(opposite(gender))).copied().unwrap_or(0);
        let level = |k: usize| pronoun_at(k).map(|p| self.article.in_quotation(p.span));
        let beside = [index.checked_sub(1).and_then(level), level(index + 1)];
        let own_level = level(index);
        c.crosses_quotation = u8::from(beside.iter().any(Option::is_some) && beside.iter().flatten().all(|&l| Some(l) != own_level));
        c.case = case(pronoun.case);
        c.she = u8::from(gender == Gender::Female);
        // Of a sentence without end, no more is told than that it is long.
        let is_word = |i: &usize| self.article.tokens().get(*i).is_some_and(crate::analysis::Token::is_word);
        let words_before = (sentence.first..pronoun.token).filter(is_word).take(LAST_STEP + 1).count();
        c.opens = u8::from(words_before == 0);
        c.depth = steps(Some(words_before));
        c.quoted = u8::from(self.article.in_quotation(pronoun.span));
        c.opens_block = u8::from(
            c.opens == 1
                && pronoun.sentence.checked_sub(1).and_then(|s| self.article.sentences().get(s)).is_none_or(|s| s.block != sentence.block),
        );
        let block_first = self.article.tokens_start_of_block(pronoun.token);
        let subject = pronoun.sentence.checked_sub(1).and_then(|s| self.subject(s)).map(|m| m.entity);
        let rival = |m: &&Mention| !m.plural && Some(m.entity) != subject && relation(m, gender) != 2;
        let persons =
            self.persons.iter().skip(self.persons_from(block_first)).take_while(|m| m.first < pronoun.token).filter(rival).take(9).count();
        let pronouns = (0..index)
            .rev()
            .take_while(|&k| pronoun_at(k).is_some_and(|p| p.token >= block_first))
            .filter(|&k| genders.get(k) == Some(&gender))
            .take(9)
            .count();
        c.block_rivals = cap(persons + pronouns);
        let sentences = self.article.sentences();
        c.block_sentences =
            cap((0..pronoun.sentence).rev().take_while(|&s| sentences.get(s).is_some_and(|s| s.block == sentence.block)).take(9).count());
        c.sentences_before = pronoun.sentence.min(BACK) as u8;
        let lexicon = self.article.lexicon();
        c.speaks = u8::from(lexicon.is_speech_verb(self.article.word_at(pronoun.token + 1)));
        c.after_speech = u8::from(pronoun.token.checked_sub(1).is_some_and(|i| lexicon.is_speech_verb(self.article.word_at(i))));
        if pronoun.case == Case::Possessive {
            c.spouse = match self.article.word_at(pronoun.token + 1) {
                "husband" | "boyfriend" | "ex-husband" => {
                    if gender == Gender::Female {
                        1
                    } else {
                        2
                    }
                }
                "wife" | "girlfriend" | "ex-wife" => {
                    if gender == Gender::Male {
                        1
                    } else {
                        2
                    }
                }
                word => {
                    if lexicon.role_kind(word).is_some_and(|r| r.1 == "kin") {
                        3
                    } else {
                        0
                    }
                }
            };
        }
        let breaks = (between + 1..pronoun.token)
            .filter(|&i| {
                let word = self.article.word_at(i);
                matches!(word, "," | ";" | "and" | "but" | "that" | "who" | "when" | "while" | "because" | "as")
                    || lexicon.is_finite_verb(word)
            })
            .take(9)
            .count();
        c.breaks = if c.last == 0 { 9 } else { cap(breaks) };
        c
    }

    fn pronouns_around(&self, c: &mut Context, index: usize, genders: &[Gender], (from, to): (usize, usize), gender: Gender) {
        let pronoun_at = |k: usize| self.people.get(k).and_then(|&i| self.mentions.pronouns.get(i));
        let Some(own) = pronoun_at(index) else { return };
        let (mut same_back, mut other_back, mut same_on, mut other_on) = (None, None, None, None);
        let (mut open_same, mut open_other) = (true, true);
        for k in (0..index).rev().take(PRONOUNS) {
            let (Some(p), Some(&g)) = (pronoun_at(k).filter(|p| p.token >= from), genders.get(k)) else { break };
            let near = p.sentence == own.sentence;
            let distance = own.token - p.token;
            if g == gender {
                c.same_before = (c.same_before + 1).min(9);
                c.same_near_before = c.same_near_before.saturating_add(u8::from(near));
                same_back.get_or_insert(distance);
                open_other = false;
                c.same_run_before = c.same_run_before.saturating_add(u8::from(open_same));
            } else {
                c.other_before = (c.other_before + 1).min(9);
                c.other_near_before = c.other_near_before.saturating_add(u8::from(near));
                other_back.get_or_insert(distance);
                open_same = false;
                c.other_run_before = c.other_run_before.saturating_add(u8::from(open_other));
            }
            if c.last == 0 {
                c.last = if g == gender { 1 } else { 2 };
                c.last_case = case(p.case);
            }
        }
        (open_same, open_other) = (true, true);
        for k in (index + 1..self.people.len()).take(PRONOUNS) {
            let (Some(p), Some(&g)) = (pronoun_at(k).filter(|p| p.token < to), genders.get(k)) else { break };
            let near = p.sentence == own.sentence;
            let distance = p.token - own.token;
            if g == gender {
                c.same_after = (c.same_after + 1).min(9);
                c.same_near_after = c.same_near_after.saturating_add(u8::from(near));
                same_on.get_or_insert(distance);
                open_other = false;
                c.same_run_after = c.same_run_after.saturating_add(u8::from(open_same));
            } else {
                c.other_after = (c.other_after + 1).min(9);
                c.other_near_after = c.other_near_after.saturating_add(u8::from(near));
                other_on.get_or_insert(distance);
                open_same = false;
                c.other_run_after = c.other_run_after.saturating_add(u8::from(open_other));
            }
            if c.next == 0 {
                c.next = if g == gender { 1 } else { 2 };
                c.next_case = case(p.case);
            }
        }
        (c.same_back, c.other_back, c.same_on, c.other_on) = (steps(same_back), steps(other_back), steps(same_on), steps(other_on));
    }

    fn persons_around(&self, c: &mut Context, token: usize, sentence: usize, (from, to): (usize, usize), between: usize, gender: Gender) {
        let (mut same, mut other, mut unknown, mut run) = (None, None, None, None);
        let start = self.persons_from(from);
        let mut seen: [Vec<usize>; 6] = Default::default();
        for m in self.persons.iter().skip(start).take_while(|m| m.first < to) {
            let r = relation(m, gender);
            if m.plural {
                c.crowds = (c.crowds + u8::from(m.first < token)).min(9);
                continue;
            }
            if m.kin {
                let count = match r {
                    1 => &mut c.same_kin,
                    2 => &mut c.other_kin,
                    _ => continue,
                };
                *count = (*count + 1).min(9);
                continue;
            }
            if m.first > token {
                let list = match r {
                    1 => &mut c.same_persons_after,
                    2 => &mut c.other_persons_after,
                    3 => &mut c.unknown_persons_after,
                    4 => &mut c.role_persons_after,
                    _ => &mut c.unknown_runs_after,
                };
                *list = (*list + 1).min(9);
                continue;
            }
            let Some(seen) = seen.get_mut(usize::from(r)) else { continue };
            let fresh = !seen.contains(&m.entity);
            if fresh {
                seen.push(m.entity);
            }
            let places = [fresh, m.sentence == sentence, m.sentence + 1 == sentence, m.first > between];
            let counts = match r {
                1 => [&mut c.same_persons, &mut c.same_persons_near, &mut c.same_persons_previous, &mut c.same_persons_between],
                2 => [&mut c.other_persons, &mut c.other_persons_near, &mut c.other_persons_previous, &mut c.other_persons_between],
                3 => [&mut c.unknown_persons, &mut c.unknown_persons_near, &mut c.unknown_persons_previous, &mut c.unknown_persons_between],
                4 => [&mut c.role_persons, &mut c.role_persons_near, &mut c.role_persons_previous, &mut c.role_persons_between],
                _ => [&mut c.unknown_runs, &mut c.unknown_runs_near, &mut c.unknown_runs_previous, &mut c.unknown_runs_between],
            };
            for (count, here) in counts.into_iter().zip(places) {
                *count = (*count + u8::from(here)).min(9);
            }
            let distance = Some(token - m.first);
            match r {
                1 => same = distance,
                2 => {
                    other = distance;
                    let s = source(m);
                    if s > 0 && (c.other_source == 0 || s < c.other_source) {
                        c.other_source = s;
                    }
                }
                3 | 4 => unknown = distance,
                _ => run = distance,
            }
            c.last_person = r;
            c.last_person_source = source(m);
            c.last_person_subject = u8::from(self.subject(m.sentence).is_some_and(|s| s.first == m.first));
        }
        (c.same_person_back, c.other_person_back, c.unknown_person_back, c.unknown_run_back) =
            (steps(same), steps(other), steps(unknown), steps(run));
        let code = |m: &Mention| if m.plural { 8 } else { relation(m, gender) };
        c.previous_subject = sentence.checked_sub(1).and_then(|s| self.subject(s)).map_or(0, code);
        c.own_subject = self.subject(sentence).filter(|m| m.first < token).map_or(0, code);
    }

    fn subject(&self, sentence: usize) -> Option<&Mention> {
        let subject = self.mentions.subjects.get(sentence)?.as_ref()?;
        self.mentions.mentions.get(subject.mention)
    }
}
