//! Data on stdout: what a command was asked for.
//!
//! A reader that has left (a broken pipe) is a reader's decision, and silent. Whatever else keeps data from being
//! written is remembered for the end of the process: a part of an answer must not pass for the whole of it.

use std::io::{self, ErrorKind, Write};
use std::sync::OnceLock;

/// Why data was lost, once it was.
static LOST: OnceLock<String> = OnceLock::new();

/// The process's stdout.
#[derive(Clone, Copy, Debug, Default)]
pub struct Data;

impl Write for Data {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // What came after a gap would hide it.
        if lost().is_some() {
            return Err(ErrorKind::WriteZero.into());
        }
        noted(io::stdout().write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        noted(io::stdout().flush())
    }
}

/// Why something that was written to [`Data`] did not arrive; none where all did, or nobody reads any more.
pub fn lost() -> Option<&'static str> {
    LOST.get().map(String::as_str)
}

fn noted<T>(result: io::Result<T>) -> io::Result<T> {
    if let Err(error) = &result
        && !matches!(error.kind(), ErrorKind::BrokenPipe | ErrorKind::Interrupted)
    {
        LOST.get_or_init(|| error.to_string());
    }
    result
}
