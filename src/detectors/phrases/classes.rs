//! Word classes of the pattern language. They are told from the word's shape and the lists, without a tagger,
//! so a class that can't be told surely is wide: what narrows it are the words around it.

use crate::analysis::{Analysis, TokenKind};
use crate::rules::lexicon::{Country, Role};

/// A class of words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// An article, demonstrative, possessive or quantifier.
    Determiner,
    /// A day of the week.
    Day,
    /// A month, also abbreviated.
    Month,
    /// Digits or a number word.
    Number,
    /// Digits.
    Digits,
    /// `10th`.
    Ordinal,
    /// 1900 to 2099.
    Year,
    /// A Roman numeral of two letters and more.
    Roman,
    /// Capitalised words in a row, with particles and hyphens.
    Name,
    /// Such a name that is no country, day, month or listed body.
    Person,
    /// One capitalised word.
    Capital,
    /// One word.
    Word,
    /// One word in lower case that is no function word.
    Noun,
    /// Such a word that may stand before a noun.
    Adjective,
    /// A word in `-ed` or an irregular past.
    Past,
    /// A word in `-ing`.
    Gerund,
    /// A form of *say* and its kin.
    Reporting,
    /// A country.
    Country,
    /// An adjective or people of a country.
    Demonym,
    /// A role of persons.
    Role,
    /// A body or thing that is "it": ministry, report.
    Body,
    /// He, she, it, they and their objects.
    Pronoun,
    /// A word in `’s`.
    Possessive,
    /// A double quotation mark.
    Quote,
}

const CLASSES: &[(&str, Class)] = &[
    ("det", Class::Determiner),
    ("day", Class::Day),
    ("month", Class::Month),
    ("number", Class::Number),
    ("digits", Class::Digits),
    ("ordinal", Class::Ordinal),
    ("year", Class::Year),
    ("roman", Class::Roman),
    ("name", Class::Name),
    ("person", Class::Person),
    ("capital", Class::Capital),
    ("word", Class::Word),
    ("noun", Class::Noun),
    ("adj", Class::Adjective),
    ("verb-ed", Class::Past),
    ("gerund", Class::Gerund),
    ("reporting", Class::Reporting),
    ("country", Class::Country),
    ("demonym", Class::Demonym),
    ("role", Class::Role),
    ("body", Class::Body),
    ("pronoun", Class::Pronoun),
    ("possessive", Class::Possessive),
    ("quote", Class::Quote),
];

/// The days of the week.
pub const DAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The months and their abbreviations.
pub const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Jun",
    "Jul",
    "Aug",
    "Sept",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
];

const DETERMINERS: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your", "some", "any", "every", "each",
    "no", "another", "several", "many", "all", "both", "such",
];

/// Words that carry no content.
pub const FUNCTION_WORDS: &[&str] = &[
    "the", "a", "an", "of", "to", "in", "on", "at", "and", "for", "that", "it", "is", "was", "by", "with", "as", "this", "his", "he",
    "its", "be", "are", "has", "have", "had", "from", "not", "or", "which", "who", "whom", "whose", "were", "will", "would", "their",
    "been", "but", "they", "her", "she", "him", "them", "us", "we", "you", "i", "me", "if", "when", "where", "while", "because", "than",
    "then", "there", "here", "what", "how", "why", "about", "after", "before", "into", "over", "under", "between", "during", "through",
    "against", "without", "within", "since", "until", "can", "could", "may", "might", "must", "shall", "should", "do", "does", "did",
    "being", "so", "also", "only", "these", "those", "our", "my", "your", "some", "any", "no", "nor", "up", "out", "off", "down", "upon",
    "very", "such", "both", "each", "all", "more", "most", "other", "another", "am", "said", "says",
];

const NUMBER_WORDS: &[&str] = &[
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "fifteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "thousand",
    "million",
    "billion",
    "dozen",
    "dozens",
    "hundreds",
    "thousands",
    "millions",
];

const PARTICLES: &[&str] =
    &["al", "el", "bin", "ibn", "bint", "abu", "de", "del", "della", "da", "di", "van", "von", "der", "den", "la", "le", "ul", "e"];

