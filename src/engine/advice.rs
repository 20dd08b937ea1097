//! What to type next where something outside the run stood in its way. Words only: nothing is decided by them.

use crate::domain::aws_cli::AwsCli;
use crate::domain::event::{ReadFailure, ReadFailureKind};
use crate::domain::plan::Plan;
use crate::domain::question::Question;

fn log_in(plan: &Plan) -> String {
    format!(
        "log in, for example by `{}`; `{}` shows who you are",
        AwsCli::login(&plan.access),
        AwsCli::new(&plan.access, plan.identity.as_ref()).whoami()
    )
}

/// After a read that failed for good, or needs a login.
pub(super) fn unread(failure: &ReadFailure, plan: &Plan) -> String {
    match failure.kind {
        ReadFailureKind::Credentials if failure.never_had_any() => {
            format!(
                "give credentials: --profile NAME, variables, or `{}`",
                AwsCli::login(&plan.access)
            )
        }
        ReadFailureKind::Credentials => log_in(plan),
        ReadFailureKind::NotFound => {
            let look = "describe-db-clusters --query 'DBClusters[].DBClusterIdentifier'";
            let look = AwsCli::new(&plan.access, plan.identity.as_ref()).rds(look);
            format!("{look}    # the names there are")
        }
        ReadFailureKind::Refused => {
            format!(
                "ask for the permission rds:{}, or use another --profile",
                failure.action
            )
        }
        ReadFailureKind::Transport => match &plan.access.lab {
            Some(lab) => format!("see whether the lab at {lab} still runs, then the same command again"),
            None => "check network, Region and endpoint, then the same command again".to_owned(),
        },
    }
}

/// After a question that nobody was there to answer.
pub(super) fn unanswered(question: &Question, plan: &Plan) -> Option<String> {
    match question {
        Question::Pause | Question::Confirm(_) => Some(format!(
            "the same command in a terminal, or with --yes {}",
            plan.cluster
        )),
        Question::Login { .. } => Some(log_in(plan)),
        Question::Accept(_)
        | Question::Unverified(_)
        | Question::AfterFailure
        | Question::NoTrace
        | Question::Strange { .. }
        | Question::Members { .. } => None,
    }
}
