//! The calls that make a copy. Each is sent once, and its answer classified: whatever is not certain is unknown.

use std::error::Error;
use std::time::Duration;

use aws_sdk_rds::Client;
use aws_sdk_rds::config::Config;
use aws_sdk_rds::config::retry::RetryConfig;
use aws_sdk_rds::config::timeout::TimeoutConfig;
use aws_sdk_rds::types::Tag;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use chrono::{DateTime, Utc};

use crate::aws::codes;
use crate::aws::config::CONNECT_TIMEOUT;
use crate::aws::failure::{failure, refusal, request_id, unclear};
use crate::aws::reads::describe;
use crate::domain::event::{ReadFailure, ReadFailureKind};
use crate::domain::safety_copy::{CopyKind, SafetyCopy};
use crate::ports::Made;

/// The action that gives a clone its instance.
const INSTANCE: &str = "CreateDBInstance";

/// A clone of the present, set up as its source is: AWS itself would give it the account's default groups, where nobody
/// may reach it, and no protection. It keeps the source's backtrack window, so that it could take the source's place.
/// Never a time: that and copy-on-write exclude each other.
pub(super) async fn clone(
    rds: &Client,
    copy: &SafetyCopy,
    now: DateTime<Utc>,
    timeout: Duration,
) -> Result<Made, ReadFailure> {
    let source = describe(rds, &copy.source).await?;
    let groups = source.security_groups;
    let result = rds
        .restore_db_cluster_to_point_in_time()
        .db_cluster_identifier(&copy.id)
        .source_db_cluster_identifier(&copy.source)
        .restore_type("copy-on-write")
        .use_latest_restorable_time(true)
        .set_db_cluster_parameter_group_name(source.parameter_group)
        .set_db_subnet_group_name(source.subnet_group)
        .set_vpc_security_group_ids(Some(groups).filter(|groups| !groups.is_empty()))
        .set_backtrack_window(Some(source.window_s).filter(|window| *window > 0))
        .deletion_protection(true)
        .set_tags(Some(tags(copy, now)))
        .customize()
        .config_override(once(timeout))
        .send()
        .await;
    classify(CopyKind::Clone.action(), result)
}

/// A snapshot of the present.
pub(super) async fn snapshot(
    rds: &Client,
    copy: &SafetyCopy,
    now: DateTime<Utc>,
    timeout: Duration,
) -> Result<Made, ReadFailure> {
    let result = rds
        .create_db_cluster_snapshot()
        .db_cluster_snapshot_identifier(&copy.id)
        .db_cluster_identifier(&copy.source)
        .set_tags(Some(tags(copy, now)))
        .customize()
        .config_override(once(timeout))
        .send()
        .await;
    classify(CopyKind::Snapshot.action(), result)
}

/// An instance of the clone, so that it can be asked.
pub(super) async fn instance(
    rds: &Client,
    copy: &SafetyCopy,
    now: DateTime<Utc>,
    timeout: Duration,
) -> Result<Made, ReadFailure> {
    let source = describe(rds, &copy.source).await?;
    let result = rds
        .create_db_instance()
        .set_db_instance_identifier(copy.instance())
        .set_db_instance_class(copy.plan.instance.clone())
        .engine(source.engine)
        // Left out, the network decides: in some it would be reachable from everywhere.
        .publicly_accessible(false)
        .db_cluster_identifier(&copy.id)
        .set_tags(Some(tags(copy, now)))
        .customize()
        .config_override(once(timeout))
        .send()
        .await;
    classify(INSTANCE, result)
}

/// No retries of the SDK's: its configuration wins over the client's and over AWS_MAX_ATTEMPTS.
fn once(timeout: Duration) -> aws_sdk_rds::config::Builder {
    Config::builder()
        .retry_config(RetryConfig::disabled())
        .timeout_config(
            TimeoutConfig::builder()
                .connect_timeout(CONNECT_TIMEOUT.min(timeout))
                .read_timeout(timeout)
                .operation_attempt_timeout(timeout)
                .operation_timeout(timeout)
                .build(),
        )
}

fn tags(copy: &SafetyCopy, now: DateTime<Utc>) -> Vec<Tag> {
    let tag = |(key, value): (&str, String)| Tag::builder().key(key).value(value).build();
    copy.tags(now).into_iter().map(tag).collect()
}

/// A login that ended is no answer to the call, and nothing was asked for: it is told as the failed read that it is like.
fn classify<T, E>(action: &str, result: Result<T, SdkError<E, HttpResponse>>) -> Result<Made, ReadFailure>
where
    E: ProvideErrorMetadata + Error + 'static,
{
    let Err(error) = result else {
        return Ok(Made::Accepted);
    };
    let failed = failure(action, &error);
    if failed.kind == ReadFailureKind::Credentials {
        return Err(failed);
    }
    let Some(refusal) = refusal(&error) else {
        return Ok(Made::Unknown(unclear(&error)));
    };
    if codes::taken(&refusal.code) {
        return Ok(Made::Taken);
    }
    if codes::throttled(&refusal.code) {
        return Ok(Made::Throttled);
    }
    let request = request_id(&error).map(|id| format!(" (request {id})"));
    Ok(Made::Refused(format!(
        "{}: {}{}",
        refusal.code,
        refusal.message,
        request.unwrap_or_default()
    )))
}
