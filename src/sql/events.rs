//! What the database does by itself: events while the scheduler runs.

use super::session::Session;
use super::trouble::Trouble;

/// So many are named at most.
const NAMED: usize = 10;

/// Enabled events while the scheduler runs. Where some may be hidden from this user, nothing is known.
pub(super) async fn enabled(session: &mut Session) -> Result<Vec<String>, Trouble> {
    let scheduler = session
        .variable("GLOBAL.event_scheduler")
        .await?
        .unwrap_or_default();
    if !matches!(scheduler.as_str(), "ON" | "1") {
        return Ok(Vec::new());
    }
    let sql = "SELECT CONCAT(EVENT_SCHEMA, '.', EVENT_NAME) FROM information_schema.EVENTS WHERE STATUS = 'ENABLED' \
               ORDER BY 1";
    let rows = session.rows(sql).await?;
    let names: Vec<String> = rows
        .into_iter()
        .filter_map(|row| row.into_iter().next().flatten())
        .collect();
    if names.is_empty() && !all_are_shown(session).await? {
        return Err(Trouble::new(
            "the event scheduler is on, and events of others are not shown to this user: GRANT EVENT ON *.* TO it",
        ));
    }
    Ok(names)
}

/// Whether this user sees the events of every schema. What the grants say goes nowhere else: MariaDB writes hashes of
/// passwords into them.
async fn all_are_shown(session: &mut Session) -> Result<bool, Trouble> {
    let own = session.rows("SHOW GRANTS").await?;
    if own.iter().any(grants_events) {
        return Ok(true);
    }
    let Some(roles) = session.value("SELECT CURRENT_ROLE()").await.ok().flatten() else {
        return Ok(false);
    };
    // MySQL lists what a role grants only where the role is named.
    let sql = format!("SHOW GRANTS FOR CURRENT_USER() USING {roles}");
    Ok(session
        .rows(&sql)
        .await
        .is_ok_and(|rows| rows.iter().any(grants_events)))
}

fn grants_events(row: &super::session::Texts) -> bool {
    let Some(Some(text)) = row.first() else {
        return false;
    };
    let Some((what, _)) = text.split_once(" ON *.* TO ") else {
        return false;
    };
    let what = what.trim_start_matches("GRANT ");
    what.split(", ")
        .any(|privilege| matches!(privilege, "EVENT" | "ALL PRIVILEGES" | "ALL"))
}

/// Names for a message.
pub(super) fn named(events: &[String]) -> String {
    let text = events.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    match events.len().checked_sub(NAMED) {
        None | Some(0) => text,
        Some(more) => format!("{text} and {more} more"),
    }
}
