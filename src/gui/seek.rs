//! Looking for words or for a pattern, and what comes in their place. Pure: the line above the article draws it.

use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use regex::{Captures, Regex, RegexBuilder};

use crate::text::{Edit, Edits, Span};

/// No more places than this are listed.
const MOST: usize = 20_000;
/// A pattern that takes longer in an article is stopped.
const LONGEST: Duration = Duration::from_millis(250);
/// A pattern may not need more room than this, in bytes: then no letter costs more than a few hundred steps.
const ROOM: usize = 2 << 20;

/// What is looked for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Query {
    /// Words, or a pattern.
    pub find: String,
    /// Whole words only.
    pub whole_words: bool,
    /// Upper and lower case differ.
    pub exact_case: bool,
    /// It is a regular expression.
    pub regex: bool,
}

/// What was found in one text.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// For what: the article, its revision, whether it was checked, and the query.
    what: Option<((u64, u64, bool), Query)>,
    pattern: Option<Regex>,
    /// The places, in order.
    pub places: Arc<Vec<Span>>,
    /// How many of them lie inside quotations.
    pub quoted: usize,
    /// There are more than are listed.
    pub cut: bool,
    /// Why nothing can be found, or not everything.
    pub fault: Option<String>,
}

impl Found {
    /// Looks for something in a text, unless that was done before. `quoted` tells what lies inside a quotation.
    /// Returns whether the list is new.
    pub fn look(&mut self, what: (u64, u64, bool), text: &str, query: &Query, quoted: impl Fn(Span) -> bool) -> bool {
        if self.what.as_ref().is_some_and(|(w, q)| *w == what && q == query) {
            return false;
        }
        let same = self.what.as_ref().is_some_and(|(_, q)| q == query);
        let pattern = if same { self.pattern.take().map_or_else(|| compiled(query), |p| Ok(Some(p))) } else { compiled(query) };
        *self = Self { what: Some((what, query.clone())), ..Self::default() };
        match pattern {
            Ok(Some(pattern)) => {
                let mut places = Vec::new();
                let start = Instant::now();
                for (i, place) in pattern.find_iter(text).enumerate() {
                    let late = i % 64 == 63 && start.elapsed() > LONGEST;
                    if i >= MOST || late {
                        self.cut = true;
                        self.fault = late.then(|| format!("This pattern takes too long here; the first {i} places are listed"));
                        break;
                    }
                    places.push(Span::new(place.start(), place.end()));
                }
                self.quoted = places.iter().filter(|s| quoted(**s)).count();
                self.places = Arc::new(places);
                self.pattern = Some(pattern);
            }
            Ok(None) => {}
            Err(fault) => self.fault = Some(fault),
        }
        true
    }

    /// Whether the list is that of a text and a query.
    pub fn is_of(&self, article: u64, revision: u64, query: &Query) -> bool {
        self.what.as_ref().is_some_and(|((a, r, _), q)| *a == article && *r == revision && q == query)
    }

    /// The first place from a byte on; past the last one the first comes again.
    pub fn from(&self, byte: usize) -> Option<usize> {
        let i = self.places.partition_point(|s| s.start < byte);
        (!self.places.is_empty()).then(|| if i < self.places.len() { i } else { 0 })
    }

    /// The place after a stretch of the text, or before it.
    pub fn step(&self, from: Span, forward: bool) -> Option<usize> {
        let count = self.places.len();
        if count == 0 {
            return None;
        }
        // From an empty place one would never get away.
        let here = from.is_empty() && self.places.binary_search(&from).is_ok();
        Some(if forward {
            let i = self.places.partition_point(|s| s.start < from.end || (here && s.start == from.end));
            i % count
        } else {
            let i = self.places.partition_point(|s| s.end < from.start || (s.end == from.start && !here));
            (i + count - 1) % count
        })
    }

    /// The places that touch a stretch of the text, with their numbers.
    pub fn near(&self, span: Span) -> impl Iterator<Item = (usize, Span)> {
        let first = self.places.partition_point(|s| s.end < span.start);
        self.places.iter().copied().enumerate().skip(first).take_while(move |(_, s)| s.start <= span.end)
    }

