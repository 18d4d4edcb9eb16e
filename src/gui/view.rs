//! What the window shows besides the articles: modes, panels, dialogs, notices. Plain values; only
//! `apply` changes them.

use serde::{Deserialize, Serialize};

use super::editor::Editor;
use super::paper::Paper;
use crate::finding::{Finding, RuleId};
use crate::text::{Edits, Span};

/// The two modes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Mode {
    /// Single keys decide; the text can't be typed into.
    #[default]
    Reviewing,
    /// The text is a text field; chords decide.
    Editing,
}

/// What stands in the middle.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pane {
    /// The article.
    #[default]
    Article,
    /// The original beside it.
    Compare,
}

/// How the comparison is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// Two columns.
    #[default]
    SideBySide,
    /// One column with both.
    Redline,
    /// The text now alone, without a mark.
    Reading,
}

impl Style {
    /// All, in the order of the key: each with its icon and its name.
    pub const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::SideBySide, super::fonts::icon::COLUMNS, "Side by side"),
        (Self::Redline, super::fonts::icon::ROWS, "Redline"),
        (Self::Reading, super::fonts::icon::BOOK, "Reading"),
    ];

    /// What it shows.
    pub const fn tip(self) -> &'static str {
        match self {
            Self::SideBySide => "The original beside the text now",
            Self::Redline => "One column, with what goes struck through and what comes underlined",
            Self::Reading => "The text now alone, nothing marked",
        }
    }

    /// The one that the key brings.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::SideBySide => Self::Redline,
            Self::Redline => Self::Reading,
            Self::Reading => Self::SideBySide,
        }
    }
}

/// What a path is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// To open it.
    Open,
    /// To save the article there.
    SaveAs,
    /// To write the review there.
    Export,
    /// To read the source text of the article.
    Source,
    /// To write the statistics there.
    Statistics(super::statistics::Scope),
    /// To open the articles of a folder.
    OpenFolder,
    /// To lay a folder of house rules over the others.
    House,
    /// To take one's own rules from a folder.
    OwnRules,
}

impl Purpose {
    /// Whether it is done with one article.
    pub const fn is_of_article(self) -> bool {
        matches!(self, Self::SaveAs | Self::Export | Self::Source)
    }

    /// Whether a file is written there.
    pub const fn writes(self) -> bool {
        matches!(self, Self::SaveAs | Self::Export | Self::Statistics(_))
    }
}

/// What lies above the article.
#[derive(Clone, PartialEq, Debug)]
pub enum Dialog {
    /// All commands.
    Palette {
        /// What was typed.
        query: String,
        /// The chosen line.
        chosen: usize,
    },
    /// All keys.
    Keys,
    /// A path is typed.
    Path(super::path_dialog::Typing),
    /// A path was typed where a file lies already.
    Overwrite {
        /// What is written there.
        purpose: Purpose,
        /// The file.
        path: std::path::PathBuf,
    },
    /// Closing with unsaved work.
    Unsaved {
        /// What is closed.
        quit: bool,
    },
    /// The file changed meanwhile.
    ChangedOnDisk(Box<super::theirs::Theirs>),
    /// Findings to be taken together; the unchecked are left.
    Batch(super::batch::Batch),
    /// How far a rejection reaches.
    RejectChoice {
        /// The houses whose layer may be written.
        houses: Vec<String>,
    },
    /// Forgetting an article.
    Forget,
    /// All settings.
    Settings,
    /// What became of findings.
    Statistics(Box<super::statistics::Screen>),
    /// Sessions that are kept.
    Kept(super::kept::Screen),
    /// What was opened last.
    Recent {
        /// The chosen line.
        chosen: usize,
    },
    /// The source language.
    Language,
    /// The help of a rule.
    Rule(RuleId),
    /// Words and rules.
    Book(super::book_panel::Panel),
    /// A word, a name or a rule that is being written.
    Entry(Box<super::draft::Draft>),
    /// All decisions.
    History(super::history::History),
}

/// A suggestion that is edited before it is taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suggestion {
    /// The words it replaces.
    pub span: Span,
    /// The words to come.
    pub text: String,
    /// The field has the keyboard.
    pub focused: bool,
}

/// So many sentences that go by themselves are shown at once.
const MOST_NOTES: usize = 4;

/// How grave a notice is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weight {
    /// Goes by itself.
    Note,
    /// Stays until it is closed.
    Fault,
}

/// A sentence that does not block.
#[derive(Clone, PartialEq, Debug)]
pub struct Notice {
    /// The sentence.
    pub text: String,
    /// How grave it is.
    pub weight: Weight,
    /// When it goes, in egui's seconds; set when it is shown first.
    pub until: Option<f64>,
    /// What it is about: a newer one about the same takes its place.
    pub topic: Option<Topic>,
    /// What can be done about it at once: the words of a button, and what it does.
    pub offer: Option<(&'static str, super::command::Command)>,
}

/// What a notice is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Topic {
    /// What undo took back, or what was done again.
    Undo,
    /// How full the review is.
    Fullness,
    /// Words that are always left alone.
    Silence,
}

