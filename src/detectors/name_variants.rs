//! One name, two spellings in an article (`Abdel-Ghani`, `Abdul-Ghani`).
//!
//! Spellings meet by a list of variants, by a key under which romanisations fall together, or by one or
//! two letters where the same given name or nothing else speaks against it. The article's own first full
//! mention says which spelling is right; a house's list outranks it.

use rustc_hash::{FxHashMap, FxHashSet};

use super::capitals::starts_upper;
use super::house_spellings::{self, stem_len};
use super::{Build, Detect, Report, only_params, string_list};
use crate::analysis::{Analysis, TokenKind};
use crate::rules::Lexicon;
use crate::rules::spellings::{folded, key};
use crate::text::{Edit, Span};

/// Shorter names meet by chance.
const SHORTEST: usize = 4;

struct NameVariants {
    /// Pairs that look alike and are two names: `Shaanxi Shanxi`.
    different: FxHashSet<String>,
    /// Words that stand before a name and are no given name: `Minister`, `Mr`.
    titles: Vec<String>,
    /// What is said where a layer rules the spelling out.
    ruled_out: String,
}

/// Builds the `name-variants` detector.
pub fn build(params: &toml::Table, _: &Lexicon) -> Result<Box<dyn Detect>, String> {
    only_params(params, &["different", "titles", "ruled-out"])?;
    let different = string_list(params, "different")?.iter().map(|p| folded(p)).collect();
    let ruled_out = params.get("ruled-out").map(|v| v.as_str().map(str::to_owned).ok_or("parameter \"ruled-out\" must be a sentence"));
    let ruled_out = ruled_out.transpose()?.unwrap_or_default();
    Ok(Box::new(NameVariants { different, titles: string_list(params, "titles")?, ruled_out }))
}

const _: Build = build;

/// One place where a name stands.
#[derive(Clone)]
struct Mention<'a> {
    span: Span,
    sentence: usize,
    /// The given name (or first part) right before it.
    before: Option<&'a str>,
    /// The name right behind it.
    after: Option<&'a str>,
}

/// One spelling and its mentions.
struct Form<'a> {
    text: &'a str,
    folded: String,
    key: String,
    group: Option<usize>,
    mentions: Vec<Mention<'a>>,
}

fn is_particle(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "al" | "el" | "an" | "as" | "ash" | "ar" | "at" | "az" | "ad" | "ez" | "es" | "ed")
}

/// Whether one is the other with an ending that makes another word: `Ivanov`, `Ivanova`; `Kenya`, `Kenyan`.
fn is_derived(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if let Some(ending) = long.strip_prefix(short) {
        return matches!(
            ending,
            "a" | "n"
                | "s"
                | "i"
                | "an"
                | "ian"
                | "ese"
                | "er"
                | "ers"
                | "es"
                | "is"
                | "ish"
                | "ic"
                | "ov"
                | "ova"
                | "na"
                | "in"
                | "ko"
                | "y"
                | "o"
                | "son"
        ) && !(ending == "s" && short.ends_with('s'));
    }
    // Zelensky, Zelenska; Mario, Maria: the last vowel is the gender's.
    let last = |w: &str| w.chars().next_back().unwrap_or(' ');
    let vowel = |c: char| matches!(c, 'a' | 'o' | 'e' | 'i' | 'y' | 'u');
    let (x, y) = (last(a), last(b));
    let (stem, _) = a.split_at_checked(a.len().saturating_sub(x.len_utf8())).unwrap_or((a, ""));
    // Behind no k, i is no gender: Delikayi, Delikaya.
    let slip = matches!((x, y), ('i', 'a') | ('a', 'i')) && !stem.ends_with('k');
    let stems = a.len().abs_diff(b.len()) <= 2 && x != y && vowel(x) && vowel(y) && (x == 'a' || y == 'a') && !slip;
    // Plurals and peoples: Houthi, Houthis; Slovak, Slovaks.
    stems || long.strip_suffix('s') == Some(short)
}

