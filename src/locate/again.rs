//! A second reading, for the few connections that matter by then.

use super::facts::{Facts, Mark, Session};
use super::feed::Sink;
use super::names::qualified;
use super::record::{Operation, Outline, Record};
use super::sieve::mark;
use super::sql::{Damage, Edge, Part, Token, read, unquoted};
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

    #[inline]
    fn passes(&mut self, outline: &Outline<'_>) -> bool {
        outline.reads() || outline.operation == Operation::Other
    }
}
