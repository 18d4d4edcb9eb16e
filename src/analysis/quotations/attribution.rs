//! Attributions: the words that say who spoke (`he said`, `said X`, `according to`), found by the
//! closed list of reporting verbs. They are the best witness of where a quotation ends.

use crate::analysis::{Analysis, TokenKind};

/// How a speaker is named behind a quotation.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Attribution {
    /// `said Karimova`, `said the minister`.
    VerbFirst,
    /// `he said`, `Karimova said`, `the minister said`.
    SpeakerFirst,
    /// `Karimova, the minister, said`.
    Apposition,
    /// `according to`.
    According,
    /// `Karimova said that`, `he said he`: it reports in its own words, so no quotation ended before it.
    Reports,
}

const PLAIN: &[&str] = &[
    "said",
    "says",
    "saying",
    "added",
    "adds",
    "told",
    "tells",
    "asked",
    "asks",
    "wrote",
    "writes",
    "explained",
    "explains",
    "noted",
    "notes",
    "recalled",
    "recalls",
    "replied",
    "replies",
    "answered",
    "continued",
    "continues",
    "concluded",
    "concludes",
    "announced",
    "warned",
    "warns",
    "insisted",
    "insists",
    "joked",
    "laughed",
    "admitted",
    "admits",
    "argued",
    "argues",
    "claimed",
    "claims",
    "stated",
    "states",
    "stressed",
    "stresses",
    "emphasized",
    "emphasised",
    "emphasizes",
    "declared",
    "declares",
    "remarked",
    "observed",
    "tweeted",
    "posted",
    "commented",
    "complained",
    "conceded",
    "cautioned",
    "shouted",
    "whispered",
    "cried",
    "quipped",
    "reads",
    "thinks",
    "believes",
    "reported",
    "reports",
    "suggested",
    "suggests",
    "responded",
    "agreed",
    "agrees",
    "acknowledged",
    "confirmed",
    "confirms",
    "repeated",
    "urged",
    "promised",
    "predicted",
    "pleaded",
    "mused",
    "sighed",
    "boasted",
    "protested",
    "lamented",
    "exclaimed",
    "muttered",
    "revealed",
    "underlined",
    "pointed",
    "assured",
    "reiterated",
    "remembered",
    "remembers",
    "testified",
    "vowed",
    "demanded",
    "called",
    "quoted",
    "quotes",
    "shared",
    "recounted",
    "summarised",
    "summarized",
    "read",
];

const PRONOUNS: &[&str] = &["he", "she", "it", "they", "we", "i", "who"];

/// Whether a word is a verb of saying.
pub fn is_reporting(word: &str) -> bool {
    PLAIN.contains(&word)
}

