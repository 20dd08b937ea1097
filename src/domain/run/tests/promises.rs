//! The promises of the machine, each a function of its own, held against every step of the walk.

use super::protocol::Node;
use super::world::{Backtrack, Fate, World};
use crate::domain::effect::{Effect, Way};
use crate::domain::event::{Errand, Event};
use crate::domain::mode::Mode;
use crate::domain::outcome::Outcome;
use crate::domain::phase::Phase;
use crate::domain::question::Question;
use crate::domain::run::next::SEND_WITHIN;
use crate::domain::run::{Footing, Goal, ItemState, Next, State};

/// One event, or the passing of time, between two nodes.
pub struct Step<'a> {
    pub before: &'a Node,
    pub event: Option<&'a Event>,
    pub after: &'a Node,
}

type Promise = (&'static str, fn(&Step<'_>) -> bool);

pub const PROMISES: &[Promise] = &[
    (
        "one confirmation lets AWS accept at most one request for each hop that it names",
        at_most_one_request_is_accepted,
    ),
    (
        "every accepted request is of a hop of its own",
        every_hop_has_one_request,
    ),
    (
        "between the hops of a search nothing is opened",
        a_search_opens_nothing,
    ),
    (
        "a search that ends by itself ends where its probe says good",
        a_search_ends_where_it_is_good,
    ),
    (
        "nothing is sent unconfirmed or without a last look",
        sent_only_when_confirmed_and_looked,
    ),
    ("nothing is sent on an old look", sent_only_on_a_fresh_look),
    (
        "without a person a lost request is not sent again twice",
        resent_at_most_once_unattended,
    ),
    (
        "without a person nothing is overridden that was not known beforehand",
        overridden_only_by_who_knew,
    ),
    (
        "nothing is sent after a stranger's backtrack appeared",
        sent_only_into_the_world_that_was_confirmed,
    ),
    (
        "nothing is sent beside a trace of an earlier request",
        sent_only_without_a_trace_of_another,
    ),
    (
        "the application is opened only when no request is owed an answer",
        opened_only_when_nothing_is_owed,
    ),
    ("what the run calls open is open", open_is_open),
    ("what the run calls paused is stopped", paused_is_stopped),
    (
        "refused, declined and interrupted leave every item open",
        side_exits_leave_it_open,
    ),
    (
        "completed means open, and verified or overridden",
        completed_is_open_and_verified,
    ),
    ("a failed read moves nothing forward", failed_reads_move_nothing),
    (
        "no resend is offered while a trace exists",
        no_resend_beside_a_trace,
    ),
    ("a rehearsal changes nothing", rehearsals_change_nothing),
    ("the exit code tells the truth", exit_codes_tell_the_truth),
    (
        "an unattended run polls no longer than its patience",
        patience_ends,
    ),
    ("nobody is never a yes", nobody_is_never_a_yes),
    ("a process that is over does nothing", over_is_over),
];

fn intended<'a>(step: &Step<'a>) -> Option<&'a Effect> {
    match step.event {
        Some(Event::Intended(effect)) => Some(effect),
        _ => None,
    }
}

fn ended(step: &Step<'_>) -> Option<Outcome> {
    match step.event {
        Some(Event::Ended { outcome }) => Some(*outcome),
        _ => None,
    }
}

fn at_most_one_request_is_accepted(step: &Step<'_>) -> bool {
    let world = &step.after.world;
    world.accepted <= world.begun.max(1) && u32::from(world.begun) <= world.covers
}

fn every_hop_has_one_request(step: &Step<'_>) -> bool {
    let world = &step.after.world;
    let mut hops: Vec<u32> = world.backtracks.iter().filter_map(|it| it.hop).collect();
    let all = hops.len();
    hops.dedup();
    hops.len() == all
}

fn a_search_opens_nothing(step: &Step<'_>) -> bool {
    let Some(Effect::Step { way: Way::Resume, .. }) = intended(step) else {
        return true;
    };
    // Before anything moved it may be given up, and after the operator accepted what is there.
    let run = &step.before.run;
    !run.seeks() || run.hops().is_empty() || step.before.world.excused
}

fn a_search_ends_where_it_is_good(step: &Step<'_>) -> bool {
    let Some(Event::Answered {
        answer: crate::domain::question::Answer::Accepted { reason: None },
        ..
    }) = step.event
    else {
        return true;
    };
    !step.before.run.seeks()
}

