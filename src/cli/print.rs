//! Lines of data on stdout, and of everything else on stderr. A reader that has left silences both.

use std::io::Write;

use crate::ui::clean;

/// One line on stdout.
pub fn line(text: &str) {
    let mut out = std::io::stdout().lock();
    // A broken pipe is the reader's decision; the exit code still tells how the command ended.
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// One row on stderr that was laid out, and painted, already.
pub fn row(text: &str) {
    let mut out = std::io::stderr().lock();
    let _ = writeln!(out, "{text}");
}

/// One line on stderr, without what would steer a terminal: part of it may be somebody else's words.
pub fn error(text: &str) {
    let mut out = std::io::stderr().lock();
    let _ = writeln!(out, "{}", clean(text));
}
