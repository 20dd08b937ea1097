//! Clients that nobody here wrote: boto3 and the AWS CLI drive a served lab, unchanged.

use std::process::{Command, Stdio};

use backtrackctl::clock::machine_now;
use serde_json::{Value, json};

use crate::harness::{Finished, Lab, Moto, Running, drill_with_copy, eventually, need, path};
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

/// A client with keys that the lab does not look at, and nothing else of AWS around it.
fn client(place: &Place, program: &str, args: &[&str]) -> Finished {
    need(program);
    let mut command = Command::new(program);
    command.args(args).env_clear().envs(environment(place));
    Running::start(command.stdout(Stdio::piped()).stderr(Stdio::piped())).finish()
}

fn environment(place: &Place) -> Vec<(&'static str, String)> {
    vec![
        ("PATH", path()),
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

#[test]
fn moto_plays_what_the_lab_does_not() {
    let moto = Moto::start();
    let call = |action: &str, body: Value| moto.json("logs", &format!("Logs_20140328.{action}"), &body);
    let (group, stream) = ("/aws/rds/cluster/orders/audit", "orders-1.audit.log.0");
    call("CreateLogGroup", json!({"logGroupName": group}));
    call(
        "CreateLogStream",
        json!({"logGroupName": group, "logStreamName": stream}),
    );
    let at = machine_now().timestamp_millis();
    let lines = json!([{"timestamp": at, "message": "one"}, {"timestamp": at + 1, "message": "two"}]);
    call(
        "PutLogEvents",
        json!({"logGroupName": group, "logStreamName": stream, "logEvents": lines}),
    );
    let caller = moto.form("sts", "Action=GetCallerIdentity&Version=2011-06-15");
    assert!(caller.contains("<Account>123456789012</Account>"), "{caller}");

    let mut reader = Command::new("aws");
    reader
        .args(["logs", "filter-log-events", "--log-group-name", group])
        .env_clear()
        .env("PATH", path())
        .envs(moto.environment());
    let said = Running::start(reader.stdout(Stdio::piped()).stderr(Stdio::piped()))
        .finish()
        .expect(0);
    let found: Value = serde_json::from_str(&said.stdout).unwrap();
    assert_eq!(found["events"][1]["message"], "two", "{found}");
}
