//! Each kind of fault over real HTTP: what the client sees, and what the lab did.

use std::time::Duration;

use serde_json::{Value, json};

use super::visitor::{LIST, text, visit};

#[tokio::test]
async fn refusals_are_well_formed_and_not_processed() {
    let visitor = visit("");
    for (fault, status, code) in [
        (
            json!({ "action": "*", "nth": 1, "fault": "throttle" }),
            400,
            "Throttling",
        ),
        (
            json!({ "action": "*", "nth": 1, "fault": "expired_token" }),
            403,
            "ExpiredToken",
        ),
        (
            json!({ "action": "*", "nth": 1, "fault": "error", "status": 503, "code": "Busy" }),
            503,
            "Busy",
        ),
    ] {
        visitor.fault(fault).await;
        let target = visitor.now().await;
        let struck = text(
            visitor
                .api(&format!("Action=BacktrackDBCluster&BacktrackTo={target}"))
                .await,
        )
        .await;
        assert_eq!(struck.0, status);
        assert!(struck.1.contains(&format!("<Code>{code}</Code>")), "{}", struck.1);
        assert_eq!(text(visitor.api(LIST).await).await.0, 200);
    }
    assert_eq!(visitor.cluster().await["backtracks"], json!([]));
    let (_, calls) = visitor.get("/_lab/calls").await;
    assert_eq!(calls.as_array().unwrap().len(), 6);
    assert_eq!(
        (&calls[0]["seq"], &calls[0]["accepted"], &calls[0]["replied"]),
        (&json!(1), &json!(false), &json!(true))
    );
    assert_eq!(calls[0]["params"]["DBClusterIdentifier"], "orders--drill");
}

#[tokio::test]
async fn a_reset_is_a_transport_error_before_or_after_the_work() {
    let visitor = visit("");
    for (number, fault, accepted) in [(0, "reset_before", false), (1, "reset_after", true)] {
        visitor
            .fault(json!({ "action": "BacktrackDBCluster", "nth": 1, "fault": fault }))
            .await;
        let target = visitor.now().await;
        let lost = visitor
            .api(&format!("Action=BacktrackDBCluster&BacktrackTo={target}"))
            .await;
        assert!(lost.unwrap_err().status().is_none(), "{fault}");
        let (_, calls) = visitor.get("/_lab/calls").await;
        assert_eq!(calls[number]["accepted"], accepted);
        assert_eq!(calls[number]["replied"], false);
    }
    assert_eq!(visitor.cluster().await["backtracks"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_malformed_reply_says_200_and_stops_in_the_middle() {
    let visitor = visit("");
    visitor
        .fault(json!({ "action": "*", "every": 1, "fault": "malformed" }))
        .await;
    let (status, body) = text(visitor.api(LIST).await).await;
    assert_eq!(status, 200);
    assert!(
        body.starts_with("<DescribeDBClustersResponse") && !body.contains("</DescribeDBClustersResponse>")
    );
}

#[tokio::test]
async fn a_delay_holds_back_the_reply_and_not_the_work() {
    let visitor = visit("");
    visitor
        .fault(json!({ "action": "BacktrackDBCluster", "nth": 1, "fault": "latency", "ms": 60_000 }))
        .await;
    let target = visitor.now().await;
    let body = format!("Action=BacktrackDBCluster&DBClusterIdentifier=orders--drill&BacktrackTo={target}");
    let request = visitor
        .client
        .post(visitor.url("/"))
        .body(body)
        .timeout(Duration::from_secs(5));
    assert!(request.send().await.unwrap_err().is_timeout());
    assert_eq!(visitor.cluster().await["backtracks"].as_array().unwrap().len(), 1);
    let (_, calls) = visitor.get("/_lab/calls").await;
    assert_eq!(
        (&calls[0]["accepted"], &calls[0]["replied"]),
        (&json!(true), &json!(false))
    );
}

#[tokio::test]
async fn a_backtrack_can_fail_hang_or_be_a_strangers() {
    for (fault, status) in [("fail_backtrack", "failed"), ("hang_backtrack", "applying")] {
        let visitor = visit("");
        visitor
            .fault(json!({ "action": "BacktrackDBCluster", "nth": 1, "fault": fault }))
            .await;
        let target = visitor.now().await;
        visitor
            .api(&format!("Action=BacktrackDBCluster&BacktrackTo={target}"))
            .await
            .unwrap();
        visitor.advance(3_600).await;
        let record = visitor.cluster().await["backtracks"][0].clone();
        assert_eq!(
            (&record["status"], &record["from"]),
            (&json!(status), &Value::Null)
        );
    }
    let visitor = visit("");
    visitor
        .fault(json!({ "action": "BacktrackDBCluster", "nth": 1, "fault": "foreign_backtrack" }))
        .await;
    let target = visitor.now().await;
    let refused = text(
        visitor
            .api(&format!("Action=BacktrackDBCluster&BacktrackTo={target}"))
            .await,
    )
    .await;
    assert!(refused.1.contains("InvalidDBClusterStateFault"), "{}", refused.1);
    let record = visitor.cluster().await["backtracks"][0].clone();
    assert_eq!(record["foreign"], true);
    assert_ne!(record["requested"].as_str().unwrap()[..19], target[..19]);
}
