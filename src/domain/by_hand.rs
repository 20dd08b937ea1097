//! The AWS CLI command that does by hand what the program does, so that a person can finish without it.

use super::aws_cli::AwsCli;
use super::plan::Plan;
use super::receipt::Receipt;
use super::run::{Run, State};
use super::shell::word;
use super::target::wire;

/// The command for the phase that the run is in; none where AWS is not asked for anything.
pub fn by_hand(run: &Run) -> Option<String> {
    let identity = run.identity()?;
    let aws = AwsCli::new(&run.plan().access, Some(identity));
    let cluster = &identity.cluster;
    match run.state() {
        State::Preflight { .. } | State::Paused | State::Settled { .. } => {
            let cluster = word(cluster);
            Some(aws.rds(&format!("describe-db-clusters --db-cluster-identifier {cluster}")))
        }
        State::Validated { receipt } => Some(call(run.plan(), receipt)),
        State::Requested { .. } | State::Unresolved { .. } => Some(aws.backtracks(cluster, None)),
        State::Applying { record, .. } | State::Failed { record } => {
            Some(aws.backtracks(cluster, Some(&record.id)))
        }
        // Not once it is confirmed: pasted beside the program's own call it would be a second rewind.
        State::Approved { .. }
        | State::Verified { .. }
        | State::Held
        | State::Resumed
        | State::Leaving { .. }
        | State::Closed { .. } => None,
    }
}

/// The one call, as a person could make it.
pub fn call(plan: &Plan, receipt: &Receipt) -> String {
    let (cluster, to) = (word(&receipt.identity.cluster), wire(receipt.target.instant()));
    let force = if plan.force { " --force" } else { "" };
    let call = format!("backtrack-db-cluster --db-cluster-identifier {cluster} --backtrack-to {to}{force}");
    AwsCli::new(&plan.access, Some(&receipt.identity)).rds(&call)
}
