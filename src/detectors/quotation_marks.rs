//! Quotation marks: lost, turned round, mixed, foreign, misplaced beside spaces and stops. The analysis has
//! read them (`analysis::quotations`); each card of this detector reports one kind of damage.

use super::{Build, Detect, Report, only_params};
use crate::analysis::quotations::marks::{Direction, glyph, house_glyph};
use crate::analysis::quotations::places::Habit;
use crate::analysis::quotations::{Family, LostMark, Place, QuoteMark, Role, attribution};
use crate::analysis::sentences::{is_tail_abbreviation, is_title_abbreviation};
use crate::analysis::{Analysis, TokenKind};
use crate::rules::Lexicon;
use crate::text::{Edit, Span};

type Kind = fn(&Analysis, &mut Report);

/// The kinds of damage, as cards name them.
const KINDS: &[(&str, Kind)] = &[
    ("lost-closing", lost_closing),
    ("lost-opening", lost_opening),
    ("wrong-way", wrong_way),
    ("mixed", mixed),
    ("foreign", foreign),
    ("space-inside", space_inside),
    ("slipped-space", slipped_space),
    ("glued", glued),
    ("doubled-mark", doubled_mark),
    ("doubled-stop", doubled_stop),
    ("nested", nested),
    ("dialogue-dash", dialogue_dash),
];

struct QuotationMarks(Kind);

/// Builds the `quotation-marks` detector for the kind that the card names.
pub fn build_quotation_marks(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &["kind"])?;
    let kind = params.get("kind").and_then(toml::Value::as_str).unwrap_or("");
    let found = KINDS.iter().find(|(name, _)| *name == kind);
    let (_, detect) = found.ok_or_else(|| {
        let names: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
        format!("parameter \"kind\" must be one of {}", names.join(", "))
    })?;
    Ok(Box::new(QuotationMarks(*detect)))
}

const _: Build = build_quotation_marks;

impl Detect for QuotationMarks {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        (self.0)(article, report);
    }
}

const fn opens(mark: &QuoteMark) -> bool {
    matches!(mark.role, Role::Open | Role::Reopen | Role::OpenNested)
}

const fn closes(mark: &QuoteMark) -> bool {
    matches!(mark.role, Role::Close | Role::CloseNested)
}

/// What stands before a mark in its block.
fn before<'a>(article: &'a Analysis, mark: &QuoteMark) -> &'a str {
    Span::new(article.block_of(mark.token).start, mark.span.start).of(article.text())
}

/// What stands behind a mark in its block.
fn after<'a>(article: &'a Analysis, mark: &QuoteMark) -> &'a str {
    Span::new(mark.span.end, article.block_of(mark.token).end).of(article.text())
}

/// The spaces at the end of a text; none when a line breaks there.
fn spaces_at_end(text: &str) -> usize {
    let spaces = text.len() - text.trim_end().len();
    if spaces == text.len() || text.get(text.len() - spaces..).is_some_and(|s| s.contains('\n')) { 0 } else { spaces }
}

/// The spaces at the start of a text; none when a line breaks there.
fn spaces_at_start(text: &str) -> usize {
    let spaces = text.len() - text.trim_start().len();
    if spaces == text.len() || text.get(..spaces).is_some_and(|s| s.contains('\n')) { 0 } else { spaces }
}

fn lost_closing(article: &Analysis, report: &mut Report) {
    for lost in article.quotations().lost.iter().filter(|l| l.closing) {
        let Some(first) = lost.places.first() else { continue };
        // A mark lost at a glued boundary is one wound, and the rule of glued words tells of it.
        if article.quotations().lost_closing_at(first.at).is_some() && is_glued(article, first.at) {
            continue;
        }
        report_lost(article, report, lost, article.quotations().closing_mark());
    }
}

fn lost_opening(article: &Analysis, report: &mut Report) {
    for lost in article.quotations().lost.iter().filter(|l| !l.closing) {
        report_lost(article, report, lost, article.quotations().opening_mark());
    }
}

fn is_glued(article: &Analysis, at: usize) -> bool {
    let glue = article.glue();
    let i = glue.partition_point(|g| g.at < at);
    glue.get(i).is_some_and(|g| g.at == at)
}

