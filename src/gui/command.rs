//! Everything that can be asked of the window, in one table: menus, palette, shortcut sheet and keys are
//! loops over it.

use std::path::PathBuf;

use eframe::egui::{Key, Modifiers};

use super::narrow::Trust;
use super::own::Change;
use crate::analysis::language::Packs;
use crate::finding::{Category, RuleId};
use crate::text::{Edit, Span};

/// What the window is asked to do.
#[derive(Clone, PartialEq, Debug)]
pub enum Command {
    /// Ask for files and open them.
    Open,
    /// Ask for a path by typing it.
    OpenTyped,
    /// Open a file.
    OpenPath(PathBuf),
    /// Open what lies on the clipboard.
    Paste,
    /// Open this text.
    PasteText(String),
    /// Open the sample story.
    Sample,
    /// Write the article to its file.
    Save,
    /// Write it although the file changed meanwhile.
    SaveOver,
    /// Read the file that changed meanwhile.
    Reload,
    /// Ask for a name and write the article there.
    SaveAs,
    /// Write the article to a file.
    SaveTo(PathBuf),
    /// Save and go to the next article.
    SaveNext,
    /// Ask for a name and write the review as a page.
    Export,
    /// Write the review as a page.
    ExportTo(PathBuf),
    /// Put the article on the clipboard as text.
    CopyText,
    /// Put the article on the clipboard as HTML.
    CopyHtml,
    /// Close the article.
    Close,
    /// Close the article without saving.
    CloseUnsaved,
    /// Remove the session of the article from this machine.
    Forget,
    /// Really do.
    ForgetNow,
    /// End.
    Quit,
    /// End without saving.
    QuitUnsaved,

    /// Undo the last step.
    Undo,
    /// Do it again.
    Redo,
    /// Edit the text at the finding.
    Edit,
    /// Edit the text at a byte.
    EditAt(usize),
    /// End editing.
    Review,
    /// Letters that were typed; each edit in bytes of the text after the one before.
    Typed(Vec<Edit>),
    /// Open the line for finding words.
    Find,
    /// Open the lines for replacing words.
    Replace,
    /// Put words in place of others everywhere; from the last place to the first.
    ReplaceAll(Vec<Edit>),
    /// Show a place that was found.
    ShowPlace(Span),
    /// Close the line for finding words.
    EndSearch,

    /// Next finding.
    Next,
    /// Previous finding.
    Previous,
    /// Take the suggestion.
    Accept,
    /// Take another suggestion: 1 is the second.
    Take(usize),
    /// Show another suggestion in the text before it is taken.
    Preview(usize),
    /// Edit the suggestion before it is taken.
    EditSuggestion,
    /// Take the edited suggestion.
    AcceptEdited(Span, String),
    /// Not here.
    Reject,
    /// Not in this article.
    RejectInArticle,
    /// Ask how far the rejection reaches.
    RejectChoice,
    /// Look at all findings that are alike, and take them.
    AcceptAlike,
    /// Look at all fixes that are safe, and take them.
    AcceptSafe,
    /// Look at all safe fixes of the queue, and take them.
    AcceptSafeEverywhere,
    /// Take the findings that stayed checked in the list.
    AcceptChosen,
    /// Look at a finding, by its place in the list.
    Select(usize),
    /// Show the findings of a category alone; none: of all.
    Filter(Option<Category>),
    /// Show hints too, or not.
    Hints,
    /// Look at a thing to check, by its place in the list.
    LookAt(usize),
    /// Look at the next thing to check that is not ticked.
    NextCheck,
    /// Tick the thing looked at, or take its tick away.
    Tick,
    /// Tick a thing, by its place in the list.
    TickAt(usize),
    /// Show or fold the things to check.
    ChecksFold,
    /// Ask for the source language.
    Language,
    /// The source language is this one.
    ChooseLanguage(Packs),
    /// Never again, in any article.
    RejectAlways,
    /// Show the findings of a rule alone; none: of all.
    OnlyRule(Option<RuleId>),
    /// Show the findings of the rule looked at alone.
    OnlyRuleHere,
    /// Show the findings with this trust alone; none: all.
    OnlyTrust(Option<Trust>),
    /// Show every finding.
    ShowAll,
    /// What the rule of the finding does, and why.
    RuleHelp,
    /// What a rule does, and why.
    RuleHelpOf(RuleId),
    /// All rules with their switches.
    Rules,
    /// Change one's own layer of rules.
    ChangeOwn(Change),
    /// Show all decisions.
    History,
    /// Take one decision back: its entries, as one step.
    RevertAll(Vec<usize>),
    /// Next article.
    NextArticle,
    /// Previous article.
    PreviousArticle,
    /// Go to an article, by its place in the queue.
    Article(usize),

    /// Compare the original with the text now.
    Compare,
    /// Side by side or in one column.
    CompareStyle,
    /// Give a changed place its original words back.
    RevertHunk(usize),
    /// Show the original, or the text now.
    Original,

