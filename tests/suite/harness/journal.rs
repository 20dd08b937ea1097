//! A run's journal as bytes and as records: looked at from outside, by its documented form.

use std::path::{Path, PathBuf};

use serde_json::Value;

/// The file of one journal.
#[derive(Clone, Debug)]
pub struct Journal(PathBuf);

impl Journal {
    /// The journal of the one run under a root; none before it appears.
    pub fn only(root: &Path) -> Option<Self> {
        let mut runs: Vec<_> = std::fs::read_dir(root.join("runs")).ok()?.collect();
        assert!(runs.len() < 2, "expected one run, got {runs:?}");
        let run = runs.pop()?.unwrap();
        Some(Self(run.path().join("journal.jsonl")))
    }

    /// The run's id.
    pub fn run(&self) -> String {
        let folder = self.0.parent().and_then(Path::file_name).unwrap();
        folder.to_str().unwrap().to_owned()
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Whether the process that has the run has noted the command that it started. The command may be further than that: a
    /// process that is stopped or killed right after it started one leaves its first process unnamed.
    pub fn names_a_command(&self) -> bool {
        let root = self.0.ancestors().nth(3).unwrap();
        let lock = root.join(format!("locks/command-{}.lock", self.run()));
        let noted = std::fs::read_to_string(lock).unwrap_or_default();
        let noted: Value = serde_json::from_str(noted.trim_end()).unwrap_or_default();
        noted["first"]["id"].is_u64()
    }

    /// The file's content.
    pub fn bytes(&self) -> Vec<u8> {
        std::fs::read(&self.0).unwrap()
    }

    /// Puts other content in its place.
    pub fn overwrite(&self, bytes: &[u8]) {
        std::fs::write(&self.0, bytes).unwrap();
    }

    /// How many records there are.
    pub fn count(&self) -> usize {
        let bytes = self.bytes();
        bytes.split(|byte| *byte == b'\n').count() - 1
    }

    /// The records that are whole: while a process writes, the last one may be seen in part.
    pub fn records(&self) -> Vec<Value> {
        let bytes = self.bytes();
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').unwrap_or(0);
        let lines = bytes[..whole]
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty());
        lines.map(|line| serde_json::from_slice(line).unwrap()).collect()
    }

    /// The types of the records, in order.
    pub fn types(&self) -> Vec<String> {
        let name = |record: &Value| record["type"].as_str().unwrap().to_owned();
        self.records().iter().map(name).collect()
    }

    /// How many requests were intended.
    pub fn intents(&self) -> usize {
        let sends = |record: &&Value| record["type"] == "intended" && record["effect"] == "send";
        self.records().iter().filter(sends).count()
    }

    /// How many hops were confirmed.
    pub fn hops_confirmed(&self) -> usize {
        let confirmed =
            |record: &&Value| record["type"] == "answered" && record["answer"]["answer"] == "confirmed";
        self.records().iter().filter(confirmed).count()
    }

    /// How many hops were ordered: the run's own, and each way forward.
    pub fn hops_ordered(&self) -> usize {
        let orders = |name: &&String| ["opened", "hop_ordered"].contains(&name.as_str());
        self.types().iter().filter(orders).count()
    }
}
