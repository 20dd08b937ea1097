//! What is still to be done outside the database: what is known in figures first, then what must be asked.

use super::super::line::{Line, Paint};
use super::super::moment::{beside, full, seconds};
use crate::domain::debts::{Debt, Interval, Topic};

/// The list, each question in one row of 80 columns.
pub(super) fn debts(discarded: &[Interval], debts: &[Debt]) -> Vec<Line> {
    let title = Line::at(0).paint(Paint::Strong, "What the rewind leaves to do");
    let known = debts
        .iter()
        .flat_map(|debt| debt.facts.iter().map(|fact| (short(debt.topic).0, fact)))
        .map(|(label, fact)| Line::fact(label, Paint::Strong, fact));
    let asked = debts.iter().map(|debt| {
        let (label, question) = short(debt.topic);
        Line::fact(label, Paint::Plain, question)
    });
    [Line::blank(), title]
        .into_iter()
        .chain(discarded.iter().map(gone))
        .chain(known)
        .chain(asked)
        .collect()
}

fn gone(interval: &Interval) -> Line {
    let to = interval.to.map_or_else(
        || "an instant that AWS did not report".to_owned(),
        |to| beside(interval.from, to),
    );
    let length = interval.discarded_s.map(|count| format!(" ({})", seconds(count)));
    let text = format!("{} to {to}{}", full(interval.from), length.unwrap_or_default());
    Line::fact("discarded", Paint::Bad, &text)
}

/// Label and question. "Then" is the time that was discarded; the report asks in full.
fn short(topic: Topic) -> (&'static str, &'static str) {
    match topic {
        Topic::Cause => ("cause", "is it disabled, so that it does not run again?"),
        Topic::Ids => ("ids", "given out then, and again: who else holds them?"),
        Topic::Sessions => ("sessions", "revoked then, valid again: which must be ended?"),
        Topic::Caches => ("caches", "which hold what was written then? Emptied?"),
        Topic::Indexes => ("search", "which indexes show rows of then? Who rebuilds them?"),
        Topic::Streams => ("queues, CDC", "what was sent on then, and comes again or stays?"),
        Topic::Mails => ("mails", "what went out then, and is not in the database?"),
        Topic::Passwords => ("passwords", "changed then: the old ones are back. Who must know?"),
    }
}
