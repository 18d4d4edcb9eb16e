//! A session: an article under review together with its rules, its findings, its file and its journal.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk::fingerprint;
use super::event::{BatchId, Choice, Event, Stamp};
use super::journal::{Journal, Recovered};
pub use super::saving::{OnChange, Original, SaveError, Written};
use super::{Entry, Hunk, Refused, Rejection, Review, Time};
use crate::analysis::Analysis;
use crate::analysis::antecedents::Decisions;
use crate::analysis::language::{Guess, Language, Packs};
use crate::check::{Checked, check_analysed};
use crate::checklist::{Check, checklist_of};
use crate::document::{Document, Format};
use crate::finding::{Category, Finding, Fix};
use crate::formats::{self, FormatError};
use crate::rules::Rules;
use crate::text::{Alignment, Edit, Edits, Span};
use rustc_hash::FxHashSet;

/// How far a rejection reaches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    /// This place.
    Here,
    /// These words, by this rule, in the whole article.
    Article,
}

/// A check that can run on another thread.
#[derive(Clone)]
pub struct Job {
    document: Arc<Document>,
    rules: Arc<Rules>,
    rejected: Vec<Rejection>,
    packs: Packs,
    decisions: Decisions,
    /// The revision it is for.
    pub revision: u64,
}

impl Job {
    /// The article.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The same check with other rules: what it finds is looked at, and taken by no session.
    #[must_use]
    pub fn with_rules(self, rules: Arc<Rules>) -> Self {
        Self { rules, ..self }
    }

    /// Checks, and lists what no rule can decide: both read one analysis, which is the dearest part.
    pub fn run(&self) -> (Checked, Vec<Check>) {
        let article = Analysis::decided(&self.document, &self.rules.lexicon, &self.decisions);
        let checked = check_analysed(&article, &self.document, &self.rules, self.packs, |f| {
            self.rejected.iter().any(|r| r.silences(&f.rule, f.span, f.span.of(&self.document.text)))
        });
        (checked, checklist_of(&article))
    }
}

/// An article under review.
pub struct Session {
    /// The name of the article.
    pub name: String,
    /// Its file; none for what was pasted.
    pub path: Option<PathBuf>,
    pub(super) document: Arc<Document>,
    /// The same as the original until something is changed.
    now: Arc<Document>,
    rules: Arc<Rules>,
    pub(super) review: Review,
    pub(super) journal: Option<Journal>,
    findings: Vec<Finding>,
    quotations: Vec<Span>,
    pub(super) notices: Vec<String>,
    guess: Option<Guess>,
    told: Option<Language>,
    pub(super) checked: Option<u64>,
    checks: u64,
    pub(super) file_hash: String,
    batches: BatchId,
}

impl Session {
    /// Reads an article.
    ///
    /// # Errors
    /// [`FormatError`] when the bytes are no article.
    pub fn new(name: impl Into<String>, path: Option<PathBuf>, bytes: &[u8], rules: Arc<Rules>) -> Result<Self, FormatError> {
        let name = name.into();
        let document = Arc::new(formats::read(&name, bytes)?);
        Ok(Self {
            name,
            path,
            now: Arc::clone(&document),
            review: Review::new(document.text.clone()),
            document,
            rules,
            journal: None,
            findings: Vec::new(),
            quotations: Vec::new(),
            notices: Vec::new(),
            guess: None,
            told: None,
            checked: None,
            checks: 0,
            file_hash: fingerprint(bytes),
            batches: 0,
        })
    }

    /// Folds what a journal holds and goes on writing to it. The sentence says what could not be restored.
    pub fn resume(&mut self, mut journal: Journal, recovered: Recovered) -> Option<String> {
        let mut dropped = recovered.dropped;
        for (i, entry) in recovered.entries.into_iter().enumerate() {
            self.batches = self.batches.max(entry.batch.unwrap_or(0));
            if let Err(refused) = self.review.push(entry) {
                dropped = Some(format!("decision {} of the journal does not fit ({refused}); it and what follows is dropped", i + 1));
                if let Err(error) = journal.keep(i) {
                    dropped = Some(error.to_string());
                }
                break;
            }
        }
        // Its file is where it was saved last, whatever file it came from.
        if let Some((path, hash)) = self.review.saved().map(|s| (PathBuf::from(&s.path), s.hash.clone())) {
            self.file_hash = hash;
            self.take_path(path);
        }
        self.journal = Some(journal);
        self.refresh();
        dropped
    }

