//! Reviewing and editing one article, saving it, and the panels round it.

use std::path::Path;

use copydesk::finding::Category;
use copydesk::gui::command::{Command, SPECS, When, heard};
use copydesk::gui::theme::{Tone, theme};
use copydesk::gui::{Dialog, Mode, Pane};
use eframe::egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT, Queryable};

use super::*;

#[test]
fn an_article_is_cleaned_by_keys_alone() {
    let (desk, mut window) = opened("talks.txt", STORY);
    let path = desk.path("talks.txt");
    let all = open_findings(&window);
    assert!(all >= 4, "{all}");
    assert_eq!(current(&window), "for for");
    press(&mut window, Key::J);
    assert_eq!(current(&window), "the the");
    press(&mut window, Key::K);
    press(&mut window, Key::A);
    assert!(text(&window).contains("waited for an answer"), "{}", text(&window));
    assert_eq!(current(&window), "the the", "the next finding is looked at");
    press(&mut window, Key::X);
    assert_eq!(current(&window), "without without");
    assert_eq!(open_findings(&window), all - 2);
    press(&mut window, Key::A);
    press(&mut window, Key::A);
    assert_eq!(open_findings(&window), all - 4);
    assert_eq!(text(&window), STORY.replace("for for", "for").replace("without without", "without").replace("word ,", "word,"));
    // A key that is no command is no letter either.
    press(&mut window, Key::Q);
    assert!(article(&window).figures.unsaved);
    press(&mut window, Key::S);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text(&window));
    assert_eq!(std::fs::read_to_string(desk.path("talks.orig.txt")).unwrap(), STORY);
    assert!(!article(&window).figures.unsaved);
    for _ in 0..4 {
        press(&mut window, Key::U);
    }
    assert_eq!(text(&window), STORY);
    assert_eq!(open_findings(&window), all);
    press_with(&mut window, Modifiers::SHIFT, Key::U);
    assert!(text(&window).contains("waited for an answer"));
}

#[test]
fn everything_works_by_mouse_and_name() {
    let (_desk, mut window) = opened("talks.txt", STORY);
    click(&mut window, "Next finding");
    assert_eq!(current(&window), "the the");
    click(&mut window, "Accept");
    assert!(text(&window).contains("Tuesday, the host"));
    click(&mut window, "Not here");
    assert_eq!(article(&window).figures.rejected, 1);
    // A category alone, then all again.
    click(&mut window, "Punctuation, 1");
    assert_eq!(article(&window).finding().unwrap().category, Category::Punctuation);
    assert_eq!(article(&window).visible().count(), 1);
    click(&mut window, "Show all");
    assert!(article(&window).visible().count() > 1);
    click(&mut window, "Edit");
    click(&mut window, "Undo");
    assert_eq!(article(&window).figures.rejected, 0);
    click(&mut window, "Mode: Reviewing");
    assert_eq!(app(&window).view().mode, Mode::Editing);
    click(&mut window, "Mode: Editing");
    assert_eq!(app(&window).view().mode, Mode::Reviewing);
}

#[test]
fn the_text_is_edited_by_hand() {
    let (_desk, mut window) = opened("talks.txt", STORY);
    press(&mut window, Key::J);
    press(&mut window, Key::Enter);
    assert_eq!(app(&window).view().mode, Mode::Editing);
    // The caret stands at the finding; nothing is selected, so the first letter takes nothing away.
    assert!(app(&window).view().editor.selected.is_empty());
    for _ in 0..2 {
        press_with(&mut window, Modifiers::COMMAND | Modifiers::CTRL | Modifiers::SHIFT, Key::ArrowRight);
    }
    window.get_by_role(Role::MultilineTextInput).type_text("that");
    window.run_ok();
    assert!(text(&window).contains("Tuesday, that host said"), "{}", text(&window));
    assert_eq!(open_findings(&window), 3);
    window.get_by_role(Role::MultilineTextInput).type_text(" very");
    window.run_ok();
    assert!(text(&window).contains("that very host"));
    // Letters that are keys while reviewing write here.
    window.get_by_role(Role::MultilineTextInput).type_text(" ax");
    window.run_ok();
    assert!(text(&window).contains("very ax host"));
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(text(&window).contains("that very host"), "{}", text(&window));
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(text(&window), STORY);
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert!(text(&window).contains("that host"));
    // A paragraph is split and joined again.
    press(&mut window, Key::Enter);
    assert!(text(&window).contains("that\n host"));
    press(&mut window, Key::Backspace);
    assert!(text(&window).contains("that host"));
    press_with(&mut window, Modifiers::COMMAND, Key::Enter);
    assert!(open_findings(&window) < 3, "a chord accepts while editing");
    press(&mut window, Key::F8);
    press(&mut window, Key::Escape);
    assert_eq!(app(&window).view().mode, Mode::Reviewing);
}

