//! What AUTO_INCREMENT gives next, table by table.

use std::collections::BTreeSet;

use super::session::Session;
use super::sessions::number;
use super::trouble::Trouble;
use crate::domain::database::NextId;

/// The next ids of the tables named, else of those written to last.
pub(super) async fn next(session: &mut Session, of: &[NextId]) -> Result<Vec<NextId>, Trouble> {
    // MySQL keeps these figures for a day unless it is told not to.
    session
        .where_known("SET SESSION information_schema_stats_expiry = 0")
        .await?;
    let most = if of.is_empty() { NextId::MOST } else { 20_000 };
    let sql = format!(
        "SELECT CONCAT(TABLE_SCHEMA, '.', TABLE_NAME), AUTO_INCREMENT FROM information_schema.TABLES \
         WHERE AUTO_INCREMENT IS NOT NULL AND TABLE_SCHEMA NOT IN \
         ('mysql', 'sys', 'information_schema', 'performance_schema') \
         ORDER BY UPDATE_TIME DESC, AUTO_INCREMENT DESC LIMIT {most}"
    );
    let rows = session.rows(&sql).await?;
    let wanted: BTreeSet<&str> = of.iter().map(|id| id.table.as_str()).collect();
    Ok(rows
        .iter()
        .filter_map(|row| {
            Some(NextId {
                table: row.first()?.clone()?,
                next: number(row, 1)?,
            })
        })
        .filter(|id| wanted.is_empty() || wanted.contains(id.table.as_str()))
        .take(NextId::MOST)
        .collect())
}
