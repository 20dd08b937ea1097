//! Safety copies that are stopped half-way: what is asked, what is told of them, and how it goes on.

use serde_json::{Value, json};

use crate::copies::{
    A_CLONE, A_SNAPSHOT, CLONE, INSTANCE, QUICK_COPIES, SNAPSHOT, WITH_INSTANCE, incident, left_behind,
};
use crate::harness::{Finished, Incident, Lab, QUICK, drill_with_copy, each, eventually};
use crate::place::{CLUSTER, Place};
use crate::terminal::{ACCEPT, PAUSE, Person, REWIND};

/// A copy that is made once the lab's time is moved on.
const SLOW: &str = "\n[copies]\nclone_ms = 500000\nsnapshot_ms = 500000\n";

fn next(ended: &Finished) -> String {
    ended.outcome()["next"].to_string()
}

/// The run waits for a login with the application paused, and says so.
#[track_caller]
fn assert_waits_for_a_login(incident: &Incident, ended: &Finished) {
    let (outcome, next) = (ended.outcome(), next(ended));
    let message = outcome["message"].to_string();
    assert!(message.contains("waiting for a new login"), "{message}");
    assert!(
        next.contains("aws sso login") && next.contains("backtrackctl recover "),
        "{next}"
    );
    assert!(incident.lab.world().shop.paused);
    assert!(incident.lab.requests().is_empty());
}

#[test]
fn credentials_that_end_while_a_copy_is_made_are_waited_for_and_the_same_copy_goes_on() {
    each([(CLONE, A_CLONE), (SNAPSHOT, A_SNAPSHOT)], |(action, keys)| {
        let incident = incident(SLOW, keys, "30m");
        let running = incident.start(&[]);
        eventually("the copy", || {
            (!incident.lab.accepted_of(action).is_empty()).then_some(())
        });
        incident.lab.faults(&json!([
            {"action": "DescribeDBClusters", "every": 1, "fault": "expired_token"},
            {"action": "DescribeDBClusterSnapshots", "every": 1, "fault": "expired_token"},
        ]));
        let ended = running.finish().expect(20);
        assert_waits_for_a_login(&incident, &ended);
        incident.recover(&[]).expect(20);

        incident.lab.heal();
        incident.lab.advance(600);
        incident.recover(&[]).expect(0);
        assert_eq!(incident.lab.accepted_of(action).len(), 1, "{action}");
        incident.assert_recovered();
    });
}

#[test]
fn credentials_that_end_at_a_call_for_a_copy_are_waited_for_and_it_is_made_once() {
    let calls = [
        (CLONE, A_CLONE),
        (INSTANCE, WITH_INSTANCE),
        (SNAPSHOT, A_SNAPSHOT),
    ];
    each(calls, |(action, keys)| {
        let incident = incident(QUICK_COPIES, keys, "30s");
        incident.lab.fault(action, 1, "expired_token");
        let ended = incident.rewind(&[]).expect(20);
        assert_waits_for_a_login(&incident, &ended);
        incident.recover(&[]).expect(0);
        assert_eq!(incident.lab.accepted_of(action).len(), 1, "{action}");
        incident.assert_recovered();
    });
}

#[test]
fn a_person_logs_in_again_while_the_clone_is_made_and_the_run_goes_on_with_it() {
    let lab = Lab::with(&format!("{QUICK}{SLOW}"));
    let place = Place::on(lab).with_runbook(&drill_with_copy(A_CLONE, "30m"));
    let mut person = Person::at(&place, &place.run_args("-2m", &[]));
    person.answers(PAUSE, "yes");
    eventually("the clone", || {
        (!place.lab.accepted_of(CLONE).is_empty()).then_some(())
    });
    place.lab.fault("DescribeDBClusters", 1, "expired_token");
    person
        .sees("Log in again")
        .sees("aws sso login")
        .sees("Enter or no>");
    place.lab.advance(600);
    person.types("").sees(REWIND);
    let phrase = person.reads_the_phrase();
    person.types(&phrase).answers(ACCEPT, "accept").sees("DONE");
    person.leaves_with(0);
    assert_eq!(place.lab.accepted_of(CLONE).len(), 1, "the clone that there was");
    assert_eq!(place.accepted(), 1);
    assert_eq!(CLUSTER, place.lab.cluster);
}

