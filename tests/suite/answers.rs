//! What becomes of the run when the one request is answered in every way that there is, or is not answered.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::harness::{Incident, Lab, Program, drill_runbook, each, stamp};

const SEND: &str = "BacktrackDBCluster";

/// The application is still closed, and nothing opened it since the request.
#[track_caller]
fn assert_still_paused(incident: &Incident) {
    let shop = incident.lab.world().shop;
    assert!(shop.paused && shop.changes.len() == 1, "{shop:?}");
    incident.assert_journal_verifies();
}

/// The application was opened again, and the orders were not touched.
#[track_caller]
fn assert_left_alone(incident: &Incident) {
    let world = incident.lab.world();
    assert!(!world.shop.paused, "{:?}", world.shop);
    assert!(
        incident.lab.accepted().is_empty(),
        "{:?}",
        incident.lab.accepted()
    );
    incident.assert_journal_verifies();
}

#[test]
fn a_request_whose_reply_is_lost_or_unreadable_is_adopted_and_not_sent_again() {
    each(["reset_after", "malformed"], |fault| {
        let incident = Incident::new();
        incident.lab.fault(SEND, 1, fault);
        let outcome = incident.rewind(&[]).expect(0).outcome();
        assert_eq!(incident.lab.requests().len(), 1, "{fault}");
        assert_eq!(
            outcome["backtrack_id"],
            incident.lab.world().ours()[0].id.as_str()
        );
        incident.assert_recovered();
    });
}

#[test]
fn a_request_whose_reply_is_lost_is_adopted_whatever_the_skew_of_the_services_date() {
    each([30, -30, 3600, -3600], |skew| {
        let incident = Incident::new();
        incident.lab.skew(skew);
        incident.lab.fault(SEND, 1, "reset_after");
        let target = incident.target - TimeDelta::hours(2);
        let digest = incident.lab.digest_at(target);
        incident.rewind_to(target, &[]).expect(0);
        assert_eq!(incident.lab.requests().len(), 1, "{skew}");
        incident.assert_recovered_to(&digest);
    });
}

#[test]
fn a_reply_that_comes_after_the_timeout_is_adopted() {
    let incident = Incident::new();
    incident
        .lab
        .faults(&json!([{"action": SEND, "nth": 1, "fault": "latency", "ms": 22_000}]));
    let gap = incident.rewind(&[]).expect(0).longest_gap();
    // A word each 9 s; the program waits 20 s for the reply.
    assert!(gap < TimeDelta::seconds(15), "{gap}");
    assert_eq!(incident.lab.requests().len(), 1);
    incident.assert_recovered();
}

#[test]
fn a_request_that_left_no_trace_is_sent_again_only_by_resend() {
    let internal = json!([{"action": SEND, "nth": 1, "fault": "error", "status": 500}]);
    let unavailable =
        json!([{"action": SEND, "nth": 1, "fault": "error", "status": 503, "code": "ServiceUnavailable"}]);
    let reset = json!([{"action": SEND, "nth": 1, "fault": "reset_before"}]);
    each([internal, unavailable, reset], |faults| {
        let incident = Incident::new();
        incident.lab.faults(&faults);
        let outcome = incident.rewind(&[]).expect(31).outcome();
        assert_eq!(outcome["outcome"], "unresolved");
        assert_eq!(outcome["data_touched"], json!(null));
        assert_eq!(incident.lab.requests().len(), 1, "{faults}");
        assert_still_paused(&incident);

        incident.recover(&[]).expect(31);
        let unconfirmed = incident.again("recover", &["--resend"]);
        incident.program.run(unconfirmed).expect(31);
        assert_eq!(incident.lab.requests().len(), 1, "{faults}");
        assert_still_paused(&incident);

        incident.recover(&["--resend"]).expect(0);
        assert_eq!(incident.lab.requests().len(), 2);
        assert_eq!(incident.lab.accepted().len(), 1);
        assert_eq!(incident.journal().intents(), 2);
        incident.assert_recovered();
    });
}

