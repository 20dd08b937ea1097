//! What SQL tells of the cluster: read before a decision, judged by `checks`, kept by the journal.

use serde::{Deserialize, Serialize};

use super::known::Known;

/// One look by SQL. Changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatabaseLook {
    /// `VERSION()`.
    pub version: String,
    /// The cipher of the connection; none: it is not encrypted.
    pub tls: Option<String>,
    /// `@@aurora_server_id`: the instance that answered; none where there is no such thing.
    pub server_id: Option<String>,
    /// True for an instance that cannot be written to: sessions of the writer are not seen there.
    pub read_only: bool,
    /// Sessions that are not ours, AWS's own or kept; unknown where only our own are shown.
    pub sessions: Known<u32>,
    /// Enabled events while the event scheduler is on; unknown where they are not shown.
    pub events: Known<Vec<String>>,
    /// Checks by SQL that this user may not make, with why.
    pub denied: Vec<String>,
    /// The next ids of tables, at the last look before a request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next_ids: Vec<NextId>,
}

/// What a table's AUTO_INCREMENT gives next.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NextId {
    /// `schema.table`.
    pub table: String,
    /// The id that the next row gets.
    pub next: u64,
}

impl NextId {
    /// So many tables are kept in a record at most.
    pub const MOST: usize = 200;
}
