//! Clients that nobody here wrote: boto3 and the AWS CLI drive a served lab, unchanged.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::harness::{Finished, Lab, Running, drill_with_copy, eventually};
use crate::place::{CLUSTER, Place};

/// Two clusters, one with a binary log, and pages of 20.
const TWO_CLUSTERS: &str = "\
[service]
page_size = 20
list_order = \"shuffled\"
[[cluster]]
id = \"orders--drill\"
[[cluster]]
id = \"ledger--drill\"
binlog_format = \"ROW\"
";

/// The folder of `python` and `aws`: as `tests/run` installs them, else those of the machine.
fn programs() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let given = std::env::var_os("BACKTRACKCTL_TEST_VENV").map(PathBuf::from);
    given
        .or_else(|| Some(root.join(".venv")).filter(|venv| venv.is_dir()))
        .map(|venv| venv.join("bin"))
}

/// A client with keys that the lab does not look at, and nothing else of AWS around it.
fn client(place: &Place, program: &str, args: &[&str]) -> Finished {
    let mut command = Command::new(program);
    command.args(args).env_clear().envs(environment(place));
    let there = std::env::split_paths(&environment(place)[0].1).any(|folder| folder.join(program).is_file());
    assert!(
        there,
        "expected the program {program} in BACKTRACKCTL_TEST_VENV, .venv or PATH, found none; tests/run installs it, \
         or: python3 -m venv .venv && .venv/bin/pip install -r tests/clients/requirements.txt"
    );
    Running::start(command.stdout(Stdio::piped()).stderr(Stdio::piped())).finish()
}

