//! The comparison that every hop passes before any probe runs.

use super::inventory::ItemState;
use super::state::{Run, SettledHop};
use crate::domain::backtrack::BacktrackRecord;
use crate::domain::cluster::works;
use crate::domain::runbook::{Check, PauseItem};
use crate::domain::target::wire;
use crate::domain::time_text::span;
use crate::domain::verification::Verified;

impl Run {
    /// What AWS reports of the last hop against what was asked and confirmed, and the cluster as it is now: `seen` are its
    /// status and the backtracks that were not known before, or why they could not be read.
    pub fn gate(&self, seen: Result<(&str, &[BacktrackRecord]), &str>) -> Vec<Verified> {
        let Some(hop) = self.hops.last() else {
            return vec![result("backtrack", false, "no hop has settled".to_owned())];
        };
        let mut verified = vec![self.effective_time(hop)];
        verified.extend(self.before_statement(hop));
        verified.push(self.alone(hop, seen));
        verified
    }

    /// The application as it was seen right before the probes; nothing where the runbook names no check of it.
    pub fn stopped(&self, opened: &[String]) -> Option<Verified> {
        let name = "application still paused";
        let is_checked = |item: &PauseItem| item.paused.as_ref().is_some_and(Check::is_made_by_machine);
        if !opened.is_empty() {
            return Some(result(
                name,
                false,
                format!("it writes again: {}", opened.join("; ")),
            ));
        }
        let checked = self.plan.runbook.pause.iter().zip(&self.items);
        checked
            .into_iter()
            .any(|(item, state)| is_checked(item) && *state == ItemState::Paused)
            .then(|| result(name, true, "seen to be".to_owned()))
    }

    fn effective_time(&self, hop: &SettledHop) -> Verified {
        let tolerance = chrono::TimeDelta::seconds(self.plan.runbook.policy.tolerance_s);
        let asked = wire(hop.requested);
        let Some(to) = hop.record.to else {
            return result(
                "effective time",
                false,
                format!("asked {asked}, AWS reports none"),
            );
        };
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

    /// What AWS reports lies before the statement that is undone; nothing where none is known, or where the hop was to go
    /// past it.
    fn before_statement(&self, hop: &SettledHop) -> Option<Verified> {
        let statement = self.plan.goal.statement().filter(|at| hop.requested < *at)?;
        let at = statement.format("%Y-%m-%dT%H:%M:%S%.fZ");
        let name = "before the statement";
        Some(match hop.record.to {
            None => result(
                name,
                false,
                format!("the statement was at {at}, AWS reports no time"),
            ),
            Some(to) if to < statement => {
                let before = span(statement - to);
                result(
                    name,
                    true,
                    format!("the statement was at {at}, reported {before} before it"),
                )
            }
            Some(to) => {
                let after = span(to - statement);
                let message =
                    format!("the statement was at {at}, reported {after} after it: go further back");
                result(name, false, message)
            }
        })
    }

    /// Nobody else moved the cluster, up to this moment.
    fn alone(&self, hop: &SettledHop, seen: Result<(&str, &[BacktrackRecord]), &str>) -> Verified {
        let name = "no other backtrack";
        let (status, records) = match seen {
            Ok(seen) => seen,
            Err(why) => return result(name, false, format!("the cluster could not be read: {why}")),
        };
        let others = records
            .iter()
            .map(|record| &record.id)
            .filter(|id| !self.own.contains(id));
        let mut strangers: Vec<&str> = hop.strangers.iter().chain(others).map(String::as_str).collect();
        strangers.sort_unstable();
        strangers.dedup();
        if !strangers.is_empty() {
            return result(
                name,
                false,
                format!("somebody else's appeared: {}", strangers.join(", ")),
            );
        }
        if !works(status) {
            return result(
                name,
                false,
                format!("expected the cluster available, got {status}"),
            );
        }
        result(name, true, "none appeared meanwhile".to_owned())
    }

    /// Of a list of backtracks, those that were not there at the first look, and our own.
    pub fn not_known_before(&self, records: Vec<BacktrackRecord>) -> Vec<BacktrackRecord> {
        let known = self.known.as_deref().unwrap_or_default();
        records
            .into_iter()
            .filter(|record| !known.contains(&record.id) || self.own.contains(&record.id))
            .collect()
    }
}

fn result(name: &str, passed: bool, message: String) -> Verified {
    Verified {
        name: name.to_owned(),
        passed,
        message,
    }
}
