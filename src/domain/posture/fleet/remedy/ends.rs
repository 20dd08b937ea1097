//! What no setting of the cluster helps: it is going, cannot be opened, or stands where no cluster has Backtrack. Where anything
//! is to be done, it ends in another cluster.

use super::cli::{command, elsewhere, id, named, on};
use super::ready::ready;
use super::restore::{Otherwise, restored, snapshot, whole};
use super::{Cause, Remedy, Step};
use crate::domain::posture::fleet::LiveCluster;
use crate::domain::shell::word;

/// The first that holds: the others do not matter any more.
pub(super) fn end(cluster: &LiveCluster, listed: bool) -> Option<Remedy> {
    let ends = [
        (Cause::Deleting, deleting(cluster)),
        (Cause::KeyLost, key_lost(cluster)),
        (Cause::Failed, failed(cluster)),
        (Cause::Engine, engine(cluster)),
        (Cause::Region, region(cluster, listed)),
        (Cause::Mode, mode(cluster)),
    ];
    ends.into_iter()
        .find_map(|(cause, steps)| steps.map(|steps| Remedy { cause, steps }))
}

/// The key is gone, or it never came to be: nothing can be taken out of it.
pub(super) fn lost(cluster: &LiveCluster) -> Option<Remedy> {
    let ends = [
        (Cause::KeyLost, key_lost(cluster)),
        (Cause::Failed, failed(cluster)),
    ];
    ends.into_iter()
        .find_map(|(cause, steps)| steps.map(|steps| Remedy { cause, steps }))
}

fn deleting(cluster: &LiveCluster) -> Option<Vec<Step>> {
    cluster.has_status("deleting").then(|| {
        vec![Step::run(
            "nothing is to be done: it is being deleted, and cannot be rewound any more; what is left of it are its snapshots",
            on(cluster, "rds describe-db-cluster-snapshots"),
        )]
    })
}

/// Every snapshot is encrypted with the key of its cluster, unless it was copied under another one.
fn key_lost(cluster: &LiveCluster) -> Option<Vec<Step>> {
    cluster.has_status("inaccessible-encryption-credentials").then(|| {
        let mut steps = vec![
            key_back(
                cluster,
                "bring its KMS key back first: its snapshots are locked with the same key, and without it only a copy under \
                 another key can be restored",
            ),
            Step::run("find a snapshot", on(cluster, "rds describe-db-cluster-snapshots")),
        ];
        steps.extend(restored(cluster, "SNAPSHOT", Otherwise::default()));
        steps
    })
}

/// Lets AWS use the key again.
pub(super) fn key_back(cluster: &LiveCluster, words: &str) -> Step {
    let key = cluster.kms_key.as_deref().map_or_else(|| "KEY".to_owned(), word);
    Step::run(
        format!(
            "{words}. A key that was switched off is switched on; one that is to be deleted takes cancel-key-deletion before"
        ),
        format!("{} --key-id {key}", command(cluster, "kms enable-key")),
    )
}

fn failed(cluster: &LiveCluster) -> Option<Vec<Step>> {
    let failed = ["cloning-failed", "migration-failed"]
        .into_iter()
        .find(|status| cluster.has_status(status))?;
    Some(vec![Step::say(format!(
        "nothing can be rewound in it ({failed}): make it again from its source, with a window, and delete this one"
    ))])
}

fn engine(cluster: &LiveCluster) -> Option<Vec<Step>> {
    let other = cluster.engine.is_some() && !cluster.is_aurora_mysql();
    other.then(|| {
        vec![Step::say(
            "nothing gives this engine Backtrack: go back by a restore to a point in time, beside it",
        )]
    })
}

fn region(cluster: &LiveCluster, listed: bool) -> Option<Vec<Step>> {
    if cluster.proven() || !listed {
        return None;
    }
    let snapshot_name = named(id(cluster), "for-backtrack");
    let source = if cluster.arn.is_empty() {
        "SNAPSHOT_ARN".to_owned()
    } else {
        let taken = cluster.arn.replacen(":cluster:", ":cluster-snapshot:", 1);
        let head = taken.rsplit_once(':').map_or("", |(head, _)| head).to_owned();
        word(&format!("{head}:{snapshot_name}"))
    };
    let key = cluster.kms_key.as_ref().map_or("", |_| " --kms-key-id KEY_THERE");
    let copy = format!(
        "{} --source-region {} --source-db-cluster-snapshot-identifier {source} --target-db-cluster-snapshot-identifier {}{key}",
        elsewhere(cluster, "rds copy-db-cluster-snapshot", "REGION"),
        word(&cluster.region),
        word(&snapshot_name)
    );
    let mut steps = ready(cluster);
    steps.extend(snapshot(cluster));
    steps.push(Step::run(
        "copy it to a Region that has Backtrack: this one has none",
        copy,
    ));
    steps.push(whole(cluster, "REGION"));
    let there = Otherwise {
        region: Some("REGION"),
        ..Otherwise::default()
    };
    steps.extend(restored(cluster, &snapshot_name, there));
    Some(steps)
}

fn mode(cluster: &LiveCluster) -> Option<Vec<Step>> {
    let mode = cluster.engine_mode.as_deref()?;
    (!mode.eq_ignore_ascii_case("provisioned")).then(|| {
        let mut steps = ready(cluster);
        steps.extend(snapshot(cluster));
        let provisioned = Otherwise {
            provisioned: true,
            ..Otherwise::default()
        };
        steps.extend(restored(
            cluster,
            &named(id(cluster), "for-backtrack"),
            provisioned,
        ));
        steps
    })
}
