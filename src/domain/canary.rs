//! The canary of a drill on a real cluster: rows in a schema of their own, lost on purpose and looked for after the rewind.
//!
//! Every statement that a drill writes with is made here, and none names anything outside the canary's own schema. It is
//! read from the runbook that is journaled with the run, so that every later command knows what was left.

use super::run_id::RunId;
use super::runbook::{Amount, Check, Expect, Probe, Runbook, Sql, Wanted};

/// What the schema of every canary begins with.
pub const PREFIX: &str = "backtrackctl_drill_";
/// The probe that is added to the runbook; no runbook may have one of its own by this name.
pub const PROBE: &str = "the drill's canary";
/// How many rows are lost.
pub const ROWS: u32 = 100;

/// The tag that allows drills on a cluster.
pub const TAG: &str = "backtrackctl:drill";
/// What it must hold.
pub const ALLOWED: &str = "allowed";

/// A schema of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Canary {
    schema: String,
}

impl Canary {
    /// The one of a run.
    pub fn of_run(run: &RunId) -> Self {
        Self {
            schema: format!("{PREFIX}{}", run.as_str().replace('-', "_")),
        }
    }

    /// The one that a runbook looks for, where it was made for a drill.
    pub fn of_runbook(runbook: &Runbook) -> Option<Self> {
        let probe = runbook.probes.iter().find(|probe| probe.name == PROBE)?;
        let Check::Sql(sql) = &probe.check else {
            return None;
        };
        let named = sql.query.split('`').nth(1)?;
        let canary = Self::named(named)?;
        (canary.probe() == *probe).then_some(canary)
    }

    /// The one in a schema of this name, if a drill can have made it: `backtrackctl_drill_`, and a run's id with `_` for `-`.
    pub fn named(schema: &str) -> Option<Self> {
        let run: RunId = schema.strip_prefix(PREFIX)?.replace('_', "-").parse().ok()?;
        let canary = Self::of_run(&run);
        (canary.schema == schema).then_some(canary)
    }

    /// Its schema.
    pub fn schema(&self) -> &str {
        &self.schema
    }

    /// Makes the schema. Fails where there is one of the name: nothing that is not ours is taken over.
    pub fn create(&self) -> String {
        format!("CREATE SCHEMA `{}`", self.schema)
    }

    /// Makes the table.
    pub fn table(&self) -> String {
        format!(
            "CREATE TABLE {} (id INT NOT NULL PRIMARY KEY) ENGINE=InnoDB",
            self.name()
        )
    }

    /// Writes the rows, by one statement.
    pub fn insert(&self) -> String {
        let rows: Vec<String> = (1..=ROWS).map(|id| format!("({id})")).collect();
        format!("INSERT INTO {} (id) VALUES {}", self.name(), rows.join(", "))
    }

    /// Loses them: what a drill recovers from.
    pub fn hurt(&self) -> String {
        format!("DELETE FROM {}", self.name())
    }

    /// How many there are.
    pub fn count(&self) -> String {
        format!("SELECT COUNT(*) FROM {}", self.name())
    }

    /// Removes all of it. Safe to repeat.
    pub fn remove(&self) -> String {
        format!("DROP SCHEMA IF EXISTS `{}`", self.schema)
    }

    /// What must hold after the rewind.
    pub fn probe(&self) -> Probe {
        let rows = Amount::parse(&ROWS.to_string()).unwrap_or_else(Amount::zero);
        Probe {
            name: PROBE.to_owned(),
            check: Check::Sql(Sql {
                query: self.count(),
                expect: Expect::Equals(Wanted::Number(rows)),
                timeout_s: Check::SQL_TIMEOUT_S,
            }),
        }
    }

    fn name(&self) -> String {
        format!("`{}`.`canary`", self.schema)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::plan;
    use crate::domain::runbook::writes;

    fn canary() -> Canary {
        Canary::of_run(&"20261120-023108-3f9a1c".parse().unwrap())
    }

    #[test]
    fn no_statement_names_anything_outside_its_own_schema() {
        let canary = canary();
        for statement in [
            canary.create(),
            canary.table(),
            canary.insert(),
            canary.hurt(),
            canary.count(),
            canary.remove(),
        ] {
            let named: Vec<&str> = statement.split('`').skip(1).step_by(2).collect();
            assert_eq!(
                named[0], "backtrackctl_drill_20261120_023108_3f9a1c",
                "{statement}"
            );
            assert!(named.len() == 1 || named[1..] == ["canary"], "{statement}");
        }
        assert!(writes(&canary.count()).is_none());
    }

    #[test]
    fn it_is_known_again_from_the_runbook_that_looks_for_it() {
        let mut runbook = plan().runbook;
        assert_eq!(Canary::of_runbook(&runbook), None);
        runbook.probes.push(canary().probe());
        assert_eq!(Canary::of_runbook(&runbook), Some(canary()));
    }

    #[test]
    fn a_schema_of_somebody_else_is_no_canary() {
        assert_eq!(Canary::named(canary().schema()), Some(canary()));
        for schema in [
            "shop",
            "backtrackctl_drill_",
            "backtrackctl_drill_mine",
            "backtrackctl_drill_20261120-023108-3f9a1c",
            "backtrackctl_drill_20261120_023108_3f9a1c; DROP SCHEMA shop",
        ] {
            assert_eq!(Canary::named(schema), None, "{schema}");
        }
        let mut runbook = plan().runbook;
        let mut probe = canary().probe();
        if let Check::Sql(sql) = &mut probe.check {
            sql.query = "SELECT COUNT(*) FROM `shop`.`orders`".to_owned();
        }
        runbook.probes.push(probe);
        assert_eq!(Canary::of_runbook(&runbook), None);
    }
}
