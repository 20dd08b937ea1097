//! `report`: the incident report of a run, from its journal alone.

use super::again::{find, ledger};
use super::args::{Global, Output, ReportArgs, ReportFormat};
use super::desk;
use super::failure::Failure;
use super::logbook::replay;
use super::print;
use crate::report::{Trail, json, markdown};

/// Prints it.
pub fn report(global: &Global, args: &ReportArgs) -> Result<u8, Failure> {
    let archive = desk::archive(global)?;
    let (shelf, id) = find(&archive, &args.run)?;
    let ledger = ledger(&archive, shelf, &id)?;
    let (run, events) = replay(&ledger)?;
    let trail = Trail {
        run: &run,
        events: &events,
        head: ledger.head().to_string(),
        records: u64::try_from(ledger.records().len()).unwrap_or(u64::MAX),
        torn_bytes: ledger.torn_bytes(),
    };
    match (args.format, global.output) {
        (ReportFormat::Json, _) | (ReportFormat::Md, Output::Json) => print::line(&json(&trail).to_string()),
        (ReportFormat::Md, Output::Text) => print::words(markdown(&trail).trim_end()),
    }
    Ok(0)
}
