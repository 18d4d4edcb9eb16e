//! Detectors: each reads an analysed article and reports findings. A detector is a pure function of the
//! analysis and its parameters; it returns the same findings in the same order every time.

mod brackets;
mod capital_weights;
mod capitals;
mod consistency;
mod day_calques;
mod encoding;
mod glued_words;
mod headline_tails;
mod house_spellings;
mod leftovers;
mod lost_capitals;
mod name_particles;
mod name_variants;
mod numbers;
pub mod phrases;
mod pronouns;
mod punctuation;
mod quotation_marks;
mod repetition;
mod resumptive;
mod split_words;
mod word_order;

use crate::analysis::Analysis;
use crate::analysis::litter::{Litter, LitterKind};
use crate::finding::{Applicability, Evidence, Finding, Fix, Tier};
use crate::rules::{Card, Lexicon};
use crate::text::{Edit, Edits, Span};

/// What finds one kind of damage.
pub trait Detect: Send + Sync {
    /// Reports every place of the article.
    fn detect(&self, article: &Analysis, report: &mut Report);
}

/// Makes a detector from a card's parameters; the error is a sentence for the editor who wrote the card.
pub type Build = fn(&toml::Table, &Lexicon) -> Result<Box<dyn Detect>, String>;

/// Every detector by name. To add one, add its file and its line.
pub const DETECTORS: &[(&str, Build)] = &[
    ("quotation-marks", quotation_marks::build_quotation_marks),
    ("stray-capitals", capitals::build),
    ("lost-capital", lost_capitals::build_lost_capital),
    ("small-names", lost_capitals::build_small_names),
    ("bare-titles", lost_capitals::build_bare_titles),
    ("name-variants", name_variants::build),
    ("mixed-particles", name_particles::build_mixed_particles),
    ("outlet-names", name_particles::build_outlet_names),
    ("doubled-words", repetition::build_doubled_words),
    ("doubled-phrases", repetition::build_doubled_phrases),
    ("resumptive-pronoun", resumptive::build),
    ("repaired-litter", encoding::build_repaired_litter),
    ("lost-characters", encoding::build_lost_characters),
    ("foreign-script", encoding::build_foreign_script),
    ("space-before-mark", punctuation::build_space_before),
    ("doubled-marks", punctuation::build_doubled),
    ("foreign-marks", punctuation::build_foreign),
    ("space-in-brackets", brackets::build_space_in_brackets),
    ("unbalanced-brackets", brackets::build_unbalanced),
    ("stray-mark", punctuation::build_stray),
    ("orphan-fragment", punctuation::build_orphan),
    ("lost-final-stop", punctuation::build_final_stop),
    ("glued-words", glued_words::build),
    ("split-words", split_words::build_split_words),
    ("line-end-hyphens", split_words::build_line_end_hyphens),
    ("doubled-spaces", split_words::build_doubled_spaces),
    ("phrases", phrases::build),
    ("day-calques", day_calques::build),
    ("verb-first", word_order::build_verb_first),
    ("late-subject", word_order::build_late_subject),
    ("pronouns", pronouns::build),
    ("leftover-lines", leftovers::build_lines),
    ("mixed-forms", consistency::build_mixed),
    ("dashes", consistency::build_dashes),
    ("percent-space", consistency::build_percent_space),
    ("stop-side", consistency::build_stop_side),
    ("date-forms", consistency::build_dates),
    ("quoted-names", consistency::build_quoted_names),
    ("caption-credits", leftovers::build_captions),
    ("run-in-credits", leftovers::build_run_in),
    ("thousand-word", numbers::build_thousand),
    ("no-separator", numbers::build_separator),
    ("decimal-comma", numbers::build_decimal),
    ("roman-century", numbers::build_century),
    ("currency-space", numbers::build_currency),
    ("lost-sign", numbers::build_lost_sign),
    ("impossible-figure", numbers::build_impossible),
    ("headline-tails", headline_tails::build),
];

/// Makes the detector that a card names.
///
/// # Errors
/// A sentence that names the valid detectors or the wrong parameter.
pub fn build(card: &Card, lexicon: &Lexicon) -> Result<Box<dyn Detect>, String> {
    let Some((_, build)) = DETECTORS.iter().find(|(name, _)| *name == card.detector) else {
        let names: Vec<&str> = DETECTORS.iter().map(|(name, _)| *name).collect();
        return Err(format!("there is no detector {:?}; there are {}", card.detector, names.join(", ")));
    };
    build(&card.params, lexicon)
}

/// Refuses parameters that a detector does not know.
///
/// # Errors
/// A sentence that names the wrong key and the valid ones.
pub fn only_params(params: &toml::Table, known: &[&str]) -> Result<(), String> {
    match params.keys().find(|k| !known.contains(&k.as_str())) {
        Some(key) => {
            Err(format!("unknown parameter {key:?}; there are {}", if known.is_empty() { "none".to_owned() } else { known.join(", ") }))
        }
        None => Ok(()),
    }
}

