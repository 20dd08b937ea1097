//! What a search found, and by which answers.

use super::inline::Inline;
use super::page::Page;
use super::value::{instant, maybe_text};
use crate::domain::search::{Finding, Suspect, Verdict};
use crate::report::facts::{Asked, Search};

/// Suspects that are named; a search over many that was cut short leaves many.
const SHOWN: usize = 20;

pub fn write(page: &mut Page, search: Option<&Search>) {
    let Some(search) = search else { return };
    page.section("Search");
    page.facts(&[
        ("Looked", Inline::text(&search.asked).then_inline(&among(search))),
        ("Outcome", outcome(search.finding.as_ref())),
        ("Last known good", instant(search.good)),
        ("First known bad", instant(search.bad)),
    ]);
    let suspects = search.finding.as_ref().map_or(&[][..], |found| &found.suspects);
    if !suspects.is_empty() {
        page.paragraph(&Inline::fixed(match suspects {
            [_] => "The statement between the two:",
            _ => "The statements between the two, one of which is taken for the culprit:",
        }));
        let mut rows: Vec<Inline> = suspects.iter().take(SHOWN).map(suspect).collect();
        if suspects.len() > SHOWN {
            let more = (suspects.len() - SHOWN).to_string();
            rows.push(Inline::fixed("and ").then_text(&more).then(" more"));
        }
        page.list(&rows);
    }
    if search.trials.is_empty() {
        page.paragraph(&Inline::fixed("Its probe was never asked."));
    } else {
        let rows: Vec<[Inline; 4]> = search.trials.iter().map(row).collect();
        page.table(["When", "Asked about", "Found", "What was seen"], &rows);
    }
}

fn among(search: &Search) -> Inline {
    search.candidates.map_or_else(
        || Inline::fixed(", over time"),
        |count| {
            Inline::fixed(", among ")
                .then_text(&count.to_string())
                .then(" candidate statements")
        },
    )
}

fn outcome(finding: Option<&Finding>) -> Inline {
    match finding {
        None => Inline::fixed("it did not come to its end"),
        Some(Finding {
            stopped: Some(why), ..
        }) => Inline::fixed("**stopped without an answer**: ").then_text(why),
        Some(found) if found.decided => Inline::fixed("found"),
        Some(_) => Inline::fixed("found as near as the probe could tell"),
    }
}

fn suspect(suspect: &Suspect) -> Inline {
    let line = instant(suspect.at).then(": ");
    let line = if suspect.statement.is_empty() {
        line.then("a statement whose text was not given")
    } else {
        line.then_code(&suspect.statement)
    };
    match (&suspect.file, suspect.line) {
        (Some(file), Some(number)) => line
            .then(", ")
            .then_code(file)
            .then(", line ")
            .then_text(&number.to_string()),
        (Some(file), None) => line.then(", ").then_code(file),
        (None, _) => line,
    }
}

fn row(asked: &Asked) -> [Inline; 4] {
    let found = match asked.verdict {
        Some(Verdict::Bad) => "**bad**",
        Some(verdict) => verdict.as_str(),
        None => "not asked: the gate did not pass",
    };
    let place = asked
        .place
        .map_or_else(|| Inline::fixed("the present, before anything moved"), instant);
    [
        instant(asked.at),
        place,
        Inline::fixed(found),
        maybe_text(Some(&asked.how)),
    ]
}
