//! Colours, underline shapes and measures: read from the two theme files, turned into egui's style.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use eframe::egui::{self, Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, vec2};
use serde::{Deserialize, Deserializer};

use super::settings::Motion;
use crate::finding::Category;

/// Steps of space, in points.
pub const SPACE: [f32; 5] = [4.0, 8.0, 12.0, 16.0, 24.0];
/// Size of the interface's type, in points.
pub const INTERFACE: f32 = 13.0;
/// Size of second things.
pub const SMALL: f32 = 11.5;
/// Size of the copy.
pub const COPY: f32 = 18.0;
/// Corners.
pub const RADIUS: u8 = 6;

/// How an underline is drawn, so that a category is known without its colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// A soft wave.
    Wave,
    /// A sharp wave.
    Zigzag,
    /// Two lines.
    Double,
    /// Dots.
    Dots,
    /// Dashes.
    Dash,
    /// Dash, dot, dash, dot.
    DashDot,
    /// A thick line.
    Thick,
    /// A line.
    Line,
}

/// The mark of a category.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// Its colour.
    #[serde(deserialize_with = "colour")]
    pub colour: Color32,
    /// Its shape.
    pub shape: Shape,
}

macro_rules! theme {
    ($($(#[$doc:meta])* $field:ident),* $(,)?) => {
        /// All colours of the window.
        #[derive(Clone, Debug, Deserialize)]
        #[serde(rename_all = "kebab-case", deny_unknown_fields)]
        pub struct Theme {
            $($(#[$doc])* #[serde(deserialize_with = "colour")] pub $field: Color32,)*
            /// The mark of each category, by its identifier.
            pub category: BTreeMap<String, Mark>,
        }
    };
}

theme! {
    /// The article while reviewing.
    paper,
    /// The article while editing.
    paper_editing,
    /// Panels and bars.
    desk,
    /// Buttons, menus, boxes.
    raised,
    /// A button under the pointer.
    hover,
    /// A button held down.
    pressed,
    /// The copy and the interface.
    ink,
    /// Second things.
    quiet,
    /// Lines between parts.
    hairline,
    /// What can be done now.
    accent,
    /// On the accent.
    accent_ink,
    /// Selected text, the chosen row.
    selection,
    /// Behind words that go.
    old,
    /// Words that go.
    old_ink,
    /// Behind words that come.
    new,
    /// Words that come.
    new_ink,
    /// Behind words that convinced a rule.
    evidence,
    /// A fix that may be taken unseen.
    safe,
    /// Look here.
    warn,
    /// Something went wrong.
    danger,
    /// Under what floats.
    shadow,
}

fn colour<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Color32, D::Error> {
    let text = String::deserialize(deserializer)?;
    Color32::from_hex(&text).map_err(|_| serde::de::Error::custom(format!("{text:?} is no colour; write \"#rrggbb\"")))
}

static THEMES: LazyLock<[Theme; 2]> =
    LazyLock::new(|| [read(include_str!("../../assets/theme-light.toml")), read(include_str!("../../assets/theme-dark.toml"))]);

#[expect(clippy::expect_used, reason = "the files are compiled in and a test reads them")]
fn read(text: &str) -> Theme {
    toml::from_str(text).expect("a theme file")
}

/// Light or dark.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    /// Paper.
    Light,
    /// Ink.
    Dark,
}

/// The theme of a tone.
pub fn theme(tone: Tone) -> &'static Theme {
    let [light, dark] = &*THEMES;
    match tone {
        Tone::Light => light,
        Tone::Dark => dark,
    }
}

/// The theme that is shown.
pub fn of(ui: &egui::Ui) -> &'static Theme {
    theme(if ui.visuals().dark_mode { Tone::Dark } else { Tone::Light })
}

impl Theme {
    /// The mark of a category.
    pub fn mark(&self, category: Category) -> Mark {
        self.category.get(category.id()).copied().unwrap_or(Mark { colour: self.ink, shape: Shape::Line })
    }
}

/// A font of the copy.
pub fn copy_font(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("copy".into()))
}

