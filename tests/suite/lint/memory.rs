//! A template of some megabytes takes no more than some hundred, whatever it says.

use std::fs::File;
use std::process::Stdio;

use super::command::GOOD;
use crate::harness::{Program, Running};

/// Memory that a reading has, in KiB: with the whole of the greatest file and a tree of a million parts it needs less.
const MEMORY: u32 = 1 << 20;

fn program() -> Program {
    Program::new().with_memory_of_at_most(MEMORY)
}

#[test]
fn standard_input_without_an_end_is_refused_as_a_file_is() {
    let program = program();
    let mut command = program.command(["lint", "-"]);
    command.stdin(Stdio::from(File::open("/dev/zero").unwrap()));
    let finished = Running::start(&mut command).finish().expect(4);
    assert!(
        finished.stdout.contains("-: expected at most 64 MiB"),
        "{finished:?}"
    );
}

#[test]
fn anchors_within_anchors_are_counted() {
    let mut text = GOOD.to_owned();
    text.push_str("Metadata:\n  Deep: ");
    text.extend((0..90).map(|at| format!("&a{at} [")));
    text.push_str(&"0,".repeat(900_000));
    text.push_str(&"]".repeat(90));
    text.push('\n');
    let program = program();
    program.file("deep.yaml", &text);
    let finished = program.run(["lint", "deep.yaml"]).expect(4);
    assert!(finished.stdout.contains("1000000 parts"), "{finished:?}");
}

#[test]
fn a_long_text_with_many_aliases_is_kept_once() {
    let mut text = GOOD.to_owned();
    text.push_str("Metadata:\n  Long: &long ");
    text.push_str(&"x".repeat(1 << 20));
    text.push_str("\n  Key: &map {? *long : 1}\n  Again: [");
    text.push_str(&"*long,*map,".repeat(50_000));
    text.push_str("]\n");
    let program = program();
    program.file("long.yaml", &text);
    program.run(["lint", "long.yaml"]).expect(0);
}
