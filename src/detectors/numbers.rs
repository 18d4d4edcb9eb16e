//! Figures as the source writes them: `75 thousand people`, `1057 people`, `41,9 percent`, `XIX century`,
//! `$ 38`. Years, times, models, scores, addresses and codes are figures that must stay.

use super::capitals::starts_upper;
use super::{Detect, Draft, Report, only_params};
use crate::analysis::{Analysis, Token, TokenKind};
use crate::rules::Lexicon;
use crate::text::{Edit, Span};

struct Plain(fn(&Figures, &mut Report));

impl Detect for Plain {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        (self.0)(&Figures { article, tokens: article.tokens() }, report);
    }
}

fn plain(params: &toml::Table, detect: fn(&Figures, &mut Report)) -> Result<Box<dyn Detect>, String> {
    only_params(params, &[])?;
    Ok(Box::new(Plain(detect)))
}

/// Builds the `thousand-word` detector.
pub fn build_thousand(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    plain(params, thousand_word)
}
/// Builds the `no-separator` detector.
pub fn build_separator(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    plain(params, no_separator)
}
/// Builds the `decimal-comma` detector.
pub fn build_decimal(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    plain(params, decimal_comma)
}
/// Builds the `roman-century` detector.
pub fn build_century(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    plain(params, roman_century)
}
/// Builds the `currency-space` detector.
pub fn build_currency(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    plain(params, currency_space)
}
/// Builds the `lost-sign` detector.
pub fn build_lost_sign(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    plain(params, lost_sign)
}

/// Builds the `impossible-figure` detector.
pub fn build_impossible(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    plain(params, impossible_figure)
}

/// Units and measures that a figure counts, singular and plural.
const UNITS: &str = "\
    acre barrel billion bushel calorie carat cent centimeter centimetre cm cub cubic day degree dinar dirham dollar euro feet \
    foot franc ft gallon gigawatt gram ha hectare hour hryvnia inch inche kg kilogram kilogramme kilometer kilometre kilowatt km \
    knot krona kroner lb lira liter litre m megawatt meter metre metric mile million minute mm month ounce percent peso point \
    pound rial riyal rouble ruble rupee rupiah second sheikel shekel sq square step tenge ton tonne trillion troy watt week won \
    yard year yen yuan zloty per times";
/// Counted people and things whose plural has no s, and the commonest counted nouns of the news.
const COUNTED: &str = "\
    aircraft children families men people personnel police staff troops women civilians employees homes houses jobs participants \
    passengers patients persons prisoners residents seats ships soldiers students victims villagers vehicles visitors voters \
    workers cases deaths refugees signatures individuals inhabitants households schools shares votes spectators fans livestock \
    sheep cattle fish";
/// Words before a figure that is a name and no count.
const CODES: &str = "\
    no number numbers nr code zip postcode room flight page pages bus line route road highway channel model resolution article \
    section case version season episode chapter verse class type unit wing gate apartment house building street extension port \
    fax phone tel telephone call dial text frequency order decree law bill act patent asteroid galaxy train locomotive id pin \
    box file docket paragraph regulation directive standard iso plate serial batch lot calendar hotline psalm tram trolleybus \
    hull hex error rating elo pixel sonnet opus";
/// Words after which four figures are a year.
const BEFORE_A_YEAR: &str = "\
    in since until till during year years circa spring summer autumn fall winter early late mid the this that of after before \
    from by s to and or for its their his her our last next a ce ad bc between";
const MONTHS: &str = "\
    january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept \
    oct nov dec";
/// Words before a figure that say it is a count.
const QUANTIFIERS: &str = "\
    than about around nearly almost over some approximately roughly least most many much only exactly another additional \
    totaling totalling totaled all additionally";
/// Nouns before `of` that make the figure a count.
const AMOUNTS: &str = "\
    total fine toll average maximum minimum capacity length sum record population staff crowd force group crew network workforce \
    height depth distance weight altitude price cost salary wage out";

