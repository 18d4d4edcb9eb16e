//! Runs the examples that a card carries: the same code serves our tests and `copydesk-cli rules test`.

use super::{Rule, Rules};
use crate::check::check_rule;
use crate::finding::Finding;
use crate::formats;
use crate::text::Span;

/// All faults of a card's examples, one sentence each; empty when they hold.
pub fn run(rules: &Rules, rule: &Rule) -> Vec<String> {
    let mut faults = Vec::new();
    let card = &rule.card;
    if card.example.is_empty() {
        faults.push("it has no example".to_owned());
    }
    if card.clean.is_empty() {
        faults.push("it has no clean sentence".to_owned());
    }
    for example in &card.example {
        let (bad, marked) = unmark(&example.bad);
        let file = if example.format == "html" { "x.html" } else { "x.txt" };
        let Ok(document) = formats::read(file, bad.as_bytes()) else {
            faults.push(format!("{bad:?} can't be read as {}", example.format));
            continue;
        };
        let findings = check_rule(&document, rules, rule);
        let place = |f: &Finding| {
            // Marked words are compared in the source, so that HTML examples work alike.
            let edits = crate::text::Edits::one(crate::text::Edit::replace(&document.text, f.span, "\u{1}"));
            document.place(&edits).ok().and_then(|s| Some(Span::new(s.first()?.span.start, s.last()?.span.end)))
        };
        match findings.as_slice() {
            [finding] => {
                if place(finding) != Some(marked) && !(finding.span.is_empty() && marked.is_empty()) {
                    faults.push(format!("in {bad:?} it marks {:?}, not {:?}", finding.span.of(&document.text), marked.of(&bad)));
                }
                let wanted: Vec<&String> = example.good.iter().chain(&example.also).collect();
                for (i, good) in wanted.iter().enumerate() {
                    let got = finding.fixes.get(i).map(|f| formats::write(&document, &f.edits));
                    match got {
                        Some(Ok(bytes)) if bytes == good.as_bytes() => {}
                        Some(Ok(bytes)) => faults.push(format!("fix {} gives {:?}, not {good:?}", i + 1, String::from_utf8_lossy(&bytes))),
                        Some(Err(e)) => faults.push(format!("fix {} can't be written: {e}", i + 1)),
                        None => faults.push(format!("in {bad:?} there is no fix {}", i + 1)),
                    }
                }
                if example.good.is_none() && !finding.fixes.is_empty() {
                    faults.push(format!("in {bad:?} there is a fix, but the example has no `good`"));
                }
                for words in &example.evidence {
                    if !finding.evidence.iter().any(|e| e.span.of(&document.text) == words) {
                        faults.push(format!("in {bad:?} {words:?} is not cited"));
                    }
                }
                if let Some(good) = &example.good
                    && let Ok(cured) = formats::read(file, good.as_bytes())
                    && let Some(again) = check_rule(&cured, rules, rule).first()
                {
                    faults.push(format!("the cure {good:?} is flagged again at {:?}", again.span.of(&cured.text)));
                }
            }
            [] => faults.push(format!("{bad:?} is not found")),
            more => faults.push(format!(
                "{bad:?} is found {} times: {:?}",
                more.len(),
                more.iter().map(|f| f.span.of(&document.text)).collect::<Vec<_>>()
            )),
        }
    }
    for sentence in &card.clean {
        // A clean sentence may come as a page: it then begins with a tag.
        let file = if sentence.starts_with('<') { "x.html" } else { "x.txt" };
        let Ok(document) = formats::read(file, sentence.as_bytes()) else { continue };
        for finding in check_rule(&document, rules, rule) {
            faults.push(format!("the clean sentence {sentence:?} is flagged at {:?}", finding.span.of(&document.text)));
        }
    }
    for sentence in &card.false_alarms {
        let (sentence, _) = unmark(sentence);
        let Ok(document) = formats::read("x.txt", sentence.as_bytes()) else { continue };
        if check_rule(&document, rules, rule).is_empty() {
            faults.push(format!("the known false alarm {sentence:?} is cured: move it to `clean`"));
        }
    }
    faults
}

/// An example without its `[[ ]]`, and the span they marked (bytes).
fn unmark(example: &str) -> (String, Span) {
    let Some((before, rest)) = example.split_once("[[") else { return (example.to_owned(), Span::default()) };
    let (inside, after) = rest.split_once("]]").unwrap_or((rest, ""));
    (format!("{before}{inside}{after}"), Span::new(before.len(), before.len() + inside.len()))
}