/// The number of letters that must change, one swap of neighbours counted once; at most 3 is told.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 2 {
        return 3;
    }
    let mut two_back: Vec<usize> = Vec::new();
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |r: &[usize], k: usize| r.get(k).copied().unwrap_or(usize::MAX / 2);
            let mut best = (at(&previous, j) + usize::from(x != y)).min(at(&previous, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                best = best.min(at(&two_back, j - 1) + 1);
            }
            row.push(best);
        }
        two_back = std::mem::replace(&mut previous, row);
    }
    previous.last().copied().unwrap_or(3).min(3)
}

/// Whether two names differ only in letters that two ways of romanising write for one sound (`zh` and `j`,
/// `ll` and `y`), in one place.
fn is_sound_pair(a: &str, b: &str) -> bool {
    const PAIRS: &[(&str, &str)] = &[
        ("zh", "j"),
        ("ll", "y"),
        ("uo", "o"),
        ("ei", "i"),
        ("l", "r"),
        ("ge", "j"),
        ("gh", "g"),
        ("ou", "u"),
        ("ch", "tch"),
        ("ks", "x"),
        ("yi", "y"),
    ];
    let head = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    // Letters that both pairs share at their end, such as the h of `zh` and `gh`, are looked for one letter earlier too.
    (head.saturating_sub(1)..=head).filter(|&h| h > 0).any(|h| {
        let (Some(x), Some(y)) = (a.get(h..), b.get(h..)) else { return false };
        PAIRS.iter().any(|&(p, q)| {
            let same = |p: &str, q: &str| x.strip_prefix(p).is_some_and(|x| y.strip_prefix(q) == Some(x));
            same(p, q) || same(q, p)
        })
    })
}

impl NameVariants {
    /// The spellings of all names of the article, in order of their first mention.
    fn forms<'a>(&self, article: &'a Analysis<'a>) -> Vec<Form<'a>> {
        let tokens = article.tokens();
        let lexicon = article.lexicon();
        let joined = Joined::read(article);
        let mut forms: Vec<Form> = Vec::new();
        let mut by_text: FxHashMap<&str, usize> = FxHashMap::default();
        let mut i = 0;
        while let Some(token) = tokens.get(i) {
            let first = i;
            i += 1;
            let word = article.word(token);
            if token.kind != TokenKind::Word || !starts_upper(word) || word == "I" {
                continue;
            }
            // A function word or a common word at the head of a sentence is no name.
            let small = word.to_lowercase();
            let heads = article.sentence_of(first).is_none_or(|s| s.first == first);
            let stem = small.split(['\'', '’']).next().unwrap_or("");
            let end = if is_servant(word) { servant_end(article, first) } else { joined.end_of(article, first) };
            if end.is_none() && (lexicon.function_word(stem).is_some() || (heads && lexicon.is_curated(&small))) {
                continue;
            }
            let last = end.unwrap_or(first);
            i = last + 1;
            let Some(end) = tokens.get(last) else { continue };
            let last_word = article.word(end);
            let span = Span::new(token.span.start, end.span.start + stem_len(last_word));
            let text = span.of(article.text());
            if text.chars().filter(|c| c.is_alphabetic()).count() < SHORTEST || text.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
            {
                continue;
            }
            let mention = Mention {
                span,
                sentence: article.sentence_of(first).map_or(usize::MAX, |s| s.first),
                before: self.given_before(article, first),
                after: name_after(article, last),
            };
            let index = *by_text.entry(text).or_insert_with(|| {
                forms.push(Form {
                    text,
                    folded: folded(text),
                    key: key(text),
                    group: lexicon.spellings().group_of(text),
                    mentions: Vec::new(),
                });
                forms.len() - 1
            });
            if let Some(form) = forms.get_mut(index) {
                form.mentions.push(mention);
            }
        }
        forms
    }

