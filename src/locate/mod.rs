//! Finds the bad statement in Aurora MySQL logs, and the instant to rewind to.
//!
//! Reads files and nothing else: no clock, no network, no terminal. What it cannot read it counts and names.
//! `sources` and `input` bring lines, `feed` turns them into records whatever the log's form, `sql` says what a
//! statement destroys, `sieve` keeps candidates, `transaction` settles what lasted, `target` says where to go.

mod again;
mod audit;
mod candidate;
mod class;
mod coverage;
mod dropped;
mod error;
mod escape;
mod export;
mod facts;
mod feed;
mod general;
mod habit;
mod harmless;
mod incident;
mod input;
mod intern;
mod keep;
mod line;
mod lost;
mod names;
mod output;
mod query;
mod record;
mod recount;
mod redact;
mod routine;
mod scan;
mod sieve;
mod slow;
mod sources;
mod spread;
pub mod sql;
mod stamp;
mod target;
mod transaction;
mod undone;

pub use candidate::{Candidate, Rank, Transaction};
pub use class::{Class, Kind};
pub use coverage::{Coverage, Dialect, FileCoverage};
pub use dropped::dropped_columns;
pub use error::{LocateError, Problem};
pub use harmless::Harmless;
pub use incident::{Doubt, one_incident};
pub use lost::Lost;
pub use output::write_json;
pub use query::{Query, Room};
pub use redact::redacted;
pub use scan::{Found, scan};
pub use sources::Sources;
pub use target::{Suggestion, before};
pub use undone::{Backtracks, Undone};
