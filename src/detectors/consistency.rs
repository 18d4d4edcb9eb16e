//! House style and consistency: what is right in one house and wrong in the next, or right in either form
//! but not in both. Human translators leave these as often as engines, so that the cards are hints or
//! wait for a house to switch them on.

use rustc_hash::FxHashMap;

use super::{Detect, Report, only_params, string_list};
use crate::analysis::{Analysis, Token, TokenKind};
use crate::rules::Lexicon;
use crate::text::{Edit, Span};

fn word_param<'t>(params: &'t toml::Table, key: &str, valid: &[&str], default: &'t str) -> Result<&'t str, String> {
    let value = params.get(key).map_or(Some(default), toml::Value::as_str).unwrap_or("");
    if valid.contains(&value) { Ok(value) } else { Err(format!("parameter {key:?} must be one of {}", valid.join(", "))) }
}

struct MixedForms {
    forms: Vec<Vec<String>>,
}

/// Builds the `mixed-forms` detector: `forms` are ways to write one thing (`US`, `U.S.`); the form that the
/// article uses most is offered for the others.
pub fn build_mixed(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &["forms"])?;
    let forms: Vec<Vec<String>> = string_list(params, "forms")?.iter().map(|f| f.split(' ').map(str::to_owned).collect()).collect();
    if forms.len() < 2 { Err("parameter \"forms\" must list two forms or more".to_owned()) } else { Ok(Box::new(MixedForms { forms })) }
}

impl Detect for MixedForms {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        let text = article.text();
        let mut uses: Vec<(usize, Span)> = Vec::new();
        for i in 0..article.tokens().len() {
            let fits = |form: &Vec<String>| form.iter().enumerate().all(|(k, w)| article.word_at(i + k) == w);
            let Some(form) = self.forms.iter().position(fits) else { continue };
            let len = self.forms.get(form).map_or(1, Vec::len);
            if let (Some(first), Some(last)) = (article.tokens().get(i), article.tokens().get(i + len - 1)) {
                uses.push((form, first.span.cover(last.span)));
            }
        }
        let count = |form: usize| uses.iter().filter(|(f, _)| *f == form).count();
        // The commonest form wins, on a tie the one that comes first.
        let best = (0..self.forms.len()).max_by_key(|&f| {
            let first = uses.iter().position(|(g, _)| *g == f).unwrap_or(usize::MAX);
            (count(f), usize::MAX - first)
        });
        let Some((best, form)) = best.and_then(|b| Some((b, self.forms.get(b)?.join(" ")))) else { return };
        let cited = uses.iter().find(|(f, _)| *f == best).map(|(_, span)| *span);
        for (_, span) in uses.iter().filter(|(f, _)| *f != best) {
            let (mut from, mut to) = (*span, form.clone());
            let number_before = text.get(..span.start).is_some_and(|t| t.ends_with(|c: char| c.is_ascii_digit() || c == ' '));
            if form == "%" {
                let gap = text.get(..span.start).map_or(0, |t| t.len() - t.trim_end().len());
                from = Span::new(span.start - gap, span.end);
            } else if span.of(text) == "%" && number_before {
                to = format!(" {form}");
            }
            let mut draft = report.finding(*span).value("form", &form);
            if let Some(cited) = cited {
                draft = draft.because(cited, "the form used elsewhere");
            }
            draft.fix(form.clone(), vec![Edit::replace(text, from, to)]).done();
        }
    }
}

struct Dashes {
    dash: String,
}

/// Builds the `dashes` detector; `dash` is what a spaced hyphen or a double hyphen becomes.
pub fn build_dashes(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &["dash"])?;
    let dash = word_param(params, "dash", &[" — ", " – ", "—"], " — ")?;
    Ok(Box::new(Dashes { dash: dash.to_owned() }))
}

