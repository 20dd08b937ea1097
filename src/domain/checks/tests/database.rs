//! Rules on the database.

use super::{Bench, Stage, blocks, of, passes, warns};
use crate::domain::database::DatabaseLook;
use crate::domain::finding::Finding;
use crate::domain::inspection::Recorded;
use crate::domain::known::Known;
use crate::domain::runbook::{Check, Database, Expect, Password, Probe, Sql, Trust};

fn look() -> DatabaseLook {
    DatabaseLook {
        version: "8.0.39".to_owned(),
        tls: Some("TLS_AES_128_GCM_SHA256".to_owned()),
        server_id: None,
        read_only: false,
        sessions: Known::Known(0),
        events: Known::Known(Vec::new()),
        denied: Vec::new(),
        next_ids: Vec::new(),
    }
}

/// A finding on a runbook that looks for quiet and probes by SQL.
fn on(rule: &str, change: impl FnOnce(&mut Bench, &mut DatabaseLook)) -> Finding {
    of(rule, |bench| {
        bench.plan.runbook.database = Some(Database {
            user: "me".to_owned(),
            password: Password::Managed,
            schema: None,
            ca: Trust::Rds,
            keep: Vec::new(),
            host: None,
            port: None,
        });
        bench.plan.runbook.pause[0].paused = Some(Check::Quiet {
            apart_s: 5,
            timeout_s: 60,
        });
        let mut look = look();
        change(bench, &mut look);
        if bench.inspection.database.is_none() {
            bench.inspection.database = Some(Known::Known(look));
        }
    })
}

#[test]
fn a_database_that_cannot_be_asked_blocks_only_where_it_is_needed() {
    passes(
        &on("database", |_, _| {}),
        "SQL is answered by 8.0.39, TLS with TLS_AES_128_GCM_SHA256",
    );
    let unknown = |bench: &mut Bench| bench.inspection.database = Some(Known::Unknown("no login".to_owned()));
    let needed = on("database", |bench, _| unknown(bench));
    assert!(
        needed.message.contains("no login") && needed.severity == crate::domain::finding::Severity::Block
    );
    let idle = on("database", |bench, _| {
        bench.plan.runbook.pause[0].paused = None;
        unknown(bench);
    });
    warns(&idle, "not known: no login");
    let denied = on("database", |_, look| {
        look.denied = vec!["`rows`: 1142".to_owned()];
    });
    blocks(
        &denied,
        "what the runbook asks would not be answered: `rows`: 1142",
        "",
    );
}

#[test]
fn another_clusters_instance_and_a_reader_block() {
    let member = |id: &str| {
        let id = id.to_owned();
        on("database_writer", |bench, look| {
            bench.inspection.cluster.members[0].id = "db-1".to_owned();
            look.server_id = Some(id);
        })
    };
    passes(&member("DB-1"), "SQL is answered by the instance DB-1");
    blocks(
        &member("db-9"),
        "SQL is answered by the instance db-9, which is not a member of this cluster",
        "",
    );
    let reader = on("database_writer", |_, look| look.read_only = true);
    assert_eq!(reader.severity, crate::domain::finding::Severity::Block);
}

#[test]
fn sessions_and_events_that_are_not_shown_block_where_they_are_minded() {
    for rule in ["sessions", "event_scheduler"] {
        let hidden = |minded: bool| {
            on(rule, |bench, look| {
                look.sessions = Known::Unknown("GRANT PROCESS".to_owned());
                look.events = Known::Unknown("GRANT EVENT".to_owned());
                if !minded {
                    bench.plan.runbook.pause[0].paused = None;
                }
            })
        };
        assert_eq!(
            hidden(true).severity,
            crate::domain::finding::Severity::Block,
            "{rule}"
        );
        assert_eq!(
            hidden(false).severity,
            crate::domain::finding::Severity::Warn,
            "{rule}"
        );
    }
}

#[test]
fn an_enabled_event_is_warned_of_first_and_blocks_once_the_application_is_paused() {
    let at = |stage: Stage| {
        on("event_scheduler", |bench, look| {
            bench.stage = stage;
            look.events = Known::Known(vec!["shop.nightly".to_owned()]);
        })
    };
    warns(&at(Stage::Preflight), "events write by themselves: shop.nightly");
    for stage in [Stage::Validation, Stage::Request] {
        blocks(&at(stage), "events write by themselves: shop.nightly", "");
    }
}

#[test]
fn what_was_never_recorded_blocks_and_what_was_recorded_too_late_is_warned_of() {
    let kept = |at: Option<&str>| {
        let at = at.map(|at| at.parse().unwrap());
        on("recorded", |bench, _| {
            let sql = Sql {
                query: "SELECT 1".to_owned(),
                expect: Expect::Recorded,
                timeout_s: 1,
            };
            bench.plan.runbook.probes = vec![Probe {
                name: "rows".to_owned(),
                check: Check::Sql(sql),
            }];
            bench.inspection.surroundings.recorded = vec![Recorded {
                probe: "rows".to_owned(),
                at,
            }];
        })
    };
    let none = kept(None);
    assert_eq!(none.severity, crate::domain::finding::Severity::Block);
    assert!(
        none.message
            .contains("nothing was recorded for rows: backtrackctl record"),
        "{none:?}"
    );
    passes(
        &kept(Some("2020-01-01T00:00:00Z")),
        "recorded at 2020-01-01T00:00:00Z",
    );
    warns(
        &kept(Some("2026-11-20T02:20:00Z")),
        "recorded at 2026-11-20T02:20:00Z, after the target: what was recorded may hold the damage",
    );
}
