//! What other threads send to the window; `App::receive` takes it in.

use std::path::PathBuf;
use std::sync::Arc;

use super::draft::Outcome;
use super::opening::{Opened, Said};
use super::view::Purpose;
use crate::check::Checked;
use crate::checklist::Check;
use crate::review::journal::Kept;
use crate::review::session::Job;
use crate::rules::Rules;
use crate::text::pairing::Pair;

/// What other threads send.
pub(super) enum Message {
    /// A check has ended.
    Checked { article: u64, job: Box<Job>, checked: Checked, checks: Vec<Check> },
    /// An article was read, or a sentence says why not.
    Opened { rank: u64, opened: Result<Box<Opened>, Said> },
    /// Sessions with work that no file has.
    Left(Vec<Kept>),
    /// So many of them are not open here.
    LeftElsewhere(usize),
    /// What lies in a folder, while a path is typed.
    Folder(PathBuf, Vec<super::path_dialog::Entry>),
    /// Of the files that were opened last, these are not there.
    Gone(Vec<PathBuf>),
    /// Something could not be written.
    Fault(String),
    /// A source text was paired with its article.
    Paired { article: u64, source: u64, pairs: Vec<Pair> },
    /// The layers were laid over the built-in rules anew.
    Rules { number: u64, rules: Arc<Rules>, faults: Vec<String> },
    /// A word or a rule was tried out.
    Tried { stamp: u64, outcome: Outcome },
    /// Files were chosen.
    Picked { purpose: Purpose, article: Option<u64>, paths: Vec<PathBuf> },
    /// The file of an article is another than it was; empty: it is gone.
    Touched { article: u64, found: String },
    /// The sessions that are kept.
    Kept(Vec<super::kept::Line>),
    /// There is no dialog on this machine.
    NoPicker { purpose: Purpose },
}
