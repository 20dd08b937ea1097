//! JSON in and out, outside AWS's protocol: errors too are JSON, with one key `error`.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Why a request outside AWS's protocol is refused.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    message: String,
}

impl Refusal {
    pub(crate) fn bad(message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            message: message.into(),
        }
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            message: message.into(),
        }
    }

    pub(crate) fn conflict(message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::CONFLICT,
            message: message.into(),
        }
    }

    pub(crate) fn no_cluster(id: Option<&str>) -> Self {
        Self::not_found(format!(
            "expected a cluster of this lab, got {:?}",
            id.unwrap_or("")
        ))
    }

    pub(crate) fn method() -> Self {
        let message = "expected another method for this path".to_owned();
        Self {
            status: StatusCode::METHOD_NOT_ALLOWED,
            message,
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "error": self.message }))).into_response()
    }
}

/// A reply of JSON, or a refusal.
pub(crate) type Answered = Result<Json<Value>, Refusal>;

/// Reads a JSON body, whatever its content type says.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| Refusal::bad(error.to_string()))
}

/// A parameter of the URL.
pub(crate) fn parameter(raw: Option<&str>, name: &str) -> Option<String> {
    let pairs = form_urlencoded::parse(raw.unwrap_or("").as_bytes());
    pairs
        .into_owned()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value)
}
