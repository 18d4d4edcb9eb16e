//! The language of a source text, by its letters and its commonest words: what is written in it is better
//! evidence than what a translation shows.

use super::language::Language;

/// So many characters are looked at.
const MOST: usize = 40_000;
/// Fewer letters tell nothing.
const FEWEST: usize = 40;

/// The commonest words of languages that share the Latin letters. Those without wording rules stand here so that
/// they are not taken for one of the others.
const WORDS: [(Option<Language>, &[&str]); 12] = [
    (
        Some(Language::Turkish),
        &[
            "ve",
            "bir",
            "bu",
            "için",
            "ile",
            "olarak",
            "olan",
            "daha",
            "çok",
            "göre",
            "sonra",
            "ise",
            "gibi",
            "kadar",
            "olduğunu",
            "da",
            "ya",
        ],
    ),
    (
        Some(Language::French),
        &[
            "le", "la", "les", "des", "et", "une", "du", "dans", "est", "pour", "qui", "sur", "au", "aux", "pas", "avec", "ce", "a", "de",
            "en",
        ],
    ),
    (
        Some(Language::Spanish),
        &[
            "el", "la", "los", "las", "del", "y", "una", "un", "con", "por", "para", "que", "más", "según", "fue", "su", "lo", "de", "en",
            "se",
        ],
    ),
    (
        Some(Language::German),
        &[
            "der", "die", "das", "und", "ist", "nicht", "von", "mit", "den", "dem", "ein", "eine", "zu", "auf", "im", "für", "des", "sich",
            "er",
        ],
    ),
    (None, &["the", "of", "and", "to", "in", "that", "for", "said", "with", "was", "is", "on", "as", "he", "it", "by", "at", "a"]),
    (None, &["o", "os", "as", "do", "da", "dos", "em", "não", "uma", "um", "para", "com", "que", "no", "na", "ao", "e", "de", "se", "foi"]),
    (
        None,
        &[
            "il", "lo", "gli", "che", "di", "e", "è", "della", "del", "per", "una", "un", "con", "non", "sono", "la", "le", "in", "ha",
            "nel",
        ],
    ),
    (None, &["de", "het", "een", "van", "en", "is", "dat", "niet", "op", "te", "zijn", "voor", "met", "in", "die", "aan", "er", "door"]),
    (None, &["i", "w", "na", "z", "się", "nie", "do", "że", "jest", "o", "po", "od", "za", "przez", "jak", "dla", "ale", "oraz"]),
    (None, &["dan", "yang", "di", "ini", "itu", "dengan", "untuk", "dari", "pada", "dalam", "tidak", "akan", "ke", "oleh", "juga"]),
    (None, &["si", "în", "de", "la", "și", "a", "cu", "pe", "nu", "din", "care", "este", "o", "un", "pentru", "că", "au", "fost"]),
    (None, &["och", "i", "att", "det", "som", "en", "på", "är", "av", "för", "med", "den", "till", "inte", "har", "om", "de", "og"]),
];

/// The language that a text is written in, of those that have wording rules; none where it is another or too
/// little is written.
pub fn written_in(text: &str) -> Option<Language> {
    let end = text.char_indices().nth(MOST).map_or(text.len(), |(i, _)| i);
    let text = text.get(..end).unwrap_or(text);
    let count = |is: &dyn Fn(char) -> bool| text.chars().filter(|c| is(*c)).count();
    let letters = count(&char::is_alphabetic);
    if letters < FEWEST {
        return None;
    }
    let arabic = count(&|c| matches!(c, '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6d3}'));
    let cyrillic = count(&|c| matches!(c, '\u{400}'..='\u{52f}'));
    let han = count(&|c| matches!(c, '\u{3400}'..='\u{9fff}'));
    let most = |script: usize| script * 2 > letters;
    if most(arabic) {
        arabic_script(&count, arabic)
    } else if most(cyrillic) {
        cyrillic_script(&count, cyrillic)
    } else if han * 3 > letters {
        // Japanese mixes its own syllables in, also where most is written in Chinese characters.
        let kana = count(&|c| matches!(c, '\u{3041}'..='\u{30fa}'));
        (kana * 20 < han).then_some(Language::Chinese)
    } else if most(count(&|c| c.is_alphabetic() && c < '\u{250}')) {
        latin_script(text)
    } else {
        None
    }
}

type Count<'a> = dyn Fn(&dyn Fn(char) -> bool) -> usize + 'a;

fn arabic_script(count: &Count, all: usize) -> Option<Language> {
    // Letters of Urdu, Pashto, Kurdish and Uyghur that neither Arabic nor Persian has.
    let others = count(&|c| "ٹڈڑےںھہښځټډړڼۍېێۆڕڵەۇۈۋ".contains(c));
    let persian = count(&|c| "پچژگکی".contains(c));
    let arabic = count(&|c| "ةىيكإؤ".contains(c));
    if others * 50 > all {
        None
    } else if persian > arabic {
        Some(Language::Persian)
    } else {
        Some(Language::Arabic)
    }
}

