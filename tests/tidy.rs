//! The invariants of ARCHITECTURE.md that a compiler does not see, checked on the source text.

#![allow(clippy::expect_used, reason = "a test that can't read its own source says so")]

use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of the repository") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// `(path below src, text)` of every source file.
fn sources() -> Vec<(String, String)> {
    let src = root().join("src");
    files(&src, "rs")
        .into_iter()
        .map(|p| {
            let name = p.strip_prefix(&src).expect("below src").to_string_lossy().replace('\\', "/");
            (name, std::fs::read_to_string(&p).expect("a source file"))
        })
        .collect()
}

fn hold(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_file_states_its_job_and_stays_short() {
    let mut faults = Vec::new();
    for (name, text) in sources() {
        if !text.starts_with("//!") {
            faults.push(format!("{name} does not begin with its job (`//!`)"));
        }
        if text.lines().count() > 600 {
            faults.push(format!("{name} has {} lines: is it one idea?", text.lines().count()));
        }
    }
    hold(&faults);
}

#[test]
fn the_engine_knows_no_window() {
    let mut faults = Vec::new();
    for (name, text) in sources() {
        let window = name.starts_with("gui/") || name == "bin/copydesk.rs";
        for word in ["egui", "eframe", "rfd::", "arboard"] {
            if !window && text.lines().any(|l| !l.trim_start().starts_with("//") && l.contains(word)) {
                faults.push(format!("{name} speaks of {word}"));
            }
        }
    }
    hold(&faults);
}

#[test]
fn the_core_touches_nothing_outside() {
    let outer = ["rules/layers.rs", "review/journal.rs", "review/left.rs", "review/session.rs", "review/disk.rs"];
    let mut faults = Vec::new();
    for (name, text) in sources() {
        if name.starts_with("gui/") || name.starts_with("bin/") || outer.contains(&name.as_str()) {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or("");
        for word in ["std::fs", "std::env", "std::net", "SystemTime", "Instant::now", "Timestamp::now", "Zoned::now", "std::process"] {
            if code.lines().any(|l| !l.trim_start().starts_with("//") && l.contains(word)) {
                faults.push(format!("{name} uses {word}"));
            }
        }
    }
    hold(&faults);
}

#[test]
fn libraries_stay_behind_their_door() {
    let mut faults = Vec::new();
    for (name, text) in sources() {
        for (word, door) in [
            ("quick_xml", "formats/"),
            ("zip::", "formats/"),
            ("similar::", "text/diff.rs"),
            ("unicode_bidi", "gui/bidi.rs"),
            ("regex::", "gui/seek.rs"),
        ] {
            if text.contains(word) && !name.starts_with(door) {
                faults.push(format!("{name} uses {word}; only {door} may"));
            }
        }
    }
    hold(&faults);
}

#[test]
fn the_compiled_in_dictionaries_are_the_folder() {
    let mut faults = Vec::new();
    let listed = |list: &[(&str, &str)], folder: &str, extension: &str, faults: &mut Vec<String>| {
        let folder = root().join("dictionaries").join(folder);
        for path in files(&folder, extension) {
            let name = path.strip_prefix(&folder).expect("below").to_string_lossy().replace('\\', "/");
            match list.iter().find(|(n, _)| *n == name) {
                None => faults.push(format!("{name} is not compiled in")),
                Some((_, text)) => {
                    let disk = std::fs::read_to_string(&path).expect("a dictionary");
                    if *text != disk {
                        faults.push(format!("{name}: another file is compiled in under this name"));
                    }
                }
            }
        }
    };
    listed(copydesk::rules::layers::BUILT_IN, "rules", "toml", &mut faults);
    listed(copydesk::rules::lexicon::BUILT_IN, "words", "tsv", &mut faults);
    hold(&faults);
}

#[test]
fn the_large_lists_are_sorted_and_name_their_source() {
    let mut faults = Vec::new();
    for (name, text) in copydesk::rules::lexicon::BUILT_IN {
        if !text.starts_with("# SOURCE:") {
            faults.push(format!("{name} does not name its source in its first line"));
        }
        // Longer words are not looked up.
        if let Some(line) = text.lines().find(|l| !l.starts_with('#') && l.split('\t').next().is_some_and(|w| w.len() > 64)) {
            faults.push(format!("{name} has a word of more than 64 bytes: {line}"));
        }
        if ["words_en.tsv", "words_curated.tsv", "given_names.tsv", "surnames.tsv", "cities.tsv"].contains(name) {
            let keys: Vec<&str> =
                text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(|l| l.split('\t').next().unwrap_or("")).collect();
            if let Some(pair) = keys.windows(2).find(|w| w.first() > w.last()) {
                faults.push(format!("{name} is not sorted by bytes at {pair:?}"));
            }
        }
    }
    hold(&faults);
}

#[test]
fn nothing_is_left_open() {
    let mut faults = Vec::new();
    for (name, text) in sources() {
        for word in ["todo!(", "unimplemented!(", "FIXME", "XXX"] {
            if text.contains(word) {
                faults.push(format!("{name} has {word}"));
            }
        }
    }
    for path in files(&root().join("tests"), "rs") {
        let text = std::fs::read_to_string(&path).expect("a test");
        if path.file_name().is_some_and(|n| n != "tidy.rs") && text.contains("#[ignore") {
            faults.push(format!("{} ignores a test", path.display()));
        }
    }
    hold(&faults);
}
