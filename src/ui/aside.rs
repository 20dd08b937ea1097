//! What a runbook's command printed: for the screen alone, never for the journal, a notice or a report.

use std::io::Write;

use super::line::clean;

/// Shows the last lines of a command that failed, on stderr.
pub fn aside(text: &str) {
    let mut err = std::io::stderr().lock();
    for line in text.lines() {
        // Nobody reads any more where this fails.
        let _ = writeln!(err, "    | {}", clean(line));
    }
}
