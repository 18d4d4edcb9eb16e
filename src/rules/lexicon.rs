//! Word and name lists. The large ones are sorted text, compiled in and searched in place: nothing is
//! parsed at the start (measured: 1–2 µs a look-up against 40–280 ms to build a map).
//! A layer's lists are small and parsed into a map that is asked first.

use rustc_hash::{FxHashMap, FxHashSet};

use super::columns;
use super::function_words::{FunctionWord, FunctionWords};
use super::sorted_list::SortedList;
use super::spellings::Spellings;

/// The compiled-in lists: file name and content, in one place. A test compares them with the folder.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("camel_ok.tsv", include_str!("../../dictionaries/words/camel_ok.tsv")),
    ("cities.tsv", include_str!("../../dictionaries/words/cities.tsv")),
    ("countries.tsv", include_str!("../../dictionaries/words/countries.tsv")),
    ("function_words.tsv", include_str!("../../dictionaries/words/function_words.tsv")),
    ("finite_verbs.tsv", include_str!("../../dictionaries/words/finite_verbs.tsv")),
    ("given_names.tsv", include_str!("../../dictionaries/words/given_names.tsv")),
    ("no_names.tsv", include_str!("../../dictionaries/words/no_names.tsv")),
    ("orgs.tsv", include_str!("../../dictionaries/words/orgs.tsv")),
    ("people.tsv", include_str!("../../dictionaries/words/people.tsv")),
    ("quote_places.tsv", include_str!("../../dictionaries/words/quote_places.tsv")),
    ("roles.tsv", include_str!("../../dictionaries/words/roles.tsv")),
    ("speech_verbs.tsv", include_str!("../../dictionaries/words/speech_verbs.tsv")),
    ("surnames.tsv", include_str!("../../dictionaries/words/surnames.tsv")),
    ("translit.tsv", include_str!("../../dictionaries/words/translit.tsv")),
    ("translit_rules.tsv", include_str!("../../dictionaries/words/translit_rules.tsv")),
    ("language_signs.tsv", include_str!("../../dictionaries/words/language_signs.tsv")),
    ("verb_forms.tsv", include_str!("../../dictionaries/words/verb_forms.tsv")),
    ("words_curated.tsv", include_str!("../../dictionaries/words/words_curated.tsv")),
    ("words_en.tsv", include_str!("../../dictionaries/words/words_en.tsv")),
];

/// The lists that a layer can add to, with the most columns of a line.
const LAID_OVER: &[(&str, usize)] = &[
    ("left_alone.tsv", 1),
    ("camel_ok.tsv", 1),
    ("words_curated.tsv", 1),
    ("translit.tsv", 4),
    ("people.tsv", 3),
    ("orgs.tsv", 3),
    ("cities.tsv", 3),
];
/// The lists whose entries a layer vouches for as they are written.
const VOUCHED: &[&str] = &["camel_ok.tsv", "words_curated.tsv", "people.tsv", "orgs.tsv", "cities.tsv"];

fn built_in_text(name: &str) -> &'static str {
    BUILT_IN.iter().find(|(n, _)| *n == name).map_or("", |(_, text)| text)
}

fn built_in(name: &str) -> SortedList {
    SortedList::new(built_in_text(name))
}

/// Words as they stand in a list: on one line, nothing after them.
pub fn one_line(words: &str) -> String {
    words.replace(['\n', '\t', '\r'], " ").trim_end().to_owned()
}

/// The gender of a person or a role.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Gender {
    /// He.
    Male,
    /// She.
    Female,
}

impl Gender {
    /// `m` and `f`, as the lists have them.
    pub fn of_letter(letter: &str) -> Option<Self> {
        match letter {
            "m" => Some(Self::Male),
            "f" => Some(Self::Female),
            _ => None,
        }
    }

    /// `m` or `f`.
    pub const fn letter(self) -> &'static str {
        match self {
            Self::Male => "m",
            Self::Female => "f",
        }
    }
}

