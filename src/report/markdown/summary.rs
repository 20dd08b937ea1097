//! The summary table.

use super::inline::Inline;
use super::page::Page;
use super::value::{instant, maybe_instant, maybe_length, unknown};
use crate::domain::debts::Interval;
use crate::report::facts::{Incident, Outage, Summary};

pub fn write(page: &mut Page, incident: &Incident) {
    let summary = &incident.summary;
    page.section("Summary");
    let asked = Inline::text(&summary.typed)
        .then(" → ")
        .then_inline(&maybe_instant(summary.instant));
    let mut rows = vec![("Asked, as typed → instant", asked)];
    if summary.requested.is_some() && summary.requested != summary.instant {
        rows.push(("Asked by the last hop", maybe_instant(summary.requested)));
    }
    let accepted = incident.hops.iter().any(|hop| hop.fate.may_have_been_accepted());
    let of_aws = |value: Inline| match (summary.hops, accepted) {
        (0, _) => Inline::fixed("nothing was requested"),
        (_, false) => Inline::fixed("nothing was accepted"),
        (_, true) => value,
    };
    let direction = summary
        .direction
        .map_or_else(unknown, |direction| Inline::fixed(direction.as_str()));
    rows.extend([
        (
            "Effective, as AWS reported",
            of_aws(maybe_instant(summary.effective)),
        ),
        (
            "Backtracked from, as AWS reported",
            of_aws(maybe_instant(summary.backtracked_from)),
        ),
        ("Discarded", discarded(summary, incident.headline.data_touched)),
        ("Direction", direction),
        ("Hops requested", Inline::text(&summary.hops.to_string())),
        ("Start", maybe_instant(summary.start)),
        ("End", maybe_instant(summary.end)),
        (
            "Outage: first pause intended → last item open again",
            outage(summary),
        ),
        (
            "Time to decide: first look → confirmation",
            maybe_length(summary.decide_s),
        ),
        (
            "Time AWS took: request → cluster seen back",
            of_aws(maybe_length(summary.aws_s)),
        ),
    ]);
    page.facts(&rows);
}

fn discarded(summary: &Summary, touched: Option<bool>) -> Inline {
    match (summary.discarded.as_slice(), touched) {
        ([], Some(true)) => Inline::fixed("nothing: the cluster shows again what the rewind had left"),
        ([], Some(false)) => Inline::fixed("nothing"),
        ([], None) => unknown(),
        (intervals, _) => Inline::joined(&intervals.iter().map(interval).collect::<Vec<_>>(), "; "),
    }
}

fn interval(interval: &Interval) -> Inline {
    maybe_length(interval.discarded_s)
        .then(": ")
        .then_inline(&instant(interval.from))
        .then(" → ")
        .then_inline(&maybe_instant(interval.to))
}

fn outage(summary: &Summary) -> Inline {
    if summary.outages.is_empty() {
        return Inline::fixed("none: this run paused nothing");
    }
    let each = |outage: &Outage| {
        let end = outage.to.map_or_else(|| Inline::fixed("**not over**"), instant);
        maybe_length(outage.seconds())
            .then(": ")
            .then_inline(&instant(outage.from))
            .then(" → ")
            .then_inline(&end)
    };
    Inline::joined(&summary.outages.iter().map(each).collect::<Vec<_>>(), "; ")
}
