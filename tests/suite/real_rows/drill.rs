//! `drill` with a real server, and without one.

use serde_json::Value;

use crate::harness::{Finished, Program, Running};

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
