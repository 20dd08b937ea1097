//! Conducting one run: the engine is given its ports, and its end becomes an exit code. Shared by `run`, `recover`,
//! `forward` and `drill`.

use crate::application::{Earlier, RunbookHands, Runner, Tether, Variables};
use crate::domain::debts::Aftermath;
use crate::domain::event::Event;
use crate::domain::inspection::Surroundings;
use crate::domain::mode::Mode;
use crate::domain::notice::OutcomeNotice;
use crate::domain::outcome::Outcome;
use crate::domain::plan::Plan;
use crate::domain::run::{Run, State};
use crate::domain::runbook;
use crate::engine::{Engine, EngineError, Finish, Hands, Later, World, outcome_notice};
use crate::journal::{Archive, Shelf, Writer};
use crate::ports::{AppendError, ClusterReads, Database, Interrupts, Look, Operator, Sessions, View};

use super::database;
use super::desk::Desk;
use super::failure::{Failure, Interrupted};
use super::logbook::Logbook;
use super::past::Past;
use super::print;

/// Everything beside the run itself.
pub struct Stage<'a> {
    /// Clock, connection, reads.
    pub desk: &'a Desk,
    /// Reads to use in place of the desk's own.
    pub reads: &'a dyn ClusterReads,
    /// Who answers.
    pub operator: &'a dyn Operator,
    /// Who listens.
    pub view: &'a dyn View,
    /// Signals.
    pub interrupts: &'a dyn Interrupts,
    /// What became of the process that had the run before.
    pub earlier: Earlier,
    /// The journals, to read.
    pub archive: &'a Archive,
    /// The other runs in them.
    pub past: &'a Past,
    /// What later commands can do with the run.
    pub later: Later,
    /// What earlier processes of the run left to be done.
    pub aftermath: Aftermath,
    /// What the cluster looked like before the run was taken up.
    pub look: Option<Look>,
}

/// Runs to the end of this process's part. `first` is recorded before anything else.
pub async fn conduct(
    stage: &Stage<'_>,
    run: Run,
    writer: Writer,
    first: &[Event],
) -> Result<Finish, Failure> {
    let plan = run.plan().clone();
    let runner = runner(&plan)?.tethered(
        Tether::at(stage.archive.command_lock(&plan.run))
            .while_ours(writer.ours())
            .after(stage.earlier),
    );
    let recorded = database::recorded(stage.archive, &plan)?;
    let surroundings = Surroundings {
        recorded: database::facts(&plan, &recorded),
        ..surroundings(stage, &plan, &runner)
    };
    let application = RunbookHands::new(runner, Box::new(crate::ui::aside));
    let changing = (plan.mode != Mode::Rehearsal).then(|| (stage.desk.backtracker(), stage.desk.copies()));
    let door = stage.desk.door(&plan.cluster);
    let server = database::server(plan.runbook.database.as_ref(), &plan.access, &door, recorded);
    let database = server.as_ref().map(|server| server as &dyn Database);
    let hands = match &changing {
        None => Hands::Tied,
        Some((backtracker, copies)) => Hands::Free {
            backtracker,
            application: &application,
            copies,
            sessions: server.as_ref().map(|server| server as &dyn Sessions),
        },
    };
    let world = World {
        reads: stage.reads,
        hands,
        database,
        operator: stage.operator,
        clock: stage.desk.clock.as_ref(),
        view: stage.view,
        interrupts: stage.interrupts,
        surroundings,
        later: stage.later.clone(),
        zone: super::person::zone(),
        estimate_s: stage.past.usual_s,
    };
    let mut engine = Engine::new(run, Box::new(Logbook(writer)), world);
    engine.remember(stage.aftermath.clone());
    if let Some(look) = &stage.look {
        engine.acquaint(look);
    }
    engine.record_first(first).map_err(stopped)?;
    let finish = engine.drive().await.map_err(stopped)?;
    say_what_was_not_verified(&plan, &finish);
    Ok(finish)
}

/// Damage that nothing looked for is not claimed to be gone.
fn say_what_was_not_verified(plan: &Plan, finish: &Finish) {
    let unchecked = plan
        .located
        .as_ref()
        .and_then(|located| located.unchecked(plan.runbook.database.is_some()));
    if let Some(unchecked) = unchecked.filter(|_| finish.run.hops().last().is_some()) {
        print::wrapped(&format!("NOT VERIFIED: {unchecked}"));
    }
}

/// The runbook's commands know where they are.
fn runner(plan: &Plan) -> Result<Runner, Failure> {
    let bin = std::env::current_exe()
        .map_err(|error| Failure::bug(format!("this program's path is not known: {error}")))?;
    Ok(Runner::new(Variables {
        bin: bin.to_string_lossy().into_owned(),
        lab: plan.access.lab.clone(),
        run: plan.run.to_string(),
        cluster: plan.cluster.clone(),
        mode: plan.mode.as_str().to_owned(),
    })
    .hiding(
        plan.runbook
            .database
            .as_ref()
            .and_then(runbook::Database::variable),
    ))
}

