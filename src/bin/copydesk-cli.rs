//! The command line: parses arguments, calls the library, prints, chooses the exit code
//! (0 nothing found, 1 findings, 2 trouble).

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use copydesk::check::check;
use copydesk::document::Document;
use copydesk::finding::Tier;
use copydesk::rules::{Layer, Rules, layers};
use copydesk::{formats, report};

/// Cleans machine-translated wire copy
#[derive(Parser)]
#[command(name = "copydesk-cli", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// For people
    Plain,
    /// One object a line and file
    Json,
}

#[derive(Subcommand)]
enum Command {
    /// Lists what is wrong in articles
    Check {
        /// Files; `-` is the standard input
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// How the findings are printed
        #[arg(long, value_enum, default_value = "plain")]
        format: OutputFormat,
        /// Hints too
        #[arg(long)]
        hints: bool,
        /// A folder with rules and words of a house, laid over the built-in ones
        #[arg(long)]
        house: Vec<PathBuf>,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let code = run(arguments.command, &mut out);
    // A reader that has gone away (`| head`) is no trouble of ours.
    let _ = out.flush();
    ExitCode::from(code)
}

fn trouble(message: &str) {
    let _ = writeln!(std::io::stderr(), "copydesk-cli: {message}");
}

/// Reads the rules of all layers; the second value says whether a layer had faults.
fn rules(house: &[PathBuf]) -> (Rules, bool) {
    let layers: Vec<Layer> =
        house.iter().map(|folder| Layer { name: format!("house {}", folder.display()), folder: folder.clone() }).collect();
    let (rules, errors) = layers::load(&layers);
    for error in &errors {
        trouble(&error.to_string());
    }
    (rules, !errors.is_empty())
}

/// Reads one article; `-` is the standard input.
fn open(path: &PathBuf) -> Result<Document, String> {
    let name = path.display().to_string();
    let bytes = if name == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    let bytes = bytes.map_err(|e| format!("can't read {name}: {e}"))?;
    formats::read(if name == "-" { "" } else { &name }, &bytes).map_err(|e| format!("can't read {name}: {e}"))
}

fn run(command: Command, out: &mut dyn Write) -> u8 {
    match command {
        Command::Check { files, format, hints, house } => {
            let (rules, mut failed) = rules(&house);
            let mut found = false;
            for path in &files {
                let document = match open(path) {
                    Ok(document) => document,
                    Err(message) => {
                        trouble(&message);
                        failed = true;
                        continue;
                    }
                };
                let name = path.display().to_string();
                let checked = check(&document, &rules);
                for notice in &checked.notices {
                    trouble(&format!("{name}: {notice}"));
                    failed = true;
                }
                found |= checked.findings.iter().any(|f| hints || f.tier == Tier::Default);
                let printed = match format {
                    OutputFormat::Json => writeln!(out, "{}", report::json::file(&name, &document, &checked.findings, hints)),
                    OutputFormat::Plain => Ok(()),
                };
                if printed.is_err() {
                    break;
                }
            }
            if failed { 2 } else { u8::from(found) }
        }
    }
}
