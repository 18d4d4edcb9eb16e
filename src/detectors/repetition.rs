//! Repetition: a word that stands twice in a row (`for for`).

use super::{Build, Detect, Report, only_params};
use crate::analysis::Analysis;
use crate::rules::Lexicon;
use crate::text::{Edit, Span};

struct DoubledWords;

/// Builds the `doubled-words` detector.
pub fn build_doubled_words(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &[])?;
    Ok(Box::new(DoubledWords))
}

const _: Build = build_doubled_words;

impl Detect for DoubledWords {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        for pair in article.tokens().windows(2) {
            let [first, second] = pair else { continue };
            let (a, b) = (article.word(first), article.word(second));
            let lower = b.chars().all(char::is_lowercase);
            let may_double = matches!(b, "had" | "that" | "is" | "do" | "so" | "very" | "ha" | "bye" | "no");
            if !(first.is_word() && second.is_word() && lower && a.to_lowercase() == b && first.block == second.block && !may_double) {
                continue;
            }
            let span = Span::new(first.span.start, second.span.end);
            let edit = Edit::replace(article.text(), Span::new(first.span.end, second.span.end), "");
            report.finding(span).fix(format!("one {b}"), vec![edit]).done();
        }
    }
}
