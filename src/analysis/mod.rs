//! What detectors may ask of a text, computed once a text.
//!
//! Detectors read a *view* of the article in which encoding litter is already repaired, so that a
//! mojibake apostrophe is an apostrophe to every rule. Spans are in bytes of the view; `check` maps
//! findings back to the article.

pub mod antecedents;
pub mod glue;
pub mod language;
pub mod litter;
pub mod mentions;
pub mod places;
pub mod quotations;
pub mod sentences;
pub mod source_language;
pub mod tokens;
pub mod unread;

use rustc_hash::FxHashMap;

pub use antecedents::Doubt;
use antecedents::{Decisions, Settled};
pub use glue::{Glue, GlueKind, Lost};
pub use litter::Litter;
pub use mentions::Mentions;
pub use places::Places;
pub use quotations::Quotations;
pub use sentences::Sentence;
pub use tokens::{Token, TokenKind};

use crate::document::{Block, BlockKind, Document, Mark, MarkKind};
use crate::rules::Lexicon;
use crate::text::{Alignment, Edits, Span};
use crate::threads;

/// An analysed article.
pub struct Analysis<'a> {
    text: String,
    /// Repairs that lead from the article to the view.
    to_view: Edits,
    /// The same as a map in both directions.
    alignment: Alignment,
    litter: Vec<Litter>,
    blocks: Vec<Block>,
    marks: Vec<Mark>,
    /// Where marks begin and end, sorted.
    edges: Vec<usize>,
    tokens: Vec<Token>,
    glue: Vec<Glue>,
    sentences: Vec<Sentence>,
    quotations: Quotations,
    mentions: Mentions,
    doubts: Vec<Doubt>,
    vocabulary: FxHashMap<String, u32>,
    places: Places,
    language: Option<language::Guess>,
    lexicon: &'a Lexicon,
    threads: usize,
}

impl<'a> Analysis<'a> {
    /// Analyses the text of a document.
    pub fn new(document: &Document, lexicon: &'a Lexicon) -> Self {
        Self::decided(document, lexicon, &Decisions::default())
    }

    /// Analyses a text in which an editor has ruled on some pronouns.
    pub fn decided(document: &Document, lexicon: &'a Lexicon, decisions: &Decisions) -> Self {
        Self::shared(document, lexicon, decisions, threads::worth(document.text.len()))
    }

    /// As [`Analysis::decided`], by so many threads; what comes of it does not depend on their number.
    pub fn shared(document: &Document, lexicon: &'a Lexicon, decisions: &Decisions, threads: usize) -> Self {
        let litter = litter::litter(&document.text, lexicon);
        let to_view = Edits::new(litter.iter().map(|l| l.repair.clone()).collect()).unwrap_or_default();
        let text = to_view.apply(&document.text).unwrap_or_else(|_| document.text.clone());
        let alignment = Alignment::new(&to_view);
        let shift = |span: Span| Span::new(alignment.onward(span.start), alignment.onward(span.end));
        let blocks: Vec<Block> = document.blocks.iter().map(|b| Block { span: shift(b.span), kind: b.kind }).collect();
        let shown = document.marks.iter().filter(|m| !matches!(m.kind, MarkKind::Code | MarkKind::Foreign));
        let marks: Vec<Mark> = shown.map(|m| Mark { span: shift(m.span), kind: m.kind }).collect();
        let mut edges: Vec<usize> = marks.iter().flat_map(|m| [m.span.start, m.span.end]).collect();
        edges.sort_unstable();
        let mut tokens = Vec::with_capacity(text.len() / 5);
        for (i, block) in blocks.iter().enumerate() {
            tokens::tokenize(block.span.of(&text), block.span.start, i, &mut tokens);
        }
        let raw_words = count_words(&text, &tokens);
        let glue = glue::cut(&text, &mut tokens, &marks, &raw_words, lexicon, threads);
        let vocabulary = count_words(&text, &tokens);
        let sentences = sentences::sentences(&text, &tokens, &glue);
        let places = Places::read(&text, &tokens);
        let mut article = Self {
            text,
            to_view,
            alignment,
            litter,
            blocks,
            marks,
            edges,
            tokens,
            glue,
            sentences,
            quotations: Quotations::default(),
            mentions: Mentions::default(),
            doubts: Vec::new(),
            vocabulary,
            places,
            language: None,
            lexicon,
            threads,
        };
        let named = || (Mentions::read(&article), language::guess(&article));
        let (quotations, (mentions, language)) = threads::both(threads, || Quotations::read(&article), named);
        (article.quotations, article.mentions, article.language) = (quotations, mentions, language);
        let settled = Settled::read(&article, decisions);
        settled.teach(&mut article.mentions);
        article.doubts = antecedents::read(&article, &settled);
        article
    }

