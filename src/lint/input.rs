//! Bytes of what is to be read, and no more than a bound: what is named may have no end.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Bytes of one file. AWS takes a megabyte; plans and states of Terraform are larger.
const LARGEST: u64 = 64 << 20;

/// A file's bytes, and no more than one beyond the largest.
pub(super) fn of_file(path: &Path) -> io::Result<Vec<u8>> {
    bounded(File::open(path)?)
}

/// What a stream gives, and no more than one byte beyond the largest file that is read.
///
/// # Errors
/// Those of the stream.
pub fn bounded(stream: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Why bytes that were read within the bound are not all; none where they are.
pub(super) fn refusal(bytes: &[u8]) -> Option<String> {
    (bytes.len() as u64 > LARGEST).then(|| format!("expected at most {} MiB, got more", LARGEST >> 20))
}
