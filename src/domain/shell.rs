//! Values in commands that a person can paste into a shell: nothing in them is taken for more than a value.

/// A value as one word of a shell.
pub fn word(value: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:@%+=,".contains(letter);
    if !value.is_empty() && value.chars().all(plain) {
        return value.to_owned();
    }
    // A line end would end the command in some terminals, quoted or not.
    let printable = value.replace(char::is_control, "\u{fffd}");
    format!("'{}'", printable.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_one_word_whatever_it_holds() {
        for (value, expected) in [
            ("orders-1", "orders-1"),
            ("arn:aws:rds:x:1:cluster:a", "arn:aws:rds:x:1:cluster:a"),
            ("", "''"),
            ("a b; rm -rf ~", "'a b; rm -rf ~'"),
            ("$(id)`id`", "'$(id)`id`'"),
            ("it's", r"'it'\''s'"),
            ("a\nb\u{1b}", "'a\u{fffd}b\u{fffd}'"),
            ("é", "'é'"),
        ] {
            assert_eq!(word(value), expected);
        }
    }
}
