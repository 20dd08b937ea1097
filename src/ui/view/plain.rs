//! Plain lines for a pipe, a file or a terminal without abilities: each stands by itself and begins with its time.

use std::io::Write;

use super::sink::Sink;
use crate::domain::notice::{Notice, NoticeKind};
use crate::ports::View;
use crate::ui::data::Data;
use crate::ui::render::render;
use crate::ui::style::Style;

/// Narration on stderr, the outcome on stdout.
pub struct PlainView {
    style: Style,
    narration: Sink,
    data: Sink,
}

impl PlainView {
    /// On stderr and stdout.
    pub fn new(style: Style) -> Self {
        Self::to(style, Box::new(std::io::stderr()), Box::new(Data))
    }

    /// Somewhere else: narration, and the outcome.
    pub fn to(style: Style, narration: Box<dyn Write>, data: Box<dyn Write>) -> Self {
        Self {
            style,
            narration: Sink::new(narration),
            data: Sink::new(data),
        }
    }
}

impl View for PlainView {
    fn show(&self, notice: &Notice) {
        let rows = render(notice, &self.style);
        if matches!(notice.kind, NoticeKind::Outcome(_)) {
            self.data.rows(&rows);
        } else {
            self.narration.rows(&rows);
        }
    }
}