    /// Open the palette of all commands.
    Palette,
    /// Show all keys.
    Keys,
    /// Everything larger.
    ZoomIn,
    /// Everything smaller.
    ZoomOut,
    /// As large as it comes.
    ZoomReset,
    /// Light, dark, as the system says.
    Theme,
    /// Fold the left panel.
    LeftPanel,
    /// Fold the right panel.
    RightPanel,
    /// Close the strip of keys under the card.
    KnowsKeys,
    /// Close what is open above the article.
    Dismiss,
    /// Close a notice.
    CloseNotice(usize),
}

/// The menu a command lies in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Menu {
    /// Files.
    File,
    /// Text.
    Edit,
    /// Decisions.
    Review,
    /// Original and result.
    Compare,
    /// The window.
    View,
    /// Help.
    Help,
}

impl Menu {
    /// In the order of the bar.
    pub const ALL: [Self; 6] = [Self::File, Self::Edit, Self::Review, Self::Compare, Self::View, Self::Help];

    /// As the bar says it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Review => "Review",
            Self::Compare => "Compare",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

/// When a key is heard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum When {
    /// In both modes.
    Always,
    /// While reviewing, when no letter can be typed anywhere.
    Reviewing,
    /// While editing.
    Editing,
}

/// A key with its modifiers.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Shortcut {
    /// Held down with it.
    pub modifiers: Modifiers,
    /// The key.
    pub key: Key,
    /// When it is heard.
    pub when: When,
}

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
const fn editing(key: Key) -> Shortcut {
    Shortcut { modifiers: Modifiers::NONE, key, when: When::Editing }
}

impl Shortcut {
    /// As it is written on a button: `Ctrl+Shift+P`, `x`, `X`.
    pub fn label(&self) -> String {
        let name = match self.key {
            Key::ArrowDown => "↓".to_owned(),
            Key::ArrowUp => "↑".to_owned(),
            Key::Plus => "+".to_owned(),
            Key::Minus => "−".to_owned(),
            Key::Escape => "Esc".to_owned(),
            Key::Questionmark => "?".to_owned(),
            key => key.name().to_owned(),
        };
        if self.when == When::Reviewing && name.chars().count() == 1 {
            return if self.modifiers.shift { name.to_uppercase() } else { name.to_lowercase() };
        }
        let mut label = String::new();
        for (held, word) in [(self.modifiers.command, "Ctrl+"), (self.modifiers.alt, "Alt+"), (self.modifiers.shift, "Shift+")] {
            if held {
                label.push_str(word);
            }
        }
        label + &name
    }

    /// Whether this is the key that was pressed.
    pub fn matches(&self, modifiers: Modifiers, key: Key) -> bool {
        let plus = self.key == Key::Plus && (key == Key::Equals || key == Key::Plus);
        // Where the question mark stands differs by keyboard; some systems name its key by the sign below it.
        let question = self.key == Key::Questionmark && key == Key::Slash && modifiers.shift;
        let shift_free = matches!(self.key, Key::Plus | Key::Questionmark);
        (self.key == key || plus || question)
            && self.modifiers.command == modifiers.command
            && self.modifiers.alt == modifiers.alt
            && (shift_free || self.modifiers.shift == modifiers.shift)
    }
}

/// A line of the table.
#[derive(Debug)]
pub struct Spec {
    /// The command.
    pub command: Command,
    /// The menu.
    pub menu: Menu,
    /// A verb, no full stop.
    pub label: &'static str,
    /// A longer sentence.
    pub tip: &'static str,
    /// The first is shown.
    pub keys: &'static [Shortcut],
}

const fn spec(command: Command, menu: Menu, label: &'static str, tip: &'static str, keys: &'static [Shortcut]) -> Spec {
    Spec { command, menu, label, tip, keys }
}

