//! How much may be computed for one template. What would take more is unknown, and says so.

use std::cell::Cell;

/// Steps for one cluster: a real one takes some hundreds.
const CLUSTER: u64 = 1_000_000;
/// Steps for one file.
const FILE: u64 = 10_000_000;

/// Steps that are left.
pub(super) struct Effort {
    file: Cell<u64>,
    here: Cell<u64>,
}

impl Effort {
    pub(super) fn new() -> Self {
        Self {
            file: Cell::new(FILE),
            here: Cell::new(FILE),
        }
    }

    /// Begins with another cluster, or with what all of them share.
    pub(super) fn begin(&self) {
        self.here.set(CLUSTER.min(self.file.get()));
    }

    /// Takes some steps; false where there are none left.
    pub(super) fn take(&self, steps: usize) -> bool {
        let steps = steps as u64;
        if self.here.get() < steps {
            self.here.set(0);
            return false;
        }
        self.here.set(self.here.get() - steps);
        self.file.set(self.file.get().saturating_sub(steps));
        true
    }

    /// Steps that were taken for the file.
    #[cfg(test)]
    pub(super) fn taken(&self) -> u64 {
        FILE - self.file.get()
    }

    /// Why something is not known, as a fragment.
    pub(super) fn why() -> String {
        format!("it takes more than {CLUSTER} steps for one cluster, or {FILE} for one file")
    }
}
