//! Runs one child in a process group of its own, and ends the whole group at its timeout.
//!
//! Ctrl-C in the terminal goes to the foreground group, so it does not reach the child: whether a
//! command is cut short is the run's decision, not the keyboard's.

use std::os::unix::process::ExitStatusExt;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

use super::output::{Kept, Output};
use super::report::CommandOutcome;
use super::tether::Held;

/// How long a group that was asked to end may take before it is killed.
pub(super) const GRACE: Duration = Duration::from_secs(2);

/// How long the streams are read on once the command has ended.
const AFTERWARDS: Duration = Duration::from_millis(250);

/// How often it is looked whether a group that was asked to end has ended.
const LOOK: Duration = Duration::from_millis(20);

/// Runs the command to its end or its timeout. `longest` is the length of the longest value to be
/// masked in its output. Dropped before its end, the whole group is killed. `held` is what shows that the command lives
/// should this process die.
pub(super) async fn run(
    mut command: Command,
    limit: Duration,
    longest: usize,
    mut held: Option<Held>,
) -> (CommandOutcome, Kept, Kept) {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.process_group(0).kill_on_drop(true);
    let started = match &mut held {
        Some(held) => held.start(|| command.spawn(), Child::id),
        None => command.spawn(),
    };
    let mut child = match started {
        Ok(child) => child,
        Err(error) => {
            let outcome = CommandOutcome::NotStarted {
                why: error.to_string(),
            };
            return (outcome, Kept::new(0), Kept::new(0));
        }
    };
    let mut group = Group::of(&child);
    let mut output = Output::of(&mut child, longest);
    let outcome = match timeout(limit, child.wait()).await {
        Ok(Ok(status)) => {
            // What the command left running on purpose goes on.
            group.leave();
            ended(status)
        }
        Ok(Err(error)) => CommandOutcome::Lost {
            why: error.to_string(),
        },
        Err(_) => {
            end(&mut child, &mut group, &mut output).await;
            CommandOutcome::TimedOut
        }
    };
    let (stdout, stderr) = output.close(AFTERWARDS).await;
    (outcome, stdout, stderr)
}

/// Asks the whole group to end, and kills what is left of it. The child is reaped last: until then its
/// id, which is the group's, cannot be given to anybody else.
async fn end(child: &mut Child, group: &mut Group, output: &mut Output) {
    group.signal(Signal::TERM);
    // A stopped process acts on nothing before it is continued.
    group.signal(Signal::CONT);
    let quiet = async {
        group.leader_ended().await;
        output.ended().await;
    };
    let _: Result<(), tokio::time::error::Elapsed> = timeout(GRACE, quiet).await;
    group.signal(Signal::KILL);
    if timeout(GRACE, child.wait()).await.is_ok() {
        group.leave();
    }
}

fn ended(status: ExitStatus) -> CommandOutcome {
    match (status.code(), status.signal()) {
        (Some(code), _) => CommandOutcome::Exited { code },
        (None, Some(signal)) => CommandOutcome::Signalled { signal },
        (None, None) => CommandOutcome::Lost {
            why: format!("expected an exit code or a signal, got {status}"),
        },
    }
}

/// The process group of a child that was not reaped yet. Dropped, it is killed.
#[derive(Debug)]
struct Group {
    leader: Option<Pid>,
}

impl Group {
    fn of(child: &Child) -> Self {
        let id = child.id().and_then(|id| i32::try_from(id).ok());
        Self {
            leader: id.and_then(Pid::from_raw),
        }
    }

    /// A group of which nobody is left cannot be signalled; that is what was wanted.
    fn signal(&self, signal: Signal) {
        if let Some(leader) = self.leader {
            let _: rustix::io::Result<()> = kill_process_group(leader, signal);
        }
    }

    /// Waits until the leader has ended, and leaves it unreaped.
    async fn leader_ended(&self) {
        let Some(leader) = self.leader else { return };
        let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        while let Ok(None) = waitid(WaitId::Pid(leader), look) {
            sleep(LOOK).await;
        }
    }

    /// The leader was reaped: its id may soon be another's.
    fn leave(&mut self) {
        self.leader = None;
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.signal(Signal::KILL);
    }
}
