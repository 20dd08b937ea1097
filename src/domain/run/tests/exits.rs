//! The side exits: before the request all is put back, after it nothing is pretended.

use super::story::{Story, badly};
use crate::domain::backtrack::BacktrackStatus;
use crate::domain::effect::{Effect, Way};
use crate::domain::event::{Done, Errand, Event, Rejection, Reply};
use crate::domain::fixture;
use crate::domain::outcome::Outcome;
use crate::domain::phase::Phase;
use crate::domain::question::{Answer, Question};
use crate::domain::run::{ItemState, Next};
use crate::domain::runbook::Step;

fn ended_open(mut story: Story) -> Outcome {
    let outcome = story.end();
    assert!(story.is_open(), "{:?}", story.run.items());
    assert_eq!(story.run.data_touched(), Some(false));
    outcome
}

#[test]
fn a_blocking_look_before_the_pause_is_refused_without_an_outage() {
    let mut story = Story::begin();
    story.look_at(|inspection| inspection.cluster.window_s = 0);
    assert!(matches!(story.next(), Next::End(Outcome::Refused, _)));
    assert_eq!(ended_open(story), Outcome::Refused);
}

#[test]
fn a_target_that_left_the_window_at_the_last_look_is_refused_and_all_is_opened_again() {
    let mut story = Story::begin();
    story.look().pause().look().confirm();
    story.look_at(|inspection| inspection.cluster.earliest = Some(fixture::BEGIN));
    assert_eq!(ended_open(story), Outcome::Refused);
}

#[test]
fn a_backtrack_that_appears_after_the_receipt_stops_the_request() {
    let mut story = Story::begin();
    story.look().pause().look().confirm();
    let strangers = fixture::record(
        "stranger",
        fixture::LATER,
        fixture::BEGIN,
        BacktrackStatus::Completed,
    );
    story.look_at(|inspection| inspection.records = vec![strangers]);
    assert_eq!(ended_open(story), Outcome::Refused);
}

#[test]
fn a_look_that_grew_old_is_repeated_before_anything_is_sent() {
    let mut story = Story::approved();
    assert!(matches!(story.next(), Next::Do(Effect::Send(_))));
    assert_eq!(story.later(11).next(), Next::Do(Effect::Inspect));
}

#[test]
fn a_mistyped_confirmation_declines() {
    let mut story = Story::begin();
    story.look().pause().look().answer(Answer::Confirmed {
        typed: "orders".to_owned(),
    });
    assert_eq!(ended_open(story), Outcome::Declined);
}

#[test]
fn nobody_to_confirm_is_a_refusal() {
    let mut story = Story::unattended();
    story.look().pause().look().answer(Answer::Nobody);
    assert_eq!(ended_open(story), Outcome::Refused);
}

#[test]
fn a_step_that_fails_to_pause_opens_that_item_too() {
    let mut story = Story::begin();
    story.look().answer(Answer::Agreed);
    story
        .tell(&Event::Intended(Effect::Step {
            item: 0,
            way: Way::Pause,
        }))
        .done(0, Way::Pause, badly());
    assert_eq!(
        story.next(),
        Next::Do(Effect::Step {
            item: 0,
            way: Way::Resume
        })
    );
    assert_eq!(ended_open(story), Outcome::Refused);
}

#[test]
fn what_has_nothing_to_reopen_is_never_still_paused() {
    let mut plan = fixture::plan();
    plan.runbook.pause[1].resume = Step::Nothing;
    plan.runbook.pause[1].resumed = None;
    let mut story = Story::of(plan);
    story.look().pause();
    assert_eq!(*story.run.items(), [ItemState::Paused, ItemState::Paused]);
    assert_eq!(story.run.still_paused(), ["web"]);
    story.interrupt();
    assert_eq!(ended_open(story), Outcome::Interrupted);
}

#[test]
fn an_interrupt_before_the_request_puts_back_what_was_paused() {
    let mut story = Story::approved();
    story.interrupt();
    assert_eq!(ended_open(story), Outcome::Interrupted);
}

#[test]
fn a_final_no_of_aws_puts_back_what_was_paused() {
    let mut story = Story::approved();
    story.send();
    story.reject(Rejection::Final);
    assert_eq!(ended_open(story), Outcome::Refused);
}

#[test]
fn a_request_that_was_not_sent_puts_back_what_was_paused() {
    let mut story = Story::approved();
    story.send();
    story.reply(Reply::NotSent {
        why: "too late".to_owned(),
    });
    assert_eq!(ended_open(story), Outcome::Refused);
}

#[test]
fn credentials_that_end_before_the_request_and_nobody_to_log_in_are_waited_for() {
    let mut story = Story::approved();
    story.send();
    story.reject(Rejection::Credentials);
    assert!(matches!(story.next(), Next::Ask(Question::Login { .. })));
    story.answer(Answer::Nobody);
    assert_eq!(story.end(), Outcome::Detached);
    assert_eq!(story.run.still_paused(), ["web", "jobs"]);
    assert_eq!(story.run.data_touched(), Some(false));
}

#[test]
fn an_item_that_cannot_be_opened_ends_incomplete_and_is_tried_by_the_next_process() {
    let mut story = Story::approved();
    story
        .interrupt()
        .tell(&Event::Intended(Effect::Step {
            item: 1,
            way: Way::Resume,
        }))
        .done(1, Way::Resume, badly());
    assert_eq!(story.end(), Outcome::ResumeIncomplete);
    assert_eq!(story.run.still_paused(), ["jobs"]);
    assert_eq!(story.attach(Errand::Recover, false).end(), Outcome::Interrupted);
    assert!(story.is_open());
}

#[test]
fn a_manual_step_without_a_person_is_not_done() {
    let mut story = Story::verified();
    story.answer(Answer::Accepted { reason: None });
    story
        .tell(&Event::Intended(Effect::Step {
            item: 1,
            way: Way::Resume,
        }))
        .done(1, Way::Resume, Done::Nobody);
    assert!(matches!(story.run.items()[1], ItemState::Stuck { .. }));
    assert_eq!(story.end(), Outcome::ResumeIncomplete);
}

#[test]
fn events_that_cannot_happen_are_refused_by_name() {
    let mut story = Story::accepted();
    for (event, name) in [
        (
            Event::Intended(Effect::Step {
                item: 0,
                way: Way::Resume,
            }),
            "intended",
        ),
        (
            Event::StepDone {
                item: 0,
                way: Way::Resume,
                done: badly(),
            },
            "step_done",
        ),
        (
            Event::Checked {
                item: 7,
                way: Way::Resume,
                done: badly(),
            },
            "checked",
        ),
        (Event::Intended(Effect::Glance), "intended"),
        (answered(Answer::Agreed), "replied"),
    ] {
        let event = if name == "replied" {
            Event::Replied(Reply::NotSent { why: String::new() })
        } else {
            event
        };
        let illegal = story.try_tell(&event).unwrap_err();
        assert_eq!((illegal.phase, illegal.event), (Phase::Applying, name));
    }
    story.interrupt().end();
    assert!(
        story
            .try_tell(&Event::Ended {
                outcome: Outcome::Completed
            })
            .is_err()
    );
}

#[test]
fn nothing_but_what_was_confirmed_is_sent() {
    let mut story = Story::approved();
    let Next::Do(Effect::Send(mut intent)) = story.next() else {
        panic!("{:?}", story.next())
    };
    intent.to = fixture::LATER;
    assert!(story.try_tell(&Event::Intended(Effect::Send(intent))).is_err());
}

fn answered(answer: Answer) -> Event {
    Event::Answered {
        answer,
        unattended: false,
    }
}