/// Whether a list of words has `word`.
fn is_in(list: &str, word: &str) -> bool {
    list.split(' ').any(|w| w == word)
}

struct Figures<'a> {
    article: &'a Analysis<'a>,
    tokens: &'a [Token],
}

/// How sure it is that a figure counts what follows it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Counted {
    No,
    /// A plural, perhaps behind adjectives.
    Plural,
    /// A unit, or people.
    Unit,
}

impl Figures<'_> {
    /// The words of the token `offset` from `index`, when both stand in one block and no glue is between.
    fn word(&self, index: usize, offset: isize) -> &str {
        let Some(other) = index.checked_add_signed(offset) else { return "" };
        match (self.tokens.get(index), self.tokens.get(other)) {
            (Some(a), Some(b)) if a.block == b.block => self.article.word(b),
            _ => "",
        }
    }

    fn token(&self, index: usize, offset: isize) -> Option<&Token> {
        let other = self.tokens.get(index.checked_add_signed(offset)?)?;
        self.tokens.get(index).filter(|t| t.block == other.block).map(|_| other)
    }

    fn lower(&self, index: usize, offset: isize) -> String {
        self.word(index, offset).to_lowercase()
    }

    fn is_number(&self, index: usize, offset: isize) -> bool {
        self.token(index, offset).is_some_and(|t| t.kind == TokenKind::Number)
    }

    /// Whether the figure begins its sentence.
    fn begins_sentence(&self, index: usize) -> bool {
        self.article
            .sentence_of(index)
            .is_none_or(|s| s.first == index || (s.first + 1 == index && matches!(self.word(index, -1), "“" | "\"" | "(")))
    }

    fn is_unit(word: &str) -> bool {
        let lower = word.to_lowercase();
        is_in(UNITS, &lower) || lower.strip_suffix('s').is_some_and(|s| is_in(UNITS, s) && s.len() > 2)
    }

    fn is_plural(&self, word: &str) -> bool {
        let lower = word.chars().all(char::is_lowercase);
        let shape = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is");
        lower && shape && self.article.lexicon().is_word(word)
    }

    /// What the figure at `index` counts.
    fn counted(&self, index: usize) -> Counted {
        let unit = |w: &str| Self::is_unit(w) || is_in(COUNTED, w);
        let next = self.word(index, 1);
        if matches!(next, "-" | "‑") && Self::is_unit(self.word(index, 2)) {
            return Counted::Unit;
        }
        // A unit behind four figures is plural: `2018 day five` counts nothing.
        let invariant = matches!(
            next,
            "yuan"
                | "yen"
                | "won"
                | "million"
                | "billion"
                | "trillion"
                | "feet"
                | "dinar"
                | "kroner"
                | "tenge"
                | "krona"
                | "rupiah"
                | "lira"
                | "hryvnia"
                | "cubic"
                | "square"
                | "percent"
                | "metric"
                | "times"
                | "per"
                | "cub"
        );
        if next.chars().count() >= 3 && is_in(UNITS, next) && !invariant {
            return Counted::No;
        }
        if unit(next) || matches!(next, "%" | "°") {
            return Counted::Unit;
        }
        for (step, adjectives) in [(1_isize, 0), (2, 1), (3, 2)] {
            let word = self.word(index, step);
            let is_word = self.token(index, step).is_some_and(Token::is_word);
            if !is_word
                || matches!(
                    word,
                    "and"
                        | "or"
                        | "of"
                        | "to"
                        | "in"
                        | "on"
                        | "at"
                        | "as"
                        | "was"
                        | "is"
                        | "has"
                        | "with"
                        | "by"
                        | "for"
                        | "from"
                        | "when"
                        | "that"
                        | "the"
                        | "he"
                        | "she"
                        | "it"
                )
            {
                return Counted::No;
            }
            if self.is_plural(word) || (adjectives > 0 && is_in(COUNTED, word)) || (word == "Koreans") {
                return Counted::Plural;
            }
            // A name in the plural: `30000 North Koreans`.
            if word.chars().next().is_some_and(char::is_uppercase) && word.ends_with('s') && self.article.lexicon().country(word).is_some()
            {
                return Counted::Plural;
            }
        }
        Counted::No
    }
}

