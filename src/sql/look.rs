//! One look before a decision: can it be asked, over TLS, with the privileges that the runbook needs.

use std::time::Duration;

use mysql_async::prelude::Queryable as _;

use super::events;
use super::probe::quoted;
use super::session::{ASK, Session};
use super::sessions;
use super::trouble::{Trouble, code};
use crate::domain::database::DatabaseLook;
use crate::domain::known::Known;
use crate::domain::runbook::{Database, Sql};

/// What a rewind may bring back: no such schema, column, table, function.
const MAY_COME_BACK: [u16; 4] = [1049, 1054, code::NO_TABLE, code::NO_PROCEDURE];

/// Looks; `of` are the statements that will be asked later.
pub(super) async fn look(
    session: &mut Session,
    database: &Database,
    of: &[(&str, &Sql)],
) -> Result<DatabaseLook, Trouble> {
    let version = session.value("SELECT VERSION()").await?.unwrap_or_default();
    let cipher = session.rows("SHOW SESSION STATUS LIKE 'Ssl_cipher'").await?;
    let cipher = cipher
        .into_iter()
        .next()
        .and_then(|row| row.into_iter().nth(1))
        .flatten();
    let server_id = session.variable("aurora_server_id").await?;
    let read_only = session.variable("innodb_read_only").await?;
    let crowd = sessions::look(session, database).await;
    let events = events::enabled(session).await;
    Ok(DatabaseLook {
        version,
        tls: cipher.filter(|cipher| !cipher.is_empty()),
        server_id: server_id.filter(|id| !id.is_empty()),
        read_only: read_only.is_some_and(|value| matches!(value.as_str(), "1" | "ON")),
        sessions: known(crowd.map(|crowd| u32::try_from(crowd.foreign.len()).unwrap_or(u32::MAX))),
        events: known(events.map(|mut events| {
            events.truncate(20);
            events
        })),
        denied: denied(session, database, of).await?,
        next_ids: Vec::new(),
    })
}

fn known<T>(read: Result<T, Trouble>) -> Known<T> {
    match read {
        Ok(value) => Known::Known(value),
        Err(trouble) => Known::Unknown(trouble.to_string()),
    }
}

/// Statements that the server would not even prepare, though all that they name is there: nothing of them is run.
async fn denied(
    session: &mut Session,
    database: &Database,
    of: &[(&str, &Sql)],
) -> Result<Vec<String>, Trouble> {
    if let Some(schema) = &database.schema {
        match session.run(&format!("USE {}", quoted(schema))).await {
            Ok(()) => {}
            Err(trouble) if trouble.code.is_some_and(|code| MAY_COME_BACK.contains(&code)) => {
                return Ok(Vec::new());
            }
            Err(trouble) if trouble.code.is_some() => return Ok(vec![trouble.to_string()]),
            Err(trouble) => return Err(trouble),
        }
    }
    let mut denied = Vec::new();
    for (name, sql) in of {
        let prepared = within(ASK, session.conn.prep(sql.query.as_str())).await?;
        if let Err(error) = prepared {
            let trouble = Trouble::of(&format!("`{name}`"), &error);
            match trouble.code {
                None => return Err(trouble),
                Some(code) if MAY_COME_BACK.contains(&code) => {}
                Some(_) => denied.push(trouble.to_string()),
            }
        }
    }
    Ok(denied)
}

async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> Result<T, Trouble> {
    tokio::time::timeout(limit, work)
        .await
        .map_err(|_| Trouble::new(format!("no answer within {} s", limit.as_secs())))
}