    /// The view: the article with encoding litter repaired.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The repairs that lead from the article to the view, in bytes of the article.
    pub fn to_view(&self) -> &Edits {
        &self.to_view
    }

    /// Brings positions of the article into the view, and spans of the view into the article.
    pub fn alignment(&self) -> &Alignment {
        &self.alignment
    }

    /// The blocks, in bytes of the view.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The kind of a token's block.
    pub fn kind_of(&self, token: &Token) -> BlockKind {
        self.blocks.get(token.block).map_or(BlockKind::Paragraph, |b| b.kind)
    }

    /// The span of the block that holds the token at `index`.
    pub fn block_of(&self, index: usize) -> Span {
        self.tokens.get(index).and_then(|t| self.blocks.get(t.block)).map_or(Span::new(0, self.text.len()), |b| b.span)
    }

    /// The index of the first token of the block that holds the token at `index`.
    pub fn tokens_start_of_block(&self, index: usize) -> usize {
        let Some(block) = self.tokens.get(index).map(|t| t.block) else { return self.tokens.len() };
        self.tokens.partition_point(|t| t.block < block)
    }

    /// The index one past the last token of the block that holds the token at `index`.
    pub fn tokens_end_of_block(&self, index: usize) -> usize {
        let Some(block) = self.tokens.get(index).map(|t| t.block) else { return self.tokens.len() };
        self.tokens.partition_point(|t| t.block <= block)
    }

    /// Links and emphasis of the source, in bytes of the view.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// The kind of the block with an index.
    pub fn block_kind(&self, block: usize) -> BlockKind {
        self.blocks.get(block).map_or(BlockKind::Paragraph, |b| b.kind)
    }

    /// All tokens, in order; glued words are already cut (see [`Token::glued`]).
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The words of a token.
    pub fn word(&self, token: &Token) -> &str {
        token.span.of(&self.text)
    }

    /// The words of the token at `index`; empty past either end.
    pub fn word_at(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |t| t.span.of(&self.text))
    }

    /// The sentences, in order.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// The tokens of a sentence.
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        self.tokens.get(sentence.first..sentence.end).unwrap_or(&[])
    }

    /// The sentence that holds the token at `index`.
    pub fn sentence_of(&self, index: usize) -> Option<&Sentence> {
        let i = self.sentences.partition_point(|s| s.end <= index);
        self.sentences.get(i).filter(|s| s.first <= index)
    }

    /// How often a word stands in the article, in exactly this case.
    pub fn count(&self, word: &str) -> u32 {
        self.vocabulary.get(word).copied().unwrap_or(0)
    }

    /// The language the article seems to be translated from.
    pub fn language(&self) -> Option<&language::Guess> {
        self.language.as_ref()
    }

    /// Where each word stands.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// Whether a link, strong or emphasised stretch begins or ends at `position` (bytes of the view).
    pub fn mark_edge_at(&self, position: usize) -> bool {
        self.edges.binary_search(&position).is_ok()
    }

    /// The words of the link or emphasis that begins or ends at `position`; the bare place without one.
    pub fn marked_beside(&self, position: usize) -> Span {
        let beside = |m: &&Mark| m.span.start == position || m.span.end == position;
        self.marks.iter().find(beside).map_or(Span::at(position), |m| m.span)
    }

    /// The litter that the view is free of, in bytes of the article.
    pub fn litter(&self) -> &[Litter] {
        &self.litter
    }

    /// Where words stand joined, in order.
    pub fn glue(&self) -> &[Glue] {
        &self.glue
    }

    /// The quotations and the marks that were lost.
    pub fn quotations(&self) -> &Quotations {
        &self.quotations
    }

    /// The persons, bodies and places.
    pub fn mentions(&self) -> &Mentions {
        &self.mentions
    }

    /// The pronouns that have nobody they could be right for, in order.
    pub fn doubts(&self) -> &[Doubt] {
        &self.doubts
    }

    /// Whether the whole span stands inside a quotation.
    pub fn in_quotation(&self, span: Span) -> bool {
        self.quotations.contains(span)
    }

    /// How many threads its text is worth.
    pub fn threads(&self) -> usize {
        self.threads
    }

    /// The word and name lists.
    pub fn lexicon(&self) -> &'a Lexicon {
        self.lexicon
    }
}

fn count_words(text: &str, tokens: &[Token]) -> FxHashMap<String, u32> {
    let mut vocabulary: FxHashMap<String, u32> = FxHashMap::default();
    for token in tokens.iter().filter(|t| t.is_word() || t.kind == TokenKind::Mixed) {
        match vocabulary.get_mut(token.span.of(text)) {
            Some(count) => *count += 1,
            None => drop(vocabulary.insert(token.span.of(text).to_owned(), 1)),
        }
    }
    vocabulary
}
