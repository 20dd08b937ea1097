//! BacktrackDBCluster: the one call that changes a cluster. Sent once or not at all; never retried.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use aws_sdk_rds::config::Config;
use aws_sdk_rds::config::retry::RetryConfig;
use aws_sdk_rds::config::timeout::TimeoutConfig;
use chrono::{DateTime, Utc};

use super::config::CONNECT_TIMEOUT;
use super::connection::Connection;
use super::gate::Gate;
use super::reply;
use super::stamps::to_wire;
use crate::domain::effect::Intent;
use crate::domain::event::Reply;
use crate::ports::Backtracker;

/// The service's time, as the composition root's clock knows it.
pub type ServiceNow = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// Makes the one call. A rehearsal never builds one.
#[derive(Clone)]
pub struct BacktrackOnce {
    connection: Connection,
    timeout: Duration,
    service_now: ServiceNow,
}

impl BacktrackOnce {
    /// Longest wait for a reply in a run.
    pub const TIMEOUT: Duration = Duration::from_secs(20);

    /// Calls through `connection`, waits at most `timeout` for a reply, and sends nothing after an intent's send-by
    /// instant by `service_now`.
    pub fn new(connection: Connection, timeout: Duration, service_now: ServiceNow) -> Self {
        Self {
            connection,
            timeout,
            service_now,
        }
    }
}

#[async_trait(?Send)]
impl Backtracker for BacktrackOnce {
    async fn backtrack(&self, intent: &Intent) -> Reply {
        let gate = Gate::new(intent.send_by, Arc::clone(&self.service_now));
        // The service has no idempotency token: what the SDK resends after a lost reply would be a second rewind.
        // This call's own configuration wins over the client's and over AWS_MAX_ATTEMPTS.
        let once = Config::builder()
            .retry_config(RetryConfig::disabled())
            .timeout_config(
                TimeoutConfig::builder()
                    .connect_timeout(CONNECT_TIMEOUT.min(self.timeout))
                    .read_timeout(self.timeout)
                    .operation_attempt_timeout(self.timeout)
                    .operation_timeout(self.timeout)
                    .build(),
            )
            .interceptor(gate.clone());
        // UseEarliestTimeOnPointInTimeUnavailable stays away: it would turn a refusal into another rewind.
        let result = self
            .connection
            .clients()
            .rds
            .backtrack_db_cluster()
            .db_cluster_identifier(&intent.cluster)
            .backtrack_to(to_wire(intent.to))
            .set_force(intent.force.then_some(true))
            .customize()
            .config_override(once)
            .send()
            .await;
        reply::classify(result, gate.passed(), &intent.cluster)
    }
}
