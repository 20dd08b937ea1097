//! What looks like a secret in an argument or a URL: both are journaled and shown. A guess by form, which errs on the
//! side of asking: a value that the command takes from its own environment (`$NAME`) is none.

/// What a text looks like; for messages that do not repeat it.
pub(super) type Looks = &'static str;

const PASSWORD: Looks = "a password or token";
const ACCOUNT: Looks = "a user and password";
const ACCESS_KEY: Looks = "an AWS access key";

/// Names whose value is a secret, without separators.
const NAMES: [&str; 13] = [
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "token",
    "apikey",
    "accesskey",
    "secretkey",
    "privatekey",
    "credential",
    "credentials",
    "signature",
];

/// The arguments of a command that look like secrets, by their place.
pub(super) fn arguments(argv: &[&str]) -> Vec<(usize, Looks)> {
    let program = argv.first().and_then(|program| program.rsplit('/').next());
    let program = program.unwrap_or_default();
    let mut before = "";
    let mut found = Vec::new();
    for (place, word) in argv.iter().enumerate() {
        let looks = text(word)
            .or_else(|| after(before, word))
            .or_else(|| of_program(program, before, word));
        found.extend(looks.map(|looks| (place, looks)));
        before = word;
    }
    found
}

/// What a text looks like by itself: one argument, a script, a URL.
pub(super) fn text(text: &str) -> Option<Looks> {
    let plain = text.replace(['"', '\''], "");
    let ends = |letter: char| letter.is_whitespace() || "?&;,{}()|<>#".contains(letter);
    let mut before = "";
    plain.split(ends).find_map(|word| {
        let looks = access_key(word)
            .or_else(|| account(word))
            .or_else(|| named(word))
            .or_else(|| after(before, word));
        before = word;
        looks
    })
}

/// `--password hunter2`, `Bearer eyJ…`
fn after(before: &str, word: &str) -> Option<Looks> {
    let option = before.starts_with("--") && is_secret(before);
    let scheme = ["bearer", "basic"].contains(&before.to_ascii_lowercase().as_str());
    ((option || scheme) && is_given(word) && !word.starts_with('-')).then_some(PASSWORD)
}

/// `--password=hunter2`, `token=…`, `"secret":"…"`, `X-Api-Key:…`
fn named(word: &str) -> Option<Looks> {
    let (name, value) = word.split_once(['=', ':'])?;
    (is_secret(name) && is_given(value)).then_some(PASSWORD)
}

/// `https://me:hunter2@shop/`, `me:hunter2@shop`; no digest of an image.
fn account(word: &str) -> Option<Looks> {
    let (schemed, rest) = word
        .split_once("://")
        .map_or((false, word), |(_, rest)| (true, rest));
    let authority = rest.split('/').next().unwrap_or_default();
    let (account, host) = authority.rsplit_once('@')?;
    let (_, password) = account.split_once(':')?;
    let digest = !schemed && host.starts_with("sha256:");
    (is_given(password) && !digest).then_some(ACCOUNT)
}

/// The id of a key, long-lived or of a session.
fn access_key(word: &str) -> Option<Looks> {
    let is_id = |id: &str| {
        ["AKIA", "ASIA"].iter().any(|start| id.starts_with(start))
            && id.len() == 20
            && id
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    };
    word.split(|letter: char| !letter.is_ascii_alphanumeric())
        .any(is_id)
        .then_some(ACCESS_KEY)
}

/// `mysql -phunter2`, `curl -u me:hunter2`
fn of_program(program: &str, before: &str, word: &str) -> Option<Looks> {
    let mysql = ["mysql", "mariadb"].iter().any(|name| program.starts_with(name));
    let glued = word.strip_prefix("-p").is_some_and(is_given);
    let login = program == "curl" && ["-u", "--user"].contains(&before);
    let password = word.split_once(':').map_or("", |(_, password)| password);
    ((mysql && glued) || (login && is_given(password))).then_some(PASSWORD)
}

/// Whether the value of that name is a secret: by its end, so that `--password-file` and `--secret-id` are none.
fn is_secret(name: &str) -> bool {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    let name: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    NAMES.iter().any(|ending| name.ends_with(ending))
}

/// Whether a value stands there, and not where it is to be taken from.
fn is_given(value: &str) -> bool {
    !value.is_empty() && !value.starts_with('$')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_secret_is_found() {
        for argv in [
            &["a", "--password=hunter2"][..],
            &["a", "--db-password", "hunter2"],
            &["a", "token=hunter2"],
            &["a", "AWS_SECRET_ACCESS_KEY=hunter2"],
            &["a", "AKIAIOSFODNN7EXAMPLE"],
            &["a", "id=ASIAIOSFODNN7EXAMPLE;"],
            &["a", "mysql://me:hunter2@db/orders"],
            &["a", "me:hunter2@db"],
            &["a", "-H", "Authorization: Bearer hunter2"],
            &["a", "-H", "x-api-key: hunter2", "-H", "X-Api-Key:hunter2"],
            &["a", "-d", r#"{"clientSecret":"hunter2"}"#],
            &["a", "https://shop/?a=1&access_token=hunter2"],
            &["a", "https://s3/?X-Amz-Signature=hunter2"],
            &["sh", "-c", "curl --password 'hunter2' x"],
            &["/usr/bin/mysql", "-uadmin", "-phunter2"],
            &["curl", "-u", "me:hunter2", "x"],
        ] {
            assert!(!arguments(argv).is_empty(), "{argv:?}");
        }
    }

    #[test]
    fn what_is_taken_from_elsewhere_or_only_named_is_none() {
        for argv in [
            &["a", "--password-file=/run/secret"][..],
            &["a", "--password"],
            &["a", "--password", "--verbose"],
            &[
                "aws",
                "secretsmanager",
                "get-secret-value",
                "--secret-id",
                "prod/db",
            ],
            &[
                "sh",
                "-c",
                "curl -H \"Authorization: Bearer $TOKEN\" --password='$PASS' x",
            ],
            &["sh", "-c", "mysql -p\"$PASS\"; TOKEN=$(cat t) PASSWORD= x"],
            &["curl", "-u", "$ACCOUNT", "https://shop/?at=12:30"],
            &["ssh", "me@host:22", "ssh://me@host"],
            &["docker", "run", "shop:1.2@sha256:0123"],
            &["mysql", "-h", "db", "-P3306", "-p", "orders"],
            &[
                "kubectl",
                "scale",
                "deployment/shop",
                "--replicas=0",
                "-n=token-service",
            ],
            &["$BACKTRACKCTL_BIN", "lab", "shop", "pause"],
        ] {
            assert_eq!(arguments(argv), [], "{argv:?}");
        }
    }
}
