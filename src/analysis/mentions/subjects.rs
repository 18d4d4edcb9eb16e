//! The subject of a sentence: who or what it is about. A light reading without a parser: leading phrases
//! are skipped, the noun phrase before the first finite verb is taken, and an attribution at the end
//! (`…, the office said`) outranks it, because the next pronoun goes on with the speaker.

use super::{Analysis, Mention, MentionKind};
use crate::analysis::{Sentence, Token, TokenKind};
use crate::text::Span;

/// How the subject stands in its sentence.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SubjectPlace {
    /// Before the main verb.
    Main,
    /// In `…, the office said` or `according to the office`.
    Speaker,
    /// After a passive: `was made by the company`.
    Agent,
}

/// What a sentence is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Subject {
    /// Index of the mention.
    pub mention: usize,
    /// The whole noun phrase, its article included (bytes of the view).
    pub span: Span,
    /// How it stands.
    pub place: SubjectPlace,
}

/// Words that begin a phrase before the subject, which ends at a comma.
const LEADING: &[&str] = &[
    "in",
    "on",
    "at",
    "after",
    "before",
    "during",
    "for",
    "with",
    "since",
    "from",
    "by",
    "while",
    "when",
    "if",
    "although",
    "though",
    "because",
    "as",
    "despite",
    "under",
    "over",
    "last",
    "this",
    "next",
    "earlier",
    "later",
    "meanwhile",
    "however",
    "moreover",
    "also",
    "but",
    "and",
    "yet",
    "so",
    "then",
    "today",
    "yesterday",
    "tomorrow",
    "according",
    "on",
    "to",
    "about",
    "amid",
    "among",
    "without",
    "once",
    "until",
    "through",
    "regarding",
    "concerning",
    "besides",
    "instead",
    "nevertheless",
    "nonetheless",
    "furthermore",
    "additionally",
];
/// Words at which a noun phrase ends.
const PHRASE_END: &[&str] = &[
    "of", "in", "on", "at", "for", "with", "from", "by", "to", "about", "against", "between", "near", "who", "which", "that", "whose",
    "where", "and", "or", "but", "as", "after", "before", "during", "also", "not", "now", "still", "already", "never", "since", "near",
    "outside",
];
const DETERMINERS: &[&str] = &["the", "a", "an", "this", "that", "its", "their", "his", "her", "our", "one", "another", "every", "each"];

struct Reader<'r, 'a> {
    article: &'r Analysis<'a>,
    mentions: &'r [Mention],
}

/// The subject of every sentence.
pub fn read(article: &Analysis, mentions: &[Mention]) -> Vec<Option<Subject>> {
    let reader = Reader { article, mentions };
    article
        .sentences()
        .iter()
        .map(|s| {
            let main = reader.main(s);
            let plain = main.is_some_and(|m| reader.mentions.get(m.mention).is_some_and(|m| m.kind == MentionKind::Person || m.is_body()));
            reader.speaker(s).or_else(|| if plain { main } else { reader.agent(s).or(main) })
        })
        .collect()
}

impl Reader<'_, '_> {
    fn lower(&self, index: usize) -> String {
        self.article.word_at(index).to_lowercase()
    }

    fn token(&self, index: usize) -> Option<&Token> {
        self.article.tokens().get(index)
    }

    fn is_comma(&self, index: usize) -> bool {
        matches!(self.article.word_at(index), "," | "，" | "،")
    }

    /// A finite verb, as far as a word list can tell.
    fn is_verb(&self, lower: &str) -> bool {
        let lexicon = self.article.lexicon();
        lexicon.is_finite_verb(lower)
            || (lexicon.is_speech_verb(lower) && !lower.ends_with("ing"))
            || (lower.ends_with("ed") && lower.len() > 4 && lexicon.role(lower).is_none())
    }

    /// The subject before the main verb.
    fn main(&self, sentence: &Sentence) -> Option<Subject> {
        let mut at = sentence.first;
        for _ in 0..3 {
            while at < sentence.end && self.token(at).is_some_and(|t| !t.is_word() && t.kind != TokenKind::Mixed) {
                at += 1;
            }
            let lower = self.lower(at);
            let leading = LEADING.contains(&lower.as_str()) || (lower.ends_with("ly") && self.is_comma(at + 1));
            if !leading {
                break;
            }
            let comma = (at..sentence.end.min(at + 24)).find(|&i| self.is_comma(i));
            match comma {
                Some(comma) => at = comma + 1,
                // `But the office`: the conjunction alone is skipped.
                None if matches!(lower.as_str(), "but" | "and" | "yet" | "so" | "then" | "later" | "meanwhile" | "however") => at += 1,
                None if lower == "this" => break,
                None => return None,
            }
        }
        self.phrase(at, sentence.end, SubjectPlace::Main)
    }

