//! Every decision.

use super::inline::Inline;
use super::page::Page;
use super::value::{instant, maybe_text};
use crate::report::facts::Decision;

pub fn write(page: &mut Page, decisions: &[Decision]) {
    page.section("Decisions");
    if decisions.is_empty() {
        page.paragraph(&Inline::fixed("Nobody was asked anything."));
        return;
    }
    let rows: Vec<[Inline; 7]> = decisions.iter().map(row).collect();
    page.table(
        ["When", "Who", "Hop", "Question", "Answer", "Given", "Reason"],
        &rows,
    );
}

fn row(decision: &Decision) -> [Inline; 7] {
    let question = decision.question.as_deref();
    [
        instant(decision.at),
        Inline::text(&decision.by),
        Inline::text(&decision.hop.to_string()),
        question.map_or_else(|| Inline::fixed("none: on the command line"), Inline::text),
        Inline::text(&decision.answer),
        Inline::fixed(if decision.unattended {
            "unattended"
        } else {
            "typed"
        }),
        maybe_text(decision.reason.as_deref()),
    ]
}
