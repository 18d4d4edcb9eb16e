//! The laws of decisions: any prefix of a journal opens, undo leads back, redo restores, and the saved
//! file differs from the original only by the edits.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::missing_panics_doc, reason = "a test may stop")]

use std::sync::Arc;

use copydesk::review::disk::fingerprint;
use copydesk::review::journal::{About, Kept, Store, parse};
use copydesk::review::session::{OnChange, Original, Reach, SaveError};
use copydesk::review::statistics::distance;
use copydesk::review::{Choice, Entry, Event, Review, Session, Stamp, Time};
use copydesk::rules::Rules;
use copydesk::text::{Edit, Edits, Span};
use proptest::prelude::*;

const STORY: &str = "Envoys met in Oslo on Tuesday.\nThey waited for for an answer — “no reply,” said the the host.\nÉlan returned.";

fn stamp() -> Stamp {
    Stamp { at: Time::UNIX_EPOCH, by: "anna".to_owned() }
}

/// What a person might do, with numbers that are fitted to the text as it is.
#[derive(Clone, Debug)]
enum Deed {
    Type(usize, usize, String),
    Accept(usize, usize, String),
    Reject(usize, usize),
    Undo,
    Redo,
    Revert(usize),
    RevertHunk(usize),
    Save,
}

fn deed() -> impl Strategy<Value = Deed> {
    let words = || "[a-zé ”\n]{0,4}";
    prop_oneof![
        6 => (any::<usize>(), 0..6_usize, words()).prop_map(|(a, n, w)| Deed::Type(a, n, w)),
        3 => (any::<usize>(), 0..9_usize, words()).prop_map(|(a, n, w)| Deed::Accept(a, n, w)),
        1 => (any::<usize>(), 1..6_usize).prop_map(|(a, n)| Deed::Reject(a, n)),
        2 => Just(Deed::Undo),
        1 => Just(Deed::Redo),
        1 => any::<usize>().prop_map(Deed::Revert),
        1 => any::<usize>().prop_map(Deed::RevertHunk),
        1 => Just(Deed::Save),
    ]
}

/// A span of whole characters.
fn span(text: &str, at: usize, length: usize) -> Span {
    let places: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let start = at % places.len();
    Span::new(places[start], places[(start + length).min(places.len() - 1)])
}

