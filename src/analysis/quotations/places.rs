//! Where a lost mark may have stood: every word edge that could hold it, described by features of its
//! neighbours and of the stretch it would enclose, and ranked by learnt weights.

use super::attribution::{self, Attribution};
use super::words::{bucket, class, is_spoken};
use crate::analysis::{Analysis, Token, TokenKind};

/// A feature of a place: its name in four parts, `c`losing or `o`pening first.
pub type Feature = [&'static str; 4];

/// A place that could hold the lost mark.
#[derive(Clone, Debug)]
pub struct Spot {
    /// Byte position in the view.
    pub at: usize,
    /// The stop or comma that was lost with the mark.
    pub with: &'static str,
    /// What speaks for and against it.
    pub features: Vec<Feature>,
}

/// Where the article sets commas and stops that meet a closing mark.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Habit {
    /// `word,”`
    Inside,
    /// `word”,`
    Outside,
    /// Unknown or both.
    Mixed,
}

impl Habit {
    const fn name(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::Outside => "outside",
            Self::Mixed => "mixed",
        }
    }
}

/// No quotation is followed further than this many tokens.
const REACH: usize = 400;

fn is_stop(word: &str) -> bool {
    word.starts_with('.') || matches!(word, "!" | "?" | "…")
}

fn capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn is_text(token: &Token) -> bool {
    token.kind != TokenKind::Mark
}

/// How a quotation stands in its sentence, told from what is before its opener and its first word.
fn opener_kind(article: &Analysis, opener: usize) -> &'static str {
    let tokens = article.tokens();
    let first = article.word_at(opener + 1);
    let upper = first.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
    let block = tokens.get(opener).map(|t| t.block);
    let previous = opener.checked_sub(1).and_then(|i| tokens.get(i)).filter(|t| Some(t.block) == block);
    let lead = match previous.map(|t| article.word(t)) {
        None | Some("\"" | "”" | "’") => "start",
        Some(w) if is_stop(w) => "start",
        Some("," | ":") => "intro",
        Some(w) if attribution::is_reporting(w) => "intro",
        _ => "mid",
    };
    match (lead, upper) {
        ("start", true) => "start-upper",
        ("start", _) => "start-lower",
        ("intro", true) => "intro-upper",
        ("intro", _) => "intro-lower",
        (_, true) => "mid-upper",
        _ => "mid-lower",
    }
}

/// What stands behind a place.
fn behind(article: &Analysis, next: usize, block: usize, last: bool) -> (&'static str, Option<Attribution>) {
    let Some(token) = article.tokens().get(next).filter(|t| t.block == block) else { return ("end", None) };
    let word = article.word(token);
    if last {
        return ("mark", None);
    }
    if let Some(found) = attribution::behind(article, next) {
        let name = match found {
            Attribution::VerbFirst => "said-x",
            Attribution::SpeakerFirst if matches!(class(word), "first") => "i-said",
            Attribution::SpeakerFirst => "x-said",
            Attribution::Apposition => "x-who-said",
            Attribution::According => "according",
        };
        return (name, Some(found));
    }
    let class = class(word);
    if capitalised(word) {
        return (
            match class {
                "pron" => "Pron",
                "name" => "Name",
                "first" => "First",
                _ => "Function",
            },
            None,
        );
    }
    (class, None)
}

