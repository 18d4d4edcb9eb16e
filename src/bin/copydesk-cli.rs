//! The command line: parses arguments, calls the library, prints, chooses the exit code
//! (0 nothing found, 1 findings, 2 trouble). A file that can't be read is reported and the others go on.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use copydesk::analysis::language::Packs;
use copydesk::check::{check, check_without, fix_all};
use copydesk::checklist::checklist;
use copydesk::document::Document;
use copydesk::finding::{Finding, Fix, Tier};
use copydesk::formats::{self, FormatError};
use copydesk::report::plain::{self, Colour};
use copydesk::report::{json, plain::unified};
use copydesk::review::disk;
use copydesk::rules::{Layer, Rules, examples, layers, stylebook};
use copydesk::text::{Edits, Pieces, diff};

/// Cleans machine-translated wire copy
///
/// Exit codes: 0 nothing found, 1 findings, 2 trouble.
#[derive(Parser)]
#[command(name = "copydesk-cli", version)]
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
        /// Also what no rule can decide: names, large figures, quotations and pronouns to check
        #[arg(long)]
        list: bool,
        /// The source language, which says which wording rules run: guessed, all, arabic, russian …
        #[arg(long, default_value = "guessed")]
        language: Packs,
        #[command(flatten)]
        layers: Houses,
    },
    /// Mends articles: shows the changes, or saves them
    ///
    /// The exit code tells whether findings stand in the files as they are afterwards.
    Fix {
        /// Files; `-` is the standard input
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// The first fix of everything, not only the safe ones; words inside quotations stay
        #[arg(long)]
        all: bool,
        /// Hints too
        #[arg(long)]
        hints: bool,
        /// Saves the files; one that has several names (hard links) is changed under this one alone
        #[arg(long, conflicts_with = "output")]
        write: bool,
        /// Saves the one file under another name; `-` is the standard output
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
        #[command(flatten)]
        layers: Houses,
    },
    /// Shows what differs between two articles, word by word
    Diff {
        /// The old one
        old: PathBuf,
        /// The new one
        new: PathBuf,
    },
    /// Says what a rule does, and why
    Explain {
        /// Its identifier
        rule: String,
        #[command(flatten)]
        layers: Houses,
    },
    /// Lists the rules
    Rules {
        #[command(subcommand)]
        action: Option<RulesAction>,
        #[command(flatten)]
        layers: Houses,
    },
}

#[derive(Subcommand)]
enum RulesAction {
    /// Runs the examples that rules carry, and reads the lists of a house
    Test {
        /// The folder of a house, or one's own; without it, the built-in rules
        folder: Option<PathBuf>,
    },
}

#[derive(clap::Args)]
struct Houses {
    /// A folder with rules and words of a house, laid over the built-in ones
    #[arg(long, value_name = "DIR")]
    house: Vec<PathBuf>,
}

/// What came of a command.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Nothing = 0,
    Findings = 1,
    Trouble = 2,
}

impl Outcome {
    fn of(found: bool) -> Self {
        if found { Self::Findings } else { Self::Nothing }
    }
}

type Out<'w> = &'w mut dyn Write;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let stdout = std::io::stdout();
    let colour = if stdout.is_terminal() && std::env::var_os("NO_COLOR").is_none() { Colour::Ansi } else { Colour::None };
    let mut out = std::io::BufWriter::new(stdout.lock());
    let outcome = run(arguments.command, colour, &mut out);
    // A reader that has gone away (`| head`) is no trouble of ours.
    let _ = out.flush();
    ExitCode::from(outcome as u8)
}

fn run(command: Command, colour: Colour, out: Out) -> Outcome {
    match command {
        Command::Check { files, format, hints, list, language, layers } => {
            let print = Print {
                format,
                tier: tier(hints),
                extent: if list { Extent::WithList } else { Extent::Findings },
                packs: language,
                colour,
            };
            check_files(&files, print, &layers, out)
        }
        Command::Fix { files, all, hints, write, output, layers } => {
            let target = match output {
                Some(path) => Target::File(path),
                None if write => Target::InPlace,
                None => Target::Show,
            };
            let choice = Choice { trust: if all { Trust::FirstFixes } else { Trust::SafeFixes }, tier: tier(hints) };
            fix_files(&files, choice, &target, &layers, colour, out)
        }
        Command::Diff { old, new } => diff_files(&old, &new, colour, out),
        Command::Explain { rule, layers } => explain(&rule, &layers, colour, out),
        Command::Rules { action: None, layers } => {
            let (rules, outcome) = layers.load();
            let _ = write!(out, "{}", plain::rules(rules.rules.iter().map(|r| &r.card), colour));
            outcome
        }
        Command::Rules { action: Some(RulesAction::Test { folder }), layers } => test_rules(folder.as_deref(), &layers, out),
    }
}