fn report_lost(article: &Analysis, report: &mut Report, lost: &LostMark, mark: char) {
    // Where the mark that stands needs another glyph, that is a finding of its own at the same mark.
    let other_glyph = !lost.partner.of(article.text()).starts_with(partner_mark(article, lost));
    let span = lost.places.first().filter(|_| other_glyph).map_or(lost.partner, |p| word_at(article, p.at, lost.closing));
    let mut draft = report.finding(span);
    if let Some((span, note)) = witness(article, lost) {
        draft = draft.because(span, note);
    }
    for place in &lost.places {
        let words = words_at(article, place.at, lost.closing);
        let title = if lost.closing { format!("close after {words}") } else { format!("open before {words}") };
        draft = draft.fix_to_review(
            title,
            vec![Edit::replace(article.text(), Span::new(place.at, place.at + place.over), inserted(article, place, mark, lost))],
        );
    }
    draft.done();
}

/// The glyph that the mark that stands should have.
fn partner_mark(article: &Analysis, lost: &LostMark) -> char {
    if lost.closing { article.quotations().opening_mark() } else { article.quotations().closing_mark() }
}

/// The word at a place.
fn word_at(article: &Analysis, at: usize, closing: bool) -> Span {
    let tokens = article.tokens();
    let i = if closing {
        tokens.partition_point(|t| t.span.start < at).checked_sub(1)
    } else {
        Some(tokens.partition_point(|t| t.span.start < at))
    };
    i.and_then(|i| tokens.get(i)).map_or(Span::at(at), |t| t.span)
}

fn inserted(article: &Analysis, place: &Place, mark: char, lost: &LostMark) -> String {
    let space = if is_glued(article, place.at) { " " } else { "" };
    if lost.closing { format!("{}{mark}{space}", place.with) } else { format!("{space}{mark}") }
}

/// What shows that the partner is missing: the next mark that opens, or the end of the paragraph.
fn witness(article: &Analysis, lost: &LostMark) -> Option<(Span, &'static str)> {
    let marks = &article.quotations().marks;
    let own = marks.iter().position(|m| m.span == lost.partner)?;
    let token = marks.get(own)?.token;
    let neighbour = if lost.closing { marks.get(own + 1) } else { own.checked_sub(1).and_then(|i| marks.get(i)) };
    let block = article.tokens().get(token)?.block;
    match neighbour.filter(|m| article.tokens().get(m.token).is_some_and(|t| t.block == block)) {
        Some(next) if lost.closing => Some((next.span, "the next mark opens another quotation")),
        Some(last) => Some((last.span, "the mark before it closed another quotation")),
        None if lost.closing => {
            let last = article.tokens_end_of_block(token).checked_sub(1)?;
            Some((article.tokens().get(last)?.span, "the paragraph ends and nothing has closed it"))
        }
        None => Some((
            article.tokens().get(article.tokens_start_of_block(token))?.span,
            "no mark stands between the start of the paragraph and this one",
        )),
    }
}

/// A few words at a place, to name it.
fn words_at(article: &Analysis, at: usize, closing: bool) -> String {
    let tokens = article.tokens();
    let span = if closing {
        let end = tokens.partition_point(|t| t.span.end <= at);
        let start = end.saturating_sub(3);
        tokens.get(start).map_or(Span::at(at), |t| Span::new(t.span.start, at))
    } else {
        let start = tokens.partition_point(|t| t.span.start < at);
        tokens.get((start + 2).min(tokens.len().saturating_sub(1))).map_or(Span::at(at), |t| Span::new(at, t.span.end))
    };
    format!("‘{}’", span.of(article.text()).replace('\n', " ").trim())
}

/// The glyph that should stand where a mark stands.
fn wanted(article: &Analysis, mark: &QuoteMark) -> char {
    let house = article.quotations().house;
    match (mark.role, house) {
        (Role::OpenNested | Role::CloseNested, Family::Straight) => '\'',
        (Role::OpenNested, _) => '‘',
        (Role::CloseNested, _) => '’',
        _ => house_glyph(house, opens(mark)),
    }
}

