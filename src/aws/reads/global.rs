//! Whether a global database lists the cluster: DescribeDBClusters does not always name it.

use std::time::Duration;

use aws_sdk_rds::Client;

use crate::aws::bound;
use crate::aws::failure::nonsense;
use crate::aws::lists::{self, GLOBALS};
use crate::aws::pages;
use crate::aws::translate::global_members;
use crate::domain::event::{ReadFailure, ReadFailureKind};

/// The application may be paused while this is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// The global database that lists the cluster; none where no one does.
pub(super) async fn listing(rds: &Client, arn: &str) -> Result<Option<String>, ReadFailure> {
    let asked = tokio::time::timeout(PATIENCE, listed(rds, arn)).await;
    asked.unwrap_or_else(|_| {
        Err(ReadFailure {
            action: GLOBALS.to_owned(),
            kind: ReadFailureKind::Transport,
            code: None,
            message: format!("no answer of {GLOBALS} within {} s", PATIENCE.as_secs()),
            request_id: None,
        })
    })
}

async fn listed(rds: &Client, arn: &str) -> Result<Option<String>, ReadFailure> {
    if arn.is_empty() {
        return Err(nonsense(GLOBALS, "the cluster's ARN is not known".to_owned()));
    }
    let globals = pages::all(GLOBALS, |marker| lists::globals(rds, marker)).await?;
    let lists = |global: &&aws_sdk_rds::types::GlobalCluster| {
        global_members(global).any(|member| member.eq_ignore_ascii_case(arn))
    };
    Ok(globals
        .iter()
        .find(lists)
        .map(|global| bound::name(global.global_cluster_identifier().unwrap_or("(no name)"))))
}
