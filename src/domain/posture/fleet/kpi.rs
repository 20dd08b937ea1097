//! The figures of a whole fleet. What is not known is counted as such; it is never 0 and never left out in silence.

use std::collections::BTreeMap;

use super::cost::Money;
use super::past::{Past, median};
use super::policy::Policy;
use super::row::Row;
use crate::domain::known::Known;
use crate::domain::posture::Verdict;

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Those that have it.
    pub part: u32,
    /// Those that could.
    pub whole: u32,
}

impl Share {
    /// As a ratio from 0 to 1; none of nothing.
    pub fn ratio(self) -> Option<f64> {
        (self.whole > 0).then(|| f64::from(self.part) / f64::from(self.whole))
    }

    /// `83 %`, rounded down: 100 % is said of all alone.
    pub fn percent(self) -> Option<u32> {
        (self.part * 100).checked_div(self.whole)
    }
}

/// All figures.
#[derive(Clone, Debug, Default)]
pub struct Kpi {
    /// Clusters by verdict.
    pub verdicts: BTreeMap<&'static str, u32>,
    /// Clusters that were judged.
    pub clusters: u32,
    /// Verdict `ok`, of those that have or could have Backtrack: `ok`, `disabled`, `blocked`, `invalid`.
    pub coverage: Share,
    /// Rewindable at this moment, of the same.
    pub now: Share,
    /// At least so many hours within reach, of the same.
    pub at_hours: Share,
    /// Clusters of them whose reach is not known.
    pub reach_unknown: u32,
    /// The hours of it.
    pub hours: u32,
    /// Clusters with a window that an acting alarm watches, of those whose alarms were read.
    pub watched: Share,
    /// What the change records of all clusters cost in a month, as far as AWS tells.
    pub cost: Option<Money>,
    /// Clusters with a window whose change records AWS does not tell.
    pub cost_unknown: u32,
    /// The cost at 72 h, a linear estimate, over those that also tell how far they reach.
    pub cost_at_72h: Option<Money>,
    /// What the same clusters cost in a month today.
    pub cost_of_those: Option<Money>,
    /// Clusters that are in `cost` and not in `cost_at_72h`.
    pub cost_at_72h_unknown: u32,
    /// Runs on real clusters that stopped the application or asked AWS for a backtrack, ended or not.
    pub incidents: usize,
    /// Median seconds without the application, over those that ended with a rewind.
    pub recover_s: Option<i64>,
    /// How many that is the median of.
    pub recovered: usize,
    /// Finished drills.
    pub drills: usize,
    /// The same over drills.
    pub drill_recover_s: Option<i64>,
    /// What the recorded incidents cost, at the policy's rate a minute.
    pub impact: Option<Money>,
    /// Incidents whose length is not known: they are not in the sum.
    pub impact_unknown: usize,
    /// The window that would have reached every past target, in seconds.
    pub window_needed_s: Option<i64>,
    /// Clusters that have or could have Backtrack and reach less than that, or nothing.
    pub below_needed: Option<u32>,
    /// Clusters of which that is not known, and those with the verdict `unknown`.
    pub below_needed_unknown: Option<u32>,
    /// Runs whose journal could not be read, by name.
    pub journals_unreadable: Vec<String>,
    /// Why the journals could not be listed: then no figure of the past is known.
    pub journals_unlisted: Option<String>,
    /// Regions that could not be read, or not whole.
    pub regions_unread: u32,
}

