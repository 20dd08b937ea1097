//! A fact that was read, or the reason why it could not be.

use serde::{Deserialize, Serialize};

/// Unknown is never taken for a value: a check over `Unknown` warns and says what could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Known<T> {
    /// Read from the service.
    Known(T),
    /// Could not be read; the text says why, with the service's own code where there is one.
    Unknown(String),
}

impl<T> Known<T> {
    /// The value, when it was read.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown(_) => None,
        }
    }
}
