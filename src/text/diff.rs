//! Word-level differences, for people to read.
//!
//! [`rows`] turns *known* edits into paragraphs with their changes, exactly and without guessing: that is
//! what the window shows of a review. [`edits`] finds the edits between two texts of which nothing is
//! known (a file that changed on disk, a pasted rewrite); [`compare`] is the one after the other.
//! Words are whole, except that a glued pair is cut (`Lavrov|Today`, `plan|.|”|She`), so that the repair of
//! a lost space shows as one space.
//!
//! ```
//! use copydesk::text::diff::{Change, compare};
//!
//! let rows = compare("One.\nThe authorityand the union", "One.\nThe authority and the union");
//! assert_eq!(rows[1].changes, [
//!     Change::Same("The authority".into()),
//!     Change::Added(" ".into()),
//!     Change::Same("and the union".into()),
//! ]);
//! ```

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Edit, Edits, Span};

/// Beyond so many words on both sides of one changed stretch it is shown as replaced altogether.
const MOST_WORDS: usize = 60_000;

/// A stretch of one paragraph.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// In both.
    Same(String),
    /// In the old text only.
    Removed(String),
    /// In the new text only.
    Added(String),
}

impl Change {
    /// Its words.
    pub fn text(&self) -> &str {
        match self {
            Self::Same(text) | Self::Removed(text) | Self::Added(text) => text,
        }
    }
}

/// A paragraph of the old text beside the one of the new text that it became. Where paragraphs were
/// joined or split, one side holds several, and a change holds the line break.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Row {
    /// Where it stands in the old text (bytes, without the line break at its end); `None` where it is new.
    pub old: Option<Span>,
    /// Where it stands in the new text; `None` where it was taken out.
    pub new: Option<Span>,
    /// Left to right; a removed stretch comes before the one that replaces it.
    pub changes: Vec<Change>,
}

impl Row {
    /// Whether both sides are alike.
    pub fn is_same(&self) -> bool {
        self.changes.iter().all(|c| matches!(c, Change::Same(_)))
    }
}

/// The paragraphs of two texts side by side.
pub fn compare(old: &str, new: &str) -> Vec<Row> {
    rows(old, &edits(old, new))
}

/// The paragraphs of a text beside what the edits make of them. Edits that do not fit the text show it unchanged.
pub fn rows(old: &str, edits: &Edits) -> Vec<Row> {
    let mut page = Page::default();
    let mut position = 0;
    let fits = edits.iter().all(|e| e.span().of(old) == e.from);
    for edit in edits.iter().filter(|_| fits) {
        page.same(old.get(position..edit.at).unwrap_or(""));
        page.change(&edit.from, &edit.to);
        position = edit.span().end;
    }
    page.same(old.get(position..).unwrap_or(""));
    page.end_row();
    page.rows
}

/// Rows that are being put together. A change in `open` is a line break or holds none.
#[derive(Default)]
struct Page {
    rows: Vec<Row>,
    open: Vec<Change>,
    old_end: usize,
    new_end: usize,
}

impl Page {
    fn same(&mut self, text: &str) {
        for (i, line) in text.split('\n').enumerate() {
            if i > 0 {
                self.end_row();
            }
            self.open.push(Change::Same(line.to_owned()));
        }
    }

    fn change(&mut self, from: &str, to: &str) {
        let breaks = |text: &str| text.bytes().filter(|&b| b == b'\n').count();
        if breaks(from) == breaks(to) {
            for (i, (from, to)) in from.split('\n').zip(to.split('\n')).enumerate() {
                if i > 0 {
                    self.end_row();
                }
                self.open.extend([Change::Removed(from.to_owned()), Change::Added(to.to_owned())]);
            }
            return;
        }
        for (text, side) in [(from, Change::Removed as fn(String) -> Change), (to, Change::Added)] {
            for (i, line) in text.split('\n').enumerate() {
                if i > 0 {
                    self.open.push(side("\n".to_owned()));
                }
                self.open.push(side(line.to_owned()));
            }
        }
    }

