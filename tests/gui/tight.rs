//! Little room: 900 pixels at a zoom of 150 % are 600 points. What gives way, and what never does.

use copydesk::gui::{Pane, Style};
use eframe::egui::Key;
use eframe::egui::accesskit::Toggled;
use egui_kittest::kittest::{NodeT, Queryable};

use super::*;

/// A window of so many points with some accepted fixes.
fn decided(desk: &Desk, width: f32, height: f32) -> Window {
    let path = desk.file("talks.txt", STORY);
    let mut window = desk.sized(&[path], width, height);
    for _ in 0..3 {
        press(&mut window, Key::A);
    }
    window
}

fn is_on(window: &Window, name: &str) -> bool {
    window.get_by_label(name).accesskit_node().toggled() == Some(Toggled::True)
}

#[test]
fn a_tight_comparison_is_a_redline_until_columns_are_asked_for() {
    let desk = Desk::new();
    let mut window = decided(&desk, 600.0, 600.0);
    press(&mut window, Key::D);
    assert_eq!(app(&window).view().pane, Pane::Compare);
    assert!(is_on(&window, "Redline"));
    assert_eq!(app(&window).view().style, Style::SideBySide, "what is set for a wide window stays set");
    for name in ["Reading", "Side by side", "Redline"] {
        press(&mut window, Key::V);
        assert!(is_on(&window, name), "{name}");
    }
    click(&mut window, "Side by side");
    assert!(is_on(&window, "Side by side"));
    // In a wide one it is shown as it is set.
    let desk = Desk::new();
    let mut wide = decided(&desk, 1280.0, 800.0);
    press(&mut wide, Key::D);
    assert!(is_on(&wide, "Side by side"));
}

#[test]
fn the_head_of_a_tight_comparison_is_whole() {
    let desk = Desk::new();
    let mut window = decided(&desk, 600.0, 600.0);
    press(&mut window, Key::D);
    let figures = window.get_by_label_contains("3 changes  ·  ");
    assert!(figures.accesskit_node().value().unwrap_or_default().contains("words  ·  "), "all of it is heard");
    assert!(figures.rect().right() <= window.get_by_label("Side by side").rect().left());
    for name in ["Side by side", "Redline", "Reading", "Revert change", "Next change"] {
        let rect = window.get_by_label(name).rect();
        assert!(rect.left() >= 0.0 && rect.right() <= 600.0, "{name} {rect}");
    }
}

#[test]
fn in_a_tight_comparison_the_source_comes_on_demand() {
    let desk = Desk::new();
    desk.file("talks.fr.txt", "Les envoyés se réunissent\n\nIls ont attendu une réponse.\n");
    let mut window = decided(&desk, 600.0, 600.0);
    assert!(window.query_by_label("Ils ont attendu une réponse.").is_some(), "beside the article it stands above");
    press(&mut window, Key::D);
    assert!(window.query_by_label("Ils ont attendu une réponse.").is_none());
    press(&mut window, Key::B);
    assert!(window.query_by_label("Ils ont attendu une réponse.").is_some());
    press(&mut window, Key::B);
    assert!(window.query_by_label("Ils ont attendu une réponse.").is_none());
    assert!(!app(&window).view().source_folded);
}