    /// What puts `template` in the place of some of the places: one set of edits, none that change nothing.
    ///
    /// # Errors
    /// A sentence when the template speaks of a group that the pattern does not have.
    pub fn replaced(&self, text: &str, template: &str, places: &[Span]) -> Result<Edits, String> {
        let (Some((_, query)), Some(pattern)) = (&self.what, &self.pattern) else { return Ok(Edits::default()) };
        if !query.regex {
            return Ok(Edits::new(places.iter().map(|s| Edit::replace(text, *s, template)).collect()).unwrap_or_default());
        }
        let parts = parts(template, pattern)?;
        let edit = |span: &Span| {
            let captures = pattern.captures_at(text, span.start).filter(|c| c.get(0).is_some_and(|m| m.range() == range(*span)))?;
            Some(Edit::replace(text, *span, filled(&parts, &captures)))
        };
        Ok(Edits::new(places.iter().filter_map(edit).collect()).unwrap_or_default())
    }

    /// What is wrong with a template, if anything is.
    pub fn fault_of(&self, template: &str) -> Option<String> {
        let regex = self.what.as_ref().is_some_and(|(_, q)| q.regex);
        self.pattern.as_ref().filter(|_| regex).and_then(|p| parts(template, p).err())
    }
}

fn range(span: Span) -> Range<usize> {
    span.start..span.end
}

/// The pattern of a query; none when nothing is looked for.
fn compiled(query: &Query) -> Result<Option<Regex>, String> {
    if query.find.is_empty() {
        return Ok(None);
    }
    let build = |pattern: &str| {
        RegexBuilder::new(pattern)
            .case_insensitive(!query.exact_case)
            .multi_line(true)
            .size_limit(ROOM)
            .dfa_size_limit(ROOM)
            .build()
            .map_err(|error| plain(&error))
    };
    let written = if query.regex { query.find.clone() } else { regex::escape(&query.find) };
    let alone = build(&written)?;
    if !query.whole_words {
        return Ok(Some(alone));
    }
    // It was read alone first: what is wrong by itself must not become right inside these brackets.
    build(&format!(r"\b{{start-half}}(?:{written})\b{{end-half}}")).map(Some)
}

/// What is wrong with a pattern, as a person says it.
fn plain(error: &regex::Error) -> String {
    let regex::Error::Syntax(message) = error else {
        return "This pattern is too large: take smaller numbers in the braces".to_owned();
    };
    let reason = message.lines().last().unwrap_or("").trim_start_matches("error: ");
    let said = [
        ("unclosed group", "A bracket ( is never closed"),
        ("unopened group", "A bracket ) closes nothing; write \\) for the sign itself"),
        ("unclosed character class", "A bracket [ is never closed; write \\[ for the sign itself"),
        ("missing expression", "Nothing stands before *, + or ? that could come again; write \\*, \\+ or \\? for the sign itself"),
        ("unrecognized escape", "One of the letters behind a backslash means nothing"),
        ("incomplete escape", "The pattern ends in a backslash; write \\\\ for the sign itself"),
        ("look-around", "Looking ahead or behind, (?=…) or (?<=…), is not known here"),
        ("backreferences", "A group can’t be asked for again inside the pattern, only in the replacement"),
        ("unclosed counted", "A brace { is never closed; write \\{ for the sign itself"),
        ("repetition quantifier expects", "A number is missing in the braces { }"),
        ("decimal literal", "A number is missing in the braces { }"),
        ("invalid repetition count range", "The first number in the braces is larger than the second"),
        ("exceeds the size limit", "This pattern is too large: take smaller numbers in the braces"),
        ("invalid character class range", "A range inside [ ] runs backwards"),
        ("duplicate capture group", "Two groups have the same name"),
        ("Unicode property", "There is no such kind of letters as behind \\p"),
    ];
    let known = said.iter().find(|(sign, _)| reason.contains(sign));
    known.map_or_else(|| format!("This pattern can’t be read: {reason}"), |(_, sentence)| (*sentence).to_owned())
}

/// A piece of a template.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Group(usize),
}

