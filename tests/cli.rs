//! The command line, driven as a user drives it: the built program, real files, exit codes.

#![allow(clippy::unwrap_used, clippy::string_slice, clippy::indexing_slicing, reason = "a test may stop")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

struct Run {
    code: i32,
    out: String,
    err: String,
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk-cli"));
    command.env_remove("NO_COLOR");
    command
}

fn finished(output: Output) -> Run {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

fn run(folder: &Path, arguments: &[&str]) -> Run {
    finished(program().current_dir(folder).args(arguments).output().unwrap())
}

fn run_with_input(input: &[u8], arguments: &[&str]) -> Run {
    let mut child = program().args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that refuses its arguments goes before it has read anything.
    let _ = child.stdin.take().unwrap().write_all(input);
    finished(child.wait_with_output().unwrap())
}

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

const DOUBLED: &[u8] = b"The union waited for for an answer.\n";
const CLEAN: &[u8] = b"The union waited for an answer.\n";

/// A house whose one rule replaces a word, safely or not.
const HOUSE: &str = r#"
[[rule]]
id = "house-twice"
category = "repetition"
detector = "doubled-words"
message = "Our house says once: {found}"
why = "A test."
applicability = "review"
clean = ["He said that he had had enough."]
[[rule.example]]
bad = "The union waited [[for for]] an answer."
good = "The union waited for an answer."
"#;

#[test]
fn a_clean_file_gives_0_and_findings_give_1() {
    let dir = folder(&[("good.txt", CLEAN), ("bad.txt", DOUBLED)]);
    let clean = run(dir.path(), &["check", "good.txt"]);
    assert_eq!((clean.code, clean.out.as_str()), (0, "nothing found in 1 file\n"));
    let found = run(dir.path(), &["check", "good.txt", "bad.txt"]);
    assert_eq!(found.code, 1, "{}", found.err);
    assert!(found.out.starts_with("bad.txt:1:18: repetition doubled-words: "), "{}", found.out);
    assert!(found.out.contains("    The union waited [for for] an answer.\n    → for"), "{}", found.out);
    assert!(found.out.contains("1 finding in 2 files"), "{}", found.out);
    assert!(!found.out.contains('\u{1b}'), "colour in a pipe");
}

#[test]
fn the_standard_input_is_a_dash() {
    let found = run_with_input(DOUBLED, &["check", "-"]);
    assert_eq!(found.code, 1);
    assert!(found.out.starts_with("-:1:18: "), "{}", found.out);
    let page = run_with_input(b"<!DOCTYPE html><p>The <b>union</b> waited for <i>for</i> it.</p>", &["check", "--format", "json", "-"]);
    assert_eq!(page.code, 1);
    let value: Value = serde_json::from_str(&page.out).unwrap();
    assert_eq!(value["findings"][0]["text"], "for for");
}

/// Applies the edits of every finding's first fix to a file by what JSON says alone.
fn apply_first_fixes(source: &str, report: &Value) -> String {
    let chars: Vec<char> = source.chars().collect();
    let mut edits: Vec<(usize, usize, String)> = Vec::new();
    for finding in report["findings"].as_array().unwrap() {
        for edit in finding["fixes"].get(0).and_then(|f| f["edits"].as_array()).into_iter().flatten() {
            let at = |key: &str| usize::try_from(edit[key].as_u64().unwrap()).unwrap();
            edits.push((at("start"), at("end"), edit["replacement"].as_str().unwrap().to_owned()));
        }
    }
    edits.sort();
    let (mut out, mut position) = (String::new(), 0);
    for (start, end, replacement) in edits {
        out.extend(&chars[position..start]);
        out.push_str(&replacement);
        position = end;
    }
    out.extend(&chars[position..]);
    out
}

#[test]
fn json_offsets_are_characters_of_the_file_and_its_edits_can_be_applied() {
    let text = "“Näive” — ünion.\r\nThe union waited for for an answer.\r\n";
    let page = "<html><head><title>x</title></head><body>\n<p>“Näive” &mdash; the <a href='x&amp;y'>union</a> waited for <b>for</b> an answer.</p>\n</body></html>\n";
    let dir = folder(&[("a.txt", text.as_bytes()), ("b.html", page.as_bytes())]);
    let result = run(dir.path(), &["check", "--format", "json", "a.txt", "b.html"]);
    let lines: Vec<Value> = result.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    for (report, source) in lines.iter().zip([text, page]) {
        let found = report["findings"].as_array().unwrap();
        let finding = found.iter().find(|f| f["rule"] == "doubled-words").unwrap();
        let at = |key: &str| usize::try_from(finding[key].as_u64().unwrap()).unwrap();
        let chars: Vec<char> = source.chars().collect();
        let words: String = chars[at("start")..at("end")].iter().collect();
        assert!(words == "for for" || words == "for <b>for", "{words}");
        let before: String = chars[..at("start")].iter().collect();
        assert_eq!(at("line"), 1 + before.matches('\n').count());
        assert_eq!(at("column"), 1 + before.rsplit('\n').next().unwrap().chars().count());
        assert_eq!(finding["category"], "repetition");
        assert_eq!(finding["tier"], "default");
        let lone = serde_json::json!({"findings": [finding]});
        let mended = apply_first_fixes(source, &lone);
        assert!(!mended.contains("for for") && !mended.contains("for <b>for</b>"), "{mended}");
        assert_eq!(mended.matches("for").count(), source.matches("for").count() - 1);
    }
}

/// The keys of an object and, below a point, those of the objects in it.
fn keys(value: &Value, path: &str, out: &mut std::collections::BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                out.insert(format!("{path}{key}"));
                keys(inner, &format!("{path}{key}."), out);
            }
        }
        Value::Array(list) => list.iter().for_each(|inner| keys(inner, path, out)),
        _ => {}
    }
}

