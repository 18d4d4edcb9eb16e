//! Runs the examples that a card carries: the same code serves our tests, `copydesk-cli rules test`, and the window
//! before it keeps a rule that an editor wrote.

use std::fmt;

use super::{Rule, Rules};
use crate::check::check_rule;
use crate::finding::Finding;
use crate::formats;
use crate::text::Span;

/// What is wrong with an example; its `Display` is one sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// The card has no example.
    NoExample,
    /// The card has no clean sentence.
    NoClean,
    /// The example is no article of its format.
    Unreadable {
        /// The sentence.
        bad: String,
        /// The format.
        format: String,
    },
    /// The rule does not find the damage.
    NotFound {
        /// The sentence.
        bad: String,
    },
    /// It finds it more than once.
    FoundOften {
        /// The sentence.
        bad: String,
        /// The words of each finding.
        found: Vec<String>,
    },
    /// It marks other words.
    MarksOther {
        /// The sentence.
        bad: String,
        /// What it marks.
        found: String,
        /// What it should mark.
        wanted: String,
    },
    /// A fix gives something else.
    GivesOther {
        /// The sentence.
        bad: String,
        /// Which fix, from 1.
        fix: usize,
        /// What it gives.
        found: String,
        /// What it should give.
        wanted: String,
    },
    /// The format can't hold a fix.
    NotWritten {
        /// Which fix, from 1.
        fix: usize,
        /// Why.
        message: String,
    },
    /// There is no such fix.
    NoFix {
        /// The sentence.
        bad: String,
        /// Which fix, from 1.
        fix: usize,
    },
    /// There is a fix where the example has no cure.
    UnwantedFix {
        /// The sentence.
        bad: String,
    },
    /// Words are not cited as evidence.
    NotCited {
        /// The sentence.
        bad: String,
        /// The words.
        words: String,
    },
    /// The cure is flagged again.
    FlaggedAgain {
        /// The cure.
        good: String,
        /// At which words.
        found: String,
    },
    /// A sentence that is right is flagged.
    CleanFlagged {
        /// The sentence.
        clean: String,
        /// At which words.
        found: String,
    },
    /// A known false alarm is none any more.
    CuredFalseAlarm {
        /// The sentence.
        sentence: String,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoExample => write!(f, "it has no example"),
            Self::NoClean => write!(f, "it has no clean sentence"),
            Self::Unreadable { bad, format } => write!(f, "{bad:?} can't be read as {format}"),
            Self::NotFound { bad } => write!(f, "{bad:?} is not found"),
            Self::FoundOften { bad, found } => write!(f, "{bad:?} is found {} times: {found:?}", found.len()),
            Self::MarksOther { bad, found, wanted } => write!(f, "in {bad:?} it marks {found:?}, not {wanted:?}"),
            Self::GivesOther { fix, found, wanted, .. } => write!(f, "fix {fix} gives {found:?}, not {wanted:?}"),
            Self::NotWritten { fix, message } => write!(f, "fix {fix} can't be written: {message}"),
            Self::NoFix { bad, fix } => write!(f, "in {bad:?} there is no fix {fix}"),
            Self::UnwantedFix { bad } => write!(f, "in {bad:?} there is a fix, but the example has no `good`"),
            Self::NotCited { bad, words } => write!(f, "in {bad:?} {words:?} is not cited"),
            Self::FlaggedAgain { good, found } => write!(f, "the cure {good:?} is flagged again at {found:?}"),
            Self::CleanFlagged { clean, found } => write!(f, "the clean sentence {clean:?} is flagged at {found:?}"),
            Self::CuredFalseAlarm { sentence } => {
                write!(f, "the known false alarm {sentence:?} is cured: move it to `clean`")
            }
        }
    }
}