/// The pieces of a template: `$1`, `${1}`, `${name}`, `$&`, `$$`, `\n`, `\t`, `\\`, and everything else as it is.
fn parts(template: &str, pattern: &Regex) -> Result<Vec<Part>, String> {
    let groups = pattern.captures_len();
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut rest = template.chars().peekable();
    while let Some(c) = rest.next() {
        let group = match (c, rest.peek().copied()) {
            ('$', Some(sign @ ('$' | '&'))) => {
                rest.next();
                if sign == '$' {
                    text.push('$');
                    continue;
                }
                0
            }
            ('$', Some('{')) => {
                let name: String = rest.by_ref().skip(1).take_while(|c| *c != '}').collect();
                let number = name.parse().ok().or_else(|| pattern.capture_names().position(|n| n == Some(name.as_str())));
                number.filter(|n| *n < groups).ok_or_else(|| missing(&name))?
            }
            ('$', Some(first)) if first.is_ascii_digit() => {
                let mut number = 0;
                // `$12` is the twelfth group where there are so many, else the first and a 2.
                while let Some(next) = rest.peek().and_then(|d| d.to_digit(10)).map(|d| number * 10 + d as usize) {
                    if number > 0 && next >= groups {
                        break;
                    }
                    number = next;
                    rest.next();
                    if number == 0 {
                        break;
                    }
                }
                if number >= groups {
                    return Err(missing(&number.to_string()));
                }
                number
            }
            ('\\', Some(sign @ ('n' | 't' | '\\'))) => {
                rest.next();
                text.push(match sign {
                    'n' => '\n',
                    't' => '\t',
                    _ => '\\',
                });
                continue;
            }
            _ => {
                text.push(c);
                continue;
            }
        };
        parts.extend((!text.is_empty()).then(|| Part::Text(std::mem::take(&mut text))));
        parts.push(Part::Group(group));
    }
    parts.extend((!text.is_empty()).then_some(Part::Text(text)));
    Ok(parts)
}

fn missing(group: &str) -> String {
    format!("The pattern has no group {group}; brackets ( ) make one, $$ is the sign itself")
}

fn filled(parts: &[Part], captures: &Captures) -> String {
    let word = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Group(i) => captures.get(*i).map_or_else(String::new, |m| m.as_str().to_owned()),
    };
    parts.iter().map(word).collect()
}

