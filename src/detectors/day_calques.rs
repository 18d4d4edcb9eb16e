//! Day calques: Arabic and Turkish copy names the day twice (`told the station, today, Wednesday, that`);
//! English names it once (`told the station on Wednesday that`).
//!
//! The commas belong to the calque and go with it, except where the sentence wants one: before a clause that
//! hangs on, and after the day at the head of a sentence.

use super::phrases::classes::{Class, DAYS, MONTHS, is_reporting};
use super::phrases::pattern::is_quote;
use super::phrases::{capitalise, glued_neighbours};
use super::{Build, Detect, Report, only_params};
use crate::analysis::places::key;
use crate::analysis::{Analysis, TokenKind};
use crate::rules::Lexicon;
use crate::text::{Edit, Span};

struct DayCalques;

/// Builds the `day-calques` detector.
pub fn build(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &[])?;
    Ok(Box::new(DayCalques))
}

const _: Build = build;

/// A phrase that names a day, as it stands between two tokens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DayPhrase {
    /// First token: `on` or `today`.
    pub start: usize,
    /// One past the last token that names the day; a comma behind it does not belong.
    pub end: usize,
    /// `today`, `yesterday`, `tomorrow`, if the phrase has it.
    pub relative: Option<String>,
    /// `Wednesday`, `Wednesday evening`, `March 12`, if the phrase has it.
    pub day: Option<String>,
}

impl DayPhrase {
    /// Whether the day is named twice.
    pub const fn is_calque(&self) -> bool {
        self.relative.is_some() && self.day.is_some()
    }

    /// How English names the day: `on Wednesday`, else `today`.
    pub fn english(&self) -> String {
        match (&self.day, &self.relative) {
            (Some(day), _) => format!("on {day}"),
            (None, relative) => relative.clone().unwrap_or_default(),
        }
    }
}

const RELATIVE: &[&str] = &["today", "yesterday", "tomorrow", "tonight"];
const PARTS: &[&str] = &["morning", "afternoon", "evening", "night", "noon"];

/// Reads a phrase that names a day from token `at` on.
pub fn read(article: &Analysis, at: usize) -> Option<DayPhrase> {
    let tokens = article.tokens();
    let block = tokens.get(at)?.block;
    let word = |i: usize| tokens.get(i).filter(|t| t.block == block).map_or("", |t| article.word(t));
    let lower = |i: usize| word(i).to_lowercase();
    let mut next = at;
    let on = matches!(lower(next).as_str(), "on" | "in");
    if on {
        next += 1;
    }
    let mut relative = None;
    let mut part = None;
    let mut comma = false;
    let this_part = lower(next) == "this" && PARTS.contains(&word(next + 1));
    if this_part || RELATIVE.contains(&lower(next).as_str()) {
        relative = Some(if this_part { format!("this {}", word(next + 1)) } else { lower(next) });
        next += 1;
        if PARTS.contains(&word(next)) {
            part = Some(word(next).to_owned());
            next += 1;
        }
        comma = word(next) == ",";
        if comma {
            next += 1;
        }
    }
    let day = if DAYS.contains(&word(next)) {
        let name = word(next).to_owned();
        next += 1;
        if PARTS.contains(&word(next)) {
            part = Some(word(next).to_owned());
            next += 1;
        }
        // `today, Tuesday, March 12,`: the date may follow.
        Some(part.map_or(name.clone(), |p| format!("{name} {p}")))
    } else if comma && MONTHS.contains(&word(next)) && number(article, next + 1) {
        let name = format!("{} {}", word(next), word(next + 1));
        next += 2;
        Some(name)
    } else {
        None
    };
    if day.is_none() {
        let relative = relative.filter(|_| !on)?;
        let end = if comma { next - 1 } else { next };
        return Some(DayPhrase { start: at, end, relative: Some(relative), day: None });
    }
    // A day of its own needs `on`; `in Wednesday` is read only behind `today`.
    if relative.is_none() && !(on && lower(at) == "on") {
        return None;
    }
    Some(DayPhrase { start: at, end: next, relative, day })
}

fn number(article: &Analysis, at: usize) -> bool {
    article.tokens().get(at).is_some_and(|t| t.kind == TokenKind::Number && article.word(t).len() <= 2)
}

/// Prepositions that take the day without `on`.
fn takes_bare_day(word: &str) -> bool {
    matches!(word, "of" | "until" | "till" | "from" | "since" | "for" | "by" | "before" | "after" | "through" | "late" | "early" | "next")
}

/// Whether a comma stays before the word that follows the day: a clause that hangs on.
fn wants_comma(article: &Analysis, next: usize) -> bool {
    let word = article.word_at(next);
    let lower = word.to_lowercase();
    let hangs = matches!(
        lower.as_str(),
        "which" | "who" | "where" | "whose" | "whom" | "according" | "but" | "while" | "although" | "though" | "amid"
    );
    let participle = word == lower && Class::Gerund.matches(article, next, usize::MAX) > 0;
    let figure = Class::Number.matches(article, next, usize::MAX) > 0;
    hangs || participle || figure || is_quote(word)
}

