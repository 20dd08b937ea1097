//! One case, and every rule evaluated on it.

use chrono::{DateTime, TimeDelta, Utc};

use super::judgement::Judgement;
use super::{
    application, cluster, database, discarded, instead, metrics, replication, safety_copy, target, timing,
};
use crate::domain::identity::Identity;
use crate::domain::inspection::Inspection;
use crate::domain::plan::Plan;
use crate::domain::receipt::Receipt;
use crate::domain::run::{Attempt, SettledHop};
use crate::domain::search::Cost;
use crate::domain::target::ValidatedTarget;

/// When a judgement is made; the margin shrinks as the request comes nearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Before anything is paused.
    Preflight,
    /// After the pause.
    Validation,
    /// Right before the call.
    Request,
}

/// Everything that a judgement depends on.
pub struct Case<'a> {
    /// What the run was opened with.
    pub plan: &'a Plan,
    /// The hop.
    pub attempt: &'a Attempt,
    /// The ceiling of every way forward.
    pub origin: Option<DateTime<Utc>>,
    /// What the cluster shows, when it is not simply the present.
    pub shows: Option<DateTime<Utc>>,
    /// The last hop that settled.
    pub last: Option<&'a SettledHop>,
    /// The application was opened after it.
    pub reopened: bool,
    /// Backtracks that were there at the first look; none at that look itself.
    pub known: Option<&'a [String]>,
    /// Backtracks of this run.
    pub own: &'a [String],
    /// Who the cluster was at the first look.
    pub expected: Option<&'a Identity>,
    /// When.
    pub stage: Stage,
    /// What the rest of a search comes to, where the hop is one of its own.
    pub cost: Option<Cost>,
    /// The facts.
    pub inspection: &'a Inspection,
}

/// A length for people: whole seconds are what the service keeps.
pub(super) fn span(length: TimeDelta) -> String {
    crate::domain::time_text::span(TimeDelta::seconds(length.num_seconds()))
}

/// Evaluates every rule.
pub fn judge(case: &Case<'_>) -> Judgement {
    let aim = target::aim(case);
    let mut findings = cluster::findings(case);
    findings.extend(target::findings(case, &aim));
    findings.extend(discarded::finding(case, aim.instant));
    findings.extend(replication::findings(case));
    findings.extend(timing::findings(case, &aim));
    findings.extend(metrics::finding(case));
    findings.extend(application::findings(case));
    findings.push(safety_copy::finding(case, &aim));
    findings.extend(database::findings(case, aim.instant));
    let instead = instead::Ways::new(case, aim.instant);
    for finding in &mut findings {
        instead.add_to(finding);
    }
    let clear = findings
        .iter()
        .all(|finding| finding.severity != crate::domain::finding::Severity::Block);
    let validated = aim.proof.filter(|_| clear);
    let receipt = validated.map(|target| receipt(case, target));
    Judgement {
        findings,
        requested: aim.requested,
        validated,
        receipt,
    }
}

fn receipt(case: &Case<'_>, target: ValidatedTarget) -> Receipt {
    let inspection = case.inspection;
    let present = case.shows.unwrap_or(match target.direction() {
        crate::domain::target::Direction::Rewind => inspection.service_now,
        crate::domain::target::Direction::Forward => {
            case.last.map_or(inspection.service_now, SettledHop::shows)
        }
    });
    let identity = inspection.identity.clone();
    Receipt::new(
        case.attempt.number,
        identity,
        target,
        present,
        inspection.service_now,
    )
    .of_search(case.cost.clone().map(|cost| Cost {
        origin: case.origin.or(Some(inspection.service_now)),
        ..cost
    }))
}
