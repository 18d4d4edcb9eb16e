//! Where the eye is: what is decided on is seen, pages are turned, and who goes on begins where the eye is.

use eframe::egui::Rect;

use super::app::App;
use super::apply::sentence;
use super::article::Article;
use super::command::Command;
use super::view::{Mode, Pane, Style};
use crate::formats::FormatError;
use crate::review::Refused;
use crate::review::session::SaveError;
use crate::text::Span;

/// How far the page is turned.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Turn {
    /// A view on.
    On,
    /// A view back.
    Back,
    /// To the beginning.
    Start,
    /// To the end.
    End,
}

/// The part of a view that a page is turned by: some lines stay.
pub const VIEW: f32 = 0.85;

impl Turn {
    /// Where a view of a height stands after it, in points from the beginning: `from` is where it stood, `end` how
    /// far it can go.
    pub fn offset(self, from: f32, height: f32, end: f32) -> f32 {
        let to = match self {
            Self::On => from + height * VIEW,
            Self::Back => from - height * VIEW,
            Self::Start => 0.0,
            Self::End => end,
        };
        to.clamp(0.0, end.max(0.0))
    }
}

/// Where a scrolled text stood when it was drawn last, so that it stays there when its column becomes narrower
/// or what stands above it higher.
#[derive(Clone, Copy, Default)]
pub struct Stood {
    /// Which article, in which frame.
    frame: Option<(u64, u64)>,
    /// How far it was scrolled.
    pub offset: f32,
    top: f32,
    width: f32,
    /// A byte that was in view, and how far it stood below the upper edge.
    anchor: Option<(usize, f32)>,
}

impl Stood {
    /// Notes where it stands.
    pub fn note(&mut self, frame: (u64, u64), offset: f32, (top, width): (f32, f32), anchor: Option<(usize, f32)>) {
        *self = Self { frame: Some(frame), offset, top, width, anchor };
    }

    /// How far it is to be scrolled now, where something around it changed; `place` says how far below its
    /// beginning a byte stands now.
    pub fn stay(&self, frame: (u64, u64), (top, width): (f32, f32), place: impl FnOnce(usize) -> Option<f32>) -> Option<f32> {
        let (article, number) = self.frame?;
        if article != frame.0 || number + 1 != frame.1 {
            return None;
        }
        if (width - self.width).abs() > 0.5 {
            let (byte, below) = self.anchor?;
            return Some((place(byte)? - below + (top - self.top)).max(0.0));
        }
        ((top - self.top).abs() > 0.5).then(|| (self.offset + top - self.top).max(0.0))
    }
}

impl Command {
    /// Whether it decides on the finding looked at by one key, with nothing shown first.
    pub(super) fn settles(&self) -> bool {
        matches!(self, Self::Accept | Self::Take(_) | Self::EditSuggestion | Self::Reject | Self::RejectChoice)
    }
}

impl App {
    /// Whether the finding looked at is in view, or on its way there.
    pub(super) fn sees_finding(&self) -> bool {
        let view = &self.view;
        let Some(article) = self.article().filter(|a| a.finding().is_some()) else { return true };
        if view.original || view.peek {
            return false;
        }
        match view.mode {
            Mode::Editing if !article.is_written_by_paragraph() => view.editor.wanted().is_some() || view.editor.sees,
            Mode::Editing => view.editor.wanted().is_some() || view.paper.sees,
            Mode::Reviewing => view.paper.follow || view.paper.sees,
        }
    }

    /// Brings the finding looked at into view.
    pub(super) fn show_finding(&mut self) {
        self.view.original = false;
        self.view.paper.follow = true;
        self.view.paper.place = true;
        if self.view.mode == Mode::Editing {
            self.view.editor.caret = self.article().and_then(Article::finding).map(|f| Span::at(f.span.start));
        }
        self.view.note_once("Here is the finding; press the key again to decide on it");
    }

    /// Turns the page.
    pub(super) fn turn(&mut self, turn: Turn) {
        match self.view.pane {
            Pane::Article => self.view.paper.turn = Some(turn),
            Pane::Compare => match turn {
                Turn::On => self.view.compare.stack.turn(VIEW),
                Turn::Back => self.view.compare.stack.turn(-VIEW),
                Turn::Start => self.view.compare.stack.show_start(),
                Turn::End => self.view.compare.stack.show_end(),
            },
        }
    }

    /// Goes to the next finding or the one before: from the caret, from the place that was found, or from the
    /// finding looked at.
    pub(super) fn step(&mut self, forward: bool) {
        self.view.suggestion = None;
        let editing = self.view.mode == Mode::Editing;
        let from = if editing { Some(self.view.editor.selected) } else { self.view.search.left.take() };
        let Some(article) = self.article_mut() else { return };
        let around = match from {
            Some(from) => article.step_from(from, forward),
            None if forward => article.go_on(),
            None => article.go_back(),
        };
        let span = article.finding().map(|f| f.span);
        if around {
            let words = if forward { "That was the last finding; here is the first again" } else { "Here is the last finding again" };
            self.view.note_once(words);
        }
        self.view.paper.follow = true;
        if editing {
            self.view.editor.caret = span.map(|s| Span::at(s.start));
        }
        if self.view.pane == Pane::Compare {
            self.view.pane = Pane::Article;
        }
    }

    /// Says why something was refused; what the file can't hold is left out, and the text is as it was.
    pub(super) fn refused(&mut self, refused: &Refused) {
        let words = sentence(&refused.to_string());
        if matches!(refused, Refused::Unwritable(_)) {
            self.view.note_once(words);
            self.view.editor.take_back();
        } else {
            self.view.fault(words);
        }
    }

    /// Says why an article was not saved, and shows the change that can't be.
    pub(super) fn not_saved(&mut self, error: &SaveError) {
        let place = match error {
            SaveError::Format(FormatError::Place(place)) => place,
            other => return self.view.fault(format!("Nothing was saved: {}", super::recent::brief_all(&other.to_string()))),
        };
        let hunks = self.article().map(|a| std::sync::Arc::clone(&a.figures.hunks)).unwrap_or_default();
        let hunk = hunks.iter().position(|h| h.original.start <= place.at && place.at <= h.original.end);
        let undo = Command::RevertCurrent.key();
        let then = match hunk {
            Some(number) => {
                self.view.mode = Mode::Reviewing;
                self.view.suggestion = None;
                self.view.pane = Pane::Compare;
                if self.view.style == Style::Reading {
                    self.show_style(Style::Redline);
                }
                self.look_at_hunk(number);
                format!("It is the change looked at here: {undo} takes it back, then save again")
            }
            None => format!("Take it back in the comparison ({}), then save again", Command::Compare.key()),
        };
        self.view.fault(format!("Nothing was saved: {place}. {then}. Everything else is kept"));
    }
}

/// Whether a row of words stands in a view.
pub fn holds(view: Rect, row: Rect) -> bool {
    view.y_range().contains(row.center().y)
}
