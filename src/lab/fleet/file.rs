//! The file of a fleet as a whole: clusters, parameter groups, global databases, events, and who is refused.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::entry::Entry;
use super::instant::Instant;

/// Entries on a page where the client does not ask for fewer: AWS's own.
const PAGE: usize = 100;

/// Everything that the file says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct FleetPlan {
    pub(crate) page_size: usize,
    pub(crate) cluster: Vec<Entry>,
    /// Custom parameter groups: what a person set in each.
    pub(crate) parameters: BTreeMap<String, BTreeMap<String, String>>,
    pub(crate) global: Vec<Global>,
    pub(crate) event: Vec<Event>,
    pub(crate) refused: Vec<Refused>,
}

/// One `[[global]]`: every Region's list has it, as AWS's has.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Global {
    pub(crate) id: String,
    /// ARNs of its members, the writer first; the id of a cluster of this file stands for its ARN.
    pub(crate) members: Vec<String>,
}

/// One `[[event]]` of a cluster.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Event {
    #[serde(default = "Event::region")]
    pub(crate) region: String,
    pub(crate) cluster: String,
    pub(crate) at: Instant,
    #[serde(default = "Event::category")]
    pub(crate) category: String,
    pub(crate) message: String,
}

/// One `[[refused]]`: a Region, or one of its calls, that answers with an error.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Refused {
    pub(crate) region: String,
    /// None: every call.
    #[serde(default)]
    pub(crate) action: Option<String>,
    #[serde(default = "Refused::code")]
    pub(crate) code: String,
    #[serde(default = "Refused::status")]
    pub(crate) status: u16,
    /// So many answers are given before the first refusal.
    #[serde(default)]
    pub(crate) after: u32,
}

impl Event {
    fn region() -> String {
        "us-east-1".to_owned()
    }

    fn category() -> String {
        "maintenance".to_owned()
    }
}

impl Refused {
    fn code() -> String {
        "AccessDenied".to_owned()
    }

    fn status() -> u16 {
        403
    }
}

impl Default for FleetPlan {
    fn default() -> Self {
        Self {
            page_size: PAGE,
            cluster: Vec::new(),
            parameters: BTreeMap::new(),
            global: Vec::new(),
            event: Vec::new(),
            refused: Vec::new(),
        }
    }
}

impl FleetPlan {
    /// What is wrong with it as a whole: the key, and what was expected there.
    pub(crate) fn check(&self) -> Result<(), (String, String)> {
        let wrong = |key: &str, message: String| Err((key.to_owned(), message));
        if self.page_size == 0 {
            return wrong("page_size", "expected at least 1, got 0".to_owned());
        }
        let mut seen = BTreeSet::new();
        for entry in &self.cluster {
            if !seen.insert((&entry.region, entry.id.as_str())) {
                let id = entry.id.as_str();
                return wrong(
                    "cluster",
                    format!("expected one {id} in {}, got two", entry.region),
                );
            }
        }
        if let Some(refused) = self.refused.iter().find(|it| !(400..=599).contains(&it.status)) {
            let got = refused.status;
            return wrong("refused.status", format!("expected 400 to 599, got {got}"));
        }
        Ok(())
    }
}
