//! Which cluster, of which account, asked by whom.

use serde::{Deserialize, Serialize};

/// What tells one cluster from every other, re-read at the request and compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Identity {
    /// Account id of the caller.
    pub account: String,
    /// ARN of the caller (STS GetCallerIdentity).
    pub caller: String,
    /// Region of the client.
    pub region: String,
    /// The URI that calls really go to.
    pub endpoint: String,
    /// `DBClusterIdentifier`.
    pub cluster: String,
    /// `DbClusterResourceId`.
    pub resource_id: String,
}

/// Who sits at the keyboard, as far as the machine knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Person {
    /// Login name.
    pub os_user: String,
    /// Host name.
    pub host: String,
    /// Terminal device, none when unattended.
    pub terminal: Option<String>,
    /// Process id.
    pub pid: u32,
}
