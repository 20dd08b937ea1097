//! What a question is asked about, as a prompt's own copy: it is put on a thread of its own.

use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::domain::receipt::Receipt;
use crate::domain::runbook::PauseItem;
use crate::domain::time_text::DisplayZone;
use crate::ports::Asked;
use crate::ui::style::Style;

/// The operator's zones.
#[derive(Clone, Copy, Debug)]
pub struct Zones {
    /// Of `--zone`: the one zone in which a time without its own is read.
    pub read: Option<Tz>,
    /// In which times are shown besides UTC.
    pub shown: DisplayZone,
}

/// Facts of one question.
pub(super) struct Brief {
    pub(super) cluster: String,
    pub(super) items: Vec<PauseItem>,
    pub(super) origin: Option<DateTime<Utc>>,
    pub(super) skew: TimeDelta,
    pub(super) zones: Zones,
    /// The receipt that was last confirmed: where the data is now.
    pub(super) last: Option<Receipt>,
    /// `recover --resend`: sending again may be offered.
    pub(super) resend: bool,
    pub(super) style: Style,
    service_then: DateTime<Utc>,
    put: Instant,
}

impl Brief {
    pub(super) fn new(
        about: &Asked<'_>,
        zones: Zones,
        last: Option<Receipt>,
        resend: bool,
        style: Style,
    ) -> Self {
        Self {
            cluster: about.cluster.to_owned(),
            items: about.items.to_vec(),
            origin: about.origin,
            skew: about.skew,
            zones,
            last,
            resend,
            style,
            service_then: about.service_now,
            put: Instant::now(),
        }
    }

    /// Now, by the service's clock: people take their time over a question.
    pub(super) fn service_now(&self) -> DateTime<Utc> {
        self.service_then + TimeDelta::from_std(self.put.elapsed()).unwrap_or_default()
    }
}