/// Verbs that report speech, in their base forms.
pub const REPORTING: &[&str] = &[
    "say",
    "announce",
    "report",
    "state",
    "declare",
    "confirm",
    "add",
    "stress",
    "note",
    "explain",
    "reveal",
    "warn",
    "claim",
    "deny",
    "affirm",
    "emphasize",
    "emphasise",
    "indicate",
    "mention",
    "disclose",
    "reiterate",
    "assert",
    "tell",
    "believe",
    "consider",
    "argue",
    "admit",
    "acknowledge",
    "recall",
    "observe",
    "remark",
    "comment",
    "insist",
    "predict",
    "suggest",
    "underline",
    "underscore",
    "clarify",
    "point",
    "continue",
    "reply",
    "answer",
    "write",
    "conclude",
    "inform",
    "allege",
    "complain",
    "promise",
    "pledge",
    "vow",
    "urge",
];

fn capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Whether a word is a form of a reporting verb.
pub fn is_reporting(word: &str) -> bool {
    const IRREGULAR: &[&str] = &["said", "told", "wrote", "saying", "says", "telling", "writing", "written", "denied", "denies", "replied"];
    let word = word.to_lowercase();
    if REPORTING.contains(&word.as_str()) || IRREGULAR.contains(&word.as_str()) {
        return true;
    }
    let stems = ["ed", "d", "s", "es", "ing"].into_iter().filter_map(|end| word.strip_suffix(end));
    let mut stems = stems.flat_map(|stem| [stem.to_owned(), format!("{stem}e")]);
    stems.any(|stem| REPORTING.contains(&stem.as_str())) || matches!(word.as_str(), "admitted" | "admitting" | "clarified" | "clarifies")
}

impl Class {
    /// The class with a name.
    pub fn named(name: &str) -> Option<Self> {
        CLASSES.iter().find(|(n, _)| *n == name).map(|(_, class)| *class)
    }

    /// The names of all classes, for a message.
    pub fn names() -> String {
        let names: Vec<&str> = CLASSES.iter().map(|(name, _)| *name).collect();
        format!("{}, map, and gaps like {{1-4 words}}", names.join(", "))
    }

    /// The most tokens that a member has.
    pub const fn longest(self) -> usize {
        match self {
            Self::Name | Self::Person => 9,
            Self::Country | Self::Role => 3,
            _ => 1,
        }
    }

    /// How many tokens from `at` on belong to a member of the class; 0 if none. Where a member has several,
    /// fewer of them will do too.
    pub fn matches(self, article: &Analysis, at: usize, limit: usize) -> usize {
        if at >= limit {
            return 0;
        }
        let Some(token) = article.tokens().get(at) else { return 0 };
        let word = article.word(token);
        let is_word = token.is_word();
        let lower = || word.chars().all(|c| !c.is_uppercase());
        let yes = match self {
            Self::Determiner => DETERMINERS.contains(&word.to_lowercase().as_str()),
            Self::Day => DAYS.contains(&word),
            Self::Month => MONTHS.contains(&word),
            Self::Number => token.kind == TokenKind::Number || NUMBER_WORDS.contains(&word.to_lowercase().as_str()),
            Self::Digits => token.kind == TokenKind::Number,
            Self::Ordinal => token.kind == TokenKind::Mixed && ["st", "nd", "rd", "th"].iter().any(|end| word.ends_with(end)),
            Self::Year => word.len() == 4 && word.parse::<u16>().is_ok_and(|y| (1900..2100).contains(&y)),
            Self::Roman => word.len() >= 2 && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X')),
            Self::Name | Self::Person => return name_length(article, at, limit, self),
            Self::Capital => is_word && capitalised(word),
            Self::Word => is_word,
            Self::Noun | Self::Adjective => is_word && lower() && word.len() > 1 && !FUNCTION_WORDS.contains(&word),
            Self::Past => is_word && lower() && (word.ends_with("ed") || IRREGULAR_PAST.contains(&word)),
            Self::Gerund => is_word && word.len() > 4 && word.ends_with("ing") && !NO_GERUND.contains(&word.to_lowercase().as_str()),
            Self::Reporting => is_word && is_reporting(word),
            Self::Country => return phrase_length(article, at, limit, |p| article.lexicon().country(p) == Some(Country::Name)),
            Self::Demonym => article.lexicon().country(word) == Some(Country::Demonym),
            Self::Role => {
                let person = |p: &str| matches!(article.lexicon().role(&p.to_lowercase()), Some(Role::Neutral | Role::Gendered(_)));
                return phrase_length(article, at, limit, person);
            }
            Self::Body => article.lexicon().role(&word.to_lowercase()) == Some(Role::Thing),
            Self::Pronoun => {
                matches!(word.to_lowercase().as_str(), "he" | "she" | "it" | "they" | "him" | "her" | "them" | "we" | "us" | "i" | "you")
            }
            Self::Quote => super::pattern::is_quote(word),
            Self::Possessive => is_word && (word.ends_with("’s") || word.ends_with("'s")),
        };
        usize::from(yes)
    }
}

