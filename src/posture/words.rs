//! Short words for cells and figures: how long, how much, and what is the matter.

use chrono::{DateTime, SecondsFormat, Utc};

use crate::domain::posture::fleet::{AlarmMetric, AlarmState, Cause, Money, Row, Share};
use crate::domain::posture::{Verdict, Warning};

/// `72 h`, `90 min`, `45 s`: one unit, rounded down.
pub fn hours(seconds: i64) -> String {
    if seconds >= 7200 {
        format!("{} h", seconds / 3600)
    } else if seconds >= 120 {
        format!("{} min", seconds / 60)
    } else {
        format!("{seconds} s")
    }
}

/// A length that is required, in the same units: rounded up, as less would not do.
pub fn at_least(seconds: i64) -> String {
    let whole = |unit: i64| (seconds + unit - 1).div_euclid(unit) * unit;
    match seconds {
        7200.. => hours(whole(3600)),
        120.. => hours(whole(60)),
        _ => hours(seconds),
    }
}

/// `1 cluster`, `2 clusters`.
pub fn counted(number: impl TryInto<u64>, what: &str) -> String {
    // Nobody counts so far.
    let number = number.try_into().unwrap_or(u64::MAX);
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

/// Where something was read: a Region, by a profile where one was named.
pub fn place(profile: Option<&str>, region: &str) -> String {
    profile.map_or_else(
        || region.to_owned(),
        |profile| format!("{region} by profile {profile}"),
    )
}

/// A few minutes are the steps in which AWS moves the earliest time.
const NEAR_S: i64 = 300;

/// That an instant which was asked for is far from the service's: what is counted to it is then not what AWS holds.
pub fn apart(as_of: DateTime<Utc>, service: DateTime<Utc>) -> Option<String> {
    let after_s = (as_of - service).num_seconds();
    if after_s.abs() <= NEAR_S {
        return None;
    }
    let side = if after_s > 0 { "after" } else { "before" };
    let stamp = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    Some(format!(
        "judged as of {}, {} {side} the service's clock ({}): AWS tells its clusters, and how far back each reaches, of its own now; \
         lengths and ages are counted to the instant that was asked for, and are not what is held today",
        stamp(as_of),
        hours(after_s.abs()),
        stamp(service)
    ))
}

/// What is the matter with a cluster, worst first: why it is judged so, findings of the policy, warnings.
pub fn what(row: &Row) -> Vec<String> {
    let mut words: Vec<String> = cause(row).into_iter().collect();
    words.extend(row.findings.iter().map(|finding| finding.gap.clone()));
    words.extend(warned(row));
    let rewound = matches!(row.verdict, Verdict::Ok | Verdict::Unknown);
    if rewound && row.needs_force.value().is_none() {
        words.push("binlog not known".to_owned());
    }
    words.dedup();
    words
}

/// Its warnings in few words, but for what the verdict's cause says already.
pub fn warned(row: &Row) -> Vec<String> {
    let cause = row.remedy.as_ref().map(|remedy| remedy.cause);
    let said = matches!(cause, Some(Cause::Deleting | Cause::KeyLost | Cause::Failed));
    let untold = |warning: &&Warning| !(said && **warning == Warning::NotAvailableNow);
    row.warnings
        .iter()
        .filter(untold)
        .map(|warning| word(row, *warning))
        .collect()
}

/// The verdict's cause in few words; none where the verdict says it.
fn cause(row: &Row) -> Option<String> {
    let (_, reason) = row
        .reason
        .split_once("cannot be used: ")
        .unwrap_or(("", &row.reason));
    let words = match (row.verdict, row.remedy.as_ref().map(|remedy| remedy.cause)) {
        (Verdict::Ok, _) => return None,
        (Verdict::Disabled, Some(Cause::EnhancedBinlog)) => {
            "switch enhanced binlog off, restore a snapshot with a window"
        }
        (Verdict::Disabled, Some(Cause::Version)) => "restore a snapshot with a later version and a window",
        (Verdict::Disabled, _) => "restore a snapshot with a window",
        (Verdict::Blocked, Some(cause)) if !reason.contains("; ") => blocked(cause).unwrap_or(reason),
        (Verdict::Blocked | Verdict::Unknown | Verdict::Invalid | Verdict::NotApplicable, _) => reason,
    };
    Some(words.to_owned())
}

fn blocked(cause: Cause) -> Option<&'static str> {
    let words = [
        (Cause::Deleting, "being deleted"),
        (Cause::KeyLost, "its KMS key is lost"),
        (Cause::Global, "in a global database"),
        (Cause::Follows, "a replica"),
        (Cause::Followed, "it has replicas"),
        (Cause::EnhancedBinlog, "enhanced binlog is on"),
        (Cause::Version, "its engine version is too early"),
        (Cause::Region, "a Region without Backtrack"),
    ];
    words
        .iter()
        .find(|(known, _)| *known == cause)
        .map(|(_, words)| *words)
}

