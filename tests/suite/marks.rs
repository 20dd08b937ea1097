//! `mark`: the present instant gets a name, durably, and `--to mark:NAME` goes back to it.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use crate::harness::{Finished, Incident, Lab, Program, each, stamp, whole_second};

/// `mark` on the lab of an incident, as JSON.
fn mark(incident: &Incident, more: &[&str]) -> Finished {
    let cluster = &incident.lab.cluster;
    mark_on(
        &incident.program,
        &incident.lab,
        &[&["--cluster", cluster], more].concat(),
    )
}

fn mark_on(program: &Program, lab: &Lab, more: &[&str]) -> Finished {
    let arguments = ["mark", "--output", "json", "--lab", &lab.endpoint];
    program.run([&arguments[..], more].concat())
}

fn instant(line: &Value) -> DateTime<Utc> {
    line["instant"].as_str().unwrap().parse().unwrap()
}

fn file(incident: &Incident) -> std::path::PathBuf {
    incident.program.journals().join("marks/marks.jsonl")
}

fn rewind_to(incident: &Incident, to: &str) -> Finished {
    let arguments = incident.arguments_with("--to", to, &["--yes", "orders--drill"]);
    incident.program.run(arguments)
}

/// The shop is closed around it, so that what is to come back is known exactly.
#[test]
fn a_suite_marks_before_and_goes_back_to_the_mark_after() {
    let incident = Incident::false_alarm();
    let before = incident.lab.world().now;
    let made = mark(
        &incident,
        &["before-suite", "--commit", "c0ffee", "--ticket", "OPS-7"],
    )
    .expect(0);
    let line = &made.lines()[0];
    assert_eq!(made.lines().len(), 1, "{made:?}");
    let marked = instant(line);
    assert!(
        marked <= incident.lab.world().now && marked >= whole_second(before),
        "{before} {line}"
    );
    assert_eq!(
        (&line["commit"], &line["ticket"]),
        (&"c0ffee".into(), &"OPS-7".into())
    );
    assert!(incident.lab.requests().is_empty(), "a mark asks for no change");
    for _ in 0..2 {
        incident.lab.advance(60);
        incident.lab.hurt("delete_all");
        let outcome = rewind_to(&incident, "mark:before-suite").expect(0).outcome();
        assert_eq!(outcome["requested"], stamp(marked));
        let digest = incident.lab.digest_at(marked);
        let world = incident.lab.world();
        let opened = world.shop.changes.last().unwrap();
        assert_eq!(
            incident.lab.digest_at(opened.at - TimeDelta::milliseconds(1)),
            digest
        );
    }
}

#[test]
fn the_text_and_the_instant_are_frozen_when_the_run_is_opened() {
    let incident = Incident::false_alarm();
    let first = mark(&incident, &["m"]).expect(0);
    let marked = instant(&first.lines()[0]);
    incident.lab.fault("BacktrackDBCluster", 1, "reset_before");
    incident.lab.advance(60);
    rewind_to(&incident, "mark:m").expect(31);
    let opened = &incident.journal().records()[0];
    assert_eq!(opened["goal"]["typed"], "mark:m");
    assert_eq!(opened["goal"]["reading"]["marked"]["at"], stamp(marked));
    // A mark that is gone from its file moves nothing of a run that was opened with it.
    std::fs::remove_file(file(&incident)).unwrap();
    let recovered = incident.recover(&["--resend"]).expect(0).outcome();
    assert_eq!(recovered["requested"], stamp(marked));
    let run = incident.journal().run();
    let report = incident.program.run(["report", &run]).expect(0);
    assert!(report.stdout.contains("mark:m"), "{report:?}");
}

#[test]
fn forward_goes_to_a_mark() {
    let incident = Incident::false_alarm();
    let far = incident.target - TimeDelta::minutes(5);
    let marked = instant(&mark(&incident, &["here"]).expect(0).lines()[0]);
    incident.lab.advance(5);
    incident.rewind_to(far, &["--hold"]).expect(20);
    let outcome = incident.forward("mark:here", &[]).expect(20).outcome();
    assert_eq!(outcome["requested"], stamp(marked));
}

