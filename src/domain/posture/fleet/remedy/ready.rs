//! What brings a cluster to the status in which AWS takes a change, a snapshot or a promotion of it.

use super::Step;
use super::cli::on;
use super::ends::key_back;
use crate::domain::posture::fleet::LiveCluster;

/// Nothing where it is available, or where AWS names no status.
pub(super) fn ready(cluster: &LiveCluster) -> Vec<Step> {
    let Some(status) = cluster.status.as_deref() else {
        return Vec::new();
    };
    let start = Step::run("start it", on(cluster, "rds start-db-cluster"));
    let wait = Step::run(
        "wait until it is available",
        on(cluster, "rds wait db-cluster-available"),
    );
    match status.to_ascii_lowercase().as_str() {
        "available" => Vec::new(),
        "stopped" => vec![start, wait],
        "stopping" => {
            let look = on(cluster, "rds describe-db-clusters");
            let look = Step::run(
                "look until its status is stopped: only then it can be started",
                format!("{look} --query 'DBClusters[].Status'"),
            );
            vec![look, start, wait]
        }
        "inaccessible-encryption-credentials-recoverable" => {
            let back = key_back(
                cluster,
                "bring its KMS key back within seven days of its loss: after that the cluster is lost",
            );
            vec![back, start, wait]
        }
        // No waiting leads out of these.
        status if status.starts_with("incompatible-") => vec![Step::say(format!(
            "bring it to the status available first: AWS changes nothing of it while it is {status}"
        ))],
        _ => vec![wait],
    }
}