fn capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// The attribution that begins at the token `index`, if one does.
pub fn behind(article: &Analysis, index: usize) -> Option<Attribution> {
    let tokens = article.tokens();
    let first = tokens.get(index)?;
    let word = article.word(first);
    let same = |i: usize| tokens.get(i).is_some_and(|t| t.block == first.block);
    let at = |i: usize| if same(i) { article.word_at(i) } else { "" };
    if word == "according" && at(index + 1) == "to" {
        return Some(Attribution::According);
    }
    if is_reporting(word) {
        let next = at(index + 1);
        let speaker = capitalised(next)
            || PRONOUNS.contains(&next)
            || matches!(
                next,
                "the" | "a" | "an" | "one" | "another" | "his" | "her" | "their" | "its" | "some" | "many" | "al" | "van" | "de" | "bin"
            );
        // `said engineer Ana Soto`: some lower-case words of a role, then the name.
        let speaker = speaker || role_and_name(article, index + 1, first.block);
        let object = matches!(next, "reporters" | "journalists" | "me" | "us" | "them" | "him" | "AFP" | "Reuters");
        return (speaker || object).then_some(Attribution::VerbFirst);
    }
    // Speaker first: a pronoun, or some words of one noun phrase, then the verb.
    let lower = word.to_lowercase();
    if PRONOUNS.contains(&lower.as_str()) {
        for i in index + 1..index + 4 {
            if is_reporting(at(i)) {
                return Some(if reports(at(i), at(i + 1)) { Attribution::Reports } else { Attribution::SpeakerFirst });
            }
            let between = matches!(
                at(i),
                "also" | "has" | "had" | "then" | "later" | "once" | "would" | "often" | "still" | "told" | "has been" | "quickly"
            );
            if !between && !at(i).ends_with("ly") {
                break;
            }
        }
        return None;
    }
    let starts = capitalised(word)
        || matches!(word, "the" | "a" | "an" | "one" | "another" | "his" | "her" | "their" | "its" | "al" | "van" | "de" | "bin");
    // `study author Paganini said`: some lower-case words of one noun phrase, then the name.
    if !starts && !role_and_name(article, index, first.block) {
        return None;
    }
    let mut commas = 0;
    for i in index + 1..index + 26 {
        if !same(i) {
            return None;
        }
        let w = at(i);
        if is_reporting(w) {
            return Some(match commas {
                _ if reports(w, at(i + 1)) => Attribution::Reports,
                0 => Attribution::SpeakerFirst,
                _ => Attribution::Apposition,
            });
        }
        match tokens.get(i).map(|t| t.kind) {
            Some(TokenKind::Mark) if matches!(w, "," | "،" | "，") => commas += 1,
            Some(TokenKind::Mark) if !matches!(w, "-" | "’" | "'" | "‐" | "(" | ")" | "/" | "&") => return None,
            _ => {}
        }
        if commas == 0 && i > index + 11 {
            return None;
        }
        // A finite verb or a subordinator before the verb of saying: the phrase is no speaker.
        if commas == 0
            && matches!(
                w,
                "is" | "are"
                    | "was"
                    | "were"
                    | "will"
                    | "would"
                    | "has"
                    | "have"
                    | "had"
                    | "that"
                    | "can"
                    | "could"
                    | "may"
                    | "do"
                    | "does"
                    | "did"
                    | "he"
                    | "she"
                    | "they"
                    | "we"
                    | "I"
                    | "it"
                    | "because"
                    | "if"
                    | "when"
                    | "should"
                    | "must"
            )
        {
            return None;
        }
        if commas == 2
            && i > index + 2
            && !capitalised(w)
            && w != ","
            && !is_reporting(w)
            && !w.ends_with("ly")
            && !matches!(w, "the" | "and" | "of" | "a" | "also" | "has" | "had")
        {
            return None;
        }
    }
    None
}

/// Whether a verb and the word behind it report in words of their own: `said that`, `added he`.
fn reports(verb: &str, next: &str) -> bool {
    !matches!(verb, "told" | "tells" | "asked" | "asks" | "assured" | "warned")
        && (matches!(super::words::class(next), "det" | "rel" | "num" | "aux")
            || matches!(next, "he" | "she" | "it" | "they" | "there" | "whether" | "if"))
}

/// Whether some lower-case words of a role begin at the token `index`, and a name follows: `study author Paganini`.
fn role_and_name(article: &Analysis, index: usize, block: usize) -> bool {
    let at = |i: usize| if article.tokens().get(i).is_some_and(|t| t.block == block) { article.word_at(i) } else { "" };
    !capitalised(at(index))
        && !class_breaks(at(index))
        && (index + 1..index + 5).find(|&i| class_breaks(at(i)) || capitalised(at(i))).is_some_and(|i| capitalised(at(i)))
}

/// Whether a word can't stand between a role and its name.
fn class_breaks(word: &str) -> bool {
    !word.starts_with(char::is_alphabetic) || !matches!(super::words::class(word), "word" | "noun" | "s" | "adj" | "name" | "ing" | "ed")
}

/// Whether an attribution ends right before the token `index`: a verb of saying, or `told X`, perhaps a comma or colon.
pub fn before(article: &Analysis, index: usize) -> bool {
    let mut i = index;
    for _ in 0..4 {
        let Some(j) = i.checked_sub(1) else { return false };
        i = j;
        let word = article.word_at(i);
        if is_reporting(word) {
            return true;
        }
        if !(matches!(word, "," | ":" | "that" | "reporters" | "journalists") || capitalised(word)) {
            return false;
        }
    }
    false
}