/// The bold font of the copy.
pub fn copy_bold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("copy-bold".into()))
}

/// The bold font of the interface.
pub fn bold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("bold".into()))
}

/// The font of the interface.
pub fn regular(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// Gives egui both themes and the scales.
pub fn install(ctx: &egui::Context) {
    // Paper where the system does not say.
    ctx.options_mut(|o| o.fallback_theme = egui::Theme::Light);
    for (tone, egui_theme) in [(Tone::Light, egui::Theme::Light), (Tone::Dark, egui::Theme::Dark)] {
        let theme = theme(tone);
        ctx.style_mut_of(egui_theme, |style| {
            style.text_styles = [
                (TextStyle::Body, regular(INTERFACE)),
                (TextStyle::Button, regular(INTERFACE)),
                (TextStyle::Small, regular(SMALL)),
                (TextStyle::Heading, bold(16.0)),
                (TextStyle::Monospace, regular(INTERFACE)),
            ]
            .into();
            style.spacing.item_spacing = vec2(8.0, 6.0);
            style.spacing.button_padding = vec2(10.0, 5.0);
            style.spacing.menu_margin = Margin::same(6);
            style.spacing.window_margin = Margin::same(16);
            style.spacing.interact_size.y = 28.0;
            style.spacing.scroll = egui::style::ScrollStyle::thin();
            style.interaction.tooltip_delay = 0.4;
            paint(&mut style.visuals, theme, tone);
        });
    }
}

/// How things move: gliding, or at once.
pub fn set_motion(ctx: &egui::Context, motion: Motion) {
    ctx.all_styles_mut(|style| {
        let glides = motion == Motion::Full;
        style.scroll_animation = if glides {
            egui::style::ScrollAnimation::new(4000.0, egui::Rangef::new(0.08, 0.14))
        } else {
            egui::style::ScrollAnimation::none()
        };
        style.animation_time = if glides { 0.08 } else { 0.0 };
    });
}

fn paint(visuals: &mut egui::Visuals, theme: &Theme, tone: Tone) {
    visuals.dark_mode = tone == Tone::Dark;
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(theme.quiet);
    visuals.panel_fill = theme.desk;
    visuals.window_fill = theme.raised;
    visuals.extreme_bg_color = theme.paper;
    visuals.text_edit_bg_color = Some(theme.paper);
    visuals.faint_bg_color = theme.desk;
    visuals.code_bg_color = theme.desk;
    visuals.window_stroke = Stroke::new(1.0, theme.hairline);
    visuals.window_corner_radius = CornerRadius::same(RADIUS + 2);
    visuals.menu_corner_radius = CornerRadius::same(RADIUS);
    let shadow = Shadow { offset: [0, 6], blur: 20, spread: 0, color: theme.shadow };
    visuals.window_shadow = shadow;
    visuals.popup_shadow = shadow;
    visuals.selection.bg_fill = theme.selection;
    visuals.selection.stroke = Stroke::new(1.5, theme.accent);
    visuals.hyperlink_color = theme.accent;
    visuals.warn_fg_color = theme.warn;
    visuals.error_fg_color = theme.danger;
    visuals.text_cursor.stroke = Stroke::new(2.0, theme.accent);
    let set = |w: &mut egui::style::WidgetVisuals, fill: Color32, stroke: Color32, ink: Color32| {
        w.bg_fill = fill;
        w.weak_bg_fill = fill;
        w.bg_stroke = Stroke::new(1.0, stroke);
        w.fg_stroke = Stroke::new(1.0, ink);
        w.corner_radius = CornerRadius::same(RADIUS);
        w.expansion = 0.0;
    };
    let w = &mut visuals.widgets;
    set(&mut w.noninteractive, theme.desk, theme.hairline, theme.ink);
    set(&mut w.inactive, theme.raised, theme.hairline, theme.ink);
    set(&mut w.hovered, theme.hover, theme.hairline, theme.ink);
    set(&mut w.active, theme.pressed, theme.accent, theme.ink);
    set(&mut w.open, theme.hover, theme.hairline, theme.ink);
}
