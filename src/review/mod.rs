//! Decisions as events, and the article as their fold. Pure: no clock, no files.
//!
//! Undo and redo move over *steps*: an event, a batch of events, or a word of typing. A rejected place
//! follows its words through every change and lapses when they are changed themselves.

pub mod carrying;
pub mod disk;
pub mod event;
pub mod journal;
pub mod left;
mod saving;
pub mod session;
mod state;
pub mod statistics;

use thiserror::Error;

pub use event::{Choice, Entry, Event, Stamp, Time};
pub use session::Session;
pub use state::{Hunk, Rejection};

use crate::analysis::language::Packs;
use crate::document::PlaceError;
use crate::text::{Edit, Edits, Pieces, Span, Stale};
use state::State;
use statistics::Tally;

/// A snapshot is kept every so many steps, so that undo folds no more than this anew.
const SNAPSHOT_EVERY: usize = 64;

/// Letters that come later begin a new step: who comes back to a word takes back what was typed since.
const PAUSE: jiff::SignedDuration = jiff::SignedDuration::from_secs(3);

/// An event that does not fit the article as it is.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum Refused {
    /// The text is not the one the event was made for.
    #[error(transparent)]
    Stale(#[from] Stale),
    /// Undo at the beginning.
    #[error("there is nothing to undo")]
    NothingToUndo,
    /// Redo at the end.
    #[error("there is nothing to redo")]
    NothingToRedo,
    /// The entry to be taken back is not done, or was taken back before.
    #[error("this decision stands no more")]
    NotDone,
    /// What the entry wrote was changed since.
    #[error("{0} was changed again since; take the later change back first")]
    Overwritten(String),
    /// The file can't hold it.
    #[error("{}", .0.in_short())]
    Unwritable(PlaceError),
}

/// What is undone together: entries with their numbers in the journal.
#[derive(Clone, Debug)]
pub struct Step {
    /// In order; never empty.
    pub entries: Vec<(usize, Entry)>,
}

impl Step {
    /// The last entry.
    fn last(&self) -> Option<&Entry> {
        self.entries.last().map(|(_, e)| e)
    }

    /// The batch that it is, if it is one.
    pub fn batch(&self) -> Option<event::BatchId> {
        self.last().and_then(|e| e.batch)
    }

    /// What undoing it changes in the text as it is now, as one set of edits.
    pub fn back(&self, text: &str) -> Edits {
        composed(text, self.entries.iter().rev().filter_map(|(_, e)| e.event.edits().map(Edits::invert)))
    }

    /// What doing it again changes in the text as it is now.
    pub fn again(&self, text: &str) -> Edits {
        composed(text, self.entries.iter().filter_map(|(_, e)| e.event.edits().cloned()))
    }

    /// Where the step changed the text, in bytes of the text after it.
    pub fn place_after(&self) -> Option<Span> {
        let (_, entry) = self.entries.last()?;
        match &entry.event {
            Event::Rejected { span, .. } => Some(*span),
            event => event.edits()?.invert().hull(),
        }
    }

    /// Where the step changed the text, in bytes of the text before it.
    pub fn place_before(&self) -> Option<Span> {
        let (_, entry) = self.entries.first()?;
        match &entry.event {
            Event::Rejected { span, .. } => Some(*span),
            event => event.edits()?.hull(),
        }
    }
}

/// An article under review: the original, the steps done, and what they come to.
#[derive(Clone, Debug)]
pub struct Review {
    original: String,
    steps: Vec<Step>,
    /// How many of the steps are done; the rest can be redone.
    done: usize,
    /// The state before step 0, 64, 128 …, without its text.
    snapshots: Vec<State>,
    state: State,
    entries: usize,
    /// The next typing starts a new step.
    sealed: bool,
    saved: Option<Saved>,
    revision: u64,
    tally: Tally,
}

