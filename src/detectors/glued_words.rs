//! Glued words: `the port authorityand the union`, `supports the regimeHe added`, `said.He`.
//!
//! The analysis knows where the words stand joined; here the repairs are composed, best first: the space
//! alone, the stop that went with it, the closing mark of a quotation that is open there. One damaged
//! boundary is one finding, however much was lost.

use std::cell::RefCell;

use super::{Detect, Draft, Report, only_params};
use crate::analysis::{Analysis, Glue, GlueKind, Lost, TokenKind};
use crate::finding::Applicability;
use crate::rules::Lexicon;
use crate::rules::lexicon::Country;
use crate::text::{Edit, Span};

struct GluedWords {
    kind: GlueKind,
}

/// Builds the `glued-words` detector; `between = "marks"` makes it look for marks without a space.
pub fn build(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &["between"])?;
    let kind = match params.get("between").map(|v| v.as_str()) {
        None | Some(Some("words")) => GlueKind::Words,
        Some(Some("marks")) => GlueKind::Mark,
        Some(_) => return Err("parameter \"between\" must be \"words\" or \"marks\"".to_owned()),
    };
    Ok(Box::new(GluedWords { kind }))
}

/// Verbs and phrases that name a speaker: a quotation closes with a comma before them.
fn attributes(word: &str) -> bool {
    matches!(
        word,
        "said"
            | "says"
            | "according"
            | "added"
            | "told"
            | "explained"
            | "stressed"
            | "noted"
            | "announced"
            | "warned"
            | "wrote"
            | "stated"
            | "reported"
            | "he"
            | "she"
            | "they"
            | "as"
            | "in"
            | "which"
    )
}

/// A name and then the verb: `awakeGolshani told`.
fn attributes_soon(article: &Analysis, g: &Glue) -> bool {
    let verb = |w: &str| attributes(w) && !matches!(w, "he" | "she" | "they" | "as" | "in" | "which");
    (g.left + 2..g.left + 4).any(|i| verb(article.word_at(i)))
}

impl Detect for GluedWords {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        let glue = article.glue();
        let habits = Habits::default();
        let mut index = 0;
        while let Some(first) = glue.get(index) {
            // Boundaries of one run of joined tokens are one wound.
            let mut end = index + 1;
            while let (Some(last), Some(next)) = (glue.get(end - 1), glue.get(end)) {
                let between = article.tokens().get(last.left + 1..=next.left).unwrap_or(&[]);
                if next.left > last.left + 2 || between.iter().skip(1).any(|t| t.space_before) {
                    break;
                }
                end += 1;
            }
            let run = glue.get(index..end).unwrap_or(&[]);
            index = end;
            let kind = if run.iter().any(|g| g.kind == GlueKind::Words) { GlueKind::Words } else { first.kind };
            if kind == self.kind {
                report_run(article, run, &habits, report);
            }
        }
    }
}

/// The joined words, with a particle before a hyphen (`al-Assadaccording`).
fn span_of(article: &Analysis, run: &[Glue]) -> Option<Span> {
    let (first, last) = (run.first()?, run.last()?);
    let tokens = article.tokens();
    let mut start = first.left;
    let word = |i: usize| article.word_at(i);
    if first.kind == GlueKind::Mark && start > 0 && tokens.get(start).is_some_and(|t| t.kind == TokenKind::Mark && !t.space_before) {
        start -= 1;
    }
    while start >= 2 && word(start - 1) == "-" && tokens.get(start - 1..=start).is_some_and(|t| t.iter().all(|t| !t.space_before)) {
        start -= 2;
    }
    let start = tokens.get(start)?.span.start;
    Some(Span::new(start, tokens.get(last.left + 1)?.span.end))
}

