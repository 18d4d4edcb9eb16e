//! Words and rules: what an editor adds, what it hits in the article before it is kept, and what is taken back.

use std::time::{Duration, Instant};

use copydesk::gui::command::Command;
use copydesk::gui::{Checking, Dialog};
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::*;

const PORTAL: &str = "Engineers left the talks\n\nEngineers left the talks on Monday, and the portal newsOslo wrote about the the price.\n";
const AGAIN: &str = "A new portal\n\nThe minister read newsOslo on Tuesday.\n";
const GRAIN: &str = "Grain and ships\n\nThe grain deal ended on Monday. “We want the grain deal back,” the minister said. \
                     Ships left after the Grain Deal, the the ministry said.\n";

fn file(desk: &Desk, name: &str) -> String {
    std::fs::read_to_string(desk.path("own").join(name)).unwrap_or_default()
}

#[test]
fn a_word_is_added_from_a_finding_by_keys_alone() {
    let desk = Desk::new();
    let (first, second) = (desk.file("portal.txt", PORTAL), desk.file("again.txt", AGAIN));
    let mut window = desk.window(&[first, second.clone()]);
    assert_eq!(current(&window), "newsOslo");
    press(&mut window, Key::W);
    assert!(window.query_by_label("1 finding falls silent here").is_some());
    press(&mut window, Key::Enter);
    assert!(app(&window).view().dialog.is_none());
    assert_eq!(marked(&window, "glued-words"), [""; 0]);
    assert_eq!((open_findings(&window), article(&window).visible().count()), (1, 1), "the figures are those of the new findings");
    assert_eq!(current(&window), "the the", "the next finding is looked at");
    assert!(window.query_by_label("Kept (your own): newsOslo").is_some());
    press(&mut window, Key::N);
    assert_eq!(marked(&window, "glued-words"), [""; 0], "in every open article");
    assert!(file(&desk, "words/camel_ok.tsv").ends_with("\nnewsOslo\n"));
    drop(window);
    // The next time too, until the line of the log is taken back.
    let mut window = desk.window(&[second]);
    assert_eq!(marked(&window, "glued-words"), [""; 0]);
    press_with(&mut window, Modifiers::SHIFT, Key::R);
    press_with(&mut window, Modifiers::ALT, Key::Num6);
    click(&mut window, "Take back: added word newsOslo");
    assert!(window.query_by_label("Take back: took back added word newsOslo").is_some());
    assert_eq!(window.query_all_by_label("taken back").count(), 1);
    assert_eq!(marked(&window, "glued-words"), ["newsOslo"]);
    click(&mut window, "Take back: took back added word newsOslo");
    assert_eq!(marked(&window, "glued-words"), [""; 0]);
    assert_eq!(file(&desk, "log.tsv").lines().count(), 3, "{}", file(&desk, "log.tsv"));
}

#[test]
fn a_finding_that_stays_says_what_would_silence_it() {
    let (desk, mut window) = opened("portal.txt", PORTAL);
    press(&mut window, Key::J);
    press(&mut window, Key::W);
    press_with(&mut window, Modifiers::ALT, Key::Num1);
    write(&mut window, "Word", "the");
    assert!(window.query_by_label("Changes nothing in this article").is_some());
    assert!(window.query_by_label("The finding that you came from stays; Leave alone would silence it").is_some());
    // Two words are no word, and the form says so before anything is written.
    write(&mut window, "Word", "the the");
    press(&mut window, Key::Enter);
    assert!(window.query_by_label("One word only; what has several is a name, a phrase, or left alone").is_some());
    press_with(&mut window, Modifiers::ALT, Key::Num7);
    assert!(window.query_by_label("1 finding falls silent here").is_some());
    press(&mut window, Key::Enter);
    assert_eq!(marked(&window, "doubled-words"), [""; 0]);
    assert!(file(&desk, "words/left_alone.tsv").ends_with("\n* the the\n"));
    press_with(&mut window, Modifiers::SHIFT, Key::R);
    click(&mut window, "Left alone");
    click(&mut window, "Mark again: the the");
    assert_eq!(marked(&window, "doubled-words"), ["the the"]);
}