/// A list of strings among the parameters; empty when it is not given.
///
/// # Errors
/// A sentence when the value is something else.
pub fn string_list(params: &toml::Table, key: &str) -> Result<Vec<String>, String> {
    let Some(value) = params.get(key) else { return Ok(Vec::new()) };
    let wrong = || format!("parameter {key:?} must be a list of strings");
    value.as_array().ok_or_else(wrong)?.iter().map(|v| v.as_str().map(str::to_owned).ok_or_else(wrong)).collect()
}

/// Which text the spans of a finding belong to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// The view that detectors read.
    View,
    /// The article itself: litter, which the view is free of.
    Article,
}

/// Where a detector puts its findings. It knows the card, so that a detector can't give a wrong
/// identifier, category or a trust above the card's ceiling.
pub struct Report<'a> {
    card: &'a Card,
    text: &'a str,
    findings: Vec<(Place, Finding)>,
}

impl<'a> Report<'a> {
    /// An empty report for one rule over one text.
    pub fn new(card: &'a Card, text: &'a str) -> Self {
        Self { card, text, findings: Vec::new() }
    }

    /// Starts a finding at `span` (bytes of the view). Call [`Draft::done`] at its end.
    pub fn finding(&mut self, span: Span) -> Draft<'_, 'a> {
        let message = self.card.message.replace("{found}", span.of(self.text));
        let finding = Finding {
            rule: self.card.id.clone(),
            category: self.card.category,
            tier: self.card.tier,
            span,
            scope: span,
            message,
            evidence: Vec::new(),
            fixes: Vec::new(),
            in_quotation: false,
        };
        Draft { report: self, finding, place: Place::View }
    }

    /// Starts a finding on a piece of litter, with its own repair as the fix, trusted no further than `most`.
    /// Its spans are in bytes of the article: the view has no litter to point at.
    pub fn litter(&mut self, litter: &Litter, most: Applicability) -> Draft<'_, 'a> {
        let found = if litter.kind == LitterKind::Invisible { &litter.shown_after } else { &litter.shown_before };
        let mut draft = self.finding(Span::at(litter.span.start));
        draft.place = Place::Article;
        draft.finding.span = litter.span;
        draft.finding.scope = litter.span;
        draft.finding.message = draft.report.card.message.replace("{found}", found.trim());
        let title = if litter.shown_after.trim().is_empty() { "take it out".to_owned() } else { litter.shown_after.clone() };
        draft.fix_at_most(title, vec![litter.repair.clone()], most)
    }

    /// Whether the article surely comes from one of the languages of the card.
    pub fn comes_from_its_language(&self, article: &Analysis) -> bool {
        article.language().is_some_and(|guess| guess.is_sure() && self.card.languages.iter().any(|l| l == guess.language.id()))
    }

    /// What was reported, and in which text.
    pub fn into_findings(self) -> Vec<(Place, Finding)> {
        self.findings
    }
}

/// A finding that is being put together.
#[must_use = "a draft is reported by `done`"]
pub struct Draft<'r, 'a> {
    report: &'r mut Report<'a>,
    finding: Finding,
    place: Place,
}

impl Draft<'_, '_> {
    /// Fills `{name}` of the message.
    pub fn value(mut self, name: &str, value: &str) -> Self {
        self.finding.message = self.finding.message.replace(&format!("{{{name}}}"), value);
        self
    }

    /// Says something else than the card's first message.
    pub fn says(mut self, message: &str) -> Self {
        self.finding.message = message.replace("{found}", self.finding.span.of(self.report.text));
        self
    }

    /// Adds a place that convinced the rule.
    pub fn because(mut self, span: Span, note: impl Into<String>) -> Self {
        self.finding.evidence.push(Evidence { span, note: note.into() });
        self
    }

    /// Makes it a hint.
    pub fn hint(mut self) -> Self {
        self.finding.tier = Tier::Hint;
        self
    }

    /// Claims a wider stretch where no other rule shall speak: one wound is one finding.
    pub fn scope(mut self, scope: Span) -> Self {
        self.finding.scope = self.finding.scope.cover(scope);
        self
    }

    /// Offers a fix, best first, trusted as far as the card allows. A change to nothing, or one whose
    /// edits overlap, is left out.
    pub fn fix(self, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        let most = self.report.card.applicability;
        self.fix_at_most(title, edits, most)
    }

    /// Offers a fix that a person must look at.
    pub fn fix_to_review(self, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.fix_at_most(title, edits, Applicability::Review)
    }

    /// Offers a fix that is trusted no further than `most` and the card's ceiling.
    pub fn fix_at_most(mut self, title: impl Into<String>, edits: Vec<Edit>, most: Applicability) -> Self {
        if let Some(edits) = Edits::new(edits).filter(|e| !e.is_empty()) {
            let applicability = most.min(self.report.card.applicability);
            let fix = Fix { title: title.into(), edits, applicability };
            if !self.finding.fixes.iter().any(|f| f.edits == fix.edits) {
                self.finding.fixes.push(fix);
            }
        }
        self
    }

    /// Offers to put `to` where the finding stands.
    pub fn replace(self, to: impl Into<String>) -> Self {
        let to = to.into();
        let edit = Edit::replace(self.report.text, self.finding.span, to.clone());
        self.fix(to, vec![edit])
    }

    /// Reports the finding.
    pub fn done(self) {
        self.report.findings.push((self.place, self.finding));
    }
}
