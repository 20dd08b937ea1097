//! `recover`: continues an interrupted run from its journal; a finished one repeats its outcome and exit.

use crate::application::Earlier;
use crate::domain::event::{Errand, Event};
use crate::engine::Later;
use crate::journal::Shelf;

use super::again::{Grip, attached, find, ledger, take};
use super::args::{Global, RecoverArgs};
use super::conduct::{Stage, conduct};
use super::desk;
use super::drill::name_what_is_left;
use super::failure::Failure;
use super::logbook::replay;
use super::run::confirmed;
use super::signals::Signals;
use super::voice::{Answers, Voice, same_journal, tell_outcome};
use crate::clock::machine_now;

/// Continues it; the exit code is the outcome's.
pub async fn recover(global: &Global, args: &RecoverArgs) -> Result<u8, Failure> {
    let archive = desk::archive(global)?;
    let (shelf, id) = find(&archive, &args.run)?;
    if shelf == Shelf::Rehearsals {
        return Err(Failure::usage(format!(
            "{id} is a rehearsal: there is nothing to recover"
        )));
    }
    let (before, _) = replay(&ledger(&archive, shelf, &id)?)?;
    confirmed(args.yes.as_deref(), &before.plan().cluster)?;
    if let Some(outcome) = before.closed_with() {
        tell_outcome(
            global,
            &before,
            outcome,
            "this run is finished; nothing was done now",
            machine_now(),
        );
        name_what_is_left(&before);
        return Ok(outcome.exit());
    }
    let store = desk::store(global)?;
    let grip = if args.take_over { Grip::Over } else { Grip::Free };
    let taken = take(global, &store, &id, before.plan(), grip).await?;
    let signals = Signals::listen()?;
    let answers = Answers {
        confirmed: args.yes.is_some(),
        reason: args.reason.clone(),
        resend: args.resend,
    };
    let voice = Voice::new(global, taken.desk.mode, None, &answers);
    let errand = if args.resend {
        Errand::Resend
    } else {
        Errand::Recover
    };
    let first = [Event::Attached(attached(
        errand,
        voice.operator.attended(),
        args.reason.clone(),
        taken.from.clone(),
    ))];
    let earlier = if taken.from.is_some() {
        Earlier::Fenced
    } else {
        Earlier::Dead
    };
    let stage = Stage {
        earlier,
        desk: &taken.desk,
        reads: &taken.desk.reads,
        operator: voice.operator.as_ref(),
        view: voice.view.as_ref(),
        interrupts: &signals,
        archive: store.archive(),
        past: &taken.past,
        later: Later::Continue(same_journal(global)),
        aftermath: taken.aftermath,
        look: taken.look,
    };
    let finish = conduct(&stage, taken.run, taken.writer, &first).await?;
    drop(taken.lock);
    name_what_is_left(&finish.run);
    Ok(finish.outcome.exit())
}
