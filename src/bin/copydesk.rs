//! The window: opens the articles named on the command line.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

/// Reviews machine-translated wire copy in a window
#[derive(Parser)]
#[command(name = "copydesk", version, about, after_help = "Without a display, use copydesk-cli.")]
struct Arguments {
    /// Articles or folders to open; without any, the article worked on last
    files: Vec<PathBuf>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match copydesk::gui::run(arguments.files) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            // Nobody reads the message when the error stream is closed.
            let _ = writeln!(std::io::stderr(), "copydesk: {message}");
            ExitCode::from(2)
        }
    }
}
