//! A statement that may be the one.

use super::class::{Class, Kind};
use super::undone::Undone;
use serde::Serialize;

/// A destructive statement with all that the logs say of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Candidate {
    /// When it began, or was recorded, in microseconds since the epoch.
    pub time_us: i64,
    /// The file, as given or found.
    pub file: String,
    /// The physical line in the file, from 1.
    pub line: u64,
    /// How far it reaches.
    pub class: Class,
    /// `true`: permanent; `false`: a ROLLBACK followed, though no BEGIN is in the log; `None`: not known, or
    /// not known yet while the search goes on.
    pub committed: Option<bool>,
    /// The statement without the log's escaping; invalid UTF-8 is replaced, a long text is cut.
    pub statement: String,
    /// Whether the log or this program holds less than what ran.
    pub truncated: bool,
    /// The account; empty where unknown.
    pub user: String,
    /// The client's host; empty where unknown.
    pub host: String,
    /// The damaged tables, `schema.table` where the schema is known.
    pub tables: Vec<String>,
    /// What kind of statement it is.
    pub verb: Kind,
    /// Why it has its rank.
    pub reason: String,
    /// The transaction, where the log shows one.
    pub transaction: Option<Transaction>,
    /// The backtrack that took it out of the data; none where it is part of it, or that was not asked.
    pub undone_by: Option<Undone>,
    /// Its account repeats it, as housekeeping does.
    pub repeated: bool,
    /// Aurora's own accounts and replication.
    pub noise: bool,
    /// The server; empty where the log does not say.
    pub server: String,
    /// The session's default schema.
    pub schema: String,
    /// The connection.
    pub connection: u64,
    /// The query's number; 0 where the log has none.
    pub query_id: u64,
}

/// The bounds of a candidate's transaction, in microseconds since the epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Transaction {
    /// Its BEGIN.
    pub begin_us: Option<i64>,
    /// Its first damaging statement.
    pub first_us: i64,
    /// Its COMMIT, or whatever committed it.
    pub commit_us: Option<i64>,
}

impl Candidate {
    /// Whether the damage is done by statements that the log does not show.
    pub fn is_routine(&self) -> bool {
        matches!(self.verb, Kind::Call | Kind::Execute)
    }

    /// Whether its damage may be part of the data, and somebody's own.
    pub fn stands(&self) -> bool {
        !self.noise && self.committed != Some(false) && self.undone_by.is_none()
    }

    /// Whether the suggestion has to undo it: nothing bounds it, or it is wide and has lasted; and it is no housekeeping.
    pub fn counts(&self) -> bool {
        self.stands()
            && !self.repeated
            && match self.class {
                Class::Unbounded => true,
                Class::Wide => self.committed == Some(true),
                Class::Unknown | Class::Bounded => false,
            }
    }

    /// The first damage of its transaction, in microseconds since the epoch: a target lies before this.
    pub fn first_us(&self) -> i64 {
        let first = self.transaction.map(|transaction| transaction.first_us);
        first.unwrap_or(self.time_us).min(self.time_us)
    }

    /// When it took effect, as far as the log tells: a target before this undoes it.
    pub fn effect_us(&self) -> i64 {
        let commit = self.transaction.and_then(|transaction| transaction.commit_us);
        commit.unwrap_or(self.time_us)
    }

    /// The order of ranking: what is part of the data before what a backtrack took out of it, own accounts before Aurora's,
    /// what stands before what was rolled back, then class and time. File and line only break ties.
    pub fn rank(&self) -> Rank<'_> {
        Rank {
            set_back: (
                self.undone_by.is_some(),
                self.noise,
                self.committed == Some(false),
            ),
            class: self.class,
            routine: self.is_routine(),
            time_us: self.time_us,
            file: &self.file,
            line: self.line,
        }
    }
}

/// A candidate's place among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank<'a> {
    /// A backtrack took it out; it is Aurora's own; it was rolled back.
    set_back: (bool, bool, bool),
    class: Class,
    routine: bool,
    time_us: i64,
    file: &'a str,
    line: u64,
}
