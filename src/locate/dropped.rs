//! The columns that an ALTER TABLE drops, as far as its words say so plainly.

/// What DROP takes away that is no column.
const OTHERS: [&str; 7] = [
    "index",
    "key",
    "primary",
    "foreign",
    "constraint",
    "check",
    "partition",
];

/// `DROP COLUMN total` and `DROP total`: names without quotes or in backticks.
pub fn dropped_columns(statement: &str) -> Vec<String> {
    let words: Vec<&str> = statement
        .split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '(' | ')'))
        .filter(|word| !word.is_empty())
        .collect();
    let is = |word: &&str, other: &str| word.eq_ignore_ascii_case(other);
    let mut columns = Vec::new();
    for (at, _) in words.iter().enumerate().filter(|(_, word)| is(word, "drop")) {
        let mut rest = words.iter().skip(at + 1).peekable();
        if rest
            .peek()
            .is_some_and(|next| OTHERS.iter().any(|other| is(next, other)))
        {
            continue;
        }
        rest.next_if(|next| is(next, "column"));
        if rest.next_if(|next| is(next, "if")).is_some() {
            rest.next_if(|next| is(next, "exists"));
        }
        if let Some(name) = rest.next() {
            columns.push(name.trim_matches('`').to_owned());
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::dropped_columns;

    #[test]
    fn columns_are_told_from_what_else_is_dropped() {
        for (statement, columns) in [
            ("ALTER TABLE orders DROP COLUMN total", vec!["total"]),
            (
                "alter table `orders` drop `total`, DROP COLUMN b;",
                vec!["total", "b"],
            ),
            ("ALTER TABLE o DROP INDEX i, DROP COLUMN IF EXISTS c", vec!["c"]),
            ("ALTER TABLE o DROP PRIMARY KEY", vec![]),
            ("ALTER TABLE o DROP", vec![]),
        ] {
            assert_eq!(dropped_columns(statement), columns, "{statement}");
        }
    }
}
