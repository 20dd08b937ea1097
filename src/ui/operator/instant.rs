//! A time typed at a prompt: read, frozen by the service's clock, and shown four ways before it is used.

use chrono::{DateTime, Utc};

use super::brief::Brief;
use crate::domain::target::Direction;
use crate::domain::time_text::{Echo, TimeText};
use crate::ui::line::{Line, Paint};
use crate::ui::moment::full;
use crate::ui::render::echo;

/// An instant with what is shown of it.
pub(super) struct Meant {
    /// Whole seconds.
    pub(super) to: DateTime<Utc>,
    /// The four ways, and how it was read.
    pub(super) lines: Vec<Line>,
}

/// Reads a time; `Err` says what is missing and what to type instead.
pub(super) fn read(typed: &str, brief: &Brief) -> Result<Meant, String> {
    let bearings = brief.bearings();
    let text = TimeText::parse(typed, brief.zones.read).map_err(|error| error.to_string())?;
    let resolved = text.resolve(&bearings).map_err(|error| error.to_string())?;
    let to = resolved.instant();
    let mut lines = echo(&Echo::new(to, &bearings, brief.zones.shown));
    let notes = text.notes().iter().chain(resolved.notes());
    lines.extend(notes.map(|note| Line::at(2).hang(4).paint(Paint::Warn, note)));
    Ok(Meant { to, lines })
}

/// Refuses a time on the wrong side of where the data is; where that is not known, the checks decide.
pub(super) fn check_side(to: DateTime<Utc>, direction: Direction, brief: &Brief) -> Result<(), String> {
    let Some(present) = brief.shows else {
        return Ok(());
    };
    let (wrong, side) = match direction {
        Direction::Forward => (to <= present, "later"),
        Direction::Rewind => (to >= present, "earlier"),
    };
    if wrong {
        return Err(format!(
            "Expected a time {side} than {}, where the data is now; got {}.",
            full(present),
            full(to)
        ));
    }
    match (direction, brief.origin) {
        (Direction::Forward, Some(origin)) if to > origin => Err(format!(
            "Expected a time up to {}, where the rewind began; got {}.",
            full(origin),
            full(to)
        )),
        (Direction::Forward | Direction::Rewind, _) => Ok(()),
    }
}
