//! Whether a statement is one that only reads, by its words. The server is asked for the same by a read-only transaction:
//! this is the earlier of two hands, which also sees what no transaction stops.

/// First words of statements that read.
const READERS: [&str; 8] = [
    "SELECT", "WITH", "SHOW", "TABLE", "VALUES", "EXPLAIN", "DESCRIBE", "DESC",
];

/// Words that have no place in a statement that only reads, and what they would do.
const WRITERS: [(&str, &str); 12] = [
    ("INTO", "INTO writes a file or a variable"),
    ("OUTFILE", "OUTFILE writes a file"),
    ("DUMPFILE", "DUMPFILE writes a file"),
    ("INSERT", "INSERT writes"),
    ("UPDATE", "UPDATE writes, and FOR UPDATE locks"),
    ("DELETE", "DELETE writes"),
    ("REPLACE", "REPLACE writes"),
    ("SHARE", "FOR SHARE locks rows"),
    ("NEXTVAL", "NEXTVAL moves a sequence"),
    ("SETVAL", "SETVAL moves a sequence"),
    ("GET_LOCK", "GET_LOCK takes a lock"),
    ("CALL", "CALL may do anything"),
];

/// Beginnings of functions that reach out of the database.
const REACHING: [&str; 3] = ["LAMBDA_", "AWS_", "SYS_EXEC"];

/// Why the statement is not one that only reads; none when it is.
pub fn writes(sql: &str) -> Option<String> {
    let words = match words(sql) {
        Ok(words) => words,
        Err(why) => return Some(why.to_owned()),
    };
    let first = words.first().map_or("", String::as_str);
    if !READERS.contains(&first) {
        let shown: String = first.chars().take(20).collect();
        return Some(format!(
            "expected a statement that begins with {}, got {shown:?}",
            READERS.join(", ")
        ));
    }
    // SHOW CREATE TABLE and the like read; a word of theirs is no function.
    let functions = first != "SHOW";
    words.iter().skip(1).find_map(|word| {
        let writer = WRITERS.iter().find(|(writer, _)| writer == word && functions);
        let reaching = REACHING.iter().find(|start| word.starts_with(**start));
        match (writer, reaching) {
            (Some((_, why)), _) => Some((*why).to_owned()),
            (None, Some(_)) => Some(format!("{word} reaches out of the database")),
            (None, None) => None,
        }
    })
}

/// The words of a statement in capitals, without what stands in quotes or comments.
fn words(sql: &str) -> Result<Vec<String>, &'static str> {
    let sql = sql.trim();
    let sql = sql.strip_suffix(';').unwrap_or(sql);
    // Whatever the server's mode makes of quotes, without a semicolon there is one statement.
    if sql.contains(';') {
        return Err("expected one statement without `;`, got one (in a string, write CHAR(59))");
    }
    if sql.contains("/*") {
        return Err("expected no /* comment */: the server runs what some of them hold");
    }
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote: Option<char> = None;
    let mut letters = sql.chars().peekable();
    while let Some(letter) = letters.next() {
        if let Some(open) = quote {
            if letter == '\\' && open != '`' {
                letters.next();
            } else if letter == open {
                quote = None;
            }
            continue;
        }
        // Without white space behind it `--` is twice a minus, and what follows is run.
        let dashes = letter == '-' && letters.peek() == Some(&'-') && {
            let mut ahead = letters.clone();
            ahead.next();
            ahead.next().is_none_or(|behind| behind.is_ascii_whitespace())
        };
        let comment = letter == '#' || dashes;
        if letter.is_alphanumeric() || matches!(letter, '_' | '$' | '@') {
            word.extend(letter.to_uppercase());
            continue;
        }
        if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if comment {
            for skipped in letters.by_ref() {
                if skipped == '\n' {
                    break;
                }
            }
        } else if matches!(letter, '\'' | '"' | '`') {
            quote = Some(letter);
        }
    }
    if quote.is_some() {
        return Err("expected every quote to be closed, got an open one");
    }
    if !word.is_empty() {
        words.push(word);
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reads_is_taken() {
        for sql in [
            "SELECT COUNT(*) FROM orders",
            "  select 1;",
            "(SELECT 1) UNION (SELECT 2)",
            "WITH x AS (SELECT 1) SELECT * FROM x",
            "SHOW CREATE TABLE orders",
            "TABLE orders",
            "VALUES ROW(1)",
            "EXPLAIN SELECT 1",
            "DESCRIBE orders",
            "SELECT updated_at, `update`, 'INTO OUTFILE' FROM orders -- a remark\nWHERE note = 'it''s \\' INTO'",
            "SELECT 1 # INTO",
        ] {
            assert_eq!(writes(sql), None, "{sql}");
        }
    }

    #[test]
    fn what_writes_locks_or_reaches_out_is_refused() {
        for sql in [
            "",
            "DELETE FROM orders",
            "CALL mysql.rds_kill(1)",
            "SET GLOBAL event_scheduler = ON",
            "SELECT 1; DROP TABLE orders",
            "SELECT '\\'; DROP TABLE orders; -- '",
            "SELECT /*!50000 1 INTO OUTFILE '/tmp/x' */",
            "SELECT * FROM orders INTO OUTFILE '/tmp/x'",
            "SELECT id INTO @a FROM orders",
            "SELECT * FROM orders FOR UPDATE",
            "SELECT * FROM orders LOCK IN SHARE MODE",
            "WITH x AS (SELECT 1) DELETE FROM orders",
            "SELECT lambda_sync('arn', '{}')",
            "SELECT mysql.lambda_async('arn', '{}')",
            "SELECT aws_bedrock_invoke_model('x')",
            "SELECT NEXTVAL(s)",
            // Twice a minus: no comment without white space behind it.
            "SELECT 1--lambda_sync('arn', 'x')",
            "SELECT 1--1 INTO OUTFILE '/tmp/x'",
            "SELECT 'open",
        ] {
            assert!(writes(sql).is_some(), "{sql}");
        }
    }
}
