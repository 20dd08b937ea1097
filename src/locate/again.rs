//! Further readings, for the few connections or the one target that matter by then.

use super::class::Class;
use super::facts::{Facts, Mark, Session, Write};
use super::feed::Sink;
use super::keep::Held;
use super::lost::Tally;
use super::record::{Operation, Record};
use super::sieve::{is_noise, mark, qualified, second};
use super::sql::{Damage, Edge, Part, Tables, Token, read, unquoted};
use std::collections::{BTreeSet, HashMap, HashSet};

const DEADLOCK: u32 = 1213;

/// What the second reading is after.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Connections whose transactions matter.
    pub sessions: HashSet<Session>,
    /// Queries whose tables matter.
    pub queries: HashSet<(Session, u64)>,
}

/// A statement prepared by name.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// When.
    pub time_us: i64,
    /// The name.
    pub name: Vec<u8>,
    /// Its text; `None` when it stood in a variable.
    pub text: Option<Vec<u8>>,
    /// The default schema.
    pub schema: Vec<u8>,
}

/// What the second reading found.
#[derive(Debug, Default)]
pub struct Details {
    /// Ends of transactions.
    pub marks: Vec<Mark>,
    /// Tables written, by query.
    pub touched: HashMap<(Session, u64), BTreeSet<String>>,
    /// Prepared statements.
    pub prepared: HashMap<Session, Vec<Prepared>>,
}

impl Details {
    /// Takes in another file's.
    pub fn merge(&mut self, other: Self) {
        self.marks.extend(other.marks);
        for (query, tables) in other.touched {
            self.touched.entry(query).or_default().extend(tables);
        }
        for (session, prepared) in other.prepared {
            self.prepared.entry(session).or_default().extend(prepared);
        }
    }
}

/// Reads on for the sake of some connections.
#[derive(Debug)]
pub struct Return<'q> {
    wanted: &'q Wanted,
    facts: &'q Facts,
    /// What was found.
    pub details: Details,
    tokens: Vec<Token>,
}

impl<'q> Return<'q> {
    /// A reader for one file.
    pub fn new(wanted: &'q Wanted, facts: &'q Facts) -> Self {
        Self {
            wanted,
            facts,
            details: Details::default(),
            tokens: Vec::new(),
        }
    }

    fn query(&mut self, record: &Record<'_>, session: Session) {
        if record.retcode == Some(DEADLOCK) {
            self.details
                .marks
                .push(mark(record, session, Edge::Deadlock, None, 0));
        }
        if record.retcode.is_some_and(|code| code != 0) {
            return;
        }
        let sql = record.text.plain();
        let mut parts = Vec::new();
        read(&sql, record.truncated, &mut self.tokens, &mut parts);
        for (at, part) in parts.into_iter().enumerate() {
            match part {
                Part::Edge(edge, name) => self.details.marks.push(mark(record, session, edge, name, at)),
                Part::Damage(Damage { ddl: true, .. }) => {
                    self.details
                        .marks
                        .push(mark(record, session, Edge::Implicit, None, at));
                }
                Part::Prepare { name, text } => {
                    self.details.prepared.entry(session).or_default().push(Prepared {
                        time_us: record.time_us,
                        name: name.to_ascii_lowercase(),
                        text: text.map(unquoted),
                        schema: record.schema.to_vec(),
                    });
                }
                Part::Damage(_) | Part::Write { .. } => {}
            }
        }
    }
}

impl Sink for Return<'_> {
    fn record(&mut self, record: &Record<'_>, _line: u64) {
        let Some(server) = self.facts.servers.known(record.server) else {
            return;
        };
        let session = Session {
            server,
            connection: record.connection,
        };
        if !self.wanted.sessions.contains(&session) {
            return;
        }
        match record.operation {
            Operation::Query => self.query(record, session),
            Operation::Connect => self
                .details
                .marks
                .push(mark(record, session, Edge::Connect, None, 0)),
            Operation::Disconnect => {
                self.details
                    .marks
                    .push(mark(record, session, Edge::Disconnect, None, 0));
            }
            Operation::Write => {
                if self.wanted.queries.contains(&(session, record.query_id)) {
                    let table = super::sql::Table {
                        schema: None,
                        name: record.text.raw(),
                    };
                    let name = qualified(table, record.schema);
                    self.details
                        .touched
                        .entry((session, record.query_id))
                        .or_default()
                        .insert(name);
                }
            }
            Operation::Other => {}
        }
    }
}

