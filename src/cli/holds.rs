//! Which runs hold a cluster: an unfinished run keeps every new one away from it.

use super::failure::Failure;
use crate::domain::aws_cli::AwsCli;
use crate::domain::identity::Identity;
use crate::domain::plan::Access;
use crate::domain::run::Run;
use crate::domain::run_id::RunId;
use crate::journal::{Archive, Listed, Shelf};

/// The cluster that a new run would take.
pub struct Wanted<'a> {
    /// Cluster id.
    pub cluster: &'a str,
    /// How the service is reached.
    pub access: &'a Access,
    /// Who it is, when that could be read.
    pub identity: Option<&'a Identity>,
}

/// A run that is not finished, or that nobody can read.
pub struct Holding {
    /// The run.
    pub run: RunId,
    /// Where it stands, in words.
    pub how: String,
    /// Whether `recover` can finish it.
    pub state: Trust,
}

/// How far what stands under a run's name can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// A folder with a whole journal.
    Whole,
    /// Its journal is damaged.
    Damaged,
    /// No folder of its own: a link, or a file.
    Foreign,
}

/// What stands among the runs and is no run's folder, with why. It was not put there by this program.
pub fn strangers(archive: &Archive) -> Vec<String> {
    let listed = archive.list(Shelf::Runs).unwrap_or_default();
    listed
        .into_iter()
        .filter_map(|entry| match entry {
            Listed::Run(_) => None,
            Listed::Foreign { name, why } => Some(format!("{name:?} ({why})")),
        })
        .collect()
}

/// Whether a journal that nobody can trust names this cluster in its first line, or no cluster at all.
pub fn may_be_on(archive: &Archive, run: &RunId, cluster: &str) -> bool {
    let path = archive.journal(Shelf::Runs, run);
    // A pipe or a device could be read for ever.
    if !std::fs::metadata(&path).is_ok_and(|found| found.is_file()) {
        return true;
    }
    let Ok(bytes) = std::fs::read(&path) else {
        return true;
    };
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let opened: Option<serde_json::Value> = serde_json::from_slice(first).ok();
    let named = opened.as_ref().and_then(|opened| opened.get("cluster")?.as_str());
    named.is_none_or(|named| named.eq_ignore_ascii_case(cluster))
}

/// The service's own id decides where both are known; else the name, in the same place.
pub fn same_cluster(past: &Run, wanted: &Wanted<'_>) -> bool {
    if let (Some(past), Some(wanted)) = (past.identity().or(past.plan().identity.as_ref()), wanted.identity) {
        return past.resource_id == wanted.resource_id && past.account == wanted.account;
    }
    let access = &past.plan().access;
    past.plan().cluster.eq_ignore_ascii_case(wanted.cluster)
        && access.lab == wanted.access.lab
        && access.region == wanted.access.region
}

/// The name under which this process locks the cluster.
pub fn lock_key(wanted: &Wanted<'_>) -> String {
    match wanted.identity {
        Some(identity) => format!(
            "{}/{}/{}",
            identity.account, identity.region, identity.resource_id
        ),
        None => format!(
            "{}/{}/{}",
            wanted.access.lab.as_deref().unwrap_or("aws"),
            wanted.access.region.as_deref().unwrap_or(""),
            wanted.cluster.to_ascii_lowercase()
        ),
    }
}

/// The refusal that names who holds the cluster and what to type.
pub fn refusal(wanted: &Wanted<'_>, holding: &[Holding]) -> Failure {
    let cluster = wanted.cluster;
    let listed: Vec<String> = holding
        .iter()
        .map(|held| format!("{} ({})", held.run, held.how))
        .collect();
    let mut failure = Failure::held(format!(
        "`{cluster}` is held by the unfinished run {}",
        listed.join(", ")
    ));
    for held in holding {
        let look = AwsCli::new(wanted.access, wanted.identity).backtracks(cluster, None);
        let look = format!("{look}    # what AWS did");
        failure = match held.state {
            Trust::Whole => failure.next(format!("backtrackctl recover {}", held.run)),
            Trust::Damaged => failure
                .next(format!("backtrackctl journal verify {}", held.run))
                .next(look)
                .next("move the run's folder out of runs/ once you know how it ended"),
            Trust::Foreign => failure
                .next(look)
                .next(format!("put the run's own folder back as runs/{0}, or move {0} out of runs/ once you know how it ended", held.run)),
        };
    }
    failure
}
