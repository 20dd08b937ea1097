//! `POST /`: one request of the API, the fault that may strike it, and its reply.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::super::actions::{self, Answer};
use super::super::backtrack::Fate;
use super::super::calls::CallId;
use super::super::faults::Fault;
use super::super::scenario::Credentials;
use super::super::wire::{ApiError, Protocol, Query};
use super::super::world::World;
use super::connection::Line;
use super::secret;
use super::station::Station;

/// How a request ends.
struct Outcome {
    call: CallId,
    reply: Reply,
    latency: Duration,
    /// The connection is reset instead.
    reset: bool,
}

struct Reply {
    status: u16,
    request_id: String,
    body: Vec<u8>,
}

/// Answers one request of the API. It is processed at once; a delay holds back the reply.
pub(crate) async fn post(
    State(station): State<Arc<Station>>,
    ConnectInfo(line): ConnectInfo<Line>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Some(action) = secret::action(&headers) {
        return station.with(|world| secret::answer(world, action, &body));
    }
    let query = Query::parse(&body).of_region(region(&headers));
    let outcome = station.with(|world| serve(world, &query, access_key_id(&headers)));
    if !outcome.latency.is_zero() {
        tokio::time::sleep(outcome.latency).await;
    }
    if outcome.reset {
        line.cut();
    } else {
        station.with(|world| world.calls.note_replied(outcome.call));
    }
    outcome.reply.into_response()
}

fn serve(world: &mut World, query: &Query, key: Option<&str>) -> Outcome {
    let call = world.calls.open(
        world.now(),
        query.action(),
        query.region(),
        query.fields().clone(),
    );
    let strike = world.faults.strike(query.action());
    let process = |world: &mut World, fate| {
        let answer = check_key(world, key).and_then(|()| actions::answer(world, query, fate));
        if answer.is_ok() {
            world.calls.note_accepted(call);
        }
        answer
    };
    let refuse = |error| Reply::new(Err(error), query);
    let mut reset = false;
    let reply = match strike.fault {
        None => Reply::new(process(world, Fate::Proceeds), query),
        Some(Fault::FailBacktrack) => Reply::new(process(world, Fate::Fails), query),
        Some(Fault::HangBacktrack) => Reply::new(process(world, Fate::Hangs), query),
        Some(Fault::ForeignBacktrack) => {
            actions::start_foreign(world, query);
            Reply::new(process(world, Fate::Proceeds), query)
        }
        Some(Fault::Malformed) => Reply::new(process(world, Fate::Proceeds), query).broken(),
        Some(Fault::ResetAfter) => {
            reset = true;
            Reply::new(process(world, Fate::Proceeds), query)
        }
        Some(Fault::ResetBefore) => {
            reset = true;
            refuse(ApiError::new(500, "InternalFailure", "never sent"))
        }
        Some(Fault::Throttle) => refuse(ApiError::throttled()),
        Some(Fault::ExpiredToken) => refuse(ApiError::expired_token()),
        Some(Fault::Error { status, code }) => refuse(ApiError::new(status, code, "a fault of the lab")),
    };
    Outcome {
        call,
        reply,
        latency: strike.latency,
        reset,
    }
}

/// The access key id of `AWS4-HMAC-SHA256 Credential=AKID/20240517/us-east-1/rds/aws4_request, …`.
fn access_key_id(headers: &HeaderMap) -> Option<&str> {
    let authorization = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (_, scope) = authorization.split_once("Credential=")?;
    scope.split(['/', ',']).next()
}

/// The Region of the same scope.
fn region(headers: &HeaderMap) -> Option<String> {
    let authorization = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (_, scope) = authorization.split_once("Credential=")?;
    let region = scope.split(['/', ',']).nth(2)?;
    (!region.is_empty()).then(|| region.to_owned())
}

/// Whether this key may ask, where the scenario cares. Signatures are not checked.
fn check_key(world: &World, key: Option<&str>) -> Result<(), ApiError> {
    let Some(Credentials {
        access_key_id,
        expire_after_s,
    }) = &world.scenario.credentials
    else {
        return Ok(());
    };
    if key != Some(access_key_id.as_str()) {
        return Err(ApiError::foreign_key());
    }
    let end = expire_after_s.map(|seconds| world.started.plus_s(i64::from(seconds)));
    if end.is_some_and(|end| end <= world.now()) {
        return Err(ApiError::expired_token());
    }
    Ok(())
}

impl Reply {
    fn new(answer: Result<Answer, ApiError>, query: &Query) -> Self {
        let request_id = Uuid::new_v4().to_string();
        let protocol = match query.action() {
            "GetCallerIdentity" => Protocol::Sts,
            _ => Protocol::Rds,
        };
        let (status, document) = match answer {
            Ok(answer) => (200, answer.document(&request_id)),
            Err(error) => (error.status, error.document(protocol, &request_id)),
        };
        match document.render() {
            Ok(body) => Self {
                status,
                request_id,
                body,
            },
            Err(error) => Self {
                status: 500,
                request_id,
                body: error.to_string().into_bytes(),
            },
        }
    }

    /// The reply as it is when it stops in the middle, and says 200 all the same.
    fn broken(mut self) -> Self {
        self.body.truncate(self.body.len() / 2);
        self.status = 200;
        self
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = [
            ("content-type", "text/xml;charset=utf-8"),
            ("x-amzn-requestid", self.request_id.as_str()),
        ];
        (status, headers, Body::from(self.body)).into_response()
    }
}
