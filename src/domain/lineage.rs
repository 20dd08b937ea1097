//! Which instants' changes are part of the data now, as far as the service's list of backtracks tells.
//!
//! Without a backtrack the data holds everything up to now. A backtrack that left the instant `left` for `to` makes of it
//! what it was at `to`, and everything written after `left`. What it was at `to` is told by the backtracks before it, in the
//! same way. So a way forward brings back what a rewind took, and rewinds within rewinds are no special case.
//!
//! What AWS does not list any more is not known here: it keeps these records for a time that is not documented.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::backtrack::{BacktrackRecord, BacktrackStatus};
use super::target::wire;

/// A completed backtrack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hop {
    /// `BacktrackIdentifier`.
    pub id: String,
    /// The instant that it left: `BacktrackedFrom`, as what was written between request and that went as well; the creation
    /// time where AWS left it out.
    pub left: DateTime<Utc>,
    /// The instant that it went to, as reported.
    pub to: DateTime<Utc>,
}

impl Hop {
    /// Both instants, for people.
    pub fn text(&self) -> String {
        format!("the backtrack to {} of {}", wire(self.to), wire(self.left))
    }
}

/// A stretch that is not part of the data: after `after`, up to and with `until`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hole {
    /// The last instant before it.
    pub after: DateTime<Utc>,
    /// The last instant in it.
    pub until: DateTime<Utc>,
}

/// The completed backtracks of a cluster, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lineage {
    hops: Vec<Hop>,
}

/// A completed backtrack of which AWS does not say from where to where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("AWS does not say from where to where the completed backtrack {0} went")]
pub struct Untimed(String);

impl Lineage {
    /// Of a cluster's records, in any order. Those that failed, or are not done, changed nothing yet.
    pub fn of(records: &[BacktrackRecord]) -> Result<Self, Untimed> {
        let done = records
            .iter()
            .filter(|record| record.status == BacktrackStatus::Completed);
        let hop = |record: &BacktrackRecord| {
            let untimed = || Untimed(record.id.clone());
            Ok(Hop {
                id: record.id.clone(),
                left: record.from.or(record.created).ok_or_else(untimed)?,
                to: record.to.ok_or_else(untimed)?,
            })
        };
        let mut hops = done.map(hop).collect::<Result<Vec<Hop>, Untimed>>()?;
        hops.sort_by_key(|hop| hop.left);
        Ok(Self { hops })
    }

    /// True where nothing is known to be undone.
    pub fn is_straight(&self) -> bool {
        self.hops.is_empty()
    }

    /// The backtrack that took out what was written at `at`; none where that is part of the data.
    pub fn undone_by(&self, at: DateTime<Utc>) -> Option<&Hop> {
        let mut by = None;
        for (index, hop) in self.hops.iter().enumerate() {
            // Nothing can take out what was not written yet.
            if hop.left < at {
                continue;
            }
            let after = self.had(index, hop.to, at);
            by = if after { None } else { by.or(Some(hop)) };
        }
        by
    }

    /// Whether the data at `then`, of which the first `known` backtracks tell, had what was written at `at`.
    fn had(&self, known: usize, then: DateTime<Utc>, at: DateTime<Utc>) -> bool {
        if at > then {
            return false;
        }
        let before = self.hops.iter().take(known).rposition(|hop| hop.left < then);
        match before.and_then(|index| Some((index, self.hops.get(index)?))) {
            None => true,
            Some((_, hop)) if at > hop.left => true,
            Some((index, hop)) => self.had(index, hop.to, at),
        }
    }

    /// Every stretch that is not part of the data now, in the order of time.
    pub fn holes(&self) -> Vec<Hole> {
        let mut holes = Vec::new();
        let mut known = self.hops.len();
        // From now back: the last backtrack before an instant tells what there was before it.
        let mut then = None;
        while let Some((index, hop)) = self.last(known, then) {
            if hop.to < hop.left {
                holes.push(Hole {
                    after: hop.to,
                    until: hop.left,
                });
            }
            (known, then) = (index, Some(hop.to));
        }
        holes.reverse();
        holes
    }

