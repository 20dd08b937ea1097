//! Safety copies: what is sent, how often, and what is made of each answer.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::server::{Answer, Server};
use super::world::{self, is, list};
use super::{connection, impatient};
use crate::aws::copies::Copies;
use crate::domain::event::ReadFailureKind;
use crate::domain::run_id::RunId;
use crate::domain::safety_copy::{CopyKind, CopyPlan, SafetyCopy};
use crate::ports::{Copies as _, CopyPart, CopySeen, FoundCopy, Made};

const CLONE: &str = "RestoreDBClusterToPointInTime";

fn now() -> DateTime<Utc> {
    "2026-11-20T02:31:08Z".parse().unwrap()
}

fn copy(kind: CopyKind, instance: Option<&str>) -> SafetyCopy {
    let plan = CopyPlan {
        kind,
        instance: instance.map(str::to_owned),
    };
    SafetyCopy::of("orders--drill", &RunId::new(now(), 1), 1, plan)
}

fn copies(server: &Server) -> Copies {
    Copies::new(connection(&impatient(&server.url)), Duration::from_secs(3))
}

fn described(id: &str, tags: &str) -> Answer {
    Answer::ok(list(
        "DescribeDBClusters",
        &format!(
            "<DBClusters><DBCluster><DBClusterIdentifier>{id}</DBClusterIdentifier><Status>creating</Status>\
             <TagList>{tags}</TagList></DBCluster></DBClusters>"
        ),
    ))
}

fn tags(of: &SafetyCopy) -> String {
    let tag = |(key, value): (&str, String)| format!("<Tag><Key>{key}</Key><Value>{value}</Value></Tag>");
    of.tags(now()).into_iter().map(tag).collect()
}

/// Makes the clone on a server that answers the call so, and says how often that was asked.
async fn made(answer: Answer) -> (Made, usize) {
    let server = world::except(CLONE, answer).await;
    let clone = copy(CopyKind::Clone, None);
    let made = copies(&server)
        .make(&clone, CopyPart::Whole, now())
        .await
        .unwrap();
    let asked = server.seen().iter().filter(|seen| is(&seen.form, CLONE)).count();
    (made, asked)
}

#[tokio::test]
async fn a_clone_is_set_up_as_its_source_and_never_of_another_time() {
    let body = list(
        CLONE,
        "<DBCluster><DBClusterIdentifier>x</DBClusterIdentifier></DBCluster>",
    );
    let server = world::except(CLONE, Answer::ok(body)).await;
    let clone = copy(CopyKind::Clone, None);
    let made = copies(&server).make(&clone, CopyPart::Whole, now()).await;
    assert_eq!(made.unwrap(), Made::Accepted);
    let seen = server.seen();
    let form = &seen.iter().find(|seen| is(&seen.form, CLONE)).unwrap().form;
    for (key, value) in [
        ("DBClusterIdentifier", clone.id.as_str()),
        ("SourceDBClusterIdentifier", "orders--drill"),
        ("RestoreType", "copy-on-write"),
        ("UseLatestRestorableTime", "true"),
        ("DBClusterParameterGroupName", "orders-params"),
        ("BacktrackWindow", "86400"),
        ("DeletionProtection", "true"),
        ("Tags.Tag.2.Key", "backtrackctl:run"),
        ("Tags.Tag.2.Value", clone.run.as_str()),
        ("Tags.Tag.4.Value", "2026-11-20T02:31:08Z"),
    ] {
        assert_eq!(form.get(key).map(String::as_str), Some(value), "{key}");
    }
    assert!(!form.contains_key("RestoreToTime"), "{form:?}");
}

#[tokio::test]
async fn an_instance_is_a_member_of_the_clone_and_reachable_from_the_network_alone() {
    let body = list(
        "CreateDBInstance",
        "<DBInstance><DBInstanceIdentifier>x</DBInstanceIdentifier></DBInstance>",
    );
    let server = world::except("CreateDBInstance", Answer::ok(body)).await;
    let clone = copy(CopyKind::Clone, Some("db.r6g.large"));
    let made = copies(&server).make(&clone, CopyPart::Instance, now()).await;
    assert_eq!(made.unwrap(), Made::Accepted);
    let seen = server.seen();
    let asked = seen.iter().find(|seen| is(&seen.form, "CreateDBInstance"));
    let (form, instance) = (&asked.unwrap().form, clone.instance().unwrap());
    for (key, value) in [
        ("DBInstanceIdentifier", instance.as_str()),
        ("DBClusterIdentifier", &clone.id),
        ("DBInstanceClass", "db.r6g.large"),
        ("Engine", "aurora-mysql"),
        ("PubliclyAccessible", "false"),
    ] {
        assert_eq!(form.get(key).map(String::as_str), Some(value), "{key}");
    }
}

