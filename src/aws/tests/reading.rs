//! Lists, records and failures: retried, paged, and never guessed.

use std::time::Duration;

use aws_config::timeout::TimeoutConfig;

use super::server::{Answer, Server};
use super::world::{self, except, is, list};
use super::{connection, impatient, reads};
use crate::aws::reads::Reads;
use crate::domain::backtrack::BacktrackStatus;
use crate::domain::event::ReadFailureKind;
use crate::ports::ClusterReads;

const ID: &str = "orders--drill";

fn page(ids: &[&str], marker: Option<&str>) -> Answer {
    let records = ids.iter().map(|id| {
        format!(
            "<DBClusterBacktrack><DBClusterIdentifier>{ID}</DBClusterIdentifier>\
             <BacktrackIdentifier>{id}</BacktrackIdentifier><Status>COMPLETED</Status></DBClusterBacktrack>"
        )
    });
    let records = records.collect::<String>();
    let marker = marker
        .map(|marker| format!("<Marker>{marker}</Marker>"))
        .unwrap_or_default();
    let result = format!("<DBClusterBacktracks>{records}</DBClusterBacktracks>{marker}");
    Answer::ok(list("DescribeDBClusterBacktracks", &result))
}

#[tokio::test]
async fn every_page_of_backtracks_is_read() {
    let server = Server::start(|_, form| match form.get("Marker").map(String::as_str) {
        _ if !is(form, "DescribeDBClusterBacktracks") => world::answer(form),
        None => page(&["b1"], Some("m1")),
        Some("m1") => page(&["b2", "b3"], None),
        Some(other) => Answer::error(400, "InvalidParameterValue", other),
    })
    .await;
    let glance = reads(&server).glance(ID).await.unwrap();
    let ids: Vec<_> = glance.records.iter().map(|record| record.id.as_str()).collect();
    assert_eq!(ids, ["b1", "b2", "b3"]);
    assert!(
        glance
            .records
            .iter()
            .all(|record| record.status == BacktrackStatus::Completed)
    );
    assert_eq!((glance.status.as_str(), glance.members.len()), ("Available", 2));
    let asked: Vec<_> = server
        .seen()
        .iter()
        .filter_map(|seen| seen.form.get("MaxRecords").cloned())
        .collect();
    assert!(asked.iter().all(|most| most == "100"), "{asked:?}");
}

#[tokio::test]
async fn a_reply_that_stops_anywhere_is_a_failure_and_never_a_shorter_list() {
    let Answer::Reply { body, .. } = page(&["b1", "b2"], None) else {
        panic!("expected a reply")
    };
    for end in 0..body.len() {
        let server = except("DescribeDBClusterBacktracks", Answer::ok(&body[..end])).await;
        let failure = reads(&server).glance(ID).await.unwrap_err();
        assert_eq!(failure.kind, ReadFailureKind::Transport, "{}", &body[..end]);
    }
    let server = except("DescribeDBClusterBacktracks", Answer::ok(format!("{body}\n"))).await;
    assert_eq!(reads(&server).glance(ID).await.unwrap().records.len(), 2);
}

#[tokio::test]
async fn a_marker_that_comes_back_ends_the_reading_without_a_list() {
    let server = except("DescribeDBClusterBacktracks", page(&["b1"], Some("m1"))).await;
    let failure = reads(&server).glance(ID).await.unwrap_err();
    assert_eq!(failure.kind, ReadFailureKind::Transport);
    assert!(failure.message.contains("got m1 again"), "{}", failure.message);
    assert_eq!(server.count("DescribeDBClusterBacktracks"), 2);
}

#[tokio::test]
async fn one_record_is_found_by_its_id_and_a_missing_one_is_none() {
    let server = except("DescribeDBClusterBacktracks", page(&["b2", "b1"], None)).await;
    let reads = reads(&server);
    assert_eq!(reads.record(ID, "b1").await.unwrap().unwrap().id, "b1");
    assert_eq!(reads.record(ID, "b9").await.unwrap(), None);
    let form = &server.seen()[0].form;
    assert_eq!(form.get("BacktrackIdentifier").map(String::as_str), Some("b1"));

    let gone = Answer::error(404, "DBClusterBacktrackNotFoundFault", "no such backtrack");
    let server = except("DescribeDBClusterBacktracks", gone).await;
    assert_eq!(super::reads(&server).record(ID, "b1").await.unwrap(), None);
}

#[tokio::test]
async fn a_read_is_tried_three_times_and_then_not_known() {
    for answer in [
        Answer::error(500, "InternalFailure", "try again"),
        Answer::status(502, "<html>Bad Gateway</html>"),
        Answer::Close,
        Answer::Reset,
        Answer::Cut {
            body: world::NO_BACKTRACKS.to_owned(),
        },
    ] {
        let row = format!("{answer:?}");
        let server = Server::always(answer).await;
        let failure = reads(&server).record(ID, "b1").await.unwrap_err();
        assert_eq!(failure.kind, ReadFailureKind::Transport, "{row}");
        assert_eq!(server.seen().len(), 3, "{row}");
    }
}

#[tokio::test]
async fn a_read_that_hangs_ends_with_its_timeout() {
    let server = Server::always(Answer::Hang).await;
    let short = TimeoutConfig::builder()
        .operation_attempt_timeout(Duration::from_millis(1_500))
        .build();
    let config = impatient(&server.url)
        .into_builder()
        .timeout_config(short)
        .build();
    let failure = Reads::new(connection(&config))
        .record(ID, "b1")
        .await
        .unwrap_err();
    assert_eq!(failure.kind, ReadFailureKind::Transport);
    assert!(failure.message.contains("timed out"), "{}", failure.message);
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn a_read_that_succeeds_at_the_second_attempt_succeeds() {
    let server = Server::start(|nth, _| {
        if nth == 0 {
            Answer::error(400, "Throttling", "Rate exceeded")
        } else {
            Answer::ok(world::NO_BACKTRACKS)
        }
    })
    .await;
    assert_eq!(reads(&server).record(ID, "b1").await.unwrap(), None);
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn ended_credentials_are_told_from_a_plain_refusal() {
    let server = Server::always(Answer::error(
        403,
        "ExpiredToken",
        "The security token is expired",
    ))
    .await;
    let failure = reads(&server).record(ID, "b1").await.unwrap_err();
    assert_eq!(failure.kind, ReadFailureKind::Credentials);
    assert_eq!(failure.code.as_deref(), Some("ExpiredToken"));
}

#[tokio::test]
async fn a_refused_connection_says_so() {
    // Nobody listens there; a port that was free a moment ago may be another test's by now.
    let config = impatient("http://127.0.0.1:9");
    let failure = Reads::new(connection(&config))
        .record(ID, "b1")
        .await
        .unwrap_err();
    assert_eq!(failure.kind, ReadFailureKind::Transport);
    assert!(
        failure.message.contains("Connection refused"),
        "{}",
        failure.message
    );
}

#[tokio::test]
async fn members_that_may_not_be_read_do_not_fail_a_glance_and_other_failures_do() {
    let refused = except("DescribeDBInstances", Answer::error(403, "AccessDenied", "no")).await;
    let glance = reads(&refused).glance(ID).await.unwrap();
    assert!(glance.members.iter().all(|member| member.status.is_empty()));
    let broken = except("DescribeDBInstances", Answer::error(500, "InternalFailure", "no")).await;
    assert_eq!(
        reads(&broken).glance(ID).await.unwrap_err().kind,
        ReadFailureKind::Transport
    );
}
