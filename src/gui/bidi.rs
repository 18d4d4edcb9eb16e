//! The order and the lines of text that runs from right to left. egui shapes Arabic and Hebrew words, but
//! knows no order between them: here a paragraph is cut into tokens that have one direction each, broken
//! into rows in the order of reading, and each row is put into the order of the eye (Unicode Standard
//! Annex 9). Nothing here needs a screen: how wide a token is comes from outside.

use std::borrow::Cow;
use std::ops::Range;

use unicode_bidi::{BidiClass, Level, ParagraphBidiInfo};

use crate::text::Span;

/// Where a paragraph begins.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Direction {
    /// At the left, as Latin does.
    LeftToRight,
    /// At the right, as Arabic and Hebrew do.
    RightToLeft,
}

/// What a token is: how it is shaped depends on it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    /// Spaces: they have a width and nothing to be seen. Rows break here.
    Space,
    /// Letters that run from right to left; the font joins and orders them.
    Letters,
    /// One sign inside right-to-left text that is placed by itself: a mark, a bracket, an Arabic digit.
    Sign,
    /// A word, a number with its marks: anything that runs from left to right.
    Words,
}

/// A piece of a paragraph that is shaped in one go and stands at one place.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Token {
    /// Where it stands in the paragraph, in bytes.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// Whether it stands in a right-to-left run: its brackets face the other way.
    pub mirrored: bool,
    /// Its left edge, in points from the left edge of the column.
    pub x: f32,
    /// Its width in points; spaces at the end of a row have none.
    pub width: f32,
    level: Level,
}

impl Token {
    /// The letters to be drawn.
    pub fn shown<'a>(&self, paragraph: &'a str) -> Cow<'a, str> {
        let words = self.span.of(paragraph);
        if self.kind == Kind::Sign && self.mirrored && words.chars().any(|c| mirror(c) != c) {
            return Cow::Owned(words.chars().map(mirror).collect());
        }
        Cow::Borrowed(words)
    }
}

/// A row of a paragraph: its tokens in the order of reading, each with its place.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Row {
    /// In the order of reading.
    pub tokens: Vec<Token>,
}

impl Row {
    /// How wide it is, in points, without the spaces at its end.
    pub fn width(&self) -> f32 {
        self.tokens.iter().map(|t| t.width).sum()
    }
}

/// Where a text begins: where most of its letters do. The first letter alone would mislead where an
/// Arabic article opens with the name of a Western agency.
pub fn direction(text: &str) -> Direction {
    let (right, left) = letters(text);
    if right > left { Direction::RightToLeft } else { Direction::LeftToRight }
}

/// Where a paragraph begins that belongs to a text of this direction: as the text does, unless hardly a
/// letter of it runs that way.
pub fn direction_in(paragraph: &str, text: Direction) -> Direction {
    let (right, left) = letters(paragraph);
    match text {
        Direction::RightToLeft if right * 8 >= left => Direction::RightToLeft,
        Direction::LeftToRight if left * 4 < right => Direction::RightToLeft,
        _ => Direction::LeftToRight,
    }
}

/// How many letters run from right to left, and how many from left to right.
fn letters(text: &str) -> (usize, usize) {
    text.chars().fold((0, 0), |(right, left), c| match unicode_bidi::bidi_class(c) {
        BidiClass::R | BidiClass::AL => (right + 1, left),
        BidiClass::L => (right, left + 1),
        _ => (right, left),
    })
}

/// Whether any letter runs from right to left. A paragraph without one needs none of this.
pub fn has_right_to_left(paragraph: &str) -> bool {
    paragraph.chars().any(|c| {
        // Nothing below Hebrew does.
        c >= '\u{590}' && matches!(unicode_bidi::bidi_class(c), BidiClass::R | BidiClass::AL | BidiClass::AN)
    })
}

