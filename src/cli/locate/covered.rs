//! What was read, for people: every file, and what none of them covers.

use super::moment::{gap, time};
use crate::locate::{Coverage, FileCoverage, Problem};
use crate::ui::{Line, Paint};

/// All files together, then each, then what is missing.
pub(super) fn coverage(coverage: &Coverage) -> Vec<Line> {
    let interval = match (coverage.from_us, coverage.to_us) {
        (Some(from), Some(to)) => format!("covering {}..{}", time(from), time(to)),
        _ => "covering no time".to_owned(),
    };
    let mut lines = vec![Line::at(0).hang(2).text(&format!(
        "read: {} lines of {} files, {} understood, {} skipped, {} without a time, {interval}",
        coverage.lines,
        coverage.files.len(),
        coverage.parsed,
        coverage.skipped,
        coverage.untimed
    ))];
    lines.extend(coverage.files.iter().map(file));
    for missing in &coverage.missing {
        let text = format!("NOT FETCHED: {missing}");
        lines.push(Line::at(2).hang(4).paint(Paint::Warn, &text));
    }
    for missing in &coverage.gaps {
        lines.push(
            Line::at(2)
                .hang(4)
                .paint(Paint::Warn, &format!("NOT COVERED: {}", gap(*missing))),
        );
    }
    lines
}

fn file(file: &FileCoverage) -> Line {
    let dialect = file.dialect.map_or("unknown form", |dialect| dialect.as_str());
    let interval = match (file.from_us, file.to_us) {
        (Some(from), Some(to)) => format!("{}..{}", time(from), time(to)),
        _ => "no time".to_owned(),
    };
    let line = Line::at(2).hang(4).paint(
        Paint::Dim,
        &format!("{}: {dialect}, {} lines, {interval}", file.file, file.lines),
    );
    let mut faults = Vec::new();
    if let Some(fault) = &file.problem {
        faults.push(format!("NOT READ: {}", problem(fault)));
    }
    if file.skipped > 0 {
        faults.push(format!("{} lines skipped", file.skipped));
    }
    if file.overlong > 0 {
        faults.push(format!("{} lines too long to keep", file.overlong));
    }
    if file.cut {
        faults.push("the last line has no end".to_owned());
    }
    if faults.is_empty() {
        line
    } else {
        line.text("; ").paint(Paint::Warn, &faults.join("; "))
    }
}

/// Why a file does not count, and what helps.
pub(super) fn problem(problem: &Problem) -> String {
    match problem {
        Problem::Unrecognised { binary: true } => format!("{problem}; it is binary"),
        Problem::Unreadable { .. } | Problem::Unrecognised { binary: false } => problem.to_string(),
        Problem::ZoneNeeded => format!("{problem}: --zone Area/City"),
    }
}
