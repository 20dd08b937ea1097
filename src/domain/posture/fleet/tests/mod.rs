//! Rules of live clusters. The truth table of whole clusters is in the suite.

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
        members: vec![
            LiveMember {
                id: "orders-1".to_owned(),
                writer: true,
            },
            LiveMember {
                id: "orders-2".to_owned(),
                writer: false,
            },
        ],
        parameter_group: Some("default.aurora-mysql8.0".to_owned()),
        clone_group: None,
        global_cluster: None,
        replication_source: None,
        replicas: Vec::new(),
        subnet_group: Some("private".to_owned()),
        security_groups: vec!["sg-1".to_owned(), "sg-2".to_owned()],
        kms_key: None,
        tags: BTreeMap::new(),
    }
}

fn judged(cluster: &LiveCluster, around: &Around, policy: &Policy) -> Row {
    row(cluster, around, &Neighbours::default(), policy, now())
}

#[test]
fn still_filling_is_told_from_short_by_the_age() {
    use Warning::{ActualShorterThanTarget as Short, ActualTiny as Tiny, WindowStillFilling as Filling};
    const DAY: i64 = 86_400;
    let cases: [(i64, i64, i64, &[Warning]); 9] = [
        (DAY, DAY, 30 * DAY, &[]),
        // More than was asked for is AWS's own word.
        (DAY, DAY + 900, 30 * DAY, &[]),
        // AWS moves the earliest time in steps.
        (DAY, DAY - 300, 30 * DAY, &[]),
        (DAY, DAY - 301, 30 * DAY, &[Short]),
        (3600, 3539, 30 * DAY, &[Short]),
        (DAY, 3000, 30 * DAY, &[Short, Tiny]),
        (DAY, 3600, 7200, &[Filling]),
        (DAY, 600, 7200, &[Short, Tiny, Filling]),
        (DAY, 60, 90, &[Filling]),
    ];
    for (target, actual, age, warnings) in cases {
        let mut expected = warnings.to_vec();
        expected.sort_unstable();
        let row = judged(
            &cluster(target, actual, age),
            &Around::unasked("not asked"),
            &Policy::default(),
        );
        assert_eq!(row.warnings, expected, "{target} {actual} {age}");
        assert_eq!(row.reach.actual_s, Some(actual));
    }
}

/// Lists in which the cluster was upgraded so long ago.
fn upgraded(ago_s: i64) -> Around {
    Around {
        upgrades: Known::Known([("orders".to_owned(), now() - TimeDelta::seconds(ago_s))].into()),
        ..quiet()
    }
}

#[test]
fn an_upgrade_explains_a_window_that_begins_with_it() {
    use Warning::{
        ActualShorterThanTarget as Short, UpgradedWithinWindow as Upgraded, WindowStillFilling as Filling,
    };
    const OLD: i64 = 8_640_000;
    let cases: [(i64, i64, i64, i64, &[Warning]); 6] = [
        // Target, reach, upgraded so long ago, usable.
        (259_200, 90_000, 90_300, 90_000, &[Filling, Upgraded]),
        (172_800, 172_800, 7_200, 7_200, &[Upgraded]),
        // Both: what AWS keeps is short for another reason.
        (259_200, 90_000, 7_200, 7_200, &[Short, Upgraded]),
        // Long before the earliest time: writes took the rest.
        (259_200, 90_000, 180_000, 90_000, &[Short]),
        // Before a window that is whole.
        (86_400, 86_400, 88_000, 86_400, &[]),
        // After the instant that is asked about.
        (86_400, 86_400, -60, 86_400, &[]),
    ];
    for (target, reach, ago, usable, warnings) in cases {
        let row = judged(&cluster(target, reach, OLD), &upgraded(ago), &Policy::default());
        let mut expected = warnings.to_vec();
        expected.sort_unstable();
        assert_eq!(row.warnings, expected, "{target} {reach} {ago}");
        assert_eq!(row.reach.actual_s, Some(reach), "AWS's own instant stays");
        assert_eq!(row.reach.usable_s, Some(usable), "{target} {reach} {ago}");
        let blames = row.remedy.is_some_and(|remedy| remedy.cause == Cause::Short);
        assert_eq!(blames, warnings.contains(&Short), "{target} {reach} {ago}");
    }
}

