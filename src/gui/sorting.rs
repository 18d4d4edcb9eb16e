//! The order of the queue, and what tells like articles in it apart.

use eframe::egui::{Button, RichText, Role, Ui, WidgetInfo, vec2};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::app::App;
use super::article::Article;
use super::command::Command;
use super::fonts::icon;
use super::queue::Status;
use super::theme::{self, SMALL};

/// Titles that begin with so many like letters look alike in the queue.
const ALIKE: usize = 16;

/// What the queue is sorted by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sorted {
    /// As the articles were opened.
    #[default]
    Opened,
    /// Most open findings first.
    Findings,
    /// By the name of the file.
    Name,
    /// What is in work first, what is saved last.
    Status,
}

impl Sorted {
    /// As they stand in the menu.
    pub const ALL: [Self; 4] = [Self::Opened, Self::Findings, Self::Name, Self::Status];

    /// As an editor says it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Opened => "As opened",
            Self::Findings => "By findings",
            Self::Name => "By name",
            Self::Status => "By status",
        }
    }

    fn key(self, article: &Article) -> (usize, Vec<Part>) {
        let number = match self {
            Self::Opened | Self::Name => 0,
            Self::Findings if !article.session.is_checked() => usize::MAX,
            Self::Findings => usize::MAX / 2 - article.figures.open,
            Self::Status => match Status::of(article) {
                Status::InWork => 0,
                Status::New => 1,
                Status::Checking | Status::Unchecked => 2,
                Status::Clean => 3,
                Status::Saved => 4,
            },
        };
        (number, if self == Self::Name { parts(&article.session.name) } else { Vec::new() })
    }
}

/// A stretch of a name: story-2 comes before story-10.
#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Part {
    Number(u64, usize),
    Letters(String),
}

fn parts(name: &str) -> Vec<Part> {
    let lower = name.to_lowercase();
    let mut found = Vec::new();
    let mut rest = lower.as_str();
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        // A number that is too long for a number is a name.
        found.push(part.parse().map_or_else(|_| Part::Letters(part.to_owned()), |n| Part::Number(n, part.len())));
        rest = after;
    }
    found
}

impl App {
    /// Sorts the queue when an article came or went, one was checked first, or another order was chosen. While the
    /// editor decides nothing changes its place.
    pub(super) fn sort_in_time(&mut self) {
        let step = |stamp: u64, n: u64| stamp.wrapping_mul(0x100_0000_01b3) ^ n;
        let of = |a: &Article| a.id * 2 + u64::from(a.session.checks() > 0);
        let stamp = self.articles.iter().map(of).fold(self.view.sorted as u64 + 1, step);
        if stamp != self.sorting {
            self.sort();
            self.sorting = stamp;
        }
    }

    fn sort(&mut self) {
        let by = self.view.sorted;
        let mut order: Vec<_> = self.articles.iter().enumerate().map(|(i, a)| (by.key(a), a.rank, i)).collect();
        order.sort();
        for (seat, (.., i)) in order.into_iter().enumerate() {
            if let Some(article) = self.articles.get_mut(i) {
                article.seat = seat;
            }
        }
    }

    /// Sorts the queue by something from now on; asked again, sorts it as it is now.
    pub(super) fn sort_by(&mut self, by: Sorted) {
        self.view.sorted = by;
        self.sort();
    }

    /// The article that the key for the next one leads to, by its number.
    pub(super) fn next_listed(&self) -> Option<u64> {
        let listed = super::queue::listed(&self.articles, self.current, self.view.listed);
        let place = listed.iter().position(|i| *i == self.current)?;
        let after = listed.get(place + 1).or_else(|| place.checked_sub(1).and_then(|p| listed.get(p)))?;
        self.articles.get(*after).map(|a| a.id)
    }