/// What the file holds since it was written last.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Saved {
    /// When.
    pub at: Time,
    /// Where.
    pub path: String,
    /// Of the bytes written.
    pub hash: String,
    /// The changes of the original that are in the file.
    pub edits: Edits,
}

impl Review {
    /// The review of an article that nobody touched yet.
    pub fn new(original: impl Into<String>) -> Self {
        let original = original.into();
        let state = State::new(&original);
        Self {
            original,
            steps: Vec::new(),
            done: 0,
            snapshots: vec![state.without_text()],
            state,
            entries: 0,
            sealed: false,
            saved: None,
            revision: 0,
            tally: Tally::default(),
        }
    }

    /// Folds one more event.
    ///
    /// # Errors
    /// [`Refused`] when it does not fit; nothing is changed then.
    pub fn push(&mut self, entry: Entry) -> Result<(), Refused> {
        let counted = entry.clone();
        let done = self.done;
        match &entry.event {
            Event::Undone => self.go_to(self.done.checked_sub(1).ok_or(Refused::NothingToUndo)?)?,
            Event::Redone if self.done < self.steps.len() => self.go_to(self.done + 1)?,
            Event::Redone => return Err(Refused::NothingToRedo),
            Event::Saved { path, hash } => {
                let edits = self.state.composed(&self.original);
                self.saved = Some(Saved { at: entry.at, path: path.clone(), hash: hash.clone(), edits });
                self.sealed = true;
            }
            _ => self.step(entry)?,
        }
        let moved = self.steps.get(done.min(self.done)).filter(|_| matches!(counted.event, Event::Undone | Event::Redone));
        self.tally.take(self.entries, &counted, moved);
        self.entries += 1;
        self.revision += 1;
        Ok(())
    }

    /// Counts for the statistics nothing that was done before a time, and nothing that was folded before.
    pub fn count_since(&mut self, time: Option<Time>) {
        self.tally = Tally::since(time);
    }

