//! Everything that can be asked of the window, and the keys that ask for it; the table of all is in `table`.

use std::path::PathBuf;

use eframe::egui::{Key, Modifiers};

use super::books::{Ask, Whose};
use super::narrow::Trust;
use super::queue::Listed;
use super::settings::Setting;
use super::sorting::Sorted;
use super::statistics::{Column, Scope};
pub use super::table::SPECS;
use super::view::Purpose;
use crate::analysis::language::Packs;
use crate::finding::{Category, RuleId};
use crate::rules::stylebook::{Kind, Slot};
use crate::text::{Edit, Span};

/// What the window is asked to do.
#[derive(Clone, PartialEq, Debug)]
pub enum Command {
    /// Ask for files and open them.
    Open,
    /// Ask for a path by typing it.
    OpenTyped,
    /// Show what is kept of articles worked on before.
    Kept,
    /// Go on with a session that is kept, by its folder.
    OpenKept(PathBuf),
    /// Show what was opened last.
    Recent,
    /// Forget what was opened last.
    ClearRecent,
    /// Ask for a folder and open its articles.
    OpenFolder,
    /// Open a file or a folder.
    OpenPath(PathBuf),
    /// Open the article that was closed last.
    Reopen,
    /// Open every article with work that no file has.
    OpenUnsaved,
    /// Open several files and folders.
    OpenPaths(Vec<PathBuf>),
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
    /// Save the article and close it.
    SaveClose,
    /// Save all articles and end.
    SaveQuit,
    /// Do what a path was typed for.
    TakePath(Purpose, PathBuf),
    /// Read what lies in a folder, while a path is typed.
    ReadFolder(PathBuf),
    /// Type another path.
    TypePath(Purpose),
    /// Remove the session of the article from this machine.
    Forget,
    /// Really do.
    ForgetNow,
    /// Show what became of findings, by rule.
    Statistics,
    /// Of this article, or of all.
    StatisticsOf(Scope),
    /// Sort them.
    SortStatistics(Column),
    /// Write them for other programs.
    ExportStatistics(Scope, PathBuf),
    /// Ask whether to forget them; asked already, forget them.
    ForgetStatistics,
    /// Show all settings.
    Settings,
    /// Ask for a path.
    Ask(Purpose),
    /// Set something.
    Set(Setting),
    /// Show a folder in the system's own window of files.
    ShowFolder(PathBuf),
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
    /// Go to the next place that was found.
    FindNext,
    /// Go to the place before.
    FindPrevious,
    /// Put the new words in the place looked at, and go on.
    ReplacePlace,
    /// Put the new words in every place.
    ReplaceAll,
    /// Close the line for finding words.
    EndSearch,

    /// Bring the finding looked at into view.
    ShowFinding,
    /// Turn the page.
    Turn(super::eye::Turn),
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
    /// The same, in the layer of a house.
    RejectAlwaysIn(usize),
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
    /// Words and rules: those of all layers, and what was added.
    Rules,
    /// Change a layer.
    ChangeBook(Whose, Ask),
    /// Write a word or a rule down, from the words looked at.
    AddEntry,
    /// Write an empty one.
    AddEntryOf(Kind),
    /// Change one.
    EditEntry(Whose, Slot),
    /// See what it would find or silence.
    TryEntry,
    /// Keep it.
    KeepEntry,
    /// Close its form.
    LeaveEntry,
    /// Show all decisions.
    History,
    /// Take one decision back: its entries, as one step.
    RevertAll(Vec<usize>),
    /// Do it again.
    DoAgain(Vec<usize>),
    /// Go to a place of the article.
    GoTo(Span),
    /// Let the words be marked again that were silenced last.
    TakeSilenceBack,
    /// Leave the words of a finding alone in this article.
    LeaveInArticle(RuleId, Span),
    /// Next article.
    NextArticle,
    /// Previous article.
    PreviousArticle,
    /// Go to an article, by its place in the queue.
    Article(usize),
    /// Go to an article, by its number.
    ArticleOf(u64),
    /// List these articles alone.
    List(Listed),
    /// Sort the queue.
    Sort(Sorted),
    /// Close an article, by its number.
    CloseOf(u64),
    /// Close every article whose file has everything.
    CloseSaved,
    /// Stop reading and checking articles.
    Stop,

