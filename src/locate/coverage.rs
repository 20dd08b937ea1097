//! What was read, and which times it covers: the other half of "nothing found".

use super::error::Problem;
use serde::Serialize;

/// A form of log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dialect {
    /// Aurora's audit log.
    AuroraAudit,
    /// The audit log of RDS for MySQL.
    RdsMysqlAudit,
    /// MariaDB's audit log.
    MariadbAudit,
    /// The general log.
    General,
    /// The slow log.
    Slow,
}

impl Dialect {
    /// In words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AuroraAudit => "Aurora's audit log",
            Self::RdsMysqlAudit => "audit log of RDS for MySQL",
            Self::MariadbAudit => "MariaDB's audit log",
            Self::General => "general log",
            Self::Slow => "slow log",
        }
    }
}

/// One file's share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct FileCoverage {
    /// The path as it was given or found.
    pub file: String,
    /// What it holds; `None` when no line was recognised.
    pub dialect: Option<Dialect>,
    /// Whether its lines stood in the JSON of a CloudWatch export.
    pub exported: bool,
    /// Physical lines.
    pub lines: u64,
    /// Lines that were understood.
    pub parsed: u64,
    /// Lines that were not.
    pub skipped: u64,
    /// Lines among the parsed that carry no time of their own: a log's preamble.
    pub untimed: u64,
    /// Lines longer than the program keeps; their statements are marked as truncated.
    pub overlong: u64,
    /// The last line has no end.
    pub cut: bool,
    /// Earliest event, in microseconds since the epoch.
    pub from_us: Option<i64>,
    /// Latest event, in microseconds since the epoch.
    pub to_us: Option<i64>,
    /// What kept it from being read whole.
    pub problem: Option<Problem>,
}

impl FileCoverage {
    /// Widens the interval to an event's time.
    #[inline]
    pub fn saw(&mut self, time_us: i64) {
        if self.from_us.is_none_or(|from| time_us < from) {
            self.from_us = Some(time_us);
        }
        if self.to_us.is_none_or(|to| to < time_us) {
            self.to_us = Some(time_us);
        }
    }
}

/// All files together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Physical lines.
    pub lines: u64,
    /// Lines that were understood.
    pub parsed: u64,
    /// Lines that were not.
    pub skipped: u64,
    /// Lines among the parsed without a time of their own.
    pub untimed: u64,
    /// Each file, by path.
    pub files: Vec<FileCoverage>,
    /// Earliest event, in microseconds since the epoch.
    pub from_us: Option<i64>,
    /// Latest event, in microseconds since the epoch.
    pub to_us: Option<i64>,
    /// Whether every file was read to its end and the asked interval lies within what they cover.
    pub complete: bool,
    /// Parts of the asked interval that no file covers, in microseconds.
    pub gaps: Vec<(i64, i64)>,
    /// What belongs to the asked interval and could not be had, in words: it was not read.
    pub missing: Vec<String>,
}

impl Coverage {
    /// What was looked for and is not among the files: then nothing is complete.
    pub fn lacks(&mut self, missing: Vec<String>) {
        self.complete &= missing.is_empty();
        self.missing.extend(missing);
    }
}

/// A silence between two files longer than this is a gap: Aurora's own accounts are never quiet for so long.
const SILENCE_US: i64 = 60_000_000;

impl Coverage {
    /// Adds up `files`; `asked` is an interval in microseconds, open where it is `None`.
    pub fn of(mut files: Vec<FileCoverage>, asked: (Option<i64>, Option<i64>)) -> Self {
        files.sort_by(|one, other| one.file.cmp(&other.file));
        let mut whole = Self::default();
        for file in &files {
            whole.lines += file.lines;
            whole.parsed += file.parsed;
            whole.skipped += file.skipped;
            whole.untimed += file.untimed;
            whole.from_us = whole.from_us.into_iter().chain(file.from_us).min();
            whole.to_us = whole.to_us.into_iter().chain(file.to_us).max();
        }
        whole.gaps = gaps(&files, asked, whole.from_us, whole.to_us);
        let sound = files.iter().all(|file| file.problem.is_none());
        whole.complete = sound && whole.from_us.is_some() && whole.gaps.is_empty();
        whole.files = files;
        whole
    }
}

fn gaps(
    files: &[FileCoverage],
    asked: (Option<i64>, Option<i64>),
    from: Option<i64>,
    to: Option<i64>,
) -> Vec<(i64, i64)> {
    let (Some(from), Some(to)) = (from, to) else {
        return Vec::new();
    };
    let (since, until) = (asked.0.unwrap_or(from), asked.1.unwrap_or(to));
    let mut spans: Vec<(i64, i64)> = files
        .iter()
        .filter_map(|file| Some((file.from_us?, file.to_us?)))
        .collect();
    spans.sort_unstable();
    let mut gaps = Vec::new();
    // Nothing proves what lies outside of the first and the last event.
    if since < from {
        gaps.push((since, from.min(until)));
    }
    let mut covered = from;
    for (start, end) in spans {
        let (gap_from, gap_to) = (covered.max(since), start.min(until));
        if start - covered > SILENCE_US && gap_from < gap_to {
            gaps.push((gap_from, gap_to));
        }
        covered = covered.max(end);
    }
    if until > to {
        gaps.push((to.max(since), until));
    }
    gaps
}
