//! A candidate that is taken without a person: only where there is no doubt.

use super::candidate::short;
use super::moment::{gap, time, whole};
use super::pick::Choice;
use super::search::Searched;
use crate::cli::failure::Failure;
use crate::domain::outcome::Outcome;
use crate::locate::{Backtracks, Class, Doubt, before, one_incident};

/// Candidates named where none is taken.
const LISTED: usize = 8;
/// Characters of each.
const STATEMENT: usize = 60;

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

/// What was found, for whoever has to judge it: what counts first, each with the target before it, or why there is none.
fn choices(searched: &Searched) -> Vec<String> {
    let candidates = &searched.found.candidates;
    let (counting, others): (Vec<_>, Vec<_>) = candidates
        .iter()
        .enumerate()
        .partition(|(_, candidate)| candidate.counts());
    let mut rows: Vec<String> = counting
        .into_iter()
        .chain(others)
        .take(LISTED)
        .map(|(at, candidate)| {
            let then = match (&candidate.undone_by, whole(before(candidate.first_us()))) {
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
/// was committed, no other one without a bound lies before the target, it is known that no backtrack has undone it, and all
/// that is bad is one incident.
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
            other.counts() && other.class == Class::Unbounded && other.time_us < choice.first_us
        });
    if let Some(earlier) = earlier {
        return Err(doubt(format!(
            "another candidate without a bound lies before the target, at {}",
            time(earlier.time_us)
        )));
    }
    one_incident(&searched.found.candidates).map_err(|why| doubt(several(&why)))?;
    if searched.found.omitted > 0 {
        return Err(doubt("there are more candidates than are kept".to_owned()));
    }
    Ok(choice)
}

fn several(doubt: &Doubt) -> String {
    match doubt {
        Doubt::Accounts(accounts) => format!(
            "what could be undone is not one incident: it was done by several accounts ({})",
            accounts.join(", ")
        ),
        Doubt::Apart(one, next) => format!(
            "what could be undone is not one incident: more than 10 min lie between {} and {}",
            time(*one),
            time(*next)
        ),
    }
}