/// Persons by name.
#[derive(Clone, Debug, Default)]
struct People {
    /// The gender by full name; none inside: not known.
    genders: FxHashMap<String, Option<Gender>>,
    /// How many names a word is part of.
    words: FxHashMap<String, u32>,
    /// The gender that all with a surname share; none inside: they differ, or it is not known.
    surnames: FxHashMap<String, Option<Gender>>,
}

impl People {
    fn add(&mut self, name: &str, gender: Option<Gender>) {
        let known = self.genders.insert(name.to_owned(), gender).is_some();
        if let Some((_, surname)) = name.rsplit_once(' ') {
            let shared = self.surnames.entry(surname.to_owned()).or_insert(gender);
            *shared = shared.filter(|g| Some(*g) == gender);
        }
        for part in name.split_whitespace().filter(|_| !known) {
            *self.words.entry(part.to_owned()).or_default() += 1;
        }
    }

    fn remove(&mut self, name: &str) {
        let known = self.genders.remove(name).is_some();
        for part in name.split_whitespace().filter(|_| known) {
            let left = self.words.get(part).map_or(0, |n| n.saturating_sub(1));
            if left == 0 {
                self.words.remove(part);
            } else {
                self.words.insert(part.to_owned(), left);
            }
        }
    }
}

fn add_organisation<'n>(orgs: &mut FxHashMap<String, String>, name: &'n str, kind: &str, aliases: impl Iterator<Item = &'n str>) {
    for alias in aliases.chain([name]).filter(|a| !a.is_empty()) {
        orgs.insert(alias.to_owned(), kind.to_owned());
    }
}

/// What `roles.tsv` says of a noun.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Role {
    /// A person of one gender.
    Gendered(Gender),
    /// A person of either gender.
    Neutral,
    /// A thing or a body: "it".
    Thing,
}

/// Why a word with a capital names no person.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NoName {
    /// A capital at the start of a sentence tells nothing of it.
    Function,
    /// Days, tongues, faiths, products.
    Nobody,
    /// After it a name means many: `the Assad family`.
    Group,
    /// A region, a sea, an event.
    Place,
    /// A surname that stands first in Chinese, Korean and Vietnamese names.
    Surname,
}

fn no_name_row(line: &'static str) -> Option<(&'static str, NoName)> {
    let (word, kind) = line.split_once('\t')?;
    let kind = match kind {
        "function" => NoName::Function,
        "nobody" => NoName::Nobody,
        "group" => NoName::Group,
        "place" => NoName::Place,
        "surname" => NoName::Surname,
        _ => return None,
    };
    Some((word, kind))
}

/// All lists of all layers.
pub struct Lexicon {
    words_en: SortedList,
    words_curated: SortedList,
    given_names: SortedList,
    surnames: SortedList,
    cities: SortedList,
    verb_forms: SortedList,
    language_signs: SortedList,
    calque_signs: Vec<&'static str>,
    people: People,
    roles: FxHashMap<String, (Role, &'static str)>,
    no_names: FxHashMap<&'static str, NoName>,
    speech_verbs: FxHashSet<&'static str>,
    finite_verbs: FxHashSet<&'static str>,
    orgs: FxHashMap<String, String>,
    countries: FxHashMap<String, Country>,
    camel_ok: FxHashSet<String>,
    function_words: FunctionWords,
    spellings: Spellings,
    /// Entries of layers, by list: `Some(columns)` adds or changes, `None` removes.
    overlays: FxHashMap<String, FxHashMap<String, Option<String>>>,
}

/// What a form in `countries.tsv` is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Country {
    /// The country itself.
    Name,
    /// Its capital.
    Capital,
    /// Its adjective or the name of its people.
    Demonym,
}

impl Default for Lexicon {
    fn default() -> Self {
        Self::new()
    }
}