/// Breaks a paragraph that begins this way into rows of a column (points) and places its tokens. `width`
/// says how wide some letters are, in points, as a token of this kind.
pub fn rows(paragraph: &str, way: Direction, column: f32, mut width: impl FnMut(&str, Kind) -> f32) -> Vec<Row> {
    let base = if way == Direction::RightToLeft { Level::rtl() } else { Level::ltr() };
    let mut breaker = Breaker { paragraph, column, width: &mut width, rows: Vec::new(), open: Vec::new(), used: 0.0 };
    let tokens = tokens(paragraph, base);
    let mut rest = tokens.as_slice();
    while let Some(first) = rest.first() {
        if first.kind == Kind::Space {
            breaker.put(*first);
            rest = rest.get(1..).unwrap_or(&[]);
            continue;
        }
        let end = rest.iter().position(|t| t.kind == Kind::Space).unwrap_or(rest.len());
        let (word, after) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        breaker.word(word);
        rest = after;
    }
    breaker.end_row();
    let mut rows = breaker.rows;
    for row in &mut rows {
        place(row, base, way, column);
    }
    rows
}

/// Cuts a paragraph where the direction changes, at spaces, and round every sign inside right-to-left text.
fn tokens(paragraph: &str, base: Level) -> Vec<Token> {
    let bidi = ParagraphBidiInfo::new(paragraph, Some(base));
    let mut tokens: Vec<Token> = Vec::new();
    for cluster in clusters(paragraph) {
        let level = bidi.levels.get(cluster.start).copied().unwrap_or(base);
        let class = bidi.original_classes.get(cluster.start).copied().unwrap_or(BidiClass::ON);
        let c = Span::new(cluster.start, cluster.end).of(paragraph).chars().next().unwrap_or(' ');
        let letter = matches!(class, BidiClass::R | BidiClass::AL);
        let kind = match class {
            BidiClass::WS | BidiClass::S | BidiClass::B => Kind::Space,
            _ if level.is_rtl() && letter => Kind::Letters,
            _ if level.is_rtl() => Kind::Sign,
            // Digits of an Arabic font: shaped together they would be turned round with their script.
            _ if letter || class == BidiClass::AN || ('\u{600}'..='\u{8ff}').contains(&c) => Kind::Sign,
            _ => Kind::Words,
        };
        match tokens.last_mut() {
            Some(last) if kind != Kind::Sign && last.kind == kind && last.level == level => last.span.end = cluster.end,
            _ => tokens.push(Token {
                span: Span::new(cluster.start, cluster.end),
                kind,
                mirrored: level.is_rtl(),
                x: 0.0,
                width: 0.0,
                level,
            }),
        }
    }
    tokens
}

/// Characters with the marks and joiners that belong to them.
fn clusters(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, mut before) = chars.next()?;
        while let Some((_, c)) = chars.peek() {
            let class = unicode_bidi::bidi_class(*c);
            let mark = matches!(class, BidiClass::NSM | BidiClass::BN) || ('\u{1f3fb}'..='\u{1f3ff}').contains(c);
            let emoji = before == '\u{200d}' && class == BidiClass::ON;
            if !mark && !emoji {
                break;
            }
            before = *c;
            chars.next();
        }
        Some(start..chars.peek().map_or(text.len(), |(i, _)| *i))
    })
}

/// Rows that are being filled, in the order of reading.
struct Breaker<'a, W: FnMut(&str, Kind) -> f32> {
    paragraph: &'a str,
    column: f32,
    width: &'a mut W,
    rows: Vec<Row>,
    open: Vec<Token>,
    used: f32,
}

