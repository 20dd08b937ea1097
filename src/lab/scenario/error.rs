//! What is wrong with a scenario, and where.

use std::ops::Range;

/// A scenario that the lab does not take.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScenarioError {
    /// The text is no TOML, or a key or value is not one of a scenario. `line` and `column` count from 1,
    /// the column in characters.
    #[error("line {line}, column {column}: {message}")]
    Text {
        /// Line of the file, from 1.
        line: usize,
        /// Column in the line, in characters, from 1.
        column: usize,
        /// What was expected there, and what was found.
        message: String,
    },
    /// Each value is possible alone, but not together with the others.
    #[error("{key}: {message}")]
    Together {
        /// The key, or keys, concerned: `rewind.moves_ms`.
        key: String,
        /// What was expected, and what was found.
        message: String,
    },
}

impl ScenarioError {
    pub(super) fn text(source: &str, error: &toml::de::Error) -> Self {
        let start = error.span().unwrap_or(Range { start: 0, end: 0 }).start;
        let before = source.get(..start).unwrap_or(source);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self::Text {
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or("").chars().count() + 1,
            message: error.message().lines().collect::<Vec<_>>().join("; "),
        }
    }

    pub(super) fn together(key: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Together {
            key: key.into(),
            message: message.into(),
        }
    }
}
