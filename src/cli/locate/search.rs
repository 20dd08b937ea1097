//! From the arguments to what was found: local files, or a cluster's logs that are fetched first.

use chrono::{DateTime, TimeDelta, Utc};

use super::{asked, candidate};
use crate::cli::args::{Global, LocateArgs, Output};
use crate::cli::desk::{self, Desk};
use crate::cli::failure::Failure;
use crate::cli::first_look::aloud;
use crate::cli::logs::{Fetched, Wanted, fetch};
use crate::cli::{print, run};
use crate::clock::machine_now;
use crate::domain::lineage::Lineage;
use crate::locate::{Backtracks, Candidate, Found, LocateError, Query, Sources, scan};

/// Candidates told on stderr before the end: enough to see that something is found, few enough to read.
const TOLD_AHEAD: usize = 3;

/// Of a cluster's logs so much is fetched where nothing else is said: they can be many gigabytes.
pub(super) const USUAL: TimeDelta = TimeDelta::hours(3);

/// What was found, and where it was looked for.
pub struct Searched {
    /// What was found.
    pub found: Found,
    /// What was fetched for it; none where the files lay here already.
    pub fetched: Option<Fetched>,
}

/// The search of a command that has nothing else to do with a cluster.
pub(super) async fn alone(global: &Global, args: &LocateArgs) -> Result<Searched, Failure> {
    let Some(cluster) = &args.cluster else {
        let query = asked::query(args, machine_now(), None)?;
        return local(global, args, &query);
    };
    run::lab_name(global, cluster)?;
    let desk = Desk::sit(desk::access(global), false).await?;
    search(global, args, &desk).await
}

/// The search, on the way to a run: by the clock of its desk.
pub async fn search(global: &Global, args: &LocateArgs, desk: &Desk) -> Result<Searched, Failure> {
    let Some(cluster) = args.cluster.as_deref() else {
        return local(global, args, &asked::query(args, desk.clock.service(), None)?);
    };
    if !args.files.is_empty() {
        asked::query(args, machine_now(), None)?;
        let backtracks = backtracks(desk, cluster).await;
        let query = asked::query(args, desk.clock.service(), None)?;
        return local(global, args, &Query { backtracks, ..query });
    }
    // What cannot be meant is refused before anything is asked of AWS; the clock is known after it.
    asked::query(args, machine_now(), None)?;
    let described = desk.logs().cluster(cluster).await.map_err(|failure| {
        Failure::unreadable(format!("the cluster {cluster} could not be read: {failure}"))
    })?;
    let query = asked::query(args, desk.clock.service(), Some(USUAL))?;
    let kinds: Vec<_> = args.logs.iter().map(|kind| (*kind).into()).collect();
    let wanted = Wanted {
        source: args.source.into(),
        kinds: (!kinds.is_empty()).then_some(kinds),
        from: instant(query.since_us).unwrap_or_else(|| desk.clock.service() - USUAL),
        to: instant(query.until_us),
    };
    let fetched = fetch(desk, &super::root(global)?, &described, &wanted).await?;
    let sources = Sources::of(&fetched.paths()).map_err(|error| failed(&error))?;
    // Asked for last: a backtrack that ended while the logs were fetched counts.
    let backtracks = backtracks(desk, cluster).await;
    let query = Query { backtracks, ..query };
    let mut found = scanned(global, &sources, &query)?;
    found.coverage.lacks(fetched.missing.clone());
    Ok(Searched {
        found,
        fetched: Some(fetched),
    })
}

/// What is known of the cluster's backtracks. Not to know it hinders no search: it is told.
async fn backtracks(desk: &Desk, cluster: &str) -> Backtracks {
    match aloud(desk.reads.backtracks(cluster)).await {
        Ok(records) => match Lineage::of(&records) {
            Ok(lineage) => Backtracks::Read(lineage),
            Err(untimed) => Backtracks::Unread(untimed.to_string()),
        },
        Err(failure) => Backtracks::Unread(failure.to_string()),
    }
}

fn local(global: &Global, args: &LocateArgs, query: &Query) -> Result<Searched, Failure> {
    let sources = Sources::of(&args.files).map_err(|error| failed(&error))?;
    let found = scanned(global, &sources, query)?;
    Ok(Searched { found, fetched: None })
}

fn scanned(global: &Global, sources: &Sources, query: &Query) -> Result<Found, Failure> {
    let mut told = 0;
    let mut ahead = |candidate: &Candidate| {
        told += 1;
        if global.output == Output::Text && told <= TOLD_AHEAD {
            print::wrapped(&candidate::ahead(candidate));
        }
    };
    scan(sources, query, &mut ahead).map_err(|error| failed(&error))
}

fn instant(at_us: Option<i64>) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_micros(at_us?)
}

fn failed(error: &LocateError) -> Failure {
    match error {
        LocateError::NoFiles { .. } => Failure::unreadable(error.to_string()),
        LocateError::Unreadable { source, .. } => Failure::unreadable(format!("{error}: {source}")),
        LocateError::Stopped => Failure::bug(error.to_string()),
    }
}