    fn last(&self, known: usize, then: Option<DateTime<Utc>>) -> Option<(usize, &Hop)> {
        let before = |hop: &Hop| then.is_none_or(|then| hop.left < then);
        let index = self.hops.iter().take(known).rposition(before)?;
        Some((index, self.hops.get(index)?))
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::domain::fixture::{after, record};

    /// Completed backtracks, each `(left, to)` in seconds.
    fn lineage(hops: &[(i64, i64)]) -> Lineage {
        let records: Vec<BacktrackRecord> = hops
            .iter()
            .enumerate()
            .map(|(number, (left, to))| BacktrackRecord {
                from: Some(after(*left)),
                ..record(
                    &number.to_string(),
                    after(*to),
                    after(*left - 1),
                    BacktrackStatus::Completed,
                )
            })
            .collect();
        Lineage::of(&records).unwrap()
    }

    /// By which backtrack each of these instants was undone; `-` where it is part of the data.
    fn undone(hops: &[(i64, i64)], instants: &[i64]) -> String {
        let lineage = lineage(hops);
        let by = |at: &i64| {
            lineage
                .undone_by(after(*at))
                .map_or("-", |hop| &hop.id)
                .to_owned()
        };
        instants.iter().map(by).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn without_a_backtrack_everything_is_part_of_the_data() {
        assert_eq!(undone(&[], &[0, 100]), "- -");
        assert!(lineage(&[]).is_straight() && lineage(&[]).holes().is_empty());
    }

    #[test]
    fn a_rewind_takes_out_what_lies_between_and_nothing_else() {
        assert_eq!(undone(&[(100, 50)], &[49, 50, 51, 100, 101]), "- - 0 0 -");
    }

    #[test]
    fn a_way_forward_brings_it_back_up_to_where_it_goes() {
        // Rewound to 50 at 100, then forward at 110 to 80, or to the origin.
        assert_eq!(
            undone(&[(100, 50), (110, 80)], &[50, 60, 80, 81, 100, 105, 110, 111]),
            "- - - 0 0 1 1 -"
        );
        assert_eq!(
            undone(&[(100, 50), (110, 100)], &[50, 60, 100, 105, 111]),
            "- - - 1 -"
        );
    }

    #[test]
    fn the_instant_that_was_left_is_a_fraction_after_the_request() {
        let fraction = after(100) + TimeDelta::milliseconds(640);
        let records = [
            BacktrackRecord {
                from: Some(fraction),
                ..record("back", after(50), after(27), BacktrackStatus::Completed)
            },
            BacktrackRecord {
                from: Some(after(200)),
                ..record("origin", after(100), after(127), BacktrackStatus::Completed)
            },
        ];
        let lineage = Lineage::of(&records).unwrap();
        assert_eq!(lineage.undone_by(after(70)), None);
        assert_eq!(lineage.undone_by(after(100)), None);
        assert_eq!(
            lineage.undone_by(fraction).map(|hop| hop.id.as_str()),
            Some("back")
        );
        let half = Lineage::of(&records[..1]).unwrap();
        assert_eq!(half.undone_by(fraction).map(|hop| hop.id.as_str()), Some("back"));
    }

    #[test]
    fn rewinds_within_rewinds_and_across_them_are_told_apart() {
        // To 50 at 100; work until 200; to 150 at 200: 50 to 100 stays undone by the first.
        let apart = [(100, 50), (200, 150)];
        assert_eq!(undone(&apart, &[40, 60, 120, 160, 210]), "- 0 - 1 -");
        // To 50 at 100; to 40 at 200: everything since 40 is gone, the first part of it by the first.
        let across = [(100, 50), (200, 40)];
        assert_eq!(undone(&across, &[40, 45, 60, 120, 210]), "- 1 0 1 -");
        // To 150 at 200, forward at 210 to 180, and back at 220 to 100, before all of that.
        let to_and_fro = [(200, 150), (210, 180), (220, 100)];
        assert_eq!(
            undone(&to_and_fro, &[100, 120, 160, 190, 205, 215, 221]),
            "- 2 2 0 1 2 -"
        );
    }

    #[test]
    fn a_target_on_the_old_history_is_read_as_that_history() {
        // At 300, long after the rewind of 100 to 50, to 80: it lies before that rewind, and shows what was there then.
        assert_eq!(
            undone(&[(100, 50), (300, 80)], &[60, 80, 90, 200, 301]),
            "- - 0 1 -"
        );
    }

    #[test]
    fn the_holes_are_what_was_undone() {
        for hops in [
            &[(100, 50)][..],
            &[(100, 50), (110, 80)],
            &[(100, 50), (110, 100)],
            &[(100, 50), (200, 150)],
            &[(100, 50), (200, 40)],
            &[(200, 150), (210, 180), (220, 100)],
            &[(100, 50), (300, 80), (310, 20), (320, 90)],
        ] {
            let lineage = lineage(hops);
            let holes = lineage.holes();
            for at in 0..330 {
                let at = after(at);
                let inside = holes.iter().any(|hole| hole.after < at && at <= hole.until);
                assert_eq!(lineage.undone_by(at).is_some(), inside, "{hops:?} {at}");
            }
            assert!(holes.is_sorted_by_key(|hole| hole.after), "{holes:?}");
        }
    }

    #[test]
    fn the_order_of_the_list_does_not_matter_and_what_failed_changed_nothing() {
        let first = BacktrackRecord {
            from: Some(after(100)),
            ..record("first", after(50), after(99), BacktrackStatus::Completed)
        };
        let second = BacktrackRecord {
            from: Some(after(110)),
            ..record("second", after(100), after(109), BacktrackStatus::Completed)
        };
        let failed = BacktrackRecord {
            from: Some(after(120)),
            ..record("failed", after(10), after(119), BacktrackStatus::Failed)
        };
        let pending = BacktrackRecord {
            from: None,
            ..record("pending", after(10), after(130), BacktrackStatus::Applying)
        };
        let lineage = Lineage::of(&[pending, second, failed, first]).unwrap();
        assert_eq!(lineage.undone_by(after(60)), None);
        assert_eq!(
            lineage.undone_by(after(105)).map(|hop| hop.id.as_str()),
            Some("second")
        );
    }

    #[test]
    fn a_backtrack_without_its_instants_leaves_all_unknown() {
        let whole = record("one", after(50), after(100), BacktrackStatus::Completed);
        let no_target = BacktrackRecord {
            to: None,
            ..whole.clone()
        };
        assert!(Lineage::of(&[whole.clone(), no_target]).is_err());
        let no_origin = BacktrackRecord {
            from: None,
            ..whole.clone()
        };
        // The request stands in for it.
        let lineage = Lineage::of(&[no_origin]).unwrap();
        assert!(lineage.undone_by(after(99)).is_some() && lineage.undone_by(after(101)).is_none());
        let never = BacktrackRecord {
            from: None,
            created: None,
            ..whole
        };
        assert!(Lineage::of(&[never]).is_err());
    }
}
