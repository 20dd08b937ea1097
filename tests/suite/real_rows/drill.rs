//! `drill` with a real server, and without one.

use serde_json::Value;

use crate::harness::{Finished, Program, Running, each};

fn play(arguments: &[&str], server: Option<&str>) -> Finished {
    let program = Program::new();
    let mut command = program.command(arguments);
    if let Some(server) = server {
        command.env("BACKTRACKCTL_MARIADBD", server);
    }
    Running::start(&mut command).finish()
}

fn score(finished: &Finished) -> Value {
    let lines = finished.lines();
    lines.into_iter().find(|line| line["kind"] == "score").unwrap()
}

#[test]
fn a_drill_takes_the_real_server_that_is_there_and_goes_back_and_forward_on_it() {
    let finished = play(&["drill", "too-far", "--output", "json"], None).expect(0);
    let score = score(&finished);
    assert_eq!(
        (&score["engine"], &score["hops"]),
        (&"mariadb".into(), &2.into()),
        "{score}"
    );
    assert!(score["rows_recovered"].as_u64().unwrap() > 0, "{score}");
    assert_eq!(score["missed"], serde_json::json!([]));
}

#[test]
fn without_one_it_plays_in_memory_and_says_how_to_get_one() {
    let finished = play(&["drill", "lost-reply"], Some("/nowhere/mariadbd")).expect(0);
    assert!(
        finished.stderr.contains("apt-get install mariadb-server-core"),
        "{}",
        finished.stderr
    );
    assert!(finished.stderr.contains("engine memory"), "{}", finished.stderr);
}

#[test]
fn every_scenario_of_a_real_server_comes_to_its_good_end_with_nobody_there() {
    let names = ["bad-migration", "intrusion", "open-import", "pool-comes-back"];
    each(names, |name| {
        let arguments = ["drill", name, "--engine", "mariadb", "--output", "json"];
        let finished = play(&arguments, None).expect(0);
        let score = score(&finished);
        assert_eq!(
            (&score["scenario"], &score["engine"], &score["passed"]),
            (&name.into(), &"mariadb".into(), &true.into()),
            "{score}"
        );
        if name == "pool-comes-back" {
            // Before anything is sent, whoever comes back is named.
            let told = finished.lines();
            let sent = told.iter().position(|line| line["kind"] == "sending").unwrap();
            let named = told
                .iter()
                .position(|line| line.to_string().contains("reporting"));
            assert!(named.is_some_and(|named| named < sent), "{finished:?}");
        }
    });
}

#[test]
fn without_a_server_the_scenarios_that_need_one_are_named_and_the_others_played() {
    let finished = play(&["drill"], Some("/nowhere/mariadbd")).expect(0);
    let told = finished.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    let left_out =
        "Not played, because they need a real server: bad-migration, intrusion, open-import, pool-comes-back";
    assert!(told.contains(left_out), "{told}");
    for played in ["delete-without-where", "too-far", "lost-reply"] {
        assert!(finished.stdout.contains(played), "{played}: {}", finished.stdout);
    }
}

#[test]
fn a_scenario_of_a_real_server_is_not_played_in_memory() {
    let finished = play(&["drill", "bad-migration", "--engine", "memory"], None).expect(2);
    for told in [
        "needs a real server",
        "apt-get install mariadb-server-core",
        "backtrackctl drill bad-migration --engine mariadb",
    ] {
        assert!(finished.stderr.contains(told), "{told}: {}", finished.stderr);
    }
}
