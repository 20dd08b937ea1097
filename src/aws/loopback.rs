//! What keeps a drill on this machine: the lab's URL is checked when it is given, every request before it is signed.

use std::net::IpAddr;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use url::{Host, Url};

use super::settings::ConnectError;

/// The lab's URL in the one form that is passed on: what was checked is what is called.
pub(super) fn lab_endpoint(given: &str) -> Result<String, ConnectError> {
    let refuse = |why| ConnectError::NotALab {
        url: given.to_owned(),
        why,
    };
    let url = Url::parse(given).map_err(|_| refuse("it is not a URL"))?;
    if url.scheme() != "http" {
        return Err(refuse("a lab speaks plain http"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refuse("a lab takes no user name"));
    }
    if !on_loopback(&url) {
        return Err(refuse("it is not on the loopback"));
    }
    Ok(url.into())
}

/// True for 127.0.0.0/8, ::1 and `localhost`; every other name could be resolved to anything.
fn on_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => false,
    }
}

/// Lets no request of a drill leave the loopback, whatever the SDK made of its configuration.
#[derive(Debug)]
pub(super) struct LoopbackOnly;

impl Intercept for LoopbackOnly {
    fn name(&self) -> &'static str {
        "LoopbackOnly"
    }

    fn read_before_signing(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let uri = context.request().uri();
        if Url::parse(uri).is_ok_and(|url| on_loopback(&url)) {
            return Ok(());
        }
        Err(format!("expected an endpoint on the loopback in a drill, got {uri}").into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lab_on_this_machine_is_taken() {
        for url in [
            "http://127.0.0.1:4566",
            "http://127.9.9.9:1/",
            "http://[::1]:80",
            "http://localhost:9000",
        ] {
            assert!(lab_endpoint(url).is_ok(), "{url}");
        }
        assert_eq!(
            lab_endpoint("http://127.0.0.1:4566").unwrap(),
            "http://127.0.0.1:4566/"
        );
    }

    #[test]
    fn anything_else_is_refused() {
        for url in [
            "https://rds.eu-west-1.amazonaws.com",
            "http://rds.eu-west-1.amazonaws.com",
            "http://10.0.0.1:4566",
            "http://0.0.0.0:4566",
            "http://localhost.example.com",
            "http://127.0.0.1.example.com",
            "http://127.0.0.1@example.com",
            "http://lab@127.0.0.1",
            "http://example.com\\@127.0.0.1",
            "https://127.0.0.1:4566",
            "unix:/tmp/lab",
            "127.0.0.1:4566",
            "",
        ] {
            assert!(lab_endpoint(url).is_err(), "{url}");
        }
    }
}
