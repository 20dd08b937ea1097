//! Rules on this machine, the journal, and the application that is to be paused.

use super::{Case, Stage};
use crate::domain::finding::Finding;
use crate::domain::mode::Mode;
use crate::domain::runbook::{Check, Step};

pub(super) fn findings(case: &Case<'_>) -> Vec<Finding> {
    vec![
        journal(case),
        another_run(case),
        inventory(case),
        still_paused(case),
        probes(case),
        commands(case),
        person(case),
        auto_pause(case),
    ]
}

fn journal(case: &Case<'_>) -> Finding {
    Finding::pass(
        "journal",
        format!("durable at {}", case.inspection.surroundings.journal),
    )
}

fn another_run(case: &Case<'_>) -> Finding {
    match case.inspection.surroundings.other_runs.as_slice() {
        [] => Finding::pass("another_run", "no unfinished run on this cluster"),
        runs => Finding::block(
            "another_run",
            format!("unfinished on this cluster: {}", runs.join(", ")),
        ),
    }
}

fn inventory(case: &Case<'_>) -> Finding {
    let items: Vec<_> = case
        .plan
        .runbook
        .pause
        .iter()
        .filter(|item| item.reopens())
        .collect();
    match items.as_slice() {
        [] => Finding::warn(
            "inventory",
            "the runbook pauses nothing: writes that go on are discarded, or mixed in",
        ),
        items => {
            let names: Vec<&str> = items.iter().map(|item| item.name.as_str()).collect();
            Finding::pass(
                "inventory",
                format!("to be paused, and resumed: {}", names.join(", ")),
            )
        }
    }
}

/// What was stopped may be started again by a deployment, a scaler or a colleague while one deliberates.
fn still_paused(case: &Case<'_>) -> Finding {
    match (case.stage, case.inspection.opened.as_slice()) {
        (_, opened @ [_, ..]) => Finding::block(
            "still_paused",
            format!(
                "paused by this run, and not paused any more: {}",
                opened.join("; ")
            ),
        ),
        (Stage::Preflight, []) => Finding::pass("still_paused", "looked at once more before the request"),
        (Stage::Validation | Stage::Request, []) => Finding::pass("still_paused", "what was paused still is"),
    }
}

fn probes(case: &Case<'_>) -> Finding {
    match case.plan.runbook.probes.len() {
        0 => Finding::warn(
            "probes",
            "the runbook looks at no data: a rewind is accepted on what AWS reports alone",
        ),
        count => Finding::pass("probes", format!("{count} of the data after a rewind")),
    }
}

fn commands(case: &Case<'_>) -> Finding {
    match case.inspection.surroundings.missing.as_slice() {
        [] => Finding::pass("commands", "every command of the runbook can be started"),
        missing => Finding::block("commands", missing.join("; ")),
    }
}

fn person(case: &Case<'_>) -> Finding {
    let runbook = &case.plan.runbook;
    let asks = |check: Option<&Check>| matches!(check, Some(Check::Question { .. }));
    let by_hand = |step: &Step| matches!(step, Step::Manual { .. });
    let mut needs: Vec<&str> = Vec::new();
    for item in &runbook.pause {
        let person = by_hand(&item.pause) || by_hand(&item.resume);
        if person || asks(item.paused.as_ref()) || asks(item.resumed.as_ref()) {
            needs.push(&item.name);
        }
    }
    needs.extend(
        runbook
            .probes
            .iter()
            .filter(|probe| asks(Some(&probe.check)))
            .map(|probe| probe.name.as_str()),
    );
    if needs.is_empty() {
        return Finding::pass("person", "the runbook needs nobody but for its confirmations");
    }
    let listed = needs.join(", ");
    match (case.inspection.surroundings.attended, case.plan.mode) {
        (true, _) => Finding::pass("person", format!("you will be asked about {listed}")),
        (false, Mode::Rehearsal) => Finding::warn("person", format!("a run will need a person for {listed}")),
        (false, Mode::Live | Mode::Drill) => Finding::block(
            "person",
            format!("the runbook needs a person for {listed}, and there is no terminal"),
        ),
    }
}

fn auto_pause(case: &Case<'_>) -> Finding {
    match case.inspection.cluster.least_capacity.as_deref() {
        Some(capacity) if capacity.parse::<f64>().is_ok_and(|least| least <= 0.0) => Finding::warn(
            "auto_pause",
            "the writer may pause by itself: wake it before you begin",
        ),
        _ => Finding::pass("auto_pause", "the writer does not pause by itself"),
    }
}
