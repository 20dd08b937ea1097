//! What an answer comes to against what was expected, and what is kept of one to be expected later.

use chrono::{DateTime, SecondsFormat, Utc};
use sha2::{Digest, Sha256};

use super::session::Texts;
use super::trouble::one_line;
use crate::domain::event::Done;
use crate::domain::runbook::{Database, Expect, Sql};

/// The most of a value that is shown.
const SHOWN: usize = 80;

/// What was recorded of a statement's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// SHA-256 of its rows, in hex, in whatever order they came.
    pub digest: String,
    /// What it was, in words.
    pub shown: String,
    /// When it was kept.
    pub at: DateTime<Utc>,
}

/// By what a statement's record is found: SHA-256, in hex, of its text and of where it is asked. The same words in another
/// schema, or on another server, are another question.
pub fn key(database: &Database, sql: &Sql) -> String {
    let place = (&database.host, database.port, &database.schema);
    hex(&Sha256::digest(format!("{place:?}\n{}", sql.query.trim())))
}

/// Whether the answer is as expected.
pub(super) fn judge(expect: &Expect, rows: &[Texts], kept: Option<&Kept>) -> Done {
    let (well, how) = match expect {
        Expect::Rows => (!rows.is_empty(), format!("expected rows, got {}", some(rows))),
        Expect::NoRows => (rows.is_empty(), format!("expected no rows, got {}", some(rows))),
        Expect::Recorded => match kept {
            None => (
                false,
                "expected what was recorded, and nothing was: backtrackctl record".to_owned(),
            ),
            Some(kept) => (
                kept.digest == digest(rows),
                format!(
                    "expected {} as recorded at {}, got {}",
                    kept.shown,
                    kept.at.to_rfc3339_opts(SecondsFormat::Secs, true),
                    shown(rows)
                ),
            ),
        },
        Expect::Equals(_) | Expect::AtLeast(_) | Expect::AtMost(_) | Expect::Between(..) => match rows {
            [row] if row.len() == 1 => {
                let value = row.first().and_then(Option::as_deref);
                (
                    expect.holds(value),
                    format!("expected {expect}, got {}", shown(rows)),
                )
            }
            _ => (
                false,
                format!("expected {expect} as one value, got {}", shown(rows)),
            ),
        },
    };
    if well {
        Done::Well { how }
    } else {
        Done::Badly { how }
    }
}

/// SHA-256 of the rows in no order: a statement without ORDER BY gives them in any.
pub(super) fn digest(rows: &[Texts]) -> String {
    let mut digests: Vec<[u8; 32]> = rows
        .iter()
        .map(|row| {
            let mut digest = Sha256::new();
            for value in row {
                match value {
                    None => digest.update([0]),
                    Some(text) => {
                        digest.update([1]);
                        digest.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
                        digest.update(text.as_bytes());
                    }
                }
            }
            digest.finalize().into()
        })
        .collect();
    digests.sort_unstable();
    let mut whole = Sha256::new();
    for digest in digests {
        whole.update(digest);
    }
    hex(&whole.finalize())
}

fn hex(bytes: &[u8]) -> String {
    let nibbles = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    nibbles
        .filter_map(|nibble| char::from_digit(u32::from(nibble), 16))
        .collect()
}

/// Of a statement that was read no further than one row.
fn some(rows: &[Texts]) -> &'static str {
    if rows.is_empty() { "none" } else { "some" }
}

/// An answer in words: a single value as it is, of more only how much.
pub(super) fn shown(rows: &[Texts]) -> String {
    match rows {
        [] => "no rows".to_owned(),
        [row] if row.len() == 1 => match row.first().and_then(Option::as_deref) {
            None => "NULL".to_owned(),
            Some(text) if text.chars().count() > SHOWN => {
                format!("{}…", one_line(&text.chars().take(SHOWN).collect::<String>()))
            }
            Some("") => "an empty text".to_owned(),
            Some(text) => one_line(text),
        },
        [row] => format!("1 row of {} columns", row.len()),
        rows => format!(
            "{} rows ({}…)",
            rows.len(),
            digest(rows).chars().take(8).collect::<String>()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::runbook::Amount;

    fn rows(values: &[&[Option<&str>]]) -> Vec<Texts> {
        let row = |row: &&[Option<&str>]| row.iter().map(|value| value.map(str::to_owned)).collect();
        values.iter().map(row).collect()
    }

    fn how(done: Done) -> (bool, String) {
        match done {
            Done::Well { how } => (true, how),
            Done::Badly { how } | Done::Unbegun { how } => (false, how),
            Done::Nobody => panic!("nobody"),
        }
    }

    #[test]
    fn a_comparison_wants_one_value() {
        let least = Expect::AtLeast(Amount::parse("3").unwrap());
        let judged = |values: &[&[Option<&str>]]| how(judge(&least, &rows(values), None));
        assert_eq!(
            judged(&[&[Some("3")]]),
            (true, "expected at least 3, got 3".to_owned())
        );
        assert_eq!(
            judged(&[&[Some("2")]]),
            (false, "expected at least 3, got 2".to_owned())
        );
        assert_eq!(
            judged(&[&[None]]),
            (false, "expected at least 3, got NULL".to_owned())
        );
        assert!(!judged(&[]).0);
        assert!(!judged(&[&[Some("3"), Some("3")]]).0);
        assert!(!judged(&[&[Some("3")], &[Some("3")]]).0);
    }

    #[test]
    fn rows_are_there_or_not() {
        let one = rows(&[&[Some("x")]]);
        assert!(how(judge(&Expect::Rows, &one, None)).0 && !how(judge(&Expect::NoRows, &one, None)).0);
        assert!(!how(judge(&Expect::Rows, &[], None)).0 && how(judge(&Expect::NoRows, &[], None)).0);
    }

    #[test]
    fn what_was_recorded_is_compared_whole_and_in_no_order() {
        let of = |answer: &[Texts]| Kept {
            digest: digest(answer),
            shown: shown(answer),
            at: DateTime::UNIX_EPOCH,
        };
        let answer = rows(&[&[Some("1"), None], &[Some("2"), Some("")]]);
        let turned = rows(&[&[Some("2"), Some("")], &[Some("1"), None]]);
        assert!(how(judge(&Expect::Recorded, &turned, Some(&of(&answer)))).0);
        for other in [
            rows(&[&[Some("1"), Some("")], &[Some("2"), Some("")]]),
            rows(&[&[Some("1"), None]]),
            rows(&[&[Some("12"), None], &[Some(""), Some("")]]),
            Vec::new(),
        ] {
            assert!(
                !how(judge(&Expect::Recorded, &other, Some(&of(&answer)))).0,
                "{other:?}"
            );
        }
        assert!(
            !how(judge(&Expect::Recorded, &answer, None)).0,
            "nothing was recorded"
        );
    }

    #[test]
    fn a_value_is_shown_short_and_on_one_line() {
        let long = rows(&[&[Some(&"é".repeat(200))]]);
        assert_eq!(shown(&long).chars().count(), SHOWN + 1);
        assert_eq!(shown(&rows(&[&[Some("a\u{1b}[2J\nb")]])), "a [2J b");
    }
}
