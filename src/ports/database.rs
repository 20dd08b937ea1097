//! The cluster as SQL sees it: what reads, and the one thing that ends sessions.

use std::fmt;

use async_trait::async_trait;

use crate::domain::database::{DatabaseLook, NextId};
use crate::domain::event::Done;
use crate::domain::known::Known;
use crate::domain::runbook::{Check, Sql};
use crate::domain::search::Said;

/// Where a server listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Name or address.
    pub host: String,
    /// Port.
    pub port: u16,
}

/// A password or a token. Neither shown nor written.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes it.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text itself, for the login alone.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// What AWS knows of the way to the database. Errors are words for the operator: not known, never a secret.
#[async_trait(?Send)]
pub trait DatabaseDoor {
    /// The writer endpoint of DescribeDBClusters.
    async fn writer(&self) -> Result<Address, String>;
    /// The password in the secret that RDS manages for the cluster.
    async fn managed_secret(&self) -> Result<Secret, String>;
    /// A token for the user, good for a quarter of an hour.
    async fn token(&self, address: &Address, user: &str) -> Result<Secret, String>;
}

/// Reads by SQL. One connection at a time, and none kept between calls. Not known is never well.
#[async_trait(?Send)]
pub trait Database {
    /// Reads what decisions depend on; `of` are the statements that will be asked later.
    async fn look(&self, of: &[(&str, &Sql)]) -> Known<DatabaseLook>;
    /// Makes a check by SQL once. Any other check is `Nobody`.
    async fn check(&self, check: &Check) -> Done;
    /// Asks the probe of a search once: as expected is good, otherwise bad, and without an answer it is a stop.
    async fn ask(&self, sql: &Sql) -> Said;
    /// The next ids of these tables; of all that there are where none is named.
    async fn next_ids(&self, of: &[NextId]) -> Known<Vec<NextId>>;
}

/// Ends sessions. A rehearsal has no such adapter.
#[async_trait(?Send)]
pub trait Sessions {
    /// Ends every session that is not ours, AWS's own or kept, and waits until they are gone. Safe to repeat.
    async fn drain(&self) -> Done;
}
