//! Which mark opens and which closes: the cheapest reading of all marks and block ends as one sequence.
//! One displaced mark costs once, where toggling would turn every later one inside out.

use super::attribution;
use super::marks::{Candidate, Family};
use crate::analysis::{Analysis, TokenKind};
use crate::document::BlockKind;
use crate::text::Span;

/// What a mark does.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Role {
    /// Opens a quotation.
    Open,
    /// Opens the next paragraph of a quotation that runs on.
    Reopen,
    /// Closes it.
    Close,
    /// Opens a quotation within one.
    OpenNested,
    /// Closes that.
    CloseNested,
    /// Inches or seconds: no quotation mark.
    Measure,
}

/// What was lost, as the cheapest reading tells it. Numbers are indices of marks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Loss {
    /// The quotation that this mark opened is never closed.
    Closing(usize),
    /// What this mark closes was never opened.
    Opening(usize),
    /// A quotation runs into this block (index) without a mark at its start.
    Continuing(usize),
}

/// The cheapest reading.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// One role for each mark.
    pub roles: Vec<Role>,
    /// In order of the text.
    pub losses: Vec<Loss>,
}

const LOST: f32 = 4.0;
const RUNS_ON_BARE: f32 = 3.6;
const RUNS_ON: f32 = 0.2;
const NEST: f32 = 6.0;
const NEST_FOREIGN: f32 = 1.5;

/// States: no quotation is open; one is; one is and this block begins by opening it again; one within another.
const OUT: usize = 0;
const IN: usize = 1;
const FRESH: usize = 2;
const NESTED: usize = 3;
const STATES: usize = 4;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    Role(Role),
    /// An opener while a quotation was open: its closing mark is lost.
    OpenAfterLoss,
    /// A closer while none was open.
    CloseAfterLoss,
    /// The block ends and nothing is open, or what is open runs on.
    Pass,
    /// The block ends and the quotation's closing mark is lost.
    EndLoss,
    /// The quotation runs on into a block that does not open it again.
    RunOn,
}

#[derive(Clone, Copy)]
struct Arc {
    from: usize,
    step: Step,
}

enum Item {
    Mark(usize),
    End { block: usize, reopens: bool, run_on: f32 },
}

/// Reads all marks of an article.
pub fn decode(article: &Analysis, marks: &[Candidate]) -> Reading {
    let items = items(article, marks);
    let mut cost = [0.0, f32::INFINITY, f32::INFINITY, f32::INFINITY];
    let mut trace: Vec<[Arc; STATES]> = Vec::with_capacity(items.len());
    for item in &items {
        let mut next = [f32::INFINITY; STATES];
        let mut arcs = [Arc { from: OUT, step: Step::Pass }; STATES];
        {
            let mut go = |from: usize, to: usize, price: f32, step: Step| {
                let total = cost.get(from).copied().unwrap_or(f32::INFINITY) + price;
                if let (Some(best), Some(arc)) = (next.get_mut(to), arcs.get_mut(to))
                    && total < *best
                {
                    *best = total;
                    *arc = Arc { from, step };
                }
            };
            match item {
                Item::Mark(i) => {
                    if let Some(mark) = marks.get(*i) {
                        steps_of_mark(mark, &mut go);
                    }
                }
                Item::End { reopens, run_on, .. } => {
                    go(OUT, OUT, 0.0, Step::Pass);
                    for from in [IN, FRESH, NESTED] {
                        let extra = if from == NESTED { LOST } else { 0.0 };
                        go(from, OUT, LOST + extra, Step::EndLoss);
                        if *reopens {
                            go(from, FRESH, run_on + extra, Step::Pass);
                        }
                        go(from, IN, RUNS_ON_BARE + run_on + extra, Step::RunOn);
                    }
                }
            }
        }
        cost = next;
        trace.push(arcs);
    }
    walk_back(&items, &trace, marks.len())
}

fn steps_of_mark(mark: &Candidate, go: &mut impl FnMut(usize, usize, f32, Step)) {
    let nest = if mark.family == Family::Foreign { NEST_FOREIGN } else { NEST };
    go(OUT, IN, mark.open, Step::Role(Role::Open));
    go(OUT, OUT, mark.close + LOST, Step::CloseAfterLoss);
    go(FRESH, IN, mark.open, Step::Role(Role::Reopen));
    for from in [IN, FRESH] {
        go(from, OUT, mark.close, Step::Role(Role::Close));
        go(from, IN, mark.open + LOST, Step::OpenAfterLoss);
        go(from, NESTED, mark.open + nest, Step::Role(Role::OpenNested));
    }
    go(NESTED, IN, mark.close, Step::Role(Role::CloseNested));
    for state in 0..STATES {
        go(state, if state == FRESH { IN } else { state }, mark.measure, Step::Role(Role::Measure));
    }
}