/// Names the tables of calls and executions, and drops those that wrote nothing; how many were dropped.
pub fn resolve(held: &mut Vec<Held>, details: &Details, facts: &Facts) -> u64 {
    let before = held.len();
    held.retain_mut(|held| {
        if !held.candidate.is_routine() {
            return true;
        }
        let touched = details.touched.get(&(held.session, held.candidate.query_id));
        if let Some(tables) = touched {
            held.candidate.tables = tables.iter().cloned().collect();
        }
        match prepared(held, details) {
            Runs::Harmless => return false,
            Runs::Damage { class, tables, ddl } => {
                held.candidate.class = class;
                "what it executes was prepared earlier on the connection"
                    .clone_into(&mut held.candidate.reason);
                held.ddl = ddl;
                if held.candidate.tables.is_empty() {
                    held.candidate.tables = tables;
                }
                return true;
            }
            Runs::Unknown => {}
        }
        if touched.is_none() && facts.touches && held.judged {
            return false;
        }
        let tables = if touched.is_some() {
            "; the tables it wrote are"
        } else {
            "; the log does not show which tables"
        };
        held.candidate.reason.push_str(tables);
        if touched.is_some() {
            held.candidate.reason.push_str(" in the log");
        }
        true
    });
    (before - held.len()) as u64
}

/// What an EXECUTE runs.
enum Runs {
    /// Its text is not in the log.
    Unknown,
    /// It destroys nothing.
    Harmless,
    /// It destroys.
    Damage {
        class: Class,
        tables: Vec<String>,
        ddl: bool,
    },
}

fn prepared(held: &Held, details: &Details) -> Runs {
    let Some(text) = latest(held, details) else {
        return Runs::Unknown;
    };
    let (sql, schema) = text;
    let mut parts = Vec::new();
    read(sql, false, &mut Vec::new(), &mut parts);
    let damage = parts.into_iter().find_map(|part| {
        if let Part::Damage(damage) = part {
            Some(damage)
        } else {
            None
        }
    });
    damage.map_or(Runs::Harmless, |damage| Runs::Damage {
        class: damage.class,
        tables: damage
            .tables
            .iter()
            .map(|table| qualified(table, schema))
            .collect(),
        ddl: damage.ddl,
    })
}

/// The text last prepared under the executed name, with its default schema.
fn latest<'d>(held: &Held, details: &'d Details) -> Option<(&'d [u8], &'d [u8])> {
    let name = held.prepared.as_ref()?.to_ascii_lowercase();
    let all = details.prepared.get(&held.session)?.iter();
    let latest = all
        .filter(|prepared| prepared.name == name && prepared.time_us <= held.candidate.time_us)
        .max_by_key(|prepared| prepared.time_us)?;
    Some((latest.text.as_ref()?, &latest.schema))
}

/// Counts writes after some targets, when the first reading could not remember them.
#[derive(Debug)]
pub struct Recount<'q> {
    facts: &'q Facts,
    /// The counts, under the numbers of `own`.
    pub tallies: Vec<Tally>,
    /// Tables and accounts of this file: the first reading stopped naming them.
    pub own: Facts,
    tokens: Vec<Token>,
}

impl<'q> Recount<'q> {
    /// A reader for one file.
    pub fn new(facts: &'q Facts, tallies: Vec<Tally>) -> Self {
        Self {
            facts,
            tallies,
            own: Facts::default(),
            tokens: Vec::new(),
        }
    }

    fn wrote(&mut self, record: &Record<'_>, session: Session, tables: &Tables<'_>) {
        for (at, table) in tables.iter().enumerate() {
            let name = qualified(table, record.schema);
            let write = Write {
                session,
                second: second(record.time_us),
                table: self.own.tables.number(name.as_bytes()),
                user: self.own.users.number(record.user),
                first: at == 0,
            };
            self.tallies.iter_mut().for_each(|tally| tally.add(&write));
        }
    }
}

impl Sink for Recount<'_> {
    fn record(&mut self, record: &Record<'_>, _line: u64) {
        let failed = record.retcode.is_some_and(|code| code != 0);
        if record.operation != Operation::Query || failed || record.sampled || is_noise(record.user) {
            return;
        }
        if self
            .tallies
            .iter()
            .all(|tally| !tally.reaches(second(record.time_us)))
        {
            return;
        }
        let server = self.facts.servers.known(record.server).unwrap_or(u32::MAX);
        let session = Session {
            server,
            connection: record.connection,
        };
        let sql = record.text.plain();
        let mut tokens = std::mem::take(&mut self.tokens);
        let mut parts = Vec::new();
        read(&sql, record.truncated, &mut tokens, &mut parts);
        self.tokens = tokens;
        for part in &parts {
            match part {
                Part::Write { tables, .. } | Part::Damage(Damage { tables, .. }) => {
                    self.wrote(record, session, tables);
                }
                Part::Edge(..) | Part::Prepare { .. } => {}
            }
        }
    }
}
