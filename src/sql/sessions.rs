//! Who is connected: ours, AWS's own, kept, or somebody else.

use std::collections::BTreeMap;

use super::session::{Session, Texts};
use super::trouble::{Trouble, code};
use crate::domain::runbook::Database;

/// From where AWS's own agent connects: it runs beside the server.
const BESIDE_THE_SERVER: [&str; 4] = ["localhost", "127.0.0.1", "::1", ""];

/// So many groups of sessions are named at most.
const NAMED: usize = 8;

/// A session of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Other {
    pub(super) id: u64,
    pub(super) user: String,
    /// Host or address, without the port.
    pub(super) host: String,
    pub(super) command: String,
    /// For how long it has been doing that, in seconds.
    pub(super) seconds: u64,
    /// Rows that its open transaction changed; none: it has no open transaction.
    pub(super) modified: Option<u64>,
}

/// Everybody who is connected, as far as it is shown.
#[derive(Clone, Debug, Default)]
pub(super) struct Crowd {
    /// Sessions that are not ours, AWS's own or kept.
    pub(super) foreign: Vec<Other>,
    /// Transactions without a session that changed rows: prepared ones, which only a rollback ends.
    pub(super) orphans: u64,
    /// Whether sessions are there that may stay.
    pub(super) kept: bool,
    /// Who of them holds changed rows all the same: they may stay because they only read.
    pub(super) kept_writers: Vec<Other>,
    /// Whether an applier of inbound replication is connected.
    pub(super) replica: bool,
}

/// A reader shows its own sessions and never the writer's.
pub(super) async fn writer(session: &mut Session) -> Result<(), Trouble> {
    match session.variable("innodb_read_only").await?.as_deref() {
        Some("1" | "ON") => Err(Trouble::new(
            "this instance cannot be written to: the writer's sessions are not seen from a reader",
        )),
        Some(_) | None => Ok(()),
    }
}

/// Looks once. Without the privilege to see everybody nothing is known.
pub(super) async fn look(session: &mut Session, database: &Database) -> Result<Crowd, Trouble> {
    let mine = session.id();
    // Asked first: it is refused where other sessions are not shown, and an empty list would look like nobody.
    let transactions = transactions(session).await?;
    let rows = list(session, mine).await?;
    let mut crowd = Crowd::default();
    for row in rows {
        let Some(mut other) = read(&row) else {
            return Err(Trouble::new("the list of sessions could not be read"));
        };
        if other.id == mine {
            continue;
        }
        other.modified = transactions.get(&other.id).copied();
        if other.is_of_the_service() {
            crowd.replica |= other.user == "system user" && other.command != "Daemon";
        } else if database.keep.contains(&other.user) {
            crowd.kept = true;
            if other.modified.is_some_and(|rows| rows > 0) {
                crowd.kept_writers.push(other);
            }
        } else {
            crowd.foreign.push(other);
        }
    }
    crowd.orphans = transactions.get(&0).copied().unwrap_or_default();
    Ok(crowd)
}

/// Rows that open transactions changed, by their session; 0 is none's.
async fn transactions(session: &mut Session) -> Result<BTreeMap<u64, u64>, Trouble> {
    let sql = "SELECT trx_mysql_thread_id, SUM(trx_rows_modified) FROM information_schema.INNODB_TRX \
               GROUP BY trx_mysql_thread_id";
    let rows = session.rows(sql).await.map_err(|trouble| {
        if trouble.is(code::NO_PRIVILEGE) {
            Trouble::new("sessions of others are not shown to this user: GRANT PROCESS ON *.* TO it")
        } else {
            trouble
        }
    })?;
    Ok(rows
        .iter()
        .filter_map(|row| Some((number(row, 0)?, number(row, 1)?)))
        .collect())
}

/// The list that shows ourselves: one that does not is switched off.
async fn list(session: &mut Session, mine: u64) -> Result<Vec<Texts>, Trouble> {
    let from = |table: &str| format!("SELECT ID, USER, HOST, COMMAND, TIME FROM {table}");
    let shows = |rows: &[Texts]| rows.iter().any(|row| number(row, 0) == Some(mine));
    if let Ok(rows) = session.rows(&from("performance_schema.processlist")).await
        && shows(&rows)
    {
        return Ok(rows);
    }
    let rows = session.rows(&from("information_schema.PROCESSLIST")).await?;
    if shows(&rows) {
        Ok(rows)
    } else {
        Err(Trouble::new("the list of sessions does not even show our own"))
    }
}

