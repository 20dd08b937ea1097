//! Who had the run.

use super::inline::Inline;
use super::page::Page;
use super::value::{instant, maybe_text, names, unknown};
use crate::report::facts::Process;

pub fn write(page: &mut Page, processes: &[Process]) {
    page.section("Who");
    let rows: Vec<[Inline; 8]> = processes.iter().map(row).collect();
    page.table(
        [
            "Command",
            "Since",
            "OS user",
            "Host",
            "Terminal",
            "AWS caller",
            "Version",
            "Reason, and end",
        ],
        &rows,
    );
}

fn row(process: &Process) -> [Inline; 8] {
    let terminal = match &process.by.terminal {
        Some(terminal) => Inline::code(terminal),
        None if process.attended => unknown(),
        None => Inline::fixed("none"),
    };
    let caller = if process.callers.is_empty() {
        unknown()
    } else {
        names(&process.callers)
    };
    [
        Inline::code(process.command),
        instant(process.at),
        Inline::text(&process.by.os_user),
        Inline::text(&process.by.host),
        terminal,
        caller,
        Inline::code(&process.program),
        maybe_text(process.reason.as_deref())
            .then("; ")
            .then_inline(&end(process)),
    ]
}

fn end(process: &Process) -> Inline {
    match (process.ended, process.outcome) {
        (Some(at), Some(outcome)) => Inline::fixed("ended ")
            .then_code(outcome.as_str())
            .then(" at ")
            .then_inline(&instant(at)),
        (None, _) | (_, None) => Inline::fixed("no end is recorded"),
    }
}
