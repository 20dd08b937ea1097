//! Gathers faults and secrets while a file is walked, so that one pass finds them all.

use std::iter::repeat_n;
use std::ops::Range;

use super::fault::{Fault, RunbookFaults};
use super::value::is_unprintable;

/// What was found so far.
#[derive(Debug)]
pub(super) struct Found<'t> {
    text: &'t str,
    faults: Vec<Fault>,
    secrets: Vec<Range<usize>>,
    /// Where the database is asked.
    asked: Vec<Range<usize>>,
}

impl<'t> Found<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            faults: Vec::new(),
            secrets: Vec::new(),
            asked: Vec::new(),
        }
    }

    /// Notes a fault for which the message says enough.
    pub(super) fn fault(&mut self, span: Range<usize>, message: impl Into<String>) {
        self.push(span, message.into(), None);
    }

    /// Notes a fault and what to write instead.
    pub(super) fn hinted(&mut self, span: Range<usize>, message: impl Into<String>, hint: impl Into<String>) {
        self.push(span, message.into(), Some(hint.into()));
    }

    /// Notes that this part of the file must not be shown.
    pub(super) fn secret(&mut self, span: Range<usize>) {
        self.secrets.push(span);
    }

    /// Notes that the database is asked there.
    pub(super) fn needs_database(&mut self, span: Range<usize>) {
        self.asked.push(span);
    }

    /// There is no `[database]`: notes it where one is asked first.
    pub(super) fn lacks_database(&mut self) {
        if let Some(span) = self.asked.first().cloned() {
            self.hinted(
                span,
                "expected [database] for what is asked by SQL, got none",
                "[database] with user and password, once in the file",
            );
        }
    }

    /// The line of an offset, from 1.
    pub(super) fn line(&self, offset: usize) -> usize {
        position(self.text, offset).0
    }

    /// Whether nothing is wrong so far.
    pub(super) fn is_empty(&self) -> bool {
        self.faults.is_empty()
    }

    /// The faults in the order of the file.
    pub(super) fn into_faults(mut self, path: &str) -> RunbookFaults {
        self.faults
            .sort_by_key(|fault| (fault.span.start, fault.span.end));
        let shown = masked(self.text, &self.secrets);
        RunbookFaults {
            path: path.to_owned(),
            faults: self.faults,
            shown,
        }
    }

    fn push(&mut self, span: Range<usize>, message: String, hint: Option<String>) {
        let (line, column) = position(self.text, span.start);
        self.faults.push(Fault {
            message,
            hint,
            line,
            column,
            span,
        });
    }
}

/// Line and column of a byte offset, both from 1, the column in characters. A byte order mark has no
/// width in an editor and counts for nothing.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let before = before.strip_prefix('\u{feff}').unwrap_or(before);
    let line = before.rsplit('\n').next().unwrap_or(before);
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

/// The text with every byte of the spans replaced by `*`, but for ends of lines and quotes, and with
/// `?` for what would do something to a terminal: what is left has the same lines and offsets.
fn masked(text: &str, secrets: &[Range<usize>]) -> String {
    let mut masked = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        let secret = secrets.iter().any(|span| span.contains(&at));
        match letter {
            '\r' | '\n' | '"' | '\'' => masked.push(letter),
            _ if secret => masked.extend(repeat_n('*', letter.len_utf8())),
            _ if is_unprintable(letter) => masked.extend(repeat_n('?', letter.len_utf8())),
            _ => masked.push(letter),
        }
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_characters_from_one() {
        let text = "é = 1\r\nßß = \"x\"\n";
        assert_eq!(position(text, 0), (1, 1));
        assert_eq!(position(text, "é".len()), (1, 2));
        assert_eq!(position(text, text.find('x').unwrap()), (2, 7));
        assert_eq!(position(text, text.len()), (3, 1));
        assert_eq!(position("\u{feff}a = 1", 3), (1, 1));
    }

    #[test]
    fn a_masked_text_keeps_its_lines_and_offsets() {
        let text = "a = \"é\nx\" # \u{1b}b";
        let shown = masked(text, &[4..7, 7..10]);
        assert_eq!(shown, "a = \"**\n*\" # ?b");
        assert_eq!(shown.len(), text.len());
    }
}
