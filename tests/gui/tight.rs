//! Little room: 900 pixels at a zoom of 150 % are 600 points. What gives way, and what never does.

use copydesk::gui::theme::{self, Tone, theme};
use copydesk::gui::{Pane, Style};
use eframe::egui::accesskit::{Live, Role, Toggled};
use eframe::egui::{Key, Modifiers, Rect, Shape};
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

/// How much of the height the text has, between what stands above it and the card below.
fn share(window: &Window, height: f32, above: &[&str], below: &[&str]) -> f32 {
    let rects = |names: &[&str]| names.iter().flat_map(|n| window.query_all_by_label(n)).map(|n| n.rect()).collect::<Vec<Rect>>();
    let top = rects(above).iter().map(Rect::bottom).fold(38.0, f32::max);
    let bottom = rects(below).iter().map(Rect::top).fold(height - 30.0, f32::min);
    (bottom - top) / height
}

const ABOVE: &[&str] = &["Find", "Replace by", "Replace", "Regex", "talks.txt", "Copy source paragraph"];
const BELOW: &[&str] = &["Next finding", "Accept", "Your words"];

#[test]
fn the_text_keeps_its_part_of_a_low_window() {
    for (width, height) in [(600.0, 400.0), (600.0, 600.0), (900.0, 420.0)] {
        for source in [false, true] {
            let desk = Desk::new();
            if source {
                desk.file("talks.fr.txt", "Les envoyés se réunissent\n\nIls ont attendu une réponse.\n");
            }
            let path = desk.file("talks.txt", STORY);
            let mut window = desk.sized(&[path], width, height);
            let holds = |window: &Window, when: &str| {
                let share = share(window, height, ABOVE, BELOW);
                assert!(share >= 0.4, "{width} × {height}, source {source}, {when}: {share}");
            };
            holds(&window, "reviewing");
            press_with(&mut window, Modifiers::COMMAND, Key::F);
            holds(&window, "finding");
            press_with(&mut window, Modifiers::COMMAND, Key::H);
            holds(&window, "replacing");
            click(&mut window, "Regex");
            holds(&window, "replacing by a pattern");
            for name in ["Find", "Replace by", "Whole words", "Exact case", "Regex", "End finding", "Next finding", "Accept", "Not here"] {
                let rect = window.get_by_label(name).rect();
                assert!(rect.left() >= 0.0 && rect.right() <= width && rect.bottom() <= height - 30.0, "{name} {rect}");
            }
            press(&mut window, Key::Escape);
            press(&mut window, Key::E);
            holds(&window, "writing a suggestion");
            let field = window.get_by_role_and_label(Role::MultilineTextInput, "Your words").rect();
            assert!(field.bottom() <= height - 30.0 && field.width() > 60.0, "{field}");
            press(&mut window, Key::Escape);
            press(&mut window, Key::Enter);
            holds(&window, "editing");
        }
    }
}

#[test]
fn the_lines_for_finding_do_not_overlap_themselves() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", STORY);
    for width in [600.0, 640.0, 760.0, 900.0, 1000.0, 1280.0] {
        let mut window = desk.sized(std::slice::from_ref(&path), width, 600.0);
        press_with(&mut window, Modifiers::COMMAND, Key::H);
        window.get_by_label("Find").type_text("the");
        window.run_ok();
        for names in
            [&["Find", "Find previous", "Find next", "Whole words", "Exact case", "Regex", "End finding"][..], &["Replace by", "Replace"]]
        {
            let rects: Vec<Rect> = names.iter().map(|n| window.get_by_label(n).rect()).collect();
            assert!(rects.windows(2).all(|r| r[0].right() <= r[1].left()), "{width}: {rects:?}");
            assert!(rects.iter().all(|r| (r.center().y - rects[0].center().y).abs() < 3.0), "one line: {rects:?}");
        }
    }
}

#[test]
fn several_faults_are_one_notice_that_unfolds() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", STORY);
    let missing = ["one.txt", "two.txt", "three.txt"].map(|n| desk.path(n));
    for (width, height) in [(600.0, 400.0), (1280.0, 800.0)] {
        let files: Vec<PathBuf> = std::iter::once(path.clone()).chain(missing.clone()).collect();
        let mut window = desk.sized(&files, width, height);
        assert_eq!(window.query_all_by_label("Close this notice").count(), 1);
        let notice = window.get_by_label_contains("3 faults: ");
        assert_eq!(notice.accesskit_node().live(), Live::Assertive, "it is announced");
        let bar = window.get_by_label("Close this notice").rect();
        for name in ["Accept", "Not here", "Next finding"] {
            assert!(!window.get_by_label(name).rect().intersects(bar), "{name}");
        }
        assert!(window.query_by_label("Fold faults").is_none());
        press(&mut window, Key::M);
        for path in &missing {
            let name = path.file_name().unwrap().to_str().unwrap();
            assert!(window.query_all_by_label_contains(name).count() > 0, "{name}");
        }
        click(&mut window, "Fold faults");
        press(&mut window, Key::Escape);
        assert!(window.query_by_label_contains("2 faults: ").is_some(), "a key closes the last one");
        click(&mut window, "Close all faults");
        assert!(app(&window).view().notices.is_empty());
    }
}

