//! One file of blocks: what every kept instant is made of.
//!
//! A block is written once and read as often as an instant needs it. Blocks of instants that were let go are used again.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::Path;

/// InnoDB's page, and the unit of every comparison.
pub(super) const BLOCK: usize = 16 * 1_024;
/// A block of zeros is not kept: logs and new files are full of them.
pub(super) const ZEROS: u32 = u32::MAX;
static NOTHING: [u8; BLOCK] = [0; BLOCK];

/// The blocks.
#[derive(Debug)]
pub(super) struct Pack {
    file: File,
    /// Slots up to here were used once.
    next: u32,
    free: Vec<u32>,
}

impl Pack {
    /// A new, empty one.
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        let file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(path)?;
        Ok(Self {
            file,
            next: 0,
            free: Vec::new(),
        })
    }

    /// Keeps a block of at most [`BLOCK`] bytes and returns its slot.
    pub(super) fn put(&mut self, block: &[u8]) -> io::Result<u32> {
        if block == &NOTHING[..block.len()] {
            return Ok(ZEROS);
        }
        let reused = self.free.pop();
        let slot = reused.unwrap_or(self.next);
        if let Err(error) = self.file.write_all_at(block, offset(slot)) {
            self.free.extend(reused);
            return Err(error);
        }
        if reused.is_none() {
            self.next += 1;
        }
        Ok(slot)
    }

    /// Reads a block into all of `into`.
    pub(super) fn get(&self, slot: u32, into: &mut [u8]) -> io::Result<()> {
        if slot == ZEROS {
            into.fill(0);
            return Ok(());
        }
        self.file.read_exact_at(into, offset(slot))
    }

    /// Gives a slot back that nothing names.
    pub(super) fn release(&mut self, slot: u32) {
        if slot != ZEROS {
            self.free.push(slot);
        }
    }

    /// Lets go of every slot that `used` does not name.
    pub(super) fn keep_only<'a>(&mut self, used: impl Iterator<Item = &'a [u32]>) {
        let mut named = vec![false; usize::try_from(self.next).unwrap_or(0)];
        for slot in used.flatten() {
            let place = usize::try_from(*slot).ok().and_then(|place| named.get_mut(place));
            if let Some(place) = place {
                *place = true;
            }
        }
        self.free = (0..self.next)
            .zip(&named)
            .filter(|(_, named)| !**named)
            .map(|(slot, _)| slot)
            .collect();
    }

    /// Bytes of the blocks that are in use.
    pub(super) fn bytes(&self) -> u64 {
        let free = u64::try_from(self.free.len()).unwrap_or(0);
        offset(self.next).saturating_sub(free * block_bytes())
    }
}

fn block_bytes() -> u64 {
    u64::try_from(BLOCK).unwrap_or(u64::MAX)
}

fn offset(slot: u32) -> u64 {
    u64::from(slot) * block_bytes()
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::path::Path;

    use super::{BLOCK, Pack, ZEROS};

    #[test]
    fn a_block_comes_back_and_a_slot_that_is_let_go_is_used_again() {
        let folder = tempfile::tempdir().unwrap();
        let mut pack = Pack::create(&folder.path().join("pack")).unwrap();
        let first = pack.put(&[1; BLOCK]).unwrap();
        let short = pack.put(&[2; 100]).unwrap();
        let last = pack.put(&[3; BLOCK]).unwrap();
        assert_eq!(pack.put(&[0; BLOCK]).unwrap(), ZEROS);
        pack.keep_only([[first, last].as_slice()].into_iter());
        assert_eq!(pack.put(&[4; BLOCK]).unwrap(), short);
        let mut read = vec![9; BLOCK];
        for (slot, byte) in [(first, 1), (short, 4), (last, 3), (ZEROS, 0)] {
            pack.get(slot, &mut read).unwrap();
            assert!(read.iter().all(|it| *it == byte), "{slot}");
        }
    }

    #[test]
    fn a_full_disk_is_an_error_and_uses_no_slot() {
        let mut pack = Pack::create(Path::new("/dev/full")).unwrap();
        let error = pack.put(&[1; BLOCK]).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        assert_eq!(pack.bytes(), 0);
    }
}