fn read(row: &Texts) -> Option<Other> {
    // A name may hold anything: a line of the screen is for this program to end.
    let shown = |text: String| text.replace(|letter: char| letter.is_control(), "?");
    let text = |place: usize| row.get(place).cloned().flatten().map(shown).unwrap_or_default();
    let host = text(2);
    let host = match host.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => {
            host.to_owned()
        }
        Some(_) | None => host,
    };
    Some(Other {
        id: number(row, 0)?,
        user: text(1),
        host,
        command: text(3),
        // MariaDB counts a session that has not begun as less than nothing.
        seconds: number(row, 4).unwrap_or_default(),
        modified: None,
    })
}

pub(super) fn number(row: &Texts, place: usize) -> Option<u64> {
    let text = row.get(place)?.as_deref()?;
    text.split('.').next()?.parse().ok()
}

impl Other {
    /// Whether it is AWS's own or the server's: neither ended nor waited for. A name alone proves nothing, because a user can
    /// be given any: the rest must fit too.
    fn is_of_the_service(&self) -> bool {
        let beside = BESIDE_THE_SERVER.contains(&self.host.as_str());
        let writes = self.modified.is_some_and(|rows| rows > 0);
        match self.user.as_str() {
            "rdsadmin" => beside,
            "event_scheduler" => self.command == "Daemon",
            "system user" => true,
            "rdsrepladmin" => beside || self.command.starts_with("Binlog Dump"),
            // It connects from wherever the proxy is, and only looks.
            "rdsproxyadmin" => !writes,
            _ => false,
        }
    }

    /// Who it is: the same for every session of a pool.
    pub(super) fn who(&self) -> String {
        if self.host.is_empty() {
            return self.user.clone();
        }
        format!("{}@{}", self.user, self.host)
    }
}

/// Sessions in a line: the same user, host and command together, the largest group first.
pub(super) fn summary(others: &[Other]) -> String {
    let mut groups: BTreeMap<(String, &str), Vec<&Other>> = BTreeMap::new();
    for other in others {
        groups
            .entry((other.who(), &other.command))
            .or_default()
            .push(other);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, group)| std::cmp::Reverse(group.len()));
    let count = groups.len();
    let mut parts: Vec<String> = groups
        .into_iter()
        .take(NAMED)
        .map(|((who, command), group)| line(&who, command, &group))
        .collect();
    if count > NAMED {
        parts.push(format!("and {} more", count - NAMED));
    }
    parts.join(", ")
}

fn line(who: &str, command: &str, group: &[&Other]) -> String {
    let since = group.iter().map(|other| other.seconds).max().unwrap_or_default();
    let modified: u64 = group.iter().filter_map(|other| other.modified).sum();
    let times = if group.len() == 1 {
        String::new()
    } else {
        format!(" x{}", group.len())
    };
    let rows = match (group.iter().any(|other| other.modified.is_some()), modified) {
        (true, 0) => ", open transaction".to_owned(),
        (true, rows) => format!(", open transaction of {rows} changed rows"),
        (false, _) => String::new(),
    };
    format!("{who}{times} ({command} for {since} s{rows})")
}

/// Sessions as rows of a table, for the screen.
pub(super) fn table(others: &[Other], again: &[String]) -> String {
    let mut rows = vec![[
        "user".to_owned(),
        "host".to_owned(),
        "id".to_owned(),
        "command".to_owned(),
        "since".to_owned(),
        "rows changed".to_owned(),
        String::new(),
    ]];
    for other in others.iter().take(40) {
        rows.push([
            other.user.clone(),
            other.host.clone(),
            other.id.to_string(),
            other.command.clone(),
            format!("{} s", other.seconds),
            other.modified.map(|rows| rows.to_string()).unwrap_or_default(),
            if again.contains(&other.who()) {
                "reconnects".to_owned()
            } else {
                String::new()
            },
        ]);
    }
    let widths: Vec<usize> = (0..7)
        .map(|column| {
            rows.iter()
                .map(|row| row[column].chars().count())
                .max()
                .unwrap_or_default()
        })
        .collect();
    let line = |row: &[String; 7]| {
        let cells = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}