fn surroundings(stage: &Stage<'_>, plan: &Plan, runner: &Runner) -> Surroundings {
    let shelf = if plan.mode == Mode::Rehearsal {
        Shelf::Rehearsals
    } else {
        Shelf::Runs
    };
    Surroundings {
        attended: stage.operator.attended(),
        missing: plan
            .runbook
            .commands()
            .chain(plan.search.iter().filter_map(|search| search.probe.command()))
            .filter_map(|command| runner.missing(command))
            .collect(),
        other_runs: stage
            .past
            .holding
            .iter()
            .map(|held| held.run.to_string())
            .collect(),
        recorded: Vec::new(),
        journal: stage.archive.journal(shelf, &plan.run).display().to_string(),
        copy_usual_s: plan.runbook.copy().and_then(|copy| stage.past.copy_usual_s(copy)),
        utc_offset_s: super::person::utc_offset_s(stage.desk.clock.local()),
    }
}

/// The engine could not go on: what that means for the cluster and the application.
fn stopped(error: EngineError) -> Failure {
    match error {
        EngineError::Journal { source, run } => unwritable(&run, &source),
        EngineError::Beside { why, run } => beside(&run, &why),
        EngineError::Illegal(illegal) => Failure::bug(illegal.to_string()),
        EngineError::HandsTied(what) => Failure::bug(format!("a rehearsal was about to do {what}")),
    }
}

/// The disk has nothing to do with it, and no other place of the journal helps.
const UNFIT: &str = "the record cannot be written on any disk: please report this, with the output of the same command and -vv";

/// A record did not become durable: nothing was done that depends on it.
fn unwritable(run: &Run, source: &AppendError) -> Failure {
    if let AppendError::TakenOver(why) = source {
        return taken_over(run, why);
    }
    let why = &source.to_string();
    let outcome = match run.state() {
        State::Requested { .. } | State::Unresolved { .. } => Outcome::Unresolved,
        State::Applying { .. }
        | State::Settled { .. }
        | State::Held
        | State::Failed { .. }
        | State::Resumed
        | State::Verified { accepted: false, .. } => Outcome::Detached,
        State::Preflight { .. }
        | State::Paused
        | State::Validated { .. }
        | State::Approved { .. }
        | State::Verified { accepted: true, .. }
        | State::Leaving { .. }
        | State::Closed { .. } => {
            if run.still_paused().is_empty() {
                Outcome::Refused
            } else {
                Outcome::ResumeIncomplete
            }
        }
    };
    let notice = outcome_notice(run, outcome, why, &usual_place());
    let message = format!(
        "the journal could not be written, so nothing more was done: {why}{}",
        paused(&notice)
    );
    Failure::outcome(outcome, message)
        .touched(touched(&notice))
        .next(match source {
            AppendError::Disk(_) | AppendError::TakenOver(_) => "make room on the disk of the journal",
            AppendError::Unfit(_) => UNFIT,
        })
        .next(format!("backtrackctl recover {}", run.plan().run))
        .of(interrupted(run, notice))
}

/// Another process has the run now: it alone goes on.
fn taken_over(run: &Run, why: &str) -> Failure {
    let id = &run.plan().run;
    let failure = Failure::held(format!("nothing more was done here: {why}"))
        .touched("what became of the cluster and the application since then, the other process knows")
        .next(format!(
            "backtrackctl report {id}    # what the other process is doing"
        ));
    let notice = OutcomeNotice {
        exit: failure.exit,
        data_touched: None,
        still_paused: Vec::new(),
        ..outcome_notice(run, Outcome::Detached, why, &usual_place())
    };
    failure.of(interrupted(run, notice))
}

/// A command of an earlier process may still change the application.
fn beside(run: &Run, why: &str) -> Failure {
    let notice = outcome_notice(run, Outcome::Detached, why, &usual_place());
    let message = format!("nothing was done beside it: {why}{}", paused(&notice));
    Failure::outcome(Outcome::Detached, message)
        .touched(touched(&notice))
        .next("let the command end, or end it; if it is meant to stay, remove its lock")
        .next(format!("backtrackctl recover {}", run.plan().run))
        .of(interrupted(run, notice))
}

/// The options that find the journal are added where a failure is told.
fn usual_place() -> Later {
    Later::Continue(String::new())
}

fn paused(notice: &OutcomeNotice) -> String {
    if notice.still_paused.is_empty() {
        String::new()
    } else {
        format!("; still paused: {}", notice.still_paused.join(", "))
    }
}

fn touched(notice: &OutcomeNotice) -> &'static str {
    match notice.data_touched {
        Some(true) => "the cluster was moved by this run",
        Some(false) => "the cluster was not touched",
        None => "it is not known whether AWS moved the cluster",
    }
}

fn interrupted(run: &Run, notice: OutcomeNotice) -> Interrupted {
    Interrupted {
        run: run.plan().run.clone(),
        phase: run.phase(),
        notice,
    }
}
