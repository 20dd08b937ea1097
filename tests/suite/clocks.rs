//! Clocks that disagree, step, or show an hour twice: AWS's clock decides, and an ambiguous text is never guessed at.

use chrono::TimeDelta;
use serde_json::Value;

use crate::harness::{Finished, Incident, drill_runbook, each, eventually, stamp};

/// An incident of a service whose stamps and targets go by its own clock, which is `seconds` ahead of the local one.
fn apart(seconds: i32) -> Incident {
    let incident = Incident::with("[service]\nskew = \"service\"\n");
    incident.lab.skew(seconds);
    incident
}

fn message(finished: &Finished, rule: &str) -> String {
    let findings = finished.of_kind("finding");
    let found = findings.iter().find(|finding| finding["rule"] == rule);
    found
        .and_then(|finding| finding["message"].as_str())
        .unwrap_or_else(|| panic!("no finding {rule}: {finished:?}"))
        .to_owned()
}

#[test]
fn a_target_is_an_instant_of_awss_clock_however_far_the_local_one_is_off() {
    each([300, -300, 86_400], |seconds| {
        let incident = apart(seconds);
        let to = incident.target + TimeDelta::seconds(seconds.into());
        let done = incident.rewind_to(to, &[]).expect(0);
        assert_eq!(done.outcome()["effective"], stamp(to), "{seconds}");
        assert!(
            done.rules("warn").contains(&"clock_skew".to_owned()),
            "{seconds}: {done:?}"
        );
        let way = if seconds > 0 { "behind" } else { "ahead" };
        assert!(message(&done, "clock_skew").contains(way), "{seconds}: {done:?}");
        assert_eq!(incident.lab.requests().len(), 1);
        incident.assert_recovered();
    });
}

#[test]
fn what_lies_ahead_of_awss_clock_is_refused_although_it_is_past_by_the_local_one() {
    let incident = apart(-300);
    let to = incident.lab.world().now - TimeDelta::seconds(120);
    let refused = incident.rewind_to(to, &[]).expect(10);
    assert_eq!(refused.rules("block"), ["target_future"]);
    incident.assert_untouched();
}

/// What holds however the clocks moved: one request, for the instant that was confirmed.
#[track_caller]
fn assert_done_once(incident: &Incident, done: Finished) {
    let outcome: Value = done.expect(0).outcome();
    assert_eq!(outcome["requested"], stamp(incident.target));
    let requests = incident.lab.requests();
    assert_eq!(requests.len(), 1, "{requests:?}");
    assert_eq!(requests[0].params["BacktrackTo"], stamp(incident.target));
    incident.assert_recovered();
}

#[test]
fn a_clock_that_steps_while_the_backtrack_is_applied_changes_nothing() {
    // The runbook's patience is a minute: ten minutes of a clock are no reason to leave.
    each([600, -600], |seconds| {
        let incident = Incident::at_work();
        incident.program.file("drill.toml", &drill_runbook("1s", "1m"));
        let running = incident.start(&[]);
        incident.until_accepted();
        incident.lab.skew(seconds);
        // Polls hear of the step, and wait on.
        let heard = incident.lab.calls().len();
        eventually("polls after the step", || {
            (incident.lab.calls().len() > heard + 4).then_some(())
        });
        incident.aws_completes();
        assert_done_once(&incident, running.finish());
    });
}

#[test]
fn a_clock_that_steps_while_an_unanswered_request_is_searched_sends_no_second_one() {
    each([600, -600], |seconds| {
        let incident = Incident::new();
        incident.program.file("drill.toml", &drill_runbook("10s", "20s"));
        incident.lab.fault("BacktrackDBCluster", 1, "reset_after");
        let running = incident.start(&[]);
        incident.until_accepted();
        // Until the clock has stepped, nothing is found.
        incident
            .lab
            .fault_always("DescribeDBClusterBacktracks", "throttle");
        incident.lab.skew(seconds);
        incident.lab.heal();
        assert_done_once(&incident, running.finish());
    });
}

#[test]
fn a_clock_that_steps_while_a_lost_request_is_searched_is_no_reason_to_send_it_again() {
    each([600, -600], |seconds| {
        let incident = Incident::new();
        incident.lab.fault("BacktrackDBCluster", 1, "reset_before");
        let running = incident.start(&[]);
        incident.until_requested();
        incident.lab.skew(seconds);
        let lost = running.finish();
        // Minutes of a clock are no settling time: the run says that it does not know, or waits for a person.
        assert!([Some(31), Some(20)].contains(&lost.exit()), "{seconds}: {lost:?}");
        assert_eq!(incident.lab.requests().len(), 1, "{seconds}: {lost:?}");
        assert!(incident.lab.accepted().is_empty() && incident.lab.world().shop.paused);
        incident.assert_journal_verifies();

        incident.lab.skew(0);
        incident.recover(&["--resend"]).expect(0);
        assert_eq!(incident.lab.accepted().len(), 1);
        incident.assert_recovered();
    });
}

#[test]
fn an_hour_that_came_twice_or_never_is_refused_with_both_instants_to_type() {
    let incident = Incident::new();
    // Dublin's winter is the exception by law: its clocks go back in October all the same.
    for (typed, which, two) in [
        (
            "2026-10-25 01:30:00",
            "came twice",
            ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"],
        ),
        (
            "2026-03-29 01:30:00",
            "was skipped",
            ["2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"],
        ),
    ] {
        let zoned = ["--zone", "Europe/Dublin", "--yes", "orders--drill"];
        let refused = incident
            .program
            .run(incident.arguments_with("--to", typed, &zoned))
            .expect(2);
        assert!(refused.stderr.contains(which), "{typed}: {refused:?}");
        for instant in two {
            assert!(refused.stderr.contains(instant), "{typed}: {refused:?}");
            // What is offered is understood; such an old instant is then refused by its age alone.
            let offered = incident.arguments_with("--to", instant, &["--yes", "orders--drill"]);
            incident.program.run(offered).expect(10);
            std::fs::remove_dir_all(incident.program.journals()).unwrap();
        }
    }
    incident.assert_untouched();
}

#[test]
fn a_leap_second_is_refused_with_the_second_before_it_to_type() {
    let incident = Incident::new();
    for typed in ["2016-12-31T23:59:60Z", "2026-11-20T02:14:60Z"] {
        let refused = incident
            .program
            .run(incident.arguments_with("--to", typed, &["--yes", "orders--drill"]))
            .expect(2);
        let before = typed.replace(":60Z", ":59Z");
        assert!(refused.stderr.contains(&before), "{typed}: {refused:?}");
        assert!(
            refused.stderr.contains("the cluster was not touched"),
            "{typed}: {refused:?}"
        );
    }
    assert!(incident.lab.calls().is_empty());
}