fn report_run(article: &Analysis, run: &[Glue], habits: &Habits, report: &mut Report) {
    let Some(span) = span_of(article, run) else { return };
    let mut draft = report.finding(span);
    if let Some(g) = run.iter().find(|g| g.edge) {
        draft = draft.because(article.marked_beside(g.at), "the edge of a link or of emphasis in the source");
    }
    // Where several boundaries are in one run, one of them may have lost more than the space.
    let wounded = run.iter().position(|g| g.lost != Lost::Space || article.quotations().lost_closing_at(g.at).is_some());
    let inserts = |special: Option<(usize, &str)>| -> Vec<Edit> {
        run.iter().enumerate().map(|(i, g)| Edit::insert(g.at, special.filter(|(at, _)| *at == i).map_or(" ", |(_, text)| text))).collect()
    };
    let Some((index, g)) = wounded.and_then(|i| Some((i, run.get(i)?))).or_else(|| Some((0, run.first()?))) else { return };
    let mut offers: Vec<(String, Applicability)> = Vec::new();
    let mut push = |text: &str, most: Applicability| offers.push((text.to_owned(), most));
    let closing = article.quotations().lost_closing_at(g.at).map(|lost| closing_mark(article, lost.partner));
    let right = article.word_at(g.left + 1);
    let capital = right.chars().next().is_some_and(char::is_uppercase);
    if let Some(mark) = closing.filter(|_| g.kind == GlueKind::Words) {
        let outside = habits.stops_stand_outside(article, mark);
        let close = |stop: &str| if outside { format!("{mark}{stop} ") } else { format!("{stop}{mark} ") };
        let plain = format!("{mark} ");
        if g.lost == Lost::Stop {
            push(&close("."), Applicability::Review);
            push(&plain, Applicability::Review);
            push(". ", Applicability::Review);
        } else if attributes(right) || attributes_soon(article, g) {
            push(&close(","), Applicability::Review);
            push(&plain, Applicability::Review);
        } else {
            push(&plain, Applicability::Review);
            push(&close(if capital { "." } else { "," }), Applicability::Review);
        }
        push(" ", Applicability::Review);
    } else {
        match g.lost {
            Lost::Stop | Lost::AbbreviationStop => {
                push(". ", Applicability::Review);
                push(" ", Applicability::Review);
            }
            Lost::Space => {
                push(" ", most_trust(article, run));
                for other in further(article, g) {
                    push(other, Applicability::Review);
                }
            }
        }
    }
    for (text, most) in offers {
        let edits = inserts(Some((index, text.as_str())));
        draft = draft.fix_at_most(applied(article.text(), span, &edits), edits, most);
    }
    lost_words(article, g, draft).done();
}

/// What may have been lost besides the space where the space alone is likeliest.
fn further(article: &Analysis, g: &Glue) -> Vec<&'static str> {
    let (left, right) = (article.word_at(g.left), article.word_at(g.left + 1));
    let capital = right.chars().next().is_some_and(char::is_uppercase);
    if g.kind == GlueKind::Mark || is_country(article, left) && capital {
        Vec::new()
    } else if capital && left.chars().next_back().is_some_and(char::is_alphabetic) && right != "I" && !is_article_or_preposition(left) {
        vec![". "]
    } else if matches!(
        right,
        "and" | "but" | "according" | "which" | "who" | "where" | "while" | "as" | "said" | "says" | "the" | "a" | "an" | "or"
    ) && left.len() > 3
    {
        vec![", "]
    } else {
        Vec::new()
    }
}

fn is_article_or_preposition(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "the"
            | "a"
            | "an"
            | "of"
            | "in"
            | "on"
            | "at"
            | "to"
            | "by"
            | "for"
            | "from"
            | "with"
            | "and"
            | "or"
            | "between"
            | "into"
            | "as"
            | "than"
    )
}

fn is_country(article: &Analysis, word: &str) -> bool {
    article.lexicon().country(word) == Some(Country::Name)
}