impl Lexicon {
    /// The built-in lists.
    pub fn new() -> Self {
        let mut people = People::default();
        for line in built_in("people.tsv").lines() {
            let mut columns = line.split('\t');
            let (Some(name), Some(gender)) = (columns.next(), columns.next()) else { continue };
            people.add(name, Gender::of_letter(gender));
        }
        let mut roles = FxHashMap::default();
        for line in built_in("roles.tsv").lines() {
            let mut columns = line.split('\t');
            let (Some(noun), Some(gender)) = (columns.next(), columns.next()) else { continue };
            let role = match gender {
                "m" => Role::Gendered(Gender::Male),
                "f" => Role::Gendered(Gender::Female),
                "it" => Role::Thing,
                _ => Role::Neutral,
            };
            roles.insert(noun.to_owned(), (role, columns.next().unwrap_or("")));
        }
        let mut orgs = FxHashMap::default();
        for line in built_in("orgs.tsv").lines() {
            let mut columns = line.split('\t');
            let Some(name) = columns.next() else { continue };
            add_organisation(&mut orgs, name, columns.next().unwrap_or(""), columns.next().unwrap_or("").split('|'));
        }
        let mut countries = FxHashMap::default();
        for line in built_in("countries.tsv").lines() {
            let columns: Vec<&str> = line.split('\t').collect();
            let mut put = |index: usize, kind: Country| {
                for form in columns.get(index).unwrap_or(&"").split('|').map(str::trim).filter(|f| !f.is_empty()) {
                    countries.entry(form.to_owned()).or_insert(kind);
                }
            };
            put(1, Country::Name);
            put(2, Country::Capital);
            put(3, Country::Demonym);
            put(4, Country::Demonym);
            put(5, Country::Name);
        }
        let camel_ok = built_in("camel_ok.tsv").lines().map(|l| l.split('\t').next().unwrap_or(l).to_owned()).collect();
        Self {
            words_en: built_in("words_en.tsv"),
            words_curated: built_in("words_curated.tsv"),
            given_names: built_in("given_names.tsv"),
            surnames: built_in("surnames.tsv"),
            cities: built_in("cities.tsv"),
            verb_forms: built_in("verb_forms.tsv"),
            language_signs: built_in("language_signs.tsv"),
            calque_signs: built_in("language_signs.tsv").lines().filter(|l| l.contains("\tcalque\t")).collect(),
            people,
            roles,
            no_names: built_in("no_names.tsv").lines().filter_map(no_name_row).collect(),
            speech_verbs: built_in("speech_verbs.tsv").lines().collect(),
            finite_verbs: built_in("finite_verbs.tsv").lines().collect(),
            orgs,
            countries,
            camel_ok,
            function_words: FunctionWords::read(built_in("function_words.tsv").lines()),
            spellings: Spellings::read(built_in("translit.tsv").lines()),
            overlays: FxHashMap::default(),
        }
    }