#[test]
fn a_name_is_taken_once_and_moved_only_by_force() {
    let incident = Incident::false_alarm();
    let first = instant(&mark(&incident, &["m"]).expect(0).lines()[0]);
    incident.lab.advance(10);
    let refused = mark(&incident, &["m"]).expect(10);
    assert!(refused.stderr.contains(&stamp(first)), "{refused:?}");
    assert!(refused.stdout.is_empty(), "{refused:?}");
    let second = instant(&mark(&incident, &["m", "--force"]).expect(0).lines()[0]);
    assert!(second > first);
    assert_eq!(
        std::fs::read_to_string(file(&incident)).unwrap().lines().count(),
        2
    );
    let listed = mark(&incident, &["--list"]).expect(0).of_kind("mark");
    assert_eq!(listed.iter().map(instant).collect::<Vec<_>>(), [second]);
    for name in ["-m", "a b", "", "é", "a/b", &"x".repeat(65)] {
        mark(&incident, &["--", name]).expect(2);
    }
    mark(&incident, &["n", "--commit", "a\nb"]).expect(2);
}

#[test]
fn marks_that_are_made_at_the_same_time_all_land() {
    let incident = Incident::false_alarm();
    each(0..8, |number: usize| {
        mark(&incident, &[&format!("job-{number}")]).expect(0);
    });
    let listed = mark(&incident, &["--list"]).expect(0).of_kind("mark");
    assert_eq!(listed.len(), 8);
}

#[test]
fn a_list_says_how_long_each_can_be_reached_and_without_the_service_that_it_is_unknown() {
    let incident = Incident::with("[[cluster]]\nwindow_s = 14400\n");
    mark(&incident, &["old"]).expect(0);
    incident.lab.advance(3 * 3600 + 600);
    mark(&incident, &["new"]).expect(0);
    let states = |finished: &Finished| -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let lines = finished.of_kind("mark");
        lines
            .iter()
            .map(|line| (text(&line["name"]), text(&line["window"])))
            .collect()
    };
    let expected = |pairs: [(&str, &str); 2]| pairs.map(|(name, state)| (name.to_owned(), state.to_owned()));
    let listed = mark(&incident, &["--list"]).expect(0);
    assert_eq!(states(&listed), expected([("new", "inside"), ("old", "leaving")]));
    assert!(
        listed.stderr.contains("mark:old leaves the window in 4"),
        "{listed:?}"
    );
    assert!(listed.of_kind("mark")[1]["age_s"].as_i64().unwrap() >= 3 * 3600 + 600);
    // Out of the window: refused with both times, and never clamped.
    incident.lab.advance(2 * 3600);
    assert_eq!(
        states(&mark(&incident, &["--list"]).expect(0)),
        expected([("new", "inside"), ("old", "gone")])
    );
    let refused = rewind_to(&incident, "mark:old").expect(10);
    assert!(
        refused.rules("block").contains(&"window".to_owned()),
        "{refused:?}"
    );
    assert!(
        refused.outcome()["message"]
            .as_str()
            .unwrap()
            .contains("too early"),
        "{refused:?}"
    );
    incident.assert_untouched();
    // Nobody was asked, and nobody answers: both are lists all the same.
    let alone = incident
        .program
        .run(["mark", "--list", "--output", "json"])
        .expect(0);
    assert_eq!(states(&alone), expected([("new", "unknown"), ("old", "unknown")]));
    let dead = "http://127.0.0.1:9";
    let unreachable = incident.program.run([
        "mark",
        "--list",
        "--output",
        "json",
        "--lab",
        dead,
        "--cluster",
        "orders--drill",
    ]);
    assert_eq!(
        states(&unreachable.expect(0)),
        expected([("new", "unknown"), ("old", "unknown")])
    );
}

#[test]
fn a_mark_of_another_cluster_of_the_same_name_is_refused_with_both_named() {
    let first = Incident::false_alarm();
    mark(&first, &["m"]).expect(0);
    let text = std::fs::read_to_string(file(&first)).unwrap();
    let resource: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    // Each lab's cluster has an id of its own under the same name, as one that was restored has.
    let second = Incident::false_alarm();
    std::fs::create_dir_all(second.program.journals().join("marks")).unwrap();
    std::fs::write(file(&second), text).unwrap();
    let refused = rewind_to(&second, "mark:m").expect(10);
    let message = refused.outcome()["message"].as_str().unwrap().to_owned();
    let marked = resource["resource_id"].as_str().unwrap();
    assert!(message.contains(marked), "{message}");
    assert_eq!(message.matches("(cluster-").count(), 2, "{message}");
    second.assert_untouched();
    let listed = mark(&second, &["--list"]).expect(0).of_kind("mark");
    assert_eq!(listed[0]["window"], "foreign");
    // The name is free on this one.
    mark(&second, &["m"]).expect(0);
}

