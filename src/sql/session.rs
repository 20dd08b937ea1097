//! One short connection: opened, asked, closed. Nothing waits longer than it was told to.

use std::time::Duration;

use mysql_async::prelude::Queryable as _;
use mysql_async::{Conn, Opts, Row, Value};

use super::trouble::{Trouble, code, one_line};

/// Longest wait for a connection with its login.
const CONNECT: Duration = Duration::from_secs(5);
/// Longest wait for a question of our own.
pub(super) const ASK: Duration = Duration::from_secs(10);
/// Longest wait for a farewell.
const CLOSE: Duration = Duration::from_secs(1);

/// A connection that is closed at the end of the call that opened it.
pub(super) struct Session {
    pub(super) conn: Conn,
}

/// A row as text; `None` is NULL.
pub(super) type Texts = Vec<Option<String>>;

impl Session {
    /// Connects and logs in.
    pub(super) async fn open(options: Opts) -> Result<Self, Trouble> {
        let place = format!("{}:{}", options.ip_or_hostname(), options.tcp_port());
        let doing = format!("no connection to {place}");
        let user = options.user().unwrap_or_default().to_owned();
        match tokio::time::timeout(CONNECT, Conn::new(options)).await {
            Err(_) => Err(Trouble::new(format!(
                "{doing}: no answer within {} s",
                CONNECT.as_secs()
            ))),
            Ok(Ok(conn)) => Ok(Self { conn }),
            Ok(Err(error)) => {
                let trouble = Trouble::of(&doing, &error);
                if trouble.is(code::LOGIN) {
                    return Err(Trouble::of(&format!("no login as {user:?} at {place}"), &error));
                }
                Err(trouble)
            }
        }
    }

    /// Our own id among the sessions.
    pub(super) fn id(&self) -> u64 {
        u64::from(self.conn.id())
    }

    /// Runs a statement of our own that gives no rows.
    pub(super) async fn run(&mut self, sql: &str) -> Result<(), Trouble> {
        match tokio::time::timeout(ASK, self.conn.query_drop(sql)).await {
            Err(_) => Err(silent(sql)),
            Ok(done) => done.map_err(|error| Trouble::of(&shown(sql), &error)),
        }
    }

    /// The rows of a question of our own.
    pub(super) async fn rows(&mut self, sql: &str) -> Result<Vec<Texts>, Trouble> {
        match tokio::time::timeout(ASK, self.conn.query::<Row, _>(sql)).await {
            Err(_) => Err(silent(sql)),
            Ok(rows) => rows
                .map(|rows| rows.into_iter().map(texts).collect())
                .map_err(|error| Trouble::of(&shown(sql), &error)),
        }
    }

    /// The one value of a question of our own.
    pub(super) async fn value(&mut self, sql: &str) -> Result<Option<String>, Trouble> {
        let rows = self.rows(sql).await?;
        Ok(rows
            .into_iter()
            .next()
            .and_then(|row| row.into_iter().next())
            .flatten())
    }

    /// A system variable; none where the server has no such one.
    pub(super) async fn variable(&mut self, name: &str) -> Result<Option<String>, Trouble> {
        match self.value(&format!("SELECT @@{name}")).await {
            Err(trouble) if trouble.is(code::NO_VARIABLE) => Ok(None),
            other => other,
        }
    }

    /// Runs it where the server knows it: MySQL and MariaDB name the same limits differently.
    pub(super) async fn where_known(&mut self, sql: &str) -> Result<(), Trouble> {
        match self.run(sql).await {
            Err(trouble) if trouble.is(code::NO_VARIABLE) => Ok(()),
            other => other,
        }
    }

    /// Says farewell; a server that does not hear it sees the connection end.
    pub(super) async fn close(self) {
        let _ = tokio::time::timeout(CLOSE, self.conn.disconnect()).await;
    }
}

fn silent(sql: &str) -> Trouble {
    Trouble::new(format!("{}: no answer within {} s", shown(sql), ASK.as_secs()))
}

/// What was asked, short enough for a message.
fn shown(sql: &str) -> String {
    let beginning: String = one_line(sql).chars().take(60).collect();
    format!("`{}`", beginning.trim_end())
}

/// A row as the server wrote it.
pub(super) fn texts(row: Row) -> Texts {
    row.unwrap_raw()
        .into_iter()
        .map(|value| value.and_then(text))
        .collect()
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::NULL => None,
        Value::Bytes(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
        Value::Int(number) => Some(number.to_string()),
        Value::UInt(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Double(number) => Some(number.to_string()),
        Value::Date(..) | Value::Time(..) => Some(value.as_sql(true)),
    }
}
