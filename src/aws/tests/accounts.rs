//! Credentials, endpoints and the time of replies.

use std::sync::{Arc, Mutex};

use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};
use chrono::{DateTime, TimeDelta, Utc};

use super::server::{Answer, Server};
use super::{connection, deaf, impatient, world};
use crate::aws::backtrack::BacktrackOnce;
use crate::aws::overhear::Heard;
use crate::aws::reads::Reads;
use crate::aws::settings::{ConnectError, Settings};
use crate::aws::{Listener, connect};
use crate::domain::effect::Intent;
use crate::domain::event::{ReadFailureKind, Rejection, Reply};
use crate::ports::{Backtracker, ClusterReads};

/// Has no credentials, for a reason.
#[derive(Debug)]
struct Without(Reason);

/// Makes the error anew each time: it cannot be cloned.
type Reason = fn() -> CredentialsError;

impl ProvideCredentials for Without {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(Err((self.0)()))
    }
}

fn intent() -> Intent {
    let at = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(20_000);
    Intent {
        hop: 1,
        cluster: "orders--drill".to_owned(),
        to: at - TimeDelta::minutes(5),
        force: false,
        intended_at: at,
        send_by: at + TimeDelta::seconds(10),
        seen: Vec::new(),
    }
}

fn lab(url: &str) -> Settings {
    Settings {
        lab: Some(url.to_owned()),
        version: "0.1.0".to_owned(),
        ..Settings::default()
    }
}

#[tokio::test]
async fn without_credentials_nothing_is_sent_and_the_reason_is_named() {
    let rows: [(Reason, &str, &str); 2] = [
        (
            || CredentialsError::not_loaded("no providers in chain"),
            "CredentialsNotLoaded",
            "no credentials were found",
        ),
        (
            || CredentialsError::unhandled("cached SSO token is expired"),
            "CredentialsExpired",
            "have expired",
        ),
    ];
    for (reason, code, words) in rows {
        let server = Server::always(Answer::Hang).await;
        let provider = SharedCredentialsProvider::new(Without(reason));
        let config = impatient(&server.url)
            .into_builder()
            .credentials_provider(provider)
            .build();
        let connection = connection(&config);

        let failure = Reads::new(connection.clone())
            .look("orders--drill")
            .await
            .unwrap_err();
        assert_eq!(failure.kind, ReadFailureKind::Credentials);
        assert_eq!(failure.code.as_deref(), Some(code));
        assert!(failure.message.contains(words), "{}", failure.message);

        let intent = intent();
        let now = intent.intended_at;
        let once = BacktrackOnce::new(connection, BacktrackOnce::TIMEOUT, Arc::new(move || now));
        let reply = once.backtrack(&intent).await;
        let Reply::Rejected {
            kind: Rejection::Credentials,
            code: got,
            message,
            request_id: None,
        } = reply
        else {
            panic!("{reply:?}");
        };
        assert_eq!(got, code);
        assert!(message.contains(words), "{message}");
        assert!(server.seen().is_empty());
    }
}

#[tokio::test]
async fn a_lab_off_the_loopback_is_refused_before_anything_is_built() {
    let error = connect(&lab("http://10.0.0.1:4566"), deaf()).await.unwrap_err();
    assert!(matches!(error, ConnectError::NotALab { .. }), "{error}");
}

#[tokio::test]
async fn a_client_that_points_off_the_loopback_sends_nothing_in_a_drill() {
    let config = impatient("http://rds.example.com");
    let failure = Reads::new(connection(&config))
        .glance("orders--drill")
        .await
        .unwrap_err();
    assert_eq!(failure.kind, ReadFailureKind::Transport);
    assert!(
        failure.message.contains("expected an endpoint on the loopback"),
        "{}",
        failure.message
    );

    let intent = intent();
    let now = intent.intended_at;
    let once = BacktrackOnce::new(connection(&config), BacktrackOnce::TIMEOUT, Arc::new(move || now));
    let reply = once.backtrack(&intent).await;
    assert!(matches!(reply, Reply::NotSent { .. }), "{reply:?}");
}

#[tokio::test]
async fn a_lab_is_reached_by_its_url_alone_and_shown_as_the_endpoint() {
    let server = Server::start(|_, form| world::answer(form)).await;
    let connection = connect(&lab(&server.url), deaf()).await.unwrap();
    assert_eq!(connection.region(), "us-east-1");
    let reads = Reads::new(connection);
    let look = reads.look("orders--drill").await.unwrap();
    assert_eq!(look.identity.endpoint, server.url);
    assert_eq!(look.identity.region, "us-east-1");
    let agents = server.seen();
    assert!(
        agents
            .iter()
            .all(|seen| seen.head.contains("app/backtrackctl-0.1.0"))
    );

    reads.log_in_again().await;
    assert_eq!(
        reads.look("orders--drill").await.unwrap().identity.endpoint,
        server.url
    );
}

#[tokio::test]
async fn every_reply_is_heard_the_failed_ones_too() {
    let server = Server::start(|nth, _| {
        let stamped = if nth == 0 {
            Answer::error(503, "ServiceUnavailable", "try again")
        } else {
            Answer::ok(world::NO_BACKTRACKS)
        };
        let stamped = stamped.with_header("Date", "Fri, 20 Nov 2026 02:14:05 GMT");
        if nth == 0 {
            stamped
        } else {
            stamped.with_header("X-Lab-Now", "2026-11-20T02:13:00.250Z")
        }
    })
    .await;
    let heard: Arc<Mutex<Vec<Heard>>> = Arc::default();
    let kept = Arc::clone(&heard);
    let listener: Listener = Arc::new(move |reply| kept.lock().unwrap().push(reply));
    let connection = connect(&lab(&server.url), listener).await.unwrap();
    Reads::new(connection)
        .record("orders--drill", "b1")
        .await
        .unwrap();
    let date = "2026-11-20T02:14:05Z".parse().ok();
    let lab_now = "2026-11-20T02:13:00.250Z".parse().ok();
    assert_eq!(
        *heard.lock().unwrap(),
        [Heard { date, lab_now: None }, Heard { date, lab_now }]
    );
}
