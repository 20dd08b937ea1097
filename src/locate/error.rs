//! What can go wrong with the input.

use serde::Serialize;
use std::path::PathBuf;

/// Why nothing could be searched.
#[derive(Debug, thiserror::Error)]
pub enum LocateError {
    /// No path was given, or the folders given hold no file.
    #[error("expected at least one log file, got none in {}", paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", "))]
    NoFiles {
        /// The paths asked for.
        paths: Vec<PathBuf>,
    },
    /// A path does not exist or a folder cannot be listed.
    #[error("could not read {}", path.display())]
    Unreadable {
        /// The path.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A thread of the search ended before its work did.
    #[error("a search thread stopped before the end of its file: this is a bug")]
    Stopped,
}

/// Why a file's lines do not all count; the search goes on with the other files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum Problem {
    /// It could not be opened, or reading it failed part of the way.
    #[error("reading stopped: {message}")]
    Unreadable {
        /// The system's or the decompressor's reason.
        message: String,
    },
    /// None of its lines is in a known form.
    #[error("no line is in a known log format")]
    Unrecognised {
        /// Whether it holds NUL bytes, as no log does.
        binary: bool,
    },
    /// Its times are the server's local ones.
    #[error("its times are local to the server: a zone is needed")]
    ZoneNeeded,
}
