//! Rules of live clusters. The truth table of whole clusters is in the suite.

mod figures;
mod helps;
mod lists;
mod windows;

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::*;
use crate::domain::known::Known;
use crate::domain::posture::{Verdict, Warning};

fn now() -> DateTime<Utc> {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

pub(super) fn cluster(window_s: i64, reach_s: i64, age_s: i64) -> LiveCluster {
    LiveCluster {
        profile: None,
        region: "us-east-1".to_owned(),
        id: "orders".to_owned(),
        arn: "arn:aws:rds:us-east-1:123456789012:cluster:orders".to_owned(),
        engine: Some("aurora-mysql".to_owned()),
        engine_version: None,
        engine_mode: None,
        status: Some("available".to_owned()),
        created: Some(now() - TimeDelta::seconds(age_s)),
        window_s: Some(window_s),
        earliest: Some(now() - TimeDelta::seconds(reach_s)),
        change_records: None,
        members: Some(vec![
            LiveMember {
                id: "orders-1".to_owned(),
                writer: Some(true),
            },
            LiveMember {
                id: "orders-2".to_owned(),
                writer: Some(false),
            },
        ]),
        parameter_group: Some("default.aurora-mysql8.0".to_owned()),
        clone_group: None,
        global_cluster: None,
        replication_source: None,
        replicas: Vec::new(),
        subnet_group: Some("private".to_owned()),
        security_groups: vec!["sg-1".to_owned(), "sg-2".to_owned()],
        kms_key: None,
        tags: Some(BTreeMap::new()),
    }
}

fn judged(cluster: &LiveCluster, around: &Around, policy: &Policy) -> Row {
    row(cluster, around, &Neighbours::default(), policy, now())
}

/// Lists in which the cluster was upgraded so long ago.
fn upgraded(ago_s: i64) -> Around {
    Around {
        upgrades: Known::Known([("orders".to_owned(), now() - TimeDelta::seconds(ago_s))].into()),
        ..quiet()
    }
}

/// Lists that were read, and say nothing.
fn quiet() -> Around {
    Around {
        globals: Known::Known(BTreeMap::new()),
        upgrades: Known::Known(BTreeMap::new()),
        ..Around::unasked("not asked")
    }
}
