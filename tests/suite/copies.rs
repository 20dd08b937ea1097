//! Safety copies: taken once, before the request, of what the rewind discards; and never forgotten.

use rustix::process::Signal;
use serde_json::{Value, json};

use crate::harness::{Finished, Incident, World, drill_with_copy, each, eventually, stamp};

pub const CLONE: &str = "RestoreDBClusterToPointInTime";
pub const SNAPSHOT: &str = "CreateDBClusterSnapshot";
pub const INSTANCE: &str = "CreateDBInstance";
const SEND: &str = "BacktrackDBCluster";

/// Copies that are made within a moment.
pub const QUICK_COPIES: &str = "
[copies]
clone_ms = 200
instance_ms = 200
snapshot_ms = 200
";

pub const A_CLONE: &str = "kind = \"clone\"";
pub const WITH_INSTANCE: &str = "kind = \"clone\"\ninstance = \"db.r6g.large\"";
pub const A_SNAPSHOT: &str = "kind = \"snapshot\"";

/// An incident on a lab with this of `[copies]`, and a runbook with these keys of `[copy]`.
pub fn incident(copies: &str, keys: &str, patience: &str) -> Incident {
    let incident = Incident::with(copies);
    incident
        .program
        .file("drill.toml", &drill_with_copy(keys, patience));
    incident
}

/// What the outcome tells of copies.
pub fn left_behind(ended: &Finished) -> Vec<Value> {
    ended.outcome()["left_behind"].as_array().unwrap().clone()
}

/// Copies of either kind.
fn count(world: &World) -> usize {
    world.clones().len() + world.snapshots.len()
}

/// Nothing was asked of the cluster, and the shop is open again.
#[track_caller]
fn assert_put_back(incident: &Incident) {
    assert!(
        incident.lab.requests().is_empty(),
        "{:?}",
        incident.lab.requests()
    );
    let shop = incident.lab.world().shop;
    assert!(!shop.paused, "{shop:?}");
    incident.assert_journal_verifies();
}

