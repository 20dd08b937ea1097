//! A command of the runbook outlives the process that started it: `recover` does nothing beside it.

use std::fs::File;
use std::process::Stdio;

use rustix::process::Signal;

use crate::harness::{Finished, Incident, Running, drill_runbook, eventually};

/// The quick runbook, in which closing or opening the shop waits for the file `go` and writes down when it begins and
/// when it ends. `how` comes first in the script.
fn slow(incident: &Incident, way: &str, how: &str, timeout: &str) {
    let plain = format!(r#"command = ["$BACKTRACKCTL_BIN", "lab", "shop", "{way}"]"#);
    let script = format!(
        "{how} echo begins >> story; while ! test -e go; do sleep 0.02; done; \
         $BACKTRACKCTL_BIN lab shop {way}; echo ends >> story"
    );
    let slow = format!("command = [\"bash\", \"-c\", {script:?}]\ntimeout = \"{timeout}\"");
    let runbook = drill_runbook("1s", "15s");
    assert!(runbook.contains(&plain), "no {plain:?} in drill.toml");
    incident
        .program
        .file("drill.toml", &runbook.replacen(&plain, &slow, 1));
}

fn read(incident: &Incident, name: &str) -> String {
    std::fs::read_to_string(incident.program.home().join(name)).unwrap_or_default()
}

/// Kills the run while the slow command is under way.
fn dies_in_the_command(incident: &Incident) {
    let mut run = incident.start(&[]);
    eventually("the command to begin", || {
        assert!(!run.is_over());
        let begins = read(incident, "story") == "begins\n";
        (begins && incident.journal().names_a_command()).then_some(())
    });
    run.signal(Signal::KILL);
    assert_eq!(run.finish().exit(), None);
}

/// `recover`, once it has said that it waits for the command. Its words go into a file, to be read meanwhile.
fn recovers(incident: &Incident) -> Running {
    let mut arguments = incident.again("recover", &["--yes"]);
    arguments.push(incident.lab.cluster.clone());
    let heard = File::create(incident.program.home().join("heard")).unwrap();
    let mut command = incident.program.command(arguments);
    let mut recover = Running::start(command.stdout(Stdio::from(heard)));
    eventually("recover to wait for the command", || {
        assert!(!recover.is_over(), "{}", read(incident, "heard"));
        read(incident, "heard")
            .contains("a command of this run's earlier process")
            .then_some(())
    });
    recover
}

fn nothing_was_done_meanwhile(incident: &Incident, before: usize) {
    let types = incident.journal().types();
    assert_eq!(types[before..], ["attached"], "{types:?}");
    assert_eq!(read(incident, "story"), "begins\n");
}

fn goes_on_once_the_command_ended(way: &str, how: &str) {
    let incident = Incident::new();
    slow(&incident, way, how, "60s");
    dies_in_the_command(&incident);
    let before = incident.journal().count();
    let recover = recovers(&incident);
    nothing_was_done_meanwhile(&incident, before);
    incident.program.file("go", "");
    recover.finish().expect(0);
    let story = read(&incident, "story");
    assert_eq!(story, "begins\nends\n".repeat(story.len() / 12), "two at a time");
    incident.assert_recovered();
}

#[test]
fn recover_waits_for_a_pause_that_a_dead_run_began() {
    goes_on_once_the_command_ended("pause", "");
}

#[test]
fn recover_waits_for_a_resume_that_a_dead_run_began() {
    goes_on_once_the_command_ended("resume", "");
}

/// As ssh and sudo do.
#[test]
fn recover_waits_for_a_command_that_closes_whatever_it_inherits() {
    let closed = "for n in {3..99}; do eval \"exec $n>&-\"; done;";
    goes_on_once_the_command_ended("pause", closed);
}

#[test]
fn a_command_that_outlives_its_timeout_is_named_and_recover_does_nothing() {
    let incident = Incident::new();
    // Longer than it takes to kill the run.
    slow(&incident, "pause", "", "8s");
    dies_in_the_command(&incident);
    let before = incident.journal().count();
    let refused: Finished = incident.recover(&[]).expect(20);
    let outcome = refused.outcome();
    assert_eq!(outcome["outcome"], "detached");
    let message = outcome["message"].as_str().unwrap();
    assert!(
        message.contains("`bash`") && message.contains("process group"),
        "{outcome}"
    );
    nothing_was_done_meanwhile(&incident, before);
    incident.program.file("go", "");
    incident.recover(&[]).expect(0);
    incident.assert_recovered();
}