/// All commands that need nothing further, in the order of the menus.
pub static SPECS: &[Spec] = &[
    spec(Command::Open, Menu::File, "Open…", "Choose articles to review", &[ctrl(Key::O)]),
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
        "Take the file as it is on disk now; your decisions stay in an older session",
        &[],
    ),
    spec(Command::Close, Menu::File, "Close article", "Close it; its session is kept", &[ctrl(Key::W)]),
    spec(Command::Forget, Menu::File, "Forget this article…", "Remove its session from this machine; the file is not touched", &[]),
    spec(Command::Quit, Menu::File, "Quit", "End the program", &[ctrl(Key::Q)]),
    spec(Command::Undo, Menu::Edit, "Undo", "Take the last step back, typed or decided", &[ctrl(Key::Z), single(Key::U)]),
    spec(Command::Redo, Menu::Edit, "Redo", "Do the step again", &[ctrl_shift(Key::Z), ctrl(Key::Y), shifted(Key::U)]),
    spec(Command::Edit, Menu::Edit, "Edit text", "Write at the finding", &[single(Key::Enter)]),
    spec(Command::Review, Menu::Edit, "Review", "End editing and go to the nearest finding", &[editing(Key::Escape)]),
    spec(Command::Find, Menu::Edit, "Find…", "Find words in the article", &[ctrl(Key::F)]),
    spec(Command::Replace, Menu::Edit, "Replace…", "Find words and put others in their place", &[ctrl(Key::H)]),
    spec(Command::Next, Menu::Review, "Next finding", "Go to the next finding", &[single(Key::J), single(Key::ArrowDown), plain(Key::F8)]),
    spec(
        Command::Previous,
        Menu::Review,
        "Previous finding",
        "Go to the finding before",
        &[single(Key::K), single(Key::ArrowUp), chord(Modifiers::SHIFT, Key::F8)],
    ),
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
    spec(Command::Reject, Menu::Review, "Not here", "Leave this place as it is", &[single(Key::X), ctrl(Key::Backspace)]),
    spec(Command::RejectInArticle, Menu::Review, "Not in this article", "Leave these words as they are wherever this rule marks them", &[]),
    spec(
        Command::RejectAlways,
        Menu::Review,
        "Always leave these words",
        "This rule never marks these words again, in any article; Rules takes it back",
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
    spec(Command::Rules, Menu::Review, "Rules…", "All rules with their switches, and what is always left alone", &[shifted(Key::R)]),
    spec(Command::Language, Menu::Review, "Source language…", "Choose which wording rules run", &[single(Key::L)]),
    spec(Command::NextArticle, Menu::Review, "Next article", "Go to the next article of the queue", &[single(Key::N), ctrl(Key::PageDown)]),
    spec(Command::PreviousArticle, Menu::Review, "Previous article", "Go to the article before", &[single(Key::P), ctrl(Key::PageUp)]),
    spec(Command::Compare, Menu::Compare, "Compare", "See the original beside the text now, or go back", &[single(Key::D), ctrl(Key::D)]),
    spec(Command::CompareStyle, Menu::Compare, "Side by side or redline", "Two columns, or one with both", &[single(Key::V)]),
    spec(Command::Original, Menu::Compare, "Show original", "Show the original in place; hold the key to peek", &[]),
    spec(
        Command::History,
        Menu::Compare,
        "Decisions",
        "Every decision, to be taken back in any order",
        &[single(Key::H), ctrl_shift(Key::H)],
    ),
    spec(Command::Palette, Menu::View, "All commands", "Find a command by its name", &[ctrl_shift(Key::P)]),
    spec(Command::LeftPanel, Menu::View, "Queue and categories", "Show or fold the left panel", &[plain(Key::F9)]),
    spec(Command::ChecksFold, Menu::View, "Things to check", "Show or fold what no rule can decide", &[]),
    spec(Command::RightPanel, Menu::View, "Finding", "Show or fold the right panel", &[plain(Key::F10)]),
    spec(Command::ZoomIn, Menu::View, "Larger", "Make everything larger", &[ctrl(Key::Plus)]),
    spec(Command::ZoomOut, Menu::View, "Smaller", "Make everything smaller", &[ctrl(Key::Minus)]),
    spec(Command::ZoomReset, Menu::View, "Normal size", "100 %", &[ctrl(Key::Num0)]),
    spec(Command::Theme, Menu::View, "Light or dark", "Change between light and dark", &[ctrl_shift(Key::L)]),
    spec(Command::Keys, Menu::Help, "Keys", "All keys on one sheet", &[plain(Key::F1)]),
    spec(Command::RuleHelp, Menu::Help, "About this rule", "What the rule does, why, with examples", &[single(Key::Questionmark)]),
    spec(Command::Sample, Menu::Help, "Sample story", "Open the sample story anew", &[]),
];

impl Command {
    /// Its line of the table.
    pub fn spec(&self) -> Option<&'static Spec> {
        SPECS.iter().find(|s| s.command == *self)
    }

    /// What its button says.
    pub fn label(&self) -> &'static str {
        self.spec().map_or("", |s| s.label)
    }

    /// The key that is shown beside it, whatever the mode.
    pub fn key(&self) -> String {
        self.spec().and_then(|s| s.keys.first()).map(Shortcut::label).unwrap_or_default()
    }

    /// The key that is heard in a mode.
    pub fn key_in(&self, now: When) -> String {
        let heard = |s: &&Shortcut| s.when == When::Always || s.when == now;
        self.spec().and_then(|s| s.keys.iter().find(heard)).map(Shortcut::label).unwrap_or_default()
    }

    /// What it does and its keys, for a tooltip.
    pub fn tip(&self) -> String {
        let Some(spec) = self.spec() else { return String::new() };
        let keys: Vec<String> = spec.keys.iter().map(Shortcut::label).collect();
        if keys.is_empty() { spec.tip.to_owned() } else { format!("{}  ·  {}", spec.tip, keys.join("  ")) }
    }
}

/// The command of a key, if one is heard now.
pub fn heard(modifiers: Modifiers, key: Key, now: When) -> Option<Command> {
    let hears = |s: &Shortcut| (s.when == When::Always || s.when == now) && s.matches(modifiers, key);
    SPECS.iter().find(|s| s.keys.iter().any(hears)).map(|s| s.command.clone())
}
