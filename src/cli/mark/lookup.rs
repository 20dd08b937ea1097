//! What `mark:NAME` means on a cluster: looked up once, when the command is typed, and frozen with the text.

use chrono::{DateTime, Utc};

use crate::cli::failure::Failure;
use crate::cli::print;
use crate::domain::identity::Identity;
use crate::domain::mark::{Mark, Standing, current, meant};
use crate::domain::target::{Window, wire};
use crate::domain::time_text::{Marked, TimeText, span};
use crate::journal::Archive;
use crate::ports::Look;

use super::{damaged, marks, unreadable};

/// Names in an error: enough to see a slip of the finger.
const SHOWN: usize = 8;

/// The text with its mark looked up; any other text as it is. A mark of another cluster is taken too: the run's own checks
/// refuse it, with both clusters named.
pub fn look_up(
    text: TimeText,
    archive: &Archive,
    cluster: &str,
    identity: Option<&Identity>,
) -> Result<TimeText, Failure> {
    let Some(name) = text.mark().map(str::to_owned) else {
        return Ok(text);
    };
    let all = all(archive)?;
    let Some(mark) = meant(&all, &name, cluster, identity) else {
        return Err(
            Failure::usage(format!("there is no mark {name}; {}", known(&all)))
                .next("backtrackctl mark --list"),
        );
    };
    let marked = Marked {
        at: mark.instant,
        cluster: mark.cluster.clone(),
        resource_id: mark.resource_id.clone(),
    };
    Ok(text.marked_as(marked, note(mark)))
}

/// Warns of a mark that is about to leave the window.
pub fn warn(mark: &Mark, look: &Look, now: DateTime<Utc>) {
    let Some(window) = Window::of(&look.cluster, None, now) else {
        return;
    };
    if let Standing::Leaving { left } = Standing::of(mark.instant, &window) {
        print::error(&format!(
            "warning: mark:{} leaves the window in {}",
            mark.name,
            span(left)
        ));
    }
}

/// Every mark, in the order of their making.
pub(super) fn all(archive: &Archive) -> Result<Vec<Mark>, Failure> {
    let records = archive.marks().map_err(|error| unreadable(&error))?;
    marks(&records).map_err(damaged)
}

fn note(mark: &Mark) -> String {
    let mut note = format!("marked by {}", mark.by);
    for (what, label) in [("commit", &mark.commit), ("ticket", &mark.ticket)] {
        if let Some(label) = label {
            note = format!("{note}, {what} {label}");
        }
    }
    note
}

fn known(all: &[Mark]) -> String {
    let current = current(all);
    if current.is_empty() {
        return "there are no marks in this journal".to_owned();
    }
    let mut names: Vec<String> = current
        .iter()
        .take(SHOWN)
        .map(|mark| format!("{} ({}, {})", mark.name, mark.cluster, wire(mark.instant)))
        .collect();
    if current.len() > SHOWN {
        names.push(format!("and {} more", current.len() - SHOWN));
    }
    format!("known: {}", names.join(", "))
}
