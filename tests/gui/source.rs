//! The source text beside the article: found, opened, paired, followed, copied, remembered.

use copydesk::gui::Dialog;
use eframe::egui::{Event, Key, Modifiers, OutputCommand};
use egui_kittest::kittest::{NodeT, Queryable};

use super::*;

const ENGLISH: &str = "Ministers meet in Oslo\n\nForeign ministers of seven countries met in Oslo on Tuesday to discuss the the ceasefire, \
                       and the talks went on for eight hours.\n\nA source told TASS that 75 people had left left the city since 2019.\n\n\
                       There was was no official comment.\n";

const TITLE: &str = "وزراء يجتمعون في أوسلو";
const FIRST: &str = "اجتمع وزراء خارجية سبع دول في أوسلو يوم الثلاثاء لبحث وقف إطلاق النار، واستمرت المحادثات ثماني ساعات.";
const SECOND: &str = "ونقلت وكالة TASS عن مصدر قوله إن 75 ألف شخص غادروا المدينة منذ عام 2019.";
const DROPPED: &str = "وأضاف المصدر أن الجسر الرئيسي شرق المدينة مغلق أمام الشاحنات (منذ ثلاثة أسابيع) بسبب الأضرار التي لحقت به عام ٢٠٢٢.";
const LAST: &str = "ولم يصدر تعليق رسمي.";

fn arabic() -> String {
    [TITLE, FIRST, SECOND, DROPPED, LAST].join("\n\n")
}

/// What a screen reader hears besides the words of a paragraph.
fn said_of(window: &Window, words: &str) -> String {
    window.get_by_label(words).accesskit_node().description().unwrap_or_default()
}

const HERE: &str = "Stands for the place looked at";

#[test]
fn a_source_text_beside_the_article_opens_by_itself_and_follows_the_finding() {
    let desk = Desk::new();
    let path = desk.file("oslo.txt", ENGLISH);
    desk.file("oslo.ar.txt", &arabic());
    let mut window = desk.window(&[path]);
    assert_eq!(current(&window), "the the");
    assert_eq!(said_of(&window, FIRST), HERE, "the paragraph of the finding is marked, by its words in the order of writing");
    press(&mut window, Key::J);
    assert_eq!(current(&window), "left left");
    assert_eq!(said_of(&window, FIRST), "");
    assert_eq!(said_of(&window, SECOND), HERE);
    press(&mut window, Key::A);
    assert_eq!(said_of(&window, LAST), HERE, "changes of the text do not shift what stands beside it");
    assert_eq!(said_of(&window, DROPPED), "Not in the article");
    // The key folds it away and back.
    press(&mut window, Key::B);
    assert!(window.query_by_label(FIRST).is_none());
    press(&mut window, Key::B);
    assert!(window.query_by_label(FIRST).is_some());
    window.check_accessibility();
}

#[test]
fn a_source_text_is_opened_by_path_remembered_and_closed() {
    let desk = Desk::new();
    let path = desk.file("story.txt", ENGLISH);
    let source = desk.file("from-the-wire.html", &format!("<html><body><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></body></html>"));
    let before = std::fs::read(&source).unwrap();
    let mut window = desk.window(std::slice::from_ref(&path));
    assert!(article(&window).source.is_none());
    press(&mut window, Key::B);
    assert!(matches!(app(&window).view().dialog, Some(Dialog::Path { .. })), "without a source text the key asks for one");
    press_with(&mut window, Modifiers::COMMAND, Key::A);
    window.get_by_label("Path").type_text(&source.display().to_string());
    window.run_ok();
    press(&mut window, Key::Enter);
    assert_eq!(article(&window).source.as_ref().unwrap().path, source);
    assert!(window.query_by_label(FIRST).is_some());
    drop(window);

    let mut window = desk.window(std::slice::from_ref(&path));
    assert!(window.query_by_label(FIRST).is_some(), "the session remembers its source text");
    drop(window);
    let moved = desk.path("elsewhere.html");
    std::fs::rename(&source, &moved).unwrap();
    window = desk.window(std::slice::from_ref(&path));
    assert!(window.query_by_label_contains("The source text is not where it was").is_some());
    assert!(article(&window).source.is_none());
    drop(window);
    std::fs::rename(&moved, &source).unwrap();
    window = desk.window(std::slice::from_ref(&path));
    click(&mut window, "Close source");
    assert!(article(&window).source.is_none());
    drop(window);
    window = desk.window(std::slice::from_ref(&path));
    assert!(article(&window).source.is_none(), "what was closed stays closed");
    assert_eq!(std::fs::read(&source).unwrap(), before, "the source text is never changed");
}