impl<W: FnMut(&str, Kind) -> f32> Breaker<'_, W> {
    fn measured(&mut self, token: Token) -> Token {
        let width = (self.width)(&token.shown(self.paragraph), token.kind);
        Token { width, ..token }
    }

    fn put(&mut self, token: Token) {
        let token = self.measured(token);
        self.used += token.width;
        self.open.push(token);
    }

    fn fits(&self, width: f32) -> bool {
        self.used + width <= self.column
    }

    fn end_row(&mut self) {
        // Spaces at the end of a row hang over its edge.
        for token in self.open.iter_mut().rev().take_while(|t| t.kind == Kind::Space) {
            token.width = 0.0;
        }
        if !self.open.is_empty() {
            self.rows.push(Row { tokens: std::mem::take(&mut self.open) });
        }
        self.used = 0.0;
    }

    /// Puts what stands between two spaces: on this row, on the next, or cut where no row holds it.
    fn word(&mut self, word: &[Token]) {
        let word: Vec<Token> = word.iter().map(|t| self.measured(*t)).collect();
        let whole: f32 = word.iter().map(|t| t.width).sum();
        if !self.fits(whole) {
            self.end_row();
        }
        if self.fits(whole) {
            self.used += whole;
            self.open.extend(word);
            return;
        }
        for mut token in word {
            if !self.fits(token.width) {
                self.end_row();
            }
            while !self.fits(token.width)
                && let Some(head) = self.head(token)
            {
                let rest = Token { span: Span::new(head.span.end, token.span.end), ..token };
                self.used += head.width;
                self.open.push(head);
                self.end_row();
                token = self.measured(rest);
            }
            self.used += token.width;
            self.open.push(token);
        }
    }

    /// As many characters of a token as an empty row holds, at least one; `None` when it has only one.
    fn head(&mut self, token: Token) -> Option<Token> {
        let ends: Vec<usize> = clusters(token.span.of(self.paragraph)).map(|c| token.span.start + c.end).collect();
        let cut = |breaker: &mut Self, count: usize| {
            let end = ends.get(count.checked_sub(1)?).copied()?;
            Some(breaker.measured(Token { span: Span::new(token.span.start, end), ..token }))
        };
        // Doubled until it is too wide, then halved: long words are not measured from their beginning each time.
        let mut too_many = 1;
        while too_many < ends.len() && cut(self, too_many).is_some_and(|t| t.width <= self.column) {
            too_many *= 2;
        }
        let (mut count, mut too_many) = (too_many / 2, too_many.min(ends.len()));
        while too_many > count + 1 {
            let middle = usize::midpoint(count, too_many);
            if cut(self, middle).is_some_and(|t| t.width <= self.column) { count = middle } else { too_many = middle }
        }
        // Letters that are joined may be narrower than fewer of them.
        while count > 1 && cut(self, count).is_some_and(|t| t.width > self.column) {
            count -= 1;
        }
        let count = count.max(1);
        if count < ends.len() { cut(self, count) } else { None }
    }
}

/// Puts the tokens of a row where the eye looks for them.
fn place(row: &mut Row, base: Level, way: Direction, column: f32) {
    let ending = row.tokens.iter().rev().take_while(|t| t.kind == Kind::Space).count();
    let body = row.tokens.len() - ending;
    // Spaces at the end of a row go where the paragraph ends (rule L1).
    let levels: Vec<Level> = row.tokens.iter().enumerate().map(|(i, t)| if i < body { t.level } else { base }).collect();
    let mut x = match way {
        Direction::LeftToRight => 0.0,
        Direction::RightToLeft => column - row.width(),
    };
    for i in ParagraphBidiInfo::reorder_visual(&levels) {
        if let Some(token) = row.tokens.get_mut(i) {
            token.x = x;
            x += token.width;
        }
    }
}

