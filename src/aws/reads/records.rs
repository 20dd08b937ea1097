//! The service's own list of backtracks. Its order is not documented: records are found by id, never by position.

use aws_sdk_rds::Client;

use crate::aws::lists::{self, BACKTRACKS};
use crate::aws::pages;
use crate::aws::translate;
use crate::domain::backtrack::BacktrackRecord;
use crate::domain::cluster::Cluster;
use crate::domain::event::ReadFailure;

/// Every backtrack of the cluster, all pages.
pub(super) async fn all(rds: &Client, cluster: &str) -> Result<Vec<BacktrackRecord>, ReadFailure> {
    list(rds, cluster, None).await
}

/// One backtrack; none where AWS does not list it (yet): a new record may lag behind its request.
pub(super) async fn with_id(
    rds: &Client,
    cluster: &str,
    id: &str,
) -> Result<Option<BacktrackRecord>, ReadFailure> {
    match list(rds, cluster, Some(id)).await {
        Ok(records) => Ok(records
            .into_iter()
            .find(|record| record.id.eq_ignore_ascii_case(id))),
        Err(failure) if failure.code.as_deref() == Some("DBClusterBacktrackNotFoundFault") => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// AWS refuses to list backtracks of a cluster that cannot have any. That must not hide what it says of the cluster:
/// the checks refuse it by its engine, mode or window.
pub(super) fn unless_it_never_had_any(
    records: Result<Vec<BacktrackRecord>, ReadFailure>,
    cluster: &Cluster,
) -> Result<Vec<BacktrackRecord>, ReadFailure> {
    match records {
        Err(failure)
            if matches!(
                failure.code.as_deref(),
                Some("InvalidParameterCombination" | "InvalidParameterValue")
            ) && !could_have_some(cluster) =>
        {
            Ok(Vec::new())
        }
        other => other,
    }
}

fn could_have_some(cluster: &Cluster) -> bool {
    cluster.is_aurora_mysql()
        && cluster.engine_mode.eq_ignore_ascii_case("provisioned")
        && cluster.window_s > 0
}

async fn list(rds: &Client, cluster: &str, id: Option<&str>) -> Result<Vec<BacktrackRecord>, ReadFailure> {
    let listed = pages::all(BACKTRACKS, |marker| lists::backtracks(rds, cluster, id, marker)).await?;
    Ok(listed
        .into_iter()
        .filter(|record| {
            record
                .db_cluster_identifier
                .as_deref()
                .is_none_or(|named| named.eq_ignore_ascii_case(cluster))
        })
        .map(|record| translate::listed(&record))
        .collect())
}
