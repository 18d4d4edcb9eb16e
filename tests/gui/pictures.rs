//! The main views as pictures, held against those in `tests/gui/pictures`. They need a Vulkan or OpenGL
//! library, so they run with the feature `pictures` alone:
//! `cargo test --features pictures --test gui pictures`; with `UPDATE_SNAPSHOTS=1` they are taken anew.

use eframe::egui::Key;
use egui_kittest::{SnapshotOptions, SnapshotResults};

use super::*;

/// A picture: its name, the theme, the size of the window in points, its zoom, and the keys pressed before.
type Picture = (&'static str, &'static str, (f32, f32), f32, &'static [Key]);

const USUAL: (f32, f32) = (1100.0, 640.0);

const PICTURES: &[Picture] = &[
    ("review", "light", USUAL, 1.0, &[Key::A, Key::J]),
    ("review-dark", "dark", USUAL, 1.0, &[Key::A, Key::J]),
    ("compare", "light", USUAL, 1.0, &[Key::A, Key::A, Key::A, Key::X, Key::A, Key::D]),
    ("compare-dark", "dark", USUAL, 1.0, &[Key::A, Key::A, Key::A, Key::X, Key::A, Key::D]),
    ("redline", "light", USUAL, 1.0, &[Key::A, Key::A, Key::A, Key::D, Key::V]),
    ("editing", "light", USUAL, 1.0, &[Key::Enter]),
    ("rule", "dark", USUAL, 1.0, &[Key::J, Key::Questionmark]),
    ("keys", "light", USUAL, 1.0, &[Key::F1]),
    ("narrow", "light", (900.0, 640.0), 1.0, &[Key::J]),
    ("large", "dark", (900.0, 640.0), 1.5, &[Key::J]),
];

#[test]
fn the_main_views_look_as_they_did() {
    let mut results = SnapshotResults::new();
    for (name, theme, (width, height), zoom, keys) in PICTURES {
        let desk = Desk::new();
        let settings = format!("name = \"Anna\"\ntheme = \"{theme}\"\nknows-keys = true\nzoom = {zoom:.1}\n");
        std::fs::write(desk.path("settings.toml"), settings).unwrap();
        let mut window = desk.sized(&[], *width, *height);
        for key in *keys {
            press(&mut window, *key);
        }
        // Notices go by themselves, and what moves comes to rest.
        for _ in 0..120 {
            window.step();
        }
        let options = SnapshotOptions::new().output_path("tests/gui/pictures");
        results.add(window.try_snapshot_options(*name, &options));
    }
    results.unwrap();
}
