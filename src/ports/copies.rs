//! Safety copies in the account, as the engine needs them.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::domain::event::ReadFailure;
use crate::domain::safety_copy::SafetyCopy;

/// What AWS shows under a copy's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FoundCopy {
    /// Nothing (yet).
    Nothing,
    /// Something that does not bear this run's tag, in words.
    Foreign(String),
    /// This run's own.
    Ours(CopySeen),
}

/// A copy, as AWS shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopySeen {
    /// Status of the clone or of the snapshot, as sent.
    pub status: String,
    /// `PercentProgress` of a snapshot.
    pub percent: Option<i32>,
    /// Status of the clone's instance, as sent; none: there is none.
    pub instance: Option<String>,
}

/// A part of a copy that is asked for by a call of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyPart {
    /// The clone or the snapshot.
    Whole,
    /// The clone's instance.
    Instance,
}

/// What became of a call that makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Made {
    /// AWS makes it.
    Accepted,
    /// The name is taken: by an earlier call of this run, or by something else.
    Taken,
    /// Refused for the rate: nothing was made.
    Throttled,
    /// A definite no: AWS's own code and words, with its request id.
    Refused(String),
    /// It cannot be known whether AWS acted on it.
    Unknown(String),
}

/// Makes safety copies and finds them. A rehearsal has none of it.
#[async_trait(?Send)]
pub trait Copies {
    /// What AWS shows under the copy's name.
    ///
    /// # Errors
    /// A read that failed: not known.
    async fn find(&self, copy: &SafetyCopy) -> Result<FoundCopy, ReadFailure>;
    /// Asks for a part of it, once. The name makes a second call harmless: AWS refuses it as taken.
    ///
    /// # Errors
    /// The source could not be read, or credentials ended: nothing was asked for.
    async fn make(&self, copy: &SafetyCopy, part: CopyPart, now: DateTime<Utc>) -> Result<Made, ReadFailure>;
}