#[test]
fn json_has_the_keys_that_its_page_shows() {
    let page = include_str!("../docs/json.md");
    let example = page.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let (mut documented, mut printed) = (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
    keys(&serde_json::from_str(example).unwrap(), "", &mut documented);
    keys(&serde_json::from_str(&run_with_input(DOUBLED, &["check", "--format", "json", "-"]).out).unwrap(), "", &mut printed);
    // Nothing was cited for this finding.
    printed.extend(["start", "end", "note"].map(|k| format!("findings.evidence.{k}")));
    assert_eq!(printed, documented);
}

#[test]
fn trouble_with_one_file_lets_the_others_go_on() {
    let dir = folder(&[
        ("bad.txt", DOUBLED),
        ("binary.txt", b"a\x01\x02\x00b"),
        ("latin.txt", b"caf\xe9 said so\n"),
        ("wide.txt", b"\xff\xfea\0b\0"),
        ("page.html", b"<meta charset=iso-8859-1><p>caf\xe9</p>"),
        ("story.docx", b"PK\x03\x04rest"),
        ("empty.txt", b""),
        ("sub/x.txt", b""),
    ]);
    let files = ["none.txt", "sub", "binary.txt", "latin.txt", "wide.txt", "page.html", "story.docx", "empty.txt", "bad.txt"];
    let result = run(dir.path(), &[&["check"], &files[..]].concat());
    assert_eq!(result.code, 2);
    assert!(result.out.starts_with("bad.txt:1:18"), "{}", result.out);
    assert!(result.out.contains("in 2 files"), "{}", result.out);
    for words in [
        "there is no file none.txt",
        "this is a folder, not an article: sub",
        "binary.txt: this is a binary file, not text: byte 0x01 at position 1",
        "latin.txt: this is not UTF-8 (line 1, byte 3): it looks like windows-1252; save it as UTF-8",
        "wide.txt: this is not UTF-8 (line 1, byte 0): it looks like UTF-16 (little-endian)",
        "page.html: this is not UTF-8 (line 1, byte 31): the page says it is iso-8859-1",
        "story.docx: this is a Word",
    ] {
        assert!(result.err.contains(words), "{words} is not in\n{}", result.err);
    }
    assert_eq!(result.err.lines().count(), 7, "{}", result.err);
}

#[test]
fn a_very_long_line_is_opened_for_reading_only() {
    let line = "The union waited for for an answer. ".repeat(10_000_000 / 36);
    let dir = folder(&[("long.txt", line.as_bytes()), ("bad.txt", DOUBLED)]);
    let begun = std::time::Instant::now();
    let result = run(dir.path(), &["check", "--format", "json", "long.txt", "bad.txt"]);
    assert!(begun.elapsed().as_secs() < 20);
    assert_eq!(result.code, 2);
    assert!(result.err.contains("long.txt: too long to be checked: it has 9.5 MB of text"), "{}", result.err);
    assert_eq!(result.out.lines().count(), 1, "what is not checked is not listed");
    let alone = run(dir.path(), &["check", "long.txt"]);
    assert_eq!((alone.code, alone.out.as_str()), (2, ""));
}

#[test]
fn fix_shows_a_diff_that_changes_nothing() {
    let house = HOUSE.replace("\"review\"", "\"safe\"\nfix-safety = \"A test\"");
    let dir = folder(&[("bad.txt", b"One.\nThe union waited for for an answer.\nTwo."), ("h/rules/a.toml", house.as_bytes())]);
    let result = run(dir.path(), &["fix", "--all", "bad.txt"]);
    assert_eq!(result.code, 1, "{}", result.err);
    let wanted = "--- bad.txt\n+++ bad.txt\n@@ -2,1 +2,1 @@\n-The union waited for for an answer.\n+The union waited for an answer.\n";
    assert_eq!(result.out, wanted);
    assert_eq!(std::fs::read(dir.path().join("bad.txt")).unwrap(), b"One.\nThe union waited for for an answer.\nTwo.");
    let none = run(dir.path(), &["fix", "bad.txt"]);
    assert_eq!((none.code, none.out.as_str()), (1, ""), "nothing safe, but a finding stands");
}

#[test]
fn fix_writes_the_file_and_keeps_its_permissions_and_links() {
    let dir = folder(&[("story.html", b"<p class=x>The union waited for <b>for</b> it. &copy;</p>\r\n")]);
    let path = dir.path().join("story.html");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink("story.html", dir.path().join("link.html")).unwrap();
    }
    #[cfg(not(unix))]
    std::fs::copy(&path, dir.path().join("link.html")).unwrap();
    let result = run(dir.path(), &["fix", "--all", "--write", "link.html"]);
    assert_eq!((result.code, result.out.as_str()), (0, "link.html: 1 change saved\n"), "{}", result.err);
    let written = std::fs::read_to_string(dir.path().join("link.html")).unwrap();
    assert!(written.starts_with("<p class=x>The union waited for") && written.ends_with("it. &copy;</p>\r\n"), "{written}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(std::fs::symlink_metadata(dir.path().join("link.html")).unwrap().is_symlink());
    }
    let again = run(dir.path(), &["fix", "--all", "--write", "link.html"]);
    assert_eq!((again.code, again.out.as_str()), (0, ""));
}

