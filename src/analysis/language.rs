//! The language an article was translated from, guessed from its own signs: places, names, agencies, calques
//! and marks. A sure guess chooses the packs of wording rules; an unsure one lets all of them run.

use serde::{Deserialize, Serialize};

use super::{Analysis, TokenKind};
use crate::finding::Evidence;
use crate::text::Span;

/// A source language that has wording rules.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Language {
    /// Arabic.
    Arabic,
    /// Russian, and Ukrainian, whose calques are the same.
    Russian,
    /// Chinese.
    Chinese,
    /// Turkish.
    Turkish,
    /// Persian.
    Persian,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// German.
    German,
}

impl Language {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 8] =
        [Self::Arabic, Self::Russian, Self::Chinese, Self::Turkish, Self::Persian, Self::French, Self::Spanish, Self::German];

    /// The identifier used in cards.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Arabic => "arabic",
            Self::Russian => "russian",
            Self::Chinese => "chinese",
            Self::Turkish => "turkish",
            Self::Persian => "persian",
            Self::French => "french",
            Self::Spanish => "spanish",
            Self::German => "german",
        }
    }

    /// The name an editor reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Arabic => "Arabic",
            Self::Russian => "Russian or Ukrainian",
            Self::Chinese => "Chinese",
            Self::Turkish => "Turkish",
            Self::Persian => "Persian",
            Self::French => "French",
            Self::Spanish => "Spanish",
            Self::German => "German",
        }
    }

    /// The name in one word.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Russian => "Russian",
            other => other.label(),
        }
    }

    /// The language with an identifier.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.id() == id)
    }
}

/// A guess and what it rests on.
#[derive(Clone, PartialEq, Debug)]
pub struct Guess {
    /// The likeliest language.
    pub language: Language,
    /// Its share of all signs, from 0 to 1.
    pub confidence: f32,
    /// What spoke for it, the strongest kinds first, at most eight.
    pub evidence: Vec<Evidence>,
    weight: f32,
    /// A calque or a mark of the language stands in the text: names and places tell only what it is about.
    speaks: bool,
}

impl Guess {
    /// Whether the guess may choose rules: many signs that agree, one of them of the language itself.
    pub fn is_sure(&self) -> bool {
        self.confidence >= 0.75 && self.weight >= 3.0 && self.speaks
    }
}

/// Which packs of wording rules run on an article.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Packs {
    /// Those of the guess when it is sure, else all.
    #[default]
    Guessed,
    /// All.
    All,
    /// Those of one language.
    Only(Language),
}

impl Packs {
    /// Whether rules for these languages run on an article with this guess.
    pub fn run(self, languages: &[String], guess: Option<&Guess>) -> bool {
        let of = |language: Language| languages.iter().any(|l| l == language.id());
        languages.is_empty()
            || match self {
                Self::Guessed => guess.is_none_or(|g| !g.is_sure() || of(g.language)),
                Self::All => true,
                Self::Only(language) => of(language),
            }
    }

    /// As it is written: `guessed`, `all`, or the identifier of a language.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Guessed => "guessed",
            Self::All => "all",
            Self::Only(language) => language.id(),
        }
    }

    /// The choice that is written so.
    pub fn from_id(id: &str) -> Option<Self> {
        match id {
            "guessed" => Some(Self::Guessed),
            "all" => Some(Self::All),
            other => Language::from_id(other).map(Self::Only),
        }
    }
}

impl From<Packs> for String {
    fn from(packs: Packs) -> Self {
        packs.id().to_owned()
    }
}

impl TryFrom<String> for Packs {
    type Error = String;

    fn try_from(id: String) -> Result<Self, String> {
        Self::from_id(&id).ok_or_else(|| format!("unknown source language {id:?}"))
    }
}

impl std::str::FromStr for Packs {
    type Err = String;

    fn from_str(id: &str) -> Result<Self, String> {
        Self::from_id(id).ok_or_else(|| {
            let known: Vec<&str> = Language::ALL.iter().map(|l| l.id()).collect();
            format!("there are guessed, all, {}", known.join(", "))
        })
    }
}

