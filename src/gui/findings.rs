//! How an article comes to its findings: when a check is asked for, and when it is waited for.

use std::time::{Duration, Instant};

use super::app::{App, Checking};

/// The most text whose check is worth waiting for, in bytes.
const SHORT: usize = 20 * 1024;
/// How long a frame waits for the check of a short article, which takes a third of that.
const MOMENT: Duration = Duration::from_millis(15);

impl App {
    /// Sees to it that an article is checked, off the frame.
    pub(super) fn recheck(&mut self, i: usize) {
        let looked_at = i == self.current;
        let Some(article) = self.articles.get_mut(i) else { return };
        if looked_at {
            self.schedule.look_at(article.id);
        }
        // While a check runs, the next begins when it ends.
        let runs = article.checking && !self.schedule.waits(article.id);
        if article.session.is_checked() || runs {
            // What the check had to say is said below.
        } else if self.checking == Checking::AtOnce {
            let checks = article.session.check();
            article.checks.take(checks, article.session.review().revision());
        } else {
            article.checking = true;
            self.schedule.check(article.id, article.session.job());
        }
        if looked_at {
            for notice in article.session.notices().iter().skip(article.said) {
                self.view.fault(format!("{}: {notice}", article.session.name));
            }
            article.said = article.session.notices().len();
        }
    }

    /// Waits for the findings of a short article when they are nearly there, so that nobody sees, or decides on, those
    /// of the text before.
    pub(super) fn await_findings(&mut self) {
        if self.checking != Checking::Threaded {
            return;
        }
        let until = Instant::now() + MOMENT;
        let awaited = |app: &Self| app.article().filter(|a| a.checking && a.session.text().len() <= SHORT).map(|a| a.id);
        // Where the text changed during a check, the next one begins when that ends.
        for _ in 0..2 {
            let Some(article) = awaited(self) else { return };
            if self.schedule.wait_for(article, until) {
                self.receive();
            }
        }
    }
}