#[test]
fn a_list_that_stops_in_the_middle_is_not_known_and_never_an_empty_list() {
    let incident = Incident::new();
    incident.program.file("drill.toml", &drill_runbook("1s", "10s"));
    // Three looks come before the request; whatever lists backtracks from then on stops in the middle.
    let broken = |nth| json!({"action": "DescribeDBClusterBacktracks", "nth": nth, "fault": "malformed"});
    let mut faults: Vec<Value> = (4..1_000).map(broken).collect();
    faults.push(json!({"action": SEND, "nth": 1, "fault": "reset_after"}));
    incident.lab.faults(&json!(faults));
    incident.rewind(&[]).expect(31);
    for _ in 0..2 {
        incident.recover(&["--resend"]).expect(31);
        assert_eq!(incident.lab.requests().len(), 1, "the first one was accepted");
        assert_still_paused(&incident);
    }
    incident.lab.heal();
    incident.recover(&["--resend"]).expect(0);
    assert_eq!(incident.lab.requests().len(), 1);
    incident.assert_recovered();
}

#[test]
fn a_request_refused_for_its_rate_is_sent_anew_after_a_pause() {
    let incident = Incident::new();
    incident.lab.fault(SEND, 1, "throttle");
    incident.rewind(&[]).expect(0);
    assert_eq!(incident.lab.requests().len(), 2);
    assert_eq!(incident.lab.accepted().len(), 1);
    assert_eq!(
        incident.journal().intents(),
        2,
        "each call has an intent of its own"
    );
    incident.assert_recovered();
}

#[test]
fn a_request_that_is_always_refused_for_its_rate_is_given_up_with_the_application_open() {
    let incident = Incident::new();
    incident.lab.fault_always(SEND, "throttle");
    let outcome = incident.rewind(&[]).expect(10).outcome();
    assert_eq!(outcome["data_touched"], false);
    assert!(incident.lab.requests().len() > 2);
    assert_left_alone(&incident);
}

#[test]
fn a_request_that_aws_refuses_for_good_is_given_up_with_the_application_open() {
    let incident = Incident::new();
    incident.lab.faults(
        &json!([{"action": SEND, "nth": 1, "fault": "error", "status": 400, "code": "InvalidDBClusterStateFault"}]),
    );
    let outcome = incident.rewind(&[]).expect(10).outcome();
    let message = outcome["message"].as_str().unwrap();
    assert!(message.contains("InvalidDBClusterStateFault"), "{message}");
    assert_eq!(incident.lab.requests().len(), 1);
    assert_left_alone(&incident);
    incident.recover(&["--resend"]).expect(10);
    assert_eq!(incident.lab.requests().len(), 1, "a finished run sends nothing");
}

#[test]
fn expired_credentials_wait_for_a_login_and_recover_goes_on() {
    let actions = [
        "GetCallerIdentity",
        "DescribeDBClusters",
        "DescribeDBInstances",
        "DescribeDBClusterBacktracks",
        "DescribeEvents",
        "DescribeBlueGreenDeployments",
        SEND,
    ];
    each(actions, |action| {
        let incident = Incident::new();
        incident.lab.fault_always(action, "expired_token");
        let outcome = incident.rewind(&[]).expect(20).outcome();
        assert_eq!(outcome["outcome"], "detached", "{action}");
        assert!(incident.lab.accepted().is_empty(), "{action}");
        incident.recover(&[]).expect(20);

        incident.lab.heal();
        incident.recover(&[]).expect(0);
        assert_eq!(incident.lab.accepted().len(), 1, "{action}");
        incident.assert_recovered();
    });
}

#[test]
fn credentials_that_expire_while_aws_is_at_work_are_waited_for() {
    let incident = Incident::new();
    incident.lab.faults(&json!([
        {"action": SEND, "nth": 1, "fault": "reset_after"},
        {"action": "DescribeDBInstances", "nth": 4, "fault": "expired_token"},
    ]));
    // Nobody knows yet whether AWS has the request: that is told, and not that a login is missing.
    incident.rewind(&[]).expect(31);
    assert_still_paused(&incident);
    incident.recover(&[]).expect(0);
    assert_eq!(incident.lab.requests().len(), 1);
    incident.assert_recovered();
}

#[test]
fn a_backtrack_that_aws_gives_up_leaves_the_application_paused_until_it_is_tried_again() {
    let incident = Incident::new();
    incident.lab.fault(SEND, 1, "fail_backtrack");
    let outcome = incident.rewind(&[]).expect(30).outcome();
    assert_eq!(outcome["outcome"], "failed");
    assert_still_paused(&incident);
    incident.recover(&[]).expect(30);
    assert_still_paused(&incident);

    incident.recover(&["--resend"]).expect(0);
    assert_eq!(incident.lab.accepted().len(), 2, "one for each confirmed hop");
    incident.assert_recovered();
}

