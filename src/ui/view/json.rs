//! One object a line, each with `schema`, `at`, `run`, `kind` and `phase`; the last is the outcome.

use std::io::Write;

use super::sink::Sink;
use crate::domain::notice::Notice;
use crate::ports::View;
use crate::ui::data::Data;

/// The narration for programs. Nothing else is written where it writes.
pub struct JsonView(Sink);

impl JsonView {
    /// On stdout.
    pub fn new() -> Self {
        Self::to(Box::new(Data))
    }

    /// Somewhere else.
    pub fn to(out: Box<dyn Write>) -> Self {
        Self(Sink::new(out))
    }
}

impl Default for JsonView {
    fn default() -> Self {
        Self::new()
    }
}

impl View for JsonView {
    fn show(&self, notice: &Notice) {
        self.0.rows(&[line(notice)]);
    }
}

/// The object of one notice, in one line.
fn line(notice: &Notice) -> String {
    serde_json::to_string(notice).unwrap_or_default()
}
