//! The one pass over the tokens: pronouns, common nouns for persons and bodies, capitalised runs; then
//! who is who: titles, roles beside a name, appositions, surnames that inherit.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::naming::{self, fold};
use super::pronouns::{self, Case, Pronoun, PronounGender};
use super::{GenderSource, Mention, MentionKind};
use crate::analysis::{Analysis, Sentence, Token, TokenKind};
use crate::document::BlockKind;
use crate::rules::lexicon::{Gender, NoName, Role};
use crate::text::Span;

/// What is known of one person or body.
pub struct Entity {
    pub gender: Option<Gender>,
    pub source: Option<GenderSource>,
    pub proof: Span,
    pub kind: MentionKind,
    /// Its name ends with this, folded.
    pub last_word: String,
    pub first_word: String,
    /// A role noun it was introduced with.
    pub role: Option<String>,
    /// How often it is named.
    pub count: usize,
}

/// The state of the pass.
pub struct Reader<'r, 'a> {
    pub article: &'r Analysis<'a>,
    pub mentions: Vec<Mention>,
    pub pronouns: Vec<Pronoun>,
    pub entities: Vec<Entity>,
    /// The entities by the folded last or only word of their names, in order of appearance.
    pub by_word: FxHashMap<String, Vec<usize>>,
    /// The latest entity by the role noun that introduced it.
    pub by_role: FxHashMap<String, usize>,
}

/// Reads all mentions and pronouns.
pub fn read(article: &Analysis) -> (Vec<Mention>, Vec<Pronoun>) {
    let mut reader = Reader {
        article,
        mentions: Vec::new(),
        pronouns: Vec::new(),
        entities: Vec::new(),
        by_word: FxHashMap::default(),
        by_role: FxHashMap::default(),
    };
    for (index, sentence) in article.sentences().iter().enumerate() {
        reader.sentence(index, sentence);
    }
    reader.share_genders();
    (reader.mentions, reader.pronouns)
}

