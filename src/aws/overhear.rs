//! What every reply says of time, and where requests really go. Changes neither.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeDeserializationInterceptorContextRef, BeforeTransmitInterceptorContextRef,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use chrono::{DateTime, Utc};
use url::{Origin, Url};

use super::stamps;

/// The headers of one reply that speak of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heard {
    /// `Date`: the service's clock, in whole seconds.
    pub date: Option<DateTime<Utc>>,
    /// `X-Lab-Now`: the lab's own time.
    pub lab_now: Option<DateTime<Utc>>,
}

/// Called with each reply as soon as its headers are there, failed attempts included, on any thread.
pub type Listener = Arc<dyn Fn(Heard) + Send + Sync>;

/// Where requests really go, as `scheme://host[:port]`, and what the last reply's `Date` was; none before the first one.
#[derive(Debug, Default)]
pub(super) struct Endpoint {
    seen: Mutex<Option<String>>,
    date: Mutex<Option<DateTime<Utc>>>,
}

impl Endpoint {
    pub(super) fn get(&self) -> Option<String> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The service's clock at its last reply.
    pub(super) fn date(&self) -> Option<DateTime<Utc>> {
        *self.date.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn heard(&self, date: Option<DateTime<Utc>>) {
        if date.is_some() {
            *self.date.lock().unwrap_or_else(PoisonError::into_inner) = date;
        }
    }

    fn note(&self, uri: &str) {
        let seen = Url::parse(uri).ok().map(|url| match url.origin() {
            origin @ Origin::Tuple(..) => origin.ascii_serialization(),
            Origin::Opaque(_) => uri.to_owned(),
        });
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = seen;
    }
}

/// Passes on the time of every reply, and notes the endpoint of every request.
pub(super) struct Overhear {
    listener: Listener,
    endpoint: Arc<Endpoint>,
}

impl Overhear {
    pub(super) fn new(listener: Listener, endpoint: Arc<Endpoint>) -> Self {
        Self { listener, endpoint }
    }
}

impl fmt::Debug for Overhear {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Overhear")
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

impl Intercept for Overhear {
    fn name(&self) -> &'static str {
        "Overhear"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        // Variables and profiles may move an endpoint without the configuration saying so: only the URI is true.
        self.endpoint.note(context.request().uri());
        Ok(())
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let headers = context.response().headers();
        let date = headers.get("date").and_then(stamps::http_date);
        self.endpoint.heard(date);
        (self.listener)(Heard {
            date,
            lab_now: headers.get("x-lab-now").and_then(stamps::lab_now),
        });
        Ok(())
    }
}
