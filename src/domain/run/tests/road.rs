//! The main road: from the first look to the open application, and the hops that may follow a rewind.

use super::story::{Story, reason};
use crate::domain::effect::{Effect, Way};
use crate::domain::event::{Errand, Event, Rejection};
use crate::domain::fixture;
use crate::domain::mode::Mode;
use crate::domain::outcome::Outcome;
use crate::domain::phase::Phase;
use crate::domain::plan::Plan;
use crate::domain::question::{Answer, Question};
use crate::domain::run::Next;
use crate::domain::run::next::SEND_WITHIN;
use crate::domain::target::Direction;

#[test]
fn a_run_looks_pauses_validates_confirms_looks_again_and_sends() {
    let mut story = Story::begin();
    assert_eq!(story.next(), Next::Do(Effect::Inspect));
    assert_eq!(story.look().next(), Next::Ask(Question::Pause));
    assert_eq!(story.pause().phase(), Phase::Paused);
    assert_eq!(story.look().phase(), Phase::Validated);
    assert_eq!(story.confirm().phase(), Phase::Approved);
    assert_eq!(story.next(), Next::Do(Effect::Inspect));
    story.look();
    let intent = story.send();
    assert_eq!(
        (intent.hop, intent.to, intent.send_by),
        (1, fixture::TARGET, story.now + SEND_WITHIN)
    );
}

#[test]
fn an_accepted_verified_hop_opens_the_application_in_reverse_order_and_completes() {
    let mut story = Story::verified();
    story.answer(Answer::Accepted { reason: None });
    assert_eq!(
        story.next(),
        Next::Do(Effect::Step {
            item: 1,
            way: Way::Resume
        })
    );
    assert_eq!(story.end(), Outcome::Completed);
    assert!(story.is_open() && story.run.is_finished());
}

#[test]
fn a_finished_run_repeats_its_outcome() {
    let mut story = Story::verified();
    story.answer(Answer::Accepted { reason: None }).end();
    assert_eq!(story.attach(Errand::Recover, false).end(), Outcome::Completed);
}

#[test]
fn a_runbook_that_pauses_nothing_goes_straight_on() {
    let mut plan = fixture::plan();
    plan.runbook.pause.clear();
    let mut story = Story::of(plan);
    story.look().answer(Answer::Agreed);
    assert_eq!(story.phase(), Phase::Paused);
    story
        .look()
        .confirm()
        .look()
        .accept()
        .settle()
        .verify(true)
        .answer(Answer::Accepted { reason: None });
    assert_eq!(story.end(), Outcome::Completed);
}

#[test]
fn a_rehearsal_ends_after_its_look() {
    let mut story = Story::of(Plan {
        mode: Mode::Rehearsal,
        ..fixture::plan()
    });
    assert_eq!(story.look().end(), Outcome::Rehearsed);
}

#[test]
fn a_rehearsal_that_cannot_log_in_is_refused() {
    let mut story = Story::of(Plan {
        mode: Mode::Rehearsal,
        ..fixture::plan()
    });
    story
        .read_failed(crate::domain::event::ReadFailureKind::Credentials)
        .answer(Answer::Nobody);
    assert_eq!(story.end(), Outcome::Refused);
}

#[test]
fn a_rate_refusal_waits_looks_again_and_sends_the_confirmed_hop_anew() {
    let mut story = Story::approved();
    let first = story.send();
    story.reject(Rejection::Throttled);
    let Next::Wait { until, .. } = story.next() else {
        panic!("{:?}", story.next())
    };
    story.now = until;
    assert_eq!(story.next(), Next::Do(Effect::Inspect));
    let second = story.look().send();
    assert_eq!((first.hop, first.to), (second.hop, second.to));
}

#[test]
fn a_rate_that_never_yields_is_refused() {
    let mut story = Story::approved();
    for _ in 0..6 {
        story.send();
        story.reject(Rejection::Throttled).later(60);
        if story.phase() == Phase::Approved {
            story.look();
        }
    }
    assert_eq!(story.end(), Outcome::Refused);
    assert!(story.is_open());
}

#[test]
fn another_hop_after_a_rewind_is_validated_and_confirmed_anew() {
    let mut story = Story::verified();
    story.answer(Answer::Hop {
        typed: "02:20".to_owned(),
        to: fixture::LATER,
    });
    assert_eq!(story.phase(), Phase::Paused);
    story.look().confirm().look().accept();
    assert_eq!(story.run.direction(), Some(Direction::Forward));
    story
        .settle()
        .verify(true)
        .answer(Answer::Accepted { reason: None });
    assert_eq!(story.end(), Outcome::Completed);
    assert_eq!(story.run.hops().len(), 2);
}

#[test]
fn held_on_request_it_ends_paused_and_recover_asks_to_accept() {
    let mut story = Story::of(Plan {
        hold: true,
        ..fixture::plan()
    });
    story
        .look()
        .pause()
        .look()
        .confirm()
        .look()
        .accept()
        .settle()
        .verify(true);
    assert_eq!(story.end(), Outcome::Held);
    assert_eq!(story.phase(), Phase::Held);
    story.attach(Errand::Recover, true).verify(true);
    assert_eq!(
        story.answer(Answer::Accepted { reason: None }).end(),
        Outcome::Completed
    );
}

#[test]
fn forward_of_a_held_run_leaves_it_held_when_unattended() {
    let mut story = Story::verified();
    story.answer(Answer::Hold).end();
    story.attach(Errand::Forward, false).tell(&Event::HopOrdered {
        goal: None,
        reason: None,
        without_copy: false,
    });
    story.look().confirm().look().accept().settle().verify(true);
    assert_eq!(story.end(), Outcome::Held);
    assert_eq!(story.run.hops()[1].requested, fixture::BEGIN);
}

#[test]
fn forward_of_a_finished_run_pauses_again_and_demands_a_reason() {
    let mut story = Story::verified();
    story.answer(Answer::Accepted { reason: None }).end();
    story
        .attach(Errand::Forward, true)
        .tell(&Event::HopOrdered {
            goal: None,
            reason: None,
            without_copy: false,
        })
        .look();
    assert_eq!(story.end(), Outcome::Refused);
    assert_eq!(story.run.closed_with(), Some(Outcome::Completed));
    story.attach(Errand::Forward, true).tell(&Event::HopOrdered {
        goal: None,
        reason: Some(reason()),
        without_copy: false,
    });
    story
        .look()
        .pause()
        .look()
        .confirm()
        .look()
        .accept()
        .settle()
        .verify(true);
    assert_eq!(
        story.answer(Answer::Accepted { reason: None }).end(),
        Outcome::Completed
    );
}
