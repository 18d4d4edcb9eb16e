//! Words and rules as a style chief keeps them: every sign can be entered, and every fault says what it is about.

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

use super::*;

const ACME: &str = "Profits at Acme, Inc.\n\nThe owner of Acme, Inc. left on Monday, and it cost ($5) more, the the host said.\n";

fn file(desk: &Desk, name: &str) -> String {
    std::fs::read_to_string(desk.path("own").join(name)).unwrap_or_default()
}

#[test]
fn a_spelling_with_a_comma_is_entered_kept_and_changed() {
    let (desk, mut window) = opened("acme.txt", ACME);
    press(&mut window, Key::W);
    press_with(&mut window, Modifiers::ALT, Key::Num3);
    write(&mut window, "Write", "#Acme | Sons");
    write(&mut window, "Not", "\"Acme, Inc.\", -Acme-");
    press(&mut window, Key::Enter);
    assert!(app(&window).view().dialog.is_none(), "kept");
    assert_eq!(marked(&window, "name-variants").len(), 2);
    assert!(
        file(&desk, "words/translit.tsv").ends_with("\n\\#Acme \\| Sons\tterm\tAcme, Inc.|\\-Acme-\n"),
        "{}",
        file(&desk, "words/translit.tsv")
    );
    press_with(&mut window, Modifiers::SHIFT, Key::R);
    press_with(&mut window, Modifiers::ALT, Key::Num3);
    click(&mut window, "Change: #Acme | Sons, not Acme, Inc., -Acme-");
    assert_eq!(value(&window, "Not"), "\"Acme, Inc.\", -Acme-");
    write(&mut window, "Not", "\"Acme, Inc.\"");
    press(&mut window, Key::Enter);
    click(&mut window, "Remove: #Acme | Sons, not Acme, Inc.");
    assert_eq!(marked(&window, "name-variants").len(), 0);
}

#[test]
fn words_with_signs_become_a_phrase() {
    let (_desk, mut window) = opened("acme.txt", ACME);
    let at = ACME.find("($5)").unwrap();
    window.state_mut().as_mut().unwrap().apply(copydesk::gui::command::Command::EditAt(at));
    window.run_ok();
    for _ in 0.."($5)".len() {
        press_with(&mut window, Modifiers::SHIFT, Key::ArrowRight);
    }
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::D);
    press_with(&mut window, Modifiers::ALT, Key::Num2);
    assert_eq!(value(&window, "Not this"), "\\(\\$5\\)");
    assert!(window.query_by_label("1 place in this article").is_some());
    // A sign that means nothing says how it is looked for.
    write(&mut window, "Not this", "* cost");
    assert!(window.query_by_label_contains("“\\*” looks for the sign itself").is_some());
    write(&mut window, "Not this", "\\(\\$5\\)");
    write(&mut window, "Say this instead", "\\$5");
    assert_eq!(value(&window, "Good example"), "The owner of Acme, Inc. left on Monday, and it cost $5 more, the the host said.");
    press_with(&mut window, Modifiers::COMMAND, Key::Enter);
    assert!(app(&window).view().dialog.is_none(), "kept");
    assert_eq!(marked(&window, "say-5"), ["($5)"]);
}

/// A house that says of a rule what these lines say.
fn house(desk: &Desk, lines: &str) -> PathBuf {
    let house = desk.path("desk-rules");
    std::fs::create_dir_all(house.join("rules")).unwrap();
    std::fs::write(house.join("rules/house.toml"), lines).unwrap();
    let settings = format!("name = \"Anna\"\ntheme = \"light\"\nhouses = [{:?}]\n", house.display().to_string());
    std::fs::write(desk.path("settings.toml"), settings).unwrap();
    house
}

fn help(window: &mut Window, rule: &str) {
    window.state_mut().as_mut().unwrap().apply(copydesk::gui::command::Command::RuleHelpOf(rule.to_owned()));
    window.run_ok();
}