#[test]
fn a_clone_is_taken_before_the_request_and_holds_what_the_rewind_discards() {
    let incident = incident(QUICK_COPIES, WITH_INSTANCE, "15s");
    let ended = incident.rewind(&[]).expect(0);
    incident.assert_recovered();
    let [made] = incident.lab.accepted_of(CLONE).try_into().expect("one clone");
    let [instance] = incident
        .lab
        .accepted_of(INSTANCE)
        .try_into()
        .expect("one instance");
    let sent = &incident.lab.accepted()[0];
    assert!(made.seq < instance.seq && instance.seq < sent.seq);
    assert!(!made.params.contains_key("RestoreToTime"), "{made:?}");
    for (key, value) in [
        ("DBClusterParameterGroupName", "orders--drill-parameters"),
        ("DBSubnetGroupName", "drill"),
        ("VpcSecurityGroupIds.VpcSecurityGroupId.1", "sg-0d2111d2111d2111d"),
        ("BacktrackWindow", "86400"),
        ("DeletionProtection", "true"),
    ] {
        assert_eq!(made.params.get(key).map(String::as_str), Some(value), "{key}");
    }

    let world = incident.lab.world();
    let [clone] = world.clones().try_into().expect("one clone");
    let run = incident.journal().run();
    assert_eq!(clone.id, format!("orders--drill-before-{run}-1"));
    // What the cluster showed when the clone was asked for: the rows are gone, and later ones are there.
    assert_eq!(clone.orders_digest, incident.lab.digest_at(made.at));
    assert_ne!(clone.orders_digest, incident.digest);

    let [left] = left_behind(&ended).try_into().expect("one thing left");
    assert_eq!((&left["id"], &left["exists"]), (&json!(clone.id), &json!(true)));
    let commands: Vec<&str> = left["remove"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let of = |command: &str| commands.iter().position(|line| line.contains(command));
    let order = [
        of("modify-db-cluster"),
        of("delete-db-instance"),
        of("delete-db-cluster"),
    ];
    assert_eq!(order, [Some(0), Some(1), Some(2)], "{commands:?}");
    let report = incident.program.run(["report", &run, "--format", "md"]).expect(0);
    assert!(report.stdout.contains("## Left behind"), "{}", report.stdout);
}

#[test]
fn a_snapshot_is_taken_and_its_source_is_waited_for() {
    let incident = incident("\n[copies]\nsnapshot_ms = 1500\n", A_SNAPSHOT, "15s");
    let ended = incident.rewind(&[]).expect(0);
    incident.assert_recovered();
    let made = &incident.lab.accepted_of(SNAPSHOT)[0];
    // A cluster that is backing up refuses a backtrack: it was not asked before.
    assert_eq!(incident.lab.requests().len(), 1);
    let world = incident.lab.world();
    let [snapshot] = world.snapshots.as_slice() else {
        panic!("one snapshot, got {:?}", world.snapshots)
    };
    assert_eq!(snapshot.orders_digest, incident.lab.digest_at(made.at));
    assert_eq!(left_behind(&ended)[0]["id"], json!(snapshot.id));
}

#[test]
fn a_call_that_meets_a_fault_makes_one_copy_all_the_same() {
    let calls = [
        (CLONE, A_CLONE),
        (INSTANCE, WITH_INSTANCE),
        (SNAPSHOT, A_SNAPSHOT),
        ("DescribeDBClusterSnapshots", A_SNAPSHOT),
    ];
    let faults = ["throttle", "error", "reset_before", "reset_after", "malformed"];
    let cases = calls
        .into_iter()
        .flat_map(|call| faults.map(|fault| (call, fault)));
    each(cases, |((action, keys), fault)| {
        let incident = incident(QUICK_COPIES, keys, "30s");
        incident.lab.fault(action, 1, fault);
        let ended = incident.rewind(&[]).expect(0);
        incident.assert_recovered();
        assert_eq!(count(&incident.lab.world()), 1, "{action} {fault}");
        let made = [CLONE, SNAPSHOT].map(|action| incident.lab.accepted_of(action).len());
        assert_eq!(made.iter().sum::<usize>(), 1, "{action} {fault}");
        assert_eq!(left_behind(&ended).len(), 1, "{action} {fault}");
    });
}

#[test]
fn tags_that_appear_late_are_waited_for() {
    let late = incident("\n[copies]\nclone_ms = 100\ntags_ms = 1500\n", A_CLONE, "30s");
    late.rewind(&[]).expect(0);
    late.assert_recovered();
    assert_eq!(late.lab.world().clones().len(), 1);
    // What never shows them may be ours all the same: it is listed, and nothing is sent.
    let never = incident(
        "\n[copies]\nclone_ms = 100\ntags_ms = 4000000000\n",
        A_CLONE,
        "10s",
    );
    let refused = never.rewind(&[]).expect(10);
    assert_eq!(left_behind(&refused)[0]["exists"], json!(false));
    assert_put_back(&never);
}

#[test]
fn a_definite_no_puts_back_what_was_paused_and_leaves_nothing() {
    let quota = incident("\n[copies]\nmost_clusters = 1\n", A_CLONE, "15s");
    let snapshots = incident("\n[copies]\nmost_snapshots = 0\n", A_SNAPSHOT, "15s");
    for (incident, code) in [
        (quota, "DBClusterQuotaExceededFault"),
        (snapshots, "SnapshotQuotaExceeded"),
    ] {
        let refused = incident.rewind(&[]).expect(10);
        let message = refused.outcome()["message"].to_string();
        assert!(
            message.contains(code) && message.contains("could not be taken"),
            "{message}"
        );
        assert_eq!(left_behind(&refused), Vec::<Value>::new());
        assert_eq!(count(&incident.lab.world()), 0);
        assert_put_back(&incident);
    }
}

#[test]
fn a_copy_that_fails_or_never_ends_puts_back_what_was_paused_and_is_listed() {
    let cases = [
        (
            "clones_fail = true\nclone_ms = 100",
            A_CLONE,
            "15s",
            "cloning-failed",
        ),
        ("clone_ms = 4000000000", A_CLONE, "10s", "given up after"),
        ("snapshot_ms = 4000000000", A_SNAPSHOT, "10s", "given up after"),
        (
            "clone_ms = 100\ninstance_ms = 4000000000",
            WITH_INSTANCE,
            "15s",
            "given up after",
        ),
    ];
    each(cases, |(copies, keys, patience, why)| {
        let incident = incident(&format!("\n[copies]\n{copies}\n"), keys, patience);
        let refused = incident.rewind(&[]).expect(10);
        let [left] = left_behind(&refused).try_into().expect("one thing left");
        assert_eq!(left["exists"], json!(true));
        assert!(left["why"].to_string().contains(why), "{left}");
        assert_eq!(count(&incident.lab.world()), 1);
        assert_put_back(&incident);
        let run = incident.journal().run();
        let report = incident.program.run(["report", &run, "--format", "md"]).expect(0);
        assert!(
            report.stdout.contains("It exists, last seen"),
            "{}",
            report.stdout
        );
    });
}

#[test]
fn an_interrupted_copy_is_put_back_and_listed() {
    let incident = incident("\n[copies]\nclone_ms = 4000000000\n", A_CLONE, "30m");
    let running = incident.start(&[]);
    eventually("the clone, noted", || {
        let seen = |record: &Value| record["noted"]["whole"]["status"] == "creating";
        let begun = !incident.lab.accepted_of(CLONE).is_empty();
        (begun && incident.journal().records().iter().any(seen)).then_some(())
    });
    running.signal(Signal::INT);
    let ended = running.finish().expect(130);
    let left = &left_behind(&ended)[0];
    assert_eq!(
        (&left["exists"], &left["last_seen"]),
        (&json!(true), &json!("creating"))
    );
    assert_put_back(&incident);
    assert!(ended.of_kind("waiting").iter().any(|line| {
        line["what"]
            .to_string()
            .contains("the safety copy: orders--drill-before-")
    }));
}

#[test]
fn something_else_of_that_name_is_no_copy_of_ours() {
    let incident = incident(QUICK_COPIES, A_CLONE, "15s");
    // The check of the pause waits until the name is taken.
    let go = incident.program.home().join("go");
    let check = r#"command = ["$BACKTRACKCTL_BIN", "lab", "shop", "is-paused"]"#;
    let held = format!(
        r#"command = ["sh", "-c", "test -e {} && exec $BACKTRACKCTL_BIN lab shop is-paused"]"#,
        go.display()
    );
    let runbook = drill_with_copy(A_CLONE, "15s");
    assert!(runbook.contains(check));
    incident
        .program
        .file("drill.toml", &runbook.replace(check, &held));
    let running = incident.start(&[]);
    eventually("a paused shop", || incident.lab.world().shop.paused.then_some(()));
    let taken = format!("orders--drill-before-{}-1", incident.journal().run());
    incident.lab.api(&format!(
        "Action={CLONE}&DBClusterIdentifier={taken}&SourceDBClusterIdentifier=orders--drill\
         &RestoreType=copy-on-write&UseLatestRestorableTime=true"
    ));
    incident.program.file("go", "");
    let refused = running.finish().expect(10);
    let message = refused.outcome()["message"].to_string();
    assert!(
        message.contains("is not this run's") && message.contains("backtrackctl:run"),
        "{message}"
    );
    // Nobody is told to delete what is not this run's.
    assert_eq!(left_behind(&refused), Vec::<Value>::new());
    assert_eq!(incident.lab.accepted_of(CLONE).len(), 1);
    assert_put_back(&incident);
}

/// A run that waits between its last looks, because AWS refuses the request for its rate.
fn waiting_to_send(keys: &str) -> (Incident, crate::harness::Running) {
    let incident = incident(QUICK_COPIES, keys, "15s");
    incident.lab.fault_always(SEND, "throttle");
    let running = incident.start(&[]);
    eventually("a refused request", || {
        (!incident.lab.requests().is_empty()).then_some(())
    });
    (incident, running)
}

#[test]
fn a_clone_that_is_gone_stops_the_request() {
    let (incident, running) = waiting_to_send(A_CLONE);
    let clone = incident.lab.world().clones()[0].id.clone();
    incident.lab.api(&format!(
        "Action=ModifyDBCluster&DBClusterIdentifier={clone}&DeletionProtection=false"
    ));
    incident.lab.api(&format!(
        "Action=DeleteDBCluster&DBClusterIdentifier={clone}&SkipFinalSnapshot=true"
    ));
    let refused = running.finish().expect(10);
    assert!(
        refused.rules("block").contains(&"safety_copy".to_owned()),
        "{refused:?}"
    );
    assert!(incident.lab.accepted().is_empty());
    assert!(!incident.lab.world().shop.paused);
}

#[test]
fn a_copy_that_cannot_be_read_is_not_taken_for_gone() {
    let (incident, running) = waiting_to_send(A_SNAPSHOT);
    incident.lab.faults(&json!([
        {"action": SEND, "every": 1, "fault": "throttle"},
        {"action": "DescribeDBClusterSnapshots", "every": 1, "fault": "error"},
    ]));
    let refused = running.finish().expect(10);
    let message = refused.outcome()["message"].to_string();
    assert!(
        message.contains("could not be read: DescribeDBClusterSnapshots"),
        "{message}"
    );
    assert!(!message.contains("gone"), "{message}");
    assert_eq!(left_behind(&refused)[0]["exists"], json!(true));
    assert!(!incident.lab.world().shop.paused);
}

#[test]
fn a_copy_that_would_outlast_the_window_blocks_before_anything_is_paused() {
    let incident = incident("\n[copies]\nclone_ms = 500000\n", A_CLONE, "30m");
    let running = incident.start(&[]);
    eventually("the clone", || {
        (!incident.lab.accepted_of(CLONE).is_empty()).then_some(())
    });
    incident.lab.advance(600);
    running.finish().expect(0);
    let changes = incident.lab.world().shop.changes.len();

    let earliest = incident.lab.world().cluster().earliest.unwrap();
    let near = stamp(crate::harness::whole_second(earliest) + chrono::TimeDelta::minutes(5));
    let refused = incident
        .program
        .run(incident.arguments_with("--to", &near, &["--yes", "orders--drill"]));
    let refused = refused.expect(10);
    assert_eq!(refused.rules("block"), ["safety_copy"]);
    let finding = refused
        .of_kind("finding")
        .into_iter()
        .find(|line| line["rule"] == "safety_copy");
    let finding = finding.unwrap();
    assert!(
        finding["message"]
            .to_string()
            .contains("would outlast the window"),
        "{finding}"
    );
    assert!(
        finding["instead"]
            .to_string()
            .contains("--no-clone --reason TEXT"),
        "{finding}"
    );
    assert_eq!(
        incident.lab.world().shop.changes.len(),
        changes,
        "nothing was paused"
    );
    // The rehearsal knows from the same runs what the run knows.
    let rehearsed = incident
        .program
        .run(incident.arguments_with("--to", &near, &["--dry-run"]))
        .expect(10);
    assert_eq!(rehearsed.rules("block"), ["safety_copy"]);

    let without = ["--no-clone", "--reason", "the window closes", "--dry-run"];
    let rehearsed = incident
        .program
        .run(incident.arguments_with("--to", &near, &without))
        .expect(0);
    assert!(
        rehearsed.rules("warn").contains(&"safety_copy".to_owned()),
        "{rehearsed:?}"
    );
}

#[test]
fn a_copy_is_left_out_with_a_reason_alone_and_the_report_says_so() {
    let incident = incident(QUICK_COPIES, A_CLONE, "15s");
    incident.rewind(&["--no-clone"]).expect(2);
    assert!(incident.lab.calls().is_empty());
    let ended = incident
        .rewind(&["--no-clone", "--reason", "no time for it"])
        .expect(0);
    assert_eq!(left_behind(&ended), Vec::<Value>::new());
    assert_eq!(count(&incident.lab.world()), 0);
    let opened = &incident.journal().records()[0];
    assert_eq!(
        (&opened["without_copy"], &opened["reason"]),
        (&json!(true), &json!("no time for it"))
    );
    let run = incident.journal().run();
    let report = incident.program.run(["report", &run, "--format", "md"]).expect(0);
    assert!(
        report.stdout.contains("no safety copy was taken"),
        "{}",
        report.stdout
    );
    incident.assert_recovered();
}

#[test]
fn a_rehearsal_takes_no_copy_and_says_that_a_run_would() {
    let incident = incident(QUICK_COPIES, A_CLONE, "15s");
    let rehearsed = incident.program.run(incident.arguments(&["--dry-run"])).expect(0);
    assert!(
        rehearsed.rules("warn").contains(&"safety_copy".to_owned()),
        "{rehearsed:?}"
    );
    let plan = rehearsed.of_kind("plan")[0].to_string();
    assert!(plan.contains("take a safety clone"), "{plan}");
    incident.assert_untouched();
    let reads = |action: &str| action.starts_with("Describe") || action.starts_with("Get");
    assert!(incident.lab.calls().iter().all(|call| reads(&call.action)));
}
