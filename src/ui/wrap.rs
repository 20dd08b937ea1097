//! Where a line is broken: prose between words, a command so that it can still be pasted.
//!
//! Nothing is ever cut off.

use console::measure_text_width;

use super::line::Paint;

/// One character with its meaning.
pub(super) type Cell = (char, Paint);

/// Breaks at the last space that fits. A word that is wider than a whole row is broken where the row ends.
pub(super) fn wrap(cells: &[Cell], first: usize, further: usize) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    let mut rest = cells;
    loop {
        let fits = fitting(rest, if rows.is_empty() { first } else { further });
        if fits == rest.len() {
            rows.push(rest.to_vec());
            return rows;
        }
        let space = (1..=fits)
            .rev()
            .find(|at| may_break(rest, *at))
            .filter(|at| next_word_fits(rest, *at, further));
        let (row, next) = rest.split_at(space.unwrap_or(fits.max(1)));
        rows.push(row.to_vec());
        let spaces = if space.is_some() {
            next.iter().take_while(|cell| cell.0 == ' ').count()
        } else {
            0
        };
        rest = next.get(spaces..).unwrap_or_default();
    }
}

fn next_word_fits(cells: &[Cell], space: usize, width: usize) -> bool {
    let after = cells.iter().skip(space).skip_while(|cell| cell.0 == ' ');
    after
        .take_while(|cell| cell.0 != ' ')
        .map(|cell| wide(cell.0))
        .sum::<usize>()
        <= width
}

/// True for a space between two words that need not stand together: `17 min 03 s` and `2026-11-20 02:14:05Z` do.
fn may_break(cells: &[Cell], at: usize) -> bool {
    if cells.get(at).is_none_or(|cell| cell.0 != ' ') {
        return false;
    }
    let before: String = cells
        .iter()
        .take(at)
        .rev()
        .take_while(|cell| cell.0 != ' ')
        .map(|cell| cell.0)
        .collect();
    let before: String = before.chars().rev().collect();
    let after: String = cells
        .iter()
        .skip(at + 1)
        .take_while(|cell| cell.0 != ' ')
        .map(|cell| cell.0)
        .collect();
    let number = |word: &str| word.starts_with(|each: char| each.is_ascii_digit());
    let unit =
        |word: &str| ["s", "min", "h", "d"].contains(&word.trim_end_matches([',', '.', ';', ':', ')']));
    let date = |word: &str| number(word) && word.len() == 10 && word.matches('-').count() == 2;
    !(number(&before) && unit(&after) || unit(&before) && number(&after) || date(&before) && number(&after))
}

/// Breaks between words only, outside quotes, with the shell's continuation. A word wider than a row stays whole.
pub(super) fn wrap_command(cells: &[Cell], first: usize, further: usize) -> Vec<Vec<Cell>> {
    let mut rows: Vec<Vec<Cell>> = vec![Vec::new()];
    for word in with_values(words(cells), further.saturating_sub(2)) {
        // Two columns are kept for the continuation.
        let width = if rows.len() == 1 { first } else { further }.saturating_sub(2);
        let begin_new = rows
            .last()
            .is_some_and(|row| !row.is_empty() && width_of(row) + 1 + width_of(&word) > width);
        if begin_new {
            rows.push(Vec::new());
        }
        if let Some(row) = rows.last_mut() {
            if !row.is_empty() {
                row.push((' ', Paint::Plain));
            }
            row.extend(word);
        }
    }
    let last = rows.len().saturating_sub(1);
    for row in rows.iter_mut().take(last) {
        row.extend([(' ', Paint::Dim), ('\\', Paint::Dim)]);
    }
    rows
}

/// Keeps an option and its value in one row, where a row can hold both.
fn with_values(words: Vec<Vec<Cell>>, width: usize) -> Vec<Vec<Cell>> {
    let option = |word: &[Cell]| word.first().is_some_and(|cell| cell.0 == '-');
    let mut kept: Vec<Vec<Cell>> = Vec::new();
    for word in words {
        match kept.last_mut() {
            Some(last) if option(last) && !option(&word) && width_of(last) + 1 + width_of(&word) <= width => {
                last.push((' ', Paint::Plain));
                last.extend(word);
            }
            Some(_) | None => kept.push(word),
        }
    }
    kept
}

