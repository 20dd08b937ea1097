//! One file's text, and where things stand in it.

use crate::lint::input;
use crate::lint::{Place, Unreadable};
use std::cell::Cell;
use std::ops::Range;
use std::path::Path;
use std::rc::Rc;

/// A file beyond this is not read: nobody wrote it.
pub(super) const LARGEST: u64 = 8 << 20;

/// A file that was read.
#[derive(Debug)]
pub(super) struct Source {
    /// As it is told.
    pub(super) name: String,
    /// Where it is, whichever way it was come to.
    pub(super) path: Rc<Path>,
    pub(super) text: String,
    /// Bytes of the text that the file has before it.
    skipped: usize,
    /// Where each line begins.
    lines: Vec<usize>,
    /// The last column that was counted, as `(line, byte, column)`: places are asked for in their order, and a file can
    /// be one line.
    counted: Cell<(usize, usize, usize)>,
}

impl Source {
    /// Reads a file.
    pub(super) fn read(name: String, path: &Path) -> Result<Rc<Self>, Unreadable> {
        match input::of_found(path, LARGEST) {
            Ok(bytes) => Self::of(name, path, bytes),
            Err(mut message) => {
                if name.contains(char::REPLACEMENT_CHARACTER) {
                    message = format!("expected a name in UTF-8, got other bytes: {message}");
                }
                Err(Unreadable {
                    file: name,
                    message,
                    place: None,
                })
            }
        }
    }

    /// A file by its bytes: UTF-8, with or without a byte order mark.
    pub(super) fn of(name: String, path: &Path, mut bytes: Vec<u8>) -> Result<Rc<Self>, Unreadable> {
        let skipped = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        bytes.drain(..skipped);
        let (text, wrong) = match String::from_utf8(bytes) {
            Ok(text) => {
                let wrong = text.find('\0').map(|at| (at, "a NUL byte"));
                (text, wrong)
            }
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let mut bytes = error.into_bytes();
                bytes.truncate(at);
                let text = String::from_utf8(bytes).unwrap_or_default();
                (text, Some((at, "bytes that are none")))
            }
        };
        let lines = std::iter::once(0)
            .chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1))
            .collect();
        let source = Self {
            name,
            path: Rc::from(path),
            text,
            skipped,
            lines,
            counted: Cell::new((0, 0, 0)),
        };
        match wrong {
            None => Ok(Rc::new(source)),
            Some((at, what)) => Err(source.unreadable(format!("expected UTF-8 text, got {what}"), at)),
        }
    }

    /// The place of a range of the text.
    pub(super) fn place(&self, range: Range<usize>) -> Place {
        let mut start = range.start.min(self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        let line = self.lines.partition_point(|begins| *begins <= start).max(1);
        let begins = self.lines.get(line - 1).copied().unwrap_or_default();
        let (from, before) = match self.counted.get() {
            (of, byte, column) if of == line && byte <= start => (byte, column),
            _ => (begins, 1),
        };
        let column = before + self.text[from..start].chars().count();
        self.counted.set((line, start, column));
        Place {
            line,
            column,
            bytes: start + self.skipped..range.end.max(start) + self.skipped,
        }
    }

    /// That the file cannot be used, at a byte of the text.
    pub(super) fn unreadable(&self, message: String, at: usize) -> Unreadable {
        Unreadable {
            file: self.name.clone(),
            message,
            place: Some(self.place(at..at)),
        }
    }
}
