//! Files that are named by themselves: what they declare, override or call is told, whatever else is named beside them.

use super::tree::{Tree, call, cluster, told};
use proptest::prelude::*;

#[test]
fn a_named_file_tells_what_its_calls_lead_to() {
    let tree = Tree::of(&[
        ("main.tf", &call("db", "./db")),
        ("other.tf", &cluster("other", 0)),
        ("db/main.tf", &cluster("main", 0)),
    ]);
    let expected = told(&["module.db.aws_rds_cluster.main disabled"], 3);
    assert_eq!(tree.told(&["main.tf"]), expected);
    // The module's own file, beside a file of the caller that has nothing to do with it.
    assert_eq!(tree.told(&["db/main.tf", "other.tf"]).0.len(), 2);
    tree.file("db/broken.tf", "resource {");
    assert_eq!(tree.told(&["main.tf"]).1, 4);
    assert_eq!(
        tree.told(&["other.tf"]),
        told(&["aws_rds_cluster.other disabled"], 3)
    );
}

#[test]
fn calls_in_a_circle_are_told_with_the_file_that_leads_to_them() {
    let tree = Tree::of(&[
        ("main.tf", &call("a", "./a")),
        ("a/main.tf", &call("b", "../b")),
        ("b/main.tf", &call("a", "../a")),
    ]);
    let (rows, exit) = tree.told(&["main.tf"]);
    assert_eq!((rows, exit), told(&["module.a.module.b.module.a unknown"], 5));
    assert_eq!(tree.told(&["a/main.tf"]), told(&["module.b.module.a unknown"], 5));
    assert_eq!(tree.told(&["a/main.tf", "b/main.tf"]).1, 5);
    assert_eq!(tree.told(&["."]).1, 5);
}

#[test]
fn an_override_and_what_it_overrides_are_told_by_either_file() {
    for (name, over) in [
        (
            "override.tf",
            "resource \"aws_rds_cluster\" \"main\" {\n  backtrack_window = 0\n}\n",
        ),
        (
            "x_override.tf",
            "resource \"aws_rds_cluster\" \"main\" {\n  engine_mode = \"provisioned\"\n  backtrack_window = 0\n}\n",
        ),
        (
            "override.tf.json",
            r#"{"resource": {"aws_rds_cluster": {"main": {"backtrack_window": 0}}}}"#,
        ),
    ] {
        for main in ["main.tf", "main.tf.json"] {
            let tree = Tree::of(&[(name, over)]);
            let json = r#"{"resource": {"aws_rds_cluster": {"main": {"engine": "aurora-mysql", "backtrack_window": 3600}}}}"#;
            let native = cluster("main", 3600);
            tree.file(main, if main == "main.tf" { &native } else { json });
            for file in [main, name] {
                let expected = told(&["aws_rds_cluster.main disabled"], 3);
                assert_eq!(tree.told(&[file]), expected, "{file} of {main} and {name}");
            }
        }
    }
    let tree = Tree::of(&[
        ("main.tf", &cluster("main", 3600)),
        (
            "override.tf",
            "resource \"aws_rds_cluster\" \"main\" {\n  engine_mode = \"serverless\"\n}\n",
        ),
    ]);
    assert_eq!(
        tree.told(&["override.tf"]),
        told(&["aws_rds_cluster.main blocked"], 3)
    );
    // A call that an override sends elsewhere.
    let tree = Tree::of(&[
        ("main.tf", &call("db", "./old")),
        ("override.tf", &call("db", "./new")),
        ("old/main.tf", &cluster("old", 3600)),
        ("new/main.tf", &cluster("new", 0)),
    ]);
    for file in ["main.tf", "override.tf"] {
        let expected = told(&["module.db.aws_rds_cluster.new disabled"], 3);
        assert_eq!(tree.told(&[file]), expected, "{file}");
    }
}

#[test]
fn a_file_of_a_module_that_there_is_none_of_is_told() {
    let tree = Tree::of(&[
        (
            "main.tf",
            "module \"db\" {\n  source = \"./db\"\n  count = 0\n}\n",
        ),
        ("db/main.tf", &cluster("main", 0)),
    ]);
    let none = told(&["module.db.aws_rds_cluster.main not_applicable"], 0);
    assert_eq!(tree.told(&["main.tf", "db/main.tf"]), none);
    assert_eq!(tree.told(&["main.tf"]), none);
    let alone = told(&["aws_rds_cluster.main disabled"], 3);
    assert_eq!(tree.told(&["db/main.tf"]), alone);
}