/// Words of a shell command: spaces inside quotes or after a backslash do not part them.
fn words(cells: &[Cell]) -> Vec<Vec<Cell>> {
    let mut words: Vec<Vec<Cell>> = Vec::new();
    let mut word = Vec::new();
    let mut quote: Option<char> = None;
    let mut escaped = false;
    for cell in cells {
        let each = cell.0;
        if each == ' ' && quote.is_none() && !escaped {
            words.push(std::mem::take(&mut word));
            continue;
        }
        if escaped {
            escaped = false;
        } else if each == '\\' && quote != Some('\'') {
            escaped = true;
        } else if quote == Some(each) {
            quote = None;
        } else if quote.is_none() && matches!(each, '\'' | '"') {
            quote = Some(each);
        }
        word.push(*cell);
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// How many cells fit into the width.
fn fitting(cells: &[Cell], width: usize) -> usize {
    let mut used = 0;
    cells
        .iter()
        .take_while(|cell| {
            used += wide(cell.0);
            used <= width
        })
        .count()
}

/// Columns that cells take.
pub(super) fn width_of(cells: &[Cell]) -> usize {
    cells.iter().map(|cell| wide(cell.0)).sum()
}

fn wide(each: char) -> usize {
    measure_text_width(each.encode_utf8(&mut [0; 4]))
}

#[cfg(test)]
mod tests {
    use console::measure_text_width;

    use crate::domain::mode::Mode;
    use crate::ui::layout::lay;
    use crate::ui::line::{Line, Paint};
    use crate::ui::testing::screen;

    fn live(line: Line, width: usize) -> Vec<String> {
        lay(&[line], "", Mode::Live, &screen(width))
    }

    #[test]
    fn prose_is_wrapped_between_words_and_hangs() {
        let line = Line::at(2)
            .hang(4)
            .text("one two three four five six seven eight nine ten eleven twelve");
        assert_eq!(
            live(line, 40),
            [
                "  one two three four five six seven",
                "    eight nine ten eleven twelve"
            ]
        );
    }

    #[test]
    fn a_word_wider_than_the_row_is_broken_and_loses_nothing() {
        let word = "x".repeat(95);
        let rows = live(Line::at(0).text(&word), 40);
        assert_eq!(rows.iter().map(String::len).collect::<Vec<_>>(), [40, 40, 15]);
        assert_eq!(rows.concat(), word);
    }

    #[test]
    fn a_long_word_begins_behind_its_label_and_lengths_of_time_stay_whole() {
        let rows = live(Line::at(0).hang(4).text(&format!("key {}", "x".repeat(60))), 40);
        assert_eq!(rows.iter().map(String::len).collect::<Vec<_>>(), [40, 28]);
        let rows = live(
            Line::at(0).text("it discards some seventeen: 17 min 03 s, up to"),
            40,
        );
        assert_eq!(rows, ["it discards some seventeen: 17 min 03 s,", "up to"]);
        let rows = live(Line::at(0).text("it discards seventeen or more: 17 min 03 s"), 40);
        assert_eq!(rows, ["it discards seventeen or more:", "17 min 03 s"]);
        let rows = live(
            Line::at(0).text("everything that came after 2026-11-20 02:14:05Z"),
            40,
        );
        assert_eq!(rows, ["everything that came after", "2026-11-20 02:14:05Z"]);
    }

    #[test]
    fn a_command_is_continued_so_that_it_can_be_pasted() {
        let rows = live(
            Line::command(
                2,
                Paint::Plain,
                "aws rds x --reason 'a b c d e f g h i j k l' --region r",
            ),
            40,
        );
        assert_eq!(
            rows,
            [
                "  aws rds x \\",
                "    --reason 'a b c d e f g h i j k l' \\",
                "    --region r"
            ]
        );
    }

    #[test]
    fn wide_characters_count_as_two_columns() {
        let rows = live(Line::at(0).text(&"語".repeat(30)), 40);
        assert_eq!(
            rows.iter().map(|row| measure_text_width(row)).collect::<Vec<_>>(),
            [40, 20]
        );
    }
}
