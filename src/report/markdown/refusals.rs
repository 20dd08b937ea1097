//! Refusals and errors, with AWS's own words.

use super::inline::Inline;
use super::page::Page;
use super::value::{instant, maybe_code};
use crate::report::facts::Refusal;

pub fn write(page: &mut Page, refusals: &[Refusal]) {
    page.section("Refusals and errors");
    if refusals.is_empty() {
        page.paragraph(&Inline::fixed("None."));
        return;
    }
    let rows: Vec<[Inline; 6]> = refusals.iter().map(row).collect();
    page.table(
        ["When", "What", "Kind", "Code", "Message", "AWS request id"],
        &rows,
    );
}

fn row(refusal: &Refusal) -> [Inline; 6] {
    let none = || Inline::fixed("none");
    [
        instant(refusal.at),
        Inline::text(&refusal.what),
        Inline::code(refusal.kind),
        refusal.code.as_deref().map_or_else(none, Inline::code),
        Inline::text(&refusal.message),
        refusal
            .request_id
            .as_deref()
            .map_or_else(none, |id| maybe_code(Some(id))),
    ]
}
