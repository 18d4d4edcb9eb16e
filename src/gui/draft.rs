//! A word, a name or a phrase rule that is being written: the fields of its form, and what came of trying it out.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::book_panel::Panel;
use super::books::Whose;
use crate::detectors::phrases::{reading, template};
use crate::finding::{Category, Finding, RuleId};
use crate::rules::examples;
use crate::rules::lexicon::{Gender, one_line};
use crate::rules::stylebook::trial::{Effect, Part, PhraseTrial};
use crate::rules::stylebook::{Capitals, Entry, Kind, Phrase, Slot, phrase, spellings_of};
use crate::text::Span;

/// Which words are left alone.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Reach {
    /// The rule that could leave them alone.
    pub rule: Option<RuleId>,
    /// Every rule does.
    pub every: bool,
}

/// What came of trying it out.
#[derive(Clone, PartialEq, Debug)]
pub enum Outcome {
    /// A phrase rule: its places, and whether its examples hold.
    Phrase(PhraseTrial),
    /// Anything else: what falls silent and what is new.
    Effect(Effect),
    /// It can't be tried.
    Fault(String),
}

/// The form.
#[derive(Clone, PartialEq, Debug)]
pub struct Draft {
    /// What is written.
    pub kind: Kind,
    /// Where it is kept.
    pub whose: Whose,
    /// The entry that is changed.
    pub old: Option<(Slot, Entry)>,
    /// The word, the name, the right spelling.
    pub words: String,
    /// Wrong spellings, with commas between.
    pub not: String,
    /// Other names of a body, with commas between.
    pub also: String,
    /// He or she.
    pub gender: Option<Gender>,
    /// Which rules leave the words alone.
    pub reach: Reach,
    /// The wrong phrases, one a line.
    pub wrong: String,
    /// The right ones, best first, one a line.
    pub right: String,
    /// Which capitals are told apart.
    pub capitals: Capitals,
    /// The bad example.
    pub bad: String,
    /// The good one.
    pub good: String,
    /// Why.
    pub why: String,
    /// A whole card, as its file has it.
    pub card: String,
    /// Nobody wrote in the bad example: it may be taken from the article.
    pub bad_follows: bool,
    /// Nobody wrote in the good example: it follows the rule.
    pub good_follows: bool,
    /// The first field gets the keyboard.
    pub focus: bool,
    /// Keeping was asked for: what is missing is said.
    pub asked: bool,
    /// It is kept as soon as it is tried.
    pub(super) keep_when_tried: bool,
    /// Why it was not kept.
    pub refused: Option<String>,
    /// Something is being tried.
    pub trying: bool,
    /// What came of the last trial, and of what.
    pub tried: Option<(u64, Outcome)>,
    /// What was last seen, and when; in egui's seconds.
    pub seen: (u64, f64),
    /// The names of rules that are taken.
    taken: Vec<RuleId>,
    /// Where it was opened from.
    pub back: Option<Panel>,
    /// A line of its own for a rule without a reason.
    signed: String,
    /// The words of the article that it was opened for.
    place: String,
    /// The finding that it was opened for.
    pub from: Option<(RuleId, Span)>,
}

fn many<'w>(words: impl Iterator<Item = &'w str>) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    for word in words.map(str::trim).filter(|w| !w.is_empty()) {
        if !list.iter().any(|w| w == word) {
            list.push(word.to_owned());
        }
    }
    list
}

/// Words with commas (or semicolons) between; one that holds such a sign stands in `"`, and a `"` in it twice.
fn with_commas(text: &str) -> Vec<String> {
    let ends = |c: char| matches!(c, ',' | ';');
    let mut list: Vec<String> = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (word, behind) = quoted(rest).unwrap_or_else(|| {
            let (word, behind) = rest.split_once(ends).unwrap_or((rest, ""));
            (word.trim().to_owned(), behind)
        });
        rest = behind.trim_start();
        if !word.trim().is_empty() && !list.contains(&word) {
            list.push(word);
        }
    }
    list
}

/// The words in `"` at the start, and what stands behind the comma after them; none where a comma or the end does not follow.
fn quoted(text: &str) -> Option<(String, &str)> {
    let inside = text.strip_prefix('"')?;
    let mut letters = inside.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        if c == '"' && letters.next_if(|(_, next)| *next == '"').is_none() {
            let behind = inside.get(at + 1..)?.trim_start();
            let after = behind.strip_prefix([',', ';']).or_else(|| behind.is_empty().then_some(behind))?;
            return Some((inside.get(..at)?.replace("\"\"", "\""), after));
        }
    }
    None
}

