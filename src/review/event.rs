//! What an editor decides, as events: one JSON line each in the journal.

use serde::{Deserialize, Serialize};

use crate::analysis::language::Packs;
use crate::finding::RuleId;
use crate::text::{Edits, Span};

/// When something was decided. Stamped by the shell, never by the fold.
pub type Time = jiff::Timestamp;

/// Entries with the same number are one step of undo.
pub type BatchId = u64;

/// Which of the fixes offered was taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// The first.
    #[default]
    First,
    /// Another.
    Other,
    /// One that was edited before it was taken.
    Edited,
}

impl Choice {
    /// That of a fix by its place in the list.
    pub const fn of(place: usize) -> Self {
        if place == 0 { Self::First } else { Self::Other }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
    fn is_first(&self) -> bool {
        *self == Self::First
    }
}

/// One decision. Edits and spans are in bytes of the text just before it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// A fix was taken.
    Accepted {
        /// Whose finding it cures.
        rule: RuleId,
        /// The title of the fix; "by hand" follows when it was edited before it was taken.
        fix: String,
        /// What the finding said.
        message: String,
        /// The change.
        edits: Edits,
        /// Which of the fixes offered it was.
        #[serde(default, skip_serializing_if = "Choice::is_first")]
        choice: Choice,
    },
    /// A finding was declined.
    Rejected {
        /// The rule that shall be silent.
        rule: RuleId,
        /// Where.
        span: Span,
        /// When given: wherever the rule marks these words in this article.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        words: Option<String>,
    },
    /// The editor wrote.
    Typed {
        /// The change.
        edits: Edits,
    },
    /// A point of the checklist was ticked, or unticked when it was ticked before.
    Ticked {
        /// Which.
        check: String,
    },
    /// The source language was chosen: it says which packs of wording rules run.
    SourceChosen {
        /// Which.
        source: Packs,
    },
    /// An earlier decision, or a change seen in the comparison, was taken back out of order.
    Reverted {
        /// The number of the entry; none when a change of the comparison was taken back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        entry: Option<usize>,
        /// What that changes now.
        edits: Edits,
    },
    /// The last step was undone.
    Undone,
    /// The step undone last was done again.
    Redone,
    /// The article was written to a file.
    Saved {
        /// Where.
        path: String,
        /// Of the bytes written, see [`super::disk::fingerprint`].
        hash: String,
    },
}

impl Event {
    /// What it changes in the text; none for decisions that change nothing.
    pub fn edits(&self) -> Option<&Edits> {
        match self {
            Self::Accepted { edits, .. } | Self::Typed { edits } | Self::Reverted { edits, .. } => Some(edits),
            _ => None,
        }
    }

    /// Whether undo takes it back. Saving is not a step: the file stays written.
    pub fn is_step(&self) -> bool {
        !matches!(self, Self::Undone | Self::Redone | Self::Saved { .. })
    }
}

/// An event with its time, its author and its batch.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// When.
    pub at: Time,
    /// Who.
    pub by: String,
    /// Entries of one batch are undone together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<BatchId>,
    /// What.
    #[serde(flatten)]
    pub event: Event,
}

/// Who decides and when: what the shell adds to an event.
#[derive(Clone, Debug)]
pub struct Stamp {
    /// When.
    pub at: Time,
    /// Who.
    pub by: String,
}

impl Stamp {
    /// The entry for an event.
    pub fn entry(&self, event: Event) -> Entry {
        Entry { at: self.at, by: self.by.clone(), batch: None, event }
    }
}
