//! Log files of the instances, in portions, by the RDS API.

use std::collections::BTreeMap;

use super::fetch::{Fetch, Fetched, SLACK, unkept};
use crate::aws::StatementLogs;
use crate::cli::failure::Failure;
use crate::domain::statement_log::{LogFile, LogKind, Writers, writers};
use crate::journal::KeptFile;

/// Lines of a portion that is asked for; a portion of more than 1 MB is cut by the service.
const LINES: i32 = 10_000;
/// Bytes of a portion, at most.
const PORTION: u64 = 1 << 20;
/// What the service writes in the place of lines that did not fit.
const CUT: &str = "[Your log message was truncated]";
/// Looks for files that came up while others were read.
const ROUNDS: usize = 4;

/// Every file of the writers of that time.
pub(super) async fn instances(fetch: &Fetch<'_>) -> Result<Fetched, Failure> {
    let logs = fetch.desk.logs();
    let failovers = fetch
        .teller
        .watch("the cluster's events", logs.failovers(&fetch.cluster.id))
        .await
        .map_err(|failure| failure.to_string());
    let wrote = writers(
        &fetch.cluster.members,
        failovers.as_deref().map_err(String::as_str),
        fetch.wanted.from,
    );
    fetch.teller.say(&format!("logs of {}", wrote.why));
    let (kinds, first_only) = fetch.kinds();
    let mut fetched = Fetched::default();
    for kind in kinds {
        let mut reading = Reading {
            fetch,
            logs: &logs,
            kept: BTreeMap::new(),
            missing: Vec::new(),
        };
        reading.all(kind, &wrote).await?;
        let came = !reading.kept.is_empty() || !reading.missing.is_empty();
        fetched.files.extend(reading.kept.into_values());
        fetched.missing.extend(reading.missing);
        if came && first_only {
            break;
        }
    }
    // Where there is no file at all, who else wrote makes no difference.
    if !fetched.files.is_empty() {
        let gone = wrote.gone.iter();
        fetched.missing.extend(gone.map(|id| {
            format!("{id} was the writer for a time and is no member any more: its logs are gone")
        }));
    }
    Ok(fetched)
}

/// Files of one kind.
struct Reading<'a> {
    fetch: &'a Fetch<'a>,
    logs: &'a StatementLogs,
    /// By instance and name.
    kept: BTreeMap<(String, String), KeptFile>,
    missing: Vec<String>,
}

impl Reading<'_> {
    /// Reads what there is, and then what came up meanwhile: files are rotated while they are read.
    async fn all(&mut self, kind: LogKind, wrote: &Writers) -> Result<(), Failure> {
        for instance in &wrote.instances {
            let mut known = Vec::new();
            for round in 0..ROUNDS {
                let listed = self
                    .fetch
                    .teller
                    .watch(instance, self.logs.files(instance, kind.folder()))
                    .await;
                let listed = match listed {
                    Ok(listed) => listed,
                    Err(failure) => {
                        self.missing.push(format!("{instance}: {failure}"));
                        break;
                    }
                };
                let due = self.due(&listed, &known);
                if due.is_empty() {
                    break;
                }
                if round + 1 == ROUNDS {
                    let names: Vec<&str> = due.iter().map(|file| file.name.as_str()).collect();
                    self.missing.push(format!(
                        "{instance}: files are rotated faster than they are read: {}",
                        names.join(", ")
                    ));
                    break;
                }
                let bytes = due.iter().map(|file| file.bytes).sum();
                self.fetch.room_for(bytes)?;
                self.fetch.teller.expect(bytes);
                for file in due {
                    self.file(&file, round).await?;
                    known.push(file.name);
                }
            }
        }
        Ok(())
    }

    /// Files of the asked time that were not read yet. Once others came up, those that grew since are read anew, so that no
    /// line is missed between an old file and a new one; and those whose name has no stamp: they are not what they were.
    fn due(&self, listed: &[LogFile], known: &[String]) -> Vec<LogFile> {
        let from = self.fetch.wanted.from - SLACK;
        let of_that_time = |file: &&LogFile| file.written.is_none_or(|written| written >= from);
        let is_new = |file: &&LogFile| !known.contains(&file.name);
        let relevant = || listed.iter().filter(of_that_time);
        let rotated = !known.is_empty() && relevant().any(|file| is_new(&file));
        relevant()
            .filter(|file| is_new(file) || (rotated && (!is_stamped(&file.name) || self.grew(file))))
            .cloned()
            .collect()
    }

    fn grew(&self, file: &LogFile) -> bool {
        let key = (file.instance.clone(), file.name.clone());
        self.kept.get(&key).is_some_and(|kept| file.bytes > kept.bytes)
    }

    /// One file from its top to where it ends now.
    async fn file(&mut self, file: &LogFile, round: usize) -> Result<(), Failure> {
        let within = if round == 0 {
            file.instance.clone()
        } else {
            format!("{}.{}", file.instance, round + 1)
        };
        let mut kept = self
            .fetch
            .evidence
            .file(&within, &file.name)
            .map_err(|error| unkept(&error))?;
        let (mut marker, mut lines) = (StatementLogs::TOP.to_owned(), LINES);
        let stopped = loop {
            // What the list says of its length may be old by now: a file grows while it is read.
            self.fetch.room_for(PORTION)?;
            let portion = self
                .fetch
                .teller
                .watch(&file.name, self.logs.portion(file, &marker, lines))
                .await;
            let portion = match portion {
                Ok(portion) => portion,
                Err(failure) => break Some(failure.to_string()),
            };
            if portion.text.trim_end().ends_with(CUT) && lines > 1 {
                lines = (lines / 10).max(1);
                continue;
            }
            kept.append(portion.text.as_bytes())
                .map_err(|error| unkept(&error))?;
            self.fetch.teller.came(portion.text.len(), &file.name);
            if portion.text.trim_end().ends_with(CUT) {
                self.missing.push(format!(
                    "{} of {}: a line of more than 1 MB was cut by the service",
                    file.name, file.instance
                ));
            }
            match portion.marker {
                _ if !portion.pending => break None,
                Some(next) if next != marker => marker = next,
                Some(_) | None => {
                    break Some("the service says that there is more, and not where".to_owned());
                }
            }
        };
        let bytes = kept.bytes();
        let kept = kept.finish().map_err(|error| unkept(&error))?;
        if let Some(why) = stopped {
            self.missing.push(format!(
                "{} of {}: read up to byte {bytes}, then {why}",
                file.name, file.instance
            ));
        }
        let key = (file.instance.clone(), file.name.clone());
        self.kept.insert(key, kept);
        Ok(())
    }
}

/// `audit.log.0.2024-01-04-08-30.0`, `mysql-general.log.2024-01-04.08`: a name that stays.
fn is_stamped(name: &str) -> bool {
    name.split('.').any(|part| {
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        digits >= 8 && part.contains('-')
    })
}

#[cfg(test)]
mod tests {
    use super::is_stamped;

    #[test]
    fn a_name_with_a_stamp_stays() {
        assert!(is_stamped("audit/audit.log.0.2024-01-04-08-30.0"));
        assert!(is_stamped("general/mysql-general.log.2024-01-04.08"));
        assert!(!is_stamped("general/mysql-general.log"));
        assert!(!is_stamped("slowquery/mysql-slowquery.log"));
    }
}