    /// Closes every article whose file has everything.
    pub(super) fn close_saved(&mut self) {
        let saved = |a: &Article| a.session.review().saved().is_some() && !a.session.is_unsaved();
        let ids: Vec<u64> = self.articles.iter().filter(|a| saved(a)).map(|a| a.id).collect();
        let stays = self.article().map(|a| a.id).filter(|id| !ids.contains(id));
        for id in &ids {
            if let Some(i) = self.articles.iter().position(|a| a.id == *id) {
                self.mark_closed(i);
                self.remove(i);
            }
        }
        if stays.is_none() {
            self.go_to_article(self.current);
        }
        if ids.is_empty() {
            self.view.note("No article is saved yet");
        } else {
            self.view.note(format!("{} closed; {} opens the last again", super::files::articles(ids.len()), Command::Reopen.key()));
        }
    }
}

/// Whether some titles begin so alike that a second line has to tell the articles apart.
pub(super) fn look_alike(articles: &[Article]) -> bool {
    let mut seen = FxHashSet::default();
    let start = |a: &'_ Article| a.figures.title.char_indices().nth(ALIKE).map_or(a.figures.title.len(), |(i, _)| i);
    articles.iter().any(|a| !seen.insert(a.figures.title.get(..start(a)).unwrap_or_default()))
}

/// The second line of each article: its file, with the folder where two files have one name.
pub(super) fn second_lines(articles: &[Article]) -> Vec<String> {
    let mut times: FxHashMap<&str, usize> = FxHashMap::default();
    for article in articles {
        *times.entry(&article.session.name).or_default() += 1;
    }
    let line = |a: &Article| {
        let name = &a.session.name;
        let folder = a.session.path.as_deref().and_then(|p| p.parent()).and_then(|f| f.file_name());
        match folder.filter(|_| times.get(name.as_str()).is_some_and(|n| *n > 1)) {
            Some(folder) => format!("{}/{name}", folder.to_string_lossy()),
            None => name.clone(),
        }
    };
    articles.iter().map(line).collect()
}

/// A name that fits a width, its middle left out: names of files differ at their ends.
pub(super) fn shortened(ui: &Ui, name: &str, room: f32) -> String {
    let width = |text: &str| ui.painter().layout_no_wrap(text.to_owned(), theme::regular(SMALL), theme::of(ui).quiet).size().x;
    let whole = width(name);
    if whole <= room {
        return name.to_owned();
    }
    let letters: Vec<char> = name.chars().collect();
    let mut kept = ((letters.len() as f32 * room / whole) as usize).saturating_sub(1);
    loop {
        let (head, tail) = (kept / 2, kept - kept / 2);
        let start: String = letters.iter().take(head).collect();
        let end: String = letters.iter().skip(letters.len() - tail).collect();
        let short = format!("{start}…{end}");
        if kept == 0 || width(&short) <= room {
            return short;
        }
        kept -= 1;
    }
}

/// Draws the choice of the order.
pub(super) fn choice(ui: &mut Ui, sorted: Sorted, tight: bool, commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    let label = if tight { icon::DOWN.to_owned() } else { format!("{} {}", sorted.label(), icon::DOWN) };
    let text = RichText::new(label).font(theme::regular(SMALL)).color(theme.quiet);
    ui.spacing_mut().button_padding = vec2(4.0, 2.0);
    let menu = eframe::egui::containers::menu::MenuButton::from_button(Button::new(text).frame_when_inactive(false));
    let (response, _) = menu.ui(ui, |ui| {
        ui.set_min_width(150.0);
        for by in Sorted::ALL {
            let mark = if by == sorted { icon::CHECK } else { "    " };
            let response = ui.button(format!("{mark}  {}", by.label()));
            response.widget_info(|| WidgetInfo::selected(Role::MenuItemRadio, true, by == sorted, by.label()));
            if response.clicked() {
                commands.push(Command::Sort(by));
                ui.close();
            }
        }
    });
    let response = response.on_hover_text("What the queue is sorted by; chosen again, it is sorted as it is now");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Sort the queue: {}", sorted.label().to_lowercase())));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_count() {
        let mut names = ["story-10.txt", "Story-2.txt", "story-02.txt", "a", "story-99999999999999999999999.txt", ""];
        names.sort_by_key(|n| parts(n));
        assert_eq!(names, ["", "a", "Story-2.txt", "story-02.txt", "story-10.txt", "story-99999999999999999999999.txt"]);
    }
}