#[test]
fn a_switch_of_ones_own_shows_what_it_hides_and_is_given_up() {
    let desk = Desk::new();
    house(&desk, "[[override]]\nid = \"doubled-words\"\ntier = \"hint\" # ours\n");
    let path = desk.file("talks.txt", STORY);
    let mut window = desk.window(&[path]);
    help(&mut window, "doubled-words");
    assert!(window.query_by_label("House desk-rules: a hint  ·  built in: on").is_some());
    assert!(
        window.query_by_label_contains("tier: “hint” (House desk-rules, rules/house.toml:2), instead of “default” (built in").is_some()
    );
    assert!(window.query_by_label("As House desk-rules has it").is_none(), "nothing of one's own is to be given up");
    click(&mut window, "In light review: doubled-words");
    assert!(window.query_by_label("You: on  ·  House desk-rules: a hint  ·  built in: on").is_some());
    click(&mut window, "Run: doubled-words");
    assert!(window.query_by_label("You: off  ·  House desk-rules: a hint  ·  built in: on").is_some());
    assert_eq!(marked(&window, "doubled-words").len(), 0);
    assert!(file(&desk, "rules/switches.toml").ends_with("[[override]]\nid = \"doubled-words\"\nenabled = false\ntier = \"default\"\n"));
    // The list says the same, for each layer as it stands.
    click(&mut window, "All rules");
    write(&mut window, "Find a rule", "doubled words");
    assert!(window.query_by_label("off by you, a hint in House desk-rules").is_some());
    click(&mut window, "Whose: Your own");
    click(&mut window, "House desk-rules");
    assert!(window.query_by_label("off for you").is_some());
    let runs = window.get_by_label("Run: doubled-words").accesskit_node().toggled();
    assert_eq!(runs, Some(eframe::egui::accesskit::Toggled::True), "it runs in the house");
    assert!(window.query_by_label("As built in: doubled-words").is_some());
    click(&mut window, "Whose: House desk-rules");
    click(&mut window, "Your own");
    click(&mut window, "As House desk-rules has it: doubled-words");
    assert_eq!(marked(&window, "doubled-words").len(), 3);
    assert!(!file(&desk, "rules/switches.toml").contains("[["), "{}", file(&desk, "rules/switches.toml"));
    assert!(window.query_by_label("changed by house desk-rules").is_some());
    click(&mut window, "Log");
    assert!(window.query_by_label("Take back: as below doubled-words").is_some());
}

#[test]
fn a_rule_may_be_changed_in_a_file_before_its_own() {
    let desk = Desk::new();
    let card = "[[rule]]\nid = \"ours\"\ncategory = \"wording\"\ndetector = \"phrases\"\nmessage = \"No: {found}\"\nwhy = \"Ours.\"\n\
                params.pattern = \"envoys\"\nparams.to = \"diplomats\"\n";
    let house = house(&desk, "[[override]]\nid = \"ours\"\nmessage = \"Never: {found}\"\n");
    std::fs::write(house.join("rules/phrases.toml"), card).unwrap();
    let path = desk.file("talks.txt", STORY);
    let mut window = desk.window(&[path]);
    assert!(app(&window).view().notices.is_empty(), "{:?}", app(&window).view().notices);
    let messages: Vec<&str> = article(&window).session.findings().iter().filter(|f| f.rule == "ours").map(|f| f.message.as_str()).collect();
    assert_eq!(messages, ["Never: Envoys", "Never: envoys"]);
    help(&mut window, "ours");
    assert!(
        window
            .query_by_label_contains("message: “Never: {found}” (House desk-rules, rules/house.toml:2), instead of “No: {found}”")
            .is_some()
    );
}

/// A card as a style chief writes it by hand.
const CARD: &str = r#"# Our phrases.

[[rule]] # the pact
id = "grain-deal"
category = "wording"
tier = "hint" # not for everyone
detector = "phrases"
message = "Say pact: {found}"
why = "The treaty says pact."
params.pattern = [
  "grain deal", # the first
]
params.to = "grain pact"
params.not-before = "bad"
clean = ["A deal fell."]

