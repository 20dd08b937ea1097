//! AWS's error codes that mean something to a run. Everything else is a plain no.

use crate::domain::event::Rejection;

/// The caller is not, or no longer, who the signature says: a login helps.
const CREDENTIALS: [&str; 11] = [
    "AuthFailure",
    "ExpiredToken",
    "ExpiredTokenException",
    "IncompleteSignature",
    "InvalidClientTokenId",
    "InvalidToken",
    "MissingAuthenticationToken",
    "MissingAuthenticationTokenException",
    "TokenRefreshRequired",
    "UnrecognizedClientException",
    "UnrecognizedClient",
];

/// Too many requests at once: a pause helps.
const THROTTLED: [&str; 7] = [
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
];

/// What was asked for does not exist.
const NOT_FOUND: [&str; 6] = [
    "DBClusterNotFoundFault",
    "DBClusterNotFound",
    "DBClusterBacktrackNotFoundFault",
    "DBClusterSnapshotNotFoundFault",
    "DBInstanceNotFound",
    "DBInstanceNotFoundFault",
];

/// The name that something was to have is taken. The models name some of them otherwise than the wire does.
const TAKEN: [&str; 4] = [
    "DBClusterAlreadyExistsFault",
    "DBClusterSnapshotAlreadyExistsFault",
    "DBInstanceAlreadyExists",
    "DBInstanceAlreadyExistsFault",
];

/// What a definite no means.
pub(super) fn rejection(code: &str) -> Rejection {
    if credentials(code) {
        Rejection::Credentials
    } else if throttled(code) {
        Rejection::Throttled
    } else {
        Rejection::Final
    }
}

/// Codes of a service that gave up half-way: whatever status they come with, AWS may have acted.
const UNCERTAIN: [&str; 5] = [
    "InternalError",
    "InternalFailure",
    "RequestTimeout",
    "RequestTimeoutException",
    "ServiceUnavailable",
];

/// True for a code that is no definite no.
pub(super) fn uncertain(code: &str) -> bool {
    UNCERTAIN.contains(&code)
}

/// True for a refusal of the rate.
pub(super) fn throttled(code: &str) -> bool {
    THROTTLED.contains(&code)
}

/// True for codes about who is calling.
pub(super) fn credentials(code: &str) -> bool {
    CREDENTIALS.contains(&code)
}

/// True for codes about a name that is taken.
pub(super) fn taken(code: &str) -> bool {
    TAKEN.contains(&code)
}

/// True for codes about something that does not exist.
pub(super) fn not_found(code: &str) -> bool {
    NOT_FOUND.contains(&code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_means_a_login_a_pause_or_a_plain_no() {
        assert_eq!(rejection("ExpiredToken"), Rejection::Credentials);
        assert_eq!(rejection("Throttling"), Rejection::Throttled);
        assert_eq!(rejection("InvalidDBClusterStateFault"), Rejection::Final);
        assert_eq!(rejection("AccessDenied"), Rejection::Final);
        assert_eq!(rejection("SignatureDoesNotMatch"), Rejection::Final);
    }
}
