//! Quotations: which mark opens, which closes, what stands inside, and where a mark was lost.

use super::Analysis;
use crate::text::Span;

/// A quotation, its marks included (bytes of the view). Where a mark was lost it ends at the likeliest place.
#[derive(Clone, PartialEq, Debug)]
pub struct Quotation {
    /// From the opening mark to the closing one.
    pub span: Span,
}

/// A place where a lost mark may have stood.
#[derive(Clone, PartialEq, Debug)]
pub struct Place {
    /// Byte position in the view.
    pub at: usize,
    /// How likely, from 0 to 1.
    pub probability: f32,
}

/// A mark without its partner.
#[derive(Clone, PartialEq, Debug)]
pub struct LostMark {
    /// The mark that stands (bytes of the view); empty where none does.
    pub partner: Span,
    /// Whether the closing mark is lost; otherwise the opening one.
    pub closing: bool,
    /// Likeliest first, at most three.
    pub places: Vec<Place>,
}

/// All that is known of the quotations of an article.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Quotations {
    /// In order of their start.
    pub quotations: Vec<Quotation>,
    /// In order of the mark that stands.
    pub lost: Vec<LostMark>,
}

impl Quotations {
    /// Reads the marks of an article whose tokens and sentences are known.
    pub fn read(_article: &Analysis) -> Self {
        Self::default()
    }

    /// Whether the whole span stands inside a quotation.
    pub fn contains(&self, span: Span) -> bool {
        self.quotations.iter().any(|q| q.span.start < span.start && span.end <= q.span.end)
    }

    /// The lost closing mark whose likeliest place is at the glued boundary `at`.
    pub fn lost_closing_at(&self, at: usize) -> Option<&LostMark> {
        self.lost.iter().find(|l| l.closing && l.places.first().is_some_and(|p| p.at == at))
    }
}
