//! The head: what this is, how it ended, what was touched.

use super::inline::Inline;
use super::page::Page;
use super::value::{maybe_code, names};
use crate::domain::mode::Mode;
use crate::report::facts::{Headline, Incident};

pub fn write(page: &mut Page, incident: &Incident) {
    let head = &incident.headline;
    page.title(&title(head, !incident.overrides.is_empty()));
    page.paragraph(&ending(head));
    let mut items = vec![
        Inline::fixed("Run ")
            .then_code(&incident.run)
            .then(", mode ")
            .then(head.mode.as_str()),
        Inline::fixed("Cluster ")
            .then_code(&head.cluster)
            .then(" (")
            .then_inline(&maybe_code(head.resource_id.as_deref()))
            .then("), account ")
            .then_inline(&maybe_code(head.account.as_deref()))
            .then(", Region ")
            .then_inline(&maybe_code(head.region.as_deref())),
    ];
    items.extend(
        head.lab
            .as_ref()
            .map(|lab| Inline::fixed("The lab at ").then_code(lab)),
    );
    items.push(runbook(head));
    items.push(
        Inline::fixed("Data moved: **")
            .then(touched(head.data_touched))
            .then("**"),
    );
    items.push(paused(head));
    page.list(&items);
}

/// A rehearsal or a drill says so before anything else, and an override is not left to the small print.
fn title(head: &Headline, overridden: bool) -> Inline {
    let begin = match (head.mode, &head.lab) {
        (Mode::Live, _) => "Backtrack of ",
        (Mode::Rehearsal, None) => "REHEARSAL, nothing was changed: backtrack of ",
        (Mode::Rehearsal, Some(_)) => "REHEARSAL on the lab, nothing was changed: backtrack of ",
        (Mode::Drill, _) => "DRILL on the lab, nothing real was touched: backtrack of ",
    };
    Inline::fixed(begin)
        .then_text(&head.cluster)
        .then(": ")
        .then_inline(&word(head))
        .then(if overridden { ", WITH OVERRIDES" } else { "" })
}

fn word(head: &Headline) -> Inline {
    let named = head
        .outcome
        .map(|outcome| Inline::text(&outcome.as_str().replace('_', " ")));
    named.unwrap_or_else(|| Inline::fixed("no end recorded"))
}

fn ending(head: &Headline) -> Inline {
    let mut line = Inline::fixed("**").then_inline(&word(head)).then("**");
    if let Some(exit) = head.exit {
        line = line.then(" (exit ").then_text(&exit.to_string()).then(")");
    }
    line = line.then(": ").then(head.meaning).then(".");
    let line = said(line, head.why.as_ref());
    let Some(last) = &head.last else {
        return line;
    };
    let name = last.outcome.as_str().replace('_', " ");
    let line = line
        .then(" The last command on it left it so, and ended **")
        .then_text(&name)
        .then("** (exit ")
        .then_text(&last.exit.to_string())
        .then(").");
    said(line, last.why.as_ref())
}

fn said(line: Inline, why: Option<&String>) -> Inline {
    match why {
        Some(why) => line.then(" It said: \u{201c}").then_text(why).then("\u{201d}."),
        None => line,
    }
}

fn runbook(head: &Headline) -> Inline {
    let line = Inline::fixed("Runbook ").then_text(&head.runbook);
    let line = match &head.runbook_path {
        Some(path) => line.then(" from ").then_code(path),
        None => line.then(", built in"),
    };
    line.then(", SHA-256 ").then_code(&head.runbook_digest)
}

fn touched(touched: Option<bool>) -> &'static str {
    match touched {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not known",
    }
}

fn paused(head: &Headline) -> Inline {
    if head.still_paused.is_empty() {
        return Inline::fixed("Still paused: nothing");
    }
    Inline::fixed("**STILL PAUSED, or not known to be open: ")
        .then_inline(&names(&head.still_paused))
        .then("**")
}
