//! Pure text algebra: spans, edits and word diffs. Knows nothing of articles.

pub mod alignment;
pub mod diff;
pub mod edit;
pub mod entities;
pub mod pairing;
pub mod span;

pub use alignment::Alignment;
pub use edit::{Edit, Edits, Pieces, Stale};
pub use span::Span;
