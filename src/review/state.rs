//! What the steps done so far come to: the text, its pieces, the places rejected, and who wrote what.

use crate::analysis::language::Packs;
use crate::finding::RuleId;
use crate::text::{Alignment, Edit, Edits, Pieces, Span, Stale};

use super::Event;

/// A rule that was told to be silent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rejection {
    /// The number of the entry that said so.
    pub entry: usize,
    /// The rule.
    pub rule: RuleId,
    /// The place, in bytes of the present text.
    pub span: Span,
    /// When given: everywhere in the article where the rule marks these words.
    pub words: Option<String>,
}

impl Rejection {
    /// Whether it silences a rule at a place where these words stand.
    pub fn silences(&self, rule: &str, span: Span, words: &str) -> bool {
        self.rule == rule
            && match &self.words {
                Some(silent) => silent == words,
                None => self.span == span,
            }
    }
}

/// What an entry wrote and where that stands now.
#[derive(Clone, Debug)]
struct Trace {
    entry: usize,
    span: Span,
    typed: bool,
}

/// A changed place: the original words and the words now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hunk {
    /// Bytes of the original.
    pub original: Span,
    /// Bytes of the present text.
    pub now: Span,
    /// The original words.
    pub from: String,
    /// The words now.
    pub to: String,
    /// The numbers of the entries that wrote here, in order.
    pub entries: Vec<usize>,
}

/// A decision that was taken back out of order, and perhaps done again, and so on.
#[derive(Clone, Copy, Debug)]
struct Turn {
    /// The decision.
    entry: usize,
    /// The entry that turned it last.
    last: usize,
    /// Whether it is taken back now.
    gone: bool,
}

#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) text: String,
    pieces: Pieces,
    pub(super) rejected: Vec<Rejection>,
    pub(super) ticked: Vec<String>,
    pub(super) packs: Packs,
    turns: Vec<Turn>,
    /// Rejections that were taken back, with the places they had: they may be done again.
    withdrawn: Vec<Rejection>,
    traces: Vec<Trace>,
}

impl State {
    pub(super) fn new(original: &str) -> Self {
        Self {
            text: original.to_owned(),
            pieces: Pieces::new(original.len()),
            rejected: Vec::new(),
            ticked: Vec::new(),
            packs: Packs::default(),
            turns: Vec::new(),
            withdrawn: Vec::new(),
            traces: Vec::new(),
        }
    }

    /// Takes one event in; changes nothing when it does not fit.
    pub(super) fn apply(&mut self, number: usize, event: &Event) -> Result<(), Stale> {
        if let Some(edits) = event.edits() {
            self.change(edits)?;
            self.trace(number, event, edits);
        }
        match event {
            Event::Rejected { rule, span, words } => {
                self.rejected.push(Rejection { entry: number, rule: rule.clone(), span: *span, words: words.clone() });
            }
            Event::Ticked { check } => match self.ticked.iter().position(|t| t == check) {
                Some(i) => drop(self.ticked.remove(i)),
                None => self.ticked.push(check.clone()),
            },
            Event::SourceChosen { source } => self.packs = *source,
            Event::Reverted { entry: Some(entry), .. } => self.turn(*entry, number),
            _ => {}
        }
        Ok(())
    }

    fn change(&mut self, edits: &Edits) -> Result<(), Stale> {
        edits.apply_to(&mut self.text)?;
        self.pieces.apply(edits);
        let alignment = Alignment::new(edits);
        for rejections in [&mut self.rejected, &mut self.withdrawn] {
            rejections.retain_mut(|r| match alignment.carry(r.span) {
                Some(span) => {
                    r.span = span;
                    true
                }
                None => r.words.is_some(),
            });
        }
        for trace in &mut self.traces {
            trace.span = Span::new(alignment.onward(trace.span.start), alignment.onward(trace.span.end));
        }
        Ok(())
    }

    /// Remembers who wrote where; letters typed one after the other leave one trace.
    fn trace(&mut self, number: usize, event: &Event, edits: &Edits) {
        let typed = matches!(event, Event::Typed { .. });
        for edit in &edits.invert() {
            let span = edit.span();
            match self.traces.last_mut() {
                Some(last) if typed && last.typed && last.span.end == span.start && last.entry + 1 >= number => {
                    last.span.end = span.end;
                    last.entry = number;
                }
                _ => self.traces.push(Trace { entry: number, span, typed }),
            }
        }
    }