/// A figure with commas between its thousands.
fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// Adds the note that a fix inside a quotation changes figures only.
fn in_quotes<'r, 'a>(draft: Draft<'r, 'a>, figures: &Figures, span: Span) -> Draft<'r, 'a> {
    draft.value("where", if figures.article.in_quotation(span) { " (inside a quotation: figures only)" } else { "" })
}

/// `20`, `1.5` or `1,5` in thousandths.
fn small_number(text: &str) -> Option<u64> {
    let (whole, part) = text.split_once([',', '.']).unwrap_or((text, ""));
    let ok = |s: &str, most: usize| s.len() <= most && s.bytes().all(|b| b.is_ascii_digit());
    if !(ok(whole, 3) && !whole.is_empty() && ok(part, 2)) {
        return None;
    }
    let part = format!("{part:0<3}");
    Some(whole.parse::<u64>().ok()? * 1000 + part.parse::<u64>().ok()?)
}

fn thousand_word(figures: &Figures, report: &mut Report) {
    let text = figures.article.text();
    for (i, token) in figures.tokens.iter().enumerate() {
        let word = figures.article.word(token);
        let ordinal = word == "thousandth";
        if !(word == "thousand" || ordinal) || !token.space_before || !figures.is_number(i, -1) {
            continue;
        }
        let Some(value) = small_number(figures.word(i, -1)) else { continue };
        if matches!(figures.word(i, 1), "million" | "billion") {
            continue;
        }
        let Some(number) = figures.token(i, -1) else { continue };
        let (mut start, mut end, mut to) = (number.span.start, token.span.end, grouped(value));
        if ordinal {
            to.push_str("th");
        } else if figures.word(i, -2) == "million" && figures.is_number(i, -3) && value.is_multiple_of(10_000) {
            // `28 million 600 thousand`
            let Some(millions) = small_number(figures.word(i, -3)).filter(|m| m.is_multiple_of(1000)) else { continue };
            let decimals = format!("{:03}", value / 1000);
            to = format!("{}.{} million", millions / 1000, decimals.trim_end_matches('0'));
            start = figures.token(i, -3).map_or(start, |t| t.span.start);
        } else {
            let rest = figures.word(i, 1);
            let tail = figures.token(i, 1).filter(|t| t.kind == TokenKind::Number && rest.len() == 3 && t.space_before);
            if let Some((tail, more)) = tail.zip(rest.parse::<u64>().ok())
                && value.is_multiple_of(1000)
            {
                // `11 thousand 400`
                to = grouped(value + more);
                end = tail.span.end;
            } else if let Some(first) = figures.token(i, -3).filter(|t| t.kind == TokenKind::Number)
                && let Some(low) = small_number(figures.article.word(first))
                && low < value
                && (matches!(figures.word(i, -2), "-" | "–" | "—" | "to" | "or")
                    || (figures.word(i, -2) == "and" && figures.word(i, -4) == "between"))
            {
                // `20-30 thousand`: the word counts for both.
                let between = Span::new(first.span.end, number.span.start).of(text);
                to = format!("{}{between}{}", grouped(low), grouped(value));
                start = first.span.start;
            }
        }
        let span = Span::new(start, end);
        let edit = Edit::replace(text, span, to.clone());
        in_quotes(report.finding(span), figures, span).fix(to, vec![edit]).done();
    }
}

