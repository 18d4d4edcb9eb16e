//! The Arabic article before a name, written `al-` here and `Al-` there; and outlets whose name a
//! translation left half done (`BBC Turk`).

use rustc_hash::FxHashMap;

use super::capitals::{shouting, starts_upper};
use super::{Build, Detect, Report, only_params, string_list};
use crate::analysis::{Analysis, TokenKind};
use crate::rules::Lexicon;
use crate::text::{Edit, Span};

struct MixedParticles {
    /// Outlets and bodies that write their particle with a capital: `Jazeera`, `Ahram`.
    mastheads: Vec<String>,
}

/// Builds the `mixed-particles` detector.
pub fn build_mixed_particles(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &["mastheads"])?;
    Ok(Box::new(MixedParticles { mastheads: string_list(params, "mastheads")? }))
}

struct OutletNames {
    /// The words as a translation leaves them, and the outlet's own name.
    names: Vec<(Vec<String>, String)>,
}

/// Builds the `outlet-names` detector. `names`: a table from the wrong form to the right one.
pub fn build_outlet_names(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &["names"])?;
    let table = params.get("names").and_then(toml::Value::as_table).ok_or("parameter \"names\" must be a table of strings")?;
    let mut names = Vec::new();
    for (wrong, right) in table {
        let right = right.as_str().ok_or("parameter \"names\" must be a table of strings")?;
        names.push((wrong.split(' ').map(str::to_owned).collect(), right.to_owned()));
    }
    Ok(Box::new(OutletNames { names }))
}

const _: [Build; 2] = [build_mixed_particles, build_outlet_names];

/// A particle in mid-sentence.
struct Particle<'a> {
    span: Span,
    name: &'a str,
    upper: bool,
    /// A given name stands before it.
    full: bool,
}

impl MixedParticles {
    fn read<'a>(&self, article: &'a Analysis<'a>) -> Vec<Particle<'a>> {
        let tokens = article.tokens();
        let shouting = shouting(article);
        let mut found = Vec::new();
        for (i, token) in tokens.iter().enumerate() {
            let word = article.word(token);
            if token.kind != TokenKind::Word
                || !matches!(word, "al" | "Al" | "el" | "El")
                || shouting.get(token.block).copied().unwrap_or(true)
            {
                continue;
            }
            let joined = article.word_at(i + 1) == "-" && tokens.get(i + 1).is_some_and(|t| !t.space_before);
            let name = article.word_at(i + 2);
            if !joined || !starts_upper(name) || self.mastheads.iter().any(|m| m == name) {
                continue;
            }
            // `Al-Araby Al-Jadeed`: two capitals in a row are a masthead.
            let doubled = article.word_at(i + 3).eq_ignore_ascii_case("al")
                || (i > 2 && article.word_at(i - 2) == "-" && article.word_at(i - 3) == "Al");
            let before = i.checked_sub(1).map_or("", |b| article.word_at(b));
            let begins = article.sentence_of(i).is_none_or(|s| s.first == i)
                || matches!(before, "“" | "\"" | "‘" | "(" | ":" | "—" | "–" | "-" | "•" | "’" | "'" | "”");
            if doubled || begins {
                continue;
            }
            let full = starts_upper(before) && article.lexicon().function_word(&before.to_lowercase()).is_none();
            found.push(Particle { span: token.span, name, upper: starts_upper(word), full });
        }
        found
    }
}

/// The particle in the other case.
fn turned(word: &str, upper: bool) -> String {
    let mut letters = word.chars();
    let Some(first) = letters.next() else { return String::new() };
    let head: String = if upper { first.to_uppercase().collect() } else { first.to_lowercase().collect() };
    head + letters.as_str()
}

impl Detect for MixedParticles {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        let found = self.read(article);
        let mut by_name: FxHashMap<&str, Vec<&Particle>> = FxHashMap::default();
        for particle in &found {
            by_name.entry(particle.name).or_default().push(particle);
        }
        // One name written both ways is an inconsistency; two names that differ are a hint.
        let (upper, lower) = (found.iter().filter(|p| p.upper).count(), found.iter().filter(|p| !p.upper).count());
        for particle in &found {
            let Some(same) = by_name.get(particle.name) else { continue };
            let first_full = same.iter().find(|p| p.full).or(same.first()).map(|p| (p.upper, p.span));
            let Some((wanted, evidence)) = first_full else { continue };
            let mixed = same.iter().any(|p| p.upper != particle.upper);
            let minority = if particle.upper { upper < lower } else { lower < upper };
            let turn = |p: &Particle, to: bool| Edit::replace(article.text(), p.span, turned(p.span.of(article.text()), to));
            let name_end = particle.span.end + 1 + particle.name.len();
            let span = Span::new(particle.span.start, name_end);
            if mixed && particle.upper != wanted {
                let wrong: Vec<&&Particle> = same.iter().filter(|p| p.upper != wanted).collect();
                let to = turned(span.of(article.text()), wanted);
                let draft = report.finding(span).because(evidence, "written so here").fix(to.clone(), vec![turn(particle, wanted)]);
                let all = wrong.iter().map(|p| turn(p, wanted)).collect();
                if wrong.len() > 1 { draft.fix(format!("make all {} “{to}”", wrong.len()), all).done() } else { draft.done() }
            } else if !mixed && minority {
                let other = found.iter().find(|p| p.upper != particle.upper).map_or(evidence, |p| p.span);
                let to = turned(span.of(article.text()), !particle.upper);
                report
                    .finding(span)
                    .hint()
                    .because(other, "the article writes the particle so")
                    .fix(to, vec![turn(particle, !particle.upper)])
                    .done();
            }
        }
    }
}

impl Detect for OutletNames {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        let tokens = article.tokens();
        for (i, token) in tokens.iter().enumerate() {
            let word = article.word(token);
            if !starts_upper(word) {
                continue;
            }
            for (wrong, right) in self.names.iter().filter(|(w, _)| w.first().is_some_and(|f| f == word)) {
                let matches = wrong.iter().enumerate().all(|(k, w)| article.word_at(i + k) == w);
                let Some(last) = tokens.get(i + wrong.len() - 1).filter(|t| matches && t.block == token.block) else { continue };
                // `BBC Arab Service` is another name; `BBC Turk-ish` no name at all.
                let follows = tokens.get(i + wrong.len());
                let longer = follows.is_some_and(|t| {
                    t.block == token.block
                        && (article.word(t) == "-" && !t.space_before || (t.is_word() && starts_upper(article.word(t)) && !t.glued))
                });
                if !longer {
                    report.finding(Span::new(token.span.start, last.span.end)).replace(right).done();
                    break;
                }
            }
        }
    }
}
