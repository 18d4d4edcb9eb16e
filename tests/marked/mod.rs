//! Reads our stories: damage is marked `⟦category|wrong⇒right⟧`, further accepted repairs follow as `⇒right`.

#![allow(dead_code, clippy::expect_used, reason = "shared by several tests, each of which uses a part of it and may stop")]

use std::path::{Path, PathBuf};

use copydesk::text::Span;

/// One marked damage, in bytes of the damaged source.
pub struct Gold {
    /// Where it stands.
    pub span: Span,
    /// Of which kind.
    pub category: String,
    /// What may stand there instead; the first is the best.
    pub rights: Vec<String>,
}

/// A story in both its forms.
pub struct Story {
    /// The file's name.
    pub name: String,
    /// As it would come.
    pub damaged: String,
    /// As it should be.
    pub repaired: String,
    /// What was done to it.
    pub golds: Vec<Gold>,
}

/// Reads one story; lines that begin with `# ` at the top are notes.
pub fn parse(path: &Path) -> Story {
    let text = std::fs::read_to_string(path).expect("a story can be read");
    let body = text.lines().skip_while(|l| l.starts_with("# ")).collect::<Vec<_>>().join("\n") + "\n";
    let (mut damaged, mut repaired, mut golds) = (String::new(), String::new(), Vec::new());
    let mut rest = body.as_str();
    while let Some((before, marked)) = rest.split_once('⟦') {
        let (inside, after) = marked.split_once('⟧').expect("a mark is closed");
        let (category, change) = inside.split_once('|').expect("a mark names its category");
        let mut parts = change.split('⇒');
        let wrong = parts.next().unwrap_or("");
        let rights: Vec<String> = parts.map(str::to_owned).collect();
        damaged.push_str(before);
        repaired.push_str(before);
        let start = damaged.len();
        damaged.push_str(wrong);
        repaired.push_str(rights.first().expect("a mark has a repair"));
        golds.push(Gold { span: Span::new(start, damaged.len()), category: category.to_owned(), rights });
        rest = after;
    }
    damaged.push_str(rest);
    repaired.push_str(rest);
    // A line that goes as a whole takes its line break with it.
    let repaired = repaired.replace("\n\n", "\n");
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    Story { name, damaged, repaired, golds }
}

/// All stories of a folder below `tests/stories`, by name.
pub fn stories(folder: &str) -> Vec<Story> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories").join(folder);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&folder).expect("the folder of stories").map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    paths.iter().map(|p| parse(p)).collect()
}
