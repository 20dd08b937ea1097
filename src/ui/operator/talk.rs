//! The two ends of a prompt: rows go out, a line comes in. A terminal, or a script in a test.

/// What came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// One line, without its end.
    Line(String),
    /// More than one line at once: a paste. Nothing of it is taken.
    Several,
    /// End of input, a hangup, or the question was called off.
    End,
}

/// Something that can be spoken to.
pub trait Talk {
    /// Shows rows.
    fn say(&mut self, rows: &[String]);
    /// Throws away what was typed ahead, shows the prompt, and waits for a line.
    fn hear(&mut self, prompt: &str) -> Heard;
}