#[test]
fn what_lies_before_an_upgrade_is_no_reach_for_a_policy_nor_a_figure() {
    let policy = Policy {
        least: vec![Least { tag: None, hours: 24 }],
        ..Policy::default()
    };
    let reach = cluster(172_800, 172_800, 8_640_000);
    let row = judged(&reach, &upgraded(7_200), &policy);
    assert_eq!(row.rewindable_now, Some(true));
    let finding = &row.findings[0];
    assert!(
        finding.decided
            && finding
                .message
                .contains("7200 s since the upgrade of 2026-11-20T10:00:00Z")
    );
    assert_eq!(finding.remedy, None, "a wider window does not help");
    let past = Past {
        runs: vec![PastRun {
            drill: false,
            outage_s: None,
            lay_back_s: Some(86_400),
        }],
        ..Past::default()
    };
    let kpi = Kpi::of(&[row], &past, &policy, 0);
    assert_eq!((kpi.at_hours.part, kpi.reach_unknown), (0, 0));
    assert_eq!(kpi.below_needed, Some(1));
    // Where it is not known whether there was one, nothing is passed.
    let unread = Around {
        upgrades: Known::Unknown("DescribeEvents: AccessDenied".to_owned()),
        ..quiet()
    };
    let row = judged(&reach, &unread, &policy);
    assert!(!row.findings[0].decided, "{row:?}");
    let kpi = Kpi::of(std::slice::from_ref(&row), &Past::default(), &policy, 0);
    assert_eq!((kpi.at_hours.part, kpi.reach_unknown), (0, 1));
    assert_eq!(exit(&[row], false), Exit::Undecided);
    let short = judged(&cluster(172_800, 3_600, 8_640_000), &unread, &policy);
    assert!(short.findings[0].decided, "less is kept whatever was upgraded");
}

#[test]
fn an_instant_after_now_leaves_nothing_within_reach() {
    let row = judged(
        &cluster(3600, -5, 7200),
        &Around::unasked("not asked"),
        &Policy::default(),
    );
    assert_eq!(row.reach.actual_s, Some(0));
    assert_eq!(row.rewindable_now, Some(false));
}

#[test]
fn an_alarm_watches_by_the_writer_or_by_the_cluster_and_not_by_a_reader() {
    let of = |dimensions: &[(&str, &str)]| {
        let alarm = Alarm {
            name: "a".to_owned(),
            metric: AlarmMetric::Actual,
            dimensions: dimensions
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            acts: true,
        };
        Alarms::of(&cluster(3600, 3600, 7200), &[alarm]).actual
    };
    for watched in [
        &[("DBInstanceIdentifier", "orders-1")][..],
        &[("DBClusterIdentifier", "orders")],
        &[("DBClusterIdentifier", "orders"), ("Role", "WRITER")],
    ] {
        assert_eq!(of(watched), AlarmState::Acting, "{watched:?}");
    }
    for unwatched in [
        &[][..],
        &[("Role", "WRITER")],
        &[("DBInstanceIdentifier", "orders-2")],
        &[("DBClusterIdentifier", "orders"), ("Role", "READER")],
        &[("DBClusterIdentifier", "orders"), ("EngineName", "aurora-mysql")],
    ] {
        assert_eq!(of(unwatched), AlarmState::Missing, "{unwatched:?}");
    }
}

#[test]
fn money_is_exact_and_grouped() {
    assert_eq!(Money::month_of(50_000_000, Money::US_RATE).text(), "438.00");
    assert_eq!(Money::month_of(0, Money::US_RATE).text(), "0.00");
    assert_eq!(Money::of_micros(1_234_567_894_999).text(), "1,234,567.89");
    let month = Money::month_of(50_000_000, Money::US_RATE);
    assert_eq!(
        month.widened(86_400).map(Money::text).as_deref(),
        Some("1,314.00")
    );
    assert_eq!(month.widened(0), None);
    assert_eq!(
        Money::of_outage(Money::of_micros(1_000_000_000), 90).text(),
        "1,500.00"
    );
}

#[test]
fn what_is_not_known_is_no_figure() {
    let rows = [judged(
        &cluster(86_400, 86_400, 864_000),
        &Around::unasked("not asked"),
        &Policy::default(),
    )];
    let kpi = Kpi::of(&rows, &Past::default(), &Policy::default(), 0);
    assert_eq!((kpi.coverage.part, kpi.coverage.whole), (1, 1));
    assert_eq!((kpi.cost, kpi.cost_unknown), (None, 1));
    assert_eq!(
        (kpi.recover_s, kpi.impact, kpi.window_needed_s),
        (None, None, None)
    );
    assert_eq!(kpi.watched, Share::default());
    assert_eq!(
        Kpi::of(&[], &Past::default(), &Policy::default(), 0)
            .coverage
            .ratio(),
        None
    );
}

#[test]
fn incidents_and_drills_are_added_up_apart() {
    let run = |drill, outage_s, lay_back_s| PastRun {
        drill,
        outage_s,
        lay_back_s,
    };
    let past = Past {
        runs: vec![
            run(false, Some(600), Some(1800)),
            run(false, Some(1200), Some(90_000)),
            run(false, None, Some(60)),
            run(true, Some(60), Some(999_999)),
        ],
        ..Past::default()
    };
    let policy = Policy {
        outage_minute: Some(Money::of_micros(100_000_000)),
        ..Policy::default()
    };
    let rows = [judged(
        &cluster(86_400, 86_400, 864_000),
        &Around::unasked("no"),
        &policy,
    )];
    let kpi = Kpi::of(&rows, &past, &policy, 0);
    assert_eq!((kpi.incidents, kpi.drills), (3, 1));
    assert_eq!((kpi.recover_s, kpi.drill_recover_s), (Some(1200), Some(60)));
    assert_eq!(kpi.impact.map(Money::text).as_deref(), Some("3,000.00"));
    assert_eq!(kpi.impact_unknown, 1);
    assert_eq!((kpi.window_needed_s, kpi.below_needed), (Some(90_000), Some(1)));
}

