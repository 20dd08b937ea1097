//! The life of a rewind, seen from the cluster, with the clock moved by hand.

use super::super::backtrack::{BacktrackStatus, Fate};
use super::super::data::HurtKind;
use super::super::scenario::Scenario;
use super::{Cluster, Moment};

fn start() -> Moment {
    Moment::from_ms(1_700_000_000_250)
}

fn cluster_of(toml: &str) -> Cluster {
    let scenario = Scenario::parse(toml).unwrap();
    Cluster::new(scenario.cluster[0].clone(), scenario.rewind.clone(), 7, start())
}

/// Advances to `ms` after the start, the shop open.
fn advance(cluster: &mut Cluster, ms: i64) -> Moment {
    let now = start().plus_ms(ms);
    cluster.advance(now, false);
    now
}

fn digest_at(cluster: &Cluster, at: Moment) -> String {
    cluster.data().shown_at(at).unwrap().digest()
}

fn statuses(cluster: &Cluster, now: Moment) -> [&str; 3] {
    let member = |number: usize| cluster.member_status(&cluster.members[number], now);
    [cluster.status(now), member(0), member(1)]
}

#[test]
fn a_fresh_cluster_has_three_hours_of_orders_and_a_day_of_window() {
    let cluster = cluster_of("");
    assert!(cluster.data().shown().rows() > 3 * 3_600);
    assert_eq!(cluster.earliest(start()), Some(start().plus_s(-86_400)));
    assert_eq!(start().floor_s().since(cluster.created), 30 * 86_400_000);
    assert_eq!(
        cluster.data().shown_at(start().plus_s(-20_000)).unwrap().rows(),
        0
    );
    assert!(cluster.data().shown().compare_with_receipts().agrees);
}

#[test]
fn a_rewind_goes_through_its_steps_and_takes_the_writes_before_its_move_with_it() {
    let mut cluster = cluster_of("");
    let now = advance(&mut cluster, 10_000);
    cluster.hurt(HurtKind::DeleteAll, now).unwrap();
    let target = now.plus_s(-4).floor_s();
    let wanted = digest_at(&cluster, target);
    cluster.start_backtrack(target, Fate::Proceeds, now);

    let seen = advance(&mut cluster, 10_500);
    assert_eq!(statuses(&cluster, seen), ["available"; 3]);
    let seen = advance(&mut cluster, 10_700);
    assert_eq!(statuses(&cluster, seen), ["backtracking"; 3]);
    let damaged = cluster.data().shown();
    let seen = advance(&mut cluster, 11_100);
    assert_eq!(
        cluster.data().shown(),
        damaged,
        "no order is taken while backtracking"
    );
    assert!(!cluster.database_open(seen));
    let seen = advance(&mut cluster, 11_300);
    assert_eq!(cluster.data().shown().digest(), wanted);
    assert_eq!(cluster.backtracks[0].shown_from(seen), Some(now.plus_ms(1_200)));
    let seen = advance(&mut cluster, 13_200);
    assert_eq!(
        statuses(&cluster, seen),
        ["available", "backtracking", "backtracking"]
    );
    assert_eq!(cluster.head(seen), target);
    let seen = advance(&mut cluster, 13_400);
    assert_eq!(
        statuses(&cluster, seen),
        ["available", "available", "backtracking"]
    );
    let seen = advance(&mut cluster, 16_000);
    assert_eq!(statuses(&cluster, seen), ["available"; 3]);
    assert_eq!(cluster.backtracks[0].status(seen), BacktrackStatus::Completed);
    assert!(cluster.data().shown().compare_with_receipts().agrees);
    assert_eq!(cluster.head(seen), seen, "the shop writes again");
    assert!(cluster.refused > 0);
}

#[test]
fn one_long_stride_and_many_small_steps_end_in_the_same_state() {
    let end = |steps: i64| {
        let mut cluster = cluster_of("");
        let now = advance(&mut cluster, 10_000);
        cluster.start_backtrack(now.plus_s(-60).floor_s(), Fate::Proceeds, now);
        for step in 1..=steps {
            advance(&mut cluster, 10_000 + 600_000 * step / steps);
        }
        (cluster.data().shown(), cluster.refused)
    };
    assert_eq!(end(1), end(6_000));
}