/// What is told of the one copy that is left: how it was last seen, its instance, and the actions that take it away.
#[track_caller]
fn told(ended: &Finished) -> (Value, Value, Vec<String>) {
    let [left] = left_behind(ended).try_into().expect("one thing left");
    assert_eq!(left["exists"], json!(true), "{left}");
    let actions = ["modify-db-cluster", "delete-db-instance", "delete-db-cluster"];
    let lines = left["remove"].as_array().unwrap().iter();
    let lines = lines.map(|line| {
        let line = line.as_str().unwrap();
        let action = actions
            .iter()
            .find(|action| line.contains(&format!(" {action} ")));
        (*action.unwrap()).to_owned()
    });
    let removal = lines.collect();
    (left["last_seen"].clone(), left["instance"].clone(), removal)
}

#[test]
fn a_clone_that_was_seen_is_told_as_seen_and_no_instance_that_was_not_made_is_taken_away() {
    let refused = incident(QUICK_COPIES, WITH_INSTANCE, "15s");
    refused.lab.faults(&json!([
        {"action": INSTANCE, "every": 1, "fault": "error", "status": 400, "code": "InstanceQuotaExceeded"},
    ]));
    let ended = refused.rewind(&[]).expect(10);
    let without = ["modify-db-cluster", "delete-db-cluster"].map(str::to_owned);
    assert_eq!(
        told(&ended),
        (
            json!("available"),
            json!("no instance was made"),
            without.to_vec()
        )
    );
    let run = refused.journal().run();
    let report = refused.program.run(["report", &run, "--format", "md"]).expect(0);
    assert!(
        report
            .stdout
            .contains("last seen `available`; no instance was made"),
        "{}",
        report.stdout
    );
    let screen = refused.program.run(["recover", &run]).expect(10);
    let screen = format!("{}{}", screen.stdout, screen.stderr);
    assert!(
        !screen.contains("MAY EXIST") && screen.contains("last seen `available`"),
        "{screen}"
    );

    let failed = incident("\n[copies]\nclones_fail = true\nclone_ms = 100\n", A_CLONE, "15s");
    let ended = failed.rewind(&[]).expect(10);
    assert_eq!(told(&ended).0, json!("cloning-failed"));

    let waited = incident(
        "\n[copies]\nclone_ms = 100\ninstance_ms = 4000000000\n",
        WITH_INSTANCE,
        "15s",
    );
    let ended = waited.rewind(&[]).expect(10);
    let (seen, instance, removal) = told(&ended);
    assert_eq!(seen, json!("available"));
    assert!(
        instance.to_string().contains("last seen `creating`"),
        "{instance}"
    );
    assert_eq!(removal.len(), 3);
}

#[test]
fn a_call_that_is_refused_for_a_login_leaves_nothing_behind() {
    let incident = incident(QUICK_COPIES, A_CLONE, "15s");
    incident.lab.fault_always(CLONE, "expired_token");
    let ended = incident.rewind(&[]).expect(20);
    assert_eq!(left_behind(&ended), Vec::<Value>::new());
}

#[test]
fn a_copy_that_cannot_be_made_is_told_as_such_with_the_ways_on() {
    let quota = incident("\n[copies]\nmost_clusters = 1\n", A_CLONE, "15s");
    let refused = quota.rewind(&[]).expect(10);
    assert_eq!(refused.outcome()["copy_failed"], true);
    let ways = next(&refused);
    for way in [
        "the same `run` with --no-clone --reason TEXT",
        "kind = \\\"snapshot\\\" under [copy]",
        "describe-db-clusters --query",
        "backtrackctl:what",
    ] {
        assert!(ways.contains(way), "no {way:?} in {ways}");
    }
    assert!(!ways.contains("patience"), "{ways}");

    let slow = incident("\n[copies]\nsnapshot_ms = 4000000000\n", A_SNAPSHOT, "10s");
    let mut arguments = slow.arguments(&["--yes", &slow.lab.cluster]);
    let output = arguments
        .iter()
        .position(|argument| argument == "--output")
        .unwrap();
    arguments.drain(output..output + 2);
    let screen = slow.program.run(arguments).expect(10);
    let screen = format!("{}{}", screen.stdout, screen.stderr);
    for told in [
        "REFUSED: the safety copy could not be made (refused, exit 10)",
        "a longer `patience` under [policy]",
        "kind = \"clone\" under [copy]",
    ] {
        assert!(screen.contains(told), "no {told:?} in {screen}");
    }
    assert!(!screen.contains("REFUSED by a check"), "{screen}");
}
