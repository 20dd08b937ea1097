//! When the master user's password was last rotated, where AWS manages it. What is in the secret is not asked for.

use std::time::Duration;

use aws_sdk_secretsmanager::Client;
use chrono::{DateTime, Utc};

use crate::aws::failure::{failure, nonsense};
use crate::aws::stamps::from_wire;
use crate::domain::event::{ReadFailure, ReadFailureKind};

const SECRET: &str = "DescribeSecret";

/// Where no way leads to Secrets Manager, as in a network without its endpoint, no look is kept waiting for longer.
const PATIENCE: Duration = Duration::from_secs(3);

/// `LastRotatedDate`; none without a secret.
pub(super) async fn rotated(
    secrets: &Client,
    arn: Option<&str>,
) -> Option<Result<DateTime<Utc>, ReadFailure>> {
    let asked = tokio::time::timeout(PATIENCE, describe(secrets, arn?)).await;
    Some(asked.unwrap_or_else(|_| Err(silent())))
}

async fn describe(secrets: &Client, arn: &str) -> Result<DateTime<Utc>, ReadFailure> {
    let reply = secrets
        .describe_secret()
        .secret_id(arn)
        .send()
        .await
        .map_err(|error| failure(SECRET, &error))?;
    // Left out also where rotation was turned off since, so it is no proof that there was none.
    reply
        .last_rotated_date
        .as_ref()
        .and_then(from_wire)
        .ok_or_else(|| nonsense(SECRET, "AWS tells of no rotation".to_owned()))
}

fn silent() -> ReadFailure {
    ReadFailure {
        action: SECRET.to_owned(),
        kind: ReadFailureKind::Transport,
        code: None,
        message: format!("no answer of {SECRET} within {} s", PATIENCE.as_secs()),
        request_id: None,
    }
}