[[rule.example]]
bad = "The [[grain deal]] fell."
good = "The grain pact fell."

[[rule]]
id = "ours-doubled"
category = "repetition"
detector = "doubled-words"
message = "Twice: {found}"
why = "Ours."
enabled = false
"#;

#[test]
fn a_card_written_by_hand_is_shown_and_changed_in_place() {
    let desk = Desk::new();
    std::fs::create_dir_all(desk.path("own/rules")).unwrap();
    std::fs::write(desk.path("own/rules/ours.toml"), CARD).unwrap();
    let path = desk.file("grain.txt", "Grain and ships\n\nThe grain deal ended on Monday. A bad grain deal was made in May.\n");
    let mut window = desk.window(&[path]);
    press_with(&mut window, Modifiers::SHIFT, Key::R);
    press_with(&mut window, Modifiers::ALT, Key::Num4);
    // What is no phrase is shown with all that it says.
    click(&mut window, "About: ours-doubled");
    assert!(window.query_by_label("you, rules/ours.toml:22").is_some());
    click(&mut window, "All rules");
    press_with(&mut window, Modifiers::ALT, Key::Num4);
    click(&mut window, "Change: “grain deal” → “grain pact”");
    assert!(window.query_by_label("What the fields do not show stays as it is in rules/ours.toml").is_some());
    for line in ["tier: hint", "not-before: bad", "sentences that are right: 1"] {
        assert!(window.query_by_label(line).is_some(), "{line}");
    }
    assert!(window.query_by_label("1 place in this article").is_some(), "what the form does not show is heard");
    write(&mut window, "Say this instead", "grain treaty");
    write(&mut window, "Good example", "The grain treaty fell.");
    write(&mut window, "Why (optional)", "It is a treaty.");
    press_with(&mut window, Modifiers::COMMAND, Key::Enter);
    let wanted = CARD
        .replace("params.to = \"grain pact\"", "params.to = \"grain treaty\"")
        .replace("The grain pact fell.", "The grain treaty fell.")
        .replace("The treaty says pact.", "It is a treaty.");
    assert_eq!(file(&desk, "rules/ours.toml"), wanted);
    click(&mut window, "Change: “grain deal” → “grain treaty”");
    click(&mut window, "Capitals do not matter");
    press_with(&mut window, Modifiers::COMMAND, Key::Enter);
    let any = wanted.replace("# the first\n]\n", "# the first\n]\nparams.case = \"any\"\n");
    assert_eq!(file(&desk, "rules/ours.toml"), any);
    click(&mut window, "Remove: “grain deal” → “grain treaty”");
    assert!(!file(&desk, "rules/ours.toml").contains("grain"));
    click(&mut window, "Log");
    window.get_all_by_label_contains("Take back: removed").next().unwrap().click();
    window.run_ok();
    assert!(file(&desk, "rules/ours.toml").contains("tier = \"hint\" # not for everyone"));
}

fn notices(window: &Window) -> Vec<&str> {
    app(window).view().notices.iter().map(|n| n.text.as_str()).collect()
}

fn comes_to_the_front(window: &mut Window) {
    window.event(egui::Event::WindowFocused(true));
    window.run_ok();
}

