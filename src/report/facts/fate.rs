//! How AWS's record of a hop came to be known, and what became of the hop.

use serde::Serialize;

use crate::domain::event::Event;

/// How a record came to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Learnt {
    /// AWS named it in the reply.
    Reply,
    /// There was no answer; it was found among the cluster's backtracks.
    Reconciled,
    /// It was given up as lost, and found by a later look.
    Late,
}

impl Learnt {
    /// By the event that brought it.
    pub fn by(event: &Event) -> Option<Self> {
        if matches!(event, Event::Replied(_)) {
            return Some(Self::Reply);
        }
        if matches!(event, Event::Inspected { .. }) {
            return Some(Self::Late);
        }
        matches!(event, Event::Reconciled { .. }).then_some(Self::Reconciled)
    }

    /// The words of the report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reply => "named in the reply",
            Self::Reconciled => "found among the cluster's backtracks: the call had no answer",
            Self::Late => "found by a later look, after it had been given up as lost",
        }
    }
}

/// What became of a hop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Nothing left the machine.
    NotSent,
    /// AWS said no.
    Rejected,
    /// Nobody knows whether AWS accepted it.
    Unknown,
    /// AWS has it; its end was not seen.
    UnderWay,
    /// AWS gave it up.
    Failed,
    /// The cluster is back.
    Settled,
}

impl Fate {
    /// True where AWS has it, or may have: then AWS's values are known or unknown, and not simply absent.
    pub fn may_have_been_accepted(self) -> bool {
        match self {
            Self::NotSent | Self::Rejected => false,
            Self::Unknown | Self::UnderWay | Self::Failed | Self::Settled => true,
        }
    }

    /// The words of the report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotSent => "nothing was sent",
            Self::Rejected => "rejected by AWS",
            Self::Unknown => "not known whether AWS accepted it",
            Self::UnderWay => "accepted by AWS; its end was not seen",
            Self::Failed => "failed, as AWS reports; what that left is not documented",
            Self::Settled => "settled: completed, and the cluster is back",
        }
    }
}
