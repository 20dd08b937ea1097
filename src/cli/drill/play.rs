//! One scenario from its lab to its score.

use chrono::TimeDelta;

use super::engine::{Chosen, Pace};
use super::field::{Field, Hurt};
use super::find::{Asked, find};
use super::player::Player;
use super::scenario::{FirstTarget, Scenario};
use super::score::{Played, Score};
use super::story::{first_target, let_orders_come, tell_story};
use crate::application::Earlier;
use crate::cli::args::Global;
use crate::cli::conduct::{Stage, conduct};
use crate::cli::desk::Desk;
use crate::cli::failure::Failure;
use crate::cli::first_look::FirstLook;
use crate::cli::logbook::replay;
use crate::cli::signals::Signals;
use crate::cli::voice::{Answers, Voice, same_journal};
use crate::cli::{again, opening, person};
use crate::domain::debts::Aftermath;
use crate::domain::identity::Identity;
use crate::domain::located::Located;
use crate::domain::mode::Mode;
use crate::domain::plan::{Access, Plan};
use crate::domain::target::floor_second;
use crate::domain::time_text::TimeText;
use crate::engine::Later;
use crate::journal::{Shelf, Store};
use crate::lab::{Lab, LabHandle, LabOptions};
use crate::ports::Operator;
use crate::runbook;

/// What the scenarios of one drill have in common.
pub struct Evening<'a> {
    /// The command line.
    pub global: &'a Global,
    /// The lab's seed.
    pub seed: u64,
    /// What plays the database.
    pub engine: &'a Chosen,
    /// Whether a person plays.
    pub attended: bool,
    /// Where it is journaled.
    pub store: &'a Store,
    /// Signals.
    pub signals: &'a Signals,
}

/// Plays one scenario on a lab of its own.
pub async fn play(evening: &Evening<'_>, scenario: &'static Scenario) -> Result<Score, Failure> {
    let Evening {
        global,
        seed,
        engine,
        attended,
        store,
        signals,
    } = *evening;
    let lab = Lab::start(LabOptions {
        seed,
        engine: engine.lab(),
        ..LabOptions::default()
    })
    .map_err(|error| engine.not_started(&error))?;
    let pace = engine.pace(scenario, attended);
    let_orders_come(global, pace, signals).await?;
    let field = Field::new(&lab.endpoint())?;
    if scenario.pool() > 0 {
        field.pool(scenario.pool()).await?;
    }
    let hurt = field.hurt(scenario.hurt).await?;
    field.faults(scenario.faults).await?;
    let best = floor_second(hurt.at - TimeDelta::seconds(1));
    tell_story(global, scenario, &hurt, &lab);
    let desk = Desk::sit(
        Access {
            lab: Some(lab.endpoint()),
            ..Access::default()
        },
        false,
    )
    .await?;
    let (target, located) = aim(evening, scenario, (&lab, &desk), &hurt, pace).await?;
    let voice = Voice::new(global, Mode::Drill, None, &Answers::default());
    let correction = (scenario.first == FirstTarget::TooEarly).then_some(best);
    let player = Player::new(correction);
    let operator: &dyn Operator = if attended {
        voice.operator.as_ref()
    } else {
        &player
    };
    let reads = FirstLook::take(&desk.reads, lab.cluster()).await;
    let identity = reads.seen().map(|look| look.identity);
    let book = engine.runbook(scenario);
    let mut plan = plan(&desk, &lab, &book, (target, identity.clone()), attended)?;
    if let Some(located) = located {
        if plan.runbook.database.is_some() {
            plan.runbook.probes.extend(located.probes());
        }
        plan.located = Some(Box::new(located));
    }
    let id = plan.run.clone();
    let opened = opening::open(store, &desk, plan, identity.as_ref())?;
    let stage = Stage {
        earlier: Earlier::Dead,
        desk: &desk,
        reads: &reads,
        operator,
        view: voice.view.as_ref(),
        interrupts: signals,
        archive: store.archive(),
        past: &opened.past,
        later: Later::Read(same_journal(global)),
        aftermath: Aftermath::default(),
        look: None,
    };
    let finish = conduct(&stage, opened.run, opened.writer, &[]).await?;
    drop(opened.lock);
    let ledger = again::ledger(store.archive(), Shelf::Runs, &id)?;
    let (_, events) = replay(&ledger)?;
    let verified = store
        .archive()
        .verify(Shelf::Runs, &id)
        .map_err(|error| again::unreadable(&error, &id))?;
    let played = Played {
        engine: engine.word(),
        pace,
        scenario,
        hurt: &hurt,
        run: &finish.run,
        outcome: finish.outcome,
        events: &events,
        verified: &verified,
    };
    Score::reckon(&played, &field).await
}

/// Where the first rewind goes, and the statement that says so where the log was asked.
async fn aim(
    evening: &Evening<'_>,
    scenario: &Scenario,
    (lab, desk): (&LabHandle, &Desk),
    hurt: &Hurt,
    pace: Pace,
) -> Result<(TimeText, Option<Located>), Failure> {
    let (global, attended, signals) = (evening.global, evening.attended, evening.signals);
    if scenario.first == FirstTarget::Located {
        let since = evening.engine.is_server().then(|| hurt.at - pace.bearable);
        let asked = Asked {
            global,
            lab,
            desk,
            attended,
            signals,
            since,
        };
        return find(&asked).await;
    }
    let best = floor_second(hurt.at - TimeDelta::seconds(1));
    let target = first_target(global, scenario, (best, pace), attended, signals).await?;
    Ok((target, None))
}

fn plan(
    desk: &Desk,
    lab: &LabHandle,
    text: &str,
    (goal, identity): (TimeText, Option<Identity>),
    attended: bool,
) -> Result<Plan, Failure> {
    let runbook = runbook::parse(text, "the drill's runbook (built in)")
        .map_err(|faults| Failure::bug(format!("the built-in runbook has faults: {}", faults.lines())))?;
    Ok(Plan {
        run: opening::new_id(desk),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        mode: Mode::Drill,
        cluster: lab.cluster().to_owned(),
        typed_at: desk.clock.service(),
        goal,
        runbook,
        runbook_path: None,
        runbook_digest: runbook::digest(text),
        hold: false,
        force: false,
        without_copy: false,
        located: None,
        search: None,
        reason: Some("drill".to_owned()),
        access: desk.access.clone(),
        identity,
        by: person::person(attended),
    })
}
