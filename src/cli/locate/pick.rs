//! One of the candidates, chosen by a person.

use super::moment::{time, whole};
use super::search::Searched;
use crate::cli::args::{Global, LocateArgs, RunArgs, SearchArgs};
use crate::cli::failure::Failure;
use crate::cli::voice::same_journal;
use crate::cli::{print, run};
use crate::domain::shell::word;
use crate::locate::{Candidate, Class, before as before_s};
use crate::ui;

/// Wrong answers that are told what is expected; then it is left.
const ATTEMPTS: usize = 5;

/// A candidate with the target before it.
pub struct Choice {
    /// The statement.
    pub candidate: Candidate,
    /// The first damaging statement of its transaction, in microseconds since the epoch.
    pub first_us: i64,
    /// The target, in whole seconds since the epoch.
    pub target_s: i64,
    /// False where the rule took it.
    pub by_a_person: bool,
}

impl Choice {
    /// The target as `--to` takes it.
    pub fn target(&self) -> String {
        whole(self.target_s).unwrap_or_default()
    }
}

/// The command that goes to a target, up to its `--to`.
pub(super) fn command(global: &Global, cluster: Option<&str>) -> String {
    // Of files alone neither the cluster nor its journal is known.
    let Some(cluster) = cluster else {
        return "backtrackctl run --cluster ID".to_owned();
    };
    let lab = global
        .lab
        .as_ref()
        .map_or_else(String::new, |url| format!(" --lab {}", word(url)));
    format!(
        "backtrackctl run --cluster {}{lab}{}",
        word(cluster),
        same_journal(global)
    )
}

/// Asks which one, and whether to begin. None: nothing was begun.
pub(super) async fn offer(
    global: &Global,
    args: &LocateArgs,
    cluster: &str,
    searched: &Searched,
) -> Result<Option<u8>, Failure> {
    let Some(choice) = ask(searched).await? else {
        return Ok(None);
    };
    print::error("");
    print::error("The same by hand:");
    print::paste(&format!(
        "{} --to {}",
        command(global, Some(cluster)),
        choice.target()
    ));
    print::error("Begin that run now, with the built-in runbook? Type yes, or Enter to leave.");
    let begin = ui::ask_line("> ").await;
    if !begin.is_some_and(|answer| answer.trim().eq_ignore_ascii_case("yes")) {
        return Ok(None);
    }
    let to_run = RunArgs {
        cluster: cluster.to_owned(),
        search: SearchArgs {
            locate: true,
            table: args.table.clone(),
            ..SearchArgs::default()
        },
        zone: args.zone.clone(),
        ..RunArgs::default()
    };
    run::from(global, &to_run, Some((searched, choice)))
        .await
        .map(Some)
}

/// Which one, at a terminal. None: none of them.
pub async fn ask(searched: &Searched) -> Result<Option<Choice>, Failure> {
    let candidates = &searched.found.candidates;
    if candidates.is_empty() {
        return Ok(None);
    }
    if candidates.iter().all(|candidate| candidate.undone_by.is_some()) {
        print::error("There is nothing to go back to before: a backtrack has undone all of it already.");
        return Ok(None);
    }
    print::error("");
    print::error(&format!(
        "Go back to before which? 1 to {}, or Enter to leave.",
        candidates.len()
    ));
    for _ in 0..ATTEMPTS {
        let Some(typed) = ui::ask_line("> ").await else {
            return Ok(None);
        };
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        let number: Option<usize> = typed.parse().ok();
        let chosen = number
            .and_then(|number| number.checked_sub(1))
            .and_then(|at| candidates.get(at));
        if let Some(undone) = chosen.and_then(|candidate| candidate.undone_by.as_ref()) {
            print::wrapped(&format!(
                "number {typed} was {undone}: a rewind to before it would discard what was written since, and bring \
                 nothing back. Another one, or Enter to leave."
            ));
            continue;
        }
        if let Some(candidate) = chosen {
            let choice = before(candidate);
            tell_what_stays(searched, &choice);
            return Ok(Some(choice));
        }
        print::error(&format!(
            "expected a number of 1 to {}, got `{typed}`",
            candidates.len()
        ));
    }
    Ok(None)
}

/// Damage before the target stays: whoever chose a later statement may not have meant to keep it.
fn tell_what_stays(searched: &Searched, choice: &Choice) {
    let target_us = choice.target_s.saturating_mul(1_000_000);
    let staying = searched.found.candidates.iter().enumerate().filter(|(_, other)| {
        let serious = matches!(other.class, Class::Unbounded | Class::Wide);
        serious && other.stands() && other.time_us < target_us
    });
    for (at, other) in staying {
        print::wrapped(&format!(
            "warning: number {}, of {}, lies before that target: its damage stays",
            at + 1,
            time(other.time_us)
        ));
    }
    let first_us = choice.first_us;
    let along = searched.found.candidates.iter().enumerate().filter(|(_, other)| {
        let before = other.effect_us() < first_us && other.effect_us() > target_us;
        before
            && other.stands()
            && (other.file != choice.candidate.file || other.line != choice.candidate.line)
    });
    for (at, other) in along {
        print::wrapped(&format!(
            "number {}, of {}, lies after that target too: it is undone along with it",
            at + 1,
            time(other.time_us)
        ));
    }
}

/// The target before this candidate, by whoever chose it.
fn before(candidate: &Candidate) -> Choice {
    let first_us = candidate.first_us();
    Choice {
        candidate: candidate.clone(),
        first_us,
        target_s: before_s(first_us),
        by_a_person: true,
    }
}
