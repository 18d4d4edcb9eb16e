//! Phrases: wording that no English writer would choose (`touched on the path of`), found by the token
//! patterns of the cards in `dictionaries/rules/wording/`. The pattern language is told in [`pattern`],
//! what is put in place in [`template`].
//!
//! The fix keeps the capital of a beginning and the tense of the verb; where words are left out at the head
//! of a sentence the next word takes the capital; a space lost behind comes back with the fix.

pub mod classes;
pub mod pattern;
pub mod reading;
pub mod template;

use std::collections::BTreeMap;

use super::{Build, Detect, Report, only_params, string_list};
use crate::analysis::{Analysis, Token, TokenKind};
use crate::rules::Lexicon;
use crate::text::{Edit, Span};
use pattern::{Ground, Match, Pattern};
use template::Template;

/// What a rule does inside a quotation, where the words are somebody's own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum InQuotation {
    Silent,
    Hint,
    Show,
}

struct Phrases {
    patterns: Vec<Pattern>,
    templates: Vec<Template>,
    map: BTreeMap<String, String>,
    before: Vec<Pattern>,
    after: Vec<Pattern>,
    not_before: Vec<Pattern>,
    not_after: Vec<Pattern>,
    in_quotation: InQuotation,
    /// Words that are good English too: a hint, unless the article surely comes from one of the card's languages.
    hint_when_unsure: bool,
}

const PARAMS: &[&str] = &["pattern", "to", "before", "after", "not-before", "not-after", "map", "in-quotation", "unsure", "case"];

/// Builds the `phrases` detector.
///
/// # Errors
/// A sentence that names the parameter, and for a pattern the character, that is not understood.
pub fn build(params: &toml::Table, lexicon: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, PARAMS)?;
    let mut map = BTreeMap::new();
    if let Some(value) = params.get("map") {
        let table = value.as_table().ok_or("parameter \"map\" must be a table of words")?;
        for (word, to) in table {
            let to = to.as_str().ok_or_else(|| format!("parameter \"map\": {word:?} must be a string"))?;
            map.insert(word.to_lowercase(), to.to_owned());
        }
    }
    let any_case = match params.get("case").map(|v| v.as_str().unwrap_or("")) {
        None => false,
        Some("any") => true,
        Some(_) => return Err("parameter \"case\" can only be \"any\"".to_owned()),
    };
    let patterns = |key: &str| -> Result<Vec<Pattern>, String> {
        let read = |text: &String| Pattern::parse(text, &map, lexicon).map(|p| if any_case { p.in_any_case() } else { p });
        strings(params, key)?.iter().map(read).collect()
    };
    let main = patterns("pattern")?;
    if main.is_empty() {
        return Err("parameter \"pattern\" is missing".to_owned());
    }
    if let Some(index) = main.iter().position(|p| !p.has_key()) {
        return Err(format!(
            "pattern {} has no word that must be there, so a text can't be searched for it; “\\” before a sign looks for the sign",
            index + 1
        ));
    }
    let templates: Vec<Template> = strings(params, "to")?.iter().map(|t| Template::parse(t, lexicon)).collect::<Result<_, _>>()?;
    if let Some(asked) = templates.iter().map(Template::captures).max()
        && main.iter().any(|p| p.captures() < asked)
    {
        return Err(format!("`to` asks for ${asked}, but a pattern has fewer classes and gaps"));
    }
    if templates.iter().any(Template::is_mapped) && map.is_empty() {
        return Err("`to` asks for {map}, but there is no parameter \"map\"".to_owned());
    }
    let in_quotation = match params.get("in-quotation").map(|v| v.as_str().unwrap_or("")) {
        None | Some("hint") => InQuotation::Hint,
        Some("silent") => InQuotation::Silent,
        Some("show") => InQuotation::Show,
        Some(_) => return Err("parameter \"in-quotation\" must be \"hint\", \"silent\" or \"show\"".to_owned()),
    };
    let hint_when_unsure = match params.get("unsure").map(|v| v.as_str().unwrap_or("")) {
        None => false,
        Some("hint") => true,
        Some(_) => return Err("parameter \"unsure\" can only be \"hint\"".to_owned()),
    };
    Ok(Box::new(Phrases {
        hint_when_unsure,
        before: patterns("before")?,
        after: patterns("after")?,
        not_before: patterns("not-before")?,
        not_after: patterns("not-after")?,
        patterns: main,
        templates,
        map,
        in_quotation,
    }))
}

