//! Repetition: a word or a phrase that stands twice in a row (`for for`, `fewer than fewer than`), and
//! loops of three and more.

use super::{Build, Detect, Report, only_params, string_list};
use crate::analysis::{Analysis, Token, TokenKind};
use crate::rules::{FunctionWord, Lexicon};
use crate::text::{Edit, Span};

/// The most tokens of a phrase that is compared with the next.
const LONGEST_PHRASE: usize = 4;
/// The most tokens of one turn of a loop.
const LONGEST_TURN: usize = 10;

/// The most turns of a loop that are counted.
const MOST_TURNS: usize = 64;

struct DoubledWords {
    may_double: Vec<String>,
    phrasal: Vec<String>,
}

/// Builds the `doubled-words` detector. `may-double`: words that English doubles on purpose; `phrasal`:
/// verbs with an adverb, after which a preposition of the same form is right (`moved in in May`).
pub fn build_doubled_words(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &["may-double", "phrasal"])?;
    Ok(Box::new(DoubledWords { may_double: string_list(params, "may-double")?, phrasal: string_list(params, "phrasal")? }))
}

struct DoubledPhrases;

/// Builds the `doubled-phrases` detector.
pub fn build_doubled_phrases(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &[])?;
    Ok(Box::new(DoubledPhrases))
}

const _: [Build; 2] = [build_doubled_words, build_doubled_phrases];

fn same(a: &str, b: &str) -> bool {
    a == b || (a.len() == b.len() && a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase)))
}

fn starts_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

impl DoubledWords {
    /// Whether the words at `i` and `i + 1` may be right as they stand: a phrasal verb before a preposition
    /// (`moved in in May`), a clause that ends in a verb (`what it is is`), a past perfect (`had had enough`).
    fn is_grammar(&self, article: &Analysis, i: usize, word: &str) -> bool {
        let before = i.checked_sub(1).map_or("", |b| article.word_at(b));
        let after = article.word_at(i + 2);
        let lexicon = article.lexicon();
        match word {
            "in" | "on" | "over" | "up" | "out" | "off" | "down" | "through" | "around" | "by" | "along" => {
                starts_upper(after) || after.chars().next().is_some_and(char::is_numeric) || self.phrasal.iter().any(|v| v == before)
            }
            "is" | "was" | "are" | "were" | "has" | "does" | "do" | "did" => {
                let pronoun =
                    lexicon.function_word(&before.to_lowercase()) == Some(FunctionWord::Pronoun) || matches!(before, "there" | "this");
                let asks =
                    |k: usize| matches!(article.word_at(k).to_lowercase().as_str(), "what" | "how" | "who" | "whatever" | "where" | "all");
                // `the reason it is is simple`: a noun with its article before the clause.
                let of_noun = is_noun_with_article(article, i.checked_sub(2));
                pronoun && (of_noun || (i.saturating_sub(5)..i).any(asks))
            }
            // `the people people like`
            "people" => {
                before.eq_ignore_ascii_case("the")
                    && after.chars().next().is_some_and(char::is_lowercase)
                    && (after == "like" || lexicon.function_word(after).is_none())
                    && !after.ends_with("ed")
            }
            // Nearly always right; wrong where a participle with its preposition follows.
            "had" => {
                let participle =
                    matches!(after, "been" | "gone" | "given" | "gotten" | "seen" | "begun" | "become" | "come" | "taken" | "fallen")
                        || (after.ends_with("ed")
                            && matches!(
                                lexicon.function_word(article.word_at(i + 3)),
                                Some(
                                    FunctionWord::Preposition | FunctionWord::Article | FunctionWord::Pronoun | FunctionWord::Subordinator
                                )
                            ));
                !participle
            }
            // `The firm that that owns`: a noun with its article before, a verb behind.
            "that" => {
                let article_before = i.checked_sub(2).is_some_and(|b| {
                    matches!(
                        lexicon.function_word(&article.word_at(b).to_lowercase()),
                        Some(FunctionWord::Article | FunctionWord::Possessive)
                    )
                });
                let verb = after.len() > 3
                    && (after.ends_with("ed") || (after.ends_with('s') && !after.ends_with("ss")))
                    && lexicon.function_word(after).is_none();
                !(article_before && verb)
            }
            _ => false,
        }
    }
}

