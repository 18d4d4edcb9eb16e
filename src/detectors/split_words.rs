//! Words split apart: `the nor malization of ties`, `inter national`, hyphens of line ends left in
//! (`the govern- ment`), and spaces doubled where the article has single ones.

use rustc_hash::FxHashMap;

use super::{Detect, Report, only_params};
use crate::analysis::{Analysis, Token, TokenKind};
use crate::rules::Lexicon;
use crate::text::{Edit, Span};

struct SplitWords;
struct LineEndHyphens;
struct DoubledSpaces;

/// Builds the `split-words` detector.
pub fn build_split_words(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &[])?;
    Ok(Box::new(SplitWords))
}

/// Builds the `line-end-hyphens` detector.
pub fn build_line_end_hyphens(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &[])?;
    Ok(Box::new(LineEndHyphens))
}

/// Builds the `doubled-spaces` detector.
pub fn build_doubled_spaces(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &[])?;
    Ok(Box::new(DoubledSpaces))
}

/// Whether a stretch of letters can't stand alone: no word of the lists, no name, not seen elsewhere.
fn is_fragment(article: &Analysis, word: &str) -> bool {
    let lexicon = article.lexicon();
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let known = lexicon.is_word(word) || article.count(word) > 1;
    let name = capital && (lexicon.given_name(word).is_some() || lexicon.is_surname(word) || lexicon.is_city(word));
    !known && !name && word.is_ascii()
}

/// Beginnings that are words or letters of their own and yet stand apart by accident (`inter national`).
fn is_bound_prefix(word: &str) -> bool {
    matches!(word, "inter" | "con" | "dis" | "trans" | "sub" | "pre" | "un" | "re" | "multi" | "anti" | "infra" | "pro" | "com" | "mis")
}

impl Detect for SplitWords {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        // Most words come again: each is looked up once.
        let mut known: FxHashMap<&str, bool> = FxHashMap::default();
        for pair in article.tokens().windows(2) {
            let [a, b] = pair else { continue };
            if !is_joinable(article, a, b) {
                continue;
            }
            let (left, right) = (article.word(a), article.word(b));
            let mut broken = |word| *known.entry(word).or_insert_with(|| is_fragment(article, word));
            let (left_broken, right_broken) = (broken(left), broken(right));
            let prefix = is_bound_prefix(left);
            if !(left_broken || right_broken || prefix) {
                continue;
            }
            let joined = format!("{left}{right}");
            let lexicon = article.lexicon();
            let lower = joined.to_lowercase();
            let zipf = lexicon.zipf(&lower).unwrap_or(0.0);
            if joined.len() < 6 || !lexicon.is_curated(&lower) || zipf < 2.6 {
                continue;
            }
            let bound = prefix && zipf > 3.4 && right.len() > 3;
            // One half that is no word proves little where the other is a word of every sentence.
            let common = |w: &str| lexicon.zipf(&w.to_lowercase()).unwrap_or(0.0) > 5.6;
            let proof = left_broken && right_broken
                || left_broken && !common(right) && left.len() > 1
                || right_broken && !common(left) && right.len() > 2
                || (left_broken || right_broken) && zipf > 3.5 && left.len() > 1 && right.len() > 2
                || bound;
            let seen = article.count(&joined) > 0;
            if proof || seen && (left_broken || right_broken) {
                let span = Span::new(a.span.start, b.span.end);
                let gap = Span::new(a.span.end, b.span.start);
                report.finding(span).value("joined", &joined).fix(joined.clone(), vec![Edit::replace(article.text(), gap, "")]).done();
            }
        }
    }
}

fn is_joinable(article: &Analysis, a: &Token, b: &Token) -> bool {
    let lower = |w: &str| w.chars().all(char::is_lowercase);
    let words = a.kind == TokenKind::Word && b.kind == TokenKind::Word && a.block == b.block && b.space_before;
    words
        && !a.glued
        && lower(article.word(b))
        && article.word(a).chars().skip(1).all(char::is_lowercase)
        && article.text().get(a.span.end..b.span.start).is_some_and(|gap| gap == " " || gap == "\u{a0}")
}

impl Detect for LineEndHyphens {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        for triple in article.tokens().windows(3) {
            let [a, hyphen, b] = triple else { continue };
            let is_hyphen = matches!(article.word(hyphen), "-" | "\u{2010}" | "\u{ad}");
            let words = a.kind == TokenKind::Word && b.kind == TokenKind::Word && a.block == b.block;
            if !is_hyphen || !words || hyphen.space_before || !b.space_before {
                continue;
            }
            let (left, right) = (article.word(a), article.word(b));
            let joined = format!("{left}{right}");
            let lexicon = article.lexicon();
            // `two- and three-year`, `pre- and post-war` keep their hyphen.
            let series = matches!(right, "and" | "or" | "to" | "nor" | "but" | "versus");
            let lower = joined.to_lowercase();
            let word = lexicon.is_curated(&lower) || article.count(&joined) > 0;
            let broken = is_fragment(article, left) || is_fragment(article, right) || lexicon.zipf(&lower).unwrap_or(0.0) > 3.0;
            if series || !word || !broken || !right.chars().all(char::is_lowercase) {
                continue;
            }
            let span = Span::new(a.span.start, b.span.end);
            let gap = Span::new(a.span.end, b.span.start);
            report.finding(span).fix(joined, vec![Edit::replace(article.text(), gap, "")]).done();
        }
    }
}

impl Detect for DoubledSpaces {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        let text = article.text();
        let mut single = 0_usize;
        let mut doubled: Vec<Span> = Vec::new();
        for pair in article.tokens().windows(2) {
            let [a, b] = pair else { continue };
            if a.block != b.block || !b.space_before {
                continue;
            }
            let gap = Span::new(a.span.end, b.span.start);
            let spaces = gap.of(text);
            if spaces.len() > 1 && spaces.chars().all(|c| c == ' ' || c == '\u{a0}') && spaces.chars().count() > 1 {
                doubled.push(gap);
            } else {
                single += 1;
            }
        }
        // Typewriter copy has two spaces behind every stop: a habit, not damage.
        if doubled.len() * 12 > single {
            return;
        }
        for gap in doubled {
            report.finding(gap).fix("one space", vec![Edit::replace(text, gap, " ")]).done();
        }
    }
}
