//! What a form made of a text.

use crate::domain::time_text::reading::Reading;

/// A text that a form has read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::domain::time_text) struct Found {
    pub(in crate::domain::time_text) reading: Reading,
    pub(in crate::domain::time_text) notes: Vec<String>,
}

impl Found {
    pub(super) fn plain(reading: Reading) -> Self {
        Self {
            reading,
            notes: Vec::new(),
        }
    }

    pub(super) fn noted(reading: Reading, note: impl Into<String>) -> Self {
        Self {
            reading,
            notes: vec![note.into()],
        }
    }
}