const IRREGULAR_PAST: &[&str] = &[
    "said", "made", "took", "held", "gave", "went", "came", "met", "sent", "told", "led", "put", "set", "paid", "saw", "spoke", "wrote",
    "brought", "found", "kept", "left", "lost", "built", "fell", "rose", "won", "shot", "drew", "began",
];

const NO_GERUND: &[&str] = &[
    "thing",
    "king",
    "during",
    "spring",
    "string",
    "morning",
    "evening",
    "nothing",
    "something",
    "anything",
    "everything",
    "ceiling",
    "sterling",
    "beijing",
];

/// The most of three tokens that together are what `is` says.
fn phrase_length(article: &Analysis, at: usize, limit: usize, is: impl Fn(&str) -> bool) -> usize {
    let Some(first) = article.tokens().get(at) else { return 0 };
    (1..=3)
        .rev()
        .filter(|length| at + length <= limit)
        .find(|length| {
            let last = article.tokens().get(at + length - 1);
            last.is_some_and(|l| is(article.text().get(first.span.start..l.span.end).unwrap_or("")))
        })
        .unwrap_or(0)
}

fn name_length(article: &Analysis, at: usize, limit: usize, class: Class) -> usize {
    let tokens = article.tokens();
    let mut end = at;
    let mut index = at;
    while index < limit && index - at < 9 {
        let Some(token) = tokens.get(index) else { break };
        let word = article.word(token);
        if token.is_word() && capitalised(word) {
            end = index + 1;
        } else if index > at && word == "-" && !token.space_before && tokens.get(index + 1).is_some_and(|t| !t.space_before) {
            // A hyphen inside a name: the next word decides.
        } else if !(token.is_word() && PARTICLES.contains(&word)) {
            break;
        }
        index += 1;
        // A glued capital begins something else.
        if tokens.get(index).is_some_and(|t| t.glued) {
            break;
        }
    }
    let (Some(first), Some(last)) = (tokens.get(at), end.checked_sub(1).and_then(|e| tokens.get(e))) else { return 0 };
    if end == at {
        return 0;
    }
    let text = article.text().get(first.span.start..last.span.end).unwrap_or("");
    let lexicon = article.lexicon();
    let no_person = class == Class::Person
        && (lexicon.country(text).is_some() || lexicon.organisation(text).is_some() || DAYS.contains(&text) || MONTHS.contains(&text));
    if no_person { 0 } else { end - at }
}

/// The lengths in tokens of one, two, three … words from `at` on: what a gap may take. A gap holds no comma,
/// no stop and no quotation mark.
pub fn words_of_gap(article: &Analysis, at: usize, limit: usize, most: usize) -> Vec<usize> {
    let tokens = article.tokens();
    let mut lengths = Vec::with_capacity(most);
    let mut index = at;
    while index < limit && lengths.len() < most {
        let Some(token) = tokens.get(index) else { break };
        match token.kind {
            TokenKind::Mark => {
                let word = article.word(token);
                let inner = matches!(word, "-" | "$" | "€" | "%" | "/" | "'" | "’" | "£" | "&");
                if !inner {
                    break;
                }
                index += 1;
                continue;
            }
            _ => index += 1,
        }
        // `high-ranking` is one word.
        let hyphen_next = tokens.get(index).is_some_and(|t| !t.space_before && article.word(t) == "-");
        if !hyphen_next {
            lengths.push(index - at);
        }
    }
    lengths
}
