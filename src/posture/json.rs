//! Lines of JSON: a cluster, a Region, the figures. Null is not known; a key is never left out.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};

use crate::domain::known::Known;
use crate::domain::posture::fleet::{Kpi, LiveCluster, Money, Reading, Row, Share, on_a_line, peer_rules};

/// `kind: "cluster"`.
pub fn cluster(row: &Row) -> Value {
    let cluster = &row.cluster;
    let mut line = object(json!({
        "kind": "cluster",
        "region": cluster.region,
        "cluster": cluster.id,
        "verdict": row.verdict.as_str(),
        "target_s": row.reach.target_s,
        "actual_s": row.reach.actual_s,
        "rewindable_now": row.rewindable_now,
        "warnings": row.warnings.iter().map(|warning| warning.as_str()).collect::<Vec<_>>(),
        "reason": row.reason,
        "why_not": row.why_not,
        "remedy": row.remedy.as_ref().map(ToString::to_string),
        "findings": findings(row),
        "peer_rules": peer_rules(cluster),
    }));
    line.extend(object(described(cluster)));
    line.extend(object(surroundings(row)));
    Value::Object(line)
}

fn findings(row: &Row) -> Vec<Value> {
    let finding = row.findings.iter().map(|finding| {
        json!({
            "rule": finding.rule,
            "decided": finding.decided,
            "message": finding.message,
            "remedy": Some(on_a_line(&finding.remedy)).filter(|line| !line.is_empty()),
        })
    });
    finding.collect()
}

fn described(cluster: &LiveCluster) -> Value {
    json!({
        "profile": cluster.profile,
        "account": cluster.account(),
        "arn": Some(&cluster.arn).filter(|arn| !arn.is_empty()),
        "engine": cluster.engine,
        "engine_version": cluster.engine_version,
        "engine_mode": cluster.engine_mode,
        "status": cluster.status,
        "created": cluster.created.map(stamp),
        "earliest": cluster.earliest.map(stamp),
        "members": cluster.members.as_ref().map(Vec::len),
        "writer": cluster.writer().map(|writer| &writer.id),
        "parameter_group": cluster.parameter_group,
        "clone_group": cluster.clone_group,
        "replicates": cluster.replicates(),
        "change_records": cluster.change_records,
    })
}

fn surroundings(row: &Row) -> Value {
    let unknown: Map<String, Value> = row
        .unknown
        .iter()
        .map(|(name, why)| ((*name).to_owned(), json!(why)))
        .collect();
    json!({
        "usable_s": row.reach.usable_s,
        "age_s": row.reach.age_s,
        "needs_force": row.needs_force.value(),
        "global_cluster": row.global,
        "upgraded": flat(&row.upgraded).map(stamp),
        "alarms": row.alarms.value().map(|alarms| json!({
            "BacktrackWindowActual": alarms.actual.as_str(),
            "BacktrackWindowAlert": alarms.alert.as_str(),
        })),
        "owner": row.owner,
        "last_backtrack": row.last_backtrack.as_ref().and_then(flat).map(stamp),
        "cost_month_usd": row.cost.map(Money::dollars),
        "cost_month_72h_usd": row.cost_at_72h.map(Money::dollars),
        "unknown": unknown,
    })
}

/// `kind: "region"`: whether its list is whole, and what else could not be read of it.
pub fn region(reading: &Reading) -> Value {
    let around = &reading.around;
    let why = |known: Option<&String>| known.cloned();
    json!({
        "kind": "region",
        "region": reading.region,
        "profile": reading.profile,
        "clusters": reading.clusters.len(),
        "whole": reading.unread.is_none(),
        "error": reading.unread.as_ref().map(|failure| json!({
            "action": failure.action,
            "code": failure.code,
            "message": failure.message,
        })),
        "unknown": {
            "global": why(unknown(&around.globals)),
            "upgrades": why(unknown(&around.upgrades)),
            "alarms": why(unknown(&around.alarms)),
        },
    })
}

/// `kind: "kpi"`: the figures of everything that was read.
pub fn kpi(kpi: &Kpi, at: DateTime<Utc>) -> Value {
    json!({
        "kind": "kpi",
        "as_of": stamp(at),
        "clusters": kpi.clusters,
        "verdicts": kpi.verdicts,
        "coverage": share(kpi.coverage),
        "rewindable_now": share(kpi.now),
        "coverage_at_hours": {
            "hours": kpi.hours,
            "part": kpi.at_hours.part,
            "whole": kpi.at_hours.whole,
            "ratio": kpi.at_hours.ratio(),
            "unknown": kpi.reach_unknown,
        },
        "alarms": share(kpi.watched),
        "cost_month_usd": kpi.cost.map(Money::dollars),
        "cost_unknown": kpi.cost_unknown,
        "cost_month_72h_usd": kpi.cost_at_72h.map(Money::dollars),
        "cost_72h_of_usd": kpi.cost_of_those.map(Money::dollars),
        "cost_72h_unknown": kpi.cost_at_72h_unknown,
        "incidents": past(kpi, kpi.incidents),
        "recover_s": kpi.recover_s,
        "recovered": past(kpi, kpi.recovered),
        "drills": past(kpi, kpi.drills),
        "drill_recover_s": kpi.drill_recover_s,
        "impact_usd": kpi.impact.map(Money::dollars),
        "impact_unknown": past(kpi, kpi.impact_unknown),
        "window_needed_s": kpi.window_needed_s,
        "below_needed": kpi.below_needed,
        "below_needed_unknown": kpi.below_needed_unknown,
        "journals_unreadable": past(kpi, kpi.journals_unreadable.len()),
        "journals_error": kpi.journals_unlisted,
        "regions_unread": kpi.regions_unread,
    })
}

/// A count over journals: where they could not be listed it is not known, and not 0.
fn past(kpi: &Kpi, count: usize) -> Option<usize> {
    kpi.journals_unlisted.is_none().then_some(count)
}

fn share(share: Share) -> Value {
    json!({"part": share.part, "whole": share.whole, "ratio": share.ratio()})
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Map::new(),
    }
}

fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn flat<T: Copy>(known: &Known<Option<T>>) -> Option<T> {
    known.value().copied().flatten()
}

fn unknown<T>(known: &Known<T>) -> Option<&String> {
    match known {
        Known::Unknown(why) => Some(why),
        Known::Known(_) => None,
    }
}
