//! Things to check: what no rule can decide and only the source text can tell. A list of places for the
//! editor to tick off: names, large figures, quotations with their speaker, pronouns that may mean several.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use crate::analysis::mentions::{Case, MentionKind};
use crate::analysis::{Analysis, Mentions, TokenKind};
use crate::check::to_article_span;
use crate::document::Document;
use crate::rules::Rules;
use crate::text::Span;

/// What a thing to check is about.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckKind {
    /// A name that stands once, or that another one resembles.
    Name,
    /// A figure in millions or more.
    LargeNumber,
    /// Two figures in a row: a sign or a word may be lost between them.
    NumberPair,
    /// A quotation and who is quoted.
    Quotation,
    /// A pronoun that may mean several people, or nobody who is named.
    Pronoun,
}

impl CheckKind {
    /// All kinds, in the order a list shows them.
    pub const ALL: [Self; 5] = [Self::Name, Self::LargeNumber, Self::NumberPair, Self::Quotation, Self::Pronoun];

    /// The heading an editor reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "Names",
            Self::LargeNumber => "Large figures",
            Self::NumberPair => "Figures in a row",
            Self::Quotation => "Quotations",
            Self::Pronoun => "Pronouns",
        }
    }
}

/// One thing to check.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Check {
    /// What it is about.
    pub kind: CheckKind,
    /// Where (bytes of the article).
    pub span: Span,
    /// The words there, cut short when they are many.
    pub words: String,
    /// What to look at, in a few words.
    pub note: String,
}

impl Check {
    /// Names the check in the journal: it survives edits elsewhere in the article.
    pub fn key(&self) -> String {
        format!("{}: {}", self.kind.label(), self.words)
    }
}

/// Everything to check in an article, by kind and then in order of the text.
pub fn checklist(document: &Document, rules: &Rules) -> Vec<Check> {
    checklist_of(&Analysis::new(document, &rules.lexicon))
}

/// Everything to check in an article that was analysed.
pub fn checklist_of(article: &Analysis) -> Vec<Check> {
    let mut checks = Vec::new();
    names(article, &mut checks);
    figures(article, &mut checks);
    quotations(article, &mut checks);
    pronouns(article, &mut checks);
    for check in &mut checks {
        check.words = shorten(named_by(article, check).of(article.text()));
        check.span = to_article_span(article, check.span);
    }
    checks.sort_by_key(|c| (c.kind, c.span.start, c.span.end));
    let mut seen = FxHashSet::default();
    checks.retain(|c| seen.insert((c.kind, c.words.clone())));
    checks
}

fn put(checks: &mut Vec<Check>, kind: CheckKind, span: Span, note: impl Into<String>) {
    checks.push(Check { kind, span, words: String::new(), note: note.into() });
}

/// The words that name a check in the list: a pronoun alone would name many, so the words after it come along.
fn named_by(article: &Analysis, check: &Check) -> Span {
    if check.kind != CheckKind::Pronoun {
        return check.span;
    }
    let tokens = article.tokens();
    let first = tokens.partition_point(|t| t.span.start < check.span.start);
    let Some(block) = tokens.get(first).map(|t| t.block) else { return check.span };
    let after = tokens.iter().skip(first).take_while(|t| t.block == block && (t.kind == TokenKind::Word || t.span.start < check.span.end));
    after.take(4).fold(check.span, |span, t| span.cover(t.span))
}

/// At most ten words, so that a long quotation is named by its beginning.
fn shorten(words: &str) -> String {
    let mut parts = words.split_whitespace();
    let head: Vec<&str> = parts.by_ref().take(10).collect();
    if parts.next().is_some() { format!("{} …", head.join(" ")) } else { head.join(" ") }
}

fn names(article: &Analysis, checks: &mut Vec<Check>) {
    let lexicon = article.lexicon();
    let mentions = &article.mentions().mentions;
    let mut counts: FxHashMap<usize, u32> = FxHashMap::default();
    for mention in mentions.iter().filter(|m| m.named) {
        *counts.entry(mention.entity).or_default() += 1;
    }
    let mut seen: Vec<(usize, &str)> = Vec::new();
    for mention in mentions.iter().filter(|m| m.named && matches!(m.kind, MentionKind::Person | MentionKind::Unknown)) {
        let words = mention.span.of(article.text());
        let last = words.split_whitespace().next_back().unwrap_or(words);
        let known = lexicon.is_person(words) || lexicon.is_city(words) || lexicon.country(words).is_some();
        let alike = seen.iter().find(|(entity, other)| *entity != mention.entity && resembles(last, other));
        if let Some((_, other)) = alike {
            put(checks, CheckKind::Name, mention.span, format!("looks like “{other}”: one person or two?"));
        } else if counts.get(&mention.entity) == Some(&1) && !known {
            put(checks, CheckKind::Name, mention.span, "named once: is the spelling right?");
        }
        if !seen.iter().any(|(_, other)| *other == last) {
            seen.push((mention.entity, last));
        }
        // Look-alikes matter near each other; a very long text must not be compared with itself whole.
        if seen.len() > 400 {
            seen.remove(0);
        }
    }
}

