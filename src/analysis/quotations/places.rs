//! Where a lost mark may have stood: every word edge that could hold it, described by features of its
//! neighbours and of the stretch it would enclose, and ranked by learnt weights.

use rustc_hash::FxHashMap;

use super::attribution::{self, Attribution};
use super::words::{bucket, class, is_spoken};
use crate::analysis::{Analysis, Token, TokenKind};
use crate::text::Span;

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

/// What the article shows elsewhere of how it quotes.
#[derive(Clone, Debug)]
pub struct Manner {
    /// Where it sets commas and stops.
    pub habit: Habit,
    /// The short phrases that stand in whole quotations (see [`phrase_key`]), and how often.
    pub phrases: FxHashMap<String, u32>,
}

/// A quoted phrase as it is compared with others: in lower case, without the stop at its end; `None` when it is long.
pub fn phrase_key(phrase: &str) -> Option<String> {
    let phrase = phrase.trim_end_matches(['.', ',', '!', '?', '…', ';', ':']).trim();
    (!phrase.is_empty() && phrase.len() <= 80).then(|| phrase.to_lowercase())
}

impl Manner {
    fn knows(&self, phrase: &str) -> bool {
        !self.phrases.is_empty() && phrase_key(phrase).is_some_and(|k| self.phrases.get(&k).is_some_and(|n| *n > 0))
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
            Attribution::Reports => "x-said-that",
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
pub fn closing(article: &Analysis, opener: usize, end: usize, manner: &Manner) -> Vec<Spot> {
    let tokens = article.tokens();
    let Some(block) = tokens.get(opener).map(|t| t.block) else { return Vec::new() };
    let kind = opener_kind(article, opener);
    let phrase = if kind.starts_with("mid") { "phrase" } else { "clause" };
    let first = class(article.word_at(opener + 1));
    let end = end.min(opener + REACH);
    let block_ends = tokens.get(end).is_none_or(|t| t.block != block);
    let spoken_after = spoken_after(article, opener + 1, end);
    let lead = lead(article, opener);
    let title = if kind == "mid-upper" || kind == "intro-upper" { title_end(article, opener + 1, end) } else { 0 };
    let quoted_from = tokens.get(opener).map_or(0, |t| t.span.end);
    let mut spoken_here = false;
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
        spoken_here |= text && is_spoken(word);
        match word {
            "(" | "[" => brackets += 1,
            ")" | "]" => brackets -= 1,
            _ => {}
        }
        let single = matches!(word, "’" | "'") && !token.space_before;
        let stop = !text && is_stop(word) && !token.space_before;
        let comma = matches!(word, "," | "،" | "，") && !token.space_before;
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
            ["c", "edge+habit", edge, manner.habit.name()],
            ["c", "edge+at", edge, full_end],
        ];
        if title > 0 {
            let side = match index.cmp(&(title - 1)) {
                std::cmp::Ordering::Less => "inside",
                std::cmp::Ordering::Equal => "end",
                std::cmp::Ordering::Greater if index == title && !text => "end",
                std::cmp::Ordering::Greater => "past",
            };
            features.push(["c", "title", side, bucket((title - opener - 1).min(4))]);
            features.push(["c", "title+edge", side, edge]);
        }
        if phrase == "phrase" {
            features.push(["c", "lead+words", lead, bucket(words)]);
            features.push(["c", "lead+behind", lead, if edge == "none" { name } else { edge }]);
            if words == 1 && !capitalised(word) && text && !article.lexicon().is_word(word) {
                features.push(["c", "strange-word", edge, ""]);
            }
        }
        if words <= 12 && manner.knows(Span::new(quoted_from, token.span.end).of(article.text())) {
            features.push(["c", "quoted-elsewhere", "", ""]);
        }
        if brackets < 0 {
            // The bracket that the quotation stands in is closed.
            features.push(["c", "past-bracket", "", ""]);
        }
        if stop {
            let next_spoken = spoken_in_next_sentence(article, index + 1, end);
            features.push(["c", "speech-turn", if spoken_here { "spoken" } else { "plain" }, next_spoken]);
        }
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
            spoken_here = false;
        }
    }
    out
}

/// The word before an opener, as far as it tells what it introduces.
fn lead(article: &Analysis, opener: usize) -> &'static str {
    let Some(previous) = opener.checked_sub(1) else { return "edge" };
    let word = article.word_at(previous);
    let before = previous.checked_sub(1).map_or("", |i| article.word_at(i));
    if matches!(word, "or" | "and" | ",") && matches!(before, "”" | "\"" | "”," | "’") {
        return "parallel";
    }
    if is_naming(word) { "naming" } else { class(word) }
}