/// The kinds of sign, strongest first: how much one counts, and how much a kind counts at most.
const KINDS: [(&str, f32, f32); 5] =
    [("calque", 2.0, 6.0), ("agency", 1.5, 3.0), ("mark", 2.0, 2.0), ("name", 0.7, 2.8), ("place", 0.4, 2.0)];

struct Sign {
    kind: usize,
    language: Language,
    share: f32,
    span: Span,
}

/// Guesses the source language; `None` where there are hardly any signs.
pub fn guess(article: &Analysis) -> Option<Guess> {
    let mut signs = Vec::new();
    read_words(article, &mut signs);
    read_marks(article, &mut signs);
    read_calques(article, &mut signs);
    let weight = |language: Language, kind: usize| {
        let sum: f32 = signs.iter().filter(|s| s.language == language && s.kind == kind).map(|s| s.share).sum();
        let (_, one, most) = KINDS.get(kind).copied().unwrap_or_default();
        (sum * one).min(most)
    };
    let total = |language: Language| (0..KINDS.len()).map(|kind| weight(language, kind)).sum::<f32>();
    let best = Language::ALL.into_iter().max_by(|a, b| total(*a).total_cmp(&total(*b)).then(b.cmp(a)))?;
    let sum: f32 = Language::ALL.into_iter().map(total).sum();
    if total(best) < 1.0 {
        return None;
    }
    let mut evidence = Vec::new();
    for (kind, (name, ..)) in KINDS.iter().enumerate() {
        let of_kind = signs.iter().filter(|s| s.language == best && s.kind == kind);
        evidence.extend(of_kind.take(3).map(|s| Evidence { span: s.span, note: format!("{} of {}", indefinite(name), best.label()) }));
    }
    evidence.truncate(8);
    let speaks = signs.iter().any(|s| s.language == best && matches!(KINDS.get(s.kind), Some(("calque" | "mark", ..))));
    Some(Guess { language: best, confidence: total(best) / sum, evidence, weight: total(best), speaks })
}

fn indefinite(kind: &str) -> String {
    if kind == "agency" { "an agency".to_owned() } else { format!("a {kind}") }
}

fn kind_of(name: &str) -> Option<usize> {
    KINDS.iter().position(|(kind, ..)| *kind == name)
}

fn push(signs: &mut Vec<Sign>, kind: &str, languages: &str, span: Span) {
    let Some(kind) = kind_of(kind) else { return };
    let count = languages.split('|').count() as f32;
    for language in languages.split('|').filter_map(Language::from_id) {
        signs.push(Sign { kind, language, share: 1.0 / count, span });
    }
}

/// The shape of a name that only one language makes.
fn shape_of(word: &str) -> Option<&'static str> {
    let long = word.chars().count() >= 6;
    let ends = |endings: &[&str]| endings.iter().any(|e| word.ends_with(e));
    if ends(&["oglu", "oğlu"]) || word.contains(['ğ', 'ş', 'ı', 'İ', 'Ş']) {
        Some("turkish")
    } else if long && ends(&["zadeh", "pour", "nejad", "abadi", "ollahi", "zadegan"]) {
        Some("persian")
    } else if long && ends(&["ov", "ova", "ev", "eva", "sky", "skiy", "skaya", "enko", "chuk", "yuk", "vich", "shvili", "iev"]) {
        Some("russian")
    } else if word.contains(['ñ', 'ó', 'í', 'ú', 'á']) || (long && ends(&["guez", "ndez", "ñez", "varez", "rrez"])) {
        Some("spanish")
    } else if word.contains(['ç', 'è', 'ê', 'û', 'œ', 'ë']) || (long && ends(&["eaux", "ault", "oux"])) {
        Some("french")
    } else if word.contains(['ß', 'ä']) || (long && ends(&["mann", "bauer", "berger", "meier"])) {
        Some("german")
    } else {
        None
    }
}

const CHINESE_SURNAMES: &[&str] = &[
    "Li", "Wang", "Zhang", "Liu", "Chen", "Yang", "Zhao", "Huang", "Zhou", "Wu", "Xu", "Sun", "Hu", "Zhu", "Gao", "Lin", "Guo", "Luo",
    "Liang", "Zheng", "Xie", "Tang", "Feng", "Dong", "Xiao", "Cao", "Deng", "Xi", "Jiang", "Cai", "Pan", "Du", "Ye", "Cheng", "Su", "Wei",
    "Lu", "Ding", "Ren", "Shen", "Yao", "Fan", "Zhong", "Tan", "Qin", "Bai", "Meng", "Qiu", "Hou", "Xue", "Lei", "Long", "Duan", "Hao",
];

