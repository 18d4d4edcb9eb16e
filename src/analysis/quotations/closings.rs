//! Where a lost closing mark may have stood: every word edge behind the opener that could hold it, described
//! by features of its neighbours and of the stretch it would enclose.

use super::attribution;
use super::places::{Feature, Manner, REACH, Spot, behind, capitalised, is_abbreviated, is_naming, is_stop, is_text};
use super::words::{bucket, class, is_spoken};
use crate::analysis::{Analysis, Token};
use crate::text::Span;

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
        let single = matches!(word, "’" | "'" | "\"" | "”") && !token.space_before;
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
        let sentence_begins = next_word.starts_with(char::is_uppercase) && class(next_word) != "name" && next_word != "I";
        let with = match (edge, name) {
            ("end", _) if single && is_stop(article.word_at(index.saturating_sub(1))) => "",
            ("end", _) if kind != "mid-lower" || words > 6 => ".",
            ("glued", _) if sentence_begins => ".",
            ("none" | "glued", _) if said && name != "x-who-said" => ",",
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
        } else if last == start + 1 && runs_on_behind(article, start) {
            // `U.S. boats are near`, `Kovač is not`: the quotation runs on.
            return 0;
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

/// Whether what follows a first capitalised word shows that no title was named: a verb behind it, or any word
/// behind an acronym.
fn runs_on_behind(article: &Analysis, start: usize) -> bool {
    let (word, next) = (article.word_at(start), article.word_at(start + 1));
    let next = if next == "." { article.word_at(start + 2) } else { next };
    let acronym = word.chars().filter(|c| c.is_uppercase()).count() > 1 && !word.chars().any(char::is_lowercase);
    class(next) == "aux" || (acronym && next.starts_with(char::is_lowercase) && !matches!(class(next), "conj" | "prep" | "of" | "say"))
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
