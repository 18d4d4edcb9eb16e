//! Settings in a file that a person can read: `settings.toml` in the user's configuration folder.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

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

/// What a user set.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {
    /// Who decides; stands in the journal and in exported reviews.
    pub name: String,
    /// Light, dark or as the system says.
    pub theme: ThemeChoice,
    /// Size of everything, 1.0 is normal.
    pub zoom: f32,
    /// Days that a session is kept after it was touched last.
    pub keep_sessions_days: u32,
    /// Whether hints are shown.
    pub hints: bool,
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
            keep_sessions_days: 30,
            hints: false,
            houses: Vec::new(),
            own_rules: None,
            knows_keys: false,
        }
    }
}

impl Settings {
    /// Reads the file; the sentence says what is wrong with it. A file that is not there is no fault.
    pub fn read(path: &Path) -> (Self, Option<String>) {
        match std::fs::read_to_string(path) {
            Ok(text) => match toml::from_str(&text) {
                Ok(settings) => (settings, None),
                Err(error) => (Self::default(), Some(format!("{}: {error}; the settings are left as they come", path.display()))),
            },
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => (Self::default(), None),
            Err(error) => (Self::default(), Some(format!("can't read the settings ({error}): {}", path.display()))),
        }
    }

    /// Writes the file.
    ///
    /// # Errors
    /// A sentence.
    pub fn write(&self, path: &Path) -> Result<(), String> {
        let text = toml::to_string(self).map_err(|e| e.to_string())?;
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|e| format!("{e}: {}", folder.display()))?;
        }
        crate::review::disk::write(path, text.as_bytes()).map_err(|e| e.to_string())
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