/// Whether one of the rules of glyphs speaks of a mark.
fn needs_glyph(article: &Analysis, mark: &QuoteMark) -> bool {
    mark.glyph != wanted(article, mark) && !matches!(mark.role, Role::OpenNested | Role::CloseNested) && !in_foreign_passage(article, mark)
}

fn exchange(article: &Analysis, report: &mut Report, mark: &QuoteMark) {
    let wanted = wanted(article, mark);
    let mut draft = report.finding(mark.span);
    if let Some(partner) = mark.partner.and_then(|p| article.quotations().marks.get(p)) {
        draft = draft
            .because(partner.span, if opens(mark) { "the mark that closes the quotation" } else { "the mark that opens the quotation" });
    }
    draft.replace(wanted).done();
}

fn wrong_way(article: &Analysis, report: &mut Report) {
    let quotations = article.quotations();
    if quotations.house == Family::Straight {
        return;
    }
    for mark in quotations.marks.iter().filter(|m| matches!(m.role, Role::Open | Role::Reopen | Role::Close)) {
        let Some((Family::Curly, direction)) = glyph(mark.glyph) else { continue };
        let wrong = if opens(mark) { direction == Direction::Closes } else { direction == Direction::Opens };
        if wrong && !belongs_to_foreign(article, mark) && !slips(article, mark) {
            exchange(article, report, mark);
        }
    }
}

/// `„ … “` closes with a glyph that opens in English: the rule of foreign marks tells of both.
fn belongs_to_foreign(article: &Analysis, mark: &QuoteMark) -> bool {
    let partner = mark.partner.and_then(|p| article.quotations().marks.get(p));
    partner.is_some_and(|p| glyph(p.glyph).is_some_and(|g| g.0 == Family::Foreign))
}

fn mixed(article: &Analysis, report: &mut Report) {
    let quotations = article.quotations();
    let house = quotations.house;
    // Only where the article really has both.
    if !quotations.marks.iter().any(|m| m.role != Role::Measure && glyph(m.glyph).is_some_and(|g| g.0 == house)) {
        return;
    }
    for mark in quotations.marks.iter().filter(|m| matches!(m.role, Role::Open | Role::Reopen | Role::Close)) {
        let Some((family, _)) = glyph(mark.glyph) else { continue };
        if family != house && family != Family::Foreign && !belongs_to_foreign(article, mark) && !slips(article, mark) {
            exchange(article, report, mark);
        }
    }
}

fn foreign(article: &Analysis, report: &mut Report) {
    for mark in article.quotations().marks.iter().filter(|m| m.role != Role::Measure) {
        let is_foreign = glyph(mark.glyph).is_some_and(|g| g.0 == Family::Foreign);
        let closes_foreign = !is_foreign && belongs_to_foreign(article, mark) && mark.glyph != wanted(article, mark);
        if (is_foreign || closes_foreign) && !in_foreign_passage(article, mark) {
            exchange(article, report, mark);
        }
    }
}

/// Whether the quoted words are of another language: most of them are in no English list.
fn in_foreign_passage(article: &Analysis, mark: &QuoteMark) -> bool {
    let marks = &article.quotations().marks;
    let (from, to) = match mark.partner.and_then(|p| marks.get(p)) {
        Some(p) => (mark.token.min(p.token), mark.token.max(p.token)),
        None => (mark.token.saturating_sub(6), mark.token + 6),
    };
    let (mut known, mut strange, mut other_script) = (0, 0, 0);
    for token in article.tokens().get(from..to).unwrap_or(&[]).iter().filter(|t| t.kind == TokenKind::Word).take(60) {
        let word = article.word(token);
        if word.chars().any(|c| c.is_alphabetic() && c > '\u{24f}') {
            other_script += 1;
        } else if article.lexicon().is_word(word) || word.starts_with(char::is_uppercase) {
            known += 1;
        } else {
            strange += 1;
        }
    }
    other_script > known || (strange >= 2 && strange * 2 > known)
}

