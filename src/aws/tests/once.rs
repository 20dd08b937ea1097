//! The one call: one request at most, whatever happens, and what is made of each answer.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::server::{Answer, Server};
use super::{connection, impatient};
use crate::aws::backtrack::BacktrackOnce;
use crate::aws::reads::Reads;
use crate::domain::backtrack::BacktrackStatus;
use crate::domain::effect::Intent;
use crate::domain::event::{Rejection, Reply};
use crate::ports::{Backtracker, ClusterReads};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn intent() -> Intent {
    let now = at("2026-11-20T02:31:08Z");
    Intent {
        hop: 1,
        cluster: "orders--drill".to_owned(),
        to: at("2026-11-20T02:14:05.900Z"),
        force: false,
        intended_at: now,
        send_by: now + TimeDelta::seconds(10),
        seen: Vec::new(),
    }
}

async fn call(url: &str, timeout: Duration, intent: &Intent) -> Reply {
    let now = intent.intended_at;
    BacktrackOnce::new(connection(&impatient(url)), timeout, Arc::new(move || now))
        .backtrack(intent)
        .await
}

fn echo(status: &str) -> String {
    format!(
        "<BacktrackDBClusterResponse xmlns=\"http://rds.amazonaws.com/doc/2014-10-31/\"><BacktrackDBClusterResult>\
         <DBClusterIdentifier>orders--drill</DBClusterIdentifier>\
         <BacktrackIdentifier>2f5f5294</BacktrackIdentifier><BacktrackTo>2026-11-20T02:14:05Z</BacktrackTo>\
         <BacktrackedFrom>2026-11-20T02:31:09.640Z</BacktrackedFrom>\
         <BacktrackRequestCreationTime>2026-11-20T02:31:08.819Z</BacktrackRequestCreationTime>\
         <Status>{status}</Status></BacktrackDBClusterResult>\
         <ResponseMetadata><RequestId>req-body</RequestId></ResponseMetadata></BacktrackDBClusterResponse>"
    )
}

#[tokio::test]
async fn whatever_cannot_be_read_is_ambiguous_and_was_sent_once() {
    let html = "<html><body><h1>Bad Gateway</h1></body></html>";
    let no_id = "<BacktrackDBClusterResponse><BacktrackDBClusterResult><Status>pending</Status>\
                 </BacktrackDBClusterResult></BacktrackDBClusterResponse>";
    let rows = [
        ("500", Answer::error(500, "InternalFailure", "try again")),
        ("503", Answer::error(503, "ServiceUnavailable", "try again")),
        (
            "throttled by 503",
            Answer::error(503, "Throttling", "Rate exceeded"),
        ),
        ("HTML 502", Answer::status(502, html)),
        ("HTML 403 of a proxy", Answer::status(403, html)),
        ("400 without a code", Answer::status(400, "")),
        ("400 with an empty code", Answer::error(400, "", "what?")),
        ("empty 200", Answer::ok("")),
        ("foreign 200", Answer::ok(html)),
        (
            "200 that is an error",
            Answer::ok("<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>"),
        ),
        ("200 without an id", Answer::ok(no_id)),
        (
            "200 about another cluster",
            Answer::ok(echo("pending").replace("orders--drill", "other--drill")),
        ),
        (
            "redirection",
            Answer::status(302, "").with_header("location", "http://127.0.0.1:9/"),
        ),
        (
            "cut in the middle",
            Answer::Cut {
                body: echo("pending"),
            },
        ),
        ("hangs", Answer::Hang),
        ("closed after the request", Answer::Close),
        ("reset after the request", Answer::Reset),
    ];
    for (row, answer) in rows {
        let server = Server::always(answer).await;
        let given = intent();
        // Well below the ten seconds that the client's own configuration allows.
        let reply = tokio::time::timeout(
            Duration::from_secs(8),
            call(&server.url, Duration::from_secs(3), &given),
        );
        let reply = reply.await.unwrap();
        assert!(matches!(reply, Reply::Ambiguous { .. }), "{row}: {reply:?}");
        assert_eq!(server.seen().len(), 1, "{row}");
    }
}

#[tokio::test]
async fn a_coded_4xx_is_a_definite_no_with_awss_own_words() {
    let rows = [
        (400, "Throttling", Rejection::Throttled),
        (400, "ThrottlingException", Rejection::Throttled),
        (429, "RequestLimitExceeded", Rejection::Throttled),
        (403, "ExpiredToken", Rejection::Credentials),
        (403, "InvalidClientTokenId", Rejection::Credentials),
        (403, "AccessDenied", Rejection::Final),
        (400, "InvalidParameterValue", Rejection::Final),
        (404, "DBClusterNotFoundFault", Rejection::Final),
        (400, "InvalidDBClusterStateFault", Rejection::Final),
        (400, "SomethingNew", Rejection::Final),
    ];
    for (status, code, expected) in rows {
        let server = Server::always(Answer::error(status, code, "AWS's own words")).await;
        let reply = call(&server.url, BacktrackOnce::TIMEOUT, &intent()).await;
        let told = Reply::Rejected {
            code: code.to_owned(),
            message: "AWS's own words".to_owned(),
            request_id: Some("req-body".to_owned()),
            kind: expected,
        };
        assert_eq!(reply, told);
        assert_eq!(server.seen().len(), 1, "{code}");
    }
}

