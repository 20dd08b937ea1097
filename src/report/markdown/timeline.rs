//! Every event in one line.

use super::inline::Inline;
use super::page::Page;
use super::value::instant;
use crate::report::facts::Line;

pub fn write(page: &mut Page, lines: &[Line]) {
    page.section("Timeline");
    let rows: Vec<[Inline; 3]> = lines
        .iter()
        .map(|line| {
            [
                instant(line.at),
                Inline::code(line.event),
                Inline::text(&line.detail),
            ]
        })
        .collect();
    page.table(["When (UTC)", "Event", "Detail"], &rows);
}
