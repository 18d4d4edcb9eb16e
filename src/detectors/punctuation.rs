//! Marks: a space before one (`Finland ,`), two where one belongs (`said. .`, `here,.`), marks of other
//! scripts (`week，`), marks and fragments that belong to nothing.

use super::{Detect, Report, only_params};
use crate::analysis::sentences::{is_tail_abbreviation, is_title_abbreviation};
use crate::analysis::{Analysis, TokenKind};
use crate::document::{Block, BlockKind};
use crate::finding::Applicability;
use crate::rules::Lexicon;
use crate::text::{Edit, Span};

/// A detector without parameters, as a function.
struct Plain(fn(&Analysis, &mut Report));

impl Detect for Plain {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        (self.0)(article, report);
    }
}

pub(super) fn plain(params: &toml::Table, detect: fn(&Analysis, &mut Report)) -> Result<Box<dyn Detect>, String> {
    only_params(params, &[])?;
    Ok(Box::new(Plain(detect)))
}

/// Builds the `space-before-mark` detector.
pub fn build_space_before(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    plain(params, space_before_mark)
}
/// Builds the `doubled-marks` detector.
pub fn build_doubled(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    plain(params, doubled_marks)
}
/// Builds the `foreign-marks` detector.
pub fn build_foreign(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    plain(params, foreign_marks)
}
/// Builds the `stray-mark` detector.
pub fn build_stray(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    plain(params, stray_mark)
}
/// Builds the `orphan-fragment` detector.
pub fn build_orphan(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    plain(params, orphan_fragment)
}

/// Builds the `lost-final-stop` detector.
pub fn build_final_stop(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    plain(params, lost_final_stop)
}

fn is_mark(c: char) -> bool {
    matches!(c, ',' | '.' | ';' | ':' | '!' | '?')
}

fn is_closing(c: char) -> bool {
    matches!(c, '”' | '’' | '"' | '\'' | ')' | ']' | '»' | '%')
}

/// A run of marks, with the spaces before it and inside it (bytes of the view).
struct Cluster {
    /// Where the spaces before it begin.
    start: usize,
    first: usize,
    end: usize,
    marks: String,
}

impl Cluster {
    fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }
}

/// All runs of marks of a block that begin at or after `offset`.
fn clusters(block: &str, offset: usize) -> Vec<Cluster> {
    let mut out = Vec::new();
    let mut at = 0;
    let bytes = block.as_bytes();
    while let Some(found) = bytes.get(at..).and_then(|b| b.iter().position(|b| b.is_ascii() && is_mark(*b as char))) {
        let first = at + found;
        let mut cluster = Cluster { start: offset + first, first: offset + first, end: 0, marks: String::new() };
        let spaces: usize = block
            .get(..first)
            .map_or(0, |t| t.chars().rev().take_while(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}')).map(char::len_utf8).sum());
        cluster.start -= spaces;
        let mut end = first;
        loop {
            let rest = block.get(end..).unwrap_or("");
            let gap: usize = rest.chars().take_while(|c| matches!(c, ' ' | '\u{a0}')).map(char::len_utf8).sum();
            let mut chars = rest.get(gap..).unwrap_or("").chars();
            let Some(mark) = chars.next().filter(|&c| is_mark(c)) else { break };
            // A stop that begins `.com` or `.5` is no second mark.
            if gap > 0 && !cluster.marks.is_empty() && chars.next().is_some_and(char::is_alphanumeric) {
                break;
            }
            cluster.marks.push(mark);
            end += gap + mark.len_utf8();
        }
        cluster.end = offset + end;
        at = end.max(first + 1);
        out.push(cluster);
    }
    out
}

fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

fn after(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The word that ends at byte `at`, with the stops inside it.
fn word_before(text: &str, at: usize) -> &str {
    let head = text.get(..at).unwrap_or("");
    let len: usize =
        head.chars().rev().take(40).take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '’' | '\'' | '-')).map(char::len_utf8).sum();
    head.get(head.len() - len..).unwrap_or("")
}

/// Whether a stop after `word` may be its own.
fn abbreviates(article: &Analysis, word: &str) -> bool {
    let last = word.rsplit('-').next().unwrap_or(word);
    let short = last.chars().count() <= 5 && last.chars().next().is_some_and(char::is_uppercase);
    word.contains('.')
        || is_title_abbreviation(last)
        || is_tail_abbreviation(last)
        || last.chars().count() <= 2
        || matches!(
            last,
            "etc" | "vs" | "approx" | "dept" | "min" | "max" | "sec" | "hrs" | "ext" | "tel" | "km" | "cm" | "kg" | "sq" | "cub"
        )
        || (short && !article.lexicon().is_word(last))
}

