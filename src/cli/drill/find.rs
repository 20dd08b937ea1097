//! The target out of the lab's audit log: searched as `run --locate` does.

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::cli::args::{Global, LocateArgs, Output};
use crate::cli::desk::Desk;
use crate::cli::failure::Failure;
use crate::cli::signals::Signals;
use crate::cli::{locate, run};
use crate::domain::located::Located;
use crate::domain::outcome::Outcome;
use crate::domain::target::wire;
use crate::domain::time_text::TimeText;
use crate::lab::LabHandle;
use crate::ports::Interrupts as _;

/// A line reaches its file some time after its own.
const LAG: Duration = Duration::from_secs(2);

/// Whose log is searched, and by whom.
pub struct Asked<'a> {
    /// The command line.
    pub global: &'a Global,
    /// The lab.
    pub lab: &'a LabHandle,
    /// The way to it.
    pub desk: &'a Desk,
    /// Whether a person plays.
    pub attended: bool,
    /// Signals.
    pub signals: &'a Signals,
    /// From when on; none: as far back as usual. A server's history begins with the lab.
    pub since: Option<DateTime<Utc>>,
}

/// Waits for the log, searches it, and takes the choice of the person, or what is beyond doubt.
pub async fn find(asked: &Asked<'_>) -> Result<(TimeText, Option<Located>), Failure> {
    let nobody = || Failure::outcome(Outcome::Interrupted, "no statement was chosen; nothing was begun");
    tokio::select! {
        () = tokio::time::sleep(LAG) => {}
        _ = asked.signals.arrived() => return Err(nobody()),
    }
    let global = Global {
        lab: Some(asked.lab.endpoint()),
        ..asked.global.clone()
    };
    let search = LocateArgs {
        cluster: Some(asked.lab.cluster().to_owned()),
        from: asked.since.map(wire),
        ..LocateArgs::default()
    };
    let searched = tokio::select! {
        searched = locate::search(&global, &search, asked.desk) => searched?,
        _ = asked.signals.arrived() => return Err(nobody()),
    };
    if global.output == Output::Text {
        locate::show(&global, &search, &searched);
    }
    let choice = if asked.attended {
        tokio::select! {
            choice = locate::ask(&searched) => choice?.ok_or_else(nobody)?,
            _ = asked.signals.arrived() => return Err(nobody()),
        }
    } else {
        locate::unattended(&searched)?
    };
    let located = locate::freeze(&searched, &choice)?;
    Ok((run::before(&located), Some(located)))
}