#[test]
fn fix_saves_under_another_name_or_prints() {
    let dir = folder(&[("bad.txt", DOUBLED)]);
    let result = run(dir.path(), &["fix", "--all", "--output", "new.txt", "bad.txt"]);
    assert_eq!(result.code, 0, "{}", result.err);
    assert_eq!(std::fs::read(dir.path().join("new.txt")).unwrap(), CLEAN);
    assert_eq!(std::fs::read(dir.path().join("bad.txt")).unwrap(), DOUBLED);
    assert_eq!(run_with_input(DOUBLED, &["fix", "--all", "--output", "-", "-"]).out.as_bytes(), CLEAN);
    assert_eq!(run_with_input(DOUBLED, &["fix", "--write", "-"]).code, 2);
    let two = run(dir.path(), &["fix", "--output", "new.txt", "bad.txt", "bad.txt"]);
    assert_eq!(two.code, 2);
    assert!(two.err.contains("--output takes one file"));
}

#[cfg(unix)]
#[test]
fn fix_leaves_a_read_only_file_alone() {
    use std::os::unix::fs::PermissionsExt;
    let dir = folder(&[("bad.txt", DOUBLED)]);
    let path = dir.path().join("bad.txt");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o444)).unwrap();
    let result = run(dir.path(), &["fix", "--all", "--write", "bad.txt"]);
    assert_eq!(result.code, 2);
    assert!(result.err.contains("read-only"), "{}", result.err);
    assert_eq!(std::fs::read(&path).unwrap(), DOUBLED);
}