/// The event of a deed; none when it is not possible.
fn event(review: &Review, deed: &Deed) -> Option<Event> {
    let edits = |at: usize, n: usize, to: &str| {
        let edits = Edits::one(Edit::replace(review.text(), span(review.text(), at, n), to));
        (!edits.is_empty()).then_some(edits)
    };
    match deed {
        Deed::Type(at, n, to) => Some(Event::Typed { edits: edits(*at, *n, to)? }),
        Deed::Accept(at, n, to) => Some(Event::Accepted {
            rule: "r".into(),
            fix: to.clone(),
            message: "m".into(),
            edits: edits(*at, *n, to)?,
            choice: Choice::First,
        }),
        Deed::Reject(at, n) => Some(Event::Rejected { rule: "r".into(), span: span(review.text(), *at, *n), words: None }),
        Deed::Undo => (!review.done().is_empty()).then_some(Event::Undone),
        Deed::Redo => review.next_step().map(|_| Event::Redone),
        Deed::Revert(n) => {
            let numbers: Vec<usize> = review.done_entries().map(|(n, _)| n).collect();
            review.revert(*numbers.get(n % numbers.len().max(1))?).ok()
        }
        Deed::RevertHunk(n) => {
            let hunks = review.hunks();
            hunks.get(n % hunks.len().max(1)).map(|h| review.revert_hunk(h))
        }
        Deed::Save => Some(Event::Saved { path: "story.txt".into(), hash: "h".into() }),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn laws_of_the_fold(deeds in prop::collection::vec(deed(), 0..140)) {
        let mut review = Review::new(STORY);
        let mut journal: Vec<u8> = Vec::new();
        let mut seen = vec![review.text().to_owned()];
        for deed in &deeds {
            let Some(event) = event(&review, deed) else { continue };
            let before = review.hunks();
            let reverted = match deed { Deed::RevertHunk(n) => Some(before[n % before.len()].clone()), _ => None };
            let entry = stamp().entry(event);
            review.push(entry.clone()).expect("a fitting event");
            serde_json::to_writer(&mut journal, &entry).unwrap();
            journal.push(b'\n');
            seen.push(review.text().to_owned());
            prop_assert_eq!(review.composed().apply(STORY).unwrap(), review.text());
            for rejection in review.rejected() {
                prop_assert!(review.text().get(rejection.span.start..rejection.span.end).is_some());
            }
            for hunk in review.hunks() {
                prop_assert_eq!(hunk.now.of(review.text()), hunk.to.as_str());
                prop_assert_eq!(hunk.original.of(STORY), hunk.from.as_str());
                prop_assert!(!hunk.entries.is_empty(), "a change of nobody: {:?}", hunk);
            }
            // The statistics are the same fold.
            let counts = review.tally().rules().get("r").copied().unwrap_or_default();
            let rejections = review.done_entries().filter(|(n, e)| matches!(e.event, Event::Rejected { .. }) && !review.is_reverted(*n));
            prop_assert_eq!((counts.accepted(), counts.rejected()), (review.accepted_count(), rejections.count()));
            let far = distance(STORY, &review.composed());
            let words = |t: &str| t.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count();
            prop_assert_eq!(far.words, words(review.text()));
            prop_assert!(far.edits <= words(STORY) + far.words && far.edits >= words(STORY).abs_diff(far.words));
            if let Some(hunk) = reverted {
                prop_assert!(review.hunks().iter().all(|h| h.original != hunk.original));
            }
        }
        // Any prefix opens, also one that is cut in the middle of a line.
        for cut in (0..journal.len()).step_by(journal.len() / 40 + 1) {
            let recovered = parse(&journal[..cut]);
            let mut folded = Review::new(STORY);
            for entry in recovered.entries.clone() {
                folded.push(entry).unwrap();
            }
            prop_assert_eq!(folded.text(), seen[recovered.entries.len()].as_str());
            prop_assert_eq!(recovered.dropped.is_some(), cut > 0 && journal[cut - 1] != b'\n');
        }
        // Undo of everything gives the original, redo restores.
        let end = review.text().to_owned();
        let hunks = review.hunks();
        let counts = review.tally().rules().clone();
        let mut undone = 0;
        while review.push(stamp().entry(Event::Undone)).is_ok() {
            undone += 1;
        }
        prop_assert_eq!(review.text(), STORY);
        prop_assert!(review.hunks().is_empty() && review.rejected().is_empty());
        for _ in 0..undone {
            review.push(stamp().entry(Event::Redone)).unwrap();
        }
        prop_assert_eq!(review.text(), end);
        prop_assert_eq!(review.hunks(), hunks);
        prop_assert_eq!(review.tally().rules(), &counts);
    }
}

fn type_letters(review: &mut Review, at: usize, letters: &str) {
    for (i, c) in letters.char_indices() {
        review.push(stamp().entry(Event::Typed { edits: Edits::one(Edit::insert(at + i, c)) })).unwrap();
    }
}

#[test]
fn typing_is_undone_word_by_word() {
    let mut review = Review::new("a b");
    type_letters(&mut review, 1, " new word");
    assert_eq!(review.text(), "a new word b");
    review.push(stamp().entry(Event::Undone)).unwrap();
    assert_eq!(review.text(), "a new  b");
    review.push(stamp().entry(Event::Undone)).unwrap();
    // The space before the first word was a step of its own.
    review.push(stamp().entry(Event::Undone)).unwrap();
    assert_eq!(review.text(), "a b");
    review.push(stamp().entry(Event::Redone)).unwrap();
    type_letters(&mut review, 2, "x");
    assert!(review.push(stamp().entry(Event::Redone)).is_err(), "new typing ends what could be redone");
}

#[test]
fn a_pause_ends_a_step() {
    let mut review = Review::new("Envoys met.");
    let mut late = stamp();
    for (i, letter) in ["a", "b", "c"].iter().enumerate() {
        late.at = late.at.saturating_add(jiff::SignedDuration::from_secs(if i == 2 { 8 } else { 1 })).unwrap();
        let edits = Edits::one(Edit::insert(6 + i, *letter));
        review.push(late.entry(Event::Typed { edits })).unwrap();
    }
    review.push(late.entry(Event::Undone)).unwrap();
    assert_eq!(review.text(), "Envoysab met.");
    review.push(late.entry(Event::Undone)).unwrap();
    assert_eq!(review.text(), "Envoys met.");
}

#[test]
fn findings_follow_every_step_until_the_next_check() {
    let mut s = session("story.txt", None, STORY.as_bytes());
    let words = |s: &Session| s.findings().iter().map(|f| f.span.of(s.text()).to_owned()).collect::<Vec<_>>();
    let found = words(&s);
    assert!(found.contains(&"for for".to_owned()) && found.contains(&"the the".to_owned()), "{found:?}");
    s.record(Event::Typed { edits: Edits::one(Edit::insert(0, "Late ")) }, &stamp()).unwrap();
    assert_eq!(words(&s), found);
    s.record(Event::Undone, &stamp()).unwrap();
    assert_eq!(words(&s), found, "undone");
    s.record(Event::Redone, &stamp()).unwrap();
    assert_eq!(words(&s), found, "and done again");
    // A batch in both directions; what it touches goes, the others stay where their words are.
    let fix = |s: &Session| s.findings().iter().filter(|f| f.rule == "doubled-words").cloned().collect::<Vec<_>>();
    let both = fix(&s);
    assert_eq!(s.accept_all(&both, &stamp()), Ok(2));
    let rest: Vec<String> = found.iter().filter(|w| !["for for", "the the"].contains(&w.as_str())).cloned().collect();
    assert_eq!(words(&s), rest);
    s.record(Event::Undone, &stamp()).unwrap();
    assert_eq!(words(&s), rest, "a batch undone");
    let quoted = s.text().find("no reply").unwrap();
    assert!(s.is_quoted(Span::new(quoted, quoted + 8)) && !s.is_quoted(Span::new(0, 4)));
}

#[test]
fn a_decision_is_taken_back_out_of_order() {
    let mut review = Review::new("one two three");
    let take = |review: &mut Review, from: &str, to: &str| {
        let at = review.text().find(from).unwrap();
        let edits = Edits::one(Edit::replace(review.text(), Span::new(at, at + from.len()), to));
        let event = Event::Accepted { rule: "r".into(), fix: to.into(), message: "m".into(), edits, choice: Choice::First };
        review.push(stamp().entry(event)).unwrap();
    };
    take(&mut review, "one", "first");
    take(&mut review, "three", "third");
    take(&mut review, "third", "last");
    let event = review.revert(0).unwrap();
    review.push(stamp().entry(event)).unwrap();
    assert_eq!(review.text(), "one two last");
    assert!(review.revert(0).is_err(), "twice is once too often");
    assert_eq!(review.revert(1).unwrap_err().to_string(), "“third” was changed again since; take the later change back first");
    assert_eq!(review.accepted_count(), 2);
}

#[test]
fn a_rejection_follows_its_words_and_lapses_with_them() {
    let mut review = Review::new("for for an answer");
    review.push(stamp().entry(Event::Rejected { rule: "doubled-words".into(), span: Span::new(0, 7), words: None })).unwrap();
    type_letters(&mut review, 0, "Then ");
    assert!(review.is_rejected("doubled-words", Span::new(5, 12), review.text()));
    type_letters(&mut review, 8, "x");
    assert!(review.rejected().is_empty());
    review.push(stamp().entry(Event::Undone)).unwrap();
    assert_eq!(review.rejected().len(), 1, "undo brings the rejection back too");
}

#[test]
fn long_sessions_stay_fast() {
    // What one undo costs behind so many changes, best of several: the machine may be busy.
    let undo = |changes: usize| {
        let mut review = Review::new("word ".repeat(4_000));
        for i in 0..changes {
            let at = (i * 37) % review.text().len();
            review.push(stamp().entry(Event::Typed { edits: Edits::one(Edit::insert(at, "x")) })).unwrap();
        }
        let mut cost = || {
            let start = std::time::Instant::now();
            for _ in 0..10 {
                review.push(stamp().entry(Event::Undone)).unwrap();
            }
            start.elapsed()
        };
        (0..5).map(|_| cost()).min().unwrap()
    };
    let (short, long) = (undo(1_500), undo(6_000));
    // Four times as many changes cost about four times as much, and not sixteen.
    assert!(long < short * 10, "ten undos took {short:?} behind 1,500 changes and {long:?} behind 6,000");
}

fn session(name: &str, path: Option<std::path::PathBuf>, bytes: &[u8]) -> Session {
    let mut session = Session::new(name, path, bytes, Arc::new(Rules::built_in())).unwrap();
    session.check();
    session
}

#[test]
fn a_session_decides_saves_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("story.txt");
    let original = STORY.replace('\n', "\r\n");
    std::fs::write(&path, &original).unwrap();
    let store = Store::new(folder.path().join("sessions"));
    let mut first = session("story.txt", Some(path.clone()), original.as_bytes());
    let about = About {
        name: first.name.clone(),
        path: Some(path.clone()),
        hash: copydesk::review::disk::fingerprint(original.as_bytes()),
        opened: Time::UNIX_EPOCH,
    };
    first.keep_in(store.create(&about, original.as_bytes()).unwrap());
    let doubled = |s: &Session| s.findings().iter().filter(|f| f.rule == "doubled-words").cloned().collect::<Vec<_>>();
    let findings = doubled(&first);
    assert_eq!(findings.len(), 2);
    first.accept(&findings[0], 0, &stamp()).unwrap();
    // Before the next check the other finding has followed the change.
    let other = doubled(&first);
    assert_eq!(other.len(), 1);
    assert_eq!(other[0].span.of(first.text()), "the the");
    first.reject(&other[0], Reach::Here, &stamp()).unwrap();
    first.check();
    assert!(doubled(&first).is_empty());
    assert!(first.is_unsaved());
    let written = first.save(OnChange::Ask, Original::Beside, &stamp()).unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), original.replace("for for", "for"));
    assert_eq!(std::fs::read_to_string(written.original.unwrap()).unwrap(), original);
    assert!(!first.is_unsaved());
    first.record(Event::Typed { edits: Edits::one(Edit::insert(0, "Two ")) }, &stamp()).unwrap();
    assert_eq!(first.review().changes_not_in_file(), 1);
    assert!(matches!(store.find(&path, "other"), (None, Some(_))));
    let hash = copydesk::review::disk::fingerprint(&std::fs::read(&path).unwrap());
    let kept = store.find(&path, &hash).0.unwrap();
    assert!(store.open(&kept).is_err(), "another window has it");
    drop(first);

    // The last line is cut, as by a power failure.
    let journal = kept.folder.join("journal.jsonl");
    let bytes = std::fs::read(&journal).unwrap();
    std::fs::write(&journal, &bytes[..bytes.len() - 9]).unwrap();
    let (journal, article, recovered) = store.open(&kept).unwrap();
    let mut second = Session::new("story.txt", Some(path.clone()), &article, Arc::new(Rules::built_in())).unwrap();
    let dropped = second.resume(journal, recovered).unwrap();
    assert!(dropped.contains("last line"), "{dropped}");
    second.check();
    assert!(second.text().starts_with("Envoys") && doubled(&second).is_empty() && !second.is_unsaved());
    second.record(Event::Undone, &stamp()).unwrap();
    second.record(Event::Undone, &stamp()).unwrap();
    assert_eq!(second.bytes().unwrap(), original.as_bytes());
    assert!(second.is_unsaved(), "the file still holds the fix");

    // Somebody else writes to the file.
    std::fs::write(&path, "something else").unwrap();
    assert!(matches!(second.save(OnChange::Ask, Original::Beside, &stamp()), Err(SaveError::ChangedOnDisk(_))));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "something else");
    second.save(OnChange::Overwrite, Original::Beside, &stamp()).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), original.as_bytes());

    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |p: &std::path::Path| std::fs::metadata(p).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&kept.folder), 0o700);
        for file in ["article", "journal.jsonl", "session.toml", "journal.broken"] {
            assert_eq!(mode(&kept.folder.join(file)), 0o600, "{file}");
        }
    }
    drop(second);
    store.forget(&kept.folder).unwrap();
    assert!(store.list().is_empty());
}

