//! `status`: what could be reached right now, what is under way, what was done before. Changes nothing.

use chrono::SecondsFormat;

use super::args::{Global, Output, StatusArgs};
use super::desk::{self, Desk};
use super::failure::Failure;
use super::first_look::aloud;
use super::history::{Row, rows};
use super::print;
use super::voice::{same_journal, style};
use crate::domain::backtrack::BacktrackRecord;
use crate::domain::known::Known;
use crate::domain::lineage::{Hole, Lineage, Untimed};
use crate::domain::mode::Mode;
use crate::domain::posture::fleet::Money;
use crate::domain::target::wire;
use crate::domain::time_text::span;
use crate::ports::{ClusterReads, Look};
use crate::ui::table;

/// Shows it.
pub async fn status(global: &Global, args: &StatusArgs) -> Result<u8, Failure> {
    let desk = Desk::sit(desk::access(global), false).await?;
    let look = aloud(desk.reads.look(&args.cluster)).await.map_err(|failure| {
        Failure::refused(failure.to_string()).next("check the cluster's id, the Region and the profile")
    })?;
    let runs = rows(
        &desk::archive(global)?,
        Some(&args.cluster),
        &same_journal(global),
    )?;
    let now = desk.clock.service();
    match global.output {
        Output::Json => print::line(&json(&look, &runs, now).to_string()),
        Output::Text => {
            let unfinished = super::history::unfinished(&runs);
            for line in unfinished.iter().chain(&text(&look, now)) {
                print::words(line);
            }
            let style = style(global, Mode::Live);
            if !look.records.is_empty() {
                print::words("\nBacktracks that AWS lists:");
                print::words(&table(
                    &["id", "status", "when, from where, to where"],
                    &records(&look.records),
                    style.width,
                ));
            }
            if !runs.is_empty() {
                print::words("\nRuns in the journal:");
                print::words(&super::history::text(&runs, style.width));
            }
        }
    }
    Ok(0)
}

fn text(look: &Look, now: chrono::DateTime<chrono::Utc>) -> Vec<String> {
    let cluster = &look.cluster;
    let identity = &look.identity;
    let window = window(look, now);
    let members: Vec<String> = cluster
        .members
        .iter()
        .map(|member| {
            format!(
                "{} {} ({})",
                if member.writer { "writer" } else { "reader" },
                member.id,
                member.status
            )
        })
        .collect();
    vec![
        format!("cluster    {} ({})", cluster.id, cluster.resource_id),
        format!("account    {}, {}", identity.account, identity.region),
        format!(
            "engine     {} {}, {}",
            cluster.engine, cluster.engine_version, cluster.engine_mode
        ),
        format!("status     {}", cluster.status),
        format!("members    {}", members.join(", ")),
        format!("window     {window}"),
        format!("discarded  {}", discarded(look)),
        format!("changes    {}", changes(look)),
        format!("global     {}", global(look)),
        format!("upgrades   {}", upgrades(look)),
        format!("now        {} by the service's clock", wire(now)),
    ]
}

fn window(look: &Look, now: chrono::DateTime<chrono::Utc>) -> String {
    let cluster = &look.cluster;
    match (cluster.window_s, cluster.earliest) {
        (..=0, None) if !cluster.is_aurora_mysql() => "none: only Aurora MySQL has Backtrack".to_owned(),
        (..=0, None) => "none: Backtrack is off, and modifying the cluster cannot turn it on".to_owned(),
        (..=0, Some(earliest)) => format!(
            "not known: AWS names an earliest backtrack time ({}) and no window",
            wire(earliest)
        ),
        (_, None) => format!("{}, and AWS names no earliest time", cluster.window()),
        (_, Some(earliest)) => format!(
            "{} asked for; reachable from {} ({})",
            cluster.window(),
            wire(earliest),
            span(chrono::TimeDelta::seconds((now - earliest).num_seconds()))
        ),
    }
}

fn global(look: &Look) -> String {
    match look.global_database() {
        Known::Known(Some(global)) => format!("a member of {global}: Backtrack does not work there"),
        Known::Known(None) => "no member of a global database".to_owned(),
        Known::Unknown(why) => format!("not known: {why}"),
    }
}

