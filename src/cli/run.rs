//! `run`: the incident, or its rehearsal.

use chrono_tz::Tz;

use crate::application::Earlier;
use crate::domain::debts::Aftermath;
use crate::domain::outcome::Outcome;
use crate::domain::plan::Plan;
use crate::domain::time_text::{TimeText, parse_zone};
use crate::engine::Later;
use crate::ports::Interrupts as _;

use super::args::{Global, RunArgs};
use super::conduct::{Stage, conduct};
use super::desk::{self, Desk};
use super::failure::Failure;
use super::first_look::FirstLook;
use super::mark::look_up;
use super::opening::{self, read_runbook};
use super::person;
use super::signals::Signals;
use super::voice::{Answers, Voice, same_journal};

/// Runs it; the exit code is the outcome's.
pub async fn run(global: &Global, args: &RunArgs) -> Result<u8, Failure> {
    let zone = zone(args.zone.as_deref())?;
    let text = time(&args.to, zone)?;
    confirmed(args.yes.as_deref(), &args.cluster)?;
    lab_name(global, &args.cluster)?;
    let source = read_runbook(args.runbook.as_deref())?;
    let store = desk::store(global)?;
    let desk = Desk::sit(desk::access(global), global.dry_run).await?;
    let signals = Signals::listen()?;
    let reads = tokio::select! {
        reads = FirstLook::take(&desk.reads, &args.cluster) => reads,
        signal = signals.arrived() => {
            let message = format!("interrupted by {signal} before anything was read");
            return Err(Failure::outcome(Outcome::Interrupted, message).touched("this command did nothing to the cluster"));
        }
    };
    let identity = reads.seen().map(|look| look.identity);
    let text = look_up(text, store.archive(), &args.cluster, identity.as_ref())?;
    let answers = Answers {
        confirmed: args.yes.is_some(),
        reason: None,
        resend: false,
    };
    let voice = Voice::new(global, desk.mode, zone, &answers);
    let runbook = if args.no_clone {
        source.runbook.without_copy()
    } else {
        source.runbook
    };
    let plan = Plan {
        run: opening::new_id(&desk),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        mode: desk.mode,
        cluster: args.cluster.clone(),
        typed_at: desk.clock.service() - desk.since_start(),
        goal: text,
        runbook,
        runbook_path: source.path,
        runbook_digest: source.digest,
        hold: args.hold,
        force: args.force,
        without_copy: args.no_clone,
        search: None,
        reason: args.reason.clone(),
        access: desk.access.clone(),
        identity: identity.clone(),
        by: person::person(voice.operator.attended()),
    };
    let opened = opening::open(&store, &desk, plan, identity.as_ref())?;
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

/// The zone of `--zone`.
pub fn zone(name: Option<&str>) -> Result<Option<Tz>, Failure> {
    name.map(parse_zone)
        .transpose()
        .map_err(|error| Failure::usage(format!("--zone: {error}")))
}

/// The text of a time, as one instant or a refusal that says what to type.
pub fn time(typed: &str, zone: Option<Tz>) -> Result<TimeText, Failure> {
    TimeText::parse(typed, zone).map_err(|error| Failure::usage(format!("--to: {error}")))
}

/// `--yes` must repeat the cluster id.
pub fn confirmed(yes: Option<&str>, cluster: &str) -> Result<(), Failure> {
    match yes {
        Some(yes) if yes != cluster => Err(Failure::usage(format!(
            "expected --yes {cluster}, got --yes {yes}: it must repeat the cluster id"
        ))),
        Some(_) | None => Ok(()),
    }
}

/// A lab's name can never reach production, and a real one never a drill.
pub fn lab_name(global: &Global, cluster: &str) -> Result<(), Failure> {
    match (global.lab.is_some(), cluster.contains("--")) {
        (true, false) => Err(Failure::refused(format!(
            "expected a lab name with two hyphens in a row, got `{cluster}`: a drill never touches a real name"
        ))
        .next("name the lab's cluster, for example orders--drill, or leave --lab out")),
        (false, true) => Err(Failure::refused(format!(
            "`{cluster}` is a lab's name (two hyphens in a row): a live run never takes one"
        ))
        .next("give the lab with --lab URL, or the real cluster's id")),
        (true, true) | (false, false) => Ok(()),
    }
}
