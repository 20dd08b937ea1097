//! The runner as the engine's port: what was seen becomes a fact, what was printed goes to the screen alone.

use std::time::{Duration, Instant};

use async_trait::async_trait;

use super::process::GRACE;
use super::report::CommandOutcome;
use super::{Moment, Runner};
use crate::domain::event::Done;
use crate::domain::runbook::{Check, Command};
use crate::domain::search::{Said, Verdict};
use crate::ports;

/// How often it is looked whether a command of a dead process has ended.
const LOOK: Duration = Duration::from_millis(100);

/// Runs a runbook's commands for the engine.
pub struct RunbookHands {
    runner: Runner,
    /// Takes the last lines of a command that did not do what it was asked to; they may hold anything, and are never kept.
    aside: Box<dyn Fn(&str)>,
}

impl RunbookHands {
    /// `aside` writes to the operator's screen.
    pub fn new(runner: Runner, aside: Box<dyn Fn(&str)>) -> Self {
        Self { runner, aside }
    }
}

#[async_trait(?Send)]
impl ports::Application for RunbookHands {
    async fn alone(&self) -> Result<(), String> {
        let Some(tether) = self.runner.tether() else {
            return Ok(());
        };
        let file = tether.path().display();
        let began = Instant::now();
        loop {
            let alive = tether.alive();
            let alive = alive.map_err(|error| {
                format!("whether an earlier command still runs is not known: {file}: {error}")
            })?;
            let Some(command) = alive else { return Ok(()) };
            // Its timeout began before this process did: it has had all of it by then.
            let limit = Duration::from_secs(command.timeout_s.into()) + GRACE;
            if began.elapsed() > limit {
                return Err(format!(
                    "`{}`, which an earlier process of this run started, still runs or is about to ({}) beyond its timeout of \
                     {} s: end it, or the process that started it; its lock is {file}",
                    command.program,
                    command.group(),
                    command.timeout_s
                ));
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    async fn run(&self, command: &Command, moment: &ports::Moment) -> Done {
        let report = self.runner.command(command, &seen(moment)).await;
        let how = format!("{} after {}", report.outcome, seconds(report.took_ms));
        if report.passed() {
            return Done::Well { how };
        }
        if !report.tail.is_empty() {
            (self.aside)(report.tail.text());
        }
        Done::Badly { how }
    }

    async fn ask(&self, command: &Command, moment: &ports::Moment) -> Said {
        let report = self.runner.command(command, &seen(moment)).await;
        let how = format!("{} after {}", report.outcome, seconds(report.took_ms));
        let verdict = match report.outcome {
            CommandOutcome::Exited { code } => Verdict::of_exit(code),
            CommandOutcome::Signalled { .. }
            | CommandOutcome::TimedOut
            | CommandOutcome::NotStarted { .. }
            | CommandOutcome::Unset { .. }
            | CommandOutcome::Lost { .. } => Verdict::Stop,
        };
        // Why it is not good is what somebody who watches wants to read.
        if verdict != Verdict::Good && !report.tail.is_empty() {
            (self.aside)(report.tail.text());
        }
        Said { verdict, how }
    }

    async fn check(&self, check: &Check, moment: &ports::Moment) -> Done {
        match check {
            Check::Command(command) => self.run(command, moment).await,
            Check::Http {
                url,
                status,
                contains,
                timeout_s,
            } => {
                let report = self
                    .runner
                    .http(url, *status, contains.as_deref(), *timeout_s, &seen(moment))
                    .await;
                let how = report.outcome.to_string();
                if report.passed() {
                    Done::Well { how }
                } else {
                    Done::Badly { how }
                }
            }
            // A person answers the first, AWS and the database the others.
            Check::Question { .. } | Check::Copy | Check::Sql(_) | Check::Quiet { .. } => Done::Nobody,
        }
    }
}

fn seen(moment: &ports::Moment) -> Moment {
    Moment {
        phase: moment.phase.as_str().to_owned(),
        target: moment.target,
        effective: moment.effective,
    }
}

fn seconds(took_ms: u64) -> String {
    format!("{}.{:01} s", took_ms / 1000, took_ms % 1000 / 100)
}
