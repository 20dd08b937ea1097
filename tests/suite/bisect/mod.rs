//! `bisect`: the last good moment is found by moving the cluster to and fro, with one confirmation and nothing opened between.

mod crash;
mod ends;
mod finding;
mod refusals;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::harness::{Finished, Incident, Lab, Program, Running, stamp, whole_second};

/// Good is what the shop's own check passes.
const ASKS_THE_SHOP: &str = "\"$BACKTRACKCTL_BIN\" lab shop check >/dev/null && exit 0\nexit 1\n";

/// A lab on which one of many statements did the damage, and a file of them all.
pub struct Mystery {
    pub incident: Incident,
    /// Known to be good.
    pub good: DateTime<Utc>,
    /// When each of them took effect.
    pub times: Vec<DateTime<Utc>>,
    /// Which of them did it, from 0.
    pub culprit: usize,
}

impl Mystery {
    /// `among` statements two seconds apart, one of which deleted the orders.
    pub fn new(among: usize, culprit: usize) -> Self {
        Self::on(Lab::quick(), among, culprit)
    }

    fn on(lab: Lab, among: usize, culprit: usize) -> Self {
        Self::by(Program::new(), lab, among, culprit)
    }

    /// On the same lab, which was hurt again, by the same program with its journals.
    pub fn on_again(before: Self, among: usize) -> Self {
        let Incident { lab, program, .. } = before.incident;
        Self::by(program, lab, among, 1)
    }

    fn by(program: Program, lab: Lab, among: usize, culprit: usize) -> Self {
        lab.advance(60);
        let good = whole_second(lab.world().now);
        let mut times = Vec::new();
        for number in 0..among {
            lab.advance(2);
            times.push(if number == culprit {
                lab.hurt("delete_all")
            } else {
                lab.world().now
            });
        }
        lab.advance(5);
        program.file("drill.toml", &crate::harness::drill_runbook("1s", "15s"));
        program.file("probe.sh", ASKS_THE_SHOP);
        let lines: Vec<String> = times
            .iter()
            .enumerate()
            .map(|(number, at)| candidate(number, *at))
            .collect();
        program.file("found.jsonl", &lines.join("\n"));
        let last_good = whole_second(times[culprit] - TimeDelta::seconds(1));
        let digest = lab.digest_at(last_good);
        let incident = Incident {
            lab,
            program,
            target: last_good,
            digest,
        };
        Self {
            incident,
            good,
            times,
            culprit,
        }
    }

    /// The search over the file of candidates, confirmed beforehand.
    pub fn arguments(&self, more: &[&str]) -> Vec<String> {
        let good = stamp(self.good);
        let lab = self.incident.lab.endpoint.as_str();
        let mut arguments = vec!["bisect", "drill.toml", "--output", "json", "--lab", lab];
        arguments.extend(["--cluster", "orders--drill", "--good", &good]);
        arguments.extend(["--yes", "orders--drill"]);
        arguments.extend(more);
        arguments.into_iter().map(str::to_owned).collect()
    }

    pub fn start(&self, more: &[&str]) -> Running {
        self.incident.program.start(self.arguments(more))
    }

    /// Over the candidates, by the probe of the folder.
    pub fn search(&self, more: &[&str]) -> Finished {
        self.start(&Self::over_candidates(more)).finish()
    }

    pub fn over_candidates<'a>(more: &[&'a str]) -> Vec<&'a str> {
        [
            &["--candidates", "found.jsonl"],
            more,
            &["--probe", "sh", "probe.sh"],
        ]
        .concat()
    }

    pub fn accepted(&self) -> usize {
        self.incident.lab.accepted().len()
    }

    /// One confirmation let AWS accept so many requests, each with an intent of its own, and the shop was closed once.
    #[track_caller]
    pub fn assert_one_confirmation(&self, ended: &Finished) {
        let journal = self.incident.journal();
        assert_eq!(journal.hops_confirmed(), 1, "{ended:?}");
        assert_eq!(journal.intents(), self.accepted(), "{ended:?}");
        let most = confirmed_hops(&journal.records());
        assert!(
            self.accepted() <= most,
            "{} hops, {most} confirmed",
            self.accepted()
        );
        let closed = self.incident.lab.world().shop.changes;
        assert_eq!(
            closed.iter().filter(|change| change.paused).count(),
            1,
            "{closed:?}"
        );
        self.incident.assert_journal_verifies();
    }

    /// The culprit alone is told, and the orders are those right before it.
    #[track_caller]
    pub fn assert_found(&self, ended: &Finished) {
        let found = ended
            .of_kind("found")
            .pop()
            .unwrap_or_else(|| panic!("{ended:?}"));
        assert_eq!(found["decided"], true, "{found}");
        let suspects = found["suspects"].as_array().unwrap();
        assert_eq!(suspects.len(), 1, "{found}");
        assert_eq!(suspects[0]["line"], self.culprit + 1, "{found}");
        assert_eq!(found["good"], stamp(self.incident.target), "{found}");
    }
}

/// A line as `locate` writes it.
fn candidate(number: usize, at: DateTime<Utc>) -> String {
    json!({
        "kind": "candidate",
        "rank": number + 1,
        "time_us": at.timestamp_micros(),
        "file": "audit.log",
        "line": number + 1,
        "class": "unbounded",
        "committed": null,
        "statement": format!("DELETE FROM orders /* {number} */"),
    })
    .to_string()
}

/// The number that the first confirmation named.
pub fn confirmed_hops(records: &[Value]) -> usize {
    let typed = records
        .iter()
        .find_map(|record| record["answer"]["typed"].as_str())
        .unwrap();
    typed.rsplit(' ').next().unwrap().parse().unwrap()
}
