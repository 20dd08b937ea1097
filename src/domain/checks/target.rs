//! Rules on the target: what was asked against what can be reached.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Case, Stage, span};
use crate::domain::finding::Finding;
use crate::domain::run::{Footing, Goal};
use crate::domain::target::{Direction, RequestedTarget, ValidatedTarget, Window, floor_second, wire};
use crate::domain::time_text::{Bearings, Reading};

/// `earliest` is frozen this much later than the earliest time and its margin: the window advances while one deliberates.
const EARLIEST_ALLOWANCE: TimeDelta = TimeDelta::seconds(120);

/// What was aimed at, and what of it could be proven.
pub(super) struct Aim {
    pub(super) requested: Option<RequestedTarget>,
    pub(super) instant: Option<DateTime<Utc>>,
    pub(super) direction: Direction,
    pub(super) proof: Option<ValidatedTarget>,
    refusal: Option<String>,
    window: Option<Window>,
}

pub(super) fn aim(case: &Case<'_>) -> Aim {
    let inspection = case.inspection;
    // A way forward ends where the first rewind left the history.
    let window = Window::of(&inspection.cluster, case.origin, inspection.service_now);
    let (requested, refusal) = match freeze(case) {
        Ok(requested) => (Some(requested), None),
        Err(refusal) => (None, Some(refusal)),
    };
    let instant = requested.as_ref().map(|requested| requested.instant);
    let direction = match (case.last, instant) {
        (Some(last), Some(to)) if to > last.shows() => Direction::Forward,
        _ => Direction::Rewind,
    };
    let proof = instant
        .zip(window)
        .map(|(to, window)| ValidatedTarget::proven(to, direction, window));
    Aim {
        requested,
        instant,
        direction,
        proof,
        refusal,
        window,
    }
}

/// Frozen once: a second look uses the first look's instant, so nothing drifts.
fn freeze(case: &Case<'_>) -> Result<RequestedTarget, String> {
    if let Some(instant) = case.attempt.instant {
        return Ok(plain(instant));
    }
    let text = match &case.attempt.goal {
        Goal::Instant(instant) => return Ok(plain(*instant)),
        Goal::Origin => {
            return case
                .origin
                .map(plain)
                .ok_or_else(|| "no hop of this run has an origin to return to".to_owned());
        }
        Goal::Typed(text) => text,
    };
    let inspection = case.inspection;
    if inspection.skew_ms.is_none() && text.needs_clock() {
        return Err(
            "it leans on the clock, and AWS's replies carried no time: type the instant in full, as in \
             2024-05-17T14:28:00Z"
                .to_owned(),
        );
    }
    let bearings = Bearings {
        earliest: inspection.cluster.earliest,
        origin: case.origin,
        ..Bearings::new(case.attempt.ordered, inspection.skew())
    };
    let resolved = text.resolve(&bearings).map_err(|refusal| refusal.to_string())?;
    let mut requested = RequestedTarget {
        instant: floor_second(resolved.instant()),
        notes: resolved.notes().to_vec(),
    };
    if text.mark().is_some() {
        requested.notes.extend_from_slice(text.notes());
    }
    if matches!(text.reading(), Reading::Earliest) {
        let margin = TimeDelta::seconds(case.plan.runbook.policy.margin_s) + EARLIEST_ALLOWANCE;
        requested.instant = floor_second(resolved.exact() + margin);
        requested.notes.push(format!(
            "{} after the earliest time, which keeps advancing",
            span(margin)
        ));
    }
    Ok(requested)
}

fn plain(instant: DateTime<Utc>) -> RequestedTarget {
    RequestedTarget {
        instant: floor_second(instant),
        notes: Vec::new(),
    }
}

pub(super) fn findings(case: &Case<'_>, aim: &Aim) -> Vec<Finding> {
    let Some(target) = aim.instant else {
        let why = aim.refusal.clone().unwrap_or_default();
        return vec![Finding::block("target", format!("`{}`: {why}", typed(case)))];
    };
    let mut findings = vec![
        own_mark(case)
            .unwrap_or_else(|| Finding::pass("target", format!("`{}` is {}", typed(case), wire(target)))),
        window(case, aim, target),
        future(case, target),
        created(case, target),
        local_time(case, target),
        greatest_discard(case, aim, target),
    ];
    findings.extend(search(case, aim));
    if case.last.is_some() {
        findings.push(ceiling(case, aim, target));
        findings.push(writes_after(case, aim));
    }
    findings
}

