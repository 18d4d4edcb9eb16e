//! Spellings of one name: groups of variants (`translit.tsv`), and a key under which two romanisations
//! of one name meet (`translit_rules.tsv` describes it, and its examples are the test).

use rustc_hash::{FxHashMap, FxHashSet};

use super::columns;
use crate::analysis::tokens::tokenize;
use crate::analysis::{TokenKind, places};

/// A group of spellings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SpellingGroup {
    /// The usual form, or the house's.
    pub default: String,
    /// `given`, `surname`, `place`, `org`, `person` or `term`.
    pub kind: String,
    /// The default was set by a layer: it outranks the article's own spelling.
    pub house: bool,
}

/// All groups, by form.
#[derive(Clone, Debug, Default)]
pub struct Spellings {
    groups: Vec<SpellingGroup>,
    by_form: FxHashMap<String, usize>,
    /// The spellings that layers rule out, in their order.
    ruled_out: Vec<RuledOut>,
    /// The same, to be asked.
    is_ruled_out: FxHashSet<String>,
}

/// A spelling that a layer rules out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuledOut {
    /// As it is written.
    pub form: String,
    /// What its first word is filed under, alone and with a possessive ending; none where it has no word.
    pub heads: Vec<u64>,
    /// How many bytes of signs stand before its first word.
    pub before_head: usize,
}

impl RuledOut {
    fn new(form: &str) -> Self {
        let mut tokens = Vec::new();
        tokenize(form, 0, 0, &mut tokens);
        let head = tokens.iter().find(|t| t.kind != TokenKind::Mark).map(|t| t.span);
        let keys = |head: &str| vec![places::key(head), places::key(&format!("{head}’s"))];
        Self {
            form: form.to_owned(),
            heads: head.map_or_else(Vec::new, |span| keys(span.of(form))),
            before_head: head.map_or(0, |span| span.start),
        }
    }
}

impl Spellings {
    /// Reads the lines of `translit.tsv`.
    pub fn read(lines: impl Iterator<Item = &'static str>) -> Self {
        let mut spellings = Self::default();
        for line in lines {
            let mut columns = line.split('\t');
            let (default, kind) = (columns.next().unwrap_or(""), columns.next().unwrap_or(""));
            spellings.add(default, kind, columns.next().unwrap_or("").split('|'), false);
        }
        spellings
    }

    /// Lays a house's lines over: a group that shares a form with one of ours replaces its default.
    pub fn lay_over(&mut self, text: &str) {
        for line in text.lines().map(str::trim_end).filter(|l| !l.is_empty() && !l.starts_with(['#', '-'])) {
            let variants = columns::names(line.split('\t').nth(2).unwrap_or(""));
            self.add(&columns::column(line, 0), &columns::column(line, 1), variants.iter().map(String::as_str), true);
        }
    }

    fn add<'v>(&mut self, default: &'v str, kind: &str, variants: impl Iterator<Item = &'v str> + Clone, house: bool) {
        // An alias is another name for the same thing, not another spelling: both may stand in one article.
        if default.is_empty() || kind == "alias" {
            return;
        }
        let group = SpellingGroup { default: default.to_owned(), kind: kind.to_owned(), house };
        let forms = std::iter::once(default).chain(variants).filter(|f| !f.is_empty());
        let known = forms.clone().find_map(|f| self.by_form.get(f).copied());
        let index = if let Some(index) = known {
            if let Some(slot) = self.groups.get_mut(index).filter(|_| house) {
                *slot = group;
            }
            index
        } else {
            self.groups.push(group);
            self.groups.len() - 1
        };
        for form in forms {
            if house {
                self.by_form.insert(form.to_owned(), index);
                if form != default && self.is_ruled_out.insert(form.to_owned()) {
                    self.ruled_out.push(RuledOut::new(form));
                }
            } else {
                self.by_form.entry(form.to_owned()).or_insert(index);
            }
        }
    }

    /// The spellings that layers name as wrong, each with the right one; what a later layer prefers is none.
    pub fn ruled_out(&self) -> impl Iterator<Item = (&RuledOut, &str)> {
        self.ruled_out.iter().filter_map(|wrong| {
            let group = self.group(self.group_of(&wrong.form)?)?;
            (group.house && group.default != wrong.form).then_some((wrong, group.default.as_str()))
        })
    }

    /// The number of the group that lists a form (case as in copy).
    pub fn group_of(&self, form: &str) -> Option<usize> {
        self.by_form.get(form).copied()
    }

    /// A group by its number.
    pub fn group(&self, index: usize) -> Option<&SpellingGroup> {
        self.groups.get(index)
    }
}

