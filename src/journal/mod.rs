//! The journal: write-ahead log and audit trail in the same bytes.
//!
//! Each run has a folder with one file, one JSON record a line, chained by SHA-256; `docs/journal-format.md`
//! describes it. A record is durable before its append returns, and reading accepts nothing but what was
//! written. This adapter knows nothing of what records mean: a payload is a type and data.

mod appender;
mod archive;
mod canon;
mod evidence;
mod fault;
mod folder;
mod hash;
mod holder;
mod ledger;
mod lock;
mod marks;
mod medium;
mod payload;
mod place;
mod record;
mod recorded;
mod refusal;
mod stamp;
mod store;
mod takeover;
#[cfg(test)]
mod tests;
mod writer;

pub use appender::{AppendError, Left, Step};
pub use archive::{Archive, FindError, Listed, Shelf};
pub use evidence::{Evidence, EvidenceFile, KeptFile, digest_of};
pub use fault::Fault;
pub use hash::Hash;
pub use holder::Holder;
pub use ledger::{Ledger, ReadError, Verification, verify};
pub use lock::LockError;
pub use marks::MarkError;
pub use payload::{Payload, PayloadError, RESERVED};
pub use record::{LONGEST, Record, VERSION};
pub use recorded::{RecordedAnswer, RecordedAnswers};
pub use refusal::{BeginError, ROOM, ResumeError, StoreError};
pub use store::{ClusterLock, Store};
pub use takeover::{Fenced, TakenOver};
pub use writer::Writer;
