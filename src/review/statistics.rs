//! What became of findings, counted from the decisions themselves: by rule, and by article how much was
//! changed and how long it took. Pure; the window keeps the counts in a file.
//!
//! - *Accept rate*: fixes that stand accepted among all decisions that stand on a rule's findings. Edited
//!   fixes count as accepted: the finding was right.
//! - *Post-edit distance*: word edits divided by the words of the edited text, as in HTER (Snover, Dorr,
//!   Schwartz, Micciulla and Makhoul, “A Study of Translation Edit Rate with Targeted Human Annotation”, AMTA
//!   2006), but without its shifts: a word that moved counts as taken out and put in.
//! - *Time of work*: the gaps between one event and the next, gaps above two minutes left out. It is a lower
//!   bound: reading before the first decision and after the last leaves no trace.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::event::{Choice, Entry, Event, Time};
use super::{Review, Step};
use crate::finding::RuleId;
use crate::text::{Edits, Span};

/// The longest gap between two events that counts as work, in seconds.
const PAUSE: i64 = 120;
/// More cells than this of a table of word edits are not filled: the longer side is the distance then.
const MOST_CELLS: usize = 4_000_000;

/// What became of the findings of a rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// The most of its findings that an editor had before him at once, open or decided.
    pub shown: usize,
    /// Fixes that stand: the first one offered.
    pub first: usize,
    /// Fixes that stand: another one offered.
    pub other: usize,
    /// Fixes that stand: edited before they were taken.
    pub edited: usize,
    /// Rejections that stand: at one place.
    pub here: usize,
    /// Rejections that stand: for some words in the whole article.
    pub article: usize,
    /// Words that are always left alone. They belong to no article.
    pub always: usize,
    /// Decisions that were taken back and not made again. What is taken back in the comparison is not among them.
    pub undone: usize,
}

impl Counts {
    /// Fixes that stand.
    pub fn accepted(&self) -> usize {
        self.first + self.other + self.edited
    }

    /// Rejections that stand.
    pub fn rejected(&self) -> usize {
        self.here + self.article + self.always
    }

    /// Decisions that stand.
    pub fn decided(&self) -> usize {
        self.accepted() + self.rejected()
    }

    /// The part of the decisions that accepts, 0 to 1; none where nothing is decided.
    pub fn accept_rate(&self) -> Option<f64> {
        let decided = self.decided();
        (decided > 0).then(|| self.accepted() as f64 / decided as f64)
    }

    /// How good the rule may be at best, 0 to 1: the upper end of the 95 % score interval of its accept rate
    /// (Wilson, “Probable Inference, the Law of Succession, and Statistical Inference”, JASA 1927). One
    /// rejection says little, ten say much: sorted by this, rules that are surely noisy come first.
    pub fn best_rate(&self) -> Option<f64> {
        let (n, rate) = (self.decided() as f64, self.accept_rate()?);
        let z2 = 1.96_f64 * 1.96;
        let middle = rate + z2 / (2.0 * n);
        let reach = 1.96 * (rate * (1.0 - rate) / n + z2 / (4.0 * n * n)).sqrt();
        Some(((middle + reach) / (1.0 + z2 / n)).min(1.0))
    }

    /// Adds those of another article.
    pub fn add(&mut self, other: &Self) {
        self.shown += other.shown;
        self.first += other.first;
        self.other += other.other;
        self.edited += other.edited;
        self.here += other.here;
        self.article += other.article;
        self.always += other.always;
        self.undone += other.undone;
    }