fn environment(place: &Place) -> Vec<(&'static str, String)> {
    let own = programs().map_or_else(String::new, |folder| format!("{}:", folder.display()));
    let path = std::env::var("PATH").unwrap_or_default();
    vec![
        ("PATH", format!("{own}{path}")),
        ("HOME", place.folder().display().to_string()),
        ("LANG", "C.UTF-8".to_owned()),
        ("AWS_ACCESS_KEY_ID", "AKID".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", "SECRET".to_owned()),
        ("AWS_DEFAULT_REGION", "us-east-1".to_owned()),
        // Whatever goes astray ends here: nothing leaves the machine.
        ("HTTPS_PROXY", "http://127.0.0.1:9".to_owned()),
        ("AWS_EC2_METADATA_DISABLED", "true".to_owned()),
        ("AWS_PAGER", String::new()),
    ]
}

fn aws(place: &Place, args: &[&str]) -> Value {
    let said = cli(place, args).expect(0);
    serde_json::from_str(&said.stdout).unwrap_or(Value::Null)
}

/// The endpoint is an argument: the CLI does not take it from the environment for every service.
fn cli(place: &Place, args: &[&str]) -> Finished {
    client(
        place,
        "aws",
        &[args, &["--endpoint-url", &place.lab.endpoint]].concat(),
    )
}

#[test]
fn boto3_finds_an_aurora() {
    let place = Place::on(Lab::with(TWO_CLUSTERS));
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients/boto.py");
    client(&place, "python3", &["-B", script, &place.lab.endpoint]).expect(0);
}

#[test]
fn the_aws_cli_rewinds_the_lab() {
    let place = Place::new();
    let caller = aws(&place, &["sts", "get-caller-identity"]);
    assert_eq!(caller["Account"], "123456789012");
    let clusters = aws(&place, &["rds", "describe-db-clusters"]);
    assert_eq!(clusters["DBClusters"][0]["DBClusterIdentifier"], CLUSTER);

    let to = (place.now() - chrono::TimeDelta::minutes(5)).format("%Y-%m-%dT%H:%M:%SZ");
    let of_cluster = ["--db-cluster-identifier", CLUSTER];
    for _ in 0..2 {
        let rewind = ["rds", "backtrack-db-cluster", "--backtrack-to", &to.to_string()];
        let answer = aws(&place, &[&rewind[..], &of_cluster[..]].concat());
        assert_eq!(answer["Status"], "PENDING");
        place.lab.advance(15);
    }
    let list = ["rds", "describe-db-cluster-backtracks", "--max-items", "1"];
    let first = aws(&place, &[&list[..], &of_cluster[..]].concat());
    let token = first["NextToken"].as_str().expect("more than one item");
    let rest = ["--starting-token", token];
    let second = aws(&place, &[&list[..], &of_cluster[..], &rest[..]].concat());
    let id = |page: &Value| page["DBClusterBacktracks"][0]["BacktrackIdentifier"].clone();
    assert!(id(&first).is_string() && id(&second).is_string() && id(&first) != id(&second));

    let wait = ["rds", "wait", "db-cluster-available"];
    aws(&place, &[&wait[..], &of_cluster[..]].concat());
    let nowhere = [
        "rds",
        "describe-db-clusters",
        "--db-cluster-identifier",
        "nowhere--drill",
    ];
    let said = cli(&place, &nowhere);
    assert_ne!(said.exit(), Some(0));
    assert!(said.stderr.contains("(DBClusterNotFoundFault)"), "{said:?}");
}

#[test]
fn the_aws_cli_clones_the_lab_and_takes_the_clone_away() {
    let place = Place::new();
    let mut clone = vec!["rds", "restore-db-cluster-to-point-in-time", "--restore-type"];
    clone.extend([
        "copy-on-write",
        "--use-latest-restorable-time",
        "--deletion-protection",
    ]);
    clone.extend(["--source-db-cluster-identifier", CLUSTER]);
    clone.extend(["--db-cluster-identifier", "copy--1", "--tags", "Key=run,Value=r1"]);
    let made = aws(&place, &clone);
    assert_eq!(made["DBCluster"]["TagList"][0]["Value"], "r1");
    place.lab.advance(15);
    let named = ["--db-cluster-identifier", "copy--1"];
    let instance = ["--db-instance-identifier", "copy--1-1"];
    let create = ["rds", "create-db-instance", "--engine", "aurora-mysql"];
    let class = ["--db-instance-class", "db.t4g.medium"];
    aws(&place, &[&create[..], &class, &instance, &named].concat());
    place.lab.advance(15);
    let unprotect = [
        "rds",
        "modify-db-cluster",
        "--no-deletion-protection",
        "--apply-immediately",
    ];
    aws(&place, &[&unprotect[..], &named].concat());
    aws(&place, &[&["rds", "delete-db-instance"][..], &instance].concat());
    aws(
        &place,
        &[&["rds", "delete-db-cluster", "--skip-final-snapshot"][..], &named].concat(),
    );
    place.lab.advance(15);
    let left = aws(&place, &["rds", "describe-db-clusters"]);
    assert_eq!(left["DBClusters"].as_array().map(Vec::len), Some(1), "{left}");
}

#[test]
fn what_a_run_left_behind_goes_by_the_lines_that_it_printed() {
    let runbook = drill_with_copy("kind = \"clone\"\ninstance = \"db.r6g.large\"", "60s");
    let place = Place::new().with_runbook(&runbook);
    let run = place.run_args("-2m", &["--yes", CLUSTER, "--output", "json"]);
    let ended = place.run(&run).expect(0);
    assert_eq!(place.lab.world().clones().len(), 1);
    let left = ended.outcome()["left_behind"][0].clone();
    for command in left["remove"].as_array().unwrap() {
        shell(&place, command.as_str().unwrap());
    }
    place.lab.advance(15);
    assert!(place.lab.world().clones().is_empty());
}

/// The lines under "the same by hand" in what a run said, in their order and each once.
fn by_hand(said: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (_, line) in said.lines().filter_map(|line| line.split_once("  aws rds ")) {
        let line = format!("aws rds {line}");
        if line.contains("--endpoint-url") && !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

/// Runs a line of the program's output as it stands there, in a shell.
fn shell(place: &Place, line: &str) -> Value {
    let mut command = Command::new("sh");
    command.arg("-c").arg(line).env_clear().envs(environment(place));
    let said = Running::start(command.stdout(Stdio::piped()).stderr(Stdio::piped()))
        .finish()
        .expect(0);
    serde_json::from_str(&said.stdout).unwrap()
}

#[test]
fn a_person_finishes_by_hand_what_the_program_began() {
    let place = Place::new();
    let lost = json!([{"action": "BacktrackDBCluster", "nth": 1, "fault": "reset_before"}]);
    place.lab.faults(&lost);
    let run = place.run(&place.run_args("-2m", &["--yes", CLUSTER])).expect(31);
    assert_eq!(place.accepted(), 0);

    // Nothing but the lines that the run showed.
    let lines = by_hand(&run.stderr);
    let line = |of: &str| lines.iter().find(|line| line.contains(of)).unwrap().clone();
    let (look, send) = (line(" describe-db-clusters "), line(" backtrack-db-cluster "));
    let follow = line(" describe-db-cluster-backtracks ");
    assert_eq!(shell(&place, &look)["DBClusters"][0]["Status"], "available");
    assert_eq!(shell(&place, &follow)["DBClusterBacktracks"], json!([]));
    let id = shell(&place, &send)["BacktrackIdentifier"].clone();
    let is = |status: &Value, word| {
        status
            .as_str()
            .is_some_and(|status| status.eq_ignore_ascii_case(word))
    };
    eventually("a completed backtrack", || {
        let answer = shell(&place, &follow);
        let records = answer["DBClusterBacktracks"].as_array()?;
        let ours = records
            .iter()
            .find(|record| record["BacktrackIdentifier"] == id)?;
        is(&ours["Status"], "completed").then_some(())
    });
    eventually("an available cluster", || {
        is(&shell(&place, &look)["DBClusters"][0]["Status"], "available").then_some(())
    });

    // The program takes it from there: the record is its own, and nothing is sent again.
    place
        .run(&["recover", &place.run_id(), "--yes", CLUSTER])
        .expect(0);
    assert_eq!(place.accepted(), 1);
    assert_eq!(place.shop(), (false, 2));
}
