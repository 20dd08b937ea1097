//! A look: what must be there, and what may be unknown.

use chrono::{DateTime, Utc};

use super::reads;
use super::server::{Answer, Seen, Server};
use super::world::{self, except, is, list};
use crate::domain::event::ReadFailureKind;
use crate::domain::known::Known;
use crate::ports::ClusterReads;

const ID: &str = "orders--drill";

#[tokio::test]
async fn a_look_brings_every_fact() {
    let server = Server::start(|_, form| world::answer(form)).await;
    let look = reads(&server).look("Orders--Drill").await.unwrap();
    assert_eq!(look.identity.account, "123456789012");
    assert_eq!(
        look.identity.caller,
        "arn:aws:sts::123456789012:assumed-role/dba/ana"
    );
    assert_eq!(
        (look.identity.cluster.as_str(), look.identity.resource_id.as_str()),
        (ID, "cluster-ABC")
    );
    assert_eq!(look.identity.endpoint, server.url);
    assert_eq!(
        (look.cluster.window_s, look.cluster.status.as_str()),
        (86_400, "Available")
    );
    assert_eq!(look.cluster.earliest, "2026-11-19T02:00:00.123Z".parse().ok());
    assert_eq!(look.cluster.least_capacity.as_deref(), Some("0.5"));
    assert!(!look.cluster.pending_changes);
    let members: Vec<_> = look
        .cluster
        .members
        .iter()
        .map(|member| (member.id.as_str(), member.writer, member.status.as_str()))
        .collect();
    assert_eq!(
        members,
        [("orders-1", true, "available"), ("orders-2", false, "")]
    );
    assert_eq!(look.records, []);
    assert_eq!(look.binlog_format, Known::Known("OFF".to_owned()));
    assert_eq!(
        (look.enhanced_binlog, look.global_listed),
        (Known::Known(false), Known::Known(None))
    );
    assert_eq!(
        look.upgrades,
        Known::Known(vec!["2026-11-18T03:00:00Z".parse().unwrap()])
    );
    assert_eq!(
        look.blue_green,
        Known::Known(vec!["to-8-4 (AVAILABLE)".to_owned()])
    );
    assert_eq!(
        look.pending_maintenance,
        Known::Known(vec!["os-upgrade: New kernel".to_owned()])
    );
    assert_eq!(look.credentials_end, Known::Known(None));
    let seen = server.seen();
    assert_eq!(seen.len(), 9);
    assert!(
        seen.iter()
            .flat_map(|seen| seen.form.values())
            .all(|value| !value.contains("Drill"))
    );
}

#[tokio::test]
async fn what_is_not_essential_is_unknown_with_awss_code() {
    for action in [
        "DescribeDBClusterParameters",
        "DescribeEvents",
        "DescribeGlobalClusters",
        "DescribeBlueGreenDeployments",
        "DescribePendingMaintenanceActions",
        "DescribeDBInstances",
    ] {
        let server = except(action, Answer::error(403, "AccessDenied", "not authorized")).await;
        let look = reads(&server).look(ID).await.unwrap();
        let why = "AccessDenied: not authorized".to_owned();
        match action {
            "DescribeDBClusterParameters" => {
                assert_eq!(look.binlog_format, Known::Unknown(why.clone()));
                assert_eq!(look.enhanced_binlog, Known::Unknown(why));
            }
            "DescribeGlobalClusters" => assert_eq!(look.global_listed, Known::Unknown(why)),
            "DescribeEvents" => assert_eq!(look.upgrades, Known::Unknown(why)),
            "DescribeBlueGreenDeployments" => assert_eq!(look.blue_green, Known::Unknown(why)),
            "DescribePendingMaintenanceActions" => assert_eq!(look.pending_maintenance, Known::Unknown(why)),
            _ => assert!(look.cluster.members.iter().all(|member| member.status.is_empty())),
        }
    }
}