#[test]
fn a_file_that_is_broken_says_where_and_what_goes_on_until_it_is_mended() {
    let desk = Desk::new();
    let house = house(&desk, "[[override]\nid = \"doubled-words\"\n");
    let path = desk.file("talks.txt", STORY);
    let mut window = desk.window(&[path]);
    let file = house.join("rules/house.toml").display().to_string();
    let said = format!("{file}, line 1: unclosed array table, expected “]”. No rule of this file is in use, all else is");
    assert_eq!(notices(&window), [said.as_str()]);
    assert_eq!(marked(&window, "doubled-words").len(), 3, "all else is in use");
    // Several are counted, and listed where they can be seen together.
    std::fs::create_dir_all(house.join("words")).unwrap();
    std::fs::write(house.join("words/people.tsv"), "Ole Dahl\tshe\nAnna\tf\tx\ty\n").unwrap();
    comes_to_the_front(&mut window);
    assert_eq!(notices(&window), ["3 faults in the files of words and rules; what can be read is in use. Words and rules (R) lists them"]);
    press_with(&mut window, Modifiers::SHIFT, Key::R);
    assert!(window.query_by_label(&said).is_some());
    assert!(window.query_by_label_contains("people.tsv, line 1: the second column is m, f, or empty").is_some());
    assert!(window.query_by_label_contains("people.tsv, line 2 has 4 columns").is_some());
    click(&mut window, "Close");
    std::fs::write(house.join("words/people.tsv"), "Ole Dahl\tm\n").unwrap();
    std::fs::write(house.join("rules/house.toml"), "[[override]]\nid = \"doubled-words\"\nenabled = false\n").unwrap();
    comes_to_the_front(&mut window);
    assert_eq!(notices(&window), [""; 0], "what is mended is not said any more");
    assert_eq!(marked(&window, "doubled-words").len(), 0);
}

#[test]
fn a_card_with_a_fault_is_listed_as_not_in_use() {
    let desk = Desk::new();
    std::fs::create_dir_all(desk.path("own/rules")).unwrap();
    std::fs::write(desk.path("own/rules/ours.toml"), CARD.replace("params.to", "languages = [\"latin\"]\nparams.to")).unwrap();
    let path = desk.file("talks.txt", STORY);
    let mut window = desk.window(&[path]);
    assert!(notices(&window)[0].contains("ours.toml, line 4, rule grain-deal: unknown language"), "{:?}", notices(&window));
    press_with(&mut window, Modifiers::SHIFT, Key::R);
    press_with(&mut window, Modifiers::ALT, Key::Num4);
    assert!(window.query_by_label("not in use").is_some());
    assert!(window.query_by_label("off").is_some(), "the other is switched off");
}

#[test]
fn a_house_that_can_not_be_written_says_what_can_be_done() {
    let desk = Desk::new();
    let house = house(&desk, "");
    // A file where the folder would be: nobody, not even an administrator, can write there.
    std::fs::write(house.join("words"), "").unwrap();
    let path = desk.file("acme.txt", ACME);
    let mut window = desk.window(&[path]);
    press(&mut window, Key::W);
    press_with(&mut window, Modifiers::ALT, Key::Num6);
    click(&mut window, "Keep in: Your own");
    click(&mut window, "House desk-rules");
    write(&mut window, "Place", "Tarnbeck");
    press(&mut window, Key::Enter);
    assert!(window.query_by_label_contains("Who may not write there can keep it among their own").is_some());
    assert_eq!(value(&window, "Place"), "Tarnbeck", "nothing that was written is lost");
    click(&mut window, "Keep in: House desk-rules");
    click(&mut window, "Your own");
    press(&mut window, Key::Enter);
    assert!(app(&window).view().dialog.is_none(), "kept");
    assert!(file(&desk, "words/cities.tsv").ends_with("\nTarnbeck\n"));
}

#[test]
fn two_windows_write_in_one_layer_and_lose_nothing() {
    let desk = Desk::new();
    let path = desk.file("acme.txt", ACME);
    let mut first = desk.window(std::slice::from_ref(&path));
    let mut second = desk.window(&[desk.file("talks.txt", STORY)]);
    let add = |window: &mut Window, place: &str| {
        press(window, Key::W);
        press_with(window, Modifiers::ALT, Key::Num6);
        write(window, "Place", place);
        press(window, Key::Enter);
    };
    add(&mut first, "Tarnbeck");
    add(&mut second, "Karlby");
    assert!(file(&desk, "words/cities.tsv").ends_with("\nTarnbeck\nKarlby\n"));
    // A rule that is switched off in one is off in the other as soon as it is looked at.
    help(&mut first, "doubled-words");
    click(&mut first, "Run: doubled-words");
    assert_eq!(marked(&second, "doubled-words").len(), 3);
    comes_to_the_front(&mut second);
    assert_eq!(marked(&second, "doubled-words").len(), 0);
    // What the other added is known in the form, and its line of the log is taken back here.
    press(&mut second, Key::W);
    press_with(&mut second, Modifiers::ALT, Key::Num6);
    write(&mut second, "Place", "Tarnbeck");
    assert!(second.query_by_label("Your own has this already: Tarnbeck").is_some());
    press(&mut second, Key::Escape);
    press_with(&mut second, Modifiers::SHIFT, Key::R);
    press_with(&mut second, Modifiers::ALT, Key::Num6);
    click(&mut second, "Take back: added place Tarnbeck");
    assert!(!file(&desk, "words/cities.tsv").contains("Tarnbeck") && file(&desk, "words/cities.tsv").contains("Karlby"));
}

