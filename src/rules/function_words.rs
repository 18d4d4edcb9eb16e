//! The closed classes of English: articles, prepositions, auxiliaries and their kind.

use rustc_hash::FxHashMap;

/// The class of a function word. A word that has several is listed under its commonest.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FunctionWord {
    /// a, an, the.
    Article,
    /// this, every, some.
    Determiner,
    /// my, their.
    Possessive,
    /// he, who, something.
    Pronoun,
    /// of, according, than.
    Preposition,
    /// and, but.
    Conjunction,
    /// because, while, if.
    Subordinator,
    /// which, how.
    Question,
    /// is, had, done.
    Auxiliary,
    /// will, could.
    Modal,
    /// also, however, not.
    Adverb,
}

/// Function words by their lower-case form.
#[derive(Clone, Debug, Default)]
pub struct FunctionWords(FxHashMap<&'static str, FunctionWord>);

impl FunctionWords {
    /// Reads the lines of `function_words.tsv`; a line with an unknown class is left out.
    pub fn read(lines: impl Iterator<Item = &'static str>) -> Self {
        let mut words = FxHashMap::default();
        for line in lines {
            let Some((word, class)) = line.split_once('\t') else { continue };
            let class = match class {
                "article" => FunctionWord::Article,
                "determiner" => FunctionWord::Determiner,
                "possessive" => FunctionWord::Possessive,
                "pronoun" => FunctionWord::Pronoun,
                "preposition" => FunctionWord::Preposition,
                "conjunction" => FunctionWord::Conjunction,
                "subordinator" => FunctionWord::Subordinator,
                "question" => FunctionWord::Question,
                "auxiliary" => FunctionWord::Auxiliary,
                "modal" => FunctionWord::Modal,
                "adverb" => FunctionWord::Adverb,
                _ => continue,
            };
            words.insert(word, class);
        }
        Self(words)
    }

    /// The class of a lower-case word with straight apostrophes.
    pub fn class(&self, lower: &str) -> Option<FunctionWord> {
        self.0.get(lower).copied()
    }
}