    /// The name right before the token at `i`, past a particle or the first half of a hyphenated name;
    /// none where a title or the head of a sentence stands there.
    fn given_before<'a>(&self, article: &'a Analysis<'a>, i: usize) -> Option<&'a str> {
        let tokens = article.tokens();
        let mut before = i.checked_sub(1)?;
        // `Hanan Al-Rusan`, `Artur Ter-Sarkisyan`
        if article.word_at(before) == "-" && !tokens.get(before)?.space_before {
            before = before.checked_sub(2)?;
        } else if is_particle(article.word_at(before))
            || matches!(article.word_at(before), "bin" | "ibn" | "van" | "von" | "de" | "der" | "da" | "dos")
        {
            before = before.checked_sub(1)?;
        }
        let token = tokens.get(before).filter(|t| t.kind == TokenKind::Word && tokens.get(i).is_some_and(|x| x.block == t.block))?;
        let word = article.word(token);
        let name = starts_upper(word)
            && word.chars().count() > 1
            && article.lexicon().function_word(&word.to_lowercase()).is_none()
            && !self.titles.iter().any(|t| t == word)
            && stem_len(word) == word.len()
            && article.lexicon().country(word).is_none();
        name.then_some(word)
    }

    /// Whether the mentions of two spellings allow that they are one name; `Some(true)` where they say so.
    fn agree(a: &Form, b: &Form) -> Option<bool> {
        let befores = |f: &Form| f.mentions.iter().filter_map(|m| m.before).map(str::to_owned).collect::<Vec<_>>();
        let afters = |f: &Form| f.mentions.iter().filter_map(|m| m.after).map(str::to_owned).collect::<Vec<_>>();
        let shares = |x: &[String], y: &[String]| x.iter().any(|p| y.iter().any(|q| p == q || key(p) == key(q)));
        let (before_a, before_b) = (befores(a), befores(b));
        let (after_a, after_b) = (afters(a), afters(b));
        let both_before = !before_a.is_empty() && !before_b.is_empty();
        let both_after = !after_a.is_empty() && !after_b.is_empty();
        if both_before && !shares(&before_a, &before_b) {
            return None;
        }
        // Kamal Haddad and Kamel Haddad: two brothers where both are named in full, in one sentence or often.
        if both_after {
            if !shares(&after_a, &after_b) {
                return None;
            }
            let together = a.mentions.iter().any(|m| b.mentions.iter().any(|n| n.sentence == m.sentence));
            if together || (a.mentions.len() > 1 && b.mentions.len() > 1) {
                return None;
            }
        }
        // A given name of one person and the family name of another.
        let given = |before: &[String], after: &[String]| before.is_empty() && !after.is_empty();
        let family = |before: &[String], after: &[String]| !before.is_empty() && after.is_empty();
        if (given(&before_a, &after_a) && family(&before_b, &after_b)) || (family(&before_a, &after_a) && given(&before_b, &after_b)) {
            return None;
        }
        Some((both_before && shares(&before_a, &before_b)) || both_after)
    }

    /// Whether two spellings are one name.
    fn is_one_name(&self, article: &Analysis, a: &Form, b: &Form) -> bool {
        let lexicon = article.lexicon();
        let (x, y) = (a.folded.as_str(), b.folded.as_str());
        if self.different.contains(&format!("{x} {y}")) || self.different.contains(&format!("{y} {x}")) {
            return false;
        }
        // `Kyiv (Kiev)`, `Kamal and Kamel`: the article itself says that there are two.
        let explained = a.mentions.iter().any(|m| b.mentions.iter().any(|n| stand_together(article, m.span, n.span)));
        // `VIetnam`: a slip of the shift key is no second spelling.
        if explained || a.text.to_lowercase() == b.text.to_lowercase() {
            return false;
        }
        let Some(agreed) = Self::agree(a, b) else { return false };
        if x == y {
            return true;
        }
        if a.group.is_some() && a.group == b.group {
            // Two listed given names are often two people: something must tie them.
            let given = a.group.and_then(|g| lexicon.spellings().group(g)).is_some_and(|g| g.kind == "given");
            let bare = |f: &Form| f.mentions.iter().all(|m| m.before.is_none() && m.after.is_none());
            return !given || agreed || bare(a) || bare(b);
        }
        let known = |f: &Form| lexicon.is_word(f.text) || lexicon.country(f.text).is_some();
        let place = |f: &Form| lexicon.is_city(f.text) || lexicon.country(f.text).is_some();
        if (known(a) && known(b))
            || (place(a) && place(b))
            || is_derived(x, y)
            || lexicon.country(a.text).is_some() && lexicon.country(b.text).is_some()
        {
            return false;
        }
        let full = |f: &Form| f.mentions.iter().any(|m| m.before.is_some());
        let bare = |f: &Form| f.mentions.iter().all(|m| m.before.is_none() && m.after.is_none());
        // A name that is named in full once, and the other spelling only alone.
        let introduced = (full(a) && bare(b)) || (full(b) && bare(a));
        let total = a.mentions.len() + b.mentions.len();
        let common = |f: &Form| {
            let small = f.text.to_lowercase();
            lexicon.is_curated(&small) && lexicon.zipf(&small).is_some_and(|z| z >= 3.0)
        };
        if a.key == b.key {
            let short = a.folded.len().min(b.folded.len()) < SHORTEST;
            return !short && !common(a) && !common(b) && (agreed || introduced || total > 2);
        }
        let length = a.folded.len().min(b.folded.len());
        if known(a) || known(b) || place(a) || place(b) || length < 6 {
            return false;
        }
        let rare = a.mentions.len().min(b.mentions.len());
        if length >= 6 && is_sound_pair(x, y) && (introduced || bare(a) && bare(b)) && rare <= 3 {
            return true;
        }
        let letters = distance(x, y);
        let near = letters <= 1 || (letters == 2 && length >= 8 && x.chars().next() == y.chars().next());
        near && (agreed || (introduced && length >= 7 && rare <= if letters == 1 { 3 } else { 1 }))
    }
}