    /// Counts for the statistics nothing that was done before a time. To be said before anything is folded.
    pub fn count_since(&mut self, time: Option<Time>) {
        self.review.count_since(time);
    }

    /// Writes decisions to a journal from now on.
    pub fn keep_in(&mut self, journal: Journal) {
        self.journal = Some(journal);
    }

    /// Where its journal lies.
    pub fn folder(&self) -> Option<&Path> {
        self.journal.as_ref().map(Journal::folder)
    }

    pub(super) fn refresh(&mut self) {
        let edits = self.review.composed();
        self.now = if edits.is_empty() {
            Arc::clone(&self.document)
        } else {
            Arc::new(self.document.moved(self.review.text().to_owned(), &edits))
        };
    }

    /// A number for entries that are undone together.
    pub(super) fn next_batch(&mut self) -> BatchId {
        self.batches += 1;
        self.batches
    }

    /// Folds an event and writes it down. Findings follow the change until the next check.
    ///
    /// # Errors
    /// [`Refused`] when it does not fit; nothing is changed then.
    pub fn record(&mut self, event: Event, stamp: &Stamp) -> Result<(), Refused> {
        // A tick changes neither the text nor what is silent: the findings stand.
        let stands = matches!(event, Event::Ticked { .. }) && self.is_checked();
        self.record_entry(&stamp.entry(event))?;
        self.refresh();
        if stands {
            self.checked = Some(self.review.revision());
        }
        Ok(())
    }

    /// As [`Session::record`], and a step of undo by itself, whatever was typed before or after.
    ///
    /// # Errors
    /// [`Refused`] when it does not fit; nothing is changed then.
    pub fn record_step(&mut self, event: Event, stamp: &Stamp) -> Result<(), Refused> {
        let batch = Some(self.next_batch());
        self.record_entry(&Entry { batch, ..stamp.entry(event) })?;
        self.refresh();
        Ok(())
    }

    pub(super) fn record_entry(&mut self, entry: &Entry) -> Result<(), Refused> {
        let edits = match &entry.event {
            Event::Undone => self.review.last_step().map(|s| s.back(self.text())),
            Event::Redone => self.review.next_step().map(|s| s.again(self.text())),
            event => event.edits().cloned(),
        }
        .unwrap_or_default();
        // What undo comes back to was there before.
        if entry.event != Event::Undone {
            self.fits(&edits)?;
        }
        self.fold(entry)?;
        self.follow(&edits);
        Ok(())
    }

    /// Asks the file whether it can hold these edits of the text.
    fn fits(&self, edits: &Edits) -> Result<(), Refused> {
        if edits.is_empty() || self.document.source.format == Format::Text {
            return Ok(());
        }
        self.held(&self.review.composed(), &self.review.composed_with(edits))
    }

    fn held(&self, before: &Edits, after: &Edits) -> Result<(), Refused> {
        formats::holds(&self.document, before, after).map_err(Refused::Unwritable)
    }

    /// Findings go along with a change; those that it touches are gone until the next check.
    fn follow(&mut self, edits: &Edits) {
        if edits.is_empty() {
            return;
        }
        let alignment = Alignment::new(edits);
        self.findings.retain_mut(|f| f.follow(&alignment));
        self.quotations = self
            .quotations
            .iter()
            .map(|q| Span::new(alignment.onward(q.start), alignment.onward(q.end)))
            .filter(|q| !q.is_empty())
            .collect();
    }

    fn fold(&mut self, entry: &Entry) -> Result<(), Refused> {
        self.review.push(entry.clone())?;
        if let Some(journal) = &mut self.journal
            && let Err(error) = journal.append(entry)
        {
            self.notices.push(format!("decisions are not written down any more: {error}"));
            self.journal = None;
        }
        Ok(())
    }

