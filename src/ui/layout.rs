//! Lines to rows: wrapped at the width, marked with the mode, painted.
//!
//! Nothing is ever cut off: what does not fit goes on in the next row.

use console::{Color, measure_text_width};

use super::line::{Line, Paint, Shape};
use super::style::{Device, Style};
use super::wrap::{Cell, width_of, wrap, wrap_command};
use crate::domain::mode::Mode;

/// Rules and drawings grow no wider than this: a line across a wide screen joins nothing.
pub(super) const WIDEST: usize = 100;

/// What stands before every row of a rehearsal, and of a drill before every row but commands to paste, so that none can
/// be taken for the real thing.
pub fn mark(mode: Mode) -> &'static str {
    match mode {
        Mode::Live => "",
        Mode::Rehearsal => "[rehearsal] ",
        Mode::Drill => "[drill] ",
    }
}

/// Lays lines out as rows. `lead` stands before the mark of every row: the time on a stream, else nothing.
pub fn lay(lines: &[Line], lead: &str, mode: Mode, style: &Style) -> Vec<String> {
    let marked = format!("{lead}{}", mark(mode));
    let before = |line: &Line| match (line.shape, mode, style.device) {
        // A lab can be hurt by nothing that is pasted; a rehearsal is marked in every row.
        (Shape::Paste, Mode::Drill, Device::Screen) => lead,
        (Shape::Paste | Shape::Prose | Shape::Command | Shape::Drawing | Shape::Rule, _, _) => &marked,
    };
    let shown = |line: &&Line| match style.device {
        Device::Screen => true,
        Device::Stream => line.shape != Shape::Drawing && !line.pieces.is_empty(),
    };
    lines
        .iter()
        .filter(shown)
        .flat_map(|line| {
            let before = before(line);
            let rows = rows(line, room(style, before), style).into_iter();
            rows.map(move |row| {
                format!("{before}{}", paint(&row, style.colour))
                    .trim_end()
                    .to_owned()
            })
        })
        .collect()
}

/// Columns that are left of the width.
pub(super) fn room(style: &Style, before: &str) -> usize {
    style
        .columns()
        .saturating_sub(measure_text_width(before))
        .max(Style::LEAST / 2)
}

fn rows(line: &Line, width: usize, style: &Style) -> Vec<Vec<Cell>> {
    let cells: Vec<Cell> = line
        .pieces
        .iter()
        .flat_map(|(paint, text)| text.chars().map(move |each| (each, *paint)))
        .collect();
    let hang = line.hang.min(width / 2);
    let rows = match line.shape {
        Shape::Drawing => vec![cells],
        Shape::Rule => ruled(cells, width, style),
        Shape::Prose => wrap(
            &cells,
            width.saturating_sub(line.indent),
            width.saturating_sub(hang),
        ),
        Shape::Command | Shape::Paste => wrap_command(
            &cells,
            width.saturating_sub(line.indent),
            width.saturating_sub(hang),
        ),
    };
    let indented = |(at, row): (usize, Vec<Cell>)| {
        let indent = if at == 0 { line.indent } else { hang };
        std::iter::repeat_n((' ', Paint::Plain), indent)
            .chain(row)
            .collect()
    };
    rows.into_iter().enumerate().map(indented).collect()
}

/// A title and a rule to the end of the row; the title alone on a stream, or where it fills the row.
fn ruled(mut cells: Vec<Cell>, width: usize, style: &Style) -> Vec<Vec<Cell>> {
    let rest = width.min(WIDEST).saturating_sub(width_of(&cells));
    if style.device == Device::Stream || rest == 0 {
        return wrap(&cells, width, width);
    }
    let paint = cells.first().map_or(Paint::Dim, |cell| cell.1);
    cells.extend(std::iter::repeat_n(
        (if style.marks { '━' } else { '=' }, paint),
        rest,
    ));
    vec![cells]
}

fn paint(row: &[Cell], colour: bool) -> String {
    row.chunk_by(|one, next| one.1 == next.1)
        .map(|run| {
            let text: String = run.iter().map(|cell| cell.0).collect();
            if colour {
                painted(run.first().map_or(Paint::Plain, |cell| cell.1), &text)
            } else {
                text
            }
        })
        .collect()
}

fn painted(paint: Paint, text: &str) -> String {
    let style = console::Style::new().force_styling(true);
    let style = match paint {
        Paint::Plain => return text.to_owned(),
        Paint::Strong => style.bold(),
        Paint::Dim => style.dim(),
        Paint::Good => style.green(),
        Paint::Warn => style.yellow().bold(),
        Paint::Bad => style.red().bold(),
        Paint::Live => style.fg(Color::White).bg(Color::Red).bold(),
        Paint::Rehearsal => style.fg(Color::Black).bg(Color::Cyan).bold(),
        Paint::Drill => style.fg(Color::Black).bg(Color::Green).bold(),
    };
    style.apply_to(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::{screen, stream};

    #[test]
    fn every_row_carries_the_time_and_the_mark_within_the_width() {
        let line = Line::at(0).text("one two three four five six seven eight nine ten eleven");
        let rows = lay(
            &[line],
            "02:31:08Z ",
            Mode::Rehearsal,
            &Style {
                width: 60,
                ..stream()
            },
        );
        let expected = [
            "02:31:08Z [rehearsal] one two three four five six seven",
            "02:31:08Z [rehearsal] eight nine ten eleven",
        ];
        assert_eq!(rows, expected);
    }

    #[test]
    fn colour_is_only_written_when_asked_for() {
        let line = || [Line::at(0).paint(Paint::Bad, "lost")];
        assert_eq!(lay(&line(), "", Mode::Live, &screen(80)), ["lost"]);
        assert_eq!(
            lay(
                &line(),
                "",
                Mode::Live,
                &Style {
                    colour: true,
                    ..screen(80)
                }
            ),
            ["\u{1b}[31m\u{1b}[1mlost\u{1b}[0m"]
        );
    }

    #[test]
    fn a_stream_leaves_out_drawings_rules_and_blank_lines_but_no_words() {
        let lines = [
            Line::rule(Paint::Live, "LIVE "),
            Line::blank(),
            Line::drawing(0).text("|--|"),
            Line::at(0).text("x"),
        ];
        assert_eq!(lay(&lines, "", Mode::Live, &stream()), ["LIVE", "x"]);
    }
}