/// `Abdel`, `Abdul`: the first half of a name that is written in three ways.
fn is_servant(word: &str) -> bool {
    matches!(word, "Abdel" | "Abdul" | "Abdal" | "Abdur" | "Abder" | "Abd")
}

/// The last token of a name that begins with `Abdel` at `i`.
fn servant_end(article: &Analysis, i: usize) -> Option<usize> {
    let tokens = article.tokens();
    let block = tokens.get(i)?.block;
    for at in i + 1..i + 5 {
        let token = tokens.get(at).filter(|t| t.block == block)?;
        let word = article.word(token);
        if token.kind == TokenKind::Word && starts_upper(word) && !is_particle(word) {
            return Some(at);
        }
        if !(word == "-" || is_particle(word)) {
            return None;
        }
    }
    None
}

/// Names of two parts that the article also writes in one, with a hyphen or with a blank:
/// `Jong-un`, `Jong Un`; `Bu Fares`, `Bufares`.
struct Joined {
    /// The letters of each way.
    ways: FxHashMap<String, u8>,
}

impl Joined {
    const ONE: u8 = 1;
    const HYPHEN: u8 = 2;
    const BLANK: u8 = 4;
    /// Both parts are common words (`Asia-Pacific`): hyphen and blank are both right.
    const COMMON: u8 = 8;

    fn read(article: &Analysis) -> Self {
        let tokens = article.tokens();
        let mut ways: FxHashMap<String, u8> = FxHashMap::default();
        let name = |i: usize| tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word) && starts_upper(article.word_at(i));
        for i in (0..tokens.len()).filter(|&i| name(i)) {
            let word = article.word_at(i);
            if word.chars().count() >= 6 && !article.lexicon().is_word(word) {
                *ways.entry(folded(word.get(..stem_len(word)).unwrap_or(word))).or_default() |= Self::ONE;
            }
            if let Some((end, way)) = Self::two(article, i) {
                *ways.entry(Self::letters(article, i, end)).or_default() |= way;
            }
        }
        ways.retain(|_, w| {
            let has = |way: u8| *w & way != 0;
            (has(Self::ONE) && has(Self::HYPHEN | Self::BLANK)) || (has(Self::HYPHEN) && has(Self::BLANK) && !has(Self::COMMON))
        });
        Self { ways }
    }

    fn letters(article: &Analysis, first: usize, last: usize) -> String {
        let tail = article.word_at(last);
        folded(article.word_at(first)) + &folded(tail.get(..stem_len(tail)).unwrap_or(tail))
    }

    /// The last token of a name in two parts that begins at `i`, and how it is written.
    fn two(article: &Analysis, i: usize) -> Option<(usize, u8)> {
        let tokens = article.tokens();
        let lexicon = article.lexicon();
        let block = tokens.get(i)?.block;
        let next = tokens.get(i + 1).filter(|t| t.block == block)?;
        let (end, mut way) = if article.word(next) == "-" && !next.space_before { (i + 2, Self::HYPHEN) } else { (i + 1, Self::BLANK) };
        let (first, tail) = (article.word_at(i), article.word_at(end));
        let part = tokens.get(end).is_some_and(|t| t.kind == TokenKind::Word && t.block == block);
        let common = |w: &str| lexicon.is_word(w) || lexicon.function_word(&w.to_lowercase()).is_some();
        let cased = starts_upper(tail) || way == Self::HYPHEN;
        if !part || !cased || is_particle(first) || stem_len(first) != first.len() {
            return None;
        }
        if common(first) && common(tail) {
            way |= Self::COMMON;
        }
        Some((end, way))
    }

    fn end_of(&self, article: &Analysis, i: usize) -> Option<usize> {
        if self.ways.is_empty() {
            return None;
        }
        let (end, _) = Self::two(article, i)?;
        self.ways.contains_key(&Self::letters(article, i, end)).then_some(end)
    }
}

