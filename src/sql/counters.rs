//! What the server counts: rows changed, and connections that were tried.

use std::collections::BTreeMap;

use super::session::Session;
use super::sessions::number;
use super::trouble::Trouble;

/// Rows as InnoDB counts them; MySQL 8 leaves out those of its own schemas.
const INNODB: [&str; 3] = [
    "innodb_rows_inserted",
    "innodb_rows_updated",
    "innodb_rows_deleted",
];
/// Rows as MariaDB counts them, whose temporary tables are counted apart.
const HANDLER: [&str; 3] = ["handler_write", "handler_update", "handler_delete"];

/// One reading.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counters {
    /// Rows written since the server started.
    pub(super) rows: u64,
    /// Connections tried since the server started.
    pub(super) connections: u64,
}

/// Reads them.
pub(super) async fn read(session: &mut Session) -> Result<Counters, Trouble> {
    let names = INNODB.iter().chain(&HANDLER).chain(&["connections"]);
    let names: Vec<String> = names.map(|name| format!("'{name}'")).collect();
    let sql = format!("SHOW GLOBAL STATUS WHERE Variable_name IN ({})", names.join(", "));
    let rows = session.rows(&sql).await?;
    let all: BTreeMap<String, u64> = rows
        .iter()
        .filter_map(|row| Some((row.first()?.as_ref()?.to_lowercase(), number(row, 1)?)))
        .collect();
    let sum = |names: [&str; 3]| -> Option<u64> { names.iter().map(|name| all.get(*name).copied()).sum() };
    let mariadb = session
        .value("SELECT VERSION()")
        .await?
        .is_some_and(|version| version.contains("MariaDB"));
    let counted = sum(INNODB).or_else(|| sum(HANDLER).filter(|_| mariadb));
    match (counted, all.get("connections")) {
        (Some(rows), Some(connections)) => Ok(Counters {
            rows,
            connections: *connections,
        }),
        (None, _) | (_, None) => Err(Trouble::new(
            "the server does not tell how many rows were written",
        )),
    }
}
