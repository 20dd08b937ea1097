//! The first reading: candidates, and the facts that settle them later.

use super::candidate::Candidate;
use super::class::{Class, Kind};
use super::facts::{Facts, Mark, Session, Write};
use super::feed::Sink;
use super::harmless::Harmless;
use super::keep::{Held, Keep};
use super::names::{is_internal, is_noise, qualified};
use super::query::Query;
use super::record::{Operation, Outline, Record, Text, begins_as_read};
use super::sql::{Damage, Edge, Glance, Part, Tables, Token, glance, read};
use memchr::memchr;
use std::sync::atomic::AtomicUsize;
use std::sync::mpsc::SyncSender;

/// A candidate's statement is kept up to this many bytes.
const LONGEST_STATEMENT: usize = 8 << 10;
/// Candidates that one file announces before the end; the ranking at the end holds all.
const MOST_ANNOUNCED: usize = 10_000;
/// The server rolled the whole transaction back.
const DEADLOCK: u32 = 1213;

/// What all threads share during the first reading.
#[derive(Debug)]
pub struct Shared<'q> {
    /// The search.
    pub query: &'q Query,
    /// Marks remembered so far.
    pub marks: AtomicUsize,
    /// Writes remembered so far.
    pub writes: AtomicUsize,
}

/// Sifts one file's records.
#[derive(Debug)]
pub struct Sieve<'q> {
    shared: &'q Shared<'q>,
    file: String,
    /// What is remembered of this file.
    pub facts: Facts,
    /// Its candidates.
    pub keep: Keep,
    /// What did no damage.
    pub harmless: Harmless,
    announce: SyncSender<Candidate>,
    announced: usize,
    tokens: Vec<Token>,
}

impl<'q> Sieve<'q> {
    /// A sieve for one file.
    pub fn new(shared: &'q Shared<'q>, file: String, announce: SyncSender<Candidate>) -> Self {
        Self {
            shared,
            file,
            facts: Facts::default(),
            keep: Keep::new(shared.query.room),
            harmless: Harmless::default(),
            announce,
            announced: 0,
            tokens: Vec::new(),
        }
    }

    fn session(&mut self, record: &Record<'_>) -> Session {
        Session {
            server: self.facts.servers.number(record.server),
            connection: record.connection,
        }
    }

    fn mark(&mut self, record: &Record<'_>, edge: Edge, name: Option<&[u8]>, part: usize) {
        let session = self.session(record);
        let mark = mark(record, session, edge, name, part);
        self.facts
            .marks
            .push(mark, &self.shared.marks, self.shared.query.room.edges);
    }

    #[inline]
    fn query(&mut self, record: &Record<'_>, line: u64) {
        self.facts.counts |= !record.sampled;
        if let Some(DEADLOCK) = record.retcode {
            self.mark(record, Edge::Deadlock, None, 0);
        }
        if let Text::Escaped(raw) = record.text
            && !record.truncated
        {
            match glance(raw, record.single) {
                Some(Glance::Reads) => return,
                Some(glance) if !self.shared.query.include_harmless => return self.glanced(record, glance),
                Some(_) | None => {}
            }
        }
        self.read(record, line);
    }

    /// What a glance has told.
    fn glanced(&mut self, record: &Record<'_>, glance: Glance<'_>) {
        if record.retcode.is_some_and(|code| code != 0) {
            return;
        }
        match glance {
            Glance::Reads => {}
            Glance::Edge(edge) => self.mark(record, edge, None, 0),
            Glance::Write { table, by_key, .. } => {
                self.wrote(record, &Tables::one(Some(table)));
                self.harmless.by_key += u64::from(by_key);
            }
        }
    }