fn space_before_mark(article: &Analysis, report: &mut Report) {
    let text = article.text();
    for block in article.blocks() {
        let body = block.span.of(text);
        for c in clusters(body, block.span.start) {
            if c.start == c.first || c.marks.len() != 1 || c.start <= block.span.start {
                continue;
            }
            let (Some(left), right) = (before(text, c.start), after(text, c.end).filter(|_| c.end < block.span.end)) else { continue };
            if !(left.is_alphanumeric() || is_closing(left)) || belongs_to_the_right(&c, left, right, text) {
                continue;
            }
            // `.” .` is a stop doubled at the mark, which the quotation rules mend.
            let inner = text.get(..c.start).and_then(|t| t.trim_end_matches(['”', '"', '’', '\'', '»']).chars().next_back());
            if matches!(left, '”' | '"' | '’' | '\'' | '»') && inner.is_some_and(is_mark) {
                continue;
            }
            // A quotation mark with spaces on both sides is nobody's end.
            if matches!(left, '"' | '\'') && before(text, c.start - 1).is_none_or(char::is_whitespace) {
                continue;
            }
            let glued = right.is_some_and(char::is_alphabetic);
            let to = if glued { format!("{} ", c.marks) } else { c.marks.clone() };
            let edit = Edit::replace(text, c.span(), to);
            let span = Span::new(c.start, c.end);
            report.finding(span).value("mark", &c.marks).fix(format!("no space before {}", c.marks), vec![edit]).done();
        }
    }
}

/// Whether a mark after a space goes with what follows: `.com`, `.5`, `:)`, `2 : 1`, `...`.
fn belongs_to_the_right(c: &Cluster, left: char, right: Option<char>, text: &str) -> bool {
    let Some(right) = right else { return false };
    let digits = left.is_ascii_digit() && text.get(c.end..).is_some_and(|t| t.trim_start().starts_with(|d: char| d.is_ascii_digit()));
    match c.marks.as_str() {
        "." => {
            let word = text.get(c.end..).and_then(|t| t.split(|c: char| !c.is_alphanumeric()).next()).unwrap_or("");
            let capitalised = word.chars().next().is_some_and(char::is_uppercase) && word.chars().skip(1).any(char::is_lowercase);
            right == '.' || right.is_ascii_digit() || (right.is_alphanumeric() && !capitalised) || matches!(right, '/' | '…')
        }
        ":" | ";" => digits || matches!(right, ')' | '(' | '-' | '/' | '\\' | '|' | '*' | 'D' | 'P' | 'p' | 'o' | 'O' | ':'),
        "," => right.is_ascii_digit(),
        _ => right.is_alphanumeric() && !right.is_alphabetic(),
    }
}

/// What a run of marks is likely to have been, best first; empty when it is right. The flag says that the
/// two marks are the same one.
fn one_mark(article: &Analysis, c: &Cluster) -> (Vec<String>, bool) {
    let text = article.text();
    let none = (Vec::new(), false);
    let dots = c.marks.matches('.').count();
    let word = word_before(text, c.first);
    let rest = text.get(c.end..).unwrap_or("");
    let closing_mark = rest.starts_with(['”', '"', '’', '\'']);
    let next = rest.chars().find(|c| !(c.is_whitespace() || matches!(c, '”' | '"' | '“' | '’' | '‘' | '\'' | '(' | ')')));
    let at_end = rest.trim_start_matches([' ', '”', '"', '’', '\'', ')', '\u{a0}']).starts_with(['\n', '\r']) || next.is_none();
    let goes_on = !at_end && next.is_some_and(char::is_lowercase);
    let first = c.marks.chars().next().unwrap_or(' ');
    let list = |marks: &[&str]| (marks.iter().map(|m| (*m).to_owned()).collect::<Vec<_>>(), false);
    if c.marks.chars().all(|m| m == first) {
        return match (first, c.marks.len()) {
            ('.', 2) if abbreviates(article, word) && !word.contains('.') && word.chars().all(char::is_lowercase) => list(&["."]),
            ('.', 2) if goes_on && c.end - c.first == 2 => list(&["...", "."]),
            (_, 2) | (',' | ';' | ':', _) => (vec![first.to_string()], true),
            _ => none,
        };
    }
    if dots >= 2 || c.marks.len() > 3 {
        return none;
    }
    let of_abbreviation = first == '.' && abbreviates(article, word);
    match c.marks.as_str() {
        ".," | ".;" | ".:" | ".?" | ".!" if of_abbreviation => none,
        ".," | ",." => {
            let attribution = closing_mark && quotes_go_on(rest);
            let name_next = c.marks == ".," && next.is_some_and(char::is_uppercase) && !at_end && !is_common_capital(article, rest);
            if goes_on || attribution || name_next { list(&[",", "."]) } else { list(&[".", ","]) }
        }
        ".;" | ";." | ".:" | ":." => {
            let other = if c.marks.contains(';') { ";" } else { ":" };
            if goes_on { list(&[other, "."]) } else { list(&[".", other]) }
        }
        ";," | ",;" => list(&[";", ","]),
        ":," | ",:" => list(&[":", ","]),
        ":;" | ";:" => list(&[":", ";"]),
        ",?" | ".?" | "?." | ";?" => list(&["?"]),
        ",!" | ".!" | ";!" => list(&["!"]),
        _ => none,
    }
}

