//! A lab whose orders were deleted, and a program that can bring them back.

use chrono::{DateTime, SecondsFormat, TimeDelta, TimeZone, Utc};

use super::journal::Journal;
use super::lab::{Call, Lab, QUICK};
use super::patience::eventually;
use super::program::{Finished, Program, Running};
use super::runbook::drill_runbook;

/// The table is empty, the way back is known.
pub struct Incident {
    pub lab: Lab,
    pub program: Program,
    /// The last whole second before the bad statement.
    pub target: DateTime<Utc>,
    /// Digest of the orders at the target.
    pub digest: String,
}

impl Incident {
    /// On a lab whose rewinds are quick, with a runbook of little patience.
    pub fn new() -> Self {
        Self::on(Lab::with(QUICK), Program::new())
    }

    /// On a lab that is at work on each rewind until [`Self::aws_completes`], with a runbook that waits as long.
    pub fn at_work() -> Self {
        let incident = Self::on(Lab::slow(), Program::new());
        incident.program.file("drill.toml", &drill_runbook("1s", "30m"));
        incident
    }

    /// On a lab with more to its scenario.
    pub fn with(scenario: &str) -> Self {
        Self::on(Lab::with(&format!("{QUICK}{scenario}")), Program::new())
    }

    /// On a lab that is there already.
    pub fn on(lab: Lab, program: Program) -> Self {
        let at = lab.hurt("delete_all");
        // What a rewind leaves is rounded down: it lies after the statement all the same.
        lab.advance(3);
        Self::back_to(whole_second(at) - TimeDelta::seconds(1), lab, program)
    }

    /// Nothing was hurt: the data is right wherever the cluster is moved. The target is a minute ago.
    pub fn false_alarm() -> Self {
        Self::unhurt(Lab::quick())
    }

    /// The same on a lab that is there already.
    pub fn unhurt(lab: Lab) -> Self {
        let now = lab.world().now;
        Self::back_to(whole_second(now) - TimeDelta::minutes(1), lab, Program::new())
    }

    fn back_to(target: DateTime<Utc>, lab: Lab, program: Program) -> Self {
        let digest = lab.digest_at(target);
        program.file("drill.toml", &drill_runbook("1s", "15s"));
        Self {
            lab,
            program,
            target,
            digest,
        }
    }

    /// The arguments of the run that brings the orders back, and of no other.
    pub fn arguments(&self, more: &[&str]) -> Vec<String> {
        self.arguments_to(self.target, more)
    }

    /// The same with another value of an option.
    pub fn arguments_with(&self, option: &str, value: &str, more: &[&str]) -> Vec<String> {
        let mut arguments = self.arguments(more);
        let at = arguments.iter().position(|argument| argument == option).unwrap();
        value.clone_into(&mut arguments[at + 1]);
        arguments
    }

    fn arguments_to(&self, to: DateTime<Utc>, more: &[&str]) -> Vec<String> {
        let to = stamp(to);
        let (lab, cluster) = (self.lab.endpoint.as_str(), self.lab.cluster.as_str());
        let mut arguments = vec!["run", "drill.toml", "--output", "json", "--lab", lab];
        arguments.extend(["--cluster", cluster, "--to", &to]);
        arguments.extend(more);
        arguments.into_iter().map(str::to_owned).collect()
    }

    /// Rewinds to the target, confirmed beforehand.
    pub fn rewind(&self, more: &[&str]) -> Finished {
        self.program.run(self.confirmed(self.arguments(more)))
    }

    /// Rewinds to another instant, confirmed beforehand.
    pub fn rewind_to(&self, to: DateTime<Utc>, more: &[&str]) -> Finished {
        self.program.run(self.confirmed(self.arguments_to(to, more)))
    }

    /// Begins the rewind to the target, confirmed beforehand.
    pub fn start(&self, more: &[&str]) -> Running {
        self.program.start(self.confirmed(self.arguments(more)))
    }

