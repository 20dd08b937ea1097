//! The last of what a command printed. For the screen only: it has no `Serialize`, so that it cannot
//! reach a journal, and the values of the command's `env` are masked in it.

use super::output::Kept;

/// How much of each stream is shown, in bytes: together about 4 KiB.
const SHOWN: usize = 2048;

/// The most bytes that a divided character can become when it is read as text.
const CHARACTER: usize = 9;

/// The last of what a command printed, masked and without control characters: first its standard
/// output, then its standard error.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tail {
    text: String,
}

/// What must not be shown of a command's output.
#[derive(Clone, Default)]
pub(super) struct Secrets {
    values: Vec<String>,
}

impl Tail {
    pub(super) fn new(stdout: &Kept, stderr: &Kept, secrets: &Secrets) -> Self {
        let mut text = shown(stdout, secrets);
        let errors = shown(stderr, secrets);
        if !text.is_empty() && !text.ends_with('\n') && !errors.is_empty() {
            text.push('\n');
        }
        text.push_str(&errors);
        Self { text }
    }

    /// The text; lines end with `\n`. A stream of which only the end is left begins with `…`.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing was printed.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

impl Secrets {
    pub(super) fn new(values: impl Iterator<Item = String>) -> Self {
        let mut values: Vec<_> = values
            .map(|value| printable(&value))
            .filter(|value| !value.is_empty())
            .collect();
        // The longest first: one may be the beginning of another.
        values.sort_by_key(|value| std::cmp::Reverse(value.len()));
        Self { values }
    }

    /// The length of the longest value, in bytes.
    pub(super) fn longest(&self) -> usize {
        self.values.first().map_or(0, String::len)
    }

    /// The text from the byte `from` on, with `***` in the place of each value. Values may overlap.
    fn mask(&self, text: &str, from: usize) -> String {
        let mut masked = String::with_capacity(text.len());
        let mut hidden_until = 0;
        let mut hiding = false;
        for (at, letter) in text.char_indices() {
            let rest = text.get(at..).unwrap_or_default();
            if let Some(value) = self.values.iter().find(|value| rest.starts_with(value.as_str())) {
                hidden_until = hidden_until.max(at + value.len());
            }
            if at < from {
                continue;
            }
            let hidden = at < hidden_until;
            if !hidden {
                masked.push(letter);
            } else if !hiding {
                masked.push_str("***");
            }
            hiding = hidden;
        }
        masked
    }
}

/// Masks first and cuts then: a value that the cut divides would not be recognised any more.
fn shown(kept: &Kept, secrets: &Secrets) -> String {
    // What is left of a stream may begin with the end of a value, and with a divided character.
    let from = if kept.is_cut() {
        secrets.longest() + CHARACTER
    } else {
        0
    };
    let masked = secrets.mask(&printable(&String::from_utf8_lossy(kept.bytes())), from);
    if masked.len() <= SHOWN && !kept.is_cut() {
        return masked;
    }
    let from = masked.len().saturating_sub(SHOWN);
    let from = (from..=masked.len())
        .find(|at| masked.is_char_boundary(*at))
        .unwrap_or(from);
    format!("…{}", masked.get(from..).unwrap_or_default())
}

/// The text without what would do something to a terminal; a carriage return becomes the end of a line.
fn printable(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars()
        .filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tail(stdout: &[u8], secrets: &[&str]) -> String {
        let secrets = Secrets::new(secrets.iter().map(|value| (*value).to_owned()));
        let mut kept = Kept::new(secrets.longest());
        kept.extend(stdout);
        Tail::new(&kept, &Kept::new(0), &secrets).text().to_owned()
    }

    #[test]
    fn every_value_is_masked_and_the_longest_first() {
        assert_eq!(
            tail(b"a hunter2 b hunter22 c\n", &["hunter2", "hunter22", ""]),
            "a *** b *** c\n"
        );
        assert_eq!(tail("é=ß".as_bytes(), &["ß"]), "é=***");
    }

    #[test]
    fn a_value_cannot_hide_behind_control_characters() {
        assert_eq!(
            tail(b"hun\x1b\x07ter2\x1b[2J\r\nx\ry", &["hunter2"]),
            "***[2J\nx\ny"
        );
    }

    #[test]
    fn only_the_end_of_a_long_output_is_shown() {
        let long = tail("é".repeat(100_000).as_bytes(), &[]);
        assert!(
            long.starts_with("…é") && long.len() <= SHOWN + '…'.len_utf8(),
            "{}",
            long.len()
        );
    }

    #[test]
    fn a_value_that_the_cut_divides_is_masked() {
        let secret = "s3cr3t".repeat(1000);
        for shift in 0..50 {
            let output = format!("{}{secret}{}", "x".repeat(40_000), "y".repeat(SHOWN - 25 + shift));
            assert!(!tail(output.as_bytes(), &[&secret]).contains("s3"), "{shift}");
            let output = format!("{secret}{}", "y".repeat(16_384 - 25 + shift));
            assert!(!tail(output.as_bytes(), &[&secret]).contains("s3"), "{shift}");
        }
    }

    #[test]
    fn a_value_printed_over_and_over_is_never_shown_in_part() {
        let secret = "0123456789".repeat(10);
        for shift in 0..100 {
            let output = format!("{}{}", "-".repeat(shift), secret.repeat(1000));
            assert!(
                !tail(output.as_bytes(), &[&secret]).contains(char::is_numeric),
                "{shift}"
            );
        }
    }

    #[test]
    fn both_streams_are_shown_one_after_the_other() {
        let (mut stdout, mut stderr) = (Kept::new(0), Kept::new(0));
        stdout.extend(b"out");
        stderr.extend(b"err");
        assert_eq!(
            Tail::new(&stdout, &stderr, &Secrets::default()).text(),
            "out\nerr"
        );
        assert!(Tail::new(&Kept::new(0), &Kept::new(0), &Secrets::default()).is_empty());
    }
}