#[test]
fn a_passing_note_lies_over_nothing() {
    let desk = Desk::new();
    let mut window = decided(&desk, 600.0, 400.0);
    window.state_mut().as_mut().unwrap().apply(copydesk::gui::command::Command::Hints);
    window.run_ok();
    let note = window.get_by_label("Full review: hints are shown").rect();
    assert!(note.top() >= 370.0 && note.bottom() <= 400.0 && note.right() <= 600.0, "it stands in the lower line: {note}");
}

/// What has the keyboard, and whether a ring of the accent surrounds it.
fn ring(window: &Window, dark: bool) -> Option<bool> {
    let accent = theme(if dark { Tone::Dark } else { Tone::Light }).accent;
    let focused = window.root().children_recursive().find(|n| n.accesskit_node().is_focused())?;
    let place = focused.rect();
    let surrounds = |shape: &Shape| matches!(shape, Shape::Rect(r) if r.stroke.color == accent && r.stroke.width >= 1.5 && r.rect.expand(4.0).contains_rect(place) && place.expand(6.0).contains_rect(r.rect));
    Some(window.output().shapes.iter().any(|s| surrounds(&s.shape) && s.clip_rect.contains_rect(place)))
}

#[test]
fn whatever_has_the_keyboard_has_a_ring() {
    for dark in [false, true] {
        let desk = Desk::new();
        if dark {
            desk.file("settings.toml", "theme = \"dark\"\n");
        }
        let path = desk.file("talks.txt", STORY);
        let mut window = desk.window(&[path]);
        let mut seen = 0;
        for round in 0..4 {
            match round {
                1 => press_with(&mut window, Modifiers::COMMAND, Key::Comma),
                2 => press_with(&mut window, Modifiers::SHIFT, Key::R),
                3 => press_with(&mut window, Modifiers::SHIFT, Key::A),
                _ => {}
            }
            for _ in 0..25 {
                press(&mut window, Key::Tab);
                window.run_ok();
                if let Some(ring) = ring(&window, dark) {
                    let focused = window.root().children_recursive().find(|n| n.accesskit_node().is_focused()).unwrap();
                    assert!(ring, "round {round}: {:?} at {}", focused.accesskit_node().label(), focused.rect());
                    seen += 1;
                }
            }
            while app(&window).view().dialog.is_some() {
                press(&mut window, Key::Escape);
            }
        }
        assert!(seen > 40, "{seen} controls were reached");
    }
}

#[test]
fn a_card_that_has_nothing_to_say_is_low() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", "Envoys agreed to meet in Oslo\n\nThe envoys waited for an answer in Oslo on Tuesday.\n");
    let window = desk.sized(&[path], 900.0, 700.0);
    let sentence = window.get_by_label_contains("Nothing found").rect();
    assert!(sentence.top() > 590.0, "{sentence}");
}

#[test]
fn all_keys_stand_on_one_sheet_where_there_is_room() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", STORY);
    let mut window = desk.sized(&[path], 1280.0, 900.0);
    press(&mut window, Key::F1);
    let close = window.get_by_label("Close").rect();
    for name in ["Replace all", "Stop checking", "About this rule", "Hold for the original"] {
        assert!(window.get_by_label(name).rect().bottom() < close.top(), "{name}");
    }
}

#[test]
fn every_emoji_is_one_sign() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", STORY);
    let window = desk.window(&[path]);
    for sign in [
        "😀",
        "👨\u{200d}👩\u{200d}👧",
        "🇸🇪",
        "👍🏽",
        "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
        "❤\u{fe0f}",
        "👩🏻\u{200d}🚀",
    ] {
        for font in [theme::copy_font(18.0), theme::regular(13.0), theme::bold(13.0)] {
            let size = font.size;
            // A sign that no font has stops the test here.
            let galley = window.ctx.fonts_mut(|f| f.layout_no_wrap(sign.to_owned(), font, eframe::egui::Color32::BLACK));
            let glyphs: Vec<_> = galley.rows.iter().flat_map(|r| r.row.glyphs.iter()).filter(|g| !g.uv_rect.is_nothing()).collect();
            assert_eq!(glyphs.len(), 1, "{sign}");
            assert!(galley.size().x > size * 0.8 && galley.size().x < size * 1.6, "{sign}: {}", galley.size().x);
        }
    }
}

#[test]
fn the_choice_of_languages_fits_a_low_window() {
    let desk = Desk::new();
    let story = include_str!("../../assets/sample-story.html");
    let path = desk.file("story.html", story);
    let mut window = desk.sized(&[path], 600.0, 466.0);
    press(&mut window, Key::L);
    let title = window.get_by_label("Translated from").rect();
    assert!(title.top() > 0.0, "{title:?}");
}