    /// Begins the rewind to another instant, confirmed beforehand.
    pub fn start_to(&self, to: DateTime<Utc>, more: &[&str]) -> Running {
        self.program.start(self.confirmed(self.arguments_to(to, more)))
    }

    /// Waits until the lab has acted on the request.
    pub fn until_accepted(&self) {
        self.until_accepted_times(1);
    }

    /// Waits until the lab has acted on so many requests.
    pub fn until_accepted_times(&self, count: usize) {
        eventually("the request", || {
            (self.lab.accepted().len() >= count).then_some(())
        });
    }

    /// Waits until the request has come in, whatever becomes of it.
    pub fn until_requested(&self) {
        self.until_called("the request", |call| call.action == "BacktrackDBCluster");
    }

    /// Waits until a call that `is` the one has come in.
    pub fn until_called(&self, what: &str, is: impl Fn(&Call) -> bool) {
        eventually(what, || self.lab.calls().iter().any(&is).then_some(()));
    }

    /// Lets a rewind of a slow lab come to its end.
    pub fn aws_completes(&self) {
        self.lab.advance(700);
    }

    /// `recover` of the one run, confirmed beforehand.
    pub fn recover(&self, more: &[&str]) -> Finished {
        self.start_recover(more).finish()
    }

    /// Begins `recover` of the one run, confirmed beforehand.
    pub fn start_recover(&self, more: &[&str]) -> Running {
        self.program.start(self.confirmed(self.again("recover", more)))
    }

    /// `forward` of the one run, confirmed beforehand.
    pub fn forward(&self, to: &str, more: &[&str]) -> Finished {
        self.start_forward(to, more).finish()
    }

    /// Begins `forward` of the one run, confirmed beforehand.
    pub fn start_forward(&self, to: &str, more: &[&str]) -> Running {
        let arguments = self.again("forward", &[&["--to", to], more].concat());
        self.program.start(self.confirmed(arguments))
    }

    /// The arguments of a command on the one run.
    pub fn again(&self, command: &str, more: &[&str]) -> Vec<String> {
        let run = self.journal().run();
        let mut arguments = vec![command, &run, "--output", "json"];
        arguments.extend(more);
        arguments.into_iter().map(str::to_owned).collect()
    }

    fn confirmed(&self, mut arguments: Vec<String>) -> Vec<String> {
        arguments.extend(["--yes".to_owned(), self.lab.cluster.clone()]);
        arguments
    }

    /// The journal of the one run.
    pub fn journal(&self) -> Journal {
        Journal::only(&self.program.journals()).expect("a run has begun")
    }

    /// Holds the journal to its chain.
    #[track_caller]
    pub fn assert_journal_verifies(&self) {
        let run = self.journal().run();
        self.program.run(["journal", "verify", &run]).expect(0);
    }

    /// The orders are those of the target, and were so before the shop was opened again.
    #[track_caller]
    pub fn assert_recovered(&self) {
        self.assert_recovered_to(&self.digest);
    }

    /// The same, for another content.
    #[track_caller]
    pub fn assert_recovered_to(&self, digest: &str) {
        let world = self.lab.world();
        let opened = world.shop.changes.last().expect("the shop was paused");
        assert!(!opened.paused, "the shop is still closed: {:?}", world.shop);
        let before = self.lab.digest_at(opened.at - TimeDelta::milliseconds(1));
        assert_eq!(before, digest, "{world:?}");
        assert_eq!(world.cluster().status, "available");
        self.assert_journal_verifies();
    }

    /// Nothing was asked of AWS that changes anything, and the shop was never closed.
    #[track_caller]
    pub fn assert_untouched(&self) {
        assert!(self.lab.requests().is_empty(), "{:?}", self.lab.requests());
        let shop = self.lab.world().shop;
        assert!(!shop.paused && shop.changes.is_empty(), "{shop:?}");
    }
}

/// An instant as it is typed.
pub fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// Rounded toward the past.
pub fn whole_second(at: DateTime<Utc>) -> DateTime<Utc> {
    Utc.timestamp_opt(at.timestamp(), 0).unwrap()
}