#[test]
fn a_damaged_file_is_refused_by_line_by_whoever_needs_it() {
    let incident = Incident::false_alarm();
    for name in ["a", "b", "c"] {
        mark(&incident, &[name]).expect(0);
    }
    let text = std::fs::read_to_string(file(&incident)).unwrap();
    let changed = text.replacen("\"name\":\"b\"", "\"name\":\"x\"", 1);
    assert_ne!(text, changed);
    std::fs::write(file(&incident), &changed).unwrap();
    for refused in [
        mark(&incident, &["d"]),
        mark(&incident, &["--list"]),
        rewind_to(&incident, "mark:a"),
    ] {
        let refused = refused.expect(40);
        assert!(refused.stderr.contains("damaged at line 2"), "{refused:?}");
    }
    assert_eq!(
        std::fs::read_to_string(file(&incident)).unwrap(),
        changed,
        "nothing is repaired"
    );
    incident.assert_untouched();
}

#[test]
fn what_can_never_be_gone_back_to_is_not_marked() {
    let off = Incident::unhurt(Lab::with("[[cluster]]\nwindow_s = 0\n"));
    let refused = mark(&off, &["m"]).expect(10);
    assert!(refused.stderr.contains("Backtrack is off"), "{refused:?}");
    let held = Incident::new();
    held.rewind(&["--hold"]).expect(20);
    let refused = mark(&held, &["m"]).expect(12);
    assert!(refused.stderr.contains("recover"), "{refused:?}");
    let gone = mark_on(&held.program, &held.lab, &["m", "--cluster", "other--drill"]).expect(4);
    assert!(gone.stderr.contains("nothing was marked"), "{gone:?}");
    // Neither a lab's name on AWS, nor a real name on a lab.
    mark_on(&held.program, &held.lab, &["m", "--cluster", "orders"]).expect(10);
    assert!(!file(&held).exists() && !file(&off).exists());
    let unknown = rewind_to(&off, "mark:nowhere").expect(2);
    assert!(unknown.stderr.contains("there are no marks"), "{unknown:?}");
}

#[test]
fn a_mark_is_the_services_time_and_never_a_later_one() {
    let incident = Incident::false_alarm();
    incident.lab.skew(-40);
    let made = mark(&incident, &["m"]).expect(0);
    let service = incident.lab.world().now - TimeDelta::seconds(40);
    assert!(instant(&made.lines()[0]) <= service, "{made:?}");
}

#[test]
fn a_mark_that_the_disk_does_not_take_is_no_mark() {
    let incident = Incident::false_alarm();
    // 9 blocks are what the program asks of a disk before it begins; the next mark does not fit into them.
    let blocks = 9;
    for number in 0.. {
        mark(&incident, &[&format!("m{number}")]).expect(0);
        let length = std::fs::metadata(file(&incident)).unwrap().len();
        if length + length / (number + 1) > u64::from(blocks) * 512 {
            break;
        }
    }
    let whole = std::fs::read(file(&incident)).unwrap();
    let full = Program::new().with_files_of_at_most(blocks);
    std::fs::create_dir_all(full.journals().join("marks")).unwrap();
    let kept = full.journals().join("marks/marks.jsonl");
    std::fs::write(&kept, &whole).unwrap();
    let refused = mark_on(&full, &incident.lab, &["b", "--cluster", "orders--drill"]).expect(10);
    assert!(
        refused.stderr.contains("is not durable, so it does not count"),
        "{refused:?}"
    );
    assert!(refused.stdout.is_empty(), "{refused:?}");
    assert_eq!(std::fs::read(&kept).unwrap(), whole);
}

#[test]
fn a_mark_in_what_a_later_rewind_discarded_says_that_it_is_not_known_what_is_there() {
    let incident = Incident::false_alarm();
    incident.lab.advance(5);
    mark(&incident, &["before-deploy"]).expect(0);
    incident.lab.advance(60);
    let listed = || mark(&incident, &["--list"]).expect(0).lines().remove(0);
    assert_eq!(listed()["discarded"], Value::Null);
    incident.rewind(&[]).expect(0);
    let line = listed();
    assert_eq!(line["window"], "inside", "{line}");
    let discarded = line["discarded"].as_str().unwrap();
    assert!(
        discarded.contains(&format!("the backtrack to {}", stamp(incident.target))),
        "{line}"
    );
    let text = incident.program.run([
        "mark",
        "--list",
        "--cluster",
        "orders--drill",
        "--lab",
        &incident.lab.endpoint,
    ]);
    assert!(
        text.expect(0).stdout.contains("NOT KNOWN what is there"),
        "{line}"
    );
}
