//! What a rule found, why, and what would mend it.

use serde::{Deserialize, Serialize};

use crate::text::{Alignment, Edit, Edits, Span};

/// The identifier of a rule: kebab-case, names what is wrong, never changes.
pub type RuleId = String;

/// What a finding is about, in editors' words.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Glued words, doubled and missing spaces.
    Spacing,
    /// Quotation marks.
    Quotes,
    /// Stray, doubled, foreign marks.
    Punctuation,
    /// Stray and lost capitals.
    Capitals,
    /// Doubled words, subjects named twice.
    Repetition,
    /// Entities, mojibake, invisible characters.
    Encoding,
    /// He, she, it against the antecedent.
    Pronouns,
    /// One name, several spellings.
    Names,
    /// Figures.
    Numbers,
    /// Calques and literal renderings.
    Wording,
    /// Verb first.
    WordOrder,
    /// Captions, credits, page furniture.
    Leftovers,
}

impl Category {
    /// All categories, in the order the window lists them.
    pub const ALL: [Self; 12] = [
        Self::Spacing,
        Self::Quotes,
        Self::Punctuation,
        Self::Capitals,
        Self::Repetition,
        Self::Encoding,
        Self::Pronouns,
        Self::Names,
        Self::Numbers,
        Self::Wording,
        Self::WordOrder,
        Self::Leftovers,
    ];

    /// The identifier used in cards and JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Spacing => "spacing",
            Self::Quotes => "quotes",
            Self::Punctuation => "punctuation",
            Self::Capitals => "capitals",
            Self::Repetition => "repetition",
            Self::Encoding => "encoding",
            Self::Pronouns => "pronouns",
            Self::Names => "names",
            Self::Numbers => "numbers",
            Self::Wording => "wording",
            Self::WordOrder => "word-order",
            Self::Leftovers => "leftovers",
        }
    }

    /// The name an editor reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Spacing => "Spacing",
            Self::Quotes => "Quotes",
            Self::Punctuation => "Punctuation",
            Self::Capitals => "Capitals",
            Self::Repetition => "Repetition",
            Self::Encoding => "Encoding",
            Self::Pronouns => "Pronouns",
            Self::Names => "Names",
            Self::Numbers => "Numbers",
            Self::Wording => "Wording",
            Self::WordOrder => "Word order",
            Self::Leftovers => "Leftovers",
        }
    }
}

/// Whether a finding is shown unasked. Ordered: a default finding outranks a hint.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// Shown only on request.
    Hint,
    /// Shown.
    Default,
}

/// How far a fix may be trusted. Ordered: `fix.applicability >= wanted`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// A person looks before it is taken.
    Review,
    /// May be taken unseen: see [`Fix::keeps_the_safe_laws`].
    Safe,
}

/// A place in the text that convinced the rule.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Evidence {
    /// Where, in bytes.
    pub span: Span,
    /// What is to be seen there, as part of a sentence.
    pub note: String,
}

/// One way to mend a finding.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Fix {
    /// What the fix does, in an editor's words.
    pub title: String,
    /// The change, in the coordinates of the checked text.
    pub edits: Edits,
    /// How far it may be trusted.
    pub applicability: Applicability,
}

/// What a rule found at one place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Finding {
    /// The rule that speaks.
    pub rule: RuleId,
    /// Its category.
    pub category: Category,
    /// Shown unasked, or a hint.
    pub tier: Tier,
    /// The damaged mark or words (bytes).
    pub span: Span,
    /// Where no other rule shall speak while this finding stands: one wound is one finding.
    pub scope: Span,
    /// One sentence that names what is wrong.
    pub message: String,
    /// What convinced the rule.
    pub evidence: Vec<Evidence>,
    /// Best first; none where a person must write.
    pub fixes: Vec<Fix>,
    /// The finding stands inside a quotation, where the words are somebody's own.
    pub in_quotation: bool,
}

impl Finding {
    /// Whether its first fix changes words that somebody is quoted with. Such a fix is shown with a
    /// warning, never taken in a batch.
    pub fn changes_quoted_words(&self) -> bool {
        let changes = match self.category {
            Category::Encoding => false,
            // `35 thousand` in figures says the same; `XIX century` in other words does not.
            Category::Numbers => self.fixes.first().is_some_and(Fix::changes_letters),
            _ => self.fixes.first().is_some_and(Fix::changes_words),
        };
        self.in_quotation && changes
    }

    /// Moves it along with a change; false when the change touches it.
    pub(crate) fn follow(&mut self, change: &Alignment) -> bool {
        let Some(span) = change.carry(self.span) else { return false };
        self.span = span;
        self.scope = Span::new(change.onward(self.scope.start), change.onward(self.scope.end)).cover(span);
        self.evidence.retain_mut(|e| change.carry(e.span).map(|s| e.span = s).is_some());
        self.fixes.retain_mut(|fix| fix.edits.follow(change));
        true
    }

    /// Whether the first fix may be taken together with others: it exists and changes no quoted words.
    pub fn may_be_batched(&self) -> bool {
        !self.fixes.is_empty() && !self.changes_quoted_words()
    }

    /// The best fix that may be taken unseen.
    pub fn safe_fix(&self) -> Option<&Fix> {
        self.fixes.first().filter(|f| f.applicability == Applicability::Safe && self.may_be_batched())
    }
}

/// Quotation marks of every kind that a safe fix may exchange but never add, remove or move.
fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '「' | '」' | '『' | '』' | '＂')
}

/// The characters that end a sentence.
fn is_sentence_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '．')
}

fn skeleton(edit: &Edit, keep: impl Fn(char) -> bool) -> (Vec<char>, Vec<char>) {
    (edit.from.chars().filter(|&c| keep(c)).collect(), edit.to.chars().filter(|&c| keep(c)).collect())
}

impl Fix {
    /// Whether it changes letters or digits other than in case.
    pub fn changes_words(&self) -> bool {
        self.edits.iter().any(|e| {
            let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
            letters(&e.from) != letters(&e.to)
        })
    }

    /// Whether it puts other letters where letters stood; figures may come instead of them.
    pub fn changes_letters(&self) -> bool {
        let letters = |s: &str| s.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect::<String>();
        self.edits.iter().any(|e| !letters(&e.to).is_empty() && letters(&e.from) != letters(&e.to))
    }

    /// The laws of a safe fix that can be checked without its text: every letter and digit kept, in
    /// order and in case; no quotation mark added, removed or moved past a letter (a glyph may be
    /// exchanged); no sentence end added. Repairs of encoding are tested by their round trip instead.
    pub fn keeps_the_safe_laws(&self) -> bool {
        self.edits.iter().all(|e| {
            let (a, b) = skeleton(e, char::is_alphanumeric);
            let (quotes_a, quotes_b) = skeleton(e, |c| c.is_alphanumeric() || is_quotation_mark(c));
            let shape = |v: Vec<char>| v.into_iter().map(|c| if is_quotation_mark(c) { '"' } else { c }).collect::<Vec<_>>();
            let (ends_a, ends_b) = skeleton(e, is_sentence_end);
            a == b && shape(quotes_a) == shape(quotes_b) && ends_b.len() <= ends_a.len()
        })
    }
}
