//! Writing down a word, a name or a phrase rule: the form is opened from the article or from the list, tried out off
//! the frame, and kept.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::app::{App, Checking, Message};
use super::books::{Ask, Book, Books, Whose, rules_of};
use super::draft::{Draft, Outcome};
use super::view::{Dialog, Mode};
use crate::finding::{Category, Finding};
use crate::review::session::Job;
use crate::rules::Rules;
use crate::rules::spellings::folded;
use crate::rules::stylebook::trial::{self, Effect};
use crate::rules::stylebook::{Entry, Kind, Slot};
use crate::text::Span;

/// What words are likely to be.
fn likely(words: &str, finding: Option<&Finding>, is_given: impl Fn(&str) -> bool) -> Kind {
    let parts: Vec<&str> = words.split_whitespace().collect();
    let upper = |w: &&str| w.starts_with(char::is_uppercase) || matches!(*w, "of" | "the" | "and" | "de" | "al" | "bin" | "von" | "van");
    match finding.map(|f| f.category) {
        Some(Category::Names) => Kind::Spelling,
        Some(Category::Wording) => Kind::Phrase,
        _ if parts.len() < 2 => Kind::Word,
        Some(Category::Repetition | Category::WordOrder) => Kind::Unmarked,
        _ if parts.iter().all(upper) => {
            if parts.first().is_some_and(|w| is_given(w)) {
                Kind::Person
            } else {
                Kind::Body
            }
        }
        _ => Kind::Phrase,
    }
}

/// The word at a byte of a text.
fn word_at(text: &str, at: usize) -> Span {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '’' | '\'' | '-');
    let before = text.get(..at).unwrap_or("");
    let after = text.get(at..).unwrap_or("");
    let start = before.trim_end_matches(inside).len();
    Span::new(start, at + (after.len() - after.trim_start_matches(inside).len()))
}

/// What is to be tried out.
struct Trial {
    ask: Ask,
    whose: Whose,
    job: Option<Job>,
    rules: Arc<Rules>,
    books: Books,
}

impl Trial {
    fn run(self) -> Outcome {
        let Self { ask, whose, job, rules, books } = self;
        if let Ask::Keep { entries, .. } = &ask
            && let Some(Entry::Phrase(phrase)) = entries.first()
        {
            return Outcome::Phrase(trial::phrase(phrase, &rules, job.as_ref().map(Job::document)));
        }
        if let Ask::Keep { entries, .. } = &ask
            && let Some(Entry::Card { id, text }) = entries.first()
        {
            return Outcome::Phrase(trial::card(id, text, &rules, job.as_ref().map(Job::document)));
        }
        let mut texts = books.texts();
        let here = texts.iter_mut().zip(books.order()).find(|(_, w)| *w == whose).map(|(text, _)| text);
        let (Some(job), Some(here), Some(book)) = (job, here, books.of(whose)) else { return Outcome::Effect(Effect::default()) };
        if let Err(sentence) = book.change(&ask).apply(here) {
            return Outcome::Fault(sentence);
        }
        let (with, _) = rules_of(&texts);
        let before = job.run().0.findings;
        Outcome::Effect(trial::effect(&before, &job.with_rules(with).run().0.findings))
    }
}

impl App {
    fn draft(&self, kind: Kind, whose: Whose) -> Draft {
        let date = (self.clock)().to_zoned_datetime(jiff::tz::TimeZone::system()).strftime("%-d %B %Y").to_string();
        let signed = format!("Added by {} on {date}.", self.settings.author());
        Draft::new(kind, whose, signed, self.rules.rules.iter().map(|r| r.card.id.clone()).collect())
    }

    /// Opens the form for the words of the finding, of the selection, or at the caret.
    pub(super) fn add_entry(&mut self) {
        let editing = self.view.mode == Mode::Editing;
        let place = self.article().and_then(|article| {
            let finding = article.finding().filter(|_| !editing);
            let selected = self.view.editor.selected;
            let spot = article.spot().filter(|_| !editing);
            let span = match (spot, finding) {
                (Some(spot), _) => spot,
                (None, Some(finding)) => finding.span,
                _ if editing && selected.is_empty() => word_at(article.session.text(), selected.start),
                _ if editing => selected,
                _ => return None,
            };
            Some((span, finding.filter(|f| f.span == span).cloned()))
        });
        let mut draft = self.draft(Kind::Word, Whose::Own);
        if let (Some((span, finding)), Some(article)) = (place, self.article()) {
            let text = article.session.text();
            let words = span.of(text).trim();
            let given = |w: &str| self.rules.lexicon.given_name(&folded(w)).is_some();
            draft.kind = likely(words, finding.as_ref(), given);
            draft.fill_from_place(text, span, finding.as_ref());
        }
        self.view.dialog = Some(Dialog::Entry(Box::new(draft)));
    }

