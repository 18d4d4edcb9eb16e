//! Checks an article: every rule, findings in order of the text, one finding a wound.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::analysis::{Analysis, language};
use crate::detectors::{Place, Report};
use crate::document::Document;
use crate::finding::{Applicability, Category, Finding, Fix, Tier};
use crate::rules::{Rule, Rules};
use crate::text::{Edit, Edits, Span};

/// What a check gives.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// In order of the text.
    pub findings: Vec<Finding>,
    /// Rules that failed, one sentence each; the others ran.
    pub notices: Vec<String>,
}

/// Checks an article with all rules that are switched on.
pub fn check(document: &Document, rules: &Rules) -> Checked {
    check_without(document, rules, |_| false)
}

/// Checks an article; findings for which `rejected` holds are left out *before* overlapping ones are
/// settled, so that what a rejected finding covered comes to light.
pub fn check_without(document: &Document, rules: &Rules, rejected: impl Fn(&Finding) -> bool) -> Checked {
    let article = Analysis::new(document, &rules.lexicon);
    let mut checked = Checked::default();
    for rule in rules.rules.iter().filter(|r| r.card.enabled && language::runs(&r.card.languages, article.language())) {
        match run(rule, &article, document) {
            Ok(findings) => checked.findings.extend(findings.into_iter().filter(|f| !rejected(f))),
            Err(notice) => checked.notices.push(notice),
        }
    }
    settle(&mut checked.findings);
    checked
}

/// Checks an article with one rule alone.
pub fn check_rule(document: &Document, rules: &Rules, rule: &Rule) -> Vec<Finding> {
    let article = Analysis::new(document, &rules.lexicon);
    let mut findings = run(rule, &article, document).unwrap_or_default();
    settle(&mut findings);
    findings
}

fn run(rule: &Rule, article: &Analysis, document: &Document) -> Result<Vec<Finding>, String> {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let mut report = Report::new(&rule.card, article.text());
        rule.detect.detect(article, &mut report);
        report.into_findings()
    }));
    match outcome {
        Ok(findings) => Ok(findings.into_iter().map(|(place, f)| to_article(f, place, article, document)).collect()),
        Err(_) => Err(format!("rule {} failed on this article and was left out; please report it", rule.card.id)),
    }
}

/// Brings a finding from the view into the coordinates of the article. Where it touches repaired litter,
/// the repair becomes part of its fixes.
fn to_article(mut finding: Finding, place: Place, article: &Analysis, document: &Document) -> Finding {
    if place == Place::Article {
        let to_view = article.to_view();
        let view = Span::new(to_view.map_position(finding.span.start), to_view.map_position(finding.span.end));
        finding.in_quotation = article.in_quotation(view);
        return finding;
    }
    finding.in_quotation = article.in_quotation(finding.span);
    if article.to_view().is_empty() {
        return finding;
    }
    let back = article.to_view().invert();
    let outward = |span: Span| outward(&back, span);
    finding.fixes = finding
        .fixes
        .into_iter()
        .filter_map(|fix| {
            let edits = fix.edits.iter().map(|e| {
                let wide = widen(&back, e.span());
                let head = Span::new(wide.start, e.at).of(article.text());
                let tail = Span::new(e.span().end, wide.end).of(article.text());
                Edit::replace(&document.text, outward(wide), format!("{head}{}{tail}", e.to))
            });
            let mut fix = Fix { edits: Edits::new(edits.collect())?, ..fix };
            // What was safe in the view takes a repair along in the article: it stays safe only by the same laws.
            if !fix.keeps_the_safe_laws() {
                fix.applicability = Applicability::Review;
            }
            Some(fix)
        })
        .collect();
    finding.span = outward(finding.span);
    finding.scope = outward(finding.scope);
    for evidence in &mut finding.evidence {
        evidence.span = outward(evidence.span);
    }
    finding
}

/// A span of the view in bytes of the article.
pub fn to_article_span(article: &Analysis, span: Span) -> Span {
    if article.to_view().is_empty() { span } else { outward(&article.to_view().invert(), span) }
}

/// The span widened so that it cuts no repaired piece.
fn widen(back: &Edits, span: Span) -> Span {
    back.iter().map(Edit::span).filter(|s| s.overlaps(span)).fold(span, Span::cover)
}