/// The lowest tier that is asked for.
fn tier(hints: bool) -> Tier {
    if hints { Tier::Hint } else { Tier::Default }
}

fn trouble(message: &str) -> Outcome {
    let _ = writeln!(std::io::stderr(), "copydesk-cli: {message}");
    Outcome::Trouble
}

impl Houses {
    /// The rules of all layers; faults of a layer are reported, and what can be read of it is used.
    fn load(&self) -> (Rules, Outcome) {
        let layers: Vec<Layer> =
            self.house.iter().map(|folder| Layer { name: format!("house {}", folder.display()), folder: folder.clone() }).collect();
        let (rules, errors) = layers::load(&layers);
        let outcome = errors.iter().fold(Outcome::Nothing, |_, error| trouble(&error.to_string()));
        (rules, outcome)
    }
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, String> {
    if is_stdin(path) {
        return disk::read_some(std::io::stdin().lock()).map_err(|e| format!("can't read the standard input: {}", e.kind()));
    }
    disk::read(path).map_err(|e| e.to_string())
}

/// Reads one article.
fn open(path: &Path) -> Result<Document, String> {
    article(path, &bytes_of(path)?)
}

/// The article that bytes under a name are.
fn article(path: &Path, bytes: &[u8]) -> Result<Document, String> {
    let name = path.display().to_string();
    formats::read(if is_stdin(path) { "" } else { &name }, bytes).map_err(|e| format!("{name}: {e}"))
}

/// What a check prints besides findings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    Findings,
    WithList,
}

/// What of a check is printed, and how.
#[derive(Clone, Copy)]
struct Print {
    format: OutputFormat,
    tier: Tier,
    extent: Extent,
    packs: Packs,
    colour: Colour,
}

fn check_files(files: &[PathBuf], print: Print, layers: &Houses, out: Out) -> Outcome {
    let Print { format, tier, extent, packs, colour } = print;
    let (rules, mut outcome) = layers.load();
    let (mut count, mut safe, mut read) = (0, 0, 0);
    for path in files {
        let name = path.display().to_string();
        let document = match open(path) {
            Ok(document) => document,
            Err(message) => {
                outcome = trouble(&message);
                continue;
            }
        };
        // What is not checked is not counted and not listed: it must not look clean.
        if let Some(reason) = formats::reading_only(&document) {
            outcome = trouble(&format!("{name}: too long to be checked: {reason}"));
            continue;
        }
        read += 1;
        let checked = check_without(&document, &rules, packs, |_| false);
        for notice in &checked.notices {
            outcome = trouble(&format!("{name}: {notice}"));
        }
        for remark in &checked.remarks {
            let _ = trouble(&format!("{name}: {remark}"));
        }
        let findings: Vec<&Finding> = checked.findings.iter().filter(|f| f.tier >= tier).collect();
        count += findings.len();
        safe += findings.iter().filter(|f| f.safe_fix().is_some()).count();
        outcome = outcome.max(Outcome::of(!findings.is_empty()));
        let checks = match extent {
            Extent::WithList => Some(checklist(&document, &rules)),
            Extent::Findings => None,
        };
        let printed = match format {
            OutputFormat::Json => {
                let mut object = json::file(&name, &document, &checked.findings, tier == Tier::Hint);
                if let (Some(checks), Some(object)) = (&checks, object.as_object_mut()) {
                    object.insert("checks".to_owned(), json::checks(&document, checks));
                }
                writeln!(out, "{object}")
            }
            OutputFormat::Plain => {
                let list = checks.map(|c| plain::checklist(&name, &document, &c, colour)).unwrap_or_default();
                write!(out, "{}{list}", plain::findings(&name, &document, &findings, colour))
            }
        };
        if printed.is_err() {
            return outcome;
        }
    }
    if format == OutputFormat::Plain && read > 0 {
        let _ = writeln!(out, "{}", plain::summary(count, safe, read));
    }
    outcome
}

/// How far fixes are trusted.
#[derive(Clone, Copy)]
enum Trust {
    SafeFixes,
    FirstFixes,
}

/// Which fixes are taken.
#[derive(Clone, Copy)]
struct Choice {
    trust: Trust,
    tier: Tier,
}

impl Choice {
    fn fix(self, finding: &Finding) -> Option<&Fix> {
        if finding.tier < self.tier {
            return None;
        }
        match self.trust {
            Trust::SafeFixes => finding.safe_fix(),
            Trust::FirstFixes => finding.fixes.first().filter(|_| finding.may_be_batched()),
        }
    }
}

