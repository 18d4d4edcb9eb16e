//! The text that an article was translated from: found beside the article or opened by hand, paired with it
//! paragraph by paragraph, remembered with its session. It is read only, and never leaves the machine.

use std::ops::Range;
use std::path::{Path, PathBuf};

use super::app::{App, Checking, Message};
use super::apply::sentence;
use super::article::Article;
use super::bidi::{self, Direction};
use super::compare;
use super::view::{Pane, Purpose};
use crate::analysis::language::Language;
use crate::analysis::source_language::written_in;
use crate::document::{BlockKind, Document};
use crate::review::disk::{self, DiskError};
use crate::review::journal::Translated;
use crate::text::Span;
use crate::text::pairing::{Pair, pair};

/// Languages that a source text may name itself by, as the part before its ending: `story.ar.html`.
const LANGUAGES: &[&str] = &[
    "ar", "fa", "he", "ru", "uk", "be", "tr", "fr", "de", "es", "it", "pt", "nl", "pl", "el", "zh", "ja", "ko", "ur", "ps", "ku", "az",
    "kk", "ka", "hy", "hi", "id",
];
/// Other names for it.
const WORDS: &[&str] = &["source", "src"];
/// Endings that it may have.
pub const ENDINGS: &[&str] = &["txt", "html", "htm", "docx", "md"];

/// Texts are paired while the window waits up to so many combinations of their paragraphs.
const PAIRED_AT_ONCE: usize = 10_000;

/// A paragraph of the source text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Paragraph {
    /// Where it stands in the source text, in bytes, without spaces at its ends.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// A source text and how it stands beside its article.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its file.
    pub path: PathBuf,
    /// Its words.
    pub text: String,
    /// Its paragraphs.
    pub paragraphs: Vec<Paragraph>,
    /// The paragraphs of the original article that they were paired with.
    pub originals: Vec<Span>,
    /// Which stand for which: `source` counts `paragraphs`, `target` counts `originals`. None until that is known.
    pub pairs: Vec<Pair>,
    /// Its language, of those that have wording rules.
    pub language: Option<Language>,
    /// Where its paragraphs begin.
    pub way: Direction,
    /// The paragraph that was clicked.
    pub selected: Option<usize>,
    /// A number that no other source text of this window has.
    pub stamp: u64,
}

impl Source {
    /// A source text beside the original of an article, not yet paired with it.
    pub fn new(path: PathBuf, document: &Document, original: &str, stamp: u64) -> Self {
        let kind = |span: Span| document.block_at(span.start).map_or(BlockKind::Paragraph, |b| b.kind);
        let paragraphs: Vec<Paragraph> = paragraphs(&document.text).into_iter().map(|span| Paragraph { span, kind: kind(span) }).collect();
        let originals = self::paragraphs(original);
        let way = bidi::direction(&document.text);
        let language = written_in(&document.text);
        Self { path, text: document.text.clone(), language, paragraphs, originals, pairs: Vec::new(), way, selected: None, stamp }
    }

    /// Finds out which paragraphs stand for which in the original.
    pub fn paired(&self, original: &str) -> Vec<Pair> {
        let words: Vec<&str> = self.paragraphs.iter().map(|p| p.span.of(&self.text)).collect();
        let translated: Vec<&str> = self.originals.iter().map(|s| s.of(original)).collect();
        pair(&words, &translated)
    }

    /// Its name, as the editor knows it.
    pub fn name(&self) -> String {
        self.path.file_name().map_or_else(|| self.path.display().to_string(), |n| n.to_string_lossy().into_owned())
    }

    /// The words of a paragraph.
    pub fn words(&self, i: usize) -> &str {
        self.paragraphs.get(i).map_or("", |p| p.span.of(&self.text))
    }

    /// The pair that a byte of the original belongs to.
    pub fn pair_at(&self, original: usize) -> Option<usize> {
        let i = self.originals.partition_point(|s| s.start <= original).saturating_sub(1);
        let found = self.pairs.partition_point(|p| p.target.end <= i);
        self.pairs.get(found).filter(|p| p.target.contains(&i)).map(|_| found)
    }

    /// The paragraphs of the source that stand for the place of a byte of the original; empty where it has none.
    pub fn at(&self, original: usize) -> Range<usize> {
        self.pair_at(original).and_then(|i| self.pairs.get(i)).map_or(0..0, |p| p.source.clone())
    }

