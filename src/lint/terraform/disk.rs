//! Files of a folder, each read up to a bound: what Terraform takes for its own may be a pipe, or have no end.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// A file beyond this is not read: nobody wrote it.
const LARGEST: u64 = 8 << 20;

/// A regular file's bytes, or a fragment that says why there are none.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    let failed = |error: io::Error| error.to_string();
    let about = fs::metadata(path).map_err(failed)?;
    // A pipe would keep the reader waiting before it gives a byte.
    if !about.is_file() {
        return Err("expected a regular file, got a pipe, a socket or a device".to_owned());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(about.len().min(LARGEST)).unwrap_or_default());
    File::open(path)
        .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!("expected at most {LARGEST} bytes, got more"));
    }
    Ok(bytes)
}
