//! The inventory of the application.

use super::inline::Inline;
use super::page::Page;
use super::value::{instant, unknown};
use crate::report::facts::{Item, Turn};
use chrono::{DateTime, Utc};

pub fn write(page: &mut Page, items: &[Item]) {
    page.section("Application");
    if items.is_empty() {
        page.paragraph(&Inline::fixed("The runbook names nothing to pause."));
        return;
    }
    let rows: Vec<[Inline; 6]> = items.iter().flat_map(rows).collect();
    page.table(["Item", "Paused at", "How", "Resumed at", "How", "Now"], &rows);
}

fn rows(item: &Item) -> Vec<[Inline; 6]> {
    let row = |turn: &Turn| {
        [
            Inline::text(&item.name),
            reached(turn.pause_intended, turn.paused),
            how(&turn.paused_how),
            opened(item, turn),
            how(&turn.resumed_how),
            Inline::text(&item.now),
        ]
    };
    if item.turns.is_empty() {
        let never = || Inline::fixed("never");
        let none = Inline::default;
        return vec![[
            Inline::text(&item.name),
            never(),
            none(),
            opened(item, &Turn::default()),
            none(),
            Inline::text(&item.now),
        ]];
    }
    item.turns.iter().map(row).collect()
}

/// Blank where there is nothing to open.
fn opened(item: &Item, turn: &Turn) -> Inline {
    if item.state == "nothing_to_open" {
        return Inline::default();
    }
    reached(turn.resume_intended, turn.resumed)
}

/// Never where it was not begun, unknown where its end was not seen.
fn reached(intended: Option<DateTime<Utc>>, at: Option<DateTime<Utc>>) -> Inline {
    match (intended, at) {
        (_, Some(at)) => instant(at),
        (Some(intended), None) => unknown().then(", begun at ").then_inline(&instant(intended)),
        (None, None) => Inline::fixed("never"),
    }
}

fn how(seen: &[String]) -> Inline {
    Inline::joined(
        &seen.iter().map(|each| Inline::text(each)).collect::<Vec<_>>(),
        "; ",
    )
}