/// Lists that were read, and say nothing.
fn quiet() -> Around {
    Around {
        globals: Known::Known(BTreeMap::new()),
        upgrades: Known::Known(BTreeMap::new()),
        ..Around::unasked("not asked")
    }
}

#[test]
fn what_a_list_would_tell_is_no_pass_where_aws_shows_no_earliest_time() {
    let unread = Around {
        globals: Known::Unknown("DescribeGlobalClusters: AccessDenied".to_owned()),
        ..quiet()
    };
    let group = Some("own".to_owned());
    let custom = Around {
        groups: [("own".to_owned(), Known::Unknown("Throttling".to_owned()))].into(),
        ..quiet()
    };
    for (around, group, why) in [(unread, None, "AccessDenied"), (custom, group, "Throttling")] {
        let proven = cluster(86_400, 86_400, 864_000);
        let proven = LiveCluster {
            parameter_group: group.or(proven.parameter_group.clone()),
            ..proven
        };
        let silent = LiveCluster {
            earliest: None,
            ..proven.clone()
        };
        let row = judged(&silent, &around, &Policy::default());
        assert_eq!(row.verdict, Verdict::Unknown, "{}", row.reason);
        assert!(row.reason.contains(why), "{}", row.reason);
        assert_eq!(row.rewindable_now, None);
        // An earliest time of AWS's own wins over every list.
        assert_eq!(judged(&proven, &around, &Policy::default()).verdict, Verdict::Ok);
        let mut read = quiet();
        read.groups
            .insert("own".to_owned(), Known::Known(Parameters::default()));
        assert_eq!(judged(&silent, &read, &Policy::default()).verdict, Verdict::Ok);
    }
}

#[test]
fn the_last_backtrack_is_that_of_its_account_and_region() {
    let (early, late) = (now() - TimeDelta::days(9), now() - TimeDelta::days(2));
    let mut past = Past::default();
    past.note(Whose::new(Some("123456789012"), "us-east-1", "Orders"), early);
    past.note(Whose::new(Some("123456789012"), "eu-west-1", "orders"), late);
    past.note(Whose::new(Some("210987654321"), "us-east-1", "orders"), late);
    let remembered = |cluster: &LiveCluster| {
        let mut row = judged(cluster, &quiet(), &Policy::default());
        row.remember(&past);
        row.last_backtrack
    };
    let own = cluster(86_400, 86_400, 864_000);
    assert_eq!(remembered(&own), Some(Known::Known(Some(early))));
    let elsewhere = LiveCluster {
        region: "ap-south-1".to_owned(),
        ..own.clone()
    };
    assert_eq!(remembered(&elsewhere), None);
    // An account that is not known rules nothing out.
    let nameless = LiveCluster {
        arn: String::new(),
        ..own.clone()
    };
    assert_eq!(remembered(&nameless), Some(Known::Known(Some(late))));
    // What AWS was asked for is not taken from a journal, known or not.
    let mut around = quiet();
    around
        .backtracks
        .insert(own.id.clone(), Known::Unknown("Throttling".to_owned()));
    let mut row = judged(&own, &around, &Policy::default());
    row.remember(&past);
    assert_eq!(row.last_backtrack, Some(Known::Unknown("Throttling".to_owned())));
    assert!(row.unknown.iter().any(|(name, _)| *name == "last_backtrack"));
}

#[test]
fn a_hole_in_the_list_comes_before_findings_and_those_before_doubts() {
    let around = quiet();
    let ok = judged(&cluster(86_400, 86_400, 864_000), &around, &Policy::default());
    let off = judged(&cluster(0, 0, 864_000), &around, &Policy::default());
    let mut nameless = cluster(86_400, 86_400, 864_000);
    nameless.engine = None;
    let unknown = judged(&nameless, &around, &Policy::default());
    assert_eq!(
        (off.verdict, unknown.verdict),
        (Verdict::Disabled, Verdict::Unknown)
    );
    assert_eq!(exit(std::slice::from_ref(&ok), false), Exit::Fine);
    assert_eq!(exit(&[ok.clone(), unknown.clone()], false), Exit::Undecided);
    assert_eq!(exit(&[ok.clone(), unknown, off.clone()], false), Exit::Findings);
    assert_eq!(exit(&[ok, off], true), Exit::Unread);
}

#[test]
fn the_list_of_global_databases_and_the_clusters_own_word_both_count() {
    let mut around = Around::unasked("not asked");
    let own = LiveCluster {
        global_cluster: Some("world".to_owned()),
        ..cluster(86_400, 86_400, 864_000)
    };
    assert_eq!(
        judged(&own, &around, &Policy::default()).verdict,
        Verdict::Blocked
    );
    let listed = cluster(86_400, 86_400, 864_000);
    around.globals = Known::Known([(listed.arn.clone(), "world".to_owned())].into());
    let row = judged(&listed, &around, &Policy::default());
    assert_eq!(row.verdict, Verdict::Blocked);
    assert_eq!(row.remedy.unwrap().cause, Cause::Global);
}
