//! Tables of clusters, runs and marks: plain borders, never wider than the terminal.

use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};
use console::measure_text_width;

use super::line::clean;
use super::style::Style;

/// Most that a column between the first and the last takes where ids are broken.
const MIDDLE: usize = 16;
/// Least that is left for the last line of an id.
const STUB: usize = 3;
/// Least that an id keeps.
const LEAST_ID: usize = 16;

/// Rows under headers, in so many columns; [`Style::UNBOUNDED`] wraps nothing. Cells that do not fit are wrapped, not cut;
/// the first of a row is what one copies, an id, and is never wrapped.
pub fn table(headers: &[&str], rows: &[Vec<String>], width: usize) -> String {
    arranged(headers, rows, width).to_string()
}

/// The same where ids may be long: the last column keeps at least `least`. The others give way, those between at most to
/// [`MIDDLE`], and ids are broken, at a hyphen where one stands.
pub fn table_keeping(headers: &[&str], rows: &[Vec<String>], width: usize, least: usize) -> String {
    let columns = headers.len();
    if width == Style::UNBOUNDED || columns < 2 {
        return table(headers, rows, width);
    }
    let middle = 1..columns - 1;
    let taken: usize = middle
        .clone()
        .map(|column| widest(headers, rows, column).min(MIDDLE))
        .sum();
    // A border and a blank on both sides of each cell, and the last border.
    let room = width
        .saturating_sub(taken + least + 3 * columns + 1)
        .max(LEAST_ID);
    let rows: Vec<Vec<String>> = rows.iter().map(|row| with_id_within(row, room)).collect();
    let mut table = arranged(headers, &rows, width);
    for column in middle {
        let between = u16::try_from(widest(headers, &rows, column).min(MIDDLE)).unwrap_or(u16::MAX);
        if let Some(column) = table.column_mut(column) {
            column.set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(between + 2)));
        }
    }
    table.to_string()
}

fn widest(headers: &[&str], rows: &[Vec<String>], column: usize) -> usize {
    let cells = rows.iter().filter_map(|row| row.get(column)).map(String::as_str);
    let lines = cells.chain(headers.get(column).copied()).flat_map(str::lines);
    lines.map(measure_text_width).max().unwrap_or_default()
}

fn with_id_within(row: &[String], room: usize) -> Vec<String> {
    let mut row = row.to_vec();
    if let Some(id) = row.first_mut() {
        let lines: Vec<String> = id.lines().flat_map(|line| broken(line, room)).collect();
        *id = lines.join("\n");
    }
    row
}

/// After the last hyphen that fits, or in the middle of a word that is longer than the room.
fn broken(line: &str, room: usize) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest: Vec<char> = line.chars().collect();
    while rest.len() > room {
        // A letter or two alone on a line are easily missed.
        let most = room.min(rest.len().saturating_sub(STUB));
        let hyphen = rest.iter().take(most).rposition(|letter| *letter == '-');
        let at = hyphen.map(|at| at + 1).filter(|at| *at >= room / 2);
        let tail = rest.split_off(at.unwrap_or(most));
        parts.push(rest.into_iter().collect());
        rest = tail;
    }
    parts.push(rest.into_iter().collect());
    parts
}

fn arranged(headers: &[&str], rows: &[Vec<String>], width: usize) -> Table {
    let mut table = Table::new();
    table.load_style(presets::ASCII_FULL_CONDENSED);
    if width == Style::UNBOUNDED {
        table.set_content_arrangement(ContentArrangement::Disabled);
    } else {
        table.set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    }
    table.set_header(headers.iter().map(|header| clean(header)));
    for row in rows {
        table.add_row(row.iter().map(|cell| lines_of(cell)));
    }
    if let Some(id) = table.column_mut(0) {
        id.set_constraint(ColumnConstraint::ContentWidth);
    }
    table
}

/// A cell may have several lines of its own.
fn lines_of(cell: &str) -> String {
    cell.split('\n').map(clean).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Vec<String>> {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        vec![
            row([
                "20261120-023108-0000ab",
                "completed",
                "rewound to 2026-11-20 02:14:05Z, 17 min 03 s discarded",
            ]),
            row([
                "20261121-101500-0000cd",
                "held",
                "rewound to 2026-11-21 10:01:00Z, the application is paused",
            ]),
        ]
    }

    #[test]
    fn a_table_fits_the_width_and_loses_nothing() {
        insta::assert_snapshot!(table(&["run", "outcome", "what happened"], &rows(), 72), @r#"
        +------------------------+-----------+---------------------------------+
        | run                    | outcome   | what happened                   |
        +======================================================================+
        | 20261120-023108-0000ab | completed | rewound to 2026-11-20           |
        |                        |           | 02:14:05Z, 17 min 03 s          |
        |                        |           | discarded                       |
        | 20261121-101500-0000cd | held      | rewound to 2026-11-21           |
        |                        |           | 10:01:00Z, the application is   |
        |                        |           | paused                          |
        +------------------------+-----------+---------------------------------+
        "#);
    }

    #[test]
    fn an_id_is_never_wrapped() {
        let long = "a cell with many words that wants all of the width for itself, and more".to_owned();
        let rows = [vec!["20261120-023108-0000ab".to_owned(), long.clone(), long]];
        for width in [60, 80] {
            let text = table(&["run", "how", "why"], &rows, width);
            assert!(text.contains("| 20261120-023108-0000ab |"), "{text}");
            assert!(text.lines().all(|row| row.chars().count() <= width), "{text}");
        }
    }

    #[test]
    fn a_long_id_gives_way_to_what_is_to_be_known() {
        let row = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
        let rows = [
            row([
                "payments-production-orders-aurora-cluster",
                "ok",
                "a-team-of-a-very-long-name",
                "short of its target, needs Force: binlog is on",
            ]),
            row(["crm", "disabled", "crm", "restore a snapshot with a window"]),
        ];
        let text = table_keeping(&["cluster", "verdict", "owner", "what to know"], &rows, 80, 24);
        let border = text.lines().next().unwrap();
        let last = border.trim_end_matches('+').rsplit('+').next().unwrap();
        assert!(last.len() >= 24 + 2, "{text}");
        assert!(text.contains("| production-orders- |"), "{text}");
        assert!(text.lines().all(|row| row.chars().count() <= 80), "{text}");
        assert_eq!(
            broken("abcdefghijklmnopqrstuvwxyz", 10),
            ["abcdefghij", "klmnopqrst", "uvwxyz"]
        );
        assert_eq!(broken("billing-eu-prod--1", 17), ["billing-eu-", "prod--1"]);
    }

    #[test]
    fn in_a_pipe_no_cell_is_wrapped() {
        let text = table(&["run", "outcome", "what happened"], &rows(), Style::UNBOUNDED);
        assert_eq!(text.lines().count(), 6, "{text}");
    }
}
