//! The desk of one command: clock, way to the service, journal. Here ports meet adapters, and the mode chooses which.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::TimeDelta;

use super::args::Global;
use super::failure::Failure;
use crate::aws::{BacktrackOnce, Connection, Copies, Door, Heard, Reads, Settings, StatementLogs, connect};
use crate::clock::{LabClock, MachineClock, Observations};
use crate::domain::mode::Mode;
use crate::domain::plan::Access;
use crate::journal::{Archive, Store};
use crate::ports::Clock;

/// Clock, connection and reads.
pub struct Desk {
    /// Live, rehearsal or drill.
    pub mode: Mode,
    /// How the service is reached, as the journal keeps it.
    pub access: Access,
    /// The program's clock.
    pub clock: Box<dyn Clock>,
    /// Reads of the service.
    pub reads: Reads,
    began: std::time::Duration,
    connection: Connection,
    observations: Arc<Observations>,
}

impl Desk {
    /// Builds the clients; sends nothing.
    pub async fn sit(access: Access, dry_run: bool) -> Result<Self, Failure> {
        let observations = Arc::new(Observations::default());
        let heard = Arc::clone(&observations);
        if access
            .endpoint_url
            .as_deref()
            .is_some_and(|url| url.contains('@'))
        {
            return Err(Failure::usage(
                "expected an endpoint without user name or password: the journal keeps it",
            ));
        }
        let settings = Settings {
            profile: access.profile.clone(),
            region: access.region.clone(),
            endpoint_url: access.endpoint_url.clone(),
            lab: access.lab.clone(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let listener = Arc::new(move |reply: Heard| heard.record(reply.date, reply.lab_now));
        let connection = connect(&settings, listener).await.map_err(|error| {
            Failure::refused(error.to_string()).next("give --region and --profile, or a lab with --lab URL")
        })?;
        let access = Access {
            region: Some(connection.region()),
            ..access
        };
        let mode = match (dry_run, &access.lab) {
            (true, _) => Mode::Rehearsal,
            (false, Some(_)) => Mode::Drill,
            (false, None) => Mode::Live,
        };
        let clock: Box<dyn Clock> = if access.lab.is_some() {
            Box::new(LabClock::new(Arc::clone(&observations)))
        } else {
            Box::new(MachineClock::new(Arc::clone(&observations)))
        };
        let began = clock.elapsed();
        Ok(Self {
            began,
            mode,
            access,
            clock,
            reads: Reads::new(connection.clone()),
            connection,
            observations,
        })
    }

    /// How long ago this desk was taken: about when the command was typed.
    pub fn since_start(&self) -> TimeDelta {
        TimeDelta::from_std(self.clock.elapsed().saturating_sub(self.began)).unwrap_or_default()
    }

    /// The service's own time in its last reply, in whole seconds: never later than its present. None before any reply.
    pub fn date(&self) -> Option<chrono::DateTime<chrono::Utc>> {
        self.observations.date()
    }

    /// Safety copies. A rehearsal never asks for them.
    pub fn copies(&self) -> Copies {
        Copies::new(self.connection.clone(), Copies::TIMEOUT)
    }

    /// The logs of statements.
    pub fn logs(&self) -> StatementLogs {
        StatementLogs::new(self.connection.clone())
    }

    /// The way to a cluster's database, as AWS knows it.
    pub fn door(&self, cluster: &str) -> Door {
        Door::new(self.connection.clone(), cluster.to_owned())
    }

    /// The one call. A rehearsal never asks for it.
    pub fn backtracker(&self) -> BacktrackOnce {
        let observations = Arc::clone(&self.observations);
        let lab = self.access.lab.is_some();
        let now = Arc::new(move || {
            let clock: Box<dyn Clock> = if lab {
                Box::new(LabClock::new(Arc::clone(&observations)))
            } else {
                Box::new(MachineClock::new(Arc::clone(&observations)))
            };
            clock.service()
        });
        BacktrackOnce::new(self.connection.clone(), BacktrackOnce::TIMEOUT, now)
    }
}

/// How the command line says to reach the service.
pub fn access(global: &Global) -> Access {
    Access {
        profile: global.profile.clone(),
        region: global.region.clone(),
        endpoint_url: global.endpoint_url.clone(),
        lab: global
            .lab
            .as_ref()
            .map(|url| url.trim_end_matches('/').to_owned()),
    }
}

/// The access of an earlier run, where this command line does not say otherwise. A run never changes between a lab and
/// the service.
pub fn access_again(global: &Global, before: &Access) -> Result<Access, Failure> {
    let now = access(global);
    if now.lab.is_some() && now.lab != before.lab {
        let was = before.lab.as_deref().unwrap_or("AWS, and no lab");
        return Err(Failure::usage(format!(
            "expected the run's own place ({was}), got another --lab"
        )));
    }
    Ok(Access {
        profile: now.profile.or_else(|| before.profile.clone()),
        region: now.region.or_else(|| before.region.clone()),
        endpoint_url: now.endpoint_url.or_else(|| before.endpoint_url.clone()),
        lab: before.lab.clone(),
    })
}

/// Where runs are journaled.
pub fn root(global: &Global) -> Result<PathBuf, Failure> {
    let set = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    global
        .journal
        .clone()
        .filter(|path| !path.as_os_str().is_empty())
        .or_else(|| set("XDG_STATE_HOME").map(|state| state.join("backtrackctl")))
        .or_else(|| set("HOME").map(|home| home.join(".local/state/backtrackctl")))
        .ok_or_else(|| Failure::usage("expected a journal from --journal or HOME, got none"))
}

/// The journals, for reading only: nothing is made or probed.
pub fn archive(global: &Global) -> Result<Archive, Failure> {
    Ok(Archive::new(root(global)?))
}

/// The journals, proven writable.
pub fn store(global: &Global) -> Result<Store, Failure> {
    let root = root(global)?;
    Store::open(&root).map_err(|error| {
        Failure::refused(format!("the journal cannot be written: {error}"))
            .next("free the disk, or give another place with --journal DIR")
    })
}