#[test]
fn a_backtrack_that_aws_gives_up_can_be_given_up_with_a_reason() {
    let incident = Incident::new();
    incident.lab.fault(SEND, 1, "fail_backtrack");
    incident.rewind(&[]).expect(30);
    let outcome = incident
        .recover(&["--reason", "restored beside it"])
        .expect(10)
        .outcome();
    assert_eq!(outcome["still_paused"], json!([]));
    assert_eq!(incident.lab.accepted().len(), 1);
    assert!(!incident.lab.world().shop.paused);
    incident.recover(&[]).expect(10);
    incident.assert_journal_verifies();
}

#[test]
fn a_backtrack_that_never_ends_is_left_when_patience_is_over_and_not_sent_again() {
    let incident = Incident::new();
    incident.program.file("drill.toml", &drill_runbook("1s", "2s"));
    incident.lab.fault(SEND, 1, "hang_backtrack");
    let outcome = incident.rewind(&[]).expect(20).outcome();
    assert_eq!(outcome["outcome"], "detached");
    incident.recover(&[]).expect(20);
    incident.recover(&["--resend"]).expect(20);
    assert_eq!(incident.lab.requests().len(), 1);
    assert_still_paused(&incident);
}

#[test]
fn time_that_passes_at_once_uses_up_no_patience_while_something_new_is_seen() {
    let incident = Incident::on(Lab::with(""), Program::new());
    let running = incident.start_to(incident.target - TimeDelta::minutes(1), &["--hold"]);
    incident.until_accepted();
    incident.lab.advance(3_600);
    let outcome = running.finish().expect(20).outcome();
    assert_eq!(outcome["outcome"], "held");

    incident.lab.advance(3_600);
    let outcome = incident
        .forward(&stamp(incident.target), &[])
        .expect(20)
        .outcome();
    assert_eq!(outcome["outcome"], "held");

    incident.lab.advance(3_600);
    incident.recover(&[]).expect(0);
    assert_eq!(incident.lab.accepted().len(), 2);
    incident.assert_recovered();
}

#[test]
fn a_strangers_backtrack_before_the_request_makes_aws_refuse_it() {
    let incident = Incident::new();
    incident.lab.fault(SEND, 1, "foreign_backtrack");
    incident.rewind(&[]).expect(10);
    assert_left_alone(&incident);
}

#[test]
fn a_strangers_backtrack_is_never_adopted_and_forbids_sending_again() {
    let incident = Incident::new();
    // Three looks come before the request; the first read after it starts the stranger's.
    incident.lab.faults(&json!([
        {"action": SEND, "nth": 1, "fault": "reset_before"},
        {"action": "DescribeDBInstances", "nth": 4, "fault": "foreign_backtrack"},
    ]));
    let outcome = incident.rewind(&[]).expect(31).outcome();
    let world = incident.lab.world();
    let [stranger] = world.cluster().backtracks.as_slice() else {
        panic!("expected the stranger's alone: {world:?}")
    };
    assert!(stranger.foreign);
    assert_eq!(outcome["backtrack_id"], json!(null));
    assert!(
        outcome["message"].as_str().unwrap().contains(&stranger.id),
        "{outcome}"
    );
    assert_still_paused(&incident);

    incident.recover(&[]).expect(31);
    incident.recover(&["--resend"]).expect(31);
    assert_eq!(incident.lab.requests().len(), 1);
    assert_still_paused(&incident);
}

#[test]
fn a_record_that_echoes_another_instant_than_the_request_is_shown_and_not_adopted() {
    let incident = Incident::with("nearest = \"before\"\nnearest_s = 7\necho = \"effective\"\n");
    incident.lab.fault(SEND, 1, "reset_after");
    incident.rewind(&[]).expect(31);
    incident.recover(&["--resend"]).expect(31);
    assert_eq!(incident.lab.requests().len(), 1);
    assert_still_paused(&incident);
}

#[test]
fn an_instant_reached_that_is_too_far_from_the_one_asked_for_is_not_accepted() {
    let incident = Incident::with("nearest = \"before\"\nnearest_s = 7\necho = \"effective\"\n");
    let outcome = incident.rewind(&[]).expect(32).outcome();
    assert_eq!(outcome["outcome"], "verification_failed");
    assert_still_paused(&incident);
    incident.recover(&[]).expect(32);
    assert_still_paused(&incident);

    let outcome = incident
        .recover(&["--reason", "seven seconds matter to nobody"])
        .expect(0)
        .outcome();
    assert_eq!(outcome["outcome"], "completed");
    assert_eq!(incident.lab.requests().len(), 1);
    assert!(!incident.lab.world().shop.paused);
}
