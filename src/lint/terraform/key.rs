//! Which one of several instances: `[0]`, `["a"]`, or none.

use serde_json::Value as Json;
use std::fmt;

/// An instance key, as it stands in an address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Key {
    /// A single instance, or one that stands for a number that is not known.
    None,
    /// Of `count`.
    Index(usize),
    /// Of `for_each`.
    Name(String),
}

impl Key {
    /// The key as states and plans hold it.
    pub(super) fn of(json: Option<&Json>) -> Self {
        match json {
            Some(Json::Number(number)) => number
                .as_u64()
                .and_then(|number| usize::try_from(number).ok())
                .map_or(Self::None, Self::Index),
            Some(Json::String(name)) => Self::Name(name.clone()),
            _ => Self::None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Index(index) => write!(out, "[{index}]"),
            Self::Name(name) => {
                out.write_str("[\"")?;
                for each in name.chars() {
                    match each {
                        '"' => out.write_str("\\\"")?,
                        '\\' => out.write_str("\\\\")?,
                        '\n' => out.write_str("\\n")?,
                        '\r' => out.write_str("\\r")?,
                        '\t' => out.write_str("\\t")?,
                        _ => write!(out, "{each}")?,
                    }
                }
                out.write_str("\"]")
            }
        }
    }
}
