//! What `record` kept of a cluster's data, to be compared with after a rewind: one small file a cluster, replaced whole.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::archive::Archive;
use super::folder;

const FOLDER: &str = "recorded";
/// A file is never longer: a statement takes some 200 bytes.
const MOST: u64 = 1 << 20;

/// What was kept of one statement's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedAnswer {
    /// SHA-256 of its rows.
    pub digest: String,
    /// What it was, in words.
    pub shown: String,
    /// When it was kept.
    pub at: DateTime<Utc>,
}

/// By the SHA-256 of the statement.
pub type RecordedAnswers = BTreeMap<String, RecordedAnswer>;

#[derive(Serialize, Deserialize)]
struct File {
    /// Which cluster, in the words by which it is locked.
    cluster: String,
    answers: RecordedAnswers,
}

impl Archive {
    /// Where a cluster's file is, whether it exists or not.
    pub fn recorded_file(&self, cluster: &str) -> PathBuf {
        let digest = Sha256::digest(cluster.as_bytes());
        let nibbles = digest.iter().take(16).flat_map(|byte| [byte >> 4, byte & 0xf]);
        let name: String = nibbles
            .filter_map(|nibble| char::from_digit(u32::from(nibble), 16))
            .collect();
        self.root().join(FOLDER).join(format!("{name}.json"))
    }

    /// What was kept of a cluster; nothing where there is no file.
    ///
    /// # Errors
    /// A file that cannot be read, or that is another cluster's.
    pub fn recorded(&self, cluster: &str) -> io::Result<RecordedAnswers> {
        let path = self.recorded_file(cluster);
        match fs::metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
            Err(error) => return Err(error),
            Ok(found) if !found.is_file() || found.len() > MOST => {
                return Err(io::Error::other(format!(
                    "{} is not a file of this program",
                    path.display()
                )));
            }
            Ok(_) => {}
        }
        let file: File = serde_json::from_slice(&fs::read(&path)?)?;
        if file.cluster != cluster {
            return Err(io::Error::other(format!(
                "{} is of {:?}, expected {cluster:?}",
                path.display(),
                file.cluster
            )));
        }
        Ok(file.answers)
    }

    /// Adds to what was kept of a cluster; the same statement is replaced. Durable when it returns, or unchanged.
    ///
    /// # Errors
    /// The disk did not take it, or what was kept before cannot be read.
    pub fn keep(&self, cluster: &str, answers: RecordedAnswers) -> io::Result<PathBuf> {
        let mut all = self.recorded(cluster)?;
        all.extend(answers);
        let path = self.recorded_file(cluster);
        let home = self.root().join(FOLDER);
        folder::make_all(&home)?;
        let file = File {
            cluster: cluster.to_owned(),
            answers: all,
        };
        // Made with mode 0600, and renamed into its place only when it is whole.
        let mut staged = tempfile::NamedTempFile::new_in(&home)?;
        staged.write_all(&serde_json::to_vec_pretty(&file)?)?;
        staged.as_file().sync_all()?;
        staged.persist(&path).map_err(|error| error.error)?;
        folder::sync(&home)?;
        Ok(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(key: &str, digest: &str) -> RecordedAnswers {
        let answer = RecordedAnswer {
            digest: digest.to_owned(),
            shown: "7".to_owned(),
            at: DateTime::UNIX_EPOCH,
        };
        [(key.to_owned(), answer)].into()
    }

    #[test]
    fn what_was_kept_is_found_again_and_the_same_statement_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let archive = Archive::new(folder.path().join("j"));
        assert_eq!(archive.recorded("a/b/c").unwrap(), BTreeMap::new());
        archive.keep("a/b/c", one("x", "1")).unwrap();
        archive.keep("a/b/c", one("y", "2")).unwrap();
        archive.keep("a/b/c", one("x", "3")).unwrap();
        let kept = archive.recorded("a/b/c").unwrap();
        assert_eq!((kept["x"].digest.as_str(), kept["y"].digest.as_str()), ("3", "2"));
        assert_eq!(archive.recorded("a/b/d").unwrap(), BTreeMap::new());
    }

    #[test]
    fn a_file_that_is_damaged_or_of_another_cluster_is_no_record() {
        let folder = tempfile::tempdir().unwrap();
        let archive = Archive::new(folder.path());
        archive.keep("one", one("x", "1")).unwrap();
        fs::copy(archive.recorded_file("one"), archive.recorded_file("two")).unwrap();
        assert!(archive.recorded("two").is_err());
        fs::write(archive.recorded_file("one"), b"{\"cluster\":\"one\"").unwrap();
        assert!(archive.recorded("one").is_err());
        assert!(
            archive.keep("one", one("x", "2")).is_err(),
            "nothing is lost unseen"
        );
    }
}