/// Whether an attribution follows a closing mark before the sentence ends: `,” the mayor said.`
fn quotes_go_on(rest: &str) -> bool {
    let end = rest.find(['\n', '.']).unwrap_or(rest.len());
    let sentence = rest.get(..end).unwrap_or("");
    let mut words = sentence.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(9);
    words.any(|w| matches!(w, "said" | "says" | "told" | "added" | "wrote" | "explained" | "noted" | "stated" | "informed" | "announced"))
}

/// Whether the next word is a common word whose capital must begin a sentence.
fn is_common_capital(article: &Analysis, rest: &str) -> bool {
    let word = rest.split(|c: char| !(c.is_alphanumeric() || c == '’' || c == '\'')).find(|w| !w.is_empty()).unwrap_or("");
    let lower = word.to_lowercase();
    article.lexicon().is_curated(&lower) && article.lexicon().zipf(&lower).is_some_and(|z| z > 4.5)
}

fn doubled_marks(article: &Analysis, report: &mut Report) {
    let text = article.text();
    // Who writes `!!` twice means it.
    let shouts = text.matches("!!").count() > 1;
    for block in article.blocks() {
        let body = block.span.of(text);
        for c in clusters(body, block.span.start) {
            if c.marks == "!!" && (shouts || article.in_quotation(c.span())) {
                continue;
            }
            // A pair that opens a word may be a low quotation mark: `,,Go home''`.
            let Some(left) = before(text, c.start).filter(|_| c.start > block.span.start) else { continue };
            let inside_code = after(text, c.end).is_some_and(|r| matches!(r, '/' | '\\'));
            // `std::string` is code.
            let inside_code = inside_code || (c.marks == "::" && after(text, c.end).is_some_and(char::is_alphanumeric));
            if c.marks.len() < 2 || !(left.is_alphanumeric() || is_closing(left)) || inside_code || beside_address(article, c.span()) {
                continue;
            }
            if left.is_ascii_digit() && after(text, c.end).is_some_and(|r| r.is_ascii_digit()) {
                continue;
            }
            let (marks, same) = one_mark(article, &c);
            if marks.is_empty() {
                continue;
            }
            let most = if same && c.marks != "!!" { Applicability::Safe } else { Applicability::Review };
            let space = if after(text, c.end).is_some_and(char::is_alphabetic) && c.end < block.span.end { " " } else { "" };
            let mut draft = report.finding(Span::new(c.first, c.end));
            for mark in marks {
                let edit = Edit::replace(text, c.span(), format!("{mark}{space}"));
                draft = draft.fix_at_most(mark, vec![edit], most);
            }
            draft.done();
        }
    }
}

fn beside_address(article: &Analysis, span: Span) -> bool {
    let i = article.tokens().partition_point(|t| t.span.end <= span.start);
    article.tokens().get(i).is_some_and(|t| t.kind == TokenKind::Address && t.span.overlaps(span))
}

