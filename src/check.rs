//! Checks an article: every rule, findings in order of the text, one finding a wound.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::analysis::Analysis;
use crate::analysis::antecedents::Decisions;
use crate::analysis::language::{Guess, Packs};
use crate::analysis::unread::Unread;
use crate::detectors::{Place, Report};
use crate::document::Document;
use crate::finding::{Applicability, Category, Finding, Fix};
use crate::rules::{Rule, Rules};
use crate::text::{Edit, Edits, Span};
use crate::threads;

/// What a check gives.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// In order of the text.
    pub findings: Vec<Finding>,
    /// What could not be checked, one sentence each: rules that failed, an article that is not in English.
    pub notices: Vec<String>,
    /// The language that the article seems to be translated from.
    pub guess: Option<Guess>,
    /// What was left out on purpose, one sentence each.
    pub remarks: Vec<String>,
    /// The quotations, from mark to mark, in order.
    pub quotations: Vec<Span>,
}

/// Checks an article with all rules that are switched on.
pub fn check(document: &Document, rules: &Rules) -> Checked {
    check_without(document, rules, Packs::Guessed, |_| false)
}

/// Checks an article with the packs that are chosen; findings for which `rejected` holds are left out *before* overlapping ones are
/// settled, so that what a rejected finding covered comes to light.
pub fn check_without(document: &Document, rules: &Rules, packs: Packs, rejected: impl Fn(&Finding) -> bool) -> Checked {
    check_decided(document, rules, packs, &Decisions::default(), rejected)
}

/// As [`check_without`]; what an editor decided about pronouns holds for the rest of the article.
pub fn check_decided(
    document: &Document,
    rules: &Rules,
    packs: Packs,
    decisions: &Decisions,
    rejected: impl Fn(&Finding) -> bool,
) -> Checked {
    check_analysed(&Analysis::decided(document, &rules.lexicon, decisions), document, rules, packs, rejected)
}

