//! `run`: the incident, or its rehearsal.

use chrono_tz::Tz;

use crate::application::Earlier;
use crate::domain::debts::Aftermath;
use crate::domain::located::Located;
use crate::domain::outcome::Outcome;
use crate::domain::plan::Plan;
use crate::domain::time_text::{TimeText, parse_zone};
use crate::engine::Later;
use crate::ports::Interrupts as _;

use super::args::{Global, LocateArgs, Output, RunArgs};
use super::conduct::{Stage, conduct};
use super::desk::{self, Desk};
use super::failure::Failure;
use super::first_look::FirstLook;
use super::locate::{self, Choice, Searched};
use super::mark::look_up;
use super::opening::{self, read_runbook};
use super::person;
use super::print;
use super::signals::Signals;
use super::voice::{Answers, Voice, same_journal};

/// Runs it; the exit code is the outcome's.
pub async fn run(global: &Global, args: &RunArgs) -> Result<u8, Failure> {
    from(global, args, None).await
}

/// Runs it, from a statement that was chosen already where one was.
pub async fn from(
    global: &Global,
    args: &RunArgs,
    chosen: Option<(&Searched, Choice)>,
) -> Result<u8, Failure> {
    let zone = zone(args.zone.as_deref())?;
    let typed = args.to.as_deref().map(|typed| time(typed, zone)).transpose()?;
    if args.search.is_stray() {
        return Err(Failure::usage(
            "expected --from, --table and --file with --locate alone, got them without it",
        ));
    }
    confirmed(args.yes.as_deref(), &args.cluster)?;
    lab_name(global, &args.cluster)?;
    let source = read_runbook(args.runbook.as_deref())?;
    let store = desk::store(global)?;
    let desk = Desk::sit(desk::access(global), global.dry_run).await?;
    let located = match (&typed, chosen) {
        (Some(_), _) => None,
        (None, Some((searched, choice))) => Some(locate::freeze(searched, &choice)?),
        (None, None) => Some(find(global, args, &desk).await?),
    };
    let goal = match (typed, &located) {
        (Some(typed), _) => typed,
        (None, Some(located)) => before(located),
        (None, None) => return Err(Failure::usage("expected --to TIME or --locate, got neither")),
    };
    let signals = Signals::listen()?;
    let reads = tokio::select! {
        reads = FirstLook::take(&desk.reads, &args.cluster) => reads,
        signal = signals.arrived() => {
            let message = format!("interrupted by {signal} before anything was read");
            return Err(Failure::outcome(Outcome::Interrupted, message).touched("this command did nothing to the cluster"));
        }
    };
    let identity = reads.seen().map(|look| look.identity);
    let goal = look_up(goal, store.archive(), &args.cluster, identity.as_ref())?;
    let answers = Answers {
        confirmed: args.yes.is_some(),
        reason: None,
        resend: false,
    };
    let voice = Voice::new(global, desk.mode, zone, &answers);
    let mut runbook = if args.no_clone {
        source.runbook.without_copy()
    } else {
        source.runbook
    };
    if let Some(located) = located.as_ref().filter(|_| runbook.database.is_some()) {
        runbook.probes.extend(located.probes());
    }
    let plan = Plan {
        run: opening::new_id(&desk),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        mode: desk.mode,
        cluster: args.cluster.clone(),
        typed_at: desk.clock.service() - desk.since_start(),
        goal,
        runbook,
        runbook_path: source.path,
        runbook_digest: source.digest,
        hold: args.hold,
        force: args.force,
        without_copy: args.no_clone,
        located: located.map(Box::new),
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

/// Finds the statement, and lets a person choose, or takes it where there is no doubt.
async fn find(global: &Global, args: &RunArgs, desk: &Desk) -> Result<Located, Failure> {
    let search = LocateArgs {
        files: args.search.files.clone(),
        cluster: Some(args.cluster.clone()),
        from: args.search.from.clone(),
        table: args.search.table.clone(),
        zone: args.zone.clone(),
        ..LocateArgs::default()
    };
    let searched = locate::search(global, &search, desk).await?;
    // In JSON the lines of a run are all that stands on stdout.
    if global.output == Output::Text {
        locate::show(global, &search, &searched);
    }
    let asks = person::attended() && !global.dry_run && args.yes.is_none() && global.output == Output::Text;
    let choice = if asks {
        if let Err(failure) = locate::verdict(&searched.found.coverage, args.search.from.is_some()) {
            print::error(&format!("warning: {}", failure.message));
        }
        locate::ask(&searched).await?.ok_or_else(|| {
            Failure::outcome(Outcome::Declined, "no statement was chosen")
                .touched("the cluster was not touched")
                .next("give the instant: --to TIME instead of --locate")
        })?
    } else {
        locate::unattended(&searched)?
    };
    locate::freeze(&searched, &choice)
}

/// The target before it, as a run is opened with it.
pub fn before(located: &Located) -> TimeText {
    let at = located.first.format("%Y-%m-%dT%H:%M:%S%.6fZ");
    TimeText::before_statement(located.first, format!("before the located statement of {at}"))
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
