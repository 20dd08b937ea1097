//! The result for people: candidates in rank order, the target before the first, and what was read.
//!
//! Statements are somebody else's words: they pass through [`Line`], which takes out what could steer a terminal.

use std::path::PathBuf;

use super::candidate::of;
use super::covered::{coverage, fetched};
use super::moment::time;
use super::target::suggestion;
use crate::domain::mode::Mode;
use crate::locate::{Backtracks, Found};
use crate::ui::{Line, Paint, Style, lay};

/// Candidates shown without `--all`: more are not read at 2 AM.
const SHOWN: usize = 20;
/// What the words depend on beside what was found.
pub(super) struct Shown {
    /// Statements are left out that the files hold.
    pub(super) narrowed: bool,
    /// Every candidate.
    pub(super) all: bool,
    /// Where fetched logs lie; none where they were there already.
    pub(super) folder: Option<PathBuf>,
    /// The command that goes to a target, without the target.
    pub(super) command: String,
}

/// Everything, row by row.
pub(super) fn rows(found: &Found, how: &Shown, style: &Style) -> Vec<String> {
    let mut lines = Vec::new();
    let shown = if how.all { usize::MAX } else { SHOWN };
    for (at, candidate) in found.candidates.iter().enumerate().take(shown) {
        lines.extend(of(at + 1, candidate, how.folder.as_deref(), style));
    }
    let left = found.candidates.len().saturating_sub(shown);
    if left > 0 {
        lines.push(Line::at(0).text(&format!(
            "{left} more candidates rank lower: narrow the search, or --all lists them"
        )));
    }
    if found.omitted > 0 {
        lines.push(Line::at(0).paint(
            Paint::Warn,
            &format!(
                "{} candidates of the lowest ranks were only counted: narrow the search to see them",
                found.omitted
            ),
        ));
    }
    lines.extend(nothing(found, how.narrowed));
    lines.extend(harmless(found));
    lines.push(Line::blank());
    lines.extend(unread(found));
    lines.extend(suggestion(found, &how.command));
    lines.push(Line::blank());
    lines.extend(match how.folder.as_deref().filter(|_| !how.all) {
        Some(folder) => fetched(&found.coverage, folder),
        None => coverage(&found.coverage),
    });
    lay(&lines, "", Mode::Live, style)
}

/// What may be said when there is no candidate: never without what was read.
fn nothing(found: &Found, narrowed: bool) -> Vec<Line> {
    if !found.candidates.is_empty() {
        return Vec::new();
    }
    let coverage = &found.coverage;
    let (Some(from), Some(to)) = (coverage.from_us, coverage.to_us) else {
        return vec![Line::at(0).paint(Paint::Warn, "nothing can be said: no line with a time was read")];
    };
    let fits = if narrowed { " that fits what was asked" } else { "" };
    vec![Line::at(0).text(&format!(
        "no destructive statement{fits} found in {} lines of {} files covering {}..{}",
        coverage.lines,
        coverage.files.len(),
        time(from),
        time(to)
    ))]
}

/// Where it is not known what a backtrack took out already.
fn unread(found: &Found) -> Option<Line> {
    let Backtracks::Unread(why) = &found.backtracks else {
        return None;
    };
    Some(Line::at(0).paint(
        Paint::Warn,
        &format!("whether a backtrack has undone any of this already is not known: {why}"),
    ))
}

fn harmless(found: &Found) -> Option<Line> {
    let harmless = &found.harmless;
    let counts = [
        (harmless.failed, "failed"),
        (harmless.by_key, "of a single row by its key, or of none"),
        (harmless.rolled_back, "rolled back"),
        (harmless.wrote_nothing, "calls that wrote nothing"),
    ];
    let told: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    (!told.is_empty()).then(|| Line::at(0).paint(Paint::Dim, &format!("without damage: {}", told.join("; "))))
}
