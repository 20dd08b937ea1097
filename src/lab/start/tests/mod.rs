//! The lab over real HTTP on loopback: what a client sees.

mod faults;
mod visitor;

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{Lab, LabError, LabOptions};
use visitor::{LIST, text, visit};

#[test]
fn only_loopback_is_listened_on() {
    let listen = "0.0.0.0:0".parse().unwrap();
    let refused = Lab::start(LabOptions {
        listen,
        ..LabOptions::default()
    });
    assert!(matches!(refused, Err(LabError::NotLoopback(address)) if address == listen));
    // Below the ports that systems hand out by themselves: no other lab gets this one once it is free again.
    let on = |port: u16| LabOptions {
        listen: (std::net::Ipv4Addr::LOCALHOST, port).into(),
        ..LabOptions::default()
    };
    let begin = u16::try_from(std::process::id() % 1_000).unwrap() + 30_000;
    let first = (begin..begin + 200).find_map(|port| Lab::start(on(port)).ok());
    let first = first.expect("one of two hundred ports");
    let listen = first.endpoint().trim_start_matches("http://").parse().unwrap();
    assert!(matches!(
        Lab::start(LabOptions {
            listen,
            ..LabOptions::default()
        }),
        Err(LabError::Listen { .. })
    ));
    drop(first);
    assert!(
        Lab::start(LabOptions {
            listen,
            ..LabOptions::default()
        })
        .is_ok(),
        "the port is free again"
    );
}

#[tokio::test]
async fn the_ready_line_names_what_answers() {
    let visitor = visit("");
    let line = visitor.lab.ready_line();
    assert_eq!(line["ready"], true);
    assert_eq!(line["cluster"], "orders--drill");
    assert_eq!(line["mysql"], Value::Null);
    let shop: Value = visitor
        .client
        .get(line["shop"].as_str().unwrap())
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(shop["paused"], false);
    assert!(shop["orders"].as_u64().unwrap() > 10_800);
}

#[tokio::test]
async fn each_reply_has_both_clocks_and_the_skew_is_in_the_date() {
    let visitor = visit("");
    let (_, clock) = visitor.post("/_lab/clock", json!({ "skew_s": 3_600 })).await;
    assert_eq!(clock["skew_s"], 3_600);
    for path in ["/_lab/world", "/nowhere", "/"] {
        let reply = visitor.client.get(visitor.url(path)).send().await.unwrap();
        let header = |name: &str| reply.headers()[name].to_str().unwrap().to_owned();
        let lab = chrono::DateTime::parse_from_rfc3339(&header("x-lab-now")).unwrap();
        assert_eq!(header("x-lab-now").len(), "2024-05-17T14:28:00.123Z".len());
        let date = chrono::DateTime::parse_from_rfc2822(&header("date")).unwrap();
        assert!((3_590..=3_610).contains(&(date - lab).num_seconds()), "{path}");
    }
}

