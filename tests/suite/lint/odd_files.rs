//! Pipes and devices where files are expected: nothing is waited for, unless somebody named it.

use std::fs::File;
use std::io::Write as _;
use std::os::unix::fs::symlink;
use std::path::Path;

use rustix::fs::{CWD, FileType, Mode, mknodat};

use super::command::{BARE, GOOD};
use crate::harness::Program;

const MAIN: &str =
    "resource \"aws_rds_cluster\" \"main\" {\n  engine = \"aurora-mysql\"\n  backtrack_window = 86400\n}\n";

/// A pipe with a name, which nobody writes to.
fn pipe(path: &Path) {
    mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
}

#[test]
fn a_pipe_or_device_among_the_files_of_a_module_is_not_waited_for() {
    for name in ["pipe.tf", "zero.tf", "terraform.tfvars"] {
        let program = Program::new();
        program.file("main.tf", MAIN);
        let path = program.home().join(name);
        if name == "zero.tf" {
            symlink("/dev/zero", path).unwrap();
        } else {
            pipe(&path);
        }
        let finished = program.run(["lint", "."]).expect(4);
        assert!(finished.stdout.contains("expected a file, got a"), "{finished:?}");
        // By itself it tells what it declares, and that is not in doubt.
        program.run(["lint", "main.tf"]).expect(0);
    }
}

#[test]
fn pipes_where_terraform_keeps_its_own_files_are_passed_over() {
    let program = Program::new();
    program.file("main.tf", MAIN);
    std::fs::create_dir_all(program.home().join(".terraform/modules")).unwrap();
    pipe(&program.home().join(".terraform/modules/modules.json"));
    pipe(&program.home().join(".terraform.lock.hcl"));
    program.run(["lint", "."]).expect(0);
}

#[test]
fn a_pipe_among_templates_is_passed_over() {
    let program = Program::new();
    program.file("good.yaml", GOOD);
    pipe(&program.home().join("pipe.yaml"));
    program.run(["lint", "."]).expect(0);
}

#[test]
fn a_pipe_that_is_named_is_read_and_its_lines_are_shown() {
    let program = Program::new();
    let path = program.home().join("pipe.yaml");
    pipe(&path);
    let running = program.start(["lint", "pipe.yaml"]);
    // Opening it waits for the reader.
    let mut writer = File::options().write(true).open(&path).unwrap();
    writer.write_all(BARE.as_bytes()).unwrap();
    drop(writer);
    let finished = running.finish().expect(3);
    assert!(
        finished.stdout.contains("pipe.yaml:2:3") && finished.stdout.contains("Orders:"),
        "{finished:?}"
    );
}
