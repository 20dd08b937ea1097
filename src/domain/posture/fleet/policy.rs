//! What an organisation asks of its clusters.

use std::collections::BTreeMap;

use super::alarms::AlarmMetric;
use super::cost::Money;
use crate::domain::posture::without_backtrack;

/// The policy. Without a file: nothing is required, and costs are at the US rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The hours of the figure "coverage at N hours".
    pub coverage_h: u32,
    /// For a million change records an hour.
    pub rate: Money,
    /// What a minute without the application costs.
    pub outage_minute: Option<Money>,
    /// Tags that may name the owner, the first that is there counts.
    pub owner_tags: Vec<String>,
    /// Least hours, by tag; the first that fits a cluster counts.
    pub least: Vec<Least>,
    /// Tags that every Aurora MySQL cluster is to have, with a value.
    pub required_tags: Vec<String>,
    /// Alarms that every cluster with a window is to have, with an action.
    pub required_alarms: Vec<AlarmMetric>,
    /// Regions that have Backtrack by now, whatever the list says.
    pub with_backtrack: Vec<String>,
}

/// One rule of least hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Least {
    /// The tag that it is for, and its value; none: any cluster, any value.
    pub tag: Option<(String, Option<String>)>,
    /// Least reach.
    pub hours: u32,
}

impl Least {
    fn seconds(&self) -> i64 {
        i64::from(self.hours) * 3600
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            coverage_h: 24,
            rate: Money::US_RATE,
            outage_minute: None,
            owner_tags: ["owner", "Owner", "team", "Team"].map(str::to_owned).to_vec(),
            least: Vec::new(),
            required_tags: Vec::new(),
            required_alarms: Vec::new(),
            with_backtrack: Vec::new(),
        }
    }
}

impl Policy {
    /// The least reach of a cluster with these tags, in seconds.
    pub fn least_s(&self, tags: &BTreeMap<String, String>) -> Option<i64> {
        let rule = self.least.iter().find(|rule| match &rule.tag {
            None => true,
            Some((key, None)) => tags.contains_key(key),
            Some((key, Some(value))) => tags.get(key) == Some(value),
        })?;
        Some(rule.seconds())
    }

    /// Every least reach that may be asked of a cluster whose tags are not known; none where no rule may fit it.
    pub fn least_possible_s(&self) -> Vec<Option<i64>> {
        let for_all = self.least.iter().position(|rule| rule.tag.is_none());
        let reached = for_all.map_or(self.least.len(), |at| at + 1);
        let mut possible: Vec<Option<i64>> = self
            .least
            .iter()
            .take(reached)
            .map(|rule| Some(rule.seconds()))
            .collect();
        possible.extend(for_all.is_none().then_some(None));
        possible
    }

    /// True for a Region that is listed as without Backtrack, where nobody says otherwise.
    pub fn lists(&self, region: &str) -> bool {
        without_backtrack(region) && !self.with_backtrack.iter().any(|known| known == region)
    }

    /// Who owns a cluster with these tags.
    pub fn owner<'t>(&self, tags: &'t BTreeMap<String, String>) -> Option<&'t str> {
        let values = self.owner_tags.iter().filter_map(|key| tags.get(key));
        values.map(String::as_str).find(|value| !value.trim().is_empty())
    }
}
