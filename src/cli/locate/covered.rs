//! What was read, for people: every file, and what none of them covers.

use std::collections::BTreeMap;
use std::path::Path;

use super::moment::{gap, time};
use crate::locate::{Coverage, FileCoverage, Problem};
use crate::ui::{Line, Paint};

/// All files together, then each, then what is missing.
pub(super) fn coverage(coverage: &Coverage) -> Vec<Line> {
    let mut lines = vec![summary(coverage)];
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

/// All files together.
fn summary(coverage: &Coverage) -> Line {
    let interval = match (coverage.from_us, coverage.to_us) {
        (Some(from), Some(to)) => format!("covering {}..{}", time(from), time(to)),
        _ => "covering no time".to_owned(),
    };
    Line::at(0).hang(2).text(&format!(
        "read: {} lines of {} files, {} understood, {} skipped, {} without a time, {interval}",
        coverage.lines,
        coverage.files.len(),
        coverage.parsed,
        coverage.skipped,
        coverage.untimed
    ))
}

/// The same for files that were fetched: those of one folder in a row, and by name what is wrong with any.
pub(super) fn fetched(coverage: &Coverage, folder: &Path) -> Vec<Line> {
    let mut lines = self::coverage(&Coverage {
        files: Vec::new(),
        ..coverage.clone()
    });
    let Some(total) = lines.first_mut() else {
        return lines;
    };
    *total = summary(coverage);
    let mut folders: BTreeMap<String, FileCoverage> = BTreeMap::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut rows = vec![Line::paste(2, Paint::Dim, &folder.display().to_string())];
    for one in &coverage.files {
        let name = within(&one.file, Some(folder));
        if !is_sound(one) {
            rows.push(file(&FileCoverage {
                file: name,
                ..one.clone()
            }));
            continue;
        }
        let instance = name.split('/').next().unwrap_or_default().to_owned();
        *counts.entry(instance.clone()).or_default() += 1;
        let all = folders.entry(instance).or_insert_with(|| FileCoverage {
            dialect: one.dialect,
            ..FileCoverage::default()
        });
        all.lines += one.lines;
        one.from_us
            .into_iter()
            .chain(one.to_us)
            .for_each(|at| all.saw(at));
    }
    for (instance, all) in folders {
        let count = counts.get(&instance).copied().unwrap_or_default();
        rows.push(file(&FileCoverage {
            file: format!("{instance}, {count} files (--all names them)"),
            ..all
        }));
    }
    lines.splice(1..1, rows);
    lines
}

/// The path below `folder`, where it lies there.
pub(super) fn within(path: &str, folder: Option<&Path>) -> String {
    let below = folder.and_then(|folder| Path::new(path).strip_prefix(folder).ok());
    below.map_or_else(|| path.to_owned(), |below| below.display().to_string())
}

fn is_sound(file: &FileCoverage) -> bool {
    file.problem.is_none() && file.skipped == 0 && file.overlong == 0 && !file.cut
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
