//! What an append needs of a file, so that a test can make every step of it fail. It decides nothing.

use std::fmt::Debug;
use std::fs::File;
use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;

/// A file that grows at its end.
pub(super) trait Medium: Debug + Send {
    /// One write at the end; returns how many bytes were taken.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize>;
    /// Returns once everything written, and the length, would survive a power cut.
    fn sync(&mut self) -> io::Result<()>;
    /// Cuts the file to `length` bytes.
    fn set_len(&mut self, length: u64) -> io::Result<()>;
    /// The file's present length; an error if the file has been deleted.
    fn length(&self) -> io::Result<u64>;
}

/// The file itself, opened for appending.
#[derive(Debug)]
pub(super) struct Disk(pub(super) File);

impl Medium for Disk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        loop {
            match self.0.write(bytes) {
                // A signal came before the first byte was taken.
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                done => return done,
            }
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_data()
    }

    fn set_len(&mut self, length: u64) -> io::Result<()> {
        self.0.set_len(length)
    }

    fn length(&self) -> io::Result<u64> {
        let found = self.0.metadata()?;
        if found.nlink() == 0 {
            // The system would go on taking bytes for a file that nobody can read again.
            return Err(io::Error::new(
                io::ErrorKind::NotFound,
                "the journal's file has been deleted",
            ));
        }
        Ok(found.len())
    }
}
