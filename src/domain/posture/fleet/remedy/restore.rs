//! The way to Backtrack that AWS accepts for every cluster without it: a snapshot, restored to a new cluster with a window.

use super::cli::{elsewhere, engine, id, instance, named, on};
use super::ready::ready;
use super::unblock::{newer_versions, without_enhanced_binlog};
use super::{Blocks, Cause, Remedy, Step};
use crate::domain::posture::before_support;
use crate::domain::posture::fleet::LiveCluster;
use crate::domain::shell::word;

/// What the new cluster is to have otherwise than the old one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Otherwise<'a> {
    /// A Region: networks and parameter groups of the old one are not there.
    pub(super) region: Option<&'a str>,
    /// A later engine version.
    pub(super) version: bool,
    /// Engine mode `provisioned`.
    pub(super) provisioned: bool,
}

/// For a cluster that could have Backtrack and has not.
pub(super) fn without(cluster: &LiveCluster, blocks: &Blocks<'_>) -> Remedy {
    let early = cluster.engine_version.as_deref().is_some_and(before_support);
    let mut steps = ready(cluster);
    let mut cause = Cause::Without;
    if blocks.enhanced_binlog {
        cause = Cause::EnhancedBinlog;
        steps.extend(without_enhanced_binlog(cluster));
    }
    if early {
        cause = Cause::Version;
        steps.push(newer_versions(cluster));
    }
    steps.extend(snapshot(cluster));
    steps.extend(restored(
        cluster,
        &named(id(cluster), "for-backtrack"),
        Otherwise {
            version: early,
            ..Otherwise::default()
        },
    ));
    steps.push(Step::say(
        "move the application to the new cluster; neither modifying nor cloning this one can give it Backtrack",
    ));
    Remedy { cause, steps }
}

/// A snapshot, whole.
pub(super) fn snapshot(cluster: &LiveCluster) -> [Step; 2] {
    let name = word(&named(id(cluster), "for-backtrack"));
    [
        Step::run(
            "take a snapshot",
            format!(
                "{} --db-cluster-snapshot-identifier {name}",
                on(cluster, "rds create-db-cluster-snapshot")
            ),
        ),
        whole(cluster, &word(&cluster.region)),
    ]
}

/// That the snapshot, or a copy of it in another Region, is whole: before that AWS restores nothing of it.
pub(super) fn whole(cluster: &LiveCluster, region: &str) -> Step {
    Step::run(
        "wait for it",
        format!(
            "{} --db-cluster-snapshot-identifier {}",
            elsewhere(cluster, "rds wait db-cluster-snapshot-available", region),
            word(&named(id(cluster), "for-backtrack"))
        ),
    )
}

/// The restore of a snapshot, and the instances: a restored cluster has none. What is not named at a restore is the account's
/// default, not the old cluster's: network, security groups and parameter group are named.
pub(super) fn restored(cluster: &LiveCluster, snapshot: &str, otherwise: Otherwise<'_>) -> [Step; 2] {
    let region = otherwise
        .region
        .map_or_else(|| word(&cluster.region), str::to_owned);
    let new = named(id(cluster), "backtrack");
    let restore = format!(
        "{} --db-cluster-identifier {} --snapshot-identifier {} --engine {}{}{} --backtrack-window 86400{}",
        elsewhere(cluster, "rds restore-db-cluster-from-snapshot", &region),
        word(&new),
        word(snapshot),
        engine(cluster),
        if otherwise.version {
            " --engine-version VERSION"
        } else {
            ""
        },
        if otherwise.provisioned {
            " --engine-mode provisioned"
        } else {
            ""
        },
        surroundings(cluster, otherwise)
    );
    let several = match cluster.members.as_ref().map_or(0, Vec::len) {
        0 | 1 => "give the new cluster an instance".to_owned(),
        several => format!("give the new cluster its instances, {several} as this one has"),
    };
    [
        Step::run("restore it to a new cluster with a window", restore),
        Step::run(several, instance(cluster, &new, &region)),
    ]
}

/// Network and parameters, as the old cluster has them where they are there too.
fn surroundings(cluster: &LiveCluster, otherwise: Otherwise<'_>) -> String {
    let here = otherwise.region.is_none();
    let own = |name: &Option<String>| name.as_deref().filter(|_| here).map(word);
    let subnets = own(&cluster.subnet_group).unwrap_or_else(|| "SUBNET_GROUP".to_owned());
    let groups: Vec<String> = cluster
        .security_groups
        .iter()
        .filter(|_| here)
        .map(|group| word(group))
        .collect();
    let groups = if groups.is_empty() {
        "SECURITY_GROUP".to_owned()
    } else {
        groups.join(" ")
    };
    // A later version, or another Region, may need a group of another family.
    let parameters = own(&cluster.parameter_group).filter(|_| !otherwise.version);
    let parameters = parameters.unwrap_or_else(|| "PARAMETER_GROUP".to_owned());
    format!(
        " --db-subnet-group-name {subnets} --vpc-security-group-ids {groups} --db-cluster-parameter-group-name {parameters}"
    )
}
