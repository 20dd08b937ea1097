//! A rewind that went too far: held, moved forward, returned to where it began; and the same once it is finished.

use chrono::{DateTime, TimeDelta, Utc};

use crate::harness::{Incident, eventually, stamp, whole_second};

/// The last instant that the first rewind left, in whole seconds.
fn origin(incident: &Incident) -> DateTime<Utc> {
    let left = incident.lab.world().ours()[0].from.expect("the data moved");
    whole_second(left)
}

/// Rewinds five minutes beyond the target.
fn too_far(incident: &Incident) -> DateTime<Utc> {
    incident.target - TimeDelta::minutes(5)
}

#[track_caller]
fn assert_shows(incident: &Incident, digest: &str) {
    let world = incident.lab.world();
    assert_eq!(world.cluster().orders_digest, digest, "{world:?}");
    assert!(
        world.shop.paused && world.shop.changes.len() == 1,
        "{:?}",
        world.shop
    );
}

#[test]
fn a_held_rewind_goes_forward_to_between_and_returns_to_its_origin() {
    let incident = Incident::false_alarm();
    let (between, far) = (incident.target, too_far(&incident));
    let far_digest = incident.lab.digest_at(far);

    let held = incident.rewind_to(far, &["--hold"]).expect(20).outcome();
    assert_eq!(held["outcome"], "held");
    assert_shows(&incident, &far_digest);

    let forward = incident.forward(&stamp(between), &[]).expect(20).outcome();
    assert_eq!(forward["outcome"], "held");
    assert_eq!(forward["direction"], "forward");
    assert_shows(&incident, &incident.digest);

    let origin = origin(&incident);
    let origin_digest = incident.lab.digest_at(origin);
    let back = incident.forward("origin", &[]).expect(20).outcome();
    assert_eq!(back["requested"], stamp(origin));
    assert_shows(&incident, &origin_digest);

    assert_eq!(incident.lab.accepted().len(), 3);
    assert_eq!(incident.lab.requests().len(), 3);
    assert_eq!(incident.journal().intents(), 3);
    assert_eq!(incident.journal().hops_confirmed(), 3);

    incident.recover(&[]).expect(0);
    incident.assert_recovered_to(&origin_digest);
}

#[test]
fn beyond_what_the_rewind_left_nothing_is_asked_of_aws() {
    let incident = Incident::false_alarm();
    incident.rewind_to(too_far(&incident), &["--hold"]).expect(20);
    let shown = incident.lab.world().cluster().orders_digest.clone();
    let beyond = origin(&incident) + TimeDelta::seconds(1);
    eventually("that instant to be past", || {
        (incident.lab.world().now > beyond).then_some(())
    });

    let refused = incident.forward(&stamp(beyond), &[]).expect(10);
    assert_eq!(refused.rules("block"), ["ceiling"]);
    assert_eq!(incident.lab.requests().len(), 1);
    assert_shows(&incident, &shown);
    incident.recover(&[]).expect(0);
}

#[test]
fn forward_goes_to_a_later_instant_only() {
    let incident = Incident::false_alarm();
    incident.rewind(&["--hold"]).expect(20);
    for to in [too_far(&incident), incident.target] {
        let refused = incident.forward(&stamp(to), &[]).expect(10);
        assert_eq!(refused.rules("block"), ["ceiling"]);
    }
    assert_eq!(incident.lab.requests().len(), 1);
    assert_shows(&incident, &incident.digest);
    incident.recover(&[]).expect(0);
}

#[test]
fn a_finished_run_goes_forward_only_with_a_reason() {
    let incident = Incident::new();
    let first = incident.rewind_to(too_far(&incident), &[]).expect(0).outcome();
    let target = stamp(incident.target);

    let refused = incident.forward(&target, &[]).expect(10);
    assert_eq!(refused.rules("block"), ["writes_after"]);
    let shop = incident.lab.world().shop;
    assert!(shop.changes.len() == 2 && !shop.paused, "{shop:?}");
    let again = incident.recover(&[]).expect(0).outcome();
    assert_eq!(again["outcome"], first["outcome"], "it is as finished as before");

    let outcome = incident
        .forward(&target, &["--reason", "five minutes too far"])
        .expect(0)
        .outcome();
    assert_eq!(outcome["direction"], "forward");
    assert_eq!(outcome["requested"], target);
    let shop = incident.lab.world().shop;
    assert_eq!(shop.changes.len(), 4, "closed and opened once more: {shop:?}");
    assert_eq!(incident.lab.accepted().len(), 2);
    incident.assert_recovered();
}

#[test]
fn a_refused_way_forward_tells_of_the_move_that_was_made() {
    let incident = Incident::new();
    incident.rewind(&[]).expect(0);
    let outcome = incident.forward("origin", &[]).expect(10).outcome();
    assert_eq!(
        outcome["backtrack_id"],
        incident.lab.world().ours()[0].id.as_str()
    );
    assert_eq!(outcome["direction"], "rewind", "{outcome}");
}

#[test]
fn data_that_is_wrong_after_a_move_forward_stays_behind_a_closed_shop() {
    let incident = Incident::new();
    incident.rewind(&["--hold"]).expect(20);
    // The origin lies after the bad statement.
    let outcome = incident.forward("origin", &[]).expect(32).outcome();
    assert_eq!(outcome["still_paused"], serde_json::json!(["shop"]));
    incident.recover(&[]).expect(32);
    assert!(incident.lab.world().shop.paused);
    assert_eq!(incident.lab.accepted().len(), 2);
    incident.assert_journal_verifies();
}

#[test]
fn a_run_that_moved_nothing_has_no_way_forward() {
    let incident = Incident::new();
    let future = incident.lab.world().now + TimeDelta::hours(1);
    incident.rewind_to(future, &[]).expect(10);
    incident.forward("origin", &[]).expect(10);
    incident.assert_untouched();
}

#[test]
fn a_run_that_is_under_way_is_recovered_before_it_goes_forward() {
    let incident = Incident::new();
    incident.lab.fault("BacktrackDBCluster", 1, "reset_before");
    incident.rewind(&[]).expect(31);
    let refused = incident.forward("origin", &[]).expect(10);
    assert!(
        refused.stderr.contains("backtrackctl recover "),
        "{}",
        refused.stderr
    );
    assert_eq!(incident.lab.requests().len(), 1);
}