    /// Reads a statement in full.
    #[inline(never)]
    fn read(&mut self, record: &Record<'_>, line: u64) {
        if only_reads(record.text.raw()) {
            return;
        }
        let failed = record.retcode.is_some_and(|code| code != 0);
        let sql = record.text.plain();
        let mut tokens = std::mem::take(&mut self.tokens);
        // Nearly always one part: room for four would cost more to get than to fill.
        let mut parts = Vec::with_capacity(1);
        read(&sql, record.truncated, &mut tokens, &mut parts);
        self.tokens = tokens;
        if failed {
            let damages = parts.iter().any(|part| matches!(part, Part::Damage(_)));
            self.harmless.failed += u64::from(damages);
            return;
        }
        let mut worst: Option<(usize, Damage<'_>)> = None;
        for (at, part) in parts.into_iter().enumerate() {
            match part {
                Part::Edge(edge, name) => self.mark(record, edge, name, at),
                Part::Write { tables, kind, by_key } => {
                    self.wrote(record, &tables);
                    if by_key && self.shared.query.include_harmless {
                        let reason = "a single row by its key, or a condition that never holds";
                        let damage = Damage {
                            kind,
                            class: Class::Bounded,
                            reason,
                            tables,
                            ddl: false,
                            prepared: None,
                        };
                        worst = worst.or(Some((at, damage)));
                    } else if by_key {
                        self.harmless.by_key += 1;
                    }
                }
                Part::Damage(damage) => {
                    self.wrote(record, &damage.tables);
                    if damage.ddl {
                        self.mark(record, Edge::Implicit, None, at);
                    }
                    if worst.as_ref().is_none_or(|(_, known)| damage.class < known.class) {
                        worst = Some((at, damage));
                    }
                }
                Part::Prepare { .. } => {}
            }
        }
        if let Some((at, damage)) = worst
            && self.shared.query.covers(record.time_us)
        {
            self.candidate(record, line, &sql, at, &damage);
        }
    }

    fn wrote(&mut self, record: &Record<'_>, tables: &Tables<'_>) {
        if record.sampled || is_noise(record.user) || self.facts.writes.dropped() {
            return;
        }
        let session = self.session(record);
        let user = self.facts.users.number(record.user);
        for (at, table) in tables.iter().enumerate() {
            let schema = table.schema.unwrap_or(record.schema);
            let table = if schema.is_empty() {
                self.facts.tables.number(table.name)
            } else {
                self.facts.tables.pair(schema, table.name)
            };
            let write = Write {
                session,
                second: second(record.time_us),
                table,
                user,
                first: at == 0,
            };
            self.facts
                .writes
                .push(write, &self.shared.writes, self.shared.query.room.writes);
        }
    }

    fn candidate(&mut self, record: &Record<'_>, line: u64, sql: &[u8], part: usize, damage: &Damage<'_>) {
        let routine = matches!(damage.kind, Kind::Call | Kind::Execute);
        let tables: Vec<String> = damage
            .tables
            .iter()
            .map(|table| qualified(table, record.schema))
            .collect();
        let noise = is_noise(record.user) || is_internal(&tables);
        let kept = sql.get(..sql.len().min(LONGEST_STATEMENT)).unwrap_or_default();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let candidate = Candidate {
            time_us: record.time_us,
            file: self.file.clone(),
            line,
            class: damage.class,
            committed: None,
            statement: text(kept),
            truncated: record.truncated || kept.len() < sql.len(),
            user: text(record.user),
            host: text(record.host),
            tables,
            verb: damage.kind,
            reason: damage.reason.to_owned(),
            transaction: None,
            undone_by: None,
            repeated: false,
            noise,
            server: text(record.server),
            schema: text(record.schema),
            connection: record.connection,
            query_id: record.query_id,
        };
        if !self.shared.query.admits(&candidate, sql) {
            return;
        }
        if self.keep.refuses(damage.class, routine, noise, record.time_us) {
            return;
        }
        let undone = || self.shared.query.backtracks.undid(record.time_us).is_some();
        if matches!(damage.class, Class::Unbounded | Class::Wide)
            && !noise
            && self.announced < MOST_ANNOUNCED
            && !undone()
        {
            self.announced += 1;
            // Nobody listening is no reason to stop searching.
            drop(self.announce.send(candidate.clone()));
        }
        let session = self.session(record);
        self.keep.add(Held {
            candidate,
            session,
            part: u8::try_from(part).unwrap_or(u8::MAX),
            ddl: damage.ddl,
            prepared: damage.prepared.map(<[u8]>::to_vec),
            judged: record.retcode.is_some(),
        });
    }
}

impl Sink for Sieve<'_> {
    #[inline(never)]
    fn record(&mut self, record: &Record<'_>, line: u64) {
        match record.operation {
            Operation::Query => self.query(record, line),
            Operation::Connect => self.mark(record, Edge::Connect, None, 0),
            Operation::Disconnect => self.mark(record, Edge::Disconnect, None, 0),
            Operation::Write => self.facts.touches = true,
            Operation::Other => {}
        }
    }

    #[inline]
    fn passes(&mut self, outline: &Outline<'_>) -> bool {
        let (reads, writes) = (outline.reads(), outline.operation == Operation::Write);
        self.facts.counts |= reads;
        self.facts.touches |= writes;
        reads || writes || outline.operation == Operation::Other
    }
}

/// A mark from a record.
pub fn mark(record: &Record<'_>, session: Session, edge: Edge, name: Option<&[u8]>, part: usize) -> Mark {
    let mut hash = 0x811c_9dc5_u32;
    for byte in name.unwrap_or_default() {
        hash = (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193);
    }
    Mark {
        time_us: record.time_us,
        session,
        query_id: record.query_id,
        name: hash,
        part: u8::try_from(part).unwrap_or(u8::MAX),
        edge,
    }
}

/// The second that a time lies in.
pub fn second(time_us: i64) -> u32 {
    u32::try_from(time_us.div_euclid(1_000_000)).unwrap_or_default()
}

/// Whether a text is plainly one SELECT or SHOW.
fn only_reads(raw: &[u8]) -> bool {
    begins_as_read(raw) && memchr(b';', raw).is_none_or(|at| at + 1 == raw.len())
}