    /// Adds a layer's list: one entry a line, a line that begins with `-` removes the entry. Returns what
    /// can't be used, one sentence each; the other entries are taken.
    pub fn extend(&mut self, list: &str, text: &str) -> Vec<String> {
        let Some((_, most_columns)) = LAID_OVER.iter().find(|(name, _)| *name == list) else {
            let names: Vec<&str> = LAID_OVER.iter().map(|(name, _)| *name).collect();
            return vec![format!("a layer can't add to such a list; it can to {}", names.join(", "))];
        };
        if list == "translit.tsv" {
            self.spellings.lay_over(text);
        }
        let mut faults = Vec::new();
        let overlay = self.overlays.entry(list.to_owned()).or_default();
        let lines = text.lines().enumerate().map(|(i, l)| (i + 1, l.trim_end()));
        for (number, line) in lines.filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
            let (removed, entry) = line.strip_prefix('-').map_or((false, line), |e| (true, e));
            let width = entry.split('\t').count();
            if width > *most_columns {
                faults.push(format!("line {number} has {width} columns; this list has at most {most_columns}"));
                continue;
            }
            let (key, rest) = entry.split_once('\t').unwrap_or((entry, ""));
            let key = columns::words(key.trim());
            if key.trim().is_empty() {
                faults.push(format!("line {number} has no word in its first column"));
                continue;
            }
            let mut more = rest.split('\t');
            let (second, third) = (more.next().unwrap_or(""), more.next().unwrap_or(""));
            match list {
                "people.tsv" if !matches!(second, "m" | "f" | "") => {
                    faults.push(format!("line {number}: the second column is m, f, or empty where it is not known"));
                    continue;
                }
                "people.tsv" if removed => self.people.remove(&key),
                "people.tsv" => self.people.add(&key, Gender::of_letter(second)),
                "orgs.tsv" if removed => drop(self.orgs.remove(&key)),
                "orgs.tsv" => {
                    let also = columns::names(third);
                    add_organisation(&mut self.orgs, &key, &columns::words(second), also.iter().map(String::as_str));
                }
                _ => {}
            }
            overlay.insert(key, (!removed).then(|| rest.to_owned()));
        }
        faults
    }

    /// A layer's word on an entry: `Some(None)` removes it, `None` says nothing.
    #[allow(clippy::option_option, reason = "a layer may say nothing, remove, or give columns")]
    fn overlay(&self, list: &str, key: &str) -> Option<Option<&str>> {
        if self.overlays.is_empty() {
            return None;
        }
        self.overlays.get(list)?.get(key).map(Option::as_deref)
    }

    /// Whether a layer says that a rule, or every rule, leaves these words alone.
    pub fn is_left_alone(&self, rule: &str, words: &str) -> bool {
        let listed = |rule: &str| self.overlay("left_alone.tsv", &format!("{rule} {}", one_line(words))).is_some_and(|e| e.is_some());
        self.overlays.contains_key("left_alone.tsv") && (listed(rule) || listed("*"))
    }

    /// Whether a layer lists a word or a name as it is written here, a possessive ending aside: then how it is
    /// written is no question any more.
    pub fn is_vouched_for(&self, words: &str) -> bool {
        if self.overlays.is_empty() {
            return false;
        }
        let bare = ["’s", "'s", "’", "'"].iter().find_map(|e| words.strip_suffix(e)).unwrap_or(words);
        [words, bare].iter().any(|w| VOUCHED.iter().any(|list| self.overlay(list, w).is_some_and(|entry| entry.is_some())))
    }

    /// The Zipf frequency (log10 of occurrences in a thousand million words) of a lower-case word.
    /// The list holds glued forms too: being in it must never acquit a word.
    pub fn zipf(&self, lower: &str) -> Option<f32> {
        self.words_en.get(lower)?.split('\t').next()?.parse::<f32>().ok().map(|z| z / 100.0)
    }

    /// Whether a word stands in the spelling-checked list exactly as it is, or in lower case.
    pub fn is_word(&self, word: &str) -> bool {
        if self.is_curated(word) {
            return true;
        }
        let lower = word.to_lowercase();
        lower != word && self.is_curated(&lower)
    }

    /// Whether the spelling-checked list (or a layer) has a word in exactly this case.
    pub fn is_curated(&self, word: &str) -> bool {
        match self.overlay("words_curated.tsv", word) {
            Some(entry) => entry.is_some(),
            None => self.words_curated.get(word).is_some(),
        }
    }

    /// A given name (any case, accents folded by the caller): percent of bearers who are women, number of sources.
    pub fn given_name(&self, name: &str) -> Option<(u8, u8)> {
        let mut columns = self.given_names.get(&name.to_lowercase())?.split('\t');
        Some((columns.next()?.parse().ok()?, columns.next()?.parse().unwrap_or(0)))
    }

    /// Whether a surname is listed (case as in `Lavrov`).
    pub fn is_surname(&self, name: &str) -> bool {
        self.surnames.get(name).is_some()
    }

    /// Whether a city of 50,000 people or more has the name.
    pub fn is_city(&self, name: &str) -> bool {
        match self.overlay("cities.tsv", name) {
            Some(entry) => entry.is_some(),
            None => self.cities.get(name).is_some(),
        }
    }

    /// The phrases that tell of a source language, as lines of the list.
    pub fn calque_signs(&self) -> &[&'static str] {
        &self.calque_signs
    }

    /// What a word tells of the source language: kind of sign, languages.
    pub fn language_sign(&self, word: &str) -> Option<(&'static str, &'static str)> {
        self.language_signs.get(word)?.split_once('\t')
    }

    /// The irregular forms of a verb, by its base form: past, participle, gerund, third person.
    pub fn verb_forms(&self, base: &str) -> Option<&'static str> {
        self.verb_forms.get(base)
    }

    /// What kind of form of a country, capital or people a word or phrase is.
    pub fn country(&self, form: &str) -> Option<Country> {
        self.countries.get(form).copied()
    }

    /// The gender of a public figure, by full name.
    pub fn person(&self, full_name: &str) -> Option<Gender> {
        self.people.genders.get(full_name).copied().flatten()
    }

    /// Whether a full name is listed, with or without a gender.
    pub fn is_person(&self, full_name: &str) -> bool {
        self.people.genders.contains_key(full_name)
    }

    /// The gender of the public figures with a surname, where all have the same; `None` inside: they differ.
    #[allow(clippy::option_option, reason = "unlisted and of both genders are two answers")]
    pub fn public_surname(&self, surname: &str) -> Option<Option<Gender>> {
        self.people.surnames.get(surname).copied()
    }

    /// Whether a word is part of a listed public figure's name.
    pub fn is_person_part(&self, word: &str) -> bool {
        self.people.words.contains_key(word)
    }

    /// What kind of person or thing a role noun (lower case) is.
    pub fn role(&self, noun: &str) -> Option<Role> {
        self.roles.get(noun).map(|r| r.0)
    }

    /// What kind of role noun (lower case) it is, beside its gender: `kin`, `body`, `document`, `weak` …
    pub fn role_kind(&self, noun: &str) -> Option<(Role, &'static str)> {
        self.roles.get(noun).copied()
    }

    /// Whether a lower-case word names no person although it may stand in capitals or after a name.
    pub fn no_name(&self, lower: &str) -> Option<NoName> {
        self.no_names.get(lower).copied()
    }

    /// Whether a lower-case word is a form of a verb of speech (`said`, `stressing`).
    pub fn is_speech_verb(&self, lower: &str) -> bool {
        self.speech_verbs.contains(lower)
    }

    /// Whether a lower-case word is a listed finite verb form (auxiliaries, `took`, `employs`); forms in
    /// -ed are not listed.
    pub fn is_finite_verb(&self, lower: &str) -> bool {
        self.finite_verbs.contains(lower)
    }

    /// The kind of a listed body, agency or outlet, by any of its names.
    pub fn organisation(&self, name: &str) -> Option<&str> {
        self.orgs.get(name).map(String::as_str)
    }

    /// Whether a word with an inner capital is known to be right (`iPhone`, `McDonald`).
    pub fn is_camel(&self, word: &str) -> bool {
        match self.overlay("camel_ok.tsv", word) {
            Some(entry) => entry.is_some(),
            None => self.camel_ok.contains(word),
        }
    }

    /// The class of a function word (lower case, straight apostrophes).
    pub fn function_word(&self, lower: &str) -> Option<FunctionWord> {
        self.function_words.class(lower)
    }

    /// The groups of spellings of one name.
    pub fn spellings(&self) -> &Spellings {
        &self.spellings
    }

    /// The lines of a built-in list, comments left out; empty if there is no such list.
    pub fn list(&self, name: &str) -> impl Iterator<Item = &'static str> {
        built_in_text(name).lines().filter(|l| !l.is_empty() && !l.starts_with('#'))
    }
}
