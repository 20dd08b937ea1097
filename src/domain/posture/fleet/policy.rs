//! What an organisation asks of its clusters.

use std::collections::BTreeMap;

use super::alarms::AlarmMetric;
use super::cost::Money;

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
    /// Tags that every Aurora MySQL cluster is to have.
    pub required_tags: Vec<String>,
    /// Alarms that every cluster with a window is to have, with an action.
    pub required_alarms: Vec<AlarmMetric>,
}

/// One rule of least hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Least {
    /// The tag that it is for, and its value; none: any cluster, any value.
    pub tag: Option<(String, Option<String>)>,
    /// Least reach.
    pub hours: u32,
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
        Some(i64::from(rule.hours) * 3600)
    }

    /// Who owns a cluster with these tags.
    pub fn owner<'t>(&self, tags: &'t BTreeMap<String, String>) -> Option<&'t str> {
        let values = self.owner_tags.iter().filter_map(|key| tags.get(key));
        values.map(String::as_str).find(|value| !value.is_empty())
    }
}
