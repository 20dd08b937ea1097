//! Exit codes, what is said of folders and files, and that nothing is passed over in silence.

use std::io::Write as _;
use std::process::Stdio;

use super::templates;
use crate::harness::{Finished, Program, Running};

pub const GOOD: &str = "Resources:\n  Orders:\n    Type: AWS::RDS::DBCluster\n    Properties: {Engine: aurora-mysql, BacktrackWindow: 86400}\n";
pub const BARE: &str =
    "Resources:\n  Orders:\n    Type: AWS::RDS::DBCluster\n    Properties: {Engine: aurora-mysql}\n";
const OPEN: &str = "Resources:\n  Orders:\n    Type: AWS::RDS::DBCluster\n    Properties: {Engine: aurora-mysql, BacktrackWindow: !ImportValue w}\n";

/// Lints files with these texts, by their names.
fn lint(files: &[(&str, &str)]) -> Finished {
    let program = Program::new();
    for (name, text) in files {
        program.file(name, text);
    }
    let names = files.iter().map(|(name, _)| *name);
    program.run(std::iter::once("lint").chain(names))
}

#[test]
fn what_could_not_be_read_wins_over_findings_and_they_over_what_is_undecided() {
    let good = ("good.yaml", GOOD);
    let bare = ("bare.yaml", BARE);
    let open = ("open.yaml", OPEN);
    let broken = ("broken.yaml", "Resources: [");
    for (files, exit) in [
        (&[good][..], 0),
        (&[good, bare], 3),
        (&[good, open], 5),
        (&[open, bare], 3),
        (&[good, broken], 4),
        (&[broken, bare, open], 4),
    ] {
        let finished = lint(files);
        assert_eq!(finished.exit(), Some(exit), "{finished:?}");
    }
}

#[test]
fn a_finding_shows_its_lines_and_what_aws_accepts() {
    let finished = lint(&[("bare.yaml", BARE)]);
    for part in [
        "bare.yaml:2:3",
        "Orders:",
        "restore a snapshot",
        "RDS.14",
        "CKV_AWS_326",
        "CT.RDS.PR.6",
    ] {
        assert!(finished.stdout.contains(part), "{part}\n{}", finished.stdout);
    }
    assert_eq!(finished.stderr, "");
}

#[test]
fn a_folder_without_a_template_is_no_pass() {
    let program = Program::new();
    std::fs::create_dir(program.home().join("charts")).unwrap();
    program.file("charts/values.yaml", "replicas: 3\nimage: {{ .Values.image }}\n");
    let finished = program.run(["lint", "charts"]);
    assert_eq!(finished.exit(), Some(4), "{finished:?}");
    assert!(
        finished.stdout.contains("files looked at: 1"),
        "{}",
        finished.stdout
    );
    std::fs::write(program.home().join("charts/db.yaml"), GOOD).unwrap();
    let finished = program.run(["lint", "charts"]);
    assert_eq!(finished.exit(), Some(0), "{finished:?}");
    assert!(
        finished.stdout.contains("other files passed over: 1"),
        "{}",
        finished.stdout
    );
}

#[test]
fn a_file_that_is_named_has_to_be_a_template() {
    for (name, text) in [
        ("notes.txt", "hello"),
        ("other.yaml", "a: 1\n"),
        ("empty.yaml", ""),
    ] {
        let finished = lint(&[(name, text)]);
        assert_eq!(finished.exit(), Some(4), "{finished:?}");
        assert!(finished.stdout.contains(name), "{}", finished.stdout);
    }
    let finished = Program::new().run(["lint", "nowhere.yaml"]);
    assert_eq!(finished.exit(), Some(4), "{finished:?}");
    assert!(finished.stdout.contains("nowhere.yaml"), "{}", finished.stdout);
}

#[test]
fn folders_of_other_programs_are_passed_over() {
    let program = Program::new();
    for folder in [".git", "node_modules", ".terraform", "real"] {
        std::fs::create_dir(program.home().join(folder)).unwrap();
        program.file(
            &format!("{folder}/t.yaml"),
            if folder == "real" { GOOD } else { BARE },
        );
    }
    let finished = program.run(["lint", "."]);
    assert_eq!(finished.exit(), Some(0), "{finished:?}");
}

#[test]
fn what_is_said_does_not_depend_on_threads() {
    let folder = templates("cloudformation");
    let run = || Program::new().run(["lint", folder.to_str().unwrap()]).stdout;
    let first = run();
    for _ in 0..5 {
        assert_eq!(run(), first);
    }
}

#[test]
fn a_region_that_is_named_decides() {
    let program = Program::new();
    program.file("good.yaml", GOOD);
    for (region, exit) in [("us-east-1", 0), ("eu-north-1", 3)] {
        let finished = program.run(["lint", "good.yaml", "--region", region]);
        assert_eq!(finished.exit(), Some(exit), "{finished:?}");
    }
    let words = ["lint", "good.yaml", "--region", "eu-north-1", "--output", "json"];
    let listed = program.run(words).expect(3);
    let dated = "list of June 2023; where it has it by now, --backtrack-regions eu-north-1 says so";
    assert!(listed.stdout.contains(dated), "{listed:?}");
    for (with, exit) in [
        ("eu-north-1", 0),
        ("sa-east-1,eu-north-1", 0),
        ("sa-east-1", 3),
        ("North", 2),
    ] {
        program
            .run([&words[..], &["--backtrack-regions", with]].concat())
            .expect(exit);
    }
}

#[test]
fn a_template_is_read_from_standard_input() {
    let program = Program::new();
    let mut command = program.command(["lint", "-"]);
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(BARE.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stdout).contains("-:2:3"));
}

#[test]
fn a_template_cannot_steer_the_terminal() {
    let text = format!("{BARE}      # \u{1b}[2J\u{202e}\n").replace("Orders:", "\"Or\\eders\":");
    let finished = lint(&[("bare.yaml", &text)]);
    assert_eq!(finished.exit(), Some(3), "{finished:?}");
    assert!(
        !finished.stdout.contains(['\u{1b}', '\u{202e}']),
        "{}",
        finished.stdout
    );
}

#[test]
fn an_endless_file_has_an_end() {
    let program = Program::new();
    let finished = Running::start(&mut program.command(["lint", "/dev/zero"])).finish();
    assert_eq!(finished.exit(), Some(4), "{finished:?}");
    assert!(finished.stdout.contains("64 MiB"), "{}", finished.stdout);
}

#[test]
fn a_rehearsal_of_it_there_is_none() {
    let program = Program::new();
    program.file("good.yaml", GOOD);
    assert_eq!(program.run(["lint", "good.yaml", "--dry-run"]).exit(), Some(2));
}
