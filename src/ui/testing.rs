//! What the tests of this layer share: styles, instants, and one incident.

mod incident;

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

pub(crate) use incident::{debts, every_kind, findings, outcome, waiting};

use super::style::{Device, Follow, Style};
use crate::domain::event::{ReadFailure, ReadFailureKind, Rejection, Reply};
use crate::domain::identity::Identity;
use crate::domain::mode::Mode;
use crate::domain::notice::{Notice, NoticeKind, SCHEMA};
use crate::domain::phase::Phase;
use crate::domain::receipt::Receipt;
use crate::domain::target::Direction;
use crate::domain::verification::{Verification, Verified};

/// A terminal without colour.
pub(crate) fn screen(width: usize) -> Style {
    Style {
        width,
        follow: Follow::Nothing,
        colour: false,
        marks: true,
        device: Device::Screen,
        verbose: false,
        mode: Mode::Live,
    }
}

/// A pipe.
pub(crate) fn stream() -> Style {
    Style {
        width: Style::UNBOUNDED,
        device: Device::Stream,
        ..screen(80)
    }
}

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// From the form of journal and notices: some types are built by the domain alone.
fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

pub(crate) fn notice(kind: NoticeKind) -> Notice {
    let run = Some(read(json!("20261120-023108-00ab12")));
    Notice {
        schema: SCHEMA,
        at: at("2026-11-20T02:31:49.250Z"),
        run,
        mode: Mode::Live,
        phase: Phase::Preflight,
        kind,
    }
}

pub(crate) fn identity() -> Identity {
    Identity {
        account: "123456789012".to_owned(),
        caller: "arn:aws:sts::123456789012:assumed-role/DatabaseOnCall/ciara.byrne@shop.example".to_owned(),
        region: "eu-west-1".to_owned(),
        endpoint: "https://rds.eu-west-1.amazonaws.com".to_owned(),
        cluster: "shop-prod".to_owned(),
        resource_id: "cluster-4XQ7P2LJ5WQGKTB3HF6A2UYZ7M".to_owned(),
    }
}

/// The rewind of 17 min 03 s; with another hop and direction where a test wants one.
pub(crate) fn receipt(hop: u32, direction: Direction) -> Receipt {
    read(json!({
        "hop": hop,
        "identity": identity(),
        "target": {"instant": "2026-11-20T02:14:05Z", "direction": direction, "window": window()},
        "present": if direction == Direction::Rewind { "2026-11-20T02:31:08Z" } else { "2026-11-20T01:57:02Z" },
        "observed": "2026-11-20T02:31:08Z",
        "span_s": 1023,
        "minutes": 18,
        "possible_until": "2026-11-21T02:12:05Z",
    }))
}

pub(crate) fn window() -> Value {
    json!({"earliest": "2026-11-19T02:33:08Z", "latest": "2026-11-20T02:31:08Z", "observed": "2026-11-20T02:31:08Z"})
}

pub(crate) fn verification(passed: bool) -> Verification {
    let verified = |name: &str, passed, message: &str| Verified {
        name: name.to_owned(),
        passed,
        message: message.to_owned(),
    };
    Verification {
        results: vec![
            verified(
                "effective time",
                true,
                "expected 2026-11-20 02:14:05Z, got 2026-11-20 02:14:05Z",
            ),
            verified(
                "orders are there",
                passed,
                if passed {
                    "expected more than 0, got 48211"
                } else {
                    "expected more than 0, got 0"
                },
            ),
            verified("checkout answers", true, "GET https://shop.example/health: 200"),
        ],
        next_ids: Vec::new(),
    }
}

pub(crate) fn failure() -> ReadFailure {
    ReadFailure {
        action: "DescribeDBClusters".to_owned(),
        kind: ReadFailureKind::Transport,
        code: None,
        message: "operation timed out after 5 s".to_owned(),
        request_id: None,
    }
}

pub(crate) fn rejected() -> Reply {
    Reply::Rejected {
        code: "InvalidDBClusterStateFault".to_owned(),
        message: "DB cluster is not available for backtrack.".to_owned(),
        request_id: Some("7f2c9a54-0d2b-4c39-b1a5-55c9a7e0c1f2".to_owned()),
        kind: Rejection::Final,
    }
}
