//! Two looks at who is there and what was written: quiet is nobody left, no row changed, no event about to fire.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::Duration;

use super::counters::{self, Counters};
use super::events;
use super::session::Session;
use super::sessions::{self, Crowd, summary};
use super::trouble::Trouble;
use crate::domain::runbook::Database;

/// What two looks came to.
pub(super) enum Quiet {
    /// Nobody, and nothing: with what was seen.
    Yes(String),
    /// Somebody or something, in a line; and who, as a table.
    No {
        /// In a line.
        how: String,
        /// The sessions, when there are any.
        table: Option<String>,
    },
}

struct Look {
    crowd: Crowd,
    counters: Counters,
}

/// Looks twice over one connection: whoever connects meanwhile is somebody else. `ended` are those whose sessions were
/// ended before: they are there again.
pub(super) async fn quiet(
    session: &mut Session,
    database: &Database,
    apart: Duration,
    ended: &BTreeSet<String>,
) -> Result<Quiet, Trouble> {
    sessions::writer(session).await?;
    let first = look(session, database).await?;
    tokio::time::sleep(apart).await;
    let second = look(session, database).await?;
    if let Some(no) = somebody(&first.crowd, &second.crowd, ended) {
        return Ok(no);
    }
    let writers = &second.crowd.kept_writers;
    if !writers.is_empty() {
        return Ok(Quiet::No {
            how: format!(
                "sessions that the runbook keeps hold changed rows: {} (end them, or take them out of `keep`)",
                summary(writers)
            ),
            table: Some(sessions::table(writers, &[])),
        });
    }
    let no = |how: String| Ok(Quiet::No { how, table: None });
    if second.crowd.orphans > 0 {
        return no(format!(
            "a transaction without a session holds {} changed rows: XA RECOVER names it, XA ROLLBACK ends it",
            second.crowd.orphans
        ));
    }
    let events = events::enabled(session).await?;
    if !events.is_empty() {
        return no(format!(
            "the event scheduler is on, and {} enabled: ALTER EVENT … DISABLE, or event_scheduler = OFF in the parameter group",
            events::named(&events)
        ));
    }
    written(&first, &second, apart)
}

async fn look(session: &mut Session, database: &Database) -> Result<Look, Trouble> {
    // Counted first: whoever comes and goes between is counted the next time.
    let counters = counters::read(session).await?;
    let crowd = sessions::look(session, database).await?;
    Ok(Look { crowd, counters })
}

fn somebody(first: &Crowd, second: &Crowd, ended: &BTreeSet<String>) -> Option<Quiet> {
    let there = if second.foreign.is_empty() {
        &first.foreign
    } else {
        &second.foreign
    };
    if there.is_empty() {
        return None;
    }
    let before: BTreeSet<u64> = first.foreign.iter().map(|other| other.id).collect();
    let known: BTreeSet<String> = first.foreign.iter().map(sessions::Other::who).collect();
    let again: BTreeSet<String> = second
        .foreign
        .iter()
        .filter(|other| !before.contains(&other.id))
        .map(sessions::Other::who)
        .filter(|who| known.contains(who))
        .chain(
            there
                .iter()
                .map(sessions::Other::who)
                .filter(|who| ended.contains(who)),
        )
        .collect();
    let again: Vec<String> = again.into_iter().collect();
    let mut how = format!("{} foreign sessions: {}", there.len(), summary(there));
    if !again.is_empty() {
        let _ = write!(
            how,
            "; a pool reconnects: {} (stop what opens it, or lock its user)",
            again.join(", ")
        );
    }
    Some(Quiet::No {
        how,
        table: Some(sessions::table(there, &again)),
    })
}

/// Rows that changed while nobody was seen: somebody came and went, or AWS's own wrote.
fn written(first: &Look, second: &Look, apart: Duration) -> Result<Quiet, Trouble> {
    let seconds = apart.as_secs();
    let (Some(rows), Some(definitions), Some(came)) = (
        second.counters.rows.checked_sub(first.counters.rows),
        second
            .counters
            .definitions
            .checked_sub(first.counters.definitions),
        second
            .counters
            .connections
            .checked_sub(first.counters.connections),
    ) else {
        return Err(Trouble::new("the server began to count anew between two looks"));
    };
    if definitions > 0 {
        return Ok(Quiet::No {
            how: format!(
                "{definitions} statements within {seconds} s changed definitions or rights (ALTER, DROP, TRUNCATE, GRANT …), and \
                 {came} connections came and went: somebody is at work"
            ),
            table: None,
        });
    }
    if rows == 0 {
        return Ok(Quiet::Yes(format!(
            "two looks {seconds} s apart: no foreign session, no row changed, no event enabled"
        )));
    }
    let by = if came > 0 {
        format!("and {came} connections came and went")
    } else if second.crowd.replica || first.crowd.replica {
        "and inbound replication is applied".to_owned()
    } else if second.crowd.kept || first.crowd.kept {
        "while sessions are there that the runbook keeps".to_owned()
    } else {
        // Nobody connected and nobody was there: what is left is the service itself, whose heartbeat may be counted.
        return Ok(Quiet::Yes(format!(
            "two looks {seconds} s apart: no foreign session, none came, no event enabled; {rows} rows changed, which \
             leaves AWS's own"
        )));
    };
    Ok(Quiet::No {
        how: format!("{rows} rows changed within {seconds} s, {by}"),
        table: None,
    })
}
