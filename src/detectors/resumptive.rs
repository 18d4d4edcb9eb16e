//! A subject that is named twice: the noun phrase and then a pronoun for it (`the toll It reached`).

use super::{Build, Detect, Report, only_params, string_list};
use crate::analysis::{Analysis, Token, TokenKind};
use crate::rules::{FunctionWord, Lexicon};
use crate::text::{Edit, Span};

/// Where the sum of the signs suffices.
const ENOUGH: f32 = 3.0;
/// The most words of the noun phrase.
const LONGEST: usize = 10;

struct ResumptivePronoun {
    /// Verbs of saying and thinking: right before the pronoun they open a clause (`the firm said it`).
    saying: Vec<String>,
    /// Irregular pasts and common presents that follow a subject.
    verbs: Vec<String>,
    /// Verbs that take no object, so that a clause with them is never relative by a missing one.
    intransitive: Vec<String>,
    /// Nouns after which a clause needs no relative pronoun: `the day it was`, `the reason he left`.
    relative_nouns: Vec<String>,
}

/// Builds the `resumptive-pronoun` detector.
pub fn build(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &["saying", "verbs", "intransitive", "relative-nouns"])?;
    let sorted = |key: &str| {
        string_list(params, key).map(|mut words| {
            words.sort();
            words
        })
    };
    Ok(Box::new(ResumptivePronoun {
        saying: sorted("saying")?,
        verbs: sorted("verbs")?,
        intransitive: sorted("intransitive")?,
        relative_nouns: sorted("relative-nouns")?,
    }))
}

const _: Build = build;

fn has(sorted: &[String], word: &str) -> bool {
    sorted.binary_search_by(|w| w.as_str().cmp(word)).is_ok()
}

fn starts_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// A pronoun that may take up a subject: whether it is plural, whether it is a person's.
fn pronoun(word: &str) -> Option<(bool, bool)> {
    match word {
        "it" | "It" => Some((false, false)),
        "they" | "They" => Some((true, false)),
        "he" | "He" | "she" | "She" => Some((false, true)),
        _ => None,
    }
}

/// What a verb is, for the reading of the clause behind the pronoun.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verb {
    Auxiliary,
    Saying,
    Other,
}

/// The noun phrase that ends right before the token at `i`.
struct Subject {
    /// Index of its first token.
    first: usize,
    /// It begins its sentence.
    begins_sentence: bool,
    determiner: bool,
    /// All its words are capitalised: a name.
    name: bool,
    plural: bool,
}

/// Whether a second finite verb follows in the same clause, so that the pronoun and its verb are a
/// relative clause: `the songs they had written were`.
fn second_verb(article: &Analysis, i: usize) -> bool {
    let Some(sentence) = article.sentence_of(i) else { return false };
    let lexicon = article.lexicon();
    for k in i + 2..sentence.end.min(i + 14) {
        let Some(token) = article.tokens().get(k) else { return false };
        let word = article.word(token);
        if token.kind == TokenKind::Mark && !matches!(word, "-" | "’" | "'" | "$" | "%") {
            return false;
        }
        match lexicon.function_word(word) {
            Some(FunctionWord::Subordinator | FunctionWord::Question | FunctionWord::Conjunction) => return false,
            Some(FunctionWord::Determiner) if word == "that" => return false,
            Some(FunctionWord::Pronoun) if matches!(word, "who" | "whom" | "it" | "he" | "she" | "they" | "we" | "i") => return false,
            Some(FunctionWord::Preposition) if matches!(word, "as" | "than" | "after" | "before" | "since" | "until") => return false,
            Some(FunctionWord::Auxiliary) if matches!(word, "is" | "was" | "are" | "were" | "has" | "had" | "does" | "did") => {
                return k > i + 2 || article.word_at(i + 1) != word;
            }
            Some(FunctionWord::Modal) => return true,
            _ => {}
        }
    }
    false
}

