//! Bytes of what is to be read, and no more than a bound: what is named may have no end.

use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::FileTypeExt as _;
use std::path::Path;

/// Bytes of one file. AWS takes a megabyte; plans and states of Terraform are larger.
const LARGEST: u64 = 64 << 20;

/// A file's bytes, and no more than one beyond the largest.
pub(super) fn of_file(path: &Path) -> io::Result<Vec<u8>> {
    bounded(File::open(path)?)
}

/// The bytes of a file that nobody named, no more than `largest`; or why they are not to be had.
///
/// Nothing but a file is opened: a pipe would be waited for without an end.
pub(in crate::lint) fn of_found(path: &Path, largest: u64) -> Result<Vec<u8>, String> {
    let about = fs::metadata(path).map_err(|error| error.to_string())?;
    if !about.is_file() {
        return Err(format!("expected a file, got {}", kind(about.file_type())));
    }
    if about.len() > largest {
        return Err(format!("expected at most {largest} bytes, got {}", about.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or_default());
    File::open(path)
        .and_then(|file| file.take(largest + 1).read_to_end(&mut bytes))
        .map_err(|error| error.to_string())?;
    if bytes.len() as u64 > largest {
        return Err(format!("expected at most {largest} bytes, got more"));
    }
    Ok(bytes)
}

fn kind(found: fs::FileType) -> &'static str {
    if found.is_fifo() {
        "a pipe"
    } else if found.is_socket() {
        "a socket"
    } else if found.is_dir() {
        "a folder"
    } else {
        "a device"
    }
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