#[test]
fn diff_shows_words() {
    let dir = folder(&[
        ("old.txt", b"One.\nTalks with the authorityand the union.\n"),
        ("new.html", b"<p>One.</p><p>Talks with the authority and a union.</p>"),
    ]);
    let result = run(dir.path(), &["diff", "old.txt", "new.html"]);
    assert_eq!(result.code, 1);
    assert!(result.out.starts_with("…\nTalks with the authority{+ +}and [-the-]{+a+} union."), "{}", result.out);
    assert_eq!(run(dir.path(), &["diff", "old.txt", "old.txt"]).code, 0);
    let missing = run(dir.path(), &["diff", "old.txt", "none.txt"]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("there is no file none.txt"));
}

#[test]
fn rules_are_listed_and_explained() {
    let dir = folder(&[("h/rules/a.toml", b"[[override]]\nid = \"doubled-words\"\nenabled = false\n")]);
    let list = run(dir.path(), &["rules", "--house", "h"]);
    assert_eq!(list.code, 0, "{}", list.err);
    let line = list.out.lines().find(|l| l.starts_with("doubled-words ")).unwrap();
    assert!(line.contains("repetition") && line.contains(" off ") && line.contains("changed by house h (h/rules/a.toml:2)"), "{line}");
    let card = run(dir.path(), &["explain", "doubled-words", "--house", "h"]);
    assert_eq!(card.code, 0);
    for words in
        ["doubled-words (Repetition)", "wrong  The union waited [[for for]]", "right  The union waited for an", "It is off", "built in"]
    {
        assert!(card.out.contains(words), "{words} is not in\n{}", card.out);
    }
    let none = run(dir.path(), &["explain", "doubled-word"]);
    assert_eq!(none.code, 2);
    assert!(none.err.contains("did you mean doubled-words"), "{}", none.err);
}

#[test]
fn a_house_with_a_wrong_key_is_named_and_the_rest_goes_on() {
    let wrong = HOUSE.replace("why =", "reason =");
    let dir = folder(&[("h/rules/a.toml", wrong.as_bytes()), ("h/rules/b.toml", HOUSE.as_bytes()), ("bad.txt", DOUBLED)]);
    let result = run(dir.path(), &["check", "--house", "h", "bad.txt"]);
    assert_eq!(result.code, 2);
    for words in ["h/rules/a.toml", "line 7", "unknown field `reason`", "`why`"] {
        assert!(result.err.contains(words), "{words} is not in\n{}", result.err);
    }
    assert!(result.out.contains("1 finding in 1 file"), "{}", result.out);
    assert!(run(dir.path(), &["rules", "--house", "h"]).out.contains("\nhouse-twice "));
    let missing = run(dir.path(), &["check", "--house", "none", "bad.txt"]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("none: no such folder"), "{}", missing.err);
    assert!(missing.out.contains("doubled-words"));
}

#[test]
fn rules_test_runs_the_examples_of_a_house() {
    let failing = HOUSE.replace("good = \"The union waited for an answer.\"", "good = \"The union waits.\"");
    let dir = folder(&[("good/rules/a.toml", HOUSE.as_bytes()), ("bad/rules/sub/a.toml", failing.as_bytes())]);
    let good = run(dir.path(), &["rules", "test", "good"]);
    assert_eq!((good.code, good.out.as_str()), (0, "1 rule, 2 examples: all hold\n"), "{}", good.err);
    let bad = run(dir.path(), &["rules", "test", "bad"]);
    assert_eq!(bad.code, 1);
    assert!(bad.out.starts_with("bad/rules/sub/a.toml:3: house-twice: fix 1 gives"), "{}", bad.out);
    assert!(bad.out.ends_with("1 rule, 2 examples: 1 fails\n"), "{}", bad.out);
}

