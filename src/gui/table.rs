//! All commands in one table: menus, palette, shortcut sheet and keys are loops over it.

use eframe::egui::{Key, Modifiers};

use super::command::{Command, Menu, Shortcut, Spec, When};
use super::eye::Turn;
use super::queue::Listed;
use super::sorting::Sorted;

const fn chord(modifiers: Modifiers, key: Key) -> Shortcut {
    Shortcut { modifiers, key, when: When::Always }
}
const fn ctrl(key: Key) -> Shortcut {
    chord(Modifiers::COMMAND, key)
}
const fn ctrl_shift(key: Key) -> Shortcut {
    chord(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}
const fn plain(key: Key) -> Shortcut {
    chord(Modifiers::NONE, key)
}
const fn single(key: Key) -> Shortcut {
    Shortcut { modifiers: Modifiers::NONE, key, when: When::Reviewing }
}
const fn shifted(key: Key) -> Shortcut {
    Shortcut { modifiers: Modifiers::SHIFT, key, when: When::Reviewing }
}
const fn comparing(key: Key) -> Shortcut {
    Shortcut { modifiers: Modifiers::NONE, key, when: When::Comparing }
}
const fn editing(key: Key) -> Shortcut {
    Shortcut { modifiers: Modifiers::NONE, key, when: When::Editing }
}

const fn spec(command: Command, menu: Menu, label: &'static str, tip: &'static str, keys: &'static [Shortcut]) -> Spec {
    Spec { command, menu, label, tip, keys }
}

/// All commands that need nothing further, in the order of the menus.
pub static SPECS: &[Spec] = &[
    spec(Command::Open, Menu::File, "Open…", "Choose articles to review", &[ctrl(Key::O)]),
    spec(
        Command::OpenFolder,
        Menu::File,
        "Open folder…",
        "Review all articles of a folder",
        &[chord(Modifiers::COMMAND.plus(Modifiers::ALT), Key::O)],
    ),
    spec(Command::Recent, Menu::File, "Open recent…", "What was opened last", &[chord(Modifiers::COMMAND.plus(Modifiers::ALT), Key::R)]),
    spec(
        Command::Kept,
        Menu::File,
        "Open earlier work…",
        "Every article whose decisions are kept, with a file or pasted",
        &[ctrl_shift(Key::E)],
    ),
    spec(Command::OpenTyped, Menu::File, "Open by path…", "Type or paste the path of an article", &[ctrl_shift(Key::O)]),
    spec(
        Command::Paste,
        Menu::File,
        "Paste article",
        "Review what lies on the clipboard; links of a web page are kept",
        &[ctrl_shift(Key::V)],
    ),
    spec(Command::Save, Menu::File, "Save", "Write the changed words, and nothing else, into the file", &[ctrl(Key::S), single(Key::S)]),
    spec(Command::SaveNext, Menu::File, "Save and next article", "Save, then go to the next article of the queue", &[shifted(Key::S)]),
    spec(Command::SaveAs, Menu::File, "Save as…", "Write the article to another file", &[ctrl_shift(Key::S)]),
    spec(Command::Export, Menu::File, "Export review…", "Write one page with the original, the result and every change", &[ctrl(Key::E)]),
    spec(Command::CopyText, Menu::File, "Copy article as text", "Put the article on the clipboard", &[ctrl_shift(Key::C)]),
    spec(Command::CopyHtml, Menu::File, "Copy article as HTML", "Put the article on the clipboard as a web page", &[]),
    spec(
        Command::Reload,
        Menu::File,
        "Read the file again",
        "Take the file as it is on disk now; your decisions are kept, under Open earlier work",
        &[],
    ),
    spec(Command::Close, Menu::File, "Close article", "Close it; its session is kept", &[ctrl(Key::W)]),
    spec(Command::CloseSaved, Menu::File, "Close saved articles", "Take every article off the queue whose file has everything", &[]),
    spec(
        Command::Reopen,
        Menu::File,
        "Reopen closed article",
        "Open the article that was closed last, with its decisions",
        &[ctrl_shift(Key::T)],
    ),
    spec(Command::OpenUnsaved, Menu::File, "Open unsaved work", "Open every article with decisions that no file has", &[]),
    spec(Command::Forget, Menu::File, "Forget this article…", "Remove its session from this machine; the file is not touched", &[]),
    spec(Command::Settings, Menu::File, "Settings…", "Name, look, rules and what is kept", &[ctrl(Key::Comma)]),
    spec(Command::Quit, Menu::File, "Quit", "End the program", &[ctrl(Key::Q)]),
    spec(Command::Undo, Menu::Edit, "Undo", "Take the last step back, typed or decided", &[ctrl(Key::Z), single(Key::U)]),
    spec(Command::Redo, Menu::Edit, "Redo", "Do the step again", &[ctrl_shift(Key::Z), ctrl(Key::Y), shifted(Key::U)]),
    spec(Command::Edit, Menu::Edit, "Edit text", "Write at the finding", &[single(Key::Enter)]),
    spec(Command::Review, Menu::Edit, "Review", "End editing and go to the nearest finding", &[editing(Key::Escape)]),
    spec(Command::Find, Menu::Edit, "Find…", "Find words in the article", &[ctrl(Key::F)]),
    spec(Command::FindNext, Menu::Edit, "Find next", "Go to the next place that was found", &[plain(Key::F3)]),
    spec(Command::FindPrevious, Menu::Edit, "Find previous", "Go to the place before", &[chord(Modifiers::SHIFT, Key::F3)]),
    spec(Command::Replace, Menu::Edit, "Replace…", "Find words and put others in their place", &[ctrl(Key::H)]),
    spec(
        Command::ReplacePlace,
        Menu::Edit,
        "Replace and go on",
        "Put the new words in the place looked at, and go to the next",
        &[chord(Modifiers::ALT, Key::Enter)],
    ),
    spec(
        Command::ReplaceAll,
        Menu::Edit,
        "Replace all",
        "Put the new words in every place, as one step of undo",
        &[chord(Modifiers::COMMAND.plus(Modifiers::ALT), Key::Enter)],
    ),
    spec(Command::Next, Menu::Review, "Next finding", "Go to the next finding", &[single(Key::J), single(Key::ArrowDown), plain(Key::F8)]),
    spec(
        Command::Previous,
        Menu::Review,
        "Previous finding",
        "Go to the finding before",
        &[single(Key::K), single(Key::ArrowUp), chord(Modifiers::SHIFT, Key::F8)],
    ),
    spec(Command::ShowFinding, Menu::Review, "Show finding", "Bring the finding looked at back into view", &[single(Key::Z)]),
    spec(Command::Accept, Menu::Review, "Accept", "Take the suggestion that is shown in the text", &[single(Key::A), ctrl(Key::Enter)]),
    spec(
        Command::Take(1),
        Menu::Review,
        "Take suggestion 2",
        "Take the second suggestion",
        &[single(Key::Num2), chord(Modifiers::ALT, Key::Num2)],
    ),
    spec(
        Command::Take(2),
        Menu::Review,
        "Take suggestion 3",
        "Take the third suggestion",
        &[single(Key::Num3), chord(Modifiers::ALT, Key::Num3)],
    ),
    spec(
        Command::Take(3),
        Menu::Review,
        "Take suggestion 4",
        "Take the fourth suggestion",
        &[single(Key::Num4), chord(Modifiers::ALT, Key::Num4)],
    ),
    spec(
        Command::Take(4),
        Menu::Review,
        "Take suggestion 5",
        "Take the fifth suggestion",
        &[single(Key::Num5), chord(Modifiers::ALT, Key::Num5)],
    ),
    spec(Command::EditSuggestion, Menu::Review, "Edit suggestion", "Change the suggested words before they are taken", &[single(Key::E)]),
    spec(Command::Reject, Menu::Review, "Not here", "Leave this place as it is", &[single(Key::X), ctrl_shift(Key::Backspace)]),
    spec(Command::RejectInArticle, Menu::Review, "Not in this article", "Leave these words as they are wherever this rule marks them", &[]),
    spec(
        Command::RejectAlways,
        Menu::Review,
        "Always leave these words",
        "This rule never marks these words again, in any article; Words and rules takes it back",
        &[],
    ),
    spec(Command::RejectChoice, Menu::Review, "Not here, and further…", "Choose how far the rejection reaches", &[shifted(Key::X)]),
    spec(
        Command::AcceptAlike,
        Menu::Review,
        "Accept all alike…",
        "Look at every place with this same change, and take them together",
        &[shifted(Key::A)],
    ),
    spec(
        Command::AcceptSafe,
        Menu::Review,
        "Accept safe fixes…",
        "Look at the fixes that may be taken unseen, and take them together",
        &[ctrl_shift(Key::Enter)],
    ),
    spec(
        Command::AcceptSafeEverywhere,
        Menu::Review,
        "Accept safe fixes of the queue…",
        "Look at the fixes of every open article that may be taken unseen, and take them",
        &[],
    ),
    spec(Command::OnlyRuleHere, Menu::Review, "This rule alone", "Show the findings of the rule looked at alone", &[single(Key::R)]),
    spec(Command::ShowAll, Menu::Review, "Show all findings", "Show the findings of every category and rule", &[single(Key::Num0)]),
    spec(Command::Hints, Menu::Review, "Light or full review", "Errors only, or hints of style too", &[shifted(Key::H)]),
    spec(Command::NextCheck, Menu::Review, "Next thing to check", "Look at the next point that no rule can decide", &[single(Key::C)]),
    spec(Command::Tick, Menu::Review, "Tick it off", "Tick the point looked at, and go to the next", &[single(Key::T)]),
    spec(
        Command::AddEntry,
        Menu::Review,
        "Add word or rule…",
        "Write down a word, a name, a spelling or a phrase, and see at once what it hits here",
        &[single(Key::W), ctrl_shift(Key::D)],
    ),
    spec(
        Command::Rules,
        Menu::Review,
        "Words and rules…",
        "All rules with their switches, your own words, names and phrases, and the log of their changes",
        &[shifted(Key::R)],
    ),
    spec(Command::Statistics, Menu::Review, "Statistics…", "What became of findings, by rule; which rules are noisy", &[shifted(Key::T)]),
    spec(Command::Language, Menu::Review, "Source language…", "Choose which wording rules run", &[single(Key::L)]),
    spec(Command::NextArticle, Menu::Review, "Next article", "Go to the next article of the queue", &[single(Key::N), ctrl(Key::PageDown)]),
    spec(Command::PreviousArticle, Menu::Review, "Previous article", "Go to the article before", &[single(Key::P), ctrl(Key::PageUp)]),
    spec(Command::List(Listed::All), Menu::Review, "List all articles", "The queue shows every article", &[]),
    spec(Command::List(Listed::Open), Menu::Review, "List open articles", "The queue shows articles with open findings alone", &[]),
    spec(Command::List(Listed::Unsaved), Menu::Review, "List unsaved articles", "The queue shows articles whose file lacks something", &[]),
    spec(
        Command::Sort(Sorted::Opened),
        Menu::Review,
        "Sort queue as opened",
        "The queue stands in the order in which the articles were opened",
        &[],
    ),
    spec(
        Command::Sort(Sorted::Findings),
        Menu::Review,
        "Sort queue by findings",
        "Most open findings first; nothing moves while you decide",
        &[],
    ),
    spec(Command::Sort(Sorted::Name), Menu::Review, "Sort queue by name", "By the names of the files", &[]),
    spec(Command::Sort(Sorted::Status), Menu::Review, "Sort queue by status", "What is in work first, what is saved last", &[]),
    spec(
        Command::Stop,
        Menu::Review,
        "Stop checking",
        "Stop reading and checking articles; what is left is checked when you look at it",
        &[ctrl(Key::Period), single(Key::Escape)],
    ),
    spec(Command::Compare, Menu::Compare, "Compare", "See the original beside the text now, or go back", &[single(Key::D), ctrl(Key::D)]),
    spec(
        Command::CompareStyle,
        Menu::Compare,
        "Side by side, redline or reading",
        "Two columns, one with both, or the text now alone",
        &[single(Key::V)],
    ),
    spec(
        Command::NextHunk,
        Menu::Compare,
        "Next change",
        "Go to the next changed place of the comparison; in the reading view, read on",
        &[comparing(Key::J), comparing(Key::ArrowDown)],
    ),
    spec(
        Command::PreviousHunk,
        Menu::Compare,
        "Previous change",
        "Go to the changed place before",
        &[comparing(Key::K), comparing(Key::ArrowUp)],
    ),
    spec(
        Command::RevertCurrent,
        Menu::Compare,
        "Revert change",
        "Give the changed place that is looked at its original words back",
        &[comparing(Key::X)],
    ),
    spec(Command::Original, Menu::Compare, "Show original", "Show the original in place; hold the key to peek", &[]),
    spec(
        Command::SourceBeside,
        Menu::Compare,
        "Source beside",
        "Show the source text beside the article, or fold it away",
        &[single(Key::B)],
    ),
    spec(
        Command::OpenSource,
        Menu::Compare,
        "Open source text…",
        "Choose the text that the article was translated from; story.ar.html or story.source.txt beside story.html opens by itself",
        &[],
    ),
    spec(Command::OpenSourceTyped, Menu::Compare, "Open source by path…", "Type or paste the path of the source text", &[]),
    spec(Command::CopySource, Menu::Compare, "Copy source paragraph", "Put the paragraph of the source text on the clipboard", &[]),
    spec(Command::CloseSource, Menu::Compare, "Close source", "Take the source text away; its file is not touched", &[]),
    spec(
        Command::History,
        Menu::Compare,
        "Decisions",
        "Every decision, to be taken back in any order",
        &[single(Key::H), ctrl_shift(Key::H)],
    ),
    spec(Command::Turn(Turn::On), Menu::View, "Page down", "Read on by a view", &[single(Key::Space), single(Key::PageDown)]),
    spec(Command::Turn(Turn::Back), Menu::View, "Page up", "Read back by a view", &[shifted(Key::Space), single(Key::PageUp)]),
    spec(Command::Turn(Turn::Start), Menu::View, "To the beginning", "Show the beginning", &[single(Key::Home)]),
    spec(Command::Turn(Turn::End), Menu::View, "To the end", "Show the end", &[single(Key::End)]),
    spec(Command::Palette, Menu::View, "All commands", "Find a command by its name", &[ctrl_shift(Key::P)]),
    spec(Command::LeftPanel, Menu::View, "Queue and categories", "Show or fold the left panel", &[plain(Key::F9)]),
    spec(Command::ChecksFold, Menu::View, "Things to check", "Show or fold what no rule can decide", &[]),
    spec(Command::RightPanel, Menu::View, "Finding", "Show or fold the right panel", &[plain(Key::F10)]),
    spec(Command::Faults, Menu::View, "What went wrong", "List all faults that are not closed, or fold the list", &[single(Key::M)]),
    spec(Command::CloseNotices, Menu::View, "Close all faults", "Close what was said of faults; Esc closes one at a time", &[]),
    spec(Command::ZoomIn, Menu::View, "Larger", "Make everything larger", &[ctrl(Key::Plus)]),
    spec(Command::ZoomOut, Menu::View, "Smaller", "Make everything smaller", &[ctrl(Key::Minus)]),
    spec(Command::ZoomReset, Menu::View, "Normal size", "100 %", &[ctrl(Key::Num0)]),
    spec(Command::Theme, Menu::View, "Light or dark", "Change between light and dark", &[ctrl_shift(Key::L)]),
    spec(Command::Keys, Menu::Help, "Keys", "All keys on one sheet", &[plain(Key::F1)]),
    spec(Command::RuleHelp, Menu::Help, "About this rule", "What the rule does, why, with examples", &[single(Key::Questionmark)]),
    spec(Command::Sample, Menu::Help, "Sample story", "Open the sample story anew", &[]),
];
