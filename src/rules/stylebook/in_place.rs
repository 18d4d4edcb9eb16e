//! Changes single values of a card where they stand in its text: everything else, remarks too, stays as a person
//! wrote it.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};
use toml::{Spanned, Table, Value};

use super::phrase::{Capitals, Phrase};
use crate::text::Span;

/// Where the values stand that a form shows (bytes of the card's text).
#[derive(Deserialize)]
struct File {
    rule: Vec<Rule>,
}

#[derive(Deserialize)]
struct Rule {
    message: Option<Spanned<Value>>,
    why: Option<Spanned<Value>>,
    clean: Option<Vec<Spanned<Value>>>,
    params: Params,
    #[serde(default)]
    example: Vec<Example>,
}

#[derive(Deserialize)]
struct Params {
    pattern: Spanned<Words>,
    to: Option<Spanned<Words>>,
    case: Option<Spanned<Value>>,
}

#[derive(Deserialize)]
struct Example {
    bad: Spanned<Value>,
    good: Option<Spanned<Value>>,
}

/// A string or a list of strings.
enum Words {
    List(Vec<Spanned<String>>),
    One(String),
}

// By hand: where serde chooses between forms by itself, places are lost.
impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Words;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a string or a list of strings")
            }

            fn visit_str<E>(self, one: &str) -> Result<Words, E> {
                Ok(Words::One(one.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Words, A::Error> {
                let mut list = Vec::new();
                while let Some(word) = seq.next_element()? {
                    list.push(word);
                }
                Ok(Words::List(list))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl Words {
    fn texts(&self) -> Vec<&str> {
        match self {
            Self::List(list) => list.iter().map(|s| s.get_ref().as_str()).collect(),
            Self::One(one) => vec![one],
        }
    }
}

/// Pieces of a text with what comes in their place.
struct Pieces<'t> {
    text: &'t str,
    all: Vec<(Span, String)>,
}

/// The text of a card in which the fields of a form say what the phrase says.
///
/// # Errors
/// A sentence where the text can't be changed without touching more.
pub fn changed(text: &str, phrase: &Phrase) -> Result<String, String> {
    let by_hand = || "This card can’t be changed here; write it by hand".to_owned();
    let file: File = toml::from_str(text).map_err(|_| by_hand())?;
    let [rule] = file.rule.as_slice() else { return Err(by_hand()) };
    let mut pieces = Pieces { text, all: Vec::new() };
    pieces.value(rule.message.as_ref(), &phrase.says());
    pieces.value(rule.why.as_ref(), &phrase.why);
    let pattern = span(&rule.params.pattern);
    pieces.words(&rule.params.pattern, &phrase.wrong);
    match &rule.params.to {
        Some(to) => pieces.words(to, if phrase.right.is_empty() { std::slice::from_ref(&NOTHING) } else { &phrase.right }),
        None if phrase.right.is_empty() => {}
        None => pieces.beside(pattern, "pattern", "to", &words_value(&phrase.right)),
    }
    match (&rule.params.case, phrase.capitals) {
        (None, Capitals::Any) => pieces.beside(pattern, "pattern", "case", "\"any\""),
        (Some(case), Capitals::AsWritten) => pieces.without(span(case)),
        _ => {}
    }
    match rule.example.first() {
        Some(example) => {
            pieces.value(Some(&example.bad), &phrase.bad);
            match &example.good {
                Some(good) => {
                    let old = good.get_ref().as_str().unwrap_or("");
                    let clean = rule.clean.iter().flatten().filter(|c| c.get_ref().as_str() == Some(old));
                    clean.for_each(|c| pieces.value(Some(c), &phrase.good));
                    pieces.value(Some(good), &phrase.good);
                }
                None if phrase.good.is_empty() => {}
                None => pieces.beside(span(&example.bad), "bad", "good", &quoted(&phrase.good)),
            }
        }
        None if phrase.bad.is_empty() => {}
        None => {
            let example = format!("\n\n[[rule.example]]\nbad = {}\ngood = {}", quoted(&phrase.bad), quoted(&phrase.good));
            pieces.all.push((Span::at(text.trim_end().len()), example));
        }
    }
    let new = pieces.applied().ok_or_else(by_hand)?;
    // Whatever the form does not show must say what it said.
    let rest = |text: &str| text.parse::<Table>().ok().map(without_fields);
    if rest(&new).is_some_and(|rest_now| Some(rest_now) == rest(text)) && Phrase::of_toml(&new).is_some_and(|p| p.says_as(phrase)) {
        Ok(new)
    } else {
        Err(by_hand())
    }
}

static NOTHING: String = String::new();

fn span<T>(spanned: &Spanned<T>) -> Span {
    Span::new(spanned.span().start, spanned.span().end)
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

fn words_value(words: &[String]) -> String {
    match words {
        [one] => quoted(one),
        several => Value::from(several.to_vec()).to_string(),
    }
}

/// A card without what a form shows.
fn without_fields(mut file: Table) -> Table {
    let Some(card) = file.get_mut("rule").and_then(Value::as_array_mut).and_then(|r| r.first_mut()).and_then(Value::as_table_mut) else {
        return file;
    };
    for key in ["message", "why", "clean"] {
        card.remove(key);
    }
    if let Some(params) = card.get_mut("params").and_then(Value::as_table_mut) {
        for key in ["pattern", "to", "case"] {
            params.remove(key);
        }
    }
    let examples = card.get_mut("example").and_then(Value::as_array_mut);
    if let Some(first) = examples.and_then(|e| e.first_mut()).and_then(Value::as_table_mut) {
        first.remove("bad");
        first.remove("good");
    }
    let only_empty = |e: &Value| e.as_array().is_some_and(|all| all.iter().all(|x| x.as_table().is_some_and(Table::is_empty)));
    if card.get("example").is_some_and(only_empty) {
        card.remove("example");
    }
    file
}

impl Pieces<'_> {
    fn put(&mut self, span: Span, words: impl Into<String>) {
        self.all.push((span, words.into()));
    }

    /// Puts a string in place of a value that says something else.
    fn value(&mut self, old: Option<&Spanned<Value>>, new: &str) {
        if let Some(old) = old.filter(|old| old.get_ref().as_str() != Some(new)) {
            self.put(span(old), quoted(new));
        }
    }

    /// Puts words in place of others; in a list only those that differ are touched.
    fn words(&mut self, old: &Spanned<Words>, new: &[String]) {
        let texts = old.get_ref().texts();
        if texts == new {
            return;
        }
        match old.get_ref() {
            Words::List(list) if !list.is_empty() && !new.is_empty() => {
                if !self.list(list, new) {
                    self.put(span(old), Value::from(new.to_vec()).to_string());
                }
            }
            _ => self.put(span(old), words_value(new)),
        }
    }

    /// Changes a list word by word; false where its order changed.
    fn list(&mut self, old: &[Spanned<String>], new: &[String]) -> bool {
        let has = |w: &str| new.iter().any(|n| n == w);
        let had = |w: &str| old.iter().any(|o| o.get_ref() == w);
        let kept: Vec<&String> = old.iter().map(Spanned::get_ref).filter(|w| has(w)).collect();
        let keeps: Vec<&String> = new.iter().filter(|w| had(w)).collect();
        if kept != keeps {
            return false;
        }
        let (mut i, mut j) = (0, 0);
        let mut behind: Option<Span> = None;
        loop {
            match (old.get(i), new.get(j)) {
                (None, None) => return true,
                (Some(o), Some(n)) if o.get_ref() == n => {
                    behind = Some(span(o));
                    (i, j) = (i + 1, j + 1);
                }
                (Some(o), Some(n)) if !has(o.get_ref()) && !had(n) => {
                    self.put(span(o), quoted(n));
                    behind = Some(span(o));
                    (i, j) = (i + 1, j + 1);
                }
                (Some(o), _) if !has(o.get_ref()) => {
                    let gone = self.element(span(o));
                    self.put(gone, "");
                    i += 1;
                }
                (first, Some(n)) => {
                    match (behind, first) {
                        (Some(before), _) => self.put(Span::at(before.end), format!(", {}", quoted(n))),
                        (None, Some(first)) => self.put(Span::at(span(first).start), format!("{}, ", quoted(n))),
                        (None, None) => return false,
                    }
                    j += 1;
                }
                (Some(_), None) => return false,
            }
        }
    }

    /// An element of a list with its comma; with its line where nothing else stands there.
    fn element(&self, element: Span) -> Span {
        let behind = self.text.get(element.end..).unwrap_or("");
        let comma = behind.trim_start_matches([' ', '\t']).strip_prefix(',').map_or(behind, |rest| rest.trim_start_matches([' ', '\t']));
        let end = self.text.len() - comma.len();
        let before = self.text.get(..element.start).unwrap_or("");
        let line = before.rfind('\n').map_or(0, |i| i + 1);
        let alone = before.get(line..).is_some_and(|b| b.trim().is_empty());
        match comma.strip_prefix('\n') {
            Some(next) if alone => Span::new(line, self.text.len() - next.len()),
            _ => Span::new(element.start, end),
        }
    }

    /// Puts a value that was not there beside one that is.
    fn beside(&mut self, value: Span, key: &str, new: &str, words: &str) {
        let before = self.text.get(..value.start).unwrap_or("");
        let line = before.rfind('\n').map_or(0, |i| i + 1);
        let head = before.get(line..).unwrap_or("");
        let Some(at) = head.rfind(key) else { return };
        if head.contains('{') {
            return self.put(Span::at(line + at), format!("{new} = {words}, "));
        }
        let behind = self.text.get(value.end..).unwrap_or("");
        let end = value.end + behind.find('\n').unwrap_or(behind.len());
        let path = head.get(..at).unwrap_or("");
        self.put(Span::at(end), format!("\n{path}{new} = {words}"));
    }

    /// Takes a value out with its key.
    fn without(&mut self, value: Span) {
        let before = self.text.get(..value.start).unwrap_or("");
        let behind = self.text.get(value.end..).unwrap_or("");
        let line = before.rfind('\n').map_or(0, |i| i + 1);
        let head = before.get(line..).unwrap_or("");
        let tail = behind.split('\n').next().unwrap_or("");
        if let Some(open) = head.rfind('{') {
            let key = head.get(open..).and_then(|h| h.rfind("case")).map_or(head.len(), |i| open + i);
            let between = head.get(..key).unwrap_or("").trim_end();
            let comma = tail.trim_start().strip_prefix(',').map(|rest| value.end + (tail.len() - rest.trim_start().len()));
            let start = if comma.is_none() && between.ends_with(',') { between.len() - 1 } else { key };
            return self.put(Span::new(line + start, comma.unwrap_or(value.end)), "");
        }
        // A remark behind it keeps its line.
        let remark = tail.trim_start();
        let end = value.end + tail.len() - remark.len();
        if remark.is_empty() {
            self.put(Span::new(line, (end + usize::from(behind.len() > tail.len())).min(self.text.len())), "");
        } else {
            self.put(Span::new(line, end), "");
        }
    }

    /// The text with all pieces put in; none where two touch.
    fn applied(mut self) -> Option<String> {
        self.all.sort_by_key(|(span, _)| (span.start, span.end));
        let mut out = String::new();
        let mut at = 0;
        for (span, words) in &self.all {
            out.push_str(self.text.get(at..span.start)?);
            out.push_str(words);
            at = span.end;
        }
        out.push_str(self.text.get(at..)?);
        Some(out)
    }
}
