//! Who logs in where, by what password, and by what the server is known.

use std::io::Read as _;
use std::net::IpAddr;

use mysql_async::{Opts, OptsBuilder, SslOpts};

use super::trouble::Trouble;
use crate::domain::runbook::{Database, Password, Trust};
use crate::ports::{Address, DatabaseDoor, Secret};

/// Authorities of RDS, all Regions.
const RDS: &[u8] = include_bytes!("rds-ca.pem");
/// The most that a row may hold; what a packet adds to it is little.
pub(super) const MOST_BYTES: usize = 1 << 20;
/// A file of a password is not longer.
const MOST_PASSWORD: u64 = 4096;
const PORT: u16 = 3306;

/// The server's address: the runbook's own, or what AWS tells.
pub(super) async fn address(database: &Database, door: &dyn DatabaseDoor) -> Result<Address, Trouble> {
    if let Some(host) = &database.host {
        return Ok(Address {
            host: host.clone(),
            port: database.port.unwrap_or(PORT),
        });
    }
    let told = door
        .writer()
        .await
        .map_err(|why| Trouble::new(format!("the writer endpoint is not known: {why}")))?;
    Ok(Address {
        port: database.port.unwrap_or(told.port),
        ..told
    })
}

/// Everything that a connection needs. `drill`: nothing leaves the loopback.
pub(super) async fn options(
    database: &Database,
    address: &Address,
    door: &dyn DatabaseDoor,
    drill: bool,
) -> Result<Opts, Trouble> {
    let Address { host, port } = address;
    if drill && !is_loopback(host) {
        return Err(Trouble::new(format!(
            "expected a server on the loopback in a drill, got {host}: nothing was sent to it"
        )));
    }
    let tls = match &database.ca {
        Trust::None if !is_loopback(host) => {
            return Err(Trouble::new(format!(
                "expected TLS for {host}, got ca = \"none\", which is for the loopback alone: nothing was sent to it"
            )));
        }
        Trust::None => None,
        Trust::Rds => Some(RDS.to_vec()),
        Trust::File(path) => Some(authorities(path)?),
    };
    let encrypted = tls.is_some();
    let secret = secret(database, address, door).await?;
    let tls = tls.map(|roots| {
        SslOpts::default()
            .with_root_certs(vec![roots.into()])
            .with_disable_built_in_roots(true)
    });
    Ok(OptsBuilder::default()
        .ip_or_hostname(host.clone())
        .tcp_port(*port)
        .user(Some(database.user.clone()))
        .pass(Some(secret.expose()))
        // The schema is chosen later: one that was dropped is what a rewind may bring back.
        .ssl_opts(tls)
        // A token is sent as it is, and so only where nobody can read it.
        .enable_cleartext_plugin(encrypted && database.password == Password::Iam)
        // Otherwise the client asks for the server's socket and quietly goes on through that.
        .prefer_socket(Some(false))
        .stmt_cache_size(Some(0))
        // Given, so that they are not asked for.
        .max_allowed_packet(Some(MOST_BYTES))
        .wait_timeout(Some(60))
        .into())
}

fn authorities(path: &str) -> Result<Vec<u8>, Trouble> {
    let read = std::fs::read(path)
        .map_err(|error| Trouble::new(format!("the authorities {path} could not be read: {error}")))?;
    let marks = b"-----BEGIN CERTIFICATE-----";
    if read.windows(marks.len()).any(|window| window == marks) {
        Ok(read)
    } else {
        Err(Trouble::new(format!(
            "expected certificates in PEM in {path}, got none"
        )))
    }
}

async fn secret(database: &Database, address: &Address, door: &dyn DatabaseDoor) -> Result<Secret, Trouble> {
    match &database.password {
        Password::Env(name) => std::env::var(name).map(Secret::new).map_err(|_| {
            Trouble::new(format!(
                "expected the password in the variable {name}, which is not set"
            ))
        }),
        Password::File(path) => file(path),
        Password::Managed => door
            .managed_secret()
            .await
            .map_err(|why| Trouble::new(format!("the managed secret could not be read: {why}"))),
        Password::Iam => door
            .token(address, &database.user)
            .await
            .map_err(|why| Trouble::new(format!("no token could be made: {why}"))),
    }
}

