//! What the page left in the copy: captions with a credit, credit lines, links to other stories, buttons,
//! notices. A sentence that is merely alone is never a leftover.

use super::{Detect, Report, only_params, string_list};
use crate::analysis::Analysis;
use crate::document::BlockKind;
use crate::rules::Lexicon;
use crate::text::{Edit, Span};

/// The most words of a line that is page furniture; longer ones are somebody's prose.
const MOST_WORDS: usize = 30;

struct LeftoverLines {
    /// In lower case, like all lists here; `#` stands for figures.
    lines: Vec<String>,
    begins: Vec<String>,
    holds: Vec<String>,
}

fn lower_list(params: &toml::Table, key: &str) -> Result<Vec<String>, String> {
    Ok(string_list(params, key)?.iter().map(|s| s.to_lowercase()).collect())
}

/// Builds the `leftover-lines` detector: `lines` are whole lines, `begins` their beginnings, `holds` words
/// that stand in no other line.
pub fn build_lines(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &["lines", "begins", "holds"])?;
    Ok(Box::new(LeftoverLines {
        lines: lower_list(params, "lines")?,
        begins: lower_list(params, "begins")?,
        holds: lower_list(params, "holds")?,
    }))
}

/// A line in lower case, runs of figures as one `#`, curly apostrophes straight.
fn plain_line(line: &str) -> String {
    let mut out = String::with_capacity(line.len().min(400));
    for c in line.chars().take(400) {
        match c {
            '’' | '‘' => out.push('\''),
            c if c.is_ascii_digit() => {
                if !out.ends_with('#') {
                    out.push('#');
                }
            }
            '\u{a0}' => out.push(' '),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

impl Detect for LeftoverLines {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        for (index, block) in article.blocks().iter().enumerate() {
            let body = block.span.of(article.text());
            if matches!(block.kind, BlockKind::Caption | BlockKind::Credit)
                || body.split_whitespace().take(MOST_WORDS + 1).count() > MOST_WORDS
            {
                continue;
            }
            let plain = plain_line(body);
            let trimmed = plain.trim_matches(|c: char| !(c.is_alphanumeric() || matches!(c, '#' | '©' | '(' | ')' | '[' | ']')));
            let bare = trimmed.trim_matches(['(', ')', '[', ']']);
            let whole_word = |p: &str| {
                bare.strip_prefix(p).is_some_and(|r| !p.ends_with(char::is_alphanumeric) || !r.starts_with(char::is_alphanumeric))
            };
            // `[Photo: …]` is set apart already, by an editor or by the caption rule: taking it out would lose the credit.
            let set_apart = body.starts_with('[') && body.ends_with(']') && bare.starts_with("photo:");
            let found = self.lines.iter().any(|l| l == bare)
                || self.begins.iter().any(|p| whole_word(p))
                || self.holds.iter().any(|p| trimmed.contains(p.as_str()));
            if found && !set_apart {
                report.finding(block.span).fix("take the line out", vec![line_out(article, index)]).done();
            }
        }
    }
}

/// The edit that takes a block out with the line break that parts it from its neighbour.
fn line_out(article: &Analysis, index: usize) -> Edit {
    let blocks = article.blocks();
    let own = blocks.get(index).map_or(Span::default(), |b| b.span);
    let before = index.checked_sub(1).and_then(|i| blocks.get(i));
    let span = match (before, blocks.get(index + 1)) {
        (_, Some(next)) => Span::new(own.start, next.span.start),
        (Some(previous), None) => Span::new(previous.span.end, own.end),
        (None, None) => own,
    };
    Edit::replace(article.text(), span, "")
}

struct CaptionCredits {
    agencies: Vec<String>,
}

/// Builds the `caption-credits` detector; parameter `agencies` lists who gives pictures.
pub fn build_captions(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &["agencies"])?;
    Ok(Box::new(CaptionCredits { agencies: string_list(params, "agencies")? }))
}

impl CaptionCredits {
    /// Whether the words between brackets name who made a picture: `Ann Smith / Harbor Press`, `AFP`.
    fn is_credit(&self, words: &str) -> bool {
        if words.chars().count() > 80 || words.is_empty() {
            return false;
        }
        let slash = words.split_once('/').is_some_and(|(maker, agency)| {
            let name = |s: &str| s.trim().chars().next().is_some_and(char::is_uppercase) && s.trim().chars().count() > 2;
            name(maker) && name(agency)
        });
        let listed = |a: &String| {
            words.match_indices(a.as_str()).any(|(i, _)| {
                let edge = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
                edge(words.get(..i).and_then(|t| t.chars().next_back())) && edge(words.get(i + a.len()..).and_then(|t| t.chars().next()))
            })
        };
        slash || self.agencies.iter().any(listed)
    }
}

impl Detect for CaptionCredits {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        let text = article.text();
        for (index, block) in article.blocks().iter().enumerate() {
            let body = block.span.of(text);
            if matches!(block.kind, BlockKind::Caption | BlockKind::Credit) || body.starts_with(['[', '(']) || body.len() > 400 {
                continue;
            }
            let Some((words, credit)) = bracketed_end(body) else { continue };
            // After a full stop the brackets sign an article: `… he said. (Reuters)`
            if words.ends_with(['.', '!', '?', '”', '"', ':', ',']) || words.split_whitespace().count() < 2 || !self.is_credit(credit) {
                continue;
            }
            // A heading over a table or a title with its maker stands at no place of a caption.
            if block.kind == BlockKind::ListItem || block.kind == BlockKind::Cell {
                continue;
            }
            let set_apart = vec![Edit::insert(block.span.start, "[Photo: "), Edit::insert(block.span.end, "]")];
            let credit_at = block.span.start + body.len() - credit.len() - 1;
            report
                .finding(block.span)
                .because(Span::new(credit_at, credit_at + credit.len()), "who made the picture")
                .fix("set apart as a caption", set_apart)
                .fix("take the line out", vec![line_out(article, index)])
                .done();
        }
    }
}

