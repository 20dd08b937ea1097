//! Safety copies: `ports::Copies`. A rehearsal never builds one.
//!
//! Unlike the one call, these could be repeated without harm: the copy's name follows from the run, and AWS refuses a
//! name that is taken. The SDK's own retries are off all the same, so that a lost reply is followed by a look.

mod find;
mod make;

use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::codes;
use super::connection::Connection;
use crate::domain::event::{ReadFailure, ReadFailureKind};
use crate::domain::safety_copy::{CopyKind, SafetyCopy};
use crate::ports::{self, CopyPart, FoundCopy, Made};

/// Makes safety copies and finds them.
#[derive(Clone, Debug)]
pub struct Copies {
    connection: Connection,
    timeout: Duration,
}

impl Copies {
    /// Longest wait for a reply in a run.
    pub const TIMEOUT: Duration = Duration::from_secs(20);

    /// Calls through `connection`, and waits at most `timeout` for the reply to a call that makes something.
    pub fn new(connection: Connection, timeout: Duration) -> Self {
        Self { connection, timeout }
    }
}

#[async_trait(?Send)]
impl ports::Copies for Copies {
    async fn find(&self, copy: &SafetyCopy) -> Result<FoundCopy, ReadFailure> {
        let rds = &self.connection.clients().rds;
        let found = match copy.plan.kind {
            CopyKind::Clone => find::clone(rds, copy).await,
            CopyKind::Snapshot => find::snapshot(rds, copy).await,
        };
        found.map_err(patient)
    }

    async fn make(&self, copy: &SafetyCopy, part: CopyPart, now: DateTime<Utc>) -> Result<Made, ReadFailure> {
        let rds = &self.connection.clients().rds;
        let made = match (part, copy.plan.kind) {
            (CopyPart::Whole, CopyKind::Clone) => make::clone(rds, copy, now, self.timeout).await,
            (CopyPart::Whole, CopyKind::Snapshot) => make::snapshot(rds, copy, now, self.timeout).await,
            (CopyPart::Instance, _) => make::instance(rds, copy, now, self.timeout).await,
        };
        made.map_err(patient)
    }
}

/// A refusal for the rate is no permission that is missing: it is waited out like a lost answer.
fn patient(failure: ReadFailure) -> ReadFailure {
    let rate = failure.code.as_deref().is_some_and(codes::throttled);
    let kind = if rate {
        ReadFailureKind::Transport
    } else {
        failure.kind
    };
    ReadFailure { kind, ..failure }
}