    /// Whether a paragraph of the source has no counterpart in the article.
    pub fn is_left_out(&self, i: usize) -> bool {
        let found = self.pairs.partition_point(|p| p.source.end <= i);
        self.pairs.get(found).is_some_and(|p| p.source.contains(&i) && p.target.is_empty())
    }
}

/// The lines of a text that hold words, without spaces at their ends.
pub fn paragraphs(text: &str) -> Vec<Span> {
    let mut start = 0;
    let mut found = Vec::new();
    for line in text.split('\n') {
        let words = line.trim();
        if !words.is_empty() {
            let lead = line.len() - line.trim_start().len();
            found.push(Span::new(start + lead, start + lead + words.len()));
        }
        start += line.len() + 1;
    }
    found
}

/// The file that lies beside an article as its source text: `story.ar.html` or `story.source.txt` beside
/// `story.html`; beside `story.en.html` too.
pub fn beside(article: &Path) -> Option<PathBuf> {
    let stem = article.file_stem()?.to_string_lossy().into_owned();
    let bare = stem.strip_suffix(".en").unwrap_or(&stem);
    if language_of(bare).is_some() {
        return None;
    }
    let own = article.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    // The article's own ending first: a page beside a page.
    let endings = || std::iter::once(own.as_str()).chain(ENDINGS.iter().copied()).filter(|e| !e.is_empty());
    let names = WORDS.iter().chain(LANGUAGES).flat_map(|word| endings().map(move |ending| (word, ending)));
    names.map(|(word, ending)| article.with_file_name(format!("{bare}.{word}.{ending}"))).find(|p| p != article && p.is_file())
}

/// Whether a file is the source text of another file beside it, and so no article of its own.
pub fn belongs_to_another(path: &Path) -> bool {
    let Some(stem) = path.file_stem().map(|s| s.to_string_lossy().into_owned()) else { return false };
    let Some(bare) = language_of(&stem) else { return false };
    ENDINGS.iter().flat_map(|e| [format!("{bare}.{e}"), format!("{bare}.en.{e}")]).any(|name| path.with_file_name(name).is_file())
}

/// A name without the word that says it is a source text.
fn language_of(stem: &str) -> Option<&str> {
    let (bare, word) = stem.rsplit_once('.')?;
    (LANGUAGES.contains(&word) || WORDS.contains(&word)).then_some(bare).filter(|b| !b.is_empty())
}

impl Article {
    /// Where a byte of the text now stood in the original.
    pub fn original_place(&self, now: usize) -> usize {
        let hunks = &self.figures.hunks;
        let before = hunks.partition_point(|h| h.now.start <= now);
        match before.checked_sub(1).and_then(|i| hunks.get(i)) {
            Some(h) if now < h.now.end => h.original.start,
            Some(h) => h.original.end + (now - h.now.end),
            None => now,
        }
    }
}

impl App {
    /// Opens the source text that the session of the article remembers, or one that lies beside its file; once,
    /// when the article is looked at first.
    pub(super) fn find_source(&mut self) {
        let Some(article) = self.article_mut().filter(|a| !a.source_sought) else { return };
        article.source_sought = true;
        let Some(article) = self.article() else { return };
        let known = article.session.folder().and_then(|f| self.store.source(f));
        match known {
            Some(Translated { from: Some(path) }) if path.is_file() => self.read_source(&path),
            Some(Translated { from: Some(path) }) => {
                self.view.note(format!("The source text is not where it was: {}", path.display()));
            }
            Some(Translated { from: None }) => {}
            None => {
                if let Some(path) = article.session.path.as_deref().and_then(beside) {
                    self.read_source(&path);
                }
            }
        }
    }

    /// Opens a source text beside the article.
    pub(super) fn open_source(&mut self, path: &Path) {
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if self.article().is_some_and(|a| a.session.path.as_ref() == Some(&path)) {
            return self.view.fault("This is the article itself; choose the text that it was translated from");
        }
        self.read_source(&path);
        let Some(source) = self.article().and_then(|a| a.source.as_ref()).filter(|s| s.path == path) else { return };
        let count = source.paragraphs.len();
        let said = format!("{} stands beside the article: {count} paragraph{}", source.name(), if count == 1 { "" } else { "s" });
        self.view.source_folded = false;
        self.view.note(said);
        self.remember_source();
    }

