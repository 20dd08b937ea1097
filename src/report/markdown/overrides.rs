//! Overrides, right after the head: nobody who reads on can miss them.

use super::inline::Inline;
use super::page::Page;
use super::value::instant;
use crate::report::facts::Override;

pub fn write(page: &mut Page, overrides: &[Override]) {
    if overrides.is_empty() {
        return;
    }
    page.section("OVERRIDES");
    page.paragraph(&Inline::fixed("**A gate said no, and a person went on.**"));
    let rows: Vec<[Inline; 3]> = overrides
        .iter()
        .map(|each| {
            [
                instant(each.at),
                Inline::text(&each.by),
                Inline::fixed("**").then_text(&each.what).then("**"),
            ]
        })
        .collect();
    page.table(["When", "Who", "What, and why"], &rows);
}