/// Whether the sentence begins with a preposition or conjunction, so that its first phrase ends with a comma.
fn opens_with_a_phrase(article: &Analysis, at: usize) -> bool {
    const OPENERS: &[&str] =
        &["after", "before", "during", "in", "at", "following", "when", "while", "as", "since", "upon", "on", "with", "under", "despite"];
    article.sentence_of(at).is_some_and(|s| {
        let commas = (s.first..at.saturating_sub(1)).any(|i| article.word_at(i) == ",");
        !commas && OPENERS.contains(&article.word_at(s.first).to_lowercase().as_str())
    })
}

impl Detect for DayCalques {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        let tokens = article.tokens();
        let mut covered = 0;
        let mut places: Vec<usize> = RELATIVE.iter().chain(&["this"]).flat_map(|r| article.places().of(key(r))).collect();
        places.sort_unstable();
        for at in places {
            let Some(token) = tokens.get(at).filter(|t| at >= covered && t.is_word()) else { continue };
            // `on today, Wednesday`: the preposition belongs to it.
            let before = at.checked_sub(1).filter(|b| tokens.get(*b).is_some_and(|t| t.block == token.block));
            let on = before.filter(|b| matches!(article.word_at(*b), "on" | "On"));
            let Some(phrase) = read(article, on.unwrap_or(at)).filter(DayPhrase::is_calque) else { continue };
            covered = phrase.end;
            report_day(article, report, &phrase);
        }
    }
}

fn report_day(article: &Analysis, report: &mut Report, phrase: &DayPhrase) {
    let tokens = article.tokens();
    let (Some(first), Some(last)) = (tokens.get(phrase.start), tokens.get(phrase.end - 1)) else { return };
    if article.in_quotation(Span::new(first.span.start, last.span.end)) {
        return;
    }
    let word = |i: usize| tokens.get(i).filter(|t| t.block == first.block).map_or("", |t| article.word(t));
    let comma_after = word(phrase.end) == ",";
    let next = if comma_after { phrase.end + 1 } else { phrase.end };
    let next_word = word(next);
    // `today, Monday and Tuesday are holidays`, `yesterday, Friday prayers`: days of their own.
    if matches!(next_word, "and" | "or" | "to" | "through") && !comma_after {
        return;
    }
    let plain_next = Class::Noun.matches(article, next, usize::MAX) > 0 && !next_word.ends_with("ed") && !is_reporting(next_word);
    if !comma_after && plain_next && !tokens.get(next).is_some_and(|t| t.glued) {
        return;
    }
    let sentence_first = article.sentence_of(phrase.start).map(|s| s.first);
    let begins = sentence_first == Some(phrase.start) && !first.glued;
    let before = phrase.start.checked_sub(1).filter(|_| !begins);
    let comma_before = before.is_some_and(|b| word(b) == ",");
    let word_before = before.map_or("", |b| if comma_before { "" } else { word(b) });
    let said_before = is_reporting(word_before) || word_before.ends_with("ed");
    let keeps_comma = comma_after
        && next_word != ","
        && (begins
            || wants_comma(article, next)
            || (!said_before && opens_with_a_phrase(article, phrase.start) && !is_reporting(next_word) && next_word != "that"));
    let drops_comma_before = comma_before && (comma_after || matches!(next_word, "that" | "in" | "at"));
    let end = if comma_after { phrase.end + 1 } else { phrase.end };
    let Some(last) = tokens.get(end - 1) else { return };
    let span = Span::new(first.span.start, last.span.end);
    let edit_start = if drops_comma_before {
        before.and_then(|b| b.checked_sub(1)).and_then(|b| tokens.get(b)).map_or(span.start, |t| t.span.end)
    } else {
        span.start
    };
    let day = phrase.day.clone().unwrap_or_default();
    let on_day = if takes_bare_day(word_before) { day.clone() } else { phrase.english() };
    let mut options = vec![on_day, day];
    options.extend(
        phrase.relative.clone().filter(|_| word(phrase.start).eq_ignore_ascii_case("on") || !word_before.eq_ignore_ascii_case("on")),
    );
    let mut draft = report.finding(span).scope(glued_neighbours(article, phrase.start, end)).value("day", &phrase.english());
    for option in options {
        let mut to = if begins { capitalise(&option) } else { option.clone() };
        if drops_comma_before || first.glued {
            to.insert(0, ' ');
        }
        if keeps_comma {
            to.push(',');
        }
        if tokens.get(end).is_some_and(|t| t.glued) {
            to.push(' ');
        }
        draft = draft.fix(option, vec![Edit::replace(article.text(), Span::new(edit_start, span.end), to)]);
    }
    draft.done();
}