#[test]
fn a_suggestion_is_edited_before_it_is_taken() {
    let (_desk, mut window) = opened("talks.txt", STORY);
    press(&mut window, Key::E);
    let field = window.get_by_role_and_label(Role::MultilineTextInput, "Your words");
    assert_eq!(field.value().as_deref(), Some("for"));
    field.type_text(" long");
    window.run_ok();
    press(&mut window, Key::Enter);
    assert!(text(&window).contains("waited for long an answer"), "{}", text(&window));
    press(&mut window, Key::E);
    press(&mut window, Key::Escape);
    assert!(window.query_by_label("Your words").is_none());
}

#[test]
fn the_comparison_shows_changes_and_takes_one_back() {
    let (_desk, mut window) = opened("talks.txt", STORY);
    press(&mut window, Key::A);
    press(&mut window, Key::A);
    press(&mut window, Key::D);
    assert_eq!(app(&window).view().pane, Pane::Compare);
    assert!(window.query_by_label_contains("2 changes  ·").is_some());
    assert!(window.query_all_by_label_contains("waited for an answer").count() >= 1);
    press(&mut window, Key::V);
    window.get_all_by_label_contains("Revert: took out").next().unwrap().click();
    window.run_ok();
    assert!(text(&window).contains("waited for for an answer"), "{}", text(&window));
    assert!(text(&window).contains("Tuesday, the host"));
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(text(&window).contains("waited for an answer"));
    click(&mut window, "Back to review");
    assert_eq!(app(&window).view().pane, Pane::Article);
}

#[test]
fn decisions_are_taken_back_in_any_order() {
    let (_desk, mut window) = opened("talks.txt", STORY);
    for _ in 0..3 {
        press(&mut window, Key::A);
    }
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::H);
    let last = window.get_all_by_label_contains("Take back:").last().unwrap();
    last.click();
    window.run_ok();
    assert!(text(&window).contains("for for an answer"));
    assert!(text(&window).contains("Tuesday, the host"));
}

#[test]
fn all_alike_are_looked_at_and_taken_together() {
    let (_desk, mut window) = opened("runs.txt", "They ran for for hours on Monday.\n\nHe ran for for days, and then for for weeks.\n");
    press_with(&mut window, Modifiers::SHIFT, Key::A);
    assert!(matches!(app(&window).view().dialog, Some(Dialog::Batch { .. })));
    window.get_all_by_label_contains("Take: for for").last().unwrap().click();
    window.run_ok();
    click(&mut window, "Accept 2");
    assert_eq!(text(&window).matches("for for").count(), 1);
    press(&mut window, Key::U);
    assert_eq!(text(&window).matches("for for").count(), 3);
}

#[test]
fn a_killed_window_loses_nothing() {
    let (desk, mut window) = opened("talks.txt", STORY);
    let path = desk.path("talks.txt");
    press(&mut window, Key::A);
    press(&mut window, Key::X);
    press(&mut window, Key::Enter);
    window.get_by_role(Role::MultilineTextInput).type_text("without any");
    window.run_ok();
    let before = text(&window);
    let open = open_findings(&window);
    drop(window);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), STORY, "nothing was saved");
    // Without a file named, the article worked on last comes back.
    let window = desk.window(&[]);
    assert_eq!(text(&window), before);
    assert_eq!(article(&window).figures.rejected, 1);
    assert_eq!(open_findings(&window), open);
    drop(window);
    let window = desk.window(&[path]);
    assert_eq!(text(&window), before);
}

#[test]
fn the_first_start_shows_the_sample_story() {
    let desk = Desk::new();
    let mut window = desk.window(&[]);
    assert_eq!(article(&window).session.name, "sample-story.html");
    assert!(open_findings(&window) > 10);
    assert!(window.query_by_label("Got it").is_some());
    // Nothing changes by walking through all findings and back to the first.
    for _ in 0..open_findings(&window) {
        press(&mut window, Key::J);
    }
    assert_eq!(article(&window).current, 0);
    assert!(!article(&window).figures.unsaved);
}

#[test]
fn the_palette_finds_and_the_sheet_shows_all_keys() {
    let (_desk, mut window) = opened("talks.txt", STORY);
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    window.get_by_label("Find a command").type_text("compare");
    window.run_ok();
    press(&mut window, Key::Enter);
    assert_eq!(app(&window).view().pane, Pane::Compare);
    press(&mut window, Key::Escape);
    assert_eq!(app(&window).view().pane, Pane::Article);
    press(&mut window, Key::F1);
    assert!(window.query_by_label("Hold for the original").is_some());
    press(&mut window, Key::Escape);
    assert!(app(&window).view().dialog.is_none());
}

