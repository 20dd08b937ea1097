//! Waiting for a condition, never for a length of time.

use std::time::{Duration, Instant};

/// Longer than anything here takes on a slow machine.
pub const DEADLINE: Duration = Duration::from_mins(5);

/// Asks again and again until there is an answer. Panics with `what` when the deadline passes.
pub fn eventually<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(began.elapsed() < DEADLINE, "waited {DEADLINE:?} for {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}
