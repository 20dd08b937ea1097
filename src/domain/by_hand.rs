//! The AWS CLI command that does by hand what the program does, so that a person can finish without it.

use super::aws_cli::{AwsCli, word};
use super::run::{Run, State};
use super::target::wire;

/// The command for the phase that the run is in; none where AWS is not asked for anything.
pub fn by_hand(run: &Run) -> Option<String> {
    let identity = run.identity()?;
    let cluster = &word(&identity.cluster);
    let command = match run.state() {
        State::Preflight { .. } | State::Paused | State::Settled { .. } => {
            format!("describe-db-clusters --db-cluster-identifier {cluster}")
        }
        // Not once it is confirmed: pasted beside the program's own call it would be a second rewind.
        State::Approved { .. } => return None,
        State::Validated { receipt } => {
            let force = if run.plan().force { " --force" } else { "" };
            let to = wire(receipt.target.instant());
            format!("backtrack-db-cluster --db-cluster-identifier {cluster} --backtrack-to {to}{force}")
        }
        State::Requested { .. } | State::Unresolved { .. } => {
            format!("describe-db-cluster-backtracks --db-cluster-identifier {cluster}")
        }
        State::Applying { record, .. } | State::Failed { record } => {
            format!(
                "describe-db-cluster-backtracks --db-cluster-identifier {cluster} --backtrack-identifier {}",
                word(&record.id)
            )
        }
        State::Verified { .. }
        | State::Held
        | State::Resumed
        | State::Leaving { .. }
        | State::Closed { .. } => {
            return None;
        }
    };
    Some(AwsCli::new(&run.plan().access, Some(identity)).rds(&command))
}
