//! One candidate for people: when, how far, what, why, who, where.

use std::path::Path;

use super::covered::within;
use super::moment::time;
use crate::locate::{Candidate, Class, redacted};
use crate::ui::{self, Line, Paint, Style};

/// Characters of a statement where there is no width to go by.
const STATEMENT: usize = 200;

/// Columns before a statement.
const INDENT: usize = 5;

/// One row for a candidate that is seen before the search is over.
pub(super) fn ahead(candidate: &Candidate) -> String {
    format!(
        "seen, still searching: {} {}: {} ({}:{})",
        time(candidate.time_us),
        class(candidate.class),
        short(candidate, 80),
        Path::new(&candidate.file).file_name().map_or_else(
            || candidate.file.clone(),
            |name| name.to_string_lossy().into_owned()
        ),
        candidate.line
    )
}

/// The rows of one candidate at its rank.
pub(super) fn of(rank: usize, candidate: &Candidate, folder: Option<&Path>, style: &Style) -> Vec<Line> {
    let width = if style.width == Style::UNBOUNDED {
        STATEMENT
    } else {
        style.width.saturating_sub(INDENT)
    };
    let (paint, committed) = match (&candidate.undone_by, candidate.committed) {
        (Some(_), _) => (Paint::Dim, "undone already"),
        (None, Some(true)) => (Paint::Plain, "committed"),
        (None, Some(false)) => (Paint::Dim, "rolled back"),
        (None, None) => (Paint::Warn, "commit not known"),
    };
    let mut lines = vec![
        Line::at(0)
            .hang(INDENT)
            .text(&format!("{rank:>3}  {} ", time(candidate.time_us)))
            .paint(grade(candidate.class), class(candidate.class))
            .text(", ")
            .paint(paint, committed),
        Line::at(INDENT).paint(Paint::Strong, &short(candidate, width)),
        Line::at(INDENT).text(&format!("why: {}", candidate.reason)),
        Line::at(INDENT).text(&who(candidate)),
    ];
    if let Some(transaction) = candidate.transaction {
        let at = |at: Option<i64>| at.map_or_else(|| "not in the log".to_owned(), time);
        lines.push(Line::at(INDENT).text(&format!(
            "transaction: begin {}, first damage {}, commit {}",
            at(transaction.begin_us),
            time(transaction.first_us),
            at(transaction.commit_us)
        )));
    }
    lines.push(Line::at(INDENT).paint(
        Paint::Dim,
        &format!("{}:{}", within(&candidate.file, folder), candidate.line),
    ));
    lines.push(Line::blank());
    lines
}

fn who(candidate: &Candidate) -> String {
    let or = |text: &str, none: &str| {
        if text.is_empty() {
            none.to_owned()
        } else {
            text.to_owned()
        }
    };
    let mut who = format!(
        "{}@{}, connection {}",
        or(&candidate.user, "(account not in the log)"),
        or(&candidate.host, "(host not in the log)"),
        candidate.connection
    );
    if !candidate.server.is_empty() {
        who.push_str(" on ");
        who.push_str(&candidate.server);
    }
    who.push_str("; tables: ");
    who.push_str(&or(&candidate.tables.join(", "), "not in the log"));
    who
}

fn class(class: Class) -> &'static str {
    match class {
        Class::Unbounded => "unbounded",
        Class::Wide => "wide",
        Class::Unknown => "unknown",
        Class::Bounded => "bounded",
    }
}

fn grade(class: Class) -> Paint {
    match class {
        Class::Unbounded => Paint::Bad,
        Class::Wide | Class::Unknown => Paint::Warn,
        Class::Bounded => Paint::Plain,
    }
}

/// The statement on one row, cut to so many characters.
pub(super) fn short(candidate: &Candidate, width: usize) -> String {
    let text = ui::clean(&redacted(&candidate.statement));
    if text.chars().count() <= width {
        return text;
    }
    let kept: String = text.chars().take(width.saturating_sub(3)).collect();
    format!("{kept}...")
}
