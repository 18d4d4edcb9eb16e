//! “Always”: a rule never marks some words again, in any article. That is a change of a layer, not of the article;
//! undo takes it back all the same, in its turn among the decisions.

use super::app::App;
use super::books::{Ask, Whose};
use super::command::Command;
use super::view::Topic;
use crate::finding::{Finding, RuleId};
use crate::review::Event;
use crate::review::session::Reach;
use crate::rules::lexicon;
use crate::rules::stylebook::Change;
use crate::text::Span;

/// Words that were silenced while an article was reviewed.
#[derive(Debug)]
pub(super) struct Silenced {
    /// The article's number.
    article: u64,
    /// Where it was looked at.
    anchor: usize,
    whose: Whose,
    rule: RuleId,
    words: String,
    /// What was written into the layer.
    change: Change,
    /// The last entry of the step before.
    after: Option<usize>,
    /// It was not undone.
    stands: bool,
}

impl App {
    /// The last entry that undo would take back.
    fn last_entry(&self) -> Option<usize> {
        let step = self.article()?.session.review().last_step()?;
        step.entries.last().map(|(n, _)| *n)
    }

    /// What was silenced since the last decision, or undone before the next: undo and redo come to it first.
    pub(super) fn silenced_next(&self, event: &Event) -> Option<usize> {
        let (article, after) = (self.article()?.id, self.last_entry());
        let here = |s: &&Silenced| s.article == article && s.after == after;
        let undo = *event == Event::Undone;
        let place = |(i, s): (usize, &Silenced)| (here(&s) && s.stands == undo).then_some(i);
        if undo { self.silenced.iter().enumerate().rev().find_map(place) } else { self.silenced.iter().enumerate().find_map(place) }
    }

    /// Takes back what was silenced, or does it again.
    pub(super) fn turn_silenced(&mut self, i: usize) {
        let Some(silenced) = self.silenced.get(i) else { return };
        let (whose, stands, anchor, article) = (silenced.whose, silenced.stands, silenced.anchor, silenced.article);
        let said = format!("“{}”", lexicon::one_line(&silenced.words));
        let rule = super::rules::name(&silenced.rule);
        let ask =
            if stands { Ask::TakeBack(silenced.change.clone()) } else { Ask::LeaveAlone(silenced.rule.clone(), silenced.words.clone()) };
        if let Err(sentence) = self.change_book(whose, &ask) {
            self.silenced.remove(i);
            return self.view.fault(sentence);
        }
        let written = self.books.of(whose).and_then(|b| b.log.first()).map(|(line, _)| line.change.clone());
        if let Some(silenced) = self.silenced.get_mut(i) {
            silenced.stands = !stands;
            if let Some(change) = written.filter(|_| !stands) {
                silenced.change = change;
            }
        }
        if let Some(article) = self.articles.iter_mut().find(|a| a.id == article) {
            article.move_on(anchor);
        }
        self.view.paper.follow = true;
        self.view.notices.retain(|n| n.topic != Some(Topic::Silence));
        let sentence = if stands {
            format!("Undone: “{rule}” marks {said} again")
        } else {
            format!("Done again: “{rule}” never marks {said}")
        };
        self.view.note_on(Topic::Undo, sentence);
    }

    /// Takes the last back, as the notice offers.
    pub(super) fn take_silence_back(&mut self) {
        if let Some(i) = self.silenced.iter().rposition(|s| s.stands) {
            self.turn_silenced(i);
        }
    }

    /// The rule of the finding never marks these words again, in any article.
    pub(super) fn reject_always(&mut self, whose: Whose) {
        let Some(article) = self.article() else { return };
        let Some(finding) = article.finding().cloned() else { return };
        let words = finding.span.of(article.session.text()).to_owned();
        let (id, rule) = (article.id, super::rules::name(&finding.rule));
        if !words.chars().any(char::is_alphanumeric) {
            let said = match words.trim() {
                "" => "Here is no word".to_owned(),
                _ => format!("“{}” has no word in it", lexicon::one_line(&words)),
            };
            let sentence = format!("{said}: left alone everywhere, it would silence “{rule}” in every article. Nothing was changed");
            let instead = Command::LeaveInArticle(finding.rule.clone(), finding.span);
            return self.view.offer(Topic::Silence, sentence, "Leave it in this article", instead);
        }
        let after = self.last_entry();
        if let Err(sentence) = self.change_book(whose, &Ask::LeaveAlone(finding.rule.clone(), words.clone())) {
            return self.view.fault(sentence);
        }
        let book = self.books.of(whose);
        let place = book.map_or_else(String::new, super::books::Book::label).to_lowercase();
        let written = book.and_then(|b| b.log.first()).map(|(line, _)| line.change.clone());
        let anchor = finding.span.start;
        if let Some(change) = written {
            let rule = finding.rule.clone();
            self.silenced.push(Silenced { article: id, anchor, whose, rule, words: words.clone(), change, after, stands: true });
        }
        if let Some(article) = self.article_mut() {
            article.move_on(anchor);
        }
        self.view.paper.follow = true;
        let sentence = format!("“{rule}” never marks “{}” again, in any article ({place})", lexicon::one_line(&words));
        self.view.offer(Topic::Silence, sentence, "Take it back", Command::TakeSilenceBack);
    }

    /// Leaves the words of a finding alone in the article, whatever is looked at.
    pub(super) fn leave_in_article(&mut self, rule: &str, span: Span) {
        let stamp = self.stamp();
        let Some(article) = self.article_mut() else { return };
        let is_it = |f: &&Finding| f.rule == rule && f.span == span;
        let Some(finding) = article.session.findings().iter().find(is_it).cloned() else { return };
        let outcome = article.session.reject(&finding, Reach::Article, &stamp);
        self.settle(Some(outcome), Some(span.start));
    }
}
