//! The rule on the safety copy: whether one is taken, and whether there is time for it.

use chrono::TimeDelta;

use super::target::Aim;
use super::{Case, Stage, span};
use crate::domain::finding::Finding;
use crate::domain::run::Footing;
use crate::domain::runbook::Runbook;
use crate::domain::safety_copy::{CopyKind, CopyPlan};
use crate::domain::target::wire;

const RULE: &str = "safety_copy";

pub(super) fn finding(case: &Case<'_>, aim: &Aim) -> Finding {
    if case.attempt.without_copy {
        return left_out(case.attempt.reason.as_ref());
    }
    if let Some(why) = &case.inspection.copy_gone {
        return Finding::block(RULE, format!("taken by this run, and not as it was left: {why}"));
    }
    let Some(copy) = Runbook::copy(&case.plan.runbook) else {
        return none(case);
    };
    if is_taken(case) {
        return Finding::pass(RULE, format!("a {} is taken", copy.kind.item()));
    }
    to_be_taken(case, aim, copy)
}

fn none(case: &Case<'_>) -> Finding {
    if case.plan.without_copy {
        return left_out(case.plan.reason.as_ref());
    }
    Finding::pass(RULE, "none is taken: the runbook asks for none")
}

fn left_out(reason: Option<&String>) -> Finding {
    let reason = reason.map_or("no reason is recorded", String::as_str);
    Finding::warn(RULE, format!("none is taken (`--no-clone`): {reason}"))
}

/// With the pause that still holds, or with this hop's own.
fn is_taken(case: &Case<'_>) -> bool {
    let held = match case.attempt.footing {
        Footing::Held | Footing::Unresolved(..) | Footing::Failed(_) => true,
        Footing::Fresh | Footing::Closed(_) => false,
    };
    held || case.stage != Stage::Preflight
}

fn to_be_taken(case: &Case<'_>, aim: &Aim, copy: &CopyPlan) -> Finding {
    let what = copy.kind.item();
    let left = time_left(case, aim);
    match (case.inspection.surroundings.copy_usual_s, left) {
        (Some(usual_s), Some(Left { falls_out, left })) => {
            let usual = TimeDelta::seconds(usual_s);
            let told = format!(
                "a {what} took {} as a rule; the target falls out of the window at {}, in {}",
                span(usual),
                falls_out,
                span(left)
            );
            if usual >= left {
                Finding::block(RULE, format!("it would outlast the window: {told}"))
            } else {
                Finding::pass(RULE, format!("taken after the pause: {told}"))
            }
        }
        (Some(usual_s), None) => Finding::pass(
            RULE,
            format!(
                "a {what} is taken after the pause; it took {} as a rule",
                span(TimeDelta::seconds(usual_s))
            ),
        ),
        (None, left) => {
            let left = left.map(|left| format!("; the target falls out of the window at {}", left.falls_out));
            Finding::warn(
                RULE,
                format!(
                    "a {what} is taken after the pause; how long it takes is not known: no recorded run of this cluster took one{}",
                    left.unwrap_or_default()
                ),
            )
        }
    }
}

/// Until when there is time for it.
struct Left {
    /// When the target falls out of the window, in words.
    falls_out: String,
    /// How long it is until then, less the policy's margin.
    left: TimeDelta,
}

/// None where no target is proven: other rules say why.
fn time_left(case: &Case<'_>, aim: &Aim) -> Option<Left> {
    let proof = aim.proof.as_ref()?;
    let falls_out = proof.window().falls_out(proof.instant());
    let margin = TimeDelta::seconds(case.plan.runbook.policy.margin_s);
    let left = falls_out - margin - case.inspection.service_now;
    Some(Left {
        falls_out: format!("{}{}", wire(falls_out), proof.window().caveat()),
        left: left.max(TimeDelta::zero()),
    })
}

/// What to look at, by kind of copy.
pub(super) fn listing(kind: CopyKind) -> &'static str {
    match kind {
        CopyKind::Clone => "describe-db-clusters",
        CopyKind::Snapshot => "describe-db-cluster-snapshots --snapshot-type manual",
    }
}