#[test]
fn a_name_is_added_with_its_wrong_spellings() {
    let desk = Desk::new();
    let text = "Envoys in Oslo\n\nMinister Vrenna Oskelund opened the dam. He thanked Oskelünd’s staff , and Vrena Oskelund left.\n";
    let path = desk.file("dam.txt", text);
    let mut window = desk.window(std::slice::from_ref(&path));
    press(&mut window, Key::W);
    press_with(&mut window, Modifiers::ALT, Key::Num4);
    write(&mut window, "Full name", "Vrenna Oskelund");
    click(&mut window, "she");
    write(&mut window, "Not spelled", "Oskelünd, Vrena Oskelund");
    assert!(window.query_by_label_contains("new findings here").is_some());
    click(&mut window, "Keep");
    let spelled = marked(&window, "name-variants");
    assert!(spelled.contains(&"Oskelünd".to_owned()) && spelled.contains(&"Vrena Oskelund".to_owned()), "{spelled:?}");
    let pronouns = article(&window).session.findings().iter().filter(|f| f.category == copydesk::finding::Category::Pronouns).count();
    assert_eq!(pronouns, 1, "he is she");
    assert!(file(&desk, "words/people.tsv").ends_with("\nVrenna Oskelund\tf\n"));
    assert!(file(&desk, "words/translit.tsv").contains("\nOskelund\tperson\tOskelünd\n"));
    // One line of the log, taken back as one.
    press_with(&mut window, Modifiers::SHIFT, Key::R);
    press_with(&mut window, Modifiers::ALT, Key::Num3);
    assert!(window.query_by_label("Remove: Oskelund, not Oskelünd").is_some());
    // Changing the spelling keeps what stands beside it.
    click(&mut window, "Change: Oskelund, not Oskelünd");
    write(&mut window, "Not", "Oskelünd, Oskelynd");
    press(&mut window, Key::Enter);
    assert!(window.query_by_label("Remove: Oskelund, not Oskelünd, Oskelynd").is_some(), "the form goes back to the list");
    click(&mut window, "Log");
    assert!(window.query_by_label("changed again since").is_some());
    window.get_all_by_label_contains("Take back: changed").next().unwrap().click();
    window.run_ok();
    window.get_all_by_label_contains("Take back: added person").next().unwrap().click();
    window.run_ok();
    assert!(!file(&desk, "words/people.tsv").contains("Vrenna") && !file(&desk, "words/translit.tsv").contains("Oskelund"));
}

#[test]
fn a_phrase_rule_is_verified_before_it_is_kept() {
    let (desk, mut window) = opened("grain.txt", GRAIN);
    let path = desk.path("grain.txt");
    let at = GRAIN.find("grain deal").unwrap();
    window.state_mut().as_mut().unwrap().apply(Command::EditAt(at));
    window.run_ok();
    press_with(&mut window, Modifiers::SHIFT, Key::ArrowRight);
    for _ in 1.."grain deal".len() {
        press_with(&mut window, Modifiers::SHIFT, Key::ArrowRight);
    }
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::D);
    assert!(window.query_by_label("2 places in this article").is_some(), "the selected words are a phrase");
    write(&mut window, "Say this instead", "grain pact");
    click(&mut window, "Capitals do not matter");
    assert!(window.query_by_label("3 places in this article").is_some());
    assert!(window.query_by_label_contains("grain dealpact ended").is_some() || window.query_by_label_contains("grain pact").is_some());
    let own = desk.path("own");
    // A good example that the rule does not give is refused.
    write(&mut window, "Good example", "The grain treaty ended on Monday.");
    click(&mut window, "Keep");
    assert!(window.query_by_label("The rule gives: The grain pact ended on Monday.").is_some());
    assert!(window.query_by_label("Not kept yet: the rule must pass its own examples first").is_some());
    assert!(!own.exists());
    // So is a bad one without its marks.
    write(&mut window, "Bad example", "The grain deal ended on Monday.");
    press_with(&mut window, Modifiers::COMMAND, Key::Enter);
    assert!(window.query_by_label("Put [[ ]] round the wrong words, once").is_some() && !own.exists());
    write(&mut window, "Bad example", "The [[grain deal]] ended on Monday.");
    click(&mut window, "Take what the rule gives");
    press_with(&mut window, Modifiers::COMMAND, Key::Enter);
    assert!(app(&window).view().dialog.is_none(), "kept");
    press(&mut window, Key::Escape);
    assert_eq!(marked(&window, "say-grain-deal").len(), 3);
    assert_eq!(article(&window).session.rules().get("say-grain-deal").unwrap().card.why, "Added by Anna on ".to_owned() + &today() + ".");
    drop(window);
    let mut window = desk.window(&[path]);
    assert_eq!(marked(&window, "say-grain-deal").len(), 3, "found after a restart");
    // It is changed, and then goes.
    press_with(&mut window, Modifiers::SHIFT, Key::R);
    click(&mut window, "Phrases");
    click(&mut window, "Change: “grain deal” → “grain pact”");
    assert!(window.query_by_label("3 places in this article").is_some());
    write(&mut window, "Not this", "grain deal");
    press(&mut window, Key::Enter);
    window.event(egui::Event::Text("ships".to_owned()));
    window.run_ok();
    assert!(window.query_by_label("5 places in this article").is_some());
    click(&mut window, "Keep");
    assert_eq!(marked(&window, "say-grain-deal").len(), 5);
    assert_eq!(file(&desk, "rules/phrases.toml").matches("[[rule]]").count(), 1);
    click(&mut window, "Remove: “grain deal”, “ships” → “grain pact”");
    assert_eq!(marked(&window, "say-grain-deal").len(), 0);
    assert!(window.query_by_label_contains("No phrase was added yet").is_some());
}

