//! The beginning: which run, which cluster, what is going to happen, and the heading of every phase.

use super::super::line::{Line, Paint};
use super::super::style::{Device, Style};
use crate::domain::identity::Identity;
use crate::domain::mode::Mode;
use crate::domain::notice::PlanStep;
use crate::domain::phase::Phase;
use crate::domain::run_id::RunId;

/// A run began, or was taken up again.
pub(super) fn opened(
    run: Option<&RunId>,
    cluster: &str,
    typed: &str,
    journal: &str,
    again: bool,
) -> Vec<Line> {
    let run = run.map_or("(not named yet)", RunId::as_str);
    let verb = if again { "Taken up again: run" } else { "Run" };
    vec![
        Line::at(0).paint(Paint::Strong, &format!("{verb} {run} of {cluster}")),
        Line::fact("target", Paint::Plain, &format!("{typed}   (as typed)")),
        Line::fact("journal", Paint::Dim, journal),
    ]
}

/// Which cluster of which account, and in what mode: the first thing to be read.
pub(super) fn identity(identity: &Identity, mode: Mode) -> Vec<Line> {
    let (paint, title) = match mode {
        Mode::Live => (Paint::Live, "LIVE: this is a real cluster "),
        Mode::Rehearsal => (Paint::Rehearsal, "REHEARSAL: nothing will be changed "),
        Mode::Drill => (Paint::Drill, "DRILL: the cluster is the lab's "),
    };
    vec![
        Line::blank(),
        Line::rule(paint, title),
        Line::fact("cluster", Paint::Strong, &identity.cluster),
        Line::fact(
            "account",
            Paint::Strong,
            &format!("{}, {}", identity.account, identity.region),
        ),
        Line::fact("resource", Paint::Plain, &identity.resource_id),
        Line::fact("caller", Paint::Plain, &identity.caller),
        Line::fact("endpoint", Paint::Plain, &identity.endpoint),
    ]
}

/// What would be done, in order.
pub(super) fn plan(steps: &[PlanStep]) -> Vec<Line> {
    let mut lines = vec![
        Line::blank(),
        Line::at(0).paint(Paint::Strong, "What would be done"),
    ];
    for (step, number) in steps.iter().zip(1_usize..) {
        lines.push(Line::at(2).hang(6).text(&format!("{number:>2}. {}", step.what)));
        lines.extend(
            step.command
                .iter()
                .map(|command| Line::command(6, Paint::Dim, command)),
        );
    }
    lines
}

/// The heading of a phase; with the command that does the same by hand where it helps, and everywhere when verbose or in
/// a log, where it is looked up later.
pub(super) fn entered(phase: Phase, what: &str, by_hand: Option<&str>, style: &Style) -> Vec<Line> {
    let arrow = if style.marks { "▸ " } else { "> " };
    let mut lines = vec![
        Line::blank(),
        Line::at(0)
            .hang(2)
            .paint(Paint::Strong, &format!("{arrow}{what}"))
            .paint(Paint::Dim, &format!("   [{}]", phase.as_str())),
    ];
    let whole = style.verbose || style.device == Device::Stream;
    if let Some(command) = by_hand.filter(|_| whole || tells_what_aws_does(phase)) {
        let label = if phase == Phase::Approved {
            "the same by hand, only where this program ended before it called:"
        } else {
            "the same by hand:"
        };
        lines.push(Line::at(2).paint(Paint::Dim, label));
        lines.push(Line::paste(4, Paint::Dim, command));
    }
    lines
}

/// Where the command by hand is worth its rows: it shows what became of the request.
fn tells_what_aws_does(phase: Phase) -> bool {
    match phase {
        Phase::Unresolved | Phase::Applying => true,
        Phase::Preflight
        | Phase::Paused
        | Phase::Validated
        | Phase::Approved
        | Phase::Requested
        | Phase::Settled
        | Phase::Verified
        | Phase::Held
        | Phase::Failed
        | Phase::Resumed
        | Phase::Closed
        | Phase::Refused
        | Phase::Declined
        | Phase::Interrupted
        | Phase::Detached => false,
    }
}
