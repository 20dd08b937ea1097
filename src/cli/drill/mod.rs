//! `drill`: starts its own lab, hurts it, walks the operator through the recovery, ends with a score card.

mod engine;
mod field;
mod player;
mod scenario;
mod score;

use std::io::IsTerminal as _;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::args::{DrillArgs, Global, Output};
use super::conduct::{Stage, conduct};
use super::desk::{self, Desk};
use super::failure::Failure;
use super::first_look::FirstLook;
use super::logbook::replay;
use super::signals::Signals;
use super::voice::{Answers, Voice, same_journal, style};
use super::{again, opening, person, print, run};
use crate::application::Earlier;
use crate::domain::mode::Mode;
use crate::domain::outcome::Outcome;
use crate::domain::plan::{Access, Plan};
use crate::domain::target::{floor_second, wire};
use crate::domain::time_text::TimeText;
use crate::engine::Later;
use crate::journal::{Shelf, Store};
use crate::lab::{Lab, LabHandle, LabOptions};
use crate::ports::{Interrupts as _, Operator};
use crate::runbook;
use crate::ui::{self, Line, Paint};

use engine::{Chosen, Pace};
use field::{Field, Hurt};
use player::Player;
use scenario::{FirstTarget, SCENARIOS, Scenario};
use score::{Played, Score};

/// Nobody is left without a word for long.
const TOLD_EVERY: Duration = Duration::from_secs(5);

/// Plays one scenario with a person, or all of them by itself: 0 when each came to its good end, else 3.
pub async fn drill(global: &Global, args: &DrillArgs) -> Result<u8, Failure> {
    if global.lab.is_some() {
        return Err(Failure::usage(
            "`drill` starts a lab of its own; for another one use `run --lab URL`",
        ));
    }
    if args.list {
        return Ok(list(global));
    }
    let engine = Chosen::of(args.engine)?;
    let attended = person::attended() && global.output == Output::Text;
    // From here on Ctrl-C ends prompts and runs in order, and leaves no hidden cursor behind.
    let signals = Signals::listen()?;
    let chosen = choose(global, args, attended)?;
    let store = desk::store(global)?;
    if !attended && global.output == Output::Text {
        print::error(
            "No terminal: the drill plays the operator itself, on its own lab. Nothing real can be touched.",
        );
    }
    if global.output == Output::Text {
        tell(global, &engine.lines());
    }
    let mut missed = 0;
    for scenario in chosen {
        let score = play(global, args, &engine, scenario, attended, &store, &signals).await?;
        missed += usize::from(!score.passed);
        match global.output {
            Output::Text => {
                let style = style(global, Mode::Live);
                let style = ui::Style {
                    colour: style.colour && std::io::stdout().is_terminal(),
                    ..style
                };
                let rows = ui::lay(&score.lines(&same_journal(global)), "", Mode::Live, &style);
                for row in rows {
                    print::line(&row);
                }
            }
            Output::Json => print::line(&serde_json::to_string(&score).unwrap_or_default()),
        }
    }
    Ok(if missed == 0 { 0 } else { 3 })
}

fn list(global: &Global) -> u8 {
    for scenario in &SCENARIOS {
        match global.output {
            Output::Text => print::line(&format!("{:<22} {}", scenario.name, scenario.title)),
            Output::Json => print::line(
                &serde_json::json!({"kind": "scenario", "scenario": scenario.name, "title": scenario.title})
                    .to_string(),
            ),
        }
    }
    0
}

fn choose(global: &Global, args: &DrillArgs, attended: bool) -> Result<Vec<&'static Scenario>, Failure> {
    if let Some(name) = &args.scenario {
        return scenario::named(name)
            .map(|scenario| vec![scenario])
            .ok_or_else(|| {
                let known: Vec<&str> = SCENARIOS.iter().map(|scenario| scenario.name).collect();
                Failure::usage(format!("expected one of {}, got `{name}`", known.join(", ")))
            });
    }
    if !attended {
        return Ok(SCENARIOS.iter().collect());
    }
    let titles: Vec<String> = SCENARIOS
        .iter()
        .map(|scenario| scenario.title.to_owned())
        .collect();
    tell(
        global,
        &[Line::at(0).text("Nothing real can be touched. Choose by the arrow keys and Enter; Esc leaves.")],
    );
    let chosen = ui::choose("Which drill?", &titles);
    let scenario = chosen.and_then(|index| SCENARIOS.get(index));
    scenario.map(|scenario| vec![scenario]).ok_or_else(|| {
        Failure::outcome(Outcome::Interrupted, "no scenario was chosen; nothing was begun")
            .next("backtrackctl drill NAME    # the names: backtrackctl drill --list")
    })
}

