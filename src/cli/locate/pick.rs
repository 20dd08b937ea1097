//! One of the candidates, chosen by a person, or taken where there is no doubt.

use super::candidate::short;
use super::moment::{gap, time, whole};
use super::search::Searched;
use crate::cli::args::{Global, LocateArgs, RunArgs, SearchArgs};
use crate::cli::failure::Failure;
use crate::cli::voice::same_journal;
use crate::cli::{print, run};
use crate::domain::outcome::Outcome;
use crate::domain::shell::word;
use crate::locate::{Backtracks, Candidate, Class, Suggestion, before as before_s};
use crate::ui;

/// Wrong answers that are told what is expected; then it is left.
const ATTEMPTS: usize = 5;
/// Candidates named where none is taken.
const LISTED: usize = 8;
/// Characters of each.
const STATEMENT: usize = 60;

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
            let choice = before(searched, candidate)?;
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
}

/// The target before this candidate alone, by whoever chose it.
fn before(searched: &Searched, candidate: &Candidate) -> Result<Choice, Failure> {
    let place = (candidate.file.clone(), candidate.line);
    let alone = |suggestion: &&Suggestion| suggestion.undoes == [place.clone()];
    let found = &searched.found;
    let known = found.alternatives.iter().chain([&found.suggestion]).find(alone);
    let suggestion = match known {
        Some(known) => known.clone(),
        None => searched.again(vec![place.clone()])?.suggestion,
    };
    match (suggestion.target_s, suggestion.first_us) {
        (Some(target_s), Some(first_us)) => Ok(Choice {
            candidate: candidate.clone(),
            first_us,
            target_s,
            by_a_person: true,
        }),
        _ => Err(Failure::bug("the chosen candidate has no target")),
    }
}

/// What the search suggests, without a judgement.
fn suggested(searched: &Searched) -> Option<Choice> {
    let suggestion = &searched.found.suggestion;
    let candidate = searched.found.candidates.iter().find(|candidate| {
        let place = (candidate.file.clone(), candidate.line);
        suggestion.undoes.contains(&place)
    })?;
    Some(Choice {
        candidate: candidate.clone(),
        first_us: suggestion.first_us?,
        target_s: suggestion.target_s?,
        by_a_person: false,
    })
}

/// What was found, for whoever has to judge it: each with the target before it, or why there is none.
fn choices(searched: &Searched) -> Vec<String> {
    let candidates = &searched.found.candidates;
    let mut rows: Vec<String> = candidates
        .iter()
        .enumerate()
        .take(LISTED)
        .map(|(at, candidate)| {
            let first = candidate.transaction.map(|transaction| transaction.first_us);
            let first = first.unwrap_or(candidate.time_us).min(candidate.time_us);
            let then = match (&candidate.undone_by, whole(before_s(first))) {
                (Some(undone), _) => undone.to_string(),
                (None, Some(target)) => format!("--to {target}"),
                (None, None) => "no target".to_owned(),
            };
            format!(
                "({}) {} {}, by {}: {then}",
                at + 1,
                time(candidate.time_us),
                short(candidate, STATEMENT),
                candidate.user
            )
        })
        .collect();
    if candidates.len() > LISTED {
        rows.push(format!("and {} more", candidates.len() - LISTED));
    }
    rows
}

/// What the search suggests, where nobody has to judge it: everything asked for was read, the statement has no bound and
/// was committed, no other one without a bound lies before the target, and it is known that no backtrack has undone it.
pub fn unattended(searched: &Searched) -> Result<Choice, Failure> {
    let coverage = &searched.found.coverage;
    if !coverage.complete {
        let gaps = coverage
            .gaps
            .iter()
            .map(|it| format!("not covered: {}", gap(*it)));
        let unread = coverage.files.iter().filter_map(|file| {
            let problem = file.problem.as_ref()?;
            Some(format!("{}: {problem}", file.file))
        });
        let why: Vec<String> = gaps.chain(unread).chain(coverage.missing.clone()).collect();
        return Err(Failure::undecided(
            "no target is taken without a person: the logs do not show everything that was run",
        )
        .details(why.iter().map(String::as_str))
        .next("look at the candidates above, and give the instant: --to TIME instead of --locate"));
    }
    let doubt = |why: String| {
        Failure::outcome(
            Outcome::Refused,
            format!("no target is taken without a person: {why}"),
        )
        .details(choices(searched).iter().map(String::as_str))
        .touched("the cluster was not touched")
        .next("give the instant of one of the candidates: --to TIME instead of --locate")
    };
    if let Backtracks::Unread(why) = &searched.found.backtracks {
        return Err(doubt(format!(
            "whether a backtrack has undone the damage already is not known: {why}"
        )));
    }
    let choice = suggested(searched).ok_or_else(|| doubt(searched.found.suggestion.reason.to_owned()))?;
    let candidate = &choice.candidate;
    if candidate.class != Class::Unbounded {
        return Err(doubt(format!(
            "the first candidate is bounded in part ({})",
            candidate.reason
        )));
    }
    if candidate.committed != Some(true) {
        return Err(doubt(
            "the log does not show that the first candidate was committed".to_owned(),
        ));
    }
    let earlier =
        searched.found.candidates.iter().find(|other| {
            other.stands() && other.class == Class::Unbounded && other.time_us < choice.first_us
        });
    if let Some(earlier) = earlier {
        return Err(doubt(format!(
            "another candidate without a bound lies before the target, at {}",
            time(earlier.time_us)
        )));
    }
    if searched.found.omitted > 0 {
        return Err(doubt("there are more candidates than are kept".to_owned()));
    }
    Ok(choice)
}
