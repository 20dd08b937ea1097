//! What is said to be done: in the template's own language, after what the finding really comes from.

use serde_json::Value;

use crate::harness::{Finished, Program};

/// A template of clusters, each with these properties.
fn template(clusters: &[(&str, &str)]) -> String {
    let clusters = clusters.iter().map(|(id, properties)| {
        format!("  {id}:\n    Type: AWS::RDS::DBCluster\n    Properties: {{{properties}}}\n")
    });
    let head = "Parameters:\n  Window: {Type: Number, Default: 0}\n  Open: {Type: Number}\n  Stored: {Type: 'AWS::SSM::Parameter::Value<Number>', Default: /w}\n";
    std::iter::once(format!("{head}Resources:\n"))
        .chain(clusters)
        .collect()
}

fn lint(name: &str, text: &str, output: &str) -> Finished {
    let program = Program::new();
    program.file(name, text);
    program.run(["lint", name, "--output", output])
}

/// What is advised for each cluster, by its address.
fn advised(name: &str, text: &str) -> Vec<(String, String)> {
    let lines = lint(name, text, "json").of_kind("resource");
    let text = |line: &Value, key: &str| line[key].as_str().unwrap_or_default().to_owned();
    lines
        .iter()
        .map(|line| (text(line, "address"), text(line, "remedy")))
        .collect()
}

fn only(name: &str, text: &str) -> Value {
    let mut lines = lint(name, text, "json").of_kind("resource");
    assert_eq!(lines.len(), 1, "{lines:?}");
    lines.remove(0)
}

#[test]
fn each_cause_is_answered_by_itself() {
    let text = template(&[
        ("Pg", "Engine: aurora-postgresql, BacktrackWindow: 3600"),
        (
            "Old",
            "Engine: aurora-mysql, EngineVersion: 8.0.mysql_aurora.3.02.0, BacktrackWindow: 3600",
        ),
        (
            "V1",
            "Engine: aurora-mysql, EngineMode: serverless, BacktrackWindow: 3600",
        ),
        ("Bare", "Engine: aurora-mysql"),
        (
            "Clone",
            "Engine: aurora-mysql, RestoreType: copy-on-write, SourceDBClusterIdentifier: !Ref Bare, BacktrackWindow: 3600",
        ),
        (
            "Replica",
            "Engine: aurora-mysql, ReplicationSourceIdentifier: 'arn:aws:rds:eu-west-1:1:cluster:x', BacktrackWindow: 3600",
        ),
        ("Default", "Engine: aurora-mysql, BacktrackWindow: !Ref Window"),
    ]);
    let advised = advised("app.yaml", &text);
    for (address, word) in [
        ("Pg", "choose Aurora MySQL"),
        ("Old", "later engine version"),
        ("V1", "provisioned"),
        ("Bare", "give BacktrackWindow"),
        ("Clone", "snapshot of its source"),
        ("Replica", "end the replication"),
        ("Default", "change the default"),
    ] {
        let (_, remedy) = advised.iter().find(|(of, _)| of == address).unwrap();
        assert!(remedy.contains(word), "{address}: {remedy}");
    }
    // None of them stands for another.
    let shown = lint("app.yaml", &text, "text").expect(3);
    assert!(!shown.stdout.contains("as for"), "{}", shown.stdout);
}

#[test]
fn what_is_undecided_is_answered_by_what_whoever_lints_can_give() {
    let text = template(&[
        ("Open", "Engine: aurora-mysql, BacktrackWindow: !Ref Open"),
        ("Stored", "Engine: aurora-mysql, BacktrackWindow: !Ref Stored"),
        ("Imported", "Engine: !Ref Open, BacktrackWindow: !ImportValue w"),
    ]);
    let advised = advised("app.yaml", &text);
    assert!(
        advised[0].1.contains("give the parameter a default"),
        "{advised:?}"
    );
    // The name of a stored value is its default: another one would decide nothing.
    assert_eq!([advised[1].1.as_str(), advised[2].1.as_str()], ["", ""]);
}

#[test]
fn a_module_that_is_not_on_disk_is_told_to_lint_the_plan() {
    let program = Program::new();
    program.file(
        "main.tf",
        "module \"x\" {\n  source = \"terraform-aws-modules/rds-aurora/aws\"\n}\n",
    );
    let finished = program.run(["lint", ".", "--output", "json"]).expect(5);
    let line = &finished.of_kind("resource")[0];
    assert_eq!(line["address"], "module.x");
    assert!(
        line["remedy"].as_str().unwrap().contains("lint the plan"),
        "{line}"
    );
}

#[test]
fn a_window_of_null_is_no_text() {
    let line = only(
        "app.yaml",
        &template(&[("Null", "Engine: aurora-mysql, BacktrackWindow: null")]),
    );
    assert_eq!(line["verdict"], "invalid");
    let message = line["message"].as_str().unwrap();
    assert!(
        message.contains("no value (null)") && !message.contains('`'),
        "{message}"
    );
}