#[test]
fn all_alike_is_one_step() {
    let mut session = session("s.txt", None, b"They ran for for hours.\nHe ran for for days, and then for for weeks.");
    let first = session.findings()[0].clone();
    let alike = session.alike(&first);
    assert_eq!(alike.len(), 3);
    assert_eq!(session.accept_all(&alike, &stamp()).unwrap(), 3);
    assert_eq!(session.text(), "They ran for hours.\nHe ran for days, and then for weeks.");
    assert_eq!(session.review().done().len(), 1);
    let second = session.review().done()[0].entries[1].0;
    session.record(Event::Undone, &stamp()).unwrap();
    assert_eq!(session.text().matches("for for").count(), 3);
    session.record(Event::Redone, &stamp()).unwrap();
    session.revert(second, &stamp()).unwrap();
    assert_eq!(session.text(), "They ran for hours.\nHe ran for for days, and then for weeks.");
    session.check();
    session.reject(&session.findings()[0].clone(), Reach::Article, &stamp()).unwrap();
    session.check();
    assert!(session.findings().is_empty());
}

#[test]
fn a_journal_line_reads_well() {
    let edits = Edits::one(Edit { at: 4, from: "for ".into(), to: String::new() });
    let event = Event::Accepted {
        rule: "doubled-words".into(),
        fix: "for".into(),
        message: "A word stands twice".into(),
        edits,
        choice: Choice::First,
    };
    let line = serde_json::to_string(&Entry { batch: Some(2), ..stamp().entry(event) }).unwrap();
    assert_eq!(
        line,
        r#"{"at":"1970-01-01T00:00:00Z","by":"anna","batch":2,"event":"accepted","rule":"doubled-words","fix":"for","message":"A word stands twice","edits":[{"at":4,"from":"for ","to":""}]}"#
    );
}