#[tokio::test]
async fn a_readable_reply_with_an_id_is_accepted_as_aws_echoed_it() {
    for (status, expected) in [
        ("PENDING", BacktrackStatus::Pending),
        ("applying", BacktrackStatus::Applying),
        ("COMPLETED", BacktrackStatus::Completed),
    ] {
        let server = Server::always(Answer::ok(echo(status)).with_header("x-amzn-RequestId", "req-1")).await;
        let reply = call(&server.url, BacktrackOnce::TIMEOUT, &intent()).await;
        let Reply::Accepted { record, request_id } = reply else {
            panic!("{reply:?}");
        };
        assert_eq!(record.id, "2f5f5294");
        assert_eq!(record.status, expected);
        assert_eq!(record.to, Some(at("2026-11-20T02:14:05Z")));
        assert_eq!(record.from, Some(at("2026-11-20T02:31:09.640Z")));
        assert_eq!(record.created, Some(at("2026-11-20T02:31:08.819Z")));
        assert_eq!(request_id.as_deref(), Some("req-1"));
    }
}

#[tokio::test]
async fn an_id_alone_is_accepted_too() {
    let body = "<BacktrackDBClusterResponse><BacktrackDBClusterResult><BacktrackIdentifier>b1</BacktrackIdentifier>\
                </BacktrackDBClusterResult></BacktrackDBClusterResponse>";
    let server = Server::always(Answer::ok(body)).await;
    let Reply::Accepted { record, request_id } = call(&server.url, BacktrackOnce::TIMEOUT, &intent()).await
    else {
        panic!("not accepted");
    };
    assert_eq!((record.id.as_str(), record.to, record.from), ("b1", None, None));
    assert_eq!(record.status, BacktrackStatus::Other(String::new()));
    assert_eq!(request_id, None);
}

#[tokio::test]
async fn the_request_carries_whole_seconds_and_never_asks_for_the_earliest_time() {
    let server = Server::always(Answer::ok(echo("pending"))).await;
    call(&server.url, BacktrackOnce::TIMEOUT, &intent()).await;
    call(
        &server.url,
        BacktrackOnce::TIMEOUT,
        &Intent {
            force: true,
            ..intent()
        },
    )
    .await;
    let sent: Vec<Vec<(String, String)>> = server
        .seen()
        .into_iter()
        .map(|seen| seen.form.into_iter().collect())
        .collect();
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let plain = vec![
        pair("Action", "BacktrackDBCluster"),
        pair("BacktrackTo", "2026-11-20T02:14:05Z"),
        pair("DBClusterIdentifier", "orders--drill"),
        pair("Version", "2014-10-31"),
    ];
    let mut forced = plain.clone();
    forced.insert(3, pair("Force", "true"));
    assert_eq!(sent, [plain, forced]);
}

#[tokio::test]
async fn retries_of_the_same_client_are_overridden_for_this_call_alone() {
    let server = Server::always(Answer::error(503, "ServiceUnavailable", "try again")).await;
    let connection = connection(&impatient(&server.url));
    let now = intent().intended_at;
    BacktrackOnce::new(connection.clone(), BacktrackOnce::TIMEOUT, Arc::new(move || now))
        .backtrack(&intent())
        .await;
    assert_eq!(server.count("BacktrackDBCluster"), 1);
    Reads::new(connection)
        .record("orders--drill", "b1")
        .await
        .unwrap_err();
    assert_eq!(server.count("DescribeDBClusterBacktracks"), 3);
    assert_eq!(server.count("BacktrackDBCluster"), 1);
}

#[tokio::test]
async fn a_kept_alive_connection_that_drops_the_request_is_ambiguous() {
    let list = "<DescribeDBClusterBacktracksResponse><DescribeDBClusterBacktracksResult><DBClusterBacktracks/>\
                </DescribeDBClusterBacktracksResult></DescribeDBClusterBacktracksResponse>";
    let server = Server::start(move |nth, _| if nth == 0 { Answer::ok(list) } else { Answer::Close }).await;
    let connection = connection(&impatient(&server.url));
    Reads::new(connection.clone())
        .record("orders--drill", "b1")
        .await
        .unwrap();
    let now = intent().intended_at;
    let once = BacktrackOnce::new(connection, BacktrackOnce::TIMEOUT, Arc::new(move || now));
    let reply = once.backtrack(&intent()).await;
    assert!(matches!(reply, Reply::Ambiguous { .. }), "{reply:?}");
    assert_eq!(server.count("BacktrackDBCluster"), 1);
}

#[tokio::test]
async fn a_refused_connection_was_certainly_not_sent() {
    // Nobody listens there; a port that was free a moment ago may be another test's by now.
    let reply = call("http://127.0.0.1:9", BacktrackOnce::TIMEOUT, &intent()).await;
    let Reply::NotSent { why } = reply else {
        panic!("{reply:?}");
    };
    assert!(why.contains("refused"), "{why}");
}

#[tokio::test]
async fn nothing_is_sent_after_the_send_by_instant() {
    let server = Server::always(Answer::ok(echo("pending"))).await;
    let intent = intent();
    let late = intent.send_by + TimeDelta::milliseconds(1);
    let once = BacktrackOnce::new(
        connection(&impatient(&server.url)),
        BacktrackOnce::TIMEOUT,
        Arc::new(move || late),
    );
    let reply = once.backtrack(&intent).await;
    let Reply::NotSent { why } = reply else {
        panic!("{reply:?}");
    };
    assert!(why.contains("expected to send it by"), "{why}");
    assert!(server.seen().is_empty());
}
