//! What the server counts: rows changed, definitions and rights changed, and connections that were tried.

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

/// Beginnings of the names under which statements are counted that change what no row counter shows.
const DEFINITIONS: [&str; 9] = [
    "com_alter",
    "com_create",
    "com_drop",
    "com_grant",
    "com_rename",
    "com_revoke",
    "com_set_password",
    "com_truncate",
    "com_load",
];

/// One reading.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counters {
    /// Rows written since the server started.
    pub(super) rows: u64,
    /// Statements that change definitions or rights: they change no row.
    pub(super) definitions: u64,
    /// Connections tried since the server started.
    pub(super) connections: u64,
}

/// Reads them.
pub(super) async fn read(session: &mut Session) -> Result<Counters, Trouble> {
    let names = INNODB.iter().chain(&HANDLER).chain(&["connections"]);
    let names: Vec<String> = names.map(|name| format!("'{name}'")).collect();
    let sql = format!(
        "SHOW GLOBAL STATUS WHERE Variable_name IN ({}) OR Variable_name LIKE 'Com\\_%'",
        names.join(", ")
    );
    let rows = session.rows(&sql).await?;
    let all: BTreeMap<String, u64> = rows
        .iter()
        .filter_map(|row| Some((row.first()?.as_ref()?.to_lowercase(), number(row, 1)?)))
        .collect();
    let sum = |names: [&str; 3]| -> Option<u64> { names.iter().map(|name| all.get(*name).copied()).sum() };
    let definitions = all
        .iter()
        .filter(|(name, _)| DEFINITIONS.iter().any(|beginning| name.starts_with(beginning)))
        // A temporary table is its session's own.
        .filter(|(name, _)| !name.contains("temporary"))
        .map(|(_, count)| *count)
        .sum();
    let mariadb = session
        .value("SELECT VERSION()")
        .await?
        .is_some_and(|version| version.contains("MariaDB"));
    let counted = sum(INNODB).or_else(|| sum(HANDLER).filter(|_| mariadb));
    match (counted, all.get("connections")) {
        (Some(rows), Some(connections)) => Ok(Counters {
            rows,
            definitions,
            connections: *connections,
        }),
        (None, _) | (_, None) => Err(Trouble::new(
            "the server does not tell how many rows were written",
        )),
    }
}
