//! The wire between the SDK and the lab: the usual HTTP client over loopback, with delays on either way, and with an eye on
//! what is under way. While bytes travel no time passes.

use std::fmt;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;

use super::chance::Chance;
use super::doom::Doom;

/// More than any reply needs: it will never come.
const POLLS: u32 = 20_000_000;

/// What the wire does to requests.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wire {
    /// So many of a hundred are slow.
    pub slow_percent: u32,
    /// At most so slow, on either way.
    pub slow_ms: u64,
}

/// How many intents and confirmations were durable when the one call left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    pub confirmed: usize,
    pub intended: usize,
}

/// What the journal has so far, and what left this machine.
#[derive(Debug, Default)]
pub struct Tally {
    pub confirmed: usize,
    pub intended: usize,
    pub sent: Vec<Sent>,
}

/// The wire of one process.
#[derive(Clone)]
pub struct Carrier {
    usual: SharedHttpClient,
    shared: Arc<Shared>,
}

struct Shared {
    wire: Wire,
    chance: Mutex<Chance>,
    doom: Arc<Doom>,
    tally: Arc<Mutex<Tally>>,
}

#[derive(Debug)]
struct Connector {
    usual: SharedHttpConnector,
    carrier: Carrier,
}

impl Carrier {
    pub fn client(wire: Wire, chance: Chance, doom: Arc<Doom>, tally: Arc<Mutex<Tally>>) -> SharedHttpClient {
        SharedHttpClient::new(Self {
            usual: aws_smithy_http_client::Builder::new().build_http(),
            shared: Arc::new(Shared {
                wire,
                chance: Mutex::new(chance),
                doom,
                tally,
            }),
        })
    }

    fn delay(&self) -> Duration {
        let mut chance = self.shared.chance.lock().unwrap();
        if chance.percent(self.shared.wire.slow_percent) {
            Duration::from_millis(chance.within(1..=self.shared.wire.slow_ms.max(1)))
        } else {
            Duration::ZERO
        }
    }
}

impl fmt::Debug for Carrier {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Carrier")
            .field("wire", &self.shared.wire)
            .finish_non_exhaustive()
    }
}

impl HttpClient for Carrier {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(Connector {
            usual: self.usual.http_connector(settings, components),
            carrier: self.clone(),
        })
    }
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let shared = Arc::clone(&self.carrier.shared);
        let fate = shared.doom.request();
        let body = request.body().bytes().unwrap_or_default();
        if String::from_utf8_lossy(body).contains("Action=BacktrackDBCluster&") {
            shared.doom.act("BacktrackDBCluster");
            let mut tally = shared.tally.lock().unwrap();
            let sent = Sent {
                confirmed: tally.confirmed,
                intended: tally.intended,
            };
            if fate != Some(false) {
                tally.sent.push(sent);
            }
        }
        let (there, back) = (self.carrier.delay(), self.carrier.delay());
        let usual = self.usual.clone();
        // What left arrives, whatever becomes of the process that sent it.
        let travel = async move {
            pause(there).await;
            let reply = Busy::new(whole(usual.call(request))).await;
            pause(back).await;
            reply
        };
        HttpConnectorFuture::new(async move {
            match fate {
                Some(false) => shared.doom.die().await,
                Some(true) => {
                    tokio::spawn(travel);
                    shared.doom.die().await
                }
                None => match tokio::spawn(travel).await {
                    Ok(reply) => reply,
                    Err(lost) => Err(ConnectorError::other(lost.into(), None)),
                },
            }
        })
    }
}

async fn pause(how_long: Duration) {
    if !how_long.is_zero() {
        tokio::time::sleep(how_long).await;
    }
}

/// The reply with its whole body: bytes on their way are bytes on their way, of a body too.
async fn whole(reply: HttpConnectorFuture) -> Result<HttpResponse, ConnectorError> {
    let mut reply = reply.await?;
    let body = reply.take_body();
    let body = ByteStream::new(body)
        .collect()
        .await
        .map_err(|error| ConnectorError::io(error.into()))?;
    *reply.body_mut() = SdkBody::from(body.into_bytes());
    Ok(reply)
}

/// Work that the network does in no time: as long as it lasts the runtime is never idle, and its clock stands still.
pub struct Busy<T> {
    work: Pin<Box<dyn Future<Output = T> + Send>>,
    polls: u32,
}

impl<T> Busy<T> {
    pub fn new(work: impl Future<Output = T> + Send + 'static) -> Self {
        Self {
            work: Box::pin(work),
            polls: 0,
        }
    }
}

impl<T> Future for Busy<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let ready = pin!(&mut self.work).poll(context);
        if ready.is_pending() {
            self.polls += 1;
            assert!(self.polls < POLLS, "a reply that never comes");
            context.waker().wake_by_ref();
        }
        ready
    }
}
