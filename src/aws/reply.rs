//! What became of the one call. Whatever is not certain is ambiguous: a wrong "no" could lead to a second rewind.

use std::error::Error;
use std::io;

use aws_sdk_rds::operation::RequestId;
use aws_sdk_rds::operation::backtrack_db_cluster::{BacktrackDBClusterError, BacktrackDbClusterOutput};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;

use super::bound;
use super::codes;
use super::credentials::no_credentials;
use super::failure::{chain, refusal, request_id, unclear};
use super::translate;
use crate::domain::event::{Rejection, Reply};

type Failed = SdkError<BacktrackDBClusterError, HttpResponse>;

/// Classifies the result of the call to `cluster`; `left`: the request may have left this machine.
pub(super) fn classify(result: Result<BacktrackDbClusterOutput, Failed>, left: bool, cluster: &str) -> Reply {
    match result {
        Ok(output) => accepted(&output, cluster),
        Err(error) if !left => kept_back(&error),
        Err(error) => refused_or_unknown(&error),
    }
}

fn accepted(output: &BacktrackDbClusterOutput, cluster: &str) -> Reply {
    let request_id = output.request_id().map(bound::name);
    let named = output.db_cluster_identifier().unwrap_or(cluster);
    if !named.eq_ignore_ascii_case(cluster) {
        let what = format!(
            "a reply about another cluster: expected {cluster}, got {}",
            bound::name(named)
        );
        return Reply::Ambiguous { what, request_id };
    }
    match translate::echoed(output) {
        Some(record) => Reply::Accepted { record, request_id },
        None => Reply::Ambiguous {
            what: "a reply without a backtrack id".to_owned(),
            request_id,
        },
    }
}

/// Nothing was handed to the connection: no credentials, too late, or the request could not be built.
fn kept_back(error: &Failed) -> Reply {
    match no_credentials(error) {
        Some(none) => Reply::Rejected {
            code: none.code.to_owned(),
            message: bound::text(none.message),
            request_id: None,
            kind: Rejection::Credentials,
        },
        None => Reply::NotSent { why: chain(error) },
    }
}

fn refused_or_unknown(error: &Failed) -> Reply {
    let request_id = request_id(error);
    if let Some(refusal) = refusal(error) {
        let kind = codes::rejection(&refusal.code);
        return Reply::Rejected {
            code: refusal.code,
            message: refusal.message,
            request_id,
            kind,
        };
    }
    if connection_refused(error) {
        return Reply::NotSent { why: chain(error) };
    }
    Reply::Ambiguous {
        what: unclear(error),
        request_id,
    }
}

/// Only connect(2) reports a refused connection: there never was one to write to. Resets, timeouts and failed name
/// look-ups are not told apart so surely and stay ambiguous.
fn connection_refused(error: &Failed) -> bool {
    let SdkError::DispatchFailure(_) = error else {
        return false;
    };
    let mut next: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(reason) = next {
        let refused = reason
            .downcast_ref::<io::Error>()
            .is_some_and(|reason| reason.kind() == io::ErrorKind::ConnectionRefused);
        if refused {
            return true;
        }
        next = reason.source();
    }
    false
}
