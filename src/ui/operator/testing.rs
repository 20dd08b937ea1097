//! What the tests of the questions share: a person who reads from a script, and the incident that is asked about.

use std::collections::{BTreeMap, VecDeque};

use chrono::{FixedOffset, TimeDelta};

use super::brief::{Brief, Zones};
use super::interview::put;
use super::talk::{Heard, Talk};
use crate::domain::question::{Answer, Question};
use crate::domain::receipt::Receipt;
use crate::domain::run::Footing;
use crate::domain::runbook::Wording;
use crate::domain::runbook::{Check, Command, PauseItem, Step};
use crate::domain::target::Direction;
use crate::domain::time_text::DisplayZone;
use crate::ports::Asked;
use crate::ui::testing::{at, identity, receipt, screen, verification};

/// A person who says these lines, and hangs up then.
pub(super) struct Script {
    pub(super) lines: VecDeque<Heard>,
    pub(super) shown: Vec<String>,
}

impl Script {
    pub(super) fn of(lines: &[&str]) -> Self {
        Self {
            lines: lines.iter().map(|line| Heard::Line((*line).to_owned())).collect(),
            shown: Vec::new(),
        }
    }
}

impl Talk for Script {
    fn say(&mut self, rows: &[String]) {
        self.shown.extend_from_slice(rows);
    }

    fn hear(&mut self, prompt: &str) -> Heard {
        let heard = self.lines.pop_front().unwrap_or(Heard::End);
        let typed = if let Heard::Line(line) = &heard {
            line.as_str()
        } else {
            ""
        };
        self.shown.push(format!("{prompt}{typed}").trim_end().to_owned());
        heard
    }
}

fn command(words: &[&str]) -> Command {
    Command {
        argv: words.iter().map(|&word| word.to_owned()).collect(),
        timeout_s: 60,
        env: BTreeMap::new(),
    }
}

pub(super) fn items() -> Vec<PauseItem> {
    let web = PauseItem {
        name: "web".to_owned(),
        pause: Step::Command(command(&["kubectl", "scale", "deployment/web", "--replicas=0"])),
        paused: Some(Check::Http {
            url: "https://shop.example/health".to_owned(),
            status: 503,
            contains: None,
            timeout_s: 10,
        }),
        resume: Step::Command(command(&["kubectl", "scale", "deployment/web", "--replicas=6"])),
        resumed: None,
    };
    let import = PauseItem {
        name: "nightly import".to_owned(),
        pause: Step::Manual {
            instruction: "Stop the nightly import in the scheduler.".to_owned(),
        },
        paused: Some(Check::Question {
            text: "Is the nightly import stopped?".to_owned(),
        }),
        resume: Step::Manual {
            instruction: "Start the nightly import again.".to_owned(),
        },
        resumed: None,
    };
    vec![web, import]
}

/// A brief after a confirmed rewind; without it before.
pub(super) fn brief(last: Option<&Receipt>) -> Brief {
    let about = Asked {
        cluster: "shop-prod",
        identity: Some(&identity()),
        profile: None,
        footing: if last.is_some() {
            &Footing::Held
        } else {
            &Footing::Fresh
        },
        items: &items(),
        origin: last.map(|_| at("2026-11-20T02:31:20Z")),
        wording: &Wording::default(),
        shows: last.map(|receipt| receipt.target.instant()),
        target: Some(at("2026-11-20T02:14:05Z")),
        window: Some(receipt(1, Direction::Rewind).target.window()),
        service_now: at("2026-11-20T02:35:00Z"),
        skew: TimeDelta::zero(),
    };
    let shown = DisplayZone::Offset(FixedOffset::east_opt(3600).unwrap());
    Brief::new(&about, Zones { read: None, shown }, false, screen(80))
}

pub(super) fn rewound() -> Brief {
    brief(Some(&receipt(1, Direction::Rewind)))
}

/// The answer to these lines.
pub(super) fn answer(question: &Question, brief: &Brief, lines: &[&str]) -> Answer {
    put(question, brief, &mut Script::of(lines))
}

/// What the person saw.
pub(super) fn seen(question: &Question, brief: &Brief, lines: &[&str]) -> String {
    let mut script = Script::of(lines);
    put(question, brief, &mut script);
    script.shown.join("\n")
}

pub(super) fn confirm() -> Question {
    Question::Confirm(Box::new(receipt(1, Direction::Rewind)))
}

pub(super) fn every_question() -> Vec<Question> {
    vec![
        Question::Pause,
        confirm(),
        Question::Accept(verification(true)),
        Question::Unverified(verification(false)),
        Question::AfterFailure,
        Question::NoTrace,
        Question::Strange {
            what: "7c0e6f3a to 2026-11-20T02:14:05Z, applying".to_owned(),
            records: Vec::new(),
        },
        Question::Members {
            missing: vec!["shop-prod-2".to_owned()],
        },
        Question::Login {
            why: "ExpiredToken: The security token included in the request is expired".to_owned(),
        },
    ]
}

pub(super) fn confirmed() -> Answer {
    Answer::Confirmed {
        typed: "shop-prod 18".to_owned(),
    }
}
