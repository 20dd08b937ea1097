//! Tables for `status` and `history`: plain borders, never wider than the terminal.

use comfy_table::{ColumnConstraint, ContentArrangement, Table, presets};

use super::line::clean;
use super::style::Style;

/// Rows under headers, in so many columns; [`Style::UNBOUNDED`] wraps nothing. Cells that do not fit are wrapped, not cut;
/// the first of a row is what one copies, an id, and is never wrapped.
pub fn table(headers: &[&str], rows: &[Vec<String>], width: usize) -> String {
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
    table.to_string()
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
    fn in_a_pipe_no_cell_is_wrapped() {
        let text = table(&["run", "outcome", "what happened"], &rows(), Style::UNBOUNDED);
        assert_eq!(text.lines().count(), 6, "{text}");
    }
}