/// Words as a field has them that takes several.
fn commas_between(words: &[String]) -> String {
    let field = |word: &String| {
        let plain = !word.contains([',', ';']) && !word.starts_with('"') && word.trim() == word;
        if plain { word.clone() } else { format!("\"{}\"", word.replace('"', "\"\"")) }
    };
    words.iter().map(field).collect::<Vec<_>>().join(", ")
}

impl Draft {
    pub(super) fn new(kind: Kind, whose: Whose, signed: String, taken: Vec<RuleId>) -> Self {
        Self {
            kind,
            whose,
            old: None,
            words: String::new(),
            not: String::new(),
            also: String::new(),
            gender: None,
            reach: Reach { rule: None, every: true },
            wrong: String::new(),
            right: String::new(),
            capitals: Capitals::AsWritten,
            bad: String::new(),
            good: String::new(),
            why: String::new(),
            card: String::new(),
            bad_follows: true,
            good_follows: true,
            focus: true,
            asked: false,
            keep_when_tried: false,
            refused: None,
            trying: false,
            tried: None,
            seen: (0, 0.0),
            taken,
            back: None,
            signed,
            place: String::new(),
            from: None,
        }
    }

    /// Fills the fields from an entry.
    pub(super) fn fill(&mut self, entry: &Entry) {
        match entry {
            Entry::Word(word) | Entry::Place(word) => self.words.clone_from(word),
            Entry::Unmarked { rule, words } => {
                self.words.clone_from(words);
                self.reach = Reach { rule: rule.clone(), every: rule.is_none() };
            }
            Entry::Spelling { right, wrong, .. } => {
                self.words.clone_from(right);
                self.not = commas_between(wrong);
            }
            Entry::Person { name, gender, .. } => {
                self.words.clone_from(name);
                self.gender = *gender;
            }
            Entry::Body { name, also, .. } => {
                self.words.clone_from(name);
                self.also = commas_between(also);
            }
            Entry::Phrase(phrase) => {
                self.wrong = phrase.wrong.join("\n");
                self.right = phrase.right.join("\n");
                self.capitals = phrase.capitals;
                self.bad.clone_from(&phrase.bad);
                self.good.clone_from(&phrase.good);
                self.why.clone_from(&phrase.why);
                (self.bad_follows, self.good_follows) = (false, false);
            }
            Entry::Card { text, .. } => self.card.clone_from(text),
            Entry::Struck { .. } | Entry::Switch { .. } => {}
        }
    }

    /// Fills the fields from words of the article; a fix of the finding says what would be right.
    pub(super) fn fill_from_place(&mut self, text: &str, span: Span, finding: Option<&Finding>) {
        let words = one_line(span.of(text).trim());
        self.words.clone_from(&words);
        self.wrong = reading::escaped(&words);
        self.place.clone_from(&words);
        self.from = finding.map(|f| (f.rule.clone(), f.span));
        self.bad = sentence_around(text, span);
        self.reach.rule = finding.map(|f| f.rule.clone());
        let fix =
            finding.and_then(|f| f.fixes.first()).and_then(|f| if f.edits.iter().count() == 1 { f.edits.iter().next() } else { None });
        if self.kind == Kind::Spelling {
            self.words = fix.filter(|e| e.span() == span).map(|e| e.to.clone()).unwrap_or_default();
            self.not = commas_between(&[words]);
        }
        self.follow();
    }

    /// Writes something of another kind: the words go along.
    pub fn turn_to(&mut self, kind: Kind) {
        if kind == Kind::Spelling && self.words == self.place {
            // What was marked is more likely to be the wrong spelling.
            self.not = commas_between(&[std::mem::take(&mut self.words)]);
        } else if kind != Kind::Spelling && self.kind == Kind::Spelling && self.words.is_empty() {
            self.words = with_commas(&std::mem::take(&mut self.not)).into_iter().next().unwrap_or_default();
        }
        if kind == Kind::Phrase && self.wrong.is_empty() {
            self.wrong = reading::escaped(&self.words);
        } else if self.kind == Kind::Phrase && self.words.is_empty() {
            self.words = reading::plain(self.wrong.lines().next().unwrap_or(""));
        }
        self.kind = kind;
        self.focus = true;
        self.asked = false;
        self.refused = None;
    }

    /// Writes the whole card that the fields stand for.
    pub fn turn_to_card(&mut self) {
        self.card = self.phrase().to_toml();
        self.kind = Kind::Card;
        self.focus = true;
        self.refused = None;
    }

