//! Both ends of a search, and instants that were typed as suspects: read at entry, frozen by the first look.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::cli::args::BisectArgs;
use crate::cli::failure::Failure;
use crate::cli::mark::look_up;
use crate::domain::search::{Bound, Suspect};
use crate::domain::target::floor_second;
use crate::domain::time_text::{Bearings, Reading, TimeText};
use crate::journal::Archive;
use crate::ports::{Clock, Look};

/// `earliest` is frozen this much later than the earliest time and its margin, as for a run: the window advances meanwhile.
const EARLIEST_ALLOWANCE_S: i64 = 120;

/// What was typed.
pub(super) struct Typed {
    pub(super) good: TimeText,
    pub(super) bad: Option<TimeText>,
    pub(super) at: Vec<TimeText>,
}

/// Reads every time of the command line.
pub(super) fn typed(args: &BisectArgs, zone: Option<Tz>) -> Result<Typed, Failure> {
    let read = |option: &str, text: &str| {
        TimeText::parse(text, zone).map_err(|error| Failure::usage(format!("{option}: {error}")))
    };
    Ok(Typed {
        good: read("--good", &args.good)?,
        bad: args.bad.as_deref().map(|text| read("--bad", text)).transpose()?,
        at: args
            .at
            .iter()
            .map(|text| read("--at", text))
            .collect::<Result<_, _>>()?,
    })
}

/// What times are frozen by.
pub(super) struct Place<'a> {
    pub(super) archive: &'a Archive,
    pub(super) look: &'a Look,
    pub(super) clock: &'a dyn Clock,
    pub(super) typed_at: DateTime<Utc>,
    pub(super) margin_s: i64,
}

impl Place<'_> {
    /// One end.
    pub(super) fn bound(&self, text: TimeText) -> Result<Bound, Failure> {
        let identity = &self.look.identity;
        let text = look_up(text, self.archive, &identity.cluster, Some(identity))?;
        if let Reading::Mark {
            marked: Some(marked), ..
        } = text.reading()
            && marked.resource_id != identity.resource_id
        {
            return Err(Failure::refused(format!(
                "`{}` is a mark of `{}` ({}), and this is `{}` ({})",
                text.typed(),
                marked.cluster,
                marked.resource_id,
                identity.cluster,
                identity.resource_id
            ))
            .next("backtrackctl mark --list"));
        }
        let at = floor_second(self.exact(&text)?);
        let at = if matches!(text.reading(), Reading::Earliest) {
            at + TimeDelta::seconds(self.margin_s + EARLIEST_ALLOWANCE_S)
        } else {
            at
        };
        Ok(Bound { text: Some(text), at })
    }

    /// The other end; the present where none was typed.
    pub(super) fn bound_or_present(&self, text: Option<TimeText>) -> Result<Bound, Failure> {
        match text {
            Some(text) => self.bound(text),
            None => Ok(Bound {
                text: None,
                at: floor_second(self.typed_at),
            }),
        }
    }

    /// Suspects of which only the time is known.
    pub(super) fn suspects(&self, typed: &[TimeText]) -> Result<Vec<Suspect>, Failure> {
        let suspect = |text: &TimeText| {
            Ok(Suspect {
                // The line of a statement means the statement here, and no instant before it.
                at: if let Reading::BeforeStatement { statement } = text.reading() {
                    *statement
                } else {
                    self.exact(text)?
                },
                statement: text.typed().to_owned(),
                file: None,
                line: None,
            })
        };
        let mut suspects: Vec<Suspect> = typed.iter().map(suspect).collect::<Result<_, Failure>>()?;
        suspects.sort_by_key(|suspect| suspect.at);
        Ok(suspects)
    }

    fn exact(&self, text: &TimeText) -> Result<DateTime<Utc>, Failure> {
        if !self.clock.heard() && text.needs_clock() {
            return Err(Failure::refused(format!(
                "`{}` leans on the clock, and AWS's replies carried no time",
                text.typed()
            ))
            .next("type the instant in full, as in 2024-05-17T14:28:00Z"));
        }
        let bearings = Bearings {
            earliest: self.look.cluster.earliest,
            ..Bearings::new(self.typed_at, self.clock.skew())
        };
        text.resolve(&bearings)
            .map(|resolved| resolved.exact())
            .map_err(|error| Failure::refused(error.to_string()))
    }
}
