//! Makes one GET request: no redirects, no connection kept, at most one MiB of the body.

use std::error::Error;
use std::time::Duration;

use reqwest::{Client, Response, Url, redirect};

use super::report::HttpOutcome;

/// How much of a body is searched, in bytes.
const SEARCHED: usize = 1024 * 1024;

/// What an answer must be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expected<'e> {
    pub(super) status: u16,
    pub(super) contains: Option<&'e str>,
}

/// Asks the URL. `loopback_only` refuses every other host before anything is sent.
pub(super) async fn get(
    url: &str,
    expected: Expected<'_>,
    limit: Duration,
    loopback_only: bool,
) -> HttpOutcome {
    let url = match Url::parse(url) {
        Ok(url) => url,
        Err(error) => {
            return HttpOutcome::Refused {
                why: format!("expected a URL, got a string that is none: {error}"),
            };
        }
    };
    if loopback_only && !is_loopback(&url) {
        let host = url.host_str().unwrap_or("none");
        let why = format!("expected a host on the loopback, as with any lab, got {host}");
        return HttpOutcome::Refused { why };
    }
    let mut builder = Client::builder()
        .redirect(redirect::Policy::none())
        .timeout(limit)
        .user_agent(concat!("backtrackctl/", env!("CARGO_PKG_VERSION")));
    if loopback_only {
        // A proxy of the environment would be off the loopback.
        builder = builder.no_proxy();
    }
    let asked = async {
        let response = builder.build()?.get(url).send().await?;
        judged(response, expected).await
    };
    asked.await.unwrap_or_else(|error| failed(&error))
}

async fn judged(mut response: Response, expected: Expected<'_>) -> Result<HttpOutcome, reqwest::Error> {
    let status = response.status().as_u16();
    if status != expected.status {
        return Ok(HttpOutcome::OtherStatus {
            expected: expected.status,
            got: status,
        });
    }
    let Some(contains) = expected.contains else {
        return Ok(HttpOutcome::Passed { status });
    };
    let mut body = Vec::new();
    while body.len() < SEARCHED
        && let Some(chunk) = response.chunk().await?
    {
        body.extend_from_slice(&chunk);
    }
    body.truncate(SEARCHED);
    if String::from_utf8_lossy(&body).contains(contains) {
        return Ok(HttpOutcome::Passed { status });
    }
    Ok(HttpOutcome::TextMissing {
        contains: contains.to_owned(),
        searched: body.len(),
    })
}

/// The causes of a failure in one line, without the URL.
fn failed(error: &reqwest::Error) -> HttpOutcome {
    if error.is_timeout() {
        return HttpOutcome::TimedOut;
    }
    let causes = std::iter::successors(error.source(), |cause| (*cause).source());
    let causes: Vec<_> = causes.map(ToString::to_string).collect();
    let why = if causes.is_empty() {
        "the request failed".to_owned()
    } else {
        causes.join(": ")
    };
    HttpOutcome::NotReached { why }
}

fn is_loopback(url: &Url) -> bool {
    url.host_str().is_some_and(|host| {
        let address = host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost"
            || address
                .parse::<std::net::IpAddr>()
                .is_ok_and(|address| address.is_loopback())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_this_machine_are_on_the_loopback() {
        let table = [
            ("http://127.0.0.1:80/", true),
            ("http://127.9.9.9/", true),
            ("http://[::1]:80/", true),
            ("http://localhost/", true),
            ("http://2130706433/", true),
            ("http://localhost.example.com/", false),
            ("http://127.0.0.1.example.com/", false),
            ("http://127.0.0.1@example.com/", false),
            ("http://10.0.0.1/", false),
            ("http://0.0.0.0/", false),
        ];
        for (url, expected) in table {
            assert_eq!(is_loopback(&Url::parse(url).unwrap()), expected, "{url}");
        }
    }
}
