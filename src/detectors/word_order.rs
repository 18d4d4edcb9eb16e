//! Word order: Arabic and Russian put the verb first (`announced the Jordanian minister that …`); English
//! puts the subject before it. One finding for the clause: the fix moves the subject, and with it whatever
//! else is damaged at its end, a day named twice or a lost space.

use std::collections::BTreeMap;

use super::day_calques::{self, DayPhrase};
use super::phrases::classes::{Class, DAYS, FUNCTION_WORDS, MONTHS, is_reporting};
use super::phrases::pattern::is_quote;
use super::phrases::template::words_between;
use super::phrases::{capitalise, glued_neighbours};
use super::{Build, Detect, Report, only_params, string_list};
use crate::analysis::{Analysis, Sentence, TokenKind};
use crate::rules::Lexicon;
use crate::rules::lexicon::Role;
use crate::rules::verbs::{Number, Verb, VerbForm};
use crate::text::{Edit, Span};

/// A sentence that begins with its verb.
struct VerbFirst {
    /// Each listed form and its past.
    verbs: BTreeMap<String, Forms>,
    /// Forms that also begin a good sentence (`Told the news, she wept`): found only in lower case.
    doubtful: Vec<String>,
}

#[derive(Clone)]
struct Forms {
    /// As found.
    found: String,
    /// The other tense that an English writer may choose; the first choice for verbs of expectation.
    other: Option<String>,
}

/// Builds the `verb-first` detector.
pub fn build_verb_first(params: &toml::Table, lexicon: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &["verbs", "present", "doubtful"])?;
    let present = string_list(params, "present")?;
    let mut verbs = BTreeMap::new();
    for base in string_list(params, "verbs")?.iter().chain(&present) {
        let verb = Verb::new(base, lexicon);
        let past = verb.form(VerbForm::Past, Number::Singular).to_owned();
        let third = verb.form(VerbForm::Third, Number::Singular).to_owned();
        let other = present.contains(base).then(|| third.clone());
        verbs.insert(past.clone(), Forms { found: past, other });
        verbs.insert(third.clone(), Forms { found: third, other: None });
    }
    if verbs.is_empty() {
        return Err("parameter \"verbs\" is missing".to_owned());
    }
    let doubtful = string_list(params, "doubtful")?;
    let doubtful = doubtful.iter().map(|base| Verb::new(base, lexicon).form(VerbForm::Past, Number::Singular).to_owned()).collect();
    Ok(Box::new(VerbFirst { verbs, doubtful }))
}

const _: Build = build_verb_first;

/// The subject that stands behind its verb.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Subject {
    start: usize,
    end: usize,
    /// It ends with a person's name, so that a title without an article stands before it.
    named: bool,
    /// It is a person, a body or a people: what can say or do something.
    acts: bool,
    /// Its last word is set off by a comma (`the director, Huda Naim,`).
    apposition: bool,
    plural: bool,
}

/// Adjectives of direction: `southern Iraq`.
const DIRECTIONS: &[&str] = &["northern", "southern", "eastern", "western", "central", "north", "south", "east", "west", "the"];

