//! Verb forms: how an English verb is inflected, so that a fix keeps the tense of the words it replaces.
//! Regular verbs follow rules; the irregular ones and those that double a consonant stand in `verb_forms.tsv`.

use super::Lexicon;

/// Which form of a verb stands in the text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum VerbForm {
    /// `address`
    Base,
    /// `addresses`
    Third,
    /// `addressed`
    Past,
    /// `addressed` after *have* or *be*
    Participle,
    /// `addressing`
    Gerund,
}

/// The forms of one verb.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verb {
    base: String,
    third: String,
    past: String,
    participle: String,
    gerund: String,
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// The form with `s`: `goes`, `tries`, `says`.
fn regular_third(base: &str) -> String {
    let before_y = base.strip_suffix('y').filter(|stem| stem.chars().next_back().is_some_and(|c| !is_vowel(c)));
    if let Some(stem) = before_y {
        return format!("{stem}ies");
    }
    let hissing = ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| base.ends_with(end));
    format!("{base}{}", if hissing { "es" } else { "s" })
}

fn regular_past(base: &str) -> String {
    let before_y = base.strip_suffix('y').filter(|stem| stem.chars().next_back().is_some_and(|c| !is_vowel(c)));
    match before_y {
        Some(stem) => format!("{stem}ied"),
        None if base.ends_with('e') => format!("{base}d"),
        None => format!("{base}ed"),
    }
}

fn regular_gerund(base: &str) -> String {
    if let Some(stem) = base.strip_suffix("ie") {
        return format!("{stem}ying");
    }
    match base.strip_suffix('e') {
        Some(stem) if !(base.ends_with("ee") || base.ends_with("oe") || base.ends_with("ye")) => format!("{stem}ing"),
        _ => format!("{base}ing"),
    }
}

impl Verb {
    /// The forms of the verb with this base form. A verb with a particle (`carry out`) is inflected at its head.
    pub fn new(base: &str, lexicon: &Lexicon) -> Self {
        let (head, tail) = base.split_once(' ').map_or((base, String::new()), |(h, t)| (h, format!(" {t}")));
        let listed = lexicon.verb_forms(head);
        let mut columns = listed.unwrap_or("").split('\t').map(str::trim);
        let mut form = |regular: fn(&str) -> String| {
            let given = columns.next().filter(|c| !c.is_empty());
            given.map_or_else(|| regular(head), str::to_owned)
        };
        let past = form(regular_past);
        let participle = form(regular_past);
        let gerund = form(regular_gerund);
        let third = form(regular_third);
        let with_tail = |form: String| form + &tail;
        Self {
            base: base.to_owned(),
            third: with_tail(third),
            past: with_tail(past),
            participle: with_tail(participle),
            gerund: with_tail(gerund),
        }
    }

    /// The verb in one form. `plural` matters for *be* alone.
    pub fn form(&self, form: VerbForm, plural: Number) -> &str {
        match (form, plural) {
            (VerbForm::Base, Number::Plural) if self.base == "be" => "are",
            (VerbForm::Past, Number::Plural) if self.base == "be" => "were",
            (VerbForm::Base, _) => &self.base,
            (VerbForm::Third, _) => &self.third,
            (VerbForm::Past, _) => &self.past,
            (VerbForm::Participle, _) => &self.participle,
            (VerbForm::Gerund, _) => &self.gerund,
        }
    }

    /// The first words of all forms, without doubles: what a text can be searched for.
    pub fn heads(&self) -> Vec<&str> {
        let mut heads: Vec<&str> = Vec::with_capacity(5);
        for form in [&self.base, &self.third, &self.past, &self.participle, &self.gerund] {
            let head = form.split(' ').next().unwrap_or(form);
            if !heads.contains(&head) {
                heads.push(head);
            }
        }
        if self.base == "be" {
            heads.extend(["are", "am", "were"]);
        }
        heads
    }

    /// Which form a lower-case word is; past and participle look alike, so the words before decide.
    pub fn form_of(&self, word: &str, before: Before) -> Option<VerbForm> {
        let head = |form: &str| form.split(' ').next() == Some(word);
        if self.base == "be" && matches!(word, "are" | "am" | "were") {
            return Some(if word == "were" { VerbForm::Past } else { VerbForm::Base });
        }
        if head(&self.past) || head(&self.participle) {
            return Some(match before {
                Before::Infinitive if head(&self.base) => VerbForm::Base,
                Before::Auxiliary if head(&self.participle) => VerbForm::Participle,
                _ if head(&self.past) => VerbForm::Past,
                _ => VerbForm::Participle,
            });
        }
        if head(&self.base) {
            return Some(VerbForm::Base);
        }
        if head(&self.third) {
            return Some(VerbForm::Third);
        }
        head(&self.gerund).then_some(VerbForm::Gerund)
    }
}

/// Singular or plural, for the forms of *be*.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Number {
    /// One, or not known.
    Singular,
    /// Several.
    Plural,
}

/// What stands before a verb form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Before {
    /// *To* or a modal: the base form follows.
    Infinitive,
    /// A form of *have* or *be*: a participle follows.
    Auxiliary,
    /// Anything else.
    Other,
}

/// What the word before a verb tells of its form.
pub fn before(word: &str) -> Before {
    let lower = word.to_ascii_lowercase();
    match lower.as_str() {
        "to" | "will" | "would" | "can" | "could" | "may" | "might" | "must" | "shall" | "should" | "did" | "does" | "do" | "not" => {
            Before::Infinitive
        }
        "have" | "has" | "had" | "having" | "be" | "is" | "are" | "was" | "were" | "been" | "being" => Before::Auxiliary,
        _ => Before::Other,
    }
}
