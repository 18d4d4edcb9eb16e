//! Weighs whether a capitalised word in mid-sentence is a common word: how common it is in lower case, how
//! the article writes it elsewhere, whether it stands in a list of names, and what stands beside it.

use rustc_hash::FxHashMap;

use super::capitals::{Copy, lower, starts_upper};
use super::string_list;
use crate::analysis::{Analysis, Token, TokenKind};
use crate::document::MarkKind;
use crate::rules::lexicon::Role;
use crate::rules::{FunctionWord, spellings::folded};
use crate::text::Span;

/// A number among the parameters.
pub(super) fn number(value: Option<&toml::Value>, otherwise: f32) -> Result<f32, String> {
    match value {
        None => Ok(otherwise),
        Some(v) => v
            .as_float()
            .or_else(|| v.as_integer().and_then(|i| i32::try_from(i).ok()).map(f64::from))
            .map(|f| f as f32)
            .ok_or_else(|| "weights and thresholds must be numbers".to_owned()),
    }
}

/// The weights of a card: logarithms of odds.
pub(super) struct Weights {
    odds: FxHashMap<String, f32>,
    /// Words that are written with a capital as often as without: `Congress`, `Twitter`.
    names: Vec<String>,
    /// Head nouns of bodies, events and places, whose short form keeps its capital: `the Strip`, `the Convention`.
    heads: Vec<String>,
}

impl Weights {
    /// Reads `weights`, `names` and `heads`.
    pub(super) fn read(params: &toml::Table) -> Result<Self, String> {
        let mut weights = FxHashMap::default();
        for (name, value) in params.get("weights").and_then(toml::Value::as_table).into_iter().flatten() {
            weights.insert(name.clone(), number(Some(value), 0.0)?);
        }
        Ok(Self { odds: weights, names: string_list(params, "names")?, heads: string_list(params, "heads")? })
    }

    fn weight(&self, name: &str) -> f32 {
        self.odds.get(name).copied().unwrap_or(0.0)
    }

