//! Replies that are torn, foreign or made up, through the real SDK: never a panic, never a success that nobody echoed.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use chrono::{DateTime, TimeDelta};
use proptest::prelude::*;

use super::server::{Answer, Form};
use super::world;
use crate::aws::backtrack::BacktrackOnce;
use crate::aws::reads::Reads;
use crate::domain::effect::Intent;
use crate::domain::event::Reply;
use crate::ports::{Backtracker, ClusterReads};

const ID: &str = "orders--drill";

const ECHO: &str = "<BacktrackDBClusterResponse xmlns=\"http://rds.amazonaws.com/doc/2014-10-31/\">\
    <BacktrackDBClusterResult><DBClusterIdentifier>orders--drill</DBClusterIdentifier>\
    <BacktrackIdentifier>2f5f5294</BacktrackIdentifier><BacktrackTo>2026-11-20T02:14:05Z</BacktrackTo>\
    <Status>pending</Status></BacktrackDBClusterResult></BacktrackDBClusterResponse>";

/// A reply that is made up: its status and body.
type Canned = (u16, Vec<u8>);

/// What makes the reply to a form up.
type Answers = dyn Fn(&[u8]) -> Canned + Send + Sync;

#[derive(Clone)]
struct Carrier(Arc<Answers>);

impl fmt::Debug for Carrier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Carrier")
    }
}

impl HttpConnector for Carrier {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (status, body) = (self.0)(request.body().bytes().unwrap_or_default());
        let status = status.try_into().unwrap();
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status, SdkBody::from(body))))
    }
}

fn intent() -> Intent {
    let now = DateTime::from_timestamp(1_779_000_000, 0).unwrap();
    Intent {
        hop: 1,
        cluster: ID.to_owned(),
        to: now - TimeDelta::hours(1),
        force: false,
        intended_at: now,
        send_by: now + TimeDelta::seconds(10),
        seen: Vec::new(),
    }
}

/// The reply of the world that the other tests live in.
fn usual(form: &[u8]) -> Vec<u8> {
    let form: Form = form_urlencoded::parse(form).into_owned().collect();
    if world::is(&form, "BacktrackDBCluster") {
        return ECHO.as_bytes().to_vec();
    }
    match world::answer(&form) {
        Answer::Reply { body, .. } | Answer::Cut { body } => body.into_bytes(),
        Answer::Hang | Answer::Close | Answer::Reset => Vec::new(),
    }
}

/// Everything that is read and asked, of a service that answers so.
fn asked(answer: impl Fn(&[u8]) -> Canned + Send + Sync + 'static) -> Reply {
    let carrier = SharedHttpConnector::new(Carrier(Arc::new(answer)));
    // One attempt: a process has one allowance of retries for all clients, and other tests count theirs.
    let config = super::impatient("http://127.0.0.1:1")
        .into_builder()
        .http_client(http_client_fn(move |_, _| carrier.clone()))
        .retry_config(RetryConfig::disabled())
        .build();
    let connection = super::connection(&config);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    runtime.block_on(async {
        let reads = Reads::new(connection.clone());
        if let Ok(look) = reads.look(ID).await {
            assert!(look.cluster.id.eq_ignore_ascii_case(ID));
        }
        let _ = reads.glance(ID).await;
        if let Ok(Some(record)) = reads.record(ID, "b1").await {
            assert!(record.id.eq_ignore_ascii_case("b1"));
        }
        let now = intent().intended_at;
        BacktrackOnce::new(connection, Duration::from_secs(20), Arc::new(move || now))
            .backtrack(&intent())
            .await
    })
}

/// What a reply of this status and body may become.
fn assert_honest(reply: &Reply, status: u16, body: &[u8]) -> Result<(), TestCaseError> {
    match reply {
        Reply::Accepted { record, .. } => {
            let text = String::from_utf8_lossy(body);
            prop_assert!(status == 200 && !record.id.is_empty() && text.contains(&record.id));
        }
        Reply::Rejected { code, .. } => prop_assert!((400..500).contains(&status) && !code.is_empty()),
        Reply::Ambiguous { what, .. } => prop_assert!(!what.is_empty()),
        Reply::NotSent { why } => prop_assert!(false, "it was handed over: {}", why),
    }
    Ok(())
}

/// Pieces of replies, so that random documents reach the readers of lists and times.
fn documents() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "<BacktrackDBClusterResponse>",
        "</BacktrackDBClusterResponse>",
        "<BacktrackDBClusterResult>",
        "</BacktrackDBClusterResult>",
        "<DescribeDBClustersResponse>",
        "</DescribeDBClustersResponse>",
        "<DescribeDBClustersResult><DBClusters><DBCluster>",
        "</DBCluster></DBClusters></DescribeDBClustersResult>",
        "<BacktrackIdentifier>b1</BacktrackIdentifier>",
        "<BacktrackIdentifier/>",
        "<DBClusterIdentifier>orders--drill</DBClusterIdentifier>",
        "<DBClusterIdentifier>other</DBClusterIdentifier>",
        "<BacktrackTo>2026-11-20T02:14:05Z</BacktrackTo>",
        "<BacktrackTo>99999-99-99T99:99:99Z</BacktrackTo>",
        "<BacktrackWindow>-9223372036854775808</BacktrackWindow>",
        "<Status>COMPLETED</Status>",
        "<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>",
        "<Marker>m</Marker>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "<?xml version=\"1.0\"?>",
        "<!DOCTYPE a [<!ENTITY b \"c\">]>",
        "&b;",
        "&#x110000;",
        "<a b=",
        "\u{0}",
        "é",
        ">",
        "<",
    ]);
    prop::collection::vec(pieces, 0..16).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_document_is_an_honest_reply(
        document in documents(),
        status in prop::sample::select(vec![200_u16, 200, 302, 400, 403, 404, 429, 500, 503]),
    ) {
        let body = document.into_bytes();
        let said = body.clone();
        let reply = asked(move |_| (status, said.clone()));
        assert_honest(&reply, status, &body)?;
    }

    #[test]
    fn any_bytes_are_an_honest_reply(body in any::<Vec<u8>>(), status in 200_u16..600) {
        let said = body.clone();
        let reply = asked(move |_| (status, said.clone()));
        prop_assert!(!matches!(reply, Reply::Accepted { .. }), "{:?}", reply);
        assert_honest(&reply, status, &body)?;
    }

    #[test]
    fn a_reply_with_one_byte_changed_is_an_honest_one(place in 0_usize..4000, put in any::<u8>()) {
        let change = move |mut body: Vec<u8>| {
            let length = body.len().max(1);
            if let Some(byte) = body.get_mut(place % length) {
                *byte = put;
            }
            body
        };
        let reply = asked(move |form| (200, change(usual(form))));
        assert_honest(&reply, 200, &change(ECHO.as_bytes().to_vec()))?;
    }
}

#[test]
fn the_usual_replies_are_read_through_it() {
    let reply = asked(|form| (200, usual(form)));
    assert!(matches!(reply, Reply::Accepted { .. }), "{reply:?}");
}