fn is_naming(word: &str) -> bool {
    matches!(
        word,
        "called"
            | "dubbed"
            | "nicknamed"
            | "named"
            | "titled"
            | "entitled"
            | "labelled"
            | "labeled"
            | "termed"
            | "so-called"
            | "word"
            | "words"
            | "term"
            | "phrase"
            | "slogan"
            | "hashtag"
            | "motto"
            | "expression"
            | "title"
            | "nickname"
            | "novel"
            | "film"
            | "book"
            | "song"
            | "show"
            | "series"
            | "album"
            | "calls"
            | "branded"
            | "billed"
            | "code-named"
            | "calling"
    )
}

/// One past the last token of the run of capitalised words (small words between them) that begins at `start`.
fn title_end(article: &Analysis, start: usize, end: usize) -> usize {
    let mut last = start;
    let mut small = 0;
    for index in start..end.min(start + 14) {
        let word = article.word_at(index);
        let number = word.starts_with(|c: char| c.is_ascii_digit());
        if capitalised(word) || (number && index > start) {
            last = index + 1;
            small = 0;
        } else if matches!(class(word), "det" | "of" | "to" | "prep" | "conj" | "first" | "dash" | "single") || word == ":" {
            small += 1;
            if small > 2 {
                break;
            }
        } else {
            break;
        }
    }
    last
}

/// Whether the sentence that begins at `start` has a word that only somebody who is quoted says.
fn spoken_in_next_sentence(article: &Analysis, start: usize, end: usize) -> &'static str {
    let mut any = false;
    for index in start..end {
        let word = article.word_at(index);
        any = true;
        if is_spoken(word) {
            return "spoken";
        }
        if is_stop(word) && index > start {
            break;
        }
    }
    if any { "plain" } else { "none" }
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
        "," | "،" | "，" => Some("comma-out"),
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
pub fn opening(article: &Analysis, start: usize, closer: usize, manner: &Manner) -> Vec<Spot> {
    let tokens = article.tokens();
    let Some(block) = tokens.get(closer).map(|t| t.block) else { return Vec::new() };
    let kind = closer_kind(article, closer);
    let start = start.max(closer.saturating_sub(REACH));
    let mut out = Vec::new();
    let (mut words, mut sentences, mut spoken) = (0_usize, 0_usize, 0_usize);
    let mut attributed = false;
    let spoken_before: Vec<bool> = spoken_in_sentence_before(article, start, closer);
    let spoken_left: Vec<usize> = spoken_up_to(article, start, closer);
    let after_mark = start.checked_sub(1).and_then(|i| tokens.get(i)).is_some_and(|t| t.block == block);
    // `…,” she said. We`: the sentence behind the mark before belongs to that mark.
    let tail = (after_mark && attribution::behind(article, start).is_some()).then(|| first_stop(article, start, closer)).flatten();
    let title = title_start(article, start, closer);
    let quoted_to = tokens.get(closer).map_or(0, |t| t.span.start);
    let mut spoken_first = false;
    let mut say_inside = 0_usize;
    let said_before = said_in_sentence_before(article, start, closer);
    for index in (start..closer).rev() {
        let Some(token) = tokens.get(index).filter(|t| t.block == block) else { break };
        let word = article.word(token);
        let previous = index.checked_sub(1).and_then(|i| tokens.get(i)).filter(|t| t.block == block);
        let previous_word = previous.map_or("", |t| article.word(t));
        let text = is_text(token);
        if text {
            words += 1;
            spoken += usize::from(is_spoken(word));
            spoken_first |= is_spoken(word);
            say_inside += usize::from(is_saying(word));
        } else if is_stop(word) && words > 0 && !is_abbreviated(article, index) {
            sentences += 1;
            spoken_first = false;
        }
        let opens = text || (matches!(word, "‘" | "'" | "$" | "£" | "€" | "(" | "[" | "#" | "…") && token.space_before);
        if !opens || !(token.space_before || token.glued || matches!(previous_word, "(" | "—" | "–" | "-" | "‘")) || words == 0 {
            continue;
        }
        let before: &'static str = match previous_word {
            "" => "start",
            "as" if index >= 2 && matches!(article.word_at(index - 2), "known" | "to" | "described") => "naming",
            _ if after_mark && index == start => "mark",
            "or" | "and" | "," if after_mark && index == start + 1 => "mark+",
            "." | "," if tail.is_some_and(|t| t + 1 == index) => "tail",
            w if is_naming(w) => "naming",
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
        if matches!(before, "start" | "stop" | "tail" | "mark") && first != "first" {
            match attribution::behind(article, index) {
                Some(Attribution::Reports) => features.push(["o", "begins-with-attribution", "reports", ""]),
                Some(_) => features.push(["o", "begins-with-attribution", "said", ""]),
                None => {}
            }
        }
        if attributed {
            features.push(["o", "attributed", kind, ""]);
            features.push(["o", "attributed+before", before, ""]);
        }
        if title > 0 && !clause {
            let side = match index.cmp(&title) {
                std::cmp::Ordering::Less => "past",
                std::cmp::Ordering::Equal => "start",
                std::cmp::Ordering::Greater => "inside",
            };
            features.push(["o", "title", side, bucket((closer - title).min(4))]);
        }
        if words <= 12 && manner.knows(Span::new(token.span.start, quoted_to).of(article.text())) {
            features.push(["o", "quoted-elsewhere", "", ""]);
        }
        if matches!(before, "start" | "stop" | "tail" | "mark") {
            let left = spoken_left.get(index - start).copied().unwrap_or(0);
            let left = if attributed { "attributed" } else { ["0", "1", "2"].get(left).copied().unwrap_or("3+") };
            features.push(["o", "speech-turn", if spoken_first { "spoken" } else { "plain" }, left]);
            features.push(["o", "speech-left", left, kind]);
        }
        if matches!(before, "det" | "of" | "to" | "prep" | "as" | "aux" | "rel" | "conj" | "adj" | "num") {
            features.push(["o", "before2+before", index.checked_sub(2).map_or("edge", |i| class(article.word_at(i))), before]);
        }
        let said_left = said_before.get(index - start).copied().unwrap_or(false);
        let here = if matches!(before, "start" | "stop" | "tail" | "mark") { "sentence" } else { "inside" };
        features.push([
            "o",
            "say-inside",
            match say_inside {
                0 => "0",
                1 => "1",
                _ => "2+",
            },
            here,
        ]);
        if said_left {
            features.push(["o", "say-left", here, if clause { "clause" } else { "phrase" }]);
        }
        if spoken > 0 {
            features.push(["o", "spoken-inside", if clause { "clause" } else { "phrase" }, ""]);
        }
        if spoken_before.get(index - start).copied().unwrap_or(false) {
            features.push(["o", "spoken-before", kind, ""]);
        }
        out.push(Spot { at: token.span.start, with: "", features });
        // What stands before an attribution was said before it: `…, he said. We`.
        if attribution::behind(article, index).is_some_and(|a| a != Attribution::Reports)
            && matches!(previous_word, "," | "" | "”" | "\"")
            && first != "first"
        {
            attributed = true;
        }
    }
    out
}

