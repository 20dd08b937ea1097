//! What a run was opened with.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::identity::{Identity, Person};
use super::located::Located;
use super::mode::Mode;
use super::run_id::RunId;
use super::runbook::Runbook;
use super::search::Search;
use super::time_text::TimeText;

/// Everything fixed when the run is opened. The first record of its journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The run.
    pub run: RunId,
    /// Version of the program.
    pub program: String,
    /// Live, rehearsal or drill.
    pub mode: Mode,
    /// Cluster id, as asked.
    pub cluster: String,
    /// When the command was typed, by the service's clock: relative times count from here.
    pub typed_at: DateTime<Utc>,
    /// What was typed as the target.
    pub goal: TimeText,
    /// The runbook, without the values of its environment.
    pub runbook: Runbook,
    /// Where the runbook was read; none for the built-in one.
    pub runbook_path: Option<String>,
    /// SHA-256 of the runbook's text.
    pub runbook_digest: String,
    /// Stop after verification with the application paused.
    pub hold: bool,
    /// Proceed although binary logging is on (`Force`); only with a reason.
    pub force: bool,
    /// Leave the runbook's safety copy out (`--no-clone`); only with a reason.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub without_copy: bool,
    /// The statement that is undone, where the target was taken from a log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub located: Option<Box<Located>>,
    /// What is searched, where the run is a search.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<Box<Search>>,
    /// Why, in the operator's words.
    pub reason: Option<String>,
    /// How to reach the service again: what `recover` and `forward` need.
    pub access: Access,
    /// Who it was found to be, when that could be read at once.
    pub identity: Option<Identity>,
    /// Who opened it.
    pub by: Person,
}

/// The settings that reach the service; no secret among them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// `--profile`; a profile that the environment names is found again by its cluster.
    pub profile: Option<String>,
    /// Region in force.
    pub region: Option<String>,
    /// `--endpoint-url`, when given.
    pub endpoint_url: Option<String>,
    /// The lab's URL in a drill, or in a rehearsal on the lab.
    pub lab: Option<String>,
}
