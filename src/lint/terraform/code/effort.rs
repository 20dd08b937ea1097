//! How much work one folder may ask for: what is written in a few lines can double itself without end.

use crate::lint::terraform::value::Value;
use std::cell::Cell;

/// Expressions evaluated, elements compared.
const STEPS: u32 = 1_000_000;
/// Expressions within expressions, names within names.
const DEPTH: u32 = 300;
/// Bytes of texts and lists that are made, or read through.
const BYTES: usize = 128 << 20;

/// The work done so far, and how deep it stands.
#[derive(Debug, Default)]
pub(in crate::lint::terraform) struct Effort {
    steps: Cell<u32>,
    bytes: Cell<usize>,
    depth: Cell<u32>,
}

/// One level; leaving it is dropping it.
pub(in crate::lint::terraform) struct Deeper<'a>(&'a Cell<u32>);

impl Drop for Deeper<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get().saturating_sub(1));
    }
}

impl Effort {
    /// One step more; none where it was enough.
    pub(in crate::lint::terraform) fn spend(&self) -> Option<()> {
        let steps = self.steps.get();
        (steps < STEPS).then(|| self.steps.set(steps + 1))
    }

    /// As many bytes more; none where it was enough, and from then on for everything.
    ///
    /// It is asked before something is made or read through, so that no single result can be larger than all that is
    /// allowed.
    pub(in crate::lint::terraform) fn carry(&self, bytes: usize) -> Option<()> {
        let carried = self.bytes.get().saturating_add(bytes);
        self.bytes.set(carried);
        if carried > BYTES {
            self.steps.set(STEPS);
            return None;
        }
        Some(())
    }

    /// One step more and one level deeper; none where it was enough.
    pub(in crate::lint::terraform) fn deeper(&self) -> Option<Deeper<'_>> {
        self.spend()?;
        let depth = self.depth.get();
        if depth >= DEPTH {
            return None;
        }
        self.depth.set(depth + 1);
        Some(Deeper(&self.depth))
    }

    /// What everything comes to when it was enough.
    pub(in crate::lint::terraform) fn enough() -> Value {
        Value::unknown("it takes more work than is done for one folder")
    }
}
