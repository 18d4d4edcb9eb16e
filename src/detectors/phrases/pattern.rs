//! The pattern language of phrase rules, made to be read by editors:
//!
//! | written | stands for |
//! |---|---|
//! | `path` | the word, also with a capital where a sentence or the phrase begins |
//! | `Kiev` | the word in exactly this case |
//! | `touch\|hold` | one of the words |
//! | `~touch`, `~touch\|~hold` | the verb in any form; the fix keeps the form |
//! | `(of the)` | may be absent |
//! | `{day}` | a class of words: see [`Class`]; `{a\|b}`: one of the words, kept for the fix |
//! | `{1-4 words}` | a gap, kept for the fix |
//! | `{=1}` | the words of `$1` once more |
//! | `, . - : & "` | the mark; `"` is any double quotation mark, `-` any dash |
//! | `\\$`, `C\\+\\+` | the sign itself, whatever it means in a pattern; a word, figure or address that holds it is one word |
//! | `^`, `$` | where a sentence begins, ends; `¶`: where a paragraph begins |
//!
//! The classes and gaps are numbered from the left: `$1`, `$2` in the fix.

use std::collections::BTreeMap;

use super::classes::{Class, words_of_gap};
use super::reading::Parser;
use crate::analysis::{Analysis, TokenKind, places};
use crate::rules::Lexicon;
use crate::rules::verbs::{self, Verb, VerbForm};

/// A word of a pattern.
#[derive(Clone, Debug)]
pub(super) struct Literal {
    word: String,
    /// Which capitals the text may have.
    case: Case,
}

/// Which capitals a text may have where a pattern has a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Case {
    /// Those of the pattern: it has some itself.
    Exact,
    /// A capital where something begins.
    Beginning,
    /// Any.
    Any,
}

impl Literal {
    pub(super) fn new(word: &str) -> Self {
        // A single letter is an abbreviation, and its case tells it from an initial.
        let single = word.chars().count() == 1 && !matches!(word, "a" | "i");
        let case = if single || word.chars().any(char::is_uppercase) { Case::Exact } else { Case::Beginning };
        Self { word: word.replace('’', "'"), case }
    }

    fn matches(&self, word: &str, capital_allowed: bool) -> bool {
        let mut first = true;
        let mut wanted = self.word.chars();
        let all = word.chars().all(|c| {
            let c = if c == '’' { '\'' } else { c };
            let Some(w) = wanted.next() else { return false };
            let may_differ = match self.case {
                Case::Exact => false,
                Case::Beginning => first && capital_allowed,
                Case::Any => true,
            };
            first = false;
            c == w || (may_differ && c.to_lowercase().eq(w.to_lowercase()))
        });
        all && wanted.next().is_none()
    }
}

/// One step of a compiled pattern.
#[derive(Clone, Debug)]
pub(super) enum Step {
    SentenceStart,
    ParagraphStart,
    SentenceEnd,
    Words(Vec<Literal>, Option<usize>),
    Verbs(Vec<Verb>),
    Class(Class, usize),
    Mapped(usize),
    /// The words of an earlier class or gap once more.
    Same(usize, usize),
    Gap(usize, usize, usize),
    Mark(char),
    /// Exactly this sign.
    Sign(String),
    /// Try what follows; if it does not fit, leave out this many steps.
    Optional(usize),
}

/// A pattern, ready to be searched for.
#[derive(Clone, Debug)]
pub struct Pattern {
    steps: Vec<Step>,
    /// The words that a text is searched for.
    keys: Vec<u64>,
    /// Where there is none, the sign.
    sign: Option<String>,
    /// How many tokens may stand between the beginning of the match and a key word.
    before_key: (usize, usize),
    captures: usize,
    /// It holds a stop.
    has_stop: bool,
    /// Capitals of the text do not matter.
    any_case: bool,
}

/// Where a pattern fits: tokens from `start` up to `end`.
#[derive(Clone, PartialEq, Debug)]
pub struct Match {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// The tokens of classes and gaps, in order.
    pub captures: Vec<Option<(usize, usize)>>,
    /// The form of the first verb.
    pub form: Option<VerbForm>,
    /// The key of `params.map` that was met.
    pub mapped: Option<String>,
}

/// What a match needs to know of the text and the card.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The article.
    pub article: &'a Analysis<'a>,
    /// The words of `{map}`.
    pub map: &'a BTreeMap<String, String>,
}

