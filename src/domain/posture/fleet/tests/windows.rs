//! How far back one gets, and why no further.

use super::*;

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
    assert!(
        finding.remedy.iter().all(|step| step.command.is_none()),
        "a wider window does not help"
    );
    let past = Past {
        runs: vec![PastRun {
            lay_back_s: Some(86_400),
            ..PastRun::default()
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
fn a_clone_reaches_no_further_back_than_it_was_made() {
    let policy = Policy {
        least: vec![Least { tag: None, hours: 24 }],
        ..Policy::default()
    };
    let clone = LiveCluster {
        clone_group: Some("group".to_owned()),
        ..cluster(86_400, 86_400, 3_600)
    };
    let row = judged(&clone, &quiet(), &policy);
    assert_eq!(
        (row.reach.actual_s, row.reach.usable_s),
        (Some(86_400), Some(3_600))
    );
    assert_eq!(
        row.warnings,
        [Warning::WindowStillFilling, Warning::CloneDependsOnSource]
    );
    let finding = &row.findings[0];
    let since = "3600 s since it was made at 2026-11-20T11:00:00Z";
    assert!(finding.decided && finding.message.contains(since), "{finding:?}");
    let kpi = Kpi::of(&[row], &Past::default(), &policy, 0);
    assert_eq!((kpi.at_hours.part, kpi.reach_unknown), (0, 0));
    // Nor where its events could not be read.
    let unread = judged(&clone, &Around::unasked("AccessDenied"), &policy);
    assert_eq!(
        (unread.reach.usable_s, unread.reach.back_s()),
        (None, Some(3_600))
    );
    assert!(unread.findings[0].decided, "{unread:?}");
    // When it was made decides, and is not known.
    let ageless = LiveCluster {
        created: None,
        ..clone
    };
    let row = judged(&ageless, &quiet(), &policy);
    assert_eq!((row.reach.usable_s, row.findings[0].decided), (None, false));
    let original = LiveCluster {
        clone_group: None,
        ..ageless
    };
    assert_eq!(judged(&original, &quiet(), &policy).reach.usable_s, Some(86_400));
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