/// Where the mended article goes.
enum Target {
    Show,
    InPlace,
    File(PathBuf),
}

/// How often an article is checked again after its fixes are taken.
const ROUNDS: usize = 6;

fn fix_files(files: &[PathBuf], choice: Choice, target: &Target, layers: &Houses, colour: Colour, out: Out) -> Outcome {
    if files.len() > 1 && matches!(target, Target::File(_)) {
        return trouble("--output takes one file; use --write to save several");
    }
    if matches!(target, Target::InPlace) && files.iter().any(|f| is_stdin(f)) {
        return trouble("the standard input can't be written; use --output -");
    }
    let (rules, mut outcome) = layers.load();
    for path in files {
        match fix_file(path, choice, target, &rules, colour, out) {
            Ok(more) => outcome = outcome.max(more),
            Err(message) => outcome = trouble(&message),
        }
    }
    outcome
}

fn fix_file(path: &Path, choice: Choice, target: &Target, rules: &Rules, colour: Colour, out: Out) -> Result<Outcome, String> {
    let name = path.display().to_string();
    let document = open(path)?;
    if let Some(reason) = formats::reading_only(&document) {
        return Err(format!("{name}: too long to be checked: {reason}"));
    }
    let (edits, refused) = writable(&document, rules, choice);
    let mut outcome = refused.iter().fold(Outcome::Nothing, |_, e| trouble(&format!("{name}: {e}")));
    let bytes = formats::write(&document, &edits).map_err(|e| format!("{name}: {e}"))?;
    let mended = article(path, &bytes)?;
    let standing = |document: &Document| check(document, rules).findings.iter().any(|f| f.tier >= choice.tier);
    match target {
        Target::Show => {
            let source = |document: &Document| document.source.parts.first().cloned().unwrap_or_default();
            let _ = write!(out, "{}", unified(&name, &name, &source(&document), &source(&mended), colour));
            return Ok(outcome.max(Outcome::of(standing(&document))));
        }
        Target::InPlace if edits.is_empty() => {}
        Target::InPlace => {
            disk::write(path, &bytes).map_err(|e| e.to_string())?;
            let _ = writeln!(out, "{name}: {} saved", changes(edits.len()));
        }
        Target::File(file) if is_stdin(file) => drop(out.write_all(&bytes)),
        Target::File(file) => {
            let model = (!is_stdin(path)).then_some(path);
            disk::write_like(file, &bytes, model).map_err(|e| e.to_string())?;
            let _ = writeln!(out, "{name}: {} saved as {}", changes(edits.len()), file.display());
        }
    }
    outcome = outcome.max(Outcome::of(standing(&mended)));
    Ok(outcome)
}

fn changes(number: usize) -> String {
    if number == 1 { "1 change".to_owned() } else { format!("{number} changes") }
}

/// The chosen fixes that the format can write, as edits of the article, and why it can't write the others.
/// A fix is written as a whole or not at all.
fn writable(document: &Document, rules: &Rules, choice: Choice) -> (Edits, Vec<FormatError>) {
    let mut left_out: Vec<(String, Fix)> = Vec::new();
    let settled = |left_out: &[(String, Fix)]| {
        let alike = |a: &Fix, b: &Fix| a.edits.iter().map(|e| (&e.from, &e.to)).eq(b.edits.iter().map(|e| (&e.from, &e.to)));
        let stays_out = |f: &Finding, fix: &Fix| left_out.iter().any(|(rule, other)| *rule == f.rule && alike(fix, other));
        let mut pieces = Pieces::new(document.text.len());
        for round in fix_all(document, rules, |f| choice.fix(f).filter(|fix| !stays_out(f, fix)), ROUNDS) {
            pieces.apply(&round);
        }
        pieces.to_edits(&document.text)
    };
    let edits = settled(&left_out);
    if formats::write(document, &edits).is_ok() {
        return (edits, Vec::new());
    }
    let findings = check(document, rules).findings;
    let mut refused = Vec::new();
    for finding in &findings {
        if let Some(fix) = choice.fix(finding)
            && let Err(error) = formats::write(document, &fix.edits)
        {
            refused.push(error);
            left_out.push((finding.rule.clone(), fix.clone()));
        }
    }
    let edits = settled(&left_out);
    if formats::write(document, &edits).is_ok() {
        return (edits, refused);
    }
    // Fixes that can be written each but not together: one after the other, as long as the page shows them.
    let mut taken = Edits::default();
    for fix in findings.iter().filter_map(|f| choice.fix(f).filter(|x| !left_out.iter().any(|(rule, o)| *rule == f.rule && o == *x))) {
        let Some(more) = Edits::new(taken.iter().chain(fix.edits.iter()).cloned().collect()) else { continue };
        match formats::write(document, &more) {
            Ok(_) => taken = more,
            Err(error) => refused.push(error),
        }
    }
    (taken, refused)
}

