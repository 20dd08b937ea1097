//! Statements without the secrets in them, for what is kept, reported and sent on.

/// Words near which a literal may be a secret: accounts, keys, and the functions that take one.
const SECRETIVE: [&str; 16] = [
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "identified",
    "secret",
    "token",
    "credential",
    "auth",
    "api_key",
    "apikey",
    "private_key",
    "encrypt",
    "decrypt",
    "sha2(",
    "md5(",
];

/// The statement; where it speaks of accounts or secrets, every string in it is left out. What is not closed is left out to
/// the end: a text that was cut.
pub fn redacted(statement: &str) -> String {
    let plain = statement.to_ascii_lowercase();
    if !SECRETIVE.iter().any(|word| plain.contains(word)) {
        return statement.to_owned();
    }
    let mut text = String::with_capacity(statement.len());
    let mut letters = statement.chars().peekable();
    while let Some(letter) = letters.next() {
        text.push(letter);
        if !matches!(letter, '\'' | '"') {
            continue;
        }
        text.push_str("...");
        while let Some(inside) = letters.next() {
            if inside == '\\' {
                letters.next();
            } else if inside == letter {
                // Twice is a quote within the string.
                if letters.next_if_eq(&letter).is_none() {
                    break;
                }
            }
        }
        text.push(letter);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::redacted;

    #[test]
    fn a_statement_that_speaks_of_secrets_keeps_no_string() {
        for (statement, kept) in [
            (
                "CREATE USER a@'%' IDENTIFIED BY 'let-me-in'",
                "CREATE USER a@'...' IDENTIFIED BY '...'",
            ),
            (
                "SET PASSWORD FOR a = 'it''s \\' me'; DROP TABLE t",
                "SET PASSWORD FOR a = '...'; DROP TABLE t",
            ),
            (
                "UPDATE users SET api_key = \"k\"",
                "UPDATE users SET api_key = \"...\"",
            ),
            (
                "UPDATE users SET password = 'cut of",
                "UPDATE users SET password = '...'",
            ),
            (
                "UPDATE t SET v = AES_ENCRYPT('v', 'key')",
                "UPDATE t SET v = AES_ENCRYPT('...', '...')",
            ),
        ] {
            assert_eq!(redacted(statement), kept);
        }
    }

    #[test]
    fn any_other_statement_is_kept_as_it_is() {
        let statement = "DELETE FROM orders WHERE note = 'it''s late'";
        assert_eq!(redacted(statement), statement);
    }
}
