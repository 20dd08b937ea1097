//! Targets on a history that an earlier backtrack discarded.

use super::Bench;
use crate::domain::backtrack::{BacktrackRecord, BacktrackStatus};
use crate::domain::finding::{Finding, Severity};
use crate::domain::fixture::{LATER, TARGET, after, record};

/// What is said of the usual target; a backtrack left `left` for `to`, in seconds after the beginning.
fn of(hops: &[(i64, i64)], own: &[&str]) -> Option<Finding> {
    let mut bench = Bench::new();
    bench.inspection.records = (0..)
        .zip(hops)
        .map(|(number, (left, to))| BacktrackRecord {
            from: Some(after(*left)),
            ..record(
                &format!("b{number}"),
                after(*to),
                after(*left - 60),
                BacktrackStatus::Completed,
            )
        })
        .collect();
    bench.own = own.iter().map(|id| (*id).to_owned()).collect();
    let findings = bench.judge().findings;
    findings
        .into_iter()
        .find(|finding| finding.rule == "discarded_history")
}

#[test]
fn where_nothing_was_ever_moved_there_is_nothing_to_say() {
    assert_eq!(of(&[], &[]), None);
}

#[test]
fn a_target_in_a_discarded_stretch_is_warned_of_and_names_the_backtrack() {
    // The target lies 1,023 s before the beginning.
    let inside = of(&[(-900, -1200)], &[]).unwrap();
    assert_eq!(inside.severity, Severity::Warn);
    for part in [
        "02:14:05Z lies in what the backtrack to 2026-11-20T02:11:08Z",
        "of 2026-11-20T02:16:08Z",
        "not known",
    ] {
        assert!(inside.message.contains(part), "{part}: {inside:?}");
    }
    for outside in [(-900, -1000), (-1100, -1200)] {
        let finding = of(&[outside], &[]).unwrap();
        assert_eq!(finding.severity, Severity::Pass, "{finding:?}");
    }
}

#[test]
fn what_a_way_forward_brought_back_is_no_unknown_ground() {
    assert_eq!(
        of(&[(-900, -1200), (-800, -1000)], &[]).unwrap().severity,
        Severity::Pass
    );
}

#[test]
fn a_run_goes_to_the_history_that_it_left_itself() {
    assert!(LATER > TARGET);
    let own = of(&[(-900, -1200)], &["b0"]).unwrap();
    assert_eq!(own.severity, Severity::Pass, "{own:?}");
    // And not to what others left before it.
    let others = of(&[(-900, -1200), (-100, -1300)], &["b1"]).unwrap();
    assert_eq!(others.severity, Severity::Warn, "{others:?}");
}

#[test]
fn a_backtrack_without_its_instants_is_warned_of() {
    let mut bench = Bench::new();
    bench.inspection.records = vec![BacktrackRecord {
        to: None,
        ..record("b0", TARGET, after(-10), BacktrackStatus::Completed)
    }];
    let findings = bench.judge().findings;
    let said = findings
        .iter()
        .find(|finding| finding.rule == "discarded_history");
    assert_eq!(said.unwrap().severity, Severity::Warn, "{said:?}");
}
