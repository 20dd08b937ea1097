//! What the tests of the domain begin with: a plan, a cluster in order, and instants with names.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::backtrack::{BacktrackRecord, BacktrackStatus};
use super::cluster::{Cluster, Member};
use super::identity::{Identity, Person};
use super::inspection::{Inspection, Surroundings};
use super::known::Known;
use super::mode::Mode;
use super::plan::{Access, Plan};
use super::run_id::RunId;
use super::runbook::{Check, Command, PauseItem, Policy, Runbook, Step, Wording};
use super::target::wire;
use super::time_text::TimeText;

/// The service's time when a story begins: 2026-11-20T02:31:08Z.
pub const BEGIN: DateTime<Utc> = second(1_795_141_868);
/// The instant asked for first: 2026-11-20T02:14:05Z.
pub const TARGET: DateTime<Utc> = second(1_795_140_845);
/// Between the target and the beginning, a way forward after the first rewind: 2026-11-20T02:20:00Z.
pub const LATER: DateTime<Utc> = second(1_795_141_200);

const fn second(timestamp: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(timestamp, 0).unwrap()
}

/// So many seconds after the beginning.
pub fn after(seconds: i64) -> DateTime<Utc> {
    BEGIN + TimeDelta::seconds(seconds)
}

pub fn typed(instant: DateTime<Utc>) -> TimeText {
    TimeText::parse(&wire(instant), None).unwrap()
}

pub fn person(attended: bool) -> Person {
    Person {
        os_user: "dba".to_owned(),
        host: "desk".to_owned(),
        terminal: attended.then(|| "/dev/tty".to_owned()),
        pid: 1,
    }
}

/// A live run, with a person present, that pauses `web` (no probes) and `jobs` (probed both ways).
pub fn plan() -> Plan {
    let command = |word: &str| Command {
        argv: vec![word.to_owned()],
        timeout_s: 5,
        env: BTreeMap::default(),
    };
    let step = |word: &str| Step::Command(command(word));
    let probe = |word: &str| Some(Check::Command(command(word)));
    let item = |name: &str, paused, resumed| PauseItem {
        name: name.to_owned(),
        pause: step("stop"),
        paused,
        resume: step("start"),
        resumed,
    };
    Plan {
        run: RunId::new(BEGIN, 1),
        program: "0".to_owned(),
        mode: Mode::Live,
        cluster: "orders".to_owned(),
        typed_at: BEGIN,
        goal: typed(TARGET),
        runbook: Runbook {
            name: "orders".to_owned(),
            description: None,
            policy: Policy {
                margin_s: 120,
                greatest_discard_s: None,
                settling_s: 60,
                patience_s: 3600,
                tolerance_s: 1,
                freeze: Vec::new(),
            },
            database: None,
            pause: vec![
                item("web", None, None),
                item("jobs", probe("stopped"), probe("running")),
            ],
            probes: Vec::new(),
            wording: Wording::default(),
        },
        runbook_path: None,
        runbook_digest: String::new(),
        hold: false,
        force: false,
        without_copy: false,
        located: None,
        search: None,
        reason: None,
        access: Access::default(),
        identity: None,
        by: person(true),
    }
}

pub fn identity() -> Identity {
    Identity {
        account: "111122223333".to_owned(),
        caller: "arn:aws:iam::111122223333:user/dba".to_owned(),
        region: "eu-west-1".to_owned(),
        endpoint: "https://rds.eu-west-1.amazonaws.com".to_owned(),
        cluster: "orders".to_owned(),
        resource_id: "cluster-ORDERS".to_owned(),
    }
}

pub fn member(id: &str, writer: bool, status: &str) -> Member {
    Member {
        id: id.to_owned(),
        writer,
        status: status.to_owned(),
    }
}

/// A writer and a reader, both available.
pub fn members() -> Vec<Member> {
    vec![
        member("writer-1", true, "available"),
        member("reader-1", false, "available"),
    ]
}

/// A look at a cluster of which nothing is wrong, at `service_now`.
pub fn inspection(service_now: DateTime<Utc>) -> Inspection {
    Inspection {
        service_now,
        skew_ms: Some(0),
        identity: identity(),
        cluster: Cluster {
            id: "orders".to_owned(),
            arn: "arn:aws:rds:eu-west-1:111122223333:cluster:orders".to_owned(),
            resource_id: "cluster-ORDERS".to_owned(),
            engine: "aurora-mysql".to_owned(),
            engine_version: "8.0.mysql_aurora.3.08.0".to_owned(),
            engine_mode: "provisioned".to_owned(),
            status: "available".to_owned(),
            created: Some(after(-30 * 86_400)),
            window_s: 86_400,
            earliest: Some(after(-86_400)),
            global_cluster: None,
            replication_source: None,
            read_replicas: Vec::new(),
            clone_group: None,
            parameter_group: None,
            least_capacity: None,
            change_records: None,
            subnet_group: Some("private".to_owned()),
            security_groups: vec!["sg-1".to_owned(), "sg-2".to_owned()],
            backup_window: Some("12:00-12:30".to_owned()),
            maintenance_window: Some("sat:12:00-sat:12:30".to_owned()),
            managed_secret: false,
            secret_arn: None,
            pending_changes: false,
            members: members(),
        },
        records: Vec::new(),
        binlog_format: Known::Known("OFF".to_owned()),
        enhanced_binlog: Some(Known::Known(false)),
        global_listed: Some(Known::Known(None)),
        upgrades: Known::Known(Vec::new()),
        blue_green: Known::Known(Vec::new()),
        pending_maintenance: Known::Known(Vec::new()),
        credentials_end: Known::Known(None),
        secret_rotated: None,
        window_metrics: None,
        opened: Vec::new(),
        copy_gone: None,
        database: None,
        surroundings: Surroundings {
            attended: true,
            missing: Vec::new(),
            other_runs: Vec::new(),
            recorded: Vec::new(),
            journal: "/var/lib/backtrackctl".to_owned(),
            utc_offset_s: 0,
            copy_usual_s: None,
        },
    }
}

/// A backtrack as AWS lists it; it left the present of the beginning.
pub fn record(
    id: &str,
    to: DateTime<Utc>,
    created: DateTime<Utc>,
    status: BacktrackStatus,
) -> BacktrackRecord {
    BacktrackRecord {
        id: id.to_owned(),
        to: Some(to),
        from: Some(BEGIN),
        created: Some(created),
        status,
    }
}