#[test]
fn always_is_said_and_revoked_and_a_removal_comes_back() {
    let desk = Desk::new();
    house(&desk, "");
    let path = desk.file("talks.txt", STORY);
    let mut window = desk.window(&[path]);
    press_with(&mut window, Modifiers::SHIFT, Key::X);
    press(&mut window, Key::Num3);
    assert_eq!(marked(&window, "doubled-words"), ["the the", "without without"]);
    press_with(&mut window, Modifiers::SHIFT, Key::R);
    press_with(&mut window, Modifiers::ALT, Key::Num5);
    click(&mut window, "Mark again: for for");
    assert!(notices(&window).iter().any(|n| n.contains("Gone: for for. Ctrl+Z or the log brings it back")), "{:?}", notices(&window));
    assert_eq!(marked(&window, "doubled-words").len(), 3);
    click(&mut window, "Log");
    click(&mut window, "Take back: marked again doubled-words for for");
    assert_eq!(marked(&window, "doubled-words").len(), 2);
    // Undo goes back through the log, change by change.
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(marked(&window, "doubled-words").len(), 3);
    assert!(notices(&window).contains(&"Taken back: left alone doubled-words for for"), "{:?}", notices(&window));
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(marked(&window, "doubled-words").len(), 3, "nothing is left to be taken back");
}

#[test]
fn the_help_of_a_rule_is_read_by_keys() {
    let (_desk, mut window) = opened("talks.txt", STORY);
    press(&mut window, Key::Questionmark);
    let top = |window: &Window| window.get_by_label("What it finds").rect().top();
    let first = top(&window);
    press(&mut window, Key::PageDown);
    window.run_steps(30);
    assert!(top(&window) < first - 100.0, "{first} {}", top(&window));
    press(&mut window, Key::Home);
    window.run_steps(30);
    assert!((top(&window) - first).abs() < 1.0);
}