/// Whether two names differ by one letter, or by two in a long name.
fn resembles(a: &str, b: &str) -> bool {
    // Most pairs are told apart by their first letters.
    if a.chars().next() != b.chars().next() {
        return false;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let longest = a.len().max(b.len());
    if longest < 5 || a == b || a.len().abs_diff(b.len()) > 2 {
        return false;
    }
    distance(&a, &b) <= if longest >= 8 { 2 } else { 1 }
}

/// The number of letters to put in, take out or exchange (Levenshtein).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(b) {
            let above = *cell;
            *cell = (left + 1).min(above + 1).min(diagonal + usize::from(x != y));
            diagonal = above;
            left = *cell;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

fn figures(article: &Analysis, checks: &mut Vec<Check>) {
    let tokens = article.tokens();
    for (i, token) in tokens.iter().enumerate().filter(|(_, t)| t.kind == TokenKind::Number) {
        let Some(next) = tokens.get(i + 1).filter(|n| n.block == token.block) else { continue };
        let word = article.word(next);
        if matches!(word, "million" | "billion" | "trillion" | "mln" | "bln" | "bn") {
            put(checks, CheckKind::LargeNumber, token.span.cover(next.span), "millions, billions and currencies are often mistaken");
        }
        let date = i.checked_sub(1).is_some_and(|p| is_month(article.word_at(p))) || is_month(article.word_at(i + 2));
        if next.kind == TokenKind::Number && next.space_before && !date {
            put(checks, CheckKind::NumberPair, token.span.cover(next.span), "a sign or a word may be lost between them");
        }
    }
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    MONTHS.iter().any(|m| *m == word || (word.len() >= 3 && m.starts_with(word)))
}

fn quotations(article: &Analysis, checks: &mut Vec<Check>) {
    let mentions = article.mentions();
    for quotation in &article.quotations().quotations {
        if quotation.span.of(article.text()).split_whitespace().count() < 5 {
            continue;
        }
        let note = speaker(article, mentions, quotation.span)
            .map_or_else(|| "no speaker is named beside it".to_owned(), |who| format!("said by “{who}”: is it?"));
        put(checks, CheckKind::Quotation, quotation.span, note);
    }
}

/// The person or body named nearest to a quotation in its own sentences, outside of it.
fn speaker<'a>(article: &'a Analysis, mentions: &Mentions, quotation: Span) -> Option<&'a str> {
    let sentences = article.sentences();
    let first = sentences.partition_point(|s| s.span.end <= quotation.start);
    let near = || sentences.iter().skip(first).take_while(|s| s.span.start < quotation.end);
    let hull = near().map(|s| s.span).reduce(Span::cover)?;
    let (from, to) = (sentences.get(first)?.first, near().last()?.end);
    let gap = |s: Span| if s.end <= quotation.start { quotation.start - s.end } else { s.start.saturating_sub(quotation.end) };
    let named = mentions
        .within(from, to)
        .iter()
        .filter(|m| m.may_be_person() || m.is_body())
        .map(|m| m.span)
        .chain(mentions.pronouns_within(from, to).iter().filter(|p| p.case == Case::Subject).map(|p| p.span))
        .filter(|s| hull.contains(*s) && !quotation.overlaps(*s));
    named.min_by_key(|s| gap(*s)).map(|s| s.of(article.text()))
}

fn pronouns(article: &Analysis, checks: &mut Vec<Check>) {
    let mentions = article.mentions();
    let mut last_sentence = usize::MAX;
    for pronoun in mentions.pronouns.iter().filter(|p| p.case == Case::Subject && !p.either) {
        let Some(gender) = pronoun.gender.gender() else { continue };
        if pronoun.sentence == last_sentence || article.in_quotation(pronoun.span) {
            continue;
        }
        let from = pronoun.sentence.saturating_sub(2);
        let Some(first) = article.sentences().get(from).map(|s| s.first) else { continue };
        let mut people: Vec<usize> = Vec::new();
        let mut words: Vec<&str> = Vec::new();
        for m in mentions.within(first, pronoun.token).iter().filter(|m| m.may_be_person() && m.gender.is_none_or(|g| g == gender)) {
            if !people.contains(&m.entity) {
                people.push(m.entity);
                words.push(m.span.of(article.text()));
            }
        }
        let note = match words.as_slice() {
            [] => "nobody is named shortly before it".to_owned(),
            [_] => continue,
            [.., a, b] => format!("may mean “{a}” or “{b}”"),
        };
        last_sentence = pronoun.sentence;
        put(checks, CheckKind::Pronoun, pronoun.span, note);
    }
}
