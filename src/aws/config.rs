//! The SDK's configuration: the standard chain in live mode, nothing but the lab in a drill.

use std::time::Duration;

use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::retry::RetryConfig;
use aws_config::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{AppName, BehaviorVersion, ConfigLoader, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;

use super::settings::{ConnectError, Settings};

/// The lab's Region: it plays one, and needs no other.
const LAB_REGION: &str = "us-east-1";

/// Longest wait for a connection; the SDK sets only this one by itself.
pub(super) const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// Longest wait within one attempt of a read.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(10);
/// Longest wait for the credentials provider, within an attempt.
pub(super) const CREDENTIALS_TIMEOUT: Duration = Duration::from_secs(8);
/// Longest wait for a read with all its attempts and the pauses between them.
const OPERATION_TIMEOUT: Duration = Duration::from_secs(35);
/// A reply that stands still for so long is given up.
const STALL: Duration = Duration::from_secs(5);
/// Attempts of a read.
const ATTEMPTS: u32 = 3;

/// The standard chain: variables, profiles, SSO, credential processes, web identity, roles.
pub(super) async fn live(loader: ConfigLoader, settings: &Settings) -> Result<SdkConfig, ConnectError> {
    let mut loader = loader
        .timeout_config(timeouts())
        .retry_config(RetryConfig::standard().with_max_attempts(ATTEMPTS))
        .stalled_stream_protection(stalls());
    if let Some(name) = app_name(settings) {
        loader = loader.app_name(name);
    }
    if let Some(profile) = &settings.profile {
        loader = loader.profile_name(profile);
    }
    if let Some(region) = &settings.region {
        loader = loader.region(Region::new(region.clone()));
    }
    if let Some(url) = &settings.endpoint_url {
        loader = loader.endpoint_url(url);
    }
    let config = loader.load().await;
    let Some(region) = config.region().cloned() else {
        return Err(ConnectError::NoRegion);
    };
    Ok(match &settings.profile {
        None => config,
        Some(profile) => {
            let provider = profile_alone(profile, region);
            config.into_builder().credentials_provider(provider).build()
        }
    })
}

/// Fixed credentials, Region and endpoint; a client without proxy; no variable, profile or metadata service is read.
pub(super) fn lab(endpoint: String, settings: &Settings) -> SdkConfig {
    let credentials = Credentials::new("lab", "lab", None, None, "lab");
    let mut builder = SdkConfig::builder()
        .behavior_version(behavior())
        .region(Region::new(LAB_REGION))
        .endpoint_url(endpoint)
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .timeout_config(timeouts())
        .retry_config(RetryConfig::standard().with_max_attempts(ATTEMPTS))
        .stalled_stream_protection(stalls());
    builder.set_app_name(app_name(settings));
    builder.build()
}

/// Pinned: the defaults of retries, timeouts and the HTTP client move with it.
pub(super) fn behavior() -> BehaviorVersion {
    BehaviorVersion::v2026_01_12()
}

/// A profile that was asked for by name wins over credentials in variables, as it does in AWS's own command line.
fn profile_alone(profile: &str, region: Region) -> SharedCredentialsProvider {
    let config = ProviderConfig::without_region()
        .with_region(Some(region))
        .with_behavior_version(Some(behavior()))
        .with_timeout_config(timeouts());
    SharedCredentialsProvider::new(
        ProfileFileCredentialsProvider::builder()
            .configure(&config)
            .profile_name(profile)
            .build(),
    )
}

fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .read_timeout(ATTEMPT_TIMEOUT)
        .operation_attempt_timeout(ATTEMPT_TIMEOUT)
        .operation_timeout(OPERATION_TIMEOUT)
        .build()
}

fn stalls() -> StalledStreamProtectionConfig {
    StalledStreamProtectionConfig::enabled()
        .grace_period(STALL)
        .build()
}

/// `app/backtrackctl-0.1.0` in the user agent: what finds our calls in CloudTrail.
fn app_name(settings: &Settings) -> Option<AppName> {
    AppName::new(format!("backtrackctl-{}", settings.version))
        .or_else(|_| AppName::new("backtrackctl"))
        .ok()
}

#[cfg(test)]
mod tests {
    use aws_credential_types::provider::ProvideCredentials;

    use super::*;
    use crate::aws::credentials::no_credentials;

    fn nothing_around() -> ConfigLoader {
        aws_config::defaults(behavior()).empty_test_environment()
    }

    #[tokio::test]
    async fn what_is_given_wins_and_every_timeout_is_set() {
        let settings = Settings {
            region: Some("eu-west-1".to_owned()),
            endpoint_url: Some("https://rds.example.com".to_owned()),
            ..Settings::default()
        };
        let config = live(nothing_around(), &settings).await.unwrap();
        assert_eq!(config.region().unwrap().as_ref(), "eu-west-1");
        assert_eq!(config.endpoint_url(), Some("https://rds.example.com"));
        let timeouts = config.timeout_config().unwrap();
        assert!(timeouts.connect_timeout().is_some());
        assert!(timeouts.read_timeout().is_some());
        assert!(timeouts.operation_attempt_timeout().is_some());
        assert!(timeouts.operation_timeout().is_some());
        assert_eq!(config.retry_config().unwrap().max_attempts(), 3);
    }

    #[tokio::test]
    async fn a_profile_asked_for_by_name_is_the_only_source_of_credentials() {
        let settings = Settings {
            region: Some("eu-west-1".to_owned()),
            profile: Some("no-such-profile".to_owned()),
            ..Settings::default()
        };
        let config = live(nothing_around().test_credentials(), &settings)
            .await
            .unwrap();
        let provider = config.credentials_provider().unwrap();
        let error = provider.provide_credentials().await.unwrap_err();
        assert!(no_credentials(&error).is_some());
    }

    #[test]
    fn a_lab_has_its_own_region_and_endpoint_and_reads_no_variables() {
        let settings = Settings {
            region: Some("eu-west-1".to_owned()),
            endpoint_url: Some("https://rds.example.com".to_owned()),
            ..Settings::default()
        };
        let config = lab("http://127.0.0.1:4566/".to_owned(), &settings);
        assert_eq!(config.region().unwrap().as_ref(), "us-east-1");
        assert_eq!(config.endpoint_url(), Some("http://127.0.0.1:4566/"));
        assert!(
            config.service_config().is_none(),
            "service_config is what reads AWS_ENDPOINT_URL_RDS"
        );
    }

    #[test]
    fn the_app_name_carries_the_version() {
        let named = |version: &str| {
            let settings = Settings {
                version: version.to_owned(),
                ..Settings::default()
            };
            app_name(&settings).unwrap().to_string()
        };
        assert_eq!(named("0.1.0"), "backtrackctl-0.1.0");
        assert_eq!(named("0.1.0 (dirty)"), "backtrackctl");
    }
}
