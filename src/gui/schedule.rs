//! Work off the frame: articles are read and checked by one or two threads that take from one queue. The article
//! looked at has a place and a thread of its own, so that its check waits for no other. Without threads the same
//! queue is emptied by whoever asks, for tests.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use std::time::{Duration, Instant};

use eframe::egui;

use super::app::{Checking, Message};
use super::opening::{Reading, Said};
use crate::check::Checked;
use crate::review::session::Job;

/// How far the work is since there was none.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Progress {
    /// Articles that were read.
    pub read: usize,
    /// Articles that were to be read.
    pub to_read: usize,
    /// Articles that were checked.
    pub checked: usize,
    /// Articles that were to be checked.
    pub to_check: usize,
}

impl Progress {
    /// Whether articles are still read.
    pub fn is_reading(&self) -> bool {
        self.read < self.to_read
    }

    /// What is done, as a sentence without its stop.
    pub fn label(&self) -> String {
        if self.is_reading() {
            format!("Opening {} of {}", self.read, self.to_read)
        } else {
            format!("Checking {} of {}", self.checked, self.to_check)
        }
    }

    /// The part that is done, 0 to 1: an article that is read and checked counts twice.
    pub fn part(&self) -> f32 {
        let all = self.to_read + self.to_check.max(self.to_read);
        (self.read + self.checked) as f32 / all.max(1) as f32
    }
}

/// What was taken off the queue.
#[derive(Debug, Default)]
pub(super) struct Cancelled {
    /// Files that are not opened.
    pub(super) unread: usize,
    /// The numbers of the articles that are not checked.
    pub(super) unchecked: Vec<u64>,
}

#[derive(Default)]
struct Queue {
    errands: VecDeque<Errand>,
    /// One errand after the other: two may write the same file.
    on_errand: bool,
    looked_at: u64,
    /// The check of the article looked at.
    first: Option<(u64, Job)>,
    reading: VecDeque<Reading>,
    checking: VecDeque<(u64, Job)>,
    /// The articles that are being checked.
    checked_now: Vec<u64>,
    /// What is being done of what was read and checked in turn.
    running: usize,
    progress: Progress,
    closed: bool,
}

/// Something small to be done off the frame, such as writing a file of the program's own; the message goes to the window.
pub(super) type Errand = Box<dyn FnOnce() -> Option<Message> + Send>;

enum Task {
    Errand(Errand),
    Read(Reading),
    Check(Turn, u64, Job),
}

/// Whose turn a check is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// The article that is looked at: not counted in the progress.
    First,
    /// One of the others.
    Next,
}

/// What a thread takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Duty {
    /// Everything.
    All,
    /// The checks of the article looked at.
    First,
}

impl Queue {
    fn take(&mut self, duty: Duty) -> Option<Task> {
        let first = self.first.take().map(|(article, job)| Task::Check(Turn::First, article, job));
        if duty == Duty::First || first.is_some() {
            return first;
        }
        if !self.on_errand
            && let Some(errand) = self.errands.pop_front()
        {
            return Some(Task::Errand(errand));
        }
        let next = |queue: &mut Self| queue.checking.pop_front().map(|(article, job)| Task::Check(Turn::Next, article, job));
        self.reading.pop_front().map(Task::Read).or_else(|| next(self))
    }

    /// Puts a check among those that are counted.
    fn check_in_turn(&mut self, article: u64, job: Job) {
        self.begin();
        if let Some((_, waiting)) = self.checking.iter_mut().find(|(a, _)| *a == article) {
            *waiting = job;
        } else {
            self.checking.push_back((article, job));
            self.progress.to_check += 1;
        }
    }

    fn waits(&self, article: u64) -> bool {
        self.first.iter().chain(&self.checking).any(|(a, _)| *a == article)
    }

    fn is_empty(&self) -> bool {
        self.reading.is_empty() && self.checking.is_empty() && self.running == 0
    }

    /// Counts from nothing when there was nothing to do.
    fn begin(&mut self) {
        if self.is_empty() {
            self.progress = Progress::default();
        }
    }
}

/// The queue and those who empty it.
pub(super) struct Schedule {
    shared: Arc<(Mutex<Queue>, Condvar)>,
    sender: Sender<Message>,
}