fn cyrillic_script(count: &Count, all: usize) -> Option<Language> {
    // Letters of Serbian, Macedonian, Belarusian, Kazakh, Kyrgyz, Tatar, Mongolian and others.
    let others = count(&|c| "ђјљњћџѓќѕўәғқңөұүһҳҷӣӯ".contains(c.to_lowercase().next().unwrap_or(c)));
    let own = count(&|c| "ыэёіїєґ".contains(c.to_lowercase().next().unwrap_or(c)));
    // Bulgarian has none of these letters; in Russian or Ukrainian two of a hundred are.
    (others * 100 <= all && own * 200 >= all).then_some(Language::Russian)
}

fn latin_script(text: &str) -> Option<Language> {
    let mut all = 0_usize;
    let mut found = [0_usize; WORDS.len()];
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
        all += 1;
        let lower = word.to_lowercase();
        for (n, (_, words)) in found.iter_mut().zip(WORDS) {
            *n += usize::from(words.contains(&lower.as_str()));
        }
    }
    let mut ranked: Vec<(usize, Option<Language>)> = found.into_iter().zip(WORDS.map(|(language, _)| language)).collect();
    ranked.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
    let ((first, language), (second, _)) = (*ranked.first()?, *ranked.get(1)?);
    // One word in nine, and clearly more than any neighbour has.
    (first * 9 >= all && first * 4 >= second * 5).then_some(language)?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_known_by_letters_and_words() {
        let known = [
            (Language::Arabic, "قالت الوزارة إن المبعوثين ينتظرون ردا على رسالتهم منذ يوم الثلاثاء في أوسلو."),
            (Language::Persian, "وزارت خارجه گفت که فرستادگان از روز سه‌شنبه در اسلو منتظر پاسخی به نامه‌های خود هستند."),
            (
                Language::Russian,
                "Министерство сообщило, что посланники со вторника ждут в Осло ответа на свои письма и были готовы уехать.",
            ),
            (Language::Russian, "Міністерство повідомило, що посланці з вівторка чекають в Осло на відповідь і їхні листи."),
            (
                Language::Chinese,
                "外交部说，使者们从星期二起一直在奥斯陆等待对他们信件的答复，如果没有答复，他们将在星期五离开这座城市，返回首都继续会谈。",
            ),
            (
                Language::Turkish,
                "Bakanlık, elçilerin salı gününden bu yana Oslo’da bir yanıt için beklediğini ve daha sonra ayrılacağını söyledi.",
            ),
            (
                Language::French,
                "Le ministère a dit que les envoyés attendent dans la ville une réponse aux lettres et qu’ils sont prêts à partir.",
            ),
            (
                Language::Spanish,
                "El ministerio dijo que los enviados esperan en la ciudad una respuesta a las cartas y que se irán con el resto.",
            ),
            (
                Language::German,
                "Das Ministerium sagte, die Gesandten warten in der Stadt auf eine Antwort und seien nicht bereit, mit dem Zug zu fahren.",
            ),
        ];
        for (language, text) in known {
            assert_eq!(written_in(text), Some(language), "{text}");
        }
        let others = [
            "The ministry said that the envoys were waiting for an answer in the city and that they would leave on Friday.",
            "O ministério disse que os enviados esperam na cidade uma resposta às cartas e que não vão sair com os outros.",
            "Il ministero ha detto che gli inviati sono in città e che non partono senza una risposta per la lettera.",
            "Het ministerie zei dat de gezanten in de stad op een antwoord wachten en niet van plan zijn om te vertrekken.",
            "Ministerstwo powiedziało, że posłowie są w mieście i nie wyjadą, jak długo czekają na odpowiedź od króla.",
            "Kementerian itu mengatakan bahwa para utusan menunggu jawaban di kota ini dan tidak akan pergi dengan kereta.",
            "Министерството каза, че пратениците чакат в града отговор на своите писма и няма да си тръгнат преди петък.",
            "Министарство је рекло да изасланици чекају у граду одговор на писма и да неће отићи пре петка.",
            "外務省によると、使節団は火曜日からオスロで手紙への返事を待っており、金曜日までに町を去る予定だという。",
            "وزارت نے کہا کہ ایلچی منگل سے شہر میں اپنے خطوط کے جواب کا انتظار کر رہے ہیں اور جمعہ کو روانہ ہوں گے۔",
            "Oslo, 3 May.",
            "",
        ];
        for text in others {
            assert_eq!(written_in(text), None, "{text}");
        }
    }
}
