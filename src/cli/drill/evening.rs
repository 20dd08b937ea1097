//! The whole of one drill: which engine, which scenarios, and the score card of each.

use super::engine::Chosen;
use super::exercise::exercise;
use super::play::{Evening, play};
use super::scenario::{self, SCENARIOS, Scenario};
use super::story::{show_card, tell};
use crate::cli::args::{DrillArgs, Global, Output};
use crate::cli::desk;
use crate::cli::failure::Failure;
use crate::cli::signals::Signals;
use crate::cli::voice::same_journal;
use crate::cli::{person, print};
use crate::domain::outcome::Outcome;
use crate::ui::{self, Line};

/// Plays one scenario with a person, or all of them by itself: 0 when each came to its good end, else 3.
/// On a real cluster it exits as a run does.
pub async fn drill(global: &Global, args: &DrillArgs) -> Result<u8, Failure> {
    if let Some(cluster) = &args.cluster {
        return exercise(global, cluster, args).await;
    }
    if global.lab.is_some() {
        return Err(Failure::usage(
            "`drill` starts a lab of its own; for another one use `run --lab URL`, or name its \
             cluster with --cluster",
        ));
    }
    if args.list {
        return Ok(list(global));
    }
    let engine = Chosen::of(args.engine)?;
    let attended = person::attended() && global.output == Output::Text;
    // From here on Ctrl-C ends prompts and runs in order, and leaves no hidden cursor behind.
    let signals = Signals::listen()?;
    let chosen = choose(global, args, &engine, attended)?;
    let store = desk::store(global)?;
    if !attended && global.output == Output::Text {
        print::error(
            "No terminal: the drill plays the operator itself, on its own lab. Nothing real can be touched.",
        );
    }
    if global.output == Output::Text {
        tell(global, &engine.lines());
        tell(global, &not_played(args, &engine, attended));
    }
    let mut missed = 0;
    for scenario in chosen {
        let evening = Evening {
            global,
            seed: args.seed,
            engine: &engine,
            attended,
            store: &store,
            signals: &signals,
        };
        let score = play(&evening, scenario).await?;
        missed += usize::from(!score.passed);
        match global.output {
            Output::Text => show_card(global, &score.lines(&same_journal(global))),
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

fn choose(
    global: &Global,
    args: &DrillArgs,
    engine: &Chosen,
    attended: bool,
) -> Result<Vec<&'static Scenario>, Failure> {
    if let Some(name) = &args.scenario {
        let known = || -> String {
            let known: Vec<&str> = SCENARIOS.iter().map(|scenario| scenario.name).collect();
            known.join(", ")
        };
        let scenario = scenario::named(name)
            .ok_or_else(|| Failure::usage(format!("expected one of {}, got `{name}`", known())))?;
        if !scenario.fits(engine) {
            return Err(Failure::usage(format!(
                "`{name}` needs a real server, and the engine is {}: apt-get install mariadb-server-core",
                engine.word()
            ))
            .next(scenario.command()));
        }
        return Ok(vec![scenario]);
    }
    let playable: Vec<&'static Scenario> = SCENARIOS.iter().filter(|it| it.fits(engine)).collect();
    if !attended {
        return Ok(playable);
    }
    let titles: Vec<String> = playable
        .iter()
        .map(|scenario| format!("{:<21} {}", scenario.name, scenario.title))
        .collect();
    tell(
        global,
        &[Line::at(0).text("Nothing real can be touched. Choose by the arrow keys and Enter; Esc leaves.")],
    );
    let chosen = ui::choose("Which drill?", &titles);
    let scenario = chosen.and_then(|index| playable.get(index).copied());
    scenario.map(|scenario| vec![scenario]).ok_or_else(|| {
        Failure::outcome(Outcome::Interrupted, "no scenario was chosen; nothing was begun")
            .next("backtrackctl drill NAME    # the names: backtrackctl drill --list")
    })
}

/// What is left out for want of a server.
fn not_played(args: &DrillArgs, engine: &Chosen, attended: bool) -> Vec<Line> {
    let without: Vec<&str> = SCENARIOS
        .iter()
        .filter(|it| !it.fits(engine))
        .map(|it| it.name)
        .collect();
    if args.scenario.is_some() || attended || without.is_empty() {
        return Vec::new();
    }
    let text = format!(
        "Not played, because they need a real server: {}",
        without.join(", ")
    );
    vec![Line::at(2).hang(4).text(&text)]
}
