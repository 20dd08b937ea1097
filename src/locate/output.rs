//! The result as lines of JSON: candidates in rank order, the coverage, the suggestion.

use super::candidate::Candidate;
use super::coverage::{Coverage, FileCoverage};
use super::harmless::Harmless;
use super::lost::Lost;
use super::scan::Found;
use super::target::Suggestion;
use super::undone::Backtracks;
use chrono::{DateTime, SecondsFormat};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Line<'a> {
    Candidate {
        rank: usize,
        time: Option<String>,
        #[serde(flatten)]
        candidate: &'a Candidate,
    },
    Coverage {
        lines: u64,
        parsed: u64,
        skipped: u64,
        untimed: u64,
        files: Vec<FileLine<'a>>,
        from: Option<String>,
        to: Option<String>,
        complete: bool,
        gaps: Vec<[Option<String>; 2]>,
        #[serde(skip_serializing_if = "<[String]>::is_empty")]
        missing: &'a [String],
        omitted: u64,
        harmless: Harmless,
    },
    Suggestion {
        #[serde(flatten)]
        suggestion: Shown<'a>,
        alternatives: Vec<Shown<'a>>,
        backtracks: History<'a>,
    },
}

/// Whether it is known what a backtrack has undone.
#[derive(Serialize)]
struct History<'a> {
    /// None: the logs are of no cluster that could be asked.
    read: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a str>,
}

#[derive(Serialize)]
struct FileLine<'a> {
    #[serde(flatten)]
    file: &'a FileCoverage,
    from: Option<String>,
    to: Option<String>,
}

#[derive(Serialize)]
struct Shown<'a> {
    target: Option<String>,
    first_us: Option<i64>,
    undoes: Vec<Place<'a>>,
    lost: Option<&'a Lost>,
    reason: &'a str,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: u64,
}

/// Writes everything found, one object a line.
pub fn write_json(found: &Found, to: &mut dyn Write) -> io::Result<()> {
    let candidates = found.candidates.iter().enumerate();
    for (at, candidate) in candidates {
        let time = instant(candidate.time_us);
        line(
            &Line::Candidate {
                rank: at + 1,
                time,
                candidate,
            },
            to,
        )?;
    }
    line(&coverage(&found.coverage, found), to)?;
    let alternatives = found.alternatives.iter().map(shown).collect();
    line(
        &Line::Suggestion {
            suggestion: shown(&found.suggestion),
            alternatives,
            backtracks: history(&found.backtracks),
        },
        to,
    )
}

fn history(backtracks: &Backtracks) -> History<'_> {
    let (read, why) = match backtracks {
        Backtracks::NotAsked => (None, None),
        Backtracks::Read(_) => (Some(true), None),
        Backtracks::Unread(why) => (Some(false), Some(why.as_str())),
    };
    History { read, why }
}

fn line(line: &Line<'_>, to: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *to, line)?;
    to.write_all(b"\n")
}

fn coverage<'a>(coverage: &'a Coverage, found: &Found) -> Line<'a> {
    let files = coverage.files.iter().map(|file| FileLine {
        file,
        from: file.from_us.and_then(instant),
        to: file.to_us.and_then(instant),
    });
    Line::Coverage {
        lines: coverage.lines,
        parsed: coverage.parsed,
        skipped: coverage.skipped,
        untimed: coverage.untimed,
        files: files.collect(),
        from: coverage.from_us.and_then(instant),
        to: coverage.to_us.and_then(instant),
        complete: coverage.complete,
        gaps: coverage
            .gaps
            .iter()
            .map(|(from, to)| [instant(*from), instant(*to)])
            .collect(),
        missing: &coverage.missing,
        omitted: found.omitted,
        harmless: found.harmless,
    }
}

fn shown(suggestion: &Suggestion) -> Shown<'_> {
    Shown {
        target: suggestion.target_s.and_then(|target| {
            DateTime::from_timestamp(target, 0)
                .map(|target| target.to_rfc3339_opts(SecondsFormat::Secs, true))
        }),
        first_us: suggestion.first_us,
        undoes: suggestion
            .undoes
            .iter()
            .map(|(file, line)| Place { file, line: *line })
            .collect(),
        lost: suggestion.lost.as_ref(),
        reason: suggestion.reason,
    }
}

fn instant(time_us: i64) -> Option<String> {
    DateTime::from_timestamp_micros(time_us).map(|time| time.to_rfc3339_opts(SecondsFormat::Micros, true))
}