/// A letter without its accent; letters that stand for two are written out.
fn fold(c: char, out: &mut String) {
    let plain = match c {
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' | 'ä' | 'ạ' | 'ả' | 'ấ' | 'ầ' | 'ậ' | 'ắ' | 'ằ' | 'ặ' | 'ə' => {
            "a"
        }
        'æ' => "ae",
        'ç' | 'ć' | 'č' | 'ċ' => "c",
        'ď' | 'đ' | 'ð' | 'ḍ' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ế' | 'ề' | 'ệ' | 'ễ' | 'ể' => "e",
        'ğ' | 'ģ' | 'ġ' | 'ǧ' => "g",
        'ħ' | 'ḥ' | 'ẖ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' | 'ị' | 'ỉ' => "i",
        'ķ' => "k",
        'ł' | 'ļ' | 'ľ' | 'ĺ' => "l",
        'ñ' | 'ń' | 'ň' | 'ņ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' | 'ơ' | 'ộ' | 'ồ' | 'ố' | 'ớ' | 'ờ' | 'ợ' => "o",
        'œ' => "oe",
        'ř' | 'ŕ' => "r",
        'ś' | 'š' | 'ş' | 'ș' | 'ŝ' | 'ṣ' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' | 'ṭ' => "t",
        'þ' => "th",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ' | 'ứ' | 'ừ' | 'ự' => "u",
        'ý' | 'ÿ' | 'ỳ' => "y",
        'ź' | 'ż' | 'ž' | 'ẓ' => "z",
        '’' | '\'' | 'ʿ' | 'ʾ' | '`' | '‘' | 'ʼ' | '\u{300}'..='\u{36f}' => "",
        other => {
            out.push(other);
            return;
        }
    };
    out.push_str(plain);
}

/// A name in lower case without accents, ayn and hamza.
pub fn folded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        fold(c, &mut out);
    }
    out
}

/// Puts `to` for every `from` in `word`.
fn swap(word: &mut String, from: &str, to: &str) {
    if word.contains(from) {
        *word = word.replace(from, to);
    }
}

/// Puts `to` for `from` at the end of `word`; whether it stood there.
fn swap_end(word: &mut String, from: &str, to: &str) -> bool {
    let Some(stem) = word.strip_suffix(from).filter(|s| s.len() >= 2) else { return false };
    *word = format!("{stem}{to}");
    true
}