/// The word in lower case, without an allocation where it is so already.
pub fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii_lowercase()) { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

/// The word without a possessive ending, and whether it had one.
pub fn strip_possessive(word: &str) -> (&str, bool) {
    for ending in ["'s", "’s", "ʼs", "'S", "’S"] {
        if let Some(stem) = word.strip_suffix(ending) {
            return (stem, true);
        }
    }
    (word, false)
}

/// Whether a word begins with a capital.
pub fn is_capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

impl Reader<'_, '_> {
    pub fn token(&self, index: usize) -> Option<&Token> {
        self.article.tokens().get(index)
    }

    pub fn word(&self, index: usize) -> &str {
        self.article.word_at(index)
    }

    fn sentence(&mut self, index: usize, sentence: &Sentence) {
        let mut at = sentence.first;
        let mut initial = true;
        while at < sentence.end {
            let Some(&token) = self.token(at) else { break };
            if !token.is_word() {
                initial |= token.kind == TokenKind::Mark && matches!(self.word(at), "“" | "\"" | "«" | "„" | ":" | "‘" | "…" | "•");
                at += 1;
                continue;
            }
            let article = self.article;
            let word = article.word(&token);
            let low = lower(word);
            if let Some(pronoun) = self.pronoun(at, word, &low, index) {
                self.pronouns.push(pronoun);
                at += 1;
            } else if is_capitalised(word) {
                at = self.capitalised(at, sentence, index, initial);
            } else {
                at = self.noun(at, sentence, index);
            }
            initial = false;
        }
    }

    fn pronoun(&self, at: usize, word: &str, low: &str, sentence: usize) -> Option<Pronoun> {
        if low.len() > 9 || (word.len() > 1 && word.chars().nth(1).is_some_and(char::is_uppercase)) {
            return None;
        }
        let stem = low.split(['\'', '’', 'ʼ']).next().unwrap_or(low);
        let (gender, mut case) = pronouns::form(stem)?;
        if stem.len() != low.len() && case != Case::Subject {
            return None;
        }
        let token = self.token(at)?;
        // `Her Majesty`, `His Highness` are titles.
        let next_token = self.token(at + 1);
        let next_word = next_token
            .filter(|t| t.is_word() || matches!(t.kind, TokenKind::Number | TokenKind::Mixed))
            .map_or("", |t| self.article.word(t));
        if case == Case::Possessive
            && matches!(next_word, "Majesty" | "Highness" | "Excellency" | "Holiness" | "Honour" | "Honor" | "Eminence" | "Beatitude")
        {
            return None;
        }
        if case == Case::Possessive && gender != PronounGender::It {
            let after = self.token(at + 2).filter(|t| t.is_word()).map_or("", |t| self.article.word(t));
            // `her “first home”`: an opening mark owns too.
            let opens = next_token.is_some_and(|t| t.space_before && matches!(self.article.word(t), "“" | "\"" | "‘" | "«"));
            if !opens && !pronouns::owns(&lower(next_word), &lower(after)) {
                case = if gender == PronounGender::She { Case::Object } else { Case::Standalone };
            }
        }
        let span = Span::new(token.span.start, token.span.start + stem.len().min(token.span.len()));
        let near = |i: usize| lower(self.word(i)).into_owned();
        let pair = |a: &str| matches!(a, "or" | "/" | "and" | "(");
        let either = (pair(&near(at + 1))
            && pronouns::form(&near(at + 2)).is_some_and(|f| f.0 != gender && f.0 != PronounGender::It && gender != PronounGender::It))
            || (at >= 2
                && pair(&near(at - 1))
                && pronouns::form(&near(at - 2)).is_some_and(|f| f.0 != gender && f.0 != PronounGender::It && gender != PronounGender::It))
            || (at >= 2 && near(at - 1) == "/" && near(at - 2) == "s");
        Some(Pronoun { token: at, span, sentence, gender, case, either })
    }

    /// A common noun for a person, a body, a document.
    fn noun(&mut self, at: usize, sentence: &Sentence, index: usize) -> usize {
        let article = self.article;
        let (word, possessive) = strip_possessive(article.word_at(at));
        let low = lower(word);
        let lexicon = article.lexicon();
        // `prime minister`, `first lady`: two words are asked first where a role can begin.
        let mut found = None;
        let mut end = at + 1;
        if let Some(next) = self.token(at + 1).filter(|t| t.is_word() && t.space_before && at + 1 < sentence.end) {
            let second = article.word(next);
            if lexicon.role(second).is_some() && !is_capitalised(second) {
                let pair = format!("{low} {second}");
                if let Some(role) = lexicon.role_kind(&pair) {
                    found = Some((role, false));
                    end = at + 2;
                }
            }
        }
        let Some(((role, kind), plural)) = found.or_else(|| self.single_noun(&low)) else { return at + 1 };
        if matches!(kind, "honorific") || is_verb_here(&low, article, at) {
            return at + 1;
        }
        let (what, gender) = match role {
            Role::Gendered(g) => (MentionKind::Person, Some(g)),
            Role::Neutral => (MentionKind::Person, None),
            Role::Thing => (
                match kind {
                    "place" => MentionKind::Place,
                    "document" => MentionKind::Document,
                    "body" | "weak-body" | "bodies" => MentionKind::Body,
                    _ => MentionKind::Thing,
                },
                None,
            ),
        };
        if what == MentionKind::Person && (self.is_predicate(at) || (gender.is_none() && !possessive && self.is_modifier(end))) {
            return end;
        }
        let (Some(a), Some(b)) = (self.token(at), self.token(end - 1)) else { return end };
        let mut span = Span::new(a.span.start, b.span.end);
        if possessive {
            span.end -= "s".len() + if article.word_at(at).contains('\'') { 1 } else { '’'.len_utf8() };
        }
        // `the prosecutor’s office` is the name of a body.
        if possessive && matches!(&*low, "prosecutor" | "attorney" | "coroner" | "ombudsman" | "registrar" | "auditor") {
            return end;
        }
        let noun = low.into_owned();
        let plural = plural || matches!(kind, "plural" | "bodies");
        let entity = if what == MentionKind::Person && kind != "kin" && !plural { self.entity_of_role(&noun, at) } else { None };
        let fresh = self.entities.len();
        let entity = entity.unwrap_or(fresh);
        if entity == fresh {
            self.entities.push(Entity {
                gender,
                source: gender.map(|_| GenderSource::Role),
                proof: span,
                kind: what,
                last_word: String::new(),
                first_word: String::new(),
                role: (what == MentionKind::Person).then_some(noun),
                count: 1,
            });
        }
        let kin = kind == "kin";
        self.mentions.push(Mention {
            span,
            first: at,
            end,
            sentence: index,
            kind: what,
            gender,
            source: gender.map(|_| GenderSource::Role),
            proof: span,
            named: false,
            kin,
            plural,
            possessive,
            weak: kind == "weak-body",
            entity,
        });
        end
    }

    /// The role of one lower-case noun, its plural included.
    fn single_noun(&self, low: &str) -> Option<((Role, &'static str), bool)> {
        let lexicon = self.article.lexicon();
        if let Some(role) = lexicon.role_kind(low) {
            return Some((role, role.1 == "plural"));
        }
        let stem = low.strip_suffix('s')?;
        if let Some(role) = lexicon.role_kind(stem) {
            return Some((role, true));
        }
        let stem = stem.strip_suffix('e')?;
        if let Some(role) = lexicon.role_kind(stem) {
            return Some((role, true));
        }
        let stem = stem.strip_suffix('i')?;
        lexicon.role_kind(&format!("{stem}y")).map(|r| (r, true))
    }

    /// `the minister`, after `Transport Minister X`: the same person.
    fn entity_of_role(&self, noun: &str, at: usize) -> Option<usize> {
        let before = self.word(at.checked_sub(1)?);
        let before2 = at.checked_sub(2).map_or("", |i| self.word(i));
        let definite = matches!(before, "the" | "The") || (matches!(before2, "the" | "The") && is_capitalised(before));
        if definite { self.by_role.get(noun).copied() } else { None }
    }

    /// `is a chemist`, `as an actor`, `was named head`: says what somebody is, names nobody new.
    fn is_predicate(&self, at: usize) -> bool {
        let mut i = at;
        let mut determiner = false;
        for _ in 0..6 {
            let Some(previous) = i.checked_sub(1) else { return false };
            i = previous;
            let word = lower(self.word(i));
            match &*word {
                "a" | "an" => determiner = true,
                "the" if !determiner => determiner = true,
                "is" | "was" | "became" | "as" | "be" | "been" | "being" | "remains" | "remained" | "become" | "were" | "are" | "named"
                | "elected" | "appointed" => return true,
                _ if determiner => return false,
                "-" | "‐" => {}
                _ if self.token(i).is_none_or(|t| !t.is_word()) => return false,
                _ if self.article.lexicon().is_finite_verb(&word)
                    || matches!(&*word, "of" | "by" | "with" | "to" | "for" | "that" | "who") =>
                {
                    return false;
                }
                _ => {}
            }
        }
        false
    }

    /// `student vouchers`, `major party`: stands before another noun and means no person.
    fn is_modifier(&self, end: usize) -> bool {
        let Some(next) = self.token(end).filter(|t| t.is_word() && t.space_before && !t.glued) else { return false };
        let word = self.article.word(next);
        let lexicon = self.article.lexicon();
        word.len() > 2
            && word.bytes().all(|b| b.is_ascii_lowercase())
            && !matches!(lexicon.no_name(word), Some(NoName::Function | NoName::Nobody))
            && !lexicon.is_finite_verb(word)
            && !lexicon.is_speech_verb(word)
            && !["ed", "ing", "ly"].iter().any(|e| word.ends_with(e))
            && pronouns::form(word).is_none()
            && lexicon.is_curated(word)
            && !matches!(
                word,
                "himself"
                    | "herself"
                    | "alone"
                    | "yesterday"
                    | "ago"
                    | "old"
                    | "inside"
                    | "outside"
                    | "whom"
                    | "named"
                    | "born"
                    | "known"
                    | "aged"
                    | "out"
                    | "back"
            )
    }

    /// The run of capitalised words that begins at `at`; returns the token after what was read.
    fn capitalised(&mut self, at: usize, sentence: &Sentence, index: usize, initial: bool) -> usize {
        let article = self.article;
        let word = strip_possessive(article.word_at(at)).0;
        let low = lower(word);
        if naming::is_function_word(self, &low) || article.word_at(at).starts_with("I'") || article.word_at(at).starts_with("I’") {
            return at + 1;
        }
        let end = naming::run_end(self, at, sentence.end);
        if initial && end == at + 1 && !self.by_word.contains_key(&fold(word)) && article.lexicon().is_curated(&low) {
            // A capital at the start of a sentence tells nothing of a dictionary word.
            let speaks = self.token(end).is_some_and(|t| article.lexicon().is_speech_verb(article.word(t)));
            if article.lexicon().role(&low).is_some()
                || self.single_noun(&low).is_some()
                || !(speaks && article.lexicon().given_name(&low).is_some())
            {
                return self.noun(at, sentence, index);
            }
        }
        let headline = article.block_kind(sentence.block) == BlockKind::Headline;
        naming::name(self, at, end, index, initial, headline)
    }

    /// Gives every mention what its entity came to know, also later in the text.
    fn share_genders(&mut self) {
        for mention in &mut self.mentions {
            let Some(entity) = self.entities.get(mention.entity) else { continue };
            if mention.kind == MentionKind::Unknown && entity.kind != MentionKind::Unknown {
                mention.kind = entity.kind;
            }
            if mention.kind == MentionKind::Person && !mention.plural && (mention.named || mention.gender.is_none()) {
                mention.gender = entity.gender;
                mention.source = entity.source;
                mention.proof = entity.proof;
            }
        }
    }
}

/// Whether a word that may be a noun or a verb (`report`, `studies`, `guards`) is a verb here.
fn is_verb_here(low: &str, article: &Analysis, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |i| article.word_at(i));
    let ambiguous = article.lexicon().is_finite_verb(low) || article.lexicon().is_speech_verb(low);
    let after_verb_place = matches!(
        &*lower(before),
        "to" | "will"
            | "would"
            | "can"
            | "could"
            | "may"
            | "might"
            | "must"
            | "should"
            | "not"
            | "did"
            | "does"
            | "do"
            | "they"
            | "we"
            | "i"
            | "you"
            | "who"
            | "he"
            | "she"
            | "it"
            | "also"
    );
    if after_verb_place
        && !matches!(low, "president" | "minister")
        && (ambiguous || before != "to")
        && article.lexicon().zipf(low).is_some()
    {
        return ambiguous || !matches!(before, "to" | "not");
    }
    ambiguous
        && !matches!(
            &*lower(before),
            "the" | "a" | "an" | "this" | "that" | "its" | "their" | "his" | "her" | "new" | "annual" | "latest" | "recent"
        )
        && !strip_possessive(before).1
        && !before.is_empty()
        && !is_capitalised(before)
        && !before.ends_with("al")
        && !before.ends_with("ed")
}