#[tokio::test]
async fn the_shop_is_paused_hurt_rewound_and_whole_again() {
    let visitor = visit("");
    let (_, paused) = visitor.post("/shop/pause", json!(null)).await;
    assert_eq!(paused["paused"], true);
    visitor.post("/shop/pause", json!(null)).await;
    visitor.advance(5).await;
    let target = visitor.now().await;
    visitor.advance(2).await;
    let whole = visitor.cluster().await;
    for kind in ["delete_all", "bad_update", "drop_table"] {
        let (_, hurt) = visitor.post("/_lab/hurt", json!({ "kind": kind })).await;
        assert!(hurt["at"].as_str().unwrap() > target.as_str(), "{hurt}");
        let (status, check) = visitor.get("/shop/check").await;
        assert_eq!(
            (status, &check["ok"]),
            (StatusCode::CONFLICT, &json!(false)),
            "{kind}"
        );
        let (status, _) = text(
            visitor
                .api(&format!("Action=BacktrackDBCluster&BacktrackTo={target}"))
                .await,
        )
        .await;
        assert_eq!(status, 200);
        visitor.advance(10).await;
        let healed = visitor.cluster().await;
        assert_eq!(healed["orders_digest"], whole["orders_digest"], "{kind}");
        assert_eq!(healed["head"].as_str().unwrap()[..19], target[..19]);
        let (status, check) = visitor.get("/shop/check").await;
        assert_eq!(
            (status, &check["ok"]),
            (StatusCode::OK, &json!(true)),
            "{kind} {check}"
        );
        let (_, at) = visitor
            .get(&format!("/_lab/at?cluster=orders--drill&time={target}"))
            .await;
        assert_eq!(at["orders_digest"], whole["orders_digest"]);
    }
    visitor.post("/shop/resume", json!(null)).await;
    visitor.advance(5).await;
    let (status, check) = visitor.get("/shop/check").await;
    assert_eq!((status, &check["missing"]), (StatusCode::OK, &json!(0)));
    let world = visitor.get("/_lab/world").await.1;
    assert_eq!(world["shop"]["changes"].as_array().unwrap().len(), 2, "{world}");
    assert_eq!(world["clusters"][0]["backtracks"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn a_rewind_to_after_the_damage_does_not_pass_the_check() {
    let visitor = visit("");
    visitor.post("/_lab/hurt", json!({ "kind": "delete_all" })).await;
    visitor.advance(30).await;
    let target = visitor.now().await;
    visitor.advance(30).await;
    visitor
        .api(&format!("Action=BacktrackDBCluster&BacktrackTo={target}"))
        .await
        .unwrap();
    visitor.advance(10).await;
    let (status, check) = visitor.get("/shop/check").await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(check["missing"].as_u64().unwrap() > 10_000, "{check}");
}

#[tokio::test]
async fn wrong_requests_get_an_error_in_json_or_xml_and_change_nothing() {
    let visitor = visit("");
    for (path, body) in [
        ("/_lab/faults", "{}"),
        ("/_lab/faults", "[{\"action\":\"*\",\"fault\":\"throttle\"}]"),
        ("/_lab/clock", "{}"),
        ("/_lab/clock", "{\"advance_s\": -1}"),
        ("/_lab/clock", "{\"advance_s\": 1e300}"),
        ("/_lab/clock", "{\"skew_s\": 1e300}"),
        ("/_lab/shop", "{\"paused\": 1}"),
        ("/_lab/hurt", "{\"kind\": \"burn\"}"),
        ("/_lab/hurt", "\u{0}"),
    ] {
        let reply = visitor
            .client
            .post(visitor.url(path))
            .body(body)
            .send()
            .await
            .unwrap();
        assert_eq!(reply.status(), 400, "{path} {body}");
        assert!(reply.json::<Value>().await.unwrap()["error"].is_string());
    }
    for path in [
        "/_lab/at?time=yesterday",
        "/_lab/at?time=2999-01-01T00:00:00Z",
        "/_lab/at?time=1999-01-01T00:00:00Z",
    ] {
        assert_eq!(visitor.get(path).await.0, StatusCode::BAD_REQUEST, "{path}");
    }
    assert_eq!(visitor.get("/_lab/hurt").await.0, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(
        visitor.get("/shop/check?cluster=no--such").await.0,
        StatusCode::NOT_FOUND
    );
    for body in [&b"\xff\xfe\x00"[..], b"Action=%00%01<x>", b"", b"&&&==="] {
        let reply = visitor
            .client
            .post(visitor.url("/"))
            .body(body.to_vec())
            .send()
            .await
            .unwrap();
        assert_eq!(reply.status(), 400);
        assert!(reply.text().await.unwrap().contains("<ErrorResponse"));
    }
}

#[tokio::test]
async fn the_scenarios_credentials_are_asked_for() {
    let visitor = visit("[credentials]\naccess_key_id = \"AKIDDRILL\"\nexpire_after_s = 900");
    let ask = async |key: &str| {
        let value =
            format!("AWS4-HMAC-SHA256 Credential={key}/20240517/us-east-1/rds/aws4_request, Signature=x");
        let request = visitor
            .client
            .post(visitor.url("/"))
            .header("authorization", value)
            .body(LIST);
        text(request.send().await).await
    };
    assert_eq!(ask("AKIDDRILL").await.0, 200);
    assert!(ask("AKIDOTHER").await.1.contains("InvalidClientTokenId"));
    assert!(
        text(visitor.api(LIST).await)
            .await
            .1
            .contains("InvalidClientTokenId")
    );
    visitor.advance(901).await;
    assert!(ask("AKIDDRILL").await.1.contains("ExpiredToken"));
}

#[tokio::test]
async fn three_days_pass_in_well_under_a_second_each() {
    let visitor = visit("[[cluster]]\nwindow_s = 259200");
    for _ in 0..3 {
        visitor.advance(86_400).await;
    }
    let cluster = visitor.cluster().await;
    assert!(cluster["orders"].as_u64().unwrap() > 3 * 86_400, "{cluster}");
}
