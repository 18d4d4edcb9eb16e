//! Word classes as far as they tell where a quoted phrase begins and ends: closed lists and endings.

/// The class of a word, as it is written in the weights.
pub fn class(word: &str) -> &'static str {
    let Some(first) = word.chars().next() else { return "edge" };
    if first.is_numeric() {
        return "num";
    }
    if !first.is_alphabetic() {
        return match word {
            "," | ";" | ":" => "comma",
            "(" | "[" => "open",
            ")" | "]" => "shut",
            "-" | "–" | "—" | "/" => "dash",
            "$" | "£" | "€" | "#" => "num",
            "." | "!" | "?" | "…" => "stop",
            "'" | "’" | "‘" => "single",
            _ => "mark",
        };
    }
    let capital = first.is_uppercase();
    let lower = if capital { word.to_lowercase().replace('’', "'") } else { word.replace('’', "'") };
    if let Some(class) = closed(&lower) {
        return class;
    }
    if super::attribution::is_reporting(&lower) {
        return "say";
    }
    if capital {
        return "name";
    }
    ending(&lower)
}

fn closed(lower: &str) -> Option<&'static str> {
    Some(match lower {
        "the" | "a" | "an" | "this" | "these" | "those" | "his" | "her" | "its" | "their" | "some" | "any" | "no" | "every" | "each" => {
            "det"
        }
        "i" | "we" | "my" | "our" | "me" | "us" | "myself" | "ourselves" | "i'm" | "i've" | "i'd" | "i'll" | "we're" | "we've"
        | "we'll" | "we'd" => "first",
        "you" | "your" | "you're" | "you've" | "you'll" => "second",
        "he" | "she" | "they" | "it" | "him" | "them" | "it's" | "he's" | "she's" | "they're" | "there" => "pron",
        "of" => "of",
        "to" => "to",
        "in" | "on" | "at" | "by" | "for" | "with" | "from" | "into" | "over" | "under" | "about" | "after" | "before" | "between"
        | "against" | "during" | "without" | "within" | "through" | "across" | "among" | "around" | "behind" | "near" | "toward"
        | "towards" | "since" | "until" | "than" | "per" | "via" | "despite" | "upon" | "beyond" => "prep",
        "as" | "like" => "as",
        "and" | "or" | "but" | "nor" => "conj",
        "that" | "which" | "who" | "whose" | "whom" | "where" => "rel",
        "because" | "if" | "when" | "while" | "although" | "though" | "so" | "unless" | "whether" | "once" => "sub",
        "is" | "are" | "was" | "were" | "be" | "been" | "being" | "has" | "have" | "had" | "do" | "does" | "did" | "will" | "would"
        | "can" | "could" | "may" | "might" | "must" | "should" | "shall" | "isn't" | "don't" | "doesn't" | "didn't" | "won't"
        | "can't" | "couldn't" | "wasn't" | "weren't" | "aren't" | "haven't" | "hasn't" | "wouldn't" => "aux",
        "not" | "very" | "too" | "only" | "just" | "even" | "still" | "also" | "never" | "always" | "more" | "most" | "less" | "again"
        | "now" | "then" | "here" | "already" | "ever" | "quite" | "often" => "adv",
        "yes" | "well" | "oh" => "talk",
        _ => return None,
    })
}

fn ending(lower: &str) -> &'static str {
    if lower.contains('\'') {
        return if lower.ends_with("'s") { "s" } else { "talk" };
    }
    match lower {
        w if w.len() > 4 && w.ends_with("ly") => "adv",
        w if w.len() > 4 && w.ends_with("ing") => "ing",
        w if w.len() > 3 && w.ends_with("ed") => "ed",
        w if w.len() > 4 && w.ends_with("ion") || w.ends_with("ment") || w.ends_with("ness") || w.ends_with("ity") => "noun",
        w if w.len() > 4
            && (w.ends_with("able") || w.ends_with("ous") || w.ends_with("ive") || w.ends_with("ful") || w.ends_with("less"))
            || w.ends_with("ical") =>
        {
            "adj"
        }
        w if w.len() > 3 && w.ends_with('s') && !w.ends_with("ss") => "s",
        _ => "word",
    }
}

/// Words that hardly anyone but the quoted says in news copy: first and second persons.
pub fn is_spoken(word: &str) -> bool {
    matches!(class(word), "first" | "second") || matches!(word, "yes" | "Yes" | "oh" | "Oh")
}

/// A count in steps that grow.
pub const fn bucket(n: usize) -> &'static str {
    match n {
        0 => "0",
        1 => "1",
        2 => "2",
        3 => "3",
        4 => "4",
        5 | 6 => "5-6",
        7..=9 => "7-9",
        10..=14 => "10-14",
        15..=20 => "15-20",
        21..=30 => "21-30",
        31..=45 => "31-45",
        46..=70 => "46-70",
        _ => "71+",
    }
}
