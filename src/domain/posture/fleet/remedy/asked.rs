//! What helps against what a policy finds.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

use super::Step;
use super::cli::{command, id, resource, widen};
use super::ready::ready;
use crate::domain::known::Known;
use crate::domain::posture::Warning;
use crate::domain::posture::fleet::{AlarmMetric, AlarmState, Row};
use crate::domain::shell::word;

/// The tag that is missing.
pub(in super::super) fn tag(row: &Row, key: &str) -> Vec<Step> {
    let cluster = &row.cluster;
    vec![Step::run(
        "give it the tag",
        format!(
            "{} --resource-name {} --tags {}",
            command(cluster, "rds add-tags-to-resource"),
            word(resource(cluster)),
            word(&format!("Key={key},Value=VALUE"))
        ),
    )]
}

/// The alarm that is missing, or tells nobody.
pub(in super::super) fn alarm(row: &Row, metric: AlarmMetric, state: AlarmState) -> Vec<Step> {
    let cluster = &row.cluster;
    let instead = match state {
        AlarmState::Silent => "; by the name of the one that tells nobody it takes its place",
        AlarmState::Missing | AlarmState::Acting => "",
    };
    let (why, when) = match metric {
        AlarmMetric::Alert => (
            "",
            "--statistic Sum --threshold 0 --comparison-operator GreaterThanThreshold",
        ),
        AlarmMetric::Actual => (
            ". Look at the metric before: AWS documents it as the window itself, and elsewhere as what is missing of it, for which \
             the alarm goes by Maximum and GreaterThanThreshold",
            "--statistic Minimum --threshold MINUTES --comparison-operator LessThanThreshold",
        ),
    };
    let writer = cluster.writer().map_or("WRITER", |writer| &writer.id);
    vec![Step::run(
        format!("make one with an action{instead}{why}"),
        format!(
            "{} --alarm-name {} --namespace AWS/RDS --metric-name {name} --dimensions {} {when} --period 300 \
             --evaluation-periods 1 --alarm-actions ACTION_ARN",
            command(cluster, "cloudwatch put-metric-alarm"),
            word(&format!("{}-{}", id(cluster), metric.as_str())),
            word(&format!("Name=DBInstanceIdentifier,Value={writer}")),
            name = metric.as_str()
        ),
    )]
}

/// A wider window where less was asked for; else what lets AWS keep more of it.
pub(in super::super) fn hours(row: &Row, least_s: i64, now: DateTime<Utc>) -> Vec<Step> {
    let reach = &row.reach;
    if reach.target_s.unwrap_or_default() < least_s {
        let mut steps = ready(&row.cluster);
        steps.push(Step::run("ask for more", widen(&row.cluster, least_s)));
        return steps;
    }
    if reach.reaches(least_s).is_none() {
        return Vec::new();
    }
    let upgraded = match row.upgraded {
        Known::Known(upgraded) => upgraded,
        Known::Unknown(_) => None,
    };
    let begun = row.cluster.created.max(upgraded);
    let full = begun.and_then(|begun| begun.checked_add_signed(TimeDelta::try_seconds(least_s)?));
    let mut steps = Vec::new();
    if let Some(full) = full.filter(|full| *full > now) {
        steps.push(Step::say(format!(
            "wait while it fills: nothing is to be modified, and it cannot reach so far before {}",
            full.to_rfc3339_opts(SecondsFormat::Secs, true)
        )));
    }
    if steps.is_empty() || reach.warnings.contains(&Warning::ActualShorterThanTarget) {
        steps.push(Step::say(
            "write less: what was asked for is enough and nothing is to be modified, but AWS keeps only what its change records \
             have room for",
        ));
    }
    steps
}
