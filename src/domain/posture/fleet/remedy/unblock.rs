//! What takes away what blocks a window, cause by cause.

use super::cli::{command, elsewhere, on, resource};
use super::ready::ready;
use super::{Blocks, Cause, Remedy, Step, ends};
use crate::domain::posture::before_support;
use crate::domain::posture::fleet::LiveCluster;
use crate::domain::shell::word;

const LOOK_AGAIN: &str = "then look again: where AWS names no EarliestBacktrackTime, the window came to nothing; restore a snapshot to a \
                          new cluster with --backtrack-window";

/// Everything that blocks it, the worst first: nothing helps a cluster that is going, whatever else is set.
pub(super) fn blocked(cluster: &LiveCluster, blocks: &Blocks<'_>) -> Remedy {
    if let Some(remedy) = ends::end(cluster, blocks.listed) {
        return remedy;
    }
    let several = [
        (
            Cause::Global,
            blocks.global.map(|global| of_global(cluster, global)),
        ),
        (Cause::Follows, follows(cluster)),
        (Cause::Followed, followed(cluster)),
        (
            Cause::EnhancedBinlog,
            blocks.enhanced_binlog.then(|| without_enhanced_binlog(cluster)),
        ),
        (Cause::Version, version(cluster)),
    ];
    let found = several
        .into_iter()
        .filter_map(|(cause, steps)| Some((cause, steps?)));
    let (causes, steps): (Vec<Cause>, Vec<Vec<Step>>) = found.unzip();
    let mut steps = [ready(cluster), steps.concat()].concat();
    steps.push(Step::say(LOOK_AGAIN));
    Remedy {
        cause: causes.first().copied().unwrap_or(Cause::Without),
        steps,
    }
}

fn of_global(cluster: &LiveCluster, global: &str) -> Vec<Step> {
    vec![Step::run(
        format!(
            "remove it from the global database {global}, if its recovery in another Region may be given up: that ends for it \
             here and now (a primary comes last, after its secondaries)"
        ),
        format!(
            "{} --global-cluster-identifier {} --db-cluster-identifier {}",
            command(cluster, "rds remove-from-global-cluster"),
            word(global),
            word(resource(cluster))
        ),
    )]
}

/// It is the replica.
fn follows(cluster: &LiveCluster) -> Option<Vec<Step>> {
    let source = cluster.replication_source.as_deref()?;
    let (kind, region, id) = arn(source).unwrap_or(("cluster", "", source));
    let what = if kind == "db" { "RDS instance" } else { "cluster" };
    let place = if region.is_empty() || region == cluster.region {
        String::new()
    } else {
        format!(" in {region}")
    };
    Some(vec![Step::run(
        format!(
            "it is a replica of the {what} {id}{place}: promote it once nothing is to follow any more; it is a cluster by itself then"
        ),
        on(cluster, "rds promote-read-replica-db-cluster"),
    )])
}

/// Others are replicas of it.
fn followed(cluster: &LiveCluster) -> Option<Vec<Step>> {
    let step = |replica: &String| {
        let (kind, region, id) = arn(replica).unwrap_or(("cluster", &cluster.region, replica));
        // An instance that follows is no cluster: AWS has another action for it.
        let (what, action, named) = if kind == "db" {
            (
                "replica, the RDS instance",
                "rds promote-read-replica",
                "--db-instance-identifier",
            )
        } else {
            (
                "replica",
                "rds promote-read-replica-db-cluster",
                "--db-cluster-identifier",
            )
        };
        Step::run(
            format!(
                "its {what} {id} in {region} follows it: promote that one, or delete it; recovery there ends with it"
            ),
            format!(
                "{} {named} {}",
                elsewhere(cluster, action, &word(region)),
                word(id)
            ),
        )
    };
    let steps: Vec<Step> = cluster.replicas.iter().map(step).collect();
    (!steps.is_empty()).then_some(steps)
}

/// Kind, Region and id of an ARN of RDS.
fn arn(text: &str) -> Option<(&str, &str, &str)> {
    let mut parts = text.strip_prefix("arn:")?.splitn(6, ':').skip(2);
    let (region, kind, id) = (parts.next()?, parts.nth(1)?, parts.next()?);
    Some((kind, region, id))
}

/// AWS documents that both exclude each other, and that what was restored from a cluster with it still has it.
pub(super) fn without_enhanced_binlog(cluster: &LiveCluster) -> Vec<Step> {
    let group = cluster
        .parameter_group
        .as_deref()
        .map_or_else(|| "GROUP".to_owned(), word);
    let parameters = [
        ("aurora_enhanced_binlog", 0),
        ("binlog_backup", 1),
        ("binlog_replication_globaldb", 1),
    ];
    let parameters = parameters.map(|(name, value)| {
        format!("ParameterName={name},ParameterValue={value},ApplyMethod=pending-reboot")
    });
    let writer = cluster
        .writer()
        .map_or_else(|| "WRITER".to_owned(), |writer| word(&writer.id));
    vec![
        Step::run(
            "switch enhanced binlog off, for every cluster of its parameter group: zero-ETL and what else needs it ends",
            format!(
                "{} --db-cluster-parameter-group-name {group} --parameters {}",
                command(cluster, "rds modify-db-cluster-parameter-group"),
                parameters.join(" ")
            ),
        ),
        Step::run(
            "reboot the writer",
            format!(
                "{} --db-instance-identifier {writer}",
                command(cluster, "rds reboot-db-instance")
            ),
        ),
    ]
}

fn version(cluster: &LiveCluster) -> Option<Vec<Step>> {
    let early = cluster.engine_version.as_deref().is_some_and(before_support);
    (early && !cluster.proven()).then(|| {
        vec![
            newer_versions(cluster),
            Step::run(
                "upgrade it",
                format!(
                    "{} --engine-version VERSION --apply-immediately",
                    on(cluster, "rds modify-db-cluster")
                ),
            ),
        ]
    })
}

/// Which versions AWS takes it to. One that AWS retired is listed only where all are asked for.
pub(super) fn newer_versions(cluster: &LiveCluster) -> Step {
    Step::run(
        "choose a later engine version: AWS refuses Backtrack for this one",
        format!(
            "{} --engine {} --engine-version {} --include-all --query 'DBEngineVersions[].ValidUpgradeTarget[].EngineVersion'",
            command(cluster, "rds describe-db-engine-versions"),
            super::cli::engine(cluster),
            word(cluster.engine_version.as_deref().unwrap_or_default())
        ),
    )
}