    fn of(&mut self, deed: Deed) -> &mut usize {
        match deed {
            Deed::First => &mut self.first,
            Deed::Other => &mut self.other,
            Deed::Edited => &mut self.edited,
            Deed::Here => &mut self.here,
            Deed::Article => &mut self.article,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Deed {
    First,
    Other,
    Edited,
    Here,
    Article,
}

#[derive(Clone, Debug)]
struct Decision {
    rule: RuleId,
    deed: Deed,
    stands: bool,
}

/// The counts of one article, folded along with its events.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    since: Option<Time>,
    rules: BTreeMap<RuleId, Counts>,
    decisions: BTreeMap<usize, Decision>,
    /// Entries that took a decision back, or did it again: which decision.
    turns: BTreeMap<usize, usize>,
    seconds: i64,
    last: Option<Time>,
}

impl Tally {
    /// Counts nothing that was done before a time.
    pub fn since(time: Option<Time>) -> Self {
        Self { since: time, ..Self::default() }
    }

    /// Takes one event in, after it was folded; `step` is what it undid or did again.
    pub(super) fn take(&mut self, number: usize, entry: &Entry, step: Option<&Step>) {
        if self.since.is_some_and(|s| entry.at < s) {
            return;
        }
        let gap = self.last.map_or(0, |last| entry.at.as_second() - last.as_second());
        self.seconds += if (0..=PAUSE).contains(&gap) { gap } else { 0 };
        self.last = Some(entry.at);
        match &entry.event {
            Event::Undone => step.into_iter().flat_map(|s| &s.entries).for_each(|(n, e)| self.take_back(*n, &e.event)),
            Event::Redone => step.into_iter().flat_map(|s| &s.entries).for_each(|(n, e)| self.do_again(*n, &e.event)),
            Event::Reverted { entry: Some(earlier), .. } => {
                let decision = self.turns.get(earlier).copied().unwrap_or(*earlier);
                self.turns.insert(number, decision);
                self.turn(decision);
            }
            event => {
                if let Some((rule, deed)) = deed(event) {
                    *self.rules.entry(rule.clone()).or_default().of(deed) += 1;
                    self.decisions.insert(number, Decision { rule: rule.clone(), deed, stands: true });
                }
            }
        }
    }

    fn take_back(&mut self, number: usize, event: &Event) {
        match event {
            Event::Reverted { entry: Some(_), .. } => self.turn_of(number),
            _ => self.stand(number, false),
        }
    }

    fn do_again(&mut self, number: usize, event: &Event) {
        match event {
            Event::Reverted { entry: Some(_), .. } => self.turn_of(number),
            _ => self.stand(number, true),
        }
    }

    /// What stood stands no more, and what did not stands again.
    fn turn(&mut self, decision: usize) {
        if let Some(stands) = self.decisions.get(&decision).map(|d| d.stands) {
            self.stand(decision, !stands);
        }
    }

    fn turn_of(&mut self, number: usize) {
        if let Some(decision) = self.turns.get(&number).copied() {
            self.turn(decision);
        }
    }

    /// A decision that was counted stands, or stands no more.
    fn stand(&mut self, number: usize, stands: bool) {
        let Some(decision) = self.decisions.get_mut(&number).filter(|d| d.stands != stands) else { return };
        decision.stands = stands;
        let Some(counts) = self.rules.get_mut(&decision.rule) else { return };
        let (more, less) = if stands { (1, 0) } else { (0, 1) };
        let count = counts.of(decision.deed);
        *count = (*count + more).saturating_sub(less);
        counts.undone = (counts.undone + less).saturating_sub(more);
    }

    /// The counts by rule; what was shown is not known here.
    pub fn rules(&self) -> &BTreeMap<RuleId, Counts> {
        &self.rules
    }

    /// Seconds of work.
    pub fn seconds(&self) -> u64 {
        self.seconds.unsigned_abs()
    }
}

fn deed(event: &Event) -> Option<(&RuleId, Deed)> {
    Some(match event {
        // Journals of the first version tell an edited fix by its title alone.
        Event::Accepted { rule, choice: Choice::Edited, .. } => (rule, Deed::Edited),
        Event::Accepted { rule, fix, .. } if fix.ends_with("(by hand)") => (rule, Deed::Edited),
        Event::Accepted { rule, choice: Choice::First, .. } => (rule, Deed::First),
        Event::Accepted { rule, choice: Choice::Other, .. } => (rule, Deed::Other),
        Event::Rejected { rule, words: None, .. } => (rule, Deed::Here),
        Event::Rejected { rule, words: Some(_), .. } => (rule, Deed::Article),
        _ => return None,
    })
}

/// How far the edited text is from the original.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Distance {
    /// Words put in, taken out or put in place of others.
    pub edits: usize,
    /// Words of the edited text.
    pub words: usize,
}

impl Distance {
    /// Word edits by words, 0 where there are none.
    pub fn rate(&self) -> f64 {
        if self.words == 0 { 0.0 } else { self.edits as f64 / self.words as f64 }
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).collect()
}

/// The distance that some edits of an original make. A word is what stands between white space and holds a
/// letter or a digit; with another mark at its end it is another word.
pub fn distance(original: &str, edits: &Edits) -> Distance {
    let (mut count, mut grown) = (0, 0_isize);
    let mut stretch: Option<(Span, Vec<&crate::text::Edit>)> = None;
    let mut settle = |stretch: Option<(Span, Vec<&crate::text::Edit>)>| {
        let Some((span, edits)) = stretch else { return };
        let mut now = String::new();
        let mut position = span.start;
        for edit in edits {
            now.push_str(Span::new(position, edit.at).of(original));
            now.push_str(&edit.to);
            position = edit.span().end;
        }
        now.push_str(Span::new(position, span.end).of(original));
        let (before, after) = (words(span.of(original)), words(&now));
        grown += after.len() as isize - before.len() as isize;
        count += word_edits(&before, &after);
    };
    for edit in edits {
        let span = whole_words(original, edit.span());
        match &mut stretch {
            Some((all, list)) if span.start <= all.end => {
                *all = all.cover(span);
                list.push(edit);
            }
            _ => settle(stretch.replace((span, vec![edit]))),
        }
    }
    settle(stretch.take());
    Distance { edits: count, words: words(original).len().saturating_add_signed(grown) }
}

/// A span grown to the white space round it.
fn whole_words(text: &str, span: Span) -> Span {
    let before = text.get(..span.start).unwrap_or("");
    let after = text.get(span.end..).unwrap_or("");
    let left = before.len() - before.trim_end_matches(|c: char| !c.is_whitespace()).len();
    let right = after.len() - after.trim_start_matches(|c: char| !c.is_whitespace()).len();
    Span::new(span.start - left, span.end + right)
}

/// The fewest words put in, taken out or replaced (Levenshtein) that lead from one to the other.
fn word_edits(mut from: &[&str], mut to: &[&str]) -> usize {
    while let ([a, from_rest @ ..], [b, to_rest @ ..]) = (from, to)
        && a == b
    {
        (from, to) = (from_rest, to_rest);
    }
    while let ([from_rest @ .., a], [to_rest @ .., b]) = (from, to)
        && a == b
    {
        (from, to) = (from_rest, to_rest);
    }
    if from.is_empty() || to.is_empty() || from.len().saturating_mul(to.len()) > MOST_CELLS {
        return from.len().max(to.len());
    }
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        next.push(i + 1);
        for ((above, here), b) in row.iter().zip(row.iter().skip(1)).zip(to) {
            let left = next.last().copied().unwrap_or(0);
            next.push((above + usize::from(a != b)).min(here + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

/// What is kept of an article: counts alone, no word of it and not its name.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Record {
    /// The day of its last event, as 2026-11-24.
    pub day: String,
    /// How far it is from its original.
    pub distance: Distance,
    /// Seconds of work.
    pub seconds: u64,
    /// By rule.
    pub rules: BTreeMap<RuleId, Counts>,
}

impl Record {
    /// That of an article, with what was shown of each rule.
    pub fn of(review: &Review, shown: &BTreeMap<RuleId, usize>) -> Self {
        let tally = review.tally();
        let mut rules = tally.rules.clone();
        for (rule, count) in shown {
            rules.entry(rule.clone()).or_default().shown = *count;
        }
        for counts in rules.values_mut() {
            counts.shown = counts.shown.max(counts.decided());
        }
        let day = tally.last.map_or_else(String::new, |t| t.strftime("%Y-%m-%d").to_string());
        Self { day, distance: distance(review.original(), &review.composed()), seconds: tally.seconds(), rules }
    }

    /// Whether anything was done.
    pub fn is_worth_keeping(&self) -> bool {
        self.distance.edits > 0 || self.rules.values().any(|c| c.decided() + c.undone > 0)
    }

    /// Its lines in the file, under a number that says nothing about it.
    pub fn lines(&self, id: &str) -> String {
        let mut out = String::new();
        let (d, day) = (self.distance, if self.day.is_empty() { "-" } else { &self.day });
        // Writing to a string never fails.
        let _ = writeln!(out, "article\t{id}\t{day}\t{}\t{}\t{}", d.words, d.edits, self.seconds);
        for (rule, c) in &self.rules {
            let _ = writeln!(
                out,
                "rule\t{id}\t{rule}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
                c.shown, c.first, c.other, c.edited, c.here, c.article, c.undone
            );
        }
        out
    }
}

/// All that was kept, as the file says it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Book {
    /// What was done before this time was forgotten.
    pub since: Option<Time>,
    /// By the number of the article; what is kept of it later takes the place of what was kept before.
    pub articles: BTreeMap<String, Record>,
    /// Lines that say nothing to this version.
    pub unread: usize,
    /// Lines that later ones took the place of.
    pub stale: usize,
}

const HEAD: &str = "# Written by Copydesk: what became of findings, for its screen of statistics. Counts alone; it never leaves this machine.\n\
                    # article <id> <day> <words> <word edits> <seconds of work>\n\
                    # rule <id> <rule> <shown> <first fix> <other fix> <edited fix> <left here> <left in article> <taken back>\n";

impl Book {
    /// Reads the lines of the file.
    pub fn parse(text: &str) -> Self {
        let mut book = Self::default();
        for line in text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            if book.line(line).is_none() {
                book.unread += 1;
            }
        }
        book
    }

    fn line(&mut self, line: &str) -> Option<()> {
        let mut parts = line.split('\t');
        let (kind, id) = (parts.next()?, parts.next()?);
        match kind {
            "since" => self.since = Some(id.parse().ok()?),
            "article" => {
                let day = parts.next()?.to_owned();
                let [words, edits, seconds] = numbers(parts)?;
                let record = Record { day, distance: Distance { edits, words }, seconds: seconds as u64, rules: BTreeMap::new() };
                if let Some(before) = self.articles.insert(id.to_owned(), record) {
                    self.stale += 1 + before.rules.len();
                }
            }
            "rule" => {
                let rule = parts.next()?.to_owned();
                let [shown, first, other, edited, here, article, undone] = numbers(parts)?;
                let counts = Counts { shown, first, other, edited, here, article, always: 0, undone };
                self.articles.get_mut(id)?.rules.insert(rule, counts);
            }
            _ => return None,
        }
        Some(())
    }

    /// Whether most lines have been taken the place of.
    pub fn is_half_stale(&self) -> bool {
        self.stale > self.articles.values().map(|r| r.rules.len() + 1).sum()
    }

    /// The whole file.
    pub fn text(&self) -> String {
        let since = self.since.map_or_else(String::new, |s| format!("since\t{s}\n"));
        let lines: String = self.articles.iter().map(|(id, r)| r.lines(id)).collect();
        format!("{HEAD}{since}{lines}")
    }

    /// All articles together.
    pub fn total(&self) -> Total {
        let mut total = Total { articles: self.articles.len(), ..Total::default() };
        for record in self.articles.values() {
            total.add(record);
        }
        total
    }
}

fn numbers<const N: usize>(parts: std::str::Split<char>) -> Option<[usize; N]> {
    let found: Option<Vec<usize>> = parts.map(|p| p.parse().ok()).collect();
    found?.try_into().ok()
}

/// Some articles together.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Total {
    /// How many.
    pub articles: usize,
    /// Their word edits and words.
    pub distance: Distance,
    /// Seconds of work.
    pub seconds: u64,
    /// By rule.
    pub rules: BTreeMap<RuleId, Counts>,
}

impl Total {
    /// Takes another article in; its number is counted elsewhere.
    pub fn add(&mut self, record: &Record) {
        self.distance.edits += record.distance.edits;
        self.distance.words += record.distance.words;
        self.seconds += record.seconds;
        for (rule, counts) in &record.rules {
            self.rules.entry(rule.clone()).or_default().add(counts);
        }
    }