impl Detect for Dashes {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        let text = article.text();
        for block in article.blocks() {
            let body = block.span.of(text);
            let mut at = 0;
            while let Some(found) = body.get(at..).and_then(|t| t.find('-')) {
                let start = at + found;
                let len = body.get(start..).map_or(1, |t| t.len() - t.trim_start_matches('-').len());
                at = start + len;
                let (head, tail) = (body.get(..start).unwrap_or(""), body.get(at..).unwrap_or(""));
                let spaced = head.ends_with(' ') && tail.starts_with(' ');
                let left = head.trim_end().chars().next_back();
                let right = tail.trim_start().chars().next();
                let digits = left.is_some_and(|c| c.is_ascii_digit()) && right.is_some_and(|c| c.is_ascii_digit());
                let wanted = (len == 1 && spaced && !digits) || (len == 2 && left.is_some() && right.is_some());
                if !wanted || left.is_none() || right.is_none_or(|c| c == '>') {
                    continue;
                }
                let gap = (head.len() - head.trim_end().len(), tail.len() - tail.trim_start().len());
                let (from, to) = (block.span.start + start - gap.0, block.span.start + at + gap.1);
                let span = Span::new(block.span.start + start, block.span.start + at);
                report.finding(span).fix("a dash", vec![Edit::replace(text, Span::new(from, to), self.dash.clone())]).done();
            }
        }
    }
}

struct PercentSpace;

/// Builds the `percent-space` detector.
pub fn build_percent_space(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &[])?;
    Ok(Box::new(PercentSpace))
}

impl Detect for PercentSpace {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        for pair in article.tokens().windows(2) {
            let [number, sign] = pair else { continue };
            if number.kind == TokenKind::Number && article.word(sign) == "%" && sign.space_before && number.block == sign.block {
                let gap = Span::new(number.span.end, sign.span.start);
                let edit = Edit::replace(article.text(), gap, "");
                report.finding(number.span.cover(sign.span)).fix("no space before the sign", vec![edit]).done();
            }
        }
    }
}

struct StopSide {
    inside: bool,
}

/// Builds the `stop-side` detector; `side` says where stops and commas stand at a closing mark.
pub fn build_stop_side(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &["side"])?;
    Ok(Box::new(StopSide { inside: word_param(params, "side", &["inside", "outside"], "inside")? == "inside" }))
}

impl Detect for StopSide {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        for pair in article.tokens().windows(2) {
            let [first, second] = pair else { continue };
            let (stop, mark) = if self.inside { (second, first) } else { (first, second) };
            let touching = !second.space_before && first.block == second.block;
            let before = article.text().get(..first.span.start).and_then(|t| t.chars().next_back());
            let words = before.is_some_and(|c| c.is_alphanumeric() || c == '%');
            if !(touching && words && matches!(article.word(stop), "." | ",") && matches!(article.word(mark), "”" | "\"")) {
                continue;
            }
            let span = first.span.cover(second.span);
            let to = format!("{}{}", article.word(second), article.word(first));
            report.finding(span).fix(to.clone(), vec![Edit::replace(article.text(), span, to)]).done();
        }
    }
}

struct DateForms {
    month_first: bool,
}

/// Builds the `date-forms` detector; `order` is `month-first` (Feb. 10) or `day-first` (10 February).
pub fn build_dates(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &["order"])?;
    Ok(Box::new(DateForms { month_first: word_param(params, "order", &["month-first", "day-first"], "month-first")? == "month-first" }))
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

impl DateForms {
    fn written(&self, day: u32, month: &str, year: Option<u32>) -> String {
        match (self.month_first, year) {
            (true, Some(year)) => format!("{month} {day}, {year}"),
            (true, None) => format!("{month} {day}"),
            (false, Some(year)) => format!("{day} {month} {year}"),
            (false, None) => format!("{day} {month}"),
        }
    }

    /// `11.02.2023` or, over five tokens, `2023-02-11`.
    fn in_figures(&self, article: &Analysis, tokens: &[Token]) -> Option<(Span, String)> {
        let first = tokens.first()?;
        let of = |day: u32, month: u32, year: u32| {
            let name = MONTHS.get(usize::try_from(month).ok()?.checked_sub(1)?)?;
            ((1..=31).contains(&day) && (1800..2200).contains(&year)).then(|| self.written(day, name, Some(year)))
        };
        let numbers: Vec<u32> = article.word(first).split('.').filter_map(|n| n.parse().ok()).collect();
        if let [day, month, year] = numbers.as_slice() {
            return Some((first.span, of(*day, *month, *year)?));
        }
        let [year, dash, month, other, day] = tokens.get(..5)? else { return None };
        let dashes =
            article.word(dash) == "-" && article.word(other) == "-" && !dash.space_before && !day.space_before && !month.space_before;
        let number = |t: &Token| article.word(t).parse::<u32>().ok();
        if !dashes || article.word(year).len() != 4 {
            return None;
        }
        Some((year.span.cover(day.span), of(number(day)?, number(month)?, number(year)?)?))
    }