/// As [`check_decided`], of an article that was analysed with the same rules.
pub fn check_analysed(
    article: &Analysis,
    document: &Document,
    rules: &Rules,
    packs: Packs,
    rejected: impl Fn(&Finding) -> bool,
) -> Checked {
    let mut guess = article.language().cloned();
    for sign in guess.iter_mut().flat_map(|g| &mut g.evidence) {
        sign.span = to_article_span(article, sign.span);
    }
    let unread = Unread::read(document, article);
    let quotations = article.quotations().outer().iter().map(|q| to_article_span(article, *q)).collect();
    let mut checked = Checked { guess, quotations, ..Checked::default() };
    if let Some(notice) = unread.notice() {
        let place = if unread.is_most() { &mut checked.notices } else { &mut checked.remarks };
        place.push(notice);
    }
    let left_alone = |f: &Finding| {
        let words = f.span.of(&document.text);
        // A layer that lists a word says how it is written, not how it is used.
        let written = matches!(f.category, Category::Spacing | Category::Capitals | Category::Encoding | Category::Names);
        rules.lexicon.is_left_alone(&f.rule, words) || (written && rules.lexicon.is_vouched_for(words))
    };
    let running: Vec<&Rule> = rules.rules.iter().filter(|r| r.card.enabled && packs.run(&r.card.languages, article.language())).collect();
    for outcome in run_all(&running, article, document) {
        match outcome {
            Ok(findings) => checked.findings.extend(findings.into_iter().filter(|f| !unread.holds(f) && !rejected(f) && !left_alone(f))),
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

/// Runs rules, which know nothing of each other; what they say comes in their order.
fn run_all(rules: &[&Rule], article: &Analysis, document: &Document) -> Vec<Result<Vec<Finding>, String>> {
    let said = threads::each(article.threads(), rules.len(), |i| rules.get(i).map(|rule| run(rule, article, document)));
    said.into_iter().flatten().collect()
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
    let repairs_litter = place == Place::Article && finding.category == Category::Encoding;
    finding = in_article(finding, place, article, document);
    // Whatever a card or a house says: what breaks the laws is looked at. A repair of litter is proved by its round trip.
    for fix in finding.fixes.iter_mut().filter(|f| !repairs_litter && !f.keeps_the_safe_laws()) {
        fix.applicability = Applicability::Review;
    }
    finding
}

/// A finding in the coordinates of the article.
fn in_article(mut finding: Finding, place: Place, article: &Analysis, document: &Document) -> Finding {
    if place == Place::Article {
        let onward = |position: usize| article.alignment().onward(position);
        finding.in_quotation = article.in_quotation(Span::new(onward(finding.span.start), onward(finding.span.end)));
        return finding;
    }
    let changed = finding.fixes.first().filter(|f| f.changes_words()).and_then(|f| f.edits.hull());
    finding.in_quotation = article.in_quotation(finding.span) || changed.is_some_and(|hull| article.in_quotation(hull));
    let alignment = article.alignment();
    if alignment.is_empty() {
        return finding;
    }
    finding.fixes = finding
        .fixes
        .into_iter()
        .filter_map(|fix| {
            let edits = fix.edits.iter().map(|e| {
                let wide = alignment.widened(e.span());
                let head = Span::new(wide.start, e.at).of(article.text());
                let tail = Span::new(e.span().end, wide.end).of(article.text());
                Edit::replace(&document.text, alignment.outward(wide), format!("{head}{}{tail}", e.to))
            });
            Some(Fix { edits: Edits::new(edits.collect())?, ..fix })
        })
        .collect();
    finding.span = alignment.outward(finding.span);
    finding.scope = alignment.outward(finding.scope);
    for evidence in &mut finding.evidence {
        evidence.span = alignment.outward(evidence.span);
    }
    finding
}

/// A span of the view in bytes of the article.
pub fn to_article_span(article: &Analysis, span: Span) -> Span {
    article.alignment().outward(span)
}

/// Sorts findings and leaves out those inside the scope of another rule's wider finding: one wound is one finding.
fn settle(findings: &mut Vec<Finding>) {
    findings.sort_by(|a, b| (a.span.start, a.span.end, &a.rule).cmp(&(b.span.start, b.span.end, &b.rule)));
    let reaches: Vec<Span> =
        findings.iter().map(|f| f.fixes.first().and_then(|x| x.edits.hull()).map_or(f.span, |hull| f.span.cover(hull))).collect();
    let order = |key: &dyn Fn(usize) -> usize| {
        let mut order: Vec<usize> = (0..findings.len()).collect();
        order.sort_by_key(|&i| (key(i), i));
        order
    };
    let scope = |i: usize| findings.get(i).map_or(Span::default(), |f| f.scope);
    let reach = |i: usize| reaches.get(i).copied().unwrap_or_default();
    let mut coming = order(&|i| scope(i).start).into_iter().peekable();
    // Scopes that began before the present place and have not ended: few, so that the walk is linear.
    let mut open: Vec<usize> = Vec::new();
    let mut hidden = vec![false; findings.len()];
    for own in order(&|i| reach(i).start) {
        let place = reach(own);
        while let Some(next) = coming.next_if(|&i| scope(i).start <= place.start) {
            open.push(next);
        }
        open.retain(|&i| scope(i).end >= place.start);
        let hides = |&i: &usize| {
            let wider = scope(i).len() > scope(own).len() || (scope(i).len() == scope(own).len() && i < own);
            i != own && wider && !scope(i).is_empty() && scope(i).contains(place) && outranks(findings, i, own)
        };
        if let Some(slot) = hidden.get_mut(own) {
            *slot = open.iter().any(hides);
        }
    }
    let mut index = 0;
    findings.retain(|_| {
        index += 1;
        hidden.get(index - 1) != Some(&true)
    });
}

/// Whether a finding may hide another inside its scope: not one of its own rule, none that is shown
/// where it is a hint itself, and no litter that its fix does not repair along with its own words.
fn outranks(findings: &[Finding], index: usize, other: usize) -> bool {
    let (Some(wide), Some(inner)) = (findings.get(index), findings.get(other)) else { return false };
    let first_edits = |f: &Finding| f.fixes.first().map(|x| x.edits.iter().map(Edit::span).collect::<Vec<_>>()).unwrap_or_default();
    let repairs = || {
        let cured = first_edits(wide);
        first_edits(inner).iter().all(|piece| cured.iter().any(|edit| edit.contains(*piece)))
    };
    wide.rule != inner.rule && wide.tier >= inner.tier && (inner.category != Category::Encoding || repairs())
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