/// What stands before the brackets that end a line, and what stands between them.
fn bracketed_end(body: &str) -> Option<(&str, &str)> {
    let inner = body.strip_suffix(')')?;
    let open = inner.rfind('(')?;
    Some((inner.get(..open)?.trim_end(), inner.get(open + 1..)?))
}

struct RunIn {
    labels: Vec<String>,
}

/// Builds the `run-in-credits` detector; parameter `labels` lists what begins a credit (`Source:`).
pub fn build_run_in(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &["labels"])?;
    Ok(Box::new(RunIn { labels: string_list(params, "labels")? }))
}

impl Detect for RunIn {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        let text = article.text();
        for block in article.blocks().iter().filter(|b| !matches!(b.kind, BlockKind::Caption | BlockKind::Credit)) {
            let body = block.span.of(text);
            for label in &self.labels {
                let Some(i) = find_label(body, label) else { continue };
                let rest = body.get(i..).unwrap_or("");
                let span = Span::new(block.span.start + i, block.span.start + i + label.len());
                let draft = report.finding(span);
                // Only a short tail is surely all credit.
                let gap = body.get(..i).map_or(0, |t| t.len() - t.trim_end().len());
                if is_tail(rest) {
                    let tail = Span::new(span.start - gap, block.span.end);
                    draft.fix("take the credit out", vec![Edit::replace(text, tail, "")]).done();
                } else {
                    draft.done();
                }
                break;
            }
        }
    }
}

fn is_tail(rest: &str) -> bool {
    rest.split_whitespace().count() <= 8
}

/// Where a label stands inside a line, behind a word, a stop or a closing mark.
fn find_label(body: &str, label: &str) -> Option<usize> {
    let found = body.match_indices(label).map(|(i, _)| i);
    found.filter(|&i| i > 0).find(|&i| {
        let before = body.get(..i).unwrap_or("");
        let last = before.trim_end().chars().next_back();
        before.ends_with(char::is_whitespace) && last.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '”' | ')' | '"'))
    })
}