    /// Takes a fix.
    ///
    /// # Errors
    /// [`Refused`] when the text is not the one that was checked.
    pub fn accept(&mut self, finding: &Finding, fix: usize, stamp: &Stamp) -> Result<(), Refused> {
        let chosen = finding.fixes.get(fix).ok_or(Refused::NotDone)?;
        self.take_finding(finding, accepted(finding, chosen.title.clone(), chosen.edits.clone(), Choice::of(fix)), stamp)
    }

    /// Records that a finding was taken. It goes at once: a fix that only puts words in leaves its own words
    /// untouched, and would be offered, and made, again before the next check.
    fn take_finding(&mut self, finding: &Finding, event: Event, stamp: &Stamp) -> Result<(), Refused> {
        let place = self.findings.iter().position(|f| f == finding);
        let taken = place.map(|i| (i, self.findings.remove(i)));
        let outcome = self.record(event, stamp);
        if let (Err(_), Some((i, finding))) = (&outcome, taken) {
            self.findings.insert(i, finding);
        }
        outcome
    }

    /// Takes an edited fix: `to` shall stand in `span`.
    ///
    /// # Errors
    /// [`Refused`] when the text is not the one that was checked.
    pub fn accept_edited(&mut self, finding: &Finding, span: Span, to: &str, stamp: &Stamp) -> Result<(), Refused> {
        let edits = Edits::one(Edit::replace(self.text(), span, to).trimmed());
        self.take_finding(finding, accepted(finding, format!("{} (by hand)", to.trim()), edits, Choice::Edited), stamp)
    }

    /// Declines a finding.
    ///
    /// # Errors
    /// Never in practice; kept for one shape of all decisions.
    pub fn reject(&mut self, finding: &Finding, reach: Reach, stamp: &Stamp) -> Result<(), Refused> {
        let words = (reach == Reach::Article).then(|| finding.span.of(self.text()).to_owned());
        let event = Event::Rejected { rule: finding.rule.clone(), span: finding.span, words };
        self.record(event, stamp)?;
        self.findings.retain(|f| !self.review.is_rejected(&f.rule, f.span, f.span.of(self.review.text())));
        Ok(())
    }

    /// The findings of the same rule whose first fix makes the same change, those inside quotations apart.
    pub fn alike(&self, finding: &Finding) -> Vec<Finding> {
        let change = |f: &Finding| -> Vec<(String, String)> {
            f.fixes.first().map(|x| x.edits.iter().map(|e| (e.from.clone(), e.to.clone())).collect()).unwrap_or_default()
        };
        let wanted = change(finding);
        self.findings.iter().filter(|f| f.rule == finding.rule && f.may_be_batched() && change(f) == wanted).cloned().collect()
    }

    /// Takes the first fix of each finding, as one step of undo. Those that overlap one taken before are left.
    /// Returns how many were taken.
    ///
    /// # Errors
    /// [`Refused`] when the text is not the one that was checked.
    pub fn accept_all(&mut self, findings: &[Finding], stamp: &Stamp) -> Result<usize, Refused> {
        let mut taken: Vec<(&Finding, &Fix)> = findings.iter().filter_map(|f| Some((f, f.fixes.first()?))).collect();
        taken.sort_by_key(|(_, fix)| fix.edits.hull().map(|h| (h.start, h.len())));
        let mut end = None;
        taken.retain(|(_, fix)| {
            let hull = fix.edits.hull().unwrap_or_default();
            let free = end.is_none_or(|e| hull.start > e || (hull.start == e && !hull.is_empty()));
            end = if free { Some(hull.end) } else { end };
            free
        });
        let all = |taken: &[(&Finding, &Fix)]| Edits::new(taken.iter().flat_map(|(_, fix)| fix.edits.iter().cloned()).collect());
        if all(&taken).is_some_and(|e| self.fits(&e).is_err()) {
            // Those that the file can't hold are left.
            taken.retain(|(_, fix)| self.fits(&fix.edits).is_ok());
            self.fits(&all(&taken).unwrap_or_default())?;
        }
        let batch = Some(self.next_batch());
        // From the last to the first, so that no edit moves the place of another.
        for (i, (finding, fix)) in taken.iter().rev().enumerate() {
            let event = accepted(finding, fix.title.clone(), fix.edits.clone(), Choice::First);
            let entry = Entry { batch, ..stamp.entry(event) };
            if let Err(refused) = self.fold(&entry) {
                if i > 0 {
                    self.fold(&stamp.entry(Event::Undone))?;
                }
                self.findings.clear();
                self.refresh();
                return Err(refused);
            }
        }
        // Those that only put words in would be left.
        let gone: FxHashSet<(&str, Span)> = taken.iter().map(|(f, _)| (f.rule.as_str(), f.span)).collect();
        self.findings.retain(|f| !gone.contains(&(f.rule.as_str(), f.span)));
        match all(&taken) {
            Some(all) => self.follow(&all),
            None => self.findings.clear(),
        }
        self.refresh();
        Ok(taken.len())
    }

