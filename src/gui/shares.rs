//! How the height of the window is shared out where it is dear: the text keeps a usable part of it, whatever
//! else wants to be seen. Pure; the panels take their heights from here.

/// The text has at least this part of the window's height.
pub const TEXT: f32 = 0.41;
/// The menus and the line at the lower edge, in points.
const BARS: f32 = 66.0;
/// The line with the name of the article.
pub const NAME: f32 = 34.0;
/// The card under the text, as high as it is at most.
const CARD: f32 = 230.0;
/// The same with its message and its buttons, and little besides.
const LEAST_CARD: f32 = 92.0;
/// The same where it is one line.
pub const CARD_LINE: f32 = 46.0;
/// The same where it says that nothing is left.
const SENTENCE: f32 = 70.0;
/// The source text above the article.
const SOURCE: f32 = 200.0;
/// The same with two lines, without its heading.
const LEAST_SOURCE: f32 = 72.0;

/// What the card under the text has to say.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Card {
    /// It is not there.
    #[default]
    Not,
    /// That nothing is left.
    Sentence,
    /// A finding.
    Whole,
}

impl Card {
    /// The least height that it needs, and the most that it takes, in points.
    const fn limits(self) -> (f32, f32) {
        match self {
            Self::Not => (0.0, 0.0),
            Self::Sentence => (SENTENCE, SENTENCE),
            Self::Whole => (LEAST_CARD, CARD),
        }
    }
}

/// What wants to be seen besides the text.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Wants {
    /// The height of the window.
    pub height: f32,
    /// The lines for finding and replacing, as high as they are; 0 when they are closed.
    pub find: f32,
    /// The notice at the lower edge, as high as it is.
    pub notice: f32,
    /// The card stands under the text.
    pub card: Card,
    /// The source text stands above it.
    pub source: bool,
}

/// What each has, in points; what has 0 is folded.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Shares {
    /// The card under the text.
    pub card: f32,
    /// The source text above it.
    pub source: f32,
    /// The line with the name.
    pub name: f32,
}

impl Shares {
    /// Shares out: first the name gives way, then what is not the least of card and source text, then the source
    /// text; the card becomes one line at last.
    pub fn of(wants: &Wants) -> Self {
        let room = wants.height * (1.0 - TEXT) - BARS - wants.find - wants.notice;
        let (least_card, most_card) = wants.card.limits();
        let least_source = if wants.source { LEAST_SOURCE } else { 0.0 };
        // The name of the article stands in the title of the window too.
        let easy = |least: f32| if least > 0.0 { least + 36.0 } else { 0.0 };
        let name = if room >= NAME + easy(least_card) + easy(least_source) { NAME } else { 0.0 };
        let room = room - name;
        if room >= least_card + least_source {
            let card = (room - least_source).min(most_card);
            let source = if wants.source { (room - card).min(SOURCE).min(wants.height * 0.3).max(LEAST_SOURCE) } else { 0.0 };
            Self { card: card.floor(), source: source.floor(), name }
        } else if room >= least_card {
            Self { card: room.min(most_card).floor(), source: 0.0, name }
        } else {
            Self { card: CARD_LINE, source: 0.0, name }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(wants: &Wants) -> f32 {
        let shares = Shares::of(wants);
        wants.height - BARS - wants.find - wants.notice - shares.card - shares.source - shares.name
    }

    #[test]
    fn a_high_window_shows_everything() {
        let wants = Wants { height: 700.0, find: 72.0, notice: 0.0, card: Card::Whole, source: false };
        assert_eq!(Shares::of(&wants), Shares { card: 230.0, source: 0.0, name: NAME });
        let wants = Wants { height: 600.0, find: 0.0, notice: 0.0, card: Card::Whole, source: true };
        let shares = Shares::of(&wants);
        assert!(shares.card >= LEAST_CARD && shares.source >= LEAST_SOURCE && shares.name > 0.0, "{shares:?}");
    }

    #[test]
    fn in_a_low_one_the_source_gives_way_to_finding_and_the_card_stays() {
        let wants = Wants { height: 400.0, find: 72.0, notice: 0.0, card: Card::Whole, source: true };
        let shares = Shares::of(&wants);
        assert_eq!((shares.source, shares.name), (0.0, 0.0));
        assert!(shares.card >= LEAST_CARD);
    }

    proptest! {
        #[test]
        fn the_text_has_its_part_of_any_window(
            height in 390.0_f32..1400.0, find in prop::sample::select(vec![0.0_f32, 38.0, 72.0, 96.0]), notice in prop::sample::select(vec![0.0_f32, 34.0]),
            card in prop::sample::select(vec![Card::Not, Card::Sentence, Card::Whole]), source: bool,
        ) {
            // Below this everything that can fold is folded.
            prop_assume!(height * (1.0 - TEXT) - BARS - find - notice >= CARD_LINE);
            let wants = Wants { height, find, notice, card, source };
            prop_assert!(text(&wants) + 0.5 >= height * TEXT, "{:?} {:?}", wants, Shares::of(&wants));
        }
    }
}
