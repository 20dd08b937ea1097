//! What holds whatever happens, held against the lab's truth and the journal's bytes, and never against the machine's own
//! idea of itself.

use backtrackctl::domain::effect::Effect;
use backtrackctl::domain::event::{Event, Reply};
use backtrackctl::domain::outcome::Outcome;
use backtrackctl::domain::question::Answer;
use backtrackctl::domain::run::Run;
use backtrackctl::engine::Finish;
use backtrackctl::journal::{Shelf, verify};
use backtrackctl::lab::InsideLab;
use chrono::{DateTime, TimeDelta, Utc};

use super::journal::events;
use super::process::{Ended, Process};
use super::story::Story;
use crate::harness::{Call, World};

const SEND: &str = "BacktrackDBCluster";

/// What was there before a process, to tell what it did.
#[derive(Clone, Debug)]
pub struct Before {
    pub world: World,
    pub worker: bool,
}

pub fn world(lab: &InsideLab) -> World {
    serde_json::from_value(lab.world()).unwrap()
}

pub fn sends(lab: &InsideLab) -> Vec<Call> {
    let mut calls: Vec<Call> = serde_json::from_value(lab.calls()).unwrap();
    calls.retain(|call| call.action == SEND);
    calls
}

/// Whether what the journal says permits to open the application, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leave {
    /// No request may have been sent since it was last right.
    NothingSent,
    /// Settled, verified and accepted.
    Verified,
    /// A person said so, with a reason.
    Overridden,
    /// A request may have been sent, and nothing is verified.
    None,
}

/// Folded from the records alone.
#[derive(Clone, Copy, Debug)]
struct Reading {
    leave: Leave,
    passed: bool,
}

impl Reading {
    fn answered(self, answer: &Answer) -> Self {
        if self.leave != Leave::None {
            return self;
        }
        let reason = match answer {
            Answer::Accepted { reason } => reason.as_ref(),
            Answer::GiveUp { reason } => Some(reason),
            Answer::Agreed
            | Answer::Declined
            | Answer::Nobody
            | Answer::Confirmed { .. }
            | Answer::Hop { .. }
            | Answer::Hold
            | Answer::Again
            | Answer::Ours { .. }
            | Answer::Resend => None,
        };
        let leave = if reason.is_some_and(|reason| !reason.trim().is_empty()) {
            Leave::Overridden
        } else if self.passed && matches!(answer, Answer::Accepted { .. }) {
            Leave::Verified
        } else {
            Leave::None
        };
        Self { leave, ..self }
    }
}

fn leave(trail: &[(DateTime<Utc>, Event)]) -> Leave {
    let mut now = Reading {
        leave: Leave::NothingSent,
        passed: false,
    };
    let mut before = now;
    for (_, event) in trail {
        if matches!(event, Event::Intended(Effect::Send(_))) {
            before = now;
            now = Reading {
                leave: Leave::None,
                passed: false,
            };
        } else if matches!(
            event,
            Event::Replied(Reply::Rejected { .. } | Reply::NotSent { .. })
        ) {
            now = before;
        } else if let Event::Verified(verification) = event {
            now.passed = verification.passed();
        } else if let Event::Answered { answer, .. } = event {
            now = now.answered(answer);
        }
    }
    now.leave
}

/// Promise 3, at the very moment at which something is opened.
pub fn assert_may_open(trail: &[(DateTime<Utc>, Event)], lab: &InsideLab) {
    let leave = leave(trail);
    assert_ne!(
        leave,
        Leave::None,
        "the application is opened unverified after a request may have been sent"
    );
    let world = world(lab);
    let strangers = world
        .cluster()
        .backtracks
        .iter()
        .any(|backtrack| backtrack.foreign);
    if leave == Leave::Verified && !strangers {
        let ours = world.ours();
        assert!(
            ours.last().is_some_and(|last| last.status == "completed"),
            "the application is opened on a backtrack that is not completed: {ours:?}"
        );
        assert!(
            lab.shop_is_content(),
            "the application is opened on data that it has other receipts for"
        );
    }
}

/// Everything that holds after a process.
pub fn assert_sound(story: &Story, process: &Process, before: &Before, ended: &Ended) {
    let Some((shelf, run)) = story.opened.borrow().clone() else {
        assert!(
            matches!(ended, Ended::Died),
            "only the dead open no run: {ended:?}"
        );
        return assert_untouched(story, before);
    };
    let path = story.store.archive().journal(shelf, &run);
    verify(&path).unwrap_or_else(|error| panic!("the journal does not verify: {error}"));
    let ledger = story.store.archive().ledger(shelf, &run).unwrap();
    let trail = events(&ledger);
    assert_eq!(
        trail,
        *story.trail.borrow(),
        "what is on disk is what was durable"
    );
    let folded = Run::replay(trail.iter().map(|(at, event)| (*at, event)));
    let folded = folded.unwrap_or_else(|error| panic!("the journal does not fold: {error}"));
    assert_once(story);
    if shelf == Shelf::Rehearsals {
        assert_untouched(story, before);
    }
    if let Ended::Itself(finish) = ended {
        assert_eq!(finish.run, folded, "the run is the fold of its journal");
        if shelf == Shelf::Runs {
            assert_exit(story, process, before, finish);
        }
    }
}

