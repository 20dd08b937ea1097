//! Logs that are fetched: from the lab's instances by the real SDK, and from CloudWatch Logs as moto plays it.

mod cloudwatch;
mod instances;
mod pick;
mod rewound;

use std::path::Path;

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::harness::{Finished, stamp, whole_second};
use crate::place::{CLUSTER, Place};

/// `locate` on the lab's cluster, as JSON.
fn locate(place: &Place, more: &[&str]) -> Finished {
    let mut arguments = vec!["locate", "--cluster", CLUSTER, "--lab", &place.lab.endpoint];
    arguments.extend(["--output", "json"]);
    arguments.extend(more);
    place.run(&arguments)
}

/// A table that was emptied, and the lines of it in their files.
fn hurt(place: &Place) -> DateTime<Utc> {
    let at = place.lab.hurt("delete_all");
    place.lab.advance(3);
    at
}

/// One second earlier, rounded down.
fn target(at: DateTime<Utc>) -> String {
    stamp(whole_second(at - chrono::TimeDelta::seconds(1)))
}

fn coverage(finished: &Finished) -> Value {
    finished.of_kind("coverage").pop().unwrap()
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// What was fetched, as one text.
fn evidence(place: &Place) -> String {
    let mut files = files(&place.program.journals().join("evidence"));
    files.sort();
    let texts = files.iter().map(|file| std::fs::read_to_string(file).unwrap());
    texts.collect()
}