/// Whether a noun with its article ends at `at`: `the reason`, `a problem`.
fn is_noun_with_article(article: &Analysis, at: Option<usize>) -> bool {
    let class = |k: usize| article.lexicon().function_word(&article.word_at(k).to_lowercase());
    at.is_some_and(|noun| {
        article.tokens().get(noun).is_some_and(|t| t.kind == TokenKind::Word)
            && class(noun).is_none()
            && noun.checked_sub(1).is_some_and(|k| matches!(class(k), Some(FunctionWord::Article | FunctionWord::Possessive)))
    })
}

impl Detect for DoubledWords {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        let tokens = article.tokens();
        let mut i = 0;
        while let (Some(first), Some(second)) = (tokens.get(i), tokens.get(i + 1)) {
            i += 1;
            if !(first.kind == TokenKind::Word && second.kind == TokenKind::Word && first.block == second.block && !second.glued) {
                continue;
            }
            let (a, b) = (article.word(first), article.word(second));
            if !same(a, b) {
                continue;
            }
            let lower = b.to_lowercase();
            let function = article.lexicon().function_word(&lower).is_some();
            // Ni Ni, Goo Goo, The The: two capitals are a name. WHO who: two words.
            let capitals = starts_upper(a) && starts_upper(b);
            let shouted = |w: &str| w.chars().count() > 1 && w.chars().all(char::is_uppercase);
            if capitals || shouted(a) != shouted(b) || (starts_upper(b) && !function) {
                continue;
            }
            // May may; Will will: a name before its verb.
            if starts_upper(a) && article.sentence_of(i - 1).is_none_or(|s| s.first != i - 1) {
                continue;
            }
            let short = b.chars().count() == 1 && !matches!(b, "a" | "I");
            let known = function || article.lexicon().is_curated(&lower);
            if short || !known || self.may_double.contains(&lower) || self.is_grammar(article, i - 1, &lower) {
                continue;
            }
            // `two two-part stories`
            if tokens.get(i + 1).is_some_and(|t| article.word(t) == "-" && !t.space_before) {
                continue;
            }
            // A word that is said three times is one finding.
            let mut last = i;
            while tokens.get(last + 1).is_some_and(|t| t.block == first.block && t.kind == TokenKind::Word && same(article.word(t), b)) {
                last += 1;
            }
            let Some(end) = tokens.get(last) else { continue };
            i = last;
            let cut = Span::new(first.span.end, end.span.end);
            let mut draft = report
                .finding(Span::new(first.span.start, end.span.end))
                .fix(format!("one “{a}”"), vec![Edit::replace(article.text(), cut, "")]);
            if starts_upper(b) && !starts_upper(a) {
                draft = draft.fix_to_review("end the sentence between the two", vec![Edit::insert(first.span.end, ".")]);
            }
            draft.done();
        }
    }
}

/// How many times the stretch of `length` tokens at `i` stands in a row.
fn turns(article: &Analysis, i: usize, length: usize) -> usize {
    let tokens = article.tokens();
    let Some(block) = tokens.get(i).map(|t| t.block) else { return 0 };
    let mut count = 1;
    let mut at = i + length;
    // Bounded, so that a text of one sentence over and over costs no more than any other.
    while count < MOST_TURNS
        && (0..length).all(|k| match (tokens.get(i + k), tokens.get(at + k)) {
            (Some(a), Some(b)) => {
                a.block == block && b.block == block && a.kind == b.kind && !b.glued && same(article.word(a), article.word(b))
            }
            _ => false,
        })
    {
        count += 1;
        at += length;
    }
    count
}

