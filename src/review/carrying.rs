//! Taking decisions over to another version of the same article: another program wrote the file meanwhile, or it
//! came again from the wire. What was changed and declined is carried to where the same words still stand.

use std::collections::BTreeMap;

use super::event::{Entry, Event, Stamp};
use super::session::Session;
use super::{Refused, Review};
use crate::text::{Alignment, Edit, Edits, Span, diff};

/// What became of the decisions.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Carried {
    /// Changes that were made again.
    pub changes: usize,
    /// Places and words that are left alone again.
    pub rejections: usize,
    /// Changes and rejections whose words stand there no more.
    pub lost: usize,
}

impl Carried {
    /// Whether there was anything to carry.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

impl Review {
    /// The text that the file held when it was written or read last.
    pub fn text_in_file(&self) -> String {
        let saved = self.saved().and_then(|s| s.edits.apply(self.original()).ok());
        saved.unwrap_or_else(|| self.original().to_owned())
    }

    /// What the file lacks, as edits of [`Review::text_in_file`]: known where nothing was saved, else found.
    fn lacking(&self, base: &str) -> Edits {
        if base == self.original() { self.composed() } else { diff::edits(base, self.text()) }
    }

    /// The same edits in order, by the event that made them.
    fn work(&self, lacking: &Edits) -> Vec<(Vec<Edit>, Option<&Event>)> {
        let events: BTreeMap<usize, &Event> = self.done_entries().map(|(n, e)| (n, &e.event)).collect();
        let hunks = self.hunks();
        let mut work: Vec<(Vec<Edit>, Option<usize>)> = Vec::new();
        for (edit, back) in lacking.iter().zip(&lacking.invert()) {
            let hunk = hunks.iter().find(|h| h.now.touches(back.span()));
            let author = hunk.and_then(|h| h.entries.iter().rev().find(|n| events.contains_key(n))).copied();
            match work.iter_mut().find(|(_, known)| author.is_some() && *known == author) {
                Some((edits, _)) => edits.push(edit.clone()),
                None => work.push((vec![edit.clone()], author)),
            }
        }
        work.into_iter().map(|(edits, author)| (edits, author.and_then(|n| events.get(&n).copied()))).collect()
    }
}

/// Where some words stand in the other version, if they do with the characters beside them: else an insertion
/// would be set beside words that it was not written for.
fn carried_place(base: &str, span: Span, onto_theirs: &Alignment) -> Option<Span> {
    let before = base.get(..span.start)?.chars().next_back().map_or(0, char::len_utf8);
    let after = base.get(span.end..)?.chars().next().map_or(0, char::len_utf8);
    let wide = onto_theirs.carry(Span::new(span.start - before, span.end + after))?;
    Some(Span::new(wide.start + before, wide.end.checked_sub(after)?)).filter(|s| s.start <= s.end)
}

impl Session {
    /// Takes over what was decided on an older version, as one step of undo. Meant for a session in which nothing
    /// is decided yet.
    ///
    /// # Errors
    /// [`Refused`] when an event does not fit, which the laws of edits exclude.
    pub fn carry_over(&mut self, old: &Review, stamp: &Stamp) -> Result<Carried, Refused> {
        let base = old.text_in_file();
        let mine = old.lacking(&base);
        let theirs = diff::edits(&base, self.text());
        let onto_theirs = Alignment::new(&theirs);
        let mut carried = Carried::default();
        let mut made = Edits::default();
        let mut events: Vec<Event> = Vec::new();
        for (edits, author) in old.work(&mine) {
            // The other program made the same change.
            if edits.iter().all(|mine| theirs.iter().any(|e| e == mine)) {
                continue;
            }
            let place = |edit: &Edit| {
                let span = carried_place(&base, edit.span(), &onto_theirs).filter(|s| s.of(self.text()) == edit.from)?;
                Some(Edit { at: span.start, ..edit.clone() })
            };
            // A fix is carried as a whole or not at all.
            let here: Option<Vec<Edit>> = edits.iter().map(place).collect();
            let onto_made = Alignment::new(&made);
            let moved = |edit: &Edit| Some(Edit { at: onto_made.carry(edit.span())?.start, ..edit.clone() });
            let event = here.and_then(|here| {
                let all = Edits::new(made.iter().chain(&here).cloned().collect())?;
                Some((all, Edits::new(here.iter().map(moved).collect::<Option<_>>()?)?))
            });
            let Some((all, edits)) = event else {
                carried.lost += 1;
                continue;
            };
            made = all;
            carried.changes += 1;
            events.push(match author {
                Some(Event::Accepted { rule, fix, message, choice, .. }) => {
                    Event::Accepted { rule: rule.clone(), fix: fix.clone(), message: message.clone(), edits, choice: *choice }
                }
                _ => Event::Typed { edits },
            });
        }
        let onto_made = Alignment::new(&made);
        let from_now = Alignment::new(&mine.invert());
        for rejection in old.rejected() {
            let span = from_now.carry(rejection.span).and_then(|s| onto_theirs.carry(s)).and_then(|s| onto_made.carry(s));
            let span = span.or_else(|| rejection.words.as_ref().map(|_| Span::at(0)));
            let Some(span) = span else {
                carried.lost += 1;
                continue;
            };
            carried.rejections += 1;
            events.push(Event::Rejected { rule: rejection.rule.clone(), span, words: rejection.words.clone() });
        }
        events.extend(old.ticked().iter().map(|check| Event::Ticked { check: check.clone() }));
        if old.packs() != self.packs() {
            events.push(Event::SourceChosen { source: old.packs() });
        }
        let batch = Some(self.next_batch());
        for event in events {
            self.record_entry(&Entry { batch, ..stamp.entry(event) })?;
        }
        self.refresh();
        Ok(carried)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, LazyLock};

