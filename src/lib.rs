//! Copydesk cleans machine-translated wire copy.
//!
//! A rule is a card of data; a card names a detector; a detector reads an analysed article and reports
//! findings; a finding offers fixes made of edits; decisions are events; the article is the fold of its
//! events; a format carries the changed words, and nothing else, back into the file.
//!
//! ```
//! use copydesk::{check::check, formats, rules::Rules};
//!
//! let document = formats::read("story.txt", "They waited for for an answer.".as_bytes()).unwrap();
//! let findings = check(&document, &Rules::built_in()).findings;
//! let fix = &findings[0].fixes[0];
//! assert_eq!(formats::write(&document, &fix.edits).unwrap(), b"They waited for an answer.");
//! ```

pub mod analysis;
pub mod check;
pub mod checklist;
pub mod detectors;
pub mod document;
pub mod finding;
pub mod formats;
#[cfg(feature = "gui")]
pub mod gui;
pub mod report;
pub mod review;
pub mod rules;
pub mod text;
mod threads;
