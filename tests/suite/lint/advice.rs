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

fn plan(actions: &str, before: &str, after: &str, more: &str) -> String {
    let values = |window: &str| format!(r#"{{"engine":"aurora-mysql","backtrack_window":{window}}}"#);
    let before = if before == "-" {
        "null".to_owned()
    } else {
        values(before)
    };
    format!(
        r#"{{"format_version":"1.2","terraform_version":"1.11.4","resource_changes":[{{"address":"aws_rds_cluster.main","mode":"managed","type":"aws_rds_cluster","name":"main","change":{{"actions":{actions},"before":{before},"after":{},"after_unknown":{{}}{more}}}}}]}}"#,
        values(after)
    )
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

#[test]
fn a_plan_that_ends_backtrack_is_not_to_be_applied() {
    let line = only("plan.json", &plan(r#"["update"]"#, "3600", "0", ""));
    assert_eq!(
        (&line["verdict"], &line["window_seconds"]),
        (&"disabled".into(), &0.into())
    );
    let (message, remedy) = (
        line["message"].as_str().unwrap(),
        line["remedy"].as_str().unwrap(),
    );
    assert!(message.ends_with("the window goes from 3600 s to 0"), "{message}");
    assert!(
        remedy.contains("do not apply it: keep backtrack_window at 3600") && !remedy.contains("snapshot"),
        "{remedy}"
    );
    let taken = only("plan.json", &plan(r#"["update"]"#, "3600", "null", ""));
    assert!(
        taken["message"]
            .as_str()
            .unwrap()
            .ends_with("from 3600 s to none"),
        "{taken}"
    );
    // A window that is not to be seen is not told.
    let sensitive = r#","before_sensitive":{"backtrack_window":true}"#;
    let line = only("plan.json", &plan(r#"["update"]"#, "3600", "0", sensitive));
    assert!(!line.to_string().contains("3600 "), "{line}");
    assert!(
        line["message"].as_str().unwrap().contains("is taken away"),
        "{line}"
    );
}

#[test]
fn what_matters_of_a_good_cluster_is_shown() {
    let replaced = plan(r#"["delete","create"]"#, "3600", "3600", "");
    let shown = lint("plan.json", &replaced, "text").expect(0);
    assert!(
        shown.stdout.contains("plan.json: aws_rds_cluster.main") && shown.stdout.contains("replaces_cluster"),
        "{}",
        shown.stdout
    );
    assert!(
        shown.stdout.contains("is destroyed and another made"),
        "{}",
        shown.stdout
    );
    let text = template(&[("Short", "Engine: aurora-mysql, BacktrackWindow: 72")]);
    let shown = lint("app.yaml", &text, "text").expect(0);
    for part in [
        "app.yaml:8:",
        "BacktrackWindow: 72",
        "did you mean 72 h = 259200?",
    ] {
        assert!(shown.stdout.contains(part), "{part}\n{}", shown.stdout);
    }
    let line = only("app.yaml", &text);
    assert_eq!((&line["verdict"], &line["remedy"]), (&"ok".into(), &Value::Null));
    assert!(line["notes"][0].as_str().unwrap().contains("259200"), "{line}");
}

#[test]
fn what_a_deployment_meets_besides_is_said_of_a_good_cluster() {
    let text = template(&[("Old", "Engine: aurora, BacktrackWindow: 3600")]);
    let old = only("old.yaml", &text);
    assert_eq!(old["verdict"], "ok");
    let notes = old["notes"].to_string();
    assert!(notes.contains("write `aurora-mysql`"), "{notes}");

    let text = "Resources:\n  A: &a\n    Type: AWS::RDS::DBCluster\n    Properties: {Engine: aurora-mysql, BacktrackWindow: 3600}\n  B: *a\n";
    for line in lint("aliased.yaml", text, "json").of_kind("resource") {
        assert_eq!(line["verdict"], "ok");
        let notes = line["notes"].to_string();
        assert!(
            notes.contains("no alias or merge key of YAML (line 5)"),
            "{notes}"
        );
    }
    let told = lint("aliased.yaml", text, "text");
    assert!(told.stdout.contains("(line 5)"), "{told:?}");
}

#[test]
fn a_type_with_blanks_around_it_is_the_one_that_is_meant() {
    let text = "Resources:\n  A: {Type: 'AWS::RDS::DBCluster ', Properties: {Engine: aurora-mysql}}\n";
    assert_eq!(only("blank.yaml", text)["verdict"], "disabled");
}
