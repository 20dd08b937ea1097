//! Terraform by the command: folders, files of a folder, plans and states beside templates.

use std::fs;

use serde_json::Value;

use crate::harness::Program;

const CLUSTER: &str = r#"
variable "window" {}
resource "aws_rds_cluster" "main" {
  cluster_identifier = "orders"
  engine             = "aurora-mysql"
  backtrack_window   = var.window
}
"#;
const ROOT: &str = r#"
module "orders" {
  source = "./modules/db"
  window = 86400
}
resource "aws_rds_cluster" "other" {
  engine = "aurora-mysql"
}
"#;

/// A root module that calls another one below it, and a plan beside them.
fn lay(program: &Program) {
    fs::create_dir_all(program.home().join("infra/modules/db")).unwrap();
    program.file("infra/main.tf", ROOT);
    program.file("infra/modules/db/main.tf", CLUSTER);
    program.file(
        "infra/plan.json",
        r#"{"format_version":"1.2","terraform_version":"1.11.4","resource_changes":[{"address":"aws_rds_cluster.planned","mode":"managed","type":"aws_rds_cluster","name":"planned","change":{"actions":["update"],"before":{"engine":"aurora-mysql","backtrack_window":0},"after":{"engine":"aurora-mysql","backtrack_window":3600},"after_unknown":{}}}]}"#,
    );
}

fn rows(program: &Program, path: &str, exit: i32) -> Vec<(String, String)> {
    rows_of(program, &[path], exit)
}

fn rows_of(program: &Program, paths: &[&str], exit: i32) -> Vec<(String, String)> {
    let arguments = ["lint", "--output", "json"].iter().chain(paths);
    let told = program.run(arguments).expect(exit);
    let mut rows: Vec<(String, String)> = told
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter(|line| line["kind"] == "resource")
        .map(|line| {
            let text = |key: &str| line[key].as_str().unwrap().to_owned();
            (text("address"), text("verdict"))
        })
        .collect();
    rows.sort();
    rows
}

fn pairs(rows: &[(&str, &str)]) -> Vec<(String, String)> {
    rows.iter()
        .map(|(address, verdict)| ((*address).to_owned(), (*verdict).to_owned()))
        .collect()
}

#[test]
fn a_module_that_another_calls_is_judged_there_and_once() {
    let program = Program::new();
    lay(&program);
    let found = rows(&program, "infra", 3);
    assert_eq!(
        found,
        pairs(&[
            ("aws_rds_cluster.other", "disabled"),
            ("aws_rds_cluster.planned", "invalid"),
            ("module.orders.aws_rds_cluster.main", "ok"),
        ])
    );
}

#[test]
fn a_file_that_is_named_tells_what_it_declares_and_calls() {
    let program = Program::new();
    lay(&program);
    assert_eq!(
        rows(&program, "infra/main.tf", 3),
        pairs(&[
            ("aws_rds_cluster.other", "disabled"),
            ("module.orders.aws_rds_cluster.main", "ok")
        ])
    );
    // By itself its window is a variable that nobody gave.
    assert_eq!(
        rows(&program, "infra/modules/db/main.tf", 5),
        pairs(&[("aws_rds_cluster.main", "unknown")])
    );
}

/// As a shell's `infra/*`, and as a commit hook names the files that were changed.
#[test]
fn a_module_that_another_calls_is_judged_there_whatever_paths_lead_to_them() {
    let program = Program::new();
    lay(&program);
    let orders = ("module.orders.aws_rds_cluster.main", "ok");
    let other = ("aws_rds_cluster.other", "disabled");
    let planned = ("aws_rds_cluster.planned", "invalid");
    let real = program.home().join("infra/modules");
    for (paths, expected) in [
        (
            &["infra/main.tf", "infra/modules", "infra/plan.json"][..],
            &[other, planned, orders][..],
        ),
        (&["infra/modules", "./infra"], &[other, planned, orders]),
        (&["infra/modules/db/main.tf", "infra/main.tf"], &[other, orders]),
        (&["infra/main.tf", real.to_str().unwrap()], &[other, orders]),
        (
            &["infra", "infra/modules/db/main.tf", "infra"],
            &[other, planned, planned, orders],
        ),
    ] {
        assert_eq!(rows_of(&program, paths, 3), pairs(expected), "{paths:?}");
    }
}