fn space_inside(article: &Analysis, report: &mut Report) {
    let text = article.text();
    for mark in &article.quotations().marks {
        let space = if opens(mark) {
            let spaces = spaces_at_start(after(article, mark));
            Span::new(mark.span.end, mark.span.end + spaces)
        } else if closes(mark) {
            let spaces = spaces_at_end(before(article, mark));
            Span::new(mark.span.start - spaces, mark.span.start)
        } else {
            continue;
        };
        if space.is_empty() || slips(article, mark) || doubles_stop(article, mark).is_some() {
            continue;
        }
        // Where the mark also needs another glyph, that is the same wound.
        let span = mark.span.cover(space);
        let glyph = if needs_glyph(article, mark) { wanted(article, mark) } else { mark.glyph };
        report.finding(span).fix("no space inside the mark", vec![Edit::replace(text, span, glyph).trimmed()]).done();
    }
}

/// Whether the space beside a mark stands on its wrong side: `genius, "said`, `people" I want`.
fn slips(article: &Analysis, mark: &QuoteMark) -> bool {
    let (before, after) = (before(article, mark), after(article, mark));
    if opens(mark) {
        spaces_at_start(after) > 0 && is_joined_before(before)
    } else {
        closes(mark) && spaces_at_end(before) > 0 && is_joined_behind(after)
    }
}

/// Whether a word or stop touches an opening mark.
fn is_joined_before(before: &str) -> bool {
    before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | ':' | ';' | '!' | '?' | ')' | '”' | '…'))
}

/// Whether a word touches a closing mark. An ending (`"A"s`) belongs to the quoted word.
fn is_joined_behind(after: &str) -> bool {
    let word: &str = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let ending = matches!(word, "s" | "ed" | "d" | "er" | "ers" | "ing" | "es");
    (!word.is_empty() && !ending) || after.starts_with(['(', '“'])
}

fn slipped_space(article: &Analysis, report: &mut Report) {
    let text = article.text();
    for mark in article.quotations().marks.iter().filter(|m| slips(article, m)) {
        let span = if opens(mark) {
            Span::new(mark.span.start, mark.span.end + spaces_at_start(after(article, mark)))
        } else {
            Span::new(mark.span.start - spaces_at_end(before(article, mark)), mark.span.end)
        };
        let is_foreign = glyph(mark.glyph).is_some_and(|g| g.0 == Family::Foreign);
        let glyph = if needs_glyph(article, mark) && !is_foreign { wanted(article, mark) } else { mark.glyph };
        let to = if opens(mark) { format!(" {glyph}") } else { format!("{glyph} ") };
        report.finding(span).fix_to_review("the space on the other side", vec![Edit::replace(text, span, to)]).done();
    }
}

fn glued(article: &Analysis, report: &mut Report) {
    for mark in article.quotations().marks.iter().filter(|m| !slips(article, m) && !after(article, m).starts_with(m.glyph)) {
        let at = if opens(mark) && is_joined_before(before(article, mark)) {
            mark.span.start
        } else if closes(mark) && is_joined_behind(after(article, mark)) {
            mark.span.end
        } else {
            continue;
        };
        let mut draft = report.finding(mark.span);
        if let Some(edits) = lost_comma(article, mark) {
            draft = draft.fix_to_review("a comma and a space", edits);
        }
        draft.fix_to_review("a space beside the mark", vec![Edit::insert(at, " ")]).done();
    }
}

/// `weight"she said`: the comma was lost with the space.
fn lost_comma(article: &Analysis, mark: &QuoteMark) -> Option<Vec<Edit>> {
    let ends_bare = before(article, mark).chars().next_back().is_some_and(char::is_alphanumeric);
    let said = attribution::behind(article, mark.token + 1)
        .is_some_and(|a| !matches!(a, attribution::Attribution::Reports | attribution::Attribution::Apposition));
    if !closes(mark) || !ends_bare || !said {
        return None;
    }
    let end = mark.span.end;
    Some(if article.quotations().habit == Habit::Outside {
        vec![Edit::insert(end, ", ")]
    } else {
        vec![Edit::insert(mark.span.start, ","), Edit::insert(end, " ")]
    })
}

