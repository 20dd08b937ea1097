//! What the gate and the probes said.

use super::inline::Inline;
use super::page::Page;
use super::value::instant;
use crate::report::facts::Verdict;

pub fn write(page: &mut Page, verdicts: &[Verdict]) {
    page.section("Verification");
    if verdicts.is_empty() {
        page.paragraph(&Inline::fixed("Nothing was verified."));
    }
    for verdict in verdicts {
        let hop = verdict
            .hop
            .map_or_else(String::new, |hop| format!(", after hop {hop}"));
        let passed = if verdict.passed {
            ": as expected"
        } else {
            ": **NOT AS EXPECTED**"
        };
        page.part(&instant(verdict.at).then_text(&hop).then(passed));
        let rows: Vec<[Inline; 3]> = verdict
            .results
            .iter()
            .map(|result| {
                let passed = if result.passed { "passed" } else { "**failed**" };
                [
                    Inline::fixed(passed),
                    Inline::text(&result.name),
                    Inline::text(&result.message),
                ]
            })
            .collect();
        page.table(["Result", "Probe", "What was seen"], &rows);
    }
}