    use proptest::prelude::*;

    use super::*;
    use crate::review::Time;
    use crate::rules::Rules;

    fn stamp() -> Stamp {
        Stamp { at: Time::UNIX_EPOCH, by: "Anna".to_owned() }
    }

    static RULES: LazyLock<Arc<Rules>> = LazyLock::new(|| Arc::new(Rules::built_in()));

    fn session(text: &str) -> Session {
        Session::new("story.txt", None, text.as_bytes(), Arc::clone(&RULES)).unwrap()
    }

    fn typed(session: &mut Session, from: &str, to: &str) {
        let at = session.text().find(from).unwrap();
        let edits = Edits::one(Edit::replace(session.text(), Span::new(at, at + from.len()), to));
        session.record(Event::Typed { edits }, &stamp()).unwrap();
    }

    #[test]
    fn what_still_stands_is_decided_again_and_one_undo_takes_it_back() {
        let mut old = session("The envoys waited for for an answer.\n\nThey left , late.\n");
        typed(&mut old, "for for", "for");
        typed(&mut old, "late", "early");
        let at = old.text().find(" ,").unwrap();
        old.record(Event::Rejected { rule: "space-before-comma".to_owned(), span: Span::new(at, at + 2), words: None }, &stamp()).unwrap();
        let theirs = "OSLO\n\nThe envoys waited for for an answer.\n\nThey left , on Monday.\n";
        let mut new = session(theirs);
        let carried = new.carry_over(old.review(), &stamp()).unwrap();
        assert_eq!(carried, Carried { changes: 1, rejections: 1, lost: 1 });
        assert_eq!(new.text(), "OSLO\n\nThe envoys waited for an answer.\n\nThey left , on Monday.\n");
        let [rejection] = new.review().rejected() else { panic!("one rejection") };
        assert_eq!(rejection.span.of(new.text()), " ,");
        new.record(Event::Undone, &stamp()).unwrap();
        assert_eq!((new.text(), new.review().rejected().len()), (theirs, 0));
    }

    #[test]
    fn what_was_saved_is_in_the_other_version_already() {
        let mut old = session("They waited for for rain.\n");
        typed(&mut old, "for for", "for");
        old.record(Event::Saved { path: "story.txt".to_owned(), hash: String::new() }, &stamp()).unwrap();
        typed(&mut old, "rain", "snow");
        let mut new = session("They waited for rain.\n\nMore follows.\n");
        let carried = new.carry_over(old.review(), &stamp()).unwrap();
        assert_eq!(carried, Carried { changes: 1, rejections: 0, lost: 0 });
        assert_eq!(new.text(), "They waited for snow.\n\nMore follows.\n");
    }

    /// Carried onto the version that it was made on, all of the work is there again.
    fn comes_back(text: &str, old: &Session) -> Result<(), TestCaseError> {
        let mut new = session(text);
        let carried = new.carry_over(old.review(), &stamp()).unwrap();
        prop_assert_eq!(carried.lost, 0);
        prop_assert_eq!(new.text(), old.text());
        Ok(())
    }

    proptest! {
        #[test]
        fn the_same_version_gives_the_same_text(words in prop::collection::vec("[a-c]{1,3}", 4..20), at in 0_usize..4, to in "[a-c ]{0,6}") {
            let text = words.join(" ") + "\n";
            let mut old = session(&text);
            let span = Span::new(0, words.get(..=at).unwrap().join(" ").len());
            let edits = Edits::one(Edit::replace(&text, span, to));
            old.record(Event::Typed { edits }, &stamp()).unwrap();
            comes_back(&text, &old)?;
        }

        #[test]
        fn several_changes_go_onto_the_same_version(
            words in prop::collection::vec("[a-c]{1,3}", 8..20), places in prop::collection::vec((0_usize..7, "[a-c]{0,3}"), 1..6),
        ) {
            let text = words.join(" ") + "\n";
            let mut old = session(&text);
            for (at, to) in places {
                let start = old.text().match_indices(' ').nth(at).map_or(0, |(i, _)| i);
                let edits = Edits::one(Edit::replace(old.text(), Span::new(start, start + 1), to));
                old.record(Event::Typed { edits }, &stamp()).unwrap();
            }
            comes_back(&text, &old)?;
        }

        #[test]
        fn nothing_of_the_other_version_is_lost(
            words in prop::collection::vec("[a-c]{1,3}", 4..20), theirs in prop::collection::vec("[a-c]{1,3}", 1..20), at in 1_usize..4,
        ) {
            let mut old = session(&(words.join(" ") + "\n"));
            let start = words.get(..at).unwrap().join(" ").len();
            let edits = Edits::one(Edit::insert(start, " mine"));
            old.record(Event::Typed { edits }, &stamp()).unwrap();
            let text = theirs.join(" ") + "\n";
            let mut new = session(&text);
            new.carry_over(old.review(), &stamp()).unwrap();
            let left: Vec<&str> = new.text().split_whitespace().filter(|w| *w != "mine").collect();
            prop_assert_eq!(left, theirs);
        }
    }
}