/// Bodies that act, beyond the roles of the list.
const BODIES: &[&str] = &[
    "union",
    "federation",
    "association",
    "chamber",
    "bank",
    "university",
    "league",
    "syndicate",
    "authority",
    "bureau",
    "team",
    "club",
    "presidency",
    "delegation",
    "mission",
    "forces",
    "troops",
    "teachers",
    "doctors",
    "workers",
    "residents",
    "activists",
    "sources",
    "officials",
    "authorities",
    "media",
    "rescuers",
    "protesters",
    "farmers",
    "students",
    "scientists",
    "researchers",
    "ministers",
    "department",
    "directorate",
    "board",
    "administration",
    "leadership",
    "side",
    "fund",
    "house",
    "service",
    "society",
    "hospital",
    "municipality",
    "governorate",
    "parties",
    "witnesses",
    "experts",
    "families",
    "investigators",
    "prosecution",
    "fighters",
    "soldiers",
];

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Reads the subject that begins at token `at`.
fn subject(article: &Analysis, at: usize, limit: usize) -> Option<Subject> {
    let tokens = article.tokens();
    let word = |i: usize| if i < limit { article.word_at(i) } else { "" };
    let mut index = at;
    let determiner = Class::Determiner.matches(article, index, limit) > 0;
    if determiner {
        index += 1;
        // `a number of`, `the first`
    }
    let begins_as_subject = determiner || is_capital(word(index)) || (BODIES.contains(&word(index)) && word(index).ends_with('s'));
    if !begins_as_subject {
        return None;
    }
    let head = index;
    let mut acts = false;
    let mut plural = false;
    let mut last_capital_run = 0;
    let mut end = index;
    while index < limit {
        let Some(token) = tokens.get(index) else { break };
        if token.glued && index > head {
            break;
        }
        let w = article.word(token);
        if token.kind == TokenKind::Mark {
            let inner = matches!(w, "-" | "’" | "'") && !token.space_before && index > head;
            if !inner {
                break;
            }
            index += 1;
            continue;
        }
        if !token.is_word() || DAYS.contains(&w) || MONTHS.contains(&w) {
            break;
        }
        let lower = w.to_lowercase();
        if is_capital(w) {
            last_capital_run += 1;
        } else if matches!(w, "of" | "for" | "in" | "at" | "and" | "to") {
            let next = word(index + 1);
            let skip = usize::from(matches!(next, "the" | "its" | "his" | "their" | "a"));
            let far = word(index + 1 + skip);
            let far_capital = is_capital(far) && !DAYS.contains(&far) && !MONTHS.contains(&far);
            let direction = DIRECTIONS.contains(&next) && is_capital(word(index + 2));
            let attaches = match w {
                "of" => skip == 1 || far_capital || Class::Noun.matches(article, index + 1, limit) > 0,
                "for" | "in" | "at" => far_capital || direction,
                "and" => last_capital_run > 0 && far_capital && skip == 0,
                _ => {
                    far_capital && matches!(word(index.wrapping_sub(1)), "envoy" | "ambassador" | "representative" | "adviser" | "advisor")
                }
            };
            if !attaches || index == head {
                break;
            }
            last_capital_run = 0;
            index += 1 + skip;
            if direction {
                index += 1;
            }
            continue;
        } else if matches!(w, "al" | "el" | "bin" | "ibn" | "de" | "von" | "van" | "da" | "del")
            && (is_capital(word(index + 1)) || (word(index + 1) == "-" && is_capital(word(index + 2))))
        {
            // A particle inside a name.
        } else if FUNCTION_WORDS.contains(&lower.as_str()) || Class::Determiner.matches(article, index, limit) > 0 || is_reporting(w) {
            break;
        } else if last_capital_run >= 2 && !noun_of_persons(article, &lower) {
            // After a full name in capitals a small word begins something else.
            break;
        } else {
            last_capital_run = 0;
        }
        acts |= noun_of_persons(article, &lower) || (is_capital(w) && last_capital_run >= 2);
        plural = lower.ends_with('s') && !lower.ends_with("ss") && last_capital_run == 0;
        index += 1;
        end = index;
    }
    if end <= head && end == at {
        return None;
    }
    if end == head {
        return None;
    }
    let named = last_capital_run >= 2 && ends_with_person(article, end, last_capital_run);
    let mut apposition = false;
    if word(end) == "," && acts {
        // `the director of the network, Huda Naim,` or `Huda Naim, the director of the network,`
        let length = if named { role_phrase(article, end + 1, limit) } else { Class::Person.matches(article, end + 1, limit) };
        let closes = end + 1 + length >= limit || matches!(word(end + 1 + length), "," | "." | "!" | "?");
        if closes && (length > 1 || (named && length > 0)) {
            end += 1 + length;
            apposition = true;
        }
    }
    Some(Subject { start: at, end, named: named && !apposition, acts, apposition, plural })
}

/// The length of `head of the union`, `the director of the network`: a role set off from a name, up to the next comma.
fn role_phrase(article: &Analysis, at: usize, limit: usize) -> usize {
    let first = at + usize::from(Class::Determiner.matches(article, at, limit) > 0);
    let comma = (at..limit.min(at + 12)).find(|i| matches!(article.word_at(*i), "," | "." | "“" | "”" | "\"" | ":"));
    let Some(end) = comma.filter(|c| *c > first) else { return 0 };
    let role = (first..end.min(first + 4)).any(|i| noun_of_persons(article, &article.word_at(i).to_lowercase()));
    let verb = (first..end).any(|i| is_reporting(article.word_at(i)) || matches!(article.word_at(i), "that" | "who" | "is" | "was"));
    if role && !verb { end - at } else { 0 }
}

fn noun_of_persons(article: &Analysis, lower: &str) -> bool {
    let role = |w: &str| matches!(article.lexicon().role(w), Some(Role::Neutral | Role::Gendered(_) | Role::Thing));
    role(lower) || lower.strip_suffix('s').is_some_and(role) || BODIES.contains(&lower)
}

/// Whether the capitalised words before `end` close with a person's name and not with that of a body.
fn ends_with_person(article: &Analysis, end: usize, run: usize) -> bool {
    let Some(last) = end.checked_sub(1) else { return false };
    let lower = article.word_at(last).to_lowercase();
    let body = noun_of_persons(article, &lower) || article.lexicon().country(article.word_at(last)).is_some();
    let english = article.lexicon().is_curated(&lower) && !article.lexicon().is_surname(article.word_at(last));
    run >= 2 && !body && !english
}

