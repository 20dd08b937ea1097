//! Who answers and who listens: a terminal, plain lines or JSON; a person, or what `--yes` stands for.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::args::{Global, Output};
use super::failure::Failure;
use super::person;
use super::print;
use crate::domain::mode::Mode;
use crate::domain::notice::{Notice, NoticeKind, OutcomeNotice, SCHEMA};
use crate::domain::outcome::Outcome;
use crate::domain::phase::Phase;
use crate::domain::run::Run;
use crate::domain::shell::word;
use crate::domain::time_text::DisplayZone;
use crate::engine::{Later, outcome_notice};
use crate::ports::{Operator, View};
use crate::ui::{
    Device, JsonView, PlainView, PreconfirmedOperator, Prompts, Style, Surroundings, TerminalOperator,
    TerminalView, UnattendedOperator, Zones,
};

/// Answers given beforehand on the command line.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// `--yes` repeated the cluster id.
    pub confirmed: bool,
    /// A reason that overrides a gate (`recover` only).
    pub reason: Option<String>,
    /// `recover --resend`.
    pub resend: bool,
}

/// The operator and the view of one command.
pub struct Voice {
    /// Who answers.
    pub operator: Box<dyn Operator>,
    /// Who listens.
    pub view: Box<dyn View>,
}

impl Voice {
    /// A person where there is a terminal for both directions; otherwise nobody.
    pub fn new(global: &Global, mode: Mode, zone: Option<Tz>, answers: &Answers) -> Self {
        let style = style(global, mode);
        let zones = Zones {
            read: zone,
            shown: shown(zone),
        };
        let asks = person::attended() && mode != Mode::Rehearsal && global.output == Output::Text;
        let person = if asks {
            TerminalOperator::open(style.clone(), zones, answers.resend)
        } else {
            None
        };
        if let Some(person) = person {
            let of_person = person.prompts();
            let operator = PreconfirmedOperator::new(answers.confirmed, person);
            let prompts = operator.prompts(&of_person);
            return Self {
                operator: Box::new(operator),
                view: view(global, style, prompts),
            };
        }
        let operator = UnattendedOperator {
            confirmed: answers.confirmed,
            accept: true,
            reason: answers.reason.clone(),
            resend: answers.resend,
        };
        Self {
            operator: Box::new(operator),
            view: view(global, style, Prompts::none()),
        }
    }
}

/// How a finished run ended, said again.
pub fn tell_outcome(global: &Global, run: &Run, outcome: Outcome, message: &str, at: DateTime<Utc>) {
    let mode = run.plan().mode;
    view(global, style(global, mode), Prompts::none()).show(&Notice {
        schema: SCHEMA,
        at,
        run: Some(run.plan().run.clone()),
        mode,
        phase: run.phase(),
        kind: NoticeKind::Outcome(outcome_notice(
            run,
            outcome,
            message,
            &Later::Continue(same_journal(global)),
        )),
    });
}

/// A failure that no run recorded: text on stderr, and for programs the last line that every command of a run has.
pub fn tell_failure(global: &Global, cluster: Option<&str>, failure: &Failure, at: DateTime<Utc>) {
    let style = style(global, Mode::Live);
    for row in failure.rows(&same_journal(global), &style) {
        print::row(&row);
    }
    let (Some(cluster), Output::Json) = (cluster, global.output) else {
        return;
    };
    let next = failure.next_steps(&same_journal(global));
    let (run, phase, notice) = match &failure.of {
        Some(of) => (
            Some(of.run.clone()),
            of.phase,
            OutcomeNotice {
                next,
                ..of.notice.clone()
            },
        ),
        None => (None, Phase::Preflight, nothing_known(cluster, failure, next)),
    };
    JsonView::new().show(&Notice {
        schema: SCHEMA,
        at,
        run,
        mode: mode(global),
        phase,
        kind: NoticeKind::Outcome(notice),
    });
}

/// The last line of a command that never had a run.
fn nothing_known(cluster: &str, failure: &Failure, next: Vec<String>) -> OutcomeNotice {
    OutcomeNotice {
        outcome: failure.outcome,
        exit: failure.exit,
        cluster: cluster.to_owned(),
        backtrack_id: None,
        requested: None,
        effective: None,
        backtracked_from: None,
        left: None,
        discarded_s: None,
        direction: None,
        data_touched: None,
        under_way: false,
        still_paused: Vec::new(),
        left_behind: Vec::new(),
        copy_failed: false,
        message: failure.message.clone(),
        next,
    }
}

/// The options by which a later command finds the same journal; empty for the usual place.
pub fn same_journal(global: &Global) -> String {
    match &global.journal {
        Some(path) => format!(" --journal {}", word(&path.display().to_string())),
        None => String::new(),
    }
}

/// The mode that the command line asks for.
pub fn mode(global: &Global) -> Mode {
    match (global.dry_run, &global.lab) {
        (true, _) => Mode::Rehearsal,
        (false, Some(_)) => Mode::Drill,
        (false, None) => Mode::Live,
    }
}

/// Width, colour and marks for this command.
pub fn style(global: &Global, mode: Mode) -> Style {
    Style::decide(
        global.color.into(),
        &Surroundings::of_stderr(),
        mode,
        global.verbose > 0,
    )
}

fn view(global: &Global, style: Style, prompts: Prompts) -> Box<dyn View> {
    match (global.output, style.device) {
        (Output::Json, _) => Box::new(JsonView::new()),
        (Output::Text, Device::Screen) => Box::new(TerminalView::new(style, prompts)),
        (Output::Text, Device::Stream) => Box::new(PlainView::new(style)),
    }
}

/// Times are shown in the zone that was named, else in the machine's.
fn shown(zone: Option<Tz>) -> DisplayZone {
    zone.map_or_else(person::zone, DisplayZone::Named)
}