#[test]
fn a_paragraph_is_chosen_and_copied_in_the_order_of_writing() {
    let desk = Desk::new();
    let path = desk.file("oslo.txt", ENGLISH);
    desk.file("oslo.source.txt", &arabic());
    let mut window = desk.window(&[path]);
    let copied = |window: &Window| {
        window.output().platform_output.commands.iter().find_map(|c| match c {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    };
    window.get_by_label(DROPPED).click();
    window.run_ok();
    window.event(Event::Copy);
    window.step();
    assert_eq!(copied(&window).as_deref(), Some(DROPPED));
    // Nothing chosen: that of the finding.
    window.get_by_label(DROPPED).click();
    window.run_ok();
    window.get_by_label("Copy source paragraph").click();
    window.step();
    let first = copied(&window);
    window.step();
    assert_eq!(first.or_else(|| copied(&window)).as_deref(), Some(FIRST));
}

#[test]
fn a_folder_opens_articles_and_not_their_source_texts() {
    let desk = Desk::new();
    let folder = desk.path("wire");
    std::fs::create_dir(&folder).unwrap();
    for (name, text) in
        [("oslo.txt", ENGLISH), ("oslo.ar.txt", &arabic()), ("talks.en.txt", STORY), ("talks.fa.txt", "مذاکرات ادامه دارد.")]
    {
        std::fs::write(folder.join(name), text).unwrap();
    }
    let mut window = desk.window(&[folder]);
    assert!(article(&window).source.is_some());
    assert_eq!(app(&window).articles().len(), 2);
    press(&mut window, Key::N);
    assert!(window.query_by_label("مذاکرات ادامه دارد.").is_some());
}

#[test]
fn a_session_from_before_source_texts_still_opens() {
    let (desk, mut window) = opened("story.txt", ENGLISH);
    let path = desk.path("story.txt");
    press(&mut window, Key::A);
    let folder = article(&window).session.folder().unwrap().to_owned();
    drop(window);
    assert!(!folder.join("source.toml").exists());
    let window = desk.window(&[path]);
    assert!(text(&window).contains("discuss the ceasefire"));
}

#[test]
fn the_source_stands_beside_in_every_width() {
    for (width, height) in [(1920.0, 1080.0), (1280.0, 800.0), (900.0, 700.0), (700.0, 600.0)] {
        let desk = Desk::new();
        let path = desk.file("oslo.txt", ENGLISH);
        desk.file("oslo.ar.txt", &arabic());
        let window = desk.sized(&[path], width, height);
        let source = window.get_by_label(FIRST).rect();
        let paper = window.get_by_label_contains("Foreign ministers of seven").rect();
        assert!(!source.intersects(paper), "{width}: {source:?} {paper:?}");
        assert!(source.width() > 180.0 && paper.width() > 180.0, "{width}: {source:?} {paper:?}");
    }
}

#[test]
fn the_source_text_tells_the_language_until_the_editor_does() {
    let desk = Desk::new();
    // A literal rendering that only one pack of wording rules marks, in copy that shows no language of its own.
    let path = desk.file("talks.txt", "Envoys agreed to meet\n\nThe envoys waited for for an answer on Tuesday, the host said.\n");
    let source = desk.file(
        "talks.ru.txt",
        "Посланники договорились о встрече\n\nПосланники ждали ответа во вторник, сообщил хозяин, и мы были готовы уехать.\n",
    );
    let mut window = desk.window(&[path]);
    assert!(window.query_by_label("Source language: Russian → English").is_some(), "the file beside the article tells it");
    press(&mut window, Key::L);
    assert!(window.query_by_label("As the source text: Russian or Ukrainian").is_some());
    assert!(window.query_by_label("talks.ru.txt is written in Russian or Ukrainian").is_some(), "where the guess comes from is shown");
    let foreign = |window: &Window| {
        let session = &article(window).session;
        session.rules().rules.iter().filter(|r| !r.card.languages.is_empty() && !r.card.languages.iter().any(|l| l == "russian")).count()
            > 0
            && session.told() == Some(copydesk::analysis::language::Language::Russian)
    };
    assert!(foreign(&window));
    // By hand it is still another.
    press(&mut window, Key::Num6);
    let chosen = article(&window).session.packs();
    assert_ne!(chosen, copydesk::analysis::language::Packs::Guessed);
    assert!(window.query_by_label("Source language: Russian → English").is_none());
    press(&mut window, Key::U);
    assert!(window.query_by_label("Source language: Russian → English").is_some());
    // Without the source text nothing tells it.
    window.state_mut().as_mut().unwrap().apply(copydesk::gui::command::Command::CloseSource);
    window.run_ok();
    assert!(window.query_by_label("Source language: Any language → English").is_some());
    drop(source);
}