/// A span of the view in bytes of the article, wide enough to hold whole pieces of litter.
fn outward(back: &Edits, span: Span) -> Span {
    let mut shift = 0_isize;
    let (mut start, mut end) = (None, None);
    for e in back {
        let piece = e.span();
        if start.is_none() && span.start < piece.end {
            start = Some(if span.start > piece.start {
                piece.start.saturating_add_signed(shift)
            } else {
                span.start.saturating_add_signed(shift)
            });
        }
        if end.is_none() && span.end <= piece.start {
            end = Some(span.end.saturating_add_signed(shift));
        }
        let after = shift + e.to.len() as isize - e.from.len() as isize;
        if end.is_none() && span.end <= piece.end && !piece.is_empty() {
            end = Some(piece.end.saturating_add_signed(after));
        }
        shift = after;
    }
    let start = start.unwrap_or_else(|| span.start.saturating_add_signed(shift));
    Span::new(start, end.unwrap_or_else(|| span.end.saturating_add_signed(shift)).max(start))
}

/// Sorts findings and leaves out those inside the scope of another rule's wider finding: one wound is one finding.
fn settle(findings: &mut Vec<Finding>) {
    findings.sort_by(|a, b| (a.span.start, a.span.end, &a.rule).cmp(&(b.span.start, b.span.end, &b.rule)));
    let scopes: Vec<(Span, String, Span)> = findings
        .iter()
        .map(|f| {
            let fix = f.fixes.first().and_then(|x| x.edits.hull()).unwrap_or(f.span);
            (f.scope, f.rule.clone(), f.span.cover(fix))
        })
        .collect();
    let tiers: Vec<Tier> = findings.iter().map(|f| f.tier).collect();
    // Litter is hidden only by a finding that repairs it along with its own words.
    let cured: Vec<Vec<Span>> =
        findings.iter().map(|f| f.fixes.first().map_or_else(Vec::new, |x| x.edits.iter().map(Edit::span).collect())).collect();
    let longest = scopes.iter().map(|(scope, _, _)| scope.len()).max().unwrap_or(0);
    let mut by_start: Vec<(usize, usize)> = scopes.iter().enumerate().map(|(i, (scope, _, _))| (scope.start, i)).collect();
    by_start.sort_unstable();
    let mut index = 0;
    findings.retain(|f| {
        let own = index;
        index += 1;
        let Some((own_scope, _, own_reach)) = scopes.get(own) else { return true };
        let repair = (f.category == Category::Encoding).then(|| cured.get(own)).flatten();
        let cures = |i: usize| repair.is_none_or(|r| r.iter().all(|s| cured.get(i).is_some_and(|c| c.iter().any(|e| e.contains(*s)))));
        // A scope that contains this one's reach begins at most the longest scope before it.
        let from = by_start.partition_point(|(start, _)| start + longest < own_reach.start);
        let near = by_start.iter().skip(from).take_while(|(start, _)| *start <= own_reach.start);
        !near.filter_map(|(_, i)| scopes.get(*i).map(|s| (*i, s))).any(|(i, (scope, rule, _))| {
            i != own
                && *rule != f.rule
                // A hint is not seen unasked, so that it hides nothing that is.
                && tiers.get(i).is_some_and(|t| *t >= f.tier)
                && cures(i)
                && scope.contains(*own_reach)
                && (scope.len() > own_scope.len() || (scope.len() == own_scope.len() && i < own))
                && !scope.is_empty()
        })
    });
}

/// Takes the safe fixes of an article again and again until none is left (at most `rounds` times).
/// Returns the edits of each round, each in the coordinates of the text before it.
pub fn fix_all(document: &Document, rules: &Rules, wanted: impl Fn(&Finding) -> Option<&Fix>, rounds: usize) -> Vec<Edits> {
    let mut text = document.clone();
    let mut done = Vec::new();
    for _ in 0..rounds {
        let checked = check(&text, rules);
        let edits = disjoint(checked.findings.iter().filter_map(&wanted));
        let Some(next) = (!edits.is_empty()).then(|| text.with_edits(&edits)).flatten() else { break };
        text = next;
        done.push(edits);
    }
    done
}

/// The edits of fixes, taken by their start; one that overlaps what was taken is left for the next round.
pub fn disjoint<'f>(fixes: impl Iterator<Item = &'f Fix>) -> Edits {
    let mut fixes: Vec<&Fix> = fixes.collect();
    fixes.sort_by_key(|f| f.edits.hull().map(|h| (h.start, h.len())));
    let mut taken: Vec<Edit> = Vec::new();
    let mut end = 0;
    for fix in fixes {
        let Some(hull) = fix.edits.hull() else { continue };
        if hull.start >= end && (taken.is_empty() || hull.start > end || !hull.is_empty()) {
            end = hull.end;
            taken.extend(fix.edits.iter().cloned());
        }
    }
    Edits::new(taken).unwrap_or_default()
}