fn lock(shared: &(Mutex<Queue>, Condvar)) -> MutexGuard<'_, Queue> {
    // A thread that panicked held no half-made state: every change is one statement.
    shared.0.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Schedule {
    pub(super) fn new(checking: Checking, sender: Sender<Message>, ctx: &egui::Context) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = if checking == Checking::Threaded { cores.saturating_sub(1).clamp(1, 2) } else { 0 };
        let schedule = Self { shared: Arc::default(), sender };
        let duties = [Duty::First, Duty::All, Duty::All];
        for duty in duties.into_iter().take(if threads == 0 { 0 } else { threads + 1 }) {
            let (shared, sender, ctx) = (Arc::clone(&schedule.shared), schedule.sender.clone(), ctx.clone());
            std::thread::spawn(move || work(duty, &shared, &sender, &ctx));
        }
        schedule
    }

    fn change(&self, change: impl FnOnce(&mut Queue)) {
        change(&mut lock(&self.shared));
        self.shared.1.notify_all();
    }

    /// Puts files at the end of the queue.
    pub(super) fn read(&self, readings: impl IntoIterator<Item = Reading>) {
        self.change(|queue| {
            queue.begin();
            let before = queue.reading.len();
            queue.reading.extend(readings);
            queue.progress.to_read += queue.reading.len() - before;
        });
    }

    /// Puts a check into the queue, in place of an older one of the same article.
    pub(super) fn check(&self, article: u64, job: Job) {
        self.change(|queue| {
            if article == queue.looked_at {
                queue.first = Some((article, job));
            } else {
                queue.check_in_turn(article, job);
            }
        });
    }

    /// Does something before anything else that waits.
    pub(super) fn errand(&self, errand: Errand) {
        self.change(|queue| queue.errands.push_back(errand));
    }

    /// Drops the reading and checking that waits, and does the errands.
    pub(super) fn end(&self) {
        let waiting: Vec<Errand> = std::mem::take(&mut lock(&self.shared).errands).into();
        self.close();
        let busy = |queue: &mut Queue| queue.on_errand;
        let most = Duration::from_secs(2);
        // A share that does not answer shall not keep the window open.
        drop(self.shared.1.wait_timeout_while(lock(&self.shared), most, busy));
        let (done, ends) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for errand in waiting {
                // Nobody hears any more what it has to say.
                let _ = catch_unwind(AssertUnwindSafe(errand));
            }
            let _ = done.send(());
        });
        let _ = ends.recv_timeout(most);
    }

    fn close(&self) {
        self.change(|queue| {
            queue.closed = true;
            queue.errands.clear();
            queue.reading.clear();
            queue.checking.clear();
            queue.first = None;
        });
    }

    /// The article looked at comes first.
    pub(super) fn look_at(&self, article: u64) {
        let mut queue = lock(&self.shared);
        if std::mem::replace(&mut queue.looked_at, article) == article {
            return;
        }
        if let Some((before, job)) = queue.first.take() {
            queue.check_in_turn(before, job);
        }
        if let Some(i) = queue.checking.iter().position(|(a, _)| *a == article) {
            queue.first = queue.checking.remove(i);
            queue.progress.to_check -= 1;
        }
        drop(queue);
        self.shared.1.notify_all();
    }

    /// Waits until no check of the article waits or runs; false when that takes longer.
    pub(super) fn wait_for(&self, article: u64, until: Instant) -> bool {
        let busy = |queue: &mut Queue| queue.waits(article) || queue.checked_now.contains(&article);
        let most = until.saturating_duration_since(Instant::now());
        let outcome = self.shared.1.wait_timeout_while(lock(&self.shared), most, busy);
        outcome.is_ok_and(|(_, time)| !time.timed_out())
    }

    /// Whether a file waits to be read.
    pub(super) fn is_read(&self, path: &Path) -> bool {
        lock(&self.shared).reading.iter().any(|r| r.path() == Some(path))
    }

    /// Whether a session of a desk waits to be read.
    pub(super) fn brings(&self, session: &str) -> bool {
        lock(&self.shared).reading.iter().any(|r| r.session() == Some(session))
    }

    /// Whether a check of the article waits; false too while it runs.
    pub(super) fn waits(&self, article: u64) -> bool {
        lock(&self.shared).waits(article)
    }

    /// Takes the check of an article off the queue.
    pub(super) fn leave_out(&self, article: u64) {
        self.change(|queue| {
            queue.first.take_if(|(a, _)| *a == article);
            let before = queue.checking.len();
            queue.checking.retain(|(a, _)| *a != article);
            queue.progress.to_check -= before - queue.checking.len();
        });
    }

    /// Takes everything off the queue but the check of the article looked at; what is being done is ended.
    pub(super) fn cancel(&self) -> Cancelled {
        let mut cancelled = Cancelled::default();
        self.change(|queue| {
            cancelled.unread = queue.reading.drain(..).count();
            cancelled.unchecked = queue.checking.drain(..).map(|(article, _)| article).collect();
            queue.progress.to_read -= cancelled.unread;
            queue.progress.to_check -= cancelled.unchecked.len();
        });
        cancelled
    }

    /// How far the work is; none when there is nothing to do.
    pub(super) fn progress(&self) -> Option<Progress> {
        let queue = lock(&self.shared);
        (!queue.is_empty()).then_some(queue.progress)
    }

    /// Reads or checks the next article on the caller's own thread, and does the errands before it; false when
    /// there is no article.
    pub(super) fn work_one(&self) -> bool {
        loop {
            let mut queue = lock(&self.shared);
            let Some(task) = queue.take(Duty::All) else { return false };
            begin(&mut queue, &task);
            drop(queue);
            let worked = !matches!(task, Task::Errand(_));
            end(&self.shared, &self.sender, task);
            if worked {
                return true;
            }
        }
    }
}

