//! A further reading for what targets would sacrifice, when the first could not remember every write.

use super::facts::{Facts, Session, Write};
use super::feed::Sink;
use super::lost::Tally;
use super::names::{is_noise, qualified};
use super::record::{Operation, Outline, Record};
use super::sieve::second;
use super::sql::{Damage, Part, Tables, Token, read};

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

    #[inline]
    fn passes(&mut self, outline: &Outline<'_>) -> bool {
        outline.reads() || outline.operation == Operation::Other
    }
}
