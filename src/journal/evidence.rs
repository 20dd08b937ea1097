//! Files fetched from a service that will not keep them: durable before they are read, named by their SHA-256.
//!
//! They lie beside the runs and not in them: a run's folder appears only together with its first record, and by then they
//! have been read. They hold whole statements, so nobody but their owner may read them.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::folder;
use super::hash::Hash;

const FOLDER: &str = "evidence";
/// Read at once when a file is hashed.
const BLOCK: usize = 1 << 16;

/// One fetch: a folder that did not exist before.
#[derive(Debug)]
pub struct Evidence {
    folder: PathBuf,
}

/// A file being written. It may be set aside between two appends, so that many can be written at the same time.
#[derive(Debug)]
pub struct EvidenceFile {
    path: PathBuf,
    /// None while it is set aside.
    file: Option<BufWriter<File>>,
    hash: Sha256,
    bytes: u64,
}

/// A file that is durable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFile {
    /// Where it lies.
    pub path: PathBuf,
    /// SHA-256 of it, hexadecimal.
    pub sha256: String,
    /// Its length.
    pub bytes: u64,
}

impl Evidence {
    /// Makes the folder `name` under the journal's root.
    pub fn begin(root: &Path, name: &str) -> io::Result<Self> {
        let shelf = root.join(FOLDER);
        folder::make_all(&shelf)?;
        let folder = shelf.join(plain(name));
        folder::make(&folder)?;
        Ok(Self { folder })
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Begins a file. Whatever a service names it, it lies in this folder, two levels deep.
    pub fn file(&self, within: &str, name: &str) -> io::Result<EvidenceFile> {
        let within = self.folder.join(plain(within));
        folder::make_all(&within)?;
        let path = within.join(plain(name));
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)?;
        Ok(EvidenceFile {
            path,
            file: Some(BufWriter::new(file)),
            hash: Sha256::new(),
            bytes: 0,
        })
    }

    /// Bytes that may still be written here.
    pub fn room(&self) -> io::Result<u64> {
        folder::room(&self.folder)
    }
}

impl EvidenceFile {
    /// Adds to it.
    pub fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.opened()?.write_all(bytes)?;
        self.hash.update(bytes);
        self.bytes = self.bytes.saturating_add(bytes.len() as u64);
        Ok(())
    }

    /// Its length so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Writes out what it holds, and closes it until there is more.
    pub fn set_aside(&mut self) -> io::Result<()> {
        match self.file.take() {
            Some(file) => file
                .into_inner()
                .map(drop)
                .map_err(io::IntoInnerError::into_error),
            None => Ok(()),
        }
    }

    /// Makes it durable.
    pub fn finish(mut self) -> io::Result<KeptFile> {
        self.opened()?.flush()?;
        if let Some(file) = &self.file {
            file.get_ref().sync_all()?;
        }
        if let Some(parent) = self.path.parent() {
            folder::sync(parent)?;
        }
        let digest: [u8; 32] = self.hash.finalize().into();
        Ok(KeptFile {
            path: self.path,
            sha256: Hash::raw(digest).to_string(),
            bytes: self.bytes,
        })
    }
}

impl EvidenceFile {
    fn opened(&mut self) -> io::Result<&mut BufWriter<File>> {
        let file = if let Some(file) = self.file.take() {
            file
        } else {
            // It is this fetch's own, made by it: nothing else may have taken its place.
            let file = OpenOptions::new().append(true).open(&self.path)?;
            if file.metadata()?.len() != self.bytes {
                return Err(io::Error::other(format!(
                    "{} was changed while it was written",
                    self.path.display()
                )));
            }
            BufWriter::new(file)
        };
        Ok(self.file.insert(file))
    }
}

/// SHA-256 of a file as it is now, hexadecimal.
pub fn digest_of(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let (mut hash, mut block) = (Sha256::new(), vec![0; BLOCK]);
    loop {
        let read = file.read(&mut block)?;
        if read == 0 {
            let digest: [u8; 32] = hash.finalize().into();
            return Ok(Hash::raw(digest).to_string());
        }
        hash.update(block.get(..read).unwrap_or_default());
    }
}

/// A name without anything that leads elsewhere.
fn plain(name: &str) -> String {
    let safe = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_');
    let name: String = name
        .chars()
        .map(|letter| if safe(letter) { letter } else { '_' })
        .take(200)
        .collect();
    match name.trim_start_matches('.') {
        "" => "unnamed".to_owned(),
        rest => rest.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_digest_wherever_it_is_read() {
        let root = tempfile::tempdir().unwrap();
        let evidence = Evidence::begin(root.path(), "20261120-orders").unwrap();
        let mut file = evidence.file("orders-1", "audit/audit.log.0").unwrap();
        file.append(b"one\n").unwrap();
        file.append(b"two\n").unwrap();
        let kept = file.finish().unwrap();
        assert_eq!(kept.sha256, Hash::of(b"one\ntwo\n").to_string());
        assert_eq!(digest_of(&kept.path).unwrap(), kept.sha256);
        assert_eq!(kept.path, evidence.folder().join("orders-1/audit_audit.log.0"));
    }

    #[test]
    fn no_name_of_a_service_leads_out_of_the_folder() {
        for name in ["../../etc/passwd", "/etc/passwd", "..", "", "a\0b", "…"] {
            let plain = plain(name);
            assert!(
                !plain.contains(['/', '\0']) && plain != "..",
                "{name:?}: {plain:?}"
            );
            assert!(
                !plain.is_empty() && !plain.starts_with('.'),
                "{name:?}: {plain:?}"
            );
        }
    }

    #[test]
    fn more_files_are_written_at_once_than_may_be_open() {
        let root = tempfile::tempdir().unwrap();
        let evidence = Evidence::begin(root.path(), "20261120-orders").unwrap();
        let open = || std::fs::read_dir("/proc/self/fd").unwrap().count();
        let before = open();
        let mut files: Vec<EvidenceFile> = (0..300)
            .map(|number| evidence.file("audit", &format!("stream-{number}")).unwrap())
            .map(|mut file| {
                file.append(b"one\n").unwrap();
                file.set_aside().unwrap();
                file
            })
            .collect();
        // Other tests of this process open files meanwhile, and not 200.
        assert!(open() < before + 200, "{} {before}", open());
        for file in &mut files {
            file.append(b"two\n").unwrap();
            file.set_aside().unwrap();
            file.set_aside().unwrap();
        }
        for file in files {
            let kept = file.finish().unwrap();
            assert_eq!(kept.sha256, Hash::of(b"one\ntwo\n").to_string());
            assert_eq!(digest_of(&kept.path).unwrap(), kept.sha256);
        }
    }

    #[test]
    fn a_file_that_changed_while_it_was_set_aside_is_no_evidence() {
        let root = tempfile::tempdir().unwrap();
        let evidence = Evidence::begin(root.path(), "20261120-orders").unwrap();
        let mut file = evidence.file("audit", "stream").unwrap();
        file.append(b"one\n").unwrap();
        file.set_aside().unwrap();
        std::fs::write(evidence.folder().join("audit/stream"), "elsewhere").unwrap();
        assert!(file.append(b"two\n").is_err());
    }

    #[test]
    fn a_fetch_never_writes_into_another_one() {
        let root = tempfile::tempdir().unwrap();
        Evidence::begin(root.path(), "one").unwrap();
        assert!(Evidence::begin(root.path(), "one").is_err());
    }
}