#[test]
fn a_link_stays_around_its_name_when_words_move_past_it() {
    let source = "<p>announced the envoy <a href=\"x\">Idris Haman</a> the reopening of the crossing.</p>";
    let mut session = Session::new("story.html", None, source.as_bytes(), Arc::new(Rules::built_in())).unwrap();
    let old = "announced the envoy Idris Haman the reopening";
    let edits = Edits::one(Edit::replace(session.text(), Span::new(0, old.len()), "Envoy Idris Haman announced the reopening"));
    session.record(Event::Typed { edits }, &stamp()).unwrap();
    let saved = String::from_utf8(session.bytes().unwrap()).unwrap();
    assert!(saved.contains("<a href=\"x\">Idris Haman</a>"), "{saved}");
}

#[test]
fn work_that_no_file_has_is_not_forgotten_before_it_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path().join("sessions"));
    let about = |name: &str| About {
        name: name.to_owned(),
        path: Some(folder.path().join(name)),
        hash: fingerprint(b"One two.\n"),
        opened: Time::UNIX_EPOCH,
    };
    let stamp = Stamp { at: Time::UNIX_EPOCH, by: "Anna".to_owned() };
    let typed = || stamp.entry(Event::Typed { edits: Edits::one(Edit { at: 0, from: String::new(), to: "So ".to_owned() }) });
    for name in ["worked.txt", "closed.txt", "untouched.txt"] {
        let mut journal = store.create(&about(name), b"One two.\n").unwrap();
        if name != "untouched.txt" {
            journal.append(&typed()).unwrap();
        }
        if name == "closed.txt" {
            store.close(journal.folder()).unwrap();
        }
    }
    let names = |kept: Vec<Kept>| kept.into_iter().map(|k| k.about.name).collect::<Vec<_>>();
    assert_eq!(names(store.left()), ["worked.txt"]);
    assert_eq!(names(store.closed()), ["closed.txt"]);
    let later = std::time::SystemTime::now() + std::time::Duration::from_secs(1_000_000);
    assert_eq!(store.forget_older_than(std::time::Duration::from_secs(1000), later), 2);
    assert_eq!(names(store.list()), ["worked.txt"]);
}

