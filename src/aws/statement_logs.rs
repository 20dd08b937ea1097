//! Logs of statements: files on the instances, by the RDS API, and what a cluster exports to CloudWatch Logs.
//! Reads only; what it hands out is kept by others.

use chrono::{DateTime, Utc};

use super::bound;
use super::connection::Connection;
use super::failure::{failure, nonsense};
use super::lists::{self, EVENTS};
use super::pages::{self, Page};
use super::reads;
use super::stamps::from_wire;
use crate::domain::cluster::Cluster;
use crate::domain::event::ReadFailure;
use crate::domain::statement_log::{Failover, LogEvents, LogFile, LogPortion};

const FILES: &str = "DescribeDBLogFiles";
const PORTION: &str = "DownloadDBLogFilePortion";
const EXPORTED: &str = "FilterLogEvents";

/// Events of a page of an exported log, at most.
const EXPORTED_EVENTS: i32 = 10_000;
/// What AWS says of a failover that is done, before the new writer's name.
const FAILED_OVER: &str = "completed failover to db instance:";

/// Reads logs through a connection.
#[derive(Clone, Debug)]
pub struct StatementLogs {
    connection: Connection,
}

impl StatementLogs {
    /// Where the first portion of a file begins.
    pub const TOP: &'static str = "0";

    /// Reads through `connection`.
    pub fn new(connection: Connection) -> Self {
        Self { connection }
    }

    /// The cluster with its members. Their statuses are not asked for.
    ///
    /// # Errors
    /// It could not be read.
    pub async fn cluster(&self, id: &str) -> Result<Cluster, ReadFailure> {
        reads::describe(&self.connection.clients().rds, &id.to_ascii_lowercase()).await
    }

    /// When another instance became the writer, in the past 14 days.
    ///
    /// # Errors
    /// It could not be read.
    pub async fn failovers(&self, cluster: &str) -> Result<Vec<Failover>, ReadFailure> {
        let rds = &self.connection.clients().rds;
        let events = pages::all(EVENTS, |marker| lists::events(rds, Some(cluster), marker)).await?;
        let failover = |event: aws_sdk_rds::types::Event| {
            let to = failed_over_to(event.message.as_deref()?)?;
            let at = event.date.as_ref().and_then(from_wire)?;
            Some(Failover { at, to })
        };
        Ok(events.into_iter().filter_map(failover).collect())
    }

    /// The files of an instance whose names hold `folder`.
    ///
    /// # Errors
    /// They could not be listed.
    pub async fn files(&self, instance: &str, folder: &str) -> Result<Vec<LogFile>, ReadFailure> {
        let rds = &self.connection.clients().rds;
        let listed = pages::all(FILES, |marker| async {
            rds.describe_db_log_files()
                .db_instance_identifier(instance)
                .filename_contains(folder)
                .max_records(100)
                .set_marker(marker)
                .send()
                .await
                .map(|reply| Page::new(reply.describe_db_log_files, reply.marker))
                .map_err(|error| failure(FILES, &error))
        })
        .await?;
        let file = |details: aws_sdk_rds::types::DescribeDbLogFilesDetails| {
            Some(LogFile {
                instance: instance.to_owned(),
                name: bound::name(&details.log_file_name?),
                written: details.last_written.and_then(DateTime::from_timestamp_millis),
                bytes: details
                    .size
                    .and_then(|size| u64::try_from(size).ok())
                    .unwrap_or(0),
            })
        };
        Ok(listed.into_iter().filter_map(file).collect())
    }

    /// The part of a file that begins at `marker`, of at most so many lines.
    ///
    /// # Errors
    /// It could not be read.
    pub async fn portion(&self, file: &LogFile, marker: &str, lines: i32) -> Result<LogPortion, ReadFailure> {
        let reply = self
            .connection
            .clients()
            .rds
            .download_db_log_file_portion()
            .db_instance_identifier(&file.instance)
            .log_file_name(&file.name)
            .marker(marker)
            .number_of_lines(lines)
            .send()
            .await
            .map_err(|error| failure(PORTION, &error))?;
        // Left out, it would end the file early, and nothing would tell.
        let pending = reply.additional_data_pending.ok_or_else(|| {
            nonsense(
                PORTION,
                "expected AdditionalDataPending, got a reply without it".to_owned(),
            )
        })?;
        Ok(LogPortion {
            text: reply.log_file_data.unwrap_or_default(),
            marker: reply.marker.filter(|marker| !marker.is_empty()),
            pending,
        })
    }

    /// A page of an exported log, of events between two instants as CloudWatch stamps them.
    ///
    /// # Errors
    /// It could not be read.
    pub async fn exported(
        &self,
        group: &str,
        from: DateTime<Utc>,
        to: Option<DateTime<Utc>>,
        token: Option<String>,
    ) -> Result<LogEvents, ReadFailure> {
        let reply = self
            .connection
            .clients()
            .logs
            .filter_log_events()
            .log_group_name(group)
            .start_time(from.timestamp_millis())
            .set_end_time(to.map(|to| to.timestamp_millis()))
            .limit(EXPORTED_EVENTS)
            .set_next_token(token)
            .send()
            .await
            .map_err(|error| failure(EXPORTED, &error))?;
        let event = |event: aws_sdk_cloudwatchlogs::types::FilteredLogEvent| {
            let stream = bound::name(event.log_stream_name.as_deref().unwrap_or("(no stream)"));
            Some((stream, event.message?))
        };
        Ok(LogEvents {
            events: reply
                .events
                .unwrap_or_default()
                .into_iter()
                .filter_map(event)
                .collect(),
            next: reply.next_token.filter(|token| !token.is_empty()),
        })
    }
}

/// `Completed failover to DB instance: orders-2`
fn failed_over_to(message: &str) -> Option<String> {
    let at = message.to_ascii_lowercase().find(FAILED_OVER)?;
    let name = message.get(at + FAILED_OVER.len()..)?.split_whitespace().next()?;
    Some(bound::name(name.trim_end_matches('.')))
}

#[cfg(test)]
mod tests {
    use super::failed_over_to;

    #[test]
    fn the_new_writer_is_read_from_the_event() {
        let read = |text| failed_over_to(text);
        assert_eq!(
            read("Completed failover to DB instance: orders-2").as_deref(),
            Some("orders-2")
        );
        assert_eq!(
            read("Completed failover to DB instance: orders-2.").as_deref(),
            Some("orders-2")
        );
        assert_eq!(read("Started cross AZ failover to DB instance: orders-2"), None);
        assert_eq!(read("Completed failover to DB instance: "), None);
    }
}
