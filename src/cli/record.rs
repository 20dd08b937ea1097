//! `record`: keeps what the probes see now, for `expect = "recorded"`.

use std::collections::BTreeMap;

use super::args::{Global, Output, RecordArgs};
use super::database::server;
use super::desk::{self, Desk};
use super::failure::Failure;
use super::first_look::aloud;
use super::holds::{Wanted, lock_key, refusal};
use super::opening::{self, hold, read_runbook};
use super::past::Past;
use super::{person, print};
use crate::domain::runbook::{Expect, Sql};
use crate::domain::target::wire;
use crate::journal::{Holder, RecordedAnswer, RecordedAnswers};
use crate::ports::ClusterReads as _;
use crate::sql::key;

/// Keeps all, or nothing.
pub async fn record(global: &Global, args: &RecordArgs) -> Result<u8, Failure> {
    super::run::lab_name(global, &args.cluster)?;
    let source = read_runbook(Some(&args.runbook))?;
    let statements: Vec<(&str, &Sql)> = source
        .runbook
        .statements()
        .filter(|(_, sql)| sql.expect == Expect::Recorded)
        .collect();
    if statements.is_empty() {
        return Err(Failure::usage(format!(
            "{} holds no check with expect = \"recorded\": there is nothing to record",
            args.runbook.display()
        )));
    }
    let store = desk::store(global)?;
    let desk = Desk::sit(desk::access(global), false).await?;
    let look = aloud(desk.reads.look(&args.cluster)).await.map_err(|failure| {
        Failure::unreadable(format!(
            "the cluster {} could not be read: {}",
            args.cluster, failure.message
        ))
        .touched("nothing was recorded; the cluster was not touched")
        .next(format!("backtrackctl status {}", args.cluster))
    })?;
    let wanted = Wanted {
        cluster: &args.cluster,
        access: &desk.access,
        identity: Some(&look.identity),
    };
    // What a run compares with does not change under it.
    let who = person::person(false);
    let holder = Holder::here(opening::new_id(&desk), who.os_user, desk.clock.local());
    let lock = hold(&store, &wanted, &holder)?;
    let past = Past::read(store.archive(), &wanted, desk.mode, &holder.run)?;
    if !past.holding.is_empty() {
        return Err(refusal(&wanted, &past.holding));
    }
    let door = desk.door(&args.cluster);
    let Some(settings) = source.runbook.database.as_ref() else {
        return Err(Failure::usage("expected [database] in the runbook, got none"));
    };
    let Some(server) = server(Some(settings), &desk.access, &door, BTreeMap::new()) else {
        return Err(Failure::usage("expected [database] in the runbook, got none"));
    };
    let at = desk.clock.service();
    let mut answers = RecordedAnswers::new();
    for (name, sql) in &statements {
        let kept = server.record(sql, at).await.map_err(|why| {
            Failure::unreadable(format!("`{name}` could not be asked: {why}"))
                .touched(
                    "nothing was recorded, and what was recorded before stands; the cluster was not touched",
                )
                .next("see [database] and the statement in the runbook, then the same command again")
        })?;
        let answer = RecordedAnswer {
            digest: kept.digest,
            shown: kept.shown,
            at: kept.at,
        };
        answers.insert(key(settings, sql), answer);
    }
    let before = store
        .archive()
        .recorded(&lock_key(&wanted))
        .map_err(|error| Failure::unreadable(format!("what was recorded before cannot be read: {error}")))?;
    let told: Vec<(&str, RecordedAnswer, Option<RecordedAnswer>)> = statements
        .iter()
        .filter_map(|(name, sql)| {
            let key = key(settings, sql);
            Some((*name, answers.get(&key)?.clone(), before.get(&key).cloned()))
        })
        .collect();
    let path = store
        .archive()
        .keep(&lock_key(&wanted), answers)
        .map_err(|error| {
            Failure::refused(format!("what was asked could not be kept: {error}"))
                .touched("nothing was recorded; the cluster was not touched")
                .next("make room on the disk of the journal, then the same command again")
        })?;
    drop(lock);
    match global.output {
        Output::Json => {
            for (name, now, before) in told {
                let line = serde_json::json!({
                    "kind": "recorded", "probe": name, "answer": now.shown, "at": at, "replaced": before,
                });
                print::line(&line.to_string());
            }
        }
        Output::Text => {
            for (name, now, before) in told {
                // Whoever records after the damage must see that the good answer goes.
                let replaced = before
                    .map(|before| format!(" (replaces {}, recorded at {})", before.shown, wire(before.at)));
                print::words(&format!("{name}: {}{}", now.shown, replaced.unwrap_or_default()));
            }
            print::words(&format!("Recorded at {} in {}.", wire(at), path.display()));
        }
    }
    Ok(0)
}