#[test]
fn saving_under_its_own_name_keeps_what_another_program_wrote() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().canonicalize().unwrap().join("s.txt");
    std::fs::write(&path, "Mine was here.\n").unwrap();
    let mut s = session("s.txt", Some(path.clone()), b"Mine was here.\n");
    std::fs::write(&path, "Theirs, three hours of work.\n").unwrap();
    s.save_as(&path, &stamp()).unwrap();
    let beside: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|e| std::fs::read_to_string(e.unwrap().path()).unwrap()).collect();
    assert!(beside.iter().any(|t| t.contains("Theirs")), "{beside:?}");
}

#[test]
fn what_was_closed_just_now_is_not_forgotten() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::new(dir.path());
    let about = About { name: "p.txt".to_owned(), path: None, hash: fingerprint(b"x y\n"), opened: Time::UNIX_EPOCH };
    let journal = store.create(&about, b"x y\n").unwrap();
    let folder = journal.folder().to_owned();
    drop(journal);
    let now = std::time::SystemTime::now();
    let old = now - std::time::Duration::from_hours(40 * 24);
    std::fs::File::options().append(true).open(folder.join("journal.jsonl")).unwrap().set_modified(old).unwrap();
    let month = std::time::Duration::from_hours(30 * 24);
    assert_eq!(store.forget_older_than(month, now), 0);
    store.close(&folder).unwrap();
    assert_eq!(store.forget_older_than(month, now), 0, "closed a second ago");
}

#[test]
fn a_long_version_of_another_program_is_kept_whole() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().canonicalize().unwrap().join("s.txt");
    std::fs::write(&path, "Mine.\n").unwrap();
    let mut s = session("s.txt", Some(path.clone()), b"Mine.\n");
    let long = (64usize << 20) + 1000;
    std::fs::write(&path, vec![b'a'; long]).unwrap();
    let w = s.save(OnChange::Overwrite, Original::InSession, &stamp()).unwrap();
    assert_eq!(std::fs::metadata(w.other.unwrap()).unwrap().len(), long as u64);
}