async fn play(
    global: &Global,
    args: &DrillArgs,
    engine: &Chosen,
    scenario: &'static Scenario,
    attended: bool,
    store: &Store,
    signals: &Signals,
) -> Result<Score, Failure> {
    let lab = Lab::start(LabOptions {
        seed: args.seed,
        engine: engine.lab(),
        ..LabOptions::default()
    })
    .map_err(|error| engine.not_started(&error))?;
    let pace = engine.pace();
    let_orders_come(global, pace, signals).await?;
    let field = Field::new(&lab.endpoint())?;
    let hurt = field.hurt(scenario.hurt).await?;
    field.faults(scenario.faults).await?;
    let best = floor_second(hurt.at - TimeDelta::seconds(1));
    tell_story(global, scenario, &hurt, &lab);
    let target = first_target(global, scenario, (best, pace), attended, signals).await?;
    let desk = Desk::sit(
        Access {
            lab: Some(lab.endpoint()),
            ..Access::default()
        },
        false,
    )
    .await?;
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
    let plan = plan(&desk, &lab, target, identity.clone(), attended)?;
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

fn plan(
    desk: &Desk,
    lab: &LabHandle,
    goal: TimeText,
    identity: Option<crate::domain::identity::Identity>,
    attended: bool,
) -> Result<Plan, Failure> {
    let runbook = runbook::parse(runbook::PRACTICE, "drill.toml with a safety clone (built in)")
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
        runbook_digest: runbook::digest(runbook::PRACTICE),
        hold: false,
        force: false,
        without_copy: false,
        reason: Some("drill".to_owned()),
        access: desk.access.clone(),
        identity,
        by: person::person(attended),
    })
}

fn tell_story(global: &Global, scenario: &Scenario, hurt: &Hurt, lab: &LabHandle) {
    if global.output == Output::Json {
        return;
    }
    let mut lines = vec![
        Line::blank(),
        Line::at(0).paint(Paint::Strong, &format!("Drill: {}", scenario.title)),
    ];
    lines.extend(scenario.story.iter().map(|text| Line::at(2).text(text)));
    let at = hurt.at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
    lines.extend([
        Line::fact(
            "cluster",
            Paint::Strong,
            &format!("{} (the lab's)", lab.cluster()),
        ),
        Line::fact("audit log", Paint::Plain, &format!("{at}   {}", hurt.statement)),
    ]);
    if let Some(client) = lab.client() {
        lines.push(Line::at(2).text("Look at the rows yourself, before and after, with any MySQL client:"));
        lines.push(Line::paste(4, Paint::Plain, &client));
    }
    lines.push(Line::blank());
    tell(global, &lines);
}

/// Says something on stderr, outside of any run.
fn tell(global: &Global, lines: &[Line]) {
    let rows = ui::lay(lines, "", Mode::Live, &style(global, Mode::Live));
    for row in rows {
        print::row(&row);
    }
}

/// A real server's history begins with the lab: it needs some seconds before there is anything to lose.
async fn let_orders_come(global: &Global, pace: Pace, signals: &Signals) -> Result<(), Failure> {
    let mut left = pace.history;
    while left > Duration::ZERO {
        if global.output == Output::Text {
            let text = format!(
                "The shop takes orders for {} s before anything happens.",
                left.as_secs()
            );
            tell(global, &[Line::at(0).text(&text)]);
        }
        let wait = left.min(TOLD_EVERY);
        tokio::select! {
            () = tokio::time::sleep(wait) => left -= wait,
            _ = signals.arrived() => {
                let why = "interrupted before the drill began; nothing was begun";
                return Err(Failure::outcome(Outcome::Interrupted, why));
            }
        }
    }
    Ok(())
}

/// The person's choice, the colleague's, or that of a good operator.
async fn first_target(
    global: &Global,
    scenario: &Scenario,
    (best, pace): (DateTime<Utc>, Pace),
    attended: bool,
    signals: &Signals,
) -> Result<TimeText, Failure> {
    match scenario.first {
        FirstTarget::TooEarly => return run::time(&wire(best - pace.too_early), None),
        FirstTarget::Operator if !attended => return run::time(&wire(best), None),
        FirstTarget::Operator => {}
    }
    loop {
        let typed = tokio::select! {
            typed = ui::ask_line("Where to? A time in UTC with Z, or `2 minutes ago`> ") => typed,
            _ = signals.arrived() => None,
        };
        let Some(typed) = typed else {
            return Err(Failure::outcome(
                Outcome::Interrupted,
                "no target was typed; nothing was begun",
            ));
        };
        match TimeText::parse(&typed, None) {
            Ok(text) => return Ok(text),
            Err(why) => tell(
                global,
                &[Line::at(2).hang(4).paint(Paint::Warn, &why.to_string())],
            ),
        }
    }
}