fn word(row: &Row, warning: Warning) -> String {
    let words = [
        (Warning::BinlogEnabled, "needs Force: binlog is on"),
        (Warning::ActualShorterThanTarget, "short of its target"),
        (Warning::ActualTiny, "next to nothing"),
        (Warning::WindowStillFilling, "still filling"),
        (Warning::EarliestUnknown, "no earliest time"),
        (Warning::WindowBelowHour, "window below 1 h"),
        (Warning::CloneDependsOnSource, "a clone"),
        (Warning::UpgradedWithinWindow, "upgraded within its window"),
    ];
    if warning == Warning::NotAvailableNow
        && row
            .remedy
            .as_ref()
            .is_some_and(|remedy| remedy.cause == Cause::KeyAway)
    {
        return "its KMS key is away: 7 days to bring it back".to_owned();
    }
    if warning == Warning::NotAvailableNow {
        return row
            .cluster
            .status
            .clone()
            .unwrap_or_else(|| "no status".to_owned());
    }
    let known = words.iter().find(|(known, _)| *known == warning);
    known.map_or_else(
        || warning.as_str().replace('_', " "),
        |(_, words)| (*words).to_owned(),
    )
}

/// `71 %`; of nothing it is not known.
pub(super) fn percent(share: Share) -> String {
    share
        .percent()
        .map_or("not known".to_owned(), |percent| format!("{percent} %"))
}

/// `$1,234.56`
pub fn money(amount: Option<Money>) -> String {
    amount.map_or("not known".to_owned(), |amount| format!("${}", amount.text()))
}

/// What watches the window of one cluster; none where it has no window, or where that is not known.
pub fn alarms(row: &Row) -> Option<String> {
    row.reach.target_s.filter(|seconds| *seconds > 0)?;
    let alarms = row.alarms.value()?;
    let each = AlarmMetric::ALL.map(|metric| {
        let state = match alarms.on(metric) {
            AlarmState::Acting => "an alarm with an action",
            AlarmState::Silent => "an alarm that tells nobody",
            AlarmState::Missing => "no alarm",
        };
        format!("{}: {state}", metric.as_str())
    });
    Some(each.join(", "))
}

/// How long ago: in days, where hours say little.
pub fn age(seconds: i64) -> String {
    match seconds / 86_400 {
        days @ 4.. => format!("{days} d"),
        _ => hours(seconds),
    }
}

/// How long, where that is known.
pub fn length(seconds: Option<i64>) -> String {
    seconds.map_or("not known".to_owned(), hours)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::{apart, at_least, counted, hours};

    #[test]
    fn an_instant_far_from_the_services_is_told_and_a_near_one_is_not() {
        let service: DateTime<Utc> = "2026-11-20T12:00:00Z".parse().unwrap();
        let off = |seconds| apart(service + TimeDelta::seconds(seconds), service);
        assert_eq!((off(0), off(300), off(-300)), (None, None, None));
        assert!(off(907_200).unwrap().contains("252 h after the service's clock"));
        assert!(off(-7200).unwrap().contains("2 h before the service's clock"));
    }

    #[test]
    fn one_is_not_several() {
        assert_eq!(counted(1_u32, "cluster"), "1 cluster");
        assert_eq!(counted(0_usize, "cluster"), "0 clusters");
    }

    #[test]
    fn what_is_required_is_rounded_up() {
        for (seconds, text) in [
            (0, "0 s"),
            (119, "119 s"),
            (121, "3 min"),
            (7141, "2 h"),
            (7200, "2 h"),
            (14_340, "4 h"),
            (14_400, "4 h"),
            (14_401, "5 h"),
        ] {
            assert_eq!(at_least(seconds), text);
        }
    }

    #[test]
    fn a_length_has_one_unit() {
        for (seconds, text) in [
            (0, "0 s"),
            (119, "119 s"),
            (120, "2 min"),
            (7199, "119 min"),
            (259_200, "72 h"),
        ] {
            assert_eq!(hours(seconds), text);
        }
    }
}