    /// What stands before and behind the word, weighed; `None` where it is a link of a name.
    fn neighbours(&self, copy: &Copy, i: usize) -> Option<f32> {
        let article = copy.article;
        let tokens = article.tokens();
        let before = i.checked_sub(1).map_or("", |b| article.word_at(b));
        let next = article.word_at(i + 1);
        let is_word = |k: usize| tokens.get(k).is_some_and(Token::is_word);
        let begins = i.checked_sub(1).is_some_and(|b| {
            article.sentence_of(b).is_none_or(|s| s.first == b)
                || b.checked_sub(1).is_some_and(|c| matches!(article.word_at(c), "“" | "\"" | "‘"))
        });
        // `the Chi-no-wa Festival`: a word of another language is part of a name.
        if i > 0 && is_word(i - 1) && !starts_upper(before) && copy.class(before).is_none() && !article.lexicon().is_word(before) {
            return None;
        }
        // `the Start button`, `according to Mercury data`: what a thing on a screen or a source is called.
        let is_called = matches!(next, "button" | "app" | "account" | "platform" | "key" | "menu" | "icon" | "fund" | "tab" | "browser");
        let source = lower(i.checked_sub(2).map_or("", |k| article.word_at(k))) == "according"
            && lower(before) == "to"
            && matches!(next, "data" | "figures" | "statistics" | "estimates" | "research" | "report" | "reports" | "analysts" | "experts");
        // `the Maracanto Palace`: behind a capital that no list knows stands the rest of a name.
        let unlisted = starts_upper(before)
            && !begins
            && i > 0
            && is_word(i - 1)
            && before.chars().count() > 3
            && !article.lexicon().is_word(&before.to_lowercase())
            && !before.ends_with("’s")
            && !before.ends_with("'s");
        // `And|olin Palace`: the cut of the word before is only a guess.
        let cut = i > 0 && tokens.get(i - 1).is_some_and(|t| t.glued) && !starts_upper(before);
        // `the intelligence and Security Service (SIS)`: a name with its letters behind it.
        let behind = (i + 1..i + 6).find(|&k| !starts_upper(article.word_at(k)));
        let lettered = behind.is_some_and(|k| {
            article.word_at(k) == "(" && article.word_at(k + 2) == ")" && {
                let letters = article.word_at(k + 1);
                letters.len() > 1 && letters.chars().all(char::is_uppercase)
            }
        });
        if is_called || source || unlisted || cut || lettered {
            return None;
        }
        let class_before = copy.class(before).filter(|_| !starts_upper(before) || begins);
        let mut sum = 0.0;
        sum += match (class_before, lower(before).as_str()) {
            (Some(_), "to") => self.weight("before-to"),
            (Some(_), "a" | "an") => self.weight("before-a"),
            (Some(_), "the") => self.weight("before-the"),
            (Some(_), "and" | "or") => self.weight("before-and"),
            (Some(FunctionWord::Modal), _) => self.weight("before-modal"),
            (Some(FunctionWord::Auxiliary), _) => self.weight("before-auxiliary"),
            (Some(FunctionWord::Possessive), _) => self.weight("before-possessive"),
            (Some(FunctionWord::Determiner), _) => self.weight("before-determiner"),
            (Some(FunctionWord::Pronoun), _) => self.weight("before-pronoun"),
            (Some(FunctionWord::Question), _) => self.weight("before-question"),
            (Some(FunctionWord::Adverb), _) => self.weight("before-adverb"),
            (Some(FunctionWord::Preposition), _) => self.weight("before-preposition"),
            (Some(FunctionWord::Subordinator), _) => self.weight("before-subordinator"),
            (Some(_), _) => self.weight("before-conjunction"),
            (None, _) if i == 0 || !is_word(i - 1) => match tokens.get(i.saturating_sub(1)).map(|t| t.kind) {
                Some(TokenKind::Number | TokenKind::Mixed) => self.weight("before-number"),
                _ => self.weight("before-mark"),
            },
            (None, _) if before.chars().any(char::is_uppercase) => self.weight(if begins { "before-first-word" } else { "before-capital" }),
            (None, _) => self.weight("before-word"),
        };
        sum += match tokens.get(i + 1) {
            Some(t) if t.is_word() && next.chars().any(char::is_uppercase) => self.weight("next-capital"),
            Some(t) if t.is_word() && copy.class(next).is_some() => self.weight("next-function-word"),
            Some(t) if t.is_word() => self.weight("next-word"),
            Some(t) if matches!(t.kind, TokenKind::Number | TokenKind::Mixed) => self.weight("next-number"),
            Some(_) if matches!(next, "’" | "'" | "`") => self.weight("next-apostrophe"),
            Some(_) if next == "-" => 0.0,
            _ => self.weight("next-mark"),
        };
        // `Bank of …`, `… for Human Rights`, `Man of the …`: a chain of names.
        let links = |w: &str| matches!(lower(w).as_str(), "of" | "for" | "on" | "and" | "the" | "in" | "de" | "&" | "to" | "at");
        let name_at = |k: Option<usize>| k.is_some_and(|k| is_word(k) && copy.is_name_at(k));
        let article_word = |w: &str| matches!(lower(w).as_str(), "the" | "a" | "de" | "el" | "la");
        let two_back = i.checked_sub(2).map_or("", |k| article.word_at(k));
        let capital_before = starts_upper(before) && !begins && is_word(i.wrapping_sub(1));
        // `Highly Effective People`, `Prohibition of Chemical Weapons`: two capitals, or a chain, stand before.
        if capital_before && (name_at(i.checked_sub(2)) || links(two_back) && name_at(i.checked_sub(3))) {
            return None;
        }
        // `Actor of the Year Award`
        if capital_before
            && article_word(two_back)
            && i.checked_sub(3).is_some_and(|k| links(article.word_at(k)))
            && name_at(i.checked_sub(4))
        {
            return None;
        }
        if links(before) && name_at(i.checked_sub(2)) || article_word(before) && links(two_back) && name_at(i.checked_sub(3)) {
            return None;
        }
        let after = article.word_at(i + 2);
        if links(next) && name_at(Some(i + 2)) || links(next) && article_word(after) && name_at(Some(i + 3)) {
            return None;
        }
        Some(sum)
    }

    /// Whether the word at `i` stands behind an article, alone with its capital: `the Auction, which`, `a protected Forest`.
    fn is_alone(&self, copy: &Copy, i: usize, word: &str, small: &str) -> bool {
        let article = copy.article;
        let lexicon = article.lexicon();
        let is_article = |k: Option<usize>| k.is_some_and(|k| matches!(article.word_at(k), "the" | "The" | "a" | "an" | "A" | "An"));
        let before = i.checked_sub(1).map_or("", |k| article.word_at(k));
        let adjective = before.starts_with(char::is_lowercase) && copy.class(before).is_none() && lexicon.is_curated(before);
        (is_article(i.checked_sub(1)) || adjective && is_article(i.checked_sub(2)))
            && article.tokens().get(i + 1).is_some_and(|t| {
                let next = article.word(t);
                matches!(next, "." | "," | ";" | ":") || t.is_word() && !starts_upper(next) && copy.class(next).is_some()
            })
            && copy.upper.get(word).is_none_or(|&n| n <= 1)
            && small.len() > 4
            // The plural of a common word is a team: `the Wolves`.
            && !small.ends_with('s')
            && lexicon.is_curated(small)
            && lexicon.role(small).is_none()
            && !self.heads.iter().any(|h| h == small)
            && !lexicon.is_city(word)
            && !lexicon.is_surname(word)
            && lexicon.organisation(word).is_none()
            && lexicon.given_name(&folded(word)).is_none()
    }

