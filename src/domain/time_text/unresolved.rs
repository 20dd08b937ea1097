//! Why a text that was read names no instant here and now, and what to type instead.
//!
//! Texts only.

use thiserror::Error;

use super::reading::EpochUnit;
use super::refusal::Quoted;
use super::zone::TwoInstants;

/// Why a text names no instant here and now.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ResolveError {
    /// The window could not be read, so nothing is known to be its oldest point.
    #[error(
        "{text} cannot be resolved: the earliest backtrack time is not known; type the instant in full, as in 2024-05-17T14:28:00Z"
    )]
    EarliestUnknown {
        /// As typed.
        text: Quoted,
    },
    /// No run was rewound, so there is nowhere to come back to.
    #[error(
        "{text} cannot be resolved: no rewind with a known origin; type the instant in full, as in 2024-05-17T14:28:00Z"
    )]
    OriginUnknown {
        /// As typed.
        text: Quoted,
    },
    /// No statement was located.
    #[error(
        "{text} cannot be resolved: no statement has been located; type the instant in full, as in 2024-05-17T14:28:00Z"
    )]
    StatementUnknown {
        /// As typed.
        text: Quoted,
    },
    /// No mark of this name, or none was looked up.
    #[error(
        "{text} cannot be resolved here: no mark of this name is known; type the instant that `mark --list` shows, in full"
    )]
    MarkUnknown {
        /// As typed.
        text: Quoted,
    },
    /// The clocks disagree, so "ago" means two things.
    #[error(
        "{text} leans on the clock, but the local clock is {skew} (expected 30 s at most): type {instead} if that is the instant you mean"
    )]
    Skewed {
        /// As typed.
        text: Quoted,
        /// `45 s behind the service's`.
        skew: String,
        /// The instant by the service's clock.
        instead: String,
    },
    /// A number whose unit only the window could confirm, and it does not.
    #[error(
        "{text} read as {unit} is {at}, outside the window {earliest} to {latest}: check the number of digits, or type the instant in full"
    )]
    EpochOutsideWindow {
        /// As typed.
        text: Quoted,
        /// The unit that the count of digits chose.
        unit: EpochUnit,
        /// The instant in that unit.
        at: String,
        /// The oldest point that can be reached.
        earliest: String,
        /// The latest point that can be reached.
        latest: String,
    },
    /// A number, and no window to confirm its unit.
    #[error(
        "{text} is a bare number, and without the cluster's window its unit cannot be confirmed: type {at} if you mean {unit}"
    )]
    WindowUnknown {
        /// As typed.
        text: Quoted,
        /// The unit that the count of digits chose.
        unit: EpochUnit,
        /// The instant in that unit.
        at: String,
    },
    /// The time of day was skipped when the clocks went forward.
    #[error("{text} was skipped by the clocks of {zone}: type {two}", zone = two.zone.name())]
    Skipped {
        /// As typed.
        text: Quoted,
        /// What it could mean.
        two: TwoInstants,
    },
    /// The time of day came twice when the clocks went back.
    #[error("{text} came twice by the clocks of {zone}: type {two}", zone = two.zone.name())]
    Repeated {
        /// As typed.
        text: Quoted,
        /// What it could mean.
        two: TwoInstants,
    },
    /// Before the beginning of all calendars.
    #[error("{text} is further back than a date can say")]
    TooFarBack {
        /// As typed.
        text: Quoted,
    },
}
