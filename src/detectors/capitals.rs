//! Stray capitals: a word that begins with a capital in the middle of its sentence and is no name
//! (`under It`, `the Agreement with`, `it, Because`).
//!
//! Function words are a closed list. Other words are weighed: how common the word is in lower case, how
//! the article writes it elsewhere, whether it stands in a list of names, and what stands beside it.

use rustc_hash::FxHashMap;

use super::capital_weights::{Weights, number};
use super::{Build, Detect, Draft, Report, only_params, string_list};
use crate::analysis::{Analysis, Token, TokenKind};
use crate::document::{BlockKind, MarkKind};
use crate::finding::Tier;
use crate::rules::{FunctionWord, Lexicon};
use crate::text::{Edit, Span};

/// Which stray capitals a card is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    AfterComma,
    FunctionWord,
    ContentWord,
}

struct StrayCapitals {
    kind: Kind,
    /// Function words that are also names or parts of names: `Liu He`, `County Down`.
    name_like: Vec<String>,
    /// Family names before which no `He` begins a sentence.
    family_names: Vec<String>,
    /// Names that carry their own `The`.
    with_article: Vec<String>,
    /// Common nouns that end the name of an institution, which takes `the`: `the Maritime Museum`.
    institutions: Vec<String>,
    weights: Weights,
    enough: f32,
    enough_for_a_hint: f32,
}

/// Builds the `stray-capitals` detector. `kind`: `after-comma`, `function-word` or `content-word`.
pub fn build(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(
        params,
        &["kind", "names", "heads", "name-like", "family-names", "with-article", "institutions", "weights", "enough", "enough-for-a-hint"],
    )?;
    let kind = match params.get("kind").and_then(toml::Value::as_str) {
        Some("after-comma") => Kind::AfterComma,
        Some("function-word") => Kind::FunctionWord,
        Some("content-word") => Kind::ContentWord,
        _ => return Err("parameter \"kind\" must be \"after-comma\", \"function-word\" or \"content-word\"".to_owned()),
    };
    let weights = Weights::read(params)?;
    let enough = number(params.get("enough"), 2.0)?;
    let enough_for_a_hint = number(params.get("enough-for-a-hint"), enough)?;
    Ok(Box::new(StrayCapitals {
        kind,
        name_like: string_list(params, "name-like")?,
        family_names: string_list(params, "family-names")?,
        with_article: string_list(params, "with-article")?,
        institutions: string_list(params, "institutions")?,
        weights,
        enough,
        enough_for_a_hint,
    }))
}

const _: Build = build;

/// The most tokens between the marks of a quoted title.
const LONGEST_TITLE: usize = 12;

pub(super) fn starts_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// One capital, then lower case: `Because`, `A`; not `NATO`, `iPhone`.
fn is_title_case(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.all(|c| !c.is_uppercase())
}

pub(super) fn lower(word: &str) -> String {
    word.to_lowercase().replace('’', "'")
}