/// What of the window earlier backtracks took out of the data.
fn discarded(look: &Look) -> String {
    match holes(look) {
        Err(untimed) => format!("not known: {untimed}"),
        Ok(holes) if holes.is_empty() => "nothing that lies in the window".to_owned(),
        Ok(holes) => {
            let holes: Vec<String> = holes
                .iter()
                .map(|hole| format!("{} to {}", wire(hole.after), wire(hole.until)))
                .collect();
            format!(
                "{}: what a rewind to between would show is not known",
                holes.join(", ")
            )
        }
    }
}

/// Those that reach into the window.
fn holes(look: &Look) -> Result<Vec<Hole>, Untimed> {
    let mut holes = Lineage::of(&look.records)?.holes();
    holes.retain(|hole| look.cluster.earliest.is_none_or(|earliest| hole.until > earliest));
    Ok(holes)
}

/// What the window costs, and whether it holds.
fn changes(look: &Look) -> String {
    let stored = look.cluster.change_records.map_or_else(
        || "AWS tells no number of stored change records".to_owned(),
        |records| {
            let month = Money::month_of(records, Money::US_RATE).text();
            format!("{records} records stored, about ${month} a month at the US rate")
        },
    );
    match &look.window_metrics {
        None => stored,
        Some(Known::Unknown(why)) => format!("{stored}; how fast they come is not known: {why}"),
        Some(Known::Known(metrics)) => {
            let count = |count: Option<i64>| count.map_or("not known".to_owned(), |count| count.to_string());
            format!(
                "{stored}; {}; times that the window fell short in the past hour: {}",
                metrics
                    .rate()
                    .unwrap_or("how fast they come is not known".to_owned()),
                count(metrics.alerts)
            )
        }
    }
}

fn upgrades(look: &Look) -> String {
    match &look.upgrades {
        Known::Unknown(why) => format!("not known: {why}"),
        Known::Known(upgrades) => upgrades.iter().max().map_or_else(
            || "none in place in the past 14 days".to_owned(),
            |at| {
                format!(
                    "the last in place at {}: nothing before it can be reached",
                    wire(*at)
                )
            },
        ),
    }
}

fn records(records: &[BacktrackRecord]) -> Vec<Vec<String>> {
    let time = |at: Option<chrono::DateTime<chrono::Utc>>| at.map_or("unknown".to_owned(), wire);
    let mut sorted: Vec<&BacktrackRecord> = records.iter().collect();
    sorted.sort_by_key(|record| std::cmp::Reverse(record.created));
    sorted
        .iter()
        .map(|record| {
            vec![
                record.id.clone(),
                record.status.as_str().to_owned(),
                format!(
                    "at   {}\nfrom {}\nto   {}",
                    time(record.created),
                    time(record.from),
                    time(record.to)
                ),
            ]
        })
        .collect()
}

fn json(look: &Look, runs: &[Row], now: chrono::DateTime<chrono::Utc>) -> serde_json::Value {
    let millis = |at: chrono::DateTime<chrono::Utc>| at.to_rfc3339_opts(SecondsFormat::Millis, true);
    let cluster = &look.cluster;
    serde_json::json!({
        "kind": "status",
        "at": millis(now),
        "cluster": look.cluster.id,
        "identity": look.identity,
        "status": look.cluster.status,
        "members": look.cluster.members,
        // Where AWS names an earliest time, a window that it leaves out is not known to be none.
        "window_s": (cluster.window_s > 0 || cluster.earliest.is_none()).then_some(cluster.window_s),
        "earliest": look.cluster.earliest.map(millis),
        "change_records": look.cluster.change_records,
        "cost_month_usd": look.cluster.change_records.map(|records| {
            Money::month_of(records, Money::US_RATE).dollars()
        }),
        "window_metrics": look.window_metrics.as_ref().and_then(Known::value),
        "discarded": holes(look).ok().map(|holes| {
            let hole = |hole: &Hole| serde_json::json!({"after": millis(hole.after), "until": millis(hole.until)});
            holes.iter().map(hole).collect::<Vec<_>>()
        }),
        "global_cluster": look.global_database().value().copied().flatten(),
        "global_cluster_known": look.global_database().value().is_some(),
        "upgrades": look.upgrades.value(),
        "backtracks": look.records,
        "runs": runs,
    })
}
