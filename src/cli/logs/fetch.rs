//! One fetch: from which source, which kinds, and what came of it.

use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};

use super::exported::exported;
use super::instances::instances;
use super::teller::{Teller, size};
use crate::cli::desk::Desk;
use crate::cli::failure::Failure;
use crate::domain::cluster::Cluster;
use crate::domain::statement_log::LogKind;
use crate::journal::{Evidence, KeptFile};

/// Room that stays free on the journal's disk: the run that follows needs it.
const SPARE: u64 = 64 << 20;

/// Where logs come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogSource {
    /// Files of the instances; where they are not to be had, CloudWatch Logs.
    Auto,
    /// Files of the instances.
    Files,
    /// CloudWatch Logs.
    CloudWatch,
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The source.
    pub source: LogSource,
    /// Kinds; none: the first that there is.
    pub kinds: Option<Vec<LogKind>>,
    /// From then on.
    pub from: DateTime<Utc>,
    /// Until then; none: until now.
    pub to: Option<DateTime<Utc>>,
}

/// What came.
#[derive(Clone, Debug, Default)]
pub struct Fetched {
    /// Files to search, each durable.
    pub files: Vec<KeptFile>,
    /// What could not be fetched, and why.
    pub missing: Vec<String>,
    /// Where all of it lies.
    pub folder: PathBuf,
}

impl Fetched {
    /// The paths to search.
    pub fn paths(&self) -> Vec<PathBuf> {
        self.files.iter().map(|file| file.path.clone()).collect()
    }

    pub(super) fn add(&mut self, other: Self) {
        self.files.extend(other.files);
        self.missing.extend(other.missing);
    }
}

/// One fetch under way.
pub(super) struct Fetch<'a> {
    pub(super) desk: &'a Desk,
    pub(super) cluster: &'a Cluster,
    pub(super) wanted: &'a Wanted,
    pub(super) evidence: Evidence,
    pub(super) teller: Teller,
}

/// Fetches onto the disk. That nothing came is a failure which says why.
pub async fn fetch(desk: &Desk, root: &Path, cluster: &Cluster, wanted: &Wanted) -> Result<Fetched, Failure> {
    if wanted.source == LogSource::CloudWatch && desk.access.lab.is_some() {
        return Err(Failure::usage(
            "expected --source files with --lab, got cloudwatch: the lab plays no CloudWatch Logs",
        ));
    }
    let stamp = desk.clock.service().format("%Y%m%d-%H%M%S");
    let [first, second, third, ..] = *uuid::Uuid::new_v4().as_bytes();
    let name = format!("{stamp}-{first:02x}{second:02x}{third:02x}-{}", cluster.id);
    let evidence = Evidence::begin(root, &name).map_err(|error| unkept(&error))?;
    let fetch = Fetch {
        desk,
        cluster,
        wanted,
        evidence,
        teller: Teller::new(),
    };
    let mut fetched = match wanted.source {
        LogSource::Files => instances(&fetch).await?,
        LogSource::CloudWatch => exported(&fetch).await?,
        LogSource::Auto => fetch.either().await?,
    };
    fetch.evidence.folder().clone_into(&mut fetched.folder);
    fetched.files.retain(|file| file.bytes > 0);
    let bytes = fetched.files.iter().map(|file| file.bytes).sum();
    fetch.teller.say(&format!(
        "fetched {} log files, {}, kept in {}",
        fetched.files.len(),
        size(bytes),
        fetched.folder.display()
    ));
    if fetched.files.is_empty() {
        return Err(fetch.nothing(&fetched.missing));
    }
    Ok(fetched)
}

impl Fetch<'_> {
    /// Files first: they are there up to the last second. What is exported comes late, and stays longer.
    async fn either(&self) -> Result<Fetched, Failure> {
        let files = instances(self).await?;
        let whole = !files.files.is_empty() && files.missing.is_empty();
        if whole || self.desk.access.lab.is_some() {
            return Ok(files);
        }
        let why = match files.missing.first() {
            Some(missing) => missing.clone(),
            None => "the instances have no file of that time".to_owned(),
        };
        self.teller
            .say(&format!("{why}; looking in CloudWatch Logs instead"));
        let exported = exported(self).await?;
        if exported.files.iter().any(|file| file.bytes > 0) && exported.missing.is_empty() {
            return Ok(exported);
        }
        if files.files.is_empty() {
            let mut both = files;
            both.add(exported);
            return Ok(both);
        }
        // A line that came by both ways would be counted twice: what the files lack stays named.
        let mut files = files;
        files.missing.extend(exported.missing);
        Ok(files)
    }

    pub(super) fn kinds(&self) -> (Vec<LogKind>, bool) {
        match &self.wanted.kinds {
            Some(kinds) => (kinds.clone(), false),
            None => (LogKind::ALL.to_vec(), true),
        }
    }

    /// Refuses before the disk of the journal is full.
    pub(super) fn room_for(&self, bytes: u64) -> Result<(), Failure> {
        let free = self.evidence.room().map_err(|error| unkept(&error))?;
        if free < bytes.saturating_add(SPARE) {
            return Err(Failure::unreadable(format!(
                "the logs could not be kept: they need {}, and {} are free beside the journal",
                size(bytes.saturating_add(SPARE)),
                size(free)
            ))
            .next("a later --from, or another place with --journal DIR"));
        }
        Ok(())
    }

    fn nothing(&self, missing: &[String]) -> Failure {
        let kinds: Vec<&str> = self.kinds().0.into_iter().map(LogKind::as_str).collect();
        let asked = format!(
            "{} log of {} from {}",
            kinds.join(", "),
            self.cluster.id,
            self.wanted.from.format("%Y-%m-%dT%H:%M:%SZ")
        );
        if !missing.is_empty() {
            return Failure::unreadable(format!("nothing of the {asked} could be fetched"))
                .details(missing.iter().map(String::as_str))
                .next("the permissions: rds:DescribeDBLogFiles, rds:DownloadDBLogFilePortion, logs:FilterLogEvents");
        }
        Failure::undecided(format!(
            "there is no {asked}: what was run then is not known, and not \"nothing\""
        ))
        .next("turn auditing on before the next time: server_audit_logging = 1, server_audit_events = CONNECT,QUERY,TABLE")
        .next("logs from elsewhere: backtrackctl locate --file PATH")
    }
}

/// The evidence cannot be kept: then it is not searched either.
pub(super) fn unkept(error: &std::io::Error) -> Failure {
    Failure::unreadable(format!("the logs could not be kept beside the journal: {error}"))
        .next("free the disk, or give another place with --journal DIR")
}

/// How much earlier than asked a source is read.
pub(super) const SLACK: TimeDelta = TimeDelta::minutes(5);
