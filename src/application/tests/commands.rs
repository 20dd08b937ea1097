//! Processes: how they end, what they see, and that nothing of them is left.

use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, getpgrp, kill_process};

use super::super::CommandOutcome;
use super::{command, moment, runner, shell};
use crate::domain::runbook::{Command, EnvValue};

/// Whether a process still runs. One that is dead and waits to be reaped does not.
fn runs(pid: Pid) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit(") ")
        .next()
        .is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['Z', 'X']))
}

/// A signal that was sent takes effect a moment later.
#[track_caller]
fn assert_ends(pid: Pid) {
    let began = Instant::now();
    while runs(pid) {
        assert!(
            began.elapsed() < Duration::from_mins(1),
            "process {pid} still runs"
        );
        std::thread::yield_now();
    }
}

fn pid(text: &str) -> Pid {
    let number = text.split_whitespace().next().and_then(|word| word.parse().ok());
    number
        .and_then(Pid::from_raw)
        .unwrap_or_else(|| panic!("expected a process id, got {text:?}"))
}

#[tokio::test]
async fn a_command_ends_with_its_exit_code_or_signal() {
    let runner = runner(None);
    for (script, outcome) in [
        ("true", CommandOutcome::Exited { code: 0 }),
        ("exit 7", CommandOutcome::Exited { code: 7 }),
        ("kill -9 $$", CommandOutcome::Signalled { signal: 9 }),
    ] {
        let report = runner.command(&shell(script), &moment()).await;
        assert_eq!(report.outcome, outcome, "{script}");
        assert_eq!(report.passed(), script == "true", "{script}");
    }
}

#[tokio::test]
async fn a_program_that_is_not_there_is_not_started() {
    let report = runner(None)
        .command(&command(&["/nonexistent/program"], &[]), &moment())
        .await;
    assert!(
        matches!(report.outcome, CommandOutcome::NotStarted { .. }),
        "{:?}",
        report.outcome
    );
}

#[tokio::test]
async fn a_command_receives_the_variables_that_are_known() {
    let script = "echo $BACKTRACKCTL_BIN,$BACKTRACKCTL_RUN,$BACKTRACKCTL_CLUSTER,$BACKTRACKCTL_MODE; \
                  echo $BACKTRACKCTL_PHASE,${BACKTRACKCTL_TARGET:-none},${BACKTRACKCTL_LAB:-none}; \
                  echo ${BACKTRACKCTL_EFFECTIVE:-none},$1";
    // The shell's own `$1` is the third argument, expanded here.
    let command = command(
        &["sh", "-c", script, "sh", "at ${BACKTRACKCTL_TARGET}, $HOME"],
        &[],
    );
    // Those without braces around a default are expanded before the shell sees them, to the same values.
    let report = runner(None).command(&command, &moment()).await;
    assert_eq!(
        report.tail.text(),
        "/opt/back track/backtrackctl,0199-run,orders--lab,drill\nverified,2026-11-20T02:14:05Z,none\n\
         none,at 2026-11-20T02:14:05Z, $HOME\n"
    );
}

#[tokio::test]
async fn a_command_that_names_an_unset_variable_is_not_started() {
    let unset = |variable: &str| CommandOutcome::Unset {
        variable: variable.to_owned(),
    };
    let runner = runner(None);
    let named = command(&["echo", "$BACKTRACKCTL_LAB"], &[]);
    assert_eq!(
        runner.command(&named, &moment()).await.outcome,
        unset("BACKTRACKCTL_LAB")
    );
    let referred = command(&["echo"], &[("TOKEN", "$BACKTRACKCTL_TEST_NEVER_SET")]);
    assert_eq!(
        runner.command(&referred, &moment()).await.outcome,
        unset("BACKTRACKCTL_TEST_NEVER_SET")
    );
}

#[tokio::test]
async fn a_command_whose_values_were_withheld_is_not_started() {
    let mut command = command(&["echo"], &[]);
    command.env.insert("TOKEN".to_owned(), EnvValue::Withheld);
    let report = runner(None).command(&command, &moment()).await;
    assert!(matches!(report.outcome, CommandOutcome::NotStarted { why } if why.contains("TOKEN")));
}

