//! What is known of the parts of a copy: noted before each call for one, and whenever AWS shows another status.

use serde::{Deserialize, Serialize};

/// One part of a copy: the clone or the snapshot itself, or the instance of a clone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "part")]
pub enum Part {
    /// Not asked for, or refused for good: it does not exist.
    #[default]
    Unasked,
    /// A call for it went out, or is about to: it may exist.
    Asked,
    /// AWS showed it.
    Seen {
        /// Its status, as sent.
        status: String,
    },
}

impl Part {
    /// True where there may be something to take away.
    pub fn may_exist(&self) -> bool {
        match self {
            Self::Unasked => false,
            Self::Asked | Self::Seen { .. } => true,
        }
    }
}

/// Both parts of a copy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Noted {
    /// The clone or the snapshot.
    pub whole: Part,
    /// The instance of a clone.
    pub instance: Part,
}
