//! `locate`: the bad statement in logs that lie on this machine, and the instant before it. Reads files alone.

mod asked;
mod candidate;
mod covered;
mod moment;
mod target;
mod text;

use std::io::{BufWriter, Write, stdout};

use super::args::{Global, LocateArgs, Output};
use super::failure::Failure;
use super::print;
use crate::locate::{Candidate, Coverage, Found, LocateError, Sources, scan, write_json};
use crate::ui::clean;

/// Candidates told on stderr before the end: enough to see that something is found, few enough to read.
const TOLD_AHEAD: usize = 3;

/// Searches: 0 when everything asked for was read, 4 when a file could not be, 5 when the asked interval is not
/// covered. Candidates, coverage and suggestion are shown in each of these.
pub fn locate(global: &Global, args: &LocateArgs) -> Result<u8, Failure> {
    let query = asked::query(args)?;
    let sources = Sources::of(&args.files).map_err(|error| failed(&error))?;
    let mut told = 0;
    let mut ahead = |candidate: &Candidate| {
        told += 1;
        if global.output == Output::Text && told <= TOLD_AHEAD {
            print::error(&candidate::ahead(candidate));
        }
    };
    let found = scan(&sources, &query, &mut ahead).map_err(|error| failed(&error))?;
    match global.output {
        Output::Json => json(&found),
        Output::Text => {
            let style = text::style(global);
            let narrowed = asked::narrows(args);
            for row in text::rows(&found, narrowed, args.all, &style) {
                print::line(&row);
            }
        }
    }
    verdict(
        &found.coverage,
        query.since_us.is_some() || query.until_us.is_some(),
    )
}

fn json(found: &Found) {
    let mut out = BufWriter::new(stdout().lock());
    // A broken pipe is the reader's decision; the exit code still tells how the command ended.
    let _ = write_json(found, &mut out).and_then(|()| out.flush());
}

/// What was found is shown already: this says whether it is all there is.
fn verdict(coverage: &Coverage, asked: bool) -> Result<u8, Failure> {
    let unread: Vec<String> = coverage
        .files
        .iter()
        .filter_map(|file| {
            let problem = file.problem.as_ref()?;
            Some(clean(&format!("{}: {}", file.file, covered::problem(problem))))
        })
        .collect();
    if !unread.is_empty() {
        let message = format!(
            "{} of {} files could not be read",
            unread.len(),
            coverage.files.len()
        );
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

fn failed(error: &LocateError) -> Failure {
    match error {
        LocateError::NoFiles { .. } => Failure::unreadable(error.to_string()),
        LocateError::Unreadable { source, .. } => Failure::unreadable(format!("{error}: {source}")),
        LocateError::Stopped => Failure::bug(error.to_string()),
    }
}
