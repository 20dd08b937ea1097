//! What the cluster exports to CloudWatch Logs.
//!
//! Its stamps are those of delivery, and a page may be empty with another one after it.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashSet};

use chrono::TimeDelta;

use super::fetch::{Fetch, Fetched, SLACK, unkept};
use crate::cli::failure::Failure;
use crate::journal::EvidenceFile;

/// An event of the last asked second may be stamped so much later.
const LATE: TimeDelta = TimeDelta::minutes(30);

/// Every event of the asked time, a file for each stream.
pub(super) async fn exported(fetch: &Fetch<'_>) -> Result<Fetched, Failure> {
    let (kinds, first_only) = fetch.kinds();
    let mut fetched = Fetched::default();
    let mut absent = Vec::new();
    for kind in kinds {
        let group = kind.group(&fetch.cluster.id);
        match events(fetch, &group).await? {
            Group::Read(more) => {
                let came = !more.files.is_empty() || !more.missing.is_empty();
                fetched.add(more);
                if came && first_only {
                    break;
                }
            }
            Group::Absent(why) => absent.push(why),
        }
    }
    // A kind that is not exported was asked for by name: then it is missing.
    if !first_only {
        fetched.missing.extend(absent);
    }
    Ok(fetched)
}

enum Group {
    Read(Fetched),
    /// There is no such group.
    Absent(String),
}

async fn events(fetch: &Fetch<'_>, group: &str) -> Result<Group, Failure> {
    let logs = fetch.desk.logs();
    let from = fetch.wanted.from - SLACK;
    let to = fetch.wanted.to.map(|to| to + LATE);
    let mut files: BTreeMap<String, EvidenceFile> = BTreeMap::new();
    let (mut token, mut seen) = (None, HashSet::new());
    let stopped = loop {
        fetch.room_for(0)?;
        let page = fetch
            .teller
            .watch(group, logs.exported(group, from, to, token))
            .await;
        let page = match page {
            Ok(page) => page,
            Err(failure) if failure.code.as_deref() == Some("ResourceNotFoundException") => {
                return Ok(Group::Absent(failure.to_string()));
            }
            Err(failure) => break Some(failure.to_string()),
        };
        let mut texts: BTreeMap<String, String> = BTreeMap::new();
        for (stream, text) in page.events {
            let lines = texts.entry(stream).or_default();
            lines.push_str(text.trim_end_matches('\n'));
            lines.push('\n');
        }
        let bytes = texts.values().map(String::len).sum();
        for (stream, text) in texts {
            let file = match files.entry(stream) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => {
                    let within = group.rsplit('/').next().unwrap_or(group);
                    let file = fetch.evidence.file(within, new.key());
                    new.insert(file.map_err(|error| unkept(&error))?)
                }
            };
            // A day of an instance is some two hundred streams: one of them is open at a time.
            file.append(text.as_bytes())
                .and_then(|()| file.set_aside())
                .map_err(|error| unkept(&error))?;
        }
        // For each page: many that are empty may follow each other.
        fetch.teller.came(bytes, group);
        match page.next {
            None => break None,
            Some(next) if seen.insert(next.clone()) => token = Some(next),
            Some(_) => break Some("the service goes round in its pages".to_owned()),
        }
    };
    let mut fetched = Fetched::default();
    for (_, file) in files {
        fetched.files.push(file.finish().map_err(|error| unkept(&error))?);
    }
    fetched
        .missing
        .extend(stopped.map(|why| format!("{group}: read in part, then {why}")));
    Ok(Group::Read(fetched))
}
