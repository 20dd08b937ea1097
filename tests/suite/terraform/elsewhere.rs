//! Modules behind links or fetched from elsewhere, and files that Terraform would not read.

use super::tree::{Tree, call, cluster, told};
use backtrackctl::lint::{Counts, read};
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;

#[test]
fn a_module_behind_a_link_is_told_under_a_name_that_leads_to_it() {
    let tree = Tree::of(&[
        ("deep/er/infra/main.tf", &call("db", "../db")),
        ("deep/er/db/main.tf", &cluster("main", 0)),
    ]);
    symlink(tree.path("deep/er/infra"), tree.path("link")).unwrap();
    symlink(tree.path("deep/er/infra/main.tf"), tree.path("main.tf")).unwrap();
    let disabled = told(&["module.db.aws_rds_cluster.main disabled"], 3);
    for names in [
        &["link/main.tf"][..],
        &["link"],
        &["link", "deep/er/db/main.tf"],
        &["deep/er/db", "link/main.tf"],
    ] {
        assert_eq!(tree.told(names), disabled, "{names:?}");
    }
    for row in tree.read(&["link/main.tf"]).lint.resources {
        assert!(fs::exists(&row.file).unwrap(), "{}", row.file);
    }
    // As Terraform has it, a linked file belongs to the folder of the link.
    assert_eq!(tree.told(&["main.tf"]), told(&["module.db unknown"], 5));
}

#[test]
fn a_module_that_was_fetched_is_told_by_its_own_file() {
    let tree = Tree::of(&[
        ("main.tf", "module \"db\" {\n  source = \"example/db/aws\"\n}\n"),
        ("other.tf", &cluster("other", 3600)),
        (
            ".terraform/modules/modules.json",
            r#"{"Modules":[{"Key":"db","Source":"registry.terraform.io/example/db/aws","Dir":".terraform/modules/db"}]}"#,
        ),
        (".terraform/modules/db/main.tf", &cluster("main", 0)),
    ]);
    let fetched = ".terraform/modules/db/main.tf";
    let within = "module.db.aws_rds_cluster.main disabled";
    assert_eq!(tree.told(&["main.tf"]), told(&[within], 3));
    assert_eq!(tree.told(&[fetched]), told(&["aws_rds_cluster.main disabled"], 3));
    let both = told(&["aws_rds_cluster.other ok", within], 3);
    assert_eq!(tree.told(&[fetched, "other.tf"]), both);
}

#[test]
fn a_file_that_terraform_would_not_read_is_no_pass() {
    let tree = Tree::of(&[
        ("main.tf", &cluster("main", 3600)),
        (".hidden.tf", &cluster("hidden", 0)),
    ]);
    assert_eq!(tree.told(&["."]), told(&["aws_rds_cluster.main ok"], 0));
    assert_eq!(tree.told(&[".hidden.tf"]), told(&[], 4));
    tree.file("versions.tofu", "terraform {}\n");
    assert_eq!(tree.told(&["."]).1, 0);
    tree.file("more.tofu", &cluster("more", 0));
    assert_eq!(tree.told(&["."]), told(&["aws_rds_cluster.main ok"], 4));
    assert_eq!(tree.told(&["more.tofu"]), told(&[], 4));
    assert_eq!(tree.told(&["main.tf"]), told(&["aws_rds_cluster.main ok"], 0));
    let alone = Tree::of(&[
        ("tofu/more.tofu", &cluster("more", 0)),
        ("tf/main.tf", &cluster("main", 3600)),
    ]);
    assert_eq!(alone.told(&["."]), told(&["aws_rds_cluster.main ok"], 4));
}

#[test]
fn a_file_whose_name_is_no_text_is_no_pass() {
    let tree = Tree::of(&[("main.tf", &cluster("main", 3600))]);
    let name = OsStr::from_bytes(b"db\xff.tf");
    fs::write(tree.path(".").join(name), cluster("db", 0)).unwrap();
    assert_eq!(tree.told(&["."]), told(&["aws_rds_cluster.main ok"], 4));
    let named = read(&[tree.path(".").join(name)], None, None);
    assert_eq!(Counts::of(&named.lint).exit(), 4);
}