#[tokio::test]
async fn a_member_of_a_global_database_is_found_in_the_list_whatever_its_letters() {
    let list = |arn: &str| {
        list(
            "DescribeGlobalClusters",
            &format!(
                "<GlobalClusters><GlobalClusterMember><GlobalClusterIdentifier>world</GlobalClusterIdentifier>\
                 <GlobalClusterMembers><GlobalClusterMember><DBClusterArn>arn:aws:rds:eu-west-1:1:cluster:x</DBClusterArn>\
                 <Readers><member>{arn}</member></Readers></GlobalClusterMember></GlobalClusterMembers>\
                 </GlobalClusterMember></GlobalClusters>"
            ),
        )
    };
    for (arn, expected) in [
        (
            "arn:aws:rds:us-east-1:123456789012:cluster:Orders--Drill",
            Some("world"),
        ),
        ("arn:aws:rds:us-west-2:123456789012:cluster:orders--drill", None),
    ] {
        let server = except("DescribeGlobalClusters", Answer::ok(list(arn))).await;
        let look = reads(&server).look(ID).await.unwrap();
        assert_eq!(look.global_listed, Known::Known(expected.map(str::to_owned)));
        assert_eq!(look.global_database(), Known::Known(expected));
    }
    let server = except("DescribeGlobalClusters", Answer::Hang).await;
    let look = reads(&server).look(ID).await.unwrap();
    let Known::Unknown(why) = look.global_listed else {
        panic!("expected a wait that ends")
    };
    assert_eq!(why, "no answer of DescribeGlobalClusters within 5 s");
}

#[tokio::test]
async fn enhanced_binlog_is_read_with_the_format_and_its_absence_is_off() {
    let parameters = |more: &str| {
        let format = "<Parameter><ParameterName>binlog_format</ParameterName><ParameterValue>ROW</ParameterValue></Parameter>";
        Answer::ok(list(
            "DescribeDBClusterParameters",
            &format!("<Parameters>{format}{more}</Parameters>"),
        ))
    };
    let enhanced = |value: &str| {
        parameters(&format!(
            "<Parameter><ParameterName>aurora_enhanced_binlog</ParameterName>{value}</Parameter>"
        ))
    };
    for (answer, expected) in [
        (enhanced("<ParameterValue>1</ParameterValue>"), true),
        (enhanced("<ParameterValue>0</ParameterValue>"), false),
        (enhanced(""), false),
        (parameters(""), false),
    ] {
        let server = except("DescribeDBClusterParameters", answer).await;
        let look = reads(&server).look(ID).await.unwrap();
        assert_eq!(look.enhanced_binlog, Known::Known(expected));
        assert_eq!(look.binlog_format, Known::Known("ROW".to_owned()));
    }
    let none = Answer::ok(list("DescribeDBClusterParameters", "<Parameters/>"));
    let server = except("DescribeDBClusterParameters", none).await;
    let look = reads(&server).look(ID).await.unwrap();
    assert!(look.enhanced_binlog.value().is_none() && look.binlog_format.value().is_none());
}

/// A look at a cluster whose password AWS manages: Secrets Manager's requests carry no form.
async fn rotated(secret: Answer) -> Option<Known<DateTime<Utc>>> {
    let cluster = list(
        "DescribeDBClusters",
        "<DBClusters><DBCluster><DBClusterIdentifier>orders--drill</DBClusterIdentifier>\
         <MasterUserSecret><SecretArn>arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!x</SecretArn>\
         </MasterUserSecret></DBCluster></DBClusters>",
    );
    let server = Server::start(move |_, form| {
        if is(form, "DescribeDBClusters") {
            Answer::ok(cluster.clone())
        } else if form.contains_key("Action") {
            world::answer(form)
        } else {
            secret.clone()
        }
    })
    .await;
    let look = reads(&server).look(ID).await.unwrap();
    assert!(look.cluster.managed_secret);
    let seen = server.seen();
    let asked = |seen: &&Seen| seen.head.to_lowercase().contains("secretsmanager.describesecret");
    assert!(seen.iter().any(|seen| asked(&seen)));
    look.secret_rotated
}

