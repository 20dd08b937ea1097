//! `bisect`: a run whose hops a search decides. What was typed becomes the search; everything else is a run's.

mod bounds;
mod probe;
mod suspects;

use super::args::{BisectArgs, Global};
use super::conduct::{Stage, conduct};
use super::desk::{self, Desk};
use super::failure::Failure;
use super::first_look::FirstLook;
use super::opening::{self, read_runbook};
use super::person;
use super::run::{confirmed, lab_name, zone};
use super::signals::Signals;
use super::voice::{Answers, Voice, same_journal};
use crate::application::Earlier;
use crate::domain::debts::Aftermath;
use crate::domain::outcome::Outcome;
use crate::domain::plan::Plan;
use crate::domain::runbook::Runbook;
use crate::domain::search::{Hunt, Over, Search, Then};
use crate::engine::Later;
use crate::ports::{ClusterReads as _, Interrupts as _, Look};

/// Searches; the exit code is the outcome's.
pub async fn bisect(global: &Global, args: &BisectArgs) -> Result<u8, Failure> {
    let zone = zone(args.zone.as_deref())?;
    let typed = bounds::typed(args, zone)?;
    let within = args
        .within
        .as_deref()
        .map(|text| length("--within", text))
        .transpose()?;
    confirmed(args.yes.as_deref(), &args.cluster)?;
    lab_name(global, &args.cluster)?;
    let source = read_runbook(args.runbook.as_deref())?;
    let probe = probe::probe(args, &source.runbook)?;
    let store = desk::store(global)?;
    let desk = Desk::sit(desk::access(global), false).await?;
    let signals = Signals::listen()?;
    let reads = tokio::select! {
        reads = FirstLook::take(&desk.reads, &args.cluster) => reads,
        signal = signals.arrived() => {
            let message = format!("interrupted by {signal} before anything was read");
            return Err(Failure::outcome(Outcome::Interrupted, message).touched("this command did nothing to the cluster"));
        }
    };
    let look = seen(&reads, &args.cluster).await?;
    let typed_at = desk.clock.service() - desk.since_start();
    let place = bounds::Place {
        archive: store.archive(),
        look: &look,
        clock: desk.clock.as_ref(),
        typed_at,
        margin_s: source.runbook.policy.margin_s,
    };
    let (good, bad) = (place.bound(typed.good)?, place.bound_or_present(typed.bad)?);
    let over = match (within, &args.candidates) {
        (Some(within_s), _) => Over::Time { within_s },
        (None, Some(file)) => Over::Suspects(suspects::of_file(file, good.at, bad.at)?),
        (None, None) => Over::Suspects(place.suspects(&typed.at)?),
    };
    let goal = good
        .text
        .clone()
        .ok_or_else(|| Failure::usage("expected --good TIME"))?;
    let search = Search {
        good,
        bad,
        over,
        probe,
        tries: args.confirm,
        skips: args.skips,
        then: if args.back { Then::Origin } else { Then::LastGood },
    };
    Hunt::begin(&search).map_err(|nothing| {
        Failure::usage(format!("there is nothing to search: {nothing}"))
            .next("backtrackctl run --help    # to go back to an instant that is known")
    })?;
    let answers = Answers {
        confirmed: args.yes.is_some(),
        reason: None,
        resend: false,
    };
    let voice = Voice::new(global, desk.mode, zone, &answers);
    let plan = Plan {
        run: opening::new_id(&desk),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        mode: desk.mode,
        cluster: args.cluster.clone(),
        typed_at,
        goal,
        runbook: runbook(args, source.runbook),
        runbook_path: source.path,
        runbook_digest: source.digest,
        hold: args.hold,
        force: args.force,
        without_copy: args.no_clone,
        located: None,
        search: Some(Box::new(search)),
        reason: args.reason.clone(),
        access: desk.access.clone(),
        identity: Some(look.identity.clone()),
        by: person::person(voice.operator.attended()),
    };
    let opened = opening::open(&store, &desk, plan, Some(&look.identity))?;
    let stage = Stage {
        earlier: Earlier::Dead,
        desk: &desk,
        reads: &reads,
        operator: voice.operator.as_ref(),
        view: voice.view.as_ref(),
        interrupts: &signals,
        archive: store.archive(),
        past: &opened.past,
        later: Later::Continue(same_journal(global)),
        aftermath: Aftermath::default(),
        look: None,
    };
    let finish = conduct(&stage, opened.run, opened.writer, &[]).await?;
    drop(opened.lock);
    Ok(finish.outcome.exit())
}

/// What was read at once: both ends are frozen by it.
async fn seen(reads: &FirstLook<'_>, cluster: &str) -> Result<Look, Failure> {
    if let Some(look) = reads.seen() {
        return Ok(look);
    }
    reads.look(cluster).await.map_err(|failure| {
        Failure::refused(format!("{cluster} could not be read: {}", failure.message))
            .next(format!("backtrackctl status {cluster}"))
    })
}

fn runbook(args: &BisectArgs, runbook: Runbook) -> Runbook {
    if args.no_clone {
        runbook.without_copy()
    } else {
        runbook
    }
}

/// `90`, `90s`, `5m`, `2h`: seconds, from 1.
fn length(option: &str, text: &str) -> Result<u32, Failure> {
    let (digits, unit) = match text.find(|each: char| !each.is_ascii_digit()) {
        Some(at) => text.split_at(at),
        None => (text, "s"),
    };
    let factor = match unit {
        "s" => Some(1_u32),
        "m" => Some(60),
        "h" => Some(3600),
        _ => None,
    };
    let seconds = factor.and_then(|factor| digits.parse::<u32>().ok()?.checked_mul(factor));
    seconds
        .filter(|seconds| (1..=86_400).contains(seconds))
        .ok_or_else(|| {
            Failure::usage(format!(
                "{option}: expected a length such as 30s, 5m or 1h, up to 24h, got {text:?}"
            ))
        })
}