/// Everything that is shown besides the articles.
#[derive(Default)]
pub struct View {
    /// Reviewing or editing.
    pub mode: Mode,
    /// The article or the comparison.
    pub pane: Pane,
    /// How the comparison is shown.
    pub style: Style,
    /// How wide the panels were made.
    pub widths: super::grip::Widths,
    /// The left panel is folded.
    pub left_folded: bool,
    /// The right panel is folded.
    pub right_folded: bool,
    /// The list of things to check is folded.
    pub checks_folded: bool,
    /// The original is shown in place of the text.
    pub original: bool,
    /// The key for the original is held.
    pub peek: bool,
    /// Which articles are listed.
    pub listed: super::queue::Listed,
    /// What the queue is sorted by.
    pub sorted: super::sorting::Sorted,
    /// Which findings are shown.
    pub narrow: super::narrow::Narrow,
    /// What lies above.
    pub dialog: Option<Dialog>,
    /// What is wrong in the files of words and rules.
    pub rule_faults: Vec<String>,
    /// What words and rules showed before a rule was explained.
    pub panel: Option<super::book_panel::Panel>,
    /// Sentences at the lower edge.
    pub notices: Vec<Notice>,
    /// All faults are listed.
    pub faults_open: bool,
    /// The suggestion that is edited.
    pub suggestion: Option<Suggestion>,
    /// The line for finding.
    pub search: super::search::Search,
    /// The comparison.
    pub compare: super::compare::Comparison,
    /// The source text is not shown beside the article.
    pub source_folded: bool,
    /// The source text beside the article.
    pub source: super::source_view::SourceView,
    /// The set article.
    pub paper: Paper,
    /// The field.
    pub editor: Editor,
    /// What had the keyboard before something was laid above the article; it gets it back.
    pub beneath: Option<eframe::egui::Id>,
    /// What had the keyboard at the end of the last frame.
    pub had: Option<eframe::egui::Id>,
    /// For how many frames it can't have it yet: egui keeps the keyboard from what lay below for one frame more.
    pub covered: u8,
    /// The end was asked for and allowed.
    pub closing: bool,
}

impl View {
    /// Says something that goes by itself; of many such sentences the last few stay.
    pub fn note(&mut self, text: impl Into<String>) {
        self.say(None, text.into(), None);
    }

    /// Says something that goes by itself, in place of what was said about the same before.
    pub fn note_on(&mut self, topic: Topic, text: impl Into<String>) {
        self.say(Some(topic), text.into(), None);
    }

    /// Says something, with a button.
    pub fn offer(&mut self, topic: Topic, text: impl Into<String>, label: &'static str, command: super::command::Command) {
        self.say(Some(topic), text.into(), Some((label, command)));
    }

    fn say(&mut self, topic: Option<Topic>, text: String, offer: Option<(&'static str, super::command::Command)>) {
        let older = |n: &Notice| n.weight == Weight::Note && (n.text == text || (topic.is_some() && n.topic == topic));
        self.notices.retain(|n| !older(n));
        let notes = self.notices.iter().filter(|n| n.weight == Weight::Note).count();
        if notes >= MOST_NOTES
            && let Some(oldest) = self.notices.iter().position(|n| n.weight == Weight::Note)
        {
            self.notices.remove(oldest);
        }
        self.notices.push(Notice { text, weight: Weight::Note, until: None, topic, offer });
    }

    /// Says something that goes by itself, unless it is being said.
    pub fn note_once(&mut self, text: impl Into<String>) {
        let text = text.into();
        if !self.notices.iter().any(|n| n.text == text) {
            self.note(text);
        }
    }

    /// Says something that stays.
    pub fn fault(&mut self, text: impl Into<String>) {
        let text = text.into();
        if !self.notices.iter().any(|n| n.text == text) {
            self.notices.push(Notice { text, weight: Weight::Fault, until: None, topic: None, offer: None });
        }
    }
}

/// A suggestion that reaches further, in bytes, has several places: it can be taken, and not be written in one field.
const ONE_PLACE: usize = 1_200;

/// The words that a suggestion replaces, whole words, and the words it puts there; none when it has several
/// places far from each other.
pub fn suggestion(text: &str, finding: &Finding, fix: usize) -> Option<Suggestion> {
    let none = Edits::default();
    rewritten(text, finding.fixes.get(fix).map_or(&none, |f| &f.edits), finding.span)
}

/// The whole words that edits and a span touch, and what becomes of them; none when they are too far apart.
pub fn rewritten(text: &str, edits: &Edits, span: Span) -> Option<Suggestion> {
    let hull = edits.hull().unwrap_or(span).cover(span);
    if hull.len() > ONE_PLACE {
        return None;
    }
    let word = |c: char| !c.is_whitespace();
    let before = text.get(..hull.start)?;
    let after = text.get(hull.end..)?;
    let start = before.trim_end_matches(word).len();
    let end = hull.end + (after.len() - after.trim_start_matches(word).len());
    let span = Span::new(start, end);
    let mut words = String::new();
    let mut position = start;
    for edit in edits {
        words.push_str(text.get(position..edit.at)?);
        words.push_str(&edit.to);
        position = edit.span().end;
    }
    words.push_str(text.get(position..end)?);
    Some(Suggestion { span, text: words, focused: false })
}