    /// Takes an earlier decision back, out of order.
    ///
    /// # Errors
    /// [`Refused`] when later changes touch what it wrote.
    pub fn revert(&mut self, entry: usize, stamp: &Stamp) -> Result<(), Refused> {
        let event = self.review.revert(entry)?;
        self.record(event, stamp)
    }

    /// How many findings are alike to one, as [`Session::alike`] says.
    pub fn count_alike(&self, finding: &Finding) -> usize {
        fn change(finding: &Finding) -> impl Iterator<Item = (&String, &String)> {
            finding.fixes.first().into_iter().flat_map(|x| x.edits.iter()).map(|e| (&e.from, &e.to))
        }
        let same = |f: &&Finding| change(f).eq(change(finding));
        self.findings.iter().filter(|f| f.rule == finding.rule).filter(same).filter(|f| f.may_be_batched()).count()
    }

    /// Takes several earlier entries back, the last first, as one step of undo.
    ///
    /// # Errors
    /// [`Refused`] when later changes touch what one of them wrote; nothing is changed then.
    pub fn revert_all(&mut self, entries: &[usize], stamp: &Stamp) -> Result<(), Refused> {
        self.turn_all(entries.iter().rev(), Review::revert, stamp)
    }

    /// Does several entries again that were taken back, the first first, as one step of undo.
    ///
    /// # Errors
    /// [`Refused`] when later changes touch the words of one of them; nothing is changed then.
    pub fn again_all(&mut self, entries: &[usize], stamp: &Stamp) -> Result<(), Refused> {
        self.turn_all(entries.iter(), Review::again, stamp)
    }

