//! Errors of the API: AWS's codes and statuses, with the text where AWS's own is known.

use std::borrow::Cow;

use super::xml::{Element, Protocol};

/// An error reply: an HTTP status, a code and a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ApiError {
    pub(crate) status: u16,
    pub(crate) code: Cow<'static, str>,
    pub(crate) message: String,
}

impl ApiError {
    pub(crate) fn new(status: u16, code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self {
            status,
            code: code.into(),
            message: message.into(),
        }
    }

    pub(crate) fn missing(parameter: &str) -> Self {
        let message = format!("The request must contain the parameter {parameter}.");
        Self::new(400, "MissingParameter", message)
    }

    pub(crate) fn value(message: impl Into<String>) -> Self {
        Self::new(400, "InvalidParameterValue", message)
    }

    pub(crate) fn combination(message: impl Into<String>) -> Self {
        Self::new(400, "InvalidParameterCombination", message)
    }

    pub(crate) fn cluster_state(message: impl Into<String>) -> Self {
        Self::new(400, "InvalidDBClusterStateFault", message)
    }

    pub(crate) fn no_cluster(id: &str) -> Self {
        Self::new(
            404,
            "DBClusterNotFoundFault",
            format!("DBCluster {id} not found."),
        )
    }

    pub(crate) fn no_instance(id: &str) -> Self {
        Self::new(404, "DBInstanceNotFound", format!("DBInstance {id} not found."))
    }

    pub(crate) fn unknown_action(action: &str, version: &str) -> Self {
        let message = format!("Could not find operation {action} for version {version}");
        Self::new(400, "InvalidAction", message)
    }

    pub(crate) fn throttled() -> Self {
        Self::new(400, "Throttling", "Rate exceeded")
    }

    pub(crate) fn expired_token() -> Self {
        Self::new(
            403,
            "ExpiredToken",
            "The security token included in the request is expired",
        )
    }

    pub(crate) fn foreign_key() -> Self {
        let message = "The security token included in the request is invalid.";
        Self::new(403, "InvalidClientTokenId", message)
    }

    /// The `ErrorResponse` document.
    pub(crate) fn document(&self, protocol: Protocol, request_id: &str) -> Element {
        let blame = if self.status < 500 { "Sender" } else { "Receiver" };
        let error = Element::new("Error")
            .text("Type", blame)
            .text("Code", self.code.as_ref())
            .text("Message", self.message.as_str());
        Element::root("ErrorResponse", protocol)
            .child(error)
            .text("RequestId", request_id)
    }
}
