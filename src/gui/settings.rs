//! Settings in a file that a person can read and write: `settings.toml` in the user's configuration folder.
//! Only the values that change are written into it; comments, unknown settings and their order stay.

use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use toml::{Spanned, Table, Value};

use crate::review::disk;

/// Which theme is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeChoice {
    /// As the system says.
    #[default]
    System,
    /// Paper.
    Light,
    /// Ink.
    Dark,
}

/// How things move.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Motion {
    /// The page glides to the next finding.
    #[default]
    Full,
    /// Everything is where it goes at once.
    Reduced,
}

/// What a user set.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Settings {
    /// Who decides; stands in the journal and in exported reviews.
    pub name: String,
    /// Light, dark or as the system says.
    pub theme: ThemeChoice,
    /// Size of everything, 1.0 is normal.
    #[serde(serialize_with = "hundredths")]
    pub zoom: f32,
    /// Width of the column of copy, in characters.
    pub measure: u8,
    /// How things move.
    pub motion: Motion,
    /// Whether hints are shown.
    pub hints: bool,
    /// Days that a session is kept after it was touched last; none are kept at 0.
    pub keep_sessions_days: u32,
    /// Whether the original is put beside a file that is saved first.
    pub keep_original: bool,
    /// Folders of house rules, laid over the built-in ones in this order.
    pub houses: Vec<PathBuf>,
    /// Folder of one's own rules, laid over all others.
    pub own_rules: Option<PathBuf>,
    /// The strip of keys under the first card was seen and closed.
    pub knows_keys: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: String::new(),
            theme: ThemeChoice::System,
            zoom: 1.0,
            measure: MEASURE,
            motion: Motion::Full,
            hints: false,
            keep_sessions_days: 30,
            keep_original: true,
            houses: Vec::new(),
            own_rules: None,
            knows_keys: false,
        }
    }
}

/// As a person writes it: 1.1 and not 1.10000002.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn hundredths<S: serde::Serializer>(number: &f32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((f64::from(*number) * 100.0).round() / 100.0)
}

/// The usual width of the column, in characters: the middle of 65 to 75, which is read most easily.
pub const MEASURE: u8 = 70;
/// The narrowest and the widest column.
pub const MEASURES: RangeInclusive<u8> = 50..=90;

/// Each setting with the comment that stands above it in the file.
const KEYS: [(&str, &str); 11] = [
    ("name", "Who decides: stands in the journal and in exported reviews. Empty: the user of this machine."),
    ("theme", "\"system\", \"light\" or \"dark\"."),
    ("zoom", "Size of everything, 0.6 to 2.5; 1.0 is normal."),
    ("measure", "Width of the column of copy in characters, 50 to 90."),
    ("motion", "\"full\", or \"reduced\": nothing glides. The system's own setting is not read."),
    ("hints", "true: hints of style are shown too."),
    (
        "keep-sessions-days",
        "Days that decisions are kept after an article was worked on last; those not saved stay until it is closed. 0: none are kept.",
    ),
    ("keep-original", "true: when a file is saved first, the original is put beside it (story.orig.html)."),
    ("houses", "Folders of house rules; a later one overrules those before it."),
    ("own-rules", "Folder of your own rules; it overrules all others. Unset: the folder \"own\" beside this file."),
    ("knows-keys", "true: the strip of keys under the first finding is not shown any more."),
];

/// What is set on the screen of settings.
#[derive(Clone, PartialEq, Debug)]
pub enum Setting {
    /// Who decides.
    Name(String),
    /// Light or dark.
    Theme(ThemeChoice),
    /// Size of everything.
    Zoom(f32),
    /// Width of the column, in characters.
    Measure(u8),
    /// How things move.
    Motion(Motion),
    /// Light or full review.
    Hints(bool),
    /// Days that sessions are kept.
    KeepSessionsDays(u32),
    /// Whether originals are put beside files.
    KeepOriginal(bool),
    /// One more folder of house rules, over the others.
    AddHouse(PathBuf),
    /// One less, by its place.
    RemoveHouse(usize),
    /// It changes places with the one before it.
    RaiseHouse(usize),
    /// The folder of one's own rules; none: the usual one.
    OwnRules(Option<PathBuf>),
}

impl Setting {
    /// Whether other rules hold with it.
    pub fn is_of_rules(&self) -> bool {
        matches!(self, Self::AddHouse(_) | Self::RemoveHouse(_) | Self::RaiseHouse(_) | Self::OwnRules(_))
    }
}

