//! Which files an instance has at an instant: four for each stretch between two rotations.

use super::super::cluster::Cluster;
use super::super::moment::Moment;

/// Files that an instance writes at once.
const STRIPES: u64 = 4;

/// One file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LogFile {
    pub(crate) stripe: u64,
    /// Its first instant.
    pub(crate) from: Moment,
    /// Where the next one begins; none while it is written.
    pub(crate) until: Option<Moment>,
    /// Tells apart what begins in one minute.
    number: usize,
}

impl LogFile {
    /// `audit/audit.log.2.2024-01-04-08-30.0`
    pub(crate) fn name(&self) -> String {
        format!(
            "audit/audit.log.{}.{}.{}",
            self.stripe,
            self.from.minute_stamp(),
            self.number
        )
    }

    /// Whether what is written at `at` goes to it.
    pub(crate) fn holds(&self, at: Moment) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }
}

/// The stripe of a line, by a number that is the same whenever it is asked for.
pub(crate) fn stripe_of(number: u64) -> u64 {
    number % STRIPES
}

/// The files that there are at `now`, oldest first; none where auditing is off.
pub(crate) fn files(cluster: &Cluster, now: Moment) -> Vec<LogFile> {
    let plan = &cluster.plan.logs;
    if !plan.audit {
        return Vec::new();
    }
    let oldest = now.plus_s(-i64::from(plan.keep_s));
    let first = cluster.history_began();
    let period = i64::from(plan.rotate_s.max(60)) * 1_000;
    let mut starts = vec![first];
    let mut next = (first.ms().div_euclid(period) + 1) * period;
    while next <= now.ms() {
        starts.push(Moment::from_ms(next));
        next += period;
    }
    starts.extend(cluster.audit.rotated().iter().filter(|at| **at <= now));
    starts.sort_unstable();
    starts.dedup();
    let mut files = Vec::new();
    for (at, from) in starts.iter().enumerate() {
        let until = starts.get(at + 1).copied();
        if until.is_some_and(|until| until < oldest) {
            continue;
        }
        let same_minute = |other: &&Moment| other.minute_stamp() == from.minute_stamp();
        let number = starts.iter().take(at).filter(same_minute).count();
        files.extend((0..STRIPES).map(|stripe| LogFile {
            stripe,
            from: *from,
            until,
            number,
        }));
    }
    files
}