    /// Compare the original with the text now.
    Compare,
    /// The next style of the comparison: side by side, in one column, or to be read.
    CompareStyle,
    /// A style of the comparison.
    ShowStyle(super::view::Style),
    /// Go to the next changed place.
    NextHunk,
    /// Go to the changed place before.
    PreviousHunk,
    /// Look at a changed place, by its number.
    LookAtHunk(usize),
    /// Give the changed place that is looked at its original words back.
    RevertCurrent,
    /// Give a changed place its original words back.
    RevertHunk(usize),
    /// Show the original, or the text now.
    Original,

    /// Ask for the text that the article was translated from.
    OpenSource,
    /// Ask for its path by typing it.
    OpenSourceTyped,
    /// Open it.
    OpenSourceAt(PathBuf),
    /// Close it.
    CloseSource,
    /// Show it beside the article, or not.
    SourceBeside,
    /// Choose a paragraph of it; none: no paragraph.
    SelectSource(Option<usize>),
    /// Put a paragraph of it on the clipboard.
    CopySource,

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
    /// Make a panel wider or narrower, in points; none: as usual.
    PanelWidth((super::grip::Edge, Option<f32>)),
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
    /// Close all faults.
    CloseNotices,
    /// List all faults, or fold the list.
    Faults,
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
    /// While comparing: the keys of reviewing that decide on findings are not heard then.
    Comparing,
    /// While editing.
    Editing,
}

/// How the key that is held for chords is called.
const COMMAND: &str = if cfg!(target_os = "macos") { "Cmd+" } else { "Ctrl+" };

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
            Key::Comma => ",".to_owned(),
            Key::Period => ".".to_owned(),
            Key::PageDown => "Page Down".to_owned(),
            Key::PageUp => "Page Up".to_owned(),
            key => key.name().to_owned(),
        };
        if matches!(self.when, When::Reviewing | When::Comparing) && name.chars().count() == 1 {
            return if self.modifiers.shift { name.to_uppercase() } else { name.to_lowercase() };
        }
        let mut label = String::new();
        for (held, word) in [(self.modifiers.command, COMMAND), (self.modifiers.alt, "Alt+"), (self.modifiers.shift, "Shift+")] {
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
        let heard = |when: When| self.spec().and_then(|s| s.keys.iter().find(|key| key.when == when));
        // The mode's own key is the shorter one.
        heard(now).or_else(|| heard(When::Always)).map(Shortcut::label).unwrap_or_default()
    }

    /// What it does and its keys, for a tooltip.
    pub fn tip(&self) -> String {
        let Some(spec) = self.spec() else { return String::new() };
        let keys: Vec<String> = spec.keys.iter().map(Shortcut::label).collect();
        if keys.is_empty() { spec.tip.to_owned() } else { format!("{}  ·  {}", spec.tip, keys.join("  ")) }
    }
}

impl Command {
    /// Whether it decides on the finding looked at, which is not in view while texts are compared.
    fn decides(&self) -> bool {
        matches!(
            self,
            Self::Accept
                | Self::Take(_)
                | Self::EditSuggestion
                | Self::Reject
                | Self::RejectChoice
                | Self::AcceptAlike
                | Self::OnlyRuleHere
                | Self::Tick
                | Self::RuleHelp
        )
    }
}

/// The command of a key, if one is heard now.
pub fn heard(modifiers: Modifiers, key: Key, now: When) -> Option<Command> {
    let found = |when: When| {
        let hears = |s: &Shortcut| s.when == when && s.matches(modifiers, key);
        SPECS.iter().map(|s| (&s.command, s.keys)).find(|(_, keys)| keys.iter().any(hears)).map(|(command, _)| command)
    };
    let here = found(now).or_else(|| found(When::Reviewing).filter(|c| now == When::Comparing && !c.decides()));
    here.or_else(|| found(When::Always)).cloned()
}