fn sent_only_when_confirmed_and_looked(step: &Step<'_>) -> bool {
    let Some(Effect::Send(intent)) = intended(step) else {
        return true;
    };
    step.before.world.confirmed == Some(intent.hop) && step.before.world.looked.is_some()
}

fn sent_only_on_a_fresh_look(step: &Step<'_>) -> bool {
    let Some(Effect::Send(intent)) = intended(step) else {
        return true;
    };
    step.before
        .world
        .looked
        .is_some_and(|looked| intent.intended_at - looked <= SEND_WITHIN)
}

fn asks(node: &Node) -> Option<Question> {
    let Next::Ask(question) = node.run.next(node.now) else {
        return None;
    };
    node.world.pending.is_none().then_some(question)
}

fn resent_at_most_once_unattended(step: &Step<'_>) -> bool {
    let node = step.after;
    let asks_again = matches!(asks(node), Some(Question::NoTrace | Question::AfterFailure));
    node.run.attended || !node.world.resent || !asks_again
}

fn overridden_only_by_who_knew(step: &Step<'_>) -> bool {
    let node = step.after;
    let may_override = matches!(
        asks(node),
        Some(Question::Unverified(_) | Question::AfterFailure | Question::NoTrace)
    );
    node.run.attended || !may_override || matches!(node.run.errand, Some(Errand::Recover | Errand::Resend))
}

fn sent_only_into_the_world_that_was_confirmed(step: &Step<'_>) -> bool {
    let Some(Effect::Send(_)) = intended(step) else {
        return true;
    };
    step.before.world.listed() == step.before.world.drawn
}

fn sent_only_without_a_trace_of_another(step: &Step<'_>) -> bool {
    let Some(Effect::Send(_)) = intended(step) else {
        return true;
    };
    let node = step.before;
    let settled = |id: &str| node.run.hops().iter().any(|hop| hop.record.id == id);
    let mut backtracks = node.world.backtracks.iter().enumerate();
    !backtracks.any(|(index, it)| {
        let accepted = it.hop.is_some() && it.listed && it.fate != Fate::Failed;
        accepted && !settled(&World::id(index))
    })
}

fn opened_only_when_nothing_is_owed(step: &Step<'_>) -> bool {
    let Some(Effect::Step { way: Way::Resume, .. }) = intended(step) else {
        return true;
    };
    step.before.world.owed.is_empty()
}

fn open_is_open(step: &Step<'_>) -> bool {
    let node = step.after;
    node.run
        .items
        .iter()
        .zip(node.world.stopped)
        .all(|(item, stopped)| *item != ItemState::Open || !stopped)
}

fn paused_is_stopped(step: &Step<'_>) -> bool {
    let node = step.after;
    node.run
        .items
        .iter()
        .zip(node.world.stopped)
        .all(|(item, stopped)| *item != ItemState::Paused || stopped)
}

fn side_exits_leave_it_open(step: &Step<'_>) -> bool {
    let Some(Outcome::Refused | Outcome::Declined | Outcome::Interrupted) = ended(step) else {
        return true;
    };
    match step.after.run.footing() {
        _ if step.before.run.is_finished() => true,
        Footing::Fresh | Footing::Closed(_) | Footing::Failed(_) => step.after.world.is_open(),
        // `forward` of a held run: the application stays as it was found.
        Footing::Held => step.after.world.is_stopped() && step.after.run.phase() == Phase::Held,
        Footing::Unresolved(..) => false,
    }
}

fn completed_is_open_and_verified(step: &Step<'_>) -> bool {
    if ended(step) != Some(Outcome::Completed) {
        return true;
    }
    step.after.world.is_open() && !step.after.run.hops().is_empty()
}

fn failed_reads_move_nothing(step: &Step<'_>) -> bool {
    let Some(Event::ReadFailed(_)) = step.event else {
        return true;
    };
    let (before, after) = (step.before.run.phase(), step.after.run.phase());
    let left = matches!(before, Phase::Preflight | Phase::Paused | Phase::Approved);
    let back = matches!(
        after,
        Phase::Refused | Phase::Held | Phase::Unresolved | Phase::Failed
    );
    before == after || left && back && step.after.run.hops().len() == step.before.run.hops().len()
}