    /// Ends a row. Whole paragraphs that one side alone has, at its beginning and its end, are rows of their own.
    fn end_row(&mut self) {
        let mut open = std::mem::take(&mut self.open);
        open.retain(|c| !c.text().is_empty());
        let one_side = |changes: &[Change]| {
            changes.iter().all(|c| matches!(c, Change::Removed(_))) || changes.iter().all(|c| matches!(c, Change::Added(_)))
        };
        let is_break = |c: &Change| c.text() == "\n";
        let mut rest = open.as_slice();
        while let Some(i) = rest.iter().position(is_break)
            && let Some((line, tail)) = rest.split_at_checked(i + 1)
            && one_side(line)
        {
            self.lone_row(line);
            rest = tail;
        }
        let tail = (0..rest.len()).find(|&i| rest.get(i).is_some_and(is_break) && rest.get(i..).is_some_and(one_side));
        let (row, tail) = rest.split_at_checked(tail.unwrap_or(rest.len())).unwrap_or((rest, &[]));
        self.push_row(row, true, true);
        for line in tail.chunk_by(|_, b| !is_break(b)) {
            self.lone_row(line);
        }
    }

    fn lone_row(&mut self, line: &[Change]) {
        let removed = matches!(line.first(), Some(Change::Removed(_)));
        let words: Vec<Change> = line.iter().filter(|c| c.text() != "\n").cloned().collect();
        self.push_row(&words, removed, !removed);
    }

    fn push_row(&mut self, changes: &[Change], in_old: bool, in_new: bool) {
        let mut row = Row::default();
        let (mut old_len, mut new_len) = (0, 0);
        for change in changes {
            let len = change.text().len();
            old_len += if matches!(change, Change::Added(_)) { 0 } else { len };
            new_len += if matches!(change, Change::Removed(_)) { 0 } else { len };
            match (row.changes.last_mut(), change) {
                (Some(Change::Same(a)), Change::Same(b))
                | (Some(Change::Removed(a)), Change::Removed(b))
                | (Some(Change::Added(a)), Change::Added(b)) => a.push_str(b),
                _ => row.changes.push(change.clone()),
            }
        }
        if in_old {
            row.old = Some(Span::new(self.old_end, self.old_end + old_len));
            self.old_end += old_len + 1;
        }
        if in_new {
            row.new = Some(Span::new(self.new_end, self.new_end + new_len));
            self.new_end += new_len + 1;
        }
        self.rows.push(row);
    }
}

/// The edits that lead from one text to the other: whole words, except where a glued pair is cut.
pub fn edits(old: &str, new: &str) -> Edits {
    let old_lines: Vec<&str> = old.split_inclusive('\n').collect();
    let new_lines: Vec<&str> = new.split_inclusive('\n').collect();
    let mut found = Vec::new();
    let len = |lines: Option<&[&str]>| lines.unwrap_or(&[]).iter().map(|l| l.len()).sum::<usize>();
    let (mut old_at, mut new_at) = (0, 0);
    for op in capture_diff_slices(Algorithm::Patience, &old_lines, &new_lines) {
        let (old_range, new_range) = (op.old_range(), op.new_range());
        let (from, to) = (len(old_lines.get(old_range)), len(new_lines.get(new_range)));
        if !matches!(op, DiffOp::Equal { .. }) {
            let (from, to) = (Span::new(old_at, old_at + from).of(old), Span::new(new_at, new_at + to).of(new));
            words_of_stretch(old_at, from, to, &mut found);
        }
        old_at += from;
        new_at += to;
    }
    Edits::new(found).unwrap_or_default()
}

/// The word edits between two stretches; `at` is where the old one stands.
fn words_of_stretch(at: usize, from: &str, to: &str, found: &mut Vec<Edit>) {
    let (old, new) = (words(from), words(to));
    if old.len().min(new.len()) > MOST_WORDS {
        found.push(Edit { at, from: from.to_owned(), to: to.to_owned() });
        return;
    }
    let bytes = |words: Option<&[&str]>| words.unwrap_or(&[]).concat();
    let (mut position, mut pending) = (at, Edit { at, from: String::new(), to: String::new() });
    // What stands the same between two changes; white space alone does not part them.
    let mut between = String::new();
    for op in capture_diff_slices(Algorithm::Patience, &old, &new) {
        let (from, to) = (bytes(old.get(op.old_range())), bytes(new.get(op.new_range())));
        if matches!(op, DiffOp::Equal { .. }) {
            position += from.len();
            between = from;
            continue;
        }
        let changed = !(pending.from.is_empty() && pending.to.is_empty());
        if changed && !is_glue(&pending) && !between.is_empty() && between.chars().all(|c| c.is_whitespace() && c != '\n') {
            pending.from.push_str(&between);
            pending.to.push_str(&between);
        } else if changed && !between.is_empty() {
            found.push(trimmed(&std::mem::replace(&mut pending, Edit { at: position, from: String::new(), to: String::new() })));
        } else if !changed {
            pending.at = position;
        }
        between.clear();
        position += from.len();
        pending.from.push_str(&from);
        pending.to.push_str(&to);
    }
    if !(pending.from.is_empty() && pending.to.is_empty()) {
        found.push(trimmed(&pending));
    }
}

