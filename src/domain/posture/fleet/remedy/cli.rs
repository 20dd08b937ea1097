//! Commands of the AWS CLI that a person can paste: by the profile that the cluster was read with, in its Region.

use crate::domain::posture::fleet::LiveCluster;
use crate::domain::shell::word;

/// Longest identifier that RDS takes.
const LONGEST_ID: usize = 63;

/// `aws SERVICE ACTION` where the cluster is.
pub(super) fn command(cluster: &LiveCluster, action: &str) -> String {
    elsewhere(cluster, action, &word(&cluster.region))
}

/// The same in another Region, by the same profile.
pub(super) fn elsewhere(cluster: &LiveCluster, action: &str, region: &str) -> String {
    let profile = cluster.profile.as_deref();
    let profile = profile.map_or_else(String::new, |profile| format!(" --profile {}", word(profile)));
    format!("aws {action}{profile} --region {region}")
}

/// An action on the cluster itself.
pub(super) fn on(cluster: &LiveCluster, action: &str) -> String {
    format!(
        "{} --db-cluster-identifier {}",
        command(cluster, action),
        word(id(cluster))
    )
}

/// Its id; a word to be filled in where AWS left it out.
pub(super) fn id(cluster: &LiveCluster) -> &str {
    filled(&cluster.id, "CLUSTER")
}

/// Its ARN, likewise.
pub(super) fn resource(cluster: &LiveCluster) -> &str {
    filled(&cluster.arn, "CLUSTER_ARN")
}

fn filled<'w>(given: &'w str, otherwise: &'w str) -> &'w str {
    if given.is_empty() { otherwise } else { given }
}

/// Accepted because the cluster has Backtrack already.
pub(super) fn widen(cluster: &LiveCluster, seconds: i64) -> String {
    format!(
        "{} --backtrack-window {seconds} --apply-immediately",
        on(cluster, "rds modify-db-cluster")
    )
}

/// A name after another one, no longer than RDS takes it.
pub(super) fn named(id: &str, suffix: &str) -> String {
    let room = LONGEST_ID.saturating_sub(suffix.len() + 1);
    let stem: String = id.chars().take(room).collect();
    format!("{}-{suffix}", stem.trim_end_matches('-'))
}

/// Adds an instance to a cluster. Its class is the reader's to choose.
pub(super) fn instance(cluster: &LiveCluster, id: &str, region: &str) -> String {
    format!(
        "{} --db-cluster-identifier {} --db-instance-identifier {} --db-instance-class CLASS --engine {}",
        elsewhere(cluster, "rds create-db-instance", region),
        word(id),
        word(&named(id, "1")),
        engine(cluster)
    )
}

/// Its engine.
pub(super) fn engine(cluster: &LiveCluster) -> String {
    word(cluster.engine.as_deref().unwrap_or("aurora-mysql"))
}