#[test]
fn a_card_of_any_kind_is_edited_as_its_file_has_it() {
    let desk = Desk::new();
    std::fs::create_dir_all(desk.path("own/rules")).unwrap();
    std::fs::write(desk.path("own/rules/ours.toml"), CARD).unwrap();
    let path = desk.file("talks.txt", STORY);
    let mut window = desk.window(&[path]);
    press_with(&mut window, Modifiers::SHIFT, Key::R);
    press_with(&mut window, Modifiers::ALT, Key::Num4);
    click(&mut window, "Change: ours-doubled");
    let text = value(&window, "The card");
    assert!(text.starts_with("[[rule]]\nid = \"ours-doubled\"") && text.ends_with("enabled = false"), "{text}");
    assert!(window.query_by_label("3 places in this article").is_some());
    for (wrong, says) in [
        (text.replace("enabled = false", "enable = false"), "unknown field “enable”"),
        (text.replace("ours-doubled", "yours"), "The id of a rule stays what it is: ours-doubled"),
        (text.replace("\"doubled-words\"", "\"doubled-word\""), "There is no detector \"doubled-word\""),
        (text.replace("enabled", "params.may = []\nenabled"), "Unknown parameter \"may\""),
        (text.clone() + "\n[[rule.example]]\nbad = \"A [[word]].\"", "\"A word.\" is not found"),
    ] {
        write(&mut window, "The card", &wrong);
        press_with(&mut window, Modifiers::COMMAND, Key::Enter);
        assert!(window.query_all_by_label_contains(says).next().is_some(), "{says}");
        assert_eq!(file(&desk, "rules/ours.toml"), CARD, "nothing is written");
    }
    write(&mut window, "The card", &text.replace("enabled = false", "params.may-double = [\"for\"] # so"));
    press_with(&mut window, Modifiers::COMMAND, Key::Enter);
    assert_eq!(file(&desk, "rules/ours.toml"), CARD.replace("enabled = false", "params.may-double = [\"for\"] # so"));
    // A phrase is edited so too, where its fields do not do.
    click(&mut window, "Change: “grain deal” → “grain pact”");
    write(&mut window, "Why (optional)", "Ours.");
    window.get_by_label("Edit the whole card").scroll_to_me();
    window.run_steps(30);
    click(&mut window, "Edit the whole card");
    let text = value(&window, "The card");
    assert!(text.contains("tier = \"hint\" # not for everyone") && text.contains("why = \"Ours.\""), "{text}");
    write(&mut window, "The card", &text.replace("tier = \"hint\"", "tier = \"default\""));
    press_with(&mut window, Modifiers::COMMAND, Key::Enter);
    assert!(file(&desk, "rules/ours.toml").contains("tier = \"default\" # not for everyone"));
    assert!(window.query_by_label("Change: “grain deal” → “grain pact”").is_some(), "back to the list");
}

#[test]
fn two_layers_that_contradict_each_other_say_which_holds() {
    let desk = Desk::new();
    let house = house(&desk, "");
    std::fs::create_dir_all(house.join("words")).unwrap();
    std::fs::write(house.join("words/translit.tsv"), "Kiev\tplace\tKyiv\n").unwrap();
    let path = desk.file("talks.txt", "Talks in Kyiv\n\nEnvoys met in Kyiv and left Kiev on Monday.\n");
    let mut window = desk.window(&[path]);
    assert_eq!(marked(&window, "name-variants"), ["Kyiv", "Kyiv"]);
    press(&mut window, Key::W);
    press_with(&mut window, Modifiers::ALT, Key::Num3);
    write(&mut window, "Write", "Kyiv");
    write(&mut window, "Not", "Kiev");
    assert!(window.query_by_label("House desk-rules says otherwise: Kiev, not Kyiv; this one comes later and holds").is_some());
    press(&mut window, Key::Enter);
    assert_eq!(marked(&window, "name-variants"), ["Kiev"]);
}

#[test]
fn a_house_with_a_card_of_its_own_shows_both_and_has_no_switch_to_give_up() {
    let desk = Desk::new();
    house(
        &desk,
        "[[rule]]\nid = \"doubled-words\"\ncategory = \"repetition\"\ndetector = \"doubled-words\"\n\
         message = \"Twice: {found}\"\nwhy = \"Ours.\"\nenabled = false\n",
    );
    let path = desk.file("talks.txt", STORY);
    let mut window = desk.window(&[path]);
    help(&mut window, "doubled-words");
    assert!(window.query_by_label("House desk-rules: off  ·  built in: on").is_some());
    assert!(window.query_by_label("House desk-rules, rules/house.toml:2").is_some());
    assert!(window.query_by_label_contains("instead of the card built in, repetition.toml").is_some());
    click(&mut window, "Run: doubled-words");
    assert!(window.query_by_label("You: on  ·  House desk-rules: off  ·  built in: on").is_some());
    assert_eq!(marked(&window, "doubled-words").len(), 3);
    click(&mut window, "As House desk-rules has it");
    assert_eq!(marked(&window, "doubled-words").len(), 0);
    click(&mut window, "All rules");
    click(&mut window, "Whose: Your own");
    click(&mut window, "House desk-rules");
    write(&mut window, "Find a rule", "doubled words");
    assert!(window.query_by_label_contains("As built in").is_none());
}
