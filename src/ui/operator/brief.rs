//! What a question is asked about, as a prompt's own copy: it is put on a thread of its own.

use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::domain::runbook::{PauseItem, Wording};
use crate::domain::target::{Window, floor_second};
use crate::domain::time_text::{Bearings, DisplayZone};
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
    pub(super) wording: Wording,
    /// Where the data is after a hop; none before one.
    pub(super) shows: Option<DateTime<Utc>>,
    /// The target of the hop under way.
    pub(super) target: Option<DateTime<Utc>>,
    pub(super) window: Option<Window>,
    /// `recover --resend`: sending again may be offered.
    pub(super) resend: bool,
    pub(super) style: Style,
    service_then: DateTime<Utc>,
    put: Instant,
}

impl Brief {
    pub(super) fn new(about: &Asked<'_>, zones: Zones, resend: bool, style: Style) -> Self {
        Self {
            cluster: about.cluster.to_owned(),
            items: about.items.to_vec(),
            origin: about.origin,
            skew: about.skew,
            zones,
            wording: about.wording.clone(),
            shows: about.shows,
            target: about.target,
            window: about.window,
            resend,
            style,
            service_then: about.service_now,
            put: Instant::now(),
        }
    }

    /// What a typed time is read and shown against.
    pub(super) fn bearings(&self) -> Bearings {
        Bearings {
            earliest: self.window.map(|window| floor_second(window.earliest)),
            origin: self.origin,
            ..Bearings::new(self.service_now(), self.skew)
        }
    }

    /// Now, by the service's clock: people take their time over a question.
    pub(super) fn service_now(&self) -> DateTime<Utc> {
        self.service_then + TimeDelta::from_std(self.put.elapsed()).unwrap_or_default()
    }
}
