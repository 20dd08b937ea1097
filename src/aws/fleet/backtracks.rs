//! DescribeDBClusterBacktracks of one cluster: a call for each, so only where it is asked for.

use aws_sdk_rds::Client;
use chrono::{DateTime, Utc};

use super::walk::Walker;
use crate::aws::lists::{self, BACKTRACKS};
use crate::aws::stamps::from_wire;
use crate::domain::event::ReadFailure;

/// When the last one was asked for; none where AWS lists none.
pub(super) async fn last(
    rds: &Client,
    walker: Walker<'_>,
    cluster: &str,
) -> Result<Option<DateTime<Utc>>, ReadFailure> {
    let mut last = None;
    walker
        .walk(
            BACKTRACKS,
            |marker| lists::backtracks(rds, cluster, None, marker),
            |page| {
                for record in page {
                    let at = record
                        .backtrack_request_creation_time
                        .as_ref()
                        .and_then(from_wire);
                    // None is less than any.
                    last = last.max(at);
                }
            },
        )
        .await
        .map(|()| last)
}
