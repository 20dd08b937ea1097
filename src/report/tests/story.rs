//! A run told event by event: each goes through the machine, which refuses what could not have happened.

use chrono::{DateTime, TimeDelta, Utc};

use super::scenery::{inspection, member};
use crate::domain::backtrack::BacktrackRecord;
use crate::domain::effect::{Effect, Way};
use crate::domain::event::{Attached, Done, Errand, Event};
use crate::domain::finding::Finding;
use crate::domain::identity::Person;
use crate::domain::outcome::Outcome;
use crate::domain::plan::Plan;
use crate::domain::question::Answer;
use crate::domain::run::{Next, Run};
use crate::domain::verification::{Verification, Verified};
use crate::report::Trail;

/// The run as it goes on, and everything that happened.
pub struct Story {
    pub run: Run,
    pub events: Vec<(DateTime<Utc>, Event)>,
    pub now: DateTime<Utc>,
    /// What every look finds; the wording of the checks is not this report's matter.
    pub findings: Vec<Finding>,
}

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

impl Story {
    /// Opens a run at 02:30 that asks for 02:14:05.
    pub fn open(plan: Plan) -> Self {
        let now = at("2026-11-20T02:30:00.250Z");
        let run = Run::open(plan.clone(), now);
        let findings = vec![
            Finding::pass("engine", "aurora-mysql 8.0"),
            Finding::pass("window", "inside"),
            Finding::warn("backup_window", "the backup window 03:00-03:30 UTC is near"),
        ];
        Self {
            run,
            events: vec![(now, Event::Opened(Box::new(plan)))],
            now,
            findings,
        }
    }

    /// Something happens, `after_ms` later.
    #[track_caller]
    pub fn tell(&mut self, after_ms: i64, event: Event) -> &mut Self {
        self.now += TimeDelta::milliseconds(after_ms);
        if let Err(illegal) = self.run.apply(&event, self.now) {
            panic!("{illegal}: {event:?}");
        }
        self.events.push((self.now, event));
        self
    }

    pub fn trail(&self) -> Trail<'_> {
        Trail {
            run: &self.run,
            events: &self.events,
            head: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
            records: self.events.len() as u64,
            torn_bytes: 0,
        }
    }

    /// A look at which nothing blocks.
    #[track_caller]
    pub fn look(&mut self) -> &mut Self {
        self.look_at(Vec::new())
    }

    /// A look, judged by the machine; its findings are the story's.
    #[track_caller]
    pub fn look_at(&mut self, records: Vec<BacktrackRecord>) -> &mut Self {
        let inspection = inspection(self.now, self.run.plan(), records);
        let mut judgement = self.run.judge(&inspection);
        let blocking: Vec<&str> = judgement
            .blocking()
            .map(|finding| finding.message.as_str())
            .collect();
        assert!(
            blocking.is_empty() || !inspection.records.is_empty(),
            "{blocking:?}"
        );
        judgement.findings.clone_from(&self.findings);
        self.tell(
            750,
            Event::Inspected {
                inspection: Box::new(inspection),
                judgement: Box::new(judgement),
            },
        )
    }

    #[track_caller]
    pub fn answer(&mut self, after_ms: i64, answer: Answer) -> &mut Self {
        let unattended = self.run.plan().by.terminal.is_none();
        self.tell(after_ms, Event::Answered { answer, unattended })
    }

    /// The confirmation, in the words that the machine expects.
    #[track_caller]
    pub fn confirm(&mut self, after_ms: i64) -> &mut Self {
        let Next::Ask(crate::domain::question::Question::Confirm(receipt)) = self.run.next(self.now) else {
            panic!("expected to be asked, got {:?}", self.run.next(self.now));
        };
        self.answer(
            after_ms,
            Answer::Confirmed {
                typed: receipt.phrase(),
            },
        )
    }

    #[track_caller]
    pub fn step(&mut self, item: usize, way: Way) -> &mut Self {
        self.tell(100, Event::Intended(Effect::Step { item, way }));
        let how = if item == 0 {
            "exit code 0"
        } else {
            "attested by the operator"
        };
        self.tell(
            900,
            Event::StepDone {
                item,
                way,
                done: Done::Well { how: how.to_owned() },
            },
        )
    }

    #[track_caller]
    pub fn seen(&mut self, item: usize, way: Way, done: Done) -> &mut Self {
        self.tell(250, Event::Checked { item, way, done })
    }

    /// Looks, asks, and stops both items.
    #[track_caller]
    pub fn pause(&mut self) -> &mut Self {
        self.look().answer(20_000, Answer::Agreed).step(0, Way::Pause);
        self.seen(
            0,
            Way::Pause,
            Done::Well {
                how: "HTTP 503".to_owned(),
            },
        )
        .step(1, Way::Pause)
    }

    /// Opens both items again, the last paused first.
    #[track_caller]
    pub fn resume(&mut self) -> &mut Self {
        self.step(1, Way::Resume).step(0, Way::Resume);
        self.seen(
            0,
            Way::Resume,
            Done::Well {
                how: "HTTP 200".to_owned(),
            },
        )
    }

    /// From the pause to the durable intent.
    #[track_caller]
    pub fn intend(&mut self) -> &mut Self {
        self.look().confirm(31_000).request(0)
    }

    /// The last look, `after_ms` later, and the durable intent.
    #[track_caller]
    pub fn request(&mut self, after_ms: i64) -> &mut Self {
        self.now += TimeDelta::milliseconds(after_ms);
        self.look();
        let Next::Do(Effect::Send(intent)) = self.run.next(self.now) else {
            panic!("expected a request, got {:?}", self.run.next(self.now));
        };
        self.tell(50, Event::Intended(Effect::Send(intent)))
    }

    /// The backtrack goes through, and the data is as expected.
    #[track_caller]
    pub fn settle(&mut self, done: &BacktrackRecord) -> &mut Self {
        let members = vec![member("orders-1", true), member("orders-2", false)];
        let records = vec![done.clone()];
        self.tell(
            41_000,
            Event::Watched {
                record: Some(done.clone()),
            },
        );
        self.tell(
            18_000,
            Event::Glanced {
                status: "available".to_owned(),
                members,
                records,
            },
        );
        self.verify(true)
    }

    #[track_caller]
    pub fn verify(&mut self, passed: bool) -> &mut Self {
        let mut results = self.run.gate(Ok(("available", &[])));
        let message = if passed {
            "1904 rows, expected at least 1"
        } else {
            "0 rows, expected at least 1"
        };
        results.push(Verified {
            name: "orders are back".to_owned(),
            passed,
            message: message.to_owned(),
        });
        self.tell(
            1_500,
            Event::Verified(Verification {
                results,
                ..Verification::default()
            }),
        )
    }

    #[track_caller]
    pub fn take_up(&mut self, after_ms: i64, errand: Errand, reason: &str) -> &mut Self {
        let attached = Attached {
            from: None,
            errand,
            program: "0.1.0".to_owned(),
            by: Person {
                os_user: "bob".to_owned(),
                host: "laptop".to_owned(),
                terminal: Some("/dev/pts/7".to_owned()),
                pid: 5150,
            },
            attended: true,
            reason: Some(reason.to_owned()),
        };
        self.tell(after_ms, Event::Attached(attached))
    }

    #[track_caller]
    pub fn end(&mut self, outcome: Outcome) -> &mut Self {
        self.tell(10, Event::Ended { outcome })
    }
}
