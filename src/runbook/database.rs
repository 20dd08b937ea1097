//! Reads `[database]`: how the cluster is reached with SQL.

use toml::de::DeValue;

use super::found::Found;
use super::table::Table;
use super::value::Value;
use crate::domain::runbook::{Database, EnvValue, Password, Trust};

const PASSWORD: &str = "password = { env = \"DB_PASSWORD\" }, or file = \"…\", secret = \"managed\", iam = true; never the password itself";
const CA: &str = "\"rds\", a path to a PEM file, or \"none\" for a server on the loopback";

/// The database of the root table, when it has one.
pub(super) fn database(root: &mut Table<'_>, found: &mut Found<'_>) -> Option<Database> {
    let mut table = root
        .optional("database")
        .and_then(|value| value.table("write [database]", found))?;
    let user = table.required("user", "user = \"backtrackctl\"", found);
    let password = table.required("password", PASSWORD, found);
    let span = password.map(|value| value.span());
    let schema = table.optional("schema");
    let ca = table.optional("ca");
    let keep = table.optional("keep");
    let host = table.optional("host");
    let port = table.optional("port");
    let database = Database {
        user: user.map(|value| value.line(found).to_owned()).unwrap_or_default(),
        password: password.map_or(Password::Managed, |value| self::password(value, found)),
        schema: schema.map(|value| value.line(found).to_owned()),
        ca: ca.map_or(Trust::Rds, |value| trust(value, found)),
        keep: keep.map(|value| users(value, found)).unwrap_or_default(),
        host: host.map(|value| self::host(value, found)),
        port: port.map(|value| value.number(&(1..=u16::MAX), found)),
    };
    if let (Trust::None, Some(host), Some(value)) = (&database.ca, &database.host, ca)
        && !is_loopback(host)
    {
        found.hinted(
            value.span(),
            format!("expected `ca` for a server off the loopback, got \"none\" for {host:?}"),
            "a password would be readable on its way",
        );
    }
    if let (Trust::None, Password::Iam, Some(span)) = (&database.ca, &database.password, span) {
        found.hinted(
            span,
            "expected `ca` beside `iam`, got \"none\"",
            "a token goes over TLS only",
        );
    }
    table.close(found);
    Some(database)
}

/// No message repeats it.
fn password(value: Value<'_>, found: &mut Found<'_>) -> Password {
    let Some(mut table) = value.as_table() else {
        let message = format!("expected where the `password` is kept, got {}", value.kind());
        found.hinted(value.span(), message, PASSWORD);
        return Password::Managed;
    };
    let mut there = Vec::new();
    if let Some(value) = table.optional("env") {
        let name = value.string(found).unwrap_or_default();
        let name = name.strip_prefix('$').unwrap_or(name);
        if !EnvValue::is_name(name) {
            found.hinted(
                value.span(),
                "expected the name of a variable for `env`, got something else",
                PASSWORD,
            );
        }
        there.push(Password::Env(name.to_owned()));
    }
    if let Some(value) = table.optional("file") {
        there.push(Password::File(value.line(found).to_owned()));
    }
    if let Some(value) = table.optional("secret") {
        if value.string(found).is_some_and(|text| text != "managed") {
            found.hinted(
                value.span(),
                "expected \"managed\" for `secret`, got another text",
                "the secret that RDS manages for the cluster",
            );
        }
        there.push(Password::Managed);
    }
    if let Some(value) = table.optional("iam") {
        if !value.is_true() {
            found.fault(value.span(), "expected true for `iam`, got something else");
        }
        there.push(Password::Iam);
    }
    if there.len() != 1 {
        found.hinted(
            value.span(),
            format!(
                "expected one of `env`, `file`, `secret`, `iam` for `password`, got {}",
                if there.is_empty() { "none" } else { "several" }
            ),
            PASSWORD,
        );
    }
    table.close(found);
    there.into_iter().next().unwrap_or(Password::Managed)
}

fn trust(value: Value<'_>, found: &mut Found<'_>) -> Trust {
    match value.line(found) {
        "rds" => Trust::Rds,
        "none" => Trust::None,
        path => {
            if !path.contains(['/', '.']) && !path.is_empty() {
                found.hinted(
                    value.span(),
                    format!("expected an authority for `ca`, got {path:?}"),
                    CA,
                );
            }
            Trust::File(path.to_owned())
        }
    }
}

fn users(value: Value<'_>, found: &mut Found<'_>) -> Vec<String> {
    let users = value.list("keep = [\"monitoring\"]", found);
    users
        .into_iter()
        .map(|user| user.line(found).to_owned())
        .collect()
}

fn host(value: Value<'_>, found: &mut Found<'_>) -> String {
    let host = value.line(found);
    if host.contains(['/', '@', ' ', ',']) {
        found.hinted(
            value.span(),
            "expected the name or address of a host for `host`, got something else",
            "its port is the key `port`, its user the key `user`",
        );
    }
    host.to_owned()
}

/// True for addresses of the loopback and for `localhost`; every other name could be resolved to anything.
fn is_loopback(host: &str) -> bool {
    let address: Option<std::net::IpAddr> = host.parse().ok();
    host == "localhost" || address.is_some_and(|address| address.is_loopback())
}

impl Value<'_> {
    fn is_true(self) -> bool {
        matches!(self.raw(), DeValue::Boolean(true))
    }
}