fn no_resend_beside_a_trace(step: &Step<'_>) -> bool {
    let node = step.after;
    let Some(Question::NoTrace) = asks(node) else {
        return true;
    };
    let State::Unresolved { intent, .. } = node.run.state() else {
        return false;
    };
    let unseen = |record: &crate::domain::backtrack::BacktrackRecord| !intent.seen.contains(&record.id);
    !node.world.moves()
        && !node.world.records().iter().any(|record| {
            unseen(record) && record.created.is_none_or(|created| created >= intent.intended_at)
        })
}

fn rehearsals_change_nothing(step: &Step<'_>) -> bool {
    step.after.run.plan().mode != Mode::Rehearsal
        || step.after.world.is_open()
            && intended(step).is_none()
            && step.after.world.backtracks.iter().all(a_stranger)
}

fn a_stranger(backtrack: &Backtrack) -> bool {
    backtrack.hop.is_none()
}

/// The backtrack of the last hop that settled.
fn last_hop(node: &Node) -> Option<&Backtrack> {
    let id = &node.run.hops().last()?.record.id;
    let index = (0..node.world.backtracks.len()).find(|index| World::id(*index) == *id)?;
    node.world.backtracks.get(index)
}

fn exit_codes_tell_the_truth(step: &Step<'_>) -> bool {
    let Some(outcome) = ended(step) else { return true };
    let node = step.after;
    let world = &node.world;
    // A finished run repeats what was judged when it finished.
    if step.before.run.is_finished() {
        return Some(outcome) == step.before.run.closed_with();
    }
    let ours = || {
        world
            .backtracks
            .iter()
            .filter(|backtrack| backtrack.hop.is_some())
    };
    let moved = last_hop(node).is_some_and(|backtrack| backtrack.fate == Fate::Done);
    match outcome {
        Outcome::Completed => {
            moved && world.is_open() && (world.excused || last_hop(node).is_some_and(|it| it.echoes))
        }
        Outcome::Rehearsed => world.is_open() && ours().next().is_none(),
        Outcome::Refused | Outcome::Declined | Outcome::Interrupted => {
            let this_hop = |backtrack: &&Backtrack| backtrack.hop == Some(node.run.attempt().number);
            let untouched = ours()
                .filter(this_hop)
                .all(|backtrack| backtrack.fate == Fate::Failed);
            untouched
                && match node.run.footing() {
                    Footing::Fresh => ours().next().is_none(),
                    Footing::Closed(_) => true,
                    // Only `forward` found it rewound and leaves it so.
                    Footing::Held => !matches!(node.run.attempt().goal, Goal::Instant(_)),
                    // A person gave up what AWS had given up, and no rewind waits to be accepted.
                    Footing::Failed(_) => {
                        world.excused && (node.run.hops().is_empty() || node.run.reopened())
                    }
                    Footing::Unresolved(..) => false,
                }
        }
        // Left while AWS works, or before anything was asked of it: then only a login is waited for.
        Outcome::Detached => {
            let asked = |backtrack: &Backtrack| backtrack.hop == Some(node.run.attempt().number);
            world.is_stopped() || !ours().any(asked)
        }
        Outcome::Held | Outcome::VerificationFailed => moved && world.is_stopped(),
        Outcome::Failed => ours()
            .next_back()
            .is_some_and(|backtrack| backtrack.fate == Fate::Failed),
        Outcome::Unresolved => !world.owed.is_empty() || world.excused && world.is_open(),
        Outcome::ResumeIncomplete => node.run.items.iter().any(|item| *item != ItemState::Open),
        Outcome::JournalDamaged => false,
    }
}

fn patience_ends(step: &Step<'_>) -> bool {
    let node = step.after;
    let patience = chrono::TimeDelta::seconds(node.run.policy().patience_s);
    let over = !node.run.attended && node.now > node.run.since + patience && node.world.pending.is_none();
    let polls = matches!(
        node.run.next(node.now),
        Next::Do(Effect::Reconcile | Effect::Watch { .. } | Effect::Glance)
    );
    !(over && polls)
}

fn nobody_is_never_a_yes(step: &Step<'_>) -> bool {
    let Some(Event::Answered {
        answer: crate::domain::question::Answer::Nobody,
        ..
    }) = step.event
    else {
        return true;
    };
    let run = &step.after.run;
    run.parting.is_some() || matches!(run.state(), State::Leaving { .. })
}

fn over_is_over(step: &Step<'_>) -> bool {
    let node = step.after;
    node.run
        .ended()
        .is_none_or(|outcome| node.run.next(node.now) == Next::Done(outcome))
}