    /// How surely the word at `i` is a common word; `None` when it can't be one, or is less sure than `enough`.
    pub(super) fn score(&self, copy: &Copy, i: usize, word: &str, enough: f32) -> Option<f32> {
        let article = copy.article;
        let lexicon = article.lexicon();
        let small = word.to_lowercase();
        let length = small.chars().count();
        if length < 3 || self.names.contains(&small) {
            return None;
        }
        // `New York`, `South Sudan`
        let pair = format!("{word} {}", article.word_at(i + 1));
        if lexicon.is_city(&pair) || lexicon.country(&pair).is_some() || lexicon.organisation(&pair).is_some() {
            return None;
        }
        let seen = article.count(&small);
        if seen == 0 && !lexicon.is_curated(&small) {
            return None;
        }
        let mut sum = self.weight("bias") + self.neighbours(copy, i)?;
        sum += self.weight("article-lower") * seen.min(3) as f32;
        sum += self.weight("article-upper") * copy.upper.get(word).copied().unwrap_or(0).saturating_sub(1).min(3) as f32;
        if is_link_head(article, i) {
            sum += self.weight("link-head");
        }
        for (ending, name) in [
            ("ed", "ending-ed"),
            ("ing", "ending-ing"),
            ("ly", "ending-ly"),
            ("tion", "ending-tion"),
            ("s", "ending-s"),
            ("er", "ending-er"),
        ] {
            if small.len() > ending.len() + 2 && small.ends_with(ending) {
                sum += self.weight(name);
                break;
            }
        }
        sum += if length <= 3 { self.weight("short") } else { 0.0 };
        if sum + self.weight("alone") + 2.5 >= enough && self.is_alone(copy, i, word, &small) {
            sum += self.weight("alone");
        }
        // The lists are asked last, and only where the sum can still suffice: a look-up costs a microsecond.
        if sum + self.weight("frequency") * 2.5 + 2.0 < enough {
            return None;
        }
        sum += self.weight("frequency") * (lexicon.zipf(&small).unwrap_or(0.0).min(6.5) - 4.0);
        if lexicon.is_curated(word) {
            sum += self.weight("capital-entry");
        }
        sum += match lexicon.given_name(&folded(word)) {
            Some((_, sources)) if sources >= 20 => self.weight("given-name-common"),
            Some((_, sources)) if sources >= 8 => self.weight("given-name"),
            Some(_) => self.weight("given-name-rare"),
            None => 0.0,
        };
        for (holds, name) in [
            (lexicon.is_surname(word), "surname"),
            (lexicon.is_city(word), "city"),
            (lexicon.country(word).is_some(), "country"),
            (lexicon.organisation(word).is_some(), "organisation"),
            (lexicon.is_person_part(word), "person"),
        ] {
            sum += if holds { self.weight(name) } else { 0.0 };
        }
        sum += match lexicon.role(&small) {
            Some(Role::Thing) => self.weight("role-body"),
            Some(_) if is_title(&small) => self.weight("role-title"),
            Some(_) => self.weight("role-person"),
            None => 0.0,
        };
        (sum >= enough).then_some(sum)
    }
}

/// Whether the word at `i` begins a link whose other words are all in lower case: the link, not a name, gave it
/// the capital.
fn is_link_head(article: &Analysis, i: usize) -> bool {
    let Some(token) = article.tokens().get(i) else { return false };
    article.marks().iter().filter(|m| m.kind == MarkKind::Link && m.span.contains(token.span)).any(|m| {
        let words = m.span.of(article.text());
        let head = Span::new(m.span.start, token.span.start).of(article.text());
        let rest = Span::new(token.span.end, m.span.end).of(article.text());
        matches!(head.trim().to_lowercase().as_str(), "" | "the" | "a" | "an" | "his" | "her" | "its" | "their")
            && words.split_whitespace().count() <= 8
            && rest.split_whitespace().count() >= 1
            && !rest.chars().any(char::is_uppercase)
    })
}

/// Offices that carry a capital before a name.
fn is_title(small: &str) -> bool {
    matches!(
        small,
        "president"
            | "minister"
            | "premier"
            | "chancellor"
            | "secretary"
            | "king"
            | "queen"
            | "prince"
            | "princess"
            | "emperor"
            | "empress"
            | "sultan"
            | "emir"
            | "sheikh"
            | "shah"
            | "duke"
            | "duchess"
            | "lord"
            | "lady"
            | "baron"
            | "pope"
            | "patriarch"
            | "cardinal"
            | "archbishop"
            | "bishop"
            | "ambassador"
            | "governor"
            | "mayor"
            | "senator"
            | "general"
            | "colonel"
            | "commander"
            | "ayatollah"
            | "imam"
            | "mufti"
            | "father"
            | "sister"
            | "brother"
            | "mother"
            | "chairman"
            | "speaker"
            | "deputy"
            | "director"
            | "head"
            | "professor"
            | "doctor"
            | "judge"
            | "sir"
            | "dame"
            | "leader"
            | "uncle"
            | "aunt"
            | "captain"
            | "major"
            | "lieutenant"
            | "sergeant"
    )
}
