//! One article in the queue: its session, the finding that is looked at, and figures that are counted
//! once an event, not once a frame.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::narrow::{Narrow, Trust};
use super::paper::Top;
use crate::document::BlockKind;
use crate::finding::{Category, Finding, RuleId, Tier};
use crate::review::{Hunk, Session};
use crate::text::{Alignment, Edits, Span};

/// The most text that is written in as a whole, in bytes; in a longer one a paragraph at a time is.
pub const MOST_TYPED: usize = 300 * 1024;

/// How much is counted of an article.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Depth {
    /// What the queue shows.
    Row,
    /// What is needed to show the article.
    All,
}

/// What is counted once an event.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    stamp: Option<(u64, (bool, u64), u64, Depth)>,
    /// Its title.
    pub title: String,
    /// Places of the session's findings that are shown.
    pub visible: Vec<usize>,
    /// The longest finding, in bytes.
    pub longest: usize,
    /// Findings by category, whatever the filter.
    pub counts: Vec<(Category, usize)>,
    /// Findings that are shown, whatever the filter.
    pub open: usize,
    /// Of those, by how far their fixes may be trusted.
    pub trusts: [(Trust, usize); 3],
    /// Of those, the fixes that may be taken unseen.
    pub safe: usize,
    /// Of those, what a person looks at.
    pub to_look_at: usize,
    /// Hints of style, whether they are shown or not.
    pub hints: usize,
    /// Fixes that stand.
    pub accepted: usize,
    /// Rejections that stand.
    pub rejected: usize,
    /// Words now.
    pub words: usize,
    /// Words of the original.
    pub original_words: usize,
    /// Whether the file lacks something.
    pub unsaved: bool,
    /// How many places.
    pub not_in_file: usize,
    /// The changed places.
    pub hunks: Arc<Vec<Hunk>>,
    /// The lines of the text as they are shown.
    pub lines: Arc<Vec<super::lines::Line>>,
    /// The lines of the original.
    pub original_lines: Arc<Vec<super::lines::Line>>,
}

/// An article of the queue.
pub struct Article {
    /// Its number; never used twice while the window is open.
    pub id: u64,
    /// Its place among the others: the queue is sorted by it.
    pub rank: u64,
    /// Its place in the queue as it is sorted.
    pub seat: usize,
    /// Its session.
    pub session: Session,
    /// The finding looked at, by its place among the visible ones.
    pub current: usize,
    known: Option<(RuleId, Span)>,
    /// The words of that finding are being written in.
    written: bool,
    /// The finding to look at comes with the next check.
    comes: bool,
    /// Where the eye is, in bytes: the next finding is looked for from here.
    pub anchor: usize,
    /// The line at the upper edge of the window.
    pub top: Top,
    /// The window was scrolled there since the article is open.
    at_top: bool,
    /// The suggestion that is shown in the text.
    pub fix: usize,
    /// A check waits or runs on a thread.
    pub checking: bool,
    /// How many of the session's notices were shown.
    pub said: usize,
    /// How many findings are alike to the one looked at.
    pub alike: usize,
    /// A place that was gone to, and the revision it is of.
    pub(super) place: Option<(Span, u64)>,
    /// What no rule can decide.
    pub checks: super::checks::Checklist,
    /// The text that it was translated from.
    pub source: Option<super::source::Source>,
    /// Whether that was looked for.
    pub source_sought: bool,
    /// Figures.
    pub figures: Figures,
    /// The most findings of each rule that were shown at once.
    pub shown: BTreeMap<RuleId, usize>,
    /// What of its file was said last, see [`super::theirs`].
    pub(super) told: Option<String>,
    /// Its number in the statistics.
    pub(super) number: String,
    /// The revision whose counts are in the statistics.
    pub(super) collected: Option<u64>,
}

/// The words of a text: what stands between white space and has a letter or a digit.
pub fn words(text: &str) -> usize {
    let (mut count, mut counted) = (0, false);
    let mut rest = text;
    // Most of a text is ASCII, which is told by its bytes.
    while let Some(first) = rest.chars().next() {
        let plain = rest.bytes().take_while(u8::is_ascii).count();
        for byte in rest.bytes().take(plain) {
            if byte.is_ascii_alphanumeric() {
                count += usize::from(!counted);
                counted = true;
            } else if byte.is_ascii_whitespace() || byte == 0x0b {
                counted = false;
            }
        }
        if plain == 0 {
            if first.is_alphanumeric() {
                count += usize::from(!counted);
                counted = true;
            } else if first.is_whitespace() {
                counted = false;
            }
        }
        rest = rest.get(plain.max(usize::from(plain == 0) * first.len_utf8())..).unwrap_or("");
    }
    count
}

impl Article {
    /// An article that was just opened.
    pub fn new(id: u64, rank: u64, session: Session) -> Self {
        Self {
            id,
            rank,
            seat: usize::MAX,
            session,
            current: 0,
            known: None,
            written: false,
            comes: false,
            anchor: 0,
            top: Top::default(),
            at_top: false,
            fix: 0,
            checking: false,
            said: 0,
            alike: 0,
            place: None,
            checks: super::checks::Checklist::default(),
            source: None,
            source_sought: false,
            figures: Figures::default(),
            shown: BTreeMap::new(),
            told: None,
            number: String::new(),
            collected: None,
        }
    }