fn today() -> String {
    jiff::Timestamp::now().to_zoned_datetime(jiff::tz::TimeZone::system()).strftime("%-d %B %Y").to_string()
}

#[test]
fn an_empty_form_takes_its_example_from_the_article() {
    let (_desk, mut window) = opened("grain.txt", GRAIN);
    press_with(&mut window, Modifiers::SHIFT, Key::R);
    click(&mut window, "Phrases");
    click(&mut window, "Add phrase…");
    assert!(window.query_by_label("Which words are wrong?").is_none(), "an empty form is no fault yet");
    write(&mut window, "Not this", "Ships");
    write(&mut window, "Say this instead", "Vessels");
    let value = |window: &Window, name: &str| field(window, name).value().unwrap_or_default();
    assert_eq!(value(&window, "Bad example"), "[[Ships]] left after the Grain Deal, the the ministry said.");
    assert_eq!(value(&window, "Good example"), "Vessels left after the Grain Deal, the the ministry said.");
    click(&mut window, "Cancel");
    assert!(matches!(app(&window).view().dialog, Some(Dialog::Book(_))), "back to the list");
}

#[test]
fn what_a_house_shares_is_written_in_its_folder() {
    let desk = Desk::new();
    let house = desk.path("desk-rules");
    std::fs::create_dir_all(house.join("rules")).unwrap();
    std::fs::write(house.join("rules/house.toml"), "# Ours.\n[[override]]\nid = \"doubled-words\"\ntier = \"hint\"\n").unwrap();
    std::fs::write(
        desk.path("settings.toml"),
        format!("name = \"Anna\"\ntheme = \"light\"\nhouses = [{:?}]\n", house.display().to_string()),
    )
    .unwrap();
    let path = desk.file("portal.txt", PORTAL);
    let mut window = desk.window(&[path]);
    press(&mut window, Key::W);
    click(&mut window, "Keep in: Your own");
    click(&mut window, "House desk-rules");
    assert!(window.query_by_label("1 finding falls silent here").is_some());
    click(&mut window, "Keep");
    assert_eq!(marked(&window, "glued-words"), [""; 0]);
    assert!(std::fs::read_to_string(house.join("words/camel_ok.tsv")).unwrap().ends_with("\nnewsOslo\n"));
    assert!(!desk.path("own").exists());
    // A switch for the house keeps what the house changed of the rule.
    press_with(&mut window, Modifiers::SHIFT, Key::R);
    click(&mut window, "Whose: Your own");
    click(&mut window, "House desk-rules");
    write(&mut window, "Find a rule", "doubled words");
    assert!(window.query_by_label("changed by house desk-rules").is_some());
    click(&mut window, "Run: doubled-words");
    let text = std::fs::read_to_string(house.join("rules/house.toml")).unwrap();
    assert_eq!(text, "# Ours.\n[[override]]\nid = \"doubled-words\"\nenabled = false\ntier = \"hint\"\n");
    click(&mut window, "Log");
    assert!(window.query_by_label("Take back: off doubled-words").is_some());
    assert!(window.query_by_label("Take back: added word newsOslo").is_some());
    click(&mut window, "Close");
    // “Always” can be said for everyone.
    press_with(&mut window, Modifiers::SHIFT, Key::X);
    assert!(window.query_by_label("Always, for everyone of House desk-rules").is_none(), "nothing is left to reject");
}

#[test]
fn always_may_be_said_for_a_house() {
    let desk = Desk::new();
    let house = desk.path("desk-rules");
    std::fs::create_dir_all(&house).unwrap();
    std::fs::write(
        desk.path("settings.toml"),
        format!("name = \"Anna\"\ntheme = \"light\"\nhouses = [{:?}]\n", house.display().to_string()),
    )
    .unwrap();
    let path = desk.file("talks.txt", STORY);
    let mut window = desk.window(&[path]);
    press_with(&mut window, Modifiers::SHIFT, Key::X);
    assert!(window.query_by_label("Always, for everyone of House desk-rules").is_some());
    press(&mut window, Key::Num4);
    assert!(std::fs::read_to_string(house.join("words/left_alone.tsv")).unwrap().ends_with(" for for\n"));
    assert_eq!(current(&window), "the the");
}