/// Promises 1 and 4.
fn assert_once(story: &Story) {
    let calls = sends(&story.lab);
    let tally = story.tally.lock().unwrap();
    for call in &calls {
        for key in ["UseEarliestTimeOnPointInTimeUnavailable", "Force"] {
            assert!(!call.params.contains_key(key), "{key} was sent: {call:?}");
        }
    }
    for pair in tally.sent.windows(2) {
        assert!(
            pair[0].intended < pair[1].intended,
            "two requests of one intent: {:?}",
            tally.sent
        );
    }
    if let Some(first) = tally.sent.first() {
        assert!(first.intended > 0, "a request without an intent: {first:?}");
    }
    assert!(
        calls.len() <= tally.sent.len(),
        "more requests arrived than left: {calls:?}"
    );
    // Requests arrive in the order in which they left: none leaves while another is on its way.
    let accepted = calls.iter().zip(&tally.sent).filter(|(call, _)| call.accepted);
    let mut confirmed: Vec<usize> = accepted.map(|(_, sent)| sent.confirmed).collect();
    let all = confirmed.len();
    confirmed.dedup();
    assert_eq!(
        confirmed.len(),
        all,
        "two accepted requests of one confirmed hop: {:?} {calls:?}",
        tally.sent
    );
    assert!(
        !confirmed.contains(&0),
        "a request was accepted that nobody confirmed: {calls:?}"
    );
}

/// Promise 2, and what holds before there is a run.
fn assert_untouched(story: &Story, before: &Before) {
    let now = world(&story.lab);
    assert!(
        sends(&story.lab).is_empty(),
        "a request was sent by who may send none"
    );
    assert_eq!(
        now.shop.changes.len(),
        before.world.shop.changes.len(),
        "the shop was paused by who may not"
    );
    assert_eq!(
        story.worker.paused.get(),
        before.worker,
        "the worker was paused by who may not"
    );
}

/// The exit code says what is true.
fn assert_exit(story: &Story, process: &Process, before: &Before, finish: &Finish) {
    let now = world(&story.lab);
    let ours = now.ours();
    let new = &ours[before.world.ours().len().min(ours.len())..];
    let open = !now.shop.paused && !story.worker.paused.get();
    let as_before = now.shop.paused == before.world.shop.paused && story.worker.paused.get() == before.worker;
    let run = &finish.run;
    let about = || {
        format!(
            "{:?} of {:?} does not match {now:?}",
            finish.outcome, process.errand
        )
    };
    // One of a stranger may have been attested to be ours.
    let strangers = now.cluster().backtracks.iter().any(|backtrack| backtrack.foreign);
    let right = match finish.outcome {
        Outcome::Completed => {
            let reported = run.record().and_then(|record| record.to);
            // A further hop that AWS gave up moved nothing.
            let moved = ours.iter().rev().find(|ours| ours.status == "completed");
            let there = moved.is_some_and(|last| {
                // A record may echo the instant asked for, and stamps may follow the service's clock.
                let near = |told: DateTime<Utc>| (told - last.effective).abs() <= TimeDelta::seconds(8);
                reported.is_some_and(|told| near(told) || near(told - story.skew))
            });
            open && run.is_finished() && (there || strangers)
        }
        Outcome::Refused | Outcome::Declined | Outcome::Interrupted => {
            let failed_at_most = new.iter().all(|backtrack| backtrack.status == "failed");
            failed_at_most
                && if run.is_finished() {
                    open
                } else {
                    as_before && now.shop.paused
                }
        }
        Outcome::Held => now.shop.paused && (strangers || ours.iter().any(|ours| ours.status == "completed")),
        Outcome::Failed => {
            now.shop.paused && (strangers || ours.last().is_some_and(|last| last.status == "failed"))
        }
        Outcome::Unresolved => {
            if run.is_finished() {
                open
            } else {
                now.shop.paused
            }
        }
        Outcome::VerificationFailed => now.shop.paused && (strangers || !ours.is_empty()),
        Outcome::ResumeIncomplete => !run.still_paused().is_empty(),
        Outcome::Detached => new.is_empty() || now.shop.paused,
        Outcome::Rehearsed | Outcome::JournalDamaged => false,
    };
    assert!(right, "{}", about());
    if run.is_finished() {
        assert!(open, "finished, and not open: {}", about());
    }
}