const _: Build = build;

/// A string or a list of strings.
fn strings(params: &toml::Table, key: &str) -> Result<Vec<String>, String> {
    match params.get(key).and_then(toml::Value::as_str) {
        Some(one) => Ok(vec![one.to_owned()]),
        None => string_list(params, key),
    }
}

impl Detect for Phrases {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        let ground = Ground { article, map: &self.map };
        let found = self.patterns.iter().flat_map(|p| p.find(ground));
        let mut found: Vec<Match> = found.filter(|m| self.context_holds(ground, m)).collect();
        if self.patterns.len() > 1 {
            // Patterns of one card may overlap: the earlier and longer one speaks.
            found.sort_by_key(|m| (m.start, usize::MAX - m.end));
            let mut end = 0;
            found.retain(|m| {
                let apart = m.start >= end;
                end = if apart { m.end } else { end };
                apart
            });
        }
        for m in &found {
            self.report(article, report, m);
        }
    }
}

impl Phrases {
    fn context_holds(&self, ground: Ground, m: &Match) -> bool {
        let left = |patterns: &[Pattern]| patterns.iter().any(|p| p.ends_at(ground, m.start));
        let right = |patterns: &[Pattern]| patterns.iter().any(|p| p.fits(ground, m.end).is_some());
        !is_cut_out(ground.article, m)
            && (self.before.is_empty() || left(&self.before))
            && (self.after.is_empty() || right(&self.after))
            && !left(&self.not_before)
            && !right(&self.not_after)
    }

    fn report(&self, article: &Analysis, report: &mut Report, m: &Match) {
        let tokens = article.tokens();
        let (Some(first), Some(last)) = (tokens.get(m.start), tokens.get(m.end - 1)) else { return };
        let span = Span::new(first.span.start, last.span.end);
        let quoted = article.in_quotation(span);
        if quoted && self.in_quotation == InQuotation::Silent {
            return;
        }
        let fixes: Vec<(String, Edit)> = self
            .templates
            .iter()
            .filter_map(|t| {
                let words = t.fill(article, m, &self.map)?;
                let edit = edit(article, m.start, m.end, &words);
                let title = if t.is_empty() { format!("leave out “{}”", span.of(article.text())) } else { words };
                Some((title, edit))
            })
            .collect();
        let hint =
            (quoted && self.in_quotation == InQuotation::Hint) || (self.hint_when_unsure && !report.comes_from_its_language(article));
        // A space lost before the phrase is a finding of its own, which may know of a lost stop or mark there;
        // one lost behind it comes back with the fix.
        let behind = glued_neighbours(article, m.end - 1, m.end);
        let scope = if tokens.get(m.end).is_some_and(|t| t.glued) { span.cover(Span::new(span.end, behind.end)) } else { span };
        let mut draft = report.finding(span).scope(scope);
        if hint {
            draft = draft.hint();
        }
        for (title, edit) in fixes {
            draft = draft.fix(title, vec![edit]);
        }
        draft.done();
    }
}

/// Whether the match is part of a hyphenated word: `tourism-[related departments]`.
fn is_cut_out(article: &Analysis, m: &Match) -> bool {
    let tokens = article.tokens();
    let hyphen = |i: usize| tokens.get(i).is_some_and(|t| matches!(article.word(t), "-" | "‐" | "‑") && !t.space_before);
    let joined = |i: usize| tokens.get(i).is_some_and(|t| t.is_word() && !t.space_before);
    m.start > 1 && joined(m.start) && hyphen(m.start - 1) && tokens.get(m.start - 2).is_some_and(Token::is_word)
        || m.end > 0 && tokens.get(m.end - 1).is_some_and(Token::is_word) && hyphen(m.end) && joined(m.end + 1)
}

/// The stretch of the tokens with what is glued to it on either side.
pub fn glued_neighbours(article: &Analysis, start: usize, end: usize) -> Span {
    let tokens = article.tokens();
    let (mut first, mut last) = (start, end.saturating_sub(1));
    while first > 0 && tokens.get(first).is_some_and(|t| t.glued) {
        first -= 1;
    }
    while tokens.get(last + 1).is_some_and(|t| t.glued) {
        last += 1;
    }
    match (tokens.get(first), tokens.get(last)) {
        (Some(a), Some(b)) => Span::new(a.span.start, b.span.end),
        _ => Span::default(),
    }
}