/// Whether two names stand side by side as two.
fn stand_together(article: &Analysis, a: Span, b: Span) -> bool {
    let (first, second) = if a.start < b.start { (a, b) } else { (b, a) };
    let between = Span::new(first.end, second.start).of(article.text());
    between.len() < 20 && (between.contains(['(', '"', '“']) || matches!(between, " and " | " or " | ", " | " and the " | "/"))
}

/// The name right behind the token at `i`.
fn name_after<'a>(article: &'a Analysis<'a>, i: usize) -> Option<&'a str> {
    let tokens = article.tokens();
    if stem_len(article.word_at(i)) != article.word_at(i).len() {
        return None;
    }
    let mut after = i + 1;
    let token = tokens.get(after)?;
    if is_particle(article.word(token)) && article.word_at(after + 1) == "-" {
        after += 2;
    } else if matches!(article.word(token), "bin" | "ibn" | "van" | "von" | "de" | "der" | "da" | "dos") {
        after += 1;
    }
    let token = tokens.get(after).filter(|t| t.kind == TokenKind::Word && tokens.get(i).is_some_and(|x| x.block == t.block))?;
    let word = article.word(token);
    let name = starts_upper(word) && article.lexicon().function_word(&word.to_lowercase()).is_none();
    name.then(|| word.get(..stem_len(word)).unwrap_or(word))
}