impl Kpi {
    /// Of all rows, the journals' past and a policy.
    pub fn of(rows: &[Row], past: &Past, policy: &Policy, regions_unread: u32) -> Self {
        let mut kpi = Self {
            hours: policy.coverage_h,
            regions_unread,
            journals_unreadable: past.unreadable.clone(),
            journals_unlisted: past.unlisted.clone(),
            ..Self::default()
        };
        for row in rows {
            kpi.count(row, policy);
        }
        kpi.cost = total(rows, |row| row.cost);
        kpi.cost_at_72h = total(rows, |row| row.cost_at_72h);
        kpi.cost_of_those = total(rows, |row| row.cost.filter(|_| row.cost_at_72h.is_some()));
        kpi.history(past, policy);
        if let Some(needed_s) = kpi.window_needed_s {
            let count = |reaches| {
                number(
                    rows.iter()
                        .filter(|row| reached(row, needed_s) == reaches)
                        .count(),
                )
            };
            kpi.below_needed = Some(count(Reached::Less));
            kpi.below_needed_unknown = Some(count(Reached::NotKnown));
        }
        kpi
    }

    fn count(&mut self, row: &Row, policy: &Policy) {
        self.clusters += 1;
        *self.verdicts.entry(row.verdict.as_str()).or_default() += 1;
        // Whatever has a window is billed for what it stores, and is in the sum where AWS tells it.
        let window = row.reach.target_s.is_some_and(|seconds| seconds > 0);
        self.cost_unknown += u32::from(window && row.cost.is_none());
        self.cost_at_72h_unknown += u32::from(row.cost.is_some() && row.cost_at_72h.is_none());
        let capable = matches!(
            row.verdict,
            Verdict::Ok | Verdict::Disabled | Verdict::Blocked | Verdict::Invalid
        );
        if !capable {
            return;
        }
        let ok = row.verdict == Verdict::Ok;
        let wanted_s = i64::from(policy.coverage_h) * 3600;
        self.coverage.add(ok);
        self.now.add(row.rewindable_now == Some(true));
        self.at_hours.add(ok && row.reach.reaches(wanted_s) == Some(true));
        if !ok {
            return;
        }
        self.reach_unknown += u32::from(row.reach.reaches(wanted_s).is_none());
        if let Known::Known(alarms) = &row.alarms {
            let acting = super::AlarmState::Acting;
            self.watched
                .add(alarms.actual == acting || alarms.alert == acting);
        }
    }

    fn history(&mut self, past: &Past, policy: &Policy) {
        let outages = past.values(false, |run| run.outage_s);
        self.incidents = past.runs.iter().filter(|run| !run.drill).count();
        self.drills = past.runs.len() - self.incidents;
        self.impact_unknown = self.incidents - outages.len();
        self.impact = policy.outage_minute.filter(|_| !outages.is_empty()).map(|rate| {
            outages
                .iter()
                .map(|seconds| Money::of_outage(rate, *seconds))
                .sum()
        });
        let ended = past.values(false, |run| run.outage_s.filter(|_| run.recovered));
        self.recovered = ended.len();
        self.recover_s = median(ended);
        self.drill_recover_s = median(past.values(true, |run| run.outage_s));
        self.window_needed_s = past.values(false, |run| run.lay_back_s).into_iter().max();
    }
}

/// Whether a cluster reaches so far.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reached {
    All,
    Less,
    NotKnown,
    /// It cannot have Backtrack: nothing is asked of it.
    Apart,
}

/// What has no window, or one that cannot be used, reaches nothing.
fn reached(row: &Row, seconds: i64) -> Reached {
    match (row.verdict, row.reach.reaches(seconds)) {
        (Verdict::NotApplicable, _) => Reached::Apart,
        (Verdict::Disabled | Verdict::Blocked | Verdict::Invalid, _) | (Verdict::Ok, Some(false)) => {
            Reached::Less
        }
        (Verdict::Unknown, _) | (Verdict::Ok, None) => Reached::NotKnown,
        (Verdict::Ok, Some(true)) => Reached::All,
    }
}

impl Share {
    fn add(&mut self, has: bool) {
        self.part += u32::from(has);
        self.whole += 1;
    }
}

/// None where no cluster tells: a sum of nothing is not 0.
fn total(rows: &[Row], of: fn(&Row) -> Option<Money>) -> Option<Money> {
    let mut amounts = rows.iter().filter_map(of).peekable();
    amounts.peek().is_some().then(|| amounts.sum())
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