fn no_separator(figures: &Figures, report: &mut Report) {
    let text = figures.article.text();
    for (i, token) in figures.tokens.iter().enumerate() {
        let word = figures.article.word(token);
        let digits = token.kind == TokenKind::Number && (4..=9).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
        if !digits || word.starts_with('0') || token.glued || figures.token(i, 1).is_some_and(|t| t.glued) {
            continue;
        }
        let Ok(value) = word.parse::<u64>() else { continue };
        if !counts(figures, i, value) {
            continue;
        }
        let (mut span, mut to) = (token.span, grouped(value));
        // `from 2000 to 2500 drivers`: the first figure counts the same.
        let low = figures.token(i, -2).filter(|t| t.kind == TokenKind::Number).map(|t| (t, figures.article.word(t)));
        if let Some((first, low)) = low.filter(|(_, w)| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit()))
            && let Ok(low) = low.parse::<u64>()
            && low < value
            && (matches!(figures.word(i, -1), "-" | "–")
                || matches!((figures.lower(i, -3).as_str(), figures.word(i, -1)), ("from", "to") | ("between", "and")))
        {
            to = format!("{}{}{to}", grouped(low), Span::new(first.span.end, span.start).of(text));
            span = first.span.cover(span);
        }
        let edit = Edit::replace(text, span, to.clone());
        in_quotes(report.finding(span), figures, span).fix(to, vec![edit]).done();
    }
}

/// Whether the bare figure at `index` is a count or a measure, and no year, code, time or model.
fn counts(figures: &Figures, index: usize, value: u64) -> bool {
    let Some(token) = figures.tokens.get(index) else { return false };
    let text = figures.article.text();
    let left = text.get(..token.span.start).and_then(|t| t.chars().next_back());
    let right = text.get(token.span.end..).and_then(|t| t.chars().next());
    let sibling = matches!(figures.word(index, -1), "and" | "to" | "or" | "-" | "–")
        && figures.word(index, -2).contains(',')
        && figures.is_number(index, -2);
    if sibling && !figures.word(index, -2).contains('.') && figures.word(index, -2).split(',').all(|p| p.len() <= 3) && value > 1000 {
        return true;
    }
    let money = matches!(left, Some('$' | '€' | '£' | '¥'));
    let bounded = left.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '“' | '"' | '—' | '\u{a0}')) || money;
    let unit_behind = right == Some('-') && Figures::is_unit(figures.word(index, 2));
    let ended = right.is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '.' | ',' | ';' | ':' | '”' | '"' | '%' | '—' | '?' | '!'))
        || unit_behind;
    if !bounded || !ended {
        return false;
    }
    if money {
        return true;
    }
    let previous = figures.word(index, -1);
    let lower = figures.lower(index, -1);
    let counted = figures.counted(index);
    if is_in(CODES, &lower) || matches!(previous, "#" | "№" | "/") {
        return false;
    }
    let amount = previous == "of" && is_in(AMOUNTS, &figures.lower(index, -2));
    let up_to = previous == "to" && figures.lower(index, -2) == "up";
    let quantified = is_in(QUANTIFIERS, &lower) || amount || up_to;
    // `2500 kg` is how the SI writes four figures.
    if value < 10_000 && matches!(figures.word(index, 1), "kg" | "km" | "m" | "mm" | "cm" | "ha" | "g" | "t" | "ft" | "lb") {
        return false;
    }
    // `1747 hours` is a time.
    if matches!(figures.word(index, 1), "hours" | "hrs" | "GMT" | "UTC") && value < 2400 && value % 100 < 60 && !quantified {
        return false;
    }
    let capital = previous.chars().next().is_some_and(char::is_uppercase) && !quantified;
    let named = capital && index.checked_sub(1).is_some_and(|p| !figures.begins_sentence(p));
    if named && counted != Counted::Unit {
        return false;
    }
    // `Expo 2020 visitors`, `the 1999 prisoners`: a year that names an event, unless it is measured or round.
    let people = is_in(COUNTED, figures.word(index, 1));
    let event = capital && figures.article.lexicon().function_word(&lower).is_none();
    if (1900..=2100).contains(&value) && people && !quantified && (event || !value.is_multiple_of(100)) {
        return false;
    }
    let unit = counted == Counted::Unit;
    let year = is_in(BEFORE_A_YEAR, &lower) || is_in(MONTHS, &lower);
    match value {
        1900..=2100 => (unit && (quantified || !year || measured(figures, index))) || (quantified && counted == Counted::Plural),
        1000..=1899 => match counted {
            Counted::Unit => {
                quantified || !year || measured(figures, index) || !matches!(lower.as_str(), "in" | "since" | "until" | "during" | "year")
            }
            // `taught to 1150 pupils`: before 1500 only counts are followed by their plural at once.
            Counted::Plural if year => {
                let at_once = figures.is_plural(figures.word(index, 1)) && !figures.is_number(index, -2);
                quantified || (at_once && value < 1500 && matches!(lower.as_str(), "to" | "for" | "with" | "by" | "and" | "or" | "of"))
            }
            Counted::Plural => quantified || !(previous.is_empty() || (figures.begins_sentence(index) && value >= 1500)),
            Counted::No => false,
        },
        2101..=9999 => {
            let compared =
                matches!(lower.as_str(), "to" | "with" | "at" | "from" | "were" | "was" | "reached" | "by") && in_a_year(figures, index);
            quantified
                || compared
                || counted == Counted::Unit
                || (counted == Counted::Plural && !previous.is_empty())
                || (counted == Counted::Plural && figures.begins_sentence(index))
        }
        _ => {
            let sure = quantified || counted > Counted::No;
            let lower_word = !previous.is_empty() && previous.chars().all(char::is_lowercase);
            sure || (lower_word && value < 10_000_000)
        }
    }
}

