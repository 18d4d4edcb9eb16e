//! Lost capitals: a sentence that begins in lower case, a month or a people written small; and the
//! title that keeps its capitals without a name (`the Foreign Minister suggested`).

use super::capitals::{lower, shouting, starts_upper};
use super::{Build, Detect, Report, only_params, string_list};
use crate::analysis::{Analysis, Token, TokenKind, sentences};
use crate::document::BlockKind;
use crate::rules::lexicon::Country;
use crate::rules::{FunctionWord, Lexicon};
use crate::text::{Edit, Span};

struct LostCapital {
    /// Abbreviations whose stop ends no sentence before a lower-case word: `sq.`, `approx.`
    abbreviations: Vec<String>,
    /// Particles of names, which may begin a line in lower case: `al-`, `van`, `de`.
    particles: Vec<String>,
    /// Verbs that follow a quotation: `“Why?” asked the clerk`.
    saying: Vec<String>,
}

/// Builds the `lost-capital` detector.
pub fn build_lost_capital(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &["abbreviations", "particles", "saying"])?;
    Ok(Box::new(LostCapital {
        abbreviations: string_list(params, "abbreviations")?,
        particles: string_list(params, "particles")?,
        saying: string_list(params, "saying")?,
    }))
}

struct SmallNames {
    words: Vec<String>,
}

/// Builds the `small-names` detector. `words`: days and months that are no other word.
pub fn build_small_names(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &["words"])?;
    Ok(Box::new(SmallNames { words: string_list(params, "words")? }))
}

struct BareTitles {
    titles: Vec<String>,
}

/// Builds the `bare-titles` detector. `titles`: offices in lower case, of one or more words.
pub fn build_bare_titles(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &["titles"])?;
    Ok(Box::new(BareTitles { titles: string_list(params, "titles")? }))
}

const _: [Build; 3] = [build_lost_capital, build_small_names, build_bare_titles];

/// The word with a great first letter.
pub(super) fn raised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// `ii.`, `iv.`: the sign of an item in a running list.
fn is_list_numeral(word: &str) -> bool {
    word.len() <= 5 && word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))
}

fn is_small(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_lowercase) && !word.chars().any(char::is_uppercase)
}

impl LostCapital {
    /// Whether a verb of saying stands near behind `i`: the words belong to a quotation before them.
    fn attributes(&self, article: &Analysis, i: usize) -> bool {
        (i..i + 7)
            .take_while(|&k| !matches!(article.word_at(k), "." | "," | "“" | "\"" | ""))
            .any(|k| self.saying.iter().any(|s| s == article.word_at(k)))
    }

    /// Whether a stop behind the word at `i` may be an abbreviation's.
    fn may_be_abbreviation(&self, article: &Analysis, i: usize) -> bool {
        let Some(token) = article.tokens().get(i) else { return true };
        let word = article.word(token);
        // `M.Sc.`, `ID.`
        let inside = i.checked_sub(1).is_some_and(|b| article.word_at(b) == ".") && !token.space_before;
        let initials = word.chars().count() <= 4 && word.chars().all(char::is_uppercase);
        if inside || (initials && token.is_word()) {
            return true;
        }
        if !token.is_word() {
            return matches!(token.kind, TokenKind::Abbreviation | TokenKind::Address);
        }
        token.kind == TokenKind::Abbreviation
            || sentences::is_title_abbreviation(word)
            || sentences::is_tail_abbreviation(word)
            || self.abbreviations.iter().any(|a| *a == word.to_lowercase())
            || (word.chars().count() < 4 && !article.lexicon().is_curated(&lower(word)))
            // `Yahoo! is`, `Jeopardy! was`, `st. petersburg`
            || word.chars().count() == 1
            || is_list_numeral(word)
    }