    fn read_source(&mut self, path: &Path) {
        let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
        let stamp = self.next_id;
        self.next_id += 1;
        let Some(article) = self.article_mut() else { return };
        let read = disk::read(path).map_err(|e| match e {
            DiskError::Folder(path) => format!("This is a folder, not a source text; choose a file in it: {path}"),
            DiskError::NoArticle(path) => format!("This is no file that holds a text: {path}"),
            other => sentence(&other.to_string()),
        });
        let read = read.and_then(|bytes| crate::formats::read(&name, &bytes).map_err(|e| format!("{name} can’t be opened: {e}")));
        match read {
            Ok(document) if document.text.trim().is_empty() => self.view.note(format!("The source text {name} is empty")),
            Ok(document) => {
                let source = Source::new(path.to_owned(), &document, article.session.review().original(), stamp);
                article.session.hear_source(source.language);
                self.pair_source(source);
                self.recheck(self.current);
            }
            Err(fault) => self.view.fault(fault),
        }
    }

    /// Pairs a source text with its article: at once when both are short, else off the frame.
    fn pair_source(&mut self, mut source: Source) {
        let at_once = self.checking == Checking::AtOnce;
        let Some(article) = self.article_mut() else { return };
        let original = article.session.review().original();
        if at_once || source.paragraphs.len() * source.originals.len() <= PAIRED_AT_ONCE {
            source.pairs = source.paired(original);
            article.source = Some(source);
            return;
        }
        let (id, original) = (article.id, original.to_owned());
        article.source = Some(source.clone());
        let (sender, ctx) = (self.sender.clone(), self.ctx.clone());
        std::thread::spawn(move || {
            let pairs = source.paired(&original);
            // The window may be gone; then nobody waits for it.
            let _ = sender.send(Message::Paired { article: id, source: source.stamp, pairs });
            ctx.request_repaint();
        });
    }

    /// Takes the pairs of a source text, if it is still open.
    pub(super) fn take_pairs(&mut self, article: u64, stamp: u64, pairs: Vec<Pair>) {
        let article = self.articles.iter_mut().find(|a| a.id == article);
        if let Some(source) = article.and_then(|a| a.source.as_mut()).filter(|s| s.stamp == stamp) {
            source.pairs = pairs;
        }
    }

    fn remember_source(&mut self) {
        let Some(article) = self.article() else { return };
        let Some(folder) = article.session.folder() else { return };
        let note = Translated { from: article.source.as_ref().map(|s| s.path.clone()) };
        if let Err(error) = self.store.remember_source(folder, &note) {
            self.view.fault(format!("The source text can’t be remembered: {error}"));
        }
    }

    pub(super) fn close_source(&mut self) {
        let Some(name) = self.article_mut().and_then(|a| a.source.take()).map(|s| s.name()) else { return };
        if let Some(article) = self.article_mut() {
            article.session.hear_source(None);
        }
        self.recheck(self.current);
        self.remember_source();
        self.view.note(format!("{name} is closed; its file is as it was"));
    }

    pub(super) fn source_beside(&mut self) {
        let wide = self.wide();
        if let Some(article) = self.articles.get(self.current).filter(|a| a.source.is_some()) {
            if self.view.pane == Pane::Compare {
                compare::turn_source(article, &mut self.view, wide);
            } else {
                self.view.source_folded = !self.view.source_folded;
            }
        } else {
            let note = "No source text stands beside this article yet. It stays on this machine and is never changed.";
            self.ask_typed(Purpose::Source, self.suggested_source(), note);
        }
    }

    /// The folder of the article, to begin a path with.
    pub(super) fn suggested_source(&self) -> String {
        let folder = self.article().and_then(|a| a.session.path.as_deref()).and_then(Path::parent);
        folder.map_or_else(String::new, |f| format!("{}{}", f.display(), std::path::MAIN_SEPARATOR))
    }

    pub(super) fn select_source(&mut self, i: Option<usize>) {
        if let Some(source) = self.article_mut().and_then(|a| a.source.as_mut()) {
            source.selected = i;
        }
    }

    /// Puts the paragraph that was clicked, else that of the finding, on the clipboard, in the order it was written.
    pub(super) fn copy_source(&mut self) {
        let Some(article) = self.article() else { return };
        let Some(source) = &article.source else { return };
        let chosen = source.selected.map(|i| i..i + 1);
        let chosen = chosen.or_else(|| Some(source.at(article.original_place(self.eye(article))))).unwrap_or(0..0);
        let words = chosen.map(|i| source.words(i)).collect::<Vec<_>>().join("\n");
        if words.is_empty() {
            return self.view.note("Click a paragraph of the source text first");
        }
        self.ctx.copy_text(words);
        self.view.note("The paragraph of the source text is on the clipboard");
    }
}