#[test]
fn every_key_has_one_meaning_and_every_command_words() {
    for now in [When::Reviewing, When::Editing] {
        let mut seen: Vec<(String, &str)> = Vec::new();
        for spec in SPECS {
            for key in spec.keys.iter().filter(|k| k.when == When::Always || k.when == now) {
                let name = key.label();
                assert!(!seen.iter().any(|(k, _)| *k == name), "{name} is taken twice: {seen:?}");
                assert_eq!(heard(key.modifiers, key.key, now).as_ref(), Some(&spec.command));
                seen.push((name, spec.label));
            }
        }
    }
    for spec in SPECS {
        assert!(!spec.label.is_empty() && !spec.tip.ends_with('.'), "{}", spec.label);
        assert!(
            !spec.label.split_whitespace().skip(1).any(|w| w.starts_with(char::is_uppercase) && w != "HTML"),
            "no title case: {}",
            spec.label
        );
    }
}

#[test]
fn closing_with_unsaved_work_asks() {
    let (_desk, mut window) = opened("talks.txt", STORY);
    press(&mut window, Key::A);
    press_with(&mut window, Modifiers::COMMAND, Key::W);
    assert!(window.query_by_label("Not everything is saved").is_some());
    click(&mut window, "Cancel");
    press_with(&mut window, Modifiers::COMMAND, Key::W);
    click(&mut window, "Close without saving");
    assert!(app(&window).article().is_none());
    assert!(window.query_by_label("No article is open").is_some());
}

#[test]
fn bad_files_are_said_and_the_others_open() {
    let desk = Desk::new();
    let good = desk.file("good.txt", STORY);
    let binary = desk.path("binary.txt");
    std::fs::write(&binary, [0, 1, 2, 3]).unwrap();
    let empty = desk.file("empty.txt", "");
    let missing = desk.path("missing.txt");
    let window = desk.window(&[binary, missing, empty, good]);
    assert_eq!(article(&window).session.name, "empty.txt");
    for sentence in ["binary.txt can’t be opened", "There is no file", "empty.txt is empty"] {
        assert!(window.query_by_label_contains(sentence).is_some(), "{sentence}");
    }
}

#[test]
fn pasted_and_forgotten() {
    let (_desk, mut window) = opened("talks.txt", STORY);
    window.event(egui::Event::Paste("The aid was sent sent by sea.".to_owned()));
    window.run_ok();
    assert_eq!(article(&window).session.name, "pasted.txt");
    assert_eq!(current(&window), "sent sent");
    let folder = article(&window).session.folder().unwrap().to_owned();
    assert!(folder.exists());
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    window.get_by_label("Find a command").type_text("forget");
    window.run_ok();
    press(&mut window, Key::Enter);
    click(&mut window, "Forget it");
    assert!(!folder.exists());
    assert_eq!(article(&window).session.name, "talks.txt");
}

