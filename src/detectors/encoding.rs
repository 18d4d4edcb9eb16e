//! Encoding litter as findings: each piece that the analysis repaired for its own reading (`it&#39;s`,
//! `JosÃ©`, `Defenсe`), and what no table can repair: lost characters and words in a foreign script.

use super::{Detect, Report, only_params};
use crate::analysis::Analysis;
use crate::analysis::litter::LitterKind;
use crate::finding::Applicability;
use crate::rules::Lexicon;
use crate::text::Span;

struct RepairedLitter {
    kind: LitterKind,
}

const KINDS: &[(&str, LitterKind)] = &[
    ("entity", LitterKind::Entity),
    ("markup", LitterKind::Markup),
    ("mojibake", LitterKind::Mojibake),
    ("invisible", LitterKind::Invisible),
    ("look-alike", LitterKind::LookAlike),
    ("wide-form", LitterKind::WideForm),
];

/// Builds the `repaired-litter` detector; parameter `kind` says which litter the card speaks of.
pub fn build_repaired_litter(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &["kind"])?;
    let name = params.get("kind").and_then(toml::Value::as_str).unwrap_or("");
    match KINDS.iter().find(|(n, _)| *n == name) {
        Some((_, kind)) => Ok(Box::new(RepairedLitter { kind: *kind })),
        None => Err(format!("parameter \"kind\" must be one of {}", KINDS.iter().map(|(n, _)| *n).collect::<Vec<_>>().join(", "))),
    }
}

impl Detect for RepairedLitter {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        let holds_tags = article.litter().iter().any(|l| l.kind == LitterKind::Markup) || has_tag(article.text());
        for litter in article.litter().iter().filter(|l| l.kind == self.kind) {
            // In mark-up that is read as text, what was escaped must stay so.
            let mut revealed = litter.repair.to.chars();
            let reveals = self.kind == LitterKind::Entity && holds_tags && revealed.any(|c| matches!(c, '<' | '>' | '&'));
            let most = if litter.exact && !reveals { Applicability::Safe } else { Applicability::Review };
            report.litter(litter, most).done();
        }
    }
}

/// Whether `<name …>` or `</name>` stands in a text.
fn has_tag(text: &str) -> bool {
    text.match_indices('<').take(1000).any(|(at, _)| {
        let rest = text.get(at + 1..).unwrap_or("");
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let name = rest.bytes().take(20).take_while(u8::is_ascii_alphanumeric).count();
        name > 0 && rest.get(name..).is_some_and(|r| r.starts_with(['>', ' ', '/'])) && rest.bytes().take(400).any(|b| b == b'>')
    })
}

struct LostCharacters;

/// Builds the `lost-characters` detector.
pub fn build_lost_characters(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &[])?;
    Ok(Box::new(LostCharacters))
}

impl Detect for LostCharacters {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        let text = article.text();
        let mut end = 0;
        for (at, _) in text.match_indices('\u{fffd}').chain(text.match_indices("ï¿½")) {
            if at < end {
                continue;
            }
            end = at + word_len(text.get(at..).unwrap_or(""), |c| c == '\u{fffd}' || matches!(c, 'ï' | '¿' | '½')).max(1);
            report.finding(Span::new(at, end)).done();
        }
    }
}

fn word_len(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.chars().take_while(|&c| belongs(c)).map(char::len_utf8).sum()
}

struct ForeignScript;

/// Builds the `foreign-script` detector.
pub fn build_foreign_script(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &[])?;
    Ok(Box::new(ForeignScript))
}

/// Letters of scripts that English copy does not use. Greek letters stand in names of particles, drugs and variants.
fn is_foreign(c: char) -> bool {
    c.is_alphabetic()
        && matches!(c as u32,
            0x400..=0x1cff | 0x3005..=0x9fff | 0xa000..=0xd7ff | 0xf900..=0xfaff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff | 0x20000..=0x3ffff)
}

impl Detect for ForeignScript {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        for block in article.blocks() {
            let text = block.span.of(article.text());
            if text.is_ascii() {
                continue;
            }
            let foreign = text.chars().filter(|&c| is_foreign(c)).count();
            let letters = text.chars().filter(|c| c.is_alphabetic()).count();
            // A paragraph in another language is a quotation or a title, and seen without us.
            if foreign == 0 || foreign * 2 > letters {
                continue;
            }
            let mut depth = 0_usize;
            let mut at = 0;
            while let Some(c) = text.get(at..).and_then(|t| t.chars().next()) {
                match c {
                    '(' | '（' | '[' => depth += 1,
                    ')' | '）' | ']' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                if !is_foreign(c) {
                    at += c.len_utf8();
                    continue;
                }
                let end = run_end(text, at);
                // `Сайт.иа` is an address, from its first letter to its last.
                let tail = text.get(..at).is_some_and(|t| t.ends_with('.') && !t.ends_with(". "));
                let mixed = tail
                    || text.get(end..).is_some_and(|t| t.starts_with(['.', '@']))
                        && text.get(end + 1..).is_some_and(|t| t.starts_with(char::is_alphabetic));
                // In brackets stands the original of a name; a domain is an address.
                if depth == 0 && !mixed && !is_shown(text, at, end) {
                    report.finding(Span::new(block.span.start + at, block.span.start + end)).done();
                }
                at = end;
            }
        }
    }
}

/// Whether the words from `at` to `end` are shown on purpose: in quotation marks, or with a gloss in brackets behind.
fn is_shown(text: &str, at: usize, end: usize) -> bool {
    let (before, after) = (text.get(..at).unwrap_or(""), text.get(end..).unwrap_or(""));
    let quoted = before.ends_with(['“', '"', '„', '«', '‘', '\'', '”', '‹'])
        && after.trim_start_matches([',', '.', '!', '?', '…']).starts_with(['”', '"', '“', '»', '’', '\'', '›']);
    let gloss = after.trim_start_matches(['”', '"', '»', '’']).trim_start().strip_prefix(['(', '（', '[']);
    quoted || gloss.is_some_and(|g| g.trim_start_matches(['“', '"', '‘']).starts_with(|c: char| c.is_alphabetic() && !is_foreign(c)))
}

/// The end of the foreign words that begin at byte `at`.
fn run_end(text: &str, at: usize) -> usize {
    let mut end = at;
    for (i, c) in text.get(at..).unwrap_or("").char_indices() {
        if is_foreign(c) {
            end = at + i + c.len_utf8();
        } else if !(c == ' ' || c == '・' || c == '-' || matches!(c as u32, 0x300..=0x36f | 0x3000..=0x3004)) {
            break;
        }
    }
    end
}
