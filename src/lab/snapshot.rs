//! A manual snapshot of a cluster: what the storage held when it was asked for. Nothing can write to it.

use std::collections::BTreeMap;

use super::moment::Moment;
use super::table::Table;

/// One manual cluster snapshot.
#[derive(Clone, Debug)]
pub(crate) struct Snapshot {
    pub(crate) id: String,
    /// The cluster it was taken of; it may be gone.
    pub(crate) source: String,
    pub(crate) engine: String,
    pub(crate) engine_version: String,
    pub(crate) created: Moment,
    /// From then on it is available.
    pub(crate) ready: Moment,
    pub(crate) tags: BTreeMap<String, String>,
    /// What it holds.
    pub(crate) table: Table,
}

impl Snapshot {
    pub(crate) fn status(&self, now: Moment) -> &'static str {
        if now < self.ready { "creating" } else { "available" }
    }

    /// `PercentProgress`, 0 to 100.
    pub(crate) fn progress(&self, now: Moment) -> i64 {
        let whole = self.ready.since(self.created).max(1);
        (now.since(self.created).saturating_mul(100) / whole).clamp(0, 100)
    }
}

#[cfg(test)]
mod tests {
    use super::{BTreeMap, Moment, Snapshot, Table};

    #[test]
    fn a_snapshot_progresses_to_available() {
        let created = Moment::from_ms(1_000);
        let snapshot = Snapshot {
            id: "s".to_owned(),
            source: "orders--drill".to_owned(),
            engine: "aurora-mysql".to_owned(),
            engine_version: "8.0".to_owned(),
            created,
            ready: created.plus_ms(2_000),
            tags: BTreeMap::new(),
            table: Table::empty(),
        };
        let seen = |ms| {
            let at = created.plus_ms(ms);
            (snapshot.status(at), snapshot.progress(at))
        };
        assert_eq!(seen(0), ("creating", 0));
        assert_eq!(seen(500), ("creating", 25));
        assert_eq!(seen(2_000), ("available", 100));
        assert_eq!(seen(9_000), ("available", 100));
    }
}
