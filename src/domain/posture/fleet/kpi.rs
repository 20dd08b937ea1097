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
    /// The same at 72 h, a linear estimate.
    pub cost_at_72h: Option<Money>,
    /// Finished runs on real clusters.
    pub incidents: usize,
    /// Median seconds without the application, over them.
    pub recover_s: Option<i64>,
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
    /// Clusters with a window whose reach is less than that.
    pub below_needed: Option<u32>,
    /// Journals that could not be read.
    pub journals_unreadable: usize,
    /// Regions that could not be read, or not whole.
    pub regions_unread: u32,
}

impl Kpi {
    /// Of all rows, the journals' past and a policy.
    pub fn of(rows: &[Row], past: &Past, policy: &Policy, regions_unread: u32) -> Self {
        let mut kpi = Self {
            hours: policy.coverage_h,
            regions_unread,
            journals_unreadable: past.unreadable,
            ..Self::default()
        };
        for row in rows {
            kpi.count(row, policy);
        }
        kpi.cost = total(rows, |row| row.cost);
        kpi.cost_at_72h = total(rows, |row| row.cost_at_72h);
        kpi.history(past, policy);
        kpi.below_needed = kpi.window_needed_s.map(|needed| {
            let below = rows.iter().filter(|row| {
                row.verdict == Verdict::Ok && row.reach.back_s().is_some_and(|usable| usable < needed)
            });
            number(below.count())
        });
        kpi
    }

    fn count(&mut self, row: &Row, policy: &Policy) {
        self.clusters += 1;
        *self.verdicts.entry(row.verdict.as_str()).or_default() += 1;
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
        self.cost_unknown += u32::from(row.cost.is_none());
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
        self.recover_s = median(outages);
        self.drill_recover_s = median(past.values(true, |run| run.outage_s));
        self.window_needed_s = past.values(false, |run| run.lay_back_s).into_iter().max();
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