impl Settings {
    /// Reads the file; each sentence says what is wrong with it. One wrong value costs that value alone. A
    /// file that is not there is no fault.
    pub fn read(path: &Path) -> (Self, Vec<String>) {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return (Self::default(), Vec::new()),
            Err(error) => return (Self::default(), vec![format!("The settings can’t be read ({error}): {}", path.display())]),
        };
        match toml::from_str::<Table>(&text) {
            Ok(table) => Self::of(table, path),
            Err(error) => {
                let fault = error.message().trim().to_owned();
                let line = error.span().map_or(0, |s| text.get(..s.start).unwrap_or("").matches('\n').count() + 1);
                let fault = format!("The settings can’t be read (line {line}: {fault}); the usual ones hold: {}", path.display());
                (Self::default(), vec![fault])
            }
        }
    }

    fn of(table: Table, path: &Path) -> (Self, Vec<String>) {
        let mut faults = Vec::new();
        let mut right = Table::new();
        for (key, value) in table {
            let alone: Table = std::iter::once((key.clone(), value.clone())).collect();
            if !KEYS.iter().any(|(k, _)| *k == key) {
                faults.push(format!("There is no setting “{key}”; it is left as it is: {}", path.display()));
            } else if let Err(error) = alone.try_into::<Self>() {
                let why = error.message().trim();
                faults.push(format!("The setting “{key}” can’t be used ({why}); the usual value holds: {}", path.display()));
            } else {
                right.insert(key, value);
            }
        }
        (right.try_into().unwrap_or_default(), faults)
    }

    /// Writes what differs from `before` into the file. A file that is no settings at all is put aside; the
    /// sentence says so.
    ///
    /// # Errors
    /// A sentence.
    pub fn write(&self, before: &Self, path: &Path) -> Result<Option<String>, String> {
        let fault = |e: &dyn std::fmt::Display, p: &Path| format!("The settings can’t be kept ({e}): {}", p.display());
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|e| fault(&e, folder))?;
        }
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(fault(&error, path)),
        };
        let (text, aside) = if let Some(text) = self.changed(before, &text) {
            (text, None)
        } else {
            let place = disk::put_aside(path).map_err(|e| fault(&e, path))?;
            let sentence = format!("The settings could not be read; the file is put aside as {}", place.display());
            (self.changed(before, "").unwrap_or_default(), Some(sentence))
        };
        disk::write(path, text.as_bytes()).map_err(|e| fault(&e, path))?;
        Ok(aside)
    }

    /// The text of the file with what differs from `before`, and with every setting explained; none when the
    /// text is no settings.
    fn changed(&self, before: &Self, text: &str) -> Option<String> {
        let known: BTreeMap<String, Spanned<Value>> = toml::from_str(text).ok()?;
        let (new, old) = (Table::try_from(self).ok()?, Table::try_from(before).ok()?);
        let mut changes: Vec<(Range<usize>, String)> = Vec::new();
        let mut added = Vec::new();
        for (key, comment) in KEYS {
            match (known.get(key), new.get(key)) {
                (Some(_), value) if value == old.get(key) => {}
                (Some(place), Some(value)) => changes.push((place.span(), value.to_string())),
                (Some(place), None) => {
                    let line = text.get(..place.span().start)?.rfind('\n').map_or(0, |i| i + 1);
                    changes.push((line..line, "# ".to_owned()));
                }
                (None, Some(value)) => added.push(format!("# {comment}\n{key} = {value}")),
                // What is not set is explained once.
                (None, None) if text.contains(&format!("# {key} =")) => {}
                (None, None) => added.push(format!("# {comment}\n# {key} = \"\"")),
            }
        }
        // Below the last value that stands in no table: what stands below a table belongs to it.
        let last = known.values().filter(|v| !v.get_ref().is_table()).map(|v| v.span().end).max();
        let at = last.map_or(0, |end| end + text.get(end..).and_then(|rest| rest.find('\n')).unwrap_or(text.len() - end));
        if !added.is_empty() {
            let (before, after) = if last.is_none() { ("", "\n\n") } else { ("\n\n", "") };
            changes.push((at..at, format!("{before}{}{after}", added.join("\n\n"))));
        }
        changes.sort_by_key(|(place, _)| std::cmp::Reverse(place.start));
        let mut out = text.to_owned();
        for (place, value) in changes {
            out.get(place.clone())?;
            out.replace_range(place, &value);
        }
        Some(format!("{}\n", out.trim_end()))
    }

    /// Sets something; returns whether that changed anything.
    pub fn set(&mut self, setting: Setting) -> bool {
        let before = self.clone();
        match setting {
            Setting::Name(name) => self.name = name,
            Setting::Theme(theme) => self.theme = theme,
            Setting::Zoom(zoom) => self.zoom = (zoom.clamp(0.6, 2.5) * 10.0).round() / 10.0,
            Setting::Measure(measure) => self.measure = measure.clamp(*MEASURES.start(), *MEASURES.end()),
            Setting::Motion(motion) => self.motion = motion,
            Setting::Hints(hints) => self.hints = hints,
            Setting::KeepSessionsDays(days) => self.keep_sessions_days = days,
            Setting::KeepOriginal(keep) => self.keep_original = keep,
            Setting::AddHouse(folder) => {
                if !self.houses.contains(&folder) {
                    self.houses.push(folder);
                }
            }
            Setting::RemoveHouse(i) => {
                if i < self.houses.len() {
                    self.houses.remove(i);
                }
            }
            Setting::RaiseHouse(i) => {
                if i > 0 && i < self.houses.len() {
                    self.houses.swap(i - 1, i);
                }
            }
            Setting::OwnRules(folder) => self.own_rules = folder,
        }
        *self != before
    }

    /// The folder of one's own rules: the one that is set, or `own` beside the file of the settings.
    pub fn own_folder(&self, settings: &Path) -> PathBuf {
        self.own_rules.clone().unwrap_or_else(|| settings.with_file_name("own"))
    }

    /// How long a session is kept.
    pub fn retention(&self) -> Duration {
        Duration::from_secs(u64::from(self.keep_sessions_days) * 24 * 60 * 60)
    }

    /// Who decides: the name set, or the user of the machine.
    pub fn author(&self) -> String {
        let of_machine = || std::env::var("USER").or_else(|_| std::env::var("USERNAME"));
        if self.name.is_empty() { of_machine().unwrap_or_else(|_| "editor".to_owned()) } else { self.name.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changes_is_written_and_everything_is_explained() {
        let before = Settings::default();
        let mut after = before.clone();
        after.set(Setting::Zoom(1.3));
        let text = "# Mine.\ntheme = \"dark\" # at night\nsomething = [1,\n  2]\n[other]\nkey = 1\n";
        let written = after.changed(&before, text).unwrap_or_default();
        assert!(written.starts_with("# Mine.\ntheme = \"dark\" # at night\nsomething = [1,\n  2]\n\n# Who decides"), "{written}");
        assert!(written.ends_with("[other]\nkey = 1\n"), "{written}");
        let table: Table = toml::from_str(&written).unwrap_or_default();
        assert_eq!(table.get("zoom").and_then(Value::as_float).map(|z| (z * 10.0).round()), Some(13.0));
        for (key, comment) in KEYS {
            assert!(written.contains(comment) || key == "theme", "{key}");
        }
        assert_eq!(after.changed(&after, &written).as_deref(), Some(written.as_str()), "writing again changes nothing");
        // A value that is unset is left as a comment, and set again in its place.
        after.set(Setting::OwnRules(Some("/rules".into())));
        let set = after.changed(&Settings { own_rules: None, ..after.clone() }, &written).unwrap_or_default();
        assert!(set.contains("\nown-rules = \"/rules\"\n"), "{set}");
        let unset = Settings { own_rules: None, ..after.clone() }.changed(&after, &set).unwrap_or_default();
        assert!(unset.contains("\n# own-rules = \"/rules\"\n"), "{unset}");
    }

    #[test]
    fn a_first_file_reads_as_what_was_written() {
        let mut settings = Settings::default();
        settings.set(Setting::Name("Ann \"A.\" O’Hara\n".to_owned()));
        settings.set(Setting::AddHouse("/a b/c".into()));
        let text = settings.changed(&Settings::default(), "").unwrap_or_default();
        let table: Table = toml::from_str(&text).unwrap_or_default();
        assert_eq!(Settings::of(table, Path::new("settings.toml")), (settings, Vec::new()));
    }

    #[test]
    fn a_wrong_value_costs_itself_alone() {
        let table: Table = toml::from_str("theme = \"purple\"\nhints = true\nzoon = 2\n").unwrap_or_default();
        let (settings, faults) = Settings::of(table, Path::new("settings.toml"));
        assert!(settings.hints && settings.theme == ThemeChoice::System);
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert_eq!(settings.changed(&settings, "theme = [").as_deref(), None, "what is no settings is not written over");
    }
}