/// The English mark for a mark of another script.
fn english(c: char) -> Option<&'static str> {
    Some(match c {
        '،' | '，' | '、' | '﹐' | '﹑' | '､' | '٬' | '\u{055d}' => ",",
        '؛' | '；' | '﹔' => ";",
        '؟' | '？' | '﹖' => "?",
        '۔' | '。' | '．' | '｡' | '﹒' | '\u{0964}' | '\u{0589}' => ".",
        '：' | '﹕' | '︰' => ":",
        '！' | '﹗' => "!",
        '（' | '﹙' => "(",
        '）' | '﹚' => ")",
        '【' | '［' | '〔' => "[",
        '】' | '］' | '〕' => "]",
        '〜' | '～' => "~",
        '－' => "-",
        _ => return None,
    })
}

/// Whether a letter belongs to a script in which the foreign marks are at home.
fn is_at_home(c: char) -> bool {
    c.is_alphabetic() && matches!(c as u32, 0x530..=0x1cff | 0x3005..=0xd7ff | 0xf900..=0xfaff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff)
}

fn foreign_marks(article: &Analysis, report: &mut Report) {
    let text = article.text();
    for block in article.blocks() {
        let body = block.span.of(text);
        if body.is_ascii() {
            continue;
        }
        for (i, c) in body.char_indices() {
            if c == '・' {
                middle_dot(text, block.span, block.span.start + i, report);
            }
            let Some(mark) = english(c) else { continue };
            let span = Span::new(block.span.start + i, block.span.start + i + c.len_utf8());
            let head = text.get(block.span.start..span.start).unwrap_or("");
            let spaces = head.len() - head.trim_end_matches([' ', '\u{a0}', '\u{3000}']).len();
            let left = head.trim_end().chars().next_back();
            let right = text.get(span.end..block.span.end).and_then(|t| t.chars().next());
            // Between letters of its own script the mark is at home.
            if left.is_some_and(is_at_home) && right.is_none_or(|r| is_at_home(r) || r.is_whitespace()) {
                continue;
            }
            let number = left.is_some_and(|l| l.is_ascii_digit()) && spaces == 0 && right.is_some_and(|r| r.is_ascii_digit());
            let joined = right.is_some_and(char::is_alphanumeric) && !number;
            // `(AP)）`, `... 。`: its twin stands beside it already, so the mark goes.
            let twin = |c: Option<char>| c.is_some_and(|c| mark.starts_with(c) || mark == "." && matches!(c, '!' | '?' | '…'));
            let closes_none = !matches!(mark, ")" | "]") || is_balanced(head);
            if !matches!(mark, "(" | "[" | "~" | "-") && closes_none && (twin(left) || twin(right)) {
                let gap = if twin(left) { spaces } else { 0 };
                let out = Edit::replace(text, Span::new(span.start - gap, span.end), if joined { " " } else { "" });
                report.finding(span).value("mark", mark).fix_to_review("take it out", vec![out]).done();
                continue;
            }
            let (from, to) = match mark {
                "(" | "[" => {
                    let space = if spaces == 0 && left.is_some_and(char::is_alphanumeric) { " " } else { "" };
                    (span, format!("{space}{mark}"))
                }
                "~" | "-" => (span, mark.to_owned()),
                _ => (Span::new(span.start - spaces, span.end), if joined { format!("{mark} ") } else { mark.to_owned() }),
            };
            report.finding(span).value("mark", mark).fix(mark, vec![Edit::replace(text, from, to)]).done();
        }
    }
}

/// Whether every bracket that the words open is closed in them.
fn is_balanced(words: &str) -> bool {
    let open = |c: char| matches!(c, '[' | '(' | '（' | '［' | '【');
    let close = |c: char| matches!(c, ']' | ')' | '）' | '］' | '】');
    words.chars().filter(|&c| open(c)).count() <= words.chars().filter(|&c| close(c)).count()
}

/// The dot that parts foreign names in Japanese: a hyphen in a compound, a space between names.
fn middle_dot(text: &str, block: Span, at: usize, report: &mut Report) {
    let span = Span::new(at, at + '・'.len_utf8());
    let left = text.get(block.start..at).and_then(|t| t.chars().next_back());
    let right = text.get(span.end..block.end).and_then(|t| t.chars().next());
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && !is_at_home(c));
    if latin(left) && latin(right) {
        let compound = left.is_some_and(char::is_lowercase) && right.is_some_and(char::is_lowercase);
        let (name, to) = if compound { ("a hyphen", "-") } else { ("a space", " ") };
        report.finding(span).value("mark", name).fix_to_review(name, vec![Edit::replace(text, span, to)]).done();
    }
}