#[test]
fn values_that_are_named_are_told_by_what_they_are_for() {
    let program = Program::new();
    program.file("main.tf", CLUSTER);
    for name in ["terraform.tfvars", "prod.auto.tfvars"] {
        program.file(name, "window = 86400\n");
        assert_eq!(
            rows(&program, name, 0),
            pairs(&[("aws_rds_cluster.main", "ok")]),
            "{name}"
        );
        fs::remove_file(program.home().join(name)).unwrap();
    }
    program.file("prod.tfvars", "window = 86400\n");
    let told = program.run(["lint", "prod.tfvars"]).expect(4);
    assert!(told.stdout.contains("-var-file"), "{told:?}");
}

#[test]
fn modules_that_call_each_other_in_a_circle_are_not_passed_over() {
    let program = Program::new();
    for (folder, other) in [("one", "two"), ("two", "one")] {
        fs::create_dir(program.home().join(folder)).unwrap();
        program.file(
            &format!("{folder}/main.tf"),
            &format!(
                "module \"m\" {{\n  source = \"../{other}\"\n}}\nresource \"aws_rds_cluster\" \"{folder}\" {{\n  engine = \"aurora-mysql\"\n}}\n"
            ),
        );
    }
    program.file("good.yaml", super::command::GOOD);
    let found = rows(&program, ".", 3);
    assert!(
        found.contains(&("aws_rds_cluster.one".to_owned(), "disabled".to_owned())),
        "{found:?}"
    );
}

#[test]
fn a_broken_file_of_a_module_is_no_pass() {
    let program = Program::new();
    lay(&program);
    program.file("infra/broken.tf", "resource \"aws_rds_cluster\" {");
    let told = program.run(["lint", "infra", "--output", "json"]).expect(4);
    assert!(told.stdout.contains("broken.tf"), "{}", told.stdout);
    program.run(["lint", "infra/broken.tf"]).expect(4);
}

#[test]
fn a_region_is_told_where_no_provider_names_one() {
    let program = Program::new();
    program.file(
        "main.tf",
        r#"
resource "aws_rds_cluster" "main" {
  engine           = "aurora-mysql"
  backtrack_window = 86400
}
"#,
    );
    program.file(
        "plan.json",
        r#"{"format_version":"1.2","terraform_version":"1.11.4","resource_changes":[{"address":"aws_rds_cluster.planned","mode":"managed","type":"aws_rds_cluster","name":"planned","change":{"actions":["create"],"before":null,"after":{"engine":"aurora-mysql","backtrack_window":3600},"after_unknown":{}}}]}"#,
    );
    for (region, exit) in [("us-east-1", 0), ("eu-north-1", 3)] {
        for path in ["main.tf", ".", "plan.json"] {
            program.run(["lint", path, "--region", region]).expect(exit);
            // Whatever the list says, a person knows better by now.
            let with = [
                "lint",
                path,
                "--region",
                region,
                "--backtrack-regions",
                "eu-north-1",
            ];
            program.run(with).expect(0);
        }
    }
    program.file("provider.tf", "provider \"aws\" {\n  region = \"eu-west-1\"\n}\n");
    program
        .run(["lint", "main.tf", "--region", "eu-north-1"])
        .expect(0);
    program.file(
        "provider.tf",
        "provider \"aws\" {\n  region = \"eu-north-1\"\n}\n",
    );
    program.run(["lint", "main.tf"]).expect(3);
    program
        .run(["lint", "main.tf", "--backtrack-regions", "eu-north-1"])
        .expect(0);
}

#[test]
fn what_is_left_of_a_state_or_a_plan_is_no_pass_in_a_folder_with_templates() {
    let program = Program::new();
    program.file("main.tf", ROOT);
    fs::create_dir_all(program.home().join("modules/db")).unwrap();
    program.file("modules/db/main.tf", CLUSTER);
    for (name, text) in [
        ("terraform.tfstate", "{\"version\": 4,"),
        (
            "shown.json",
            "{\"serial\": 1, \"lineage\": \"x\", \"encrypted_data\": \"AAAA\"}",
        ),
        (
            "log.json",
            "{\"@level\":\"info\",\"@message\":\"Plan: 1 to add\",\"@module\":\"terraform.ui\"}\n{}\n",
        ),
    ] {
        let path = program.file(name, text);
        let told = program.run(["lint", "."]).expect(4);
        assert!(told.stdout.contains(name), "{name}: {told:?}");
        fs::remove_file(path).unwrap();
    }
}