/// Words so frequent that a text should not be searched for them.
const FREQUENT: &[&str] = &[
    "the", "a", "an", "of", "to", "in", "on", "at", "and", "for", "that", "it", "is", "was", "by", "with", "as", "this", "his", "he",
    "its", "be", "are", "has", "have", "had", "from", "not", "or", "which", "who", "were", "will", "said", "their", "been", "but", "they",
    "all", "her", "she", "one", "new",
];

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// A sentence that names what is not understood and at which character.
    pub fn parse(text: &str, map: &BTreeMap<String, String>, lexicon: &Lexicon) -> Result<Self, String> {
        let (steps, captures) = Parser::new(text, lexicon).read()?;
        if captures > 9 {
            return Err(format!("pattern {text:?} has more than nine classes and gaps"));
        }
        let has_stop = steps.iter().any(|s| matches!(s, Step::Mark('.')) || matches!(s, Step::Sign(sign) if sign.starts_with('.')));
        let mut pattern = Self { steps, keys: Vec::new(), sign: None, before_key: (0, 0), captures, has_stop, any_case: false };
        pattern.choose_key(map);
        Ok(pattern)
    }

    /// The same pattern, for text in any capitals.
    #[must_use]
    pub fn in_any_case(mut self) -> Self {
        for literal in self.steps.iter_mut().flat_map(|s| if let Step::Words(words, _) = s { words.as_mut_slice() } else { &mut [] }) {
            literal.case = Case::Any;
        }
        self.any_case = true;
        self
    }

    /// How many classes and gaps it has.
    pub const fn captures(&self) -> usize {
        self.captures
    }

    /// Whether a text can be searched for it: it has a word, verb, mapped word or escaped sign that must be there.
    pub fn has_key(&self) -> bool {
        !self.keys.is_empty() || self.sign.is_some()
    }

    /// The most tokens the steps from `first` up to `end` can take.
    fn longest(&self, first: usize, end: usize) -> usize {
        let length = |s: &Step| match s {
            Step::SentenceStart | Step::ParagraphStart | Step::SentenceEnd | Step::Optional(_) => 0,
            Step::Class(class, _) => class.longest(),
            Step::Gap(_, most, _) => *most * 2,
            _ => 1,
        };
        self.steps.get(first..end).unwrap_or(&[]).iter().map(length).sum()
    }

    /// Chooses the rarest word that must be there.
    fn choose_key(&mut self, map: &BTreeMap<String, String>) {
        let mut best: Option<(usize, Vec<u64>)> = None;
        let mut sign: Option<(String, (usize, usize))> = None;
        let mut optional_until = 0;
        let (mut least, mut most) = (0, 0);
        for (index, step) in self.steps.iter().enumerate() {
            let words: Vec<&str> = match step {
                Step::Words(words, _) => words.iter().map(|w| w.word.as_str()).collect(),
                Step::Verbs(verbs) => verbs.iter().flat_map(Verb::heads).collect(),
                Step::Mapped(_) => map.keys().map(String::as_str).collect(),
                _ => Vec::new(),
            };
            if let Step::Optional(steps) = step {
                optional_until = optional_until.max(index + 1 + steps);
            }
            let must = index >= optional_until;
            if must && !words.is_empty() {
                // A word's length is a fair measure of its rarity.
                let rarity = words.iter().map(|w| if FREQUENT.contains(w) { 0 } else { w.len() }).min().unwrap_or(0);
                if best.as_ref().is_none_or(|(r, _)| rarity > *r) {
                    best = Some((rarity, words.iter().map(|w| places::key(w)).collect()));
                    self.before_key = (least, most);
                }
            }
            if let Step::Sign(word) = step
                && must
                && sign.is_none()
            {
                sign = Some((word.clone(), (least, most)));
            }
            let longest = self.longest(index, index + 1);
            most += longest;
            if must {
                least += match step {
                    Step::Gap(few, ..) => *few,
                    Step::SentenceStart | Step::ParagraphStart | Step::SentenceEnd | Step::Optional(_) => 0,
                    _ => 1,
                };
            }
        }
        let mut keys = best.map_or_else(Vec::new, |(_, keys)| keys);
        keys.sort_unstable();
        keys.dedup();
        self.keys = keys;
        if let Some((word, before)) = sign.filter(|_| self.keys.is_empty()) {
            self.before_key = before;
            self.sign = Some(word);
        }
    }

    /// Every place where the pattern fits, in order, the longest at each start; no two share a token.
    pub fn find(&self, ground: Ground) -> Vec<Match> {
        let mut starts: Vec<usize> = Vec::new();
        let (least, most) = self.before_key;
        let mut put = |at: usize| starts.extend((at.saturating_sub(most)..=at.saturating_sub(least)).filter(|_| at >= least));
        self.keys.iter().flat_map(|key| ground.article.places().of(*key)).for_each(&mut put);
        if let Some(sign) = &self.sign {
            let tokens = ground.article.tokens().iter().enumerate();
            tokens.filter(|(_, t)| ground.article.word(t) == sign).for_each(|(at, _)| put(at));
        }
        starts.sort_unstable();
        starts.dedup();
        let mut found: Vec<Match> = Vec::new();
        for start in starts {
            if found.last().is_none_or(|f| f.end <= start)
                && let Some(m) = self.fits(ground, start)
            {
                found.push(m);
            }
        }
        found
    }

    /// The match that begins at token `start`.
    pub fn fits(&self, ground: Ground, start: usize) -> Option<Match> {
        let mut matching = self.matching(ground, start)?;
        let end = matching.run(0, start)?;
        (end > start || self.steps.is_empty()).then_some(Match {
            start,
            end,
            captures: matching.captures,
            form: matching.form,
            mapped: matching.mapped,
        })
    }

    fn matching<'m>(&'m self, ground: Ground<'m>, start: usize) -> Option<Matching<'m>> {
        let sentence = ground.article.sentence_of(start)?;
        // The stop of a foreign abbreviation (`g. Kostroma`) was taken for the end of the sentence.
        let beyond = ground.article.sentence_of(sentence.end).filter(|next| self.has_stop && next.block == sentence.block);
        Some(Matching {
            pattern: self,
            ground,
            start,
            first: sentence.first,
            limit: beyond.map_or(sentence.end, |next| next.end),
            captures: vec![None; self.captures],
            form: None,
            mapped: None,
            furthest: start,
        })
    }

    /// The tokens at which the pattern fits furthest, where it does not fit as a whole: from where, and up to where.
    pub fn nearest(&self, ground: Ground) -> Option<(usize, usize)> {
        let reached = |start: usize| {
            let mut matching = self.matching(ground, start)?;
            let _ = matching.run(0, start);
            Some((start, matching.furthest))
        };
        let all = (0..ground.article.tokens().len()).filter_map(reached);
        all.filter(|(start, end)| end > start).max_by_key(|(start, end)| (end - start, usize::MAX - start))
    }

    /// Whether the pattern fits so that it ends just before token `end`.
    pub fn ends_at(&self, ground: Ground, end: usize) -> bool {
        let longest = self.longest(0, self.steps.len()).max(1);
        (end.saturating_sub(longest)..=end).any(|start| {
            let start_only = start == end && self.longest(0, self.steps.len()) == 0;
            if start_only {
                return ground.article.sentence_of(end).is_some_and(|s| s.first == end);
            }
            self.fits(ground, start).is_some_and(|m| m.end == end)
        })
    }
}

