//! What is no search is refused before anything is moved.

use chrono::TimeDelta;

use super::Mystery;
use crate::harness::stamp;

#[test]
fn a_probe_that_has_no_answer_or_says_good_of_the_present_is_refused_before_any_outage() {
    let mystery = Mystery::new(4, 1);
    for (script, said) in [
        ("exit 0", "says good of the present"),
        ("exit 127", "no answer about the present"),
        ("exec sleep 600", "no answer about the present"),
    ] {
        mystery.incident.program.file("probe.sh", script);
        let refused = mystery.search(&["--timeout", "10s"]).expect(10);
        let message = refused.outcome()["message"].as_str().unwrap().to_owned();
        assert!(message.contains(said), "{script}: {message}");
        assert!(mystery.incident.lab.requests().is_empty());
        assert!(!mystery.incident.lab.world().shop.paused, "it is open again");
        std::fs::remove_dir_all(mystery.incident.program.journals().join("runs")).unwrap();
    }
}

#[test]
fn without_yes_and_without_a_person_nothing_is_paused() {
    let mystery = Mystery::new(4, 1);
    let mut arguments = mystery.arguments(&Mystery::over_candidates(&[]));
    let yes = arguments.iter().position(|argument| argument == "--yes").unwrap();
    arguments.drain(yes..yes + 2);
    let refused = mystery.incident.program.run(arguments).expect(10);
    assert_eq!(refused.outcome()["outcome"], "refused");
    mystery.incident.assert_untouched();
}

#[test]
fn what_leaves_nothing_to_search_is_a_wrong_use() {
    let mystery = Mystery::new(4, 1);
    let program = &mystery.incident.program;
    let candidates = std::fs::read_to_string(program.home().join("found.jsonl")).unwrap();
    program.file("one.jsonl", candidates.lines().next().unwrap());
    program.file("undone.jsonl", &candidates.replace("null", "false"));
    let now = stamp(mystery.incident.lab.world().now);
    let (probe, far) = (["--probe", "true"], stamp(mystery.good - TimeDelta::seconds(30)));
    let cases: [(&[&str], &str); 9] = [
        (&["--candidates", "one.jsonl"], "at least two candidates"),
        (&["--candidates", "undone.jsonl"], "at least two candidates"),
        (&["--within", "24h"], "no further instant"),
        (&["--within", "0s"], "expected a length"),
        (&["--within", "1d"], "expected a length"),
        (
            &["--within", "1s", "--bad", &far],
            "the good instant before the bad one",
        ),
        (
            &["--within", "1s", "--good", &now],
            "cannot be used multiple times",
        ),
        (&["--within", "1s", "--at", &now], "cannot be used with"),
        (&["--within", "1s", "--confirm", "0"], "0 is not in 1..=9"),
    ];
    for (more, said) in cases {
        let refused = mystery.start(&[more, &probe].concat()).finish().expect(2);
        assert!(refused.stderr.contains(said), "{more:?}: {refused:?}");
    }
    let by_sql = ["--within", "1s", "--sql", "SELECT 1", "--expect", "equals = 1"];
    let refused = mystery.start(&by_sql).finish().expect(2);
    assert!(refused.stderr.contains("[database]"), "{refused:?}");
    program.file("broken.jsonl", "{\"kind\":\"candidate\"\n");
    for file in ["broken.jsonl", "nowhere.jsonl"] {
        let refused = mystery
            .start(&[&["--candidates", file], &probe[..]].concat())
            .finish()
            .expect(4);
        assert!(refused.stderr.contains(file), "{refused:?}");
    }
    mystery.incident.assert_untouched();
    assert!(crate::harness::Journal::only(&program.journals()).is_none());
}

#[test]
fn ends_that_cannot_be_reached_are_refused_with_both_times() {
    let mystery = Mystery::new(4, 1);
    let world = mystery.incident.lab.world();
    let early = stamp(world.cluster().earliest.unwrap() - TimeDelta::hours(1));
    let mut arguments = mystery.arguments(&["--within", "1h", "--probe", "true"]);
    let good = arguments
        .iter()
        .position(|argument| argument == "--good")
        .unwrap();
    arguments[good + 1].clone_from(&early);
    let refused = mystery.incident.program.run(arguments).expect(10);
    assert!(
        refused.rules("block").contains(&"search".to_owned()),
        "{refused:?}"
    );
    assert!(
        refused.outcome()["message"]
            .as_str()
            .unwrap()
            .contains("too early"),
        "{refused:?}"
    );
    mystery.incident.assert_untouched();
    std::fs::remove_dir_all(mystery.incident.program.journals().join("runs")).unwrap();
    let future = stamp(world.now + TimeDelta::minutes(5));
    let more = ["--bad", &future, "--within", "30s", "--probe", "true"];
    let refused = mystery.start(&more).finish().expect(10);
    assert!(
        refused.rules("block").contains(&"search".to_owned()),
        "{refused:?}"
    );
    mystery.incident.assert_untouched();
}