/// The places where the closing mark of the quotation that the token `opener` opens may have stood, up to
/// the token `end` (a mark, or the first of the next block).
pub fn closing(article: &Analysis, opener: usize, end: usize, habit: Habit) -> Vec<Spot> {
    let tokens = article.tokens();
    let Some(block) = tokens.get(opener).map(|t| t.block) else { return Vec::new() };
    let kind = opener_kind(article, opener);
    let phrase = if kind.starts_with("mid") { "phrase" } else { "clause" };
    let first = class(article.word_at(opener + 1));
    let end = end.min(opener + REACH);
    let block_ends = tokens.get(end).is_none_or(|t| t.block != block);
    let spoken_after = spoken_after(article, opener + 1, end);
    let mut out = Vec::new();
    let (mut words, mut sentences, mut attributed) = (0_usize, 0_usize, false);
    let mut brackets = 0_i32;
    for index in opener + 1..end {
        let Some(token) = tokens.get(index) else { break };
        let word = article.word(token);
        let next = tokens.get(index + 1).filter(|_| index + 1 < end);
        let next_word = next.map_or("", |t| article.word(t));
        let text = is_text(token);
        words += usize::from(text);
        match word {
            "(" | "[" => brackets += 1,
            ")" | "]" => brackets -= 1,
            _ => {}
        }
        let single = matches!(word, "’" | "'") && !token.space_before;
        let stop = !text && is_stop(word) && !token.space_before;
        let comma = word == "," && !token.space_before;
        let shut = matches!(word, ")" | "]" | "%");
        if !(text || single || stop || comma || shut) || words == 0 {
            continue;
        }
        let (name, _) = behind(article, index + 1, block, index + 1 == end && !block_ends);
        let said = matches!(name, "said-x" | "x-said" | "x-who-said" | "according");
        let last_stop = stop && (index + 1 == end);
        let edge: &'static str = if stop {
            if word.starts_with('.') { "stop-in" } else { "ask-in" }
        } else if comma {
            "comma-in"
        } else {
            let Some(edge) = bare_edge(next, next_word, brackets > 0, block_ends) else { continue };
            edge
        };
        if edge == "none" && brackets > 0 && words > 1 {
            continue;
        }
        let with = match (edge, name) {
            ("end", _) if kind != "mid-lower" || words > 6 => ".",
            ("none" | "glued", _) if said && name != "x-who-said" => ",",
            ("glued", "Pron" | "Function") => ".",
            _ => "",
        };
        let full_end = if stop && last_stop && block_ends { "block" } else { "text" };
        let mut features: Vec<Feature> = vec![
            ["c", "edge+opener", edge, kind],
            ["c", "edge+behind", edge, name],
            ["c", "behind+opener", name, kind],
            ["c", "words+opener", bucket(words), kind],
            ["c", "sentences+opener", bucket(sentences.min(4)), kind],
            ["c", "edge+habit", edge, habit.name()],
            ["c", "edge+at", edge, full_end],
        ];
        if attributed {
            features.push(["c", "attributed", edge, ""]);
            features.push(["c", "attributed+behind", name, ""]);
        }
        if edge == "none" || edge.ends_with("out") || edge == "glued" || edge == "comma-in" || edge == "stop-in" {
            let tail = if text { word } else { article.word_at(index.saturating_sub(1)) };
            features.push(["c", "last", class(tail), phrase]);
            features.push(["c", "last+next", class(tail), if text && edge == "none" { name } else { edge }]);
            if phrase == "phrase" {
                features.push(["c", "first+next", first, name]);
                if words <= 4 {
                    features.push(["c", "words+last", bucket(words), class(tail)]);
                }
            }
        }
        let later = spoken_after.get(index - opener - 1).copied().unwrap_or(0);
        if later > 0 {
            features.push(["c", "speech-behind", if later > 1 { "2" } else { "1" }, if attributed { "attributed" } else { phrase }]);
        }
        out.push(Spot { at: token.span.end, with, features });
        if (comma || stop) && said {
            attributed = true;
        }
        if stop && (word != "." || !is_abbreviated(article, index)) {
            sentences += 1;
        }
    }
    out
}

/// What a word's end is that no stop or comma precedes; `None` where no mark can have stood.
fn bare_edge(next: Option<&Token>, word: &str, in_brackets: bool, block_ends: bool) -> Option<&'static str> {
    let Some(token) = next else { return Some(if block_ends { "end" } else { "none" }) };
    if token.glued {
        return Some("glued");
    }
    if token.space_before {
        return Some(if matches!(word, "–" | "—" | "-") { "dash-out" } else { "none" });
    }
    match word {
        "," => Some("comma-out"),
        "." => Some("stop-out"),
        "!" | "?" | "…" => Some("ask-out"),
        ";" | ":" => Some("semicolon-out"),
        ")" | "]" => Some(if in_brackets { "bracket-inside" } else { "bracket-out" }),
        "-" | "/" | "’" | "'" | "‑" => Some("hyphen"),
        "–" | "—" => Some("dash-out"),
        w if w.starts_with('.') => Some("ask-out"),
        // Between the parts of one run (`$5`) nothing was lost.
        _ => None,
    }
}

fn is_abbreviated(article: &Analysis, stop: usize) -> bool {
    let previous = stop.checked_sub(1).map_or("", |i| article.word_at(i));
    crate::analysis::sentences::is_title_abbreviation(previous)
}

/// For each token, how many spoken words (`I`, `don’t`) stand behind it in the stretch.
fn spoken_after(article: &Analysis, start: usize, end: usize) -> Vec<usize> {
    let mut counts = vec![0; end.saturating_sub(start)];
    let mut n = 0;
    for (slot, index) in counts.iter_mut().zip(start..end).rev() {
        *slot = n;
        n += usize::from(is_spoken(article.word_at(index)));
    }
    counts
}

