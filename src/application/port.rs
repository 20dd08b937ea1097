//! The runner as the engine's port: what was seen becomes a fact, what was printed goes to the screen alone.

use async_trait::async_trait;

use super::{Moment, Runner};
use crate::domain::event::Done;
use crate::domain::runbook::{Check, Command};
use crate::ports;

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
            Check::Question { .. } => Done::Nobody,
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
