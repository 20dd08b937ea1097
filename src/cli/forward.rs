//! `forward`: moves a held or finished run's cluster to a later instant, at most what the rewind left.

use crate::application::Earlier;
use crate::domain::event::{Errand, Event};
use crate::domain::run::{Run, State};
use crate::engine::Later;
use crate::journal::Shelf;

use super::again::{Grip, attached, find, ledger, take};
use super::args::{ForwardArgs, Global};
use super::conduct::{Stage, conduct};
use super::desk;
use super::failure::Failure;
use super::holds::{Wanted, refusal};
use super::logbook::replay;
use super::mark::look_up;
use super::run::{confirmed, time, zone};
use super::signals::Signals;
use super::voice::{Answers, Voice, same_journal};

/// Moves it; the exit code is the outcome's.
pub async fn forward(global: &Global, args: &ForwardArgs) -> Result<u8, Failure> {
    let zone = zone(args.zone.as_deref())?;
    let goal = match args.to.trim() {
        "origin" => None,
        typed => Some(time(typed, zone)?),
    };
    let archive = desk::archive(global)?;
    let (shelf, id) = find(&archive, &args.run)?;
    if shelf == Shelf::Rehearsals {
        return Err(Failure::usage(format!("{id} is a rehearsal: it moved nothing")));
    }
    let (before, _) = replay(&ledger(&archive, shelf, &id)?)?;
    confirmed(args.yes.as_deref(), &before.plan().cluster)?;
    movable(&before)?;
    let store = desk::store(global)?;
    let taken = take(global, &store, &id, before.plan(), Grip::Free).await?;
    movable(&taken.run)?;
    let identity = taken.run.identity().cloned();
    let wanted = Wanted {
        cluster: &before.plan().cluster,
        access: &taken.desk.access,
        identity: identity.as_ref(),
    };
    if !taken.past.holding.is_empty() {
        return Err(refusal(&wanted, &taken.past.holding));
    }
    let goal = goal
        .map(|text| look_up(text, store.archive(), &before.plan().cluster, identity.as_ref()))
        .transpose()?;
    let signals = Signals::listen()?;
    let answers = Answers {
        confirmed: args.yes.is_some(),
        reason: None,
        resend: false,
    };
    let voice = Voice::new(global, taken.desk.mode, zone, &answers);
    let first = [
        Event::Attached(attached(
            Errand::Forward,
            voice.operator.attended(),
            args.reason.clone(),
            None,
        )),
        Event::HopOrdered {
            goal,
            reason: args.reason.clone(),
            without_copy: args.no_clone,
        },
    ];
    let stage = Stage {
        earlier: Earlier::Dead,
        desk: &taken.desk,
        reads: &taken.desk.reads,
        operator: voice.operator.as_ref(),
        view: voice.view.as_ref(),
        interrupts: &signals,
        archive: store.archive(),
        past: &taken.past,
        later: Later::Continue(same_journal(global)),
        aftermath: taken.aftermath,
        look: None,
    };
    let finish = conduct(&stage, taken.run, taken.writer, &first).await?;
    drop(taken.lock);
    Ok(finish.outcome.exit())
}

/// Only a run that moved its cluster, and stands still, can move it on.
fn movable(run: &Run) -> Result<(), Failure> {
    let id = &run.plan().run;
    let still = matches!(
        run.state(),
        State::Held | State::Closed { .. } | State::Settled { .. } | State::Verified { accepted: false, .. }
    );
    match (still, run.hops().is_empty()) {
        (true, false) => Ok(()),
        (true, true) => Err(Failure::refused(format!(
            "run {id} moved nothing: there is no way forward from it"
        ))
        .next("a new rewind is a new run: backtrackctl run")),
        (false, _) => Err(Failure::refused(format!(
            "expected a run that stands still after a rewind, got one in phase {}",
            run.phase().as_str()
        ))
        .next(format!("backtrackctl recover {id}"))),
    }
}