    /// Writes the good example as the right words would make it, until somebody writes in it.
    pub fn follow(&mut self) {
        if !self.good_follows {
            return;
        }
        let (sentence, marked) = examples::unmark(&self.bad);
        let right = many(self.right.lines()).into_iter().next().unwrap_or_default();
        let right = template::words(&right).unwrap_or(right);
        let head = sentence.get(..marked.start).unwrap_or("");
        let tail = sentence.get(marked.end..).unwrap_or("");
        let upper = marked.of(&sentence).starts_with(char::is_uppercase) && head.trim().is_empty();
        let right = if upper { super::apply::sentence(&right) } else { right };
        self.good = if marked.is_empty() {
            sentence.clone()
        } else if right.is_empty() {
            format!(
                "{}{}",
                head.trim_end(),
                if head.trim().is_empty() { super::apply::sentence(tail.trim_start()) } else { tail.to_owned() }
            )
        } else {
            format!("{head}{right}{tail}")
        };
    }

    /// The entries that would be kept.
    pub fn entries(&self) -> Vec<Entry> {
        let words = one_line(self.words.trim());
        let wrong = with_commas(&self.not);
        let old = self.old.as_ref().map(|(_, entry)| entry);
        let mut entries = match self.kind {
            Kind::Word => vec![Entry::Word(words.clone())],
            Kind::Place => vec![Entry::Place(words.clone())],
            Kind::Unmarked => {
                let rule = self.reach.rule.clone().filter(|_| !self.reach.every);
                return vec![Entry::Unmarked { rule, words }];
            }
            Kind::Spelling => {
                let (kind, note) = match old {
                    Some(Entry::Spelling { kind, note, .. }) => (kind.clone(), note.clone()),
                    _ => ("term".to_owned(), String::new()),
                };
                return vec![Entry::Spelling { right: words, kind, wrong, note }];
            }
            Kind::Person => {
                let note = if let Some(Entry::Person { note, .. }) = old { note.clone() } else { String::new() };
                vec![Entry::Person { name: words.clone(), gender: self.gender, note }]
            }
            Kind::Body => {
                let kind = if let Some(Entry::Body { kind, .. }) = old { kind.clone() } else { "body".to_owned() };
                vec![Entry::Body { name: words.clone(), kind, also: with_commas(&self.also) }]
            }
            Kind::Phrase => return vec![Entry::Phrase(self.phrase())],
            Kind::Card => {
                let id = match old {
                    Some(Entry::Card { id, .. } | Entry::Phrase(Phrase { id, .. })) => id.clone(),
                    _ => RuleId::new(),
                };
                return vec![Entry::Card { id, text: self.card.trim_end().to_owned() }];
            }
        };
        if matches!(self.kind, Kind::Person | Kind::Body | Kind::Place) {
            entries.extend(spellings_of(&words, self.kind, &wrong));
        }
        entries
    }

    fn phrase(&self) -> Phrase {
        let old = if let Some((_, Entry::Phrase(phrase))) = &self.old { Some(phrase) } else { None };
        let wrong = many(self.wrong.lines());
        let is_taken = |id: &str| self.taken.iter().any(|t| t == id);
        let fresh = || phrase::id_for(wrong.first().map_or("", String::as_str), is_taken);
        let why = one_line(self.why.trim());
        Phrase {
            id: old.map_or_else(fresh, |p| p.id.clone()),
            category: old.map_or(Category::Wording, |p| p.category),
            right: many(self.right.lines()),
            capitals: self.capitals,
            bad: one_line(self.bad.trim()),
            good: one_line(self.good.trim()),
            clean: old.map_or_else(Vec::new, |p| p.clean.clone()),
            why: if why.is_empty() { self.signed.clone() } else { why },
            message: old.and_then(|p| p.message.clone()),
            source: old.and_then(|p| p.source.clone()),
            wrong,
        }
    }

    /// Why it can't be kept, before it is tried.
    pub fn fault(&self) -> Option<String> {
        self.entries().iter().find_map(Entry::fault)
    }

    /// A number for what stands in the fields.
    pub fn stamp(&self) -> u64 {
        let mut hasher = FxHasher::default();
        (self.kind, self.whose).hash(&mut hasher);
        self.entries().hash(&mut hasher);
        hasher.finish()
    }

    /// What came of the last trial, if nothing was written since.
    pub fn outcome(&self) -> Option<&Outcome> {
        let stamp = self.stamp();
        self.tried.as_ref().filter(|(of, _)| *of == stamp).map(|(_, outcome)| outcome)
    }

