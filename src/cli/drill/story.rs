//! What is told before a scenario's run, and the target that it begins with.

use std::io::IsTerminal as _;
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::engine::Pace;
use super::field::Hurt;
use super::scenario::{FirstTarget, Scenario};
use crate::cli::args::{Global, Output};
use crate::cli::failure::Failure;
use crate::cli::signals::Signals;
use crate::cli::voice::style;
use crate::cli::{print, run};
use crate::domain::mode::Mode;
use crate::domain::outcome::Outcome;
use crate::domain::target::wire;
use crate::domain::time_text::TimeText;
use crate::lab::LabHandle;
use crate::ports::Interrupts as _;
use crate::ui::{self, Line, Paint};

/// Nobody is left without a word for long.
const TOLD_EVERY: Duration = Duration::from_secs(5);

/// What happened, as the operator hears of it.
pub fn tell_story(global: &Global, scenario: &Scenario, hurt: &Hurt, lab: &LabHandle) {
    if global.output == Output::Json {
        return;
    }
    let mut lines = vec![
        Line::blank(),
        Line::at(0).paint(Paint::Strong, &format!("Drill: {}", scenario.title)),
    ];
    lines.extend(scenario.story.iter().map(|text| Line::at(2).text(text)));
    let at = hurt.at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
    lines.push(Line::fact(
        "cluster",
        Paint::Strong,
        &format!("{} (the lab's)", lab.cluster()),
    ));
    if scenario.first != FirstTarget::Located {
        let line = format!("{at}   {}", hurt.statement);
        lines.push(Line::fact("audit log", Paint::Plain, &line));
    }
    if let Some(client) = lab.client() {
        lines.push(Line::at(2).text("Look at the rows yourself, before and after, with any MySQL client:"));
        lines.push(Line::paste(4, Paint::Plain, &client));
    }
    lines.push(Line::blank());
    tell(global, &lines);
}

/// Says something on stderr, outside of any run.
pub fn tell(global: &Global, lines: &[Line]) {
    let rows = ui::lay(lines, "", Mode::Live, &style(global, Mode::Live));
    for row in rows {
        print::row(&row);
    }
}

/// Shows a score card on stdout: it is what the drill is for.
pub fn show_card(global: &Global, lines: &[Line]) {
    let style = style(global, Mode::Live);
    let style = ui::Style {
        colour: style.colour && std::io::stdout().is_terminal(),
        ..style
    };
    for row in ui::lay(lines, "", Mode::Live, &style) {
        print::line(&row);
    }
}

/// A real server's history begins with the lab: it needs some seconds before there is anything to lose.
pub async fn let_orders_come(global: &Global, pace: Pace, signals: &Signals) -> Result<(), Failure> {
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
pub async fn first_target(
    global: &Global,
    scenario: &Scenario,
    (best, pace): (DateTime<Utc>, Pace),
    attended: bool,
    signals: &Signals,
) -> Result<TimeText, Failure> {
    match scenario.first {
        FirstTarget::TooEarly => return run::time(&wire(best - pace.too_early), None),
        FirstTarget::Operator if !attended => return run::time(&wire(best), None),
        FirstTarget::Operator | FirstTarget::Located => {}
    }
    loop {
        let typed = tokio::select! {
            typed = ui::ask_line("Where to? UTC with Z, as 2026-11-20T02:14:05Z; just before the damage> ") => typed,
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