#[test]
fn rules_test_reads_the_lists_of_a_layer() {
    let lists = b"# ours\nKyiv\tplace\tKiev\nOslo\tplace\tOslo\n";
    let dir = folder(&[
        ("own/words/people.tsv", b"Ole Dahl\tm\n"),
        ("bad/words/translit.tsv", lists),
        ("bad/words/people.tsv", b"Ole Dahl\tx\n"),
    ]);
    let good = run(dir.path(), &["rules", "test", "own"]);
    assert_eq!((good.code, good.out.as_str()), (0, "0 rules, 0 examples, 1 line of lists: all hold\n"), "{}", good.err);
    let bad = run(dir.path(), &["rules", "test", "bad"]);
    assert_eq!(bad.code, 2);
    assert!(bad.out.starts_with("bad/words/translit.tsv:3: “Oslo” is right and wrong at once\n"), "{}", bad.out);
    assert!(bad.err.contains("line 1: the second column is m, f, or empty"), "{}", bad.err);
}

#[test]
fn wrong_arguments_give_2() {
    let dir = folder(&[]);
    assert_eq!(run(dir.path(), &["check"]).code, 2);
    assert_eq!(run(dir.path(), &["fix", "--write", "--output", "x", "y"]).code, 2);
    assert_eq!(run(dir.path(), &["--version"]).code, 0);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_trouble() {
    let line = "The union waited for for an answer.\n".repeat(3000);
    let dir = folder(&[("bad.txt", line.as_bytes())]);
    let mut child =
        program().current_dir(dir.path()).args(["check", "bad.txt"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let result = finished(child.wait_with_output().unwrap());
    assert_eq!((result.code, result.err.as_str()), (1, ""));
}

#[test]
fn a_list_names_what_no_rule_can_decide() {
    let story = "Aro Kivela said “the bridge will stand for a hundred years at least.” It cost 38 million euros.\n";
    let folder = folder(&[("story.txt", story.as_bytes())]);
    let plain = run(folder.path(), &["check", "--list", "story.txt"]);
    assert_eq!(plain.code, 0, "{}{}", plain.out, plain.err);
    for words in ["to check: names", "“Aro Kivela” named once", "said by “Aro Kivela”", "“38 million”"] {
        assert!(plain.out.contains(words), "{words:?} is missing in {}", plain.out);
    }
    let json = run(folder.path(), &["check", "--list", "--format", "json", "story.txt"]);
    let object: Value = serde_json::from_str(&json.out).unwrap();
    let number = object["checks"].as_array().unwrap().iter().find(|c| c["kind"] == "large-number").unwrap();
    let chars: Vec<char> = story.chars().collect();
    let at = |key: &str| usize::try_from(number[key].as_u64().unwrap()).unwrap();
    assert_eq!(chars[at("start")..at("end")].iter().collect::<String>(), "38 million");
}

#[cfg(unix)]
#[test]
fn a_new_file_is_no_more_open_than_its_source_and_the_mask() {
    use std::os::unix::fs::PermissionsExt;
    let dir = folder(&[("private.txt", DOUBLED), ("open.txt", DOUBLED)]);
    let mode = |name: &str| std::fs::metadata(dir.path().join(name)).unwrap().permissions().mode() & 0o777;
    let set = |name: &str, mode| std::fs::set_permissions(dir.path().join(name), std::fs::Permissions::from_mode(mode)).unwrap();
    set("private.txt", 0o600);
    set("open.txt", 0o644);
    assert_eq!(run(dir.path(), &["fix", "--all", "--output", "out.txt", "private.txt"]).code, 0);
    assert_eq!(mode("out.txt"), 0o600);
    let program = env!("CARGO_BIN_EXE_copydesk-cli");
    let masked = format!("umask 077; {program} fix --all --output masked.txt open.txt");
    let mut shell = Command::new("sh");
    shell.current_dir(dir.path()).args(["-c", &masked]);
    assert!(shell.output().unwrap().status.success());
    assert_eq!(mode("masked.txt"), 0o600);
    std::os::unix::fs::symlink("later.txt", dir.path().join("link.txt")).unwrap();
    assert_eq!(run(dir.path(), &["fix", "--all", "--output", "link.txt", "open.txt"]).code, 0);
    assert!(std::fs::symlink_metadata(dir.path().join("link.txt")).unwrap().is_symlink());
    assert_eq!(std::fs::read(dir.path().join("later.txt")).unwrap(), CLEAN);
    let device = run(dir.path(), &["check", "/dev/zero"]);
    assert_eq!(device.code, 2);
    assert!(device.err.contains("this is no file that holds an article: /dev/zero"), "{}", device.err);
    let nowhere = run(dir.path(), &["fix", "--all", "--output", "none/out.txt", "open.txt"]);
    assert!(nowhere.err.contains("there is no folder to save this file in: none/out.txt"), "{}", nowhere.err);
}

#[test]
fn the_standard_input_is_read_as_one_format_throughout() {
    let page = b"<!doctype html><p>The union waited for for an answer.</p>";
    let result = run_with_input(page, &["fix", "--all", "--output", "-", "-"]);
    assert_eq!((result.code, result.out.as_str()), (0, "<!doctype html><p>The union waited for an answer.</p>"), "{}", result.err);
}

#[test]
fn a_house_without_rules_or_with_an_unknown_list_is_trouble() {
    let detector = HOUSE.replace("\"doubled-words\"", "\"no-such-detector\"");
    let dir = folder(&[
        ("empty/rules/note.md", b"x"),
        ("h/rules/a.toml", detector.as_bytes()),
        ("lists/words/nosuch.tsv", b"x\n"),
        ("lists/words/camel_ok.tsv", b"MyPort\nMyTown\ta\tb\tc\td\te\tf\n"),
        ("clean.txt", CLEAN),
    ]);
    for house in ["empty", "none"] {
        let result = run(dir.path(), &["rules", "test", house]);
        assert_eq!((result.code, result.out.as_str()), (2, ""), "{}", result.err);
        assert!(result.err.contains("there is no rule to test"), "{}", result.err);
    }
    let wrong = run(dir.path(), &["check", "--house", "h", "clean.txt"]);
    assert!(wrong.err.contains("h/rules/a.toml:3"), "{}", wrong.err);
    let lists = run(dir.path(), &["check", "--house", "lists", "clean.txt"]);
    assert_eq!(lists.code, 2);
    assert!(
        lists.err.contains("nosuch.tsv: a layer can't add to such a list") && lists.err.contains("line 2 has 7 columns"),
        "{}",
        lists.err
    );
}

#[test]
fn the_source_language_says_which_wording_rules_run() {
    let text = b"Crews cleared the depot\n\nIt is noted that the mill was built in 1904.\n";
    let folder = folder(&[("depot.txt", text)]);
    let rules = |language: Option<&str>| {
        let mut arguments = vec!["check", "--hints", "--format", "json"];
        arguments.extend(language.iter().flat_map(|l| ["--language", l]));
        arguments.push("depot.txt");
        let run = run(folder.path(), &arguments);
        assert!(run.code < 2, "{}", run.err);
        let report: Value = serde_json::from_str(run.out.lines().next().unwrap()).unwrap();
        let findings = report["findings"].as_array().unwrap();
        findings.iter().map(|f| f["rule"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let all = rules(Some("all"));
    assert!(!all.is_empty(), "the sentence is a literal rendering from Russian");
    assert_eq!(rules(Some("russian")), all);
    assert_eq!(rules(None), all, "where nothing tells the language all run");
    assert!(rules(Some("arabic")).len() < all.len(), "those of another language do not run");
    let wrong = run(folder.path(), &["check", "--language", "klingon", "depot.txt"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("there are guessed, all, arabic"), "{}", wrong.err);
}