    /// What became of the findings, by rule.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    fn step(&mut self, entry: Entry) -> Result<(), Refused> {
        let joins = self.done == self.steps.len() && self.steps.last().and_then(Step::last).is_some_and(|last| self.joins(last, &entry));
        // The state before the step is kept before anything is changed; a refused event changes nothing.
        let before = (!joins && self.done.is_multiple_of(SNAPSHOT_EVERY)).then(|| self.state.without_text());
        self.state.apply(self.entries, &entry.event)?;
        if joins && let Some(step) = self.steps.last_mut() {
            step.entries.push((self.entries, entry));
        } else {
            self.steps.truncate(self.done);
            self.snapshots.truncate(self.done.div_ceil(SNAPSHOT_EVERY).max(1));
            self.snapshots.extend(before.filter(|_| self.done > 0));
            self.steps.push(Step { entries: vec![(self.entries, entry)] });
            self.done += 1;
        }
        self.sealed = false;
        Ok(())
    }

    /// Whether an event belongs to the step before it: the same batch, or the same word being typed.
    fn joins(&self, last: &Entry, next: &Entry) -> bool {
        if last.batch.is_some() || next.batch.is_some() {
            return last.batch == next.batch;
        }
        let (Event::Typed { edits: a }, Event::Typed { edits: b }) = (&last.event, &next.event) else { return false };
        let (Some(a), Some(b)) = (only(a), only(b)) else { return false };
        if next.at.duration_since(last.at) > PAUSE {
            return false;
        }
        if self.sealed || last.by != next.by || [a, b].iter().any(|e| e.from.contains('\n') || e.to.contains('\n')) {
            return false;
        }
        if b.from.is_empty() {
            let within = b.to.trim_end().contains(char::is_whitespace);
            let new_word = within || (a.to.ends_with(char::is_whitespace) && !b.to.starts_with(char::is_whitespace));
            // What replaces a selection is one step with its removal.
            b.at == a.at + a.to.len() && (a.to.is_empty() || !new_word)
        } else {
            let backwards = b.span().end == a.at;
            b.to.is_empty() && a.to.is_empty() && (backwards || b.at == a.at) && (a.from.ends_with(' ') || !b.from.ends_with(' '))
        }
    }

    /// Folds to the state after `target` steps.
    fn go_to(&mut self, target: usize) -> Result<(), Refused> {
        let forward = target == self.done + 1;
        let (mut state, from) = if forward {
            (self.state.clone(), self.done)
        } else {
            let i = (target / SNAPSHOT_EVERY).min(self.snapshots.len().saturating_sub(1));
            (self.snapshots.get(i).map_or_else(|| State::new(&self.original), |s| s.filled(&self.original)), i * SNAPSHOT_EVERY)
        };
        for step in self.steps.iter().take(target).skip(from) {
            for (number, entry) in &step.entries {
                state.apply(*number, &entry.event)?;
            }
        }
        self.state = state;
        self.done = target;
        self.sealed = true;
        Ok(())
    }

    /// The event that takes one earlier entry back, whatever came after it.
    ///
    /// # Errors
    /// [`Refused`] when it stands no more, or later changes touch what it wrote.
    pub fn revert(&self, number: usize) -> Result<Event, Refused> {
        // A turn that another turn followed is history.
        let turns = matches!(self.entry(number).map(|e| &e.event), Some(Event::Reverted { entry: Some(_), .. }));
        let past = turns && !self.state.is_last_turn(number);
        if past || self.is_reverted(number) { Err(Refused::NotDone) } else { self.turn(number) }
    }

    /// The event that does a decision again that was taken back out of order.
    ///
    /// # Errors
    /// [`Refused`] when it was not taken back, or later changes touch its words.
    pub fn again(&self, number: usize) -> Result<Event, Refused> {
        if self.is_reverted(number) { self.turn(number) } else { Err(Refused::NotDone) }
    }

    /// The event that takes back what a decision, or its last turn, wrote.
    fn turn(&self, number: usize) -> Result<Event, Refused> {
        let number = self.state.last_turn(number);
        let mut later = self.done_entries().skip_while(|(n, _)| *n != number);
        let (_, entry) = later.next().ok_or(Refused::NotDone)?;
        let mut edits: Vec<Edit> = entry.event.edits().map(|e| e.invert().iter().cloned().collect()).unwrap_or_default();
        for change in later.filter_map(|(_, e)| e.event.edits()) {
            for edit in &mut edits {
                let span = change.map(edit.span()).ok_or_else(|| Refused::Overwritten(quoted(edit)))?;
                edit.at = span.start;
            }
        }
        let edits = Edits::new(edits).ok_or(Refused::NotDone)?;
        Ok(Event::Reverted { entry: Some(number), edits })
    }

    /// The event that gives one changed place its original words back.
    pub fn revert_hunk(&self, hunk: &Hunk) -> Event {
        Event::Reverted { entry: None, edits: Edits::one(Edit::replace(self.text(), hunk.now, hunk.from.clone())) }
    }

    /// The text before any decision.
    pub fn original(&self) -> &str {
        &self.original
    }

    /// The text now.
    pub fn text(&self) -> &str {
        &self.state.text
    }

    /// All changes as one set of edits of the original.
    pub fn composed(&self) -> Edits {
        self.state.composed(&self.original)
    }

    /// The same, if these edits of the text now came too.
    pub fn composed_with(&self, edits: &Edits) -> Edits {
        self.state.composed_with(&self.original, edits)
    }

    /// The changed places, in order, each with the entries that made it.
    pub fn hunks(&self) -> Vec<Hunk> {
        self.state.hunks(&self.original)
    }

    /// Where a decision wrote, or what it left as it is, in bytes of the present text; where it wrote in several
    /// places, the first.
    pub fn place_of(&self, number: usize) -> Option<Span> {
        self.state.place(number)
    }

    /// The rejections that stand.
    pub fn rejected(&self) -> &[Rejection] {
        &self.state.rejected
    }

    /// Whether a rule was told to be silent at this place.
    pub fn is_rejected(&self, rule: &str, span: Span, text: &str) -> bool {
        self.state.rejected.iter().any(|r| r.silences(rule, span, span.of(text)))
    }

    /// The packs of wording rules that run.
    pub fn packs(&self) -> Packs {
        self.state.packs
    }

    /// The points that are ticked.
    pub fn ticked(&self) -> &[String] {
        &self.state.ticked
    }

    /// The steps that are done, in order.
    pub fn done(&self) -> &[Step] {
        self.steps.get(..self.done).unwrap_or(&[])
    }

    /// The step that undo takes back.
    pub fn last_step(&self) -> Option<&Step> {
        self.done().last()
    }

    /// The step that redo does again.
    pub fn next_step(&self) -> Option<&Step> {
        self.steps.get(self.done)
    }

    /// The entries that are done, in order, with their numbers.
    pub fn done_entries(&self) -> impl Iterator<Item = (usize, &Entry)> {
        self.done().iter().flat_map(|s| s.entries.iter().map(|(n, e)| (*n, e)))
    }

    /// Whether an entry was taken back out of order.
    pub fn is_reverted(&self, number: usize) -> bool {
        self.state.is_reverted(number)
    }

    /// An entry that is done, by its number.
    pub fn entry(&self, number: usize) -> Option<&Entry> {
        self.done_entries().find(|(n, _)| *n == number).map(|(_, e)| e)
    }

    /// Where the fixes that stand accepted wrote, in bytes of the present text, for some rules.
    pub fn accepted_places(&self, of: impl Fn(&str) -> bool) -> Vec<Span> {
        let stands = |n: &usize, e: &Entry| matches!(&e.event, Event::Accepted { rule, .. } if of(rule)) && !self.state.is_reverted(*n);
        let entries: Vec<usize> = self.done_entries().filter(|(n, e)| stands(n, e)).map(|(n, _)| n).collect();
        self.state.places(&entries)
    }

    /// How many fixes stand accepted.
    pub fn accepted_count(&self) -> usize {
        self.done_entries().filter(|(n, e)| matches!(e.event, Event::Accepted { .. }) && !self.state.is_reverted(*n)).count()
    }

    /// What was saved last.
    pub fn saved(&self) -> Option<&Saved> {
        self.saved.as_ref()
    }

    /// How many changed places differ between the file and the text now.
    pub fn changes_not_in_file(&self) -> usize {
        let now = self.composed();
        let none = Edits::default();
        let file = self.saved.as_ref().map_or(&none, |s| &s.edits);
        // Both are in order of the original.
        let lacks = |some: &Edits, other: &Edits| {
            let mut others = other.iter().peekable();
            let found = |e: &&Edit| {
                while others.next_if(|o| o.at < e.at).is_some() {}
                let mut here = others.clone().take_while(|o| o.at == e.at);
                here.any(|o| o == *e)
            };
            some.len() - some.iter().filter(found).count()
        };
        let (missing, undone) = (lacks(&now, file), lacks(file, &now));
        missing.max(undone)
    }

    /// A number that grows with every event.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// How many events were folded: the number of the next entry.
    pub fn entries(&self) -> usize {
        self.entries
    }
}

/// Changes one after the other as one set of edits of the text before them.
fn composed(text: &str, changes: impl Iterator<Item = Edits>) -> Edits {
    let mut pieces = Pieces::new(text.len());
    changes.for_each(|edits| pieces.apply(&edits));
    pieces.to_edits(text)
}

fn only(edits: &Edits) -> Option<&Edit> {
    edits.iter().next().filter(|_| edits.len() == 1)
}

fn quoted(edit: &Edit) -> String {
    if edit.from.is_empty() { "this place".to_owned() } else { format!("“{}”", edit.from.trim()) }
}
