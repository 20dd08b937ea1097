//! Each hop that was requested.

use super::inline::Inline;
use super::page::Page;
use super::value::{instant, maybe_code, maybe_instant, maybe_length, names, unknown};
use crate::domain::cluster::Member;
use crate::report::facts::{Hop, Request};

pub fn write(page: &mut Page, hops: &[Hop]) {
    page.section("Hops");
    if hops.is_empty() {
        page.paragraph(&Inline::fixed("No backtrack was requested."));
    }
    for hop in hops {
        let direction = hop.direction.map_or("hop", |direction| direction.as_str());
        let title = Inline::fixed("Hop ")
            .then_text(&hop.number.to_string())
            .then(": ")
            .then(direction);
        page.part(&title.then(" to ").then_inline(&instant(hop.requested)));
        page.facts(&facts(hop));
        let rows: Vec<[Inline; 7]> = hop.requests.iter().map(request).collect();
        page.table(
            [
                "Intended",
                "To",
                "Send by",
                "Reply",
                "At",
                "Code and message",
                "AWS request id",
            ],
            &rows,
        );
    }
}

fn facts(hop: &Hop) -> Vec<(&'static str, Inline)> {
    let mut facts = vec![
        ("What became of it", Inline::fixed(hop.fate.as_str())),
        (
            "Asked, as typed → instant",
            Inline::text(&hop.typed)
                .then(" → ")
                .then_inline(&instant(hop.requested)),
        ),
        ("Confirmed", maybe_instant(hop.confirmed)),
    ];
    if hop.fate.may_have_been_accepted() {
        facts.extend(of_aws(hop));
    }
    facts
}

/// What AWS said of it.
fn of_aws(hop: &Hop) -> [(&'static str, Inline); 10] {
    let learnt = hop.learnt.map_or("", |learnt| learnt.as_str());
    let record = match &hop.record_id {
        Some(id) => Inline::code(id).then(", ").then(learnt),
        None => unknown(),
    };
    let strangers = if hop.strangers.is_empty() {
        Inline::fixed("none seen")
    } else {
        names(&hop.strangers)
    };
    [
        ("Backtrack id", record),
        ("Created, by AWS's clock", maybe_instant(hop.created)),
        ("Statuses", statuses(hop)),
        ("Effective, as AWS reported", maybe_instant(hop.effective)),
        (
            "Backtracked from, as AWS reported",
            maybe_instant(hop.backtracked_from),
        ),
        ("Cluster seen back", maybe_instant(hop.settled)),
        ("Request → cluster seen back", maybe_length(hop.aws_s)),
        (
            "Cluster status, last seen",
            maybe_code(hop.cluster_status.as_deref()),
        ),
        ("Members, last seen", members(&hop.members)),
        ("Backtracks of others meanwhile", strangers),
    ]
}

fn statuses(hop: &Hop) -> Inline {
    if hop.statuses.is_empty() {
        return unknown();
    }
    let each = hop.statuses.iter().map(|seen| {
        Inline::code(&seen.status)
            .then(" ")
            .then_inline(&instant(seen.at))
    });
    Inline::joined(&each.collect::<Vec<_>>(), " → ")
}

fn members(members: &[Member]) -> Inline {
    if members.is_empty() {
        return unknown();
    }
    let each = members.iter().map(|member| {
        let role = if member.writer { " (writer) " } else { " " };
        Inline::code(&member.id)
            .then(role)
            .then_inline(&maybe_code(Some(&member.status)))
    });
    Inline::joined(&each.collect::<Vec<_>>(), ", ")
}

fn request(request: &Request) -> [Inline; 7] {
    let force = if request.force { " **with Force**" } else { "" };
    let said = [
        request.code.as_deref().map(Inline::code),
        request.message.as_deref().map(Inline::text),
    ];
    let said: Vec<Inline> = said.into_iter().flatten().collect();
    [
        instant(request.intended),
        instant(request.to).then(force),
        instant(request.send_by),
        Inline::fixed(request.reply.as_str()),
        maybe_instant(request.replied),
        Inline::joined(&said, ": "),
        maybe_code(request.request_id.as_deref()),
    ]
}
