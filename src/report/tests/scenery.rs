//! The cluster, the runbook and the people of the reported runs.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::story::at;
use crate::domain::backtrack::{BacktrackRecord, BacktrackStatus};
use crate::domain::cluster::{Cluster, Member};
use crate::domain::identity::{Identity, Person};
use crate::domain::inspection::{Inspection, Surroundings};
use crate::domain::known::Known;
use crate::domain::mode::Mode;
use crate::domain::plan::{Access, Plan};
use crate::domain::runbook::{Check, Command, PauseItem, Policy, Runbook, Step, Wording};
use crate::domain::time_text::TimeText;

pub fn plan(mode: Mode) -> Plan {
    let lab = (mode == Mode::Drill).then(|| "http://127.0.0.1:4100".to_owned());
    Plan {
        run: "20261120-023000-4f2a9c".parse().unwrap(),
        program: "0.1.0".to_owned(),
        mode,
        cluster: cluster_id(mode).to_owned(),
        typed_at: "2026-11-20T02:31:00Z".parse().unwrap(),
        goal: TimeText::parse("2026-11-20T02:14:05Z", None).unwrap(),
        runbook: runbook(),
        runbook_path: Some("orders.toml".to_owned()),
        runbook_digest: "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae".to_owned(),
        hold: false,
        force: false,
        without_copy: false,
        located: None,
        search: None,
        reason: Some("DELETE without WHERE at 02:14:06".to_owned()),
        access: Access {
            region: Some("eu-west-1".to_owned()),
            lab,
            ..Access::default()
        },
        identity: None,
        by: Person {
            os_user: "alice".to_owned(),
            host: "bastion".to_owned(),
            terminal: Some("/dev/pts/3".to_owned()),
            pid: 4242,
        },
    }
}

fn cluster_id(mode: Mode) -> &'static str {
    match mode {
        Mode::Live | Mode::Rehearsal => "orders-prod",
        Mode::Drill => "orders--lab",
    }
}

fn runbook() -> Runbook {
    let command = |argv: &[&str]| Command {
        argv: argv.iter().map(|&word| word.to_owned()).collect(),
        timeout_s: 60,
        env: BTreeMap::new(),
    };
    let http = |status| Check::Http {
        url: "https://shop.example/".to_owned(),
        status,
        contains: None,
        timeout_s: 10,
    };
    let by_hand = |instruction: &str| Step::Manual {
        instruction: instruction.to_owned(),
    };
    Runbook {
        name: "orders".to_owned(),
        description: None,
        policy: Policy::default(),
        database: None,
        pause: vec![
            PauseItem {
                name: "shop".to_owned(),
                pause: Step::Command(command(&["shopctl", "stop", "--token=abc"])),
                paused: Some(http(503)),
                resume: Step::Command(command(&["shopctl", "start", "--token=abc"])),
                resumed: Some(http(200)),
            },
            PauseItem {
                name: "importer".to_owned(),
                pause: by_hand("stop the importer"),
                paused: None,
                resume: by_hand("start the importer"),
                resumed: None,
            },
        ],
        probes: Vec::new(),
        wording: Wording::default(),
    }
}

pub fn record(id: &str, to: &str, from: Option<&str>, status: BacktrackStatus) -> BacktrackRecord {
    let created = Some(at("2026-11-20T02:31:26.412Z"));
    BacktrackRecord {
        id: id.to_owned(),
        to: Some(at(to)),
        from: from.map(at),
        created,
        status,
    }
}

pub fn member(id: &str, writer: bool) -> Member {
    Member {
        id: id.to_owned(),
        writer,
        status: "available".to_owned(),
    }
}

pub fn inspection(now: DateTime<Utc>, plan: &Plan, records: Vec<BacktrackRecord>) -> Inspection {
    let none = || Known::Known(Vec::new());
    Inspection {
        service_now: now,
        skew_ms: Some(120),
        identity: Identity {
            account: "123456789012".to_owned(),
            caller: "arn:aws:sts::123456789012:assumed-role/DBA/alice".to_owned(),
            region: "eu-west-1".to_owned(),
            endpoint: "https://rds.eu-west-1.amazonaws.com".to_owned(),
            cluster: plan.cluster.clone(),
            resource_id: "cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ".to_owned(),
        },
        cluster: cluster(&plan.cluster, now),
        records,
        binlog_format: Known::Known("OFF".to_owned()),
        enhanced_binlog: Some(Known::Known(false)),
        global_listed: Some(Known::Known(None)),
        upgrades: Known::Known(Vec::new()),
        blue_green: none(),
        pending_maintenance: none(),
        credentials_end: Known::Known(None),
        secret_rotated: None,
        window_metrics: None,
        opened: Vec::new(),
        copy_gone: None,
        database: None,
        surroundings: Surroundings {
            attended: plan.by.terminal.is_some(),
            ..Surroundings::default()
        },
    }
}

fn cluster(id: &str, now: DateTime<Utc>) -> Cluster {
    Cluster {
        id: id.to_owned(),
        arn: String::new(),
        resource_id: "cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ".to_owned(),
        engine: "aurora-mysql".to_owned(),
        engine_version: "8.0.mysql_aurora.3.07.1".to_owned(),
        engine_mode: "provisioned".to_owned(),
        status: "available".to_owned(),
        created: Some(now - TimeDelta::days(30)),
        window_s: 86_400,
        earliest: Some(now - TimeDelta::hours(24)),
        global_cluster: None,
        replication_source: None,
        read_replicas: Vec::new(),
        clone_group: None,
        parameter_group: None,
        least_capacity: None,
        change_records: None,
        subnet_group: None,
        security_groups: Vec::new(),
        backup_window: Some("03:00-03:30".to_owned()),
        maintenance_window: None,
        managed_secret: false,
        secret_arn: None,
        pending_changes: false,
        members: vec![member("orders-1", true), member("orders-2", false)],
    }
}
