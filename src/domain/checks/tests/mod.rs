//! Every rule, with what it lets pass, what it warns of, what it blocks, and the next best way that it names.

mod application;
mod cluster;
mod database;
mod discarded;
mod judgement;
mod later_hop;
mod replication;
mod safety_copy;
mod target;
mod timing;

use chrono::{DateTime, Utc};

use super::{Case, Judgement, Stage, judge};
use crate::domain::finding::{Finding, Severity};
use crate::domain::fixture;
use crate::domain::identity::Identity;
use crate::domain::inspection::Inspection;
use crate::domain::plan::Plan;
use crate::domain::run::{Attempt, Footing, Goal, SettledHop};

/// A case that every rule lets pass, to be altered.
struct Bench {
    plan: Plan,
    attempt: Attempt,
    origin: Option<DateTime<Utc>>,
    last: Option<SettledHop>,
    reopened: bool,
    expected: Option<Identity>,
    own: Vec<String>,
    stage: Stage,
    inspection: Inspection,
}

impl Bench {
    fn new() -> Self {
        let goal = Goal::Typed(fixture::typed(fixture::TARGET));
        Self {
            plan: fixture::plan(),
            attempt: Attempt {
                sought: false,
                sent: false,
                ordered: fixture::BEGIN,
                number: 1,
                goal,
                instant: None,
                footing: Footing::Fresh,
                reason: None,
                without_copy: false,
            },
            origin: None,
            last: None,
            reopened: false,
            expected: None,
            own: Vec::new(),
            stage: Stage::Preflight,
            inspection: fixture::inspection(fixture::BEGIN),
        }
    }

    fn judge(&self) -> Judgement {
        judge(&Case {
            cost: None,
            plan: &self.plan,
            attempt: &self.attempt,
            origin: self.origin,
            shows: self
                .last
                .as_ref()
                .filter(|_| !self.reopened)
                .map(SettledHop::shows),
            last: self.last.as_ref(),
            reopened: self.reopened,
            known: None,
            own: &self.own,
            expected: self.expected.as_ref(),
            stage: self.stage,
            inspection: &self.inspection,
        })
    }

    fn finding(&self, rule: &str) -> Finding {
        let found = self
            .judge()
            .findings
            .into_iter()
            .find(|finding| finding.rule == rule);
        found.unwrap_or_else(|| panic!("expected a finding of `{rule}`, got none"))
    }
}

/// What `rule` says of a case in which only `alter` is not in order.
fn of(rule: &str, alter: impl FnOnce(&mut Bench)) -> Finding {
    let mut bench = Bench::new();
    alter(&mut bench);
    bench.finding(rule)
}

fn passes(finding: &Finding, message: &str) {
    assert_eq!(
        (finding.severity, finding.message.as_str()),
        (Severity::Pass, message)
    );
    assert!(finding.instead.is_empty(), "{finding:?}");
}

fn warns(finding: &Finding, message: &str) {
    assert_eq!(
        (finding.severity, finding.message.as_str()),
        (Severity::Warn, message)
    );
    assert!(finding.instead.is_empty(), "{finding:?}");
}

/// `instead`: what the next best way says somewhere.
fn blocks(finding: &Finding, message: &str, instead: &str) {
    assert_eq!(
        (finding.severity, finding.message.as_str()),
        (Severity::Block, message)
    );
    assert!(
        finding.instead.iter().any(|line| line.contains(instead)),
        "{finding:?}"
    );
}

/// The command that restores a cluster of the fixture beside itself, to the fixture's target.
const BESIDE: &str = "aws rds restore-db-cluster-to-point-in-time --source-db-cluster-identifier orders \
                      --db-cluster-identifier orders-restored --restore-type full-copy --restore-to-time \
                      2026-11-20T02:14:05Z --db-subnet-group-name private --vpc-security-group-ids sg-1 sg-2 \
                      --region eu-west-1";

/// The command that shows the cluster's status.
const LOOK: &str = "aws rds describe-db-clusters --db-cluster-identifier orders \
                    --query 'DBClusters[0].Status' --region eu-west-1";
