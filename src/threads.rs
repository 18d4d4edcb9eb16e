//! Shares the work on a long text among several threads. What comes of it is the same as on one, in the same order.

use std::num::NonZero;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A shorter text is not worth a second thread, in bytes.
const SHARED: usize = 20 * 1024;
/// The most that work together on one text.
const MOST: usize = 4;

/// How many threads a text of so many bytes is worth on this machine.
pub fn worth(bytes: usize) -> usize {
    // Asking the system takes as long as checking a paragraph.
    static MACHINE: OnceLock<usize> = OnceLock::new();
    if bytes < SHARED {
        return 1;
    }
    *MACHINE.get_or_init(|| std::thread::available_parallelism().map_or(1, NonZero::get).min(MOST))
}

/// Does `count` pieces of work, each by its number, and returns what comes of them in that order.
pub fn each<T: Send + Sync>(threads: usize, count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    if threads < 2 || count < 2 {
        return (0..count).map(work).collect();
    }
    let done: Vec<OnceLock<T>> = (0..count).map(|_| OnceLock::new()).collect();
    let next = AtomicUsize::new(0);
    let take = || {
        while let Some((i, place)) = Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|i| Some((i, done.get(i)?))) {
            // Nobody else has this place.
            let _ = place.set(work(i));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.min(count) {
            // Without a further thread this one does it all.
            let _ = std::thread::Builder::new().name("shared".to_owned()).spawn_scoped(scope, take);
        }
        take();
    });
    done.into_iter().filter_map(OnceLock::into_inner).collect()
}

/// Does two pieces of work at once.
pub fn both<A: Send + Sync, B: Send + Sync>(threads: usize, first: impl Fn() -> A + Sync, second: impl Fn() -> B + Sync) -> (A, B) {
    let (a, b) = (OnceLock::new(), OnceLock::new());
    each(threads, 2, |i| {
        if i == 0 {
            a.get_or_init(&first);
        } else {
            b.get_or_init(&second);
        }
    });
    (a.into_inner().unwrap_or_else(first), b.into_inner().unwrap_or_else(second))
}

#[cfg(test)]
mod tests {
    #[test]
    fn pieces_come_in_order_whoever_does_them() {
        for threads in 0..5 {
            for count in [0, 1, 2, 7, 100] {
                assert_eq!(super::each(threads, count, |i| i * i), (0..count).map(|i| i * i).collect::<Vec<_>>());
            }
            assert_eq!(super::both(threads, || 1, || "two"), (1, "two"));
        }
    }
}