    /// Whether the small word at `i` stands where a sentence begins, inside its block.
    fn begins_inside(&self, article: &Analysis, i: usize, token: &Token) -> bool {
        let mark_at = |k: usize| article.tokens().get(k).filter(|t| t.kind == TokenKind::Mark && t.block == token.block);
        let Some(before) = i.checked_sub(1).and_then(mark_at) else { return false };
        if !token.space_before && !matches!(article.word(before), "“" | "\"" | "‘") {
            return false;
        }
        let class = article.lexicon().function_word(article.word(token));
        let opens = matches!(
            class,
            Some(
                FunctionWord::Article
                    | FunctionWord::Determiner
                    | FunctionWord::Pronoun
                    | FunctionWord::Possessive
                    | FunctionWord::Preposition
                    | FunctionWord::Subordinator
            )
        );
        let stop_before = |k: usize| {
            mark_at(k).is_some_and(|m| article.word(m) == "." && !m.space_before)
                && k.checked_sub(1).is_some_and(|w| {
                    let ends = article.tokens().get(w).is_some_and(|t| {
                        t.block == token.block && (t.kind != TokenKind::Mark || matches!(article.word(t), "”" | "\"" | ")" | "’" | "%"))
                    });
                    ends && !self.may_be_abbreviation(article, w)
                })
        };
        match article.word(before) {
            "." => stop_before(i - 1),
            "!" | "?" => {
                let name = i.checked_sub(2).is_some_and(|w| starts_upper(article.word_at(w)));
                opens && !name && !self.attributes(article, i)
            }
            // `… the doors.” the`: only where no verb of saying follows.
            "”" | "\"" if before.space_before || !token.space_before => {
                // An opening mark behind a stop: `she said. “now they`
                i.checked_sub(2).is_some_and(stop_before)
            }
            "”" | "\"" | ")" => opens && i.checked_sub(2).is_some_and(stop_before) && !self.attributes(article, i),
            "“" | "‘" => i.checked_sub(2).is_some_and(stop_before),
            _ => false,
        }
    }
}

/// For each block: its first token, if that is a small word; how the block before it ends.
fn block_starts(article: &Analysis) -> Vec<Option<usize>> {
    let mut starts = vec![None; article.blocks().len()];
    let mut last = usize::MAX;
    for (i, token) in article.tokens().iter().enumerate() {
        if token.block != last {
            last = token.block;
            if let Some(slot) = starts.get_mut(token.block).filter(|_| token.kind == TokenKind::Word && is_small(article.word(token))) {
                *slot = Some(i);
            }
        }
    }
    starts
}

impl Detect for LostCapital {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        let starts = block_starts(article);
        let small_lines = starts.iter().flatten().count();
        let shouting = shouting(article);
        for (i, token) in article.tokens().iter().enumerate() {
            if token.kind != TokenKind::Word || token.glued {
                continue;
            }
            let word = article.word(token);
            if !is_small(word) {
                continue;
            }
            let kind = article.kind_of(token);
            if matches!(kind, BlockKind::Cell | BlockKind::Credit) {
                continue;
            }
            let head = starts.get(token.block).copied().flatten() == Some(i);
            // Lists and verse begin in lower case throughout.
            if head && (small_lines >= 3 || matches!(kind, BlockKind::ListItem | BlockKind::Caption | BlockKind::Headline)) {
                continue;
            }
            if !(head && follows_whole_block(article, &shouting, token.block) || self.begins_inside(article, i, token)) {
                continue;
            }
            let next = article.word_at(i + 1);
            // `we’ll`: the word before the apostrophe.
            let stem = word.split(['\'', '’']).next().unwrap_or(word);
            let known = article.lexicon().function_word(stem).is_some() || article.lexicon().is_curated(stem);
            let particle = (next == "-" || starts_upper(next)) && self.particles.iter().any(|p| p == word);
            let compound = article.tokens().get(i + 1).is_some_and(|t| article.word(t) == "-" && !t.space_before);
            // `e-mail`, `al-Assad`, `iPhone`, `x = 3`; a lone word is a fragment.
            if !known || particle || (compound && word.len() < 3) || matches!(next, "=" | "." | "/" | "") {
                continue;
            }
            let great = raised(word);
            let raise = Edit::replace(article.text(), token.span, great.clone());
            let draft = report.finding(token.span).fix(format!("“{great}”"), vec![raise]);
            // A stop that stands where a comma should.
            let joins =
                matches!(word, "which" | "who" | "and" | "but" | "or" | "of" | "as" | "than" | "where" | "whose" | "while" | "because");
            let stop = i.checked_sub(1).and_then(|b| article.tokens().get(b)).filter(|b| !head && article.word(b) == ".");
            match stop {
                Some(stop) if joins => {
                    let comma = Edit::replace(article.text(), stop.span, ",");
                    draft.fix_to_review("a comma instead of the full stop", vec![comma]).done();
                }
                _ => draft.done(),
            }
        }
    }
}