/// A mark that stands alone in its block or opens it.
fn stray_mark(article: &Analysis, report: &mut Report) {
    let text = article.text();
    for block in article.blocks() {
        let body = block.span.of(text);
        let Some(first) = body.chars().next().filter(|c| matches!(c, ',' | '.' | ';' | ':' | '!' | '?')) else { continue };
        let run = body.len() - body.trim_start_matches(first).len();
        let rest = body.get(run..).unwrap_or("");
        let alone = rest.trim().is_empty();
        if !(alone && run <= 2 || run == 1 && rest.starts_with([' ', '\u{a0}'])) {
            continue;
        }
        let (span, title) = if alone {
            // The line goes with its mark.
            let line_end = text.get(block.span.end..).map_or(0, |t| t.len() - t.trim_start_matches(['\n', ' ']).len());
            (Span::new(block.span.start, block.span.end + line_end), "take the line out")
        } else {
            (Span::new(block.span.start, block.span.start + run + rest.len() - rest.trim_start().len()), "take it out")
        };
        report.finding(Span::new(block.span.start, block.span.start + run)).fix(title, vec![Edit::replace(text, span, "")]).done();
    }
}

/// One or two lower-case words between two full stops, left over from a sentence that was cut:
/// `progress. develop.`
fn orphan_fragment(article: &Analysis, report: &mut Report) {
    let text = article.text();
    for pair in article.sentences().windows(2) {
        let [previous, sentence] = pair else { continue };
        if previous.block != sentence.block {
            continue;
        }
        let tokens = article.tokens_of(sentence);
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { continue };
        let words = tokens.len() - 1;
        let stop_before = article.tokens_of(previous).last().is_some_and(|t| article.word(t) == ".");
        let plain_words = tokens.iter().take(words).all(|t| t.kind == TokenKind::Word && article.word(t).chars().all(char::is_lowercase));
        if !(matches!(words, 1 | 2) && article.word(last) == "." && stop_before && first.space_before && plain_words) {
            continue;
        }
        let word_before_stop = article.tokens_of(previous).iter().rev().nth(1).map_or("", |t| article.word(t));
        if abbreviates(article, word_before_stop) || article.word(first).chars().count() < 3 {
            continue;
        }
        let take = Span::new(previous.span.end, sentence.span.end);
        report.finding(sentence.span).fix("take it out", vec![Edit::replace(text, take, "")]).done();
    }
}

/// A paragraph of prose that ends without a stop, where the others of the article end with one.
fn lost_final_stop(article: &Analysis, report: &mut Report) {
    let text = article.text();
    let prose = |b: &&Block| b.kind == BlockKind::Paragraph && b.span.of(text).split_whitespace().take(10).count() == 10;
    let inner = |b: &Block| b.span.of(text).trim_end_matches(is_closing).chars().next_back();
    let (mut stopped, mut others) = (0_usize, 0_usize);
    for block in article.blocks().iter().filter(prose) {
        match inner(block) {
            Some('.' | '!' | '?' | '…' | '。' | '．') => stopped += 1,
            _ => others += 1,
        }
    }
    // A house that ends its paragraphs without stops, or an article that is one list.
    if stopped < 2 || others * 3 > stopped {
        return;
    }
    // The first block is a headline, however long.
    for (index, block) in article.blocks().iter().enumerate().skip(1).filter(|(_, b)| prose(b)) {
        let body = block.span.of(text);
        let goes_on = article.blocks().get(index + 1).is_some_and(|n| n.span.of(text).starts_with(|c: char| c.is_lowercase()));
        let lost = inner(block).is_some_and(char::is_alphanumeric);
        let closing = body.len() - body.trim_end_matches(['”', '"', '’', '\'']).len();
        let in_brackets = body.trim_end_matches(['”', '"', '’', '\'']).ends_with([')', ']']);
        if !lost || goes_on || in_brackets {
            continue;
        }
        let end = block.span.end;
        let (at, other) = (end - closing, end);
        let last = body.trim_end_matches(is_closing);
        let word = last.len() - last.rsplit(|c: char| !c.is_alphanumeric()).next().map_or(0, str::len);
        let span = Span::new(block.span.start + word, end);
        let mut draft = report.finding(span).fix("a full stop", vec![Edit::insert(at, ".")]);
        if closing > 0 {
            draft = draft.fix("a full stop outside", vec![Edit::insert(other, ".")]);
        }
        draft.done();
    }
}