#[tokio::test]
async fn each_answer_is_sent_for_once_and_taken_for_what_it_says() {
    let no = |code| Answer::error(400, code, "AWS's own words");
    for (answer, expected) in [
        (no("DBClusterAlreadyExistsFault"), Made::Taken),
        (no("Throttling"), Made::Throttled),
        (
            Answer::error(403, "DBClusterQuotaExceededFault", "as many as it may have"),
            Made::Refused(
                "DBClusterQuotaExceededFault: as many as it may have (request req-body)".to_owned(),
            ),
        ),
    ] {
        assert_eq!(made(answer).await, (expected, 1));
    }
    for answer in [
        Answer::error(500, "InternalFailure", "try again"),
        Answer::error(503, "Throttling", "Rate exceeded"),
        Answer::ok(""),
        Answer::Cut {
            body: "<a>".to_owned(),
        },
        Answer::Hang,
        Answer::Reset,
    ] {
        let (made, asked) = made(answer.clone()).await;
        assert!(matches!(made, Made::Unknown(_)), "{answer:?}: {made:?}");
        assert_eq!(asked, 1, "{answer:?}");
    }
}

#[tokio::test]
async fn only_what_bears_the_tag_is_ours() {
    let clone = copy(CopyKind::Clone, None);
    let ours = FoundCopy::Ours(CopySeen {
        status: "creating".to_owned(),
        percent: None,
        instance: None,
    });
    let find = async |answer: Answer| {
        let server = world::except("DescribeDBClusters", answer).await;
        copies(&server).find(&clone).await
    };
    assert_eq!(find(described(&clone.id, &tags(&clone))).await, Ok(ours));
    let found = find(described(&clone.id, "")).await.unwrap();
    let FoundCopy::Foreign(why) = &found else {
        panic!("{found:?}")
    };
    assert!(why.contains("no tag backtrackctl:run"), "{why}");
    let missing = Answer::error(404, "DBClusterNotFoundFault", "not found");
    assert_eq!(find(missing).await, Ok(FoundCopy::Nothing));
    for unknown in [
        described("other", &tags(&clone)),
        Answer::error(500, "InternalFailure", "x"),
    ] {
        assert_eq!(find(unknown).await.unwrap_err().kind, ReadFailureKind::Transport);
    }
    // A refusal for the rate is waited out.
    let throttled = find(Answer::error(400, "Throttling", "Rate exceeded")).await;
    assert_eq!(throttled.unwrap_err().kind, ReadFailureKind::Transport);
    let denied = find(Answer::error(403, "AccessDenied", "no")).await;
    assert_eq!(denied.unwrap_err().kind, ReadFailureKind::Refused);
}

#[tokio::test]
async fn an_instance_of_another_cluster_is_not_ours() {
    let clone = copy(CopyKind::Clone, Some("db.r6g.large"));
    let (of, mine) = (described(&clone.id, &tags(&clone)), clone.id.clone());
    let server = async |cluster: String| {
        let of = of.clone();
        Server::start(move |_, form| {
            if is(form, "DescribeDBClusters") {
                return of.clone();
            }
            Answer::ok(list(
                "DescribeDBInstances",
                &format!(
                    "<DBInstances><DBInstance><DBInstanceStatus>creating</DBInstanceStatus>\
                     <DBClusterIdentifier>{cluster}</DBClusterIdentifier></DBInstance></DBInstances>"
                ),
            ))
        })
        .await
    };
    let ours = server(mine).await;
    let found = copies(&ours).find(&clone).await.unwrap();
    assert!(
        matches!(&found, FoundCopy::Ours(seen) if seen.instance.as_deref() == Some("creating")),
        "{found:?}"
    );
    let other = server("orders--drill".to_owned()).await;
    let found = copies(&other).find(&clone).await.unwrap();
    assert!(matches!(found, FoundCopy::Foreign(_)), "{found:?}");
}