/// The sign that faces the other way.
fn mirror(c: char) -> char {
    const PAIRS: &str = "()[]{}<>«»‹›≤≥⟨⟩⟪⟫⌈⌉⌊⌋⁽⁾₍₎≪≫";
    let Some(i) = PAIRS.chars().position(|p| p == c) else { return c };
    PAIRS.chars().nth(i ^ 1).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every character is ten points wide, marks are none.
    fn tens(text: &str, _: Kind) -> f32 {
        clusters(text).count() as f32 * 10.0
    }

    /// A row as the eye reads it from left to right.
    fn seen(paragraph: &str, row: &Row) -> Vec<String> {
        let mut tokens: Vec<&Token> = row.tokens.iter().filter(|t| t.kind != Kind::Space).collect();
        tokens.sort_by(|a, b| a.x.total_cmp(&b.x));
        tokens.iter().map(|t| t.shown(paragraph).into_owned()).collect()
    }

    fn way(text: &str) -> Direction {
        direction_in(text, direction(text))
    }

    fn one_row(paragraph: &str) -> Vec<String> {
        let rows = rows(paragraph, direction_in(paragraph, Direction::RightToLeft), 10_000.0, tens);
        assert_eq!(rows.len(), 1, "{paragraph}");
        seen(paragraph, &rows[0])
    }

    #[test]
    fn arabic_stands_from_right_to_left_with_its_figures_and_names_the_other_way() {
        assert_eq!(one_row("قالت وكالة TASS في 2022"), ["2022", "في", "TASS", "وكالة", "قالت"]);
        // Words of another script keep their own order inside.
        assert_eq!(one_row("قال Le Monde أمس"), ["أمس", "Le", "Monde", "قال"]);
        let rows = rows("قال أمس", Direction::RightToLeft, 200.0, tens);
        let right = rows[0].tokens.iter().map(|t| t.x + t.width).fold(0.0, f32::max);
        assert!((right - 200.0).abs() < 0.01, "the row ends at the right edge of the column");
    }

    #[test]
    fn marks_stand_at_the_end_of_the_line_which_is_the_left() {
        assert_eq!(one_row("وصل الوفد."), [".", "الوفد", "وصل"]);
        assert_eq!(one_row("هل وصل الوفد؟"), ["الوفد؟", "وصل", "هل"]);
        assert_eq!(one_row("نشرته TASS."), [".", "TASS", "نشرته"]);
    }

    #[test]
    fn brackets_face_the_other_way_once() {
        assert_eq!(one_row("الأمم (المتحدة)"), ["(", "المتحدة", ")", "الأمم"]);
        assert_eq!(one_row("قال «نعم»"), ["«", "نعم", "»", "قال"]);
        assert_eq!(one_row("الوكالة (TASS) قالت"), ["قالت", "(", "TASS", ")", "الوكالة"]);
        // Typographic quotation marks have no mirrored form.
        assert_eq!(one_row("قال “نعم”"), ["”", "نعم", "“", "قال"]);
    }

    #[test]
    fn arabic_and_persian_digits_keep_their_order() {
        assert_eq!(one_row("عام ٢٠٢٢"), ["٢", "٠", "٢", "٢", "عام"]);
        assert_eq!(one_row("سال ۱۹۷۹ بود"), ["بود", "۱", "۹", "۷", "۹", "سال"]);
        // After Arabic letters a sign of per cent goes on to the left of its figure; Hebrew keeps it.
        assert_eq!(one_row("بنسبة 3.5% أمس"), ["أمس", "%", "3.5", "بنسبة"]);
        assert_eq!(one_row("עלה 3.5% אתמול"), ["אתמול", "3.5%", "עלה"]);
    }

    #[test]
    fn hebrew_and_marks_on_letters() {
        assert_eq!(one_row("צה\"ל הודיע: 12 חיילים"), ["חיילים", "12", ":", "הודיע", "ל", "\"", "צה"]);
        // Vowel signs and joiners stay with their letters.
        assert_eq!(one_row("שָׁלוֹם"), ["שָׁלוֹם"]);
        assert_eq!(one_row("می‌رود"), ["می‌رود"]);
    }

    #[test]
    fn a_paragraph_begins_where_its_text_does() {
        let agency = "TASS: أعلنت الوزارة عن زيارة";
        assert_eq!(direction(agency), Direction::RightToLeft);
        assert_eq!(direction_in("قال Le Monde Diplomatique", Direction::RightToLeft), Direction::RightToLeft);
        assert_eq!(direction_in("Le Monde Diplomatique", Direction::RightToLeft), Direction::LeftToRight);
        assert_eq!(direction_in(agency, Direction::LeftToRight), Direction::RightToLeft);
        assert_eq!(direction_in("2022", Direction::RightToLeft), Direction::RightToLeft);
        let greeting = "The word سلام عليكم is a greeting";
        let rows = rows(greeting, direction_in(greeting, Direction::LeftToRight), 10_000.0, tens);
        assert_eq!(seen(greeting, &rows[0]), ["The", "word", "عليكم", "سلام", "is", "a", "greeting"]);
    }

    #[test]
    fn rows_break_in_the_order_of_reading() {
        let text = "واحد اثنان ثلاثة";
        let rows = rows(text, Direction::RightToLeft, 110.0, tens);
        assert_eq!(rows.iter().map(|r| seen(text, r)).collect::<Vec<_>>(), [vec!["اثنان", "واحد"], vec!["ثلاثة"]]);
    }

    #[test]
    fn a_word_wider_than_the_column_is_cut_inside() {
        let text = "في https://example.org/a/long/way نعم";
        let rows = rows(text, Direction::RightToLeft, 100.0, tens);
        assert!(rows.len() >= 4);
        assert!(rows.iter().all(|r| r.width() <= 100.0));
        let all: String = rows.iter().flat_map(|r| &r.tokens).map(|t| t.span.of(text)).collect();
        assert_eq!(all, text);
    }

    fn paragraph() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            4 => Just(" ".to_owned()),
            4 => "[ابتثجحخدذرزسش]{1,9}",
            2 => "[אבגדהוזחט]{1,9}",
            3 => "[A-Za-z]{1,12}",
            2 => "[0-9]{1,5}",
            1 => "[٠-٩۰-۹]{1,5}",
            3 => "[.,:;()\\[\\]«»“”!?%-]{1,2}",
            1 => Just("\u{200c}".to_owned()),
            1 => Just("َ".to_owned()),
            1 => Just("\t".to_owned()),
        ];
        prop::collection::vec(piece, 0..40).prop_map(|p| p.concat())
    }

    proptest! {
        #[test]
        fn every_token_is_placed_once_and_none_lies_on_another(text in paragraph(), column in 5.0_f32..400.0) {
            let rows = rows(&text, way(&text), column, tens);
            let mut position = 0;
            for token in rows.iter().flat_map(|r| &r.tokens) {
                prop_assert_eq!(token.span.start, position, "no byte is lost or drawn twice");
                position = token.span.end;
            }
            prop_assert_eq!(position, text.len());
            for row in &rows {
                let mut places: Vec<(f32, f32)> = row.tokens.iter().filter(|t| t.width > 0.0).map(|t| (t.x, t.x + t.width)).collect();
                places.sort_by(|a, b| a.0.total_cmp(&b.0));
                for pair in places.windows(2) {
                    prop_assert!(pair[0].1 <= pair[1].0 + 0.01, "{:?}", row);
                }
                let clusters: usize = row.tokens.iter().filter(|t| t.width > 0.0).map(|t| clusters(t.span.of(&text)).count()).sum();
                prop_assert!(row.width() <= column || clusters == 1, "{:?}", row);
            }
        }

        #[test]
        fn left_to_right_text_stands_in_plain_order(text in "[a-zA-Z0-9 .,()«»]{0,80}", column in 30.0_f32..400.0) {
            for row in rows(&text, Direction::LeftToRight, column, tens) {
                let mut x = 0.0_f32;
                for token in &row.tokens {
                    prop_assert!((token.x - x).abs() < 0.01);
                    prop_assert_eq!(token.shown(&text), token.span.of(&text));
                    x += token.width;
                }
            }
        }

        #[test]
        fn rows_are_full(text in "[ابتث]{1,6}( [ابتث]{1,6}){0,30}", column in 60.0_f32..300.0) {
            let rows = rows(&text, way(&text), column, tens);
            for pair in rows.windows(2) {
                let next: f32 = pair[1].tokens.iter().take_while(|t| t.kind != Kind::Space).map(|t| t.width).sum();
                prop_assert!(pair[0].width() + 10.0 + next > column, "the next word would have had room");
            }
        }
    }
}