    fn turn_all<'a>(
        &mut self,
        entries: impl Iterator<Item = &'a usize>,
        turn: fn(&Review, usize) -> Result<Event, Refused>,
        stamp: &Stamp,
    ) -> Result<(), Refused> {
        let batch = Some(self.next_batch());
        let before = self.review.composed();
        let done = self.review.done().len();
        let mut outcome = Ok(());
        for number in entries {
            // On the way the text may be one that the file can't hold; at the end it may not.
            outcome = turn(&self.review, *number).and_then(|event| {
                let edits = event.edits().cloned().unwrap_or_default();
                self.fold(&Entry { batch, ..stamp.entry(event) })?;
                self.follow(&edits);
                Ok(())
            });
            if outcome.is_err() {
                break;
            }
        }
        outcome = outcome.and_then(|()| self.held(&before, &self.review.composed()));
        if outcome.is_err() && self.review.done().len() > done {
            self.record_entry(&stamp.entry(Event::Undone))?;
        }
        self.refresh();
        outcome
    }

    /// Gives one changed place its original words back.
    ///
    /// # Errors
    /// [`Refused`] when the text changed since the hunk was made.
    pub fn revert_hunk(&mut self, hunk: &Hunk, stamp: &Stamp) -> Result<(), Refused> {
        self.record(self.review.revert_hunk(hunk), stamp)
    }

    /// Checks the article as it is now; returns what no rule can decide.
    pub fn check(&mut self) -> Vec<Check> {
        let job = self.job();
        let (checked, checks) = job.run();
        self.take(&job, checked);
        checks
    }

    /// A check that can run elsewhere; its result goes to [`Session::take`].
    pub fn job(&self) -> Job {
        Job {
            document: Arc::clone(&self.now),
            rules: Arc::clone(&self.rules),
            rejected: self.review.rejected().to_vec(),
            packs: self.running_packs(),
            decisions: self.decisions(),
            revision: self.review.revision(),
        }
    }

    /// Which pronouns were decided.
    fn decisions(&self) -> Decisions {
        let of_pronouns = |id: &str| self.rules.rules.iter().any(|r| r.card.id == id && r.card.category == Category::Pronouns);
        Decisions {
            accepted: self.review.accepted_places(of_pronouns),
            declined: self.review.rejected().iter().filter(|r| of_pronouns(&r.rule)).map(|r| r.span).collect(),
        }
    }

    /// Takes the result of a check, unless the article or its rules changed since. Returns whether it was taken.
    pub fn take(&mut self, job: &Job, checked: Checked) -> bool {
        if job.revision != self.review.revision() || job.packs != self.running_packs() || !Arc::ptr_eq(&job.rules, &self.rules) {
            return false;
        }
        self.findings = checked.findings;
        self.quotations = checked.quotations;
        self.guess = checked.guess;
        for notice in checked.notices.into_iter().chain(checked.remarks) {
            if !self.notices.contains(&notice) {
                self.notices.push(notice);
            }
        }
        self.checked = Some(job.revision);
        self.checks += 1;
        true
    }

    /// Whether the findings are those of the text as it is now.
    pub fn is_checked(&self) -> bool {
        self.checked == Some(self.review.revision())
    }

    /// How many checks were taken: with other rules the findings of one text differ.
    pub fn checks(&self) -> u64 {
        self.checks
    }

    /// Checks with other rules from now on.
    pub fn use_rules(&mut self, rules: Arc<Rules>) {
        self.rules = rules;
        self.checked = None;
    }

    /// The original article.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The article as it is now, for checking and reading.
    pub fn now(&self) -> &Document {
        &self.now
    }

    /// The text now.
    pub fn text(&self) -> &str {
        self.review.text()
    }

    /// The decisions.
    pub fn review(&self) -> &Review {
        &self.review
    }

    /// The rules.
    pub fn rules(&self) -> &Arc<Rules> {
        &self.rules
    }

    /// The findings, in order of the text; those of an older text follow its changes until the next check.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The quotations, from mark to mark, in order of the text; those of an older text follow its changes.
    pub fn quotations(&self) -> &[Span] {
        &self.quotations
    }

    /// Whether a stretch of the text stands inside a quotation, as of the last check.
    pub fn is_quoted(&self, span: Span) -> bool {
        let i = self.quotations.partition_point(|q| q.start < span.start);
        i.checked_sub(1).and_then(|i| self.quotations.get(i)).is_some_and(|q| span.end < q.end)
    }

    /// The language that the article seems to be translated from, as of the last check.
    pub fn guess(&self) -> Option<&Guess> {
        self.guess.as_ref()
    }

    /// Hears in which language the source text is written; none where there is none or it is not known. That is
    /// better evidence than any guess, and chooses the packs unless the editor did.
    pub fn hear_source(&mut self, language: Option<Language>) {
        let before = self.running_packs();
        self.told = language;
        if self.running_packs() != before {
            self.checked = None;
        }
    }

    /// The language of the source text, where that is known.
    pub fn told(&self) -> Option<Language> {
        self.told
    }

    fn running_packs(&self) -> Packs {
        match (self.review.packs(), self.told) {
            (Packs::Guessed, Some(language)) => Packs::Only(language),
            (chosen, _) => chosen,
        }
    }

    /// The packs of wording rules that were chosen.
    pub fn packs(&self) -> Packs {
        self.review.packs()
    }

    /// What went wrong on the way, one sentence each.
    pub fn notices(&self) -> &[String] {
        &self.notices
    }
}

fn accepted(finding: &Finding, fix: String, edits: Edits, choice: Choice) -> Event {
    Event::Accepted { rule: finding.rule.clone(), fix, message: finding.message.clone(), edits, choice }
}