/// For each token, how many spoken words stand before it in the stretch.
fn spoken_up_to(article: &Analysis, start: usize, end: usize) -> Vec<usize> {
    let mut n = 0;
    (start..end)
        .map(|index| {
            let before = n;
            n += usize::from(is_spoken(article.word_at(index)));
            before
        })
        .collect()
}

/// The first stop or comma behind an attribution.
fn first_stop(article: &Analysis, start: usize, end: usize) -> Option<usize> {
    (start..end.min(start + 30)).find(|&i| {
        matches!(article.word_at(i), "." | ",")
            && (start..i).any(|j| attribution::is_reporting(article.word_at(j)) || article.word_at(j) == "to")
    })
}

/// The first token of the run of capitalised words that ends before `end`; 0 when the last word is in lower case.
fn title_start(article: &Analysis, start: usize, end: usize) -> usize {
    let mut first = 0;
    let mut small = 0;
    for index in (start..end).rev().take(14) {
        let word = article.word_at(index);
        if capitalised(word) {
            first = index;
            small = 0;
        } else if first == 0 && !matches!(class(word), "comma" | "stop" | "num") {
            return 0;
        } else if first > 0 {
            small += 1;
            if small > 2 || !matches!(class(word), "det" | "of" | "to" | "prep" | "conj" | "first" | "dash" | "single" | "num") {
                break;
            }
        }
    }
    first
}

/// Verbs that say, and those that name what somebody said.
fn is_saying(word: &str) -> bool {
    attribution::is_reporting(word)
        || matches!(
            word,
            "describe"
                | "described"
                | "describes"
                | "describing"
                | "call"
                | "calls"
                | "calling"
                | "say"
                | "denied"
                | "denies"
                | "denounced"
                | "criticized"
                | "criticised"
                | "praised"
                | "accused"
                | "rejected"
                | "dismissed"
                | "claiming"
                | "warning"
                | "insisting"
                | "adding"
                | "blamed"
                | "known"
                | "dubbed"
                | "labelled"
                | "labeled"
                | "nicknamed"
                | "named"
                | "titled"
                | "promising"
                | "promise"
                | "tell"
                | "ruled"
                | "found"
        )
}

/// For each token, whether a verb of saying stands before it in its sentence.
fn said_in_sentence_before(article: &Analysis, start: usize, end: usize) -> Vec<bool> {
    let mut flags = Vec::with_capacity(end.saturating_sub(start));
    let mut seen = false;
    for index in start..end {
        flags.push(seen);
        let word = article.word_at(index);
        if is_stop(word) && !is_abbreviated(article, index) {
            seen = false;
        } else if is_saying(word) {
            seen = true;
        }
    }
    flags
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