    /// The faults of a part of a phrase rule that are worth saying now.
    pub fn faults_of(&self, part: Part) -> Vec<&str> {
        let field = match part {
            Part::Wrong if self.kind == Kind::Card => &self.card,
            Part::Wrong => &self.wrong,
            Part::Right => &self.right,
            Part::Bad => &self.bad,
            Part::Good => &self.good,
        };
        // An empty field is no fault before somebody wants to keep it.
        let worth = self.asked || !field.trim().is_empty() || part == Part::Right;
        match &self.tried {
            Some((_, Outcome::Phrase(trial))) if worth => {
                trial.faults.iter().filter(|(p, _)| *p == part).map(|(_, s)| s.as_str()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Takes what came of a trial; the examples that nobody wrote follow it.
    pub(super) fn take(&mut self, stamp: u64, outcome: Outcome, text: &str) {
        self.trying = false;
        if stamp != self.stamp() {
            return;
        }
        let mut stamp = stamp;
        if let Outcome::Phrase(trial) = &outcome {
            let fits = !self.bad.is_empty() && trial.faults.iter().all(|(part, _)| *part != Part::Bad);
            let hit = trial.hits.iter().find(|f| !f.in_quotation).or_else(|| trial.hits.first());
            if self.bad_follows
                && !fits
                && let Some(sentence) = hit.map(|f| sentence_around(text, f.span)).filter(|s| *s != self.bad)
            {
                self.bad = sentence;
                self.follow();
            } else if self.good_follows
                && let Some(gives) = &trial.gives
                && self.good != *gives
            {
                self.good.clone_from(gives);
            }
            // What follows is tried once more; until then the places stand.
            stamp = if stamp == self.stamp() { stamp } else { 0 };
        }
        self.tried = Some((stamp, outcome));
    }
}

/// The sentence round a place, with `[[ ]]` round its words; never longer than a paragraph.
pub fn sentence_around(text: &str, span: Span) -> String {
    let (Some(before), Some(after)) = (text.get(..span.start), text.get(span.end..)) else { return String::new() };
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '…');
    let closes = |c: char| matches!(c, '"' | '”' | '’' | ')' | '»');
    let line = before.rfind('\n').map_or(0, |i| i + 1);
    let mut start = line;
    // A stop ends a sentence where a blank and a capital follow; abbreviations make it longer, never shorter.
    for (i, c) in before.char_indices().filter(|(i, _)| *i >= line) {
        let Some(rest) = before.get(i + c.len_utf8()..) else { continue };
        let rest = rest.trim_start_matches(closes);
        let next = rest.trim_start();
        let opens = next.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase()) || next.is_empty();
        if ends(c) && rest.starts_with(char::is_whitespace) && opens {
            start = before.len() - next.len();
        }
    }
    let paragraph = after.split('\n').next().unwrap_or("");
    let mut end = paragraph.len();
    for (i, c) in paragraph.char_indices() {
        let Some(rest) = paragraph.get(i + c.len_utf8()..) else { continue };
        let behind = rest.trim_start_matches(closes);
        if ends(c) && (behind.is_empty() || behind.starts_with(char::is_whitespace)) {
            end = paragraph.len() - behind.len();
            break;
        }
    }
    let head = before.get(start..).unwrap_or("").trim_start();
    format!("{head}[[{}]]{}", span.of(text), paragraph.get(..end).unwrap_or("")).replace(['\n', '\r', '\t'], " ")
}

#[cfg(test)]
mod tests {
    use super::{commas_between, sentence_around, with_commas};
    use crate::text::Span;
    use proptest::prelude::*;

    #[test]
    fn words_with_commas_stand_in_marks() {
        assert_eq!(with_commas("Kiev, \"Acme, Inc.\" ; “so, so”"), ["Kiev", "Acme, Inc.", "“so", "so”"]);
        // A mark that closes before more words is a letter like others.
        assert_eq!(with_commas("\"Azov\" unit, \"x"), ["\"Azov\" unit", "\"x"]);
        assert_eq!(with_commas(" , ;Kiev,Kiev"), ["Kiev"]);
    }

    proptest! {
        #[test]
        fn what_a_field_shows_is_what_was_kept(words in prop::collection::hash_set("[a,;\"’ é|#\\\\]{1,6}", 0..4)) {
            let words: Vec<String> = words.into_iter().filter(|w| !w.trim().is_empty()).collect();
            prop_assert_eq!(with_commas(&commas_between(&words)), words);
        }
    }

    #[test]
    fn the_sentence_round_a_place_is_taken_whole() {
        let text = "Head\n\nMr. Orlov came at 3 p.m. on Monday. He said “no.” The grain deal fell. All left.";
        let around = |words: &str| {
            let start = text.find(words).unwrap_or(0);
            sentence_around(text, Span::new(start, start + words.len()))
        };
        assert_eq!(around("grain deal"), "The [[grain deal]] fell.");
        assert_eq!(around("Head"), "[[Head]]");
        assert_eq!(around("no"), "He said “[[no]].”");
        assert_eq!(around("All"), "[[All]] left.");
    }
}
