//! Lines of data on stdout, and of everything else on stderr. A reader that has left silences both.
//!
//! That data could not be written is remembered where it is written, and told when the command ends.

use std::io::{self, BufWriter, Write};

use crate::domain::mode::Mode;
use crate::ui::{ColourChoice, Data, Line, Paint, Style, Surroundings, clean, lay};

/// Data on stdout, as it is.
pub fn line(text: &str) {
    data(|out| writeln!(out, "{text}"));
}

/// Much data on stdout, written piece by piece.
pub fn data(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
    let mut out = BufWriter::new(Data);
    // What is lost by it is told when the command ends.
    let _ = write(&mut out).and_then(|()| out.flush());
}

/// One row on stderr that was laid out, and painted, already.
pub fn row(text: &str) {
    let mut out = std::io::stderr().lock();
    let _ = writeln!(out, "{text}");
}

/// Lines for people on stdout, without what would steer a terminal: part of them may be somebody else's words.
pub fn words(text: &str) {
    line(&cleaned(text));
}

fn cleaned(text: &str) -> String {
    text.split('\n').map(clean).collect::<Vec<_>>().join("\n")
}

/// One line on stderr, without what would steer a terminal: part of it may be somebody else's words.
pub fn error(text: &str) {
    let mut out = std::io::stderr().lock();
    let _ = writeln!(out, "{}", clean(text));
}

/// A sentence on stderr, wrapped to the terminal; in one row where there is none.
pub fn wrapped(text: &str) {
    laid(&Line::at(0).hang(2).text(text));
}

/// A command to be copied, alone on its rows.
pub fn paste(command: &str) {
    laid(&Line::paste(2, Paint::Plain, command));
}

fn laid(line: &Line) {
    let around = Surroundings::of_stderr();
    let style = Style::decide(ColourChoice::Never, &around, Mode::Live, false);
    for each in lay(std::slice::from_ref(line), "", Mode::Live, &style) {
        row(&each);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cannot_steer_a_terminal_and_keep_their_lines() {
        assert_eq!(cleaned("a\u{1b}[2J\u{9b}1m\nb"), "a [2J 1m\nb");
    }
}