impl VerbFirst {
    /// The verb that begins the sentence, if the sentence may begin with it wrongly.
    fn verb(&self, article: &Analysis, sentence: &Sentence, at: usize) -> Option<&Forms> {
        let word = article.word_at(at);
        let lower = word.to_lowercase();
        let forms = self.verbs.get(&lower)?;
        let capital = is_capital(word);
        if at > sentence.first && (capital || !is_reporting(word)) {
            return None;
        }
        if capital && self.doubtful.contains(&lower) {
            return None;
        }
        // `… on the road,” / said the minister`: a line broken inside an attribution.
        let before = |back: usize| sentence.first.checked_sub(back).map_or("", |b| article.word_at(b));
        let new_block = sentence.first.checked_sub(1).and_then(|b| article.tokens().get(b)).is_none_or(|t| t.block != sentence.block);
        let closed = new_block && matches!(before(2), "." | "!" | "?");
        (before(1) != "," && (closed || !is_quote(before(1)))).then_some(forms)
    }
}

impl Detect for VerbFirst {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        for sentence in article.sentences() {
            // `On Tuesday announced the ministry …`: the day may stand before the verb.
            let day = day_calques::read(article, sentence.first).filter(|d| d.end < sentence.end);
            let verb = day.as_ref().map_or(sentence.first, |d| d.end + usize::from(article.word_at(d.end) == ","));
            if let Some(forms) = self.verb(article, sentence, verb) {
                report_verb_first(article, report, sentence, verb, day, forms);
            }
        }
    }
}

/// The end of a sentence; one that was ended by glued words goes on behind them (`LavrovToday, Wednesday,`).
fn end_past_glue(article: &Analysis, sentence: &Sentence) -> usize {
    let mut end = sentence.end;
    while article.tokens().get(end).is_some_and(|t| t.glued && t.block == sentence.block) {
        end = article.sentence_of(end).map_or(end + 1, |s| s.end);
    }
    end
}

fn report_verb_first(
    article: &Analysis,
    report: &mut Report,
    sentence: &Sentence,
    verb: usize,
    opening_day: Option<DayPhrase>,
    forms: &Forms,
) {
    let tokens = article.tokens();
    let start = sentence.first;
    let end = end_past_glue(article, sentence);
    let word = |i: usize| if i < end { article.word_at(i) } else { "" };
    // The day may stand between verb and subject.
    let behind_verb = day_calques::read(article, verb + 1).filter(|d| d.end < end);
    let subject_at = behind_verb.as_ref().map_or(verb + 1, |d| if word(d.end) == "," { d.end + 1 } else { d.end });
    let early = opening_day.or(behind_verb);
    let Some(subject) = subject(article, subject_at, end).filter(|s| s.acts) else { return };
    let mut next = subject.end;
    let comma = word(next) == ",";
    if comma {
        next += 1;
    }
    let late = if early.is_none() { day_calques::read(article, next).filter(|d| d.end <= end) } else { None };
    let mut comma_after = comma && late.is_none();
    if let Some(day) = &late {
        next = day.end;
        comma_after = word(next) == ",";
        if comma_after {
            next += 1;
        }
    }
    let next_word = word(next);
    let Some(next_token) = tokens.get(next).filter(|_| next < end) else { return };
    let determiner = Class::Determiner.matches(article, next, end) > 0;
    let goes_on = late.is_some()
        || next_token.glued
        || determiner
        || is_quote(next_word)
        || matches!(next_word, "that" | ":" | "to" | "in" | "on" | "at" | "after" | "during")
        || (matches!(next_word, "with" | "from" | "by" | "about" | "for") && !is_reporting(&forms.found))
        || comma
        || subject.named;
    if !goes_on || next_token.kind == TokenKind::Mark && matches!(next_word, "." | "!" | "?") {
        return;
    }
    // A participle that opens a good sentence: `Confirmed a year ago, the plan …`.
    if comma
        && late.is_none()
        && early.is_none()
        && !subject.apposition
        && !matches!(next_word, "that" | "during" | "in")
        && !is_quote(next_word)
    {
        return;
    }
    let day = early.as_ref().or(late.as_ref());
    let keeps_comma =
        (comma_after && (is_quote(next_word) || matches!(next_word, "which" | "who"))) || (comma && late.is_none() && is_quote(next_word));
    let clause = Clause { article, verb, subject: &subject, day, keeps_comma, before_glue: next_token.glued };
    let (Some(first), Some(last)) = (tokens.get(start), tokens.get(next - 1)) else { return };
    let span = Span::new(first.span.start, last.span.end);
    let marked = Span::new(first.span.start, tokens.get(subject.end - 1).map_or(span.end, |t| t.span.end));
    let scope = span.cover(glued_neighbours(article, start, next));
    let mut draft = report.finding(marked).scope(scope).value("verb", &forms.found);
    let mut verbs = vec![forms.found.clone()];
    if let Some(other) = forms.other.as_ref().filter(|_| !subject.plural) {
        verbs.insert(0, other.clone());
    }
    let mut offered = Vec::new();
    for verb in &verbs {
        offered.push(clause.with(verb, subject.named));
    }
    if subject.named {
        offered.extend(verbs.first().map(|verb| clause.with(verb, false)));
    }
    for to in offered {
        draft = draft.fix(to.trim().to_owned(), vec![Edit::replace(article.text(), span, to)]);
    }
    draft.done();
}

