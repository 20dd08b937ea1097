//! HTTP checks against a server on the loopback.

use axum::Router;
use axum::http::{StatusCode, header};
use axum::routing::get;
use tokio::net::TcpListener;

use super::super::HttpOutcome;
use super::{moment, runner};

/// A server for one test; it ends with the test's runtime.
async fn server() -> String {
    let router = Router::new()
        .route("/ok", get(async || "all is well"))
        .route(
            "/down",
            get(async || (StatusCode::SERVICE_UNAVAILABLE, "paused for orders--lab")),
        )
        .route(
            "/moved",
            get(async || (StatusCode::FOUND, [(header::LOCATION, "/ok")])),
        )
        .route("/long", get(async || format!("{}end", "x".repeat(1024 * 1024))))
        .route("/mute", get(std::future::pending::<String>))
        .route("/at/{target}", get(async || "as expanded"));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

#[tokio::test]
async fn a_status_and_a_text_are_compared() {
    let lab = server().await;
    let runner = runner(Some(&lab));
    for (path, status, contains, expected) in [
        ("/ok", 200, None, HttpOutcome::Passed { status: 200 }),
        ("/ok", 200, Some("well"), HttpOutcome::Passed { status: 200 }),
        (
            "/ok",
            200,
            Some("bad"),
            HttpOutcome::TextMissing {
                contains: "bad".to_owned(),
                searched: 11,
            },
        ),
        ("/down", 503, Some("paused"), HttpOutcome::Passed { status: 503 }),
        (
            "/down",
            200,
            None,
            HttpOutcome::OtherStatus {
                expected: 200,
                got: 503,
            },
        ),
        (
            "/at/$BACKTRACKCTL_TARGET",
            200,
            Some("as expanded"),
            HttpOutcome::Passed { status: 200 },
        ),
    ] {
        let report = runner
            .http(
                &format!("$BACKTRACKCTL_LAB{path}"),
                status,
                contains,
                10,
                &moment(),
            )
            .await;
        assert_eq!(
            report.passed(),
            matches!(expected, HttpOutcome::Passed { .. }),
            "{path}"
        );
        assert_eq!(report.outcome, expected, "{path}");
    }
}

#[tokio::test]
async fn a_redirect_is_an_answer_of_its_own() {
    let url = format!("{}/moved", server().await);
    let report = runner(None).http(&url, 302, None, 10, &moment()).await;
    assert_eq!(report.outcome, HttpOutcome::Passed { status: 302 });
    let report = runner(None).http(&url, 200, None, 10, &moment()).await;
    assert_eq!(
        report.outcome,
        HttpOutcome::OtherStatus {
            expected: 200,
            got: 302
        }
    );
}

#[tokio::test]
async fn no_more_than_a_mebibyte_is_searched() {
    let url = format!("{}/long", server().await);
    let report = runner(None).http(&url, 200, Some("end"), 10, &moment()).await;
    let missing = HttpOutcome::TextMissing {
        contains: "end".to_owned(),
        searched: 1024 * 1024,
    };
    assert_eq!(report.outcome, missing);
}

#[tokio::test]
async fn an_answer_that_does_not_come_is_given_up() {
    let url = format!("{}/mute", server().await);
    let report = runner(None).http(&url, 200, None, 1, &moment()).await;
    assert_eq!(report.outcome, HttpOutcome::TimedOut);
    assert!(report.took_ms >= 900, "{} ms", report.took_ms);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_not_reached() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/secret", listener.local_addr().unwrap());
    drop(listener);
    let report = runner(None).http(&url, 200, None, 5, &moment()).await;
    let HttpOutcome::NotReached { why } = report.outcome else {
        panic!("got {:?}", report.outcome)
    };
    assert!(why.contains("refused") && !why.contains("secret"), "{why}");
}

#[tokio::test]
async fn with_a_lab_nothing_leaves_the_loopback() {
    let runner = runner(Some("http://127.0.0.1:1"));
    let report = runner
        .http("http://shop.example.com/health", 200, None, 5, &moment())
        .await;
    let HttpOutcome::Refused { why } = report.outcome else {
        panic!("got {:?}", report.outcome)
    };
    assert!(why.contains("shop.example.com"), "{why}");
}

#[tokio::test]
async fn a_url_that_is_none_or_names_an_unset_variable_is_not_sent() {
    let report = runner(None)
        .http("$BACKTRACKCTL_LAB/ok", 200, None, 5, &moment())
        .await;
    assert_eq!(
        report.outcome,
        HttpOutcome::Unset {
            variable: "BACKTRACKCTL_LAB".to_owned()
        }
    );
    let report = runner(None).http("shop", 200, None, 5, &moment()).await;
    assert!(
        matches!(report.outcome, HttpOutcome::Refused { .. }),
        "{:?}",
        report.outcome
    );
}