/// Marks and block ends, in order; blocks without marks that nothing can run through are kept, for a
/// quotation may run through them.
fn items(article: &Analysis, marks: &[Candidate]) -> Vec<Item> {
    let mut out = Vec::with_capacity(marks.len() * 2);
    let mut next = 0;
    let blocks = article.blocks();
    for (index, block) in blocks.iter().enumerate() {
        let first = next;
        while marks.get(next).is_some_and(|m| m.span.start < block.span.end) {
            out.push(Item::Mark(next));
            next += 1;
        }
        let following = blocks.get(index + 1);
        let opener = marks.get(next).filter(|m| following.is_some_and(|b| starts_with_mark(article.text(), b.span, m.span)));
        let reopens = opener.is_some_and(|m| m.open < 4.0);
        let tail = (next > first).then(|| marks.get(next - 1).map(|m| m.token)).flatten();
        let run_on = run_on_cost(article, index, tail, following.map(|b| b.kind));
        out.push(Item::End { block: index, reopens, run_on });
    }
    out
}

fn starts_with_mark(text: &str, block: Span, mark: Span) -> bool {
    block.start <= mark.start && mark.start < block.end && Span::new(block.start, mark.start).of(text).trim().is_empty()
}

/// What it costs to let an open quotation run out of a block. `tail` is the token of the block's last mark.
fn run_on_cost(article: &Analysis, block: usize, tail: Option<usize>, next: Option<BlockKind>) -> f32 {
    let mut cost = RUNS_ON;
    match next {
        None => return 99.0,
        Some(BlockKind::Headline | BlockKind::Caption | BlockKind::Credit) => cost += 2.5,
        _ => {}
    }
    let Some(span) = article.blocks().get(block).map(|b| b.span) else { return cost };
    if !span.of(article.text()).ends_with(['.', '!', '?', '…', ':', '—', '’', '\'', '-', ',', ';']) {
        cost += 1.5;
    }
    let Some(tail) = tail else { return cost };
    // `“We did it, he said.`: the quotation ended before the block did.
    let mut index = tail + 1;
    while let Some(token) = article.tokens().get(index).filter(|t| t.block == block && index < tail + 120) {
        if token.kind == TokenKind::Mark && article.word(token) == "," && attributes(article, index + 1) {
            cost += 4.2;
            break;
        }
        index += 1;
    }
    cost
}

fn attributes(article: &Analysis, index: usize) -> bool {
    let speaker = article.word_at(index);
    attribution::behind(article, index).is_some_and(|a| a != attribution::Attribution::Reports) && !matches!(speaker, "I" | "we" | "We")
}

fn walk_back(items: &[Item], trace: &[[Arc; STATES]], marks: usize) -> Reading {
    let mut steps: Vec<(usize, Step)> = Vec::with_capacity(items.len());
    // Every text ends with a block end, and running on past the last one is never the cheapest.
    let mut state = OUT;
    for (index, arcs) in trace.iter().enumerate().rev() {
        let Some(arc) = arcs.get(state) else { break };
        steps.push((index, arc.step));
        state = arc.from;
    }
    let mut reading = Reading { roles: vec![Role::Measure; marks], losses: Vec::new() };
    let mut open: Option<usize> = None;
    for (index, step) in steps.into_iter().rev() {
        match (items.get(index), step) {
            (Some(Item::Mark(i)), step) => {
                let role = match step {
                    Step::Role(role) => role,
                    Step::OpenAfterLoss => {
                        reading.losses.extend(open.map(Loss::Closing));
                        Role::Open
                    }
                    Step::CloseAfterLoss => {
                        reading.losses.push(Loss::Opening(*i));
                        Role::Close
                    }
                    _ => Role::Measure,
                };
                match role {
                    Role::Open | Role::Reopen => open = Some(*i),
                    Role::Close => open = None,
                    _ => {}
                }
                if let Some(slot) = reading.roles.get_mut(*i) {
                    *slot = role;
                }
            }
            (Some(Item::End { .. }), Step::EndLoss) => reading.losses.extend(open.take().map(Loss::Closing)),
            (Some(Item::End { block, .. }), Step::RunOn) => reading.losses.push(Loss::Continuing(block + 1)),
            _ => {}
        }
    }
    reading
}
