//! What to type next where something outside the run stood in its way. Words only: nothing is decided by them.

use crate::domain::aws_cli::AwsCli;
use crate::domain::event::{ReadFailure, ReadFailureKind};
use crate::domain::plan::Plan;
use crate::domain::question::Question;
use crate::domain::run::Run;
use crate::domain::safety_copy::{CopyKind, TAG_WHAT};
use crate::domain::shell::word;

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

/// After a safety copy that came to nothing, `how` so: the same without one, and what may help to get one.
pub(super) fn without_copy(run: &Run, how: &str, options: &str) -> Vec<String> {
    let plan = run.plan();
    let Some(copy) = plan.runbook.copy() else {
        return Vec::new();
    };
    let same = if run.hops().is_empty() {
        "the same `run` with".to_owned()
    } else {
        let to = word(&run.typed());
        format!("backtrackctl forward {}{options} --to {to}", plan.run)
    };
    let mut ways = vec![format!(
        "{same} --no-clone --reason TEXT    # without a safety copy: the way back is then AWS's own alone"
    )];
    let other = match copy.kind {
        CopyKind::Clone => "snapshot",
        CopyKind::Snapshot => "clone",
    };
    ways.push(format!(
        "kind = \"{other}\" under [copy] of the runbook    # a copy of the other kind"
    ));
    if how.starts_with(GIVEN_UP) {
        ways.push(format!(
            "a longer `patience` under [policy] of the runbook    # it is {} s",
            plan.runbook.policy.patience_s
        ));
    }
    // Every code of AWS about one has the word.
    if how.contains("Quota") {
        let aws = AwsCli::new(&plan.access, run.identity());
        let list = aws.rds(&older(copy.kind));
        ways.push(format!(
            "{list}    # the copies that there are: each counts towards the quota"
        ));
    }
    ways
}

/// How a copy ends that was not ready within the policy's patience.
pub(super) const GIVEN_UP: &str = "given up after";

/// What this program made of that kind, by its tag.
fn older(kind: CopyKind) -> String {
    let (action, list, id) = match kind {
        CopyKind::Clone => ("describe-db-clusters", "DBClusters", "DBClusterIdentifier"),
        CopyKind::Snapshot => (
            "describe-db-cluster-snapshots --snapshot-type manual",
            "DBClusterSnapshots",
            "DBClusterSnapshotIdentifier",
        ),
    };
    let query = format!("{list}[?TagList[?Key=='{TAG_WHAT}']].{id}");
    format!("{action} --query {}", word(&query))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{BEGIN, plan};
    use crate::domain::runbook::PauseItem;
    use crate::domain::safety_copy::CopyPlan;

    #[test]
    fn a_copy_that_came_to_nothing_has_ways_on() {
        let mut plan = plan();
        plan.runbook.pause.push(PauseItem::copying(CopyPlan {
            kind: CopyKind::Clone,
            instance: None,
        }));
        let run = Run::open(plan, BEGIN);
        let quota = without_copy(&run, "AWS refused it: DBClusterQuotaExceededFault: no", "");
        assert!(
            quota[0].starts_with("the same `run` with --no-clone --reason TEXT"),
            "{quota:?}"
        );
        assert!(quota[1].contains("kind = \"snapshot\""), "{quota:?}");
        assert!(quota[2].contains(TAG_WHAT), "{quota:?}");
        let late = without_copy(&run, "given up after 60 s of waiting for it", "");
        assert!(late.iter().any(|way| way.contains("`patience`")), "{late:?}");
        assert!(!late.iter().any(|way| way.contains("quota")), "{late:?}");
    }

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
