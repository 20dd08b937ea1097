//! What a text was understood to mean, before any clock or cluster is asked.
//!
//! Plain data for the journal. It decides nothing.

use std::fmt;

use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::zone;

/// The meaning of a text. Journaled: a retry reads it again instead of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reading {
    /// The text names this instant by itself.
    Instant {
        /// As written, with its fraction.
        at: DateTime<Utc>,
    },
    /// The text is a statement's line of an audit log. The target is one second before it.
    BeforeStatement {
        /// The statement's own time.
        statement: DateTime<Utc>,
    },
    /// A bare number. Its unit follows from its digits, and only the window can confirm it.
    Epoch {
        /// The instant in the unit chosen.
        at: DateTime<Utc>,
        /// The unit that the count of digits chose.
        unit: EpochUnit,
    },
    /// The oldest point that the cluster can still reach.
    Earliest,
    /// The point that a run was rewound from: the ceiling of a way forward.
    Origin,
    /// So long before the service's present.
    Ago {
        /// Whole seconds, more than 0.
        seconds: i64,
    },
    /// So long before the located statement.
    BeforeLocated {
        /// Whole seconds, more than 0.
        seconds: i64,
    },
    /// A time of day: its most recent past occurrence in the zone given on the command.
    BareClock {
        /// The time of day in that zone.
        time: NaiveTime,
        /// The zone given on the command.
        #[serde(with = "zone::by_name")]
        zone: Tz,
    },
    /// An instant recorded earlier under a name.
    Mark {
        /// The name, without `mark:`.
        name: String,
        /// The instant, once it was looked up; none before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        marked: Option<Marked>,
    },
}

/// What a mark was found to be, frozen with the text that names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// Whole seconds, by the service's clock.
    pub at: DateTime<Utc>,
    /// The id of the cluster as it was marked.
    pub cluster: String,
    /// `DbClusterResourceId` of that cluster: an instant of one cluster means nothing on another.
    pub resource_id: String,
}

/// The unit of a number of 10, 13, 16 or 19 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EpochUnit {
    /// 10 digits.
    Seconds,
    /// 13 digits.
    Milliseconds,
    /// 16 digits, the first field of an audit log.
    Microseconds,
    /// 19 digits.
    Nanoseconds,
}

impl EpochUnit {
    /// The unit that a count of digits means, if it means one.
    pub fn of_digits(count: usize) -> Option<Self> {
        match count {
            10 => Some(Self::Seconds),
            13 => Some(Self::Milliseconds),
            16 => Some(Self::Microseconds),
            19 => Some(Self::Nanoseconds),
            _ => None,
        }
    }

    /// The instant that a number in this unit names, if chrono can hold it.
    pub fn instant(self, number: i64) -> Option<DateTime<Utc>> {
        match self {
            Self::Seconds => DateTime::from_timestamp(number, 0),
            Self::Milliseconds => DateTime::from_timestamp_millis(number),
            Self::Microseconds => DateTime::from_timestamp_micros(number),
            Self::Nanoseconds => Some(DateTime::from_timestamp_nanos(number)),
        }
    }
}

impl fmt::Display for EpochUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Seconds => "seconds",
            Self::Milliseconds => "milliseconds",
            Self::Microseconds => "microseconds",
            Self::Nanoseconds => "nanoseconds",
        })
    }
}