    /// The noun phrase that begins at `at`, if its head is a mention.
    fn phrase(&self, at: usize, end: usize, place: SubjectPlace) -> Option<Subject> {
        let mut stop = at;
        let mut position = self.mentions.partition_point(|m| m.end <= at);
        while stop < end.min(at + 14) {
            // A mention is read as a whole: `Bank of Ceylon`.
            while self.mentions.get(position).is_some_and(|m| m.end <= stop) {
                position += 1;
            }
            if let Some(m) = self.mentions.get(position).filter(|m| m.first == stop) {
                stop = m.end;
                continue;
            }
            let token = self.token(stop)?;
            let lower = self.lower(stop);
            let hyphen = matches!(self.article.word_at(stop), "-" | "‐" | "–") && !token.space_before;
            if !hyphen && !token.is_word() && !matches!(token.kind, TokenKind::Number | TokenKind::Mixed) {
                break;
            }
            if PHRASE_END.contains(&lower.as_str()) || (stop > at && self.is_verb(&lower)) {
                break;
            }
            stop += 1;
        }
        let index = self.mentions.partition_point(|m| m.end < stop);
        // `the minister, Maria X,`: the role was read as part of the name.
        let named =
            self.mentions.get(index).filter(|m| self.is_comma(stop) && m.first == stop + 1 && m.named && m.kind == MentionKind::Person);
        let mention =
            named.or_else(|| self.mentions.get(index)).filter(|m| (m.end == stop || named.is_some()) && m.first >= at && !m.possessive)?;
        let first = self.token(at)?;
        Some(Subject { mention: index, span: Span::new(first.span.start.min(mention.span.start), mention.span.end), place })
    }

    /// `…, the office said in a statement.`; `…, according to the office.`; `…, said the office.`
    fn speaker(&self, sentence: &Sentence) -> Option<Subject> {
        let last = (sentence.first..sentence.end).rev().find(|&i| self.token(i).is_some_and(Token::is_word))? + 1;
        let from = sentence.first.max(last.saturating_sub(22));
        for i in (from..last).rev() {
            let lower = self.lower(i);
            if lower == "to" && i > from && self.lower(i - 1) == "according" {
                return self.phrase(i + 1, sentence.end, SubjectPlace::Speaker);
            }
            let finite = matches!(
                lower.as_str(),
                "said"
                    | "says"
                    | "added"
                    | "reported"
                    | "announced"
                    | "noted"
                    | "told"
                    | "wrote"
                    | "stated"
                    | "declared"
                    | "warned"
                    | "explained"
            );
            if !finite || i == sentence.first {
                continue;
            }
            // The speaker stands before the verb, after a comma or a closing mark …
            let boundary = (i.saturating_sub(12).max(sentence.first)..i).rev().find(|&j| {
                self.token(j).is_some_and(|t| t.kind == TokenKind::Mark && !matches!(self.article.word_at(j), "-" | "’" | "'" | "."))
            });
            if let Some(boundary) = boundary
                && boundary > sentence.first
                && boundary + 1 < i
                && last - i <= 9
            {
                let found = self.phrase(boundary + 1, i, SubjectPlace::Speaker);
                if found.is_some_and(|f| self.mentions.get(f.mention).is_some_and(|m| m.end == i)) {
                    return found;
                }
            }
            // … or after it: `said the office`.
            let before = self.token(i - 1);
            if before.is_some_and(|t| t.kind == TokenKind::Mark || t.span.end == self.token(i).map_or(0, |x| x.span.start)) {
                // `…, said the crop could fail`: a clause, not the speaker.
                let found = self.phrase(i + 1, sentence.end, SubjectPlace::Speaker);
                let clause = found.and_then(|f| self.mentions.get(f.mention)).is_some_and(|m| self.is_verb(&self.lower(m.end)));
                if !clause {
                    return found;
                }
            }
        }
        None
    }

    /// `The bridge was built by the company "Sula"`.
    fn agent(&self, sentence: &Sentence) -> Option<Subject> {
        let by = (sentence.first..sentence.end).find(|&i| self.article.word_at(i) == "by" && self.lower(i.saturating_sub(1)).len() > 2)?;
        let before = self.lower(by.checked_sub(1)?);
        let participle = before.ends_with("ed")
            || self.article.lexicon().is_finite_verb(&before)
            || matches!(before.as_str(), "done" | "written" | "given" | "taken" | "shown" | "owned" | "run" | "drawn");
        if !participle || !DETERMINERS.contains(&self.lower(by + 1).as_str()) {
            return None;
        }
        let found = self.phrase(by + 1, sentence.end, SubjectPlace::Agent)?;
        self.mentions.get(found.mention).filter(|m| m.is_body()).map(|_| found)
    }
}
