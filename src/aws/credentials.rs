//! The credentials provider of the standard chain, watched: when its credentials end, and why it has none.

use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, SharedCredentialsProvider, future};
use chrono::{DateTime, Utc};

use super::failure::chain;
use crate::domain::known::Known;

/// When the credentials last handed out end; none before the first.
#[derive(Debug, Default)]
pub(super) struct Expiry(Mutex<Option<Known<Option<DateTime<Utc>>>>>);

impl Expiry {
    pub(super) fn get(&self) -> Known<Option<DateTime<Utc>>> {
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        last.unwrap_or_else(|| Known::Unknown("no credentials were needed yet".to_owned()))
    }

    fn note(&self, credentials: &Credentials) {
        let end = match credentials.expiry() {
            Some(expiry) => Known::Known(Some(DateTime::from(expiry))),
            // A session token always ends; from variables and files it comes without saying when.
            None if credentials.session_token().is_some() => {
                Known::Unknown("temporary credentials that do not say when they end".to_owned())
            }
            None => Known::Known(None),
        };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(end);
    }
}

/// Hands out the credentials of another provider and notes when they end.
#[derive(Debug)]
pub(super) struct Watched {
    inner: SharedCredentialsProvider,
    expiry: Arc<Expiry>,
    limit: Duration,
}

impl Watched {
    /// `limit` is to be less than the timeout of an attempt, so that a provider that hangs is named as the reason.
    pub(super) fn new(inner: SharedCredentialsProvider, expiry: Arc<Expiry>, limit: Duration) -> Self {
        Self { inner, expiry, limit }
    }

    async fn provide(&self) -> provider::Result {
        let credentials = tokio::time::timeout(self.limit, self.inner.provide_credentials())
            .await
            .unwrap_or_else(|_| Err(CredentialsError::provider_timed_out(self.limit)))?;
        self.expiry.note(&credentials);
        Ok(credentials)
    }
}

impl ProvideCredentials for Watched {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.provide())
    }
}

/// Why there are no credentials, in words for the operator. AWS was not asked: the code is this program's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NoCredentials {
    pub(super) code: &'static str,
    pub(super) message: String,
}

/// Finds the failure of the credentials provider among the reasons of an error.
pub(super) fn no_credentials(error: &(dyn Error + 'static)) -> Option<NoCredentials> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<CredentialsError>() {
            return Some(explain(found));
        }
        next = error.source();
    }
    None
}

fn explain(error: &CredentialsError) -> NoCredentials {
    let why = chain(error);
    // Providers say so in words alone: the cached SSO token, a login session, STS behind a profile.
    if why.to_ascii_lowercase().contains("expired") {
        return NoCredentials {
            code: "CredentialsExpired",
            message: format!("the credentials have expired: {why}"),
        };
    }
    let (code, what) = match error {
        CredentialsError::CredentialsNotLoaded(_) => (
            "CredentialsNotLoaded",
            "no credentials were found in variables, profiles or a role of this machine",
        ),
        CredentialsError::ProviderTimedOut(_) => {
            ("CredentialsTimedOut", "the credentials provider did not answer")
        }
        CredentialsError::InvalidConfiguration(_) => {
            ("CredentialsMisconfigured", "the profile cannot be used")
        }
        CredentialsError::ProviderError(_) | CredentialsError::Unhandled(_) | _ => {
            ("CredentialsNotProvided", "the credentials provider failed")
        }
    };
    NoCredentials {
        code,
        message: format!("{what}: {why}"),
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    fn expiry_of(token: Option<&str>, end: Option<SystemTime>) -> Known<Option<DateTime<Utc>>> {
        let expiry = Expiry::default();
        expiry.note(&Credentials::new(
            "id",
            "secret",
            token.map(str::to_owned),
            end,
            "test",
        ));
        expiry.get()
    }

    #[test]
    fn credentials_end_when_they_say_so() {
        let end = SystemTime::UNIX_EPOCH + Duration::from_hours(500_000);
        assert_eq!(
            expiry_of(Some("t"), Some(end)),
            Known::Known(Some(DateTime::from(end)))
        );
    }

    #[test]
    fn long_term_keys_do_not_end_and_a_silent_session_token_is_not_known() {
        assert_eq!(expiry_of(None, None), Known::Known(None));
        assert!(expiry_of(Some("t"), None).value().is_none());
        assert!(Expiry::default().get().value().is_none());
    }

    #[test]
    fn none_found_and_expired_are_told_apart() {
        let none = explain(&CredentialsError::not_loaded(
            "no providers in chain provided credentials",
        ));
        assert_eq!(none.code, "CredentialsNotLoaded");
        assert!(
            none.message.starts_with("no credentials were found"),
            "{}",
            none.message
        );
        let expired = explain(&CredentialsError::unhandled("cached SSO token is expired"));
        assert_eq!(expired.code, "CredentialsExpired");
        assert!(
            expired.message.starts_with("the credentials have expired"),
            "{}",
            expired.message
        );
    }

    #[tokio::test]
    async fn a_provider_that_hangs_is_given_up() {
        #[derive(Debug)]
        struct Hangs;
        impl ProvideCredentials for Hangs {
            fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
            where
                Self: 'a,
            {
                future::ProvideCredentials::new(std::future::pending())
            }
        }
        let watched = Watched::new(
            SharedCredentialsProvider::new(Hangs),
            Arc::default(),
            Duration::ZERO,
        );
        let error = watched.provide_credentials().await.unwrap_err();
        assert_eq!(no_credentials(&error).unwrap().code, "CredentialsTimedOut");
    }
}