impl Drop for Schedule {
    fn drop(&mut self) {
        self.close();
    }
}

fn work(duty: Duty, shared: &(Mutex<Queue>, Condvar), sender: &Sender<Message>, ctx: &egui::Context) {
    loop {
        let mut queue = lock(shared);
        let task = loop {
            match queue.take(duty) {
                Some(task) => break task,
                None if queue.closed => return,
                None => queue = shared.1.wait(queue).unwrap_or_else(PoisonError::into_inner),
            }
        };
        begin(&mut queue, &task);
        drop(queue);
        end(shared, sender, task);
        ctx.request_repaint();
    }
}

fn begin(queue: &mut Queue, task: &Task) {
    match task {
        Task::Errand(_) => queue.on_errand = true,
        Task::Read(_) => queue.running += 1,
        Task::Check(turn, article, _) => {
            queue.running += usize::from(*turn == Turn::Next);
            queue.checked_now.push(*article);
        }
    }
}

/// Does a task and sends what comes of it.
fn end(shared: &(Mutex<Queue>, Condvar), sender: &Sender<Message>, task: Task) {
    const FAULT: &str = "a fault of this program; please report it";
    let mut done = Progress::default();
    let mut checked_now = None;
    let message = match task {
        Task::Errand(errand) => {
            let message = catch_unwind(AssertUnwindSafe(errand)).unwrap_or_else(|_| Some(Message::Fault(FAULT.to_owned())));
            lock(shared).on_errand = false;
            message
        }
        Task::Read(reading) => {
            done.read = 1;
            let (rank, name) = (reading.rank, reading.name());
            let opened = catch_unwind(AssertUnwindSafe(|| reading.run()))
                .unwrap_or_else(|_| Err(Said::Fault(format!("{name} can’t be opened: {FAULT}"))));
            Some(Message::Opened { rank, opened: opened.map(Box::new) })
        }
        Task::Check(turn, article, job) => {
            done.checked = usize::from(turn == Turn::Next);
            checked_now = Some(article);
            let checked = catch_unwind(AssertUnwindSafe(|| job.run()));
            let (checked, checks) = checked.unwrap_or_else(|_| {
                let notices = vec![format!("the check of an article ended early: {FAULT}")];
                (Checked { notices, ..Checked::default() }, Vec::new())
            });
            Some(Message::Checked { article, job: Box::new(job), checked, checks })
        }
    };
    let mut queue = lock(shared);
    queue.progress.read += done.read;
    queue.progress.checked += done.checked;
    queue.running -= done.read + done.checked;
    if let Some(i) = queue.checked_now.iter().position(|a| checked_now == Some(*a)) {
        queue.checked_now.swap_remove(i);
    }
    if let Some(message) = message {
        // The window may be gone; then nobody waits for it. Who waits for a check finds it sent.
        let _ = sender.send(message);
    }
    drop(queue);
    shared.1.notify_all();
}