struct Matching<'m> {
    pattern: &'m Pattern,
    ground: Ground<'m>,
    start: usize,
    first: usize,
    limit: usize,
    captures: Vec<Option<(usize, usize)>>,
    form: Option<VerbForm>,
    mapped: Option<String>,
    /// Up to which token the steps fitted at best.
    furthest: usize,
}

impl Matching<'_> {
    /// Whether the token may begin with a capital though the pattern does not: where something begins.
    fn capital_allowed(&self, at: usize) -> bool {
        let article = self.ground.article;
        at == self.start
            || at == self.first
            || article.tokens().get(at).is_some_and(|t| t.glued)
            || at.checked_sub(1).and_then(|i| article.tokens().get(i)).is_some_and(|t| t.kind == TokenKind::Mark)
    }

    fn capture(&mut self, slot: usize, from: usize, to: usize) -> Option<(usize, usize)> {
        let cell = self.captures.get_mut(slot)?;
        cell.replace((from, to))
    }

    /// Runs the steps from `step` on at token `at`; the end of the match.
    fn run(&mut self, step: usize, at: usize) -> Option<usize> {
        let article = self.ground.article;
        self.furthest = self.furthest.max(at);
        let Some(now) = self.pattern.steps.get(step) else { return Some(at) };
        let word = if at < self.limit { article.word_at(at) } else { "" };
        match now {
            Step::SentenceStart => {
                let opened = at == self.first || (at == self.first + 1 && is_quote(article.word_at(self.first)));
                if opened { self.run(step + 1, at) } else { None }
            }
            Step::ParagraphStart => {
                let block = |i: usize| article.tokens().get(i).map(|t| t.block);
                let opened = at == 0 || block(at) != block(at - 1);
                if opened { self.run(step + 1, at) } else { None }
            }
            Step::SentenceEnd => {
                let ended = at >= self.limit || matches!(word, "." | "!" | "?");
                if ended { self.run(step + 1, at) } else { None }
            }
            Step::Words(literals, slot) => {
                let capital = self.capital_allowed(at);
                if word.is_empty() || !literals.iter().any(|l| l.matches(word, capital)) {
                    return None;
                }
                if let Some(slot) = slot {
                    self.capture(*slot, at, at + 1);
                }
                self.run(step + 1, at + 1)
            }
            Step::Verbs(verbs) => {
                if word.is_empty() {
                    return None;
                }
                let capitalised = word.chars().next().is_some_and(char::is_uppercase);
                if capitalised && !self.pattern.any_case && !self.capital_allowed(at) {
                    return None;
                }
                let lower = word.to_lowercase();
                let before = self.what_stands_before(at);
                let form = verbs.iter().find_map(|v| v.form_of(&lower, before))?;
                let old = self.form;
                if old.is_none() {
                    self.form = Some(form);
                }
                let end = self.run(step + 1, at + 1);
                if end.is_none() {
                    self.form = old;
                }
                end
            }
            Step::Class(class, slot) => {
                let (class, slot) = (*class, *slot);
                let most = class.matches(article, at, self.limit);
                for length in (1..=most).rev() {
                    self.capture(slot, at, at + length);
                    if let Some(end) = self.run(step + 1, at + length) {
                        return Some(end);
                    }
                }
                None
            }
            Step::Mapped(slot) => {
                let lower = word.to_lowercase();
                if !self.ground.map.contains_key(&lower) {
                    return None;
                }
                self.capture(*slot, at, at + 1);
                self.mapped = Some(lower);
                self.run(step + 1, at + 1)
            }
            Step::Same(earlier, slot) => {
                let (from, to) = self.captures.get(*earlier).copied().flatten()?;
                let same = (from..to)
                    .enumerate()
                    .all(|(i, old)| at + i < self.limit && article.word_at(at + i).eq_ignore_ascii_case(article.word_at(old)));
                if !same {
                    return None;
                }
                let length = to - from;
                self.capture(*slot, at, at + length);
                self.run(step + 1, at + length)
            }
            Step::Gap(few, many, slot) => {
                let (few, many, slot) = (*few, *many, *slot);
                let lengths = words_of_gap(article, at, self.limit, many);
                if few == 0
                    && let Some(end) = self.run(step + 1, at)
                {
                    return Some(end);
                }
                for (words, length) in lengths.iter().enumerate().map(|(i, l)| (i + 1, *l)) {
                    if words < few {
                        continue;
                    }
                    self.capture(slot, at, at + length);
                    if let Some(end) = self.run(step + 1, at + length) {
                        return Some(end);
                    }
                }
                None
            }
            Step::Mark(mark) => {
                let fits = match mark {
                    '"' => is_quote(word),
                    '-' => matches!(word, "-" | "–" | "—" | "‐" | "‑" | "−"),
                    _ => word.chars().eq([*mark]),
                };
                if fits { self.run(step + 1, at + 1) } else { None }
            }
            Step::Sign(sign) => {
                if word == sign {
                    self.run(step + 1, at + 1)
                } else {
                    None
                }
            }
            Step::Optional(length) => {
                let (length, old) = (*length, (self.captures.clone(), self.form, self.mapped.clone()));
                if let Some(end) = self.run(step + 1, at) {
                    return Some(end);
                }
                (self.captures, self.form, self.mapped) = old;
                self.run(step + 1 + length, at)
            }
        }
    }

    fn what_stands_before(&self, at: usize) -> verbs::Before {
        let mut index = at;
        for _ in 0..3 {
            let Some(previous) = index.checked_sub(1).filter(|p| *p >= self.first) else { break };
            let word = self.ground.article.word_at(previous);
            let adverb = word.ends_with("ly") || matches!(word, "not" | "also" | "never" | "already" | "still" | "just" | "ever");
            if !adverb {
                return verbs::before(word);
            }
            index = previous;
        }
        verbs::Before::Other
    }
}

/// Whether a token is a double quotation mark.
pub fn is_quote(word: &str) -> bool {
    matches!(word, "\"" | "“" | "”" | "„" | "‟" | "«" | "»" | "＂")
}
