//! A lab that nobody has hurt, and a program for a person or a client to use on it.

use std::path::Path;
use std::process::Command;

use chrono::{DateTime, Utc};

use crate::harness::{Finished, Lab, Program, shipped};

/// The lab's cluster.
pub const CLUSTER: &str = "orders--drill";

/// A lab and a program; both are gone when it is dropped.
pub struct Place {
    pub lab: Lab,
    pub program: Program,
    runbook: String,
}

impl Place {
    /// On a lab whose rewinds are quick.
    pub fn new() -> Self {
        Self::on(Lab::quick())
    }

    /// On a lab.
    pub fn on(lab: Lab) -> Self {
        Self {
            lab,
            program: Program::new(),
            runbook: shipped("drill.toml").display().to_string(),
        }
    }

    /// The same with another runbook.
    pub fn with_runbook(mut self, text: &str) -> Self {
        self.runbook = self.program.file("runbook.toml", text).display().to_string();
        self
    }

    /// A folder that goes with it.
    pub fn folder(&self) -> &Path {
        self.program.home()
    }

    /// The program, not yet started, for a usual terminal.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.program.command(arguments);
        command.env("TERM", "xterm-256color");
        command
    }

    /// `run` to an instant, with more options.
    pub fn run_args<'a>(&'a self, to: &'a str, more: &[&'a str]) -> Vec<&'a str> {
        let mut arguments = vec!["run", &self.runbook, "--lab", &self.lab.endpoint];
        arguments.extend(["--cluster", CLUSTER, "--to", to]);
        arguments.extend(more);
        arguments
    }

    /// Runs the program to its end, with no terminal and nobody at its input.
    pub fn run(&self, arguments: &[&str]) -> Finished {
        self.program.run(arguments)
    }

    /// How many BacktrackDBCluster the lab acted on.
    pub fn accepted(&self) -> usize {
        self.lab.accepted().len()
    }

    /// Whether the shop is paused, and how often that changed.
    pub fn shop(&self) -> (bool, usize) {
        let shop = self.lab.world().shop;
        (shop.paused, shop.changes.len())
    }

    /// The lab's time.
    pub fn now(&self) -> DateTime<Utc> {
        self.lab.world().now
    }

    /// The only run in the journal.
    pub fn run_id(&self) -> String {
        let runs = std::fs::read_dir(self.program.journals().join("runs")).unwrap();
        let names: Vec<String> = runs
            .map(|run| run.unwrap().file_name().into_string().unwrap())
            .collect();
        assert_eq!(names.len(), 1, "expected one run, got {names:?}");
        names[0].clone()
    }
}
