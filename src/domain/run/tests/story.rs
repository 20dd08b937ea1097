//! A run told event by event, as the engine would tell it.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::backtrack::{BacktrackRecord, BacktrackStatus};
use crate::domain::cluster::Member;
use crate::domain::effect::{Effect, Intent, Way};
use crate::domain::event::{Attached, Done, Errand, Event, ReadFailure, ReadFailureKind, Rejection, Reply};
use crate::domain::fixture;
use crate::domain::inspection::Inspection;
use crate::domain::outcome::Outcome;
use crate::domain::phase::Phase;
use crate::domain::plan::Plan;
use crate::domain::question::Answer;
use crate::domain::run::{IllegalEvent, Next, Run};
use crate::domain::verification::{Verification, Verified};

pub struct Story {
    pub run: Run,
    pub now: DateTime<Utc>,
}

impl Story {
    /// With a person at the keyboard.
    pub fn begin() -> Self {
        Self::of(fixture::plan())
    }

    pub fn unattended() -> Self {
        Self::of(Plan {
            by: fixture::person(false),
            ..fixture::plan()
        })
    }

    pub fn of(plan: Plan) -> Self {
        Self {
            run: Run::open(plan, fixture::BEGIN),
            now: fixture::BEGIN,
        }
    }

    /// Ready to send: looked at, paused, validated, confirmed, looked at once more.
    pub fn approved() -> Self {
        let mut story = Self::begin();
        story.look().pause().look().confirm().look();
        story
    }

    /// The request went out and was not answered.
    pub fn unanswered() -> Self {
        let mut story = Self::approved();
        story.send();
        story.reply(Reply::Ambiguous {
            what: "timed out".to_owned(),
            request_id: None,
        });
        story
    }

    /// AWS accepted the request and works on it.
    pub fn accepted() -> Self {
        let mut story = Self::approved();
        story.accept();
        story
    }

    /// The first hop settled and was verified.
    pub fn verified() -> Self {
        let mut story = Self::accepted();
        story.settle().verify(true);
        story
    }

    pub fn try_tell(&mut self, event: &Event) -> Result<(), IllegalEvent> {
        self.run.apply(event, self.now)
    }

    pub fn tell(&mut self, event: &Event) -> &mut Self {
        self.try_tell(event).unwrap();
        self
    }

    pub fn next(&self) -> Next {
        self.run.next(self.now)
    }

    pub fn phase(&self) -> Phase {
        self.run.phase()
    }

    pub fn later(&mut self, seconds: i64) -> &mut Self {
        self.now += TimeDelta::seconds(seconds);
        self
    }

    pub fn look(&mut self) -> &mut Self {
        self.look_at(|_| {})
    }

    /// A look at a cluster in order, but for what `alter` does to it.
    pub fn look_at(&mut self, alter: impl FnOnce(&mut Inspection)) -> &mut Self {
        let mut inspection = fixture::inspection(self.now);
        alter(&mut inspection);
        let judgement = Box::new(self.run.judge(&inspection));
        self.tell(&Event::Inspected {
            inspection: Box::new(inspection),
            judgement,
        })
    }

    pub fn answer(&mut self, answer: Answer) -> &mut Self {
        self.tell(&Event::Answered {
            answer,
            unattended: false,
        })
    }

    pub fn confirm(&mut self) -> &mut Self {
        let Next::Ask(crate::domain::question::Question::Confirm(receipt)) = self.next() else {
            panic!("expected the confirmation to be asked, got {:?}", self.next());
        };
        self.answer(Answer::Confirmed {
            typed: receipt.phrase(),
        })
    }

    /// The pause is agreed to and every step of it goes well.
    pub fn pause(&mut self) -> &mut Self {
        self.answer(Answer::Agreed).steps()
    }

    /// Steps and checks of the application, all going well, as long as the machine asks for them.
    pub fn steps(&mut self) -> &mut Self {
        loop {
            match self.next() {
                Next::Do(effect @ Effect::Step { item, way }) => {
                    self.tell(&Event::Intended(effect)).done(item, way, well());
                }
                Next::Do(Effect::Check { item, way }) => {
                    self.tell(&Event::Checked {
                        item,
                        way,
                        done: well(),
                    });
                }
                Next::Do(_) | Next::Ask(_) | Next::Wait { .. } | Next::End(..) | Next::Done(_) => {
                    return self;
                }
            }
        }
    }