/// The candidates that may be one name: same key, same group, same letters, or one letter apart.
fn pairs(forms: &[Form]) -> Vec<(usize, usize)> {
    let mut buckets: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (i, form) in forms.iter().enumerate() {
        let mut put = |bucket: String| {
            let list = buckets.entry(bucket).or_default();
            if list.last() != Some(&i) && list.len() < 40 {
                list.push(i);
            }
        };
        put(format!("={}", form.key));
        if let Some(group) = form.group {
            put(format!("#{group}"));
        }
        // With any one letter left out, names a letter apart fall together.
        let letters: Vec<char> = form.folded.chars().collect();
        if letters.len() >= 6 {
            put(form.folded.clone());
            for skip in 0..letters.len() {
                put(letters.iter().enumerate().filter(|(k, _)| *k != skip).map(|(_, c)| *c).collect());
            }
        }
    }
    let mut pairs: Vec<(usize, usize)> =
        buckets.values().flat_map(|l| l.iter().enumerate().flat_map(|(n, &a)| l.iter().skip(n + 1).map(move |&b| (a, b)))).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The spelling that the others should take: the house's, or that of the first full mention, unless
/// another is far more frequent; without a full mention the more frequent, then the first.
fn target(article: &Analysis, forms: &[Form], cluster: &[usize]) -> Option<String> {
    let members = || cluster.iter().filter_map(|&i| forms.get(i));
    let house = members().filter_map(|f| article.lexicon().spellings().group(f.group?)).find(|g| g.house);
    if let Some(house) = house {
        return Some(house.default.clone());
    }
    let first_full = |f: &Form| f.mentions.iter().find(|m| m.before.is_some() || m.after.is_some()).map(|m| m.span.start);
    let full = members().filter_map(|f| Some((first_full(f)?, f))).min_by_key(|(at, _)| *at).map(|(_, f)| f);
    let frequent = members().max_by_key(|f| (f.mentions.len(), std::cmp::Reverse(f.mentions.first().map(|m| m.span.start))))?;
    let begins = |f: &Form| f.mentions.first().map_or(usize::MAX, |m| m.span.start);
    let chosen = match full {
        // The full mention is the deviating one where the other spelling stands earlier and more often.
        Some(full) if begins(frequent) < begins(full) && frequent.mentions.len() > full.mentions.len() => frequent,
        Some(full) if frequent.mentions.len() < 3 * full.mentions.len() || frequent.mentions.len() < 3 => full,
        _ => frequent,
    };
    Some(chosen.text.to_owned())
}

impl Detect for NameVariants {
    fn detect(&self, article: &Analysis, report: &mut Report) {
        let forms = self.forms(article);
        let mut root: Vec<usize> = (0..forms.len()).collect();
        let find = |root: &[usize], mut i: usize| {
            while let Some(&up) = root.get(i).filter(|&&up| up != i) {
                i = up;
            }
            i
        };
        for (a, b) in pairs(&forms) {
            let (Some(x), Some(y)) = (forms.get(a), forms.get(b)) else { continue };
            let (ra, rb) = (find(&root, a), find(&root, b));
            if ra != rb
                && self.is_one_name(article, x, y)
                && let Some(slot) = root.get_mut(ra.max(rb))
            {
                *slot = ra.min(rb);
            }
        }
        let mut clusters: Vec<Vec<usize>> = vec![Vec::new(); forms.len()];
        for i in 0..forms.len() {
            if let Some(list) = clusters.get_mut(find(&root, i)) {
                list.push(i);
            }
        }
        // What a layer rules out is wrong whatever the rest of the article writes.
        let ruled_out = house_spellings::find(article);
        for (span, right) in &ruled_out {
            let edit = |span: Span| Edit::replace(article.text(), span, right.as_str());
            let all: Vec<Edit> = ruled_out.iter().filter(|(_, r)| r == right).map(|(s, _)| edit(*s)).collect();
            let draft = report.finding(*span).says(&self.ruled_out).value("target", right).fix(right.as_str(), vec![edit(*span)]);
            let draft = if all.len() > 1 { draft.fix(format!("make all {} “{right}”", all.len()), all) } else { draft };
            draft.done();
        }
        for cluster in clusters.iter().filter(|c| !c.is_empty()) {
            let house = cluster
                .iter()
                .any(|&i| forms.get(i).and_then(|f| f.group).and_then(|g| article.lexicon().spellings().group(g)).is_some_and(|g| g.house));
            if cluster.len() < 2 && !house {
                continue;
            }
            let Some(target) = target(article, &forms, cluster) else { continue };
            self.report_cluster(article, &forms, cluster, &target, &ruled_out, report);
        }
    }
}

impl NameVariants {
    /// Reports every mention of a cluster that is not spelled as the target; `apart`: places that were reported before.
    fn report_cluster(
        &self,
        article: &Analysis,
        forms: &[Form],
        cluster: &[usize],
        target: &str,
        apart: &[(Span, String)],
        report: &mut Report,
    ) {
        let members = || cluster.iter().filter_map(|&i| forms.get(i));
        let right = members().find(|f| f.text == target).and_then(|f| f.mentions.first());
        let mut wrong: Vec<Span> = members().filter(|f| f.text != target).flat_map(|f| f.mentions.iter().map(|m| m.span)).collect();
        wrong.retain(|span| !apart.iter().any(|(other, _)| other.overlaps(*span)));
        wrong.sort_unstable();
        let all: Vec<Edit> = wrong.iter().map(|&s| Edit::replace(article.text(), s, target)).collect();
        for &span in &wrong {
            let draft = report.finding(span);
            let draft = match right {
                Some(right) => draft.because(right.span, "the first mention with this spelling"),
                None => draft.says(&self.ruled_out),
            };
            let draft = draft.value("target", target).fix(target, vec![Edit::replace(article.text(), span, target)]);
            let draft = if wrong.len() > 1 { draft.fix(format!("make all {} “{target}”", wrong.len()), all.clone()) } else { draft };
            draft.done();
        }
    }
}
