//! From bytes of a text to lines and columns.

use std::cell::Cell;
use std::ops::Range;

use super::resource::Place;

/// Where each line of a text begins.
pub(super) struct Lines<'t> {
    text: &'t str,
    /// Bytes of the file before the text: a byte order mark.
    base: usize,
    starts: Vec<usize>,
    /// The last place that was looked for: line, column and byte. Places are asked for in their order, and a template
    /// may be a single line of a megabyte.
    last: Cell<(usize, usize, usize)>,
}

impl<'t> Lines<'t> {
    /// Finds the beginnings. `base` bytes of the file stand before the text.
    pub(super) fn new(text: &'t str, base: usize) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at + 1);
            }
        }
        Self {
            text,
            base,
            starts,
            last: Cell::new((0, 0, 0)),
        }
    }

    /// The place of some bytes of the text.
    pub(super) fn place(&self, bytes: Range<usize>) -> Place {
        let start = bytes.start.min(self.text.len());
        let line = self.starts.partition_point(|begin| *begin <= start).max(1);
        let begin = self.starts[line - 1];
        let before = self.text.get(begin..start).unwrap_or_default();
        Place {
            line,
            column: before.chars().count() + 1,
            bytes: start + self.base..bytes.end.clamp(start, self.text.len()) + self.base,
        }
    }

    /// The byte at a line, from 1, and a column in characters, from 0.
    pub(super) fn byte(&self, line: usize, column: usize) -> usize {
        let Some(begin) = self.starts.get(line.saturating_sub(1)) else {
            return self.text.len();
        };
        let (last_line, last_column, last_byte) = self.last.get();
        let (from, skip) = if last_line == line && last_column <= column {
            (last_byte, column - last_column)
        } else {
            (*begin, column)
        };
        let rest = self.text.get(from..).unwrap_or_default();
        let byte = rest
            .char_indices()
            .nth(skip)
            .map_or(self.text.len(), |(offset, _)| from + offset);
        self.last.set((line, column, byte));
        byte
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_with_either_break_and_columns_are_characters() {
        let lines = Lines::new("a\r\nüb\rc\nd", 3);
        let place = lines.place(5..6);
        assert_eq!((place.line, place.column, place.bytes), (2, 2, 8..9));
        assert_eq!(lines.place(7..8).line, 3);
        assert_eq!(lines.place(9..10).line, 4);
        assert_eq!(lines.byte(2, 1), 5);
        assert_eq!(lines.byte(2, 0), 3);
        assert_eq!(lines.byte(9, 0), 10);
    }

    #[test]
    fn a_place_beyond_the_end_is_the_end() {
        let lines = Lines::new("ab", 0);
        assert_eq!(lines.place(7..9).bytes, 2..2);
    }
}
