//! The person at the keyboard: answers what the question offers, at random, and takes their time. And the signals that
//! end their patience.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use async_trait::async_trait;
use backtrackctl::domain::question::{Answer, Question};
use backtrackctl::domain::target::{floor_second, wire};
use backtrackctl::ports::{Asked, Attestation, Interrupts, Operator};
use chrono::{DateTime, TimeDelta, Utc};
use tokio::time::Instant;

use super::chance::Chance;

/// How somebody answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Temper {
    /// Whatever is offered.
    Wild,
    /// Towards an end, with a reason where one is asked for.
    Helpful,
}

/// Somebody at a terminal.
pub struct Person {
    pub temper: Temper,
    pub chance: RefCell<Chance>,
    pub asked: Cell<u32>,
}

impl Person {
    fn wild(&self, question: &Question, about: &Asked<'_>) -> Answer {
        let mut chance = self.chance.borrow_mut();
        let reason = || "a reason".to_owned();
        // Nobody answers for ever.
        if self.asked.get() > 9 {
            return Answer::Nobody;
        }
        match question {
            Question::Pause => {
                chance.weighed(&[(40, Answer::Agreed), (1, Answer::Declined), (1, Answer::Nobody)])
            }
            Question::Confirm(receipt) => {
                let typed = receipt.phrase();
                chance.weighed(&[
                    (50, Answer::Confirmed { typed }),
                    (
                        1,
                        Answer::Confirmed {
                            typed: "yes".to_owned(),
                        },
                    ),
                    (1, Answer::Declined),
                    (1, Answer::Nobody),
                ])
            }
            Question::Accept(_) => {
                let hop = hop(&mut chance, about);
                chance.weighed(&[
                    (8, Answer::Accepted { reason: None }),
                    (5, hop),
                    (2, Answer::Hold),
                    (1, Answer::Again),
                    (1, Answer::Nobody),
                ])
            }
            Question::Unverified(_) => {
                let hop = hop(&mut chance, about);
                chance.weighed(&[
                    (
                        2,
                        Answer::Accepted {
                            reason: Some(reason()),
                        },
                    ),
                    (3, hop),
                    (2, Answer::Hold),
                    (5, Answer::Again),
                    (1, Answer::Nobody),
                ])
            }
            Question::AfterFailure | Question::NoTrace => chance.weighed(&[
                (5, Answer::Resend),
                (3, Answer::GiveUp { reason: reason() }),
                (1, Answer::Hold),
                (1, Answer::Nobody),
            ]),
            Question::Strange { records, .. } if !records.is_empty() && chance.percent(40) => Answer::Ours {
                id: chance.of(records).id,
            },
            Question::Strange { .. } => chance.weighed(&[
                (3, Answer::GiveUp { reason: reason() }),
                (2, Answer::Hold),
                (1, Answer::Nobody),
            ]),
            Question::Members { .. } => {
                chance.weighed(&[(2, Answer::Agreed), (2, Answer::Declined), (1, Answer::Nobody)])
            }
            Question::Login { .. } => chance.weighed(&[(5, Answer::Agreed), (1, Answer::Nobody)]),
        }
    }
}

fn helpful(question: &Question) -> Answer {
    let reason = || "an end is wanted".to_owned();
    match question {
        Question::Pause | Question::Members { .. } | Question::Login { .. } => Answer::Agreed,
        Question::Confirm(receipt) => Answer::Confirmed {
            typed: receipt.phrase(),
        },
        Question::Accept(_) => Answer::Accepted { reason: None },
        Question::Unverified(_) => Answer::Accepted {
            reason: Some(reason()),
        },
        Question::AfterFailure | Question::NoTrace | Question::Strange { .. } => {
            Answer::GiveUp { reason: reason() }
        }
    }
}

/// Another instant: between, the origin, further back, and now and then one that is out of reach.
fn hop(chance: &mut Chance, about: &Asked<'_>) -> Answer {
    let to = elsewhere(
        chance,
        about.shows.or(about.target),
        about.origin,
        about.service_now,
    );
    Answer::Hop { typed: wire(to), to }
}

/// An instant that somebody might want next.
pub fn elsewhere(
    chance: &mut Chance,
    shows: Option<DateTime<Utc>>,
    origin: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> DateTime<Utc> {
    let shows = shows.unwrap_or(now);
    let origin = origin.unwrap_or(now);
    let between = (origin - shows).num_seconds().max(1).unsigned_abs();
    let part = TimeDelta::seconds(i64::try_from(chance.within(0..=between)).unwrap());
    let far = TimeDelta::seconds(i64::try_from(chance.within(1..=900)).unwrap());
    floor_second(chance.weighed(&[
        (5, shows + part),
        (4, origin),
        (4, shows - far),
        (1, shows),
        (1, origin + far),
        (1, now + far),
        (1, now - TimeDelta::days(3)),
    ]))
}

#[async_trait(?Send)]
impl Operator for Person {
    async fn ask(&self, question: &Question, about: &Asked<'_>) -> Answer {
        self.asked.set(self.asked.get() + 1);
        let answer = match self.temper {
            Temper::Wild => self.wild(question, about),
            Temper::Helpful => helpful(question),
        };
        let ms = {
            let mut chance = self.chance.borrow_mut();
            let most = match self.temper {
                Temper::Wild => chance.weighed(&[(8, 20_000), (4, 180_000), (1, 2_000_000)]),
                Temper::Helpful => 5_000,
            };
            chance.within(0..=most)
        };
        tokio::time::sleep(Duration::from_millis(ms)).await;
        answer
    }

    async fn attest(&self, _what: &Attestation<'_>, _about: &Asked<'_>) -> Option<bool> {
        None
    }

    fn attended(&self) -> bool {
        true
    }
}

/// Signals at given times; each is handed out once.
pub struct Signals {
    pub left: RefCell<Vec<(Instant, &'static str)>>,
}

impl Signals {
    fn first(&self) -> Option<(Instant, &'static str)> {
        self.left.borrow().first().copied()
    }

    fn take(&self) -> String {
        self.left.borrow_mut().remove(0).1.to_owned()
    }
}

#[async_trait(?Send)]
impl Interrupts for Signals {
    async fn arrived(&self) -> String {
        match self.first() {
            Some((at, _)) => {
                tokio::time::sleep_until(at).await;
                self.take()
            }
            None => std::future::pending().await,
        }
    }

    fn pending(&self) -> Option<String> {
        let (at, _) = self.first()?;
        (at <= Instant::now()).then(|| self.take())
    }
}