    /// Counts anew when something happened since.
    pub fn count(&mut self, narrow: &Narrow, hints: bool, depth: Depth) {
        let choice = narrow.stamp(hints);
        let stamp = (self.session.review().revision(), (self.session.is_checked(), self.session.checks()), choice, depth);
        if self.figures.stamp == Some(stamp) {
            return;
        }
        let session = &self.session;
        let review = session.review();
        let shown = |f: &&Finding| hints || f.tier == Tier::Default;
        let findings = session.findings();
        let mut counts = Category::ALL.map(|c| (c, 0));
        let mut trusts = Trust::ALL.map(|t| (t, 0));
        let mut visible = Vec::new();
        for (i, finding) in findings.iter().enumerate().filter(|(_, f)| shown(f)) {
            let trust = Trust::of(finding);
            counts.iter_mut().filter(|(c, _)| *c == finding.category).for_each(|(_, n)| *n += 1);
            trusts.iter_mut().filter(|(t, _)| *t == trust).for_each(|(_, n)| *n += 1);
            if narrow.shows(finding) {
                visible.push(i);
            }
        }
        let open: usize = counts.iter().map(|(_, n)| n).sum();
        let safe = trusts.iter().find(|(t, _)| *t == Trust::Safe).map_or(0, |(_, n)| *n);
        let all = depth == Depth::All;
        let before = self.figures.stamp.filter(|s| s.3 == Depth::All);
        // The lines of an article that is not looked at are not kept: there may be hundreds.
        let lines = match before {
            _ if !all => Arc::default(),
            Some(before) if before.0 == stamp.0 => Arc::clone(&self.figures.lines),
            _ => Arc::new(super::lines::lines(session.now())),
        };
        let original_lines = match before {
            _ if !all => Arc::default(),
            Some(_) => Arc::clone(&self.figures.original_lines),
            None => Arc::new(super::lines::lines(session.document())),
        };
        self.figures = Figures {
            stamp: Some(stamp),
            title: self.title(),
            visible,
            longest: findings.iter().map(|f| f.span.len()).max().unwrap_or(0),
            open,
            trusts,
            safe,
            to_look_at: open - safe,
            hints: findings.iter().filter(|f| f.tier == Tier::Hint).count(),
            counts: counts.into_iter().filter(|(_, n)| *n > 0).collect(),
            accepted: review.accepted_count(),
            rejected: review.rejected().len(),
            words: words(review.text()),
            original_words: if self.figures.stamp.is_some() { self.figures.original_words } else { words(review.original()) },
            unsaved: session.is_unsaved(),
            not_in_file: review.changes_not_in_file(),
            hunks: if all { Arc::new(review.hunks()) } else { Arc::default() },
            lines,
            original_lines,
        };
        self.settle();
        if all && self.session.is_checked() {
            self.note_shown();
        }
    }

    /// After findings changed: stays with the finding looked at, or goes to the next one in the text.
    fn settle(&mut self) {
        if self.figures.visible.is_empty() && !self.session.is_checked() {
            return;
        }
        let findings = self.session.findings();
        let visible = || self.figures.visible.iter().filter_map(|i| findings.get(*i)).enumerate();
        let known = self.known.as_ref();
        let same = known.and_then(|(rule, span)| visible().find(|(_, f)| f.rule == *rule && f.span == *span));
        // While its words are written in, a finding is lost and comes back wider or narrower.
        let again =
            || known.filter(|_| self.written).and_then(|(rule, span)| visible().find(|(_, f)| f.rule == *rule && f.span.touches(*span)));
        let next = || visible().find(|(_, f)| f.span.start >= self.anchor || f.span.end > self.anchor);
        let stays = same.or_else(again).map(|(i, _)| i);
        // Past the last finding the first comes again.
        self.current = stays.or_else(|| next().map(|(i, _)| i)).unwrap_or(0);
        if stays.is_none() {
            self.fix = 0;
            if self.written || !self.session.is_checked() {
                // The next letter, or the check that is coming, may bring it back, or one that comes before.
                self.alike = self.finding().map_or(0, |f| self.session.count_alike(f));
                return;
            }
        }
        self.remember();
    }

    /// The finding looked at was shown while a check was under way: it is not left for one that the check brings.
    pub fn shown_finding(&mut self) {
        let shown = self.finding().map(|f| (&f.rule, f.span));
        if !self.written
            && !self.comes
            && !self.session.is_checked()
            && shown.is_some()
            && shown != self.known.as_ref().map(|(r, s)| (r, *s))
        {
            self.remember();
        }
    }

    fn remember(&mut self) {
        (self.written, self.comes) = (false, false);
        self.known = self.finding().map(|f| (f.rule.clone(), f.span));
        self.alike = self.finding().map_or(0, |f| self.session.count_alike(f));
    }

