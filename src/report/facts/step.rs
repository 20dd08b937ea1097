//! The runbook's items by name, and what a step or a check of one was made by.

use crate::domain::effect::Way;
use crate::domain::event::Done;
use crate::domain::run::Run;
use crate::domain::runbook::{Check, Command, PauseItem, Step};

/// The item's name, as the runbook has it.
pub fn item_name(run: &Run, item: usize) -> String {
    described(run, item).map_or_else(
        || format!("item {}", item + 1),
        |described| described.name.clone(),
    )
}

/// The words of the report for what is done to an item. A safety copy is taken; only the application is paused.
pub fn way_name(run: &Run, item: usize, way: Way) -> &'static str {
    let copy = described(run, item).and_then(PauseItem::copy);
    match (way, copy) {
        (Way::Pause, Some(_)) => "taking",
        (Way::Pause, None) => "pause",
        (Way::Resume, _) => "resume",
    }
}

/// What a step is made by. Of a command the program alone is named: its arguments stand in the journal, and a ticket
/// has more readers than that.
pub fn step_means(run: &Run, item: usize, way: Way) -> String {
    let step = described(run, item).map(|described| match way {
        Way::Pause => &described.pause,
        Way::Resume => &described.resume,
    });
    match step {
        Some(Step::Command(command)) => program(command),
        Some(Step::Manual { .. }) => "by hand".to_owned(),
        Some(Step::Copy(copy)) => copy.kind.action().to_owned(),
        Some(Step::Drain) => "sessions ended".to_owned(),
        Some(Step::Nothing) => "no step".to_owned(),
        None => "a step that the runbook does not have".to_owned(),
    }
}

/// What a check is made by.
pub fn check_means(run: &Run, item: usize, way: Way) -> String {
    let check = described(run, item).and_then(|described| match way {
        Way::Pause => described.paused.as_ref(),
        Way::Resume => described.resumed.as_ref(),
    });
    match check {
        Some(Check::Command(command)) => program(command),
        Some(Check::Http { .. }) => "GET".to_owned(),
        Some(Check::Sql(_)) => "SQL".to_owned(),
        Some(Check::Quiet { .. }) => "two looks by SQL".to_owned(),
        Some(Check::Question { .. }) => "asked".to_owned(),
        Some(Check::Copy) => "AWS".to_owned(),
        None => "no check".to_owned(),
    }
}

/// What was seen at the end of a step or a check.
pub fn seen(done: &Done) -> String {
    match done {
        Done::Well { how } => how.clone(),
        Done::Badly { how } => format!("NOT AS EXPECTED: {how}"),
        Done::Unbegun { how } => format!("NOT BEGUN: {how}"),
        Done::Nobody => "NOT DONE: it needs a person, and there was none".to_owned(),
    }
}

fn described(run: &Run, item: usize) -> Option<&PauseItem> {
    run.plan().runbook.pause.get(item)
}

fn program(command: &Command) -> String {
    command
        .argv
        .first()
        .map_or_else(|| "a command".to_owned(), |program| format!("command {program}"))
}