#[test]
fn a_module_that_no_call_comes_to_is_judged_by_itself() {
    let mut main = call("db", "./db");
    main.push_str("module \"many\" {\n  source = \"./many\"\n  count = 1000\n}\n");
    let tree = Tree::of(&[
        ("other.tf", &cluster("other", 3600)),
        ("main.tf", &main),
        (
            "many/main.tf",
            "module \"more\" {\n  source = \"../more\"\n  count = 10\n}\n",
        ),
        ("more/main.tf", &cluster("more", 0)),
        ("db/main.tf", &cluster("main", 3600)),
    ]);
    // There are more of them than are counted out; the module itself is told all the same.
    let (rows, exit) = tree.told(&["other.tf", "more/main.tf"]);
    assert_ne!(exit, 0, "{rows:?}");
    assert!(
        rows.iter().any(|row| row.contains("aws_rds_cluster.more")),
        "{rows:?}"
    );
}

#[test]
fn a_file_on_which_others_depend_tells_its_whole_folder() {
    let tree = Tree::of(&[
        (
            "main.tf",
            "resource \"aws_rds_cluster\" \"main\" {\n  cluster_identifier = \"main\"\n  engine = \"aurora-mysql\"\n  backtrack_window = local.window\n}\n",
        ),
        ("locals.tf", "locals {\n  window = var.window\n}\n"),
        ("variables.tf", "variable \"window\" {\n  default = 0\n}\n"),
        ("buckets.tf", "resource \"aws_s3_bucket\" \"b\" {}\n"),
    ]);
    for file in ["locals.tf", "variables.tf", "main.tf"] {
        assert_eq!(
            tree.told(&[file]),
            told(&["aws_rds_cluster.main disabled"], 3),
            "{file}"
        );
    }
    assert_eq!(tree.told(&["buckets.tf"]), told(&[], 0));
    tree.file("variables.tf", "variable \"window\" {\n  default = 3600\n}\n");
    tree.file(
        "global.tf",
        "resource \"aws_rds_global_cluster\" \"g\" {\n  source_db_cluster_identifier = aws_rds_cluster.main.arn\n}\n",
    );
    assert_eq!(
        tree.told(&["global.tf"]),
        told(&["aws_rds_cluster.main blocked"], 3)
    );
}

/// Folders of two files: which of both call which folder.
fn calls() -> impl Strategy<Value = Vec<[Vec<usize>; 2]>> {
    let file = || prop::collection::vec(0..4_usize, 0..3);
    prop::collection::vec((file(), file()).prop_map(|(a, b)| [a, b]), 4)
}

proptest! {
    /// Whatever calls whatever, and whichever files are named.
    #[test]
    fn no_named_file_is_passed_over(calls in calls(), named in prop::collection::btree_set((0..4_usize, 0..2_usize), 1..5)) {
        let tree = Tree::of(&[]);
        for (at, files) in calls.iter().enumerate() {
            for (file, called) in files.iter().enumerate() {
                let mut text = cluster(&format!("c{at}{file}"), 0);
                for (number, other) in called.iter().enumerate() {
                    text.push_str(&call(&format!("m{file}{number}"), &format!("../d{other}")));
                }
                tree.file(&format!("d{at}/{file}.tf"), &text);
            }
        }
        let names: Vec<String> = named.iter().map(|(at, file)| format!("d{at}/{file}.tf")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let rows = tree.read(&names).lint.resources;
        for (at, file) in &named {
            let own = format!("aws_rds_cluster.c{at}{file}");
            prop_assert!(rows.iter().any(|row| row.address.ends_with(&own)), "{names:?}: no {own}");
            for number in 0..calls[*at][*file].len() {
                let call = format!("module.m{file}{number}");
                let led = rows.iter().any(|row| {
                    row.address.contains(&call)
                        && (row.address.ends_with(&call) || row.address.contains(&format!("{call}.")))
                });
                prop_assert!(led, "{names:?}: nothing of {call} in d{at}");
            }
        }
    }
}
