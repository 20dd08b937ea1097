//! What the SDK says of a failed read, in the terms of the run.

use std::error::Error;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::credentials::no_credentials;
use super::{bound, codes};
use crate::domain::event::{ReadFailure, ReadFailureKind};

/// A refusal that could be read: a 4xx with a code of AWS.
pub(super) struct Refusal {
    pub(super) code: String,
    pub(super) message: String,
}

/// The failure of one read.
pub(super) fn failure<E>(action: &str, error: &SdkError<E, HttpResponse>) -> ReadFailure
where
    E: ProvideErrorMetadata + Error + 'static,
{
    let request_id = request_id(error);
    let failed = |kind, code: Option<String>, message| ReadFailure {
        action: action.to_owned(),
        kind,
        code: code.map(|code| bound::name(&code)),
        message: bound::text(message),
        request_id,
    };
    if let Some(none) = no_credentials(error) {
        return failed(
            ReadFailureKind::Credentials,
            Some(none.code.to_owned()),
            none.message,
        );
    }
    if let Some(refusal) = refusal(error) {
        let kind = if codes::credentials(&refusal.code) {
            ReadFailureKind::Credentials
        } else if codes::not_found(&refusal.code) {
            ReadFailureKind::NotFound
        } else {
            ReadFailureKind::Refused
        };
        return failed(kind, Some(refusal.code), refusal.message);
    }
    failed(
        ReadFailureKind::Transport,
        error.code().map(str::to_owned),
        unclear(error),
    )
}

/// A reply that arrived whole and makes no sense.
pub(super) fn nonsense(action: &str, message: String) -> ReadFailure {
    ReadFailure {
        action: action.to_owned(),
        kind: ReadFailureKind::Transport,
        code: None,
        message: bound::text(message),
        request_id: None,
    }
}

/// AWS's own code and words, where it gave a definite no.
pub(super) fn refusal<E>(error: &SdkError<E, HttpResponse>) -> Option<Refusal>
where
    E: ProvideErrorMetadata,
{
    let SdkError::ServiceError(context) = error else {
        return None;
    };
    let status = context.raw().status().as_u16();
    let code = error.code().filter(|code| !code.is_empty())?;
    let certain = (400..=499).contains(&status) && status != 408 && !codes::uncertain(code);
    certain.then(|| Refusal {
        code: bound::name(code),
        message: bound::text(error.message().unwrap_or(code).to_owned()),
    })
}

/// What was seen instead of an answer: the status and code, where there are any, and every reason down the chain.
pub(super) fn unclear<E>(error: &SdkError<E, HttpResponse>) -> String
where
    E: ProvideErrorMetadata + Error + 'static,
{
    let Some(reply) = error.raw_response() else {
        return chain(error);
    };
    let status = reply.status().as_u16();
    bound::text(match (error.code(), error.message()) {
        (Some(code), Some(message)) => format!("HTTP status {status}, {code}: {message}"),
        (Some(code), None) => format!("HTTP status {status}, {code}"),
        (None, _) => format!(
            "HTTP status {status}, and the reply could not be read: {}",
            chain(error)
        ),
    })
}

/// The request id of the reply's header, else of its body.
pub(super) fn request_id<E>(error: &SdkError<E, HttpResponse>) -> Option<String> {
    let reply = error.raw_response()?;
    let header = ["x-amzn-requestid", "x-amz-request-id"]
        .into_iter()
        .find_map(|name| reply.headers().get(name));
    if let Some(id) = header {
        return Some(bound::name(id));
    }
    let body = std::str::from_utf8(reply.body().bytes()?).ok()?;
    let (_, rest) = body.split_once("<RequestId>")?;
    let (id, _) = rest.split_once("</RequestId>")?;
    Some(bound::name(id.trim()))
}

/// Every reason of an error in one line, outermost first; what repeats itself is said once.
pub(super) fn chain(error: &(dyn Error + 'static)) -> String {
    let mut reasons = vec![one_line(&error.to_string())];
    let mut next = error.source();
    while let Some(error) = next {
        let reason = one_line(&error.to_string());
        if reasons.last().is_none_or(|last| !last.contains(&reason)) {
            reasons.push(reason);
        }
        next = error.source();
    }
    bound::text(reasons.join(": "))
}

fn one_line(text: &str) -> String {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("; ").replace(":; ", ": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("{0}")]
    struct Reason(&'static str, #[source] Option<Box<Reason>>);

    #[test]
    fn a_chain_is_one_line_and_says_nothing_twice() {
        let inner = Reason("attempted:\n  variables: none\n  profile: none\n", None);
        let middle = Reason(
            "dispatch failure: refused",
            Some(Box::new(Reason("refused", Some(Box::new(inner))))),
        );
        assert_eq!(
            chain(&middle),
            "dispatch failure: refused: attempted: variables: none; profile: none"
        );
    }
}
