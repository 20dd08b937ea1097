//! Values as cells. What is not known is written "unknown", never as a zero and never as an empty cell.

use chrono::{DateTime, Utc};

use super::inline::Inline;
use crate::report::instant::{length, utc};

/// The one word for what is not known.
pub fn unknown() -> Inline {
    Inline::fixed("unknown")
}

/// An instant.
pub fn instant(at: DateTime<Utc>) -> Inline {
    Inline::code(&utc(at))
}

/// An instant that may not be known.
pub fn maybe_instant(at: Option<DateTime<Utc>>) -> Inline {
    at.map_or_else(unknown, instant)
}

/// Seconds that may not be known.
pub fn maybe_length(seconds: Option<i64>) -> Inline {
    seconds.map_or_else(unknown, |seconds| Inline::text(&length(seconds)))
}

/// A value to be copied that may not be known.
pub fn maybe_code(value: Option<&str>) -> Inline {
    value
        .filter(|value| !value.is_empty())
        .map_or_else(unknown, Inline::code)
}

/// Words that may be missing: then nobody gave any.
pub fn maybe_text(words: Option<&str>) -> Inline {
    words
        .filter(|words| !words.trim().is_empty())
        .map_or_else(|| Inline::fixed("none given"), Inline::text)
}

/// Names in a row.
pub fn names(names: &[String]) -> Inline {
    let names: Vec<Inline> = names.iter().map(|name| Inline::code(name)).collect();
    Inline::joined(&names, ", ")
}