/// The word with a small first letter.
fn lowered(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

fn is_comma(word: &str) -> bool {
    matches!(word, "," | ";" | "、" | "،" | "，")
}

/// Marks behind which a sentence may have lost its stop.
fn is_closing(word: &str) -> bool {
    matches!(word, "%" | ")" | "”" | "\"")
}

/// For each block, whether its capitals mean nothing: a credit, a line in title case. A headline counts
/// as such from two capitals in five words.
pub(super) fn shouting(article: &Analysis) -> Vec<bool> {
    let mut words = vec![(0_usize, 0_usize); article.blocks().len()];
    for token in article.tokens().iter().filter(|t| t.kind == TokenKind::Word) {
        if let Some((all, upper)) = words.get_mut(token.block) {
            *all += 1;
            *upper += usize::from(starts_upper(article.word(token)));
        }
    }
    let share = |kind: BlockKind, all: usize, upper: usize| match kind {
        BlockKind::Credit => true,
        BlockKind::Headline => upper * 5 >= all * 2,
        _ => all > 0 && upper * 10 >= all * 6,
    };
    article.blocks().iter().zip(words).map(|(block, (all, upper))| share(block.kind, all, upper)).collect()
}

/// Whether the token begins a sentence, a quotation, an item or the part behind a colon or a dash, so
/// that its capital may be right.
fn may_begin(article: &Analysis, i: usize, token: &Token) -> bool {
    let Some(before) = i.checked_sub(1).and_then(|b| article.tokens().get(b)).filter(|b| b.block == token.block) else { return true };
    if article.sentence_of(i).is_none_or(|s| s.first == i) || token.glued {
        return true;
    }
    // Lines of verse, and of an address.
    if Span::new(before.span.end, token.span.start).of(article.text()).contains('\n') {
        return true;
    }
    // `Oslo, July 26 According to`, `Kyiv (Kronika) The`: behind a dateline no verb stands.
    let no_verb = || {
        (i.saturating_sub(25)..i)
            .rev()
            .take_while(|&k| article.tokens().get(k).is_some_and(|t| t.block == token.block))
            .all(|k| !is_finite(article, k))
    };
    // `July 26th` is a token of both kinds of letters.
    if matches!(before.kind, TokenKind::Number | TokenKind::Mixed) || article.word(before) == ")" {
        let head = i < 25 || article.tokens().get(i - 25).is_none_or(|t| t.block != token.block);
        if head && article.lexicon().function_word(&lower(article.word(token))).is_some() && no_verb() {
            return true;
        }
    }
    if before.kind != TokenKind::Mark {
        // `the U.S. The`, `a.m. The`: the stop may end the sentence.
        return before.kind == TokenKind::Abbreviation || (before.kind == TokenKind::Address && token.space_before);
    }
    match article.word(before) {
        "," | ";" | "%" | "、" | "،" | "，" => !token.space_before,
        // `[Harbor City] The`: a dateline in brackets.
        "]" => {
            let tokens = article.tokens();
            let open = (1..=8).filter_map(|d| i.checked_sub(d)).find(|&k| article.word_at(k) == "[");
            open.is_some_and(|k| k.checked_sub(1).and_then(|b| tokens.get(b)).is_none_or(|t| t.block != token.block))
        }
        ")" => false,
        // A closing mark touches the word before it and is no stop's.
        "”" | "\"" | "’" | "»" => {
            let stop = i.checked_sub(2).map_or("", |b| article.word_at(b));
            before.space_before || !token.space_before || stop.ends_with(['.', '!', '?', '…', ':'])
        }
        _ => true,
    }
}

/// The tokens around `i` between marks that a title may stand in; `None` when there are none near.
fn is_in_title(article: &Analysis, i: usize, block: usize) -> bool {
    let tokens = article.tokens();
    let is_edge = |k: usize| {
        tokens.get(k).is_none_or(|t| {
            t.block != block
                || (t.kind == TokenKind::Mark && matches!(article.word(t), "\"" | "“" | "”" | "‘" | "’" | "'" | "(" | ")" | "«" | "»"))
        })
    };
    let real = |k: usize| tokens.get(k).is_some_and(|t| t.block == block);
    let first = (0..LONGEST_TITLE).map_while(|d| i.checked_sub(d)).find(|&k| k == 0 || is_edge(k - 1));
    let last = (i..i + LONGEST_TITLE).find(|&k| is_edge(k + 1));
    let (Some(first), Some(last)) = (first, last) else { return false };
    let marked = first.checked_sub(1).is_some_and(real) && real(last + 1);
    if !marked {
        return false;
    }
    let (mut words, mut upper) = (0, 0);
    for token in tokens.iter().take(last + 1).skip(first).filter(|t| t.kind == TokenKind::Word) {
        words += 1;
        upper += usize::from(starts_upper(article.word(token)));
    }
    // `the film “It is no day to Sail”`: called a title, whatever its capitals.
    let called = first.checked_sub(2).map_or("", |k| article.word_at(k));
    let is_work = matches!(
        called,
        "film"
            | "book"
            | "song"
            | "novel"
            | "series"
            | "movie"
            | "show"
            | "album"
            | "poem"
            | "play"
            | "opera"
            | "ballet"
            | "painting"
            | "sculpture"
            | "cartoon"
            | "single"
            | "titled"
            | "entitled"
            | "called"
            | "documentary"
            | "exhibition"
            | "project"
            | "story"
    );
    is_work || words > 1 && upper >= 2 && upper * 2 >= words
}

/// Whether the token stands in emphasis that is a title's: most of its words have capitals.
fn is_emphasised_title(article: &Analysis, span: Span) -> bool {
    article.marks().iter().any(|m| {
        m.kind == MarkKind::Emphasis && m.span.contains(span) && {
            let words: Vec<&str> = m.span.of(article.text()).split_whitespace().collect();
            words.len() <= LONGEST_TITLE && words.iter().filter(|w| starts_upper(w)).count() * 2 >= words.len()
        }
    })
}

/// Whether the word at `i` is surely a finite verb.
pub(super) fn is_finite(article: &Analysis, i: usize) -> bool {
    let word = article.word_at(i);
    match article.lexicon().function_word(word) {
        Some(FunctionWord::Auxiliary) => !matches!(word, "be" | "been" | "being" | "having" | "done"),
        Some(FunctionWord::Modal) => true,
        Some(_) => false,
        None => {
            matches!(
                word,
                "said" | "says" | "told" | "came" | "took" | "went" | "fell" | "rose" | "made" | "gave" | "began" | "became" | "left"
            ) || (word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed"))
        }
    }
}

/// What a detector needs beside the token: counted once an article.
pub(super) struct Copy<'a> {
    pub(super) article: &'a Analysis<'a>,
    pub(super) shouting: Vec<bool>,
    /// How often a word stands with a capital in mid-sentence.
    pub(super) upper: FxHashMap<&'a str, u32>,
}

impl<'a> Copy<'a> {
    fn read(article: &'a Analysis<'a>) -> Self {
        let shouting = shouting(article);
        let mut upper: FxHashMap<&str, u32> = FxHashMap::default();
        for (i, token) in article.tokens().iter().enumerate() {
            if token.kind == TokenKind::Word
                && !shouting.get(token.block).copied().unwrap_or(true)
                && starts_upper(article.word(token))
                && !may_begin(article, i, token)
            {
                *upper.entry(article.word(token)).or_default() += 1;
            }
        }
        Self { article, shouting, upper }
    }

    pub(super) fn class(&self, word: &str) -> Option<FunctionWord> {
        self.article.lexicon().function_word(&lower(word))
    }

    /// Whether the word at `i` has a capital that is a name's: not one that only begins its sentence.
    pub(super) fn is_name_at(&self, i: usize) -> bool {
        let word = self.article.word_at(i);
        if !starts_upper(word) || word == "I" {
            return false;
        }
        let begins = self.article.sentence_of(i).is_none_or(|s| s.first == i)
            || i.checked_sub(1).is_some_and(|b| matches!(self.article.word_at(b), "“" | "\"" | "‘"));
        !begins || self.class(word).is_none()
    }
}

impl StrayCapitals {
    /// Whether the function word at `i` is part of a name all the same.
    fn is_part_of_name(&self, copy: &Copy, i: usize, word: &str, class: FunctionWord) -> bool {
        let article = copy.article;
        let next = article.word_at(i + 1);
        let next_upper = article.tokens().get(i + 1).is_some_and(|t| t.kind != TokenKind::Mark) && starts_upper(next);
        let before = i.checked_sub(1).map_or("", |b| article.word_at(b));
        let after_comma = is_comma(before);
        let before_name = !after_comma && i > 0 && copy.is_name_at(i - 1);
        let small = lower(word);
        let is_number = |k: usize| article.tokens().get(k).is_some_and(|t| t.kind == TokenKind::Number);
        let next_number = is_number(i + 1);
        // `40 Under 40`, `Eat This, Not That`: a title.
        let between_numbers = next_number && i.checked_sub(1).is_some_and(is_number);
        let title_before = before_name && copy.class(before).is_some();
        // `A$AP Rocky`
        let spelled_with_signs =
            article.tokens().get(i + 1).is_some_and(|t| !t.space_before && matches!(next, "$" | "&" | "+" | "*" | "@" | "#" | "/"));
        if spelled_with_signs || between_numbers || title_before || (next_upper && next != "I" && copy.class(next).is_some()) {
            return true;
        }
        match small.as_str() {
            // Months, names, initials.
            "may" | "us" | "am" => return true,
            "will" | "can" | "might" | "must" => {
                return !matches!(next, "be" | "not" | "have" | "also" | "never" | "only" | "soon" | "then" | "now");
            }
            "a" => {
                let grade = matches!(
                    next,
                    "to" | "major" | "minor" | "flat" | "sharp" | "grade" | "level" | "and" | "or" | "side" | "team" | "," | "." | "-"
                );
                let leads = matches!(
                    copy.class(before),
                    Some(FunctionWord::Preposition | FunctionWord::Auxiliary | FunctionWord::Conjunction | FunctionWord::Subordinator)
                ) || matches!(before, "that" | "said" | "," | ";");
                return grade || !leads || next_upper && article.word_at(i + 2).is_empty();
            }
            "no" if next == "." || next_number => return true,
            "the" if next_number => return true,
            _ => {}
        }
        if small == "the" && next_upper {
            return self.stray_article(copy, i).is_none();
        }
        if next_upper {
            // `Bank Of America`; `watch On Golden Pond`.
            let linking = matches!(
                class,
                FunctionWord::Conjunction
                    | FunctionWord::Subordinator
                    | FunctionWord::Auxiliary
                    | FunctionWord::Pronoun
                    | FunctionWord::Question
            );
            // `died In Perm`: a lone name behind.
            let lone = class == FunctionWord::Preposition
                && !article.tokens().get(i + 2).is_some_and(|t| t.is_word() && starts_upper(article.word(t)))
                && (article.lexicon().is_city(next) || article.lexicon().country(next).is_some() || is_calendar(next));
            return before_name || !(after_comma || lone || linking && !self.name_like.contains(&small));
        }
        if before_name && self.name_like.contains(&small) {
            let name_twice = i.checked_sub(1).and_then(|b| article.tokens().get(b)).is_some_and(|b| {
                let pair = Span::new(b.span.start, b.span.end + 1 + word.len()).of(article.text());
                article.text().matches(pair).nth(1).is_some()
            });
            let sentence = small == "he" && is_finite(article, i + 1) && !self.family_names.iter().any(|f| f == before) && !name_twice;
            return !sentence;
        }
        // A lower-case word must follow; behind a lower-case word also a number or an opening mark.
        let goes_on = next.chars().next().is_some_and(char::is_lowercase);
        !(goes_on || (!before_name && (next_number || matches!(next, "," | "“" | "\"" | "("))))
    }

    /// Whether `The` before a capital is no name's own article: `The German chancellor`, `The United States`.
    fn stray_article(&self, copy: &Copy, i: usize) -> Option<Tier> {
        let article = copy.article;
        let mut end = i + 1;
        while article.tokens().get(end).is_some_and(|t| t.kind == TokenKind::Word) && starts_upper(article.word_at(end)) && end < i + 7 {
            end += 1;
        }
        let (first, last) = (article.word_at(i + 1), article.word_at(end - 1));
        let (Some(a), Some(b)) = (article.tokens().get(i + 1), article.tokens().get(end - 1)) else { return None };
        let name = Span::new(a.span.start, b.span.end).of(article.text());
        let lexicon = article.lexicon();
        let own = self.with_article.iter().any(|w| w == first || w == last) || lexicon.organisation(&format!("The {name}")).is_some();
        if own {
            return None;
        }
        let follows = article.word_at(end);
        let noun_follows = article.tokens().get(end).is_some_and(|t| t.kind == TokenKind::Word)
            && lexicon.function_word(follows).is_none()
            && lexicon.is_curated(follows)
            && !is_finite(article, end)
            && !follows.ends_with("ly")
            && !follows.ends_with("ing")
            && (!follows.ends_with('s') || follows.ends_with("ss"));
        // Another place of the article writes `the` before the same name.
        let elsewhere = article.text().contains(&format!(" the {name}"));
        if lexicon.country(first).is_some() || lexicon.country(name).is_some() || noun_follows {
            Some(Tier::Default)
        } else {
            let institution = end > i + 2 && self.institutions.contains(&lower(last));
            let comma = i.checked_sub(1).is_some_and(|b| article.word_at(b) == ",");
            (elsewhere || institution).then_some(if institution && comma { Tier::Default } else { Tier::Hint })
        }
    }

    /// Whether a full stop was likelier lost before `i` than a capital added: a clause of its own follows.
    fn is_lost_stop(copy: &Copy, i: usize, class: FunctionWord) -> bool {
        let article = copy.article;
        let Some(sentence) = article.sentence_of(i) else { return false };
        let finite = |k: usize| is_finite(article, k) || article.lexicon().is_finite_verb(article.word_at(k));
        let before = i.checked_sub(1).map_or("", |b| article.word_at(b));
        let closed = is_closing(before) || article.tokens().get(i - 1).is_some_and(|t| t.kind == TokenKind::Number);
        let ends = closed
            || copy.class(before).is_none()
                && !before.ends_with("ing")
                && !matches!(before, "said" | "says" | "told" | "added" | "," | ";")
                && (starts_upper(before) || !finite(i - 1));
        if !ends {
            return false;
        }
        let small = lower(article.word_at(i));
        let left = (sentence.first..i).any(finite);
        let verb_in = |from: usize, to: usize| {
            (from..to.min(sentence.end)).take_while(|&k| !matches!(article.word_at(k), "," | ";" | "that" | "which" | "who")).any(finite)
        };
        // `In 2020 The company was`: a phrase before the subject.
        let opens_with_phrase = matches!(
            copy.class(article.word_at(sentence.first)),
            Some(FunctionWord::Preposition | FunctionWord::Subordinator | FunctionWord::Question | FunctionWord::Conjunction)
        );
        let follows_end = left || !opens_with_phrase;
        match class {
            FunctionWord::Pronoun if matches!(small.as_str(), "he" | "she" | "it" | "they" | "we" | "you" | "there") => {
                let adverb = usize::from(copy.class(article.word_at(i + 1)) == Some(FunctionWord::Adverb));
                follows_end && finite(i + 1 + adverb)
            }
            FunctionWord::Article | FunctionWord::Determiner | FunctionWord::Possessive | FunctionWord::Pronoun
                if !matches!(small.as_str(), "that" | "each" | "both" | "all") =>
            {
                follows_end && verb_in(i + 1, i + 10)
            }
            FunctionWord::Adverb if matches!(small.as_str(), "however" | "meanwhile" | "moreover" | "furthermore") => {
                follows_end && verb_in(i + 1, i + 10)
            }
            // `closed 24.8% lower In May, the price rose`
            FunctionWord::Preposition | FunctionWord::Subordinator | FunctionWord::Question => {
                let comma = (i + 1..(i + 10).min(sentence.end)).find(|&k| article.word_at(k) == ",");
                (closed || small == "according") && comma.is_some_and(|k| verb_in(k + 1, k + 9))
            }
            _ => false,
        }
    }

    fn function_word(&self, copy: &Copy, i: usize, token: &Token, report: &mut Report) {
        let article = copy.article;
        let word = article.word(token);
        let Some(class) = copy.class(word) else { return };
        let comma = i.checked_sub(1).and_then(|b| article.tokens().get(b)).filter(|b| is_comma(article.word(b)));
        if comma.is_some() != (self.kind == Kind::AfterComma) || self.is_part_of_name(copy, i, word, class) {
            return;
        }
        let small = lowered(word);
        let lowering = Edit::replace(article.text(), token.span, small.clone());
        let next_upper = article.tokens().get(i + 1).is_some_and(|t| t.is_word() && starts_upper(article.word(t)));
        let sure = class != FunctionWord::Article || !next_upper || self.stray_article(copy, i) != Some(Tier::Hint);
        let draft = report.finding(token.span);
        let draft = if sure && !may_mean_god(article, &small) { draft } else { draft.hint() };
        if let Some(comma) = comma {
            let stop = Edit::replace(article.text(), comma.span, ".");
            let draft = draft.fix(format!("“{small}”"), vec![lowering]);
            let draft = if is_finite(article, i + 1) || class == FunctionWord::Article {
                draft.fix_to_review(format!("a new sentence: “. {word}”"), vec![stop])
            } else {
                draft
            };
            return draft.done();
        }
        let Some(before) = i.checked_sub(1).and_then(|b| article.tokens().get(b)) else { return };
        // In a wire the stop stands inside the quotation mark.
        let inside = matches!(article.word(before), "”" | "\"");
        let split = vec![Edit::insert(if inside { before.span.start } else { before.span.end }, ".")];
        let opens = matches!(
            class,
            FunctionWord::Pronoun
                | FunctionWord::Article
                | FunctionWord::Determiner
                | FunctionWord::Possessive
                | FunctionWord::Adverb
                | FunctionWord::Preposition
                | FunctionWord::Subordinator
                | FunctionWord::Question
        ) && (before.kind != TokenKind::Mark || is_closing(article.word(before)))
            && !matches!(
                copy.class(article.word(before)),
                Some(FunctionWord::Article | FunctionWord::Preposition | FunctionWord::Possessive)
            );
        let (low, stop) = (format!("“{small}”"), format!("a new sentence: “. {word}”"));
        let scope = Span::new(if inside { before.span.start } else { before.span.end }, token.span.end);
        let draft: Draft = match (opens, opens && Self::is_lost_stop(copy, i, class)) {
            (true, true) => draft.fix(stop, split).fix(low, vec![lowering]).scope(scope),
            (true, false) => draft.fix(low, vec![lowering]).fix_to_review(stop, split).scope(scope),
            (false, _) => draft.fix(low, vec![lowering]),
        };
        draft.done();
    }

    fn content_word(&self, copy: &Copy, i: usize, token: &Token, report: &mut Report) {
        let article = copy.article;
        let word = article.word(token);
        if copy.class(word).is_some() || word.contains(['\'', '’']) || is_calendar(word) || article.lexicon().country(word).is_some() {
            return;
        }
        let Some(score) = self.weights.score(copy, i, word, self.enough_for_a_hint) else { return };
        if is_in_title(article, i, token.block) {
            return;
        }
        if i.checked_sub(1).is_some_and(|b| matches!(article.word_at(b), "”" | "\"" | "’" | "»" | ")" | "]" | "%")) {
            return;
        }
        let small = lowered(word);
        let draft = report.finding(token.span).fix(format!("“{small}”"), vec![Edit::replace(article.text(), token.span, small)]);
        if score >= self.enough { draft.done() } else { draft.hint().done() }
    }
}

/// Whether a pronoun may be God’s, whom believers write with a capital.
fn may_mean_god(article: &Analysis, pronoun: &str) -> bool {
    matches!(pronoun, "he" | "him" | "his" | "himself" | "who" | "whom" | "thee" | "thy" | "you" | "your")
        && ["God", "Lord", "Allah", "Christ", "Jesus", "Creator", "Almighty", "pray", "prayed", "worship", "praise"]
            .iter()
            .any(|w| article.count(w) > 0)
}

/// Names of days and months.
fn is_calendar(word: &str) -> bool {
    matches!(
        word,
        "January"
            | "February"
            | "March"
            | "April"
            | "May"
            | "June"
            | "July"
            | "August"
            | "September"
            | "October"
            | "November"
            | "December"
            | "Monday"
            | "Tuesday"
            | "Wednesday"
            | "Thursday"
            | "Friday"
            | "Saturday"
            | "Sunday"
    )
}

impl Detect for StrayCapitals {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        let copy = Copy::read(article);
        for (i, token) in article.tokens().iter().enumerate() {
            if token.kind != TokenKind::Word || copy.shouting.get(token.block).copied().unwrap_or(true) {
                continue;
            }
            let word = article.word(token);
            if !is_title_case(word) || word == "I" || may_begin(article, i, token) {
                continue;
            }
            if self.kind == Kind::ContentWord {
                self.content_word(&copy, i, token, report);
            } else if copy.class(word).is_some() && !is_in_title(article, i, token.block) && !is_emphasised_title(article, token.span) {
                self.function_word(&copy, i, token, report);
            }
        }
    }
}