/// Whether a block begins anew: the one before it is whole, so that no paragraph was merely broken in two.
fn follows_whole_block(article: &Analysis, shouting: &[bool], block: usize) -> bool {
    // A line without an end is a fragment of the page, not a sentence.
    let own = article.blocks().get(block).map_or("", |b| b.span.of(article.text())).trim_end_matches(['"', '”', '’', '\'', ')', ']', ' ']);
    if !own.ends_with(['.', '!', '?', '…', ':', '。', ',', ';']) {
        return false;
    }
    let Some(previous) = block.checked_sub(1) else { return true };
    if shouting.get(previous).copied().unwrap_or(false) {
        return true;
    }
    let Some(text) = article.blocks().get(previous).map(|b| b.span.of(article.text())) else { return true };
    let end = text.trim_end_matches(['"', '”', '’', '\'', ')', ']', ' ']);
    end.ends_with(['.', '!', '?', '…', ':', '。']) || text.split_whitespace().count() < 18
}

impl Detect for SmallNames {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        for (i, token) in article.tokens().iter().enumerate() {
            if token.kind != TokenKind::Word || token.glued {
                continue;
            }
            let word = article.word(token);
            if !is_small(word) || word.len() < 4 {
                continue;
            }
            let listed = self.words.iter().any(|w| w == word);
            let great = raised(word);
            let people =
                !listed && article.lexicon().country(&great).is_some_and(|c| c != Country::Capital) && !article.lexicon().is_curated(word);
            // Words of another language (`tour de suisse`), parts of an address.
            let english = |k: Option<usize>| {
                k.and_then(|k| article.tokens().get(k)).is_none_or(|t| {
                    t.kind != TokenKind::Word || starts_upper(article.word(t)) || article.lexicon().is_curated(&lower(article.word(t)))
                })
            };
            if (listed || people) && english(i.checked_sub(1)) && english(Some(i + 1)) {
                report.finding(token.span).replace(great).done();
            }
        }
    }
}

impl Detect for BareTitles {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        let shouting = shouting(article);
        let tokens = article.tokens();
        for (i, token) in tokens.iter().enumerate() {
            if token.kind != TokenKind::Word
                || !matches!(article.word(token), "the" | "The")
                || shouting.get(token.block).copied().unwrap_or(true)
            {
                continue;
            }
            let mut first = i + 1;
            if article.lexicon().country(article.word_at(first)) == Some(Country::Demonym) {
                first += 1;
            }
            let mut end = first;
            while tokens.get(end).is_some_and(|t| t.kind == TokenKind::Word && t.block == token.block) && starts_upper(article.word_at(end))
            {
                end += 1;
            }
            let (Some(a), Some(b)) = (tokens.get(first), tokens.get(end.saturating_sub(1)).filter(|_| end > first)) else { continue };
            let span = Span::new(a.span.start, b.span.end);
            let title = span.of(article.text()).to_lowercase();
            let next = article.word_at(end);
            let ends = tokens.get(end).is_none_or(|t| t.block != token.block) || next.chars().all(|c| !c.is_uppercase() && !c.is_numeric());
            if self.titles.contains(&title) && ends && !matches!(next, "of" | "for" | "-" | "’" | "'") {
                report.finding(span).replace(title).done();
            }
        }
    }
}
