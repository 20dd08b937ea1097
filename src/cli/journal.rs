//! `journal verify`: the chain of the audit trail.

use super::again::{find, unreadable};
use super::args::{Global, JournalCommand, Output};
use super::desk;
use super::failure::Failure;
use super::print;

/// Follows the chain and prints the head: 0 when it is whole, 40 when it is not.
pub fn journal(global: &Global, command: &JournalCommand) -> Result<u8, Failure> {
    let JournalCommand::Verify { run } = command;
    let archive = desk::archive(global)?;
    let (shelf, id) = find(&archive, run)?;
    let verified = archive
        .verify(shelf, &id)
        .map_err(|error| unreadable(&error, &id))?;
    match global.output {
        Output::Json => print::line(
            &serde_json::json!({
                "kind": "journal", "run": id, "ok": true, "records": verified.records,
                "head": verified.head.to_string(), "torn_bytes": verified.torn_bytes,
            })
            .to_string(),
        ),
        Output::Text => {
            print::line(&format!(
                "{id}: {} records, head {}",
                verified.records, verified.head
            ));
            if verified.torn_bytes > 0 {
                print::line(&format!(
                    "the last {} bytes are a record that was being written when its process ended; it counts for nothing",
                    verified.torn_bytes
                ));
            }
        }
    }
    Ok(0)
}