#[tokio::test]
async fn when_a_managed_password_was_rotated_is_told_or_not_known_and_never_in_the_way() {
    assert_eq!(
        rotated(Answer::ok(r#"{"LastRotatedDate":1795140845.5}"#)).await,
        Some(Known::Known("2026-11-20T02:14:05.5Z".parse().unwrap()))
    );
    assert_eq!(
        rotated(Answer::ok("{}")).await,
        Some(Known::Unknown("AWS tells of no rotation".to_owned()))
    );
    let refusal = r#"{"__type":"AccessDeniedException","Message":"not authorized"}"#;
    assert_eq!(
        rotated(Answer::status(400, refusal)).await,
        Some(Known::Unknown("AccessDeniedException: not authorized".to_owned()))
    );
    let Some(Known::Unknown(why)) = rotated(Answer::Hang).await else {
        panic!("expected a wait that ends")
    };
    assert_eq!(why, "no answer of DescribeSecret within 3 s");
}

#[tokio::test]
async fn what_is_essential_fails_the_look() {
    for action in [
        "GetCallerIdentity",
        "DescribeDBClusters",
        "DescribeDBClusterBacktracks",
    ] {
        let server = except(action, Answer::error(403, "AccessDenied", "not authorized")).await;
        let failure = reads(&server).look(ID).await.unwrap_err();
        assert_eq!(
            (failure.action.as_str(), failure.kind),
            (action, ReadFailureKind::Refused)
        );
        assert_eq!(failure.code.as_deref(), Some("AccessDenied"));
        assert_eq!(failure.message, "not authorized");
        assert_eq!(failure.request_id.as_deref(), Some("req-body"));
    }
}

#[tokio::test]
async fn a_cluster_that_cannot_be_backtracked_is_still_described() {
    let refusal = Answer::error(400, "InvalidParameterCombination", "does not support Backtrack.");
    for (engine, window, hidden) in [
        ("aurora-postgresql", 0, true),
        ("aurora-mysql", 0, true),
        ("aurora-mysql", 60, false),
    ] {
        let refusal = refusal.clone();
        let server = Server::start(move |_, form| {
            if is(form, "DescribeDBClusterBacktracks") {
                refusal.clone()
            } else if is(form, "DescribeDBClusters") {
                world::clusters(engine, window)
            } else {
                world::answer(form)
            }
        })
        .await;
        let look = reads(&server).look(ID).await;
        assert_eq!(
            look.map(|look| look.records).ok(),
            hidden.then(Vec::new),
            "{engine} {window}"
        );
    }
}

#[tokio::test]
async fn an_unknown_cluster_is_not_found() {
    let missing = Answer::error(
        404,
        "DBClusterNotFoundFault",
        "DBCluster orders--drill not found.",
    );
    let server = except("DescribeDBClusters", missing).await;
    let failure = reads(&server).look(ID).await.unwrap_err();
    assert_eq!(failure.kind, ReadFailureKind::NotFound);
    assert_eq!(failure.message, "DBCluster orders--drill not found.");
}

#[tokio::test]
async fn a_reply_about_another_cluster_or_none_or_two_is_no_answer() {
    let one = world::cluster("aurora-mysql", 60);
    for clusters in [one.replace(ID, "other--drill"), String::new(), one.repeat(2)] {
        let body = list(
            "DescribeDBClusters",
            &format!("<DBClusters>{clusters}</DBClusters>"),
        );
        let server = except("DescribeDBClusters", Answer::ok(body)).await;
        let failure = reads(&server).glance(ID).await.unwrap_err();
        assert_eq!(failure.kind, ReadFailureKind::Transport, "{}", failure.message);
    }
}

#[tokio::test]
async fn however_much_the_service_says_it_fits_into_a_record() {
    let deployment = "<member><BlueGreenDeploymentName>n</BlueGreenDeploymentName></member>";
    let server = Server::start(move |_, form| {
        if is(form, "DescribeBlueGreenDeployments") {
            let many = format!(
                "<BlueGreenDeployments>{}</BlueGreenDeployments>",
                deployment.repeat(900)
            );
            Answer::ok(list("DescribeBlueGreenDeployments", &many))
        } else if is(form, "DescribePendingMaintenanceActions") {
            Answer::error(400, "AccessDenied", &"no ".repeat(1 << 20))
        } else {
            world::answer(form)
        }
    })
    .await;
    let look = reads(&server).look(ID).await.unwrap();
    assert_eq!(look.blue_green.value().unwrap().len(), 21);
    let Known::Unknown(why) = look.pending_maintenance else {
        panic!("{:?}", look.pending_maintenance)
    };
    assert!(why.len() < 5000 && why.ends_with(" bytes)"), "{}", why.len());
}

#[tokio::test]
async fn more_backtracks_than_a_record_can_hold_are_not_known() {
    let server = Server::start(|_, form| {
        if is(form, "DescribeDBClusterBacktracks") {
            let one =
                "<DBClusterBacktrack><BacktrackIdentifier>b-1</BacktrackIdentifier></DBClusterBacktrack>";
            let many = format!("<DBClusterBacktracks>{}</DBClusterBacktracks>", one.repeat(1001));
            Answer::ok(list("DescribeDBClusterBacktracks", &many))
        } else {
            world::answer(form)
        }
    })
    .await;
    let failure = reads(&server).look(ID).await.unwrap_err();
    assert_eq!(failure.kind, ReadFailureKind::Transport);
    assert!(failure.message.contains("at most 1000"), "{failure:?}");
}
