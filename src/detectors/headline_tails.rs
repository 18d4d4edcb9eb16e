//! The name of the site behind a headline (`Fish market opens - Harbour TV in Russian`): the page’s own title
//! was scraped for the headline. Only closed shapes count, since a headline may well end in a dash and a name.

use super::{Detect, Report, only_params, string_list};
use crate::analysis::Analysis;
use crate::rules::Lexicon;
use crate::text::{Edit, Span};

struct HeadlineTails {
    /// Whole tails, in lower case: `xinhuanet`.
    whole: Vec<String>,
    /// Last words of a tail, in lower case: `news`, `shimbun`.
    ends: Vec<String>,
}

/// Builds the `headline-tails` detector: `whole` are tails, `ends` the last words of tails.
pub fn build(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &["whole", "ends"])?;
    Ok(Box::new(HeadlineTails { whole: string_list(params, "whole")?, ends: string_list(params, "ends")? }))
}

/// The most words of a site’s name.
const LONGEST: usize = 5;

/// `12.02.2023`, `2023-02-12`, `12/02/2023`
fn is_date(words: &str) -> bool {
    (8..=10).contains(&words.len())
        && words.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '/' | '-'))
        && words.chars().filter(char::is_ascii_digit).count() >= 6
}

/// The last dash of a headline that may part a site’s name: the start of the blanks before it, the end of
/// those behind it, and whether it joins two words.
fn last_dash(line: &str) -> Option<(usize, usize, bool)> {
    line.char_indices().rev().filter(|(_, c)| matches!(c, '-' | '–' | '—' | '|')).find_map(|(i, c)| {
        let rest = line.get(i + c.len_utf8()..)?;
        let head = line.get(..i)?.trim_end_matches(['-', '–', '—']);
        let doubled = head.len() < i;
        let start = head.trim_end().len();
        let end = line.len() - rest.trim_start().len();
        let joined = start == head.len() && !doubled;
        (!(joined && c == '|')).then_some((start, end, joined && end == i + c.len_utf8()))
    })
}

impl HeadlineTails {
    fn is_site(&self, tail: &str, joined: bool) -> bool {
        let small = tail.trim_end_matches(['"', '”', ' ']).to_lowercase();
        let words = small.split_whitespace().count();
        if words == 0 || words > LONGEST || !tail.starts_with(char::is_uppercase) {
            return false;
        }
        let domain = words == 1
            && [".com", ".ru", ".net", ".cn", ".org", ".ua", ".info", ".jp", ".de", ".by", ".kz"].iter().any(|d| small.ends_with(d));
        if domain || self.whole.contains(&small) {
            return true;
        }
        let Some((name, last)) = small.rsplit_once(' ').filter(|_| !joined) else { return false };
        let language = ["russian", "english", "ukrainian", "arabic", "spanish", "french", "german", "chinese", "turkish", "persian"];
        let edition = language.contains(&last) && (name.ends_with(" in") || name.ends_with(" on"));
        // `- Say No to Fake News` is no site: only capitals, no small word.
        let name_like = tail.split_whitespace().all(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
        edition || self.ends.iter().any(|e| e == last) && (name_like || words > 2 && last == "website")
    }
}

impl Detect for HeadlineTails {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        let Some(block) = article.blocks().first() else { return };
        if article.blocks().len() < 2 {
            return;
        }
        let line = block.span.of(article.text());
        let Some((mut cut, at, mut joined)) = last_dash(line) else { return };
        let mut tail = line.get(at..).unwrap_or("");
        // `- DW - 12.02.2023`
        let dated = is_date(tail);
        if dated {
            let Some((start, end, join)) = line.get(..cut).and_then(last_dash) else { return };
            tail = line.get(end..cut).unwrap_or("");
            (cut, joined) = (start, join);
        }
        let short = dated && (2..=5).contains(&tail.len()) && tail.chars().all(char::is_uppercase);
        if !(short || self.is_site(tail, joined)) || line.get(..cut).is_none_or(|head| head.split_whitespace().count() < 3) {
            return;
        }
        let span = Span::new(block.span.start + cut, block.span.end);
        let shown = Span::new(span.start + (span.len() - span.of(article.text()).trim_start().len()), span.end);
        report.finding(shown).scope(span).fix("take it out", vec![Edit::replace(article.text(), span, "")]).done();
    }
}