/// All faults of a card's examples; empty when they hold.
pub fn run(rules: &Rules, rule: &Rule) -> Vec<Fault> {
    let mut faults = Vec::new();
    let card = &rule.card;
    if card.example.is_empty() {
        faults.push(Fault::NoExample);
    }
    if card.clean.is_empty() {
        faults.push(Fault::NoClean);
    }
    for example in &card.example {
        let (bad, marked) = unmark(&example.bad);
        let file = if example.format == "html" { "x.html" } else { "x.txt" };
        let Ok(document) = formats::read(file, bad.as_bytes()) else {
            faults.push(Fault::Unreadable { bad, format: example.format.clone() });
            continue;
        };
        let findings = check_rule(&document, rules, rule);
        let words = |f: &Finding| f.span.of(&document.text).to_owned();
        let place = |f: &Finding| {
            // Marked words are compared in the source, so that HTML examples work alike.
            let edits = crate::text::Edits::one(crate::text::Edit::replace(&document.text, f.span, "\u{1}"));
            document.place(&edits).ok().and_then(|s| Some(Span::new(s.first()?.span.start, s.last()?.span.end)))
        };
        match findings.as_slice() {
            [finding] => {
                if place(finding) != Some(marked) && !(finding.span.is_empty() && marked.is_empty()) {
                    faults.push(Fault::MarksOther { bad: bad.clone(), found: words(finding), wanted: marked.of(&bad).to_owned() });
                }
                let wanted: Vec<&String> = example.good.iter().chain(&example.also).collect();
                for (i, good) in wanted.iter().enumerate() {
                    let got = finding.fixes.get(i).map(|f| formats::write(&document, &f.edits));
                    match got {
                        Some(Ok(bytes)) if bytes == good.as_bytes() => {}
                        Some(Ok(bytes)) => {
                            let found = String::from_utf8_lossy(&bytes).into_owned();
                            faults.push(Fault::GivesOther { bad: bad.clone(), fix: i + 1, found, wanted: (*good).clone() });
                        }
                        Some(Err(e)) => faults.push(Fault::NotWritten { fix: i + 1, message: e.to_string() }),
                        None => faults.push(Fault::NoFix { bad: bad.clone(), fix: i + 1 }),
                    }
                }
                if example.good.is_none() && !finding.fixes.is_empty() {
                    faults.push(Fault::UnwantedFix { bad: bad.clone() });
                }
                for words in &example.evidence {
                    if !finding.evidence.iter().any(|e| e.span.of(&document.text) == words) {
                        faults.push(Fault::NotCited { bad: bad.clone(), words: words.clone() });
                    }
                }
                if let Some(good) = &example.good
                    && let Ok(cured) = formats::read(file, good.as_bytes())
                    && let Some(again) = check_rule(&cured, rules, rule).first()
                {
                    faults.push(Fault::FlaggedAgain { good: good.clone(), found: again.span.of(&cured.text).to_owned() });
                }
            }
            [] => faults.push(Fault::NotFound { bad }),
            more => faults.push(Fault::FoundOften { bad, found: more.iter().map(words).collect() }),
        }
    }
    for sentence in &card.clean {
        // A clean sentence may come as a page: it then begins with a tag.
        let file = if sentence.starts_with('<') { "x.html" } else { "x.txt" };
        let Ok(document) = formats::read(file, sentence.as_bytes()) else { continue };
        for finding in check_rule(&document, rules, rule) {
            faults.push(Fault::CleanFlagged { clean: sentence.clone(), found: finding.span.of(&document.text).to_owned() });
        }
    }
    for sentence in &card.false_alarms {
        let (sentence, _) = unmark(sentence);
        let Ok(document) = formats::read("x.txt", sentence.as_bytes()) else { continue };
        if check_rule(&document, rules, rule).is_empty() {
            faults.push(Fault::CuredFalseAlarm { sentence });
        }
    }
    faults
}

/// An example without its `[[ ]]`, and the span they marked (bytes).
pub fn unmark(example: &str) -> (String, Span) {
    let Some((before, rest)) = example.split_once("[[") else { return (example.to_owned(), Span::default()) };
    let (inside, after) = rest.split_once("]]").unwrap_or((rest, ""));
    (format!("{before}{inside}{after}"), Span::new(before.len(), before.len() + inside.len()))
}
