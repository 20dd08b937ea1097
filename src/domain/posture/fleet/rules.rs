//! What a policy finds, and what rules of others would say of a cluster.

use chrono::{DateTime, SecondsFormat, Utc};

use super::alarms::AlarmState;
use super::live::LiveCluster;
use super::policy::Policy;
use super::remedy::{self, Step};
use super::row::Row;
use crate::domain::known::Known;
use crate::domain::posture::Verdict;

/// Why its tags are not known.
pub(super) const NO_TAGS: &str = "AWS left TagList out";

/// Something that the policy asks for and the cluster has not; or that cannot be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFinding {
    /// `least_hours`, `required_tag`, `required_alarm`.
    pub rule: &'static str,
    /// False where what was read does not decide it.
    pub decided: bool,
    /// The gap in few words: a rule's name says what is asked for, not what is missing.
    pub gap: String,
    /// Both values, as a fragment.
    pub message: String,
    /// What helps, and AWS accepts.
    pub remedy: Vec<Step>,
}

/// The rules of others that fail a cluster without a window, by their ids: Security Hub, AWS Config and cfn-guard, Checkov,
/// Control Tower, Prowler. They ask whether the window is above 0, and nothing else.
pub fn peer_rules(cluster: &LiveCluster) -> &'static [&'static str] {
    const PEERS: [&str; 5] = [
        "RDS.14",
        "AURORA_MYSQL_BACKTRACKING_ENABLED",
        "CKV_AWS_326",
        "CT.RDS.PR.6",
        "rds_cluster_backtrack_enabled",
    ];
    let without = cluster.window_s.is_none_or(|seconds| seconds <= 0);
    if cluster.is_aurora_mysql() && without {
        &PEERS
    } else {
        &[]
    }
}

/// What the policy finds in a row. Of what cannot have Backtrack nothing is asked.
pub(super) fn findings(row: &Row, policy: &Policy, now: DateTime<Utc>) -> Vec<PolicyFinding> {
    let mut found = Vec::new();
    if matches!(row.verdict, Verdict::NotApplicable) {
        return found;
    }
    found.extend(
        policy
            .required_tags
            .iter()
            .filter_map(|tag| required_tag(row, tag)),
    );
    if row.verdict == Verdict::Ok {
        found.extend(least_hours(row, policy, now));
        found.extend(alarms(row, policy));
    }
    found
}

/// A tag without a value says as little as none.
fn required_tag(row: &Row, tag: &str) -> Option<PolicyFinding> {
    let value = row.cluster.tags.as_ref().map(|tags| tags.get(tag));
    let (decided, gap, got) = match value {
        Some(Some(value)) if !value.trim().is_empty() => return None,
        Some(Some(_)) => (
            true,
            format!("tag {tag} is empty"),
            "one without a value".to_owned(),
        ),
        Some(None) => (true, format!("no tag {tag}"), "none".to_owned()),
        None => (
            false,
            format!("tag {tag} not known"),
            format!("nothing is known: {NO_TAGS}"),
        ),
    };
    Some(PolicyFinding {
        rule: "required_tag",
        decided,
        gap,
        message: format!("expected a tag `{tag}` with a value, got {got}"),
        remedy: if decided {
            remedy::tag(row, tag)
        } else {
            Vec::new()
        },
    })
}

/// Where its tags are not known, what any rule that may fit would find counts: all of one mind decide.
fn least_hours(row: &Row, policy: &Policy, now: DateTime<Utc>) -> Option<PolicyFinding> {
    if let Some(tags) = &row.cluster.tags {
        return below(row, policy.least_s(tags)?, now);
    }
    let mut possible = policy.least_possible_s();
    possible.sort_unstable();
    let found: Vec<Option<PolicyFinding>> = possible
        .iter()
        .map(|least| least.and_then(|least| below(row, least, now)))
        .collect();
    let missed = |found: &Option<PolicyFinding>| found.as_ref().is_some_and(|found| found.decided);
    let most = found.iter().flatten().next_back()?.clone();
    if found.iter().all(missed) {
        // It has not even the least of them.
        return found.into_iter().next().flatten();
    }
    Some(PolicyFinding {
        decided: false,
        gap: "least hours not known".to_owned(),
        message: format!("{}, if its tags ask for that: {NO_TAGS}", most.message),
        remedy: Vec::new(),
        ..most
    })
}

/// What is to be said of a reach below the least.
fn below(row: &Row, least: i64, now: DateTime<Utc>) -> Option<PolicyFinding> {
    let target = row.reach.target_s.unwrap_or_default();
    let reaches = row.reach.reaches(least);
    if reaches == Some(true) {
        return None;
    }
    let stamp = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let got = match (row.reach.usable_s, row.reach.actual_s, &row.upgraded) {
        (_, None, _) => "no earliest time".to_owned(),
        (Some(usable), Some(actual), _) if usable < actual && row.reach.age_s == Some(usable) => {
            let made = row.cluster.created.map(stamp).unwrap_or_default();
            format!("{usable} s since it was made at {made}")
        }
        (Some(usable), Some(actual), Known::Known(Some(at))) if usable < actual => {
            format!("{usable} s since the upgrade of {}", stamp(*at))
        }
        (None, Some(actual), Known::Unknown(why)) => {
            let held = row.reach.back_s().unwrap_or(actual);
            format!("{held} s, or less: whether it was upgraded is not known ({why})")
        }
        (None, Some(actual), Known::Known(_)) => {
            format!("{actual} s, or less: it is of a clone group, and when it was made is not known")
        }
        (_, Some(actual), _) => format!("{actual} s"),
    };
    // A window that was asked for too small is too small whatever is known of the rest.
    let decided = reaches.is_some() || target < least;
    let hours = least / 3600;
    Some(PolicyFinding {
        rule: "least_hours",
        decided,
        gap: match reaches {
            Some(_) => format!("reach below {hours} h"),
            None if decided => format!("asks for less than {hours} h"),
            None => format!("reach of {hours} h not known"),
        },
        message: format!("expected at least {least} s within reach, got {got} of {target} s asked for"),
        remedy: remedy::hours(row, least, now),
    })
}

fn alarms(row: &Row, policy: &Policy) -> Vec<PolicyFinding> {
    let mut found = Vec::new();
    for metric in &policy.required_alarms {
        let name = metric.as_str();
        let (mut decided, mut help) = (true, Vec::new());
        let (gap, got) = match &row.alarms {
            Known::Unknown(why) => {
                decided = false;
                (
                    format!("alarm on {name} not known"),
                    format!("nothing is known: {why}"),
                )
            }
            Known::Known(alarms) => {
                let state = alarms.on(*metric);
                help = remedy::alarm(row, *metric, state);
                match state {
                    AlarmState::Acting => continue,
                    AlarmState::Silent => (
                        format!("alarm on {name} tells nobody"),
                        "one that tells nobody".to_owned(),
                    ),
                    AlarmState::Missing => (format!("no alarm on {name}"), "none".to_owned()),
                }
            }
        };
        found.push(PolicyFinding {
            rule: "required_alarm",
            decided,
            gap,
            message: format!("expected an alarm on {name} of the writer with an action, got {got}"),
            remedy: help,
        });
    }
    found
}
