//! What to type next where something outside the run stood in its way. Words only: nothing is decided by them.

use crate::domain::aws_cli::AwsCli;
use crate::domain::event::{ReadFailure, ReadFailureKind};
use crate::domain::plan::Plan;
use crate::domain::question::Question;

/// What is typed to log in, under the profile that the run was given.
fn log_in(plan: &Plan) -> String {
    format!(
        "{}    # log in again",
        AwsCli::login(plan.access.profile.as_deref())
    )
}

/// After a read that failed for good, or needs a login.
pub(super) fn unread(failure: &ReadFailure, plan: &Plan) -> String {
    match failure.kind {
        ReadFailureKind::Credentials if failure.never_had_any() && plan.access.profile.is_none() => {
            format!(
                "give credentials by --profile NAME, by the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or by \
                 `{}`; then the same command again",
                AwsCli::login(plan.access.profile.as_deref())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::plan;

    fn failure(kind: ReadFailureKind, code: Option<&str>) -> ReadFailure {
        ReadFailure {
            action: "DescribeDBClusters".to_owned(),
            kind,
            code: code.map(str::to_owned),
            message: String::new(),
            request_id: None,
        }
    }

    #[test]
    fn a_login_is_advised_under_the_profile_of_the_run() {
        let mut plan = plan();
        let ended = failure(ReadFailureKind::Credentials, Some("ExpiredToken"));
        let none = failure(ReadFailureKind::Credentials, Some(ReadFailure::NO_CREDENTIALS));
        let login = Question::Login { why: String::new() };
        plan.access.profile = None;
        assert_eq!(unread(&ended, &plan), "aws sso login    # log in again");
        assert!(unread(&none, &plan).contains("--profile NAME"));
        plan.access.profile = Some("on call".to_owned());
        let under_it = "aws sso login --profile 'on call'    # log in again";
        assert_eq!(unread(&ended, &plan), under_it);
        assert_eq!(unread(&none, &plan), under_it);
        assert_eq!(unanswered(&login, &plan).as_deref(), Some(under_it));
    }

    #[test]
    fn an_unknown_cluster_is_looked_for_in_the_same_place() {
        let mut plan = plan();
        plan.access.lab = None;
        plan.access.region = Some("eu-west-1".to_owned());
        plan.access.profile = Some("prod".to_owned());
        let advice = unread(&failure(ReadFailureKind::NotFound, None), &plan);
        assert!(advice.contains(" --profile prod --region eu-west-1 "), "{advice}");
    }
}