/// A unit that no year stands before: `from 1500 kilometers`, but not `in 2000 people`.
fn measured(figures: &Figures, index: usize) -> bool {
    let next = figures.word(index, 1);
    Figures::is_unit(next)
        && !matches!(
            next,
            "year" | "years" | "day" | "days" | "month" | "months" | "week" | "weeks" | "points" | "million" | "billion" | "second" | "per"
        )
}

/// `2706 in 2011`: a figure of one year beside that of another.
fn in_a_year(figures: &Figures, index: usize) -> bool {
    matches!(figures.word(index, 1), "in" | ",") && {
        let year = figures.word(index, 2);
        (year.len() == 4 && (year.starts_with("19") || year.starts_with("20"))) || matches!(year, "and" | "while" | "compared" | "from")
    }
}

fn decimal_comma(figures: &Figures, report: &mut Report) {
    let text = figures.article.text();
    for (i, token) in figures.tokens.iter().enumerate().filter(|(_, t)| t.kind == TokenKind::Number) {
        let word = figures.article.word(token);
        let Some((whole, part)) = word.split_once(',') else { continue };
        let plain = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !(plain(whole) && plain(part) && whole.len() <= 3 && (part.len() <= 2 || (whole == "0" && part.len() <= 4))) {
            continue;
        }
        let next = figures.word(i, 1);
        let previous = figures.lower(i, -1);
        let currency = matches!(figures.word(i, -1), "$" | "€" | "£" | "¥");
        let magnitude = previous == "magnitude"
            || (previous == "of" && figures.lower(i, -2) == "magnitude")
            || (next == "-" && figures.word(i, 2) == "magnitude");
        let unit = Figures::is_unit(next)
            || matches!(next, "%" | "°" | "percentage" | "percent" | "thousand")
            || (next == "per" && figures.word(i, 2) == "cent");
        let joined_unit = next == "-" && Figures::is_unit(figures.word(i, 2));
        let month = is_in(MONTHS, &previous);
        // `thousand` is another rule's: it sets the whole figure.
        if !(unit || joined_unit || currency || magnitude) || month || next == "thousand" {
            continue;
        }
        let to = format!("{whole}.{part}");
        let edit = Edit::replace(text, token.span, to.clone());
        in_quotes(report.finding(token.span), figures, token.span).fix(to, vec![edit]).done();
    }
}

