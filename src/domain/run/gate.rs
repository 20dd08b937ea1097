//! The comparison that every hop passes before any probe runs.

use super::state::Run;
use crate::domain::target::wire;
use crate::domain::time_text::span;
use crate::domain::verification::Verified;

impl Run {
    /// What AWS reports of the last hop, against what was asked and confirmed.
    pub fn gate(&self) -> Vec<Verified> {
        let Some(hop) = self.hops.last() else {
            return vec![result("backtrack", false, "no hop has settled".to_owned())];
        };
        let tolerance = chrono::TimeDelta::seconds(self.plan.runbook.policy.tolerance_s);
        let asked = wire(hop.requested);
        let effective = match hop.record.to {
            None => result(
                "effective time",
                false,
                format!("asked {asked}, AWS reports none"),
            ),
            Some(to) => {
                let away = (to - hop.requested).abs();
                let side = if to > hop.requested { "later" } else { "earlier" };
                let message = if away.is_zero() {
                    format!("asked {asked}, reported the same")
                } else {
                    format!(
                        "asked {asked}, reported {}: {} {side}",
                        to.to_rfc3339(),
                        span(away)
                    )
                };
                result("effective time", away <= tolerance, message)
            }
        };
        let alone = if hop.strangers.is_empty() {
            result("no other backtrack", true, "none appeared meanwhile".to_owned())
        } else {
            result(
                "no other backtrack",
                false,
                format!("somebody else's appeared: {}", hop.strangers.join(", ")),
            )
        };
        vec![effective, alone]
    }
}

fn result(name: &str, passed: bool, message: String) -> Verified {
    Verified {
        name: name.to_owned(),
        passed,
        message,
    }
}
