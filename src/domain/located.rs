//! The statement that a run undoes, as it was found in a log and chosen: frozen with the run, so that nothing drifts.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::runbook::{Amount, Check, Expect, Probe, Sql, Wanted};

/// What the names of its probes begin with; no runbook names one so.
pub const PROBE: &str = "located damage: ";

/// A located statement, and the evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Located {
    /// Its text, without strings where it speaks of accounts or secrets; cut where it is long.
    pub statement: String,
    /// When it began, or was recorded, by the log.
    pub at: DateTime<Utc>,
    /// The first damaging statement of its transaction: the target lies before this.
    pub first: DateTime<Utc>,
    /// How far it reaches: `unbounded`, `wide`, `bounded`, `unknown`.
    pub class: String,
    /// Whether the log shows that it was committed; none: it does not say.
    pub committed: Option<bool>,
    /// The tables that it damaged, `schema.table`.
    pub tables: Vec<String>,
    /// The account.
    pub user: String,
    /// The client's host.
    pub host: String,
    /// The log that shows it.
    pub file: String,
    /// The line in it, from 1.
    pub line: u64,
    /// SHA-256 of that file as it was searched.
    pub sha256: String,
    /// How many candidates there were.
    pub candidates: u64,
    /// What was read: the interval, and whether that is all that was asked for.
    pub covered: String,
    /// False where it was taken by the rule, and by no person.
    pub by_a_person: bool,
    /// What must hold once it is undone.
    pub damage: Vec<Damage>,
}

/// Damage that a look can tell from none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "damage")]
pub enum Damage {
    /// All rows are gone.
    Emptied {
        /// Schema.
        schema: String,
        /// Table.
        table: String,
    },
    /// The table is gone, or has another name.
    Table {
        /// Schema.
        schema: String,
        /// Table.
        table: String,
    },
    /// A column is gone.
    Column {
        /// Schema.
        schema: String,
        /// Table.
        table: String,
        /// Column.
        column: String,
    },
    /// The schema is gone.
    Schema {
        /// Schema.
        schema: String,
    },
}

impl Located {
    /// What verifies by SQL that its damage is gone; empty where no look can tell.
    pub fn probes(&self) -> Vec<Probe> {
        self.damage.iter().filter_map(Damage::probe).collect()
    }

    /// Why nothing verifies by itself that the damage is gone; none where something does.
    pub fn unchecked(&self, has_database: bool) -> Option<String> {
        let tables = if self.tables.is_empty() {
            "tables that the log does not name".to_owned()
        } else {
            self.tables.join(", ")
        };
        if self.probes().is_empty() {
            return Some(format!(
                "whether the damage to {tables} is gone cannot be told by looking: it is for the runbook's own probes"
            ));
        }
        (!has_database)
            .then(|| format!("the damage to {tables} was not looked for: the runbook has no [database]"))
    }
}

impl Damage {
    fn probe(&self) -> Option<Probe> {
        let one = || Expect::Equals(Wanted::Number(Amount::parse("1").unwrap_or_else(Amount::zero)));
        let (says, query, expect) = match self {
            Self::Emptied { schema, table } => (
                format!("{schema}.{table} has rows"),
                format!("SELECT 1 FROM {}.{} LIMIT 1", name(schema)?, name(table)?),
                Expect::Rows,
            ),
            Self::Table { schema, table } => (
                format!("{schema}.{table} is there"),
                format!(
                    "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = {} AND table_name = {}",
                    text(schema)?,
                    text(table)?
                ),
                one(),
            ),
            Self::Column {
                schema,
                table,
                column,
            } => (
                format!("{schema}.{table} has the column {column}"),
                format!(
                    "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = {} AND table_name = {} \
                     AND column_name = {}",
                    text(schema)?,
                    text(table)?,
                    text(column)?
                ),
                one(),
            ),
            Self::Schema { schema } => (
                format!("the schema {schema} is there"),
                format!(
                    "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = {}",
                    text(schema)?
                ),
                one(),
            ),
        };
        Some(Probe {
            name: format!("{PROBE}{says}"),
            check: Check::Sql(Sql {
                query,
                expect,
                timeout_s: Check::SQL_TIMEOUT_S,
            }),
        })
    }
}

/// An identifier out of a log, for a statement of this program's: nothing but letters, digits and `_ $ -`.
fn plain(identifier: &str) -> Option<&str> {
    let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '$' | '-');
    (!identifier.is_empty() && identifier.chars().all(fits)).then_some(identifier)
}

fn name(identifier: &str) -> Option<String> {
    plain(identifier).map(|identifier| format!("`{identifier}`"))
}

fn text(identifier: &str) -> Option<String> {
    plain(identifier).map(|identifier| format!("'{identifier}'"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::runbook::writes;

    fn queries(damage: &Damage) -> Vec<String> {
        let query = |probe: Probe| {
            let Check::Sql(sql) = probe.check else {
                panic!("{probe:?}");
            };
            sql.query
        };
        damage.probe().into_iter().map(query).collect()
    }

    #[test]
    fn every_look_only_reads() {
        let (schema, table) = ("shop".to_owned(), "orders".to_owned());
        for damage in [
            Damage::Emptied {
                schema: schema.clone(),
                table: table.clone(),
            },
            Damage::Table {
                schema: schema.clone(),
                table: table.clone(),
            },
            Damage::Column {
                schema: schema.clone(),
                table,
                column: "total".to_owned(),
            },
            Damage::Schema { schema },
        ] {
            let queries = queries(&damage);
            assert!(queries.len() == 1 && writes(&queries[0]).is_none(), "{queries:?}");
        }
    }

    #[test]
    fn a_name_that_could_be_more_than_a_name_is_not_looked_for() {
        for table in ["a`; DROP TABLE b; --", "a'b", "a b", "a.b", "", "a\\"] {
            let damage = Damage::Table {
                schema: "shop".to_owned(),
                table: table.to_owned(),
            };
            assert!(queries(&damage).is_empty(), "{table}");
        }
    }
}
