//! Where a lost opening mark may have stood: every word before the closer that it could stand at, described
//! by features of its neighbours and of the stretch it would enclose.

use super::attribution::{self, Attribution};
use super::places::{Feature, Manner, REACH, Spot, behind, capitalised, is_abbreviated, is_naming, is_stop, is_text};
use super::words::{bucket, class, is_spoken};
use crate::analysis::Analysis;
use crate::text::Span;

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
    let mut spoken_sentences = 0_usize;
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
            spoken_sentences += usize::from(spoken_first);
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
            // `… he argued. - Without coffee`: Russian copy resumes a speech behind a dash.
            "—" | "–" | "-" if index >= 2 && is_stop(article.word_at(index - 2)) => "speech-dash",
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
            // In how many sentences of the stretch somebody speaks of himself.
            let (all, here) = (sentences + 1, spoken_sentences + usize::from(spoken_first));
            let run = match here {
                0 => "none",
                n if n == all => "all",
                n if 2 * n >= all => "most",
                _ => "few",
            };
            features.push(["o", "speech-run", run, bucket(all.min(5))]);
            features.push(["o", "speech-run+left", run, left]);
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
