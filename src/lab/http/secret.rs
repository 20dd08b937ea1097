//! Secrets Manager's GetSecretValue and DescribeSecret (JSON 1.1) for the secrets that clusters name. Only that of a real
//! server has a value.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::cluster::Cluster;
use super::super::world::World;

const TARGET: &str = "x-amz-target";
const VALUE: &str = "GetSecretValue";
const DESCRIPTION: &str = "DescribeSecret";

/// The action that a request names in its header: none for the protocols that name it in the body.
pub(super) fn action(headers: &HeaderMap) -> Option<&str> {
    let target = headers.get(TARGET)?.to_str().ok()?;
    Some(target.rsplit('.').next().unwrap_or(target))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(rename = "SecretId")]
    secret_id: String,
}

/// Answers it. The call is noted as every other; what was answered is not.
pub(super) fn answer(world: &mut World, action: &str, body: &Bytes) -> Response {
    let asked: Option<Asked> = serde_json::from_slice(body).ok();
    let told = asked
        .iter()
        .map(|asked| ("SecretId".to_owned(), asked.secret_id.clone()));
    let call = world.calls.open(world.now(), action, None, told.collect());
    let found = match (action, asked) {
        (VALUE, Some(asked)) => value(world, &asked.secret_id).ok_or_else(absent),
        (DESCRIPTION, Some(asked)) => description(world, &asked.secret_id).ok_or_else(absent),
        (VALUE | DESCRIPTION, None) => Err(("InvalidRequestException", "expected a SecretId".to_owned())),
        (other, _) => Err((
            "UnknownOperationException",
            format!("the lab does not play {other}"),
        )),
    };
    if found.is_ok() {
        world.calls.note_accepted(call);
    }
    world.calls.note_replied(call);
    let (status, body) = match found {
        Ok(body) => (StatusCode::OK, body),
        Err((code, message)) => (
            StatusCode::BAD_REQUEST,
            json!({ "__type": code, "Message": message }),
        ),
    };
    let id = Uuid::new_v4().to_string();
    let headers = [
        ("content-type", "application/x-amz-json-1.1"),
        ("x-amzn-requestid", id.as_str()),
    ];
    (status, headers, Body::from(body.to_string())).into_response()
}

fn absent() -> (&'static str, String) {
    (
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret.".to_owned(),
    )
}

fn owner<'a>(world: &'a World, id: &str) -> Option<&'a Cluster> {
    let region = world.scenario.region.as_str();
    let named = |arn: &str| arn == id;
    world
        .clusters
        .iter()
        .find(|cluster| cluster.secret_arn(region).as_deref().is_some_and(named))
}

fn value(world: &World, id: &str) -> Option<Value> {
    let login = owner(world, id)?.data().login()?;
    let text = json!({ "username": login.user, "password": login.password }).to_string();
    Some(json!({ "ARN": id, "Name": id.rsplit(':').next(), "SecretString": text }))
}

/// Instants are seconds since 1970, with their fraction.
fn description(world: &World, id: &str) -> Option<Value> {
    let cluster = owner(world, id)?;
    let mut told = json!({ "ARN": id, "Name": id.rsplit(':').next(), "OwningService": "rds" });
    if let Some(rotated) = cluster.secret_rotated() {
        #[expect(
            clippy::cast_precision_loss,
            reason = "milliseconds of this century have 41 bits"
        )]
        let seconds = rotated.ms() as f64 / 1000.0;
        told["RotationEnabled"] = json!(true);
        told["LastRotatedDate"] = json!(seconds);
    }
    Some(told)
}
