//! What a question is asked about, as a prompt's own copy: it is put on a thread of its own.

use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::domain::identity::Identity;
use crate::domain::run::Footing;
use crate::domain::runbook::{PauseItem, Wording};
use crate::domain::target::{Window, floor_second};
use crate::domain::time_text::{Bearings, DisplayZone};
use crate::ports::Asked;
use crate::ui::line::{Line, Paint};
use crate::ui::moment::{full, seconds};
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
    name: String,
    identity: Option<Identity>,
    pub(super) profile: Option<String>,
    pub(super) footing: Footing,
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
            name: about.cluster.to_owned(),
            identity: about.identity.cloned(),
            profile: about.profile.map(str::to_owned),
            footing: about.footing.clone(),
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

    /// Which cluster, and whose.
    pub(super) fn cluster(&self) -> Line {
        let whole = match &self.identity {
            Some(identity) => format!("{} ({}, {})", self.name, identity.account, identity.region),
            None => self.name.clone(),
        };
        Line::fact("cluster", Paint::Strong, &whole)
    }

    /// Until when the target can be asked for, if the window keeps advancing.
    pub(super) fn target_possible(&self) -> String {
        match self.window.zip(self.target) {
            Some((window, target)) => format!(
                "until {}{}; that is checked again before anything is sent",
                full(window.falls_out(target)),
                window.caveat()
            ),
            None => {
                "until the target leaves the window; that is checked again before anything is sent".to_owned()
            }
        }
    }

    /// Where the data is, and how much of it is discarded.
    pub(super) fn data_now(&self) -> Line {
        let now = self.shows.map_or_else(
            || "not known where it is".to_owned(),
            |now| {
                let discarded = self.origin.map(|origin| (origin - now).num_seconds());
                let discarded = match discarded {
                    Some(length) if length > 0 => format!(", {} discarded", seconds(length)),
                    Some(_) => ", nothing discarded".to_owned(),
                    None => String::new(),
                };
                format!("at {}{discarded}", full(now))
            },
        );
        Line::fact("data now", Paint::Bad, &now)
    }

    /// Until when what was discarded can be had back.
    pub(super) fn way_back(&self) -> Line {
        let back = match (self.origin, self.window) {
            (None, _) => "the way back is not known".to_owned(),
            (Some(origin), None) => format!("back up to {}; until when is not known", full(origin)),
            (Some(origin), Some(window)) => format!(
                "back up to {}, until {}{}",
                full(origin),
                full(window.falls_out(origin)),
                window.caveat()
            ),
        };
        Line::fact("possible", Paint::Plain, &back)
    }
}
