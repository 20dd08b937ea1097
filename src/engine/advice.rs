//! What to type next where something outside the run stood in its way. Words only: nothing is decided by them.

use crate::domain::event::{ReadFailure, ReadFailureKind};
use crate::domain::plan::Plan;
use crate::domain::question::Question;

const LOG_IN: &str =
    "log in, for example by `aws sso login`; `aws sts get-caller-identity` shows who you are";

/// After a read that failed for good, or needs a login.
pub(super) fn unread(failure: &ReadFailure, plan: &Plan) -> String {
    match failure.kind {
        ReadFailureKind::Credentials if failure.never_had_any() => {
            "give credentials: --profile NAME, variables, or `aws sso login`".to_owned()
        }
        ReadFailureKind::Credentials => LOG_IN.to_owned(),
        ReadFailureKind::NotFound => {
            let place = match (&plan.access.lab, &plan.access.region) {
                (Some(lab), _) => format!(" --endpoint-url {lab}"),
                (None, Some(region)) => format!(" --region {region}"),
                (None, None) => String::new(),
            };
            format!(
                "aws rds describe-db-clusters{place} --query 'DBClusters[].DBClusterIdentifier'    # the names there are"
            )
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
        Question::Login { .. } => Some(LOG_IN.to_owned()),
        Question::Accept(_)
        | Question::Unverified(_)
        | Question::AfterFailure
        | Question::NoTrace
        | Question::Strange { .. }
        | Question::Members { .. } => None,
    }
}