    pub fn done(&mut self, item: usize, way: Way, done: Done) -> &mut Self {
        self.tell(&Event::StepDone { item, way, done })
    }

    /// The intent is durable; it is handed back.
    pub fn send(&mut self) -> Intent {
        let Next::Do(effect @ Effect::Send(_)) = self.next() else {
            panic!("expected a request, got {:?}", self.next());
        };
        self.tell(&Event::Intended(effect.clone()));
        let Effect::Send(intent) = effect else {
            panic!("a request")
        };
        intent
    }

    pub fn reply(&mut self, reply: Reply) -> &mut Self {
        self.tell(&Event::Replied(reply))
    }

    pub fn reject(&mut self, kind: Rejection) -> &mut Self {
        let (code, message) = ("Code".to_owned(), "no".to_owned());
        self.reply(Reply::Rejected {
            code,
            message,
            request_id: None,
            kind,
        })
    }

    pub fn accept(&mut self) -> &mut Self {
        let intent = self.send();
        let id = format!("hop-{}", intent.hop);
        let record = fixture::record(&id, intent.to, self.now, BacktrackStatus::Pending);
        self.reply(Reply::Accepted {
            record,
            request_id: None,
        })
    }

    /// Our own record, with another status.
    pub fn watch(&mut self, status: BacktrackStatus) -> &mut Self {
        let record = BacktrackRecord {
            status,
            ..self.run.record().unwrap().clone()
        };
        self.tell(&Event::Watched { record: Some(record) })
    }

    pub fn glance(&mut self, members: Vec<Member>, records: Vec<BacktrackRecord>) -> &mut Self {
        self.tell(&Event::Glanced {
            status: "available".to_owned(),
            members,
            records,
        })
    }

    pub fn settle(&mut self) -> &mut Self {
        self.watch(BacktrackStatus::Completed)
            .glance(fixture::members(), Vec::new())
    }

    /// The gate as it is, and one probe.
    pub fn verify(&mut self, passed: bool) -> &mut Self {
        let mut results = self.run.gate(Ok(("available", &[])));
        results.push(Verified {
            name: "orders".to_owned(),
            passed,
            message: String::new(),
        });
        self.tell(&Event::Verified(Verification {
            results,
            ..Verification::default()
        }))
    }

    pub fn reconcile(&mut self, records: Vec<BacktrackRecord>, status: &str) -> &mut Self {
        let status = status.to_owned();
        self.tell(&Event::Reconciled {
            records,
            status,
            service_now: self.now,
        })
    }

    pub fn read_failed(&mut self, kind: ReadFailureKind) -> &mut Self {
        self.tell(&Event::ReadFailed(ReadFailure {
            action: "DescribeDBClusters".to_owned(),
            kind,
            code: None,
            message: "no".to_owned(),
            request_id: None,
        }))
    }

    pub fn interrupt(&mut self) -> &mut Self {
        self.tell(&Event::Interrupted {
            signal: "SIGINT".to_owned(),
        })
    }

    pub fn attach(&mut self, errand: Errand, attended: bool) -> &mut Self {
        let by = fixture::person(attended);
        self.tell(&Event::Attached(Attached {
            from: None,
            errand,
            program: "0".to_owned(),
            by,
            attended,
            reason: None,
        }))
    }

    /// A person takes the run over from a process that may live.
    pub fn take_over(&mut self) -> &mut Self {
        self.tell(&Event::Attached(Attached {
            from: Some("run 1, sam on desk, pid 2".to_owned()),
            errand: Errand::Resend,
            program: "0".to_owned(),
            by: fixture::person(true),
            attended: true,
            reason: reason().into(),
        }))
    }

    /// The application is opened as far as the machine asks for it, and the process ends; how it ended.
    pub fn end(&mut self) -> Outcome {
        self.steps();
        let Next::End(outcome, _) = self.next() else {
            panic!("expected the end, got {:?}", self.next())
        };
        self.tell(&Event::Ended { outcome });
        assert_eq!(self.next(), Next::Done(outcome));
        outcome
    }

    pub fn is_open(&self) -> bool {
        self.run.still_paused().is_empty()
    }
}

pub fn well() -> Done {
    Done::Well {
        how: "exit 0".to_owned(),
    }
}

pub fn badly() -> Done {
    Done::Badly {
        how: "exit 1".to_owned(),
    }
}

pub fn reason() -> String {
    "looked at by hand".to_owned()
}