#[test]
fn forward_to_backtracked_from_brings_the_old_history_back() {
    let mut cluster = cluster_of("");
    cluster.advance(start().plus_s(10), true);
    let before = cluster.data().shown();
    let now = start().plus_s(10);
    cluster.start_backtrack(now.plus_s(-3_600), Fate::Proceeds, now);
    cluster.advance(now.plus_s(60), true);
    assert!(cluster.data().shown().rows() < before.rows());
    let from = cluster.backtracks[0].moved_at().unwrap().floor_s();
    cluster.start_backtrack(from, Fate::Proceeds, now.plus_s(60));
    cluster.advance(now.plus_s(70), true);
    assert_eq!(cluster.data().shown(), before);
}

#[test]
fn a_backtrack_that_fails_or_hangs_moves_nothing() {
    for fate in [Fate::Fails, Fate::Hangs] {
        let mut cluster = cluster_of("");
        cluster.advance(start().plus_s(1), true);
        let before = cluster.data().shown();
        cluster.start_backtrack(start().plus_s(-600), fate, start().plus_s(1));
        let now = start().plus_s(3_600);
        cluster.advance(now, true);
        assert_eq!(cluster.data().shown(), before);
        assert_eq!(cluster.backtracks[0].shown_from(now), None);
        assert_eq!(cluster.status(now) == "backtracking", fate == Fate::Hangs);
    }
}

#[test]
fn a_rewind_of_no_duration_is_still_a_rewind() {
    let mut cluster = cluster_of(
        "[rewind]\nvisible_ms = 0\napplying_ms = 0\nbacktracking_ms = 0\nmoves_ms = 0\ncompleted_ms = 0\n\
         cluster_ms = 0\nwriter_ms = 0\nreaders_ms = 0",
    );
    let target = start().plus_s(-100).floor_s();
    let wanted = cluster.data().shown_at(target).unwrap().rows();
    cluster.start_backtrack(target, Fate::Proceeds, start());
    let now = advance(&mut cluster, 60_000);
    assert_eq!(cluster.head(now), now);
    let gained = cluster.data().shown().rows() - wanted;
    assert!((59..200).contains(&gained), "{gained}");
    assert_eq!(
        cluster.data().shown_at(start().plus_ms(1)).unwrap().rows(),
        wanted
    );
}

#[test]
fn nearest_falls_where_the_scenario_says() {
    for (side, off) in [("before", -7), ("after", 7), ("exact", 0)] {
        let mut cluster = cluster_of(&format!("[rewind]\nnearest = \"{side}\"\nnearest_s = 7"));
        let target = start().plus_s(-100).floor_s();
        let wanted = digest_at(&cluster, target.plus_s(off));
        let record = cluster.start_backtrack(target, Fate::Proceeds, start());
        assert_eq!(record.effective, target.plus_s(off));
        cluster.advance(start().plus_s(60), true);
        assert_eq!(cluster.data().shown().digest(), wanted, "{side}");
    }
}

#[test]
fn the_earliest_time_advances_and_jumps_when_told() {
    let mut cluster = cluster_of("[[cluster]]\nearliest_jumps = [{ after_s = 30, keep_s = 60 }]");
    let now = advance(&mut cluster, 29_000);
    assert_eq!(cluster.earliest(now), Some(now.plus_s(-86_400)));
    let now = advance(&mut cluster, 31_000);
    assert_eq!(cluster.earliest(now), Some(start().plus_s(30 - 60)));
    let now = advance(&mut cluster, 90_000);
    assert_eq!(cluster.earliest(now), Some(start().plus_s(30 - 60)));
    let now = advance(&mut cluster, 100_000_000);
    assert_eq!(cluster.earliest(now), Some(now.plus_s(-86_400)));
}

#[test]
fn a_dropped_table_refuses_orders_until_it_is_back() {
    let mut cluster = cluster_of("");
    let now = advance(&mut cluster, 1_000);
    cluster.hurt(HurtKind::DropTable, now).unwrap();
    let (receipts, refused) = (cluster.receipts, cluster.refused);
    let now = advance(&mut cluster, 61_000);
    assert_eq!(cluster.receipts, receipts);
    assert!(cluster.refused >= refused + 60);
    cluster.start_backtrack(start(), Fate::Proceeds, now);
    advance(&mut cluster, 120_000);
    assert!(cluster.receipts > receipts);
    assert!(cluster.data().shown().compare_with_receipts().agrees);
}