impl Detect for ResumptivePronoun {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        let tokens = article.tokens();
        for (i, token) in tokens.iter().enumerate().skip(1) {
            if token.kind != TokenKind::Word || token.glued {
                continue;
            }
            let word = article.word(token);
            let Some((plural, person)) = pronoun(word) else { continue };
            let Some(next) = tokens.get(i + 1).filter(|t| t.block == token.block && t.kind == TokenKind::Word) else { continue };
            let Some(previous) = tokens.get(i - 1).filter(|t| t.block == token.block) else { continue };
            if !previous.is_word() && previous.kind != TokenKind::Number {
                continue;
            }
            let mut at = i + 1;
            if matches!(article.lexicon().function_word(article.word(next)), Some(FunctionWord::Adverb)) {
                at += 1;
            }
            let Some(kind) = self.verb(article, article.word_at(at)) else { continue };
            let capital = starts_upper(word);
            let inner = || if capital { self.inner_subject(article, i) } else { None };
            let Some(subject) = self.subject(article, i, capital).or_else(inner) else { continue };
            if person && !(capital || subject.name || subject.determiner) {
                continue;
            }
            let follows = article.word_at(at + 1);
            // `the book he printed in 1490 was`: the object is missing, the clause is relative.
            let object_stands = kind != Verb::Other
                || has(&self.intransitive, article.word_at(at))
                || tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Number)
                || matches!(
                    article.lexicon().function_word(follows),
                    Some(FunctionWord::Article | FunctionWord::Determiner | FunctionWord::Possessive | FunctionWord::Pronoun)
                )
                || matches!(follows, "to" | "that" | "by" | "from")
                || tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Word && article.lexicon().function_word(follows).is_none());
            let relative = if kind == Verb::Saying {
                matches!(article.lexicon().function_word(follows), Some(FunctionWord::Auxiliary | FunctionWord::Modal))
            } else {
                second_verb(article, at - 1)
            };
            if relative || (!capital && (!object_stands || (person && kind == Verb::Other))) {
                continue;
            }
            let mut score = 0.0;
            score += if subject.begins_sentence { 2.0 } else { 0.0 };
            score += if capital { 2.0 } else { 0.0 };
            score += if subject.determiner || subject.name { 1.0 } else { 0.0 };
            score += if plural == subject.plural { 0.5 } else { -1.0 };
            // `…, Lind she said, because`
            if subject.name && person && kind == Verb::Saying {
                score += 2.0;
            }
            if score < ENOUGH {
                continue;
            }
            report_at(article, i, &subject, report);
        }
    }
}

impl ResumptivePronoun {
    fn verb(&self, article: &Analysis, word: &str) -> Option<Verb> {
        let lexicon = article.lexicon();
        match lexicon.function_word(word) {
            Some(FunctionWord::Auxiliary) if !matches!(word, "be" | "been" | "being" | "having" | "done" | "am" | "do") => {
                return Some(Verb::Auxiliary);
            }
            Some(FunctionWord::Modal) => return Some(Verb::Auxiliary),
            Some(_) => return None,
            None => {}
        }
        if matches!(word, "said" | "says" | "added" | "told" | "stated" | "noted" | "warned" | "believes" | "explained" | "announced") {
            return Some(Verb::Saying);
        }
        let past = word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed") && lexicon.is_curated(word);
        (past || has(&self.verbs, word)).then_some(Verb::Other)
    }

    /// The lone noun phrase right before the pronoun at `i` where a longer phrase of place or time opens the
    /// clause: `that in two years of clashes over land the toll It reached`.
    fn inner_subject(&self, article: &Analysis, i: usize) -> Option<Subject> {
        let lexicon = article.lexicon();
        let sentence = article.sentence_of(i)?;
        let class = |k: usize| lexicon.function_word(article.word_at(k));
        let verb = |k: usize| {
            let word = article.word_at(k);
            self.verb(article, word).is_some() || lexicon.is_finite_verb(word) || has(&self.saying, word)
        };
        let determines = |k: usize| {
            matches!(class(k), Some(FunctionWord::Article | FunctionWord::Determiner | FunctionWord::Possessive))
                && article.word_at(k) != "that"
        };
        let first = (2..=5).filter_map(|d| i.checked_sub(d)).find(|&k| k > sentence.first && determines(k))?;
        let is_word = |k: usize| article.tokens().get(k).is_some_and(|t| t.kind == TokenKind::Word && !t.glued);
        let noun = article.word_at(i - 1);
        let is_phrase = (first + 1..i).all(|k| is_word(k) && class(k).is_none());
        if !is_phrase || noun.ends_with("ed") || noun.ends_with("ly") || noun.ends_with("ing") || has(&self.relative_nouns, noun) {
            return None;
        }
        let before = first - 1;
        let number = article.tokens().get(before).is_some_and(|t| t.kind == TokenKind::Number);
        let named = is_word(before) && class(before).is_none() && !verb(before) && !article.word_at(before).ends_with("ing");
        if !(number || named || matches!(article.word_at(before), "," | "that")) {
            return None;
        }
        // The clause has no verb yet, so the pronoun’s verb is the verb of the phrase.
        let edge = |k: &usize| !matches!(article.word_at(*k), "that" | "," | ":" | ";" | "“" | "\"" | "(" | "—");
        let mut clause = (sentence.first..=before).rev().take_while(edge);
        if clause.any(|k| verb(k) || matches!(class(k), Some(FunctionWord::Pronoun))) {
            return None;
        }
        let plural = noun.len() > 3 && noun.ends_with('s') && !noun.ends_with("ss") && !noun.ends_with("us");
        Some(Subject { first, begins_sentence: false, determiner: true, name: false, plural })
    }