/// A mark of another cluster: its instant means nothing here, not even after a restore under the same name.
fn own_mark(case: &Case<'_>) -> Option<Finding> {
    let Goal::Typed(text) = &case.attempt.goal else {
        return None;
    };
    let Reading::Mark {
        marked: Some(marked), ..
    } = text.reading()
    else {
        return None;
    };
    let here = &case.inspection.identity;
    (marked.resource_id != here.resource_id).then(|| {
        Finding::block(
            "target",
            format!(
                "`{}` is a mark of `{}` ({}), and this is `{}` ({})",
                typed(case),
                marked.cluster,
                marked.resource_id,
                here.cluster,
                here.resource_id
            ),
        )
    })
}

fn typed(case: &Case<'_>) -> String {
    match &case.attempt.goal {
        Goal::Typed(text) => text.typed().to_owned(),
        Goal::Instant(instant) => wire(*instant),
        Goal::Origin => "origin".to_owned(),
    }
}

fn window(case: &Case<'_>, aim: &Aim, target: DateTime<Utc>) -> Finding {
    let Some(window) = aim.window else {
        return Finding::block("window", "AWS names no earliest backtrack time");
    };
    let policy = TimeDelta::seconds(case.plan.runbook.policy.margin_s);
    // Asked for in full before the outage; at the request a part of it has been used up by what was done since.
    let margin = match case.stage {
        Stage::Preflight | Stage::Validation => policy,
        Stage::Request => policy / 4,
    };
    let (asked, earliest) = (wire(target), wire(window.earliest));
    if target < window.earliest {
        let by = span(window.earliest - target);
        return Finding::block(
            "window",
            format!("asked {asked}, earliest {earliest}: {by} too early"),
        );
    }
    if target < window.earliest + margin {
        let (left, margin) = (span(target - window.earliest), span(margin));
        if window.is_filling() {
            return Finding::warn(
                "window",
                format!(
                    "asked {asked}, earliest {earliest}: only {left} inside the window, less than the margin of {margin}; the \
                     cluster is younger than its window, so that the earliest time stands still"
                ),
            );
        }
        return Finding::block(
            "window",
            format!(
                "asked {asked}, earliest {earliest}: only {left} inside the window, expected at least {margin}"
            ),
        );
    }
    Finding::pass(
        "window",
        format!(
            "inside; it falls out at {}{}",
            wire(window.falls_out(target)),
            window.caveat()
        ),
    )
}

fn future(case: &Case<'_>, target: DateTime<Utc>) -> Finding {
    let now = case.inspection.service_now;
    if target > now {
        return Finding::block(
            "target_future",
            format!(
                "asked {}, latest {}: {} in the future by AWS's clock",
                wire(target),
                wire(now),
                span(target - now)
            ),
        );
    }
    Finding::pass("target_future", format!("{} ago", span(now - target)))
}

fn created(case: &Case<'_>, target: DateTime<Utc>) -> Finding {
    let cluster = &case.inspection.cluster;
    match cluster.created {
        None => Finding::warn("cluster_created", "AWS did not say when the cluster was made"),
        Some(created) if created > target => Finding::block(
            "cluster_created",
            format!(
                "the cluster was made at {}, after the target: a clone cannot go back before that",
                wire(created)
            ),
        ),
        Some(created) => Finding::pass("cluster_created", format!("made at {}", wire(created))),
    }
}

/// A wall-clock time typed with `Z` lies a whole offset away from what was meant.
fn local_time(case: &Case<'_>, target: DateTime<Utc>) -> Finding {
    let offset = i64::from(case.inspection.surroundings.utc_offset_s);
    let as_local = target - TimeDelta::seconds(offset);
    let now = case.inspection.service_now;
    let typed_here =
        matches!(&case.attempt.goal, Goal::Typed(text) if text.typed().trim_end().ends_with(['Z', 'z']));
    let recent = |instant: DateTime<Utc>| instant <= now && now - instant < TimeDelta::minutes(30);
    if offset != 0 && typed_here && recent(as_local) && !recent(target) {
        return Finding::warn(
            "local_time",
            format!(
                "is this local time? {} was typed as UTC; read in this machine's zone it would be {} ago",
                wire(target),
                span(now - as_local)
            ),
        );
    }
    Finding::pass("local_time", "does not look like a local time")
}

