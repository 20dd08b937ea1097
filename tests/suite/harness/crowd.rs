//! Many cases at once: nearly all of a case's time is spent waiting for a rewind.

use std::sync::Mutex;
use std::thread;

/// Cases of one test that are under way together.
const AT_ONCE: usize = 8;

/// Runs `check` on every case, several at a time. A case that panics fails the test once the others are done.
pub fn each<C: Send>(cases: impl IntoIterator<Item = C>, check: impl Fn(C) + Sync) {
    let waiting = Mutex::new(cases.into_iter().collect::<Vec<_>>().into_iter());
    let next = || waiting.lock().unwrap().next();
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(case) = next() {
                    check(case);
                }
            });
        }
    });
}