/// How a quotation ends, told from what stands before and behind its closer.
fn closer_kind(article: &Analysis, closer: usize) -> &'static str {
    let tokens = article.tokens();
    let Some(block) = tokens.get(closer).map(|t| t.block) else { return "phrase" };
    let inside = closer.checked_sub(1).map_or("", |i| article.word_at(i));
    let (name, _) = behind(article, closer + 1, block, false);
    let said = matches!(name, "said-x" | "x-said" | "x-who-said" | "according");
    match inside {
        "," | "!" | "?" if said => "said",
        "," => "comma",
        w if is_stop(w) && name == "end" => "block-end",
        w if is_stop(w) => "stop",
        _ if name == "end" => "phrase-end",
        _ if matches!(name, "comma" | "stop") => "phrase-out",
        _ => "phrase",
    }
}

/// The places where the opening mark of the quotation that the token `closer` closes may have stood, back
/// to the token `start` (the first one that may be inside).
pub fn opening(article: &Analysis, start: usize, closer: usize) -> Vec<Spot> {
    let tokens = article.tokens();
    let Some(block) = tokens.get(closer).map(|t| t.block) else { return Vec::new() };
    let kind = closer_kind(article, closer);
    let start = start.max(closer.saturating_sub(REACH));
    let mut out = Vec::new();
    let (mut words, mut sentences, mut spoken) = (0_usize, 0_usize, 0_usize);
    let mut attributed = false;
    let spoken_before: Vec<bool> = spoken_in_sentence_before(article, start, closer);
    for index in (start..closer).rev() {
        let Some(token) = tokens.get(index).filter(|t| t.block == block) else { break };
        let word = article.word(token);
        let previous = index.checked_sub(1).and_then(|i| tokens.get(i)).filter(|t| t.block == block);
        let previous_word = previous.map_or("", |t| article.word(t));
        let text = is_text(token);
        if text {
            words += 1;
            spoken += usize::from(is_spoken(word));
        } else if is_stop(word) && words > 0 && !is_abbreviated(article, index) {
            sentences += 1;
        }
        let opens = text || (matches!(word, "‘" | "'" | "$" | "£" | "€" | "(" | "[" | "#" | "…") && token.space_before);
        if !opens || !(token.space_before || token.glued || matches!(previous_word, "(" | "—" | "–" | "-" | "‘")) || words == 0 {
            continue;
        }
        let before: &'static str = match previous_word {
            "" => "start",
            _ if index == start => "mark",
            w if is_stop(w) && !is_abbreviated(article, index - 1) => "stop",
            "," if attribution::before(article, index) => "said,",
            "," => ",",
            ":" if attribution::before(article, index) => "said:",
            ":" => ":",
            "(" | "[" => "(",
            "—" | "–" => "dash",
            "-" => "hyphen",
            _ if token.glued => "glued",
            w => class(w),
        };
        let case = if word.chars().any(char::is_uppercase) && capitalised(word) { "upper" } else { "lower" };
        let first = class(word);
        let clause = matches!(kind, "said" | "comma" | "block-end" | "stop");
        let mut features: Vec<Feature> = vec![
            ["o", "before+closer", before, kind],
            ["o", "before+case", before, case],
            ["o", "case+closer", case, kind],
            ["o", "first+closer", first, if clause { "clause" } else { "phrase" }],
            ["o", "before+first", before, first],
            ["o", "words+closer", bucket(words), kind],
            ["o", "sentences+closer", bucket(sentences.min(4)), kind],
        ];
        if attributed {
            features.push(["o", "attributed", kind, ""]);
            features.push(["o", "attributed+before", before, ""]);
        }
        if spoken > 0 {
            features.push(["o", "spoken-inside", if clause { "clause" } else { "phrase" }, ""]);
        }
        if spoken_before.get(index - start).copied().unwrap_or(false) {
            features.push(["o", "spoken-before", kind, ""]);
        }
        out.push(Spot { at: token.span.start, with: "", features });
        // What stands before an attribution was said before it: `…, he said. We`.
        if attribution::behind(article, index).is_some() && matches!(previous_word, "," | "" | "”" | "\"") && first != "first" {
            attributed = true;
        }
    }
    out
}

/// For each token, whether a spoken word stands before it in its sentence.
fn spoken_in_sentence_before(article: &Analysis, start: usize, end: usize) -> Vec<bool> {
    let mut flags = Vec::with_capacity(end.saturating_sub(start));
    let mut seen = false;
    for index in start..end {
        flags.push(seen);
        let word = article.word_at(index);
        if is_stop(word) {
            seen = false;
        } else if is_spoken(word) {
            seen = true;
        }
    }
    flags
}
