//! A process is lost, and another takes the run up.

use super::story::Story;
use crate::domain::effect::{Effect, Way};
use crate::domain::event::{Errand, Event};
use crate::domain::fixture;
use crate::domain::outcome::Outcome;
use crate::domain::phase::Phase;
use crate::domain::question::{Answer, Question};
use crate::domain::run::{ItemState, Next};

#[test]
fn an_agreement_that_was_not_given_is_asked_for_again() {
    let mut story = Story::begin();
    story.look().attach(Errand::Recover, true);
    assert_eq!(story.next(), Next::Do(Effect::Inspect));
    assert_eq!(story.look().next(), Next::Ask(Question::Pause));
}

#[test]
fn half_paused_it_looks_again_before_it_pauses_more() {
    let mut story = Story::begin();
    story
        .look()
        .answer(Answer::Agreed)
        .tell(&Event::Intended(Effect::Step {
            item: 0,
            way: Way::Pause,
        }));
    story.attach(Errand::Recover, true);
    assert_eq!(story.next(), Next::Do(Effect::Inspect));
    assert_eq!(
        story.look().next(),
        Next::Do(Effect::Step {
            item: 0,
            way: Way::Pause
        })
    );
}

#[test]
fn half_paused_and_refused_it_opens_what_may_have_been_stopped() {
    let mut story = Story::begin();
    story
        .look()
        .answer(Answer::Agreed)
        .tell(&Event::Intended(Effect::Step {
            item: 0,
            way: Way::Pause,
        }));
    story
        .attach(Errand::Recover, true)
        .look_at(|inspection| inspection.cluster.window_s = 0);
    assert_eq!(
        story.next(),
        Next::Do(Effect::Step {
            item: 0,
            way: Way::Resume
        })
    );
    assert_eq!(story.end(), Outcome::Refused);
    assert!(story.is_open());
}

#[test]
fn a_confirmation_dies_with_its_process() {
    let mut story = Story::approved();
    assert_eq!(story.attach(Errand::Recover, true).phase(), Phase::Paused);
    assert!(matches!(story.look().next(), Next::Ask(Question::Confirm(_))));
}

#[test]
fn an_intent_without_a_reply_is_reconciled_and_never_sent() {
    let mut story = Story::approved();
    story.send();
    assert_eq!(
        story.attach(Errand::Resend, true).next(),
        Next::Do(Effect::Reconcile)
    );
}

#[test]
fn the_wait_for_our_own_record_goes_on() {
    let mut story = Story::accepted();
    story.interrupt().end();
    assert_eq!(story.attach(Errand::Recover, true).phase(), Phase::Applying);
}

#[test]
fn what_was_verified_is_verified_again() {
    let mut story = Story::verified();
    assert_eq!(
        story.attach(Errand::Recover, true).next(),
        Next::Do(Effect::Verify)
    );
}

#[test]
fn once_accepted_it_goes_on_opening_and_asks_nothing() {
    let mut story = Story::verified();
    story.answer(Answer::Accepted { reason: None });
    story.tell(&Event::Intended(Effect::Step {
        item: 1,
        way: Way::Resume,
    }));
    assert_eq!(story.run.items()[1], ItemState::Resuming);
    assert_eq!(story.attach(Errand::Recover, false).end(), Outcome::Completed);
}

#[test]
fn a_wait_for_a_new_rate_is_no_wait_for_the_next_process() {
    let mut story = Story::approved();
    story.send();
    story.reject(crate::domain::event::Rejection::Throttled);
    assert_eq!(
        story.attach(Errand::Recover, true).next(),
        Next::Do(Effect::Inspect)
    );
}

#[test]
fn forward_that_dies_before_its_order_leaves_the_run_held() {
    let mut story = Story::verified();
    story.answer(Answer::Hold).end();
    story.attach(Errand::Forward, true);
    assert_eq!((story.phase(), story.end()), (Phase::Held, Outcome::Held));
}

#[test]
fn forward_is_no_order_for_a_run_that_moved_nothing() {
    let mut story = Story::begin();
    story.look().answer(Answer::Declined).end();
    story.attach(Errand::Forward, true);
    assert!(
        story
            .try_tell(&Event::HopOrdered {
                goal: None,
                reason: None,
                without_copy: false,
            })
            .is_err()
    );
}

#[test]
fn members_are_those_of_the_latest_preflight() {
    let mut story = Story::verified();
    story.answer(Answer::Accepted { reason: None }).end();
    let reason = Some("too far".to_owned());
    story.attach(Errand::Forward, true).tell(&Event::HopOrdered {
        goal: None,
        reason,
        without_copy: false,
    });
    story
        .look_at(|inspection| inspection.cluster.members.truncate(1))
        .pause()
        .look()
        .confirm()
        .look()
        .accept();
    story.watch(crate::domain::backtrack::BacktrackStatus::Completed);
    story.glance(vec![fixture::member("writer-1", true, "available")], Vec::new());
    assert_eq!(story.phase(), Phase::Settled);
}