    /// `February 10th`, `the 10th of February`, `10th February`.
    fn ordinal(&self, article: &Analysis, index: usize) -> Option<(Span, String)> {
        let token = article.tokens().get(index).filter(|t| t.kind == TokenKind::Mixed)?;
        let word = article.word(token);
        let day: u32 = ["st", "nd", "rd", "th"].iter().find_map(|e| word.strip_suffix(e))?.parse().ok()?;
        let month_at =
            |i: usize| article.tokens().get(i).filter(|_| MONTHS.contains(&article.word_at(i))).map(|t| (t.span, article.word_at(i)));
        if let Some((span, month)) = index.checked_sub(1).and_then(month_at) {
            return Some((span.cover(token.span), self.written(day, month, None)));
        }
        if article.word_at(index + 1) == "of"
            && let Some((span, month)) = month_at(index + 2)
        {
            let the = index.checked_sub(1).filter(|&i| article.word_at(i) == "the").and_then(|i| article.tokens().get(i));
            return Some((the.map_or(token.span, |t| t.span).cover(span), self.written(day, month, None)));
        }
        let (span, month) = month_at(index + 1)?;
        Some((token.span.cover(span), self.written(day, month, None)))
    }
}

impl Detect for DateForms {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        for (i, token) in article.tokens().iter().enumerate() {
            let found = match token.kind {
                TokenKind::Mixed => self.ordinal(article, i),
                TokenKind::Number => article.tokens().get(i..).and_then(|t| self.in_figures(article, t)),
                _ => None,
            };
            if let Some((span, to)) = found {
                report.finding(span).fix(to.clone(), vec![Edit::replace(article.text(), span, to)]).done();
            }
        }
    }
}

struct QuotedNames;

/// Builds the `quoted-names` detector.
pub fn build_quoted_names(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &[])?;
    Ok(Box::new(QuotedNames))
}

impl Detect for QuotedNames {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        let text = article.text();
        let tokens = article.tokens();
        // Names of one to three capitalised words between marks.
        let mut quoted: Vec<Span> = Vec::new();
        for (i, open) in tokens.iter().enumerate().filter(|(_, t)| matches!(article.word(t), "“" | "\"" | "«")) {
            let name = tokens.iter().skip(i + 1).take(4);
            let words = name.clone().take_while(|t| t.is_word() && article.word(t).starts_with(char::is_uppercase)).count();
            let Some(close) = tokens.get(i + 1 + words).filter(|_| (1..=3).contains(&words)) else { continue };
            let touches = !close.space_before && tokens.get(i + 1).is_some_and(|t| !t.space_before);
            if touches && open.block == close.block && matches!(article.word(close), "”" | "\"" | "»") {
                quoted.push(open.span.cover(close.span));
            }
        }
        let inner = |span: &Span| span.of(text).trim_matches(['“', '”', '"', '«', '»']);
        // The names by their first word, each with how often it stands in marks and how often at all.
        let mut names: FxHashMap<&str, Vec<(&str, usize, usize)>> = FxHashMap::default();
        for name in quoted.iter().map(inner) {
            let known = names.entry(name.split(' ').next().unwrap_or(name)).or_default();
            match known.iter_mut().find(|(n, _, _)| *n == name) {
                Some((_, in_marks, _)) => *in_marks += 1,
                None => known.push((name, 1, 0)),
            }
        }
        for token in tokens.iter().filter(|t| t.is_word()) {
            for (name, _, all) in names.get_mut(article.word(token)).into_iter().flatten() {
                *all += usize::from(text.get(token.span.start..).is_some_and(|t| t.starts_with(*name)));
            }
        }
        for span in &quoted {
            let name = inner(span);
            let first = name.split(' ').next().unwrap_or(name);
            if names.get(first).is_some_and(|n| n.iter().any(|(n, in_marks, all)| *n == name && all > in_marks)) {
                report.finding(*span).fix("without the marks", vec![Edit::replace(text, *span, name)]).done();
            }
        }
    }
}