    /// Goes along with words that are being written: the finding looked at is not left for another.
    pub fn follow(&mut self, edits: &Edits) {
        let change = Alignment::new(edits);
        self.anchor = edits.hull().map_or(self.anchor, |h| h.start);
        if let Some((_, span)) = &mut self.known {
            let moved = change.carry(*span);
            self.written |= edits.iter().any(|e| e.span().touches(*span));
            *span = moved.unwrap_or_else(|| Span::new(change.onward(span.start), change.onward(span.end)));
        }
    }

    /// Forgets which finding was looked at: the next in the text from `anchor` is, after the next count.
    pub fn move_on(&mut self, anchor: usize) {
        self.anchor = anchor;
        self.known = None;
        self.fix = 0;
    }

    /// As [`Article::move_on`], to what was undone or done again: its finding is there after the next check.
    pub fn move_to(&mut self, place: usize) {
        self.move_on(place);
        self.comes = true;
    }

    /// Looks again where it was looked at; the finding may come with the next check only.
    pub(super) fn come_back(&mut self, anchor: usize, finding: Option<(RuleId, Span)>) {
        self.anchor = anchor;
        self.known = finding;
    }

    /// Where to scroll to, the first time it is asked and when it is not the beginning.
    pub(super) fn top_once(&mut self) -> Option<Top> {
        let first = !std::mem::replace(&mut self.at_top, true);
        Some(self.top).filter(|top| first && *top != Top::default())
    }

    /// The finding looked at.
    pub fn finding(&self) -> Option<&Finding> {
        self.session.findings().get(*self.figures.visible.get(self.current)?)
    }

    /// The findings shown that may touch a stretch of the text: those that begin in it or not long before.
    pub fn visible_near(&self, span: Span) -> impl Iterator<Item = (usize, &Finding)> {
        let findings = self.session.findings();
        let start = |i: &usize| findings.get(*i).map_or(0, |f| f.span.start);
        let from = self.figures.visible.partition_point(|i| start(i) + self.figures.longest < span.start);
        let near = self.figures.visible.iter().enumerate().skip(from).take_while(move |(_, i)| start(i) <= span.end);
        near.filter_map(move |(place, i)| Some((place, findings.get(*i)?)))
    }

    /// The findings shown.
    pub fn visible(&self) -> impl Iterator<Item = (usize, &Finding)> {
        self.figures.visible.iter().filter_map(|i| self.session.findings().get(*i)).enumerate()
    }

    /// Looks at the finding at a place of the list.
    pub fn select(&mut self, place: usize) {
        if place < self.figures.visible.len() {
            self.current = place;
            self.fix = 0;
            self.anchor = self.finding().map_or(self.anchor, |f| f.span.start);
            self.remember();
        }
    }

    /// Goes on by one finding; past the end the first comes again. Returns whether it did.
    pub fn go_on(&mut self) -> bool {
        let count = self.figures.visible.len();
        let around = count > 1 && self.current + 1 >= count;
        if count > 0 {
            self.select((self.current + 1) % count);
        }
        around
    }

    /// Goes back by one finding; before the first the last comes again. Returns whether it did.
    pub fn go_back(&mut self) -> bool {
        let count = self.figures.visible.len();
        let around = count > 1 && self.current == 0;
        if count > 0 {
            self.select((self.current + count - 1) % count);
        }
        around
    }

    /// Goes to the first finding behind a place of the text, or to the last before it; where the finding looked
    /// at stands there itself, to its neighbour.
    pub fn step_from(&mut self, from: Span, forward: bool) -> bool {
        if self.finding().is_some_and(|f| f.span.touches(from)) {
            return if forward { self.go_on() } else { self.go_back() };
        }
        let start = |i: &usize| self.session.findings().get(*i).map_or(0, |f| f.span.start);
        let visible = &self.figures.visible;
        let behind = visible.partition_point(|i| start(i) < from.start);
        let (to, around) = if forward { (Some(behind), behind == visible.len()) } else { (behind.checked_sub(1), behind == 0) };
        let ends = if forward { 0 } else { visible.len().saturating_sub(1) };
        self.select(to.filter(|_| !around).unwrap_or(ends));
        around
    }

    /// Whether one paragraph at a time is a field, because the whole text would be too slow.
    pub fn is_written_by_paragraph(&self) -> bool {
        self.session.text().len() > MOST_TYPED
    }

    /// Its title: the first headline, or the name.
    pub fn title(&self) -> String {
        let now = self.session.now();
        let headline = now.blocks.iter().find(|b| b.kind == BlockKind::Headline).map(|b| b.span.of(&now.text));
        headline.filter(|h| !h.trim().is_empty()).unwrap_or(&self.session.name).trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_are_what_stands_between_white_space() {
        let slow = |text: &str| text.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count();
        for text in ["", "a", "Two words.\n— “élan” à\u{a0}la 5 % – 3,5\tx", "слово ещё\u{2003}раз", "…", "a—b “c” d’e\u{b}f"]
        {
            assert_eq!(super::words(text), slow(text), "{text}");
        }
    }
}