#[test]
fn the_review_is_exported_as_one_page() {
    let (desk, mut window) = opened("talks.txt", STORY);
    press(&mut window, Key::A);
    press(&mut window, Key::X);
    let page = desk.path("page.html");
    window.state_mut().as_mut().unwrap().apply(Command::ExportTo(page.clone()));
    window.run_ok();
    let page = std::fs::read_to_string(page).unwrap();
    for words in ["Envoys agreed to meet", "doubled-words", "Accepted", "Rejected", "the the"] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn the_card_is_whole_while_editing() {
    for (width, height) in [(1280.0, 800.0), (900.0, 700.0)] {
        let desk = Desk::new();
        let path = desk.file("talks.txt", STORY);
        let mut window = desk.sized(&[path], width, height);
        press(&mut window, Key::Enter);
        for button in window.query_all_by_role(Role::Button) {
            let rect = button.rect();
            assert!(rect.right() <= width, "{:?} is cut off: {rect:?}", button.accesskit_node().label());
        }
    }
}

#[test]
fn narrow_and_wide_windows_keep_every_control() {
    for (width, height) in [(900.0, 700.0), (1920.0, 1080.0), (640.0, 480.0)] {
        let desk = Desk::new();
        let path = desk.file("talks.txt", STORY);
        let mut window = desk.sized(&[path], width, height);
        press(&mut window, Key::J);
        press(&mut window, Key::A);
        assert!(text(&window).contains("Tuesday, the host"), "{width}");
        press(&mut window, Key::D);
        press(&mut window, Key::V);
        window.check_accessibility();
    }
}

/// Relative luminance as WCAG defines it.
fn luminance(colour: egui::Color32) -> f32 {
    let channel = |v: u8| {
        let v = f32::from(v) / 255.0;
        if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(colour.r()) + 0.7152 * channel(colour.g()) + 0.0722 * channel(colour.b())
}

fn contrast(a: egui::Color32, b: egui::Color32) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn the_themes_can_be_read() {
    for tone in [Tone::Light, Tone::Dark] {
        let t = theme(tone);
        let text = [
            ("ink on paper", t.ink, t.paper),
            ("ink on paper while editing", t.ink, t.paper_editing),
            ("ink on desk", t.ink, t.desk),
            ("ink on a button", t.ink, t.raised),
            ("ink on hover", t.ink, t.hover),
            ("ink on selection", t.ink, t.selection),
            ("ink on evidence", t.ink, t.evidence),
            ("quiet on paper", t.quiet, t.paper),
            ("quiet on desk", t.quiet, t.desk),
            ("quiet on a button", t.quiet, t.raised),
            ("accent on desk", t.accent, t.desk),
            ("accent on selection", t.accent, t.selection),
            ("on accent", t.accent_ink, t.accent),
            ("old", t.old_ink, t.old),
            ("new", t.new_ink, t.new),
            ("safe", t.safe, t.raised),
            ("warn", t.warn, t.desk),
            ("danger", t.danger, t.raised),
        ];
        for (what, a, b) in text {
            assert!(contrast(a, b) >= 4.5, "{tone:?} {what}: {:.2}", contrast(a, b));
        }
        // The ring round what has the keyboard, on whatever it may lie.
        let grounds = [t.paper, t.paper_editing, t.desk, t.raised, t.hover, t.pressed, t.selection];
        assert!(grounds.iter().all(|g| contrast(t.accent, *g) >= 3.0), "{tone:?}: the ring can’t be seen");
        let mut seen = Vec::new();
        for category in Category::ALL {
            assert!(t.category.contains_key(category.id()), "{tone:?} lacks {}", category.id());
            let mark = t.mark(category);
            for (what, ground) in [("paper", t.paper), ("desk", t.desk)] {
                assert!(contrast(mark.colour, ground) >= 3.0, "{tone:?} {} on {what}", category.id());
            }
            assert!(!seen.contains(&(mark.colour, mark.shape)), "two categories look alike: {}", category.id());
            seen.push((mark.colour, mark.shape));
        }
    }
}

#[test]
fn settings_are_read_or_said_to_be_wrong() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", STORY);
    desk.file("settings.toml", "theme = \"purple\"\n");
    let window = desk.window(&[path]);
    assert!(window.query_by_label_contains("settings.toml").is_some());
    assert!(Path::new(&desk.path("settings.toml")).exists());
}

#[test]
fn a_screen_reader_hears_the_finding_and_the_copy_as_it_reads_now() {
    let (_desk, mut window) = opened("talks.txt", STORY);
    let count = open_findings(&window);
    for (place, key) in [(1, None), (2, Some(Key::J)), (1, Some(Key::K))] {
        if let Some(key) = key {
            press(&mut window, key);
        }
        let message = article(&window).finding().unwrap().message.clone();
        // What is wrong, and what taking the suggestion would make of it.
        let word = message.rsplit(' ').next().unwrap();
        window.get_by_label(&format!("Finding {place} of {count}: {message}; suggested: {word}"));
    }
    // The suggestion stands in the picture of the paragraph, not in its words.
    let paragraph = STORY.lines().nth(2).unwrap();
    assert_eq!(current(&window), "for for");
    window.get_by_label(paragraph);
    press(&mut window, Key::A);
    window.get_by_label(&paragraph.replace("for for", "for"));
}

#[test]
fn what_can_be_done_is_in_view_in_a_small_window_with_large_type() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", STORY);
    // 900 by 700 pixels at 150 %.
    let mut window = desk.sized(&[path], 600.0, 467.0);
    for name in ["Accept", "Not here", "Edit suggestion"] {
        let rect = window.get_by_label(name).rect();
        assert!(rect.bottom() < 440.0 && rect.right() < 600.0, "{name}: {rect:?}");
    }
    press_with(&mut window, Modifiers::COMMAND, Key::H);
    for name in ["Regex", "End finding", "Replace"] {
        let rect = window.get_by_label(name).rect();
        assert!(rect.right() < 600.0, "{name}: {rect:?}");
    }
}