/// Whether only spacing and marks change: such a repair is shown alone, not together with its neighbours.
fn is_glue(edit: &Edit) -> bool {
    let inner = trimmed(edit);
    !inner.from.contains(char::is_alphanumeric) && !inner.to.contains(char::is_alphanumeric)
}

/// The change without what both sides share at their ends, as far as that cuts no word apart that is
/// one on both sides.
fn trimmed(edit: &Edit) -> Edit {
    let whole = edit.trimmed();
    let head = edit.from.get(..whole.at - edit.at).unwrap_or("");
    let tail = edit.from.get(head.len() + whole.from.len()..).unwrap_or("");
    let long = |shared: &str| shared.chars().filter(|c| c.is_alphabetic()).count() >= 3 || !shared.contains(char::is_alphanumeric);
    let parts_a_word = |text: &str, at: usize| {
        let (before, after) = (text.get(..at).unwrap_or(""), text.get(at..).unwrap_or(""));
        before.chars().next_back().is_some_and(char::is_alphanumeric) && after.chars().next().is_some_and(char::is_alphanumeric)
    };
    let cut = |glue: bool| {
        let is_whole = |from_at: usize, to_at: usize| {
            let parted = [parts_a_word(&edit.from, from_at), parts_a_word(&edit.to, to_at)];
            if glue { parted != [true, true] } else { parted == [false, false] }
        };
        let mut heads = (0..=head.len()).rev().filter_map(|len| head.get(..len));
        let head = heads.find(|h| long(h) && is_whole(h.len(), h.len())).unwrap_or("");
        let mut tails = (0..=tail.len()).filter_map(|cut| tail.get(cut..));
        let tail = tails.find(|t| long(t) && is_whole(edit.from.len() - t.len(), edit.to.len() - t.len())).unwrap_or("");
        let inner = |text: &str| text.get(head.len()..text.len() - tail.len()).unwrap_or("").to_owned();
        Edit { at: edit.at + head.len(), from: inner(&edit.from), to: inner(&edit.to) }
    };
    let wordless = |text: &str| !text.contains(char::is_alphanumeric);
    Some(cut(true)).filter(|e| wordless(&e.from) || wordless(&e.to)).unwrap_or_else(|| cut(false))
}

/// The words of a text and all that stands between them: letters and digits with their inner
/// apostrophes, cut where a capital follows a small letter; runs of spaces; every other character alone.
fn words(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let len = if first.is_alphanumeric() {
            let mut before = first;
            let mut chars = rest.char_indices().skip(1).peekable();
            let mut end = rest.len();
            while let Some((i, c)) = chars.next() {
                let apostrophe = matches!(c, '\'' | '’') && chars.peek().is_some_and(|(_, n)| n.is_alphabetic()) && before.is_alphabetic();
                let joined = c.is_alphanumeric() || is_combining(c) || apostrophe;
                if !joined || (before.is_lowercase() && c.is_uppercase()) {
                    end = i;
                    break;
                }
                before = c;
            }
            end
        } else if first.is_whitespace() && first != '\n' {
            rest.find(|c: char| !c.is_whitespace() || c == '\n').unwrap_or(rest.len())
        } else {
            rest.char_indices().skip(1).find(|(_, c)| !is_combining(*c)).map_or(rest.len(), |(i, _)| i)
        };
        let (word, after) = rest.split_at_checked(len).unwrap_or((rest, ""));
        out.push(word);
        rest = after;
    }
    out
}

/// Marks that belong to the character before them, and joiners inside emoji.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{64b}'..='\u{65f}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{20d0}'..='\u{20ff}')
}

/// Long replacements cut into the words that really change, so that the words between them keep their place
/// in the file: a link stays around the name that it was put on.
pub fn word_by_word(original: &str, edits: &Edits) -> Edits {
    let words = |s: &str| s.split_whitespace().count();
    let mut fine = Vec::new();
    for edit in edits {
        if words(&edit.from).min(words(&edit.to)) < 3 {
            fine.push(edit.clone());
        } else {
            fine.extend(self::edits(&edit.from, &edit.to).iter().map(|e| Edit { at: edit.at + e.at, ..e.clone() }));
        }
    }
    Edits::new(fine).filter(|f| f.apply(original) == edits.apply(original)).unwrap_or_else(|| edits.clone())
}