fn diff_files(old: &Path, new: &Path, colour: Colour, out: Out) -> Outcome {
    let (old, new) = match (open(old), open(new)) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => return [old.err(), new.err()].into_iter().flatten().fold(Outcome::Trouble, |_, m| trouble(&m)),
    };
    let rows = diff::compare(&old.text, &new.text);
    let _ = write!(out, "{}", plain::redline(&rows, colour));
    Outcome::of(old.text != new.text)
}

fn explain(id: &str, layers: &Houses, colour: Colour, out: Out) -> Outcome {
    let (rules, outcome) = layers.load();
    if let Some(rule) = rules.get(id) {
        let _ = write!(out, "{}", plain::explain(&rule.card, colour));
        return outcome;
    }
    let shared = |known: &str| known.bytes().zip(id.bytes()).take_while(|(a, b)| a == b).count();
    let mut near: Vec<&str> = rules.rules.iter().map(|r| r.card.id.as_str()).filter(|k| shared(k) >= 3 || k.contains(id)).collect();
    near.sort_by_key(|known| (std::cmp::Reverse(shared(known)), known.len()));
    near.truncate(3);
    let advice = if near.is_empty() { "`copydesk-cli rules` lists them".to_owned() } else { format!("did you mean {}?", near.join(", ")) };
    trouble(&format!("there is no rule {id:?}; {advice}"))
}

fn test_rules(folder: Option<&Path>, houses: &Houses, out: Out) -> Outcome {
    let mut layers = Houses { house: houses.house.clone() };
    layers.house.extend(folder.map(Path::to_owned));
    let (rules, mut outcome) = layers.load();
    let (mut tested, mut examples_run, mut failed) = (0, 0, 0);
    for rule in &rules.rules {
        let place = match folder {
            Some(folder) => place_in(folder, &rule.card.id),
            None => place_built_in(&rule.card.id),
        };
        let Some(place) = place else { continue };
        tested += 1;
        examples_run += rule.card.example.len() + rule.card.clean.len() + rule.card.false_alarms.len();
        for fault in examples::run(&rules, rule) {
            failed += 1;
            let _ = writeln!(out, "{place}: {}: {fault}", rule.card.id);
        }
    }
    let layer = folder.map(|f| layers::read(&Layer { name: String::new(), folder: f.to_owned() }).0).unwrap_or_default();
    let mut lists = stylebook::entries(&layer);
    lists.retain(|(slot, _)| stylebook::page::is_list(&slot.file));
    for (slot, says) in lists.iter().filter_map(|(slot, entry)| Some((slot, entry.fault()?))) {
        failed += 1;
        let line = layer.file(&slot.file).lines().position(|l| slot.read(l).is_some()).map_or(0, |i| i + 1);
        let _ = writeln!(out, "{}:{line}: {says}", layer.folder.join(&slot.file).display());
    }
    if tested == 0 && lists.is_empty() {
        let place = folder.map_or_else(|| "this program".to_owned(), |f| f.join("rules").display().to_string());
        return trouble(&format!("there is no rule to test in {place}"));
    }
    if failed > 0 {
        outcome = outcome.max(Outcome::Findings);
    }
    let verdict = match failed {
        0 if outcome == Outcome::Trouble => "all hold, but not everything could be read".to_owned(),
        0 => "all hold".to_owned(),
        1 => "1 fails".to_owned(),
        _ => format!("{failed} fail"),
    };
    let rules = if tested == 1 { "rule" } else { "rules" };
    let lists = match lists.len() {
        0 => String::new(),
        1 => ", 1 line of lists".to_owned(),
        n => format!(", {n} lines of lists"),
    };
    let _ = writeln!(out, "{tested} {rules}, {examples_run} examples{lists}: {verdict}");
    outcome
}

/// `file:line` of a rule among a layer's cards: where it is defined or changed.
fn place_in(folder: &Path, id: &str) -> Option<String> {
    let mut folders = vec![folder.join("rules")];
    while let Some(folder) = folders.pop() {
        let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).ok()?.filter_map(|e| Some(e.ok()?.path())).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "toml")
                && let Ok(text) = std::fs::read_to_string(&path)
                && let Some(line) = layers::line_of(&text, id)
            {
                return Some(format!("{}:{line}", path.display()));
            }
        }
    }
    None
}

fn place_built_in(id: &str) -> Option<String> {
    layers::BUILT_IN.iter().find_map(|(file, text)| Some(format!("dictionaries/rules/{file}:{}", layers::line_of(text, id)?)))
}