fn is_comma(article: &Analysis, token: &Token) -> bool {
    matches!(article.word(token), "," | ";")
}

/// Whether English says a phrase twice on purpose: `again and again and`, `what it is it is`.
fn is_idiom(article: &Analysis, i: usize, length: usize) -> bool {
    let words: Vec<&str> = (i..i + length).map(|k| article.word_at(k)).collect();
    let joined = length == 2 && words.iter().any(|w| matches!(*w, "and" | "or" | "by" | "after" | "upon" | "to"));
    let before = i.checked_sub(1).map_or("", |b| article.word_at(b));
    let clause = matches!(before.to_lowercase().as_str(), "what" | "whatever" | "who" | "whoever" | "if" | "as" | "that" | "how" | "where");
    let verb = words.iter().any(|w| {
        matches!(
            article.lexicon().function_word(&w.to_lowercase()),
            Some(FunctionWord::Auxiliary | FunctionWord::Modal | FunctionWord::Pronoun)
        )
    });
    joined || (clause && verb)
}

impl Detect for DoubledPhrases {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        let tokens = article.tokens();
        let mut i = 0;
        while let Some(first) = tokens.get(i) {
            let Some((length, count)) = repeated_at(article, i, first) else {
                i += 1;
                continue;
            };
            // The last turn of a loop often lacks its comma, or stands cut off.
            let stretch = length * count;
            let (Some(last), Some(keep)) = (tokens.get(i + stretch - 1), tokens.get(i + length - 1)) else { break };
            let (mut kept_to, mut end) = (keep.span.end, last.span.end);
            if is_comma(article, keep) {
                let open = (0..length - 1).all(|k| match (tokens.get(i + k), tokens.get(i + stretch + k)) {
                    (Some(a), Some(b)) => b.block == first.block && same(article.word(a), article.word(b)),
                    _ => false,
                });
                if open && let (Some(a), Some(b)) = (tokens.get(i + length - 2), tokens.get(i + stretch + length - 2)) {
                    (kept_to, end) = (a.span.end, b.span.end);
                }
            }
            let once = Span::new(first.span.start, kept_to).of(article.text());
            report
                .finding(Span::new(first.span.start, end))
                .fix(format!("“{once}” once"), vec![Edit::replace(article.text(), Span::new(kept_to, end), "")])
                .done();
            i += stretch;
        }
    }
}

/// The length in tokens and the number of turns of what repeats at `i`.
fn repeated_at(article: &Analysis, i: usize, first: &Token) -> Option<(usize, usize)> {
    if first.kind != TokenKind::Word {
        return None;
    }
    let tokens = article.tokens();
    let word = article.word(first);
    for length in 2..=LONGEST_TURN {
        let again = tokens.get(i + length)?;
        if again.block != first.block || !same(word, article.word(again)) {
            continue;
        }
        let phrase = tokens.get(i..i + length)?;
        // One word over and over is no phrase; told here, before its turns are counted at each word.
        if !phrase.iter().any(|t| t.kind == TokenKind::Word && !same(article.word(t), word)) {
            continue;
        }
        let count = turns(article, i, length);
        if count < 2 {
            continue;
        }
        let commas = phrase.iter().filter(|t| is_comma(article, t)).count();
        let words = phrase.iter().filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number)).count();
        let lower = phrase.iter().skip(1).any(|t| t.kind == TokenKind::Word && !starts_upper(article.word(t)));
        if !lower || words + commas < length {
            continue;
        }
        let quoted = article.in_quotation(first.span);
        let doubled = commas == 0 && length <= LONGEST_PHRASE && !is_idiom(article, i, length);
        let looping = words >= 2 && count >= if quoted { 4 } else { 3 };
        if doubled || looping {
            return Some((length, count));
        }
    }
    None
}