fn is_pinyin(word: &str) -> bool {
    let ends = [
        "ang", "eng", "ing", "ong", "an", "en", "in", "un", "ao", "ei", "ai", "ou", "ui", "iu", "ia", "ie", "ua", "uo", "ue", "u", "i",
        "a", "e",
    ];
    word.len() >= 2 && word.len() <= 9 && word.is_ascii() && ends.iter().any(|e| word.ends_with(e))
}

fn read_words(article: &Analysis, signs: &mut Vec<Sign>) {
    let tokens = article.tokens();
    let mut seen: Vec<&str> = Vec::new();
    for (at, token) in tokens.iter().enumerate().filter(|(_, t)| t.kind == TokenKind::Word) {
        let word = article.word(token);
        let next = tokens.get(at + 1).map_or("", |t| article.word(t));
        let after = tokens.get(at + 2).map_or("", |t| article.word(t));
        let capital = |w: &str| w.chars().next().is_some_and(char::is_uppercase);
        let money =
            matches!(word, "yuan" | "lira" | "liras" | "rial" | "rials" | "toman" | "tomans" | "tenge" | "pesos" | "soles" | "oblast")
                || word.starts_with("ruble")
                || word.starts_with("hryvnia");
        if !(capital(word) || money || matches!(word, "al" | "bin")) || seen.contains(&word) {
            continue;
        }
        let article_of_name = matches!(word, "Al" | "al" | "El") && next == "-" && capital(after);
        let with_article =
            article_of_name || (matches!(word, "Abu" | "Abdul" | "Abdel" | "bin" | "Bin" | "Ibn") && (next == "-" || capital(next)));
        if with_article {
            push(signs, "name", "arabic", token.span);
            if signs.iter().filter(|s| s.language == Language::Arabic && s.kind == 3).count() > 5 {
                seen.push(word);
            }
            continue;
        }
        seen.push(word);
        if let Some((kind, languages)) = article.lexicon().language_sign(word) {
            push(signs, kind, languages, token.span);
        } else if let Some(language) = shape_of(word) {
            push(signs, "name", language, token.span);
        } else if CHINESE_SURNAMES.contains(&word) && capital(next) && is_pinyin(next) {
            push(signs, "name", "chinese", token.span);
        }
    }
}

fn read_marks(article: &Analysis, signs: &mut Vec<Sign>) {
    let text = article.text();
    if text.is_ascii() {
        return;
    }
    for (mark, languages) in [
        ('،', "arabic|persian"),
        ('؛', "arabic|persian"),
        ('؟', "arabic|persian"),
        ('，', "chinese"),
        ('。', "chinese"),
        ('、', "chinese"),
        ('「', "chinese"),
        ('【', "chinese"),
        ('¿', "spanish"),
        ('¡', "spanish"),
        ('„', "german|russian"),
        ('«', "french|russian|persian"),
    ] {
        if let Some(at) = text.find(mark) {
            push(signs, "mark", languages, Span::new(at, at + mark.len_utf8()));
        }
    }
}

fn read_calques(article: &Analysis, signs: &mut Vec<Sign>) {
    for line in article.lexicon().calque_signs() {
        let mut columns = line.split('\t');
        let (Some(phrase), Some(_), Some(languages)) = (columns.next(), columns.next(), columns.next()) else { continue };
        // The longest word is the rarest: the text is asked for it first.
        let Some(key) = phrase.split(' ').map(|w| w.trim_end_matches(',')).max_by_key(|w| w.len()) else { continue };
        let lead = phrase.find(key).unwrap_or(0);
        let places = article.places().of(super::places::key(key)).filter_map(|i| article.tokens().get(i));
        let mut starts = places.map(|t| t.span.start.saturating_sub(lead));
        let fits = |start: &usize| article.text().get(*start..start + phrase.len()).is_some_and(|f| f.eq_ignore_ascii_case(phrase));
        if let Some(start) = starts.find(fits) {
            push(signs, "calque", languages, Span::new(start, start + phrase.len()));
        }
    }
}