/// Whether the token begins its sentence, an opening quotation mark aside.
fn begins_sentence(article: &Analysis, at: usize) -> bool {
    let Some(sentence) = article.sentence_of(at) else { return false };
    (sentence.first..at).all(|i| article.tokens().get(i).is_some_and(|t| t.kind == TokenKind::Mark))
}

/// The first letter in capitals.
pub fn capitalise(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// Replaces the tokens `start..end` by `words`, with all that belongs to it: the capital of a beginning,
/// the space that was lost behind, `a` or `an` before, and, where nothing is put in place, the
/// space and the capital of the word that now begins.
pub fn edit(article: &Analysis, start: usize, end: usize, words: &str) -> Edit {
    let tokens = article.tokens();
    let text = article.text();
    let (Some(first), Some(last)) = (tokens.get(start), tokens.get(end.saturating_sub(1))) else { return Edit::insert(0, "") };
    let mut span = Span::new(first.span.start, last.span.end);
    let begins = begins_sentence(article, start);
    let capital = article.word(first).chars().next().is_some_and(char::is_uppercase);
    let next = tokens.get(end).filter(|t| t.block == first.block);
    let mut out;
    if words.is_empty() {
        out = String::new();
        match next {
            Some(next) if next.kind == TokenKind::Mark && !next.space_before => {
                // Before a comma or a stop the space on the left goes.
                let left = start.checked_sub(1).and_then(|i| tokens.get(i)).filter(|t| t.block == first.block);
                span.start = left.map_or(span.start, |t| t.span.end);
            }
            Some(next) => {
                span.end = next.span.start;
                if begins && capital {
                    // The capital goes to the next letter, past an opening mark.
                    let word = (end..end + 3).find_map(|i| tokens.get(i).filter(|t| t.kind != TokenKind::Mark)).filter(|t| t.is_word());
                    if let Some(word) = word.filter(|w| w.block == first.block) {
                        span.end = word.span.start + article.word(word).chars().next().map_or(0, char::len_utf8);
                        let between = Span::new(next.span.start, word.span.start).of(text);
                        out.push_str(between);
                        out.push_str(&capitalise(Span::new(word.span.start, span.end).of(text)));
                    }
                }
            }
            None => {
                let left = start.checked_sub(1).and_then(|i| tokens.get(i)).filter(|t| t.block == first.block);
                span.start = left.map_or(span.start, |t| t.span.end);
            }
        }
    } else {
        let after_mark =
            start.checked_sub(1).and_then(|i| tokens.get(i)).is_some_and(|t| matches!(article.word(t), "“" | "\"" | ":" | "«"));
        let words = if capital && (begins || after_mark) { capitalise(words) } else { words.to_owned() };
        if words.starts_with([',', '.', ';', ':', '”']) && first.space_before {
            let left = start.checked_sub(1).and_then(|i| tokens.get(i)).filter(|t| t.block == first.block);
            span.start = left.map_or(span.start, |t| t.span.end);
        }
        out = words;
        if next.is_some_and(|t| t.glued) {
            out.push(' ');
        }
    }
    // `a` and `an` follow the sound of the new word.
    if let Some(article_word) = start.checked_sub(1).and_then(|i| tokens.get(i))
        && matches!(article.word(article_word), "a" | "an" | "A" | "An")
    {
        let next_word = out.split_whitespace().next().unwrap_or_else(|| next.map_or("", |t| article.word(t)));
        let stem = if article.word(article_word).starts_with('A') { "A" } else { "a" };
        let right = if begins_with_vowel_sound(next_word) { format!("{stem}n") } else { stem.to_owned() };
        if right != article.word(article_word) {
            let between = Span::new(article_word.span.end, span.start).of(text);
            out = format!("{right}{between}{out}");
            span.start = article_word.span.start;
        }
    }
    Edit::replace(text, span, out)
}

/// Whether *an* stands before a word.
fn begins_with_vowel_sound(word: &str) -> bool {
    let lower = word.to_lowercase();
    let starts = |heads: &[&str]| heads.iter().any(|h| lower.starts_with(h));
    if starts(&["hour", "honest", "honour", "honor", "heir"]) {
        return true;
    }
    if starts(&["uni", "use", "usu", "eu", "one", "once", "uk", "ur"]) && !starts(&["unin", "unim", "unid", "urg", "urb"]) {
        return false;
    }
    lower.chars().next().is_some_and(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | '8'))
}
