//! The guess of the source language on our own translated stories: never surely wrong.

use copydesk::analysis::Analysis;
use copydesk::analysis::language::Language;
use copydesk::formats;
use copydesk::rules::Lexicon;

/// The damaged text of a story, and the language that its first line names.
fn story(marked: &str) -> Option<(String, Language)> {
    let source = marked.lines().next()?.strip_prefix("# source: ")?.split([';', ' ']).next()?;
    let language =
        if source == "Ukrainian" { Language::Russian } else { Language::ALL.into_iter().find(|l| l.label().starts_with(source))? };
    let mut text = String::new();
    let body: Vec<&str> = marked.lines().filter(|l| !l.starts_with("# ")).collect();
    for (i, part) in body.join("\n").split(['⟦', '⟧']).enumerate() {
        let wrong = part.split('⇒').next().and_then(|w| w.split_once('|')).map_or(part, |(_, wrong)| wrong);
        text.push_str(if i % 2 == 1 { wrong } else { part });
    }
    Some((text, language))
}

#[test]
fn the_language_of_our_translated_stories_is_guessed() {
    let lexicon = Lexicon::new();
    let (mut all, mut right, mut sure) = (0, 0, 0);
    for folder in ["tests/stories/mt", "tests/stories/articles"] {
        let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            let Some((text, language)) = story(&std::fs::read_to_string(&path).unwrap()) else { continue };
            let document = formats::read("story.txt", text.as_bytes()).unwrap();
            let article = Analysis::new(&document, &lexicon);
            let guess = article.language();
            all += 1;
            right += usize::from(guess.is_some_and(|g| g.language == language));
            sure += usize::from(guess.is_some_and(|g| g.is_sure() && g.language == language));
            println!("{:40} {:10} {:?}", path.display(), language.id(), guess.map(|g| (g.language.id(), g.confidence, g.is_sure())));
            assert!(guess.is_none_or(|g| !g.is_sure() || g.language == language), "{} is surely {guess:?}", path.display());
        }
    }
    println!("{all} stories, {right} right, {sure} surely right");
    assert!(all >= 20 && right * 10 >= all * 9, "{right} of {all}");
}
