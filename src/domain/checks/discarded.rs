//! The rule on targets that an earlier backtrack took out of the data.
//!
//! Whether AWS goes to that old history, or to something else, or fails, is not documented.

use chrono::{DateTime, Utc};

use super::Case;
use crate::domain::finding::Finding;
use crate::domain::lineage::Lineage;
use crate::domain::target::wire;

const RULE: &str = "discarded_history";

/// None without a target, and where AWS lists no completed backtrack.
pub(super) fn finding(case: &Case<'_>, target: Option<DateTime<Utc>>) -> Option<Finding> {
    let target = target?;
    let lineage = match Lineage::of(&case.inspection.records) {
        Ok(lineage) => lineage,
        Err(untimed) => {
            return Some(Finding::warn(
                RULE,
                format!("{untimed}: not known whether the target lies in what it discarded"),
            ));
        }
    };
    if lineage.is_straight() {
        return None;
    }
    Some(match lineage.undone_by(target) {
        None => Finding::pass(
            RULE,
            "the target is in nothing that an earlier backtrack discarded",
        ),
        // A way forward, or a search to and fro: that is what it is there for.
        Some(hop) if case.own.contains(&hop.id) => {
            Finding::pass(RULE, "the target is on the history that this run itself left")
        }
        Some(hop) => Finding::warn(
            RULE,
            format!(
                "{} lies in what {} discarded: whether that old history can still be reached is not documented, so it is \
                 not known what the data will be; nothing but the verification decides",
                wire(target),
                hop.text()
            ),
        ),
    })
}