/// The parts of a clause whose verb stands first.
struct Clause<'c> {
    article: &'c Analysis<'c>,
    verb: usize,
    subject: &'c Subject,
    day: Option<&'c DayPhrase>,
    keeps_comma: bool,
    before_glue: bool,
}

impl Clause<'_> {
    /// The clause in English order; `bare` leaves out the article before a title with a name.
    fn with(&self, verb: &str, bare: bool) -> String {
        let Subject { start, end, apposition, .. } = *self.subject;
        let leaves_article = bare && self.article.word_at(start).eq_ignore_ascii_case("the");
        let words = words_between(self.article, if leaves_article { start + 1 } else { start }, end);
        let mut out = capitalise(&words);
        if apposition {
            out.push(',');
        }
        out.push(' ');
        out.push_str(verb);
        if let Some(day) = self.day {
            out.push(' ');
            out.push_str(&day.english());
        }
        if self.keeps_comma {
            out.push(',');
        }
        if self.before_glue {
            out.push(' ');
        }
        debug_assert!(self.verb < start);
        out
    }
}

/// An attribution whose time or occasion stands between verb and subject.
struct LateSubject;

/// Builds the `late-subject` detector.
pub fn build_late_subject(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &[])?;
    Ok(Box::new(LateSubject))
}

const _: Build = build_late_subject;

/// `in a statement`, `during a press conference`: the tokens it takes.
fn occasion(article: &Analysis, at: usize) -> usize {
    let word = |i: usize| article.word_at(i);
    if !matches!(word(at), "in" | "at" | "during" | "through" | "on") || !matches!(word(at + 1), "a" | "an" | "his" | "her" | "its" | "the")
    {
        return 0;
    }
    let mut end = at + 2;
    while end < at + 5 && Class::Noun.matches(article, end, usize::MAX) > 0 {
        end += 1;
        if matches!(word(end - 1), "statement" | "interview" | "conference" | "speech" | "report" | "briefing" | "tweet" | "message") {
            return end - at;
        }
    }
    0
}

impl Detect for LateSubject {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        let tokens = article.tokens();
        for (at, token) in tokens.iter().enumerate() {
            let before = at.checked_sub(1).map_or("", |b| article.word_at(b));
            if !token.is_word() || !(matches!(before, "," | "،") || is_quote(before)) {
                continue;
            }
            let word = article.word(token);
            if !word.ends_with(['d', 's']) || !is_reporting(word) {
                continue;
            }
            let Some(sentence) = article.sentence_of(at).filter(|s| s.first < at) else { continue };
            let day = day_calques::read(article, at + 1);
            let length = day.as_ref().map_or_else(|| occasion(article, at + 1), |d| d.end - at - 1);
            if length == 0 {
                continue;
            }
            let adjunct_end = at + 1 + length;
            let comma = usize::from(article.word_at(adjunct_end) == "," && day.is_some());
            let Some(subject) = subject(article, adjunct_end + comma, sentence.end) else { continue };
            let closes = subject.end >= sentence.end || matches!(article.word_at(subject.end), "." | "," | "!" | "?");
            if !closes || !(subject.acts || subject.named) {
                continue;
            }
            let (Some(first), Some(last)) = (tokens.get(at), tokens.get(subject.end - 1)) else { continue };
            let span = Span::new(first.span.start, last.span.end);
            let adjunct = day.map_or_else(|| words_between(article, at + 1, adjunct_end), |d| d.english());
            let comma = if subject.apposition { "," } else { "" };
            let who = words_between(article, subject.start, subject.end);
            let draft = report.finding(span).scope(glued_neighbours(article, at, subject.end));
            draft.replace(format!("{who}{comma} {word} {adjunct}")).replace(format!("{word} {who} {adjunct}")).done();
        }
    }
}