/// At a country and a name (`TurkeyMevlut`) the page lost words before the link: says so and offers the genitive.
fn lost_words<'r, 'a>(article: &Analysis, g: &Glue, draft: Draft<'r, 'a>) -> Draft<'r, 'a> {
    let (left, right) = (article.word_at(g.left), article.word_at(g.left + 1));
    let next = article.word_at(g.left + 2);
    let capital = |w: &str| w.chars().next().is_some_and(char::is_uppercase);
    let name = capital(right) && article.lexicon().country(right).is_none() && (capital(next) || g.lost == Lost::Space);
    if g.kind != GlueKind::Words || !is_country(article, left) || !name || g.lost == Lost::Stop {
        return draft;
    }
    let genitive = if left.ends_with('s') { "’ " } else { "’s " };
    let curly = article.text().contains('’') || !article.text().contains('\'');
    let genitive = if curly { genitive.to_owned() } else { genitive.replace('’', "'") };
    let span = Span::new(g.at - left.len(), g.at + right.len());
    let edits = vec![Edit::insert(g.at, genitive)];
    let title = applied(article.text(), span, &edits);
    draft.because(Span::at(g.at), "words may be lost before the link").fix_to_review(title, edits)
}

/// The span as it reads after the edits.
fn applied(text: &str, span: Span, edits: &[Edit]) -> String {
    let mut out = String::new();
    let mut position = span.start;
    for e in edits {
        out.push_str(Span::new(position, e.at.max(position)).of(text));
        out.push_str(&e.to);
        position = e.span().end;
    }
    out.push_str(Span::new(position, span.end.max(position)).of(text));
    out
}

/// The closing mark that answers an opening one.
fn closing_mark(article: &Analysis, partner: Span) -> &'static str {
    match partner.of(article.text()) {
        "\"" => "\"",
        "‘" => "’",
        "'" => "'",
        "«" => "»",
        "„" => "“",
        _ => "”",
    }
}

/// On which side of a closing mark the article writes its stops, counted once for each mark.
#[derive(Default)]
struct Habits {
    outside: RefCell<Vec<(&'static str, bool)>>,
}

impl Habits {
    fn stops_stand_outside(&self, article: &Analysis, mark: &'static str) -> bool {
        let mut counted = self.outside.borrow_mut();
        if let Some((_, outside)) = counted.iter().find(|(m, _)| *m == mark) {
            return *outside;
        }
        let outside = stops_stand_outside(article, mark);
        counted.push((mark, outside));
        outside
    }
}

/// Whether the article writes the stop behind the closing mark (`”.`) more often than before it.
fn stops_stand_outside(article: &Analysis, mark: &str) -> bool {
    let text = article.text();
    let count = |stop: &str| {
        let (inside, outside) = (format!("{stop}{mark}"), format!("{mark}{stop}"));
        (text.matches(inside.as_str()).count(), text.matches(outside.as_str()).count())
    };
    let ((a, b), (c, d)) = (count("."), count(","));
    b + d > a + c
}

/// A space may be put in unseen where no quotation is open and no stop can be missing.
fn most_trust(article: &Analysis, run: &[Glue]) -> Applicability {
    let safe = run.iter().all(|g| {
        let (left, right) = (article.word_at(g.left), article.word_at(g.left + 1));
        let lower = right.chars().next().is_some_and(|c| c.is_lowercase() || c.is_numeric());
        let place = Span::at(g.at);
        let open = article.in_quotation(place) || open_quotation(article, g.at);
        let kept = g.kind == GlueKind::Mark || lower || is_article_or_preposition(left);
        g.confidence >= 0.92 && !open && kept
    });
    if safe { Applicability::Safe } else { Applicability::Review }
}

/// Whether a quotation whose closing mark is lost may still be open at a position of its block.
fn open_quotation(article: &Analysis, at: usize) -> bool {
    article.quotations().lost.iter().any(|l| {
        let last = l.places.iter().map(|p| p.at).max().unwrap_or(usize::MAX);
        l.closing && l.partner.end <= at && at <= last
    })
}