    /// Reads the subject before the pronoun at `i`; `None` when what stands there is no lone noun phrase.
    fn subject(&self, article: &Analysis, i: usize, capital: bool) -> Option<Subject> {
        let lexicon = article.lexicon();
        let sentence = article.sentence_of(i)?;
        let token = article.tokens().get(i)?;
        let mut first = i;
        let mut opened_by = "";
        while let Some(before) = first.checked_sub(1).filter(|&b| b >= sentence.first) {
            let t: &Token = article.tokens().get(before)?;
            let word = article.word(t);
            if t.block != token.block || i - before > LONGEST {
                return None;
            }
            if t.kind == TokenKind::Mark && !matches!(word, "-" | "’" | "'" | "&" | "$" | "%") {
                opened_by = word;
                break;
            }
            if matches!(word, "that" | "and" | "but") && before + 1 < i {
                // `that the toll …`: the phrase begins behind it. `the city and the coast they`: goes on.
                if word == "that" || !starts_upper(article.word_at(before + 1)) {
                    opened_by = word;
                    break;
                }
            }
            first = before;
        }
        let words: Vec<(&str, TokenKind)> =
            article.tokens().get(first..i)?.iter().filter(|t| t.kind != TokenKind::Mark).map(|t| (article.word(t), t.kind)).collect();
        // `In June the toll It`: the phrase of time before the subject.
        let determines = |w: &str| {
            matches!(
                lexicon.function_word(&w.to_lowercase()),
                Some(FunctionWord::Article | FunctionWord::Determiner | FunctionWord::Possessive)
            )
        };
        let timed = matches!(words.first(), Some(("In" | "On" | "Since" | "By", _)))
            && words.get(1).is_some_and(|(w, k)| *k == TokenKind::Number || has(&self.relative_nouns, &w.to_lowercase()))
            && words.get(2).is_some_and(|(w, _)| determines(w));
        let words = words.get(if timed { 2 } else { 0 }..)?;
        let (&(head, _), &(mut last, _)) = (words.first()?, words.last()?);
        let mut end = words.len();
        if matches!(last, "also" | "now" | "still" | "later" | "then" | "itself" | "alone") && end > 2 {
            end -= 1;
            last = words.get(end - 1)?.0;
        }
        let lower_head = head.to_lowercase();
        let class = lexicon.function_word(&lower_head);
        // `Last year’s total It`
        let owner = words.iter().rev().skip(1).any(|(w, _)| w.ends_with("’s") || w.ends_with("'s"));
        let determiner =
            owner && class.is_none() || matches!(class, Some(FunctionWord::Article | FunctionWord::Determiner | FunctionWord::Possessive));
        let name = words.iter().take(end).all(|(w, _)| starts_upper(w)) && class.is_none();
        let plural_noun = |w: &str| w.len() > 3 && w.ends_with('s') && !w.ends_with("ss") && !w.ends_with("us") && !w.ends_with("is");
        let irregular_plural = matches!(last, "men" | "women" | "people" | "children" | "police" | "forces");
        if class.is_some() && !determiner {
            return None;
        }
        // `Many they`, `All it`, `This it`: pronouns. One bare common noun is a subject only in the plural.
        if determiner && (end < 2 || lower_head == "all") {
            return None;
        }
        let bare = !determiner && !name;
        if bare && !(starts_upper(head) && end <= 3 && plural_noun(last) && lexicon.is_curated(&last.to_lowercase())) {
            return None;
        }
        let numeral = |w: &str| w.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
        if name
            && (numeral(last) || lexicon.is_word(head) && end == 1 && lexicon.given_name(&crate::rules::spellings::folded(head)).is_none())
        {
            return None;
        }
        // Nothing in it may be a verb, a subordinator or a place where a relative clause begins.
        let mut through_preposition = false;
        for (n, &(word, kind)) in words.iter().take(end).enumerate() {
            if kind == TokenKind::Number {
                continue;
            }
            let lower = word.to_lowercase();
            match lexicon.function_word(&lower) {
                Some(FunctionWord::Preposition) => {
                    if n + 1 == end || matches!(lower.as_str(), "than" | "as" | "since" | "until" | "before" | "after" | "like" | "except")
                    {
                        return None;
                    }
                    through_preposition = true;
                }
                Some(
                    FunctionWord::Auxiliary
                    | FunctionWord::Modal
                    | FunctionWord::Subordinator
                    | FunctionWord::Question
                    | FunctionWord::Pronoun,
                ) => return None,
                Some(FunctionWord::Adverb | FunctionWord::Conjunction) if n + 1 == end => return None,
                Some(FunctionWord::Determiner) if n > 0 && matches!(lower.as_str(), "that" | "every" | "each" | "no" | "more" | "less") => {
                    return None;
                }
                Some(FunctionWord::Determiner | FunctionWord::Possessive | FunctionWord::Article)
                    if n + 1 == end && !(n > 0 && capital) =>
                {
                    return None;
                }
                Some(_) => {}
                None => {
                    let capitalised = starts_upper(word) && n > 0;
                    if !capitalised && n > 0 && has(&self.saying, &lower) && !(lower == "reports" || lower == "plans" && capital) {
                        // A noun of the same form (`the report`) has its article right before it.
                        return None;
                    }
                    let last_word = n + 1 == end;
                    if last_word && !capitalised && n > 0 && (lower.ends_with("ed") || lower.ends_with("ly") || lower.ends_with("ing")) {
                        let noun = lower.ends_with("ing") && !matches!(words.get(n - 1).map(|w| w.0), Some("of" | "in" | "by" | "for"));
                        if !noun {
                            return None;
                        }
                    }
                }
            }
        }
        let lower_last = last.to_lowercase();
        let is_time = has(&self.relative_nouns, &lower_last);
        if is_time
            && !(capital && through_preposition && !matches!(lower_last.as_str(), "all" | "one" | "ones" | "later" | "earlier" | "ago"))
        {
            return None;
        }
        let first = if timed { first + 2 } else { first };
        let begins_sentence = timed || first == sentence.first || matches!(opened_by, "“" | "\"" | "‘" | "(" | "—" | ":");
        let plural = irregular_plural
            || (plural_noun(last) && !starts_upper(last))
            || (through_preposition && {
                // The head stands before the first preposition: `the bodies of the men`.
                words
                    .iter()
                    .take_while(|(w, _)| lexicon.function_word(w) != Some(FunctionWord::Preposition))
                    .last()
                    .is_some_and(|(w, _)| plural_noun(w) && !starts_upper(w))
            });
        Some(Subject { first, begins_sentence, determiner, name, plural })
    }
}

/// Reports the pronoun at `i`, which takes up a subject.
fn report_at(article: &Analysis, i: usize, subject: &Subject, report: &mut Report) {
    let tokens = article.tokens();
    let (Some(token), Some(first), Some(last)) = (tokens.get(i), tokens.get(subject.first), tokens.get(i - 1)) else { return };
    let Some(next) = tokens.get(i + 1) else { return };
    let noun = Span::new(first.span.start, last.span.end);
    let cut = Edit::replace(article.text(), Span::new(token.span.start, next.span.start), "");
    let word = article.word(token);
    let mut upper = word.chars();
    let sentence: String = upper.next().into_iter().flat_map(char::to_uppercase).chain(upper).collect();
    let draft = report
        .finding(token.span)
        .because(noun, "the subject is named here already")
        // The lost stop that its capital speaks of is the second fix here: wider than the capital’s own scope.
        .scope(Span::new(last.span.start, next.span.start))
        .fix(format!("take “{word}” out"), vec![cut]);
    let split = vec![Edit::insert(last.span.end, "."), Edit::replace(article.text(), token.span, sentence.clone())];
    let draft = if starts_upper(word) { draft.fix_to_review(format!("a new sentence: “. {sentence}”"), split) } else { draft };
    draft.done();
}