/// A mark typed twice: the second is no mark of its own.
fn doubled_mark(article: &Analysis, report: &mut Report) {
    for mark in &article.quotations().marks {
        let rest = after(article, mark);
        let next = article.quotations().marks.partition_point(|m| m.token <= mark.token);
        let is_mark = article.quotations().marks.get(next).is_some_and(|m| m.span.start == mark.span.end);
        if rest.starts_with(mark.glyph) && !is_mark {
            let second = Span::new(mark.span.end, mark.span.end + mark.glyph.len_utf8());
            report.finding(mark.span.cover(second)).fix_to_review("one mark", vec![Edit::replace(article.text(), second, "")]).done();
        }
    }
}

/// The stop before a closing mark, the mark, and a second stop behind it: their span and what should stand there.
fn doubles_stop(article: &Analysis, mark: &QuoteMark) -> Option<(Span, String)> {
    if !closes(mark) {
        return None;
    }
    let tokens = article.tokens();
    let block = tokens.get(mark.token)?.block;
    let inner = tokens.get(mark.token.checked_sub(1)?).filter(|t| t.block == block)?;
    let outer = tokens.get(mark.token + 1).filter(|t| t.block == block)?;
    let previous = mark.token.checked_sub(2).map_or("", |i| article.word_at(i));
    if is_title_abbreviation(previous) || is_tail_abbreviation(previous) {
        return None;
    }
    let stop = match (article.word(inner), article.word(outer)) {
        ("." | ",", ".") => ".",
        ("." | ",", ",") => ",",
        _ => return None,
    };
    let behind = tokens.get(mark.token + 2);
    // `.” ...` begins an ellipsis; `”.com` is an address.
    if behind.is_some_and(|t| {
        !t.space_before && t.block == block && t.kind != TokenKind::Mark && article.word(outer) == "." && outer.space_before
    }) {
        return None;
    }
    Some((Span::new(inner.span.start, outer.span.end), format!("{stop}{}", mark.glyph)))
}

fn doubled_stop(article: &Analysis, report: &mut Report) {
    for mark in &article.quotations().marks {
        let Some((span, to)) = doubles_stop(article, mark) else { continue };
        report.finding(span).fix_to_review(to.clone(), vec![Edit::replace(article.text(), span, to)]).done();
    }
}

fn nested(article: &Analysis, report: &mut Report) {
    let marks = &article.quotations().marks;
    for mark in marks.iter().filter(|m| m.role == Role::OpenNested) {
        let Some(close) = mark.partner.and_then(|p| marks.get(p)) else { continue };
        if glyph(mark.glyph).is_some_and(|g| g.0 == Family::Foreign) {
            continue;
        }
        let edits = [mark, close].map(|m| Edit::replace(article.text(), m.span, wanted(article, m)));
        report
            .finding(mark.span)
            .because(close.span, "the mark that closes the inner quotation")
            .fix_to_review("single marks inside", edits.into())
            .done();
    }
}

fn dialogue_dash(article: &Analysis, report: &mut Report) {
    let tokens = article.tokens();
    for mark in article.quotations().marks.iter().filter(|m| m.role == Role::Close) {
        let mut next = mark.token + 1;
        let comma = article.word_at(next) == ",";
        next += usize::from(comma);
        if !matches!(article.word_at(next), "-" | "–" | "—" | "―") {
            continue;
        }
        let Some(speaker) = tokens.get(next + 1).filter(|t| tokens.get(mark.token).is_some_and(|m| m.block == t.block)) else { continue };
        let verb_first = matches!(attribution::behind(article, next + 1), Some(attribution::Attribution::VerbFirst));
        let pronoun = matches!(article.word(speaker), "he" | "she" | "they") && attribution::behind(article, next + 1).is_some();
        if !(verb_first || pronoun) || article.word(speaker).starts_with(char::is_uppercase) {
            continue;
        }
        let words = before(article, mark);
        let inner = words.chars().next_back();
        let stop = if inner.is_some_and(|c| matches!(c, ',' | '!' | '?' | '…')) || words.ends_with("..") { "" } else { "," };
        // The stop of `It is cold." - said Ana` turns into the comma.
        let dropped = usize::from(inner == Some('.') && !stop.is_empty());
        let span = Span::new(mark.span.start - dropped, speaker.span.start);
        let to = format!("{stop}{} ", mark.glyph);
        report.finding(span).fix_to_review("a comma instead of the dash", vec![Edit::replace(article.text(), span, to)]).done();
    }
}
