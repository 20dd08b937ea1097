//! A text as typed, with what it means: the one place that tries the forms, and in which order.
//!
//! No form may read a clock, and no form may accept what another form refuses on purpose.

use chrono::{DateTime, Datelike, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::debris;
use super::forms::{self, Found};
use super::reading::{Marked, Reading};
use super::refusal::{Quoted, TimeTextError, as_typed};

/// A text read at entry. Journaled with its reading, so that no later run reads it differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeText {
    typed: String,
    reading: Reading,
    notes: Vec<String>,
}

impl TimeText {
    /// Reads a text, with the zone of `--zone` where the command has one. Asks nothing of clock or cluster.
    pub fn parse(typed: &str, zone: Option<Tz>) -> Result<Self, TimeTextError> {
        let trimmed = debris::trim(typed);
        let found = read(trimmed.text, zone)?;
        match &found.reading {
            Reading::Instant { at }
            | Reading::BeforeStatement { statement: at }
            | Reading::Epoch { at, unit: _ } => {
                check_year(*at, typed)?;
            }
            Reading::Earliest
            | Reading::Origin
            | Reading::Ago { .. }
            | Reading::BeforeLocated { .. }
            | Reading::BareClock { .. }
            | Reading::Mark { .. } => {}
        }
        let notes = trimmed.notes.into_iter().chain(found.notes).collect();
        Ok(Self {
            typed: typed.to_owned(),
            reading: found.reading,
            notes,
        })
    }

    /// Before a statement that was found in a log. `typed` says where.
    pub fn before_statement(statement: DateTime<Utc>, typed: String) -> Self {
        Self {
            typed,
            reading: Reading::BeforeStatement { statement },
            notes: Vec::new(),
        }
    }

    /// The statement that its instant must precede, where one is known.
    pub fn statement(&self) -> Option<DateTime<Utc>> {
        match &self.reading {
            Reading::BeforeStatement { statement } => Some(*statement),
            Reading::Instant { .. }
            | Reading::Epoch { .. }
            | Reading::Earliest
            | Reading::Origin
            | Reading::Ago { .. }
            | Reading::BeforeLocated { .. }
            | Reading::BareClock { .. }
            | Reading::Mark { .. } => None,
        }
    }

    /// The text exactly as it came.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// What it means.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// What the operator should be told about how it was read.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The mark that the text names, for the caller to look up before it resolves.
    pub fn mark(&self) -> Option<&str> {
        match &self.reading {
            Reading::Mark { name, .. } => Some(name),
            Reading::Instant { .. }
            | Reading::BeforeStatement { .. }
            | Reading::Epoch { .. }
            | Reading::Earliest
            | Reading::Origin
            | Reading::Ago { .. }
            | Reading::BeforeLocated { .. }
            | Reading::BareClock { .. } => None,
        }
    }

    /// The same text with its mark looked up: the instant is frozen here, and a mark that is moved later moves nothing.
    #[must_use]
    pub fn marked_as(mut self, found: Marked, note: String) -> Self {
        if let Reading::Mark { marked, .. } = &mut self.reading {
            *marked = Some(found);
            self.notes.push(note);
        }
        self
    }

    /// Whether its instant depends on the present, so that it is refused when the clocks disagree.
    pub fn needs_clock(&self) -> bool {
        match &self.reading {
            Reading::Ago { .. } | Reading::BareClock { .. } => true,
            Reading::Instant { .. }
            | Reading::BeforeStatement { .. }
            | Reading::Epoch { .. }
            | Reading::Earliest
            | Reading::Origin
            | Reading::BeforeLocated { .. }
            | Reading::Mark { .. } => false,
        }
    }
}

fn read(text: &str, zone: Option<Tz>) -> Result<Found, TimeTextError> {
    if text.is_empty() {
        return Err(TimeTextError::Empty);
    }
    if text.contains(['\n', '\r']) {
        return Err(TimeTextError::SeveralLines);
    }
    // The statement in an audit line, and a zone's name in a comment, may hold any character.
    if let Some(found) = forms::audit_line(text, zone)? {
        return Ok(found);
    }
    let text = forms::without_zone_comment(text);
    if let Some((position, character)) = debris::foreign(text) {
        let offered = debris::corrected(text).filter(|offered| read(offered, zone).is_ok());
        return Err(TimeTextError::ForeignCharacter {
            text: Quoted::new(text),
            character: debris::name(character),
            position,
            instead: offered.map_or_else(
                || ": type it again by hand".to_owned(),
                |offered| format!(": type {}", as_typed(&offered)),
            ),
        });
    }
    for form in forms::ALL {
        if let Some(found) = form(text, zone)? {
            return Ok(found);
        }
    }
    Err(TimeTextError::unreadable(text, readable_start(text, zone)))
}

/// The first word or two, when they alone would be accepted: the start of a log line, say.
fn readable_start(text: &str, zone: Option<Tz>) -> Option<String> {
    let ends: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).take(2).collect();
    let starts = ends.into_iter().rev().filter_map(|end| text.get(..end));
    starts
        .filter(|start| !start.ends_with(' '))
        .find(|start| read(start, zone).is_ok())
        .map(as_typed)
}

fn check_year(at: DateTime<Utc>, typed: &str) -> Result<(), TimeTextError> {
    if (1970..=9999).contains(&at.year()) {
        return Ok(());
    }
    Err(TimeTextError::YearRange {
        text: Quoted::new(typed),
    })
}
