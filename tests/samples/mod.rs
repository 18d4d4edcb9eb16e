//! Folders of sample files: our own, and one that `COPYDESK_SAMPLES` names.

#![allow(dead_code, reason = "each test takes what it needs")]

use std::path::PathBuf;

/// The folder that `COPYDESK_SAMPLES` names; without it the test says what it leaves out.
pub fn named() -> Option<PathBuf> {
    let folder = std::env::var_os("COPYDESK_SAMPLES").map(PathBuf::from);
    match &folder {
        Some(folder) => assert!(folder.is_dir(), "COPYDESK_SAMPLES names no folder: {}", folder.display()),
        None => println!("COPYDESK_SAMPLES names no folder: only our own files are tested"),
    }
    folder
}

/// Our own pages and texts, and the named folder.
pub fn all() -> Vec<PathBuf> {
    let own = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    std::iter::once(own).chain(named()).collect()
}
