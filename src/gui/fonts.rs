//! The fonts that come with the program: Source Serif 4 for the copy, Inter for the interface,
//! Noto Naskh Arabic, Noto Serif Hebrew, Phosphor's icons and Noto Emoji as fallbacks of both. Emoji are drawn in
//! the colour of the text; joined ones, flags and skin tones are one sign each, as the font composes them.

use eframe::egui::{self, FontData, FontDefinitions, FontFamily};

const FONTS: &[(&str, &[u8])] = &[
    ("Inter", include_bytes!("../../assets/fonts/Inter-Regular.ttf")),
    ("Inter SemiBold", include_bytes!("../../assets/fonts/Inter-SemiBold.ttf")),
    ("Source Serif 4", include_bytes!("../../assets/fonts/SourceSerif4-Regular.ttf")),
    ("Source Serif 4 SemiBold", include_bytes!("../../assets/fonts/SourceSerif4-SemiBold.ttf")),
    ("Noto Naskh Arabic", include_bytes!("../../assets/fonts/NotoNaskhArabic-Regular.ttf")),
    ("Noto Serif Hebrew", include_bytes!("../../assets/fonts/NotoSerifHebrew-Regular.ttf")),
    ("Icons", include_bytes!("../../assets/fonts/Icons.ttf")),
    ("Noto Emoji", include_bytes!("../../assets/fonts/NotoEmoji-Regular.ttf")),
];

/// Gives egui the fonts.
pub fn install(ctx: &egui::Context) {
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in FONTS {
        fonts.font_data.insert((*name).to_owned(), FontData::from_static(bytes).into());
    }
    let families = [
        (FontFamily::Proportional, "Inter"),
        (FontFamily::Monospace, "Inter"),
        (FontFamily::Name("bold".into()), "Inter SemiBold"),
        (FontFamily::Name("copy".into()), "Source Serif 4"),
        (FontFamily::Name("copy-bold".into()), "Source Serif 4 SemiBold"),
    ];
    for (family, first) in families {
        let names = [first, "Inter", "Noto Naskh Arabic", "Noto Serif Hebrew", "Icons", "Noto Emoji"].map(str::to_owned);
        let mut names = names.to_vec();
        names.dedup();
        fonts.families.insert(family, names);
    }
    // Letters and signs of a source text come from the font of its script, its foreign words from the copy's.
    for (family, first) in [("source-arabic", "Noto Naskh Arabic"), ("source-hebrew", "Noto Serif Hebrew")] {
        let names = [first, "Source Serif 4", "Noto Naskh Arabic", "Noto Serif Hebrew", "Inter", "Noto Emoji"].map(str::to_owned);
        let mut names = names.to_vec();
        names.dedup();
        fonts.families.insert(FontFamily::Name(family.into()), names);
    }
    ctx.set_fonts(fonts);
}

/// Icons by what they mean.
pub mod icon {
    /// Open.
    pub const OPEN: &str = "\u{fe256}";
    /// Undo, revert.
    pub const REVERT: &str = "\u{fe08a}";
    /// Done, accepted.
    pub const CHECK: &str = "\u{fe182}";
    /// No, close.
    pub const CROSS: &str = "\u{fe4f6}";
    /// Write.
    pub const PENCIL: &str = "\u{fe3b4}";
    /// Find.
    pub const FIND: &str = "\u{fe30c}";
    /// Light.
    pub const SUN: &str = "\u{fe472}";
    /// Dark.
    pub const MOON: &str = "\u{fe330}";
    /// More below.
    pub const DOWN: &str = "\u{fe136}";
    /// Previous.
    pub const LEFT: &str = "\u{fe138}";
    /// Next.
    pub const RIGHT: &str = "\u{fe13a}";
    /// Look here.
    pub const WARNING: &str = "\u{fe4e0}";
    /// Safe.
    pub const SAFE: &str = "\u{fe40c}";
    /// To be looked at.
    pub const EYE: &str = "\u{fe220}";
    /// Side by side.
    pub const COLUMNS: &str = "\u{fe546}";
    /// One column.
    pub const ROWS: &str = "\u{fe5a2}";
    /// Paste.
    pub const PASTE: &str = "\u{fe198}";
    /// Copy.
    pub const COPY: &str = "\u{fe1ca}";
    /// To be read.
    pub const BOOK: &str = "\u{fe0e6}";
    /// By a rule.
    pub const RULE: &str = "\u{fe750}";
    /// An article without findings.
    pub const CHECKED: &str = "\u{fe184}";
    /// Quotation.
    pub const QUOTES: &str = "\u{fe660}";
    /// Compare.
    pub const COMPARE: &str = "\u{fe27c}";
    /// A dot.
    pub const DOT: &str = "●";
    /// Note.
    pub const NOTE: &str = "\u{fe2ce}";
}
