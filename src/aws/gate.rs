//! The last look before the one call leaves: not after its send-by instant, and known to have left when it has.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use chrono::{DateTime, Utc};

use super::backtrack::ServiceNow;

/// The instant after which the call must not be sent has passed.
#[derive(Debug, thiserror::Error)]
#[error("expected to send it by {send_by}, got there at {now}")]
pub(super) struct TooLate {
    send_by: DateTime<Utc>,
    now: DateTime<Utc>,
}

/// Passed by each attempt, signed and complete, right before it is handed to the connection.
#[derive(Clone)]
pub(super) struct Gate {
    send_by: DateTime<Utc>,
    service_now: ServiceNow,
    passed: Arc<AtomicBool>,
}

impl Gate {
    pub(super) fn new(send_by: DateTime<Utc>, service_now: ServiceNow) -> Self {
        Self {
            send_by,
            service_now,
            passed: Arc::default(),
        }
    }

    /// False while it is certain that nothing has left this machine.
    pub(super) fn passed(&self) -> bool {
        self.passed.load(Ordering::SeqCst)
    }
}

impl fmt::Debug for Gate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Gate")
            .field("send_by", &self.send_by)
            .field("passed", &self.passed)
            .finish_non_exhaustive()
    }
}

impl Intercept for Gate {
    fn name(&self) -> &'static str {
        "Gate"
    }

    fn read_before_transmit(
        &self,
        _context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        // Credentials may have taken long, or the process may have been frozen, since the caller looked at its clock.
        let now = (self.service_now)();
        if now > self.send_by {
            return Err(TooLate {
                send_by: self.send_by,
                now,
            }
            .into());
        }
        self.passed.store(true, Ordering::SeqCst);
        Ok(())
    }
}