fn greatest_discard(case: &Case<'_>, aim: &Aim, target: DateTime<Utc>) -> Finding {
    let present = case.shows.unwrap_or(case.inspection.service_now);
    let discards = present - target;
    match case
        .plan
        .runbook
        .policy
        .greatest_discard_s
        .map(TimeDelta::seconds)
    {
        Some(limit) if aim.direction == Direction::Rewind && discards > limit => Finding::block(
            "greatest_discard",
            format!(
                "would discard {}, the runbook allows {}",
                span(discards),
                span(limit)
            ),
        ),
        Some(limit) => Finding::pass(
            "greatest_discard",
            format!("within the runbook's {}", span(limit)),
        ),
        None => Finding::pass("greatest_discard", "the runbook sets no limit"),
    }
}

fn ceiling(case: &Case<'_>, aim: &Aim, target: DateTime<Utc>) -> Finding {
    let Some(origin) = case.origin else {
        return Finding::block(
            "ceiling",
            "AWS reported neither BacktrackedFrom nor a creation time: no way forward is proven",
        );
    };
    if target > origin {
        let (asked, latest, by) = (wire(target), wire(origin), span(target - origin));
        return Finding::block(
            "ceiling",
            format!(
                "asked {asked}, latest {latest} (what the rewind left): {by} beyond it, where no data is"
            ),
        );
    }
    // A hop to where the data stands would be an outage for nothing.
    if let (Footing::Held, Some(last)) = (&case.attempt.footing, case.last)
        && last.shows() == target
    {
        return Finding::block(
            "ceiling",
            format!("asked {}, and that is what the data shows already", wire(target)),
        );
    }
    // Further back is chosen at a prompt, as an instant; what `forward` orders is typed.
    if aim.direction == Direction::Rewind && !matches!(case.attempt.goal, Goal::Instant(_)) {
        let shown = case.last.map_or_else(String::new, |hop| wire(hop.shows()));
        return Finding::block(
            "ceiling",
            format!(
                "asked {}, the rewind reached {shown}: `forward` goes to a later instant only",
                wire(target)
            ),
        );
    }
    Finding::pass(
        "ceiling",
        format!("at or before {}, what the rewind left", wire(origin)),
    )
}

/// Both ends of a search: it may have to end at the good one, and the bad one lies on the history that it moves on.
fn search(case: &Case<'_>, aim: &Aim) -> Option<Finding> {
    let (cost, window) = (case.cost.as_ref()?, aim.window?);
    let good = wire(cost.good);
    if cost.good < window.earliest {
        let by = span(window.earliest - cost.good);
        return Some(Finding::block(
            "search",
            format!(
                "the last known good moment is {good}, earliest {}: {by} too early to end there",
                wire(window.earliest)
            ),
        ));
    }
    if cost.bad > window.latest {
        return Some(Finding::block(
            "search",
            format!(
                "the known bad moment is {}, latest {}: {} beyond what can be reached",
                wire(cost.bad),
                wire(window.latest),
                span(cost.bad - window.latest)
            ),
        ));
    }
    let falls_out = wire(window.falls_out(cost.good));
    Some(Finding::pass(
        "search",
        format!("both ends are inside; the good one, {good}, falls out at {falls_out}"),
    ))
}

/// Going to the old history leaves what was written since on a branch that AWS does not document.
fn writes_after(case: &Case<'_>, aim: &Aim) -> Finding {
    if !case.reopened {
        return Finding::pass(
            "writes_after",
            "the application was never opened since the rewind",
        );
    }
    if aim.direction == Direction::Rewind {
        return Finding::pass("writes_after", "not a way forward");
    }
    match &case.attempt.reason {
        Some(reason) => Finding::warn(
            "writes_after",
            format!(
                "everything written since the application was opened again may be lost for good; acknowledged: {reason}"
            ),
        ),
        None => Finding::block(
            "writes_after",
            "everything written since the application was opened again may be lost for good: acknowledge it by --reason TEXT, \
             after taking a clone or a snapshot",
        ),
    }
}