    /// Opens an empty form of a kind; it goes back to the list.
    pub(super) fn add_entry_of(&mut self, kind: Kind) {
        let back = self.view.dialog.take().and_then(|d| if let Dialog::Book(panel) = d { Some(panel) } else { None });
        let whose = back.as_ref().map_or(Whose::Own, |p| p.whose);
        let mut draft = self.draft(kind, whose);
        draft.back = back;
        self.view.dialog = Some(Dialog::Entry(Box::new(draft)));
    }

    /// Opens the form of an entry; it goes back to the list.
    pub(super) fn edit_entry(&mut self, whose: Whose, slot: &Slot) {
        let Some(entry) = self.books.of(whose).and_then(|b| b.entry(slot)).cloned() else { return };
        let Some(kind) = entry.kind() else { return };
        let back = self.view.dialog.take().and_then(|d| if let Dialog::Book(panel) = d { Some(panel) } else { None });
        let mut draft = self.draft(kind, whose);
        draft.back = back;
        draft.fill(&entry);
        draft.old = Some((slot.clone(), entry));
        self.view.dialog = Some(Dialog::Entry(Box::new(draft)));
    }

    /// Closes the form.
    pub(super) fn leave_entry(&mut self) {
        if let Some(Dialog::Entry(draft)) = self.view.dialog.take() {
            self.view.dialog = draft.back.map(Dialog::Book);
        }
    }

    /// Tries what stands in the form out on the article, off the frame.
    pub(super) fn try_entry(&mut self) {
        let at_once = self.checking == Checking::AtOnce;
        let Some(Dialog::Entry(draft)) = &mut self.view.dialog else { return };
        if draft.trying {
            return;
        }
        let stamp = draft.stamp();
        draft.trying = true;
        let old = draft.old.as_ref().map(|(slot, _)| slot.clone());
        let trial = Trial {
            ask: Ask::Keep { old, entries: draft.entries() },
            whose: draft.whose,
            job: self.articles.get(self.current).map(|a| a.session.job()),
            rules: Arc::clone(&self.rules),
            books: self.books.clone(),
        };
        if at_once {
            return self.entry_tried(stamp, trial.run());
        }
        let (sender, ctx) = (self.sender.clone(), self.ctx.clone());
        std::thread::spawn(move || {
            let outcome = catch_unwind(AssertUnwindSafe(|| trial.run()))
                .unwrap_or_else(|_| Outcome::Fault("This can’t be tried out: a fault of this program; please report it".to_owned()));
            // The window may be gone; then nobody waits for it.
            let _ = sender.send(Message::Tried { stamp, outcome });
            ctx.request_repaint();
        });
    }

    /// Takes what came of a trial.
    pub(super) fn entry_tried(&mut self, stamp: u64, outcome: Outcome) {
        let text = self.articles.get(self.current).map_or_else(String::new, |a| a.session.text().to_owned());
        let Some(Dialog::Entry(draft)) = &mut self.view.dialog else { return };
        draft.take(stamp, outcome, &text);
        if !draft.keep_when_tried {
            return;
        }
        if draft.outcome().is_some() {
            draft.keep_when_tried = false;
            self.keep_entry();
        } else {
            self.try_entry();
        }
    }

    /// Keeps what stands in the form, when it holds.
    pub(super) fn keep_entry(&mut self) {
        let Some(Dialog::Entry(draft)) = &mut self.view.dialog else { return };
        draft.asked = true;
        draft.refused = None;
        if draft.fault().is_some() {
            return;
        }
        if matches!(draft.kind, Kind::Phrase | Kind::Card) {
            match draft.outcome() {
                Some(Outcome::Phrase(trial)) if trial.faults.is_empty() => {}
                Some(_) => return,
                None => {
                    draft.keep_when_tried = true;
                    return self.try_entry();
                }
            }
        }
        let (whose, old, entries) = (draft.whose, draft.old.as_ref().map(|(slot, _)| slot.clone()), draft.entries());
        let said = entries.first().map_or_else(String::new, Entry::says);
        if let Err(sentence) = self.change_book(whose, &Ask::Keep { old, entries }) {
            if let Some(Dialog::Entry(draft)) = &mut self.view.dialog {
                draft.refused = Some(sentence);
            }
            return;
        }
        let place = self.books.of(whose).map_or_else(String::new, Book::label);
        self.view.note(format!("Kept ({}): {said}", place.to_lowercase()));
        self.view.paper.follow = true;
        self.leave_entry();
    }
}

#[cfg(test)]
mod tests {
    use super::word_at;

    #[test]
    fn the_word_at_the_caret_is_whole() {
        let text = "a “co-op’s” b";
        assert_eq!(word_at(text, 6).of(text), "co-op’s");
        assert_eq!(word_at(text, 0).of(text), "a");
    }
}