#[test]
fn a_switch_does_not_lose_the_place() {
    let (_desk, mut window) = opened("talks.txt", STORY);
    press(&mut window, Key::J);
    press(&mut window, Key::J);
    let place = current(&window);
    assert_eq!((place.as_str(), marked(&window, "space-before-mark").len()), ("without without", 1));
    window.state_mut().as_mut().unwrap().apply(Command::RuleHelpOf("space-before-mark".to_owned()));
    window.run_ok();
    click(&mut window, "Run: space-before-mark");
    click(&mut window, "Close");
    assert_eq!(current(&window), place);
    assert_eq!(marked(&window, "space-before-mark").len(), 0);
}

#[test]
fn a_file_that_was_broken_by_hand_is_not_written_over() {
    let desk = Desk::new();
    let broken = "[[rule]\nid = \"x\"\n";
    std::fs::create_dir_all(desk.path("own/rules")).unwrap();
    std::fs::write(desk.path("own/rules/switches.toml"), broken).unwrap();
    let path = desk.file("talks.txt", STORY);
    let mut window = desk.window(&[path]);
    let rule = article(&window).finding().unwrap().rule.clone();
    window.state_mut().as_mut().unwrap().apply(Command::RuleHelpOf(rule.clone()));
    window.run_ok();
    click(&mut window, &format!("Run: {rule}"));
    click(&mut window, "Close");
    assert!(window.query_by_label_contains("must be mended by hand first").is_some());
    assert_eq!(file(&desk, "rules/switches.toml"), broken);
    assert!(!marked(&window, &rule).is_empty(), "the rule runs as before");
}

#[test]
fn rules_that_come_off_the_frame_reach_every_article() {
    let desk = Desk::new();
    let files: Vec<PathBuf> = (0..6).map(|i| desk.file(&format!("again{i}.txt"), AGAIN)).collect();
    let mut window = desk.checking(&files, 1280.0, 800.0, Checking::Threaded);
    let until = |window: &mut Window, done: fn(&Window) -> bool| {
        let begin = Instant::now();
        while !done(window) && begin.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(5));
            window.state_mut().as_mut().unwrap().work_one();
            window.run_ok();
        }
        assert!(done(window));
    };
    let all =
        |window: &Window, checked: fn(&Article) -> bool| app(window).articles().len() == 6 && app(window).articles().iter().all(checked);
    until(&mut window, |w| app(w).articles().len() == 6 && app(w).articles().iter().all(|a| a.session.is_checked()));
    assert!(all(&window, |a| a.figures.open == 1));
    press(&mut window, Key::W);
    press(&mut window, Key::Enter);
    until(&mut window, |w| app(w).articles().iter().all(|a| a.session.is_checked() && a.session.findings().is_empty()));
}

#[test]
fn a_digit_with_alt_is_a_key_and_no_letter() {
    let (_desk, mut window) = opened("portal.txt", PORTAL);
    // Some systems send the digit as a letter behind the key.
    let alt = |window: &mut Window, key: Key, letter: &str| {
        let pressed = egui::Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::ALT };
        window.input_mut().events.extend([pressed, egui::Event::Text(letter.to_owned())]);
        window.run_ok();
    };
    press(&mut window, Key::W);
    alt(&mut window, Key::Num6, "6");
    assert_eq!(field(&window, "Place").value().as_deref(), Some("newsOslo"));
    press(&mut window, Key::Escape);
    press_with(&mut window, Modifiers::SHIFT, Key::R);
    alt(&mut window, Key::Num2, "2");
    assert_eq!(field(&window, "Find in this list").value().unwrap_or_default(), "");
    click(&mut window, "Close");
    press(&mut window, Key::Enter);
    alt(&mut window, Key::Num2, "2");
    assert!(text(&window).contains("news. Oslo") && !text(&window).contains('2'), "{}", text(&window));
}

#[test]
fn what_was_written_by_hand_is_seen_when_the_panel_opens() {
    let (desk, mut window) = opened("portal.txt", PORTAL);
    assert_eq!(marked(&window, "glued-words"), ["newsOslo"]);
    std::fs::create_dir_all(desk.path("own/words")).unwrap();
    let names: Vec<String> = (0..20_000).map(|i| format!("Ada Name{i}\tf")).collect();
    std::fs::write(desk.path("own/words/people.tsv"), names.join("\n")).unwrap();
    std::fs::write(desk.path("own/words/camel_ok.tsv"), "newsOslo\n").unwrap();
    press_with(&mut window, Modifiers::SHIFT, Key::R);
    assert_eq!(marked(&window, "glued-words"), [""; 0]);
    // A long list is searched and changed as a short one.
    press_with(&mut window, Modifiers::ALT, Key::Num3);
    write(&mut window, "Find in this list", "name19999");
    let begin = Instant::now();
    click(&mut window, "Remove: Ada Name19999 (she)");
    assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
    assert!(window.query_by_label("Nothing here has these letters").is_some());
    assert_eq!(file(&desk, "words/people.tsv").lines().count(), 19_999);
}
