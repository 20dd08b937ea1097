//! What AWS really accepts. Never "modify" for a cluster that was created without Backtrack: AWS refuses that, and a clone
//! of it can have no Backtrack either.

use super::live::LiveCluster;
use crate::domain::posture::{Verdict, Warning};
use crate::domain::shell::word;

/// The remedy for a verdict; none where there is nothing to do.
pub(super) fn for_verdict(cluster: &LiveCluster, verdict: Verdict, blocks: &Blocks<'_>) -> Option<String> {
    match verdict {
        Verdict::Disabled => Some(restore(cluster)),
        Verdict::Invalid => Some("a window of 1 to 259200 s".to_owned()),
        Verdict::Blocked => Some(unblock(cluster, blocks)),
        Verdict::Ok | Verdict::NotApplicable | Verdict::Unknown => None,
    }
}

/// What blocks a cluster that has a window.
#[derive(Clone, Copy, Debug)]
pub(super) struct Blocks<'a> {
    pub(super) global: Option<&'a str>,
    pub(super) enhanced_binlog: bool,
}

/// The one way to Backtrack for a cluster without it.
fn restore(cluster: &LiveCluster) -> String {
    let (id, region) = (word(&cluster.id), word(&cluster.region));
    let engine = word(cluster.engine.as_deref().unwrap_or("aurora-mysql"));
    format!(
        "take a snapshot, restore it to a new cluster with a window, add instances and move the application; neither \
         modifying nor cloning this cluster can give it Backtrack: aws rds restore-db-cluster-from-snapshot --region {region} \
         --db-cluster-identifier {id}-backtrack --snapshot-identifier SNAPSHOT --engine {engine} --backtrack-window 86400"
    )
}

fn unblock(cluster: &LiveCluster, blocks: &Blocks<'_>) -> String {
    if let Some(global) = blocks.global {
        return format!(
            "remove it from the global database: aws rds remove-from-global-cluster --region {} --global-cluster-identifier {} \
             --db-cluster-identifier {}",
            word(&cluster.region),
            word(global),
            word(&cluster.arn)
        );
    }
    if cluster.replicates {
        return "end its replication first: delete or promote the replica in the other Region".to_owned();
    }
    if blocks.enhanced_binlog {
        return "set aurora_enhanced_binlog to 0 in its parameter group and reboot; AWS documents that both exclude each other, \
                also after it was on: where the window stays unused, restore a snapshot with --backtrack-window"
            .to_owned();
    }
    "restore a snapshot to a cluster that can have Backtrack, with --backtrack-window".to_owned()
}

/// What a warning asks for; none where it only tells.
pub(super) fn for_warning(cluster: &LiveCluster, warning: Warning) -> Option<String> {
    let (id, region) = (word(&cluster.id), word(&cluster.region));
    let stopped = cluster.has_status("stopped");
    if warning == Warning::NoInstances {
        return Some(format!(
            "aws rds create-db-instance --region {region} --db-cluster-identifier {id} --db-instance-identifier {id}-1 \
             --db-instance-class CLASS --engine aurora-mysql"
        ));
    }
    if warning == Warning::NotAvailableNow && stopped {
        return Some(format!(
            "aws rds start-db-cluster --region {region} --db-cluster-identifier {id}"
        ));
    }
    if warning == Warning::WindowBelowHour {
        return Some(widen(cluster, 86_400));
    }
    (warning == Warning::ActualShorterThanTarget)
        .then(|| "write less, or ask for less: AWS keeps what its change records have room for".to_owned())
}

/// Accepted because the cluster has Backtrack already.
pub(super) fn widen(cluster: &LiveCluster, seconds: i64) -> String {
    format!(
        "aws rds modify-db-cluster --region {} --db-cluster-identifier {} --backtrack-window {seconds} --apply-immediately",
        word(&cluster.region),
        word(&cluster.id)
    )
}
