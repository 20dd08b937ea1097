//! Who had the run, and when.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::domain::event::{Errand, Event};
use crate::domain::identity::Person;
use crate::domain::outcome::Outcome;
use crate::report::moment::Moment;

/// One process that had the run.
#[derive(Serialize)]
pub struct Process {
    /// `run`, or the command that took it up.
    pub command: &'static str,
    /// Since when.
    pub at: DateTime<Utc>,
    /// Login name, host, terminal and process id.
    pub by: Person,
    /// True when a person could be asked.
    pub attended: bool,
    /// ARNs under which it called AWS, in the order seen; empty where it never got that far.
    pub callers: Vec<String>,
    /// Version of the program.
    pub program: String,
    /// Why, in the operator's words.
    pub reason: Option<String>,
    /// When it was done with the run; none where that is not recorded.
    pub ended: Option<DateTime<Utc>>,
    /// How.
    pub outcome: Option<Outcome>,
}

/// Every process, oldest first.
pub fn processes(moments: &[Moment<'_>]) -> Vec<Process> {
    let mut processes: Vec<Process> = Vec::new();
    for moment in moments {
        if let Some(process) = begun(moment) {
            processes.push(process);
        } else if let Some(process) = processes.last_mut() {
            process.learn(moment);
        }
    }
    processes
}

fn begun(moment: &Moment<'_>) -> Option<Process> {
    if let Event::Opened(plan) = moment.event {
        return Some(Process {
            command: "run",
            at: moment.at,
            by: plan.by.clone(),
            attended: plan.by.terminal.is_some(),
            callers: plan
                .identity
                .iter()
                .map(|identity| identity.caller.clone())
                .collect(),
            program: plan.program.clone(),
            reason: plan.reason.clone(),
            ended: None,
            outcome: None,
        });
    }
    let Event::Attached(attached) = moment.event else {
        return None;
    };
    Some(Process {
        command: command(attached.errand),
        at: moment.at,
        by: attached.by.clone(),
        attended: attached.attended,
        callers: Vec::new(),
        program: attached.program.clone(),
        reason: attached.reason.clone(),
        ended: None,
        outcome: None,
    })
}

impl Process {
    fn learn(&mut self, moment: &Moment<'_>) {
        if let Event::Inspected { inspection, .. } = moment.event {
            let caller = &inspection.identity.caller;
            if !self.callers.contains(caller) {
                self.callers.push(caller.clone());
            }
        }
        if let Event::HopOrdered { reason, .. } = moment.event {
            self.reason = self.reason.take().or_else(|| reason.clone());
        }
        if let Event::Ended { outcome } = moment.event {
            self.ended = Some(moment.at);
            self.outcome = Some(*outcome);
        }
    }
}

fn command(errand: Errand) -> &'static str {
    match errand {
        Errand::Recover => "recover",
        Errand::Resend => "recover --resend",
        Errand::Forward => "forward",
    }
}

/// `alice@bastion`: who had the run at each event, for the facts that name a person.
pub fn name(person: &Person) -> String {
    format!("{}@{}", person.os_user, person.host)
}

/// The person of an event that begins a process's hold of the run.
pub fn taker(event: &Event) -> Option<&Person> {
    if let Event::Opened(plan) = event {
        return Some(&plan.by);
    }
    if let Event::Attached(attached) = event {
        return Some(&attached.by);
    }
    None
}
