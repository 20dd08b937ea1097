//! The declarative policy and wording of a run: what is paused, how that is seen, what is probed
//! after a rewind, and within which limits. A runbook holds no code of its own.
//!
//! This module may not read a file, run a command or look at a clock: `runbook` reads the TOML and
//! `application` runs what it names. A runbook can be journaled: its secrets are withheld by
//! [`EnvValue`].

mod database;
mod env_value;
mod freeze;
mod policy;
mod reader;
mod sql;
mod step;
mod variable;

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::safety_copy::CopyPlan;

pub use database::{Database, Password, Trust};
pub use env_value::{EnvValue, EnvValueError, Literal, WITHHELD};
pub use freeze::FreezeHours;
pub use policy::Policy;
pub use reader::writes;
pub use sql::{Amount, Expect, Sql, Wanted};
pub use step::{Check, Command, Step};
pub use variable::{Piece, Unset, Variable, expand, pieces};

/// What a run does around the rewind itself, and in which words it asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Runbook {
    /// A short name, shown in every question. Not empty, one line.
    pub name: String,
    /// What the runbook is for, in its author's words.
    pub description: Option<String>,
    /// The limits of the run.
    pub policy: Policy,
    /// How the cluster is reached with SQL; none: it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database: Option<Database>,
    /// What is stopped before the rewind and reopened after it, in the order of stopping.
    pub pause: Vec<PauseItem>,
    /// What must hold of the data after a rewind.
    pub probes: Vec<Probe>,
    /// Words added to the program's own.
    pub wording: Wording,
}

/// One thing that is stopped, and how it is seen to be stopped and open again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseItem {
    /// Its name in the inventory of what is paused. Unique within the runbook.
    pub name: String,
    /// How it is stopped.
    pub pause: Step,
    /// What passes once it is stopped.
    pub paused: Option<Check>,
    /// How it is reopened.
    pub resume: Step,
    /// What passes once it is open again.
    pub resumed: Option<Check>,
}

/// One check of the data after a rewind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Probe {
    /// Its name in the report. Unique within the runbook.
    pub name: String,
    /// What passes when the data is as it should be.
    pub check: Check,
}

/// Words that are added to the program's own questions; they replace none of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// Shown with the question whether to pause.
    pub pause: Option<String>,
    /// Shown with the confirmation of the rewind.
    pub confirm: Option<String>,
    /// Shown at completion: whom to tell, what to look at next.
    pub done: Option<String>,
}

impl PauseItem {
    /// The safety copy, as the last item of the inventory.
    pub fn copying(plan: CopyPlan) -> Self {
        Self {
            name: plan.kind.item().to_owned(),
            pause: Step::Copy(plan),
            paused: Some(Check::Copy),
            resume: Step::Nothing,
            resumed: None,
        }
    }

    /// What it copies, where it is the safety copy.
    pub fn copy(&self) -> Option<&CopyPlan> {
        match &self.pause {
            Step::Copy(plan) => Some(plan),
            Step::Command(_) | Step::Manual { .. } | Step::Drain | Step::Nothing => None,
        }
    }

    /// Whether there is anything to open again: what ended for good is never still paused, and nobody resumes it.
    pub fn reopens(&self) -> bool {
        self.resume != Step::Nothing
    }
}

impl Runbook {
    /// Every command of the runbook, in the order of the file's meaning: pause, paused, resume and
    /// resumed of each item, then the probes.
    pub fn commands(&self) -> impl Iterator<Item = &Command> {
        let of_items = self.pause.iter().flat_map(|item| {
            [
                item.pause.command(),
                item.paused.as_ref().and_then(Check::command),
                item.resume.command(),
                item.resumed.as_ref().and_then(Check::command),
            ]
            .into_iter()
            .flatten()
        });
        of_items.chain(self.probes.iter().filter_map(|probe| probe.check.command()))
    }

    /// The safety copy that is asked for.
    pub fn copy(&self) -> Option<&CopyPlan> {
        self.pause.iter().find_map(PauseItem::copy)
    }

    /// The same runbook without its safety copy.
    #[must_use]
    pub fn without_copy(mut self) -> Self {
        self.pause.retain(|item| item.copy().is_none());
        self
    }

    /// The same runbook, whose programs with a relative path are looked for from `folder`, whatever the current one is.
    #[must_use]
    pub fn rooted(mut self, folder: &Path) -> Self {
        if let Some(database) = &mut self.database {
            database.root(folder);
        }
        for item in &mut self.pause {
            item.pause.root(folder);
            item.resume.root(folder);
            for check in item.paused.iter_mut().chain(&mut item.resumed) {
                check.root(folder);
            }
        }
        for probe in &mut self.probes {
            probe.check.root(folder);
        }
        self
    }

    /// Every check by SQL: paused and resumed of each item, then the probes, each with its name.
    pub fn statements(&self) -> impl Iterator<Item = (&str, &Sql)> {
        self.checks().filter_map(|(name, check)| match check {
            Check::Sql(sql) => Some((name, sql)),
            Check::Command(_)
            | Check::Http { .. }
            | Check::Question { .. }
            | Check::Quiet { .. }
            | Check::Copy => None,
        })
    }

    /// Whether it is looked for quiet.
    pub fn looks_for_quiet(&self) -> bool {
        self.checks()
            .any(|(_, check)| matches!(check, Check::Quiet { .. }))
    }

    /// Whether sessions of others are looked at or ended.
    pub fn minds_sessions(&self) -> bool {
        self.looks_for_quiet() || self.pause.iter().any(|item| item.pause == Step::Drain)
    }

    fn checks(&self) -> impl Iterator<Item = (&str, &Check)> {
        let of_items = self.pause.iter().flat_map(|item| {
            let checks = [item.paused.as_ref(), item.resumed.as_ref()];
            checks
                .into_iter()
                .flatten()
                .map(|check| (item.name.as_str(), check))
        });
        of_items.chain(
            self.probes
                .iter()
                .map(|probe| (probe.name.as_str(), &probe.check)),
        )
    }

    /// Whether values were withheld when this runbook was written to a journal. Its commands cannot
    /// run then: the file itself must be read again.
    pub fn withheld(&self) -> bool {
        self.commands()
            .flat_map(|command| command.env.values())
            .any(EnvValue::is_withheld)
    }
}

#[cfg(test)]
mod tests;