/// The value of a Roman numeral from 1 to 39.
fn roman(word: &str) -> Option<u32> {
    let mut total = 0;
    let mut rest = word;
    for (sign, value) in [("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)] {
        let mut times = 0;
        while let Some(more) = rest.strip_prefix(sign) {
            rest = more;
            total += value;
            times += 1;
        }
        if times > 3 || (times > 1 && value != 10 && value != 1) {
            return None;
        }
    }
    (rest.is_empty() && total > 0).then_some(total)
}

fn ordinal(value: u32) -> String {
    let ending = match (value % 10, value % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{value}{ending}")
}

fn roman_century(figures: &Figures, report: &mut Report) {
    let text = figures.article.text();
    for (i, token) in figures.tokens.iter().enumerate() {
        if !matches!(figures.article.word(token), "century" | "centuries") || !token.space_before {
            continue;
        }
        let Some((last, value)) = figures.token(i, -1).and_then(|t| Some((t, roman(figures.article.word(t))?))) else { continue };
        // `I` alone is a pronoun.
        if figures.word(i, -1) == "I" && figures.lower(i, -2) != "the" {
            continue;
        }
        // `Malcolm X century plant`
        let before = figures.word(i, -2);
        if starts_upper(before) && roman(before).is_none() && figures.article.lexicon().function_word(&before.to_lowercase()).is_none() {
            continue;
        }
        let mut span = last.span;
        let mut to = ordinal(value);
        if matches!(figures.word(i, -2), "-" | "–" | "—" | "and" | "to" | "or")
            && let Some((first, value)) = figures.token(i, -3).and_then(|t| Some((t, roman(figures.article.word(t))?)))
        {
            let between = Span::new(first.span.end, last.span.start).of(text);
            to = format!("{}{between}{to}", ordinal(value));
            span = first.span.cover(last.span);
        }
        let edit = Edit::replace(text, span, to.clone());
        report.finding(span.cover(token.span)).fix(to, vec![edit]).done();
    }
}

fn currency_space(figures: &Figures, report: &mut Report) {
    let text = figures.article.text();
    for (i, token) in figures.tokens.iter().enumerate() {
        if !matches!(figures.article.word(token), "$" | "€" | "£" | "¥" | "₽" | "₴" | "₺" | "₹" | "₪") {
            continue;
        }
        let Some(number) = figures.token(i, 1).filter(|t| t.kind == TokenKind::Number && t.space_before) else { continue };
        // `38 $ 40`: the sign may belong to the figure before it.
        if figures.is_number(i, -1) {
            continue;
        }
        let gap = Span::new(token.span.end, number.span.start);
        if gap.of(text).contains('\n') {
            continue;
        }
        let edit = Edit::replace(text, gap, "");
        report.finding(token.span.cover(number.span)).fix("no space after the sign", vec![edit]).done();
    }
}

fn lost_sign(figures: &Figures, report: &mut Report) {
    for (i, token) in figures.tokens.iter().enumerate() {
        if !matches!(figures.article.word(token), "million" | "billion" | "trillion")
            || !figures.is_number(i, -1)
            || !figures.is_number(i, -2)
        {
            continue;
        }
        let (first, before) = (figures.word(i, -2), figures.word(i, -3));
        let small = first.len() <= 2 && first.bytes().all(|b| b.is_ascii_digit());
        let plain_word = !before.is_empty() && before.chars().all(char::is_lowercase) && !is_in(MONTHS, before);
        let apart = figures.token(i, -1).is_some_and(|t| t.space_before) && token.space_before;
        if let Some(start) = figures.token(i, -2).filter(|_| small && plain_word && apart && !is_in(CODES, before)) {
            report.finding(start.span.cover(token.span)).done();
        }
    }
}

/// A group of four figures or more behind a comma: `12,3456`. What was meant only the source says.
fn impossible_figure(figures: &Figures, report: &mut Report) {
    for token in figures.tokens.iter().filter(|t| t.kind == TokenKind::Number) {
        let word = figures.article.word(token);
        let mut groups = word.split(',');
        let Some(head) = groups.next().filter(|h| (1..=3).contains(&h.len()) && *h != "0") else { continue };
        let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if plain(head) && groups.clone().all(plain) && groups.any(|g| g.len() > 3) {
            report.finding(token.span).done();
        }
    }
}
