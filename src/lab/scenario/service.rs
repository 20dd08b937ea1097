//! How the control plane answers: the letters, the order, the pages, and who may ask.

use serde::Deserialize;

/// Table `[service]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ServicePlan {
    /// Entries on a page, when the client does not ask for fewer. Below AWS's least (20) to force pages.
    pub(crate) page_size: usize,
    /// The order of the list of backtracks; `shuffled` also mixes a cluster's members.
    pub(crate) list_order: ListOrder,
    /// The letters of a backtrack's status after the first one.
    pub(crate) status_case: LetterCase,
    /// A backtrack's status in the reply that accepts it, as written.
    pub(crate) first_status: FirstStatus,
    /// The precision of time stamps.
    pub(crate) stamps: Stamps,
    /// What the skew of the clock reaches.
    pub(crate) skew: SkewReach,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ListOrder {
    NewestFirst,
    OldestFirst,
    Shuffled,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LetterCase {
    Lower,
    Upper,
}

/// The values are the very letters that are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum FirstStatus {
    #[serde(rename = "pending")]
    Pending,
    #[serde(rename = "applying")]
    Applying,
    #[serde(rename = "PENDING")]
    PendingUpper,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stamps {
    Seconds,
    Milliseconds,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SkewReach {
    /// The HTTP header alone.
    Date,
    /// Every stamp of the control plane, the meaning of a target, and what counts as the future.
    Service,
}

impl ListOrder {
    /// Puts `items`, given oldest first, in this order. Shuffled is the same each time: `key` decides.
    pub(crate) fn arrange<T>(self, items: &mut [T], key: impl Fn(&T) -> u64) {
        match self {
            Self::OldestFirst => {}
            Self::NewestFirst => items.reverse(),
            Self::Shuffled => items.sort_by_key(key),
        }
    }
}

impl Default for ServicePlan {
    fn default() -> Self {
        Self {
            page_size: 100,
            list_order: ListOrder::NewestFirst,
            status_case: LetterCase::Upper,
            first_status: FirstStatus::PendingUpper,
            stamps: Stamps::Milliseconds,
            skew: SkewReach::Date,
        }
    }
}

/// Table `[credentials]`: who may ask. Without it everybody may. Signatures are never checked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Credentials {
    /// The only access key id that is taken.
    pub(crate) access_key_id: String,
    /// Seconds of the lab's time from its start after which the credentials have expired.
    pub(crate) expire_after_s: Option<u32>,
}