#[tokio::test]
async fn values_of_env_reach_the_command_and_are_masked_in_what_it_prints() {
    let path = std::env::var("PATH").unwrap();
    let script =
        "test ${#TOKEN} = 7 && test \"$SEEN\" = \"$PATH\" && echo \"a $TOKEN b\" && echo \"c $SEEN d\" >&2";
    let command = command(&["sh", "-c", script], &[("TOKEN", "hunter2"), ("SEEN", "$PATH")]);
    let report = runner(None).command(&command, &moment()).await;
    assert_eq!(report.outcome, CommandOutcome::Exited { code: 0 });
    assert_eq!(report.tail.text(), "a *** b\nc *** d\n");
    let shown = format!("{report:?}");
    assert!(!shown.contains("hunter2") && !shown.contains(&path), "{shown}");
}

#[tokio::test]
async fn a_command_has_no_input_and_a_process_group_of_its_own() {
    let report = runner(None)
        .command(&shell("cat; echo $$; cut -d' ' -f5 /proc/self/stat"), &moment())
        .await;
    let lines: Vec<_> = report.tail.text().lines().map(pid).collect();
    assert_eq!(lines[0], lines[1]);
    assert_ne!(lines[1], getpgrp());
}

#[tokio::test]
async fn a_command_that_prints_a_lot_is_not_stopped_by_it() {
    let script =
        "head -c 3000000 /dev/zero | tr '\\0' x >&2; head -c 3000000 /dev/zero | tr '\\0' y; echo; echo end";
    let report = runner(None).command(&shell(script), &moment()).await;
    assert_eq!(report.outcome, CommandOutcome::Exited { code: 0 });
    let text = report.tail.text();
    assert!(
        text.len() < 4200 && text.contains("end\n…x"),
        "{} bytes: {text}",
        text.len()
    );
}

#[tokio::test]
async fn at_the_timeout_the_whole_group_is_asked_to_end() {
    // So long that the shell has set its trap by then, on a busy machine too.
    let script = "sleep 300 & echo $!; trap 'echo bye; exit 0' TERM; wait";
    let command = Command {
        timeout_s: 4,
        ..shell(script)
    };
    let report = runner(None).command(&command, &moment()).await;
    assert_eq!(report.outcome, CommandOutcome::TimedOut);
    assert!(report.tail.text().ends_with("bye\n"), "{:?}", report.tail);
    assert!(report.took_ms >= 4000, "{} ms", report.took_ms);
    assert_ends(pid(report.tail.text()));
}

#[tokio::test]
async fn a_group_that_does_not_end_when_asked_is_killed() {
    let script = "trap '' TERM; (while :; do sleep 300; done) & echo $!; kill -STOP $$; wait";
    let command = Command {
        timeout_s: 4,
        ..shell(script)
    };
    let report = runner(None).command(&command, &moment()).await;
    assert_eq!(report.outcome, CommandOutcome::TimedOut);
    assert!(report.took_ms >= 6000, "{} ms", report.took_ms);
    assert_ends(pid(report.tail.text()));
}

#[tokio::test]
async fn something_left_behind_with_the_pipes_open_does_not_hold_the_run() {
    let report = runner(None)
        .command(&shell("sleep 300 & echo $!"), &moment())
        .await;
    assert_eq!(report.outcome, CommandOutcome::Exited { code: 0 });
    assert!(report.took_ms < 100_000, "{} ms", report.took_ms);
    let left = pid(report.tail.text());
    assert!(runs(left), "what was left on purpose goes on");
    kill_process(left, Signal::KILL).unwrap();
}

#[tokio::test]
async fn a_command_that_nobody_waits_for_any_more_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pid");
    let script = format!(
        "echo $$ > '{0}.new'; mv '{0}.new' '{0}'; sleep 300",
        file.display()
    );
    let command = shell(&script);
    let runner = runner(None);
    let begun = async {
        while !file.exists() {
            tokio::task::yield_now().await;
        }
    };
    let now = moment();
    tokio::select! {
        report = runner.command(&command, &now) => panic!("expected a command that goes on, got {report:?}"),
        () = begun => {}
    }
    assert_ends(pid(&std::fs::read_to_string(&file).unwrap()));
}
