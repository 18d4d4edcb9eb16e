//! What leaves the window: the article as a page, and the review of it.

use std::fmt::Write;

use super::article::Article;
use super::bars::clock;
use crate::document::{BlockKind, Document};
use crate::review::Event;

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The article as HTML paragraphs.
pub fn paragraphs(document: &Document) -> String {
    let mut out = String::new();
    for block in &document.blocks {
        let tag = if block.kind == BlockKind::Headline { "h2" } else { "p" };
        // Writing to a string can't fail.
        let _ = writeln!(out, "<{tag}>{}</{tag}>", escape(block.span.of(&document.text)));
    }
    out
}

/// The review as one page: original, result, and every change.
pub fn page(article: &Article) -> String {
    let review = article.session.review();
    let mut rows = String::new();
    for hunk in article.figures.hunks.iter() {
        let entry = hunk.entries.iter().rev().find_map(|n| review.entry(*n));
        let (who, when) = entry.map_or((String::new(), String::new()), |e| {
            let rule = match &e.event {
                Event::Accepted { rule, message, .. } => format!("{rule}: {message}"),
                _ => "by hand".to_owned(),
            };
            (rule, format!("{} {}", clock(e.at), e.by))
        });
        let _ = writeln!(
            rows,
            "<tr><td><del>{}</del></td><td><ins>{}</ins></td><td>{}</td><td>{}</td></tr>",
            escape(&hunk.from),
            escape(&hunk.to),
            escape(&who),
            escape(&when)
        );
    }
    let name = escape(&article.session.name);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Review of {name}</title></head><body>\n<h1>{name}</h1>\n\
         <table><tr><th>Original</th><th>Now</th><th>Rule</th><th>When</th></tr>\n{rows}</table>\n<h2>Result</h2>\n{}\n<h2>Original</h2>\n{}\n</body></html>\n",
        paragraphs(article.session.now()),
        paragraphs(article.session.document()),
    )
}
