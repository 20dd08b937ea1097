//! What is told of a simulated run: line by line for who replays one, and without what differs between two plays for who
//! compares them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use backtrackctl::domain::event::Event;
use backtrackctl::domain::finding::{Finding, Severity};
use chrono::{DateTime, Utc};
use regex::Regex;
use serde_json::Value;

use super::process::{Ended, Process};
use crate::harness::World;

/// A readable record of a story.
#[derive(Clone, Debug)]
pub struct Trace {
    aloud: bool,
    lines: Rc<RefCell<Vec<String>>>,
    names: Rc<RefCell<BTreeMap<String, usize>>>,
    /// Ids, ports and folders that are made anew for each play.
    fresh: Regex,
}

impl Trace {
    /// Aloud: each line is printed as it comes.
    pub fn new(aloud: bool) -> Self {
        let ids = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(cluster|db)-[A-Z2-7]{26}";
        Self {
            aloud,
            lines: Rc::default(),
            names: Rc::default(),
            fresh: Regex::new(&format!(r"{ids}|127\.0\.0\.1:\d+|/\S*/simulation\w+")).unwrap(),
        }
    }

    pub fn lines(&self) -> Vec<String> {
        self.lines.borrow().clone()
    }

    #[expect(clippy::print_stderr, reason = "who replays a seed reads along")]
    pub fn say(&self, line: &str) {
        let line = self.fresh.replace_all(line, |found: &regex::Captures<'_>| {
            let mut names = self.names.borrow_mut();
            let next = names.len() + 1;
            format!("<{}>", names.entry(found[0].to_owned()).or_insert(next))
        });
        if self.aloud {
            eprintln!("{line}");
        }
        self.lines.borrow_mut().push(line.into_owned());
    }

    pub fn begins(&self, process: &Process, faults: &Value, now: DateTime<Utc>) {
        let Process {
            errand,
            voice,
            reason,
            death,
            wire,
            trouble,
            signals,
            lid,
            jump,
            chance: _,
        } = process;
        self.say(&format!("\n{now} {errand:?}, {voice:?}, reason {reason:?}"));
        self.say(&format!("    faults {faults}"));
        self.say(&format!(
            "    {death:?}, {wire:?}, {trouble:?}, signals {signals:?}, lid {lid:?}, jump {jump:?}"
        ));
    }

    pub fn records(&self, events: &[(DateTime<Utc>, Event)]) {
        for (at, event) in events {
            self.say(&format!("  {} {}", at.format("%H:%M:%S%.3f"), told(event)));
        }
    }

    pub fn ended(&self, ended: &Ended, world: &World) {
        let how = match ended {
            Ended::Itself(finish) => format!(
                "ended {} in {}",
                finish.outcome.as_str(),
                finish.run.phase().as_str()
            ),
            Ended::Died => "killed".to_owned(),
            Ended::DiskFull => "stopped by a full disk".to_owned(),
        };
        self.say(&format!("  {how}; the lab: {:?}", world.cluster().backtracks));
        self.say(&format!("  shop {:?}", world.shop));
    }
}

/// A record in a line; of a look only what was judged.
fn told(event: &Event) -> String {
    if let Event::Inspected {
        judgement,
        inspection,
    } = event
    {
        let passes = |finding: &Finding| finding.severity == Severity::Pass;
        let stand = judgement.findings.iter().filter(|finding| !passes(finding));
        let stand: Vec<String> = stand
            .map(|finding| format!("{:?} {}", finding.severity, finding.message))
            .collect();
        return format!("inspected at {}: {stand:?}", inspection.service_now);
    }
    if let Event::Opened(plan) = event {
        let (run, to, policy) = (&plan.run, plan.goal.typed(), &plan.runbook.policy);
        return format!("opened {run} to {to}, hold {}, {policy:?}", plan.hold);
    }
    serde_json::to_value(event).unwrap().to_string()
}
