//! Asks a runbook's own statement: one, in a read-only transaction, within limits of rows, bytes and time.

use std::time::Duration;

use mysql_async::Opts;
use mysql_async::prelude::Queryable as _;

use super::login::MOST_BYTES;
use super::session::{Session, Texts, texts};
use super::trouble::{Trouble, code};
use crate::domain::runbook::{Expect, Sql, writes};

/// The most rows that are read.
pub(super) const MOST_ROWS: usize = 1_000;

/// Why there is no whole answer.
enum Stop {
    Rows,
    Bytes,
    Trouble(Trouble),
}

/// The rows, when they all came. `options` opens a second connection where the statement must be ended.
pub(super) async fn ask(options: &Opts, schema: Option<&str>, sql: &Sql) -> Result<Vec<Texts>, Trouble> {
    // A runbook that was read again from a journal is no better than one from a file.
    if let Some(why) = writes(&sql.query) {
        return Err(Trouble::new(format!("not asked: {why}")));
    }
    let mut session = Session::open(options.clone()).await?;
    prepare(&mut session, schema, sql).await?;
    let limit = Duration::from_secs(sql.timeout_s.into());
    let enough = match sql.expect {
        // One row tells whether there are any.
        Expect::Rows | Expect::NoRows => 1,
        Expect::Equals(_)
        | Expect::AtLeast(_)
        | Expect::AtMost(_)
        | Expect::Between(..)
        | Expect::Recorded => usize::MAX,
    };
    let asked = tokio::time::timeout(limit, rows(&mut session, &sql.query, enough)).await;
    let why = match asked {
        Ok(Ok((rows, true))) => {
            session.close().await;
            return Ok(rows);
        }
        Ok(Ok((rows, false))) => {
            end(options, session).await;
            return Ok(rows);
        }
        Ok(Err(Stop::Trouble(trouble))) => {
            let slow = [code::INTERRUPTED, code::MYSQL_TIME, code::MARIADB_TIME];
            let slow = slow.into_iter().any(|code| trouble.is(code));
            if trouble.code.is_some() {
                session.close().await;
            }
            return Err(if slow {
                Trouble::new(format!("no whole answer within {} s", sql.timeout_s))
            } else {
                trouble
            });
        }
        Ok(Err(Stop::Rows)) => format!("more than {MOST_ROWS} rows: ask for fewer, or for their number"),
        Ok(Err(Stop::Bytes)) => "more than 1 MiB: ask for less".to_owned(),
        Err(_) => format!("no whole answer within {} s", sql.timeout_s),
    };
    let ended = end(options, session).await;
    Err(Trouble::new(format!("{why}; {ended}")))
}

async fn prepare(session: &mut Session, schema: Option<&str>, sql: &Sql) -> Result<(), Trouble> {
    // The server's own limits hold even where this process dies.
    let seconds = u64::from(sql.timeout_s) + 1;
    session
        .where_known(&format!("SET SESSION max_execution_time = {}", seconds * 1000))
        .await?;
    session
        .where_known(&format!("SET SESSION max_statement_time = {seconds}"))
        .await?;
    if let Some(schema) = schema {
        session.run(&format!("USE {}", quoted(schema))).await?;
    }
    session.run("START TRANSACTION READ ONLY").await
}

/// A name as the server takes it, whatever is in it.
pub(super) fn quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

/// The rows, and whether they are all.
async fn rows(session: &mut Session, sql: &str, enough: usize) -> Result<(Vec<Texts>, bool), Stop> {
    let doing = "the statement";
    let trouble = |error: mysql_async::Error| Stop::Trouble(Trouble::of(doing, &error));
    let mut result = session.conn.query_iter(sql).await.map_err(trouble)?;
    let mut rows = Vec::new();
    let mut bytes = 0;
    while let Some(row) = result.next().await.map_err(trouble)? {
        let row = texts(row);
        bytes += row.iter().flatten().map(String::len).sum::<usize>();
        if bytes > MOST_BYTES {
            return Err(Stop::Bytes);
        }
        if rows.len() == MOST_ROWS {
            return Err(Stop::Rows);
        }
        rows.push(row);
        if rows.len() == enough {
            return Ok((rows, false));
        }
    }
    Ok((rows, true))
}

/// Ends what is still being answered, from a second short connection; the first one is dropped either way.
async fn end(options: &Opts, session: Session) -> &'static str {
    let id = session.id();
    let ended = match Session::open(options.clone()).await {
        Err(_) => false,
        Ok(mut second) => {
            let done = second.run(&format!("KILL QUERY {id}")).await;
            second.close().await;
            done.is_ok() || done.is_err_and(|trouble| trouble.is(code::NO_THREAD))
        }
    };
    session.close().await;
    if ended {
        "it was ended by KILL QUERY"
    } else {
        "its connection was dropped"
    }
}