fn file(path: &str) -> Result<Secret, Trouble> {
    let trouble = |why: String| Trouble::new(format!("the password file {path} could not be read: {why}"));
    let opened = std::fs::File::open(path).map_err(|error| trouble(error.to_string()))?;
    let mut text = String::new();
    opened
        .take(MOST_PASSWORD)
        .read_to_string(&mut text)
        .map_err(|error| trouble(error.to_string()))?;
    let text = text.strip_suffix('\n').unwrap_or(&text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    if text.is_empty() {
        return Err(trouble("it is empty".to_owned()));
    }
    Ok(Secret::new(text.to_owned()))
}

/// True for addresses of the loopback and for `localhost`; every other name could be resolved to anything.
fn is_loopback(host: &str) -> bool {
    let address: Option<IpAddr> = host.parse().ok();
    host == "localhost" || address.is_some_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use async_trait::async_trait;

    use super::*;

    struct Closed;

    #[async_trait(?Send)]
    impl DatabaseDoor for Closed {
        async fn writer(&self) -> Result<Address, String> {
            Ok(Address {
                host: "orders.cluster-x.eu-west-1.rds.amazonaws.com".to_owned(),
                port: 3307,
            })
        }
        async fn managed_secret(&self) -> Result<Secret, String> {
            Ok(Secret::new("hunter2".to_owned()))
        }
        async fn token(&self, address: &Address, user: &str) -> Result<Secret, String> {
            Ok(Secret::new(format!("{}/{user}", address.host)))
        }
    }

    fn database() -> Database {
        Database {
            user: "me".to_owned(),
            password: Password::Managed,
            schema: None,
            ca: Trust::Rds,
            keep: Vec::new(),
            host: None,
            port: None,
        }
    }

    async fn opened(database: &Database, drill: bool) -> Result<Opts, String> {
        let address = address(database, &Closed).await.unwrap();
        options(database, &address, &Closed, drill)
            .await
            .map_err(|trouble| trouble.to_string())
    }

    #[tokio::test]
    async fn the_writer_endpoint_is_asked_for_over_tls_with_the_authorities_of_rds_alone() {
        let options = opened(&database(), false).await.unwrap();
        assert_eq!(
            options.ip_or_hostname(),
            "orders.cluster-x.eu-west-1.rds.amazonaws.com"
        );
        assert_eq!(options.tcp_port(), 3307);
        assert!(!options.prefer_socket());
        let tls = options.ssl_opts().unwrap();
        assert!(tls.disable_built_in_roots() && tls.root_certs().len() == 1);
        assert!(!tls.accept_invalid_certs() && !tls.skip_domain_validation());
        assert!(!options.enable_cleartext_plugin());
    }

    #[tokio::test]
    async fn a_token_goes_as_it_is_but_only_over_tls() {
        let iam = Database {
            password: Password::Iam,
            ..database()
        };
        assert!(opened(&iam, false).await.unwrap().enable_cleartext_plugin());
        let plain = Database {
            ca: Trust::None,
            host: Some("127.0.0.1".to_owned()),
            ..iam
        };
        assert!(!opened(&plain, false).await.unwrap().enable_cleartext_plugin());
    }

    #[tokio::test]
    async fn off_the_loopback_there_is_no_drill_and_no_plain_text() {
        let why = opened(&database(), true).await.unwrap_err();
        assert!(why.contains("loopback in a drill"), "{why}");
        let plain = Database {
            ca: Trust::None,
            ..database()
        };
        let why = opened(&plain, false).await.unwrap_err();
        assert!(why.contains("expected TLS"), "{why}");
    }

    #[test]
    fn a_secret_is_not_shown() {
        assert_eq!(format!("{:?}", Secret::new("hunter2".to_owned())), "***");
    }
}
