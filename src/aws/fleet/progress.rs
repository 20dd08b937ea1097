//! How far the reading of a Region has got, for whoever tells of it.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Counters, read while the lists are.
#[derive(Debug, Default)]
pub struct Progress {
    clusters: AtomicUsize,
    calls: AtomicUsize,
}

impl Progress {
    /// Clusters read so far.
    pub fn clusters(&self) -> usize {
        self.clusters.load(Ordering::Relaxed)
    }

    /// Calls made so far; attempts again are the SDK's.
    pub fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }

    pub(super) fn read(&self, clusters: usize) {
        self.clusters.fetch_add(clusters, Ordering::Relaxed);
    }

    pub(super) fn called(&self) {
        self.calls.fetch_add(1, Ordering::Relaxed);
    }
}