    /// Where some entries wrote, as that stands now.
    pub(super) fn places(&self, entries: &[usize]) -> Vec<Span> {
        self.traces.iter().filter(|t| entries.contains(&t.entry)).map(|t| t.span).collect()
    }

    /// Takes a decision back, or does it again when it was taken back: `entry` is the one, or its last turn.
    fn turn(&mut self, entry: usize, number: usize) {
        let known = self.turns.iter_mut().find(|t| t.last == entry);
        let turned = known.map(|turn| {
            *turn = Turn { last: number, gone: !turn.gone, ..*turn };
            *turn
        });
        let turn = turned.unwrap_or_else(|| {
            let new = Turn { entry, last: number, gone: true };
            self.turns.push(new);
            new
        });
        let (from, to) = if turn.gone { (&mut self.rejected, &mut self.withdrawn) } else { (&mut self.withdrawn, &mut self.rejected) };
        to.extend(from.extract_if(.., |r| r.entry == turn.entry));
    }

    /// The entry that turned a decision last; the decision itself when none did.
    pub(super) fn last_turn(&self, number: usize) -> usize {
        self.turns.iter().find(|t| t.entry == number).map_or(number, |t| t.last)
    }

    /// Whether an entry turned a decision and none turned it since.
    pub(super) fn is_last_turn(&self, number: usize) -> bool {
        self.turns.iter().any(|t| t.last == number)
    }

    /// Where a decision wrote, or what it left as it is, in bytes of the present text.
    pub(super) fn place(&self, number: usize) -> Option<Span> {
        let last = self.last_turn(number);
        let from = self.traces.partition_point(|t| t.entry < last);
        let mut own = self.traces.iter().skip(from).take_while(|t| t.entry == last).map(|t| t.span);
        let rejected = || self.rejected.iter().chain(&self.withdrawn).find(|r| r.entry == number).map(|r| r.span);
        // Letters typed one after the other leave the trace of the last.
        let joined = || self.traces.get(from).filter(|t| t.typed).map(|t| t.span);
        own.next().or_else(rejected).or_else(joined)
    }

    pub(super) fn is_reverted(&self, number: usize) -> bool {
        self.turns.iter().any(|t| t.entry == number && t.gone)
    }

    /// The state without its text, which [`State::filled`] brings back: what is kept for undo stays small.
    pub(super) fn without_text(&self) -> Self {
        Self {
            text: String::new(),
            pieces: self.pieces.clone(),
            rejected: self.rejected.clone(),
            ticked: self.ticked.clone(),
            packs: self.packs,
            turns: self.turns.clone(),
            withdrawn: self.withdrawn.clone(),
            traces: self.traces.clone(),
        }
    }

    /// The state with its text.
    pub(super) fn filled(&self, original: &str) -> Self {
        Self { text: self.pieces.text(original), ..self.clone() }
    }

    pub(super) fn composed(&self, original: &str) -> Edits {
        self.pieces.to_edits(original)
    }

    /// The same, if these edits of the text came too.
    pub(super) fn composed_with(&self, original: &str, edits: &Edits) -> Edits {
        let mut pieces = self.pieces.clone();
        pieces.apply(edits);
        pieces.to_edits(original)
    }

    pub(super) fn hunks(&self, original: &str) -> Vec<Hunk> {
        let composed = self.composed(original);
        let back = composed.invert();
        let pairs = composed.iter().zip(&back);
        let mut hunks: Vec<Hunk> = pairs.map(|(e, b): (&Edit, &Edit)| hunk(e, b)).collect();
        for trace in &self.traces {
            let near = hunks.partition_point(|h| h.now.end < trace.span.start);
            for hunk in hunks.iter_mut().skip(near).take_while(|h| h.now.start <= trace.span.end).filter(|h| h.now.touches(trace.span)) {
                if !hunk.entries.contains(&trace.entry) {
                    hunk.entries.push(trace.entry);
                }
            }
        }
        for hunk in &mut hunks {
            hunk.entries.sort_unstable();
        }
        hunks
    }
}

fn hunk(edit: &Edit, back: &Edit) -> Hunk {
    Hunk { original: edit.span(), now: back.span(), from: edit.from.clone(), to: edit.to.clone(), entries: Vec::new() }
}