/// A query as it is typed into a field, for words that were selected.
pub fn literally(words: &str, regex: bool) -> String {
    if regex { regex::escape(words) } else { words.to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn look(text: &str, find: &str, set: impl FnOnce(&mut Query)) -> Found {
        let mut query = Query { find: find.to_owned(), ..Query::default() };
        set(&mut query);
        let mut found = Found::default();
        assert!(found.look((1, 0, true), text, &query, |_| false));
        assert!(!found.look((1, 0, true), text, &query, |_| false), "once a text");
        found
    }

    fn words<'t>(text: &'t str, found: &Found) -> Vec<&'t str> {
        found.places.iter().map(|s| s.of(text)).collect()
    }

    fn all(text: &str, find: &str, template: &str) -> Result<String, String> {
        let found = look(text, find, |q| (q.regex, q.exact_case) = (true, true));
        found.replaced(text, template, &found.places).map(|e| e.apply(text).unwrap())
    }

    #[test]
    fn words_are_found_in_any_case_unless_it_matters() {
        let text = "The port, the ports, THE PORT. Élan élan (a+b)";
        assert_eq!(words(text, &look(text, "the port", |_| {})), ["The port", "the port", "THE PORT"]);
        assert_eq!(words(text, &look(text, "the port", |q| q.exact_case = true)), ["the port"]);
        assert_eq!(words(text, &look(text, "port", |q| q.whole_words = true)), ["port", "PORT"]);
        assert_eq!(words(text, &look(text, "élan", |_| {})), ["Élan", "élan"]);
        assert_eq!(words(text, &look(text, "(a+b)", |q| q.whole_words = true)), ["(a+b)"], "signs are no pattern");
    }

    #[test]
    fn patterns_are_found_line_by_line() {
        let text = "12 ships\nand 7 boats\n";
        let regex = |find: &str| words(text, &look(text, find, |q| q.regex = true)).iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        assert_eq!(regex(r"^\w+"), ["12", "and"]);
        assert_eq!(regex(r"\d+ (ships|boats)$"), ["12 ships", "7 boats"]);
        let whole = look("ab a abc", "a|ab", |q| (q.regex, q.whole_words) = (true, true));
        assert_eq!(words("ab a abc", &whole), ["ab", "a"], "the longer alternative where it is the whole word");
        assert_eq!(look(text, "^", |q| q.regex = true).places.len(), 3, "empty places are places");
    }

    #[test]
    fn a_faulty_pattern_is_said_in_plain_words() {
        for (pattern, sign) in [
            ("(a", "( is never closed"),
            ("a)", ") closes nothing"),
            ("[a", "[ is never closed"),
            ("*", "Nothing stands before *"),
            ("a{2", "{ is never closed"),
            ("a{}", "number is missing"),
            ("a{3,1}", "larger than the second"),
            ("\\q", "backslash means nothing"),
            ("\\", "ends in a backslash"),
            ("(?=a)", "Looking ahead"),
            ("(a)\\1", "only in the replacement"),
            ("[z-a]", "runs backwards"),
            ("\\p{Nothing}", "kind of letters"),
            (r"(\w{100}){100}", "too large"),
            ("a)(b", ") closes nothing"),
        ] {
            for whole in [false, true] {
                let found = look("a b", pattern, |q| (q.regex, q.whole_words) = (true, whole));
                let fault = found.fault.clone().unwrap_or_default();
                assert!(fault.contains(sign), "{pattern}: {fault}");
                assert!(found.places.is_empty() && !fault.contains('\n') && !fault.ends_with('.'), "{fault}");
            }
        }
    }

    #[test]
    fn groups_stand_in_the_replacement() {
        assert_eq!(all("Lund, Anna", r"(\w+), (\w+)", "$2 $1").unwrap(), "Anna Lund");
        assert_eq!(all("5km", r"(\d)(km)", "$1 $2s").unwrap(), "5 kms", "a letter behind the number is a letter");
        assert_eq!(all("5km", r"(\d)(km)", "$15 ${2} $& $$1 \\t\\\\").unwrap(), "55 km 5km $1 \t\\");
        assert_eq!(all("a b", r"(?<first>a) b", "${first}\\n${first}").unwrap(), "a\na");
        assert_eq!(all("ab", "b|(a)", "<$1>").unwrap(), "<a><>", "a group that took no part is empty");
        assert!(all("ab", "(a)", "$2").unwrap_err().contains("no group 2"));
        assert!(all("ab", "(a)", "${x}").unwrap_err().contains("no group x"));
        assert_eq!(all("one\ntwo", "^", "- ").unwrap(), "- one\n- two");
        let found = look("a.a", ".", |_| {});
        assert_eq!(found.replaced("a.a", "$1", &found.places).unwrap().apply("a.a").unwrap(), "a$1a", "without a pattern all is text");
        assert_eq!(found.fault_of("$9"), None);
    }

    #[test]
    fn places_come_one_after_the_other_and_again() {
        let found = look("a b a b a", "a", |_| {});
        assert_eq!(found.from(1), Some(1));
        assert_eq!(found.from(9), Some(0), "past the last the first");
        assert_eq!(found.step(Span::new(0, 1), true), Some(1));
        assert_eq!(found.step(Span::new(8, 9), true), Some(0));
        assert_eq!(found.step(Span::new(0, 1), false), Some(2));
        assert_eq!(found.step(Span::at(4), true), Some(1), "from the caret");
        assert_eq!(found.near(Span::new(3, 6)).collect::<Vec<_>>(), [(1, Span::new(4, 5))]);
        let lines = look("x\ny\nz", "^", |q| q.regex = true);
        assert_eq!(lines.step(Span::at(0), true), Some(1));
        assert_eq!(lines.step(Span::at(2), true), Some(2));
        assert_eq!(lines.step(Span::at(2), false), Some(0));
    }

    #[test]
    fn more_places_than_anybody_reads_are_not_listed() {
        let found = look(&"a ".repeat(MOST + 5), "a", |_| {});
        assert!(found.cut && found.places.len() == MOST);
        let found = look(&"a ".repeat(MOST), "a", |_| {});
        assert!(!found.cut && found.places.len() == MOST);
    }

    proptest! {
        #[test]
        fn no_pattern_and_no_template_stops_the_window(
            text in "[a-c éÉ“”\n.$]{0,40}", find in r"[a-c\\()\[\]{}*+?|^$.,0-9éw-]{0,8}", template in r"[a-b$\\{}&0-9n]{0,6}",
            regex: bool, whole_words: bool, exact_case: bool,
        ) {
            let query = Query { find, whole_words, exact_case, regex };
            let mut found = Found::default();
            found.look((0, 0, false), &text, &query, |_| true);
            prop_assert!(found.places.windows(2).all(|w| w[0].end <= w[1].start && w[0] != w[1]));
            prop_assert_eq!(found.quoted, found.places.len());
            if let Ok(edits) = found.replaced(&text, &template, &found.places) {
                prop_assert!(edits.apply(&text).is_ok());
                prop_assert!(edits.len() <= found.places.len());
            }
            for place in found.places.iter() {
                let next = found.step(*place, true).unwrap();
                let one = found.places.len() == 1;
                prop_assert!(one || found.places[next] != *place);
                prop_assert_eq!(found.places[found.step(found.places[next], false).unwrap()], *place);
            }
        }
    }
}
