//! `locate`: the bad statement in logs, and the instant before it. Changes nothing; what it fetches it keeps.

mod asked;
mod candidate;
mod covered;
mod freeze;
mod moment;
mod pick;
mod search;
mod target;
mod text;
mod unattended;

use std::io::{IsTerminal as _, stdout};

use super::args::{Global, LocateArgs, Output};
use super::desk;
use super::failure::Failure;
use super::person;
use super::print;
use crate::locate::{Coverage, write_json};
use crate::ui::{Style, clean};

pub use freeze::freeze;
pub use pick::{Choice, ask};
pub use search::{Searched, search};
pub use unattended::unattended;

/// Searches: 0 when everything asked for was read, 4 when a file could not be, 5 when the asked interval is not
/// covered. Candidates, coverage and suggestion are shown in each of these.
pub async fn locate(global: &Global, args: &LocateArgs) -> Result<u8, Failure> {
    let searched = search::alone(global, args).await?;
    show(global, args, &searched);
    let ended = verdict(&searched.found.coverage, args.from.is_some() || args.to.is_some());
    if let Some(cluster) = args.cluster.as_deref().filter(|_| can_pick(global)) {
        if let Err(failure) = &ended {
            for row in failure.rows("", &Style::of_stdout(global.color.into(), global.verbose > 0)) {
                print::row(&row);
            }
        }
        if let Some(exit) = pick::offer(global, args, cluster, &searched).await? {
            return Ok(exit);
        }
        // It was shown above already.
        return ended.or_else(|failure| Ok(failure.exit));
    }
    ended
}

/// Candidates, target and coverage, in the form that was asked for.
pub fn show(global: &Global, args: &LocateArgs, searched: &Searched) {
    match global.output {
        Output::Json => print::data(|out| write_json(&searched.found, out)),
        Output::Text => {
            let style = Style::of_stdout(global.color.into(), global.verbose > 0);
            let shown = text::Shown {
                narrowed: asked::narrows(args),
                all: args.all,
                folder: searched.fetched.as_ref().map(|fetched| fetched.folder.clone()),
                command: pick::command(global, args.cluster.as_deref()),
            };
            for row in text::rows(&searched.found, &shown, &style) {
                print::line(&row);
            }
        }
    }
}

/// Where somebody reads and types.
fn can_pick(global: &Global) -> bool {
    global.output == Output::Text && person::attended() && stdout().is_terminal()
}

/// What was found is shown already: this says whether it is all there is.
pub fn verdict(coverage: &Coverage, asked: bool) -> Result<u8, Failure> {
    let mut unread: Vec<String> = coverage
        .files
        .iter()
        .filter_map(|file| {
            let problem = file.problem.as_ref()?;
            Some(clean(&format!("{}: {}", file.file, covered::problem(problem))))
        })
        .collect();
    unread.extend(coverage.missing.iter().map(|missing| clean(missing)));
    if !unread.is_empty() {
        let message = if coverage.missing.is_empty() {
            format!(
                "{} of {} files could not be read",
                unread.len(),
                coverage.files.len()
            )
        } else {
            "not everything could be fetched or read: what is above may not be all".to_owned()
        };
        return Err(Failure::unreadable(message).details(unread.iter().map(String::as_str)));
    }
    let gaps: Vec<String> = coverage.gaps.iter().map(|gap| moment::gap(*gap)).collect();
    if coverage.from_us.is_none() {
        return Err(Failure::undecided(
            "expected lines with a time, got none: what was asked for is not covered",
        ));
    }
    if asked && !gaps.is_empty() {
        return Err(
            Failure::undecided("the asked interval is not covered by the files; missing:")
                .details(gaps.iter().map(String::as_str))
                .next("get the logs of that time, from the instance that was the writer then"),
        );
    }
    Ok(0)
}

/// Where the journal is, for what is fetched.
fn root(global: &Global) -> Result<std::path::PathBuf, Failure> {
    desk::root(global)
}