/// The key under which the romanisations of one name meet. Hyphens and blanks inside are dropped; the
/// article `al-` before the name is not part of it.
pub fn key(name: &str) -> String {
    let mut word = folded(name).replace(['-', ' '], "");
    // Abdel Ghani, Abdul-Ghani, Abdelghani
    for joined in ["abdel", "abdal", "abdul", "abdur", "abdar", "abder", "abdus", "abdas"] {
        if let Some(rest) = word.strip_prefix(joined).filter(|r| r.len() >= 3) {
            word = format!("abdul{rest}");
            break;
        }
    }
    for (from, to) in [
        ("sch", "sh"),
        ("tch", "ch"),
        ("dzh", "j"),
        ("zh", "j"),
        ("dj", "j"),
        ("que", "ke"),
        ("qui", "ki"),
        ("ph", "f"),
        ("tz", "ts"),
        ("ck", "k"),
        ("q", "k"),
    ] {
        swap(&mut word, from, to);
    }
    for (from, to) in [("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("bh", "b"), ("sh", "s"), ("ch", "c"), ("x", "ks")] {
        swap(&mut word, from, to);
    }
    swap(&mut word, "w", "v");
    let _ = swap_end(&mut word, "ff", "v") || swap_end(&mut word, "f", "v");
    let _ = ["skyy", "skiy", "skyi", "skii", "skij", "sky", "ski"].iter().any(|end| swap_end(&mut word, end, "ski"));
    let _ =
        ["iyyah", "iyyeh", "iyya", "iyye", "iyah", "iyeh", "iya", "iye", "yya", "ya", "ia"].iter().any(|end| swap_end(&mut word, end, "a"))
            || ["eh", "ah"].iter().any(|end| swap_end(&mut word, end, "a"));
    let _ = ["ed", "id"].iter().any(|end| swap_end(&mut word, end, "ad"));
    vowels(&word)
}

/// One vowel for each sound: o, u and ou are one; e, i, y and their digraphs are one; doubles are single;
/// a glide between a consonant and a, o, u goes; a final e is silent.
fn vowels(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let mut out = String::with_capacity(word.len());
    let mut i = 0;
    while let Some(&c) = letters.get(i) {
        if !is_vowel(c) {
            if !out.ends_with(c) {
                out.push(c);
            }
            i += 1;
            continue;
        }
        let run: Vec<char> = letters.iter().skip(i).copied().take_while(|&c| is_vowel(c)).collect();
        let first = i == 0;
        let last = i + run.len() == letters.len();
        i += run.len();
        let mut sounds: Vec<char> = Vec::new();
        let mut j = 0;
        while let Some(&v) = run.get(j) {
            let next = run.get(j + 1).copied();
            let (sound, width) = match (v, next) {
                ('o', Some('u' | 'o')) | ('u', Some('u')) => ('u', 2),
                ('a' | 'e' | 'i' | 'y', Some('i' | 'y' | 'e')) => ('i', 2),
                ('a', Some('a')) => ('a', 2),
                ('o' | 'u', _) => ('u', 1),
                ('a', _) => ('a', 1),
                _ => ('i', 1),
            };
            if sounds.last() != Some(&sound) {
                sounds.push(sound);
            }
            j += width;
        }
        // Lyudmila, Natalya: the glide after a consonant.
        if !first && sounds.len() > 1 && sounds.first() == Some(&'i') {
            sounds.remove(0);
        }
        if last && run.as_slice() == ['e'] && out.chars().count() > 2 {
            continue;
        }
        out.extend(sounds);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Spellings, key};

    #[test]
    fn a_house_changes_the_default_of_a_group() {
        let mut spellings = Spellings::read(["Kyiv\tplace\tKiev"].into_iter());
        spellings.lay_over("Kiev\tplace\tKyiv\n");
        let group = spellings.group_of("Kyiv").and_then(|g| spellings.group(g)).map(|g| (g.default.as_str(), g.house));
        assert_eq!(group, Some(("Kiev", true)));
    }

    #[test]
    fn romanisations_of_one_name_meet() {
        for pair in [
            ("Abdel-Ghani", "Abdul Ghani"),
            ("Abdulghani", "Abdel Ghani"),
            ("Zelensky", "Zelenskyy"),
            ("Haniyeh", "Haniyya"),
            ("Raqqa", "Raqqah"),
            ("Sergey", "Sergei"),
            ("Youssef", "Yussef"),
            ("Waleed", "Walid"),
            ("Hussein", "Hussain"),
            ("Faisal", "Faysal"),
            ("Qassem", "Kassem"),
            ("Moustapha", "Mustafa"),
            ("Mohammed", "Muhammad"),
            ("Hassan", "Hasan"),
            ("Hezbollah", "Hizbullah"),
            ("Natalia", "Natalya"),
            ("Lyudmila", "Ludmila"),
            ("Bakhmut", "Bahmut"),
            ("Suvorov", "Suvoroff"),
            ("Perišin", "Perishin"),
            ("Sana’a", "Sanaa"),
        ] {
            assert_eq!(key(pair.0), key(pair.1), "{pair:?}");
        }
    }

    #[test]
    fn names_of_different_people_stay_apart() {
        for pair in [("Putin", "Patten"), ("Ivanov", "Ivanova"), ("Vladimir", "Volodymyr"), ("Kamal", "Karim")] {
            assert_ne!(key(pair.0), key(pair.1), "{pair:?}");
        }
    }
}
