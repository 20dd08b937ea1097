//! What is searched for.

use super::candidate::Candidate;
use super::class::Kind;
use super::undone::Backtracks;
use chrono_tz::Tz;
use memchr::memmem;

/// What is searched for, and within which bounds of memory.
///
/// The filters choose among candidates; coverage and lost work are always counted over everything.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Zone of logs whose times are local to the server.
    pub zone: Option<Tz>,
    /// Earliest time of interest, in microseconds since the epoch.
    pub since_us: Option<i64>,
    /// Latest time of interest, in microseconds since the epoch.
    pub until_us: Option<i64>,
    /// Account name.
    pub user: Option<String>,
    /// Client host.
    pub host: Option<String>,
    /// `table` or `schema.table`, case ignored.
    pub table: Option<String>,
    /// Schema of a damaged table, or the session's default.
    pub schema: Option<String>,
    /// Kind of statement.
    pub kind: Option<Kind>,
    /// Part of the statement, case ignored.
    pub text: Option<String>,
    /// Threads; 0 is one per file, up to the machine's processors.
    pub threads: usize,
    /// Also list what did no damage: rolled back for certain, or of a single row by its key.
    pub include_harmless: bool,
    /// The candidates that the target shall precede, each by file and line; empty: all that are bad.
    pub chosen: Vec<(String, u64)>,
    /// What is known of the cluster's backtracks.
    pub backtracks: Backtracks,
    /// Bounds of memory.
    pub room: Room,
}

/// How much is remembered. Beyond this the logs are read again, or the lowest ranks are only counted.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// Ends of transactions remembered from the first reading.
    pub edges: usize,
    /// Writes remembered from the first reading.
    pub writes: usize,
    /// Unbounded, wide and cut-off candidates kept.
    pub serious: usize,
    /// Calls and executions kept.
    pub routines: usize,
    /// Bounded candidates kept.
    pub bounded: usize,
}

impl Default for Room {
    fn default() -> Self {
        Self {
            edges: 1_000_000,
            writes: 1_200_000,
            serious: 20_000,
            routines: 2_000,
            bounded: 1_000,
        }
    }
}

impl Query {
    /// Whether a time lies in the asked interval, both ends included.
    pub fn covers(&self, time_us: i64) -> bool {
        self.since_us.is_none_or(|since| since <= time_us)
            && self.until_us.is_none_or(|until| time_us <= until)
    }

    /// Whether everything fits that is known of a candidate as soon as its line is read.
    pub fn admits(&self, candidate: &Candidate, sql: &[u8]) -> bool {
        self.user.as_ref().is_none_or(|user| *user == candidate.user)
            && self.host.as_ref().is_none_or(|host| *host == candidate.host)
            && self.kind.is_none_or(|kind| kind == candidate.verb)
            && self.text.as_ref().is_none_or(|text| {
                memmem::find(&sql.to_ascii_lowercase(), text.to_ascii_lowercase().as_bytes()).is_some()
            })
            && (candidate.is_routine() || self.names(candidate))
    }

    /// Whether the tables fit, which for a CALL are known last.
    pub fn names(&self, candidate: &Candidate) -> bool {
        let table = self.table.as_ref().is_none_or(|asked| {
            candidate.tables.iter().any(|table| {
                let (schema, name) = table.split_once('.').unwrap_or(("", table));
                asked.eq_ignore_ascii_case(table)
                    || asked.eq_ignore_ascii_case(name)
                    || (name == "*"
                        && asked
                            .split_once('.')
                            .is_none_or(|(asked, _)| asked.eq_ignore_ascii_case(schema)))
            })
        });
        let schema = self.schema.as_ref().is_none_or(|asked| {
            let mut schemas = candidate
                .tables
                .iter()
                .filter_map(|table| table.split_once('.'))
                .map(|parts| parts.0);
            schemas.any(|schema| schema.eq_ignore_ascii_case(asked))
                || (candidate.tables.is_empty() && candidate.schema.eq_ignore_ascii_case(asked))
        });
        table && schema
    }
}