    /// A table for other programs, with a comma between its cells (RFC 4180).
    pub fn csv(&self) -> String {
        let mut out =
            "rule,shown,first fix,other fix,edited fix,left here,left in article,left always,taken back,accept rate\r\n".to_owned();
        for (rule, c) in &self.rules {
            let rate = c.accept_rate().map_or_else(String::new, |r| format!("{r:.3}"));
            let rule = if rule.contains([',', '"', '\n']) { format!("\"{}\"", rule.replace('"', "\"\"")) } else { rule.clone() };
            let _ = write!(
                out,
                "{rule},{},{},{},{},{},{},{},{},{rate}\r\n",
                c.shown, c.first, c.other, c.edited, c.here, c.article, c.always, c.undone
            );
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Edit;

    fn far(original: &str, changes: &[(&str, &str)]) -> Distance {
        let edit =
            |(from, to): &(&str, &str)| Edit { at: original.find(from).unwrap_or(0), from: (*from).to_owned(), to: (*to).to_owned() };
        distance(original, &Edits::new(changes.iter().map(edit).collect()).unwrap_or_default())
    }

    #[test]
    fn words_are_counted_as_hter_counts_them() {
        let text = "They waited for for an answer in Oslo , and left.";
        assert_eq!(far(text, &[]), Distance { edits: 0, words: 10 });
        assert_eq!(far(text, &[(" for", "")]), Distance { edits: 1, words: 9 }, "one word less");
        assert_eq!(far(text, &[(" ,", ",")]), Distance { edits: 1, words: 10 }, "Oslo became “Oslo,”");
        assert_eq!(far(text, &[("answer", "reply"), ("Oslo", "Bergen")]).edits, 2);
        assert_eq!(far("the regimeHe said", &[("He", " he")]), Distance { edits: 2, words: 4 }, "one word became two others");
        assert_eq!(far("a b c d", &[("a b", "b a")]).edits, 2, "a word that moved goes and comes");
        assert_eq!(far("", &[]), Distance::default());
    }

    #[test]
    fn rules_that_are_surely_noisy_come_first() {
        let counts = |first, here| Counts { first, here, ..Counts::default() };
        let best = |first, here| counts(first, here).best_rate().unwrap_or(2.0);
        assert!(best(1, 10) < best(0, 1), "ten rejections say more than one");
        assert!(best(0, 10) < best(1, 10));
        assert!(best(0, 1) < best(1, 0));
        assert_eq!(counts(0, 0).best_rate(), None);
    }

    #[test]
    fn what_is_kept_later_takes_the_place_of_what_was_kept_before() {
        let mut record = Record { day: "2026-11-24".to_owned(), seconds: 60, ..Record::default() };
        record.distance = Distance { edits: 3, words: 120 };
        record.rules.insert("doubled-words".to_owned(), Counts { shown: 4, first: 2, here: 1, undone: 1, ..Counts::default() });
        let mut text = Book::default().text() + &record.lines("a") + &record.lines("b");
        record.rules.clear();
        record.distance.edits = 1;
        text += &record.lines("b");
        text += "nonsense\nrule\tnobody\tx\t1\n";
        let book = Book::parse(&text);
        assert_eq!((book.articles.len(), book.unread, book.stale), (2, 2, 2));
        let total = book.total();
        assert_eq!((total.articles, total.distance.edits, total.seconds), (2, 4, 120));
        assert_eq!(total.rules.get("doubled-words").map(|c| (c.shown, c.first)), Some((4, 2)));
        assert_eq!(Book::parse(&book.text()), Book { unread: 0, stale: 0, ..book });
        assert!(total.csv().contains("\r\ndoubled-words,4,2,0,0,1,0,0,1,0.667\r\n"), "{}", total.csv());
    }
}
