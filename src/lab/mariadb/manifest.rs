//! What a data directory holds at one instant: its files, each a list of slots of the pack.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::pack::{BLOCK, Pack, ZEROS};

/// One file. Instants at which it is the same share its slots.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    /// Below the data directory.
    pub(super) path: PathBuf,
    pub(super) bytes: u64,
    pub(super) slots: Arc<[u32]>,
}

/// A whole data directory.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// Below the data directory, each after the one that it lies in.
    pub(super) folders: Vec<PathBuf>,
    pub(super) files: Vec<Kept>,
}

impl Manifest {
    /// Writes it into `target`, which is made. Hands each file's content to `seen`.
    pub(super) fn write(
        &self,
        pack: &Pack,
        target: &Path,
        mut seen: impl FnMut(&Kept, Vec<u8>),
    ) -> io::Result<()> {
        fs::create_dir(target)?;
        for folder in &self.folders {
            fs::create_dir(target.join(folder))?;
        }
        for kept in &self.files {
            let content = kept.read(pack)?;
            let file = File::create_new(target.join(&kept.path))?;
            file.set_len(kept.bytes)?;
            // Blocks of zeros stay holes.
            let blocks = (0_u64..)
                .step_by(BLOCK)
                .zip(content.chunks(BLOCK))
                .zip(kept.slots.iter());
            for ((offset, block), slot) in blocks {
                if *slot != ZEROS {
                    file.write_all_at(block, offset)?;
                }
            }
            seen(kept, content);
        }
        Ok(())
    }
}

impl Kept {
    fn read(&self, pack: &Pack) -> io::Result<Vec<u8>> {
        let bytes = usize::try_from(self.bytes).map_err(io::Error::other)?;
        let mut content = vec![0; bytes];
        for (block, slot) in content.chunks_mut(BLOCK).zip(self.slots.iter()) {
            if *slot != ZEROS {
                pack.get(*slot, block)?;
            }
        }
        Ok(content)
    }
}
