//! What is told while logs are fetched: nobody is left without a word.

use std::cell::Cell;
use std::future::Future;
use std::time::Duration;

use tokio::time::Instant;

use crate::cli::print;

/// Between two lines, at most.
const EVERY: Duration = Duration::from_secs(3);

/// Tells on stderr how far a fetch has come.
pub struct Teller {
    began: Instant,
    told: Cell<Instant>,
    bytes: Cell<u64>,
    expected: Cell<u64>,
}

impl Teller {
    /// Begins now.
    pub fn new() -> Self {
        let now = Instant::now();
        Self {
            began: now,
            told: Cell::new(now),
            bytes: Cell::new(0),
            expected: Cell::new(0),
        }
    }

    /// More is to come.
    pub fn expect(&self, bytes: u64) {
        self.expected.set(self.expected.get().saturating_add(bytes));
    }

    /// More has come, and is on the disk.
    pub fn came(&self, bytes: usize, what: &str) {
        let more = u64::try_from(bytes).unwrap_or(u64::MAX);
        self.bytes.set(self.bytes.get().saturating_add(more));
        if self.told.get().elapsed() >= EVERY {
            self.tell(&format!("fetching {what}"));
        }
    }

    /// One line, at once.
    pub fn say(&self, text: &str) {
        self.told.set(Instant::now());
        print::wrapped(text);
    }

    /// Waits for `work`, and says so while it takes long.
    pub async fn watch<T>(&self, what: &str, work: impl Future<Output = T>) -> T {
        tokio::pin!(work);
        loop {
            tokio::select! {
                done = &mut work => return done,
                () = tokio::time::sleep(EVERY) => self.tell(&format!("waiting for {what}")),
            }
        }
    }

    fn tell(&self, what: &str) {
        let (bytes, expected) = (self.bytes.get(), self.expected.get());
        let of = if expected >= bytes && expected > 0 {
            format!(" of about {}", size(expected))
        } else {
            String::new()
        };
        let since = self.began.elapsed().as_secs();
        self.say(&format!("{what}: {}{of} in {since} s", size(bytes)));
    }
}

/// `12.3 MB`
pub fn size(bytes: u64) -> String {
    let tenths = bytes.saturating_add(50_000) / 100_000;
    if bytes < 100_000 {
        return format!("{} kB", bytes.div_ceil(1_000));
    }
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_read_at_a_glance() {
        let sizes = [0, 1, 99_999, 100_000, 1_048_576, 123_456_789].map(size);
        assert_eq!(sizes, ["0 kB", "1 kB", "100 kB", "0.1 MB", "1.0 MB", "123.5 MB"]);
    }
}
